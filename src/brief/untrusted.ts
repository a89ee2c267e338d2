/**
 * Prepares untrusted text for an agent's brief: without invisible parts, and fenced so that it cannot be mistaken for
 * swarm's own words (threats T07, T08).
 */

/** Some emoji need such a character between their parts, and break without it. Briefs do not need emoji. */
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

export interface Cleaned {
  readonly text: string;
  /** The number of characters and comments that were removed. */
  readonly removed: number;
}

/** The text as people see it on GitHub: without HTML comments, invisible characters and control characters. */
export function cleanForAgent(raw: string): Cleaned {
  let removed = 0;
  const without = (text: string, pattern: RegExp): string =>
    text.replace(pattern, () => {
      removed += 1;
      return '';
    });
  let text = raw.toWellFormed().replace(/\r\n|[\r\u2028\u2029\u0085]/g, '\n');
  text = without(without(text, UNSEEN), CONTROL);
  // Removing one comment can create another. Each round makes the text shorter, so this ends.
  for (let before = ''; before !== text; ) {
    before = text;
    const open = text.indexOf('<!--');
    if (open < 0) break;
    const close = /--!?>/.exec(text.slice(open + 4));
    text = text.slice(0, open) + (close ? text.slice(open + 4 + close.index + close[0].length) : '');
    removed += 1;
  }
  return { text, removed };
}

/** Limits a text, with a note if something is left out. */
export const capped = (text: string, max: number): string =>
  text.length <= max
    ? text
    : `${text.slice(0, max).toWellFormed()}\n[… ${text.length - max} more characters are left out …]`;

/**
 * A block that names the author of its text. Its boundary is random, and any copy of it inside is removed, so that the
 * text cannot end the block.
 */
export function fenced(boundary: string, whose: string, text: string, max: number): string {
  const { text: cleaned, removed } = cleanForAgent(text);
  const body = capped(cleaned.split(boundary).join('[boundary]'), max).trim();
  const note = removed > 0 ? `\n[${removed} invisible characters or comments were removed]` : '';
  return `<<<${boundary} ${whose}\n${body === '' ? '(nothing)' : body}${note}\n${boundary}>>>`;
}

/** On one line, for a heading. */
export const oneLineForAgent = (text: string, max: number): string =>
  capped(cleanForAgent(text).text.replace(/\s+/g, ' ').trim(), max).split('\n', 1).join('');
