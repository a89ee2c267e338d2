/**
 * The base before the first agent of an epic: may agents start from it, and which of its failures are old (SPEC R5.15)?
 *
 * An old failure is never the agent's. It is known by its name alone, so a gate with failures that have no names stops the
 * epic: nobody could tell an old one from a new one.
 */
import type { GateName } from '../config.ts';
import type { Instant, IssueNumber } from '../epic.ts';
import type { Problem } from '../problem.ts';
import type { BaseFailure, BaselineReport, GateResult } from '../report.ts';

export type BaselineVerdict =
  | { readonly kind: 'sound'; readonly at: Instant; readonly gates: readonly KnownGate[] }
  /** No agent starts from it. */
  | { readonly kind: 'unsound'; readonly at: Instant; readonly problem: Problem };

/** A gate that failed on the base. */
export interface KnownGate extends BaseFailure {
  readonly command: string;
  /** The beginning of its output. */
  readonly output: string;
}

/** A base on which all gates ran for some epic, as it is kept for the next ones. */
export interface ProvenBase {
  readonly version: 1;
  readonly epic: IssueNumber;
  readonly at: Instant;
  readonly gates: readonly KnownGate[];
}

/** Registries and the images of runners change, so a proof does not hold for good. */
export const PROVEN_MS = 7 * 24 * 60 * 60_000;

/** Enough for people to recognise the failure. */
const KNOWN_CHARS = 1_500;

/** @param branch the base. */
export function judgeBaseline(
  { validation, failures, problem }: BaselineReport,
  branch: string,
  at: Instant,
): BaselineVerdict {
  if (problem) return { kind: 'unsound', at, problem };
  const known = validation.filter(isRed).map((result) => ({ result, failure: failureOf(result, failures) }));
  const red = known.filter(({ failure }) => failure.state === 'red');
  const install = red.find(({ result }) => result.gate === 'install')?.result;
  if (install) {
    const { command, output } = install;
    return { kind: 'unsound', at, problem: { kind: 'BASE_NOT_INSTALLED', branch, command, output } };
  }
  const nameless = red.filter(({ failure }) => failure.failures === undefined);
  if (nameless.length > 0) {
    const gates = nameless.map(({ result: { gate, output } }) => ({ gate, output }));
    return { kind: 'unsound', at, problem: { kind: 'BASE_GATES_RED', branch, gates } };
  }
  const gates = known.map(({ result: { command, output }, failure }) => ({
    ...failure,
    ...{ command, output: output.slice(0, KNOWN_CHARS).toWellFormed() },
  }));
  return { kind: 'sound', at, gates };
}

const isRed = ({ verdict }: GateResult): boolean => verdict === 'fail' || verdict === 'timed out';

/** A gate of which nothing else is said is red, and its failures have no names. */
const failureOf = ({ gate }: GateResult, failures: readonly BaseFailure[]): BaseFailure =>
  failures.find((each) => each.gate === gate) ?? { gate, state: 'red' };

/** The gates that failed on the base of a running epic: those of the check that let it start. */
export const knownGates = (baselines: readonly { readonly verdict?: BaselineVerdict }[] = []): readonly KnownGate[] => {
  const verdict = baselines.findLast((each) => each.verdict?.kind === 'sound')?.verdict;
  return verdict?.kind === 'sound' ? verdict.gates : [];
};

/**
 * Answers whether every failure is an old one. A failure that happens more often than before is new: two tests of one file
 * may fail with the same words.
 */
export function areOld(failures: readonly string[], known: readonly string[]): boolean {
  const left = [...known];
  return failures.every((failure) => {
    const index = left.indexOf(failure);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}

/** The names of the gates that failed on the base in one way. */
export const gateNamesOf = (gates: readonly KnownGate[], state: KnownGate['state']): readonly GateName[] =>
  gates.filter((each) => each.state === state).map(({ gate }) => gate);
