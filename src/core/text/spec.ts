/**
 * An issue's text and labels → what the segment asks for, or what is wrong with it, each with its line.
 *
 * Nothing here throws, whatever the text is; what cannot be read is a diagnostic and its key's default.
 */

import {
  COMMIT_TYPES,
  EFFORTS,
  type IssueNumber,
  type IssueRef,
  type Priority,
  type RepositoryName,
  type SegmentSpec,
  WORKERS,
} from '#core/model/epic';
import type { Diagnostic, Place, Problem } from '#core/model/problem';
import type { SpecExpected } from '#core/model/problem/faults';
import { GlobCache, isEverything } from '#core/scope/glob';
import { globFault, isNegated, scopeFault } from '#core/scope/scope';
import { branchFault, slugOf } from './branch-name.ts';
import { type FrontMatter, keyOf, readFrontMatter, type Scalar } from './front-matter.ts';
import { countHidden, type Line, linesOf, type ReadableLine, readableLines, readRef } from './markdown.ts';
import { nearest } from './nearest.ts';
import {
  type Dependency,
  inferFiles,
  mayDepend,
  readCriteria,
  readDependencies,
  readFormAnswers,
  type TaskListItem,
  taskListIn,
} from './prose.ts';
import {
  collectKeys,
  KEYS,
  type Key,
  mayNest,
  nearestKey,
  type StatedKey,
  type StatedKeys,
  splitList,
} from './spec-keys.ts';

export type { Dependency, TaskListItem } from './prose.ts';

export interface IssueText {
  readonly number: IssueNumber;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
}

export interface SpecRead {
  readonly spec: SegmentSpec;
  readonly diagnostics: readonly Diagnostic[];
  /** `spec.dependsOn` once more, with where each is said. */
  readonly dependencies: readonly Dependency[];
}

/** What GitHub takes as an issue's body. */
export const BODY_CHARS = 65_536;
const GLOBS = 100;
const DIAGNOSTICS = 50;
const VALUE_CHARS = 100;
const NOTHING: readonly never[] = [];

type Draft = { -readonly [Field in keyof SegmentSpec]: SegmentSpec[Field] };
/** What a text asks for that says nothing of it. */
const USUAL_SPEC: SegmentSpec = {
  type: 'feat',
  slug: '',
  worker: 'implementation',
  skills: NOTHING,
  files: NOTHING,
  filesFrom: 'none',
  priority: 2,
  context: NOTHING,
  conflictsWith: NOTHING,
  dependsOn: NOTHING,
  parallel: true,
  criteria: NOTHING,
};

/**
 * What an issue asks for as a segment (SPEC R1.5).
 *
 * @returns a spec in any case, with defaults where a value is wrong; dependencies from front matter and prose; errors
 * (they hold the epic) and warnings.
 * @param globs for who reads many: what was read before is not read again.
 */
export function readSpec(issue: IssueText, globs = new GlobCache()): SpecRead {
  return new SpecReader(issue, globs).read();
}

/** What a text waits for, said in its front matter and prose: for groups, which have no spec. */
export function readDependenciesOf(issue: IssueText): Pick<SpecRead, 'dependencies' | 'diagnostics'> {
  const { dependencies, diagnostics } = readSpec(issue);
  return {
    dependencies,
    diagnostics: diagnostics.filter(
      ({ problem }) => problem.kind === 'SPEC_VALUE' && ['depends-on', 'blocked-by'].includes(keyOf(problem.key)),
    ),
  };
}

/**
 * The issues that an epic's task list names, in its order, each once.
 *
 * @param own the epic's repository, so that full addresses of its issues are understood, too.
 */
export const readTaskList = (body: string, own?: RepositoryName): readonly TaskListItem[] => {
  const { items } = taskListIn(readableLinesOf(body), own);
  const first = new Map<IssueNumber, TaskListItem>();
  for (const item of items) if (!first.has(item.number)) first.set(item.number, item);
  return [...first.values()];
};

/** Task-list items of an epic that name issues of other repositories. */
export const readForeignItems = (body: string, own?: RepositoryName): readonly Dependency[] =>
  taskListIn(readableLinesOf(body), own).elsewhere;

/** A body's lines that speak: without front matter, code, quotes and comments; numbered as in the body. */
export const readableLinesOf = (body: string): readonly ReadableLine[] =>
  readableLines(frontMatterOf(linesOf(body.slice(0, 2 * BODY_CHARS))).rest);

const frontMatterOf = (lines: readonly Line[]): FrontMatter => readFrontMatter(lines, mayNest);

class SpecReader {
  readonly #issue: IssueText;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #globs: GlobCache;
  #said: StatedKeys = new Map();

  constructor(issue: IssueText, globs: GlobCache) {
    this.#issue = issue;
    this.#globs = globs;
  }

