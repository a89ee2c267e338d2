/**
 * Taking what people asked for: each request counts once, ever; who may is what GitHub's permission API said while
 * observing; what is refused is refused in one sentence (SPEC R3.4, R3.5).
 */

import { COMMANDS, type Command } from '#core/model/command';
import { COMMAND_LABELS, type Config, labelName } from '#core/model/config';
import type { IssueNumber, PullNumber } from '#core/model/epic';
import type { Authorisation } from '#core/model/journal';
import { recordOf, refusedIssues, segmentOfPull, withoutRefusals, withRecord } from '#core/model/journal-lenses';
import type { Notice } from '#core/model/notice';
import { isNamedBot, isTrusted, mayTriage, mayWrite } from '#core/model/people';
import type { Plan } from '#core/model/plan';
import type { NotNow, Problem } from '#core/model/problem';
import type { Issue, Request } from '#core/model/snapshot';
import { adviseOn } from '#core/schedule/what-if';
import type { Draft } from './draft.ts';
import { edgesOf, sameEdges } from './progress.ts';
import { answerByTick, answerInWords, type NoAnswer } from './questions.ts';

type Answer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** Nothing is said: an answer would only be noise, or could be used to make swarm talk. */
  | { readonly kind: 'ignored'; readonly why: 'nothing asked' | 'bot' | 'no command, no rights' | NoAnswer };

const accepted: Answer = { kind: 'accepted' };
const refused = (problem: Problem): Answer => ({ kind: 'refused', problem });

export function takeRequests(draft: Draft, plan: Plan, config: Config): void {
  // One copy for all of them: there may be as many comments as a crowd can write.
  const taken = { ...draft.journal.taken };
  let shown: Notice | undefined;
  const planShown = (): Notice => {
    shown ??= planNotice(plan, config);
    return shown;
  };
  for (const request of draft.snapshot.requests) {
    if (taken[request.id]) continue;
    const answer = answerTo(draft, plan, config, request, planShown);
    taken[request.id] =
      answer.kind === 'accepted'
        ? 'accepted'
        : { refused: answer.kind === 'refused' ? answer.problem.kind : answer.why };
    draft.journal = { ...draft.journal, taken };
    acknowledge(draft, request, answer);
  }
  takeOffCommandLabels(draft, config);
}

function acknowledge(draft: Draft, request: Request, answer: Answer): void {
  const node = 'node' in request.from ? request.from.node : undefined;
  if (answer.kind === 'ignored') return;
  if (answer.kind === 'accepted') {
    if (!node) return;
    draft.decide({ kind: 'react', node, with: 'eyes', reason: `@${request.by.login}'s request was taken` });
    draft.taken.push(node);
    return;
  }
  const reason = `@${request.by.login}'s request was refused: ${answer.problem.kind}`;
  // Somebody without rights gets one sentence per epic, however often they ask: replies are no toy.
  const key = answer.problem.kind === 'FORBIDDEN' ? `forbidden:${request.by.id}` : `refused:${request.id}`;
  draft.once({
    kind: 'say',
    key,
    on: placeOf(request, draft.snapshot.epic.number),
    notice: { kind: 'refused request', to: request.by.login, problem: answer.problem },
    reason,
  });
  // Last: where there is no journal, this is what says that the request was answered.
  if (node) draft.decide({ kind: 'react', node, with: 'confused', reason });
}

function placeOf(request: Request, epic: IssueNumber): IssueNumber | PullNumber {
  switch (request.from.kind) {
    case 'label':
    case 'comment':
    case 'boxes':
      return request.from.issue;
    case 'pull comment':
    case 'review comment':
      return request.from.pull;
    case 'dispatch':
      return epic;
  }
}

