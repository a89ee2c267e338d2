/**
 * The block of an epic: its issues are made once, from the text that a person authorised, and from then on they count (SPEC R1.2).
 *
 * While they are made, the plan is still the block's, and nothing starts: a segment must not run before all of its links are
 * there. What GitHub shows is believed, and not what was done: a read may lag behind a write.
 */
import { conflictsBefore, type PlannedBlock } from '#core/epic/block';
import type { IssueNumber } from '#core/model/epic';
import type { AuthorisedSegment, Journal } from '#core/model/journal';
import type { BlockSegment } from '#core/model/journal/block';
import { actKeys, recordOf, refusedIssues, withAct, withoutAct, withRecord } from '#core/model/journal-lenses';
import { isTrusted } from '#core/model/people';
import type { Plan } from '#core/model/plan';
import type { Diagnostic, Problem } from '#core/model/problem';
import type { Issue, Snapshot } from '#core/model/snapshot';
import { isTouched } from '../authorise.ts';
import { type Draft, GRACE_MS } from '../draft.ts';
import { edgesOf, type Facts } from '../progress.ts';
import type { Situation } from '../situation.ts';

type Seen = Pick<Facts, 'snapshot' | 'journal'>;

/** What the plan is made of, if not of issues. */
export function blockToPlan({ snapshot, journal }: Seen): PlannedBlock | undefined {
  const { block } = journal;
  if (block?.segments) {
    return isMade(snapshot, journal, block.segments) ? undefined : { segments: block.segments, faults: [], unused: [] };
  }
  return block || !snapshot.block || hasSubIssues(snapshot) || isUnderWay(journal) ? undefined : snapshot.block;
}

/** What a plan says of its source once the issues of a block count. */
export const sourceOf = ({ block }: Journal, source: Plan['source']): Plan['source'] =>
  block && !block.segments && source === 'sub-issues' ? 'sub-issues of the block' : source;

/** Sub-issues that people made. */
const hasSubIssues = ({ epic, issues }: Snapshot): boolean =>
  issues.some(({ parent, madeFor }) => parent === epic.number && madeFor === undefined);

const isUnderWay = ({ dispatches }: Journal): boolean => Object.keys(dispatches).length > 0;

/** What keeps a block from being made, and what does not count of it. */
export function blockDiagnostics({ snapshot, journal, config, plan }: Facts): readonly Diagnostic[] {
  const { epic, block } = snapshot;
  const at = { issue: epic.number, ...(block ? { line: block.line } : {}) };
  const error = (problem: Problem): readonly Diagnostic[] => [{ level: 'error', problem }];
  const warning = (why: 'sub-issues' | 'issues made' | 'started without'): readonly Diagnostic[] => [
    { level: 'warning', problem: { kind: 'BLOCK_UNUSED', at, why } },
  ];
  const made = journal.block;
  if (made?.segments) return takenOut({ snapshot, journal }, made.segments).flatMap(error);
  if (plan.source === 'block') {
    const stranger = [epic.author, epic.editor].find((person) => person && !isTrusted(person, config));
    if (stranger && !recordOf(journal, epic.number).included) {
      return error({ kind: 'BLOCK_NOT_AUTHORISED', at, login: stranger.login });
    }
    const isOther = journal.authorisation !== undefined && journal.authorisation.epicDigest !== epic.digest;
    return isOther ? error({ kind: 'BLOCK_NOT_AUTHORISED', at }) : [];
  }
  if (!block || block.digest === made?.digest) return [];
  if (made) return warning('issues made');
  return warning(hasSubIssues(snapshot) ? 'sub-issues' : 'started without');
}

/** Keeps a block for good once its text is authorised: whatever becomes of the text, these issues are made. */
export function keepBlock({ plan }: Situation, draft: Draft): void {
  const { journal, snapshot } = draft;
  const { block, epic } = snapshot;
  if (plan.source !== 'block' || !block || block.faults.length > 0) return;
  if (journal.block?.segments && isBegun(journal, epic.number)) return;
  if (journal.authorisation?.epicDigest !== epic.digest || journal.block?.digest === block.digest) return;
  if (plan.diagnostics.some(({ problem }) => problem.kind === 'BLOCK_NOT_AUTHORISED' && problem.login)) return;
  draft.journal = { ...journal, block: { digest: block.digest, segments: block.segments } };
}

const isBegun = ({ acts }: Journal, epic: IssueNumber): boolean =>
  Object.keys(acts).some((key) => key.startsWith(actKeys.segment(epic, '')));

// ── Making the issues ───────────────────────────────────────────────────────────────────────────────────────────────

/** The issues that were made, by the names of their segments. */
function numbersIn({ acts, epic }: Journal, segments: readonly BlockSegment[]): ReadonlyMap<string, IssueNumber> {
  return new Map(
    segments.flatMap(({ name }) => {
      const { state, result } = acts[actKeys.segment(epic, name)] ?? {};
      return state === 'done' && result !== undefined ? [[name, result as IssueNumber] as const] : [];
    }),
  );
}

/** Every issue is there, with all of its links. */
function isMade(snapshot: Snapshot, journal: Journal, segments: readonly BlockSegment[]): boolean {
  const numbers = numbersIn(journal, segments);
  if (numbers.size < segments.length) return false;
  const issues = childrenIn(snapshot);
  // A person who says so continues with what is left.
  const isLeft = journal.block?.partly === true;
  return segments.every(({ name, blockedBy }) => {
    const issue = issues.get(numbers.get(name) ?? 0);
    if (!issue) return isLeft;
    return blockedBy.every((on) => isLinked(issue, numbers.get(on)) || (isLeft && !issues.has(numbers.get(on) ?? 0)));
  });
}

