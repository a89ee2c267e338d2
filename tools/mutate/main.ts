/**
 * Changes the code in small ways and says which changes no test notices.
 *
 *     npm run mutate                                     every mutant of src/core: hours
 *     npm run mutate -- src/core --sample 400 --seed 7   four hundred of them; the same seed takes the same ones
 *     npm run mutate -- src/core/graph                   a folder, or a file
 *     npm run mutate -- --only src/core/graph/graph.ts:131
 *     npm run mutate -- src/core --json all.json         writes every result, too
 *     npm run mutate -- [PATH] --again all.json          those of an earlier run that survived
 *     npm run mutate -- src/core --list                  prints the mutants and runs nothing
 *     npm run mutate -- --planted [NAME]                 the changes in test/house/planted.ts, each against its own test
 *
 *     --tests GLOB     more tests than those in test/core
 *     --by GLOB        these tests and no others: a quick look at what one file of tests notices
 *     --slow           stress tests too, and every run of a property; best with --again
 *     --floor PERCENT  exits with 1 below that score
 *     --workers N      how many processes run tests; by default as many as the machine has cores
 *
 * Without `--slow`, stress tests are left out and a property makes a tenth of its runs, since a survivor has to meet all of
 * them. The score is then a lower bound.
 *
 * A mutant that cannot be noticed stands with its reason in test/core/equivalent-mutants.json and is left out of the score.
 * An entry that matches no mutant is an error, and so is one that a test kills.
 */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { findMutants, keyOf, type Mutant } from './mutants.ts';
import { runPlanted } from './planted.ts';
import { judge, Unfit, type Verdict } from './workers.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const EQUIVALENTS = 'test/core/equivalent-mutants.json';
const CHANGE = ' → ';

const equivalentSchema = z.strictObject({
  file: z.string(),
  within: z.string(),
  code: z.string(),
  operator: z.string(),
  /** `before → after`, as the runner prints it. */
  change: z.string(),
  /** 2 for the second of the same. */
  nth: z.int().min(2).optional(),
  reason: z.string().min(10),
});
type Equivalent = z.infer<typeof equivalentSchema>;

const resultSchema = z.object({
  file: z.string(),
  line: z.int(),
  within: z.string(),
  code: z.string(),
  operator: z.string(),
  before: z.string(),
  after: z.string(),
  nth: z.int(),
  result: z.enum(['killed', 'timeout', 'survived', 'uncovered']),
});

const count = (number: number): string => number.toLocaleString('en');
const nameOf = (mutant: Pick<Mutant, 'file' | 'within' | 'code' | 'operator' | 'before' | 'after' | 'nth'>): string =>
  `${keyOf(mutant)}\0${mutant.nth}`;
const line = ({ file, line, operator, before, after }: Mutant): string =>
  `${file}:${line}  ${operator}  ${before}${CHANGE}${after}`;

const filesIn = (path: string): readonly string[] => {
  const full = resolve(root, path);
  if (statSync(full, { throwIfNoEntry: false })?.isDirectory() !== true) return [relative(root, full)];
  return globSync('**/*.ts', { cwd: full })
    .map((name) => relative(root, resolve(full, name)))
    .sort();
};

const mutantsIn = (files: readonly string[]): readonly Mutant[] =>
  files.flatMap((file) => findMutants(file, readFileSync(resolve(root, file), 'utf8')));

/** The same ones for the same seed, and mostly the same ones after a change elsewhere or a move to another folder. */
export function sampleOf(mutants: readonly Mutant[], size: number, seed: string): readonly Mutant[] {
  const hashed = mutants.map((mutant) => {
    const name = nameOf({ ...mutant, file: basename(mutant.file) });
    return { mutant, hash: createHash('sha256').update(`${seed}\0${name}`).digest('hex') };
  });
  hashed.sort((a, b) => (a.hash < b.hash ? -1 : 1));
  const taken = new Set(hashed.slice(0, size).map(({ mutant }) => mutant));
  return mutants.filter((mutant) => taken.has(mutant));
}

const readEquivalents = (): readonly Equivalent[] =>
  z.array(equivalentSchema).parse(JSON.parse(readFileSync(resolve(root, EQUIVALENTS), 'utf8')));

/** The mutants that are listed as equivalent, by name, and the entries that match none. */
function matchEquivalents(entries: readonly Equivalent[]): {
  readonly names: ReadonlySet<string>;
  readonly unmatched: readonly Equivalent[];
} {
  const names = new Set<string>();
  const unmatched: Equivalent[] = [];
  const files = [...new Set(entries.map(({ file }) => file))];
  const known = new Set(
    mutantsIn(files.filter((file) => statSync(resolve(root, file), { throwIfNoEntry: false }) !== undefined)).map(
      nameOf,
    ),
  );
  for (const entry of entries) {
    const [before = '', after = ''] = entry.change.split(CHANGE);
    const name = nameOf({ ...entry, before, after, nth: entry.nth ?? 1 });
    if (known.has(name)) names.add(name);
    else unmatched.push(entry);
  }
  return { names, unmatched };
}

interface Result {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
  readonly equivalent: boolean;
}

