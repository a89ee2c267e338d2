/**
 * What every foreign format is read into: segments that wait for each other by foreign ids, and notes on everything that a
 * plan does not hold as it was. Made into a plan file here, in one way for all formats.
 */
import { findCycle, makeGraph } from '#core/graph/graph';
import { slugOf } from '#core/text/branch-name';
import { nearest } from '#core/text/nearest';
import { Fault } from '#words/fault';
import { clip, oneLine } from '#words/safe';
import { count } from '#words/voice';
import { type PlanFile, type PlannedSegment, SEGMENT_NAME } from './plan-file.ts';

/** A place in the foreign file. */
export interface Place {
  /** The foreign id, or the first words of a line. */
  readonly name: string;
  /** From 1. */
  readonly line: number;
}

export interface DraftSegment extends Place {
  /** The foreign id. Items of a list have none. */
  readonly id: string | undefined;
  /** For this draft only; the id where there is one. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  /** Keys of the drafts that it waits for. */
  readonly waitsFor: readonly string[];
  readonly criteria?: PlannedSegment['criteria'];
  readonly labels?: readonly string[];
  readonly spec?: PlannedSegment['spec'];
  /** A name that the segment had before, if it is free. */
  readonly wantedName?: string;
  /** Keys of drafts. */
  readonly conflictsWith?: readonly string[];
}

/** One thing that the plan does not hold as the file had it, and where. */
export interface Note {
  /** A clause that completes "- …: T001 (line 3)". */
  readonly says: string;
  readonly places: readonly Place[];
}

/** Collects notes. What is said twice is said once, with both places. */
export class Notes {
  readonly #places = new Map<string, Place[]>();

  add(says: string, ...places: readonly Place[]): void {
    const known = this.#places.get(says) ?? [];
    this.#places.set(says, known);
    known.push(...places);
  }

