/** The same agents over the Agent Client Protocol, by themselves or by their adapters. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AgentChoice } from '../../src/core/model/config.ts';
import { fails, type ModelEndpoint, runs, says, startModel, writes } from '../rig/model-endpoint.ts';
import { ACP_AGENTS, choiceOf, install, writeHome } from '../rig/real-agents.ts';
import { Bench, runAgent } from './bench.ts';

const MENDED = 'export const add = (a, b) => a + b;\n';

describe.each(ACP_AGENTS)('$name', (real) => {
  let agent: AgentChoice;
  let model: ModelEndpoint;
  let bench: Bench;
  let missing: string | undefined;

  beforeAll(async () => {
    const installed = await install(real);
    if ('missing' in installed) {
      missing = installed.missing;
      console.log(`Skipped: ${missing}`);
    } else agent = choiceOf(real, installed.binaries);
  });

  beforeEach(async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    model = await startModel();
    bench = new Bench();
    bench.set({ HOME: bench.home, GITHUB_TOKEN: 'ghs_of_the_job', ...real.environment(model.url) });
    await writeHome(bench.home, real.home(model.url));
  });

  afterEach(async () => {
    bench?.close();
    await model?.close();
  });

  it('edits a file, runs a command, and goes on in the same conversation', async () => {
    model.script = ({ results }) =>
      results === 0
        ? writes(`${bench.tree}/add.mjs`, MENDED)
        : results === 1
          ? runs('env > seen.txt')
          : says('Mended.');
    const ended = await runAgent(bench.task(agent));
    expect(ended.problem).toBeUndefined();
    expect(bench.file('add.mjs')).toBe(MENDED);
    expect(bench.file('seen.txt')).not.toContain('ghs_of_the_job');
    expect(ended.text).toContain('Mended.');
    expect(ended.tokens).toBeGreaterThan(0);

    model.script = () => says('Nothing more to do.');
    const before = model.requests.length;
    const second = await runAgent(bench.task(agent, { brief: 'Look again.', resume: ended.session ?? '' }));
    expect(second.problem).toBeUndefined();
    expect(second.text).toContain('Nothing more to do.');
    if (real.name === 'gemini by ACP' && second.warnings.length > 0) {
      // It does not always find again what it wrote; swarm says so and starts again.
      expect(second.warnings.join()).toContain('No previous sessions found');
      return;
    }
    expect(second.warnings).toEqual([]);
    const heard = model.requests.slice(before).map(({ text }) => text);
    expect(heard.join()).toContain('Mend add.mjs.');
    expect(heard.join()).toContain('Look again.');
  });

  // These two wait out an outage for half a minute first; their presets are told of it in presets.real.ts.
  const isPatient = real.name === 'copilot by ACP' || real.name === 'opencode by ACP';
  it.each([
    [401, 'Invalid API key provided', 'AGENT_NO_CREDENTIALS'] as const,
    ...(isPatient ? [] : [[529, 'Overloaded', 'AGENT_LATER'] as const]),
  ])('whose provider answers %i %s', async (status, message, kind) => {
    model.script = () => fails(status, message);
    const ended = await runAgent(bench.task(agent, { idleMs: 30_000 }));
    expect(ended.problem).toMatchObject({ kind });
  });
});
