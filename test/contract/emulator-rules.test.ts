/**
 * The rules of branches that hold a person up: names of new branches, code owners, conversations, the last push, signatures
 * and deployments. Each refusal has GitHub's own words.
 */
import { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import { ownersOf, readCodeOwners } from '../../src/emulator/model/code-owners.ts';
import type { Repository } from '../../src/emulator/model/records.ts';
import { rulesFor } from '../../src/emulator/model/repository.ts';

const P = { owner: 'acme', repo: 'shop' };
let github: Emulator;
let repository: Repository;
let main: string;
let ana: Octokit;
let ben: Octokit;
let cleo: Octokit;

beforeEach(async () => {
  github = await startEmulator();
  const { world } = github;
  const acme = world.addUser('acme', 'Organization');
  repository = await world.addRepository(acme, 'shop');
  const client = (login: string, role: 'admin' | 'write' | 'read'): Octokit => {
    const user = world.addUser(login);
    repository.collaborators.set(user.id, role);
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    return new Octokit({ baseUrl: `${github.url}/api/v3`, auth: world.tokens.forUser(user), log });
  };
  [ana, ben, cleo] = [client('ana', 'admin'), client('ben', 'write'), client('cleo', 'write')];
  client('rita', 'read');
  main = await commit({ 'README.md': '# Shop\n' });
});

afterEach(async () => {
  const { findings, unimplemented } = github;
  await github.close();
  expect({ findings, unimplemented }).toEqual({ findings: [], unimplemented: [] });
});

async function commit(files: Readonly<Record<string, string>>, branch = 'main'): Promise<string> {
  const git = await github.world.git(repository);
  const name = `refs/heads/${branch}`;
  const before = await git.readRef(name);
  const author = { name: 'ana', email: 'ana@example.com', date: github.world.now() };
  const after = await git.seed(files, { branch, message: 'feat: one more', author });
  await github.world.refs.changed(github.world.as('ana'), repository, [{ name, before, after }]);
  return after;
}

async function opened(files: Readonly<Record<string, string>>): Promise<{ pull_number: number } & typeof P> {
  await ana.git.createRef({ ...P, ref: 'refs/heads/work', sha: main });
  await commit(files, 'work');
  const { data } = await ana.pulls.create({ ...P, title: 'Work', head: 'work', base: 'main' });
  return { ...P, pull_number: data.number };
}

async function refusal(call: Promise<unknown>): Promise<readonly string[]> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error) || !('status' in error) || !('response' in error)) throw error;
    const { data } = error.response as { data: { message: string } };
    return [String(error.status), ...data.message.split('\n\n').filter(Boolean)];
  }
  throw new Error('it was not refused');
}

const VIOLATED = 'Repository rule violations found';
const makes = (name: string) => ana.git.createRef({ ...P, ref: `refs/heads/${name}`, sha: main });

