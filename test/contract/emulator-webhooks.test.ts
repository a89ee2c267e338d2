/**
 * Webhooks, received by an independent Probot app over HTTP, with real signatures and the app's own JWT and tokens. Every
 * body is checked against GitHub's webhook descriptions.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Octokit } from '@octokit/rest';
import { Probot, ProbotOctokit, Server } from 'probot';
import { afterEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import { virtualClock } from '../../src/emulator/model/clock.ts';
import type { App, Repository } from '../../src/emulator/model/records.ts';
import { EVENTS } from '../../src/emulator/world/webhooks.ts';
import { until } from '../rig/wait.ts';

const SECRET = 'a shared secret';
const P = { owner: 'acme', repo: 'shop' };
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Place {
  readonly github: Emulator;
  readonly repository: Repository;
  readonly app: App;
  readonly ana: Octokit;
}

async function place(options: Parameters<typeof startEmulator>[0] = {}): Promise<Place> {
  const github = await startEmulator(options);
  closing.push(() => github.close());
  const { world } = github;
  const acme = world.addUser('acme', 'Organization');
  const repository = await world.addRepository(acme, 'shop');
  const ana = world.addUser('ana');
  const ben = world.addUser('ben');
  repository.collaborators.set(ana.id, 'admin').set(ben.id, 'write');
  const app = world.addApp({
    slug: 'foreign',
    owner: acme,
    permissions: {
      issues: 'write',
      pull_requests: 'write',
      contents: 'write',
      checks: 'write',
      statuses: 'write',
      actions: 'write',
      actions_variables: 'read',
    },
    events: Object.keys(EVENTS).filter((event) => event !== 'installation'),
  });
  return { github, repository, app, ana: octokit(github, world.tokens.forUser(ana)) };
}

function octokit(github: Emulator, auth: string): Octokit {
  return new Octokit({ baseUrl: github.url, auth, request: { retries: 0 } });
}

/** A Probot app on a free port that comments on every new issue and records the webhooks that it receives. */
async function independentApp(github: Emulator, app: App, secret = SECRET): Promise<string[]> {
  const received: string[] = [];
  const quiet = new Probot({ githubToken: 'none', secret: SECRET, logLevel: 'fatal' });
  await quiet.ready();
  const server = new Server({
    log: quiet.log,
    port: 0,
    host: '127.0.0.1',
    webhookPath: '/hooks',
    Probot: Probot.defaults({
      appId: app.id,
      privateKey: app.privateKey,
      secret: SECRET,
      baseUrl: github.url,
      logLevel: 'fatal',
      Octokit: ProbotOctokit.defaults((given: Record<string, unknown>) => ({
        ...given,
        throttle: { enabled: false },
        retry: { enabled: false },
      })),
    }),
  });
  await server.load((probot) => {
    probot.onAny(async (event) => {
      const action = 'action' in event.payload ? `.${event.payload.action}` : '';
      received.push(`${event.name}${action}`);
    });
    probot.on('issues.opened', async (context) => {
      await context.octokit.rest.issues.createComment(context.issue({ body: `Hello ${context.payload.sender.login}` }));
    });
  });
  const http = await server.start();
  closing.push(() => server.stop());
  const address = http.address();
  if (typeof address !== 'object' || address === null) throw new Error('the app listens nowhere');
  app.webhook = { url: `http://127.0.0.1:${address.port}/hooks`, secret };
  return received;
}

describe('an independent Probot app', () => {
  test('receives a new issue and comments on it with its own token', async () => {
    const { github, repository, app, ana } = await place();
    const received = await independentApp(github, app);
    github.world.install(app, repository.owner);
    await ana.issues.create({ ...P, title: 'Broken', labels: ['bug'] });
    await github.deliveries.idle();
    const comments = await ana.paginate(ana.issues.listComments, { ...P, issue_number: 1 });
    expect(comments.map((comment) => [comment.user?.login, comment.body])).toEqual([['foreign[bot]', 'Hello ana']]);
    expect(comments[0]?.performed_via_github_app?.slug).toBe('foreign');
    expect(received).toEqual(['installation.created', 'issues.opened', 'issues.labeled', 'issue_comment.created']);
    expect(github.findings).toEqual([]);
    expect(github.unimplemented).toEqual([]);
  });

  test('refuses a webhook signed with another secret, and the delivery shows it', async () => {
    const { github, repository, app, ana } = await place();
    const received = await independentApp(github, app, 'another secret');
    github.world.install(app, repository.owner);
    await ana.issues.create({ ...P, title: 'Broken' });
    await github.deliveries.idle();
    expect(received).toEqual([]);
    expect(github.deliveries.all.map((delivery) => delivery.statusCode)).toEqual([400, 400]);
  });

  test('receives nothing from repositories where it is not installed, and no events that it is not subscribed to', async () => {
    const { github, app, ana, repository } = await place();
    const received = await independentApp(github, app);
    const other = await github.world.addRepository(repository.owner, 'other');
    github.world.install(app, repository.owner, [other]);
    await ana.issues.create({ ...P, title: 'Broken' });
    app.events = ['push'];
    github.world.installations.clear();
    github.world.install(app, repository.owner);
    await ana.issues.create({ ...P, title: 'Broken again' });
    await github.deliveries.idle();
    expect(received).toEqual(['installation.created', 'installation.created']);
  });
});

