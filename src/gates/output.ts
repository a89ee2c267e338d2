/**
 * The important lines in the output of compilers, linters and test runners: failing tests by name, messages with their
 * file and line.
 *
 * Tools are recognised by the form of their lines, not by their commands: a script may call any of them. The lines found
 * here are shown first and become annotations. They decide nothing, with one exception: a test run that collected no
 * test. Every pattern is anchored and lines are cut, so that no output can make reading slow.
 */
import type { Annotation } from '#core/model/report';
import { nameOf, resolved, under } from './workspace.ts';

/** The directory that a program ran in, to find the files that it names. */
export interface Place {
  /** The tree's directory on this machine. */
  readonly root: string;
  /** The program's directory, relative to it. */
  readonly directory: string;
  readonly files: ReadonlySet<string>;
}

export interface Reading {
  /** One line each, the most important first. */
  readonly headlines: readonly string[];
  readonly annotations: readonly Annotation[];
  /**
   * A name for each finding. It has no line, because lines move when somebody edits the file above them, and no directory of
   * this machine.
   */
  readonly failures: readonly string[];
}

interface Hit {
  readonly level: 'test' | 'error' | 'warning';
  /** The name of a test or a rule; empty if there is only a message. */
  readonly title: string;
  readonly message: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

const LINE_CHARS = 500;
const LINES = 20_000;
const HEADLINES = 20;
/** The most findings of one kind: people do not read more, and each costs time. */
const HITS = 200;
export const ANNOTATIONS = 50;
const MESSAGE_CHARS = 300;

/** @param output without terminal control sequences. */
export function readOutput(output: string, place: Place): Reading {
  const all = output.split('\n');
  const kept = all.length > LINES ? [...all.slice(0, LINES / 2), ...all.slice(-LINES / 2)] : all;
  const byMember = membersIn(kept.map((line) => line.slice(0, LINE_CHARS).trimEnd()));
  const hits = byMember.flatMap(({ lines, directory }) =>
    hitsIn(new Lines(lines, directory === '' ? place : { ...place, directory: under(place.directory, directory) })),
  );
  const wanted = hits.some(({ level }) => level !== 'warning') ? hits.filter(({ level }) => level !== 'warning') : hits;
  const sorted = [...wanted].sort((a, b) => RANK[a.level] - RANK[b.level]);
  return {
    headlines: headlinesOf(sorted),
    annotations: annotationsOf(sorted),
    failures: failuresOf(sorted, place.root),
  };
}

/** A thrown error is reported if no test says more: if a file could not be loaded, the runner does not know its tests. */
function hitsIn(text: Lines): readonly Hit[] {
  const hits = READERS.flatMap((read) => read(text));
  const telling = hits.filter(({ message }) => message !== "'test failed'");
  if (telling.some(({ level }) => level === 'test')) return telling;
  const errors = thrown(text);
  if (errors.length > 0) return [...telling, ...errors];
  return hits.length > 0 ? hits : complaints(text);
}

/**
 * `packages/cart test: …` of pnpm, `@shop/cart:test: …` of turbo: the package that a line of a parallel run is from. A number
 * is a line of a file.
 */
const WHOSE = /^(?:(\w[\w.-]*(?:\/[\w.-]+)*) [\w:-]+|(@?[\w./-]+):(?!\d+:)[\w-]+): ?(.*)$/;

/** The lines of each member separately, or all of them together. */
function membersIn(lines: readonly string[]): readonly { readonly directory: string; readonly lines: string[] }[] {
  const members = new Map<string, string[]>();
  const rest: string[] = [];
  for (const line of lines) {
    const [, directory, name, said = ''] = WHOSE.exec(line) ?? [];
    const whose = directory ?? (name === undefined ? undefined : `\0${name}`);
    if (whose === undefined) rest.push(line);
    else {
      const own = members.get(whose);
      if (own) own.push(said);
      else members.set(whose, [said]);
    }
  }
  // One or two such lines are a coincidence.
  const real = [...members].filter(([, own]) => own.length >= 3);
  if (real.length === 0) return [{ directory: '', lines: [...lines] }];
  const named = real.map(([whose, own]) => ({ directory: whose.startsWith('\0') ? '' : whose, lines: own }));
  return [...named, { directory: '', lines: rest }];
}

const RANK = { test: 0, error: 1, warning: 2 } as const;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function headlinesOf(hits: readonly Hit[]): readonly string[] {
  const lines = new Set(
    hits.map(({ title, message, file, line }) => {
      const where = file === undefined ? '' : line === undefined ? file : `${file}:${line}`;
      const what = [title, message].filter((each) => each !== '').map((each) => oneLine(each).slice(0, 400));
      // A test is identified by its name; everything else by its file and line.
      return title !== ''
        ? `${what.join(': ')}${where === '' ? '' : ` (${where})`}`
        : [where, ...what].filter((each) => each !== '').join(': ');
    }),
  );
  const shown = [...lines].slice(0, HEADLINES);
  return lines.size > shown.length ? [...shown, `… and ${lines.size - shown.length} more`] : shown;
}

function annotationsOf(hits: readonly Hit[]): readonly Annotation[] {
  const found = new Map<string, Annotation>();
  for (const { title, message, file, line } of hits) {
    if (file === undefined || line === undefined || line < 1 || line > 1_000_000) continue;
    const said = oneLine([title, message].filter((each) => each !== '').join(': ')).slice(0, MESSAGE_CHARS);
    const key = `${file}\0${line}\0${said}`;
    if (!found.has(key) && said !== '') found.set(key, { file, line, message: said });
    if (found.size === ANNOTATIONS) break;
  }
  return [...found.values()];
}

/** Places in a message, and times: they differ from run to run, though the failure is the same. */
const PLACE_IN_FILE = /(\.[A-Za-z]\w{0,7})(?::\d{1,6}){1,2}/g;
const TIME = /\b\d{1,9}(?:\.\d{1,9})? ?(?:ms|s|sec|seconds)\b/g;

/** Runners may print one finding twice, with the same place. */
function failuresOf(hits: readonly Hit[], root: string): readonly string[] {
  const found = new Map<string, string>();
  for (const { title, message, file = '', line = 0 } of hits) {
    const whole = oneLine([title, message].filter((each) => each !== '').join(': '));
    const said = whole
      .replaceAll(`file://${root}/`, '')
      .replaceAll(`${root}/`, '')
      .replace(PLACE_IN_FILE, '$1')
      .replace(TIME, '')
      .slice(0, MESSAGE_CHARS);
    if (said !== '') found.set(`${file}\0${line}\0${said}`, file === '' ? said : `${file}: ${said}`);
  }
  return [...found.values()];
}

class Lines {
  readonly lines: readonly string[];
  readonly #place: Place;
  readonly #byName = new Map<string, string[]>();

