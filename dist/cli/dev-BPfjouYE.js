import { t as Fault } from "./fault-D7cL9h_I.js";
import { n as ROOT, t as APP_PROGRAM } from "./home-D9RdbufK.js";
import { join, resolve } from "node:path";
import { existsSync } from "node:fs";

// src/cli/dev.ts
/** `swarm dev`: from the command line to `local/dev`. */
const EXAMPLE = "parcel-desk";
async function devCommand({ values }) {
	const text = (name) => {
		const value = values[name];
		return typeof value === "string" ? value : void 0;
	};
	const number = (name, least, most) => {
		const said = text(name);
		if (said === void 0) return void 0;
		const value = Number(said);
		if (/^\d+$/.test(said) && value >= least && value <= most) return value;
		const why = `A whole number from ${least} to ${most} is expected.`;
		throw new Fault(`--${name} cannot be "${said}".`, why, `Give another --${name}, or leave it out.`);
	};
	const repository = text("repo");
	const plan = text("plan");
	if (repository !== void 0 && plan === void 0) throw new Fault("--repo needs a plan.", "The epic of the example is about the example.", "Write one (docs/plan-file.md) and name it: --plan FILE.");
	if (values["app-less"] === true && text("kills") !== void 0) throw new Fault("--kills needs the app.", "With --app-less there is none to kill.", "Leave one of the two out.");
	const said = text("agent");
	const examples = join(ROOT, "examples");
	const prepared = [
		process.execPath,
		join(examples, "agents", "prepared.mjs"),
		join(examples, "agents", EXAMPLE)
	];
	const manual = values.manual === true;
	const stop = new AbortController();
	for (const signal of [
		"SIGINT",
		"SIGTERM",
		"SIGHUP"
	]) process.once(signal, () => stop.abort());
	const { dev } = await import("./dev--pMcTEut.js");
	return {
		closed: 0,
		stopped: 1,
		interrupted: 130
	}[await dev({
		home: {
			root: ROOT,
			appProgram: APP_PROGRAM
		},
		repository,
		plan: plan ?? join(examples, `${EXAMPLE}.epic.yml`),
		agent: said === void 0 ? repository === void 0 ? prepared : void 0 : splitCommand(said),
		door: values["app-less"] === true ? "app-less" : "app",
		reviews: manual ? "at the page" : "by themselves",
		port: number("port", 0, 65535) ?? 0,
		afterwards: values.keep === true || manual ? "stay" : "close",
		kills: number("kills", 0, 100) ?? 0,
		seed: number("seed", 0, 4294967295) ?? 1,
		jsonFile: text("json"),
		limitMinutes: number("limit", 1, 1e5) ?? (manual ? Number.POSITIVE_INFINITY : 30),
		appLog: values.verbose === true ? "shown" : "kept",
		output: {
			write: (line) => void process.stdout.write(line),
			isColoured: process.stdout.isTTY === true && !process.env.NO_COLOR
		},
		signal: stop.signal
	})];
}
/**
* argv from one quoted text: words, '…' and "…", nothing else of a shell. A word that leads to a file from here is made
* absolute, because the agent starts in another folder.
*/
function splitCommand(said) {
	const words = [];
	const pattern = /\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))(?=\s|$)/y;
	while (pattern.lastIndex < said.trimEnd().length) {
		const found = pattern.exec(said);
		if (!found) throw new Fault(`--agent cannot be read: ${said}`, "A quote is not closed, or stands in the middle of a word.", "Write the executable and its arguments as words; put \"…\" around one with spaces.");
		words.push(found[1] ?? found[2] ?? found[3] ?? "");
	}
	if (words.length === 0) throw new Fault("--agent is empty.", "An agent is an executable with its arguments.", "Name it, or leave --agent out.");
	return words.map((word) => /^\.{0,2}\/|\//.test(word) && existsSync(resolve(word)) ? resolve(word) : word);
}

export { devCommand };