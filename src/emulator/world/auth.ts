/**
 * Authentication and permissions: app JWTs, installation tokens, user tokens and job tokens.
 *
 * Permissions are looked up for each request, so that removing a role or an installation takes effect at once. All
 * times are by the emulator's clock.
 */
import { createVerify, randomBytes } from 'node:crypto';
import { timestamp } from '#emulator/model/clock';
import type { Actor, App, Installation, Permissions, Repository, Role, User } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { roleIn } from '#emulator/model/repository';
import type { GitHubBase } from './base.ts';

export type Credential =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly token: string; readonly user: User }
  /** An app that authenticates as itself, with a JWT. */
  | { readonly kind: 'app'; readonly app: App }
  | {
      readonly kind: 'installation';
      readonly token: string;
      readonly installation: Installation;
      readonly permissions: Permissions;
      readonly repositories: 'all' | ReadonlySet<number>;
      readonly expiresAtMs: number;
    }
  | {
      readonly kind: 'job';
      readonly token: string;
      readonly repository: Repository;
      readonly permissions: Permissions;
      readonly runId: number;
      readonly expiresAtMs: number;
    };

/** A permission that a route requires. With `participate`, people need only read access (for example, to comment). */
export interface RequiredPermission {
  readonly permission: string;
  readonly level: 'read' | 'write' | 'admin';
  readonly participate?: 'readers';
}

const HOUR_MS = 3_600_000;
/** A job token expires when its job ends, or after this time (docs: "GITHUB_TOKEN"). */
const JOB_TOKEN_MS = 24 * HOUR_MS;
const JWT_MAX_SECONDS = 600;
const LEVELS = ['none', 'read', 'write', 'admin'] as const;
const ROLES: readonly Role[] = ['read', 'triage', 'write', 'maintain', 'admin'];

/** The lowest role that has each permission. */
const ROLE_FOR: Readonly<Record<string, { readonly read: Role; readonly write: Role }>> = {
  issues: { read: 'read', write: 'triage' },
  pull_requests: { read: 'read', write: 'triage' },
  administration: { read: 'admin', write: 'admin' },
  secrets: { read: 'write', write: 'write' },
  actions_variables: { read: 'write', write: 'write' },
};

export class Tokens {
  readonly #base: GitHubBase;
  readonly #credentials = new Map<string, Credential>();

  constructor(base: GitHubBase) {
    this.#base = base;
  }

  // ── creating tokens ───────────────────────────────────────────────────────────────────────────────────────────

  /** A classic token with all of the person's access. It does not expire. */
  forUser(user: User): string {
    const token = `ghp_${randomBytes(18).toString('hex')}`;
    this.#credentials.set(token, { kind: 'user', token, user });
    return token;
  }

  /**
   * An installation token, valid for one hour. It can be limited to some permissions and repositories. Throws 422 if
   * the installation doesn't have one of them.
   */
  forInstallation(
    installation: Installation,
    scope: { readonly permissions?: Permissions; readonly repositories?: readonly Repository[] } = {},
  ): Extract<Credential, { kind: 'installation' }> {
    if (installation.suspendedAt) throw suspended();
    for (const [name, level] of Object.entries(scope.permissions ?? {})) {
      if (LEVELS.indexOf(level) > LEVELS.indexOf(installation.permissions[name] ?? 'none')) {
        throw new Refusal(422, 'The permissions requested are not granted to this installation.');
      }
    }
    for (const repository of scope.repositories ?? []) {
      if (this.#base.installationOn(installation.app, repository) !== installation) {
        const message =
          'There is at least one repository that does not exist or is not accessible to the parent installation.';
        throw new Refusal(422, message);
      }
    }
    const permissions = scope.permissions
      ? { ...scope.permissions, metadata: 'read' as const }
      : installation.permissions;
    const token = `ghs_${randomBytes(18).toString('hex')}`;
    const credential = {
      kind: 'installation',
      token,
      installation,
      permissions,
      repositories: scope.repositories ? new Set(scope.repositories.map((one) => one.id)) : installation.repositories,
      expiresAtMs: this.#base.clock.now() + HOUR_MS,
    } as const;
    this.#credentials.set(token, credential);
    return credential;
  }

