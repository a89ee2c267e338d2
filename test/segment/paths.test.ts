/** The names of files that no segment may change, and of those that a person has to look at. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import { type Judgement, judgeTree } from '../../src/git/patch.ts';
import { Store } from '../../src/git/store.ts';
import { commitOf, type Files, treeOf } from './rig.ts';

const BASE: Files = { 'README.md': '# Desk\n', 'src/cart.ts': 'export const cart = [];\n' };

// One store for all of them: nothing is ever changed in it, only added.
let directory = '';
let shared: Promise<Store> | undefined;
const store = (): Promise<Store> => {
  shared ??= (async () => {
    directory = await mkdtemp(join(tmpdir(), 'swarm-paths-'));
    return Store.make(directory);
  })();
  return shared;
};
afterAll(() => rm(directory, { recursive: true, force: true }));

async function judged(yaml: string, added: readonly string[], before: readonly string[] = []): Promise<Judgement> {
  const { config, diagnostics } = readConfig(yaml, '.github/swarm.yml');
  expect(diagnostics).toEqual([]);
  const files = { ...BASE, ...Object.fromEntries(before.map((path) => [path, 'before\n'])) };
  const after = { ...files, ...Object.fromEntries(added.map((path) => [path, 'after\n'])) };
  const base = await commitOf(await store(), files);
  return judgeTree(await store(), base, await treeOf(await store(), after), { scope: [], config });
}

/** The files that are refused as protected. */
async function refusedOf(yaml: string, changed: readonly string[], before: readonly string[] = []): Promise<string[]> {
  const { problems } = await judged(yaml, changed, before);
  return problems.flatMap((problem) => (problem.kind === 'PROTECTED_PATH' ? problem.files : [])).sort();
}

const names = (text: string): readonly string[] => text.trim().split(/\s+/);
const swapped = (path: string): string =>
  [...path].map((each) => (each === each.toLowerCase() ? each.toUpperCase() : each.toLowerCase())).join('');
const sorted = (paths: readonly string[]): string[] => [...paths].sort();

const STEERS_AGENTS = names(`
  AGENT.md AGENTS.md AGENTS.override.md CLAUDE.md CLAUDE.local.md GEMINI.md QWEN.md CRUSH.md WARP.md IFLOW.md CODEBUDDY.md
  CODEX.md OpenCode.md CONVENTIONS.md WORKFLOW.md SKILL.md copilot-instructions.md api.agent.md a.chatmode.md a.instructions.md
  .rules .cursorrules .windsurfrules .clinerules .roorules .roorules-code .airules .goosehints .roomodes .kilocodemodes
  crush.json .crush.json opencode.json opencode.jsonc mcp.json .mcp.json agents.toml hooks.json plugin.json .lsp.json
  gemini-extension.json qwen-extension.json firebender.json skills-lock.json .aider.conf.yml .aider.model.settings.yml
  .aiexclude .aiignore .cursorignore .clineignore .rooignore .geminiignore .devcontainer.json .gitpod.yml .gitpod.Dockerfile
  devfile.yaml desk.code-workspace .exrc .nvim.lua .dir-locals.el
`);

const FOLDERS_OF_AGENTS = names(`
  .agent .agents .ai .aiassistant .amazonq .augment .claude .claude-plugin .cline .clinerules .clinerules-code .codebuddy
  .codex .codex-plugin .continue .copilot .crush .cursor .devcontainer .devin .factory .gemini .goose .grok .idx .iflow
  .junie .kilo .kilocode .kimi .kiro .mcp .openclaw .opencode .openhands .pi .qoder .qwen .roo .roorules-code .rovodev
  .ruler .serena .specify .tabnine .trae .vibe .warp .windsurf .zed .zencoder
`);

const ORDINARY = names(`
  docs/path.md docs/opencode.md docs/codex.md docs/workflow.md docs/conventions.md docs/rules.md src/rules.ts src/agents.ts
  src/agent.ts src/skill.ts src/skills/index.ts skills/index.ts src/hooks.ts src/hooks/index.json src/plugin.ts plugins.json
  src/mcp.ts mcp.yaml src/mcp/server.json src/crush.ts src/warp.ts warp.json agents.json agents/main.py src/kiro/x.ts
  kiro/x.ts roo/x.ts src/goose/x.ts augment/x.ts junie.ts factory/x.ts src/.keep/x.ts docs/.vitepress/theme.ts
  public/.well-known/security.txt rules factory.json rules.json CONVENTION.md WORKFLOWS.md AGENTSMD.md MYAGENT.md
  src/claude.ts docs/SKILLS.md src/instructions.md instructions.md agent.ts workspace.code devcontainer.ts gitpod.ts
`);

describe('what steers later agents', () => {
  it('is refused by its name, at the root and below, in any case', async () => {
    const paths = STEERS_AGENTS.flatMap((name) => [
      ...[name, swapped(name), `packages/a/${name}`, `packages/b/${name.toUpperCase()}`],
      `packages/c/${name.charAt(0)}${swapped(name.slice(1))}`,
    ]);
    expect(await refusedOf('', [...new Set(paths)])).toEqual(sorted([...new Set(paths)]));
  });

  it('is refused by its folder, at the root and below, in any case', async () => {
    const paths = FOLDERS_OF_AGENTS.flatMap((folder) =>
      [`${folder}/x.md`, `packages/a/${folder}/b/x.json`, `packages/c/${folder.toUpperCase()}/x.sh`].map(
        (path) => path,
      ),
    );
    expect(await refusedOf('', paths)).toEqual(sorted(paths));
  });

  it('is not what only looks like it', async () => {
    expect((await judged('', ORDINARY)).problems).toEqual([]);
    expect((await judged('', ORDINARY)).attention).toEqual([]);
  });

  it('is released where the config says so, and only there', async () => {
    const yaml = 'unprotect: [src/plugin.json, "packages/*/WORKFLOW.md", "skills/**"]';
    const free = ['src/plugin.json', 'packages/a/WORKFLOW.md', 'skills/deploy/run.sh'];
    const closed = ['plugin.json', 'WORKFLOW.md', 'packages/a/CONVENTIONS.md'];
    expect(await refusedOf(yaml, [...free, ...closed], ['skills/deploy/SKILL.md'])).toEqual(sorted(closed));
  });
});

