/**
 * `npm run bench:walls`: how much longer the demo takes with the walls around agents and gates than without them, turn about.
 *
 * The side without walls has the same programs on its PATH, all but bubblewrap. A number after the command is how many pairs
 * are run; a pair takes some two minutes.
 *
 *     npm run bench:walls -- 5 --json
 */
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { answer, inScratch, processMs, readAsked, root, say, sayTable, shown } from './frame.ts';

const asked = readAsked();
const pairs = Number(asked.words[0] ?? 3);

/** A directory with everything that is on PATH, without bubblewrap. The first of each name counts, as in a shell. */
function withoutWalls(scratch: string): string {
  const directory = join(scratch, 'bin');
  mkdirSync(directory);
  const taken = new Set(['bwrap']);
  for (const place of (process.env.PATH ?? '').split(delimiter).filter((each) => each !== '')) {
    for (const name of namesIn(place)) {
      if (taken.has(name)) continue;
      taken.add(name);
      symlinkSync(join(place, name), join(directory, name));
    }
  }
  return directory;
}

/** PATH may name directories that are not there. */
function namesIn(place: string): readonly string[] {
  try {
    return readdirSync(place);
  } catch {
    return [];
  }
}

async function demoSeconds(PATH: string, walls: 'bubblewrap' | 'none'): Promise<number> {
  const { ms, output } = await processMs(process.execPath, [join(root, 'src/cli/main.ts'), 'dev'], {
    env: { ...process.env, PATH },
  });
  // Two sides that are the same would prove nothing.
  if (output.includes('run behind walls (') !== (walls === 'bubblewrap'))
    throw new Error(`The demo should have run with ${walls}:\n${output}`);
  return ms / 1_000;
}

await inScratch(async (scratch) => {
  const open = withoutWalls(scratch);
  const rounds: { readonly walls: number; readonly none: number }[] = [];
  for (let pair = 1; pair <= pairs; pair++) {
    const walls = await demoSeconds(process.env.PATH ?? '', 'bubblewrap');
    const none = await demoSeconds(open, 'none');
    rounds.push({ walls, none });
  }
  const sum = (side: 'walls' | 'none'): number => rounds.reduce((seconds, round) => seconds + round[side], 0);
  const percent = (walls: number, none: number): number => (walls / none - 1) * 100;
  const row = (name: string, walls: number, none: number): readonly string[] => [
    name,
    shown(walls),
    shown(none),
    `${percent(walls, none).toFixed(1)} %`,
  ];
  say('Seconds of the demo, with the walls and without.\n');
  sayTable(
    ['pair', 'walls', 'none', 'more'],
    [...rounds.map(({ walls, none }, at) => row(String(at + 1), walls, none)), row('all', sum('walls'), sum('none'))],
  );
  answer(asked, { rounds, percent: percent(sum('walls'), sum('none')) });
});
