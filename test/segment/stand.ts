/**
 * A repository with an epic under way and one attempt of segment #14 to be worked on, against a GitHub with real git: for
 * tests of what happens inside a run, in this process. Agents are scripts; each knows its role from the environment, as any
 * command agent does. (`jobs.ts` has the jobs as processes of their own.)
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { stringify } from 'yaml';
import { type AttemptId, attemptId } from '../../src/core/model/attempt.ts';
import { type HeadSha, headSha, instant, issueNumber } from '../../src/core/model/epic.ts';
import {
  type Attempt,
  emptyJournal,
  emptyRecord,
  type Journal,
  type SegmentRecord,
} from '../../src/core/model/journal.ts';
import type { Report } from '../../src/core/model/report.ts';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import type { Repository, User } from '../../src/emulator/model/records.ts';
import { makeClient } from '../../src/github/client.ts';
import { advanceJournal, readJournal } from '../../src/github/journal.ts';
import type { Site } from '../../src/segment/assignment.ts';
import { readOutcome, writeOutcome } from '../../src/segment/outcome.ts';
import { type PublishSite, publish } from '../../src/segment/publish.ts';
import { verifyAttempt } from '../../src/segment/verify.ts';
import { type WorkDone, work } from '../../src/segment/work.ts';
import { orchestrate } from './orchestrate.ts';

export const EPIC = issueNumber(1);
const OWNER = 'harbour';
const RUN = 77;
export const CLAIMED = instant(1_790_000_000_000);

const BASE = {
  'README.md': '# Shop\n',
  'src/cart.ts': 'export const cart = 1;\n',
  'test/cart.test.ts': 'ok\n',
  CODEOWNERS: '* @ana\n',
};

export interface Ask {
  /** The agent, as a shell script; `$SWARM_ROLE` says in which role it is called. It does nothing where there is none. */
  readonly agent?: string;
  readonly body?: string;
  readonly title?: string;
  readonly config?: Record<string, unknown>;
  /** Besides those of every shop. */
  readonly files?: Readonly<Record<string, string>>;
  /** Of the job's environment. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  readonly attempt?: Partial<Attempt>;
  readonly record?: Partial<SegmentRecord>;
  readonly journal?: (journal: Journal) => Journal;
}

let emulator: Emulator;
let ana: User;
let directory: string;
let count = 0;

/** Opens the GitHub that all stands of a test file share. */
export function useGitHub(): void {
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'swarm-stand-'));
    emulator = await startEmulator({ dir: join(directory, 'github') });
    emulator.world.addUser(OWNER, 'Organization', 'Harbour');
    ana = emulator.world.addUser('ana');
  });

  afterAll(async () => {
    await emulator.close();
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  });
}

/** A folder that is removed after the tests. */
export const place = (prefix: string): Promise<string> => mkdtemp(join(directory, prefix));

/** A repository with an epic under way and one attempt of segment #14 to be worked on. */
export class Stand {
  readonly name: string;
  readonly log: string[] = [];
  repository!: Repository;
  base!: HeadSha;
  attempt!: Attempt;

  #asked: Ask;
  #pull: number | undefined;

  private constructor(name: string, ask: Ask) {
    this.name = name;
    this.#asked = ask;
  }

  static async open(ask: Ask = {}): Promise<Stand> {
    count += 1;
    const stand = new Stand(`shop-${count}`, ask);
    const { world } = emulator;
    const owner = world.user(OWNER);
    if (!owner) throw new Error('nobody owns it');
    stand.repository = await world.addRepository(owner, stand.name, { visibility: 'private' });
    stand.repository.collaborators.set(ana.id, 'admin');
    const config = {
      agent: { command: ['sh', '-c', ask.agent ?? 'true'] },
      gates: { tests: { run: ['sh', '-c', 'grep -q ok test/cart.test.ts'] } },
      ...ask.config,
    };
    stand.base = await stand.commit({ ...BASE, ...ask.files, '.github/swarm.yml': stringify(config) });
    stand.attempt = {
      id: '1.14-1' as AttemptId,
      number: 1,
      name: 'BlueLake',
      worker: 'implementation',
      why: 'first',
      branch: 'feat/cart',
      base: stand.base,
      dispatch: '1.1',
      claimedAt: CLAIMED,
      ...ask.attempt,
    };
    await stand.start(ask);
    return stand;
  }

  async commit(files: Readonly<Record<string, string>>, branch = 'main'): Promise<HeadSha> {
    const git = await emulator.world.git(this.repository);
    const author = { name: 'ana', email: 'ana@harbour.example', date: emulator.world.now() };
    return headSha(await git.seed(files, { branch, message: 'a commit', author }));
  }

