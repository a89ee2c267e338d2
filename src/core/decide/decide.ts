/**
 * Snapshot → the next journal and what to do, each decision with its reason. All of Swarm's judgement, top to bottom.
 *
 * Pure: the same snapshot gives the same decisions. That makes it safe to run at any time, by anyone, twice.
 */

import type { Board, Event } from '#core/model/board';
import type { Config } from '#core/model/config';
import type { Decision } from '#core/model/decision';
import type { Instant } from '#core/model/epic';
import { type AuthorisedTexts, emptyJournal, type Journal } from '#core/model/journal';
import type { Plan } from '#core/model/plan';
import type { Diagnostic } from '#core/model/problem';
import type { Issue, Snapshot } from '#core/model/snapshot';
import { planEpic } from '#core/plan/planner';
import { askAcceptance, closeEpic, tellSummary } from './accept.ts';
import {
  adoptChanges,
  bindMadeSegments,
  changedAgentFiles,
  noteAgentFiles,
  noteConfig,
  withdrawLost,
} from './authorise.ts';
import { startBaseline, takeProof } from './before/baseline.ts';
import { cancelAbandoned, cancelRuns, keepClock, releaseSegments, repeatLostDispatches } from './dispatch.ts';
import { Draft } from './draft.ts';
import { calibrate, judgeCoverage, makeFollowUps } from './fix.ts';
import { bindBlock, blockDiagnostics, blockToPlan, keepBlock, makeBlock, sourceOf } from './issues/block.ts';
import { doImport } from './issues/import.ts';
import { closeGroups, leaveQueue, mergeNext, settleMerged } from './merge.ts';
import { publishWork, reportChecks } from './publish.ts';
import { tellQuestions } from './questions.ts';
import { remember } from './remember.ts';
import { Situation } from './situation.ts';
import { startWork } from './start.ts';
import { finishRequests, takeRequests } from './take.ts';
import { labelSegments, remindPeople, showPanel, tellProblems } from './tell.ts';

export interface Decided {
  readonly journal: Journal;
  readonly decisions: readonly Decision[];
  readonly board: Board;
  /** New lines of the epic's history: the message of the journal's commit. */
  readonly history: readonly Event[];
  /** Issues to keep as they read now, because they were authorised. */
  readonly texts: AuthorisedTexts;
  /** By GitHub's clock. Undefined: wait for an event or the sweep. */
  readonly lookAgainAt: Instant | undefined;
}

/** One part of the judgement: it reads the situation, and writes what it decides on the draft. */
type Decider = (situation: Situation, draft: Draft) => void;

export function decide(snapshot: Snapshot, config: Config): Decided {
  // 1. Remember what GitHub shows only for a while, before anything is judged by it.
  const draft = new Draft(snapshot, remember(snapshot, snapshot.journal ?? emptyJournal(snapshot.epic.number)));
  bindMadeSegments(draft);
  if (snapshot.epic.state === 'open') withdrawLost(draft, config);

  // 2. Take requests next: they decide what is authorised, and so which plan holds.
  let situation = look(draft, planOf(draft, config), config);
  if (snapshot.epic.state === 'open') {
    const before = JSON.stringify(planned(draft));
    for (const take of [takeRequests, adoptChanges, noteConfig, noteAgentFiles, takeProof]) take(situation, draft);
    // Making a plan is a search: it is repeated only if something changed that it rests on.
    const isSamePlan = JSON.stringify(planned(draft)) === before;
    situation = look(draft, isSamePlan ? situation.plan : planOf(draft, config), config);
    for (const make of [keepBlock, bindBlock]) {
      make(situation, draft);
      if (draft.journal !== situation.journal) situation = look(draft, situation.plan, config);
    }
  } else {
    // Each request is answered: people have to know that nothing will come of it.
    takeRequests(situation, draft);
  }

  // 3. Act on a live epic only: one that is closed, finished or never started is left alone (SPEC R4.4).
  // While an import is done, the epic is read from two places, and its plan is of neither.
  const isImporting = snapshot.epic.state === 'open' && doImport(draft);
  if (situation.isLive && !isImporting)
    situation = situation.plan.source === 'block' ? makeEpic(situation, draft) : act(situation, draft);
  else if (snapshot.epic.state === 'open' && situation.journal.phase === 'finished') run(END, situation, draft);

  // 4. Mark requests as done last, when everything that follows from them is decided (SPEC R3.4).
  finishRequests(draft);
  return {
    journal: isWorthKeeping(draft) ? draft.journal : (snapshot.journal ?? emptyJournal(snapshot.epic.number)),
    decisions: draft.decisions,
    board: situation.board,
    history: draft.history,
    texts: draft.texts,
    lookAgainAt: draft.lookAgainAt,
  };
}