describe('new branches', () => {
  test('are refused where creations are restricted, and left alone where the ruleset leaves them out', async () => {
    const rule = github.world.addRule(repository, {
      name: 'Team branches',
      branch: '~ALL',
      except: ['refs/heads/team/**/*'],
      noCreation: true,
    });
    const restricted = ['422', VIOLATED, 'Cannot create ref due to creations being restricted.'];
    expect(await refusal(makes('feat/cart'))).toEqual(restricted);
    expect((await makes('team/cart')).status).toBe(201);
    expect((await ana.git.createRef({ ...P, ref: 'refs/swarm/epics/1', sha: main })).status).toBe(201);
    const rules = (await ana.repos.getBranchRules({ ...P, branch: 'feat/cart' })).data;
    expect(rules.map(({ type, ruleset_id }) => [type, ruleset_id])).toContainEqual(['creation', rule.id]);
    expect((await ana.repos.getBranchRules({ ...P, branch: 'team/cart' })).data).toEqual([]);
    const { data } = await ana.repos.getRepoRuleset({ ...P, ruleset_id: rule.id });
    expect(data).toMatchObject({
      name: 'Team branches',
      enforcement: 'active',
      conditions: { ref_name: { include: ['~ALL'], exclude: ['refs/heads/team/**/*'] } },
      current_user_can_bypass: 'never',
    });
  });

  test('are made by those who may bypass the rule', async () => {
    const { user } = github.world.as('ana');
    const rule = github.world.addRule(repository, { branch: '~ALL', noCreation: true, bypass: [user.id] });
    expect((await makes('feat/cart')).status).toBe(201);
    expect((await ana.repos.getRepoRuleset({ ...P, ruleset_id: rule.id })).data.current_user_can_bypass).toBe('always');
    expect(await refusal(ben.git.createRef({ ...P, ref: 'refs/heads/feat/till', sha: main }))).toHaveLength(3);
  });

  test.each([
    ['starts_with', 'feat/', false, 'feat/a', 'fix/a'],
    ['ends_with', '-ok', false, 'feat/a-ok', 'feat/a'],
    ['contains', '/', true, 'feat', 'feat/a'],
    ['regex', '^(?:feat|fix)/[a-z]+$', false, 'fix/a', 'docs/a'],
  ] as const)('have names that a pattern accepts: %s %s', async (operator, pattern, negate, good, bad) => {
    github.world.addRule(repository, { branch: '~ALL', namePattern: { operator, pattern, negate } });
    expect((await makes(good)).status).toBe(201);
    expect(await refusal(makes(bad))).toEqual(['422', VIOLATED, expect.stringContaining(pattern)]);
    const rules = (await ana.repos.getBranchRules({ ...P, branch: bad })).data;
    expect(rules).toContainEqual(expect.objectContaining({ type: 'branch_name_pattern' }));
  });

  test('cannot lie below another branch, nor stand where others lie', async () => {
    await makes('feat');
    expect((await refusal(makes('feat/cart')))[0]).toBe('422');
    await makes('fix/cart');
    expect((await refusal(makes('fix')))[0]).toBe('422');
  });

  test.each([
    ['refs/heads/release/*', 'release/1', true],
    ['refs/heads/release/*', 'release/1/a', false],
    ['refs/heads/**/*', 'release/1/a', true],
    ['refs/heads/**/*', 'release', true],
    ['refs/heads/v?.x', 'v1.x', true],
    ['refs/heads/v?.x', 'v1-x', false],
    ['main', 'main', true],
    ['main', 'main-2', false],
  ])('a ruleset for %s concerns %s: %s', (target, name, concerns) => {
    github.world.addRule(repository, { branch: target });
    expect(rulesFor(repository, name)).toHaveLength(concerns ? 1 : 0);
  });
});

