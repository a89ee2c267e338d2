/** The emulator's signatures on commits, compared with GitHub's documentation, and the commits' bytes, compared with git. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import { isSignedByGitHub, signAsGitHub, WEB_FLOW_KEY } from '../../src/emulator/git/signing.ts';
import type { Repository } from '../../src/emulator/model/records.ts';

const directory = mkdtempSync(join(tmpdir(), 'swarm-signing-'));
let emulator: Emulator;
let repository: Repository;
let base: string;
let tokens: Readonly<Record<'job' | 'person', string>>;

beforeAll(async () => {
  emulator = await startEmulator({ dir: directory });
  const { world } = emulator;
  const ana = world.addUser('ana');
  repository = await world.addRepository(ana, 'shop', { visibility: 'private' });
  const author = { name: 'ana', email: 'ana@example.com', date: world.now() };
  base = await (await world.git(repository)).seed({ a: '1\n' }, { branch: 'main', message: 'one', author });
  tokens = {
    job: world.tokens.forJob(repository, 7, { contents: 'write' }),
    person: world.tokens.forUser(ana),
  };
});
afterAll(async () => {
  await emulator.close();
  rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
});

interface Answer {
  readonly sha: string;
  readonly author: { readonly name: string };
  readonly verification: { readonly verified: boolean; readonly reason: string; readonly signature: string | null };
}

async function commit(by: 'job' | 'person', more: Record<string, unknown> = {}): Promise<Answer> {
  const tree = execFileSync('git', ['-C', (await emulator.world.git(repository)).dir, 'rev-parse', `${base}^{tree}`]);
  const answer = await fetch(`${emulator.url}/repos/ana/shop/git/commits`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens[by]}` },
    body: JSON.stringify({ message: 'two\n\nlines', tree: tree.toString().trim(), parents: [base], ...more }),
  });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Answer;
}

const person = { name: 'Ana', email: 'ana@example.com' };

it.each<[string, 'job' | 'person', Record<string, unknown>, string]>([
  ['by a job in its own name is verified', 'job', {}, 'valid'],
  ['by a job with another author is not verified', 'job', { author: person }, 'unsigned'],
  ['by a job with another committer is not verified', 'job', { committer: person }, 'unsigned'],
  ['by a person is not verified', 'person', {}, 'unsigned'],
])('a commit through the API %s', async (_, by, more, reason) => {
  const { sha, verification } = await commit(by, more);
  expect(verification).toMatchObject({ verified: reason === 'valid', reason });
  const { dir } = await emulator.world.git(repository);
  const raw = execFileSync('git', ['-C', dir, 'cat-file', 'commit', sha]).toString();
  expect(raw.includes('\ngpgsig -----BEGIN SSH SIGNATURE-----\n ')).toBe(reason === 'valid');
  // Git reads the message after the header, and fsck has no complaints.
  expect(execFileSync('git', ['-C', dir, 'log', '-1', '--format=%B', sha]).toString().trim()).toBe('two\n\nlines');
  expect(execFileSync('git', ['-C', dir, 'fsck', '--strict', '--no-dangling'], { stdio: 'pipe' }).toString()).toBe('');
});

it('git verifies the signature, given the key', async () => {
  const { sha } = await commit('job');
  const { dir } = await emulator.world.git(repository);
  const signers = join(directory, 'signers');
  writeFileSync(signers, `github ${WEB_FLOW_KEY}\n`);
  const config = ['-c', 'gpg.format=ssh', '-c', `gpg.ssh.allowedSignersFile=${signers}`];
  const { stderr, status } = spawnSync('git', ['-C', dir, ...config, 'verify-commit', sha], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, expect.stringContaining('Good "git" signature for github')]);
});

it('a signature is valid only for its own bytes', () => {
  const payload = Buffer.from('tree x\n\nmessage');
  const signature = signAsGitHub(payload);
  expect(isSignedByGitHub(payload, signature)).toBe(true);
  expect(isSignedByGitHub(Buffer.from('tree y\n\nmessage'), signature)).toBe(false);
  expect(isSignedByGitHub(payload, '-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----')).toBe(false);
});
