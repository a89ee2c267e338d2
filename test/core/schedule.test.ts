import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/core/model/config.ts';
import { type IssueNumber, issueNumber } from '../../src/core/model/epic.ts';
import type { RunOptions } from '../../src/core/model/journal.ts';
import type { Plan } from '../../src/core/model/plan.ts';
import type { Issue } from '../../src/core/model/snapshot.ts';
import { planEpic } from '../../src/core/plan/planner.ts';
import { USUAL_MINUTES } from '../../src/core/schedule/expectations.ts';
import { type SegmentState, startable } from '../../src/core/schedule/startable.ts';
import { config, issue } from './facts.ts';

interface Facts {
  readonly after?: readonly number[];
  readonly files?: string;
  readonly estimate?: string;
  readonly priority?: number;
  readonly worker?: string;
  readonly alone?: boolean;
}

const segment = (number: number, { after, files, estimate, priority, worker, alone }: Facts = {}): Issue => {
  const lines = [
    files === '' ? '' : `files: ["${files ?? `src/s${number}/**`}"]`,
    estimate ? `estimate: ${estimate}` : '',
    priority === undefined ? '' : `priority: ${priority}`,
    worker ? `worker: ${worker}` : '',
    alone ? 'parallel: false' : '',
  ];
  return issue(number, {
    body: `---\n${lines.filter((line) => line !== '').join('\n')}\n---\nDo it.`,
    blockedBy: after ?? [],
  });
};

const planOf = (issues: readonly Issue[], settings: Config = config()): Plan => {
  const { parent: _, ...epic } = issue(1, { body: 'The shop.' });
  return planEpic({ epic, issues, others: [], config: settings, fixes: {} });
};

const eager = (changes: Partial<Config> = {}): Config => config({ schedule: 'eager', ...changes });

const ask = (
  issues: readonly Issue[],
  settings: Config,
  standing: Readonly<Record<number, SegmentState>> = {},
  options: RunOptions = {},
) =>
  startable({
    plan: planOf(issues, settings),
    states: new Map(Object.entries(standing).map(([number, each]) => [issueNumber(Number(number)), each])),
    config: settings,
    options,
  });

describe('what may start', () => {
  const epic = [segment(2), segment(3), segment(4, { after: [2] }), segment(5, { after: [4] }), segment(6)];

  test('longest remaining path first, then priority, then number (R2.3)', () => {
    expect(ask(epic, eager()).start).toEqual([2, 3, 6]);
    const equal = [segment(2, { estimate: '1h' }), segment(3, { estimate: '1h', priority: 1 })];
    expect(ask([...equal, segment(4, { estimate: '2h' })], eager()).start).toEqual([4, 3, 2]);
  });

  test('waves wait for the wave before; eager segments for their own blockers alone (R2.2)', () => {
    const standing = { 2: 'done', 3: 'in flight' } as const;
    const inWaves = ask(epic, config(), standing);
    expect(inWaves.start).toEqual([6]);
    expect(inWaves.waiting.get(issueNumber(4))).toEqual([{ kind: 'wave', number: 1 }]);
    expect(inWaves.waiting.get(issueNumber(5))).toEqual([
      { kind: 'segment', number: 4 },
      { kind: 'wave', number: 1 },
    ]);
    expect(ask(epic, eager(), standing).start).toEqual([4, 6]);
  });

  test('two segments that overlap never start together (R2.2)', () => {
    const shared = [
      segment(2, { files: 'src/a/**' }),
      segment(3, { files: 'src/**' }),
      segment(4, { files: 'docs/x' }),
    ];
    const first = ask(shared, config());
    expect(first.start).toEqual([2, 4]);
    expect(first.waiting.get(issueNumber(3))).toEqual([{ kind: 'overlap', number: 2 }]);
    const next = ask(shared, config(), { 2: 'in flight', 4: 'done' });
    expect(next.start).toEqual([]);
    expect(ask(shared, config(), { 2: 'done', 4: 'in flight' }).start).toEqual([3]);
  });

  test('two of one track that do not touch each other may run side by side', () => {
    const chain = [segment(2, { files: 'a/*' }), segment(3, { files: '{a,b}/*' }), segment(4, { files: 'b/*' })];
    expect(planOf(chain).waves[0]?.tracks).toHaveLength(1);
    expect(ask(chain, config()).start).toEqual([2, 4]);
  });

  test('what has no scope, or runs alone, has nothing beside it', () => {
    expect(ask([segment(2, { files: '' }), segment(3)], config()).start).toEqual([2]);
    expect(ask([segment(2), segment(3, { alone: true })], config()).start).toEqual([2]);
    expect(ask([segment(2), segment(3, { alone: true })], config(), { 2: 'done' }).start).toEqual([3]);
  });

  test('the caps: over all, per worker, by command, one after the other (R2.3)', () => {
    const many = [2, 3, 4, 5].map((number) => segment(number));
    expect(ask(many, config({ maxParallel: 2 })).start).toEqual([2, 3]);
    expect(ask(many, config({ maxParallel: 2 }), { 2: 'in flight' }).start).toEqual([3]);
    expect(ask(many, config({ maxParallel: 2 })).waiting.get(issueNumber(4))).toEqual([{ kind: 'cap' }]);
    expect(ask(many, config(), {}, { agents: 3 }).start).toEqual([2, 3, 4]);
    expect(ask(many, config(), {}, { sequential: true, agents: 3 }).start).toEqual([2]);
    const audits = [2, 3, 4].map((number) => segment(number, { worker: 'security' }));
    expect(ask([...audits, segment(5)], config()).start).toEqual([2, 3, 5]);
    expect(ask(audits, config(), { 2: 'in flight' }).start).toEqual([3]);
    const auto = [segment(2, { files: 'a' }), segment(3, { files: 'a' }), segment(4), segment(5, { after: [4] })];
    expect(ask(auto, eager({ maxParallel: 'auto' }), { 4: 'done' }).start).toEqual([2, 5]);
  });

  test('a pull request in review keeps its files, and takes no place (R2.3)', () => {
    const nine = [2, 3, 4, 5, 6, 7, 8, 9, 10].map((number) => segment(number));
    const reviewed = { 2: 'in review', 3: 'in review', 4: 'in review', 5: 'in review' } as const;
    expect(ask(nine, config()).start).toEqual([2, 3, 4, 5]);
    expect(ask(nine, config(), reviewed).start).toEqual([6, 7, 8, 9]);
    expect(ask(nine, config(), reviewed, { sequential: true }).start).toEqual([6]);
    expect(ask(nine, config(), { ...reviewed, 6: 'in flight' }).start).toEqual([7, 8, 9]);

    const shared = [segment(2, { files: 'src/cart' }), segment(3, { files: 'src/cart' }), segment(4)];
    const beside = ask(shared, config(), { 2: 'in review' });
    expect(beside.start).toEqual([4]);
    expect(beside.waiting.get(issueNumber(3))).toEqual([{ kind: 'overlap', number: 2 }]);
  });

  test('no more starts while `max-in-review` pull requests wait for people, except for research (R2.3)', () => {
    const some = [segment(2), segment(3), segment(4), segment(5, { worker: 'research' })];
    const two = config({ maxInReview: 2 });
    expect(ask(some, two, { 2: 'in review' }).start).toEqual([3, 4, 5]);
    const full = ask(some, two, { 2: 'in review', 3: 'in review' });
    expect(full.start).toEqual([5]);
    expect(full.waiting.get(issueNumber(4))).toEqual([{ kind: 'reviews' }]);
  });

  test('only the wave that was asked for (R2.5)', () => {
    const only = ask(epic, eager(), { 2: 'done' }, { wave: 2 });
    expect(only.start).toEqual([4]);
    expect(only.waiting.get(issueNumber(3))).toEqual([{ kind: 'only wave', wave: 2 }]);
  });

  test('what is held, and what waits outside, takes no place', () => {
    const issues = [
      segment(2),
      { ...segment(3), blockedBy: [{ number: issueNumber(99), state: 'open' as const }] },
      segment(4),
    ];
    const settings = config({ maxParallel: 1 });
    const answer = startable({
      plan: planOf(issues, settings),
      states: new Map(),
      held: new Map([[issueNumber(2), [{ kind: 'paused' }]]]),
      config: settings,
      options: {},
    });
    expect(answer.start).toEqual([4]);
    expect(answer.waiting.get(issueNumber(2))).toEqual([{ kind: 'paused' }]);
    expect(answer.waiting.get(issueNumber(3))).toEqual([{ kind: 'outside', ref: '#99' }]);
  });

  test('an epic that is done', () => {
    const answer = ask([segment(2)], config(), { 2: 'done' });
    expect(answer).toEqual({ start: [], waiting: new Map() });
  });
});

describe('the forecast', () => {
  test('by the estimates; the middle one where there is none', () => {
    const issues = [
      segment(2, { estimate: '30m' }),
      segment(3, { estimate: '1h', after: [2] }),
      segment(4, { estimate: '40m' }),
      segment(5),
    ];
    expect(planOf(issues, eager()).forecast).toMatchObject({
      criticalPathMinutes: 90,
      makespanMinutes: 90,
      oneAtATimeMinutes: 170,
      criticalPath: [2, 3],
      estimated: 3,
    });
  });

  test('caps, overlaps and waves make it longer', () => {
    const chain = [segment(2), segment(3, { after: [2] }), segment(4, { estimate: '1h' })];
    expect(planOf(chain, eager()).forecast.makespanMinutes).toBe(120);
    expect(planOf(chain, config()).forecast.makespanMinutes).toBe(120);
    const uneven = [
      segment(2, { estimate: '10m' }),
      segment(3, { estimate: '50m', after: [2] }),
      segment(4, { estimate: '40m' }),
    ];
    expect(planOf(uneven, eager()).forecast.makespanMinutes).toBe(60);
    expect(planOf(uneven, config()).forecast.makespanMinutes).toBe(90);
    expect(planOf(uneven, eager({ maxParallel: 1 })).forecast.makespanMinutes).toBe(100);
    const shared = [segment(2, { files: 'a' }), segment(3, { files: 'a' })];
    expect(planOf(shared, eager()).forecast.makespanMinutes).toBe(2 * USUAL_MINUTES);
  });
});

describe('any epic, played to its end', () => {
  const facts = fc.record({
    after: fc.uniqueArray(fc.integer({ min: 2, max: 9 }), { maxLength: 2 }),
    files: fc.constantFrom('a/**', 'b/**', 'a/x', 'b/x', '{a,b}/y', 'c', 'd', 'e', ''),
    estimate: fc.constantFrom('10m', '20m', '1h'),
    priority: fc.integer({ min: 0, max: 3 }),
    worker: fc.constantFrom('implementation', 'security', 'tests'),
    alone: fc.boolean(),
  });
  const issues = fc
    .array(facts, { minLength: 1, maxLength: 8 })
    .map((all) =>
      all.map((each, at) =>
        segment(at + 2, { ...each, alone: each.alone && at % 4 === 0, after: each.after.filter((on) => on < at + 2) }),
      ),
    );
  const settings = fc
    .record({
      schedule: fc.constantFrom<Config['schedule']>('waves', 'eager'),
      maxParallel: fc.constantFrom<Config['maxParallel']>(1, 2, 8, 'auto'),
    })
    .map((changes) => config(changes));

  test('ends; no overlap, cap, blocker or wave is ever passed over; nothing startable is left lying', () => {
    fc.assert(
      fc.property(issues, settings, fc.infiniteStream(fc.nat()), (all, choices, dice) => {
        const plan = planOf(all, choices);
        const standing = new Map<IssueNumber, SegmentState>();
        const waveOf = new Map(
          plan.waves.flatMap((wave) =>
            wave.tracks.flatMap((track) => track.segments.map((each) => [each, wave.number])),
          ),
        );
        const inFlight = () => plan.segments.filter(({ number }) => standing.get(number) === 'in flight');
        let steps = 0;
        while (plan.segments.some(({ number }) => standing.get(number) !== 'done')) {
          expect(steps++).toBeLessThan(100);
          const { start, waiting } = startable({ plan, states: standing, config: choices, options: {} });
          for (const number of start) {
            expect(standing.get(number)).toBeUndefined();
            standing.set(number, 'in flight');
          }
          const running = inFlight();
          expect(running.length).toBeGreaterThan(0);
          expect(running.length).toBeLessThanOrEqual(choices.maxParallel === 'auto' ? 256 : choices.maxParallel);
          for (const [worker, cap] of Object.entries(choices.workers)) {
            expect(running.filter(({ spec }) => spec.worker === worker).length).toBeLessThanOrEqual(cap);
          }
          const together = new Set(running.map(({ number }) => number));
          expect(plan.overlaps.filter(({ a, b }) => together.has(a) && together.has(b))).toEqual([]);
          for (const { number, blockedBy } of running) {
            expect(blockedBy.filter((on) => standing.get(on) !== 'done')).toEqual([]);
            const before = plan.segments.filter(
              (each) =>
                (waveOf.get(each.number) ?? 0) < (waveOf.get(number) ?? 0) && standing.get(each.number) !== 'done',
            );
            if (choices.schedule === 'waves') expect(before).toEqual([]);
          }
          const again = startable({ plan, states: standing, config: choices, options: {} });
          expect(again.start).toEqual([]);
          expect([...again.waiting.keys()]).toEqual(
            plan.segments.map(({ number }) => number).filter((number) => !standing.has(number)),
          );
          for (const reasons of waiting.values()) expect(reasons.length).toBeGreaterThan(0);
          const [roll = 0] = dice.take(1);
          const ended = running[roll % running.length];
          if (ended) standing.set(ended.number, 'done');
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the forecast lies between the longest chain and one at a time', () => {
    fc.assert(
      fc.property(issues, settings, (all, choices) => {
        const { forecast } = planOf(all, choices);
        expect(forecast.makespanMinutes).toBeGreaterThanOrEqual(forecast.criticalPathMinutes);
        expect(forecast.makespanMinutes).toBeLessThanOrEqual(forecast.oneAtATimeMinutes);
      }),
      { numRuns: 300 },
    );
  });
});
