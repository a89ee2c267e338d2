/**
 * Taking requests. Each one counts once, ever. Permissions are what GitHub's permission API said while observing, and a
 * refusal is one sentence (SPEC R3.4, R3.5).
 *
 * Requests build on one another: each is judged by the journal as the ones before it left it, `draft.journal`.
 */

import { COMMANDS, type Command, type CommandKind } from '#core/model/command';
import { COMMAND_LABELS, isLabel } from '#core/model/config';
import type { IssueNumber, PullNumber } from '#core/model/epic';
import type { FollowUp, Journal } from '#core/model/journal';
import { epicBudget } from '#core/model/journal/budgets';
import {
  actKeys,
  recordOf,
  refusedIssues,
  segmentOfPull,
  withBaselineForgiven,
  withoutAct,
  withoutRefusals,
  withRecord,
} from '#core/model/journal-lenses';
import type { Notice } from '#core/model/notice';
import { isNamedBot, mayTriage, mayWrite, speakerOf } from '#core/model/people';
import type { Problem } from '#core/model/problem';
import type { NotNow } from '#core/model/problem/faults';
import { isReady } from '#core/model/report';
import type { Pull, Request } from '#core/model/snapshot';
import { adviseOn } from '#core/schedule/what-if';
import { authorise, authoriseMore } from './authorise.ts';
import type { Draft } from './draft.ts';
import { continueWithout } from './issues/block.ts';
import { confirmImport, importableIn } from './issues/import.ts';
import { withLandingAccepted } from './merging/landing.ts';
import { answerByTick, answerInWords, type NoAnswer } from './questions.ts';
import type { Situation } from './situation.ts';

type Answer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** No reply: it would only be noise, or could be used to make Swarm talk. */
  | { readonly kind: 'ignored'; readonly why: 'nothing asked' | 'bot' | 'no command, no rights' | NoAnswer };

const accepted: Answer = { kind: 'accepted' };
const refused = (problem: Problem): Answer => ({ kind: 'refused', problem });

/** One request, and everything that answering it needs. */
interface Taking {
  readonly situation: Situation;
  readonly draft: Draft;
  readonly request: Request;
  readonly at: { readonly issue?: IssueNumber; readonly pull?: PullNumber };
  /** The notice that shows the plan. Making its advice takes several searches, so it is made at most once per look. */
  readonly planNotice: () => Notice;
}

export function takeRequests(situation: Situation, draft: Draft): void {
  // One copy for all of them: a crowd can write many comments.
  const taken = { ...draft.journal.taken };
  let shown: Notice | undefined;
  const planNotice = (): Notice => {
    shown ??= makePlanNotice(situation);
    return shown;
  };
  for (const request of stopsLast(draft.snapshot.requests)) {
    if (taken[request.id] || isForAnotherEpic(request, draft)) continue;
    const at = issueOrPull(request, draft.snapshot.epic.number);
    const answer = answerTo({ situation, draft, request, at, planNotice });
    taken[request.id] =
      answer.kind === 'accepted'
        ? 'accepted'
        : { refused: answer.kind === 'refused' ? answer.problem.kind : answer.why };
    draft.journal = { ...draft.journal, taken };
    acknowledge(draft, request, answer);
  }
  takeOffCommandLabels(situation, draft);
}

/**
 * Whatever is asked for on a segment that another epic has is asked of that epic: also if that epic let go of it a moment ago,
 * perhaps because of this very request.
 */
function isForAnotherEpic({ from }: Request, { snapshot }: Draft): boolean {
  if (!('issue' in from) || from.issue === snapshot.epic.number) return false;
  return snapshot.owners?.[from.issue] !== undefined || snapshot.journal?.contested?.includes(from.issue) === true;
}

