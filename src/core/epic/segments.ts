/**
 * An epic's issues → its segments, and everything that is wrong with what their texts say.
 */

import { findCycles, type Graph, makeGraph, neighboursOf } from '#core/graph/graph';
import type { Config } from '#core/model/config';
import { GATES, type IssueNumber, type Segment, type SegmentSpec, type TextReading } from '#core/model/epic';
import type { KnownInstructions } from '#core/model/instructions';
import type { IssueReading, Plan } from '#core/model/plan';
import type { Diagnostic, Problem } from '#core/model/problem';
import type { BranchFault } from '#core/model/problem/faults';
import type { Issue, OtherIssue } from '#core/model/snapshot';
import { GlobCache } from '#core/scope/glob';
import { branchFault, branchName } from '#core/text/branch-name';
import { ofOwn, refText } from '#core/text/markdown';
import { nearest } from '#core/text/nearest';
import { readSpec, type SpecRead, slugFor } from '#core/text/spec';
import { unboundBudgets } from './budgets.ts';
import { type Links, readLinks } from './links.ts';
import { readTree, type Tree } from './tree.ts';

export interface EpicFacts {
  readonly epic: Issue;
  /** Everything below the epic, or the issues that its task list names. */
  readonly issues: readonly Issue[];
  /** Issues that texts name and that are not below the epic. */
  readonly others: readonly OtherIssue[];
  readonly config: Config;
  /** Segments that Swarm created to fix a wave, by number. */
  readonly fixes: Readonly<Record<number, { readonly wave: number; readonly round: number }>>;
  /**
   * Segments that a person left out. Without it, a blocker inside the epic that was closed as not planned is not an error,
   * because it may be one of these.
   */
  readonly skipped?: ReadonlySet<number>;
  /** The personas and skills of the repository. Without it, no name is wrong. */
  readonly instructions?: KnownInstructions;
}

/** An epic's segments, ready to be planned. */
export interface EpicReading
  extends Pick<Plan, 'source' | 'names' | 'segments' | 'waitsOutside' | 'outside' | 'readings' | 'diagnostics'> {
  /** Its positions are the indexes of the segments. */
  readonly graph: Graph<IssueNumber>;
  readonly isCyclic: boolean;
  /** The pairs that `conflicts-with` names. */
  readonly statedConflicts: readonly (readonly [IssueNumber, IssueNumber])[];
  /** The globs as they were read, so that planning does not read them again. */
  readonly globs: GlobCache;
}

/**
 * The segments of an epic as its issues read now, sorted by number, with everything that is wrong with them. A value that
 * cannot be read is left out, but never a segment: a running one must stay visible.
 */
