/**
 * The test-first pair: a tester writes tests from the acceptance criteria, and they have to be collected and to fail
 * because the work is not there yet, before anybody implements (SPEC R5.6).
 *
 * What can be known of a red run, whichever the runner: that the new files made it red (they are named in its output, or
 * the same gate is green without them), and that it is not the tests' own syntax that is wrong. A module, a name or a
 * type that is missing is a right reason: the segment will make it. A syntax error, and a run in which nothing was
 * collected, is not.
 */
import { type BriefFacts, type Contract as ToldContract, writeBrief, writeFollowUp } from '#brief/brief';
import { agentFor } from '#core/model/config';
import type { Criterion } from '#core/model/epic';
import type { Problem } from '#core/model/problem';
import type { GateResult, TestPair } from '#core/model/report';
import { sayGate } from '#gates/find';
import { showPath } from '#git/paths';
import { sayProblem } from '#words/problems';
import { clean } from '#words/safe';
import type { Bench } from './bench.ts';
import { personaFor } from './roles.ts';

export type CommonFacts = Omit<BriefFacts, 'boundary' | 'try' | 'failed' | 'refused' | 'role' | 'persona' | 'contract'>;

/** Lets the tester work, and leaves the contract at the bench; or the reason why there is none. */
export async function testFirst(bench: Bench, facts: CommonFacts): Promise<void> {
  if (await keepContract(bench)) return;
  const why = reasonToSkip(bench);
  if (why !== undefined) {
    bench.pair = { kind: 'skipped', why };
    bench.fittings.site.log(`No tester goes first: ${why}.`);
    return;
  }
  const { library, assignment, tree } = bench.fittings;
  const { segment, config } = assignment;
  const agent = bench.agentFor('tester') ?? bench.fittings.agent;
  const persona = await personaFor(library, 'tester', segment);
  if (persona.kind === 'wrong') {
    bench.problem = persona.problem;
    return;
  }
  const gate = bench.fittings.gates.find((each) => each.gate === 'tests');
  const command = gate ? sayGate(gate) : '';
  const before = bench.fittings.unchanged;
  let session: string | undefined;
  let wrong: Wrong | undefined;
  let briefFile = '';
  for (let number = 1; number <= config.tries; number++) {
    const told: BriefFacts = {
      ...facts,
      role: 'tester',
      persona: persona.value,
      gates: facts.gates.filter((each) => each.gate === 'tests'),
      boundary: bench.boundary(),
      try: { number, of: config.tries },
      failed: wrong?.result ? [wrong.result] : [],
      refused: wrong ? [wrong.why] : [],
    };
    const whole = writeBrief(told);
    if (number === 1) briefFile = await bench.keepBrief('tester', whole);
    const ended = await bench.call({
      agent,
      role: 'tester',
      access: 'write',
      brief: session === undefined ? whole : writeFollowUp(told, briefFile),
      directory: tree.directory,
      try: number,
      persona: persona.value,
      resume: session,
    });
    session = ended.session;
    await bench.take();
    if (bench.isOver || bench.tree === undefined) return;
    const found = await lookAtTests(
      bench,
      before,
      facts.criteria,
      ended.says.criteria.map(({ id }) => id),
    );
    if (bench.isOver) return;
    if (found.kind === 'red') {
      await settle(bench, agent.name, found);
      return;
    }
    wrong = found;
    bench.mark(`tests first: not taken, ${wrong.why}`);
    if (bench.leftMs <= 0) break;
  }
  bench.problem = {
    kind: 'TESTS_NOT_RED',
    command,
    why: wrong?.why ?? 'the time was over',
    output: wrong?.result?.output ?? '',
  };
}

/** A run that goes on from kept work goes on with the tests that were written before it. */
async function keepContract(bench: Bench): Promise<boolean> {
  const { attempt, keptBy } = bench.fittings.assignment;
  const { outcome } = keptBy ?? {};
  const pair = outcome?.kind === 'asked' || outcome?.kind === 'failed' ? outcome.report?.course?.pair : undefined;
  if (!attempt.kept || pair?.kind !== 'written') return false;
  bench.pair = pair;
  bench.contract = { pair, blobs: await bench.blobsOf(attempt.kept, pair.files) };
  return true;
}