/** Labels that are on at once show no order. The ones that stop the epic are taken last, so that it stops. */
function stopsLast(requests: readonly Request[]): readonly Request[] {
  const does = ({ from, asked }: Request, labels: readonly CommandKind[]): boolean =>
    from.kind === 'label' && asked.kind === 'command' && labels.includes(asked.command.kind);
  const end = 1 + requests.findLastIndex((request) => does(request, ['execute', 'resume', 'retry']));
  const early = requests.slice(0, end).filter((request) => does(request, ['pause', 'cancel']));
  return [...requests.slice(0, end).filter((request) => !early.includes(request)), ...early, ...requests.slice(end)];
}

function acknowledge(draft: Draft, request: Request, answer: Answer): void {
  const node = 'node' in request.from ? request.from.node : undefined;
  if (answer.kind === 'ignored') return;
  if (answer.kind === 'accepted') {
    if (!node) return;
    draft.decide({ kind: 'react', node, with: 'eyes', reason: { kind: 'request taken', by: request.by.login } });
    draft.taken.push(node);
    return;
  }
  const reason = { kind: 'request refused', by: request.by.login, problem: answer.problem.kind } as const;
  // A person without rights gets one reply per epic, however often they ask.
  const key = answer.problem.kind === 'FORBIDDEN' ? `forbidden:${request.by.id}` : `refused:${request.id}`;
  draft.once({
    kind: 'say',
    key,
    on: replyTo(request, draft.snapshot.epic.number),
    notice: { kind: 'refused request', to: request.by.login, problem: answer.problem },
    reason,
  });
  // Last: without a journal, this reaction is the only sign that the request was answered.
  if (node) draft.decide({ kind: 'react', node, with: 'confused', reason });
}

/** The issue or pull request that a reply is written on. */
function replyTo({ from }: Request, epic: IssueNumber): IssueNumber | PullNumber {
  switch (from.kind) {
    case 'label':
    case 'comment':
    case 'boxes':
      return from.issue;
    case 'pull comment':
    case 'review comment':
      return from.pull;
    case 'dispatch':
      return epic;
  }
}

const issueOrPull = ({ from }: Request, epic: IssueNumber): Taking['at'] =>
  'pull' in from ? { pull: from.pull } : { issue: 'issue' in from ? from.issue : epic };

function answerTo(taking: Taking): Answer {
  const { situation, draft, request, at } = taking;
  const { by, asked } = request;
  if (asked.kind === 'nothing') return { kind: 'ignored', why: 'nothing asked' };
  const named = isNamedBot(by, situation.config);
  if (by.kind === 'bot' && !named) return { kind: 'ignored', why: 'bot' };
  const needs = asked.kind === 'command' ? COMMANDS[asked.command.kind].needs : 'write';
  if (!named && !(needs === 'triage' ? mayTriage(by) : mayWrite(by))) {
    return asked.kind === 'command'
      ? refused({ kind: 'FORBIDDEN', at, login: by.login, permission: by.permission, needs })
      : { kind: 'ignored', why: 'no command, no rights' };
  }
  if (asked.kind === 'ticks') {
    const why = isOpen(draft) ? answerByTick(draft, request, asked) : 'no longer waiting';
    // The comment with the boxes shows it.
    return why === undefined ? accepted : { kind: 'ignored', why };
  }
  if (asked.kind === 'unknown') {
    return refused({
      kind: 'UNKNOWN_COMMAND',
      at,
      text: asked.text,
      ...(asked.nearest ? { nearest: asked.nearest } : {}),
    });
  }
  if (asked.kind === 'malformed') {
    return refused({ kind: 'BAD_ARGUMENT', at, command: asked.command, expected: asked.expected });
  }
  return obey(taking, asked.command);
}

const isOpen = ({ snapshot }: Draft): boolean => snapshot.epic.state === 'open';

