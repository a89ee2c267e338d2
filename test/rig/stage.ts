/**
 * What a story happens on: a GitHub with one repository and its people, swarm's real app listening to it, time that
 * stands still until the story lets it pass, and a rule for when a step is over.
 *
 * A step is over when nothing is under way any more: no webhook, no look of the app, no job. Nothing here sleeps.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parse, stringify } from 'yaml';
import { type App, startApp, WEBHOOK_PATH } from '../../src/app/server.ts';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import { type VirtualClock, virtualClock } from '../../src/emulator/model/clock.ts';
import type { Installation, App as Registered, Repository, Role } from '../../src/emulator/model/records.ts';
import { type Runner, startRunner } from '../../src/emulator/runner/runner.ts';
import { makePrivateKey } from '../../src/emulator/world/base.ts';
import type { World } from '../../src/emulator/world/world.ts';
import { LIMITS_MS, WAIT_MS } from '../limits.ts';
import { Floor } from './floor.ts';
import './lean.ts';
import { within } from './wait.ts';

/** How the news of the world reaches swarm. A story must end the same whichever it is. */
export const TELLINGS = ['on time', 'twice and shuffled', 'only the clock'] as const;
export type Telling = (typeof TELLINGS)[number];

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
/** One for all stories: making one costs more than many a story's step. */
const PRIVATE_KEY = makePrivateKey();
const OWNER = 'harbour';
export const REPOSITORY = { owner: OWNER, name: 'shop' } as const;

/** Each step takes this long in the story's world, so that what comes later also says so. */
const STEP_MS = 1_000;
/** A step in which swarm acts more often than this will never be over. */
const MOST_ROUNDS = 60;

const manifest = parse(readFileSync(join(ROOT, 'app.yml'), 'utf8')) as {
  name: string;
  default_permissions: Record<string, 'read' | 'write'>;
  default_events: string[];
};
const workflow = (name: string): string => readFileSync(join(ROOT, '.github', 'workflows', name), 'utf8');

/** What every story's config says besides its own: who the agent is, and a gate that applies. */
export const BASICS = {
  agent: { command: ['node', 'agent.mjs'] },
  gates: { tests: { run: ['npm', 'test'] } },
} as const;

/** Who plays the jobs of swarm's runs: the story, or the emulator's runner with the compiled action and a real agent. */
export type Runs = 'played' | 'real';

export interface StageOptions {
  readonly seed?: number;
  readonly runs?: Runs;
  /** What the repository has besides swarm's own files. */
  readonly files?: Readonly<Record<string, string>>;
}

