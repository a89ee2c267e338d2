/** `swarm schema`: the JSON Schemas of Swarm's two files, for editors and other programs. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nearest } from '#core/text/nearest';
import { planFileSchema } from '#plans/plan-file';
import { Fault } from '#words/fault';
import { COMMANDS, type Parsed } from './help.ts';
import { ROOT } from './home.ts';

export async function schemaCommand({ positionals: [file = 'config'] }: Parsed): Promise<number> {
  if (file === 'plan') {
    process.stdout.write(`${JSON.stringify(planFileSchema(), null, 2)}\n`);
    return 0;
  }
  if (file !== 'config') {
    const { choices } = COMMANDS.schema;
    const like = nearest(file, choices);
    throw new Fault(
      `There is no schema "${file}"${like === undefined ? '.' : `; did you mean "${like}"?`}`,
      'There is one of the config and one of the plan file.',
      'Run `swarm schema config` or `swarm schema plan`.',
    );
  }
  process.stdout.write(await readFile(join(ROOT, 'swarm.schema.json'), 'utf8'));
  return 0;
}