test('every event has the body that GitHub describes', async () => {
  const { github, repository, app, ana } = await place();
  const received = await independentApp(github, app);
  const { world } = github;
  world.install(app, repository.owner);
  const ben = octokit(github, world.tokens.forUser(found(world.user('ben'))));
  const put = (path: string, text: string, branch?: string) =>
    ana.repos.createOrUpdateFileContents({
      ...P,
      path,
      message: `feat: ${path}`,
      content: Buffer.from(text).toString('base64'),
      ...(branch && { branch }),
    });
  await put('README.md', 'one\n');
  const { data: main } = await ana.git.getRef({ ...P, ref: 'heads/main' });
  const sha = main.object.sha;
  // Issues.
  const one = (await ana.issues.create({ ...P, title: 'One', assignees: ['ana'] })).data;
  const two = (await ana.issues.create({ ...P, title: 'Two', body: 'text', labels: ['bug'] })).data;
  await ana.issues.update({ ...P, issue_number: 1, title: 'First', body: 'More' });
  await ana.issues.removeAssignees({ ...P, issue_number: 1, assignees: ['ana'] });
  await ana.issues.removeLabel({ ...P, issue_number: 2, name: 'bug' });
  await ana.issues.update({ ...P, issue_number: 1, state: 'closed', state_reason: 'not_planned' });
  await ana.issues.update({ ...P, issue_number: 1, state: 'open' });
  const comment = (await ana.issues.createComment({ ...P, issue_number: 1, body: 'a' })).data;
  await ana.issues.updateComment({ ...P, comment_id: comment.id, body: 'b' });
  await ana.issues.deleteComment({ ...P, comment_id: comment.id });
  await ana.issues.addSubIssue({ ...P, issue_number: 1, sub_issue_id: two.id });
  await ana.issues.addLabels({ ...P, issue_number: 2, labels: ['bug'] });
  await ana.issues.createComment({ ...P, issue_number: 2, body: 'of a sub-issue' });
  await ana.issues.update({ ...P, issue_number: 2, title: '2', state: 'closed' });
  await ana.issues.update({ ...P, issue_number: 2, state: 'open' });
  await ana.issues.removeSubIssue({ ...P, issue_number: 1, sub_issue_id: two.id });
  await ana.issues.addBlockedByDependency({ ...P, issue_number: 1, issue_id: two.id });
  await ana.issues.removeDependencyBlockedBy({ ...P, issue_number: 1, issue_id: two.id });
  await ana.issues.createLabel({ ...P, name: 'new', color: 'ffffff', description: 'a label' });
  await ana.issues.updateLabel({ ...P, name: 'new', new_name: 'newer' });
  await ana.issues.deleteLabel({ ...P, name: 'newer' });
  await ana.issues.lock({ ...P, issue_number: 1, lock_reason: 'spam' });
  await ana.issues.unlock({ ...P, issue_number: 1 });
  const mutate = (field: string, input: string) =>
    ana.graphql(`mutation { ${field}(input: { ${input} }) { clientMutationId } }`);
  await mutate('pinIssue', `issueId: "${one.node_id}"`);
  await mutate('unpinIssue', `issueId: "${one.node_id}"`);
  const depot = await world.addRepository(repository.owner, 'depot');
  depot.collaborators.set(found(world.user('ana')).id, 'admin');
  const { data: three } = await ana.issues.create({ ...P, title: 'Three', body: 'goes away' });
  // The app answers it where it was opened.
  await github.deliveries.idle();
  await mutate('transferIssue', `issueId: "${three.node_id}", repositoryId: "${depot.nodeId}"`);
  // Branches and pull requests.
  await ana.git.createRef({ ...P, ref: 'refs/heads/feat/x', sha });
  await ana.git.createRef({ ...P, ref: 'refs/tags/v1', sha });
  await put('x.txt', 'x\ny\n', 'feat/x');
  const pull = (await ana.pulls.create({ ...P, title: 'X', head: 'feat/x', base: 'main', draft: true })).data;
  const on = { ...P, pull_number: pull.number };
  await put('y.txt', 'y\n', 'feat/x');
  await ana.issues.addLabels({ ...P, issue_number: pull.number, labels: ['bug'] });
  await ana.issues.removeLabel({ ...P, issue_number: pull.number, name: 'bug' });
  await ana.issues.addAssignees({ ...P, issue_number: pull.number, assignees: ['ben'] });
  await ana.issues.removeAssignees({ ...P, issue_number: pull.number, assignees: ['ben'] });
  await ana.pulls.update({ ...on, title: 'XX' });
  const record = found(world.pulls.pull(repository, pull.number));
  await world.pulls.setDraft(world.as('ana'), record, 'ready');
  await world.pulls.setDraft(world.as('ana'), record, 'draft');
  await world.pulls.setDraft(world.as('ana'), record, 'ready');
  await ana.pulls.requestReviewers({ ...on, reviewers: ['ben'] });
  await ana.pulls.removeRequestedReviewers({ ...on, reviewers: ['ben'] });
  await ana.pulls.update({ ...on, state: 'closed' });
  await ana.pulls.update({ ...on, state: 'open' });
  const line = { path: 'x.txt', line: 2, body: 'why?' };
  const review = (await ben.pulls.createReview({ ...on, event: 'APPROVE', body: 'good', comments: [line] })).data;
  await ben.pulls.updateReview({ ...on, review_id: review.id, body: 'very good' });
  await ana.pulls.dismissReview({ ...on, review_id: review.id, message: 'no' });
  const [lined] = (await ana.pulls.listReviewComments(on)).data;
  await ana.pulls.createReplyForReviewComment({ ...on, comment_id: found(lined).id, body: 'because' });
  await ben.pulls.updateReviewComment({ ...P, comment_id: found(lined).id, body: 'why not?' });
  await ben.pulls.deleteReviewComment({ ...P, comment_id: found(lined).id });
  await ana.issues.createComment({ ...P, issue_number: pull.number, body: 'on a pull request' });
  await ana.issues.lock({ ...P, issue_number: pull.number });
  await ana.issues.unlock({ ...P, issue_number: pull.number });
  // Reports.
  const head = (await ana.pulls.get(on)).data.head.sha;
  await ana.repos.createCommitStatus({
    ...P,
    sha: head,
    state: 'success',
    context: 'ci',
    target_url: 'https://ci.test/1',
  });
  const { token } = world.tokens.forInstallation(found(world.installationOn(app, repository)));
  const bot = octokit(github, token);
  const check = (await bot.checks.create({ ...P, name: 'gate', head_sha: head, status: 'in_progress' })).data;
  const output = { title: 'Fine', summary: 'All *good*' };
  await bot.checks.update({ ...P, check_run_id: check.id, conclusion: 'success', output });
  // An app's comment shows the app.
  await bot.issues.create({ ...P, title: 'By an app', labels: ['bug'] });
  await bot.issues.update({ ...P, issue_number: pull.number + 1, state: 'closed' });
  // Runs.
  const workflow = world.runs.workflow(repository, '.github/workflows/ci.yml', 'CI');
  const run = await world.runs.create(world.as('ana'), {
    workflow,
    event: 'push',
    headBranch: 'main',
    headSha: sha,
    workflowSha: sha,
    ref: 'refs/heads/main',
    displayTitle: 'feat',
    payload: {},
  });
  const job = world.runs.createJob(run, { name: 'build', labels: ['ubuntu-latest'] });
  world.runs.createJob(run, { name: 'gated', labels: ['ubuntu-latest'], status: 'waiting' });
  world.runs.update(run, { status: 'in_progress' });
  world.runs.updateJob(job, { status: 'in_progress', runnerName: 'runner 1' });
  world.runs.setSteps(job, [
    {
      number: 1,
      name: 'Set up job',
      status: 'completed',
      conclusion: 'success',
      startedAt: world.now(),
      completedAt: world.now(),
    },
  ]);
  world.runs.updateJob(job, { conclusion: 'success' });
  world.runs.update(run, { conclusion: 'success' });
  await ana.repos.createDispatchEvent({ ...P, event_type: 'wake', client_payload: { epic: 1 } });
  world.emit(world.as('ana'), repository, { kind: 'workflow_dispatch', workflow, ref: 'refs/heads/main', inputs: {} });
  world.emit(world.as('ana'), repository, { kind: 'check_run', action: 'rerequested', checkRun: job.checkRun });
  await ana.pulls.merge({ ...on, sha: head });
  await ana.git.deleteRef({ ...P, ref: 'heads/feat/x' });
  await ana.git.createRef({ ...P, ref: 'refs/heads/feat/z', sha });
  await put('z.txt', 'z\n', 'feat/z');
  const last = (await ana.pulls.create({ ...P, title: 'Z', head: 'feat/z', base: 'main' })).data;
  world.addRule(repository, { mergeQueue: { method: 'squash' } });
  await world.queues.enqueue(world.as('ana'), found(world.pulls.pull(repository, last.number)), undefined);
  await ana.issues.update({ ...P, issue_number: one.number, state: 'closed' });
  const gone = world.quietly(() => world.issues.create(world.as('ana'), repository, { title: 'Gone', body: '' }));
  world.issues.delete(world.as('ana'), gone);
  await github.deliveries.idle();

  expect(github.findings).toEqual([]);
  expect(github.unimplemented).toEqual([]);
  const possible = Object.entries(EVENTS).flatMap(([event, actions]) =>
    actions.length === 0 || event === 'repository_dispatch' ? [] : actions.map((action) => `${event}.${action}`),
  );
  expect(possible.filter((event) => !received.includes(event))).toEqual([]);
  for (const event of ['push', 'create', 'delete', 'status', 'workflow_dispatch', 'repository_dispatch.wake']) {
    expect(received).toContain(event);
  }
  expect(github.deliveries.all.filter((delivery) => delivery.statusCode !== 200)).toEqual([]);
});

