/**
 * Agents as stories see them: each one works until the story says how it ends.
 */
import { issueNumber } from '../../src/core/model/epic.ts';
import type { AnsweredQuestion, Attempt, Rejection } from '../../src/core/model/journal.ts';
import type { AgentSays, Course, GateResult, Question } from '../../src/core/model/report.ts';
import { readSpec } from '../../src/core/text/spec.ts';
import type { GitHub } from './cast.ts';
import { type BaseVerdict, type Ending, failing, type HeldAgent, PASSED, SAYS } from './played-runner.ts';
import type { Stage } from './stage.ts';

type Files = Readonly<Record<string, string | null>>;

export interface AgentAtWork {
  /** The same agent, whose run reports this cost however it ends. */
  costs(usd: number): AgentAtWork;
  /** The change passes its gates and is published. */
  finishes(
    files: Files,
    says?: Partial<AgentSays> & {
      readonly tries?: number;
      readonly course?: Partial<Course>;
      readonly validation?: readonly GateResult[];
    },
  ): Promise<void>;
  /** The agent that the config names really runs, and so do the gates. */
  works(): Promise<void>;
  /** It stops with a question and hands over its work so far. */
  asks(text: string, options?: readonly string[], files?: Files): Promise<void>;
  /** A gate fails on every try. */
  failsGates(gate: string, output: string, files?: Files): Promise<void>;
  changesNothing(summary?: string): Promise<void>;
  crashes(exit?: number): Promise<void>;
  /** It runs until its time limit. */
  hangs(): Promise<void>;
  /** It writes files that it must not touch. Swarm decides what to do about that. */
  overreaches(files: Files): Promise<void>;
  /** Its job reaches this step. GitHub sends no webhook for steps. */
  comesTo(step: string): Promise<void>;
  /** Its machine is lost: the job is cancelled and reports nothing. */
  dies(): Promise<void>;
  /** Its provider has an outage or a limit, and it asks to be retried later, after this time if it names one. */
  asksToRetryLater(limit?: { readonly agent: string; readonly waitMs: number }): Promise<void>;
  /** The rejections of the segment's earlier work, as the agent's brief has them. */
  readonly rejections: readonly Rejection[];
  /** The questions of earlier runs and their answers, as the agent's brief has them. */
  readonly answers: readonly AnsweredQuestion[];
  readonly attempt: Attempt;
}

export class Agents {
  readonly #stage: Stage;
  readonly #github: GitHub;

  constructor(stage: Stage, github: GitHub) {
    this.#stage = stage;
    this.#github = github;
  }

