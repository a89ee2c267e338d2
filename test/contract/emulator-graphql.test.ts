/**
 * The emulator's GraphQL API, with GitHub's own schema, errors, pagination, costs and behaviour under concurrent changes.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GitRepository } from '../../src/emulator/git/repository.ts';
import { answerGraphql, unknownTableFields } from '../../src/emulator/graphql/graphql.ts';
import { type VirtualClock, virtualClock } from '../../src/emulator/model/clock.ts';
import type { WorldEvent } from '../../src/emulator/model/events.ts';
import type { App, Installation, Issue, Repository } from '../../src/emulator/model/records.ts';
import type { Credential } from '../../src/emulator/world/auth.ts';
import { World } from '../../src/emulator/world/world.ts';

const EPIC = readFileSync(join(import.meta.dirname, 'epic.graphql'), 'utf8');
const AUTHOR = { name: 'Ana', email: 'ana@example.com', date: '2026-01-05T09:00:00Z' };
const ZERO = '0'.repeat(40);

const dir = mkdtempSync(join(tmpdir(), 'emulator-graphql-'));
let clock: VirtualClock;
let world: World;
let repository: Repository;
let git: GitRepository;
let app: App;
let installation: Installation;
let ana: Credential;
const unimplemented: string[] = [];
const emitted: WorldEvent[] = [];

beforeAll(async () => {
  clock = virtualClock();
  world = new World({ clock, dir });
  const owner = world.addUser('ana');
  world.addUser('bob');
  world.addUser('rita');
  repository = await world.addRepository(owner, 'shop');
  repository.collaborators.set(world.as('bob').user.id, 'write');
  repository.collaborators.set(world.as('rita').user.id, 'read');
  git = await world.git(repository);
  await git.seed(
    { 'README.md': '# Shop\n', 'src/cart.ts': 'export {}\n' },
    { branch: 'main', message: 'First', author: AUTHOR },
  );
  app = world.addApp({
    slug: 'helper',
    owner,
    permissions: { contents: 'write', issues: 'write', pull_requests: 'write', checks: 'write', statuses: 'read' },
    events: [],
  });
  installation = world.install(app, owner);
  ana = credentialOf('ana');
  world.on((event) => void emitted.push(event));
});

afterAll(async () => {
  await world.close();
  rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
});

const credentialOf = (login: string): Credential =>
  world.tokens.credential(`Bearer ${world.tokens.forUser(world.as(login).user)}`);
const asApp = (): Credential => world.tokens.forInstallation(installation);

interface Answered {
  readonly status: number;
  readonly cost: number;
  readonly body: { readonly data?: unknown; readonly errors?: readonly Record<string, unknown>[] };
}

/** Serialized and parsed again, as over HTTP. */
async function send(query: string, variables: Record<string, unknown> = {}, who: Credential = ana): Promise<Answered> {
  const limit = { limit: 5_000, remaining: 4_990, resetAt: world.now() };
  const note = (what: string) => void unimplemented.push(what);
  const answer = await answerGraphql({
    world,
    credential: who,
    body: { query, variables },
    limit,
    unimplemented: note,
  });
  return JSON.parse(JSON.stringify(answer)) as Answered;
}

/** The data of a response without errors. */
async function ask(query: string, variables: Record<string, unknown> = {}, who: Credential = ana): Promise<unknown> {
  const { body } = await send(query, variables, who);
  expect(body.errors).toBeUndefined();
  return body.data;
}

/** The errors of a response: type, path, message. */
async function refused(query: string, variables: Record<string, unknown> = {}, who: Credential = ana) {
  const { body } = await send(query, variables, who);
  return (body.errors ?? []).map(({ type, path, message }) => [type, path, message]);
}

const SHOP = 'repository(owner: "ana", name: "shop")';
const opens = (title: string, body: string | null = null): Issue =>
  world.issues.create(world.as('ana'), repository, { title, body });

let branches = 0;
/** A branch with one change on it. */
async function branch(files: Record<string, string>, from = 'main'): Promise<string> {
  branches += 1;
  const name = `feat/${branches}`;
  const at = await git.readRef(`refs/heads/${from}`);
  await world.refs.update(world.as('ana'), repository, [{ name: `refs/heads/${name}`, before: null, after: at }]);
  await git.seed(files, { branch: name, message: `feat: ${Object.keys(files).join(' ')}`, author: AUTHOR });
  return name;
}

async function move(name: string, before: string, after: string, who = ana) {
  return send(
    `mutation ($repository: ID!, $name: GitRefname!, $before: GitObjectID!, $after: GitObjectID!) {
      updateRefs(input: { repositoryId: $repository, refUpdates: [{ name: $name, beforeOid: $before, afterOid: $after }] }) { clientMutationId }
    }`,
    { repository: repository.nodeId, name, before, after },
    who,
  );
}

const commit = (message: string, parents: readonly string[] = []): Promise<string> =>
  git.commitTree({
    tree: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    parents,
    message,
    author: AUTHOR,
    committer: AUTHOR,
  });