export class Stage {
  readonly telling: Telling;
  readonly clock: VirtualClock;
  readonly emulator: Emulator;
  readonly world: World;
  readonly repository: Repository;
  readonly registered: Registered;
  readonly installation: Installation;
  readonly floor: Floor;
  /** What the app logged, all of its lives. */
  readonly log: string[] = [];
  /** What only a harness can see going wrong: told at the story's end. */
  readonly broken: string[] = [];
  /** Looks of the rig itself after each step, for what must hold at any time. */
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
    this.floor = new Floor(this);
  }

  static async open(telling: Telling, { seed = 1, runs = 'played', files = {} }: StageOptions = {}): Promise<Stage> {
    const dir = mkdtempSync(join(tmpdir(), 'swarm-story-'));
    const clock = virtualClock();
    const emulator = await startEmulator({ clock, seed, dir });
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
    world.setVariable(repository, 'SWARM_APP', 'true');
    world.runs.workflow(repository, '.github/workflows/swarm.yml', 'swarm');
    const stage = new Stage({ telling, clock, emulator, repository, registered, installation, dir });
    await stage.commit('ana', {
      '.github/workflows/swarm.yml': workflow('swarm.yml'),
      '.github/workflows/segment.yml': workflow('segment.yml'),
      '.github/swarm.yml': stringify(BASICS),
      'README.md': '# Shop\n',
      ...files,
    });
    if (runs === 'real') await stage.#startRunner();
    else world.actions = stage.floor;
    stage.#deliver();
    return stage;
  }

  /** The runner finds the action where users' workflows name it: in the repository of its makers. */
  async #startRunner(): Promise<void> {
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
    await git.updateRefs([{ name: 'refs/tags/v1', before: null, after: oid }]);
    this.#runner = startRunner(
      { world },
      { slots: 2, environment: { PATH: `${dirname(process.execPath)}:/usr/bin:/bin` } },
    );
    await this.#runner.refresh(this.repository);
  }

  #deliver(): void {
    const { deliveries } = this.emulator;
    deliveries.mode = this.telling === 'only the clock' ? 'none' : this.telling;
  }

  // ── swarm ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  get apps(): readonly App[] {
    return this.#apps;
  }

  /** Starts one more app; webhooks go to the latest one, as behind a load balancer that has forgotten the others. */
  async startApp(apiUrl: string = this.emulator.url): Promise<App> {
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
    this.#apps.push(app);
    this.registered.webhook = { url: `${app.url}${WEBHOOK_PATH}`, secret: SECRET };
    return app;
  }

  /** Everything the app does not do any more; its webhooks find nobody. */
  async stopApps(): Promise<void> {
    const apps = this.#apps.splice(0);
    await Promise.all(apps.map((app) => app.close()));
  }

  isSwarm = (login: string): boolean =>
    login === this.registered.bot.login || login === this.world.actionsApp.bot.login;

  // ── steps ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Something happens, and everything that follows from it. */
  async step<Result>(act: () => Promise<Result> | Result): Promise<Result> {
    await this.pass(STEP_MS);
    const result = await act();
    await this.settle();
    if (this.telling === 'only the clock') await this.sweep();
    await this.#look();
    return result;
  }

  /** Lets time pass in pieces, each with the sweep that the app's clock would have made. */
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

  /** Until nothing is under way any more. */
  async settle(): Promise<void> {
    const limits = {
      mostMs: this.#runner ? LIMITS_MS.epic - WAIT_MS : WAIT_MS,
      state: () => this.log.slice(-5).join('\n'),
    };
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const before = this.#activity();
      await within('every webhook to be answered', this.emulator.deliveries.idle(), limits);
      await within('the app to come to rest', Promise.all(this.#apps.map((app) => app.idle())), limits);
      await within('the jobs to come to rest', this.floor.idle(), limits);
      if (this.#runner) await within('the runner to come to rest', this.#runner.idle(), limits);
      if (this.#activity() === before) return;
    }
    throw new Error(`The step is not over after ${MOST_ROUNDS} rounds.\n${this.log.slice(-5).join('\n')}`);
  }

  /** What the app's clock does each minute, until it finds nothing to do. */
  async sweep(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const before = this.emulator.calls.writes + this.#happened;
      await Promise.all(this.#apps.map((app) => app.sweep()));
      await this.settle();
      if (this.emulator.calls.writes + this.#happened === before) return;
    }
    throw new Error(`Sweeps go on finding something to do.\n${this.log.slice(-5).join('\n')}`);
  }

  async pass(ms: number): Promise<void> {
    this.#needsOpen();
    await this.clock.advance(ms);
  }

  /** A story that ran out of time goes no further than its next step. */
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

  /** Commits to a branch in a person's name and tells the world, as a push does. */
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

  /** Ends everything that happens here, also in the middle of it. Asked again, waits for the same end. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    // All at once: a call under way in one of them ends because the emulator hangs up.
    await Promise.all([
      this.stopApps(),
      this.floor.close(),
      this.#runner?.close(),
      this.emulator.close(),
      ...this.#closers.map((close) => close()),
    ]);
    rmSync(this.#dir, { recursive: true, force: true, maxRetries: 3 });
  }
}
