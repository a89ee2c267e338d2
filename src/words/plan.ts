/**
 * The plan in words: for `/swarm plan`, a dry run, an approval, the job summary and the CLI (SPEC R2.5, R2.6).
 */
import type { Segment } from '#core/model/epic';
import { type Advice, type Doubt, type Overlap, type Plan, segmentsInWave } from '#core/model/plan';
import { diagnosticsList } from './problems.ts';
import { readingSection } from './readings.ts';
import { BODY_MAX, cell, fitting, inline, titleText } from './safe.ts';
import { count, duration, enumerate, money, withNames } from './voice.ts';

interface PlanOptions {
  readonly url: string;
  readonly heading?: string;
  /** Only this wave. */
  readonly wave?: number;
  readonly advice?: Advice;
}

/**
 * The plan as Markdown: forecast, advice, waves and tracks, the graph, dependencies outside the epic, problems, and what was
 * read from where. The last is cut first, because it explains the rest.
 */
export const planText = (plan: Plan, options: PlanOptions): string => {
  const text = partsOf(plan, options);
  const only = options.wave === undefined ? undefined : new Set<number>(segmentsInWave(plan, options.wave));
  const reading = readingSection(plan, BODY_MAX - text.length - 2, only);
  return reading === '' ? text : `${text}\n\n${reading}`;
};

const partsOf = (plan: Plan, { url, heading, wave, advice }: PlanOptions): string =>
  fitting((share) => {
    const parts = [
      heading ?? '',
      `Segments come from ${SOURCES[plan.source]}. ${forecastText(plan)}`,
      [wallsText(plan), networkText(plan), baselineText(plan)].filter((part) => part !== '').join(' '),
      adviceText(advice),
      wavesTable(plan, wave, 250 * share),
      planGraph(plan, share),
      outsideText(plan),
      overlapsText(plan, share),
      plan.diagnostics.length === 0 ? '' : diagnosticsList(plan.diagnostics, { url }, Math.ceil(40 * share)),
    ];
    return withNames(parts.filter((part) => part !== '').join('\n\n'), plan.names);
  });

const SOURCES: Readonly<Record<Plan['source'], string>> = {
  'sub-issues': "the epic's sub-issues",
  'sub-issues of the block': "the epic's sub-issues, which were created from the `swarm` block in its description",
  block:
    "the `swarm` block in the epic's description. Their issues are created when the epic starts; until then they go by their names",
  'task list': "the task list in the epic's description (it has no sub-issues)",
  'the epic itself': 'the epic itself (it has neither sub-issues nor a task list)',
};

/** The walls that runs will have. Only the runner of a run knows which `auto` finds. */
export const wallsText = ({ isolation }: Pick<Plan, 'isolation'>): string => {
  switch (isolation) {
    case 'auto':
      return 'Agents and gates run behind the strongest walls that their runner has, and not at all if it has none. Each pull request says which.';
    case 'none':
      return 'Agents and gates run without walls (`isolation: none`) and reach the whole network, so a person has to approve each pull request.';
    default:
      return `Agents and gates run behind \`${isolation}\`, and not at all on a runner without it.`;
  }
};

/** What runs will reach on the network behind their walls; empty without walls. */
export const networkText = ({ isolation, network }: Pick<Plan, 'isolation' | 'network'>): string => {
  if (isolation === 'none') return '';
  if (network === 'open') return 'They reach the whole network (`network: open`).';
  const places = ['their models', 'the package registries in use', ...network.map((host) => inline(host, 80))];
  return `On the network they reach ${enumerate(places, 12)}.`;
};

/** Says that the base is not checked; empty if it is, because that is the default. */
export const baselineText = ({ baseline }: Pick<Plan, 'baseline'>): string =>
  baseline === 'off' ? 'The gates do not run on the base before the first agent (`baseline: off`).' : '';

/** Segments of a cycle cannot be scheduled, and a forecast of the rest would be wrong for the epic. */
export const hasForecast = ({ diagnostics }: Plan): boolean =>
  !diagnostics.some(({ problem }) => problem.kind === 'EPIC_CYCLE');

