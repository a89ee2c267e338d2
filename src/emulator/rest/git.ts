/** REST: git's objects and refs, the commit history, and comparing and merging branches. */

import { signatureOf, webFlow } from '#emulator/git/commits';
import type { GitRepository } from '#emulator/git/repository';
import { isVerified, signAsGitHub } from '#emulator/git/signing';
import { type ChangedFile, type Commit, EMPTY_TREE, GitError, type RefMove, type TreeEdit } from '#emulator/git/types';
import { gitNodeId } from '#emulator/model/ids';
import type { Repository } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { created, nothing, ok, type RestResponse } from '#emulator/model/response';
import { htmlUrl, type Json, repoUrl, showUser } from '#emulator/shapes/objects';
import type { World } from '#emulator/world/world';
import { type ApiCall, found, invalid, notFound, type Route, read, write } from './route.ts';

const REPO = '/repos/{owner}/{repo}';

export const gitRoutes: readonly Route[] = [
  // ── refs ────────────────────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${REPO}/git/ref/{ref}`,
    needs: read('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      await refuseEmpty(git);
      const name = `refs/${call.param('ref')}`;
      const oid = found(await git.readRef(name));
      return ok(await showRef(call, git, name, oid));
    },
  },
  {
    method: 'GET',
    path: `${REPO}/git/matching-refs/{ref}`,
    needs: read('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      await refuseEmpty(git);
      const refs = await git.listRefs(`refs/${call.param('ref')}`);
      // All of them: GitHub's description has no pages here.
      return ok(await Promise.all(refs.map((ref) => showRef(call, git, ref.name, ref.oid))));
    },
  },
  {
    method: 'POST',
    path: `${REPO}/git/refs`,
    needs: write('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      const name = call.requireString('ref');
      const sha = call.requireString('sha');
      if (!/^refs\/[^/]+\/./.test(name) || name.startsWith('refs/pull/') || !(await git.isRefName(name))) {
        throw invalid("Reference name must start with 'refs' and have at least two slashes.");
      }
      await refuseEmpty(git);
      if (await git.readRef(name)) throw invalid('Reference already exists');
      await moveRef(call, { name, before: null, after: sha }, 'Reference already exists');
      return created(await showRef(call, git, name, sha), `${repoUrl(call.world, call.repository)}/git/${name}`);
    },
  },
  {
    method: 'PATCH',
    path: `${REPO}/git/refs/{ref}`,
    needs: write('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      const name = `refs/${call.param('ref')}`;
      const after = call.requireString('sha');
      await refuseEmpty(git);
      if (!(await git.readRef(name))) throw invalid('Reference does not exist');
      await moveRef(call, { name, after }, 'Reference update failed', call.boolean('force') ?? false);
      return ok(await showRef(call, git, name, after));
    },
  },
  {
    method: 'DELETE',
    path: `${REPO}/git/refs/{ref}`,
    needs: write('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      const name = `refs/${call.param('ref')}`;
      const before = await git.readRef(name);
      if (!before) throw invalid('Reference does not exist');
      await moveRef(call, { name, before, after: null }, 'Reference cannot be deleted');
      return nothing();
    },
  },

  // ── objects ─────────────────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'POST',
    path: `${REPO}/git/blobs`,
    needs: write('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      await refuseEmpty(git);
      const encoding = call.string('encoding') === 'base64' ? 'base64' : 'utf8';
      const content = call.body.content;
      if (typeof content !== 'string') throw invalid('Invalid request.\n\n"content" wasn\'t supplied.');
      const sha = await git.writeBlob(Buffer.from(content, encoding));
      return created({ sha, url: `${repoUrl(call.world, call.repository)}/git/blobs/${sha}` });
    },
  },
  {
    method: 'GET',
    path: `${REPO}/git/blobs/{file_sha}`,
    needs: read('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      const sha = call.param('file_sha');
      const blob = found(await git.readBlob(sha));
      if (call.accept.includes('raw')) return { status: 200, body: blob, type: 'application/octet-stream' };
      return ok({
        sha,
        node_id: gitNodeId('Blob', call.repository, sha),
        size: blob.length,
        url: `${repoUrl(call.world, call.repository)}/git/blobs/${sha}`,
        content: base64Lines(blob),
        encoding: 'base64',
      });
    },
  },
  {
    method: 'POST',
    path: `${REPO}/git/trees`,
    needs: write('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      await refuseEmpty(git);
      const base = call.string('base_tree') ?? null;
      const baseTree = base === null ? null : await git.resolve(`${base}^{tree}`);
      if (base !== null && !baseTree) throw invalid('base_tree is not a valid tree oid');
      const edits: TreeEdit[] = [];
      for (const entry of call.objects('tree') ?? []) edits.push(await treeEdit(call, git, entry));
      const sha = await writeTree(git, baseTree, edits);
      return created(await showTree(call, git, sha, 'flat'));
    },
  },
  {
    method: 'GET',
    path: `${REPO}/git/trees/{tree_sha}`,
    needs: read('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      const sha = found(await git.resolve(`${call.param('tree_sha')}^{tree}`));
      return ok(await showTree(call, git, sha, call.query.get('recursive') ? 'everything' : 'flat'));
    },
  },
  {
    method: 'POST',
    path: `${REPO}/git/commits`,
    needs: write('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      await refuseEmpty(git);
      const tree = call.requireString('tree');
      const parents = call.strings('parents') ?? [];
      if ((await git.kindOf(tree)) !== 'tree') throw invalid('Tree SHA does not exist');
      for (const parent of parents) {
        if ((await git.kindOf(parent)) !== 'commit')
          throw invalid('Parent SHA does not exist or is not a commit object');
      }
      const author = personOf(call, 'author');
      // GitHub signs commits of apps and jobs that set neither author, committer nor signature.
      const isUnattributed =
        !call.object('author') && !call.object('committer') && call.string('signature') === undefined;
      const oid = await git.commitTree({
        tree,
        parents,
        message: call.requireString('message'),
        author,
        committer: call.object('committer') ? personOf(call, 'committer') : author,
        ...(call.actor.kind !== 'user' && isUnattributed && { sign: signAsGitHub }),
      });
      const commit = found(await git.readCommit(oid));
      return created(
        showGitCommit(call.world, call.repository, commit),
        `${repoUrl(call.world, call.repository)}/git/commits/${oid}`,
      );
    },
  },
  {
    method: 'GET',
    path: `${REPO}/git/commits/{commit_sha}`,
    needs: read('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      const commit = found(await git.readCommit(call.param('commit_sha')));
      return ok(showGitCommit(call.world, call.repository, commit));
    },
  },

  // ── commits as history ──────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${REPO}/commits`,
    needs: read('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      await refuseEmpty(git);
      const start = await commitNamed(git, call.query.get('sha') ?? call.repository.defaultBranch);
      const path = call.query.get('path');
      const commits = await git.log(start, { since: null, limit: 1000, ...(path && { path }) });
      const [since, until] = [call.query.get('since'), call.query.get('until')];
      const shown = commits.filter(
        (commit) =>
          (!since || Date.parse(commit.committer.date) >= Date.parse(since)) &&
          (!until || Date.parse(commit.committer.date) <= Date.parse(until)),
      );
      return call.page(shown, (commit) => showCommit(call.world, call.repository, commit));
    },
  },
  {
    method: 'GET',
    path: `${REPO}/commits/{ref}`,
    needs: read('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      const oid = await commitNamed(git, call.param('ref'), 'unprocessable');
      if (call.accept.includes('application/vnd.github.sha')) {
        return { status: 200, body: oid, type: 'application/vnd.github.sha; charset=utf-8' };
      }
      const commit = found(await git.readCommit(oid));
      const form = /vnd\.github(?:\.v3)?\.(diff|patch)\b/.exec(call.accept)?.[1];
      if (form !== undefined) {
        const [parent] = commit.parents;
        const body =
          form === 'diff' || parent === undefined
            ? await git.diffText(parent ?? EMPTY_TREE, oid)
            : await git.patchText(parent, oid);
        return { status: 200, body, type: `application/vnd.github.${form}; charset=utf-8` };
      }
      const files = await git.changedFiles(commit.parents[0] ?? null, oid);
      const sum = (of: 'additions' | 'deletions') => files.reduce((total, file) => total + file[of], 0);
      const [additions, deletions] = [sum('additions'), sum('deletions')];
      return ok({
        ...showCommit(call.world, call.repository, commit),
        stats: { total: additions + deletions, additions, deletions },
        files: files.map((file) => showFile(call.world, call.repository, oid, file)),
      });
    },
  },
  {
    method: 'GET',
    path: `${REPO}/compare/{basehead}`,
    needs: read('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      const [base = '', head = ''] = call.param('basehead').split('...', 2);
      const [from, to] = [await commitNamed(git, base), await commitNamed(git, head)];
      const middle = found(await git.mergeBase(from, to));
      const { ahead, behind } = await git.aheadBehind(from, to);
      const [baseCommit, middleCommit] = [found(await git.readCommit(from)), found(await git.readCommit(middle))];
      const commits = (await git.log(to, { since: from, limit: 250 })).reverse();
      const files = await git.changedFiles(from, to);
      const { world, repository } = call;
      const html = `${htmlUrl(world, repository)}/compare`;
      return ok({
        url: `${repoUrl(world, repository)}/compare/${base}...${head}`,
        html_url: `${html}/${base}...${head}`,
        permalink_url: `${html}/${repository.owner.login}:${from.slice(0, 7)}...${repository.owner.login}:${to.slice(0, 7)}`,
        diff_url: `${html}/${base}...${head}.diff`,
        patch_url: `${html}/${base}...${head}.patch`,
        base_commit: showCommit(world, repository, baseCommit),
        merge_base_commit: showCommit(world, repository, middleCommit),
        status: ahead > 0 ? (behind > 0 ? 'diverged' : 'ahead') : behind > 0 ? 'behind' : 'identical',
        ahead_by: ahead,
        behind_by: behind,
        total_commits: ahead,
        commits: commits.map((commit) => showCommit(world, repository, commit)),
        files: files.slice(0, 300).map((file) => showFile(world, repository, to, file)),
      });
    },
  },
  {
    method: 'POST',
    path: `${REPO}/merges`,
    needs: write('contents'),
    handle: (call) => mergeBranches(call),
  },
];

