/**
 * A segment's run without git, programs or processes: its files are plain values, and its agents are lists of what they do
 * and answer, one entry for each time that they are started.
 */
import type { Persona } from '../../src/brief/instructions.ts';
import { defaultConfig } from '../../src/config/schema.ts';
import { attemptId } from '../../src/core/model/attempt.ts';
import type { AgentChoice, Config, Role } from '../../src/core/model/config.ts';
import { type HeadSha, headSha, instant, issueNumber, type SegmentSpec } from '../../src/core/model/epic.ts';
import type { Attempt } from '../../src/core/model/journal.ts';
import type { WorkProblem } from '../../src/core/model/problem.ts';
import type { AgentSays, GateResult } from '../../src/core/model/report.ts';
import { readSpec } from '../../src/core/text/spec.ts';
import type { Gate } from '../../src/gates/find.ts';
import type { GateRound } from '../../src/gates/run.ts';
import type { Judgement } from '../../src/git/patch.ts';
import type { Assignment } from '../../src/segment/assignment.ts';
import type { CouncilDeps } from '../../src/segment/council.ts';
import type { CommonFacts } from '../../src/segment/facts.ts';
import { type ImplementDeps, implement } from '../../src/segment/implement.ts';
import type { Lookup } from '../../src/segment/library.ts';
import type { PairDeps } from '../../src/segment/pair.ts';
import { RunLog } from '../../src/segment/run-log.ts';
import {
  type AgentReply,
  type AgentRequest,
  type Change,
  type Contract,
  type Ending,
  NO_WORDS,
  type StepDeps,
} from '../../src/segment/step.ts';
import type { Taken, Workspace } from '../../src/segment/workspace.ts';

export type Files = Readonly<Record<string, string>>;

/** One start of an agent: what it does to the files, and how it ends. */
export interface Turn {
  readonly writes?: Files;
  readonly says?: Partial<AgentSays>;
  /** Its structured answer. */
  readonly json?: unknown;
  readonly text?: string;
  readonly session?: string;
  readonly problem?: WorkProblem;
  readonly ending?: Ending;
  /** The job is cancelled while it works. */
  readonly isCancelled?: true;
}

export interface Scene {
  readonly base?: Files;
  readonly agents?: Readonly<Partial<Record<Role, readonly Turn[]>>>;
  /** What the gate `tests` answers for these files. */
  readonly tests?: (files: Files) => Partial<GateResult>;
  /** More of a round of gates than its one result. */
  readonly round?: (files: Files) => Partial<GateRound>;
  /** More of the judgement of a change. */
  readonly judged?: (files: Files) => Partial<Judgement>;
  /** The files cannot be taken. */
  readonly broken?: WorkProblem;
  readonly body?: string;
  readonly spec?: Partial<SegmentSpec>;
  readonly config?: Partial<Config>;
  readonly attempt?: Partial<Attempt>;
  readonly keptBy?: Partial<Attempt>;
  readonly earlierWork?: CommonFacts['earlierWork'];
  readonly agent?: Partial<AgentChoice>;
  readonly gates?: readonly Gate[];
  readonly persona?: Lookup<Persona>;
  /** The segment's time is over after this many starts of an agent. */
  readonly timeUpAfter?: number;
  /** The job is cancelled while gates run. */
  readonly isCancelledInGates?: true;
  /** Why nothing can be handed on. */
  readonly unsaved?: WorkProblem;
}

export const CRASH: WorkProblem = { kind: 'AGENT_CRASHED', command: 'claude', exit: 'exit code 1', output: 'no' };
export const crash: Ending = { kind: 'problem', problem: CRASH };
export const asks: Ending = {
  kind: 'question',
  question: { id: 'q1', text: 'Cents or euros?', options: [], blocking: true },
};
export const overspent: Ending = {
  kind: 'problem',
  problem: { kind: 'BUDGET_SPENT', spentUsd: 2, budgetUsd: 1, of: 'segment' },
};

export const BODY = 'A cart.\n\n## Acceptance criteria\n\n- [ ] AC-1: It adds up\n- [ ] AC-2: Empty costs nothing\n';

export const PERSONA: Persona = {
  name: 'x',
  file: 'x.md',
  body: 'You work.',
  description: 'Works',
  skills: [],
  access: 'write',
};

export const CLAUDE: AgentChoice = { name: 'claude', kind: 'claude', command: [], environment: [] };

const TESTS: Gate = {
  kind: 'commands',
  gate: 'tests',
  steps: [{ run: ['npm', 'test'], directory: '' }],
  timeoutMs: 60_000,
  without: [],
};

const BASE: HeadSha = headSha('base');
const ATTEMPT_ID = attemptId({ epic: issueNumber(1), segment: issueNumber(14), number: 1 });

