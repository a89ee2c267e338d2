/**
 * An attempt has an id for machines and a name for people, such as BlueLake or GreenCastle (SPEC R9.1).
 *
 * The id names jobs, reports and kept work. It contains the epic: `12.14-2` is the second attempt at segment #14 of epic #12.
 * Two epics that share a segment never share an id.
 */
import type { Brand, IssueNumber } from './epic.ts';

export type AttemptId = Brand<string, 'AttemptId'>;

export interface AttemptParts {
  readonly epic: IssueNumber;
  readonly segment: IssueNumber;
  /** From 1. */
  readonly number: number;
}

export const attemptId = ({ epic, segment, number }: AttemptParts): AttemptId =>
  `${epic}.${segment}-${number}` as AttemptId;

/**
 * The parts of an id; undefined for any other text.
 *
 * Older journals have ids without an epic, such as `14-2`.
 */
export function readAttemptId(id: string): (Omit<AttemptParts, 'epic'> & Partial<AttemptParts>) | undefined {
  const found = /^(?:([1-9]\d*)\.)?([1-9]\d*)-([1-9]\d*)$/.exec(id);
  if (!found) return undefined;
  const [, epic, segment, number] = found;
  return {
    ...(epic === undefined ? {} : { epic: Number(epic) as IssueNumber }),
    segment: Number(segment) as IssueNumber,
    number: Number(number),
  };
}

/** @throws if the text is not an id. Only ids that Swarm created get here. */
export function segmentOf(id: AttemptId): IssueNumber {
  const parts = readAttemptId(id);
  if (!parts) throw new Error(`\`${id}\` is not the id of an attempt`);
  return parts.segment;
}

const COLOURS = [
  'Amber', 'Azure', 'Blue', 'Bronze', 'Copper', 'Coral', 'Crimson', 'Golden', 'Green', 'Indigo', 'Ivory', 'Jade',
  'Lilac', 'Maroon', 'Olive', 'Orange', 'Pearl', 'Purple', 'Red', 'Ruby', 'Silver', 'Teal', 'Violet',
] as const; // biome-ignore format: a word list
const PLACES = [
  'Bay', 'Bear', 'Bridge', 'Brook', 'Canyon', 'Castle', 'Cliff', 'Cove', 'Falcon', 'Field', 'Forest', 'Fox', 'Garden',
  'Harbor', 'Heron', 'Hill', 'Island', 'Lake', 'Meadow', 'Mountain', 'Otter', 'River', 'Stone', 'Tower', 'Valley',
] as const; // biome-ignore format: a word list

/** The name of an attempt. All pairs occur before one repeats, because 23 and 25 have no common divisor. */
export function attemptName(ordinal: number): string {
  const colour = COLOURS[(ordinal * 7) % COLOURS.length] ?? COLOURS[0];
  const place = PLACES[(ordinal * 11) % PLACES.length] ?? PLACES[0];
  return `${colour}${place}`;
}
