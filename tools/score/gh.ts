/**
 * GitHub's own command line, taken through the commands that people use, once with the emulator as github.com and once as
 * an Enterprise Server. A command is right if it ends well, says what it has to say, and the emulator's world shows what
 * it did.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Issue, Pull, Run } from '../../src/emulator/model/records.ts';
import { type Host, openEnterpriseServer, openGitHubCom } from './gh-hosts.ts';
import { Checks, type Judge, type Verdict } from './judge.ts';
import { type Ended, run, versionOf, withFolder } from './programs.ts';
import { AUTHOR, NAME, OWNER, openShop, type Person, type Shop } from './shop.ts';

const LIMIT_MS = 40_000;
/** The repository that issues are transferred to. */
const OTHER = 'depot';

const SLOW = `name: slow
on: workflow_dispatch
jobs:
  good:
    runs-on: ubuntu-latest
    steps:
      - run: sleep 2 && mkdir out && echo kept > out/kept.txt
      - uses: actions/upload-artifact@v7
        with: { name: kept, path: out }
  bad:
    runs-on: ubuntu-latest
    steps:
      - run: echo it goes wrong && exit 1
`;

const judgeAs = (name: string, about: string, open: (url: string, dir: string) => Promise<Host>): Judge => ({
  name,
  about,
  async run(): Promise<Verdict> {
    const version = versionOf('gh');
    if (version === undefined) return { kind: 'skipped', reason: 'gh is not installed here' };
    if (versionOf('openssl', 'version') === undefined)
      return { kind: 'skipped', reason: 'openssl is not installed here' };
    return withFolder(async (dir) => {
      const shop = await openShop({ files: { '.github/workflows/slow.yml': SLOW } });
      const host = await open(shop.emulator.url, dir);
      try {
        const session = new Session(shop, host, dir);
        await session.begin();
        for (const part of [repositories, issues, pulls, workflows, settings, apis]) await part(session);
        return { kind: 'judged', checks: session.checks.all, by: `gh ${version}` };
      } finally {
        await host.close();
        await shop.close();
      }
    });
  },
});

export const gh = judgeAs('gh', 'commands of gh, with the emulator as github.com', (url) => openGitHubCom(url));
export const ghes = judgeAs(
  'ghes',
  'the same commands, with the emulator as an Enterprise Server',
  openEnterpriseServer,
);

interface Wanted {
  /** The output has to contain this. */
  readonly says?: RegExp;
  /** The output is JSON with these fields. */
  readonly json?: readonly string[];
  /** The world is like this after it. */
  readonly shows?: () => boolean | Promise<boolean>;
  readonly as?: Person;
}

class Session {
  readonly checks = new Checks();
  readonly shop: Shop;
  readonly host: Host;
  readonly dir: string;
  /** The clone that gh runs in, once it is there. */
  readonly clone: string;

  constructor(shop: Shop, host: Host, dir: string) {
    this.shop = shop;
    this.host = host;
    this.dir = dir;
    this.clone = join(dir, NAME);
  }

  get on(): readonly string[] {
    return ['--repo', `${this.host.name}/${OWNER}/${NAME}`];
  }

  async begin(): Promise<void> {
    const { emulator, owner, tokens } = this.shop;
    const { world } = emulator;
    const other = await world.addRepository(owner, OTHER, { visibility: 'public' });
    other.collaborators.set(world.as('ana').user.id, 'admin');
    world.addRule(this.shop.repository, { name: 'Releases', branch: 'refs/heads/release/*' });
    // A person's git has a password for GitHub.
    const basic = Buffer.from(`x-access-token:${tokens.ana}`).toString('base64');
    mkdirSync(join(this.dir, 'home'));
    writeFileSync(
      join(this.dir, 'home', '.gitconfig'),
      `[user]\n\tname = Ana\n\temail = ana@example.com\n[http "${this.host.gitUrl}"]\n\textraHeader = Authorization: Basic ${basic}\n`,
    );
  }