/** @param planShown what a plan that is asked for is answered with: it takes several searches, and is made at most once. */
function answerTo(draft: Draft, plan: Plan, config: Config, request: Request, planShown: () => Notice): Answer {
  const at =
    'pull' in request.from
      ? { pull: request.from.pull }
      : { issue: placeOf(request, draft.snapshot.epic.number) as IssueNumber };
  const { by, asked } = request;
  if (asked.kind === 'nothing') return { kind: 'ignored', why: 'nothing asked' };
  const named = isNamedBot(by, config);
  if (by.kind === 'bot' && !named) return { kind: 'ignored', why: 'bot' };
  const needs = asked.kind === 'command' ? COMMANDS[asked.command.kind].needs : 'write';
  if (!named && !(needs === 'triage' ? mayTriage(by) : mayWrite(by))) {
    return asked.kind === 'command'
      ? refused({ kind: 'FORBIDDEN', at, login: by.login, permission: by.permission, needs })
      : { kind: 'ignored', why: 'no command, no rights' };
  }
  if (asked.kind === 'ticks') {
    const why = answerByTick(draft, request, asked);
    // Its comment says so, where the tick was made.
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
  return obey(draft, plan, config, request, asked.command, at, planShown);
}

function obey(
  draft: Draft,
  plan: Plan,
  config: Config,
  request: Request,
  command: Command,
  at: { readonly issue?: IssueNumber; readonly pull?: PullNumber },
  planShown: () => Notice,
): Answer {
  const { journal, snapshot } = draft;
  const notNow = (why: NotNow): Answer => refused({ kind: 'NOT_NOW', at, command: command.kind, why });
  switch (command.kind) {
    case 'help':
      return tell(draft, request, { kind: 'help', to: request.by.login });
    case 'plan':
      return tell(draft, request, planShown());
    case 'status':
      // The panel is the status; it is brought up to date by this very look.
      return accepted;
    case 'execute':
      return at.issue !== undefined && at.issue !== snapshot.epic.number
        ? notNow({ kind: 'segment of an epic', segment: at.issue, epic: snapshot.epic.number })
        : execute(draft, plan, config, request, command, planShown);
    case 'run': {
      const issue = snapshot.issues.find((each) => each.number === command.segment);
      if (!issue || !isSegment(plan, command.segment))
        return refused({ kind: 'UNKNOWN_SEGMENT', at, number: command.segment });
      if (!journal.authorisation) return notNow({ kind: 'not started' });
      authorise(draft, plan, request, [issue], journal.authorisation, config);
      draft.journal = withRecord(draft.journal, command.segment, {
        included: { by: request.by.login, at: request.at },
      });
      return accepted;
    }
    case 'approve':
      if (request.by.kind === 'bot') return notNow({ kind: 'only people decide' });
      return at.pull === undefined
        ? approveWave(draft, plan, config, command, notNow)
        : approvePull(draft, request, command, at.pull);
    case 'reject':
      return at.pull === undefined
        ? notNow({ kind: 'not on a pull request' })
        : rejectPull(draft, request, command, at.pull);
    case 'answer': {
      const why = answerInWords(draft, request, command, at.issue);
      return why === undefined ? accepted : notNow(why);
    }
    case 'retry':
      return retry(draft, plan, command, at, notNow);
    case 'skip': {
      if (!isSegment(plan, command.segment)) return refused({ kind: 'UNKNOWN_SEGMENT', at, number: command.segment });
      draft.journal = withRecord(journal, command.segment, {
        skipped: { by: request.by.login, reason: command.reason, at: request.at },
      });
      draft.record({ kind: 'SKIPPED', segment: command.segment });
      return accepted;
    }
    case 'pause':
      if (journal.phase !== 'running') return notNow({ kind: 'wrong phase', phase: journal.phase });
      draft.journal = { ...journal, phase: 'paused' };
      return accepted;
    case 'resume':
      if (journal.phase !== 'paused' && journal.phase !== 'cancelled')
        return notNow({ kind: 'wrong phase', phase: journal.phase });
      draft.journal = { ...withoutRefusals(journal), phase: 'running' };
      return accepted;
    case 'cancel':
      // Always works, at any state (bad-input B105).
      draft.journal = { ...journal, phase: 'cancelled' };
      draft.once({
        kind: 'say',
        key: `cancelled:${request.id}`,
        on: snapshot.epic.number,
        notice: { kind: 'cancelled', by: request.by.login },
        reason: `@${request.by.login} cancelled the epic`,
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
      draft.journal = { ...journal, phase: 'finished', finishedAt: snapshot.now, acceptedBy: request.by.login };
      draft.record({ kind: 'EXECUTION COMPLETE' });
      return accepted;
    case 'needs-work':
      if (journal.phase !== 'running') return notNow({ kind: 'wrong phase', phase: journal.phase });
      if (!draft.journal.acts[acceptanceKey(draft)]) return notNow({ kind: 'not complete' });
      draft.journal = {
        ...journal,
        followUps: [
          ...journal.followUps,
          {
            request: request.id,
            by: request.by.login,
            what: command.what,
            at: request.at,
            wave: plan.waves.at(-1)?.number ?? 1,
          },
        ],
      };
      return accepted;
  }
}

/** Acceptance is asked for anew after everything that was dispatched since: nobody accepts what nobody has seen. */
export const acceptanceKey = (draft: Draft): string =>
  `accept:${draft.journal.followUps.length + 1}:${Object.keys(draft.journal.dispatches).length}`;

function tell(draft: Draft, request: Request, notice: Notice): Answer {
  draft.once({
    kind: 'say',
    key: `answer:${request.id}`,
    on: placeOf(request, draft.snapshot.epic.number),
    notice,
    reason: `@${request.by.login} asked`,
  });
  return accepted;
}

function planNotice(plan: Plan, config: Config): Notice {
  const advice = adviseOn(plan, config);
  return { kind: 'plan', plan, dryRun: true, ...(advice ? { advice } : {}) };
}

const isSegment = (plan: Plan, number: IssueNumber): boolean => plan.segments.some((each) => each.number === number);

function execute(
  draft: Draft,
  plan: Plan,
  config: Config,
  request: Request,
  command: Extract<Command, { kind: 'execute' }>,
  planShown: () => Notice,
): Answer {
  if (command.dryRun) return tell(draft, request, planShown());
  const { journal } = draft;
  const { kind: _, dryRun: __, ...options } = command;
  if (!journal.authorisation && draft.snapshot.earlier?.length) {
    draft.journal = { ...draft.journal, earlier: draft.snapshot.earlier };
  }
  authorise(draft, plan, request, draft.snapshot.issues, undefined, config);
  // An epic that was accepted, opened again and executed again goes on.
  const { finishedAt: _f, acceptedBy: _a, ...going } = withoutRefusals(draft.journal);
  draft.journal = {
    ...going,
    phase: 'running',
    options: { ...options },
    startedAt: journal.startedAt ?? draft.now,
  };
  if (!journal.authorisation) draft.record({ kind: 'STARTED' });
  return accepted;
}

/** Writes down what this person consents to: these texts and edges, this config, this base (SPEC R11.2). */
export function authorise(
  draft: Draft,
  plan: Plan,
  by: { readonly by: { readonly login: string; readonly id: number }; readonly at: Authorisation['at'] },
  issues: readonly Issue[],
  before: Authorisation | undefined,
  config: Config,
): void {
  const { snapshot } = draft;
  const leaves = new Map(plan.segments.map((segment) => [segment.number, segment]));
  const named = plan.source === 'the epic itself' ? [snapshot.epic] : issues;
  const segments: Record<number, Authorisation['segments'][number]> = { ...before?.segments };
  for (const issue of named) {
    const segment = leaves.get(issue.number);
    if (!segment) continue;
    if (!wroteBefore(issue, by.at, config)) continue;
    segments[issue.number] = {
      digest: issue.digest,
      blockedBy: segment.blockedBy,
      external: plan.outside[issue.number] ?? [],
    };
    draft.texts[issue.number] = { title: issue.title, body: issue.body, labels: issue.labels };
  }
  const { epic } = snapshot;
  const meansEpic = (!before || named.includes(epic)) && wroteBefore(epic, by.at, config);
  if (meansEpic) draft.texts[epic.number] = { title: epic.title, body: epic.body, labels: epic.labels };
  draft.journal = {
    ...draft.journal,
    authorisation: {
      at: by.at,
      by: by.by.login,
      byId: by.by.id,
      configDigest: snapshot.configDigest,
      base: snapshot.base.head,
      baseBranch: snapshot.base.branch,
      epicDigest: meansEpic ? epic.digest : ((before ?? draft.journal.authorisation)?.epicDigest ?? ''),
      segments,
    },
  };
}

/** What a stranger wrote after the word was given is not what was meant by it. */
const wroteBefore = (issue: Issue, at: Authorisation['at'], config: Config): boolean =>
  issue.editedAt === undefined || issue.editedAt <= at || isTrusted(issue.editor ?? issue.author, config);

/** A config that is another one than last time is used from now on, and that it changed is shown. */
export function noteConfig(draft: Draft): void {
  const { authorisation, configs = [] } = draft.journal;
  const { configDigest } = draft.snapshot;
  if (!authorisation || (configs.at(-1)?.digest ?? authorisation.configDigest) === configDigest) return;
  draft.journal = { ...draft.journal, configs: [...configs, { at: draft.now, digest: configDigest }].slice(-50) };
  draft.record({ kind: 'CONFIG CHANGED' });
}

/**
 * Texts that people with write access changed while nothing was started yet, or always with `adopt: automatic`, need
 * no second say: whoever may authorise them wrote them.
 */
export function adoptChanges(draft: Draft, plan: Plan, config: Config): void {
  const { authorisation } = draft.journal;
  if (!authorisation) return;
  const nothingStarted = Object.keys(draft.journal.dispatches).length === 0;
  if (!nothingStarted && config.adopt !== 'automatic') return;
  const leaves = plan.source === 'the epic itself' ? [draft.snapshot.epic] : draft.snapshot.issues;
  const changed = leaves.filter((issue) => {
    const segment = plan.segments.find((each) => each.number === issue.number);
    if (!segment || recordOf(draft.journal, issue.number).attempts.length > 0) return false;
    const known = authorisation.segments[issue.number];
    const same = known?.digest === issue.digest && sameEdges(known, edgesOf(plan, segment));
    if (same || (!known && config.adopt !== 'automatic')) return false;
    return isTrusted(issue.author, config) && (!issue.editor || isTrusted(issue.editor, config));
  });
  const { epic } = draft.snapshot;
  const isOther = epic.digest !== authorisation.epicDigest && isTrusted(epic.editor ?? epic.author, config);
  const adopted = isOther && !changed.includes(epic) ? [...changed, epic] : changed;
  if (adopted.length === 0) return;
  const by = { by: { login: authorisation.by, id: authorisation.byId }, at: authorisation.at };
  authorise(draft, plan, by, adopted, authorisation, config);
}

function approveWave(
  draft: Draft,
  plan: Plan,
  config: Config,
  command: Extract<Command, { kind: 'approve' }>,
  notNow: (why: NotNow) => Answer,
): Answer {
  if (config.mode !== 'collaborative') return notNow({ kind: 'waves start automatically' });
  const waiting = plan.waves.map((wave) => wave.number).filter((wave) => !draft.journal.approvedWaves.includes(wave));
  // A yes without a number is to the wave that was asked about; two people's yes to one is not a yes to the next.
  const asked = waiting.find((wave) => draft.journal.acts[`approve-wave:${wave}`] !== undefined);
  const wave = command.wave ?? asked;
  if (wave === undefined || !plan.waves.some((each) => each.number === wave)) return notNow({ kind: 'no such wave' });
  draft.journal = {
    ...draft.journal,
    approvedWaves: [...new Set([...draft.journal.approvedWaves, wave])].sort((a, b) => a - b),
  };
  return accepted;
}

function approvePull(
  draft: Draft,
  request: Request,
  command: Extract<Command, { kind: 'approve' }>,
  number: PullNumber,
): Answer {
  const at = { pull: number };
  const pull = draft.snapshot.pulls.find((each) => each.number === number);
  const segment = segmentOfPull(draft.journal, number);
  if (!pull || segment === undefined || pull.state !== 'open') {
    return refused({ kind: 'NOT_NOW', at, command: 'approve', why: { kind: 'pull request not open for review' } });
  }
  if (request.by.id === pull.author.id) return refused({ kind: 'SELF_APPROVAL', at, login: request.by.login });
  const record = recordOf(draft.journal, segment);
  // Without a commit named, the words count for the head only if the head was there when they were written.
  const wasThere = record.attempts.some(({ outcome, from, claimedAt }) =>
    outcome?.kind === 'published' && outcome.head === pull.head && outcome.at <= request.at
      ? true
      : from === pull.head && claimedAt <= request.at,
  );
  const meant = command.head !== undefined ? pull.head.startsWith(command.head) : wasThere;
  if (!meant) return refused({ kind: 'HEAD_MOVED', at, said: command.head ?? 'an earlier commit', head: pull.head });
  draft.journal = withRecord(draft.journal, segment, {
    approvals: [...record.approvals, { by: request.by.login, byId: request.by.id, at: request.at, head: pull.head }],
  });
  return accepted;
}

function rejectPull(
  draft: Draft,
  request: Request,
  command: Extract<Command, { kind: 'reject' }>,
  number: PullNumber,
): Answer {
  const at = { pull: number };
  const pull = draft.snapshot.pulls.find((each) => each.number === number);
  const segment = segmentOfPull(draft.journal, number);
  if (!pull || segment === undefined || pull.state !== 'open') {
    return refused({ kind: 'NOT_NOW', at, command: 'reject', why: { kind: 'pull request not open for review' } });
  }
  const record = recordOf(draft.journal, segment);
  const rejection = {
    by: request.by.login,
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
  draft: Draft,
  plan: Plan,
  command: Extract<Command, { kind: 'retry' }>,
  at: { readonly issue?: IssueNumber; readonly pull?: PullNumber },
  notNow: (why: NotNow) => Answer,
): Answer {
  if (!draft.journal.authorisation) return notNow({ kind: 'not started' });
  const ofPull = at.pull === undefined ? undefined : segmentOfPull(draft.journal, at.pull);
  const ofIssue = at.issue !== undefined && isSegment(plan, at.issue) ? at.issue : undefined;
  const named = command.segment ?? ofPull ?? ofIssue;
  if (named !== undefined && !isSegment(plan, named)) return refused({ kind: 'UNKNOWN_SEGMENT', at, number: named });
  const segments = named === undefined ? plan.segments.map((each) => each.number) : [named];
  for (const segment of segments) {
    const record = recordOf(draft.journal, segment);
    if (record.attempts.length === 0 || !record.attempts.at(-1)?.outcome) continue;
    const { mergeRefusal: _, ...rest } = record;
    draft.journal = {
      ...draft.journal,
      segments: { ...draft.journal.segments, [segment]: { ...rest, forgiven: record.attempts.length } },
    };
  }
  const wasRefused = refusedIssues(draft.journal).length > 0;
  draft.journal = withoutRefusals(draft.journal);
  // Where the mend itself was refused, it is that which is tried again, and not the calibration before it.
  if (named === undefined && !wasRefused) draft.journal = { ...draft.journal, forgivenRounds: roundsSoFar(draft) };
  return accepted;
}

const roundsSoFar = (draft: Draft): Readonly<Record<number, number>> =>
  Object.fromEntries(Object.entries(draft.journal.calibrations).map(([wave, rounds]) => [wave, rounds.length]));

/** Command labels are one-shot: taken off as soon as they were read, whoever put them on. */
function takeOffCommandLabels(draft: Draft, config: Config): void {
  const { epic } = draft.snapshot;
  const names = COMMAND_LABELS.map((label) => labelName(config, label));
  const remove = epic.labels.filter((label) => names.includes(label));
  if (remove.length === 0) return;
  draft.decide({
    kind: 'set labels',
    issue: epic.number,
    add: [],
    remove,
    reason: 'a command label is taken off once it is read',
  });
}
