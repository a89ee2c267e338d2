/**
 * The stage of a story: a GitHub with one repository and its people, swarm's real app, and a clock that stands still until
 * the story lets time pass.
 *
 * A step is over when nothing is under way any more: no webhook, no reconcile, no job. Nothing here sleeps.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parse, stringify } from 'yaml';
import { type App, startApp, WEBHOOK_PATH } from '../../src/app/server.ts';
import { ALL_WORKFLOWS, pinned, WORKFLOWS, WORKFLOWS_FOLDER } from '../../src/core/text/pin.ts';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import { type VirtualClock, virtualClock } from '../../src/emulator/model/clock.ts';
import type { Flavour } from '../../src/emulator/model/flavour.ts';
import { LAGS, type Lag } from '../../src/emulator/model/lag.ts';
import type { Installation, App as Registered, Repository, Role } from '../../src/emulator/model/records.ts';
import { type Runner, startRunner } from '../../src/emulator/runner/runner.ts';
import { makePrivateKey } from '../../src/emulator/world/base.ts';
import type { World } from '../../src/emulator/world/world.ts';
import { LIMITS_MS, WAIT_MS } from '../limits.ts';
import { PlayedRunner } from './played-runner.ts';
import './lean.ts';
import { within } from './wait.ts';
import { WithoutApp } from './without-app.ts';

/** How webhooks reach swarm. A story must end the same in each telling. */
export const TELLINGS = ['on time', 'twice and shuffled', 'only the clock'] as const;
/** Tellings of a command of their own, `npm run test:late`: all reads lag behind writes, or one kind of them. */
export const LATE = {
  all: 'reading late',
  rest: 'reading REST late',
  graphql: 'reading GraphQL late',
  refs: 'reading refs late',
  mergeable: 'learning late if it can merge',
} as const satisfies Record<'all' | 'mergeable' | Lag, string>;
export type Late = keyof typeof LATE;
export type Telling = (typeof TELLINGS)[number] | (typeof LATE)[Late];

const lateIn = (telling: Telling): Late | undefined =>
  (Object.keys(LATE) as Late[]).find((kind) => LATE[kind] === telling);

export const PEOPLE = {
  ana: 'admin',
  bob: 'write',
  tim: 'triage',
  rita: 'read',
  eve: undefined,
} as const satisfies Record<string, Role | undefined>;
export type Login = keyof typeof PEOPLE;

const ROOT = join(import.meta.dirname, '..', '..');
const SECRET = 'the secret of a story, long enough';
/** One for all stories: making a key takes longer than a step. */
const PRIVATE_KEY = makePrivateKey();
const OWNER = 'harbour';
export const REPOSITORY = { owner: OWNER, name: 'shop' } as const;

/** Each step takes this long in the story's world, so that a later event has a later time. */
const STEP_MS = 1_000;
const LATE_CHANCE = 0.5;
/** A step in which swarm acts more often than this never ends. */
const MOST_ROUNDS = 60;

const manifest = parse(readFileSync(join(ROOT, 'app.yml'), 'utf8')) as {
  name: string;
  default_permissions: Record<string, 'read' | 'write'>;
  default_events: string[];
};
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const workflow = (name: string, commit: string): string => {
  const text = pinned(readFileSync(join(ROOT, '.github', 'workflows', name), 'utf8'), { commit, version });
  if (text === undefined) throw new Error(`${commit} and ${version} are not the names of a release.`);
  return text;
};

/** Defaults of every story's config: an agent, and a gate that applies. The check of the base has stories of its own. */
export const BASICS = {
  agent: { command: ['node', 'agent.mjs'] },
  baseline: 'off',
  gates: { tests: { run: ['npm', 'test'] } },
} as const;

/** How swarm gets to work: by its app, or by the repository's workflows alone. */
export type Door = 'app' | 'app-less';

/** Jobs of swarm's runs are played by the story, or really run: the emulator's runner, the compiled action, real agents. */
export type Runs = 'played' | 'real';

export interface StageOptions {
  readonly seed?: number;
  readonly runs?: Runs;
  readonly door?: Door;
  /** Workflows that nobody installed. */
  readonly missing?: readonly string[];
  /** Files of the repository in addition to swarm's own. */
  readonly files?: Readonly<Record<string, string>>;
  /** The GitHub that the story happens on. The default is github.com. */
  readonly flavour?: Flavour | undefined;
}

export class Stage {
  readonly telling: Telling;
  readonly clock: VirtualClock;
  readonly emulator: Emulator;
  readonly world: World;
  readonly repository: Repository;
  readonly registered: Registered;
  readonly installation: Installation;
  readonly played: PlayedRunner;
  /** The log of every app of the story. */
  readonly log: string[] = [];
  /** Checks of the rig after each step. */
  readonly afterEachStep: (() => Promise<void> | void)[] = [];
  readonly #dir: string;
  readonly #apps: App[] = [];
  #runner: Runner | undefined;
  readonly #closers: (() => Promise<void>)[] = [];
  #closing: Promise<void> | undefined;
  #happened = 0;

