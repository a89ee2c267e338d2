/**
 * Every problem that a work job can report arrives: a problem that its outcome could not carry would lose the whole run.
 */
import { describe, expect, it } from 'vitest';
import { attemptId } from '../../src/core/model/attempt.ts';
import { issueNumber } from '../../src/core/model/epic.ts';
import { PROBLEMS, WORK_PROBLEMS, type WorkProblem } from '../../src/core/model/problem.ts';
import { readOutcome, type WorkOutcome, writeOutcome } from '../../src/segment/outcome.ts';
import { PROBLEM_KINDS, problemPage } from '../../src/words/problems.ts';

const attempt = attemptId({ epic: issueNumber(1), segment: issueNumber(14), number: 1 });

const sent = (problem: WorkProblem): WorkProblem | undefined => {
  const outcome: WorkOutcome = {
    version: 1,
    attempt,
    tries: 1,
    validation: [],
    agent: { summary: '', assumptions: [], criteria: [] },
    problem,
    durationMs: 1,
    warnings: [],
  };
  return readOutcome(writeOutcome(outcome), attempt)?.problem;
};

/** The same problem with every text and list far too long. */
const swollen = (value: unknown, key = ''): unknown => {
  if (typeof value === 'string')
    return ['kind', 'what', 'of'].includes(key) ? value : value.repeat(15_000).slice(0, 15_000);
  if (Array.isArray(value)) return Array.from({ length: 250 }, () => value[0] as unknown).map((item) => swollen(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, swollen(held, name)]));
};

const KINDS = Object.keys(WORK_PROBLEMS) as WorkProblem['kind'][];

describe.each(KINDS)('%s', (kind) => {
  const { example } = problemPage(kind);

  it('arrives as it was sent', () => {
    expect(sent(example)).toEqual(example);
  });

  it('arrives however long its texts are', () => {
    const arrived = sent(swollen(example) as WorkProblem);
    expect(arrived?.kind).toBe(kind);
    expect(Object.keys(arrived ?? {})).toEqual(Object.keys(example));
  });

  it('is refused with a fact too many', () => {
    expect(sent({ ...example, more: 'x' } as never)).toBeUndefined();
  });
});

it('a problem that no work job has is refused', () => {
  const others = PROBLEM_KINDS.filter((kind) => !Object.hasOwn(WORK_PROBLEMS, kind));
  expect(others.length).toBe(Object.keys(PROBLEMS).length - KINDS.length);
  for (const kind of others) expect(sent(problemPage(kind).example as never), kind).toBeUndefined();
});
