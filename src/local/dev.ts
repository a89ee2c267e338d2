/**
 * `swarm dev`: a GitHub in this process, a repository on it, and swarm at work there exactly as it would be on GitHub:
 * the app as a process of its own (or the workflow alone), the compiled action in real jobs, a person's label to start it
 * and a person's reviews to let it go on.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Emulator, startEmulator } from '#emulator/doors/server';
import { startRunner } from '#emulator/runner/runner';
import { Api, ApiError, inRepo } from './api.ts';
import { makeEpic } from './epic.ts';
import { Fault, messageOf } from './fault.ts';
import { withoutProxy } from './git.ts';
import { type Look, look } from './look.ts';
import { AppProcess, dice, freePort } from './orchestrator.ts';
import { openPages } from './pages.ts';
import { type PlanFile, readPlanFile } from './plan-file.ts';
import { isAcceptanceAsked, panelOf, review } from './reviewer.ts';
import { type Home, type Stage, setStage } from './stage.ts';
import { summarise } from './summary.ts';
import { type Output, Terminal } from './terminal.ts';
import { fetchBack, openUserRepository, type UserRepository } from './user-repository.ts';

export interface DevOptions {
  readonly home: Home & { readonly appProgram: string };
  /** The user's repository; undefined: the example. */
  readonly repository: string | undefined;
  readonly plan: string;
  readonly agent: readonly string[] | undefined;
  readonly door: 'app' | 'app-less';
  readonly reviews: 'by themselves' | 'at the page';
  readonly port: number;
  /** Whether the pages and the repository stay until Ctrl-C. */
  readonly afterwards: 'close' | 'stay';
  readonly kills: number;
  readonly seed: number;
  readonly jsonFile: string | undefined;
  readonly limitMinutes: number;
  readonly appLog: 'shown' | 'kept';
  readonly output: Output;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
}

/** `closed`: the epic is done. `stopped`: it is not, and why was said. */
export type Ended = 'closed' | 'stopped' | 'interrupted';

export async function dev(options: DevOptions): Promise<Ended> {
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
    throw new Fault(`The plan file ${file} cannot be opened.`, messageOf(error), 'Name an existing file with --plan.');
  });
  return readPlanFile(text, file);
}

