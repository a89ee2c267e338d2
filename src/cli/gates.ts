/** `swarm gates`: the gates of a repository at its last commit, and with `--run` their results before anything is changed. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Config } from '#core/model/config';
import type { Diagnostic } from '#core/model/problem';
import type { GateResult } from '#core/model/report';
import { nearest } from '#core/text/nearest';
import { Store } from '#git/store';
import { pathOfMachine } from '#local/walls';
import {
  type Baseline,
  type BaselineHint,
  type BaselineResult,
  type BaselineRun,
  delayExit,
  type ExplainedGate,
  type ExplainedStep,
  openBaseline,
} from '#segment/before/baseline';
import { sayRefused } from '#words/course';
import { Fault } from '#words/fault';
import { formatProblem, sayProblem } from '#words/problems';
import { clean, oneLine } from '#words/safe';
import type { Parsed } from './help.ts';
import { copyCommit, type Here, openHere, readConfigAt } from './here.ts';

const CONFIG = '.github/swarm.yml';

export async function gatesCommand({ values, positionals: [path = '.'] }: Parsed): Promise<number> {
  const here = await openHere(path);
  const scratch = await realpath(await mkdtemp(join(tmpdir(), 'swarm-gates-')));
  // A signal ends the programs at once. This process ends after it has removed the files.
  const exit = delayExit(CLEAN_UP_MS);
  try {
    const store = await Store.make(scratch);
    await copyCommit(here, store);
    const { config, diagnostics } = await readConfigAt(store, here.commit);
    if (say(diagnostics)) return 1;
    const lines: 'all' | 'steps' | 'none' =
      values.json === true ? 'none' : values.verbose === true ? 'all' : values.run === true ? 'steps' : 'none';
    const baseline = await openBaseline({
      ...{ store, scratch, config, name: here.name, commit: here.commit, secrets: new Set<string>() },
      variables: variablesFor(here),
      // The output of programs is indented.
      log: (line) => {
        if (lines === 'all' || (lines === 'steps' && !line.startsWith(' '))) process.stderr.write(`${clean(line)}\n`);
      },
    });
    if (!baseline) {
      say([{ level: 'error', problem: { kind: 'ISOLATION_MISSING', wanted: config.isolation } }]);
      return 1;
    }
    const only = chosen(values.gate, baseline);
    const ran = values.run === true ? await baseline.run(only) : undefined;
    if (exit.stop.aborted) return 130;
    const isWanted = (gate: string): boolean => only === undefined || gate === only || gate === 'install';
    const found = {
      ...baseline,
      gates: baseline.gates.filter(({ gate }) => isWanted(gate)),
      lacks: baseline.lacks.filter((each) => !('gate' in each) || isWanted(each.gate)),
    };
    process.stdout.write(
      values.json === true
        ? `${JSON.stringify({ ...factsOf(here), ...found, ...ran }, null, 2)}\n`
        : `${(ran ? [...headLines(here), '', ...ranLines(ran, found)] : foundLines(here, found, config)).join('\n')}\n`,
    );
    say((ran?.problems ?? found.lacks).map((problem) => ({ level: 'error', problem })));
    const isRed = ran ? ran.results.some(({ verdict }) => verdict === 'red') : found.lacks.length > 0;
    return isRed ? 1 : 0;
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
    exit.end();
  }
}

const CLEAN_UP_MS = 8_000;

/**
 * Those of a job on this machine. Tools in the repository's own directory, such as those of an active virtual environment,
 * are in no job, and no program may see the directory itself. On a machine without walls the gates run anyway.
 */
export function variablesFor({ directory }: Here): NodeJS.ProcessEnv {
  const tools = pathOfMachine(process.env.PATH).filter((each) => !`${each}/`.startsWith(`${directory}/`));
  return { ...process.env, PATH: tools.join(delimiter), GITHUB_WORKSPACE: directory, SWARM_ISOLATION: 'best' };
}

/** @returns true if one of them is an error. */
function say(diagnostics: readonly Diagnostic[]): boolean {
  for (const { level, problem } of diagnostics) {
    process.stderr.write(`\n${level === 'error' ? '' : 'Warning: '}${formatProblem(problem)}\n`);
  }
  return diagnostics.some(({ level }) => level === 'error');
}

function chosen(gate: string | boolean | undefined, { gates }: Baseline): string | undefined {
  if (typeof gate !== 'string' || gates.some((each) => each.gate === gate))
    return gate === true ? undefined : gate || undefined;
  const names = gates.map((each) => each.gate);
  const like = nearest(gate, names);
  throw new Fault(
    `There is no gate "${gate}"${like ? `; did you mean "${like}"?` : '.'}`,
    `The gates here are ${names.join(', ')}.`,
    `Choose one of them, or add \`gates.${gate}.run\` to ${CONFIG}.`,
  );
}

const factsOf = ({ directory, commit, branch, uncommitted }: Here) => ({ directory, commit, branch, uncommitted });

