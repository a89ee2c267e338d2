/** Which gates are found, ecosystem by ecosystem; and which of them a change is held to. */
import { describe, expect, it } from 'vitest';
import type { GateChoice } from '../../src/core/model/config.ts';
import { commandsOf, sayGate } from '../../src/gates/find.ts';
import { expectSoon } from '../cpu.ts';
import { expectGates, type Files, find, NPM_INSTALL, pkg, type Row, scripts, told } from './tables.ts';

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  JavaScript: [
    [
      'scripts of package.json',
      { 'package.json': pkg({ scripts: scripts('lint', 'typecheck', 'test', 'build') }) },
      { lint: 'npm run lint', types: 'npm run typecheck', tests: 'npm run test', build: 'npm run build', install: '–' },
    ],
    [
      'npm by its lock file',
      { 'package.json': pkg({ scripts: scripts('test'), devDependencies: { a: '1' } }), 'package-lock.json': '' },
      { install: NPM_INSTALL, audit: /^npm audit .*--json/ },
    ],
    [
      'npm by its shrinkwrap',
      { 'package.json': pkg({ scripts: scripts('test'), dependencies: { a: '1' } }), 'npm-shrinkwrap.json': '' },
      { install: NPM_INSTALL },
    ],
    [
      'pnpm by its lock file',
      { 'package.json': pkg({ scripts: scripts('lint'), dependencies: { a: '1' } }), 'pnpm-lock.yaml': '' },
      { lint: 'pnpm run lint', install: 'pnpm install --frozen-lockfile --ignore-scripts', audit: /^pnpm audit/ },
    ],
    [
      'yarn 1 by its lock file',
      { 'package.json': pkg({ scripts: scripts('lint'), dependencies: { a: '1' } }), 'yarn.lock': '' },
      { lint: 'yarn run lint', install: /^yarn install --frozen-lockfile/, audit: /^yarn audit/ },
    ],
    [
      'a later yarn by .yarnrc.yml',
      {
        'package.json': pkg({ scripts: scripts('lint'), dependencies: { a: '1' } }),
        'yarn.lock': '',
        '.yarnrc.yml': '',
      },
      { install: 'yarn install --immutable --mode=skip-build', audit: /^yarn npm audit/ },
    ],
    [
      'a later yarn by packageManager',
      {
        'package.json': pkg({ packageManager: 'yarn@4.1.0', scripts: scripts('lint'), dependencies: { a: '1' } }),
        'yarn.lock': '',
      },
      { install: /--immutable/ },
    ],
    [
      'bun by its lock file',
      { 'package.json': pkg({ scripts: scripts('test'), dependencies: { a: '1' } }), 'bun.lock': '' },
      { tests: 'bun run test', install: /^bun install --frozen-lockfile/, audit: /^bun audit/ },
    ],
    [
      'bun by its old lock file',
      { 'package.json': pkg({ scripts: scripts('test'), dependencies: { a: '1' } }), 'bun.lockb': '' },
      { tests: 'bun run test' },
    ],
    [
      'packageManager before a lock file',
      { 'package.json': pkg({ packageManager: 'pnpm@9.0.0', scripts: scripts('lint') }), 'yarn.lock': '' },
      { lint: 'pnpm run lint' },
    ],
    [
      'devEngines',
      { 'package.json': pkg({ devEngines: { packageManager: { name: 'bun' } }, scripts: scripts('lint') }) },
      { lint: 'bun run lint' },
    ],
    [
      'no lock file: what fits is installed, and none is written',
      { 'package.json': pkg({ scripts: scripts('test'), dependencies: { a: '1' } }) },
      { install: /^npm install --no-package-lock --ignore-scripts/, audit: '– no lock file next to package.json' },
    ],
    [
      'no dependencies: nothing to install',
      { 'package.json': pkg({ scripts: scripts('test') }), 'package-lock.json': '' },
      { install: '–', audit: '– package.json has no dependencies' },
    ],
    [
      'what npm init writes is no test',
      { 'package.json': pkg({ scripts: { test: 'echo "Error: no test specified" && exit 1' } }) },
      { tests: /^– package.json has no script `test`/ },
    ],
    ['an empty script is none', { 'package.json': pkg({ scripts: { lint: ' ' } }) }, { lint: /^– / }],
    [
      'names of prototypes are only names',
      { 'package.json': '{"scripts":{"constructor":"x"},"dependencies":{"__proto__":"1"}}' },
      { lint: /^– / },
    ],
    [
      'tsc where it is configured and a dependency',
      { 'package.json': pkg({ devDependencies: { typescript: '5' } }), 'tsconfig.json': '{}', 'package-lock.json': '' },
      { types: 'npx --no -- tsc --noEmit -p .' },
    ],
    [
      'a tsconfig that only refers to others is built, or nothing would be checked',
      {
        'package.json': pkg({ devDependencies: { typescript: '5' } }),
        'tsconfig.json': '{ "files": [], "references": [{ "path": "./app" }] }',
        'pnpm-lock.yaml': '',
      },
      { types: 'pnpm exec tsc -b --noEmit' },
    ],
    ['a tsconfig without typescript is none', { 'package.json': pkg({}), 'tsconfig.json': '{}' }, { types: /^– / }],
    [
      'eslint where it is configured and a dependency',
      { 'package.json': pkg({ devDependencies: { eslint: '9' } }), 'eslint.config.mjs': '' },
      { lint: 'npx --no -- eslint .' },
    ],
    [
      'eslint that is not configured is not run',
      { 'package.json': pkg({ devDependencies: { eslint: '9' } }) },
      { lint: /^– / },
    ],
    [
      'biome',
      { 'package.json': pkg({ devDependencies: { '@biomejs/biome': '2' } }), 'biome.json': '{}', 'yarn.lock': '' },
      { lint: 'yarn --silent run biome ci .' },
    ],
    [
      'vitest without a script',
      { 'package.json': pkg({ devDependencies: { vitest: '3' } }), 'a.test.ts': '' },
      { tests: 'npx --no -- vitest run' },
    ],
    [
      'jest without a script',
      { 'package.json': pkg({ devDependencies: { jest: '30' } }), 'bun.lock': '', 'test/a.js': '' },
      { tests: 'bun x --no-install jest' },
    ],
    ['what is no JSON', { 'package.json': '{' }, { lint: /^– package.json is not a JSON object/ }],
    [
      'JSON with a mark of byte order',
      { 'package.json': `\ufeff${pkg({ scripts: scripts('lint') })}` },
      { lint: 'npm run lint' },
    ],
  ],
  Python: [
    [
      'uv',
      {
        'pyproject.toml':
          '[project]\nname = "shop"\n[dependency-groups]\ndev = ["pytest", "ruff", "mypy"]\n[tool.ruff]\n',
        'uv.lock': '',
        'shop.py': '',
      },
      {
        install: 'uv sync --locked',
        lint: 'uv run --no-sync ruff check .',
        types: 'uv run --no-sync mypy .',
        tests: 'uv run --no-sync pytest -q',
        build: /^– Python has nothing to build/,
        audit: /^pip-audit /,
      },
    ],
    [
      'uv with extras and groups for work on it',
      {
        'pyproject.toml':
          '[project]\nname = "shop"\n[project.optional-dependencies]\ntest = ["pytest"]\npdf = ["x"]\n[dependency-groups]\nlint = ["ruff"]\n',
        'uv.lock': '',
      },
      { install: 'uv sync --locked --extra test --group lint' },
    ],
    [
      'a package that uv builds',
      {
        'pyproject.toml': '[project]\nname = "shop"\n[build-system]\nrequires = ["hatchling"]\n',
        'uv.lock': '',
        'a.py': '',
      },
      { build: 'uv build' },
    ],
    [
      'poetry',
      {
        'pyproject.toml':
          '[tool.poetry]\nname = "shop"\n[tool.poetry.group.dev.dependencies]\npytest = "*"\nblack = "*"\nflake8 = "*"\n',
        'poetry.lock': '',
      },
      {
        install: 'poetry install --no-interaction',
        lint: 'poetry run flake8 --extend-exclude .venv .; poetry run black --check .',
        tests: 'poetry run pytest -q',
      },
    ],
    [
      'pip with requirements',
      { 'requirements.txt': 'flask==3.0\n', 'requirements-dev.txt': 'pytest\nmypy\n', 'app.py': '' },
      {
        install:
          /^python3 -m venv .venv; .venv\/bin\/python -m pip install .*--requirement requirements.txt --requirement requirements-dev.txt$/,
        tests: '.venv/bin/pytest -q',
        types: '.venv/bin/mypy .',
        audit: /--requirement requirements.txt/,
      },
    ],
    [
      'pip with hashes',
      { 'requirements.txt': 'flask==3.0 --hash=sha256:aa\n', 'test_app.py': '' },
      { install: /--require-hashes --requirement requirements.txt/ },
    ],
    [
      'pip with a package and its extras',
      {
        'pyproject.toml':
          '[project]\nname = "a"\n[project.optional-dependencies]\ndev = ["pytest"]\n[build-system]\nrequires = []\n',
      },
      { install: /--editable \.\[dev\]$/ },
    ],
    [
      'pip with groups, one including another',
      {
        'pyproject.toml':
          '[project]\nname = "a"\n[dependency-groups]\ntest = ["pytest>=8"]\ndev = [{include-group = "test"}, "ruff"]\n',
        'a.py': '',
      },
      { install: /pytest>=8 .*ruff$/, tests: '.venv/bin/pytest -q' },
    ],
    [
      'nothing to install: the machine’s own Python',
      { 'pyproject.toml': '[project]\nname = "a"\n', 'test_a.py': '' },
      { install: '–', tests: 'python3 -m unittest discover' },
    ],
    [
      'unittest in a directory that is no package',
      { 'setup.cfg': '', 'a.py': '', 'tests/test_a.py': '' },
      { tests: 'python3 -m unittest discover -s tests' },
    ],
    [
      'unittest in a package',
      { 'setup.cfg': '', 'tests/__init__.py': '', 'tests/test_a.py': '' },
      { tests: 'python3 -m unittest discover' },
    ],
    [
      'settings in setup.cfg and tox.ini',
      { 'setup.cfg': '[mypy]\nfiles = src\n[tool:pytest]\n', 'tox.ini': '[flake8]\n', 'setup.py': '' },
      {
        lint: 'flake8 --extend-exclude .venv . (if it is there)',
        types: 'mypy --python-executable .venv/bin/python (if it is there)',
        tests: '.venv/bin/pytest -q',
      },
    ],
    [
      'ruff.toml',
      { 'pyproject.toml': '[project]\nname = "a"\n', 'ruff.toml': '' },
      { lint: 'ruff check . (if it is there)' },
    ],
    [
      'ruff that formats too',
      { 'pyproject.toml': '[project]\nname = "a"\n[tool.ruff.format]\n' },
      { lint: 'ruff check . (if it is there); ruff format --check . (if it is there)' },
    ],
    [
      'pyright',
      { 'pyproject.toml': '[project]\nname = "a"\n', 'pyrightconfig.json': '{}' },
      { types: 'pyright (if it is there)' },
    ],
    [
      'mypy that knows its files',
      { 'pyproject.toml': '[project]\nname = "a"\n[tool.mypy]\nfiles = ["src"]\n' },
      { types: 'mypy (if it is there)' },
    ],
    ['conftest.py means pytest', { 'pyproject.toml': '', 'tests/conftest.py': '' }, { tests: '.venv/bin/pytest -q' }],
    ['a pyproject.toml that is no TOML', { 'pyproject.toml': '[', 'a.py': '' }, { lint: /^– neither ruff/ }],
    [
      'requirements without Python',
      { 'requirements.txt': 'mkdocs\n', 'README.md': '' },
      { lint: /^– there is no manifest of/ },
    ],
  ],
  Go: [
    [
      'what the toolchain brings',
      { 'go.mod': 'module example.com/a\n', 'main.go': '' },
      {
        lint: 'gofmt -l .; go vet ./...',
        types: /^– the compiler/,
        tests: 'go test ./...',
        build: 'go build -o /dev/null ./...',
        install: '–',
        audit: /^govulncheck /,
      },
    ],
    [
      'golangci-lint where it is configured',
      { 'go.mod': 'module a\n', '.golangci.yml': '' },
      { lint: /golangci-lint run$/ },
    ],
    [
      'modules that have to be fetched',
      { 'go.mod': 'module a\nrequire (\n\tx.y/z v1.0.0 // indirect\n)\n' },
      { install: 'go mod download' },
    ],
  ],
  Rust: [
    [
      'what the toolchain brings',
      { 'Cargo.toml': '[package]\nname = "a"\n', 'Cargo.lock': '' },
      {
        lint: 'cargo fmt --all --check; cargo clippy --all-targets --locked -- -D warnings',
        tests: 'cargo test --locked',
        build: 'cargo build --locked',
        install: 'cargo fetch --locked',
        audit: 'cargo audit --json',
      },
    ],
    [
      'without a lock file',
      { 'Cargo.toml': '[package]\nname = "a"\n' },
      { tests: 'cargo test', install: '–', audit: '– no Cargo.lock next to Cargo.toml' },
    ],
    [
      'a workspace',
      { 'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n', 'crates/a/Cargo.toml': '[package]\nname = "a"\n' },
      { tests: 'cargo test --workspace' },
    ],
  ],
  'Java and its kin': [
    [
      'Maven',
      { 'pom.xml': '<project><artifactId>a</artifactId></project>' },
      {
        lint: /^– neither spotless/,
        tests: 'mvn -B -ntp test',
        build: 'mvn -B -ntp package -DskipTests',
        audit: /^– Java/,
      },
    ],
    [
      'Maven by its wrapper, with a linter',
      { 'pom.xml': '<project><plugin><artifactId>spotless-maven-plugin</artifactId></plugin></project>', mvnw: '' },
      { lint: './mvnw -B -ntp spotless:check' },
    ],
    [
      'Gradle',
      { 'settings.gradle': '', 'build.gradle': '' },
      { tests: 'gradle --console=plain --no-daemon test', build: /assemble$/ },
    ],
    [
      'Gradle by its wrapper, with a linter',
      { 'build.gradle.kts': 'plugins { id("com.diffplug.spotless") version "7" }', gradlew: '' },
      { lint: './gradlew --console=plain --no-daemon spotlessCheck' },
    ],
  ],
  '.NET': [
    [
      'a solution with tests',
      {
        'shop.sln': '',
        'test/shop.test/shop.test.csproj': '<PackageReference Include="Microsoft.NET.Test.Sdk" />',
        '.editorconfig': '',
      },
      {
        install: 'dotnet restore',
        lint: 'dotnet format --verify-no-changes --no-restore',
        tests: 'dotnet test --no-restore --nologo',
        build: 'dotnet build --no-restore --nologo',
        audit: /^dotnet list package --vulnerable/,
      },
    ],
    ['a project without tests', { 'a.csproj': '' }, { tests: /^– no project refers to/ }],
    [
      'a lock file',
      { 'a.slnx': '', 'src/a.csproj': '', 'src/packages.lock.json': '{}' },
      { install: 'dotnet restore --locked-mode' },
    ],
  ],
  Ruby: [
    [
      'rspec and rubocop',
      {
        Gemfile: "gem 'rspec'\n",
        'Gemfile.lock': '    rspec (3.13)\n    rubocop (1.8)\n',
        '.rubocop.yml': '',
        'spec/a_spec.rb': '',
      },
      {
        install: 'bundle install',
        lint: 'bundle exec rubocop',
        tests: 'bundle exec rspec',
        audit: /^bundle-audit check/,
      },
    ],
    [
      'rake, sorbet and a gemspec',
      { Gemfile: "gem 'sorbet'\n", Rakefile: '', 'test/test_a.rb': '', 'sorbet/config': '', 'a.gemspec': '' },
      { types: 'bundle exec srb tc', tests: 'bundle exec rake test', build: /^gem build a.gemspec/ },
    ],
    [
      'Rails',
      { Gemfile: '', 'bin/rails': '', 'test/a_test.rb': '', Rakefile: '' },
      { tests: 'bundle exec rails test' },
    ],
  ],
  PHP: [
    [
      'its scripts first',
      {
        'composer.json': pkg({ scripts: { test: 'x', lint: 'y' }, 'require-dev': { 'phpunit/phpunit': '^11' } }),
        'composer.lock': '',
      },
      {
        lint: 'composer run-script --no-interaction lint',
        tests: 'composer run-script --no-interaction test',
        audit: /^composer audit --locked/,
      },
    ],
    [
      'its tools',
      {
        'composer.json': pkg({
          'require-dev': { 'squizlabs/php_codesniffer': '^3', 'phpstan/phpstan': '^2', 'phpunit/phpunit': '^11' },
        }),
        'phpcs.xml': '',
        'phpstan.neon.dist': '',
      },
      {
        lint: 'vendor/bin/phpcs',
        types: /^vendor\/bin\/phpstan analyse/,
        tests: /^vendor\/bin\/phpunit/,
        build: /^– PHP/,
      },
    ],
    ['pest', { 'composer.json': pkg({ 'require-dev': { 'pestphp/pest': '^3' } }) }, { tests: /^vendor\/bin\/pest/ }],
  ],
  Elixir: [
    [
      'mix',
      { 'mix.exs': '{:credo, "~> 1.7"}, {:dialyxir, "~> 1.4"}', 'mix.lock': '', '.formatter.exs': '' },
      {
        install: /^mix local.hex --force --if-missing; .*; mix deps.get --check-locked$/,
        lint: 'mix format --check-formatted; mix credo',
        types: 'mix dialyzer',
        tests: 'mix test',
        build: 'mix compile --warnings-as-errors',
      },
    ],
    ['an umbrella, from its root', { 'mix.exs': '', 'apps/a/mix.exs': '' }, { tests: 'mix test' }],
  ],
  'tasks of the repository’s own': [
    [
      'make before the tools',
      { 'go.mod': 'module a\n', Makefile: '.PHONY: lint test\nlint: deps\n\tx\ntest:\n\ty\nCC := gcc\n' },
      { lint: 'make lint', tests: 'make test', build: 'go build -o /dev/null ./...' },
    ],
    [
      'scripts before make',
      { 'package.json': pkg({ scripts: scripts('test') }), Makefile: 'test:\n\tx\nlint:\n\tx\n' },
      { tests: 'npm run test', lint: 'make lint' },
    ],
    [
      'make alone',
      { Makefile: 'all: build\nbuild:\n\tx\ncheck:\n\ty\n' },
      { build: 'make build', tests: 'make check' },
    ],
    [
      'make at a root that is no project is about everything',
      {
        Makefile: 'test:\n\tx\n',
        'api/go.mod': 'module a\n',
        'web/package.json': pkg({ scripts: scripts('test', 'lint') }),
      },
      { tests: 'make test', lint: 'web: npm run lint; api: gofmt -l .; api: go vet ./...' },
    ],
    ['a variable is no target', { Makefile: 'test := x\nlint = y\n' }, { tests: /^– /, lint: /^– / }],
    [
      'just, and recipes that need no word',
      { justfile: 'set shell := ["sh"]\ntest *args:\n  x\nlint target:\n  y\nbuild mode="dev":\n  z\n' },
      { tests: 'just test', lint: /^– /, build: 'just build' },
    ],
    ['Task', { 'Taskfile.yml': 'version: "3"\ntasks:\n  test: go test\n' }, { tests: 'task test' }],
    ['mise', { 'mise.toml': '[tasks.lint]\nrun = "x"\n' }, { lint: 'mise run lint' }],
  ],
  'several projects': [
    [
      'npm and Go side by side',
      {
        'web/package.json': pkg({ scripts: scripts('lint', 'test'), dependencies: { a: '1' } }),
        'web/package-lock.json': '',
        'api/go.mod': 'module a\n',
      },
      {
        lint: 'web: npm run lint; api: gofmt -l .; api: go vet ./...',
        tests: 'web: npm run test; api: go test ./...',
        install: `web: ${NPM_INSTALL}`,
      },
    ],
    [
      'fixtures, vendored code and hidden directories are none',
      {
        'test/fixtures/a/go.mod': 'module a\n',
        'vendor/x/go.mod': 'module x\n',
        'node_modules/y/package.json': pkg({ scripts: scripts('test') }),
        '.cache/Cargo.toml': '[package]\nname="z"\n',
      },
      { tests: /^– there is no manifest of/ },
    ],
    [
      'a package.json that only marks modules is none',
      { 'go.mod': 'module a\n', 'web/package.json': pkg({ type: 'module' }) },
      { tests: 'go test ./...' },
    ],
  ],
};

