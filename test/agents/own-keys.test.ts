/** The endpoints that an agent with keys of its own may reach. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endpointsOf } from '../../src/agents/endpoints.ts';
import { givenTo } from '../../src/agents/invocation.ts';
import { Bench } from './bench.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.close());

const JOB = {
  ANTHROPIC_API_KEY: 'a',
  REVIEWER_KEY: 'r',
  OPENAI_API_KEY: 'o',
  MODEL_URL: 'https://models.shop.test:8443/v1',
};

async function reached(
  keys: Readonly<Record<string, string>> | undefined,
  names: readonly string[],
): Promise<string[]> {
  bench.set(JOB);
  const agent = { name: 'claude', kind: 'claude', command: [], environment: [], ...(keys ? { keys } : {}) } as const;
  const task = await bench.task(agent);
  const places = await endpointsOf(givenTo(task, names));
  return places.map(({ host, port }) => (port === undefined ? host : `${host}:${port}`));
}

it.each<[string, Readonly<Record<string, string>> | undefined, readonly string[], readonly string[]]>([
  ['the provider of a key that it gets', undefined, ['ANTHROPIC_API_KEY'], ['api.anthropic.com']],
  ['no provider of a key that the job lacks', undefined, ['GEMINI_API_KEY'], []],
  ['the host of a URL in its variables', undefined, ['MODEL_URL'], ['models.shop.test:8443']],
  ['the provider of a key of its own', { OPENAI_API_KEY: 'REVIEWER_KEY' }, [], ['api.openai.com']],
  ['the host of a URL of its own', { OPENAI_BASE_URL: 'MODEL_URL' }, [], ['models.shop.test:8443']],
  ['nothing for a key of its own that the job lacks', { OPENAI_API_KEY: 'NOBODYS_KEY' }, [], []],
])('%s', async (_, keys, names, expected) => {
  expect(await reached(keys, names)).toEqual(expected);
});
