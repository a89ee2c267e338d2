/**
 * Git on this machine, for putting repositories on the stage and fetching the result back. Configuration of the machine
 * and of the user is not read, and no hook runs: neither may decide what happens here, nor be set off by it.
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

/** This machine's own addresses are reached directly, whatever proxy leads to the rest of the world. */
export function withoutProxy(): Record<'no_proxy' | 'NO_PROXY', string> {
  const named = [process.env.no_proxy ?? process.env.NO_PROXY, '127.0.0.1', 'localhost'].filter(Boolean).join(',');
  return { no_proxy: named, NO_PROXY: named };
}

export class GitFailed extends Error {
  override readonly name = 'GitFailed';
}

/** What git printed, trimmed. Throws a `GitFailed` with git's own last words. */
export async function git(directory: string, ...args: readonly string[]): Promise<string> {
  // Variables of a surrounding git command (a hook, say) would point it at another repository.
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
    const said = (stderr ?? '').trim().split('\n').slice(-3).join(' ') || message;
    // The push URL holds a token.
    throw new GitFailed(said.replaceAll(/\/\/[^@/\s]+@/g, '//'));
  }
}