describe('gates are found (R5.7)', () => {
  for (const [ecosystem, rows] of Object.entries(TABLE)) {
    describe(ecosystem, () => {
      it.each(rows)('%s', (_, files, expected) => {
        expectGates(told(find(files)), expected);
      });
    });
  }

  it('in at least sixty kinds of project', () => {
    expect(Object.values(TABLE).flat().length).toBeGreaterThanOrEqual(60);
  });

  it('or are not applicable, each with the reason and what to do', () => {
    for (const [gate, why] of Object.entries(told(find({ 'README.md': '' })))) {
      if (gate === 'scope' || gate === 'audit' || gate === 'install') continue;
      expect(why).toBe(
        `– there is no manifest of JavaScript, Deno, Python, Go, Rust, Maven, Gradle, .NET, Ruby, PHP or Elixir; set gates.${gate}.run in .github/swarm.yml`,
      );
    }
  });
});

describe('the config', () => {
  const files = {
    'web/package.json': pkg({ scripts: scripts('test', 'lint'), dependencies: { a: '1' } }),
    'web/package-lock.json': '',
    'api/go.mod': 'module a\n',
  };

  it('has the last word', () => {
    const choices = { tests: { run: ['make', 'all'], directory: 'api', timeoutMinutes: 2, environment: { A: 'b' } } };
    expect(find(files, choices).gates.find(({ gate }) => gate === 'tests')).toEqual({
      kind: 'commands',
      gate: 'tests',
      steps: [
        {
          ...{ run: ['make', 'all'], directory: 'api', environment: { A: 'b' } },
          from: '`gates.tests.run` in .github/swarm.yml',
        },
      ],
      timeoutMs: 120_000,
      without: [],
    });
  });

  it.each<[string, Record<string, GateChoice>, Record<string, string>]>([
    ['switches a gate off', { lint: { off: true } }, { lint: '– switched off in .github/swarm.yml' }],
    ['confines a gate to a directory', { tests: { directory: 'api' } }, { tests: 'api: go test ./...' }],
    [
      'names one that is not there',
      { tests: { directory: 'x' } },
      { tests: '– x contains no project that swarm knows; set gates.tests.run in .github/swarm.yml' },
    ],
    ['adds gates after the built-in ones', { docs: { run: ['make', 'docs'] } }, { docs: 'make docs' }],
    ['adds one without a command', { docs: {} }, { docs: '– .github/swarm.yml sets no `run` for it' }],
    ['says how to install', { install: { run: ['make', 'deps'] } }, { install: 'make deps' }],
    ['says that nothing is installed', { install: { off: true } }, { install: '–' }],
    ['audits by its own program', { security: { run: ['scan', '.'] } }, { audit: 'scan .' }],
  ])('%s', (_, choices, expected) => {
    expect(told(find(files, choices))).toMatchObject(expected);
  });

  it('sets variables and time for what is found', () => {
    const gate = find(files, { tests: { environment: { TZ: 'UTC' }, timeoutMinutes: 1 } }).gates.find(
      ({ gate: name }) => name === 'tests',
    );
    expect(gate).toMatchObject({ timeoutMs: 60_000 });
    expect(gate?.kind === 'commands' && gate.steps.map(({ environment }) => environment)).toEqual([
      { TZ: 'UTC' },
      { TZ: 'UTC' },
    ]);
  });
});