  list(): readonly Note[] {
    return [...this.#places].map(([says, places]) => ({ says, places }));
  }
}

export interface Imported {
  /** As people call it: `Beads`. */
  readonly format: string;
  readonly plan: PlanFile;
  readonly notes: readonly Note[];
}

export interface Draft {
  readonly format: string;
  /** The file as the person named it. */
  readonly file: string;
  readonly epic: PlanFile['epic'];
  readonly segments: readonly DraftSegment[];
  readonly notes: Notes;
}

/** How many errors are shown. */
const MAX_ERRORS = 10;

/** Refuses a foreign file. Every error begins with its line. */
export function refuseFile(file: string, errors: readonly string[], next: string): never {
  const more = errors.length > MAX_ERRORS ? [`… and ${errors.length - MAX_ERRORS} more`] : [];
  throw new Fault(
    `${file} cannot be imported: ${errors[0]}`,
    errors.length === 1
      ? 'Swarm does not guess what a plan should say.'
      : `All errors:\n      ${[...errors.slice(0, MAX_ERRORS), ...more].join('\n      ')}`,
    next,
  );
}

/** Gives the segments their names and checks what they wait for. Throws a `Fault`. */
export function finishDraft({ format, file, epic, segments, notes }: Draft): Imported {
  refuseTooMany(file, segments.length);
  if (segments.length === 0) {
    refuseFile(
      file,
      ['there is no open task in it.'],
      'Import a file with at least one open task, such as `- [ ] Add the cart` in a list.',
    );
  }
  refuseRepeated(
    file,
    segments.map(({ key, line }) => ({ name: key, line })),
  );
  refuseUnknown(file, segments);
  refuseCycle(file, segments);

  const names = namesFor(segments);
  const named = (keys: readonly string[]): string[] => [...new Set(keys)].flatMap((key) => names.get(key) ?? []);
  const planned = segments.map((segment): PlannedSegment => {
    const { id, key, title, body, criteria = [], labels = [], spec = {}, waitsFor, conflictsWith = [] } = segment;
    const name = names.get(key) ?? key;
    return {
      name,
      ...(id === undefined ? {} : { from: id }),
      title,
      body,
      labels,
      blockedBy: named(waitsFor),
      conflictsWith: named(conflictsWith),
      criteria,
      spec: { slug: name, ...spec },
    };
  });
  return { format, plan: { epic, segments: planned, rejections: {} }, notes: notes.list() };
}

/** No config allows an epic with more. */
const MAX_SEGMENTS = 2_000;

export function refuseTooMany(file: string, open: number): void {
  if (open <= MAX_SEGMENTS) return;
  refuseFile(file, [`it has ${open} open tasks; an epic has at most ${MAX_SEGMENTS}.`], 'Import a part of it.');
}

/** Refuses a file in which two places have the same id. */
export function refuseRepeated(file: string, places: readonly Place[]): void {
  const twice = [...Map.groupBy(places, ({ name }) => name).values()].flatMap(([first, ...others]) =>
    others.map(({ name, line }) => `line ${line}: the id ${show(name)} is already used on line ${first?.line}.`),
  );
  if (twice.length > 0) refuseFile(file, twice, 'Give one of the two another id.');
}

function refuseUnknown(file: string, segments: readonly DraftSegment[]): void {
  const known = segments.map(({ key }) => key);
  const there = new Set(known);
  const unknown = segments.flatMap(({ name, line, waitsFor }) =>
    waitsFor.filter((key) => !there.has(key)).map((key) => ({ place: { name, line }, key })),
  );
  // Only errors that are shown look for the nearest id.
  const errors = unknown.map(({ place, key }, index) => sayUnknown(place, key, index < MAX_ERRORS ? known : []));
  if (errors.length > 0) refuseFile(file, errors, 'Correct the id, or remove the dependency.');
}

export function sayUnknown({ name, line }: Place, id: string, known: readonly string[]): string {
  const like = nearest(id, known);
  return `line ${line}: ${show(name)} depends on ${show(id)}, which is not there${like === undefined ? '.' : `; did you mean ${show(like)}?`}`;
}

function refuseCycle(file: string, segments: readonly DraftSegment[]): void {
  const edges = segments.flatMap(({ key, waitsFor }) => waitsFor.map((on) => ({ from: key, on })));
  const cycle = findCycle(
    makeGraph(
      segments.map(({ key }) => key),
      edges,
    ),
  );
  if (!cycle) return;
  const of = new Map(segments.map((segment) => [segment.key, segment]));
  const path = cycle.map((key) => show(of.get(key)?.name ?? key));
  const lines = cycle.slice(1).map((key) => `${show(of.get(key)?.name ?? key)} is on line ${of.get(key)?.line}`);
  throw new Fault(
    `${file} cannot be imported: ${path.join(' → ')} wait for each other.`,
    `${[...new Set(lines)].join(', ')}. Each of them would wait forever.`,
    'Remove one of these dependencies.',
  );
}

/** Names from the titles, as people would write them. Where that leaves nothing, or two are alike, the id is in the name. */
function namesFor(segments: readonly DraftSegment[]): ReadonlyMap<string, string> {
  const wanted = (segment: DraftSegment): string =>
    segment.wantedName !== undefined && SEGMENT_NAME.test(segment.wantedName)
      ? segment.wantedName
      : slugOf(segment.title);
  const alike = Map.groupBy(segments, wanted);
  const taken = new Set<string>();
  const lastOf = new Map<string, number>();
  const names = new Map<string, string>();
  for (const segment of segments) {
    const short = wanted(segment);
    const isOwn = alike.get(short)?.length === 1 && /[a-z]/.test(short);
    const base = isOwn
      ? short
      : [short, slugOf(segment.id ?? '') || 'segment']
          .filter((part) => part !== '')
          .join('-')
          .slice(0, 55);
    let name = base;
    let number = lastOf.get(base) ?? 1;
    while (taken.has(name) || (!isOwn && alike.has(name))) name = `${base}-${++number}`;
    lastOf.set(base, number);
    taken.add(name);
    names.set(segment.key, name);
  }
  return names;
}

/** Foreign text on one line of a terminal. */
export const show = (text: string): string => clip(oneLine(text), 80);

const TITLE_CHARS = 120;
/** The most that GitHub takes. */
export const MAX_TITLE_CHARS = 256;

/** A title, and the whole text where the title does not hold it. */
export function titleOf(text: string, max = TITLE_CHARS): { readonly title: string; readonly whole: string } {
  const whole = text.replace(/\s+/g, ' ').trim();
  const plain = whole.replace(/^(\*\*|__)([^*_]+)\1$/, '$2').replace(/\s*:$/, '');
  if (plain.length <= max) return { title: plain, whole: '' };
  const cut = plain.slice(0, max - 1);
  const words = cut.lastIndexOf(' ') > max / 2 ? cut.slice(0, cut.lastIndexOf(' ')) : cut;
  return { title: `${words.toWellFormed()}…`, whole };
}

/** `AC-3: The total …` has an id. */
export function criterionOf(text: string): PlannedSegment['criteria'][number] {
  const words = text.replace(/\s+/g, ' ').trim();
  const [, id, rest] = /^([A-Z][A-Z0-9]{0,15}-\d{1,6}): (\S.*)$/.exec(words) ?? [];
  return id !== undefined && rest !== undefined ? { id, text: rest } : { text: words };
}

/** Parts of a text, with an empty line between them. */
export const paragraphs = (...parts: readonly string[]): string =>
  parts
    .map((part) => part.replace(/^\n+|\s+$/g, ''))
    .filter((part) => part !== '')
    .join('\n\n');

/** Front matter that makes all segments of an epic read these documents. */
export const contextFront = (paths: readonly string[]): string =>
  paths.length === 0
    ? ''
    : ['---', 'context:', ...paths.map((path) => `  - ${JSON.stringify(path)}`), '---'].join('\n');

/** What was understood, and everything that the plan does not hold as it was. */
export function importLines({ format, plan, notes }: Imported, file: string): readonly string[] {
  const waits = plan.segments.reduce((sum, { blockedBy }) => sum + blockedBy.length, 0);
  const criteria = plan.segments.reduce((sum, segment) => sum + segment.criteria.length, 0);
  return [
    `Read ${show(file)} as ${format}: ${count(plan.segments.length, 'segment')}, ${count(waits, 'dependency', 'dependencies')}, ${count(criteria, 'criterion', 'criteria')}.`,
    ...noteLines(notes),
  ];
}

export const noteLines = (notes: readonly Note[]): readonly string[] =>
  notes.map(({ says, places }) => `- ${says}${places.length > 0 ? `: ${placesText(places)}` : ''}`);

const MAX_PLACES = 20;

function placesText(places: readonly Place[]): string {
  const unique = [...new Map(places.map((place) => [`${place.name} ${place.line}`, place])).values()];
  const shown = unique.slice(0, MAX_PLACES).map(({ name, line }) => `${clip(oneLine(name), 40)} (line ${line})`);
  const more = unique.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}