describe('the schema', () => {
  test('every field of the emulator is in GitHub’s schema', () => {
    expect(unknownTableFields()).toEqual([]);
  });

  test('a field that GitHub does not have is refused', async () => {
    expect(await refused(`{ ${SHOP} { isNice } }`)).toEqual([
      [undefined, undefined, "Field 'isNice' doesn't exist on type 'Repository'"],
    ]);
  });

  test('a field or an argument that GitHub has and the emulator lacks is an error, and is reported', async () => {
    unimplemented.length = 0;
    const issue = opens('Unknown territory');
    expect(await refused(`{ ${SHOP} { stargazerCount } }`)).toEqual([
      [undefined, ['repository', 'stargazerCount'], 'The emulator does not implement Repository.stargazerCount.'],
    ]);
    await refused(`{ ${SHOP} { issues(first: 1, filterBy: { milestone: "4" }) { totalCount } } }`);
    await refused(
      `mutation ($id: ID!) { closeIssue(input: { issueId: $id, duplicateIssueId: $id }) { issue { id } } }`,
      {
        id: issue.nodeId,
      },
    );
    await refused(`mutation ($id: ID!) { addStar(input: { starrableId: $id }) { clientMutationId } }`, {
      id: issue.nodeId,
    });
    expect(unimplemented.splice(0)).toEqual([
      'graphql Repository.stargazerCount',
      'graphql Repository.issues(filterBy.milestone)',
      'graphql Mutation.closeIssue(input.duplicateIssueId)',
      'graphql Mutation.addStar',
    ]);
  });

  test('can be introspected, as gh does', async () => {
    const data = await ask('{ __type(name: "Issue") { fields { name } } }');
    expect(JSON.stringify(data)).toContain('"blockedBy"');
  });

  test('a query that cannot be parsed is an error', async () => {
    expect(await refused('{ repository(')).toMatchObject([
      [undefined, undefined, expect.stringContaining('Syntax Error')],
    ]);
    expect((await send('{ viewer { login } }', {}, { kind: 'anonymous' })).status).toBe(401);
  });
});

describe('permissions', () => {
  test('a private repository is invisible to callers without read access', async () => {
    world.addUser('eve');
    expect(await refused(`{ ${SHOP} { id } }`, {}, credentialOf('eve'))).toEqual([
      ['NOT_FOUND', ['repository'], "Could not resolve to a Repository with the name 'ana/shop'."],
    ]);
    const issue = opens('Secret');
    const eve = credentialOf('eve');
    expect(await refused('query ($id: ID!) { node(id: $id) { id } }', { id: issue.nodeId }, eve)).toEqual([
      ['NOT_FOUND', ['node'], `Could not resolve to a node with the global id of '${issue.nodeId}'.`],
    ]);
    const found = await ask('query ($id: ID!) { node(id: $id) { __typename ... on Issue { title } } }', {
      id: issue.nodeId,
    });
    expect(found).toEqual({ node: { __typename: 'Issue', title: 'Secret' } });
  });

  test('a token without the permission gets FORBIDDEN at the field', async () => {
    const issue = opens('Read only');
    const token = world.tokens.forJob(repository, 1, { issues: 'read' });
    const job = world.tokens.credential(`Bearer ${token}`);
    const close = 'mutation ($id: ID!) { closeIssue(input: { issueId: $id }) { issue { id } } }';
    expect(await refused(close, { id: issue.nodeId }, job)).toEqual([
      ['FORBIDDEN', ['closeIssue'], 'Resource not accessible by integration'],
    ]);
    expect(issue.state).toBe('open');
    const answer = await send(
      `{ ${SHOP} { issue(number: ${issue.number}) { title } pullRequests(first: 1) { totalCount } } }`,
      {},
      job,
    );
    expect(answer.body.errors).toMatchObject([{ type: 'FORBIDDEN', path: ['repository', 'pullRequests'] }]);
  });

  test('the viewer of an installation is its bot', async () => {
    expect(await ask(`{ viewer { login } ${SHOP} { viewerPermission } }`, {}, asApp())).toEqual({
      viewer: { login: 'helper[bot]' },
      repository: { viewerPermission: 'WRITE' },
    });
    expect(await ask(`{ viewer { login } ${SHOP} { viewerPermission } }`)).toEqual({
      viewer: { login: 'ana' },
      repository: { viewerPermission: 'ADMIN' },
    });
  });

  test('collaborators have their permission on the edge, and are visible only with push access', async () => {
    const query = `{ ${SHOP} { collaborators(first: 10) { edges { permission node { login } } } } }`;
    expect(await ask(query)).toEqual({
      repository: {
        collaborators: {
          edges: [
            { permission: 'ADMIN', node: { login: 'ana' } },
            { permission: 'WRITE', node: { login: 'bob' } },
            { permission: 'READ', node: { login: 'rita' } },
          ],
        },
      },
    });
    expect(await refused(query, {}, credentialOf('rita'))).toMatchObject([
      ['FORBIDDEN', ['repository', 'collaborators'], expect.anything()],
    ]);
  });
});

describe('pagination', () => {
  test('cursors go through a list forwards and backwards, and show its ends', async () => {
    const issue = opens('Talk');
    for (const word of ['a', 'b', 'c', 'd', 'e']) world.issues.comment(world.as('bob'), issue, word);
    const read = async (args: string) => {
      const data = await ask(
        `{ ${SHOP} { issue(number: ${issue.number}) { comments(${args}) { totalCount nodes { body } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } }`,
      );
      const { comments } = (data as { repository: { issue: { comments: Page } } }).repository.issue;
      return { ...comments, bodies: comments.nodes.map((node) => node.body).join('') };
    };
    interface Page {
      readonly totalCount: number;
      readonly nodes: readonly { readonly body: string }[];
      readonly edges: readonly { readonly cursor: string }[];
      readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
    }
    const first = await read('first: 2');
    expect([first.bodies, first.totalCount, first.pageInfo.hasNextPage, first.pageInfo.hasPreviousPage]).toEqual([
      'ab',
      5,
      true,
      false,
    ]);
    expect(first.edges.map(({ cursor }) => cursor)).toEqual([first.pageInfo.startCursor, first.pageInfo.endCursor]);
    const second = await read(`first: 2, after: "${first.pageInfo.endCursor}"`);
    const third = await read(`first: 2, after: "${second.pageInfo.endCursor}"`);
    expect([second.bodies, third.bodies, third.pageInfo.hasNextPage]).toEqual(['cd', 'e', false]);
    const last = await read('last: 2');
    const before = await read(`last: 2, before: "${last.pageInfo.startCursor}"`);
    expect([last.bodies, last.pageInfo.hasPreviousPage, before.bodies]).toEqual(['de', true, 'bc']);
    expect(await refused(`{ ${SHOP} { labels(first: 1, after: "nonsense") { nodes { name } } } }`)).toEqual([
      ['UNPROCESSABLE', ['repository', 'labels'], '`nonsense` does not appear to be a valid cursor.'],
    ]);
  });

  test('a list needs a page size of at most a hundred, except if only the count is selected', async () => {
    expect(await refused(`{ ${SHOP} { issues { nodes { id } } } }`)).toEqual([
      [
        'MISSING_PAGINATION_BOUNDARIES',
        ['repository', 'issues'],
        'You must provide a `first` or `last` value to properly paginate the `issues` connection.',
      ],
    ]);
    expect(await refused(`{ ${SHOP} { issues(first: 101) { nodes { id } } } }`)).toEqual([
      [
        'EXCESSIVE_PAGINATION',
        ['repository', 'issues'],
        'Requesting 101 records on the `issues` connection exceeds the `first` limit of 100 records.',
      ],
    ]);
    expect(await ask(`{ ${SHOP} { labels { totalCount } } }`)).toEqual({
      repository: { labels: { totalCount: repository.labels.size } },
    });
  });

  test('a query has the cost of GitHub’s formula, and too many nodes are refused', async () => {
    const issue = opens('An epic to be measured');
    const variables = { owner: 'ana', repo: 'shop', epic: issue.number };
    const answer = await send(EPIC, variables);
    expect(answer.body.data).toMatchObject({
      rateLimit: { cost: 14, nodeCount: 13_620, limit: 5_000, remaining: 4_990 },
    });
    expect(answer.cost).toBe(14);
    const inner = 'nodes { comments(first: 100) { nodes { reactions(first: 100) { nodes { id } } } } }';
    expect(await refused(`{ ${SHOP} { issues(first: 100) { ${inner} } } }`)).toEqual([
      [
        'MAX_NODE_LIMIT_EXCEEDED',
        undefined,
        'This query requests up to 1,010,100 possible nodes which exceeds the maximum limit of 500,000.',
      ],
    ]);
  });
});