export function readSegments({ epic, issues, others, config, fixes, skipped, instructions }: EpicFacts): EpicReading {
  const isMade = (issue: Issue): boolean => issue.madeFor !== undefined || fixes[issue.number] !== undefined;
  const tree = readTree(epic, issues, others, isMade, config.limits);
  const globs = new GlobCache();
  const leaves = tree.leaves.map((issue) => ({ issue, read: readSpec(issue, globs) }));
  const epicSpec = tree.source === 'the epic itself' ? undefined : readSpec(epic);
  const dependencies = new Map(leaves.map(({ issue, read }) => [issue.number, read.dependencies]));
  if (epicSpec) dependencies.set(epic.number, epicSpec.dependencies);
  const links = readLinks(tree, others, (number) => dependencies.get(number), skipped);
  const diagnostics: Diagnostic[] = [...tree.diagnostics, ...links.diagnostics];
  const isOpen = ({ number }: { readonly number: IssueNumber }): boolean => tree.open.has(number);
  for (const { issue, read } of leaves) if (isOpen(issue)) diagnostics.push(...read.diagnostics.map(ofSegment));
  diagnostics.push(...(epicSpec?.diagnostics ?? []).filter(concernsEpic));

  const graph = makeGraph(
    leaves.map(({ issue }) => issue.number),
    links.edges,
  );
  const cycles = findCycles(graph, MAX_CYCLES);
  for (const cycle of cycles) diagnostics.push(cycleError(cycle, links));
  const branches = branchesOf(leaves, epic, config, (number) => fixes[number] !== undefined);
  const segments = leaves.map(({ issue: { number, title }, read }, index): Segment => {
    const spec = withContext(read.spec, epicSpec);
    const fix = fixes[number];
    return {
      number,
      title,
      spec,
      // Indexes of leaves are positions in the graph, since both are sorted by number.
      blockedBy: Array.from(neighboursOf(graph.blockers, index), (node) => graph.ids[node] as IssueNumber),
      branch: branches.get(number) ?? '',
      ...(fix ? { fix: { wave: fix.wave, round: fix.round } } : {}),
    };
  });
  const open = segments.filter(isOpen);
  for (const segment of open) diagnostics.push(...unknownAgent(segment, config));
  diagnostics.push(...unboundBudgets(epic.number, open, config));
  if (instructions) diagnostics.push(...open.flatMap((segment) => missingInstructions(segment, instructions)));
  diagnostics.push(...branchErrors(open, config));
  if (open.length > 0 && provesNothing(config)) {
    const problem = { kind: 'NOTHING_PROVES', at: { issue: epic.number }, approvals: config.approvals } as const;
    diagnostics.push({ level: 'warning', problem });
  }
  const withComments = leaves.filter(({ issue, read }) => isOpen(issue) && !isMade(issue) && read.hasComments);
  if (withComments.length > 0) {
    const segments = withComments.map(({ issue }) => issue.number);
    diagnostics.push({ level: 'warning', problem: { kind: 'HIDDEN_COMMENTS', at: { issue: epic.number }, segments } });
  }
  for (const { number, state, hiddenBlockers: count } of tree.issues.values()) {
    if (count !== undefined && state === 'open')
      diagnostics.push(asError({ kind: 'BLOCKER_HIDDEN', at: { issue: number }, count }));
  }
  const planned = new Set(segments.map((segment) => segment.number));
  const conflicts = segments.map((segment) => statedConflicts(segment, planned, tree));
  for (const each of conflicts) if (isOpen(each)) diagnostics.push(...each.errors);
  return {
    source: tree.source,
    segments,
    waitsOutside: links.waitsOutside,
    outside: links.outside,
    readings: readingsOf(leaves, links, tree, epicSpec && { number: epic.number, read: epicSpec }),
    diagnostics,
    graph,
    isCyclic: cycles.length > 0,
    statedConflicts: conflicts.flatMap(({ pairs }) => pairs),
    globs,
  };

  /** An epic that would be its own segment but has no task has no segments. */
  function ofSegment(diagnostic: Diagnostic): Diagnostic {
    const { problem } = diagnostic;
    return problem.kind === 'EMPTY_TASK' && problem.at.issue === epic.number
      ? { level: 'error', problem: { kind: 'NO_SEGMENTS', at: problem.at } }
      : diagnostic;
  }
}

/** An agent that is not in the config. Without this check only a run would find it. */
function unknownAgent({ number, spec }: Segment, config: Config): readonly Diagnostic[] {
  const { agent } = spec;
  if (agent === undefined || Object.hasOwn(config.agents, agent)) return [];
  const names = Object.keys(config.agents).sort();
  const close = nearest(agent, names);
  return [
    asError({
      kind: 'SPEC_VALUE',
      at: { issue: number },
      key: 'agent',
      value: agent,
      expected: { kind: 'agent of the config', agents: names },
      ...(close === undefined ? {} : { nearest: close }),
    }),
  ];
}

/** Gates that look at more than the change's files and the secrets in them. */
const PROVING: readonly string[] = GATES.filter((gate) => gate !== 'security' && gate !== 'scope');

