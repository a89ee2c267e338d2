/**
 * Processes that run tests with a mutant on. Each is a vitest of its own, which loads the tests once and then runs what it is
 * asked for. One that hangs is killed and replaced.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './mutants.ts';
import { Connection, type Killer, type Reply, type Request, type TestId, type Turn } from './switch.ts';

export interface Setting {
  /** The root of the repository that holds the mutants and the tests. */
  readonly root: string;
  /** Paths of test files, relative to it. */
  readonly tests: readonly string[];
  /** A mutant's number is its index plus 1. */
  readonly mutants: readonly Mutant[];
  readonly workers: number;
  /** Whether property tests make all of their runs, and stress tests run, too. */
  readonly slow: boolean;
  readonly say: (line: string) => void;
}

/** What the processes read: mutants by number, and the files that they are in. */
export interface Wanted {
  readonly mutants: readonly (readonly [number, Mutant])[];
  readonly sources: Readonly<Record<string, string>>;
}

export type Verdict =
  | {
      readonly kind: 'killed' | 'timeout';
      readonly by: TestId | undefined;
      readonly error: string;
      readonly ms: number;
    }
  /** No test that comes by it fails. */
  | { readonly kind: 'survived' }
  /** No test comes by it. */
  | { readonly kind: 'uncovered' };

/** Raised where there is nothing to measure: the tests fail without any mutant. */
export class Unfit extends Error {}

/** How often a process may be asked to load the tests before a new one takes its place. */
const HOSTS = 100;
/**
 * A test whose loops turn more often is left out, unless no other comes by the mutant. Turns are counted, not seconds: the
 * same tests run on every machine, and the same seed gives the same score.
 */
const SLOW_TICKS = 50_000_000;
/** A mutant that is on while the tests load is hunted by all that turn less, since what they come by is not known. */
const QUICK_TICKS = 1_000_000;
const SPARE_MS = 30_000;
const NO_LIMIT = 1e15;

interface Dry {
  readonly test: number;
  readonly ms: number;
  readonly ticks: number;
  readonly hits: ReadonlySet<number>;
}

const limitOf = (ticks: number): number => 20 * ticks + 1_000_000;

/** A process, and its turn at the moment. */
class Worker {
  readonly #setting: Setting;
  readonly #directory: string;
  readonly #socketPath: string;
  readonly #server: Server;
  readonly #sockets: Socket[] = [];
  #arrived: (() => void) | undefined;
  #child: ChildProcess | undefined;
  #ended: Promise<'ended'> = Promise.resolve('ended');
  #output = '';
  #connection: Connection | undefined;
  at: number | undefined;

  constructor(setting: Setting, directory: string, name: string) {
    this.#setting = setting;
    this.#directory = join(directory, name);
    this.#socketPath = join(directory, `${name}.sock`);
    this.#server = createServer((socket) => {
      socket.on('error', () => {});
      this.#sockets.push(socket);
      this.#arrived?.();
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#socketPath, resolve));
  }

