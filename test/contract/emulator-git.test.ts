/**
 * The emulator's git, compared with git itself. The plumbing is compared with `git` on the same repository; the service is
 * tested with clones, fetches and pushes of a real client over HTTP.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveGit } from '../../src/emulator/doors/git-http.ts';
import { GitProcesses } from '../../src/emulator/git/process.ts';
import { GitRepository } from '../../src/emulator/git/repository.ts';
import { virtualClock } from '../../src/emulator/model/clock.ts';
import type { WorldEvent } from '../../src/emulator/model/events.ts';
import type { Installation, Repository, User } from '../../src/emulator/model/records.ts';
import { ZERO_OID } from '../../src/emulator/model/records.ts';
import { World } from '../../src/emulator/world/world.ts';

const dir = mkdtempSync(join(tmpdir(), 'emulator-git-'));
const AUTHOR = { name: 'Ana', email: 'ana@example.com', date: '2026-01-05T09:00:00Z' };
const WORKFLOW = '.github/workflows/ci.yml';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A user's git, without this machine's configuration. */
function git(cwd: string, ...args: string[]): Promise<Ran> {
  const env = {
    PATH: process.env.PATH,
    HOME: dir,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Ana',
    GIT_AUTHOR_EMAIL: 'ana@example.com',
    GIT_COMMITTER_NAME: 'Ana',
    GIT_COMMITTER_EMAIL: 'ana@example.com',
    LC_ALL: 'C',
  };
  return new Promise((resolve) => {
    execFile('git', args, { cwd, env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out: out.trim(), err: err.trim() }),
    );
  });
}

async function well(cwd: string, ...args: string[]): Promise<string> {
  const ran = await git(cwd, ...args);
  expect(ran, `git ${args.join(' ')}`).toMatchObject({ code: 0 });
  return ran.out;
}

let places = 0;
function place(): string {
  places += 1;
  const path = join(dir, `place-${places}`);
  mkdirSync(path);
  return path;
}

let world: World;
let server: Server;
let port = 0;
let ana: User;
let installation: Installation;
const events: WorldEvent[] = [];

beforeAll(async () => {
  world = new World({ clock: virtualClock(), dir });
  ana = world.addUser('ana');
  world.addUser('rita');
  const app = world.addApp({ slug: 'helper', owner: ana, permissions: { contents: 'write' }, events: [] });
  installation = world.install(app, ana);
  server = createServer((request, response) => {
    serveGit(world, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  world.on((event) => void events.push(event));
});

afterAll(async () => {
  await world.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
});

let count = 0;
async function repositoryWith(
  files: Record<string, string>,
  visibility: 'public' | 'private' = 'private',
): Promise<Repository> {
  count += 1;
  const repository = await world.addRepository(ana, `shop-${count}`, { visibility });
  await (await world.git(repository)).seed(files, { branch: 'main', message: 'The shop opens', author: AUTHOR });
  return repository;
}

const urlOf = (repository: Repository, token?: string): string =>
  `http://${token ? `x-access-token:${token}@` : ''}127.0.0.1:${port}/ana/${repository.name}.git`;

async function clone(repository: Repository, token: string, ...more: string[]): Promise<string> {
  const at = place();
  await well(at, 'clone', '-q', ...more, urlOf(repository, token), '.');
  return at;
}

async function commit(at: string, files: Record<string, string>, message = 'A change'): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(at, path)), { recursive: true });
    writeFileSync(join(at, path), text);
  }
  await well(at, 'add', '-A');
  await well(at, 'commit', '-q', '-m', message);
  return well(at, 'rev-parse', 'HEAD');
}

const pushes = (repository: Repository): string[] =>
  events.flatMap((event) => (event.kind === 'push' && event.repository === repository ? [event.ref] : []));

