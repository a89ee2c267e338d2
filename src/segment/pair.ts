/**
 * The test-first pair: a tester writes tests from the acceptance criteria, and swarm sees them fail because the work is
 * missing, before anybody implements (SPEC R5.6).
 *
 * A red run of any test runner shows two things. The new files made it red: its output names them, or the same gate is
 * green without them. And the tests' own syntax is sound. A missing module, name or type is a good reason to fail, because
 * the segment will make it. A syntax error is not, and neither is a run that collected no test.
 */
import { createHash } from 'node:crypto';
import { type BriefFacts, writeBrief, writeFollowUp } from '#brief/brief';
import type { Persona } from '#brief/instructions';
import { type AgentChoice, agentFor, isRoleNamed } from '#core/model/config';
import type { Criterion } from '#core/model/epic';
import type { WorkProblem } from '#core/model/problem';
import type { GateResult, TestPair } from '#core/model/report';
import { isTestFile } from '#core/scope/test-file';
import { type Gate, sayGate } from '#gates/find';
import { showPath } from '#git/paths';
import { sayProblem } from '#words/problems';
import { clean } from '#words/safe';
import { type Assignment, wishOf } from './assignment.ts';
import { type CommonFacts, newBoundary } from './facts.ts';
import type { Lookup } from './library.ts';
import {
  type Change,
  type Contract,
  continueWith,
  type Ending,
  endWith,
  firstEnding,
  problemEnding,
  type Step,
  type StepDeps,
} from './step.ts';
import type { Workspace } from './workspace.ts';

export interface PairDeps extends StepDeps {
  readonly workspace: Pick<
    Workspace,
    'directory' | 'unchanged' | 'take' | 'changedFiles' | 'read' | 'blobsOf' | 'runTests' | 'runTestsOn'
  >;
  /** Keeps a brief in a file, for a conversation that lost it. @returns the file. */
  readonly keepBrief: (name: string, brief: string) => Promise<string>;
  /** Hands on the work so far, in case the job dies. @returns an ending if it cannot be handed on at all. */
  readonly save: (tested: Tested) => Promise<Ending | undefined>;
  readonly testerPersona: () => Promise<Lookup<Persona>>;
  readonly assignment: Pick<Assignment, 'config' | 'segment' | 'attempt' | 'keptBy'>;
  /** The implementer's agent. It is the tester's too if the config names none. */
  readonly agent: AgentChoice;
  readonly gates: readonly Gate[];
  readonly facts: CommonFacts;
}

/** The tester's result. */
export interface Tested {
  readonly pair: TestPair;
  readonly contract: Contract | undefined;
  /** Undefined if no tester worked. */
  readonly change: Change | undefined;
}

export const NOT_TESTED: Tested = {
  pair: { kind: 'skipped', why: 'the run ended before that' },
  contract: undefined,
  change: undefined,
};

