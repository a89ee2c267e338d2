/** What a developer wants to read first, from what compilers, linters and test runners print. */
import { describe, expect, it } from 'vitest';
import { collectedNone, readOutput } from '../../src/gates/output.ts';
import { expectSoon } from '../cpu.ts';

const FILES = [
  'src/cart.ts',
  'src/a.css',
  'test/index.test-d.ts',
  'src/cart.py',
  'test/cart.test.ts',
  'tests/test_cart.py',
  'web/src/app.ts',
  'api/cart/cart.go',
  'api/cart/cart_test.go',
  'src/lib.rs',
  'app/src/main/java/shop/Cart.java',
  'app/src/test/java/shop/CartTest.java',
  'src/Cart.cs',
  'spec/cart_spec.rb',
  'tests/CartTest.php',
  'test/cart_test.exs',
];

const read = (output: string, directory = '') =>
  readOutput(output, { root: '/runner/tree/shop', directory, files: new Set(FILES) });

type Row = readonly [tool: string, output: string, headline: string, at: string | undefined, directory?: string];

const TABLE: readonly Row[] = [
  ['tsc', 'src/cart.ts(3,7): error TS2322: Type A.', 'src/cart.ts:3: TS2322: Type A.', 'src/cart.ts:3'],
  ['tsc, for people', 'src/cart.ts:3:7 - error TS2322: Type A.', 'src/cart.ts:3: TS2322: Type A.', 'src/cart.ts:3'],
  ['tsc in a project', 'src/app.ts(1,2): error TS1: No.', 'web/src/app.ts:1: TS1: No.', 'web/src/app.ts:1', 'web'],
  [
    'eslint',
    '\n/runner/tree/shop/src/cart.ts\n   1:1  warning  Odd        a/b\n  12:3  error    Unused x   no-unused-vars\n\n✖ 2 problems',
    'src/cart.ts:12: Unused x (no-unused-vars)',
    'src/cart.ts:12',
  ],
  [
    'biome',
    'src/cart.ts:7:1 lint/suspicious/noDebugger  FIXABLE  ━━━━━━\n\n  × A debugger.\n',
    'src/cart.ts:7: A debugger. (lint/suspicious/noDebugger)',
    'src/cart.ts:7',
  ],
  ['prettier', '[warn] src/cart.ts\n[warn] Code style issues found', 'src/cart.ts: it is not formatted', undefined],
  [
    'vitest',
    ' FAIL  test/cart.test.ts > a cart > adds up\nAssertionError: expected 1 to be 2\n\n ❯ test/cart.test.ts:9:3\n      7| x\n',
    'a cart > adds up: AssertionError: expected 1 to be 2 (test/cart.test.ts:9)',
    'test/cart.test.ts:9',
  ],
  [
    'jest',
    '  ● a cart › adds up\n\n    expect(received).toBe(expected)\n\n    Expected: 2\n    Received: 1\n\n      at Object.<anonymous> (test/cart.test.ts:9:3)\n',
    'a cart › adds up: expect(received).toBe(expected) Expected: 2 Received: 1 (test/cart.test.ts:9)',
    'test/cart.test.ts:9',
  ],
  [
    'node --test',
    '✖ failing tests:\n\ntest at test/cart.test.ts:4:1\n✖ adds up (1.5ms)\n  AssertionError: 1 == 2\n\n',
    'adds up: AssertionError: 1 == 2 (test/cart.test.ts:4)',
    'test/cart.test.ts:4',
  ],
  [
    'TAP',
    "not ok 1 - adds up\n  ---\n  location: '/runner/tree/shop/test/cart.test.ts:4:1'\n  error: 'no'\n  ...\n",
    'adds up: no (test/cart.test.ts:4)',
    'test/cart.test.ts:4',
  ],
  [
    'mocha',
    '  1 failing\n\n  1) a cart\n       adds up:\n\n      AssertionError: 1 == 2\n      at Context.<anonymous> (test/cart.test.ts:6:5)\n',
    'a cart adds up: AssertionError: 1 == 2 (test/cart.test.ts:6)',
    'test/cart.test.ts:6',
  ],
  [
    'pytest',
    '=== FAILURES ===\n____ test_adds ____\n\n>   assert 1 == 2\nE   assert 1 == 2\n\ntests/test_cart.py:5: AssertionError\n=== short test summary info ===\nFAILED tests/test_cart.py::test_adds - assert 1 == 2\n',
    'test_adds: assert 1 == 2 (tests/test_cart.py:5)',
    'tests/test_cart.py:5',
  ],
  [
    'pytest without a traceback',
    'FAILED tests/test_cart.py::test_adds - assert 1 == 2\n1 failed in 0.1s',
    'test_adds: assert 1 == 2 (tests/test_cart.py)',
    undefined,
  ],
  [
    'unittest',
    `${'='.repeat(70)}\nFAIL: test_adds (test_cart.Cart)\n${'-'.repeat(70)}\nTraceback (most recent call last):\n  File "/runner/tree/shop/tests/test_cart.py", line 8, in test_adds\n    x\nAssertionError: 0 != 50\n\n${'-'.repeat(70)}\nRan 1 test in 0.001s`,
    'test_adds (test_cart.Cart): AssertionError: 0 != 50 (tests/test_cart.py:8)',
    'tests/test_cart.py:8',
  ],
  ['ruff', 'src/cart.py:1:8: F401 `os` unused', 'src/cart.py:1: F401 `os` unused', 'src/cart.py:1'],
  [
    'ruff in full',
    'F401 [*] `os` imported but unused\n --> src/cart.py:1:8\n  |\n1 | import os\n',
    'src/cart.py:1: F401 [*] `os` imported but unused',
    'src/cart.py:1',
  ],
  ['flake8', './src/cart.py:1:1: E302 blank lines', 'src/cart.py:1: E302 blank lines', 'src/cart.py:1'],
  [
    'mypy',
    'src/cart.py:3: error: Bad  [arg-type]\nsrc/cart.py:3: note: See',
    'src/cart.py:3: Bad [arg-type]',
    'src/cart.py:3',
  ],
  ['pyright', '  /runner/tree/shop/src/cart.py:3:5 - error: Bad (rule)', 'src/cart.py:3: Bad (rule)', 'src/cart.py:3'],
  ['black', 'would reformat src/cart.py\nOh no!', 'src/cart.py: it is not formatted', undefined],
  [
    'go test',
    '--- FAIL: TestTotal (0.00s)\n    cart_test.go:9: Total = 1, want 2\nFAIL\nFAIL\tx.y/api/cart\t0.002s\n',
    'TestTotal: Total = 1, want 2 (api/cart/cart_test.go:9)',
    'api/cart/cart_test.go:9',
    'api',
  ],
  [
    'go test with subtests',
    '--- FAIL: TestTotal (0.00s)\n    --- FAIL: TestTotal/empty (0.00s)\n        cart_test.go:9: want 0\nFAIL\n',
    'TestTotal/empty: want 0 (api/cart/cart_test.go:9)',
    'api/cart/cart_test.go:9',
    'api',
  ],
  [
    'a panic in go test',
    '--- FAIL: TestTotal (0.00s)\npanic: no total [recovered, repanicked]\n\ngoroutine 33 [running]:\ntesting.tRunner.func1.2({0x5c2700, 0x612330})\n\t/usr/local/go/src/testing/testing.go:1974 +0x232\nx.y/api/cart.TestTotal(0xc0)\n\t/runner/tree/shop/api/cart/cart_test.go:9 +0xcb8\nFAIL\tx.y/api/cart\t0.002s\n',
    'TestTotal: panic: no total (api/cart/cart_test.go:9)',
    'api/cart/cart_test.go:9',
    'api',
  ],
  [
    'go build',
    '# x.y/api/cart\ncart/cart.go:5:2: undefined: x',
    'api/cart/cart.go:5: undefined: x',
    'api/cart/cart.go:5',
    'api',
  ],
  ['go vet', '# x.y/api/cart\nvet: cart/cart.go:5:2: bad', 'api/cart/cart.go:5: bad', 'api/cart/cart.go:5', 'api'],
  [
    'rustc',
    'error[E0308]: mismatched types\n --> src/lib.rs:3:5\n  |\n',
    'src/lib.rs:3: E0308 mismatched types',
    'src/lib.rs:3',
  ],
  [
    'cargo test',
    "---- tests::adds stdout ----\nthread 'tests::adds' (12) panicked at src/lib.rs:10:9:\nassertion failed: x\nnote: run with\n",
    'tests::adds: assertion failed: x (src/lib.rs:10)',
    'src/lib.rs:10',
  ],
  [
    'an older cargo test',
    "thread 'tests::adds' panicked at 'assertion failed: x', src/lib.rs:10:9\n",
    'tests::adds: assertion failed: x (src/lib.rs:10)',
    'src/lib.rs:10',
  ],
  ['cargo fmt', 'Diff in /runner/tree/shop/src/lib.rs:3:\n-x\n+y', 'src/lib.rs:3: it is not formatted', 'src/lib.rs:3'],
  [
    'javac by Maven',
    '[ERROR] COMPILATION ERROR : \n[ERROR] /runner/tree/shop/app/src/main/java/shop/Cart.java:[11,9] cannot find symbol',
    'app/src/main/java/shop/Cart.java:11: cannot find symbol',
    'app/src/main/java/shop/Cart.java:11',
    'app',
  ],
  [
    'surefire',
    '[ERROR] Failures: \n[ERROR]   CartTest.addsUp:11 expected: <50> but was: <51>\n[INFO] \n[ERROR] Tests run: 1, Failures: 1',
    'CartTest.addsUp: expected: <50> but was: <51> (app/src/test/java/shop/CartTest.java:11)',
    'app/src/test/java/shop/CartTest.java:11',
    'app',
  ],
  [
    'Gradle',
    'CartTest > addsUp FAILED\n    org.opentest4j.AssertionFailedError: expected: <50> at CartTest.java:11\n',
    'CartTest > addsUp: org.opentest4j.AssertionFailedError: expected: <50> at CartTest.java:11 (app/src/test/java/shop/CartTest.java:11)',
    'app/src/test/java/shop/CartTest.java:11',
    'app',
  ],
  [
    'dotnet build',
    'src/Cart.cs(3,7): error CS1002: ; expected [/x/a.csproj]',
    'src/Cart.cs:3: CS1002: ; expected',
    'src/Cart.cs:3',
  ],
  [
    'dotnet test',
    '  Failed Shop.CartTest.AddsUp [5 ms]\n  Error Message:\n   Assert.Equal() Failure\n  Stack Trace:\n     at Shop.X() in /runner/tree/shop/src/Cart.cs:line 9\n',
    'Shop.CartTest.AddsUp: Assert.Equal() Failure Stack Trace: (src/Cart.cs:9)',
    'src/Cart.cs:9',
  ],
  ['rspec', 'rspec ./spec/cart_spec.rb:5 # Cart adds up', 'Cart adds up (spec/cart_spec.rb:5)', 'spec/cart_spec.rb:5'],
  [
    'rubocop',
    'spec/cart_spec.rb:3:1: C: Style/X: Bad.',
    'spec/cart_spec.rb:3: C: Style/X: Bad.',
    'spec/cart_spec.rb:3',
  ],
  [
    'phpunit',
    '1) Shop\\CartTest::testAdds\nFailed asserting that 1 is 2.\n\n/runner/tree/shop/tests/CartTest.php:12\n',
    'Shop\\CartTest::testAdds: Failed asserting that 1 is 2. (tests/CartTest.php:12)',
    'tests/CartTest.php:12',
  ],
  [
    'mix test',
    '  1) test adds up (CartTest)\n     test/cart_test.exs:5\n     Assertion with == failed\n',
    'test adds up (CartTest): Assertion with == failed (test/cart_test.exs:5)',
    'test/cart_test.exs:5',
  ],
  [
    'node that cannot load',
    "node:internal/x:1\n  throw err;\n\nError: Cannot find module '../till.js'\nRequire stack:\n- /runner/tree/shop/src/cart.ts\n    at f (/runner/tree/shop/src/cart.ts:2:1)\n",
    "src/cart.ts:2: Error: Cannot find module '../till.js'",
    'src/cart.ts:2',
  ],
  [
    'pnpm for many at once',
    'web test$ vitest run\nweb test:  FAIL  src/app.ts > adds\nweb test: AssertionError: no\nweb test:  ❯ src/app.ts:3:1\nweb test: Failed\n',
    'adds: AssertionError: no (web/src/app.ts:3)',
    'web/src/app.ts:3',
  ],
  [
    'oxlint',
    "\n  × eslint(no-debugger): `debugger` statement is not allowed\n   ╭─[src/cart.ts:2:1]\n 1 │ import { b } from './b';\n 2 │ debugger;\n   · ─────────\n   ╰────\n  help: Remove the debugger statement\n",
    'src/cart.ts:2: eslint(no-debugger): `debugger` statement is not allowed',
    'src/cart.ts:2',
  ],
  [
    'stylelint',
    '\nsrc/a.css\n  1:3  ✖  Empty block              block-no-empty\n\n✖ 1 problem (1 error, 0 warnings)\n',
    'src/a.css:1: Empty block (block-no-empty)',
    'src/a.css:1',
  ],
  [
    'tsd',
    '\n  test/index.test-d.ts:3:19\n  ✖  3:19  Argument of type number is not assignable to parameter of type string.\n\n  1 error\n',
    'test/index.test-d.ts:3: Argument of type number is not assignable to parameter of type string.',
    'test/index.test-d.ts:3',
  ],
  [
    'esbuild',
    '✘ [ERROR] Could not resolve "./gone"\n\n    src/cart.ts:1:18:\n      1 │ import { b } from "./gone";\n        ╵                   ~~~~~~~~\n\n1 error\n',
    'src/cart.ts:1: Could not resolve "./gone"',
    'src/cart.ts:1',
  ],
  [
    'Vite',
    '✗ Build failed in 1.46s\nerror during build:\nBuild failed with 1 error:\n\n[MISSING_EXPORT] "nope" is not exported by "b.ts".\n   ╭─[ src/cart.ts:1:10 ]\n   │\n 1 │ import { nope } from "./b";\n───╯\n\n    at aggregate (file:///x/rolldown.mjs:110:18)\n',
    'src/cart.ts:1: [MISSING_EXPORT] "nope" is not exported by "b.ts".',
    'src/cart.ts:1',
  ],
  [
    'Vite with Rollup',
    'x Build failed in 30ms\nerror during build:\nsrc/cart.ts (4:9): "nope" is not exported by "src/b.ts", imported by "src/cart.ts".\nfile: /runner/tree/shop/src/cart.ts:4:9\n',
    'src/cart.ts:4: "nope" is not exported by "src/b.ts", imported by "src/cart.ts".',
    'src/cart.ts:4',
  ],
  [
    'Vite with a plugin',
    'error during build:\n[vite:css] [postcss] Unknown word\nfile: /runner/tree/shop/src/a.css:2:1\n    at x (y.js:1:1)\n',
    'src/a.css:2: [vite:css] [postcss] Unknown word',
    'src/a.css:2',
  ],
  [
    'bun test',
    "bun test v1.4.5 (a7733435c)\n\ntest/cart.test.ts:\n1 | import { expect, test } from 'bun:test';\n2 | test('adds', () => { expect(1 + 1).toBe(3); });\n                                       ^\nerror: expect(received).toBe(expected)\n\nExpected: 3\nReceived: 2\n\n      at <anonymous> (/runner/tree/shop/test/cart.test.ts:2:36)\n(fail) cart > adds [0.51ms]\n(pass) cart > fine [0.03ms]\n\n 1 pass\n 1 fail\n",
    'cart > adds: expect(received).toBe(expected) Expected: 3 Received: 2 (test/cart.test.ts:2)',
    'test/cart.test.ts:2',
  ],
  [
    'bun test of an error, after one that passed',
    'error: logged\n      at <anonymous> (/runner/tree/shop/src/cart.ts:2:36)\n(pass) adds\n9 | throw new TypeError();\n          ^\nTypeError: boom\n      at <anonymous> (/runner/tree/shop/test/cart.test.ts:9:147)\n(fail) throws [0.09ms]\n',
    'throws: TypeError: boom (test/cart.test.ts:9)',
    'test/cart.test.ts:9',
  ],
  [
    'AVA',
    "\n  ✘ [fail]: adds\n  ✔ fine\n  ─\n\n  adds\n\n  test/cart.test.ts:2\n\n   1: import test from 'ava';\n   2: test('adds', (t) => { t.is(1 + 1, 3); });\n\n  Difference (- actual, + expected):\n\n  - 2\n  + 3\n\n  › file://test/cart.test.ts:2:25\n\n  ─\n\n  1 test failed\n",
    'adds: Difference (- actual, + expected): - 2 + 3 (test/cart.test.ts:2)',
    'test/cart.test.ts:2',
  ],
  [
    'AVA of an error',
    "\n  ✘ [fail]: cart › throws Error thrown in test\n  ✔ fine\n  ─\n\n  cart › throws\n\n  Error thrown in test:\n\n  Error {\n    message: 'boom',\n  }\n\n  Error: boom\n      at file:///runner/tree/shop/test/cart.test.ts:3:38\n      at Test.callFn (file:///x/ava/lib/test.js:525:26)\n\n  ─\n",
    'cart › throws: Error: boom (test/cart.test.ts:3)',
    'test/cart.test.ts:3',
  ],
  [
    'tape',
    'TAP version 13\n# adds up\nok 1 fine\nnot ok 2 sum is right\n  ---\n    operator: equal\n    expected: 3\n    actual:   2\n    at: Test.<anonymous> (/runner/tree/shop/test/cart.test.ts:2:28)\n    stack: |-\n      Error: sum is right\n          at Test.assert (/x/tape/lib/test.js:548:48)\n  ...\n\n1..2\n# tests 2\n# pass  1\n# fail  1\n',
    'adds up: sum is right: expected 3, but got 2 (test/cart.test.ts:2)',
    'test/cart.test.ts:2',
  ],
  [
    'a coverage threshold of Jest',
    'PASS ./cart.test.js\nJest: Coverage for functions (50%) does not meet "global" threshold (100%)\nTests:       1 passed, 1 total\n',
    'Coverage for functions (50%) does not meet "global" threshold (100%)',
    undefined,
  ],
  [
    'one of an older Jest',
    'Jest: "global" coverage threshold for lines (90%) not met: 50%\n',
    '"global" coverage threshold for lines (90%) not met: 50%',
    undefined,
  ],
  [
    'one of Vitest and c8',
    'ERROR: Coverage for lines (50%) does not meet global threshold (90%)\n',
    'Coverage for lines (50%) does not meet global threshold (90%)',
    undefined,
  ],
  [
    'one of pytest-cov',
    'FAIL Required test coverage of 90% not reached. Total coverage: 50.00%\n',
    'Required test coverage of 90% not reached. Total coverage: 50.00%',
    undefined,
  ],
  ['anything that says error', 'Resolving\nerror: could not build `x`\n', 'could not build `x`', undefined],
];

