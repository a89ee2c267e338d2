/** GraphQL's repositories, refs and git objects. */
import { isSignedByGitHub } from '#emulator/git/signing';
import { type Commit, EMPTY_TREE, type TreeEntry } from '#emulator/git/types';
import { gitNodeId } from '#emulator/model/ids';
import type { Issue, Label, Pull, Repository, Role, User } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { roleIn } from '#emulator/model/repository';
import { mentions } from '#emulator/world/search';
import { typedActor } from './actors.ts';
import { ordered, page } from './connection.ts';
import type { QueryContext } from './context.ts';
import { type ComparisonIt, REPOSITORY_LIST_TABLES, repositoryListFields } from './repository-lists.ts';
import {
  type Args,
  NotImplemented,
  pullState,
  type Table,
  type TypedRecord,
  typed,
  typedIssue,
  typedOrNull,
  urlOf,
} from './tables.ts';

// ── Lists that more than one type has ───────────────────────────────────────────────────────────────────────────────

function issuesPage(repository: Repository, args: Args, of: (issue: Issue) => boolean) {
  const { states, labels } = args as { states?: string[]; labels?: string[] };
  const filter = (args.filterBy ?? {}) as {
    since?: string;
    labels?: string[];
    states?: string[];
    assignee?: string;
    createdBy?: string;
    mentioned?: string;
  };
  const is = (issue: Issue) =>
    of(issue) &&
    (!states || states.includes(issue.state.toUpperCase())) &&
    (!filter.states || filter.states.includes(issue.state.toUpperCase())) &&
    (!filter.since || issue.updatedAt >= filter.since) &&
    (!filter.createdBy || issue.user.login === filter.createdBy) &&
    (!filter.mentioned || mentions(issue, filter.mentioned)) &&
    (!filter.assignee || issue.assignees.some((user) => user.login === filter.assignee)) &&
    [labels, filter.labels].every((wanted) => !wanted || issue.labels.some((label) => wanted.includes(label.name)));
  const sorted = ordered([...repository.issues.values()].filter(is), args, ISSUE_ORDERS);
  return page(
    sorted.map((issue) => typed('Issue', issue)),
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
    sorted.map((issue) => typed('PullRequest', issue.pull)),
    args,
  );
}

const ISSUE_ORDERS = {
  CREATED_AT: (issue: Issue) => issue.createdAt,
  UPDATED_AT: (issue: Issue) => issue.updatedAt,
  COMMENTS: (issue: Issue) => issue.comments.length,
};

/** Labels in the requested order. Their ids increase over time. */
export const labelsPage = (labels: readonly Label[], args: Args) =>
  page(
    ordered(labels, args, { NAME: (label) => label.name.toLowerCase(), CREATED_AT: (label) => label.id }).map((label) =>
      typed('Label', label),
    ),
    args,
  );

// ── Repository ──────────────────────────────────────────────────────────────────────────────────────────────────────

const ROLES = { admin: 'ADMIN', maintain: 'MAINTAIN', write: 'WRITE', triage: 'TRIAGE', read: 'READ' } as const;

/** The owner, then everyone with a role in the repository. */
function collaboratorsOf(
  repository: Repository,
  context: QueryContext,
): { readonly user: User; readonly role: Role }[] {
  const { world } = context;
  const ids = [repository.owner.id, ...repository.owner.members, ...repository.collaborators.keys()];
  return [...new Set(ids)].flatMap((id) => {
    const user = world.usersById.get(id);
    const role = user && roleIn(repository, user);
    return user?.type === 'User' && role ? [{ user, role }] : [];
  });
}

/** The people with a role in a repository, by a part of their login. */
function peoplePage(repository: Repository, args: Args, context: QueryContext) {
  const wanted = typeof args.query === 'string' ? args.query.toLowerCase() : '';
  return page(
    collaboratorsOf(repository, context)
      .filter(({ user }) => user.login.toLowerCase().includes(wanted))
      .map(({ user }) => typed('User', user)),
    args,
  );
}

/** An empty page, for objects that the emulator doesn't have. Reads all arguments, because none can change the result. */
export function empty(args: Args): Record<string, unknown> {
  Object.values(args);
  return page([], args);
}

