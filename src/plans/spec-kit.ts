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

export const isSpecKit = (source: string): boolean => outlineOf(source).some(hasTask);

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
  const phases = phasesIn(sections);
  let phase: Section | undefined;
  for (const section of sections) {
    if (isPhase(section, phase)) phase = section;
    const tasks = tasksIn(section, done, notes);
    noteText(section, hasTask(section) ? 'tasks' : phases.has(section) ? 'phase' : 'no tasks', notes);
    if (tasks.length === 0) continue;
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

const hasTask = ({ items }: Section): boolean => items.some(({ box, text }) => box !== undefined && TASK.test(text));

/** A heading of the second level, or the first heading of all. Deeper ones are its steps. */
const isPhase = ({ level }: Section, before: Section | undefined): boolean =>
  level > 0 && (level <= 2 || before === undefined);

/** Phases with tasks in them or in their steps. */
function phasesIn(sections: readonly Section[]): ReadonlySet<Section> {
  const found = new Set<Section>();
  let phase: Section | undefined;
  for (const section of sections) {
    if (isPhase(section, phase)) phase = section;
    if (phase && hasTask(section)) found.add(phase);
  }
  return found;
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
    if (item.box === undefined) {
      if (hasTask(section)) notes.add('left out, because it has no box', { name: item.text, line: item.line });
      return [];
    }
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
      // A scope would be a rule, and a task names only some of its files: seldom its tests. Paths in a text are only a guess.
      files.length > 0 ? `Probably in ${files.map((file) => `\`${file}\``).join(', ')}.` : '',
      textBelow(item, ({ box }) => box === undefined),
      [
        `Part of: ${headings.join(', ') || 'the feature'}${tags.length > 0 ? ` [${tags.join('] [')}]` : ''}`,
        ...labelled(phase),
        ...(section === phase ? [] : labelled(section)),
      ].join('\n'),
    ),
    criteria: boxes
      .filter(({ box, text: words }) => box === 'open' && words !== '')
      .map((each) => criterionOf(lineOfItem(each))),
  };
}

/** Paragraphs such as `**Goal**: …`, which the tasks of a phase need to know. */
const labelled = (section: Section | undefined): readonly string[] =>
  section && section.level > 1 ? paragraphsOf(section).filter((paragraph) => LABEL.test(paragraph)) : [];

const LABEL = /^\*\*[^*\n]{1,60}\*\*\s*:|^\*\*[^*\n]{1,60}:\*\*/;
const paragraphsOf = ({ text }: Section): readonly string[] =>
  text
    .join('\n')
    .split(/\n\s*\n/)
    .map((part) => part.trim());
const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** Says which text is not in the plan. The text of the first heading is that of the epic. */
function noteText(section: Section, holds: 'tasks' | 'phase' | 'no tasks', notes: Notes): void {
  const place = { name: section.title || 'the first lines', line: section.line };
  const text = section.level > 1 ? paragraphsOf(section).filter(hasWords) : [];
  const rest = holds === 'no tasks' ? text : text.filter((paragraph) => !LABEL.test(paragraph));
  if (holds !== 'no tasks' && rest.length > 0) notes.add('has text beside its tasks that is not in the plan', place);
  if (holds === 'no tasks' && (section.items.length > 0 || rest.length > 0)) {
    notes.add('has no tasks, so its text is not in the plan, and neither is what it says about order', place);
  }
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
  const found = [...new Set(paths)];
  return found.length > MAX_PATHS ? [] : found;
}
