/**
 * The emulator's REST API, used with GitHub's own client. Every request and response is checked against GitHub's OpenAPI
 * description; `findings` and `unimplemented` must be empty at the end of each test.
 */
import { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import type { ActionsService } from '../../src/emulator/model/actions-service.ts';
import { virtualClock } from '../../src/emulator/model/clock.ts';
import type { Repository } from '../../src/emulator/model/records.ts';
import { Oracle } from '../../src/emulator/oracle/oracle.ts';
import { routes } from '../../src/emulator/rest/rest.ts';
import { showPull, showWholeIssue } from '../../src/emulator/shapes/objects.ts';
import { until } from '../rig/wait.ts';

const P = { owner: 'acme', repo: 'shop' };
const clock = virtualClock();
let github: Emulator;
let repository: Repository;
let ana: Octokit;
let ben: Octokit;

beforeEach(async () => {
  github = await startEmulator({ clock });
  const { world } = github;
  const acme = world.addUser('acme', 'Organization');
  repository = await world.addRepository(acme, 'shop');
  const [first, second] = [world.addUser('ana', 'User', 'Ana'), world.addUser('ben')];
  repository.collaborators.set(first.id, 'admin').set(second.id, 'write');
  ana = client(world.tokens.forUser(first));
  ben = client(world.tokens.forUser(second));
});

afterEach(async () => {
  const { findings, unimplemented } = github;
  await github.close();
  expect({ findings, unimplemented }).toEqual({ findings: [], unimplemented: [] });
});

function client(auth?: string): Octokit {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  return new Octokit({ baseUrl: `${github.url}/api/v3`, ...(auth && { auth }), log });
}

const put = (path: string, text: string, branch = 'main') =>
  ana.repos.createOrUpdateFileContents({
    ...P,
    path,
    branch,
    message: `feat: ${path}`,
    content: Buffer.from(text).toString('base64'),
  });

async function branch(name: string, from = 'main'): Promise<string> {
  const { data } = await ana.git.getRef({ ...P, ref: `heads/${from}` });
  await ana.git.createRef({ ...P, ref: `refs/heads/${name}`, sha: data.object.sha });
  return data.object.sha;
}

async function openPull(name: string, files: Record<string, string>, body = ''): Promise<number> {
  await branch(name);
  for (const [path, text] of Object.entries(files)) await put(path, text, name);
  return (await ana.pulls.create({ ...P, title: `Pull ${name}`, head: name, base: 'main', body })).data.number;
}

/** The status and message of a refused call. */
async function refusal(call: Promise<unknown>): Promise<[number, string]> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && 'status' in error && 'response' in error) {
      const { data } = error.response as { data: { message: string; errors?: unknown[] } };
      const details = (data.errors ?? []).map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
      return [Number(error.status), [data.message, ...details].join(' | ')];
    }
    throw error;
  }
  throw new Error('it was not refused');
}

