/**
 * What `/swarm help` answers and the commands' page shows, both made from the table that the parser reads.
 */
import { COMMANDS } from '#core/model/command';

/** Rows `command | does | needs | example` of a Markdown table. */
export const commandRows = (): string[] =>
  Object.values(COMMANDS).map(
    ({ usage, says, needs, example }) => `| ${code(usage)} | ${says} | ${needs} | ${code(example)} |`,
  );

/** The commands as a table, with the permission that each one needs. */
export const helpText = (): string =>
  [
    'A command stands at the very start of a new comment; an edited comment is not read again.',
    ['| command | does | needs | example |', '|---|---|---|---|', ...commandRows()].join('\n'),
  ].join('\n\n');

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;
