/**
 * The panel: the one comment on the epic that shows its state, edited in place (SPEC R9.1).
 *
 * The first line is the outcome, the second the one thing a person has to do. The same board gives the same text, so an
 * unchanged panel is never written again. The text always stays below GitHub's limit: long tables show fewer rows and say
 * so, and nothing is cut in the middle.
 */

import type { Board, Event, Need, SegmentProgress, WaveProgress } from '#core/model/board';
import type { Instant, IssueNumber } from '#core/model/epic';
import type { Plan } from '#core/model/plan';
import {
  type Despite,
  isDone,
  type Progress,
  type ReviewWait,
  type ReworkReason,
  type WaitReason,
} from '#core/model/progress';
import { marked } from './marker.ts';
import { basisText, hasForecast } from './plan.ts';
import { sayProblem } from './problems.ts';
import { block, cell, clip, fitting, inline, oneLine, titleText } from './safe.ts';
import { count, duration, enumerate, money, named, sayPick, withNames } from './voice.ts';

export interface PanelContext {
  /** The marker's key, by which swarm finds the comment again. */
  readonly key: string;
  /** The repository's page. */
  readonly url: string;
}

/** The panel's text, with its marker on the first line. */
export const sayPanel = (board: Board, context: PanelContext): string =>
  marked(
    { kind: 'panel', key: context.key },
    fitting((share) => withNames(render(board, context, share), board.plan.names)),
  );

const render = (board: Board, { url }: PanelContext, share: number): string =>
  [
    `**${outcomeOf(board)}**`,
    sayTodo(board, url),
    progressLine(board),
    tracksTable(board, share),
    list('Needs you', board.needs.slice(1), 20 * share, (need) => sayNeed(need, board, url)),
    list(
      '❓ Questions',
      segmentsOf(board).filter(({ progress }) => isAsking(progress)),
      20 * share,
      (segment) => sayBlocked(segment, url),
    ),
    list(
      '⛔ Blocked',
      segmentsOf(board).filter(({ progress }) => isBlocked(progress) && !isAsking(progress)),
      20 * share,
      (segment) => sayBlocked(segment, url),
    ),
    list('⚠️ Good to know', board.notes ?? [], 10 * share, (note) => {
      const { what, why, next } = sayProblem(note, { form: 'markdown', url });
      return `${what} ${why} ${next}`;
    }),
    list('✅ Done', doneWaves(board), 60 * share, sayDone),
    list('Next', nextLines(board), 10 * share, (line) => line),
    folded('Graph', graphOf(board, share)),
    folded('All segments', segmentsTable(board, 250 * share)),
    folded('Attempts', attemptsTable(board, 120 * share)),
    folded('Event log', eventLog(board, 120 * share)),
  ]
    .filter((section) => section !== '')
    .join('\n\n');

// --- the two lines that everyone reads -----------------------------------------------------------------------------------

const segmentsOf = (board: Board): readonly SegmentProgress[] => board.waves.flatMap((wave) => wave.segments);

const isCompleted = ({ kind }: Progress): boolean =>
  kind === 'merged' || kind === 'closed before' || kind === 'answered';

const isBlocked = ({ kind }: Progress): boolean => kind === 'blocked' || kind === 'not in this execution';

/** It waits for an answer; nothing went wrong. */
const isAsking = (progress: Progress): boolean =>
  progress.kind === 'blocked' && progress.problem.kind === 'QUESTION_ASKED';

const isStarted = ({ kind }: Progress): boolean =>
  kind !== 'waiting' && kind !== 'ready' && kind !== 'not in this execution';