  /** The names of segments whose agents are working now. */
  get working(): readonly string[] {
    return this.#stage.played.held
      .filter((held) => held.state === 'at work')
      .map((held) => this.#nameOf(held))
      .sort();
  }

  at(name: string): AgentAtWork {
    return this.#atWork(name, this.#heldAt(name), {});
  }

  #atWork(name: string, held: HeldAgent, cost: Pick<Ending, 'costUsd'>): AgentAtWork {
    const { played } = this.#stage;
    const ends = (ending: Partial<Ending>): Promise<void> =>
      this.#stage.step(() =>
        played.ends(held, { files: {}, says: SAYS, tries: 1, validation: PASSED, ...cost, ...ending }),
      );
    return {
      costs: (usd) => this.#atWork(name, held, { costUsd: usd }),
      attempt: held.attempt,
      rejections: held.journal.segments[held.segment]?.rejections ?? [],
      answers: held.attempt.answers ?? [],
      finishes: (files, { tries = 1, course, validation = PASSED, ...says } = {}) =>
        ends({
          files,
          tries,
          validation,
          says: { ...SAYS, criteria: this.#evidence(name), ...says },
          ...courseOf(course),
        }),
      works: () => this.#stage.step(() => played.works(held)),
      asks: (text, options = [], files = {}) => {
        const question: Question = { id: 'q1', text, options, blocking: true };
        return ends({ files, question, validation: [], ...courseOf({}) });
      },
      failsGates: (gate, output, files = { [`src/${name}/index.ts`]: 'export {}\n' }) =>
        ends({
          files,
          tries: 3,
          validation: failing(gate, output),
          problem: { kind: 'GATES_FAILED', gates: [{ gate, output }], tries: 3 },
        }),
      changesNothing: (summary = '') => ends({ says: { ...SAYS, summary } }),
      crashes: (exit = 3) =>
        ends({
          problem: { kind: 'AGENT_CRASHED', command: 'node agent.mjs', exit: `exit code ${exit}`, output: 'Oh.' },
        }),
      hangs: async () => {
        this.#stage.clock.after(HANG_MS, () => {
          played.later(played.ends(held, { ...NOTHING, ...cost, problem: { kind: 'AGENT_TIMED_OUT', minutes: 60 } }));
        });
      },
      overreaches: (files) => ends({ files }),
      comesTo: (step) => this.#stage.step(() => played.comesTo(held, step)),
      dies: () => this.#stage.step(() => played.dies(held, 'cancelled')),
      asksToRetryLater: (limit) =>
        ends({ problem: { kind: 'AGENT_LATER', message: 'The provider is overloaded.', ...limit } }),
    };
  }

  /** Allows the story to end while this agent is still working. */
  leaves(name: string): void {
    this.#heldAt(name).state = 'left';
  }

  /** Every working agent finishes with one small file, in the order of their names, until none is left. */
  async finishEverything(names?: readonly string[]): Promise<void> {
    for (let next = this.working[0]; next !== undefined; next = this.working[0]) {
      await this.at(next).finishes({ [`src/${next.replace(' ', '-')}/index.ts`]: `export const name = '${next}';\n` });
      if (names && !names.includes(next)) return;
    }
  }

  /** The end of the next calibration. By default calibrations pass. */
  calibration(ends: 'passes'): void;
  calibration(ends: 'fails', gate: string, output: string): void;
  calibration(ends: 'passes' | 'fails', gate = '', output = ''): void {
    this.#stage.played.calibrate(ends === 'passes' ? { kind: 'passes' } : { kind: 'fails', gate, output });
  }

  /** The end of the next check of the base, where the config of the story has `baseline: on`. By default it is sound. */
  base(ending: BaseVerdict): void {
    this.#stage.played.checksBase(ending);
  }

  /** How often the base was checked. */
  get baseChecks(): number {
    return this.#stage.played.checkedBases.length;
  }

  /** The next proof of a person's push to a segment's branch fails. By default proofs pass. */
  proofFails(gate: string, output: string): void {
    this.#stage.played.prove({ kind: 'fails', gate, output });
  }

  /** The next run that swarm starts ends before any of its jobs starts. */
  nextRunIsLost(): void {
    this.#stage.played.losesNextRun();
  }

  #heldAt(name: string): HeldAgent {
    const held = this.#stage.played.at(this.#github.segment(name).number);
    if (!held) throw new Error(`No agent is at work on ${name}; at work: ${this.working.join(', ') || 'nobody'}`);
    return held;
  }

  /** A test for each criterion of the issue, as a good agent names it. */
  #evidence(name: string): AgentSays['criteria'] {
    const { number, title, body } = this.#github.segment(name);
    const { spec } = readSpec({ number: issueNumber(number), title, body: body ?? '', labels: [] });
    return spec.criteria.map(({ id }) => ({ id, evidence: `test/${number}.test.ts: ${id}` }));
  }

  #nameOf(held: HeldAgent): string {
    const issue = this.#stage.repository.issues.get(held.segment);
    return issue ? this.#github.nameOf(issue) : `#${held.segment}`;
  }
}

/** The course of a run, where the story gives any part of it. */
const courseOf = (told: Partial<Course> | undefined): Pick<Ending, 'course'> => {
  if (told === undefined) return {};
  const skipped = { kind: 'skipped', why: 'the run ended before that' } as const;
  return { course: { pair: skipped, council: skipped, questions: [], findings: [], ...told } };
};

const NOTHING: Ending = { files: {}, says: SAYS, tries: 1, validation: [] };
/** The default `timeout` of `.github/swarm.yml`. */
const HANG_MS = 60 * 60_000;