  /**
   * A job's GITHUB_TOKEN. `permissions` are the workflow's (`pull-requests: write`). It always has `metadata: read` and
   * never `workflows`.
   */
  forJob(repository: Repository, runId: number, permissions: Readonly<Record<string, string>>): string {
    const granted: Record<string, 'read' | 'write'> = { metadata: 'read' };
    for (const [key, level] of Object.entries(permissions)) {
      if (level === 'read' || level === 'write') granted[key.replaceAll('-', '_')] = level;
    }
    delete granted.workflows;
    const token = `ghs_${randomBytes(18).toString('hex')}`;
    const expiresAtMs = this.#base.clock.now() + JOB_TOKEN_MS;
    this.#credentials.set(token, { kind: 'job', token, repository, permissions: granted, runId, expiresAtMs });
    return token;
  }

  /** Revokes a token, as GitHub does with a job's token when the job ends. */
  revoke(token: string): void {
    this.#credentials.delete(token);
  }

  // ── checking tokens ───────────────────────────────────────────────────────────────────────────────────────────

  /**
   * Reads an Authorization header: `Bearer`, `token`, or `Basic` with the token as the password (or as the user name, as
   * git clients send it). Throws 401 if the token is not valid.
   */
  credential(authorization: string | undefined): Credential {
    if (!authorization) return { kind: 'anonymous' };
    const [scheme = '', value = ''] = authorization.trim().split(/\s+/, 2);
    if (/^(bearer|token)$/i.test(scheme)) {
      return value.split('.').length === 3 ? this.#byJwt(value) : this.#byToken(value);
    }
    if (/^basic$/i.test(scheme)) {
      const text = Buffer.from(value, 'base64').toString();
      const colon = text.indexOf(':');
      const [name, password] = [text.slice(0, colon), text.slice(colon + 1)];
      return this.#byToken(password === '' || password === 'x-oauth-basic' ? name : password);
    }
    throw new Refusal(401, 'Bad credentials');
  }

  /** The actor of a credential. Throws 401 if it is anonymous, and 403 for an app's JWT, which cannot act. */
  actor(credential: Credential): Actor {
    switch (credential.kind) {
      case 'user':
        return { kind: 'user', user: credential.user };
      case 'installation': {
        const { installation } = credential;
        return { kind: 'app', user: installation.app.bot, app: installation.app, installation };
      }
      case 'job': {
        const app = this.#base.actionsApp;
        return { kind: 'job', user: app.bot, app, runId: credential.runId };
      }
      case 'app':
        throw new Refusal(403, 'Resource not accessible by integration');
      case 'anonymous':
        throw new Refusal(401, 'Requires authentication');
    }
  }

  /** True if the repository is visible to the credential. */
  sees(credential: Credential, repository: Repository): boolean {
    if (repository.visibility === 'public') return true;
    switch (credential.kind) {
      case 'user':
        return roleIn(repository, credential.user) !== null;
      case 'installation':
        return this.#reaches(credential, repository);
      case 'job':
        return credential.repository === repository;
      default:
        return false;
    }
  }

  /** True if the credential has one of these permissions on the repository. */
  may(credential: Credential, repository: Repository, ...needs: readonly RequiredPermission[]): boolean {
    if (!this.sees(credential, repository)) return false;
    return needs.some((need) => {
      // Everyone can read a public repository.
      const open =
        repository.visibility === 'public' &&
        need.level === 'read' &&
        !ROLE_FOR[need.permission]?.read.match(/write|admin/);
      if (open) return true;
      switch (credential.kind) {
        case 'user':
          return this.#roleMay(credential.user, repository, need);
        case 'installation':
          return (
            this.#reaches(credential, repository) &&
            covers(credential.permissions, need) &&
            // Permissions that the installation has lost since the token was created are lost to the token too.
            covers(credential.installation.permissions, need)
          );
        case 'job':
          return credential.repository === repository && covers(credential.permissions, need);
        default:
          return false;
      }
    });
  }