describe('an epic', () => {
  test('is read in one query: sub-issues in order, blockers, pull requests with reviews and checks', async () => {
    const epic = opens('Checkout');
    const [cart, payment, receipt] = [opens('Cart'), opens('Payment'), opens('Receipt')];
    const by = world.as('ana');
    for (const sub of [receipt, cart, payment]) world.issues.addSubIssue(by, epic, sub);
    world.issues.reprioritize(epic, receipt, { after: payment });
    world.issues.addBlockedBy(by, receipt, cart);
    world.issues.addBlockedBy(by, receipt, payment);
    world.issues.addLabels(by, epic, ['swarm:execute']);
    const head = await branch({ 'src/cart.ts': 'export const cart = [];\n' });
    const pull = await world.pulls.create(world.as('bob'), repository, {
      title: 'feat: cart',
      head,
      base: 'main',
      body: `Closes #${cart.number}`,
    });
    await world.reviews.write(by, pull, { event: 'APPROVE' });
    const bot = world.tokens.actor(asApp());
    world.checks.create(bot, repository, pull.headSha, { name: 'tests', conclusion: 'success' });
    world.checks.create(bot, repository, pull.headSha, { name: 'lint', status: 'in_progress' });

    const data = await ask(EPIC, { owner: 'ana', repo: 'shop', epic: epic.number }, asApp());
    const read = (data as { repository: { issue: Record<string, unknown> } }).repository.issue;
    expect(read).toMatchObject({
      number: epic.number,
      databaseId: epic.id,
      author: { login: 'ana', __typename: 'User' },
      labels: { nodes: [{ name: 'swarm:execute' }] },
      subIssuesSummary: { total: 3, completed: 0, percentCompleted: 0 },
    });
    const { nodes } = read.subIssues as { nodes: readonly Record<string, unknown>[] };
    expect(nodes.map((node) => node.title)).toEqual(['Cart', 'Payment', 'Receipt']);
    expect(nodes[2]).toMatchObject({
      // The newest link comes first, as on GitHub.
      blockedBy: { totalCount: 2, nodes: [{ number: payment.number, state: 'OPEN' }, { number: cart.number }] },
      closedByPullRequestsReferences: { nodes: [] },
    });
    expect(nodes[0]).toMatchObject({
      closedByPullRequestsReferences: {
        nodes: [
          {
            number: pull.issue.number,
            state: 'OPEN',
            headRefName: head,
            headRefOid: pull.headSha,
            baseRefName: 'main',
            mergeable: 'MERGEABLE',
            mergeStateStatus: 'UNSTABLE',
            reviewDecision: null,
            mergeCommit: null,
            latestOpinionatedReviews: {
              nodes: [
                {
                  state: 'APPROVED',
                  author: { login: 'ana' },
                  commit: { oid: pull.headSha },
                  authorCanPushToRepository: true,
                },
              ],
            },
            statusCheckRollup: {
              state: 'PENDING',
              contexts: {
                checkRunCount: 2,
                checkRunCountsByState: [
                  { state: 'SUCCESS', count: 1 },
                  { state: 'IN_PROGRESS', count: 1 },
                ],
              },
            },
          },
        ],
      },
    });
  });

  test('a pull request into a branch that is not the default links no issue', async () => {
    const issue = opens('Linked?');
    await world.refs.update(world.as('ana'), repository, [
      { name: 'refs/heads/integration', before: null, after: await git.readRef('refs/heads/main') },
    ]);
    const head = await branch({ 'other.ts': 'x\n' });
    await world.pulls.create(world.as('ana'), repository, {
      title: 'x',
      head,
      base: 'integration',
      body: `Closes #${issue.number}`,
    });
    const query = `{ ${SHOP} { issue(number: ${issue.number}) { closedByPullRequestsReferences(first: 5) { totalCount } } } }`;
    expect(await ask(query)).toEqual({ repository: { issue: { closedByPullRequestsReferences: { totalCount: 0 } } } });
  });

  test('can be changed by mutations, with the same webhooks as REST', async () => {
    const [epic, cart, payment] = [opens('Graph'), opens('One'), opens('Two')];
    emitted.length = 0;
    const add =
      'mutation ($a: ID!, $b: ID!) { addSubIssue(input: { issueId: $a, subIssueId: $b }) { issue { subIssues(first: 9) { nodes { title } } } } }';
    await ask(add, { a: epic.nodeId, b: cart.nodeId });
    const url = `http://127.0.0.1/ana/shop/issues/${payment.number}`;
    await ask(
      'mutation ($a: ID!, $u: String!) { addSubIssue(input: { issueId: $a, subIssueUrl: $u }) { subIssue { parent { number } } } }',
      {
        a: epic.nodeId,
        u: url,
      },
    );
    await ask(
      'mutation ($a: ID!, $s: ID!, $b: ID!) { reprioritizeSubIssue(input: { issueId: $a, subIssueId: $s, beforeId: $b }) { issue { id } } }',
      {
        a: epic.nodeId,
        s: payment.nodeId,
        b: cart.nodeId,
      },
    );
    expect(epic.subIssues).toEqual([payment, cart]);
    const link =
      'mutation ($a: ID!, $b: ID!) { addBlockedBy(input: { issueId: $a, blockingIssueId: $b }) { issue { blockedBy { totalCount } } blockingIssue { number } } }';
    expect(await ask(link, { a: cart.nodeId, b: payment.nodeId })).toEqual({
      addBlockedBy: { issue: { blockedBy: { totalCount: 1 } }, blockingIssue: { number: payment.number } },
    });
    expect(await refused(link, { a: cart.nodeId, b: payment.nodeId })).toMatchObject([
      ['UNPROCESSABLE', ['addBlockedBy'], expect.stringContaining('already')],
    ]);
    await ask(
      'mutation ($a: ID!, $b: ID!) { removeBlockedBy(input: { issueId: $a, blockingIssueId: $b }) { issue { id } } }',
      {
        a: cart.nodeId,
        b: payment.nodeId,
      },
    );
    await ask(
      'mutation ($a: ID!, $b: ID!) { removeSubIssue(input: { issueId: $a, subIssueId: $b }) { issue { id } } }',
      {
        a: epic.nodeId,
        b: cart.nodeId,
      },
    );
    expect([epic.subIssues, cart.blockedBy]).toEqual([[payment], []]);
    expect(emitted.map((event) => `${event.kind} ${'action' in event ? event.action : ''}`)).toEqual([
      'sub_issues parent_issue_added',
      'sub_issues sub_issue_added',
      'sub_issues parent_issue_added',
      'sub_issues sub_issue_added',
      'issue_dependencies blocked_by_added',
      'issue_dependencies blocking_added',
      'issue_dependencies blocked_by_removed',
      'issue_dependencies blocking_removed',
      'sub_issues parent_issue_removed',
      'sub_issues sub_issue_removed',
    ]);
    const events = await ask(
      `query ($id: ID!) { node(id: $id) { ... on Issue { timelineItems(first: 20, itemTypes: [SUB_ISSUE_ADDED_EVENT, SUB_ISSUE_REMOVED_EVENT]) {
        filteredCount pageCount nodes { __typename ... on SubIssueAddedEvent { subIssue { title } } } } } } }`,
      { id: epic.nodeId },
    );
    expect(events).toMatchObject({
      node: {
        timelineItems: {
          filteredCount: 3,
          pageCount: 3,
          nodes: [
            { __typename: 'SubIssueAddedEvent', subIssue: { title: 'One' } },
            { __typename: 'SubIssueAddedEvent', subIssue: { title: 'Two' } },
            { __typename: 'SubIssueRemovedEvent' },
          ],
        },
      },
    });
  });
});

