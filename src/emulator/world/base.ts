/**
 * The base of the emulated GitHub: its clock, ids, users, apps and repositories, and the events that it emits to its
 * listeners (webhook delivery and the workflow runner).
 *
 * The other parts (issues, pull requests, runs, …) build on this and on each other. This file uses none of them.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { GitRepository } from '#emulator/git/repository';
import { type Clock, timestamp } from '#emulator/model/clock';
import type { EventDetails, WorldEvent } from '#emulator/model/events';
import { type Flavour, TRAITS, type Traits } from '#emulator/model/flavour';
import { firstIdOf, type IdKind, type Node, nodeIdOf, readGitNodeId } from '#emulator/model/ids';
import type {
  Actor,
  App,
  BranchRule,
  Installation,
  Label,
  Permissions,
  Repository,
  Team,
  User,
} from '#emulator/model/records';
import { newSealingKeys } from '#emulator/model/sealed-box';
import { payloadOf } from '#emulator/shapes/webhook-payloads';

const DEFAULT_LABELS = [
  ['bug', 'd73a4a', "Something isn't working"],
  ['documentation', '0075ca', 'Improvements or additions to documentation'],
  ['enhancement', 'a2eeef', 'New feature or request'],
] as const;

export interface WorldOptions {
  readonly clock: Clock;
  /** The directory for the bare repositories. It must exist and be empty. */
  readonly dir: string;
  /** The default is github.com. */
  readonly flavour?: Flavour | undefined;
}

/** A ruleset, without what has a default. */
export interface NewRule extends Partial<Omit<BranchRule, 'id' | 'createdAt' | 'pullRequest'>> {
  readonly pullRequest?: Partial<NonNullable<BranchRule['pullRequest']>> | null;
}

export class GitHubBase {
  readonly clock: Clock;
  readonly dir: string;
  readonly flavour: Flavour;
  /** Set by the server when it starts to listen: `http://127.0.0.1:PORT`. */
  url = 'http://127.0.0.1';

  readonly users = new Map<string, User>();
  readonly usersById = new Map<number, User>();
  /** By `organization/slug` in lower case. */
  readonly teams = new Map<string, Team>();
  readonly apps = new Map<number, App>();
  readonly installations = new Map<number, Installation>();
  /** By `owner/name` in lower case. */
  readonly repositories = new Map<string, Repository>();

  /** GitHub Actions itself is an app. Its bot is the author of everything done with job tokens. */
  readonly actionsApp: App;

  /** The key that clients seal secrets for. */
  readonly sealing = { id: '568250167242549743', ...newSealingKeys() };

  readonly #listeners = new Set<(event: WorldEvent) => void>();
  readonly #installListeners = new Set<(installation: Installation) => void>();
  readonly #quiet = new AsyncLocalStorage<true>();
  readonly #nodes = new Map<string, Node>();
  readonly #repositoriesById = new Map<number, Repository>();
  readonly #lastIds = new Map<number, number>();
  /** Former names of repositories, in lower case. */
  readonly #formerNames = new Map<string, Repository>();
  readonly #gitDirs = new Map<number, string>();
  readonly #gits = new Map<number, Promise<GitRepository>>();
  readonly #turns = new Map<number, Promise<unknown>>();

  constructor(options: WorldOptions) {
    this.clock = options.clock;
    this.dir = options.dir;
    this.flavour = options.flavour ?? 'github.com';
    mkdirSync(join(this.dir, 'git'), { recursive: true });
    const github = this.#user('github', 'Organization', 9919);
    const bot = this.#user('github-actions[bot]', 'Bot', 41_898_282);
    this.actionsApp = this.#app({ id: 15_368, slug: 'github-actions', name: 'GitHub Actions', owner: github, bot });
    this.#user('ghost', 'User', 10_137);
  }

  /**
   * The address as jobs know it. The published actions take a host for github.com only if it is that, or ends with
   * `.localhost`, which is this machine too.
   */
  get serverUrl(): string {
    return this.flavour === 'github.com' ? this.url.replace('127.0.0.1', 'github.localhost') : this.url;
  }

  get traits(): Traits {
    return TRAITS[this.flavour];
  }

  // ── time, ids, nodes ──────────────────────────────────────────────────────────────────────────────────────────

  /** The current time in GitHub's format: UTC, in whole seconds. */
  now(): string {
    return timestamp(this.clock.now());
  }

