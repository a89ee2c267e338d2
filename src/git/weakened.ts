/**
 * Finds what weakens checks in a change (threat T51): tests that are gone, skipped or emptied, assertions that are gone,
 * loosened, hidden or always true, mocks of the unit under test, code that knows that it is tested or what a test expects,
 * and switches of other checks.
 *
 * Nothing here refuses a change. Each finding can be right, but a person has to look at it before it is merged (R11.5).
 * A change is read as a whole: a test that moved to another file, or became a row of a table, is not gone.
 */
import { isTestFile } from '#core/scope/test-file';
import { linesWith, type Remark, shownOf, type TextChange } from './suspicious.ts';
import {
  type Assertion,
  indentOf,
  inTests,
  type Row,
  readTests,
  type TestCase,
  type TestCode,
  wordsIn,
} from './test-code.ts';
import * as marks from './test-marks.ts';

/** A changed file. `now` is undefined if it is deleted, and `before` is empty if it is new. */
export interface Change extends Omit<TextChange, 'now'> {
  readonly now: string | undefined;
}

export interface Weakening {
  readonly path: string;
  readonly remark: Remark;
}

/** Files with text instead of code. */
const PROSE = /\.(?:md|mdx|markdown|txt|rst|adoc)$/i;

/** @param before the paths of the commit that the change started from. */
export function weakenedIn(changes: readonly Change[], before: readonly string[]): readonly Weakening[] {
  const read = changes
    .filter(({ path }) => isRecorded(path) || !PROSE.test(path))
    .map((change) => ({
      ...change,
      was: readTests(change.path, change.before),
      is: readTests(change.path, change.now ?? ''),
    }));
  return [
    ...read.flatMap((change) => {
      const { path, now, added } = change;
      const remarks =
        now === undefined ? [] : [...linesOf({ path, now, added }, change.was, change.is), ...mocksIn(change)];
      return remarks.map((remark) => ({ path, remark }));
    }),
    ...lostIn(read, before),
    ...read.filter(isLostWhole).map(({ path }) => ({ path, remark: { why: DELETED } })),
    ...recordedIn(read),
  ];
}

interface ReadChange extends Change {
  readonly was: TestCode;
  readonly is: TestCode;
}

/** A deleted file of tests without a test that can be read. A deleted helper takes no test away. */
const isLostWhole = ({ path, now, was }: ReadChange): boolean =>
  now === undefined &&
  isTestFile(path) &&
  was.tests.length + was.assertions.length === 0 &&
  (was.language === undefined || formOf(path) !== undefined || RECORDED.test(path) || DATA.test(path));

// --- lines -----------------------------------------------------------------------------------------------------------------

function linesOf(
  { path, now, added }: Pick<TextChange, 'path' | 'now' | 'added'>,
  was: TestCode,
  code: TestCode,
): readonly Remark[] {
  const language = code.language?.name;
  const find = (each: marks.Marks) => marks.finder(each, language);
  const isOfTests = inTests(path, code);
  const tests = new Set([...added].filter(isOfTests));
  const others = new Set([...added].filter((line) => !isOfTests(line)));
  const lines = code.lines.join('\n');
  const bare = code.bare.join('\n');
  const everywhere = [
    ...linesWith(now, added, find(marks.SWITCHES_OFF), 'switches a check off'),
    ...linesWith(bare, added, find(marks.SKIPS), 'skips a test'),
    ...linesWith(bare, added, find(marks.ONLY), 'leaves out the other tests'),
  ];
  if (language === undefined) return everywhere;
  return [
    ...everywhere,
    ...linesWith(now, tests, find(marks.BUILT_IF), 'builds tests only under a condition'),
    ...linesWith(bare, tests, find(marks.RETRIES), 'runs a failed test again'),
    ...linesWith(lines, tests, find(marks.ENDS_RUN), 'can end the test run early'),
    ...linesWith(bare, others, find(marks.ENDS_AT_ONCE), 'can end the test run early'),
    ...linesWith(lines, others, find(marks.KNOWS_TESTS), 'can find out that it runs in a test'),
    ...linesWith(bare, tests, find(marks.PATCHES_LIBRARY), 'changes how the test library decides'),
    ...linesWith(bare, tests, find(marks.HIDES_FAILURE), HIDES),
    ...shownOf(swallowed(code, tests), HIDES),
    ...shownOf(
      code.assertions.filter(({ line, text }) => tests.has(line) && isConstant(text)).map(({ line }) => line),
      'asserts something that is always true',
    ),
    ...shownOf(emptyTests(was, code), 'is a test that does nothing'),
    ...shownOf(cutShort(code, tests), 'ends a test before its assertions'),
  ];
}