describe('issues', () => {
  test('are created, changed and closed, and the timeline shows each change with its actor', async () => {
    const label = repository.labels.get('bug')?.nodeId ?? '';
    const created = (await ask(
      'mutation ($r: ID!, $l: [ID!]) { createIssue(input: { repositoryId: $r, title: "Broken", body: "It is.", labelIds: $l, clientMutationId: "mine" }) { clientMutationId issue { id number labels(first: 5) { nodes { name } } } } }',
      { r: repository.nodeId, l: [label] },
      asApp(),
    )) as { createIssue: { issue: { id: string; number: number } } };
    expect(created).toMatchObject({
      createIssue: { clientMutationId: 'mine', issue: { labels: { nodes: [{ name: 'bug' }] } } },
    });
    const { id, number } = created.createIssue.issue;
    const say = (await ask(
      'mutation ($s: ID!) { addComment(input: { subjectId: $s, body: "Looking" }) { commentEdge { node { id databaseId viewerDidAuthor } } } }',
      {
        s: id,
      },
    )) as { addComment: { commentEdge: { node: { id: string } } } };
    const comment = say.addComment.commentEdge.node.id;
    await clock.advance(60_000);
    await ask('mutation ($c: ID!) { updateIssueComment(input: { id: $c, body: "Found" }) { issueComment { body } } }', {
      c: comment,
    });
    await ask(
      'mutation ($c: ID!) { addReaction(input: { subjectId: $c, content: ROCKET }) { reaction { content user { login } } } }',
      { c: comment },
    );
    await ask(
      'mutation ($i: ID!) { updateIssue(input: { id: $i, title: "Mended", body: "It was." }) { issue { id } } }',
      { i: id },
    );
    await ask(
      'mutation ($i: ID!, $l: [ID!]!) { removeLabelsFromLabelable(input: { labelableId: $i, labelIds: $l }) { labelable { __typename } } }',
      {
        i: id,
        l: [label],
      },
    );
    await ask(
      'mutation ($i: ID!) { closeIssue(input: { issueId: $i, stateReason: NOT_PLANNED }) { issue { state } } }',
      { i: id },
    );
    await ask('mutation ($i: ID!) { reopenIssue(input: { issueId: $i }) { issue { stateReason } } }', { i: id });
    await ask(
      'mutation ($c: ID!) { minimizeComment(input: { subjectId: $c, classifier: OUTDATED }) { minimizedComment { isMinimized minimizedReason } } }',
      {
        c: comment,
      },
    );
    expect(
      await ask(`{ ${SHOP} { issueOrPullRequest(number: ${number}) { __typename ... on Issue {
        title body state stateReason lastEditedAt editor { login }
        author { __typename login ... on Bot { databaseId } }
        userContentEdits(first: 5) { nodes { diff editor { login } } }
        comments(last: 1) { nodes { body lastEditedAt includesCreatedEdit isMinimized author { login ... on User { databaseId } }
          reactionGroups { content viewerHasReacted reactors(first: 3) { totalCount } } reactions(first: 1, content: ROCKET) { totalCount } } }
        timelineItems(first: 20) { nodes { __typename
          ... on LabeledEvent { actor { login } label { name } } ... on ClosedEvent { actor { login } stateReason }
          ... on RenamedTitleEvent { previousTitle currentTitle } } }
      } } } }`),
    ).toMatchObject({
      repository: {
        issueOrPullRequest: {
          __typename: 'Issue',
          title: 'Mended',
          state: 'OPEN',
          stateReason: 'REOPENED',
          lastEditedAt: '2026-01-05T09:01:00Z',
          editor: { login: 'ana' },
          author: { __typename: 'Bot', login: 'helper', databaseId: app.bot.id },
          userContentEdits: {
            nodes: [
              { diff: 'It was.', editor: { login: 'ana' } },
              { diff: 'It is.', editor: { login: 'helper' } },
            ],
          },
          comments: {
            nodes: [
              {
                body: 'Found',
                lastEditedAt: '2026-01-05T09:01:00Z',
                includesCreatedEdit: true,
                isMinimized: true,
                author: { login: 'ana', databaseId: world.as('ana').user.id },
                reactionGroups: expect.arrayContaining([
                  { content: 'ROCKET', viewerHasReacted: true, reactors: { totalCount: 1 } },
                ]),
                reactions: { totalCount: 1 },
              },
            ],
          },
          timelineItems: {
            nodes: [
              { __typename: 'LabeledEvent', actor: { login: 'helper' }, label: { name: 'bug' } },
              { __typename: 'IssueComment' },
              { __typename: 'RenamedTitleEvent', previousTitle: 'Broken', currentTitle: 'Mended' },
              { __typename: 'UnlabeledEvent' },
              { __typename: 'ClosedEvent', actor: { login: 'ana' }, stateReason: 'NOT_PLANNED' },
              { __typename: 'ReopenedEvent' },
            ],
          },
        },
      },
    });
    await ask('mutation ($c: ID!) { deleteIssueComment(input: { id: $c }) { clientMutationId } }', { c: comment });
    expect(world.issues.issue(repository, number)?.comments).toEqual([]);
    expect(await refused('query ($c: ID!) { node(id: $c) { id } }', { c: comment })).toMatchObject([
      ['NOT_FOUND', ['node'], expect.anything()],
    ]);
  });

  test('can be opened and commented on by readers, but labels and other changes need the role triage', async () => {
    const rita = credentialOf('rita');
    const label = repository.labels.get('bug')?.nodeId ?? '';
    const created = (await ask(
      'mutation ($r: ID!, $l: [ID!]) { createIssue(input: { repositoryId: $r, title: "Wish", labelIds: $l }) { issue { id labels(first: 1) { totalCount } } } }',
      { r: repository.nodeId, l: [label] },
      rita,
    )) as { createIssue: { issue: { id: string } } };
    expect(created).toMatchObject({ createIssue: { issue: { labels: { totalCount: 0 } } } });
    const { id } = created.createIssue.issue;
    await ask(
      'mutation ($s: ID!) { addComment(input: { subjectId: $s, body: "Please" }) { subject { id } } }',
      { s: id },
      rita,
    );
    const add =
      'mutation ($s: ID!, $l: [ID!]!) { addLabelsToLabelable(input: { labelableId: $s, labelIds: $l }) { clientMutationId } }';
    expect(await refused(add, { s: id, l: [label] }, rita)).toMatchObject([
      ['FORBIDDEN', ['addLabelsToLabelable'], expect.anything()],
    ]);
  });

  test('are listed with filters and in the requested order', async () => {
    const owner = world.as('ana').user;
    const shelf = await world.addRepository(owner, 'shelf');
    const make = async (title: string, labels: string[]) => {
      await clock.advance(1_000);
      return world.issues.create(world.as('ana'), shelf, { title, labels });
    };
    const [a, , c] = [await make('a', ['bug']), await make('b', []), await make('c', ['bug'])];
    world.issues.close(world.as('ana'), c);
    await clock.advance(1_000);
    world.issues.comment(world.as('ana'), a, 'up');
    const titles = async (args: string) => {
      const data = await ask(
        `{ repository(owner: "ana", name: "shelf") { issues(first: 9, ${args}) { nodes { title } } } }`,
      );
      return (data as { repository: { issues: { nodes: { title: string }[] } } }).repository.issues.nodes
        .map((node) => node.title)
        .join('');
    };
    expect(await titles('states: [OPEN]')).toBe('ab');
    expect(await titles('labels: ["bug"]')).toBe('ac');
    expect(await titles('orderBy: { field: CREATED_AT, direction: DESC }')).toBe('cba');
    expect(await titles('orderBy: { field: UPDATED_AT, direction: DESC }')).toBe('acb');
    expect(await titles('orderBy: { field: COMMENTS, direction: DESC }')).toMatch(/^a/);
  });
});

