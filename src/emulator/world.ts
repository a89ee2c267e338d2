/**
 * The one class through which the emulated GitHub is changed and looked up.
 *
 * What belongs to a subject is a part of it, in a file of its own: `world.issues`, `world.pulls`, `world.reviews`, `world.refs`,
 * `world.checks`, `world.runs`, `world.tokens`. Every function that changes something takes the actor and tells what
 * happened to those who listen (webhook delivery, the workflow runner). The functions here know nothing of
 * permissions: whoever calls them (REST, GraphQL, git) has asked `Tokens` before.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Tokens } from './auth.ts';
import { type Clock, timestamp } from './clock.ts';
import { GitRepository } from './git.ts';
import { payloadOf } from './payloads.ts';
import type {
  Actions,
  Actor,
  App,
  BranchRule,
  CheckRun,
  CheckSuite,
  Comment,
  CommitStatus,
  Happening,
  Installation,
  Issue,
  Job,
  Label,
  Permissions,
  Pull,
  Reaction,
  Repository,
  Review,
  ReviewComment,
  Role,
  Run,
  TimelineEvent,
  User,
  Workflow,
  WorldEvent,
} from './state.ts';
import { Checks } from './world-checks.ts';
import { Issues } from './world-issues.ts';
import { Pulls } from './world-pulls.ts';
import { Refs } from './world-refs.ts';
import { Reviews } from './world-reviews.ts';
import { Runs } from './world-runs.ts';

/** Whatever has a global node id. Git objects and refs are not records; their ids are read back by `gitNode`. */
export type Node =
  | { readonly kind: 'User'; readonly user: User }
  | { readonly kind: 'App'; readonly app: App }
  | { readonly kind: 'Repository'; readonly repository: Repository }
  | { readonly kind: 'Label'; readonly label: Label; readonly repository: Repository }
  | { readonly kind: 'Issue'; readonly issue: Issue }
  | { readonly kind: 'PullRequest'; readonly pull: Pull }
  | { readonly kind: 'IssueComment'; readonly comment: Comment }
  | { readonly kind: 'TimelineEvent'; readonly event: TimelineEvent }
  | { readonly kind: 'Reaction'; readonly reaction: Reaction }
  | { readonly kind: 'PullRequestReview'; readonly review: Review }
  | { readonly kind: 'PullRequestReviewComment'; readonly comment: ReviewComment }
  | { readonly kind: 'CheckSuite'; readonly suite: CheckSuite }
  | { readonly kind: 'CheckRun'; readonly checkRun: CheckRun }
  | { readonly kind: 'StatusContext'; readonly status: CommitStatus }
  | { readonly kind: 'Workflow'; readonly workflow: Workflow }
  | { readonly kind: 'WorkflowRun'; readonly run: Run }
  | { readonly kind: 'Job'; readonly job: Job }
  | { readonly kind: 'Commit' | 'Tree' | 'Blob' | 'Tag'; readonly repository: Repository; readonly oid: string }
  | { readonly kind: 'Ref'; readonly repository: Repository; readonly name: string };

/** The two-letter beginnings of GitHub's node ids, and where each kind's numbers start here: apart, so that mixing
 * up an issue's id with a pull request's, or either with a number, is found out. */
const KINDS = {
  user: ['U', 1001],
  bot: ['BOT', 1001],
  organization: ['O', 1001],
  app: ['A', 501],
  installation: ['', 70001],
  repository: ['R', 800001],
  label: ['LA', 300001],
  issue: ['I', 2000001],
  pull: ['PR', 3000001],
  comment: ['IC', 4000001],
  event: ['EV', 9000001],
  edit: ['UCE', 9500001],
  reaction: ['REA', 600001],
  review: ['PRR', 5000001],
  reviewComment: ['PRRC', 5500001],
  suite: ['CS', 6000001],
  checkRun: ['CR', 7000001],
  status: ['SC', 7500001],
  workflow: ['W', 100001],
  run: ['WFR', 8000001],
  job: ['CR', 7000001],
  artifact: ['ART', 900001],
  delivery: ['', 90001],
  rule: ['', 40001],
  hook: ['', 450001],
} as const satisfies Record<string, readonly [string, number]>;

