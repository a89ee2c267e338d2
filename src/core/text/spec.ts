/**
 * An issue's text and labels → the spec of its segment, and everything that is wrong with them, each with its line.
 *
 * Nothing here throws for any text. A value that cannot be read becomes a diagnostic, and its key keeps the default.
 *
 * The file is long because of the table at its end, which says for each key how its value is read.
 */

import {
  COMMIT_TYPES,
  EFFORTS,
  type IssueNumber,
  type IssueRef,
  type PassedOver,
  type Priority,
  type Reading,
  type RepositoryName,
  type SegmentSpec,
  type TextReading,
  WORKERS,
} from '#core/model/epic';
import { isInstructionName } from '#core/model/instructions';
import type { Diagnostic, Place, Problem } from '#core/model/problem';
import type { SpecExpected } from '#core/model/problem/faults';
import { GlobCache, isEverything } from '#core/scope/glob';
import { asScope, globFault, isNegated, scopeFault } from '#core/scope/scope';
import { meaningsOf } from './answers.ts';
import { branchFault, slugOf } from './branch-name.ts';
import { readCriteria, type TaskList, type TaskListItem, taskListIn } from './checklist.ts';
import { type Dependency, readDependencies } from './dependencies.ts';
import { type FrontMatter, keyOf, MARKER_LINE, readFrontMatter, type Scalar } from './front-matter.ts';
import {
  commentsIn,
  countHidden,
  type Line,
  linesOf,
  type ReadableLine,
  readableLines,
  readRef,
  refText,
} from './markdown.ts';
import { nearest } from './nearest.ts';
import { inferFiles, readFencedKeys, readFormAnswers, readPairs } from './prose.ts';
import {
  collectKeys,
  KEYS,
  type Key,
  keyNamed,
  mayNest,
  nearestKey,
  type StatedKey,
  type StatedKeys,
  splitList,
} from './spec-keys.ts';

export type { TaskListItem } from './checklist.ts';
export type { Dependency } from './dependencies.ts';

export interface IssueText {
  readonly number: IssueNumber;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
}

export interface SpecRead {
  readonly spec: SegmentSpec;
  readonly diagnostics: readonly Diagnostic[];
  /** What was taken from which place. The dependencies have their places already. */
  readonly reading: TextReading;
  /** The dependencies of the spec, each with its place in the text. */
  readonly dependencies: readonly Dependency[];
  /** Its text has HTML comments with words in them. */
  readonly hasComments?: true;
}

/** GitHub's limit for the body of an issue, in characters. */
export const BODY_CHARS = 65_536;
const MAX_GLOBS = 100;
const MAX_DIAGNOSTICS = 50;
/** How much of a value is quoted. */
const SHOWN_CHARS = 100;
const NOTHING: readonly never[] = [];