describe('issues', () => {
  test('are opened, changed, labelled, assigned, closed and listed', async () => {
    const { data: issue } = await ana.issues.create({
      ...P,
      title: 'One',
      body: 'text',
      labels: ['bug', 'epic'],
      assignees: ['ben', 'nobody'],
    });
    expect(issue).toMatchObject({ number: 1, state: 'open', user: { login: 'ana' }, assignee: { login: 'ben' } });
    expect(issue.assignees?.map((user) => user.login)).toEqual(['ben']);
    await ana.issues.update({ ...P, issue_number: 1, title: 'First', state: 'closed', state_reason: 'not_planned' });
    await ana.issues.create({ ...P, title: 'Two' });
    const closed = await ana.issues.listForRepo({ ...P, state: 'closed', labels: 'bug,epic', assignee: 'ben' });
    expect(closed.data.map((one) => [one.number, one.title, one.state_reason])).toEqual([[1, 'First', 'not_planned']]);
    expect((await ana.issues.listForRepo(P)).data.map((one) => one.title)).toEqual(['Two']);
    const timeline = await ana.paginate(ana.issues.listEventsForTimeline, { ...P, issue_number: 1 });
    expect(timeline.map((event) => event.event)).toEqual(['labeled', 'labeled', 'assigned', 'renamed', 'closed']);
    expect(await refusal(ana.issues.get({ ...P, issue_number: 99 }))).toEqual([404, 'Not Found']);
    expect(await refusal(ana.issues.create({ ...P, title: ' ' }))).toEqual([
      422,
      'Validation Failed | {"resource":"Issue","code":"missing_field","field":"title"}',
    ]);
  });

  test('are gone when they are deleted, with their place below a parent; their numbers stay used', async () => {
    const { world } = github;
    const [epic, part, next] = ['Epic', 'Part', 'Next'].map((title) =>
      world.issues.create(world.as('ana'), repository, { title }),
    );
    if (!epic || !part || !next) throw new Error('there are no issues');
    world.issues.addSubIssue(world.as('ana'), epic, part);
    world.issues.addBlockedBy(world.as('ana'), next, part);
    world.issues.delete(world.as('ana'), part);
    expect(await refusal(ana.issues.get({ ...P, issue_number: 2 }))).toEqual([410, 'This issue was deleted']);
    expect((await ana.issues.listForRepo(P)).data.map((one) => one.number)).toEqual([3, 1]);
    expect((await ana.issues.get({ ...P, issue_number: 1 })).data.sub_issues_summary?.total).toBe(0);
    expect((await ana.issues.get({ ...P, issue_number: 3 })).data.issue_dependencies_summary?.total_blocked_by).toBe(0);
    expect((await ana.issues.create({ ...P, title: 'More' })).data.number).toBe(4);
  });

  test('of an archived repository, and locked ones, take no comment from those who may not write', async () => {
    const { world } = github;
    repository.visibility = 'public';
    const issue = world.issues.create(world.as('ana'), repository, { title: 'One' });
    const eve = client(world.tokens.forUser(world.addUser('eve')));
    const comments = (by: Octokit) =>
      by.graphql('mutation($id: ID!) { addComment(input: { subjectId: $id, body: "Hi" }) { clientMutationId } }', {
        id: issue.nodeId,
      });
    world.triage.lock(world.as('ana'), issue, null);
    await expect(comments(eve)).rejects.toThrow('Must have admin rights');
    await comments(ben);
    repository.archived = true;
    await expect(comments(ben)).rejects.toThrow('Repository was archived so is read-only.');
    expect(issue.comments).toHaveLength(1);
  });

  test('have authors that another login does not change: an account is found by its id', async () => {
    const { world } = github;
    const { user } = world.as('ben');
    world.renameUser(user, 'benno');
    const { data } = await ana.request('GET /user/{account_id}', { account_id: user.id });
    expect(data.login).toBe('benno');
    const permission = (username: string) => ana.repos.getCollaboratorPermissionLevel({ ...P, username });
    expect((await permission('benno')).data.role_name).toBe('write');
    expect((await refusal(permission('ben')))[0]).toBe(404);
  });

  test('have labels that are added, replaced and removed; a duplicate label is refused', async () => {
    await ana.issues.create({ ...P, title: 'One' });
    const on = { ...P, issue_number: 1 };
    await ana.issues.addLabels({ ...on, labels: ['swarm:execute'] });
    expect((await ana.issues.getLabel({ ...P, name: 'swarm:execute' })).data.color).toBe('ededed');
    const names = (answer: { data: { name: string }[] }) => answer.data.map((label) => label.name);
    expect(names(await ana.issues.setLabels({ ...on, labels: ['bug', 'P1'] }))).toEqual(['bug', 'P1']);
    expect(names(await ana.issues.removeLabel({ ...on, name: 'bug' }))).toEqual(['P1']);
    expect(await refusal(ana.issues.removeLabel({ ...on, name: 'bug' }))).toEqual([404, 'Label does not exist']);
    expect(await refusal(ana.issues.createLabel({ ...P, name: 'P1' }))).toEqual([
      422,
      'Validation Failed | {"resource":"Label","code":"already_exists","field":"name"}',
    ]);
    await ana.issues.updateLabel({ ...P, name: 'P1', new_name: 'priority:high', color: 'ff0000' });
    expect(names(await ana.issues.listLabelsOnIssue(on))).toEqual(['priority:high']);
    await ana.issues.deleteLabel({ ...P, name: 'priority:high' });
    expect(names(await ana.issues.listLabelsOnIssue(on))).toEqual([]);
  });

  test('have comments that are created, edited, reacted to once and deleted', async () => {
    await ana.issues.create({ ...P, title: 'One' });
    const { data: comment } = await ben.issues.createComment({ ...P, issue_number: 1, body: 'first' });
    await clock.advance(5000);
    const on = { ...P, comment_id: comment.id };
    const { data: edited } = await ben.issues.updateComment({ ...on, body: 'second' });
    expect(Date.parse(edited.updated_at) - Date.parse(comment.updated_at)).toBe(5000);
    expect((await ana.reactions.createForIssueComment({ ...on, content: 'eyes' })).status).toBe(201);
    expect((await ana.reactions.createForIssueComment({ ...on, content: 'eyes' })).status).toBe(200);
    expect((await ana.issues.getComment(on)).data.reactions?.eyes).toBe(1);
    expect((await ana.issues.listComments({ ...P, issue_number: 1, since: edited.updated_at })).data).toHaveLength(1);
    await ben.issues.deleteComment(on);
    expect(await refusal(ana.issues.getComment(on))).toEqual([404, 'Not Found']);
    const long = 'x'.repeat(262_145);
    expect(await refusal(ana.issues.createComment({ ...P, issue_number: 1, body: long }))).toEqual([
      422,
      expect.stringContaining('body is too long'),
    ]);
    // For an issue body that is too long, GitHub responds with 200 and keeps the old one.
    expect((await ana.issues.update({ ...P, issue_number: 1, body: long })).data.body).toBeNull();
  });

  test('have sub-issues in order, with one parent and up to eight levels', async () => {
    const ids: number[] = [];
    for (const title of 'abcd') ids.push((await ana.issues.create({ ...P, title })).data.id);
    const [a = 0, b = 0, c = 0, d = 0] = ids;
    for (const sub of [b, c, d]) await ana.issues.addSubIssue({ ...P, issue_number: 1, sub_issue_id: sub });
    await ana.issues.reprioritizeSubIssue({ ...P, issue_number: 1, sub_issue_id: d, before_id: b });
    const order = async () => (await ana.issues.listSubIssues({ ...P, issue_number: 1 })).data.map((one) => one.title);
    expect(await order()).toEqual(['d', 'b', 'c']);
    expect(await refusal(ana.issues.addSubIssue({ ...P, issue_number: 2, sub_issue_id: c }))).toEqual([
      422,
      'An error occurred while adding the sub-issue to the parent issue. Issue may not contain duplicate sub-issues and Sub issue may only have one parent',
    ]);
    await ana.issues.addSubIssue({ ...P, issue_number: 2, sub_issue_id: c, replace_parent: true });
    expect(await order()).toEqual(['d', 'b']);
    expect(await refusal(ana.issues.addSubIssue({ ...P, issue_number: 3, sub_issue_id: a }))).toEqual([
      422,
      expect.stringContaining('cannot be an ancestor'),
    ]);
    expect((await ana.issues.getParent({ ...P, issue_number: 3 })).data.title).toBe('b');
    await ana.issues.update({ ...P, issue_number: 4, state: 'closed' });
    expect((await ana.issues.get({ ...P, issue_number: 1 })).data.sub_issues_summary).toEqual({
      total: 2,
      completed: 1,
      percent_completed: 50,
    });
    await ana.issues.removeSubIssue({ ...P, issue_number: 1, sub_issue_id: d });
    expect(await refusal(ana.issues.getParent({ ...P, issue_number: 4 }))).toEqual([404, 'Not Found']);
  });

  test('block other issues, also across repositories; a pull request cannot block', async () => {
    const other = await github.world.addRepository(repository.owner, 'other');
    const blocker = github.world.issues.create(github.world.as('acme'), other, { title: 'elsewhere' });
    other.collaborators.set(github.world.as('ana').user.id, 'read');
    const one = (await ana.issues.create({ ...P, title: 'one' })).data;
    await ana.issues.create({ ...P, title: 'two' });
    await ana.issues.addBlockedByDependency({ ...P, issue_number: 2, issue_id: one.id });
    await ana.issues.addBlockedByDependency({ ...P, issue_number: 2, issue_id: blocker.id });
    const { data } = await ana.issues.listDependenciesBlockedBy({ ...P, issue_number: 2 });
    expect(data.map((issue) => issue.repository_url.split('/').at(-1))).toEqual(['shop', 'other']);
    expect(
      (await ana.issues.listDependenciesBlocking({ ...P, issue_number: 1 })).data.map((issue) => issue.number),
    ).toEqual([2]);
    await ana.issues.update({ ...P, issue_number: 1, state: 'closed' });
    expect((await ana.issues.get({ ...P, issue_number: 2 })).data.issue_dependencies_summary).toEqual({
      blocked_by: 1,
      total_blocked_by: 2,
      blocking: 0,
      total_blocking: 0,
    });
    await ana.issues.removeDependencyBlockedBy({ ...P, issue_number: 2, issue_id: blocker.id });
    await put('README.md', 'one\n');
    const pull = await openPull('feat/x', { 'x.txt': 'x\n' });
    const asIssue = (await ana.issues.get({ ...P, issue_number: pull })).data;
    expect(await refusal(ana.issues.addBlockedByDependency({ ...P, issue_number: 2, issue_id: asIssue.id }))).toEqual([
      422,
      'Validation failed: Target issue may only be an issue',
    ]);
    // Ben cannot see the other repository, so the issue is hidden too.
    expect(await refusal(ben.issues.addBlockedByDependency({ ...P, issue_number: 2, issue_id: blocker.id }))).toEqual([
      404,
      'Not Found',
    ]);
  });

  test('are listed in pages that Octokit follows', async () => {
    for (let number = 1; number <= 65; number += 1) {
      github.world.issues.create(github.world.as('ana'), repository, { title: `issue ${number}` });
    }
    const first = await ana.issues.listForRepo(P);
    expect(first.data).toHaveLength(30);
    expect(first.headers.link).toMatch(/page=2>; rel="next", <.*page=3>; rel="last"/);
    const all = await ana.paginate(ana.issues.listForRepo, { ...P, per_page: 20, direction: 'asc', sort: 'created' });
    expect(all.map((issue) => issue.number)).toEqual(Array.from({ length: 65 }, (_, index) => index + 1));
  });
});

