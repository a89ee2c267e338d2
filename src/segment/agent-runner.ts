/**
 * Runs the agents of one segment: tester, implementer, reviewer and lead.
 *
 * All of them are started here, so that time, money, secrets and the transcript are accounted for in one place, and a
 * limit that is reached ends the whole run.
 */
import { join, relative } from 'node:path';
import { runAgent } from '#agents/agent';
import { settingsIn } from '#agents/settings';
import type { AgentEnd } from '#agents/task';
import { modelFor } from '#core/model/config';
import { type Budget, epicBudget, leftUsd, segmentBudget } from '#core/model/journal/budgets';
import type { WorkProblem } from '#core/model/problem';
import type { AgentSays, Question } from '#core/model/report';
import type { Sandbox } from '#sandbox/sandbox';
import { type Assignment, type Site, wishOf } from './assignment.ts';
import type { RunLog } from './run-log.ts';
import { type AgentReply, type AgentRequest, type Ending, NO_WORDS, problemEnding } from './step.ts';
import type { Transcript } from './transcript.ts';

/** The resources that a run's agents used, and the questions that they did not stop for. */
export interface Usage {
  readonly costUsd: number | undefined;
  readonly tokens: number | undefined;
  readonly turns: number | undefined;
  readonly questions: readonly Question[];
  /** The end of what the latest writing agent printed. */
  readonly lastLines: readonly string[];
}

interface Deps {
  readonly site: Pick<Site, 'epic' | 'scratch' | 'log'>;
  readonly sandbox: Sandbox;
  /** Paths that git needs in every checkout. */
  readonly reads: readonly string[];
  readonly assignment: Pick<Assignment, 'segment' | 'config' | 'attempt' | 'journal' | 'record'>;
  /** From SIGTERM to SIGKILL. */
  readonly graceMs?: number | undefined;
  readonly log: RunLog;
  readonly transcript: Transcript;
  readonly leftMs: () => number;
}

const LAST_LINES = 5;

/** The reply for an agent that was not started. */
const withoutAgent = (problem: WorkProblem): AgentReply => ({
  says: NO_WORDS,
  text: '',
  problem,
  ending: problemEnding(problem),
});

export class AgentRunner {
  readonly #deps: Deps;
  readonly #questions: Question[] = [];
  #started = 0;
  #costUsd: number | undefined;
  #tokens: number | undefined;
  #turns: number | undefined;
  #lastLines: readonly string[] = [];

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  get usage(): Usage {
    return {
      costUsd: this.#costUsd,
      tokens: this.#tokens,
      turns: this.#turns,
      questions: this.#questions,
      lastLines: this.#lastLines,
    };
  }

