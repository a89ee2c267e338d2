/**
 * The import: task lists become sub-issues, and dependencies in texts become "blocked by" links (SPEC R1.4). Texts stay as they
 * are. A link that is said twice counts once, so nothing about the plan changes.
 *
 * A confirmed import is in the journal until it is done. The first sub-issue makes all others of a task list invisible, because
 * an epic has one source of segments, so what is left to do cannot be read from GitHub again.
 */
import type { IssueNumber, IssueRef, Source } from '#core/model/epic';
import type { Import, Importable, ImportLink, Left } from '#core/model/journal/import';
import { actKeys } from '#core/model/journal-lenses';
import { speakerOf } from '#core/model/people';
import type { Plan, Wait } from '#core/model/plan';
import type { Issue, Request, Snapshot } from '#core/model/snapshot';
import { refText } from '#core/text/markdown';
import { readTaskList } from '#core/text/spec';
import type { Draft } from '../draft.ts';

/** @see https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/adding-sub-issues */
const MAX_SUB_ISSUES = 100;

/** What the texts say and GitHub's own links do not. */
export function importableIn(plan: Plan, snapshot: Snapshot): Importable {
  const tasks = plan.source === 'task list' ? tasksIn(snapshot) : { children: [], left: [] };
  const links = new Map<string, ImportLink>();
  const left = new Map<string, Left>();
  for (const [number, { waits }] of Object.entries(plan.readings)) {
    for (const wait of waits) {
      const { from, source } = statedBy(Number(number) as IssueNumber, wait);
      const issue = issueIn(snapshot, from);
      if (issue?.state !== 'open' || isLinked(issue, wait.on)) continue;
      const key = `${from} ${refText(wait.on)}`;
      const why = whyLeft(snapshot, wait.on);
      const said = { from, ...(source ? { source } : {}) };
      if (why) left.set(key, { kind: 'link', ...said, on: wait.on, why });
      else if (!links.has(key)) links.set(key, { ...said, on: wait.on.number });
    }
  }
  return { children: tasks.children, links: [...links.values()], left: [...tasks.left, ...left.values()] };
}

/** The issue that states a dependency, and where. A group's is one of each of its segments. */
const statedBy = (segment: IssueNumber, { source }: Wait): { readonly from: IssueNumber; readonly source?: Source } =>
  source.kind === 'group' ? { from: source.group } : { from: segment, source };

/** All of a task list, or nothing: what does not become a sub-issue would not be in the epic any more. */
function tasksIn(snapshot: Snapshot): Pick<Importable, 'children' | 'left'> {
  const { epic, issues, repository } = snapshot;
  const items = readTaskList(epic.body, repository).filter(({ number }) => number !== epic.number);
  const left = items.flatMap(({ number, line }): readonly Left[] => {
    const issue = issues.find((each) => each.number === number);
    const why = !issue ? 'no issue' : issue.parent !== undefined ? 'other parent' : undefined;
    return why ? [{ kind: 'task', issue: number, line, why }] : [];
  });
  const blocked = new Set(left.map((each) => (each.kind === 'task' ? each.issue : undefined)));
  const isTooMany = items.length > MAX_SUB_ISSUES;
  if (left.length === 0 && !isTooMany) {
    return { children: items.map(({ number, line }) => ({ issue: number, line })), left };
  }
  const why = isTooMany ? 'too many' : 'others';
  const others = items.filter(({ number }) => !blocked.has(number));
  return {
    children: [],
    left: [...left, ...others.map(({ number, line }): Left => ({ kind: 'task', issue: number, line, why }))],
  };
}

const issueIn = ({ epic, issues }: Snapshot, number: IssueNumber): Issue | undefined =>
  number === epic.number ? epic : issues.find((each) => each.number === number);

const isLinked = ({ blockedBy }: Issue, on: IssueRef): boolean =>
  blockedBy.some((each) => refText(each).toLowerCase() === refText(on).toLowerCase());

function whyLeft(snapshot: Snapshot, on: IssueRef): Extract<Left, { readonly kind: 'link' }>['why'] | undefined {
  if (on.repository) return 'another repository';
  if (issueIn(snapshot, on.number)) return undefined;
  const other = snapshot.others.find(({ ref }) => !ref.repository && ref.number === on.number);
  return other?.kind === 'issue' ? undefined : other?.kind === 'pull request' ? 'pull request' : 'no issue';
}

