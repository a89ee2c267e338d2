import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { git as hardened } from '../../src/local/git.ts';
import { fetchBack, openUserRepository } from '../../src/local/user-repository.ts';
import { Fault, formatFault } from '../../src/words/fault.ts';

let dir: string;

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Ana', '-c', 'user.email=a@example.com', ...args], {
    cwd,
    encoding: 'utf8',
  }).trim();

function repository(name: string): string {
  const path = join(dir, name);
  mkdirSync(path);
  git(path, 'init', '--quiet', '--initial-branch', 'trunk');
  return path;
}

function withCommit(name: string): string {
  const path = repository(name);
  writeFileSync(join(path, 'a.txt'), 'one\n');
  git(path, 'add', 'a.txt');
  git(path, 'commit', '--quiet', '--message', 'one');
  return path;
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'swarm-repository-'));
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

test.each<readonly [string, string, () => string]>([
  ['is not there', 'There is no folder', () => join(dir, 'nothing')],
  [
    'is a file',
    'There is no folder',
    () => {
      writeFileSync(join(dir, 'file'), '');
      return join(dir, 'file');
    },
  ],
  [
    'is no repository',
    'is not a git repository',
    () => {
      mkdirSync(join(dir, 'plain'));
      return join(dir, 'plain');
    },
  ],
  ['has no commit', 'has no commit yet', () => repository('empty')],
  [
    'is on no branch',
    'is not on a branch',
    () => {
      const path = withCommit('detached');
      git(path, 'checkout', '--quiet', '--detach');
      return path;
    },
  ],
  [
    'has changes',
    'has uncommitted changes',
    () => {
      const path = withCommit('dirty');
      writeFileSync(join(path, 'a.txt'), 'two\n');
      return path;
    },
  ],
  [
    'is shallow',
    'is a shallow clone',
    () => {
      const path = withCommit('deep');
      git(path, 'commit', '--quiet', '--allow-empty', '--message', 'two');
      git(dir, 'clone', '--quiet', '--depth', '1', `file://${path}`, 'shallow');
      return join(dir, 'shallow');
    },
  ],
])('a repository that %s is refused with why and what to do', async (_what, says, make) => {
  const fault = await openUserRepository(make()).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(Fault);
  expect(formatFault(fault as Fault)).toContain(says);
  expect(formatFault(fault as Fault)).toMatch(/\nWhy {3}\S.*\nNext {2}\S/s);
});

test('a folder within a repository stands for the repository, and files git does not track do not matter', async () => {
  const path = withCommit('good');
  mkdirSync(join(path, 'below'));
  writeFileSync(join(path, 'below', 'notes.txt'), 'mine');
  const found = await openUserRepository(join(path, 'below'));
  expect(found.branch).toBe('trunk');
  expect(found.head).toBe(git(path, 'rev-parse', 'HEAD'));
});

test('the result arrives as a branch; HEAD, index, working tree and hooks are left alone (R10.3)', async () => {
  const path = withCommit('mine');
  const other = join(dir, 'theirs');
  git(dir, 'clone', '--quiet', path, other);
  git(other, 'commit', '--quiet', '--allow-empty', '--message', 'merged');
  const hook = join(path, '.git', 'hooks', 'reference-transaction');
  mkdirSync(join(path, '.git', 'hooks'), { recursive: true });
  writeFileSync(hook, `#!/bin/sh\ntouch ${join(dir, 'hooked')}\n`);
  chmodSync(hook, 0o755);
  writeFileSync(join(path, 'a.txt'), 'edited while swarm ran\n');
  const before = git(path, 'status', '--porcelain');

  const from = { url: other, branch: 'trunk' };
  const found = { path, branch: 'trunk', head: '' };
  expect(await fetchBack(found, from, 1)).toBe('swarm/1');
  git(other, 'commit', '--quiet', '--allow-empty', '--message', 'merged again');
  expect(await fetchBack(found, from, 1)).toBe('swarm/1-2');

  expect(git(path, 'log', '--format=%s', 'swarm/1')).toBe('merged\none');
  expect(git(path, 'log', '-1', '--format=%s', 'swarm/1-2')).toBe('merged again');
  expect(git(path, 'symbolic-ref', 'HEAD')).toBe('refs/heads/trunk');
  expect(git(path, 'status', '--porcelain')).toBe(before);
  expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe('edited while swarm ran\n');
  expect(() => readFileSync(join(dir, 'hooked'))).toThrow('ENOENT');
});

test('what git says of a failed push does not tell the token', async () => {
  const path = withCommit('pushing');
  const said = hardened(path, 'push', 'http://x-access-token:ghp_secret@127.0.0.1:1/a/b.git', 'HEAD:refs/heads/x');
  await expect(said).rejects.toThrow(/127\.0\.0\.1/);
  await expect(said).rejects.not.toThrow(/ghp_secret/);
});
