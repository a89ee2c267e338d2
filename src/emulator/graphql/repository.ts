/** GraphQL's repositories, refs and git objects. */
import { type Commit, EMPTY_TREE, type TreeEntry } from '#emulator/git/types';
import { gitNodeId } from '#emulator/model/ids';
import { roleIn } from '#emulator/model/repository';
import {
  type Issue,
  type Label,
  type Pull,
  Refusal,
  type Repository,
  type Role,
  type User,
} from '#emulator/model/state';
import type { Asking } from './asking.ts';
import {
  type Args,
  actorThing,
  issueThing,
  maybe,
  NotModelled,
  ordered,
  page,
  pullState,
  type Table,
  type Thing,
  thing,
  urlOf,
} from './things.ts';

// ── Lists that more than one type has ───────────────────────────────────────────────────────────────────────────────

function issuesPage(repository: Repository, args: Args, of: (issue: Issue) => boolean) {
  const { states, labels } = args as { states?: string[]; labels?: string[] };
  const filter = (args.filterBy ?? {}) as {
    since?: string;
    labels?: string[];
    states?: string[];
    assignee?: string;
    createdBy?: string;
  };
  const is = (issue: Issue) =>
    of(issue) &&
    (!states || states.includes(issue.state.toUpperCase())) &&
    (!filter.states || filter.states.includes(issue.state.toUpperCase())) &&
    (!filter.since || issue.updatedAt >= filter.since) &&
    (!filter.createdBy || issue.user.login === filter.createdBy) &&
    (!filter.assignee || issue.assignees.some((user) => user.login === filter.assignee)) &&
    [labels, filter.labels].every((wanted) => !wanted || issue.labels.some((label) => wanted.includes(label.name)));
  const sorted = ordered([...repository.issues.values()].filter(is), args, ISSUE_ORDERS);
  return page(
    sorted.map((issue) => thing('Issue', issue)),
    args,
  );
}

function pullsPage(repository: Repository, args: Args, of: (pull: Pull) => boolean) {
  const { headRefName, baseRefName } = args as { headRefName?: string; baseRefName?: string };
  const { states, labels } = args as { states?: string[]; labels?: string[] };
  const is = (pull: Pull) =>
    of(pull) &&
    (!headRefName || pull.headRef === headRefName) &&
    (!baseRefName || pull.baseRef === baseRefName) &&
    (!states || states.includes(pullState(pull))) &&
    (!labels || pull.issue.labels.some((label) => labels.includes(label.name)));
  const pulls = [...repository.issues.values()].flatMap(({ pull }) => (pull && is(pull) ? [pull] : []));
  const sorted = ordered(
    pulls.map((pull) => pull.issue),
    args,
    ISSUE_ORDERS,
  );
  return page(
    sorted.map((issue) => thing('PullRequest', issue.pull)),
    args,
  );
}

const ISSUE_ORDERS = {
  CREATED_AT: (issue: Issue) => issue.createdAt,
  UPDATED_AT: (issue: Issue) => issue.updatedAt,
  COMMENTS: (issue: Issue) => issue.comments.length,
};

/** Labels in the order that was asked for; ids grow with time. */
export const labelsPage = (labels: readonly Label[], args: Args) =>
  page(
    ordered(labels, args, { NAME: (label) => label.name.toLowerCase(), CREATED_AT: (label) => label.id }).map((label) =>
      thing('Label', label),
    ),
    args,
  );

// ── Repository ──────────────────────────────────────────────────────────────────────────────────────────────────────

const ROLES = { admin: 'ADMIN', maintain: 'MAINTAIN', write: 'WRITE', triage: 'TRIAGE', read: 'READ' } as const;

/** Everyone with a role of their own, the owner first. */
function collaboratorsOf(repository: Repository, asking: Asking): { readonly user: User; readonly role: Role }[] {
  const { world } = asking;
  const ids = [repository.owner.id, ...repository.owner.members, ...repository.collaborators.keys()];
  return [...new Set(ids)].flatMap((id) => {
    const user = world.usersById.get(id);
    const role = user && roleIn(repository, user);
    return user?.type === 'User' && role ? [{ user, role }] : [];
  });
}

/** A page of what the emulator has none of: whatever was asked for, and in whatever order. */
export function empty(args: Args): Record<string, unknown> {
  Object.values(args);
  return page([], args);
}