export type IdKind = keyof typeof KINDS;

const DEFAULT_LABELS = [
  ['bug', 'd73a4a', "Something isn't working"],
  ['documentation', '0075ca', 'Improvements or additions to documentation'],
  ['enhancement', 'a2eeef', 'New feature or request'],
] as const;

export interface WorldOptions {
  readonly clock: Clock;
  /** Where the bare repositories lie; must exist and be empty. */
  readonly dir: string;
}

export class World {
  readonly clock: Clock;
  readonly dir: string;
  /** Set by the server once it listens: `http://127.0.0.1:PORT`. */
  url = 'http://127.0.0.1';

  readonly users = new Map<string, User>();
  readonly usersById = new Map<number, User>();
  readonly apps = new Map<number, App>();
  readonly installations = new Map<number, Installation>();
  /** By `owner/name` in lower case. */
  readonly repositories = new Map<string, Repository>();

  readonly tokens: Tokens;
  readonly issues: Issues;
  readonly pulls: Pulls;
  readonly reviews: Reviews;
  readonly refs: Refs;
  readonly checks: Checks;
  readonly runs: Runs;
  /** The runner, once there is one. */
  actions: Actions | null = null;

  /** GitHub Actions itself is an app: its bot is the author of all that job tokens do. */
  readonly actionsApp: App;

  readonly #listeners = new Set<(event: WorldEvent) => void>();
  readonly #installListeners = new Set<(installation: Installation) => void>();
  readonly #quiet = new AsyncLocalStorage<true>();
  readonly #nodes = new Map<string, Node>();
  readonly #repositoriesById = new Map<number, Repository>();
  readonly #lastIds = new Map<number, number>();
  readonly #gits = new Map<number, Promise<GitRepository>>();
  readonly #turns = new Map<number, Promise<unknown>>();

  constructor(options: WorldOptions) {
    this.clock = options.clock;
    this.dir = options.dir;
    mkdirSync(join(this.dir, 'git'), { recursive: true });
    this.tokens = new Tokens(this);
    this.issues = new Issues(this);
    this.pulls = new Pulls(this);
    this.reviews = new Reviews(this);
    this.refs = new Refs(this);
    this.checks = new Checks(this);
    this.runs = new Runs(this);
    const github = this.#user('github', 'Organization', 9919);
    const bot = this.#user('github-actions[bot]', 'Bot', 41_898_282);
    this.actionsApp = this.#app({ id: 15_368, slug: 'github-actions', name: 'GitHub Actions', owner: github, bot });
    this.#user('ghost', 'User', 10_137);
  }

  // ── time, ids, nodes ──────────────────────────────────────────────────────────────────────────────────────────

  /** Now, as GitHub writes it: UTC with whole seconds. */
  now(): string {
    return timestamp(this.clock.now());
  }

