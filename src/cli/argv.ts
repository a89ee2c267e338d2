/** An agent's command line, as people write it in one argument. */
import { Fault } from '#words/fault';

/** Splits one quoted text into argv: words, '…' and "…", no other shell syntax. */
export function splitWords(command: string): string[] {
  const words: string[] = [];
  const pattern = /\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))(?=\s|$)/y;
  while (pattern.lastIndex < command.trimEnd().length) {
    const found = pattern.exec(command);
    if (!found) {
      throw new Fault(
        `--agent is not valid: ${command}`,
        'A quote is not closed, or is in the middle of a word.',
        'Write the program and its arguments as words; put "…" around a word with spaces.',
      );
    }
    words.push(found[1] ?? found[2] ?? found[3] ?? '');
  }
  if (words.length === 0) {
    throw new Fault(
      '--agent is empty.',
      'An agent is a program with its arguments.',
      'Give a program, or leave --agent out.',
    );
  }
  return words;
}