/** @returns undefined where a tester goes first. */
function reasonToSkip({ fittings }: Bench): string | undefined {
  const { assignment, gates, agent, carried } = fittings;
  const { config, segment, attempt } = assignment;
  const { spec } = segment;
  if (spec.worker !== 'implementation' && spec.worker !== 'refactor') return `the worker is ${spec.worker}`;
  if (spec.tdd === false) return 'the issue says tdd: false';
  if (spec.tdd === undefined && config.tdd === 'off') return 'the config says tdd: false';
  if (attempt.why === 'rework' || attempt.why === 'conflict' || (carried && !attempt.kept))
    return 'earlier work is carried on';
  if (spec.criteria.length === 0) return 'the issue names no acceptance criteria';
  const gate = gates.find((each) => each.gate === 'tests');
  if (gate?.kind !== 'commands') return 'no gate runs tests here';
  const tester = agentFor(config, 'tester', spec.agent) ?? agent;
  const isAsked = spec.tdd === true || config.tdd === 'on' || config.roles.tester !== undefined;
  // A script that knows one thing to do would do it, whatever role it is called in.
  return tester.kind === 'command' && !isAsked ? 'the agent is a plain command, and no tester is set' : undefined;
}

interface Wrong {
  readonly kind: 'wrong';
  readonly why: string;
  readonly result?: GateResult;
}

interface Red {
  readonly kind: 'red';
  readonly files: readonly string[];
  readonly red: string;
  readonly criteria: Extract<TestPair, { kind: 'written' }>['criteria'];
}

async function lookAtTests(
  bench: Bench,
  before: string,
  criteria: readonly Criterion[],
  reasoned: readonly string[],
): Promise<Red | Wrong> {
  const { tree, runner } = bench.fittings;
  const held = bench.tree ?? before;
  const files = await tree.changes(before, held);
  if (files.length === 0) return { kind: 'wrong', why: 'no test was written' };
  const product = files.filter((file) => !isTestFile(file));
  if (product.length > 0) {
    return {
      kind: 'wrong',
      why: `these are no files with tests, and a tester changes no others: ${product.slice(0, 10).join(', ')}`,
    };
  }
  const problems = bench.judgement?.problems ?? [];
  if (problems.length > 0) {
    return { kind: 'wrong', why: problems.map((each) => sayProblem(each, { form: 'plain' }).what).join(' ') };
  }
  const round = await runner.run(bench.judgement, held, 'tests');
  if (round.hopeless) {
    bench.problem = round.hopeless;
    return { kind: 'wrong', why: 'the tests cannot be run' };
  }
  const result = round.results.find(({ gate }) => gate === 'tests') ?? round.results[0];
  if (!result) return { kind: 'wrong', why: 'the tests were not run' };
  const fault = faultOf(result, round.problems, files);
  if (fault !== undefined) return { kind: 'wrong', why: fault, result };
  const isNamed = namesAny(result.output, files);
  if (!isNamed && !(await isGreenWithout(bench, before, held))) {
    return { kind: 'wrong', why: 'the tests fail in the same way without the new ones, so nothing is shown', result };
  }
  const proven = await criteriaIn(bench, held, files, criteria);
  const without = proven.filter(({ id, tests }) => tests.length === 0 && !reasoned.includes(id)).map(({ id }) => id);
  if (without.length > 0) {
    return {
      kind: 'wrong',
      why: `no test names ${without.slice(0, 20).join(', ')}, and the report gives no reason why none can`,
    };
  }
  return { kind: 'red', files, red: `${result.command}: ${summaryOf(result.output)}`, criteria: proven };
}

/** Whether the same gate passes when the new files are not there. */
async function isGreenWithout(bench: Bench, before: string, held: string): Promise<boolean> {
  const { tree, runner } = bench.fittings;
  await tree.put(before);
  try {
    const round = await runner.run(undefined, before, 'tests');
    return round.verdict === 'pass' || round.problems.some(({ kind }) => kind === 'NO_TESTS');
  } finally {
    await tree.put(held);
  }
}

