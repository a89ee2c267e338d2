/**
 * Issues, runs and releases as people handle them with GitHub's own tools, by REST and GraphQL. `findings` and
 * `unimplemented` must be empty at the end of each test.
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import { virtualClock } from '../../src/emulator/model/clock.ts';
import type { Issue, Repository } from '../../src/emulator/model/records.ts';
import type { World } from '../../src/emulator/world/world.ts';

const run = promisify(execFile);
const P = { owner: 'acme', repo: 'shop' };
const AUTHOR = { name: 'Ana', email: 'ana@example.com', date: '2026-01-05T09:00:00Z' };
let github: Emulator;
let world: World;
let repository: Repository;
let depot: Repository;
let ana: Octokit;

beforeEach(async () => {
  github = await startEmulator({ clock: virtualClock() });
  ({ world } = github);
  const acme = world.addUser('acme', 'Organization');
  repository = await world.addRepository(acme, 'shop', { visibility: 'public' });
  depot = await world.addRepository(acme, 'depot', { visibility: 'public' });
  for (const [login, role] of [
    ['ana', 'admin'],
    ['ben', 'write'],
  ] as const) {
    const user = world.addUser(login);
    for (const each of [repository, depot]) each.collaborators.set(user.id, role);
  }
  const git = await world.git(repository);
  await git.seed({ 'README.md': '# Shop\n', 'a.txt': 'a\n' }, { branch: 'main', message: 'First', author: AUTHOR });
  ana = client(world.tokens.forUser(world.as('ana').user));
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

const opens = (title: string, body: string | null = null): Issue =>
  world.issues.create(world.as('ana'), repository, { title, body });

const mutate = (field: string, input: string, select = 'clientMutationId'): Promise<Record<string, unknown>> =>
  ana.graphql(`mutation { ${field}(input: { ${input} }) { ${select} } }`);

const statusOf = async (call: Promise<unknown>): Promise<number> => {
  try {
    await call;
    return 200;
  } catch (error) {
    return Number((error as { status?: unknown }).status);
  }
};

describe('an issue', () => {
  test('is locked with a reason and unlocked, by both APIs', async () => {
    const { number, nodeId } = opens('One');
    await ana.issues.lock({ ...P, issue_number: number, lock_reason: 'too heated' });
    expect((await ana.issues.get({ ...P, issue_number: number })).data).toMatchObject({
      locked: true,
      active_lock_reason: 'too heated',
    });
    await mutate('unlockLockable', `lockableId: "${nodeId}"`);
    await mutate('lockLockable', `lockableId: "${nodeId}", lockReason: SPAM`);
    expect(await ana.graphql(`{ node(id: "${nodeId}") { ... on Issue { locked activeLockReason } } }`)).toEqual({
      node: { locked: true, activeLockReason: 'SPAM' },
    });
    await ana.issues.unlock({ ...P, issue_number: number });
    const events = await ana.issues.listEventsForTimeline({ ...P, issue_number: number });
    expect(events.data.map(({ event }) => event)).toEqual(['locked', 'unlocked', 'locked', 'unlocked']);
    expect(await statusOf(ana.request('PUT /repos/acme/shop/issues/1/lock', { lock_reason: 'bored' }))).toBe(422);
  });

  test('is pinned, of which a repository has three at most', async () => {
    const [one, two, three, four] = ['One', 'Two', 'Three', 'Four'].map((title) => opens(title));
    for (const issue of [one, two, three]) await mutate('pinIssue', `issueId: "${issue?.nodeId}"`);
    await expect(mutate('pinIssue', `issueId: "${four?.nodeId}"`)).rejects.toThrow('Maximum 3 pinned issues');
    await mutate('unpinIssue', `issueId: "${two?.nodeId}"`);
    const query =
      '{ repository(owner: "acme", name: "shop") { pinnedIssues(first: 5) { nodes { issue { title isPinned } } } } }';
    expect(await ana.graphql(query)).toEqual({
      repository: {
        pinnedIssues: { nodes: ['One', 'Three'].map((title) => ({ issue: { title, isPinned: true } })) },
      },
    });
  });

  test('gets a branch, once', async () => {
    const { nodeId } = opens('Pay by card!');
    const oid = await (await world.git(repository)).readRef('refs/heads/main');
    const make = (name: string) =>
      mutate('createLinkedBranch', `issueId: "${nodeId}", oid: "${oid}"${name}`, 'linkedBranch { ref { name } }');
    expect(await make('')).toEqual({ createLinkedBranch: { linkedBranch: { ref: { name: '1-pay-by-card' } } } });
    expect(await make('')).toEqual({ createLinkedBranch: { linkedBranch: null } });
    await make(', name: "card"');
    const linked = `{ node(id: "${nodeId}") { ... on Issue { linkedBranches(first: 5) { nodes { ref { name } } } } } }`;
    expect(JSON.stringify(await ana.graphql(linked))).toContain('"card"');
  });

  test('is transferred with its comments and its place below a parent; its old number leads to the new one', async () => {
    const [epic, part] = [opens('Epic'), opens('Part', 'text')];
    world.issues.addSubIssue(world.as('ana'), epic, part);
    world.issues.addLabels(world.as('ana'), part, ['bug', 'only here']);
    await ana.issues.createComment({ ...P, issue_number: part.number, body: 'first' });
    const url = await mutate(
      'transferIssue',
      `issueId: "${part.nodeId}", repositoryId: "${depot.nodeId}"`,
      'issue { url }',
    );
    expect(url).toEqual({ transferIssue: { issue: { url: `${github.url}/acme/depot/issues/1` } } });
    const moved = { owner: 'acme', repo: 'depot', issue_number: 1 };
    const { data } = await ana.issues.get(moved);
    expect([
      data.title,
      data.body,
      data.labels.map((label) => (typeof label === 'string' ? label : label.name)),
    ]).toEqual(['Part', 'text', ['bug']]);
    expect((await ana.issues.listComments(moved)).data.map(({ body }) => body)).toEqual(['first']);
    expect((await ana.issues.getParent(moved)).data.title).toBe('Epic');
    const old = await fetch(`${github.url}/api/v3/repos/acme/shop/issues/${part.number}`, { redirect: 'manual' });
    expect([old.status, old.headers.get('location')]).toEqual([301, `${github.url}/api/v3/repos/acme/depot/issues/1`]);
    await expect(
      mutate('transferIssue', `issueId: "${epic.nodeId}", repositoryId: "${repository.nodeId}"`),
    ).rejects.toThrow('repository that it is in');
  });

  test('is deleted by those who administer the repository alone', async () => {
    const { number, nodeId } = opens('One');
    const ben = client(world.tokens.forUser(world.as('ben').user));
    const deletes = (by: Octokit) =>
      by.graphql(`mutation { deleteIssue(input: { issueId: "${nodeId}" }) { clientMutationId } }`);
    await expect(deletes(ben)).rejects.toThrow('Must have admin rights');
    await deletes(ana);
    expect(await statusOf(ana.issues.get({ ...P, issue_number: number }))).toBe(410);
  });

  test('is found by words, people and states, by both APIs', async () => {
    const found = async (q: string) => {
      const { data } = await ana.search.issuesAndPullRequests({ q: `repo:acme/shop ${q}` });
      const query = `{ search(type: ISSUE, first: 10, query: ${JSON.stringify(`repo:acme/shop ${q}`)}) { nodes { ... on Issue { title } } } }`;
      const { search } = await ana.graphql<{ search: { nodes: { title: string }[] } }>(query);
      const titles = data.items.map(({ title }) => title);
      expect(search.nodes.map(({ title }) => title)).toEqual(titles);
      expect(data.total_count).toBe(titles.length);
      return titles.sort();
    };
    const [one, two] = [opens('Pay by card', 'ask @ben'), opens('Pay by cheque')];
    world.issues.assign(world.as('ana'), two, ['ben']);
    world.issues.close(world.as('ana'), one);
    opens('Deliver');
    expect(await found('pay')).toEqual(['Pay by card', 'Pay by cheque']);
    expect(await found('"by cheque" is:issue')).toEqual(['Pay by cheque']);
    expect(await found('is:open author:@me')).toEqual(['Deliver', 'Pay by cheque']);
    expect(await found('mentions:ben')).toEqual(['Pay by card']);
    expect(await found('involves:ben -is:open')).toEqual(['Pay by card']);
    expect(await found('( cheque OR deliver ) AND is:open')).toEqual(['Deliver', 'Pay by cheque']);
    expect(await found('(card OR (cheque is:closed))')).toEqual(['Pay by card']);
    expect(await statusOf(ana.request('GET /search/issues'))).toBe(422);
  });
});

describe('a pull request', () => {
  async function mergedPull(method: 'merge' | 'squash' | 'rebase'): Promise<string> {
    const git = await world.git(repository);
    const main = await git.readRef('refs/heads/main');
    await world.refs.update(world.as('ana'), repository, [{ name: 'refs/heads/feat', before: null, after: main }]);
    for (const name of ['one', 'two']) {
      await git.seed({ [`${name}.txt`]: name }, { branch: 'feat', message: `feat: ${name}`, author: AUTHOR });
    }
    const { data } = await ana.pulls.create({ ...P, title: 'feat: both', head: 'feat', base: 'main' });
    await ana.pulls.merge({ ...P, pull_number: data.number, merge_method: method });
    await git.seed({ 'later.txt': 'later' }, { branch: 'main', message: 'later', author: AUTHOR });
    return data.node_id;
  }

  test.each(['merge', 'squash', 'rebase'] as const)(
    'that was merged by %s is reverted, and nothing else is',
    async (method) => {
      const id = await mergedPull(method);
      const done = await mutate(
        'revertPullRequest',
        `pullRequestId: "${id}"`,
        'revertPullRequest { number title headRefName }',
      );
      expect(done).toEqual({
        revertPullRequest: {
          revertPullRequest: { number: 2, title: 'Revert "feat: both"', headRefName: 'revert-1-feat' },
        },
      });
      const files = (await (await world.git(repository)).readTree('refs/heads/revert-1-feat')).map(({ path }) => path);
      expect(files).toEqual(['README.md', 'a.txt', 'later.txt']);
    },
  );

  test('that is not merged, or that cannot be undone, is not reverted', async () => {
    const id = await mergedPull('squash');
    const git = await world.git(repository);
    await git.seed({ 'one.txt': 'changed' }, { branch: 'main', message: 'change', author: AUTHOR });
    await expect(mutate('revertPullRequest', `pullRequestId: "${id}"`)).rejects.toThrow('cannot be reverted');
    const opened = await ana.pulls.create({ ...P, title: 'again', head: 'feat', base: 'main' });
    await expect(mutate('revertPullRequest', `pullRequestId: "${opened.data.node_id}"`)).rejects.toThrow(
      'not been merged',
    );
  });

  test('gets reviewers by login, instead of others or in addition', async () => {
    await mergedPull('squash');
    const { data } = await ana.pulls.create({ ...P, title: 'again', head: 'feat', base: 'main' });
    const asked = () => world.pulls.pull(repository, data.number)?.requestedReviewers.map(({ nodeId }) => nodeId);
    const ask = (more: string) => mutate('requestReviewsByLogin', `pullRequestId: "${data.node_id}", ${more}`);
    await ask('userLogins: ["ben"], union: true');
    expect(asked()).toEqual([world.as('ben').user.nodeId]);
    await ask('userLogins: []');
    expect(asked()).toEqual([]);
  });
});

describe('a release', () => {
  test('makes its tag when it is published, and is listed', async () => {
    const git = await world.git(repository);
    const draft = await ana.repos.createRelease({ ...P, tag_name: 'v1', draft: true, name: 'One' });
    expect(await git.readRef('refs/tags/v1')).toBeNull();
    expect(await statusOf(ana.repos.getLatestRelease(P))).toBe(404);
    expect((await client().repos.listReleases(P)).data).toEqual([]);
    await ana.repos.updateRelease({ ...P, release_id: draft.data.id, draft: false });
    expect(await git.readRef('refs/tags/v1')).toBe(await git.readRef('refs/heads/main'));
    expect((await ana.repos.getLatestRelease(P)).data.tag_name).toBe('v1');
    expect((await ana.repos.getReleaseByTag({ ...P, tag: 'v1' })).data.name).toBe('One');
    expect(await statusOf(ana.repos.createRelease({ ...P, tag_name: 'v1' }))).toBe(422);
    const query =
      '{ repository(owner: "acme", name: "shop") { releases(first: 5) { nodes { tagName isLatest isDraft } } } }';
    expect(await ana.graphql(query)).toEqual({
      repository: { releases: { nodes: [{ tagName: 'v1', isLatest: true, isDraft: false }] } },
    });
    await ana.repos.deleteRelease({ ...P, release_id: draft.data.id });
    expect((await ana.repos.listReleases(P)).data).toEqual([]);
    expect(await git.readRef('refs/tags/v1')).not.toBeNull();
  });
});

describe('a repository', () => {
  test('shows its readme, its rulesets, and how far two branches are apart', async () => {
    expect((await ana.repos.getReadme(P)).data.name).toBe('README.md');
    expect(await statusOf(ana.repos.getReadme({ owner: 'acme', repo: 'depot' }))).toBe(404);
    const { id } = world.addRule(repository, { name: 'Main', pullRequest: { approvals: 1 } });
    expect((await ana.repos.getRepoRulesets(P)).data.map((rule) => [rule.id, rule.name])).toEqual([[id, 'Main']]);
    const git = await world.git(repository);
    const main = await git.readRef('refs/heads/main');
    await world.refs.update(world.as('ana'), repository, [{ name: 'refs/heads/b', before: null, after: main }]);
    await git.seed({ 'b.txt': 'b' }, { branch: 'b', message: 'b', author: AUTHOR });
    const query = `{ repository(owner: "acme", name: "shop") {
      rulesets(first: 5) { nodes { name target enforcement rules { totalCount } } }
      ref(qualifiedName: "main") { compare(headRef: "b") { aheadBy behindBy status } }
    } }`;
    expect(await ana.graphql(query)).toEqual({
      repository: {
        rulesets: { nodes: [{ name: 'Main', target: 'BRANCH', enforcement: 'ACTIVE', rules: { totalCount: 3 } }] },
        ref: { compare: { aheadBy: 1, behindBy: 0, status: 'AHEAD' } },
      },
    });
  });
});

describe('a renamed repository', () => {
  test('is found by its old name, by REST, GraphQL and git, until another one takes that name', async () => {
    await ana.repos.update({ ...P, name: 'store', description: 'A store', allow_squash_merge: false });
    expect([repository.name, repository.description, repository.merges.squash]).toEqual(['store', 'A store', false]);
    const old = await fetch(`${github.url}/api/v3/repos/acme/shop/labels?per_page=1`, { redirect: 'manual' });
    const id = `${github.url}/api/v3/repositories/${repository.id}`;
    expect([old.status, old.headers.get('location')]).toEqual([301, `${id}/labels?per_page=1`]);
    const write = await fetch(`${github.url}/api/v3/repos/acme/shop/issues`, { method: 'POST', redirect: 'manual' });
    expect([write.status, write.headers.get('location')]).toEqual([307, `${id}/issues`]);
    expect((await ana.issues.create({ ...P, title: 'Under the old name' })).data.number).toBe(1);
    expect(await ana.graphql('{ repository(owner: "acme", name: "shop") { name } }')).toEqual({
      repository: { name: 'store' },
    });
    const refs = await run('git', ['ls-remote', `${github.url}/acme/shop.git`, 'main']);
    expect(refs.stdout).toContain('refs/heads/main');
    const acme = world.user('acme');
    if (!acme) throw new Error('acme is missing');
    const other = await world.addRepository(acme, 'shop', { visibility: 'public' });
    other.collaborators.set(world.as('ana').user.id, 'admin');
    expect((await ana.repos.get(P)).data.name).toBe('shop');
    expect(await statusOf(ana.repos.update({ ...P, name: 'store' }))).toBe(422);
    expect(await statusOf(ana.repos.update({ ...P, default_branch: 'nowhere' }))).toBe(422);
  });
});

describe('a run', () => {
  test('has its logs in one archive, and is deleted when it is over', async () => {
    const sha = (await (await world.git(repository)).readRef('refs/heads/main')) ?? '';
    const workflow = world.runs.workflow(repository, '.github/workflows/ci.yml', 'ci');
    const run = await world.runs.create(world.as('ana'), {
      ...{ workflow, event: 'push', headBranch: 'main', headSha: sha, workflowSha: sha, ref: 'refs/heads/main' },
      ...{ displayTitle: 'ci', payload: {} },
    });
    const job = world.runs.createJob(run, { name: 'test / unit', labels: [] });
    world.runs.appendLog(job, 'it works\n');
    const { data } = await ana.actions.downloadWorkflowRunLogs({ ...P, run_id: run.id });
    const dir = mkdtempSync(join(tmpdir(), 'logs-test-'));
    writeFileSync(join(dir, 'logs.zip'), Buffer.from(data as ArrayBuffer));
    expect(execFileSync('unzip', ['-p', join(dir, 'logs.zip'), '0_test  unit.txt']).toString()).toBe('it works\n');
    rmSync(dir, { recursive: true });
    expect(await statusOf(ana.actions.deleteWorkflowRun({ ...P, run_id: run.id }))).toBe(403);
    world.runs.update(run, { conclusion: 'success' });
    await ana.actions.deleteWorkflowRun({ ...P, run_id: run.id });
    expect(await statusOf(ana.actions.getWorkflowRun({ ...P, run_id: run.id }))).toBe(404);
  });
});

describe('a secret', () => {
  test('is listed by name and never shown, and a value that is not sealed for the key is refused', async () => {
    const { key_id } = (await ana.actions.getRepoPublicKey(P)).data;
    const put = (encrypted_value: string) =>
      statusOf(ana.actions.createOrUpdateRepoSecret({ ...P, secret_name: 'KEY', encrypted_value, key_id }));
    expect(await put(Buffer.alloc(60).toString('base64'))).toBe(422);
    repository.secrets.set('KEY', 'hidden');
    expect((await ana.actions.listRepoSecrets(P)).data.secrets.map(({ name }) => name)).toEqual(['KEY']);
    expect(JSON.stringify((await ana.actions.getRepoSecret({ ...P, secret_name: 'key' })).data)).not.toContain(
      'hidden',
    );
    await ana.actions.deleteRepoSecret({ ...P, secret_name: 'KEY' });
    expect(repository.secrets.has('KEY')).toBe(false);
  });
});

describe('every request', () => {
  const ask = (headers: Record<string, string>) => fetch(`${github.url}/repos/acme/shop`, { headers });

  test('says who asks, and asks for a version that there is', async () => {
    expect((await ask({ 'user-agent': '' })).status).toBe(403);
    expect((await ask({ 'x-github-api-version': '2022-11-28' })).status).toBe(200);
    expect((await ask({ 'x-github-api-version': '2099-01-01' })).status).toBe(400);
  });

  test('is answered with 304 while an object does not change, by its ETag or by the time of its last change', async () => {
    const first = await ask({});
    const [etag, changed] = [first.headers.get('etag') ?? '', first.headers.get('last-modified') ?? ''];
    expect((await ask({ 'if-modified-since': changed })).status).toBe(304);
    expect((await ask({ 'if-none-match': '"other"', 'if-modified-since': changed })).status).toBe(200);
    const head = await fetch(`${github.url}/repos/acme/shop`, { method: 'HEAD' });
    expect(head.headers.get('etag')).toBe(etag);
    repository.updatedAt = '2030-01-01T00:00:00Z';
    expect((await ask({ 'if-modified-since': changed })).status).toBe(200);
  });

  test('for a list of issues names states that there are', async () => {
    expect(await statusOf(ana.request('GET /repos/acme/shop/issues?state=bogus'))).toBe(422);
    expect(await statusOf(ana.request('GET /repos/acme/shop/issues?milestone=none'))).toBe(200);
    opens('For ben', 'ask @ben');
    const listed = await ana.issues.listForRepo({ ...P, mentioned: 'ben' });
    expect(listed.data.map(({ title }) => title)).toEqual(['For ben']);
  });
});