/** Lets the tester work until its tests fail as they should, its tries are used up, or the run ends. */
export async function writeTestsFirst(deps: PairDeps): Promise<Step<Tested>> {
  const kept = await keptContract(deps);
  if (kept) return continueWith(kept);
  const why = reasonToSkip(deps);
  if (why !== undefined) {
    deps.log.print(`No tests are written first: ${why}.`);
    return continueWith({ ...NOT_TESTED, pair: { kind: 'skipped', why } });
  }
  const { workspace, log, assignment, facts } = deps;
  const { config } = assignment;
  const agent = testerIn(deps);
  const persona = await deps.testerPersona();
  if (persona.kind === 'wrong') return endWith(NOT_TESTED, problemEnding(persona.problem));
  let tested = NOT_TESTED;
  let session: string | undefined;
  let refused: Refused | undefined;
  let briefFile = '';
  for (let number = 1; number <= config.tries; number++) {
    const told: BriefFacts = {
      ...facts,
      role: 'tester',
      persona: persona.value,
      gates: facts.gates.filter((each) => each.gate === 'tests'),
      boundary: newBoundary(),
      try: { number, of: config.tries },
      failed: refused?.result ? [refused.result] : [],
      refused: refused ? [refused.why] : [],
    };
    const whole = writeBrief(told);
    if (number === 1) briefFile = await deps.keepBrief('tester', whole);
    const reply = await deps.runAgent({
      agent,
      role: 'tester',
      access: 'write',
      brief: session === undefined ? whole : writeFollowUp(told, briefFile),
      directory: workspace.directory,
      try: number,
      persona: persona.value,
      resume: session,
    });
    session = reply.session;
    const taken = await workspace.take();
    if (taken.kind === 'broken') return endWith(tested, firstEnding(deps, reply.ending) ?? taken.ending);
    const { change } = taken;
    const isNew = change.tree !== tested.change?.tree;
    tested = { ...tested, change };
    const ending = firstEnding(deps, reply.ending, taken.ending, isNew ? await deps.save(tested) : undefined);
    if (ending) return endWith(tested, ending);
    const seen = await lookAtTests(
      deps,
      change,
      reply.says.criteria.map(({ id }) => id),
    );
    if (deps.isCancelled()) return endWith(tested, { kind: 'cancelled' });
    if (seen.kind === 'hopeless') return endWith(tested, problemEnding(seen.problem));
    if (seen.kind === 'red') {
      tested = await withContract(deps, agent.name, change, seen);
      const unsaved = await deps.save(tested);
      return unsaved ? endWith(tested, unsaved) : continueWith(tested);
    }
    refused = seen;
    log.checkpoint(`tests first: not accepted, ${refused.why}`);
    if (deps.isTimeUp()) break;
  }
  const gate = testGateIn(deps);
  const problem: WorkProblem = {
    kind: 'TESTS_NOT_RED',
    command: gate ? sayGate(gate) : '',
    why: refused?.why ?? 'the time ran out',
    output: refused?.result?.output ?? '',
  };
  return endWith(tested, problemEnding(problem));
}

/** A run that continues kept work keeps the tests that were written before it. */
async function keptContract({ assignment, workspace }: PairDeps): Promise<Tested | undefined> {
  const { attempt, keptBy } = assignment;
  const { outcome } = keptBy ?? {};
  const pair = outcome?.kind === 'asked' || outcome?.kind === 'failed' ? outcome.report?.course?.pair : undefined;
  if (!attempt.kept || pair?.kind !== 'written') return undefined;
  const blobs = await workspace.blobsOf(attempt.kept, pair.files);
  return { pair, contract: { files: pair.files, criteria: pair.criteria, blobs }, change: undefined };
}

const testGateIn = ({ gates }: Pick<PairDeps, 'gates'>): Gate | undefined =>
  gates.find((each) => each.gate === 'tests');

const testerIn = ({ assignment, agent }: PairDeps): AgentChoice =>
  agentFor(assignment.config, 'tester', wishOf(assignment)) ?? agent;

/** @returns undefined if a tester goes first. */
function reasonToSkip(deps: PairDeps): string | undefined {
  const { config, segment, attempt } = deps.assignment;
  const { spec } = segment;
  if (spec.worker !== 'implementation' && spec.worker !== 'refactor') return `the worker is ${spec.worker}`;
  if (spec.tdd === false) return 'the issue says tdd: false';
  if (spec.tdd === undefined && config.tdd === 'off') return 'the config says tdd: false';
  if (attempt.why === 'rework' || attempt.why === 'conflict' || (deps.facts.earlierWork && !attempt.kept))
    return 'the attempt continues earlier work';
  if (spec.criteria.length === 0) return 'the issue names no acceptance criteria';
  if (testGateIn(deps)?.kind !== 'commands') return 'no gate runs tests';
  const isAsked = spec.tdd === true || config.tdd === 'on' || isRoleNamed(config, 'tester', spec.worker);
  // A script that can do one thing would do it in any role.
  return testerIn(deps).kind === 'command' && !isAsked
    ? 'the agent is a plain command, and no tester is set'
    : undefined;
}

