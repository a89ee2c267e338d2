/** Each agent in its own headless mode, against a model that says what is written here. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AgentChoice } from '../../src/core/model/config.ts';
import { fails, type ModelEndpoint, runs, says, startModel, TOKENS, writes } from '../rig/model-endpoint.ts';
import { choiceOf, install, REAL_AGENTS, writeHome } from '../rig/real-agents.ts';
import { Bench, runAgent } from './bench.ts';

const MENDED = 'export const add = (a, b) => a + b;\n';
const DONE = 'Mended.\n\n```json\n{"summary": "add() adds", "criteria": [{"id": "AC-1", "evidence": "add.mjs"}]}\n```';

describe.each(REAL_AGENTS)('$name', (real) => {
  let agent: AgentChoice;
  let model: ModelEndpoint;
  let bench: Bench;
  let missing: string | undefined;

  beforeAll(async () => {
    const installed = await install(real);
    if ('missing' in installed) {
      missing = installed.missing;
      console.log(`Skipped: ${missing}`);
      return;
    }
    agent = choiceOf(real, installed.binaries);
  });

  beforeEach(async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    model = await startModel();
    bench = new Bench();
    bench.set({ HOME: bench.home, ...real.environment(model.url) });
    await writeHome(bench.home, real.home(model.url));
  });

  afterEach(async () => {
    bench?.close();
    await model?.close();
  });

  it('edits a file and tells what it used; nothing of the job’s environment is in its shell', async () => {
    bench.set({ GITHUB_TOKEN: 'ghs_of_the_job', DATABASE_URL: 'of-the-gates', ACTIONS_RUNTIME_TOKEN: 'of-the-runner' });
    model.script = ({ results }) =>
      results === 0 ? writes(`${bench.tree}/add.mjs`, MENDED) : results === 1 ? runs('env > seen.txt') : says(DONE);
    const ended = await runAgent(bench.task(agent, { environment: ['DATABASE_URL'] }));
    expect(ended.problem).toBeUndefined();
    expect(bench.file('add.mjs')).toBe(MENDED);
    expect(ended.says).toMatchObject({ summary: 'add() adds', criteria: [{ id: 'AC-1', evidence: 'add.mjs' }] });
    expect(ended.usage).toEqual({ inputTokens: 3 * TOKENS.input, outputTokens: 3 * TOKENS.output, cachedTokens: 0 });
    expect(ended.session).toBeDefined();
    expect(model.requests[0]?.text).toContain('Mend add.mjs.');
    expect(bench.file('seen.txt')).not.toMatch(/ghs_of_the_job|of-the-gates|of-the-runner/);
    expect(bench.events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['session', 'does', 'says']));
    expect(readFileSync(ended.transcript, 'utf8')).toContain('Mended.');
  });

  it('goes on in the same conversation, and its costs are those of the call alone', async () => {
    model.script = () => says('I have looked at it.');
    const first = await runAgent(bench.task(agent, { brief: 'Look at add.mjs, my friend.' }));
    expect(first.problem).toBeUndefined();
    model.script = ({ results }) => (results === 0 ? writes(`${bench.tree}/add.mjs`, MENDED) : says(DONE));
    const before = model.requests.length;
    const second = await runAgent(
      bench.task(agent, { brief: 'The gate tests fails.', ...(first.session ? { resume: first.session } : {}) }),
    );
    expect(second.problem).toBeUndefined();
    expect(bench.file('add.mjs')).toBe(MENDED);
    const heard = model.requests.slice(before).map(({ text }) => text);
    expect(heard[0]).toContain('Look at add.mjs, my friend.');
    expect(heard[0]).toContain('The gate tests fails.');
    expect(second.tokens).toBe(2 * (TOKENS.input + TOKENS.output));
  });

  it('does not write where it may only read', async () => {
    model.script = ({ results, tools }) => {
      if (results > 1) return says('I could not.');
      const writer = tools.some((name) => /^(write|write_file)$/i.test(name));
      const shell = tools.some((name) => /^(bash|exec_command|shell|run_shell_command)$/i.test(name));
      if (results === 0 && writer) return writes(`${bench.tree}/new.txt`, 'new\n');
      return shell ? runs(`echo new > ${bench.tree}/other.txt`) : says('I cannot.');
    };
    const ended = await runAgent(bench.task(agent, { access: 'read', role: 'reviewer' }));
    expect(ended.problem).toBeUndefined();
    expect(bench.status).toBe('');
  });

  // The others' words for the rest are rows in failure.test.ts: some of them take long to start.
  const isQuick = real.name === 'claude' || real.name === 'codex';
  it.each([
    [401, 'Invalid API key provided', 'AGENT_NO_CREDENTIALS'] as const,
    [529, 'Overloaded', 'AGENT_LATER'] as const,
    ...(isQuick
      ? [
          [404, 'The model mock-model does not exist', 'AGENT_MODEL_REFUSED'] as const,
          [400, 'Your credit balance is too low', 'AGENT_NO_CREDIT'] as const,
        ]
      : []),
  ])('whose provider answers %i %s', async (status, message, kind) => {
    model.script = () => fails(status, message);
    const ended = await runAgent(bench.task(agent, { idleMs: 50_000 }));
    expect(ended.problem).toMatchObject({ kind });
  });
});

describe.each(REAL_AGENTS.filter(({ name }) => name === 'claude' || name === 'opencode'))(
  'the money of $name',
  (real) => {
    it('is at an end after one cent, in the middle of the work', async ({ skip }) => {
      const installed = await install(real);
      if ('missing' in installed) return skip(installed.missing);
      const model = await startModel();
      const bench = new Bench();
      try {
        bench.set({ HOME: bench.home, ...real.environment(model.url) });
        model.script = ({ results }) => runs(`echo ${results} >> count.txt`);
        const ended = await runAgent(bench.task(choiceOf(real, installed.binaries), { budgetUsd: 0.01 }));
        expect(ended.problem).toMatchObject({ kind: 'BUDGET_SPENT', budgetUsd: 0.01, of: 'segment' });
        expect(ended.costUsd).toBeGreaterThanOrEqual(0.01);
        expect(ended.costUsd).toBeLessThan(0.02);
        expect(bench.file('count.txt')).toContain('1');
      } finally {
        bench.close();
        await model.close();
      }
    });
  },
);
