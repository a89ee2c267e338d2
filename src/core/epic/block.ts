/**
 * An epic with a block, before its segments have issues: they are read as the issues that they will be, so that the plan and
 * everything that is wrong with it are known before anything is created (SPEC R1.2, R1.8).
 */
import { makeGraph } from '#core/graph/graph';
import { COMMAND_LABELS, type Config, isLabel, STATE_LABELS } from '#core/model/config';
import { type IssueNumber, issueId, issueNumber, type PassedOver, type Reading, type Source } from '#core/model/epic';
import type { Block, BlockSegment } from '#core/model/journal/block';
import type { IssueReading, Wait } from '#core/model/plan';
import type { Diagnostic, Link, Place, Problem } from '#core/model/problem';
import type { Issue } from '#core/model/snapshot';
import { GlobCache } from '#core/scope/glob';
import { keyOf } from '#core/text/front-matter';
import { type EpicFacts, type EpicReading, readSegments } from './segments.ts';

/** A block that an epic's segments come from. */
export type PlannedBlock = Pick<Block, 'segments' | 'faults' | 'unused'>;

/** The segments of an epic: those of its block if one is given, or else of its issues. */
export function readEpic({ block, ...facts }: EpicFacts & { readonly block?: PlannedBlock }): EpicReading {
  if (!block) return readSegments(facts);
  const { epic, config } = facts;
  if (block.faults.length > 0) return readingOfFaults(block, epic);
  const drafts = draftsOf(epic, block.segments);
  const children = drafts.map(({ number }) => number);
  const reading = readSegments({ ...facts, epic: { ...epic, children }, issues: drafts });
  return readingOfDrafts(reading, block, epic, config);
}

/** No issue of a repository comes near. Numbers are 32-bit integers, so these are the largest round ones. */
const FIRST = 2_000_000_000;

/** The number that a segment has in a plan until it has an issue. */
const draftNumber = (index: number): IssueNumber => issueNumber(FIRST + index);

/** The names of segments without issues, by those numbers. */
const namesIn = (segments: readonly BlockSegment[]): Readonly<Record<number, string>> =>
  Object.fromEntries(segments.map(({ name }, index) => [draftNumber(index), name]));

/** The segments that a segment conflicts with, by its own word or by theirs, and that stand before it in the block. */
export function conflictsBefore(segments: readonly BlockSegment[], index: number): readonly BlockSegment[] {
  const { name = '', conflictsWith = [] } = segments[index] ?? {};
  return segments
    .slice(0, index)
    .filter((other) => conflictsWith.includes(other.name) || other.conflictsWith.includes(name));
}

/** The text of a segment's issue. A block's texts begin with front matter. */
export function withConflicts(body: string, conflicts: readonly IssueNumber[]): string {
  const list = conflicts.map((number) => `"#${number}"`).join(', ');
  const line = ['conflicts-with:', `[${list}]`].join(' ');
  return conflicts.length === 0 ? body : body.replace('---\n', `---\n${line}\n`);
}

/** The issues of a block as they will be. */
function draftsOf(epic: Issue, segments: readonly BlockSegment[]): readonly Issue[] {
  const numbers = new Map(segments.map(({ name }, index) => [name, draftNumber(index)]));
  const numbersOf = (names: readonly string[]) => names.flatMap((name) => numbers.get(name) ?? []);
  return segments.map(({ name, title, body, labels, blockedBy }, index): Issue => {
    const conflicts = conflictsBefore(segments, index).map((other) => other.name);
    return {
      id: issueId(`block:${name}`),
      number: draftNumber(index),
      title,
      body: withConflicts(body, numbersOf(conflicts)),
      url: '',
      state: 'open',
      author: epic.author,
      labels,
      parent: epic.number,
      children: [],
      blockedBy: numbersOf(blockedBy).map((number) => ({ number, state: 'open' })),
      digest: '',
      kind: 'issue',
    };
  });
}

/** The reading of a block that is not a plan. */
const readingOfFaults = ({ faults }: PlannedBlock, { number }: Issue): EpicReading => ({
  source: 'block',
  segments: [],
  waitsOutside: {},
  outside: {},
  readings: {},
  diagnostics: faults.map(({ line, says }) => ({
    level: 'error',
    problem: { kind: 'BLOCK_INVALID', at: { issue: number, line }, message: says },
  })),
  graph: makeGraph<IssueNumber>([], []),
  isCyclic: false,
  statedConflicts: [],
  globs: new GlobCache(),
});