// --- what is found ------------------------------------------------------------------------------------------------------

function headLines({ name, commit, branch, uncommitted }: Here): string[] {
  const shown = uncommitted.slice(0, 3).join(', ');
  const more = uncommitted.length > 3 ? ` and ${uncommitted.length - 3} more` : '';
  return [
    `${name} at ${commit.slice(0, 12)}${branch === undefined ? '' : ` (${branch})`}`,
    ...(uncommitted.length === 0 ? [] : [`Not committed, and so left out: ${oneLine(shown)}${more}`]),
  ];
}

function foundLines(here: Here, found: Baseline, config: Config): string[] {
  const { projects, installs, gates, hints, isolation } = found;
  const rows = projects.map(({ ecosystem, directory, mark, members }): Row => {
    const inside = members.filter((each) => each !== directory);
    const shown = inside.slice(0, 4).join(', ');
    const more = inside.length > 4 ? ` and ${inside.length - 4} more` : '';
    return [ecosystem, directory || '.', `${mark ?? ''}${inside.length > 0 ? ` with ${shown}${more}` : ''}`];
  });
  return [
    ...headLines(here),
    ...part('Projects', rows.length > 0 ? table(rows) : ['none that Swarm knows']),
    ...part('Installed by', installs.length > 0 ? table(installs.map(stepRow)) : ['nothing']),
    ...part('Gates', table(gates.flatMap(gateRows))),
    ...(hints.length > 0 ? part('To know', hints.flatMap(hintLines)) : []),
    ...(found.tools.length > 0 ? part('Versions', toolLines(found.tools)) : []),
    ...found.otherSetup.flatMap(({ file, names }) => [
      '',
      `${clean(file)} also sets up: ${names.map((each) => oneLine(each)).join(', ')}. If a gate needs one of these, put a step for it into the same jobs.`,
    ]),
    '',
    ...(provesNothing(gates)
      ? [
          `No gate runs a command here, so a change is only scanned for secrets and held to its files. Set \`gates.tests.run\` in ${CONFIG}.`,
        ]
      : []),
    `Gates run behind ${isolation === 'none' ? 'no walls on this machine' : `the walls of ${isolation} on this machine`} (isolation: ${config.isolation}). \`swarm gates --run\` runs them once.`,
  ];
}

export const provesNothing = (gates: readonly ExplainedGate[]): boolean =>
  !gates.some(({ kind }) => kind === 'commands');

type Row = readonly string[];

const stepRow = ({ command, from }: ExplainedStep): Row => [command, from];

/** The name of the gate stands only in its first row. */
function gateRows({ gate, kind, steps, says }: ExplainedGate): readonly Row[] {
  const rows: Row[] =
    kind === 'commands'
      ? [...steps.map(stepRow), ...says.map((each) => [`but ${each}`])]
      : kind === 'not applicable'
        ? [[`not applicable: ${says.join('; ')}`]]
        : [...says.map((each) => [each]), ...steps.map(stepRow)];
  return rows.map((row, at) => [at === 0 ? gate : '', ...row]);
}

function hintLines({ text, absent }: BaselineHint): readonly string[] {
  if (absent === undefined) return [sentence(text)];
  const { next } = sayProblem({ kind: 'NOT_FETCHED', what: absent }, { form: 'plain' });
  return [sentence(text), `  ${next}`];
}

/** The three jobs in which gates run. */
const PLACES = 'the jobs `work` and `verify` in segment.yml and `calibrate` in swarm.yml';

function toolLines(tools: Baseline['tools']): readonly string[] {
  const rows = tools.map((each): Row => {
    const { tool, version, file, against, isHonoured } = each;
    const others = against.map((other) => `, but ${other.version} in ${other.file}`).join('');
    return [
      `${tool} ${version}`,
      `${file}${others}`,
      isHonoured ? 'fetched by Swarm if the machine has none' : jobsText(each),
    ];
  });
  const lacking = tools.filter(({ isLacking }) => isLacking);
  const steps = lacking.flatMap(({ step }) => (step === undefined ? [] : step.split('\n')));
  const unknown = lacking.filter(({ step }) => step === undefined).map(({ tool }) => tool);
  return [
    ...table(rows),
    ...(steps.length > 0
      ? [
          '',
          `Put this into ${PLACES}, before the step \`bubblewrap\`. These jobs have no checkout, so a version has to stand in the step itself.`,
          '',
          ...steps.map((line) => `      ${line}`),
        ]
      : []),
    ...(unknown.length > 0
      ? [
          '',
          `Swarm knows no step for ${unknown.join(', ')}. If a gate needs it, install it there in a step with \`run\`.`,
        ]
      : []),
  ];
}

type Tool = Baseline['tools'][number];

