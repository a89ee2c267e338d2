/**
 * A run that is ended from outside, at every step of its work and of its verification: by a runner that is lost, and by the
 * cancel button. Nothing of it stays behind; what was made is not lost; the next attempt, on the same machine, goes on from
 * there and ends well (SPEC R5.8, R8.2, T40a).
 *
 * `kills.test.ts` does the same to the publish job, at each of its writes.
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/core/model/report.ts';
import { kill, withArgument, withVariable } from '../rig/processes.ts';
import { until } from '../rig/wait.ts';
import { kindsHere } from '../rig/walls.ts';
import { Bridge, type Ended, type Shop, type Started, Town } from './jobs.ts';

let town: Town;
let hasWalls = false;
beforeAll(async () => {
  town = await Town.open();
  hasWalls = (await kindsHere(town.directory))[0] !== 'none';
});
afterAll(() => town.close());

// --- a run that can be held at a step ---------------------------------------------------------------------------------

/** Arguments of `sleep` that say what it is. */
const OUTLIVING = '300.1';
const HELD = '300.2';

/** Where the variable `HOLD_AT` tells it to, it starts something that would like to outlive it, and waits. */
const AT = [
  'at() {',
  '  [ "$HOLD_AT" = "$1" ] || return 0',
  `  setsid sleep ${OUTLIVING} </dev/null >/dev/null 2>&1 &`,
  `  sleep ${HELD}`,
  '}',
].join('\n');

/** Does what is not done yet; each file says which attempt made it. */
const AGENT = [
  AT,
  'made() { [ -e "$1" ] || printf "# AC-1 $SWARM_ATTEMPT\\n$2\\n" > "$1"; }',
  'case "$SWARM_ROLE" in',
  'tester) made test/one.check "test -e src/one.txt"; at tester; made test/two.check "test -e src/two.txt" ;;',
  'implementer) at red; made src/one.txt; at implementer; made src/two.txt',
  '  if [ "$SWARM_TRY" != 1 ]; then at fix; made src/fixed.txt; fi ;;',
  `reviewer) at council; printf '{"verdict":"approved","summary":"Good.","findings":[]}' > "$SWARM_REPORT_FILE" ;;`,
  'esac',
].join('\n');

const BODY = '---\nfiles: [src/**, test/**]\n---\nDo it.\n\n## Acceptance criteria\n- [ ] AC-1: It is there\n';

interface Stage {
  readonly shop: Shop;
  /** What a runner gives every process of a job, to find it by. */
  readonly environment: { readonly RUNNER_TRACKING_ID: string };
}

async function open(): Promise<Stage> {
  const tests =
    'for each in test/*.check; do sh "$each" || { echo "FAIL $each"; exit 1; }; done; echo "2 tests passed"';
  const shop = await town.shop({
    agent: ['sh', '-c', AGENT],
    config: {
      environment: ['HOLD_AT'],
      roles: { tester: 'command', reviewer: 'command' },
      council: 'on',
      gates: {
        tests: { run: ['sh', '-c', tests] },
        lint: { run: ['sh', '-c', `${AT}\nat gate; test -e src/fixed.txt`] },
      },
    },
    files: { 'test/old.check': 'true\n' },
    body: BODY,
  });
  return { shop, environment: { RUNNER_TRACKING_ID: `github_${randomUUID()}` } };
}

// --- ending it ----------------------------------------------------------------------------------------------------------

type How = 'lost' | 'cancelled';

/** As actions/runner ends a step: SIGINT, 7.5 s, SIGTERM, 2.5 s, SIGKILL for what is left; or, as the system does, at once. */
async function end(stage: Stage, { child, ended }: Started, how: How): Promise<Ended> {
  const group = -(child.pid ?? 0);
  if (how === 'lost') {
    process.kill(group, 'SIGKILL');
    // Then the kernel ends agents and gates with the job, and nobody has to look for them.
    if (hasWalls) return ended;
    // What the runner, or the machine's end, does to the groups that agents and gates have of their own.
    await until('every process of the job to be gone', () => {
      const there = tracked(stage);
      for (const pid of there) kill(pid);
      return there.length === 0;
    });
    return ended;
  }
  const isOver = ended.then(() => true);
  for (const [signal, ms] of [
    ['SIGINT', 7_500],
    ['SIGTERM', 2_500],
  ] as const) {
    child.kill(signal);
    if (await Promise.race([isOver, pause(ms, false)])) return ended;
  }
  process.kill(group, 'SIGKILL');
  return ended;
}