/** The state of the epic in one sentence: the panel's first line, and the CLI's last. */
export const outcomeOf = (board: Board): string => {
  const all = segmentsOf(board);
  const done = all.filter(({ progress }) => isCompleted(progress)).length;
  const asking = all.filter(({ progress }) => isAsking(progress)).length;
  const blocked = all.filter(({ progress }) => isBlocked(progress)).length - asking;
  const soFar = [
    `${done} of ${count(all.length, 'segment')} done`,
    ...(blocked > 0 ? [`${blocked} blocked`] : []),
    ...(asking > 0 ? [`${asking} waiting for an answer`] : []),
  ].join(', ');
  switch (board.phase) {
    case 'planned':
      return `📋 Planned: ${count(all.length, 'segment')} in ${count(board.waves.length, 'wave')}; nothing has started.`;
    case 'refused': {
      const errors = board.needs.filter(({ kind }) => kind === 'resolve').length;
      return `⛔ Nothing starts until ${count(errors, 'error')} ${errors === 1 ? 'is' : 'are'} fixed (${soFar}).`;
    }
    case 'running':
      return `${blocked > 0 ? '⚠️' : asking > 0 ? '❓' : '🔄'} Wave ${currentWave(board)?.number ?? board.waves.length} of ${board.waves.length} is under way: ${soFar}.`;
    case 'paused':
      return `⏳ Paused: ${soFar}. Running segments may finish; nothing new starts.`;
    case 'cancelled':
      return `⛔ Cancelled: ${soFar}.`;
    case 'accepting':
      return `🎯 All ${count(all.length, 'segment')} are done; the epic is waiting to be accepted.`;
    case 'finished':
      return `✅ Finished: ${soFar} in ${count(board.waves.length, 'wave')}${elapsed(board)}.`;
  }
};

/** The one thing that a person has to do, or that there is none: the panel's second line. */
export const sayTodo = (board: Board, url: string): string => {
  const [first, ...others] = board.needs;
  if (first === undefined) return 'No action needed.';
  return `**To do:** ${sayNeed(first, board, url)}${others.length > 0 ? ` ${others.length} more below.` : ''}`;
};

/** One thing that only a person can do, and how to do it. */
export const sayNeed = (need: Need, board: Board, url: string): string => {
  switch (need.kind) {
    case 'decide pull':
      return `Review PR #${need.pull} for ${titleOf(board, need.segment)}: **Approve**, or **Request changes** with your reasons.${sayUnblocks(need)}`;
    case 'merge pull':
      return `Merge PR #${need.pull} for ${titleOf(board, need.segment)}; swarm leaves merging to you.${sayUnblocks(need)}`;
    case 'approve wave':
      return `Approve wave ${need.wave}: comment \`/swarm approve wave ${need.wave}\`.`;
    case 'accept':
      return 'Review the result, then comment `/swarm accept`, or `/swarm needs-work` followed by what is missing.';
    case 'unblock': {
      const { what, next } = sayProblem(need.problem, { form: 'markdown', url, segment: need.segment });
      return `${titleOf(board, need.segment)}: ${what} ${next}${sayUnblocks(need)}`;
    }
    case 'resolve': {
      const { what, next, code } = sayProblem(need.problem, { form: 'markdown', url });
      return `${what} ${next} \`${code}\``;
    }
    case 'resume':
      return 'Comment `/swarm resume` to continue.';
    case 'calibration': {
      const { what, next } = sayProblem(need.problem, { form: 'markdown', url });
      return `${what} ${next}`;
    }
  }
};

/** How many segments wait for it; people decide by this what to do first. */
const sayUnblocks = ({ unblocks = 0 }: { readonly unblocks?: number }): string =>
  unblocks === 0 ? '' : ` ${count(unblocks, 'segment')} ${unblocks === 1 ? 'is' : 'are'} waiting for it.`;

const titleOf = (board: Board, segment: IssueNumber): string => {
  const found = segmentsOf(board).find(({ number }) => number === segment);
  return found === undefined ? `#${segment}` : named(segment, found.title, 60);
};

// --- progress --------------------------------------------------------------------------------------------------------

const currentWave = (board: Board): WaveProgress | undefined =>
  board.waves.find(
    (wave) => wave.calibration.kind !== 'passed' || wave.segments.some(({ progress }) => !isDone(progress)),
  );

