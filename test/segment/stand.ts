/**
 * A repository with an epic under way and one attempt to be worked on, against a GitHub with real git: for tests of what
 * happens inside a run. Agents are scripts; each knows its role from the environment, as any command agent does.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { stringify } from 'yaml';
import { type HeadSha, headSha, instant, issueNumber } from '../../src/core/epic.ts';
import { type Attempt, emptyJournal, emptyRecord, type Journal, type SegmentRecord } from '../../src/core/journal.ts';
import type { Report } from '../../src/core/report.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import type { Repository, User } from '../../src/emulator/state.ts';
import { makeClient } from '../../src/github/client.ts';
import { advanceJournal, readJournal } from '../../src/github/journal.ts';
import type { Site } from '../../src/segment/assignment.ts';
import { readOutcome, type WorkOutcome, writeOutcome } from '../../src/segment/outcome.ts';
import { publish } from '../../src/segment/publish.ts';
import { verifyAttempt } from '../../src/segment/verify.ts';
import { type WorkDone, work } from '../../src/segment/work.ts';

const EPIC = issueNumber(1);
const SEGMENT = 14;
const OWNER = 'harbour';
const RUN = 77;
const CLAIMED = instant(1_790_000_000_000);

export interface Ask {
  /** The agent, as a shell script; `$SWARM_ROLE` says in which role it is called. None: the config says who it is. */
  readonly agent?: string;
  readonly body?: string;
  readonly config?: Record<string, unknown>;
  readonly files?: Readonly<Record<string, string>>;
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

export class Stand {
  readonly log: string[] = [];
  readonly #name: string;
  readonly #body: string;
  #repository!: Repository;
  base!: HeadSha;
  attempt!: Attempt;

  private constructor(body: string) {
    count += 1;
    this.#name = `shop-${count}`;
    this.#body = body;
  }

  static async open(ask: Ask): Promise<Stand> {
    const stand = new Stand(ask.body ?? BODY);
    const { world } = emulator;
    const owner = world.user(OWNER);
    if (!owner) throw new Error('nobody owns it');
    stand.#repository = await world.addRepository(owner, stand.#name, { visibility: 'private' });
    stand.#repository.collaborators.set(ana.id, 'admin');
    const config = {
      ...(ask.agent === undefined ? {} : { agent: { command: ['sh', '-c', ask.agent] } }),
      gates: { tests: { run: ['sh', 'test/run.sh'] } },
      ...ask.config,
    };
    stand.base = await stand.#commit({ ...FILES, ...ask.files, '.github/swarm.yml': stringify(config) });
    stand.attempt = {
      id: `${SEGMENT}-1`,
      number: 1,
      name: 'BlueLake',
      worker: 'implementation',
      why: 'first',
      branch: 'feat/cart',
      base: stand.base,
      dispatch: '1.1',
      claimedAt: CLAIMED,
    };
    await stand.#start({ attempts: [stand.attempt] });
    return stand;
  }

