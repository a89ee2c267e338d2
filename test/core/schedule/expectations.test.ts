import { describe, expect, test } from 'vitest';
import type { SegmentHistory } from '../../../src/core/model/journal.ts';
import { type Expected, expectationsOf, readHistory } from '../../../src/core/schedule/expectations.ts';
import { type Facts, number, segment, segmentsOf } from './segments.ts';

const took = (minutes: number, more: Partial<SegmentHistory> = {}): SegmentHistory => ({
  worker: 'implementation',
  minutes,
  ...more,
});

describe('the history of earlier epics', () => {
  const whole = { worker: 'tests', persona: 'careful', estimateMinutes: 30, minutes: 15, costUsd: 2.5 };

  test.each<[string, unknown, unknown]>([
    ['a whole entry is kept as it is', whole, whole],
    [
      'an entry needs only its worker and its minutes',
      { worker: 'tests', minutes: 3 },
      { worker: 'tests', minutes: 3 },
    ],
    ['anything else in an entry is left out', { ...whole, more: 1 }, whole],
    [
      'an estimate of nothing and no cost are facts',
      { ...whole, estimateMinutes: 0, costUsd: 0 },
      { ...whole, estimateMinutes: 0, costUsd: 0 },
    ],
    ['half a minute is a time', { ...whole, minutes: 0.5 }, { ...whole, minutes: 0.5 }],
    ['just below a million minutes is a time', { ...whole, minutes: 999_999 }, { ...whole, minutes: 999_999 }],
    [
      'optional facts of a wrong type are left out',
      { worker: 'tests', minutes: 3, persona: 7, estimateMinutes: '30', costUsd: null },
      { worker: 'tests', minutes: 3 },
    ],
    [
      'optional amounts that cannot be are left out',
      { worker: 'tests', minutes: 3, estimateMinutes: -1, costUsd: 1e6 },
      { worker: 'tests', minutes: 3 },
    ],
  ])('%s', (_, entry, kept) => {
    expect(readHistory([[entry]])).toEqual([kept]);
  });

  test.each<[string, unknown]>([
    ['no time', { worker: 'tests' }],
    ['a time of nothing', { worker: 'tests', minutes: 0 }],
    ['a negative time', { worker: 'tests', minutes: -1 }],
    ['a million minutes', { worker: 'tests', minutes: 1e6 }],
    ['a time that is no number', { worker: 'tests', minutes: Number.NaN }],
    ['a time in words', { worker: 'tests', minutes: '3' }],
    ['no worker', { minutes: 3 }],
    ['an unknown worker', { worker: 'cook', minutes: 3 }],
    ['null', null],
    ['undefined', undefined],
    ['a number', 7],
  ])('an entry with %s is left out, and the entries around it are kept', (_, entry) => {
    expect(readHistory([[took(1), entry, took(2)]])).toEqual([took(1), took(2)]);
  });

  test('lists stand one after the other, and anything that is no list is left out', () => {
    expect(readHistory([[took(1), took(2)], 'spoilt', null, took(9), [took(3)]])).toEqual([took(1), took(2), took(3)]);
    expect(readHistory([])).toEqual([]);
  });

  test('only the first 200 entries count', () => {
    const many = Array.from({ length: 150 }, (_, at) => took(at + 1));
    expect(readHistory([many, many])).toEqual([...many, ...many.slice(0, 50)]);
  });
});

/** From three values: their median, and how far they spread, starting from 0.5 as if that had been seen four times. */
const ALIKE = Math.sqrt(1 / 7);
const DOUBLING = Math.sqrt((1 + 2 * Math.LN2 ** 2) / 7);

