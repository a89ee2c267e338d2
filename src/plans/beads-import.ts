/**
 * Beads → a plan. The open issues below an epic are its segments. A group below it is not a segment: to wait for a group
 * is to wait for all issues in it.
 */
import { z } from 'zod';
import { enumerate } from '#words/voice';
import {
  type BeadsIssue,
  type BeadsLine,
  BLOCKING,
  COMMIT_TYPES,
  minutesText,
  placeOf,
  readBeadsLines,
} from './beads-issue.ts';
import {
  criterionOf,
  type DraftSegment,
  finishDraft,
  type Imported,
  MAX_TITLE_CHARS,
  Notes,
  type Place,
  paragraphs,
  refuseFile,
  sayUnknown,
  show,
  titleOf,
} from './draft.ts';
import { itemsBelow, lineOfItem, outlineOf } from './outline.ts';
import { type PlannedSegment, segmentSchema } from './plan-file.ts';

type Issue = BeadsLine & { readonly issue: BeadsIssue };

/** Issues that are not work for an agent. */
const NO_WORK: ReadonlyMap<string, string> = new Map([
  ['message', 'left out, because it is a message'],
  ['molecule', 'left out, because it belongs to the machinery of Beads'],
  ['gate', 'left out, because it belongs to the machinery of Beads'],
  ['event', 'left out, because it belongs to the machinery of Beads'],
  ['agent', 'left out, because it belongs to the machinery of Beads'],
  ['role', 'left out, because it belongs to the machinery of Beads'],
  ['rig', 'left out, because it belongs to the machinery of Beads'],
  ['convoy', 'left out, because it belongs to the machinery of Beads'],
  ['milestone', 'left out, because a milestone has no work of its own'],
]);

/** Fields that the plan holds, or that only say when and by whom a record was written. */
const READ = new Set([
  ...[
    '_type',
    'id',
    'title',
    'description',
    'design',
    'acceptance_criteria',
    'notes',
    'status',
    'priority',
    'issue_type',
  ],
  ...[
    'estimated_minutes',
    'labels',
    'dependencies',
    'metadata',
    'parent',
    'dependency_count',
    'dependent_count',
    'comment_count',
  ],
  ...[
    'created_at',
    'created_by',
    'updated_at',
    'started_at',
    'closed_at',
    'close_reason',
    'closed_by_session',
    'content_hash',
  ],
  ...['ephemeral', 'wisp', 'pinned', 'is_template', 'compaction_level', 'original_size', 'source_repo'],
]);

/** @param wanted the epic's id; needed where several are open. */
export function readBeads(source: string, file: string, title: string, wanted: string | undefined): Imported {
  const notes = new Notes();
  const lines = readBeadsLines(source, file);
  for (const line of lines) {
    if (line.kind === 'memory') notes.add('left out, because it is a memory and no issue', placeOf(line));
    else if (line.kind === 'deleted')
      notes.add('left out, because it was deleted', { name: String(line.record.id ?? 'an issue'), line: line.line });
  }
  const issues = new Map(lines.flatMap((line) => (line.issue ? [[line.issue.id, line as Issue] as const] : [])));
  const tree = treeOf(issues);
  const epic = chooseEpic(file, issues, tree, wanted);
  /** Open issues without open ones below them. */
  const leaves = [...issues.values()].filter((line) => {
    const { id } = line.issue;
    if (line === epic && (tree.below.get(id) ?? []).some((child) => isOpen(child))) return false;
    if (epic && !isBelow(line, epic, tree)) {
      if (whyLeft(line) === undefined)
        notes.add(`left out, because it is not below ${show(epic.issue.id)}`, placeOf(line));
      return false;
    }
    const why = whyLeft(line);
    if (why !== undefined) {
      notes.add(why, placeOf(line));
      return false;
    }
    const open = (tree.below.get(id) ?? []).filter(isOpen);
    if (open.length > 0)
      notes.add('a group: the issues below it are segments, and its own text is not in the plan', placeOf(line));
    else if (line.issue.issue_type === 'epic' && line !== epic)
      notes.add('an epic without open issues below it, so it is a segment', placeOf(line));
    return open.length === 0;
  });
  const known = new Map<Issue, readonly Issue[]>();
  const leavesBelow = (group: Issue): readonly Issue[] => {
    const found = known.get(group) ?? leaves.filter((leaf) => isBelow(leaf, group, tree));
    known.set(group, found);
    return found;
  };
  const context: Context = { issues, tree, notes, errors: [], leaves: new Set(leaves), leavesBelow, epic };
  const segments = leaves.map((line) => segmentOf(line, context));
  if (epic) noteEpic(epic, context);
  if (context.errors.length > 0) refuseFile(file, context.errors, 'Correct the dependency, or remove it.');
  const asEpic = epic && !context.leaves.has(epic) ? epic.issue : undefined;
  const head = titleOf(asEpic?.title ?? epic?.issue.title ?? title, MAX_TITLE_CHARS);
  return finishDraft({
    format: 'Beads',
    file,
    epic: {
      title: head.title,
      body: asEpic ? paragraphs(head.whole, textOf(asEpic)) : '',
      labels: asEpic?.labels ?? [],
      ...(asEpic ? { from: asEpic.id } : {}),
    },
    segments,
    notes,
  });
}