  private constructor(parts: {
    telling: Telling;
    clock: VirtualClock;
    emulator: Emulator;
    repository: Repository;
    registered: Registered;
    installation: Installation;
    dir: string;
  }) {
    this.telling = parts.telling;
    this.clock = parts.clock;
    this.emulator = parts.emulator;
    this.world = parts.emulator.world;
    this.repository = parts.repository;
    this.registered = parts.registered;
    this.installation = parts.installation;
    this.#dir = parts.dir;
    this.world.on(() => {
      this.#happened += 1;
    });
    this.played = new PlayedRunner(this);
  }

  static async open(telling: Telling, options: StageOptions = {}): Promise<Stage> {
    const { seed = 1, runs = 'played', door = 'app', missing = [], files = {}, flavour } = options;
    const dir = mkdtempSync(join(tmpdir(), 'swarm-story-'));
    const clock = virtualClock();
    const emulator = await startEmulator({ clock, seed, dir, flavour });
    const { world } = emulator;
    const owner = world.addUser(OWNER, 'Organization', 'Harbour');
    const repository = await world.addRepository(owner, REPOSITORY.name, { visibility: 'public' });
    for (const [login, role] of Object.entries(PEOPLE)) {
      const user = world.addUser(login);
      if (role) repository.collaborators.set(user.id, role);
    }
    const registered = world.addApp({
      slug: manifest.name,
      owner,
      permissions: manifest.default_permissions,
      events: manifest.default_events,
      privateKey: PRIVATE_KEY,
    });
    const installation = world.install(registered, owner, [repository]);
    if (door === 'app') world.setVariable(repository, 'SWARM_APP', 'true');
    world.runs.workflow(repository, '.github/workflows/swarm.yml', 'swarm');
    const stage = new Stage({ telling, clock, emulator, repository, registered, installation, dir });
    const release = runs === 'real' ? await stage.#publishAction() : '1'.repeat(40);
    const workflows = (door === 'app' ? WORKFLOWS : ALL_WORKFLOWS).filter((name) => !missing.includes(name));
    await stage.commit('ana', {
      ...Object.fromEntries(workflows.map((name) => [`${WORKFLOWS_FOLDER}/${name}`, workflow(name, release)])),
      '.github/swarm.yml': stringify(BASICS),
      'README.md': '# Shop\n',
      ...files,
    });
    if (runs === 'real') await stage.#startRunner();
    else world.actions = stage.played;
    stage.#deliver();
    if (door === 'app-less') {
      for (const name of workflows) world.runs.workflow(repository, `${WORKFLOWS_FOLDER}/${name}`, name);
      const without = new WithoutApp(stage);
      stage.whenClosed(async () => without.close());
    }
    return stage;
  }