// ── shapes of git's things ────────────────────────────────────────────────────────────────────────────────────────

async function showRef(call: ApiCall, git: GitRepository, name: string, oid: string): Promise<Json> {
  const api = repoUrl(call.world, call.repository);
  const type = found(await git.kindOf(oid));
  return {
    ref: name,
    node_id: gitNodeId('Ref', call.repository, name),
    url: `${api}/git/${name}`,
    object: { sha: oid, type, url: `${api}/git/${type}s/${oid}` },
  };
}

async function showTree(call: ApiCall, git: GitRepository, sha: string, depth: 'flat' | 'everything'): Promise<Json> {
  const api = repoUrl(call.world, call.repository);
  const entries = await git.readTree(sha, depth);
  return {
    sha,
    url: `${api}/git/trees/${sha}`,
    tree: entries.map((entry) => ({
      path: entry.path,
      mode: entry.mode,
      type: entry.kind,
      sha: entry.oid,
      ...(entry.kind === 'blob' && entry.size !== undefined && { size: entry.size }),
      ...(entry.kind !== 'commit' && { url: `${api}/git/${entry.kind}s/${entry.oid}` }),
    })),
    truncated: false,
  };
}

const UNSIGNED = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

function verificationOf({ signed, committer }: Commit): Json {
  if (!signed) return UNSIGNED;
  const verified = isVerified({ signed });
  return {
    verified,
    reason: verified ? 'valid' : 'unknown_key',
    ...signed,
    verified_at: verified ? committer.date : null,
  };
}