function obey(taking: Taking, command: Command): Answer {
  const { situation, draft, request, at } = taking;
  const { journal, snapshot } = draft;
  const by = request.by.login;
  const notNow = (why: NotNow): Answer => refused({ kind: 'NOT_NOW', at, command: command.kind, why });
  if (command.kind === 'help') return tell(taking, { kind: 'help', to: by });
  if (snapshot.repository.isEmpty) return refused({ kind: 'REPOSITORY_EMPTY' });
  if (!isOpen(draft)) return notNow({ kind: 'epic closed', epic: snapshot.epic.number });
  switch (command.kind) {
    case 'plan':
      return tell(taking, taking.planNotice());
    case 'status':
      // The panel is the status, and this look brings it up to date.
      return accepted;
    case 'execute':
      return at.issue !== undefined && at.issue !== snapshot.epic.number
        ? notNow({ kind: 'segment of an epic', segment: at.issue, epic: snapshot.epic.number })
        : execute(taking, command);
    case 'run': {
      // The text of an epic with a block, too: it is what its segments are made of.
      const isBlock = situation.plan.source === 'block' && command.segment === snapshot.epic.number;
      const issue = isBlock ? snapshot.epic : snapshot.issues.find(({ number }) => number === command.segment);
      if (!issue || !(isBlock || situation.segments.has(command.segment))) {
        return refused({ kind: 'UNKNOWN_SEGMENT', at, number: command.segment });
      }
      if (!journal.authorisation) return notNow({ kind: 'not started' });
      authoriseMore(situation, draft, { ...request, issues: [issue] });
      draft.journal = withRecord(draft.journal, command.segment, {
        included: { ...speakerOf(request.by), at: request.at },
      });
      return accepted;
    }
    case 'approve':
      if (request.by.kind === 'bot') return notNow({ kind: 'only people decide' });
      return at.pull === undefined ? approveWave(taking, command, notNow) : approvePull(taking, command, at.pull);
    case 'reject':
      return at.pull === undefined ? notNow({ kind: 'not on a pull request' }) : rejectPull(taking, command, at.pull);
    case 'answer': {
      const why = answerInWords(draft, request, command, at.issue);
      return why === undefined ? accepted : notNow(why);
    }
    case 'retry':
      return retry(taking, command, notNow);
    case 'skip': {
      if (!situation.segments.has(command.segment)) {
        return refused({ kind: 'UNKNOWN_SEGMENT', at, number: command.segment });
      }
      draft.journal = withRecord(journal, command.segment, {
        skipped: { ...speakerOf(request.by), reason: command.reason, at: request.at },
      });
      draft.record({ kind: 'SKIPPED', segment: command.segment });
      return accepted;
    }
    case 'pause':
      if (journal.phase !== 'running') return notNow({ kind: 'wrong phase', phase: journal.phase });
      draft.journal = { ...journal, phase: 'paused', pausedAt: draft.now };
      return accepted;
    case 'resume':
      return resume(taking, command, notNow);
    case 'cancel':
      // Always works, at any state (bad-input B105), except at the end: what was accepted is over, and stays over.
      if (journal.phase === 'finished') return notNow({ kind: 'already accepted' });
      draft.journal = { ...journal, phase: 'cancelled' };
      draft.once({
        kind: 'say',
        key: `cancelled:${request.id}`,
        on: snapshot.epic.number,
        notice: { kind: 'cancelled', by },
        reason: { kind: 'cancelled', by },
      });
      return accepted;
    case 'accept':
      if (request.by.kind === 'bot') return notNow({ kind: 'only people decide' });
      if (journal.phase !== 'running') {
        return notNow(
          journal.phase === 'finished' ? { kind: 'already accepted' } : { kind: 'wrong phase', phase: journal.phase },
        );
      }
      if (!draft.journal.acts[acceptanceKey(draft)]) return notNow({ kind: 'not complete' });
      draft.journal = {
        ...journal,
        phase: 'finished',
        finishedAt: snapshot.now,
        acceptedBy: by,
        acceptedById: request.by.id,
      };
      draft.record({ kind: 'EXECUTION COMPLETE' });
      return accepted;
    case 'import':
      return importTexts(taking, command, notNow);
    case 'needs-work':
      if (journal.phase !== 'running') return notNow({ kind: 'wrong phase', phase: journal.phase });
      if (!draft.journal.acts[acceptanceKey(draft)]) return notNow({ kind: 'not complete' });
      draft.journal = { ...journal, followUps: [...journal.followUps, followUp(taking, command.what)] };
      return accepted;
  }
}

