/**
 * Finds the issues that are the epic's segments, and the groups of them (SPEC R1.1, R1.2).
 */
import type { Config } from '#core/model/config';
import type { IssueNumber, RepositoryName, Source } from '#core/model/epic';
import type { Plan } from '#core/model/plan';
import type { Diagnostic, Place } from '#core/model/problem';
import type { Issue, OtherIssue } from '#core/model/snapshot';
import { refText } from '#core/text/markdown';
import { readTasks } from '#core/text/spec';

export interface Tree {
  readonly source: Plan['source'];
  /** The epic and everything below it, by number. */
  readonly issues: ReadonlyMap<IssueNumber, Issue>;
  /** Sorted by number. */
  readonly leaves: readonly Issue[];
  /** The numbers of the leaves that are open. */
  readonly open: ReadonlySet<IssueNumber>;
  /** The leaves of each group, sorted. The epic is a group, too. */
  readonly groups: ReadonlyMap<IssueNumber, readonly IssueNumber[]>;
  readonly own: RepositoryName | undefined;
  /** The reason why an issue is in the epic, by number. The epic itself has none. */
  readonly from: ReadonlyMap<IssueNumber, Source>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The segments are the leaves below the epic. Without sub-issues, they are the issues that its task list names. Without these,
 * the epic is its own segment. Issues that Swarm created do not count for this choice: a fix must not change what the epic
 * consists of.
 */
export function readTree(
  epic: Issue,
  below: readonly Issue[],
  others: readonly OtherIssue[],
  made: (issue: Issue) => boolean,
  limits: Config['limits'],
): Tree {
  const issues = new Map([...below].sort((a, b) => a.number - b.number).map((issue) => [issue.number, issue]));
  issues.set(epic.number, epic);
  const own = repositoryIn(epic.url);
  const found: Diagnostic[] = [];
  const kinds = new Map(others.filter(({ ref }) => !ref.repository).map(({ ref, kind }) => [ref.number, kind]));
  const children = childrenOf(issues);
  const direct = children.get(epic.number) ?? [];
  const ofSwarm = [...issues.values()].filter(made);
  const isMade = new Set(ofSwarm.map((issue) => issue.number));
  const given = direct.filter((number) => !isMade.has(number));
  const tasks = given.length > 0 ? undefined : readTasks(epic.body, own);
  const listed = (tasks?.items ?? []).filter((item) => item.number !== epic.number);
  const source = given.length > 0 ? 'sub-issues' : listed.length > 0 ? 'task list' : 'the epic itself';
  for (const { ref, line } of tasks?.elsewhere ?? []) {
    error({
      kind: 'SPEC_VALUE',
      at: { issue: epic.number, line },
      key: 'task list',
      value: refText(ref),
      expected: { kind: 'issues of this repository' },
    });
  }
  for (const { number: line, text, why } of tasks?.unread ?? []) {
    // Beside tasks that are read, this one would be left out. Alone, it may be a mention.
    const isLeftOut = source === 'task list' && (why === 'unclear' || why === 'dependency unclear');
    const level = isLeftOut || why === 'broken box' ? 'error' : 'warning';
    found.push({ level, problem: { kind: 'TASK_UNREAD', at: { issue: epic.number, line }, text, why } });
  }

  const leaves = new Map<IssueNumber, Issue>();
  const seen = new Set<IssueNumber>([epic.number]);
  const from = new Map<IssueNumber, Source>();
  const roots: { readonly number: IssueNumber; readonly at: Place; readonly source: Source }[] = [
    ...given.map((number) => ({ number, at: { issue: epic.number }, source: subIssueOf(epic.number) })),
    ...listed.map(({ number, line }) => ({
      number,
      at: { issue: epic.number, line },
      source: { kind: 'task list', of: epic.number, line } as const,
    })),
    ...ofSwarm.map(({ number }) => ({ number, at: { issue: epic.number }, source: subIssueOf(epic.number) })),
  ];
  if (source === 'the epic itself') leaves.set(epic.number, epic);
  for (const { number, at, source } of roots) {
    if (seen.has(number)) continue;
    seen.add(number);
    from.set(number, source);
    const issue = issues.get(number);
    if (!issue) {
      const isPull = kinds.get(number) === 'pull request';
      error({ kind: isPull ? 'NOT_AN_ISSUE' : 'UNKNOWN_ISSUE', at, ref: { number } });
    } else if (issue.kind === 'pull request') {
      error({ kind: 'NOT_AN_ISSUE', at, ref: { number } });
    } else {
      const inside = children.get(number) ?? [];
      if (inside.length === 0) leaves.set(number, issue);
      else for (const child of inside) roots.push({ number: child, at: { issue: number }, source: subIssueOf(number) });
    }
  }

  const kept = withinLimit([...leaves.values()].sort((a, b) => a.number - b.number));
  const open = new Set(kept.filter(({ state }) => state === 'open').map(({ number }) => number));
  const groups = groupsOf(kept, children, epic.number);
  return { source, issues, leaves: kept, open, groups, own, from, diagnostics: found };

  function error(problem: Diagnostic['problem']): void {
    found.push({ level: 'error', problem });
  }

  /** The segments up to the limit are still planned, so that running ones stay visible. */
  function withinLimit(all: readonly Issue[]): readonly Issue[] {
    const counted = all.filter((issue) => !made(issue));
    if (counted.length <= limits.segments) return all;
    const at = { issue: epic.number };
    const limit = limits.segments;
    error({ kind: 'LIMIT_EXCEEDED', at, what: 'segments', found: counted.length, limit, configKey: 'limits.segments' });
    const kept = new Set(counted.slice(0, limit));
    return all.filter((issue) => made(issue) || kept.has(issue));
  }
}

const subIssueOf = (of: IssueNumber): Source => ({ kind: 'sub-issue', of });

/** `https://github.com/octo/shop/issues/12` → octo/shop. */
function repositoryIn(url: string): RepositoryName | undefined {
  const found = /\/([^/]+)\/([^/]+)\/issues\/\d+$/.exec(url);
  return found ? { owner: found[1] as string, name: found[2] as string } : undefined;
}

/** Joins what parents say about their children with what children say about their parents. Sorted, without repeats. */
function childrenOf(issues: ReadonlyMap<IssueNumber, Issue>): ReadonlyMap<IssueNumber, readonly IssueNumber[]> {
  const children = new Map<IssueNumber, Set<IssueNumber>>();
  const add = (parent: IssueNumber, child: IssueNumber) => {
    let known = children.get(parent);
    if (!known) {
      known = new Set();
      children.set(parent, known);
    }
    if (parent !== child) known.add(child);
  };
  for (const issue of issues.values()) {
    for (const child of issue.children) add(issue.number, child);
    if (issue.parent !== undefined) add(issue.parent, issue.number);
  }
  return new Map([...children].map(([parent, all]) => [parent, [...all].sort((a, b) => a - b)]));
}

function groupsOf(
  leaves: readonly Issue[],
  children: ReadonlyMap<IssueNumber, readonly IssueNumber[]>,
  epic: IssueNumber,
): ReadonlyMap<IssueNumber, readonly IssueNumber[]> {
  const parents = new Map<IssueNumber, IssueNumber[]>();
  const groups = new Map<IssueNumber, IssueNumber[]>();
  const add = (to: Map<IssueNumber, IssueNumber[]>, key: IssueNumber, number: IssueNumber): void => {
    const known = to.get(key);
    if (known) known.push(number);
    else to.set(key, [number]);
  };
  for (const [parent, all] of children) if (parent !== epic) for (const child of all) add(parents, child, parent);
  for (const { number } of leaves) {
    if (number === epic) continue;
    add(groups, epic, number);
    const above = new Set(parents.get(number));
    for (const group of above) {
      add(groups, group, number);
      for (const next of parents.get(group) ?? []) above.add(next);
    }
  }
  return groups;
}
