import { describe, expect, test } from 'vitest';
import type { Config } from '../../../src/core/model/config.ts';
import { issueNumber, type Segment } from '../../../src/core/model/epic.ts';
import type { RunOptions } from '../../../src/core/model/journal.ts';
import type { Plan, Wave } from '../../../src/core/model/plan.ts';
import type { WaitReason } from '../../../src/core/model/progress.ts';
import { capOf, type SegmentState, startable } from '../../../src/core/schedule/startable.ts';
import { eager, type Facts, inWaves, planOf, segment, segmentsOf } from './segments.ts';

interface Asked {
  readonly settings?: Config;
  readonly conflicts?: readonly string[];
  readonly states?: Readonly<Record<number, SegmentState>>;
  readonly held?: Readonly<Record<number, readonly WaitReason[]>>;
  readonly options?: RunOptions;
  readonly elapsed?: Readonly<Record<number, number>>;
  readonly outside?: Plan['waitsOutside'];
  /** Segments of the plan that its waves and its forecast leave out. */
  readonly more?: readonly Segment[];
}

const byNumber = <Value>(all: Readonly<Record<number, Value>>) =>
  new Map(Object.entries(all).map(([number, value]) => [issueNumber(Number(number)), value]));

const say = (reason: WaitReason): string => {
  const { kind, ...facts } = reason;
  return [kind, ...Object.values(facts)].join(' ');
};

/** The segments that may start, and in words why each of the others waits. */
const ask = (
  segments: readonly Segment[],
  { settings = eager(), conflicts = [], states = {}, held, options = {}, elapsed, outside = {}, more = [] }: Asked = {},
): { start: readonly number[]; waiting: Readonly<Record<number, string>> } => {
  const { start, waiting } = startable({
    plan: { ...planOf(segments, settings, { conflicts }), segments: [...segments, ...more], waitsOutside: outside },
    states: byNumber(states),
    config: settings,
    options,
    ...(held ? { held: byNumber(held) } : {}),
    ...(elapsed ? { elapsedMinutes: byNumber(elapsed) } : {}),
  });
  return {
    start,
    waiting: Object.fromEntries([...waiting].map(([number, reasons]) => [number, reasons.map(say).join(', ')])),
  };
};
const paused = [{ kind: 'paused' }] as const;

