/**
 * The dependencies in an epic: GitHub's own links joined with those in texts, groups resolved to their leaves, and blockers
 * outside the epic kept apart (SPEC R1.1, R1.3).
 */
import type { Edge } from '#core/graph/graph';
import type { IssueNumber, IssueRef, Source } from '#core/model/epic';
import type { Wait } from '#core/model/plan';
import type { Diagnostic, Link, Place, Problem } from '#core/model/problem';
import type { Issue, OtherIssue } from '#core/model/snapshot';
import { ofOwn, refText } from '#core/text/markdown';
import { type Dependency, readDependenciesOf, readTaskList } from '#core/text/spec';
import type { Tree } from './tree.ts';

export interface Links {
  /** Edges between leaves. They may repeat. */
  readonly edges: readonly Edge<IssueNumber>[];
  /** The reason for an edge: GitHub's own link between the two, else one of a group, else a text. */
  readonly linkBetween: (from: IssueNumber, to: IssueNumber) => Link;
  /** By leaf, the blockers outside the epic that are not closed as completed. */
  readonly waitsOutside: Readonly<Record<number, readonly IssueRef[]>>;
  /** By leaf, all blockers outside the epic, closed ones too: a person consents to these. */
  readonly outside: Readonly<Record<number, readonly IssueRef[]>>;
  /** By leaf, the leaves that GitHub's own links say it waits for. */
  readonly linked: ReadonlyMap<IssueNumber, readonly IssueNumber[]>;
  /** By leaf, everything else that it is said to wait for, and where. */
  readonly waits: ReadonlyMap<IssueNumber, readonly Wait[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/** One dependency of a leaf or a group, as it was stated. */
interface Statement {
  readonly from: IssueNumber;
  readonly ref: IssueRef;
  readonly said: Exclude<Link['said'], { kind: 'group' }>;
  readonly source: Source;
  /** The state of the blocker. Known for GitHub's own links only. */
  readonly state?: Issue['state'];
}

/**
 * @param texts the dependencies in the texts that are read already: of the leaves, and of the epic.
 * @param skipped segments that a person left out: closed as not planned, but no reason to stop. Undefined if that is unknown.
 */
export function readLinks(
  tree: Tree,
  others: readonly OtherIssue[],
  texts: (issue: IssueNumber) => readonly Dependency[] | undefined,
  skipped: ReadonlySet<number> | undefined,
): Links {
  const { issues, leaves, open, groups, own } = tree;
  const edges: Edge<IssueNumber>[] = [];
  /** By both ends, all links but GitHub's own from one segment to another. Those are the most, and `isPlain` finds them. */
  const byEnds = new Map<IssueNumber, Map<IssueNumber, Link>>();
  const outside = new Map<IssueNumber, Map<string, IssueRef>>();
  const waitsOutside = new Map<IssueNumber, Map<string, IssueRef>>();
  const linked = new Map<IssueNumber, readonly IssueNumber[]>();
  const waits = new Map<IssueNumber, Wait[]>();
  const diagnostics: Diagnostic[] = [];
  const known = new Map(others.map((other) => [keyOf(ofOwn(other.ref, own)), other]));
  const inPlan = new Set(leaves.map((leaf) => leaf.number));
  const leavesOf = (number: IssueNumber): readonly IssueNumber[] =>
    inPlan.has(number) ? [number] : (groups.get(number) ?? []);
  const isOpen = (number: IssueNumber): boolean => open.has(number);
  const dropped = [...issues.values()].filter(
    ({ number, state }) => state === 'not planned' && skipped?.has(number) === false,
  );
  const notPlanned = new Set(dropped.map(({ number }) => number));
  const authors = authorsOf(tree);

  for (const { number, blockedBy } of authors) {
    const others: Blocker[] = [];
    const plain: IssueNumber[] = [];
    for (const blocker of blockedBy) {
      if (isPlain(number, blocker)) {
        edges.push({ from: number, on: blocker.number });
        plain.push(blocker.number);
      } else others.push(blocker);
    }
    if (plain.length > 0) linked.set(number, plain);
    for (const blocker of sorted(others)) {
      take({ from: number, ref: refOf(blocker), said: NATIVE, source: LINK, state: blocker.state });
    }
  }
  for (const statement of statementsInTexts(authors, tree, texts, diagnostics)) take(statement);

  return {
    edges,
    linkBetween: (from, to) => {
      const isNative = issues.get(from)?.blockedBy.some(({ number, repository }) => number === to && !repository);
      return (isNative ? undefined : byEnds.get(from)?.get(to)) ?? { from, to, said: NATIVE };
    },
    waitsOutside: listed(waitsOutside),
    outside: listed(outside),
    linked,
    waits,
    diagnostics,
  };

  /** A link from one segment to another that was not left out: nothing about it needs a check. */
  function isPlain(from: IssueNumber, { number, repository }: Blocker): boolean {
    return !repository && number !== from && inPlan.has(from) && inPlan.has(number) && !notPlanned.has(number);
  }

  function take(statement: Statement): void {
    const ref = ofOwn(statement.ref, own);
    const from = leavesOf(statement.from);
    const matters = from.some(isOpen);
    const at = placeOf(statement);
    if (ref.repository || !issues.has(ref.number)) {
      note(statement, ref, from);
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
    // A group always ends after its parts, so waiting for one of them adds nothing.
    if (!isLeaf && isPartOf(to, from)) return;
    if (matters && notPlanned.has(ref.number)) error({ kind: 'BLOCKER_NOT_PLANNED', at, ref });
    note(statement, ref, from);
    join(statement, ref.number, from, to);
  }

  function error(problem: Problem): void {
    diagnostics.push({ level: 'error', problem });
  }

  /** For the report of what was read. */
  function note({ from, source }: Statement, on: IssueRef, leaves: readonly IssueNumber[]): void {
    const wait: Wait = { on, source: inPlan.has(from) ? source : { kind: 'group', group: from } };
    for (const leaf of leaves) {
      const known = waits.get(leaf);
      if (known) known.push(wait);
      else waits.set(leaf, [wait]);
    }
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
      // Swarm may be unable to see a repository that exists. That holds the segments that wait for it, but not the epic.
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
const LINK: Source = { kind: 'link' };

/** The issues that can state dependencies: segments and groups of them, sorted by number. */
function authorsOf({ issues, leaves, groups }: Tree): readonly Issue[] {
  const above = [...groups.keys()].map((number) => issues.get(number)).filter((issue) => issue !== undefined);
  return [...leaves, ...above].sort((a, b) => a.number - b.number);
}

type Blocker = Issue['blockedBy'][number];

const refOf = ({ number, repository }: Blocker): IssueRef => (repository ? { number, repository } : { number });

const sorted = (blockedBy: readonly Blocker[]): readonly Blocker[] =>
  blockedBy.toSorted((a, b) => a.number - b.number || (keyOf(a) < keyOf(b) ? -1 : 1));

/** The dependencies that texts state. Faults in the texts of groups are added to the diagnostics. */
function* statementsInTexts(
  authors: readonly Issue[],
  { groups, own }: Tree,
  texts: (issue: IssueNumber) => readonly Dependency[] | undefined,
  diagnostics: Diagnostic[],
): Generator<Statement> {
  for (const issue of authors) {
    let dependencies = texts(issue.number);
    if (!dependencies) {
      const read = readDependenciesOf(issue);
      dependencies = read.dependencies;
      diagnostics.push(...read.diagnostics);
    }
    for (const { ref, line, text, inFrontMatter } of dependencies) {
      const source = { kind: inFrontMatter ? 'front matter' : 'text', line } as const;
      yield { from: issue.number, ref, said: { kind: 'text', line, text }, source };
    }
  }
  for (const issue of authors) {
    const below = groups.get(issue.number);
    if (!below) continue;
    for (const { number, dependsOn, line, text } of readTaskList(issue.body, own)) {
      if (!below.includes(number) && !groups.has(number)) continue;
      const source = { kind: 'task list', of: issue.number, line } as const;
      const said = { kind: 'text', line, text, of: issue.number } as const;
      for (const ref of dependsOn) yield { from: number, ref, said, source };
    }
  }
}

const listed = (
  refs: ReadonlyMap<IssueNumber, ReadonlyMap<string, IssueRef>>,
): Readonly<Record<number, readonly IssueRef[]>> =>
  Object.fromEntries([...refs].map(([number, each]) => [number, [...each.values()]]));

const placeOf = ({ from, said }: Statement): Place =>
  said.kind === 'text' ? { issue: said.of ?? from, line: said.line } : { issue: from };

const selfLink = ({ from, said }: Statement, to: IssueNumber): Link =>
  from === to ? { from, to, said } : { from, to: from, said: { kind: 'group', group: to } };

const isPartOf = (part: readonly IssueNumber[], whole: readonly IssueNumber[]): boolean => {
  const all = new Set(whole);
  return part.length > 0 && part.every((number) => all.has(number));
};

const keyOf = (ref: IssueRef): string => refText(ref).toLowerCase();
