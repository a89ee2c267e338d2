/**
 * The gate `mutation`: the lines that a change adds are changed in small ways, and a test has to notice.
 *
 * It is off unless the config names it. It runs after the tests, and with the same commands, because mutants say nothing
 * about tests that fail anyway. The mutants are made by the ecosystem's own tool, in settings that Swarm writes: which lines
 * and which report are not the change's to decide. The repository's own settings count as the base has them.
 *
 * - StrykerJS changes files in place, with all mutants in them at once, and starts the tests with one of them switched on.
 * - cosmic-ray changes one line at a time in place. Its session is a database, from which a script takes other lines first.
 * - gremlins copies the module, and takes the lines from git. It gets a repository with two commits: before, and after.
 */
import { constants } from 'node:fs';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WorkProblem } from '#core/model/problem';
import { isTestFile } from '#core/scope/test-file';
import { steersGates } from '#git/gate-files';
import { fold } from '#git/paths';
import type { ProgramEnd } from '#sandbox/process';
import type { Definition } from './definition.ts';
import { sayStep } from './find.ts';
import { type ChangedFile, type ChangedFiles, judgeMutants, type Mutant, readMutants } from './mutants.ts';
import { exitOf, isMissing, type Programs, told } from './programs.ts';
import { isWithin, type MutationPlace, type Mutator, relativeTo, type Step } from './workspace.ts';

export interface MutationCase {
  readonly programs: Programs;
  readonly definition: Pick<Definition, 'changedLines' | 'checkOutChange'>;
  /** The tree's directory, and the same files in the store. */
  readonly directory: string;
  readonly held: string;
  /** Only Swarm writes here. */
  readonly scratch: string;
  /** The temporary directory of the programs, which they can write. */
  readonly temporary: string;
  /** The largest share of mutants that may survive, in percent. */
  readonly survivors: number;
  /** How long the tests took without a mutant. */
  readonly testsMs: number;
  readonly timeoutMs: number;
  readonly log: (line: string) => void;
}

export interface MutationVerdict {
  readonly verdict: 'pass' | 'fail' | 'timed out' | 'not applicable';
  /** The tools and what they found, in a few words. */
  readonly looked: string;
  readonly said: string;
  readonly annotations: readonly { readonly file: string; readonly line: number; readonly message: string }[];
  readonly problem?: WorkProblem;
}

/** Code that each tool can change. */
const CODE: Readonly<Record<Mutator['tool'], RegExp>> = {
  stryker: /(?<!\.d)\.[cm]?[jt]sx?$/,
  'cosmic-ray': /\.py$/,
  gremlins: /\.go$/,
};

export async function mutate(places: readonly MutationPlace[], at: MutationCase): Promise<MutationVerdict> {
  const endsAt = performance.now() + at.timeoutMs;
  const changed = await at.definition.changedLines(at.held, (path) => placeOf(places, path) !== undefined);
  const wanted = places.flatMap((place) => {
    const own = [...changed].filter(([path]) => placeOf(places, path) === place);
    return own.length > 0 ? [{ place, files: new Map(own) }] : [];
  });
  if (wanted.length === 0) return none('the change adds no line of code that a mutation tool knows, outside of tests');
  const mutants: Mutant[] = [];
  const faults: Extract<PlaceResult, { kind: 'fault' }>[] = [];
  let isLate = false;
  for (const { place, files } of wanted) {
    const result = await mutateIn(place, files, at, endsAt);
    if (result.kind === 'fault') faults.push(result);
    else mutants.push(...result.mutants);
    isLate ||= result.isLate;
  }
  const { verdict, survived, all, ignored, headlines, annotations } = judgeMutants(mutants, at.survivors);
  const tools = [...new Set(wanted.map(({ place }) => place.mutator.tool))].join(', ');
  const lines = wanted.reduce(
    (sum, { files }) => sum + [...files.values()].reduce((own, file) => own + file.changed.size, 0),
    0,
  );
  const looked = `${tools} on ${lines} changed ${lines === 1 ? 'line' : 'lines'}`;
  const counts = `${survived} of ${all} mutants survived, at most ${at.survivors} % may`;
  const excluded = ignored > 0 ? `; ${ignored} more are excluded by a comment or a setting` : '';
  const advice =
    verdict === 'fail'
      ? [`${counts}${excluded}. Write tests that fail for these changes, or remove code that makes no difference.`]
      : [];
  const said = [...headlines, ...advice, ...faults.map((each) => each.said)].join('\n');
  const [problem] = faults.flatMap((each) => each.problem ?? []);
  const more = { said, annotations, ...(problem ? { problem } : {}) };
  if (verdict === 'fail' || faults.some((each) => !each.isLate)) {
    return { verdict: 'fail', looked: `${looked}: ${all > 0 ? `${counts}${excluded}` : 'the tool failed'}`, ...more };
  }
  if (isLate) return { verdict: 'timed out', looked: `${looked}: the time is up`, ...more };
  if (verdict === 'none') return none(`${looked}: they have no mutant${excluded}`);
  return { verdict: 'pass', looked: `${looked}: ${counts}${excluded}`, ...more };
}

