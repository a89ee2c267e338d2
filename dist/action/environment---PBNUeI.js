import { t as mayBeHandedOn } from "./variables-DjNCmY2b.js";

// src/sandbox/environment.ts
/**
* The environment of a program that Swarm starts for somebody else, made from the job's by an allow-list (threats §6.3).
*/
/** Paths of the certificates that the machine trusts. They are not secret, and no download works without them. */
const CERTIFICATES = [...[
	"NODE_EXTRA_CA_CERTS",
	"SSL_CERT_FILE",
	"SSL_CERT_DIR",
	"REQUESTS_CA_BUNDLE",
	"CURL_CA_BUNDLE",
	"PIP_CERT"
], ...[
	"GIT_SSL_CAINFO",
	"CARGO_HTTP_CAINFO",
	"AWS_CA_BUNDLE",
	"NIX_SSL_CERT_FILE",
	"DENO_CERT",
	"BUNDLE_SSL_CA_CERT"
]];
/** The part of the job's environment that every program gets: no token, nothing of the runner, no hook into an interpreter. */
const HANDED_ON = [
	"PATH",
	"LANG",
	"LC_ALL",
	"TZ",
	"USER",
	"SHELL",
	...CERTIFICATES
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
/** The files and directories of the certificates that the machine trusts. */
const certificatePaths = (from) => Object.values(pick(from, CERTIFICATES));
/** The job's own proxies, for programs whose network is not limited. A name and a password in them are not handed on. */
function proxyVariables(from) {
	const proxies = [
		"http_proxy",
		"https_proxy",
		"all_proxy"
	].flatMap((name) => [name, name.toUpperCase()]);
	const found = Object.entries(pick(from, proxies)).flatMap(([name, value]) => {
		const url = URL.parse(value.includes("://") ? value : `http://${value}`);
		return url ? [[name, withoutLogin(url)]] : [];
	});
	return {
		...Object.fromEntries(found),
		...found.length > 0 ? pick(from, ["no_proxy", "NO_PROXY"]) : {}
	};
}
function withoutLogin(url) {
	url.username = "";
	url.password = "";
	return url.href;
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

export { toolVariables as i, environmentFor as n, proxyVariables as r, certificatePaths as t };