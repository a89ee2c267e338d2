/**
 * What may start now, and how long the whole will take.
 *
 * What is ready is started in one order: longest remaining path first, then priority, then number (SPEC R2.3). No two
 * segments that exclude each other are ever in flight at once; a track's members that do not touch each other may be.
 */
import type { Config } from './config.ts';
import type { IssueNumber, Segment, Worker } from './epic.ts';
import { chainsOf, makeGraph } from './graph.ts';
import type { RunOptions } from './journal.ts';
import type { Forecast, Overlap, Plan, Wave } from './plan.ts';
import type { WaitReason } from './progress.ts';
import { refText } from './text.ts';

/** What a segment without an estimate takes where none has one: only proportions matter then. */
export const USUAL_MINUTES = 20;
/** Jobs a matrix may have. @see https://docs.github.com/en/actions/reference/limits */
const MOST_AT_ONCE = 256;

export interface Situation {
  readonly plan: Plan;
  /** What is not in it is open. */
  readonly standing: ReadonlyMap<IssueNumber, Standing>;
  /** What else keeps open segments from starting. They take no place from others. */
  readonly held?: ReadonlyMap<IssueNumber, readonly WaitReason[]>;
  readonly config: Caps;
  readonly options: RunOptions;
}

export type Standing = 'open' | 'in flight' | 'done';
type Caps = Pick<Config, 'schedule' | 'maxParallel' | 'workers'>;

export interface Startable {
  /** In the order in which they should start. */
  readonly start: readonly IssueNumber[];
  /** Every other segment that is open, with all that it waits for. */
  readonly waiting: ReadonlyMap<IssueNumber, readonly WaitReason[]>;
}

/** What may start at this moment, all of it at once, and what the rest waits for. */
export function startable({ plan, standing, held, config, options }: Situation): Startable {
  const desk = new Desk(plan.segments, plan.waves, plan.overlaps, config, options);
  const start = desk.pick(standing, (segment) => {
    const outside = plan.waitsOutside[segment.number]?.length ?? 0;
    return outside === 0 && !held?.has(segment.number);
  });
  const waiting = new Map<IssueNumber, readonly WaitReason[]>();
  for (const segment of plan.segments) {
    if ((standing.get(segment.number) ?? 'open') !== 'open' || start.includes(segment.number)) continue;
    const outside = (plan.waitsOutside[segment.number] ?? []).map(
      (ref) => ({ kind: 'outside', ref: refText(ref) }) as const,
    );
    const reasons = [...desk.reasons(segment, standing, start), ...outside, ...(held?.get(segment.number) ?? [])];
    waiting.set(segment.number, reasons.length > 0 || held?.has(segment.number) ? unique(reasons) : [{ kind: 'cap' }]);
  }
  return { start, waiting };
}

function unique(reasons: readonly WaitReason[]): readonly WaitReason[] {
  const first = new Map<string, WaitReason>();
  for (const reason of reasons) {
    const key = JSON.stringify(reason);
    if (!first.has(key)) first.set(key, reason);
  }
  return [...first.values()];
}

/** The rules of who may run beside whom, laid out once for many questions. */
class Desk {
  readonly #segments: ReadonlyMap<IssueNumber, Segment>;
  readonly #order: readonly Segment[];
  readonly #exclusions: Exclusions;
  readonly #waves: readonly Wave[];
  readonly #waveOf: ReadonlyMap<IssueNumber, number>;
  readonly #workers: Readonly<Record<Worker, number>>;
  readonly #options: RunOptions;
  readonly #inWaves: boolean;
  readonly #cap: number;

  constructor(
    segments: readonly Segment[],
    waves: readonly Wave[],
    overlaps: readonly Overlap[],
    config: Caps,
    options: RunOptions,
  ) {
    this.#segments = new Map(segments.map((segment) => [segment.number, segment]));
    const ranks = startOrder(segments);
    this.#order = [...segments].sort((a, b) => (ranks.get(a.number) ?? 0) - (ranks.get(b.number) ?? 0));
    this.#exclusions = new Exclusions(segments, overlaps);
    this.#waves = waves;
    this.#waveOf = new Map(waves.flatMap((wave) => membersOf(wave).map((number) => [number, wave.number])));
    this.#workers = config.workers;
    this.#options = options;
    this.#inWaves = config.schedule === 'waves';
    this.#cap = capOf(waves, config, options);
  }

