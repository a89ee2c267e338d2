/**
 * The checks of an installation: everything about a repository on GitHub that can keep Swarm from working, as one list.
 *
 * Each check ends in problems, in none, or in the right that the token lacks to make it. The problems are those that an epic
 * would meet later, in the same words.
 */
import { agentFor, CONFIG_FILES, type Config, keysOf, ROLES } from '#core/model/config';
import { COMMIT_TYPES, type RepositoryName } from '#core/model/epic';
import { GUIDES } from '#core/model/instructions';
import type { Diagnostic, Problem } from '#core/model/problem';
import { branchFault, branchName } from '#core/text/branch-name';
import { ALL_WORKFLOWS, CLOCK_WORKFLOW, EVENTS_WORKFLOW, WORKFLOWS, WORKFLOWS_FOLDER } from '#core/text/pin';
import { CHECK_NAMES, type CheckName } from '#words/terminal/checks';
import { branchFaults } from '../branch-names.ts';
import type { Client } from '../client.ts';
import type { ParseConfig } from '../config-text.ts';
import { baseOf } from '../pulls/pulls.ts';
import { BranchRules, checkMethod, methodsIn } from '../pulls/rules.ts';
import { type DetailAnswer, detailQueries } from '../queries.ts';
import { type Known, readSetup, type SetupFacts } from './facts.ts';
import { notFetched, readFiles, unpassed } from './faults.ts';
import { missingLabels } from './labels.ts';
import {
  type InstalledWorkflow,
  isWorkHosted,
  jobFaults,
  ownRunners,
  type ParseWorkflow,
  policyFaults,
  readWorkflows,
  runnerFaults,
  secretsIn,
  versionFaults,
} from './workflows.ts';

export type { CheckName } from '#words/terminal/checks';

export type Check = { readonly check: CheckName } & (
  | { readonly kind: 'passed' }
  | { readonly kind: 'found'; readonly level: Diagnostic['level']; readonly problem: Problem }
  /** `needs`: the right that the token lacks. */
  | { readonly kind: 'hidden'; readonly needs: string }
);

export interface ExamineOptions {
  readonly client: Client;
  readonly repository: RepositoryName;
  readonly parseConfig: ParseConfig;
  readonly parseWorkflow: ParseWorkflow;
  /** The version of this program. */
  readonly version: string;
}

export interface Examined {
  /** As GitHub calls it now. */
  readonly repository: RepositoryName;
  readonly config: Config;
  /** In the order in which they are shown. */
  readonly checks: readonly Check[];
}

/** The findings of one check, or the right that the token lacks to make it. */
type Outcome = readonly Diagnostic[] | Extract<Known<never>, { kind: 'hidden' }>;

/** @returns undefined if there is no such repository, or GitHub does not show it to this token. */
export async function examine(options: ExamineOptions): Promise<Examined | undefined> {
  const { client } = options;
  const facts = await readSetup(client, options.repository);
  if (!facts) return undefined;
  const { repository } = facts;
  const { config, diagnostics } = await options.parseConfig(facts.config);
  if (facts.isEmpty) {
    const empty: Outcome = [...repositoryFaults(facts), error({ kind: 'REPOSITORY_EMPTY' })];
    return { repository, config, checks: checksOf({ repository: empty }) };
  }
  const base = config.base ?? facts.defaultBranch;
  const files = await readFiles({ client, repository, config, base, agents: [] });
  const { workflows, faults } = readWorkflows(files.workflows, options.parseWorkflow);
  const seen: Seen = { ...options, repository, facts, config, base, workflows, texts: files.workflows };
  const [labels, ofBase, ofRules] = await Promise.all([
    missingLabels(client, repository, config),
    baseFaults(seen),
    ruleFaults(seen),
  ]);
  const commands = labels.filter(({ kind }) => kind === 'command').map(({ name }) => name);
  return {
    repository,
    config,
    checks: checksOf({
      repository: repositoryFaults(facts),
      actions: known(facts.actions, (policy) => policyFaults(workflows, repository.owner, policy)),
      workflows: [...missingWorkflows(seen), ...faults, ...switchedOff(seen)],
      triggers: missingTriggers(seen),
      versions: versionFaults(workflows, options.version),
      jobs: jobFaults(workflows, facts.defaultRights.kind === 'known' ? facts.defaultRights.value : undefined),
      runners: runnersOf(seen),
      pulls: mayOpenPulls(seen),
      config: [
        ...(facts.config.ambiguous ? [error({ kind: 'CONFIG_AMBIGUOUS', files: CONFIG_FILES })] : []),
        ...diagnostics,
      ],
      agent: agentFaults(seen),
      keys: unpassed({ client, repository, config, base, agents: [] }, files.workflows.get(SEGMENT) ?? ''),
      secrets: secretFaults(seen),
      base: ofBase,
      ...ofRules,
      labels: commands.length === 0 ? [] : [warning({ kind: 'LABELS_MISSING', labels: commands })],
      'kill switch': known(facts.variables, (variables) =>
        isSet(variables.get('SWARM_DISABLED')) ? [error({ kind: 'DISABLED' })] : [],
      ),
      files: notFetched(files),
      guide: facts.hasGuide ? [] : [warning({ kind: 'GUIDE_MISSING', files: GUIDES })],
    }),
  };
}