describe('the first line of an output', () => {
  for (const [tool, output, headline, at, directory] of TABLE) {
    it(`of ${tool}`, () => {
      const { headlines, annotations } = read(output, directory);
      expect(headlines[0]).toBe(headline);
      expect(annotations.map(({ file, line }) => `${file}:${line}`)[0]).toBe(at);
    });
  }

  it('of a stack in Go is no message', () => {
    const stack = '\tx.y/api/cart/cart.go:9 +0xcb8\n/runner/tree/shop/api/cart/cart_test.go:4 +0x1f\n';
    const { headlines, annotations } = read(`--- FAIL: TestTotal (0.00s)\npanic: no total\n${stack}FAIL\n`, 'api');
    expect(headlines).toEqual(['TestTotal: panic: no total (api/cart/cart_test.go:4)']);
    expect(annotations.map(({ message }) => message)).toEqual(['TestTotal: panic: no total']);
  });

  it('is of a failing test before it is of a warning', () => {
    const { headlines } = read(
      'src/cart.ts:1:1: warning: odd\n✖ failing tests:\n\ntest at test/cart.test.ts:4:1\n✖ adds up (1ms)\n  No.\n',
    );
    expect(headlines).toEqual(['adds up: No. (test/cart.test.ts:4)']);
  });

  it.each([
    ['files that are not the repository’s', '/etc/passwd:1:1: error: x\n../../x.ts:1:1: error: y'],
    ['nothing', ''],
    ['chatter', 'all good\n12:00 started\nhttp://x.ts:80/ ok'],
  ])('is not made up from %s', (_, output) => {
    expect(read(output).annotations).toEqual([]);
  });

  it('is not of a test in TAP that is known to fail', () => {
    expect(read('not ok 1 - later # todo\nnot ok 2 never # skip\n').headlines).toEqual([]);
  });

  it('stays short, and says how much there is', () => {
    const many = Array.from({ length: 500 }, (_, at) => `src/cart.ts(${at + 1},1): error TS1: No ${at}.`).join('\n');
    const { headlines, annotations } = read(many);
    expect(headlines).toHaveLength(21);
    expect(headlines.at(-1)).toBe('… and 180 more');
    expect(annotations).toHaveLength(50);
  });

  it.each([
    ['a', 'a'.repeat(1_000_000)],
    ['a.', 'a.'.repeat(500_000)],
    ['dots and colons', 'a.b:1:'.repeat(200_000)],
    ['many lines', `${'x.ts:1 a '.repeat(50)}\n`.repeat(5_000)],
    ['blanks', `${' '.repeat(999)}\n`.repeat(2_000)],
    ['names', `${'a/'.repeat(400)}b.ts\n`.repeat(2_000)],
    ['tests without end', `  ● x\n${'a.b'.repeat(300)}\n`.repeat(10_000)],
    ['lines without end', '\n'.repeat(1_000_000)],
  ])('is found in linear time: %s', (_, output) => {
    expect(expectSoon(() => read(output), 20_000).annotations).toEqual([]);
    expect(expectSoon(() => collectedNone(output), 20_000)).toBe(false);
  });
});