/** With a higher budget, an epic that is not paused is resumed, too: it stands still once its budget is spent. */
function resume(
  { situation, draft, request }: Taking,
  { budgetUsd }: Extract<Command, { kind: 'resume' }>,
  notNow: (why: NotNow) => Answer,
): Answer {
  const { journal } = draft;
  const isStopped = journal.phase === 'paused' || journal.phase === 'cancelled';
  if (!isStopped && (budgetUsd === undefined || journal.phase !== 'running'))
    return notNow({ kind: 'wrong phase', phase: journal.phase });
  const budget = epicBudget(journal, situation.config);
  if (budgetUsd !== undefined && budget && budgetUsd <= budget.budgetUsd)
    return notNow({ kind: 'budget not higher', budgetUsd: budget.budgetUsd });
  const by = speakerOf(request.by);
  draft.journal = {
    ...(isStopped ? { ...withBaselineForgiven(withoutRefusals(journal)), phase: 'running', resumedBy: by } : journal),
    ...(budgetUsd === undefined ? {} : { budget: { ...by, usd: budgetUsd, at: request.at } }),
  };
  return accepted;
}

const followUp = ({ situation, request }: Taking, what: string): FollowUp => ({
  request: request.id,
  ...speakerOf(request.by),
  what,
  at: request.at,
  wave: situation.plan.waves.at(-1)?.number ?? 1,
});

/** Acceptance is asked for again after each further dispatch: no one accepts work that they have not seen. */
export const acceptanceKey = (draft: Draft): string =>
  `accept:${draft.journal.followUps.length + 1}:${Object.keys(draft.journal.dispatches).length}`;

function tell({ draft, request }: Taking, notice: Notice): Answer {
  draft.once({
    kind: 'say',
    key: `answer:${request.id}`,
    on: replyTo(request, draft.snapshot.epic.number),
    notice,
    reason: { kind: 'asked', by: request.by.login },
  });
  return accepted;
}

/** With what the preflight found, so that a person sees one list before anything is started. */
function makePlanNotice({ plan, config, snapshot }: Situation): Notice {
  const advice = adviseOn(plan, config);
  const diagnostics = [...snapshot.preflight, ...plan.diagnostics];
  return { kind: 'plan', plan: { ...plan, diagnostics }, dryRun: true, ...(advice ? { advice } : {}) };
}

function execute(taking: Taking, command: Extract<Command, { kind: 'execute' }>): Answer {
  const { situation, draft, request, planNotice } = taking;
  if (command.dryRun) return tell(taking, planNotice());
  const { journal, snapshot } = draft;
  const { kind: _, dryRun: __, ...options } = command;
  if (!journal.authorisation && snapshot.earlier?.length) {
    draft.journal = { ...draft.journal, earlier: snapshot.earlier };
  }
  continueWithout(draft);
  authorise(situation, draft, { ...request, issues: snapshot.issues });
  // An epic that was accepted, reopened and executed again continues.
  const {
    finishedAt: _f,
    acceptedBy: _a,
    acceptedById: _i,
    resumedBy: _r,
    ...going
  } = withBaselineForgiven(withoutRefusals(draft.journal));
  draft.journal = { ...going, phase: 'running', options, startedAt: journal.startedAt ?? draft.now };
  if (!journal.authorisation) draft.record({ kind: 'STARTED' });
  return accepted;
}

/** A running epic is left as it is: its links are part of what was authorised. */
function importTexts(
  taking: Taking,
  { confirmed }: Extract<Command, { kind: 'import' }>,
  notNow: (why: NotNow) => Answer,
): Answer {
  const { situation, draft, request } = taking;
  const { journal, snapshot } = draft;
  if (journal.authorisation) return notNow({ kind: 'wrong phase', phase: journal.phase });
  const found = importableIn(situation.plan, snapshot);
  const errors = situation.plan.diagnostics.filter(({ level }) => level === 'error');
  if (confirmed && errors.length > 0) return notNow({ kind: 'plan has errors' });
  if (!confirmed || found.children.length + found.links.length === 0) {
    return tell(taking, { kind: 'import', epic: snapshot.epic.number, found, errors });
  }
  if (!journal.import) confirmImport(draft, found, request);
  return accepted;
}

