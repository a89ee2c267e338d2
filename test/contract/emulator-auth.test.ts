/** Permissions of app JWTs, installation tokens, people's roles and job tokens. Each refusal has GitHub's message. */
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import { type VirtualClock, virtualClock } from '../../src/emulator/model/clock.ts';
import type { App, Installation, Repository, Role } from '../../src/emulator/model/records.ts';

const P = { owner: 'acme', repo: 'shop' };
const INTEGRATION = 'Resource not accessible by integration';
let clock: VirtualClock;
let github: Emulator;
let repository: Repository;
let app: App;
let installation: Installation;

beforeEach(async () => {
  clock = virtualClock(Date.now());
  github = await startEmulator({ clock });
  const { world } = github;
  const acme = world.addUser('acme', 'Organization');
  repository = await world.addRepository(acme, 'shop');
  app = world.addApp({
    slug: 'swarmer',
    owner: acme,
    permissions: { issues: 'write', contents: 'read', actions_variables: 'read' },
    events: ['issues', 'sub_issues'],
  });
  installation = world.install(app, acme, [repository]);
  const git = await world.git(repository);
  const author = { name: 'acme', email: 'acme@example.test', date: world.now() };
  await git.seed(
    { 'README.md': 'one\n', '.github/workflows/ci.yml': 'on: push\n' },
    { branch: 'main', message: 'first', author },
  );
});

afterEach(async () => {
  const { findings, unimplemented } = github;
  await github.close();
  expect({ findings, unimplemented }).toEqual({ findings: [], unimplemented: [] });
});

const log = { debug() {}, info() {}, warn() {}, error() {} };
const client = (auth?: string) => new Octokit({ baseUrl: github.url, ...(auth && { auth }), log });

function person(login: string, role: Role | null): Octokit {
  const user = github.world.addUser(login);
  if (role) repository.collaborators.set(user.id, role);
  return client(github.world.tokens.forUser(user));
}

function jobClient(permissions: Record<string, string>): Octokit {
  return client(github.world.tokens.forJob(repository, 1, permissions));
}

async function outcome(call: Promise<{ status: number }>): Promise<string> {
  try {
    return String((await call).status);
  } catch (error) {
    if (!(error instanceof Error && 'status' in error && 'response' in error)) throw error;
    const { data } = error.response as { data: { message: string } };
    return `${error.status} ${data.message}`;
  }
}

