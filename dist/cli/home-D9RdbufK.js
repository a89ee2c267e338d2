import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { existsSync } from "node:fs";

// src/cli/home.ts
/** Where swarm's own files are: this program runs from `src/` in a checkout and, bundled, from below `dist/`. */
/** The folder with package.json, action.yml, dist and examples: the nearest one above this file that has an action.yml. */
const ROOT = rootAbove(import.meta.dirname);
/** The app as a program of its own, in the form that this one has. */
const APP_PROGRAM = import.meta.filename.endsWith(".ts") ? join(ROOT, "src", "app", "main.ts") : join(ROOT, "dist", "app.js");
function rootAbove(folder) {
	if (existsSync(join(folder, "action.yml"))) return folder;
	const above = dirname(folder);
	if (above === folder) throw new Error(`Swarm's own files are not above ${import.meta.dirname}.`);
	return rootAbove(above);
}
async function readOwnVersion() {
	const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
	return version;
}

export { ROOT as n, readOwnVersion as r, APP_PROGRAM as t };