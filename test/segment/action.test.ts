/** The Action as a runner starts it: a process with an environment, an event and files for its answers. */

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { AttemptId } from '../../src/core/model/attempt.ts';
import { instant, issueNumber } from '../../src/core/model/epic.ts';
import { type AuthorisedTexts, emptyJournal, emptyRecord, type Journal } from '../../src/core/model/journal.ts';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import type { Repository } from '../../src/emulator/model/records.ts';
import { unpackPatch } from '../../src/git/patch.ts';
import { makeClient } from '../../src/github/client.ts';
import { advanceJournal, readJournal } from '../../src/github/journal.ts';
import { type VerifyOutcome, writeVerifyOutcome } from '../../src/segment/outcome.ts';
import { WAIT_MS } from '../limits.ts';

const MAIN = join(import.meta.dirname, '../../src/action/main.ts');
const EPIC = issueNumber(1);
const AT = instant(1_790_000_000_000);
const HERE = { owner: 'harbour', name: 'shop' };

let emulator: Emulator;
let repository: Repository;
let directory: string;
let base: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'swarm-action-'));
  emulator = await startEmulator({ dir: join(directory, 'github') });
  const { world } = emulator;
  const owner = world.addUser('harbour', 'Organization', 'Harbour');
  const ana = world.addUser('ana');
  repository = await world.addRepository(owner, 'shop', { visibility: 'private' });
  repository.collaborators.set(ana.id, 'admin');
  const git = await world.git(repository);
  const author = { name: 'ana', email: 'ana@harbour.example', date: world.now() };
  base = await git.seed({ 'README.md': '# Shop\n' }, { branch: 'main', message: 'a commit', author });
});

afterAll(async () => {
  await emulator.close();
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
});

const client = () => {
  const ana = emulator.world.user('ana');
  if (!ana) throw new Error('there is no Ana');
  return makeClient({ apiUrl: `${emulator.url}/api/v3`, token: emulator.world.tokens.forUser(ana) });
};

async function journalOf(change: Partial<Journal> = {}, texts: AuthorisedTexts = {}): Promise<void> {
  const { data } = await client().request('GET /repos/{owner}/{repo}', { owner: HERE.owner, repo: HERE.name });
  const attempt = (id: AttemptId) => ({
    id,
    number: 1,
    name: 'BlueLake',
    worker: 'implementation' as const,
    why: 'first' as const,
    branch: `feat/${id}`,
    base: base as never,
    dispatch: '1.1',
    claimedAt: AT,
  });
  const ended = { ...attempt('1.15-1' as AttemptId), outcome: { kind: 'cancelled' as const, at: AT } };
  const advanced = await advanceJournal(client(), HERE, {
    repositoryId: data.node_id,
    from: (await readJournal(client(), HERE, EPIC))?.oid,
    journal: {
      ...emptyJournal(EPIC),
      phase: 'running',
      segments: {
        14: { ...emptyRecord, attempts: [attempt('1.14-1' as AttemptId)] },
        15: { ...emptyRecord, attempts: [ended] },
        16: { ...emptyRecord, attempts: [attempt('1.16-1' as AttemptId)] },
      },
      dispatches: {
        '1.1': {
          id: '1.1',
          at: AT,
          work: { kind: 'segments', attempts: ['1.14-1', '1.15-1', '1.16-1'] as AttemptId[] },
        },
        '1.2': { id: '1.2', at: AT, work: { kind: 'calibration', wave: 1, round: 1 } },
      },
      calibrations: { 1: [{ round: 1, base: base as never, dispatch: '1.2', at: AT, covers: [] }] },
      ...change,
    },
    message: 'x\n',
    texts,
  });
  expect(advanced.kind).toBe('advanced');
}

interface Ended {
  readonly code: number;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
}

