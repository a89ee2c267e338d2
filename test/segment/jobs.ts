/**
 * The jobs of a segment's run as real processes of the action, against a GitHub with real git: what goes in is what the
 * workflow hands them, and everything that comes out can be read.
 */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import type { AttemptId } from '../../src/core/model/attempt.ts';
import { type HeadSha, headSha, instant, issueNumber } from '../../src/core/model/epic.ts';
import { type Attempt, emptyJournal, emptyRecord, keptOf, type Outcome } from '../../src/core/model/journal.ts';
import type { Report } from '../../src/core/model/report.ts';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import type { Repository, User } from '../../src/emulator/model/records.ts';
import { makeClient } from '../../src/github/client.ts';
import { advanceJournal, readJournal, readReport, reportRef } from '../../src/github/journal.ts';
import { orchestrate } from './orchestrate.ts';

const MAIN = new URL('../../src/action/main.ts', import.meta.url).pathname;
const run = promisify(execFile);
export const OWNER = 'harbour';
const EPIC = issueNumber(1);
const RUN = 77;
const CLAIMED = instant(1_790_000_000_000);
const PERMISSIONS: Readonly<Record<string, Record<string, string>>> = {
  work: { contents: 'read' },
  verify: { contents: 'read' },
  publish: { contents: 'write' },
};

export interface Ended {
  /** Exit code, or the signal that ended it. */
  readonly end: number | string;
  /** Standard output and error as the runner gets them, without what it takes as its own commands to mask. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What the workflow's next step uploads, by the names of the files. */
  readonly artefact: Readonly<Record<string, string>>;
}

export interface Started {
  readonly child: ChildProcess;
  /** Its temporary files, answers and home. */
  readonly folder: string;
  readonly ended: Promise<Ended>;
  /** Its outputs as they are now. */
  readonly outputs: () => Promise<Readonly<Record<string, string>>>;
}