  constructor(lines: readonly string[], place: Place) {
    this.lines = lines;
    this.#place = place;
    for (const file of place.files) {
      const name = nameOf(file);
      const same = this.#byName.get(name);
      if (same) same.push(file);
      else this.#byName.set(name, [file]);
    }
  }

  /** Each line that matches the pattern, with its number. */
  each(pattern: RegExp): readonly { readonly at: number; readonly match: RegExpExecArray }[] {
    const found: { at: number; match: RegExpExecArray }[] = [];
    for (const [at, line] of this.lines.entries()) {
      const match = pattern.exec(line);
      if (match) found.push({ at, match });
      if (found.length === HITS) break;
    }
    return found;
  }

  /** Lines after `at`, up to one that matches the pattern, and at most `most`. */
  after(at: number, until: RegExp, most = 40): readonly string[] {
    const rest = this.lines.slice(at + 1, at + 1 + most);
    const end = rest.findIndex((line) => until.test(line));
    return end < 0 ? rest : rest.slice(0, end);
  }

  /** Finds the repository's file for a path that a program printed. The path may also be only the end of the real one. */
  file(name: string | undefined): string | undefined {
    if (name === undefined || name === '') return undefined;
    const { root, directory, files } = this.#place;
    let path = name.replace(/^file:\/\//, '').replaceAll('\\', '/');
    if (path.startsWith('/')) {
      // Temporary directories are links on some systems, and a program may have followed them.
      const at = path.indexOf(`${nameOf(root)}/`);
      if (path.startsWith(`${root}/`)) path = path.slice(root.length + 1);
      else if (at > 0) path = path.slice(at + nameOf(root).length + 1);
      else return undefined;
      return files.has(path) ? path : undefined;
    }
    for (const from of [directory, '']) {
      const found = resolved(from, path);
      if (found !== undefined && files.has(found)) return found;
    }
    const short = path.replace(/^(?:\.{1,2}\/)+/, '');
    const inside = (this.#byName.get(nameOf(short)) ?? []).filter(
      (file) =>
        (file === short || file.endsWith(`/${short}`)) && (directory === '' || file.startsWith(`${directory}/`)),
    );
    return inside.length === 1 ? inside[0] : undefined;
  }

  /** The first `file:line` of the repository in these lines, for example in a stack trace. */
  placeIn(lines: readonly string[]): { readonly file: string; readonly line: number } | undefined {
    for (const line of lines) {
      for (const match of line.matchAll(
        /(?:file:\/\/)?([^\s()[\]'"`<>:,]{1,200}\.[A-Za-z]{1,8})(?::|", line |:line )(\d{1,6})/g,
      )) {
        const file = this.file(match[1]);
        if (file !== undefined) return { file, line: Number(match[2]) };
      }
    }
    return undefined;
  }
}

type Reader = (text: Lines) => readonly Hit[];

const firstOf = (lines: readonly string[], most = 2): string =>
  lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, most)
    .join(' ');

// --- compilers and linters ----------------------------------------------------------------------------------------------

/** `a.ts(3,7): error`, `a.py:3: error`, `./a.go:3:7: …`, `[ERROR] /x/A.java:[3,7] …`, `e: file:///x/A.kt:3:7 …` */
const LOCATED =
  /^\s*(?:\[(?:ERROR|error|WARNING)\]\s+|vet: |[ew]: )?((?:file:\/\/)?[^\s:()[\]'"<>|]{1,300}\.[A-Za-z]\w{0,9})(?:\((\d{1,6}),\d+\)|:\[(\d{1,6}),\d+\]|:(\d{1,6})(?::\d+)?)(?::| -|\s)\s*(\S.*)$/;

const located: Reader = (text) =>
  text.each(LOCATED).flatMap(({ match }): Hit[] => {
    const [, name, round, square, colon, rest = ''] = match;
    const file = text.file(name);
    if (file === undefined || /^(?:note|info|help)\b/i.test(rest)) return [];
    // Stack traces and the sections of pytest end with a bare name; they have readers of their own.
    if (/^(?:in \S+|\+0x[0-9a-f]+|[\w.]*(?:Error|Exception|Failed))$/.test(rest) || /━/.test(rest)) return [];
    const level = /^(?:warning|\[?warn\]?)\b/i.test(rest) || /^\[WARNING\]/.test(match[0].trim()) ? 'warning' : 'error';
    const message = rest.replace(/^(?:fatal )?(?:error|warning)\b:?\s*/i, '').replace(/\s*\[[^\]]*\.\w+proj\]$/, '');
    return [{ level, title: '', message, file, line: Number(round ?? square ?? colon) }];
  });

/** A file's name, then its messages: eslint's format, which many tools follow, and those of stylelint and tsd. */
const stylish: Reader = (text) => {
  let file: string | undefined;
  return text.lines.flatMap((line): Hit[] => {
    const [, row, level, message = '', rule] =
      /^\s+(\d{1,6}):\d+\s+(error|warning|[✖×⚠])\s+(\S.*?)(?:\s{2,}(\S+))?$/.exec(line) ??
      /^\s+(?=[✖×⚠]\s+(\d{1,6}):)([✖×⚠])\s+\d+:\d+\s+(\S.*)$/.exec(line) ??
      [];
    if (row === undefined) {
      const [, name] = /^\s{0,4}(\S+?)(?::\d+:\d+)?$/.exec(line) ?? [];
      if (name !== undefined) file = text.file(name) ?? (/^\S/.test(line) ? undefined : file);
      else if (/^\S/.test(line)) file = text.file(line.trim());
      return [];
    }
    if (file === undefined) return [];
    const said = rule === undefined ? message : `${message} (${rule})`;
    const isWarning = level === 'warning' || level === '⚠';
    return [{ level: isWarning ? 'warning' : 'error', title: '', message: said, file, line: Number(row) }];
  });
};

const biome: Reader = (text) =>
  text
    .each(/^(\S+?)(?::(\d+):\d+)? ((?:lint|parse|format|assist|suppressions|organizeImports)\S*)\s.*━/)
    .map(({ at, match }) => {
      const said = text.after(at, /━━/, 12).find((line) => /^\s*[×✖!i⚠]\s/.test(line)) ?? '';
      const level = /^\s*[!i⚠]\s/.test(said) ? 'warning' : 'error';
      const line = match[2] === undefined ? undefined : Number(match[2]);
      const message = `${said.replace(/^\s*[×✖!i⚠]\s+/, '')} (${match[3]})`;
      return { level, title: '', message, file: text.file(match[1]), line };
    });

/** A message, then an arrow to its file and line: rustc, clippy, ruff's full format. */
const arrows: Reader = (text) =>
  text.each(/^\s*--> (\S+?):(\d+):\d+/).flatMap(({ at, match }): Hit[] => {
    const file = text.file(match[1]);
    const head = [text.lines[at - 1], text.lines[at - 2]].find((line) => line !== undefined && /^\S/.test(line)) ?? '';
    if (/^(?:note|help)\b/.test(head)) return [];
    const level = /^warning\b/.test(head) ? 'warning' : 'error';
    const message = head.replace(/^(?:error|warning)(?:\[(\w+)\])?: /, (_, code) => (code ? `${code} ` : ''));
    return [{ level, title: '', message, file, line: Number(match[2]) }];
  });

/** A message, then a frame with its file and line: oxlint, and rolldown in Vite. */
const framed: Reader = (text) =>
  text.each(/^\s*(?:╭─|,-)\[ ?(\S+?):(\d+):\d+ ?\]/).map(({ at, match }): Hit => {
    const head = (text.lines[at - 1] ?? '').trim();
    const level = /^(?:⚠|!)\s/.test(head) ? 'warning' : 'error';
    const message = head.replace(/^[×✖x⚠!]\s+/, '');
    return { level, title: '', message, file: text.file(match[1]), line: Number(match[2]) };
  });

/** `✘ [ERROR] Could not resolve "./b"` of esbuild, with the place below it. */
const esbuild: Reader = (text) =>
  text.each(/^(?:[✘X]|▲) \[(ERROR|WARNING)\] (\S.*)$/).map(({ at, match }): Hit => {
    const found = text.placeIn(text.after(at, /^(?:[✘X]|▲) \[/, 10));
    return { level: match[1] === 'WARNING' ? 'warning' : 'error', title: '', message: match[2] ?? '', ...found };
  });

/** Vite says what failed after this line, and names the file in it or on a line of its own. */
const vite: Reader = (text) =>
  text.each(/^error during build:$/).flatMap(({ at }): Hit[] => {
    const block = text.after(at, /^\s+at /, 20);
    // Rolldown says the same again in a frame.
    if (block.some((line) => /^\s*(?:╭─|,-)\[/.test(line))) return [];
    const [said = '', ...more] = block.filter((line) => line.trim() !== '');
    const [, name, row, message] = /^(\S+) \((\d+):\d+\): (.*)$/.exec(said) ?? [];
    const own = row === undefined ? undefined : { file: text.file(name), line: Number(row) };
    const found = own ?? text.placeIn(more.filter((line) => /^\s*file: /.test(line)).map((line) => line.slice(5)));
    return [{ level: 'error', title: '', message: message ?? said, ...found }];
  });

/** Too little of the code is tested: Jest, Vitest and c8, Node, pytest-cov. */
const coverage: Reader = (text) =>
  text
    .each(
      /^\s*(?:Jest: (.*(?:threshold for .* not met|does not meet .* threshold).*)|(?:ERROR|Error|ℹ Error): (.* does not meet .*threshold.*)|(?:FAIL|ERROR:?) (.*[Rr]equired test coverage of .*))$/,
    )
    .map(({ match }) => ({ level: 'error', title: '', message: match[1] ?? match[2] ?? match[3] ?? '' }));

/** Formatters that only name the file. */
const unformatted: Reader = (text) => [
  ...text.each(/^(?:[Ww]ould reformat:? |\[warn\] )(\S+)$/).flatMap(({ match }): Hit[] => {
    const file = text.file(match[1]);
    return file === undefined ? [] : [{ level: 'error', title: '', message: 'it is not formatted', file }];
  }),
  ...text.each(/^Diff in (\S+?)(?::(\d+):| at line (\d+):)/).map(({ match }): Hit => {
    const line = Number(match[2] ?? match[3]);
    return { level: 'error', title: '', message: 'it is not formatted', file: text.file(match[1]), line };
  }),
];

const thrown: Reader = (text) =>
  text.each(/^(?:Uncaught )?((?:[A-Z]\w*)?(?:Error|Exception)(?: \[\w+\])?: .+)$/).map(({ at, match }): Hit => {
    const stack = [...text.after(at, /^$/, 20), ...text.lines.slice(Math.max(0, at - 5), at)];
    return { level: 'error', title: '', message: match[1] ?? '', ...text.placeIn(stack) };
  });

/** The last resort: lines that say `error`. */
const complaints: Reader = (text) =>
  text
    .each(/^\s*(?:\[ERROR\]|(?:npm )?(?:error|ERR!)|fatal|ERROR|cause)[: ]\s*(\S.*)$/)
    .slice(0, 5)
    .map(({ match }) => ({ level: 'error', title: '', message: match[1] ?? '' }));

// --- test runners ---------------------------------------------------------------------------------------------------------

const vitest: Reader = (text) =>
  text.each(/^\s*FAIL\s+(?:\|\S+\|\s+)?(\S+\.\S+)(?: > (.*)| \[.*\])?$/).map(({ at, match }): Hit => {
    const block = text.after(at, /^\s*(?:FAIL\s|⎯{3,}\[)/);
    const end = block.findIndex((line) => /^\s*(?:❯|⎯)/.test(line));
    const said = end < 0 ? block : block.slice(0, end);
    const found = text.placeIn(block.filter((line) => /^\s*❯/.test(line)));
    const file = text.file(match[1]);
    return { level: 'test', title: match[2] ?? match[1] ?? '', message: firstOf(said, 1), file, ...found };
  });

const jest: Reader = (text) =>
  text.each(/^\s{0,2}● (?!Console)(\S.*)$/).map(({ at, match }): Hit => {
    const block = text.after(at, /^\s{0,2}● /, 80);
    const said = block.filter((line) => !/^\s+(?:at |\d+ \||> \d+ \||\|)/.test(line));
    return { level: 'test', title: match[1] ?? '', message: firstOf(said, 3), ...text.placeIn(block) };
  });

const nodeTest: Reader = (text) => [
  ...text.each(/^\s*test at (\S+?):(\d+):\d+$/).map(({ at, match }): Hit => {
    const name = (text.lines[at + 1] ?? '').replace(/^\s*✖ /, '').replace(/ \([\d.]+ms\)$/, '');
    const said = text.after(at + 1, /^\s*(?:test at |$)/);
    return {
      level: 'test',
      title: name.trim(),
      message: firstOf(said),
      file: text.file(match[1]),
      line: Number(match[2]),
    };
  }),
  ...text.each(/^\s*not ok \d+ (- )?(\S.*)$/).flatMap(({ at, match }): Hit[] => {
    const block = text.after(at, /^\s*\.\.\.$/, 30);
    const of = (key: string): string | undefined =>
      new RegExp(`^\\s*${key}: +(?:[|>]-|'?(.*?)'?)$`).exec(
        block.find((line) => line.trim().startsWith(`${key}:`)) ?? '',
      )?.[1];
    if (/# (?:todo|skip)\b/i.test(match[2] ?? '') || block.some((line) => /failureType: 'subtestsFailed'/.test(line)))
      return [];
    // tape numbers assertions, and says the test's name before them.
    const isTape = match[1] === undefined;
    const test = isTape ? nameAbove(text, at) : undefined;
    const values = of('expected') === undefined ? undefined : `expected ${of('expected')}, but got ${of('actual')}`;
    const message = of('error') ?? (isTape ? values : undefined) ?? '';
    return [{ level: 'test', title: [test, match[2]].filter(Boolean).join(': '), message, ...text.placeIn(block) }];
  }),
];

/** The nearest comment of TAP above a line: the name of its test. */
function nameAbove(text: Lines, at: number): string | undefined {
  const above = text.lines.slice(Math.max(0, at - 200), at).findLast((line) => /^# \S/.test(line));
  return above?.slice(2);
}

/** bun says what failed before it names the test. */
const bunTest: Reader = (text) =>
  text.each(/^\s*(?:\(fail\) (\S.*?)(?: \[[\d.]+m?s\])?|✗ (\S.*) \[[\d.]+m?s\])$/).map(({ at, match }): Hit => {
    const above = text.lines.slice(Math.max(0, at - 60), at);
    const before = above.findLastIndex((line) => /^\s*(?:\((?:fail|pass|skip|todo)\)|[✗✓]) /.test(line));
    const block = above.slice(before + 1);
    const stack = block.filter((line) => /^\s+at /.test(line));
    const error = block.findIndex((line) => /^\s*\w*[Ee]rror: /.test(line));
    const said = block.slice(Math.max(0, error)).filter((line) => !stack.includes(line));
    const message = firstOf(said, 3).replace(/^error: /, '');
    return { level: 'test', title: match[1] ?? match[2] ?? '', message, ...text.placeIn(stack) };
  });

/** AVA lists the failures, and then says each again with its place. The list adds a message to some of the titles. */
const ava: Reader = (text) =>
  text.each(/^\s+[✘✖×] \[fail\]: (\S.*)$/).map(({ at, match }): Hit => {
    const listed = match[1] ?? '';
    const rest = text.after(at, /^$/, 2_000).length + at;
    const again = text.lines.findIndex((line, index) => {
      const title = line.trim();
      return index > rest && title !== '' && (listed === title || listed.startsWith(`${title} `));
    });
    if (again < 0) return { level: 'test', title: listed, message: '' };
    // Blank lines are between two of them.
    const all = text.after(again, /^\s+─$/, 80);
    const end = all.findIndex((line, index) => line === '' && all[index + 1] === '');
    const block = end < 0 ? all : all.slice(0, end);
    const error = block.find((line) => /^\s*\w*Error: /.test(line));
    const said = block.filter((line) => !/^\s*(?:\d+:|›|\S+:\d+$)/.test(line));
    const stack = block.filter((line) => /^\s*(?:›|at )/.test(line));
    const found = text.placeIn(stack) ?? text.placeIn(block);
    return {
      level: 'test',
      title: text.lines[again]?.trim() ?? '',
      message: error?.trim() ?? firstOf(said, 3),
      ...found,
    };
  });

const mocha: Reader = (text) => {
  const start = text.lines.findIndex((line) => /^\s*\d+ failing$/.test(line));
  if (start < 0) return [];
  return text.each(/^\s{2}\d+\) (\S.*)$/).flatMap(({ at, match }): Hit[] => {
    if (at < start) return [];
    const block = text.after(at, /^\s{2}\d+\) /);
    const names = block.slice(0, Math.max(0, block.indexOf(''))).map((line) => line.trim().replace(/:$/, ''));
    const said = block.slice(block.indexOf('')).filter((line) => !/^\s+at /.test(line));
    return [{ level: 'test', title: [match[1], ...names].join(' '), message: firstOf(said), ...text.placeIn(block) }];
  });
};

const pytest: Reader = (text) => {
  const sections = text.each(/^_{3,} (\S.*?) _{3,}$/).map(({ at, match }): Hit => {
    const block = text.after(at, /^(?:_{3,} \S.* _{3,}|={3,} .*={3,})$/, 400);
    const said = block.filter((line) => /^E\s/.test(line)).map((line) => line.slice(1).trim());
    const found = text.placeIn(block.filter((line) => /^\S+\.py:\d+: /.test(line)).reverse());
    return { level: 'test', title: match[1] ?? '', message: firstOf(said, 3), ...found };
  });
  if (sections.length > 0) return sections;
  return text.each(/^(?:FAILED|ERROR) (\S+?\.py)(?:::(\S+))?(?: - (.*))?$/).map(({ match }): Hit => {
    const file = text.file(match[1]);
    return { level: 'test', title: match[2] ?? match[1] ?? '', message: match[3] ?? '', file };
  });
};

const unittest: Reader = (text) =>
  text.each(/^(?:FAIL|ERROR): (\S.*)$/).flatMap(({ at, match }): Hit[] => {
    const block = text.after(at, /^={20,}$/, 200);
    if (!block.some((line) => /^-{20,}$/.test(line))) return [];
    const said = block.filter((line) => /^[\w.]+(?:Error|Exception|Failure)\b/.test(line));
    const stack = block.filter((line) => /^\s+File "/.test(line)).reverse();
    return [{ level: 'test', title: match[1] ?? '', message: firstOf(said, 1), ...text.placeIn(stack) }];
  });

const goTest: Reader = (text) =>
  text.each(/^\s*--- FAIL: (\S+)/).flatMap(({ at, match }): Hit[] => {
    const block = text.after(at, /^\s*(?:--- |=== RUN|FAIL|ok\s|PASS|\?\s)/);
    const said = block.filter((line) => line.trim() !== '');
    // A test with failed subtests has no message of its own.
    if (said.length === 0 && /^\s*--- FAIL: /.test(text.lines[at + 1] ?? '')) return [];
    // Below the first line of a panic stand only stacks.
    const message = firstOf(said, said[0]?.startsWith('panic: ') ? 1 : 2).replace(/^\S+_test\.go:\d+: /, '');
    return [{ level: 'test', title: match[1] ?? '', message: withoutRecovered(message), ...text.placeIn(said) }];
  });

const goPanic: Reader = (text) =>
  text.each(/^panic: (.+)$/).flatMap(({ at, match }): Hit[] => {
    // The test that panicked says it.
    if (/^\s*--- FAIL: /.test(text.lines[at - 1] ?? '')) return [];
    const found = text.placeIn(text.after(at, /^(?:FAIL|exit status)/));
    return [{ level: 'error', title: '', message: withoutRecovered(`panic: ${match[1]}`), ...found }];
  });

/** Go's test runner adds that it recovered from the panic, and panicked again. */
const withoutRecovered = (message: string): string => message.replace(/ \[recovered(?:, repanicked)?\]$/, '');

const cargoTest: Reader = (text) =>
  text.each(/^thread '([^']+)'.* panicked at (?:'(.*)', )?(\S+?):(\d+):\d+:?$/).map(({ at, match }): Hit => {
    const said = match[2] ?? firstOf(text.after(at, /^(?:note: |$)/), 3);
    return { level: 'test', title: match[1] ?? '', message: said, file: text.file(match[3]), line: Number(match[4]) };
  });

/** `[ERROR]   AppTest.adds:12 expected: <3> but was: <2>` */
const surefire: Reader = (text) =>
  text
    .each(/^\[ERROR\]\s{2,}(?:\S+\.)?([A-Z]\w*)[.#>-]+(\w[\w$.>-]*):(\d+)(?:->\S+)?\s+(\S.*)$/)
    .map(({ match }): Hit => {
      const [, name, method, line, message = ''] = match;
      const file = ['java', 'kt', 'groovy', 'scala'].map((end) => text.file(`${name}.${end}`)).find((each) => each);
      return {
        level: 'test',
        title: `${name}.${method}`,
        message: message.replace(/^»\s*/, ''),
        file,
        line: Number(line),
      };
    });

const gradleTest: Reader = (text) =>
  text.each(/^(\S.* > .*\S) FAILED$/).map(({ at, match }) => {
    const block = text.after(at, /^\S/, 10);
    return { level: 'test', title: match[1] ?? '', message: firstOf(block, 1), ...text.placeIn(block) };
  });

const dotnetTest: Reader = (text) =>
  text.each(/^\s*Failed (\S.*?) \[[^\]]*\]$/).map(({ at, match }) => {
    const block = text.after(at, /^\s*(?:Failed|Passed|Skipped) \S/);
    const said = block.slice(block.findIndex((line) => /Error Message:/.test(line)) + 1);
    return { level: 'test', title: match[1] ?? '', message: firstOf(said), ...text.placeIn(block) };
  });

const rspec: Reader = (text) =>
  text.each(/^rspec (\S+?):(\d+) # (.+)$/).map(({ match }) => {
    return { level: 'test', title: match[3] ?? '', message: '', file: text.file(match[1]), line: Number(match[2]) };
  });

/** PHPUnit's `1) Ns\CartTest::testAdds`, ExUnit's `1) test adds (CartTest)`. */
const numbered: Reader = (text) =>
  text.each(/^\s*\d+\) (\S+::\S+.*|test .+ \([\w.]+\))$/).map(({ at, match }) => {
    const block = text.after(at, /^\s*\d+\) /, 20);
    const found = text.placeIn(block);
    const said = block.filter((line) => text.placeIn([line]) === undefined);
    return { level: 'test', title: match[1] ?? '', message: firstOf(said), ...found };
  });

const READERS: readonly Reader[] = [
  ...[vitest, jest, nodeTest, mocha, bunTest, ava, pytest, unittest, goTest, cargoTest, surefire, gradleTest],
  ...[dotnetTest, rspec, numbered, goPanic, coverage, arrows, framed, esbuild, vite, biome, stylish],
  ...[unformatted, located],
];

// --- was anything tested? ---------------------------------------------------------------------------------------------------

/** Runners that exit with 0 even if they find no test: node --test, jest and vitest with a flag, mocha, go, cargo, maven … */
const NONE = [
  /^(?:ℹ|#) tests 0$/m,
  /^No tests? (?:files? )?(?:were )?found/im,
  /^[ \t]*0 passing\b/m,
  /^Tests:\s+0 total/m,
  /\[no test files\]$/m,
  /\[no tests to run\]$/m,
  /^running 0 tests$/m,
  /^(?:no tests ran\b|collected 0 items)|^=+ no tests ran/m,
  /^Ran 0 tests in|^NO TESTS RAN/m,
  /^\[INFO\] No tests to run\./m,
  /^> Task \S*:?test NO-SOURCE/m,
  /^No test is available in /m,
  /^0 examples, 0 failures/m,
  /^No tests executed!/m,
  /^There are no tests to run/m,
];
const SOME = [
  /^(?:ℹ|#) tests [1-9]/m,
  /\b[1-9]\d* (?:passing|passed|tests? passed|failed|pass)\b/m,
  /^Tests:\s.*\b[1-9]\d* total/m,
  /^(?:ok|---\s\w+:|FAIL)\s+\S+\s+\(?(?:[\d.]+s|cached)\)?(?!.*\[no tests)/m,
  /^running [1-9]\d* tests?/m,
  /^Ran [1-9]\d* tests? in/m,
  /^\[(?:INFO|ERROR|WARNING)\] Tests run: [1-9]/m,
  /^> Task \S*:?test(?: FAILED)?$/m,
  /^[ \t]*(?:Passed|Failed)! {1,4}- Failed:.*\bTotal: {1,8}[1-9]/m,
  /^[1-9]\d* (?:examples?|tests?|doctests?),/m,
  /^OK \([1-9]\d* tests?/m,
];

/** The last words of runners that fail because there is no test: vitest, jest, mocha, unittest. */
const ENDED_WITHOUT =
  /^(?:No test files found, exiting with code [1-9]|No tests found, exiting with code [1-9]|Error: No test files found\b.*|NO TESTS RAN)\s*$/m;

/** True if a known test runner failed only because it found no test. */
export const endedWithoutTests = (output: string): boolean =>
  ENDED_WITHOUT.test(output) && !SOME.some((pattern) => pattern.test(output));

/** True if a known test runner says that it ran no test at all. */
export const collectedNone = (output: string): boolean =>
  NONE.some((pattern) => pattern.test(output)) && !SOME.some((pattern) => pattern.test(output));
