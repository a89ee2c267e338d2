/** Which files of a repository are settings that agents obey, and that they are empty behind the walls. */
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsIn } from '../../src/agents/settings.ts';
import { kindsHere, sandboxFor } from '../rig/walls.ts';

let tree: string;
beforeEach(async () => {
  tree = await mkdtemp(join(tmpdir(), 'swarm-settings-'));
});
afterEach(() => rm(tree, { recursive: true, force: true }));

async function put(...files: readonly string[]): Promise<void> {
  for (const file of files) {
    await mkdir(dirname(join(tree, file)), { recursive: true });
    await writeFile(join(tree, file), '{"planted": true}');
  }
}
const found = async (): Promise<readonly string[]> =>
  (await settingsIn(tree)).map((path) => relative(tree, path)).sort();

describe('settings of agents', () => {
  it.each([
    ['.claude/settings.json'],
    ['.claude/settings.local.json'],
    ['.mcp.json'],
    ['.gemini/settings.json'],
    ['opencode.jsonc'],
    ['.cursor/mcp.json'],
    ['.vscode/tasks.json'],
    ['packages/web/.mcp.json'],
    ['.Claude/Settings.json'],
  ])('%s', async (file) => {
    await put(file);
    expect(await found()).toEqual([file]);
  });

  it.each([
    ['.codex/config.toml', '.codex'],
    ['.opencode/plugin/x.js', '.opencode'],
    ['.github/hooks/start.json', '.github/hooks'],
    ['apps/.gemini/extensions/x/gemini-extension.json', 'apps/.gemini/extensions'],
  ])('%s, with all of its directory', async (file, directory) => {
    await put(file);
    expect(await found()).toEqual([directory]);
  });

  it('are found behind a link, and a link out of the tree is none of them', async () => {
    await put('tools/servers.json');
    await symlink('tools/servers.json', join(tree, '.mcp.json'));
    await symlink('/etc/hostname', join(tree, 'opencode.json'));
    expect(await found()).toEqual(['tools/servers.json']);
  });

  it('are not instructions, sources of the same name elsewhere, or files of packages', async () => {
    await put(
      'AGENTS.md',
      '.claude/skills/x/SKILL.md',
      '.claude/commands/x.md',
      'src/settings.json',
      'docs/codex/config.toml',
    );
    await put('node_modules/x/.mcp.json', '.git/hooks/x');
    expect(await found()).toEqual([]);
  });
});

const walls = (await kindsHere(await mkdtemp(join(tmpdir(), 'swarm-walls-')))).filter((kind) => kind !== 'none');

describe.each(walls)('behind %s', (isolation) => {
  it('they are empty for an agent, and stay as they are outside', async () => {
    await put('.mcp.json', '.codex/config.toml', '.gemini/.env', 'src/a.json');
    const scratch = await mkdtemp(join(tmpdir(), 'swarm-walls-'));
    const sandbox = await sandboxFor(scratch, { isolation });
    const room = {
      home: join(scratch, 'home'),
      temporaryDirectory: join(scratch, 'tmp'),
      writes: [tree],
      reads: [],
      hides: await settingsIn(tree),
    };
    const { output } = await sandbox.run({
      command: [
        'sh',
        '-c',
        'cat .mcp.json src/a.json .gemini/.env; ls .codex | wc -l; echo x > .mcp.json || echo refused',
      ],
      directory: tree,
      environment: sandbox.environmentFor({ names: [], ...room }),
      room,
      network: { by: 'test' },
      timeoutMs: 20_000,
    });
    expect(output.split('\n').filter((line) => !line.startsWith('sh: '))).toEqual([
      '{}',
      '{"planted": true}0',
      'refused',
      '',
    ]);
    expect(await readFile(join(tree, '.mcp.json'), 'utf8')).toBe('{"planted": true}');
    await rm(scratch, { recursive: true, force: true });
  });
});