const repositoryFields: Table<Repository> = {
  id: (it) => it.nodeId,
  databaseId: (it) => it.id,
  name: (it) => it.name,
  nameWithOwner: (it) => `${it.owner.login}/${it.name}`,
  owner: (it) => actorThing(it.owner),
  description: (it) => it.description,
  url: (it, _, { world }) => urlOf(world, it),
  sshUrl: (it) => `git@127.0.0.1:${it.owner.login}/${it.name}.git`,
  resourcePath: (it) => `/${it.owner.login}/${it.name}`,
  isPrivate: (it) => it.visibility === 'private',
  visibility: (it) => it.visibility.toUpperCase(),
  isArchived: (it) => it.archived,
  isFork: () => false,
  isEmpty: async (it, _, { world }) => (await (await world.git(it)).listRefs('refs/heads/')).length === 0,
  isInOrganization: (it) => it.owner.type === 'Organization',
  hasIssuesEnabled: (it) => it.hasIssues,
  hasProjectsEnabled: () => false,
  hasWikiEnabled: () => false,
  hasDiscussionsEnabled: () => false,
  forkingAllowed: () => false,
  parent: () => null,
  createdAt: (it) => it.createdAt,
  updatedAt: (it) => it.updatedAt,
  pushedAt: (it) => it.pushedAt,
  mergeCommitAllowed: (it) => it.merges.merge,
  squashMergeAllowed: (it) => it.merges.squash,
  rebaseMergeAllowed: (it) => it.merges.rebase,
  autoMergeAllowed: (it) => it.merges.autoMerge,
  deleteBranchOnMerge: (it) => it.merges.deleteBranch,
  viewerPermission: (it, _, asking) => permissionOf(it, asking),
  viewerCanAdminister: (it, _, asking) => permissionOf(it, asking) === 'ADMIN',
  viewerDefaultMergeMethod: () => 'MERGE',
  collaborators: (it, args, asking) => {
    // GitHub shows them to those who may push only.
    asking.require(it, 'contents', 'write');
    const { login, affiliation } = args as { login?: string; affiliation?: string };
    if (affiliation && affiliation !== 'ALL') throw new NotModelled(`the affiliation ${affiliation}`);
    const found = collaboratorsOf(it, asking).filter(({ user }) => !login || user.login === login);
    const nodes = found.map(({ user }) => thing('User', user));
    return page(nodes, args, {}, (index) => ({ permission: ROLES[found[index]?.role ?? 'read'] }));
  },
  assignableUsers: (it, args, asking) =>
    page(
      collaboratorsOf(it, asking)
        .filter(({ role }) => role !== 'read')
        .map(({ user }) => thing('User', user)),
      args,
    ),
  defaultBranchRef: (it, _, asking) => refThing(it, `refs/heads/${it.defaultBranch}`, asking),
  ref: (it, args, asking) => {
    asking.require(it, 'contents', 'read');
    const name = String(args.qualifiedName);
    return name.startsWith('refs/') ? refThing(it, name, asking) : findRef(it, name, asking);
  },
  refs: async (it, args, asking) => {
    asking.require(it, 'contents', 'read');
    const prefix = String(args.refPrefix);
    const git = await asking.world.git(it);
    const wanted = typeof args.query === 'string' ? args.query.toLowerCase() : '';
    const refs = (await git.listRefs(prefix)).filter((ref) =>
      ref.name.slice(prefix.length).toLowerCase().includes(wanted),
    );
    const dated = await Promise.all(
      refs.map(async (ref) => ({ ...ref, date: (await git.readCommit(ref.oid))?.committer.date ?? '' })),
    );
    const { direction } = args;
    const order = args.orderBy ?? { field: 'ALPHABETICAL', direction: direction ?? 'ASC' };
    const sorted = ordered(
      dated,
      { orderBy: order },
      { ALPHABETICAL: (ref) => ref.name, TAG_COMMIT_DATE: (ref) => ref.date },
    );
    return page(
      sorted.map((ref) => thing('Ref', { repository: it, name: ref.name, prefix, oid: ref.oid })),
      args,
    );
  },
  object: async (it, args, asking) => {
    asking.require(it, 'contents', 'read');
    const revision = String(args.oid ?? args.expression ?? '');
    return objectThing(it, revision, asking);
  },
  issue: (it, args, asking) => {
    asking.require(it, 'issues', 'read');
    const found = it.issues.get(Number(args.number));
    if (!found || found.pull)
      throw new Refusal(404, `Could not resolve to an Issue with the number of ${args.number}.`);
    return thing('Issue', found);
  },
  issueOrPullRequest: (it, args, asking) => {
    asking.require(it, 'issues', 'read');
    const found = it.issues.get(Number(args.number));
    if (!found)
      throw new Refusal(404, `Could not resolve to an issue or pull request with the number of ${args.number}.`);
    return issueThing(found);
  },
  issues: (it, args, asking) => {
    asking.require(it, 'issues', 'read');
    return issuesPage(it, args, (issue) => !issue.pull);
  },
  pullRequest: (it, args, asking) => {
    asking.require(it, 'pull_requests', 'read');
    const found = it.issues.get(Number(args.number))?.pull;
    if (!found) throw new Refusal(404, `Could not resolve to a PullRequest with the number of ${args.number}.`);
    return thing('PullRequest', found);
  },
  pullRequests: (it, args, asking) => {
    asking.require(it, 'pull_requests', 'read');
    return pullsPage(it, args, () => true);
  },
  label: (it, args) => maybe('Label', it.labels.get(String(args.name).toLowerCase())),
  labels: (it, args) => {
    const wanted = typeof args.query === 'string' ? args.query.toLowerCase() : '';
    const has = (label: Label) => `${label.name} ${label.description ?? ''}`.toLowerCase().includes(wanted);
    return labelsPage([...it.labels.values()].filter(has), args);
  },
  // There are none here; whoever asks is told so, and by which filter does not matter.
  milestones: (_, args) => empty(args),
  branchProtectionRules: (_, args) => empty(args),
  pinnedIssues: (_, args) => empty(args),
  projectsV2: (_, args) => empty(args),
  issueTemplates: () => [],
  pullRequestTemplates: () => [],
};

