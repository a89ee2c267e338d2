/**
 * `npm run bench:schedule`: how much longer than the best known an epic takes, by the policies that people run agents with
 * and by swarm's search with its usual budget.
 *
 *     npm run bench:schedule -- --json
 *     npm run bench:schedule -- --instances FILE          epics of the same form, or projects of PSPLIB (with their bounds)
 *     npm run bench:schedule -- --instances j30.json 1000 as many schedules for each (PSPLIB: 1,000 unless said)
 */
import { fileURLToPath } from 'node:url';
import { makeBatches } from '../src/core/schedule/batches.ts';
import { expectationsOf } from '../src/core/schedule/expectations.ts';
import { forecast, minutesBy, scheduleInputOf, schedulesFor } from '../src/core/schedule/forecast.ts';
import { search } from '../src/core/schedule/search.ts';
import { makeWorkload } from '../src/core/schedule/workload.ts';
import { answer, dice, readAsked, say, sayTable, shuffled } from './frame.ts';
import {
  checkedMakespan,
  criticalFirst,
  epicOf,
  type Instance,
  playPolicy,
  readInstances,
  wavesOf,
} from './instances.ts';

const asked = readAsked();
const stated = Number(asked.words[0] ?? Number.NaN);
const files =
  asked.instances.length > 0 ? asked.instances : [fileURLToPath(new URL('./swarm-80.json', import.meta.url))];
const instances = files.flatMap(readInstances);

interface Side {
  readonly ratios: number[];
  ms: number;
}

const POLICIES: Readonly<Record<string, (instance: Instance) => readonly number[]>> = {
  'waves, issue order': (instance) =>
    playPolicy(
      instance,
      instance.takes.map((_, at) => at),
      wavesOf(instance),
    ),
  'waves, longest first': (instance) =>
    playPolicy(
      instance,
      instance.takes.map((own) => -own),
      wavesOf(instance),
    ),
  'eager, issue order': (instance) =>
    playPolicy(
      instance,
      instance.takes.map((_, at) => at),
    ),
  'eager, critical path first': (instance) => playPolicy(instance, criticalFirst(instance)),
};

const sides = new Map<string, Side>();
const side = (name: string): Side => {
  const known = sides.get(name) ?? { ratios: [], ms: 0 };
  sides.set(name, known);
  return known;
};
const note = (name: string, instance: Instance, act: () => ArrayLike<number>): void => {
  const before = performance.now();
  const starts = act();
  const { ratios } = side(name);
  side(name).ms += performance.now() - before;
  ratios.push(checkedMakespan(instance, starts) / instance.best);
};

let schedules = 0;
let bounds = 0;
const bySize = new Map<number, number[]>();
const better: string[] = [];
for (const instance of instances) {
  for (const [name, policy] of Object.entries(POLICIES)) note(name, instance, () => policy(instance));
  note('swarm', instance, () => {
    const found = instance.isEpic ? asEpic(instance) : asProject(instance);
    schedules += found.schedules;
    bounds += found.makespan / found.bound;
    return found.starts;
  });
  const ratio = side('swarm').ratios.at(-1) ?? Number.NaN;
  if (ratio < 1) better.push(`${instance.name}: ${Math.round(ratio * instance.best)}, best known was ${instance.best}`);
  bySize.set(instance.takes.length, [...(bySize.get(instance.takes.length) ?? []), ratio]);
}

/** As swarm plans an epic: segments, layout, search with the usual budget. */
function asEpic(instance: Instance) {
  const epic = epicOf(instance, 'eager');
  const minutesOf = minutesBy(expectationsOf(epic.segments, []));
  const [stage] = makeBatches(scheduleInputOf(epic, epic.segments, minutesOf));
  if (!stage) throw new Error(`${instance.name} has no segments.`);
  const budget = Number.isNaN(stated) ? schedulesFor(instance.takes.length, instance.conflicts.length) : stated;
  return search(stage.workload, stage.ranks, { schedules: budget });
}

/** Several kinds of places with demands: the same search below the epic's layout. */
function asProject({ takes, deps, capacity, demand }: Instance) {
  const pieces = takes.map((own, at) => ({
    duration: own,
    demands: (demand[at] ?? []).map((amount, resource) => ({ resource, amount })),
  }));
  const waits = deps.flatMap((on, at) => on.map((other) => [at, other] as const));
  const workload = makeWorkload(pieces, waits, [], capacity);
  return search(
    workload,
    Int32Array.from(takes, (_, at) => at),
    { schedules: Number.isNaN(stated) ? 1_000 : stated },
  );
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const row = (name: string): readonly string[] => {
  const { ratios, ms } = side(name);
  const best = ratios.filter((ratio) => ratio <= 1).length;
  return [
    name,
    mean(ratios).toFixed(4),
    Math.max(...ratios).toFixed(3),
    `${Math.round((100 * best) / ratios.length)} %`,
    (ms / ratios.length).toFixed(1),
  ];
};
say(`${instances.length} instances; makespan over the best known, each schedule checked.\n`);
sayTable(['policy', 'mean', 'worst', 'at the best', 'ms'], [...sides.keys()].map(row));
say(
  `\nswarm by size: ${[...bySize].map(([size, ratios]) => `${size} → ${mean(ratios).toFixed(4)}`).join(', ')}; ` +
    `${Math.round(schedules / instances.length)} schedules each; ` +
    `its own bound says at most ${(100 * (bounds / instances.length - 1)).toFixed(1)} % above the best possible.`,
);
for (const line of better) say(`Better than the best known: ${line}`);

const SHUFFLES = 1_000;
const different = shuffledPlans();
if (different !== undefined) {
  say(`${SHUFFLES} shuffles of the input: ${different} forecasts differ from the plain one's.`);
  if (different > 0) process.exitCode = 1;
}

/** How many forecasts of shuffled input differ; undefined where there is no epic small enough for so many. */
function shuffledPlans(): number | undefined {
  const small = instances.filter(({ isEpic, takes }) => isEpic && takes.length <= 20);
  if (small.length === 0) return undefined;
  const roll = dice(1);
  const plain = small.map((instance) => JSON.stringify(forecast(epicOf(instance, 'eager'))));
  let count = 0;
  for (let at = 0; at < SHUFFLES; at++) {
    const instance = small[at % small.length];
    if (!instance) continue;
    const epic = epicOf(instance, 'eager');
    const segments = shuffled(epic.segments, roll).map((each) => ({
      ...each,
      blockedBy: shuffled(each.blockedBy, roll),
    }));
    const mixed = forecast({ ...epic, segments, overlaps: shuffled(epic.overlaps, roll) });
    if (JSON.stringify(mixed) !== plain[at % small.length]) count++;
  }
  return count;
}

const told = (name: string) => ({ mean: mean(side(name).ratios), worst: Math.max(...side(name).ratios) });
answer(asked, {
  instances: instances.length,
  waves: told('waves, issue order'),
  wavesLongestFirst: told('waves, longest first'),
  eager: told('eager, issue order'),
  eagerCriticalPath: told('eager, critical path first'),
  search: {
    ...told('swarm'),
    msMean: side('swarm').ms / instances.length,
    schedulesMean: schedules / instances.length,
    atBest: side('swarm').ratios.filter((ratio) => ratio <= 1).length,
    overBoundMean: bounds / instances.length,
  },
  ...(different === undefined ? {} : { shuffles: { count: SHUFFLES, different } }),
  ratio: { waves: mean(side('waves, issue order').ratios) / mean(side('swarm').ratios) },
});