describe('plumbing', () => {
  let bare: GitRepository;
  let first: string;

  beforeAll(async () => {
    bare = await GitRepository.init(join(place(), 'plain.git'), 'main');
    first = await bare.seed(
      {
        'a.txt': 'a\n',
        'src/b c.txt': 'b\n',
        'src/deep/ü.txt': 'ü\n',
        'run.sh': { content: '#!/bin/sh\n', mode: '100755' },
      },
      { branch: 'main', message: 'First\n\nand why', author: AUTHOR },
    );
  });
  afterAll(() => bare.close());

  test('a git command that hangs is killed and reported', async () => {
    const processes = new GitProcesses(bare.dir, 200);
    await expect(processes.run(['-c', 'alias.hang=!sleep 60', 'hang'])).rejects.toThrow(
      'git -c did not finish within 0.2 s',
    );
    expect(await bare.resolve('main')).toBe(first);
  });

  test('a tree reads as git lists it', async () => {
    const show = (entries: Awaited<ReturnType<GitRepository['readTree']>>) =>
      entries.map((entry) => `${entry.mode} ${entry.kind} ${entry.oid} ${entry.size ?? '-'}\t${entry.path}`).join('\n');
    const list = async (...more: string[]) =>
      (await well(bare.dir, '-c', 'core.quotepath=off', 'ls-tree', '-l', ...more, 'main')).replace(
        / +(\S+)\t/g,
        ' $1\t',
      );
    expect(show(await bare.readTree('main'))).toBe(await list());
    expect(show(await bare.readTree(first, 'recursive'))).toBe(await list('-r'));
    expect(show(await bare.readTree(first, 'everything'))).toBe(await list('-r', '-t'));
    expect((await bare.readTree('main:src')).map((entry) => entry.path)).toEqual(['b c.txt', 'deep']);
    await expect(bare.readTree('nowhere')).rejects.toThrow('nowhere is not a tree');
  });

  test('a commit reads back as it was written, with the caller’s date', async () => {
    const read = await bare.readCommit('main');
    expect(read).toMatchObject({ oid: first, parents: [], message: 'First\n\nand why', author: AUTHOR });
    expect(await well(bare.dir, 'log', '-1', '--format=%an <%ae> %aI', 'main')).toBe(
      'Ana <ana@example.com> 2026-01-05T09:00:00+00:00',
    );
  });

  test('a revision with a line feed is not found, and the next lookup still works', async () => {
    expect(await bare.resolve(`${first}\ninfo main`)).toBeNull();
    expect(await bare.readCommit(`nothing\ncontents ${first}`)).toBeNull();
    expect(await bare.readBlob(`${first}:a.txt\n`)).toBeNull();
    expect((await bare.readBlob(`${first}:src/b c.txt`))?.toString()).toBe('b\n');
  });

  test('loose and packed refs are read, and a packed one can be deleted', async () => {
    await bare.updateRefs([{ name: 'refs/tags/old', before: null, after: first }]);
    await well(bare.dir, 'pack-refs', '--all');
    await bare.updateRefs([{ name: 'refs/heads/feat/new', before: null, after: first }]);
    expect((await bare.listRefs('refs/')).map((ref) => ref.name)).toEqual(
      (await well(bare.dir, 'for-each-ref', '--format=%(refname)')).split('\n'),
    );
    expect((await bare.listRefs('refs/heads/fe')).map((ref) => ref.name)).toEqual(['refs/heads/feat/new']);
    expect(await bare.readRef('refs/tags/old')).toBe(first);
    expect(await bare.readRef('HEAD')).toBe(first);
    await bare.updateRefs([{ name: 'refs/tags/old', before: first, after: null }]);
    expect(await bare.readRef('refs/tags/old')).toBeNull();
    expect(await bare.readRef('refs/heads/../../config')).toBeNull();
  });

  test('several refs move together or not at all', async () => {
    const next = await bare.commitTree({
      tree: `${first}^{tree}`,
      parents: [first],
      message: 'Next',
      author: AUTHOR,
      committer: AUTHOR,
    });
    const refused = await bare.updateRefs([
      { name: 'refs/swarm/one', before: null, after: next },
      { name: 'refs/heads/main', before: next, after: next },
    ]);
    expect(refused.kind).toBe('refused');
    expect(await bare.readRef('refs/swarm/one')).toBeNull();
    expect(await bare.updateRefs([{ name: 'refs/heads/main', before: null, after: next }])).toMatchObject({
      kind: 'refused',
    });
    expect(await bare.readRef('refs/heads/main')).toBe(first);
  });

  test('if twenty writers move one ref from the same commit, exactly one succeeds', async () => {
    await bare.updateRefs([{ name: 'refs/swarm/race', before: null, after: first }]);
    const movers = await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        const message = `mover ${at}`;
        const oid = await bare.commitTree({
          tree: `${first}^{tree}`,
          parents: [first],
          message,
          author: AUTHOR,
          committer: AUTHOR,
        });
        const moved = await bare.updateRefs([{ name: 'refs/swarm/race', before: first, after: oid }]);
        return { oid, moved };
      }),
    );
    const winners = movers.filter(({ moved }) => moved.kind === 'done');
    expect(winners.map(({ oid }) => oid)).toEqual([await bare.readRef('refs/swarm/race')]);
  });

  test('edits change a tree: a changed file, a deleted one, a new directory, a directory replaced by a file', async () => {
    const blob = await bare.writeBlob('new\n');
    const inside = await bare.resolve(`${first}:src`);
    const tree = await bare.writeTree(first, [
      { path: 'a.txt', mode: '100644', oid: blob },
      { path: 'run.sh', mode: '100755', oid: null },
      { path: 'copy', mode: '040000', oid: inside },
      { path: 'src', mode: '100644', oid: blob },
    ]);
    expect((await bare.readTree(tree, 'recursive')).map((entry) => entry.path)).toEqual([
      'a.txt',
      'copy/b c.txt',
      'copy/deep/ü.txt',
      'src',
    ]);
    await expect(bare.writeTree(null, [{ path: '../out', mode: '100644', oid: blob }])).rejects.toThrow(/update-index/);
  });

  test('two branches are merged, rebased and compared', async () => {
    const base = await bare.seed({ 'm.txt': '1\n2\n3\n4\n5\n' }, { branch: 'base', message: 'base', author: AUTHOR });
    for (const branch of ['left', 'right', 'clash']) {
      await bare.updateRefs([{ name: `refs/heads/${branch}`, before: null, after: base }]);
    }
    const left = await bare.seed({ 'm.txt': 'one\n2\n3\n4\n5\n' }, { branch: 'left', message: 'left', author: AUTHOR });
    const right = await bare.seed(
      { 'm.txt': '1\n2\n3\n4\nfive\n', 'n.bin': Buffer.from([0, 1, 2]) },
      { branch: 'right', message: 'right', author: AUTHOR },
    );
    const clash = await bare.seed(
      { 'm.txt': 'ONE\n2\n3\n4\n5\n' },
      { branch: 'clash', message: 'clash', author: AUTHOR },
    );

    const merged = await bare.mergeTree(left, right);
    expect(merged.kind === 'clean' && (await bare.readBlob(`${merged.tree}:m.txt`))?.toString()).toBe(
      'one\n2\n3\n4\nfive\n',
    );
    expect(await bare.mergeTree(left, clash)).toEqual({ kind: 'conflict', paths: ['m.txt'] });

    const rebased = await bare.rebase(left, right, AUTHOR);
    const tip = rebased.kind === 'done' ? await bare.readCommit(rebased.oid) : null;
    expect(tip).toMatchObject({ parents: [left], message: 'right' });
    expect((await bare.readBlob(`${tip?.oid}:m.txt`))?.toString()).toBe('one\n2\n3\n4\nfive\n');
    expect(await bare.rebase(left, clash, AUTHOR)).toEqual({ kind: 'conflict' });

    expect(await bare.aheadBehind(left, right)).toEqual({ ahead: 1, behind: 1 });
    expect(await bare.mergeBase(left, right)).toBe(base);
    expect([await bare.isAncestor(base, left), await bare.isAncestor(left, right)]).toEqual([true, false]);
    const changed = await bare.changedFiles(left, right);
    expect(changed.map(({ path, status, additions, deletions }) => [path, status, additions, deletions])).toEqual([
      ['m.txt', 'modified', 1, 1],
      ['n.bin', 'added', 0, 0],
    ]);
    expect(changed[0]?.patch).toContain('@@ -2,4 +2,4 @@');
    expect(changed[1]?.patch).toBeUndefined();
  });

  test('a renamed file is shown as renamed', async () => {
    const text = Array.from({ length: 30 }, (_, at) => `line ${at}\n`).join('');
    const from = await bare.seed({ 'old name.txt': text }, { branch: 'move', message: 'from', author: AUTHOR });
    const oid = await bare.resolve(`${from}:old name.txt`);
    const tree = await bare.writeTree(from, [
      { path: 'old name.txt', mode: '100644', oid: null },
      { path: 'new.txt', mode: '100644', oid },
    ]);
    expect(await bare.diff(from, tree)).toEqual([
      { path: 'new.txt', previousPath: 'old name.txt', status: 'renamed', additions: 0, deletions: 0, oid },
    ]);
  });
});