  read(): SpecRead {
    const body = this.#bodyWithinLimit();
    const front = frontMatterOf(linesOf(body));
    for (const { line, why } of front.faults) this.#error({ kind: 'FRONT_MATTER', at: this.#at(line), why });
    // Prose without a heading or a dependency says at most which files are meant, and only where no key says that.
    const saysMore = body.includes('#') || mayDepend(body);
    let lines = saysMore ? readableLines(front.rest) : [];
    this.#said = this.#keysOf(front, lines);
    if (!saysMore && !this.#said.has('files')) lines = readableLines(front.rest);
    if (isEmptyTask(front.rest)) this.#error({ kind: 'EMPTY_TASK', at: this.#at() });
    const hidden = countHidden(body);
    if (hidden > 0) this.#warn({ kind: 'HIDDEN_TEXT', at: this.#at(), count: hidden });

    const spec: Draft = { ...USUAL_SPEC, criteria: readCriteria(lines) };
    const dependencies = this.#dependencies(lines);
    if (dependencies.length > 0) spec.dependsOn = uniqueRefs(dependencies.map(({ ref }) => ref));
    for (const said of this.#said.values()) this.#single(spec, said);
    spec.context = this.#texts('context', pathIn, PATHS_EXPECTED);
    spec.skills = this.#texts('skills', nameIn, NAME_EXPECTED);
    spec.conflictsWith = this.#texts('conflicts-with', readRef, REFS_EXPECTED);
    if (spec.slug === '') spec.slug = slugOf(this.#issue.title) || `segment-${this.#issue.number}`;
    this.#files(spec, lines);
    this.#checkLater();
    return { spec, diagnostics: foremost(this.#diagnostics).map(withNearest), dependencies };
  }

  #bodyWithinLimit(): string {
    const { body } = this.#issue;
    // Only what is longer in UTF-16 can be longer in characters, and counting those is the slower way.
    const found = body.length > BODY_CHARS ? [...body].length : body.length;
    if (found <= BODY_CHARS) return body;
    this.#error({
      kind: 'LIMIT_EXCEEDED',
      at: this.#at(),
      what: 'characters',
      found,
      limit: BODY_CHARS,
    });
    return body.slice(0, BODY_CHARS);
  }

  #keysOf(front: FrontMatter, lines: readonly ReadableLine[]): StatedKeys {
    const { saying, complaints } = collectKeys(front, readFormAnswers(lines), this.#issue.labels);
    for (const complaint of complaints) {
      if (complaint.kind === 'value') {
        this.#wrong(complaint.key, complaint.value, complaint);
        continue;
      }
      this.#warn({ kind: 'SPEC_KEY', at: this.#at(complaint.line), key: complaint.written, known: KEYS });
    }
    return saying;
  }

  // ── What their values mean ──

  #single(spec: Draft, { key, written, line, values, isList }: StatedKey): void {
    const single = SINGLES.get(key);
    if (!single || values === 'block') return;
    const [value] = values;
    if (value && values.length === 1 && !isList && single.set(spec, value.text)) return;
    const found = values.map(({ text }) => text).join(', ');
    this.#wrong(written, found, { ...single, line: value?.line ?? line });
  }

  #texts<Read>(key: Key, read: (text: string, line: number) => Read | undefined, to: Expected): readonly Read[] {
    const said = this.#said.get(key);
    if (!said) return NOTHING;
    const found: Read[] = [];
    for (const { text, line } of partsOf(said)) {
      const one = read(text.trim(), line);
      if (one === undefined) this.#wrong(said.written, text, { ...to, line });
      else found.push(one);
    }
    return found;
  }