test('a search finds by qualifiers and words, and reports an unknown qualifier', async () => {
  const issue = opens('The needle in the haystack', 'sharp');
  world.issues.addLabels(world.as('ana'), issue, ['swarm:execute', 'two words']);
  const find = async (query: string) => {
    const data = await ask(
      'query ($q: String!) { search(type: ISSUE, query: $q, first: 5) { issueCount nodes { ... on Issue { title } } } }',
      {
        q: `repo:ana/shop ${query}`,
      },
    );
    return (data as { search: { nodes: { title: string }[] } }).search.nodes.map(({ title }) => title);
  };
  const needle = ['The needle in the haystack'];
  expect(await find('is:open label:swarm:execute needle sort:updated-desc')).toEqual(needle);
  expect(await find('is:issue label:"two words" author:@me SHARP')).toEqual(needle);
  expect(await find('needle -label:"two words"')).toEqual([]);
  expect(await find('needle is:pr')).toEqual([]);
  expect(await refused('{ search(type: ISSUE, query: "reactions:3", first: 1) { issueCount } }')).toEqual([
    [undefined, ['search'], 'The emulator does not implement Query.search: the qualifier reactions:.'],
  ]);
  expect(unimplemented.splice(0)).toEqual(['graphql Query.search: the qualifier reactions:']);
});