function approveWave(
  { situation: { plan, config }, draft, request }: Taking,
  command: Extract<Command, { kind: 'approve' }>,
  notNow: (why: NotNow) => Answer,
): Answer {
  if (config.mode !== 'collaborative') return notNow({ kind: 'waves start automatically' });
  const waiting = plan.waves.map((wave) => wave.number).filter((wave) => !draft.journal.approvedWaves.includes(wave));
  // An approval without a number is for the wave that was asked about. Two approvals of it do not approve the next one.
  const asked = waiting.find((wave) => draft.journal.acts[`approve-wave:${wave}`] !== undefined);
  const wave = plan.waves.find(({ number }) => number === (command.wave ?? asked))?.number;
  if (wave === undefined) return notNow({ kind: 'no such wave' });
  draft.journal = {
    ...draft.journal,
    approvedWaves: [...new Set([...draft.journal.approvedWaves, wave])].sort((a, b) => a - b),
    wavesApprovedBy: { ...draft.journal.wavesApprovedBy, [wave]: speakerOf(request.by) },
  };
  return accepted;
}

function approvePull(
  { situation, draft, request }: Taking,
  command: Extract<Command, { kind: 'approve' }>,
  number: PullNumber,
): Answer {
  const at = { pull: number };
  const pull = situation.pulls.get(number);
  const segment = segmentOfPull(draft.journal, number);
  if (!pull || segment === undefined || pull.state !== 'open') {
    return refused({ kind: 'NOT_NOW', at, command: 'approve', why: { kind: 'pull request not open for review' } });
  }
  if (request.by.id === pull.author.id) return refused({ kind: 'SELF_APPROVAL', at, login: request.by.login });
  const record = recordOf(draft.journal, segment);
  // An approval that names no commit counts for the head only if the head was there when it was written.
  const wasThere = record.attempts.some(({ outcome, from, claimedAt }) =>
    outcome?.kind === 'published' && outcome.head === pull.head && outcome.at <= request.at
      ? true
      : from === pull.head && claimedAt <= request.at,
  );
  const meant = command.head !== undefined ? pull.head.startsWith(command.head) : wasThere;
  if (!meant)
    return refused({
      kind: 'HEAD_MOVED',
      at,
      ...(command.head === undefined ? {} : { said: command.head }),
      head: pull.head,
    });
  draft.journal = withRecord(draft.journal, segment, {
    approvals: [...record.approvals, { ...speakerOf(request.by), at: request.at, head: pull.head }],
  });
  return accepted;
}

function rejectPull(
  { situation, draft, request }: Taking,
  command: Extract<Command, { kind: 'reject' }>,
  number: PullNumber,
): Answer {
  const at = { pull: number };
  const pull = situation.pulls.get(number);
  const segment = segmentOfPull(draft.journal, number);
  if (!pull || segment === undefined || pull.state !== 'open') {
    return refused({ kind: 'NOT_NOW', at, command: 'reject', why: { kind: 'pull request not open for review' } });
  }
  const record = recordOf(draft.journal, segment);
  const rejection = {
    ...speakerOf(request.by),
    at: request.at,
    head: pull.head,
    pull: number,
    reason: command.reason,
    comments: [],
  };
  draft.journal = withRecord(draft.journal, segment, { rejections: [...record.rejections, rejection] });
  draft.record({ kind: 'REJECTED', segment, pull: number });
  return accepted;
}

