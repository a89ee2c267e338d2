/**
 * What people see: a comment where one of them is needed, labels, and everything else on the panel.
 */
import type { Need } from '#core/model/board';
import { type Config, isLabel, labelName, STATE_LABELS, type StateLabel } from '#core/model/config';
import type { Instant, IssueNumber, PullNumber } from '#core/model/epic';
import { actKeys, laterOf, latestReport, publication, recordOf, refusedIssues } from '#core/model/journal-lenses';
import type { Place, Problem } from '#core/model/problem';
import type { Progress } from '#core/model/progress';
import { redHead } from '#core/model/proof';
import { questionKey } from '#core/model/question';
import type { Issue } from '#core/model/snapshot';
import { BASELINE_SAID, tellBaseline } from './before/baseline.ts';
import { sayFinding } from './calibration.ts';
import { hasLetGo } from './dispatch.ts';
import type { Draft } from './draft.ts';
import type { Situation } from './situation.ts';
import { unchanged } from './verdict.ts';
import { isTooEarly } from './waits.ts';

/** Anything that a person must know gets one comment; everything else is on the panel (SPEC R8.1, R9.1). */
export function tellProblems(situation: Situation, draft: Draft): void {
  tellErrors(situation, draft);
  tellSetup(situation, draft);
  tellHeld(situation, draft);
  tellBaseline(situation, draft);
  tellRefusedIssues(situation, draft);
  tellWithdrawn(situation, draft);
  for (const [segment, progress] of situation.progress) {
    if (progress.kind === 'blocked') tellBlocked(situation, draft, segment, progress);
    if (progress.kind === 'not in this execution') tellConsent(situation, draft, segment, progress);
    if (progress.kind === 'answered') tellAnswer(situation, draft, segment);
    if (progress.kind === 'in review') tellReview(situation, draft, segment, progress);
  }
  tellWaveToApprove(situation, draft);
}

function tellErrors({ errors, snapshot, plan }: Situation, draft: Draft): void {
  if (errors.length === 0) return;
  const warnings = [...snapshot.preflight, ...plan.diagnostics].filter(({ level }) => level === 'warning');
  draft.once({
    kind: 'say',
    key: `held:${fingerprint(JSON.stringify(errors))}`,
    on: snapshot.epic.number,
    notice: {
      ...{ kind: 'epic held', diagnostics: [...errors, ...warnings], owner: draft.owner },
      ...(plan.names ? { names: plan.names } : {}),
    },
    reason: { kind: 'epic held' },
  });
}

/** Known only until the first dispatch, so the panel would lose them. */
function tellSetup({ errors, snapshot }: Situation, draft: Draft): void {
  const kinds: readonly Problem['kind'][] = ['KEY_NOT_PASSED', 'NOT_FETCHED'];
  const warnings = snapshot.preflight.filter(({ problem }) => kinds.includes(problem.kind));
  if (warnings.length === 0 || errors.length > 0 || !draft.journal.authorisation) return;
  draft.once({
    kind: 'say',
    key: `setup:${fingerprint(JSON.stringify(warnings))}`,
    on: snapshot.epic.number,
    notice: { kind: 'setup warnings', diagnostics: warnings },
    reason: { kind: 'setup warnings' },
  });
}

/** What holds segments back although the plan has no error. */
function tellHeld({ board, snapshot }: Situation, draft: Draft): void {
  for (const need of board.needs) {
    if (need.kind === 'unblock' && need.problem.kind === 'SEGMENT_OWNED') tellOwned(need.segment, need.problem, draft);
    if (need.kind !== 'resolve') continue;
    const { problem } = need;
    if (problem.kind !== 'BASE_RED' && problem.kind !== 'EPIC_BUDGET_SPENT') continue;
    const about = problem.kind === 'BASE_RED' ? problem.checks : problem.budgetUsd;
    draft.once({
      kind: 'say',
      key: `${HELD[problem.kind]}:${fingerprint(JSON.stringify(about))}`,
      on: snapshot.epic.number,
      notice: { kind: 'calibration stopped', problem, owner: draft.owner },
      reason: { kind: 'person needed', problem: problem.kind },
    });
  }
}

