/**
 * Gates in earnest: each ecosystem's own tools on a small project that they made. Green as it is; red for every fault that
 * is planted, and then the first line is what a developer wants to read, with its place in the file.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, type Brought, bring, clear, type Edits, has, type Project, project } from './bench.ts';

interface Planted {
  readonly gate: string;
  readonly edits: Edits;
  /** What the output's first line says. */
  readonly first: RegExp;
  /** `file:line` that is annotated. */
  readonly at?: string;
  /** Gates that the same fault makes red too: a program that does not compile cannot be tested. */
  readonly also?: readonly string[];
}

interface Ecosystem extends Ask {
  readonly name: string;
  readonly fixture: string;
  /** Programs that have to be on the machine. */
  readonly needs: readonly string[];
  readonly brings?: Brought;
  readonly commands: Readonly<Record<string, string>>;
  readonly faults: readonly Planted[];
}

const replace = (from: string, to: string) => (text: string) => text.replace(from, to);

const ECOSYSTEMS: readonly Ecosystem[] = [
  {
    name: 'npm',
    fixture: 'npm',
    needs: ['npm'],
    commands: { lint: 'npm run lint', types: 'npm run typecheck', tests: 'npm run test', build: 'npm run build' },
    faults: [
      {
        gate: 'lint',
        edits: { 'src/cart.js': (text) => `const unused = 1;\n${text}` },
        first: /^src\/cart\.js:1: 'unused' is assigned a value but never used/,
        at: 'src/cart.js:1',
      },
      {
        gate: 'types',
        edits: { 'src/cart.js': replace('sum + cents, 0', "sum + cents, '0'") },
        first: /^src\/cart\.js:7: TS\d+: /,
        at: 'src/cart.js:7',
        also: ['tests', 'build'],
      },
      {
        gate: 'tests',
        edits: { 'src/cart.js': replace('sum + cents, 0', 'sum + cents, 1') },
        first: /^adds up: .*Expected values to be strictly equal.*\(test\/cart\.test\.js:\d+\)/,
        at: 'test/cart.test.js:5',
      },
      {
        gate: 'tests',
        edits: { 'test/cart.test.js': "import { total } from '../src/nothing.js';\ntotal([]);\n" },
        first: /nothing\.js/,
      },
      {
        gate: 'build',
        edits: { 'tsconfig.json': replace('"include": ["src"]', '"include": ["source"]') },
        first: /TS18003: No inputs were found/,
        also: ['types'],
      },
    ],
  },
  {
    name: 'pnpm, a workspace',
    fixture: 'pnpm',
    needs: ['npm'],
    brings: { npm: 'pnpm@10.12.1' },
    commands: {
      lint: 'pnpm run lint',
      tests: 'pnpm run test',
    },
    faults: [
      {
        gate: 'lint',
        edits: { 'packages/shop/src/receipt.ts': (text) => `${text}\ndebugger;\n` },
        first: /^packages\/shop\/src\/receipt\.ts:7: This is an unexpected use of the debugger statement.*\(lint\//,
        at: 'packages/shop/src/receipt.ts:7',
      },
      {
        gate: 'types',
        edits: { 'packages/shop/src/receipt.ts': replace('(2)}`', '(2)}` as unknown as number') },
        first: /^packages\/shop\/src\/receipt\.ts:5: TS2322: /,
        at: 'packages/shop/src/receipt.ts:5',
      },
      {
        gate: 'tests',
        edits: { 'packages/cart/src/index.ts': replace('sum + cents, 0', 'sum + cents, 1') },
        first: /^adds up: AssertionError: expected 31 to be 30.* \(packages\/cart\/src\/index\.test\.ts:5\)/,
        at: 'packages/cart/src/index.test.ts:5',
      },
      {
        gate: 'build',
        edits: { 'packages/cart/tsconfig.json': replace('"nodenext"', '"nowhere"') },
        first: /TS6046: /,
        also: ['types'],
      },
    ],
  },
  {
    name: 'yarn',
    fixture: 'yarn',
    needs: ['npm'],
    brings: { npm: 'yarn@1.22.22' },
    commands: { lint: 'yarn run lint', tests: 'yarn run test', build: 'yarn run build' },
    faults: [
      {
        gate: 'lint',
        edits: { 'src/cart.js': (text) => `${text}debugger;\n` },
        first: /^src\/cart\.js:3: Unexpected 'debugger' statement/,
        at: 'src/cart.js:3',
      },
      {
        gate: 'tests',
        edits: { 'src/cart.js': replace('cents, 0', 'cents, 1') },
        first: /^a cart adds up: AssertionError.*31.*30.*\(test\/cart\.js:6\)/,
        at: 'test/cart.js:6',
      },
      {
        gate: 'build',
        edits: { 'scripts/build.js': replace('../dist/cart.js', '../dist/till.js') },
        first: /Cannot find module '..\/dist\/till\.js'/,
      },
    ],
  },
  {
    name: 'Python with uv',
    fixture: 'uv',
    needs: ['python3'],
    brings: { python: 'uv' },
    // What names a registry is not kept in a repository of ours.
    prepare: (directory) => execFileSync('uv', ['lock', '--quiet'], { cwd: directory }),
    commands: {
      lint: 'uv run --no-sync ruff check .; uv run --no-sync ruff format --check .',
      types: 'uv run --no-sync mypy .',
      tests: 'uv run --no-sync pytest -q',
      build: 'uv build',
    },
    faults: [
      {
        gate: 'lint',
        edits: { 'src/shop/__init__.py': replace('from collections', 'import os\nfrom collections') },
        first: /^src\/shop\/__init__\.py:3: F401 .*`os` imported but unused/,
        at: 'src/shop/__init__.py:3',
      },
      {
        gate: 'lint',
        edits: { 'tests/test_cart.py': replace('[30, 20]', '[30,20]') },
        first: /tests\/test_cart\.py: it is not formatted/,
      },
      {
        gate: 'types',
        edits: { 'src/shop/__init__.py': replace('return sum(cents)', 'return str(sum(cents))') },
        first: /^src\/shop\/__init__\.py:8: Incompatible return value type \(got "str", expected "int"\)/,
        at: 'src/shop/__init__.py:8',
        also: ['tests'],
      },
      {
        gate: 'tests',
        edits: { 'src/shop/__init__.py': replace('return sum(cents)', 'return sum(cents) + 1') },
        first: /^test_adds_up: assert 51 == 50.*\(tests\/test_cart\.py:5\)/,
        at: 'tests/test_cart.py:5',
      },
      {
        gate: 'tests',
        edits: { 'tests/test_cart.py': 'from shop import till\n' },
        first: /tests\/test_cart\.py.*cannot import name 'till'/,
        also: ['lint', 'types'],
      },
      {
        gate: 'tests',
        edits: { 'tests/test_cart.py': '"""Nothing."""\n' },
        first: /^No test ran, so nothing is proved\./,
      },
      {
        gate: 'install',
        edits: { 'pyproject.toml': replace('["hatchling"]', '["hatchling==0.0.1"]') },
        first: /^Failed to build `shop/,
      },
    ],
  },
  {
    name: 'Python with pip',
    fixture: 'pip',
    needs: ['python3'],
    commands: {
      lint: '.venv/bin/flake8 --extend-exclude .venv .',
      tests: '.venv/bin/python -m unittest discover',
    },
    faults: [
      {
        gate: 'lint',
        edits: { 'cart.py': replace('from packaging', 'import os\nfrom packaging') },
        first: /^cart\.py:3: F401 'os' imported but unused/,
        at: 'cart.py:3',
      },
      {
        gate: 'tests',
        edits: { 'cart.py': replace('return sum(cents)', 'return 0') },
        first: /^test_adds_up \(test_cart\.Cart.*: AssertionError: 0 != 50 \(test_cart\.py:8\)/,
        at: 'test_cart.py:8',
      },
      {
        gate: 'tests',
        edits: { 'test_cart.py': 'import unittest\n\nunittest\n' },
        first: /^No test ran, so nothing is proved\./,
      },
    ],
  },
  {
    name: 'Go',
    fixture: 'go',
    needs: ['go'],
    commands: { lint: 'gofmt -l .; go vet ./...', tests: 'go test ./...', build: 'go build -o /dev/null ./...' },
    faults: [
      {
        gate: 'lint',
        edits: { 'cart/cart.go': replace('\ttotal := 0', '\ttotal  :=  0') },
        first: /cart\/cart\.go: it is not formatted/,
        at: 'cart/cart.go:1',
      },
      {
        gate: 'lint',
        edits: {
          'cart/cart.go': replace('\ttotal := 0', '\ttotal  :=  0'),
          'cart/testdata/broken.go': 'package {\n',
          'a/b/c/d/e/f/g/deep.go': 'package  deep\n',
        },
        first: /^a\/b\/c\/d\/e\/f\/g\/deep\.go: it is not formatted$/,
      },
      {
        gate: 'lint',
        edits: { 'cart/cart_test.go': replace('%d, want', '%s, want') },
        first: /cart\/cart_test\.go:8: .*format %s .* of wrong type int/,
        at: 'cart/cart_test.go:8',
        also: ['tests'],
      },
      {
        gate: 'tests',
        edits: { 'cart/cart.go': replace('total += item.Cents', 'total += item.Cents + 1') },
        first: /^TestTotal: Total = 52, want 50 \(cart\/cart_test\.go:8\)/,
        at: 'cart/cart_test.go:8',
      },
      {
        gate: 'build',
        edits: { 'cmd/shop/main.go': replace('cart.Total(', 'cart.Sum(') },
        first: /^cmd\/shop\/main\.go:11: undefined: cart\.Sum/,
        at: 'cmd/shop/main.go:11',
        also: ['lint', 'tests'],
      },
    ],
  },
  {
    name: 'Rust',
    fixture: 'rust',
    needs: ['cargo', 'cargo-clippy', 'cargo-fmt'],
    commands: {
      lint: 'cargo fmt --all --check; cargo clippy --all-targets --locked -- -D warnings',
      tests: 'cargo test --locked',
      build: 'cargo build --locked',
    },
    faults: [
      {
        gate: 'lint',
        edits: { 'src/lib.rs': replace('.map(|item| item.cents)', '.map(|item|   item.cents)') },
        first: /src\/lib\.rs:\d+: it is not formatted/,
      },
      {
        gate: 'lint',
        edits: {
          'src/lib.rs': replace(
            'items.iter().map(|item| item.cents).sum()',
            'return items.iter().map(|item| item.cents).sum();',
          ),
        },
        first: /src\/lib\.rs:11: unneeded `return` statement/,
        at: 'src/lib.rs:11',
      },
      {
        gate: 'tests',
        edits: { 'src/lib.rs': replace('item.cents).sum()', 'item.cents + 1).sum()') },
        first: /^tests::adds_up: assertion `left == right` failed.*left: 31.*right: 30.*\(src\/lib\.rs:24\)/,
        at: 'src/lib.rs:24',
      },
      {
        gate: 'build',
        edits: { 'src/lib.rs': replace('cents: u32', 'cents: String') },
        first: /^src\/lib\.rs:\d+: E0\d+ /,
        also: ['lint', 'tests'],
      },
    ],
  },
  {
    name: 'Maven',
    fixture: 'maven',
    needs: ['mvn', 'java'],
    commands: { tests: 'mvn -B -ntp test', build: 'mvn -B -ntp package -DskipTests' },
    faults: [
      {
        gate: 'tests',
        edits: { 'src/main/java/com/example/shop/Cart.java': replace('.sum()', '.sum() + 1') },
        first:
          /^CartTest\.addsUp: expected: <50> but was: <51> \(src\/test\/java\/com\/example\/shop\/CartTest\.java:11\)/,
        at: 'src/test/java/com/example/shop/CartTest.java:11',
      },
      {
        gate: 'build',
        edits: { 'src/main/java/com/example/shop/Cart.java': replace('mapToInt', 'mapToLong') },
        first: /^src\/main\/java\/com\/example\/shop\/Cart\.java:11: incompatible types/,
        at: 'src/main/java/com/example/shop/Cart.java:11',
        also: ['tests'],
      },
    ],
  },
];

for (const ecosystem of ECOSYSTEMS) {
  const missing = ecosystem.needs.find((program) => !has(program, program === 'go' ? 'version' : '--version'));
  if (missing) console.log(`Left out: ${ecosystem.name}, because ${missing} is not on this machine.`);
  describe.skipIf(missing !== undefined)(ecosystem.name, () => {
    let shop: Project;

    beforeAll(async () => {
      if (ecosystem.brings && !(await bring(ecosystem.brings))) {
        throw new Error(`${JSON.stringify(ecosystem.brings)} could not be installed`);
      }
      shop = await project(ecosystem.fixture, ecosystem);
    });
    afterAll(clear);

    it('finds its gates, and all of them pass', async () => {
      const { round } = await shop.holds();
      for (const { gate, verdict, output, command } of round.results) {
        const wanted = ecosystem.commands[gate];
        if (wanted === undefined) continue;
        expect(`${gate}: ${command}`).toBe(`${gate}: ${wanted}`);
        expect(verdict, `${gate}: ${output}`).toBe('pass');
      }
      expect(round).toMatchObject({ verdict: 'pass' });
    });

    it.each(ecosystem.faults)('$gate is red: $first', async ({ gate, edits, first, at, also = [] }) => {
      const { round, result } = await shop.holds(edits);
      const { output, verdict, annotations = [] } = result(gate);
      expect(verdict, output).toBe('fail');
      expect(output.split('\n')[0]).toMatch(first);
      if (at !== undefined) expect(annotations.map(({ file, line }) => `${file}:${line}`)).toContain(at);
      const red = round.results.filter((each) => each.verdict === 'fail').map((each) => each.gate);
      expect(red.sort()).toEqual([gate, ...also].sort());
    });
  });
}

describe.skipIf(!has('cargo-fmt') || !has('cargo-clippy'))('a Rust crate that is not formatted', () => {
  afterAll(clear);

  it('holds a change only to the files that were', async () => {
    const shop = await project('rust', {
      prepare: (directory) => {
        appendFileSync(join(directory, 'src', 'lib.rs'), '\npub mod old;\npub mod tidy;\n');
        writeFileSync(join(directory, 'src', 'old.rs'), 'pub fn old()  {}\n');
        writeFileSync(join(directory, 'src', 'tidy.rs'), 'pub fn tidy() {}\n');
      },
    });
    const old = (await shop.holds({ 'src/old.rs': 'pub fn old()  {}\npub fn older()  {}\n' })).result('lint');
    expect(old).toMatchObject({ verdict: 'pass', output: expect.stringContaining('does not count: src/old.rs)') });
    const tidy = (await shop.holds({ 'src/tidy.rs': 'pub fn tidy()  {}\n' })).result('lint');
    expect(tidy.verdict).toBe('fail');
    expect(tidy.annotations?.map(({ file }) => file)).toEqual(['src/tidy.rs']);
  });
});

describe.skipIf(!has('npm'))('a change in a workspace', () => {
  afterAll(clear);

  it('is held to what it touches and to whoever depends on that', async () => {
    if (!(await bring({ npm: 'pnpm@10.12.1' }))) throw new Error('pnpm could not be installed');
    const shop = await project('pnpm');
    const add = (text: string) => `${text}\nexport const more = 1;\n`;
    const inner = await shop.holds({ 'packages/cart/src/index.ts': add });
    expect(inner.result('tests')).toMatchObject({
      verdict: 'pass',
      command: 'packages/cart: pnpm run test; packages/shop: pnpm run test',
    });
    const outer = await shop.holds({ 'packages/shop/src/receipt.ts': add });
    expect(outer.result('tests')).toMatchObject({ verdict: 'pass', command: 'packages/shop: pnpm run test' });
  });
});

describe.skipIf(!has('npm'))('the audit of npm', () => {
  afterAll(clear);

  it('fails a change that brings a dependency with known faults, or says that it could not ask', async () => {
    const lock = (text: string) => {
      const { packages, ...rest } = JSON.parse(text) as { packages: Record<string, object> };
      const minimist = { version: '0.0.8' };
      const root = { ...packages[''], dependencies: { minimist: '0.0.8' } };
      return `${JSON.stringify({ ...rest, packages: { ...packages, '': root, 'node_modules/minimist': minimist } }, null, 2)}\n`;
    };
    const manifest = (text: string) =>
      `${JSON.stringify({ ...JSON.parse(text), dependencies: { minimist: '0.0.8' } }, null, 2)}\n`;
    const only = { lint: { off: true }, types: { off: true }, tests: { off: true }, build: { off: true } };
    const edits = { 'package-lock.json': lock, 'package.json': manifest };

    const shop = await project('npm', { gates: only });
    const { command, verdict, output } = (await shop.holds(edits)).result('security');
    if (command.includes('no audit: npm audit: ')) {
      console.log(`Left out: npm's audit, because the registry gives none here (${command}).`);
      expect(verdict).toBe('pass');
      return;
    }
    expect(verdict, command).toBe('fail');
    expect(output).toMatch(
      /^npm audit found \d+ faults? that this change adds:\nminimist: critical, Prototype Pollution in minimist/,
    );
  });
});
