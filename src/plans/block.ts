/**
 * The block: a plan in the text of an issue. It has the schema of plan files, and what GitHub itself would refuse is an error
 * before anything is created.
 */
import { createHash } from 'node:crypto';
import type { Block, BlockFault, BlockSegment } from '#core/model/journal/block';
import { type BlockText, blocksIn } from '#core/text/block';
import { BODY_CHARS } from '#core/text/spec';
import { type CheckedPlan, checkPlan, issueBody, type PlannedSegment } from './plan-file.ts';

/** @see https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/adding-sub-issues */
const MAX_SUB_ISSUES = 100;
/** Of one kind on one issue. @see https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/creating-issue-dependencies */
const MAX_LINKS = 50;
/** What a marker and the segments that it conflicts with add to a text. */
const ROOM_CHARS = 2_000;

/** The block in an epic's text, with everything that is wrong with it; undefined if there is none. */
export function readBlock(body: string): Block | undefined {
  const [first, second] = blocksIn(body);
  if (!first) return undefined;
  const { line, text } = first;
  const read = checkPlan(text, 'block');
  const faults = [...faultsOfFence(first, second), ...faultsIn(read, line)];
  return {
    line,
    digest: createHash('sha256').update(text).digest('hex'),
    segments: read.kind === 'plan' && faults.length === 0 ? segmentsOf(read, line) : [],
    faults,
    unused:
      read.kind === 'plan'
        ? read.keys.filter((key) => key !== 'segments').map((key) => ({ key, line: line + read.lineOf([key]) }))
        : [],
  };
}

function faultsOfFence({ line, isClosed }: BlockText, second: BlockText | undefined): readonly BlockFault[] {
  return [
    ...(isClosed ? [] : [{ line, says: 'it does not end; write a line of three backticks below it' }]),
    ...(second ? [{ line: second.line, says: 'it is the second one, and an epic has one plan' }] : []),
  ];
}

type Read = Extract<CheckedPlan, { readonly kind: 'plan' }>;

function faultsIn(read: CheckedPlan, start: number): readonly BlockFault[] {
  if (read.kind === 'refused') {
    return read.faults.map(({ line = 0, says }) => ({ line: start + line, says: says.replace(/\.$/, '') }));
  }
  const { segments } = read.plan;
  const at = (path: readonly string[], says: string): BlockFault => ({ line: start + read.lineOf(path), says });
  if (segments.length > MAX_SUB_ISSUES) {
    return [at(['segments'], `it has ${segments.length} segments, and GitHub allows ${MAX_SUB_ISSUES} sub-issues`)];
  }
  const waiting = (name: string): number => segments.filter(({ blockedBy }) => blockedBy.includes(name)).length;
  return segments.flatMap((segment) => faultsOf(segment, waiting(segment.name), at));
}

function faultsOf(
  segment: PlannedSegment,
  waiting: number,
  at: (path: readonly string[], says: string) => BlockFault,
): readonly BlockFault[] {
  const { name, blockedBy } = segment;
  const links = new Set(blockedBy).size;
  const path = ['segments', name];
  const isLong = issueBody(segment, () => undefined).length > BODY_CHARS - ROOM_CHARS;
  return [
    ...(links > MAX_LINKS
      ? [at([...path, 'blocked-by'], `${name} waits for ${links} segments, and GitHub allows ${MAX_LINKS}`)]
      : []),
    ...(waiting > MAX_LINKS ? [at(path, `${waiting} segments wait for ${name}, and GitHub allows ${MAX_LINKS}`)] : []),
    ...(isLong ? [at(path, `the text of ${name} is too long for an issue`)] : []),
  ];
}

/** @param start the line of the fence, which is above the first line of the plan. */
function segmentsOf({ plan, lineOf }: Read, start: number): readonly BlockSegment[] {
  return plan.segments.map((segment) => {
    const { name, title, labels, blockedBy, conflictsWith, spec, criteria } = segment;
    const path = ['segments', name];
    const line = start + lineOf(path);
    const keys = ['title', 'body', 'labels', 'blocked-by', 'conflicts-with', 'slug', ...Object.keys(spec)];
    const lines = [...keys, ...(criteria.length > 0 ? ['criteria'] : [])].flatMap((key) => {
      const found = start + lineOf([...path, key]);
      return found === line ? [] : [[key, found] as const];
    });
    return {
      name,
      title,
      // Two segments that conflict do so wherever it is written: the one that is made later names the other.
      body: issueBody(segment, () => undefined),
      labels: [...new Set(labels)],
      blockedBy: [...new Set(blockedBy)],
      conflictsWith: [...new Set(conflictsWith)],
      line,
      lines: Object.fromEntries(lines),
    };
  });
}
