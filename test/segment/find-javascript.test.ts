/** JavaScript as people set it up: workspaces of all kinds, scripts that do nothing, and tools that nothing installs. */
import { describe, expect, it } from 'vitest';
import { sayGate } from '../../src/gates/find.ts';
import { expectGates, type Files, find, NPM_INSTALL, pkg, type Row, scripts, told } from './tables.ts';

const MEMBERS: Files = {
  'packages/a/package.json': pkg({ name: 'a', scripts: scripts('test', 'build') }),
  'packages/b/package.json': pkg({ name: 'b', scripts: scripts('test'), dependencies: { a: 'workspace:*' } }),
};
const ROOT = pkg({ private: true, devDependencies: { x: 'catalog:' } });

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  'scripts that check nothing': [
    ...['echo none && exit 0', 'echo "no tests; yet"', 'true', ':', "printf 'none\\n'", 'exit 0', 'echo a; echo b'].map(
      (test): Row => [
        test,
        { 'package.json': pkg({ scripts: { test } }) },
        { tests: /^– package.json has no script `test`/ },
      ],
    ),
    ...[
      'echo a > b.txt',
      'echo $(npm test)',
      'echo a | grep b',
      'exit 1',
      'echo start && node --test',
      'truecolor',
    ].map(
      (test): Row => [`but not ${test}`, { 'package.json': pkg({ scripts: { test } }) }, { tests: 'npm run test' }],
    ),
    [
      'in make',
      { Makefile: 'test:\n\t@echo no tests\nlint:\n\t-@true\nbuild: x\n\t@echo done\n' },
      { tests: /^– /, lint: /^– /, build: 'make build' },
    ],
    ['in just', { justfile: 'test:\n  @echo none\nlint:\n  eslint\n' }, { tests: /^– /, lint: 'just lint' }],
    [
      'in Task and mise',
      {
        'Taskfile.yml': 'version: "3"\ntasks:\n  test:\n    cmds: [echo none]\n  lint:\n    cmds: [echo a, eslint]\n',
        'mise.toml': '[tasks.build]\nrun = "echo none"\n',
      },
      { tests: /^– /, lint: 'task lint', build: /^– / },
    ],
    [
      'in Composer',
      { 'composer.json': pkg({ scripts: { test: 'echo none', lint: ['echo a', 'phpcs'] } }) },
      { tests: /^– /, lint: /lint$/ },
    ],
  ],
  'scripts by other names': [
    ...(
      [
        ['lint', 'check:lint'],
        ['lint', 'lint:eslint'],
        ['lint', 'format:check'],
        ['lint', 'check:format'],
        ['types', 'types:check'],
        ['types', 'test:types'],
        ['tests', 'test:ci'],
      ] as const
    ).map(
      ([gate, name]): Row => [name, { 'package.json': pkg({ scripts: scripts(name) }) }, { [gate]: `npm run ${name}` }],
    ),
    [
      'formatting besides lint',
      { 'package.json': pkg({ scripts: { lint: 'eslint .', 'format:check': 'prettier --check .' } }) },
      { lint: 'npm run lint; npm run format:check' },
    ],
    [
      'formatting that lint calls already',
      {
        'package.json': pkg({ scripts: { lint: 'eslint . && npm run format:check', 'format:check': 'prettier -c .' } }),
      },
      { lint: 'npm run lint' },
    ],
  ],
  'tools that nothing installs': [
    [
      'eslint',
      { 'package.json': pkg({}), 'eslint.config.js': '' },
      { lint: /^– eslint is configured, but no package.json depends on it/ },
    ],
    ['biome', { 'package.json': pkg({}), 'biome.json': '{}' }, { lint: /^– biome is configured/ }],
    ['tsc', { 'package.json': pkg({}), 'tsconfig.json': '{}' }, { types: /^– tsc is configured/ }],
    ['jest', { 'package.json': pkg({ jest: {} }), 'test/a.js': '' }, { tests: /^– jest is configured/ }],
    ['vitest', { 'package.json': pkg({}), 'vitest.config.ts': '' }, { tests: /^– vitest is configured/ }],
  ],
  'workspaces of all kinds': [
    [
      'pnpm with catalogs, anchors and merged keys',
      {
        'package.json': ROOT,
        'pnpm-lock.yaml': '',
        'pnpm-workspace.yaml':
          'packages: &all\n  - "packages/*"\ncatalog:\n  x: &x ^1.0.0\ncatalogs:\n  old: { x: *x }\nnotes: *all\n',
        ...MEMBERS,
      },
      {
        tests: 'packages/a: pnpm run test; packages/b: pnpm run test',
        lint: /^– (?!.*cannot be read)/,
        install: 'pnpm install --frozen-lockfile --ignore-scripts',
      },
    ],
    [
      'a pnpm-workspace.yaml that cannot be read: its members are all there are, and it is said',
      { 'package.json': ROOT, 'pnpm-lock.yaml': '', 'pnpm-workspace.yaml': 'packages:\n  - "packages/*\n', ...MEMBERS },
      {
        tests: 'packages/a: pnpm run test; packages/b: pnpm run test',
        lint: /^– .*pnpm-workspace\.yaml cannot be read: .* \(line \d+\)/,
        install: 'pnpm install --frozen-lockfile --ignore-scripts',
      },
    ],
    [
      'Lerna without workspaces',
      {
        'package.json': pkg({ devDependencies: { lerna: '^8.0.0' } }),
        'lerna.json': '{"packages":["packages/*"]}',
        'package-lock.json': '',
        ...MEMBERS,
      },
      { tests: 'packages/a: npm run test; packages/b: npm run test', install: NPM_INSTALL },
    ],
    [
      'an old Lerna, which installs',
      {
        'package.json': pkg({ devDependencies: { lerna: '^6.1.0' } }),
        'lerna.json': '{}',
        'package-lock.json': '',
        ...MEMBERS,
      },
      { install: `${NPM_INSTALL}; npx --no -- lerna bootstrap --ignore-scripts` },
    ],
    [
      'Nx by targets that its projects have',
      {
        'package.json': pkg({ devDependencies: { nx: '21' } }),
        'package-lock.json': '',
        'nx.json': '{"targetDefaults":{"build":{}},"plugins":[{"plugin":"@nx/eslint/plugin"}]}',
        'apps/shop/project.json': '{"name":"shop","targets":{"test":{}}}',
      },
      {
        tests: 'npx --no -- nx run-many --target test --outputStyle=static',
        build: /--target build /,
        lint: /--target lint /,
        types: /^– /,
      },
    ],
    [
      'Rush, which installs for all, with a command for tests',
      {
        'rush.json':
          '// A comment\n{ "rushVersion": "5.1.0", /* more */ "projects": [{ "packageName": "a", "projectFolder": "apps/a" }, { "packageName": "b", "projectFolder": "libs/b", },] }',
        'common/scripts/install-run-rush.js': '',
        'common/config/rush/pnpm-lock.yaml': '',
        'common/config/rush/command-line.json': '{ "commands": [{ "commandKind": "bulk", "name": "test" }] }',
        'apps/a/package.json': pkg({ name: 'a', scripts: scripts('test', 'lint'), dependencies: { b: 'workspace:*' } }),
        'libs/b/package.json': pkg({ name: 'b', scripts: scripts('test'), dependencies: { x: '1' } }),
      },
      {
        install: 'node common/scripts/install-run-rush.js install',
        tests: 'node common/scripts/install-run-rush.js test',
        build: 'node common/scripts/install-run-rush.js build',
        lint: 'node common/scripts/install-run-rush.js build; apps/a: npm run lint',
        types: /^– no project of Rush has a script for types/,
      },
    ],
    [
      'Deno by its tasks and its own checks',
      {
        'deno.jsonc':
          '{ // tasks\n "tasks": { "test": "deno test -A", "lint": { "command": "deno lint" } }, "workspace": ["./a"] }',
        'deno.lock': '{}',
        'a/deno.json': '{}',
      },
      {
        install: 'deno install --frozen',
        tests: 'deno task test',
        lint: 'deno task lint',
        types: 'deno check .',
        build: /^– deno\.jsonc has no task `build`/,
      },
    ],
    [
      'Deno without tasks',
      { 'deno.json': '{ "fmt": {} }', 'main_test.ts': '' },
      { tests: 'deno test --allow-all', lint: 'deno lint; deno fmt --check', install: '–' },
    ],
    [
      'Deno without tests',
      { 'deno.json': '{}', 'main.ts': '' },
      { tests: /^– there is no \*_test or \*\.test file/, lint: 'deno lint' },
    ],
  ],
  'the root and its members': [
    [
      'members are not run again by a runner of the root',
      {
        'package.json': pkg({
          workspaces: ['packages/*'],
          scripts: { test: 'vitest run' },
          devDependencies: { vitest: '3' },
        }),
        'packages/a/package.json': pkg({ name: 'a' }),
        'packages/a/a.test.ts': '',
        'packages/docs/package.json': pkg({ name: 'docs' }),
      },
      { tests: 'npm run test' },
    ],
    [
      'members are run by their own runner only if they have tests',
      {
        'package.json': pkg({ workspaces: ['packages/*'] }),
        'packages/a/package.json': pkg({ name: 'a', devDependencies: { vitest: '3' } }),
        'packages/a/a.test.ts': '',
        'packages/docs/package.json': pkg({ name: 'docs', devDependencies: { vitest: '3' } }),
      },
      { tests: 'packages/a: npx --no -- vitest run' },
    ],
    [
      'what a member imports from a build is built first',
      {
        'package.json': pkg({ workspaces: ['packages/*'] }),
        'packages/a/package.json': pkg({ name: 'a', main: './dist/index.js', scripts: scripts('build', 'test') }),
        'packages/b/package.json': pkg({ name: 'b', scripts: scripts('test', 'typecheck'), dependencies: { a: '*' } }),
        'packages/c/package.json': pkg({ name: 'c', main: 'index.js', scripts: scripts('build') }),
        'packages/c/index.js': '',
      },
      {
        tests: 'packages/a: npm run build; packages/a: npm run test; packages/b: npm run test',
        types: 'packages/a: npm run build; packages/b: npm run typecheck',
      },
    ],
  ],
  'other builds': [
    [
      'Bazel',
      { 'MODULE.bazel': '', 'a/BUILD': '' },
      { tests: '– swarm finds no gates for Bazel; set gates.tests.run in .github/swarm.yml' },
    ],
    ['CMake', { 'CMakeLists.txt': '' }, { build: /^– swarm finds no gates for CMake;/ }],
    ['CMake with a Makefile of tasks', { 'CMakeLists.txt': '', Makefile: 'test:\n\tctest\n' }, { tests: 'make test' }],
    [
      'a Taskfile that cannot be read',
      { 'Taskfile.yml': 'tasks: [', 'go.mod': 'module a\n' },
      { tests: 'go test ./...', types: /Taskfile\.yml cannot be read: .*\(line 1\)/ },
    ],
    ['a mise.toml that cannot be read', { 'mise.toml': '[' }, { tests: /^– mise\.toml cannot be read: / }],
  ],
};