describe('pull requests', () => {
  test('are opened, reviewed, updated and merged', async () => {
    const issue = opens('To be closed');
    const head = await branch({ 'src/receipt.ts': 'export const receipt = 1;\n' });
    const opened = (await ask(
      'mutation ($r: ID!, $h: String!, $b: String) { createPullRequest(input: { repositoryId: $r, headRefName: $h, baseRefName: "main", title: "feat: receipt", body: $b, draft: true }) { pullRequest { id number isDraft } } }',
      { r: repository.nodeId, h: head, b: `Closes #${issue.number}` },
      credentialOf('bob'),
    )) as { createPullRequest: { pullRequest: { id: string; number: number } } };
    const { id, number } = opened.createPullRequest.pullRequest;
    const merge =
      'mutation ($p: ID!, $o: GitObjectID) { mergePullRequest(input: { pullRequestId: $p, mergeMethod: SQUASH, expectedHeadOid: $o }) { pullRequest { merged mergeCommit { oid messageHeadline } } } }';
    expect(await refused(merge, { p: id })).toMatchObject([
      [expect.anything(), ['mergePullRequest'], 'Pull Request is still a draft'],
    ]);
    await ask(
      'mutation ($p: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $p }) { pullRequest { isDraft } } }',
      { p: id },
    );
    await ask(
      `mutation ($p: ID!) { addPullRequestReview(input: { pullRequestId: $p, event: REQUEST_CHANGES, body: "Not yet",
        threads: [{ path: "src/receipt.ts", line: 1, body: "Why 1?" }] }) { pullRequestReview { state } } }`,
      { p: id },
    );
    await ask(
      'mutation ($p: ID!) { addPullRequestReview(input: { pullRequestId: $p, event: APPROVE }) { pullRequestReview { state } } }',
      { p: id },
    );
    // The base moves, and the branch is updated from it.
    await git.seed({ 'NEWS.md': 'x\n' }, { branch: 'main', message: 'News', author: AUTHOR });
    const stale = await git.readRef(`refs/heads/${head}`);
    await ask(
      'mutation ($p: ID!, $o: GitObjectID) { updatePullRequestBranch(input: { pullRequestId: $p, expectedHeadOid: $o }) { pullRequest { headRefOid } } }',
      {
        p: id,
        o: stale,
      },
    );
    const tip = await git.readRef(`refs/heads/${head}`);
    expect(
      await ask(`{ ${SHOP} { pullRequest(number: ${number}) {
        headRefOid state reviewDecision additions changedFiles closingIssuesReferences(first: 5) { nodes { number } }
        reviews(first: 9) { nodes { state body author { login } commit { oid } } } latestReviews(first: 9) { nodes { state } }
        reviewThreads(first: 9) { nodes { isResolved path line comments(first: 9) { nodes { body diffHunk } } } }
        files(first: 9) { nodes { path changeType additions } } commits(last: 1) { totalCount nodes { commit { oid parents(first: 2) { totalCount } } } }
        timelineItems(first: 30, itemTypes: [PULL_REQUEST_REVIEW, READY_FOR_REVIEW_EVENT]) { nodes { __typename } }
      } pullRequests(first: 5, headRefName: "${head}", states: [OPEN], orderBy: { field: CREATED_AT, direction: DESC }) { nodes { number } } } }`),
    ).toMatchObject({
      repository: {
        pullRequest: {
          headRefOid: tip,
          state: 'OPEN',
          additions: 1,
          changedFiles: 1,
          closingIssuesReferences: { nodes: [{ number: issue.number }] },
          reviews: {
            nodes: [
              { state: 'CHANGES_REQUESTED', body: 'Not yet', author: { login: 'ana' }, commit: { oid: stale } },
              { state: 'APPROVED' },
            ],
          },
          latestReviews: { nodes: [{ state: 'APPROVED' }] },
          reviewThreads: {
            nodes: [{ isResolved: false, path: 'src/receipt.ts', line: 1, comments: { nodes: [{ body: 'Why 1?' }] } }],
          },
          files: { nodes: [{ path: 'src/receipt.ts', changeType: 'ADDED', additions: 1 }] },
          commits: { nodes: [{ commit: { oid: tip, parents: { totalCount: 2 } } }] },
          timelineItems: {
            nodes: [
              { __typename: 'ReadyForReviewEvent' },
              { __typename: 'PullRequestReview' },
              { __typename: 'PullRequestReview' },
            ],
          },
        },
        pullRequests: { nodes: [{ number }] },
      },
    });
    expect(await refused(merge, { p: id, o: stale })).toEqual([
      ['STALE_DATA', ['mergePullRequest'], 'Head branch was modified. Review and try the merge again.'],
    ]);
    expect(await ask(merge, { p: id, o: tip })).toMatchObject({
      mergePullRequest: {
        pullRequest: {
          merged: true,
          mergeCommit: { messageHeadline: `feat: receipt (#${number})`, oid: await git.readRef('refs/heads/main') },
        },
      },
    });
    expect([issue.state, issue.stateReason]).toEqual(['closed', 'completed']);
    expect(
      await ask(
        `{ ${SHOP} { issue(number: ${issue.number}) { timelineItems(first: 5, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent { closer { ... on PullRequest { number } } } } } } } }`,
      ),
    ).toEqual({ repository: { issue: { timelineItems: { nodes: [{ closer: { number } }] } } } });
  });

  test('with conflicts are CONFLICTING, and can be closed', async () => {
    const [left, right] = [await branch({ 'README.md': '# Left\n' }), await branch({ 'README.md': '# Right\n' })];
    const by = world.as('ana');
    const first = await world.pulls.create(by, repository, { title: 'left', head: left, base: 'main' });
    const second = await world.pulls.create(by, repository, { title: 'right', head: right, base: 'main' });
    await world.merges.merge(by, first);
    const query = 'query ($p: ID!) { node(id: $p) { ... on PullRequest { mergeable mergeStateStatus } } }';
    expect(await ask(query, { p: second.nodeId })).toEqual({
      node: { mergeable: 'CONFLICTING', mergeStateStatus: 'DIRTY' },
    });
    await ask(
      'mutation ($p: ID!) { convertPullRequestToDraft(input: { pullRequestId: $p }) { pullRequest { isDraft } } }',
      { p: second.nodeId },
    );
    await ask(
      'mutation ($p: ID!) { updatePullRequest(input: { pullRequestId: $p, title: "never", body: "mind" }) { pullRequest { title } } }',
      {
        p: second.nodeId,
      },
    );
    await ask('mutation ($p: ID!) { closePullRequest(input: { pullRequestId: $p }) { pullRequest { closed } } }', {
      p: second.nodeId,
    });
    expect([second.draft, second.issue.title, second.issue.state]).toEqual([true, 'never', 'closed']);
  });

  test('show the overall state of their checks, and each check', async () => {
    const oid = (await git.readRef('refs/heads/main')) ?? '';
    const bot = world.tokens.actor(asApp());
    const check = world.checks.create(bot, repository, oid, {
      name: 'lint',
      conclusion: 'failure',
      output: { title: 'No', summary: 'two' },
    });
    await world.checks.setStatus(world.as('ana'), repository, oid, {
      state: 'success',
      context: 'ci/old',
      description: 'ok',
      targetUrl: null,
    });
    expect(
      await ask(`{ ${SHOP} { object(expression: "main") { __typename ... on Commit { oid statusCheckRollup { state contexts(first: 10) { nodes { __typename
        ... on CheckRun { name status conclusion title summary checkSuite { app { slug } } } ... on StatusContext { context state description creator { login } } } } }
        checkSuites(first: 5) { nodes { status conclusion checkRuns(first: 5) { nodes { databaseId } } } } } } } }`),
    ).toEqual({
      repository: {
        object: {
          __typename: 'Commit',
          oid,
          statusCheckRollup: {
            state: 'FAILURE',
            contexts: {
              nodes: [
                {
                  __typename: 'CheckRun',
                  name: 'lint',
                  status: 'COMPLETED',
                  conclusion: 'FAILURE',
                  title: 'No',
                  summary: 'two',
                  checkSuite: { app: { slug: 'helper' } },
                },
                {
                  __typename: 'StatusContext',
                  context: 'ci/old',
                  state: 'SUCCESS',
                  description: 'ok',
                  creator: { login: 'ana' },
                },
              ],
            },
          },
          checkSuites: {
            nodes: [{ status: 'COMPLETED', conclusion: 'FAILURE', checkRuns: { nodes: [{ databaseId: check.id }] } }],
          },
        },
      },
    });
  });
});