const elapsed = (board: Board): string => {
  const until = board.endedAt ?? board.asOf;
  return board.startedAt === undefined || until === undefined || until <= board.startedAt
    ? ''
    : ` after ${duration(until - board.startedAt)}`;
};

export const progressLine = (board: Board): string => {
  const all = segmentsOf(board);
  const done = all.filter(({ progress }) => isDone(progress)).length;
  const wave = currentWave(board)?.number ?? board.waves.length;
  const { makespanMinutes, oneAtATimeMinutes, minutes: range } = board.plan.forecast;
  const until = board.endedAt ?? board.asOf;
  const between = range ? ` (${minutes(range.low)} to ${minutes(range.high)})` : '';
  const parts = [
    `wave ${wave} of ${board.waves.length}`,
    `${bar(done, all.length)} ${done}/${all.length}`,
    ...(board.startedAt !== undefined && until !== undefined ? [`${duration(until - board.startedAt)} so far`] : []),
    ...(board.left
      ? [`about ${minutes(board.left.minutes)} more without reviews, until ${minuteOf(board.left.until)}`]
      : []),
    ...(hasForecast(board.plan)
      ? [
          `forecast${board.left ? ' of the whole' : ''} ${minutes(range?.middle ?? makespanMinutes)}${between}, one at a time ${minutes(oneAtATimeMinutes)}; ${basisText(board.plan.forecast, all.length)}`,
        ]
      : []),
    ...(board.costUsd === undefined ? [] : [`cost ${money(board.costUsd)}`]),
  ];
  return `**Progress** ${parts.join(' · ')}`;
};

const minutes = (amount: number): string => duration(amount * 60_000);

const bar = (done: number, of: number): string => {
  const filled = of === 0 ? 0 : Math.floor((done / of) * 10);
  return `${'▰'.repeat(filled)}${'▱'.repeat(10 - filled)}`;
};

/** A segment's state as a mark, a word, and what it does or waits for. `current` is Markdown that fits in a table cell. */
export const sayProgress = (progress: Progress): { mark: string; word: string; current: string } => {
  switch (progress.kind) {
    case 'not in this execution':
      return { mark: '⚠️', word: 'held', current: cell(plainWhat(progress.problem), 160) };
    case 'waiting':
      return { mark: '⏳', word: 'waiting', current: enumerate(progress.for, 4, sayWait) };
    case 'ready':
      return { mark: '⏳', word: 'ready', current: 'starts next' };
    case 'queued':
      return { mark: '⏳', word: 'queued', current: 'for a runner' };
    case 'running':
      return { mark: '🔄', word: 'running', current: stepText(progress) };
    case 'in review':
      return {
        mark: '⏳',
        word: 'in review',
        current: `PR #${progress.pull} waits for ${enumerate(progress.waits.map(sayReviewWait), 3)}`,
      };
    case 'to merge': {
      const by = enumerate(progress.approvedBy.map((login) => cell(login, 40)));
      return {
        mark: '🔄',
        word: 'merging',
        current: `PR #${progress.pull}${progress.approvedBy.length > 0 ? `, approved by ${by}` : ''}`,
      };
    }
    case 'to rework':
      return { mark: '🔄', word: 'rework', current: `PR #${progress.pull}: ${sayRework(progress.why)}` };
    case 'merged':
      return { mark: '✅', word: 'merged', current: `PR #${progress.pull}` };
    case 'answered':
      return { mark: '✅', word: 'answered', current: 'in a comment' };
    case 'closed before':
      return { mark: '✅', word: 'closed', current: 'before this run' };
    case 'skipped':
      return { mark: '❌', word: 'skipped', current: cell(progress.reason ?? 'closed as not planned', 80) };
    case 'blocked':
      if (isAsking(progress)) return { mark: '❓', word: 'asks', current: cell(plainWhat(progress.problem), 160) };
      return { mark: '⛔', word: 'blocked', current: cell(plainWhat(progress.problem), 160) };
  }
};

