/**
 * The gates of a commit before any agent works on it: the commands, the reason for each, and one run of all of them.
 *
 * Tree, walls and runner are those of a segment's jobs. A failure here is older than any segment, so no agent caused it. A gate
 * that fails and then passes on the same files is flaky.
 */
import { join } from 'node:path';
import type { Config, GateName, Isolation } from '#core/model/config';
import type { WorkProblem } from '#core/model/problem';
import type { BaseFailure, GateResult, RefusedPlace } from '#core/model/report';
import type { Definition } from '#gates/definition';
import { type FoundProject, type Gate, type Step, sayGate, sayStep } from '#gates/find';
import { sameNames } from '#gates/output/old';
import type { ArtefactText } from '#gates/programs';
import type { GateRound, GateRunner } from '#gates/run';
import { asksForVersions, type OtherSetup, readAsked } from '#gates/setup/versions';
import { compareSetup, isWorkflow, type ToolSetup } from '#gates/setup/workflows';
import { readBlobs } from '#git/patch';
import type { Store } from '#git/store';
import { WorkTree } from '#git/work-tree';
import type { Sandbox } from '#sandbox/sandbox';
import { redactAll } from '#words/safe';
import { gateRunnerFor, gatesOf, openSandbox, type Site } from '../assignment.ts';

/** For the process that runs the gates: it ends after it has removed the files. */
export { delayExit } from '#sandbox/process';

export interface BaselineSite extends Pick<Site, 'variables' | 'scratch' | 'secrets' | 'log'> {
  /** Has the commit with all of its files. */
  readonly store: Store;
  readonly commit: string;
  /** The name of the repository. */
  readonly name: string;
  readonly config: Config;
}

export interface ExplainedStep {
  /** `npm run lint`, or `web: npm run lint` if it does not run at the root. */
  readonly command: string;
  /** "script `lint` in package.json", or "usual for Go, by go.mod". */
  readonly from: string;
}

export interface ExplainedGate {
  readonly gate: GateName;
  readonly kind: 'commands' | 'own check' | 'not applicable';
  readonly steps: readonly ExplainedStep[];
  /** The reasons for everything that the gate does not check, as clauses; or its own check in a few words. */
  readonly says: readonly string[];
}

/** A likely reason for failures. */
export interface BaselineHint {
  /** A clause. */
  readonly text: string;
  readonly absent?: 'submodules' | 'LFS files';
}

export type BaselineVerdict = 'green' | 'red' | 'flaky' | 'not applicable';

export interface BaselineResult {
  readonly verdict: BaselineVerdict;
  /** Of a flaky gate, the result of the run that failed. */
  readonly result: GateResult;
  /** Of a red gate, the names of its failures, if each has one that is the same in both runs. */
  readonly failures?: readonly string[];
}

export interface BaselineRun {
  /** The installation is among them only if it failed; if it failed twice, no gate ran. */
  readonly results: readonly BaselineResult[];
  readonly problems: readonly WorkProblem[];
  readonly refused: readonly RefusedPlace[];
}

export interface Baseline {
  readonly isolation: Isolation;
  readonly projects: readonly FoundProject[];
  readonly installs: readonly ExplainedStep[];
  readonly gates: readonly ExplainedGate[];
  readonly hints: readonly BaselineHint[];
  /** The versions that the repository asks for, and the steps of its workflows that set them up. */
  readonly tools: readonly ToolSetup[];
  /** Further set-up that the repository has for other agents. */
  readonly otherSetup: readonly OtherSetup[];
  /** Programs that a gate needs and that cannot be started on this machine. */
  readonly lacks: readonly WorkProblem[];
  /**
   * Runs all gates on the whole repository, and each one that fails a second time.
   *
   * @param only the single gate to run.
   */
  run(only?: GateName): Promise<BaselineRun>;
  /** Everything that its programs printed so far; not redacted. */
  said(): Promise<readonly ArtefactText[]>;
}

/** @returns undefined if the machine does not have the walls that the config asks for. */
export async function openBaseline(site: BaselineSite): Promise<Baseline | undefined> {
  const { store, commit, config } = site;
  const sandbox = await openSandbox(site, config);
  if (!sandbox) return undefined;
  const definition = await gatesOf(store, commit, config);
  const tree = await WorkTree.make(store, join(site.scratch, 'tree', site.name), commit);
  const runner = gateRunnerFor(site, config, sandbox, { definition, tree });
  const held = await store.text(['rev-parse', '--verify', `${commit}^{tree}`]);
  const { projects, installs, gates, hints } = definition;
  return {
    isolation: sandbox.isolation,
    projects,
    installs: installs.flatMap(({ steps }) => steps.map(explain)),
    gates: gates.map(explainGate),
    ...(await readSetup(
      store,
      commit,
      projects.map((each) => each.directory),
    )),
    hints: hints.map(({ text, absent }) => ({ text, ...(absent ? { absent } : {}) })),
    lacks: await runner.lacks(),
    run: (only) => runTwice({ runner, sandbox, definition, held, secrets: site.secrets }, only),
    said: () => runner.said(),
  };
}

const explain = (step: Step): ExplainedStep => ({ command: sayStep(step), from: step.from ?? '' });

