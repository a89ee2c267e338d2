/**
 * Say-sos: what people said and Swarm has not done yet. The right to say it is asked again when it is acted on (SPEC R11.6).
 *
 * A say-so waits in the journal while an epic is paused, a wave is closed, a place is taken or a check is pending. If its
 * person may no longer write by then, it does not count, and another person has to say it. Whatever is done stays done.
 *
 * Pauses and cancellations need no such check: they only stop Swarm.
 */
import type { Config } from '../config.ts';
import type { Instant, IssueNumber } from '../epic.ts';
import type { Journal, SayingKind, SegmentRecord } from '../journal.ts';
import { actKeys, withoutAct } from '../journal-lenses.ts';
import { isTrusted, type Person, type Speaker } from '../people.ts';
import { questionKey } from '../question.ts';

/** True if the speaker has lost the right to speak. */
type IsLost = (speaker: Speaker) => boolean;

/**
 * Answers whether a speaker may still speak.
 *
 * @param asked people and bots with the permission that GitHub reports now. A speaker who is not among them may not.
 */
export function mayStillSpeak(speaker: Speaker, asked: readonly Person[], config: Config): boolean {
  if (speaker.byId === undefined) return true;
  return asked.some(
    (person) =>
      person.id === speaker.byId && (person.kind === 'bot') === (speaker.byBot ?? false) && isTrusted(person, config),
  );
}

/** All speakers who said something that will be done, each once. `isOpen`: the issue of the segment is open. */
export function speakersOf(journal: Journal, isOpen: (segment: number) => boolean): readonly Speaker[] {
  const found = new Map<number, Speaker>();
  const note: IsLost = (speaker) => {
    if (speaker.byId !== undefined) found.set(speaker.byId, speaker);
    return false;
  };
  const { authorisation } = journal;
  if (authorisation) note(authorisation);
  for (const [number, segment] of Object.entries(authorisation?.segments ?? {})) {
    if (isOpen(Number(number))) note({ by: segment.by ?? '', ...segment });
  }
  for (const [number, { included, attempts }] of Object.entries(journal.segments)) {
    if (included && attempts.length === 0 && isOpen(Number(number))) note(included);
  }
  withoutLost(journal, isOpen, note);
  return [...found.values()];
}

/** The journal without the say-sos of speakers who lost their right, and a list of them. */
export function withoutLost(
  journal: Journal,
  isOpen: (segment: number) => boolean,
  isLost: IsLost,
): { readonly journal: Journal; readonly lost: readonly (Speaker & { readonly what: SayingKind })[] } {
  const lost: (Speaker & { readonly what: SayingKind })[] = [];
  const isGone = (speaker: Speaker | undefined, what: SayingKind): boolean => {
    if (!speaker || !isLost(speaker)) return false;
    const { by, byId, byBot } = speaker;
    lost.push({ by, ...(byId === undefined ? {} : { byId }), ...(byBot ? { byBot } : {}), what });
    return true;
  };
  let next = journal;
  for (const [key, record] of Object.entries(journal.segments)) {
    const segment = Number(key) as IssueNumber;
    if (!isOpen(segment)) continue;
    const count = lost.length;
    const kept = recordWithout(record, segment, isGone);
    if (lost.length === count) continue;
    next = { ...next, segments: { ...next.segments, [segment]: kept } };
    const last = record.attempts.at(-1);
    // The comment with its question says that it is answered.
    if (last && kept.answers?.length !== record.answers?.length)
      next = withoutAct(next, `${questionKey(last.id)}:ended`);
  }
  return { journal: ofEpic(next, isGone), lost };
}

type IsGone = (speaker: Speaker | undefined, what: SayingKind) => boolean;

function recordWithout(record: SegmentRecord, segment: IssueNumber, isGone: IsGone): SegmentRecord {
  const { skipped, forgivenBy, answers, ...rest } = record;
  const last = record.attempts.at(-1);
  const outcome = record.attempts.findLast((attempt) => attempt.outcome?.kind === 'published')?.outcome;
  const published = outcome?.kind === 'published' ? outcome : undefined;
  const isReworked = (at: Instant) => record.attempts.some((each) => each.why === 'rework' && each.claimedAt >= at);
  const isForgiven = forgivenBy && record.attempts.length <= record.forgiven;
  return {
    ...rest,
    approvals: record.approvals.filter(
      (said) => said.head !== published?.head || !isGone(said, { kind: 'approval', pull: published.pull }),
    ),
    rejections: record.rejections.filter(
      (said) => isReworked(said.at) || !isGone(said, { kind: 'rejection', pull: said.pull }),
    ),
    ...(answers
      ? { answers: answers.filter((said) => said.attempt !== last?.id || !isGone(said, { kind: 'answer', segment })) }
      : {}),
    ...(skipped && !isGone(skipped, { kind: 'skip', segment }) ? { skipped } : {}),
    ...(isForgiven && isGone(forgivenBy, { kind: 'retry', segment })
      ? { forgiven: 0 }
      : { ...(forgivenBy ? { forgivenBy } : {}) }),
  };
}

function ofEpic(journal: Journal, isGone: IsGone): Journal {
  let next = journal;
  const { wavesApprovedBy = {}, roundsForgivenBy, resumedBy } = journal;
  for (const wave of journal.approvedWaves) {
    const isOver = journal.calibrations[wave]?.at(-1)?.verdict?.kind === 'passed';
    if (isOver || !isGone(wavesApprovedBy[wave], { kind: 'wave approval', wave })) continue;
    const { [wave]: _, ...others } = next.wavesApprovedBy ?? {};
    next = {
      ...next,
      approvedWaves: next.approvedWaves.filter((each) => each !== wave),
      wavesApprovedBy: others,
    };
  }
  const isSpent = Object.entries(journal.calibrations).some(
    ([wave, rounds]) => rounds.length > (journal.forgivenRounds[Number(wave)] ?? 0),
  );
  if (!isSpent && isGone(roundsForgivenBy, { kind: 'retry of a calibration' })) {
    const { roundsForgivenBy: _, ...rest } = next;
    next = { ...rest, forgivenRounds: {} };
  }
  journal.followUps.forEach((followUp, index) => {
    const isMade = journal.acts[actKeys.followUp(journal.epic, followUp.wave, index)]?.state === 'done';
    if (isMade || followUp.withdrawn || !isGone(followUp, { kind: 'needs-work' })) return;
    next = { ...next, followUps: next.followUps.with(index, { ...followUp, withdrawn: true }) };
  });
  if (isGone(journal.budget, { kind: 'budget' })) {
    const { budget: _, ...rest } = next;
    next = rest;
  }
  if (journal.phase === 'running' && isGone(resumedBy, { kind: 'resume' })) {
    const { resumedBy: _, ...rest } = next;
    next = { ...rest, phase: 'paused' };
  }
  const isClosed = journal.acts[actKeys.close(journal.finishedAt ?? 0)]?.state === 'done';
  const { acceptedBy, acceptedById, ...rest } = next;
  if (journal.phase === 'finished' && !isClosed && acceptedBy !== undefined && acceptedById !== undefined) {
    if (isGone({ by: acceptedBy, byId: acceptedById }, { kind: 'acceptance' })) {
      const { finishedAt: _, ...open } = rest;
      next = { ...open, phase: 'running' };
    }
  }
  return next;
}