const none = (why: string): MutationVerdict => ({ verdict: 'not applicable', looked: why, said: '', annotations: [] });

/** The innermost place with a tool that changes such a file. Tests are not changed, nor are files that steer gates. */
function placeOf(places: readonly MutationPlace[], path: string): MutationPlace | undefined {
  if (isTestFile(path) || steersGates(fold(path))) return undefined;
  return places
    .filter(({ mutator: { tool, directory } }) => CODE[tool].test(path) && isWithin(path, directory))
    .reduce<MutationPlace | undefined>(
      (best, each) => (best && best.mutator.directory.length >= each.mutator.directory.length ? best : each),
      undefined,
    );
}

// --- one place ----------------------------------------------------------------------------------------------------------

type PlaceResult =
  | { readonly kind: 'mutants'; readonly mutants: readonly Mutant[]; readonly isLate: boolean }
  | { readonly kind: 'fault'; readonly said: string; readonly isLate: boolean; readonly problem?: WorkProblem };

interface Work {
  readonly place: MutationPlace;
  readonly files: ChangedFiles;
  readonly at: MutationCase;
  /** Starts a program in the place, in the time that is left. */
  start(run: readonly string[], root?: string): Promise<ProgramEnd>;
}

async function mutateIn(
  place: MutationPlace,
  files: ChangedFiles,
  at: MutationCase,
  endsAt: number,
): Promise<PlaceResult> {
  const { tool, directory, lacks } = place.mutator;
  // Only a project that the change itself adds comes this far without its tool, so the agent can add it.
  if (lacks) {
    const said = `${lacks.manifest} does not name ${lacks.name}, so no mutant can be made. Add it to the development dependencies.`;
    return { kind: 'fault', said, isLate: false };
  }
  await mkdir(at.temporary, { recursive: true });
  const start = (run: readonly string[], root?: string): Promise<ProgramEnd> => {
    const step: Step = { run, directory: root === undefined ? directory : '' };
    at.log(`$ ${sayStep(step).split('\n')[0]}`);
    return at.programs.start('mutation', step, Math.max(1_000, endsAt - performance.now()), root);
  };
  // An earlier gate may have left anything there, such as a link to another place.
  for (const name of Object.values(OWN)) await rm(join(at.temporary, name), { recursive: true, force: true });
  const ended = await RUN[tool]({ place, files, at, start });
  const isLate = ended.how.kind === 'timed out';
  const report = await readReport(join(at.temporary, OWN.report));
  const mutants = report === undefined ? undefined : readMutants(tool, report, directory, files);
  if (mutants) return { kind: 'mutants', mutants, isLate };
  const said = `${tool} gave no report.${isLate ? ' A longer `timeout`, or faster tests, let it finish.' : ''}\n${told(ended)}`;
  const command = place.mutator.run[0] ?? tool;
  return isMissing(ended)
    ? { kind: 'fault', said, isLate, problem: { kind: 'GATE_MISSING', gate: 'mutation', command } }
    : { kind: 'fault', said, isLate };
}

/** Files in the temporary directory of the programs. */
const OWN = {
  report: 'swarm-mutants.json',
  settings: 'swarm-mutation.mjs',
  config: 'swarm-mutation.toml',
  keep: 'swarm-mutation-keep.json',
  session: 'swarm-mutation.sqlite',
  goSettings: 'swarm-gremlins.yaml',
} as const;

const REPORT_BYTES = 32 * 1024 * 1024;

/** A program of the change may have put anything in the place of the report. Links are not followed. */
async function readReport(file: string): Promise<string | undefined> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ELOOP' || error.code === 'ENXIO') return undefined;
    throw error;
  });
  if (!handle) return undefined;
  try {
    const stat = await handle.stat();
    return stat.isFile() && stat.size <= REPORT_BYTES ? await handle.readFile('utf8') : undefined;
  } finally {
    await handle.close();
  }
}

const write = (at: MutationCase, name: string, text: string): Promise<void> =>
  writeFile(join(at.temporary, name), text, { flag: 'wx' });