function permissionOf(repository: Repository, asking: Asking): string | null {
  const { credential, world } = asking;
  if (credential.kind !== 'user')
    return world.tokens.may(credential, repository, { permission: 'contents', level: 'write' }) ? 'WRITE' : 'READ';
  return roleIn(repository, credential.user)?.toUpperCase() ?? null;
}

// ── Git objects ─────────────────────────────────────────────────────────────────────────────────────────────────────

interface RefIt {
  readonly repository: Repository;
  readonly name: string;
  readonly prefix: string;
  readonly oid: string;
}
export interface GitIt {
  readonly repository: Repository;
  readonly oid: string;
}

export async function refThing(repository: Repository, name: string, { world }: Asking): Promise<Thing<RefIt> | null> {
  const oid = await (await world.git(repository)).readRef(name);
  const prefix = /^refs\/[^/]+\//.exec(name)?.[0] ?? 'refs/';
  return oid ? thing('Ref', { repository, name, prefix, oid }) : null;
}

async function findRef(repository: Repository, name: string, asking: Asking): Promise<Thing<RefIt> | null> {
  return (
    (await refThing(repository, `refs/heads/${name}`, asking)) ??
    (await refThing(repository, `refs/tags/${name}`, asking))
  );
}

const TYPENAMES = { commit: 'Commit', tree: 'Tree', blob: 'Blob', tag: 'Tag' } as const;

export async function objectThing(
  repository: Repository,
  revision: string,
  { world }: Asking,
): Promise<Thing<GitIt> | null> {
  const git = await world.git(repository);
  const oid = await git.resolve(revision);
  const kind = oid && (await git.kindOf(oid));
  return oid && kind ? thing(TYPENAMES[kind], { repository, oid }) : null;
}

const gitFields = (kind: 'Commit' | 'Tree' | 'Blob' | 'Tag'): Table<GitIt> => ({
  id: (it) => gitNodeId(kind, it.repository, it.oid),
  oid: (it) => it.oid,
  abbreviatedOid: (it) => it.oid.slice(0, 7),
  repository: (it) => thing('Repository', it.repository),
  commitUrl: (it, _, { world }) => `${urlOf(world, it.repository)}/commit/${it.oid}`,
  commitResourcePath: (it) => `/${it.repository.owner.login}/${it.repository.name}/commit/${it.oid}`,
});

const commitOf = async ({ repository, oid }: GitIt, { world }: Asking): Promise<Commit> => {
  const commit = await (await world.git(repository)).readCommit(oid);
  if (!commit) throw new Refusal(404, `No commit ${oid}`);
  return commit;
};

