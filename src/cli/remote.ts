/** GitHub as the person at this terminal reaches it: the token, the API, and the repository that a checkout came from. */
import { spawnSync } from 'node:child_process';
import type { RepositoryName } from '#core/model/epic';
import { type Client, DEFAULT_API_URL, makeClient } from '#github/client';
import { git } from '#local/git';
import { Fault } from '#words/fault';

/** How long `gh` may take to tell its token. */
const GH_MS = 5_000;

export const apiUrlHere = (): string => process.env.GITHUB_API_URL || DEFAULT_API_URL;

/**
 * The token of this terminal: GITHUB_TOKEN, GH_TOKEN, or the one that GitHub's own `gh` keeps. The last one is for github.com,
 * so no other server gets it.
 */
export function tokenHere(): string | undefined {
  const given = process.env.GITHUB_TOKEN || process.env.GH_TOKEN;
  if (given) return given;
  if (apiUrlHere() !== DEFAULT_API_URL) return undefined;
  const asked = spawnSync('gh', ['auth', 'token', '--hostname', 'github.com'], { encoding: 'utf8', timeout: GH_MS });
  return asked.status === 0 ? asked.stdout.trim() || undefined : undefined;
}

/** A client with the token of this terminal. Throws a `Fault` if there is none. */
export function clientHere(): { readonly client: Client; readonly token: string } {
  const token = tokenHere();
  if (token === undefined) {
    throw new Fault(
      'There is no token.',
      'Reading from GitHub needs a token in GITHUB_TOKEN or GH_TOKEN, or a login of `gh`.',
      'Run `gh auth login`, or `GITHUB_TOKEN=… swarm …`.',
    );
  }
  return { client: makeClient({ apiUrl: apiUrlHere(), token }), token };
}

/** `owner/name`. @param option the name of the option, if one gave it */
export function readRepository(text: string, option?: string): RepositoryName {
  const [, owner, name] = /^([\w.-]+)\/([\w.-]+)$/.exec(text) ?? [];
  if (owner !== undefined && name !== undefined) return { owner, name };
  throw new Fault(
    option === undefined ? `"${text}" is not a repository.` : `${option} cannot be "${text}".`,
    'A repository is given as OWNER/NAME.',
    `For example: ${option === undefined ? '' : `${option} `}octo/shop.`,
  );
}

/**
 * The repository on GitHub that `origin` leads to; undefined if it leads elsewhere. Without GITHUB_API_URL, GitHub is
 * github.com: a token is sent to no host that only a checkout names.
 */
export async function repositoryOf(directory: string): Promise<RepositoryName | undefined> {
  const url = await git(directory, 'remote', 'get-url', 'origin').catch(() => '');
  const [, host, owner, name] = REMOTE.exec(url) ?? [];
  if (host === undefined || owner === undefined || name === undefined) return undefined;
  const isGitHub = process.env.GITHUB_API_URL ? true : /^(?:www\.|ssh\.)?github\.com$/i.test(host);
  return isGitHub ? { owner, name } : undefined;
}

/** `https://host/owner/name.git`, `ssh://git@host:22/owner/name`, `git@host:owner/name.git` */
const REMOTE = /^(?:\w+:\/\/)?(?:[^@/\s]*@)?([\w.-]+)(?::\d+)?[:/]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/;