const provesNothing = ({ gates }: Config): boolean =>
  PROVING.every((gate) => gates[gate]?.off) &&
  Object.entries(gates).every(([gate, { off }]) => off || (GATES as readonly string[]).includes(gate));

const asError = (problem: Problem): Diagnostic => ({ level: 'error', problem });

/** An epic with segments needs no task, files or criteria of its own. */
const concernsEpic = ({ problem }: Diagnostic): boolean => !OF_SEGMENTS.has(problem.kind);
const OF_SEGMENTS: ReadonlySet<Problem['kind']> = new Set([
  'EMPTY_TASK',
  'SCOPE_UNKNOWN',
  'SCOPE_EVERYTHING',
  'CRITERIA_UNREAD',
]);

function readingsOf(
  leaves: readonly Leaf[],
  { linked, waits }: Links,
  { from }: Tree,
  epic: { readonly number: IssueNumber; readonly read: SpecRead } | undefined,
): Readonly<Record<number, IssueReading>> {
  const readings: Record<number, IssueReading> = {};
  if (epic) readings[epic.number] = { ...readingOfEpic(epic.read.reading), linked: NOTHING, waits: NOTHING };
  for (const { issue, read } of leaves) {
    const { number } = issue;
    const source = from.get(number);
    readings[number] = {
      ...read.reading,
      ...(source ? { from: source } : {}),
      linked: linked.get(number) ?? NOTHING,
      waits: waits.get(number) ?? NOTHING,
    };
  }
  return readings;
}

const NOTHING: readonly never[] = [];

/** Of an epic with segments, only the documents count for them. Its other keys are for nobody. */
const readingOfEpic = ({ taken, passedOver }: TextReading): TextReading => ({
  taken: taken.filter(({ what }) => what === 'context'),
  passedOver: [
    ...taken.flatMap(({ what, source }) =>
      what === 'context' || what === 'criteria' || source.kind === 'title' || source.kind === 'text'
        ? []
        : [{ what, source, why: 'epic' } as const],
    ),
    ...passedOver.flatMap(({ what, source, why }) =>
      why === 'no effect' ? [{ what, source, why: 'epic' } as const] : [],
    ),
  ],
});

/** The documents that the epic names are for all its segments (SPEC R1.5). */
const withContext = (spec: SegmentSpec, epic: SpecRead | undefined): SegmentSpec =>
  epic ? { ...spec, context: [...new Set([...epic.spec.context, ...spec.context])] } : spec;

/** How many separate cycles are reported at once. */
const MAX_CYCLES = 10;

function cycleError(path: readonly IssueNumber[], links: Links): Diagnostic {
  const found = path.slice(1).map((to, index) => links.linkBetween(path[index] ?? to, to));
  return asError({ kind: 'EPIC_CYCLE', path, links: found });
}

interface StatedConflicts {
  readonly number: IssueNumber;
  readonly pairs: EpicReading['statedConflicts'];
  readonly errors: readonly Diagnostic[];
}

/** The pairs that may not run together because this segment says so. A group stands for all of its segments. */
function statedConflicts({ number, spec }: Segment, planned: ReadonlySet<IssueNumber>, tree: Tree): StatedConflicts {
  const errors: Diagnostic[] = [];
  const pairs = spec.conflictsWith.flatMap((written) => {
    const ref = ofOwn(written, tree.own);
    const named = planned.has(ref.number) ? [ref.number] : (tree.groups.get(ref.number) ?? []);
    if (!ref.repository && named.length > 0) return named.map((other) => [number, other] as const);
    const expected = { kind: 'segments of this epic' } as const;
    const at = { issue: number };
    errors.push(asError({ kind: 'SPEC_VALUE', at, key: 'conflicts-with', value: refText(written), expected }));
    return [];
  });
  return { number, pairs, errors };
}

// ── Branches ────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Leaf {
  readonly issue: Issue;
  readonly read: SpecRead;
}

/**
 * The branches of all leaves. A name that comes from a title, and that another segment has already, ends in the number of the
 * segment: nobody asked for it. What an author named is never changed.
 */