interface Tree {
  readonly parent: ReadonlyMap<string, string>;
  readonly below: ReadonlyMap<string, readonly Issue[]>;
}

interface Context {
  readonly issues: ReadonlyMap<string, Issue>;
  readonly tree: Tree;
  readonly notes: Notes;
  readonly errors: string[];
  readonly leaves: ReadonlySet<Issue>;
  readonly leavesBelow: (group: Issue) => readonly Issue[];
  readonly epic: Issue | undefined;
}

const isOpen = (line: Issue): boolean => whyLeft(line) === undefined;

function whyLeft({ issue, record }: Issue): string | undefined {
  if (issue.status === 'closed') return 'left out, because it is closed';
  if (issue.status === 'deferred') return 'left out, because it is deferred';
  if (issue.status === 'pinned' || record.pinned === true) return 'left out, because it is pinned and stays open';
  if (record.ephemeral === true || record.wisp === true) return 'left out, because it is ephemeral';
  if (record.is_template === true) return 'left out, because it is a template';
  return NO_WORK.get(issue.issue_type);
}

function treeOf(issues: ReadonlyMap<string, Issue>): Tree {
  const parent = new Map<string, string>();
  const below = new Map<string, Issue[]>();
  for (const line of issues.values()) {
    const link = line.issue.dependencies.find(({ type }) => type === 'parent-child')?.depends_on_id;
    // Older files name the parent in the record alone.
    const above = link ?? (typeof line.record.parent === 'string' ? line.record.parent : undefined);
    if (above === undefined || !issues.has(above) || above === line.issue.id) continue;
    parent.set(line.issue.id, above);
    below.set(above, [...(below.get(above) ?? []), line]);
  }
  return { parent, below };
}

function isBelow({ issue }: Issue, top: Issue, { parent }: Tree): boolean {
  const seen = new Set<string>();
  for (let id: string | undefined = issue.id; id !== undefined && !seen.has(id); id = parent.get(id)) {
    if (id === top.issue.id) return true;
    seen.add(id);
  }
  return false;
}

/** The epic; undefined if no open issue has others below it, so that the whole file is one. */
function chooseEpic(
  file: string,
  issues: ReadonlyMap<string, Issue>,
  { parent, below }: Tree,
  wanted: string | undefined,
): Issue | undefined {
  const tops = [...issues.values()].filter(
    (line) => isOpen(line) && !parent.has(line.issue.id) && (below.get(line.issue.id) ?? []).some(isOpen),
  );
  const list = enumerate(tops, 20, ({ issue }) => `${show(issue.id)} (${show(issue.title)})`);
  if (wanted !== undefined) {
    const chosen = issues.get(wanted);
    if (!chosen)
      refuseFile(
        file,
        [`it has no issue ${show(wanted)}.${tops.length > 0 ? ` Its open epics are ${list}.` : ''}`],
        'Give the id of an epic in it with --epic.',
      );
    const why = whyLeft(chosen);
    if (why !== undefined)
      refuseFile(
        file,
        [`line ${chosen.line}: ${show(wanted)} would be ${why}.`],
        'Give the id of an open epic with --epic.',
      );
    return chosen;
  }
  if (tops.length > 1) refuseFile(file, [`it has several open epics: ${list}.`], 'Choose one with --epic ID.');
  return tops[0];
}

