/**
 * An epic's issues → its segments, and everything that is wrong with what their texts say.
 */

import { findCycle, type Graph, makeGraph } from '#core/graph/graph';
import type { Config } from '#core/model/config';
import type { IssueNumber, Segment, SegmentSpec } from '#core/model/epic';
import type { KnownInstructions } from '#core/model/instructions';
import type { Plan } from '#core/model/plan';
import type { Diagnostic, Problem } from '#core/model/problem';
import type { BranchFault } from '#core/model/problem/faults';
import type { Issue, OtherIssue } from '#core/model/snapshot';
import { GlobCache } from '#core/scope/glob';
import { branchFault, branchName } from '#core/text/branch-name';
import { refText } from '#core/text/markdown';
import { nearest } from '#core/text/nearest';
import { ofOwn } from '#core/text/prose';
import { readSpec, type SpecRead } from '#core/text/spec';
import { unboundBudgets } from './budgets.ts';
import { type Links, readLinks } from './links.ts';
import { readTree, type Tree } from './tree.ts';

export interface EpicFacts {
  readonly epic: Issue;
  /** Everything below the epic; or what its task list names. */
  readonly issues: readonly Issue[];
  /** What texts name and is not below the epic. */
  readonly others: readonly OtherIssue[];
  readonly config: Config;
  /** Segments that swarm made to mend a wave, by number. */
  readonly fixes: Readonly<Record<number, { readonly wave: number; readonly round: number }>>;
  /**
   * Segments a person left out. Without it, waiting for an issue of the epic that was closed as not planned is no error:
   * nobody knows whether it was meant.
   */
  readonly skipped?: ReadonlySet<number>;
  /** Personas and skills that are there; undefined where nobody could look, and then no name is wrong. */
  readonly instructions?: KnownInstructions;
}

/** What is to be planned. */
export interface EpicReading extends Pick<Plan, 'source' | 'segments' | 'waitsOutside' | 'outside' | 'diagnostics'> {
  /** Of the segments, which stand in the order of its positions. */
  readonly graph: Graph<IssueNumber>;
  readonly isCyclic: boolean;
  /** Pairs that `conflicts-with` names. */
  readonly statedConflicts: readonly (readonly [IssueNumber, IssueNumber])[];
  /** As they were read, so that planning need not read them again. */
  readonly globs: GlobCache;
}

/**
 * The segments of an epic as its issues read now, sorted by number, and what is wrong with them. What cannot be read is left
 * out of a segment, never a segment: one that runs already must go on to be seen.
 */
export function readSegments({ epic, issues, others, config, fixes, skipped, instructions }: EpicFacts): EpicReading {
  const isMade = (issue: Issue): boolean => issue.madeFor !== undefined || fixes[issue.number] !== undefined;
  const tree = readTree(epic, issues, others, isMade, config.limits);
  const globs = new GlobCache();
  const read = new Map<IssueNumber, SpecRead>();
  for (const leaf of tree.leaves) read.set(leaf.number, readSpec(leaf, globs));
  const links = readLinks(tree, others, (number) => read.get(number)?.dependencies, skipped);
  const diagnostics: Diagnostic[] = [...tree.diagnostics, ...links.diagnostics];
  const isOpen = (number: IssueNumber): boolean => tree.issues.get(number)?.state === 'open';
  read.forEach((spec, number) => {
    if (spec.diagnostics.length > 0 && isOpen(number)) diagnostics.push(...spec.diagnostics.map(ofSegment));
  });
  const epicSpec = tree.source === 'the epic itself' ? undefined : readSpec(epic);
  diagnostics.push(...(epicSpec?.diagnostics ?? []).filter(concernsEpic));

  const graph = makeGraph(
    tree.leaves.map((leaf) => leaf.number),
    links.edges,
  );
  const cycle = findCycle(graph);
  if (cycle) diagnostics.push(cycleError(cycle, links));
  // The graph knows each leaf by its place among the leaves: both are sorted by number.
  const { offsets, targets } = graph.blockers;
  const segments = tree.leaves.map(({ number, title }, at): Segment => {
    const spec = withContext(
      read.get(number)?.spec ?? readSpec({ number, title, body: '', labels: [] }).spec,
      epicSpec,
    );
    const fix = fixes[number];
    return {
      number,
      title,
      spec,
      blockedBy: blockersAt(at),
      branch: branchOf(spec, number, epic, config, fix !== undefined),
      ...(fix ? { fix: { wave: fix.wave, round: fix.round } } : {}),
    };
  });
  const open = segments.filter((segment) => isOpen(segment.number));
  for (const segment of open) diagnostics.push(...unknownAgent(segment, config));
  diagnostics.push(...unboundBudgets(epic.number, open, config));
  if (instructions) diagnostics.push(...open.flatMap((segment) => missingInstructions(segment, instructions)));
  diagnostics.push(...branchErrors(open, config));

  for (const { number, state, hiddenBlockers: count } of tree.issues.values()) {
    if (count !== undefined && state === 'open')
      diagnostics.push(asError({ kind: 'BLOCKER_HIDDEN', at: { issue: number }, count }));
  }
  const { apart, errors } = statedApart(segments, tree);
  diagnostics.push(...errors.filter(({ problem }) => 'at' in problem && problem.at.issue && isOpen(problem.at.issue)));
  return {
    source: tree.source,
    segments,
    waitsOutside: links.waitsOutside,
    outside: links.outside,
    diagnostics,
    graph,
    isCyclic: cycle !== undefined,
    statedConflicts: apart,
    globs,
  };

  function blockersAt(at: number): readonly IssueNumber[] {
    const first = offsets[at] ?? 0;
    const blockers = new Array<IssueNumber>((offsets[at + 1] ?? 0) - first);
    for (let next = 0; next < blockers.length; next++) {
      blockers[next] = graph.ids[targets[first + next] ?? 0] as IssueNumber;
    }
    return blockers;
  }

  /** An epic that is to be its own segment, and says nothing to do, has no segments. */
  function ofSegment(diagnostic: Diagnostic): Diagnostic {
    const { problem } = diagnostic;
    return problem.kind === 'EMPTY_TASK' && problem.at.issue === epic.number
      ? { level: 'error', problem: { kind: 'NO_SEGMENTS', at: problem.at } }
      : diagnostic;
  }
}

