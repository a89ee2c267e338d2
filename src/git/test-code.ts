/**
 * Reads test files of common languages: their code without comments, their tests, and what these assert.
 *
 * It reads lines and not syntax, so that half a file, a newer syntax or a hostile file is read like any other. All patterns
 * take linear time.
 */
import { isTestFile } from '#core/scope/test-file';

export type LanguageName = 'js' | 'python' | 'go' | 'rust' | 'jvm' | 'dotnet' | 'ruby' | 'php' | 'elixir' | 'swift';

interface Language {
  readonly name: LanguageName;
  readonly files: RegExp;
  /** Comments, and texts with their ends. */
  readonly marks: RegExp;
  /** The line on which a test starts. */
  readonly test: RegExp;
  /** The test's name is on this line, or on one of the next few. */
  readonly named: RegExp;
  readonly asserts: RegExp;
}

const TRIPLE = '"""[^]*?(?:"""|$)';
const DOUBLE = '"(?:\\\\.|[^"\\\\\\n])*"?';
const SINGLE = "'(?:\\\\.|[^'\\\\\\n])*'?";
const LONG = '"(?:\\\\[^]|[^"\\\\])*(?:"|$)';
const BACKTICK = '`(?:\\\\[^]|[^`\\\\])*(?:`|$)';
const SLASHES = '//[^\\n]*|/\\*[^]*?(?:\\*/|$)';
const HASH = '#[^\\n]*';
/** `#{` is inside of texts. */
const HASH_APART = '(?<![^\\s;])#(?!\\{)[^\\n]*';
/** Bounded, because it is tried at every slash. */
const PATTERN =
  '(?<=[(,=:\\[!&|?{};+~^]\\s{0,9}|\\breturn\\s{1,9})/(?![*/])(?:\\\\.|\\[(?:\\\\.|[^\\]\\\\\\n]){0,200}\\]|[^/\\\\\\[\\n]){1,300}/';
const marks = (...each: string[]): RegExp => new RegExp(each.join('|'), 'g');