function segmentOf(line: Issue, context: Context): DraftSegment {
  const { issue } = line;
  const { notes } = context;
  const place = placeOf(line);
  const { waitsFor, said } = dependenciesOf(line, context);
  const { title, whole } = titleOf(issue.title, MAX_TITLE_CHARS);
  const carried = carriedOf(issue, line, notes);
  if (title !== issue.title) notes.add('the title was shortened or its spaces changed', place);
  if (issue.status === 'in_progress' || issue.status === 'hooked')
    notes.add('somebody may have begun this issue already', place);
  noteFields(line, notes);
  const parts = partsOf(issue.acceptance_criteria, place, notes);
  return {
    ...{ ...place, id: issue.id, key: issue.id, title, waitsFor },
    body: paragraphs(
      whole,
      textOf(issue),
      parts.prose === '' ? '' : `## About the criteria\n\n${parts.prose}`,
      said.join('\n'),
    ),
    criteria: parts.criteria,
    labels: issue.labels,
    spec: specOf(issue, carried, place, notes),
    ...(carried.name === undefined ? {} : { wantedName: carried.name }),
    conflictsWith: (carried['conflicts-with'] ?? []).filter((other) => {
      const conflicting = context.issues.get(other);
      return conflicting !== undefined && context.leaves.has(conflicting);
    }),
  };
}

const textOf = ({ description, design, notes }: BeadsIssue): string =>
  paragraphs(description, design === '' ? '' : `## Design\n\n${design}`, notes === '' ? '' : `## Notes\n\n${notes}`);

/** Ids of segments, and lines about all other links. */
function dependenciesOf(
  line: Issue,
  context: Context,
): { readonly waitsFor: readonly string[]; readonly said: readonly string[] } {
  const place = placeOf(line);
  const waitsFor: string[] = [];
  const said: string[] = [];
  // What a group above it waits for, it waits for, too.
  for (const from of [line, ...groupsAbove(line, context)]) {
    for (const { type, depends_on_id: id } of from.issue.dependencies) {
      if (type === 'parent-child') {
        if (!context.issues.has(id)) context.notes.add(`its parent ${show(id)} is not in the file`, place);
        continue;
      }
      const on = context.issues.get(id);
      if (!BLOCKING.has(type)) {
        if (from !== line) continue;
        said.push(`${sentence(type)}: ${id}${on ? ` ${on.issue.title}` : ''}`);
        context.notes.add(`the link \`${show(type)}\` holds nothing back, and is a line of the text`, place);
      } else if (!on && id.startsWith('external:')) {
        said.push(`Blocked by ${id}, outside of this plan.`);
        context.notes.add(`is blocked by ${show(id)} of another project, and the plan does not wait for it`, place);
      } else if (!on) context.errors.push(sayUnknown(placeOf(from), id, [...context.issues.keys()]));
      else waitsFor.push(...blockersIn(on, from, line, type, context, said));
    }
  }
  return { waitsFor: [...new Set(waitsFor)], said };
}

function blockersIn(
  on: Issue,
  from: Issue,
  line: Issue,
  type: string,
  context: Context,
  said: string[],
): readonly string[] {
  const { id, status } = on.issue;
  const place = placeOf(line);
  if (status === 'closed') return [];
  if (type === 'conditional-blocks') {
    said.push(`Is only needed if ${id} fails: ${on.issue.title}`);
    context.notes.add('is only to be done if another issue fails, which a plan cannot say', place);
    return [];
  }
  if (type === 'waits-for') context.notes.add('`waits-for` was taken as `blocks`', place);
  const inside = context.leavesBelow(on);
  if (inside.includes(line)) {
    if (on === line) context.errors.push(`line ${from.line}: ${show(from.issue.id)} depends on itself.`);
    else context.notes.add(`is blocked by ${show(id)}, which it is part of, and the plan does not wait for it`, place);
    return [];
  }
  if (inside.length === 0) {
    said.push(`Blocked by ${id}, outside of this plan: ${on.issue.title}`);
    context.notes.add(`is blocked by ${show(id)}, which is not in the plan, so the plan does not wait for it`, place);
  }
  return inside.map(({ issue }) => issue.id);
}

function groupsAbove(line: Issue, { issues, tree, epic }: Context): readonly Issue[] {
  const groups: Issue[] = [];
  for (let id = tree.parent.get(line.issue.id); id !== undefined; id = tree.parent.get(id)) {
    const group = issues.get(id);
    if (!group || group === epic || groups.includes(group)) break;
    groups.push(group);
  }
  return groups;
}