const tracked = ({ environment: { RUNNER_TRACKING_ID: id } }: Stage): readonly number[] =>
  withVariable(`RUNNER_TRACKING_ID=${id}`);

/** A kill takes a moment on a busy machine; a process that nobody killed sleeps for minutes. */
const nothingIsLeft = (stage: Stage): Promise<unknown> =>
  until('every process of the job to be gone', () => tracked(stage).length === 0);

async function reached(stage: Stage, { ended }: Started): Promise<void> {
  const isOver = ended.then(({ log }) => Promise.reject(new Error(`it ended before it was held:\n${log}`)));
  const isThere = (what: string): boolean => {
    const those = withArgument(what);
    return tracked(stage).some((pid) => those.includes(pid));
  };
  await Promise.race([isOver, until('the job to be held', () => isThere(OUTLIVING) && isThere(HELD))]);
}

/** A file whose writer waits for a reader that never comes. */
async function makePipe(): Promise<string> {
  const pipe = join(await mkdtemp(join(town.directory, 'pipe-')), 'pipe');
  await promisify(execFile)('mkfifo', [pipe]);
  return pipe;
}

const says = ({ child }: Started, words: string): Promise<void> =>
  new Promise((resolve) => child.stdout?.on('data', (said: Buffer) => said.includes(words) && resolve()));

const untilReady = ({ folder }: Started): Promise<unknown> =>
  until('the job to be ready', async () =>
    /^ready<<(\S+)\ntrue\n/m.test(await readFile(join(folder, 'output'), 'utf8')),
  );

// --- what became of it --------------------------------------------------------------------------------------------------

const TESTS = ['test/one.check', 'test/two.check'];
const WORK = [...TESTS, 'src/one.txt', 'src/two.txt'];
const ALL = [...WORK, 'src/fixed.txt'];

/** What a file of a branch says of who made it. */
async function madeBy(shop: Shop, ref: string): Promise<Readonly<Record<string, string>>> {
  const git = await town.emulator.world.git(shop.repository);
  const found: Record<string, string> = {};
  for (const name of ALL) {
    const text = (await git.readBlob(`${ref}:${name}`))?.toString('utf8');
    if (text !== undefined) found[name] = /1\.14-\d/.exec(text)?.[0] ?? '';
  }
  return found;
}

async function reportOf(shop: Shop, attempt: string): Promise<Report | undefined> {
  const git = await town.emulator.world.git(shop.repository);
  const text = await git.readBlob(`refs/swarm/runs/1/${attempt}:report.json`);
  return text ? (JSON.parse(text.toString('utf8')) as Report) : undefined;
}

/** Publishes what the dead run handed on, then makes the next attempt in the same place. @returns who made what, in the end. */
async function carriesOn(
  stage: Stage,
  handed: Readonly<Record<string, string>>,
  folder: string,
): Promise<{ readonly kept: readonly string[]; readonly inTheEnd: Readonly<Record<string, string>> }> {
  const { shop, environment } = stage;
  const before = await shop.branches();
  await (await shop.job('publish', handed)).ended;
  const report = await reportOf(shop, '1.14-1');
  if (report) expect(report.result).toMatchObject({ kind: 'failed', problem: { kind: 'RUN_CUT_SHORT' } });
  const branches = (await shop.branches()).filter((each) => !before.includes(each));
  // It is nowhere where somebody could take it for done.
  expect(branches).toEqual(report?.result.kind === 'failed' && report.result.kept ? ['swarm/wip/1.14-1'] : []);
  expect(await shop.read<unknown[]>('/pulls?state=all')).toEqual([]);
  const kept = branches.length === 0 ? {} : await madeBy(shop, 'refs/heads/swarm/wip/1.14-1');

  await shop.start(BODY, { report });
  const worked = await (await shop.job('work', {}, { environment, folder })).ended;
  expect(worked.outputs.ready, worked.log).toBe('true');
  const again = { ...shop.handed(worked, undefined), 'verify-result': 'success' };
  const published = await (await shop.job('publish', again)).ended;
  expect([published.end, (await reportOf(shop, '1.14-2'))?.result.kind], published.log).toEqual([0, 'ready']);
  await shop.orchestrates();
  await nothingIsLeft(stage);
  const inTheEnd = await madeBy(shop, 'refs/heads/feat/cart');
  expect(Object.keys(inTheEnd).sort()).toEqual([...ALL].sort());
  return { kept: Object.keys(kept).sort(), inTheEnd };
}

