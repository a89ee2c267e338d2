/** The gates of a segment as check runs: one call for all of them, each once, and with all of their notes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { attemptId } from '../../src/core/model/attempt.ts';
import { type HeadSha, headSha, issueNumber } from '../../src/core/model/epic.ts';
import type { GateResult } from '../../src/core/model/report.ts';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import type { Repository } from '../../src/emulator/model/records.ts';
import { type Client, makeClient } from '../../src/github/client.ts';
import { reportChecks } from '../../src/github/pulls/publication.ts';

let directory: string;
let emulator: Emulator;
let repository: Repository;
let client: Client;
let head: HeadSha;
let commits = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'swarm-checks-'));
  emulator = await startEmulator({ dir: join(directory, 'github') });
  const { world } = emulator;
  repository = await world.addRepository(world.addUser('ana'), 'shop');
  const token = world.tokens.forJob(repository, 1, { checks: 'write' });
  client = makeClient({ apiUrl: emulator.url, token });
});

beforeEach(async () => {
  const git = await emulator.world.git(repository);
  const author = { name: 'ana', email: 'ana@example.com', date: '2026-11-21T10:05:00Z' };
  commits += 1;
  head = headSha(await git.seed({ 'a.txt': String(commits) }, { branch: 'main', message: 'one more', author }));
});

afterAll(async () => {
  expect(emulator.unimplemented).toEqual([]);
  await emulator.close();
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
});

const gate = (name: string, verdict: GateResult['verdict'] = 'pass', notes = 0): GateResult => ({
  ...{ gate: name, verdict, command: `npm run ${name}`, durationMs: 1_000, output: '' },
  annotations: Array.from({ length: notes }, (_, at) => ({ file: 'a.txt', line: at + 1, message: `Note ${at + 1}.` })),
});

/** @returns how many calls changed something. */
async function report(...results: readonly GateResult[]): Promise<number> {
  const before = emulator.calls.writes;
  await reportChecks(
    client,
    { owner: 'ana', name: 'shop', id: repository.nodeId, url: `${emulator.url}/ana/shop` },
    {
      ...{ kind: 'report checks', key: 'checks', head, results, runId: 7 },
      reason: { kind: 'gates ran', attempt: attemptId({ epic: issueNumber(1), segment: issueNumber(14), number: 1 }) },
    },
  );
  return emulator.calls.writes - before;
}

const shown = () =>
  repository.checkRuns
    .filter(({ headSha: at }) => at === head)
    .map(({ name, conclusion, annotations }) => `${name}: ${conclusion}, ${annotations.length}`);

test('six gates are reported in one call, and not a second time', async () => {
  const results = [
    ...['lint', 'types', 'build', 'security'].map((name) => gate(name)),
    ...[gate('tests', 'fail', 2), gate('scope', 'not applicable')],
  ];
  expect(await report(...results)).toBe(1);
  expect(shown()).toEqual([
    ...['swarm / lint: success, 0', 'swarm / types: success, 0', 'swarm / build: success, 0'],
    ...['swarm / security: success, 0', 'swarm / tests: failure, 2', 'swarm / scope: neutral, 0'],
  ]);
  const [tests] = repository.checkRuns.filter(({ headSha: at, name }) => at === head && name === 'swarm / tests');
  expect(tests).toMatchObject({
    status: 'completed',
    detailsUrl: `${emulator.url}/ana/shop/actions/runs/7`,
    output: { title: 'fail: npm run tests', text: 'No output.' },
    annotations: [{ path: 'a.txt', startLine: 1, endLine: 1, level: 'failure', message: 'Note 1.' }, { startLine: 2 }],
  });

  expect(await report(...results)).toBe(0);
});

test('a new result is reported beside the older one', async () => {
  await report(gate('tests', 'fail'), gate('lint'));
  expect(await report(gate('tests'), gate('lint'))).toBe(1);
  expect(shown()).toEqual(['swarm / tests: failure, 0', 'swarm / lint: success, 0', 'swarm / tests: success, 0']);
});

test('more notes than one call may hold follow, and a process that died in between leaves none out', async () => {
  const remove = emulator.faults.add({ method: 'PATCH', effect: { kind: 'fails', status: 502 } });
  await expect(report(gate('lint', 'pass', 3), gate('tests', 'fail', 120))).rejects.toMatchObject({ status: 502 });
  expect(shown()).toEqual(['swarm / lint: success, 3', 'swarm / tests: failure, 50']);
  remove();

  await report(gate('lint', 'pass', 3), gate('tests', 'fail', 120));
  expect(shown()).toEqual(['swarm / lint: success, 3', 'swarm / tests: failure, 120']);
});
