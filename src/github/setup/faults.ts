/**
 * Reads what is wrong with a repository's setup and can be known before an agent is paid: workflows that do not fit together,
 * are switched off or do not pass an agent its key, rights that the app lacks, and files that no job fetches (SPEC R3.7).
 *
 * It is read until the first dispatch. What only a run can tell, such as the value of a secret, is not known here.
 */
import { agentFor, type Config, keysOf, ROLES } from '#core/model/config';
import type { RepositoryName } from '#core/model/epic';
import type { Diagnostic, Problem } from '#core/model/problem';
import { ALL_WORKFLOWS, usedVersions, WORKFLOWS, WORKFLOWS_FOLDER } from '#core/text/pin';
import { type Client, GitHubRefused, inRepository, type Permissions } from '../client.ts';

export interface SetupOptions {
  readonly client: Client;
  readonly repository: RepositoryName;
  readonly config: Config;
  /** The branch that segments start from. */
  readonly base: string;
  /** Names of agents that segments ask for. */
  readonly agents: readonly string[];
}

const [DISPATCHED, SEGMENT] = WORKFLOWS;
const pathOf = (workflow: string): string => `${WORKFLOWS_FOLDER}/${workflow}`;

export async function setupFaults(options: SetupOptions): Promise<readonly Diagnostic[]> {
  const { client, repository } = options;
  const [files, state, lacking] = await Promise.all([
    readFiles(options),
    stateOf(client, repository, DISPATCHED),
    lackingRights(client),
  ]);
  return [
    ...lacking,
    ...(state.startsWith('disabled')
      ? [
          error({
            kind: 'WORKFLOW_OFF',
            file: pathOf(DISPATCHED),
            by: state === 'disabled_manually' ? 'person' : 'GitHub',
          }),
        ]
      : []),
    ...differing(files),
    ...unpassed(options, files.workflows.get(SEGMENT) ?? ''),
    ...notFetched(files),
  ];
}

const error = (problem: Problem): Diagnostic => ({ level: 'error', problem });
const warning = (problem: Problem): Diagnostic => ({ level: 'warning', problem });

// ── Files ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

const QUERY = `query SwarmSetup($owner: String!, $name: String!, $modules: String!, $attributes: String!) {
  repository(owner: $owner, name: $name) {
    ${ALL_WORKFLOWS.map((name, at) => `workflow${at}: object(expression: "HEAD:${pathOf(name)}") { ... on Blob { text } }`).join('\n    ')}
    modules: object(expression: $modules) { ... on Blob { text } }
    attributes: object(expression: $attributes) { ... on Blob { text } }
  }
}`;

/** Texts; a file that is not there is empty. */
export interface Files {
  /** Those that are there. */
  readonly workflows: ReadonlyMap<string, string>;
  readonly modules: string;
  readonly attributes: string;
}

export async function readFiles({ client, repository, base }: SetupOptions): Promise<Files> {
  const answer = await client.queryWithNulls<{
    repository: Readonly<Record<string, { readonly text?: string | null } | null>> | null;
  }>(QUERY, { ...repository, modules: `${base}:.gitmodules`, attributes: `${base}:.gitattributes` });
  const textOf = (alias: string): string => answer.repository?.[alias]?.text ?? '';
  const workflows = ALL_WORKFLOWS.map((name, at) => [name, textOf(`workflow${at}`)] as const);
  return {
    workflows: new Map(workflows.filter(([, text]) => text !== '')),
    modules: textOf('modules'),
    attributes: textOf('attributes'),
  };
}

/** The workflows pass values to each other, so they have to be of one release. */
export function differing({ workflows }: Files): readonly Diagnostic[] {
  const versions = [...new Set([...workflows.values()].flatMap(usedVersions))];
  const files = [...workflows.keys()].map(pathOf);
  return versions.length < 2 ? [] : [error({ kind: 'WORKFLOWS_DIFFER', files, versions })];
}

export function notFetched({ modules, attributes }: Files): readonly Diagnostic[] {
  return [
    ...(/^\s*\[submodule\s/m.test(modules) ? [warning({ kind: 'NOT_FETCHED', what: 'submodules' })] : []),
    ...(/^[^#\n]*\sfilter=lfs(?:\s|$)/m.test(attributes) ? [warning({ kind: 'NOT_FETCHED', what: 'LFS files' })] : []),
  ];
}

/**
 * Variables of agents that the work job is not given. A runner of one's own may have them in its environment, so this is no
 * error.
 */
export function unpassed({ config, agents }: SetupOptions, segment: string): readonly Diagnostic[] {
  if (segment === '') return [];
  const given = new Set(
    segment
      .split('\n')
      .filter((line) => !line.trimStart().startsWith('#'))
      .join('\n')
      .match(/\b[A-Z_][A-Z0-9_]*\b/g),
  );
  const used = [undefined, ...agents].flatMap((name) =>
    ROLES.flatMap((role) => agentFor(config, role, name === undefined ? {} : { agent: name }) ?? []),
  );
  const missing = used.flatMap((agent) => {
    const presets = agent.keys ? [] : keysOf({ ...agent, environment: [] });
    // One key of a preset is enough.
    const preset = presets.some((key) => given.has(key)) ? [] : presets.slice(0, 1);
    const named = [...Object.values(agent.keys ?? {}), ...agent.environment].filter((key) => !given.has(key));
    return [...preset, ...named].map((variable) => ({ agent: agent.name, variable }));
  });
  const byVariable = new Map(missing.map((each) => [each.variable, each]));
  return [...byVariable.values()].map((each) => warning({ kind: 'KEY_NOT_PASSED', ...each, file: pathOf(SEGMENT) }));
}

// ── What only REST tells ────────────────────────────────────────────────────────────────────────────────────────────────

/** `unknown` for a workflow that GitHub has not registered yet, or that this token may not see. */
async function stateOf(client: Client, repository: RepositoryName, workflow: string): Promise<string> {
  try {
    const { data } = await client.request('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}', {
      ...inRepository(repository),
      workflow_id: workflow,
    });
    return data.state;
  } catch (failure) {
    if (failure instanceof GitHubRefused && (failure.status === 404 || failure.status === 403)) return 'unknown';
    throw failure;
  }
}

/** Rights of the app that nothing works without, in the order in which they are shown. */
export const RIGHTS_OF_APP = {
  actions: 'write',
  checks: 'write',
  contents: 'write',
  issues: 'write',
  pull_requests: 'write',
  statuses: 'read',
} as const;
type AppRight = keyof typeof RIGHTS_OF_APP;

/** Only an app can ask for its rights. A job has those that the workflow names. */
async function lackingRights(client: Client): Promise<readonly Diagnostic[]> {
  const known = await client.permissions();
  if (known === undefined) return [];
  const rights = lackingIn(known).length === 0 ? known : await client.permissions(true);
  return lackingIn(rights ?? {}).map((name) =>
    error({ kind: 'PERMISSION_MISSING', permission: `${name}: ${RIGHTS_OF_APP[name]}`, lost: name }),
  );
}

const lackingIn = (rights: Permissions): readonly AppRight[] =>
  (Object.keys(RIGHTS_OF_APP) as AppRight[]).filter(
    (name) => rights[name] !== 'write' && rights[name] !== RIGHTS_OF_APP[name],
  );
