/** `swarm export`: a plan file, with its outcome, for another tool. */
import { readFile } from 'node:fs/promises';
import { nearest } from '#core/text/nearest';
import { writeBeads } from '#plans/beads-export';
import { noteLines } from '#plans/draft';
import { readOutcome } from '#plans/outcome';
import { readPlanFile } from '#plans/plan-file';
import { writePlanJson } from '#plans/write';
import { Fault, messageOf } from '#words/fault';
import type { Parsed } from './help.ts';
import { writeNew } from './import.ts';

const FORMATS = ['beads', 'json'];

export async function exportCommand({ values, positionals }: Parsed): Promise<number> {
  const [file] = positionals;
  const option = (name: string): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined);
  if (file === undefined) {
    throw new Fault(
      'No plan is given.',
      '`swarm export` writes a plan file for another tool.',
      'Run `swarm export FILE --to beads`.',
    );
  }
  const to = option('to');
  if (to === undefined || !FORMATS.includes(to)) {
    const like = to === undefined ? undefined : nearest(to, FORMATS);
    throw new Fault(
      to === undefined
        ? 'No format is given.'
        : `--to cannot be "${to}"${like === undefined ? '.' : `; did you mean "${like}"?`}`,
      'A plan can be exported to `beads` or to `json`.',
      'Add --to beads or --to json.',
    );
  }
  const plan = readPlanFile(await textOf(file, 'plan file'), file);
  const [from, result, out] = [option('from'), option('outcome'), option('out')];
  if (to === 'json' && (from !== undefined || result !== undefined)) {
    throw new Fault(
      '--from and --outcome need --to beads.',
      'A plan file holds no outcome.',
      'Leave them out, or export to Beads.',
    );
  }
  const outcome = result === undefined ? undefined : readOutcome(await textOf(result, 'outcome'), result, plan);
  const into = from === undefined ? undefined : { source: await textOf(from, 'file of Beads'), file: from };
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  const { text, notes } =
    to === 'json' ? { text: writePlanJson(plan), notes: [] } : writeBeads({ plan, outcome, into, now });
  if (out === undefined) process.stdout.write(text);
  else await writeNew(out, text);
  for (const line of noteLines(notes)) process.stderr.write(`${line}\n`);
  return 0;
}

const textOf = (file: string, what: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: unknown) => {
    throw new Fault(`The ${what} ${file} cannot be opened.`, messageOf(error), 'Give the path of an existing file.');
  });
