/** Logins in the home of the job's user reach the agent that they are for, and no other program. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runAgent } from '../../src/agents/agent.ts';
import { Bench } from './bench.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
  bench.set({ HOME: bench.home });
  mkdirSync(join(bench.home, '.codex'));
  writeFileSync(join(bench.home, '.codex', 'auth.json'), '{"login": "of codex"}');
});
afterEach(() => bench.close());

it.each([
  ['codex-wrapper', '{"login": "of codex"}'],
  ['wrapper', 'none'],
])('a command that starts %s finds %s', async (name, expected) => {
  const program = join(bench.root, 'bin', name);
  mkdirSync(join(bench.root, 'bin'));
  writeFileSync(program, '#!/bin/sh\ncat "$HOME/.codex/auth.json" > found.txt 2>/dev/null || echo none > found.txt\n', {
    mode: 0o755,
  });
  const agent = { name: 'rig', kind: 'command', command: [program], environment: [] } as const;
  await runAgent(await bench.task(agent, { reads: [dirname(program)] }));
  expect(bench.file('found.txt').trim()).toBe(expected);
});