const gitActor = (who: Commit['author'], { world }: Asking) => {
  const login = /^\d+\+(.+)@users\.noreply\.github\.com$/.exec(who.email)?.[1];
  const user = login ? world.user(login) : undefined;
  return {
    name: who.name,
    email: who.email,
    date: who.date,
    avatarUrl: `${world.url}/avatars/u/0`,
    user: user && user.type === 'User' ? thing('User', user) : null,
  };
};

export const commitFields: Table<GitIt> = {
  ...gitFields('Commit'),
  url: (it, _, { world }) => `${urlOf(world, it.repository)}/commit/${it.oid}`,
  resourcePath: (it) => `/${it.repository.owner.login}/${it.repository.name}/commit/${it.oid}`,
  message: async (it, _, asking) => (await commitOf(it, asking)).message,
  messageHeadline: async (it, _, asking) => (await commitOf(it, asking)).message.split('\n')[0] ?? '',
  messageBody: async (it, _, asking) => (await commitOf(it, asking)).message.split('\n').slice(1).join('\n').trim(),
  committedDate: async (it, _, asking) => (await commitOf(it, asking)).committer.date,
  authoredDate: async (it, _, asking) => (await commitOf(it, asking)).author.date,
  pushedDate: () => null,
  author: async (it, _, asking) => gitActor((await commitOf(it, asking)).author, asking),
  committer: async (it, _, asking) => gitActor((await commitOf(it, asking)).committer, asking),
  authors: async (it, args, asking) => page([gitActor((await commitOf(it, asking)).author, asking)], args),
  tree: async (it, _, asking) => thing('Tree', { repository: it.repository, oid: (await commitOf(it, asking)).tree }),
  parents: async (it, args, asking) =>
    page(
      (await commitOf(it, asking)).parents.map((oid) => thing('Commit', { repository: it.repository, oid })),
      args,
    ),
  file: async (it, args, asking) => {
    const entry = await entryAt(it.repository, it.oid, String(args.path), asking);
    return entry && treeEntry(it.repository, entry);
  },
  history: async (it, args, asking) => {
    const git = await asking.world.git(it.repository);
    const path = typeof args.path === 'string' ? { path: String(args.path) } : {};
    const log = await git.log(it.oid, { limit: 1_000, ...path });
    return page(
      log.map((commit) => thing('Commit', { repository: it.repository, oid: commit.oid })),
      args,
    );
  },
  associatedPullRequests: (it, args) =>
    pullsPage(it.repository, args, (pull) => pull.headSha === it.oid || pull.mergeSha === it.oid),
  checkSuites: (it, args, asking) => {
    asking.require(it.repository, 'checks', 'read');
    const { appId, checkName } = (args.filterBy ?? {}) as { appId?: number; checkName?: string };
    const suites = it.repository.checkSuites.filter(
      (suite) =>
        suite.headSha === it.oid &&
        (!appId || suite.app.id === appId) &&
        (!checkName || it.repository.checkRuns.some((run) => run.suite === suite && run.name === checkName)),
    );
    return page(
      suites.map((suite) => thing('CheckSuite', suite)),
      args,
    );
  },
  status: (it, _, { world }) =>
    world.checks.latestStatuses(it.repository, it.oid).length > 0 ? thing('Status', it) : null,
  statusCheckRollup: (it, _, asking) => {
    const mayChecks = asking.world.tokens.may(asking.credential, it.repository, {
      permission: 'checks',
      level: 'read',
    });
    if (!mayChecks) asking.require(it.repository, 'statuses', 'read');
    return asking.world.checks.rollup(it.repository, it.oid) ? thing('StatusCheckRollup', it) : null;
  },
  additions: async (it, _, asking) => (await sizes(it, asking)).additions,
  deletions: async (it, _, asking) => (await sizes(it, asking)).deletions,
  changedFiles: async (it, _, asking) => (await sizes(it, asking)).files,
  changedFilesIfAvailable: async (it, _, asking) => (await sizes(it, asking)).files,
  signature: () => null,
};

async function sizes(it: GitIt, asking: Asking) {
  const commit = await commitOf(it, asking);
  const files = await (await asking.world.git(it.repository)).diff(commit.parents[0] ?? EMPTY_TREE, it.oid);
  const sum = (of: 'additions' | 'deletions') => files.reduce((total, file) => total + file[of], 0);
  return { additions: sum('additions'), deletions: sum('deletions'), files: files.length };
}