/** The step and its start. Not its duration: that would change the text at every look. */
const stepText = ({ step, since, log }: Extract<Progress, { kind: 'running' }>): string =>
  [
    step === undefined ? '' : cell(step, 60),
    since === undefined ? '' : `since ${new Date(since).toISOString().slice(11, 16)} UTC`,
    log !== undefined && /^https?:\/\/[^\s<>()"'`|]+$/.test(log) ? `[log](${log})` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');

/** A panel's text without the steps of running jobs. A difference in the rest is worth writing. */
export const withoutSteps = (panel: string): string => panel.replace(/^(\|.* \| 🔄 running \|).*\|$/gm, '$1');

const plainWhat = (problem: Parameters<typeof sayProblem>[0]): string => sayProblem(problem, { form: 'plain' }).what;

const sayWait = (wait: WaitReason): string => {
  switch (wait.kind) {
    case 'segment':
      return `#${wait.number}`;
    case 'outside':
      return cell(wait.ref, 80);
    case 'owned':
      return `epic #${wait.by}, which has it`;
    case 'wave':
      return `wave ${wait.number}`;
    case 'calibration':
      return `the calibration of wave ${wait.wave}`;
    case 'overlap':
      return `#${wait.number}, which changes the same files`;
    case 'cap':
      return 'a free slot (`max-parallel`)';
    case 'reviews':
      return 'fewer pull requests in review (`max-in-review`)';
    case 'turn':
      return `#${wait.number}, which goes first so the epic finishes sooner`;
    case 'wave approval':
      return `the approval of wave ${wait.wave}`;
    case 'paused':
      return '`/swarm resume`';
    case 'base red':
      return 'the base branch to be green';
    case 'baseline':
      return 'the gates to run on the base first';
    case 'plan errors':
      return 'the errors in the plan to be fixed';
    case 'budget spent':
      return 'a higher `budget.epic`; it is spent';
    case 'only wave':
      return `another \`/swarm execute\`: this one runs only wave ${wait.wave}`;
    case 'later':
      return `its agent, which can be called again at ${minuteOf(wait.until)}`;
  }
};

/** `2026-12-03 14:05 UTC`, not before the instant. */
const minuteOf = (at: Instant): string => {
  const whole = new Date(Math.ceil(at / 60_000) * 60_000);
  return `${whole.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
};

const sayRework = (why: ReworkReason): string => {
  switch (why.kind) {
    case 'rejected':
      return cell(why.reason, 80);
    case 'conflict':
      return why.lead ? 'conflict, for the tech lead' : 'conflict';
    case 'red gates':
      return 'red gates';
  }
};

const sayDespite = (despite: Despite): string => {
  if (despite.kind === 'unchanged') {
    return `: its agent changed nothing after it was rejected by ${cell(despite.by, 40)}`;
  }
  if (despite.kind === 'reopened') {
    return `: ${cell(despite.by, 40)}, who has no write access, reopened it after the others`;
  }
  return despite.by === undefined
    ? ' more, because GitHub does not say who pushed its latest commit'
    : ` by someone else than ${cell(despite.by, 40)}, who pushed its latest commit`;
};

const sayReviewWait = (wait: ReviewWait): string => {
  switch (wait.kind) {
    case 'approval':
      return `${count(wait.missing, 'approval')}${wait.despite ? sayDespite(wait.despite) : ''}`;
    case 'unproven':
      return 'proof by the gates';
    case 'gate':
      return `the failing gate ${cell(wait.gate, 40)}`;
    case 'check':
      return {
        pending: `the check ${cell(wait.name, 60)} to end`,
        failure: `the failing check ${cell(wait.name, 60)}`,
        missing: `the required check ${cell(wait.name, 60)}, which nobody has reported`,
      }[wait.state];
    case 'held runs': {
      const names = enumerate(wait.workflows, 3, (name) => cell(name, 40));
      return `somebody with write access to approve the ${wait.workflows.length === 1 ? 'run' : 'runs'} of ${names}`;
    }
    case 'review': {
      const from = enumerate(wait.from, 3, (name) => cell(name, 40));
      return {
        'code owners': `a review by its code owners${wait.from.length > 0 ? ` ${from}` : ''}`,
        reviewers: `a review that the branch rules ask for${wait.from.length > 0 ? `, by ${from}` : ''}`,
        objectors: `${wait.from.length > 0 ? from : 'a reviewer'} to approve instead of requesting changes`,
      }[wait.of];
    }
    case 'mergeable':
      return {
        unknown: 'GitHub to work out whether it can be merged',
        conflicting: 'its conflict to be resolved',
        blocked: 'the branch rules to be met',
      }[wait.state];
    case 'behind':
      return 'its branch to be updated from the base';
    case 'queue':
      return `the merge queue, at place ${wait.position}`;
    case 'landing':
      return 'its base to show the merge';
    case 'merge refused':
      return `GitHub, which says ${cell(wait.message, 100)}`;
    case 'merge by hand':
      return 'a person to merge it';
  }
};

// --- sections --------------------------------------------------------------------------------------------------------

const tracksTable = (board: Board, share: number): string => {
  const max = Math.ceil(60 * share);
  const current = currentWave(board);
  // A finished epic has no current wave; the list below shows all its tracks.
  const shown = board.waves.filter(
    (wave) =>
      wave === current ||
      wave.segments.some(({ progress }) => isStarted(progress) && !isDone(progress) && !isBlocked(progress)),
  );
  const all = shown.flatMap((wave) => wave.segments.map((segment) => ({ wave, segment })));
  if (all.length === 0) return '';
  const rows = all.slice(0, max).map(({ wave, segment }) => trackRow(board, wave, segment));
  const left = all.length - max;
  return [
    '| track | segment | agent | progress | current |',
    '|---|---|---|---|---|',
    ...rows,
    ...(left > 0 ? ['', `… and ${count(left, 'more segment')} of ${count(shown.length, 'wave')}.`] : []),
  ].join('\n');
};

const trackRow = (board: Board, wave: WaveProgress, segment: SegmentProgress): string => {
  const { mark, word, current } = sayProgress(segment.progress);
  const track = board.plan.waves
    .find(({ number }) => number === wave.number)
    ?.tracks.find(({ letter }) => letter === segment.track);
  const name = track === undefined || track.name === '' ? '' : ` ${cell(track.name, 40)}`;
  const attempt = segment.attempts > 1 ? `, attempt ${segment.attempts}` : '';
  const by = segment.tried?.at(-1)?.by;
  const picked = by === undefined ? '' : ` (${cell(sayPick(by), 80)})`;
  const agent = segment.agent === undefined ? '' : `${cell(segment.agent, 30)}${attempt}${picked}`;
  return `| ${wave.number}${letters(segment.track)}${name} | ${rowTitle(segment)}${segment.fix ? ' (fix)' : ''} | ${agent} | ${mark} ${word} | ${current} |`;
};

const letters = (track: string): string => track.replace(/[^A-Za-z0-9]/g, '').slice(0, 6);

const rowTitle = ({ number, title }: SegmentProgress): string => `#${number} ${cell(titleText(title, number, 60), 60)}`;

const sayBlocked = ({ number, title, progress }: SegmentProgress, url: string): string => {
  if (progress.kind !== 'blocked' && progress.kind !== 'not in this execution') return named(number, title, 60);
  const { what, code } = sayProblem(progress.problem, { form: 'markdown', url, segment: number });
  return `${named(number, title, 60)}: ${what} \`${code}\``;
};

const doneWaves = (board: Board): WaveProgress[] =>
  board.waves.filter((wave) => wave.segments.some(({ progress }) => isDone(progress)));

const sayDone = (wave: WaveProgress): string => {
  const done = wave.segments.filter(({ progress }) => isDone(progress));
  const words = done.map(({ number, progress, pull }) => {
    if (progress.kind === 'merged') return `#${number} (PR #${pull ?? progress.pull})`;
    return `#${number} (${sayProgress(progress).word})`;
  });
  return `Wave ${wave.number}: ${enumerate(words, 40)}${sayCalibration(wave)}`;
};

const sayCalibration = ({ calibration }: WaveProgress): string => {
  switch (calibration.kind) {
    case 'not yet':
      return '';
    case 'running':
      return `; calibration running, round ${calibration.round}`;
    case 'passed':
      return calibration.round === 0 ? '' : `; calibrated in ${count(calibration.round, 'round')}`;
    case 'failed':
      return `; calibration failed in round ${calibration.round}: ${enumerate(
        calibration.findings.map(({ subject }) => inline(subject, 60)),
        5,
      )}`;
  }
};

const nextLines = (board: Board): string[] => {
  const current = currentWave(board);
  if (current === undefined || board.phase === 'finished') return [];
  const open = current.segments.filter(({ progress }) => !isDone(progress)).map(({ number }) => `#${number}`);
  const then = board.waves.find(({ number }) => number === current.number + 1);
  const steps = [
    ...(open.length > 0 ? [`wait for ${enumerate(open, 12)}`] : []),
    `calibrate wave ${current.number}`,
    then === undefined ? 'ask for acceptance' : `start wave ${then.number} (${count(then.segments.length, 'segment')})`,
  ];
  return [`${steps.join(' → ')}.`];
};

const list = <Item>(heading: string, items: readonly Item[], max: number, say: (item: Item) => string): string => {
  if (items.length === 0) return '';
  const shown = Math.max(1, Math.ceil(max));
  const left = items.length - shown;
  return [
    `**${heading}**`,
    ...items.slice(0, shown).map((item) => `- ${say(item)}`),
    ...(left > 0 ? [`- … and ${count(left, 'more', 'more')}`] : []),
  ].join('\n');
};

const folded = (summary: string, content: string): string =>
  content === '' ? '' : `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;

/** Every segment of every wave, with as many rows as fit. */
export const segmentsTable = (board: Board, maxRows: number): string => {
  const all = board.waves.flatMap((wave) => wave.segments.map((segment) => ({ wave: wave.number, segment })));
  if (all.length === 0) return '';
  const shown = Math.ceil(maxRows);
  const rows = all.slice(0, shown).map(({ wave, segment }) => {
    const { mark, word } = sayProgress(segment.progress);
    const pull = segment.pull === undefined ? '' : `#${segment.pull}`;
    const cost = segment.costUsd === undefined ? '' : money(segment.costUsd);
    const { pair, council } = segment.report?.course ?? {};
    const judged = `${pair?.kind === 'written' ? 'yes' : ''} | ${council?.kind ?? ''}`;
    return `| ${wave} | ${letters(segment.track)} | ${rowTitle(segment)}${segment.fix ? ' (fix)' : ''} | ${mark} ${word} | ${pull} | ${segment.attempts} | ${segment.tries ?? ''} | ${judged} | ${cost} |`;
  });
  const left = all.length - shown;
  return [
    '| wave | track | segment | progress | PR | attempts | tries | tests first | council | cost |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...rows,
    ...(left > 0 ? ['', `… and ${count(left, 'more segment')}.`] : []),
  ].join('\n');
};

