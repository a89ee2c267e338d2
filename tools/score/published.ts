/**
 * Actions as their makers publish them. Each is a repository, found below the folder that SCORE_ACTIONS names (by the
 * action's name, bare or not), or else cloned from GitHub.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './programs.ts';

export interface PublishedAction {
  readonly name: string;
  /** A released version. */
  readonly tag: string;
  readonly commit: string;
}

export const PUBLISHED = {
  checkout: { name: 'checkout', tag: 'v7.0.1', commit: '3d3c42e5aac5ba805825da76410c181273ba90b1' },
  'github-script': { name: 'github-script', tag: 'v8.0.0', commit: 'ed597411d8f924073f98dfc5c65a23a2325f34cd' },
  'setup-node': { name: 'setup-node', tag: 'v7.0.0', commit: '820762786026740c76f36085b0efc47a31fe5020' },
  'upload-artifact': { name: 'upload-artifact', tag: 'v7.0.0', commit: 'bbbca2ddaa5d8feaa63e36b76fdaad77386f024f' },
} as const satisfies Record<string, PublishedAction>;

export type Files = Readonly<Record<string, Buffer>>;

/** The files that run: the metadata, and what is built. The rest of a repository only makes them. */
const RUNS = /^(?:action\.ya?ml|dist\/.+)$/;
const CLONE_MS = 120_000;

/** The files of an action, or the reason why they are not to be had here. `dir` is for a clone. */
export async function filesOf(action: PublishedAction, dir: string): Promise<Files | { readonly missing: string }> {
  const repository = await repositoryOf(action, dir);
  if (repository === undefined) {
    return { missing: `actions/${action.name} is neither below SCORE_ACTIONS nor to be cloned from here` };
  }
  const git = (...args: string[]) =>
    spawnSync('git', ['-C', repository, ...args], {
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, GIT_NO_LAZY_FETCH: '1' },
    });
  const listed = git('ls-tree', '-r', '--name-only', '-z', action.commit);
  if (listed.status !== 0)
    return { missing: `the repository of actions/${action.name} has no commit ${action.commit}` };
  const files: Record<string, Buffer> = {};
  for (const path of listed.stdout
    .toString()
    .split('\0')
    .filter((one) => RUNS.test(one))) {
    const read = git('cat-file', 'blob', `${action.commit}:${path}`);
    if (read.status !== 0) return { missing: `the repository of actions/${action.name} lacks ${path}` };
    files[path] = read.stdout;
  }
  return files;
}

async function repositoryOf({ name, tag }: PublishedAction, dir: string): Promise<string | undefined> {
  const given = process.env.SCORE_ACTIONS;
  if (given !== undefined) {
    const path = join(given, name);
    return existsSync(path) ? path : undefined;
  }
  const target = join(dir, `${name}.git`);
  const args = [
    'clone',
    '--quiet',
    '--bare',
    '--depth',
    '1',
    '--branch',
    tag,
    `https://github.com/actions/${name}.git`,
    target,
  ];
  const env = { ...process.env, GIT_TERMINAL_PROMPT: '0' };
  const cloned = await run('git', args, { cwd: dir, env, limitMs: CLONE_MS });
  return cloned.code === 0 ? target : undefined;
}