function retry(
  { situation, draft, request, at }: Taking,
  command: Extract<Command, { kind: 'retry' }>,
  notNow: (why: NotNow) => Answer,
): Answer {
  const { plan, segments } = situation;
  if (!draft.journal.authorisation) return notNow({ kind: 'not started' });
  const ofPull = at.pull === undefined ? undefined : segmentOfPull(draft.journal, at.pull);
  const ofIssue = at.issue !== undefined && segments.has(at.issue) ? at.issue : undefined;
  const named = command.segment ?? ofPull ?? ofIssue;
  if (named !== undefined && !segments.has(named)) return refused({ kind: 'UNKNOWN_SEGMENT', at, number: named });
  for (const segment of named === undefined ? plan.segments.map(({ number }) => number) : [named]) {
    const record = recordOf(draft.journal, segment);
    const last = record.attempts.at(-1);
    if (!last?.outcome) continue;
    const { mergeRefusal: _, ...kept } = record;
    const rest = named === undefined ? kept : withLandingAccepted(kept, { ...speakerOf(request.by), at: draft.now });
    // Work that GitHub refused is published again: no agent has to do it once more.
    const { outcome, ...open } = last;
    const isReadyWork = outcome.kind === 'failed' && outcome.report !== undefined && isReady(outcome.report);
    const attempts = isReadyWork ? [...record.attempts.slice(0, -1), open] : record.attempts;
    draft.journal = {
      ...withoutQueueing(draft.journal, situation.publishedPull(segment)),
      segments: {
        ...draft.journal.segments,
        [segment]: {
          ...{ ...rest, attempts, forgiven: attempts.length, forgivenBy: speakerOf(request.by) },
          ...(rest.updates ? { updates: rest.updates.map((each) => ({ ...each, forgiven: true as const })) } : {}),
        },
      },
    };
  }
  const wasRefused = refusedIssues(draft.journal).length > 0;
  draft.journal = withBaselineForgiven(withoutRefusals(draft.journal));
  // If GitHub refused to create a fix segment, that is retried, and not the calibration before it.
  if (named === undefined && !wasRefused) {
    const roundsForgivenBy = speakerOf(request.by);
    draft.journal = { ...draft.journal, forgivenRounds: roundsSoFar(draft), roundsForgivenBy };
  }
  return accepted;
}

/** A pull request that its merge queue has removed is put in again. */
const withoutQueueing = (journal: Journal, pull: Pull | undefined): Journal =>
  pull ? withoutAct(journal, actKeys.enqueue(pull.number, pull.head)) : journal;

const roundsSoFar = (draft: Draft): Readonly<Record<number, number>> =>
  Object.fromEntries(Object.entries(draft.journal.calibrations).map(([wave, rounds]) => [wave, rounds.length]));

/** Command labels are one-shot: each is taken off as soon as it is read, no matter who put it on. */
function takeOffCommandLabels({ config }: Situation, draft: Draft): void {
  const { epic, issues, requests } = draft.snapshot;
  const takeOff = (issue: IssueNumber, remove: readonly string[]): void => {
    if (remove.length === 0) return;
    draft.decide({ kind: 'set labels', issue, add: [], remove, reason: { kind: 'command label read' } });
  };
  takeOff(
    epic.number,
    epic.labels.filter((name) => COMMAND_LABELS.some((label) => isLabel(name, config, label))),
  );
  // Segments have one such label. Without a request, GitHub does not show yet that somebody added it.
  for (const { number, labels } of issues) {
    const isRead = requests.some(({ from }) => from.kind === 'label' && from.issue === number);
    if (isRead)
      takeOff(
        number,
        labels.filter((name) => isLabel(name, config, 'retry')),
      );
  }
}

/** Marks requests with 🚀 once they are done, also those whose look ended before it came this far (SPEC R3.4). */
export function finishRequests(draft: Draft): void {
  const before = draft.snapshot.acknowledged.filter(({ id }) => draft.journal.taken[id] === 'accepted');
  for (const node of new Set([...before.map((request) => request.node), ...draft.taken])) {
    draft.decide({ kind: 'react', node, with: 'rocket', reason: { kind: 'request done' } });
  }
}