/** On the epic that waits: the segment has comments of the other one. */
function tellOwned(segment: IssueNumber, problem: Extract<Problem, { kind: 'SEGMENT_OWNED' }>, draft: Draft): void {
  draft.once({
    kind: 'say',
    key: `owned:${segment}:${problem.epic}`,
    on: draft.snapshot.epic.number,
    notice: { kind: 'calibration stopped', problem, owner: draft.owner },
    reason: { kind: 'person needed', problem: problem.kind },
  });
}

const HELD = { BASE_RED: 'base-red', EPIC_BUDGET_SPENT: 'budget-spent' } as const;

function tellRefusedIssues({ journal, snapshot }: Situation, draft: Draft): void {
  for (const { key, problem } of refusedIssues(journal)) {
    draft.once({
      kind: 'say',
      key: `refused:${key}:${journal.acts[key]?.at ?? 0}`,
      on: snapshot.epic.number,
      notice: { kind: 'calibration stopped', problem, owner: draft.owner },
      reason: { kind: 'issue refused' },
    });
  }
}

/** The people who are left have to know what they have to say again. */
function tellWithdrawn({ journal, snapshot }: Situation, draft: Draft): void {
  for (const { at, by, byId, what } of journal.withdrawn ?? []) {
    draft.once({
      kind: 'say',
      key: `withdrawn:${at}:${byId ?? by}`,
      on: snapshot.epic.number,
      notice: { kind: 'withdrawn', by, what, owner: draft.owner },
      reason: { kind: 'right lost', by },
    });
  }
}

type Of<Kind extends Progress['kind']> = Extract<Progress, { readonly kind: Kind }>;

function tellBlocked(situation: Situation, draft: Draft, segment: IssueNumber, { problem }: Of<'blocked'>): void {
  // A question has a comment of its own.
  if (problem.kind === 'QUESTION_ASKED') return;
  const record = situation.record(segment);
  const report = latestReport(record);
  const outcome = record.attempts.at(-1)?.outcome;
  const { course, refused } = (outcome?.kind === 'failed' && outcome.report) || {};
  const kept = report?.result.kind === 'failed' ? report.result.kept : undefined;
  draft.once({
    kind: 'say',
    key: `blocked:${segment}:${record.attempts.length}:${problem.kind}`,
    on: segment,
    notice: {
      kind: 'segment blocked',
      segment,
      problem,
      owner: draft.owner,
      ...(kept ? { kept } : {}),
      ...(report?.artefact ? { artefact: report.artefact } : {}),
      ...(course ? { course } : {}),
      ...(refused ? { refused } : {}),
    },
    reason: { kind: 'segment blocked', segment, problem: problem.kind },
  });
}

function tellConsent(
  { journal }: Situation,
  draft: Draft,
  segment: IssueNumber,
  { problem }: Of<'not in this execution'>,
): void {
  draft.once({
    kind: 'say',
    key: `consent:${segment}:${problem.kind}:${journal.authorisation?.at ?? 0}`,
    on: segment,
    notice: { kind: 'segment blocked', segment, problem, owner: draft.owner },
    reason: { kind: 'consent missing', segment, problem: problem.kind },
  });
}

function tellAnswer(situation: Situation, draft: Draft, segment: IssueNumber): void {
  const report = latestReport(situation.record(segment));
  const findings = (report?.course?.findings ?? []).map(sayFinding);
  const summary = [report?.agent.summary ?? '', ...findings].join('\n');
  draft.once({
    kind: 'say',
    key: `answered:${segment}`,
    on: segment,
    notice: { kind: 'segment answered', segment, summary },
    reason: { kind: 'question researched' },
  });
}

