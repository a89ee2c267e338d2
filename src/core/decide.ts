/**
 * Snapshot → the next journal and what to do, each with its reason. The whole of swarm's judgement, from top to bottom:
 *
 *   remember   what the observation settled (attempts that ended, acts that are seen)
 *   plan       waves, tracks and what is wrong, from the issues as they are now
 *   take       what people asked for
 *   derive     where each segment stands
 *   decide     merge, close, rework, start, calibrate, ask, tell
 *
 * Pure: the same snapshot gives the same paper. That makes it safe to run at any time, by anyone, twice.
 */
import { errorsOf, latestReport, makeBoard, nextWave, segmentsInWave, spent } from './board.ts';
import {
  coverageFindings,
  fixesFor,
  isDone,
  isLeftOut,
  mendedCriteria,
  metCriteria,
  type Progresses,
  roundToMend,
  sayFinding,
  securityFindings,
  standingOf,
  tick,
  type WaveStanding,
  waveOf,
} from './calibration.ts';
import { type Config, labelName, STATE_LABELS, type StateLabel } from './config.ts';
import type { Decision } from './decision.ts';
import type { HeadSha, Instant, IssueNumber, PullNumber, Segment } from './epic.ts';
import {
  type AnsweredQuestion,
  type Attempt,
  type AuthorisedTexts,
  type Dispatch,
  emptyJournal,
  type Journal,
  keptOf,
  type SegmentRecord,
} from './journal.ts';
import { attemptName } from './name.ts';
import { GRACE_MS, Paper } from './paper.ts';
import type { Plan } from './plan.ts';
import { planEpic } from './planner.ts';
import {
  type Board,
  deriveProgress,
  type Event,
  notBefore,
  type Progress,
  publishedPull,
  type WaitReason,
} from './progress.ts';
import { actKeys, recordOf, refusedIssues, remember, withCalibration, withRecord } from './remember.ts';
import type { Finding } from './report.ts';
import { acceptanceKey, adoptChanges, noteConfig, takeRequests } from './request.ts';
import { startable } from './schedule.ts';
import type { Issue, Pull, Snapshot } from './snapshot.ts';
import { approvers, MERGE_AGAIN_MS, redHead, rejection, wantsProof } from './verdict.ts';

export interface Decided {
  readonly journal: Journal;
  readonly decisions: readonly Decision[];
  readonly board: Board;
  /** What this step adds to the epic's history: the message of the journal's commit. */
  readonly history: readonly Event[];
  /** Issues to keep as they read now, because they were authorised. */
  readonly texts: AuthorisedTexts;
  /** By GitHub's clock; undefined: only an event or the sweep. */
  readonly lookAgainAt: Instant | undefined;
}

export function decide(snapshot: Snapshot, config: Config): Decided {
  const paper = new Paper(snapshot, remember(snapshot, snapshot.journal ?? emptyJournal(snapshot.epic.number)));
  bindMadeSegments(paper);
  let plan = planOf(paper, config);

  // A closed epic is left alone (SPEC R4.4).
  if (snapshot.epic.state !== 'open') {
    return finish(paper, plan, deriveProgress(snapshot, paper.journal, plan, config), config);
  }

  const before = JSON.stringify(planned(paper));
  takeRequests(paper, plan, config);
  adoptChanges(paper, plan, config);
  noteConfig(paper);
  // A plan is searched for: it is not made again where nothing that it rests on changed.
  if (JSON.stringify(planned(paper)) !== before) plan = planOf(paper, config);
  const derived = deriveProgress(snapshot, paper.journal, plan, config);

  if (!paper.journal.authorisation) {
    return finish(paper, plan, derived, config);
  }
  if (paper.journal.phase === 'finished') {
    endEpic(paper, plan, derived, config);
    return finish(paper, plan, derived, config);
  }
  if (paper.journal.phase === 'cancelled') cancelRuns(paper);
  else if (!isStopped(paper)) mergeNext(paper, plan, derived, config);
  settleMerged(paper, plan, derived, config);
  closeGroups(paper, derived);
  const standings = calibrate(paper, plan, derived, config);
  const progresses = startWork(paper, plan, derived, standings, config);
  repeatLostDispatches(paper, plan);
  tellProblems(paper, plan, progresses, config);
  askAcceptance(paper, plan, progresses, standings, config);
  labelSegments(paper, plan, progresses, config);
  showPanel(paper, plan, progresses, config);
  return finish(paper, plan, progresses, config);
}

/** What the journal adds to a plan: which segments mend a wave, and which a person left out. */
function planned({ journal }: Paper) {
  const fixes: Record<number, { wave: number; round: number }> = {};
  const skipped: number[] = [];
  for (const [segment, record] of Object.entries(journal.segments)) {
    if (record.skipped) skipped.push(Number(segment));
    if (record.fix) fixes[Number(segment)] = { wave: record.fix.wave, round: record.fix.round };
  }
  return { fixes, skipped, epicDigest: journal.authorisation?.epicDigest };
}

function planOf(paper: Paper, config: Config): Plan {
  const { epic, issues, others, instructions, earlier = [] } = paper.snapshot;
  const { fixes, skipped, epicDigest } = planned(paper);
  const known = instructions ? { instructions } : {};
  // What was authorised was forecast from what was known then, and stays as it was shown.
  const took = paper.journal.authorisation ? (paper.journal.earlier ?? []) : earlier;
  const plan = planEpic({ epic, issues, others, config, fixes, skipped: new Set(skipped), earlier: took, ...known });
  if (epicDigest === undefined || plan.source === 'the epic itself' || epicDigest === epic.digest) return plan;
  // Agents are told the text that was authorised, so nothing has to wait for it; but people should know.
  const changed = { level: 'warning', problem: { kind: 'EPIC_CHANGED', at: { issue: epic.number } } } as const;
  return { ...plan, diagnostics: [...plan.diagnostics, changed] };
}

