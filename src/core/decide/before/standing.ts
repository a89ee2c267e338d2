/**
 * Where the check of the base stands: a segment may start once it is sound (SPEC R5.15).
 *
 * It speaks for the commit that it ran on. A base that was sound once stays it for this epic: later commits of it are judged by
 * the calibrations, and by the repository's own CI.
 */
import type { Instant } from '#core/model/epic';
import type { Baseline } from '#core/model/journal';
import { gateNamesOf, knownGates } from '#core/model/journal/baseline';
import type { Problem } from '#core/model/problem';
import type { BaselineStanding } from '#core/model/progress';
import type { Facts } from '../progress.ts';

/** A base that moves on is checked again, but not more often than this: each check is a job that somebody pays for. */
const AGAIN_MS = 10 * 60_000;

export function baselineOf(facts: Pick<Facts, 'snapshot' | 'journal' | 'config'>): BaselineStanding {
  const { snapshot, journal, config } = facts;
  const rounds = journal.baselines ?? [];
  const last = rounds.at(-1);
  if (last?.verdict?.kind === 'sound') return { kind: 'sound' };
  const hasAgents = Object.values(journal.segments).some(({ attempts }) => attempts.length > 0);
  if (config.baseline === 'off' || hasAgents) return { kind: 'not needed' };
  if (!last || last.forgiven) return { kind: 'to check', round: (last?.round ?? 0) + 1 };
  if (!last.lost && !last.verdict) return { kind: 'checking' };
  const problem = problemOf(last, rounds, config.attempts);
  const again = baseMovedAt(facts);
  return problem && (again === undefined || again > snapshot.now)
    ? { kind: 'stopped', problem }
    : { kind: 'to check', round: last.round + 1 };
}

/**
 * The time from which the base is checked again, because it moved on since the last check, or the config changed its gates.
 * Undefined: all is as it was.
 */
export function baseMovedAt({ snapshot, journal }: Pick<Facts, 'snapshot' | 'journal'>): Instant | undefined {
  const last = journal.baselines?.at(-1);
  const { head, proof = last?.proof } = snapshot.base;
  if (!last || (last.base === head && (last.proof ?? proof) === proof)) return undefined;
  return (last.at + AGAIN_MS) as Instant;
}

/** @returns undefined if its run was lost, and another one is due without a person. */
function problemOf({ verdict, lost }: Baseline, rounds: readonly Baseline[], attempts: number): Problem | undefined {
  if (verdict?.kind === 'unsound') return verdict.problem;
  const times = rounds.length - 1 - rounds.findLastIndex((each) => !each.lost || each.forgiven);
  if (!lost || times < attempts) return undefined;
  if (lost.kind === 'failed') return lost.problem;
  return { kind: 'BASE_CHECK_LOST', conclusion: lost.kind === 'lost' ? lost.conclusion : 'cancelled', runs: times };
}

/** Failures of the base that did not stop the epic. People should know of them. */
export function baselineNotes({ journal }: Pick<Facts, 'journal'>): readonly Problem[] {
  const gates = knownGates(journal.baselines);
  const branch = journal.authorisation?.baseBranch ?? '';
  const red = gateNamesOf(gates, 'red');
  const flaky = gateNamesOf(gates, 'flaky');
  return [
    ...(red.length === 0 ? [] : [{ kind: 'BASE_FAILED_BEFORE', branch, gates: red } as const]),
    ...(flaky.length === 0 ? [] : [{ kind: 'BASE_FLAKY', branch, gates: flaky } as const]),
  ];
}
