/**
 * Git on this machine, to set up repositories and to fetch the result back. It reads no configuration of the machine or
 * the user and runs no hooks, so that neither can affect what happens here.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const ENVIRONMENT = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_LFS_SKIP_SMUDGE: '1',
  GIT_OPTIONAL_LOCKS: '0',
} as const;

const OPTIONS = ['-c', 'core.hooksPath=/dev/null', '-c', 'safe.directory=*', '-c', 'gc.auto=0'];

/** Connects to this machine's own addresses directly, even if a proxy is configured. */
export function withoutProxy(): Record<'no_proxy' | 'NO_PROXY', string> {
  const hosts = [process.env.no_proxy ?? process.env.NO_PROXY, '127.0.0.1', 'localhost'].filter(Boolean).join(',');
  return { no_proxy: hosts, NO_PROXY: hosts };
}

export class GitFailed extends Error {
  override readonly name = 'GitFailed';
}

/** Git's output, trimmed. Throws a `GitFailed` with the last lines that git printed. */
export async function git(directory: string, ...args: readonly string[]): Promise<string> {
  // Variables of a surrounding git command, such as a hook, would point git at another repository.
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  try {
    const { stdout } = await run('git', [...OPTIONS, ...args], {
      cwd: directory,
      env: { ...inherited, ...ENVIRONMENT, ...withoutProxy(), LC_ALL: 'C' },
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout.trim();
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const lastLines = (stderr ?? '').trim().split('\n').slice(-3).join(' ') || message;
    // The push URL contains a token.
    throw new GitFailed(lastLines.replaceAll(/\/\/[^@/\s]+@/g, '//'));
  }
}
