#!/usr/bin/env node
import { t as nearest } from "./cli/nearest-gVvQD4lk.js";
import { n as formatFault } from "./cli/fault-D7cL9h_I.js";
import { parseArgs } from "node:util";

// src/cli/help.ts
const COMMANDS = {
	dev: {
		says: "Runs a whole epic on this machine: a GitHub in one process, real jobs, pages to watch.",
		options: {
			repo: {
				value: "PATH",
				says: "your git repository; without it, the example project"
			},
			plan: {
				value: "FILE",
				says: "the epic as a plan file (docs/plan-file.md); needed with --repo"
			},
			agent: {
				value: "CMD",
				says: "the agent: an executable with its arguments, quoted as one"
			},
			manual: { says: "you approve and accept at the page; otherwise green pull requests are approved" },
			"app-less": { says: "swarm runs in the workflow alone, without the app" },
			port: {
				value: "N",
				says: "port of the pages on 127.0.0.1 (any free one)"
			},
			keep: { says: "pages and repository stay until Ctrl-C" },
			json: {
				value: "FILE",
				says: "writes the outcome for programs"
			},
			kills: {
				value: "N",
				says: "kills the app N times at random moments, and starts it again"
			},
			seed: {
				value: "S",
				says: "makes those moments repeatable (1)"
			},
			limit: {
				value: "MINUTES",
				says: "stops after that long (30; with --manual no limit)"
			},
			verbose: { says: "also prints what the app logs" }
		},
		examples: [
			"swarm dev",
			"swarm dev --manual --port 4000",
			"swarm dev --repo . --plan epic.yml --agent claude"
		]
	},
	plan: {
		says: "Shows waves and tracks of an epic, and what is wrong with it. Starts nothing.",
		takes: "FILE",
		options: {
			repo: {
				value: "OWNER/NAME",
				says: "instead of a file: an epic on GitHub (token in GITHUB_TOKEN)"
			},
			epic: {
				value: "N",
				says: "its number, with --repo"
			},
			json: { says: "prints the plan for programs" }
		},
		examples: ["swarm plan epic.yml", "swarm plan --repo octo/shop --epic 12 --json"]
	},
	brief: {
		says: "Shows what the agent of a segment would be told. Starts nothing.",
		takes: "SEGMENT",
		options: {
			plan: {
				value: "FILE",
				says: "of a plan file, by the segment’s name or number, in the repository you are in"
			},
			repo: {
				value: "OWNER/NAME",
				says: "of an epic on GitHub (token in GITHUB_TOKEN)"
			},
			epic: {
				value: "N",
				says: "its number, with --repo"
			},
			tester: { says: "what the tester would be told, who goes first" }
		},
		examples: ["swarm brief cart --plan epic.yml", "swarm brief '#14' --repo octo/shop --epic 12"]
	},
	help: {
		says: "Shows this, or one command in full.",
		takes: "COMMAND",
		options: {},
		examples: ["swarm help dev"]
	},
	version: {
		says: "Prints the version.",
		options: {},
		examples: ["swarm version"]
	}
};
const helpForAll = () => [
	"swarm executes an epic: waves of segments, each by a coding agent, held to gates, reviewed, merged in order.",
	"",
	...Object.entries(COMMANDS).map(([name, { says }]) => `  swarm ${name.padEnd(8)} ${says}`),
	"",
	"`swarm help COMMAND` shows its options."
].join("\n");
function helpFor(name) {
	const command = COMMANDS[name];
	const options = Object.entries(command.options).map(([option, { value, says }]) => {
		return `  ${`--${option}${value ? ` ${value}` : ""}`.padEnd(20)} ${says}`;
	});
	return [
		`swarm ${name}${command.takes ? ` [${command.takes}]` : ""}${options.length > 0 ? " [options]" : ""}`,
		command.says,
		...options.length > 0 ? ["", ...options] : [],
		"",
		...command.examples.map((example) => `  ${example}`)
	].join("\n");
}

// src/cli/main.ts
/**
* Door 3: `swarm …` at a terminal. A command's own file is loaded only when it is the one that is asked for.
*/
/** Exit codes: 0 done, 1 not done (and said why), 2 not understood, 130 interrupted. */
async function main(argv) {
	const [asked = "help", ...rest] = argv;
	if (asked === "--help" || asked === "-h") return say(helpForAll());
	if (asked === "--version" || asked === "-v") return version();
	if (!isCommand(asked)) {
		const like = nearest(asked, Object.keys(COMMANDS));
		return complain(`There is no command "${asked}"${like ? `; did you mean "${like}"?` : "."} \`swarm help\` lists them.`);
	}
	const parsed = parse(asked, rest);
	if (typeof parsed === "string") return complain(parsed);
	if (parsed.values.help === true) return say(helpFor(asked));
	switch (asked) {
		case "help": {
			const [about] = parsed.positionals;
			if (about === void 0) return say(helpForAll());
			return isCommand(about) ? say(helpFor(about)) : complain(`There is no command "${about}". \`swarm help\` lists them.`);
		}
		case "version": return version();
		case "plan": return (await import("./cli/plan-DzNTHULb.js")).planCommand(parsed);
		case "brief": return (await import("./cli/brief-B1s_z6If.js")).briefCommand(parsed);
		case "dev": return (await import("./cli/dev-BPfjouYE.js")).devCommand(parsed);
	}
}
const isCommand = (word) => Object.hasOwn(COMMANDS, word);
/** The options and arguments, or one sentence about what is not understood. */
function parse(command, args) {
	const { options, takes } = COMMANDS[command];
	const known = {
		help: {
			type: "boolean",
			short: "h"
		},
		...Object.fromEntries(Object.entries(options).map(([name, { value }]) => [name, { type: value ? "string" : "boolean" }]))
	};
	try {
		const { values, positionals } = parseArgs({
			args: [...args],
			options: known,
			allowPositionals: true
		});
		const extra = positionals[takes === void 0 ? 0 : 1];
		if (extra !== void 0) return `\`swarm ${command}\` does not know what to do with "${extra}".`;
		return {
			values,
			positionals
		};
	} catch (error) {
		const { code, message } = error;
		if (!code?.startsWith("ERR_PARSE_ARGS")) throw error;
		const name = /'(-{1,2}[^\s'=<]+)/.exec(message)?.[1] ?? "";
		if (code !== "ERR_PARSE_ARGS_UNKNOWN_OPTION") return `${message.split("\n")[0]?.split(". ")[0]}.`;
		const like = nearest(name.replace(/^-+/, ""), Object.keys(known));
		return `\`swarm ${command}\` has no option ${name}${like ? `; did you mean --${like}?` : `. \`swarm help ${command}\` lists them.`}`;
	}
}
function say(text) {
	process.stdout.write(`${text}\n`);
	return 0;
}
function complain(text) {
	process.stderr.write(`${text}\n`);
	return 2;
}
async function version() {
	const { readOwnVersion } = await import("./cli/home-DEqfefOE.js");
	return say(await readOwnVersion());
}
try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	if (!(error instanceof Error) || error.name !== "Fault") throw error;
	process.stderr.write(`${formatFault(error)}\n`);
	process.exitCode = 1;
}

export {  };