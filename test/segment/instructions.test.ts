/** Whether a persona or a skill is there is known when the epic is planned, from what the base branch shows. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import { decide } from '../../src/core/decide/decide.ts';
import { issueNumber } from '../../src/core/model/epic.ts';
import type { Diagnostic } from '../../src/core/model/problem.ts';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import type { Repository, User } from '../../src/emulator/model/records.ts';
import { type Client, makeClient } from '../../src/github/client.ts';
import { PassAnswers } from '../../src/github/looks/pass.ts';
import { observe } from '../../src/github/observe.ts';
import { readBlock } from '../../src/plans/block.ts';

let emulator: Emulator;
let directory: string;
let client: Client;
let repository: Repository;
const HERE = { owner: 'ana', name: 'shop' };

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'swarm-names-'));
  emulator = await startEmulator({ dir: directory });
  const ana: User = emulator.world.addUser('ana');
  repository = await emulator.world.addRepository(ana, HERE.name, { visibility: 'private' });
  const git = await emulator.world.git(repository);
  const author = { name: 'ana', email: 'ana@harbour.example', date: emulator.world.now() };
  const files = {
    'README.md': '# Shop\n',
    '.github/swarm.yml': 'skills: [docs/skills]\n',
    '.github/agents/api-expert.agent.md': 'You know APIs.\n',
    '.claude/agents/painter.md': 'You paint.\n',
    '.agents/skills/money/SKILL.md': 'In cents.\n',
    '.agents/skills/empty/README.md': 'No skill.\n',
    'docs/skills/tone/SKILL.md': 'Be kind.\n',
  };
  await git.seed(files, { branch: 'main', message: 'a commit', author });
  client = makeClient({ apiUrl: `${emulator.url}/api/v3`, token: emulator.world.tokens.forUser(ana) });
});

afterAll(async () => {
  await emulator.close();
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
});

async function planned(front: string): Promise<readonly Diagnostic['problem'][]> {
  const { data } = await client.request('POST /repos/{owner}/{repo}/issues', {
    owner: HERE.owner,
    repo: HERE.name,
    title: 'Add the cart',
    body: `---\nfiles: [src/**]\n${front}\n---\nDo it.`,
  });
  const seen = await observe({
    client,
    repository: HERE,
    epic: issueNumber(data.number),
    orchestrator: 'me',
    runsIn: 'process',
    performed: {},
    requests: [],
    answers: new PassAnswers(client, HERE),
    parseConfig: ({ file, text }) => readConfig(text, file),
    parseBlock: readBlock,
  });
  if (!seen) throw new Error('the issue is not there');
  const { plan } = decide(seen.snapshot, seen.config).board;
  return plan.diagnostics.filter(({ level }) => level === 'error').map(({ problem }) => problem);
}

it.each(['persona: api-expert', 'persona: painter', 'persona: reviewer', 'skills: [money, tone]'])(
  '%s is there',
  async (front) => {
    expect(await planned(front)).toEqual([]);
  },
);

it('a persona that is not there is an error, with the nearest name (R5.5)', async () => {
  expect(await planned('persona: api-experts')).toMatchObject([
    { kind: 'PERSONA_NOT_FOUND', name: 'api-experts', nearest: 'api-expert' },
  ]);
});

it('so is a skill, also one whose folder holds none', async () => {
  expect(await planned('skills: [empty, mony]')).toMatchObject([
    { kind: 'SKILL_NOT_FOUND', name: 'empty', known: ['money', 'tone'] },
    { kind: 'SKILL_NOT_FOUND', name: 'mony', nearest: 'money' },
  ]);
});
