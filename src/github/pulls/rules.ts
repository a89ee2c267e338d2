/**
 * How a repository lets its base be merged into: the methods that its settings and the rules of the branch allow.
 * @see https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch
 */
import type { Config, MergeMethod } from '#core/model/config';
import { METHODS } from '#core/model/config';
import type { RepositoryName } from '#core/model/epic';
import type { Diagnostic } from '#core/model/problem';
import { type Client, inRepository } from '../client.ts';
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

/** The methods that the rules of a branch allow; `queue` if it has a merge queue. */
export async function methodsOn(
  client: Client,
  repository: RepositoryName,
  branch: string,
): Promise<readonly MergeMethod[] | 'queue'> {
  const rules = await client.paginate('GET /repos/{owner}/{repo}/rules/branches/{branch}', {
    ...inRepository(repository),
    branch,
  });
  // The queue merges with the method of its own rule, whatever others say.
  if (rules.some(({ type }) => type === 'merge_queue')) return 'queue';
  return rules.reduce<readonly MergeMethod[]>((methods, rule) => {
    // Each merge into a linear history makes one commit after the other.
    if (rule.type === 'required_linear_history') return methods.filter((method) => method !== 'merge');
    const only = rule.type === 'pull_request' ? rule.parameters?.allowed_merge_methods : undefined;
    return only ? methods.filter((method) => only.includes(method)) : methods;
  }, METHODS);
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