const repositoryFields: Table<Repository> = {
  ...repositoryListFields,
  id: (it) => it.nodeId,
  databaseId: (it) => it.id,
  name: (it) => it.name,
  nameWithOwner: (it) => `${it.owner.login}/${it.name}`,
  owner: (it) => typedActor(it.owner),
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
  viewerPermission: (it, _, context) => permissionOf(it, context),
  viewerCanAdminister: (it, _, context) => permissionOf(it, context) === 'ADMIN',
  viewerDefaultMergeMethod: () => 'MERGE',
  collaborators: (it, args, context) => {
    // GitHub shows collaborators only to users with push access.
    context.require(it, 'contents', 'write');
    const { login, affiliation } = args as { login?: string; affiliation?: string };
    if (affiliation && affiliation !== 'ALL') throw new NotImplemented(`the affiliation ${affiliation}`);
    const found = collaboratorsOf(it, context).filter(({ user }) => !login || user.login === login);
    const nodes = found.map(({ user }) => typed('User', user));
    return page(nodes, args, {}, (index) => ({ permission: ROLES[found[index]?.role ?? 'read'] }));
  },
  assignableUsers: (it, args, context) =>
    page(
      collaboratorsOf(it, context)
        .filter(({ role }) => role !== 'read')
        .map(({ user }) => typed('User', user)),
      args,
    ),
  mentionableUsers: (it, args, context) => peoplePage(it, args, context),
  suggestedActors: (it, args, context) => {
    // Everybody who may be assigned. The emulator has no bots that can be.
    const { capabilities: _ } = args;
    return peoplePage(it, args, context);
  },
  issueTypes: (_, args) => empty(args),
  defaultBranchRef: (it, _, context) => typedRef(it, `refs/heads/${it.defaultBranch}`, context),
  ref: (it, args, context) => {
    context.require(it, 'contents', 'read');
    const name = String(args.qualifiedName);
    return name.startsWith('refs/') ? typedRef(it, name, context) : findRef(it, name, context);
  },
  refs: async (it, args, context) => {
    context.require(it, 'contents', 'read');
    const prefix = String(args.refPrefix);
    const git = await context.world.git(it);
    const wanted = typeof args.query === 'string' ? args.query.toLowerCase() : '';
    const refs = (await git.listRefs(prefix)).filter(
      (ref) => isShown(ref.name) && ref.name.slice(prefix.length).toLowerCase().includes(wanted),
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
      sorted.map((ref) => typed('Ref', { repository: it, name: ref.name, prefix, oid: ref.oid })),
      args,
    );
  },
  object: async (it, args, context) => {
    context.require(it, 'contents', 'read');
    if (args.oid) return typedObject(it, String(args.oid), context);
    const expression = String(args.expression ?? '');
    return (await namesHiddenRef(it, expression, context)) ? null : typedObject(it, expression, context);
  },
  issue: (it, args, context) => {
    context.require(it, 'issues', 'read');
    const found = it.issues.get(Number(args.number));
    if (!found || found.pull)
      throw new Refusal(404, `Could not resolve to an Issue with the number of ${args.number}.`);
    return typed('Issue', found);
  },
  issueOrPullRequest: (it, args, context) => {
    context.require(it, 'issues', 'read');
    const found = it.issues.get(Number(args.number));
    if (!found)
      throw new Refusal(404, `Could not resolve to an issue or pull request with the number of ${args.number}.`);
    return typedIssue(found);
  },
  issues: (it, args, context) => {
    context.require(it, 'issues', 'read');
    return issuesPage(it, args, (issue) => !issue.pull);
  },
  pullRequest: (it, args, context) => {
    context.require(it, 'pull_requests', 'read');
    const found = it.issues.get(Number(args.number))?.pull;
    if (!found) throw new Refusal(404, `Could not resolve to a PullRequest with the number of ${args.number}.`);
    return typed('PullRequest', found);
  },
  pullRequests: (it, args, context) => {
    context.require(it, 'pull_requests', 'read');
    return pullsPage(it, args, () => true);
  },
  label: (it, args) => typedOrNull('Label', it.labels.get(String(args.name).toLowerCase())),
  labels: (it, args) => {
    const wanted = typeof args.query === 'string' ? args.query.toLowerCase() : '';
    const has = (label: Label) => `${label.name} ${label.description ?? ''}`.toLowerCase().includes(wanted);
    return labelsPage([...it.labels.values()].filter(has), args);
  },
  // The emulator has none of these.
  milestones: (_, args) => empty(args),
  branchProtectionRules: (_, args) => empty(args),
  projectsV2: (_, args) => empty(args),
  issueTemplates: () => [],
  pullRequestTemplates: () => [],
};