const FACTS: CommonFacts = {
  skills: [],
  repository: 'harbour/shop',
  baseBranch: 'main',
  segment: { number: 14, title: 'Add the cart', body: BODY },
  epic: { number: 1, title: 'Checkout', body: 'The checkout.' },
  worker: 'implementation',
  criteria: [],
  scope: [],
  guess: [],
  context: [],
  predecessors: [],
  gates: [
    { gate: 'lint', command: 'npm run lint' },
    { gate: 'tests', command: 'npm test' },
  ],
  attempt: { id: ATTEMPT_ID, number: 1, name: 'BlueLake', why: 'first' },
  rejections: [],
  answers: [],
};

/** Files as values: each tree is named by what it holds, so equal files have the same tree. */
class FakeWorkspace implements Workspace {
  readonly directory = '/work';
  readonly unchanged: string;
  files: Files;
  isCancelled = false;
  /** Trees that gates ran on. */
  readonly gated: string[] = [];
  readonly #scene: Scene;
  readonly #trees = new Map<string, Files>();

  constructor(scene: Scene) {
    this.#scene = scene;
    this.files = scene.base ?? { 'src/cart.ts': 'old' };
    this.unchanged = this.treeOf(this.files);
  }

  treeOf(files: Files): string {
    const tree = JSON.stringify(Object.entries(files).sort());
    this.#trees.set(tree, files);
    return tree;
  }

  filesOf(tree: string): Files {
    const files = this.#trees.get(tree);
    if (!files) throw new Error(`there is no tree ${tree}`);
    return files;
  }

  /** The files as they are now. */
  change(contract?: Contract): Change {
    const tree = this.treeOf(this.files);
    const { problems = [], ...more } = this.#scene.judged?.(this.files) ?? {};
    const changed = [...(contract?.blobs ?? [])].filter(([file, blob]) => this.files[file] !== blob);
    const touched = changed.map(([file]) => file);
    const judgement: Judgement = {
      files: this.#changedIn(tree),
      attention: [],
      suspicious: [],
      remarks: { attention: [], suspicious: [] },
      keep: 'may be kept',
      ...more,
      problems: [...problems, ...(touched.length > 0 ? [{ kind: 'TEST_CHANGED', files: touched } as const] : [])],
    };
    return { tree, judgement };
  }

  async take(contract?: Contract): Promise<Taken> {
    const { broken } = this.#scene;
    return broken
      ? { kind: 'broken', ending: { kind: 'problem', problem: broken } }
      : { kind: 'taken', change: this.change(contract) };
  }

  async changedFiles(before: string, after: string): Promise<readonly string[]> {
    const [was, is] = [this.filesOf(before), this.filesOf(after)];
    return Object.keys({ ...was, ...is })
      .filter((file) => was[file] !== is[file])
      .sort();
  }

  async read(tree: string, file: string): Promise<string | undefined> {
    return this.filesOf(tree)[file];
  }

  async blobsOf(tree: string, files: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return new Map(Object.entries(this.filesOf(tree)).filter(([file]) => files.includes(file)));
  }

  async runGates({ tree }: Change): Promise<GateRound> {
    this.gated.push(tree);
    this.isCancelled ||= this.#scene.isCancelledInGates === true;
    const files = this.filesOf(tree);
    const common = { gate: 'tests', verdict: 'pass', command: 'npm test', durationMs: 1, output: '' } as const;
    const result: GateResult = { ...common, ...this.#scene.tests?.(files) };
    const verdict = result.verdict === 'fail' || result.verdict === 'timed out' ? 'fail' : 'pass';
    return { verdict, results: [result], problems: [], outputs: [], ...this.#scene.round?.(files) };
  }

  runTests(change: Change): Promise<GateRound> {
    return this.runGates(change);
  }

  runTestsOn(tree: string): Promise<GateRound> {
    return this.runGates({ tree, judgement: this.change().judgement });
  }

  /** All lines of the changed files, as one hunk each. */
  async diff(tree: string): Promise<string> {
    return this.#changedIn(tree)
      .map((file) => {
        const lines = (this.filesOf(tree)[file] ?? '').split('\n');
        const head = `--- a/${file}\n+++ b/${file}\n@@ -0,0 +1,${lines.length} @@\n`;
        return head + lines.map((line) => `+${line}\n`).join('');
      })
      .join('');
  }

  async countChangedLines(tree: string): Promise<number> {
    return this.#changedIn(tree).flatMap((file) => (this.filesOf(tree)[file] ?? '').split('\n')).length;
  }

  inCheckout<Answer>(_name: string, _tree: string, act: (directory: string) => Promise<Answer>): Promise<Answer> {
    return act('/checkout');
  }

  #changedIn(tree: string): readonly string[] {
    const [was, is] = [this.filesOf(this.unchanged), this.filesOf(tree)];
    return Object.keys({ ...was, ...is })
      .filter((file) => was[file] !== is[file])
      .sort();
  }
}

export class FakeRun {
  readonly workspace: FakeWorkspace;
  /** Each start of an agent. */
  readonly started: AgentRequest[] = [];
  /** What was handed on, in case the job dies. */
  readonly saved: unknown[] = [];
  /** Lines of the job's log. */
  readonly printed: string[] = [];
  readonly log = new RunLog((line) => this.printed.push(line), new Set());
  readonly #scene: Scene;
  readonly #turns: Readonly<Record<string, Turn[]>>;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#turns = Object.fromEntries(Object.entries(scene.agents ?? {}).map(([role, turns]) => [role, [...turns]]));
    this.workspace = new FakeWorkspace(scene);
  }

