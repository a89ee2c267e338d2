/** The panel for a terminal, and for programs. */
import type { Board, SegmentProgress } from '#core/model/board';
import type { Instant } from '#core/model/epic';
import { isDone, type Progress } from '#core/model/progress';
import { outcomeOf, progressLine, sayEvent, sayNeed, sayProgress, sayTodo } from '../panel.ts';
import { sayProblem } from '../problems.ts';
import { oneLine, titleText } from '../safe.ts';
import { plainOf } from './plain.ts';

export interface StatusContext {
  /** `octo/shop` */
  readonly repository: string;
  /** Its page. */
  readonly url: string;
}

/** The segment's state in one sentence: `in review: PR #5 waits for 1 approval`. The address of a log is too long for it. */
export const sayState = ({ progress }: Pick<SegmentProgress, 'progress'>): string => {
  const { word, current } = sayProgress(progress.kind === 'running' ? withoutLog(progress) : progress);
  return plainOf(current === '' ? word : `${word}: ${current}`);
};

const withoutLog = ({ log: _, ...running }: Extract<Progress, { readonly kind: 'running' }>): Progress => running;

/** Without rights: those of the token at the terminal say nothing about Swarm's. */
const notesOf = ({ notes = [] }: Board) => notes.filter(({ kind }) => kind !== 'PERMISSION_MISSING');

/** Rows of a table are indented. The lines are not broken. */
export function statusLines(board: Board, { repository, url }: StatusContext): string[] {
  const { number, title } = board.epic;
  const lines = [
    `${repository}#${number} ${titleText(title, number)}`,
    plainOf(outcomeOf(board)),
    plainOf(sayTodo(board, url)),
    ...(board.phase === 'planned' ? [] : [plainOf(progressLine(board))]),
  ];
  const all = board.waves.flatMap(({ segments }) => segments);
  const width = Math.min(30, Math.max(0, ...all.map((segment) => titleText(segment.title, segment.number, 30).length)));
  for (const wave of board.waves) {
    const { kind } = wave.calibration;
    const isOver = wave.segments.every(({ progress }) => isDone(progress));
    lines.push('', `Wave ${wave.number}${kind === 'not yet' ? (isOver ? ' (merged)' : '') : `  calibration ${kind}`}`);
    for (const segment of wave.segments) lines.push(`  ${rowOf(segment, width)}`);
  }
  const more = board.needs.slice(1).map((need) => `- ${plainOf(sayNeed(need, board, url))}`);
  const notes = notesOf(board).map((problem) => {
    const { what, next, code } = sayProblem(problem, { form: 'plain', url });
    return `- ${what} ${next}  [${code}]`;
  });
  if (more.length > 0) lines.push('', 'Needs you', ...more);
  if (notes.length > 0) lines.push('', 'Good to know', ...notes);
  return lines;
}

function rowOf(segment: SegmentProgress, width: number): string {
  const { number, title, track, agent, attempts, fix } = segment;
  const name = titleText(title, number, 30).padEnd(width);
  const by = agent === undefined ? '' : `  ${oneLine(agent)}${attempts > 1 ? `, attempt ${attempts}` : ''}`;
  return `${track.padEnd(3)}#${String(number).padEnd(4)} ${name}  ${sayState(segment)}${by}${fix ? '  (fix)' : ''}`;
}

const time = (at: Instant | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

/** The documented shape of `swarm status --json`. A key is never left out: null stands for what is not there. */
export function statusJson(board: Board, { repository, url }: StatusContext) {
  const [first] = board.needs;
  return {
    repository,
    epic: board.epic,
    phase: board.phase,
    outcome: plainOf(outcomeOf(board)),
    todo: first === undefined ? null : plainOf(sayNeed(first, board, url)),
    startedAt: time(board.startedAt),
    endedAt: time(board.endedAt),
    costUsd: board.costUsd ?? null,
    waves: board.waves.map(({ number, calibration, segments }) => ({
      number,
      calibration: calibration.kind,
      segments: segments.map((segment) => ({
        number: segment.number,
        title: segment.title,
        track: segment.track,
        state: segment.progress.kind,
        says: sayState(segment),
        branch: segment.branch,
        pull: segment.pull ?? null,
        agent: segment.agent ?? null,
        attempts: segment.attempts,
        costUsd: segment.costUsd ?? null,
        isFix: segment.fix,
      })),
    })),
    needs: board.needs.map((need) => ({
      kind: need.kind,
      segment: 'segment' in need ? need.segment : null,
      says: plainOf(sayNeed(need, board, url)),
    })),
    notes: notesOf(board).map((problem) => {
      const { code, what } = sayProblem(problem, { form: 'plain', url });
      return { code, what };
    }),
    events: board.events.map((event) => ({ at: time(event.at), kind: event.kind, says: sayEvent(event) })),
  };
}
