/**
 * The gate `mutation` in earnest, by StrykerJS, cosmic-ray and gremlins: a change with mutants that its tests do not notice is
 * told by file and line, and the same change with a test that does passes.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GateChoice } from '../../src/core/model/config.ts';
import { type Brought, bring, clear, type Edits, has, type Project, projectOf } from './bench.ts';

interface Language {
  readonly name: string;
  readonly needs: readonly string[];
  readonly brings?: Brought;
  readonly files: Readonly<Record<string, string>>;
  readonly gates?: Readonly<Record<string, GateChoice>>;
  /** Code without a test of its limits. */
  readonly change: Edits;
  /** The tests that notice every mutant. */
  readonly tests: Edits;
  /** `file:line` of the survivor, and what of it is said. */
  readonly told: RegExp;
  readonly at: string;
  /** A change of code without anything that the tool can change. */
  readonly plain: Edits;
}

const add = (more: string) => (text: string) => `${text}${more}`;
const ONLY = { lint: { off: true }, types: { off: true }, build: { off: true }, security: { off: true } };

const LANGUAGES: readonly Language[] = [
  {
    name: 'JavaScript, with StrykerJS',
    needs: ['npm'],
    files: {
      '.gitignore': 'node_modules/\n',
      'package.json': JSON.stringify({
        name: 'shop',
        type: 'module',
        scripts: { test: 'node --test' },
        devDependencies: { '@stryker-mutator/core': '10.1.1' },
      }),
      'src/cart.js': 'export const total = (cents) => cents.reduce((sum, each) => sum + each, 0);\n',
      'test/cart.test.js': [
        "import assert from 'node:assert/strict';",
        "import { test } from 'node:test';",
        "import { total } from '../src/cart.js';",
        "test('adds up', () => assert.equal(total([30, 20]), 50));",
        '',
      ].join('\n'),
    },
    change: { 'src/cart.js': add('export const isBulk = (count) => count > 3;\n') },
    tests: {
      'test/bulk.test.js': [
        "import assert from 'node:assert/strict';",
        "import { test } from 'node:test';",
        "import { isBulk } from '../src/cart.js';",
        "test('three are few', () => assert.equal(isBulk(3), false));",
        "test('four are many', () => assert.equal(isBulk(4), true));",
        '',
      ].join('\n'),
    },
    told: /^src\/cart\.js:2: no test fails when `.*` becomes `.*`/,
    at: 'src/cart.js:2',
    plain: { 'src/cart.js': add('// The sum.\n') },
  },
  {
    name: 'TypeScript, with StrykerJS and its runner for vitest',
    needs: ['npm'],
    files: {
      '.gitignore': 'node_modules/\n',
      'package.json': JSON.stringify({
        name: 'shop',
        type: 'module',
        scripts: { test: 'vitest run' },
        devDependencies: {
          '@stryker-mutator/core': '10.1.1',
          '@stryker-mutator/vitest-runner': '10.1.1',
          vitest: '4.1.0',
        },
      }),
      'stryker.conf.json': JSON.stringify({ testRunner: 'vitest', mutate: ['nothing.ts'] }),
      'app/[id]/cart.ts':
        'export const total = (cents: number[]): number => cents.reduce((sum, each) => sum + each, 0);\n',
      'app/[id]/cart.test.ts': [
        "import { expect, test } from 'vitest';",
        "import { total } from './cart.ts';",
        "test('adds up', () => expect(total([30, 20])).toBe(50));",
        '',
      ].join('\n'),
    },
    change: { 'app/[id]/cart.ts': add('export const isBulk = (count: number): boolean => count > 3;\n') },
    tests: {
      'app/[id]/bulk.test.ts': [
        "import { expect, test } from 'vitest';",
        "import { isBulk } from './cart.ts';",
        "test('three are few', () => expect(isBulk(3)).toBe(false));",
        "test('four are many', () => expect(isBulk(4)).toBe(true));",
        '',
      ].join('\n'),
    },
    told: /^app\/\[id\]\/cart\.ts:2: no test runs this line, so none fails when `.*` becomes `.*`/,
    at: 'app/[id]/cart.ts:2',
    plain: { 'app/[id]/cart.ts': add('export type Cents = number;\n') },
  },
  {
    name: 'Python, with cosmic-ray',
    needs: ['python3'],
    brings: { python: 'cosmic-ray==8.7.0' },
    files: {
      '.gitignore': '.venv/\n',
      'requirements.txt': '',
      'cart.py': 'def total(cents):\n    return sum(cents)\n',
      'test_cart.py': [
        'import unittest',
        'import cart',
        '',
        'class Cart(unittest.TestCase):',
        '    def test_adds_up(self):',
        '        self.assertEqual(cart.total([30, 20]), 50)',
        '',
      ].join('\n'),
    },
    change: { 'cart.py': add('\n\ndef is_bulk(count):\n    return count > 3\n') },
    tests: {
      'test_bulk.py': [
        'import unittest',
        'import cart',
        '',
        'class Bulk(unittest.TestCase):',
        '    def test_limit(self):',
        '        self.assertIs(cart.is_bulk(3), False)',
        '        self.assertIs(cart.is_bulk(4), True)',
        '',
      ].join('\n'),
    },
    told: /^cart\.py:6: no test fails when `return count > 3` becomes `return count (?:>= 3|<= 3|> 4|> 2)`/,
    at: 'cart.py:6',
    plain: { 'cart.py': add('\nNAME = "cart"\n') },
  },
  {
    name: 'Go, with gremlins',
    needs: ['go'],
    brings: { go: 'github.com/go-gremlins/gremlins/cmd/gremlins@v0.6.0' },
    files: {
      'go.mod': 'module example.com/shop\n\ngo 1.21\n',
      'cart/cart.go':
        'package cart\n\nfunc Total(cents []int) int {\n\ttotal := 0\n\tfor _, each := range cents {\n\t\ttotal += each\n\t}\n\treturn total\n}\n',
      'cart/cart_test.go':
        'package cart\n\nimport "testing"\n\nfunc TestTotal(t *testing.T) {\n\tif got := Total([]int{30, 20}); got != 50 {\n\t\tt.Errorf("Total = %d", got)\n\t}\n}\n',
    },
    change: { 'cart/cart.go': add('\nfunc IsBulk(count int) bool {\n\treturn count > 3\n}\n') },
    tests: {
      'cart/bulk_test.go':
        'package cart\n\nimport "testing"\n\nfunc TestIsBulk(t *testing.T) {\n\tif IsBulk(3) || !IsBulk(4) {\n\t\tt.Error("the limit is three")\n\t}\n}\n',
    },
    told: /^cart\/cart\.go:12: no test runs this line, so none fails when `return count > 3` becomes `return count >= 3`/,
    at: 'cart/cart.go:12',
    plain: { 'cart/cart.go': add('\n// Name is the name.\nconst Name = "cart"\n') },
  },
];