describe('the time that a segment is expected to take', () => {
  const expectedOf = (facts: Facts, earlier: readonly SegmentHistory[]): Expected | undefined =>
    expectationsOf([segment(2, facts)], earlier).of.get(number(2));
  const times = (minutes: readonly number[], more: Partial<SegmentHistory> = {}): readonly SegmentHistory[] =>
    minutes.map((each) => took(each, more));

  test.each<[string, Facts, readonly SegmentHistory[], Expected]>([
    ['with nothing known it is 20 minutes', {}, [], { minutes: 20, deviation: 0.5 }],
    ['with nothing but an estimate it is the estimate', { minutes: 45 }, [], { minutes: 45, deviation: 0.5 }],
    ['two earlier segments prove nothing', {}, times([50, 60]), { minutes: 20, deviation: 0.5 }],
    ['of three equal earlier ones it is their time', {}, times([60, 60, 60]), { minutes: 60, deviation: ALIKE }],
    ['of three earlier ones it is the middle one', {}, times([80, 20, 40]), { minutes: 40, deviation: DOUBLING }],
    [
      'of four earlier ones it is the lower of the two in the middle',
      {},
      times([40, 80, 20, 40]),
      { minutes: 40, deviation: Math.sqrt((1 + 2 * Math.LN2 ** 2) / 8) },
    ],
    ['it is rounded to whole minutes', {}, times([2.5, 2.5, 2.5]), { minutes: 3, deviation: ALIKE }],
    ['it is a minute at least', {}, times([0.2, 0.2, 0.2]), { minutes: 1, deviation: ALIKE }],
    [
      'a hundredth of a minute is the least that the spread counts',
      {},
      times([0.01, 0.0001, 0.000_001]),
      { minutes: 1, deviation: ALIKE },
    ],
    [
      'with an estimate it is the estimate times the usual error',
      { minutes: 40 },
      [took(60, { estimateMinutes: 30 }), took(100, { estimateMinutes: 50 }), took(80, { estimateMinutes: 40 })],
      { minutes: 80, deviation: ALIKE },
    ],
    [
      'the errors spread, too',
      { minutes: 40 },
      [took(30, { estimateMinutes: 30 }), took(80, { estimateMinutes: 40 }), took(200, { estimateMinutes: 50 })],
      { minutes: 80, deviation: DOUBLING },
    ],
    [
      'an estimate of nothing counts as one minute',
      { minutes: 5 },
      times([3, 3, 3], { estimateMinutes: 0 }),
      { minutes: 15, deviation: ALIKE },
    ],
    [
      'with an estimate, three earlier ones of which two had estimates prove nothing',
      { minutes: 40 },
      [took(60, { estimateMinutes: 30 }), took(100, { estimateMinutes: 50 }), took(80)],
      { minutes: 40, deviation: 0.5 },
    ],
    [
      'the cost is the lower middle one of those that are known',
      {},
      [took(60, { costUsd: 3 }), took(60), took(60), took(60, { costUsd: 1 })],
      { minutes: 60, deviation: Math.sqrt(1 / 8), costUsd: 1 },
    ],
    [
      'the cost is learned even where the time is not',
      { minutes: 40 },
      times([60, 60, 60], { costUsd: 3 }),
      { minutes: 40, deviation: 0.5, costUsd: 3 },
    ],
    [
      'a cost with an estimate that was learned from',
      { minutes: 40 },
      times([30, 30, 30], { estimateMinutes: 30, costUsd: 3 }),
      { minutes: 40, deviation: ALIKE, costUsd: 3 },
    ],
  ])('%s', (_, facts, earlier, expected) => {
    const found = expectedOf(facts, earlier);
    expect(found).toStrictEqual({ ...expected, deviation: expect.closeTo(expected.deviation, 12) });
  });

  const persona = 'careful';
  const two = times([11, 12], { persona });
  test.each<[string, readonly SegmentHistory[], number]>([
    [
      'its persona without an estimate, before all others',
      [
        ...times([11, 12, 13], { persona }),
        ...times([21, 22, 23]),
        ...times([31, 32, 33], { persona, estimateMinutes: 30 }),
      ],
      12,
    ],
    [
      'else its worker without an estimate',
      [
        ...two,
        ...times([21, 22, 23]),
        ...times([31, 32, 33], { persona, estimateMinutes: 30 }),
        ...times([34, 35, 36], { persona, estimateMinutes: 9 }),
      ],
      21,
    ],
    [
      'else its persona with any estimate',
      [
        ...two,
        ...times([31, 32, 33], { persona, estimateMinutes: 30 }),
        ...times([41, 42, 43], { estimateMinutes: 30 }),
      ],
      31,
    ],
    [
      'else its worker with any estimate',
      [...two, ...times([41, 42, 43], { estimateMinutes: 30 }), ...times([51, 52, 53], { worker: 'tests', persona })],
      41,
    ],
    ['else any', [...two, ...times([51, 52, 53], { worker: 'tests', persona })], 51],
    ['else none', two, 20],
  ])('a segment without an estimate learns from %s', (_, earlier, minutes) => {
    expect(expectedOf({ persona }, earlier)?.minutes).toBe(minutes);
  });

  test.each([
    ['small up to 20 minutes', 20, 2],
    ['medium from 21 minutes', 21, 3],
    ['medium up to 60 minutes', 60, 3],
    ['large from 61 minutes', 61, 5],
    ['large up to 180 minutes', 180, 5],
    ['huge from 181 minutes', 181, 7],
  ])('an estimate is %s, and learns from the errors of estimates of its size', (_, minutes, error) => {
    const missed = (by: number, ...estimates: number[]): readonly SegmentHistory[] =>
      estimates.map((estimate) => took(by * estimate, { estimateMinutes: estimate }));
    const earlier = [
      ...missed(2, 1, 20, 20),
      ...missed(3, 21, 60, 60),
      ...missed(5, 61, 180, 180),
      ...missed(7, 181, 181, 9_000),
    ];
    expect(expectedOf({ minutes }, earlier)?.minutes).toBe(minutes * error);
  });

  test('the usual time is the lower middle one of the estimates in the epic', () => {
    const { of } = expectationsOf(
      segmentsOf({ minutes: 90 }, {}, { minutes: 10 }, { minutes: 50 }, { minutes: 40 }),
      [],
    );
    expect([...of]).toEqual([
      [2, { minutes: 90, deviation: 0.5 }],
      [3, { minutes: 40, deviation: 0.5 }],
      [4, { minutes: 10, deviation: 0.5 }],
      [5, { minutes: 50, deviation: 0.5 }],
      [6, { minutes: 40, deviation: 0.5 }],
    ]);
  });
});

describe('the basis of the expectations', () => {
  test.each<[string, readonly Facts[], readonly SegmentHistory[], unknown]>([
    ['nothing: all are alike', [{}, {}], [], { kind: 'all alike' }],
    ['too little history and no estimate', [{}, {}], [took(1), took(2)], { kind: 'all alike' }],
    ['some estimates', [{ minutes: 10 }, {}, { minutes: 20 }], [], { kind: 'estimates', estimated: 2 }],
    [
      'history, even if only one segment could learn from it',
      [{ minutes: 10 }, {}],
      [took(1), took(2), took(3)],
      { kind: 'learned', segments: 3 },
    ],
    ['no segments', [], [took(1), took(2), took(3)], { kind: 'all alike' }],
  ])('%s', (_, facts, earlier, basis) => {
    expect(expectationsOf(segmentsOf(...facts), earlier).basis).toEqual(basis);
  });
});