describe('an app', () => {
  const asApp = (privateKey = app.privateKey) => {
    const auth = { appId: app.id, privateKey };
    return new Octokit({ baseUrl: github.url, authStrategy: createAppAuth, auth, log });
  };

  test('authenticates with its key, and gets tokens that can be limited and that expire', async () => {
    const octokit = asApp();
    expect((await octokit.apps.getAuthenticated()).data?.slug).toBe('swarmer');
    expect((await octokit.apps.getRepoInstallation(P)).data.id).toBe(installation.id);
    expect((await octokit.paginate(octokit.apps.listInstallations)).map((one) => one.id)).toEqual([installation.id]);
    const on = { installation_id: installation.id };
    const { data: whole } = await octokit.apps.createInstallationAccessToken(on);
    expect(whole.permissions).toEqual({
      metadata: 'read',
      issues: 'write',
      contents: 'read',
      actions_variables: 'read',
    });
    const { data: narrow } = await octokit.apps.createInstallationAccessToken({
      ...on,
      permissions: { issues: 'read' },
      repositories: ['shop'],
    });
    expect([narrow.permissions, narrow.repositories?.map((one) => one.name)]).toEqual([
      { issues: 'read', metadata: 'read' },
      ['shop'],
    ]);
    const create = (token: string) => outcome(client(token).issues.create({ ...P, title: 'x' }));
    expect(await create(narrow.token)).toBe(`403 ${INTEGRATION}`);
    expect(await create(whole.token)).toBe('201');
    expect((await client(whole.token).apps.listReposAccessibleToInstallation()).data.total_count).toBe(1);
    expect(Date.parse(whole.expires_at) - clock.now()).toBeGreaterThan(3_590_000);
    await clock.advance(3_601_000);
    expect(await create(whole.token)).toBe('401 Bad credentials');
  });

  test('gets no permission or repository that its installation does not have', async () => {
    const octokit = asApp();
    const on = { installation_id: installation.id };
    expect(
      await outcome(octokit.apps.createInstallationAccessToken({ ...on, permissions: { contents: 'write' } })),
    ).toBe('422 The permissions requested are not granted to this installation.');
    await github.world.addRepository(repository.owner, 'hidden');
    expect(await outcome(octokit.apps.createInstallationAccessToken({ ...on, repositories: ['hidden'] }))).toContain(
      '422 There is at least one repository',
    );
    expect(await outcome(octokit.apps.createInstallationAccessToken({ installation_id: 1 }))).toBe('404 Not Found');
    const { data } = await octokit.apps.createInstallationAccessToken(on);
    expect(await outcome(client(data.token).repos.get({ owner: 'acme', repo: 'hidden' }))).toBe('404 Not Found');
    // A permission that the installation loses is lost to its tokens at once.
    installation.permissions = { metadata: 'read' };
    expect(await outcome(client(data.token).issues.create({ ...P, title: 'x' }))).toBe(`403 ${INTEGRATION}`);
  });

  test('is refused while its installation is suspended, with tokens that it has too', async () => {
    const { data } = await asApp().apps.createInstallationAccessToken({ installation_id: installation.id });
    const create = () => outcome(client(data.token).issues.create({ ...P, title: 'x' }));
    github.world.suspend(installation, 'suspended');
    expect(await create()).toBe('403 This installation has been suspended');
    const more = asApp().apps.createInstallationAccessToken({ installation_id: installation.id });
    expect(await outcome(more)).toBe('403 This installation has been suspended');
    github.world.suspend(installation, 'active');
    expect(await create()).toBe('201');
  });

  test('is refused with a wrong key, and with an expired or future JWT', async () => {
    const other = github.world.addApp({ slug: 'other', owner: repository.owner, permissions: {}, events: [] });
    expect(await outcome(asApp(other.privateKey).apps.getAuthenticated())).toBe(
      '401 A JSON web token could not be decoded',
    );
    expect(await outcome(client(undefined).apps.getAuthenticated())).toBe('401 A JSON web token could not be decoded');
    const octokit = asApp();
    const { token } = (await octokit.auth({ type: 'app' })) as { token: string };
    await clock.advance(700_000);
    expect(await outcome(client(token).apps.getAuthenticated())).toContain("401 'Expiration time' claim ('exp')");
    clock.setBack(1_400_000);
    expect(await outcome(client(token).apps.getAuthenticated())).toContain("401 'Issued at' claim ('iat')");
  });

  test('cannot use its JWT for calls that need an installation', async () => {
    const { token } = (await asApp().auth({ type: 'app' })) as { token: string };
    expect(await outcome(client(token).issues.create({ ...P, title: 'x' }))).toBe('401 Bad credentials');
  });

  test('needs the permission `workflows` to write a workflow file, with any API', async () => {
    app.permissions = { ...app.permissions, contents: 'write' };
    installation.permissions = { ...installation.permissions, contents: 'write' };
    const bot = client(github.world.tokens.forInstallation(installation).token);
    const file = { ...P, path: '.github/workflows/evil.yml', message: 'ci', content: '' };
    expect(await outcome(bot.repos.createOrUpdateFileContents(file))).toBe(`403 ${INTEGRATION}`);
    const sha = (await bot.git.getRef({ ...P, ref: 'heads/main' })).data.object.sha;
    const tree = [{ path: file.path, mode: '100644' as const, type: 'blob' as const, content: 'x' }];
    expect(await outcome(bot.git.createTree({ ...P, base_tree: sha, tree }))).toBe(`403 ${INTEGRATION}`);
    // The commit is by another user, but moving a branch to it is refused too.
    const git = await github.world.git(repository);
    const blob = await git.writeBlob('x');
    const whole = await git.writeTree(await git.resolve('main^{tree}'), [
      { path: file.path, mode: '100644', oid: blob },
    ]);
    const who = { name: 'x', email: 'x@example.test', date: github.world.now() };
    const commit = await git.commitTree({ tree: whole, parents: [sha], message: 'x', author: who, committer: who });
    expect(await outcome(bot.git.createRef({ ...P, ref: 'refs/heads/evil', sha: commit }))).toBe(`403 ${INTEGRATION}`);
    expect(await outcome(bot.git.createRef({ ...P, ref: 'refs/heads/good', sha }))).toBe('201');
    installation.permissions = { ...installation.permissions, workflows: 'write' };
    const more = client(github.world.tokens.forInstallation(installation).token);
    expect(await outcome(more.git.createRef({ ...P, ref: 'refs/heads/evil', sha: commit }))).toBe('201');
  });
});

