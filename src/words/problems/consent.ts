/** Problems of consent: texts and links that changed after a person had authorised them. */
import type { Place } from '#core/model/problem';
import type { Voice } from '../voice.ts';
import type { ProblemEntries } from './entry.ts';

const include = (at: Place, say: Voice): string =>
  say.code(at.issue === undefined ? '/swarm execute' : `/swarm run #${at.issue}`);

/** What became of a segment that cannot be put back. */
function became(how: string, to: string): string {
  switch (how) {
    case 'deleted':
      return 'deleted';
    case 'moved':
      return `moved to ${to}`;
    case 'discussion':
      return 'turned into a discussion';
    default:
      return 'moved to where Swarm may not look, or deleted';
  }
}

const BLOCK_UNUSED = {
  'sub-issues': 'the epic has sub-issues',
  'issues made': 'it was changed after its issues had been created, and those count now',
  'started without': 'the epic was started without it',
} as const;

export const consent = {
  SEGMENT_CHANGED: {
    says: ({ at }, say) => ({
      what: `${say.place(at)} was changed after the epic was started, so it does not run.`,
      why: 'Swarm runs the text that was authorised. A later text needs the approval of someone with write access.',
      next: `Read the change. If it is right, comment ${say.code('/swarm execute')} on the epic.`,
    }),
    after: 'others continue',
    example: { at: { issue: 14 } },
    more: 'Title, text and option labels count. With `adopt: automatic`, Swarm accepts changes by people with write access automatically.',
  },
  SEGMENT_NEW: {
    says: ({ at }, say) => ({
      what: `${say.place(at)} was added to the epic, or changed by someone without write access, after it was started. It does not run.`,
      why: 'Only the issues that were in the epic when it was started are authorised, as they stood then.',
      next: `To include it, comment ${include(at, say)} on the epic.`,
    }),
    after: 'others continue',
    example: { at: { issue: 19 } },
    more: 'With `adopt: automatic`, Swarm accepts new sub-issues by people with write access automatically.',
  },
  EDGES_CHANGED: {
    says: ({ at }, say) => ({
      what: `The dependencies of ${say.place(at)} were changed after the epic was started, so it does not run.`,
      why: 'The order of the work is part of what was authorised.',
      next: `If the new order is right, comment ${say.code('/swarm execute')} on the epic.`,
    }),
    after: 'others continue',
    example: { at: { issue: 14 } },
    more: 'Links on GitHub and dependencies in the text both count.',
  },
  EPIC_CHANGED: {
    says: ({ at }, say) => ({
      what: `The text of the epic ${say.place(at)} was changed after it was started. Agents still get the earlier text.`,
      why: 'Every agent gets the text of the epic as it was authorised.',
      next: `No action needed. To give agents the new text, comment ${say.code('/swarm execute')} on the epic.`,
    }),
    after: 'continues',
    example: { at: { issue: 12 } },
    more: "Swarm's own marks in the epic's text, such as a ticked criterion, do not count as a change.",
  },
  AGENT_FILES_CHANGED: {
    says: ({ files }, say) => ({
      what: `${files.length === 1 ? 'A file that steers agents was' : `${files.length} files that steer agents were`} changed on the base after the epic was started, so nothing more starts: ${say.files(files, 20)}.`,
      why: 'Every later agent would follow it. Settings, instructions and skills are part of what was authorised.',
      next: `Read the change. If it is right, comment ${say.code('/swarm execute')} on the epic. Otherwise revert it. Swarm then continues.`,
    }),
    after: 'person acts',
    example: { files: ['.claude/settings.json', 'AGENTS.md'] },
    more: 'It does not matter who made the change. A change that came with the merge of an approved segment does not count. `adopt: automatic` does not cover these files. In a repository with more than 100,000 files, only those at the root and in the usual folders of agents are compared.',
  },
  BLOCK_NOT_AUTHORISED: {
    says: ({ at, login }, say) => ({
      what:
        login === undefined
          ? `The ${say.code('swarm')} block (${say.place(at)}) was written or changed after the epic was started, so no issues are created from it.`
          : `The ${say.code('swarm')} block (${say.place(at)}) was written or last edited by ${say.quote(login)}, who has no write access, so no issues are created from it.`,
      why: 'What the block says would reach agents as instructions.',
      next: `Someone with write access reads it and, if it is right, comments ${say.code(login === undefined || at.issue === undefined ? '/swarm execute' : `/swarm run #${at.issue}`)} on the epic.`,
    }),
    after: 'person acts',
    example: { at: { issue: 12, line: 7 }, login: 'passer-by' },
    more: 'Issues are created from the block as it read when the epic was started. While nothing has started, Swarm accepts a change by someone with write access automatically.',
  },
  BLOCK_UNUSED: {
    says: ({ at, why, key }, say) => ({
      what:
        why === 'key'
          ? `${say.place(at)}: ${say.code(key ?? '')} means nothing in a ${say.code('swarm')} block.`
          : `The ${say.code('swarm')} block (${say.place(at)}) does not count: ${BLOCK_UNUSED[why]}.`,
      why:
        why === 'key'
          ? 'The issue itself is the epic, with its own title and text, and people review its pull requests.'
          : 'The segments of an epic come from one source, never from two.',
      next:
        why === 'key' ? 'Remove the key if you like.' : "Change the epic's sub-issues instead, or remove the block.",
    }),
    after: 'continues',
    example: { at: { issue: 12, line: 7 }, why: 'issues made' },
    more: 'A warning. Sub-issues come first, then a `swarm` block, then a task list.',
  },
  UNTRUSTED_AUTHOR: {
    says: ({ at, login }, say) => ({
      what: `${say.place(at)} was written or last edited by ${say.quote(login)}, who has no write access, so it does not run.`,
      why: 'Its text would reach an agent as an instruction.',
      next: `Someone with write access reads it and, if it is harmless, comments ${include(at, say)} on the epic.`,
    }),
    after: 'others continue',
    example: { at: { issue: 14 }, login: 'passer-by' },
    more: 'Swarm checks the author and the last editor at the moment it acts.',
  },
  SEGMENT_GONE: {
    says: ({ segment, how, to }, say) =>
      how === 'taken out'
        ? {
            what: `${say.issue(segment)} was part of the epic at its start, and has been taken out of it since.`,
            why: 'Triage permission is enough to take an issue out of an epic, or to give it sub-issues of its own. So its work is not dropped without the word of someone with write access.',
            next: `Put it back as a sub-issue of the epic without sub-issues of its own. Or comment ${say.code('/swarm execute')} on the epic to continue without it.`,
          }
        : {
            what: `${say.issue(segment)} was part of the epic at its start. Since then it was ${became(how, to === undefined ? 'another repository' : say.quote(to))}.`,
            why: 'It cannot be put back. Its work is not dropped without the word of someone with write access.',
            next: `If the work is still wanted, add an issue with the same text as a sub-issue of the epic. Then comment ${say.code('/swarm execute')} on the epic: it continues without ${say.issue(segment)}.`,
          },
    after: 'checks again',
    example: { at: { issue: 12 }, segment: 14, how: 'deleted' },
    more: 'Nothing new starts and the epic is not complete until then. A segment that is merged, answered or skipped may be taken out. The run of one that cannot come back is cancelled, unless other segments share it.',
  },
  ISSUE_TURNED: {
    says: ({ at, login, to }, say) => ({
      what: `${say.place(at)} was ${to === 'open' ? 'reopened' : 'closed'} by ${say.quote(login)}, who has no write access, so ${to === 'open' ? 'it does not run' : 'it does not count as done'}.`,
      why: 'Triage permission is enough to close and reopen issues, and so is being the author. What runs and what is done is decided by people with write access.',
      next: `If that is right, comment ${say.code('/swarm execute')} on the epic. Otherwise ${to === 'open' ? 'close' : 'reopen'} it.`,
    }),
    after: 'person acts',
    example: { at: { issue: 14 }, login: 'passer-by', to: 'closed' },
    more: 'Only the last time that an issue was closed or reopened counts, and only if it was after the epic was started.',
  },
  RIGHT_LOST: {
    says: ({ at, login }, say) => ({
      what: `${say.place(at)} was started by ${say.quote(login)}, who may no longer write to this repository, so it does not go on.`,
      why: 'Swarm acts on the word of people who may write, and asks GitHub again when it acts.',
      next: `Someone with write access reads what is to be done and comments ${say.code('/swarm execute')} on the epic.`,
    }),
    after: 'person acts',
    example: { at: { issue: 12 }, login: 'former-colleague' },
    more: 'Runs that have started end as usual. Nothing starts and nothing is merged until then. An account that was renamed has to be confirmed in the same way.',
  },
} satisfies Partial<ProblemEntries>;