  /** Throws unless `may`: 404 if the repository is not visible, 401 if anonymous, 403 if a permission is missing. */
  require(credential: Credential, repository: Repository, ...needs: readonly RequiredPermission[]): void {
    if (this.may(credential, repository, ...needs)) return;
    if (!this.sees(credential, repository)) throw new Refusal(404, 'Not Found');
    if (credential.kind === 'anonymous') throw new Refusal(401, 'Requires authentication');
    if (credential.kind === 'user') throw new Refusal(403, 'Must have admin rights to Repository.');
    throw new Refusal(403, 'Resource not accessible by integration', null, {
      'x-accepted-github-permissions': needs.map((need) => `${need.permission}=${need.level}`).join('; '),
    });
  }

  /** The account that a credential's calls are counted for. */
  account(credential: Credential): string {
    switch (credential.kind) {
      case 'user':
        return `user ${credential.user.id}`;
      case 'installation':
        return `installation ${credential.installation.id}`;
      case 'job':
        return `job ${credential.repository.id}`;
      case 'app':
        return `app ${credential.app.id}`;
      case 'anonymous':
        return 'anonymous';
    }
  }

  #reaches(credential: Extract<Credential, { kind: 'installation' }>, repository: Repository): boolean {
    const { installation, repositories } = credential;
    if (installation.suspendedAt || !this.#base.installations.has(installation.id)) return false;
    if (this.#base.installationOn(installation.app, repository) !== installation) return false;
    return repositories === 'all' || repositories.has(repository.id);
  }

  #roleMay(user: User, repository: Repository, need: RequiredPermission): boolean {
    const role = roleIn(repository, user);
    if (!role) return false;
    if (need.participate) return true;
    const least = (ROLE_FOR[need.permission] ?? { read: 'read', write: 'write' })[
      need.level === 'read' ? 'read' : 'write'
    ];
    return ROLES.indexOf(role) >= ROLES.indexOf(least);
  }

  #byToken(token: string): Credential {
    const credential = this.#credentials.get(token);
    if (!credential) throw new Refusal(401, 'Bad credentials');
    if ('expiresAtMs' in credential && credential.expiresAtMs <= this.#base.clock.now()) {
      throw new Refusal(401, 'Bad credentials');
    }
    if (credential.kind === 'installation' && !this.#base.installations.has(credential.installation.id)) {
      throw new Refusal(401, 'Bad credentials');
    }
    if (credential.kind === 'installation' && credential.installation.suspendedAt) throw suspended();
    return credential;
  }

  /** Checks an app's JWT (docs: "Generating a JSON Web Token for a GitHub App"). Clients match the exact messages. */
  #byJwt(jwt: string): Credential {
    const [head = '', body = '', signature = ''] = jwt.split('.');
    const undecodable = new Refusal(401, 'A JSON web token could not be decoded');
    const header = readJson(head);
    const claims = readJson(body);
    if (!header || !claims || header.alg !== 'RS256') throw undecodable;
    const app = [...this.#base.apps.values()].find(
      (one) => String(one.id) === String(claims.iss) || one.clientId === claims.iss,
    );
    if (!app) throw new Refusal(404, 'Integration not found');
    const verify = createVerify('RSA-SHA256').update(`${head}.${body}`);
    if (app.publicKey === '' || !verify.verify(app.publicKey, signature, 'base64url')) throw undecodable;
    const now = Math.floor(this.#base.clock.now() / 1000);
    if (!Number.isInteger(claims.iat) || Number(claims.iat) > now) {
      const message =
        "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
      throw new Refusal(401, message);
    }
    if (!Number.isInteger(claims.exp) || Number(claims.exp) <= now) {
      const message =
        "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
      throw new Refusal(401, message);
    }
    if (Number(claims.exp) > now + JWT_MAX_SECONDS) {
      throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
    }
    return { kind: 'app', app };
  }
}

/** The time when a token expires, as the API shows it. */
export function expiryOf(credential: { readonly expiresAtMs: number }): string {
  return timestamp(credential.expiresAtMs);
}

const suspended = (): Refusal => new Refusal(403, 'This installation has been suspended');

function covers(permissions: Permissions, need: RequiredPermission): boolean {
  return LEVELS.indexOf(permissions[need.permission] ?? 'none') >= LEVELS.indexOf(need.level);
}

function readJson(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // A part that is not JSON makes the token invalid.
    return null;
  }
}