interface Seen extends ExamineOptions {
  readonly facts: SetupFacts;
  readonly config: Config;
  readonly base: string;
  readonly workflows: readonly InstalledWorkflow[];
  /** Those that are there, by name, readable or not. */
  readonly texts: ReadonlyMap<string, string>;
}

const [DISPATCHED, SEGMENT] = WORKFLOWS;
const pathOf = (workflow: string): string => `${WORKFLOWS_FOLDER}/${workflow}`;

const error = (problem: Problem): Diagnostic => ({ level: 'error', problem });
const warning = (problem: Problem): Diagnostic => ({ level: 'warning', problem });

const known = <Value>(fact: Known<Value>, judge: (value: Value) => readonly Diagnostic[]): Outcome =>
  fact.kind === 'known' ? judge(fact.value) : fact;

/** A check that nobody made, such as one that needs a checkout, is left out. */
export function checksOf(outcomes: Partial<Readonly<Record<CheckName, Outcome>>>): readonly Check[] {
  return CHECK_NAMES.flatMap((check): readonly Check[] => {
    const outcome = outcomes[check];
    if (outcome === undefined) return [];
    if ('kind' in outcome) return [{ check, ...outcome }];
    if (outcome.length === 0) return [{ check, kind: 'passed' }];
    return outcome.map(({ level, problem }): Check => ({ check, kind: 'found', level, problem }));
  });
}

// ── the repository ──────────────────────────────────────────────────────────────────────────────────────────────────

const repositoryFaults = ({ isArchived, hasIssues }: SetupFacts): readonly Diagnostic[] => [
  ...(isArchived ? [error({ kind: 'REPOSITORY_ARCHIVED' })] : []),
  ...(hasIssues ? [] : [error({ kind: 'ISSUES_OFF' })]),
];

const variablesOf = ({ facts: { variables } }: Seen): ReadonlyMap<string, string> =>
  variables.kind === 'known' ? variables.value : new Map();

/** As the conditions of the workflows read a variable. */
const isSet = (value: string | undefined): boolean => value !== undefined && value !== '' && value !== 'false';

const hasApp = (seen: Seen): boolean => variablesOf(seen).get('SWARM_APP') === 'true';

/** With a token of the user's own, pull requests are not those of a job. */
const hasPublishToken = ({ facts: { secrets } }: Seen): boolean =>
  secrets.kind === 'known' && secrets.value.has('SWARM_PUBLISH_TOKEN');

// ── workflows ───────────────────────────────────────────────────────────────────────────────────────────────────────

const missingWorkflows = ({ texts }: Seen): readonly Diagnostic[] =>
  WORKFLOWS.filter((name) => !texts.has(name)).map((name) => error({ kind: 'WORKFLOW_MISSING', file: pathOf(name) }));

/** Swarm itself switches its clock on and off. */
function switchedOff({ facts: { states }, texts }: Seen): readonly Diagnostic[] {
  if (states.kind === 'hidden') return [];
  return ALL_WORKFLOWS.filter((name) => name !== CLOCK_WORKFLOW && texts.has(name)).flatMap((name) => {
    const file = pathOf(name);
    const state = states.value.get(file) ?? 'active';
    if (!state.startsWith('disabled')) return [];
    return [error({ kind: 'WORKFLOW_OFF', file, by: state === 'disabled_manually' ? 'person' : 'GitHub' })];
  });
}

function missingTriggers(seen: Seen): Outcome {
  const { facts, texts } = seen;
  if (facts.variables.kind === 'hidden') return facts.variables;
  if (hasApp(seen)) return [];
  const triggers = [
    [EVENTS_WORKFLOW, 'by events'],
    [CLOCK_WORKFLOW, 'by the clock'],
  ] as const;
  return triggers.flatMap(([name, starts]) =>
    texts.has(name) ? [] : [warning({ kind: 'TRIGGER_MISSING', file: pathOf(name), starts })],
  );
}

function runnersOf(seen: Seen): Outcome {
  const asked = ownRunners(seen.workflows, variablesOf(seen));
  return asked.length === 0 ? [] : known(seen.facts.runners, (runners) => runnerFaults(asked, runners));
}

function mayOpenPulls(seen: Seen): Outcome {
  const { mayOpenPulls: mayOpen } = seen.facts;
  if (hasApp(seen) || hasPublishToken(seen)) return [];
  return known(mayOpen, (may) => (may ? [] : [error({ kind: 'PULLS_NOT_ALLOWED' })]));
}

