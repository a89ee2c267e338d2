/** The endpoints that an agent may reach, by its keys, its variables and its settings. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makerOf } from '../../src/agents/agent.ts';
import { claude } from '../../src/agents/claude.ts';
import { codex } from '../../src/agents/codex.ts';
import { copilot } from '../../src/agents/copilot.ts';
import { endpointsOf } from '../../src/agents/endpoints.ts';
import { gemini } from '../../src/agents/gemini.ts';
import { opencode } from '../../src/agents/opencode.ts';
import { readPlace } from '../../src/core/model/config/network.ts';

const home = await mkdtemp(join(tmpdir(), 'swarm-home-'));
afterAll(() => rm(home, { recursive: true }));

const of = async (given: Parameters<typeof endpointsOf>[0]): Promise<readonly string[]> =>
  (await endpointsOf(given)).map(({ host, port }) => (port === undefined ? host : `${host}:${port}`));

describe('the endpoints of an agent', () => {
  it('are those of the providers whose keys it has, and of no other key of the job', async () => {
    const variables = { ANTHROPIC_API_KEY: 'a-key', OPENAI_API_KEY: 'another', MISTRAL_API_KEY: '' };
    expect(await of({ variables, names: ['ANTHROPIC_API_KEY', 'MISTRAL_API_KEY'] })).toEqual(['api.anthropic.com']);
  });

  it('are the hosts of URLs in its variables, with their ports, and in no other variable', async () => {
    const variables = {
      ANTHROPIC_BASE_URL: 'https://models.corp.test/v1',
      OLLAMA_HOST: 'http://127.0.0.1:11434',
      OTHER_BASE_URL: 'https://other.test',
      MY_KEY: 'no-address',
    };
    expect(await of({ variables, names: ['ANTHROPIC_BASE_URL', 'OLLAMA_HOST', 'MY_KEY'] })).toEqual([
      'models.corp.test:443',
      '127.0.0.1:11434',
    ]);
  });

  it('are the hosts in its settings in the home of the job’s user', async () => {
    await mkdir(join(home, '.codex'));
    await writeFile(join(home, '.codex', 'config.toml'), 'base_url = "http://models.corp.test:8080/v1"');
    const { homeFiles } = codex;
    expect(await of({ variables: { HOME: home }, names: [], homeFiles })).toEqual(['models.corp.test:8080']);
    expect(await of({ variables: { HOME: '/nonexistent' }, names: [], homeFiles })).toEqual([]);
  });

  it('of a region are those of the region', async () => {
    const variables = { GOOGLE_CLOUD_LOCATION: 'europe-west4' };
    expect(await of({ variables, names: gemini.settings })).toEqual(['europe-west4-aiplatform.googleapis.com']);
    expect(await of({ variables: { GOOGLE_CLOUD_LOCATION: 'evil.test/' }, names: gemini.settings })).toEqual([]);
  });

  it.each([
    [['codex-acp'], codex],
    [['/opt/agents/bin/claude-code-acp'], claude],
    [['npx', '@google/gemini-cli', '--acp'], gemini],
    [['opencode', 'acp'], opencode],
    [['sh', '-c', 'copilot --acp'], copilot],
    [['node', '/srv/claude/agent.mjs'], undefined],
    [['my-claudette'], undefined],
  ])('of the command %j are those of its maker', (command, maker) => {
    expect(makerOf(command)).toBe(maker);
  });

  it.each(Object.entries({ claude, codex, copilot, gemini, opencode }))('of %s are places', (_, { hosts }) => {
    expect(hosts.length).toBeGreaterThan(0);
    expect(hosts.filter((host) => readPlace(host) === undefined)).toEqual([]);
  });
});