function permissionOf(repository: Repository, context: QueryContext): string | null {
  const { credential, world } = context;
  if (credential.kind !== 'user')
    return world.tokens.may(credential, repository, { permission: 'contents', level: 'write' }) ? 'WRITE' : 'READ';
  return roleIn(repository, credential.user)?.toUpperCase() ?? null;
}

// ── Git objects ─────────────────────────────────────────────────────────────────────────────────────────────────────

interface ResolvedRef {
  readonly repository: Repository;
  readonly name: string;
  readonly prefix: string;
  readonly oid: string;
}
export interface GitIt {
  readonly repository: Repository;
  readonly oid: string;
}

/** GraphQL shows branches and tags only. REST and git show all refs. */
export const isShown = (ref: string): boolean => /^refs\/(?:heads|tags)\/./.test(ref);

/** Answers if an expression begins with a ref that GraphQL does not show, in full or as git completes it. */
async function namesHiddenRef(repository: Repository, expression: string, { world }: QueryContext): Promise<boolean> {
  const git = await world.git(repository);
  const [name = ''] = expression.split(/[:^~]|@\{/);
  const ref = name.startsWith('refs/') ? name : `refs/${name}`;
  return !isShown(ref) && (await git.readRef(ref)) !== null;
}

export async function typedRef(
  repository: Repository,
  name: string,
  { world }: QueryContext,
): Promise<TypedRecord<ResolvedRef> | null> {
  if (!isShown(name)) return null;
  const oid = await (await world.git(repository)).readRef(name);
  const prefix = /^refs\/[^/]+\//.exec(name)?.[0] ?? 'refs/';
  return oid ? typed('Ref', { repository, name, prefix, oid }) : null;
}

async function findRef(
  repository: Repository,
  name: string,
  context: QueryContext,
): Promise<TypedRecord<ResolvedRef> | null> {
  return (
    (await typedRef(repository, `refs/heads/${name}`, context)) ??
    (await typedRef(repository, `refs/tags/${name}`, context))
  );
}

const TYPENAMES = { commit: 'Commit', tree: 'Tree', blob: 'Blob', tag: 'Tag' } as const;

export async function typedObject(
  repository: Repository,
  revision: string,
  { world }: QueryContext,
): Promise<TypedRecord<GitIt> | null> {
  const git = await world.git(repository);
  const oid = await git.resolve(revision);
  const kind = oid && (await git.kindOf(oid));
  return oid && kind ? typed(TYPENAMES[kind], { repository, oid }) : null;
}

const gitFields = (kind: 'Commit' | 'Tree' | 'Blob' | 'Tag'): Table<GitIt> => ({
  id: (it) => gitNodeId(kind, it.repository, it.oid),
  oid: (it) => it.oid,
  abbreviatedOid: (it) => it.oid.slice(0, 7),
  repository: (it) => typed('Repository', it.repository),
  commitUrl: (it, _, { world }) => `${urlOf(world, it.repository)}/commit/${it.oid}`,
  commitResourcePath: (it) => `/${it.repository.owner.login}/${it.repository.name}/commit/${it.oid}`,
});

const commitOf = async ({ repository, oid }: GitIt, { world }: QueryContext): Promise<Commit> => {
  const commit = await (await world.git(repository)).readCommit(oid);
  if (!commit) throw new Refusal(404, `No commit ${oid}`);
  return commit;
};

const gitActor = (who: Commit['author'], { world }: QueryContext) => {
  const login = /^\d+\+(.+)@users\.noreply\.github\.com$/.exec(who.email)?.[1];
  const user = login ? world.user(login) : undefined;
  return {
    name: who.name,
    email: who.email,
    date: who.date,
    avatarUrl: `${world.url}/avatars/u/0`,
    user: user && user.type === 'User' ? typed('User', user) : null,
  };
};

export const commitFields: Table<GitIt> = {
  ...gitFields('Commit'),
  url: (it, _, { world }) => `${urlOf(world, it.repository)}/commit/${it.oid}`,
  resourcePath: (it) => `/${it.repository.owner.login}/${it.repository.name}/commit/${it.oid}`,
  message: async (it, _, context) => (await commitOf(it, context)).message,
  messageHeadline: async (it, _, context) => (await commitOf(it, context)).message.split('\n')[0] ?? '',
  messageBody: async (it, _, context) => (await commitOf(it, context)).message.split('\n').slice(1).join('\n').trim(),
  committedDate: async (it, _, context) => (await commitOf(it, context)).committer.date,
  authoredDate: async (it, _, context) => (await commitOf(it, context)).author.date,
  pushedDate: () => null,
  author: async (it, _, context) => gitActor((await commitOf(it, context)).author, context),
  committer: async (it, _, context) => gitActor((await commitOf(it, context)).committer, context),
  authors: async (it, args, context) => page([gitActor((await commitOf(it, context)).author, context)], args),
  tree: async (it, _, context) => typed('Tree', { repository: it.repository, oid: (await commitOf(it, context)).tree }),
  parents: async (it, args, context) =>
    page(
      (await commitOf(it, context)).parents.map((oid) => typed('Commit', { repository: it.repository, oid })),
      args,
    ),
  file: async (it, args, context) => {
    const entry = await entryAt(it.repository, it.oid, String(args.path), context);
    return entry && treeEntry(it.repository, entry);
  },
  history: async (it, args, context) => {
    const git = await context.world.git(it.repository);
    const path = typeof args.path === 'string' ? { path: String(args.path) } : {};
    const log = await git.log(it.oid, { limit: 1_000, ...path });
    return page(
      log.map((commit) => typed('Commit', { repository: it.repository, oid: commit.oid })),
      args,
    );
  },
  associatedPullRequests: (it, args) =>
    pullsPage(it.repository, args, (pull) => pull.headSha === it.oid || pull.mergeSha === it.oid),
  checkSuites: (it, args, context) => {
    context.require(it.repository, 'checks', 'read');
    const { appId, checkName } = (args.filterBy ?? {}) as { appId?: number; checkName?: string };
    const suites = it.repository.checkSuites.filter(
      (suite) =>
        suite.headSha === it.oid &&
        (!appId || suite.app.id === appId) &&
        (!checkName || it.repository.checkRuns.some((run) => run.suite === suite && run.name === checkName)),
    );
    return page(
      suites.map((suite) => typed('CheckSuite', suite)),
      args,
    );
  },
  status: (it, _, { world }) =>
    world.checks.latestStatuses(it.repository, it.oid).length > 0 ? typed('Status', it) : null,
  statusCheckRollup: (it, _, context) => {
    const mayChecks = context.world.tokens.may(context.credential, it.repository, {
      permission: 'checks',
      level: 'read',
    });
    if (!mayChecks) context.require(it.repository, 'statuses', 'read');
    return context.world.checks.rollup(it.repository, it.oid) ? typed('StatusCheckRollup', it) : null;
  },
  additions: async (it, _, context) => (await sizes(it, context)).additions,
  deletions: async (it, _, context) => (await sizes(it, context)).deletions,
  changedFiles: async (it, _, context) => (await sizes(it, context)).files,
  changedFilesIfAvailable: async (it, _, context) => (await sizes(it, context)).files,
  signature: async (it, _, context) => {
    const commit = await commitOf(it, context);
    return commit.signed ? typed('GpgSignature', { commit, signed: commit.signed }) : null;
  },
};

interface SignedCommit {
  readonly commit: Commit;
  readonly signed: NonNullable<Commit['signed']>;
}

const isByGitHub = ({ signed }: SignedCommit): boolean =>
  isSignedByGitHub(Buffer.from(signed.payload), signed.signature);

/** GitHub's own signatures are OpenPGP. The emulator's are not (see `signing.ts`), but show as if they were. */
export const signatureFields: Table<SignedCommit> = {
  email: ({ commit }) => commit.committer.email,
  isValid: isByGitHub,
  keyId: () => null,
  payload: ({ signed }) => signed.payload,
  signature: ({ signed }) => signed.signature,
  signer: () => null,
  state: (it) => (isByGitHub(it) ? 'VALID' : 'UNKNOWN_KEY'),
  verifiedAt: (it) => (isByGitHub(it) ? it.commit.committer.date : null),
  wasSignedByGitHub: isByGitHub,
};

async function sizes(it: GitIt, context: QueryContext) {
  const commit = await commitOf(it, context);
  const files = await (await context.world.git(it.repository)).diff(commit.parents[0] ?? EMPTY_TREE, it.oid);
  const sum = (of: 'additions' | 'deletions') => files.reduce((total, file) => total + file[of], 0);
  return { additions: sum('additions'), deletions: sum('deletions'), files: files.length };
}

async function entryAt(
  repository: Repository,
  tree: string,
  path: string,
  { world }: QueryContext,
): Promise<TreeEntry | null> {
  const git = await world.git(repository);
  const slash = path.lastIndexOf('/');
  const directory = slash < 0 ? tree : await git.resolve(`${tree}:${path.slice(0, slash)}`);
  if (!directory || (slash >= 0 && (await git.kindOf(directory)) !== 'tree')) return null;
  const name = path.slice(slash + 1);
  const entry = (await git.readTree(directory)).find((each) => each.path === name);
  return entry ? { ...entry, path } : null;
}

const treeEntry = (repository: Repository, entry: TreeEntry) => typed('TreeEntry', { repository, entry });

const blobOf = async (it: GitIt, { world }: QueryContext): Promise<Buffer> =>
  (await (await world.git(it.repository)).readBlob(it.oid)) ?? Buffer.alloc(0);
/** GitHub truncates the text of a blob at this length. */
const TEXT_MAX = 512_000;
const isBinary = (bytes: Buffer): boolean => bytes.subarray(0, 8_000).includes(0);

const blobFields: Table<GitIt> = {
  ...gitFields('Blob'),
  byteSize: async (it, _, context) => (await blobOf(it, context)).length,
  isBinary: async (it, _, context) => isBinary(await blobOf(it, context)),
  isTruncated: async (it, _, context) => (await blobOf(it, context)).length > TEXT_MAX,
  text: async (it, _, context) => {
    const bytes = await blobOf(it, context);
    return isBinary(bytes) ? null : bytes.subarray(0, TEXT_MAX).toString('utf8');
  },
};

const tagOf = async (it: GitIt, { world }: QueryContext) => {
  const tag = await (await world.git(it.repository)).readTag(it.oid);
  if (!tag) throw new Refusal(404, `No tag ${it.oid}`);
  return tag;
};

export const REPOSITORY_TABLES = {
  ...REPOSITORY_LIST_TABLES,
  Repository: repositoryFields,
  Ref: {
    id: (it: ResolvedRef) => gitNodeId('Ref', it.repository, it.name),
    name: (it: ResolvedRef) => it.name.slice(it.prefix.length),
    prefix: (it: ResolvedRef) => it.prefix,
    target: (it: ResolvedRef, _: Args, context: QueryContext) => typedObject(it.repository, it.oid, context),
    repository: (it: ResolvedRef) => typed('Repository', it.repository),
    branchProtectionRule: () => null,
    compare: async (it: ResolvedRef, args: Args, context: QueryContext): Promise<TypedRecord<ComparisonIt> | null> => {
      const git = await context.world.git(it.repository);
      const head = await git.resolve(`${String(args.headRef)}^{commit}`);
      if (!head) return null;
      const { ahead, behind } = await git.aheadBehind(it.oid, head);
      return typed('Comparison', { repository: it.repository, base: it.oid, head, ahead, behind });
    },
    associatedPullRequests: (it: ResolvedRef, args: Args) =>
      pullsPage(it.repository, args, (pull) => `refs/heads/${pull.headRef}` === it.name),
  },
  Commit: commitFields,
  GpgSignature: signatureFields,
  Tree: {
    ...gitFields('Tree'),
    entries: async (it: GitIt, _: Args, { world }: QueryContext) =>
      (await (await world.git(it.repository)).readTree(it.oid)).map((entry) => treeEntry(it.repository, entry)),
  },
  TreeEntry: {
    name: (it: EntryIt) => it.entry.path.split('/').at(-1) ?? '',
    path: (it: EntryIt) => it.entry.path,
    mode: (it: EntryIt) => Number.parseInt(it.entry.mode, 8),
    type: (it: EntryIt) => it.entry.kind,
    oid: (it: EntryIt) => it.entry.oid,
    size: (it: EntryIt) => it.entry.size ?? 0,
    object: (it: EntryIt, _: Args, context: QueryContext) => typedObject(it.repository, it.entry.oid, context),
    repository: (it: EntryIt) => typed('Repository', it.repository),
  },
  Blob: blobFields,
  Tag: {
    ...gitFields('Tag'),
    name: async (it: GitIt, _: Args, context: QueryContext) => (await tagOf(it, context)).name,
    message: async (it: GitIt, _: Args, context: QueryContext) => (await tagOf(it, context)).message,
    target: async (it: GitIt, _: Args, context: QueryContext) =>
      typedObject(it.repository, (await tagOf(it, context)).target, context),
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