// --- a change ---------------------------------------------------------------------------------------------------------

const WORKSPACE: Files = {
  'package.json': pkg({ workspaces: ['packages/*'], scripts: { lint: 'eslint tools' }, devDependencies: { a: '1' } }),
  'package-lock.json': '',
  'packages/core/package.json': pkg({ name: '@x/core', scripts: scripts('test', 'build') }),
  'packages/api/package.json': pkg({
    name: '@x/api',
    scripts: scripts('test', 'build'),
    dependencies: { '@x/core': '*' },
  }),
  'packages/web/package.json': pkg({ name: '@x/web', scripts: scripts('test'), dependencies: { '@x/api': '*' } }),
  'packages/docs/package.json': pkg({ name: '@x/docs', scripts: scripts('test') }),
};

const CRATES: Files = {
  'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\nexclude = ["crates/old"]\n',
  'Cargo.lock': '',
  'crates/a/Cargo.toml': '[package]\nname = "a"\n',
  'crates/b/Cargo.toml': '[package]\nname = "b"\n[dependencies]\na = { path = "../a" }\n',
  'crates/c/Cargo.toml': '[package]\nname = "c"\n',
};

const MODULES: Files = {
  'pom.xml':
    '<project><artifactId>all</artifactId><modules><module>core</module><module>app</module><module>cli</module></modules></project>',
  'core/pom.xml': '<project><parent><artifactId>all</artifactId></parent><artifactId>core</artifactId></project>',
  'app/pom.xml':
    '<project><parent><artifactId>all</artifactId></parent><artifactId>app</artifactId><dependencies><dependency><artifactId>core</artifactId></dependency></dependencies></project>',
  'cli/pom.xml': '<project><parent><artifactId>all</artifactId></parent><artifactId>cli</artifactId></project>',
};

