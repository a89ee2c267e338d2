/**
 * A plan → Beads. What Beads has no field for is in the metadata of an issue, which Beads keeps as it is, so that an import
 * finds it again. In a file that is there already, only the outcome changes.
 */
import { slugOf } from '#core/text/branch-name';
import { COMMIT_TYPES, minutesText, placeOf, readBeadsLines } from './beads-issue.ts';
import { type Note, Notes } from './draft.ts';
import type { Outcome } from './outcome.ts';
import type { PlanFile, PlannedSegment } from './plan-file.ts';

export interface Exported {
  readonly text: string;
  readonly notes: readonly Note[];
}

export interface BeadsExport {
  readonly plan: PlanFile;
  readonly outcome: Outcome | undefined;
  /** The file that the plan came from. */
  readonly into: { readonly source: string; readonly file: string } | undefined;
  /** When issues are closed and updated, as in `2026-12-01T10:00:00Z`. */
  readonly now: string;
}

/** JSONL. Throws a `Fault` if the file to write into cannot be read. */
export function writeBeads({ plan, outcome, into, now }: BeadsExport): Exported {
  const notes = new Notes();
  if (Object.keys(plan.rejections).length > 0)
    notes.add('`reviewer` is not in the file, because Beads has nothing like it');
  const lines = into ? readBeadsLines(into.source, into.file) : [];
  const there = new Map(lines.flatMap((line) => (line.issue ? [[line.issue.id, line] as const] : [])));
  const titles = new Map([...there].map(([id, { issue }]) => [id, issue?.title]));
  const ids = idsFor(plan, titles);
  const closing = closingOf(plan, outcome, ids, now);
  const kept = into?.source.split('\n') ?? [];
  for (const line of lines) {
    const change = line.issue && closing.get(line.issue.id);
    if (!line.issue || !change || line.issue.status === 'closed') continue;
    notes.add('closed', placeOf(line));
    const end = kept[line.line - 1]?.endsWith('\r') ? '\r' : '';
    kept[line.line - 1] = `${JSON.stringify({ ...line.record, ...change })}${end}`;
  }
  const added = [epicRecord(plan, ids), ...plan.segments.map((segment) => segmentRecord(segment, ids))]
    .filter(({ id }) => !there.has(id))
    .map((record) => JSON.stringify({ ...record, ...closing.get(record.id) }));
  if (into && added.length > 0) notes.add(`${added.length} new at the end of the file`);
  const before = kept.join('\n');
  const gap = before === '' || before.endsWith('\n') || added.length === 0 ? '' : '\n';
  return { text: `${before}${gap}${added.map((line) => `${line}\n`).join('')}`, notes: notes.list() };
}

interface Ids {
  readonly epic: string;
  /** By name. */
  readonly segments: ReadonlyMap<string, string>;
}

/**
 * Ids for what has none. An issue that an earlier export added is found again by its id and title.
 *
 * @param there the issues of the file, with their titles.
 */
function idsFor(plan: PlanFile, there: ReadonlyMap<string, string | undefined>): Ids {
  const taken = new Set([plan.epic, ...plan.segments].flatMap(({ from }) => from ?? []));
  const prefix =
    [plan.epic, ...plan.segments]
      .map(({ from }) => PREFIXED.exec(from ?? '')?.[1])
      .find((found) => found !== undefined) ?? 'swarm';
  const free = (wanted: string, title: string): string => {
    const isFree = (id: string): boolean => !taken.has(id) && (!there.has(id) || there.get(id) === title);
    let id = `${prefix}-${wanted}`;
    for (let number = 2; !isFree(id); number++) id = `${prefix}-${wanted}-${number}`;
    taken.add(id);
    return id;
  };
  const segments = new Map(plan.segments.map(({ name, from, title }) => [name, from ?? free(name, title)]));
  return { epic: plan.epic.from ?? free(slugOf(plan.epic.title) || 'epic', plan.epic.title), segments };
}