describe('over HTTP', () => {
  test('a private repository needs a token, and without one it seems not to exist', async () => {
    const repository = await repositoryWith({ 'a.txt': 'a\n' });
    const answer = await fetch(`${urlOf(repository)}/info/refs?service=git-upload-pack`);
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="GitHub"']);
    expect((await git(place(), 'clone', urlOf(repository), '.')).err).toContain('could not read Username');
    const rita = world.user('rita');
    const token = rita ? world.tokens.forUser(rita) : '';
    expect((await git(place(), 'clone', urlOf(repository, token), '.')).err).toContain('not found');
  });

  test('a public repository can be read without a token, but not written', async () => {
    const repository = await repositoryWith({ 'a.txt': 'a\n' }, 'public');
    const at = place();
    await well(at, 'clone', '-q', urlOf(repository), '.');
    expect(readFileSync(join(at, 'a.txt'), 'utf8')).toBe('a\n');
    await commit(at, { 'b.txt': 'b\n' });
    expect((await git(at, 'push', 'origin', 'main')).err).toContain('could not read Username');
  });

  test('a large clone arrives complete, and its chunks leave no listeners behind', async () => {
    const big = randomBytes(6_000_000).toString('hex');
    const repository = await repositoryWith({ 'big.txt': big }, 'public');
    const warnings: string[] = [];
    const note = (warning: Error) => warnings.push(warning.name);
    process.on('warning', note);
    const at = place();
    await well(at, 'clone', '-q', urlOf(repository), '.');
    process.off('warning', note);
    expect(readFileSync(join(at, 'big.txt'), 'utf8') === big).toBe(true);
    expect(warnings).toEqual([]);
  });

  test('a client can clone shallowly with the token in a header, and fetch a commit by id', async () => {
    const repository = await repositoryWith({ 'a.txt': 'a\n' });
    const repositoryGit = await world.git(repository);
    const old = await repositoryGit.readRef('refs/heads/main');
    await repositoryGit.seed({ 'a.txt': 'b\n' }, { branch: 'main', message: 'Second', author: AUTHOR });
    const basic = Buffer.from(`x-access-token:${world.tokens.forUser(ana)}`).toString('base64');
    const header = `http.extraheader=AUTHORIZATION: basic ${basic}`;
    const at = place();
    await well(at, '-c', header, 'clone', '-q', '--depth=1', urlOf(repository), '.');
    expect(await well(at, 'log', '--format=%s')).toBe('Second');
    await well(at, '-c', header, 'fetch', '-q', '--depth=1', 'origin', old ?? '');
    expect(await well(at, 'log', '-1', '--format=%s', old ?? '')).toBe('The shop opens');
  });

  test('a push of any size emits its event once', async () => {
    const repository = await repositoryWith({ 'a.txt': 'a\n' });
    const token = world.tokens.forUser(ana);
    const at = await clone(repository, token);
    // Larger than git's post buffer, so that git sends it in chunks and after a probe.
    const noise = Array.from({ length: 90_000 }, (_, line) => `${(line * 2_654_435_761) % 4_294_967_296}`).join('\n');
    const head = await commit(at, { 'noise.txt': noise });
    await well(at, '-c', 'http.postBuffer=65536', 'push', '-q', 'origin', 'main');
    expect(await (await world.git(repository)).readRef('refs/heads/main')).toBe(head);
    expect(pushes(repository)).toEqual(['refs/heads/main']);
    await well(at, 'push', '-q', 'origin', 'main:refs/heads/one', 'main:refs/heads/two', 'main:refs/tags/v1');
    expect(pushes(repository).slice(1).sort()).toEqual(['refs/heads/one', 'refs/heads/two', 'refs/tags/v1']);
    await well(at, 'push', '-q', 'origin', ':refs/heads/one');
    expect(pushes(repository).slice(4)).toEqual(['refs/heads/one']);
    expect(await (await world.git(repository)).readRef('refs/heads/one')).toBeNull();
  });

  test('force-with-lease is refused if another push was faster', async () => {
    const repository = await repositoryWith({ 'a.txt': 'a\n' });
    const token = world.tokens.forUser(ana);
    const [mine, theirs] = await Promise.all([clone(repository, token), clone(repository, token)]);
    const before = await well(mine, 'rev-parse', 'HEAD');
    const head = await commit(theirs, { 'b.txt': 'theirs\n' });
    await well(theirs, 'push', '-q', 'origin', 'main');
    await commit(mine, { 'b.txt': 'mine\n' });
    const refused = await git(mine, 'push', `--force-with-lease=main:${before}`, 'origin', 'main');
    expect(refused.err).toContain('stale info');
    expect((await git(mine, 'push', 'origin', 'main')).err).toContain('fetch first');
    expect(await (await world.git(repository)).readRef('refs/heads/main')).toBe(head);
  });

  test('if two pushes create the same ref at the same time, one wins', async () => {
    const repository = await repositoryWith({ 'a.txt': 'a\n' });
    const token = world.tokens.forUser(ana);
    const clones = await Promise.all([clone(repository, token), clone(repository, token)]);
    const heads = await Promise.all(clones.map((at, index) => commit(at, { 'c.txt': `claim ${index}\n` })));
    const ran = await Promise.all(
      clones.map((at) =>
        git(at, 'push', '--force-with-lease=refs/swarm/claims/12:', 'origin', 'HEAD:refs/swarm/claims/12'),
      ),
    );
    expect(ran.map(({ code }) => code).sort()).toEqual([0, 1]);
    const winner = heads[ran.findIndex(({ code }) => code === 0)];
    expect(await (await world.git(repository)).readRef('refs/swarm/claims/12')).toBe(winner);
  });

  test('custom refs can be pushed and fetched and emit no events; refs/pull cannot be pushed', async () => {
    const repository = await repositoryWith({ 'a.txt': 'a\n' });
    const token = world.tokens.forUser(ana);
    const at = await clone(repository, token);
    const head = await commit(at, { 'state.json': '{}\n' });
    await well(at, 'push', '-q', 'origin', 'HEAD:refs/swarm/epics/12');
    await well(at, 'push', '-q', 'origin', 'HEAD:refs/heads/feat');
    const pull = await world.pulls.create(world.as('ana'), repository, { title: 'Feat', head: 'feat', base: 'main' });
    const other = place();
    await well(other, 'init', '-q');
    const refs = ['refs/swarm/epics/12:refs/heads/state', `refs/pull/${pull.issue.number}/head:refs/heads/pull`];
    await well(other, 'fetch', '-q', urlOf(repository, token), ...refs);
    expect(await well(other, 'rev-parse', 'state', 'pull')).toBe(`${head}\n${head}`);
    expect(pushes(repository)).toEqual(['refs/heads/feat']);
    const refused = await git(at, 'push', '--force', 'origin', `HEAD~:refs/pull/${pull.issue.number}/head`);
    expect(refused.err).toContain('deny updating a hidden ref');
    expect(await (await world.git(repository)).readRef(`refs/pull/${pull.issue.number}/head`)).toBe(head);
  });

  test('the merge commit of a pull request can be fetched, and is new when the base has moved', async () => {
    const repository = await repositoryWith({ 'a.txt': 'a\n' });
    const at = await clone(repository, world.tokens.forUser(ana));
    const head = await commit(at, { 'b.txt': 'b\n' });
    await well(at, 'push', '-q', 'origin', 'HEAD:refs/heads/feat');
    const pull = await world.pulls.create(world.as('ana'), repository, { title: 'Feat', head: 'feat', base: 'main' });
    const parents = async () => {
      await well(at, 'fetch', '-q', 'origin', `refs/pull/${pull.issue.number}/merge`);
      return well(at, 'rev-parse', 'FETCH_HEAD^1', 'FETCH_HEAD^2');
    };
    const bare = await world.git(repository);
    expect(await parents()).toBe(`${await bare.readRef('refs/heads/main')}\n${head}`);
    const moved = await bare.seed({ 'c.txt': 'c\n' }, { branch: 'main', message: 'Move', author: AUTHOR });
    expect(await parents()).toBe(`${moved}\n${head}`);
  });

  test('a push to a pull request’s branch updates the pull request', async () => {
    const repository = await repositoryWith({ 'a.txt': 'a\n' });
    const at = await clone(repository, world.tokens.forUser(ana));
    await commit(at, { 'b.txt': 'b\n' });
    await well(at, 'push', '-q', 'origin', 'HEAD:refs/heads/feat');
    const pull = await world.pulls.create(world.as('ana'), repository, { title: 'Feat', head: 'feat', base: 'main' });
    const head = await commit(at, { 'b.txt': 'c\n' });
    await well(at, 'push', '-q', 'origin', 'HEAD:refs/heads/feat');
    expect(pull.headSha).toBe(head);
    await well(at, 'push', '-q', 'origin', ':refs/heads/feat');
    expect(pull.issue.state).toBe('closed');
  });

  test('a read-only token cannot push, and a write token without `workflows` cannot push workflows', async () => {
    const repository = await repositoryWith({ 'a.txt': 'a\n', [WORKFLOW]: 'on: push\n' });
    const reader = world.tokens.forJob(repository, 1, { contents: 'read' });
    const at = await clone(repository, reader);
    await commit(at, { 'b.txt': 'b\n' });
    expect((await git(at, 'push', 'origin', 'HEAD:refs/heads/b')).err).toContain('403');

    const { token } = world.tokens.forInstallation(installation);
    await well(at, 'remote', 'set-url', 'origin', urlOf(repository, token));
    await well(at, 'push', '-q', 'origin', 'HEAD:refs/heads/b');
    await commit(at, { [WORKFLOW]: 'on: [push, pull_request]\n' });
    const refused = await git(at, 'push', 'origin', 'HEAD:refs/heads/c', 'HEAD~:refs/heads/d');
    expect(refused.err).toContain(
      `refusing to allow a GitHub App to create or update workflow \`${WORKFLOW}\` without \`workflows\` permission`,
    );
    const bare = await world.git(repository);
    expect((await bare.listRefs('refs/heads/')).map((ref) => ref.name)).toEqual(['refs/heads/b', 'refs/heads/main']);
    expect(pushes(repository)).toEqual(['refs/heads/b']);

    await well(at, 'remote', 'set-url', 'origin', urlOf(repository, world.tokens.forUser(ana)));
    await well(at, 'push', '-q', 'origin', 'HEAD:refs/heads/c');
  });

  test('a protected branch accepts a fast-forward and refuses a force push (R10.5)', async () => {
    const repository = await repositoryWith({ 'a.txt': 'a\n' });
    world.addRule(repository, { noForcePush: true });
    const at = await clone(repository, world.tokens.forUser(ana));
    const head = await commit(at, { 'b.txt': 'b\n' });
    await well(at, 'push', '-q', 'origin', 'main');
    await well(at, 'commit', '-q', '--amend', '-m', 'Another history');
    const refused = await git(at, 'push', '--force', 'origin', 'main');
    expect(refused.err).toContain('GH013: Repository rule violations found for refs/heads/main.');
    expect(refused.err).toContain('- Cannot force-push to this branch');
    expect(refused.err).toContain('(push declined due to repository rule violations)');
    expect(await (await world.git(repository)).readRef('refs/heads/main')).toBe(head);
  });

  test('the default branch is not deleted, and a file of more than 100 MB is not taken, in GitHub’s words', async () => {
    const repository = await repositoryWith({ 'a.txt': 'a\n' });
    const at = await clone(repository, world.tokens.forUser(ana));
    const kept = await git(at, 'push', 'origin', ':main');
    expect(kept.err).toContain('refusing to delete the current branch: refs/heads/main');
    writeFileSync(join(at, 'large.bin'), Buffer.alloc(101 * 1024 * 1024));
    await commit(at, { 'b.txt': 'b\n' });
    const refused = await git(at, 'push', 'origin', 'HEAD:refs/heads/large');
    expect(refused.err).toContain('File large.bin is 101.00 MB');
    expect(refused.err).toContain('GH001: Large files detected');
    expect(await (await world.git(repository)).readRef('refs/heads/large')).toBeNull();
  });

  test('a broken pack moves no ref', async () => {
    const repository = await repositoryWith({ 'a.txt': 'a\n' });
    const line = `${ZERO_OID} ${'1'.repeat(40)} refs/heads/x\0 report-status side-band-64k`;
    const body = `${(line.length + 4).toString(16).padStart(4, '0')}${line}0000PACK\0\0\0\x02 not a pack`;
    const answer = await fetch(`${urlOf(repository)}/git-receive-pack`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${world.tokens.forUser(ana)}`,
        'content-type': 'application/x-git-receive-pack-request',
      },
      body,
    });
    expect(await answer.text()).toContain('ng refs/heads/x unpacker error');
    expect(await (await world.git(repository)).readRef('refs/heads/x')).toBeNull();
  });
});
