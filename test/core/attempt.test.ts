import { expect, test } from 'vitest';
import { type AttemptId, attemptId, attemptName, readAttemptId, segmentOf } from '../../src/core/model/attempt.ts';
import { issueNumber } from '../../src/core/model/epic.ts';

test('an attempt of a segment that two epics share has a name of its own in each', () => {
  const of = (epic: number) => attemptId({ epic: issueNumber(epic), segment: issueNumber(14), number: 2 });
  expect([of(12), of(13)]).toEqual(['12.14-2', '13.14-2']);
});

test.each([
  ['12.14-2', { epic: 12, segment: 14, number: 2 }],
  ['14-2', { segment: 14, number: 2 }],
  ['12.14-0', undefined],
  ['0.14-1', undefined],
  ['12.14', undefined],
  ['12.14-1x', undefined],
  ['x12.14-1', undefined],
  ['12.13.14-1', undefined],
  ['', undefined],
])('the id %j is read as %j', (id, parts) => {
  expect(readAttemptId(id)).toEqual(parts);
});

test('the segment of an id that Swarm never made is asked for in vain', () => {
  expect(segmentOf('12.14-2' as AttemptId)).toBe(14);
  expect(() => segmentOf('fourteen' as AttemptId)).toThrow('`fourteen` is not the id of an attempt');
});

test('575 attempts in a row have names of their own, and then the first name comes again', () => {
  const names = Array.from({ length: 576 }, (_, ordinal) => attemptName(ordinal));
  expect(new Set(names.slice(0, 575)).size).toBe(575);
  expect(names[575]).toBe(names[0]);
  for (const name of names) expect(name).toMatch(/^[A-Z][a-z]+[A-Z][a-z]+$/);
  expect(names[0]).toBe('AmberBay');
});