describe('by the rule', () => {
  test.each<[string, readonly Segment[], Asked, ReturnType<typeof ask>]>([
    ['nothing starts where there is nothing', [], {}, { start: [], waiting: {} }],
    [
      'nothing starts and nothing waits once all is done',
      segmentsOf({}, { after: [2] }),
      { states: { 2: 'done', 3: 'done' } },
      { start: [], waiting: {} },
    ],
    [
      'the longest remaining path starts first, then the more urgent, then the smaller number',
      segmentsOf(
        { minutes: 5 },
        { minutes: 5 },
        { minutes: 5, priority: 1 },
        { minutes: 9 },
        { minutes: 9, after: [2] },
      ),
      {},
      { start: [2, 5, 4, 3], waiting: { 6: 'segment 2' } },
    ],
    [
      'a segment waits for all its blockers that are not done, and names no others',
      segmentsOf({}, {}, {}, { after: [2, 3, 4] }),
      { states: { 2: 'in flight', 3: 'done', 4: 'open' } },
      { start: [4], waiting: { 5: 'segment 2, segment 4' } },
    ],
    [
      'a blocker that is no segment of the epic does not count here',
      [segment(2, { after: [99] })],
      {},
      { start: [2], waiting: {} },
    ],
    [
      'in waves a segment waits for the first wave that is not done, and for its own blockers',
      segmentsOf({}, {}, { after: [2] }, { after: [4] }, { after: [2, 3] }),
      { settings: inWaves(), states: { 2: 'done', 3: 'in flight' } },
      { start: [], waiting: { 4: 'wave 1', 5: 'segment 4, wave 1', 6: 'segment 3, wave 1' } },
    ],
    [
      'in waves the next wave starts once all of the one before is done',
      segmentsOf({}, {}, { after: [2] }, { after: [4] }),
      { settings: inWaves(), states: { 2: 'done', 3: 'done' } },
      { start: [4], waiting: { 5: 'segment 4, wave 2' } },
    ],
    [
      'an overlap is waited for, whether it is in flight or starts now, in order of number',
      segmentsOf({ minutes: 9 }, { minutes: 2 }, { minutes: 30 }, {}),
      { conflicts: ['2 3', '3 4', '3 5'], states: { 5: 'in flight' } },
      { start: [4, 2], waiting: { 3: 'overlap 2, overlap 4, overlap 5' } },
    ],
    [
      'a segment that overlaps one in flight lets the next one go first',
      segmentsOf({}, { minutes: 60 }, {}),
      { conflicts: ['2 3'], states: { 2: 'in flight' } },
      { start: [4], waiting: { 3: 'overlap 2' } },
    ],
    [
      'only so many are in flight as the cap says',
      segmentsOf({}, {}, {}, {}),
      { settings: eager({ maxParallel: 2 }), states: { 4: 'in flight' } },
      { start: [2], waiting: { 3: 'cap', 5: 'cap' } },
    ],
    [
      'a segment in flight that the plan does not have any more takes a place, too',
      segmentsOf({}, {}),
      { settings: eager({ maxParallel: 2 }), states: { 99: 'in flight' } },
      { start: [2], waiting: { 3: 'cap' } },
    ],
    [
      'only so many of a worker are in flight as its cap says',
      segmentsOf({ worker: 'tests' }, { worker: 'tests' }, { worker: 'tests' }, { worker: 'tests' }, {}),
      { settings: eager({ workers: { ...eager().workers, tests: 2 } }), states: { 3: 'in flight' } },
      { start: [2, 6], waiting: { 4: 'cap', 5: 'cap' } },
    ],
    [
      'only the wave that was asked for starts, and its segments still wait for their blockers',
      segmentsOf({}, {}, { after: [2] }, { after: [3] }),
      { options: { wave: 2 }, states: { 2: 'done' } },
      { start: [4], waiting: { 3: 'only wave 2', 5: 'segment 3' } },
    ],
    [
      'a wave that was asked for waits for the wave before, in waves',
      segmentsOf({}, {}, { after: [2] }),
      { settings: inWaves(), options: { wave: 2 }, states: { 2: 'done' } },
      { start: [], waiting: { 3: 'only wave 2', 4: 'wave 1' } },
    ],
    [
      'one after the other, if that was asked for',
      segmentsOf({}, {}, {}),
      { options: { sequential: true } },
      { start: [2], waiting: { 3: 'cap', 4: 'cap' } },
    ],
    [
      'a held segment waits for the reasons given, and takes no place',
      segmentsOf({ minutes: 90 }, {}, {}),
      { settings: eager({ maxParallel: 1 }), held: { 2: paused } },
      { start: [3], waiting: { 2: 'paused', 4: 'cap' } },
    ],
    [
      'a segment may be held without a reason',
      segmentsOf({}, {}),
      { held: { 2: [] } },
      { start: [3], waiting: { 2: '' } },
    ],
    [
      'a segment that waits for an issue outside takes no place',
      segmentsOf({ minutes: 90 }, {}, {}),
      { settings: eager({ maxParallel: 1 }), outside: { 2: [{ number: issueNumber(99) }], 3: [] } },
      { start: [3], waiting: { 2: 'outside #99', 4: 'cap' } },
    ],
    [
      'a segment that is done takes no place and excludes no other, nor does one that is open',
      segmentsOf({ minutes: 90 }, {}, {}),
      { settings: eager({ maxParallel: 1 }), conflicts: ['2 3', '3 4'], states: { 2: 'done', 4: 'open' } },
      { start: [3], waiting: { 4: 'overlap 3' } },
    ],
    [
      'segments on a cycle wait for each other',
      segmentsOf({ after: [3] }, { after: [2] }),
      {},
      { start: [], waiting: { 2: 'segment 3', 3: 'segment 2' } },
    ],
    [
      'all reasons stand in one order, each once',
      segmentsOf({}, {}, {}, { after: [2, 3] }),
      {
        settings: inWaves(),
        conflicts: ['4 5'],
        states: { 2: 'done', 4: 'in flight' },
        options: { wave: 1 },
        held: { 5: [...paused, { kind: 'base red' }, ...paused] },
        outside: { 5: [{ number: issueNumber(98) }, { number: issueNumber(99) }] },
      },
      {
        start: [3],
        waiting: { 5: 'segment 3, wave 1, only wave 1, overlap 4, outside #98, outside #99, paused, base red' },
      },
    ],
  ])('%s', (_, segments, asked, answer) => {
    expect(ask(segments, asked)).toEqual(answer);
  });
});

