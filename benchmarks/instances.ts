/**
 * Epics to schedule, read from files; the policies that swarm is compared with; and the checker, which knows nothing of
 * swarm and rejects any schedule that breaks a rule.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Config } from '../src/core/model/config.ts';
import { issueNumber, type Segment } from '../src/core/model/epic.ts';
import type { ForecastInput } from '../src/core/schedule/forecast.ts';
import { overlappingScopes } from '../src/core/scope/scope.ts';
import { readSpec } from '../src/core/text/spec.ts';

/** Pieces by position; all minutes whole. */
export interface Instance {
  readonly name: string;
  readonly takes: readonly number[];
  /** What each waits for. */
  readonly deps: readonly (readonly number[])[];
  /** Never at one time. */
  readonly conflicts: readonly (readonly [number, number])[];
  /** Places of each kind, and how many of each a piece takes. An epic has one kind, and each segment takes one. */
  readonly capacity: readonly number[];
  readonly demand: readonly (readonly number[])[];
  /** The shortest makespan that is known. */
  readonly best: number;
  readonly scopes: readonly (readonly string[])[];
  readonly isEpic: boolean;
}

interface EpicFile {
  readonly name: string;
  readonly n: number;
  readonly maxParallel: number;
  readonly dur: readonly number[];
  readonly deps: readonly (readonly number[])[];
  readonly scopes?: readonly (readonly string[])[];
  readonly conflicts?: readonly (readonly [number, number])[];
  readonly best?: number;
  readonly optimum?: number;
}

interface ProjectFile {
  readonly name: string;
  readonly n: number;
  readonly dur: readonly number[];
  readonly req: readonly (readonly number[])[];
  readonly cap: readonly number[];
  readonly succ: readonly (readonly number[])[];
}

/**
 * Epics as `swarm-80.json` has them, or projects of PSPLIB; of those the best known makespans stand in a table of the same
 * name, `<file>.bounds.csv` (name, lower, upper).
 */
export function readInstances(file: string): readonly Instance[] {
  const all = JSON.parse(readFileSync(file, 'utf8')) as readonly (EpicFile | ProjectFile)[];
  const table = file.replace(/\.json$/, '.bounds.csv');
  const bounds = new Map(
    existsSync(table)
      ? readFileSync(table, 'utf8')
          .split('\n')
          .slice(1)
          .map((line) => [line.split(',')[0] ?? '', Number(line.split(',')[2])] as const)
      : [],
  );
  return all.map((each) => ('succ' in each ? project(each, bounds.get(each.name)) : epic(each)));
}

function epic(file: EpicFile): Instance {
  const best = file.best ?? file.optimum;
  if (best === undefined) throw new Error(`${file.name} has neither "best" nor "optimum".`);
  return {
    name: file.name,
    takes: file.dur,
    deps: file.deps,
    conflicts: file.conflicts ?? sharingPlaces(file.scopes ?? []),
    capacity: [file.maxParallel],
    demand: file.dur.map(() => [1]),
    best,
    scopes: file.scopes ?? [],
    isEpic: true,
  };
}

function project(file: ProjectFile, best: number | undefined): Instance {
  if (best === undefined) throw new Error(`No bound of ${file.name} stands in the table beside its file.`);
  const deps: number[][] = file.dur.map(() => []);
  file.succ.forEach((after, at) => {
    for (const next of after) deps[next]?.push(at);
  });
  return {
    name: file.name,
    takes: file.dur,
    deps,
    conflicts: [],
    capacity: file.cap,
    demand: file.req,
    best,
    scopes: [],
    isEpic: false,
  };
}

const sharingPlaces = (scopes: readonly (readonly string[])[]): readonly (readonly [number, number])[] =>
  overlappingScopes(scopes).map(({ first, second }) => [first, second] as const);

// ── The checker ─────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * @param starts when each piece starts. @param takes what each really took.
 * @returns the makespan. @throws where a piece never ran, began before what it waits for, ran beside what it may not, or
 * where more ran than there are places.
 */
export function checkedMakespan(
  instance: Instance,
  starts: ArrayLike<number>,
  takes: readonly number[] = instance.takes,
): number {
  const { name, deps, conflicts, capacity, demand } = instance;
  const start = (at: number): number => starts[at] ?? Number.NaN;
  const end = (at: number): number => start(at) + (takes[at] ?? Number.NaN);
  const reject = (why: string): never => {
    throw new Error(`${name}: no schedule, because ${why}.`);
  };
  takes.forEach((_, at) => {
    if (!(start(at) >= 0)) reject(`${at} never starts`);
    for (const on of deps[at] ?? []) if (start(at) < end(on)) reject(`${at} begins before ${on} has ended`);
  });
  for (const [a, b] of conflicts) {
    if (start(a) < end(b) && start(b) < end(a)) reject(`${a} and ${b} run at one time`);
  }
  takes.forEach((_, moment) => {
    capacity.forEach((places, kind) => {
      let used = 0;
      takes.forEach((_, at) => {
        if (start(at) <= start(moment) && start(moment) < end(at)) used += demand[at]?.[kind] ?? 0;
      });
      if (used > places) reject(`${used} of ${places} places are taken when ${moment} begins`);
    });
  });
  return Math.max(...takes.map((_, at) => end(at)));
}