// ── agents ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function agentFaults(seen: Seen): readonly Diagnostic[] {
  const named = agentFor(seen.config, 'implementer') !== undefined || isSet(variablesOf(seen).get('SWARM_AGENT'));
  return named ? [] : [error({ kind: 'AGENT_NOT_SET' })];
}

/** Only secrets that the workflow reads can be judged: another variable may come from elsewhere. */
function secretFaults(seen: Seen): Outcome {
  const { config, workflows, texts } = seen;
  const read = secretsIn(texts.get(DISPATCHED) ?? '');
  const agents = ROLES.flatMap((role) => agentFor(config, role) ?? []);
  const unique = [...new Map(agents.map((agent) => [agent.name, agent])).values()];
  const wanted = unique.flatMap((agent) => {
    // One key of a preset is enough.
    const preset = agent.keys ? [] : [keysOf({ ...agent, environment: [] })];
    const own = [...Object.values(agent.keys ?? {}), ...agent.environment].map((name) => [name]);
    const groups = [...preset, ...own].map((names) => names.filter((name) => read.has(name)));
    return groups.filter((names) => names.length > 0).map((names) => ({ agent: agent.name, names }));
  });
  if (wanted.length === 0) return [];
  // A runner of one's own may have the key itself.
  const judge = isWorkHosted(workflows, variablesOf(seen)) ? error : warning;
  return known(seen.facts.secrets, (secrets) =>
    wanted
      .filter(({ names }) => !names.some((name) => secrets.has(name)))
      .map(({ agent, names }) => judge({ kind: 'SECRET_MISSING', agent, names })),
  );
}

// ── the base and its rules ──────────────────────────────────────────────────────────────────────────────────────────

async function baseFaults({ client, repository, config, base: branch }: Seen): Promise<readonly Diagnostic[]> {
  const nothing = { pulls: [], branches: [], labels: [], files: [], others: [], personaFolders: [], skillFolders: [] };
  const [query] = detailQueries({ base: config.base ?? 'HEAD', ...nothing });
  if (!query) return [];
  const answer = await client.queryWithNulls<DetailAnswer>(query.text, { ...repository, ...query.variables });
  const found = answer.repository?.base;
  if (!found) return [error({ kind: 'BASE_MISSING', branch })];
  const { checks, failing, head } = baseOf(found, branch, config);
  return checks === 'failing' ? [error({ kind: 'BASE_RED', branch, checks: failing, commit: head })] : [];
}

async function ruleFaults(seen: Seen): Promise<Record<'rules' | 'merge' | 'branches', readonly Diagnostic[]>> {
  const { client, repository, config, base: branch, facts } = seen;
  const rules = new BranchRules(client, repository);
  const [onBase, required, methods] = await Promise.all([
    rules.on(branch),
    rules.requiredChecks(branch),
    rules.methods(branch),
  ]);
  const inSettings = methodsIn(facts.merges);
  const wanted = Math.max(
    0,
    ...onBase.map((rule) =>
      rule.type === 'pull_request' ? (rule.parameters?.required_approving_review_count ?? 0) : 0,
    ),
  );
  const environments = onBase.flatMap((rule) =>
    rule.type === 'required_deployments' ? (rule.parameters?.required_deployment_environments ?? []) : [],
  );
  const ofJobs = required.filter(({ appId }) => appId === undefined || appId === ACTIONS_APP).map(({ name }) => name);
  const isHeld = ofJobs.length > 0 && !hasApp(seen) && !hasPublishToken(seen) && facts.secrets.kind === 'known';
  return {
    rules: [
      ...(onBase.some(({ type }) => type === 'update') && config.merge !== 'manual'
        ? [warning({ kind: 'BASE_RULE', branch, rule: 'updates', of: [] })]
        : []),
      ...(environments.length > 0
        ? [warning({ kind: 'BASE_RULE', branch, rule: 'deployments', of: environments })]
        : []),
      ...(wanted > config.approvals
        ? [warning({ kind: 'APPROVALS_DIFFER', branch, required: wanted, configured: config.approvals })]
        : []),
      ...(isHeld ? [warning({ kind: 'REQUIRED_CHECKS_WAIT', branch, checks: ofJobs })] : []),
    ],
    merge:
      methods === 'queue'
        ? []
        : checkMethod(
            config,
            branch,
            inSettings.filter((method) => methods.includes(method)),
          ),
    branches: await branchFaults({ client, repository, rules }, exampleBranches(config)),
  };
}

/** The id of the app that reports the checks of workflows on github.com. */
const ACTIONS_APP = 15_368;

/** One branch for each type of commit, as segments would have them. */
const exampleBranches = ({ branch }: Config): readonly string[] => {
  const names = COMMIT_TYPES.map((type) => branchName(branch, { type, slug: 'example', number: '1', epic: '1' }));
  return [...new Set(names)].filter((name) => branchFault(name) === undefined);
};