  /** The next database id of a kind. Deterministic: the same operations give the same ids. */
  nextId(kind: IdKind): number {
    const first = firstIdOf(kind);
    const id = (this.#lastIds.get(first) ?? first - 1) + 1;
    this.#lastIds.set(first, id);
    return id;
  }

  remember(nodeId: string, node: Node): void {
    this.#nodes.set(nodeId, node);
  }

  forget(nodeId: string): void {
    this.#nodes.delete(nodeId);
  }

  /** The object with a node id, or undefined. The caller checks access. */
  node(nodeId: string): Node | undefined {
    return this.#nodes.get(nodeId) ?? readGitNodeId(nodeId, (id) => this.#repositoriesById.get(id));
  }

  // ── events ───────────────────────────────────────────────────────────────────────────────────────────────────

  /** Listens to all events except those made in `quietly`. The returned function stops listening. */
  on(listener: (event: WorldEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Listens to new installations. They are separate because `installation.created` has no repository. */
  onInstalled(listener: (installation: Installation) => void): () => void {
    this.#installListeners.add(listener);
    return () => {
      this.#installListeners.delete(listener);
    };
  }

  /** Changes the world without events: no webhooks are sent, and no workflows start. */
  quietly<T>(fn: () => T): T {
    return this.#quiet.run(true, fn);
  }

  /** Emits an event. The payload is built now, so that it shows the state at this moment. */
  emit(actor: Actor, repository: Repository, details: EventDetails): void {
    repository.updatedAt = this.now();
    if (this.#quiet.getStore()) return;
    const at = this.now();
    const event = {
      ...details,
      repository,
      actor,
      at,
      payload: payloadOf(this, actor, repository, details),
    } as WorldEvent;
    for (const listener of this.#listeners) listener(event);
  }

  /** Runs one operation per repository at a time, for operations that read git, decide, and then write git. */
  async inTurn<T>(repository: Repository, operation: () => Promise<T>): Promise<T> {
    const previous = this.#turns.get(repository.id) ?? Promise.resolve();
    const result = previous.then(operation, operation);
    this.#turns.set(
      repository.id,
      result.catch(() => undefined),
    );
    return result;
  }

  // ── people and apps ───────────────────────────────────────────────────────────────────────────────────────────

  /** Adds a person or an organization. Logins are unique, ignoring case. */
  addUser(login: string, type: 'User' | 'Organization' = 'User', name: string | null = null): User {
    const user = this.#user(login, type, undefined);
    user.name = name;
    return user;
  }

  user(login: string): User | undefined {
    return this.users.get(login.toLowerCase());
  }

  /** Adds a team to an organization. The roles that it has are added to the repositories. */
  addTeam(organization: User, slug: string, members: readonly User[]): Team {
    const id = this.nextId('team');
    const team: Team = { type: 'Team', id, nodeId: nodeIdOf('team', id), organization, slug, members };
    for (const { id: member } of members) organization.members.add(member);
    this.teams.set(`${organization.login}/${slug}`.toLowerCase(), team);
    this.remember(team.nodeId, { kind: 'Team', team });
    return team;
  }

  /** Gives a person another login. As on GitHub, the old one names nobody then, and anybody may take it. */
  renameUser(user: User, login: string): void {
    if (this.user(login)) throw new Error(`The emulator has a user ${login} already`);
    if ([...this.repositories.values()].some(({ owner }) => owner === user)) {
      throw new Error(`The emulator cannot rename ${user.login}, who owns repositories`);
    }
    this.users.delete(user.login.toLowerCase());
    user.login = login;
    this.users.set(login.toLowerCase(), user);
  }

  /** The user as an actor. Throws if the user doesn't exist, which is a mistake in the caller. */
  as(login: string): Actor {
    const user = this.user(login);
    if (!user) throw new Error(`The emulator has no user ${login}`);
    return { kind: 'user', user };
  }

  /** Registers an app and its bot user. */
  addApp(options: {
    readonly slug: string;
    readonly name?: string;
    readonly owner: User;
    readonly permissions: Permissions;
    readonly events: readonly string[];
    readonly webhook?: { readonly url: string; readonly secret: string };
    /** In PEM format. The default is a new key. */
    readonly privateKey?: string;
  }): App {
    const bot = this.#user(`${options.slug}[bot]`, 'Bot', undefined);
    const { slug, name = slug, owner, privateKey = makePrivateKey() } = options;
    const app = this.#app({ slug, name, owner, bot, privateKey });
    app.permissions = { metadata: 'read', ...options.permissions };
    app.events = options.events;
    app.webhook = options.webhook ?? null;
    return app;
  }

  /** Installs an app on an account, for all or some of its repositories. */
  install(app: App, account: User, repositories: 'all' | readonly Repository[] = 'all'): Installation {
    const installation: Installation = {
      id: this.nextId('installation'),
      app,
      account,
      permissions: app.permissions,
      events: app.events,
      repositories: repositories === 'all' ? 'all' : new Set(repositories.map((repository) => repository.id)),
      createdAt: this.now(),
      suspendedAt: null,
    };
    this.installations.set(installation.id, installation);
    if (!this.#quiet.getStore()) for (const listener of this.#installListeners) listener(installation);
    return installation;
  }

  /** Suspends an installation, or lifts its suspension: its tokens are refused, and it gets no webhooks. */
  suspend(installation: Installation, to: 'suspended' | 'active'): void {
    installation.suspendedAt = to === 'suspended' ? this.now() : null;
  }

  /** The app's installation that includes this repository. */
  installationOn(app: App, repository: Repository): Installation | undefined {
    for (const installation of this.installations.values()) {
      if (installation.app !== app || installation.account !== repository.owner) continue;
      if (installation.repositories === 'all' || installation.repositories.has(repository.id)) return installation;
    }
    return undefined;
  }

  // ── repositories ──────────────────────────────────────────────────────────────────────────────────────────────

  /** Creates a repository with GitHub's default labels and no commits. */
  async addRepository(
    owner: User,
    name: string,
    options: { readonly visibility?: 'public' | 'private'; readonly defaultBranch?: string } = {},
  ): Promise<Repository> {
    const key = `${owner.login}/${name}`.toLowerCase();
    if (this.repositories.has(key)) throw new Error(`The emulator has a repository ${key} already`);
    const id = this.nextId('repository');
    const at = this.now();
    const repository: Repository = {
      id,
      nodeId: nodeIdOf('repository', id),
      owner,
      name,
      description: null,
      visibility: options.visibility ?? 'private',
      defaultBranch: options.defaultBranch ?? 'main',
      createdAt: at,
      updatedAt: at,
      pushedAt: at,
      archived: false,
      hasIssues: true,
      collaborators: new Map(),
      teams: new Map(),
      labels: new Map(),
      issues: new Map(),
      gone: new Set(),
      transferred: new Map(),
      pinned: [],
      releases: [],
      lastNumber: 0,
      variables: new Map(),
      secrets: new Map(),
      merges: { merge: true, squash: true, rebase: true, autoMerge: false, deleteBranch: false },
      actionsMayApprove: true,
      defaultJobPermissions: 'read',
      actionsPolicy: {
        ...{ enabled: true, allowed: 'all', githubOwned: true, verified: true, patterns: [], fullCommits: false },
      },
      organizationSecrets: new Set(),
      selfHosted: [],
      rules: [],
      checkSuites: [],
      checkRuns: [],
      statuses: [],
      deployments: [],
      workflows: new Map(),
      runs: [],
      reviewComments: new Map(),
      activities: [],
      queue: [],
    };
    this.repositories.set(key, repository);
    this.#gitDirs.set(id, join(this.dir, 'git', owner.login, `${name}.git`));
    this.#repositoriesById.set(id, repository);
    this.remember(repository.nodeId, { kind: 'Repository', repository });
    for (const [label, color, description] of DEFAULT_LABELS) {
      this.storeLabel(repository, label, color, description, true);
    }
    await this.git(repository);
    return repository;
  }

  repository(owner: string, name: string): Repository | undefined {
    return this.repositories.get(`${owner}/${name}`.toLowerCase());
  }

  /** Gives a repository another name. As on GitHub, the old one leads to it until another repository takes that name. */
  renameRepository(repository: Repository, name: string): void {
    const { login } = repository.owner;
    if (this.repository(login, name)) throw new Error(`The emulator has a repository ${login}/${name} already`);
    const before = `${login}/${repository.name}`.toLowerCase();
    this.repositories.delete(before);
    this.#formerNames.set(before, repository);
    repository.name = name;
    this.repositories.set(`${login}/${name}`.toLowerCase(), repository);
  }

  /** The repository that had this name, if no other has it now. */
  formerly(owner: string, name: string): Repository | undefined {
    return this.repository(owner, name) ? undefined : this.#formerNames.get(`${owner}/${name}`.toLowerCase());
  }

  repositoryById(id: number): Repository | undefined {
    return this.#repositoriesById.get(id);
  }

  /** The bare repository on disk, opened once. */
  git(repository: Repository): Promise<GitRepository> {
    let git = this.#gits.get(repository.id);
    if (!git) {
      git = GitRepository.init(this.gitDir(repository), repository.defaultBranch);
      this.#gits.set(repository.id, git);
    }
    return git;
  }

  /** Its directory keeps the name that the repository had at first. */
  gitDir(repository: Repository): string {
    const dir = this.#gitDirs.get(repository.id);
    if (!dir) throw new Error(`The emulator has no repository ${repository.name}`);
    return dir;
  }

  addRule(repository: Repository, { pullRequest = null, ...rule }: NewRule): BranchRule {
    const id = this.nextId('rule');
    const whole: BranchRule = {
      name: `Ruleset ${id}`,
      branch: '~DEFAULT_BRANCH',
      except: [],
      createdAt: this.now(),
      pullRequest: pullRequest && {
        ...{ approvals: 0, dismissStaleReviews: false, lastPushApproval: false, codeOwners: false },
        ...{ resolvedThreads: false, methods: ['merge', 'squash', 'rebase'] },
        ...pullRequest,
      },
      requiredChecks: [],
      strictChecks: false,
      signatures: false,
      deployments: [],
      linearHistory: false,
      mergeQueue: null,
      noForcePush: true,
      noDeletion: true,
      noCreation: false,
      namePattern: null,
      bypass: [],
      ...rule,
      id,
    };
    repository.rules.push(whole);
    return whole;
  }

  /** Adds a label without emitting an event. */
  storeLabel(
    repository: Repository,
    name: string,
    color: string,
    description: string | null,
    isDefault = false,
  ): Label {
    const id = this.nextId('label');
    const label: Label = { id, nodeId: nodeIdOf('label', id), name, color, description, isDefault };
    repository.labels.set(name.toLowerCase(), label);
    this.remember(label.nodeId, { kind: 'Label', label, repository });
    return label;
  }

  setVariable(repository: Repository, name: string, value: string): void {
    const known = repository.variables.get(name.toUpperCase());
    const at = this.now();
    if (known) {
      known.value = value;
      known.updatedAt = at;
    } else {
      repository.variables.set(name.toUpperCase(), { name: name.toUpperCase(), value, createdAt: at, updatedAt: at });
    }
  }

  /** Stops the git processes. */
  async close(): Promise<void> {
    for (const git of this.#gits.values()) await (await git).close();
  }

  #user(login: string, type: User['type'], fixedId: number | undefined): User {
    const key = login.toLowerCase();
    if (this.users.has(key)) throw new Error(`The emulator has a user ${login} already`);
    const kind = type === 'Bot' ? 'bot' : type === 'Organization' ? 'organization' : 'user';
    const id = fixedId ?? this.nextId(kind);
    const nodeId = nodeIdOf(kind, id);
    const user: User = { id, nodeId, login, name: null, type, members: new Set(), createdAt: this.now() };
    this.users.set(key, user);
    this.usersById.set(id, user);
    this.remember(nodeId, { kind: 'User', user });
    return user;
  }

  #app(options: { id?: number; slug: string; name: string; owner: User; bot: User; privateKey?: string }): App {
    const id = options.id ?? this.nextId('app');
    const { privateKey = '' } = options;
    const publicKey = privateKey && createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
    const app: App = {
      id,
      nodeId: nodeIdOf('app', id),
      slug: options.slug,
      name: options.name,
      clientId: `Iv23li${String(id).padStart(14, '0')}`,
      owner: options.owner,
      bot: options.bot,
      privateKey,
      publicKey,
      permissions: { metadata: 'read' },
      events: [],
      webhook: null,
      hookId: this.nextId('hook'),
      createdAt: this.now(),
    };
    this.apps.set(id, app);
    this.remember(app.nodeId, { kind: 'App', app });
    return app;
  }
}

/** A new private key in the format that GitHub gives to apps: RSA, as PKCS#1 in PEM. */
export function makePrivateKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString();
}

/** The app that an actor acts through, as `performed_via_github_app` shows it. */
export function viaOf(actor: Actor): App | null {
  return actor.kind === 'user' ? null : actor.app;
}