function branchesOf(
  leaves: readonly Leaf[],
  epic: Issue,
  config: Config,
  isFix: (segment: IssueNumber) => boolean,
): ReadonlyMap<IssueNumber, string> {
  const nameOf = ({ issue: { number }, read: { spec } }: Leaf, slug: string): string => {
    const words = { type: spec.type, slug, number: String(number), epic: String(epic.number) };
    return branchName(spec.branch ?? config.branch, words);
  };
  const numbered = ({ issue: { number }, read: { spec } }: Leaf): string =>
    spec.slug.endsWith(`-${number}`) ? spec.slug : `${spec.slug}-${number}`;
  const isNamed = ({ issue, read: { spec } }: Leaf): boolean =>
    spec.branch !== undefined || spec.slug !== slugFor(issue.number, issue.title);
  const branches = new Map<IssueNumber, string>();
  for (const leaf of leaves) if (isNamed(leaf)) branches.set(leaf.issue.number, nameOf(leaf, leaf.read.spec.slug));
  const taken = new Set(branches.values());
  for (const leaf of leaves) {
    const { number } = leaf.issue;
    // Fix segments of several rounds share a title.
    if (isFix(number)) branches.set(number, nameOf(leaf, numbered(leaf)));
    if (branches.has(number)) continue;
    const plain = nameOf(leaf, leaf.read.spec.slug);
    const branch = taken.has(plain) ? nameOf(leaf, numbered(leaf)) : plain;
    taken.add(branch);
    branches.set(number, branch);
  }
  return branches;
}

function branchErrors(segments: readonly Segment[], config: Config): readonly Diagnostic[] {
  const errors: Diagnostic[] = [];
  const taken = new Map<string, IssueNumber>();
  const shared = new Set<string>();
  for (const { number, branch } of segments) {
    if (taken.has(branch)) shared.add(branch);
    else taken.set(branch, number);
  }
  for (const { number, branch, spec } of segments) {
    const base = spec.base ?? config.base;
    const why =
      branchFault(branch) ?? (branch === base ? ({ kind: 'is the base' } as const) : insideAnother(branch, taken));
    if (why !== undefined) errors.push(asError({ kind: 'BRANCH_NAME', at: { issue: number }, branch, why }));
  }
  for (const branch of shared) {
    const numbers = segments.filter((segment) => segment.branch === branch).map(({ number }) => number);
    errors.push(asError({ kind: 'BRANCH_TAKEN', branch, segments: numbers }));
  }
  return errors;
}

/** The segment with a branch that this one would lie in, as in a folder. */
function insideAnother(branch: string, taken: ReadonlyMap<string, IssueNumber>): BranchFault | undefined {
  const parts = branch.split('/');
  for (let count = 1; count < parts.length; count++) {
    const folder = parts.slice(0, count).join('/');
    const of = taken.get(folder);
    if (of !== undefined) return { kind: 'inside another', branch: folder, of };
  }
  return undefined;
}

// ── Personas and skills ─────────────────────────────────────────────────────────────────────────────────────────────

function missingInstructions({ number, spec }: Segment, known: KnownInstructions): readonly Diagnostic[] {
  const at = { issue: number };
  const missing = (kind: 'PERSONA_NOT_FOUND' | 'SKILL_NOT_FOUND', name: string, names: readonly string[]) => {
    if (names.includes(name)) return [];
    const close = nearest(name, names);
    const few = names.slice(0, SHOWN_NAMES);
    return [asError({ kind, at, name, known: few, ...(close === undefined ? {} : { nearest: close }) })];
  };
  return [
    ...(spec.persona === undefined ? [] : missing('PERSONA_NOT_FOUND', spec.persona, known.personas)),
    ...spec.skills.flatMap((skill) => missing('SKILL_NOT_FOUND', skill, known.skills)),
  ];
}

/** How many known names a problem lists. */
const SHOWN_NAMES = 30;
