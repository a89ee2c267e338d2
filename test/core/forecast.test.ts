import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttemptId } from '../../src/core/model/attempt.ts';
import type { Config } from '../../src/core/model/config.ts';
import { type Instant, instant, issueNumber } from '../../src/core/model/epic.ts';
import { historyOf } from '../../src/core/model/history.ts';
import { type Attempt, emptyJournal, emptyRecord, type SegmentHistory } from '../../src/core/model/journal.ts';
import type { Issue } from '../../src/core/model/snapshot.ts';
import { planEpic } from '../../src/core/plan/planner.ts';
import { expectationsOf, readHistory } from '../../src/core/schedule/expectations.ts';
import { type SegmentState, startable } from '../../src/core/schedule/startable.ts';
import { adviseOn } from '../../src/core/schedule/what-if.ts';
import { config, issue } from './facts.ts';

interface Facts {
  readonly after?: readonly number[];
  readonly files?: string;
  readonly estimate?: number;
  readonly worker?: string;
  readonly persona?: string;
}

const segment = (number: number, { after, files, estimate, worker, persona }: Facts = {}): Issue => {
  const lines = [
    `files: ["${files ?? `src/s${number}/**`}"]`,
    estimate === undefined ? '' : `estimate: ${estimate}m`,
    worker ? `worker: ${worker}` : '',
    persona ? `persona: ${persona}` : '',
  ];
  return issue(number, {
    body: `---\n${lines.filter((line) => line !== '').join('\n')}\n---\nDo it.`,
    blockedBy: after ?? [],
  });
};

const eager = (changes: Partial<Config> = {}): Config => config({ schedule: 'eager', ...changes });

const planOf = (issues: readonly Issue[], settings: Config, earlier: readonly SegmentHistory[] = []) => {
  const { parent: _, ...epic } = issue(1, { body: 'The shop.' });
  return planEpic({ epic, issues, others: [], config: settings, fixes: {}, earlier });
};

const took = (minutes: number, more: Partial<SegmentHistory> = {}): SegmentHistory => ({
  worker: 'implementation',
  minutes,
  ...more,
});

describe('what a segment is expected to take', () => {
  const minutes = (issues: readonly Issue[], earlier: readonly SegmentHistory[]): readonly number[] => {
    const { segments } = planOf(issues, eager());
    const { of } = expectationsOf(segments, earlier);
    return segments.map(({ number }) => of.get(number)?.minutes ?? 0);
  };

  test.for<[string, readonly Facts[], readonly SegmentHistory[], readonly number[]]>([
    ['nothing known: all alike', [{}, {}], [], [20, 20]],
    ['estimates, and their middle where there is none', [{ estimate: 10 }, {}, { estimate: 90 }], [], [10, 10, 90]],
    ['two earlier ones are an anecdote', [{}], [took(50), took(60)], [20]],
    ['three of its worker', [{}, { worker: 'tests' }], [took(50), took(60), took(90)], [60, 60]],
    [
      'its own worker rather than all',
      [{ worker: 'tests' }],
      [took(50), took(60), took(90), ...[5, 6, 7].map((each) => took(each, { worker: 'tests' }))],
      [6],
    ],
    [
      'its own persona rather than its worker',
      [{ persona: 'careful' }, {}],
      [...[50, 60, 90].map((each) => took(each, { persona: 'careful' })), took(8), took(9), took(10)],
      [60, 9],
    ],
    [
      'with an estimate, by how much such estimates were wrong',
      [{ estimate: 40 }],
      [30, 40, 50].map((estimate) => took(estimate * 2, { estimateMinutes: estimate })),
      [80],
    ],
    [
      'estimates of its own size rather than all',
      [{ estimate: 10 }, { estimate: 40 }],
      [
        ...[30, 40, 50].map((estimate) => took(estimate * 2, { estimateMinutes: estimate })),
        ...[8, 10, 12].map((estimate) => took(estimate * 5, { estimateMinutes: estimate })),
      ],
      [50, 80],
    ],
  ])('%s', ([, facts, earlier, expected]) => {
    expect(
      minutes(
        facts.map((each, at) => segment(at + 2, each)),
        earlier,
      ),
    ).toEqual(expected);
  });

  test('a journal tells what its ended segments took, without the waits between attempts', () => {
    const at = (minute: number): Instant => instant(minute * 60_000);
    const attempt = (id: AttemptId, from: number, more: Partial<Attempt>): Attempt => ({
      id,
      number: 1,
      name: 'BlueLake',
      worker: 'tests',
      why: 'first',
      branch: 'b',
      base: 'a'.repeat(40) as Attempt['base'],
      dispatch: '1.1',
      claimedAt: at(from),
      ...more,
    });
    const journal = {
      ...emptyJournal(issueNumber(1)),
      segments: {
        2: {
          ...emptyRecord,
          attempts: [
            attempt('1.2-1' as AttemptId, 0, { outcome: { kind: 'lost', at: at(5), conclusion: 'failure' } }),
            attempt('1.2-2' as AttemptId, 60, {
              persona: 'careful',
              estimateMinutes: 30,
              outcome: { kind: 'no-change', at: at(70), report: { costUsd: 2.5 } as never },
            }),
          ],
        },
        3: { ...emptyRecord, attempts: [attempt('1.3-1' as AttemptId, 0, {})] },
      },
    };
    const notes = historyOf(journal);
    expect(notes).toEqual([{ worker: 'tests', persona: 'careful', estimateMinutes: 30, minutes: 15, costUsd: 2.5 }]);
    expect(readHistory([JSON.parse(JSON.stringify(notes)), 'spoilt', [null, { worker: 'cook', minutes: 3 }]])).toEqual(
      notes,
    );
  });
});

describe('the forecast', () => {
  const issues = [2, 3, 4, 5].map((number) => segment(number, { estimate: 30 }));

  test('is a range around the schedule, wider the less is known (R2.4)', () => {
    const { minutes, makespanMinutes, costUsd, basis } = planOf(issues, eager()).forecast;
    expect(makespanMinutes).toBe(30);
    expect(minutes?.low).toBeLessThan(minutes?.middle ?? 0);
    expect(minutes?.high).toBeGreaterThan(minutes?.middle ?? 0);
    expect([costUsd, basis]).toEqual([undefined, { kind: 'estimates', estimated: 4 }]);
    const steady = Array.from({ length: 20 }, () => took(30, { estimateMinutes: 30, costUsd: 2 }));
    const sure = planOf(issues, eager(), steady).forecast;
    expect(sure.basis).toEqual({ kind: 'learned', segments: 20 });
    const width = (range: typeof minutes) => (range ? range.high - range.low : Number.NaN);
    expect(width(sure.minutes)).toBeLessThan(width(minutes));
    expect(sure.costUsd?.low).toBeLessThan(8.2);
    expect(sure.costUsd?.high).toBeGreaterThan(7.8);
  });

  test('of more segments than are searched keeps all rules, and is near the bound', () => {
    const many = Array.from({ length: 2_100 }, (_, at) =>
      segment(at + 2, {
        after: at < 40 ? [] : [2 + ((at * 7) % (at - 20)), 2 + ((at * 13) % (at - 30))],
        files: `src/a${(at * 31) % 500}/m${at % 3}/**`,
        estimate: 10 + ((at * 17) % 50),
      }),
    );
    const limits = { ...eager().limits, segments: many.length, waves: many.length };
    const { segments, overlaps, forecast } = planOf(many, eager({ limits }));
    const { boundMinutes, makespanMinutes, timetable } = forecast;
    const startOf = (number: number): number => timetable[number]?.start ?? Number.NaN;
    const endOf = (number: number): number => startOf(number) + (timetable[number]?.takes ?? Number.NaN);
    const early = segments.filter(({ number, blockedBy }) => blockedBy.some((on) => !(endOf(on) <= startOf(number))));
    const together = overlaps.filter(({ a, b }) => !(endOf(a) <= startOf(b) || endOf(b) <= startOf(a)));
    expect([early, together]).toEqual([[], []]);
    expect(overlaps.length).toBeGreaterThan(500);
    expect(makespanMinutes).toBeGreaterThanOrEqual(boundMinutes);
    expect(makespanMinutes).toBeLessThanOrEqual(boundMinutes * 1.01);
  });

  test('is the same, byte for byte, in whatever order the issues come', () => {
    const epic = fc
      .array(
        fc.record({
          after: fc.uniqueArray(fc.integer({ min: 2, max: 9 }), { maxLength: 2 }),
          estimate: fc.integer({ min: 5, max: 90 }),
          files: fc.constantFrom('a/**', 'b/**', 'a/x', 'c/**'),
        }),
        { minLength: 2, maxLength: 12 },
      )
      .map((all) => all.map((each, at) => segment(at + 2, { ...each, after: each.after.filter((on) => on < at + 2) })));
    const shuffles = epic.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffles, ([one, other]) => {
        const settings = eager({ maxParallel: 2 });
        const plain = planOf(one, settings);
        const mixed = planOf(other, settings);
        expect(JSON.stringify(mixed.forecast)).toBe(JSON.stringify(plain.forecast));
        expect(JSON.stringify(adviseOn(mixed, settings))).toBe(JSON.stringify(adviseOn(plain, settings)));
      }),
      { numRuns: 40 },
    );
  });
});

describe('what would make it shorter', () => {
  test('another schedule', () => {
    const issues = [
      segment(2, { estimate: 10 }),
      segment(3, { estimate: 90 }),
      segment(4, { estimate: 90, after: [2] }),
    ];
    const settings = config();
    expect(adviseOn(planOf(issues, settings), settings)).toMatchObject({
      schedule: 'waves',
      wavesMinutes: 180,
      eagerMinutes: 100,
    });
  });

  test('a place, where places are short; the dependency and the overlap that are waited for', () => {
    const narrow = eager({ maxParallel: 2 });
    const four = [2, 3, 4].map((number) => segment(number, { estimate: 60 }));
    expect(adviseOn(planOf(four, narrow), narrow)?.place).toEqual({ of: 'all', from: 2, savesMinutes: 60 });
    const audits = [2, 3, 4].map((number) => segment(number, { estimate: 60, worker: 'security' }));
    expect(adviseOn(planOf(audits, eager()), eager())?.place).toEqual({ of: 'security', from: 2, savesMinutes: 60 });
    const chain = [
      segment(2, { estimate: 40 }),
      segment(3, { estimate: 50, after: [2] }),
      segment(4, { estimate: 30, files: 'lib/**' }),
      segment(5, { estimate: 45, files: 'lib/a' }),
    ];
    expect(adviseOn(planOf(chain, eager()), eager())).toMatchObject({
      dependency: { from: 3, on: 2, savesMinutes: 15 },
    });
    const shared = [segment(2, { estimate: 30, files: 'lib/**' }), segment(3, { estimate: 45, files: 'lib/a' })];
    const advice = adviseOn(planOf(shared, eager()), eager());
    expect(advice?.overlap).toMatchObject({ a: 2, b: 3, why: { kind: 'files' }, savesMinutes: 30 });
    expect([advice?.place, advice?.dependency]).toEqual([undefined, undefined]);
  });

  test('in waves, a dependency that alone puts a segment into a later one', () => {
    const settings = config();
    const issues = [
      segment(2, { estimate: 10 }),
      segment(3, { estimate: 60 }),
      segment(4, { estimate: 50, after: [2] }),
    ];
    expect(adviseOn(planOf(issues, settings), settings)?.dependency).toEqual({ from: 4, on: 2, savesMinutes: 50 });
    const held = [...issues.slice(0, 2), segment(4, { estimate: 50, after: [2, 3] })];
    expect(adviseOn(planOf(held, settings), settings)?.dependency).toBeUndefined();
  });

  test.for<[string, string, string, object | undefined]>([
    ['what two say of themselves', 'parallel: false', 'files: [lib/**]', { why: { kind: 'not parallel' } }],
    ['not where their files keep them apart, too', 'parallel: false', 'files: [src/**]', undefined],
    ['nor where files are not known', 'conflicts-with: [3]', '', undefined],
    ['what one says of another', 'conflicts-with: [3]', 'files: [lib/**]', { why: { kind: 'conflicts-with' } }],
  ])('%s', ([_, said, other, overlap]) => {
    const pair = [
      issue(2, { body: `---\nfiles: [src/a]\n${said}\n---\nDo it.` }),
      issue(3, { body: `---\n${other}\n---\nDo it.` }),
    ];
    const found = adviseOn(planOf(pair, eager()), eager())?.overlap;
    if (overlap) expect(found).toMatchObject({ a: 2, b: 3, savesMinutes: 20, ...overlap });
    else expect(found).toBeUndefined();
  });

  test('nothing that could be believed, beside a cycle', () => {
    const issues = [segment(2, { after: [3] }), segment(3, { after: [2] }), segment(4), segment(5, { after: [4] })];
    expect(adviseOn(planOf(issues, eager()), eager())).toBeUndefined();
  });

  test('nothing, where nothing would', () => {
    const issues = [segment(2), segment(3)];
    expect(adviseOn(planOf(issues, eager()), eager())).toEqual({
      schedule: 'eager',
      wavesMinutes: 20,
      eagerMinutes: 20,
    });
  });
});

describe('one that could start is held back', () => {
  // #5 may not run beside #3, which is ready soon and has the longest chain behind it.
  const issues = [
    segment(2, { estimate: 5 }),
    segment(3, { estimate: 20, after: [2], files: 'lib/**' }),
    segment(4, { estimate: 90, after: [3] }),
    segment(5, { estimate: 60, files: 'lib/a' }),
  ];
  const ask = (standing: Readonly<Record<number, SegmentState>>, elapsed: Readonly<Record<number, number>> = {}) =>
    startable({
      plan: planOf(issues, eager()),
      states: new Map(Object.entries(standing).map(([number, each]) => [issueNumber(Number(number)), each])),
      config: eager(),
      options: {},
      elapsedMinutes: new Map(Object.entries(elapsed).map(([number, each]) => [issueNumber(Number(number)), each])),
    });

  test('for one whose turn comes soon, and it says for whom', () => {
    const { start, waiting } = ask({});
    expect(start).toEqual([2]);
    expect(waiting.get(issueNumber(5))).toEqual([{ kind: 'turn', number: 3 }]);
    expect(ask({ 2: 'done' }).start).toEqual([3]);
    expect(ask({ 2: 'done', 3: 'done' }).start).toEqual([4, 5]);
  });

  test('but not while what that one waits for is long past its time', () => {
    expect(ask({ 2: 'in flight' }).start).toEqual([]);
    expect(ask({ 2: 'in flight' }, { 2: 200 }).start).toEqual([5]);
  });
});
