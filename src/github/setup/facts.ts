/**
 * Reads a repository's settings with a person's token, for `swarm doctor`. It writes nothing.
 *
 * Some settings are for administrators only. What GitHub does not show to this token is `hidden`, and never taken for absent.
 */
import type { RepositoryName } from '#core/model/epic';
import { GUIDES } from '#core/model/instructions';
import { type Client, GitHubRefused, inRepository } from '../client.ts';
import { CONFIG_FIELDS, type ConfigAnswer, type ConfigText, configTextIn } from '../config-text.ts';
import { readRepositoryName } from '../issues.ts';

export type Known<Value> =
  | { readonly kind: 'known'; readonly value: Value }
  /** `needs`: the right that the token lacks. */
  | { readonly kind: 'hidden'; readonly needs: string };

export interface ActionsPolicy {
  readonly enabled: boolean;
  readonly allowed: 'all' | 'local_only' | 'selected';
  readonly fullCommits: boolean;
  readonly selected: {
    readonly githubOwned: boolean;
    readonly verified: boolean;
    readonly patterns: readonly string[];
  };
}

export interface SetupFacts {
  /** As GitHub calls it now. */
  readonly repository: RepositoryName;
  readonly isArchived: boolean;
  readonly hasIssues: boolean;
  readonly isEmpty: boolean;
  readonly defaultBranch: string;
  readonly merges: {
    readonly mergeCommitAllowed: boolean;
    readonly squashMergeAllowed: boolean;
    readonly rebaseMergeAllowed: boolean;
  };
  readonly config: ConfigText;
  readonly hasGuide: boolean;
  readonly actions: Known<ActionsPolicy>;
  readonly mayOpenPulls: Known<boolean>;
  readonly defaultRights: Known<'read' | 'write'>;
  /** Names of the secrets that workflows of the repository can read, those of the organization included. */
  readonly secrets: Known<ReadonlySet<string>>;
  /** Variables of the repository, with their values. */
  readonly variables: Known<ReadonlyMap<string, string>>;
  /** The state of each workflow, by its path. */
  readonly states: Known<ReadonlyMap<string, string>>;
  /** The labels of each of the repository's own runners that is online. */
  readonly runners: Known<readonly (readonly string[])[]>;
}

type Answer = ConfigAnswer & {
  readonly nameWithOwner: string;
  readonly isArchived: boolean;
  readonly hasIssuesEnabled: boolean;
  readonly isEmpty: boolean;
  readonly isInOrganization: boolean;
  readonly defaultBranchRef: { readonly name: string } | null;
  readonly mergeCommitAllowed: boolean;
  readonly squashMergeAllowed: boolean;
  readonly rebaseMergeAllowed: boolean;
} & Readonly<Record<`guide${number}`, unknown>>;

const QUERY = `query SwarmDoctor($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    nameWithOwner isArchived hasIssuesEnabled isEmpty isInOrganization
    defaultBranchRef { name }
    mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed
    ${GUIDES.map((file, at) => `guide${at}: object(expression: "HEAD:${file}") { __typename }`).join('\n    ')}
    ${CONFIG_FIELDS}
  }
}`;

/** @returns undefined if there is no such repository, or GitHub does not show it to this token. */
export async function readSetup(client: Client, named: RepositoryName): Promise<SetupFacts | undefined> {
  const { repository: answer } = await client.queryWithNulls<{ repository: Answer | null }>(QUERY, { ...named });
  if (!answer) return undefined;
  const repository = readRepositoryName(answer.nameWithOwner);
  const [actions, jobs, secrets, variables, states, runners] = await Promise.all([
    readActions(client, repository),
    readJobs(client, repository),
    readSecrets(client, repository, answer.isInOrganization),
    readVariables(client, repository),
    readStates(client, repository),
    readRunners(client, repository),
  ]);
  const { mergeCommitAllowed, squashMergeAllowed, rebaseMergeAllowed } = answer;
  return {
    repository,
    isArchived: answer.isArchived,
    hasIssues: answer.hasIssuesEnabled,
    isEmpty: answer.isEmpty,
    defaultBranch: answer.defaultBranchRef?.name ?? 'main',
    merges: { mergeCommitAllowed, squashMergeAllowed, rebaseMergeAllowed },
    config: configTextIn(answer),
    hasGuide: GUIDES.some((_, at) => answer[`guide${at}`] != null),
    actions,
    mayOpenPulls: mapKnown(jobs, ({ mayOpenPulls }) => mayOpenPulls),
    defaultRights: mapKnown(jobs, ({ rights }) => rights),
    secrets,
    variables,
    states,
    runners,
  };
}

