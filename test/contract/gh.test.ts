/**
 * The emulator, used with GitHub's own command line, `gh`, which takes it for github.com. These tests are skipped if `gh` is
 * not installed. `npm run score:github` goes through many more of its commands.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import { virtualClock } from '../../src/emulator/model/clock.ts';
import type { Repository } from '../../src/emulator/model/records.ts';
import { type Host, openGitHubCom } from '../../tools/score/gh-hosts.ts';
import { versionOf } from '../../tools/score/programs.ts';
import { WAIT_MS } from '../limits.ts';

const isMissing = versionOf('gh') === undefined;
const AUTHOR = { name: 'Ana', email: 'ana@example.com', date: '2026-01-05T09:00:00Z' };

describe.skipIf(isMissing)(`gh${isMissing ? ' (skipped: gh is not installed here)' : ''}`, () => {
  const dir = mkdtempSync(join(tmpdir(), 'gh-test-'));
  let emulator: Emulator;
  let repository: Repository;
  let host: Host;
  let token = '';

  beforeAll(async () => {
    emulator = await startEmulator({ clock: virtualClock() });
    const { world } = emulator;
    const ana = world.addUser('ana');
    world.addUser('bob');
    token = world.tokens.forUser(ana);
    repository = await world.addRepository(ana, 'shop');
    repository.collaborators.set(world.as('bob').user.id, 'write');
    const git = await world.git(repository);
    await git.seed({ 'README.md': '# Shop\n' }, { branch: 'main', message: 'First', author: AUTHOR });
    host = await openGitHubCom(emulator.url);
    // Links lead to the host that gh has a token for.
    world.url = host.gitUrl.replace(/\/$/, '');
  });

  afterAll(async () => {
    await host.close();
    await emulator.close();
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  });

  /** The output of gh. Throws its error output if it fails. */
  function gh(...args: string[]): Promise<string> {
    const env = {
      PATH: process.env.PATH,
      HOME: dir,
      GH_HOST: host.name,
      [host.tokenVariable]: token,
      GH_CONFIG_DIR: join(dir, 'config'),
      GH_PROMPT_DISABLED: '1',
      GH_NO_UPDATE_NOTIFIER: '1',
      ...host.env,
    };
    return new Promise((resolve, reject) => {
      execFile('gh', args, { cwd: dir, env, timeout: WAIT_MS }, (error, out, err) => {
        if (error) reject(new Error(`gh ${args.join(' ')}: ${err || error.message}`));
        else resolve(`${out}${err}`.trim());
      });
    });
  }
  const on = (): string[] => ['--repo', `${host.name}/ana/shop`];
  const json = async (...args: string[]): Promise<unknown> => JSON.parse(await gh(...args));

  test('shows the authenticated user', async () => {
    expect(await gh('auth', 'status', '--hostname', host.name)).toContain('Logged in to');
    expect(await gh('api', 'user', '--jq', '.login')).toBe('ana');
  });

  test('shows the repository', async () => {
    const view = await json(
      'repo',
      'view',
      `${host.name}/ana/shop`,
      '--json',
      'name,owner,isPrivate,defaultBranchRef,viewerPermission',
    );
    expect(view).toEqual({
      name: 'shop',
      owner: { id: repository.owner.nodeId, login: 'ana' },
      isPrivate: true,
      defaultBranchRef: { name: 'main' },
      viewerPermission: 'ADMIN',
    });
  });

  test('creates labels, and creates, labels, comments on, edits and closes an issue', async () => {
    await gh('label', 'create', 'swarm:execute', '--color', '1d76db', '--description', 'Execute this epic', ...on());
    expect(await json('label', 'list', '--search', 'swarm', '--json', 'name,color', ...on())).toEqual([
      { name: 'swarm:execute', color: '1d76db' },
    ]);
    const url = await gh('issue', 'create', '--title', 'Checkout', '--body', 'An epic', '--label', 'bug', ...on());
    const number = url.split('/').at(-1) ?? '';
    await gh(
      'issue',
      'edit',
      number,
      '--add-label',
      'swarm:execute',
      '--remove-label',
      'bug',
      '--add-assignee',
      'bob',
      ...on(),
    );
    await gh('issue', 'comment', number, '--body', '/swarm plan', ...on());
    expect(
      await json('issue', 'view', number, '--json', 'title,body,state,author,labels,assignees,comments', ...on()),
    ).toMatchObject({
      title: 'Checkout',
      body: 'An epic',
      state: 'OPEN',
      author: { login: 'ana' },
      labels: [{ name: 'swarm:execute' }],
      assignees: [{ login: 'bob' }],
      comments: [{ body: '/swarm plan', author: { login: 'ana' }, authorAssociation: 'OWNER' }],
    });
    expect(await json('issue', 'list', '--label', 'swarm:execute', '--json', 'number', ...on())).toEqual([
      { number: Number(number) },
    ]);
    await gh('issue', 'close', number, '--reason', 'not planned', ...on());
    const issue = emulator.world.issues.issue(repository, Number(number));
    expect([issue?.state, issue?.stateReason]).toEqual(['closed', 'not_planned']);
  });

  test('opens a pull request, reviews it, shows its checks and merges it', async () => {
    const { world } = emulator;
    const git = await world.git(repository);
    const main = await git.readRef('refs/heads/main');
    await world.refs.update(world.as('ana'), repository, [{ name: 'refs/heads/feat/cart', before: null, after: main }]);
    await git.seed({ 'cart.ts': 'export {};\n' }, { branch: 'feat/cart', message: 'feat: cart', author: AUTHOR });
    const wanted = ['--head', 'feat/cart', '--base', 'main', '--title', 'feat: cart', '--body', 'The cart', '--draft'];
    const url = await gh('pr', 'create', ...wanted, ...on());
    const number = /\/pull\/(\d+)/.exec(url)?.[1] ?? '';
    await gh('pr', 'ready', number, ...on());
    await gh('pr', 'review', number, '--comment', '--body', 'Fine', ...on());
    const app = world.addApp({
      slug: 'checker',
      owner: repository.owner,
      permissions: { checks: 'write' },
      events: [],
    });
    const installation = world.install(app, repository.owner);
    const bot = { kind: 'app', user: app.bot, app, installation } as const;
    const head = (await git.readRef('refs/heads/feat/cart')) ?? '';
    world.checks.create(bot, repository, head, { name: 'tests', conclusion: 'success' });
    expect(await gh('pr', 'checks', number, ...on())).toContain('tests\tpass');
    expect(
      await json(
        'pr',
        'view',
        number,
        '--json',
        'state,isDraft,headRefName,mergeable,reviews,files,commits,statusCheckRollup',
        ...on(),
      ),
    ).toMatchObject({
      state: 'OPEN',
      isDraft: false,
      headRefName: 'feat/cart',
      mergeable: 'MERGEABLE',
      reviews: [{ state: 'COMMENTED', body: 'Fine' }],
      files: [{ path: 'cart.ts', additions: 1, deletions: 0 }],
      commits: [{ oid: head, messageHeadline: 'feat: cart' }],
      statusCheckRollup: [{ name: 'tests', conclusion: 'SUCCESS' }],
    });
    expect(await json('pr', 'list', '--json', 'number,title', ...on())).toEqual([
      { number: Number(number), title: 'feat: cart' },
    ]);
    await gh('pr', 'merge', number, '--squash', ...on());
    expect(world.pulls.pull(repository, Number(number))?.merged).toBe(true);
    expect((await git.readBlob('refs/heads/main:cart.ts'))?.toString()).toBe('export {};\n');
  });

  test('calls both APIs with gh api', async () => {
    const query = 'query($owner: String!) { repository(owner: $owner, name: "shop") { nameWithOwner } }';
    const jq = ['--jq', '.data.repository.nameWithOwner'];
    expect(await gh('api', 'graphql', '-f', 'owner=ana', '-f', `query=${query}`, ...jq)).toBe('ana/shop');
    expect(await gh('api', '--paginate', 'repos/ana/shop/labels?per_page=2', '--jq', '.[].name')).toContain(
      'swarm:execute',
    );
    await expect(gh('api', 'repos/ana/nothing')).rejects.toThrow('Not Found');
  });

  test('uses only features that the emulator implements, and all responses follow GitHub’s description', () => {
    expect(emulator.unimplemented).toEqual([]);
    expect(emulator.findings).toEqual([]);
  });
});
