/**
 * Nothing that an agent or a gate starts outlives it: not what ignores signals, not what leaves its group, its session or
 * its parent, and no port stays open; whether it ends, is timed out, or we are (B173, T25). With walls, not even what empties
 * its environment (W4).
 */
import { randomInt } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Isolation } from '../../src/core/model/config.ts';
import { type ProgramEnd, type ProgramOptions, runProgram } from '../../src/sandbox/process.ts';
import { kill, withArgument, withVariable } from '../rig/processes.ts';
import { until } from '../rig/wait.ts';
import { kindsHere, sandboxFor } from '../rig/walls.ts';
import { type Started, Town } from './jobs.ts';

/** `$1` is the test's number. Each has an argument of its own, this number and a digit, and leaves a file of that name. */
const DAEMONS = [
  `nohup sh -c 'touch "$TMPDIR/$0"; exec sleep "$0"' "\${1}1" >/dev/null 2>&1 &`,
  `setsid sh -c 'touch "$TMPDIR/$0"; exec sleep "$0"' "\${1}2" >/dev/null 2>&1 &`,
  `(setsid sh -c '(sh -c "touch \\"$TMPDIR/$0\\"; exec sleep $0" &)' "\${1}3" </dev/null >/dev/null 2>&1 &)`,
  `setsid sh -c 'trap "" TERM INT HUP; touch "$TMPDIR/$0"; while :; do sleep 1; done' "\${1}4" </dev/null >/dev/null 2>&1 &`,
  // It holds our pipe, too.
  `setsid sh -c 'touch "$TMPDIR/$0"; exec sleep "$0"' "\${1}5" &`,
  `setsid node -e 'const s = require("node:net").createServer(() => {}); s.listen(0, "127.0.0.1", () => require("node:fs").writeFileSync(process.env.TMPDIR + "/" + process.argv[1], String(s.address().port)));' "\${1}6" </dev/null >/dev/null 2>&1 &`,
  `until [ -s "$TMPDIR/\${1}6" ] && [ "$(ls "$TMPDIR/$1"[1-6] | wc -l)" -eq 6 ]; do sleep 0.05; done`,
].join('\n');
const NAMES = ['nohup', 'setsid', 'double', 'deaf', 'pipe', 'listener'] as const;

/** It leaves its group, its session and its parent, and its environment is empty. */
const NAMELESS = [
  `(setsid sh -c '(touch "$TMPDIR/$0"; exec env -i sleep "$0") &' "\${1}7" </dev/null >/dev/null 2>&1 &)`,
  `until [ -e "$TMPDIR/\${1}7" ]; do sleep 0.05; done`,
].join('\n');

/** Starts daemons, says so when all of them run, and goes on. */
const program = (daemons: string, then: string, number: string): readonly string[] => [
  ...['sh', '-c', `${daemons}\necho "all run, port $(cat "$TMPDIR/\${1}6")."\n${then}`],
  ...['agent', number],
];
const ALL_RUN = /all run, port (\d*)\./;

/** `sleep` takes it for five minutes, and no other process has it among its arguments. */
const makeNumber = (): string => `300.${randomInt(1e8, 1e9)}`;

/** The daemons of a test that run, wherever they do. */
const runningNow = (number: string): readonly string[] =>
  NAMES.filter((_, index) => withArgument(`${number}${index + 1}`).length > 0);
const namelessOf = (number: string): readonly number[] => withArgument(`${number}7`);

async function leftOf(number: string, port: number): Promise<readonly string[]> {
  const isOpen = await new Promise<boolean>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.unref();
  });
  return [...runningNow(number), ...(isOpen ? ['an open port'] : [])];
}

/** A kill takes a moment on a busy machine; a daemon that nobody killed sleeps for minutes. */
async function untilAllAreGone(number: string, port: number): Promise<void> {
  expect(port).toBeGreaterThan(0);
  let left: readonly string[] = [];
  const look = async (): Promise<boolean> => {
    left = await leftOf(number, port);
    return left.length === 0;
  };
  await until('every daemon to be gone', look, { state: () => `Still there: ${left.join()}` });
}

const base = await mkdtemp(join(tmpdir(), 'swarm-orphans-'));
afterAll(() => rm(base, { recursive: true, force: true, maxRetries: 3 }));
const kinds = await kindsHere(base);
const walls = kinds.filter((kind) => kind !== 'none');

// --- one program --------------------------------------------------------------------------------------------------------

/** Runs a program in a directory of its own, with temporary files at `tmp` in there. */
type Run = (call: Omit<ProgramOptions, 'environment'>) => Promise<ProgramEnd>;

const runPlainly: Run = async (call) => {
  const TMPDIR = join(call.directory, 'tmp');
  await mkdir(TMPDIR);
  return runProgram({ ...call, environment: { PATH: process.env.PATH ?? '', TMPDIR } });
};

const runBehind =
  (isolation: Isolation): Run =>
  async (call) => {
    const [home, temporaryDirectory] = [join(call.directory, 'home'), join(call.directory, 'tmp')];
    const room = { home, temporaryDirectory, writes: [], reads: [call.directory] };
    const sandbox = await sandboxFor(base, { isolation });
    const environment = sandbox.environmentFor({ names: [], ...room });
    return sandbox.run({ ...call, room, environment, network: { by: 'test' } });
  };

