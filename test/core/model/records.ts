/** Attempts, their outcomes and the journal that holds them, in a few words. */
import { attemptId } from '../../../src/core/model/attempt.ts';
import { headSha, instant, issueNumber, pullNumber } from '../../../src/core/model/epic.ts';
import {
  type Attempt,
  emptyJournal,
  emptyRecord,
  type Journal,
  type Outcome,
  type SegmentRecord,
} from '../../../src/core/model/journal.ts';
import type { Report } from '../../../src/core/model/report.ts';

export const AT = instant(1_000_000);
export const HEAD = headSha('a'.repeat(40));
export const OTHER_HEAD = headSha('b'.repeat(40));

export const report = (result: Report['result'], facts: Partial<Report> = {}): Report => ({
  version: 1,
  attempt: '1.2-1',
  segment: 2,
  runId: 1,
  result,
  tries: 1,
  validation: [],
  files: [],
  attention: [],
  agent: { summary: '', assumptions: [], criteria: [] },
  durationMs: 1,
  finishedAt: AT,
  ...facts,
});

export const attempt = (segment: number, number: number, outcome?: Outcome, facts: Partial<Attempt> = {}): Attempt => ({
  id: attemptId({ epic: issueNumber(1), segment: issueNumber(segment), number }),
  number,
  name: `Attempt${number}`,
  worker: 'implementation',
  why: 'first',
  branch: `feat/segment-${segment}`,
  base: headSha('0'.repeat(40)),
  dispatch: `1.${number}`,
  claimedAt: instant(0),
  ...(outcome ? { outcome } : {}),
  ...facts,
});

export const published = (pull: number, head = HEAD, facts: Partial<Report> = {}): Outcome & { kind: 'published' } => ({
  kind: 'published',
  at: AT,
  pull: pullNumber(pull),
  head,
  report: report({ kind: 'ready', branch: 'feat/x', head }, facts),
});

export const answered = (facts: Partial<Report> = {}): Outcome => ({
  kind: 'no-change',
  at: AT,
  report: report({ kind: 'no-change' }, facts),
});

type Failed = Extract<Report['result'], { kind: 'failed' }>;

export const failed = (facts: Partial<Failed> = {}, more: Partial<Report> = {}): Outcome => {
  const problem: Failed['problem'] = facts.problem ?? { kind: 'NO_TESTS', command: 'npm test' };
  return { kind: 'failed', at: AT, problem, report: report({ kind: 'failed', problem, ...facts }, more) };
};

/** A run that failed before it could report. */
export const crashed: Outcome = { kind: 'failed', at: AT, problem: { kind: 'RUN_CUT_SHORT' } };
export const lost: Outcome = { kind: 'lost', at: AT, conclusion: 'cancelled' };
export const cancelled: Outcome = { kind: 'cancelled', at: AT };

export const QUESTION = { id: 'q1', text: 'Cents or euros?', options: ['cents', 'euros'], blocking: true };

type Asked = Extract<Report['result'], { kind: 'needs-input' }>;

export const asked = (facts: Partial<Asked> = {}, more: Partial<Report> = {}): Outcome => ({
  kind: 'asked',
  at: AT,
  report: report({ kind: 'needs-input', question: QUESTION, ...facts }, more),
});

export const record = (attempts: readonly Attempt[], facts: Partial<SegmentRecord> = {}): SegmentRecord => ({
  ...emptyRecord,
  attempts,
  ...facts,
});

export const journal = (segments: Readonly<Record<number, SegmentRecord>>, facts: Partial<Journal> = {}): Journal => ({
  ...emptyJournal(issueNumber(1)),
  segments,
  ...facts,
});