const mapKnown = <From, To>(known: Known<From>, map: (value: From) => To): Known<To> =>
  known.kind === 'known' ? { kind: 'known', value: map(known.value) } : known;

async function orHidden<Value>(needs: string, reading: Promise<Value>): Promise<Known<Value>> {
  try {
    return { kind: 'known', value: await reading };
  } catch (error) {
    if (!(error instanceof GitHubRefused) || (error.status !== 403 && error.status !== 404)) throw error;
    return { kind: 'hidden', needs };
  }
}

const ADMINISTRATION = 'administration: read';

/** @see https://docs.github.com/en/rest/actions/permissions */
const readActions = (client: Client, repository: RepositoryName): Promise<Known<ActionsPolicy>> =>
  orHidden(
    ADMINISTRATION,
    (async () => {
      const here = inRepository(repository);
      const { data } = await client.request('GET /repos/{owner}/{repo}/actions/permissions', here);
      const { enabled, allowed_actions: allowed = 'all', sha_pinning_required: fullCommits = false } = data;
      const none = { githubOwned: false, verified: false, patterns: [] };
      if (!enabled || allowed !== 'selected') return { enabled, allowed, fullCommits, selected: none };
      const selected = await client.request('GET /repos/{owner}/{repo}/actions/permissions/selected-actions', here);
      const { github_owned_allowed, verified_allowed, patterns_allowed: patterns = [] } = selected.data;
      return {
        ...{ enabled, allowed, fullCommits },
        selected: { githubOwned: github_owned_allowed === true, verified: verified_allowed === true, patterns },
      };
    })(),
  );

const readJobs = (client: Client, repository: RepositoryName) =>
  orHidden(
    ADMINISTRATION,
    client
      .request('GET /repos/{owner}/{repo}/actions/permissions/workflow', inRepository(repository))
      .then(({ data }) => ({
        mayOpenPulls: data.can_approve_pull_request_reviews,
        rights: data.default_workflow_permissions,
      })),
  );

async function readSecrets(
  client: Client,
  repository: RepositoryName,
  isInOrganization: boolean,
): Promise<Known<ReadonlySet<string>>> {
  const here = inRepository(repository);
  return orHidden(
    'secrets: read',
    (async () => {
      const own = await client.paginate('GET /repos/{owner}/{repo}/actions/secrets', here);
      const shared = isInOrganization
        ? await client.paginate('GET /repos/{owner}/{repo}/actions/organization-secrets', here)
        : [];
      return new Set([...own, ...shared].map(({ name }) => name));
    })(),
  );
}

const readVariables = (client: Client, repository: RepositoryName): Promise<Known<ReadonlyMap<string, string>>> =>
  orHidden(
    'variables: read',
    client
      .paginate('GET /repos/{owner}/{repo}/actions/variables', inRepository(repository))
      .then((variables) => new Map(variables.map(({ name, value }) => [name, value]))),
  );

const readStates = (client: Client, repository: RepositoryName): Promise<Known<ReadonlyMap<string, string>>> =>
  orHidden(
    'actions: read',
    client
      .paginate('GET /repos/{owner}/{repo}/actions/workflows', inRepository(repository))
      .then((workflows) => new Map(workflows.map(({ path, state }) => [path, state]))),
  );

const readRunners = (client: Client, repository: RepositoryName): Promise<Known<readonly (readonly string[])[]>> =>
  orHidden(
    ADMINISTRATION,
    client
      .paginate('GET /repos/{owner}/{repo}/actions/runners', inRepository(repository))
      .then((runners) =>
        runners.flatMap(({ status, labels }) =>
          status === 'online' ? [labels.map(({ name }) => name.toLowerCase())] : [],
        ),
      ),
  );
