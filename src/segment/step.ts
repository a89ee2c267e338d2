/**
 * The values that the steps of a run pass on, and what every step may use.
 *
 * A step takes the values it needs and returns what it found. None of these values changes after it was made.
 */

import type { AgentEnd, AnswerForm } from '#agents/task';
import type { Persona } from '#brief/instructions';
import type { AgentChoice, Role } from '#core/model/config';
import type { WorkProblem } from '#core/model/problem';
import type { AgentSays, CouncilFinding, Question } from '#core/model/report';
import type { GateRound } from '#gates/run';
import type { Judgement } from '#git/patch';
import type { RunLog } from './run-log.ts';

export type Step<Found> = Continue<Found> | Ended<Found>;

export interface Continue<Found> {
  readonly kind: 'continue';
  readonly found: Found;
}

/** No further step runs. The findings so far are kept and reported. */
export interface Ended<Found> {
  readonly kind: 'ended';
  readonly found: Found;
  readonly ending: Ending;
}

/** Why a run ends without something to publish. */
export type Ending =
  | { readonly kind: 'problem'; readonly problem: WorkProblem }
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'cancelled' };

export const continueWith = <Found>(found: Found): Continue<Found> => ({ kind: 'continue', found });

export const endWith = <Found>(found: Found, ending: Ending): Ended<Found> => ({ kind: 'ended', found, ending });

export const problemEnding = (problem: WorkProblem): Ending => ({ kind: 'problem', problem });

/**
 * The ending that counts if several were found in one step. A cancellation explains every other failure, and a question
 * is not worth asking once a problem has ended the run.
 */
export function firstEnding(
  { isCancelled }: Pick<StepDeps, 'isCancelled'>,
  ...endings: readonly (Ending | undefined)[]
): Ending | undefined {
  if (isCancelled()) return { kind: 'cancelled' };
  return endings.find((ending) => ending?.kind === 'problem') ?? endings.find((ending) => ending !== undefined);
}

export interface StepDeps {
  readonly runAgent: (request: AgentRequest) => Promise<AgentReply>;
  readonly log: RunLog;
  /** The segment's time is used up: an agent that is running may finish, and no further one starts. */
  readonly isTimeUp: () => boolean;
  /** True once the job is cancelled. */
  readonly isCancelled: () => boolean;
}

export interface AgentRequest {
  readonly agent: AgentChoice;
  readonly role: Role;
  readonly access: 'write' | 'read';
  readonly brief: string;
  /** The directory it works in: the segment's own tree, or a temporary checkout. */
  readonly directory: string;
  readonly try: number;
  readonly persona?: Persona;
  readonly resume?: string | undefined;
  readonly answer?: AnswerForm;
}

/** How an agent ended. Its words are already redacted; a structured answer is not. */
export interface AgentReply extends Pick<AgentEnd, 'says' | 'text' | 'structured' | 'session' | 'problem'> {
  /** The agent's failure or question, or a limit of the segment, if the run must end for it. */
  readonly ending?: Ending;
}

/** The files at one moment, judged against the commit that the attempt started from. */
export interface Change {
  readonly tree: string;
  readonly judgement: Judgement;
}

/** The implementer's work so far. */
export interface Work {
  /** Undefined before anything was taken. */
  readonly change: Change | undefined;
  /** The latest round of gates. Undefined if none ran, or if the change must not be shown to them. */
  readonly round: GateRound | undefined;
  /** The number of times that the implementer worked. */
  readonly tries: number;
  readonly says: AgentSays;
  /** The implementer's conversation, if its agent can continue one. */
  readonly session: string | undefined;
  /** Found by a security segment. */
  readonly findings: readonly CouncilFinding[];
}

export const NO_WORDS: AgentSays = { summary: '', assumptions: [], criteria: [] };

export const NO_WORK: Work = {
  change: undefined,
  round: undefined,
  tries: 0,
  says: NO_WORDS,
  session: undefined,
  findings: [],
};

/** The tester's tests, which no other role may change. */
export interface Contract {
  readonly files: readonly string[];
  readonly criteria: readonly { readonly id: string; readonly tests: readonly string[] }[];
  /** File → mode and blob, as git lists them. */
  readonly blobs: ReadonlyMap<string, string>;
}