const UV: Files = {
  'pyproject.toml': '[tool.uv.workspace]\nmembers = ["packages/*"]\n[dependency-groups]\ndev = ["pytest", "ruff"]\n',
  'uv.lock': '',
  'packages/a/pyproject.toml': '[project]\nname = "a"\n[build-system]\n',
  'packages/b/pyproject.toml': '[project]\nname = "b"\ndependencies = ["a"]\n[build-system]\n',
  'packages/c/pyproject.toml': '[project]\nname = "c"\n[build-system]\n',
};

const GRADLE: Files = {
  'settings.gradle.kts': 'rootProject.name = "shop"\ninclude(":core", "app")\ninclude(":tools:lint")\n',
  'core/build.gradle.kts': '',
  'app/build.gradle.kts': 'dependencies { implementation(project(":core")) }',
  'tools/lint/build.gradle.kts': '',
};

const GO: Files = {
  'go.work': 'go 1.24\nuse (\n\t./api\n\t./lib\n)\n',
  'api/go.mod': 'module x.y/api\nrequire x.y/lib v0.0.0\n',
  'lib/go.mod': 'module x.y/lib\n',
  'tool/go.mod': 'module x.y/tool\nreplace x.y/lib => ../lib\n',
  'other/go.mod': 'module x.y/other\n',
};

