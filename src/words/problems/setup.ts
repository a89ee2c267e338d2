/** Problems of the repository's setup, found before anything starts. */
import type { Problem } from '#core/model/problem';
import { count, enumerate, type Voice } from '../voice.ts';
import { gateNames, gateOutputs, type ProblemEntries, plural } from './entry.ts';

/** What does not work without a permission. */
const LOST: Readonly<Record<Extract<Problem, { kind: 'PERMISSION_MISSING' }>['lost'], (say: Voice) => string>> = {
  'kill switch': (say) =>
    `Without it, the variable ${say.code('SWARM_DISABLED')} stops nothing. The label ${say.code('swarm:cancel')} on an epic still works.`,
  actions: () => 'Without it, Swarm can neither start nor cancel runs.',
  checks: () => 'Without it, Swarm can neither show the gates on pull requests nor read the checks of others.',
  contents: () => 'Without it, Swarm can neither keep its journal nor make branches or merge.',
  issues: () => 'Without it, Swarm can neither write the panel nor set labels.',
  pull_requests: () => 'Without it, Swarm can neither open nor merge pull requests.',
  statuses: () => 'Without it, Swarm does not see red statuses, and could merge in spite of them.',
};

export const setup = {
  DISABLED: {
    says: (_, say) => ({
      what: `Swarm is switched off here: the variable ${say.code('SWARM_DISABLED')} is set.`,
      why: 'Someone turned the kill switch on. Nothing starts and nothing merges while it is set.',
      next: "Remove the variable in the repository's (or organization's) settings.",
    }),
    after: 'checks again',
    example: {},
    more: 'The variable can be set for one repository or for an organization. Any value counts, except `false` and an empty value.',
  },
  WORKFLOW_MISSING: {
    says: ({ file }, say) => ({
      what: `The workflow ${say.quote(file)} is not on the default branch.`,
      why: 'Segments run in the jobs of this workflow.',
      next: `Add it: ${say.code('swarm init')} writes it. Then merge it.`,
    }),
    after: 'checks again',
    example: { file: '.github/workflows/swarm.yml' },
    more: 'GitHub starts a workflow by hand only if its file is on the default branch.',
  },
  WORKFLOWS_DIFFER: {
    says: ({ files, versions }, say) => ({
      what: `The workflows name different versions of Swarm: ${enumerate(
        versions.map((version) => say.code(version)),
        6,
      )}.`,
      why: `${enumerate(
        files.map((file) => say.quote(file)),
        6,
      )} pass values to each other, so all of them have to come from one release.`,
      next: 'Put the workflows of one release on the default branch.',
    }),
    after: 'checks again',
    example: {
      files: ['.github/workflows/swarm.yml', '.github/workflows/segment.yml'],
      versions: ['1111111111111111111111111111111111111111', '2222222222222222222222222222222222222222'],
    },
    more: 'A bot that updates actions may update one file at a time. Merge such updates together.',
  },
  WORKFLOW_OFF: {
    says: ({ file, by }, say) => ({
      what: `The workflow ${say.quote(file)} is disabled${by === 'GitHub' ? ' by GitHub' : ''}.`,
      why: 'Segments run in the jobs of this workflow, and GitHub refuses to start a disabled one.',
      next: `Enable it: in the Actions tab, or by ${say.code(`gh workflow enable ${file.split('/').at(-1)}`)}.`,
    }),
    after: 'checks again',
    example: { file: '.github/workflows/swarm.yml', by: 'person' },
    more: 'GitHub disables workflows in forks, and workflows with a schedule in repositories without activity for 60 days.',
  },
  KEY_NOT_PASSED: {
    says: ({ agent, variable, file }, say) => ({
      what: `The workflow does not pass ${say.code(variable)} to the agent ${say.quote(agent)}.`,
      why: `${say.quote(file)} does not name this variable, so the agent has no key there, unless the runner itself has it.`,
      next: `Add it to ${say.quote(file)} and to ${say.code('.github/workflows/swarm.yml')}, next to the other keys, and add the secret to the repository.`,
    }),
    after: 'checks again',
    example: { agent: 'claude', variable: 'ANTHROPIC_API_KEY', file: '.github/workflows/segment.yml' },
    more: 'This is a warning: a runner of your own may have the variable in its environment. Swarm cannot see if the secret itself exists.',
  },
  NOT_FETCHED: {
    says: ({ what }, say) => ({
      what: `The base has ${what === 'submodules' ? 'submodules' : 'files in Git LFS'}, and Swarm does not fetch them.`,
      why:
        what === 'submodules'
          ? 'Agents and gates find empty directories in their place.'
          : 'Agents and gates find pointers in their place: small text files with a digest.',
      next: `If no agent and no gate needs them, no action is needed. Otherwise turn off the gates that do, under ${say.code('gates')} in ${say.code('.github/swarm.yml')}.`,
    }),
    after: 'checks again',
    example: { what: 'submodules' },
    more: 'A segment may not change submodules or the pointers of LFS.',
  },
  TRIGGER_MISSING: {
    says: ({ file, starts }, say) => ({
      what: `The workflow ${say.quote(file)} is not on the default branch.`,
      why:
        starts === 'by events'
          ? 'Without the app, this workflow starts Swarm when people comment, label, review or close something. Without it, Swarm notices that only by its clock.'
          : 'Without the app, this workflow is the clock of Swarm. Without it, nobody is reminded, and a run that died or an event that got lost is noticed only at the next event.',
      next: `Add it: ${say.code('swarm init')} writes it. Then merge it. If you have the app, set the variable ${say.code('SWARM_APP')} to ${say.code('true')} instead.`,
    }),
    after: 'checks again',
    example: { file: '.github/workflows/swarm-clock.yml', starts: 'by the clock' },
    more: 'It is a warning: the epic runs. With the app, neither of the two workflows is needed.',
  },
  AGENT_NOT_SET: {
    says: (_, say) => ({
      what: 'No agent is configured for this repository.',
      why: `Neither ${say.code('agent')} in the config nor the workflow says which program does the work.`,
      next: `Add ${say.code('agent: claude')}, another agent that Swarm knows, or ${say.code('agent: {command: [...]}')} to ${say.code('.github/swarm.yml')} on the default branch.`,
    }),
    after: 'checks again',
    example: {},
    more: 'Any program works: it gets the brief on its standard input and works in the directory where it is started.',
  },
  ISOLATION_MISSING: {
    says: ({ wanted }, say) => ({
      what: 'The runner cannot put walls around the agent, so no agent was started.',
      why:
        wanted === 'auto'
          ? `${say.code('bwrap')} (bubblewrap) is not installed there, or the machine does not let it create namespaces.`
          : `The config says ${say.code(`isolation: ${wanted}`)}, and that does not work on the runner.`,
      next: `Install bubblewrap in the workflow (${say.code('sudo apt-get install -y bubblewrap')}), or use a runner that allows namespaces. ${say.code('isolation: none')} in ${say.code('.github/swarm.yml')} runs without walls; then a person has to approve each pull request.`,
    }),
    after: 'retry',
    example: { wanted: 'auto' },
    more: 'Without walls an agent can read the keys of its job and change its report. [The page on isolation](isolation.md) says what holds on which kind of runner.',
  },
  PERMISSION_MISSING: {
    says: ({ permission, lost }, say) => ({
      what: `Swarm lacks the permission ${say.code(permission)}.`,
      why: LOST[lost](say),
      next: `Grant it to the app (or in the workflow's ${say.code('permissions')}).`,
    }),
    after: 'checks again',
    example: { permission: 'actions_variables: read', lost: 'kill switch' },
    more: 'An owner of the organization has to accept new permissions of an app.',
  },
  BASE_RED: {
    says: ({ branch, checks, commit }, say) => ({
      what: `The base ${say.quote(branch)} is red: ${enumerate(
        checks.map((check) => say.quote(check, 60)),
        5,
      )} on commit ${say.code(commit.slice(0, 7))}.`,
      why: 'Work that starts from a broken base fails its gates for reasons that are not its own.',
      next: `Fix ${say.quote(branch)}. Swarm continues automatically when its checks pass.`,
    }),
    after: 'person acts',
    example: { branch: 'main', checks: ['ci / test'], commit: '1f3c9ab'.padEnd(40, '0') },
    more: 'Only a failed check holds Swarm up. A pending or missing check does not.',
  },
  JOURNAL_BROKEN: {
    says: ({ at, ref, message }, say) => ({
      what: `The journal of ${say.place(at)} cannot be read, so Swarm leaves the epic alone.`,
      why: `${say.quote(message, 400)} Swarm does not act on a state that it does not know.`,
      next: `If another version of Swarm runs it, use one version everywhere. If somebody changed the ref, push its last good commit back to ${say.code(ref)}: ${say.code(`git log ${ref}`)} shows them.`,
    }),
    after: 'checks again',
    example: {
      at: { issue: 12 },
      ref: 'refs/swarm/epics/12',
      message: 'refs/swarm/epics/12 has no valid JSON in state.json.',
    },
    more: 'Other epics go on. Runs that have started end as usual, and their results are read once the journal can be. The message is written once for each fault.',
  },
  BASE_NOT_INSTALLED: {
    says: ({ branch, command, output }, say) => ({
      what: `The dependencies of the base ${say.quote(branch)} cannot be installed: ${say.quote(command, 300)} failed twice.`,
      why: 'Swarm installs the base before it starts the first agent. An agent could not run a single gate there, so none was started.',
      next: `Read the output below, and fix the installation on ${say.quote(branch)}: Swarm looks again when it has moved on. If only the registry did not answer, comment ${say.code('/swarm retry')}.`,
      output: [{ title: command, text: output }],
    }),
    after: 'person acts',
    example: {
      branch: 'main',
      command: 'npm ci --ignore-scripts',
      output: 'npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.',
    },
    more: 'This is the check before the first agent of an epic; `INSTALL_FAILED` is the same in the run of a segment. A private registry needs its token in the job `calibrate` of `swarm.yml`, too. If a segment of this epic is to fix the installation, set `baseline: off`.',
  },
  BASE_GATES_RED: {
    says: ({ branch, gates }, say) => ({
      what: `The ${plural(gates, 'gate', 'gates')} ${gateNames(gates, say)} ${plural(gates, 'fails', 'fail')} on the base ${say.quote(branch)}, before any agent has changed it.`,
      why: `Swarm runs all gates on the base before it starts the first agent. It cannot tell ${plural(gates, 'these failures', 'their failures')} from new ones, so every segment would fail, and none was started.`,
      next: `Fix ${say.quote(branch)}: Swarm looks again when it has moved on. Or turn the gate off (${say.code(`gates.${gates[0]?.gate ?? 'tests'}.off: true`)}) or start all the same (${say.code('baseline: off')}) in ${say.code('.github/swarm.yml')}.`,
      output: gateOutputs(gates),
    }),
    after: 'person acts',
    example: { branch: 'main', gates: [{ gate: 'build', output: 'webpack: command failed' }] },
    more: 'A gate counts as red only if it fails twice. `/swarm retry` runs all of them again at once. A base that has moved on is checked at most once in ten minutes. If the gate fails only in the job, compare the steps of `calibrate` in `swarm.yml` with those that the gate needs: `swarm gates` prints them.',
  },
  BASE_CHECK_LOST: {
    says: ({ conclusion, runs }, say) => ({
      what: `${count(runs, 'run')} that should check the base ended without a result, the last one as ${say.quote(conclusion)}.`,
      why: 'Swarm runs all gates on the base before it starts the first agent, and has repeated that automatically.',
      next: `Check the run's log and the runners, then comment ${say.code('/swarm retry')}.`,
    }),
    after: 'person acts',
    example: { conclusion: 'timed_out', runs: 3 },
    more: '`attempts` in the config sets how many runs are made. The job is `calibrate` in `swarm.yml`.',
  },
  BASE_FAILED_BEFORE: {
    says: ({ branch, gates }, say) => ({
      what: `The ${plural(gates, 'gate', 'gates')} ${enumerate(
        gates.map((gate) => say.code(gate)),
        6,
      )} already failed on ${say.quote(branch)} before the first agent started.`,
      why: 'Failures that were there before do not count against a segment, and its pull request names them.',
      next: 'A person has to approve each pull request in which such a gate still fails.',
    }),
    after: 'continues',
    example: { branch: 'main', gates: ['tests'] },
    more: 'Failures are compared by file and message. Anything else that fails in such a gate is new, and the agent has to fix it.',
  },
  BASE_FLAKY: {
    says: ({ branch, gates }, say) => ({
      what: `The ${plural(gates, 'gate', 'gates')} ${enumerate(
        gates.map((gate) => say.code(gate)),
        6,
      )} failed on ${say.quote(branch)} and then passed on the same files, so ${plural(gates, 'it is', 'they are')} flaky.`,
      why: 'An agent could be sent after a failure that is not its own.',
      next: `Where ${plural(gates, 'it fails', 'one of them fails')} in a segment, Swarm runs it once more. Make it reliable when you can.`,
    }),
    after: 'continues',
    example: { branch: 'main', gates: ['tests'] },
    more: 'Found by the run of all gates on the base before the first agent.',
  },
  BASE_MISSING: {
    says: ({ branch }, say) => ({
      what: `The base branch ${say.quote(branch)} does not exist.`,
      why: `It is named by ${say.code('base')} in the config, the issue or a label.`,
      next: 'Create the branch, or correct the name.',
    }),
    after: 'checks again',
    example: { branch: 'develop' },
    more: 'If nothing names another branch, the default branch is the base.',
  },
  REPOSITORY_EMPTY: {
    says: () => ({
      what: 'The repository has no commits yet.',
      why: 'Segments start from a commit of the default branch, and Swarm keeps its own state in the repository.',
      next: 'Push a first commit with the workflows and the config.',
    }),
    after: 'nothing changed',
    example: {},
    more: 'In an empty repository, Swarm writes nothing but this answer. Give the command again after the first commit.',
  },
  BRANCH_IN_WAY: {
    says: ({ there, branches }, say) => ({
      what: `The branch ${say.quote(there)} is in the way of ${count(branches.length, 'branch', 'branches')} of this epic.`,
      why: `Git keeps branches as paths, so ${enumerate(
        branches.map((branch) => say.quote(branch, 80)),
        5,
      )} cannot exist beside it.`,
      next: `Rename or delete ${say.quote(there)}, or set ${say.code('branch')} in the config to other names.`,
    }),
    after: 'checks again',
    example: { there: 'feat', branches: ['feat/cart', 'feat/receipt'] },
    more: 'Swarm asks for this before the first segment starts. For one segment alone, `branch` in its issue names another branch.',
  },
  BRANCH_FORBIDDEN: {
    says: ({ rule, why, branches }, say) => ({
      what: `The ruleset ${say.quote(rule, 60)} does not let Swarm create ${count(branches.length, 'branch', 'branches')} of this epic.`,
      why: `${why === 'creation' ? 'It restricts the creation of branches' : 'It asks for other names'}, and Swarm may not bypass it: ${enumerate(
        branches.map((branch) => say.quote(branch, 80)),
        5,
      )}.`,
      next: `Add Swarm to the ruleset's bypass list, exclude these branches from it, or set ${say.code('branch')} in the config to names that it allows.`,
    }),
    after: 'checks again',
    example: { rule: 'Only release branches', why: 'creation', branches: ['feat/cart', 'feat/receipt'] },
    more: 'Swarm asks for this before the first segment starts. A rule that is added later is met at the end of a run: see `PUSH_REFUSED`.',
  },
  MERGE_METHOD: {
    says: ({ branch, method, allowed, taken }, say) => {
      const named = allowed.map((each) => say.code(each));
      const only = allowed.length === 0 ? 'no method at all' : `only ${enumerate(named, 3)}`;
      return taken === undefined
        ? {
            what: `Pull requests cannot be merged into ${say.quote(branch)} by ${say.code(method)}.`,
            why: `The settings of the repository and the rules of the branch allow ${only}.`,
            next: `Set ${say.code('merge-method')} in ${say.code('.github/swarm.yml')} to a method that is allowed, or allow ${say.code(method)} in the repository.`,
          }
        : {
            what: `Pull requests are merged into ${say.quote(branch)} by ${say.code(taken)}, because ${say.code(method)} is not allowed there.`,
            why: `The settings of the repository and the rules of the branch allow ${only}, and the config names no method.`,
            next: `Set ${say.code('merge-method')} in ${say.code('.github/swarm.yml')} to choose another one.`,
          };
    },
    after: 'checks again',
    example: { branch: 'main', method: 'squash', allowed: ['merge', 'rebase'] },
    more: 'Swarm looks at this before it starts anything, and again before it merges. A merge queue uses the method of its own rule.',
  },
  LIST_TOO_LONG: {
    says: ({ list, of, read }, say) => ({
      what: `There are too many ${list}${of === undefined ? '' : ` of ${say.issue(of)}`} to read all of them.`,
      why: `Swarm stopped after ${read.toLocaleString('en-US')}. The rest could change what it does, so nothing starts and nothing merges.`,
      next: 'Make the list shorter: delete what floods it, and lock the conversation if it continues.',
    }),
    after: 'checks again',
    example: { list: 'comments', of: 12, read: 3_000 },
    more: 'Each list has a limit, so that one look at an epic always ends. [The page on performance](performance.md) names the limits.',
  },
  DISPATCH_FAILED: {
    says: ({ message, status }, say) => ({
      what: `The workflow could not be started${status === undefined ? '' : ` (GitHub answered ${status})`}.`,
      why: `GitHub says: ${say.quote(message)}.`,
      next: "Someone who may change the repository's workflows fixes what GitHub names.",
    }),
    after: 'retry',
    example: { message: 'Actions has been disabled for this repository.', status: 422 },
    more: 'If GitHub itself fails, Swarm waits for it to recover and does not report this.',
  },
} satisfies Partial<ProblemEntries>;