// ── What others do ──────────────────────────────────────────────────────────────────────────────────────────────────

/** Starts whatever may start at each moment, in the order of `rank`; nothing of a wave before the last one has ended. */
export function playPolicy(
  { deps, conflicts, capacity, demand, takes: expected }: Instance,
  rank: readonly number[],
  waves?: readonly number[],
  takes: readonly number[] = expected,
): readonly number[] {
  const count = takes.length;
  const apart: Set<number>[] = Array.from({ length: count }, () => new Set());
  for (const [a, b] of conflicts) {
    apart[a]?.add(b);
    apart[b]?.add(a);
  }
  const order = Array.from({ length: count }, (_, at) => at).sort((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0) || a - b);
  const starts: number[] = new Array(count).fill(-1);
  const done = new Set<number>();
  const on = new Set<number>();
  const free = [...capacity];
  let now = 0;
  while (done.size < count) {
    const left = order.filter((at) => !done.has(at));
    const wave = waves && Math.min(...left.map((at) => waves[at] ?? 0));
    for (const at of left) {
      if (on.has(at) || (waves && waves[at] !== wave)) continue;
      if ((deps[at] ?? []).some((other) => !done.has(other)) || [...on].some((other) => apart[at]?.has(other)))
        continue;
      if (free.some((places, kind) => (demand[at]?.[kind] ?? 0) > places)) continue;
      on.add(at);
      starts[at] = now;
      free.forEach((places, kind) => {
        free[kind] = places - (demand[at]?.[kind] ?? 0);
      });
    }
    const ends = [...on].map((at) => (starts[at] ?? 0) + (takes[at] ?? 0));
    now = Math.min(...ends);
    for (const at of [...on]) {
      if ((starts[at] ?? 0) + (takes[at] ?? 0) > now) continue;
      on.delete(at);
      done.add(at);
      free.forEach((places, kind) => {
        free[kind] = places + (demand[at]?.[kind] ?? 0);
      });
    }
  }
  return starts;
}

/** Longest path from a root. */
export function wavesOf({ deps }: Instance): readonly number[] {
  const levels: number[] = [];
  const level = (at: number): number => {
    const known = levels[at];
    if (known !== undefined) return known;
    const found = Math.max(0, ...(deps[at] ?? []).map((on) => level(on) + 1));
    levels[at] = found;
    return found;
  };
  return deps.map((_, at) => level(at));
}

/** Minus the longest chain that begins with each: smallest first is critical path first. */
export function criticalFirst({ deps, takes }: Instance): readonly number[] {
  const after: number[][] = takes.map(() => []);
  deps.forEach((on, at) => {
    for (const other of on) after[other]?.push(at);
  });
  const tails: number[] = [];
  const tail = (at: number): number => {
    const known = tails[at];
    if (known !== undefined) return known;
    const found = (takes[at] ?? 0) + Math.max(0, ...(after[at] ?? []).map(tail));
    tails[at] = found;
    return found;
  };
  return takes.map((_, at) => -tail(at));
}

// ── As an epic of swarm ─────────────────────────────────────────────────────────────────────────────────────────────

/** Segment `#1` is piece 0. */
export function epicOf(instance: Instance, schedule: Config['schedule']): ForecastInput {
  const segments = instance.takes.map((minutes, at): Segment => {
    const number = issueNumber(at + 1);
    const { spec } = readSpec({ number, title: `Piece ${at + 1}`, body: 'Do it.', labels: [] });
    return {
      number,
      title: `Piece ${at + 1}`,
      spec: { ...spec, estimateMinutes: minutes, files: instance.scopes[at] ?? [] },
      blockedBy: (instance.deps[at] ?? []).map((on) => issueNumber(on + 1)).sort((a, b) => a - b),
      branch: `piece-${at + 1}`,
    };
  });
  const places = instance.capacity[0] ?? 1;
  const workers = { implementation: places, tests: places, research: places, security: places, refactor: places };
  return {
    segments,
    overlaps: instance.conflicts.map(([a, b]) => ({ a: issueNumber(a + 1), b: issueNumber(b + 1) })),
    cap: places,
    config: { schedule, workers },
  };
}