describe('git', () => {
  test('a change can be built from blobs, trees, commits and refs', async () => {
    expect(await refusal(ana.git.getRef({ ...P, ref: 'heads/main' }))).toEqual([409, 'Git Repository is empty.']);
    expect(await refusal(ana.git.listMatchingRefs({ ...P, ref: 'heads/' }))).toEqual([409, 'Git Repository is empty.']);
    expect(await refusal(ana.git.createBlob({ ...P, content: 'x' }))).toEqual([409, 'Git Repository is empty.']);
    await put('README.md', 'one\n');
    const { data: main } = await ana.git.getRef({ ...P, ref: 'heads/main' });
    const base = (await ana.git.getCommit({ ...P, commit_sha: main.object.sha })).data;
    const blob = (
      await ana.git.createBlob({ ...P, content: Buffer.from('bin\0').toString('base64'), encoding: 'base64' })
    ).data;
    const { data: tree } = await ana.git.createTree({
      ...P,
      base_tree: base.tree.sha,
      tree: [
        { path: 'a/b.bin', mode: '100644', type: 'blob', sha: blob.sha },
        { path: 'a/c.sh', mode: '100755', type: 'blob', content: 'echo\n' },
        { path: 'README.md', mode: '100644', type: 'blob', sha: null },
      ],
    });
    const whole = await ana.git.getTree({ ...P, tree_sha: tree.sha, recursive: '1' });
    expect(whole.data.tree.map((entry) => `${entry.mode} ${entry.path}`)).toEqual([
      '040000 a',
      '100644 a/b.bin',
      '100755 a/c.sh',
    ]);
    for (const path of ['../x', 'a/../../x', 'a//b', '.git/config', 'a/.GIT/hooks/x']) {
      const wrong = ana.git.createTree({ ...P, tree: [{ path, mode: '100644', type: 'blob', content: 'x' }] });
      expect(await refusal(wrong), path).toEqual([422, expect.stringContaining('malformed path component')]);
    }
    const hidden = ana.repos.createOrUpdateFileContents({ ...P, path: 'a/.git/config', content: '', message: 'x' });
    expect(await refusal(hidden)).toEqual([422, expect.stringContaining('malformed path component')]);
    const commit = (
      await ana.git.createCommit({ ...P, message: 'feat: all\n\nCloses #1', tree: tree.sha, parents: [base.sha] })
    ).data;
    expect([commit.author.name, commit.author.date]).toEqual(['Ana', github.world.now()]);
    await ana.git.createRef({ ...P, ref: 'refs/heads/feat/all', sha: commit.sha });
    expect(await refusal(ana.git.createRef({ ...P, ref: 'refs/heads/feat/all', sha: commit.sha }))).toEqual([
      422,
      'Reference already exists',
    ]);
    expect(await refusal(ana.git.createRef({ ...P, ref: 'refs/heads/y', sha: '1'.repeat(40) }))).toEqual([
      422,
      'Object does not exist',
    ]);
    const refs = (await ana.git.listMatchingRefs({ ...P, ref: 'heads/feat/' })).data.map((ref) => ref.ref);
    expect(refs).toEqual(['refs/heads/feat/all']);
    expect(await refusal(ana.git.updateRef({ ...P, ref: 'heads/feat/all', sha: base.sha }))).toEqual([
      422,
      'Update is not a fast forward',
    ]);
    await ana.git.updateRef({ ...P, ref: 'heads/feat/all', sha: base.sha, force: true });
    await ana.git.deleteRef({ ...P, ref: 'heads/feat/all' });
    expect(await refusal(ana.git.deleteRef({ ...P, ref: 'heads/feat/all' }))).toEqual([
      422,
      'Reference does not exist',
    ]);
    expect(await refusal(ana.git.deleteRef({ ...P, ref: 'heads/main' }))).toEqual([
      422,
      'Cannot delete the default branch',
    ]);
    const got = (await ana.git.getBlob({ ...P, file_sha: blob.sha })).data;
    expect(Buffer.from(got.content, 'base64').toString()).toBe('bin\0');
  });

  test('files are written, read, listed and deleted by path, and a stale sha is refused', async () => {
    const { data: first } = await put('docs/a.md', 'one\n');
    const sha = first.content?.sha ?? '';
    expect(await refusal(put('docs/a.md', 'two\n'))).toEqual([422, 'Invalid request.\n\n"sha" wasn\'t supplied.']);
    const change = { ...P, path: 'docs/a.md', message: 'docs: two', content: Buffer.from('two\n').toString('base64') };
    expect(await refusal(ana.repos.createOrUpdateFileContents({ ...change, sha: '2'.repeat(40) }))).toEqual([
      409,
      `docs/a.md does not match ${'2'.repeat(40)}`,
    ]);
    const second = await ana.repos.createOrUpdateFileContents({ ...change, sha });
    expect(second.status).toBe(200);
    const raw = await ana.repos.getContent({ ...P, path: 'docs/a.md', mediaType: { format: 'raw' } });
    expect(raw.data).toBe('two\n');
    const root = await ana.repos.getContent({ ...P, path: '' });
    expect(Array.isArray(root.data) && root.data.map((entry) => `${entry.type} ${entry.path}`)).toEqual(['dir docs']);
    const old = await ana.repos.getContent({ ...P, path: 'docs/a.md', ref: first.commit.sha ?? '' });
    expect('content' in old.data && Buffer.from(String(old.data.content), 'base64').toString()).toBe('one\n');
    await ana.repos.deleteFile({ ...P, path: 'docs/a.md', message: 'docs: none', sha: second.data.content?.sha ?? '' });
    expect(await refusal(ana.repos.getContent({ ...P, path: 'docs/a.md' }))).toEqual([404, 'Not Found']);
    expect((await ana.repos.listCommits({ ...P, path: 'docs/a.md' })).data.map((one) => one.commit.message)).toEqual([
      'docs: none',
      'docs: two',
      'feat: docs/a.md',
    ]);
  });

  test('branches are compared and merged, and a conflict is reported', async () => {
    await put('a.txt', 'one\n');
    await branch('side');
    await branch('other');
    await put('side.txt', 'side\n', 'side');
    const compared = (await ana.repos.compareCommitsWithBasehead({ ...P, basehead: 'main...side' })).data;
    expect([
      compared.status,
      compared.ahead_by,
      compared.files?.map((file) => `${file.status} ${file.filename}`),
    ]).toEqual(['ahead', 1, ['added side.txt']]);
    expect((await ana.repos.merge({ ...P, base: 'main', head: 'side' })).status).toBe(201);
    expect((await ana.repos.merge({ ...P, base: 'main', head: 'side' })).status).toBe(204);
    await put('side.txt', 'different\n', 'other');
    expect(await refusal(ana.repos.merge({ ...P, base: 'main', head: 'other' }))).toEqual([409, 'Merge conflict']);
    expect(await refusal(ana.repos.merge({ ...P, base: 'main', head: 'nowhere' }))).toEqual([
      404,
      'Head does not exist',
    ]);
    const { data } = await ana.repos.getCommit({ ...P, ref: 'side' });
    expect([data.stats?.additions, data.files?.[0]?.filename, data.author?.login]).toEqual([1, 'side.txt', 'ana']);
    expect((await ana.repos.listBranches(P)).data.map((one) => one.name)).toEqual(['main', 'other', 'side']);
    expect((await ana.repos.getBranch({ ...P, branch: 'side' })).data.commit.sha).toBe(data.sha);
  });

  test('a commit on the default branch closes the issues that it names', async () => {
    await ana.issues.create({ ...P, title: 'One' });
    await put('a.txt', 'one\n');
    await ana.repos.createOrUpdateFileContents({ ...P, path: 'b', content: '', message: 'fix: b\n\nFixes #1' });
    const { data } = await ana.issues.get({ ...P, issue_number: 1 });
    expect([data.state, data.state_reason, data.closed_by?.login]).toEqual(['closed', 'completed', 'ana']);
  });
});