  /** The next database id of a kind. Deterministic: the same acts give the same ids. */
  nextId(kind: IdKind): number {
    const [, first] = KINDS[kind];
    const id = (this.#lastIds.get(first) ?? first - 1) + 1;
    this.#lastIds.set(first, id);
    return id;
  }

  /** A node id in GitHub's form, which only this world can read back. */
  nodeId(kind: IdKind, id: number): string {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(id, 4);
    return `${KINDS[kind][0]}_kwDO${bytes.subarray(2).toString('base64url')}`;
  }

  /** Node id of a git object, which exists in no table. */
  gitNodeId(kind: 'Commit' | 'Tree' | 'Blob' | 'Tag' | 'Ref', repository: Repository, name: string): string {
    const prefix = { Commit: 'C', Tree: 'T', Blob: 'B', Tag: 'TA', Ref: 'REF' }[kind];
    return `${prefix}_kwDO${Buffer.from(`${repository.id}:${name}`).toString('base64url')}`;
  }

  remember(nodeId: string, node: Node): void {
    this.#nodes.set(nodeId, node);
  }

  forget(nodeId: string): void {
    this.#nodes.delete(nodeId);
  }

  /** What a node id stands for, or undefined. Says nothing about who may see it. */
  node(nodeId: string): Node | undefined {
    const known = this.#nodes.get(nodeId);
    if (known) return known;
    const match = /^(C|T|B|TA|REF)_kwDO([\w-]+)$/.exec(nodeId);
    if (!match) return undefined;
    const text = Buffer.from(match[2] ?? '', 'base64url').toString();
    const colon = text.indexOf(':');
    const repository = this.#repositoriesById.get(Number(text.slice(0, colon)));
    const name = text.slice(colon + 1);
    if (!repository) return undefined;
    if (match[1] === 'REF') return { kind: 'Ref', repository, name };
    const kinds = { C: 'Commit', T: 'Tree', B: 'Blob', TA: 'Tag' } as const;
    return { kind: kinds[match[1] as keyof typeof kinds], repository, oid: name };
  }

  // ── what happened ─────────────────────────────────────────────────────────────────────────────────────────────

  /** Listens to everything that happens and is not quiet. Returns how to stop listening. */
  on(listener: (event: WorldEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Listens to apps being installed: `installation.created` belongs to no repository. */
  onInstalled(listener: (installation: Installation) => void): () => void {
    this.#installListeners.add(listener);
    return () => {
      this.#installListeners.delete(listener);
    };
  }

  /** Changes the world as if its webhooks were lost and its workflows did not look: nobody is told. */
  quietly<T>(fn: () => T): T {
    return this.#quiet.run(true, fn);
  }

  /** For the parts: tells what happened. The payload is built now, so that it shows the world of this moment. */
  tell(actor: Actor, repository: Repository, happening: Happening): void {
    repository.updatedAt = this.now();
    if (this.#quiet.getStore()) return;
    const at = this.now();
    const event = {
      ...happening,
      repository,
      actor,
      at,
      payload: payloadOf(this, actor, repository, happening),
    } as WorldEvent;
    for (const listener of this.#listeners) listener(event);
  }

  /** One at a time per repository: for acts that read git, think, and write git. */
  async inTurn<T>(repository: Repository, act: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(repository.id) ?? Promise.resolve();
    const mine = before.then(act, act);
    this.#turns.set(
      repository.id,
      mine.catch(() => undefined),
    );
    return mine;
  }

  // ── people and apps ───────────────────────────────────────────────────────────────────────────────────────────

  /** Adds a person or an organization. Logins are unique whatever their case. */
  addUser(login: string, type: 'User' | 'Organization' = 'User', name: string | null = null): User {
    const user = this.#user(login, type, undefined);
    user.name = name;
    return user;
  }

  user(login: string): User | undefined {
    return this.users.get(login.toLowerCase());
  }

  /** The actor that a person is. Throws when there is no such person, which is a mistake of the caller. */
  as(login: string): Actor {
    const user = this.user(login);
    if (!user) throw new Error(`The emulator has no user ${login}`);
    return { kind: 'user', user };
  }

  /** Registers an app with a fresh key pair, and its bot user. */
  addApp(options: {
    readonly slug: string;
    readonly name?: string;
    readonly owner: User;
    readonly permissions: Permissions;
    readonly events: readonly string[];
    readonly webhook?: { readonly url: string; readonly secret: string };
    /** PEM; made anew where it is not given. */
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

  /** Installs an app on an account, for all its repositories or some of them. */
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

  /** The app's installation which has this repository. */
  installationOn(app: App, repository: Repository): Installation | undefined {
    for (const installation of this.installations.values()) {
      if (installation.app !== app || installation.account !== repository.owner) continue;
      if (installation.repositories === 'all' || installation.repositories.has(repository.id)) return installation;
    }
    return undefined;
  }

  // ── repositories ──────────────────────────────────────────────────────────────────────────────────────────────

  /** Creates a repository with GitHub's first labels and an empty git repository. */
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
      nodeId: this.nodeId('repository', id),
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
      labels: new Map(),
      issues: new Map(),
      lastNumber: 0,
      variables: new Map(),
      secrets: new Map(),
      merges: { merge: true, squash: true, rebase: true, autoMerge: false, deleteBranch: false },
      actionsMayApprove: true,
      defaultJobPermissions: 'read',
      rules: [],
      checkSuites: [],
      checkRuns: [],
      statuses: [],
      workflows: new Map(),
      runs: [],
      reviewComments: new Map(),
    };
    this.repositories.set(key, repository);
    this.#repositoriesById.set(id, repository);
    this.remember(repository.nodeId, { kind: 'Repository', repository });
    for (const [label, color, description] of DEFAULT_LABELS) {
      this.issues.keepLabel(repository, label, color, description, true);
    }
    await this.git(repository);
    return repository;
  }

  repository(owner: string, name: string): Repository | undefined {
    return this.repositories.get(`${owner}/${name}`.toLowerCase());
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

  gitDir(repository: Repository): string {
    return join(this.dir, 'git', repository.owner.login, `${repository.name}.git`);
  }

  addRule(repository: Repository, rule: Partial<Omit<BranchRule, 'id'>>): BranchRule {
    const whole: BranchRule = {
      branch: '~DEFAULT_BRANCH',
      pullRequest: null,
      requiredChecks: [],
      strictChecks: false,
      linearHistory: false,
      noForcePush: true,
      noDeletion: true,
      bypass: [],
      ...rule,
      id: this.nextId('rule'),
    };
    repository.rules.push(whole);
    return whole;
  }

  /** The rules that bind a branch. */
  rulesFor(repository: Repository, branch: string): BranchRule[] {
    return repository.rules.filter(
      (rule) =>
        rule.branch === '~ALL' ||
        rule.branch === branch ||
        (rule.branch === '~DEFAULT_BRANCH' && branch === repository.defaultBranch),
    );
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

  /** A person's role in a repository; a public repository can be read by everyone. */
  role(repository: Repository, user: User): Role | null {
    if (repository.owner.id === user.id) return 'admin';
    const role = repository.collaborators.get(user.id);
    if (role) return role;
    if (repository.owner.members.has(user.id)) return 'read';
    return repository.visibility === 'public' ? 'read' : null;
  }

  /** GitHub's `author_association`: how close somebody is to the repository. */
  association(repository: Repository, user: User): 'OWNER' | 'MEMBER' | 'COLLABORATOR' | 'CONTRIBUTOR' | 'NONE' {
    if (repository.owner.id === user.id) return 'OWNER';
    if (repository.owner.members.has(user.id)) return 'MEMBER';
    if (repository.collaborators.has(user.id)) return 'COLLABORATOR';
    for (const issue of repository.issues.values()) {
      if (issue.pull?.merged && issue.user.id === user.id) return 'CONTRIBUTOR';
    }
    return 'NONE';
  }

  /** Ends the git processes. */
  async close(): Promise<void> {
    for (const git of this.#gits.values()) await (await git).close();
  }

  #user(login: string, type: User['type'], fixedId: number | undefined): User {
    const key = login.toLowerCase();
    if (this.users.has(key)) throw new Error(`The emulator has a user ${login} already`);
    const kind = type === 'Bot' ? 'bot' : type === 'Organization' ? 'organization' : 'user';
    const id = fixedId ?? this.nextId(kind);
    const nodeId = this.nodeId(kind, id);
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
      nodeId: this.nodeId('app', id),
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

/** An app's private key, as GitHub makes them: RSA, in a PEM of PKCS#1. */
export function makePrivateKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString();
}

/** The app through which an actor acts, as `performed_via_github_app` shows it. */
export function viaOf(actor: Actor): App | null {
  return actor.kind === 'user' ? null : actor.app;
}