describe('looking ahead', () => {
  /** #5 may not run beside #3, which waits for #2 and has 300 minutes of work behind it. */
  const epic = (left: number, own: number, ...more: Facts[]): readonly Segment[] =>
    segmentsOf({ minutes: left }, { minutes: 20, after: [2] }, { minutes: 300, after: [3] }, { minutes: own }, ...more);
  const beside: Asked = { conflicts: ['3 5'], states: { 2: 'in flight' } };

  test('a segment that could start is held back for one that is ready sooner than it would end', () => {
    const waiting = { 3: 'segment 2', 4: 'segment 3' };
    expect(ask(epic(20, 21), beside)).toEqual({ start: [], waiting: { ...waiting, 5: 'turn 3' } });
    expect(ask(epic(20, 20), beside)).toEqual({
      start: [5],
      waiting: { ...waiting, 3: 'segment 2, overlap 5' },
    });
  });

  test('a segment is held back even if nothing runs, as long as something starts', () => {
    expect(ask(epic(20, 21), { conflicts: ['3 5'] })).toEqual({
      start: [2],
      waiting: { 3: 'segment 2', 4: 'segment 3', 5: 'turn 3' },
    });
  });

  test.each([
    ['as expected, before it has begun', 20, 0, 20],
    ['the rest of the expected time', 20, 5, 15],
    ['at least a fifth of the expected time', 20, 17, 4],
    ['a fifth still at twice the expected time', 20, 40, 4],
    ['half of the time so far once it is beyond twice the expected time', 20, 41, 21],
    ['half of the time so far, rounded up', 20, 45, 23],
    ['a minute at least', 1, 0, 1],
    ['a fifth, rounded up', 6, 6, 2],
    ['whole minutes', 20, 4.6, 15],
  ])('a segment in flight takes %s: expected %i, so far %i', (_, expected, so, left) => {
    const states = { ...beside, elapsed: { 2: so } };
    expect(ask(epic(expected, left), states).start).toEqual([5]);
    expect(ask(epic(expected, left + 1), states).start).toEqual([]);
  });

  test('a place is kept free for segments that come soon', () => {
    // Both #5 and #6 start when #2 ends. #4 would take the place of one of them, and #3 waits for both.
    const soon = segmentsOf(
      { minutes: 1 },
      { minutes: 100, after: [5, 6] },
      { minutes: 20 },
      { minutes: 50, after: [2] },
      { minutes: 50, after: [2] },
    );
    expect(ask(soon, { settings: eager({ maxParallel: 2 }), states: { 2: 'in flight' } })).toEqual({
      start: [],
      waiting: { 3: 'segment 5, segment 6', 4: 'turn 5', 5: 'segment 2', 6: 'segment 2' },
    });
  });

  test('the segment that is named is the soonest that excludes the one held back, even if others start sooner', () => {
    // #6 starts with #7, which excludes #5 and is named. #3 excludes it, too, and starts last.
    const late = segmentsOf(
      { minutes: 20 },
      { minutes: 5, after: [4] },
      { minutes: 300, after: [7] },
      { minutes: 90 },
      { minutes: 5, after: [2] },
      { minutes: 20, after: [2] },
    );
    expect(ask(late, { conflicts: ['3 5', '5 7'], states: { 2: 'in flight' } })).toEqual({
      start: [],
      waiting: { 3: 'segment 4', 4: 'segment 7', 5: 'turn 7', 6: 'segment 2', 7: 'segment 2' },
    });
  });

  test('no segment is held back for one that cannot come to run for now, or for one behind it', () => {
    expect(ask(epic(20, 90), { ...beside, held: { 3: paused } }).start).toEqual([5]);
    expect(ask(epic(20, 90), { ...beside, outside: { 3: [{ number: issueNumber(99) }] } }).start).toEqual([5]);
    const narrow = { settings: eager({ maxParallel: 2 }), states: { 2: 'in flight' } } as const;
    expect(ask(epic(20, 90), { ...narrow, held: { 3: paused } }).start).toEqual([5]);
  });

  test('no segment is held back for one of a later wave, or for one of a wave that was not asked for', () => {
    expect(ask(epic(20, 90), { ...beside, settings: inWaves() }).start).toEqual([5]);
    expect(ask(epic(20, 90), { ...beside, options: { wave: 1 } }).start).toEqual([5]);
  });

  test('of two that exclude each other, the one with more work behind it goes first', () => {
    const both = segmentsOf({ minutes: 30 }, { minutes: 10 }, { minutes: 10, after: [3] });
    expect(ask(both, { conflicts: ['2 3'] })).toEqual({
      start: [3],
      waiting: { 2: 'overlap 3', 4: 'segment 3' },
    });
  });

  test('the rule alone decides above 300 segments that are not done', () => {
    const settings = eager({ maxParallel: 256, workers: { ...eager().workers, implementation: 256 } });
    const crowd = (count: number): readonly Segment[] =>
      Array.from({ length: count - 4 }, (_, at) => segment(at + 6, { after: [4] }));
    expect(ask(epic(20, 90), { ...beside, settings, more: crowd(300) }).start).toEqual([]);
    expect(ask(epic(20, 90), { ...beside, settings, more: crowd(301) }).start).toEqual([5]);
  });

  test('a segment that the forecast leaves out counts as 20 minutes', () => {
    const withFix = (own: number): readonly Segment[] => [
      segment(2, { minutes: 90, fixes: 1 }),
      ...epic(1, own).slice(1),
    ];
    expect(ask(withFix(20), beside).start).toEqual([5]);
    expect(ask(withFix(21), beside).start).toEqual([]);
  });
});