/** The forecast, its range, and its basis. */
export const forecastText = (plan: Plan): string => {
  if (!hasForecast(plan)) return 'No forecast until the cycle is fixed.';
  const { forecast, segments } = plan;
  const { makespanMinutes, boundMinutes, oneAtATimeMinutes, criticalPathMinutes, criticalPath, minutes, costUsd } =
    forecast;
  const path =
    criticalPath.length > 1
      ? `; the longest chain, ${enumerate(
          criticalPath.map((n) => `#${n}`),
          12,
        )}, takes ${min(criticalPathMinutes)}`
      : '';
  const range = minutes ? `, 80 % likely between ${min(minutes.low)} and ${min(minutes.high)}` : '';
  const cost = costUsd
    ? ` Expected cost: ${money(costUsd.middle)}, 80 % likely between ${money(costUsd.low)} and ${money(costUsd.high)}.`
    : '';
  const above = boundMinutes > 0 ? Math.ceil((100 * (makespanMinutes - boundMinutes)) / boundMinutes) : 0;
  const quality =
    above === 0
      ? 'no schedule with these settings is shorter'
      : `at most ${above} % longer than the best possible with these settings`;
  return [
    `Forecast ${min(minutes?.middle ?? makespanMinutes)}${range}; one at a time ${min(oneAtATimeMinutes)} (${basisText(forecast, segments.length)})${path}.`,
    ` With the expected durations, the schedule takes ${min(makespanMinutes)}: ${quality}.${cost}`,
  ].join('');
};

/** Says how the expected durations are known. */
export const basisText = ({ basis }: Plan['forecast'], segments: number): string => {
  switch (basis.kind) {
    case 'learned':
      return `learned from ${count(basis.segments, 'earlier segment')}`;
    case 'estimates':
      return `${basis.estimated} of ${count(segments, 'segment')} ${basis.estimated === 1 ? 'has' : 'have'} an estimate`;
    case 'all alike':
      return 'no segment has an estimate, so all count the same';
  }
};

/** Ways to make the epic shorter, each as a sentence that says what to do; empty if there are none. */
export const adviceLines = ({ schedule, wavesMinutes, eagerMinutes, place, dependency, overlap }: Advice): string[] => {
  const lines: string[] = [];
  const gain = wavesMinutes - eagerMinutes;
  if (gain > 0 && schedule === 'waves') {
    lines.push(
      `Set \`schedule: eager\` to save ${min(gain)} (${min(eagerMinutes)} instead of ${min(wavesMinutes)}): each segment then starts when its own dependencies are merged.`,
    );
  } else if (gain > 0) {
    lines.push(`Keep \`schedule: eager\`: with waves the epic would take ${min(gain)} longer.`);
  }
  if (place) {
    const key = place.of === 'all' ? 'max-parallel' : `workers.${place.of}`;
    lines.push(`Set \`${key}\` to ${place.from + 1} to save ${min(place.savesMinutes)} (it is ${place.from}).`);
  }
  if (dependency) {
    const { from, on, savesMinutes } = dependency;
    lines.push(
      `Check whether #${from} really has to wait for #${on}: this dependency costs the most time, ${min(savesMinutes)}.`,
    );
  }
  if (overlap) {
    const { a, b, savesMinutes } = overlap;
    lines.push(
      `Let #${a} and #${b} run at the same time to save ${min(savesMinutes)}: ${whyOverlap(overlap)}; ${FIXES[overlap.why.kind]}.`,
    );
  }
  return lines;
};

const FIXES: Readonly<Record<Overlap['why']['kind'], string>> = {
  files: 'narrow the `files` of one of them',
  'conflicts-with': 'remove it if they can run at the same time',
  'scope unknown': 'set `files` for both',
  'not parallel': 'remove it if they can run at the same time',
};

const adviceText = (advice: Advice | undefined): string => {
  const lines = advice ? adviceLines(advice) : [];
  return lines.length === 0 ? '' : ['**Ways to finish sooner**', '', ...lines.map((line) => `- ${line}`)].join('\n');
};

const min = (minutes: number): string => duration(minutes * 60_000);

const wavesTable = (plan: Plan, only: number | undefined, maxRows: number): string => {
  const segments = new Map(plan.segments.map((segment) => [segment.number as number, segment]));
  const rows = plan.waves
    .filter(({ number }) => only === undefined || number === only)
    .flatMap(({ number, tracks }) =>
      tracks.flatMap((track) =>
        track.segments.map((segment) => {
          const name = track.name === '' ? '' : ` ${cell(track.name, 40)}`;
          return `| ${number} | ${track.letter}${name} | ${segmentCells(segment, segments.get(segment))} |`;
        }),
      ),
    );
  if (rows.length === 0) return '';
  const shown = Math.ceil(maxRows);
  const left = rows.length - shown;
  return [
    '| wave | track | segment | worker | waits for | may change |',
    '|---|---|---|---|---|---|',
    ...rows.slice(0, shown),
    ...(left > 0 ? ['', `… and ${count(left, 'more segment')}.`] : []),
  ].join('\n');
};