const HIDES = 'can keep a failed assertion from failing the test';

const LOOK_BACK_LINES = 60;
const CATCHES =
  /\bcatch\b\s*(?:\([^()]{0,200}\))?\s*\{\s*(?:return;?\s*)?\}|\bexcept\b[^:\n]{0,200}:\s*(?:pass|\.\.\.|continue|return)\b|\brescue\b[^\n]{0,200}\n\s*(?:nil|true|end)\b|\brescue\b\s*\n?\s*_\w*\s*->\s*(?::ok|nil|true)\b/;

/** Handlers of errors that do nothing, around assertions. */
function swallowed({ bare, assertions }: TestCode, tests: ReadonlySet<number>): readonly number[] {
  const asserting = new Set(assertions.filter(({ text }) => !FAILS.test(text)).map(({ line }) => line));
  return bare.flatMap((line, at) => {
    if (!/\b(?:catch|except|rescue)\b/.test(line) || !CATCHES.test(bare.slice(at, at + 4).join('\n'))) return [];
    const indent = indentOf(line);
    let start = at - 1;
    for (; start > at - LOOK_BACK_LINES && start >= 0; start--) {
      const each = bare[start] ?? '';
      if (/\b(?:try|begin)\b|\bdo\b\s*$/.test(each) && indentOf(each) <= indent) break;
    }
    if (start < 0 || start === at - LOOK_BACK_LINES)
      return /\btry\b/.test(line) && asserting.has(at + 1) && tests.has(at + 1) ? [at + 1] : [];
    const inside = Array.from({ length: at - start + 1 }, (_, offset) => start + offset + 1);
    return inside.some((each) => asserting.has(each)) && inside.some((each) => tests.has(each)) ? [at + 1] : [];
  });
}