async function run(
  options: DevOptions,
  plan: PlanFile,
  repository: UserRepository | undefined,
  scratch: string,
  closing: (() => Promise<void>)[],
): Promise<Ended> {
  const terminal = new Terminal(options.output, Date.now);
  const startedAt = Date.now();
  const emulator = await startEmulator({ dir: join(scratch, 'github') });
  closing.push(() => emulator.close());
  const runner = startRunner(emulator, { slots: SLOTS, environment: jobEnvironment(options.home) });
  closing.push(() => runner.close());
  const secret = randomBytes(24).toString('hex');
  const port = options.door === 'app' ? await freePort() : undefined;
  const stage = await setStage({
    home: options.home,
    emulator,
    scratch,
    source: repository
      ? { kind: 'repository', repository }
      : { kind: 'example', path: join(options.home.root, 'examples', 'parcel-desk') },
    agent: options.agent,
    app: port === undefined ? undefined : { url: `http://127.0.0.1:${port}/api/github/webhooks`, secret },
  });
  if (stage.asleep.length > 0) {
    terminal.say(`Not run here, because they are yours and may need the internet: ${stage.asleep.join(', ')}`);
  }
  if (stage.keys.length > 0) terminal.say(`Handed to your agent from your environment: ${stage.keys.join(', ')}`);
  const app = await startApp(options, emulator, stage, port, secret);
  if (app) closing.push(() => app.close());

  const api = new Api(emulator.url, stage.person.token);
  const epic = await makeEpic(api, stage.repo, plan);
  let seen = await look(api, stage.repo, epic.number);
  const pages = await openPages({
    port: options.port,
    repo: stage.repo,
    epic: epic.number,
    person: stage.person.login,
    api,
    seen: () => seen,
    panelOf,
    isAsked: (at) => isAcceptanceAsked(at, stage.person.login),
  });
  closing.push(() => pages.close());
  terminal.say(`Watch it at ${pages.url}`);
  terminal.say(`The repository: git clone ${stage.cloneUrl}\n`);

  const bell = new Bell();
  closing.push(async () => bell.ring());
  const stopListening = emulator.world.on(() => bell.ring());
  closing.push(async () => stopListening());
  options.signal.addEventListener('abort', () => bell.ring());
  await api.post(`${inRepo(stage.repo)}/issues/${epic.number}/labels`, { labels: ['swarm:execute'] });
  const killing = killer(options, emulator, app, terminal);
  closing.push(() => killing.stop());

  const rejections = new Map(
    Object.entries(plan.rejections).flatMap(([name, words]) => {
      const issue = epic.segments.get(name);
      return issue === undefined ? [] : [[issue, words] as const];
    }),
  );
  const reviewer = { api, repo: stage.repo, login: stage.person.login, rejections };
  const idle = (): boolean => emulator.world.repositories.values().every((each) => each.runs.every(isOver));
  let ended: Ended | undefined;
  while (!ended) {
    if (options.signal.aborted) ended = 'interrupted';
    else if (Date.now() - startedAt > options.limitMinutes * 60_000) {
      terminal.say(`Stopped: ${options.limitMinutes} minutes are over (--limit).`);
      ended = 'stopped';
    }
    if (ended) break;
    try {
      seen = await look(api, stage.repo, epic.number);
      terminal.tell(seen);
      pages.changed();
      if (seen.epic.state === 'closed') ended = 'closed';
      else if (options.reviews === 'by themselves') {
        if ((await review(reviewer, seen)) > 0) continue;
        if (idle() && bell.silentMs() > patienceMs(seen)) ended = 'stopped';
      }
      if (!ended) await bell.next();
    } catch (error) {
      // A limit, or a pull request that changed between the look and the review: the next look shows it.
      if (!(error instanceof ApiError)) throw error;
      terminal.line({ kind: 'REFUSED', text: error.message });
      await pause(3_000, options.signal);
    }
  }
  await killing.stop();
  if (ended === 'closed') {
    await settled(runner.idle(), 10_000);
    seen = await look(api, stage.repo, epic.number);
    terminal.tell(seen);
    pages.changed();
  } else terminal.say(`\n${await whyItStopped(api, stage, seen, app)}`);

  const elapsedMs = Date.now() - startedAt;
  terminal.say('');
  terminal.board(seen, elapsedMs);
  const branch =
    repository && seen.segments.some((segment) => segment.standing === 'merged')
      ? await fetchBack(repository, { url: stage.cloneUrl, branch: stage.branch }, epic.number)
      : undefined;
  terminal.say('');
  if (branch) {
    terminal.say(
      `The result is the branch ${branch} in ${repository?.path}; your working tree is as it was.\nLook at it: git log ${stage.branch}..${branch}`,
    );
  }
  const summary = summarise({
    seen,
    stage,
    emulator,
    own: api.tally,
    elapsedMs,
    kills: killing.count(),
    door: options.door,
    branch,
    page: pages.url,
  });
  if (options.jsonFile) await writeWhole(options.jsonFile, `${JSON.stringify(summary, null, 2)}\n`);
  for (const finding of [...emulator.findings, ...emulator.unimplemented].slice(0, 5)) {
    terminal.say(`The emulator answered unlike GitHub: ${JSON.stringify(finding).slice(0, 300)}`);
  }
  if (options.afterwards === 'stay' && ended !== 'interrupted') {
    terminal.say(`The page stays at ${pages.url} and the repository at ${stage.cloneUrl} until Ctrl-C.`);
    while (!options.signal.aborted) {
      if ((await bell.next()) === 'silence') continue;
      seen = await look(api, stage.repo, epic.number);
      pages.changed();
    }
  }
  return ended;
}

async function startApp(
  options: DevOptions,
  emulator: Emulator,
  stage: Stage,
  port: number | undefined,
  secret: string,
): Promise<AppProcess | undefined> {
  if (!stage.app || port === undefined) return undefined;
  const app = new AppProcess({
    program: options.home.appProgram,
    port,
    apiUrl: emulator.url,
    appId: stage.app.id,
    privateKey: stage.app.privateKey,
    secret,
    log: (line) => {
      if (options.appLog === 'shown') options.output.write(`app: ${line}\n`);
    },
  });
  await app.start();
  return app;
}

/** More jobs than processors wait for one another: an agent's job mostly waits for its model, though. */
const SLOTS = 4;

const MACHINE =
  /^(HOME|LANG|LC_ALL|TZ|TMPDIR|USER|SHELL|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|GIT_SSL_CAINFO|(https?|all|no)_proxy)$/i;