/** Decides for a live epic. @returns the situation that people are shown. */
function act(seen: Situation, draft: Draft): Situation {
  // 1. Judge calibrations that just passed: the standing of their waves depends on it.
  judgeCoverage(seen, draft);
  const situation = draft.journal === seen.journal ? seen : look(draft, seen.plan, seen.config);

  // 2. Keep the clock first: without it, a run that got lost below would not be missed.
  keepClock(situation, draft);

  // 3. Cancel; or publish what is ready and merge. A merge frees files and unlocks dependents, so it precedes any start.
  leaveQueue(situation, draft);
  const isCancelled = situation.journal.phase === 'cancelled';
  run([isCancelled ? cancelRuns : cancelAbandoned], situation, draft);
  if (!isCancelled && !situation.isStopped) run([publishWork, reportChecks, mergeNext], situation, draft);

  run(
    [
      // 4. Settle what is merged: criteria are ticked and issues closed even while the epic is paused or cancelled.
      settleMerged,
      // 5. Close groups after their leaves.
      closeGroups,
      // 6. Calibrate finished waves, and have fix segments made, before later waves start.
      calibrate,
      makeFollowUps,
      // 7. Run the gates on the base before the first agent, and then start everything that may start, in one dispatch.
      startBaseline,
      startWork,
      // 8. Repeat dispatches that got lost. The new ones are known by now and are not repeated.
      repeatLostDispatches,
      // 9. Let go of segments last: one that starts again now is not let go of.
      releaseSegments,
    ],
    situation,
    draft,
  );

  // 10. Tell people last, so that they read what is decided and not what was seen.
  const shown = situation.after(draft);
  run([tellProblems, tellQuestions, askAcceptance, remindPeople], shown, draft);
  const isFinished = draft.journal.phase === 'finished';
  const last = isFinished ? shown.after(draft) : shown;
  // A pull request that is opened now changes what they read, so labels and panel follow in the next look.
  const isOpening = draft.decisions.some(({ kind }) => kind === 'publish');
  run(isFinished ? END : isOpening ? [] : [labelSegments, showPanel], last, draft);
  return last;
}

/** Decides for a live epic with a block, until its segments are issues. @returns the situation that people are shown. */
function makeEpic(situation: Situation, draft: Draft): Situation {
  run([keepClock, makeBlock, tellProblems, remindPeople], situation, draft);
  const shown = situation.after(draft);
  // A panel without issues helps nobody for the few seconds that it takes to make them.
  const isMaking = draft.decisions.some(({ kind }) => kind === 'make issue' || kind === 'add blocker');
  run(isMaking ? [] : [labelSegments, showPanel], shown, draft);
  return shown;
}

/** The end of an accepted epic. Closing comes last: an end that was interrupted starts over, and does not after that. */
const END: readonly Decider[] = [tellSummary, labelSegments, showPanel, closeEpic];

function run(deciders: readonly Decider[], situation: Situation, draft: Draft): void {
  for (const decider of deciders) decider(situation, draft);
}

/** The situation as the draft has it now. */
const look = ({ snapshot, journal }: Draft, plan: Plan, config: Config): Situation =>
  new Situation({ snapshot, journal, plan, config });

/** The journal's part of a plan: fix segments, skipped segments, and what was authorised of the epic and the base. */
function planned({ journal }: Draft) {
  const fixes: Record<number, { wave: number; round: number }> = {};
  const skipped: number[] = [];
  for (const [segment, record] of Object.entries(journal.segments)) {
    if (record.skipped) skipped.push(Number(segment));
    if (record.fix) fixes[Number(segment)] = { wave: record.fix.wave, round: record.fix.round };
  }
  const { epicDigest, agentFiles } = journal.authorisation ?? {};
  const isIncluded = journal.segments[journal.epic]?.included !== undefined;
  return { fixes, skipped, epicDigest, agentFiles: agentFiles?.digest, block: journal.block, isIncluded };
}

function planOf(draft: Draft, config: Config): Plan {
  const { others, instructions, authorised = {}, earlier: found = [] } = draft.snapshot;
  // A segment that ran keeps the text it was given: its labels, files and title decide about keys, places and messages.
  const asGiven = (issue: Issue): Issue => ({ ...issue, ...authorised[issue.number] });
  const epic = asGiven(draft.snapshot.epic);
  const issues = draft.snapshot.issues.map(asGiven);
  const { fixes, skipped, epicDigest } = planned(draft);
  // The forecast of an authorised epic stays as it was shown, even if other epics have shown other durations since.
  const earlier = draft.journal.authorisation ? (draft.journal.earlier ?? []) : found;
  const known = instructions ? { instructions } : {};
  const from = blockToPlan(draft);
  const block = from ? { block: from } : {};
  const skips = new Set(skipped);
  const made = planEpic({ epic, issues, others, config, fixes, skipped: skips, earlier, ...known, ...block });
  const plan = { ...made, source: sourceOf(draft.journal, made.source) };
  const added: Diagnostic[] = [...blockDiagnostics({ snapshot: draft.snapshot, journal: draft.journal, config, plan })];
  const files = changedAgentFiles(draft.snapshot, draft.journal);
  if (files.length > 0) added.push({ level: 'error', problem: { kind: 'AGENT_FILES_CHANGED', files } });
  // Agents get the text that was authorised, so nothing has to wait; but people should know.
  if (!['the epic itself', 'block'].includes(plan.source) && epicDigest !== undefined && epicDigest !== epic.digest)
    added.push({ level: 'warning', problem: { kind: 'EPIC_CHANGED', at: { issue: epic.number } } });
  return added.length === 0 ? plan : { ...plan, diagnostics: [...plan.diagnostics, ...added] };
}

/** Before an epic is started, a question or a refused command leaves nothing to keep. A decision about a segment does. */
function isWorthKeeping({ snapshot, journal }: Draft): boolean {
  const substance = (of: Journal): string => JSON.stringify({ ...of, taken: {}, acts: {} });
  const before = snapshot.journal ?? emptyJournal(journal.epic);
  return journal.authorisation !== undefined || substance(journal) !== substance(before);
}