  pick(standing: ReadonlyMap<IssueNumber, Standing>, mayStart: (segment: Segment) => boolean): readonly IssueNumber[] {
    const running = [...standing].filter(([, each]) => each === 'in flight').map(([number]) => number);
    const busy = new Map<Worker, number>();
    for (const number of running) {
      const worker = this.#segments.get(number)?.spec.worker;
      if (worker) busy.set(worker, (busy.get(worker) ?? 0) + 1);
    }
    const open = this.#openWave(standing);
    const start: IssueNumber[] = [];
    for (const segment of this.#order) {
      if (running.length >= this.#cap) break;
      const { number, spec, blockedBy } = segment;
      const ofWorker = busy.get(spec.worker) ?? 0;
      if (
        (standing.get(number) ?? 'open') !== 'open' ||
        ofWorker >= this.#workers[spec.worker] ||
        !this.#isItsTurn(number, open) ||
        !mayStart(segment) ||
        blockedBy.some((blocker) => this.#isPending(blocker, standing)) ||
        running.some((other) => this.#exclusions.has(number, other))
      ) {
        continue;
      }
      start.push(number);
      running.push(number);
      busy.set(spec.worker, ofWorker + 1);
    }
    return start;
  }

  reasons(
    { number, blockedBy }: Segment,
    standing: ReadonlyMap<IssueNumber, Standing>,
    start: readonly IssueNumber[],
  ): readonly WaitReason[] {
    const open = this.#openWave(standing);
    const wave = this.#waveOf.get(number);
    const only = this.#options.wave;
    const busy = [...[...standing].filter(([, each]) => each === 'in flight').map(([each]) => each), ...start];
    return [
      ...blockedBy
        .filter((blocker) => this.#isPending(blocker, standing))
        .map((blocker) => ({ kind: 'segment', number: blocker }) as const),
      ...(this.#inWaves && open !== undefined && wave !== undefined && wave > open
        ? [{ kind: 'wave', number: open } as const]
        : []),
      ...(only !== undefined && wave !== only ? [{ kind: 'option', option: `wave ${only} only` } as const] : []),
      ...busy
        .filter((other) => this.#exclusions.has(number, other))
        .sort((a, b) => a - b)
        .map((other) => ({ kind: 'overlap', number: other }) as const),
    ];
  }

  #isItsTurn(number: IssueNumber, open: number | undefined): boolean {
    const wave = this.#waveOf.get(number);
    if (this.#options.wave !== undefined && wave !== this.#options.wave) return false;
    return !this.#inWaves || open === undefined || wave === undefined || wave <= open;
  }

  /** The first wave with something left to do. */
  #openWave(standing: ReadonlyMap<IssueNumber, Standing>): number | undefined {
    return this.#waves.find((wave) => membersOf(wave).some((number) => standing.get(number) !== 'done'))?.number;
  }

  /** A blocker that is no segment of the plan holds nobody here: it is one that waits outside. */
  #isPending(blocker: IssueNumber, standing: ReadonlyMap<IssueNumber, Standing>): boolean {
    return this.#segments.has(blocker) && standing.get(blocker) !== 'done';
  }
}

const membersOf = (wave: Wave): readonly IssueNumber[] => wave.tracks.flatMap((track) => track.segments);

function capOf(waves: readonly Wave[], config: Caps, options: RunOptions): number {
  if (options.sequential) return 1;
  const one = Math.max(1, ...waves.map((wave) => wave.tracks.length));
  const cap = options.agents ?? (config.maxParallel === 'auto' ? one : config.maxParallel);
  return Math.min(cap, MOST_AT_ONCE);
}

/** Who excludes whom, as a table: an epic of thousands without scopes has millions of pairs. */
class Exclusions {
  readonly #position: ReadonlyMap<IssueNumber, number>;
  readonly #table: Uint8Array;

  constructor(segments: readonly Segment[], overlaps: readonly Overlap[]) {
    const count = segments.length;
    this.#position = new Map(segments.map((segment, at) => [segment.number, at]));
    this.#table = new Uint8Array(count * count);
    for (const pair of overlaps) {
      const a = this.#position.get(pair.a);
      const b = this.#position.get(pair.b);
      if (a === undefined || b === undefined) continue;
      this.#table[a * count + b] = 1;
      this.#table[b * count + a] = 1;
    }
  }

  has(one: IssueNumber, other: IssueNumber): boolean {
    const a = this.#position.get(one);
    const b = this.#position.get(other);
    return a !== undefined && b !== undefined && this.#table[a * this.#position.size + b] === 1;
  }
}

/** Each segment's place in the order in which ready ones start. */
export function startOrder(segments: readonly Segment[]): ReadonlyMap<IssueNumber, number> {
  const minutes = minutesOf(segments);
  const { remaining } = chainsOf(graphOf(segments), (number) => minutes.get(number) ?? 0);
  const left = (segment: Segment): number => remaining.get(segment.number) ?? 0;
  const ordered = [...segments].sort(
    (a, b) => left(b) - left(a) || a.spec.priority - b.spec.priority || a.number - b.number,
  );
  return new Map(ordered.map((segment, at) => [segment.number, at]));
}

const graphOf = (segments: readonly Segment[]) =>
  makeGraph(
    segments.map((segment) => segment.number),
    segments.flatMap(({ number, blockedBy }) => blockedBy.map((on) => ({ from: number, on }))),
  );

/** Its estimate; the middle one of all estimates where it has none. */
function minutesOf(segments: readonly Segment[]): ReadonlyMap<IssueNumber, number> {
  const stated = segments
    .map(({ spec }) => spec.estimateMinutes)
    .filter((minutes) => minutes !== undefined)
    .sort((a, b) => a - b);
  const middle = stated[Math.floor((stated.length - 1) / 2)] ?? USUAL_MINUTES;
  return new Map(segments.map(({ number, spec }) => [number, spec.estimateMinutes ?? middle]));
}

/**
 * How long the whole will take, by the estimates, under the caps and in the order that `startable` keeps; without
 * reviews, calibrations and what waits outside. Fix segments are not in it: a forecast is what was said before.
 */
export function forecast(
  segments: readonly Segment[],
  waves: readonly Wave[],
  overlaps: readonly Overlap[],
  config: Caps,
): Forecast {
  const foreseen = segments.filter((segment) => !segment.fix);
  const minutes = minutesOf(foreseen);
  const takes = (number: IssueNumber): number => minutes.get(number) ?? 0;
  const { criticalPath, length } = chainsOf(graphOf(foreseen), takes);
  return {
    criticalPathMinutes: length,
    makespanMinutes: makespanOf(foreseen, new Desk(foreseen, wavesOf(foreseen, waves), overlaps, config, {}), takes),
    oneAtATimeMinutes: foreseen.reduce((sum, { number }) => sum + takes(number), 0),
    criticalPath,
    estimated: foreseen.filter(({ spec }) => spec.estimateMinutes !== undefined).length,
  };
}

function wavesOf(segments: readonly Segment[], waves: readonly Wave[]): readonly Wave[] {
  const numbers = new Set(segments.map((segment) => segment.number));
  return waves.map((wave) => ({
    ...wave,
    tracks: wave.tracks
      .map((track) => ({ ...track, segments: track.segments.filter((number) => numbers.has(number)) }))
      .filter((track) => track.segments.length > 0),
  }));
}

/** Plays the schedule through. What can never start, on a cycle, is left out. */
function makespanOf(segments: readonly Segment[], desk: Desk, takes: (number: IssueNumber) => number): number {
  const standing = new Map<IssueNumber, Standing>(segments.map((segment) => [segment.number, 'open']));
  let running: { readonly number: IssueNumber; readonly ends: number }[] = [];
  let now = 0;
  for (;;) {
    for (const number of desk.pick(standing, () => true)) {
      standing.set(number, 'in flight');
      running.push({ number, ends: now + takes(number) });
    }
    if (running.length === 0) return now;
    now = running.reduce((first, { ends }) => Math.min(first, ends), Number.POSITIVE_INFINITY);
    for (const { number, ends } of running) if (ends <= now) standing.set(number, 'done');
    running = running.filter(({ ends }) => ends > now);
  }
}