function finish(paper: Paper, plan: Plan, progresses: Progresses, config: Config): Decided {
  finishRequests(paper);
  return {
    journal: isWorthKeeping(paper) ? paper.journal : (paper.snapshot.journal ?? emptyJournal(paper.journal.epic)),
    decisions: paper.decisions,
    board: makeBoard(paper.snapshot, paper.journal, plan, progresses, config),
    history: paper.history,
    texts: paper.texts,
    lookAgainAt: paper.lookAgainAt,
  };
}

/** 🚀 comes last: also for a request whose look ended before it came so far (SPEC R3.4). */
function finishRequests(paper: Paper): void {
  const before = paper.snapshot.acknowledged.filter(({ id }) => paper.journal.taken[id] === 'accepted');
  for (const node of new Set([...before.map((each) => each.node), ...paper.taken])) {
    paper.decide({ kind: 'react', node, with: 'rocket', reason: 'a request is done' });
  }
}

/** Before an epic is started, a question or a refused word leaves nothing to keep; a decision about a segment does. */
function isWorthKeeping({ snapshot, journal }: Paper): boolean {
  const substance = (of: Journal): string => JSON.stringify({ ...of, taken: {}, acts: {} });
  const before = snapshot.journal ?? emptyJournal(journal.epic);
  return journal.authorisation !== undefined || substance(journal) !== substance(before);
}

/** Issues swarm made itself are part of what was authorised; they are known by the act that made them. */
function bindMadeSegments(paper: Paper): void {
  for (const [key, act] of Object.entries(paper.journal.acts)) {
    const made = /^fix:\d+:(\d+):(\d+):(\d+)$/.exec(key);
    if (!made || act.state !== 'done' || act.result === undefined) continue;
    const issue = paper.snapshot.issues.find((each) => each.number === act.result);
    const { authorisation } = paper.journal;
    if (!issue || issue.madeFor !== key || !authorisation || recordOf(paper.journal, issue.number).fix) continue;
    const wave = Number(made[1]);
    const round = Number(made[2]);
    const mends = findingOf(paper.journal, wave, round, Number(made[3]))?.mends;
    paper.journal = withRecord(paper.journal, issue.number, { fix: { key, wave, round, ...(mends ? { mends } : {}) } });
    paper.texts[issue.number] = { title: issue.title, body: issue.body, labels: issue.labels };
    paper.journal = {
      ...paper.journal,
      authorisation: {
        ...authorisation,
        segments: { ...authorisation.segments, [issue.number]: { digest: issue.digest, blockedBy: [], external: [] } },
      },
    };
  }
}

/** What the n-th fix segment of a round is for; a follow-up is for no finding. */
function findingOf(journal: Journal, wave: number, round: number, index: number): Finding | undefined {
  const verdict = journal.calibrations[wave]?.find((each) => each.round === round)?.verdict;
  return verdict?.kind === 'failed' ? fixesFor(verdict.findings)[index - 1] : undefined;
}

/** The kill switch, a broken config, a missing workflow: nothing is judged by rules that nobody chose. */
const isStopped = (paper: Paper): boolean => paper.snapshot.preflight.some(({ level }) => level === 'error');

/** Whether an issue reads otherwise than it was authorised: its text then decides nothing any more (SPEC R11.2). */
const isChanged = (journal: Journal, issue: Issue): boolean =>
  journal.authorisation?.segments[issue.number]?.digest !== issue.digest;

const leafOf = (snapshot: Snapshot, number: IssueNumber): Issue | undefined =>
  number === snapshot.epic.number ? snapshot.epic : snapshot.issues.find((issue) => issue.number === number);

/** One merge a look, in the plan's order: each changes what the next one has to fit to. */
function mergeNext(paper: Paper, plan: Plan, progresses: Progresses, config: Config): void {
  const { snapshot } = paper;
  for (const segment of inPlanOrder(plan)) {
    const progress = progresses.get(segment.number);
    if (progress?.kind === 'in review') waitForGitHub(paper, progress);
    if (progress?.kind !== 'to merge') continue;
    const pull = snapshot.pulls.find((each) => each.number === progress.pull);
    if (!pull) continue;
    const by =
      progress.approvedBy.length > 0 ? `approved by ${progress.approvedBy.join(', ')}` : 'no approval is asked for';
    const reason = `#${segment.number}: gates green on ${pull.head.slice(0, 7)}, ${by}`;
    if (pull.draft) {
      paper.decide({ kind: 'mark ready', pull: pull.number, pullId: pull.id, reason });
      paper.lookAgain(GRACE_MS);
      return;
    }
    const key = actKeys.merge(pull.number, pull.head);
    if (paper.journal.acts[key]?.state === 'refused') paper.journal = withoutAct(paper.journal, key);
    paper.once({
      kind: 'merge',
      key,
      pull: pull.number,
      head: pull.head,
      method: config.mergeMethod,
      segment,
      epic: snapshot.epic.number,
      approvedBy: progress.approvedBy,
      reason,
    });
    return;
  }
}

function withoutAct(journal: Journal, key: string): Journal {
  const { [key]: _, ...acts } = journal.acts;
  return { ...journal, acts };
}

function waitForGitHub(paper: Paper, progress: Extract<Progress, { kind: 'in review' }>): void {
  for (const wait of progress.waits) {
    if (wait.kind === 'mergeable' && wait.state === 'unknown') paper.lookAgain(5_000);
    if (wait.kind === 'merge refused') paper.lookAgain(MERGE_AGAIN_MS);
  }
}

