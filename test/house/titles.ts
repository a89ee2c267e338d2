/**
 * The titles of tests, read from their files.
 */

/** `it('…'`, `story("…"`, `describe(\`…\``, the end of a table, `])('…'`, and `title: '…'` in a row of one. */
const TITLE =
  /(?:(?:\b(?:it|test|story|describe)|\)|\])\(|\btitle:)\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g;

/** All titles in a text, as they stand there: of a table, `%s` and `$name` are not filled in. */
export const titlesIn = (text: string): readonly string[] =>
  [...text.matchAll(TITLE)].map(([, single, double, template]) =>
    (single ?? double ?? template ?? '').replace(/\\(.)/g, '$1'),
  );

const TEXT = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g;

const textsIn = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(TEXT)].map(([, single, double, template]) =>
      (single ?? double ?? template ?? '').replace(/\\(.)/g, '$1'),
    ),
  );

/** Whether a test of this title stands in the text, also as a row of a table: `a patch with %s` and `'a workflow'`. */
export function hasTitle(text: string, title: string): boolean {
  const titles = titlesIn(text);
  if (titles.includes(title)) return true;
  const texts = textsIn(text);
  return titles.some((table) => {
    const [before, after, ...more] = table.split('%s');
    if (before === undefined || after === undefined || more.length > 0) return false;
    if (!title.startsWith(before) || !title.endsWith(after) || title.length <= before.length + after.length)
      return false;
    return texts.has(title.slice(before.length, title.length - after.length));
  });
}
