/**
 * The `tasks.json` of Task Master: lists of tasks, one for each tag. A task is a segment. Its subtasks are steps of the same
 * work, so they are its criteria, and their details are in its text.
 *
 * @see https://github.com/eyaltoledano/claude-task-master/blob/main/docs/task-structure.md
 */
import { z } from 'zod';
import { nearest } from '#core/text/nearest';
import { enumerate } from '#words/voice';
import {
  type DraftSegment,
  finishDraft,
  type Imported,
  MAX_TITLE_CHARS,
  Notes,
  type Place,
  paragraphs,
  refuseFile,
  refuseRepeated,
  sayUnknown,
  show,
  titleOf,
} from './draft.ts';
import { type JsonFile, readJson } from './json.ts';

const idSchema = z.union([z.number(), z.string().min(1)]).transform(String);
const prose = z
  .string()
  .nullish()
  .transform((text) => text ?? '');
const status = z
  .enum(
    ['pending', 'in-progress', 'blocked', 'review', 'done', 'completed', 'cancelled', 'deferred'],
    'expected one of the states of Task Master',
  )
  .nullish()
  .transform((value) => value ?? 'pending');
const common = {
  id: idSchema,
  title: z.string().trim().min(1, 'expected text that is not empty'),
  description: prose,
  details: prose,
  testStrategy: prose,
  status,
  dependencies: z
    .array(idSchema)
    .nullish()
    .transform((ids) => ids ?? []),
};
const subtaskSchema = z.looseObject({ ...common, acceptanceCriteria: prose });
const taskSchema = z.looseObject({
  ...common,
  priority: z.enum(['critical', 'high', 'medium', 'low'], 'expected `critical`, `high`, `medium` or `low`').nullish(),
  subtasks: z
    .array(subtaskSchema)
    .nullish()
    .transform((tasks) => tasks ?? []),
});
type Task = z.infer<typeof taskSchema>;

/** Keys that say how the list came to be, and nothing of the work. */
const BOOKKEEPING = new Set([
  'complexity',
  'recommendedSubtasks',
  'expansionPrompt',
  'complexityReasoning',
  'previousStatus',
  'updatedAt',
  'createdAt',
  'isSubtask',
  'parentId',
  'parentTask',
  'parentTaskId',
]);
const PRIORITIES = ['critical', 'high', 'medium', 'low'];

/** Whether a value of JSON is of this format: tasks, or tags with tasks. */
export const isTaskMaster = (value: unknown): boolean => tagsIn(value).length > 0;

const tagsIn = (
  value: unknown,
): readonly { readonly tag: string | undefined; readonly tasks: readonly unknown[] }[] => {
  if (value === null || typeof value !== 'object') return [];
  if ('tasks' in value && Array.isArray(value.tasks)) return [{ tag: undefined, tasks: value.tasks }];
  return Object.entries(value).flatMap(([tag, list]) =>
    list !== null && typeof list === 'object' && Array.isArray(list.tasks)
      ? [{ tag, tasks: list.tasks as unknown[] }]
      : [],
  );
};

/** @param wanted the tag; needed where several have tasks. */
export function readTaskMaster(source: string, file: string, title: string, wanted: string | undefined): Imported {
  const json = readJson(source, file);
  const { tag, tasks, path } = chooseTag(json, file, wanted);
  const notes = new Notes();
  const errors: string[] = [];
  const read = tasks.flatMap((value, index): { task: Task; line: number }[] => {
    const line = json.lineOf([...path, index]);
    const parsed = taskSchema.safeParse(value);
    if (parsed.success) return [{ task: parsed.data, line }];
    for (const issue of parsed.error.issues)
      errors.push(
        `line ${json.lineOf([...path, index, ...(issue.path as (string | number)[])])}: \`${issue.path.join('.') || 'task'}\`: ${issue.message.replace(/^Invalid input: /, '')}.`,
      );
    return [];
  });
  if (errors.length > 0) refuseFile(file, errors, 'Repair the file, or write it again with Task Master.');
  refuseRepeated(
    file,
    read.map(({ task, line }) => ({ name: task.id, line })),
  );

  const byId = new Map(read.map(({ task, line }) => [task.id, { task, line }]));
  const segments = read.flatMap(({ task, line }): DraftSegment[] => {
    const place = { name: task.id, line };
    const left = LEFT.get(task.status);
    if (left !== undefined) {
      notes.add(left, place);
      return [];
    }
    noteKeys(task, place, notes);
    if (task.status === 'in-progress' || task.status === 'review')
      notes.add('somebody may have begun this task already', place);
    return [segmentOf(task, place, byId, errors, notes)];
  });
  if (errors.length > 0) refuseFile(file, errors, 'Correct the id, or remove the dependency.');
  const metadata =
    tag === undefined
      ? undefined
      : (json.value as Record<string, { metadata?: { description?: unknown } }>)[tag]?.metadata?.description;
  const epic = {
    title: titleOf(tag === undefined || tag === 'master' ? title : tag).title,
    body: typeof metadata === 'string' ? metadata : '',
    labels: [],
  };
  return finishDraft({
    format: `Task Master${tag === undefined ? '' : `, tag ${show(tag)}`}`,
    file,
    epic,
    segments,
    notes,
  });
}

