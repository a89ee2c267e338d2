/**
 * Progress in the terminal: one line per transition, by comparing two looks, and the board at the end. Colours only where
 * a person looks at them (a terminal, and no NO_COLOR).
 */
import { count } from '#words/voice';
import type { Look, SeenPull, SeenSegment, SeenWave } from './look.ts';

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
  'FIX SEGMENT': 'yellow',
  'WAVE COMPLETE': 'green',
  'EXECUTION COMPLETE': 'green',
  KILLED: 'red',
};

export class Terminal {
  readonly #output: Output;
  readonly #now: () => number;
  readonly #startedAt: number;
  #before: Look | undefined;

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
    const at = `${String(Math.floor(seconds / 60)).padStart(2)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
    const number = segment === undefined ? '' : `#${segment}`;
    this.say(
      `${this.#paint(at, 'dim')}  ${this.#paint(kind.padEnd(18), COLOURS[kind] ?? 'cyan')} ${number.padEnd(4)} ${text}`,
    );
  }

  /** Says what is new since the look before. */
  tell(seen: Look): void {
    for (const line of transitions(this.#before, seen)) this.line(line);
    this.#before = seen;
  }

  board(seen: Look, elapsedMs: number): void {
    for (const [index, line] of boardLines(seen, elapsedMs).entries()) {
      this.say(index === 0 ? this.#paint(line, 'bold') : line);
    }
  }

  #paint(text: string, colour: Colour): string {
    return this.#output.isColoured ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text;
  }
}

/** What changed from one look to the next, in the order in which it must have happened. */
export function transitions(before: Look | undefined, seen: Look): Line[] {
  const lines: Line[] = [];
  if (!before?.journal?.authorisation && seen.journal?.authorisation) {
    const { by } = seen.journal.authorisation;
    lines.push({
      kind: 'STARTED',
      segment: seen.epic.number,
      text: `${seen.epic.title}: ${count(seen.segments.length, 'segment')} in ${count(seen.waves.length, 'wave')}, by @${by}`,
    });
  }
  for (const segment of seen.segments) {
    const was = before?.segments.find((each) => each.issue === segment.issue);
    if (!was && segment.fix) lines.push({ kind: 'FIX SEGMENT', segment: segment.issue, text: segment.title });
    lines.push(...changesOf(was, segment, seen));
  }
  for (const wave of seen.waves) {
    const was = before?.waves.find((each) => each.number === wave.number);
    lines.push(...calibrationChanges(was, wave));
  }
  if (seen.epic.state === 'closed' && before?.epic.state !== 'closed') {
    lines.push({ kind: 'EXECUTION COMPLETE', segment: seen.epic.number, text: seen.epic.title });
  }
  return lines;
}

function changesOf(was: SeenSegment | undefined, now: SeenSegment, seen: Look): Line[] {
  const lines: Line[] = [];
  const add = (kind: string, text: string): void => {
    lines.push({ kind, segment: now.issue, text });
  };
  const reviews = now.pull?.reviews.slice(was?.pull?.reviews.length ?? 0) ?? [];
  const tell = (which: readonly SeenPull['reviews'][number][]): void => {
    for (const { state, by } of which) {
      if (state === 'APPROVED') add('APPROVED', `PR #${now.pull?.number} by @${by}`);
      if (state === 'CHANGES_REQUESTED') add('REJECTED', `PR #${now.pull?.number} by @${by}`);
    }
  };
  // What was said of the version before leads to the attempt; what is said of this one follows its publication.
  tell(reviews.filter((review) => review.head !== now.pull?.head || was?.pull?.head === now.pull?.head));
  const attempts = seen.journal?.segments[now.issue]?.attempts ?? [];
  for (const [index, attempt] of attempts.entries()) {
    const earlier = index < (was?.attempts ?? 0);
    if (!earlier)
      add('CLAIMED', `by ${attempt.name}${index > 0 ? `, attempt ${index + 1} (${attempt.why})` : ''}: ${now.title}`);
  }
  const head = now.pull?.head;
  if (now.pull && head !== was?.pull?.head && now.pull.state === 'open') {
    const tries = now.tries > 1 ? `, gates green in try ${now.tries}` : '';
    add('PUBLISHED', `PR #${now.pull.number}${was?.pull ? ' again' : ''}${tries}: ${now.pull.title}`);
  }
  tell(reviews.filter((review) => review.head === now.pull?.head && was?.pull?.head !== now.pull?.head));
  if (was?.standing === now.standing) return lines;
  if (now.standing === 'merged') add('CLOSED', `merged as PR #${now.pull?.number}: ${now.title}`);
  if (now.standing === 'blocked') add('BLOCKED', now.title);
  if (now.standing === 'skipped') add('SKIPPED', now.title);
  if (now.standing === 'answered') add('CLOSED', `answered: ${now.title}`);
  return lines;
}

function calibrationChanges(was: SeenWave | undefined, now: SeenWave): Line[] {
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

/** The finished (or unfinished) epic as plain lines. The same epic gives the same lines but for the time. */
export function boardLines(seen: Look, elapsedMs: number): string[] {
  const fixes = seen.segments.filter((segment) => segment.fix).length;
  const made = seen.segments.length - fixes;
  const lines = [
    `Epic #${seen.epic.number} ${seen.epic.title}: ${seen.epic.state}. ${count(made, 'segment')}${fixes > 0 ? ` and ${count(fixes, 'fix segment')}` : ''} in ${count(seen.waves.length, 'wave')}, ${Math.round(elapsedMs / 1000)} s.`,
  ];
  const rows = seen.waves.map((wave) => wave.segments.map(rowOf));
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.flat().map((row) => row[column]?.length ?? 0)));
  for (const [index, wave] of seen.waves.entries()) {
    const rounds = wave.calibrations.map(({ verdict }) => verdict?.kind ?? 'under way').join(', then ');
    lines.push('', `Wave ${wave.number}${rounds === '' ? '' : `  calibration ${rounds}`}`);
    for (const row of rows[index] ?? []) {
      lines.push(`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
    }
  }
  return lines;
}

function rowOf(segment: SeenSegment): string[] {
  const notes = [
    segment.fix ? 'mends the wave' : '',
    segment.tries > 1 ? `${segment.tries} tries` : '',
    segment.attempts > 1 ? `${segment.attempts} attempts` : '',
  ].filter((note) => note !== '');
  return [
    `#${segment.issue}`,
    segment.title,
    segment.standing,
    segment.pull ? `PR #${segment.pull.number}` : '',
    notes.join(', '),
  ];
}