const RUN: Readonly<Record<Mutator['tool'], (work: Work) => Promise<ProgramEnd>>> = {
  stryker: runStryker,
  'cosmic-ray': runCosmicRay,
  gremlins: runGremlins,
};

// --- StrykerJS ----------------------------------------------------------------------------------------------------------

async function runStryker(work: Work): Promise<ProgramEnd> {
  const { place, files, at, start } = work;
  const { directory, settings, run } = place.mutator;
  const own = settings && pathToFileURL(join(at.directory, settings.path)).href;
  const read =
    own === undefined
      ? 'const own = {};'
      : own.endsWith('.json')
        ? `import own from ${JSON.stringify(own)} with { type: 'json' };`
        : `import own from ${JSON.stringify(own)};`;
  const forced = {
    mutate: [...files].flatMap(([path, file]) => patternsOf(relativeTo(directory, path), file)),
    reporters: ['json'],
    jsonReporter: { fileName: join(at.temporary, OWN.report) },
    inPlace: true,
    // Stryker renames its backup to get it back, so it has to be on the same file system as the files.
    tempDirName: 'node_modules/.swarm-mutation',
    incremental: false,
    dryRunOnly: false,
    allowEmpty: true,
    allowConsoleColors: false,
    thresholds: { break: null },
  };
  const byDefault = { testRunner: 'command', commandRunner: { command: shellOf(work) } };
  const text = [
    read,
    `const forced = ${JSON.stringify(forced)};`,
    // What the base excludes, such as generated code, stays excluded.
    "const not = (own.mutate ?? []).filter((pattern) => pattern.startsWith('!'));",
    `export default { ...${JSON.stringify(byDefault)}, ...own, ...forced, mutate: [...forced.mutate, ...not] };`,
  ];
  await write(at, OWN.settings, `${text.join('\n')}\n`);
  return start([...run, join(at.temporary, OWN.settings)]);
}

/** `src/a.js:3-5`. Stryker takes lines only for a name that is not a pattern; otherwise the whole file, by a pattern for it. */
function patternsOf(path: string, { changed }: ChangedFile): readonly string[] {
  const plain = path.replace(/[^\w./-]/gu, '?');
  return plain === path ? rangesOf(changed).map(([from, to]) => `${path}:${from}-${to}`) : [plain];
}

function rangesOf(lines: ReadonlySet<number>): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const line of [...lines].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && last[1] === line - 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges;
}