async function start(inputs: Record<string, string>, more: Record<string, string> = {}): Promise<Ended> {
  const folder = await mkdtemp(join(directory, 'step-'));
  const file = async (name: string, text = '') => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const env = {
    PATH: process.env.PATH,
    // On a machine without walls the jobs run anyway.
    SWARM_ISOLATION: 'best',
    HOME: folder,
    RUNNER_TEMP: folder,
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: `${emulator.url}/api/v3`,
    GITHUB_SERVER_URL: emulator.url,
    GITHUB_REPOSITORY: 'harbour/shop',
    GITHUB_RUN_ID: '501',
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_ACTOR: 'ana',
    GITHUB_EVENT_PATH: await file('event.json', '{}'),
    GITHUB_OUTPUT: await file('output'),
    GITHUB_STEP_SUMMARY: await file('summary'),
    INPUT_TOKEN: emulator.world.tokens.forJob(repository, 501, { contents: 'write' }),
    ...more,
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [MAIN], { env, timeout: WAIT_MS }, (error, stdout, stderr) => {
      readFile(env.GITHUB_OUTPUT, 'utf8').then((text) => {
        const outputs = Object.fromEntries(
          [...text.matchAll(/^(.+?)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, k = '', , v = '']) => [k, v]),
        );
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, log: stdout + stderr, outputs });
      }, reject);
    });
  });
}

describe('plan', () => {
  it('gives a dispatch’s work to one run, and nothing to the next one', async () => {
    await journalOf();
    const first = await start({ do: 'plan', epic: '1', dispatch: '1.1' });
    expect(first.outputs).toEqual({
      kind: 'segments',
      matrix:
        '{"include":[{"segment":14,"attempt":"1.14-1","keys":"[]"},{"segment":16,"attempt":"1.16-1","keys":"[]"}]}',
      'max-parallel': '2',
    });
    expect((await readJournal(client(), HERE, EPIC))?.journal.dispatches['1.1']?.runId).toBe(501);

    const second = await start({ do: 'plan', epic: '1', dispatch: '1.1' }, { GITHUB_RUN_ID: '502' });
    expect(second.outputs).toMatchObject({ kind: 'nothing', matrix: '{"include":[]}' });
    expect(second.code).toBe(0);
    const again = await start({ do: 'plan', epic: '1', dispatch: '1.1' });
    expect(again.outputs).toEqual(first.outputs);
  });

  it('gives it to one of two that ask at once', async () => {
    await journalOf();
    const ended = await Promise.all(
      ['503', '504'].map((id) => start({ do: 'plan', epic: '1', dispatch: '1.1' }, { GITHUB_RUN_ID: id })),
    );
    expect(ended.map(({ outputs }) => outputs.kind).sort()).toEqual(['nothing', 'segments']);
  });

  it('tells a calibration from segments, and starts nothing of a cancelled epic', async () => {
    await journalOf();
    expect((await start({ do: 'plan', epic: '1', dispatch: '1.2' })).outputs).toMatchObject({ kind: 'calibration' });
    await journalOf({ phase: 'cancelled' });
    expect((await start({ do: 'plan', epic: '1', dispatch: '1.1' })).outputs).toMatchObject({ kind: 'nothing' });
  });
});

