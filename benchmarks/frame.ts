/**
 * What every benchmark here has in common: both sides in one run and turn about, peers installed for the run alone,
 * dice that fall the same way each time, and an answer that people and programs can read.
 *
 * Times of one run are compared with one another, never with another run's: machines are shared and differ. A side's
 * number is its best round: whatever else the machine does can only add to it, and it adds to some rounds more than to
 * others.
 */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';

const run = promisify(execFile);

export const root = fileURLToPath(new URL('..', import.meta.url));

// ── What is asked for ───────────────────────────────────────────────────────────────────────────────────────────────

export interface Asked {
  /** The last line is one JSON object. */
  readonly json: boolean;
  /** Cells that take minutes, too. */
  readonly all: boolean;
  /** Files given by `--instances`. */
  readonly instances: readonly string[];
  /** What stands without an option's name. */
  readonly words: readonly string[];
}

export function readAsked(argv: readonly string[] = process.argv.slice(2)): Asked {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      all: { type: 'boolean' },
      instances: { type: 'string', multiple: true },
    },
  });
  return {
    json: values.json === true,
    all: values.all === true,
    instances: values.instances ?? [],
    words: positionals,
  };
}

// ── Telling ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** One sentence for people; with `--json` on stderr, so that nothing follows the object on the last line. */
export const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** A table as people read it: the first column to the left, the others to the right. */
export function sayTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((name, at) => Math.max(name.length, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ');
  say([line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n'));
}

/** Ends the run with its answer. */
export function answer(asked: Asked, result: Readonly<Record<string, unknown>>): void {
  say(`\n${process.version}, ${availableParallelism()} cores; times are of this run and this machine.`);
  if (asked.json) say(JSON.stringify(result));
}

/** 0.31, 4.2, 87, 1,387. */
export function shown(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  const digits = value < 1 ? 2 : value < 10 ? 1 : 0;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

// ── Measuring ───────────────────────────────────────────────────────────────────────────────────────────────────────

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
};

/** Milliseconds that one call takes. */
export type Side = () => number | Promise<number>;

/** A plain function as a side. */
export const timed =
  (act: () => unknown): Side =>
  () => {
    const before = performance.now();
    act();
    return performance.now() - before;
  };

export interface Rounds {
  /** By side: a time for each round, in milliseconds. */
  readonly times: Readonly<Record<string, readonly number[]>>;
  /** Of the best round. */
  ms(side: string): number;
  /** How many times longer `side` takes than `than`, each in its best round. */
  ratio(side: string, than: string): number;
}

/**
 * Runs the sides turn about: one round is each of them once. Stops after `most` rounds, or when the budget is spent and
 * there were `least`.
 */
export async function interleave(
  sides: Readonly<Record<string, Side>>,
  { warmUps = 1, least = 3, most = 31, budgetMs = 20_000 } = {},
): Promise<Rounds> {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
  const end = performance.now() + budgetMs;
  for (let round = -warmUps; round < most; round++) {
    if (round >= least && performance.now() > end) break;
    // Turned by one each round, so that nobody always runs after the same neighbour's garbage.
    const names = Object.keys(sides);
    const shift = Math.abs(round) % names.length;
    for (const name of [...names.slice(shift), ...names.slice(0, shift)]) {
      const took = await sides[name]?.();
      if (round >= 0 && took !== undefined) times[name]?.push(took);
    }
  }
  const best = (side: string): number => Math.min(...(times[side] ?? []));
  return {
    times,
    ms: best,
    ratio: (side, than) => best(side) / best(than),
  };
}

/** Wall milliseconds of a whole process, its start included, and what it printed. Throws when it fails. */
export async function processMs(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly mayFail?: true } = {},
): Promise<{ readonly ms: number; readonly output: string }> {
  const before = performance.now();
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  const complained: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => complained.push(chunk));
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? -1));
  });
  const ms = performance.now() - before;
  if (code !== 0 && !options.mayFail) {
    throw new Error(`${program} ${args.join(' ').slice(0, 200)} ended with ${code}: ${Buffer.concat(complained)}`);
  }
  return { ms, output: Buffer.concat(said).toString() };
}

// ── Dice ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Uniform in [0, 1), the same sequence for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function shuffled<Item>(items: readonly Item[], roll: () => number): Item[] {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(roll() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as Item, mixed[at] as Item];
  }
  return mixed;
}

// ── Peers ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Peers {
  /** The directory that holds `node_modules`. */
  readonly directory: string;
  /** CommonJS or an ES module, as the package is; `default` is what `require` would give. */
  load(name: string): Promise<Record<string, unknown>>;
}

/**
 * Installs the packages at these exact versions with npm, into a cache below the temporary directory; nothing of them
 * runs while they are installed, and nothing of them becomes a dependency of swarm.
 */
export async function installPeers(versions: Readonly<Record<string, string>>): Promise<Peers> {
  const wanted = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  const key = createHash('sha256').update(wanted.join(' ')).digest('hex').slice(0, 12);
  const directory = join(tmpdir(), 'swarm-bench', key);
  if (!existsSync(directory)) {
    say(`Installing ${wanted.join(', ')} …`);
    const fresh = `${directory}.${process.pid}`;
    await mkdir(fresh, { recursive: true });
    await writeFile(join(fresh, 'package.json'), '{"private":true}\n');
    try {
      const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock', '--loglevel=error'];
      await run('npm', ['install', ...options, ...wanted], { cwd: fresh });
      await rename(fresh, directory);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }
  const require = createRequire(join(directory, 'package.json'));
  return {
    directory,
    load: async (name) => {
      let path: string;
      try {
        path = require.resolve(name);
      } catch {
        // A package for `import` alone.
        const about = require(join(directory, 'node_modules', name, 'package.json'));
        path = join(directory, 'node_modules', name, about.exports?.['.']?.import ?? about.module ?? about.main);
      }
      const loaded: Record<string, unknown> = await import(pathToFileURL(path).href);
      return loaded;
    },
  };
}

/** Where a program of this name is on the PATH; undefined where it is not. */
export async function programOf(name: string): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    const path = join(folder, name);
    if (folder !== '' && existsSync(path)) return path;
  }
  return undefined;
}

/** A directory of this run's own; removed when `act` has ended. */
export async function inScratch<Answer>(act: (directory: string) => Promise<Answer>): Promise<Answer> {
  const directory = join(tmpdir(), `swarm-bench-${process.pid}-${Date.now()}`);
  await mkdir(directory, { recursive: true });
  try {
    return await act(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The directory of a bench file, for children that it starts. */
export const directoryOf = (url: string): string => dirname(fileURLToPath(url));
