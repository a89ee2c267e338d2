/** Real git against the emulator: protocols, shallow and partial clones, pushes and their refusals, who may do what. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Checks, type Judge, type Verdict } from './judge.ts';
import { run, versionOf, withFolder } from './programs.ts';
import { NAME, OWNER, openShop, type Shop } from './shop.ts';

const LIMIT_MS = 60_000;
/** GitHub refuses files that are larger (docs: "About large files on GitHub"). */
const LARGEST_MIB = 100;

export const git: Judge = {
  name: 'git',
  about: 'git itself: clones of all kinds, pushes and refusals, access',
  async run(): Promise<Verdict> {
    const version = versionOf('git');
    if (version === undefined) return { kind: 'skipped', reason: 'git is not installed here' };
    const shop = await openShop({ runner: 'none' });
    try {
      return await withFolder(async (dir) => {
        const session = new Session(shop, dir);
        for (const part of [reading, pushing, access, refusing, pulls]) await part(session);
        return { kind: 'judged', checks: session.checks.all, by: `git ${version}` };
      });
    } finally {
      await shop.close();
    }
  },
};

interface Done {
  readonly isDone: boolean;
  readonly text: string;
}

class Session {
  readonly checks = new Checks();
  readonly shop: Shop;
  readonly dir: string;
  /** The clone that commits are made in. */
  readonly work: string;

  constructor(shop: Shop, dir: string) {
    this.shop = shop;
    this.dir = dir;
    this.work = join(dir, 'work');
  }

  url(token: string | null, path = `${OWNER}/${NAME}.git`): string {
    const { url } = this.shop.emulator;
    return `${token === null ? url : url.replace('://', `://x:${token}@`)}/${path}`;
  }

  get mine(): string {
    return this.url(this.shop.tokens.ana);
  }

  /** Runs git in a folder below the session's own; by default in the clone. */
  async git(args: readonly string[], folder = 'work'): Promise<Done> {
    const who = { NAME: 'ana', EMAIL: 'ana@example.com' };
    const people = Object.entries(who).flatMap(([key, value]) =>
      ['AUTHOR', 'COMMITTER'].map((role) => [`GIT_${role}_${key}`, value] as const),
    );
    const env = {
      ...{ PATH: process.env.PATH, HOME: this.dir, GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_NOSYSTEM: '1' },
      ...Object.fromEntries(people),
    };
    const { code, all } = await run('git', args, { cwd: join(this.dir, folder), env, limitMs: LIMIT_MS });
    return { isDone: code === 0, text: all.trim() };
  }

  async commit(file: string, content: string | Buffer): Promise<void> {
    writeFileSync(join(this.work, file), content);
    await this.git(['add', '--all']);
    await this.git(['commit', '--quiet', '-m', `Change ${file}`]);
  }

  done(name: string, { isDone, text }: Done, also = true): void {
    this.checks.note(name, isDone && also, text);
  }

  /** Notes a refusal, which has to say why. */
  refused(name: string, { isDone, text }: Done, why: RegExp): void {
    this.checks.note(name, !isDone && why.test(text), isDone ? 'it was accepted' : text);
  }
}

async function reading(session: Session): Promise<void> {
  const { mine, checks } = session;
  for (const version of [0, 1, 2]) {
    const listed = await session.git(['-c', `protocol.version=${version}`, 'ls-remote', mine], '.');
    session.done(`ls-remote by protocol ${version}`, listed, listed.text.includes('refs/heads/main'));
  }
  session.done('clone', await session.git(['clone', '--quiet', mine, 'work'], '.'));
  for (let count = 0; count < 5; count++) await session.commit(`c${count}`, `${'x'.repeat(1_000 * count)}${count}`);
  session.done('push', await session.git(['push', '--quiet', 'origin', 'main']));

  const clone = (folder: string, ...flags: string[]) => session.git(['clone', '--quiet', ...flags, mine, folder], '.');
  const count = async (folder: string) => (await session.git(['rev-list', '--count', 'HEAD'], folder)).text;
  session.done('a shallow clone', await clone('shallow', '--depth', '2'), (await count('shallow')) === '2');
  session.done(
    'deepen',
    await session.git(['fetch', '--quiet', '--deepen', '1'], 'shallow'),
    (await count('shallow')) === '3',
  );
  session.done(
    'unshallow',
    await session.git(['fetch', '--quiet', '--unshallow'], 'shallow'),
    (await count('shallow')) === '6',
  );
  session.done('a partial clone without blobs', await clone('blobless', '--filter=blob:none', '--no-checkout'));
  const objects = await session.git(['rev-list', '--objects', '--all', '--missing=print'], 'blobless');
  const checkout = await session.git(['checkout', '--quiet', 'main'], 'blobless');
  checks.note('its blobs come when they are needed', /^\?/m.test(objects.text) && checkout.isDone, checkout.text);
  session.done('a partial clone without trees', await clone('treeless', '--filter=tree:0', '--no-checkout'));
  session.done('a partial clone without large blobs', await clone('small', '--filter=blob:limit=500'));
  session.done('a sparse clone', await clone('sparse', '--sparse', '--filter=blob:none'));
  session.done('a clone since a day', await clone('since', '--shallow-since=2020-01-01'));
  session.done('a clone of a single branch', await clone('single', '--single-branch', '--branch', 'main'));
  const { text: old } = await session.git(['rev-parse', 'HEAD~2']);
  session.done(
    'fetch a commit by its id',
    await session.git(['fetch', '--quiet', '--depth=1', 'origin', old], 'single'),
  );
}