const QUOTED = /["'`]((?:\\.|[^"'`\\]){0,300})["'`]/;
const FUNCTION = /\b(?:func|fn|def|fun|void|function|Task|ValueTask|\w+)\s+`?(\w+)`?\s*(?:<[^>]*>)?\(/;
const HELPER = 'expect|assert|verify|ensure|should|must';
const HELPERS = `\\b(?:${HELPER})(?:[A-Z_]\\w*)?\\s*\\(`;

const LANGUAGES: readonly Language[] = [
  {
    name: 'js',
    files: /\.(?:[cm]?[jt]sx?|vue|svelte)$/i,
    marks: marks(SLASHES, PATTERN, DOUBLE, SINGLE, BACKTICK),
    test: /(?:^|[^.\w])(?:x?it|xtest|fit|test|specify|(?:Deno|t|suite)\.test)(?:\.(?!describe|step|before|after|use|extend)\w+)*(?:\([^()]{0,200}\))?\s*[(`](?!\))/,
    named: QUOTED,
    asserts: new RegExp(
      `\\bexpect(?:\\.(?!any|anything|extend|\\w+Containing|\\w+Matching)\\w+)?\\s*\\(|\\bassert(?:\\.\\w+)*\\s*\\(|\\bt\\.(?:is|deepEqual|like|true|false|throws\\w*|assert|same|ok|equal|not\\w*|truthy|falsy|regex|snapshot|match)\\(|\\.should\\b|${HELPERS}`,
      'g',
    ),
  },
  {
    name: 'python',
    files: /\.pyi?$/i,
    marks: marks(TRIPLE, "'''[^]*?(?:'''|$)", HASH, DOUBLE, SINGLE),
    test: /^\s*(?:async\s+)?def test\w*\(/,
    named: /def (\w+)\(/,
    asserts: new RegExp(
      `^\\s*assert\\b|\\.assert\\w*\\(|\\bself\\.fail\\w*\\(|\\bpytest\\.(?:raises|warns|fail)\\b|${HELPERS}`,
      'g',
    ),
  },
  {
    name: 'go',
    files: /\.go$/i,
    marks: marks(SLASHES, DOUBLE, SINGLE, '`[^`]*(?:`|$)'),
    test: /^func (?:\([^()]{0,100}\) )?(?:Test|Fuzz|Example)(?![a-z])\w*\(|\bt\.Run\(/,
    named: /^func (?:\([^()]{0,100}\) )?(\w+)\(|t\.Run\((.{1,100}?),/,
    asserts: new RegExp(
      `\\b(?:t|tb|b|f|s)\\.(?:Error|Fatal|Fail)(?:f|Now)?\\(|\\b(?:assert|require|is|qt|must|expect|s|suite)\\.(?!T\\(|Run\\(|New\\(|SetupTest)[A-Z]\\w*\\(|${HELPERS}`,
      'g',
    ),
  },
  {
    name: 'rust',
    files: /\.rs$/i,
    marks: marks(SLASHES, 'r#+"[^]*?(?:"#+|$)', LONG, "'(?:\\\\[^'\\n]{1,10}|[^'\\\\\\n])'"),
    test: /#\[(?:\w+::)*(?:test|rstest|test_case|quickcheck|proptest|bench)\b/,
    named: FUNCTION,
    asserts: /\b(?:\w+_)?assert(?:_\w+)?!|\bpanic!|#\[should_panic|\b(?:expect|assert|verify)_\w+\(/g,
  },
  {
    name: 'jvm',
    files: /\.(?:java|kts?|scala|groovy)$/i,
    marks: marks(SLASHES, TRIPLE, DOUBLE, SINGLE),
    test: /@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Property)\b/,
    named: FUNCTION,
    asserts: new RegExp(
      `\\bassert\\w*\\s*[({]|\\bexpect\\.\\w+\\(|^\\s*expect\\s*$|\\b(?:verify|fail|andExpect|expectThrows|should\\w*)\\s*[({]|\\bexpected\\s*=|${HELPERS}`,
      'g',
    ),
  },
  {
    name: 'dotnet',
    files: /\.(?:cs|fs|vb)$/i,
    marks: marks(SLASHES, TRIPLE, '@"(?:""|[^"])*(?:"|$)', DOUBLE, SINGLE),
    test: /\[(?:Fact|Theory|Test|TestMethod|DataTestMethod|TestCase|TestCaseSource|InlineData|DataRow|StringFact|\w+Fact|\w+Theory)\b/,
    named: FUNCTION,
    asserts: new RegExp(
      `\\bAssert\\.\\w+|\\.Should\\w*\\(|\\.Verify\\w*\\(|\\bVerify\\w*\\(|\\bExpectedException|${HELPERS}`,
      'g',
    ),
  },
  {
    name: 'ruby',
    files: /\.(?:rb|rake)$/i,
    marks: marks('(?<=^|\\n)=begin[^]*?(?:\\n=end|$)', PATTERN, HASH_APART, LONG, SINGLE),
    test: /^\s*(?:x?it|fit|specify|test|scenario|example)(?:\s+["'(:]|\s*\{|\s+do\b|\()|^\s*def test_\w+/,
    named: /["']((?:\\.|[^"'\\]){0,300})["']|def (test_\w+)/,
    asserts:
      /(?:^|[^.\w:])(?:assert|refute)\w*\b|\bexpect\w*\s*[({]|\bis_expected\b|\.should(?:_not)?\b|\b(?:must|wont)_\w+|\bflunk\b/g,
  },
  {
    name: 'php',
    files: /\.php$/i,
    marks: marks(SLASHES, '#(?!\\[)[^\\n]*', LONG, "'(?:\\\\[^]|[^'\\\\])*(?:'|$)"),
    test: /\bfunction test\w*\s*\(|#\[Test\]|^\s*(?:it|test)\s*\(/,
    named: /function (\w+)|["']((?:\\.|[^"'\\]){0,300})["']/,
    asserts: /(?:->|::)(?:assert|expect)\w*\(|\bexpect\(|->should\w*\(|->(?:to[A-Z]\w*)\(/g,
  },
  {
    name: 'elixir',
    files: /\.exs?$/i,
    marks: marks(TRIPLE, HASH_APART, LONG),
    test: /^\s*(?:test|property|doctest)\s+\S/,
    named: /"((?:\\.|[^"\\]){0,300})"|doctest (\w+)/,
    asserts: /\b(?:assert|refute)\w*\b|\bflunk\(/g,
  },
  {
    name: 'swift',
    files: /\.swift$/i,
    marks: marks(SLASHES, TRIPLE, DOUBLE),
    test: /\bfunc test\w*\(|@Test\b/,
    named: FUNCTION,
    asserts: /\bXCT(?:Assert|Fail|Unwrap)\w*\(|#(?:expect|require)\(/g,
  },
];

export interface Code {
  readonly language: Language | undefined;
  /** Lines without comments. */
  readonly lines: readonly string[];
  /** Lines without comments and without the insides of texts. */
  readonly bare: readonly string[];
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** Comments, and for `bare` the insides of texts, become spaces. Lines and columns stay as they are. */
export function readCode(path: string, text: string): Code {
  const language = LANGUAGES.find(({ files }) => files.test(path));
  if (!language) {
    const lines = text.split('\n');
    return { language, lines, bare: lines };
  }
  const isComment = (mark: string): boolean => /^(?:\/\/|\/\*|#(?!["'])|=begin)/.test(mark) && !mark.startsWith('#[');
  const lines = text.replace(language.marks, (mark) => (isComment(mark) ? blank(mark) : mark));
  const bare = text.replace(language.marks, (mark) =>
    isComment(mark) || mark.length < 3
      ? isComment(mark)
        ? blank(mark)
        : mark
      : `${mark[0]}${blank(mark.slice(1, -1))}${mark.at(-1)}`,
  );
  return { language, lines: lines.split('\n'), bare: bare.split('\n') };
}

/** One thing that a test asserts. */
export interface Assertion {
  /** 1-based. */
  readonly line: number;
  /** On one line, without white space that means nothing. */
  readonly text: string;
  /** Names and literals, without the words of assertion libraries. */
  readonly words: ReadonlySet<string>;
  /** The place of its test in `tests`; -1 if it is in none. */
  readonly test: number;
}

export interface TestCase {
  readonly line: number;
  readonly name: string;
  /** Its code, up to the next test. */
  readonly end: number;
}

export interface TestCode extends Code {
  readonly tests: readonly TestCase[];
  readonly assertions: readonly Assertion[];
  /** Rows of tables: each is a case of a test. */
  readonly rows: readonly Row[];
}

/** A line with the values of one case. */
export type Row = Pick<Assertion, 'line' | 'text' | 'words'>;

/** The first line (from 0) of tests inside a file of code, as Rust and Vitest allow; undefined if it has none. */
function startOfTests(path: string, { bare, language }: Code): number | undefined {
  if (isTestFile(path)) return 0;
  const at =
    language?.name === 'rust'
      ? bare.findIndex(
          (line, index) =>
            /^\s*#\[cfg\(test\)\]/.test(line) && /\bmod \w+ \{/.test(bare.slice(index, index + 3).join(' ')),
        )
      : language?.name === 'js'
        ? bare.findIndex((line) => /^if \(import\.meta\.vitest\)/.test(line))
        : -1;
  return at < 0 ? undefined : at;
}

/** Answers whether a line (1-based) of a file belongs to tests. */
export function inTests(path: string, code: Code): (line: number) => boolean {
  const start = startOfTests(path, code);
  return (line) => start !== undefined && line > start;
}

const STATEMENT_LINES = 40;
const NAME_LINES = 5;
const FUNCTION_LINES = 200;

export function readTests(path: string, text: string): TestCode {
  const code = readCode(path, text);
  const { language, lines, bare } = code;
  const start = startOfTests(path, code);
  if (!language || start === undefined) return { ...code, tests: [], assertions: [], rows: [] };
  const starts: number[] = [];
  for (let at = start; at < bare.length; at++) if (language.test.test(bare[at] ?? '')) starts.push(at);
  const tests = starts.map((at, index) => ({
    line: at + 1,
    name: nameFrom(language, lines, at),
    end: starts[index + 1] ?? bare.length,
  }));
  const names = new Set(tests.map(({ name }) => name));
  const isAssertion = (line: string): boolean =>
    language.asserts.test(reset(language.asserts, line)) && !isDefinition(language, line);
  const around = bare.flatMap((line, at): readonly [number, Helper | undefined][] =>
    at >= start && isAssertion(line) ? [[at, helperAround(language, bare, at, names)]] : [],
  );
  // Nothing runs the assertions of a function that nothing calls, such as a test that lost its name.
  const used = countsOf(bare);
  const helpers = new Map(
    around
      .filter(([, helper]) => helper === undefined || helper.isExported || (used.get(helper.name) ?? 0) > 1)
      .map(([at, helper]) => [at, helper?.name]),
  );
  // A call of a function that asserts is an assertion, too.
  const named = new Set([...helpers.values()].filter((name) => name !== undefined && name.length > 2));
  const calls = new Set(
    named.size === 0
      ? []
      : bare.flatMap((line, at) => {
          if (at < start || helpers.has(at) || isDefinition(language, line) || defined(language, line) !== undefined)
            return [];
          return [...line.matchAll(/([\w$]+)[!?]?\s*\(/g)].some(([, name]) => named.has(name)) ? [at] : [];
        }),
  );
  const assertions: Assertion[] = [];
  let test = -1;
  for (let at = start; at < bare.length; at++) {
    while (test + 1 < starts.length && (starts[test + 1] ?? 0) <= at) test += 1;
    if (!helpers.has(at) && !calls.has(at)) continue;
    const last = endOfStatement(bare, at);
    const first = language.name === 'go' && /^\s*(?:\} else )?if\b.*\{\s*$/.test(bare[at - 1] ?? '') ? at - 1 : at;
    const statement = onOneLine(lines.slice(first, last + 1).join(' '));
    assertions.push({
      line: at + 1,
      text: statement,
      words: wordsIn(language.name === 'go' ? statement.replace(/\.(?:Error|Fatal)f?\(.*$/, '') : statement),
      test: helpers.get(at) === undefined ? test : -1,
    });
    // Assertions in a statement of several lines, such as a callback, count for themselves.
    const inner = Array.from({ length: last - at }, (_, offset) => at + offset + 1);
    if (!inner.some((line) => helpers.has(line) || calls.has(line))) at = last;
  }
  return { ...code, tests, assertions, rows: rowsIn(code, start) };
}

const TABLE =
  /\.each\s*[(`]|\bparametrize\(|\[\]struct\s*\{|\brange (?:tests|cases|testCases|tt)\b|\bdataProvider|DataProvider\b|#\[case|@(?:CsvSource|ValueSource|MethodSource)|\bTheory\b|TestCaseSource|^[ \t]*(?:for|where)\b.{0,300}\[$|->with\(\[/m;
const ROW = /^\s*(?:["'][^"']{0,200}["']\s*(?:=>|:)\s*|yield\s.{0,100}=>\s*)?[[({](?!\s*$).{0,400}[\])}]\s*[,;]?\s*$/;
const ROW_OF_ATTRIBUTE = /^\s*(?:#\[case\b|\[(?:InlineData|DataRow|TestCase)\(|"[^"]{1,300}",?\s*$)/;

/** Rows stand below each other, or alone in brackets. */
function rowsIn({ lines, bare }: Code, start: number): readonly Row[] {
  if (!TABLE.test(bare.slice(start).join('\n'))) return [];
  const isRow = (line: string | undefined): line is string =>
    line !== undefined && line.length <= 1_000 && (ROW.test(line) || ROW_OF_ATTRIBUTE.test(line));
  return lines.flatMap((line, at) => {
    if (at < start || !isRow(line)) return [];
    const beside = [lines[at - 1], lines[at + 1]].some((each) => isRow(each) && indentOf(each) === indentOf(line));
    if (!beside && !/[[({]\s*$/.test(bare[at - 1] ?? '') && !ROW_OF_ATTRIBUTE.test(line)) return [];
    const words = wordsIn(line);
    const hasValue = [...words].some((word) => /^["\d]/.test(word)) || /\b(?:true|false|nil|null|none)\b/i.test(line);
    return hasValue ? [{ line: at + 1, text: onOneLine(line), words }] : [];
  });
}

const DEFINES: Readonly<Record<LanguageName, RegExp>> = {
  js: /^\s*(?:export\s+)?(?:async\s+)?function\s*\*?\s*(\w+)|^\s*(?:export\s+)?(?:const|let)\s+(\w+)\s*(?::[^=]{0,200})?=\s*(?:async\s*)?(?:\(|\w+\s*=>|function\b)/,
  python: /^\s*(?:async\s+)?def (\w+)/,
  go: /^func (?:\([^()]{0,100}\)\s*)?(\w+)|^\s*(\w+)\s*:?=\s*func\(/,
  rust: /\bfn (\w+)|\bmacro_rules!\s*(\w+)/,
  jvm: /^\s+(?:(?:public|private|protected|static|final|suspend|override)\s+)*(?:fun\s+|[\w<>[\],.?]+\s+)(\w+)\s*\([^;]{0,300}\{\s*$/,
  dotnet:
    /^\s+(?:(?:public|private|protected|internal|static|async)\s+)+[\w<>[\],.?]+\s+(\w+)\s*(?:<\w+>)?\([^;]{0,300}$/,
  ruby: /^\s*def (?:self\.)?(\w+)/,
  php: /\bfunction (\w+)/,
  elixir: /^\s*defp?(?:macro)?p?\s+(\w+)/,
  swift: /\bfunc (\w+)/,
};

const defined = ({ name }: Language, line: string): string | undefined =>
  DEFINES[name]
    .exec(line.slice(0, 1_000))
    ?.slice(1)
    .find((each) => each !== undefined);

interface Helper {
  readonly name: string;
  /** Other files can call it. */
  readonly isExported: boolean;
}

function countsOf(bare: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of bare) {
    for (const [name] of line.matchAll(/[\w$]+/g)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** The function around a line, if it is not a test. */
function helperAround(
  language: Language,
  bare: readonly string[],
  from: number,
  tests: ReadonlySet<string>,
): Helper | undefined {
  let indent = indentOf(bare[from] ?? '');
  for (let at = from - 1; at >= Math.max(0, from - FUNCTION_LINES); at--) {
    const line = bare[at] ?? '';
    // In some languages the brace has a line of its own.
    if (/^[\s{(]*$/.test(line) || indentOf(line) >= indent) continue;
    indent = indentOf(line);
    if (language.test.test(line)) return undefined;
    const name = defined(language, line);
    if (name !== undefined)
      return tests.has(name) ? undefined : { name, isExported: tests.size === 0 || /\b(?:export|pub)\b/.test(line) };
    if (indent === 0) return undefined;
  }
  return undefined;
}

export const indentOf = (line: string): number => line.length - line.trimStart().length;

const onOneLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[;,]\s*$/, '')
    .trim();

/** A pattern with the flag `g` remembers its place. */
const reset = (pattern: RegExp, line: string): string => {
  pattern.lastIndex = 0;
  return line;
};

/** The helper's own definition asserts nothing. */
const isDefinition = ({ name }: Language, line: string): boolean =>
  /^\s*(?:export\s+)?(?:(?:pub|public|private|protected|internal|static|final|async|override)\s+)*(?:function|def|defp|defmacro|func|fn|fun|void|class|import|from|use|using|require|package)\b/.test(
    line,
  ) && !(name === 'go' && /\bt\./.test(line));

function nameFrom({ named }: Language, lines: readonly string[], at: number): string {
  for (const line of lines.slice(at, at + NAME_LINES)) {
    const found = named.exec(line.slice(0, 1_000));
    const name = found?.slice(1).find((each) => each !== undefined);
    if (name !== undefined) return name;
  }
  return '';
}

/** The last line of the statement that starts on a line: its brackets are closed there, and no chain continues. */
function endOfStatement(bare: readonly string[], from: number): number {
  let open = 0;
  for (let at = from; at < Math.min(bare.length, from + STATEMENT_LINES); at++) {
    for (const character of bare[at] ?? '') {
      if ('([{'.includes(character)) open += 1;
      else if (')]}'.includes(character)) open -= 1;
    }
    if (
      open <= 0 &&
      !/(?:[,\\&|+]|\b(?:and|or|==))\s*$/.test(bare[at] ?? '') &&
      !/^\s*(?:\.|->|\?\.)\w/.test(bare[at + 1] ?? '')
    )
      return at;
  }
  return from;
}

const WORD =
  /"(?:\\.|[^"\\]){0,400}"|'(?:\\.|[^'\\]){0,400}'|`(?:\\.|[^`\\]){0,400}`|[\p{L}_$][\p{L}\p{N}_$]*|\d[\w.]*/gu;
const OF_LIBRARIES =
  /^(?:expect|assert\w*|Assert\w*|refute\w*|to|to[A-Z]\w*|not|not_to|be|be_\w+|eq|eql|equal|equals?To|Equal\w*|strictEqual|deepEqual|deepStrictEqual|is|ok|True|False|true|false|null|nil|None|undefined|await|async|return|self|this|t|if|else|\$this|static|Errorf?|Fatalf?|require|That|That\w*|Should|Be|must|should|have|a|an|the|in|and|or|new|const|let|var|do|end|fn|it|with|toBe)$/;

/** Texts without their quotes, since another quote is the same text. */
export const wordsIn = (text: string): ReadonlySet<string> =>
  new Set(
    [...(text.match(WORD) ?? [])]
      .map((word) =>
        /^["'`]/.test(word) ? `"${word.slice(1, -1)}` : /^\d/.test(word) ? word.replaceAll('_', '') : word,
      )
      .filter((word) => !OF_LIBRARIES.test(word)),
  );