type WritableSpec = { -readonly [Field in keyof SegmentSpec]: SegmentSpec[Field] };
/** The spec of an issue that states nothing. */
const DEFAULT_SPEC: SegmentSpec = {
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
 * Reads an issue as a segment (SPEC R1.5).
 *
 * @param globs shared by callers that read many issues.
 * @returns a spec in any case, with the default for each value that is wrong; the dependencies from front matter and prose;
 * errors, which hold the epic, and warnings.
 */
export function readSpec(issue: IssueText, globs = new GlobCache()): SpecRead {
  const { number, title, body, labels } = issue;
  const key = JSON.stringify([number, title, body, labels]);
  const known = KNOWN.get(key);
  if (known) return known;
  const read = new SpecReader(issue, globs).read();
  KNOWN.set(key, read);
  return read;
}

/** The same texts are read several times in one look, and again in the next. What was read longest ago goes first. */
class KnownSpecs {
  readonly #specs = new Map<string, SpecRead>();
  #characters = 0;

  get(key: string): SpecRead | undefined {
    return this.#specs.get(key);
  }

  set(key: string, read: SpecRead): void {
    this.#specs.set(key, read);
    this.#characters += key.length;
    for (const oldest of this.#specs.keys()) {
      if (this.#characters <= MAX_KNOWN_CHARS) break;
      this.#specs.delete(oldest);
      this.#characters -= oldest.length;
    }
  }
}

const MAX_KNOWN_CHARS = 8_000_000;
const KNOWN = new KnownSpecs();

/** The dependencies in front matter and prose, for groups, which have no spec. */
export function readDependenciesOf(issue: IssueText): Pick<SpecRead, 'dependencies' | 'diagnostics'> {
  const { dependencies, diagnostics } = readSpec(issue);
  return {
    dependencies,
    diagnostics: diagnostics.filter(
      ({ problem }) =>
        problem.kind === 'DEPENDENCY_UNREAD' ||
        (problem.kind === 'SPEC_VALUE' && ['depends-on', 'blocked-by'].includes(keyOf(problem.key))),
    ),
  };
}

/**
 * The task list of an epic: the issues that it names, in its order, each once, and the items that cannot be read.
 *
 * @param own the epic's repository, so that full references to its issues count, too.
 */
export const readTasks = (body: string, own?: RepositoryName): TaskList => {
  const { items, elsewhere, unread } = taskListIn(readableLinesOf(body), own);
  const first = new Map<IssueNumber, TaskListItem>();
  for (const item of items) if (!first.has(item.number)) first.set(item.number, item);
  return { items: [...first.values()], elsewhere, unread };
};

/** Only the issues. */
export const readTaskList = (body: string, own?: RepositoryName): readonly TaskListItem[] => readTasks(body, own).items;

/** The slug of an issue that states none. */
export const slugFor = (number: IssueNumber, title: string): string => slugOf(title) || `segment-${number}`;

/** The lines of a body that count: without front matter, code, quotes and comments; numbered as in the body. */
export const readableLinesOf = (body: string): readonly ReadableLine[] =>
  readableLines(frontMatterOf(linesOf(body.slice(0, 2 * BODY_CHARS))).rest);

const frontMatterOf = (lines: readonly Line[]): FrontMatter => readFrontMatter(lines, mayNest);

class SpecReader {
  readonly #issue: IssueText;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #globs: GlobCache;
  readonly #taken: Reading[] = [];
  readonly #passedOver: PassedOver[] = [];
  #stated: StatedKeys = new Map();
  /** The lines of the answers to a form's questions. */
  #answered: ReadonlySet<number> = new Set();

  constructor(issue: IssueText, globs: GlobCache) {
    this.#issue = issue;
    this.#globs = globs;
  }

  read(): SpecRead {
    const body = this.#bodyWithinLimit();
    const front = frontMatterOf(linesOf(body));
    for (const { line, why } of front.faults) this.#error({ kind: 'FRONT_MATTER', at: this.#at(line), why });
    const lines = readableLines(front.rest);
    this.#stated = this.#collectKeys(front, lines);
    if (isEmptyTask(front.rest)) this.#error({ kind: 'EMPTY_TASK', at: this.#at() });
    const hidden = countHidden(body);
    if (hidden > 0) this.#warn({ kind: 'HIDDEN_TEXT', at: this.#at(), count: hidden });
    const comments = commentsIn(body.replace(MARKER_LINE, ''));
    if (comments.open !== undefined) this.#warn({ kind: 'COMMENT_OPEN', at: this.#at(comments.open) });

    const { criteria, unread, boxes } = readCriteria(lines);
    for (const { number, text, why } of unread)
      this.#warn({ kind: 'CRITERIA_UNREAD', at: this.#at(number), text, why });
    const [first] = criteria;
    if (first) this.#take('criteria', String(criteria.length), { kind: 'section', line: first.line });
    const box = first ? undefined : boxes.find((line) => !this.#answered.has(line));
    if (box !== undefined) this.#passOver('criteria', box, 'boxes');
    const spec: WritableSpec = { ...DEFAULT_SPEC, criteria };
    const dependencies = this.#dependencies(lines);
    spec.dependsOn = uniqueRefs(dependencies.map(({ ref }) => ref));
    for (const stated of this.#stated.values()) this.#single(spec, stated);
    spec.context = this.#texts('context', pathIn, PATHS_EXPECTED);
    spec.skills = this.#texts('skills', instructionIn, INSTRUCTION_EXPECTED);
    spec.conflictsWith = this.#texts('conflicts-with', readRef, REFS_EXPECTED);
    if (spec.slug === '') {
      spec.slug = slugFor(this.#issue.number, this.#issue.title);
      this.#take('slug', spec.slug, { kind: 'title' });
    }
    this.#files(spec, lines);
    this.#gates();
    const diagnostics = mostImportant(this.#diagnostics).map(withNearest);
    const reading = { taken: this.#taken, passedOver: this.#passedOver };
    return { spec, diagnostics, reading, dependencies, ...(comments.hasWords ? { hasComments: true } : {}) };
  }

  #bodyWithinLimit(): string {
    const { body } = this.#issue;
    // A body has at most as many characters as UTF-16 units, and counting characters is slow.
    const found = body.length > BODY_CHARS ? [...body].length : body.length;
    if (found <= BODY_CHARS) return body;
    this.#error({ kind: 'LIMIT_EXCEEDED', at: this.#at(), what: 'characters', found, limit: BODY_CHARS });
    return body.slice(0, BODY_CHARS);
  }

  #collectKeys(front: FrontMatter, lines: readonly ReadableLine[]): StatedKeys {
    const answers = readFormAnswers(lines, front.rest);
    const fields = answers.filter(({ name, level }) => level === 3 && keyNamed(name));
    this.#answered = new Set(fields.flatMap((answer) => answer.lines.map(({ number }) => number)));
    const { stated, faults, passedOver } = collectKeys(front, answers, this.#issue.labels, readPairs(lines));
    this.#passedOver.push(...passedOver);
    for (const { name, line } of readFencedKeys(front.rest)) {
      const key = keyNamed(name);
      if (key) this.#passOver(key, line, 'in code');
    }
    for (const fault of faults) {
      if (fault.kind === 'value') this.#wrong(fault.key, fault.value, fault);
      else this.#warn({ kind: 'SPEC_KEY', at: this.#at(fault.line), key: fault.written, known: KEYS });
    }
    return stated;
  }

  // ── Values ──

  #single(spec: WritableSpec, { key, written, line, source, values, isList, isAnswer }: StatedKey): void {
    const single = SINGLES.get(key);
    if (!single) return;
    if (values === 'block') {
      this.#passedOver.push({ what: key, source, why: 'no effect' });
      return;
    }
    const [value] = values;
    const meant = value && isAnswer ? meaningsOf(key, value.text) : [];
    if (isAnswer && meant.length === 0) {
      this.#passedOver.push({ what: key, source, why: 'left open' });
      return;
    }
    const read = isList ? undefined : [value?.text ?? '', ...meant].find((text) => single.set(spec, text));
    if (read !== undefined) {
      this.#take(key, read, source, value?.text);
      return;
    }
    const found = values.map(({ text }) => text).join(', ');
    this.#wrong(written, found, { ...single, line: value?.line || line, isAnswer });
  }

  #texts<Read>(
    key: Key,
    read: (text: string, line: number, written: string) => Read | undefined,
    to: Expected,
  ): readonly Read[] {
    const stated = this.#stated.get(key);
    if (!stated) return NOTHING;
    const texts: string[] = [];
    const values = partsOf(stated).flatMap(({ text, line }) => {
      const value = read(text.trim(), line, stated.written);
      if (value === undefined) this.#wrong(stated.written, text, { ...to, line, isAnswer: stated.isAnswer });
      else texts.push(text.trim());
      return value === undefined ? [] : [value];
    });
    if (texts.length > 0 || stated.values === 'block') this.#take(key, texts.join(', '), stated.source);
    return values;
  }

  #files(spec: WritableSpec, lines: readonly ReadableLine[]): void {
    const stated = this.#stated.get('files');
    if (!stated) {
      const inferred = inferFiles(lines, new Set(spec.context));
      if (inferred.length === 0) this.#warn({ kind: 'SCOPE_UNKNOWN', at: this.#at() });
      else [spec.files, spec.filesFrom] = [inferred.map(({ glob }) => glob), 'inferred'];
      for (const { glob, line } of inferred) this.#take('files', glob, { kind: 'text', line });
      return;
    }
    const at = this.#at(stated.line);
    const parts = partsOf(stated);
    if (parts.length > MAX_GLOBS) {
      this.#error({ kind: 'LIMIT_EXCEEDED', at, what: 'globs', found: parts.length, limit: MAX_GLOBS });
    }
    const globs: string[] = [];
    for (const { text, line } of parts.slice(0, MAX_GLOBS)) {
      const glob = text.trim();
      const why = globFault(glob, this.#globs);
      if (why === undefined) globs.push(glob);
      else {
        const level = stated.isAnswer ? 'warning' : 'error';
        const problem = { kind: 'BAD_GLOB', at: this.#at(line), glob: glob.slice(0, SHOWN_CHARS), why } as const;
        this.#diagnostics.push({ level, problem });
      }
    }
    if (stated.values.length > 0 && (globs.length > 0 || !stated.isAnswer)) spec.filesFrom = 'stated';
    else this.#warn({ kind: 'SCOPE_UNKNOWN', at });
    const meant = globs.map((glob) => meantAsScope(glob, this.#globs));
    const why = scopeFault(meant, this.#globs);
    if (why !== undefined) {
      this.#error({ kind: 'BAD_GLOB', at, glob: globs[0] ?? '', why });
      return;
    }
    // An author who excludes something knows that the rest is everything.
    if (!meant.some(isNegated) && meant.some((glob) => isEverything(glob, this.#globs))) {
      this.#warn({ kind: 'SCOPE_EVERYTHING', at });
    }
    spec.files = [...new Set(meant)];
    if (spec.files.length > 0) this.#take('files', spec.files.join(', '), stated.source);
  }

  #dependencies(lines: readonly ReadableLine[]): readonly Dependency[] {
    const stated = this.#texts(
      'depends-on',
      (text, line, written) => {
        const ref = readRef(text);
        return ref && ({ ref, line, text: `${written}: ${text}`, inFrontMatter: true } as const);
      },
      REFS_EXPECTED,
    );
    const { found, faults, unread, others } = readDependencies(lines);
    for (const line of others) this.#passOver('depends-on', line, 'no issue');
    for (const { number, text } of faults) this.#wrong('depends-on', text, { ...REFS_EXPECTED, line: number });
    for (const { number, text, why } of unread) {
      this.#warn({ kind: 'DEPENDENCY_UNREAD', at: this.#at(number), text, why });
    }
    return [...stated, ...found];
  }

  /** Only checked: this version does not use them. */
  #gates(): void {
    this.#texts('gates', gateIn, GATES_EXPECTED);
  }

  // ── The report ──

  #take(what: Reading['what'], value: string, source: Reading['source'], said = value): void {
    // Dependencies are reported with the links between issues.
    if (what === 'depends-on') return;
    if (what !== 'criteria' && WITHOUT_EFFECT.has(what)) this.#passedOver.push({ what, source, why: 'no effect' });
    else {
      const words = said === value ? {} : { said: said.slice(0, SHOWN_CHARS) };
      this.#taken.push({ what, value: value.slice(0, SHOWN_CHARS), ...words, source });
    }
  }

  #passOver(what: PassedOver['what'], line: number, why: PassedOver['why']): void {
    this.#passedOver.push({ what, source: { kind: 'text', line }, why });
  }

  // ── Diagnostics ──

  #at(line?: number): Place {
    return { issue: this.#issue.number, ...(line ? { line } : {}) };
  }

  #wrong(key: string, value: string, { expected, known, line, isAnswer }: Expected & WrongValue): void {
    const close = known && nearest(value, known);
    const said = { at: this.#at(line), key, value: value.slice(0, SHOWN_CHARS), expected };
    // The labels `worker:x`, `persona:x` and the like were made for Swarm.
    const isOfOthers = line !== undefined || (close === undefined && (key === 'priority' || key === 'effort'));
    if (isAnswer && isOfOthers) this.#warn({ kind: 'ANSWER_UNREAD', ...said });
    else this.#error({ kind: 'SPEC_VALUE', ...said, ...(close === undefined ? {} : { nearest: close }) });
  }

  #error(problem: Problem): void {
    this.#diagnostics.push({ level: 'error', problem });
  }

  #warn(problem: Problem): void {
    this.#diagnostics.push({ level: 'warning', problem });
  }
}

/** With everything below it where the glob names a directory, unless that is too long. */
const meantAsScope = (glob: string, globs: GlobCache): string => {
  const whole = asScope(glob);
  return globFault(whole, globs) === undefined ? whole : glob;
};

/** The texts of a list in any form: a list, or one text with commas. */
const partsOf = ({ values, isList }: StatedKey): readonly Scalar[] =>
  values === 'block'
    ? NOTHING
    : isList
      ? values
      : values.flatMap((value) => (value.quoted ? [value] : splitList(value.text).map((text) => ({ ...value, text }))));

/** If there are too many: errors first, since a warning must not hide an error that holds the epic. */
function mostImportant(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= MAX_DIAGNOSTICS) return diagnostics;
  const errorsFirst = diagnostics.toSorted((a, b) => Number(b.level === 'error') - Number(a.level === 'error'));
  return errorsFirst.slice(0, MAX_DIAGNOSTICS);
}

/** Done last, because only a few of thousands of mistyped keys are reported. */
function withNearest(diagnostic: Diagnostic): Diagnostic {
  const { level, problem } = diagnostic;
  if (problem.kind !== 'SPEC_KEY') return diagnostic;
  const close = nearestKey(problem.key);
  return close === undefined ? diagnostic : { level, problem: { ...problem, nearest: close } };
}

// ── Keys ──

/** Keys that are checked, and that this version does nothing with. */
const WITHOUT_EFFECT: ReadonlySet<Key> = new Set(['gates', 'attempts', 'base']);

interface Expected {
  readonly expected: SpecExpected;
  /** The words among which the nearest one is suggested. */
  readonly known?: readonly string[] | undefined;
}

interface WrongValue {
  readonly line?: number | undefined;
  readonly isAnswer?: true | undefined;
}

const REFS_EXPECTED: Expected = { expected: { kind: 'issues' } };
const PATHS_EXPECTED: Expected = { expected: { kind: 'paths' } };
const NAME_EXPECTED: Expected = { expected: { kind: 'name' } };
const INSTRUCTION_EXPECTED: Expected = { expected: { kind: 'instruction name' } };
const GATES_EXPECTED: Expected = { expected: { kind: 'gates' } };
const BOOLEANS = ['true', 'false'];
const REVIEWS = [...BOOLEANS, 'council'];
const PRIORITY_WORDS = ['critical', 'high', 'medium', 'low'];

const matching =
  (form: RegExp) =>
  (text: string): string | undefined =>
    form.test(text) ? text : undefined;

const nameIn = matching(/^[a-z0-9][a-z0-9-]{0,62}$/);
/** Of a persona or a skill. */
const instructionIn = (text: string): string | undefined => (isInstructionName(text) ? text : undefined);
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
  const level = /^p?[0-3]$/.test(word) ? Number(word.at(-1)) : PRIORITY_WORDS.indexOf(word);
  return level === -1 ? undefined : (level as Priority);
}

const WEEK_MINUTES = 7 * 24 * 60;

/** `20m`, `2h`, `1.5h` or `1h30m`. */
function minutesIn(text: string): number | undefined {
  const found = /^(?:(\d{1,3}(?:\.\d{1,2})?)\s?h)?\s?(?:(\d{1,5})\s?m(?:in)?)?$/.exec(text);
  const minutes = Math.round(Number(found?.[1] ?? 0) * 60) + Number(found?.[2] ?? 0);
  return minutes >= 1 && minutes <= WEEK_MINUTES ? minutes : undefined;
}

const attemptsIn = (text: string): number | undefined => (/^(?:[1-9]|10)$/.test(text) ? Number(text) : undefined);

function dollarsIn(text: string): number | undefined {
  const dollars = Number(/^\$?(\d{1,6}(?:\.\d{1,2})?)$/.exec(text)?.[1]);
  return dollars > 0 ? dollars : undefined;
}

/** A key that takes one value. */
interface SingleKey extends Expected {
  /** @returns whether the text is a valid value. */
  readonly set: (spec: WritableSpec, text: string) => boolean;
}

function single<const Field extends keyof WritableSpec>(
  field: Field,
  read: (text: string) => Exclude<WritableSpec[Field], undefined> | undefined,
  expected: SpecExpected,
  known?: readonly string[],
): SingleKey {
  const set = (spec: WritableSpec, text: string): boolean => {
    const value = read(text);
    if (value !== undefined) spec[field] = value;
    return value !== undefined;
  };
  return { set, expected, known };
}

const oneOf = <const Field extends 'type' | 'worker' | 'effort'>(
  field: Field,
  words: readonly Exclude<WritableSpec[Field], undefined>[],
): SingleKey => single(field, (text) => words.find((word) => word === text), { kind: 'one of', values: words }, words);

const yesOrNo = (field: 'tdd' | 'parallel'): SingleKey =>
  single(field, booleanIn, { kind: 'one of', values: BOOLEANS }, BOOLEANS);

const SINGLES: ReadonlyMap<Key, SingleKey> = new Map<Key, SingleKey>([
  ['type', oneOf('type', COMMIT_TYPES)],
  ['slug', single('slug', matching(/^(?=.{1,60}$)[a-z0-9]+(?:[._-][a-z0-9]+)*$/), { kind: 'slug' })],
  ['scope', single('commitScope', matching(/^[A-Za-z0-9][\w./-]{0,39}$/), { kind: 'commit scope' })],
  ['worker', oneOf('worker', WORKERS)],
  ['persona', single('persona', instructionIn, INSTRUCTION_EXPECTED.expected)],
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

const uniqueRefs = (refs: readonly IssueRef[]): readonly IssueRef[] => [
  ...new Map(refs.map((ref) => [refText(ref).toLowerCase(), ref])).values(),
];

/** A task is empty if its text consists of comments and white space. */
function isEmptyTask(lines: readonly Line[]): boolean {
  const text = lines.map((line) => line.text).join('\n');
  let at = 0;
  for (;;) {
    const start = text.indexOf('<!--', at);
    if (text.slice(at, start === -1 ? undefined : start).trim() !== '') return false;
    const end = start === -1 ? -1 : text.indexOf('-->', start);
    if (end === -1) return true;
    at = end + 3;
  }
}