/** Which agent and model each attempt used. */
const attemptsTable = (board: Board, maxRows: number): string => {
  const all = segmentsOf(board).flatMap((segment) => (segment.tried ?? []).map((tried) => ({ segment, tried })));
  if (all.length === 0) return '';
  const shown = Math.ceil(maxRows);
  const left = all.length - shown;
  return [
    '| segment | attempt | agent | ended |',
    '|---|---|---|---|',
    ...all.slice(0, shown).map(({ segment, tried }) => {
      const ended = tried.problem ? `\`${tried.problem}\`` : (tried.ended ?? '').replace('-', ' ');
      return `| ${rowTitle(segment)} | ${tried.number} ${cell(tried.name, 30)} | ${cell(sayPick(tried.by), 140)} | ${ended} |`;
    }),
    ...(left > 0 ? ['', `… and ${count(left, 'more attempt')}.`] : []),
  ].join('\n');
};

const GRAPH_NODES = 120;
const GRAPH_EDGES = 400;

const COLOURS = {
  done: 'fill:#dafbe1,stroke:#1a7f37,color:#1f2328',
  active: 'fill:#ddf4ff,stroke:#0969da,color:#1f2328',
  blocked: 'fill:#ffebe9,stroke:#cf222e,color:#1f2328',
  waiting: 'fill:#f6f8fa,stroke:#818b98,color:#1f2328',
} as const;

