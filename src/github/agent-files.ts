/**
 * Reads which files of a commit steer agents, so that a change of one on the base is seen (SPEC R11.2).
 *
 * A commit costs one call, and only once, because it never changes. While the base is where it was when the epic was
 * authorised, no call is made at all.
 */
import { createHash } from 'node:crypto';
import type { Config } from '#core/model/config';
import type { HeadSha, RepositoryName } from '#core/model/epic';
import type { AgentFiles, InstructionFolders } from '#core/model/instructions';
import type { Journal } from '#core/model/journal';
import { recordOf, segmentOfPull } from '#core/model/journal-lenses';
import { proofOf } from '#core/model/proof';
import type { Base, Pull, Snapshot } from '#core/model/snapshot';
import {
  agentFilesAmong,
  changedBetween,
  followLinks,
  PLACES_OF_AGENTS,
  type TreeEntry,
} from '#core/scope/agent-files';
import { type Client, GitHubRefused, inRepository } from './client.ts';
import * as queries from './queries.ts';

interface Sight {
  readonly client: Client;
  readonly repository: RepositoryName;
  readonly config: Config;
  readonly journal: Journal | undefined;
  readonly base: Base;
  readonly pulls: readonly Pull[];
  /** True if a request is to be answered: it may authorise what is there now. */
  readonly isAsked: boolean;
}

/** @returns undefined if nothing can have changed, and nothing is to be authorised. */
export async function readAgentFiles(sight: Sight): Promise<Snapshot['agentFiles']> {
  const { client, repository, config, journal, base, pulls, isAsked } = sight;
  const authorisation = journal?.authorisation;
  if (!isAsked && (!authorisation || journal.phase === 'finished')) return undefined;
  const since = authorisation?.agentFiles?.base ?? authorisation?.base;
  if (!isAsked && since === base.head) return undefined;
  const read = (commit: HeadSha) => filesAt(client, repository, commit, config.instructions);
  const files = await read(base.head);
  const now = { digest: digestOf(files), files };
  if (!journal || since === undefined || authorisation?.agentFiles?.digest === now.digest) return { now, merged: {} };
  // A commit that is gone cannot be compared: then every file counts as changed.
  const authorised = await read(since).catch(orNone);
  const changed = changedBetween(authorised, files);
  const merged: Record<number, AgentFiles> = {};
  for (const pull of pulls) {
    const segment = segmentOfPull(journal, pull.number);
    if (segment === undefined || pull.state !== 'merged') continue;
    const reported = proofOf(recordOf(journal, segment), pull.head)?.report.files ?? [];
    if (changed.some((file) => reported.includes(file))) merged[pull.number] = await read(pull.head).catch(orNone);
  }
  return { now, authorised, merged };
}

function orNone(error: unknown): AgentFiles {
  if (error instanceof GitHubRefused && (error.status === 404 || error.status === 422)) return {};
  throw error;
}

const digestOf = (files: AgentFiles): string => {
  const lines = Object.entries(files).map(([path, oid]) => `${oid} ${path}\0`);
  return createHash('sha256').update(lines.sort().join('')).digest('hex');
};

/** Commits that are kept: the base of each epic, and what it is compared with. */
const KEPT = 100;
const known = new WeakMap<Client, Map<string, Promise<AgentFiles>>>();

function filesAt(
  client: Client,
  repository: RepositoryName,
  commit: HeadSha,
  folders: InstructionFolders,
): Promise<AgentFiles> {
  const ofClient = known.get(client) ?? new Map<string, Promise<AgentFiles>>();
  known.set(client, ofClient);
  const key = JSON.stringify([repository.owner, repository.name, commit, folders.personas, folders.skills]);
  const kept = ofClient.get(key);
  if (kept) return kept;
  const [oldest] = ofClient.keys();
  if (ofClient.size >= KEPT && oldest !== undefined) ofClient.delete(oldest);
  const reading = readFiles(client, repository, commit, folders);
  ofClient.set(key, reading);
  // A call that failed is made again by the next look.
  reading.catch(() => ofClient.delete(key));
  return reading;
}

async function readFiles(
  client: Client,
  repository: RepositoryName,
  commit: HeadSha,
  folders: InstructionFolders,
): Promise<AgentFiles> {
  const { entries, isWhole } = await treeAt(client, repository, commit);
  const files = agentFilesAmong(entries, folders);
  const contents = new Map<string, string>();
  let followed = followLinks(entries, Object.keys(files), contents);
  for (let step = 0; followed.unread.length > 0 && step < MOST_STEPS; step++) {
    const asked = followed.unread.slice(0, MOST_LINKS);
    const { found } = await placesAt(client, repository, commit, asked);
    // What cannot be read leads nowhere.
    for (const path of asked) contents.set(path, found.find((each) => each.path === path)?.content ?? '/');
    followed = followLinks(entries, Object.keys(files), contents);
  }
  // The list of a tree that was cut off lacks most of its files, so they are asked for by name.
  const lacking = isWhole ? [] : followed.missing.slice(0, MOST_LINKS);
  const beyond = lacking.length === 0 ? [] : (await placesAt(client, repository, commit, lacking)).found;
  return { ...files, ...Object.fromEntries([...followed.entries, ...beyond].map(({ path, oid }) => [path, oid])) };
}

/** Links that lead to links. Repositories have one or two steps. */
const MOST_STEPS = 8;
const MOST_LINKS = 100;

interface Tree {
  readonly entries: readonly TreeEntry[];
  /** False if GitHub cut it off. */
  readonly isWhole: boolean;
}

async function treeAt(client: Client, repository: RepositoryName, commit: HeadSha): Promise<Tree> {
  if (commit === '') return { entries: [], isWhole: true };
  const { data } = await client.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
    ...inRepository(repository),
    tree_sha: commit,
    recursive: '1',
  });
  if (data.truncated) return { entries: await mainEntries(client, repository, commit), isWhole: false };
  const entries = data.tree.flatMap(({ path, mode, type, sha }) =>
    type === 'tree' ? [] : [{ path: type === 'commit' ? `${path}/` : path, oid: `${mode} ${sha}` }],
  );
  return { entries, isWhole: true };
}

/** Of a tree that GitHub cuts off (100,000 entries or 7 MB): its root, and the usual places below it, as wholes. */
async function mainEntries(client: Client, repository: RepositoryName, commit: HeadSha): Promise<readonly TreeEntry[]> {
  const { root, found } = await placesAt(client, repository, commit, PLACES_OF_AGENTS);
  return [
    ...root.map(({ name, type, mode, oid }) => ({
      path: type === 'blob' ? name : `${name}/`,
      oid: `${mode.toString(8)} ${oid}`,
    })),
    ...found,
  ];
}

/** The root of a commit, and what it has at these paths, each as a whole. */
async function placesAt(client: Client, repository: RepositoryName, commit: HeadSha, paths: readonly string[]) {
  const { text, variables } = queries.placesQuery(commit, paths);
  const answer = await client.queryWithNulls<queries.PlacesAnswer>(text, { ...repository, ...variables });
  const found = paths.flatMap((path, index) => {
    const place = answer.repository?.[`place${index}`];
    return place ? [{ path, oid: place.oid, content: place.text ?? undefined }] : [];
  });
  return { root: answer.repository?.root?.entries ?? [], found };
}
