/**
 * Recorded requests of the real API, made again in their order. Each answer needs the recorded status, and every key that
 * the recorded one has at its top.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import { virtualClock } from '../../src/emulator/model/clock.ts';
import type { Repository } from '../../src/emulator/model/records.ts';
import { type Check, Checks, type Judge } from './judge.ts';
import { judgeByPackage } from './programs.ts';

const PACKAGE = {
  name: '@octokit/fixtures',
  version: '23.1.2',
  integrity: 'sha512-niG+SVffZ/xzojT3CE6M7DlqX7H9aQ75A6Xxjt4N47CkqssKXpSy2k6+Tj5ntcI5uWW2D9POzKxwJDmBfR+sJw==',
};
const OWNER = 'octokit-fixture-org';
const AUTHOR = { name: 'Octokit', email: 'octokit@example.com', date: '2017-10-10T16:00:00Z' };
const PAGINATED = 13;

export const recordings: Judge = {
  name: 'recordings',
  about: 'recorded requests of the real API: the status, and the keys of the answer',
  run: () => judgeByPackage(PACKAGE, (dir) => replay(join(dir, 'scenarios', 'api.github.com'))),
};

interface Recording {
  readonly scope: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
  readonly response: unknown;
  readonly reqheaders?: Readonly<Record<string, string>>;
}

async function replay(dir: string): Promise<readonly Check[]> {
  const checks = new Checks();
  const emulator = await startEmulator({ clock: virtualClock() });
  try {
    const { world } = emulator;
    world.addUser(OWNER, 'Organization');
    const user = world.addUser('octokit-fixture-user-a');
    world.addUser('octokit-fixture-user-b');
    const token = world.tokens.forUser(user);
    for (const scenario of readdirSync(dir).sort()) {
      const file = join(dir, scenario, 'normalized-fixture.json');
      const recorded = (JSON.parse(readFileSync(file, 'utf8')) as readonly Recording[]).filter(({ scope }) =>
        scope.includes('//api.github.com'),
      );
      const place = await setUp(emulator, scenario, recorded);
      for (const each of recorded) await ask(emulator, token, place, each, scenario, checks);
    }
    return checks.all;
  } finally {
    await emulator.close();
  }
}

/** The repository and the commits that take the place of those of that time. */
interface Place {
  readonly repository: Repository | undefined;
  readonly commits: readonly string[];
}

/** The repository that a scenario speaks of, as its makers prepared it before they recorded. */
async function setUp({ world }: Emulator, scenario: string, recorded: readonly Recording[]): Promise<Place> {
  const name = recorded
    .map(({ path }) => /^\/repos\/[^/]+\/([^/?]+)/.exec(path)?.[1] ?? null)
    .find((one) => one !== null);
  const actor = world.as('octokit-fixture-user-a');
  // The search names its repository in the query alone.
  const title = name ?? (scenario === 'search-issues' ? scenario : null);
  if (title === null) return { repository: undefined, commits: [] };
  const known = world.repository(OWNER, title);
  const owner = world.user(OWNER);
  if (!owner) throw new Error(`there is no ${OWNER}`);
  const repository = known ?? (await world.addRepository(owner, title, { visibility: 'public' }));
  repository.collaborators.set(actor.user.id, 'admin');
  const git = await world.git(repository);
  const commits: string[] = [];
  const files = scenario === 'create-file' ? { 'README.md': '# hello' } : { 'README.md': '# hello', 'a.txt': 'a' };
  for (const [path, text] of Object.entries(files)) {
    commits.push(await git.seed({ [path]: text }, { branch: 'main', message: `Add ${path}`, author: AUTHOR }));
  }
  // The recordings count commits from the newest.
  commits.reverse();
  if (scenario.startsWith('release-assets')) await world.releases.create(actor, repository, { tag: 'v1.0.0' });
  const issues = { 'paginate-issues': PAGINATED, 'lock-issue': 1 }[scenario] ?? 0;
  for (let count = 1; count <= issues; count++)
    world.issues.create(actor, repository, { title: `Test issue ${count}` });
  if (scenario === 'search-issues') {
    for (const found of ['The doors don’t open', 'Sesame seeds']) {
      world.issues.create(actor, repository, { title: found, body: 'open sesame' });
    }
  }
  return { repository, commits };
}

async function ask(
  emulator: Emulator,
  token: string,
  place: Place,
  recorded: Recording,
  scenario: string,
  checks: Checks,
): Promise<void> {
  const { unimplemented } = emulator;
  const before = unimplemented.length;
  const method = recorded.method.toUpperCase();
  const name = `${scenario}: ${method} ${recorded.path}`;
  const text = typeof recorded.body === 'string' ? recorded.body : JSON.stringify(recorded.body);
  const response = await fetch(`${emulator.url}${placed(recorded.path, place)}`, {
    method,
    redirect: 'manual',
    headers: {
      authorization: `Bearer ${token}`,
      'user-agent': 'judge',
      ...(recorded.reqheaders?.accept && { accept: recorded.reqheaders.accept }),
      ...(typeof recorded.body === 'string' && { 'content-type': 'text/plain' }),
    },
    ...(text !== '' && method !== 'GET' && { body: placed(text, place) }),
  });
  const answer = await response.text();
  if (unimplemented.length > before) return checks.notModelled(name, unimplemented.slice(before).join('; '));
  const missing = response.status === recorded.status ? missingKeys(recorded.response, answer) : [];
  const seen =
    missing.length > 0
      ? `without ${missing.join(', ')}`
      : `${response.status} instead of ${recorded.status}: ${answer}`;
  checks.note(name, response.status === recorded.status && missing.length === 0, seen);
}

/** A path or body with the commits and ids of here. The recordings number commits from 1, and begin all ids at 1000. */
function placed(text: string, { repository, commits }: Place): string {
  return text
    .replaceAll(/\b0{30,}(\d+)\b/g, (_, count: string) => commits[Number(count) - 1] ?? commits.at(-1) ?? '')
    .replace(/^\/repositories\/1000\b/, `/repositories/${repository?.id ?? 1000}`);
}

/** The top-level keys of a recorded answer (of a list's first item) that another answer lacks. */
function missingKeys(recorded: unknown, answer: string): string[] {
  if (typeof recorded !== 'object' || recorded === null) return [];
  let given: unknown;
  try {
    given = JSON.parse(answer);
  } catch {
    return ['JSON'];
  }
  if (Array.isArray(recorded) !== Array.isArray(given)) return ['a list'];
  const [was, is] = [recorded, given].map((one) => (Array.isArray(one) ? one[0] : one) as unknown);
  if (typeof was !== 'object' || was === null || typeof is !== 'object' || is === null) return [];
  return Object.keys(was).filter((key) => !(key in is));
}
