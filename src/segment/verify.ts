/**
 * The verify job: a clean checkout of the base, the patch, the gates. It has no agent, no secret and no write access.
 *
 * Only its success counts (`needs.verify.result`); its output is for people. The same code checks the merged base at the
 * end of a wave, and the base before the first agent, without a patch.
 */
import { join } from 'node:path';
import { enforcedScope } from '#core/model/epic';
import type { Baseline } from '#core/model/journal';
import { judgeBaseline, type KnownGate, knownGates } from '#core/model/journal/baseline';
import type { Problem, WorkProblem } from '#core/model/problem';
import { type BaseFailure, type GateResult, type RefusedPlace, TESTS_FIRST, type TestPair } from '#core/model/report';
import type { Definition } from '#gates/definition';
import type { ArtefactText } from '#gates/programs';
import type { GateRunner } from '#gates/run';
import { type Judgement, judgeTree, type PackedPatch } from '#git/patch';
import { distinctiveSecrets } from '#git/secrets';
import { Store } from '#git/store';
import { WorkTree } from '#git/work-tree';
import { readJournal } from '#github/journal';
import { redactAll } from '#words/safe';
import {
  gateRunnerFor,
  gatesOf,
  NoAssignment,
  openSandbox,
  readAssignment,
  readAttemptTree,
  readChecked,
  type Site,
} from './assignment.ts';
import { failuresOf, openBaseline } from './before/baseline.ts';
import type { WorkOutcome } from './outcome.ts';
import { digestOf, faultOf, summaryOf } from './pair.ts';

export interface Verified {
  readonly verdict: 'pass' | 'fail';
  readonly validation: readonly GateResult[];
  readonly refused: readonly RefusedPlace[];
  /** The reason why the gates did not run at all. */
  readonly problem?: Problem;
  /** Only of a check of the base: what later runs have to know of it. */
  readonly base?: { readonly failures: readonly BaseFailure[]; readonly problem?: WorkProblem };
  /** Everything that the gates printed. */
  readonly artefact: readonly ArtefactText[];
}

export interface VerifySite extends Site {
  /** From SIGTERM to SIGKILL. */
  readonly graceMs?: number;
}

/**
 * @param outcome of the work job. If a tester wrote tests first, they are proven here again: they are the tester's, and they
 * fail without the rest of the change.
 */
export async function verifyAttempt(
  site: VerifySite,
  attemptId: string,
  patch: PackedPatch,
  outcome?: WorkOutcome,
): Promise<Verified> {
  const { attempt, config, segment, journal } = await readAssignment(site, attemptId);
  const refused = (problem: Problem): Verified => ({
    verdict: 'fail',
    validation: [],
    refused: [],
    artefact: [],
    problem: redactAll(problem, site.secrets),
  });
  const store = await Store.make(site.scratch);
  const applied = await readAttemptTree(store, site.remote, attempt, patch);
  if (applied.kind === 'refused') return refused(applied.problem);
  if (applied.kind === 'nothing') return refused({ kind: 'NO_CHANGE' });
  const judgement = await judgeTree(store, attempt.base, applied.tree, {
    scope: enforcedScope(segment.spec),
    config,
    known: distinctiveSecrets(site.secrets),
  });
  const [wrong] = judgement.problems;
  if (wrong) return refused(wrong);

  const who = { GIT_AUTHOR_NAME: 'swarm', GIT_AUTHOR_EMAIL: 'swarm@swarm.invalid' };
  const commit = await store.text(['commit-tree', applied.tree, '-p', attempt.base, '-m', 'the change'], {
    environment: { ...who, GIT_COMMITTER_NAME: who.GIT_AUTHOR_NAME, GIT_COMMITTER_EMAIL: who.GIT_AUTHOR_EMAIL },
  });
  const tree = await WorkTree.make(store, join(site.scratch, 'tree', site.repository.name), commit);
  const definition = await gatesOf(store, attempt.base, config);
  const pair = outcome?.course?.pair;
  // Kept work may start from a later base, on which its tests need not fail.
  const first =
    pair?.kind === 'written' && !attempt.kept ? await testsFirst(store, attempt.base, applied.tree, pair) : undefined;
  const known = knownGates(journal.baselines);
  return runIn(site, { tree, held: applied.tree, definition, judgement, config, known, first });
}

/** Runs the gates on the base: before the first agent, or for a calibration at the end of a wave. */
export async function verifyBase(site: VerifySite, dispatchId: string): Promise<Verified> {
  const stored = await readJournal(site.client, site.repository, site.epic);
  const dispatch = stored?.journal.dispatches[dispatchId];
  if (stored && dispatch?.work.kind === 'baseline') {
    const { round } = dispatch.work;
    const baseline = stored.journal.baselines?.find((each) => each.round === round);
    if (baseline) return checkBase(site, baseline, stored.journal.authorisation?.baseBranch ?? '');
  }
  const work = dispatch?.work.kind === 'calibration' ? dispatch.work : undefined;
  const calibration = work && stored?.journal.calibrations[work.wave]?.find(({ round }) => round === work.round);
  if (!calibration) throw new NoAssignment(`The journal of #${site.epic} has no check for ${dispatchId}.`);
  const config = await readChecked(site);
  const store = await Store.make(site.scratch);
  // Dependencies may have had faults before the epic started. Those are not its fault.
  const before = stored?.journal.authorisation?.base ?? calibration.base;
  await store.fetch(site.remote, [calibration.base, before]);
  const tree = await WorkTree.make(store, join(site.scratch, 'tree', site.repository.name), calibration.base);
  const held = await store.text(['rev-parse', '--verify', `${calibration.base}^{tree}`]);
  const definition = await gatesOf(store, calibration.base, config, before);
  const known = knownGates(stored?.journal.baselines);
  return runIn(site, { tree, held, definition, config, known });
}

