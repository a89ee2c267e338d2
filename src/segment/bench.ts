/**
 * Where a segment's agents work: one tree, one ledger, one end.
 *
 * Whoever is called (tester, implementer, reviewer, lead), it is called here, so that time, money, secrets and the
 * transcript are kept in one place and a limit that is reached ends the whole run.
 */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runAgent } from '#agents/agent';
import type { AgentEnd, AnswerForm } from '#agents/task';
import type { Persona, Skill } from '#brief/instructions';
import { type AgentChoice, agentFor, type Role } from '#core/model/config';
import type { Problem } from '#core/model/problem';
import type { AgentSays, Checkpoint, Council, CouncilFinding, Question, TestPair } from '#core/model/report';
import type { Gate } from '#gates/find';
import type { GateRound, GateRunner } from '#gates/run';
import { type Judgement, judgeTree, type PackedPatch } from '#git/patch';
import type { Carried } from '#git/rebase-work';
import { unmistakable } from '#git/secrets';
import type { Store } from '#git/store';
import type { WorkTree } from '#git/work-tree';
import { sayProblem } from '#words/problems';
import { clean, redact } from '#words/safe';
import type { Assignment, Site } from './assignment.ts';
import type { Library } from './library.ts';
import type { WorkOutcome } from './outcome.ts';
import { Transcript } from './transcript.ts';

export interface WorkSite extends Site {
  readonly attempt: string;
  /** argv, where the config names no agent. */
  readonly agent?: readonly string[];
  /** From SIGTERM to SIGKILL. */
  readonly graceMs?: number;
  /** The job is told to end: no program runs any more, and what there is is handed on. */
  readonly stop?: AbortSignal;
  /** Hands on what there is by now, in case that there is no later. */
  readonly save?: (done: Handed) => void;
}

/** What the job says of itself, and its work. */
export interface Handed {
  readonly outcome: WorkOutcome;
  /** Also of work that failed: publish keeps it on a branch. */
  readonly patch: PackedPatch | undefined;
  /** Whether there is something to verify. */
  readonly ready: boolean;
}

export interface Call {
  readonly agent: AgentChoice;
  readonly role: Role;
  readonly access: 'write' | 'read';
  readonly brief: string;
  /** Where it works; the segment's own tree, or a throw-away one. */
  readonly directory: string;
  readonly try: number;
  readonly persona?: Persona;
  readonly resume?: string | undefined;
  readonly answer?: AnswerForm;
}

/** An agent's end, its words without what it should not have seen. */
export type Called = Omit<AgentEnd, 'question'> & { readonly question?: Question };

/** What has to be there before the bench can be. */
export interface Fittings {
  readonly site: WorkSite;
  readonly assignment: Assignment;
  /** Who works where nobody else is named. */
  readonly agent: AgentChoice;
  readonly store: Store;
  readonly tree: WorkTree;
  readonly gates: readonly Gate[];
  readonly runner: GateRunner;
  readonly library: Library;
  readonly carried: Carried | undefined;
  /** The tree that means that nothing was done: the base's, or on rework the branch's. */
  readonly unchanged: string;
  /** Hands on what there is by now. */
  readonly save: () => Promise<void>;
}

/** What the tester wrote, and the blobs that its files have to stay. */
export interface Contract {
  readonly pair: Extract<TestPair, { kind: 'written' }>;
  readonly blobs: ReadonlyMap<string, string>;
}

const CHECKPOINTS = 30;
const LAST_LINES = 5;

const NO_WORDS: AgentSays = { summary: '', assumptions: [], criteria: [] };

export class Bench {
  readonly fittings: Fittings;
  readonly transcript: Transcript;
  readonly #startedAt = performance.now();
  readonly #endsAt: number;

  /** Rounds of gates. */
  tries = 0;
  tree: string | undefined;
  judgement: Judgement | undefined;
  round: GateRound | undefined;
  /** Why the run is over without something to publish. */
  problem: Problem | undefined;
  /** What it stopped for. */
  question: Question | undefined;
  says: AgentSays = NO_WORDS;
  spentUsd: number | undefined;
  tokens: number | undefined;
  turns: number | undefined;
  pair: TestPair = { kind: 'skipped', why: 'the run did not come that far' };
  contract: Contract | undefined;
  council: Council = { kind: 'skipped', why: 'the run did not come that far' };
  /** Of a security segment. */
  readonly findings: CouncilFinding[] = [];
  readonly questions: Question[] = [];
  readonly warnings: string[] = [];
  readonly checkpoints: Checkpoint[] = [];
  /** What the agent that worked last printed at the end. */
  lastLines: readonly string[] = [];
  /** The implementer's conversation, where it can be gone on with. */
  session: string | undefined;
  skills: readonly Skill[] = [];
  #calls = 0;

