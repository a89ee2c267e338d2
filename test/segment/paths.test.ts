/** The names of files that no segment may change, and of those that a person has to look at. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import { defaultConfig } from '../../src/config/schema.ts';
import { type Judgement, judgeTree } from '../../src/git/patch.ts';
import { attentionOf } from '../../src/git/paths.ts';
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

const STEERS_GATES = names(`
  package.json package-lock.json pnpm-lock.yaml tsconfig.json tsconfig.build.json jsconfig.json biome.json nx.json project.json
  angular.json binding.gyp common.gypi eslint.config.mjs vitest.config.ts vitest.workspace.ts jest.config.unit.js jest.setup.ts
  playwright-ct.config.ts webpack.prod.js tsdown.config.ts gulpfile.js Gruntfile.js setupTests.ts setup-jest.js
  globalSetup.ts global-teardown.mjs mocha.opts .mocharc.yml .taprc .nycrc.json .eslintrc .jshintrc .parcelrc tslint.json
  eslint-suppressions.json cucumber.js cucumber.yml protractor.conf.js karma.conf.js cypress.json oxlint.json knip.json
  dprint.json cspell.json .dependency-cruiser.cjs .size-limit.json .ls-lint.yml api-extractor.json nightwatch.conf.ts
  pyproject.toml setup.cfg tox.ini conftest.py pytest.ini .pytest.ini pytest.toml .pytest.toml mypy.ini .mypy.ini pylintrc
  .pylintrc pylintrc.toml .flake8 .isort.cfg .style.yapf ruff.toml .ruff.toml pyrightconfig.json pyrefly.toml ty.toml
  .pyre_configuration behave.ini dodo.py pylock.toml environment.yml sitecustomize.py a.pth requirements-dev.in uv.toml
  Gemfile gems.rb a.gemspec rails7.gemfile Rakefile deploy.rake .rspec .rubocop_todo.yml .standard.yml .reek.yml .simplecov
  brakeman.ignore Steepfile Appraisals spec_helper.rb test_helper.rb
  composer.lock phpunit.xml phpunit.dist.xml phpstan.neon phpstan-baseline.neon phpstan-baseline.php psalm.xml
  psalm-baseline.xml phpcs.xml .phpcs.xml.dist phpmd.xml rector.php ecs.php infection.json5 deptrac.yaml grumphp.yml Pest.php
  codeception.yml unit.suite.yml behat.yml
  pom.xml build.gradle.kts gradle.lockfile libs.versions.toml verification-metadata.xml build.sbt project.clj build.xml
  checkstyle.xml checkstyle-suppressions.xml pmd-ruleset.xml spotbugs-exclude.xml detekt.yml detekt-baseline.xml lint.xml
  lint-baseline.xml junit-platform.properties testng.xml dependency-check-suppressions.xml .scalafmt.conf lombok.config
  go.mod go.sum .golangci.yml .golangci revive.toml staticcheck.conf magefile.go buf.yaml Cargo.toml clippy.toml nextest.toml
  deny.toml audit.toml build.rs rust-toolchain
  a.csproj a.sln Directory.Build.props custom.targets a.runsettings a.ruleset .globalconfig xunit.runner.json stylecop.json
  GlobalSuppressions.cs dotnet-tools.json packages.config testconfig.json
  mix.exs .credo.exs .dialyzer_ignore.exs test_helper.exs rebar.config
  CMakeLists.txt CMakePresets.json a.cmake .clang-tidy .clang-format cppcheck-suppressions.txt conanfile.py vcpkg.json configure
  BUILD BUILD.bazel WORKSPACE MODULE.bazel .bazelrc rules.bzl SConstruct build.zig Makefile Makefile.am lib.mk justfile
  Package.swift .swiftlint.yml a.xctestplan Podfile pubspec.yaml analysis_options.yaml a.cabal stack.yaml .hlint.yaml dune
  dune-project .luacheckrc .busted cpanfile .perlcriticrc .proverc foundry.toml .sqlfluff .tflint.hcl flake.nix
  Dockerfile api.dockerfile compose.test.yml Earthfile Dangerfile mise.toml .nvmrc .tool-versions .env .env.test
  .snyk .nsprc osv-scanner.toml audit-ci.json .gitleaks.toml .secrets.baseline .trivyignore trivy.yaml .semgrep.yml .checkov.yml
  stryker.conf.json stryker.config.mjs .stryker.conf.js .gremlins.yaml cosmic-ray.toml mutmut_config.py
  .gitignore .prettierignore .helmignore codecov.yml .codeclimate.yml .deepsource.toml sonar-project.properties qodana.yaml
  buildSrc/src/Plugin.kt build-logic/src/x.java sorbet/config project/build.properties common/config/rush/version.json
`);

const STEERS_NO_GATE = names(`
  src/rules.ts src/agents.ts src/package.ts src/config.ts src/app.config.ts src/app/app.config.server.ts src/eslint.ts
  src/vitest.ts src/webpack.ts src/jest/index.js src/setup.ts src/setup/tests.ts src/global.ts src/tests.ts src/build.ts
  src/build/index.ts build/main.go src/baseline.ts src/baseline.json src/suppressions.ts src/lint.ts src/audit.ts src/audit.json
  src/checkstyle.ts src/testng.java src/detekt.kt src/cucumber.ts features/cart.feature src/gulp.js src/rake.rb src/dune.ml
  src/Suppressions.java src/spec.rb src/helper.rb src/workspace.py src/project.py src/tasks.py src/environment.ts env.ts
  src/tsconfig.ts src/requirements.md docs/requirements.md docs/configure.md docs/Makefile.md src/make.c src/cargo.rs
  src/configure.py src/module.ts src/description.ts src/manifest.json src/ignore.ts src/rc.ts src/docker.ts src/compose.ts
  src/phpunit.php src/phpstan/Rule.php src/Psalm.php src/ecs/World.php src/go.ts src/gomod.go src/props.ts src/targets.py
  styles/theme.json data/products.xml data/index.yaml locales/en.toml assets/logo.svg src/Rakefile.rb src/config/index.ts
`);

describe('what steers gates', () => {
  it.each(STEERS_GATES)('%s is shown, at the root and below, in any case', (name) => {
    const paths = [name, `packages/a/${name}`, `packages/b/${swapped(name)}`, `packages/c/${name.toUpperCase()}`];
    const changes = paths.map((path) => ({ path, status: 'M', modes: ['100644', '100644'] }) as const);
    expect(attentionOf(changes, defaultConfig())).toEqual(paths);
  });

  it('is shown where it is added or deleted', async () => {
    const { config } = readConfig('', '.github/swarm.yml');
    const base = await commitOf(await store(), { ...BASE, 'phpstan-baseline.neon': 'x\n', 'src/x.ts': 'x\n' });
    const { attention } = await judgeTree(await store(), base, await treeOf(await store(), BASE), {
      scope: [],
      config,
    });
    expect(attention).toEqual(['phpstan-baseline.neon (deleted)']);
  });

  it('is not what only looks like it', async () => {
    const { problems, attention } = await judged('', STEERS_NO_GATE);
    expect([problems, attention]).toEqual([[], []]);
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