describe('the cap', () => {
  const waves = (...tracks: readonly number[]): readonly Wave[] =>
    tracks.map((count, at) => ({
      number: at + 1,
      tracks: Array.from({ length: count }, () => ({ letter: 'A', name: '', segments: [] })),
    }));

  test.each<[string, readonly Wave[], Config['maxParallel'], RunOptions, number]>([
    ['is the one of the config', waves(2), 5, {}, 5],
    ['is as many as the widest wave has tracks, if it is automatic', waves(2, 7, 3), 'auto', {}, 7],
    ['is one at least', [], 'auto', {}, 1],
    ['is the number of agents that the command names', waves(2), 5, { agents: 9 }, 9],
    ['is the number of agents, even if it is automatic', waves(2), 'auto', { agents: 1 }, 1],
    ['is one for one after the other, whatever else is said', waves(2), 5, { sequential: true, agents: 9 }, 1],
    ['is not one if one after the other is denied', waves(2), 5, { sequential: false }, 5],
    ['is 256 at most, the limit of a matrix', waves(300), 'auto', {}, 256],
    ['is 256 at most for a command, too', waves(2), 5, { agents: 257 }, 256],
  ])('%s', (_, all, maxParallel, options, cap) => {
    expect(capOf(all, { maxParallel }, options)).toBe(cap);
  });
});