function explainGate(gate: Gate): ExplainedGate {
  switch (gate.kind) {
    case 'commands':
      return { gate: gate.gate, kind: 'commands', steps: gate.steps.map(explain), says: gate.without };
    case 'not applicable':
      return { gate: gate.gate, kind: 'not applicable', steps: [], says: [gate.why] };
    case 'security': {
      const audits = gate.audits.flatMap((audit) => (audit.kind === 'audit' ? [explain(audit.step)] : []));
      const none = gate.audits.flatMap((audit) => (audit.kind === 'audit' ? [] : [`no audit: ${audit.why}`]));
      return { gate: gate.gate, kind: 'own check', steps: audits, says: [sayGate(gate), ...new Set(none)] };
    }
    case 'scope':
    case 'mutation':
      return { gate: gate.gate, kind: 'own check', steps: [], says: [sayGate(gate)] };
  }
}

/** The largest file that is read: people do not write larger ones. */
const SETUP_BYTES = 64 * 1024;

async function readSetup(
  store: Store,
  commit: string,
  directories: readonly string[],
): Promise<Pick<Baseline, 'tools' | 'otherSetup'>> {
  const listed = await store.run(['ls-tree', '-r', '-l', '-z', '--full-tree', commit]);
  const blobs = new Map<string, string>();
  for (const line of listed.toString('utf8').split('\0')) {
    const [, id = '', size = '', path = ''] = /^100\d+ blob (\w+) +(\d+)\t(.*)$/s.exec(line) ?? [];
    const isWanted = asksForVersions(path) || isWorkflow(path);
    if (isWanted && Number(size) <= SETUP_BYTES) blobs.set(path, id);
  }
  const found = await readBlobs(store, [...new Set(blobs.values())]);
  const texts = new Map([...blobs].map(([path, id]) => [path, found.get(id)?.toString('utf8') ?? '']));
  const asked = readAsked(texts, directories);
  return { tools: compareSetup(asked, texts), otherSetup: asked.others };
}

// --- running ------------------------------------------------------------------------------------------------------------

interface Run {
  readonly runner: GateRunner;
  readonly sandbox: Sandbox;
  readonly definition: Definition;
  /** The tree of the commit. */
  readonly held: string;
  readonly secrets: ReadonlySet<string>;
}

async function runTwice(run: Run, only: GateName | undefined): Promise<BaselineRun> {
  const { runner, sandbox, definition, held, secrets } = run;
  const ended = (results: readonly BaselineResult[], problems: readonly WorkProblem[]): BaselineRun =>
    redactAll({ results, problems, refused: sandbox.refused }, secrets);
  const installed = await installTwice(runner);
  if (installed?.verdict === 'red') return ended([installed], []);

  const results: BaselineResult[] = installed ? [installed] : [];
  const problems: WorkProblem[] = [];
  for (const gate of definition.gates) {
    if (only === undefined ? isOfChanges(gate) : gate.gate !== only) {
      if (only === undefined) results.push({ verdict: 'not applicable', result: notRun(gate) });
      continue;
    }
    const first = await runner.run(undefined, held, gate.gate);
    for (const result of first.results) {
      const again = isWorthAgain(result, first) ? await runner.run(undefined, held, gate.gate) : undefined;
      const verdict = verdictOf(result, again);
      if (verdict === 'red') problems.push(...(again ?? first).problems);
      const failures =
        verdict === 'red' ? sameNames(first.failures?.get(result.gate), again?.failures?.get(result.gate)) : undefined;
      results.push({ verdict, result, ...(failures ? { failures } : {}) });
    }
  }
  return ended(results, problems);
}

/** An audit is only red for faults that a change adds. It can take minutes, and there is no change here. */
const isOfChanges = (gate: Gate): boolean =>
  gate.kind === 'security' && gate.audits.every((audit) => audit.kind !== 'audit' || audit.form !== 'exit code');

const notRun = ({ gate }: Gate): GateResult => ({
  ...{ gate, verdict: 'not applicable', durationMs: 0, output: '' },
  command: 'only for changes; `--gate security` audits the dependencies as they are',
});

async function installTwice(runner: GateRunner): Promise<BaselineResult | undefined> {
  const failed = await runner.install();
  if (!failed) return undefined;
  return { verdict: (await runner.install()) ? 'red' : 'flaky', result: failed.result };
}

/** One that had no program, or no time, would end in the same way. */
const isWorthAgain = ({ verdict }: GateResult, { hopeless }: GateRound): boolean =>
  verdict === 'fail' && hopeless === undefined;

function verdictOf({ gate, verdict }: GateResult, again: GateRound | undefined): BaselineVerdict {
  switch (verdict) {
    case 'pass':
      return 'green';
    case 'not applicable':
      return 'not applicable';
    case 'timed out':
    case 'failed before':
      return 'red';
    case 'fail': {
      const second = again?.results.find((each) => each.gate === gate);
      return second?.verdict === 'pass' ? 'flaky' : 'red';
    }
  }
}

// --- what later runs have to know -----------------------------------------------------------------------------------------

/** The gates that failed. */
export const failuresOf = ({ results, problems }: BaselineRun): readonly BaseFailure[] =>
  results.flatMap(({ verdict, result: { gate }, failures }): readonly BaseFailure[] => {
    if (verdict !== 'red' && verdict !== 'flaky') return [];
    // A project that has no tests yet gets them from its first segments.
    const isEmpty = gate === 'tests' && problems.some(({ kind }) => kind === 'NO_TESTS');
    if (verdict === 'red' && isEmpty) return [{ gate, state: 'empty' }];
    return [{ gate, state: verdict, ...(failures ? { failures } : {}) }];
  });