async function pushing(session: Session): Promise<void> {
  const push = (...args: string[]) => session.git(['push', ...args]);
  const tip = async (name: string) => (await session.git(['ls-remote', 'origin', name])).text;
  session.done('push two refs', await push('--quiet', 'origin', 'HEAD:refs/heads/x', 'HEAD~1:refs/heads/y'));
  const atomic = await push('--atomic', '--quiet', 'origin', 'HEAD:refs/heads/x2', 'HEAD~1:refs/heads/main');
  session.checks.note('an atomic push moves all or none', !atomic.isDone && (await tip('x2')) === '', atomic.text);
  const { text: old } = await session.git(['rev-parse', 'HEAD~2']);
  const lease = await push('--quiet', `--force-with-lease=x:${old}`, 'origin', 'HEAD~3:refs/heads/x');
  session.refused('a lease on what has moved', lease, /stale info/);
  session.done('a forced push', await push('--quiet', '--force', 'origin', 'HEAD~3:refs/heads/x'));
  session.done('delete a branch', await push('--quiet', 'origin', ':x'), (await tip('x')) === '');
  session.refused('delete the default branch', await push('origin', ':main'), /refusing to delete the current branch/);
  await session.git(['tag', '-a', 'v1', '-m', 'First']);
  session.done('push an annotated tag', await push('--quiet', 'origin', 'v1'));
  session.done('push a ref of one’s own', await push('--quiet', 'origin', 'HEAD:refs/own/x/1'));
  session.refused('push to refs/pull', await push('origin', 'HEAD:refs/pull/1/head'), /deny updating a hidden ref/);
}

async function access(session: Session): Promise<void> {
  const { shop } = session;
  const { tokens, repository } = shop;
  const list = (url: string) => session.git(['ls-remote', url], '.');
  const push = (url: string) => session.git(['push', '--quiet', url, 'HEAD:refs/heads/z']);
  session.done('anybody reads what is public', await list(session.url(tokens.eve)));
  session.refused('a push without write access', await push(session.url(tokens.eve)), /403|denied/);
  session.refused('a push without a token', await push(session.url(null)), /Username|401/);
  repository.visibility = 'private';
  session.refused('what is private is not found', await list(session.url(tokens.eve)), /not found/);
  // For what is public, git does not even send the token.
  session.refused('a token that does not exist', await list(session.url('ghp_bad')), /Authentication failed/);
  repository.visibility = 'public';
  session.done('a URL without .git', await list(session.url(tokens.ana, `${OWNER}/${NAME}`)));
  session.done('a URL in capitals', await list(session.url(tokens.ana, `${OWNER.toUpperCase()}/Shop.git`)));
}

async function refusing(session: Session): Promise<void> {
  const { shop } = session;
  await session.git(['checkout', '--quiet', '-b', 'big']);
  await session.commit('big', Buffer.alloc((LARGEST_MIB + 1) * 1024 * 1024, 1));
  session.refused(
    `a file of more than ${LARGEST_MIB} MB`,
    await session.git(['push', '--quiet', 'origin', 'big']),
    /GH001/,
  );
  await session.git(['checkout', '--quiet', 'main']);
  shop.emulator.world.addRule(shop.repository, { pullRequest: { approvals: 1 } });
  await session.commit('p', '1');
  session.refused(
    'a direct push where a rule wants a pull request',
    await session.git(['push', 'origin', 'main']),
    /GH013/,
  );
  shop.repository.archived = true;
  session.refused(
    'a push to an archived repository',
    await session.git(['push', 'origin', 'HEAD:refs/heads/q']),
    /archived/,
  );
  shop.repository.archived = false;
  const dumb = await fetch(`${shop.emulator.url}/${OWNER}/${NAME}.git/info/refs`);
  session.checks.note('the dumb protocol is not served', !(await dumb.text()).includes('refs/heads'), dumb.status);
}

async function pulls(session: Session): Promise<void> {
  const { shop } = session;
  await session.git(['fetch', '--quiet', 'origin']);
  await session.git(['checkout', '--quiet', '-b', 'w', 'origin/main']);
  await session.commit('w', '1');
  await session.git(['push', '--quiet', 'origin', 'w']);
  const opened = await fetch(`${shop.emulator.url}/repos/${OWNER}/${NAME}/pulls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${shop.tokens.ana}`, 'user-agent': 'judge' },
    body: JSON.stringify({ head: 'w', base: 'main', title: 'x' }),
  });
  const { number } = (await opened.json()) as { readonly number: number };
  const fetched = (ref: string) => session.git(['fetch', '--quiet', 'origin', `refs/pull/${number}/${ref}`]);
  session.done('fetch the head of a pull request', await fetched('head'));
  session.done('fetch its merge commit, before anybody has asked for it', await fetched('merge'));
  const parents = (await session.git(['rev-list', '--parents', '-1', 'FETCH_HEAD'])).text.split(' ');
  session.checks.note('the merge commit has base and head as parents', parents.length === 3, parents);
}