/** The prefix of an id such as `bd-a3f.1`. */
const PREFIXED = /^([A-Za-z][\w-]*?)-[a-z0-9.]+$/;

/** What changes in the records of issues that are done. */
function closingOf({ segments }: PlanFile, outcome: Outcome | undefined, ids: Ids, now: string) {
  const closing = new Map<string, Readonly<Record<string, string>>>();
  const close = (id: string | undefined, reason: string): void => {
    if (id !== undefined) closing.set(id, { status: 'closed', updated_at: now, closed_at: now, close_reason: reason });
  };
  for (const { name } of segments) {
    const reason = outcome?.segments.get(name)?.closed;
    if (reason !== undefined) close(ids.segments.get(name), reason);
  }
  if (outcome?.epic === 'closed') close(ids.epic, 'Accepted in Swarm');
  return closing;
}

type IssueRecord = Readonly<Record<string, unknown>> & { readonly id: string };

const epicRecord = ({ epic }: PlanFile, ids: Ids): IssueRecord => ({
  id: ids.epic,
  title: epic.title,
  ...(epic.body === '' ? {} : { description: epic.body }),
  status: 'open',
  // Zero would be read if it were left out.
  priority: 2,
  issue_type: 'epic',
  ...(epic.labels.length > 0 ? { labels: epic.labels } : {}),
});

function segmentRecord(segment: PlannedSegment, ids: Ids): IssueRecord {
  const { name, title, body, criteria, labels, blockedBy, conflictsWith } = segment;
  const id = ids.segments.get(name) ?? name;
  const { slug, type, worker, priority, estimate, ...others } = segment.spec;
  const idsOf = (names: readonly string[]): string[] => names.flatMap((each) => ids.segments.get(each) ?? []);
  const isSpike = worker === 'research' && type === undefined;
  const kind = isSpike ? 'spike' : type === undefined ? 'task' : KINDS.get(String(type));
  const minutes = typeof estimate === 'string' ? minutesIn(estimate) : undefined;
  const swarm = {
    ...(name === slugOf(title) ? {} : { name }),
    ...(slug === name || slug === undefined ? {} : { slug }),
    ...(kind === undefined ? { type } : {}),
    ...(worker === undefined || isSpike ? {} : { worker }),
    ...(estimate === undefined || (minutes !== undefined && minutesText(minutes) === estimate) ? {} : { estimate }),
    ...others,
    ...(conflictsWith.length > 0 ? { 'conflicts-with': idsOf(conflictsWith) } : {}),
  };
  const depends = [
    { issue_id: id, depends_on_id: ids.epic, type: 'parent-child' },
    ...idsOf(blockedBy).map((on) => ({ issue_id: id, depends_on_id: on, type: 'blocks' })),
  ];
  return {
    id,
    title,
    ...(body === '' ? {} : { description: body }),
    ...(criteria.length === 0
      ? {}
      : {
          acceptance_criteria: criteria
            .map(({ id: own, text }) => `- ${own === undefined ? '' : `${own}: `}${text}`)
            .join('\n'),
        }),
    status: 'open',
    priority: typeof priority === 'number' ? Math.min(Math.max(priority, 0), 4) : 2,
    issue_type: kind ?? 'task',
    ...(minutes === undefined ? {} : { estimated_minutes: minutes }),
    ...(labels.length > 0 ? { labels } : {}),
    dependencies: depends,
    ...(Object.keys(swarm).length > 0 ? { metadata: { swarm } } : {}),
  };
}

const KINDS: ReadonlyMap<string, string> = new Map([...COMMIT_TYPES].map(([kind, type]) => [type, kind]));

/** `20m`, `2h`, `1h30m`. */
function minutesIn(estimate: string): number | undefined {
  const [, hours = '0', minutes = '0'] = /^(?:(\d{1,3})h)?\s?(?:(\d{1,5})m)?$/.exec(estimate) ?? [];
  const sum = Number(hours) * 60 + Number(minutes);
  return sum > 0 ? sum : undefined;
}