const BOTH: Files = {
  'web/package.json': pkg({ scripts: scripts('test') }),
  'api/go.mod': 'module a\n',
};

describe('a change is held to what it touches, and to whoever depends on that', () => {
  it.each<[string, Files, string[], Record<string, string | RegExp>]>([
    [
      'a member nobody needs',
      WORKSPACE,
      ['packages/docs/a.js'],
      { tests: 'packages/docs: npm run test', lint: 'npm run lint' },
    ],
    [
      'a member others need, also through others',
      WORKSPACE,
      ['packages/core/a.js'],
      { tests: 'packages/core: npm run test; packages/api: npm run test; packages/web: npm run test' },
    ],
    [
      'what a member needs is built before it',
      WORKSPACE,
      ['packages/api/a.js'],
      {
        tests: 'packages/api: npm run test; packages/web: npm run test',
        build: 'packages/core: npm run build; packages/api: npm run build',
      },
    ],
    ['the lock file: all', WORKSPACE, ['package-lock.json'], { tests: /core.*api.*docs.*web/ }],
    [
      'a crate and its dependents',
      CRATES,
      ['crates/a/src/lib.rs'],
      { tests: 'cargo test --package a --package b --locked' },
    ],
    [
      'a lone crate',
      CRATES,
      ['crates/c/src/lib.rs'],
      { lint: /^cargo fmt --package c --check; cargo clippy --package c / },
    ],
    ['Cargo.lock: all', CRATES, ['Cargo.lock'], { tests: 'cargo test --workspace --locked' }],
    [
      'a module of Maven and its dependents',
      MODULES,
      ['core/src/A.java'],
      { tests: 'mvn -B -ntp test --projects core,app --also-make' },
    ],
    ['a lone module of Maven', MODULES, ['cli/src/A.java'], { tests: 'mvn -B -ntp test --projects cli --also-make' }],
    ['the root’s pom: all', MODULES, ['pom.xml'], { tests: 'mvn -B -ntp test' }],
    [
      'a member of uv and its dependents',
      UV,
      ['packages/a/a.py'],
      {
        lint: 'uv run --no-sync ruff check packages/a packages/b',
        tests: 'uv run --no-sync pytest -q packages/a packages/b',
        build: 'packages/a: uv build; packages/b: uv build',
        install: 'uv sync --locked --all-packages',
      },
    ],
    ['uv.lock: all', UV, ['uv.lock'], { lint: 'uv run --no-sync ruff check .', tests: 'uv run --no-sync pytest -q' }],
    ['a part of Gradle and its dependents', GRADLE, ['core/src/A.kt'], { tests: /no-daemon :core:test :app:test$/ }],
    ['a lone part of Gradle', GRADLE, ['tools/lint/src/A.kt'], { tests: /no-daemon :tools:lint:test$/ }],
    [
      'a module of Go, its dependents by name and by place',
      GO,
      ['lib/a.go'],
      { tests: 'api: go test ./...; lib: go test ./...; tool: go test ./...' },
    ],
    ['a lone module of Go', GO, ['other/a.go'], { tests: 'other: go test ./...' }],
    ['go.work: all', GO, ['go.work'], { tests: /api.*lib.*other.*tool/ }],
    ['one of two projects', BOTH, ['web/a.js'], { tests: 'web: npm run test' }],
    ['a file of neither: both', BOTH, ['compose.yml'], { tests: 'web: npm run test; api: go test ./...' }],
  ])('%s', (_, files, changed, expected) => {
    expectGates(told(find(files, {}, { changed })), expected);
  });

  it.each([
    ['turbo run test', 'npm run test'],
    ['nx affected -t test', 'npm run test'],
    ['npm run test --workspaces', 'packages/docs: npm run test'],
    ['npm run test -ws --if-present', 'packages/docs: npm run test'],
  ])('a root script `%s` is run as `%s`', (script, expected) => {
    const root = pkg({ workspaces: ['packages/*'], scripts: { test: script } });
    const files = { ...WORKSPACE, 'package.json': root };
    expect(told(find(files, {}, { changed: ['packages/docs/a.js'] })).tests).toBe(expected);
    // With everything to do, the repository's own way is taken.
    expect(told(find(files)).tests).toBe('npm run test');
  });

  it.each([
    ['pnpm-workspace.yaml', { 'pnpm-workspace.yaml': 'packages:\n  - "packages/*"\n  - "!packages/docs"\n' }, 'pnpm'],
    [
      'workspaces as an object',
      { 'package.json': pkg({ workspaces: { packages: ['packages/*'] } }), 'yarn.lock': '' },
      'yarn',
    ],
  ])('members are found in %s', (_, more, program) => {
    const { 'package-lock.json': _lock, ...unlocked } = WORKSPACE;
    const files = { ...unlocked, 'package.json': pkg({}), ...more } as Files;
    expect(told(find(files, {}, { changed: ['packages/web/a.js'] })).tests).toBe(`packages/web: ${program} run test`);
  });
});