  get roles(): readonly Role[] {
    return this.started.map(({ role }) => role);
  }

  brief(index: number): string {
    return this.started[index]?.brief ?? '';
  }

  get checkpoints(): readonly string[] {
    return this.log.checkpoints.map(({ text }) => text);
  }

  pairDeps(): PairDeps {
    const { earlierWork } = this.#scene;
    const assignment = this.#assignment();
    return {
      ...this.#stepDeps(),
      workspace: this.workspace,
      assignment,
      agent: this.#agent(),
      gates: this.#scene.gates ?? [TESTS],
      facts: { ...FACTS, criteria: assignment.segment.spec.criteria, ...(earlierWork ? { earlierWork } : {}) },
      keepBrief: async (name) => `/scratch/${name}.md`,
      testerPersona: async () => this.#persona(),
      save: (tested) => this.#save(tested),
    };
  }

  implementDeps(more: Partial<ImplementDeps> = {}): ImplementDeps {
    const { config, segment } = this.#assignment();
    return {
      ...this.#stepDeps(),
      workspace: this.workspace,
      agent: this.#agent(),
      role: 'implementer',
      persona: PERSONA,
      facts: { ...FACTS, criteria: segment.spec.criteria, worker: segment.spec.worker },
      contract: undefined,
      tries: config.tries,
      keepBrief: async (name) => `/scratch/${name}.md`,
      save: (work) => this.#save(work),
      ...more,
    };
  }

  councilDeps(): CouncilDeps {
    const assignment = this.#assignment();
    return {
      ...this.#stepDeps(),
      workspace: this.workspace,
      assignment,
      agent: this.#agent(),
      facts: {
        ...{ repository: FACTS.repository, segment: FACTS.segment, worker: assignment.segment.spec.worker },
        criteria: assignment.segment.spec.criteria,
      },
      persona: async () => this.#persona(),
      fix: (findings, work) => implement(this.implementDeps(), work, findings),
    };
  }

  #stepDeps(): StepDeps {
    return {
      runAgent: async (request) => this.#runAgent(request),
      log: this.log,
      isTimeUp: () => this.started.length >= (this.#scene.timeUpAfter ?? Number.POSITIVE_INFINITY),
      isCancelled: () => this.workspace.isCancelled,
    };
  }

  #runAgent(request: AgentRequest): AgentReply {
    this.started.push(request);
    const turn = this.#turns[request.role]?.shift();
    if (!turn) throw new Error(`nobody expects another ${request.role}: ${this.roles.join(', ')}`);
    this.workspace.isCancelled ||= turn.isCancelled === true;
    // A judge works in a checkout that is dropped.
    if (request.access === 'write') this.workspace.files = { ...this.workspace.files, ...turn.writes };
    const { ending, session, problem, json } = turn;
    return {
      says: { ...NO_WORDS, ...turn.says },
      text: turn.text ?? '',
      ...(json === undefined ? {} : { structured: json }),
      ...(session === undefined ? {} : { session }),
      ...(problem === undefined ? {} : { problem }),
      ...(ending === undefined ? {} : { ending }),
    };
  }

  #assignment(): Pick<Assignment, 'config' | 'segment' | 'attempt' | 'keptBy'> {
    const { body = BODY, spec, config, attempt, keptBy } = this.#scene;
    const number = issueNumber(14);
    const title = 'Add the cart';
    const read = readSpec({ number, title, body, labels: [] }).spec;
    return {
      config: { ...defaultConfig(), ...config },
      segment: { number, title, spec: { ...read, ...spec }, blockedBy: [], branch: 'feat/cart' },
      attempt: { ...ATTEMPT, ...attempt },
      keptBy: keptBy && { ...ATTEMPT, ...keptBy },
    };
  }

  #agent(): AgentChoice {
    return { ...CLAUDE, ...this.#scene.agent };
  }

  #persona(): Lookup<Persona> {
    return this.#scene.persona ?? { kind: 'found', value: PERSONA };
  }

  async #save(found: unknown): Promise<Ending | undefined> {
    this.saved.push(found);
    const { unsaved } = this.#scene;
    return unsaved && { kind: 'problem', problem: unsaved };
  }
}

const ATTEMPT: Attempt = {
  id: ATTEMPT_ID,
  number: 1,
  name: 'BlueLake',
  worker: 'implementation',
  why: 'first',
  branch: 'feat/cart',
  base: BASE,
  dispatch: '1.1',
  claimedAt: instant(1_790_000_000_000),
};