/** The tester tries again. */
interface Refused {
  readonly kind: 'refused';
  /** A clause. */
  readonly why: string;
  readonly result?: GateResult;
}

interface Red {
  readonly kind: 'red';
  readonly files: readonly string[];
  readonly red: string;
  readonly criteria: Contract['criteria'];
}

type Seen =
  | Red
  | Refused
  /** No further try can help: the tests cannot be run here. */
  | { readonly kind: 'hopeless'; readonly problem: WorkProblem };

/** @param reasoned ids of the criteria that the tester's report mentions: no test need name them. */
async function lookAtTests(deps: PairDeps, change: Change, reasoned: readonly string[]): Promise<Seen> {
  const { workspace, facts } = deps;
  const refuse = (why: string, result?: GateResult): Refused => ({
    kind: 'refused',
    why,
    ...(result ? { result } : {}),
  });
  const files = await workspace.changedFiles(workspace.unchanged, change.tree);
  if (files.length === 0) return refuse('no test was written');
  const product = files.filter((file) => !isTestFile(file));
  if (product.length > 0) {
    const named = product.slice(0, 10).join(', ');
    return refuse(`a tester may change only test files, and these are not: ${named}`);
  }
  const { problems } = change.judgement;
  if (problems.length > 0) return refuse(problems.map((each) => sayProblem(each, { form: 'plain' }).what).join(' '));
  const round = await workspace.runTests(change);
  if (round.hopeless) return { kind: 'hopeless', problem: round.hopeless };
  const result = round.results.find(({ gate }) => gate === 'tests') ?? round.results[0];
  if (!result) return refuse('the tests were not run');
  const fault = faultOf(result, round.problems, files);
  if (fault !== undefined) return refuse(fault, result);
  if (!namesAny(result.output, files) && !(await isGreenWithout(deps, change))) {
    return refuse('the tests fail in the same way without the new ones, so they prove nothing', result);
  }
  const criteria = await findCriteria(deps, change.tree, files, facts.criteria);
  const without = criteria.filter(({ id, tests }) => tests.length === 0 && !reasoned.includes(id)).map(({ id }) => id);
  if (without.length > 0) {
    const named = without.slice(0, 20).join(', ');
    return refuse(`no test names ${named}, and the report does not say why none can`);
  }
  return { kind: 'red', files, red: `${result.command}: ${summaryOf(result.output)}`, criteria };
}

/** True if the same gate passes without the new files. */
async function isGreenWithout({ workspace }: PairDeps, { tree }: Change): Promise<boolean> {
  const round = await workspace.runTestsOn(workspace.unchanged, tree);
  return round.verdict === 'pass' || round.problems.some(({ kind }) => kind === 'NO_TESTS');
}

async function withContract(
  { workspace, log, agent }: PairDeps,
  tester: string,
  change: Change,
  { files, red, criteria }: Red,
): Promise<Tested> {
  log.checkpoint('tests first: they fail as they should');
  log.print(red);
  const blobs = await workspace.blobsOf(change.tree, files);
  return {
    pair: { kind: 'written', tester, implementer: agent.name, files, red, digest: digestOf(blobs), criteria },
    contract: { files, criteria, blobs },
    change,
  };
}

/** Finds each criterion's id in these files, as `file:line`, at most three times. */
async function findCriteria(
  { workspace }: PairDeps,
  tree: string,
  files: readonly string[],
  criteria: readonly Criterion[],
): Promise<Contract['criteria']> {
  const texts = await Promise.all(
    files.map(async (file) => ({
      file: showPath(file),
      lines: (await workspace.read(tree, file))?.split('\n') ?? [],
    })),
  );
  return criteria.map(({ id }) => {
    // `C1` must not be found in `C12`, nor `AC-3` in `AC-31`.
    const named = new RegExp(`(?<![A-Za-z0-9])${id.replace(/[^A-Za-z0-9]/g, '[-_ ]?')}(?![0-9])`, 'i');
    const tests = texts.flatMap(({ file, lines }) =>
      lines.flatMap((line, index) => (named.test(line.slice(0, 2_000)) ? [`${file}:${index + 1}`] : [])),
    );
    return { id, tests: tests.slice(0, 3) };
  });
}

