/**
 * Finds the block in an epic's text: a fence with the info string `swarm`, or `yaml swarm`, which GitHub draws in colours.
 *
 * `core` reads no YAML. What the block says is read in the room of plan files.
 */
import { readFrontMatter } from './front-matter.ts';
import { fencesIn, linesOf } from './markdown.ts';
import { BODY_CHARS } from './spec.ts';
import { mayNest } from './spec-keys.ts';

export interface BlockText {
  /** Its lines as they are written, without those of the fence. */
  readonly text: string;
  /** The line of its fence, from 1. */
  readonly line: number;
  readonly isClosed: boolean;
}

const INFO = /^(?:ya?ml[ \t]+)?swarm$/i;
const MAYBE = /(?:`{3}|~{3})[ \t]*(?:ya?ml[ \t]+)?swarm/i;

/** A quick answer: most texts have none. */
export const mayHaveBlock = (body: string): boolean => MAYBE.test(body);

/** All blocks, in the order of the text. An epic has one at most. */
export function blocksIn(body: string): readonly BlockText[] {
  if (!mayHaveBlock(body)) return [];
  const whole = body.slice(0, 2 * BODY_CHARS);
  const written = whole.split(/\r\n|\n|\r/);
  const { rest } = readFrontMatter(linesOf(whole), mayNest);
  return fencesIn(rest)
    .filter(({ info }) => INFO.test(info))
    .map(({ from, to }) => ({
      text: written.slice(from, to === undefined ? undefined : to - 1).join('\n'),
      line: from,
      isClosed: to !== undefined,
    }));
}
