/**
 * The mutants of changed lines: how the tools report them, and how the agent learns of the survivors.
 *
 * A mutant is a small change of the code that some test should notice. Each tool reports in a form of its own. All of them
 * become one list here: file, line, what was changed, and whether a test noticed. Reports are written where the tests of
 * the change run, so nothing in them is trusted to have its form, and only files and lines that were asked for count.
 */
import type { Annotation } from '#core/model/report';
import { clip } from '#words/safe';
import { ANNOTATIONS } from './output.ts';
import { type Mutator, tableOf, under } from './workspace.ts';

/** The lines that a change adds to a file or changes in it (1-based), and the file's lines. */
export interface ChangedFile {
  readonly changed: ReadonlySet<number>;
  readonly lines: readonly string[];
}

export interface Mutant {
  readonly file: string;
  readonly line: number;
  /** `unreached`: no test runs the line. `ignored`: a comment or a setting excludes it. `invalid`: it does not compile. */
  readonly state: 'noticed' | 'survived' | 'unreached' | 'ignored' | 'invalid';
  readonly from: string;
  readonly to: string;
}

type Tool = Mutator['tool'];
/** By path, relative to the repository. */
export type ChangedFiles = ReadonlyMap<string, ChangedFile>;

/**
 * @param text the tool's report.
 * @param directory the tool ran in it, and names files from there.
 * @returns undefined if the report does not have the tool's form.
 */