const inPlanOrder = (plan: Plan): readonly Segment[] =>
  plan.waves.flatMap((wave) =>
    wave.tracks
      .flatMap((track) => track.segments)
      .map((number) => plan.segments.find((segment) => segment.number === number))
      .filter((segment) => segment !== undefined),
  );

/** After a merge: tick what is met, close the issue, delete the branch (SPEC R6.5, R6.6). */
function settleMerged(paper: Paper, plan: Plan, progresses: Progresses, config: Config): void {
  const { snapshot, journal } = paper;
  for (const segment of plan.segments) {
    const progress = progresses.get(segment.number);
    const issue = leafOf(snapshot, segment.number);
    const record = recordOf(journal, segment.number);
    if (!issue || !progress) continue;
    if (progress.kind === 'merged') {
      const pull = publishedPull(snapshot, record);
      const met = metCriteria(segment, latestReport(record)?.agent, pull ? approvers(pull, record, config) : []);
      tickCriteria(paper, issue, segment, met, progress.pull);
      const mends = record.fix?.mends;
      const mended = mends && plan.segments.find((each) => each.number === mends.issue);
      const mendedIssue = mends && leafOf(snapshot, mends.issue);
      if (mended && mendedIssue && !isChanged(journal, issue)) {
        tickCriteria(paper, mendedIssue, mended, mendedCriteria(segment, mends, met), progress.pull);
      }
      // Only what was merged is deleted: a push that came after it is somebody's work.
      if (pull && snapshot.branches[pull.branch] === pull.head) {
        const reason = `#${progress.pull} is merged`;
        paper.decide({ kind: 'delete branch', branch: pull.branch, head: pull.head, reason });
      }
      // What earlier attempts left for people to look at has served its end.
      for (const { branch, head } of record.attempts.flatMap(keptOf)) {
        if (snapshot.branches[branch] !== head) continue;
        const reason = `#${progress.pull} is merged; the work kept from an earlier attempt is not needed`;
        paper.decide({ kind: 'delete branch', branch, head, reason });
      }
    }
    const isEpic = issue.number === snapshot.epic.number;
    if (issue.state !== 'open' || isEpic) continue;
    if (progress.kind === 'merged' || progress.kind === 'answered') {
      paper.decide({
        kind: 'close issue',
        issue: issue.number,
        issueId: issue.id,
        as: 'completed',
        reason: progress.kind === 'merged' ? `#${progress.pull} is merged` : 'the research is answered',
      });
    }
    const left = progress.kind === 'skipped' ? publishedPull(snapshot, record) : undefined;
    if (left?.state === 'open') {
      paper.decide({ kind: 'close pull', pull: left.number, reason: `#${segment.number} is skipped` });
    }
    if (progress.kind === 'skipped' && record.skipped) {
      paper.decide({
        kind: 'close issue',
        issue: issue.number,
        issueId: issue.id,
        as: 'not planned',
        reason: `skipped by @${record.skipped.by}: ${record.skipped.reason}`,
      });
    }
  }
}

/** A group ends with the last of its leaves (SPEC R1.1); one whose leaves were all left out was not done. */
function closeGroups(paper: Paper, progresses: Progresses): void {
  const { snapshot } = paper;
  const leavesOf = (group: Issue): readonly Issue[] =>
    snapshot.issues
      .filter((each) => each.parent === group.number)
      .flatMap((each) => (each.children.length > 0 ? leavesOf(each) : [each]));
  for (const group of snapshot.issues) {
    if (group.children.length === 0 || group.state !== 'open') continue;
    const leaves = leavesOf(group);
    const isOver = leaves.every(({ number, state }) => state !== 'open' && isDone(progresses.get(number)));
    if (leaves.length === 0 || !isOver) continue;
    const isSkipped = leaves.every(({ number }) => progresses.get(number)?.kind === 'skipped');
    const as = isSkipped ? 'not planned' : 'completed';
    const reason = `#${group.number}: every segment in it is ${isSkipped ? 'skipped' : 'done'}`;
    paper.decide({ kind: 'close issue', issue: group.number, issueId: group.id, as, reason });
  }
}

/** The only edit swarm makes to a person's text; one that was changed since it was authorised is left alone. */
function tickCriteria(paper: Paper, issue: Issue, segment: Segment, met: ReadonlySet<string>, pull: PullNumber): void {
  const body = tick(issue.body, segment.spec.criteria, met);
  if (body === issue.body || isChanged(paper.journal, issue)) return;
  const reason = `#${segment.number}: criteria met, with evidence in #${pull}`;
  paper.decide({ kind: 'tick criteria', issue: issue.number, was: issue.body, body, reason });
}

/** Wave boundaries: dispatch calibrations, judge their criteria, have fix segments made (SPEC R7.1). */
function calibrate(
  paper: Paper,
  plan: Plan,
  progresses: Progresses,
  config: Config,
): ReadonlyMap<number, WaveStanding> {
  judgeCoverage(paper, plan, progresses);
  const standings = new Map<number, WaveStanding>();
  let before: WaveStanding = { kind: 'passed', round: 0 };
  for (const wave of plan.waves) {
    const standing = standingOf(wave, progresses, paper.journal, config);
    standings.set(wave.number, standing);
    const mayGo = paper.journal.phase === 'running' && (before.kind === 'passed' || config.schedule === 'eager');
    if (standing.kind === 'to calibrate' && mayGo && errorsOf(paper.snapshot, plan, paper.journal).length === 0) {
      startCalibration(paper, plan, wave.number, standing.round, progresses, config);
    }
    const failed = roundToMend(wave, paper.journal, config);
    if (failed && !isStopped(paper)) makeFixes(paper, plan, wave.number, failed.round, failed.findings);
    if (standing.kind === 'stopped') {
      paper.once({
        kind: 'say',
        key: `calibration-stopped:${wave.number}:${(paper.journal.calibrations[wave.number] ?? []).length}`,
        on: paper.snapshot.epic.number,
        notice: { kind: 'calibration stopped', problem: standing.problem, owner: ownerOf(paper) },
        reason: `wave ${wave.number} failed its calibration too often`,
      });
    }
    before = standing;
  }
  makeFollowUps(paper);
  return standings;
}