const childrenIn = ({ epic, issues }: Snapshot): ReadonlyMap<number, Issue> =>
  new Map(issues.filter(({ parent }) => parent === epic.number).map((issue) => [issue.number, issue]));

const isLinked = ({ blockedBy }: Issue, on: IssueNumber | undefined): boolean =>
  blockedBy.some(({ number, repository }) => number === on && !repository);

/** Issues that were made a while ago and are not in the epic. */
function takenOut({ snapshot, journal }: Seen, segments: readonly BlockSegment[]): readonly Problem[] {
  if (journal.block?.partly) return [];
  const issues = childrenIn(snapshot);
  const at = { issue: snapshot.epic.number };
  return [...numbersIn(journal, segments)].flatMap(([name, segment]): readonly Problem[] => {
    const doneAt = journal.acts[actKeys.segment(snapshot.epic.number, name)]?.at ?? 0;
    if (issues.has(segment) || snapshot.now - doneAt < GONE_MS) return [];
    return [{ kind: 'SEGMENT_GONE', at, segment, how: 'taken out' }];
  });
}

/** GitHub shows a new sub-issue long before that. */
const GONE_MS = 5 * 60_000;

/** Makes what is not there yet: first all issues, and then the links between them. */
export function makeBlock(situation: Situation, draft: Draft): void {
  const { segments } = draft.journal.block ?? {};
  if (!segments || situation.journal.phase !== 'running' || situation.errors.length > 0) return;
  segments.forEach((_, index) => {
    makeSegment(draft, segments, index);
  });
  const numbers = numbersIn(draft.journal, segments);
  if (numbers.size === segments.length) for (const segment of segments) linkSegment(draft, segment, numbers);
  // Until GitHub shows all of it, even if no event tells. What GitHub refuses waits for a person.
  if (refusedIssues(draft.journal).length === 0) draft.lookAgain(LOOK_MS);
}

const LOOK_MS = 5_000;

function makeSegment(draft: Draft, segments: readonly BlockSegment[], index: number): void {
  const { epic } = draft.snapshot;
  const segment = segments[index];
  if (!segment) return;
  const numbers = numbersIn(draft.journal, segments);
  const others = conflictsBefore(segments, index);
  const conflicts = others.flatMap(({ name }) => numbers.get(name) ?? []);
  // It names them in its text, so they come first.
  if (conflicts.length < others.length) return;
  const { name, title, body, labels } = segment;
  draft.once({
    kind: 'make issue',
    key: actKeys.segment(epic.number, name),
    notice: { kind: 'block segment', title, text: body, conflicts },
    ...(labels.length > 0 ? { labels } : {}),
    parent: epic.number,
    parentId: epic.id,
    reason: { kind: 'segment in block', name },
  });
}

function linkSegment(draft: Draft, { name, blockedBy }: BlockSegment, numbers: ReadonlyMap<string, IssueNumber>): void {
  const { snapshot } = draft;
  const issues = childrenIn(snapshot);
  const issue = issues.get(numbers.get(name) ?? 0);
  for (const on of blockedBy) {
    const blocker = issues.get(numbers.get(on) ?? 0);
    if (!issue || !blocker) continue;
    const key = actKeys.link(snapshot.epic.number, name, on);
    const act = draft.journal.acts[key];
    if (isLinked(issue, blocker.number)) {
      if (act && act.state !== 'done') draft.journal = withAct(draft.journal, key, { ...act, state: 'done' });
      continue;
    }
    // Somebody took it out again before anything could start. It is part of what was authorised.
    if (act?.state === 'done' && snapshot.now - act.at >= GRACE_MS) draft.journal = withoutAct(draft.journal, key);
    draft.once({
      kind: 'add blocker',
      key,
      issue: issue.number,
      issueId: issue.id,
      blocker: blocker.number,
      blockerId: blocker.id,
      reason: { kind: 'blocker in block', name, on },
    });
  }
}

// ── When they are there ─────────────────────────────────────────────────────────────────────────────────────────────

/** The consent to the block is one to its issues. Those that somebody without write access has changed wait for another one. */
export function bindBlock({ plan, snapshot, segments: planned, config }: Situation, draft: Draft): void {
  const { block, authorisation } = draft.journal;
  if (!block?.segments || !authorisation || plan.source === 'block') return;
  const issues = childrenIn(snapshot);
  const numbers = numbersIn(draft.journal, block.segments);
  const bound: Record<number, AuthorisedSegment> = {};
  for (const { name, title } of block.segments) {
    const issue = issues.get(numbers.get(name) ?? 0);
    const segment = issue && planned.get(issue.number);
    if (!issue || !segment) continue;
    draft.journal = withRecord(draft.journal, issue.number, { fromBlock: true });
    const isAsMade = issue.title === title && (issue.editor === undefined || isTrusted(issue.editor, config));
    if (!isAsMade || isTouched(issue, authorisation.at, config, issue.author.id)) continue;
    bound[issue.number] = { digest: issue.digest, ...edgesOf(plan, segment) };
    draft.texts[issue.number] = { title, body: issue.body, labels: issue.labels };
  }
  draft.journal = {
    ...draft.journal,
    block: { digest: block.digest },
    authorisation: { ...authorisation, segments: { ...authorisation.segments, ...bound } },
  };
}

/** Somebody starts the epic once more while issues that were made are not in it: it continues with those that are. */
export function continueWithout(draft: Draft): void {
  const { journal, snapshot } = draft;
  const { block } = journal;
  if (!block?.segments || takenOut({ snapshot, journal }, block.segments).length === 0) return;
  if (numbersIn(journal, block.segments).size < block.segments.length) return;
  draft.journal = { ...journal, block: { ...block, partly: true } };
}