describe('no test was collected', () => {
  it.each<[string, string, boolean]>([
    ['node', 'ℹ tests 0\nℹ pass 0', true],
    ['node with tests', 'ℹ tests 3\nℹ pass 3', false],
    ['vitest', 'No test files found, exiting with code 0', true],
    ['mocha', '  0 passing (1ms)', true],
    ['jest', 'Tests:       0 total', true],
    ['pytest', 'no tests ran in 0.01s', true],
    ['unittest', 'Ran 0 tests in 0.000s\n\nOK', true],
    ['unittest with tests', 'Ran 2 tests in 0.000s\n\nOK', false],
    ['go', '?   \tx.y/a\t[no test files]\n?   \tx.y/b\t[no test files]', true],
    ['go in one package', '?   \tx.y/a\t[no test files]\nok  \tx.y/b\t0.002s', false],
    ['go from its cache', '?   \tx.y/a\t[no test files]\nok  \tx.y/b\t(cached)', false],
    ['go without a match', 'ok  \tx.y/a\t0.002s [no tests to run]', true],
    ['cargo', 'running 0 tests\n\ntest result: ok. 0 passed; 0 failed', true],
    ['cargo in one crate', 'running 0 tests\n\nrunning 2 tests\n', false],
    ['Maven', '[INFO] No tests to run.', true],
    ['Maven in one module', '[INFO] No tests to run.\n[INFO] Tests run: 2, Failures: 0', false],
    ['Gradle', '> Task :test NO-SOURCE', true],
    ['dotnet', 'No test is available in /x.dll. Make sure that', true],
    ['rspec', '0 examples, 0 failures', true],
    ['phpunit', 'No tests executed!', true],
    ['mix', 'There are no tests to run', true],
    ['dotnet with tests', 'Passed!  - Failed:     0, Passed:     3, Skipped:     0, Total:     3', false],
    ['a runner that nobody knows', 'fine', false],
  ])('%s', (_, output, none) => {
    expect(collectedNone(output)).toBe(none);
  });
});

