/**
 * `swarm init`: Swarm's files in a repository's checkout.
 *
 * It shows everything, asks, and writes. A file that a person changed is never touched, and a second call finds nothing left to
 * do. On GitHub it changes nothing but labels that are missing.
 */
import { basename, join } from 'node:path';
import { CONFIG_FILES } from '#core/model/config';
import { ACTION, CLOCK_WORKFLOW, EVENTS_WORKFLOW, WORKFLOWS, WORKFLOWS_FOLDER } from '#core/text/pin';
import { count, enumerate } from '#words/voice';
import type { Parsed } from '../help.ts';
import { openTree } from '../here.ts';
import { ask, isAnswerable, NoAnswer, shownPath, wrapped } from '../terminal.ts';
import { type Agent, agentStep, agentText, keyOf } from './agent.ts';
import { readAnswers, readBefore, readRelease } from './answers.ts';
import { readInside, removeInside, writeInside } from './disk.ts';
import { isAsReleased, isSame, isUntouched, OWN_PATHS, ownFiles, readOwn, type Wish } from './files.ts';
import { type Elsewhere, lookAtLabels, makeLabels, nameOf, nextSteps } from './github.ts';
import { readToolchain } from './toolchain.ts';

/** `updated`: nobody changed the file since it was written, and this version writes another. */
type FileState = 'new' | 'unchanged' | 'updated' | 'kept' | 'removed';

interface FilePlan {
  readonly path: string;
  readonly state: FileState;
  readonly text?: string;
}

export async function initCommand(parsed: Parsed): Promise<number> {
  const { values, positionals } = parsed;
  try {
    const root = await openTree(positionals[0] ?? '.');
    return values.remove === true ? await remove(parsed, root) : await install(parsed, root);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    process.stderr.write('\nNothing was written.\n');
    return 130;
  }
}

/** Indented lines are left as they are: people copy them. */
const say = (...lines: readonly string[]): void => {
  const broken = lines.flatMap((line) => (line.startsWith('  ') ? [line] : wrapped(line, 3)));
  process.stdout.write(`${broken.join('\n')}\n`);
};

const sayJson = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);

// ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

async function install(parsed: Parsed, root: string): Promise<number> {
  const isJson = parsed.values.json === true;
  const before = await readBefore(root);
  const release = await readRelease(parsed.values.action);
  const wish: Wish = { ...(await readAnswers(parsed, before)), release, toolchain: await readToolchain(root) };
  const files = await planFiles(root, wish);
  const elsewhere = await lookAtLabels(root, before.config);
  const written = files.filter(({ state }) => state === 'new' || state === 'updated');
  const removed = files.filter(({ state }) => state === 'removed');
  const labels = elsewhere.missing ?? [];
  if (!isJson) say(...planLines(root, wish, files, elsewhere));
  const due = { written: written.length, removed: removed.length, labels: labels.length };
  const isDue = written.length + removed.length + labels.length > 0;
  const isAgreed = isDue && (await agrees(parsed, `${sentence(actsIn(due, ['write', 'remove', 'create']))}?`));
  if (isAgreed) {
    for (const { path, text = '', state } of written) await writeInside(root, path, text, state === 'new');
    for (const { path } of removed) await removeInside(root, path);
  }
  const made = isAgreed ? await makeLabels(elsewhere) : { created: [], failed: labels.map(({ name }) => name) };
  const next = nextSteps(wish, elsewhere, await keyFor(wish.agent), made.failed);
  if (isJson) {
    const { agent, approvals, door, toolchain } = wish;
    sayJson({
      directory: root,
      repository: elsewhere.repository ? nameOf(elsewhere.repository) : null,
      action: { repository: release.action ?? ACTION, commit: release.commit, version: release.version },
      ...{ agent: agentText(agent), approvals, app: door === 'app' },
      files: files.map(({ path, state }) => ({ path, state })),
      steps: { all: toolchain.steps, work: [agentStep(agent) ?? []].flat(), unknown: toolchain.unknown },
      labels: { created: made.created, missing: elsewhere.missing === undefined ? null : made.failed },
      written: isAgreed,
      next,
    });
  } else if (!isDue || isAgreed) {
    const acts = actsIn({ ...due, labels: made.created.length }, ['wrote', 'removed', 'created']);
    const done = !isDue ? 'Nothing to do.' : acts === '' ? 'Nothing was changed.' : `Done. ${sentence(acts)}.`;
    const steps = next.flatMap(({ says, run }, at) => [
      `${at + 1}. ${says}`,
      ...(run === undefined ? [] : [`     ${run}`]),
    ]);
    say('', done, '', 'Next', ...steps);
  }
  return isDue && !isAgreed ? notWritten(parsed) : 0;
}

function notWritten({ values }: Parsed): number {
  const how = isAnswerable() && values.json !== true ? '' : ' Add --yes to write.';
  process.stderr.write(`Nothing was written.${how}\n`);
  return 1;
}

async function agrees({ values }: Parsed, act: string): Promise<boolean> {
  if (values.yes === true) return true;
  if (values.json === true || !isAnswerable()) return false;
  return /^y(?:es)?$/i.test(await ask(`\n${act} [y/N] `));
}

interface Due {
  readonly written: number;
  readonly removed: number;
  readonly labels: number;
}

