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
 * Pure: the same snapshot gives the same draft. That makes it safe to run at any time, by anyone, twice.
 */

import type { Board, Event } from '#core/model/board';
import type { Config } from '#core/model/config';
import type { Decision } from '#core/model/decision';
import type { Instant } from '#core/model/epic';
import { type AuthorisedTexts, emptyJournal, type Journal } from '#core/model/journal';
import { recordOf, withRecord } from '#core/model/journal-lenses';
import type { Plan } from '#core/model/plan';
import type { Progresses } from '#core/model/progress';
import type { Finding } from '#core/model/report';
import type { Snapshot } from '#core/model/snapshot';
import { planEpic } from '#core/plan/planner';
import { askAcceptance, endEpic } from './accept.ts';
import { makeBoard } from './board.ts';
import { fixesFor } from './calibration.ts';
import { cancelRuns, repeatLostDispatches } from './dispatch.ts';
import { Draft, isStopped } from './draft.ts';
import { calibrate } from './fix.ts';
import { closeGroups, mergeNext, settleMerged } from './merge.ts';
import { deriveProgress } from './progress.ts';
import { tellQuestions } from './questions.ts';
import { remember } from './remember.ts';
import { startWork } from './start.ts';
import { adoptChanges, noteConfig, takeRequests } from './take.ts';
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
  const draft = new Draft(snapshot, remember(snapshot, snapshot.journal ?? emptyJournal(snapshot.epic.number)));
  bindMadeSegments(draft);
  let plan = planOf(draft, config);

  // A closed epic is left alone (SPEC R4.4).
  if (snapshot.epic.state !== 'open') {
    return finish(draft, plan, deriveProgress(snapshot, draft.journal, plan, config), config);
  }

  const before = JSON.stringify(planned(draft));
  takeRequests(draft, plan, config);
  adoptChanges(draft, plan, config);
  noteConfig(draft);
  // A plan is searched for: it is not made again where nothing that it rests on changed.
  if (JSON.stringify(planned(draft)) !== before) plan = planOf(draft, config);
  const derived = deriveProgress(snapshot, draft.journal, plan, config);

  if (!draft.journal.authorisation) {
    return finish(draft, plan, derived, config);
  }
  if (draft.journal.phase === 'finished') {
    endEpic(draft, plan, derived, config);
    return finish(draft, plan, derived, config);
  }
  if (draft.journal.phase === 'cancelled') cancelRuns(draft);
  else if (!isStopped(draft)) mergeNext(draft, plan, derived, config);
  settleMerged(draft, plan, derived);
  closeGroups(draft, derived);
  const standings = calibrate(draft, plan, derived, config);
  const progresses = startWork(draft, plan, derived, standings, config);
  repeatLostDispatches(draft, plan);
  tellProblems(draft, plan, progresses, config);
  tellQuestions(draft, progresses, config);
  askAcceptance(draft, plan, progresses, standings, config);
  labelSegments(draft, plan, progresses, config);
  showPanel(draft, plan, progresses, config);
  return finish(draft, plan, progresses, config);
}

/** What the journal adds to a plan: which segments mend a wave, and which a person left out. */
function planned({ journal }: Draft) {
  const fixes: Record<number, { wave: number; round: number }> = {};
  const skipped: number[] = [];
  for (const [segment, record] of Object.entries(journal.segments)) {
    if (record.skipped) skipped.push(Number(segment));
    if (record.fix) fixes[Number(segment)] = { wave: record.fix.wave, round: record.fix.round };
  }
  return { fixes, skipped, epicDigest: journal.authorisation?.epicDigest };
}

function planOf(draft: Draft, config: Config): Plan {
  const { epic, issues, others, instructions, earlier = [] } = draft.snapshot;
  const { fixes, skipped, epicDigest } = planned(draft);
  const known = instructions ? { instructions } : {};
  // What was authorised was forecast from what was known then, and stays as it was shown.
  const took = draft.journal.authorisation ? (draft.journal.earlier ?? []) : earlier;
  const plan = planEpic({ epic, issues, others, config, fixes, skipped: new Set(skipped), earlier: took, ...known });
  if (epicDigest === undefined || plan.source === 'the epic itself' || epicDigest === epic.digest) return plan;
  // Agents are told the text that was authorised, so nothing has to wait for it; but people should know.
  const changed = { level: 'warning', problem: { kind: 'EPIC_CHANGED', at: { issue: epic.number } } } as const;
  return { ...plan, diagnostics: [...plan.diagnostics, changed] };
}

function finish(draft: Draft, plan: Plan, progresses: Progresses, config: Config): Decided {
  finishRequests(draft);
  return {
    journal: isWorthKeeping(draft) ? draft.journal : (draft.snapshot.journal ?? emptyJournal(draft.journal.epic)),
    decisions: draft.decisions,
    board: makeBoard(draft.snapshot, draft.journal, plan, progresses, config),
    history: draft.history,
    texts: draft.texts,
    lookAgainAt: draft.lookAgainAt,
  };
}

/** 🚀 comes last: also for a request whose look ended before it came so far (SPEC R3.4). */
function finishRequests(draft: Draft): void {
  const before = draft.snapshot.acknowledged.filter(({ id }) => draft.journal.taken[id] === 'accepted');
  for (const node of new Set([...before.map((each) => each.node), ...draft.taken])) {
    draft.decide({ kind: 'react', node, with: 'rocket', reason: 'a request is done' });
  }
}

/** Before an epic is started, a question or a refused word leaves nothing to keep; a decision about a segment does. */
function isWorthKeeping({ snapshot, journal }: Draft): boolean {
  const substance = (of: Journal): string => JSON.stringify({ ...of, taken: {}, acts: {} });
  const before = snapshot.journal ?? emptyJournal(journal.epic);
  return journal.authorisation !== undefined || substance(journal) !== substance(before);
}

/** Issues swarm made itself are part of what was authorised; they are known by the act that made them. */
function bindMadeSegments(draft: Draft): void {
  for (const [key, act] of Object.entries(draft.journal.acts)) {
    const made = /^fix:\d+:(\d+):(\d+):(\d+)$/.exec(key);
    if (!made || act.state !== 'done' || act.result === undefined) continue;
    const issue = draft.snapshot.issues.find((each) => each.number === act.result);
    const { authorisation } = draft.journal;
    if (!issue || issue.madeFor !== key || !authorisation || recordOf(draft.journal, issue.number).fix) continue;
    const wave = Number(made[1]);
    const round = Number(made[2]);
    const mends = findingOf(draft.journal, wave, round, Number(made[3]))?.mends;
    draft.journal = withRecord(draft.journal, issue.number, { fix: { key, wave, round, ...(mends ? { mends } : {}) } });
    draft.texts[issue.number] = { title: issue.title, body: issue.body, labels: issue.labels };
    draft.journal = {
      ...draft.journal,
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