export function showGitCommit(world: World, repository: Repository, commit: Commit): Json {
  const api = repoUrl(world, repository);
  return {
    sha: commit.oid,
    node_id: gitNodeId('Commit', repository, commit.oid),
    url: `${api}/git/commits/${commit.oid}`,
    html_url: `${htmlUrl(world, repository)}/commit/${commit.oid}`,
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/git/commits/${sha}`,
      html_url: `${htmlUrl(world, repository)}/commit/${sha}`,
    })),
    verification: verificationOf(commit),
  };
}

/** OpenAPI's `commit`, including the accounts that the email addresses belong to. */
export function showCommit(world: World, repository: Repository, commit: Commit): Json {
  const api = repoUrl(world, repository);
  const account = (email: string) => {
    const id = /^(\d+)\+.*@users\.noreply\.github\.com$/.exec(email)?.[1];
    const user = id === undefined ? undefined : world.usersById.get(Number(id));
    return user ? showUser(world, user) : null;
  };
  return {
    sha: commit.oid,
    node_id: gitNodeId('Commit', repository, commit.oid),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      url: `${api}/git/commits/${commit.oid}`,
      comment_count: 0,
      verification: verificationOf(commit),
    },
    url: `${api}/commits/${commit.oid}`,
    html_url: `${htmlUrl(world, repository)}/commit/${commit.oid}`,
    comments_url: `${api}/commits/${commit.oid}/comments`,
    author: account(commit.author.email),
    committer: account(commit.committer.email),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${htmlUrl(world, repository)}/commit/${sha}`,
    })),
  };
}

