/** `swarm status`: the panel of an epic for a terminal, as GitHub shows the epic now. */
import { decide } from '#core/decide/decide';
import { statusJson, statusLines } from '#words/terminal/status';
import type { Parsed } from '../help.ts';
import { wrapped } from '../terminal.ts';
import { lookAt, readEpicName } from './look.ts';

/** Continued rows of the table begin below the titles. */
const HANGING = 10;

export async function statusCommand({ values, positionals: [text] }: Parsed): Promise<number> {
  const { snapshot, config } = await lookAt(await readEpicName('status', text));
  const { board } = decide(snapshot, config);
  const { owner, name, url } = snapshot.repository;
  const context = { repository: `${owner}/${name}`, url };
  const shown =
    values.json === true
      ? JSON.stringify(statusJson(board, context), null, 2)
      : statusLines(board, context)
          .flatMap((line) => wrapped(line, line.startsWith('  ') ? HANGING : 2))
          .join('\n');
  process.stdout.write(`${shown}\n`);
  return 0;
}