async function entryAt(
  repository: Repository,
  tree: string,
  path: string,
  { world }: Asking,
): Promise<TreeEntry | null> {
  const git = await world.git(repository);
  const slash = path.lastIndexOf('/');
  const directory = slash < 0 ? tree : await git.resolve(`${tree}:${path.slice(0, slash)}`);
  if (!directory || (slash >= 0 && (await git.kindOf(directory)) !== 'tree')) return null;
  const name = path.slice(slash + 1);
  const entry = (await git.readTree(directory)).find((each) => each.path === name);
  return entry ? { ...entry, path } : null;
}

const treeEntry = (repository: Repository, entry: TreeEntry) => thing('TreeEntry', { repository, entry });

const blobOf = async (it: GitIt, { world }: Asking): Promise<Buffer> =>
  (await (await world.git(it.repository)).readBlob(it.oid)) ?? Buffer.alloc(0);
/** GitHub cuts a blob's text here. */
const TEXT_MAX = 512_000;
const isBinary = (bytes: Buffer): boolean => bytes.subarray(0, 8_000).includes(0);

const blobFields: Table<GitIt> = {
  ...gitFields('Blob'),
  byteSize: async (it, _, asking) => (await blobOf(it, asking)).length,
  isBinary: async (it, _, asking) => isBinary(await blobOf(it, asking)),
  isTruncated: async (it, _, asking) => (await blobOf(it, asking)).length > TEXT_MAX,
  text: async (it, _, asking) => {
    const bytes = await blobOf(it, asking);
    return isBinary(bytes) ? null : bytes.subarray(0, TEXT_MAX).toString('utf8');
  },
};

const tagOf = async (it: GitIt, { world }: Asking) => {
  const tag = await (await world.git(it.repository)).readTag(it.oid);
  if (!tag) throw new Refusal(404, `No tag ${it.oid}`);
  return tag;
};

export const REPOSITORY_TABLES = {
  Repository: repositoryFields,
  Ref: {
    id: (it: RefIt) => gitNodeId('Ref', it.repository, it.name),
    name: (it: RefIt) => it.name.slice(it.prefix.length),
    prefix: (it: RefIt) => it.prefix,
    target: (it: RefIt, _: Args, asking: Asking) => objectThing(it.repository, it.oid, asking),
    repository: (it: RefIt) => thing('Repository', it.repository),
    branchProtectionRule: () => null,
    associatedPullRequests: (it: RefIt, args: Args) =>
      pullsPage(it.repository, args, (pull) => `refs/heads/${pull.headRef}` === it.name),
  },
  Commit: commitFields,
  Tree: {
    ...gitFields('Tree'),
    entries: async (it: GitIt, _: Args, { world }: Asking) =>
      (await (await world.git(it.repository)).readTree(it.oid)).map((entry) => treeEntry(it.repository, entry)),
  },
  TreeEntry: {
    name: (it: EntryIt) => it.entry.path.split('/').at(-1) ?? '',
    path: (it: EntryIt) => it.entry.path,
    mode: (it: EntryIt) => Number.parseInt(it.entry.mode, 8),
    type: (it: EntryIt) => it.entry.kind,
    oid: (it: EntryIt) => it.entry.oid,
    size: (it: EntryIt) => it.entry.size ?? 0,
    object: (it: EntryIt, _: Args, asking: Asking) => objectThing(it.repository, it.entry.oid, asking),
    repository: (it: EntryIt) => thing('Repository', it.repository),
  },
  Blob: blobFields,
  Tag: {
    ...gitFields('Tag'),
    name: async (it: GitIt, _: Args, asking: Asking) => (await tagOf(it, asking)).name,
    message: async (it: GitIt, _: Args, asking: Asking) => (await tagOf(it, asking)).message,
    target: async (it: GitIt, _: Args, asking: Asking) =>
      objectThing(it.repository, (await tagOf(it, asking)).target, asking),
  },
  Label: {
    id: (it: Label) => it.nodeId,
    name: (it: Label) => it.name,
    color: (it: Label) => it.color,
    description: (it: Label) => it.description,
    isDefault: (it: Label) => it.isDefault,
  },
};

interface EntryIt {
  readonly repository: Repository;
  readonly entry: TreeEntry;
}