const LEFT: ReadonlyMap<string, string> = new Map([
  ['done', 'left out, because it is done'],
  ['completed', 'left out, because it is done'],
  ['cancelled', 'left out, because it is cancelled'],
  ['deferred', 'left out, because it is deferred'],
]);

function chooseTag({ value }: JsonFile, file: string, wanted: string | undefined) {
  const tags = tagsIn(value);
  const names = tags.flatMap(({ tag }) => tag ?? []);
  const full = tags.filter(({ tasks }) =>
    tasks.some((task) => !LEFT.has((task as { status?: string } | null)?.status ?? '')),
  );
  const chosen =
    wanted === undefined
      ? full.length === 1
        ? full[0]
        : tags.length === 1
          ? tags[0]
          : undefined
      : tags.find(({ tag }) => tag === wanted);
  if (chosen) return { ...chosen, path: chosen.tag === undefined ? ['tasks'] : [chosen.tag, 'tasks'] };
  const all = `It has the tags ${enumerate(names.map(show), 20)}`;
  if (wanted !== undefined) {
    const like = nearest(wanted, names);
    refuseFile(
      file,
      [`it has no tag ${show(wanted)}${like === undefined ? '.' : `; did you mean ${show(like)}?`} ${all}.`],
      'Give one of its tags with --tag.',
    );
  }
  refuseFile(
    file,
    [
      full.length === 0
        ? 'no tag in it has an open task.'
        : `several tags have open tasks. ${all}; an epic comes from one.`,
    ],
    'Choose one with --tag NAME.',
  );
}

function segmentOf(
  task: Task,
  place: Place,
  byId: ReadonlyMap<string, { task: Task; line: number }>,
  errors: string[],
  notes: Notes,
): DraftSegment {
  const open = task.subtasks.filter(({ status: state }) => !LEFT.has(state));
  const left = task.subtasks.filter(({ status: state }) => LEFT.has(state));
  const waitsFor: string[] = [];
  const outside: string[] = [];
  const wait = (dependency: string, isOfSubtask: boolean): void => {
    const id = byId.has(dependency) ? dependency : dependency.replace(/\.\d+$/, '');
    const on = byId.get(id);
    if (!on) errors.push(sayUnknown(place, dependency, [...byId.keys()]));
    else if (id === task.id) {
      if (!isOfSubtask) errors.push(`line ${place.line}: ${show(place.name)} depends on itself.`);
    } else if (on.task.status === 'deferred') {
      notes.add(`depends on the deferred task ${show(id)}, and the plan does not wait for it`, place);
      outside.push(`Depends on the deferred task ${id}: ${on.task.title}`);
    } else if (!LEFT.has(on.task.status)) waitsFor.push(id);
  };
  for (const id of task.dependencies) wait(id, false);
  const siblings = new Set(task.subtasks.map(({ id }) => id));
  for (const { dependencies } of open) for (const id of dependencies) if (!siblings.has(id)) wait(id, true);
  const { title, whole } = titleOf(task.title, MAX_TITLE_CHARS);
  const priority = task.priority ? PRIORITIES.indexOf(task.priority) : undefined;
  return {
    ...{ ...place, id: task.id, key: task.id, title, waitsFor },
    body: paragraphs(
      whole,
      task.description,
      task.details,
      task.testStrategy === '' ? '' : `## Test strategy\n\n${task.testStrategy}`,
      open.length > 0 ? `## Steps\n\n${open.map((step) => stepText(task, step)).join('\n\n')}` : '',
      left.length > 0
        ? `Not part of this task any more: ${left.map(({ id, title: words, status: state }) => `${task.id}.${id} ${words} (${state})`).join('; ')}`
        : '',
      outside.join('\n'),
    ),
    criteria: open.map(({ title: words }) => ({ text: words.replace(/\s+/g, ' ').trim() })),
    spec: priority === undefined || priority === 2 ? {} : { priority },
  };
}

function stepText(task: Task, step: z.infer<typeof subtaskSchema>): string {
  const { description, details, testStrategy, acceptanceCriteria } = step;
  return paragraphs(
    `### ${task.id}.${step.id} ${step.title}`,
    description,
    details,
    testStrategy === '' ? '' : `Test strategy: ${testStrategy}`,
    acceptanceCriteria === '' ? '' : `Accepted when:\n\n${acceptanceCriteria}`,
  );
}

function noteKeys(task: Task, place: Place, notes: Notes): void {
  const steps = task.subtasks.map((step) => [subtaskSchema, step] as const);
  for (const [schema, held] of [[taskSchema, task] as const, ...steps]) {
    for (const key of Object.keys(held)) {
      if (!Object.hasOwn(schema.shape, key) && !BOOKKEEPING.has(key))
        notes.add(`the key \`${show(key)}\` is not in the plan`, place);
    }
  }
  for (const { id, status: state } of task.subtasks.filter((step) => LEFT.has(step.status))) {
    notes.add(`no criterion, because this subtask is ${state}`, { name: `${task.id}.${id}`, line: place.line });
  }
}