describe('people', () => {
  test('may do what their role allows, and people without a role see nothing', async () => {
    const { world } = github;
    world.issues.create(world.as('acme'), repository, { title: 'One' });
    const sha = await (await world.git(repository)).readRef('refs/heads/main');
    const acts: Record<string, (who: Octokit) => Promise<{ status: number }>> = {
      read: (who) => who.issues.get({ ...P, issue_number: 1 }),
      comment: (who) => who.issues.createComment({ ...P, issue_number: 1, body: 'hi' }),
      label: (who) => who.issues.addLabels({ ...P, issue_number: 1, labels: ['bug'] }),
      branch: (who) => who.git.createRef({ ...P, ref: `refs/heads/b${Math.trunc(clock.now())}`, sha: sha ?? '' }),
      settings: (who) => who.actions.getGithubActionsDefaultWorkflowPermissionsRepository(P),
    };
    const table: Record<string, string> = {};
    for (const role of ['admin', 'write', 'triage', 'read', null] as const) {
      const who = person(role ?? 'stranger', role);
      const line: string[] = [];
      for (const act of Object.values(acts)) line.push((await outcome(act(who))).slice(0, 3));
      table[role ?? 'stranger'] = line.join(' ');
      await clock.advance(1000);
    }
    const nobody: string[] = [];
    for (const act of Object.values(acts)) nobody.push((await outcome(act(client()))).slice(0, 3));
    expect(Object.keys(acts).join(' ')).toBe('read comment label branch settings');
    expect({ ...table, nobody: nobody.join(' ') }).toEqual({
      admin: '200 201 200 201 200',
      write: '200 201 200 201 403',
      triage: '200 201 200 403 403',
      read: '200 201 403 403 403',
      stranger: '404 404 404 404 404',
      nobody: '404 404 404 404 404',
    });
  });

  test('may read a public repository and comment in it; anonymous callers may only read', async () => {
    repository.visibility = 'public';
    const { world } = github;
    world.issues.create(world.as('acme'), repository, { title: 'One' });
    const stranger = person('stranger', null);
    expect(await outcome(stranger.issues.createComment({ ...P, issue_number: 1, body: 'hi' }))).toBe('201');
    const { data } = await stranger.issues.create({ ...P, title: 'mine', labels: ['bug'] });
    expect([data.author_association, data.labels]).toEqual(['NONE', []]);
    expect(await outcome(stranger.issues.update({ ...P, issue_number: 2, state: 'closed' }))).toBe('200');
    expect(await outcome(stranger.issues.update({ ...P, issue_number: 1, state: 'closed' }))).toBe(
      '403 Must have admin rights to Repository.',
    );
    expect(await outcome(client().issues.get({ ...P, issue_number: 1 }))).toBe('200');
    expect(await outcome(client().issues.createComment({ ...P, issue_number: 1, body: 'x' }))).toBe(
      '401 Requires authentication',
    );
  });

  test('are refused everywhere with an invalid token', async () => {
    expect(await outcome(client('ghp_nonsense').repos.get(P))).toBe('401 Bad credentials');
    expect((await fetch(`${github.url}/repos/acme/shop`, { headers: { authorization: 'Basic !' } })).status).toBe(401);
  });
});

