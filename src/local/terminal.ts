/**
 * Progress in the terminal: one line for each transition, found by comparing two looks, and the board at the end. Colours
 * are used only on a terminal without NO_COLOR.
 */
import type { Baseline } from '#core/model/journal';
import { count } from '#words/voice';
import type { EpicView, PullView, SegmentView, WaveView } from './epic-view.ts';

export interface Output {
  write(text: string): void;
  readonly isColoured: boolean;
}

export interface Line {
  readonly kind: string;
  readonly segment?: number;
  readonly text: string;
}

type Colour = 'green' | 'red' | 'yellow' | 'magenta' | 'cyan' | 'dim' | 'bold';

const CODES: Readonly<Record<Colour, number>> = {
  green: 32,
  red: 31,
  yellow: 33,
  magenta: 35,
  cyan: 36,
  dim: 2,
  bold: 1,
};

const COLOURS: Readonly<Record<string, Colour>> = {
  PUBLISHED: 'magenta',
  APPROVED: 'green',
  REJECTED: 'yellow',
  CLOSED: 'green',
  BLOCKED: 'red',
  LOST: 'yellow',
  FAILED: 'red',
  'CALIBRATION FAILED': 'red',
  'BASE SOUND': 'green',
  'BASE NOT SOUND': 'red',
  'FIX SEGMENT': 'yellow',
  'WAVE COMPLETE': 'green',
  'EXECUTION COMPLETE': 'green',
  KILLED: 'red',
};

export class Terminal {
  readonly #output: Output;
  readonly #now: () => number;
  readonly #startedAt: number;
  #before: EpicView | undefined;

  constructor(output: Output, now: () => number) {
    this.#output = output;
    this.#now = now;
    this.#startedAt = now();
  }

  say(text: string): void {
    this.#output.write(`${text}\n`);
  }