/** Assertions that always fail are for places that must not be reached. */
const FAILS =
  /\bfail\w*\b|\bFail\w*\b|\bflunk\b|\bpanic!|\bunreachable\b|\b[Aa]ssert(?:\.\w+)?!?\s*\(?\s*(?:false|False)\b|\bErrorf?\(|\bFatalf?\(/;

const EMPTY_LINES = 3;

/** Tests with nothing in them, by their place in `tests`. */
function emptyTestsOf({ tests, bare, language }: TestCode): ReadonlySet<TestCase> {
  const find = marks.finder(marks.EMPTY_TEST, language?.name);
  return new Set(
    tests.filter(({ line, end }) => {
      // An attribute stands above the test.
      const above = bare
        .slice(line - 1, Math.min(end, line + EMPTY_LINES))
        .findIndex((each) => /[({]|\bdo\b/.test(each.replace(/#?\[[^\]]*\]|@\w+(?:\([^)]*\))?/g, '')));
      const start = line - 1 + Math.max(0, above);
      const text = bare.slice(start, Math.min(end, start + EMPTY_LINES)).join('\n');
      return find.test(text.replace(/\n\s*(?=\n)/g, ''));
    }),
  );
}

/** Tests that are new or were emptied, and have nothing in them. */
function emptyTests(was: TestCode, is: TestCode): readonly number[] {
  const before = new Set([...emptyTestsOf(was)].map(({ name }) => name));
  return [...emptyTestsOf(is)].filter(({ name }) => !before.has(name)).map(({ line }) => line);
}

/** A new `return` straight in a test, with assertions after it. */
function cutShort({ tests, bare, assertions }: TestCode, added: ReadonlySet<number>): readonly number[] {
  return [...added].filter((line) => {
    const text = bare[line - 1] ?? '';
    if (!/^\s*return(?:\s+(?:null|undefined|None|nil|true|True))?;?\s*$/.test(text)) return false;
    const test = tests.findLast((each) => each.line < line && each.end >= line);
    const body = bare
      .slice(test?.line)
      .find((each) => each.trim() !== '' && indentOf(each) > indentOf(bare[(test?.line ?? 1) - 1] ?? ''));
    if (!test || body === undefined || indentOf(text) > indentOf(body)) return false;
    return assertions.some((each) => each.line > line && each.line <= test.end);
  });
}

const ASSERTS_VALUES =
  /^(?:await\s+)?(?:(?:self|this|t|Assert|assert|Xunit\.Assert|chai\.assert|require|\$this|self::|static::|Assertions)\s*(?:\.|->|::)?\s*)?(?:expect|assert|ok|equal|strictEqual|deepEqual|deepStrictEqual|is|true|truthy|pass|True|IsTrue|Equal|AreEqual|NotNull|IsNotNull|NotNil|assertTrue|assertFalse|assertEquals?|assertSame|assertNotNull|assertIsNotNone|assert_eq|assert_ne|assert_equal|assert_true|assertThat|refute|assert_not_nil)(?:!|\b)/;

/** True if an assertion compares nothing that the tested code made. */
export function isConstant(text: string): boolean {
  // A text that is put together holds names.
  if (/expectNotToPerformAssertions|addToAssertionCount/.test(text)) return true;
  if (FAILS.test(text) || !ASSERTS_VALUES.test(text) || /[$#]\{|\bf["']|\$"/.test(text)) return false;
  if (/\b(?:toHaveLength|length|len|size|count|Count)\b.{0,60}(?:toBeGreaterThanOrEqual\(0\)|>=\s*0\b)/.test(text))
    return true;
  if (isTuple(text)) return true;
  const head = /^(?:await\s+)?[\w$.:>-]+!?\s*/.exec(text)?.[0] ?? '';
  const values = text.slice(head.length);
  if (!/[\w"'`[{]/.test(values)) return false;
  if ([...wordsIn(text)].every((word) => /^["\d]/.test(word) || /^(?:toBe\w*|be_\w+)$/.test(word))) {
    const startsWithValue = /^\s*\(?\s*(?:t,\s*)?["'`\d[{!-]/.test(values);
    if (startsWithValue || /\b(?:true|True|null|nil|None|false|False|undefined)\b|:\w/.test(values)) return true;
  }
  return comparesWithItself(values);
}

/** Python's `assert (x, "message")` asserts a tuple, which is true. */
function isTuple(text: string): boolean {
  if (!/^assert\s+\(.*\)$/.test(text)) return false;
  let depth = 0;
  let hasComma = false;
  for (const [at, character] of [...text].entries()) {
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (depth === 1 && character === ',') hasComma = true;
    if (depth === 0 && at > text.indexOf('(') && at < text.length - 1) return false;
  }
  return hasComma;
}

function comparesWithItself(values: string): boolean {
  const chain =
    /^\(\s*([\w$.[\]'"]{1,80})\s*\)\s*\.(?:toBe|toEqual|toStrictEqual|to\.equal|to\.be|to\.eql|to)\s*\(?\s*(?:eq|eql|equal)?\(?\s*([\w$.[\]'"]{1,80})\s*\)+;?$/.exec(
      values,
    );
  const list = /^\(?\s*(?:t,\s*)?([\w$.[\]'"]{1,80})\s*,\s*([\w$.[\]'"]{1,80})\s*(?:,[^()]*)?\)?;?$/.exec(values);
  const equals = /^\(?\s*([\w$.[\]'"]{1,80})\s*={2,3}\s*([\w$.[\]'"]{1,80})\s*\)?;?$/.exec(values);
  return [chain, list, equals].some((each) => each !== null && each[1] === each[2]);
}

// --- mocks -----------------------------------------------------------------------------------------------------------------

/** `cart.test.ts`, `test_cart.py` and `CartTest.java` test `cart`. */
function subjectOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  return plain(
    name
      .replace(/[._-](?:tests?|specs?|unit|e2e|integration)$/i, '')
      .replace(/^(?:test|spec)[._-]/i, '')
      .replace(/(?:Tests?|Spec|IT|TestCase)$/, ''),
  );
}

const plain = (name: string): string => name.replace(/[^a-z0-9]/gi, '').toLowerCase();

const MOCKED_MODULE =
  /\b(?:vi|jest)\s*\.\s*(?:mock|doMock|unstable_mockModule|setMock)\(\s*(?:import\(\s*)?["'`]([^"'`]{1,300})["'`]|\bmock\.module\(\s*["'`]([^"'`]{1,300})["'`]|\btd\.replace(?:Esm)?\(\s*["'`]([^"'`]{1,300})["'`]|\b(?:proxyquire|rewire)\(\s*["'`]([^"'`]{1,300})["'`]/;
const MOCKED_CLASS =
  /\b(?:mock|mockk|Mockito\.mock|createMock|createStub|getMockBuilder|Mockery::mock|prophesize|instance_double|class_double|allow_any_instance_of|any_instance_of|Substitute\.For|Mock\.Of|mock\.create_autospec|create_autospec|:meck\.(?:new|expect)|Mimic\.(?:copy|stub|expect)|Mock\.with_mock|with_mock|patch)\s*[<(]?\s*\[?(?:\(\s*)?\\?((?:\w+(?:::|\\|\.))*\w+?)(?:::class\b(?:\.java)?|\.class\b|\s*[>,)\]])|\bnew Mock<\s*((?:\w+\.)*\w+)\s*>|\bmock_?(?:module|class)!?\s*\(?\s*(\w+)|^\s*with_mock\s+((?:\w+\.)*\w+)/;
/** A function or method that gets a result by hand: its owner and its name. */
const STUBBED =
  /\b(?:spyOn|stub|replace|method|mock\.method)\(\s*(\w+)\s*,\s*["'`](\w+)["'`].{0,200}(?:mockReturn|mockResolved|mockImplementation|returns|\.resolves|callsFake|=>|=\s*\()|\b(?:monkeypatch\.setattr|mocker\.patch\.object|patch\.object)\(\s*(\w+)\s*,\s*["'](\w+)["']|\b(?:patch|mocker\.patch|monkeypatch\.setattr)\(\s*f?["'](?:[\w.]*?)(\w+)\.(\w+)["']|\ballow\(\s*(\w+)\s*\)\.to receive\(\s*:(\w+)\s*\)|\b(\w+)\.stubs?\(\s*:(\w+)\b|\b(?:expect|stub)\(\s*(\w+)\s*,\s*:(\w+)\b|\b(?:when|doReturn\([^()]{0,100}\)\.when)\(\s*(\w+)\)?\.(\w+)\(/;

/** Mocks of what a test file tests. */
function mocksIn({ path, added, is }: ReadChange): readonly Remark[] {
  if (!isTestFile(path) || is.language === undefined) return [];
  const subject = subjectOf(path);
  if (subject === '') return [];
  const isSubject = (name: string): boolean => {
    const found = plain(
      name.replace(/\.[cm]?[jt]sx?$|\.class$|::class(?:\.java)?$/, '').replace(/^.*(?:\/|\\|::|\.(?=\w+$))/, ''),
    );
    return found === subject || `${found}s` === subject || found === `${subject}s`;
  };
  const calls = is.assertions.map(({ text }) => text).join('\n');
  const hits = is.lines.flatMap((line, at) => {
    if (!added.has(at + 1)) return [];
    const named =
      MOCKED_MODULE.exec(line)
        ?.slice(1)
        .find((each) => each !== undefined) ??
      MOCKED_CLASS.exec(line)
        ?.slice(1)
        .find((each) => each !== undefined);
    if (named !== undefined && isSubject(named)) return [at + 1];
    const annotated = /@(?:Mock|MockBean|MockitoBean|MockK|Spy)\b/.test(line)
      ? /\b([A-Z]\w*)\s+\w+\s*;|:\s*([A-Z]\w*)/.exec(`${line} ${is.lines[at + 1] ?? ''}`)
      : null;
    if (annotated && isSubject(annotated[1] ?? annotated[2] ?? '')) return [at + 1];
    const [owner, method] =
      STUBBED.exec(line)
        ?.slice(1)
        .filter((each) => each !== undefined) ?? [];
    if (owner === undefined || method === undefined) return [];
    // A stub of a helper inside the unit is common. A stub of the function that the test is about proves nothing.
    return (isSubject(owner) || plain(owner) === subject) &&
      new RegExp(`(?<![\\w'":])${method}\\s*[(!]|\\.${method}\\b(?!['"])`).test(calls)
      ? [at + 1]
      : [];
  });
  return shownOf(hits, 'replaces what this file tests with a mock');
}

// --- losses ------------------------------------------------------------------------------------------------------------------

/** The form of name by which runners find a test file, such as `.test.js` or `Test.java`; undefined if there is none. */
export function formOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const extension = (/\.\w+$/.exec(name)?.[0] ?? '').replace(/^\.[cm]?[jt]sx?$/, '.js');
  const stem = name.replace(/\.\w+$/, '');
  // Go builds `cart_windows_test.go` for Windows only.
  const end =
    /(?:_(?:aix|android|darwin|dragonfly|freebsd|illumos|ios|js|linux|netbsd|openbsd|plan9|solaris|wasip1|windows|amd64|arm64|arm|386|wasm))*_test$/.exec(
      stem,
    )?.[0] ??
    /[._-](?:tests?|specs?|e2e|unit)$/i.exec(stem)?.[0] ??
    /(?:Tests?|Spec|IT|TestCase)$/.exec(stem)?.[0];
  const start = /^(?:test|spec)_/.exec(stem)?.[0] ?? /^Test(?=[A-Z])/.exec(stem)?.[0];
  if (end === undefined && start === undefined) return undefined;
  return `${start ?? ''}*${end ?? ''}${extension}`;
}

/** Tests and assertions that the change takes away, by file. */
function lostIn(changes: readonly ReadChange[], before: readonly string[]): readonly Weakening[] {
  const held = changes.filter(({ path, now, was, is }) => {
    if (was.tests.length + was.assertions.length + is.tests.length + is.assertions.length === 0) return false;
    return now === undefined || isFound(path, changes, before);
  });
  const findable = held.filter(({ now }) => now !== undefined);
  const kept = countOf(findable.flatMap(({ is }) => is.assertions.map(({ text }) => text)));
  const names = countOf(findable.flatMap(({ is }) => is.tests.map(({ name }) => name)));
  const ends: ReadonlyMap<ReadChange, readonly Assertion[]> = new Map(
    held.map((change) => [change, change.was.assertions.filter(({ text }) => !take(kept, text))]),
  );
  // Left in `kept`: assertions that are new.
  const fresh = new Map(
    findable.map((change) => [
      change,
      change.is.assertions.filter(({ text }) => !isConstant(text) && take(kept, text)),
    ]),
  );
  const newWords = new Set(
    findable.flatMap(({ is, added }) => [...added].flatMap((line) => [...wordsIn(is.lines[line - 1] ?? '')])),
  );
  const allWords = new Set(findable.flatMap(({ is }) => is.lines.flatMap((line) => [...wordsIn(line)])));
  const allFresh = [...fresh.values()].flat().slice(0, COMPARED);
  const isAccounted = (each: Row): boolean =>
    isIn(each, newWords, allWords) ||
    allFresh.some(
      (one) => includes(one, each) || (/\b(?:unreachable|fail)\b/.test(each.text) && THROWS.test(one.text)),
    );
  let spareTests = 0;
  let spareAssertions = 0;
  for (const change of findable) {
    const more = change.is.tests.length - change.was.tests.length;
    if (more > 0) spareTests += more;
    spareAssertions += Math.max(0, (fresh.get(change)?.length ?? 0) - (ends.get(change)?.length ?? 0));
  }
  return held.flatMap((change): readonly Weakening[] => {
    const { path, now, was, is } = change;
    const gone = was.tests.filter(({ name }) => !take(names, name));
    const missing = ends.get(change) ?? [];
    const mine = now === undefined ? [] : (fresh.get(change) ?? []);
    const places = new Map(was.tests.map((test, place) => [test, place]));
    const unaccounted = new Set(missing.filter((each) => !isAccounted(each)));
    const asserted = new Set(was.assertions.map(({ test }) => test));
    const hurt = new Set([...unaccounted].map(({ test }) => test));
    // A test is not lost if all that it asserted is still asserted, or stands in a table now.
    const lostTests = gone.filter((test) => {
      const place = places.get(test) ?? -1;
      return hurt.has(place) || !asserted.has(place);
    });
    const fewer = Math.min(lostTests.length, was.tests.length - is.tests.length);
    const moved = Math.min(Math.max(0, fewer), spareTests);
    spareTests -= moved;
    const fewerTests = Math.max(0, fewer - moved);
    if (now === undefined) {
      const isLost = was.tests.length === 0 ? unaccounted.size > 0 : lostTests.length > 0;
      return isLost ? [{ path, remark: { why: DELETED } }] : [];
    }
    const remarks: Remark[] = [];
    if (fewerTests > 0) remarks.push({ why: `(${fewerTests} fewer ${fewerTests === 1 ? 'test' : 'tests'})` });
    remarks.push(
      ...shownOf(
        looserIn(missing, mine).map(({ line }) => line),
        'expects less than before',
      ),
    );
    const told = new Set(fewerTests > 0 ? lostTests.map((test) => places.get(test)) : []);
    const counted = missing.filter(({ test }) => !told.has(test));
    const lost = counted.filter((each) => unaccounted.has(each)).length;
    const net = Math.min(lost, counted.length - mine.length - spareAssertions);
    if (net > 0) {
      spareAssertions = Math.max(0, spareAssertions - (counted.length - mine.length));
      remarks.push({ why: `(${net} fewer ${net === 1 ? 'assertion' : 'assertions'})` });
    }
    const rows = fewerRows(change, fewerTests > 0 ? lostTests : [], isAccounted);
    if (rows > 0) remarks.push({ why: `(${rows} fewer ${rows === 1 ? 'row' : 'rows'})` });
    const empty = new Set(emptyTests(was, is));
    const hollow = hollowedIn(change, hurt).filter((line) => !empty.has(line));
    remarks.push(...shownOf(hollow, 'no longer asserts anything'));
    return remarks.map((remark) => ({ path, remark }));
  });
}

/** Rows of tables that are gone, apart from those of tests that are gone. */
function fewerRows({ was, is }: ReadChange, gone: readonly TestCase[], isAccounted: (row: Row) => boolean): number {
  const kept = countOf(is.rows.map(({ text }) => text));
  const ofGone = new Set(gone.flatMap(({ line, end }) => Array.from({ length: end - line + 1 }, (_, at) => line + at)));
  const lost = was.rows.filter(({ line, text }) => !take(kept, text) && !ofGone.has(line));
  const fresh = [...kept.values()].reduce((sum, each) => sum + each, 0);
  const most = lost.length - fresh;
  return most <= 0 ? 0 : Math.min(lost.filter((row) => !isAccounted(row)).length, most);
}

const DELETED = '(deleted)';

/** These fail if nothing is thrown. */
const THROWS =
  /\b(?:rejects|toThrow\w*|throws\w*|raises|assertRaises\w*|assertThrows\w*|expectException\w*|raise_error|assert_raises?|should_panic)\b/;
/** Their last argument is a message. */
const THROWS_MESSAGE = /\b(?:toThrow|raises|raise_error|should_panic)\b/;

const isLiteral = (word: string): boolean => /^["\d]/.test(word);

/** Its values stand in new lines, such as rows of a table, and what it calls is still called. */
function isIn({ words, text }: Row, newWords: ReadonlySet<string>, allWords: ReadonlySet<string>): boolean {
  const literals = [...words].filter(isLiteral);
  if (literals.length === 0) return words.size > 0 && [...words].every((word) => newWords.has(word));
  const called = [...text.matchAll(/([\w$]+)\s*!?\(/g)].map(([, name = '']) => name).filter((name) => words.has(name));
  return literals.every((word) => newWords.has(word)) && called.every((name) => allWords.has(name));
}

/** A new assertion on the whole demands what an old one demanded of its size or of a part. */
const includes = (now: Row, old: Row): boolean =>
  demandOf(now.text) === FULL &&
  (demandOf(old.text) < FULL ||
    /\b(?:toHaveLength|length|len|size|count|Count|Length|HasCount|assertCount)\b/.test(old.text)) &&
  [...old.words].every(
    (word) =>
      isLiteral(word) ||
      now.words.has(word) ||
      /^(?:toHaveLength|length|len|size|count|Count|Length|assertCount)$/.test(word),
  );

/** Tests that lost assertions, and have none left. */
function hollowedIn({ was, is }: ReadChange, hurt: ReadonlySet<number>): readonly number[] {
  const before = new Map(was.tests.map(({ name }, place) => [name, place]));
  const names = countOf(is.tests.map(({ name }) => name));
  const asserted = new Set(is.assertions.map(({ test }) => test));
  return is.tests.flatMap(({ name, line }, place) => {
    const old = before.get(name);
    const isHollow = name !== '' && old !== undefined && hurt.has(old) && names.get(name) === 1 && !asserted.has(place);
    return isHollow ? [line] : [];
  });
}

const countOf = (texts: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
};

function take(counts: Map<string, number>, text: string): boolean {
  const left = counts.get(text) ?? 0;
  if (left === 0) return false;
  counts.set(text, left - 1);
  return true;
}

/**
 * A new test file counts only if runners find it: its name has the form of other tests, and it lies where tests were before.
 */
function isFound(path: string, changes: readonly ReadChange[], before: readonly string[]): boolean {
  const isNew = changes.some((each) => each.path === path && each.before === '');
  const deleted = changes.filter(({ now, was }) => now === undefined && was.tests.length > 0);
  if (!isNew || deleted.length === 0) return true;
  const form = formOf(path);
  if (form === undefined) return isTestFile(path) && deleted.every((each) => formOf(each.path) === undefined);
  return heldTests(path.slice(0, path.lastIndexOf('/') + 1), form, before);
}

/** Answers whether a directory held test files before; of a new directory, whether the one around it did. */
function heldTests(directory: string, form: string, before: readonly string[]): boolean {
  let place = directory;
  while (place !== '' && !before.some((path) => path.startsWith(place))) place = place.replace(/[^/]+\/$/, '');
  if (place === '' && directory !== '') return false;
  return before.some(
    (path) => path.startsWith(place) && (place !== '' || !path.includes('/')) && formOf(path) === form,
  );
}

// --- looser ------------------------------------------------------------------------------------------------------------------

const WEAK =
  /\.toBe(?:Truthy|Defined|Falsy|InstanceOf|GreaterThan\w*|LessThan\w*|TypeOf)|\.not\.|\.not_to\b|\bto_not\b|\bto\.(?:exist|be\.(?:ok|an?|above|below|at))\b|\b(?:assert|Assert|require)\.?(?:True|IsTrue|False|IsFalse|NotNull|NotNil|Nil|IsNotNull|NotEmpty|IsNotEmpty|NoError|IsType|IsInstanceOf\w*|Greater\w*|Less\w*|NotEqual|NotSame|Positive|NotZero|ok|exists|isOk|IsAssignableFrom)\b|\bassert(?:True|False|NotNull|IsNotNone|IsNotNull|IsInstance|InstanceOf|NotEmpty|NotEquals?|NotSame|Greater\w*|Less\w*|IsArray|IsInt|IsString|IsNumeric|IsFloat|_ne!|_not_nil|_instance_of|_kind_of|_not_equal|_not_empty)|\brefute\w*|\.Should\(\)\.(?:Not\w+|BeOfType|BeGreater\w*|BePositive)|\b(?:be_truthy|be_present|be_an?|be_kind_of|be_positive)\b|\bisNotNull\(|\bisInstanceOf\(|\bisNotEmpty\(|\bisPositive\(|\bisGreaterThan\w*\(|\btoBe(?:Array|Int|String|Float|Object)\(|\bok\(/;
const PARTIAL =
  /\.to(?:MatchObject|Contain\w*|Match|HaveProperty|BeCloseTo|BeOneOf|HaveBeenCalled)\b(?!Times|With)|\bto\.(?:include|contain|match|have\.property|be\.closeTo|be\.oneOf)\b|\bassert(?:In|_in_delta|_includes|_match|Contains|StringContains\w*|StringStartsWith|Regex\w*|AlmostEquals?|InDelta|EqualsWithDelta|CountEqual|ArrayHasKey|MatchesRegularExpression|_in_epsilon|_relative_eq!)|\b(?:assert|Assert|require)\.(?:Contains|InDelta|InEpsilon|Subset|ElementsMatch|match|include|deepInclude|Matches|StartsWith|InRange|That)\b|\bpytest\.approx|\b(?:be_within|include|match|start_with|a_kind_of)\b|\bcontains\w*\(|\.Should\(\)\.(?:Contain(?!Single)\w*|Match|StartWith|BeApproximately|BeCloseTo)/;
const COMPARES = /[^=!<>]={2,3}(?![=>])|\bassert_eq!/;
const ANY =
  /\b(?:expect\.(?:any|anything)|(?:object|array|string)Containing|mock\.ANY|gomock\.Any|mock\.Anything|any(?:String|Int|Long|Double|Object)?\(\)|It\.IsAny|anything|Arg\.Any|Mockery::any|isA\(|instance_of\(|kind_of\(|_\))\b|\bANY\b/g;

const FULL = 3;
const SOME = 2;
const LITTLE = 1;

/** How much an assertion demands: an exact value, a part of it, or hardly anything. */
export function demandOf(text: string): number {
  if (
    /!=|<=?\s|>=?\s|\bis not None\b|\bisinstance\(|\bis not None\b/.test(text.replace(/=>|->|"[^"]*"|'[^']*'/g, '')) &&
    !/\bif\b.{0,200}!=/.test(text)
  )
    return LITTLE;
  if (
    /=~|\bin\b(?=.*[[("'])|\bstartswith\(|\bmatches!\(/.test(text.replace(/"[^"]*"|'[^']*'/g, '')) &&
    !/\bfor\b/.test(text)
  )
    return SOME;
  if (COMPARES.test(text.replace(/"[^"]*"|'[^']*'/g, '""'))) return FULL;
  if (WEAK.test(text)) return LITTLE;
  if (PARTIAL.test(text)) return SOME;
  // `assert x`, `assert!(x)`: true is all that it demands.
  return /^(?:assert|refute)(?:!?\s*\(|\s)/.test(text) && !/\s=\s/.test(text) ? LITTLE : FULL;
}

/** Of huge changes only the first assertions are compared; the count of lost ones is right for all. */
const COMPARED = 300;

/** New assertions that stand in the place of stricter ones. */
function looserIn(missing: readonly Assertion[], fresh: readonly Assertion[]): readonly Assertion[] {
  const left = new Set(fresh.slice(0, COMPARED));
  const found: Assertion[] = [];
  for (const old of missing.slice(0, COMPARED)) {
    const names = [...old.words].filter((word) => !isLiteral(word));
    const shared = (each: Assertion): number => names.filter((name) => each.words.has(name)).length;
    const like = [...left].flatMap((each) => {
      const common = shared(each);
      return common > 0 && common * 2 >= names.length ? [{ each, common }] : [];
    });
    const most = Math.max(...like.map(({ common }) => common));
    const best = like.filter(({ common }) => common === most).map(({ each }) => each);
    const taken = best.find((each) => !isLooser(old, each)) ?? best[0];
    if (!taken) continue;
    left.delete(taken);
    if (isLooser(old, taken)) found.push(taken);
  }
  return found;
}

const numbersIn = (text: string): readonly number[] =>
  [...text.matchAll(/(?<![\w.])\d+(?:\.\d+)?(?:e-?\d+)?/g)].map(([each]) => Number(each));

function isLooser(old: Assertion, now: Assertion): boolean {
  if (demandOf(now.text) < demandOf(old.text)) return true;
  if ((now.text.match(ANY)?.length ?? 0) > (old.text.match(ANY)?.length ?? 0)) return true;
  // An error with any message.
  const [before = '', after = ''] = [old, now].map(({ text }) => text.split(THROWS_MESSAGE).at(-1));
  const hadMessage = THROWS_MESSAGE.test(old.text) && /["'`/]/.test(before);
  if (hadMessage && THROWS_MESSAGE.test(now.text) && !/["'`/]/.test(after)) return true;
  return hasMoreTolerance(old.text, now.text);
}

/** The last number is the tolerance, or the number of places. */
function hasMoreTolerance(old: string, now: string): boolean {
  const isPlaces = /toBeCloseTo|places=|assertAlmostEqual\((?!.*delta)/.test(now);
  const isTolerance =
    /\bassertEquals?\(.*,.*,\s*[\d.e-]+\s*\)$/i.test(now) ||
    /\b(?:approx|abs_tol|rel_tol|delta|within|closeTo|InDelta|InEpsilon|assert_in_delta|BeApproximately|precision|epsilon|tolerance|EqualsWithDelta|be_within|offset|EPSILON)\b/i.test(
      now,
    );
  if (!isPlaces && !isTolerance) return false;
  const last = (text: string): number | undefined =>
    /be_within/.test(text) ? numbersIn(/be_within\(([^)]*)/.exec(text)?.[1] ?? '').at(0) : numbersIn(text).at(-1);
  const [a, b] = [last(old), last(now)];
  if (a === undefined || b === undefined || numbersIn(old).length !== numbersIn(now).length) return false;
  return isPlaces ? b < a : b > a;
}

// --- recorded results ----------------------------------------------------------------------------------------------------------

const RECORDED =
  /\.(?:snap|snapshot|ambr|golden|approved\.\w+|verified\.\w+|expected|expect|stdout|stderr)$|(?:^|\/)(?:__snapshots__|snapshots|goldens?|expected|cassettes|baselines?)\/|\.(?:golden|expected|approved|verified)\.\w+$/i;
const DATA = /(?:^|\/)(?:testdata|fixtures|test-data|test_data|__fixtures__)\//i;

const isRecorded = (path: string): boolean =>
  (isTestFile(path) && RECORDED.test(path)) || /\.(?:snap|ambr|golden|approved\.\w+|verified\.\w+)$/i.test(path);

/**
 * Recorded results and test data that changed or went although no test changed. A result that is recorded again always
 * matches, so it proves nothing. A change of tests beside it is seen anyway.
 */
function recordedIn(changes: readonly ReadChange[]): readonly Weakening[] {
  const touchesTests = changes.some(({ path, was, is }) => !isRecorded(path) && was.tests.length + is.tests.length > 0);
  return changes.flatMap(({ path, before, now, is }): readonly Weakening[] => {
    const isData = isTestFile(path) && DATA.test(path);
    if (before === '' || (!isRecorded(path) && !isData) || is.tests.length > 0) return [];
    if (now === undefined) return [];
    const left = countOf(now.split('\n'));
    const lost = before.split('\n').filter((line) => line.trim() !== '' && !take(left, line)).length;
    if (lost === 0 || touchesTests) return [];
    return [
      {
        path,
        remark: {
          why: `(${lost} ${lost === 1 ? 'line' : 'lines'} of ${isRecorded(path) ? 'recorded results' : 'test data'} changed, and no test)`,
        },
      },
    ];
  });
}
