/** Which agents are asked for their version, how, and what makes one too old. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { presetOf } from '../../src/agents/agent.ts';
import { askVersions, isOlder } from '../../src/agents/version.ts';
import { type AgentChoice, PRESETS } from '../../src/core/model/config.ts';
import { Bench } from './bench.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.close());

/** Puts a program of this name onto the PATH, which is noted with what it is asked. @returns its path. */
function program(name: string, script: string): string {
  const bin = join(bench.root, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
  bench.set({ PATH: `${bin}:${process.env.PATH}` });
  return join(bin, name);
}

const agent = (kind: AgentChoice['kind'], command: readonly string[] = [], name: string = kind): AgentChoice => ({
  name,
  kind,
  command,
  environment: [],
});

async function ask(...agents: readonly AgentChoice[]) {
  const { sandbox } = await bench.task(agent('claude'));
  return askVersions(sandbox, agents, join(bench.root, 'versions'));
}

describe('a version', () => {
  it.each([
    ['claude', '2.1.329 (Claude Code)', '2.1.329'],
    ['codex', 'codex-cli 0.169.0', '0.169.0'],
    ['copilot', "GitHub Copilot CLI 1.0.102.\nRun 'copilot update' to check for updates.", '1.0.102'],
    ['gemini', '0.61.0-nightly.20261120.abc', '0.61.0'],
    ['opencode', 'v1.18.33', '1.18.33'],
  ] as const)('of %s is read as it says it', async (kind, says, version) => {
    program(kind, `[ "$*" = --version ] && cat <<'END'\n${says}\nEND`);
    expect(await ask(agent(kind))).toEqual({ found: [`${kind} ${version}`] });
  });

  it('that is too old is a problem, whichever agent has it', async () => {
    program('claude', 'echo 2.1.329');
    const old = program('codex', 'echo codex-cli 0.44.0');
    expect((await ask(agent('claude'), agent('codex', [old], 'judge'))).problem).toEqual({
      kind: 'AGENT_TOO_OLD',
      agent: 'judge',
      command: old,
      found: '0.44.0',
      needs: presetOf('codex')?.oldest,
    });
  });

  it.each([
    ['fails', 'echo 0.0.1; exit 1'],
    ['says none', 'echo hello 1.2'],
  ])('is no problem where the program %s: its real start tells why', async (_, script) => {
    program('claude', script);
    expect(await ask(agent('claude'), agent('gemini', [join(bench.root, 'none/gemini')]))).toEqual({ found: [] });
  });

  it('is asked once, without a key, and of nothing but a preset’s own program', async () => {
    bench.set({ ANTHROPIC_API_KEY: 'sk-ant-of-the-agent' });
    const claude = program('claude', 'echo "2.$(env | grep -c KEY | sed s/0/1/).99"');
    const other = program('my-claude', 'echo 0.0.1');
    writeFileSync(join(bench.tree, 'claude'), readFileSync(other));
    const versions = await ask(
      ...[agent('claude'), agent('claude', ['claude', '--verbose']), agent('claude', [claude])],
      ...[
        agent('claude', [other]),
        agent('claude', ['./claude']),
        agent('command', ['claude']),
        agent('acp', [claude]),
      ],
    );
    expect(versions).toEqual({ found: ['claude 2.1.99', `${claude} 2.1.99`] });
  });

  it('is older by its numbers, not by its letters', () => {
    expect(['2.1.49', '2.0.99', '1.9.99', '2.1.5'].every((found) => isOlder(found, '2.1.50'))).toBe(true);
    expect(['2.1.50', '2.1.51', '2.1.100', '2.2.0', '3.0.0'].some((found) => isOlder(found, '2.1.50'))).toBe(false);
  });
});

it.each(PRESETS)('the docs say which version of %s is the oldest', (preset) => {
  const row = readFileSync(new URL('../../docs/agents.md', import.meta.url), 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`| \`${preset}\` |`));
  expect(row?.split(' | ')[2]).toBe(presetOf(preset)?.oldest);
});
