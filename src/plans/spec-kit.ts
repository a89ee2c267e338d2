/**
 * The `tasks.md` of GitHub's Spec Kit: phases with items such as `- [ ] T012 [P] [US1] Create the model in src/cart.ts`.
 *
 * @see https://github.com/github/spec-kit/blob/main/templates/tasks-template.md
 */
import {
  contextFront,
  criterionOf,
  type DraftSegment,
  finishDraft,
  type Imported,
  Notes,
  type Place,
  paragraphs,
  refuseRepeated,
  refuseTooMany,
  titleOf,
} from './draft.ts';
import { type Item, itemsBelow, lineOfItem, outlineOf, type Section, textBelow } from './outline.ts';

const TASK = /^(?:\*\*)?(T\d{1,5}[a-z]?)\b(?:\*\*)?[:.]?\s*(.*)$/s;
/** `[P]`, `[US1]`, `[FR-005, FR-006]`. A bracket before a parenthesis is a link. */
const TAG = /^\[([^\]\n]{1,60})\](?!\()\s*/;
const IDS = /T\d{1,5}[a-z]?(?:\s*(?:,|&|and|-|–|—|to|through)\s*T\d{1,5}[a-z]?)*/.source;
/** `(depends on T012, T013)`, `after T003-T005`. */
const DEPENDS = new RegExp(String.raw`\b(?:depends? on|dependent on|blocked by|requires|after):?\s+(${IDS})`, 'gi');

export const isSpecKit = (source: string): boolean =>
  outlineOf(source).some(({ items }) => items.some(({ box, text }) => box !== undefined && TASK.test(text)));

interface Task extends Place {
  readonly id: string;
  readonly item: Item;
  readonly text: string;
  readonly order: 'parallel' | 'in order';
  readonly tags: readonly string[];
}

/** @param documents paths of the other documents of the feature, from the repository's root. */
export function readSpecKit(source: string, file: string, title: string, documents: readonly string[]): Imported {
  const notes = new Notes();
  const sections = outlineOf(source);
  const places = sections.flatMap(({ items }) =>
    items.flatMap(({ box, text, line }) => {
      const id = box === undefined ? undefined : TASK.exec(text)?.[1];
      return id === undefined ? [] : [{ name: id, line }];
    }),
  );
  refuseTooMany(file, places.length);
  refuseRepeated(file, places);
  const segments: DraftSegment[] = [];
  const done = new Set<string>();
  /** What every task of the next step waits for. */
  let before: readonly string[] = [];
  const waits = new Map<string, readonly string[]>();
  let phase: Section | undefined;
  for (const section of sections) {
    if (section.level > 0 && (section.level <= 2 || phase === undefined)) phase = section;
    const tasks = tasksIn(section, done, notes);
    if (tasks.length === 0) {
      if (section.items.length === 0 || !section.items.some(({ text }) => TASK.test(text))) noteText(section, notes);
      continue;
    }
    /** Tasks of this step that no other task of it waits for. */
    let ends: string[] = [];
    for (const task of tasks) {
      const isAlone = task.order === 'in order' && ends.length > 0;
      const byOrder = isAlone ? ends : before;
      const stated = dependenciesOf(task);
      const waitsFor = [...byOrder, ...(stated.length > 0 ? stated.filter(notBehind(byOrder, waits)) : [])];
      waits.set(task.id, waitsFor);
      segments.push(segmentOf(task, waitsFor, phase, section, notes));
      ends = isAlone ? [task.id] : [...ends, task.id];
    }
    before = ends;
    if (/^tests?\b/i.test(section.title) || /\btests? first\b/i.test(section.title)) {
      notes.add(
        'may be tests that have to fail at first. Gates have to pass before anything is merged; move such tests into the task that makes them pass',
        ...tasks,
      );
    }
  }
  const guessed = segments.filter(({ spec }) => spec?.files !== undefined);
  if (guessed.length > 0)
    notes.add('`files` are the paths in the text. The segment may change no others, so check them', ...guessed);
  const open = segments.map((segment) => ({ ...segment, waitsFor: segment.waitsFor.filter((id) => !done.has(id)) }));
  const heading = sections.find(({ level }) => level === 1);
  const name = heading?.title.replace(/^tasks?\s*[:–—-]\s*/i, '');
  const input = [...new Set([sections[0], heading])].flatMap((section) => section?.text ?? []).join('\n');
  const epic = {
    title: titleOf(name || title).title,
    body: paragraphs(contextFront(documents), input, `Tasks of the feature \`${title}\`.`),
    labels: [],
  };
  return finishDraft({ format: 'Spec Kit', file, epic, segments: open, notes });
}

/** Whether a task is not waited for anyway, by one of these tasks. */
function notBehind(ids: readonly string[], waits: ReadonlyMap<string, readonly string[]>): (id: string) => boolean {
  const known = new Set(ids);
  for (const id of known) for (const earlier of waits.get(id) ?? []) known.add(earlier);
  return (id) => !known.has(id);
}

function tasksIn(section: Section, done: Set<string>, notes: Notes): readonly Task[] {
  return section.items.flatMap((item): Task[] => {
    const [, id, rest] = TASK.exec(item.text) ?? [];
    if (item.box === undefined) return [];
    if (id === undefined || rest === undefined) {
      notes.add('left out, because it has no task id', { name: item.text, line: item.line });
      return [];
    }
    const place = { name: id, line: item.line };
    if (item.box === 'done') {
      done.add(id);
      notes.add('left out, because it is ticked', place);
      return [];
    }
    const tags: string[] = [];
    let text = rest;
    for (let tag = TAG.exec(text); tag; tag = TAG.exec(text)) {
      tags.push(tag[1] ?? '');
      text = text.slice(tag[0].length);
    }
    const order = tags.includes('P') ? 'parallel' : 'in order';
    return [{ ...place, id, item, text, order, tags: tags.filter((tag) => tag !== 'P') }];
  });
}

function segmentOf(
  task: Task,
  waitsFor: readonly string[],
  phase: Section | undefined,
  section: Section,
  notes: Notes,
): DraftSegment {
  const { id, name, line, item, text, tags } = task;
  const below = itemsBelow(item);
  const boxes = below.filter(({ box }) => box !== undefined);
  for (const done of boxes.filter(({ box }) => box === 'done')) {
    notes.add('left out, because it is ticked', { name: done.text, line: done.line });
  }
  const { title, whole } = titleOf(text === '' ? id : text);
  const headings = [...new Set([phase, section])].flatMap((each) => (each && each.level > 1 ? [each.title] : []));
  const files = pathsIn(text);
  return {
    ...{ id, key: id, name, line, title, waitsFor: [...new Set(waitsFor)] },
    body: paragraphs(
      whole,
      textBelow(item, ({ box }) => box === undefined),
      [
        `Part of: ${headings.join(', ') || 'the feature'}${tags.length > 0 ? ` [${tags.join('] [')}]` : ''}`,
        ...labelledLines(phase),
        ...(section === phase ? [] : labelledLines(section)),
      ].join('\n'),
    ),
    criteria: boxes
      .filter(({ box, text: words }) => box === 'open' && words !== '')
      .map((each) => criterionOf(lineOfItem(each))),
    spec: files.length > 0 ? { files } : {},
  };
}

/** `**Goal**: …` of a phase, which its tasks need to know. A checkpoint is for people. */
const labelledLines = (section: Section | undefined): readonly string[] =>
  (section && section.level > 1 ? section.text : []).filter(
    (line) => /^\*\*[^*]{1,60}\*\*\s*:/.test(line) && !/^\*\*checkpoint/i.test(line),
  );

function noteText(section: Section, notes: Notes): void {
  const words = [...section.text, ...section.items.map(({ text }) => text)].some((line) => /[\p{L}\p{N}]/u.test(line));
  const isKept = section.level <= 1 && section.items.length === 0;
  const place = { name: section.title || 'the first lines', line: section.line };
  if (words && !isKept && labelledLines(section).length === 0)
    notes.add('has no tasks, so its text is not in the plan, and neither is what it says about order', place);
}

function dependenciesOf({ text, item }: Task): readonly string[] {
  const words = [text, textBelow(item)].join('\n');
  return [...words.matchAll(DEPENDS)].flatMap(([, list = '']) => idsIn(list));
}

/** `T003-T005, T009` are four. */
function idsIn(list: string): readonly string[] {
  const ids: string[] = [];
  for (const { 0: found, index } of list.matchAll(/T\d{1,5}[a-z]?/gi)) {
    const id = found.toUpperCase().replace(/[A-Z]$/, (letter) => letter.toLowerCase());
    const last = ids.at(-1);
    const joint = list.slice(0, index).replace(/^.*T\d+[a-z]?/is, '');
    if (last !== undefined && /^\s*(?:-|–|—|to|through)\s*$/i.test(joint)) {
      const width = id.length - 1;
      const end = Math.min(Number.parseInt(id.slice(1), 10), Number.parseInt(last.slice(1), 10) + 500);
      for (let next = Number.parseInt(last.slice(1), 10) + 1; next < end; next++)
        ids.push(`T${String(next).padStart(width, '0')}`);
    }
    ids.push(id);
  }
  return ids;
}

/** More paths than this describe the project, not a task. */
const MAX_PATHS = 8;
const PATH = /^(?:[\w.@+-]+\/)+(?:[\w@+-][\w.@+-]*\.[A-Za-z][A-Za-z0-9]{0,9}|\.[\w-]{2,30})?$/;
const ROOT_FILE =
  /^(?:package\.json|tsconfig\.json|pyproject\.toml|requirements\.txt|go\.mod|Cargo\.toml|pom\.xml|Gemfile|composer\.json|README\.md|\.gitignore|\.env\.example)$/;

/** Words that are plainly paths of files, or of directories with a slash at their end. Of documents of features, none. */
function pathsIn(text: string): readonly string[] {
  const words = text
    .split(/[\s"'<>|`]+|\]\(/)
    .map((word) => word.replace(/^[([*_]+|[)\]*_,.;:!?]+$/g, '').replace(/^\.\//, ''));
  const paths = words.filter(
    (word) =>
      (PATH.test(word) || ROOT_FILE.test(word)) &&
      !/^(?:https?:|specs\/|\.specify\/|contracts\/|\.\.\/)/.test(word) &&
      !word.includes('..'),
  );
  const globs = [...new Set(paths)].map((path) => (path.endsWith('/') ? `${path}**` : path));
  return globs.length > MAX_PATHS ? [] : globs;
}