it.each([
  ['mypy', (line: number) => `src/cart.py:${line}: error: Bad type  [arg-type]`],
  ['flake8', (line: number) => `src/cart.py:${line}:1: E302 expected 2 blank lines`],
])('%s: many messages about one file are about that file, not about a package of its name', (_, say) => {
  const { headlines, annotations } = read([3, 5, 9].map(say).join('\n'));
  expect(headlines.map((each) => each.split(': ')[0])).toEqual(['src/cart.py:3', 'src/cart.py:5', 'src/cart.py:9']);
  expect(annotations.map(({ line }) => line)).toEqual([3, 5, 9]);
});

it('a failure has the same name wherever it is run, and whatever stands above it in its file', () => {
  const failureIn = (root: string, line: number, ms: string) => {
    const at = `${root}/test/cart.test.ts:${line}:3`;
    const output = `not ok 1 - adds up\n  ---\n  location: '${at}'\n  error: 'no at file://${at} after ${ms}'\n  ...\n`;
    return readOutput(output, { root, directory: '', files: new Set(FILES) }).failures;
  };
  const one = failureIn('/runner/a/shop', 4, '1.2ms');
  expect(one).toEqual([expect.stringMatching(/^test\/cart\.test\.ts: adds up: no at test\/cart\.test\.ts after/)]);
  expect(failureIn('/other/b/shop', 9, '20 ms')).toEqual(one);
});
