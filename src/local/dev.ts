/**
 * `swarm dev`: an emulated GitHub in this process, with a repository, and swarm running there exactly as on GitHub: the
 * app as a separate process (or only the workflow), the compiled action in real jobs, a person's label to start it, and a
 * person's reviews.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Emulator, startEmulator } from '#emulator/doors/server';
import { startRunner } from '#emulator/runner/runner';
import { type PlanFile, readPlanFile } from '#plans/plan-file';
import { Fault, messageOf } from '#words/fault';
import { Api, ApiError, inRepo } from './api.ts';
import { AppProcess, freePort, randomNumbers } from './app-process.ts';
import { createEpic } from './create-epic.ts';
import { type EpicView, viewEpic } from './epic-view.ts';
import { withoutProxy } from './git.ts';
import { openPages } from './pages.ts';
import { isAcceptanceAsked, panelOf, review } from './reviewer.ts';
import { type Home, type Setup, setUp } from './setup.ts';
import { summarise } from './summary.ts';
import { type Output, Terminal } from './terminal.ts';
import { fetchBack, openUserRepository, type UserRepository } from './user-repository.ts';
import { pathOfMachine, wallsHere } from './walls.ts';

export interface DevOptions {
  readonly home: Home & { readonly appProgram: string };
  /** Path of the user's repository; undefined means the example. */
  readonly repository: string | undefined;
  readonly plan: string;
  readonly agent: readonly string[] | undefined;
  readonly door: 'app' | 'app-less';
  readonly reviews: 'automatic' | 'on the page';
  readonly port: number;
  /** `stay` keeps the pages and the repository until Ctrl-C. */
  readonly afterwards: 'close' | 'stay';
  readonly kills: number;
  readonly seed: number;
  readonly jsonFile: string | undefined;
  readonly limitMinutes: number;
  readonly appLog: 'shown' | 'hidden';
  readonly output: Output;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
}

/** `closed`: the epic is done. `stopped`: it is not, and the reason was printed. */
export type DevOutcome = 'closed' | 'stopped' | 'interrupted';

export async function dev(options: DevOptions): Promise<DevOutcome> {
  const plan = await readPlan(options.plan);
  const repository = options.repository === undefined ? undefined : await openUserRepository(options.repository);
  const scratch = await mkdtemp(join(tmpdir(), 'swarm-dev-'));
  const closing: (() => Promise<void>)[] = [() => rm(scratch, { recursive: true, force: true, maxRetries: 3 })];
  try {
    return await run(options, plan, repository, scratch, closing);
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

async function readPlan(file: string): Promise<PlanFile> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Fault(
      `The plan file ${file} cannot be opened.`,
      messageOf(error),
      'Give the path of an existing file with --plan.',
    );
  });
  return readPlanFile(text, file);
}