/**
 * The plan as a Mermaid graph. Its labels contain only numbers and swarm's own words for a state: quoting cannot make a
 * title safe against Mermaid's directives, click handlers and entity codes (threats T57).
 */
export const graphOf = (board: Board, share = 1): string => {
  const segments = segmentsOf(board);
  const edges = board.plan.segments.flatMap(({ number, blockedBy }) =>
    blockedBy.map((from) => `n${from} --> n${number}`),
  );
  if (segments.length === 0) return '';
  if (segments.length > GRAPH_NODES * share || edges.length > GRAPH_EDGES * share) {
    return `${count(segments.length, 'segment')} and ${count(edges.length, 'dependency', 'dependencies')} are too many to draw here.`;
  }
  const lines = ['flowchart LR'];
  for (const wave of board.waves) {
    lines.push(`  subgraph w${wave.number}["wave ${wave.number}"]`);
    for (const { number, progress } of wave.segments) {
      lines.push(`    n${number}["#${number} ${sayProgress(progress).word}"]:::${shade(progress)}`);
    }
    lines.push('  end');
  }
  lines.push(...edges.map((edge) => `  ${edge}`));
  lines.push(...Object.entries(COLOURS).map(([name, style]) => `  classDef ${name} ${style}`));
  return ['```mermaid', ...lines, '```'].join('\n');
};

