/** The files of a tree that steer agents. */
import { expect, test } from 'vitest';
import { agentFilesAmong, changedBetween, followLinks } from '../../../src/core/scope/agent-files.ts';

const NONE = { personas: [], skills: [] };
const among = (
  paths: readonly string[],
  added: { readonly personas: readonly string[]; readonly skills: readonly string[] } = NONE,
) =>
  Object.keys(
    agentFilesAmong(
      paths.map((path) => ({ path, oid: path })),
      added,
    ),
  );

test.each([
  ['AGENTS.md', 'CLAUDE.md', 'GEMINI.md', 'packages/api/agents.md', '.cursorrules', 'WORKFLOW.md'],
  ['.github/copilot-instructions.md', '.github/instructions/api.instructions.md', '.github/agents/api.agent.md'],
  ['.claude/settings.json', '.claude/agents/api.md', '.mcp.json', 'packages/api/.codex/config.toml', '.gemini/.env'],
  ['.github/hooks/stop.json', '.github/prompts/plan.md', '.vscode/tasks.json', '.vscode/mcp.json', '.roorules-code/a'],
  // By the end of their names, in any directory.
  ['src/api.instructions.md', 'docs/Plan.chatmode.md', 'people/api.agent.md'],
  // A submodule, or a directory of a tree that is too large to be listed.
  ['.claude/', '.github/skills/'],
  // The scripts of a skill are a part of it, wherever it lies.
  ['tools/deploy/SKILL.md', 'tools/deploy/scripts/run.sh', '.agents/skills/api/a.txt'],
])('are found by name, at any depth, in any case: %s', (...paths) => {
  expect(among(paths)).toEqual(paths);
});

test('are not ordinary files, a repository’s own settings, or pages', () => {
  expect(
    among([
      'README.md',
      'src/agents.ts',
      'docs/workflow.md',
      '.github/workflows/ci.yml',
      '.vscode/settings.json',
      '.npmrc',
    ]),
  ).toEqual([]);
});

test('do not include everything where the whole repository is a skill', () => {
  expect(among(['SKILL.md', 'src/index.ts'])).toEqual(['SKILL.md']);
});

test('include the folders that the config adds', () => {
  const paths = ['team/people/api.md', 'team/skills/api/run.sh', 'team/other.md'];
  expect(among(paths)).toEqual([]);
  expect(among(paths, { personas: ['team/people/'], skills: ['Team/skills'] })).toEqual(paths.slice(0, 2));
});

test('differ where one is new, gone or changed, whatever its name', () => {
  const before = agentFilesAmong(
    [
      { path: '.claude/__proto__', oid: '1' },
      { path: '.claude/b', oid: '1' },
      { path: 'AGENTS.md', oid: '1' },
    ],
    NONE,
  );
  const now = agentFilesAmong(
    [
      { path: 'AGENTS.md', oid: '1' },
      { path: '.claude/b', oid: '2' },
      { path: '.mcp.json', oid: '1' },
    ],
    NONE,
  );
  expect(changedBetween(before, now)).toEqual(['.claude/__proto__', '.claude/b', '.mcp.json']);
  expect(changedBetween(now, now)).toEqual([]);
});

const file = (path: string) => ({ path, oid: '100644 f' });
const link = (path: string) => ({ path, oid: '120000 l' });

test('include a link in the place of a directory', () => {
  expect(Object.keys(agentFilesAmong([link('.claude'), link('docs/link'), file('.claudes')], NONE))).toEqual([
    '.claude',
  ]);
});

test('are followed through links, chains of them and linked directories', () => {
  const tree = [
    ...[link('CLAUDE.md'), link('docs/agents.md'), file('team/rules.md'), link('skills/one'), file('src/a.ts')],
    ...[link('.claude'), file('config/claude/settings.json'), link('config/claude/out'), link('shared')],
  ];
  const contents = new Map([
    ['CLAUDE.md', 'docs/agents.md'],
    ['docs/agents.md', '../shared/rules.md'],
    ['shared', './team//'],
    ['.claude', 'config/claude'],
    ['config/claude/out', '../../../etc/passwd'],
  ]);
  const followed = followLinks(tree, ['CLAUDE.md', '.claude', 'src/a.ts'], contents);
  expect(followed.entries.map(({ path }) => path).sort()).toEqual([
    ...['config/claude/out', 'config/claude/settings.json', 'docs/agents.md', 'team/rules.md'],
  ]);
  expect(followed).toMatchObject({ missing: [], unread: [] });
});

test('say which links have to be read first, and what is not there', () => {
  const tree = [link('CLAUDE.md'), link('AGENTS.md'), link('loop/a'), link('loop/b')];
  const contents = new Map([
    ['AGENTS.md', 'gone.md'],
    ['loop/a', 'b'],
    ['loop/b', 'a'],
  ]);
  expect(followLinks(tree, ['CLAUDE.md', 'AGENTS.md', 'loop/a'], contents)).toMatchObject({
    missing: ['gone.md'],
    unread: ['CLAUDE.md'],
    places: ['gone.md', 'loop/b', 'loop/a'],
  });
  const endless = new Map([['AGENTS.md', 'AGENTS.md/x']]);
  expect(followLinks(tree, ['AGENTS.md'], endless).places.length).toBeLessThanOrEqual(1_000);
});

test.each(['/etc/passwd', '../../x', '..', '../.'])('are not looked for outside the tree: %j', (content) => {
  const tree = [link('a/CLAUDE.md'), file('x')];
  expect(followLinks(tree, ['a/CLAUDE.md'], new Map([['a/CLAUDE.md', content]])).entries).toEqual([]);
});
