/** REST: reading files from a commit, and writing or deleting a file as a commit. */

import { signatureOf, webFlow } from '#emulator/git/commits';
import type { GitRepository } from '#emulator/git/repository';
import { Refusal } from '#emulator/model/refusal';
import { ok, type RestResponse } from '#emulator/model/response';
import { htmlUrl, type Json, repoUrl } from '#emulator/shapes/objects';
import { base64Lines, commitNamed, isMalformed, personOf, showGitCommit, writeTree } from './git.ts';
import { type ApiCall, found, invalid, notFound, type Route, read, write } from './route.ts';

const REPO = '/repos/{owner}/{repo}';
const README = /^readme(?:\.\w+)?$/i;

export const contentRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `${REPO}/contents/{path}`,
    needs: read('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      const ref = call.query.get('ref') ?? call.repository.defaultBranch;
      const path = call.param('path').replace(/^\/+|\/+$/g, '');
      const commit = await commitNamed(git, ref, 'contents');
      return showContents(call, git, commit, ref, path);
    },
  },
  {
    method: 'GET',
    path: `${REPO}/readme`,
    needs: read('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      const ref = call.query.get('ref') ?? call.repository.defaultBranch;
      const commit = await commitNamed(git, ref, 'contents');
      const readme = (await git.readTree(commit)).find(({ kind, path }) => kind === 'blob' && README.test(path));
      return showContents(call, git, commit, ref, found(readme).path);
    },
  },
  {
    method: 'PUT',
    path: `${REPO}/contents/{path}`,
    needs: write('contents'),
    handle: async (call) => {
      const content = call.body.content;
      if (typeof content !== 'string') throw invalid('Invalid request.\n\n"content" wasn\'t supplied.');
      return changeFile(call, Buffer.from(content, 'base64'));
    },
  },
  {
    method: 'DELETE',
    path: `${REPO}/contents/{path}`,
    needs: write('contents'),
    handle: (call) => changeFile(call, null),
  },
];

async function showContents(
  call: ApiCall,
  git: GitRepository,
  commit: string,
  ref: string,
  path: string,
): Promise<RestResponse> {
  const { world, repository } = call;
  const show = (name: string, at: string, kind: string, oid: string, size: number): Json => {
    const encoded = at.split('/').map(encodeURIComponent).join('/');
    const self = `${repoUrl(world, repository)}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
    const gitUrl = `${repoUrl(world, repository)}/git/${kind === 'dir' ? 'trees' : 'blobs'}/${oid}`;
    const html = `${htmlUrl(world, repository)}/${kind === 'dir' ? 'tree' : 'blob'}/${ref}/${encoded}`;
    const download = kind === 'dir' ? null : `${htmlUrl(world, repository)}/raw/${ref}/${encoded}`;
    return {
      name,
      path: at,
      sha: oid,
      size,
      url: self,
      html_url: html,
      git_url: gitUrl,
      download_url: download,
      type: kind,
      _links: { self, git: gitUrl, html },
    };
  };
  const oid = found(await git.resolve(path === '' ? `${commit}^{tree}` : `${commit}:${path}`));
  const kind = await git.kindOf(oid);
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (kind === 'tree') {
    const entries = await git.readTree(oid, 'flat');
    const dir = path === '' ? '' : `${path}/`;
    return ok(
      entries.slice(0, 1000).map((entry) => {
        const type =
          entry.kind === 'tree'
            ? 'dir'
            : entry.kind === 'commit'
              ? 'submodule'
              : entry.mode === '120000'
                ? 'symlink'
                : 'file';
        return show(entry.path, dir + entry.path, type, entry.oid, entry.size ?? 0);
      }),
    );
  }
  const blob = found(await git.readBlob(oid));
  if (call.accept.includes('raw')) {
    return { status: 200, body: blob, type: 'application/vnd.github.raw+json; charset=utf-8' };
  }
  const large = blob.length > 1_048_576;
  const content = large ? '' : base64Lines(blob);
  return ok({ ...show(name, path, 'file', oid, blob.length), content, encoding: large ? 'none' : 'base64' });
}

/** Writes or deletes a file as a commit on a branch. This also creates the first commit of an empty repository. */
async function changeFile(call: ApiCall, content: Buffer | null): Promise<RestResponse> {
  const { world, repository } = call;
  return world.inTurn(repository, async () => {
    const git = await world.git(repository);
    const path = call.param('path');
    if (isMalformed(path)) throw invalid('path contains a malformed path component');
    const branch = call.string('branch') ?? call.query.get('branch') ?? repository.defaultBranch;
    const message = call.string('message') ?? call.query.get('message');
    const sha = call.string('sha') ?? call.query.get('sha');
    if (!message) throw invalid('Invalid request.\n\n"message" wasn\'t supplied.');
    const name = `refs/heads/${branch}`;
    const before = await git.readRef(name);
    const empty = (await git.listRefs('refs/heads/')).length === 0;
    if (!before && !empty) throw new Refusal(404, `Branch ${branch} not found`);
    const known = before ? await git.resolve(`${before}:${path}`) : null;
    if (content === null && !known) throw notFound();
    if (known && !sha) throw invalid('Invalid request.\n\n"sha" wasn\'t supplied.');
    if (sha && sha !== known) throw new Refusal(409, `${path} does not match ${sha}`);
    if (path.startsWith('.github/workflows/')) {
      world.tokens.require(call.credential, repository, ...write('workflows'));
    }
    const oid = content === null ? null : await git.writeBlob(content);
    const base = before ? await git.resolve(`${before}^{tree}`) : null;
    const tree = await writeTree(git, base, [{ path, mode: '100644', oid }]);
    const at = world.now();
    const after = await git.commitTree({
      tree,
      parents: before ? [before] : [],
      message,
      author: call.object('author') ? personOf(call, 'author') : signatureOf(call.actor.user, at),
      committer: call.object('committer') ? personOf(call, 'committer') : webFlow(at),
    });
    await world.refs.update(call.actor, repository, [{ name, before, after }]);
    const commit = showGitCommit(world, repository, found(await git.readCommit(after)));
    if (content === null) return ok({ content: null, commit });
    const shown = await showContents(call, git, after, branch, path);
    const { content: _text, encoding: _encoding, ...file } = shown.body as Record<string, unknown>;
    return { status: known ? 200 : 201, body: { content: file, commit } };
  });
}