/** Of the modes and blobs of some files, by their names. */
export function digestOf(blobs: ReadonlyMap<string, string>): string {
  const lines = [...blobs].map(([file, blob]) => `${blob}\t${file}\0`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}

// --- what a red run says ---------------------------------------------------------------------------------------------

/** Syntax errors in a test, as runners and compilers report them. */
const SYNTAX =
  /\b(?:SyntaxError|IndentationError|TabError|TransformError|ParseError|Parse error|PARSE_ERROR|Unterminated (?:string|template|regular)|Unexpected token|unexpected end of (?:file|input)|error: (?:expected|unexpected)\b|syntax error|TokenError|ERR_INVALID_TYPESCRIPT_SYNTAX)\b/i;
/** TypeScript's syntax errors are TS1001 to TS1999; TS2304 and TS2307 are names and modules that are missing. */
const TS_SYNTAX = /\berror TS1\d{3}\b/;
/** Messages about missing code. In an ES module, a missing export is a SyntaxError too, but the test is not at fault. */
const MISSING =
  /does not provide an export named|Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND|ModuleNotFoundError|ImportError|No module named|undefined: |cannot find (?:value|function|type|crate|symbol|module)|unresolved import|NameError|is not a function|is not defined|has no exported member/i;

/** The reason why a run does not prove that the work is missing. @returns undefined if it does prove it. */
export function faultOf(
  result: Pick<GateResult, 'verdict' | 'output'>,
  problems: readonly WorkProblem[],
  files: readonly string[],
): string | undefined {
  if (problems.some(({ kind }) => kind === 'NO_TESTS')) return 'no test was collected';
  if (problems.some(({ kind }) => kind === 'GATE_DIRTY')) return 'running them changes files';
  switch (result.verdict) {
    case 'pass':
    // Only tests fail that failed before the tester wrote any.
    case 'failed before':
      return 'they already pass';
    case 'timed out':
      return 'they did not finish in time';
    case 'not applicable':
      return 'they were not run';
    case 'fail':
      return syntaxFault(result.output, files);
  }
}

function syntaxFault(output: string, files: readonly string[]): string | undefined {
  const lines = clean(output).split('\n');
  for (const [index, line] of lines.entries()) {
    if ((!SYNTAX.test(line) && !TS_SYNTAX.test(line)) || MISSING.test(line)) continue;
    // Runners print the file above or below the error. An error in another file is not the tester's fault.
    const around = lines.slice(Math.max(0, index - 8), index + 9).join('\n');
    if (namesAny(around, files)) return `the tests themselves are broken: ${line.trim().slice(0, 200)}`;
  }
  return undefined;
}

const namesAny = (output: string, files: readonly string[]): boolean => {
  const plain = clean(output);
  return files.some((file) => {
    const name = file.split('/').at(-1) ?? file;
    const stem = name.replace(/\.\w+$/, '');
    // Java and .NET print class names, which are the file's name without its extension.
    return plain.includes(name) || (stem.length >= 6 && new RegExp(`\\b${stem.replace(/[^\w]/g, '.')}\\b`).test(plain));
  });
};

/** The line with the number of failures, or else the most telling one. */
export function summaryOf(output: string): string {
  const lines = clean(output)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const counted = lines.findLast((line) =>
    /\b\d+ (?:failed|failing|failures?|errors?)\b|^(?:ℹ|#) fail \d+/i.test(line),
  );
  return (counted ?? lines.find((line) => MISSING.test(line)) ?? lines.at(-1) ?? 'it failed and printed nothing').slice(
    0,
    200,
  );
}
