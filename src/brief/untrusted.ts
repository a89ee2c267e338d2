/**
 * Other people's text in an agent's instructions: cleaned of what a reader cannot see, and fenced so that it cannot pass
 * for swarm's own words (threats T07, T08).
 */

/** Joined by what stands between two code points that belong together (emoji) this would break; briefs do without. */
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

export interface Cleaned {
  readonly text: string;
  /** Characters and comments that were taken out. */
  readonly removed: number;
}

/** The text as a person sees it on GitHub: without HTML comments, invisible characters and control characters. */
export function cleanForAgent(raw: string): Cleaned {
  let removed = 0;
  const without = (text: string, pattern: RegExp): string =>
    text.replace(pattern, () => {
      removed += 1;
      return '';
    });
  let text = raw.toWellFormed().replace(/\r\n|[\r\u2028\u2029\u0085]/g, '\n');
  text = without(without(text, UNSEEN), CONTROL);
  // Taking one comment out can put another together; each round is shorter.
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

/** At most so many characters, with a note where something is left out. */
export const capped = (text: string, max: number): string =>
  text.length <= max
    ? text
    : `${text.slice(0, max).toWellFormed()}\n[… ${text.length - max} more characters are left out here …]`;

/**
 * A block that says whose words it holds. Its boundary is random, and any copy of it inside is taken out, so that
 * nothing inside can end it.
 */
export function fenced(boundary: string, whose: string, text: string, max: number): string {
  const { text: cleaned, removed } = cleanForAgent(text);
  const body = capped(cleaned.split(boundary).join('[boundary]'), max).trim();
  const note = removed > 0 ? `\n[${removed} invisible characters or comments were taken out]` : '';
  return `<<<${boundary} ${whose}\n${body === '' ? '(nothing)' : body}${note}\n${boundary}>>>`;
}

/** On one line, for a heading. */
export const oneLineForAgent = (text: string, max: number): string =>
  capped(cleanForAgent(text).text.replace(/\s+/g, ' ').trim(), max).split('\n', 1).join('');
