/**
 * Why Swarm decided something, in one line: for the message of a journal commit and for logs.
 */
import type { Reason } from '#core/model/decision';
import { oneLine } from './safe.ts';

/** One line of plain text. Words that people wrote are cut and stand on that line alone. */
export function sayReason(reason: Reason): string {
  switch (reason.kind) {
    case 'request taken':
      return `@${reason.by}'s request was accepted`;
    case 'request done':
      return 'a request is done';
    case 'request refused':
      return `@${reason.by}'s request was refused: ${reason.problem}`;
    case 'asked':
      return `@${reason.by} asked`;
    case 'cancelled':
      return `@${reason.by} cancelled the epic`;
    case 'epic cancelled':
      return 'the epic was cancelled';
    case 'segments gone':
      return `gone for good: ${reason.segments.map((segment) => `#${segment}`).join(', ')}`;
    case 'command label read':
      return 'a command label is removed once it is read';
    case 'dispatch limit':
      return 'the epic has reached its limit of dispatches';
    case 'may start':
      return `may start now: ${reason.segments.map((segment) => `#${segment}`).join(', ')}`;
    case 'work ready':
      return `#${reason.segment}: the work of attempt ${reason.attempt} is proven`;
    case 'gates ran':
      return `the gates ran on the work of attempt ${reason.attempt}`;
    case 'run not visible':
      return `no run has appeared for dispatch ${reason.dispatch}`;
    case 'segments released':
      return `other epics may have them: ${reason.segments.map((segment) => `#${segment}`).join(', ')}`;
    case 'clock needed':
      return 'the epic is under way, so the clock has to run';
    case 'base unknown':
      return `the gates run on the base before the first agent does (round ${reason.round})`;
    case 'wave merged':
      return `wave ${reason.wave} is merged and is calibrated now (round ${reason.round})`;
    case 'may merge': {
      const by =
        reason.approvedBy.length > 0 ? `approved by ${reason.approvedBy.join(', ')}` : 'no approval is required';
      return `#${reason.segment}: gates green on ${reason.head.slice(0, 7)}, ${by}`;
    }
    case 'may not merge':
      return `#${reason.pull} may not be merged any more`;
    case 'branch behind':
      return `#${reason.pull} is approved and green, and ${oneLine(reason.base)} has moved on`;
    case 'pull merged':
      return `#${reason.pull} is merged`;
    case 'kept work obsolete':
      return `#${reason.pull} is merged; the work kept from an earlier attempt is not needed`;
    case 'question researched':
      return 'the research is done';
    case 'segment skipped':
      return `#${reason.segment} is skipped`;
    case 'skipped by':
      return `skipped by @${reason.by}: ${oneLine(reason.why)}`;
    case 'group over':
      return `#${reason.group}: every segment in it is ${reason.as}`;
    case 'criteria met':
      return `#${reason.segment}: criteria met, with evidence in #${reason.pull}`;
    case 'calibration found':
      return `wave ${reason.wave}'s calibration found: ${oneLine(reason.subject)}`;
    case 'calibration failed':
      return `wave ${reason.wave} failed its calibration${reason.tooOften ? ' too often' : ''}`;
    case 'segment in block':
      return `the epic's block has the segment ${reason.name}`;
    case 'blocker in block':
      return `by the epic's block, ${reason.name} waits for ${reason.on}`;
    case 'imported':
      return reason.on === undefined
        ? `#${reason.from} is in the epic's task list`
        : `a text says that #${reason.from} waits for #${reason.on}`;
    case 'found at acceptance':
      return `@${reason.by} found at acceptance: ${oneLine(reason.what)}`;
    case 'epic held':
      return 'errors hold the epic';
    case 'setup warnings':
      return 'something in the setup may make segments fail';
    case 'issue refused':
      return 'GitHub does not let Swarm create an issue';
    case 'right lost':
      return `${reason.by} may no longer write here`;
    case 'segment blocked':
      return `#${reason.segment} is blocked: ${reason.problem}`;
    case 'consent missing':
      return `#${reason.segment} needs a person's consent: ${reason.problem}`;
    case 'head red':
      return `#${reason.pull}: the pushed commit does not pass its gates`;
    case 'merge refused':
      return `GitHub refused to merge #${reason.pull}`;
    case 'wave to approve':
      return `wave ${reason.wave} waits for an approval`;
    case 'person needed':
      return `a person is needed: ${reason.problem}`;
    case 'person reminded':
      return `reminder ${reason.time} of what a person has to do`;
    case 'question open':
      return `#${reason.segment} waits for an answer`;
    case 'question closed':
      return `#${reason.segment}'s question is closed: ${reason.end}`;
    case 'tick is no answer':
      return `#${reason.segment}'s question is still open: the ticks are not an answer`;
    case 'everything merged':
      return 'every segment is merged and every wave calibrated';
    case 'epic accepted':
      return reason.by === undefined ? 'acceptance is automatic' : `accepted by @${reason.by}`;
    case 'state changed':
      return `#${reason.issue} is ${reason.state}`;
    case 'panel current':
      return 'the panel shows the epic as it is';
  }
}