describe('work', () => {
  it('gives its agent nothing of the runner, and prints no runner command and no secret', async () => {
    const script = [
      'env | cut -d= -f1 | sort > names.txt',
      'echo "::add-mask::e"',
      'echo "  ::error::no error"',
      'echo "text ##[group]hidden"',
      'printf "\\033[31mred\\033]0;title\\007\\n"',
      // What its parent was started with can be read by anything of the same user. The token is not in it.
      'tr "\\0" "\\n" < /proc/$PPID/environ | grep INPUT_TOKEN',
      'tr "\\0" "\\n" < /proc/$PPID/environ | grep INPUT_TOKEN | cut -d= -f2 | tr -d "\\n" | base64 -w0',
      'echo; echo "$MODEL_KEY"',
    ].join('; ');
    const config = {
      agent: { command: ['sh', '-c', script] },
      environment: ['MODEL_KEY'],
      gates: { tests: { off: true } },
    };
    const git = await emulator.world.git(repository);
    const author = { name: 'ana', email: 'ana@harbour.example', date: emulator.world.now() };
    await git.seed({ '.github/swarm.yml': stringify(config) }, { branch: 'main', message: 'a config', author });
    await journalOf({}, { 14: { title: 'Add', body: 'Add it.', labels: [] } });
    const token = emulator.world.tokens.forJob(repository, 501, { contents: 'read' });
    const { code, log, outputs } = await start(
      { do: 'work', epic: '1', attempt: '1.14-1' },
      {
        INPUT_TOKEN: token,
        MODEL_KEY: 'model-key-0123456789',
        ACTIONS_RUNTIME_TOKEN: 'runtime-token-0123456789',
        GITHUB_TOKEN: token,
        NODE_OPTIONS: '--no-warnings',
      },
    );
    expect(code, log).toBe(0);
    const unmasked = log.split('\n').filter((line) => !line.startsWith('::add-mask::'));
    expect(unmasked.filter((line) => /^\s*::/.test(line))).toEqual([]);
    expect(log).not.toContain('##[');
    expect(log).not.toMatch(/\x1b|\x07/);
    expect(unmasked.join('\n')).not.toContain(token);
    expect(unmasked.join('\n')).not.toContain(Buffer.from(token).toString('base64').slice(4, -4));
    expect(log).not.toContain('model-key-0123456789');
    expect(log).not.toContain('INPUT_TOKEN');
    expect(outputs).toMatchObject({
      ready: 'true',
      'patch-digest': expect.stringMatching(/^[0-9a-f]{64}$/),
      'patch-2': '',
    });

    const patch = unpackPatch({ parts: [outputs['patch-1'] ?? ''], digest: outputs['patch-digest'] ?? '' });
    if (patch.kind !== 'patch') throw new Error(patch.kind);
    const names = patch.bytes
      .toString('utf8')
      .split('\n')
      .flatMap((line) => (/^\+[A-Za-z_]+$/.test(line) ? [line.slice(1)] : []));
    expect(names).toEqual(expect.arrayContaining(['PATH', 'HOME', 'CI', 'MODEL_KEY', 'SWARM_TRY']));
    expect(names.filter((name) => /^(?:ACTIONS_|INPUT_|GITHUB_|RUNNER_|NODE_OPTIONS)/.test(name))).toEqual([]);
  });
});

describe('record', () => {
  it('reports what the runner and the gates say of a calibration, once', async () => {
    await journalOf({
      dispatches: { '1.2': { id: '1.2', at: AT, work: { kind: 'calibration', wave: 1, round: 1 }, runId: 501 } },
    });
    const refused = [{ host: 'gate.example.test', port: 443, why: 'not named', by: 'tests', times: 1 }] as const;
    const validation = writeVerifyOutcome({
      validation: [{ gate: 'tests', verdict: 'fail', command: 'npm test', durationMs: 5, output: 'no' }],
      refused,
    });
    const inputs = { do: 'record', epic: '1', dispatch: '1.2', 'calibrate-result': 'failure', validation };
    expect(await start(inputs)).toMatchObject({ code: 0 });
    const git = await emulator.world.git(repository);
    const text = (await git.readBlob('refs/swarm/runs/1/wave-1-1:calibration.json'))?.toString('utf8') ?? '';
    expect(JSON.parse(text)).toMatchObject({
      wave: 1,
      round: 1,
      base,
      result: 'failed',
      findings: [{ check: 'gate', subject: 'tests', detail: 'no' }],
      refused,
    });
    expect((await start(inputs)).log).toContain('already there');
  });

  it('reports nothing of one that ended without a word', async () => {
    await journalOf({
      dispatches: { '1.3': { id: '1.3', at: AT, work: { kind: 'calibration', wave: 2, round: 1 }, runId: 501 } },
      calibrations: { 2: [{ round: 1, base: base as never, dispatch: '1.3', at: AT, covers: [] }] },
    });
    const ended = await start({
      do: 'record',
      epic: '1',
      dispatch: '1.3',
      'calibrate-result': 'failure',
      validation: '',
    });
    expect(ended.code).toBe(1);
    expect(ended.log).toContain('Swarm will repeat it');
  });
});