  /** The work job alone: what it hands on, as the jobs behind it read it. */
  async work(): Promise<WorkDone & { readonly outcome: WorkOutcome }> {
    const done = await work({ ...(await this.#site({ contents: 'read' })), attempt: this.attempt.id, graceMs: 300 });
    // As it travels: one output of a job, read back by the closed schema.
    const outcome = readOutcome(writeOutcome(done.outcome), this.attempt.id);
    if (!outcome) throw new Error(`nobody can read ${JSON.stringify(done.outcome)}`);
    return { ...done, outcome };
  }

  /** Work, verify and publish, one after the other, as the three jobs do. */
  async run(): Promise<{ readonly done: WorkDone; readonly report: Report }> {
    const done = await this.work();
    const nothing = { parts: ['', '', '', ''], digest: '' };
    const verified = done.ready
      ? await verifyAttempt(await this.#site({ contents: 'read' }), this.attempt.id, done.patch ?? nothing)
      : undefined;
    const { report } = await publish({
      ...(await this.#site({ contents: 'write', 'pull-requests': 'write', checks: 'write' })),
      attempt: this.attempt.id,
      patch: done.patch ?? nothing,
      outcome: done.outcome,
      verified: verified === undefined ? 'skipped' : verified.verdict === 'pass' ? 'success' : 'failure',
      validation: verified?.validation ?? [],
      runId: RUN,
      runUrl: 'https://github.example/runs/77',
    });
    return { done, report };
  }

  /** The next attempt, after the one before ended with a question. */
  async goesOn(report: Report, answer: { readonly text: string; readonly by?: string }): Promise<void> {
    const { result } = report;
    if (result.kind !== 'needs-input') throw new Error(JSON.stringify(result));
    const before: Attempt = { ...this.attempt, outcome: { kind: 'asked', at: CLAIMED, report } };
    this.attempt = {
      ...this.attempt,
      id: `${SEGMENT}-2`,
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
    await this.#start({ attempts: [before, this.attempt] });
  }

  async bodyOf(pull: number): Promise<string> {
    const client = makeClient({ apiUrl: `${emulator.url}/api/v3`, token: emulator.world.tokens.forUser(ana) });
    const { data } = await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
      owner: OWNER,
      repo: this.#name,
      pull_number: pull,
    });
    return data.body ?? '';
  }

  async fileAt(branch: string, path: string): Promise<string | undefined> {
    const client = makeClient({ apiUrl: `${emulator.url}/api/v3`, token: emulator.world.tokens.forUser(ana) });
    const { data } = await client.request('GET /repos/{owner}/{repo}/contents/{path}', {
      owner: OWNER,
      repo: this.#name,
      path,
      ref: branch,
    });
    return 'content' in data ? Buffer.from(data.content, 'base64').toString('utf8') : undefined;
  }

  async #commit(files: Readonly<Record<string, string>>): Promise<HeadSha> {
    const git = await emulator.world.git(this.#repository);
    const author = { name: 'ana', email: 'ana@harbour.example', date: emulator.world.now() };
    return headSha(await git.seed(files, { branch: 'main', message: 'a commit', author }));
  }

  async #start(record: Pick<SegmentRecord, 'attempts'>): Promise<void> {
    const client = makeClient({ apiUrl: `${emulator.url}/api/v3`, token: emulator.world.tokens.forUser(ana) });
    const here = { owner: OWNER, name: this.#name };
    const { data } = await client.request('GET /repos/{owner}/{repo}', { owner: OWNER, repo: this.#name });
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
        segments: { [SEGMENT]: { digest: '', blockedBy: [], external: [] } },
      },
      segments: { [SEGMENT]: { ...emptyRecord, ...record } },
      dispatches: {
        '1.1': { id: '1.1', at: CLAIMED, work: { kind: 'segments', attempts: [this.attempt.id] }, runId: RUN },
      },
    };
    const advanced = await advanceJournal(client, here, {
      repositoryId: data.node_id,
      from: (await readJournal(client, here, EPIC))?.oid,
      journal,
      message: 'started\n',
      texts: {
        1: { title: 'Checkout', body: 'The whole checkout.', labels: [] },
        [SEGMENT]: { title: 'Add the cart', body: this.#body, labels: [] },
      },
    });
    if (advanced.kind !== 'advanced') throw new Error('the journal did not advance');
  }

  async #site(permissions: Record<string, string>): Promise<Site> {
    const token = emulator.world.tokens.forJob(this.#repository, RUN, permissions);
    return {
      client: makeClient({ apiUrl: `${emulator.url}/api/v3`, token }),
      repository: { owner: OWNER, name: this.#name },
      epic: EPIC,
      remote: { url: `${emulator.url}/${OWNER}/${this.#name}.git`, token },
      scratch: await mkdtemp(join(directory, 'job-')),
      secrets: new Set([token]),
      log: (line) => this.log.push(line),
    };
  }
}

/** A tiny runner: each `test/*.check` is a script that exits 0 or not. It names the files that fail, as runners do. */
const FILES = {
  'README.md': '# Shop\n',
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
