/**
 * Agents, held: each stays at its work until the story says how it ends.
 */
import type { AnsweredQuestion, Attempt, Rejection } from '../../src/core/model/journal.ts';
import type { AgentSays, Course, Question } from '../../src/core/model/report.ts';
import type { GitHub } from './cast.ts';
import { type Ending, failing, type Held, PASSED, SAYS } from './floor.ts';
import type { Stage } from './stage.ts';

type Files = Readonly<Record<string, string | null>>;

export interface AtWork {
  /** The same agent, whose run reports this cost however it ends. */
  costs(usd: number): AtWork;
  /** The change passes its gates and is published. */
  finishes(
    files: Files,
    says?: Partial<AgentSays> & { readonly tries?: number; readonly course?: Partial<Course> },
  ): Promise<void>;
  /** It works for real, as the config names it, and so do the gates. */
  works(): Promise<void>;
  /** It stops with a question, and leaves what it has done so far. */
  asks(text: string, options?: readonly string[], files?: Files): Promise<void>;
  /** A gate stays red to the last try. */
  failsGates(gate: string, output: string, files?: Files): Promise<void>;
  changesNothing(summary?: string): Promise<void>;
  crashes(exit?: number): Promise<void>;
  /** It goes on for ever: until its time is over. */
  hangs(): Promise<void>;
  /** It writes where it must not; what swarm makes of that is swarm's. */
  reaches(files: Files): Promise<void>;
  /** Its job comes to this step; GitHub tells nobody of that. */
  comesTo(step: string): Promise<void>;
  /** Its machine is lost: cancelled, no report. */
  dies(): Promise<void>;
  /** Its provider has an outage. */
  asksForLater(): Promise<void>;
  /** What people said when they rejected the segment's earlier work, as the agent is told. */
  readonly rejections: readonly Rejection[];
  /** What earlier runs asked, and what came of it, as the agent is told. */
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

  /** Who is at work now, by segment. */
  get working(): readonly string[] {
    return this.#stage.floor.held
      .filter((held) => held.state === 'at work')
      .map((held) => this.#nameOf(held))
      .sort();
  }

  at(name: string): AtWork {
    return this.#atWork(name, this.#heldAt(name), {});
  }

  #atWork(name: string, held: Held, cost: Pick<Ending, 'costUsd'>): AtWork {
    const { floor } = this.#stage;
    const ends = (ending: Partial<Ending>): Promise<void> =>
      this.#stage.step(() =>
        floor.ends(held, { files: {}, says: SAYS, tries: 1, validation: PASSED, ...cost, ...ending }),
      );
    return {
      costs: (usd) => this.#atWork(name, held, { costUsd: usd }),
      attempt: held.attempt,
      rejections: held.journal.segments[held.segment]?.rejections ?? [],
      answers: held.attempt.answers ?? [],
      finishes: (files, { tries = 1, course, ...says } = {}) =>
        ends({ files, tries, says: { ...SAYS, ...says }, ...courseOf(course) }),
      works: () => this.#stage.step(() => floor.works(held)),
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
          floor.later(floor.ends(held, { ...NOTHING, ...cost, problem: { kind: 'AGENT_TIMED_OUT', minutes: 60 } }));
        });
      },
      reaches: (files) => ends({ files }),
      comesTo: (step) => this.#stage.step(() => floor.comesTo(held, step)),
      dies: () => this.#stage.step(() => floor.dies(held, 'cancelled')),
      asksForLater: () => ends({ problem: { kind: 'AGENT_LATER', message: 'The provider is overloaded.' } }),
    };
  }

  /** The story ends before this agent does. */
  leaves(name: string): void {
    this.#heldAt(name).state = 'left';
  }

  /** Everybody who is at work finishes with one small file, in order of their names, until nobody is. */
  async finishEverything(names?: readonly string[]): Promise<void> {
    for (let next = this.working[0]; next !== undefined; next = this.working[0]) {
      await this.at(next).finishes({ [`src/${next.replace(' ', '-')}/index.ts`]: `export const name = '${next}';\n` });
      if (names && !names.includes(next)) return;
    }
  }

  /** How the next calibration ends; without a word they all pass. */
  calibration(ends: 'passes'): void;
  calibration(ends: 'fails', gate: string, output: string): void;
  calibration(ends: 'passes' | 'fails', gate = '', output = ''): void {
    this.#stage.floor.calibrate(ends === 'passes' ? { kind: 'passes' } : { kind: 'fails', gate, output });
  }

  /** How the gates end on what a person pushes next to a segment's branch; without a word they pass. */
  proofFails(gate: string, output: string): void {
    this.#stage.floor.prove({ kind: 'fails', gate, output });
  }

  /** The next run that swarm starts ends before any of its jobs does. */
  nextRunIsLost(): void {
    this.#stage.floor.losesNextRun();
  }

  #heldAt(name: string): Held {
    const held = this.#stage.floor.at(this.#github.segment(name).number);
    if (!held) throw new Error(`No agent is at work on ${name}; at work: ${this.working.join(', ') || 'nobody'}`);
    return held;
  }

  #nameOf(held: Held): string {
    const issue = this.#stage.repository.issues.get(held.segment);
    return issue ? this.#github.nameOf(issue) : `#${held.segment}`;
  }
}

/** How a run went about it, where the story says anything of it. */
const courseOf = (told: Partial<Course> | undefined): Pick<Ending, 'course'> => {
  if (told === undefined) return {};
  const skipped = { kind: 'skipped', why: 'the run did not come that far' } as const;
  return { course: { pair: skipped, council: skipped, questions: [], findings: [], ...told } };
};

const NOTHING: Ending = { files: {}, says: SAYS, tries: 1, validation: [] };
/** `timeout` of `.github/swarm.yml`, unless a story sets it. */
const HANG_MS = 60 * 60_000;