const sentence = (type: string): string => type.charAt(0).toUpperCase() + type.slice(1).replaceAll('-', ' ');

/** What is said of the epic and not held by the plan. */
function noteEpic(epic: Issue, { notes, issues, leaves }: Context): void {
  if (leaves.has(epic)) return;
  const place = placeOf(epic);
  noteFields(epic, notes);
  if ((epic.issue.priority ?? 2) !== 2) notes.add('the priority of the epic is not in the plan', place);
  if (epic.issue.acceptance_criteria !== '') notes.add('the criteria of the epic are not in the plan', place);
  for (const { type, depends_on_id: id } of epic.issue.dependencies) {
    if (type !== 'parent-child' && issues.get(id)?.issue.status !== 'closed')
      notes.add(`the epic's link \`${show(type)}\` to ${show(id)} is not in the plan`, place);
  }
}

function noteFields(line: Issue, notes: Notes): void {
  const { record } = line;
  for (const [field, value] of Object.entries(record)) {
    if (READ.has(field) || value === null || value === '' || (Array.isArray(value) && value.length === 0)) continue;
    notes.add(`the field \`${show(field)}\` is not in the plan`, placeOf(line));
  }
}

/** What `swarm export` put into the metadata, because Beads has no field for it. */
const carriedSchema = segmentSchema
  .pick({
    type: true,
    files: true,
    slug: true,
    scope: true,
    worker: true,
    persona: true,
    model: true,
    effort: true,
    agent: true,
    skills: true,
  })
  .extend(
    segmentSchema.pick({
      estimate: true,
      tdd: true,
      review: true,
      context: true,
      'conflicts-with': true,
      parallel: true,
      attempts: true,
    }).shape,
  )
  .partial()
  .extend({ name: z.string().optional() });
type Carried = z.infer<typeof carriedSchema>;

function carriedOf({ metadata }: BeadsIssue, line: BeadsLine, notes: Notes): Carried {
  if (metadata === null || typeof metadata !== 'object') return {};
  const { swarm, ...others } = metadata as Record<string, unknown>;
  if (Object.keys(others).length > 0) notes.add('the metadata of other tools is not in the plan', placeOf(line));
  if (swarm === undefined) return {};
  const read = carriedSchema.safeParse(swarm);
  if (read.success) return read.data;
  notes.add('`metadata.swarm` is not as `swarm export` writes it, and is not in the plan', placeOf(line));
  return {};
}

function specOf(issue: BeadsIssue, carried: Carried, place: Place, notes: Notes): PlannedSegment['spec'] {
  const { name: _, 'conflicts-with': __, ...kept } = carried;
  const { priority, estimated_minutes: minutes, issue_type: kind } = issue;
  if (priority === 4) notes.add('its priority 4 is 3 in the plan, the lowest', place);
  const type = COMMIT_TYPES.get(kind);
  if (type === undefined && !['task', 'spike', 'epic'].includes(kind))
    notes.add(`the type \`${show(kind)}\` is not in the plan`, place);
  const level = Math.min(priority ?? 2, 3);
  const spec: Record<string, string | number | boolean | readonly string[]> = {};
  if (type !== undefined) spec.type = type;
  if (kind === 'spike') spec.worker = 'research';
  if (level !== 2) spec.priority = level;
  if (minutes) spec.estimate = minutesText(minutes);
  for (const [key, value] of Object.entries(kept)) if (value !== undefined) spec[key] = value;
  return spec;
}

/** The items of a text are criteria. Without items, its lines are. */
function partsOf(
  text: string,
  place: Place,
  notes: Notes,
): { readonly criteria: DraftSegment['criteria'] & {}; readonly prose: string } {
  const sections = outlineOf(text);
  const items = sections.flatMap(({ items: found }) => found);
  if (items.length === 0) {
    return {
      criteria: text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(criterionOf),
      prose: '',
    };
  }
  if (items.some((item) => item.box === 'done' || itemsBelow(item).some(({ box }) => box === 'done')))
    notes.add('criteria that are ticked are open in the plan', place);
  const prose = sections.flatMap(({ level, title, text: lines }) => [level > 0 ? title : '', ...lines]).join('\n');
  return {
    criteria: items.filter((item) => item.text !== '').map((item) => criterionOf(lineOfItem(item))),
    prose: prose.trim(),
  };
}