  #files(spec: Draft, lines: readonly ReadableLine[]): void {
    const said = this.#said.get('files');
    if (!said) {
      const inferred = inferFiles(lines, new Set(spec.context));
      if (inferred.length === 0) this.#warn({ kind: 'SCOPE_UNKNOWN', at: this.#at() });
      else [spec.files, spec.filesFrom] = [inferred, 'inferred'];
      return;
    }
    const at = this.#at(said.line);
    const stated = partsOf(said);
    if (stated.length > GLOBS) {
      this.#error({ kind: 'LIMIT_EXCEEDED', at, what: 'globs', found: stated.length, limit: GLOBS });
    }
    const globs: string[] = [];
    for (const { text, line } of stated.slice(0, GLOBS)) {
      const glob = text.trim();
      const why = globFault(glob, this.#globs);
      if (why === undefined) globs.push(glob);
      else this.#error({ kind: 'BAD_GLOB', at: this.#at(line), glob: glob.slice(0, VALUE_CHARS), why });
    }
    if (said.values.length > 0 && said.values !== 'block') spec.filesFrom = 'stated';
    else this.#warn({ kind: 'SCOPE_UNKNOWN', at });
    const why = scopeFault(globs, this.#globs);
    if (why !== undefined) {
      this.#error({ kind: 'BAD_GLOB', at, glob: globs[0] ?? '', why });
      return;
    }
    // Who takes something away again has thought of it.
    if (!globs.some(isNegated) && globs.some((glob) => isEverything(glob, this.#globs))) {
      this.#warn({ kind: 'SCOPE_EVERYTHING', at });
    }
    spec.files = globs.every((glob, place) => globs.indexOf(glob) === place) ? globs : [...new Set(globs)];
  }

  #dependencies(lines: readonly ReadableLine[]): readonly Dependency[] {
    const said = this.#said.get('depends-on');
    const written = said?.written ?? 'depends-on';
    const stated = this.#texts(
      'depends-on',
      (text, line) => {
        const ref = readRef(text);
        return ref && { ref, line, text: `${written}: ${text}` };
      },
      REFS_EXPECTED,
    );
    const { found, faults } = readDependencies(lines);
    for (const { number, text } of faults) this.#wrong('depends-on', text, { ...REFS_EXPECTED, line: number });
    return stated.length === 0 ? found : [...stated, ...found];
  }

  /** Keys that this version keeps for later are held to their form all the same. */
  #checkLater(): void {
    if (this.#said.get('gates')?.values !== 'block') this.#texts('gates', gateIn, GATES_EXPECTED);
  }

  // ── What is wrong ──

  #at(line?: number): Place {
    return { issue: this.#issue.number, ...(line ? { line } : {}) };
  }

  #wrong(
    key: string,
    value: string,
    { expected, known, line }: Expected & { readonly line?: number | undefined },
  ): void {
    const close = known && nearest(value, known);
    this.#error({
      kind: 'SPEC_VALUE',
      at: this.#at(line),
      key,
      value: value.slice(0, VALUE_CHARS),
      expected,
      ...(close === undefined ? {} : { nearest: close }),
    });
  }

  #error(problem: Problem): void {
    this.#diagnostics.push({ level: 'error', problem });
  }

  #warn(problem: Problem): void {
    this.#diagnostics.push({ level: 'warning', problem });
  }
}

/** The single texts of a list, however it is written. */
const partsOf = ({ values, isList }: StatedKey): readonly Scalar[] =>
  values === 'block'
    ? NOTHING
    : isList
      ? values
      : values.flatMap((value) => (value.quoted ? [value] : splitList(value.text).map((text) => ({ ...value, text }))));

/** Of too many to read the first, and of these errors before warnings: a warning must not hide what holds the epic. */
function foremost(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= DIAGNOSTICS) return diagnostics;
  const { error = [], warning = [] } = Object.groupBy(diagnostics, ({ level }) => level);
  return [...error, ...warning].slice(0, DIAGNOSTICS);
}

/** Looked for last: of thousands of mistyped keys few are told. */
function withNearest(diagnostic: Diagnostic): Diagnostic {
  const { level, problem } = diagnostic;
  const close = problem.kind === 'SPEC_KEY' ? nearestKey(problem.key) : undefined;
  return problem.kind === 'SPEC_KEY' && close !== undefined
    ? { level, problem: { ...problem, nearest: close } }
    : diagnostic;
}

interface Expected {
  readonly expected: SpecExpected;
  readonly known?: readonly string[];
}

// What each key takes, and how it is read.

const REFS_EXPECTED: Expected = { expected: { kind: 'issues' } };
const PATHS_EXPECTED: Expected = { expected: { kind: 'paths' } };
const NAME_EXPECTED: Expected = { expected: { kind: 'name' } };
const GATES_EXPECTED: Expected = { expected: { kind: 'gates' } };
const BOOLEANS = ['true', 'false'];
const REVIEWS = [...BOOLEANS, 'council'];
const PRIORITY_WORDS = ['critical', 'high', 'medium', 'low'];

const matching =
  (form: RegExp) =>
  (text: string): string | undefined =>
    form.test(text) ? text : undefined;

const nameIn = matching(/^[a-z0-9][a-z0-9-]{0,62}$/);
const gateIn = matching(/^[a-z][a-z0-9-]{0,62}$/);
const branchIn = (text: string): string | undefined => (branchFault(text) === undefined ? text : undefined);
const pathIn = (text: string): string | undefined => (globFault(text) === undefined ? text : undefined);
const reviewIn = (text: string): boolean | undefined => (text === 'council' ? true : booleanIn(text));

const booleanIn = (text: string): boolean | undefined => {
  const word = text.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
};