function tellReview(situation: Situation, draft: Draft, segment: IssueNumber, { pull: number }: Of<'in review'>): void {
  const record = situation.record(segment);
  const pull = situation.publishedPull(segment);
  const red = pull && redHead(pull, record);
  if (red) {
    draft.once({
      kind: 'say',
      key: `head-red:${pull.number}:${pull.head.slice(0, 12)}`,
      on: pull.number,
      notice: { kind: 'segment blocked', segment, problem: red, owner: draft.owner },
      reason: { kind: 'head red', pull: pull.number },
    });
  }
  const unmoved = pull && unchanged(pull, record);
  if (unmoved) {
    const { attempt, by, said } = unmoved;
    const problem = { kind: 'REWORK_UNCHANGED', at: { pull: number }, by, said } as const;
    draft.once({
      kind: 'say',
      key: `unchanged:${attempt}`,
      on: number,
      notice: { kind: 'segment blocked', segment, problem, owner: draft.owner },
      reason: { kind: 'person needed', problem: problem.kind },
    });
  }
  tellWaits(situation, draft, segment, number);
  const { mergeRefusal } = record;
  if (!mergeRefusal) return;
  draft.once({
    kind: 'say',
    key: `merge-refused:${number}:${mergeRefusal.head.slice(0, 12)}`,
    on: number,
    notice: {
      kind: 'merge refused',
      pull: number,
      problem: { kind: 'MERGE_REFUSED', at: { pull: number }, message: mergeRefusal.message },
      owner: draft.owner,
    },
    reason: { kind: 'merge refused', pull: number },
  });
}

/** Checks and rules that keep a pull request from merging until a person acts: once for each kind and head. */
function tellWaits(situation: Situation, draft: Draft, segment: IssueNumber, number: PullNumber): void {
  const pull = situation.pulls.get(number);
  if (!pull) return;
  for (const need of situation.board.needs) {
    if (need.kind !== 'unblock' || need.segment !== segment) continue;
    const { problem } = need;
    if (!isOfPull(problem)) continue;
    // GitHub asks reviewers itself. A comment follows only if the rules are still not met a while later.
    const facts = { pull, record: situation.record(segment), now: draft.now };
    if (problem.kind === 'REVIEW_MISSING' && isTooEarly(facts)) continue;
    if (isHeldAndUndecided(situation, need)) continue;
    draft.once({
      kind: 'say',
      key: `waits:${number}:${pull.head.slice(0, 12)}:${problem.kind}`,
      on: number,
      notice: { kind: 'segment blocked', segment, problem, owner: draft.owner },
      reason: { kind: 'person needed', problem: problem.kind },
    });
  }
}

/** The pull request already asks the same people for a verdict, and GitHub shows them the runs there. */
const isHeldAndUndecided = ({ board }: Situation, need: Need): boolean =>
  need.kind === 'unblock' &&
  need.problem.kind === 'RUNS_HELD' &&
  board.needs.some((other) => other.kind === 'decide pull' && other.segment === need.segment);

const OF_PULL = [
  'CHECKS_FAILED',
  'CHECKS_MISSING',
  'CHECKS_SLOW',
  'REVIEW_MISSING',
  'RULES_UNMET',
  'RUNS_HELD',
  'HEAD_UNRELATED',
] as const;
const isOfPull = (problem: Problem): problem is Extract<Problem, { kind: (typeof OF_PULL)[number] }> =>
  (OF_PULL as readonly string[]).includes(problem.kind);

// ── Reminders ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** How often one wait is brought to mind. Then it stays on the panel. */
export const MOST_REMINDERS = 3;

/**
 * Reminds people of what only they can do, once in each period of `remind`, a few times (SPEC R9.6). No timer is needed:
 * the sweep looks at each epic often enough.
 */