  /** Writes the journal as the orchestrator leaves it when it dispatches. */
  async start(ask: Ask): Promise<void> {
    const client = makeClient({ apiUrl: `${emulator.url}/api/v3`, token: emulator.world.tokens.forUser(ana) });
    const { data } = await client.request('GET /repos/{owner}/{repo}', { owner: OWNER, repo: this.name });
    const journal: Journal = {
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
        segments: {
          13: { digest: '', blockedBy: [issueNumber(12)], external: [] },
          14: { digest: '', blockedBy: [issueNumber(13)], external: [] },
        },
      },
      segments: {
        11: { ...emptyRecord, attempts: [predecessor(11, this.base, 'nobody waits for this.')] },
        12: { ...emptyRecord, attempts: [predecessor(12, this.base, 'sku is a text of 8 digits.')] },
        13: { ...emptyRecord, attempts: [predecessor(13, this.base, 'priceOf(sku) gives cents.')] },
        14: { ...emptyRecord, attempts: [this.attempt], ...ask.record },
      },
      dispatches: {
        '1.1': { id: '1.1', at: CLAIMED, work: { kind: 'segments', attempts: [this.attempt.id] }, runId: RUN },
        '1.2': { id: '1.2', at: CLAIMED, work: { kind: 'calibration', wave: 1, round: 1 }, runId: RUN },
      },
      calibrations: { 1: [{ round: 1, base: this.base, dispatch: '1.2', at: CLAIMED, covers: [] }] },
    };
    const text = (title: string, body: string) => ({ title, body, labels: [] });
    const here = { owner: OWNER, name: this.name };
    const advanced = await advanceJournal(client, here, {
      repositoryId: data.node_id,
      from: (await readJournal(client, here, EPIC))?.oid,
      journal: ask.journal?.(journal) ?? journal,
      message: 'started\n',
      texts: {
        1: text('Checkout', 'The whole checkout.'),
        12: text('Articles', 'Articles.'),
        13: text('Prices', 'Prices.'),
        14: text(ask.title ?? 'Add the cart', ask.body ?? BODY_OF_CART),
      },
    });
    if (advanced.kind !== 'advanced') throw new Error('the journal did not advance');
  }

  async site(permissions: Record<string, string>): Promise<Site> {
    const token = emulator.world.tokens.forJob(this.repository, RUN, permissions);
    return {
      client: makeClient({ apiUrl: `${emulator.url}/api/v3`, token }),
      repository: { owner: OWNER, name: this.name },
      epic: EPIC,
      remote: { url: `${emulator.url}/${OWNER}/${this.name}.git`, token },
      variables: { SWARM_ISOLATION: 'best', ...process.env, ...this.#asked.variables },
      scratch: await place('job-'),
      secrets: new Set([token]),
      log: (line) => this.log.push(line),
    };
  }

  /** The work job alone: what it hands on, as the jobs behind it read it. */
  async work(): Promise<WorkDone> {
    const site = await this.site({ contents: 'read' });
    const done = await work({ ...site, attempt: this.attempt.id, graceMs: 300 });
    // As it travels: one output of a job, read back by the closed schema.
    const outcome = readOutcome(writeOutcome(done.outcome), this.attempt.id);
    if (!outcome) throw new Error(`nobody can read ${JSON.stringify(done.outcome)}`);
    return { ...done, outcome };
  }

  async verify(done: WorkDone) {
    return verifyAttempt(await this.site({ contents: 'read' }), this.attempt.id, done.patch ?? NOTHING, done.outcome);
  }

  async publish(done: WorkDone, more: Partial<PublishSite> = {}): Promise<Report> {
    const site = await this.site({ contents: 'write' });
    const { report } = await publish({
      ...site,
      attempt: this.attempt.id,
      patch: done.patch ?? NOTHING,
      outcome: done.outcome,
      verified: done.ready ? 'success' : 'skipped',
      validation: [],
      runId: RUN,
      ...more,
    });
    const orchestrator = await this.site({ contents: 'write', 'pull-requests': 'write', checks: 'write' });
    const { title = 'Add the cart', body = BODY_OF_CART, config } = this.#asked;
    const { client, repository } = orchestrator;
    this.#pull = await orchestrate({
      ...{ client, repository, attempt: this.attempt, report, title, body, config, pull: this.#pull },
    });
    return report;
  }

  /** The number of its pull request. */
  get pull(): number {
    if (this.#pull === undefined) throw new Error('there is no pull request');
    return this.#pull;
  }

  /** All three, as the workflow has them. */
  async run(): Promise<Report> {
    const done = await this.work();
    const verified = done.ready ? await this.verify(done) : undefined;
    return this.publish(done, {
      verified: verified === undefined ? 'skipped' : verified.verdict === 'pass' ? 'success' : 'failure',
      validation: verified?.validation ?? [],
      refused: verified?.refused ?? [],
    });
  }

  /** The next attempt, after the one before ended with a question. */
  async goesOn(report: Report, answer: { readonly text: string; readonly by?: string }): Promise<void> {
    const { result } = report;
    if (result.kind !== 'needs-input') throw new Error(JSON.stringify(result));
    const before: Attempt = { ...this.attempt, outcome: { kind: 'asked', at: CLAIMED, report } };
    this.attempt = {
      ...this.attempt,
      id: '1.14-2' as AttemptId,
      number: 2,
      why: 'retry',
      ...(result.keptHead ? { kept: result.keptHead } : {}),
      answers: [
        {
          id: result.question.id,
          question: result.question.text,
          answer: answer.text,
          ...(answer.by ? { by: answer.by } : {}),
        },
      ],
    };
    await this.start({ ...this.#asked, record: { attempts: [before, this.attempt] } });
  }

  // What is there afterwards, as anybody can see it.

  async refs(): Promise<Readonly<Record<string, string>>> {
    const git = await emulator.world.git(this.repository);
    const refs = await git.listRefs('refs/');
    return Object.fromEntries(refs.map((ref) => [ref.name, ref.oid]));
  }

  async branches(): Promise<readonly string[]> {
    return Object.keys(await this.refs())
      .filter((name) => name.startsWith('refs/heads/'))
      .map((name) => name.slice('refs/heads/'.length))
      .sort();
  }

  async read<Answer>(path: string): Promise<Answer> {
    const headers = { authorization: `Bearer ${emulator.world.tokens.forUser(ana)}` };
    const answer = await fetch(`${emulator.url}/api/v3/repos/${OWNER}/${this.name}${path}`, { headers });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    return (await answer.json()) as Answer;
  }

  async fileAt(ref: string, path: string): Promise<string | undefined> {
    const headers = { authorization: `Bearer ${emulator.world.tokens.forUser(ana)}` };
    const url = `${emulator.url}/api/v3/repos/${OWNER}/${this.name}/contents/${path}?ref=${encodeURIComponent(ref)}`;
    const answer = await fetch(url, { headers });
    if (answer.status === 404) return undefined;
    const { content } = (await answer.json()) as { content: string };
    return Buffer.from(content, 'base64').toString('utf8');
  }
}

const BODY_OF_CART = '---\nfiles: [src/**]\n---\nDo it.';
const NOTHING = { parts: [], digest: '' };

const predecessor = (segment: number, base: HeadSha, handoff: string): Attempt => ({
  id: attemptId({ epic: EPIC, segment: issueNumber(segment), number: 1 }),
  number: 1,
  name: 'GreenCastle',
  worker: 'implementation',
  why: 'first',
  branch: 'feat/prices',
  base,
  dispatch: '1.0',
  claimedAt: CLAIMED,
  outcome: {
    kind: 'published',
    at: CLAIMED,
    pull: 3 as never,
    head: base,
    report: {
      version: 1,
      attempt: attemptId({ epic: EPIC, segment: issueNumber(segment), number: 1 }),
      segment,
      runId: RUN,
      result: { kind: 'ready', branch: 'feat/prices', head: base },
      tries: 1,
      validation: [],
      files: ['src/price.ts'],
      attention: [],
      agent: { summary: 'Prices are there.', handoff, assumptions: [], criteria: [] },
      durationMs: 1,
      finishedAt: CLAIMED,
    },
  },
});

/** A tiny runner: each `test/*.check` is a script that exits 0 or not. It names the files that fail, as runners do. */
const FILES = {
  'src/cart.txt': 'empty\n',
  'test/old.check': 'true\n',
  'test/run.sh': [
    'failed=0; count=0',
    'for file in test/*.check; do count=$((count + 1)); sh "$file" || { echo "FAIL $file"; failed=$((failed + 1)); }; done',
    'echo "$count tests, $failed failed"; [ "$failed" = 0 ]',
    '',
  ].join('\n'),
};

const BODY = [
  '---',
  'files: [src/**, test/**]',
  '---',
  'A cart.',
  '',
  '## Acceptance criteria',
  '',
  '- [ ] AC-1: A cart adds up its prices',
  '- [ ] AC-2: An empty cart costs nothing',
].join('\n');

/** One whose issue has acceptance criteria, and whose tests can be told apart. */
export const openWithCriteria = (ask: Ask): Promise<Stand> =>
  Stand.open({
    body: BODY,
    ...ask,
    files: { ...FILES, ...ask.files },
    config: { gates: { tests: { run: ['sh', 'test/run.sh'] } }, ...ask.config },
  });