/** What a developer's machine gives a job. This checkout's tools come first: node itself, and the example's tsc and biome. */
function jobEnvironment(home: Home): Record<string, string> {
  const tools = [dirname(process.execPath), join(home.root, 'node_modules', '.bin')];
  const kept = Object.entries(process.env).filter(([name, value]) => value && MACHINE.test(name));
  return { ...Object.fromEntries(kept), ...withoutProxy(), PATH: [...tools, process.env.PATH ?? ''].join(delimiter) };
}

const isOver = (run: { readonly status: string }): boolean => run.status === 'completed';

/**
 * How long silence lasts before nothing more is expected. Where something is blocked only a person helps; otherwise swarm
 * may be waiting out an act that another orchestrator might still be at, and looks again by its own clock.
 */
const patienceMs = (seen: Look): number =>
  [seen.epic.labels, ...seen.segments.map((segment) => segment.labels)].some((labels) =>
    labels.includes('swarm:blocked'),
  )
    ? 6_000
    : 90_000;

/**
 * Kills the app at random moments, as often as asked: each time in the middle of what it does, a few of its acts after
 * the time before. An app that is at rest loses nothing.
 */
function killer(options: DevOptions, emulator: Emulator, app: AppProcess | undefined, terminal: Terminal) {
  const roll = dice(options.seed);
  const stopped = new AbortController();
  const wait = (): number => 3 + Math.floor(roll() * 25);
  let count = 0;
  let actsLeft = wait();
  let killing = Promise.resolve();
  let state: 'watching' | 'killing' = 'watching';
  const kill = async (target: AppProcess): Promise<void> => {
    await pause(roll() * 40, stopped.signal);
    if (stopped.signal.aborted) return;
    count += 1;
    terminal.line({ kind: 'KILLED', text: `the app, for the ${count}. time, and started again` });
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

const settled = (work: Promise<unknown>, mostMs: number): Promise<unknown> =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, mostMs).unref())]);

/** What swarm itself said last, on the epic and on each blocked segment. */
async function whyItStopped(api: Api, stage: Stage, seen: Look, app: AppProcess | undefined): Promise<string> {
  const said = seen.epic.comments.filter((comment) => comment.byApp && comment.body !== panelOf(seen)).at(-1);
  const panel = panelOf(seen)?.split('\n').slice(0, 4).join('\n');
  const parts = [`Epic #${seen.epic.number} is not done.`, said?.body ?? panel ?? 'Swarm said nothing.'];
  for (const segment of seen.segments.filter((each) => each.standing === 'blocked')) {
    const comments = await api.get<readonly { user: { type: string } | null; body: string }[]>(
      `${inRepo(stage.repo)}/issues/${segment.issue}/comments?per_page=100`,
    );
    const last = comments.findLast((comment) => comment.user?.type === 'Bot');
    parts.push(`#${segment.issue} ${segment.title}`, last?.body ?? 'Blocked.');
  }
  const failed = await api.get<{ workflow_runs: readonly { display_title: string }[] }>(
    `${inRepo(stage.repo)}/actions/runs?status=failure&per_page=3`,
  );
  const titles = failed.workflow_runs.map((run) => run.display_title);
  if (titles.length > 0)
    parts.push(`Runs that failed last: ${titles.join(', ')}. With --keep their logs stay to be read.`);
  if (app && app.lastLines().length > 0) parts.push(`The app said last:\n${app.lastLines().join('\n')}`);
  return parts.map((part) => part.replaceAll(/<!--[\s\S]*?-->\n?/g, '').trim()).join('\n\n');
}

/** Whoever waits for the file finds all of it or nothing; a pipe or a terminal is written to as it is. */
async function writeWhole(file: string, text: string): Promise<void> {
  const there = await stat(file).catch(() => undefined);
  if (there && !there.isFile()) return writeFile(file, text);
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}

/** Rings when something happened; many rings within a moment are one. */
class Bell {
  #rungAt = Date.now();
  #heard = true;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rungAt = Date.now();
    this.#heard = false;
    this.#wake?.();
  }

  silentMs(): number {
    return Date.now() - this.#rungAt;
  }

  /** The next ring, or a second without one. */
  async next(): Promise<'ring' | 'silence'> {
    if (this.#heard) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1_000);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = undefined;
      if (this.#heard) return 'silence';
    }
    // What happens at once is looked at together.
    await new Promise((resolve) => setTimeout(resolve, 250));
    this.#heard = true;
    return 'ring';
  }
}