export interface Ask {
  /** The agent's program and its arguments. */
  readonly agent: readonly string[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly body?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** A GitHub for several repositories. */
export class Town {
  readonly directory: string;
  readonly emulator: Emulator;
  readonly ana: User;
  #count = 0;

  private constructor(directory: string, emulator: Emulator, ana: User) {
    this.directory = directory;
    this.emulator = emulator;
    this.ana = ana;
  }

  static async open(): Promise<Town> {
    const directory = await mkdtemp(join(tmpdir(), 'swarm-jobs-'));
    const emulator = await startEmulator({ dir: join(directory, 'github') });
    emulator.world.addUser(OWNER, 'Organization', 'Harbour');
    return new Town(directory, emulator, emulator.world.addUser('ana'));
  }

  async close(): Promise<void> {
    await this.emulator.close();
    await rm(this.directory, { recursive: true, force: true, maxRetries: 3 });
  }

  /** A repository with an epic under way and one attempt of segment #14 to be worked on. */
  async shop(ask: Ask): Promise<Shop> {
    this.#count += 1;
    const { world } = this.emulator;
    const owner = world.user(OWNER);
    if (!owner) throw new Error('nobody owns it');
    const repository = await world.addRepository(owner, `shop-${this.#count}`, { visibility: 'private' });
    repository.collaborators.set(this.ana.id, 'admin');
    const config = {
      agent: { command: ask.agent },
      gates: { tests: { run: ['sh', '-c', 'grep -q ok test/cart.test.ts'] } },
      ...ask.config,
    };
    const files = {
      'README.md': '# Shop\n',
      'src/cart.ts': 'export const cart = 1;\n',
      'test/cart.test.ts': 'ok\n',
      ...ask.files,
      '.github/swarm.yml': stringify(config),
    };
    const git = await world.git(repository);
    const author = { name: 'ana', email: 'ana@harbour.example', date: world.now() };
    const base = headSha(await git.seed(files, { branch: 'main', message: 'a commit', author }));
    const shop = new Shop(this, repository, base);
    await shop.start(ask.body ?? '---\nfiles: [src/**]\n---\nDo it.');
    return shop;
  }
}

/** An attempt that ended before its time: with a report, where it could still hand on what it had. */
export interface Died {
  readonly report?: Report | undefined;
  /** Its branch's head, where it is gone on from. */
  readonly from?: HeadSha;
}

const outcomeOf = (report: Report | undefined): Outcome =>
  report?.result.kind === 'failed'
    ? { kind: 'failed', at: CLAIMED, problem: report.result.problem, report }
    : { kind: 'lost', at: CLAIMED, conclusion: 'cancelled' };

export class Shop {
  readonly town: Town;
  readonly repository: Repository;
  readonly base: HeadSha;
  #attempt: Attempt | undefined;
  #title = 'Add the cart';
  #body = '';

  constructor(town: Town, repository: Repository, base: HeadSha) {
    this.town = town;
    this.repository = repository;
    this.base = base;
  }

  /** Writes the journal as the orchestrator leaves it when it dispatches; with `after`, the attempt after one that died. */
  async start(body: string, after?: Died): Promise<void> {
    const { emulator, ana } = this.town;
    const client = makeClient({ apiUrl: `${emulator.url}/api/v3`, token: emulator.world.tokens.forUser(ana) });
    const here = { owner: OWNER, name: this.repository.name };
    const { data } = await client.request('GET /repos/{owner}/{repo}', { owner: OWNER, repo: here.name });
    const first: Attempt = {
      id: '1.14-1' as AttemptId,
      number: 1,
      name: 'BlueLake',
      worker: 'implementation',
      why: 'first',
      branch: 'feat/cart',
      base: this.base,
      dispatch: '1.1',
      claimedAt: CLAIMED,
    };
    const died: Attempt = { ...first, outcome: outcomeOf(after?.report) };
    const { from } = after ?? {};
    const kept = keptOf(died)[0]?.head;
    const carriedOn = { ...(from ? { from } : {}), ...(kept ? { kept } : {}) };
    const next: Attempt = {
      ...first,
      id: '1.14-2' as AttemptId,
      number: 2,
      why: 'retry',
      dispatch: '1.2',
      ...carriedOn,
    };
    const attempts = after ? [died, next] : [first];
    const dispatch = after ? '1.2' : '1.1';
    this.#attempt = after ? next : first;
    this.#body = body;
    const text = (title: string, content: string) => ({ title, body: content, labels: [] });
    const advanced = await advanceJournal(client, here, {
      repositoryId: data.node_id,
      from: (await readJournal(client, here, EPIC))?.oid,
      journal: {
        ...emptyJournal(EPIC),
        phase: 'running',
        authorisation: {
          at: CLAIMED,
          by: 'ana',
          byId: 1,
          configDigest: '',
          base: this.base,
          baseBranch: 'main',
          epicDigest: '',
          segments: { 14: { digest: '', blockedBy: [], external: [] } },
        },
        segments: { 14: { ...emptyRecord, attempts } },
        dispatches: {
          [dispatch]: {
            id: dispatch,
            at: CLAIMED,
            work: { kind: 'segments', attempts: attempts.slice(-1).map(({ id }) => id) },
            runId: RUN,
          },
        },
      },
      message: 'started\n',
      texts: { 1: text('Checkout', 'The whole checkout.'), 14: text(this.#title, body) },
    });
    if (advanced.kind !== 'advanced') throw new Error('the journal was not written');
  }

  /** One job as a process of its own. `server` may stand between it and GitHub. */
  async job(
    part: 'work' | 'verify' | 'publish',
    inputs: Readonly<Record<string, string>>,
    options: {
      readonly environment?: Readonly<Record<string, string>>;
      readonly server?: string;
      /** Of an earlier job, on a machine that is kept. */
      readonly folder?: string;
      /** In a process group of its own, as a runner starts it. */
      readonly detached?: boolean;
      /** The text of its event. */
      readonly event?: string;
      /** Another user, and what starts the action for them. */
      readonly as?: { readonly uid: number; readonly gid: number; readonly command: readonly string[] };
    } = {},
  ): Promise<Started> {
    const { emulator, directory } = this.town;
    const folder = options.folder ?? (await mkdtemp(join(directory, `${part}-`)));
    const outputs = join(folder, 'output');
    const summary = join(folder, 'summary');
    await Promise.all([
      writeFile(outputs, ''),
      writeFile(summary, ''),
      writeFile(join(folder, 'event.json'), options.event ?? '{}'),
    ]);
    const server = options.server ?? emulator.url;
    const given = { do: part, epic: '1', attempt: this.#attempt?.id ?? '', ...inputs };
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      RUNNER_TEMP: folder,
      SWARM_ISOLATION: 'best',
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: `${server}/api/v3`,
      GITHUB_SERVER_URL: server,
      GITHUB_REPOSITORY: `${OWNER}/${this.repository.name}`,
      GITHUB_RUN_ID: String(RUN),
      GITHUB_EVENT_NAME: 'workflow_dispatch',
      GITHUB_ACTOR: 'ana',
      GITHUB_EVENT_PATH: join(folder, 'event.json'),
      GITHUB_OUTPUT: outputs,
      GITHUB_STEP_SUMMARY: summary,
      INPUT_TOKEN: emulator.world.tokens.forJob(this.repository, RUN, PERMISSIONS[part] ?? {}),
      ...options.environment,
      ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    };
    const detached = options.detached === true;
    const { as } = options;
    if (as)
      for (const path of [folder, outputs, summary, join(folder, 'event.json')]) await chown(path, as.uid, as.gid);
    const [program = '', ...args] = as?.command ?? [process.execPath, MAIN];
    const child = spawn(program, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached,
      ...(as ? { uid: as.uid, gid: as.gid } : {}),
    });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => {
        const log = Buffer.concat(said)
          .toString('utf8')
          .replaceAll(/^::add-mask::.*$/gm, '');
        const read = async (): Promise<Ended> => {
          const answers = readOutputs(await readFile(outputs, 'utf8'));
          const artefact = await readFolder(answers.artefact);
          return {
            end: code ?? signal ?? '',
            log,
            outputs: answers,
            summary: await readFile(summary, 'utf8'),
            artefact,
          };
        };
        read().then(resolve, reject);
      });
    });
    return { child, ended, folder, outputs: async () => readOutputs(await readFile(outputs, 'utf8')) };
  }