  constructor(fittings: Fittings) {
    this.fittings = fittings;
    this.transcript = new Transcript(fittings.site.secrets);
    this.#endsAt = performance.now() + fittings.assignment.config.timeoutMinutes * 60_000;
  }

  get isOver(): boolean {
    return this.problem !== undefined || this.question !== undefined || this.fittings.site.stop?.aborted === true;
  }

  get leftMs(): number {
    return this.#endsAt - performance.now();
  }

  /** A new one for every brief, so that nobody can have written it into a text. */
  boundary(): string {
    return randomBytes(16).toString('hex');
  }

  safe(text: string): string {
    return redact(clean(text), this.fittings.site.secrets);
  }

  /** Notes how far the run came: in the log as it happens, and for whoever reads its report. */
  mark(text: string): void {
    const told = this.safe(text).slice(0, 300);
    this.fittings.site.log(told);
    const afterMs = Math.round(performance.now() - this.#startedAt);
    if (this.checkpoints.length < CHECKPOINTS) this.checkpoints.push({ afterMs, text: told });
  }

  warn(text: string): void {
    const told = this.safe(text).slice(0, 900);
    this.fittings.site.log(told);
    if (this.warnings.length < 20) this.warnings.push(told);
  }

  /** Who does it, by the segment, the role and the repository. @returns undefined where only `fallback` is there. */
  agentFor(role: Role): AgentChoice | undefined {
    const { assignment } = this.fittings;
    return agentFor(assignment.config, role, assignment.segment.spec.agent);
  }

  /**
   * Calls an agent. Its failure, and a limit that it broke, become the run's end, unless it only judges: a reviewer
   * that fails is the council's business.
   */
  async call(call: Call): Promise<Called> {
    const { site, assignment } = this.fittings;
    const { segment, config, attempt } = assignment;
    this.#calls += 1;
    const leftMs = Math.max(1_000, this.leftMs);
    const ownMs = (call.agent.timeoutMinutes ?? Number.POSITIVE_INFINITY) * 60_000;
    const budgetUsd = this.#budgetUsd();
    const works = call.role !== 'reviewer' && call.role !== 'lead';
    const model = (works ? segment.spec.model : undefined) ?? (call.agent.model ? undefined : call.persona?.model);
    const effort = works ? segment.spec.effort : undefined;
    const maxTurns = call.agent.maxTurns ?? call.persona?.maxTurns;
    this.mark(`${call.role}, try ${call.try}: ${call.agent.name}${model === undefined ? '' : ` (${model})`}`);
    const lines: string[] = [];
    const ended = await runAgent({
      agent: call.agent,
      role: call.role,
      access: call.access,
      brief: call.brief,
      directory: call.directory,
      scratch: join(site.scratch, 'agent', `${this.#calls}-${call.role}`),
      epic: site.epic,
      segment: segment.number,
      attempt: attempt.id,
      try: call.try,
      ...(model === undefined ? {} : { model }),
      ...(effort === undefined ? {} : { effort }),
      ...(maxTurns === undefined ? {} : { maxTurns }),
      ...(budgetUsd === undefined ? {} : { budgetUsd: Math.max(0.01, budgetUsd - (this.spentUsd ?? 0)) }),
      environment: config.environment,
      timeoutMs: Math.min(leftMs, ownMs),
      ...(site.graceMs === undefined ? {} : { graceMs: site.graceMs }),
      ...(call.resume === undefined ? {} : { resume: call.resume }),
      ...(call.answer === undefined ? {} : { answer: call.answer }),
      onLine: (line) => {
        site.log(`  ${line}`);
        if (line.trim() !== '') lines.push(line);
        if (lines.length > LAST_LINES) lines.shift();
      },
    });
    if (works) this.lastLines = lines.map((line) => this.safe(line).slice(0, 300));
    await this.transcript.add(`${call.role}, try ${call.try}: ${call.agent.name}`, ended.transcript);
    if (ended.costUsd !== undefined) this.spentUsd = (this.spentUsd ?? 0) + ended.costUsd;
    if (ended.tokens !== undefined) this.tokens = (this.tokens ?? 0) + ended.tokens;
    if (ended.turns !== undefined) this.turns = (this.turns ?? 0) + ended.turns;
    for (const warning of ended.warnings) this.warn(`The ${call.role}: ${warning}`);
    for (const denied of ended.denied ?? []) this.warn(`The ${call.role} was not allowed: ${denied}`);
    const problem = this.#told(ended.problem, ownMs < leftMs);
    if (works) this.problem ??= problem;
    this.problem ??= this.#overspent();
    const question = this.#asked(ended);
    if (works && question) {
      if (question.blocking) this.question ??= question;
      else this.questions.push(question);
    }
    const { question: _, problem: __, ...rest } = ended;
    return {
      ...rest,
      says: this.#spoken(ended.says),
      text: this.safe(ended.text),
      ...(problem ? { problem } : {}),
      ...(question ? { question } : {}),
    };
  }

  /** Takes the files as they are now, and judges them. */
  async take(): Promise<void> {
    const { tree, store, assignment, site } = this.fittings;
    const taken = await tree.take();
    if (taken.kind === 'broken') {
      this.problem ??= taken.problem;
      return;
    }
    const before = this.tree;
    this.tree = taken.tree;
    if (taken.broken) this.problem ??= taken.broken;
    const { config, segment, attempt } = assignment;
    const judgement = await judgeTree(store, attempt.base, taken.tree, {
      scope: segment.spec.files,
      config,
      known: unmistakable(site.secrets),
    });
    const changed = await this.#changedTests(taken.tree);
    this.judgement =
      changed.length === 0
        ? judgement
        : { ...judgement, problems: [...judgement.problems, { kind: 'TEST_CHANGED', files: changed }] };
    for (const problem of this.judgement.problems) site.log(sayProblem(problem, { form: 'plain' }).what);
    if (taken.tree !== before) await this.fittings.save();
  }

  /** Blobs of these files in a tree; a file that is not there has none. */
  async blobsOf(tree: string, files: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (files.length === 0) return new Map();
    const listed = await this.fittings.store.run(['ls-tree', '-r', '-z', '--full-tree', tree, '--', ...files]);
    return new Map(
      listed
        .toString('utf8')
        .split('\0')
        .filter(Boolean)
        .map((line) => [line.slice(line.indexOf('\t') + 1), line.slice(0, line.indexOf('\t'))]),
    );
  }

  /** Puts a brief where a conversation that lost it finds it, and keeps the latest with the run. */
  async keepBrief(name: string, brief: string): Promise<string> {
    const file = join(this.fittings.site.scratch, `${name}.md`);
    await writeFile(file, brief);
    this.transcript.note(`${name} as it was told`, brief);
    return file;
  }

  async #changedTests(tree: string): Promise<readonly string[]> {
    if (!this.contract) return [];
    const { blobs } = this.contract;
    const now = await this.blobsOf(tree, [...blobs.keys()]);
    return [...blobs].filter(([file, blob]) => now.get(file) !== blob).map(([file]) => file);
  }