const shade = (progress: Progress): keyof typeof COLOURS => {
  if (isDone(progress)) return 'done';
  if (isBlocked(progress)) return 'blocked';
  return isStarted(progress) ? 'active' : 'waiting';
};

const eventLog = ({ events, plan }: Board, max: number): string => {
  if (events.length === 0) return '';
  const shown = Math.ceil(max);
  const left = events.length - shown;
  const lines = events.slice(Math.max(0, left)).map((event) => {
    const segments = segmentsOfTrack(plan, event).map((segment) => `#${segment}`);
    return `${sayEvent(event)}${segments.length === 0 ? '' : `: ${enumerate(segments, 12)}`}`;
  });
  return block([...(left > 0 ? [`… ${count(left, 'earlier event')}`] : []), ...lines].join('\n'), { max: 12_000 });
};

const segmentsOfTrack = ({ waves }: Plan, { kind, wave, track }: Event): readonly IssueNumber[] =>
  kind === 'TRACK COMPLETE'
    ? (waves.find(({ number }) => number === wave)?.tracks.find(({ letter }) => letter === track)?.segments ?? [])
    : [];

/** One event as one line: `2026-11-21 10:05 CLAIMED #14 BlueLake`. Plain text. */
export const sayEvent = ({ at, kind, segment, wave, track, agent, pull }: Event): string => {
  const time = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  const parts = [
    time,
    kind,
    ...(segment === undefined ? [] : [`#${segment}`]),
    ...(pull === undefined ? [] : [`PR #${pull}`]),
    ...(wave === undefined ? [] : [`wave ${wave}`]),
    ...(track === undefined ? [] : [`track ${letters(track)}`]),
    ...(agent === undefined ? [] : [clip(oneLine(agent), 40)]),
  ];
  return parts.join(' ');
};