describe('a change cannot loosen its gates (R11.5)', () => {
  const base = { 'package.json': pkg({ scripts: scripts('lint', 'test') }), 'go.mod': 'module a\n' };

  it('by taking scripts or manifests away', () => {
    const after = { 'package.json': pkg({ scripts: {} }) };
    const found = told(find(base, {}, { changed: ['package.json', 'go.mod'], after }));
    expect(found).toMatchObject({
      lint: 'npm run lint; gofmt -l .; go vet ./...',
      tests: 'npm run test; go test ./...',
    });
  });

  it('by bringing another package manager or a Makefile', () => {
    const after = { ...base, 'bun.lock': '', Makefile: 'test:\n\ttrue\n' };
    expect(told(find(base, {}, { changed: ['bun.lock', 'Makefile'], after })).tests).toBe(
      'npm run test; go test ./...',
    );
  });

  it('but what it brings is held to gates too: the first code of an empty repository', () => {
    const after = { 'README.md': '', 'package.json': pkg({ scripts: scripts('test') }) };
    expect(told(find({ 'README.md': '' }, {}, { changed: ['package.json'], after }))).toMatchObject({
      tests: 'npm run test',
    });
  });

  it('a gate that the base has not', () => {
    const after = { ...base, 'package.json': pkg({ scripts: scripts('lint', 'test', 'build') }) };
    expect(told(find(base, {}, { changed: ['package.json'], after })).build).toBe(
      'npm run build; go build -o /dev/null ./...',
    );
  });

  it('a new member of a workspace', () => {
    const after = { ...WORKSPACE, 'packages/new/package.json': pkg({ name: 'new', scripts: scripts('test') }) };
    const { tests } = told(find(WORKSPACE, {}, { changed: ['packages/new/package.json'], after }));
    expect(tests).toContain('packages/new: npm run test');
  });

  it('a new project beside others', () => {
    const after = { ...BOTH, 'jobs/Cargo.toml': '[package]\nname = "jobs"\n' };
    expect(told(find(BOTH, {}, { changed: ['jobs/Cargo.toml'], after })).tests).toContain('jobs: cargo test');
  });

  it('a member that it removes is held to nothing', () => {
    const { 'packages/docs/package.json': _, ...after } = WORKSPACE;
    const { tests } = told(
      find(WORKSPACE, {}, { changed: ['packages/docs/package.json', 'package-lock.json'], after }),
    );
    expect(tests).toBe('packages/core: npm run test; packages/api: npm run test; packages/web: npm run test');
  });

  it('keeps what scripts and Makefiles mean', () => {
    const { meanings } = find({ ...base, Makefile: 'x:\n' }, {}, { changed: ['package.json'], after: base });
    expect(meanings).toEqual({ scripts: { 'package.json': scripts('lint', 'test') }, texts: { Makefile: 'x:\n' } });
  });
});