const isKilled = ({ verdict }: Result): boolean => verdict.kind === 'killed' || verdict.kind === 'timeout';
const percent = (results: readonly Result[]): number =>
  results.length === 0 ? 100 : (100 * results.filter(isKilled).length) / results.length;

function report(results: readonly Result[]): void {
  const survivors = results.filter((result) => !isKilled(result));
  for (const { mutant, verdict } of survivors)
    console.log(`${line(mutant)}${verdict.kind === 'uncovered' ? '  (no test comes here)' : ''}`);
  if (survivors.length > 0) console.log('');
  const folders = Map.groupBy(results, ({ mutant }) => dirname(mutant.file));
  const width = Math.max(0, ...[...folders.keys()].map(({ length }) => length));
  for (const [folder, all] of [...folders].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const killed = count(all.filter(isKilled).length);
    console.log(`${folder.padEnd(width)}  ${percent(all).toFixed(1).padStart(5)} %  ${killed} of ${count(all.length)}`);
  }
  const killed = results.filter(isKilled).length;
  console.log(`score ${percent(results).toFixed(1)} % (${count(killed)} of ${count(results.length)} killed)`);
}

const jsonOf = (results: readonly Result[]): string =>
  JSON.stringify(
    results.map(({ mutant: { place: _, text: __, ...mutant }, verdict, equivalent }) => ({
      ...mutant,
      result: verdict.kind,
      ...(equivalent ? { equivalent } : {}),
      ...('by' in verdict ? { by: verdict.by, error: verdict.error, ms: Math.round(verdict.ms) } : {}),
    })),
    undefined,
    2,
  );

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sample: { type: 'string' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', multiple: true },
      again: { type: 'string' },
      tests: { type: 'string', multiple: true, default: [] },
      by: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
      floor: { type: 'string' },
      workers: { type: 'string' },
      slow: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      planted: { type: 'boolean', default: false },
    },
  });
  if (values.planted) return await runPlanted(root, positionals);

  const { names, unmatched } = matchEquivalents(readEquivalents());
  for (const { file, within, code, change } of unmatched)
    console.error(`${EQUIVALENTS}: no mutant matches ${file}  ${within}  ${code}  ${change}`);

  let mutants: readonly Mutant[];
  if (values.only) {
    const wanted = new Set(values.only.map((each) => relative(root, resolve(root, each))));
    mutants = mutantsIn([...new Set([...wanted].map((each) => each.replace(/:\d+$/, '')))]);
    mutants = mutants.filter(({ file, line }) => wanted.has(`${file}:${line}`) || wanted.has(file));
  } else if (values.again) {
    const earlier = z.array(resultSchema).parse(JSON.parse(readFileSync(values.again, 'utf8')));
    const alive = earlier.filter(({ result }) => result === 'survived' || result === 'uncovered');
    const wanted = new Set(alive.map(nameOf));
    const files = [...new Set(alive.map(({ file }) => file))];
    mutants = mutantsIn(files.filter((file) => statSync(resolve(root, file), { throwIfNoEntry: false })));
    mutants = mutants.filter((mutant) => wanted.has(nameOf(mutant)));
    const gone = wanted.size - mutants.length;
    if (gone > 0) console.log(`${count(gone)} of ${count(wanted.size)} are not in the code any more`);
  } else {
    mutants = mutantsIn((positionals.length > 0 ? positionals : ['src/core']).flatMap(filesIn));
  }
  if ((values.only || values.again) && positionals.length > 0) {
    const files = new Set(positionals.flatMap(filesIn));
    mutants = mutants.filter(({ file }) => files.has(file));
  }
  if (values.sample) mutants = sampleOf(mutants, Number(values.sample), values.seed);
  if (values.list) {
    for (const mutant of mutants) console.log(`${line(mutant)}${names.has(nameOf(mutant)) ? '  (equivalent)' : ''}`);
    return 0;
  }
  if (mutants.length === 0) {
    console.error('There is nothing to mutate there.');
    return 2;
  }

  const globs = values.by.length > 0 ? values.by : ['test/core/**/*.test.ts', ...values.tests];
  const tests = globs.flatMap((glob) => globSync(glob, { cwd: root }));
  if (tests.length === 0) {
    console.error('There are no such tests.');
    return 2;
  }
  const verdicts = await judge({
    root,
    tests: [...new Set(tests)].sort(),
    mutants,
    workers: Number(values.workers ?? availableParallelism()),
    slow: values.slow,
    say: (text) => console.error(text),
  });
  const results = mutants.map((mutant, index) => ({
    mutant,
    verdict: verdicts[index] ?? { kind: 'survived' as const },
    equivalent: names.has(nameOf(mutant)),
  }));
  if (values.json) writeFileSync(values.json, `${jsonOf(results)}\n`);
  const counted = results.filter(({ equivalent }) => !equivalent);
  const refuted = results.filter((result) => result.equivalent && isKilled(result));
  for (const { mutant, verdict } of refuted)
    console.error(
      `${EQUIVALENTS} lists what a test kills: ${line(mutant)}  (${'by' in verdict ? verdict.by?.name : ''})`,
    );
  const low = values.floor !== undefined && percent(counted) < Number(values.floor);
  if (low) console.error(`The score is below ${values.floor} %.`);
  report(counted);
  return low || refuted.length + unmatched.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