/** OpenAPI's `diff-entry`. */
export function showFile(world: World, repository: Repository, sha: string, file: ChangedFile): Json {
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: file.oid,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${htmlUrl(world, repository)}/blob/${sha}/${path}`,
    raw_url: `${htmlUrl(world, repository)}/raw/${sha}/${path}`,
    contents_url: `${repoUrl(world, repository)}/contents/${path}?ref=${sha}`,
    ...(file.patch !== undefined && { patch: file.patch }),
    ...(file.previousPath !== undefined && { previous_filename: file.previousPath }),
  };
}

// ── writing ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** Moves one ref. The caller needs an extra permission to add or change workflow files. */
/** Without `before`, from where the ref is when it is this call's turn. */
async function moveRef(
  call: ApiCall,
  { name, after, before }: Omit<RefMove, 'before'> & Partial<RefMove>,
  failed: string,
  force = true,
): Promise<void> {
  const { world, repository } = call;
  await world.inTurn(repository, async () => {
    const now = before === undefined ? await (await world.git(repository)).readRef(name) : before;
    const change: RefMove = { name, before: now, after };
    await refuseWorkflows(call, change);
    try {
      await world.refs.update(call.actor, repository, [{ ...change, ...(force && { force: 'force' as const }) }]);
    } catch (error) {
      if (error instanceof Refusal && /is not at|update failed/.test(error.message)) throw invalid(failed);
      throw error;
    }
  });
}

async function refuseWorkflows(call: ApiCall, change: RefMove): Promise<void> {
  const { world, repository } = call;
  if (world.tokens.may(call.credential, repository, ...write('workflows'))) return;
  const git = await world.git(repository);
  if (change.after !== null && !(await git.kindOf(change.after))) return;
  if ((await world.refs.workflowBroughtIn(repository, change)) !== null) {
    world.tokens.require(call.credential, repository, ...write('workflows'));
  }
}

async function mergeBranches(call: ApiCall): Promise<RestResponse> {
  const { world, repository } = call;
  return world.inTurn(repository, async () => {
    const git = await world.git(repository);
    const name = `refs/heads/${call.requireString('base')}`;
    const before = await git.readRef(name);
    if (!before) throw new Refusal(404, 'Base does not exist');
    const head = call.requireString('head');
    const headOid = (await git.readRef(`refs/heads/${head}`)) ?? (await git.resolve(`${head}^{commit}`));
    if (!headOid) throw new Refusal(404, 'Head does not exist');
    if (await git.isAncestor(headOid, before)) return nothing();
    const merged = await git.mergeTree(before, headOid);
    if (merged.kind === 'conflict') throw new Refusal(409, 'Merge conflict');
    const at = world.now();
    const after = await git.commitTree({
      tree: merged.tree,
      parents: [before, headOid],
      message: call.string('commit_message') ?? `Merge ${head} into ${call.requireString('base')}`,
      author: signatureOf(call.actor.user, at),
      committer: webFlow(at),
    });
    await refuseWorkflows(call, { name, before, after });
    await world.refs.update(call.actor, repository, [{ name, before, after }]);
    return created(showCommit(world, repository, found(await git.readCommit(after))));
  });
}

/** True if a path has a part that git forbids: an empty one, `.`, `..` or `.git`. */
export const isMalformed = (path: string): boolean =>
  path.split('/').some((part) => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git');

/** Writes a tree. Throws 422 if git refuses a path. */
export async function writeTree(git: GitRepository, base: string | null, edits: readonly TreeEdit[]): Promise<string> {
  try {
    return await git.writeTree(base, edits);
  } catch (error) {
    if (error instanceof GitError && /Ignoring path|invalid path/i.test(error.message))
      throw invalid('tree.path contains a malformed path component');
    throw error;
  }
}

async function treeEdit(call: ApiCall, git: GitRepository, entry: Record<string, unknown>): Promise<TreeEdit> {
  const { path, mode, sha, content } = entry;
  if (typeof path !== 'string' || path === '') throw invalid('tree.path is missing');
  if (isMalformed(path)) throw invalid('tree.path contains a malformed path component');
  if (sha === null) return { path, mode: '100644', oid: null };
  if (typeof mode !== 'string' || !/^(100644|100755|040000|160000|120000)$/.test(mode)) {
    throw invalid('Must supply a valid tree.mode');
  }
  if (path.startsWith('.github/workflows/')) {
    call.world.tokens.require(call.credential, call.repository, ...write('workflows'));
  }
  if (typeof content === 'string') return { path, mode, oid: await git.writeBlob(Buffer.from(content)) };
  if (typeof sha !== 'string') throw invalid('Must supply tree.sha or tree.content');
  if (mode !== '160000' && !(await git.kindOf(sha))) throw invalid(`tree.sha ${sha} is not a valid blob`);
  return { path, mode, oid: sha };
}

export function personOf(call: ApiCall, name: 'author' | 'committer'): { name: string; email: string; date: string } {
  const given = call.object(name);
  const own = signatureOf(call.actor.user, call.world.now());
  if (!given) return own;
  const text = (field: string, fallback: string) =>
    typeof given[field] === 'string' ? String(given[field]) : fallback;
  return { name: text('name', own.name), email: text('email', own.email), date: text('date', own.date) };
}

async function refuseEmpty(git: GitRepository): Promise<void> {
  if ((await git.listRefs('refs/heads/')).length === 0) throw new Refusal(409, 'Git Repository is empty.');
}

/** The commit that a branch, tag or sha names. The error for a missing commit differs between routes. */
export async function commitNamed(
  git: GitRepository,
  name: string,
  missing: 'not found' | 'unprocessable' | 'contents' = 'not found',
): Promise<string> {
  const short = name.replace(/^refs\//, '').replace(/^heads\//, '');
  const oid =
    (await git.readRef(`refs/heads/${short}`)) ??
    (await git.readRef(`refs/tags/${name}`)) ??
    (await git.readRef(`refs/${name.replace(/^refs\//, '')}`)) ??
    (/^[0-9a-f]{4,40}$/.test(name) || name === 'HEAD' ? name : null);
  const commit = oid === null ? null : await git.resolve(`${oid}^{commit}`);
  if (commit) return commit;
  if (missing === 'unprocessable') throw invalid(`No commit found for SHA: ${name}`);
  if (missing === 'contents' && (await git.listRefs('refs/heads/')).length === 0) {
    throw new Refusal(404, 'This repository is empty.');
  }
  throw missing === 'contents' ? new Refusal(404, `No commit found for the ref ${name}`) : notFound();
}

export function base64Lines(content: Buffer): string {
  return content
    .toString('base64')
    .replace(/.{60}/g, '$&\n')
    .concat(content.length > 0 ? '\n' : '');
}