/** Every gate that fails runs twice here, so that a flaky one is known before it costs an agent its tries. */
async function checkBase(site: VerifySite, { base, round }: Baseline, branch: string): Promise<Verified> {
  const config = await readChecked(site);
  const store = await Store.make(site.scratch);
  await store.fetch(site.remote, [base]);
  const opened = await openBaseline({ ...site, store, commit: base, name: site.repository.name, config });
  const wanted: WorkProblem = { kind: 'ISOLATION_MISSING', wanted: config.isolation };
  const run = await opened?.run();
  const found = run ? { failures: failuresOf(run) } : { failures: [], problem: wanted };
  const validation = run?.results.map(({ result }) => result) ?? [];
  const report = { version: 1, round, base, validation, ...found, durationMs: 0 } as const;
  const verdict = judgeBaseline(report, branch, site.client.now());
  return {
    verdict: verdict.kind === 'sound' ? 'pass' : 'fail',
    validation,
    refused: run?.refused ?? [],
    ...(verdict.kind === 'sound' ? {} : { problem: verdict.problem }),
    base: found,
    artefact: (await opened?.said()) ?? [],
  };
}

interface GatesToRun {
  readonly tree: WorkTree;
  readonly held: string;
  readonly definition: Definition;
  readonly judgement?: Judgement;
  readonly config: Awaited<ReturnType<typeof readChecked>>;
  readonly known: readonly KnownGate[];
  readonly first?: TestsFirst | undefined;
}

async function runIn(
  site: VerifySite,
  { tree, held, definition, judgement, config, known, first }: GatesToRun,
): Promise<Verified> {
  const sandbox = await openSandbox(site, config);
  if (!sandbox) {
    const problem: Problem = { kind: 'ISOLATION_MISSING', wanted: config.isolation };
    return { verdict: 'fail', validation: [], refused: [], artefact: [], problem };
  }
  const runner = gateRunnerFor(site, config, sandbox, { definition, tree }, known);
  const proof = first && (await proveTestsFirst(runner, tree, held, first));
  const { verdict, results } = await runner.run(judgement, held);
  return {
    verdict: proof?.verdict === 'fail' ? 'fail' : verdict,
    validation: redactAll([...(proof ? [proof] : []), ...results], site.secrets),
    refused: redactAll(sandbox.refused, site.secrets),
    artefact: await runner.said(),
  };
}

// --- tests first ----------------------------------------------------------------------------------------------------------

interface TestsFirst {
  readonly files: readonly string[];
  /** The base with the tester's tests alone. */
  readonly tree: string;
  /** The reason why the change does not hold the tester's tests, as a clause. */
  readonly fault?: string;
}

async function testsFirst(
  store: Store,
  base: string,
  change: string,
  { files, digest }: Extract<TestPair, { kind: 'written' }>,
): Promise<TestsFirst> {
  const listed = await store.run([
    'ls-tree',
    '-r',
    '-z',
    '--full-tree',
    change,
    '--',
    ...files.map((file) => `:(literal)${file}`),
  ]);
  const entries = listed.toString('utf8').split('\0').filter(Boolean);
  const blobs = new Map(entries.map((line) => [line.slice(line.indexOf('\t') + 1), line.slice(0, line.indexOf('\t'))]));
  const index = `${store.directory}.tests-first`;
  await store.run(['read-tree', base], { index });
  await store.run(['update-index', '-z', '--index-info'], { index, input: listed });
  const tree = await store.text(['write-tree'], { index });
  const missing = files.filter((file) => !blobs.has(file));
  const fault =
    missing.length > 0
      ? `the change does not hold ${missing.slice(0, 5).join(', ')}`
      : digest !== undefined && digest !== digestOf(blobs)
        ? 'the change holds other versions of them'
        : undefined;
  return { files, tree, ...(fault === undefined ? {} : { fault }) };
}

/** A gate of Swarm's own: the tests that a tester wrote first are the tester's, and fail without the rest of the change. */
async function proveTestsFirst(
  runner: GateRunner,
  tree: WorkTree,
  held: string,
  { files, tree: testsAlone, fault }: TestsFirst,
): Promise<GateResult> {
  const startedAt = performance.now();
  const result = (verdict: GateResult['verdict'], output: string): GateResult => ({
    gate: TESTS_FIRST,
    verdict,
    command: `the tester's ${files.length === 1 ? 'test file' : `${files.length} test files`} on the base, without the rest of the change`,
    durationMs: Math.round(performance.now() - startedAt),
    output,
  });
  if (fault !== undefined) return result('fail', `The tests are not those that the tester wrote: ${fault}.`);
  await tree.put(testsAlone);
  try {
    const { results, problems } = await runner.run(undefined, testsAlone, 'tests');
    const tests = results.find(({ gate }) => gate === 'tests') ?? results[0];
    if (!tests) return result('fail', 'The tests were not run.');
    const why = faultOf(tests, problems, files);
    return why === undefined
      ? result('pass', `They fail, as they should: ${summaryOf(tests.output)}`)
      : result('fail', `They prove nothing: ${why}.\n${tests.output}`);
  } finally {
    await tree.put(held);
  }
}