  /** What the publish job is handed of the other two. */
  handed(work: Ended | undefined, verify: Ended | undefined): Readonly<Record<string, string>> {
    const { outputs = {} } = work ?? {};
    const patch = ['patch-1', 'patch-2', 'patch-3', 'patch-4', 'patch-digest'];
    return {
      ...Object.fromEntries(patch.map((name) => [name, outputs[name] ?? ''])),
      outcome: outputs.outcome ?? '',
      'verify-result': verify === undefined ? 'skipped' : verify.end === 0 ? 'success' : 'failure',
      validation: verify?.outputs.validation ?? '',
    };
  }

  /** All three, as the workflow has them. */
  async whole(environment: Readonly<Record<string, string>> = {}): Promise<readonly Ended[]> {
    const worked = await (await this.job('work', {}, { environment })).ended;
    const ready = worked.outputs.ready === 'true';
    const verified = ready ? await (await this.job('verify', this.handed(worked, undefined))).ended : undefined;
    const published = await (await this.job('publish', this.handed(worked, verified))).ended;
    await this.orchestrates();
    return [worked, ...(verified ? [verified] : []), published];
  }

  /** What the orchestrator does with the report of the latest attempt, if there is one. */
  async orchestrates(): Promise<void> {
    const { emulator } = this.town;
    const attempt = this.#attempt;
    if (!attempt) throw new Error('it was never started');
    const permissions = { contents: 'write', 'pull-requests': 'write', checks: 'write' };
    const token = emulator.world.tokens.forJob(this.repository, RUN, permissions);
    const client = makeClient({ apiUrl: `${emulator.url}/api/v3`, token });
    const repository = { owner: OWNER, name: this.repository.name };
    const report = await readReport(client, repository, reportRef(EPIC, attempt.id));
    if (report) await orchestrate({ client, repository, attempt, report, title: this.#title, body: this.#body });
  }

  // What is there afterwards, as anybody can see it.

  async read<Answer>(path: string): Promise<Answer> {
    const { emulator, ana } = this.town;
    const headers = { authorization: `Bearer ${emulator.world.tokens.forUser(ana)}` };
    const answer = await fetch(`${emulator.url}/api/v3/repos/${OWNER}/${this.repository.name}${path}`, { headers });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    return (await answer.json()) as Answer;
  }

  async refs(): Promise<Readonly<Record<string, string>>> {
    const git = await this.town.emulator.world.git(this.repository);
    return Object.fromEntries((await git.listRefs('refs/')).map((ref) => [ref.name, ref.oid]));
  }

  async headOf(branch: string): Promise<HeadSha> {
    return headSha((await this.refs())[`refs/heads/${branch}`] ?? '');
  }

  async branches(): Promise<readonly string[]> {
    return Object.keys(await this.refs())
      .flatMap((name) => (name.startsWith('refs/heads/') ? [name.slice('refs/heads/'.length)] : []))
      .sort();
  }

  /** Every object that ever reached the repository, raw, refs or none; pull requests, comments and checks. */
  async everything(): Promise<string> {
    const git = await this.town.emulator.world.git(this.repository);
    const options = { encoding: 'latin1', maxBuffer: 64 * 1024 * 1024 } as const;
    const { stdout } = await run('git', ['-C', git.dir, 'cat-file', '--batch-all-objects', '--batch'], options);
    const heads = Object.values(await this.refs());
    const checks = await Promise.all(
      [...new Set(heads)].map(async (head) => {
        const { check_runs } = await this.read<{ check_runs: { id: number }[] }>(`/commits/${head}/check-runs`);
        const notes = check_runs.map(({ id }) => this.read<unknown>(`/check-runs/${id}/annotations`));
        return JSON.stringify([check_runs, await Promise.all(notes)]);
      }),
    );
    const pulls = await this.read<unknown>('/pulls?state=all');
    const comments = await this.read<unknown>('/issues/comments');
    return [stdout, JSON.stringify(await this.refs()), ...checks, JSON.stringify(pulls), JSON.stringify(comments)].join(
      '\n',
    );
  }
}

export type Cut = 'before' | 'after';

interface Victim {
  readonly child: ChildProcess;
  /** Which write, counted from 1. */
  readonly at: number;
  readonly cut: Cut;
}

/** Stands between a job and GitHub, and kills the job at one of its writes: before it arrives, or when it is done. */
export class Bridge {
  readonly url: string;
  /** What was written, in order. */
  readonly writes: string[] = [];
  #victim: Victim | undefined;
  #held: { readonly path: RegExp; readonly reached: () => void } | undefined;
  readonly #server: Server;
  readonly #target: URL;

  private constructor(server: Server, target: URL, url: string) {
    this.#server = server;
    this.#target = target;
    this.url = url;
    server.on('request', (request, response) => this.#pass(request, response));
  }

  static async open(target: string): Promise<Bridge> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new Bridge(server, new URL(target), `http://127.0.0.1:${port}`);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Lets the first request that is for this never come to its end. @returns when it is there. */
  holds(path: RegExp): Promise<void> {
    return new Promise((resolve) => {
      this.#held = { path, reached: resolve };
    });
  }

  kills(child: ChildProcess, at: number, cut: Cut): void {
    this.#victim = { child, at, cut };
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      if (this.#held?.path.test(`${request.method} ${request.url}`)) return this.#held.reached();
      const victim = this.#strikes(request, body);
      const dies = () => {
        victim?.child.kill('SIGKILL');
        response.destroy();
      };
      if (victim?.cut === 'before') return dies();
      const { hostname, port } = this.#target;
      const onward = httpRequest(
        { hostname, port, method: request.method, path: request.url, headers: request.headers },
        (answer) => {
          if (victim) {
            answer.resume();
            answer.on('end', dies);
            return;
          }
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      onward.on('error', () => response.destroy());
      onward.end(body);
    });
  }

  #strikes({ method = '', url = '' }: IncomingMessage, body: Buffer): Victim | undefined {
    const isRead =
      method === 'GET' ||
      url.endsWith('/git-upload-pack') ||
      (url.endsWith('/graphql') && !/"query":"\s*mutation/.test(body.toString('latin1', 0, 200)));
    // Git asks first with an empty packet whether it may push.
    if (isRead || (url.endsWith('/git-receive-pack') && body.length <= 4)) return undefined;
    this.writes.push(`${method} ${url.replace(/^\/(?:api\/v3\/repos\/)?harbour\/[^/]+/, '').replace(/\/\d+$/, '/…')}`);
    return this.#victim?.at === this.writes.length ? this.#victim : undefined;
  }
}

async function readFolder(folder: string | undefined): Promise<Readonly<Record<string, string>>> {
  if (folder === undefined) return {};
  const names = (await readdir(folder)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(names.map((name, at) => [name, texts[at] ?? '']));
}

/** `name<<delimiter`, the value's lines, the delimiter again: how an action's toolkit writes them. */
const readOutputs = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/^(.+?)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name = '', , value = '']) => [name, value]),
  );