export function remindPeople(situation: Situation, draft: Draft): void {
  const { board, config, journal } = situation;
  const { remindMinutes } = config;
  if (remindMinutes === undefined || journal.phase === 'cancelled') return;
  // A paused epic stands still because a person wants it to. That it is paused is all there is to recall.
  const needs = journal.phase === 'paused' ? board.needs.filter(({ kind }) => kind === 'resume') : board.needs;
  for (const need of needs) {
    if (isHeldAndUndecided(situation, need)) continue;
    const since = waitingSince(situation, need);
    if (since === undefined) continue;
    const time = Math.min(MOST_REMINDERS, Math.floor((draft.now - since) / (remindMinutes * 60_000)));
    if (time < 1) continue;
    draft.once({
      kind: 'say',
      key: `remind:${subjectOf(need)}:${since}:${time}`,
      on: remindedOn(need, situation),
      notice: {
        kind: 'reminder',
        need,
        board,
        to: [draft.owner, ...ownersIn(need)],
        time,
        of: MOST_REMINDERS,
        afterMs: time * remindMinutes * 60_000,
      },
      reason: { kind: 'person reminded', time },
    });
  }
}

/** Tells waits apart in a comment's key. It leaves out facts that change while Swarm waits for a person. */
function subjectOf(need: Need): string {
  const problem = 'problem' in need ? need.problem.kind : undefined;
  const about = 'segment' in need ? need.segment : 'wave' in need ? need.wave : undefined;
  return [need.kind.replace(' ', '-'), about, problem].filter((part) => part !== undefined).join('-');
}

/** The issue or pull request on which a person acts. */
function remindedOn(need: Need, { snapshot }: Situation): IssueNumber | PullNumber {
  if (!('segment' in need)) return snapshot.epic.number;
  if (need.kind !== 'unblock') return need.pull;
  if (need.problem.kind === 'SEGMENT_OWNED') return snapshot.epic.number;
  const at: Place = 'at' in need.problem ? need.problem.at : {};
  return at.pull ?? need.segment;
}

const ownersIn = (need: Need): readonly string[] =>
  need.kind === 'unblock' && need.problem.kind === 'REVIEW_MISSING' ? need.problem.from : [];

/**
 * The time since when a person is waited for: the latest of all that was said about it and happened to it. Undefined: before
 * its comment is written.
 */
function waitingSince({ journal, board, snapshot }: Situation, need: Need): Instant | undefined {
  const said = (...starts: readonly string[]): readonly Instant[] =>
    Object.entries(journal.acts).flatMap(([key, { at }]) =>
      starts.some((start) => key.startsWith(start)) ? [at] : [],
    );
  const latest = (times: readonly (Instant | undefined)[]): Instant | undefined =>
    times.reduce<Instant | undefined>(laterOf, undefined);
  switch (need.kind) {
    case 'unblock':
    case 'decide pull':
    case 'merge pull': {
      const of = need.segment;
      const { attempts } = recordOf(journal, of);
      const pull = 'pull' in need ? need.pull : publication(recordOf(journal, of))?.pull;
      const onPull = pull === undefined ? [] : [`head-red:${pull}:`, `waits:${pull}:`, `merge-refused:${pull}:`];
      const seen = snapshot.pulls.find(({ number }) => number === pull);
      return latest([
        attempts.at(-1)?.outcome?.at ?? journal.startedAt,
        ...attempts.flatMap(({ id }) => said(questionKey(id))),
        ...said(`blocked:${of}:`, `consent:${of}:`, `owned:${of}:`, ...onPull),
        seen?.readyAt,
        ...(seen?.reviews ?? []).map(({ at }) => at),
      ]);
    }
    case 'approve wave':
      return latest(said(`approve-wave:${need.wave}`));
    case 'accept':
      return latest(said('accept:'));
    case 'calibration':
      return latest(said(`calibration-stopped:${need.wave}:`));
    case 'resolve':
      return latest([board.asOf, ...said('held:', 'refused:', 'base-red:', 'budget-spent:', 'limit:', BASELINE_SAID)]);
    case 'resume':
      return latest([journal.pausedAt, ...said('withdrawn:')]);
  }
}

