/**
 * What waits for what in an epic: GitHub's own links joined with what texts say, groups resolved to their leaves, and
 * what lies outside told apart (SPEC R1.1, R1.3).
 */

import type { Edge } from '#core/graph/graph';
import type { IssueNumber, IssueRef } from '#core/model/epic';
import type { Diagnostic, Link, Place, Problem } from '#core/model/problem';
import type { Issue, OtherIssue } from '#core/model/snapshot';
import { refText } from '#core/text/markdown';
import { ofOwn } from '#core/text/prose';
import { type Dependency, readDependenciesOf, readTaskList } from '#core/text/spec';
import type { Tree } from './tree.ts';

export interface Links {
  /** Between leaves; one that is said twice may be there twice. */
  readonly edges: readonly Edge<IssueNumber>[];
  /** Why that edge is there: GitHub's own link between the two before one of a group, and that before texts. */
  readonly said: (from: IssueNumber, to: IssueNumber) => Link | undefined;
  /** By leaf: blockers outside the epic that are not closed as completed. */
  readonly waitsOutside: Readonly<Record<number, readonly IssueRef[]>>;
  /** By leaf: all blockers outside the epic, the closed ones too: what a person consents to. */
  readonly outside: Readonly<Record<number, readonly IssueRef[]>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** One "waits for", as it was said of a leaf or a group. */
interface Statement {
  readonly from: IssueNumber;
  readonly ref: IssueRef;
  readonly said: Exclude<Link['said'], { kind: 'group' }>;
  /** Known for GitHub's own links only. */
  readonly state?: Issue['state'];
}

/**
 * @param texts what each leaf's text says it waits for.
 * @param skipped segments left out on purpose: closed as not planned, and no reason to stop. Undefined: nobody knows.
 */
export function readLinks(
  tree: Tree,
  others: readonly OtherIssue[],
  texts: (leaf: IssueNumber) => readonly Dependency[] | undefined,
  skipped: ReadonlySet<number> | undefined,
): Links {
  const { issues, leaves, groups, own } = tree;
  const edges: Edge<IssueNumber>[] = [];
  /** By both ends: all but GitHub's own links from one segment to another, which are most and speak for themselves. */
  const byEnds = new Map<IssueNumber, Map<IssueNumber, Link>>();
  const outside = new Map<IssueNumber, Map<string, IssueRef>>();
  const waitsOutside = new Map<IssueNumber, Map<string, IssueRef>>();
  const diagnostics: Diagnostic[] = [];
  const known = new Map(others.map((other) => [keyOf(ofOwn(other.ref, own)), other]));
  const inPlan = new Set(leaves.map((leaf) => leaf.number));
  const leavesOf = (number: IssueNumber): readonly IssueNumber[] =>
    inPlan.has(number) ? [number] : (groups.get(number) ?? []);
  const isOpen = (number: IssueNumber): boolean => issues.get(number)?.state === 'open';
  const speakers = speakersOf(tree);

  for (const { number, blockedBy } of speakers) {
    const others: Blocker[] = [];
    for (const blocker of blockedBy) {
      if (isPlain(number, blocker)) edges.push({ from: number, on: blocker.number });
      else others.push(blocker);
    }
    for (const blocker of sorted(others)) {
      take({ from: number, ref: refOf(blocker), said: NATIVE, state: blocker.state });
    }
  }
  for (const statement of statements(speakers, tree, texts, diagnostics)) take(statement);

  return {
    edges,
    said: (from, to) =>
      issues.get(from)?.blockedBy.some((blocker) => blocker.number === to && isPlain(from, blocker))
        ? { from, to, said: NATIVE }
        : byEnds.get(from)?.get(to),
    waitsOutside: listed(waitsOutside),
    outside: listed(outside),
    diagnostics,
  };

  /** From one segment to another that nobody left out: there is nothing more to it. */
  function isPlain(from: IssueNumber, { number, repository }: Blocker): boolean {
    return !repository && number !== from && inPlan.has(from) && inPlan.has(number) && !isNotPlanned(number);
  }

  function take(statement: Statement): void {
    const ref = ofOwn(statement.ref, own);
    const from = leavesOf(statement.from);
    const matters = from.some(isOpen);
    const at = placeOf(statement);
    if (ref.repository || !issues.has(ref.number)) {
      add(outside, ref, from);
      if (matters) waitOutside(statement, ref, from.filter(isOpen));
      return;
    }
    const to = leavesOf(ref.number);
    const isLeaf = inPlan.has(statement.from);
    const toGroup = !inPlan.has(ref.number);
    if (statement.from === ref.number || (toGroup && isPartOf(from, to) && (isLeaf || to.length > from.length))) {
      if (matters) error({ kind: 'SELF_DEPENDENCY', at, link: selfLink(statement, ref.number) });
      return;
    }
    // A group that waits for its own part says only that it ends with it.
    if (!isLeaf && isPartOf(to, from)) return;
    if (matters && isNotPlanned(ref.number)) error({ kind: 'BLOCKER_NOT_PLANNED', at, ref });
    join(statement, ref.number, from, to);
  }

  function error(problem: Problem): void {
    diagnostics.push({ level: 'error', problem });
  }

  function isNotPlanned(number: IssueNumber): boolean {
    return skipped !== undefined && !skipped.has(number) && issues.get(number)?.state === 'not planned';
  }

  function join(
    statement: Pick<Statement, 'from' | 'said'>,
    to: IssueNumber,
    fromLeaves: readonly IssueNumber[],
    toLeaves: readonly IssueNumber[],
  ): void {
    const group = !inPlan.has(to) ? to : !inPlan.has(statement.from) ? statement.from : undefined;
    const said = group === undefined ? statement.said : ({ kind: 'group', group } as const);
    for (const leaf of fromLeaves) {
      let known = byEnds.get(leaf);
      if (!known) {
        known = new Map();
        byEnds.set(leaf, known);
      }
      for (const blocker of toLeaves) {
        if (leaf === blocker || known.has(blocker)) continue;
        known.set(blocker, { from: leaf, to: blocker, said });
        edges.push({ from: leaf, on: blocker });
      }
    }
  }

  function waitOutside(statement: Statement, ref: IssueRef, from: readonly IssueNumber[]): void {
    const other = known.get(keyOf(ref));
    const at = placeOf(statement);
    const state = statement.state ?? other?.state;
    if (statement.state === undefined && other?.kind === 'missing') {
      // Another repository may be there and not be swarm's to see: that holds what waits for it, and nothing else.
      diagnostics.push({ level: ref.repository ? 'warning' : 'error', problem: { kind: 'UNKNOWN_ISSUE', at, ref } });
      if (ref.repository) add(waitsOutside, ref, from);
    } else if (other?.kind === 'pull request') error({ kind: 'NOT_AN_ISSUE', at, ref });
    else if (state === 'not planned') error({ kind: 'BLOCKER_NOT_PLANNED', at, ref });
    else if (state !== 'completed') add(waitsOutside, ref, from);
  }

  function add(to: Map<IssueNumber, Map<string, IssueRef>>, ref: IssueRef, leaves: readonly IssueNumber[]): void {
    for (const leaf of leaves) to.set(leaf, (to.get(leaf) ?? new Map<string, IssueRef>()).set(keyOf(ref), ref));
  }
}

const NATIVE = { kind: 'native' } as const;

/** All whose links and texts count: segments and groups of them, by number. */
function speakersOf({ issues, leaves, groups }: Tree): readonly Issue[] {
  const above = [...groups.keys()].map((number) => issues.get(number)).filter((issue) => issue !== undefined);
  return [...leaves, ...above].sort((a, b) => a.number - b.number);
}

type Blocker = Issue['blockedBy'][number];

const refOf = ({ number, repository }: Blocker): IssueRef => (repository ? { number, repository } : { number });

const sorted = (blockedBy: readonly Blocker[]): readonly Blocker[] =>
  blockedBy.length < 2
    ? blockedBy
    : [...blockedBy].sort((a, b) => a.number - b.number || (keyOf(a) < keyOf(b) ? -1 : 1));

/** What texts say. */

function* statements(
  speakers: readonly Issue[],
  { groups, own }: Tree,
  texts: (leaf: IssueNumber) => readonly Dependency[] | undefined,
  diagnostics: Diagnostic[],
): Generator<Statement> {
  for (const issue of speakers) {
    let said = texts(issue.number);
    if (!said) {
      const read = readDependenciesOf(issue);
      said = read.dependencies;
      diagnostics.push(...read.diagnostics);
    }
    for (const { ref, line, text } of said) yield { from: issue.number, ref, said: { kind: 'text', line, text } };
  }
  for (const issue of speakers.filter(({ number }) => groups.has(number))) {
    for (const { number, dependsOn, line, text } of readTaskList(issue.body, own)) {
      const isBelow = groups.get(issue.number)?.includes(number) || groups.has(number);
      if (isBelow) for (const ref of dependsOn) yield { from: number, ref, said: { kind: 'text', line, text } };
    }
  }
}

const listed = (
  refs: ReadonlyMap<IssueNumber, ReadonlyMap<string, IssueRef>>,
): Readonly<Record<number, readonly IssueRef[]>> =>
  Object.fromEntries([...refs].map(([number, each]) => [number, [...each.values()]]));

const placeOf = ({ from, said }: Statement): Place =>
  said.kind === 'text' ? { issue: from, line: said.line } : { issue: from };

const selfLink = ({ from, said }: Statement, to: IssueNumber): Link =>
  from === to ? { from, to, said } : { from, to: from, said: { kind: 'group', group: to } };

const isPartOf = (part: readonly IssueNumber[], whole: readonly IssueNumber[]): boolean => {
  const all = new Set(whole);
  return part.length > 0 && part.every((number) => all.has(number));
};

const keyOf = (ref: IssueRef): string => refText(ref).toLowerCase();
