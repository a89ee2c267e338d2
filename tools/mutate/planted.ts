/**
 * Mutations written by hand: a guard, and the test that must fail without it. Each is made in a copy of the repository, so
 * that programs that a test starts are changed, too, and runs against the test that it names.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Planted {
  /** The rule that is broken, in a few words. */
  readonly name: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** The file of the test that fails. */
  readonly test: string;
  /** Its title, or `suite > title`. */
  readonly title: string;
  /** The vitest config that includes the test, where it is not the usual one. */
  readonly config?: string;
}

type Outcome = { readonly state: 'passed' | 'failed'; readonly ms: number } | { readonly state: 'not run' };

interface JsonReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
      readonly duration?: number | null;
    }[];
  }[];
}

const CONFIG = 'vitest.config.ts';

/** Runs what is planted: the entries of these names, or all. */
export async function runPlanted(root: string, names: readonly string[]): Promise<number> {
  const list = (await import(pathToFileURL(join(root, 'test/house/planted.ts')).href)) as {
    PLANTED: readonly Planted[];
  };
  const planted = list.PLANTED.filter(({ name }) => names.length === 0 || names.some((each) => name.includes(each)));
  const directory = mkdtempSync(join(tmpdir(), 'planted-'));
  try {
    copy(root, directory);
    const before = new Map<Planted, Outcome>();
    for (const [group, entries] of Map.groupBy(planted, ({ test, config }) => `${config ?? CONFIG}\0${test}`)) {
      const [config = '', test = ''] = group.split('\0');
      const outcomes = run(directory, config, test, entries);
      for (const entry of entries) before.set(entry, outcomes.get(entry) ?? { state: 'not run' });
    }
    let killed = 0;
    for (const entry of planted) {
      const was = before.get(entry);
      const fault =
        was?.state === 'passed' ? plant(directory, entry) : `without the mutation its test is ${was?.state}`;
      if (fault === undefined) killed += 1;
      const seconds = was && 'ms' in was ? `${(was.ms / 1_000).toFixed(1)} s` : '';
      console.log(`${fault === undefined ? '✓' : '✗'} ${entry.name}  ${seconds}  ${entry.test}: ${entry.title}`);
      if (fault !== undefined) console.log(`    ${fault}`);
    }
    console.log(`${killed} of ${planted.length} killed`);
    return killed === planted.length ? 0 : 1;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function copy(root: string, directory: string): void {
  const files = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], { cwd: root, maxBuffer: 1 << 28 });
  for (const file of files.toString().split('\0').filter(Boolean)) {
    mkdirSync(join(directory, dirname(file)), { recursive: true });
    cpSync(join(root, file), join(directory, file), { verbatimSymlinks: true });
  }
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
}

/** Says what is wrong, if the test does not fail with the mutation. */
function plant(directory: string, entry: Planted): string | undefined {
  const path = join(directory, entry.file);
  const source = readFileSync(path, 'utf8');
  const times = source.split(entry.find).length - 1;
  if (times !== 1) return `the text to replace stands ${times} times in ${entry.file}`;
  writeFileSync(
    path,
    source.replace(entry.find, () => entry.replace),
  );
  try {
    const outcome = run(directory, entry.config ?? CONFIG, entry.test, [entry]).get(entry);
    if (outcome?.state === 'failed') return undefined;
    return outcome?.state === 'passed'
      ? 'the test passes with the mutation, too'
      : 'the test does not load with the mutation';
  } finally {
    writeFileSync(path, source);
  }
}

function run(directory: string, config: string, test: string, entries: readonly Planted[]): Map<Planted, Outcome> {
  const output = join(directory, 'planted.json');
  rmSync(output, { force: true });
  const literal = (title: string): string => title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' > ', '(?: >)? ');
  const pattern = `(?:${entries.map(({ title }) => literal(title)).join('|')})$`;
  const vitest = join(directory, 'node_modules/vitest/vitest.mjs');
  const args = ['run', '--config', config, test, '-t', pattern, '--reporter=json', `--outputFile=${output}`];
  spawnSync(process.execPath, [vitest, ...args], {
    cwd: directory,
    env: { ...process.env, CI: 'true' },
    stdio: 'ignore',
  });
  const report = readReport(output);
  const all = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  return new Map<Planted, Outcome>(
    entries.map((entry) => {
      const found = all.filter(({ ancestorTitles, title }) => {
        const name = [...ancestorTitles, title].join(' > ');
        return name === entry.title || name.endsWith(` > ${entry.title}`);
      });
      const [one] = found;
      if (found.length !== 1 || (one?.status !== 'passed' && one?.status !== 'failed'))
        return [entry, { state: 'not run' }];
      return [entry, { state: one.status, ms: one.duration ?? 0 }];
    }),
  );
}

function readReport(path: string): JsonReport {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as JsonReport;
  } catch {
    return { testResults: [] };
  }
}
