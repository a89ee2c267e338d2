/**
 * Artifacts: the emulator's built-in `actions/upload-artifact`, the results service that it uploads to, and GitHub's API for
 * artifacts, read with Octokit and `unzip`.
 */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import { type VirtualClock, virtualClock } from '../../src/emulator/model/clock.ts';
import type { Repository, Run } from '../../src/emulator/model/records.ts';
import { type Runner, startRunner } from '../../src/emulator/runner/runner.ts';
import { readUpload } from '../../src/emulator/runner/upload-artifact.ts';

const dir = mkdtempSync(join(tmpdir(), 'artifacts-test-'));
let clock: VirtualClock;
let emulator: Emulator;
let runner: Runner;
let octokit: Octokit;
let count = 0;

beforeAll(async () => {
  clock = virtualClock();
  emulator = await startEmulator({ dir: join(dir, 'github'), clock });
  const ana = emulator.world.addUser('ana');
  runner = startRunner(emulator, { slots: 2 });
  octokit = new Octokit({ baseUrl: `${emulator.url}/api/v3`, auth: emulator.world.tokens.forUser(ana) });
});

afterAll(async () => {
  await runner.close();
  await emulator.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Runs steps, given as YAML, in one job. */
async function run(
  steps: string,
): Promise<{ readonly run: Run; readonly repository: Repository; readonly log: string }> {
  count += 1;
  const { world } = emulator;
  const owner = world.user('ana');
  if (!owner || !world.actions) throw new Error('The user or the runner is missing.');
  const repository = await world.addRepository(owner, `sample-${count}`);
  const text = `on: workflow_dispatch\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;
  const git = await world.git(repository);
  const author = { name: 'Ana', email: 'ana@example.com', date: world.now() };
  await git.seed({ '.github/workflows/main.yml': text }, { branch: 'main', message: 'a commit', author });
  await runner.refresh(repository);
  const workflow = world.runs.workflowBy(repository, 'main.yml');
  if (!workflow) throw new Error('no workflow');
  const ref = 'refs/heads/main';
  const started = await world.actions.dispatch({ actor: world.as('ana'), repository, workflow, ref, inputs: {} });
  await runner.idle();
  return { run: started, repository, log: started.jobs.map(({ log }) => log).join('\n') };
}

const FILES = `
      - run: mkdir -p out/deep out/.hid && echo one > out/one.txt && echo 'two é' > out/deep/two.txt && echo no > out/.hid/x
`;
const UPLOAD = 'actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f';

describe('an artifact', () => {
  test('is listed, shown and downloaded as an archive that unzip can read', async () => {
    const { run: done, repository } = await run(`${FILES}
      - id: keep
        uses: ${UPLOAD}
        with: { name: kept, path: out, retention-days: 3 }
      - env: { ID: '\${{ steps.keep.outputs.artifact-id }}', URL: '\${{ steps.keep.outputs.artifact-url }}' }
        run: echo "> $ID $URL"
`);
    expect(done.conclusion).toBe('success');
    const where = { owner: 'ana', repo: repository.name };
    const { data } = await octokit.actions.listWorkflowRunArtifacts({ ...where, run_id: done.id });
    const [artifact] = data.artifacts;
    expect(data.total_count).toBe(1);
    expect(artifact).toMatchObject({ name: 'kept', expired: false, workflow_run: { id: done.id } });
    const id = artifact?.id ?? 0;
    expect(done.jobs[0]?.log).toContain(
      `> ${id} ${emulator.world.serverUrl}/ana/${repository.name}/actions/runs/${done.id}/artifacts/${id}`,
    );
    expect((await octokit.actions.getArtifact({ ...where, artifact_id: id })).data).toEqual(artifact);
    expect((await octokit.actions.listArtifactsForRepo({ ...where, name: 'kept' })).data.artifacts).toEqual([artifact]);
    expect((await octokit.actions.listArtifactsForRepo({ ...where, name: 'other' })).data.total_count).toBe(0);

    const archive = await octokit.actions.downloadArtifact({ ...where, artifact_id: id, archive_format: 'zip' });
    const bytes = Buffer.from(archive.data as ArrayBuffer);
    expect(bytes).toHaveLength(artifact?.size_in_bytes ?? 0);
    const file = join(dir, 'kept.zip');
    writeFileSync(file, bytes);
    const unzip = (...args: string[]) => execFileSync('unzip', [...args], { encoding: 'utf8' });
    expect(unzip('-Z1', file).trim().split('\n')).toEqual(['deep/two.txt', 'one.txt']);
    expect(unzip('-tq', file)).toContain('No errors detected');
    expect(unzip('-p', file, 'deep/two.txt')).toBe('two é\n');
  });

  test('can be downloaded with read access to the run, from a URL valid for one minute, until it expires', async () => {
    const { run: done, repository } = await run(`${FILES}
      - uses: ${UPLOAD}
        with: { path: out/one.txt, retention-days: 1 }
`);
    const id = done.artifacts[0]?.id ?? 0;
    const path = `${emulator.url}/api/v3/repos/ana/${repository.name}/actions/artifacts/${id}/zip`;
    const token = emulator.world.tokens.forUser(emulator.world.user('ana') as never);
    const ask = () => fetch(path, { redirect: 'manual', headers: { authorization: `Bearer ${token}` } });
    const answer = await ask();
    const location = answer.headers.get('location') ?? '';
    expect(answer.status).toBe(302);
    expect((await fetch(location)).status).toBe(200);
    expect((await fetch(location.replace(/sig=..../, 'sig=0000'))).status).toBe(403);
    await clock.advance(61_000);
    expect((await fetch(location)).status).toBe(403);
    await clock.advance(86_400_000);
    expect((await ask()).status).toBe(410);
    const listed = await octokit.actions.listWorkflowRunArtifacts({
      owner: 'ana',
      repo: repository.name,
      run_id: done.id,
    });
    expect(listed.data.artifacts.map(({ expired }) => expired)).toEqual([true]);
    await octokit.actions.deleteArtifact({ owner: 'ana', repo: repository.name, artifact_id: id });
    expect((await ask()).status).toBe(404);
  });

  test.each([
    ['of a failed job is kept if the step has always()', 'exit 1', 'if: always()\n        ', ['artifact'], 'failure'],
    ['of a failed job is not kept otherwise', 'exit 1', '', [], 'failure'],
  ])('%s', async (_, script, when, names, conclusion) => {
    const { run: done } = await run(`${FILES}
      - run: ${script}
      - uses: ${UPLOAD}
        ${when}with: { path: out }
`);
    expect([done.artifacts.map(({ name }) => name), done.conclusion]).toEqual([names, conclusion]);
  });

  test.each([
    ['already exists is refused', 'name: kept', 'failure', ['kept'], 'already exists'],
    [
      'already exists is replaced with overwrite',
      'name: kept, overwrite: true',
      'success',
      ['kept'],
      'successfully uploaded',
    ],
    ['has an invalid name is refused', 'name: "a/b"', 'failure', ['kept'], 'name is not valid'],
  ])('that %s', async (_, more, conclusion, names, words) => {
    const { run: done, log } = await run(`${FILES}
      - uses: ${UPLOAD}
        with: { name: kept, path: out/one.txt }
      - uses: ${UPLOAD}
        with: { ${more}, path: out }
`);
    expect([done.conclusion, done.artifacts.map(({ name }) => name)]).toEqual([conclusion, names]);
    expect(log).toContain(words);
  });

  test.each([
    ['warn', 'success', '##[warning]No files were found'],
    ['error', 'failure', '##[error]No files were found'],
    ['ignore', 'success', ''],
  ])('without files follows if-no-files-found: %s', async (what, conclusion, words) => {
    const { run: done, log } = await run(`
      - uses: ${UPLOAD}
        with: { path: nothing, if-no-files-found: ${what} }
`);
    expect([done.conclusion, done.artifacts]).toEqual([conclusion, []]);
    expect(log.includes('No files were found')).toBe(words !== '');
    expect(log).toContain(words);
  });

  test('follows GitHub’s description in every response', () => {
    expect([emulator.findings, emulator.unimplemented]).toEqual([[], []]);
  });
});

describe('the results service', () => {
  /** A running job of a new repository, and calls with its runtime token. */
  async function service() {
    const { world } = emulator;
    const { run: record } = await run(FILES);
    const job = world.runs.createJob(record, { name: 'uploads', labels: [] });
    const token = world.artifacts.tokenFor(job);
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { scp: string };
    const [, runId = '', jobId = ''] = claims.scp.split(':');
    const ids = { workflow_run_backend_id: runId, workflow_job_run_backend_id: jobId };
    const call = async (method: string, input: object, bearer = token): Promise<Record<string, unknown>> => {
      const answer = await fetch(`${emulator.url}/twirp/github.actions.results.api.v1.ArtifactService/${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...ids, ...input }),
      });
      return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) };
    };
    const put = (url: unknown, body: string, headers: Record<string, string> = {}) =>
      fetch(String(url), { method: 'PUT', body, headers }).then(({ status }) => status);
    return { record, job, token, ids, call, put };
  }
  const block = (text: string) => encodeURIComponent(Buffer.from(text).toString('base64'));
  const listOf = (...names: readonly string[]) =>
    `<?xml version="1.0"?><BlockList>${names.map((name) => `<Latest>${Buffer.from(name).toString('base64')}</Latest>`).join('')}</BlockList>`;

  test('puts blocks together in the order of their list, and gives the artifact to later steps and to the API', async () => {
    const { record, call, put } = await service();
    const { signed_upload_url: url } = await call('CreateArtifact', {
      name: 'log',
      version: 7,
      mime_type: 'text/plain',
    });
    expect(await put(`${url}&comp=block&blockid=${block('2')}`, 'world')).toBe(201);
    expect(await put(`${url}&comp=block&blockid=${block('1')}`, 'hello ')).toBe(201);
    expect(await put(`${url}&comp=blocklist`, listOf('1', '3'))).toBe(400);
    expect(await put(`${url}&comp=blocklist`, listOf('1', '2'))).toBe(201);
    expect(record.artifacts).toEqual([]);

    const hash = `sha256:${createHash('sha256').update('hello world').digest('hex')}`;
    expect(await call('FinalizeArtifact', { name: 'log', size: '12', hash })).toMatchObject({
      code: 'invalid_argument',
    });
    expect(await call('FinalizeArtifact', { name: 'log', size: '11', hash: 'sha256:00' })).toMatchObject({
      status: 400,
    });
    const done = await call('FinalizeArtifact', { name: 'log', size: '11', hash });
    expect(done).toMatchObject({ ok: true, artifact_id: String(record.artifacts[0]?.id) });

    const { artifacts } = await call('ListArtifacts', { name_filter: 'log' });
    expect(artifacts).toMatchObject([{ name: 'log', size: '11', database_id: done.artifact_id }]);
    expect((await call('ListArtifacts', { id_filter: '1' })).artifacts).toEqual([]);
    const { signed_url: download } = await call('GetSignedArtifactURL', { name: 'log' });
    const read = await fetch(String(download));
    expect([read.headers.get('content-type'), await read.text()]).toEqual(['text/plain', 'hello world']);
    // A URL is for reading or for writing.
    expect(await put(download, 'other', { 'x-ms-blob-type': 'BlockBlob' })).toBe(403);
    expect((await fetch(String(url))).status).toBe(403);

    expect(await call('CreateArtifact', { name: 'log', version: 7 })).toMatchObject({ code: 'already_exists' });
    expect(await call('DeleteArtifact', { name: 'log' })).toMatchObject({ ok: true, artifact_id: done.artifact_id });
    expect(await call('DeleteArtifact', { name: 'log' })).toMatchObject({ status: 404, code: 'not_found' });
  });

  test('opens for the runtime token of a running job, and for its own run alone', async () => {
    const { record, job, ids, token, call } = await service();
    const other = emulator.world.tokens.forUser(emulator.world.user('ana') as never);
    expect(await call('ListArtifacts', {}, other)).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(await call('ListArtifacts', { workflow_run_backend_id: ids.workflow_job_run_backend_id })).toMatchObject({
      ...{ status: 403, code: 'permission_denied' },
    });
    expect(await call('Nonsense', {})).toMatchObject({ status: 404, code: 'bad_route' });
    expect((await fetch(`${emulator.url}/user`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    expect(job.run).toBe(record);
    emulator.world.artifacts.revoke(token);
    expect((await call('ListArtifacts', {})).status).toBe(401);
  });
});

describe('the files of an artifact', () => {
  const place = join(dir, 'files');
  for (const name of ['a/one.txt', 'a/b/two.txt', 'c/three.log', '.env', 'a/.git/config', '.out/x.txt']) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    writeFileSync(join(place, name), name);
  }
  symlinkSync('/etc/hostname', join(place, 'a/link'));

  test.each<[string, Record<string, string>, readonly string[]]>([
    ['in a directory are relative to it', { path: 'a' }, ['b/two.txt', 'one.txt']],
    ['are at the top if there is only one', { path: 'a/b/two.txt' }, ['two.txt']],
    ['in several directories are relative to the common one', { path: 'a/b\nc' }, ['a/b/two.txt', 'c/three.log']],
    ['that match a pattern are relative to the part before its first star', { path: '*/*.txt' }, ['a/one.txt']],
    ['do not include excluded ones', { path: 'a\n!a/b/**' }, ['one.txt']],
    [
      'include hidden ones on request',
      { path: 'a', 'include-hidden-files': 'true' },
      ['.git/config', 'b/two.txt', 'one.txt'],
    ],
    ['include those of a hidden directory that is named', { path: '.out' }, ['x.txt']],
  ])('%s', (_, inputs, names) => {
    const upload = readUpload({ name: 'x', ...inputs }, place);
    if (typeof upload === 'string') throw new Error(upload);
    expect(upload.entries.map(({ name }) => name)).toEqual(names);
  });
});
