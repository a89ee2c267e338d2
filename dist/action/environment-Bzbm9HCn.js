import { t as mayBeHandedOn } from "./variables-DjNCmY2b.js";

// src/sandbox/environment.ts
/**
* The environment of a program that Swarm starts for somebody else, made from the job's by an allow-list (threats §6.3).
*/
/** The part of the job's environment that every program gets: no token, nothing of the runner, no hook into an interpreter. */
const HANDED_ON = [
	"PATH",
	"LANG",
	"LC_ALL",
	"TZ",
	"USER",
	"SHELL",
	...[
		"NODE_EXTRA_CA_CERTS",
		"SSL_CERT_FILE",
		"SSL_CERT_DIR"
	]
];
/** Variables that say where tools are and which versions to use. They hold no secrets, and tools need them. */
const TOOLS = [
	...[
		"JAVA_HOME",
		"GRADLE_HOME",
		"MAVEN_HOME",
		"M2_HOME",
		"ANDROID_HOME",
		"ANDROID_SDK_ROOT",
		"SDKMAN_DIR"
	],
	...[
		"GOROOT",
		"DOTNET_ROOT",
		"RUSTUP_HOME",
		"RUSTUP_TOOLCHAIN",
		"PYENV_ROOT",
		"PYENV_VERSION",
		"RBENV_ROOT"
	],
	...[
		"ASDF_DIR",
		"ASDF_DATA_DIR",
		"MISE_DATA_DIR",
		"NVM_DIR",
		"VOLTA_HOME",
		"FNM_DIR",
		"PNPM_HOME",
		"BUN_INSTALL"
	]
];
/** The environment of one call of an agent or a gate. */
function environmentFor(from, { names, temporaryDirectory, home, also = {} }) {
	const inherited = pick(from, [...HANDED_ON, ...names.filter(mayBeHandedOn)]);
	const fixed = {
		CI: "true",
		NO_COLOR: "1",
		TERM: "dumb",
		HOME: home,
		TMPDIR: temporaryDirectory
	};
	const { RUNNER_TRACKING_ID: trackingId } = from;
	if (trackingId) inherited.RUNNER_TRACKING_ID = trackingId;
	const allowed = Object.entries(also).filter(([name]) => mayBeHandedOn(name));
	return {
		...inherited,
		...fixed,
		...Object.fromEntries(allowed)
	};
}
/** The variables that say where the machine keeps its tools. */
const toolVariables = (from) => pick(from, TOOLS);
function pick(from, names) {
	const picked = {};
	for (const name of names) {
		const value = from[name];
		if (value !== void 0 && value !== "") picked[name] = value;
	}
	return picked;
}

export { toolVariables as n, environmentFor as t };