  #spawn(): ChildProcess {
    const { root } = this.#setting;
    this.#sockets.length = 0;
    this.#output = '';
    const config = fileURLToPath(new URL('vitest.config.ts', import.meta.url));
    const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
    const child = spawn(process.execPath, [vitest, 'run', '--config', config], {
      cwd: root,
      // A group of its own, so that what it started ends with it.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...process.env,
        CI: 'true',
        NO_COLOR: '1',
        MUTATE_ROOT: root,
        MUTATE_SLOW: this.#setting.slow ? '1' : '0',
        MUTATE_WANTED: join(this.#directory, '..', 'wanted.json'),
        MUTATE_HOSTS: join(this.#directory, '..', 'host-*.test.ts'),
        MUTATE_SOCKET: this.#socketPath,
      },
    });
    const keep = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString()).slice(-4_000);
    };
    child.stdin.on('error', () => {});
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.#ended = new Promise((resolve) =>
      child.on('close', () => {
        if (this.#child === child) this.#child = undefined;
        resolve('ended');
      }),
    );
    return child;
  }

  /** Loads the tests afresh, with one mutant on or none. */
  async load(active: number, limit: number, waitMs: number): Promise<Reply | 'lost'> {
    if (this.#connection) this.#connection.send({ kind: 'done' });
    for (let attempt = 0; attempt < 2; attempt++) {
      this.#child ??= this.#spawn();
      if (this.#sockets.length === 0) {
        const arrived = new Promise<'arrived'>((resolve) => {
          this.#arrived = () => resolve('arrived');
        });
        await Promise.race([arrived, this.#ended]);
      }
      const socket = this.#sockets.shift();
      if (!socket) continue;
      this.#connection = new Connection(socket);
      await this.#connection.next<Reply>();
      const { root, tests, mutants } = this.#setting;
      const files = tests.map((path) => join(root, path));
      this.#connection.send({ active, limit, count: mutants.length, files });
      return await this.#reply(() => waitMs);
    }
    throw new Unfit(`vitest does not start:\n${this.#output}`);
  }

  async ask(request: Request, waitMs: (test: number | undefined) => number): Promise<Reply | 'lost'> {
    this.#connection?.send(request);
    return await this.#reply(waitMs);
  }

  async #reply(waitMs: (test: number | undefined) => number): Promise<Reply | 'lost'> {
    this.at = undefined;
    for (;;) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), waitMs(this.at));
      });
      const next = this.#connection?.next<Reply>() ?? Promise.resolve('late' as const);
      const reply = await Promise.race([next, late, this.#ended]);
      clearTimeout(timer);
      if (reply === 'late' || reply === 'ended') {
        await this.kill();
        return 'lost';
      }
      if (reply.kind !== 'at') return reply;
      this.at = reply.test;
    }
  }

  async kill(): Promise<void> {
    this.#connection = undefined;
    const child = this.#child;
    this.#child = undefined;
    this.#sockets.length = 0;
    if (child?.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
    await this.#ended;
  }

  async close(): Promise<void> {
    await this.kill();
    this.#server.close();
  }

  get output(): string {
    return this.#output;
  }
}

/** Runs the tests against every mutant; the verdicts stand in the order of the mutants. */
export async function judge(setting: Setting): Promise<readonly Verdict[]> {
  const directory = mkdtempSync(join(tmpdir(), 'mutate-'));
  const host = JSON.stringify(fileURLToPath(new URL('host.ts', import.meta.url)));
  for (let index = 0; index < HOSTS; index++)
    writeFileSync(join(directory, `host-${String(index).padStart(3, '0')}.test.ts`), `import ${host};\n`);
  const files = [...new Set(setting.mutants.map(({ file }) => file))];
  const wanted: Wanted = {
    mutants: setting.mutants.map((mutant, index) => [index + 1, mutant] as const),
    sources: Object.fromEntries(files.map((file) => [file, readFileSync(join(setting.root, file), 'utf8')])),
  };
  writeFileSync(join(directory, 'wanted.json'), JSON.stringify(wanted));
  const count = Math.max(1, setting.workers);
  const workers = Array.from({ length: count }, (_, index) => new Worker(setting, directory, `worker-${index}`));
  try {
    for (const worker of workers) await worker.listen();
    return await hunt(setting, workers);
  } finally {
    await Promise.all(workers.map((worker) => worker.close()));
    rmSync(directory, { recursive: true, force: true });
  }
}