/** A person says that it is to be done. */
export function confirmImport(draft: Draft, { children, links }: Importable, { id, by }: Request): void {
  const confirmed: Import = {
    request: id,
    at: draft.now,
    ...speakerOf(by),
    children: children.map(({ issue }) => issue),
    links: links.map(({ from, on }) => ({ from, on })),
    refused: {},
  };
  draft.journal = { ...draft.journal, import: confirmed };
}

/** Does what is left of a confirmed import. @returns false if there is none. */
export function doImport(draft: Draft): boolean {
  const found = draft.journal.import;
  if (!found) return false;
  const acts = actsOf(found);
  const refused = { ...found.refused };
  for (const { key } of acts) {
    const performed = draft.snapshot.performed[key];
    if (performed?.kind === 'refused') refused[key] = performed.message.slice(0, MAX_REFUSAL_CHARS);
  }
  draft.journal = { ...draft.journal, import: { ...found, refused } };
  // An issue can be deleted in the meantime.
  const isOver = draft.now - found.at >= MOST_MS;
  const open = acts.filter((act) => !isOver && refused[act.key] === undefined && !isThere(draft.snapshot, act));
  const children = open.filter(({ on }) => on === undefined);
  // An issue that is in no list of GitHub's shows only once it is a sub-issue.
  for (const act of children.length > 0 ? children : open) perform(draft, act);
  if (open.length > 0) draft.lookAgain(LOOK_MS);
  else finish(draft, { ...found, refused });
  return true;
}

const LOOK_MS = 5_000;
/** After that, an import ends with what is there. GitHub shows an issue, and what was done, long before. */
const MOST_MS = 10 * 60_000;
const MAX_REFUSAL_CHARS = 300;

/** Without `on`: it becomes a sub-issue. */
interface ImportAct {
  readonly key: string;
  readonly from: IssueNumber;
  readonly on?: IssueNumber;
}

const actsOf = ({ children, links }: Import): readonly ImportAct[] => [
  ...children.map((from) => ({ key: actKeys.importChild(from), from })),
  ...links.map(({ from, on }) => ({ key: actKeys.importLink(from, on), from, on })),
];

function isThere(snapshot: Snapshot, { from, on }: ImportAct): boolean {
  const issue = issueIn(snapshot, from);
  return on === undefined
    ? issue?.parent === snapshot.epic.number
    : issue !== undefined && isLinked(issue, { number: on });
}

/** Not twice, if GitHub has said that it is done and does not show it yet. */
function perform(draft: Draft, { key, from, on }: ImportAct): void {
  const { epic, performed } = draft.snapshot;
  if (performed[key]?.kind === 'done') return;
  const issue = issueIn(draft.snapshot, from);
  if (on === undefined) {
    const known = issue ? { issueId: issue.id } : {};
    const reason = { kind: 'imported', from } as const;
    draft.decide({ kind: 'add sub-issue', key, issue: from, ...known, parentId: epic.id, reason });
    return;
  }
  const blocker = issueIn(draft.snapshot, on);
  const known = { ...(issue ? { issueId: issue.id } : {}), ...(blocker ? { blockerId: blocker.id } : {}) };
  const reason = { kind: 'imported', from, on } as const;
  draft.decide({ kind: 'add blocker', key, issue: from, blocker: on, ...known, reason });
}

/** The answer comes last: until it is there, the import is not over. */
function finish(draft: Draft, found: Import): void {
  const { snapshot } = draft;
  const done = actsOf(found).filter((act) => isThere(snapshot, act));
  const refused = actsOf(found).filter((act) => !isThere(snapshot, act));
  const said = draft.once({
    kind: 'say',
    key: `imported:${found.request}`,
    on: snapshot.epic.number,
    notice: {
      kind: 'imported',
      by: found.by,
      children: done.flatMap(({ from, on }) => (on === undefined ? [from] : [])),
      links: done.flatMap(({ from, on }) => (on === undefined ? [] : [{ from, on }])),
      refused: refused.map(({ key, from, on }) => ({
        from,
        ...(on === undefined ? {} : { on }),
        says: found.refused[key] ?? '',
      })),
    },
    reason: { kind: 'asked', by: found.by },
  });
  if (said === 'under way') return;
  const { import: _, ...rest } = draft.journal;
  draft.journal = rest;
}
