/** Problems of requests: commands, approvals and rejections that Swarm refuses. */
import type { CommandKind } from '#core/model/command';
import type { Place } from '#core/model/problem';
import type { NotNow } from '#core/model/problem/faults';
import { commandTakes } from '../commands.ts';
import { money, type Voice } from '../voice.ts';
import { didYouMean, type ProblemEntries } from './entry.ts';

/** A command as people type it there: on a pull request, approving and rejecting work without `/swarm`. */
const typed = (at: Place, command: CommandKind, say: Voice): string =>
  say.code(
    at.pull !== undefined && (command === 'approve' || command === 'reject') ? `/${command}` : `/swarm ${command}`,
  );

/** A clause for each reason why a command cannot be obeyed now. */
const notNow = (why: NotNow, say: Voice): string => {
  switch (why.kind) {
    case 'not started':
      return 'the epic is not being executed';
    case 'wrong phase':
      return `the epic is ${why.phase}`;
    case 'budget not higher':
      return `the epic may cost ${money(why.budgetUsd)} already; name a higher amount`;
    case 'already accepted':
      return 'it is already accepted';
    case 'epic closed':
      return `${say.issue(why.epic)} is closed`;
    case 'not complete':
      return 'some segments are not merged and calibrated yet';
    case 'segment of an epic':
      return `${say.issue(why.segment)} is a segment of ${say.issue(why.epic)}; execute that epic, or comment ${say.code(`/swarm run #${why.segment}`)}`;
    case 'only people decide':
      return 'only people approve and accept; a bot that the config names may give the other commands';
    case 'not on a pull request':
      return 'a rejection belongs on the pull request that it is about';
    case 'pull request not open for review':
      return 'this pull request is not waiting for a decision';
    case 'waves start automatically':
      return 'waves start automatically in this mode; approve the pull requests instead';
    case 'plan has errors':
      return 'the plan has errors, which have to be fixed first';
    case 'no such wave':
      return 'there is no such wave';
    case 'no such question':
      return `no run is waiting for an answer to ${say.quote(why.id)} here`;
    case 'several such questions':
      return `several segments are waiting for an answer to ${say.quote(why.id)}; answer on the segment itself`;
  }
};

export const requests = {
  FORBIDDEN: {
    says: ({ login, permission, needs }, say) => ({
      what: `${say.quote(login)} may not do that here: it needs ${needs} permission, and GitHub reports ${say.quote(permission)}.`,
      why: 'Swarm asks GitHub for the permission at the moment it acts.',
      next: `Someone with ${needs} permission can give the same command.`,
    }),
    after: 'nothing changed',
    example: { at: { issue: 12 }, login: 'passer-by', permission: 'read', needs: 'write' },
    more: 'The permission that each command needs is on [the page of commands](commands.md).',
  },
  UNKNOWN_COMMAND: {
    says: ({ text, nearest }, say) => ({
      what: `There is no command ${say.quote(text, 80)}.${didYouMean(nearest, say)}`,
      why: 'A command stands alone at the start of a comment, spelled exactly as in the list.',
      next: `${say.code('/swarm help')} lists all commands.`,
    }),
    after: 'nothing changed',
    example: { at: { issue: 12 }, text: 'exectue', nearest: 'execute' },
    more: 'All commands are on [their page](commands.md).',
  },
  BAD_ARGUMENT: {
    says: ({ at, command, expected }, say) => ({
      what:
        expected === 'first line'
          ? `${typed(at, command, say)} does not begin its comment, so it was not taken.`
          : `The arguments of ${typed(at, command, say)} are not valid.`,
      why: `It takes ${commandTakes(expected, command, say)}.`,
      next: `Write a new comment; Swarm does not read edited ones. ${say.code('/swarm help')} has examples.`,
    }),
    after: 'nothing changed',
    example: { at: { issue: 12 }, command: 'skip', expected: 'issue and reason' },
    more: 'All commands are on [their page](commands.md).',
  },
  UNKNOWN_SEGMENT: {
    says: ({ number }, say) => ({
      what: `${say.issue(number)} is not a segment of this epic.`,
      why: 'Segments are the open sub-issues that the plan shows.',
      next: `${say.code('/swarm plan')} shows them.`,
    }),
    after: 'nothing changed',
    example: { at: { issue: 12 }, number: 34 },
    more: 'A group is not a segment: name the issues in it.',
  },
  NOT_NOW: {
    says: ({ at, command, why }, say) => ({
      what: `${typed(at, command, say)} is not possible now: ${notNow(why, say)}.`,
      why: "The epic's current state does not allow it.",
      next:
        why.kind === 'epic closed'
          ? `Reopen ${say.issue(why.epic)}, and give the command again.`
          : `${say.code('/swarm status')} shows that state.`,
    }),
    after: 'nothing changed',
    example: { at: { issue: 12 }, command: 'accept', why: { kind: 'not complete' } },
    more: 'Swarm does not keep the command for later. Give it again when the state allows it.',
  },
  HEAD_MOVED: {
    says: ({ at, said, head }, say) => ({
      what: `${say.place(at)} has changed: its head is now ${say.commit(head)}, ${said === undefined ? 'and was another commit when you commented' : `not ${say.commit(said)}`}.`,
      why: 'An approval is for the one commit that was read.',
      next: `Read the new commit and approve it: ${say.code(`/approve ${head.slice(0, 10)}`)}.`,
    }),
    after: 'nothing changed',
    example: { at: { pull: 31 }, said: 'deadbee', head: '0f9c1d2e3b4a59687766554433221100ffeeddcc' },
    more: 'A review names its commit automatically. `/approve` without a commit means the head at the moment of the comment.',
  },
  SELF_APPROVAL: {
    says: ({ at, login }, say) => ({
      what: `${say.quote(login)} cannot approve ${say.place(at)} alone.`,
      why: 'Branch rules require approval from someone other than the author.',
      next: 'Another person with write access approves it.',
    }),
    after: 'nothing changed',
    example: { at: { pull: 31 }, login: 'ana' },
    more: 'Anyone who pushed a commit by hand is an author of the change.',
  },
  ONLY_WAVE: {
    says: ({ wave }, say) => ({
      what: `This execution is for wave ${wave} alone, and other segments wait.`,
      why: `It was started for that wave, as ${say.code(`/swarm execute wave ${wave}`)} does.`,
      next: `To run the rest, comment ${say.code('/swarm execute')} on the epic.`,
    }),
    after: 'person acts',
    example: { wave: 2 },
    more: 'Segments of other waves keep waiting until then, even if everything before them is merged.',
  },
} satisfies Partial<ProblemEntries>;
