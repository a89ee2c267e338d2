/**
 * Work that a run left proven is put on its branch and gets its pull request. Gates become check runs.
 *
 * Swarm does this itself, and not the run, so that the repository's own CI runs on it: acts of a job's token start no
 * workflow (SPEC R6.1).
 */
import { segmentOf } from '#core/model/attempt';
import type { HeadSha } from '#core/model/epic';
import { type Attempt, findAttempt, keptOf } from '#core/model/journal';
import { actKeys, recordOf, withOutcome, withoutAct } from '#core/model/journal-lenses';
import type { Problem } from '#core/model/problem';
import { approvalsNeeded } from '#core/model/proof';
import { isReady, type ReadyReport } from '#core/model/report';
import { type Draft, GRACE_MS } from './draft.ts';
import { withoutPassed } from './remember.ts';
import type { Situation } from './situation.ts';

/** Publishes what is ready. While the epic is cancelled, nothing is. */
export function publishWork(situation: Situation, draft: Draft): void {
  for (const report of situation.snapshot.reports) {
    const attempt = findAttempt(draft.journal, report.attempt);
    if (!attempt || attempt.outcome || !isReady(report)) continue;
    const refusal = whyNot(situation, draft, attempt, report);
    if (refusal) {
      draft.journal = withOutcome(withoutAct(draft.journal, actKeys.publish(attempt.id)), attempt, {
        ...{ kind: 'failed', at: draft.now, problem: refusal, report: withoutPassed(report) },
      });
      continue;
    }
    publishOne(situation, draft, attempt, report);
  }
}

function publishOne(situation: Situation, draft: Draft, attempt: Attempt, report: ReadyReport): void {
  const { snapshot, plan, config } = situation;
  const number = segmentOf(attempt.id);
  const segment = situation.segments.get(number);
  const wave = situation.waveOf.get(number);
  // It was taken out of the epic meanwhile: nothing of it is merged without a person's word.
  if (!segment || wave === undefined) return;
  const { branch, head } = report.result;
  const at = snapshot.branches[branch];
  const pull = situation.publishedPull(number);
  draft.once({
    kind: 'publish',
    key: actKeys.publish(attempt.id),
    work: {
      ...{ attempt, report, segment },
      epic: {
        number: snapshot.epic.number,
        title: (snapshot.authorised?.[snapshot.epic.number] ?? snapshot.epic).title,
      },
      wave: { number: wave, of: plan.waves.length },
      base: attempt.into ?? snapshot.base.branch,
      approvals: approvalsNeeded(config, report),
      owner: draft.owner,
    },
    ...(attempt.why === 'prove' || at === head
      ? {}
      : {
          put: {
            head,
            ...(at === undefined ? {} : { from: at }),
            as: at === undefined || at === attempt.from ? 'forward' : 'replace',
          },
        }),
    ...(pull?.state === 'open' ? { pull: pull.number } : {}),
    reason: { kind: 'work ready', segment: number, attempt: attempt.id },
  });
}

/** The problem that keeps work from its branch or from its pull request. */
function whyNot(
  { snapshot }: Situation,
  draft: Draft,
  attempt: Attempt,
  { result: { branch, head } }: ReadyReport,
): Problem | undefined {
  // An issue's text may name any branch, but a segment needs one of its own.
  if (branch === snapshot.base.branch || branch === snapshot.repository.defaultBranch) {
    return { kind: 'BRANCH_OCCUPIED', branch, by: 'base' };
  }
  const at = snapshot.branches[branch];
  const act = draft.journal.acts[actKeys.publish(attempt.id)];
  const isThere = attempt.why === 'prove' || at === head;
  if (act?.state === 'refused') {
    // The branch may have been read late. Until then the act stands as refused, and nothing is repeated.
    if (draft.now - act.at < GRACE_MS) {
      draft.lookAgain(act.at + GRACE_MS - draft.now);
      return undefined;
    }
    return { kind: isThere ? 'PULL_REFUSED' : 'PUSH_REFUSED', branch, message: act.refusal?.message ?? '' };
  }
  const isKnown = at === undefined || at === attempt.from || isLeft(draft, attempt, at);
  return isThere || isKnown ? undefined : { kind: 'BRANCH_OCCUPIED', branch, by: 'others' };
}

/** A commit of an earlier attempt that is on the branch and has no pull request: GitHub refused to open it. */
const isLeft = (draft: Draft, attempt: Attempt, head: HeadSha): boolean =>
  recordOf(draft.journal, segmentOf(attempt.id)).attempts.some(({ outcome }) => {
    const report = outcome?.kind === 'failed' ? outcome.report : undefined;
    return report !== undefined && isReady(report) && report.result.head === head;
  });

/** Reports gates as check runs: all of them where the work is ready, the failed ones of work that was kept. */
export function reportChecks({ snapshot }: Situation, draft: Draft): void {
  for (const report of snapshot.reports) {
    const attempt = findAttempt(draft.journal, report.attempt);
    if (!attempt || attempt.outcome?.kind === 'cancelled') continue;
    const { result } = report;
    const kept = keptOf(attempt)[0]?.head;
    const head = result.kind === 'ready' ? result.head : kept;
    // What was kept is not verified, and a green check would look as if it were.
    const results =
      result.kind === 'ready'
        ? report.validation
        : report.validation.filter(({ verdict }) => verdict === 'fail' || verdict === 'timed out');
    if (head === undefined || results.length === 0) continue;
    const { runId, artefact } = report;
    draft.once({
      ...{ kind: 'report checks', key: actKeys.checks(attempt.id), head, results, runId },
      ...(artefact === undefined ? {} : { artefact }),
      reason: { kind: 'gates ran', attempt: attempt.id },
    });
  }
}