for (const language of LANGUAGES) {
  const missing = language.needs.find((program) => !has(program, program === 'go' ? 'version' : '--version'));
  if (missing) console.log(`Left out: ${language.name}, because ${missing} is not on this machine.`);
  describe.skipIf(missing !== undefined)(language.name, () => {
    const gates = { ...ONLY, mutation: { survivors: 0 } };
    let shop: Project;

    beforeAll(async () => {
      if (language.brings && !(await bring(language.brings))) {
        throw new Error(`${JSON.stringify(language.brings)} could not be installed`);
      }
      shop = await projectOf(language.files, { gates });
    });
    afterAll(clear);

    it('a change whose tests notice nothing fails, and is told by file and line', async () => {
      const { round, result } = await shop.holds(language.change);
      const { verdict, output, annotations = [], command } = result('mutation');
      expect(verdict, `${command}\n${output}`).toBe('fail');
      expect(output.split('\n')[0]).toMatch(language.told);
      expect(annotations.map(({ file, line }) => `${file}:${line}`)).toContain(language.at);
      expect(round.results.filter((each) => each.verdict === 'fail').map(({ gate }) => gate)).toEqual(['mutation']);
    });

    it('the same change with tests for its limits passes', async () => {
      const { verdict, output, command } = (await shop.holds({ ...language.change, ...language.tests })).result(
        'mutation',
      );
      expect(verdict, `${command}\n${output}`).toBe('pass');
      expect(command).toMatch(/: 0 of [1-9]\d* mutants survived/);
    });

    it('a change without a mutant is not applicable', async () => {
      const { verdict, command, output } = (await shop.holds(language.plain)).result('mutation');
      expect(verdict, `${command}\n${output}`).toBe('not applicable');
      expect(command).toMatch(/they have no mutant/);
    });
  });
}
