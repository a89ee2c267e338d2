// src/core/text/pin.ts
/**
* The workflows that people install, and the name of swarm's action in them.
*
* Jobs that may write run this action, so they name it by commit: a tag can move. A file cannot hold the commit it is part
* of, so in the repository the workflows name no commit at all. A release writes its own into them.
*/
/** The folder of workflows. */
const WORKFLOWS_FOLDER = ".github/workflows";
/** Every repository has these. */
const WORKFLOWS = ["swarm.yml", "segment.yml"];
/** Repositories without the app also have these: one starts Swarm when people act, the other is its clock. */
const EVENTS_WORKFLOW = "swarm-events.yml";
const CLOCK_WORKFLOW = "swarm-clock.yml";
const ALL_WORKFLOWS = [
	...WORKFLOWS,
	EVENTS_WORKFLOW,
	CLOCK_WORKFLOW
];
/** Stands where a release writes its commit. No commit has this name, so a job that tries to run it fails. */
const UNRELEASED = "0".repeat(40);
/** The versions of swarm's action that a workflow names: what stands behind the `@`. */
const usedVersions = (workflow) => [...new Set([...workflow.matchAll(/^\s*(?:- +)?uses: *["']?swarm-engineering\/swarm@([^\s"'#]+)/gm)].map(([, version = ""]) => version))];

export { WORKFLOWS_FOLDER as a, WORKFLOWS as i, CLOCK_WORKFLOW as n, usedVersions as o, EVENTS_WORKFLOW as r, ALL_WORKFLOWS as t };