export function readMutants(
  tool: Tool,
  text: string,
  directory: string,
  changed: ChangedFiles,
): readonly Mutant[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const found = READERS[tool](value, (name) => {
    const path = under(directory, name.replace(/^\.\//, ''));
    const file = changed.get(path);
    return file && { path, file };
  });
  return found?.filter(({ file, line }) => changed.get(file)?.changed.has(line) === true);
}

type Find = (name: string) => { readonly path: string; readonly file: ChangedFile } | undefined;
type Reader = (value: unknown, find: Find) => readonly Mutant[] | undefined;

const tablesOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.map(tableOf) : [];
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** https://github.com/stryker-mutator/mutation-testing-elements/tree/master/packages/report-schema */
const STRYKER: Readonly<Record<string, Mutant['state']>> = {
  Killed: 'noticed',
  Timeout: 'noticed',
  Survived: 'survived',
  NoCoverage: 'unreached',
  Ignored: 'ignored',
  CompileError: 'invalid',
  RuntimeError: 'invalid',
};
/** The words of gremlins 0.6. */
const GREMLINS: Readonly<Record<string, Mutant['state']>> = {
  KILLED: 'noticed',
  'TIMED OUT': 'noticed',
  LIVED: 'survived',
  'NOT COVERED': 'unreached',
  'NOT VIABLE': 'invalid',
};
const COSMIC_RAY: Readonly<Record<string, Mutant['state']>> = {
  killed: 'noticed',
  survived: 'survived',
  incompetent: 'invalid',
};

const READERS: Readonly<Record<Tool, Reader>> = {
  stryker: (value, find) => {
    const { files } = tableOf(value);
    if (files === undefined) return undefined;
    return Object.entries(tableOf(files)).flatMap(([name, entry]) => {
      const found = find(name);
      if (!found) return [];
      return tablesOf(tableOf(entry).mutants).flatMap(({ status, location, replacement }): Mutant[] => {
        const state = stateIn(STRYKER, status);
        const start = placeOf(tableOf(location).start);
        const end = placeOf(tableOf(location).end);
        // A block that also holds lines from before is not the change's.
        if (!state || !isAllChanged(found.file, start.line, end.line)) return [];
        const from = textBetween(found.file.lines, start, end);
        return [{ file: found.path, line: start.line, state, from, to: textOf(replacement) }];
      });
    });
  },
  // Rows that Swarm's own script takes out of the session: file, line, outcome, the line before and after.
  'cosmic-ray': (value, find) => {
    if (!Array.isArray(value)) return undefined;
    return value.flatMap((row): Mutant[] => {
      const [name, line, outcome, from, to] = Array.isArray(row) ? row : [];
      const found = find(textOf(name));
      const state = stateIn(COSMIC_RAY, outcome);
      return found && state
        ? [{ file: found.path, line: numberOf(line), state, from: textOf(from), to: textOf(to) }]
        : [];
    });
  },
  gremlins: (value, find) => {
    const { files } = tableOf(value);
    if (!Array.isArray(files)) return undefined;
    return tablesOf(files).flatMap(({ file_name, mutations }) => {
      const found = find(textOf(file_name));
      if (!found) return [];
      return tablesOf(mutations).flatMap(({ type, status, line, column }): Mutant[] => {
        const state = stateIn(GREMLINS, status);
        const at = numberOf(line);
        const text = found.file.lines[at - 1] ?? '';
        const to = state && goMutant(text, numberOf(column), textOf(type));
        return state && to !== undefined ? [{ file: found.path, line: at, state, from: text, to }] : [];
      });
    });
  },
};

const stateIn = (states: Readonly<Record<string, Mutant['state']>>, word: unknown): Mutant['state'] | undefined =>
  typeof word === 'string' && Object.hasOwn(states, word) ? states[word] : undefined;

interface Position {
  readonly line: number;
  readonly column: number;
}

const placeOf = (value: unknown): Position => {
  const { line, column } = tableOf(value);
  return { line: numberOf(line), column: numberOf(column) };
};

function isAllChanged({ changed }: ChangedFile, from: number, to: number): boolean {
  if (to < from || to - from > changed.size) return false;
  for (let line = from; line <= to; line++) if (!changed.has(line)) return false;
  return true;
}

/** Stryker counts columns from 1; the end is the column after the last character. */
function textBetween(lines: readonly string[], start: Position, end: Position): string {
  const part = lines.slice(start.line - 1, end.line);
  return part
    .map((line, index) => {
      const to = index === part.length - 1 ? end.column - 1 : line.length;
      return line.slice(index === 0 ? start.column - 1 : 0, to);
    })
    .join('\n');
}

// --- gremlins -----------------------------------------------------------------------------------------------------------

/** Gremlins reports only the kind and the place of a change; these are its changes (internal/engine/mappings.go). */
const GO: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ARITHMETIC_BASE: { '+': '-', '-': '+', '*': '/', '/': '*', '%': '*' },
  CONDITIONALS_BOUNDARY: { '>=': '>', '>': '>=', '<=': '<', '<': '<=' },
  CONDITIONALS_NEGATION: { '==': '!=', '!=': '==', '>=': '<', '>': '<=', '<=': '>', '<': '>=' },
  INCREMENT_DECREMENT: { '++': '--', '--': '++' },
  INVERT_ASSIGNMENTS: { '+=': '-=', '-=': '+=', '*=': '/=', '/=': '*=', '%=': '*=' },
  INVERT_LOGICAL: { '&&': '||', '||': '&&' },
  INVERT_LOOPCTRL: { break: 'continue', continue: 'break' },
  INVERT_NEGATIVES: { '-': '+' },
};

/** The line with the change. @returns undefined for a place that is not in the line. */
function goMutant(line: string, column: number, type: string): string | undefined {
  // Go counts columns in bytes, from 1.
  const bytes = Buffer.from(line);
  if (column < 1 || column > bytes.length) return undefined;
  const before = bytes.subarray(0, column - 1).toString();
  const rest = bytes.subarray(column - 1).toString();
  const changes = Object.hasOwn(GO, type) ? Object.entries(GO[type] ?? {}) : [];
  const [from, to] = changes.find(([operator]) => rest.startsWith(operator)) ?? [];
  if (from === undefined) return `${line} (${type.toLowerCase().replaceAll('_', ' ')}, column ${column})`;
  return `${before}${to}${rest.slice(from.length)}`;
}

// --- judging and telling ------------------------------------------------------------------------------------------------

export interface MutantVerdict {
  /** `none`: no changed line has a mutant that could run. */
  readonly verdict: 'pass' | 'fail' | 'none';
  readonly survived: number;
  readonly all: number;
  readonly ignored: number;
  /** One line each, `file:line: …`, the first of them the most important; bounded. */
  readonly headlines: readonly string[];
  readonly annotations: readonly Annotation[];
}

const HEADLINES = 20;
const SHOWN_OF_A_LINE = 3;
const CODE_CHARS = 120;

/** @param survivors the largest share of mutants that may survive, in percent. */
export function judgeMutants(mutants: readonly Mutant[], survivors: number): MutantVerdict {
  const alive = mutants.filter(({ state }) => state === 'survived' || state === 'unreached');
  const all = alive.length + mutants.filter(({ state }) => state === 'noticed').length;
  const told = alive.map(({ file, line, state, from, to }) => ({ file, line, message: sayMutant(state, from, to) }));
  const sorted = told.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  const byLine = new Map<string, (typeof sorted)[number][]>();
  for (const each of sorted) {
    const key = `${each.file}:${each.line}`;
    const same = byLine.get(key);
    if (!same) byLine.set(key, [each]);
    else if (!same.some(({ message }) => message === each.message)) same.push(each);
  }
  const lines = [...byLine].flatMap(([place, own]) => {
    const left = own.length - SHOWN_OF_A_LINE;
    const shown = own.slice(0, SHOWN_OF_A_LINE).map(({ message }) => `${place}: ${message}`);
    return left > 0 ? [...shown, `${place}: … and ${left} more`] : shown;
  });
  const shown = lines.slice(0, HEADLINES);
  return {
    verdict: all === 0 ? 'none' : alive.length * 100 > all * survivors ? 'fail' : 'pass',
    survived: alive.length,
    all,
    ignored: mutants.filter(({ state }) => state === 'ignored').length,
    headlines: lines.length > shown.length ? [...shown, `… and ${lines.length - shown.length} more`] : shown,
    annotations: [...byLine.values()].flatMap((own) => own.slice(0, SHOWN_OF_A_LINE)).slice(0, ANNOTATIONS),
  };
}

const sayCode = (code: string): string =>
  `\`${clip(code.slice(0, 2_000).replace(/\s+/g, ' ').trim().replaceAll('`', "'"), CODE_CHARS)}\``;

const sayMutant = (state: Mutant['state'], from: string, to: string): string => {
  const change = `${sayCode(from)} becomes ${sayCode(to)}`;
  return state === 'unreached'
    ? `no test runs this line, so none fails when ${change}`
    : `no test fails when ${change}`;
};