async function hunt({ mutants, slow, say }: Setting, workers: readonly Worker[]): Promise<readonly Verdict[]> {
  const verdicts = new Map<number, Verdict>();
  const atLoad = new Set<number>();
  const dry: Dry[] = [];
  let tests: readonly TestId[] = [];
  let loadTicks = 0;

  // Without a mutant: how long each test takes, and which mutants it comes by.
  let next = 0;
  await Promise.all(
    workers.map(async (worker) => {
      const loaded = await worker.load(0, NO_LIMIT, 300_000);
      if (loaded === 'lost') throw new Unfit(`the tests do not load:\n${worker.output}`);
      if (loaded.kind === 'not loaded') throw new Unfit(`the tests do not load: ${loaded.error}`);
      if (loaded.kind !== 'loaded') throw new Unfit(`${loaded.kind} was not asked for`);
      tests = loaded.tests;
      loadTicks = loaded.ticks;
      for (const id of loaded.hits) atLoad.add(id);
      while (next < tests.length) {
        const test = next++;
        const reply = await worker.ask({ kind: 'dry', test }, () => 600_000);
        const { file, name } = tests[test] ?? { file: '', name: '' };
        if (reply === 'lost') throw new Unfit(`${file}: ${name} does not end`);
        if (reply.kind !== 'dry') throw new Unfit(`${reply.kind} was not asked for`);
        if (reply.error !== undefined) throw new Unfit(`${file}: ${name} fails without a mutant: ${reply.error}`);
        dry.push({ test, ms: reply.ms, ticks: reply.ticks, hits: new Set(reply.hits) });
      }
    }),
  );
  dry.sort((a, b) => a.ms - b.ms || a.test - b.test);
  const totalMs = dry.reduce((sum, { ms }) => sum + ms, 0);
  say(`${tests.length.toLocaleString('en')} tests take ${(totalMs / 1_000).toFixed(0)} s without a mutant`);

  const turn = ({ test, ticks }: Dry): Turn => ({ test, limit: limitOf(ticks) });
  const msOf = new Map(dry.map(({ test, ms }) => [test, ms]));
  const wait = (test: number | undefined): number => SPARE_MS + 20 * (test === undefined ? 0 : (msOf.get(test) ?? 0));
  const covering = (id: number): readonly Dry[] => {
    const all = dry.filter(({ hits }) => hits.has(id));
    const quick = all.filter(({ ticks }) => ticks < SLOW_TICKS);
    return slow || quick.length === 0 ? all : quick;
  };
  const verdictOf = (killer: Killer): Verdict => ({
    kind: killer.overran ? 'timeout' : 'killed',
    by: tests[killer.test],
    error: killer.error,
    ms: killer.ms,
  });
  const hung = (worker: Worker): Verdict => ({
    kind: 'timeout',
    by: worker.at === undefined ? undefined : tests[worker.at],
    error: 'it did not end',
    ms: 0,
  });
  const told = (id: number, verdict: Verdict): void => {
    verdicts.set(id, verdict);
    if (verdicts.size % 50 === 0) say(`${verdicts.size} of ${mutants.length}`);
  };

  const ids = mutants.map((_, index) => index + 1);
  const running = ids.filter((id) => !atLoad.has(id) && covering(id).length > 0);
  const loading = ids.filter((id) => atLoad.has(id));
  for (const id of ids) if (!atLoad.has(id) && covering(id).length === 0) told(id, { kind: 'uncovered' });

  // Those that code only comes by while tests run share what is loaded.
  await Promise.all(
    workers.map(async (worker) => {
      let loaded = true;
      for (let id = running.shift(); id !== undefined; id = running.shift()) {
        if (!loaded) await worker.load(0, NO_LIMIT, 300_000);
        loaded = true;
        const turns = covering(id).map(turn);
        const reply = await worker.ask({ kind: 'mutant', id, tests: turns, control: true }, wait);
        if (reply === 'lost') {
          told(id, hung(worker));
          loaded = false;
        } else if (reply.kind === 'mutant') {
          loaded = !reply.stained;
          if (reply.stained || !reply.reached) loading.push(id);
          else told(id, reply.killer ? verdictOf(reply.killer) : { kind: 'survived' });
        }
      }
    }),
  );
  // The others are on from the start: the tests load afresh for each.
  await Promise.all(
    workers.map(async (worker) => {
      for (let id = loading.shift(); id !== undefined; id = loading.shift()) {
        const loaded = await worker.load(id, limitOf(loadTicks), 120_000);
        if (loaded === 'lost') {
          told(id, hung(worker));
          continue;
        }
        if (loaded.kind === 'not loaded') {
          const { error, overran } = loaded;
          told(id, { kind: overran ? 'timeout' : 'killed', by: undefined, error, ms: 0 });
          continue;
        }
        const first = covering(id);
        const rest = dry.filter((each) => (slow || each.ticks < QUICK_TICKS) && !first.includes(each));
        const turns = [...first, ...rest].map(turn);
        const reply = await worker.ask({ kind: 'mutant', id, tests: turns, control: false }, wait);
        if (reply === 'lost') told(id, hung(worker));
        else if (reply.kind === 'mutant') told(id, reply.killer ? verdictOf(reply.killer) : { kind: 'survived' });
      }
    }),
  );
  return ids.map((id) => verdicts.get(id) ?? { kind: 'survived' });
}