describe('record of a check of the base', () => {
  const tests = { gate: 'tests', verdict: 'fail', command: 'npm test', durationMs: 5, output: 'no' } as const;
  const lint = { ...tests, gate: 'lint', verdict: 'pass', output: '' } as const;
  const flaky = { validation: [lint, tests], refused: [], failures: [{ gate: 'tests', state: 'flaky' }] } as const;

  /** @returns the job's end, and the two files that it may write. */
  async function recorded(round: number, result: string, outcome: VerifyOutcome | undefined) {
    const id = `1.${10 + round}`;
    await journalOf({
      dispatches: { [id]: { id, at: AT, work: { kind: 'baseline', round }, runId: 501 } },
      baselines: [{ round, base: base as never, proof: `proof-${round}`, dispatch: id, at: AT }],
    });
    const validation = outcome ? writeVerifyOutcome(outcome) : '';
    const job = { do: 'record', epic: '1', dispatch: id, 'calibrate-result': result, validation };
    const ended = await start(job);
    const git = await emulator.world.git(repository);
    const read = async (path: string): Promise<unknown> => JSON.parse((await git.readBlob(path))?.toString() ?? 'null');
    return {
      ended,
      report: await read(`refs/swarm/runs/1/baseline-${round}:baseline.json`),
      proven: await read(`refs/swarm/proven/proof-${round}:proven.json`),
    };
  }

  it('writes a report, and where the base is sound a proof for other epics', async () => {
    const { ended, report, proven } = await recorded(1, 'success', flaky);
    expect(ended.code).toBe(0);
    expect(report).toMatchObject({ round: 1, base, failures: flaky.failures, validation: [{}, { output: 'no' }] });
    const gates = [{ gate: 'tests', state: 'flaky', command: 'npm test', output: 'no' }];
    expect(proven).toEqual({ version: 1, epic: 1, at: expect.any(Number), gates });
  });

  it('writes no proof of one that is not sound', async () => {
    const red = { ...flaky, failures: [{ gate: 'tests', state: 'red' }] } as const;
    const { ended, report, proven } = await recorded(2, 'failure', red);
    expect([ended.code, report, proven]).toEqual([0, expect.objectContaining({ failures: red.failures }), null]);
  });

  it.each([
    ['whose job failed, though its gates were sound', 3, 'failure', flaky],
    ['whose job succeeded, and says nothing of its gates', 4, 'success', undefined],
  ] as const)('writes nothing of one %s', async (_, round, result, outcome) => {
    const { ended, report, proven } = await recorded(round, result, outcome);
    expect([ended.code, report, proven]).toEqual([1, null, null]);
    expect(ended.log).toContain('Swarm will repeat it');
  });
});

