/** The terminal: lines of at most 80 columns, paths as the person there sees them, and questions. */
import { relative } from 'node:path';
import { createInterface } from 'node:readline/promises';

/** Output has this width everywhere, so that it reads the same in a terminal, a log and a mail. */
export const COLUMNS = 80;

/** Lines of at most 80 columns, broken between words. Further lines are indented by `hanging` more. A long word stays whole. */
export function wrapped(text: string, hanging = 0, columns = COLUMNS): string[] {
  return text.split('\n').flatMap((line) => {
    if (line.length <= columns) return [line];
    const margin = ' '.repeat(line.search(/\S|$/) + hanging);
    const lines: string[] = [];
    let current = '';
    for (const [, gap = '', word = ''] of line.matchAll(/( *)(\S+)/g)) {
      if (current.trim() !== '' && current.length + gap.length + word.length > columns) {
        lines.push(current);
        current = margin + word;
      } else current += gap + word;
    }
    return [...lines, current];
  });
}

/** A path from where the person stands. */
export const shownPath = (path: string): string => relative(process.cwd(), path) || '.';

/** True if somebody is there to answer. */
export const isAnswerable = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

/** The terminal was closed, or Ctrl-C was pressed, in place of an answer. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** Asks on stderr, so that stdout has the result alone. Throws `NoAnswer`. */
export async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new AbortController();
  lines.once('close', () => closed.abort());
  try {
    return (await lines.question(question, { signal: closed.signal })).trim();
  } catch (error) {
    if (closed.signal.aborted) throw new NoAnswer('There is no answer.');
    throw error;
  } finally {
    lines.close();
  }
}