/** `wrote 6 files and created 1 label` */
function actsIn({ written, removed, labels }: Due, [write, remove, create]: readonly [string, string, string]): string {
  const acts = [
    ...(written > 0 ? [`${write} ${count(written, 'file')}`] : []),
    ...(removed > 0 ? [`${remove} ${count(removed, 'file')}`] : []),
    ...(labels > 0 ? [`${create} ${count(labels, 'label')}`] : []),
  ];
  return acts.length === 0 ? '' : enumerate(acts);
}

const sentence = (clause: string): string => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}`;

async function planFiles(root: string, wish: Wish): Promise<readonly FilePlan[]> {
  const other = CONFIG_FILES[1];
  const hasOther = (await readInside(root, other)) !== undefined;
  const plans: FilePlan[] = [];
  for (const { path, text } of await ownFiles(wish)) {
    // A repository with both spellings of the config would have two configs.
    if (path === CONFIG_FILES[0] && hasOther) {
      plans.push({ path: other, state: 'kept' });
      continue;
    }
    const there = await readInside(root, path);
    if (there === undefined) plans.push({ path, state: 'new', text });
    else if (isSame(there, text)) plans.push({ path, state: 'unchanged' });
    else if (isUntouched(there) || (await isAsReleased(path, there))) plans.push({ path, state: 'updated', text });
    else plans.push({ path, state: 'kept' });
  }
  // With the app, these two would only leave skipped runs.
  for (const name of wish.door === 'app' ? [EVENTS_WORKFLOW, CLOCK_WORKFLOW] : []) {
    const path = `${WORKFLOWS_FOLDER}/${name}`;
    const there = await readInside(root, path);
    if (there === undefined) continue;
    plans.push({ path, state: isUntouched(there) || (await isAsReleased(path, there)) ? 'removed' : 'kept' });
  }
  return plans;
}

/** A remark for people on a file in this state. */
const STATES: Readonly<Record<FileState, string>> = {
  new: '',
  unchanged: '',
  updated: 'nobody changed it since it was written',
  kept: 'changed by you',
  removed: '',
};

const fileLine = (root: string, { path, state }: FilePlan): string =>
  `  ${state.padEnd(10)}${shownPath(join(root, path))}${STATES[state] === '' ? '' : ` (${STATES[state]})`}`;

function planLines(root: string, wish: Wish, files: readonly FilePlan[], elsewhere: Elsewhere): readonly string[] {
  const { agent, approvals, door, release, toolchain } = wish;
  const { action = ACTION, commit, version } = release;
  const own = agentStep(agent);
  const kept = files.find(({ path, state }) => state === 'kept' && CONFIG_FILES.some((file) => file === path));
  return [
    `${basename(root)}: ${agentText(agent)}, ${count(approvals, 'approval')}, ${door === 'app' ? 'with' : 'without'} the app`,
    `Action ${action}@${commit.slice(0, 12)} (${version})`,
    '',
    ...files.map((file) => fileLine(root, file)),
    ...(kept ? ['', `${kept.path} is yours, so agent and approvals stay as it says.`] : []),
    ...stepLines('Steps in the jobs work, verify and calibrate, by the files of the repository', toolchain.steps),
    ...stepLines('Step in the job work', own === undefined ? [] : [own]),
    ...(toolchain.unknown.length > 0
      ? ['', `Swarm knows no step for ${enumerate(toolchain.unknown)}. If a gate needs it, add a step there.`]
      : []),
    ...labelLines(elsewhere),
  ];
}

const stepLines = (title: string, steps: readonly string[]): readonly string[] =>
  steps.length === 0 ? [] : ['', title, ...steps.flatMap((step) => step.split('\n').map((line) => `  ${line}`))];

function labelLines({ repository, missing }: Elsewhere): readonly string[] {
  if (!repository || !missing || missing.length === 0) return [];
  return ['', `Labels that ${nameOf(repository)} does not have: ${missing.map(({ name }) => name).join(', ')}`];
}

const keyFor = async (agent: Agent): Promise<string | undefined> =>
  keyOf(agent, await readOwn(`${WORKFLOWS_FOLDER}/${WORKFLOWS[1]}`));

// ── removing ────────────────────────────────────────────────────────────────────────────────────────────────────────

async function remove(parsed: Parsed, root: string): Promise<number> {
  const isJson = parsed.values.json === true;
  const plans: FilePlan[] = [];
  for (const path of OWN_PATHS) {
    const there = await readInside(root, path);
    if (there !== undefined) plans.push({ path, state: isUntouched(there) ? 'removed' : 'kept' });
  }
  const due = plans.filter(({ state }) => state === 'removed');
  if (!isJson) {
    if (plans.length === 0) say('There is no file of Swarm here.');
    else say(...plans.map((file) => fileLine(root, file)));
  }
  const isAgreed = due.length > 0 && (await agrees(parsed, `Remove ${count(due.length, 'file')}?`));
  if (isAgreed) for (const { path } of due) await removeInside(root, path);
  if (isJson) {
    const files = plans.map(({ path, state }) => ({ path, state }));
    sayJson({ directory: root, files, written: isAgreed });
  } else if (isAgreed) {
    say('', `Removed ${count(due.length, 'file')}. Labels, secrets and variables on GitHub stay.`);
  }
  return due.length > 0 && !isAgreed ? notWritten(parsed) : 0;
}