  /**
   * Runs an agent to its end. A failure or a question ends the run only if the agent writes: the failure of a reviewer
   * or lead is for the council to handle. What is left of the budgets is for all of them.
   */
  async run(request: AgentRequest): Promise<AgentReply> {
    const { site, sandbox, reads, assignment, log, transcript, graceMs } = this.#deps;
    const { segment, config, attempt } = assignment;
    const budget = this.#budget;
    // Other runs have spent it since this one was dispatched.
    if (this.#started === 0 && budget && leftUsd(budget) === 0) return withoutAgent(this.#spent(budget));
    this.#started += 1;
    const leftMs = Math.max(1_000, this.#deps.leftMs());
    const ownMs = (request.agent.timeoutMinutes ?? Number.POSITIVE_INFINITY) * 60_000;
    const left = budget && leftUsd(budget);
    const isWriter = request.role !== 'reviewer' && request.role !== 'lead';
    const model =
      (isWriter ? modelFor(config, request.agent, wishOf(assignment)) : undefined) ??
      (request.agent.model ? undefined : request.persona?.model);
    const effort = isWriter ? segment.spec.effort : undefined;
    const maxTurns = request.agent.maxTurns ?? request.persona?.maxTurns;
    const title = `${request.role}, try ${request.try}: ${request.agent.name}`;
    log.checkpoint(`${title}${model === undefined ? '' : ` (${model})`}`);
    const lines: string[] = [];
    const scratch = join(site.scratch, 'agent', `${this.#started}-${request.role}`);
    const hides = config.agentSettings === 'hidden' ? await settingsIn(request.directory) : undefined;
    if (hides !== undefined && hides.length > 0)
      log.print(`Hidden from the agent: ${hides.map((path) => relative(request.directory, path)).join(', ')}`);
    const ended = await runAgent({
      ...(hides === undefined ? {} : { hides }),
      ...{ sandbox, reads, scratch },
      ...(isWriter ? { home: join(site.scratch, 'home', request.role) } : {}),
      agent: request.agent,
      role: request.role,
      access: request.access,
      brief: request.brief,
      directory: request.directory,
      epic: site.epic,
      segment: segment.number,
      attempt: attempt.id,
      try: request.try,
      ...(model === undefined ? {} : { model }),
      ...(effort === undefined ? {} : { effort }),
      ...(maxTurns === undefined ? {} : { maxTurns }),
      ...(left === undefined ? {} : { budgetUsd: Math.max(0.01, left - (this.#costUsd ?? 0)) }),
      environment: config.environment,
      timeoutMs: Math.min(leftMs, ownMs),
      ...(graceMs === undefined ? {} : { graceMs }),
      ...(request.resume === undefined ? {} : { resume: request.resume }),
      ...(request.answer === undefined ? {} : { answer: request.answer }),
      onLine: (line) => {
        site.log(`  ${line}`);
        if (line.trim() !== '') lines.push(line);
        if (lines.length > LAST_LINES) lines.shift();
      },
    });
    await transcript.add(title, ended.transcript);
    this.#account(ended);
    // All lines together, because a secret may be wrapped over several of them.
    if (isWriter)
      this.#lastLines = log
        .safe(lines.join('\n'))
        .split('\n')
        .map((line) => line.slice(0, 300));
    for (const warning of ended.warnings) log.warn(`The ${request.role}: ${warning}`);
    for (const denied of ended.denied ?? []) log.warn(`The ${request.role} was not allowed to do this: ${denied}`);
    const problem = this.#reported(ended.problem, ownMs < leftMs);
    const question = isWriter ? this.#questionIn(ended) : undefined;
    if (question && !question.blocking) this.#questions.push(question);
    const ending = this.#endingFrom(isWriter ? problem : undefined, question);
    return {
      says: this.#safeWords(ended.says),
      text: log.safe(ended.text),
      ...(ended.structured === undefined ? {} : { structured: ended.structured }),
      ...(ended.session === undefined ? {} : { session: ended.session }),
      ...(problem ? { problem } : {}),
      ...(ending ? { ending } : {}),
    };
  }

  #account({ costUsd, tokens, turns }: AgentEnd): void {
    if (costUsd !== undefined) this.#costUsd = (this.#costUsd ?? 0) + costUsd;
    if (tokens !== undefined) this.#tokens = (this.#tokens ?? 0) + tokens;
    if (turns !== undefined) this.#turns = (this.#turns ?? 0) + turns;
  }

  #endingFrom(problem: WorkProblem | undefined, question: Question | undefined): Ending | undefined {
    const ends = problem ?? this.#overspent();
    if (ends) return problemEnding(ends);
    return question?.blocking ? { kind: 'question', question } : undefined;
  }

  /** The budget with the least left when the run started: of the segment, for all of its attempts, or of the epic. */
  get #budget(): Budget | undefined {
    const { segment, config, journal, record } = this.#deps.assignment;
    const [budget] = [segmentBudget(segment.spec, record, config), epicBudget(journal, config)]
      .filter((each) => each !== undefined)
      .sort((a, b) => leftUsd(a) - leftUsd(b));
    return budget;
  }

  #overspent(): WorkProblem | undefined {
    const budget = this.#budget;
    return budget && this.#costUsd !== undefined && this.#costUsd > leftUsd(budget) ? this.#spent(budget) : undefined;
  }

  #spent({ of, budgetUsd, spentUsd }: Budget): Extract<WorkProblem, { kind: 'BUDGET_SPENT' }> {
    return { kind: 'BUDGET_SPENT', spentUsd: spentUsd + (this.#costUsd ?? 0), budgetUsd, of };
  }

  /** The problem as people should read it: redacted, and with the segment's limits instead of this one agent's share. */
  #reported(problem: WorkProblem | undefined, hasShorterLimit: boolean): WorkProblem | undefined {
    const { log, assignment } = this.#deps;
    switch (problem?.kind) {
      case 'AGENT_CRASHED':
      case 'AGENT_UNREADABLE':
        return { ...problem, output: log.safe(problem.output) };
      case 'AGENT_LATER':
      case 'AGENT_NO_CREDENTIALS':
      case 'AGENT_NO_CREDIT':
      case 'AGENT_MODEL_REFUSED':
      case 'AGENT_CONTEXT':
      case 'AGENT_DECLINED':
        return { ...problem, message: log.safe(problem.message).slice(0, 1_000) };
      case 'BUDGET_SPENT': {
        // An agent knows only the share that was left for it.
        const budget = this.#budget;
        return problem.of === 'segment' && budget && this.#costUsd !== undefined ? this.#spent(budget) : problem;
      }
      case 'AGENT_TIMED_OUT':
        // The segment's limit is for all of its agents together.
        return hasShorterLimit ? problem : { ...problem, minutes: assignment.config.timeoutMinutes };
      default:
        return problem;
    }
  }

  #safeWords(says: AgentSays): AgentSays {
    const { log } = this.#deps;
    return {
      summary: log.safe(says.summary),
      ...(says.handoff === undefined ? {} : { handoff: log.safe(says.handoff) }),
      assumptions: says.assumptions.map((each) => log.safe(each)),
      criteria: says.criteria.map(({ id, evidence }) => ({ id: log.safe(id), evidence: log.safe(evidence) })),
    };
  }

  #questionIn({ question }: AgentEnd): Question | undefined {
    const { log } = this.#deps;
    if (!question || question.text.trim() === '') return undefined;
    const id = /^[A-Za-z0-9][\w.-]{0,39}$/.test(question.id ?? '')
      ? (question.id ?? '')
      : `q${this.#questions.length + 1}`;
    return {
      id,
      text: log.safe(question.text).slice(0, 2_000),
      options: question.options.slice(0, 10).map((each) => log.safe(each).slice(0, 200)),
      ...(question.context === undefined ? {} : { context: log.safe(question.context).slice(0, 2_000) }),
      blocking: question.blocking,
    };
  }
}