function tellWaveToApprove({ waveToApprove: wave, errors, snapshot, plan }: Situation, draft: Draft): void {
  if (wave === undefined || errors.length > 0) return;
  draft.once({
    kind: 'say',
    key: `approve-wave:${wave}`,
    on: snapshot.epic.number,
    notice: { kind: 'approve wave', wave, owner: draft.owner, plan },
    reason: { kind: 'wave to approve', wave },
  });
}

/** FNV-1a: tells two lists of errors apart in a comment's key. Nothing depends on it being hard to forge. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** The state label of each segment, and of the epic. */
export function labelSegments(situation: Situation, draft: Draft): void {
  const { epic } = situation.snapshot;
  for (const { number } of situation.plan.segments) {
    const issue = situation.issues.get(number);
    const progress = situation.progress.get(number);
    // The epic that has it labels it.
    if (situation.snapshot.owners?.[number] !== undefined || hasLetGo(situation.journal)) continue;
    if (issue && progress && number !== epic.number) label(draft, issue, segmentLabel(progress), situation.config);
  }
  label(draft, epic, epicLabel(situation), situation.config);
}

function label(draft: Draft, issue: Issue, wanted: StateLabel | undefined, config: Config): void {
  const isWanted = (name: string): boolean => wanted !== undefined && isLabel(name, config, wanted);
  const isOurs = (name: string): boolean => STATE_LABELS.some((each) => isLabel(name, config, each));
  const add = wanted !== undefined && !issue.labels.some(isWanted) ? [labelName(config, wanted)] : [];
  const remove = issue.labels.filter((each) => isOurs(each) && !isWanted(each));
  if (add.length + remove.length === 0) return;
  const reason = { kind: 'state changed', issue: issue.number, state: wanted ?? 'waiting' } as const;
  draft.decide({ kind: 'set labels', issue: issue.number, add, remove, reason });
}

function segmentLabel(progress: Progress): StateLabel | undefined {
  switch (progress.kind) {
    case 'queued':
      return 'queued';
    case 'running':
    case 'to rework':
      return 'running';
    case 'in review':
    case 'to merge':
      return 'review';
    case 'blocked':
      return progress.problem.kind === 'QUESTION_ASKED' ? 'needs-input' : 'blocked';
    case 'not in this execution':
      return 'blocked';
    case 'merged':
    case 'answered':
    case 'skipped':
      return 'done';
    case 'closed before':
    case 'waiting':
    case 'ready':
      return undefined;
  }
}

function epicLabel({ journal, errors, progress, snapshot }: Situation): StateLabel {
  if (journal.phase === 'finished') return 'done';
  if (journal.phase === 'paused' || journal.phase === 'cancelled') return 'paused';
  if (errors.length > 0) return 'blocked';
  // An epic that is its own segment shows that segment's trouble; taking the label off retries it.
  if (progress.get(snapshot.epic.number)?.kind === 'blocked') return 'blocked';
  const kinds = new Set([...progress.values()].map(({ kind }) => kind));
  if (kinds.has('queued') || kinds.has('running')) return 'running';
  return kinds.has('in review') ? 'review' : 'running';
}

/** The panel is written at most this often while only the steps of jobs change; the next look writes it. */
const STEPS_MS = 60_000;

export function showPanel({ snapshot, board }: Situation, draft: Draft): void {
  const said = snapshot.said[actKeys.panel];
  const comment = said?.id ?? draft.journal.acts[actKeys.panel]?.result;
  const panel = {
    kind: 'show panel',
    key: actKeys.panel,
    on: snapshot.epic.number,
    board,
    reason: { kind: 'panel current' },
  } as const;
  if (comment === undefined) {
    draft.once(panel);
    return;
  }
  const isFresh = said?.at !== undefined && draft.now - said.at < STEPS_MS;
  draft.decide({ ...panel, comment, ...(isFresh ? { steps: 'can wait' } : {}) });
}