describe('git', () => {
  test('a commit is read by its oid: the file, its size and the history; a ref outside heads and tags is not shown', async () => {
    const tree = await git.writeTree(null, [
      { path: 'state.json', mode: '100644', oid: await git.writeBlob('{"a":1}\n') },
    ]);
    const one = await git.commitTree({ tree, parents: [], message: 'one', author: AUTHOR, committer: AUTHOR });
    const two = await git.commitTree({
      tree,
      parents: [one],
      message: 'two\n\nwhy',
      author: AUTHOR,
      committer: AUTHOR,
    });
    expect((await move('refs/swarm/epics/77', ZERO, two, asApp())).body.errors).toBeUndefined();
    expect(
      await ask(
        `{ ${SHOP} { commit: object(oid: "${two}") { oid ... on Commit { messageHeadline messageBody
            file(path: "state.json") { mode object { ... on Blob { text byteSize isBinary isTruncated oid } } }
            history(first: 1) { totalCount nodes { message } pageInfo { hasNextPage } } } }
          ref(qualifiedName: "refs/swarm/epics/77") { name }
          object(expression: "refs/swarm/epics/77:state.json") { __typename }
          short: object(expression: "swarm/epics/77") { __typename }
          pull: object(expression: "refs/pull/1/head") { __typename }
          none: object(expression: "refs/swarm/epics/78:state.json") { __typename }
          refs(refPrefix: "refs/swarm/epics/", first: 5) { nodes { name } }
          defaultBranchRef { name target { __typename } } } }`,
        {},
        asApp(),
      ),
    ).toMatchObject({
      repository: {
        commit: {
          oid: two,
          messageHeadline: 'two',
          messageBody: 'why',
          file: { mode: 33_188, object: { text: '{"a":1}\n', byteSize: 8, isBinary: false, isTruncated: false } },
          history: { totalCount: 2, pageInfo: { hasNextPage: true } },
        },
        ...{ ref: null, object: null, short: null, pull: null, none: null },
        refs: { nodes: [] },
        defaultBranchRef: { name: 'main', target: { __typename: 'Commit' } },
      },
    });
  });

  test('if twelve writers advance one ref from the same commit, exactly one succeeds', async () => {
    const root = await commit('root');
    await move('refs/swarm/epics/90', ZERO, root);
    const oids = await Promise.all(Array.from({ length: 12 }, (_, at) => commit(`step ${at}`, [root])));
    const answers = await Promise.all(oids.map((oid) => move('refs/swarm/epics/90', root, oid, asApp())));
    const won = oids.filter((_, at) => answers[at]?.body.errors === undefined);
    expect(won).toEqual([await git.readRef('refs/swarm/epics/90')]);
    expect(answers.flatMap(({ body }) => body.errors ?? []).map(({ type }) => type)).toEqual(
      Array.from({ length: 11 }, () => 'UNPROCESSABLE'),
    );
  });

  test('if twelve writers create one ref, exactly one succeeds; several refs move together or not at all', async () => {
    const oids = await Promise.all(Array.from({ length: 12 }, (_, at) => commit(`claim ${at}`)));
    const answers = await Promise.all(oids.map((oid) => move('refs/swarm/claims/1', ZERO, oid)));
    expect(answers.filter(({ body }) => body.errors === undefined)).toHaveLength(1);
    const now = await git.readRef('refs/swarm/claims/1');
    const [next, other] = oids.filter((oid) => oid !== now);
    const both = `mutation ($r: ID!, $u: [RefUpdate!]!) { updateRefs(input: { repositoryId: $r, refUpdates: $u }) { clientMutationId } }`;
    const updates = [
      { name: 'refs/swarm/claims/2', beforeOid: ZERO, afterOid: next },
      { name: 'refs/swarm/claims/1', beforeOid: other, afterOid: next },
    ];
    expect(await refused(both, { r: repository.nodeId, u: updates })).toMatchObject([
      ['UNPROCESSABLE', ['updateRefs'], expect.stringContaining('refs/swarm/claims/1')],
    ]);
    expect(await git.readRef('refs/swarm/claims/2')).toBeNull();
    const gone = [{ name: 'refs/swarm/claims/1', beforeOid: now, afterOid: ZERO }];
    await ask(both, { r: repository.nodeId, u: gone });
    expect(await git.readRef('refs/swarm/claims/1')).toBeNull();
  });

  test('a branch only moves forward unless forced, and workflows need their own permission', async () => {
    const name = `refs/heads/${await branch({ 'z.txt': 'z\n' })}`;
    const before = (await git.readRef(name)) ?? '';
    const elsewhere = await commit('elsewhere');
    expect((await move(name, before, elsewhere)).body.errors).toMatchObject([
      { message: 'Update is not a fast forward' },
    ]);
    const forced =
      'mutation ($r: ID!, $u: [RefUpdate!]!) { updateRefs(input: { repositoryId: $r, refUpdates: $u }) { clientMutationId } }';
    await ask(forced, { r: repository.nodeId, u: [{ name, beforeOid: before, afterOid: elsewhere, force: true }] });
    expect(await git.readRef(name)).toBe(elsewhere);
    const create = `mutation ($c: String!, $o: GitObjectID!, $p: String!) { createCommitOnBranch(input: {
      branch: { repositoryNameWithOwner: "ana/shop", branchName: $c }, expectedHeadOid: $o, message: { headline: "ci", body: "more" },
      fileChanges: { additions: [{ path: $p, contents: "bmV3Cg==" }] } }) { commit { oid message } ref { name } } }`;
    const main = (await git.readRef('refs/heads/main')) ?? '';
    const workflow = { c: 'main', o: main, p: '.github/workflows/x.yml' };
    expect(await refused(create, workflow, asApp())).toMatchObject([
      ['FORBIDDEN', ['createCommitOnBranch'], expect.anything()],
    ]);
    expect(await refused(create, { c: 'main', o: elsewhere, p: 'a' }, asApp())).toEqual([
      [
        'STALE_DATA',
        ['createCommitOnBranch'],
        `Expected branch to point to "${elsewhere}" but it did not. Pull and try again.`,
      ],
    ]);
    expect(await refused(create, { c: 'main', o: main, p: '../a' }, asApp())).toMatchObject([
      ['UNPROCESSABLE', ['createCommitOnBranch'], expect.anything()],
    ]);
    emitted.length = 0;
    expect(await ask(create, { c: 'main', o: main, p: 'a.txt' }, asApp())).toMatchObject({
      createCommitOnBranch: {
        commit: { oid: await git.readRef('refs/heads/main'), message: 'ci\n\nmore' },
        ref: { name: 'main' },
      },
    });
    expect(emitted.map(({ kind }) => kind)).toEqual(['push']);
    expect((await git.readBlob('refs/heads/main:a.txt'))?.toString()).toBe('new\n');
  });

  test('single refs are created, moved and deleted', async () => {
    const oid = (await git.readRef('refs/heads/main')) ?? '';
    const made = (await ask(
      'mutation ($r: ID!, $o: GitObjectID!) { createRef(input: { repositoryId: $r, name: "refs/heads/made", oid: $o }) { ref { id name } } }',
      { r: repository.nodeId, o: oid },
    )) as { createRef: { ref: { id: string } } };
    const next = await commit('next', [oid]);
    await ask(
      'mutation ($r: ID!, $o: GitObjectID!) { updateRef(input: { refId: $r, oid: $o }) { ref { target { oid } } } }',
      {
        r: made.createRef.ref.id,
        o: next,
      },
    );
    expect(await git.readRef('refs/heads/made')).toBe(next);
    const again =
      'mutation ($r: ID!, $o: GitObjectID!) { createRef(input: { repositoryId: $r, name: "refs/heads/made", oid: $o }) { ref { id } } }';
    expect(await refused(again, { r: repository.nodeId, o: oid })).toMatchObject([
      ['UNPROCESSABLE', ['createRef'], expect.anything()],
    ]);
    await ask('mutation ($r: ID!) { deleteRef(input: { refId: $r }) { clientMutationId } }', {
      r: made.createRef.ref.id,
    });
    expect(await git.readRef('refs/heads/made')).toBeNull();
    const missing =
      'mutation ($r: ID!) { createRef(input: { repositoryId: $r, name: "refs/heads/x", oid: "1111111111111111111111111111111111111111" }) { ref { id } } }';
    expect(await refused(missing, { r: repository.nodeId })).toEqual([
      ['UNPROCESSABLE', ['createRef'], 'Object does not exist'],
    ]);
  });
});

test('no test used a field that the emulator lacks', () => {
  expect(unimplemented).toEqual([]);
});