/** What was read of a block's drafts, each with its place in the epic's text. */
function readingOfDrafts(
  reading: EpicReading,
  { segments, unused }: PlannedBlock,
  { number: epic }: Issue,
  config: Config,
): EpicReading {
  const of = new Map(segments.map((segment, index) => [draftNumber(index) as number, segment]));
  const found = reading.diagnostics.map(({ level, problem }) => ({ level, problem: placed(problem) }));
  const more = unused.map(({ key, line }): Diagnostic => {
    const at = { issue: epic, line };
    return { level: 'warning', problem: { kind: 'BLOCK_UNUSED', at, why: 'key', key } };
  });
  return {
    ...reading,
    source: 'block',
    names: namesIn(segments),
    diagnostics: [...found, ...more, ...segments.flatMap((segment) => foreignLabels(segment, epic, config))],
    readings: Object.fromEntries(
      Object.entries(reading.readings).map(([number, each]) => {
        const segment = of.get(Number(number));
        return [number, segment ? readingOf(segment, each, epic) : each];
      }),
    ),
  };

  function placed(problem: Problem): Problem {
    const links = 'links' in problem ? { links: problem.links.map(linkIn) } : {};
    const link = 'link' in problem ? { link: linkIn(problem.link) } : {};
    const segment = 'at' in problem ? of.get(problem.at.issue ?? 0) : undefined;
    const at = segment ? { at: { issue: epic, line: lineOf(segment, problem) } } : {};
    return { ...problem, ...links, ...link, ...at } as Problem;
  }

  function linkIn({ from, to, said }: Link): Link {
    const segment = of.get(from);
    if (!segment || said.kind === 'group') return { from, to, said };
    const line = segment.lines[said.kind === 'native' ? 'blocked-by' : 'body'] ?? segment.line;
    const text = said.kind === 'native' ? ['blocked-by:', segment.blockedBy.join(', ')].join(' ') : said.text;
    return { from, to, said: { kind: 'text', line, text, of: epic } };
  }
}

/** Labels by which Swarm is started, or by which it shows states. From Swarm's own hand they would mean nothing. */
function foreignLabels(segment: BlockSegment, epic: IssueNumber, config: Config): readonly Diagnostic[] {
  return segment.labels
    .filter((name) => [...COMMAND_LABELS, ...STATE_LABELS].some((label) => isLabel(name, config, label)))
    .map((value) => {
      const at = { issue: epic, line: segment.lines.labels ?? segment.line };
      const expected = { kind: 'label of people' } as const;
      return { level: 'error', problem: { kind: 'SPEC_VALUE', at, key: 'labels', value, expected } };
    });
}

/** The key that a problem is about, as far as its kind says. */
const KEY_OF: Partial<Record<Problem['kind'], string>> = {
  BAD_GLOB: 'files',
  SCOPE_EVERYTHING: 'files',
  CRITERIA_UNREAD: 'criteria',
  DEPENDENCY_UNREAD: 'body',
  UNKNOWN_ISSUE: 'body',
  NOT_AN_ISSUE: 'body',
  HIDDEN_TEXT: 'body',
  COMMENT_OPEN: 'body',
  PERSONA_NOT_FOUND: 'persona',
  SKILL_NOT_FOUND: 'skills',
  BRANCH_NAME: 'slug',
  SELF_DEPENDENCY: 'blocked-by',
};

function lineOf({ line, lines }: BlockSegment, problem: Problem): NonNullable<Place['line']> {
  const key = 'key' in problem && problem.key !== undefined ? keyOf(problem.key) : KEY_OF[problem.kind];
  return (key === undefined ? undefined : lines[key]) ?? line;
}

/** What was taken from where. The lines of a draft's own text mean nothing to its author. */
function readingOf({ line, lines }: BlockSegment, reading: IssueReading, epic: IssueNumber): IssueReading {
  const moved = <Read extends Reading | PassedOver>(read: Read): Read =>
    'line' in read.source ? { ...read, source: { ...read.source, line: at(read.what, read.source) } } : read;
  const at = (what: Reading['what'], source: Source): number =>
    lines[source.kind === 'text' || source.kind === 'section' ? (SECTIONS[what] ?? 'body') : what] ?? line;
  return {
    ...reading,
    // Every draft has a slug: its name.
    taken: reading.taken.filter(({ what }) => what !== 'slug' || lines.slug !== undefined).map(moved),
    passedOver: reading.passedOver.map(moved),
    linked: [],
    waits: [
      ...reading.linked.map((number): Wait => {
        const source = { kind: 'front matter', line: lines['blocked-by'] ?? line } as const;
        return { on: { number }, source };
      }),
      ...reading.waits.map((wait) =>
        'line' in wait.source ? { ...wait, source: { ...wait.source, line: lines.body ?? line } } : wait,
      ),
    ],
    from: { kind: 'block', of: epic, line },
  };
}

/** Parts of a text that have a key of their own in a block. */
const SECTIONS: Partial<Record<Reading['what'], string>> = { criteria: 'criteria' };
