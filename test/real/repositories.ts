/**
 * Repositories that nobody wrote for Swarm: packages as their authors published them, with their own tests, tools and
 * settings.
 */
import type { Bench, Brought, Edits, Segment } from './bench.ts';

interface Planted {
  readonly gate: string;
  readonly edits: Edits;
  /** What the first line of the gate's output says. */
  readonly first: RegExp;
}

export interface Repository {
  readonly name: string;
  readonly ecosystem: string;
  /** Programs that have to be on the machine. */
  readonly needs: readonly string[];
  readonly brings?: Brought;
  /** @returns the directory of the repository. */
  readonly make: (bench: Bench) => string;
  /** What the baseline says of each gate. */
  readonly gates: Readonly<Record<string, string>>;
  readonly faults: readonly Planted[];
  /** An epic of three. */
  readonly segments: Readonly<Record<string, Segment>>;
}

const replace =
  (from: string, to: string) =>
  (text: string): string =>
    text.replace(from, to);
const append =
  (more: string) =>
  (text: string): string =>
    `${text}${more}`;

const document = (file: string): Segment => ({
  plan: {
    title: 'Say in the readme where questions go',
    type: 'docs',
    files: [file],
    body: 'Readers do not know where to ask.',
    criteria: ['REAL-1: the readme names the issues of the repository'],
  },
  edits: { [file]: append('\nQuestions go into the issues of this repository.\n') },
});

const work = (
  title: string,
  edits: Edits,
  more: Pick<Segment, 'tests'> & { readonly type: 'feat' | 'test' | 'chore' | 'docs'; readonly after?: string },
): Segment => ({
  plan: {
    title,
    type: more.type,
    files: Object.keys(edits),
    body: 'People have asked for it.',
    criteria: ['REAL-1: it is there, and a test says so'],
    ...(more.type === 'feat' && more.tests === undefined ? { tdd: false } : {}),
    ...(more.after === undefined ? {} : { 'blocked-by': [more.after] }),
  },
  edits,
  ...(more.tests ? { tests: more.tests } : {}),
});

const NO_MODULES = { '.gitignore': 'node_modules\n.nyc_output\ncoverage\n' };

const MINIMIST_VERSION = {
  test: `'use strict';\n\nvar parse = require('../');\nvar test = require('tape');\n\ntest('names its version', function (t) {\n\tt.equal(parse.version, '1.2.8');\n\tt.end();\n});\n`,
  code: append("\nmodule.exports.version = '1.2.8';\n"),
};

