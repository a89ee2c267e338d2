/**
 * Lines that weaken checks, by language: marks that skip a test or switch a check off, ends of the test run, code that knows
 * that it is tested.
 *
 * A list of patterns is never complete. It holds what tools and their documentation name. All patterns take linear time:
 * repetitions inside a line have a limit.
 */
import type { LanguageName } from './test-code.ts';

/** Patterns by language. `all` is for every file. */
export type Marks = Readonly<Partial<Record<LanguageName | 'all', readonly RegExp[]>>>;

/** Comments and attributes that switch off linters, type checks, coverage, mutation and scanners. */
export const SWITCHES_OFF: Marks = {
  all: [
    /eslint-disable|oxlint-disable|biome-(?:ignore)|tslint:disable|stylelint-disable|deno-lint-ignore|prettier-ignore|@ts-(?:ignore|nocheck|expect-error)/,
    /\b(?:istanbul|c8|v8|node:coverage) (?:ignore|disable)\b|\bStryker disable\b|__STRYKER|__stryker|\bstryMutAct/,
    /#\s*(?:noqa|flake8:\s*noqa|type:\s*ignore|pyright:|pylint:\s*(?:disable|skip-file)|ruff:\s*noqa|mypy:|pytype:\s*disable|nosec|fmt:\s*off)/,
    /pragma:\s*no (?:cover|branch|mutate)|coverage:ignore|LCOV_EXCL|coveralls-ignore|:nocov:/,
    /\/\/\s*(?:nolint|NOSONAR|noinspection|revive:disable|lint:ignore)|#nosec|nosemgrep|\bNOLINT\b|swiftlint:disable/,
    /#!?\[(?:allow|expect)\(|#!?\[cfg_attr\([^\]]{0,100}\b(?:allow|coverage)\(|#!?\[coverage\(off|#!?\[rustfmt::skip/,
    /@Suppress(?:Warnings|Lint|FBWarnings)?\(|SuppressMessage\(|ExcludeFromCodeCoverage|#pragma warning disable|#nullable disable/,
    /#\s*(?:rubocop:(?:disable|todo)|credo:disable|standard:disable)|@dialyzer\b.{0,40}\bno/,
    /@codeCoverageIgnore|phpcs:(?:ignore|disable)|@phpstan-ignore|@psalm-suppress|@phan-suppress/,
  ],
};

/** Marks that skip a test, or let it fail. They are looked for outside of texts and comments. */
export const SKIPS: Marks = {
  js: [
    /\b(?:it|test|describe|suite|context|specify|t|this|ctx)\s*\.\s*(?:skip(?:If)?|todo|runIf|fails|failing|fixme|ignore)\b/,
    /\bDeno\.test\.ignore\b|(?:^|[^.\w])x(?:it|describe|test|context|specify)\s*[(.`]|\b(?:skip|todo|ignore):\s*(?:true|["'`])/,
    // Without a function, it is a plan for a test.
    /^\s*(?:it|test|specify)\s*\(\s*["'`][^"'`]{0,300}["'`]\s*\)/,
  ],
  python: [
    /\bpytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)\b|\bunittest\.(?:skip\w*|expectedFailure|SkipTest)\b/,
    /^\s*@(?:skip|skip_if|skipIf|skipUnless|expectedFailure|xfail)\b|\bself\.skipTest\(|\braise SkipTest\b/,
    /\b__test__\s*=\s*False|\bcollect_ignore/,
  ],
  go: [/\b(?:t|b|f|tb)\.Skip(?:Now|f)?\(/],
  rust: [/#\[ignore\b|#\[cfg_attr\([^\]]{0,100}\bignore\b/],
  jvm: [
    /@(?:Ignore|Disabled\w*|Enabled(?:If|On|For)\w*|Skip|PendingFeature)\b|\b(?:assume\w*|Assumptions\.\w+)\(|\bthrow new (?:TestAbortedException|SkipException)/,
    /@Test\([^)]{0,100}\benabled\s*=\s*false/,
  ],
  dotnet: [
    /\[[^\]]{0,200}\bSkip\s*=|\[(?:Ignore|Explicit)\b|\bAssert\.(?:Ignore|Inconclusive|Skip)\w*\(|\bSkip\.(?:If|IfNot)\(|\bAssume\.That\(/,
  ],
  ruby: [
    /^\s*x(?:it|describe|context|specify|scenario|example)\b|^\s*(?:skip|pending)(?:\s*$|[ (]+["']|\s+(?:if|unless)\b)/,
    /,\s*:?(?:skip|pending)(?:\s*=>|:)|,\s*:(?:skip|pending)\b|^\s*(?:it|specify|test|scenario) ["'][^"']{0,300}["']\s*$|\bomit(?:_if|_unless)?[ (]/,
  ],
  php: [/\bmarkTest(?:Skipped|Incomplete)\b|->(?:skip|todo)\w*\(|#\[(?:Ignore|Requires\w+)\b/],
  elixir: [/@(?:module|describe)?tag[ (]+:?(?:skip|pending|todo)\b|^\s*test\s+"[^"]{0,300}"\s*$/],
  swift: [/\bXCTSkip|\.disabled\(/],
};

/** Marks that let only some tests run. */
export const ONLY: Marks = {
  js: [
    /\b(?:it|test|describe|suite|context|specify|Deno\.test)\s*\.\s*(?:\w{1,20}\.)?only\b|(?:^|[^.\w])f(?:it|describe)\s*\(|\bonly:\s*true/,
  ],
  ruby: [/^\s*f(?:it|describe|context|specify)\b|,\s*:focus\b|,\s*focus:\s*true/],
  elixir: [/@(?:module|describe)?tag :(?:focus|only)\b/],
  php: [/->only\(/],
};

/** Conditions under which a file with tests is built at all. */
export const BUILT_IF: Marks = {
  go: [/^\/\/\s*(?:go:build|\+build)\b/],
  rust: [/#!?\[cfg\((?!test\)\]|not\(test\))/],
  // A test for some frameworks only is common: `#if NET8_0_OR_GREATER`.
  dotnet: [/^\s*#if\b(?!\s*!?\s*\(?\s*NET(?:\d|FRAMEWORK|STANDARD|COREAPP))/],
};

export const RETRIES: Marks = {
  js: [/\bretryTimes\(|\bretry:\s*(?:\d|\{)|\bretries\s*[(:]\s*[1-9]/],
  python: [/@(?:pytest\.mark\.)?flaky\b|\breruns\s*=|@retry\b/],
  jvm: [/@(?:Retry\w*|Flaky\w*)\b|\bretryAnalyzer\b/],
  dotnet: [/\[(?:Retry\w*|Flaky)\b/],
  ruby: [/\bretry:\s*[1-9]|:retry\s*=>|,\s*:?flaky\b|^\s*retry\b/],
  php: [/->repeat\(|->flaky\(/],
  elixir: [/@tag\s+:?(?:flaky|retry)\b/],
};

/** Ends of the process in tests and their setup, and hooks that change its exit code. */
export const ENDS_RUN: Marks = {
  js: [
    /\bprocess\.(?:exit|reallyExit)\(\s*0?\s*\)|\bprocess\.exitCode\s*=\s*0|\bDeno\.exit\((?:0)?\)/,
    /\bprocess\.(?:on|once|addListener|prependListener)\(\s*["'](?:exit|beforeExit)\b/,
  ],
  python: [
    /\b(?:os\._exit|sys\.exit|exit|quit)\(\s*0?\s*\)|\bpytest\.exit\(|\bsession\.exitstatus\s*=|\batexit\.register\(|\braise SystemExit(?:\(0?\))?\s*$/,
  ],
  go: [/\bos\.Exit\(0\)|\bsyscall\.Exit\(0\)/],
  rust: [/\bprocess::exit\(0\)/],
  jvm: [/\bSystem\.exit\(0\)|\bhalt\(0\)|\bexitProcess\(0\)/],
  dotnet: [/\bEnvironment\.Exit(?:\(0\)|Code\s*=\s*0)/],
  ruby: [/^\s*(?:Kernel\.|Process\.)?exit!?(?:\s*\(?\s*(?:0|true)\s*\)?)?\s*$|\bat_exit\b/],
  php: [/\b(?:exit|die)(?:\(\s*0?\s*\))?;|\bregister_shutdown_function\(/],
  elixir: [/\bSystem\.(?:halt|stop|at_exit)\b/],
};

/** Ends of the process that skip every hook: ordinary code has little use for them either. */
export const ENDS_AT_ONCE: Marks = {
  js: [/\bprocess\.reallyExit\b/],
  python: [/\bos\._exit\(0?\)/],
  jvm: [/\bgetRuntime\(\)\.halt\(0\)/],
  ruby: [/\bexit!/],
};

/** Code that behaves differently while it is tested. */
export const KNOWS_TESTS: Marks = {
  all: [
    /\b(?:NODE_ENV|RAILS_ENV|RACK_ENV|APP_ENV|MIX_ENV|ASPNETCORE_ENVIRONMENT|DOTNET_ENVIRONMENT)\b["'\])\s,]{0,6}(?:={2,3}|!={1,2}|\.equals\(|\.eql\?)\s*["']test(?:ing)?["']/i,
    /["']test(?:ing)?["']\s*(?:={2,3}|!={1,2})\s*(?:process\.env|ENV\[|os\.(?:environ|getenv)|System\.getenv|getenv)/i,
    // A program that looks at its own name or stack.
    /(?:\bargv\[[01]\]|\bARGV0\b|\bPROGRAM_NAME\b|\bos\.Args\[0\]|\bcurrent_exe\(\)|\bProcessName\b|\bGetEntryAssembly\(\)|\bgetStackTrace\(\)|\bdebug_backtrace\(|\binspect\.stack\(\)|\bnew Error\(\)\.stack\b|\bnew StackTrace\().{0,120}(?:test|spec\b|junit|xunit|jest)/i,
  ],
  js: [
    /\bprocess\.env\.(?:VITEST\w*|JEST_WORKER_ID|MOCHA\w*|NODE_TEST_CONTEXT|PLAYWRIGHT_TEST\w*)\b|\benv\[["'](?:VITEST|JEST_WORKER_ID|NODE_TEST_CONTEXT)|["'](?:VITEST|JEST_WORKER_ID|NODE_TEST_CONTEXT)["']\s+in\b/,
    /\bimport\.meta\.(?:vitest|jest|env\.VITEST)\b|\btypeof\s+(?:jest|vi|describe|it|expect|mocha)\b|\bglobal(?:This)?\.(?:describe|it|expect|jest|vi|__vitest\w*)\b|["'](?:describe|expect|__vitest_worker__)["']\s+in\s+global/,
  ],
  python: [
    /["'](?:pytest|unittest|_pytest)["']\s*(?:not\s+)?in\s+(?:sys\.)?modules|\bmodules\.get\(["'](?:pytest|unittest)|\bPYTEST_\w+/,
  ],
  go: [/\btesting\.Testing\(\)|\bflag\.Lookup\(["`]test\.|HasSuffix\(os\.Args\[0\]/],
  rust: [/\bcfg!\(\s*(?:test\b|not\(\s*test)|#\[cfg\(not\(test\)\)\]/],
  jvm: [
    /forName\(["'](?:org\.junit|org\.testng|junit)|\bgetProperty\(["'](?:surefire|org\.gradle\.test)|contains\(["'](?:org\.)?junit/,
  ],
  dotnet: [/["'](?:testhost|xunit|nunit|Microsoft\.VisualStudio\.TestPlatform)\b/i],
  ruby: [
    /\bdefined\?\(?\s*(?:RSpec|Minitest|Test::Unit)|\bconst_defined\?\(:(?:RSpec|Minitest)|\bRails\.env\.test\?|\bcaller(?:_locations)?\b[.([].{0,100}(?:spec|test|rspec|minitest)/,
  ],
  php: [/\bdefined\(["']PHPUNIT|\bPHPUNIT_\w+|\brunningUnitTests\(|\bclass_exists\(.{0,40}(?:TestCase|PHPUnit)/i],
  elixir: [/\bMix\.env(?:\(\))?\s*(?:==|!=|in)\s*\[?:test|\bensure_loaded\?\(ExUnit|\bwhereis\(ExUnit|:ex_unit\b/],
};

/** Replaced parts of test libraries, and hooks that decide if a test passed. */
export const PATCHES_LIBRARY: Marks = {
  js: [
    /\b(?:globalThis|global|window)\.(?:expect|assert|it|test|describe)\s*=(?!=)|\b(?:assert(?:\.strict)?|expect(?:\.prototype)?|chai\.Assertion\.prototype|Assertion\.prototype)\.\w+\s*=(?!=)/,
    /\bAssertion\.(?:overwrite|add)(?:Method|Property)\(|\bAssertionError\b.{0,20}\s=(?!=)|\b(?:toBe|toEqual|toStrictEqual|toThrow|toContain|toMatch)\s*(?:\([^()]{0,60}\)\s*\{|:\s*(?:\(|function|async))/,
  ],
  python: [
    /\b(?:unittest\.)?TestCase\.\w+\s*=(?!=)|\bsetattr\(\s*(?:unittest|pytest|builtins)\b|\bbuiltins\.AssertionError\b|\bclass AssertionError\b|\b(?:unittest|pytest)\.(?:\w+\.)?(?:assert\w+|raises|TestCase)\s*=(?!=)/,
    /\bdef pytest_(?:runtest_\w+|sessionfinish|exception_interact|collection_modifyitems|ignore_collect|pyfunc_call|report_teststatus)\b|\.outcome\s*=(?!=)\s*["']passed|\bdef assert(?:Equals?|True|Raises)\(/,
  ],
  rust: [/\bmacro_rules!\s*(?:debug_)?assert(?:_eq|_ne)?\b/],
  jvm: [/\bclass (?:Assert|Assertions)\b|\bvoid (?:assertEquals|assertTrue|assertThat)\(/],
  dotnet: [/\bclass Assert\b|\bstatic void (?:Equal|AreEqual|True|IsTrue)\(/],
  ruby: [
    /\b(?:module|class)\s+(?:Minitest::Assertions|RSpec::(?:Expectations|Matchers|Core)|Test::Unit)|\bRSpec::Expectations::\w+\.(?:class_eval|prepend|define_method)|\bdef (?:assert_equal|assert|refute|assert_raises|expect)\b(?![_\w])/,
  ],
  php: [/\bfunction assert(?:Same|Equals|True)\(/],
  elixir: [/\bdefmacro (?:assert|refute)\b|\bdef(?:macro)? test\(/],
};

/** An assertion that may fail without consequence. */
export const HIDES_FAILURE: Marks = {
  all: [/\b(?:expect|assert\w*|Assert\.\w+)\b.{0,300}(?:\|\|\s*true\b|\bor\s+[Tt]rue\b)/],
  js: [
    /\bexpect\b.{0,300}\.catch\(\s*(?:\(\s*\w{0,30}\s*\)|\w{1,30})\s*=>\s*(?:\{\s*\}|undefined|null|true)\s*\)/,
    /\b(?:if|while)\s*\(\s*(?:false|0|!1|!true)\s*\)|\b(?:false|0)\s*&&\s*(?:expect|assert)\b/,
  ],
  python: [
    /\bexcept\s+\(?[\w., ]{0,80}\bAssertionError\b|\bsuppress\([\w., ]{0,80}\b(?:AssertionError|BaseException|Exception)\b|^\s*(?:if|while)\s+(?:False|0|not True)\s*:/,
  ],
  go: [/\bdefer func\(\)\s*\{\s*(?:_\s*=\s*)?recover\(\)\s*\}|^\s*(?:_\s*=\s*)?recover\(\)\s*$|\bif false\b/],
  rust: [/\blet _\w*\s*=.{0,60}\bcatch_unwind\b|\bif false\b/],
  jvm: [
    /\bcatch\s*\([\w.|\s]{0,100}\b(?:AssertionError|AssertionFailedError|ComparisonFailure|Throwable)\b|\bif\s*\(\s*false\s*\)/,
  ],
  dotnet: [
    /\bcatch\s*\(\s*[\w.]{0,60}\b(?:XunitException|AssertionException|AssertFailedException|AssertActualExpectedException|EqualException)\b|\bif\s*\(\s*false\s*\)/,
  ],
  ruby: [
    /\brescue\s+[\w:, ]{0,80}(?:Minitest::Assertion|ExpectationNotMet\w*|\bException\b)|\brescue\s+(?:nil|true)\b|\bif false\b|\bunless true\b/,
  ],
  php: [
    /\bcatch\s*\([\w\\|\s]{0,100}\b(?:AssertionFailedError|ExpectationFailedException|Throwable)\b|\bif\s*\(\s*false\s*\)/,
  ],
  elixir: [/\b(?:ExUnit\.)?AssertionError\b.{0,20}->|\bif false\b/],
};

const EMPTY_FUNCTION = /^[^;{}]{0,300}\)[^;{}()]{0,100}\{\s*\}/;
const EMPTY_BLOCK = /^[^\n]{0,300}\bdo\s*(?:\n\s*)?end\b/;

/** A test with nothing in it, from its first line on. Texts are spaces here. */
export const EMPTY_TEST: Marks = {
  js: [
    /^\s*(?:await\s+)?[\w.]{1,60}\s*\(\s*["'`][^"'`]{0,300}["'`]\s*,\s*(?:\{[^{}]{0,100}\}\s*,\s*)?(?:async\s*)?(?:function\s*\w{0,60}\s*)?(?:\([^()]{0,60}\)|\w{1,60})?\s*(?:=>)?\s*(?:\{\s*\}|undefined|null)\s*[,)]/,
  ],
  python: [
    /^[^\n]{0,200}\)\s*(?:->\s*\w+\s*)?:\s*(?:"\s{0,200}"\s*|"{1,3}\s{0,200}"{1,3}\s*|'{1,3}\s{0,200}'{1,3}\s*)?(?:pass|\.\.\.|return(?: None)?)\s*(?:\n|$)/,
  ],
  go: [EMPTY_FUNCTION, /^\s*t\.Run\([^{}]{0,200}\{\s*\}/],
  rust: [EMPTY_FUNCTION],
  jvm: [EMPTY_FUNCTION],
  dotnet: [EMPTY_FUNCTION, /^[^;{}]{0,200}\)\s*=>\s*(?:Task\.CompletedTask|default)\s*;/],
  ruby: [EMPTY_BLOCK, /^[^{}\n]{0,300}\{\s*\}/, /^\s*def test_\w+\s*(?:;|\n)?\s*end\b/],
  php: [EMPTY_FUNCTION],
  elixir: [EMPTY_BLOCK, /^[^\n]{0,300},\s*do:\s*(?::ok|nil|true)\b/],
  swift: [EMPTY_FUNCTION],
};

/** Answers whether one of the patterns for a language is in a line. Files of other languages are held to all of them. */
export function finder(marks: Marks, language: LanguageName | undefined): { test(line: string): boolean } {
  const patterns =
    language === undefined ? Object.values(marks).flat() : [...(marks.all ?? []), ...(marks[language] ?? [])];
  return { test: (line) => patterns.some((pattern) => pattern.test(line)) };
}