function priorityIn(text: string): Priority | undefined {
  const word = text.toLowerCase();
  const level = PRIORITY_WORDS.includes(word)
    ? PRIORITY_WORDS.indexOf(word)
    : /^p?[0-3]$/.test(word)
      ? Number(word.at(-1))
      : -1;
  return level === 0 || level === 1 || level === 2 || level === 3 ? level : undefined;
}

const WEEK_MINUTES = 7 * 24 * 60;

function minutesIn(text: string): number | undefined {
  const found = /^(?:(\d{1,3}(?:\.\d{1,2})?)\s?h)?\s?(?:(\d{1,5})\s?m(?:in)?)?$/.exec(text);
  const minutes = Math.round(Number(found?.[1] ?? 0) * 60) + Number(found?.[2] ?? 0);
  return minutes >= 1 && minutes <= WEEK_MINUTES ? minutes : undefined;
}

const attemptsIn = (text: string): number | undefined => (/^(?:[1-9]|10)$/.test(text) ? Number(text) : undefined);

function dollarsIn(text: string): number | undefined {
  const found = /^\$?(\d{1,6}(?:\.\d{1,2})?)$/.exec(text)?.[1];
  return found !== undefined && Number(found) > 0 ? Number(found) : undefined;
}

/** A key that takes one value. */
interface Single extends Expected {
  /** Says whether the text was one. */
  readonly set: (spec: Draft, text: string) => boolean;
}

function single<const Field extends keyof Draft>(
  field: Field,
  read: (text: string) => Exclude<Draft[Field], undefined> | undefined,
  expected: SpecExpected,
  known?: readonly string[],
): Single {
  const set = (spec: Draft, text: string): boolean => {
    const value = read(text);
    if (value !== undefined) spec[field] = value;
    return value !== undefined;
  };
  return { set, expected, ...(known ? { known } : {}) };
}

const oneOf = <const Field extends 'type' | 'worker' | 'effort'>(
  field: Field,
  words: readonly Exclude<Draft[Field], undefined>[],
): Single => single(field, (text) => words.find((word) => word === text), { kind: 'one of', values: words }, words);

const yesOrNo = (field: 'tdd' | 'parallel'): Single =>
  single(field, booleanIn, { kind: 'one of', values: BOOLEANS }, BOOLEANS);

const SINGLES: ReadonlyMap<Key, Single> = new Map<Key, Single>([
  ['type', oneOf('type', COMMIT_TYPES)],
  ['slug', single('slug', matching(/^(?=.{1,60}$)[a-z0-9]+(?:[._-][a-z0-9]+)*$/), { kind: 'slug' })],
  ['scope', single('commitScope', matching(/^[A-Za-z0-9][\w./-]{0,39}$/), { kind: 'commit scope' })],
  ['worker', oneOf('worker', WORKERS)],
  ['persona', single('persona', nameIn, NAME_EXPECTED.expected)],
  ['model', single('model', matching(/^[A-Za-z0-9][\w.:/@[\]-]{0,99}$/), { kind: 'model' })],
  ['effort', oneOf('effort', EFFORTS)],
  ['agent', single('agent', nameIn, NAME_EXPECTED.expected)],
  ['tdd', yesOrNo('tdd')],
  ['review', single('review', reviewIn, { kind: 'one of', values: REVIEWS }, REVIEWS)],
  ['priority', single('priority', priorityIn, { kind: 'priority' }, PRIORITY_WORDS)],
  ['estimate', single('estimateMinutes', minutesIn, { kind: 'time' })],
  ['attempts', single('attempts', attemptsIn, { kind: 'attempts' })],
  ['budget', single('budgetUsd', dollarsIn, { kind: 'amount' })],
  ['parallel', yesOrNo('parallel')],
  ['branch', single('branch', matching(/^\S.{0,199}$/), { kind: 'branch template' })],
  ['base', single('base', branchIn, { kind: 'branch' })],
]);

function uniqueRefs(refs: readonly IssueRef[]): readonly IssueRef[] {
  const first = new Map(
    refs.map((ref) => [
      `${ref.repository?.owner ?? ''}/${ref.repository?.name ?? ''}#${ref.number}`.toLowerCase(),
      ref,
    ]),
  );
  return [...first.values()];
}

/** Nothing to do is said where only comments, or nothing at all, are left. */
function isEmptyTask(lines: readonly Line[]): boolean {
  const first = lines.find((line) => line.text.trim() !== '');
  if (first && !first.text.includes('<!--')) return false;
  const text = lines.map((line) => line.text).join('\n');
  let at = 0;
  for (;;) {
    const start = text.indexOf('<!--', at);
    if (text.slice(at, start === -1 ? undefined : start).trim() !== '') return false;
    const end = start === -1 ? -1 : text.indexOf('-->', start + 2);
    if (end === -1) return true;
    at = end + 3;
  }
}
