/**
 * The titles of tests, read from their files.
 */

/** `it('…'`, `story("…"`, `describe(\`…\``, and the end of a table: `])('…'`. */
const TITLE =
  /(?:\b(?:it|test|story|describe)|\)|\])\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g;

/** All titles in a text, as they stand there: of a table, `%s` and `$name` are not filled in. */
export const titlesIn = (text: string): readonly string[] =>
  [...text.matchAll(TITLE)].map(([, single, double, template]) =>
    (single ?? double ?? template ?? '').replace(/\\(.)/g, '$1'),
  );
