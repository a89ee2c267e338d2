/** What the emulator shows late: reads that lag behind writes, and mergeability that GitHub works out once it is asked. */
import { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import type { Repository } from '../../src/emulator/model/records.ts';

const P = { owner: 'acme', repo: 'shop' };
let github: Emulator;
let repository: Repository;
let ana: Octokit;

beforeEach(async () => {
  github = await startEmulator();
  const { world } = github;
  repository = await world.addRepository(world.addUser('acme', 'Organization'), 'shop');
  const user = world.addUser('ana');
  repository.collaborators.set(user.id, 'admin');
  ana = new Octokit({ baseUrl: `${github.url}/api/v3`, auth: world.tokens.forUser(user) });
  await commit({ 'README.md': '# Shop\n' });
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

async function opened(): Promise<{ pull_number: number } & typeof P> {
  const git = await github.world.git(repository);
  await ana.git.createRef({ ...P, ref: 'refs/heads/work', sha: (await git.readRef('refs/heads/main')) ?? '' });
  await commit({ 'a.txt': 'a\n' }, 'work');
  const { data } = await ana.pulls.create({ ...P, title: 'Work', head: 'work', base: 'main' });
  return { ...P, pull_number: data.number };
}

const LOOK = `{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) {
  mergeable mergeStateStatus potentialMergeCommit { oid } } } }`;
const look = async () =>
  (await ana.graphql<{ repository: { pullRequest: Record<string, unknown> } }>(LOOK)).repository.pullRequest;

test('the first to ask if a pull request can be merged learns nothing, after each change of head or base (R10.5)', async () => {
  github.world.merges.computing = 'when asked';
  const pull = await opened();
  const state = async () => {
    const { data } = await ana.pulls.get(pull);
    return [data.mergeable, data.mergeable_state];
  };
  expect([await state(), await state(), await state()]).toEqual([
    [null, 'unknown'],
    [true, 'clean'],
    [true, 'clean'],
  ]);

  await commit({ 'b.txt': 'b\n' });
  const unknown = { mergeable: 'UNKNOWN', mergeStateStatus: 'UNKNOWN', potentialMergeCommit: null };
  expect(await look()).toEqual(unknown);
  expect(await look()).toMatchObject({ mergeable: 'MERGEABLE', mergeStateStatus: 'CLEAN' });

  await commit({ 'a.txt': 'another\n' });
  expect(await look()).toEqual(unknown);
  expect(await state()).toEqual([false, 'dirty']);
});

test('each kind of read lags by itself, once for each change, unless the copies have caught up (R10.5)', async () => {
  const { lags } = github;
  const refs = async () => (await ana.git.getRef({ ...P, ref: 'heads/main' })).data.object.sha;
  const title = async () => (await ana.repos.get(P)).data.description;
  lags.chance.refs = 1;
  const before = await refs();
  await title();

  const after = await commit({ 'b.txt': 'b\n' });
  repository.description = 'A shop';
  expect([await refs(), await refs()]).toEqual([before, after]);
  expect(await title()).toBe('A shop');
  expect(lags.late.map(({ lag }) => lag)).toEqual(['refs']);

  const last = await commit({ 'c.txt': 'c\n' });
  lags.catchUp();
  expect(await refs()).toBe(last);
});
