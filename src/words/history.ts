/**
 * The message of a journal commit: `git log refs/swarm/epics/12` reads as the epic's history (SPEC R4.2).
 */
import type { Event } from '#core/model/board';
import { oneLine } from './safe.ts';

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

/** A step as `sayStep` wrote it, in its parts. Each line is plain text. */
export interface ReadStep {
  /** `CLAIMED #14 by BlueLake`. A step without events has none. */
  readonly events: readonly string[];
  /** The reasons of its decisions. */
  readonly reasons: readonly string[];
}

export function readStep(message: string): ReadStep {
  const [subject = '', ...body] = message.split('\n').map((each) => oneLine(each));
  const reasons = body.filter((each) => each.startsWith('- ')).map((each) => each.slice(2));
  const rest = body.filter((each) => each !== '' && !each.startsWith('- '));
  // A step without events is named after its first reason.
  const isEvent = /^[A-Z][A-Z ]*(?: |$)/.test(subject);
  const named = isEvent
    ? [subject.replace(/ \(\+\d+\)$/, '')]
    : reasons.length === 0
      ? [subject.replace(/^#\d+: /, '')]
      : [];
  return { events: [...named, ...rest], reasons };
}

/** True if a line of a step is about a segment, or about one of its attempts or its pull request. */
export function isAbout(line: string, epic: number, segment: number, pull: number | undefined): boolean {
  const names = [`#${segment}`, ...(pull === undefined ? [] : [`#${pull}`])];
  return (
    names.some((name) => new RegExp(`${name}(?!\\d)`).test(line)) ||
    new RegExp(`(?<![\\d.])${epic}\\.${segment}-\\d`).test(line)
  );
}
