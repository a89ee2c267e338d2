import { basename, dirname, join } from "node:path";
import { readFile } from "node:fs/promises";

// src/cli/home.ts
/** Where swarm's own files are: this program runs from `src/` in a checkout and from `dist/` as it is shipped. */
const here = import.meta.dirname;
const fromSource = basename(dirname(here)) === "src";
/** The folder with package.json, action.yml, dist and examples. */
const ROOT = fromSource ? dirname(dirname(here)) : dirname(here);
/** The app as a program of its own. */
const APP_PROGRAM = fromSource ? join(ROOT, "src", "app", "main.ts") : join(ROOT, "dist", "app.js");
async function readOwnVersion() {
	const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
	return version;
}

export { ROOT as n, readOwnVersion as r, APP_PROGRAM as t };