describe('a skill', () => {
  const before = ['skills/deploy/SKILL.md', 'Tools/Lint/skill.md', 'SKILL.md'];

  it('is refused with everything below its folder', async () => {
    const inside = [
      'skills/deploy/run.sh',
      'skills/deploy/scripts/a/b.py',
      'tools/lint/check.mjs',
      'Skills/Deploy/x.md',
    ];
    expect(await refusedOf('', inside, before)).toEqual(sorted(inside));
  });

  it('does not close its neighbours, nor a repository that is one skill', async () => {
    expect(
      await refusedOf('', ['skills/index.ts', 'skills/deploy2/x.ts', 'scripts/run.sh', 'src/x.ts'], before),
    ).toEqual([]);
  });
});

describe('the places that the config names', () => {
  const CONFIG = `
personas: [docs/personas/]
skills: [./team/skills]
agent: {command: [node, ./ops/agent.mjs, --rules=ops/rules.txt, ops/prompt.txt]}
agents:
  mine: {kind: acp, command: [bin/agent, --plugin-dir, ops/plugin, acp]}
gates:
  lint: {run: [./ci/lint.sh, src/cart.ts]}
  types: {run: [tsc, -p, config/types.json]}
  tests: {run: [npx, vitest, run, test/unit.test.ts]}
  build: {run: [bash, -c, "ci/build.sh --all && python tools/pack.py dist/x"]}
  install: {run: [env, A=b, timeout, 60s, node, scripts/install.js], directory: api}
  docs: {run: [python, -m, pytest, src/check.py]}
  deno: {run: [deno, run, -A, tools/deno.ts]}
  shell: {run: [bash, test/run.sh]}
  script: {run: [node, test/all.test.js]}
  launched: {run: [npx, tsx, ci/launched.ts]}
  strict: {run: [bash, -euo, pipefail, ci/strict.sh]}
  line: {run: [bash, -c, ci/line.sh]}
  loaded: {run: [node, --import, ./ci/hook.mjs, --no-warnings, ci/loaded.mjs]}
  named: {run: [pnpm, exec, check]}
  flag: {run: [eslint, --config=config/lint.json, src/only.ts]}
`;

  it('are refused: folders of instructions, and the scripts that work and judge', async () => {
    const closed = [
      ...['docs/personas/api.md', 'docs/personas/deep/x.txt', 'Docs/Personas/y.md', 'team/skills/a/run.sh'],
      ...['ops/agent.mjs', 'ops/rules.txt', 'ops/prompt.txt', 'bin/agent', 'ops/plugin/hooks/x.sh'],
      ...['ci/lint.sh', 'CI/lint.SH', 'ci/build.sh', 'tools/pack.py', 'api/scripts/install.js', 'tools/deno.ts'],
      ...['test/run.sh', 'ci/launched.ts', 'ci/strict.sh', 'ci/line.sh', 'ci/hook.mjs', 'ci/loaded.mjs'],
    ];
    expect(await refusedOf(CONFIG, closed)).toEqual(sorted(closed));
  });

  it('are refused if they are there and change, too', async () => {
    expect(await refusedOf(CONFIG, ['ci/lint.sh'], ['ci/lint.sh', 'ci/other.sh'])).toEqual(['ci/lint.sh']);
  });

  it('are shown where a gate only reads them', async () => {
    const shown = [
      'config/lint.json',
      'config/types.json',
      'src/cart.ts',
      'src/check.py',
      'src/only.ts',
      'test/all.test.js',
    ];
    const { problems, attention } = await judged(CONFIG, shown);
    expect(problems).toEqual([]);
    expect(attention).toEqual(shown);
  });

  it('are not their neighbours, nor a test that a gate names', async () => {
    const free = [
      ...[
        'docs/persona.md',
        'docs/personas.md',
        'team/x.ts',
        'ops/agent.ts',
        'bin/agent2',
        'ops/plugin.md',
        'ci/other.sh',
      ],
      ...[
        'scripts/install.js',
        'test/unit.test.ts',
        'npx',
        'tsc',
        'python',
        'src/x.ts',
        'test/run.ts',
        'lint.sh',
        'check',
      ],
      ...['pipefail', 'exec', 'tsx', 'bash'],
    ];
    const { problems, attention } = await judged(CONFIG, free);
    expect(problems).toEqual([]);
    expect(attention).toEqual([]);
  });

  it('are nothing with the usual commands', async () => {
    const yaml = 'gates: {tests: {run: [npm, test]}, build: {run: [make, build]}, lint: {run: [cargo, clippy, --all]}}';
    const { problems, attention } = await judged(yaml, ['src/npm.ts', 'tests/x.py', 'build/x.ts', 'clippy.md']);
    expect([problems, attention]).toEqual([[], []]);
  });
});