describe('deliveries that go wrong (R10.4)', () => {
  test('none: nothing is sent, but the deliveries are recorded', async () => {
    const { github, repository, app, ana } = await place();
    const received = await independentApp(github, app);
    github.deliveries.mode = 'none';
    github.world.install(app, repository.owner);
    await ana.issues.create({ ...P, title: 'Broken' });
    await github.deliveries.idle();
    expect(received).toEqual([]);
    expect(github.deliveries.all.map((delivery) => delivery.status)).toEqual(['dropped', 'dropped']);
  });

  test('twice and shuffled: each is sent twice, and the same seed gives the same order', async () => {
    const orders: string[][] = [];
    for (const seed of [7, 7, 8]) {
      const { github, repository, app } = await place({ seed });
      github.deliveries.mode = 'twice and shuffled';
      // Nothing listens on this port. Only the order of the attempts matters.
      app.webhook = { url: 'http://127.0.0.1:9/', secret: SECRET };
      const { world } = github;
      world.quietly(() => world.install(app, repository.owner));
      for (const title of 'abcdef') world.issues.create(world.as('ana'), repository, { title });
      await github.deliveries.idle();
      orders.push(github.deliveries.sent.map((delivery) => String(JSON.parse(delivery.body).issue.title)));
    }
    expect(orders[0]?.toSorted().join('')).toBe('aabbccddeeff');
    expect(orders[0]).toEqual(orders[1]);
    expect(orders[0]).not.toEqual(orders[2]);
  });

  test('rules drop one, send one twice, and delay one by the emulator’s clock', async () => {
    const clock = virtualClock();
    const { github, repository, app } = await place({ clock });
    const { world } = github;
    const received: string[] = [];
    app.webhook = { url: 'http://127.0.0.1:9/', secret: SECRET };
    world.quietly(() => world.install(app, repository.owner));
    github.deliveries.rules.push(
      { event: 'issues', action: 'opened', does: 'drop', times: 1 },
      { event: 'issues', action: 'labeled', does: 'double' },
      { event: 'issues', action: 'closed', does: { delayMs: 60_000 } },
    );
    const issue = world.issues.create(world.as('ana'), repository, { title: 'a', labels: ['bug'] });
    world.issues.close(world.as('ana'), issue);
    await github.deliveries.idle();
    for (const { action } of github.deliveries.sent) received.push(String(action));
    expect(received).toEqual(['labeled', 'labeled']);
    await clock.advance(60_000);
    await github.deliveries.idle();
    expect(github.deliveries.sent.map(({ action }) => action)).toEqual(['labeled', 'labeled', 'closed']);
  });

  /** An app's server that calls this function for each webhook. */
  async function serverThat(does: (answer: () => void) => void): Promise<string> {
    const server = createServer((_, response) => does(() => response.end()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(async () => {
      server.close();
      server.closeAllConnections();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  test('an app that does not respond gets ten seconds by the emulator’s clock', async () => {
    const clock = virtualClock();
    const { github, repository, app } = await place({ clock });
    const { world } = github;
    let arrived = false;
    app.webhook = {
      url: await serverThat(() => {
        arrived = true;
      }),
      secret: SECRET,
    };
    world.quietly(() => world.install(app, repository.owner));
    world.issues.create(world.as('ana'), repository, { title: 'a' });
    await until('the webhook to arrive', () => arrived);
    await clock.advance(9_999);
    expect(github.deliveries.all.at(-1)).toMatchObject({ status: 'pending' });
    await clock.advance(1);
    await github.deliveries.idle();
    expect(github.deliveries.all.at(-1)).toMatchObject({ status: 'unreachable', responseBody: 'timed out' });
  });

  test('waiting ends with an error if every webhook causes another one', async () => {
    const { github, repository, app } = await place();
    const { world } = github;
    app.webhook = {
      url: await serverThat((answer) => {
        world.issues.create(world.as('ana'), repository, { title: 'one more' });
        answer();
      }),
      secret: SECRET,
    };
    world.quietly(() => world.install(app, repository.owner));
    world.issues.create(world.as('ana'), repository, { title: 'the first' });
    await expect(github.deliveries.idle()).rejects.toThrow(
      'Webhooks caused more webhooks 200 times in a row; the last event is "issues".',
    );
    app.webhook = null;
  });

  test('quiet changes send no webhooks', async () => {
    const { github, repository, app } = await place();
    const { world } = github;
    app.webhook = { url: 'http://127.0.0.1:9/', secret: SECRET };
    const events: string[] = [];
    world.on((event) => events.push(event.kind));
    await world.quietly(async () => {
      world.install(app, repository.owner);
      const git = await world.git(repository);
      const author = { name: 'ana', email: 'ana@example.test', date: world.now() };
      const seed = await git.seed({ 'a.txt': 'a' }, { branch: 'main', message: 'first', author });
      await world.refs.changed(world.as('ana'), repository, [{ name: 'refs/heads/main', before: null, after: seed }]);
      world.issues.create(world.as('ana'), repository, { title: 'quiet' });
    });
    world.issues.create(world.as('ana'), repository, { title: 'loud' });
    expect(events).toEqual(['issues']);
    expect(github.deliveries.all).toHaveLength(1);
  });

  test('an app can find a missed delivery and have it sent again with the same id', async () => {
    const { github, repository, app } = await place();
    const { world } = github;
    app.webhook = { url: 'http://127.0.0.1:9/', secret: SECRET };
    world.quietly(() => world.install(app, repository.owner));
    world.issues.create(world.as('ana'), repository, { title: 'missed' });
    await github.deliveries.idle();
    const received = await independentApp(github, app);
    const probot = new Probot({ appId: app.id, privateKey: app.privateKey, baseUrl: github.url, logLevel: 'fatal' });
    await probot.ready();
    const asApp = await probot.auth();
    const { data: failed } = await asApp.request('GET /app/hook/deliveries', { status: 'failure' });
    expect(failed.map((delivery) => [delivery.event, delivery.action, delivery.status_code])).toEqual([
      ['issues', 'opened', 0],
    ]);
    await asApp.request('POST /app/hook/deliveries/{delivery_id}/attempts', {
      delivery_id: Number(found(failed[0]).id),
    });
    await github.deliveries.idle();
    expect(received[0]).toBe('issues.opened');
    const again = found(github.deliveries.all.find((delivery) => delivery.redelivery));
    expect([again.guid, again.statusCode]).toEqual([found(failed[0]).guid, 200]);
    expect(github.findings).toEqual([]);
  });
});

function found<T>(thing: T | undefined | null): T {
  if (thing === undefined || thing === null) throw new Error('it is not there');
  return thing;
}
