/**
 * Snapshot → the next journal and what to do, each with its reason. The whole of swarm's judgement, from top to bottom:
 *
 *   remember   what the observation settled (attempts that ended, acts that are seen)
 *   plan       waves, tracks and what is wrong, from the issues as they are now
 *   take       what people asked for
 *   derive     where each segment stands
 *   decide     merge (merge.ts), mend at a wave's end (mend.ts), start (start.ts, dispatch.ts), tell (tell.ts),
 *              and at last let people accept it (accept.ts)
 *
 * Pure: the same snapshot gives the same paper. That makes it safe to run at any time, by anyone, twice.
 */

import { askAcceptance, endEpic } from './accept.ts';
import { tellQuestions } from './ask.ts';
import { makeBoard } from './board.ts';
import { fixesFor, type Progresses } from './calibration.ts';
import type { Config } from './config.ts';
import type { Decision } from './decision.ts';
import { cancelRuns, repeatLostDispatches } from './dispatch.ts';
import type { Instant } from './epic.ts';
import { type AuthorisedTexts, emptyJournal, type Journal } from './journal.ts';
import { calibrate } from './mend.ts';
import { closeGroups, mergeNext, settleMerged } from './merge.ts';
import { isStopped, Paper } from './paper.ts';
import type { Plan } from './plan.ts';
import { planEpic } from './planner.ts';
import { type Board, deriveProgress, type Event } from './progress.ts';
import { recordOf, remember, withRecord } from './remember.ts';
import type { Finding } from './report.ts';
import { adoptChanges, noteConfig, takeRequests } from './request.ts';
import type { Snapshot } from './snapshot.ts';
import { startWork } from './start.ts';
import { labelSegments, showPanel, tellProblems } from './tell.ts';

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
  settleMerged(paper, plan, derived);
  closeGroups(paper, derived);
  const standings = calibrate(paper, plan, derived, config);
  const progresses = startWork(paper, plan, derived, standings, config);
  repeatLostDispatches(paper, plan);
  tellProblems(paper, plan, progresses, config);
  tellQuestions(paper, progresses, config);
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
