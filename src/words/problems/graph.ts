/** Problems of an epic's graph: its links, its segments and their branches. */
import type { Link } from '#core/model/problem';
import { COUNTABLES, sayBranchFault } from '../faults.ts';
import { count, enumerate, type Voice } from '../voice.ts';
import type { ProblemEntries } from './entry.ts';

const sourceOf = ({ said }: Link, say: Voice): string => {
  switch (said.kind) {
    case 'native':
      return 'its "Blocked by" link';
    case 'text':
      return `${said.of === undefined ? 'its text' : `the text of ${say.issue(said.of)}`}, line ${said.line}: ${say.quote(said.text)}`;
    case 'group':
      return `it is in the group ${say.issue(said.group)}, which has the link`;
  }
};

export const graph = {
  BLOCK_INVALID: {
    says: ({ at, message }, say) => ({
      what: `The ${say.code('swarm')} block of ${say.place(at)}: ${say.own(message)}.`,
      why: `A ${say.code('swarm')} block is a plan in YAML. No issue is created from one that has an error.`,
      next: 'Correct that line of the block.',
    }),
    after: 'checks again',
    example: {
      at: { issue: 12, line: 9 },
      message: '`blockd-by` is not a key of `segments.cart`; did you mean `blocked-by`?',
    },
    more: 'The keys are those of [a plan file](plan-file.md#keys).',
  },
  EPIC_CYCLE: {
    says: ({ path, links }, say) => ({
      what: `The epic cannot be ordered: ${say.issues(path, ' → ')} wait for each other.`,
      why: `${links.map((link) => `${say.issue(link.from)} is blocked by ${say.issue(link.to)} (${sourceOf(link, say)})`).join('; ')}.`,
      next: 'Remove one of these dependencies.',
    }),
    after: 'checks again',
    example: {
      path: [14, 17, 14],
      links: [
        { from: 14, to: 17, said: { kind: 'native' } },
        { from: 17, to: 14, said: { kind: 'text', line: 3, text: 'Blocked-by: #14' } },
      ],
    },
    more: 'Dependencies come from GitHub\'s "Blocked by" links, from lines such as `Depends on #12`, from front matter, and through groups: to depend on a group is to depend on everything in it.',
  },
  SELF_DEPENDENCY: {
    says: ({ link }, say) => ({
      what: `${say.issue(link.from)} waits for itself.`,
      why: `It is blocked by itself (${sourceOf(link, say)}).`,
      next: 'Remove that dependency.',
    }),
    after: 'checks again',
    example: {
      at: { issue: 14 },
      link: { from: 14, to: 14, said: { kind: 'text', line: 2, text: 'Depends on #14' } },
    },
    more: 'A segment that depends on its own group waits for itself, too.',
  },
  UNKNOWN_ISSUE: {
    says: ({ at, ref }, say) => ({
      what: `${say.place(at)} waits for ${say.ref(ref)}, which cannot be found.`,
      why: 'The issue does not exist, was deleted or transferred, or Swarm has no access to it.',
      next: `${ref.repository ? 'Give Swarm access to that repository, correct the reference' : 'Correct the number'}, or remove the dependency.`,
    }),
    after: 'checks again',
    example: { at: { issue: 14, line: 4 }, ref: { number: 999 } },
    more: 'An issue in a repository where Swarm is not installed looks the same as one that does not exist.',
  },
  NOT_AN_ISSUE: {
    says: ({ at, ref }, say) => ({
      what: `${say.place(at)} names ${say.ref(ref)}, which is a pull request.`,
      why: 'Epics, segments and their dependencies are issues. Swarm does not wait for pull requests.',
      next: 'Name the issue behind it instead.',
    }),
    after: 'checks again',
    example: { at: { issue: 14, line: 4 }, ref: { number: 31 } },
    more: 'Issues and pull requests share their numbers, so a mistyped number can name a pull request.',
  },
  BLOCKER_HIDDEN: {
    says: ({ at, count: hidden }, say) => ({
      what: `${say.place(at)} is blocked by ${count(hidden, 'issue')} that Swarm cannot see.`,
      why: 'Its "Blocked by" links lead to a repository that Swarm has no access to, or there are more than 50 of them.',
      next: 'Give Swarm access to that repository, or remove the links.',
    }),
    after: 'checks again',
    example: { at: { issue: 14 }, count: 1 },
    more: 'Swarm cannot tell whether an invisible issue is done, so nothing starts while the link is there.',
  },
  BLOCKER_NOT_PLANNED: {
    says: ({ at, ref }, say) => ({
      what: `${say.place(at)} waits for ${say.ref(ref)}, which was closed as not planned.`,
      why: 'Only an issue closed as completed unblocks its dependents.',
      next: `Remove the dependency, or reopen ${say.ref(ref)} and complete it.`,
    }),
    after: 'checks again',
    example: { at: { issue: 14 }, ref: { number: 9 } },
    more: '"Not planned" means that the work will not be done, so a segment that needs it may no longer make sense.',
  },
  OUTSIDE_OPEN: {
    says: ({ at, ref }, say) => ({
      what: `${say.place(at)} waits for ${say.quote(ref)}, which is outside of this epic and still open.`,
      why: 'Swarm does not work on it, so nothing in this epic will close it.',
      next: 'Close it as completed when its work is done. Or take the dependency out, and start the epic again.',
    }),
    after: 'checks again',
    example: { at: { issue: 14 }, ref: 'octo/other#9' },
    more: 'Other segments continue. An issue of another epic that Swarm executes is closed by that epic.',
  },
  SEGMENT_OWNED: {
    says: ({ at, epic }, say) => ({
      what:
        at.issue === epic
          ? `${say.place(at)} runs on its own, as an epic of one segment.`
          : `${say.place(at)} runs in another epic, ${say.issue(epic)}.`,
      why: 'A segment belongs to one running epic, so that no two agents work on the same issue.',
      next: `It starts here as soon as ${say.issue(epic)} is finished, cancelled or closed. To have it here now, comment ${say.code('/swarm cancel')} there. To go on without it, comment ${say.code(`/swarm skip #${at.issue} REASON`)} here.`,
    }),
    after: 'checks again',
    example: { at: { issue: 14 }, epic: 9 },
    more: 'Other segments continue. The claim of a segment is the ref `refs/swarm/claims/<issue>`, which is made together with its first attempt. It also ends when the other epic skips the segment or loses it.',
  },
  NO_SEGMENTS: {
    says: ({ at }, say) => ({
      what: `${say.place(at)} has nothing to execute.`,
      why: 'It has no open sub-issue, its text has no task list of issues, and it describes no task of its own.',
      next: 'Add sub-issues, or describe the task in its text.',
    }),
    after: 'checks again',
    example: { at: { issue: 12 } },
    more: 'If all sub-issues are closed already, there is nothing to execute either.',
  },
  SEGMENT_ELSEWHERE: {
    says: ({ at, ref }, say) => ({
      what: `${say.place(at)} has the sub-issue ${say.ref(ref)}, which is in another repository.`,
      why: "A segment's branch, pull request and gates are in the repository of its epic.",
      next: 'Make it a sub-issue of an epic in its own repository, and block the segments that need it by it.',
    }),
    after: 'continues',
    example: { at: { issue: 12 }, ref: { number: 3, repository: { owner: 'octo', name: 'mail' } } },
    more: 'A warning: the sub-issue is left out, and the other segments run. A segment that is blocked by an issue of another repository waits until that is closed as completed.',
  },
  NOTHING_PROVES: {
    says: ({ approvals }, say) => ({
      what:
        approvals === 0
          ? 'Nothing proves this epic: no gate that could fail is on, and no person has to approve.'
          : 'No gate proves this epic: all that could show a fault are off.',
      why: `${enumerate(['lint', 'types', 'tests', 'build'].map(say.code))} and gates of your own run the code. The scan for secrets and the file scope say nothing about it.`,
      next: `Turn a gate on under ${say.code('gates')} in the config${approvals === 0 ? `, or set ${say.code('approvals')} to 1` : ''}.`,
    }),
    after: 'continues',
    example: { at: { issue: 12 }, approvals: 0 },
    more: 'A warning. It is about the config only: a gate that is on and that the repository has no tool for is *not applicable*, which each pull request says.',
  },
  BRANCH_TAKEN: {
    says: ({ branch, segments }, say) => ({
      what: `Segments ${enumerate(segments.map(say.issue))} would share the branch ${say.quote(branch)}.`,
      why: 'Each segment needs its own branch.',
      next: `Set another ${say.code('slug')} or ${say.code('branch')} in the front matter of one of them.`,
    }),
    after: 'checks again',
    example: { branch: 'feat/cart', segments: [14, 15] },
    more: "Branch names come from the template `branch` and the segment's `slug`. The default slug comes from the title. If two titles give the same one, the later segment's ends in its number.",
  },
  BRANCH_NAME: {
    says: ({ at, branch, why }, say) => ({
      what: `${say.place(at)}: ${say.quote(branch)} is not a valid branch name.`,
      why: sayBranchFault(why, say),
      next: `Change ${say.code('slug')} or ${say.code('branch')} there, or the template ${say.code('branch')} in the config.`,
    }),
    after: 'checks again',
    example: { at: { issue: 14 }, branch: 'feat/cart..pay', why: { kind: 'double dot' } },
    more: 'The rules are those of `git check-ref-format`.',
  },
  LIMIT_EXCEEDED: {
    says: ({ at, what, found, limit, configKey }, say) => ({
      what: `${say.place(at)} has ${found.toLocaleString('en-US')} ${COUNTABLES[what]}; the limit is ${limit.toLocaleString('en-US')}.`,
      why: 'The limit stops one mistake from starting endless work and spending.',
      next:
        configKey === undefined
          ? 'Make it smaller, or split it.'
          : `Split it, or raise ${say.code(configKey)} in the config.`,
    }),
    after: 'checks again',
    example: { at: { issue: 12 }, what: 'segments', found: 240, limit: 200, configKey: 'limits.segments' },
    more: 'If the config can raise a limit, the message names its key. The other limits are fixed.',
  },
} satisfies Partial<ProblemEntries>;