  /** Users' workflows name the action by a commit of its makers' repository, so there has to be one. */
  async #publishAction(): Promise<string> {
    const { world } = this;
    const makers = world.addUser('swarm-engineering', 'Organization');
    const action = await world.addRepository(makers, 'swarm', { visibility: 'public' });
    const git = await world.git(action);
    const built = readdirSync(join(ROOT, 'dist'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
    const files = ['action.yml', 'package.json', ...built].map(
      (path) => [path, readFileSync(join(ROOT, path))] as const,
    );
    const author = { name: 'makers', email: 'makers@swarm.example', date: world.now() };
    const oid = await git.seed(Object.fromEntries(files), { branch: 'main', message: 'chore: release', author });
    await git.updateRefs([{ name: `refs/tags/v${version}`, before: null, after: oid }]);
    return oid;
  }

  async #startRunner(): Promise<void> {
    const { world } = this;
    this.#runner = startRunner(
      { world },
      { slots: 2, environment: { PATH: `${dirname(process.execPath)}:/usr/bin:/bin` } },
    );
    await this.#runner.refresh(this.repository);
  }

  #deliver(): void {
    const { deliveries } = this.emulator;
    const { telling } = this;
    deliveries.mode = telling === 'only the clock' ? 'none' : telling === 'twice and shuffled' ? telling : 'on time';
    const late = lateIn(telling);
    for (const lag of LAGS) if (late === 'all' || late === lag) this.emulator.lags.chance[lag] = LATE_CHANCE;
    if (late === 'all' || late === 'mergeable') this.world.merges.computing = 'when asked';
  }

  /** As clients of this GitHub name it. */
  get apiUrl(): string {
    const { flavour, url } = this.world;
    return flavour === 'github.com' ? url : `${url}/api/v3`;
  }

  // ── swarm ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  get apps(): readonly App[] {
    return this.#apps;
  }

  /** Starts one more app. Webhooks go only to the latest. */
  async startApp(apiUrl: string = this.apiUrl): Promise<App> {
    this.#needsOpen();
    const app = await startApp({
      appId: String(this.registered.id),
      privateKey: this.registered.privateKey,
      webhookSecret: SECRET,
      apiUrl,
      port: 0,
      host: '127.0.0.1',
      clock: this.clock,
      sweepMs: 0,
      log: (line) => this.log.push(line),
    });
    // The stage may have been closed meanwhile.
    if (this.#closing) await app.close();
    this.#needsOpen();
    this.#apps.push(app);
    this.registered.webhook = { url: `${app.url}${WEBHOOK_PATH}`, secret: SECRET };
    return app;
  }

  /** Stops every app. Webhooks then fail. */
  async stopApps(): Promise<void> {
    const apps = this.#apps.splice(0);
    await Promise.all(apps.map((app) => app.close()));
  }

  isSwarm = (login: string): boolean =>
    login === this.registered.bot.login || login === this.world.actionsApp.bot.login;

  // ── steps ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Performs an act and waits for everything that follows from it. */
  async step<Result>(act: () => Promise<Result> | Result): Promise<Result> {
    await this.pass(STEP_MS);
    const result = await act();
    await this.settle();
    // A GHES has no webhook for some events, so that only the clock tells of them.
    if (this.telling === 'only the clock' || this.world.flavour !== 'github.com') await this.sweep();
    if (lateIn(this.telling)) await this.#sweepUntilSeen();
    await this.#look();
    return result;
  }

  /** Lets time pass in pieces, each followed by the app's sweep. */
  async timePasses(ms: number): Promise<void> {
    for (let left = ms; left > 0; ) {
      const piece = Math.min(left, Math.max(30_000, Math.ceil(ms / 8)));
      await this.pass(piece);
      await this.settle();
      await this.sweep();
      left -= piece;
    }
    await this.#look();
  }

  /** Resolves when nothing is under way any more. */
  async settle(): Promise<void> {
    const limits = {
      mostMs: this.#runner ? LIMITS_MS.epic - WAIT_MS : WAIT_MS,
      state: () => this.log.slice(-5).join('\n'),
    };
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const before = this.#activity();
      await within('every webhook to be answered', this.emulator.deliveries.idle(), limits);
      await within('the app to come to rest', Promise.all(this.#apps.map((app) => app.idle())), limits);
      await within('the jobs to come to rest', this.played.idle(), limits);
      if (this.#runner) await within('the runner to come to rest', this.#runner.idle(), limits);
      if (this.#activity() === before) return;
    }
    throw new Error(`The step is not over after ${MOST_ROUNDS} rounds.\n${this.log.slice(-5).join('\n')}`);
  }

  /** Sweeps, as the app does every minute, until a sweep finds nothing to do. */
  async sweep(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const before = this.emulator.calls.writes + this.#happened;
      await Promise.all(this.#apps.map((app) => app.sweep()));
      await this.settle();
      if (this.emulator.calls.writes + this.#happened === before) return;
    }
    throw new Error(`Each sweep finds something more to do.\n${this.log.slice(-5).join('\n')}`);
  }

  /** A change is late at most once for a call, so what one sweep does not see yet, a later one does. */
  async #sweepUntilSeen(): Promise<void> {
    const late = (): number => this.emulator.lags.late.length + this.world.merges.unknowns;
    let before: number;
    do {
      before = late();
      await this.sweep();
    } while (late() > before);
  }

  async pass(ms: number): Promise<void> {
    this.#needsOpen();
    await this.clock.advance(ms);
  }

  /** Stops a story that ran out of time at its next step. */
  #needsOpen(): void {
    if (this.#closing) throw new Error('The story is over; nothing can happen on its stage.');
  }

  async #look(): Promise<void> {
    for (const look of this.afterEachStep) await look();
  }

  #activity(): number {
    const { calls } = this.emulator;
    return this.#happened + calls.reads + calls.writes;
  }

  // ── the repository ────────────────────────────────────────────────────────────────────────────────────────────────

  /** Commits to a branch in a person's name and sends the events of a push. */
  async commit(login: string, files: Readonly<Record<string, string>>, branch = 'main'): Promise<string> {
    const git = await this.world.git(this.repository);
    const name = `refs/heads/${branch}`;
    const before = await git.readRef(name);
    const author = { name: login, email: `${login}@harbour.example`, date: this.world.now() };
    const after = await git.seed(files, { branch, message: `chore: change ${Object.keys(files).join(', ')}`, author });
    await this.world.refs.changed(this.world.as(login), this.repository, [{ name, before, after }]);
    return after;
  }

  /** Has something closed with the stage. */
  whenClosed(close: () => Promise<void>): void {
    this.#closers.push(close);
  }

  /** Ends everything on this stage, even in the middle of a step. Further calls wait for the same end. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    // All at once: calls under way end because the emulator closes their connections.
    await Promise.all([
      this.stopApps(),
      this.played.close(),
      this.#runner?.close(),
      this.emulator.close(),
      ...this.#closers.map((close) => close()),
    ]);
    rmSync(this.#dir, { recursive: true, force: true, maxRetries: 3 });
  }
}