  /** Runs gh and judges it. */
  async expect(name: string, args: readonly string[], wanted: Wanted = {}): Promise<Ended> {
    const { unimplemented } = this.shop.emulator;
    const before = unimplemented.length;
    const ended = await this.gh(args, wanted.as);
    const left = unimplemented.slice(before);
    const fields = wanted.json && fieldsOf(ended.out);
    const lacking = wanted.json?.filter((field) => !fields?.has(field)) ?? [];
    const faults = [
      ...(ended.code === 0 ? [] : [`ended with ${ended.code ?? 'a time-out'}: ${ended.all}`]),
      ...(wanted.says && !wanted.says.test(ended.all) ? [`does not say ${wanted.says}: ${ended.all}`] : []),
      ...(lacking.length > 0 ? [`lacks ${lacking.join(', ')}: ${ended.all}`] : []),
      ...(ended.code === 0 && wanted.shows && !(await wanted.shows()) ? ['the world does not show it'] : []),
    ];
    if (faults.length > 0 && left.length > 0)
      this.checks.notModelled(name, `${left.join('; ')} | ${faults.join('; ')}`);
    else this.checks.note(name, faults.length === 0, faults.join('; '));
    return ended;
  }

  gh(args: readonly string[], as: Person = 'ana'): Promise<Ended> {
    const { host, dir, shop } = this;
    const env = {
      ...{ PATH: process.env.PATH, HOME: join(dir, 'home'), GH_HOST: host.name, GH_CONFIG_DIR: join(dir, 'config') },
      ...{
        GH_PROMPT_DISABLED: '1',
        GH_NO_UPDATE_NOTIFIER: '1',
        GH_PAGER: 'cat',
        NO_COLOR: '1',
        GIT_TERMINAL_PROMPT: '0',
      },
      ...host.env,
      [host.tokenVariable]: shop.tokens[as],
    };
    return run('gh', args, { cwd: existsSync(this.clone) ? this.clone : dir, env, limitMs: LIMIT_MS });
  }

  issue(number: number): Issue | undefined {
    return this.shop.repository.issues.get(number);
  }

  pull(number: number): Pull | undefined {
    return this.issue(number)?.pull ?? undefined;
  }

  /** Pushes a branch with a new file, as a person does. */
  async push(branch: string): Promise<void> {
    const { world } = this.shop.emulator;
    const { git, repository } = this.shop;
    const main = await git.readRef('refs/heads/main');
    const name = `refs/heads/${branch}`;
    await world.refs.update(world.as('ana'), repository, [{ name, before: null, after: main }]);
    const message = `feat: ${branch}`;
    const after = await git.seed({ [`${branch}.txt`]: `${branch}\n` }, { branch, message, author: AUTHOR });
    await world.refs.changed(world.as('ana'), repository, [{ name, before: main, after }]);
  }

  async atRest(): Promise<void> {
    await this.shop.runner?.idle();
  }
}

/** The fields of a JSON object, or of the first of a list. */
function fieldsOf(text: string): ReadonlySet<string> {
  try {
    const value: unknown = JSON.parse(text);
    const one: unknown = Array.isArray(value) ? value[0] : value;
    return new Set(Object.keys(one ?? {}));
  } catch {
    return new Set();
  }
}

const lastNumber = ({ all }: Ended): number => Number(/\/(?:issues|pull)\/(\d+)/.exec(all)?.[1] ?? 0);