describe('a job token', () => {
  test('has exactly the permissions of its job, in its own repository', async () => {
    const { world } = github;
    const other = await world.addRepository(repository.owner, 'other');
    world.issues.create(world.as('acme'), repository, { title: 'One' });
    const reader = jobClient({ contents: 'read' });
    expect(await outcome(reader.repos.getContent({ ...P, path: 'README.md' }))).toBe('200');
    expect(await outcome(reader.issues.get({ ...P, issue_number: 1 }))).toBe(`403 ${INTEGRATION}`);
    expect(await outcome(reader.repos.get({ owner: 'acme', repo: other.name }))).toBe('404 Not Found');
    const writer = jobClient({ contents: 'write', issues: 'write', 'pull-requests': 'write', workflows: 'write' });
    const file = { ...P, message: 'x', content: '' };
    expect(await outcome(writer.repos.createOrUpdateFileContents({ ...file, path: 'a.txt' }))).toBe('201');
    expect(await outcome(writer.repos.createOrUpdateFileContents({ ...file, path: '.github/workflows/a.yml' }))).toBe(
      `403 ${INTEGRATION}`,
    );
    expect(await outcome(writer.actions.createRepoVariable({ ...P, name: 'A', value: 'b' }))).toBe(
      `403 ${INTEGRATION}`,
    );
    const { data } = await writer.issues.createComment({ ...P, issue_number: 1, body: 'hi' });
    expect([data.user?.login, data.user?.type, data.performed_via_github_app?.slug]).toEqual([
      'github-actions[bot]',
      'Bot',
      'github-actions',
    ]);
    expect(await outcome(writer.users.getAuthenticated())).toBe(`403 ${INTEGRATION}`);
  });

  test('gets a refusal that names the missing permission', async () => {
    const token = github.world.tokens.forJob(repository, 1, { contents: 'read' });
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${github.url}/repos/acme/shop/issues`, {
      method: 'POST',
      headers,
      body: '{"title":"x"}',
    });
    expect([answer.status, answer.headers.get('x-accepted-github-permissions')]).toEqual([403, 'issues=write']);
  });

  test('is marked in every event, so that it starts no workflow, and is revoked when its job ends', async () => {
    const { world } = github;
    const actors: string[] = [];
    world.on((event) => actors.push(`${event.kind} by ${event.actor.kind}`));
    const token = world.tokens.forJob(repository, 1, { issues: 'write' });
    await client(token).issues.create({ ...P, title: 'x' });
    await person('ana', 'write').issues.create({ ...P, title: 'y' });
    expect(actors).toEqual(['issues by job', 'issues by user']);
    world.tokens.revoke(token);
    expect(await outcome(client(token).issues.create({ ...P, title: 'z' }))).toBe('401 Bad credentials');
  });

  test('cannot open a pull request if the repository forbids it', async () => {
    const { world } = github;
    repository.actionsMayApprove = false;
    const git = await world.git(repository);
    const author = { name: 'acme', email: 'acme@example.test', date: world.now() };
    await git.updateRefs([{ name: 'refs/heads/x', before: null, after: (await git.readRef('refs/heads/main')) ?? '' }]);
    await git.seed({ 'x.txt': 'x' }, { branch: 'x', message: 'x', author });
    const writer = jobClient({ 'pull-requests': 'write', contents: 'write' });
    expect(await outcome(writer.pulls.create({ ...P, title: 'x', head: 'x', base: 'main' }))).toBe(
      '403 GitHub Actions is not permitted to create or approve pull requests.',
    );
    repository.actionsMayApprove = true;
    expect(await outcome(writer.pulls.create({ ...P, title: 'x', head: 'x', base: 'main' }))).toBe('201');
  });
});