describe('code owners', () => {
  test.each([
    ['* @ana', 'src/a.ts', ['ana']],
    ['* @ana\n*.ts @ben @cleo', 'src/a.ts', ['ben', 'cleo']],
    ['*.ts @ben\n* @ana', 'src/a.ts', ['ana']],
    ['/docs/ @ben', 'docs/a/b.md', ['ben']],
    ['/docs/ @ben', 'src/docs/a.md', []],
    ['docs/* @ben', 'docs/a.md', ['ben']],
    ['docs/* @ben', 'docs/a/b.md', []],
    ['apps/ @ben', 'src/apps/a.ts', ['ben']],
    ['**/logs @ben', 'build/logs/a.txt', ['ben']],
    ['/src/** @ben', 'src/a/b.ts', ['ben']],
    ['* @ana\n/src/free', 'src/free/a.ts', []],
    ['# * @ana\n*.md @ben # texts', 'a.md', ['ben']],
    ['!*.md @ana\n[ab].md @ana', 'a.md', []],
    ['/my\\ files/ @ben', 'my files/a', ['ben']],
  ])('%j: %s', (text, path, owners) => {
    expect(ownersOf(readCodeOwners(text), path)).toEqual(owners);
  });

  test('of changed files have to approve: the file on the base counts, and the last pattern that matches', async () => {
    await commit({ CODEOWNERS: '* @ana\n', '.github/CODEOWNERS': '* @ana\n/src/ @cleo @rita\n/docs/\n' });
    main = await commit({ 'a.txt': 'a\n' });
    github.world.addRule(repository, { pullRequest: { codeOwners: true } });
    const on = await opened({ 'src/a.ts': 'a\n', 'docs/a.md': 'a\n', '.github/CODEOWNERS': '' });
    const pull = async () => (await ana.pulls.get(on)).data.mergeable_state;
    // Nobody approves a pull request of their own, not even an owner.
    const waiting = ['405', VIOLATED, 'Waiting on code owner review from ana and/or cleo.'];
    expect(await pull()).toBe('blocked');
    expect(await refusal(ana.pulls.merge(on))).toEqual(waiting);
    await ben.pulls.createReview({ ...on, event: 'APPROVE' });
    expect(await refusal(ana.pulls.merge(on))).toEqual(waiting);
    await cleo.pulls.createReview({ ...on, event: 'APPROVE' });
    expect(await refusal(ana.pulls.merge(on))).toEqual(['405', VIOLATED, 'Waiting on code owner review from ana.']);
  });

  test('are asked for a review once it is ready, people and teams, but not its author', async () => {
    const { world } = github;
    const team = world.addTeam(repository.owner, 'shop-team', [world.as('ben').user]);
    main = await commit({ CODEOWNERS: '/src/ @ana @cleo @rita\n/docs/ @acme/shop-team @acme/none\n' });
    repository.teams.set(team, 'write');
    await ana.git.createRef({ ...P, ref: 'refs/heads/work', sha: main });
    await commit({ 'src/a.ts': 'a\n', 'docs/a.md': 'a\n' }, 'work');
    const { data } = await ana.pulls.create({ ...P, title: 'Work', head: 'work', base: 'main', draft: true });
    const on = { ...P, pull_number: data.number };
    await ana.pulls.requestReviewers({ ...on, reviewers: ['ben'] });
    const requests = async () => {
      const text = `query($n: Int!) { repository(owner: "acme", name: "shop") { pullRequest(number: $n) {
        reviewRequests(first: 9) { nodes { asCodeOwner requestedReviewer { ... on User { login } ... on Team { combinedSlug } } } } } } }`;
      const answer = await ana.graphql<{
        repository: {
          pullRequest: { reviewRequests: { nodes: { asCodeOwner: boolean; requestedReviewer: object }[] } };
        };
      }>(text, { n: on.pull_number });
      return answer.repository.pullRequest.reviewRequests.nodes.map(
        (each) => `${Object.values(each.requestedReviewer)[0]} ${each.asCodeOwner}`,
      );
    };
    expect(await requests()).toEqual(['ben false']);

    await ana.graphql(
      'mutation($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }',
      {
        id: data.node_id,
      },
    );
    expect(await requests()).toEqual(['ben false', 'acme/shop-team true', 'cleo true']);
    const { data: asked } = await ana.pulls.listRequestedReviewers(on);
    expect([asked.users.map(({ login }) => login), asked.teams.map(({ slug }) => slug)]).toEqual([
      ['ben', 'cleo'],
      ['shop-team'],
    ]);
    await ben.pulls.createReview({ ...on, event: 'COMMENT', body: 'Fine.' });
    expect(await requests()).toEqual(['cleo true']);
  });

  test('make a review decision of their own, which an owner’s approval ends', async () => {
    main = await commit({ 'docs/CODEOWNERS': '/src/ @cleo\n' });
    github.world.addRule(repository, { pullRequest: { codeOwners: true } });
    const on = await opened({ 'src/a.ts': 'a\n' });
    const decision = async () => {
      const text =
        'query($n: Int!) { repository(owner: "acme", name: "shop") { pullRequest(number: $n) { reviewDecision } } }';
      const answer = await ana.graphql<{ repository: { pullRequest: { reviewDecision: string | null } } }>(text, {
        n: on.pull_number,
      });
      return answer.repository.pullRequest.reviewDecision;
    };
    expect(await decision()).toBe('REVIEW_REQUIRED');
    await cleo.pulls.createReview({ ...on, event: 'APPROVE' });
    expect(await decision()).toBe('APPROVED');
    expect((await ana.pulls.merge(on)).data.merged).toBe(true);
  });
});

