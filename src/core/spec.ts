/**
 * An issue's text and labels → what the segment asks for, or what is wrong with it, each with its line.
 *
 * Nothing here throws, whatever the text is; what cannot be read is a diagnostic and its key's default.
 */
import { branchFault, slugOf } from './branch.ts';
import {
  COMMIT_TYPES,
  EFFORTS,
  type IssueNumber,
  type IssueRef,
  type Priority,
  type RepositoryName,
  type SegmentSpec,
  WORKERS,
} from './epic.ts';
import { type FrontMatter, keyOf, readFrontMatter } from './front-matter.ts';
import { Globs, isEverything } from './glob.ts';
import { nearest } from './nearest.ts';
import type { Diagnostic, Place, Problem } from './problem.ts';
import {
  type Dependency,
  inferFiles,
  mayDepend,
  readAnswers,
  readCriteria,
  readDependencies,
  type TaskListItem,
  taskListIn,
} from './prose.ts';
import { globFault, scopeFault } from './scope.ts';
import { collectKeys, KEYS, type Key, mayNest, type Saying, splitList } from './spec-key.ts';
import { countHidden, type Line, linesOf, type ReadableLine, readableLines, readRef } from './text.ts';

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

/**
 * What an issue asks for as a segment (SPEC R1.5).
 *
 * @returns a spec in any case, with defaults where a value is wrong; dependencies from front matter and prose; errors
 * (they hold the epic) and warnings.
 * @param globs for who reads many: what was read before is not read again.
 */
