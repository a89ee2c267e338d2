/**
 * The message of a journal commit: `git log refs/swarm/epics/12` reads as the epic's history (SPEC R4.2).
 */
import type { Event } from '#core/model/board';

const about = ({ segment, wave, track, agent, pull }: Event): string =>
  [
    segment === undefined ? '' : `#${segment}`,
    wave === undefined ? '' : `wave ${wave}`,
    track === undefined ? '' : `track ${track}`,
    pull === undefined ? '' : `in #${pull}`,
    agent === undefined ? '' : `by ${agent}`,
  ]
    .filter((part) => part !== '')
    .join(' ');

const line = (event: Event): string => `${event.kind} ${about(event)}`.trim();

/** @param reasons the reason of each decision of this step, for the body. */
export function sayStep(epic: number, events: readonly Event[], reasons: readonly string[]): string {
  const [first, ...rest] = events.map(line);
  const subject =
    first === undefined
      ? `#${epic}: ${reasons[0] ?? 'the intended acts are done'}`
      : rest.length === 0
        ? first
        : `${first} (+${rest.length})`;
  const body = [...rest, ...reasons.map((reason) => `- ${reason}`)];
  return `${subject.slice(0, 100)}\n${body.length > 0 ? `\n${body.slice(0, 60).join('\n')}\n` : ''}`;
}