/** A round that passed its gates fails all the same while a criterion of its wave is open and without evidence. */
function judgeCoverage(paper: Paper, plan: Plan, progresses: Progresses): void {
  for (const [key, rounds] of Object.entries(paper.journal.calibrations)) {
    const wave = Number(key);
    const last = rounds.at(-1);
    if (last?.verdict?.kind !== 'passed' || last.judged) continue;
    const left = segmentsInWave(plan, wave).flatMap((number) => {
      const segment = plan.segments.find((each) => each.number === number);
      const issue = leafOf(paper.snapshot, number);
      if (!segment || !issue || progresses.get(number)?.kind !== 'merged' || isChanged(paper.journal, issue)) return [];
      return [{ segment, left: segment.spec.criteria.filter((criterion) => criterion.state === 'open') }];
    });
    const security = segmentsInWave(plan, wave)
      .filter((number) => plan.segments.some((each) => each.number === number && each.spec.worker === 'security'))
      .filter((number) => ['merged', 'answered'].includes(progresses.get(number)?.kind ?? ''))
      .map((number) => ({ number, report: latestReport(recordOf(paper.journal, number)) }));
    const findings = [...coverageFindings(left), ...securityFindings(security, rounds)];
    if (findings.length === 0) paper.record({ kind: 'WAVE COMPLETE', wave });
    paper.journal = withCalibration(paper.journal, wave, last.round, (calibration) => ({
      ...calibration,
      judged: true,
      ...(findings.length === 0 ? {} : { verdict: { kind: 'failed', at: paper.now, findings } }),
    }));
  }
}

function startCalibration(
  paper: Paper,
  plan: Plan,
  wave: number,
  round: number,
  progresses: Progresses,
  config: Config,
): void {
  const id = nextDispatchId(paper, config);
  if (id === undefined) return;
  const { head } = paper.snapshot.base;
  const dispatch: Dispatch = { id, at: paper.now, work: { kind: 'calibration', wave, round } };
  const covers = segmentsInWave(plan, wave).filter((number) => progresses.get(number)?.kind === 'merged');
  const rounds = paper.journal.calibrations[wave] ?? [];
  paper.journal = {
    ...paper.journal,
    dispatches: { ...paper.journal.dispatches, [id]: dispatch },
    calibrations: {
      ...paper.journal.calibrations,
      [wave]: [...rounds, { round, base: head, dispatch: id, at: paper.now, covers }],
    },
  };
  send(paper, dispatch, `wave ${wave} is merged: its whole is checked (round ${round})`);
}

function makeFixes(paper: Paper, plan: Plan, wave: number, round: number, findings: readonly Finding[]): void {
  const { epic } = paper.snapshot;
  const files = [
    ...new Set(
      segmentsInWave(plan, wave).flatMap((number) => {
        const issue = leafOf(paper.snapshot, number);
        if (!issue || isChanged(paper.journal, issue)) return [];
        return plan.segments.find((each) => each.number === number)?.spec.files ?? [];
      }),
    ),
  ].sort();
  const made: IssueNumber[] = [];
  const wanted = fixesFor(findings);
  wanted.forEach((finding, index) => {
    const key = actKeys.fix(epic.number, wave, round, index + 1);
    const state = paper.once({
      kind: 'make issue',
      key,
      notice: { kind: 'fix segment', wave, round, finding, files, epic: epic.number },
      parent: epic.number,
      parentId: epic.id,
      reason: `wave ${wave}'s calibration found: ${finding.subject}`,
    });
    const result = paper.journal.acts[key]?.result;
    if (state === 'done' && result !== undefined) made.push(result as IssueNumber);
  });
  if (made.length < wanted.length) return;
  const said = paper.once({
    kind: 'say',
    key: `calibration-failed:${wave}:${round}`,
    on: epic.number,
    notice: { kind: 'calibration failed', wave, round, findings, fixes: made },
    reason: `wave ${wave}'s calibration failed`,
  });
  if (said === 'under way') paper.record({ kind: 'CALIBRATION FAILED', wave });
}

const followUpKey = (epic: number, wave: number, index: number): string => actKeys.fix(epic, wave, 1000 + index, 1);

function makeFollowUps(paper: Paper): void {
  const { epic } = paper.snapshot;
  paper.journal.followUps.forEach((each, index) => {
    // Fix segments of the last wave, in a round of their own, so that the wave is calibrated again after them.
    paper.once({
      kind: 'make issue',
      key: followUpKey(epic.number, each.wave, index),
      notice: { kind: 'follow-up segment', by: each.by, what: each.what, epic: epic.number },
      parent: epic.number,
      parentId: epic.id,
      reason: `@${each.by} found at acceptance: ${each.what}`,
    });
  });
}