  #budgetUsd(): number | undefined {
    const { segment, config } = this.fittings.assignment;
    return segment.spec.budgetUsd ?? config.budgetUsd?.segment;
  }

  #overspent(): Problem | undefined {
    const budgetUsd = this.#budgetUsd();
    return budgetUsd !== undefined && this.spentUsd !== undefined && this.spentUsd > budgetUsd
      ? { kind: 'BUDGET_SPENT', spentUsd: this.spentUsd, budgetUsd, of: 'segment' }
      : undefined;
  }

  #told(problem: Problem | undefined, byItsOwnLimit: boolean): Problem | undefined {
    switch (problem?.kind) {
      case 'AGENT_CRASHED':
      case 'AGENT_UNREADABLE':
        return { ...problem, output: this.safe(problem.output) };
      case 'AGENT_LATER':
      case 'AGENT_NO_CREDENTIALS':
      case 'AGENT_NO_CREDIT':
      case 'AGENT_MODEL_REFUSED':
      case 'AGENT_CONTEXT':
      case 'AGENT_DECLINED':
        return { ...problem, message: this.safe(problem.message).slice(0, 1_000) };
      case 'BUDGET_SPENT': {
        // A call knows what was left for it; people know the whole.
        const budgetUsd = this.#budgetUsd();
        return problem.of === 'segment' && budgetUsd !== undefined && this.spentUsd !== undefined
          ? { ...problem, spentUsd: this.spentUsd, budgetUsd }
          : problem;
      }
      case 'AGENT_TIMED_OUT':
        // The limit is for all calls together, unless the agent's own was the shorter one.
        return byItsOwnLimit ? problem : { ...problem, minutes: this.fittings.assignment.config.timeoutMinutes };
      default:
        return problem;
    }
  }

  #spoken(says: AgentSays): AgentSays {
    return {
      summary: this.safe(says.summary),
      ...(says.handoff === undefined ? {} : { handoff: this.safe(says.handoff) }),
      assumptions: says.assumptions.map((each) => this.safe(each)),
      criteria: says.criteria.map(({ id, evidence }) => ({ id: this.safe(id), evidence: this.safe(evidence) })),
    };
  }

  #asked({ question }: AgentEnd): Question | undefined {
    if (!question || question.text.trim() === '') return undefined;
    const id = /^[A-Za-z0-9][\w.-]{0,39}$/.test(question.id ?? '')
      ? (question.id ?? '')
      : `q${this.questions.length + 1}`;
    return {
      id,
      text: this.safe(question.text).slice(0, 2_000),
      options: question.options.slice(0, 10).map((each) => this.safe(each).slice(0, 200)),
      ...(question.context === undefined ? {} : { context: this.safe(question.context).slice(0, 2_000) }),
      blocking: question.blocking,
    };
  }
}
