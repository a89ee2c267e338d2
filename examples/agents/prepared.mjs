#!/usr/bin/env node
/**
 * An agent without a model: its changes are prepared in advance. It shows how small an agent can be, and lets you try
 * swarm on your own repository before you use a model.
 *
 *     prepared.mjs FOLDER
 *
 * FOLDER has a folder for each segment with an `edits.json`. It names the issue by its `title`, or a failure that it fixes
 * (`mends`: texts that the brief must contain), and lists `steps`. A step copies the tree in `files` and applies its
 * `edits`, `when` the brief contains certain words (a failing test's name, a reviewer's request) or from a certain try
 * on. The last step that applies is used.
 *
 * As a tester (SWARM_ROLE), it writes only the tests of a step (its `tests`, or the folder `test`) and leaves the rest to the
 * implementer.
 *
 * An agent is any executable. It starts in the working tree, reads the brief on stdin (or at $SWARM_BRIEF_FILE), changes
 * files, writes its report to $SWARM_REPORT_FILE, and exits 0. Swarm does the gates, commits and pull requests.
 */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const [folder] = process.argv.slice(2);
if (!folder) stop('Name the folder with the prepared changes: prepared.mjs FOLDER');

const brief = await text(process.stdin);
const tryNumber = Number(process.env.SWARM_TRY ?? 1);
const prepared = choosePrepared();
const step = chooseStep(prepared.steps);

if (step && process.env.SWARM_ROLE === 'tester') {
  // Only the tests of the prepared change: they have to fail until the rest is there.
  console.log(`${prepared.name}, the tests of it`);
  for (const path of step.files ? (step.tests ?? ['test']) : []) {
    cpSync(join(prepared.path, step.files, path), join(process.cwd(), path), { recursive: true });
  }
  report({ summary: `Tests for: ${step.summary}`, criteria: step.criteria });
} else if (step) {
  console.log(`${prepared.name}, try ${tryNumber}: ${step.summary}`);
  if (step.files) cpSync(join(prepared.path, step.files), process.cwd(), { recursive: true });
  for (const edit of step.edits ?? []) change(edit);
  report(step);
} else {
  // Truthful: nothing is changed, the gates fail again, and a person gets to know.
  console.log(`${prepared.name}, try ${tryNumber}: nothing of what the brief says is prepared for.`);
}

/** The folder with the title of the brief's segment; otherwise the folder that fixes the failure quoted in the brief. */
function choosePrepared() {
  const root = resolve(folder);
  const all = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'edits.json')))
    .map((entry) => {
      const path = join(root, entry.name);
      return { ...JSON.parse(readFileSync(join(path, 'edits.json'), 'utf8')), name: entry.name, path };
    });
  const naming = new RegExp(`#${process.env.SWARM_SEGMENT}\\b`);
  // The line below the number of a segment is its title.
  const headings = brief
    .split('\n')
    .flatMap((line, at, lines) => (naming.test(line) ? [line, lines[at + 1] ?? ''] : []));
  const found =
    all.find(({ title }) => title && headings.some((line) => line.includes(title))) ??
    all.find(({ mends }) => mends?.every((words) => brief.includes(words)));
  return found ?? stop(`Nothing is prepared for segment #${process.env.SWARM_SEGMENT}: ${headings[0] ?? 'not named'}`);
}

function chooseStep(steps) {
  const applies = ({ when = {} }) =>
    (when.try === undefined ? tryNumber === 1 || when.brief !== undefined : tryNumber >= when.try) &&
    (when.brief ?? []).every((words) => brief.includes(words));
  return steps.findLast(applies);
}

function change({ file, find, replace }) {
  const before = readFileSync(file, 'utf8');
  if (before.split(find).length !== 2) stop(`${file} should have exactly one place that reads:\n${find}`);
  writeFileSync(
    file,
    before.replace(find, () => replace),
  );
}

function report({ summary, handoff, assumptions = [], criteria = {} }) {
  if (!process.env.SWARM_REPORT_FILE) return;
  const met = Object.entries(criteria).map(([id, evidence]) => ({ id, evidence }));
  writeFileSync(process.env.SWARM_REPORT_FILE, JSON.stringify({ summary, handoff, assumptions, criteria: met }));
}

/** @returns {never} */
function stop(why) {
  console.error(why);
  process.exit(1);
}
