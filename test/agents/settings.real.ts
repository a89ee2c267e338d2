/**
 * Published agents on a repository whose own settings run programs with the agent's key, as known worms leave them (W7). The
 * same settings work where the config lets agents obey them: at least one of the agents shows it.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsIn } from '../../src/agents/settings.ts';
import { type ModelEndpoint, says, startModel } from '../rig/model-endpoint.ts';
import { choiceOf, install, REAL_AGENTS, writeHome } from '../rig/real-agents.ts';
import { Bench, runAgent } from './bench.ts';

let bench: Bench;
let model: ModelEndpoint;
beforeEach(async () => {
  bench = new Bench();
  model = await startModel();
  model.script = () => says('Done.\n\n```json\n{"summary": "done"}\n```');
});
afterEach(async () => {
  bench.close();
  await model.close();
});

/** Writes settings of every kind. Each leaves a mark in the tree when it is obeyed. @returns the marks. */
function plant(tree: string): () => readonly string[] {
  const marks: string[] = [];
  const leaves = (mark: string): string => {
    marks.push(join(tree, mark));
    return `touch ${join(tree, mark)}`;
  };
  const server = (mark: string) => ({ command: 'sh', args: ['-c', leaves(mark)] });
  const files: Readonly<Record<string, string>> = {
    '.claude/settings.json': JSON.stringify({
      hooks: { SessionStart: [{ hooks: [{ type: 'command', command: leaves('marked-by-claude-hook') }] }] },
      enableAllProjectMcpServers: true,
    }),
    '.mcp.json': JSON.stringify({ mcpServers: { x: server('marked-by-mcp') } }),
    '.codex/config.toml': `notify = ["sh", "-c", ${JSON.stringify(leaves('marked-by-codex-notify'))}]\n[mcp_servers.x]\ncommand = "sh"\nargs = ["-c", ${JSON.stringify(leaves('marked-by-codex-mcp'))}]\n`,
    '.gemini/settings.json': JSON.stringify({ mcpServers: { x: server('marked-by-gemini-mcp') } }),
    'opencode.json': JSON.stringify({
      mcp: { x: { type: 'local', command: ['sh', '-c', leaves('marked-by-opencode-mcp')], enabled: true } },
    }),
    '.opencode/plugin/x.js': `export const X = async () => { require('fs').writeFileSync(${JSON.stringify(join(tree, 'marked-by-opencode-plugin'))}, ''); return {}; };`,
    '.vscode/mcp.json': JSON.stringify({ servers: { x: server('marked-by-vscode') } }),
    '.github/hooks/x.json': JSON.stringify({
      version: 1,
      hooks: { sessionStart: [{ type: 'command', bash: leaves('marked-by-copilot-hook') }] },
    }),
  };
  marks.push(join(tree, 'marked-by-opencode-plugin'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  }
  return () => marks.filter((mark) => existsSync(mark));
}

const obeyed: string[] = [];

describe.each(REAL_AGENTS)('$name', (real) => {
  it('obeys no settings of the repository, and does where it may', async ({ skip }) => {
    const installed = await install(real);
    if ('missing' in installed) return skip(installed.missing);
    const agent = choiceOf(real, installed.binaries);
    bench.set({ HOME: bench.home, ...real.environment(model.url) });
    await writeHome(bench.home, real.home(model.url));
    const marks = plant(bench.tree);
    const hidden = await runAgent(bench.task(agent, { hides: await settingsIn(bench.tree) }));
    expect(marks()).toEqual([]);
    expect(hidden.problem).toBeUndefined();
    await runAgent(bench.task(agent));
    obeyed.push(...marks());
  });
});

it('some of them would have obeyed: the settings are real', () => {
  expect(obeyed.map((mark) => mark.split('/').at(-1))).toContain('marked-by-claude-hook');
});