describe('the gate `mutation`', () => {
  const stryker = { '@stryker-mutator/core': '10.0.0' };
  const js = (more: object = {}) => pkg({ scripts: scripts('test'), ...more });
  const find1 = (files: Files, mutation: GateChoice = {}, more: Record<string, GateChoice> = {}) =>
    told(find(files, { mutation, ...more })).mutation;

  it('is off unless the config names it', () => {
    const files = { 'package.json': js({ devDependencies: stryker }) };
    expect(told(find(files))).not.toHaveProperty('mutation');
    expect(find1(files, { off: true })).toBe('– switched off in .github/swarm.yml');
  });

  it('runs after the tests, or is a command of the config like any other', () => {
    const files = { 'package.json': js({ devDependencies: stryker }) };
    const order = (mutation: GateChoice) => find(files, { mutation }).gates.map(({ gate }) => gate);
    expect(order({})).toEqual(['lint', 'types', 'tests', 'mutation', 'build', 'security', 'scope']);
    expect(order({ run: ['make', 'mutants'] })).toEqual([
      ...['lint', 'types', 'tests', 'build', 'security', 'scope', 'mutation'],
    ]);
    expect(find1(files, { run: ['make', 'mutants'] })).toBe('make mutants');
  });

  it.each<readonly [string, Files, string]>([
    [
      'StrykerJS of the project',
      { 'package.json': js({ devDependencies: stryker }) },
      'npx --no -- stryker run | npm run test',
    ],
    ['StrykerJS that is not there', { 'package.json': js() }, 'npx --no -- stryker run (lacking) | npm run test'],
    [
      'StrykerJS of a root, for each member',
      {
        'package.json': pkg({ workspaces: ['packages/*'], devDependencies: stryker }),
        'packages/a/package.json': pkg({ name: 'a', scripts: scripts('test') }),
      },
      'npx --no -- stryker run | packages/a: npm run test; packages/a | npx --no -- stryker run | packages/a: npm run test',
    ],
    [
      'cosmic-ray of its own',
      { 'requirements.txt': 'requests\n', 'test_a.py': '' },
      'cosmic-ray | .venv/bin/python -m unittest discover',
    ],
    [
      'cosmic-ray of the project',
      {
        'uv.lock': '',
        'pyproject.toml': '[project]\nname = "a"\n[dependency-groups]\ndev = ["pytest", "cosmic-ray>=8"]\n',
      },
      'uv run --no-sync cosmic-ray | uv run --no-sync pytest -q',
    ],
    ['gremlins', { 'go.mod': 'module a\n' }, 'gremlins | go test ./...'],
    [
      'gremlins of the module',
      { 'go.mod': 'module a\n\ntool (\n\tgithub.com/go-gremlins/gremlins/cmd/gremlins\n)\n' },
      'go tool gremlins | go test ./...',
    ],
    [
      'no gremlins for a module that needs another directory',
      { 'api/go.mod': 'module a\n\nreplace b => ../b\n' },
      '– gremlins cannot test a module with a local `replace` (api/go.mod)',
    ],
    [
      'no gremlins with go.work',
      { 'go.mod': 'module a\n', 'go.work': '' },
      '– gremlins cannot test a module that needs go.work',
    ],
    [
      'nothing for other languages',
      { 'Cargo.toml': '[package]\nname = "a"\n' },
      '– swarm knows no mutation tool for Rust',
    ],
  ])('finds %s', (_, files, expected) => {
    expect(find1(files)).toBe(expected);
  });

  it('has no mutants where no gate runs tests, and only those below its directory', () => {
    const files = { 'web/package.json': js({ devDependencies: stryker }), 'api/go.mod': 'module a\n' };
    expect(find1(files, {}, { tests: { off: true } })).toBe('– no gate runs tests');
    expect(find1(files, { directory: 'api' })).toBe('api | gremlins | api: go test ./...');
    expect(find1(files, {}, { tests: { run: ['make', 'test'] } })).toBe(
      'web | npx --no -- stryker run | make test; api | gremlins | make test',
    );
  });

  it('is held to the settings of the base', () => {
    const files = {
      'package.json': js({ devDependencies: stryker }),
      'stryker.conf.json': '{"mutator":{}}',
      'api/go.mod': 'module a\n',
      'api/.gremlins.yaml': 'unleash: {}\n',
    };
    const after = { ...files, 'stryker.conf.json': '{}', 'api/.gremlins.yaml': '' };
    const { meanings } = find(files, { mutation: {} }, { changed: Object.keys(after), after });
    expect(find(files, {}, { changed: Object.keys(after), after }).meanings.texts).toEqual({});
    expect(meanings.texts).toEqual({ 'stryker.conf.json': '{"mutator":{}}', 'api/.gremlins.yaml': 'unleash: {}\n' });
  });

  it('says in a line what it is', () => {
    const { gates } = find({ 'package.json': js({ devDependencies: stryker }) }, { mutation: { survivors: 5 } });
    expect(gates.map(sayGate)).toContain('stryker on the changed lines; at most 5 % of the mutants may survive');
  });
});