export function readSpec(issue: IssueText, globs = new Globs()): SpecRead {
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
  readonly #globs: Globs;
  #said: Saying = new Map();

  constructor(issue: IssueText, globs: Globs) {
    this.#issue = issue;
    this.#globs = globs;
  }

  read(): SpecRead {
    const body = this.#bodyWithinLimit();
    const front = frontMatterOf(linesOf(body));
    for (const { line, message } of front.faults) this.#error({ kind: 'FRONT_MATTER', at: this.#at(line), message });
    // Prose without a heading or a dependency says at most which files are meant, and only where no key says that.
    const saysMore = body.includes('#') || mayDepend(body);
    let lines = saysMore ? readableLines(front.rest) : [];
    this.#said = this.#keysOf(front, lines);
    if (!saysMore && !this.#said.has('files')) lines = readableLines(front.rest);
    if (isEmptyTask(front.rest)) this.#error({ kind: 'EMPTY_TASK', at: this.#at() });
    const hidden = countHidden(body);
    if (hidden > 0) this.#warn({ kind: 'HIDDEN_TEXT', at: this.#at(), count: hidden });

    const dependencies = this.#dependencies(lines);
    const context = this.#texts('context', pathIn, PATHS_EXPECTED);
    // In the order in which what is wrong with them is told.
    const type = this.#oneOf('type', COMMIT_TYPES) ?? 'feat';
    const slug = this.#slug();
    const worker = this.#oneOf('worker', WORKERS) ?? 'implementation';
    const skills = this.#texts('skills', nameIn, NAME_EXPECTED);
    const { files, filesFrom } = this.#files(lines, context);
    const spec: SegmentSpec = {
      type,
      slug,
      worker,
      skills,
      files,
      filesFrom,
      priority: this.#one('priority', priorityIn, PRIORITY_EXPECTED) ?? 2,
      context,
      conflictsWith: this.#texts('conflicts-with', readRef, REFS_EXPECTED),
      dependsOn: dependencies.length === 0 ? [] : uniqueRefs(dependencies.map(({ ref }) => ref)),
      parallel: this.#one('parallel', booleanIn, TRUE_OR_FALSE) ?? true,
      criteria: readCriteria(lines),
      ...present({
        commitScope: this.#one('scope', commitScopeIn, COMMIT_SCOPE_EXPECTED),
        persona: this.#one('persona', nameIn, NAME_EXPECTED),
        model: this.#one('model', modelIn, MODEL_EXPECTED),
        effort: this.#oneOf('effort', EFFORTS),
        agent: this.#one('agent', nameIn, NAME_EXPECTED),
        tdd: this.#one('tdd', booleanIn, TRUE_OR_FALSE),
        review: this.#one('review', reviewIn, REVIEW_EXPECTED),
        estimateMinutes: this.#one('estimate', minutesIn, ESTIMATE_EXPECTED),
        attempts: this.#one('attempts', attemptsIn, ATTEMPTS_EXPECTED),
        budgetUsd: this.#one('budget', dollarsIn, BUDGET_EXPECTED),
        branch: this.#one('branch', templateIn, TEMPLATE_EXPECTED),
        base: this.#one('base', branchIn, BRANCH_EXPECTED),
      }),
    };
    this.#checkLater();
    return { spec, diagnostics: foremost(this.#diagnostics), dependencies };
  }

  #bodyWithinLimit(): string {
    const { body } = this.#issue;
    // Only what is longer in UTF-16 can be longer in characters, and counting those is the slower way.
    const found = body.length > BODY_CHARS ? [...body].length : body.length;
    if (found <= BODY_CHARS) return body;
    this.#error({
      kind: 'LIMIT_EXCEEDED',
      at: this.#at(),
      what: 'characters of text',
      found,
      limit: BODY_CHARS,
    });
    return body.slice(0, BODY_CHARS);
  }

  #keysOf(front: FrontMatter, lines: readonly ReadableLine[]): Saying {
    const { saying, complaints } = collectKeys(front, readAnswers(lines), this.#issue.labels);
    for (const complaint of complaints) {
      if (complaint.kind === 'value') {
        this.#wrong(complaint.key, complaint.value, complaint);
        continue;
      }
      const { written: key, nearest: close } = complaint;
      this.#warn({
        kind: 'SPEC_KEY',
        at: this.#at(complaint.line),
        key,
        known: KEYS,
        ...(close === undefined ? {} : { nearest: close }),
      });
    }
    return saying;
  }

  // ── What their values mean ──

  #one<Read>(key: Key, read: (text: string) => Read | undefined, to: Expected): Read | undefined {
    const said = this.#said.get(key);
    if (!said) return undefined;
    if (said.values === 'block') return undefined;
    const [value, ...more] = said.values;
    const found = value && !said.isList && more.length === 0 ? read(value.text) : undefined;
    if (found === undefined) {
      this.#wrong(said.written, said.values.map(({ text }) => text).join(', '), {
        ...to,
        line: value?.line ?? said.line,
      });
    }
    return found;
  }

  #oneOf<const Word extends string>(key: Key, words: readonly Word[]): Word | undefined {
    if (!this.#said.has(key)) return undefined;
    return this.#one(key, (text) => words.find((word) => word === text), {
      expected: `one of ${words.join(', ')}`,
      known: words,
    });
  }

  #texts<Read>(key: Key, read: (text: string, line: number) => Read | undefined, to: Expected): readonly Read[] {
    const said = this.#said.get(key);
    if (!said || said.values === 'block') return NOTHING;
    const found: Read[] = [];
    for (const value of said.values) {
      for (const text of said.isList || value.quoted ? [value.text] : splitList(value.text)) {
        const one = read(text.trim(), value.line);
        if (one === undefined) this.#wrong(said.written, text, { ...to, line: value.line });
        else found.push(one);
      }
    }
    return found;
  }

  #slug(): string {
    const stated = this.#one('slug', slugIn, SLUG_EXPECTED);
    return stated ?? (slugOf(this.#issue.title) || `segment-${this.#issue.number}`);
  }

  #files(lines: readonly ReadableLine[], context: readonly string[]): Pick<SegmentSpec, 'files' | 'filesFrom'> {
    const said = this.#said.get('files');
    if (!said) {
      const inferred = inferFiles(lines, context);
      if (inferred.length > 0) return { files: inferred, filesFrom: 'inferred' };
      this.#warn({ kind: 'SCOPE_UNKNOWN', at: this.#at() });
      return { files: [], filesFrom: 'none' };
    }
    const all = said.values === 'block' ? 0 : said.values.length;
    const at = this.#at(said.line);
    const globs: string[] = [];
    const stated = this.#texts('files', (glob, line) => ({ glob, line }), { expected: 'globs' });
    if (stated.length > GLOBS) {
      this.#error({ kind: 'LIMIT_EXCEEDED', at, what: 'globs in its file scope', found: stated.length, limit: GLOBS });
    }
    for (const { glob, line } of stated.slice(0, GLOBS)) {
      const why = globFault(glob, this.#globs);
      if (why === undefined) globs.push(glob);
      else this.#error({ kind: 'BAD_GLOB', at: this.#at(line), glob: glob.slice(0, VALUE_CHARS), why });
    }
    const why = scopeFault(globs, this.#globs);
    if (why !== undefined) {
      this.#error({ kind: 'BAD_GLOB', at, glob: globs[0] ?? '', why });
      return { files: [], filesFrom: 'stated' };
    }
    if (globs.some((glob) => isEverything(glob, this.#globs))) this.#warn({ kind: 'SCOPE_EVERYTHING', at });
    if (all === 0) this.#warn({ kind: 'SCOPE_UNKNOWN', at });
    const files = globs.length > 1 ? [...new Set(globs)] : globs;
    return { files, filesFrom: all === 0 ? 'none' : 'stated' };
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

/** Of too many to read the first, and of these errors before warnings: a warning must not hide what holds the epic. */
function foremost(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= DIAGNOSTICS) return diagnostics;
  const { error = [], warning = [] } = Object.groupBy(diagnostics, ({ level }) => level);
  return [...error, ...warning].slice(0, DIAGNOSTICS);
}

interface Expected {
  /** What it takes, in words. */
  readonly expected: string;
  readonly known?: readonly string[];
}

// What each key takes: in words for people, and as it is read.

const TRUE_OR_FALSE: Expected = { expected: 'true or false', known: ['true', 'false'] };
const REFS_EXPECTED: Expected = { expected: 'issues, such as 12, #12 or octo/shop#12' };
const PRIORITY_WORDS = ['critical', 'high', 'medium', 'low'];
const PRIORITY_EXPECTED: Expected = { expected: '0 (critical) to 3 (low)', known: PRIORITY_WORDS };
const PATHS_EXPECTED: Expected = { expected: 'paths relative to the repository' };
const NAME_EXPECTED: Expected = { expected: 'a name of small letters, digits and hyphens, at most 63 characters' };
const COMMIT_SCOPE_EXPECTED: Expected = {
  expected: 'a word of letters, digits and . _ / -, at most 40 characters',
};
const MODEL_EXPECTED: Expected = { expected: "a model's name, at most 100 characters" };
const REVIEW_EXPECTED: Expected = { expected: 'true, false or council', known: ['true', 'false', 'council'] };
const ESTIMATE_EXPECTED: Expected = { expected: 'a time such as 20m, 2h or 1h30m, at most a week' };
const ATTEMPTS_EXPECTED: Expected = { expected: 'a whole number from 1 to 10' };
const BUDGET_EXPECTED: Expected = { expected: 'an amount in US dollars above 0, such as 5 or 2.50' };
const TEMPLATE_EXPECTED: Expected = { expected: 'a branch name, with {slug} and {number} if you like' };
const BRANCH_EXPECTED: Expected = { expected: 'the name of a branch' };
const SLUG_EXPECTED: Expected = {
  expected: 'small letters and digits, parted by - . or _, at most 60 characters',
};
const GATES_EXPECTED: Expected = { expected: 'names of gates' };

const matching =
  (form: RegExp) =>
  (text: string): string | undefined =>
    form.test(text) ? text : undefined;

const nameIn = matching(/^[a-z0-9][a-z0-9-]{0,62}$/);
const slugIn = matching(/^(?=.{1,60}$)[a-z0-9]+(?:[._-][a-z0-9]+)*$/);
const gateIn = matching(/^[a-z][a-z0-9-]{0,62}$/);
const commitScopeIn = matching(/^[A-Za-z0-9][\w./-]{0,39}$/);
const modelIn = matching(/^[A-Za-z0-9][\w.:/@[\]-]{0,99}$/);
const templateIn = matching(/^\S.{0,199}$/);
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

type Present<Values> = { [Key in keyof Values]?: Exclude<Values[Key], undefined> };

function present<Values extends object>(values: Values): Present<Values> {
  const there: Partial<Values> = {};
  for (const key of Object.keys(values) as (keyof Values)[]) if (values[key] !== undefined) there[key] = values[key];
  return there as Present<Values>;
}
