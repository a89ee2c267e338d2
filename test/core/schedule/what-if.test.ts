import { describe, expect, test } from 'vitest';
import type { Config } from '../../../src/core/model/config.ts';
import type { Segment } from '../../../src/core/model/epic.ts';
import type { Advice, Overlap } from '../../../src/core/model/plan.ts';
import { adviseOn } from '../../../src/core/schedule/what-if.ts';
import { config } from '../facts.ts';
import { asSegments, eager, inWaves, number, numbers, planOf, segment, segmentsOf } from './segments.ts';
import { allPairs, drawn } from './work.ts';

const advise = (
  segments: readonly Segment[],
  settings: Config = eager(),
  conflicts: readonly string[] = [],
): Advice | undefined => adviseOn(planOf(segments, settings, { conflicts }), settings);

const dependency = (from: number, on: number, savesMinutes: number): Pick<Advice, 'dependency'> => ({
  dependency: { from: number(from), on: number(on), savesMinutes },
});
const overlap = (a: number, b: number, why: Overlap['why'], savesMinutes: number): Pick<Advice, 'overlap'> => ({
  overlap: { a: number(a), b: number(b), why, savesMinutes },
});
const audit = (minutes: number) => ({ worker: 'security', minutes }) as const;

describe('advice', () => {
  test.each<[string, readonly Segment[], Config, readonly string[], Omit<Advice, 'schedule'>]>([
    [
      'an epic in which nothing would help is left as it is',
      segmentsOf({}, {}),
      eager(),
      [],
      { wavesMinutes: 20, eagerMinutes: 20 },
    ],
    [
      'a dependency that keeps the last segment waiting is named',
      segmentsOf({ minutes: 10 }, { minutes: 30, after: [2] }, { minutes: 25 }),
      eager(),
      [],
      { wavesMinutes: 55, eagerMinutes: 40, ...dependency(3, 2, 10) },
    ],
    [
      'of several dependencies the one that saves most is named',
      segmentsOf({ minutes: 10 }, { minutes: 30, after: [2] }, { minutes: 25, after: [3] }),
      eager(),
      [],
      { wavesMinutes: 65, eagerMinutes: 65, ...dependency(4, 3, 25) },
    ],
    [
      'a segment without one of its two blockers still waits for the other',
      segmentsOf({ minutes: 10 }, { minutes: 30 }, { minutes: 25, after: [2, 3] }),
      eager(),
      [],
      { wavesMinutes: 55, eagerMinutes: 55, ...dependency(4, 3, 20) },
    ],
    [
      'in waves, the only dependency that puts a late segment into a later wave is named',
      segmentsOf({ minutes: 10 }, { minutes: 30, after: [2] }, { minutes: 25 }),
      inWaves(),
      [],
      { wavesMinutes: 55, eagerMinutes: 40, ...dependency(3, 2, 25) },
    ],
    [
      'in waves, the only blocker in the wave before is named, whatever blocks it in earlier waves',
      segmentsOf(
        { minutes: 40 },
        { minutes: 10 },
        { minutes: 10, after: [3, 6] },
        { minutes: 40, after: [2, 4] },
        { minutes: 10 },
      ),
      inWaves(),
      [],
      { wavesMinutes: 90, eagerMinutes: 80, ...dependency(5, 4, 10) },
    ],
    [
      'in waves, neither of two blockers in the wave before is named, since one alone moves nothing',
      segmentsOf({ minutes: 10 }, { minutes: 30 }, { minutes: 25, after: [2, 3] }),
      inWaves(),
      [],
      { wavesMinutes: 55, eagerMinutes: 55 },
    ],
    [
      'in waves, no dependency is named without which the epic would end later',
      segmentsOf({ minutes: 10 }, { minutes: 50, after: [2] }, { minutes: 50, after: [2] }),
      inWaves(),
      [],
      { wavesMinutes: 60, eagerMinutes: 60 },
    ],
    [
      'one more place in all is named where places are short',
      segmentsOf({ minutes: 10 }, { minutes: 10 }, { minutes: 10 }),
      eager({ maxParallel: 2 }),
      [],
      { wavesMinutes: 20, eagerMinutes: 20, place: { of: 'all', from: 2, savesMinutes: 10 } },
    ],
    [
      'of several workers that are short of places the one that saves most is named',
      segmentsOf({ worker: 'tests', minutes: 10 }, { worker: 'tests', minutes: 10 }, audit(50), audit(50)),
      eager({ workers: { ...eager().workers, tests: 1, security: 1 } }),
      [],
      { wavesMinutes: 100, eagerMinutes: 100, place: { of: 'security', from: 1, savesMinutes: 50 } },
    ],
    [
      'no worker is named if another is short of places, too',
      segmentsOf({ worker: 'tests', minutes: 20 }, { worker: 'tests', minutes: 20 }, audit(20), audit(20), audit(20)),
      eager({ workers: { ...eager().workers, tests: 1, security: 2 } }),
      [],
      { wavesMinutes: 40, eagerMinutes: 40 },
    ],
    [
      'of workers that save as much, the first by name is named',
      segmentsOf(
        { worker: 'tests', minutes: 10 },
        { worker: 'tests', minutes: 10 },
        { worker: 'security', minutes: 10, after: [2, 3] },
        { worker: 'security', minutes: 10, after: [2, 3] },
      ),
      eager({ workers: { ...eager().workers, tests: 1, security: 1 } }),
      [],
      {
        wavesMinutes: 40,
        eagerMinutes: 40,
        place: { of: 'security', from: 1, savesMinutes: 10 },
        ...dependency(4, 3, 10),
      },
    ],
    [
      'an overlap is not named if another one keeps the epic as long',
      segmentsOf({ minutes: 10 }, { minutes: 10 }, { minutes: 10 }, { minutes: 10 }),
      eager(),
      ['2 3', '4 5'],
      { wavesMinutes: 20, eagerMinutes: 20 },
    ],
    [
      'an overlap that keeps the last segment waiting is named',
      segmentsOf({ minutes: 10 }, { minutes: 30 }, { minutes: 25 }),
      eager(),
      ['2 3', '3 4'],
      { wavesMinutes: 55, eagerMinutes: 55, ...overlap(3, 4, { kind: 'conflicts-with' }, 15) },
    ],
    [
      'an overlap is named with the files that meet',
      segmentsOf({ minutes: 10, files: ['a/**'] }, { minutes: 30, files: ['a/x'] }),
      eager(),
      [],
      {
        wavesMinutes: 40,
        eagerMinutes: 40,
        ...overlap(2, 3, { kind: 'files', a: 'a/**', b: 'a/x' }, 10),
      },
    ],
    [
      'an overlap with a segment without files is named',
      segmentsOf({ minutes: 10, files: [] }, { minutes: 30 }),
      eager(),
      [],
      { wavesMinutes: 40, eagerMinutes: 40, ...overlap(2, 3, { kind: 'scope unknown' }, 10) },
    ],
    [
      'a segment that runs alone without need is named',
      segmentsOf({ minutes: 10, parallel: false }, { minutes: 30 }),
      eager(),
      [],
      { wavesMinutes: 40, eagerMinutes: 40, ...overlap(2, 3, { kind: 'not parallel' }, 10) },
    ],
    [
      'a segment that runs alone and shares files with the other is not named',
      segmentsOf({ minutes: 10, parallel: false, files: ['a'] }, { minutes: 30, files: ['a'] }),
      eager(),
      [],
      { wavesMinutes: 40, eagerMinutes: 40 },
    ],
    [
      'a segment that runs alone and has no files is not named',
      segmentsOf({ minutes: 10, parallel: false, files: [] }, { minutes: 30 }),
      eager(),
      [],
      { wavesMinutes: 40, eagerMinutes: 40 },
    ],
    [
      'a conflict with a segment without files is not named',
      segmentsOf({ minutes: 10 }, { minutes: 30, files: [] }),
      eager(),
      ['2 3'],
      { wavesMinutes: 40, eagerMinutes: 40 },
    ],
    [
      'a saving of two per cent is worth it',
      segmentsOf({ minutes: 2 }, { minutes: 98, after: [2] }),
      eager(),
      [],
      { wavesMinutes: 100, eagerMinutes: 100, ...dependency(3, 2, 2) },
    ],
    [
      'a saving of less than two per cent is not worth it',
      segmentsOf({ minutes: 2 }, { minutes: 99, after: [2] }),
      eager(),
      [],
      { wavesMinutes: 101, eagerMinutes: 101 },
    ],
    [
      'a saving of one minute is worth it in an epic of ten',
      segmentsOf({ minutes: 1 }, { minutes: 9, after: [2] }),
      eager(),
      [],
      { wavesMinutes: 10, eagerMinutes: 10, ...dependency(3, 2, 1) },
    ],
    [
      'a fix segment counts for nothing',
      [...segmentsOf({ minutes: 10 }, { minutes: 30, after: [2] }), segment(9, { fixes: 1, minutes: 99 })],
      eager(),
      [],
      { wavesMinutes: 40, eagerMinutes: 40, ...dependency(3, 2, 10) },
    ],
  ])('%s', (_, segments, settings, conflicts, advice) => {
    expect(advise(segments, settings, conflicts)).toStrictEqual({ schedule: settings.schedule, ...advice });
  });

  test('uses the times of the plan, which may be learned', () => {
    const plan = planOf(segmentsOf({}, { after: [2] }), eager(), {
      earlier: [50, 50, 50].map((minutes) => ({ worker: 'implementation', minutes })),
    });
    expect(adviseOn(plan, eager())).toEqual({
      schedule: 'eager',
      wavesMinutes: 100,
      eagerMinutes: 100,
      ...dependency(3, 2, 50),
    });
  });

  test.each<[string, readonly Segment[]]>([
    ['no segments', []],
    ['one segment', segmentsOf({})],
    ['one segment, and another that fixes something', [segment(2), segment(3, { fixes: 1 })]],
  ])('is not given for an epic of %s', (_, segments) => {
    expect(advise(segments)).toBeUndefined();
  });

  test('is given for an epic of 300 segments, and not for one of 301', () => {
    const settings = eager({ workers: { ...eager().workers, implementation: 256 }, maxParallel: 256 });
    const many = Array.from({ length: 300 }, (_, at) => segment(at + 2));
    expect(advise(many, settings)).toEqual({ schedule: 'eager', wavesMinutes: 40, eagerMinutes: 40 });
    expect(advise([...many, segment(302)], settings)).toBeUndefined();
  });

  test('is not given beside a cycle, but beside any other problem', () => {
    const plan = planOf(segmentsOf({}, {}), eager());
    const cycle = { kind: 'EPIC_CYCLE', path: numbers(2, 3, 2), links: [] } as const;
    const other = { kind: 'EMPTY_TASK', at: { issue: number(2) } } as const;
    const withProblem = (problem: typeof cycle | typeof other) => ({
      ...plan,
      diagnostics: [{ level: 'error', problem } as const],
    });
    expect(adviseOn(withProblem(cycle), eager())).toBeUndefined();
    expect(adviseOn(withProblem(other), eager())).toEqual({ schedule: 'eager', wavesMinutes: 20, eagerMinutes: 20 });
  });

  test.each<[number, 'eager' | 'waves', Omit<Advice, 'schedule'>]>([
    [117, 'eager', { wavesMinutes: 75, eagerMinutes: 60, place: { of: 'all', from: 3, savesMinutes: 13 } }],
    [
      117,
      'waves',
      { wavesMinutes: 74, eagerMinutes: 60, place: { of: 'all', from: 3, savesMinutes: 11 }, ...dependency(15, 9, 11) },
    ],
    [72, 'eager', { wavesMinutes: 57, eagerMinutes: 45, place: { of: 'all', from: 3, savesMinutes: 3 } }],
    [72, 'waves', { wavesMinutes: 57, eagerMinutes: 46, place: { of: 'all', from: 3, savesMinutes: 6 } }],
    [
      29,
      'eager',
      {
        wavesMinutes: 74,
        eagerMinutes: 47,
        ...dependency(12, 9, 1),
        ...overlap(2, 9, { kind: 'conflicts-with' }, 3),
      },
    ],
  ])('on work %i, which is hard to schedule, is the same on every machine: %s', (seed, schedule, advice) => {
    const { segments, conflicts, places } = asSegments(drawn(seed));
    expect(advise(segments, config({ schedule, maxParallel: places }), conflicts)).toEqual({ schedule, ...advice });
  });

  test('tries the 24 dependencies and the 24 overlaps that delay the end most directly', () => {
    const chain = Array.from({ length: 60 }, (_, at) =>
      segment(at + 2, { minutes: 1, after: at === 0 ? [] : [at + 1] }),
    );
    // The middle link saves most, but the last 24 links come first.
    expect(advise(chain)?.dependency).toEqual({ from: 38, on: 37, savesMinutes: 24 });
    const crowd = Array.from({ length: 40 }, (_, at) => segment(at + 2, { minutes: at + 1 }));
    const all = allPairs(40).map(([a, b]) => `${b + 2} ${a + 2}`);
    expect(advise(crowd, eager(), all)?.overlap).toEqual({
      a: 25,
      b: 26,
      why: { kind: 'conflicts-with' },
      savesMinutes: 24,
    });
  });
});