describe('pull requests', () => {
  beforeEach(async () => {
    await put('README.md', 'one\n');
  });

  test('are opened once, checked for conflicts by git, and merged with a precondition', async () => {
    await ana.issues.create({ ...P, title: 'Wanted' });
    const number = await openPull('feat/x', { 'x.txt': 'x\n' }, 'Closes #1');
    const on = { ...P, pull_number: number };
    expect(await refusal(ana.pulls.create({ ...P, title: 'again', head: 'feat/x', base: 'main' }))).toEqual([
      422,
      'Validation Failed | {"resource":"PullRequest","code":"custom","message":"A pull request already exists for acme:feat/x."}',
    ]);
    await branch('same');
    expect(await refusal(ana.pulls.create({ ...P, title: 'none', head: 'same', base: 'main' }))).toEqual([
      422,
      expect.stringContaining('No commits between main and same'),
    ]);
    expect(await refusal(ana.pulls.create({ ...P, title: 'none', head: 'nowhere', base: 'main' }))).toEqual([
      422,
      expect.stringContaining('"field":"head"'),
    ]);
    const diff = (await ana.pulls.get({ ...on, mediaType: { format: 'diff' } })).data as unknown as string;
    expect(diff).toMatch(/^diff --git a\//);
    const patch = (await ana.pulls.get({ ...on, mediaType: { format: 'patch' } })).data as unknown as string;
    expect(patch).toMatch(/^From [0-9a-f]{40} [\s\S]*^Subject: [\s\S]*^diff --git a\//m);
    const { data: pull } = await ana.pulls.get(on);
    expect(pull).toMatchObject({
      mergeable: true,
      mergeable_state: 'clean',
      commits: 1,
      additions: 1,
      changed_files: 1,
    });
    expect((await ana.pulls.list({ ...P, head: 'acme:feat/x' })).data.map((one) => one.number)).toEqual([number]);
    expect((await ana.pulls.listFiles(on)).data.map((file) => [file.filename, file.patch])).toEqual([
      ['x.txt', '@@ -0,0 +1 @@\n+x'],
    ]);
    expect(await refusal(ana.pulls.merge({ ...on, sha: '3'.repeat(40) }))).toEqual([
      409,
      'Head branch was modified. Review and try the merge again.',
    ]);
    expect(await refusal(ana.pulls.checkIfMerged(on))).toEqual([404, 'Not Found']);
    const { data: merged } = await ana.pulls.merge({
      ...on,
      sha: pull.head.sha,
      merge_method: 'squash',
      commit_title: 'feat: x (#2)',
      commit_message: 'Closes #1',
    });
    expect((await ana.pulls.checkIfMerged(on)).status).toBe(204);
    const { data: commit } = await ana.repos.getCommit({ ...P, ref: 'main' });
    expect([commit.sha, commit.commit.message, commit.parents.length]).toEqual([
      merged.sha,
      'feat: x (#2)\n\nCloses #1',
      1,
    ]);
    expect((await ana.issues.get({ ...P, issue_number: 1 })).data.state).toBe('closed');
    expect(await refusal(ana.pulls.merge(on))).toEqual([405, 'Pull Request is not mergeable']);
    expect(
      (await ana.repos.listPullRequestsAssociatedWithCommit({ ...P, commit_sha: merged.sha })).data.map(
        (one) => one.number,
      ),
    ).toEqual([number]);
  });

  test('cannot be merged with a conflict, as a draft, by a forbidden method, or against a rule', async () => {
    const number = await openPull('feat/x', { 'x.txt': 'x\n' });
    const on = { ...P, pull_number: number };
    const { world } = github;
    repository.merges.rebase = false;
    expect(await refusal(ana.pulls.merge({ ...on, merge_method: 'rebase' }))).toEqual([
      405,
      'Rebase merges are not allowed on this repository.',
    ]);
    const record = world.pulls.pull(repository, number);
    if (!record) throw new Error('no pull request');
    await world.pulls.setDraft(world.as('ana'), record, 'draft');
    expect(await refusal(ana.pulls.merge(on))).toEqual([405, 'Pull Request is still a draft']);
    expect((await ana.pulls.get(on)).data.mergeable_state).toBe('draft');
    await world.pulls.setDraft(world.as('ana'), record, 'ready');
    world.addRule(repository, {
      pullRequest: { approvals: 1, dismissStaleReviews: true, methods: ['merge', 'squash'] },
      requiredChecks: [{ context: 'ci', appId: null }],
    });
    expect(await refusal(ana.pulls.merge(on))).toEqual([
      405,
      'Repository rule violations found\n\nAt least 1 approving review is required by reviewers with write access.\n\nRequired status check "ci" is expected.\n\n',
    ]);
    expect((await ana.pulls.get(on)).data.mergeable_state).toBe('blocked');
    expect((await ana.repos.getBranchRules({ ...P, branch: 'main' })).data.map((rule) => rule.type)).toEqual([
      'deletion',
      'non_fast_forward',
      'pull_request',
      'required_status_checks',
    ]);
    const sha = (await ana.pulls.get(on)).data.head.sha;
    await ana.repos.createCommitStatus({ ...P, sha, state: 'success', context: 'ci' });
    await ben.pulls.createReview({ ...on, event: 'APPROVE' });
    // The rule makes a push dismiss the approval.
    await put('y.txt', 'y\n', 'feat/x');
    expect((await ana.pulls.listReviews(on)).data.map((review) => review.state)).toEqual(['DISMISSED']);
    expect(await refusal(put('direct.txt', 'x'))).toEqual([
      422,
      expect.stringContaining('Changes must be made through a pull request.'),
    ]);
    const head = (await ana.pulls.get(on)).data.head.sha;
    await ana.repos.createCommitStatus({ ...P, sha: head, state: 'success', context: 'ci' });
    await ben.pulls.createReview({ ...on, event: 'APPROVE' });
    expect((await ana.pulls.merge({ ...on, sha: head })).data.merged).toBe(true);
  });

  test('are dirty if they conflict, and updating the branch merges the base into it', async () => {
    const one = await openPull('feat/one', { 'x.txt': 'one\n' });
    const two = await openPull('feat/two', { 'x.txt': 'two\n' });
    const three = await openPull('feat/three', { 'z.txt': 'three\n' });
    await ana.pulls.merge({ ...P, pull_number: one, merge_method: 'rebase' });
    expect((await ana.pulls.get({ ...P, pull_number: two })).data).toMatchObject({
      mergeable: false,
      mergeable_state: 'dirty',
    });
    expect(await refusal(ana.pulls.merge({ ...P, pull_number: two }))).toEqual([405, 'Pull Request is not mergeable']);
    const on = { ...P, pull_number: three };
    const before = (await ana.pulls.get(on)).data.head.sha;
    expect(await refusal(ana.pulls.updateBranch({ ...on, expected_head_sha: '4'.repeat(40) }))).toEqual([
      422,
      expect.stringContaining('expected head sha'),
    ]);
    expect((await ana.pulls.updateBranch({ ...on, expected_head_sha: before })).status).toBe(202);
    const after = (await ana.pulls.get(on)).data;
    expect([after.head.sha === before, after.commits]).toEqual([false, 2]);
    expect((await ana.pulls.listCommits(on)).data.map((commit) => commit.commit.message)).toEqual([
      'feat: z.txt',
      "Merge branch 'main' into feat/three",
    ]);
    // Deleting the branch closes the pull request without merging it.
    await ana.git.deleteRef({ ...P, ref: 'heads/feat/three' });
    expect((await ana.pulls.get(on)).data).toMatchObject({ state: 'closed', merged: false });
    expect(await refusal(ana.pulls.update({ ...on, state: 'open' }))).toEqual([
      422,
      expect.stringContaining('state cannot be changed'),
    ]);
  });

  test('are reviewed, also on lines, but cannot be approved by their author', async () => {
    const number = await openPull('feat/x', { 'x.txt': 'a\nb\nc\n' });
    const on = { ...P, pull_number: number };
    expect(await refusal(ana.pulls.createReview({ ...on, event: 'APPROVE' }))).toEqual([
      422,
      'Unprocessable Entity | Can not approve your own pull request',
    ]);
    expect(await refusal(ben.pulls.createReview({ ...on, event: 'REQUEST_CHANGES' }))).toEqual([
      422,
      expect.stringContaining('Body is required'),
    ]);
    const comments = [{ path: 'x.txt', line: 2, body: 'why b?' }];
    const review = await ben.pulls.createReview({ ...on, event: 'REQUEST_CHANGES', body: 'no', comments });
    expect([review.status, review.data.state, review.data.commit_id]).toEqual([
      200,
      'CHANGES_REQUESTED',
      (await ana.pulls.get(on)).data.head.sha,
    ]);
    const outside = [{ path: 'x.txt', line: 20, body: 'where?' }];
    expect(await refusal(ben.pulls.createReview({ ...on, event: 'COMMENT', comments: outside }))).toEqual([
      422,
      'Unprocessable Entity | Line could not be resolved',
    ]);
    const [comment] = (await ana.pulls.listReviewComments(on)).data;
    expect([comment?.line, comment?.diff_hunk]).toEqual([2, '@@ -0,0 +1,3 @@\n+a\n+b']);
    await ana.pulls.createReplyForReviewComment({ ...on, comment_id: comment?.id ?? 0, body: 'because' });
    expect((await ana.pulls.listReviewComments(on)).data.map((one) => one.in_reply_to_id)).toEqual([
      undefined,
      comment?.id,
    ]);
    await ana.pulls.requestReviewers({ ...on, reviewers: ['ben'] });
    await ben.pulls.createReview({ ...on, event: 'APPROVE' });
    expect((await ana.pulls.listRequestedReviewers(on)).data.users).toEqual([]);
    expect((await ana.pulls.listReviews(on)).data.map((one) => `${one.user?.login} ${one.state}`)).toEqual([
      'ben CHANGES_REQUESTED',
      'ana COMMENTED',
      'ben APPROVED',
    ]);
    await ana.issues.createComment({ ...P, issue_number: number, body: 'as on an issue' });
    expect((await ana.pulls.get(on)).data).toMatchObject({ comments: 1, review_comments: 2 });
  });
});

test('check runs and statuses are created, and combined into one state', async () => {
  await put('README.md', 'one\n');
  const { world } = github;
  const app = world.addApp({ slug: 'gates', owner: repository.owner, permissions: { checks: 'write' }, events: [] });
  const bot = client(world.tokens.forInstallation(world.install(app, repository.owner)).token);
  const sha = (await ana.git.getRef({ ...P, ref: 'heads/main' })).data.object.sha;
  expect(await refusal(ana.checks.create({ ...P, name: 'x', head_sha: sha }))).toEqual([
    403,
    'You must authenticate via a GitHub App.',
  ]);
  const annotations = [
    { path: 'README.md', start_line: 1, end_line: 1, annotation_level: 'failure' as const, message: 'bad' },
  ];
  const output = { title: 'Bad', summary: 'One problem', annotations };
  const { data: run } = await bot.checks.create({
    ...P,
    name: 'lint',
    head_sha: sha,
    status: 'completed',
    conclusion: 'failure',
    output,
  });
  expect((await bot.checks.listAnnotations({ ...P, check_run_id: run.id })).data.map((one) => one.message)).toEqual([
    'bad',
  ]);
  const second = (await bot.checks.create({ ...P, name: 'lint', head_sha: sha })).data;
  await bot.checks.update({ ...P, check_run_id: second.id, conclusion: 'success' });
  const latest = (await bot.checks.listForRef({ ...P, ref: 'main' })).data;
  expect(latest.check_runs.map((one) => [one.name, one.status, one.conclusion])).toEqual([
    ['lint', 'completed', 'success'],
  ]);
  expect((await bot.checks.listForRef({ ...P, ref: 'main', filter: 'all' })).data.total_count).toBe(2);
  await ana.repos.createCommitStatus({ ...P, sha, state: 'pending', context: 'a' });
  await ana.repos.createCommitStatus({ ...P, sha, state: 'success', context: 'a' });
  await ana.repos.createCommitStatus({ ...P, sha, state: 'failure', context: 'b' });
  const combined = (await ana.repos.getCombinedStatusForRef({ ...P, ref: 'main' })).data;
  expect([combined.state, combined.statuses.map((one) => `${one.context} ${one.state}`)]).toEqual([
    'failure',
    ['a success', 'b failure'],
  ]);
  expect((await ana.repos.listCommitStatusesForRef({ ...P, ref: 'main' })).data).toHaveLength(3);
});

test('workflows are dispatched with checked inputs, and runs are listed, filtered and cancelled', async () => {
  const { world } = github;
  const workflow = `name: Swarm
on:
  workflow_dispatch:
    inputs:
      epic: { required: true, type: string }
      mode: { type: choice, options: [agentic, ask] }
jobs: { a: { runs-on: ubuntu-latest, steps: [] } }
`;
  await put('.github/workflows/swarm.yml', workflow);
  await put('.github/workflows/ci.yml', 'on: push\njobs: {}\n');
  const sha = (await ana.git.getRef({ ...P, ref: 'heads/main' })).data.object.sha;
  const dispatched: unknown[] = [];
  const actions: ActionsService = {
    async dispatch({ actor, workflow: which, ref, inputs }) {
      dispatched.push(inputs);
      const commits = { headBranch: 'main', headSha: sha, workflowSha: sha, ref };
      return world.runs.create(actor, {
        workflow: which,
        event: 'workflow_dispatch',
        displayTitle: 'Swarm',
        payload: {},
        ...commits,
      });
    },
    async cancel(run) {
      world.runs.update(run, { conclusion: 'cancelled' });
    },
    async rerun(run, actor) {
      world.runs.nextAttempt(run, actor);
    },
    async approve(run, actor) {
      world.runs.release(run, actor);
    },
  };
  world.actions = actions;
  expect((await ana.actions.listRepoWorkflows(P)).data.workflows.map((one) => one.name)).toEqual([
    '.github/workflows/ci.yml',
    'Swarm',
  ]);
  const on = { ...P, workflow_id: 'swarm.yml', ref: 'main' };
  expect((await ana.actions.createWorkflowDispatch({ ...on, inputs: { epic: '1' } })).status).toBe(204);
  await clock.advance(60_000);
  const since = world.now();
  const detailed = await ana.request('POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches', {
    ...on,
    inputs: { epic: '2', mode: 'ask' },
    return_run_details: true,
  });
  expect([detailed.status, Object.keys(detailed.data ?? {})]).toEqual([
    200,
    ['workflow_run_id', 'run_url', 'html_url'],
  ]);
  const dispatch = (inputs: Record<string, string>, more = {}) =>
    refusal(ana.actions.createWorkflowDispatch({ ...on, inputs, ...more }));
  expect(await dispatch({ epic: '1', unknown: 'x' })).toEqual([422, 'Unexpected inputs provided: ["unknown"]']);
  expect(await dispatch({})).toEqual([422, "Required input 'epic' not provided"]);
  expect(await dispatch({ epic: '1', mode: 'wild' })).toEqual([422, expect.stringContaining("'wild'")]);
  expect(await dispatch({ epic: '1' }, { ref: 'nowhere' })).toEqual([422, 'No ref found for: nowhere']);
  expect(await dispatch({}, { workflow_id: 'ci.yml' })).toEqual([
    422,
    "Workflow does not have 'workflow_dispatch' trigger",
  ]);
  expect(await dispatch({}, { workflow_id: 'none.yml' })).toEqual([404, 'Not Found']);
  expect(dispatched).toEqual([{ epic: '1' }, { epic: '2', mode: 'ask' }]);
  const runs = (
    await ana.actions.listWorkflowRuns({
      ...P,
      workflow_id: 'swarm.yml',
      event: 'workflow_dispatch',
      created: `>=${since}`,
    })
  ).data;
  expect(runs.workflow_runs.map((run) => [run.id, run.status])).toEqual([
    [(detailed.data as { workflow_run_id?: number }).workflow_run_id, 'queued'],
  ]);
  const run = runs.workflow_runs[0];
  if (!run) throw new Error('no run');
  const record = world.runs.byId(repository, run.id);
  if (!record) throw new Error('no record');
  const job = world.runs.createJob(record, { name: 'plan', labels: ['ubuntu-latest'] });
  world.runs.appendLog(job, 'hello\n');
  expect((await ana.actions.listJobsForWorkflowRun({ ...P, run_id: run.id })).data.jobs.map((one) => one.name)).toEqual(
    ['plan'],
  );
  expect((await ana.actions.downloadJobLogsForWorkflowRun({ ...P, job_id: job.id })).data).toBe('hello\n');
  expect((await ana.actions.cancelWorkflowRun({ ...P, run_id: run.id })).status).toBe(202);
  expect(await refusal(ana.actions.cancelWorkflowRun({ ...P, run_id: run.id }))).toEqual([
    409,
    'Cannot cancel a workflow run that is completed.',
  ]);
  expect((await ana.actions.reRunWorkflow({ ...P, run_id: run.id })).status).toBe(201);
  expect((await ana.actions.getWorkflowRun({ ...P, run_id: run.id })).data.run_attempt).toBe(2);
  expect((await ana.actions.listWorkflowRunsForRepo({ ...P, status: 'queued', head_sha: sha })).data.total_count).toBe(
    2,
  );
});

test('variables are written and read, and people are shown with their roles', async () => {
  await ana.actions.createRepoVariable({ ...P, name: 'swarm_disabled', value: 'true' });
  expect(await refusal(ana.actions.createRepoVariable({ ...P, name: 'SWARM_DISABLED', value: 'x' }))).toEqual([
    409,
    'Already exists - Variable already exists',
  ]);
  await ana.actions.updateRepoVariable({ ...P, name: 'SWARM_DISABLED', value: 'false' });
  expect((await ana.actions.getRepoVariable({ ...P, name: 'SWARM_DISABLED' })).data.value).toBe('false');
  expect((await ana.actions.listRepoVariables(P)).data.total_count).toBe(1);
  expect(await refusal(ana.actions.getRepoVariable({ ...P, name: 'NONE' }))).toEqual([404, 'Not Found']);
  const { world } = github;
  for (const role of ['maintain', 'triage'] as const) repository.collaborators.set(world.addUser(role).id, role);
  world.addUser('stranger');
  const roles: unknown[] = [];
  for (const username of ['ana', 'ben', 'maintain', 'triage', 'stranger']) {
    const { data } = await ana.repos.getCollaboratorPermissionLevel({ ...P, username });
    roles.push([username, data.permission, data.role_name, data.user?.id === world.user(username)?.id]);
  }
  expect(roles).toEqual([
    ['ana', 'admin', 'admin', true],
    ['ben', 'write', 'write', true],
    ['maintain', 'write', 'maintain', true],
    ['triage', 'read', 'triage', true],
    ['stranger', 'none', 'none', true],
  ]);
  expect((await ana.users.getAuthenticated()).data.login).toBe('ana');
  expect((await ana.repos.get(P)).data.permissions).toMatchObject({ admin: true, push: true });
  expect((await ana.meta.root()).data.repository_url).toContain('/repos/{owner}/{repo}');
});

test('the settings of Actions, runners and shared secrets, for those who may see them', async () => {
  const policy = () => ana.actions.getGithubActionsPermissionsRepository(P);
  expect((await policy()).data).toEqual({ enabled: true, allowed_actions: 'all', sha_pinning_required: false });
  expect(await refusal(ben.actions.getGithubActionsPermissionsRepository(P))).toEqual([
    403,
    'Must have admin rights to Repository.',
  ]);

  repository.actionsPolicy = { ...repository.actionsPolicy, allowed: 'selected', patterns: ['octo/*'] };
  expect((await policy()).data.selected_actions_url).toMatch(/\/actions\/permissions\/selected-actions$/);
  expect((await ana.actions.getAllowedActionsRepository(P)).data).toEqual({
    ...{ github_owned_allowed: true, verified_allowed: true, patterns_allowed: ['octo/*'] },
  });
  repository.actionsPolicy = { ...repository.actionsPolicy, enabled: false };
  expect((await policy()).data).toEqual({ enabled: false });

  repository.selfHosted.push({ id: 7, name: 'one', labels: ['self-hosted', 'gpu'], isOnline: false });
  const { runners } = (await ana.actions.listSelfHostedRunnersForRepo(P)).data;
  expect(runners.map(({ name, status, labels }) => [name, status, labels.map((label) => label.name)])).toEqual([
    ['one', 'offline', ['self-hosted', 'gpu']],
  ]);

  repository.organizationSecrets.add('SHARED_KEY');
  expect((await ben.actions.listRepoOrganizationSecrets(P)).data.secrets.map(({ name }) => name)).toEqual([
    'SHARED_KEY',
  ]);
});

test('an unchanged resource is not sent again, and the call is free', async () => {
  await ana.issues.create({ ...P, title: 'One' });
  const first = await ana.issues.get({ ...P, issue_number: 1 });
  const used = (await ana.rateLimit.get()).data.rate.used;
  const again = ana.issues.get({ ...P, issue_number: 1, headers: { 'if-none-match': first.headers.etag ?? '' } });
  await expect(again).rejects.toMatchObject({ status: 304 });
  expect((await ana.rateLimit.get()).data.rate.used).toBe(used);
  expect(first.headers.date).toBe(new Date(clock.now()).toUTCString());
});

describe('reads that lag behind writes', () => {
  const titles = async () => (await ana.issues.listForRepo(P)).data.map((issue) => issue.title);
  const count = async () => {
    const query =
      'query($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { issues { totalCount } } }';
    return (await ana.graphql<{ repository: { issues: { totalCount: number } } }>(query, P)).repository.issues
      .totalCount;
  };
  const head = async () => (await ana.git.getRef({ ...P, ref: 'heads/main' })).data.object.sha;

  test('show a change once the same call is made again', async () => {
    await titles();
    github.lags.chance.rest = 1;
    expect(await titles()).toEqual([]);
    await ana.issues.create({ ...P, title: 'one' });
    expect(await titles()).toEqual([]);
    expect(await titles()).toEqual(['one']);
    expect(await titles()).toEqual(['one']);
    await ana.issues.create({ ...P, title: 'two' });
    expect(await titles()).toEqual(['one']);
    expect(await titles()).toEqual(['two', 'one']);
    expect(github.lags.late.map(({ lag, path }) => `${lag} ${path}`)).toEqual([
      'rest /repos/acme/shop/issues',
      'rest /repos/acme/shop/issues',
    ]);
  });

  test('do not find an object that was just created, once', async () => {
    github.lags.chance.rest = 1;
    await ana.issues.create({ ...P, title: 'one' });
    const get = () => ana.issues.get({ ...P, issue_number: 1 });
    expect(await refusal(get())).toEqual([404, 'Not Found']);
    expect((await get()).data.title).toBe('one');
  });

  test('leave writes, other callers and older objects alone', async () => {
    await ana.issues.create({ ...P, title: 'one' });
    await clock.advance(10_000);
    github.lags.chance.rest = 1;
    expect((await ana.issues.get({ ...P, issue_number: 1 })).data.title).toBe('one');
    await ana.issues.update({ ...P, issue_number: 1, title: 'uno' });
    const other = client(github.world.tokens.forUser(github.world.users.get('ana') ?? expect.unreachable()));
    expect((await other.issues.get({ ...P, issue_number: 1 })).data.title).toBe('uno');
    expect((await ana.issues.get({ ...P, issue_number: 1 })).data.title).toBe('one');
  });

  test('lag by REST, by GraphQL and for refs, each by itself', async () => {
    const look = async () => ({ rest: (await titles()).length, graphql: await count(), refs: await head() });
    await put('first.txt', 'first');
    for (const lag of ['rest', 'graphql', 'refs'] as const) {
      github.lags.chance[lag] = 1;
      const before = await look();
      await ana.issues.create({ ...P, title: lag });
      await put(`${lag}.txt`, lag);
      const late = await look();
      github.lags.chance[lag] = 0;
      const now = await look();
      expect(late).toEqual({ ...now, [lag]: before[lag] });
      expect(late).not.toEqual(now);
    }
  });
});

describe('faults (R10.4)', () => {
  test('make calls fail, hit a rate limit or lose their connection, as many times as set', async () => {
    github.faults.add({ effect: { kind: 'fails', status: 502 }, path: '/labels', times: 1 });
    github.faults.add({ effect: { kind: 'limited', retryAfterSeconds: 60 }, method: 'write', nth: 2 });
    github.faults.add({ effect: { kind: 'dropped' }, method: 'GET', path: /\/pulls$/, times: 1 });
    expect(await refusal(ana.issues.listLabelsForRepo(P))).toEqual([502, 'Server Error']);
    expect((await ana.issues.listLabelsForRepo(P)).data).toHaveLength(3);
    await ana.issues.create({ ...P, title: 'one' });
    const limited = ana.issues.create({ ...P, title: 'two' });
    await expect(limited).rejects.toMatchObject({ status: 403, response: { headers: { 'retry-after': '60' } } });
    await ana.issues.create({ ...P, title: 'three' });
    expect((await ana.issues.listForRepo(P)).data.map((issue) => issue.title)).toEqual(['three', 'one']);
    await expect(ana.pulls.list(P)).rejects.toMatchObject({ status: 500 });
    expect((await ana.pulls.list(P)).data).toEqual([]);
    expect(github.faults.struck.map(({ effect }) => effect.kind)).toEqual(['fails', 'limited', 'dropped']);
  });

  test('can make a change but return an error or lose the response', async () => {
    github.faults.add({ effect: { kind: 'applied but fails', status: 500 }, method: 'POST', nth: 1 });
    github.faults.add({ effect: { kind: 'applied but dropped' }, method: 'POST', nth: 2 });
    expect(await refusal(ana.issues.create({ ...P, title: 'one' }))).toEqual([500, 'Server Error']);
    await expect(ana.issues.create({ ...P, title: 'two' })).rejects.toMatchObject({ status: 500 });
    expect((await ana.issues.listForRepo(P)).data.map((issue) => issue.title)).toEqual(['two', 'one']);
  });

  test('can delay a response, by the emulator’s clock', async () => {
    github.faults.add({ effect: { kind: 'slow', waitMs: 30_000 }, path: '/rate_limit' });
    let answered = false;
    const pending = ana.rateLimit.get().then(() => {
      answered = true;
    });
    await until('the call to arrive', () => clock.waiting() > 0);
    await clock.advance(29_000);
    expect(answered).toBe(false);
    await clock.advance(1000);
    await pending;
    expect(answered).toBe(true);
  });

  test('can leave a call without a response', async () => {
    github.faults.add({ effect: { kind: 'hangs' }, method: 'POST' });
    const signal = AbortSignal.timeout(300);
    await expect(ana.issues.create({ ...P, title: 'one', request: { signal } })).rejects.toThrow(/abort/i);
    expect((await ana.issues.listForRepo(P)).data).toEqual([]);
  });

  test('are the same for the same seed', async () => {
    const thrown: string[] = [];
    for (const seed of [1, 1, 2]) {
      const other = await startEmulator({ seed });
      other.faults.add({ effect: { kind: 'fails', status: 503 }, chance: 0.4 });
      let line = '';
      for (let call = 0; call < 24; call += 1) line += (await fetch(`${other.url}/meta`)).status === 503 ? 'x' : '.';
      thrown.push(line);
      await other.close();
    }
    expect(thrown[0]).toMatch(/x.*\..*x/);
    expect(thrown[0]).toBe(thrown[1]);
    expect(thrown[0]).not.toBe(thrown[2]);
  });

  test('a caller that has used up the rate limit has to wait for the next hour', async () => {
    github.limits.perHour.user = 3;
    for (let call = 0; call < 3; call += 1) await ana.issues.listLabelsForRepo(P);
    const over = ana.issues.listLabelsForRepo(P);
    await expect(over).rejects.toMatchObject({
      status: 403,
      response: { headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-limit': '3' } },
    });
    await clock.advance(3_600_000);
    expect((await ana.issues.listLabelsForRepo(P)).headers['x-ratelimit-remaining']).toBe('2');
  });
});

describe('the oracle (R10.2)', () => {
  test('has a description of every route', () => {
    const oracle = new Oracle();
    for (const route of routes)
      oracle.checkCall(route, { query: new URLSearchParams(), body: {}, response: { status: 404 } });
    oracle.settle();
    expect(oracle.findings).toEqual([]);
  });

  test('finds wrong types, invented fields, missing fields and undescribed statuses', async () => {
    const { world } = github;
    await put('README.md', 'one\n');
    const number = await openPull('feat/x', { 'x.txt': 'x\n' });
    const pull = world.pulls.pull(repository, number);
    const issue = world.issues.create(world.as('ana'), repository, { title: 'One', labels: ['bug'] });
    if (!pull) throw new Error('no pull request');
    const bitten = (path: string, body: unknown, status = 200): boolean => {
      const route = routes.find((one) => one.method === 'GET' && one.path === path);
      if (!route) throw new Error(`no route ${path}`);
      const oracle = new Oracle();
      oracle.checkCall(route, { query: new URLSearchParams(), body: {}, response: { status, body } });
      oracle.settle();
      return oracle.findings.length > 0;
    };
    const samples = {
      '/repos/{owner}/{repo}/issues/{issue_number}': showWholeIssue(world, issue),
      '/repos/{owner}/{repo}/pulls/{pull_number}': showPull(world, pull),
    };
    for (const [path, good] of Object.entries(samples)) {
      expect(bitten(path, good)).toBe(false);
      expect(bitten(path, { ...good, invented: 1 })).toBe(true);
      expect(bitten(path, { ...good, user: { ...(good.user as object), invented: 1 } })).toBe(true);
      expect(bitten(path, good, 299)).toBe(true);
      const fields = Object.keys(good);
      const wrong = fields.filter((field) =>
        bitten(path, { ...good, [field]: typeof good[field] === 'string' ? 7 : 'x' }),
      );
      const dropped = fields.filter((field) => {
        const { [field]: _, ...rest } = good;
        return bitten(path, rest);
      });
      // It cannot find optional fields that are missing, or wrong values of the right type.
      expect(wrong.length / fields.length).toBeGreaterThan(0.9);
      expect(dropped.length / fields.length).toBeGreaterThan(0.6);
    }
  });

  test('finds requests with a field or a parameter that GitHub does not have', async () => {
    const other = await startEmulator();
    const { world } = other;
    const owner = world.addUser('o');
    await world.addRepository(owner, 'r');
    const token = world.tokens.forUser(owner);
    const headers = { authorization: `Bearer ${token}` };
    const body = JSON.stringify({ title: 'One', lables: ['bug'] });
    await fetch(`${other.url}/repos/o/r/issues`, { method: 'POST', headers, body });
    await fetch(`${other.url}/repos/o/r/issues?stat=all`, { headers });
    await fetch(`${other.url}/repos/o/r/nonsense`, { headers });
    const { findings, unimplemented } = other;
    expect(findings.map(({ where, problems }) => [where, ...problems])).toEqual([
      ['POST /repos/{owner}/{repo}/issues', 'unknown field lables'],
      ['GET /repos/{owner}/{repo}/issues', 'unknown query parameter stat'],
    ]);
    expect(unimplemented).toEqual(['GET /repos/o/r/nonsense']);
    await other.close();
  });
});

describe('check runs', () => {
  /** A run of a workflow, with one job, on the head of main. */
  async function startRun(file: string, job: string) {
    const { world } = github;
    const { data } = await ana.git.getRef({ ...P, ref: 'heads/main' });
    const { sha } = data.object;
    const run = await world.runs.create(world.as('ana'), {
      ...{ workflow: world.runs.workflow(repository, `.github/workflows/${file}`, file), event: 'push', payload: {} },
      ...{ headBranch: 'main', headSha: sha, workflowSha: sha, ref: 'refs/heads/main', displayTitle: file },
    });
    return { run, sha, job: world.runs.createJob(run, { name: job, labels: [] }) };
  }

  test('that a job’s token makes are filed under the first run of the commit, whichever workflow it is of', async () => {
    await put('README.md', '# Shop\n');
    const first = await startRun('first.yml', 'build');
    const second = await startRun('second.yml', 'test');
    const token = github.world.tokens.forJob(repository, second.run.id, { checks: 'write' });
    const made = { ...P, name: 'audit', head_sha: second.sha, conclusion: 'failure' } as const;
    const { data } = await client(token).checks.create(made);
    expect(data.check_suite?.id).toBe(first.run.suite.id);

    const app = github.world.addApp({
      slug: 'robot',
      owner: repository.owner,
      permissions: { checks: 'write' },
      events: [],
    });
    const installation = github.world.install(app, repository.owner, [repository]);
    const robot = client(github.world.tokens.forInstallation(installation).token);
    const other = await robot.checks.create({ ...made, name: 'scan' });
    expect([first, second].map(({ run }) => run.suite.id)).not.toContain(other.data.check_suite?.id);
  });

  test('of every suite of a commit are listed next to each other, also those of one name', async () => {
    await put('README.md', '# Shop\n');
    const { job: older, sha } = await startRun('ci.yml', 'build');
    const { job: newer } = await startRun('ci.yml', 'build');
    github.world.runs.updateJob(older, { conclusion: 'cancelled' });
    github.world.runs.updateJob(newer, { conclusion: 'success' });
    const { data } = await ana.checks.listForRef({ ...P, ref: sha });
    expect(data.check_runs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ['build', 'cancelled'],
      ['build', 'success'],
    ]);
    const { repository: answer } = await ana.graphql<{
      repository: { object: { statusCheckRollup: { contexts: { nodes: { conclusion: string }[] } } } };
    }>(
      `query ($sha: GitObjectID!) { repository(owner: "acme", name: "shop") { object(oid: $sha) { ... on Commit {
        statusCheckRollup { contexts(first: 10) { nodes { ... on CheckRun { conclusion } } } } } } } }`,
      { sha },
    );
    expect(answer.object.statusCheckRollup.contexts.nodes.map(({ conclusion }) => conclusion)).toEqual([
      'CANCELLED',
      'SUCCESS',
    ]);
  });
});

describe('what moves', () => {
  const query = (text: string) =>
    ana.graphql<{ repository: Record<string, unknown> }>(`{ repository(owner: "acme", name: "shop") { ${text} } }`);

  test('a repository that was renamed is found by its old name, until another takes it', async () => {
    await put('a.txt', 'a');
    const { number } = (await ana.issues.create({ ...P, title: 'One' })).data;
    github.world.renameRepository(repository, 'store');

    const read = await ana.issues.get({ ...P, issue_number: number });
    expect(read.url).toContain(`/repositories/${repository.id}/issues/1`);
    expect(read.data.repository_url).toContain('/repos/acme/store');
    const { data: label } = await ana.issues.createLabel({ ...P, name: 'new' });
    expect(label.url).toContain('/repos/acme/store/');
    expect(await query('nameWithOwner')).toEqual({ repository: { nameWithOwner: 'acme/store' } });
    const git = await fetch(`${github.url}/acme/shop.git/info/refs?service=git-upload-pack`, {
      headers: { authorization: `Basic ${btoa(`x:${github.world.tokens.forUser(github.world.as('ana').user)}`)}` },
    });
    expect([git.status, new URL(git.url).pathname]).toEqual([200, '/acme/store.git/info/refs']);

    await github.world.addRepository(repository.owner, 'shop', { visibility: 'public' });
    expect((await ana.repos.get(P)).data.id).not.toBe(repository.id);
  });

  test('an issue that was transferred is found by REST alone, by those who may see it', async () => {
    const { world } = github;
    const docs = await world.addRepository(repository.owner, 'docs');
    docs.collaborators.set(world.as('ana').user.id, 'write');
    const parent = world.issues.create(world.as('ana'), repository, { title: 'Epic' });
    const issue = world.issues.create(world.as('ana'), repository, { title: 'One', body: 'Text', labels: ['bug'] });
    world.issues.addSubIssue(world.as('ana'), parent, issue);
    world.issues.comment(world.as('ben'), issue, 'Hello');
    const on = { ...P, issue_number: 2 };
    world.issues.transfer(world.as('ana'), issue, docs);

    const { data } = await ana.issues.get(on);
    expect(data).toMatchObject({ number: 1, title: 'One', body: 'Text', labels: [{ name: 'bug' }], comments: 1 });
    expect(data.repository_url).toContain('/repos/acme/docs');
    expect(await refusal(ben.issues.get(on))).toEqual([404, 'Not Found']);
    expect(await refusal(ana.issues.createComment({ ...on, body: 'Hello' }))).toEqual([404, 'Not Found']);
    await expect(query('issue(number: 2) { id }')).rejects.toThrow('Could not resolve to an Issue');
    expect(parent.subIssues).toMatchObject([{ repository: { name: 'docs' }, number: 1 }]);
  });

  test('an issue that became a discussion stays, closed and locked', async () => {
    const { world } = github;
    const issue = world.issues.create(world.as('ana'), repository, { title: 'One' });
    world.issues.convertToDiscussion(world.as('ana'), issue);
    const events = 'timelineItems(last: 2, itemTypes: [CLOSED_EVENT, CONVERTED_TO_DISCUSSION_EVENT])';
    expect(await query(`issue(number: 1) { state locked ${events} { nodes { __typename } } }`)).toEqual({
      repository: {
        issue: {
          ...{ state: 'CLOSED', locked: true },
          timelineItems: { nodes: [{ __typename: 'ClosedEvent' }, { __typename: 'ConvertedToDiscussionEvent' }] },
        },
      },
    });
  });
});
