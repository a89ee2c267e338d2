/** Problems of merging, and of the end of a wave. */
import { count, enumerate, type Voice } from '../voice.ts';
import { gateNames, gateOutputs, type ProblemEntries, plural } from './entry.ts';

const checkNames = (checks: readonly string[], say: Voice): string =>
  enumerate(checks, 5, (check) => say.quote(check, 60));

const people = (names: readonly string[], say: Voice): string => enumerate(names, 5, (name) => say.quote(name, 60));

/** GitHub's reasons, by name, as the end of a sentence. Others stand for themselves. */
const WHY_REMOVED: Readonly<Record<string, string>> = {
  CI_FAILURE: ': a required check failed on its merge group',
  CI_TIMEOUT: ': a required check was not reported in time',
  MERGE_CONFLICT: ': it conflicts with another one in the queue',
  MANUAL: ': somebody took it out',
  BRANCH_PROTECTIONS: ': a rule of the branch is not met',
};

export const merge = {
  MERGE_REFUSED: {
    says: ({ at, message }, say) => ({
      what: `GitHub refuses to merge ${say.place(at)}.`,
      why: `It says: ${say.quote(message)}.`,
      next: 'Fix what it names, usually a branch rule. Swarm retries when the pull request or its checks change.',
    }),
    after: 'person acts',
    example: {
      at: { pull: 31 },
      message: 'At least 2 approving reviews are required by reviewers with write access.',
    },
    more: "The branch's own rules always take precedence over Swarm's.",
  },
  HEAD_RED: {
    says: ({ at, head, gates }, say) => ({
      what: `The commit ${say.commit(head)} that was pushed to ${say.place(at)} fails the ${plural(gates, 'gate', 'gates')} ${gateNames(gates, say)}.`,
      why: 'Swarm ran the gates on exactly that commit, without an agent.',
      next: `Push a fix; Swarm re-checks automatically. Or let the agent fix it: reject the pull request with a reason, or comment ${say.retry()}.`,
      output: gateOutputs(gates),
    }),
    after: 'person acts',
    example: {
      at: { pull: 31 },
      head: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
      gates: [{ gate: 'tests', output: 'src/cart.test.ts: expected 3 to be 2' }],
    },
    more: 'People may push to a segment’s branch, or press “Update branch”. Swarm runs the gates on the new commit without starting an agent. An approval from before the push does not count for it.',
  },
  HEAD_UNRELATED: {
    says: ({ at, head, base }, say) => ({
      what: `The commit ${say.commit(head)} on ${say.place(at)} shares no history with ${say.quote(base)}.`,
      why: 'Somebody pushed it, and without a common commit there is no change that the gates could run on.',
      next: `Push a commit that builds on ${say.quote(base)}. Or comment ${say.retry()} to do the work again.`,
    }),
    after: 'person acts',
    example: { at: { pull: 31 }, head: '4b825dc642cb6eb9a060e54bf8d69288fbee4904', base: 'main' },
    more: 'A force-push of another repository’s branch, or of a new root, does this.',
  },
  MERGE_CONFLICT: {
    says: ({ at, base, ended }, say) => ({
      what: `${say.place(at)} conflicts with ${say.quote(base)}.`,
      why: `A change that was merged in the meantime touches the same lines. The segment's agent and the tech lead have tried to combine the two${
        ended === undefined ? '' : `; the last try ended with ${say.code(ended)}`
      }.`,
      next: `Choose one: resolve it on the pull request's branch, and Swarm continues automatically; leave its segment out with ${say.code('/swarm skip')}; or stop the epic with ${say.code('/swarm cancel')}. ${say.retry()} has the agents try again.`,
    }),
    after: 'person acts',
    example: { at: { pull: 31 }, base: 'main', ended: 'GATES_FAILED' },
    more: 'A conflict goes to the agent of the segment first, with what both sides were meant to do and the lines that each of them changed. If that fails, or if it conflicts again, the tech lead gets it: the agent that `roles.lead` names in the config.',
  },
  PULLS_CONFLICT: {
    says: ({ at, other, files }, say) => ({
      what: `${say.place(at)} and ${say.pull(other)} change the same lines of ${say.files(files, 3)}.`,
      why: 'Both are open. Only the one that is merged first fits as it is.',
      next: 'No action needed: once one of them is merged, the agent of the other combines the two. If you decide on one of them first, you review the other one only once.',
    }),
    after: 'continues',
    example: { at: { pull: 31 }, other: 30, files: ['src/routes.ts'] },
    more: 'The publish job of a segment merges its work with the open pull requests of the epic that change the same files. Segments with file scopes of their own cannot conflict; an inferred scope only plans overlaps.',
  },
  BRANCH_BEHIND: {
    says: ({ at, base, updates }, say) => ({
      what: `${say.place(at)} was updated from ${say.quote(base)} ${count(updates, 'time')} and is behind it again.`,
      why: `The rules of ${say.quote(base)} want pull requests up to date, and it moves on before the gates have run.`,
      next: `Merge it at a quieter time, or turn on a merge queue. Comment ${say.retry()} to let Swarm try again.`,
    }),
    after: 'person acts',
    example: { at: { pull: 31 }, base: 'main', updates: 5 },
    more: 'Swarm updates one approved pull request at a time, in the order of the plan, runs the gates on the result and merges it. An approval stays valid if GitHub added nothing but the base.',
  },
  UPDATE_REFUSED: {
    says: ({ at, base, message }, say) => ({
      what: `GitHub refuses to update ${say.place(at)} from ${say.quote(base)}.`,
      why: `It says: ${say.quote(message)}. The rules of ${say.quote(base)} want pull requests up to date.`,
      next: `Press “Update branch” on the pull request, or fix what GitHub names and comment ${say.retry()}.`,
    }),
    after: 'person acts',
    example: { at: { pull: 31 }, base: 'main', message: 'Resource not accessible by integration' },
    more: 'A change of workflows on the base can only be merged into a branch by a person, or by an app that may write workflows.',
  },
  QUEUE_REMOVED: {
    says: ({ at, base, reason }, say) => ({
      what: `The merge queue of ${say.quote(base)} removed ${say.place(at)} without merging it.`,
      why: `GitHub gives the reason ${say.code(reason)}${WHY_REMOVED[reason] ?? ''}.`,
      next: `Look at the checks of the pull request's merge group and fix what they name. Comment ${say.retry()} to put it in the queue again, or reject it with a reason.`,
    }),
    after: 'person acts',
    example: { at: { pull: 31 }, base: 'main', reason: 'CI_FAILURE' },
    more: 'Where a branch has a merge queue, Swarm puts approved pull requests in it, in the order of the plan, and follows them to its end. The queue merges with the method of its own rule.',
  },
  LANDING_DIFFERS: {
    says: ({ at, base, commit, why, files }, say) => ({
      what: `${say.place(at)} was merged, but ${say.quote(base)} does not show what was to come of it.`,
      why: {
        'other content': `The merge commit${commit ? ` ${say.commit(commit)}` : ''} has other content than a merge of both sides${
          files.length === 0
            ? ''
            : `: it also changes ${enumerate(
                files.map((file) => say.quote(file, 100)),
                4,
              )}`
        }.`,
        'base lost': `The merge commit${commit ? ` ${say.commit(commit)}` : ''} does not build on the commits that ${say.quote(base)} had.`,
        'not on the base': `${say.quote(base)} does not hold the merge commit${commit ? ` ${say.commit(commit)}` : ''}.`,
        'too many files': `The merge commit${commit ? ` ${say.commit(commit)}` : ''} changes more files than GitHub lists, so nobody has compared it.`,
      }[why],
      next: `Compare the merge with the pull request and restore on ${say.quote(base)} what is missing. Then comment ${say.retry()}: what waits for this segment continues from ${say.quote(base)} as it is.`,
    }),
    after: 'person acts',
    example: {
      at: { pull: 31 },
      base: 'main',
      commit: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
      why: 'other content',
      files: ['src/cart/index.ts'],
    },
    more: 'After each merge Swarm compares the tree of the merge commit with the one that GitHub showed for the merge beforehand. Where there was none, it compares which files both change.',
  },
  CHECKS_FAILED: {
    says: ({ at, checks }, say) => ({
      what: `The ${plural(checks, 'check', 'checks')} ${checkNames(checks, say)} failed on ${say.place(at)}.`,
      why: `Swarm did not report ${plural(checks, 'it', 'them')}, and merges nothing while any check is red.`,
      next: `Run ${plural(checks, 'it', 'them')} again if the change is not to blame. Otherwise request changes, and the agent fixes it; or push a fix.`,
    }),
    after: 'person acts',
    example: { at: { pull: 31 }, checks: ['ci / build'] },
    more: 'Only the latest run of a check counts. An older run that was cancelled, by its concurrency group for example, holds nothing up once a newer one is there. When all checks are green, Swarm continues automatically.',
  },
  CHECKS_MISSING: {
    says: ({ at, checks, base }, say) => ({
      what: `${say.place(at)} waits for the ${plural(checks, 'check', 'checks')} ${checkNames(checks, say)}, which nobody has reported.`,
      why: `The rules of ${say.quote(base)} require ${plural(checks, 'it', 'them')}.`,
      next: 'Find out why it does not run: a workflow that skips these files or this kind of event, an app that is gone, or a name that was changed. Then run it, or take it out of the rules.',
    }),
    after: 'checks again',
    example: { at: { pull: 31 }, checks: ['e2e'], base: 'main' },
    more: 'A required check that never starts looks like one that is about to start. So Swarm waits ten minutes before it says this.',
  },
  CHECKS_SLOW: {
    says: ({ at, checks, hours }, say) => ({
      what: `The ${plural(checks, 'check', 'checks')} ${checkNames(checks, say)} on ${say.place(at)} ${plural(checks, 'has', 'have')} not ended in ${count(hours, 'hour')}.`,
      why: 'Swarm merges nothing while a check is running.',
      next: `Look at ${plural(checks, 'it', 'them')}: a job may wait for a runner or for an approval, or its end was never reported. Then approve it, or run it again.`,
    }),
    after: 'checks again',
    example: { at: { pull: 31 }, checks: ['deploy preview'], hours: 24 },
    more: 'The time is that of `remind` in the config, or a day if reminders are off.',
  },
  RUNS_HELD: {
    says: ({ at, workflows }, say) => ({
      what: `The ${plural(workflows, 'workflow', 'workflows')} ${checkNames(workflows, say)} on ${say.place(at)} ${plural(workflows, 'waits', 'wait')} for an approval to run.`,
      why: "GitHub holds the runs of a pull request that a job's token opened or pushed to. Swarm does not merge before they have ended.",
      next: `Somebody with write access presses “Approve and run workflows” on ${say.place(at)}. With the app, or with the secret ${say.code('SWARM_PUBLISH_TOKEN')}, no approval is needed.`,
    }),
    after: 'checks again',
    example: { at: { pull: 31 }, workflows: ['ci'] },
    more: 'This concerns repositories on github.com without the app. `docs/install.md` says how to make such a token. Swarm never approves a run itself.',
  },
  REVIEW_MISSING: {
    says: ({ at, of, from }, say) => ({
      what: `${say.place(at)} waits for ${
        of === 'objectors'
          ? `${from.length > 0 ? people(from, say) : 'a reviewer'}, whose request for changes still stands on GitHub`
          : of === 'code owners'
            ? `a review by its code owners${from.length > 0 ? `: ${people(from, say)}` : ''}`
            : `a review that the branch rules ask for${from.length > 0 ? `: ${people(from, say)}` : ''}`
      }.`,
      why: "The branch's own rules always take precedence over Swarm's.",
      next:
        of === 'objectors'
          ? 'That person approves the latest commit, or somebody with permission dismisses the review.'
          : 'One of them approves the latest commit on GitHub; a comment is not enough for the rules.',
    }),
    after: 'checks again',
    example: { at: { pull: 31 }, of: 'code owners', from: ['olga', 'octo/payments'] },
    more: 'GitHub asks code owners for a review once a pull request is marked as ready. Swarm does that when it has the approvals that the config asks for.',
  },
  RULES_UNMET: {
    says: ({ at, base }, say) => ({
      what: `The rules of ${say.quote(base)} keep ${say.place(at)} from merging.`,
      why: 'Its checks are green and its approvals are there, so it is a rule that GitHub does not show to Swarm.',
      next: 'Open the pull request: GitHub names the rule next to the merge button. Common ones are open conversations and signed commits.',
    }),
    after: 'checks again',
    example: { at: { pull: 31 }, base: 'main' },
    more: 'Swarm says this ten minutes after the pull request was marked as ready, because GitHub needs a moment to look at the rules.',
  },
  PULL_CLOSED: {
    says: ({ at }, say) => ({
      what: `${say.place(at)} was closed without being merged.`,
      why: 'Closing a pull request is for people to decide, so Swarm does not reopen it.',
      next: `Reopen it, skip its segment with ${say.code('/swarm skip')}, or comment ${say.retry()} to do the work again.`,
    }),
    after: 'others continue',
    example: { at: { pull: 31 } },
    more: 'Deleting its branch closes a pull request, too.',
  },
  PULL_RETARGETED: {
    says: ({ at, base, wanted, isMerged }, say) => ({
      what: isMerged
        ? `${say.place(at)} was merged into ${say.quote(base)}, but its work belongs into ${say.quote(wanted)}.`
        : `${say.place(at)} now goes into ${say.quote(base)}, but it was made for ${say.quote(wanted)}.`,
      why: isMerged
        ? 'What waits for its segment would start without its work.'
        : 'It was reviewed and its gates ran for that branch.',
      next: isMerged
        ? `Merge ${say.quote(base)} into ${say.quote(wanted)} and leave its segment out with ${say.code('/swarm skip')}, or comment ${say.retry()} to do the work again.`
        : `Change its base back to ${say.quote(wanted)}; Swarm continues automatically.`,
    }),
    after: 'person acts',
    example: { at: { pull: 31 }, base: 'release', wanted: 'main', isMerged: false },
    more: 'Swarm checks the base again right before it merges. To merge an epic into another branch, set `base` in the config and start it again.',
  },
  PULL_DRAFT: {
    says: ({ at, login }, say) => ({
      what: `${say.place(at)} was turned into a draft by ${say.quote(login)}, so it is not merged.`,
      why: 'Swarm opens a pull request as a draft and marks it as ready itself. A person who turns it back has a reason.',
      next: 'Mark it as ready for review; Swarm continues automatically. Or reject it with a reason.',
    }),
    after: 'person acts',
    example: { at: { pull: 31 }, login: 'bob' },
    more: 'Approvals of its latest commit stay valid.',
  },
  ISSUE_REFUSED: {
    says: ({ message, status, what }, say) => ({
      what: `GitHub does not let Swarm create ${what === undefined ? 'a fix segment' : what === 'link' ? 'a "Blocked by" link between two segments' : 'the issue of a segment'} (it answered ${status}).`,
      why: `It says: ${say.quote(message)}. ${what === undefined ? 'Without it the finding is not fixed, so the wave does not continue.' : 'Nothing starts until every issue and every link of the plan is there.'}`,
      next: `Fix what GitHub names: issues have to be enabled, Swarm needs permission to write them, and an epic holds at most 100 sub-issues. Then comment ${say.code('/swarm retry')} on the epic.`,
    }),
    after: 'person acts',
    example: { status: 410, message: 'Issues has been disabled in this repository.' },
    more: 'Swarm creates issues for the findings of a calibration, for what people find missing at acceptance, and for the segments of a `swarm` block. `/swarm resume` and `/swarm execute` retry it as well.',
  },
  CALIBRATION_LIMIT: {
    says: ({ wave, rounds, findings }, say) => ({
      what: `Wave ${wave} still fails its calibration after ${count(rounds, 'round')}: ${enumerate(
        findings.map((finding) => say.quote(finding, 100)),
        4,
      )}.`,
      why: 'The fix segments did not fix it, so the next wave would build on something broken.',
      next: `Fix it on the base, or add a sub-issue for it and comment ${say.code('/swarm execute')}. Then comment ${say.code('/swarm retry')} to calibrate again.`,
    }),
    after: 'person acts',
    example: { wave: 2, rounds: 3, findings: ['types: src/receipt.ts(3,7): error TS2322'] },
    more: '`calibration-rounds` in the config sets the number of rounds.',
  },
} satisfies Partial<ProblemEntries>;