  line({ kind, segment, text }: Line): void {
    const seconds = (this.#now() - this.#startedAt) / 1000;
    const time = `${String(Math.floor(seconds / 60)).padStart(2)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
    const number = segment === undefined ? '' : `#${segment}`;
    this.say(
      `${this.#paint(time, 'dim')}  ${this.#paint(kind.padEnd(18), COLOURS[kind] ?? 'cyan')} ${number.padEnd(4)} ${text}`,
    );
  }

  /** Prints all transitions since the last look. */
  report(view: EpicView): void {
    for (const line of transitions(this.#before, view)) this.line(line);
    this.#before = view;
  }

  board(view: EpicView, elapsedMs: number): void {
    for (const [index, line] of boardLines(view, elapsedMs).entries()) {
      this.say(index === 0 ? this.#paint(line, 'bold') : line);
    }
  }

  #paint(text: string, colour: Colour): string {
    return this.#output.isColoured ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text;
  }
}

/** The transitions from one look to the next, in the order in which they must have happened. */
export function transitions(before: EpicView | undefined, view: EpicView): Line[] {
  const lines: Line[] = [];
  if (!before?.journal?.authorisation && view.journal?.authorisation) {
    const { by } = view.journal.authorisation;
    lines.push({
      kind: 'STARTED',
      segment: view.epic.number,
      text: `${view.epic.title}: ${count(view.segments.length, 'segment')} in ${count(view.waves.length, 'wave')}, by @${by}`,
    });
  }
  lines.push(...baselineChanges(before?.journal?.baselines, view.journal?.baselines));
  for (const segment of view.segments) {
    const was = before?.segments.find(({ issue }) => issue === segment.issue);
    if (!was && segment.fix) lines.push({ kind: 'FIX SEGMENT', segment: segment.issue, text: segment.title });
    lines.push(...changesOf(was, segment, view));
  }
  for (const wave of view.waves) {
    const was = before?.waves.find(({ number }) => number === wave.number);
    lines.push(...calibrationChanges(was, wave));
  }
  if (view.epic.state === 'closed' && before?.epic.state !== 'closed') {
    lines.push({ kind: 'EXECUTION COMPLETE', segment: view.epic.number, text: view.epic.title });
  }
  return lines;
}

function baselineChanges(was: readonly Baseline[] = [], now: readonly Baseline[] = []): Line[] {
  return now.flatMap(({ round, dispatch, verdict }, index): Line[] => {
    const text = `all gates, before the first agent${round > 1 ? `, round ${round}` : ''}`;
    const lines: Line[] = was[index] || dispatch === undefined ? [] : [{ kind: 'CHECKING BASE', text }];
    if (!verdict || was[index]?.verdict) return lines;
    if (verdict.kind === 'unsound') return [...lines, { kind: 'BASE NOT SOUND', text: verdict.problem.kind }];
    const known = verdict.gates.map(({ gate, state }) => `${gate} ${state}`).join(', ');
    return [...lines, { kind: 'BASE SOUND', text: known === '' ? 'all gates pass' : `but ${known}` }];
  });
}

function changesOf(was: SegmentView | undefined, now: SegmentView, view: EpicView): Line[] {
  const lines: Line[] = [];
  const add = (kind: string, text: string): void => {
    lines.push({ kind, segment: now.issue, text });
  };
  const reviews = now.pull?.reviews.slice(was?.pull?.reviews.length ?? 0) ?? [];
  const addReviews = (some: readonly PullView['reviews'][number][]): void => {
    for (const { state, by } of some) {
      if (state === 'APPROVED') add('APPROVED', `PR #${now.pull?.number} by @${by}`);
      if (state === 'CHANGES_REQUESTED') add('REJECTED', `PR #${now.pull?.number} by @${by}`);
    }
  };
  // Reviews of the last version caused the new attempt; reviews of this version came after its publication.
  addReviews(reviews.filter((review) => review.head !== now.pull?.head || was?.pull?.head === now.pull?.head));
  const attempts = view.journal?.segments[now.issue]?.attempts ?? [];
  for (const [index, attempt] of attempts.entries()) {
    const isNew = index >= (was?.attempts ?? 0);
    if (isNew)
      add('CLAIMED', `by ${attempt.name}${index > 0 ? `, attempt ${index + 1} (${attempt.why})` : ''}: ${now.title}`);
  }
  const head = now.pull?.head;
  if (now.pull && head !== was?.pull?.head && now.pull.state === 'open') {
    const tries = now.tries > 1 ? `, gates green in try ${now.tries}` : '';
    add('PUBLISHED', `PR #${now.pull.number}${was?.pull ? ' again' : ''}${tries}: ${now.pull.title}`);
  }
  addReviews(reviews.filter((review) => review.head === now.pull?.head && was?.pull?.head !== now.pull?.head));
  if (was?.state === now.state) return lines;
  if (now.state === 'merged') add('CLOSED', `merged as PR #${now.pull?.number}: ${now.title}`);
  if (now.state === 'blocked') add('BLOCKED', now.title);
  if (now.state === 'skipped') add('SKIPPED', now.title);
  if (now.state === 'answered') add('CLOSED', `answered: ${now.title}`);
  return lines;
}

function calibrationChanges(was: WaveView | undefined, now: WaveView): Line[] {
  return now.calibrations.flatMap((calibration, index): Line[] => {
    const before = was?.calibrations[index];
    const round = calibration.round > 1 ? `, round ${calibration.round}` : '';
    const lines: Line[] = before ? [] : [{ kind: 'CALIBRATING', text: `wave ${now.number}${round}` }];
    if (!calibration.verdict || before?.verdict) return lines;
    if (calibration.verdict.kind === 'passed')
      return [...lines, { kind: 'WAVE COMPLETE', text: `wave ${now.number}${round}` }];
    const found = calibration.verdict.findings.map((finding) => finding.subject).join(', ');
    return [...lines, { kind: 'CALIBRATION FAILED', text: `wave ${now.number}${round}: ${found}` }];
  });
}

/** The epic as plain lines. The same epic gives the same lines, except for the time. */
export function boardLines(view: EpicView, elapsedMs: number): string[] {
  const fixes = view.segments.filter((segment) => segment.fix).length;
  const planned = view.segments.length - fixes;
  const lines = [
    `Epic #${view.epic.number} ${view.epic.title}: ${view.epic.state}. ${count(planned, 'segment')}${fixes > 0 ? ` and ${count(fixes, 'fix segment')}` : ''} in ${count(view.waves.length, 'wave')}, ${Math.round(elapsedMs / 1000)} s.`,
  ];
  const rows = view.waves.map((wave) => wave.segments.map(rowOf));
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.flat().map((row) => row[column]?.length ?? 0)));
  for (const [index, wave] of view.waves.entries()) {
    const rounds = wave.calibrations.map(({ verdict }) => verdict?.kind ?? 'under way').join(', then ');
    lines.push('', `Wave ${wave.number}${rounds === '' ? '' : `  calibration ${rounds}`}`);
    for (const row of rows[index] ?? []) {
      lines.push(`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
    }
  }
  return lines;
}

function rowOf(segment: SegmentView): string[] {
  const notes = [
    segment.fix ? 'fixes the wave' : '',
    segment.tries > 1 ? `${segment.tries} tries` : '',
    segment.attempts > 1 ? `${segment.attempts} attempts` : '',
  ].filter((note) => note !== '');
  return [
    `#${segment.issue}`,
    segment.title,
    segment.state,
    segment.pull ? `PR #${segment.pull.number}` : '',
    notes.join(', '),
  ];
}