/** An agent that the config does not have would be found out when a run starts. */
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

const asError = (problem: Problem): Diagnostic => ({ level: 'error', problem });

/** An epic with segments need not have a task or files of its own. */
const concernsEpic = ({ problem }: Diagnostic): boolean =>
  problem.kind !== 'EMPTY_TASK' && problem.kind !== 'SCOPE_UNKNOWN' && problem.kind !== 'SCOPE_EVERYTHING';

/** Documents the epic names are for all its segments (SPEC R1.5). */
const withContext = (spec: SegmentSpec, epic: SpecRead | undefined): SegmentSpec =>
  epic && epic.spec.context.length > 0
    ? { ...spec, context: [...new Set([...epic.spec.context, ...spec.context])] }
    : spec;

function cycleError(path: readonly IssueNumber[], links: Links): Diagnostic {
  const said = path.slice(1).map((to, at) => links.said(path[at] ?? to, to));
  return asError({ kind: 'EPIC_CYCLE', path, links: said.filter((link) => link !== undefined) });
}

/** Who may not run beside whom because one says so, a group standing for all of its segments. */
function statedApart(
  segments: readonly Segment[],
  tree: Tree,
): { readonly apart: EpicReading['statedConflicts']; readonly errors: readonly Diagnostic[] } {
  const errors: Diagnostic[] = [];
  const apart: (readonly [IssueNumber, IssueNumber])[] = [];
  const numbers = new Set(segments.map((segment) => segment.number));
  for (const { number, spec } of segments) {
    for (const written of spec.conflictsWith) {
      const ref = ofOwn(written, tree.own);
      const named = numbers.has(ref.number) ? [ref.number] : (tree.groups.get(ref.number) ?? []);
      if (ref.repository || named.length === 0) {
        const expected = { kind: 'segments of this epic' } as const;
        const at = { issue: number };
        errors.push(asError({ kind: 'SPEC_VALUE', at, key: 'conflicts-with', value: refText(written), expected }));
        continue;
      }
      for (const other of named) apart.push([number, other]);
    }
  }
  return { apart, errors };
}

// ── Branches ────────────────────────────────────────────────────────────────────────────────────────────────────────

function branchOf(spec: SegmentSpec, number: IssueNumber, epic: Issue, config: Config, isFix: boolean): string {
  // Fix segments of several rounds have one title; nobody is there to give them different slugs.
  const slug = isFix && !spec.slug.endsWith(`-${number}`) ? `${spec.slug}-${number}` : spec.slug;
  const words = { type: spec.type, slug, number: String(number), epic: String(epic.number) };
  return branchName(spec.branch ?? config.branch, words);
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
    let above: string | undefined;
    for (let end = branch.indexOf('/'); end !== -1 && above === undefined; end = branch.indexOf('/', end + 1)) {
      if (taken.has(branch.slice(0, end))) above = branch.slice(0, end);
    }
    const owner = above === undefined ? undefined : taken.get(above);
    const why: BranchFault | undefined =
      branchFault(branch) ??
      (branch === base ? { kind: 'is the base' } : undefined) ??
      (above === undefined || owner === undefined ? undefined : { kind: 'inside another', branch: above, of: owner });
    if (why !== undefined) errors.push(asError({ kind: 'BRANCH_NAME', at: { issue: number }, branch, why }));
  }
  for (const branch of shared) {
    const numbers = segments.filter((segment) => segment.branch === branch).map(({ number }) => number);
    errors.push(asError({ kind: 'BRANCH_TAKEN', branch, segments: numbers }));
  }
  return errors;
}

// ── Personas and skills ─────────────────────────────────────────────────────────────────────────────────────────────

function missingInstructions({ number, spec }: Segment, known: KnownInstructions): readonly Diagnostic[] {
  const at = { issue: number };
  const missing = (kind: 'PERSONA_NOT_FOUND' | 'SKILL_NOT_FOUND', name: string, names: readonly string[]) => {
    if (names.includes(name)) return [];
    const close = nearest(name, names);
    const few = names.slice(0, NAMES_TOLD);
    return [asError({ kind, at, name, known: few, ...(close === undefined ? {} : { nearest: close }) })];
  };
  return [
    ...(spec.persona === undefined ? [] : missing('PERSONA_NOT_FOUND', spec.persona, known.personas)),
    ...spec.skills.flatMap((skill) => missing('SKILL_NOT_FOUND', skill, known.skills)),
  ];
}

const NAMES_TOLD = 30;
