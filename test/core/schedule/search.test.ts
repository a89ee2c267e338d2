/**
 * The same work gets the same timetable on every machine, to the minute, after the same number of schedules. People approve
 * plans that rest on these timetables, so a change of a row below is a change that they see.
 */
import { describe, expect, test } from 'vitest';
import { type SearchEffort, type SearchResult, scheduleByRule, search } from '../../../src/core/schedule/search.ts';
import { begin, drawn, made, slots, type Work } from './work.ts';

const told = ({ starts, makespan, bound, schedules }: SearchResult) => ({
  starts: Array.from(starts).join(' '),
  makespan,
  bound,
  schedules,
});
const inOrder = ({ pieces }: Work): Int32Array => Int32Array.from(pieces.keys());
const find = (work: Work, effort: SearchEffort) => told(search(made(work), inOrder(work), effort));

describe('the search', () => {
  test.each([
    [142, 164, 47, '0 0 27 27 32 8 0 19 14 8'],
    [72, 350, 45, '0 42 0 9 18 0 32 12 27 30 25 44'],
    [117, 705, 59, '15 0 0 19 19 0 57 35 40 21 46 31 47 36'],
    [111, 1_287, 54, '42 0 29 0 16 34 32 3 0 37 5 37 0 12 30 17 18 48 12 41 34 47'],
    [94, 1_517, 43, '0 0 26 21 2 17 0 19 1 39 26 38 13 0 11 21 34 28 29 27'],
  ])('finds the shortest timetable of work %i after %i schedules', (seed, schedules, makespan, starts) => {
    expect(find(drawn(seed), { schedules: 2_000 })).toEqual({ starts, makespan, bound: makespan, schedules });
  });

  test.each([
    [93, 162, 74, '0 1 0 18 0 17 28 18 32 44 42 57 46 36 9 36 62 50 63'],
    [66, 606, 55, '0 36 0 16 0 30 0 28 7 28 46 11 29 11 49 26 7 14 42 47 30'],
    [80, 855, 55, '0 13 0 25 0 15 0 40 5 9 20 23 44 24 2 20 15 32 41 44'],
  ])(
    'finds the shortest timetable of work %i, of which some runs, after %i schedules',
    (seed, schedules, makespan, starts) => {
      const effort = { schedules: 2_000 };
      expect(find(begin(drawn(seed)), effort)).toEqual({ starts, makespan, bound: makespan, schedules });
    },
  );

  test.each([
    [1, 1, 62, '0 0 0 15 19 17 16 35 36 17 36 36 49 51'],
    [3, 4, 62, '0 0 0 15 19 17 16 35 36 17 36 36 49 51'],
    [50, 51, 61, '19 35 0 36 31 0 53 19 19 0 47 38 50 20'],
    [100, 100, 60, '21 34 0 19 19 0 54 35 37 0 47 19 49 36'],
    [2_000, 705, 59, '15 0 0 19 19 0 57 35 40 21 46 31 47 36'],
  ])('with a budget of %i schedules lays out %i, and keeps the shortest', (budget, schedules, makespan, starts) => {
    expect(find(drawn(117), { schedules: budget })).toEqual({ starts, makespan, bound: 59, schedules });
  });

  test('gives up at its budget where the bound cannot be reached', () => {
    expect(find(drawn(26), { schedules: 2_000 })).toEqual({
      starts: '0 19 0 3 0 9 27 17 27 31',
      makespan: 36,
      bound: 35,
      schedules: 2_000,
    });
  });

  test('never exceeds its budget by more than the schedule that is being improved', () => {
    const budgets = Array.from({ length: 60 }, (_, at) => 10 * (at + 1));
    const spent = budgets.map((schedules) => find(drawn(26), { schedules }).schedules);
    expect(spent.filter((schedules, at) => schedules - (budgets[at] ?? 0) > 1)).toEqual([]);
  });

  test('lays out one schedule if the rule reaches the bound', () => {
    expect(find(slots([3, 4, 5], { places: 2, waits: [[2, 0]] }), { schedules: 9 })).toEqual({
      starts: '0 0 3',
      makespan: 8,
      bound: 8,
      schedules: 1,
    });
  });

  test('of nothing is empty', () => {
    expect(find(slots([]), { schedules: 9 })).toEqual({ starts: '', makespan: 0, bound: 0, schedules: 1 });
  });
});

describe('a timetable that is known', () => {
  const best = Int32Array.from([15, 0, 0, 19, 19, 0, 57, 35, 40, 21, 46, 31, 47, 36]);
  const worse = Int32Array.from([21, 34, 0, 19, 19, 0, 54, 35, 37, 0, 47, 19, 49, 36]);

  test('is the result if it is shorter than the one by the rule', () => {
    expect(find(drawn(117), { schedules: 1, known: [best] })).toEqual({
      starts: Array.from(best).join(' '),
      makespan: 59,
      bound: 59,
      schedules: 2,
    });
  });

  test('is one of several, of which the shortest is the result', () => {
    expect(find(drawn(117), { schedules: 1, known: [worse, best, worse] })).toMatchObject({
      makespan: 59,
      schedules: 4,
    });
    expect(find(drawn(117), { schedules: 1, known: [worse] })).toMatchObject({ makespan: 60, schedules: 2 });
  });
});

describe('the steadiest timetable', () => {
  test.each([
    [29, 392, 48, 47, '0 0 1 0 25 32 26 16 9 16 33 45 34'],
    [41, 40, 39, 39, '1 0 0 0 6 20 0 20 13 20'],
    [45, 102, 71, 70, '0 0 48 51 24 38 1 70 6 62 20 51 40 52'],
    [14, 61, 67, 67, '7 0 60 32 17 21 35 0 57 46 60 46'],
    [26, 380, 36, 35, '0 19 0 3 0 9 27 17 27 31'],
    [22, 585, 86, 81, '29 39 10 0 3 0 29 35 64 16 49 56 36 79 0 44 66 20 68 77'],
    [58, 260, 82, 72, '14 0 0 14 28 14 28 46 46 46 46 65 65'],
  ])('of work %i is chosen by twelve draws of durations', (seed, schedules, makespan, bound, starts) => {
    const effort = { schedules: 200, scenarios: 12 };
    expect(find(drawn(seed), effort)).toEqual({ starts, makespan, bound, schedules });
  });

  test('is not looked for where the rule is as good as the best', () => {
    const work = slots([3, 4, 5], { places: 2, waits: [[2, 0]] });
    expect(find(work, { schedules: 9, scenarios: 12 })).toEqual(find(work, { schedules: 9 }));
  });
});

describe('the timetable by the rule', () => {
  test('is laid out once, with the quick bound', () => {
    const work = slots([3, 4, 5], {
      places: 3,
      apart: [
        [1, 0],
        [2, 0],
        [2, 1],
      ],
    });
    expect(told(scheduleByRule(made(work), [2, 1, 0]))).toEqual({
      starts: '9 5 0',
      makespan: 12,
      bound: 5,
      schedules: 1,
    });
  });
});