/** Runs a program with daemons. It goes on only after they were looked for: so they are found if they are there. */
async function runWith(run: Run, daemons: string, then: string, timeoutMs = 60_000) {
  const directory = await mkdtemp(join(base, 'call-'));
  const number = makeNumber();
  let port = 0;
  let running: readonly string[] = [];
  let nameless: readonly number[] = [];
  let said: Promise<void> | undefined;
  const ended = await run({
    command: program(daemons, `until [ -e "$TMPDIR/go" ]; do sleep 0.05; done\n${then}`, number),
    ...{ directory, timeoutMs, graceMs: 200 },
    onLine: (line) => {
      const found = ALL_RUN.exec(line);
      if (!found) return;
      port = Number(found[1]);
      running = runningNow(number);
      nameless = namelessOf(number);
      said = writeFile(join(directory, 'tmp', 'go'), '');
    },
  });
  await said;
  return { ended, number, port, running, nameless };
}

const ENDS = [
  ['when it ends', 'exit 0', 'exited'],
  ['when it fails', 'exit 7', 'exited'],
  ['when it kills itself', 'kill -9 $$', 'killed'],
  ['when it is out of time', 'sleep 300', 'timed out'],
  ['when it is out of time and deaf', `trap '' TERM; while :; do sleep 0.2; done`, 'timed out'],
] as const;

const RUNS: readonly (readonly [string, Run])[] = [
  ['a program', runPlainly],
  ...kinds.map((kind) => [`a program with the isolation ${kind}`, runBehind(kind)] as const),
];

describe.each(RUNS)('%s leaves nothing behind (R11.7)', (_, run) => {
  // They wait more than they work.
  it.concurrent.each(ENDS)('%s', async (_, then, kind) => {
    const timeoutMs = kind === 'timed out' ? 8_000 : 60_000;
    const { ended, number, port, running } = await runWith(run, DAEMONS, then, timeoutMs);
    expect([ended.how.kind, running]).toEqual([kind, NAMES]);
    await untilAllAreGone(number, port);
  });
});

describe('a daemon whose environment is empty', () => {
  it.each(walls)('is dead when the call ends, as is every other one: %s (W4)', async (isolation) => {
    const { ended, number, port, nameless } = await runWith(runBehind(isolation), `${DAEMONS}\n${NAMELESS}`, 'exit 0');
    // Nothing is waited for.
    expect([namelessOf(number), await leftOf(number, port)]).toEqual([[], []]);
    expect([ended.how, nameless.length, port > 0]).toEqual([{ kind: 'exited', code: 0 }, 1, true]);
  });

  it('survives without walls, which is why there are walls', async () => {
    const { ended, number } = await runWith(runBehind('none'), NAMELESS, 'exit 0');
    const survivors = namelessOf(number);
    for (const pid of survivors) kill(pid);
    expect([ended.how, survivors.length]).toEqual([{ kind: 'exited', code: 0 }, 1]);
  });
});

// --- a job --------------------------------------------------------------------------------------------------------------

/** @returns the port of the listener. */
function allRun({ child, ended }: Started): Promise<number> {
  const isOver = ended.then(({ log }) => Promise.reject(new Error(`it ended before its daemons ran:\n${log}`)));
  const said = new Promise<number>((resolve) => {
    let log = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      log += chunk.toString('latin1');
      const found = ALL_RUN.exec(log);
      if (found) resolve(Number(found[1]));
    });
  });
  return Promise.race([said, isOver]);
}

describe('a work job that is ended from outside leaves nothing behind', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.open();
  });
  afterAll(() => town.close());

  /** Starts a job whose agent or gate hangs, with all daemons. */
  async function start(where: 'agent' | 'gate', isolation: Isolation, daemons: string) {
    const number = makeNumber();
    const tracking = `github_${number}`;
    const hangs = program(daemons, 'sleep 300', number);
    const shop = await town.shop(
      where === 'agent'
        ? { agent: hangs, config: { isolation } }
        : { agent: ['sh', '-c', 'echo 2 > src/cart.ts'], config: { isolation, gates: { tests: { run: hangs } } } },
    );
    const job = await shop.job('work', {}, { environment: { RUNNER_TRACKING_ID: tracking } });
    const port = await allRun(job);
    expect(runningNow(number)).toEqual(NAMES);
    return { ...job, number, port, tracking };
  }

  describe.each(kinds)('with the isolation %s', (isolation) => {
    it.each([
      ['while its agent works', 'SIGTERM', 'agent'],
      ['by the cancel button', 'SIGINT', 'agent'],
      ['while a gate runs', 'SIGTERM', 'gate'],
      ['at once, and the runner looks for orphans', 'SIGKILL', 'agent'],
    ] as const)('%s', async (_, signal, where) => {
      const { child, ended, number, port, tracking } = await start(where, isolation, DAEMONS);
      child.kill(signal);
      // What the runner does at a job's end, and calls "Cleaning up orphan processes". A pipe that something holds would keep
      // the job from ending.
      if (signal === 'SIGKILL') for (const pid of withVariable(`RUNNER_TRACKING_ID=${tracking}`)) kill(pid);
      expect((await ended).end).toBe(signal);
      await untilAllAreGone(number, port);
    });
  });

  it.each(walls)('at once, and nobody looks for orphans: %s', async (isolation) => {
    const { child, ended, number, port } = await start('agent', isolation, `${DAEMONS}\n${NAMELESS}`);
    expect(namelessOf(number)).toHaveLength(1);
    child.kill('SIGKILL');
    expect((await ended).end).toBe('SIGKILL');
    await untilAllAreGone(number, port);
    await until('the daemon without an environment to be gone', () => namelessOf(number).length === 0);
  });
});
