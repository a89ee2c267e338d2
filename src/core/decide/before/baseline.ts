/**
 * Look before you pay: a job without an agent runs all gates on the base, and the first agent starts once that is sound
 * (SPEC R5.15).
 *
 * It is a dispatch of its own, so no attempt of a segment is claimed, and none is lost, before its base is known.
 */
import type { Baseline, Dispatch } from '#core/model/journal';
import { PROVEN_MS } from '#core/model/journal/baseline';
import type { Problem } from '#core/model/problem';
import { nextDispatchId, send } from '../dispatch.ts';
import type { Draft } from '../draft.ts';
import type { Situation } from '../situation.ts';
import { baselineOf, baseMovedAt } from './standing.ts';

/** Dispatches the check once a segment waits for nothing else. */
export function startBaseline(situation: Situation, draft: Draft): void {
  const { journal, errors, snapshot, startable } = situation;
  const standing = baselineOf(situation);
  if (journal.phase !== 'running' || errors.length > 0) return;
  if (standing.kind === 'stopped') {
    const again = baseMovedAt(situation);
    if (again !== undefined) draft.lookAgain(again - draft.now);
  }
  if (standing.kind !== 'to check') return;
  const isWaitedFor = [...startable.waiting.values()].some(
    (reasons) => reasons.length > 0 && reasons.every(({ kind }) => kind === 'baseline'),
  );
  if (!isWaitedFor) return;
  const id = nextDispatchId(situation, draft);
  if (id === undefined) return;
  const { round } = standing;
  const dispatch: Dispatch = { id, at: draft.now, work: { kind: 'baseline', round } };
  const baseline: Baseline = { ...roundOf(snapshot, round, draft), dispatch: id };
  draft.journal = {
    ...draft.journal,
    dispatches: { ...draft.journal.dispatches, [id]: dispatch },
    baselines: [...(draft.journal.baselines ?? []), baseline],
  };
  send(draft, dispatch, { kind: 'base unknown', round });
}

/** No tree is proven twice: another epic has run the same gates on the same files, not long ago. */
export function takeProof({ config, snapshot }: Situation, draft: Draft): void {
  const { journal } = draft;
  const { provenBase } = snapshot;
  if (!provenBase || !journal.authorisation || journal.phase !== 'running') return;
  if (draft.now - provenBase.at >= PROVEN_MS) return;
  const standing = baselineOf({ snapshot, journal, config });
  if (standing.kind !== 'to check' && standing.kind !== 'stopped') return;
  const { baselines = [] } = journal;
  const baseline: Baseline = {
    ...roundOf(snapshot, baselines.length + 1, draft),
    verdict: { kind: 'sound', at: draft.now, gates: provenBase.gates },
  };
  draft.journal = { ...journal, baselines: [...baselines, baseline] };
}

const roundOf = ({ base }: Situation['snapshot'], round: number, { now }: Draft): Baseline => ({
  ...{ round, base: base.head, at: now },
  ...(base.proof === undefined ? {} : { proof: base.proof }),
});

/** Tells people once why no agent starts, and again only after one of them asked for another check. */
export function tellBaseline(situation: Situation, draft: Draft): void {
  const standing = baselineOf(situation);
  if (standing.kind !== 'stopped' || !situation.journal.authorisation) return;
  const { problem } = standing;
  const asked = (situation.journal.baselines ?? []).filter(({ forgiven }) => forgiven).length;
  draft.once({
    kind: 'say',
    key: `${BASELINE_SAID}${asked}:${subjectOf(problem)}`,
    on: situation.snapshot.epic.number,
    notice: { kind: 'calibration stopped', problem, owner: draft.owner },
    reason: { kind: 'person needed', problem: problem.kind },
  });
}

export const BASELINE_SAID = 'baseline:';

/** Tells problems apart in a comment's key, without the outputs: they differ in each run. */
const subjectOf = (problem: Problem): string =>
  problem.kind === 'BASE_GATES_RED'
    ? `${problem.kind}:${problem.gates.map(({ gate }) => gate).join(',')}`
    : problem.kind;
