/** Processes started by the launcher behave like those started by `spawn`: same output, exit and errors, and no leftovers. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { type EventEmitter, once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect, onTestFinished, test, vi } from 'vitest';
import { launch } from '../../src/emulator/git/launcher.ts';
import { until } from '../rig/wait.ts';

const env = { PATH: process.env.PATH };
const NODE = process.execPath;

type Started = Pick<EventEmitter, 'once'> & { stdin: NodeJS.WritableStream; stdout: Readable; stderr: Readable };

async function resultOf(child: Started, input: string | Buffer = ''): Promise<unknown> {
  const parts = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  child.stdout.on('data', (chunk: Buffer) => parts.stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => parts.stderr.push(chunk));
  child.stdin.on('error', () => undefined);
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: (error as NodeJS.ErrnoException).code }));
    child.once('close', (exit, signal) =>
      resolve({ exit, signal, stdout: shown(parts.stdout), stderr: shown(parts.stderr) }),
    );
  });
  child.stdin.end(input);
  return ended;
}

/** Output as text, or its digest if it is long, because that is faster to compare. */
function shown(chunks: readonly Buffer[]): string {
  const all = Buffer.concat(chunks);
  return all.length < 1_000 ? String(all) : createHash('sha1').update(all).digest('hex');
}

const MEGABYTES = Buffer.alloc(8 << 20, 'line of a pack\n');

test.each<[string, string, readonly string[], (string | Buffer)?]>([
  ['output on both streams and an exit code', 'sh', ['-c', 'echo out; echo err >&2; exit 3']],
  ['no output', 'true', []],
  ['more than a pipe holds, in both directions', 'cat', [], MEGABYTES],
  ['an input that is not read', 'sh', ['-c', 'exec 0<&-; echo done'], MEGABYTES],
  ['an input that is partly read', 'head', ['-c', '100'], MEGABYTES],
  ['a process killed by a signal', 'sh', ['-c', 'kill -9 $$']],
  ['a program that does not exist', 'no-such-program', []],
])('%s', async (_name, file, args, input) => {
  const [ours, theirs] = await Promise.all([
    resultOf(launch(file, args, { env }), input),
    resultOf(spawn(file, [...args], { env, stdio: ['pipe', 'pipe', 'pipe'] }), input),
  ]);
  expect(ours).toEqual(theirs);
});

test('many processes at once do not mix up their output', async () => {
  const results = await Promise.all(
    Array.from({ length: 40 }, (_, at) => resultOf(launch('cat', [], { env }), `the words of ${at}`)),
  );
  expect(results.map((each) => (each as { stdout: string }).stdout)).toEqual(
    Array.from({ length: 40 }, (_, at) => `the words of ${at}`),
  );
});

test('an argument that is too long is an error, and the next process starts', async () => {
  expect(await resultOf(launch('true', ['a'.repeat(3 << 20)], { env }))).toEqual({ code: 'E2BIG' });
  expect(await resultOf(launch('true', [], { env }))).toMatchObject({ exit: 0 });
});

test('a process can be killed', async () => {
  const child = launch('sleep', ['600'], { env });
  const ended = resultOf(child);
  await until('the program to start', () => child.pid);
  expect(child.kill()).toBe(true);
  expect(await ended).toMatchObject({ exit: null, signal: 'SIGTERM' });
  expect(child.kill()).toBe(false);
});

test('if the launcher is killed, its processes report an error, and a new launcher starts the next one', async () => {
  const { launch: fresh } = await launcherOfItsOwn();
  const child = fresh('sleep', ['600'], { env });
  const ended = resultOf(child);
  const pid = await until('the program to start', () => child.pid);
  const { launcher, folder } = startedBy(pid);
  process.kill(launcher, 'SIGKILL');
  expect(await ended).toEqual({ code: undefined });
  process.kill(pid, 'SIGKILL');
  expect(await resultOf(fresh('echo', ['again'], { env }))).toMatchObject({ exit: 0, stdout: 'again\n' });
  rmSync(folder, { recursive: true, force: true });
});

test('if the process that uses it is killed, the launcher exits and removes its folder', async () => {
  const script = `
    const { launch } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/emulator/git/launcher.ts'))});
    const child = launch('cat', [], { env: {} });
    child.stdout.once('data', () => console.log('up'));
    child.stdin.write('x');
    setInterval(() => {}, 1000);
  `;
  // A separate directory, because other tests start launchers at the same time.
  const own = mkdtempSync(join(tmpdir(), 'launcher-test-'));
  onTestFinished(() => rmSync(own, { recursive: true, force: true }));
  const env = { ...process.env, TMPDIR: own };
  const user = spawn(NODE, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'], env });
  await once(user.stdout, 'data');
  const [folder = ''] = readdirSync(own);
  expect(existsSync(join(own, folder, 'socket'))).toBe(true);
  user.kill('SIGKILL');
  await once(user, 'exit');
  await until('the folder to be removed', () => !existsSync(join(own, folder)));
  await until('the launcher to end', () => processesWith(folder).length === 0);
});

/** A second instance of the module, so that the launcher of the other tests is not affected. */
async function launcherOfItsOwn(): Promise<{ readonly launch: typeof launch }> {
  vi.resetModules();
  return import('../../src/emulator/git/launcher.ts');
}

/** Finds the launcher as the parent of its process, because other tests run launchers too. Its last argument is its folder. */
function startedBy(pid: number): { readonly launcher: number; readonly folder: string } {
  const [, parent = ''] = /^\d+ \(.*\) \S (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  const folder = readFileSync(`/proc/${parent}/cmdline`, 'utf8').split('\0').at(-2) ?? '';
  expect(folder).toContain('swarm-launcher-');
  return { launcher: Number(parent), folder };
}

/** The processes with this text in their arguments. */
function processesWith(text: string): readonly string[] {
  if (!existsSync('/proc/self/exe')) return [];
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
    } catch {
      return false;
    }
  });
}
