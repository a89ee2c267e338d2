/** `swarm why`: what was decided about an epic or a segment, and the reasons, from the commits of the journal. */
import { decide } from '#core/decide/decide';
import type { Board } from '#core/model/board';
import { issueNumber } from '#core/model/epic';
import { type HistoryStep, readEpicHistory } from '#github/looks/history';
import { Fault, messageOf } from '#words/fault';
import { isAbout, type ReadStep, readStep } from '#words/history';
import { outcomeOf } from '#words/panel';
import { titleText } from '#words/safe';
import { plainOf } from '#words/terminal/plain';
import { sayState } from '#words/terminal/status';
import type { Parsed } from '../help.ts';
import { clientHere } from '../remote.ts';
import { wrapped } from '../terminal.ts';
import { lookAt, numberOf, readEpicName } from './look.ts';

/** A step of the history, or the part of it that is about one segment. */
interface Step extends ReadStep {
  readonly commit: string;
  readonly at: string;
}

export async function whyCommand({ values, positionals: [text, of] }: Parsed): Promise<number> {
  const name = await readEpicName('why', text);
  const number = of === undefined ? undefined : numberOf(of);
  if (of !== undefined && number === undefined) {
    throw new Fault(`"${of}" is not a segment.`, 'A segment is given by its number.', "For example: '#14'.");
  }
  const { snapshot, config } = await lookAt(name);
  const { board } = decide(snapshot, config);
  const segment = number === undefined ? undefined : segmentIn(board, number);
  const { client } = clientHere();
  const found = await readEpicHistory(client, snapshot.repository, issueNumber(name.number)).catch((error: unknown) => {
    throw new Fault(`The journal of #${name.number} cannot be read.`, messageOf(error), 'Try again in a minute.');
  });
  const all = (found?.steps ?? []).map(({ commit, at, message }: HistoryStep) => ({
    commit,
    at,
    ...readStep(message),
  }));
  const steps =
    segment === undefined
      ? all
      : all.flatMap((step) => partAbout(step, name.number, segment.number, segment.pull) ?? []);
  const { owner, name: repository } = snapshot.repository;
  const says = segment === undefined ? plainOf(outcomeOf(board)) : sayState(segment);
  if (values.json === true) {
    const shown = {
      repository: `${owner}/${repository}`,
      ...{ epic: name.number, segment: segment?.number ?? null },
      now: { state: segment?.progress.kind ?? board.phase, says },
      steps,
      isCut: found?.isCut ?? false,
    };
    process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    return 0;
  }
  const { title, number: about } = segment ?? board.epic;
  const lines = [
    `${owner}/${repository}#${about} ${titleText(title, about)}`,
    ...wrapped(`Now ${says}`, 4),
    ...(found === undefined
      ? ['', 'It was never started, so nothing was decided.']
      : steps.length === 0
        ? ['', 'Nothing was decided about it.']
        : steps.flatMap(stepLines)),
    ...(found?.isCut ? ['', 'Older steps are left out.'] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

function segmentIn(board: Board, number: number) {
  const all = board.waves.flatMap(({ segments }) => segments);
  const found = all.find((segment) => segment.number === number);
  if (found) return found;
  throw new Fault(
    `#${number} is not a segment of this epic.`,
    `Its segments are ${all.map((segment) => `#${segment.number}`).join(', ') || 'none'}.`,
    'Choose one of them.',
  );
}

/** @returns undefined if nothing in it is about the segment. */
function partAbout(step: Step, epic: number, segment: number, pull: number | undefined): Step | undefined {
  const isWanted = (line: string): boolean => isAbout(line, epic, segment, pull);
  const part = { ...step, events: step.events.filter(isWanted), reasons: step.reasons.filter(isWanted) };
  return part.events.length + part.reasons.length === 0 ? undefined : part;
}

/** `2026-11-21 10:05`, in UTC as everywhere. */
const minuteOf = (at: string): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

function stepLines({ at, commit, events, reasons }: Step): readonly string[] {
  return [
    '',
    `${minuteOf(at)}  ${commit.slice(0, 10)}`,
    ...events.flatMap((event) => wrapped(`  ${event}`, 2)),
    ...reasons.flatMap((reason) => wrapped(`  - ${reason}`, 2)),
  ];
}