export const REPOSITORIES: readonly Repository[] = [
  {
    name: 'minimist',
    ecosystem: 'npm',
    needs: ['npm'],
    make: (bench) => {
      const files = bench.npm('minimist@1.2.8');
      bench.run(files, 'npm', 'install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--silent');
      return bench.commit(files, NO_MODULES);
    },
    gates: { lint: 'green', tests: 'green' },
    faults: [
      {
        gate: 'lint',
        edits: { 'index.js': append('var unused = 1;\n') },
        first: /^index\.js:\d+: 'unused' is assigned a value but never used/,
      },
      {
        gate: 'tests',
        edits: { 'index.js': replace("argv['--'] = notFlags.slice()", "argv['--'] = []") },
        first: /should be (?:deeply )?equivalent/,
      },
    ],
    segments: {
      version: work(
        'Name the version',
        { 'index.js': MINIMIST_VERSION.code, 'test/version.js': MINIMIST_VERSION.test },
        { type: 'feat', tests: ['test/version.js'] },
      ),
      document: document('README.md'),
      example: work(
        'Show the arguments without names',
        {
          'example/rest.js':
            "'use strict';\n\nvar argv = require('../')(process.argv.slice(2));\nconsole.log(argv._);\n",
        },
        { type: 'docs', after: 'version' },
      ),
    },
  },
  {
    name: 'iniconfig with uv',
    ecosystem: 'Python with uv',
    needs: ['python3'],
    brings: { python: ['uv'] },
    make: (bench) => {
      const files = bench.python('iniconfig==2.3.1');
      bench.run(files, 'rm', '-f', 'src/iniconfig/_version.py');
      bench.commit(files, { '.gitignore': append('\n.venv\n_version.py\n*.egg-info\n') });
      // Its version comes from a tag, as in its own repository.
      bench.run(files, 'git', 'tag', 'v2.3.1');
      bench.run(files, 'uv', 'lock', '--quiet');
      bench.run(files, 'git', 'commit', '--quiet', '--all', '--amend', '--no-edit', '--allow-empty');
      bench.run(files, 'git', 'tag', '--force', 'v2.3.1');
      return files;
    },
    gates: { tests: 'green' },
    faults: [
      {
        gate: 'tests',
        edits: { 'src/iniconfig/exceptions.py': replace('self.lineno + 1', 'self.lineno') },
        first: /assert|lineno/i,
      },
    ],
    segments: {
      fields: work(
        'Give the fields of an error as a tuple',
        {
          'src/iniconfig/exceptions.py': append(
            '\n    def fields(self) -> tuple[str, int, str]:\n        return (self.path, self.lineno, self.msg)\n',
          ),
          'testing/test_fields.py':
            'from iniconfig import ParseError\n\n\ndef test_fields() -> None:\n    assert ParseError("a.ini", 1, "no").fields() == ("a.ini", 1, "no")\n',
        },
        { type: 'feat', tests: ['testing/test_fields.py'] },
      ),
      text: work(
        'Test the text of an error',
        {
          'testing/test_text.py':
            'from iniconfig import ParseError\n\n\ndef test_text() -> None:\n    assert str(ParseError("a.ini", 1, "no")) == "a.ini:2: no"\n',
        },
        { type: 'test' },
      ),
      document: document('README.rst'),
    },
  },
  {
    name: 'six',
    ecosystem: 'Python, plain',
    needs: ['python3'],
    make: (bench) =>
      bench.commit(bench.python('six==1.17.0'), { '.gitignore': '.venv\nbuild\n.pytest_cache\n*.egg-info\n' }),
    gates: { tests: 'green' },
    faults: [
      {
        gate: 'tests',
        edits: { 'six.py': replace('return s.encode("latin-1")', 'return s.encode("utf-8")') },
        first: /assert/,
      },
    ],
    segments: {
      text: work(
        'Test that text is text',
        { 'test_text.py': 'import six\n\n\ndef test_text():\n    assert isinstance("a", six.text_type)\n' },
        { type: 'test' },
      ),
      three: work(
        'Say in one name that it runs on Python 3',
        {
          'six.py': append('\nIS_PYTHON_3 = PY3\n'),
          'test_three.py': 'import six\n\n\ndef test_three():\n    assert six.IS_PYTHON_3 == six.PY3\n',
        },
        { type: 'feat', tests: ['test_three.py'] },
      ),
      document: document('README.rst'),
    },
  },
  {
    name: 'gjson',
    ecosystem: 'Go',
    needs: ['go'],
    make: (bench) => bench.commit(bench.go('github.com/tidwall/gjson@v1.18.0')),
    gates: { lint: 'green', tests: 'green', build: 'green' },
    faults: [
      {
        gate: 'tests',
        edits: { 'gjson.go': replace('return "Null"', 'return "null"') },
        first: /gjson_test\.go|TestTypes/,
      },
      {
        gate: 'build',
        edits: { 'gjson.go': append('\nfunc broken() int { return "text" }\n') },
        first: /gjson\.go:\d+:/,
      },
    ],
    segments: {
      nothing: work(
        'Tell whether a type is the one of nothing',
        {
          'gjson.go': append(
            '\n// IsNothing reports whether the type is Null.\nfunc (t Type) IsNothing() bool {\n\treturn t == Null\n}\n',
          ),
          'nothing_test.go':
            'package gjson\n\nimport "testing"\n\nfunc TestIsNothing(t *testing.T) {\n\tif !Null.IsNothing() || True.IsNothing() {\n\t\tt.Fatal("only Null is nothing")\n\t}\n}\n',
        },
        { type: 'feat', tests: ['nothing_test.go'] },
      ),
      empty: work(
        'Test an empty text',
        {
          'empty_test.go':
            'package gjson\n\nimport "testing"\n\nfunc TestNothingIsIn(t *testing.T) {\n\tif Get("", "a").Exists() {\n\t\tt.Fatal("there is nothing in it")\n\t}\n}\n',
        },
        { type: 'test' },
      ),
      document: document('README.md'),
    },
  },
  {
    name: 'uuid',
    ecosystem: 'Go',
    needs: ['go'],
    make: (bench) => bench.commit(bench.go('github.com/google/uuid@v1.6.0')),
    // Its files are older than today's gofmt, so this was red before anybody changed a thing.
    gates: { lint: 'red', tests: 'green', build: 'green' },
    faults: [
      {
        gate: 'tests',
        edits: { 'util.go': replace('return (b1 << 4) | b2', 'return (b1 << 3) | b2') },
        first: /_test\.go:\d+|Test/,
      },
    ],
    segments: {
      zero: work(
        'Tell whether an id is nil',
        {
          'uuid.go': append(
            '\n// IsNil reports whether the id is Nil.\nfunc (uuid UUID) IsNil() bool {\n\treturn uuid == Nil\n}\n',
          ),
          'nil_test.go':
            'package uuid\n\nimport "testing"\n\nfunc TestIsNil(t *testing.T) {\n\tif !Nil.IsNil() || New().IsNil() {\n\t\tt.Fatal("only Nil is nil")\n\t}\n}\n',
        },
        { type: 'feat', tests: ['nil_test.go'] },
      ),
      text: work(
        'Test that an empty text is no id',
        {
          'text_test.go':
            'package uuid\n\nimport "testing"\n\nfunc TestEmptyText(t *testing.T) {\n\tif _, err := Parse(""); err == nil {\n\t\tt.Fatal("it is no id")\n\t}\n}\n',
        },
        { type: 'test' },
      ),
      document: document('README.md'),
    },
  },
];