async function repositories(session: Session): Promise<void> {
  const { host, clone } = session;
  const whole = `${host.name}/${OWNER}/${NAME}`;
  await session.expect('auth status', ['auth', 'status', '--hostname', host.name], { says: /Logged in to/ });
  await session.expect('repo view', ['repo', 'view', whole], { says: /harbour\/shop.*# Shop/s });
  await session.expect('repo list', ['repo', 'list', OWNER], { says: /harbour\/shop/ });
  const cloned = () => existsSync(join(clone, 'README.md'));
  await session.expect('repo clone', ['repo', 'clone', `${OWNER}/${NAME}`, clone], { shows: cloned });
}

async function issues(session: Session): Promise<void> {
  const { on, shop, host } = session;
  const { repository, emulator, git } = shop;
  const { world } = emulator;
  const label = (name: string) => repository.labels.get(name);
  await session.expect('label create', ['label', 'create', 'epic', '--color', '1d76db', ...on], {
    shows: () => label('epic') !== undefined,
  });
  await session.expect('label list', ['label', 'list', ...on], { says: /epic/ });
  await session.expect('label edit', ['label', 'edit', 'epic', '--color', 'ff0000', ...on], {
    shows: () => label('epic')?.color === 'ff0000',
  });

  const opened = await session.expect(
    'issue create',
    ['issue', 'create', '--title', 'Epic', '--body', 'B', '--label', 'epic', ...on],
    { says: /\/issues\/\d+/ },
  );
  const number = lastNumber(opened);
  const [id, issue] = [String(number), () => session.issue(number)];
  await session.expect('issue list', ['issue', 'list', ...on], { says: /Epic/ });
  await session.expect('issue view', ['issue', 'view', id, ...on], { says: /title:\s+Epic/ });
  const fields = [
    ...['assignees', 'author', 'body', 'closed', 'closedAt', 'comments', 'createdAt', 'id', 'isPinned', 'labels'],
    ...['milestone', 'number', 'projectItems', 'reactionGroups', 'state', 'stateReason', 'title', 'updatedAt', 'url'],
  ];
  await session.expect('issue view --json', ['issue', 'view', id, '--json', fields.join(','), ...on], { json: fields });
  await session.expect(
    'issue edit',
    ['issue', 'edit', id, '--title', 'New', '--add-label', 'bug', '--remove-label', 'epic', ...on],
    {
      shows: () =>
        issue()?.title === 'New' &&
        issue()
          ?.labels.map(({ name }) => name)
          .join() === 'bug',
    },
  );
  await session.expect('issue comment', ['issue', 'comment', id, '--body', 'hello', ...on], {
    shows: () => issue()?.comments[0]?.body === 'hello',
  });
  await session.expect(
    'issue comment --edit-last',
    ['issue', 'comment', id, '--edit-last', '--body', 'hello again', ...on],
    {
      shows: () => issue()?.comments[0]?.body === 'hello again',
    },
  );
  await session.expect('issue status', ['issue', 'status', ...on], { says: /Issues opened by you.*New/s });
  await session.expect('issue pin', ['issue', 'pin', id, ...on], {
    shows: () => repository.pinned.some((one) => one.number === number),
  });
  await session.expect('issue lock', ['issue', 'lock', id, '--reason', 'resolved', ...on], {
    shows: () => issue()?.locked === true,
  });
  await session.expect('issue unlock', ['issue', 'unlock', id, ...on], { shows: () => issue()?.locked === false });
  await session.expect('issue develop', ['issue', 'develop', id, '--name', 'dev', '--base', 'main', ...on], {
    shows: async () => (await git.readRef('refs/heads/dev')) !== null,
  });
  const moving = world.issues.create(world.as('ana'), repository, { title: 'Moves' });
  await session.expect(
    'issue transfer',
    ['issue', 'transfer', String(moving.number), `${host.name}/${OWNER}/${OTHER}`, ...on],
    {
      shows: () => [...(world.repository(OWNER, OTHER)?.issues.values() ?? [])].some(({ title }) => title === 'Moves'),
    },
  );
  await session.expect('issue close', ['issue', 'close', id, '--reason', 'completed', '--comment', 'bye', ...on], {
    shows: () => issue()?.state === 'closed' && issue()?.comments.at(-1)?.body === 'bye',
  });
  await session.expect('issue reopen', ['issue', 'reopen', id, ...on], { shows: () => issue()?.state === 'open' });
}

async function pulls(session: Session): Promise<void> {
  const { on, shop, clone } = session;
  const { git } = shop;
  await session.push('cart');
  const opened = await session.expect(
    'pr create',
    ['pr', 'create', '--title', 'feat: cart', '--body', 'The cart', '--base', 'main', '--head', 'cart', ...on],
    { says: /\/pull\/\d+/ },
  );
  const number = lastNumber(opened);
  const [id, pull] = [String(number), () => session.pull(number)];
  await session.atRest();
  await session.expect('pr list', ['pr', 'list', ...on], { says: /feat: cart/ });
  await session.expect('pr view', ['pr', 'view', id, ...on], { says: /title:\s+feat: cart/ });
  const fields = [
    ...[
      'additions',
      'assignees',
      'author',
      'autoMergeRequest',
      'baseRefName',
      'body',
      'changedFiles',
      'closed',
      'closedAt',
    ],
    ...[
      'closingIssuesReferences',
      'comments',
      'commits',
      'createdAt',
      'deletions',
      'files',
      'headRefName',
      'headRefOid',
    ],
    ...['headRepository', 'headRepositoryOwner', 'id', 'isCrossRepository', 'isDraft', 'labels', 'latestReviews'],
    ...[
      'maintainerCanModify',
      'mergeCommit',
      'mergeStateStatus',
      'mergeable',
      'mergedAt',
      'mergedBy',
      'milestone',
      'number',
    ],
    ...['potentialMergeCommit', 'reviewDecision', 'reviewRequests', 'reviews', 'state', 'statusCheckRollup', 'title'],
    ...['updatedAt', 'url'],
  ];
  await session.expect('pr view --json', ['pr', 'view', id, '--json', fields.join(','), ...on], { json: fields });
  await session.expect('pr status', ['pr', 'status', ...on], { says: /feat: cart/ });
  await session.expect('pr diff', ['pr', 'diff', id, ...on], { says: /\+cart/ });
  await session.expect('pr checks', ['pr', 'checks', id, ...on], { says: /test\tpass/ });
  await session.expect('pr checks --watch', ['pr', 'checks', id, '--watch', '--interval', '1', ...on], {
    says: /test\tpass/,
  });
  await session.expect('pr comment', ['pr', 'comment', id, '--body', 'c', ...on], {
    shows: () => pull()?.issue.comments[0]?.body === 'c',
  });
  await session.expect(
    'pr edit',
    ['pr', 'edit', id, '--title', 'feat: basket', '--add-label', 'bug', '--add-reviewer', 'bob', ...on],
    {
      shows: () =>
        pull()?.issue.title === 'feat: basket' &&
        pull()?.requestedReviewers.some((each) => 'login' in each && each.login === 'bob') === true,
    },
  );
  await session.expect('pr checkout', ['pr', 'checkout', id, ...on], {
    shows: () => existsSync(join(clone, 'cart.txt')),
  });
  await session.expect('pr ready --undo', ['pr', 'ready', id, '--undo', ...on], {
    shows: () => pull()?.draft === true,
  });
  await session.expect('pr ready', ['pr', 'ready', id, ...on], { shows: () => pull()?.draft === false });
  await session.expect('pr review --approve', ['pr', 'review', id, '--approve', '--body', 'fine', ...on], {
    as: 'bob',
    shows: () => pull()?.reviews[0]?.state === 'APPROVED',
  });
  await session.push('till');
  const { world } = shop.emulator;
  const wanted = {
    title: 'feat: till',
    body: null,
    head: 'till',
    base: 'main',
    draft: false,
    maintainerCanModify: false,
  };
  const behind = await world.pulls.create(world.as('ana'), shop.repository, wanted);
  await session.atRest();
  // Nothing holds the pull request back, so gh merges it at once.
  await session.expect('pr merge --auto', ['pr', 'merge', id, '--auto', '--squash', ...on], {
    shows: () => pull()?.merged === true,
  });
  const other = String(behind.issue.number);
  const head = behind.headSha;
  await session.expect('pr update-branch', ['pr', 'update-branch', other, ...on], {
    shows: () => behind.headSha !== head,
  });
  await session.atRest();
  await session.expect('pr merge', ['pr', 'merge', other, '--squash', '--delete-branch', ...on], {
    shows: async () => behind.merged && (await git.readRef('refs/heads/till')) === null,
  });
  await session.expect('pr revert', ['pr', 'revert', other, ...on], {
    shows: () =>
      [...shop.repository.issues.values()].some(
        ({ title, pull: one }) => one !== null && title === 'Revert "feat: till"',
      ),
  });
}

async function workflows(session: Session): Promise<void> {
  const { on, shop, dir } = session;
  const { repository } = shop;
  const ofSlow = () => repository.runs.filter(({ workflow }) => workflow.name === 'slow');
  await session.expect('workflow list', ['workflow', 'list', ...on], { says: /slow/ });
  await session.expect('workflow view', ['workflow', 'view', 'ci.yml', ...on], { says: /ci/ });
  await session.expect('workflow run', ['workflow', 'run', 'slow.yml', '--ref', 'main', ...on], {
    shows: () => ofSlow().length === 1,
  });
  // What follows is judged even if gh could not start a run.
  if (ofSlow().length === 0) await dispatch(shop);
  const run = ofSlow()[0];
  const id = String(run?.id ?? 0);
  await session.expect('run list', ['run', 'list', ...on], { says: new RegExp(id) });
  await session.expect('run watch', ['run', 'watch', id, '--interval', '1', ...on], {
    shows: () => run?.status === 'completed',
  });
  await session.atRest();
  await session.expect('run view', ['run', 'view', id, ...on], { says: /good.*bad|bad.*good/s });
  await session.expect('run view --log', ['run', 'view', id, '--log', ...on], { says: /it goes wrong/ });
  await session.expect('run view --log-failed', ['run', 'view', id, '--log-failed', ...on], {
    says: /bad\t.*it goes wrong/s,
  });
  const fields = [
    ...[
      'attempt',
      'conclusion',
      'createdAt',
      'databaseId',
      'displayTitle',
      'event',
      'headBranch',
      'headSha',
      'jobs',
      'name',
    ],
    ...['number', 'startedAt', 'status', 'updatedAt', 'url', 'workflowDatabaseId', 'workflowName'],
  ];
  await session.expect('run view --json', ['run', 'view', id, '--json', fields.join(','), ...on], { json: fields });
  await session.expect('run rerun --failed', ['run', 'rerun', id, '--failed', ...on], {
    shows: () => run?.attempt === 2,
  });
  await session.atRest();
  const job = String(run?.jobs.findLast(({ name }) => name === 'bad')?.id ?? 0);
  await session.expect('run rerun --job', ['run', 'rerun', '--job', job, ...on], { shows: () => run?.attempt === 3 });
  await session.atRest();
  await dispatch(shop);
  const second = ofSlow()[1];
  await begun(second);
  await session.expect('run cancel', ['run', 'cancel', String(second?.id ?? 0), ...on], { says: /cancel/i });
  await session.atRest();
  const kept = join(dir, 'kept');
  await session.expect('run download', ['run', 'download', id, '--dir', kept, ...on], {
    shows: () => existsSync(join(kept, 'kept', 'kept.txt')) || existsSync(join(kept, 'kept.txt')),
  });
  await session.expect('run delete', ['run', 'delete', id, ...on], {
    shows: () => run !== undefined && !repository.runs.includes(run),
  });
}

async function dispatch({ emulator, tokens }: Shop): Promise<void> {
  const path = `/repos/${OWNER}/${NAME}/actions/workflows/slow.yml/dispatches`;
  const answer = await fetch(emulator.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.ana}`, 'user-agent': 'judge' },
    body: JSON.stringify({ ref: 'main' }),
  });
  if (!answer.ok) throw new Error(`slow.yml does not start: ${await answer.text()}`);
}

/** Waits, for a short time, until a run has begun, so that there is something to cancel. */
async function begun(run: Run | undefined): Promise<void> {
  for (let count = 0; count < 50 && run?.status !== 'in_progress'; count++) await wait(100);
}

async function settings(session: Session): Promise<void> {
  const { on, shop } = session;
  const { repository } = shop;
  await session.expect('variable set', ['variable', 'set', 'V', '--body', '1', ...on], {
    shows: () => repository.variables.get('V')?.value === '1',
  });
  await session.expect('variable list', ['variable', 'list', ...on], { says: /V\s+1/ });
  repository.secrets.set('KEY', 'secret');
  await session.expect('secret list', ['secret', 'list', ...on], { says: /KEY/ });
  await session.expect('secret set', ['secret', 'set', 'S', '--body', 'hidden', ...on], {
    shows: () => repository.secrets.get('S') === 'hidden',
  });
  await session.expect('cache list', ['cache', 'list', ...on]);
  await session.expect(
    'release create',
    ['release', 'create', 'v1.0.0', '--notes', 'First', '--target', 'main', ...on],
    {
      shows: async () => (await shop.git.readRef('refs/tags/v1.0.0')) !== null,
    },
  );
  await session.expect('release list', ['release', 'list', ...on], { says: /v1\.0\.0/ });
  await session.expect('ruleset list', ['ruleset', 'list', ...on], { says: /Releases/ });
}

async function apis(session: Session): Promise<void> {
  await session.expect('search issues', ['search', 'issues', '--repo', `${OWNER}/${NAME}`, 'New'], { says: /New/ });
  const query = `{ viewer { login } repository(owner: "${OWNER}", name: "${NAME}") { issues(first: 3) { nodes { number title subIssues(first: 5) { totalCount } } } } }`;
  await session.expect('api graphql', ['api', 'graphql', '-f', `query=${query}`], { says: /"login":\s*"ana"/ });
  await session.expect(
    'api --paginate',
    ['api', '--paginate', `repos/${OWNER}/${NAME}/issues?per_page=1&state=all`, '--jq', '.[].number'],
    { says: /\d+\n\d+/ },
  );
  await session.expect('api rate_limit', ['api', 'rate_limit', '--jq', '.resources.core.limit'], { says: /\d+/ });
  await session.expect('status', ['status']);
  await session.expect('org list', ['org', 'list'], { says: /harbour/ });
}
