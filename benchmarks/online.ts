/**
 * `npm run bench:online`: an epic played to its end when nobody knows beforehand how long its segments take.
 *
 * The real `startable` is asked at each end, with estimates, while segments take what the dice say (lognormal around the
 * estimate). All policies play the same throws. The yardstick is a search that knows the throws beforehand: nobody can,
 * so 1.000 cannot be reached. Waves and eager order play as others run agents.
 *
 *     npm run bench:online -- --json
 *     npm run bench:online -- --instances FILE
 */
import { fileURLToPath } from 'node:url';
import type { IssueNumber } from '../src/core/model/epic.ts';
import type { Plan } from '../src/core/model/plan.ts';
import { forecast } from '../src/core/schedule/forecast.ts';
import { Random } from '../src/core/schedule/random.ts';
import { search } from '../src/core/schedule/search.ts';
import { type SegmentState, startable } from '../src/core/schedule/startable.ts';
import { makeWorkload } from '../src/core/schedule/workload.ts';
import { answer, readAsked, say, sayTable } from './frame.ts';
import {
  checkedMakespan,
  criticalFirst,
  epicOf,
  type Instance,
  playPolicy,
  readInstances,
  wavesOf,
} from './instances.ts';

/** Clocks here count parts of a minute, so that ends seldom coincide and sums stay whole. */
const PARTS = 20;
const SIGMAS = [0.3, 0.6] as const;
const CLAIRVOYANT_SCHEDULES = 4_000;

const asked = readAsked();
const files =
  asked.instances.length > 0 ? asked.instances : [fileURLToPath(new URL('./swarm-80.json', import.meta.url))];
const instances = files.flatMap(readInstances).filter((instance) => instance.isEpic);

/** Asks `startable` at each end, and starts what it says. */
function playSwarm(
  instance: Instance,
  takes: readonly number[],
): { starts: readonly number[]; asks: number; ms: number } {
  const epic = epicOf(instance, 'eager');
  const plan: Plan = {
    source: 'sub-issues',
    segments: epic.segments,
    waves: [{ number: 1, tracks: [{ letter: 'A', name: '', segments: epic.segments.map(({ number }) => number) }] }],
    overlaps: epic.overlaps.map((pair) => ({ ...pair, why: { kind: 'conflicts-with' } })),
    waitsOutside: {},
    outside: {},
    readings: {},
    diagnostics: [],
    isolation: 'auto',
    network: [],
    forecast: forecast(epic),
  };
  const config = { ...epic.config, maxParallel: epic.cap, maxInReview: 1_000 };
  const standing = new Map<IssueNumber, SegmentState>();
  const starts: number[] = new Array(takes.length).fill(-1);
  const endOf = (number: IssueNumber): number => (starts[number - 1] ?? 0) + (takes[number - 1] ?? 0);
  let now = 0;
  let asks = 0;
  let ms = 0;
  for (;;) {
    const running = [...standing].flatMap(([number, each]) => (each === 'in flight' ? [number] : []));
    const elapsedMinutes = new Map(running.map((number) => [number, (now - (starts[number - 1] ?? 0)) / PARTS]));
    const before = performance.now();
    const { start } = startable({ plan, states: standing, config, options: {}, elapsedMinutes });
    ms += performance.now() - before;
    asks++;
    for (const number of start) {
      standing.set(number, 'in flight');
      starts[number - 1] = now;
    }
    const busy = [...running, ...start];
    if (busy.length === 0) return { starts, asks, ms };
    now = Math.min(...busy.map(endOf));
    for (const number of busy) if (endOf(number) <= now) standing.set(number, 'done');
  }
}

function clairvoyant({ takes: _, deps, conflicts, capacity }: Instance, takes: readonly number[]): ArrayLike<number> {
  const workload = makeWorkload(
    takes.map((own) => ({ duration: own, demands: [{ resource: 0, amount: 1 }] })),
    deps.flatMap((on, at) => on.map((other) => [at, other] as const)),
    conflicts,
    capacity,
  );
  const ranks = Int32Array.from(takes, (_, at) => at);
  return search(workload, ranks, { schedules: CLAIRVOYANT_SCHEDULES }).starts;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const result: Record<string, unknown> = { instances: instances.length };
for (const sigma of SIGMAS) {
  const ratios: Record<string, number[]> = { waves: [], eager: [], 'critical path': [], swarm: [] };
  let asks = 0;
  let ms = 0;
  instances.forEach((instance, seed) => {
    const dice = new Random(1_000 * seed + Math.round(sigma * 100));
    const takes = instance.takes.map((own) => Math.max(1, Math.round(own * PARTS * Math.exp(sigma * dice.normal()))));
    const best = checkedMakespan(instance, clairvoyant(instance, takes), takes);
    const note = (name: string, starts: readonly number[]): void => {
      ratios[name]?.push(checkedMakespan(instance, starts, takes) / best);
    };
    const inOrder = instance.takes.map((_, at) => at);
    note('waves', playPolicy(instance, inOrder, wavesOf(instance), takes));
    note('eager', playPolicy(instance, inOrder, undefined, takes));
    note('critical path', playPolicy(instance, criticalFirst(instance), undefined, takes));
    const played = playSwarm(instance, takes);
    asks += played.asks;
    ms += played.ms;
    note('swarm', played.starts);
  });
  say(`\nlognormal σ ${sigma}, ${instances.length} instances: makespan over that of a search that knows all times`);
  sayTable(
    ['policy', 'mean', 'worst'],
    Object.entries(ratios).map(([name, all]) => [name, mean(all).toFixed(4), Math.max(...all).toFixed(3)]),
  );
  say(`swarm looked ahead ${asks} times, ${(ms / asks).toFixed(1)} ms each.`);
  result[`sigma${sigma}`] = {
    ...Object.fromEntries(
      Object.entries(ratios).map(([name, all]) => [
        name === 'critical path' ? 'eagerCriticalPath' : name,
        { mean: mean(all), worst: Math.max(...all) },
      ]),
    ),
    msPerLook: ms / asks,
  };
}
answer(asked, result);