/** The tests as one shell command, from any directory. */
function shellOf({ place: { tests }, at: { directory: root, temporary } }: Work): string {
  return tests
    .map(({ run, directory, environment = {}, path = [] }) => {
      const variables = Object.entries(environment).map(([name, value]) => `${name}=${quoted(value)}`);
      const found = path.length > 0 ? [`PATH=${quoted(path.map((each) => join(root, each)).join(':'))}:"$PATH"`] : [];
      const command = run.map((word) => quoted(word.replaceAll('{scratch}', temporary))).join(' ');
      const set = [...found, ...variables];
      return `(cd ${quoted(join(root, directory))} && ${set.length > 0 ? `env ${set.join(' ')} ` : ''}${command})`;
    })
    .join(' && ');
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

// --- cosmic-ray ---------------------------------------------------------------------------------------------------------

/**
 * One change or two for each operator. The others of cosmic-ray's hundreds tell nothing more, and some change nothing: `==`
 * and `is` are the same for most small values.
 */
const OPERATORS = [
  ...[
    'Eq_NotEq',
    'NotEq_Eq',
    'Lt_LtE',
    'Lt_GtE',
    'LtE_Lt',
    'LtE_Gt',
    'Gt_GtE',
    'Gt_LtE',
    'GtE_Gt',
    'GtE_Lt',
    'Is_IsNot',
  ]
    .concat(['IsNot_Is'])
    .map((each) => `ReplaceComparisonOperator_${each}`),
  ...[
    'Add_Sub',
    'Sub_Add',
    'Mul_Div',
    'Div_Mul',
    'FloorDiv_Mul',
    'Mod_Mul',
    'Pow_Mul',
    'LShift_RShift',
    'RShift_LShift',
  ]
    .concat(['BitAnd_BitOr', 'BitXor_BitAnd'])
    .map((each) => `ReplaceBinaryOperator_${each}`),
  ...['USub_UAdd', 'UAdd_USub', 'Delete_Not'].map((each) => `ReplaceUnaryOperator_${each}`),
  ...[
    'AddNot',
    'NumberReplacer',
    'ReplaceAndWithOr',
    'ReplaceOrWithAnd',
    'ReplaceTrueWithFalse',
    'ReplaceFalseWithTrue',
  ],
  ...['ReplaceBreakWithContinue', 'ReplaceContinueWithBreak', 'ZeroIterationForLoop', 'ExceptionReplacer'],
  'RemoveDecorator',
].map((name) => `core/${name}`);

/** Removes from a session what is not wanted, or writes what came of it. It needs only Python itself. */
const SESSION = `
import json, sqlite3, sys
mode, session, file = sys.argv[1:]
db = sqlite3.connect(session)
if mode == 'keep':
    with open(file) as source:
        keep = json.load(source)
    lines = {name: set(rows) for name, rows in keep['lines'].items()}
    operators = set(keep['operators'])
    specs = db.execute('select job_id, module_path, operator_name, start_pos_row from mutation_specs').fetchall()
    gone = [(job,) for job, name, operator, row in specs if operator not in operators or row not in lines.get(name, ())]
    db.executemany('delete from mutation_specs where job_id = ?', gone)
    db.executemany('delete from work_items where job_id = ?', gone)
    db.commit()
else:
    rows = []
    query = 'select module_path, start_pos_row, test_outcome, diff from mutation_specs join work_results using (job_id)'
    for name, row, outcome, diff in db.execute(query):
        lines = (diff or '').split('\\n')
        old = [line[1:] for line in lines if line.startswith('-') and not line.startswith('---')]
        new = [line[1:] for line in lines if line.startswith('+') and not line.startswith('+++')]
        rows.append([name, row, str(outcome).lower(), ' '.join(old)[:500], ' '.join(new)[:500]])
    with open(file, 'x') as target:
        json.dump(rows, target)
`;

const LEAST_SECONDS = 10;

async function runCosmicRay(work: Work): Promise<ProgramEnd> {
  const { place, files, at, start } = work;
  const { directory, run } = place.mutator;
  const [config, session, keep, report] = [OWN.config, OWN.session, OWN.keep, OWN.report].map((name) =>
    join(at.temporary, name),
  ) as [string, string, string, string];
  const names = [...files.keys()].map((path) => relativeTo(directory, path));
  const seconds = Math.ceil(LEAST_SECONDS + (3 * at.testsMs) / 1_000);
  const settings = [
    '[cosmic-ray]',
    `module-path = ${JSON.stringify(names)}`,
    `timeout = ${seconds}.0`,
    'excluded-modules = []',
    `test-command = ${JSON.stringify(`sh -c ${quoted(shellOf(work))}`)}`,
    '[cosmic-ray.distributor]',
    'name = "local"',
  ];
  const lines = Object.fromEntries([...files].map(([path, file]) => [relativeTo(directory, path), [...file.changed]]));
  await write(at, OWN.config, `${settings.join('\n')}\n`);
  await write(at, OWN.keep, JSON.stringify({ lines, operators: OPERATORS }));
  for (const step of [
    [...run, 'init', config, session],
    ['python3', '-c', SESSION, 'keep', session, keep],
  ]) {
    const ended = await start(step);
    if (exitOf(ended) !== 0) return ended;
  }
  const ended = await start([...run, 'exec', config, session]);
  const isLate = ended.how.kind === 'timed out';
  // A test may have ended the tool before most of the mutants were tried.
  if (exitOf(ended) !== 0 && !isLate) return ended;
  // What was found before the time was up counts.
  const told = await start(['python3', '-c', SESSION, 'tell', session, report]);
  return isLate ? ended : told;
}

// --- gremlins -----------------------------------------------------------------------------------------------------------

/** Gremlins' own choice leaves these out; a project's settings replace this list. */
const MORE_OF_GREMLINS = ['--invert-logical', '--invert-loopctrl', '--invert-assignments'];

async function runGremlins({ place, at, start }: Work): Promise<ProgramEnd> {
  const { directory, settings, run } = place.mutator;
  const module = join(at.scratch, 'module');
  await rm(module, { recursive: true, force: true, maxRetries: 3 });
  try {
    const before = await at.definition.checkOutChange(module, at.held, directory);
    // With a file named here, gremlins reads no other: the change's own settings do not count.
    await write(at, OWN.goSettings, settings?.text ?? '');
    return await start(
      [
        ...[...run, 'unleash', '--config', join(at.temporary, OWN.goSettings), '--diff', before],
        // Tests of all packages count, as in the gate `tests`.
        ...['--integration', '--coverpkg', './...', '--output', join(at.temporary, OWN.report)],
        ...(settings ? [] : MORE_OF_GREMLINS),
        '.',
      ],
      module,
    );
  } finally {
    await rm(module, { recursive: true, force: true, maxRetries: 3 });
    await rm(`${module}.index`, { force: true });
  }
}