describe('orchestrate by hand', () => {
  it('takes several epics, or all open issues with the label `epic`, and plans each of them (R3.2)', async () => {
    const { world } = emulator;
    const owner = world.user('harbour');
    const ana = world.user('ana');
    if (!owner || !ana) throw new Error('the harbour and Ana are missing');
    const mail = await world.addRepository(owner, 'mail', { visibility: 'private' });
    mail.collaborators.set(ana.id, 'admin');
    const git = await world.git(mail);
    const author = { name: 'ana', email: 'ana@harbour.example', date: world.now() };
    await git.seed({ 'README.md': '# Mail\n' }, { branch: 'main', message: 'a commit', author });
    const at = { owner: 'harbour', repo: 'mail' };
    const open = async (title: string, labels: string[]) => {
      const body = '---\nfiles: [src/a.ts]\n---\nMake it.';
      const { data } = await client().request('POST /repos/{owner}/{repo}/issues', { ...at, title, body, labels });
      return data.number;
    };
    const [inbox, outbox, other] = [
      await open('Inbox', ['epic']),
      await open('Outbox', ['epic']),
      await open('Not an epic', []),
    ];
    const done = await open('Done', ['epic']);
    const close = { ...at, issue_number: done, state: 'closed' } as const;
    await client().request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', close);
    const plansOn = async (issue: number) => {
      const where = { ...at, issue_number: issue };
      const { data } = await client().request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', where);
      return data.filter(({ body }) => body?.includes('1 segment in 1 wave')).length;
    };
    const orchestrate = (epic: string, run: string) =>
      start(
        { do: 'orchestrate', epic, 'dry-run': 'true' },
        {
          GITHUB_REPOSITORY: 'harbour/mail',
          GITHUB_RUN_ID: run,
          INPUT_TOKEN: world.tokens.forJob(mail, Number(run), {
            ...{ actions: 'write', checks: 'read', contents: 'write' },
            ...{ issues: 'write', 'pull-requests': 'write', statuses: 'read' },
          }),
        },
      );

    expect(await orchestrate('all', '601')).toMatchObject({ code: 0 });
    expect(await Promise.all([inbox, outbox, other, done].map(plansOn))).toEqual([1, 1, 0, 0]);

    expect(await orchestrate(`#${inbox}, ${other}`, '602')).toMatchObject({ code: 0 });
    expect(await Promise.all([inbox, outbox, other, done].map(plansOn))).toEqual([2, 1, 1, 0]);
  });
});

describe('what it is asked', () => {
  it.each<[string, Record<string, string>, string]>([
    ['no part', { do: '' }, 'one of orchestrate, plan, work, verify, publish, record'],
    ['another part', { do: 'deploy' }, '"deploy"'],
    ['the name of a prototype', { do: 'constructor' }, '"constructor"'],
    ['an epic that is no number', { do: 'plan', epic: '12abc', dispatch: '1.1' }, 'The input `epic` is "12abc"'],
    ['an epic of 2^53', { do: 'plan', epic: '9007199254740992', dispatch: '1.1' }, 'The input `epic` is'],
    ['a dispatch with a path', { do: 'plan', epic: '1', dispatch: '../1.1' }, 'The input `dispatch` is "../1.1"'],
    ['a dispatch that nobody made', { do: 'plan', epic: '1', dispatch: '1.9' }, 'has no dispatch 1.9'],
    [
      'an agent as a shell line',
      { do: 'work', epic: '1', attempt: '1.14-1', agent: 'agent; rm -rf /' },
      'a JSON list of the program',
    ],
    ['a wave below 1', { do: 'orchestrate', epic: '1', wave: '0' }, 'a whole number from 1 to 500'],
    [
      'to orchestrate beside the app',
      { do: 'orchestrate', epic: '1', app: 'true' },
      'The app orchestrates this repository',
    ],
    ['epics that are no numbers', { do: 'orchestrate', epic: '1; rm' }, 'issue numbers (at most 50) or `all`'],
  ])('%s is refused in one sentence', async (_, inputs, words) => {
    const { code, log } = await start(inputs);
    expect(code).toBe(1);
    const errors = log.split('\n').filter((line) => line.startsWith('::error::'));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(words);
    expect(log).not.toMatch(/\n\s+at /);
  });

  it('an input that looks like a command of the runner makes none', async () => {
    const { log } = await start({ do: 'plan', epic: '1', dispatch: 'x\n::set-output name=a::b' });
    expect(log.split('\n').filter((line) => /^\s*::(?!error::|add-mask::)/.test(line))).toEqual([]);
  });
});