async function settle(bench: Bench, tester: string, { files, red, criteria }: Red): Promise<void> {
  const pair: TestPair = { kind: 'written', tester, implementer: bench.fittings.agent.name, files, red, criteria };
  bench.pair = pair;
  bench.contract = { pair, blobs: await bench.blobsOf(bench.tree ?? '', files) };
  bench.mark('tests first: they fail as they should');
  bench.fittings.site.log(red);
  await bench.fittings.save();
}

export const toldContract = (bench: Bench): ToldContract | undefined =>
  bench.contract && { files: bench.contract.pair.files, criteria: bench.contract.pair.criteria };

// --- what a red run says ---------------------------------------------------------------------------------------------

/** Errors of a test's own text, as runners and compilers call them. */
const SYNTAX =
  /\b(?:SyntaxError|IndentationError|TabError|TransformError|ParseError|Parse error|PARSE_ERROR|Unterminated (?:string|template|regular)|Unexpected token|unexpected end of (?:file|input)|error: (?:expected|unexpected)\b|syntax error|TokenError|ERR_INVALID_TYPESCRIPT_SYNTAX)\b/i;
/** TypeScript's syntax errors are TS1001 to TS1999; TS2304 and TS2307 are names and modules that are missing. */
const TS_SYNTAX = /\berror TS1\d{3}\b/;
/** In an ES module a name that a file does not export yet is a SyntaxError too, and no fault of the test. */
const MISSING =
  /does not provide an export named|Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND|ModuleNotFoundError|ImportError|No module named|undefined: |cannot find (?:value|function|type|crate|symbol|module)|unresolved import|NameError|is not a function|is not defined|has no exported member/i;

/** Why this run does not show what is missing. @returns undefined where it does. */
export function faultOf(
  result: Pick<GateResult, 'verdict' | 'output'>,
  problems: readonly Problem[],
  files: readonly string[],
): string | undefined {
  if (problems.some(({ kind }) => kind === 'NO_TESTS')) return 'no test was collected';
  if (problems.some(({ kind }) => kind === 'GATE_DIRTY')) return 'running them changes files';
  switch (result.verdict) {
    case 'pass':
      return 'they pass already';
    case 'timed out':
      return 'they did not end in time';
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
    // Runners print the place above or below the error; one that is of another file is not the tester's.
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
    // Java and .NET name classes, Go packages: a file's stem is the class.
    return plain.includes(name) || (stem.length >= 6 && new RegExp(`\\b${stem.replace(/[^\w]/g, '.')}\\b`).test(plain));
  });
};

/** The line that counts them, or the first that says anything. */
function summaryOf(output: string): string {
  const lines = clean(output)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const counted = lines.findLast((line) =>
    /\b\d+ (?:failed|failing|failures?|errors?)\b|^(?:ℹ|#) fail \d+/i.test(line),
  );
  return (counted ?? lines.find((line) => MISSING.test(line)) ?? lines.at(-1) ?? 'it failed without a word').slice(
    0,
    200,
  );
}

const TEST_FOLDER = /(?:^|\/)(?:tests?|specs?|__tests__|__mocks__|e2e|testdata|fixtures|testing|integration-tests)\//i;
const TEST_NAME =
  /(?:^|[._-])(?:tests?|specs?)\.[\w.]+$|^(?:test|spec)_[^/]*$|(?:Test|Tests|Spec|IT)\.(?:java|kt|kts|scala|groovy|cs|fs|vb|php|swift)$|^conftest\.py$|_test\.(?:go|exs?|py|rb|rs|dart)$|\.feature$/;

/** By the names that runners of the common ecosystems look for, and the folders that go with them. */
export const isTestFile = (file: string): boolean =>
  TEST_FOLDER.test(file) || TEST_NAME.test(file.split('/').at(-1) ?? file);

/** Where in these files a criterion's id stands, as `file:line`, at most three each. */
async function criteriaIn(
  bench: Bench,
  tree: string,
  files: readonly string[],
  criteria: readonly Criterion[],
): Promise<Red['criteria']> {
  const texts = await Promise.all(
    files.map(async (file) => {
      const { output, exit } = await bench.fittings.store.answer(['cat-file', 'blob', `${tree}:${file}`], {
        allow: [0, 128],
      });
      return { file: showPath(file), lines: exit === 0 ? output.toString('utf8').split('\n') : [] };
    }),
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
