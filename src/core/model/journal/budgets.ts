/**
 * Budgets: what a run may still cost (SPEC R5.13).
 *
 * A segment's budget is for all of its attempts together, until a person retries it. An epic's is for all of its segments. A run
 * may cost what is left of both when it starts. Runs that are under way at the same time do not know of each other's cost.
 */
import type { Config } from '../config.ts';
import type { SegmentSpec } from '../epic.ts';
import { costOf, spentUsd } from '../history.ts';
import type { Journal, SegmentRecord } from '../journal.ts';

export interface Budget {
  readonly of: 'segment' | 'epic';
  /** All amounts are in US dollars. */
  readonly budgetUsd: number;
  /** Of attempts that have ended, as far as their agents report it. */
  readonly spentUsd: number;
}

/** Sums of costs are not exact. Nothing can be done with less than this. */
const HALF_A_CENT = 0.005;

export function leftUsd({ budgetUsd, spentUsd }: Budget): number {
  const left = budgetUsd - spentUsd;
  return left < HALF_A_CENT ? 0 : left;
}

/** Of the config, or what a person has raised it to, whichever is more. Undefined: there is no limit. */
export function epicBudget(journal: Pick<Journal, 'budget' | 'segments'>, config: Config): Budget | undefined {
  const limits = [config.budgetUsd?.epic, journal.budget?.usd].filter((limit) => limit !== undefined);
  if (limits.length === 0) return undefined;
  return { of: 'epic', budgetUsd: Math.max(...limits), spentUsd: spentUsd(journal) ?? 0 };
}

export function segmentBudget(spec: SegmentSpec, record: SegmentRecord, config: Config): Budget | undefined {
  const budgetUsd = spec.budgetUsd ?? config.budgetUsd?.segment;
  if (budgetUsd === undefined) return undefined;
  return { of: 'segment', budgetUsd, spentUsd: costOf({ attempts: record.attempts.slice(record.forgiven) }) ?? 0 };
}