const segmentCells = (number: number, segment: Segment | undefined): string => {
  if (segment === undefined) return `#${number} | | | `;
  const { spec, title, blockedBy } = segment;
  const scope =
    spec.files.length === 0
      ? '⚠️ unknown'
      : `${enumerate(
          spec.files.map((glob) => cell(glob, 60)),
          3,
        )}${spec.filesFrom === 'inferred' ? ' (inferred)' : ''}`;
  const waits =
    blockedBy.length === 0
      ? ''
      : enumerate(
          blockedBy.map((blocker) => `#${blocker}`),
          6,
        );
  return `#${number} ${cell(titleText(title, number, 60), 60)} | ${spec.worker} | ${waits} | ${scope}`;
};

/** The plan as a Mermaid graph. Labels are only numbers (threats T57). */
const planGraph = (plan: Plan, share: number): string => {
  const edges = plan.segments.flatMap(({ number, blockedBy }) => blockedBy.map((from) => `  n${from} --> n${number}`));
  if (plan.segments.length < 2 || plan.segments.length > 120 * share || edges.length > 400 * share) return '';
  const lines = plan.waves.flatMap(({ number, tracks }) => [
    `  subgraph w${number}["wave ${number}"]`,
    ...tracks.flatMap((track) => track.segments.map((segment) => `    n${segment}["#${segment}"]`)),
    '  end',
  ]);
  return ['```mermaid', 'flowchart LR', ...lines, ...edges, '```'].join('\n');
};

const outsideText = ({ waitsOutside }: Plan): string => {
  const lines = Object.entries(waitsOutside).flatMap(([segment, refs]) =>
    refs.length === 0
      ? []
      : [
          `- #${segment} waits for ${enumerate(
            refs.map(({ number, repository }) =>
              repository === undefined ? `#${number}` : inline(`${repository.owner}/${repository.name}#${number}`),
            ),
            10,
          )} (outside this epic).`,
        ],
  );
  return lines.slice(0, 50).join('\n');
};

const overlapsText = (plan: Plan, share: number): string => {
  const lines = overlapLines(plan, Math.ceil(20 * share));
  if (lines.length === 0) return '';
  return [
    '<details><summary>These never run at the same time</summary>',
    '',
    ...lines.map((line) => `- ${line}`),
    '',
    '</details>',
  ].join('\n');
};

/**
 * The segments that run alone, once for each reason, then the pairs that may not run at the same time, and how certain
 * that is. This Markdown also reads well in a terminal.
 */
export const overlapLines = ({ segments, overlaps }: Plan, max = 20): string[] => {
  const inOverlaps = new Set(overlaps.flatMap(({ a, b }) => [a, b]));
  const alone = (reason: string, among: readonly Segment[]): string[] => {
    const all = among.filter(({ number }) => inOverlaps.has(number)).map(({ number }) => `#${number}`);
    if (all.length === 0) return [];
    return [`${enumerate(all, 12)} ${all.length === 1 ? 'runs' : 'each run'} alone: ${reason}`];
  };
  const waits = new Set(segments.flatMap(({ number, blockedBy }) => blockedBy.map((on) => `${number} ${on}`)));
  // A pair in which one waits for the other never runs at the same time anyway.
  const pairs = overlaps.filter(
    ({ a, b, why }) =>
      (why.kind === 'files' || why.kind === 'conflicts-with') && !waits.has(`${a} ${b}`) && !waits.has(`${b} ${a}`),
  );
  const left = pairs.length - max;
  return [
    ...alone(
      '`parallel: false`',
      segments.filter(({ spec }) => !spec.parallel),
    ),
    ...alone(
      'the file scope is unknown',
      segments.filter(({ spec }) => spec.parallel && spec.files.length === 0),
    ),
    ...pairs.slice(0, max).map((overlap) => `#${overlap.a} and #${overlap.b}: ${whyOverlap(overlap)}`),
    ...(left > 0 ? [`… and ${count(left, 'more pair')}`] : []),
  ];
};

const DOUBTS: Readonly<Record<Doubt, string>> = {
  negation: 'maybe not: the `!…` patterns may exclude it, but swarm cannot prove it',
  'not read': 'maybe not: a glob that cannot be read counts as everything it might match',
  'not compared': 'maybe not: the scopes are too complex to compare in full',
};

const whyOverlap = ({ why }: Pick<Overlap, 'why'>): string => {
  switch (why.kind) {
    case 'files':
      return `${
        why.a === why.b ? `both may change ${inline(why.a, 80)}` : `${inline(why.a, 80)} overlaps ${inline(why.b, 80)}`
      }${why.doubt ? ` (${DOUBTS[why.doubt]})` : ''}`;
    case 'conflicts-with':
      return 'at least one names the other in `conflicts-with`';
    case 'scope unknown':
      return 'at least one has no file scope';
    case 'not parallel':
      return 'at least one sets `parallel: false`';
  }
};