describe('JavaScript, and repositories of many packages', () => {
  for (const [kind, rows] of Object.entries(TABLE)) {
    describe(kind, () => {
      it.each(rows)('%s', (_, files, expected) => {
        expectGates(told(find(files)), expected);
      });
    });
  }

  it.each([
    'pnpm --filter "./packages/*" run test',
    'pnpm -r --filter ./packages/** test',
    'bun run --workspaces test',
    "bun --filter '*' test",
    'wsrun test',
    'yarn wsrun test',
    'npm run test:all',
    'npm-run-all test:*',
    'run-p "test:*"',
    'npm -w a test && npm -w b test',
  ])('a root script `%s` is not run besides those of the members', (test) => {
    const more = {
      'test:all': 'npm run test --workspaces',
      'test:a': 'npm -w a test',
      'test:b': 'cd packages/b && npm test',
    };
    const own = test.includes(':*') ? { 'test:a': more['test:a'], 'test:b': 'npm test --prefix packages/b' } : more;
    const files = { 'package.json': pkg({ workspaces: ['packages/*'], scripts: { test, ...own } }), ...MEMBERS };
    expect(told(find(files, {}, { changed: ['packages/b/a.js'] })).tests).toBe('packages/b: npm run test');
    expect(told(find(files)).tests).toBe('npm run test');
  });

  it('a root script that does more than that is run, too', () => {
    const test = 'node --test && npm test --workspaces';
    const files = { 'package.json': pkg({ workspaces: ['packages/*'], scripts: { test } }), ...MEMBERS };
    expect(told(find(files, {}, { changed: ['packages/b/a.js'] })).tests).toBe(
      'npm run test; packages/b: npm run test',
    );
  });

  it('what cannot be read is said of gates that run, too', () => {
    const { gates } = find({ 'Taskfile.yml': 'tasks: [', 'go.mod': 'module a\n' });
    const tests = gates.find(({ gate }) => gate === 'tests');
    expect(tests && sayGate(tests)).toMatch(/^go test \.\/\.\.\. \(but Taskfile\.yml cannot be read: .+ \(line 1\)\)$/);
  });

  it('Rush is asked for what a change needs', () => {
    const files = {
      'rush.json': '{ "projects": [{ "projectFolder": "apps/a" }, { "projectFolder": "libs/b" }] }',
      'apps/a/package.json': pkg({ name: 'a', scripts: scripts('test'), dependencies: { b: 'workspace:*' } }),
      'libs/b/package.json': pkg({ name: 'b', scripts: scripts('test') }),
    };
    expect(told(find(files, {}, { changed: ['apps/a/a.js'] })).tests).toBe('rush build --to a; apps/a: npm run test');
    expect(told(find(files, {}, { changed: ['libs/b/a.js'] })).build).toBe('rush build --to a --to b');
  });

  it.each([
    ['pnpm@9.1.0+sha512.abc', 'pnpm-lock.yaml', ['npx', '--yes', 'pnpm@9.1.0']],
    ['yarn@1.22.19', 'yarn.lock', ['npx', '--yes', 'yarn@1.22.19']],
    ['yarn@4.2.2', 'yarn.lock', ['npx', '--yes', '--package=@yarnpkg/cli-dist@4.2.2', '--', 'yarn']],
    ['bun@1.2.0', 'bun.lock', ['npx', '--yes', 'bun@1.2.0']],
    ['pnpm@9', 'pnpm-lock.yaml', undefined],
    ['npm@10.2.0', 'package-lock.json', undefined],
  ])('%s can be fetched without Corepack', (packageManager, lock, otherwise) => {
    const manifest = pkg({ packageManager, scripts: scripts('test'), dependencies: { a: '1' } });
    const { gates, installs } = find({ 'package.json': manifest, [lock]: '' });
    const steps = [
      ...installs.flatMap((each) => each.steps),
      ...gates.flatMap((each) => (each.kind === 'commands' ? each.steps : [])),
    ];
    expect(steps.map((each) => each.otherwise)).toEqual([otherwise, otherwise]);
  });

  it.each([
    [{ scripts: { postinstall: 'prisma generate' } }, '`postinstall` of package.json'],
    [{ dependencies: { prisma: '6' } }, 'the script of prisma'],
    [{ pnpm: { onlyBuiltDependencies: ['esbuild'] } }, 'the script of esbuild'],
    [{ trustedDependencies: ['sharp'] }, 'the script of sharp'],
    [{ dependenciesMeta: { cpu: { built: true } } }, 'the script of cpu'],
  ])('a hint says that install scripts did not run: %j', (more, expected) => {
    const { hints } = find({ 'package.json': pkg({ scripts: scripts('test'), ...more }) });
    expect(hints).toHaveLength(1);
    expect(hints[0]?.text).toContain(`so these did not run: ${expected}. To run one, set gates.install.run`);
    const own = find({ 'package.json': pkg(more) }, { install: { run: ['make', 'deps'] } });
    expect(own.hints).toEqual([]);
  });

  it('no hint where there is no such script', () => {
    expect(find({ 'package.json': pkg({ scripts: scripts('test'), dependencies: { a: '1' } }) }).hints).toEqual([]);
  });

  it('keeps what scripts of Composer and tasks of Deno mean', () => {
    const base = {
      'composer.json': pkg({ scripts: { test: ['phpunit'] } }),
      'web/deno.json': pkg({ tasks: { test: 'deno test' } }),
    };
    expect(find(base).meanings.scripts).toEqual({
      'composer.json': { test: ['phpunit'] },
      'web/deno.json': { test: 'deno test' },
    });
  });
});
