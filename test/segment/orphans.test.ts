/**
 * Nothing that an agent or a gate starts outlives it: not what ignores signals, not what leaves its group, its session or
 * its parent, and no port stays open; whether it ends, is timed out, or we are (B173, T25).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../src/sandbox/process.ts';
import { until } from '../rig/wait.ts';
import { Town } from './jobs.ts';

/** Each puts its id into a file of its own; `$1` is the directory for these. */
const DAEMONS = [
  `nohup sh -c 'echo $$ > "$0/nohup"; exec sleep 300' "$1" >/dev/null 2>&1 &`,
  `setsid sh -c 'echo $$ > "$0/setsid"; exec sleep 300' "$1" >/dev/null 2>&1 &`,
  `(setsid sh -c '(sh -c "echo \\$\\$ > \\"$0/double\\"; exec sleep 300" &)' "$1" </dev/null >/dev/null 2>&1 &)`,
  `setsid sh -c 'trap "" TERM INT HUP; echo $$ > "$0/deaf"; while :; do sleep 1; done' "$1" </dev/null >/dev/null 2>&1 &`,
  // It holds our pipe, too.
  `setsid sh -c 'echo $$ > "$0/pipe"; exec sleep 300' "$1" &`,
  `setsid node -e 'const f = require("node:fs"); const s = require("node:net").createServer(() => {}); s.listen(0, "127.0.0.1", () => { f.writeFileSync(process.argv[1] + "/port", String(s.address().port)); f.writeFileSync(process.argv[1] + "/listener", String(process.pid)); });' "$1" </dev/null >/dev/null 2>&1 &`,
  'while [ "$(ls "$1" | wc -l)" -lt 7 ]; do sleep 0.05; done',
].join('\n');
const NAMES = ['deaf', 'double', 'listener', 'nohup', 'pipe', 'setsid'];

const program = (then: string, directory: string): readonly string[] => [
  'sh',
  '-c',
  `${DAEMONS}\n${then}`,
  'agent',
  directory,
];

const untilAllRun = (directory: string): Promise<unknown> =>
  until('every daemon to run', async () => (await readdir(directory)).length > NAMES.length, {
    state: () => `Running: ${readdirSync(directory).join()}`,
  });

/** A kill takes a moment on a busy machine; a daemon that nobody killed sleeps for minutes. */
async function untilAllAreGone(directory: string): Promise<void> {
  expect((await readdir(directory)).sort()).toEqual([...NAMES, 'port'].sort());
  let there: readonly string[] = [];
  const look = async (): Promise<boolean> => {
    there = await thereNow(directory);
    return there.length === 0;
  };
  await until('every daemon to be gone', look, { state: () => `Still there: ${there.join()}` });
}

async function thereNow(directory: string): Promise<readonly string[]> {
  const pids = NAMES.map((name) => [name, readFileSync(join(directory, name), 'utf8').trim()] as const);
  const lives = (pid: string): boolean =>
    existsSync(`/proc/${pid}/stat`) && !/^\d+ \(.*\) [ZX] /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const port = Number(await readFile(join(directory, 'port'), 'utf8'));
  const isOpen = await new Promise<boolean>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.unref();
  });
  return [...pids.flatMap(([name, pid]) => (lives(pid) ? [name] : [])), ...(isOpen ? ['an open port'] : [])];
}

let base = '';
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'swarm-orphans-'));
});
afterAll(() => rm(base, { recursive: true, force: true, maxRetries: 3 }));

const place = (): Promise<string> => mkdtemp(join(base, 'pids-'));

describe('a program leaves nothing behind (R11.7)', () => {
  // They wait more than they work.
  it.concurrent.each([
    ['when it ends', 'exit 0', 'exited'],
    ['when it fails', 'exit 7', 'exited'],
    ['when it kills itself', 'kill -9 $$', 'killed'],
    ['when it is out of time', 'sleep 300', 'timed out'],
    ['when it is out of time and deaf', `trap '' TERM; while :; do sleep 0.2; done`, 'timed out'],
  ])('%s', async (_, then, kind) => {
    const directory = await place();
    const ended = await runProgram({
      command: program(then, directory),
      directory,
      environment: { PATH: process.env.PATH ?? '' },
      timeoutMs: kind === 'timed out' ? 8_000 : 60_000,
      graceMs: 200,
    });
    expect(ended.how.kind).toBe(kind);
    await untilAllAreGone(directory);
  });
});

describe('a work job that is ended from outside leaves nothing behind', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.open();
  });
  afterAll(() => town.close());

  it.each([
    ['while its agent works', 'SIGTERM', 'agent'],
    ['by the cancel button', 'SIGINT', 'agent'],
    ['while a gate runs', 'SIGTERM', 'gate'],
    ['at once, and the runner looks for orphans', 'SIGKILL', 'agent'],
  ] as const)('%s', async (_, signal, where) => {
    const directory = await place();
    const hangs = program('sleep 300', directory);
    const shop = await town.shop(
      where === 'agent'
        ? { agent: hangs }
        : { agent: ['sh', '-c', 'echo 2 > src/cart.ts'], config: { gates: { tests: { run: hangs } } } },
    );
    const { child, ended } = await shop.job('work', {}, { environment: { RUNNER_TRACKING_ID: 'github_7f3a' } });
    await untilAllRun(directory);
    child.kill(signal);
    // A pipe that something holds would keep this from ending.
    if (signal === 'SIGKILL') endTracked('RUNNER_TRACKING_ID=github_7f3a');
    expect((await ended).end).toBe(signal);
    await untilAllAreGone(directory);
  });
});

/** What the runner does at a job's end, and calls "Cleaning up orphan processes". */
function endTracked(mark: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
      if (environment.split('\0').includes(mark)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended meanwhile, or belongs to another user.
    }
  }
}