async function run(
  options: DevOptions,
  plan: PlanFile,
  repository: UserRepository | undefined,
  scratch: string,
  closing: (() => Promise<void>)[],
): Promise<DevOutcome> {
  const terminal = new Terminal(options.output, Date.now);
  const startedAt = Date.now();
  const emulator = await startEmulator({ dir: join(scratch, 'github') });
  closing.push(() => emulator.close());
  const runner = startRunner(emulator, {
    slots: SLOTS,
    environment: jobEnvironment(options.home, options.repository === undefined),
  });
  closing.push(() => runner.close());
  const secret = randomBytes(24).toString('hex');
  const port = options.door === 'app' ? await freePort() : undefined;
  const setup = await setUp({
    home: options.home,
    emulator,
    scratch,
    source: repository
      ? { kind: 'repository', repository }
      : { kind: 'example', path: join(options.home.root, 'examples', 'parcel-desk') },
    agent: options.agent,
    app: port === undefined ? undefined : { url: `http://127.0.0.1:${port}/api/github/webhooks`, secret },
  });
  if (setup.disabledWorkflows.length > 0) {
    terminal.say(
      `Your own workflows are disabled here, because they may need the internet: ${setup.disabledWorkflows.join(', ')}`,
    );
  }
  const walls = await wallsHere([scratch]);
  terminal.say(
    walls
      ? `Agents and gates run behind walls (${walls}).`
      : 'This machine has no walls, because bubblewrap is missing or not allowed to create namespaces. Agents and gates can reach everything that your user can.',
  );
  if (setup.apiKeys.length > 0) terminal.say(`Passed to your agent from your environment: ${setup.apiKeys.join(', ')}`);
  const app = await startApp(options, emulator, setup, port, secret);
  if (app) closing.push(() => app.close());

  const api = new Api(emulator.url, setup.person.token);
  const epic = await createEpic(api, setup.repo, plan);
  let view = await viewEpic(api, setup.repo, epic.number);
  const pages = await openPages({
    port: options.port,
    repo: setup.repo,
    epic: epic.number,
    person: setup.person.login,
    api,
    view: () => view,
    panelOf,
    isAcceptanceAsked: (latest) => isAcceptanceAsked(latest, setup.person.login),
  });
  closing.push(() => pages.close());
  terminal.say(`Watch the epic at ${pages.url}`);
  terminal.say(`Clone the repository with: git clone ${setup.cloneUrl}\n`);

  const changes = new ChangeSignal();
  closing.push(async () => changes.notify());
  const stopListening = emulator.world.on(() => changes.notify());
  closing.push(async () => stopListening());
  options.signal.addEventListener('abort', () => changes.notify());
  await api.post(`${inRepo(setup.repo)}/issues/${epic.number}/labels`, { labels: ['swarm:execute'] });
  const killing = startKiller(options, emulator, app, terminal);
  closing.push(() => killing.stop());

  const rejections = new Map(
    Object.entries(plan.rejections).flatMap(([name, reason]) => {
      const issue = epic.segments.get(name);
      return issue === undefined ? [] : [[issue, reason] as const];
    }),
  );
  const reviewer = { api, repo: setup.repo, login: setup.person.login, rejections };
  const idle = (): boolean => emulator.world.repositories.values().every(({ runs }) => runs.every(isOver));
  let ended: DevOutcome | undefined;
  while (!ended) {
    if (options.signal.aborted) ended = 'interrupted';
    else if (Date.now() - startedAt > options.limitMinutes * 60_000) {
      terminal.say(`Stopped after ${options.limitMinutes} minutes (--limit).`);
      ended = 'stopped';
    }
    if (ended) break;
    try {
      view = await viewEpic(api, setup.repo, epic.number);
      terminal.report(view);
      pages.changed();
      if (view.epic.state === 'closed') ended = 'closed';
      else if (options.reviews === 'automatic') {
        if ((await review(reviewer, view)) > 0) continue;
        if (idle() && changes.quietMs() > patienceMs(view)) ended = 'stopped';
      }
      if (!ended) await changes.next();
    } catch (error) {
      // A rate limit, or a pull request that changed before the review. The next look shows it.
      if (!(error instanceof ApiError)) throw error;
      terminal.line({ kind: 'REFUSED', text: error.message });
      await pause(3_000, options.signal);
    }
  }
  await killing.stop();
  if (ended === 'closed') {
    await settledWithin(runner.idle(), 10_000);
    view = await viewEpic(api, setup.repo, epic.number);
    terminal.report(view);
    pages.changed();
  } else terminal.say(`\n${await explainStop(api, setup, view, app)}`);

  const elapsedMs = Date.now() - startedAt;
  terminal.say('');
  terminal.board(view, elapsedMs);
  const branch =
    repository && view.segments.some((segment) => segment.state === 'merged')
      ? await fetchBack(repository, { url: setup.cloneUrl, branch: setup.branch }, epic.number)
      : undefined;
  terminal.say('');
  if (branch) {
    terminal.say(
      `The result is on branch ${branch} in ${repository?.path}. Your working tree is unchanged.\nTo see it: git log ${setup.branch}..${branch}`,
    );
  }
  const summary = summarise({
    view,
    names: epic.segments,
    setup,
    emulator,
    ownCalls: api.calls,
    elapsedMs,
    kills: killing.count(),
    door: options.door,
    branch,
    page: pages.url,
  });
  if (options.jsonFile) await writeAtomically(options.jsonFile, `${JSON.stringify(summary, null, 2)}\n`);
  for (const finding of [...emulator.findings, ...emulator.unimplemented].slice(0, 5)) {
    terminal.say(`An answer of the emulator differs from GitHub's API: ${JSON.stringify(finding).slice(0, 300)}`);
  }
  if (options.afterwards === 'stay' && ended !== 'interrupted') {
    terminal.say(`The pages stay at ${pages.url} and the repository at ${setup.cloneUrl} until you press Ctrl-C.`);
    while (!options.signal.aborted) {
      if ((await changes.next()) === 'quiet') continue;
      view = await viewEpic(api, setup.repo, epic.number);
      pages.changed();
    }
  }
  return ended;
}

async function startApp(
  options: DevOptions,
  emulator: Emulator,
  setup: Setup,
  port: number | undefined,
  secret: string,
): Promise<AppProcess | undefined> {
  if (!setup.app || port === undefined) return undefined;
  const app = new AppProcess({
    program: options.home.appProgram,
    port,
    apiUrl: emulator.url,
    appId: setup.app.id,
    privateKey: setup.app.privateKey,
    secret,
    log: (line) => {
      if (options.appLog === 'shown') options.output.write(`app: ${line}\n`);
    },
  });
  await app.start();
  return app;
}

/** Jobs that run at once. More than there are processors, because an agent's job mostly waits for its model. */
const SLOTS = 4;

const MACHINE =
  /^(HOME|LANG|LC_ALL|TZ|TMPDIR|USER|SHELL|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|(REQUESTS|CURL)_CA_BUNDLE|PIP_CERT|GIT_SSL_CAINFO|(https?|all|no)_proxy)$/i;

/**
 * A job gets the environment of a developer's machine, with this node first. As on GitHub, a repository has the tools that it
 * installs. Only the example has this checkout's, because it installs nothing. On a machine without walls it runs anyway.
 */
