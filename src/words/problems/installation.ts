/** Problems of an installation: settings, workflows, secrets and rules. `swarm doctor` finds them. */
import type { Problem } from '#core/model/problem';
import { enumerate, type Voice } from '../voice.ts';
import { type ProblemEntries, plural } from './entry.ts';

type Policy = Extract<Problem, { kind: 'ACTION_REFUSED' }>['policy'];

const POLICY: Readonly<Record<Policy, { readonly why: string; readonly next: string }>> = {
  'own only': {
    why: 'They allow only actions of the same owner.',
    next: 'Allow these actions: Settings, Actions, General, “Actions permissions”.',
  },
  selected: {
    why: 'They allow only selected actions, and these are not among them.',
    next: 'Add these actions to the list: Settings, Actions, General, “Actions permissions”.',
  },
  'full commits': {
    why: 'They require actions to be named by full commits.',
    next: 'Name these actions by full commits in the workflows.',
  },
};

const codes = (words: readonly string[], say: Voice, max = 6): string => enumerate(words.map(say.code), max);

/** `A`, or `A or B`. */
const either = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? 'none') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

export const installation = {
  REPOSITORY_ARCHIVED: {
    says: () => ({
      what: 'The repository is archived.',
      why: 'GitHub lets nobody write there, so there can be no journal, no branch and no comment.',
      next: 'Unarchive it: Settings, General, “Danger Zone”.',
    }),
    after: 'checks again',
    example: {},
    more: 'An epic that is under way when a repository is archived continues after that.',
  },
  ISSUES_OFF: {
    says: () => ({
      what: 'Issues are switched off in this repository.',
      why: 'An epic and its segments are issues.',
      next: 'Turn issues on: Settings, General, “Features”.',
    }),
    after: 'person acts',
    example: {},
    more: 'Forks start without issues.',
  },
  ACTIONS_OFF: {
    says: () => ({
      what: 'GitHub Actions is switched off for this repository.',
      why: 'Segments run in the jobs of workflows, and GitHub starts none.',
      next: 'Turn it on: Settings, Actions, General, “Actions permissions”.',
    }),
    after: 'person acts',
    example: {},
    more: 'The settings of an organization or an enterprise can switch Actions off for a repository, too.',
  },
  ACTION_REFUSED: {
    says: ({ actions, policy }, say) => ({
      what: `The settings of the repository do not let workflows use ${codes(actions, say, 3)}.`,
      ...POLICY[policy],
    }),
    after: 'person acts',
    example: { actions: ['swarm-engineering/swarm@1111111111111111111111111111111111111111'], policy: 'selected' },
    more: 'It is a warning if actions of verified creators are allowed: GitHub does not say which creators those are.',
  },
  WORKFLOW_INVALID: {
    says: ({ at, message }, say) => ({
      what: `${say.place(at)} is not a valid workflow: ${say.quote(message, 100)}.`,
      why: 'GitHub starts no job of a workflow that it cannot read.',
      next: `Correct the file, or replace it: ${say.code('swarm init')} writes this version of it.`,
    }),
    after: 'person acts',
    example: { at: { file: '.github/workflows/segment.yml', line: 12, column: 3 }, message: 'Map keys must be unique' },
    more: 'A job that Swarm needs and that is not in the file counts as well.',
  },
  WORKFLOW_UNPINNED: {
    says: ({ file, versions }, say) => ({
      what: `${say.quote(file)} does not name Swarm’s action by a commit: ${codes(versions, say, 3)}.`,
      why: 'Its jobs may write to the repository. A tag or a branch can be moved to other code, and zeros name no code at all.',
      next: `Put the full commit of a release there: ${say.code('swarm init')} writes it.`,
    }),
    after: 'person acts',
    example: { file: '.github/workflows/swarm.yml', versions: ['v1'] },
    more: 'Zeros are an error, because no job can start with them. A tag or a branch is a warning.',
  },
  WORKFLOWS_OLD: {
    says: ({ versions, own }, say) => ({
      what: `The workflows are of Swarm ${codes(versions, say, 3)}, and this program is ${say.code(own)}.`,
      why: 'Workflows of another version may not have what this version expects.',
      next: `Use the same version for both. ${say.code('swarm init')} replaces workflows that nobody changed.`,
    }),
    after: 'continues',
    example: { versions: ['0.1.0'], own: '0.2.0' },
    more: 'The version is in the comment behind the commit. Only `swarm doctor` says this.',
  },
  JOB_PERMISSIONS: {
    says: ({ file, job, lacks, extra }, say) => {
      const where = `The job ${say.code(job)} in ${say.quote(file)}`;
      return {
        what:
          lacks.length > 0
            ? `${where} lacks ${codes(lacks, say)}.`
            : `${where} may do more than it should: ${codes(extra, say)}.`,
        why:
          lacks.length > 0
            ? 'GitHub refuses acts of a job without these rights.'
            : 'Code that nobody has reviewed runs in this job, and its token could change the repository.',
        next: `Set ${say.code('permissions')} of this job as a release has them.`,
      };
    },
    after: 'person acts',
    example: { file: '.github/workflows/swarm.yml', job: 'orchestrate', lacks: ['issues: write'], extra: [] },
    more: 'A job without `permissions` has those of its workflow, or the default of the repository.',
  },
  JOB_STEPS: {
    says: ({ file, job }, say) => ({
      what: `The job ${say.code(job)} in ${say.quote(file)} has more steps than Swarm’s action.`,
      why: 'This job may write to the repository, so nothing else may run in it.',
      next: `Move these steps to ${say.code('work')}, ${say.code('verify')} or ${say.code('calibrate')}, which may only read.`,
    }),
    after: 'person acts',
    example: { file: '.github/workflows/segment.yml', job: 'publish' },
    more: '[The page on installing](install.md#what-runs-with-your-token) names the jobs that may write.',
  },
  PULLS_NOT_ALLOWED: {
    says: (_, say) => ({
      what: 'Actions may not open pull requests in this repository.',
      why: 'Without the app, Swarm opens them with the token of its job, and GitHub refuses that here.',
      next: `Allow it: Settings, Actions, General, “Allow GitHub Actions to create and approve pull requests”. Or add a token as the secret ${say.code('SWARM_PUBLISH_TOKEN')}.`,
    }),
    after: 'person acts',
    example: {},
    more: 'The organization can forbid it for all of its repositories. With the app, the setting does not matter.',
  },
  SECRET_MISSING: {
    says: ({ agent, names }, say) => ({
      what: `No secret holds a key for the agent ${say.quote(agent, 40)}.`,
      why: `It needs ${either(names.map(say.code))}, and neither the repository nor its organization has such a secret.`,
      next: `Add it: ${say.code(`gh secret set ${names[0] ?? 'NAME'}`)}.`,
    }),
    after: 'person acts',
    example: { agent: 'claude', names: ['ANTHROPIC_API_KEY', 'CLAUDE_CODE_OAUTH_TOKEN'] },
    more: 'Secrets for Dependabot and for Codespaces do not count. It is a warning if the agent runs on a runner of your own, which may have the key itself.',
  },
  LABELS_MISSING: {
    says: ({ labels }, say) => ({
      what: `${plural(labels, 'A label', 'Labels')} for commands ${plural(labels, 'is', 'are')} missing: ${codes(labels, say)}.`,
      why: 'People can only choose labels that exist. Swarm makes its state labels itself, but not these.',
      next: `Create them: ${say.code('swarm init')} does it. Comments such as ${say.code('/swarm execute')} need no label.`,
    }),
    after: 'continues',
    example: { labels: ['swarm:execute', 'swarm:pause'] },
    more: 'The key `labels` in the config maps labels to other names.',
  },
  RUNNER_MISSING: {
    says: ({ file, labels }, say) => ({
      what: `No runner of the repository that is online has the ${plural(labels, 'label', 'labels')} ${codes(labels, say)}.`,
      why: `${say.quote(file)} sends jobs to such a runner. They wait for one, for a day at most.`,
      next: `Start a runner with these labels, or correct ${say.code('runs-on')} or the variable ${say.code('SWARM_RUNNER')}.`,
    }),
    after: 'person acts',
    example: { file: '.github/workflows/segment.yml', labels: ['self-hosted', 'gpu'] },
    more: 'A warning: a runner of the organization may take these jobs, and a repository cannot list those.',
  },
  NO_GATES: {
    says: (_, say) => ({
      what: 'No gate runs a command in this repository.',
      why: 'A change is then only scanned for secrets and held to its files, so nothing shows that it works.',
      next: `Set ${say.code('gates.tests.run')} in ${say.code('.github/swarm.yml')}, or add scripts that ${say.code('swarm gates')} finds.`,
    }),
    after: 'continues',
    example: {},
    more: 'A warning of `swarm doctor` in a checkout.',
  },
  TOOLCHAIN_MISSING: {
    says: ({ tools }, say) => ({
      what: `The jobs with gates do not set up ${enumerate(
        tools.map((tool) => say.quote(tool, 60)),
        5,
      )}.`,
      why: 'Agents and gates then run with the versions of the runner, or with none.',
      next: `${say.code('swarm gates')} prints the steps. ${say.code('swarm init')} puts them into workflows that nobody changed.`,
    }),
    after: 'continues',
    example: { tools: ['node 20.11.0 (.nvmrc)'] },
    more: 'A warning of `swarm doctor` in a checkout. [The page on gates](gates.md#versions) lists the files that are read.',
  },
  GUIDE_MISSING: {
    says: ({ files }, say) => ({
      what: 'The repository does not tell agents how to work in it.',
      why: `A brief names the first of ${codes(files, say)} that is there, and none is.`,
      next: `Add an ${say.code('AGENTS.md')}: how to build and test, the conventions, and what not to touch.`,
    }),
    after: 'continues',
    example: { files: ['AGENTS.md', 'CLAUDE.md'] },
    more: 'A warning. Agents do better work if they need not guess.',
  },
  REQUIRED_CHECKS_WAIT: {
    says: ({ branch, checks }, say) => ({
      what: `${plural(checks, 'A check', 'Checks')} that ${say.quote(branch, 60)} requires may start only after a person lets ${plural(checks, 'it', 'them')}: ${codes(checks, say, 3)}.`,
      why: 'Without the app, pull requests are opened with the token of a job. On github.com, workflows on them wait for an approval, and on a GHES they do not start.',
      next: `Add a token as the secret ${say.code('SWARM_PUBLISH_TOKEN')}, use the app, or approve the runs on each pull request.`,
    }),
    after: 'continues',
    example: { branch: 'main', checks: ['ci / test'] },
    more: '[The page on installing](install.md#your-own-ci-without-the-app) says how to make that token.',
  },
  APPROVALS_DIFFER: {
    says: ({ branch, required, configured }, say) => ({
      what: `The rules of ${say.quote(branch, 60)} want ${required} approvals, and the config asks for ${configured}.`,
      why: 'GitHub merges no pull request with fewer, so Swarm asks for the others only when it would merge.',
      next: `Set ${say.code(`approvals: ${required}`)} in ${say.code('.github/swarm.yml')}.`,
    }),
    after: 'continues',
    example: { branch: 'main', required: 2, configured: 1 },
    more: 'A warning. Approvals by commands count for Swarm, and only reviews count for GitHub.',
  },
  BASE_RULE: {
    says: ({ branch, rule, of }, say) =>
      rule === 'deployments'
        ? {
            what: `The rules of ${say.quote(branch, 60)} want each pull request deployed to ${codes(of, say, 3)} first.`,
            why: 'Swarm deploys nothing, so pull requests wait until something else does.',
            next: 'Make sure that a workflow on pull requests deploys them, or take this rule away.',
          }
        : {
            what: `The rules of ${say.quote(branch, 60)} restrict updates to those who may bypass them.`,
            why: 'A merge updates the branch, and GitHub refuses it to everybody else.',
            next: `Add Swarm to the bypass list of the ruleset, or set ${say.code('merge: manual')} in the config.`,
          },
    after: 'continues',
    example: { branch: 'main', rule: 'deployments', of: ['staging'] },
    more: 'A warning: GitHub decides when Swarm merges, and then says which rule is in the way.',
  },
} satisfies Partial<ProblemEntries>;