describe('manifests that nobody would write', () => {
  it.each<[string, Files]>([
    ['a Makefile of blanks', { Makefile: `test${' '.repeat(400_000)}x` }],
    ['a justfile of blanks', { justfile: `test${' '.repeat(400_000)}x` }],
    ['settings of blanks', { 'settings.gradle': `include${' '.repeat(400_000)}x` }],
    ['an ini file of lines', { 'setup.cfg': '\n'.repeat(400_000), 'setup.py': '', 'mypy.ini': '' }],
    ['a Gemfile of lines', { Gemfile: '\n'.repeat(400_000) }],
    ['a Taskfile of keys', { 'Taskfile.yml': Array.from({ length: 40_000 }, (_, at) => `k${at}: 1`).join('\n') }],
    ['JSON without an end', { 'package.json': '['.repeat(400_000) }],
    [
      'TOML without an end',
      { 'pyproject.toml': `a = ${'['.repeat(400_000)}`, 'Cargo.toml': `a = ${'{a='.repeat(100_000)}` },
    ],
    ['XML without an end', { 'pom.xml': '<module>'.repeat(50_000) }],
    [
      'globs that are none',
      { 'package.json': pkg({ workspaces: ['{'.repeat(1_000), '../**', '/etc'] }), 'a/package.json': '{}' },
    ],
  ])('cost little time: %s', (_, files) => {
    expect(expectSoon(() => find(files), 20_000).gates).toHaveLength(6);
  });
});

describe('in words', () => {
  it('says what a gate leaves out', () => {
    const files = { ...BOTH, 'jobs/setup.py': '', 'jobs/test_a.py': '' };
    const lint = find(files).gates.find(({ gate }) => gate === 'lint');
    expect(lint && sayGate(lint)).toBe(
      'api: gofmt -l .; api: go vet ./... (but web/package.json has no script `lint` or `lint:check`; neither ruff, flake8 nor black is configured in jobs)',
    );
  });

  it('tells an agent what it can run itself', () => {
    expect(commandsOf(find(BOTH).gates).filter(({ gate }) => gate === 'tests')).toEqual([
      { gate: 'tests', command: 'cd web && npm run test' },
      { gate: 'tests', command: 'cd api && go test ./...' },
    ]);
  });
});