describe('a pull request waits', () => {
  test('for its conversations to be resolved', async () => {
    github.world.addRule(repository, { pullRequest: { resolvedThreads: true } });
    const on = await opened({ 'a.txt': 'a\n' });
    const { head } = (await ana.pulls.get(on)).data;
    await ben.pulls.createReviewComment({ ...on, body: 'Why?', path: 'a.txt', line: 1, commit_id: head.sha });
    expect(await refusal(ana.pulls.merge(on))).toEqual([
      '405',
      VIOLATED,
      'A conversation must be resolved before this pull request can be merged.',
    ]);
    const threads = `query($n: Int!) { repository(owner: "acme", name: "shop") { pullRequest(number: $n) {
      reviewThreads(first: 1) { nodes { id isResolved } } } } }`;
    const { repository: seen } = await ana.graphql<{
      repository: { pullRequest: { reviewThreads: { nodes: { id: string }[] } } };
    }>(threads, { n: on.pull_number });
    const id = seen.pullRequest.reviewThreads.nodes[0]?.id;
    const turn = async (field: string) =>
      ana.graphql<Record<string, { thread: { isResolved: boolean } }>>(
        `mutation($id: ID!) { ${field}(input: { threadId: $id }) { thread { isResolved } } }`,
        { id },
      );
    expect(await turn('resolveReviewThread')).toEqual({ resolveReviewThread: { thread: { isResolved: true } } });
    expect(await turn('unresolveReviewThread')).toEqual({ unresolveReviewThread: { thread: { isResolved: false } } });
    await turn('resolveReviewThread');
    expect((await ana.pulls.merge(on)).data.merged).toBe(true);
  });

  test('for an approval by somebody other than the last pusher', async () => {
    github.world.addRule(repository, { pullRequest: { approvals: 1, lastPushApproval: true } });
    const on = await opened({ 'a.txt': 'a\n' });
    const content = Buffer.from('b\n').toString('base64');
    await ben.repos.createOrUpdateFileContents({ ...P, path: 'b.txt', branch: 'work', message: 'b', content });
    await ben.pulls.createReview({ ...on, event: 'APPROVE' });
    expect(await refusal(ana.pulls.merge(on))).toEqual([
      '405',
      VIOLATED,
      'New changes require approval from someone other than the last pusher.',
    ]);
    await cleo.pulls.createReview({ ...on, event: 'APPROVE' });
    expect((await ana.pulls.merge(on)).data.merged).toBe(true);
  });

  test('for verified signatures, which a push to the branch needs too', async () => {
    const rule = github.world.addRule(repository, { signatures: true });
    const on = await opened({ 'a.txt': 'a\n' });
    const unsigned = [VIOLATED, 'Commits must have verified signatures.'];
    expect(await refusal(ana.pulls.merge(on))).toEqual(['405', ...unsigned]);
    const { head } = (await ana.pulls.get(on)).data;
    const moves = ana.git.updateRef({ ...P, ref: 'heads/main', sha: head.sha });
    expect(await refusal(moves)).toEqual(['422', ...unsigned]);
    repository.rules = repository.rules.filter((each) => each !== rule);
    expect((await ana.pulls.merge(on)).data.merged).toBe(true);
    // GitHub signs the merges that it makes.
    const tip = (await ana.git.getRef({ ...P, ref: 'heads/main' })).data.object.sha;
    const { verification } = (await ana.git.getCommit({ ...P, commit_sha: tip })).data;
    expect(verification.verified).toBe(true);
  });

  test('for deployments of its head', async () => {
    github.world.addRule(repository, { deployments: ['staging'] });
    const on = await opened({ 'a.txt': 'a\n' });
    const missing = ['405', VIOLATED, 'Missing successful active staging deployment.'];
    expect(await refusal(ana.pulls.merge(on))).toEqual(missing);
    repository.deployments.push({ environment: 'staging', sha: main });
    expect(await refusal(ana.pulls.merge(on))).toEqual(missing);
    repository.deployments.push({ environment: 'staging', sha: (await ana.pulls.get(on)).data.head.sha });
    expect((await ana.pulls.merge(on)).data.merged).toBe(true);
  });

  test('and its rules are listed as GitHub lists them', async () => {
    const pullRequest = { codeOwners: true, resolvedThreads: true };
    github.world.addRule(repository, { pullRequest, signatures: true, deployments: ['staging'], noForcePush: false });
    const { data } = await ana.repos.getBranchRules({ ...P, branch: 'main' });
    expect(data.map(({ type }) => type)).toEqual([
      'deletion',
      'pull_request',
      'required_signatures',
      'required_deployments',
    ]);
    expect(data).toContainEqual(
      expect.objectContaining({
        parameters: expect.objectContaining({
          require_code_owner_review: true,
          required_review_thread_resolution: true,
        }),
      }),
    );
  });
});
