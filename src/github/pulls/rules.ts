/** The rules of branches, and how a repository lets its base be merged into: by its settings and by those rules. */
import type { Config, MergeMethod } from '#core/model/config';
import { METHODS } from '#core/model/config';
import type { RepositoryName } from '#core/model/epic';
import type { Diagnostic } from '#core/model/problem';
import { type Client, GitHubRefused, inRepository } from '../client.ts';
import type { EpicAnswer } from '../queries.ts';

type Settings = Pick<
  NonNullable<EpicAnswer['repository']>,
  'mergeCommitAllowed' | 'squashMergeAllowed' | 'rebaseMergeAllowed'
>;

/** The methods that the repository's settings allow, those that Swarm prefers first. */
export function methodsIn({ mergeCommitAllowed, squashMergeAllowed, rebaseMergeAllowed }: Settings) {
  const allowed = { merge: mergeCommitAllowed, squash: squashMergeAllowed, rebase: rebaseMergeAllowed };
  return METHODS.filter((method) => allowed[method]);
}

/** A check that a branch requires. */
export interface RequiredCheck {
  readonly name: string;
  /** Only this app's check counts. Undefined: that of any app. */
  readonly appId?: number;
}

/**
 * The rules of branches, as far as everybody may read them. Each branch is read once for a pass.
 * @see https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch
 */
export class BranchRules {
  readonly #ofRulesets = new Map<string, ReturnType<typeof rulesOn>>();
  readonly #requiredChecks = new Map<string, Promise<readonly RequiredCheck[]>>();
  readonly #client: Client;
  readonly #repository: RepositoryName;

  constructor(client: Client, repository: RepositoryName) {
    this.#client = client;
    this.#repository = repository;
  }

  /** The rules of rulesets, also for a branch that is not there yet. None where GitHub does not show them. */
  on(branch: string): ReturnType<typeof rulesOn> {
    return known(this.#ofRulesets, branch, () => rulesOn(this.#client, this.#repository, branch));
  }

  /** The checks that a branch requires: by rulesets, and by classic protection. */
  requiredChecks(branch: string): Promise<readonly RequiredCheck[]> {
    return known(this.#requiredChecks, branch, async () => {
      const [rules, ofProtection] = await Promise.all([
        this.on(branch),
        checksOfProtection(this.#client, this.#repository, branch),
      ]);
      const ofRulesets = rules.flatMap((rule) =>
        rule.type === 'required_status_checks' ? (rule.parameters?.required_status_checks ?? []) : [],
      );
      return [
        ...ofRulesets.map(({ context, integration_id }) => ({
          name: context,
          ...(integration_id == null ? {} : { appId: integration_id }),
        })),
        ...ofProtection.map((name) => ({ name })),
      ];
    });
  }

  /** The methods that the rules of a branch allow; `queue` if it has a merge queue. */
  async methods(branch: string): Promise<readonly MergeMethod[] | 'queue'> {
    const rules = await this.on(branch);
    // The queue merges with the method of its own rule, whatever others say.
    if (rules.some(({ type }) => type === 'merge_queue')) return 'queue';
    return rules.reduce<readonly MergeMethod[]>((methods, rule) => {
      // Each merge into a linear history makes one commit after the other.
      if (rule.type === 'required_linear_history') return methods.filter((method) => method !== 'merge');
      const only = rule.type === 'pull_request' ? rule.parameters?.allowed_merge_methods : undefined;
      return only ? methods.filter((method) => only.includes(method)) : methods;
    }, METHODS);
  }
}

function known<Value>(all: Map<string, Value>, key: string, read: () => Value): Value {
  const value = all.get(key) ?? read();
  all.set(key, value);
  return value;
}

const rulesOn = (client: Client, repository: RepositoryName, branch: string) =>
  orNothing(
    client.paginate('GET /repos/{owner}/{repo}/rules/branches/{branch}', { ...inRepository(repository), branch }),
  );

/** @see https://docs.github.com/en/rest/branches/branches#get-a-branch */
async function checksOfProtection(
  client: Client,
  repository: RepositoryName,
  branch: string,
): Promise<readonly string[]> {
  const reading = client.request('GET /repos/{owner}/{repo}/branches/{branch}', {
    ...inRepository(repository),
    branch,
  });
  const [found] = await orNothing(reading.then(({ data }) => [data]));
  return found?.protection?.required_status_checks?.contexts ?? [];
}

/** Servers without rulesets, and tokens that may not read them: their rules are then not known, and GitHub decides later. */
async function orNothing<Item>(reading: Promise<readonly Item[]>): Promise<readonly Item[]> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof GitHubRefused && (error.status === 404 || error.status === 403)) return [];
    throw error;
  }
}

/** The config names a method that is not allowed, or names none and the usual one is not. */
export function checkMethod(
  { merge, mergeMethod: method }: Config,
  branch: string,
  allowed: readonly MergeMethod[],
): readonly Diagnostic[] {
  const [first] = allowed;
  if (merge === 'manual') return [];
  if (method === undefined && first !== undefined) {
    const problem = { kind: 'MERGE_METHOD', branch, method: METHODS[0], allowed, taken: first } as const;
    return first === METHODS[0] ? [] : [{ level: 'warning', problem }];
  }
  if (method !== undefined && allowed.includes(method)) return [];
  return [{ level: 'error', problem: { kind: 'MERGE_METHOD', branch, method: method ?? METHODS[0], allowed } }];
}