/** Everything that may start now goes out in one dispatch; proofs and reworks first, since people wait for them. */
function startWork(
  paper: Paper,
  plan: Plan,
  derived: Progresses,
  standings: ReadonlyMap<number, WaveStanding>,
  config: Config,
): Progresses {
  const { journal, snapshot } = paper;
  const progresses = new Map(derived);
  const held = holds(paper, plan, derived, standings, config);
  const answer = startable({
    plan,
    standing: new Map([...derived].map(([number, progress]) => [number, standingFor(progress, paper, number)])),
    held,
    config,
    options: journal.options,
    elapsedMinutes: elapsedMinutes(paper),
  });
  for (const [number, reasons] of answer.waiting) {
    if (progresses.get(number)?.kind === 'ready') progresses.set(number, { kind: 'waiting', for: reasons });
  }

  const mayGoOn = journal.phase === 'running' && errorsOf(snapshot, plan, journal).length === 0;
  const goingOn = mayGoOn ? plan.segments : [];
  const starts = journal.phase === 'running' ? answer.start : [];
  const claims: readonly ((dispatch: string) => Attempt)[] = [
    ...goingOn.flatMap((segment) => {
      const pull = headToProve(paper, segment, derived.get(segment.number));
      return pull
        ? [
            (id: string) =>
              claim(paper, segment, id, 'prove', pull.head, pull.startedFrom ? { base: pull.startedFrom } : {}),
          ]
        : [];
    }),
    ...goingOn
      .filter((segment) => derived.get(segment.number)?.kind === 'to rework')
      .map((segment) => (id: string) => claimRework(paper, segment, id, config)),
    ...starts
      .map((number) => plan.segments.find((segment) => segment.number === number))
      .filter((segment) => segment !== undefined)
      .map((segment) => (id: string) => claimStart(paper, segment, id)),
  ].slice(0, MATRIX_LIMIT);
  if (claims.length === 0) return progresses;
  const id = nextDispatchId(paper, config);
  if (id === undefined) return progresses;
  const attempts = claims.map((make) => make(id));
  const dispatch: Dispatch = {
    id,
    at: paper.now,
    work: { kind: 'segments', attempts: attempts.map((attempt) => attempt.id) },
  };
  paper.journal = { ...paper.journal, dispatches: { ...paper.journal.dispatches, [id]: dispatch } };
  for (const attempt of attempts) progresses.set(segmentOf(attempt), { kind: 'queued' });
  send(paper, dispatch, `may start now: ${attempts.map((attempt) => `#${segmentOf(attempt)}`).join(', ')}`);
  return progresses;

  function segmentOf(attempt: Attempt): IssueNumber {
    return Number(attempt.id.split('-')[0]) as IssueNumber;
  }
}

/** Since the claim of each attempt that has not ended. */
const elapsedMinutes = ({ journal, now }: Paper): ReadonlyMap<IssueNumber, number> =>
  new Map(
    Object.entries(journal.segments).flatMap(([number, { attempts }]) => {
      const last = attempts.at(-1);
      return last ? [[Number(number) as IssueNumber, Math.max(0, now - last.claimedAt) / 60_000] as const] : [];
    }),
  );

/** Jobs a matrix may have. @see https://docs.github.com/en/actions/reference/limits */
const MATRIX_LIMIT = 256;

function standingFor(progress: Progress, paper: Paper, segment: IssueNumber): 'open' | 'in flight' | 'done' {
  if (isDone(progress)) return 'done';
  // While its pull request is open it can be merged any moment: its files stay reserved.
  const pull = publishedPull(paper.snapshot, recordOf(paper.journal, segment));
  if (progress.kind === 'blocked' && pull?.state === 'open') return 'in flight';
  switch (progress.kind) {
    case 'queued':
    case 'running':
    case 'in review':
    case 'to merge':
    case 'to rework':
      return 'in flight';
    default:
      return 'open';
  }
}

/** Why a segment whose own dependencies are merged may still not start. */
function holds(
  paper: Paper,
  plan: Plan,
  progresses: Progresses,
  standings: ReadonlyMap<number, WaveStanding>,
  config: Config,
): ReadonlyMap<IssueNumber, readonly WaitReason[]> {
  const { journal, snapshot } = paper;
  const errors = errorsOf(snapshot, plan, journal).length > 0;
  const budget = config.budgetUsd?.epic;
  const unapproved = config.mode === 'collaborative' ? nextWave(plan, standings, journal) : undefined;
  const held = new Map<IssueNumber, readonly WaitReason[]>();
  for (const segment of plan.segments) {
    const progress = progresses.get(segment.number);
    if (progress?.kind !== 'ready') {
      if (progress && !isDone(progress)) held.set(segment.number, []);
      continue;
    }
    const wave = waveOf(plan, segment.number)?.number ?? 1;
    const reasons: WaitReason[] = [];
    if (journal.phase === 'paused' || journal.phase === 'cancelled') reasons.push({ kind: 'paused' });
    if (errors) reasons.push({ kind: 'option', option: 'the plan has errors' });
    if (snapshot.base.checks === 'failing') reasons.push({ kind: 'base red' });
    if (journal.options.wave !== undefined && journal.options.wave !== wave) {
      reasons.push({ kind: 'option', option: `wave ${journal.options.wave} only` });
    }
    if (budget !== undefined && (spent(journal) ?? 0) >= budget)
      reasons.push({ kind: 'option', option: 'the budget is spent' });
    if (unapproved !== undefined && wave >= unapproved) reasons.push({ kind: 'wave approval', wave: unapproved });
    const later = notBefore(recordOf(journal, segment.number));
    if (later !== undefined && later > paper.now) {
      reasons.push({ kind: 'option', option: 'the agent asked to be tried later' });
      paper.lookAgain(later - paper.now);
    }
    if (config.schedule === 'waves') {
      const open = plan.waves.find((each) => each.number < wave && standings.get(each.number)?.kind !== 'passed');
      if (open) {
        const standing = standings.get(open.number);
        reasons.push(
          standing?.kind === 'open'
            ? { kind: 'wave', number: open.number }
            : { kind: 'calibration', wave: open.number },
        );
      }
    }
    if (reasons.length > 0) held.set(segment.number, reasons);
  }
  return held;
}

function claimStart(paper: Paper, segment: Segment, dispatch: string): Attempt {
  const record = recordOf(paper.journal, segment.number);
  // Work that an earlier attempt published is carried on from, not started over; a branch that others made is not ours.
  const last = record.attempts.at(-1);
  const published = record.attempts.findLast((attempt) => attempt.outcome?.kind === 'published');
  const from = published ? paper.snapshot.branches[published.branch] : undefined;
  return claim(paper, segment, dispatch, last ? 'retry' : 'first', from, carriedOn(record));
}

/** Of a run that stopped to ask: its kept work, and all that was asked so far with what came of it (SPEC R5.11). */
function carriedOn(record: SegmentRecord): Pick<Attempt, 'kept' | 'answers'> {
  const last = record.attempts.at(-1);
  if (last?.outcome?.kind !== 'asked') return {};
  const { result } = last.outcome.report;
  if (result.kind !== 'needs-input') return {};
  const said = record.answers?.findLast((answer) => answer.attempt === last.id);
  const answer: AnsweredQuestion = {
    id: result.question.id,
    question: result.question.text,
    answer: said?.text ?? '',
    ...(said ? { by: said.by } : {}),
  };
  return { ...(result.keptHead ? { kept: result.keptHead } : {}), answers: [...(last.answers ?? []), answer] };
}

/** The pull request whose head others pushed and nobody has looked at. It is proven as it is, without an agent. */
function headToProve(paper: Paper, segment: Segment, progress: Progress | undefined): Pull | undefined {
  if (progress?.kind !== 'in review') return undefined;
  if (!progress.waits.some((wait) => wait.kind === 'gate' && wait.state === 'unproven')) return undefined;
  const pull = paper.snapshot.pulls.find((each) => each.number === progress.pull);
  const isWanted = pull?.startedFrom !== undefined && wantsProof(pull, recordOf(paper.journal, segment.number));
  return isWanted ? pull : undefined;
}

function claimRework(paper: Paper, segment: Segment, dispatch: string, config: Config): Attempt {
  const record = recordOf(paper.journal, segment.number);
  const pull = publishedPull(paper.snapshot, record);
  const no = pull && rejection(pull, record, config);
  if (no && !record.rejections.includes(no)) {
    paper.journal = withRecord(paper.journal, segment.number, { rejections: [...record.rejections, no] });
    paper.record({ kind: 'REJECTED', segment: segment.number, pull: no.pull });
  }
  const why = no ? 'rework' : pull?.mergeable === 'conflicting' ? 'conflict' : 'retry';
  return claim(paper, segment, dispatch, why, pull?.head);
}

function claim(
  paper: Paper,
  segment: Segment,
  dispatch: string,
  why: Attempt['why'],
  from: HeadSha | undefined,
  more: Partial<Pick<Attempt, 'base' | 'kept' | 'answers'>> = {},
): Attempt {
  const record = recordOf(paper.journal, segment.number);
  const number = record.attempts.length + 1;
  const ordinal = Object.values(paper.journal.segments).reduce((sum, each) => sum + each.attempts.length, 0);
  const attempt: Attempt = {
    id: `${segment.number}-${number}`,
    number,
    name: attemptName(paper.snapshot.epic.number + ordinal),
    worker: segment.spec.worker,
    ...(segment.spec.persona === undefined ? {} : { persona: segment.spec.persona }),
    ...(segment.spec.estimateMinutes === undefined ? {} : { estimateMinutes: segment.spec.estimateMinutes }),
    why,
    // A branch that was published stays the segment's branch, whatever its title became.
    branch: record.attempts.find((each) => each.outcome?.kind === 'published')?.branch ?? segment.branch,
    base: paper.snapshot.base.head,
    ...(from ? { from } : {}),
    ...more,
    dispatch,
    claimedAt: paper.now,
  };
  paper.journal = withRecord(paper.journal, segment.number, { attempts: [...record.attempts, attempt] });
  paper.record({ kind: 'CLAIMED', segment: segment.number, agent: attempt.name });
  return attempt;
}

function nextDispatchId(paper: Paper, config: Config): string | undefined {
  const count = Object.keys(paper.journal.dispatches).length + 1;
  const { epic } = paper.snapshot;
  const limit = config.limits.dispatches;
  if (count <= limit) return `${epic.number}.${count}`;
  const problem = {
    kind: 'LIMIT_EXCEEDED',
    at: { issue: epic.number },
    what: 'dispatches',
    found: count,
    limit,
    configKey: 'limits.dispatches',
  } as const;
  paper.once({
    kind: 'say',
    key: `limit:dispatches:${limit}`,
    on: epic.number,
    notice: { kind: 'epic held', diagnostics: [{ level: 'error', problem }], owner: ownerOf(paper) },
    reason: 'the epic was dispatched as often as its limit allows',
  });
  return undefined;
}

function send(paper: Paper, dispatch: Dispatch, reason: string): void {
  paper.once({
    kind: 'dispatch',
    key: actKeys.dispatch(dispatch.id),
    dispatch,
    ref: paper.snapshot.repository.defaultBranch,
    epic: paper.snapshot.epic.number,
    reason,
  });
}

/** How long a dispatched run may be invisible before it is dispatched again; a second one finds the work taken. */
const RUN_VISIBLE_MS = 120_000;

/** An intent whose act is not to be seen is repeated (SPEC R4.3): also one whose run GitHub accepted and never showed. */
function repeatLostDispatches(paper: Paper, plan: Plan): void {
  if (paper.journal.phase === 'cancelled' || errorsOf(paper.snapshot, plan, paper.journal).length > 0) return;
  for (const dispatch of Object.values(paper.journal.dispatches)) {
    if (isEnded(paper.journal, dispatch)) continue;
    paper.lookAgain(5 * 60_000);
    const key = actKeys.dispatch(dispatch.id);
    const act = paper.journal.acts[key];
    const seen = dispatch.runId !== undefined || paper.snapshot.runs.some((run) => run.dispatch === dispatch.id);
    if (act?.state === 'done' && !seen) {
      if (paper.now - act.at < RUN_VISIBLE_MS) {
        paper.lookAgain(act.at + RUN_VISIBLE_MS - paper.now);
        continue;
      }
      paper.journal = withoutAct(paper.journal, key);
    }
    if (!seen) send(paper, dispatch, `the run of ${dispatch.id} is not to be seen`);
  }
}

export function isEnded(journal: Journal, dispatch: Dispatch): boolean {
  const { work } = dispatch;
  if (work.kind === 'segments') {
    return work.attempts.every((id) =>
      recordOf(journal, Number(id.split('-')[0])).attempts.some((attempt) => attempt.id === id && attempt.outcome),
    );
  }
  const round = (journal.calibrations[work.wave] ?? []).find((each) => each.dispatch === dispatch.id);
  return round === undefined || round.verdict !== undefined;
}

function cancelRuns(paper: Paper): void {
  for (const run of paper.snapshot.runs) {
    if (run.state !== 'completed')
      paper.decide({ kind: 'cancel run', runId: run.id, reason: 'the epic was cancelled' });
  }
}

const ownerOf = (paper: Paper): string => paper.journal.authorisation?.by ?? paper.snapshot.epic.author.login;

/** What a person must know gets a comment of its own, once; everything else is on the panel (SPEC R8.1, R9.1). */
function tellProblems(paper: Paper, plan: Plan, progresses: Progresses, config: Config): void {
  const { snapshot, journal } = paper;
  const errors = errorsOf(snapshot, plan, journal);
  if (errors.length > 0) {
    paper.once({
      kind: 'say',
      key: `held:${fingerprint(JSON.stringify(errors))}`,
      on: snapshot.epic.number,
      notice: { kind: 'epic held', diagnostics: [...snapshot.preflight, ...plan.diagnostics], owner: ownerOf(paper) },
      reason: 'the epic cannot go on as it is',
    });
  }
  for (const { key, problem } of refusedIssues(journal)) {
    paper.once({
      kind: 'say',
      key: `refused:${key}:${journal.acts[key]?.at ?? 0}`,
      on: snapshot.epic.number,
      notice: { kind: 'calibration stopped', problem, owner: ownerOf(paper) },
      reason: 'GitHub does not let swarm make an issue',
    });
  }
  for (const [number, progress] of progresses) {
    const record = recordOf(journal, number);
    if (progress.kind === 'blocked') {
      const report = latestReport(record);
      const kept =
        report?.result.kind === 'failed' || report?.result.kind === 'needs-input' ? report.result.kept : undefined;
      if (progress.problem.kind === 'QUESTION_ASKED' && progress.problem.until !== undefined) {
        paper.lookAgain(progress.problem.until - paper.now);
      }
      paper.once({
        kind: 'say',
        key: `blocked:${number}:${record.attempts.length}:${progress.problem.kind}`,
        on: number,
        notice: {
          kind: 'segment blocked',
          segment: number,
          problem: progress.problem,
          owner: ownerOf(paper),
          ...(kept ? { kept } : {}),
        },
        reason: `#${number} is blocked: ${progress.problem.kind}`,
      });
    }
    if (progress.kind === 'not in this execution') {
      paper.once({
        kind: 'say',
        key: `consent:${number}:${progress.problem.kind}:${journal.authorisation?.at ?? 0}`,
        on: number,
        notice: { kind: 'segment blocked', segment: number, problem: progress.problem, owner: ownerOf(paper) },
        reason: `#${number} waits for a person's word: ${progress.problem.kind}`,
      });
    }
    if (progress.kind === 'answered') {
      const report = latestReport(record);
      const findings = (report?.course?.findings ?? []).map(sayFinding);
      const summary = [report?.agent.summary ?? '', ...findings].join('\n');
      paper.once({
        kind: 'say',
        key: `answered:${number}`,
        on: number,
        notice: { kind: 'segment answered', segment: number, summary },
        reason: `#${number}'s research is done`,
      });
    }
    const pull = progress.kind === 'in review' ? publishedPull(snapshot, record) : undefined;
    const red = pull && redHead(pull, record);
    if (pull && red) {
      paper.once({
        kind: 'say',
        key: `head-red:${pull.number}:${pull.head.slice(0, 12)}`,
        on: pull.number,
        notice: { kind: 'segment blocked', segment: number, problem: red, owner: ownerOf(paper) },
        reason: `#${pull.number}: what was pushed to it does not pass its gates`,
      });
    }
    if (record.mergeRefusal && progress.kind === 'in review') {
      const at = { pull: progress.pull };
      paper.once({
        kind: 'say',
        key: `merge-refused:${progress.pull}:${record.mergeRefusal.head.slice(0, 12)}`,
        on: progress.pull,
        notice: {
          kind: 'merge refused',
          pull: progress.pull,
          problem: { kind: 'MERGE_REFUSED', at, message: record.mergeRefusal.message },
          owner: ownerOf(paper),
        },
        reason: `GitHub refused to merge #${progress.pull}`,
      });
    }
  }
  const wave =
    config.mode === 'collaborative' && errors.length === 0 ? waveToApprove(paper, plan, progresses, config) : undefined;
  if (wave !== undefined) {
    paper.once({
      kind: 'say',
      key: `approve-wave:${wave}`,
      on: snapshot.epic.number,
      notice: { kind: 'approve wave', wave, owner: ownerOf(paper), plan },
      reason: `wave ${wave} waits for an approval`,
    });
  }
}

function waveToApprove(paper: Paper, plan: Plan, progresses: Progresses, config: Config): number | undefined {
  const standings = new Map(
    plan.waves.map((wave) => [wave.number, standingOf(wave, progresses, paper.journal, config)]),
  );
  return nextWave(plan, standings, paper.journal);
}

/** FNV-1a: tells two lists of errors apart in a comment's key; nothing rests on it being hard to forge. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function askAcceptance(
  paper: Paper,
  plan: Plan,
  progresses: Progresses,
  standings: ReadonlyMap<number, WaveStanding>,
  config: Config,
): void {
  const complete = plan.waves.length > 0 && [...standings.values()].every((standing) => standing.kind === 'passed');
  const pending = paper.journal.followUps.some(
    (each, index) => paper.journal.acts[followUpKey(paper.snapshot.epic.number, each.wave, index)]?.state !== 'done',
  );
  if (!complete || pending || paper.journal.phase !== 'running' || isStopped(paper)) return;
  const closed = plan.segments.every((segment) => {
    const issue = leafOf(paper.snapshot, segment.number);
    const added = isLeftOut(progresses.get(segment.number));
    return added || issue?.number === paper.snapshot.epic.number || issue?.state !== 'open';
  });
  if (!closed) return;
  if (config.acceptance === 'automatic') {
    paper.journal = { ...paper.journal, phase: 'finished', finishedAt: paper.now };
    paper.record({ kind: 'EXECUTION COMPLETE' });
    endEpic(paper, plan, progresses, config);
    return;
  }
  paper.once({
    kind: 'say',
    key: acceptanceKey(paper),
    on: paper.snapshot.epic.number,
    notice: {
      kind: 'ask acceptance',
      owner: ownerOf(paper),
      board: makeBoard(paper.snapshot, paper.journal, plan, progresses, config),
    },
    reason: 'every segment is merged and every wave calibrated',
  });
}

/** The last acts, closing last: what is cut off before it is done again, what comes after is left alone. */
function endEpic(paper: Paper, plan: Plan, progresses: Progresses, config: Config): void {
  const { snapshot } = paper;
  const board = makeBoard(snapshot, paper.journal, plan, progresses, config);
  const told = paper.once({
    kind: 'say',
    key: 'summary',
    on: snapshot.epic.number,
    notice: { kind: 'summary', board, by: paper.journal.acceptedBy ?? 'swarm' },
    reason: 'the epic is accepted',
  });
  labelSegments(paper, plan, progresses, config);
  showPanel(paper, plan, progresses, config);
  if (told === 'under way') return;
  paper.once({
    kind: 'close epic',
    key: `close:${paper.journal.finishedAt ?? 0}`,
    issue: snapshot.epic.number,
    reason: paper.journal.acceptedBy ? `accepted by @${paper.journal.acceptedBy}` : 'acceptance is automatic',
  });
}

function labelSegments(paper: Paper, plan: Plan, progresses: Progresses, config: Config): void {
  for (const segment of plan.segments) {
    const issue = leafOf(paper.snapshot, segment.number);
    const progress = progresses.get(segment.number);
    if (issue && progress && issue.number !== paper.snapshot.epic.number) {
      label(paper, issue, segmentLabel(progress), config);
    }
  }
  label(paper, paper.snapshot.epic, epicLabel(paper, plan, progresses), config);
}

function label(paper: Paper, issue: Issue, wanted: StateLabel | undefined, config: Config): void {
  const ours = STATE_LABELS.map((each) => labelName(config, each));
  const name = wanted && labelName(config, wanted);
  const add = name !== undefined && !issue.labels.includes(name) ? [name] : [];
  const remove = issue.labels.filter((each) => ours.includes(each) && each !== name);
  if (add.length + remove.length === 0) return;
  paper.decide({
    kind: 'set labels',
    issue: issue.number,
    add,
    remove,
    reason: `#${issue.number} is ${wanted ?? 'waiting'}`,
  });
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

function epicLabel(paper: Paper, plan: Plan, progresses: Progresses): StateLabel {
  if (paper.journal.phase === 'finished') return 'done';
  if (paper.journal.phase === 'paused' || paper.journal.phase === 'cancelled') return 'paused';
  if (errorsOf(paper.snapshot, plan, paper.journal).length > 0) return 'blocked';
  // An epic that is its own segment shows that one's trouble; taking the label off tries it again.
  if (progresses.get(paper.snapshot.epic.number)?.kind === 'blocked') return 'blocked';
  return [...progresses.values()].some((progress) => progress.kind === 'queued' || progress.kind === 'running')
    ? 'running'
    : [...progresses.values()].some((progress) => progress.kind === 'in review')
      ? 'review'
      : 'running';
}

function showPanel(paper: Paper, plan: Plan, progresses: Progresses, config: Config): void {
  const board = makeBoard(paper.snapshot, paper.journal, plan, progresses, config);
  const comment = paper.snapshot.said[actKeys.panel]?.id ?? paper.journal.acts[actKeys.panel]?.result;
  const panel = {
    kind: 'show panel',
    key: actKeys.panel,
    on: paper.snapshot.epic.number,
    board,
    reason: 'the panel shows the epic as it is',
  } as const;
  if (comment === undefined) paper.once(panel);
  else paper.decide({ ...panel, comment });
}