const firstOf = (made: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(made)
    .filter((name) => made[name] === '1.14-1')
    .sort();

/** When, and what of the first attempt's work is still there in the end, by how it was ended. */
const STEPS: readonly (readonly [
  string,
  string,
  { readonly lost: readonly string[]; readonly cancelled: readonly string[] },
])[] = [
  ['before its brief', 'fetch', { lost: [], cancelled: [] }],
  ['while its tester writes', 'tester', { lost: [], cancelled: TESTS.slice(0, 1) }],
  ['after the tests were seen to fail', 'red', { lost: TESTS, cancelled: TESTS }],
  ['while its implementer writes', 'implementer', { lost: TESTS, cancelled: WORK.slice(0, 3) }],
  ['in a gate', 'gate', { lost: WORK, cancelled: WORK }],
  ['while it mends what a gate found', 'fix', { lost: WORK, cancelled: WORK }],
  ['before its council', 'council', { lost: ALL, cancelled: ALL }],
  ['when it has handed on all', 'outputs', { lost: ALL, cancelled: ALL }],
];

describe.each<How>(['lost', 'cancelled'])('a work job that is %s', (how) => {
  // They wait as long as they work.
  it.concurrent.each(STEPS)('%s', async (_, step, expected) => {
    const stage = await open();
    const { shop, environment } = stage;
    const bridge = await Bridge.open(town.emulator.url);
    try {
      const fetching = step === 'fetch' ? bridge.holds(/git-upload-pack/) : undefined;
      const pipe = step === 'outputs' ? { GITHUB_STEP_SUMMARY: await makePipe() } : {};
      const job = await shop.job(
        'work',
        {},
        { environment: { ...environment, ...pipe, HOLD_AT: step }, detached: true, server: bridge.url },
      );
      await (fetching ?? (step === 'outputs' ? untilReady(job) : reached(stage, job)));
      const ended = await end(stage, job, how);
      await nothingIsLeft(stage);
      // Who was asked to end could still keep what was said.
      const told = Object.keys(ended.artefact).filter((name) => name.endsWith('as-sent-to-the-agent.txt'));
      if (step !== 'outputs') expect(told.length > 0).toBe(how === 'cancelled' && step !== 'fetch');
      const { kept, inTheEnd } = await carriesOn(stage, shop.handed(ended, undefined), job.folder);
      expect({ kept, first: firstOf(inTheEnd) }).toEqual({
        kept: [...expected[how]].sort(),
        first: [...expected[how]].sort(),
      });
    } finally {
      await bridge.close();
    }
  });
});

describe.each<How>(['lost', 'cancelled'])('a verify job that is %s', (how) => {
  it.concurrent.each(['while it fetches', 'in a gate', 'while it answers'])('%s', async (when) => {
    const stage = await open();
    const { shop, environment } = stage;
    const worked = await (await shop.job('work', {})).ended;
    expect(worked.outputs.ready, worked.log).toBe('true');
    const bridge = await Bridge.open(town.emulator.url);
    try {
      const fetching = when === 'while it fetches' ? bridge.holds(/git-upload-pack/) : undefined;
      const hold = when === 'in a gate' ? { HOLD_AT: 'gate' } : {};
      const pipe = when === 'while it answers' ? { GITHUB_OUTPUT: await makePipe() } : {};
      const options = { environment: { ...environment, ...pipe, ...hold }, detached: true, server: bridge.url };
      const job = await shop.job('verify', shop.handed(worked, undefined), options);
      // After its last gate only the answer is left, and that finds no reader.
      const answering = () => says(job, 'scope: pass');
      await (fetching ?? (when === 'in a gate' ? reached(stage, job) : answering()));
      const ended = await end(stage, job, how);
      expect(ended.outputs).toEqual({});
      await nothingIsLeft(stage);
      // Nobody knows whether it would have passed: the work is neither published nor blamed.
      const { kept, inTheEnd } = await carriesOn(stage, shop.handed(worked, ended), job.folder);
      expect([kept, firstOf(inTheEnd)]).toEqual([[...ALL].sort(), [...ALL].sort()]);
    } finally {
      await bridge.close();
    }
  });
});
