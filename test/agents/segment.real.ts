/**
 * A whole segment by coding agents as their makers publish them: the tester's tests, which fail; an implementation that
 * does not meet them; the failed gate back in the same conversation; the fix; a review; a pull request with the tokens.
 * Git, gates, GitHub and the programs are real; what the model says is written here.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  answers,
  type ModelEndpoint,
  type Reply,
  type Request,
  runs,
  says,
  startModel,
} from '../rig/model-endpoint.ts';
import { ACP_AGENTS, choiceOf, install, REAL_AGENTS, type RealAgent, writeHome } from '../rig/real-agents.ts';
import { openWithCriteria, useGitHub } from '../segment/stand.ts';
import { Bench } from './bench.ts';

useGitHub();

const report = (value: object): Reply => says(`Done.\n\n\`\`\`json\n${JSON.stringify(value)}\n\`\`\``);

/** The model's answer to a request, by its content so far. */
const model = ({ text, results, tools }: Request): Reply => {
  if (text.includes('# The change') && text.includes('diff of')) {
    return answers({ verdict: 'approved', summary: 'It adds up.', findings: [] });
  }
  if (text.includes('You are a test engineer')) {
    return results === 0
      ? runs(`printf '# AC-1 and AC-2\\ngrep -q total src/cart.txt\\n' > test/cart.check`)
      : report({ summary: 'One test.', criteria: [{ id: 'AC-1', evidence: 'test/cart.check' }] });
  }
  if (tools.length === 0) return says('A title');
  if (results === 0) return runs(`printf 'one\\n' > src/cart.txt`);
  if (!text.includes('# What still applies')) return says('I think that is all.');
  // Not by counting results: some tell those of before twice when they go on.
  if (!text.includes('# the fix')) return runs(`printf 'one\\ntwo\\ntotal\\n' > src/cart.txt # the fix`);
  return report({ summary: 'A cart that adds up.', criteria: [{ id: 'AC-1', evidence: 'test/cart.check' }] });
};

describe('a whole segment', () => {
  let endpoint: ModelEndpoint;
  let bench: Bench;

  beforeEach(async () => {
    endpoint = await startModel();
    endpoint.script = model;
    bench = new Bench();
  });

  afterEach(async () => {
    bench.close();
    await endpoint.close();
  });

  const one = (agent: RealAgent) => ({ tester: agent, implementer: agent, reviewer: agent });
  const [claude, codex, copilot, gemini, opencode] = REAL_AGENTS;
  const [claudeAcp, codexAcp] = ACP_AGENTS;
  const cases: readonly [string, Readonly<Record<'tester' | 'implementer' | 'reviewer', RealAgent>>][] = [
    ['by claude', one(claude)],
    ['by codex', one(codex)],
    ['by copilot', one(copilot)],
    ['by gemini', one(gemini)],
    ['by opencode', one(opencode)],
    ['by claude and codex over the protocol', { tester: codexAcp, implementer: claudeAcp, reviewer: codexAcp }],
    ['by three makers together', { tester: gemini, implementer: claude, reviewer: codex }],
  ];
  it.for(cases)('%s', async ([, roles], { skip }) => {
    const agents: Record<string, unknown> = {};
    const named: Record<string, string> = {};
    bench.set({ HOME: bench.home });
    for (const [role, real] of Object.entries(roles)) {
      const installed = await install(real);
      if ('missing' in installed) {
        console.log(`Skipped: ${installed.missing}`);
        return skip(installed.missing);
      }
      const { kind, command, environment } = choiceOf(real, installed.binaries);
      const name = real.name.replaceAll(' ', '-').toLowerCase();
      agents[name] = { kind, command, environment, ...(real.model ? { model: real.model } : {}) };
      named[role] = name;
      bench.set(real.environment(endpoint.url));
      await writeHome(bench.home, real.home(endpoint.url));
    }
    const stand = await openWithCriteria({
      variables: bench.variables,
      config: { agent: named.implementer, agents, roles: named, tdd: true, council: 'on' },
    });
    const report = await stand.run();

    if (report.result.kind !== 'ready') throw new Error(`${JSON.stringify(report.result)}\n${stand.log.join('\n')}`);
    expect(report.course).toMatchObject({
      pair: { kind: 'written', files: ['test/cart.check'] },
      council: { kind: 'approved', summary: 'It adds up.' },
    });
    expect(report.tries).toBe(2);
    expect(report.validation.find(({ gate }) => gate === 'tests')?.verdict).toBe('pass');
    expect(report.agent.summary).toBe('A cart that adds up.');
    expect(report.course?.tokens).toBeGreaterThan(0);
    expect(await stand.fileAt('feat/cart', 'src/cart.txt')).toBe('one\ntwo\ntotal\n');
    // The second try went on in the conversation of the first: what it was told then is in what the model heard.
    const fix = endpoint.requests.findLast(({ text }) => text.includes('# What still applies'))?.text ?? '';
    expect(fix).toContain('I think that is all.');
    expect(fix).toContain('FAIL test/cart.check');
    // Nothing of the agent's keys goes anywhere.
    expect(JSON.stringify([report, stand.log])).not.toContain('mock-key-0123456789abcdef');
  });
});