export function jobEnvironment(
  home: Home,
  isExample: boolean,
  machine: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const tools = [dirname(process.execPath), ...(isExample ? [join(home.root, 'node_modules', '.bin')] : [])];
  const kept = Object.entries(machine).filter(([name, value]) => value && MACHINE.test(name));
  const PATH = [...tools, ...pathOfMachine(machine.PATH)].join(delimiter);
  return { ...Object.fromEntries(kept), ...withoutProxy(), PATH, SWARM_ISOLATION: 'best' };
}

const isOver = (run: { readonly status: string }): boolean => run.status === 'completed';

/**
 * How long to wait without any change before giving up. If something is blocked, only a person can help. Otherwise swarm
 * may be waiting for an act that another orchestrator could still be performing, and its clock makes it look again.
 */
const patienceMs = (view: EpicView): number =>
  [view.epic.labels, ...view.segments.map((segment) => segment.labels)].some((labels) =>
    labels.includes('swarm:blocked'),
  )
    ? 6_000
    : 90_000;

/**
 * Kills the app at random moments, as often as requested: each time while it is working, a few of its acts after the last
 * kill. Killing an idle app would prove nothing.
 */
function startKiller(options: DevOptions, emulator: Emulator, app: AppProcess | undefined, terminal: Terminal) {
  const random = randomNumbers(options.seed);
  const stopped = new AbortController();
  const wait = (): number => 3 + Math.floor(random() * 25);
  let count = 0;
  let actsLeft = wait();
  let killing = Promise.resolve();
  let state: 'watching' | 'killing' = 'watching';
  const kill = async (target: AppProcess): Promise<void> => {
    await pause(random() * 40, stopped.signal);
    if (stopped.signal.aborted) return;
    count += 1;
    terminal.line({ kind: 'KILLED', text: `the app (${count} of ${options.kills}); it restarts` });
    await target.killAndRestart();
    actsLeft = wait();
    state = 'watching';
  };
  const stopWatching = emulator.world.on(({ actor }) => {
    if (!app || actor.kind !== 'app' || state === 'killing' || count >= options.kills || --actsLeft > 0) return;
    state = 'killing';
    killing = kill(app);
  });
  return {
    count: () => count,
    stop: async () => {
      stopWatching();
      stopped.abort();
      await killing;
    },
  };
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

const settledWithin = (work: Promise<unknown>, mostMs: number): Promise<unknown> =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, mostMs).unref())]);

/** Swarm's latest comments on the epic and on each blocked segment, and the latest failures. */
async function explainStop(api: Api, setup: Setup, view: EpicView, app: AppProcess | undefined): Promise<string> {
  const comment = view.epic.comments.findLast(({ byApp, body }) => byApp && body !== panelOf(view));
  const panel = panelOf(view)?.split('\n').slice(0, 4).join('\n');
  const parts = [`Epic #${view.epic.number} is not done.`, comment?.body ?? panel ?? 'Swarm reported nothing.'];
  for (const segment of view.segments.filter(({ state }) => state === 'blocked')) {
    const comments = await api.list<{ user: { type: string } | null; body: string }>(
      `${inRepo(setup.repo)}/issues/${segment.issue}/comments`,
    );
    const last = comments.findLast((comment) => comment.user?.type === 'Bot');
    parts.push(`#${segment.issue} ${segment.title}`, last?.body ?? 'Blocked.');
  }
  const failed = await api.list<{ display_title: string }>(
    `${inRepo(setup.repo)}/actions/runs?status=failure`,
    'workflow_runs',
  );
  const titles = failed.slice(0, 3).map((run) => run.display_title);
  if (titles.length > 0) parts.push(`Latest failed runs: ${titles.join(', ')}. Use --keep to keep their logs.`);
  if (app && app.lastLines().length > 0) parts.push(`The last lines of the app's log:\n${app.lastLines().join('\n')}`);
  return parts.map((part) => part.replaceAll(/<!--[\s\S]*?-->\n?/g, '').trim()).join('\n\n');
}

/** Writes a file so that a reader finds all of it or nothing. A pipe or a terminal is written to directly. */
async function writeAtomically(file: string, text: string): Promise<void> {
  const existing = await stat(file).catch(() => undefined);
  if (existing && !existing.isFile()) return writeFile(file, text);
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}

/** Says when something changed. Changes that come quickly one after another count as one. */
class ChangeSignal {
  #changedAt = Date.now();
  #handled = true;
  #wake: (() => void) | undefined;

  notify(): void {
    this.#changedAt = Date.now();
    this.#handled = false;
    this.#wake?.();
  }

  quietMs(): number {
    return Date.now() - this.#changedAt;
  }

  /** Waits for the next change, for at most a second. */
  async next(): Promise<'changed' | 'quiet'> {
    if (this.#handled) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1_000);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = undefined;
      if (this.#handled) return 'quiet';
    }
    // Collects changes that belong together.
    await new Promise((resolve) => setTimeout(resolve, 250));
    this.#handled = true;
    return 'changed';
  }
}