/** Alike jobs are named together. */
function jobsText({ jobs, isLacking }: Tool): string {
  if (jobs.every(({ has }) => has === 'no job')) return 'the workflows are not installed yet';
  const texts = new Map<string, string[]>();
  for (const each of jobs) {
    // The oldest version that will do: nothing is wrong if the runner's own is newer.
    const text = each.has === 'nothing' && !isLacking ? "the runner's own" : jobText(each);
    texts.set(text, [...(texts.get(text) ?? []), each.job]);
  }
  return [...texts].map(([text, names]) => `${text} in ${names.join(', ')}`).join('; ');
}

function jobText({ has, given }: Tool['jobs'][number]): string {
  switch (has) {
    case 'this version':
      return 'set up';
    case 'another version':
      return `set up as ${given ?? '?'}`;
    case 'unclear':
      return given === undefined ? 'a step is about it' : `set up as ${given}`;
    case 'no file':
      return 'a step reads its version from a file, which is not there';
    case 'nothing':
      return 'not set up';
    case 'no job':
      return 'no such job';
  }
}

const sentence = (clause: string): string => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;

const part = (title: string, lines: readonly string[]): string[] => [
  '',
  title,
  ...lines.map((line) => (line === '' ? '' : `  ${clean(line)}`)),
];

/** The longest cell that makes its column wider. */
const WIDEST = 60;

/** Columns side by side. A last cell in its row makes no column wider. */
function table(rows: readonly Row[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.slice(0, -1).entries()) {
      widths[at] = Math.max(widths[at] ?? 0, Math.min(cell.length, WIDEST));
    }
  }
  return rows.map((row) =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

// --- what came of it ----------------------------------------------------------------------------------------------------

function ranLines({ results, refused }: BaselineRun, { gates, isolation }: Baseline): string[] {
  const width = Math.max(...results.map(({ result }) => result.gate.length));
  const rows = results.flatMap((each) => resultLines(each, width));
  const named = (verdict: BaselineResult['verdict']): readonly string[] =>
    results.filter((each) => each.verdict === verdict).map(({ result }) => result.gate);
  const red = named('red');
  const old = results.filter(({ failures }) => failures !== undefined).map(({ result }) => result.gate);
  const nameless = red.filter((gate) => !old.includes(gate));
  const flaky = results
    .filter(({ verdict }) => verdict === 'flaky')
    .map(({ result }) => `${result.gate} (${failureLines(result)[0] ?? 'no output'})`);
  return [
    ...rows,
    '',
    ...refused.map(sayRefused),
    ...(isolation === 'none' ? ['There were no walls around the gates, because this machine has none.'] : []),
    ...(red.length > 0
      ? [
          `Red before anything is changed: ${red.join(', ')}.`,
          ...(nameless.length > 0
            ? [
                `An epic starts no agent until ${nameless.join(', ')} ${nameless.length === 1 ? 'is' : 'are'} fixed on the base: these failures cannot be told from new ones.`,
              ]
            : []),
          ...(old.length > 0 ? [`The failures of ${old.join(', ')} do not count against a segment.`] : []),
        ]
      : []),
    ...(flaky.length > 0
      ? [
          `Flaky: ${flaky.join(', ')} failed, and then passed on the same files. In a segment, a gate that failed so on the base runs once more.`,
        ]
      : []),
    ...(red.length + flaky.length > 0
      ? []
      : provesNothing(gates)
        ? ['No gate that was run has a command, so nothing is proved.']
        : ['All gates are green.']),
  ];
}

const MARKS = { green: 'green', red: 'RED', flaky: 'FLAKY', 'not applicable': '–' } as const;

function resultLines({ verdict, result }: BaselineResult, width: number): readonly string[] {
  const { gate, command, durationMs, tests } = result;
  const time = verdict === 'not applicable' ? '' : `${(durationMs / 1000).toFixed(1)} s`;
  const counted =
    tests && tests.run > 0 ? `  ${tests.run} ${tests.run === 1 ? 'test' : 'tests'}, ${tests.failed} failed` : '';
  const line = `${gate.padEnd(width)}  ${MARKS[verdict].padEnd(5)}  ${time.padStart(8)}  ${oneLine(command)}${counted}`;
  return verdict === 'red' || verdict === 'flaky'
    ? [line, ...failureLines(result).map((each) => `    ${each}`)]
    : [line];
}

/** Enough to see the reason; `--verbose` prints everything. */
const SHOWN_LINES = 12;

/** First the place of the first failure, if the output gives it; then the important part of the output. */
function failureLines({ annotations = [], output }: GateResult): readonly string[] {
  const [first] = annotations;
  const lines = clean(output)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const place = first ? [`${first.file}:${first.line}: ${oneLine(first.message)}`] : [];
  // The same failure, as the output puts it, would say it twice.
  const isSame = (line: string): boolean =>
    first !== undefined && line.includes(first.file) && line.includes(first.message);
  const rest = lines.slice(0, SHOWN_LINES).filter((line) => !isSame(line));
  const left = lines.length - SHOWN_LINES;
  return [...place, ...rest, ...(left > 0 ? [`… ${left} more lines; --verbose prints the whole output`] : [])];
}
