/**
 * Bases on which all gates ran and were sound, for every epic: no tree is proven twice (SPEC R5.15).
 *
 * A ref is named by a digest of the tree, and of everything in the config that decides how gates run. People who can write
 * such a ref can push to the base as well.
 */
import { createHash } from 'node:crypto';
import type { Config } from '#core/model/config';
import { headSha, type RepositoryName } from '#core/model/epic';
import type { ProvenBase } from '#core/model/journal/baseline';
import { type Client, GitHubRefused, inRepository } from './client.ts';
import { readFile, readRefs } from './refs.ts';

const FILE = 'proven.json';
const refOf = (proof: string): string => `refs/swarm/proven/${proof}`;

/** The name of a proof: a digest of the tree, and of the config as far as gates depend on it. */
export function proofName(
  tree: string,
  { gates, environment, isolation, network }: Pick<Config, 'gates' | 'environment' | 'isolation' | 'network'>,
): string {
  const facts = [tree, Object.entries(gates).sort(byName), environment, isolation, network];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : one > other ? 1 : 0;

/** @returns undefined if there is none, or none that this version can read. */
export async function readProven(
  client: Client,
  repository: RepositoryName,
  proof: string,
): Promise<ProvenBase | undefined> {
  const commit = (await readRefs(client, repository, refOf(proof))).get(refOf(proof));
  if (commit === undefined) return undefined;
  const text = await readFile(client, repository, { commit, path: FILE, seen: undefined });
  try {
    const value = JSON.parse(text ?? '') as Partial<ProvenBase>;
    return value.version === 1 ? (value as ProvenBase) : undefined;
  } catch {
    return undefined;
  }
}

/** A later proof of the same base replaces the one before. */
export async function writeProven(
  client: Client,
  repository: RepositoryName,
  proof: string,
  proven: ProvenBase,
): Promise<void> {
  const here = inRepository(repository);
  const tree = await client.request('POST /repos/{owner}/{repo}/git/trees', {
    ...here,
    tree: [{ path: FILE, mode: '100644', type: 'blob', content: `${JSON.stringify(proven, null, 1)}\n` }],
  });
  const commit = await client.request('POST /repos/{owner}/{repo}/git/commits', {
    ...here,
    ...{ message: `swarm: proven by #${proven.epic}`, tree: tree.data.sha, parents: [] },
  });
  const ref = refOf(proof);
  const sha = headSha(commit.data.sha);
  try {
    await client.request('POST /repos/{owner}/{repo}/git/refs', { ...here, ref, sha });
  } catch (error) {
    if (!(error instanceof GitHubRefused) || error.status !== 422 || !/already exists/i.test(error.message))
      throw error;
    await client.request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', {
      ...{ ...here, ref: ref.replace(/^refs\//, ''), sha, force: true },
    });
  }
}
