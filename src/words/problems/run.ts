/** Problems of a segment's run as a whole: its branch and pull request, its end, its cost. */
import { count, money } from '../voice.ts';
import type { ProblemEntries } from './entry.ts';

/** A round amount to suggest. */
const higherThan = (usd: number): number => Math.ceil((usd * 1.5) / 5) * 5;

export const run = {
  PUSH_REFUSED: {
    says: ({ branch, message }, say) => ({
      what: `The branch ${say.quote(branch)} could not be pushed.`,
      why: `GitHub says: ${say.quote(message)}.`,
      next: "If a rule forbids it, exempt Swarm's branches from it, or name another branch in the segment's issue.",
    }),
    after: 'retry',
    example: { branch: 'feat/cart', message: 'Repository rule violations found' },
    more: 'The work is kept at `refs/swarm/runs/<epic>/<attempt>`, so a retry only pushes it: no agent runs again.',
  },
  BRANCH_OCCUPIED: {
    says: ({ branch, by }, say) =>
      by === 'base'
        ? {
            what: `The branch ${say.quote(branch)} cannot be a segment's own.`,
            why: 'Segments merge into it, so nothing on it would be reviewed.',
            next: `Name another branch in the segment's issue.`,
          }
        : {
            what: `The branch ${say.quote(branch)} has commits that are not Swarm's.`,
            why: 'Someone else made this branch or pushed to it. Swarm never overwrites a commit that it does not know.',
            next: 'Merge, rename or delete that branch.',
          },
    after: 'retry',
    example: { branch: 'feat/cart', by: 'others' },
    more: 'The work is kept at `refs/swarm/runs/<epic>/<attempt>`, so a retry only pushes it: no agent runs again.',
  },
  PULL_REFUSED: {
    says: ({ branch, message }, say) => ({
      what: `No pull request could be opened for ${say.quote(branch)}.`,
      why: `GitHub says: ${say.quote(message)}. The branch exists.`,
      next: 'Fix what GitHub names (often "Allow GitHub Actions to create pull requests" in the settings).',
    }),
    after: 'retry',
    example: {
      branch: 'feat/cart',
      message: 'GitHub Actions is not permitted to create or approve pull requests.',
    },
    more: 'The work is kept, so a retry only opens the pull request: no agent runs again.',
  },
  RUN_CUT_SHORT: {
    says: (_, say) => ({
      what: 'The run of this segment was cut short before it could report a result.',
      why: 'It was cancelled, reached the time limit of its job, or one of its jobs died. The work up to that point is kept.',
      next: `Swarm retries automatically from there. If it has stopped retrying, check the run's log and the runners, then comment ${say.retry()}. The other segments continue.`,
    }),
    after: 'swarm acts',
    example: {},
    more: 'A run that dies without a report is `RUN_LOST`. Both count against `attempts` in the config.',
  },
  REPORT_FORGED: {
    says: ({ ref, author }, say) => ({
      what: `The report at ${say.quote(ref)} is not from this segment's run.`,
      why: `The run's own job signs its reports through GitHub. This one was written by ${say.quote(author)}, or names another run. Swarm uses nothing of it.`,
      next: 'Find out who wrote it: anyone who may push to this repository can.',
    }),
    after: 'retry',
    example: { ref: 'refs/swarm/runs/12/12.14-1', author: 'eve' },
    more: 'The retry is a new attempt with a ref of its own. On a server that signs nothing, only the number of the run is compared.',
  },
  RUN_LOST: {
    says: ({ conclusion, attempts }, say) => ({
      what: `${count(attempts, 'run')} of this segment ended without a report, the last one as ${say.quote(conclusion)}.`,
      why: 'A run that was cancelled, timed out or lost its runner leaves nothing to continue from. Swarm has retried automatically.',
      next: "Check the run's log and the runners.",
    }),
    after: 'retry',
    example: { conclusion: 'timed_out', attempts: 3 },
    more: '`attempts` in the config sets how many runs are made.',
  },
  BUDGET_SPENT: {
    says: ({ spentUsd, budgetUsd, of }, say) => ({
      what: `The budget of the ${of} is spent: ${money(spentUsd)} of ${money(budgetUsd)}.`,
      why: `${of === 'agent' ? `Its ${say.code('budget')} under ${say.code('agents')}` : say.code(`budget.${of}`)} in the config is a hard limit.`,
      next: 'If the work is worth it, raise the budget there.',
    }),
    after: 'retry',
    example: { spentUsd: 5.2, budgetUsd: 5, of: 'segment' },
    more: 'The budget of a segment is for all of its attempts together, and a retry by a person begins a new count. Agents report costs in dollars, or in tokens that a `price` converts. Swarm has no other way to know them.',
  },
  EPIC_BUDGET_SPENT: {
    says: ({ spentUsd, budgetUsd }, say) => ({
      what: `The budget of the epic is spent: ${money(spentUsd)} of ${money(budgetUsd)}. Nothing new starts.`,
      why: `${say.code('budget.epic')} in the config is a hard limit, and so is an amount that somebody has raised it to.`,
      next: `If the rest is worth it, comment ${say.code(`/swarm resume budget=${higherThan(Math.max(spentUsd, budgetUsd))}`)} on the epic with what it may cost in all. Or raise ${say.code('budget.epic')}.`,
    }),
    after: 'checks again',
    example: { spentUsd: 51.4, budgetUsd: 50 },
    more: 'No agent starts, not for a rework either. What runs may finish: each run gets what was left of the budget when it started as a limit of its own. Runs that are under way at once do not know of each other, so together they can cost more. Pull requests are merged, proven and calibrated as usual, because that needs no agent. An amount in a comment is for this epic alone, and counts where it is higher than the one in the config.',
  },
  BUDGET_UNBOUND: {
    says: ({ agent, budgetUsd, minutes, turns }, say) => ({
      what: `The budget of ${money(budgetUsd)} does not limit the agent ${say.quote(agent)}.`,
      why: `It reports tokens but not cost, and the config sets no price, so its spending can't be tracked. Its limits are time (${count(minutes, 'minute')} per segment)${turns === undefined ? '; no number of turns is set' : ` and ${count(turns, 'turn')} per call`}.`,
      next: `You need not do anything; the epic runs. To make the budget count, set ${say.code(`agents.${agent}.price`)} in the config to the price of a million tokens, such as ${say.code('{input: 1.25, output: 10}')}${turns === undefined ? `, or set ${say.code(`agents.${agent}.max-turns`)}` : ''}.`,
    }),
    after: 'continues',
    example: { at: { issue: 12 }, agent: 'codex', budgetUsd: 5, minutes: 60, turns: 80 },
    more: 'Reported once for each agent when the epic is planned. Swarm ships no prices, because they would soon be out of date.',
  },
  REWORK_LIMIT: {
    says: ({ rounds, last }, say) => ({
      what: `Rejected ${count(rounds, 'time')}; Swarm won't rework it again.`,
      why: `The last reason was ${say.quote(last, 300)}.`,
      next: 'Finish it by hand on its branch, or rewrite the issue.',
    }),
    after: 'retry',
    example: { rounds: 5, last: 'The total still ignores the discount.' },
    more: '`reworks` in the config sets the number of rounds.',
  },
} satisfies Partial<ProblemEntries>;
