/** Nobody is stuck in silence: who must act before each wait ends, and how they hear of it (SPEC R9.6). */
import { describe, expect, test } from 'vitest';
import { MOST_REMINDERS, remindPeople, tellProblems } from '../../../src/core/decide/tell.ts';
import { RULES_MS, type Turn, turnInReview, turnToStart } from '../../../src/core/decide/waits.ts';
import type { Need } from '../../../src/core/model/board.ts';
import type { Config } from '../../../src/core/model/config.ts';
import { type Instant, issueNumber, pullNumber } from '../../../src/core/model/epic.ts';
import type { Act } from '../../../src/core/model/journal.ts';
import type { Diagnostic, Problem } from '../../../src/core/model/problem.ts';
import type { ReviewWait, WaitReason } from '../../../src/core/model/progress.ts';
import type { GateVerdict } from '../../../src/core/model/report.ts';
import type { Pull, Snapshot } from '../../../src/core/model/snapshot.ts';
import { approval, config, issue, pull, sha } from '../facts.ts';
import { decide, factsOf, failed, later, NOW, published, recordWith, round } from './records.ts';
import { Scene } from './scene.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HEAD = sha('a1');
const resolve = (problem: Problem): Need => ({ kind: 'resolve', problem });
const unblock = (problem: Problem) => ({ kind: 'unblock', segment: 2, problem }) as const;
const at = { pull: pullNumber(102) };

/** A kind of turn, or the acts of a person. */
type Expected = Exclude<Turn['kind'], 'person'> | readonly unknown[];
const sayTurn = (turn: Turn): Expected => (turn.kind === 'person' ? turn.needs : turn.kind);

describe('before a segment starts', () => {
  const error: Diagnostic = { level: 'error', problem: { kind: 'DISABLED' } };
  const red = { branch: 'main', head: HEAD, checks: 'failing', failing: ['ci'] } as const;
  const ref = 'octo/other#9';
  const table: { readonly [Kind in WaitReason['kind']]: [Extract<WaitReason, { kind: Kind }>, Expected] } = {
    segment: [{ kind: 'segment', number: issueNumber(3) }, 'another'],
    wave: [{ kind: 'wave', number: 1 }, 'another'],
    calibration: [{ kind: 'calibration', wave: 1 }, 'another'],
    overlap: [{ kind: 'overlap', number: issueNumber(3) }, 'another'],
    cap: [{ kind: 'cap' }, 'another'],
    reviews: [{ kind: 'reviews' }, 'another'],
    turn: [{ kind: 'turn', number: issueNumber(3) }, 'another'],
    later: [{ kind: 'later', until: NOW }, 'swarm'],
    outside: [{ kind: 'outside', ref }, [unblock({ kind: 'OUTSIDE_OPEN', at: { issue: issueNumber(2) }, ref })]],
    owned: [
      { kind: 'owned', by: issueNumber(9) },
      [unblock({ kind: 'SEGMENT_OWNED', at: { issue: issueNumber(2) }, epic: issueNumber(9) })],
    ],
    'wave approval': [{ kind: 'wave approval', wave: 2 }, [{ kind: 'approve wave', wave: 2 }]],
    paused: [{ kind: 'paused' }, [{ kind: 'resume' }]],
    'base red': [{ kind: 'base red' }, [resolve({ kind: 'BASE_RED', branch: 'main', checks: ['ci'], commit: HEAD })]],
    // Here it is off; the scenes of the base show the other turns.
    baseline: [{ kind: 'baseline' }, 'swarm'],
    'plan errors': [{ kind: 'plan errors' }, [resolve(error.problem)]],
    'budget spent': [{ kind: 'budget spent' }, [resolve({ kind: 'EPIC_BUDGET_SPENT', spentUsd: 51, budgetUsd: 50 })]],
    'only wave': [{ kind: 'only wave', wave: 1 }, [resolve({ kind: 'ONLY_WAVE', wave: 1 })]],
  };

  test.each(Object.entries(table))('it is clear who must act: %s', (_, [wait, expected]) => {
    const facts = factsOf([issue(2)], { snapshot: { base: red }, config: { budgetUsd: { epic: 50 } } });
    const turn = turnToStart(wait, issueNumber(2), { ...facts, errors: [error], budget: { spentUsd: 51 } });
    expect(sayTurn(turn)).toEqual(expected);
  });
});

describe('before a pull request merges', () => {
  interface World {
    readonly pull?: Partial<Pull>;
    readonly waits?: readonly ReviewWait[];
    readonly config?: Partial<Config>;
    readonly verdict?: GateVerdict;
    /** Since its head was proven. Default: longer than GitHub needs to look at the rules. */
    readonly ms?: number;
  }
  const turn = (wait: ReviewWait, world: World = {}): Expected => {
    const validation = [
      { gate: 'tests', verdict: world.verdict ?? 'pass', command: '', durationMs: 1, output: 'no' },
    ] as const;
    return sayTurn(
      turnInReview(wait, {
        segment: issueNumber(2),
        number: pullNumber(102),
        pull: pull(102, 'b', HEAD, world.pull),
        record: recordWith(2, [{ outcome: published(2, 'a1', { validation }) }]),
        config: config(world.config),
        now: later(world.ms ?? RULES_MS),
        waits: world.waits ?? [wait],
      }),
    );
  };
  const check = (name: string, state: 'pending' | 'failure' | 'missing', since?: Instant): ReviewWait => ({
    kind: 'check',
    name,
    state,
    ...(since === undefined ? {} : { since }),
  });
  const blocked = { kind: 'mergeable', state: 'blocked' } as const;
  const unmet = unblock({ kind: 'RULES_UNMET', at, base: 'main' });
  const missing = unblock({ kind: 'CHECKS_MISSING', at, checks: ['e2e'], base: 'main' });
  const slow = unblock({ kind: 'CHECKS_SLOW', at, checks: ['ci'], hours: 24 });
  const owners = { of: 'code owners', from: ['olga'] } as const;

  test.each<[string, Expected, ReviewWait, World?]>([
    ['a person approves', [{ kind: 'decide pull', segment: 2, pull: 102 }], { kind: 'approval', missing: 1 }],
    ['swarm proves its head', 'swarm', { kind: 'unproven' }],
    [
      'a person sees to a head that shares no history with the base',
      [unblock({ kind: 'HEAD_UNRELATED', at, head: HEAD, base: 'main' })],
      { kind: 'unproven' },
      { pull: { unrelated: true } },
    ],
    [
      'a person decides about a red gate',
      [unblock({ kind: 'HEAD_RED', at, head: HEAD, gates: [{ gate: 'tests', output: 'no' }] })],
      { kind: 'gate', gate: 'tests' },
      { verdict: 'fail' },
    ],
    [
      'a person sees to all red checks, as one act',
      [unblock({ kind: 'CHECKS_FAILED', at, checks: ['ci', 'docs'] })],
      check('ci', 'failure'),
      { waits: [check('ci', 'failure'), check('slow', 'pending'), check('docs', 'failure')] },
    ],
    ['the machine ends its check', 'machine', check('ci', 'pending', NOW), { ms: DAY - 1 }],
    ['a person looks at a check that runs for a day', [slow], check('ci', 'pending', NOW), { ms: DAY }],
    [
      'a person looks at a check that runs for longer than `remind`',
      [unblock({ kind: 'CHECKS_SLOW', at, checks: ['ci'], hours: 2 })],
      check('ci', 'pending', NOW),
      { ms: 2 * HOUR, config: { remindMinutes: 120 } },
    ],
    [
      'a day is enough even without reminders',
      [slow],
      check('ci', 'pending', NOW),
      { ms: DAY, config: { remindMinutes: undefined as never } },
    ],
    ['nobody knows since when the check runs', 'machine', check('ci', 'pending'), { ms: 2 * DAY }],
    ['the machine may be about to report a required check', 'machine', check('e2e', 'missing'), { ms: RULES_MS - 1 }],
    ['a person finds out why a required check is never reported', [missing], check('e2e', 'missing')],
    [
      'the machine gets its time again from the moment that it is ready for review',
      'machine',
      check('e2e', 'missing'),
      { pull: { readyAt: later(1) } },
    ],
    ['and from the latest review', 'machine', blocked, { pull: { reviews: [{ ...approval(HEAD), at: later(1) }] } }],
    [
      'a person lets its runs start',
      [unblock({ kind: 'RUNS_HELD', at, workflows: ['ci', 'e2e'] })],
      { kind: 'held runs', workflows: ['ci', 'e2e'] },
    ],
    ['its owners review it', [unblock({ kind: 'REVIEW_MISSING', at, ...owners })], { kind: 'review', ...owners }],
    ['GitHub works out if it can be merged', 'machine', { kind: 'mergeable', state: 'unknown' }],
    ['the agent resolves a conflict', 'swarm', { kind: 'mergeable', state: 'conflicting' }],
    ['GitHub may not have looked at the rules yet', 'machine', blocked, { ms: RULES_MS - 1 }],
    ['a person looks at the rules', [unmet], blocked],
    ['a person merges it', [{ kind: 'merge pull', segment: 2, pull: 102 }], { kind: 'merge by hand' }],
    [
      'a person merges what GitHub refuses to',
      [{ kind: 'merge pull', segment: 2, pull: 102 }],
      { kind: 'merge refused', message: 'No' },
    ],
  ])('%s', (_, expected, wait, world) => {
    expect(turn(wait, world)).toEqual(expected);
  });
});

/** In review and approved, at this long after its head was proven. */
const held = (facts: Partial<Pull>, ms = RULES_MS, more: Partial<Snapshot> = {}, choices: Partial<Config> = {}) =>
  factsOf([issue(2)], {
    segments: { 2: recordWith(2, [{ outcome: published(2, 'a1') }]) },
    snapshot: {
      now: later(ms),
      pulls: [pull(102, 'feat/segment-2', HEAD, { reviews: [{ ...approval(HEAD), at: NOW }], ...facts })],
      ...more,
    },
    config: choices,
  });

describe('a person is told, once', () => {
  const told = (...of: Parameters<typeof held>) =>
    decide(held(...of), tellProblems).told.filter((line) => /^say/.test(line));
  const key = (kind: string) => `key="waits:102:${HEAD.slice(0, 12)}:${kind}" on=102`;

  test.each<[string, string, Partial<Pull>]>([
    ['which checks failed', 'CHECKS_FAILED', { checks: [{ name: 'build', conclusion: 'failure' }] }],
    ['which required check nobody reports', 'CHECKS_MISSING', { mergeState: 'blocked', missingChecks: ['e2e'] }],
    [
      'which check does not end',
      'CHECKS_SLOW',
      { checks: [{ name: 'build', conclusion: 'pending', since: later(-DAY) }] },
    ],
    [
      'whose review is missing',
      'REVIEW_MISSING',
      { mergeState: 'blocked', reviewMissing: { of: 'code owners', from: ['olga'] } },
    ],
    ['that rules are not met', 'RULES_UNMET', { mergeState: 'blocked' }],
  ])('%s', (_, kind, facts) => {
    const [line, ...more] = told(facts);
    expect(more).toEqual([]);
    expect(line).toContain(key(kind));
    expect(line).toContain('owner="ana"');
    expect(line).toContain(`person needed problem="${kind}"`);
  });

  test('of a red check at once, and of the rest only when GitHub has had its time', () => {
    expect(told({ checks: [{ name: 'build', conclusion: 'failure' }] }, 0)).toHaveLength(1);
    for (const facts of [{}, { missingChecks: ['e2e'] }, { reviewMissing: { of: 'reviewers', from: [] } as const }]) {
      expect(told({ mergeState: 'blocked', ...facts }, RULES_MS - 1)).toEqual([]);
    }
  });

  test('of a red check while a verdict is asked for, but of held runs only if it is not', () => {
    const red = { checks: [{ name: 'build', conclusion: 'failure' }] } as const;
    expect(told({ ...red, reviews: [] })).toEqual([expect.stringContaining(key('CHECKS_FAILED'))]);
    const waiting = { heldWorkflows: ['ci'] } as const;
    expect(told(waiting)).toEqual([expect.stringContaining(key('RUNS_HELD'))]);
    expect(told({ ...waiting, reviews: [] })).toEqual([]);
  });

  test('of a red base once a segment waits for it, and of a spent budget', () => {
    const failing = { branch: 'main', head: HEAD, checks: 'failing', failing: ['ci'] } as const;
    const two = { issues: [issue(2), issue(3)] };
    const scene = (choices: Partial<Config>, base: Partial<Snapshot> = {}) =>
      decide(
        factsOf(two.issues, {
          segments: { 2: recordWith(2, [{ outcome: published(2, 'a1', { costUsd: 6 }) }]) },
          snapshot: { ...base, pulls: [pull(102, 'feat/segment-2', HEAD)] },
          config: choices,
        }),
        tellProblems,
      ).told.filter((line) => /^say/.test(line));
    expect(scene({}, { base: failing })).toEqual([
      expect.stringMatching(
        /^say \{key="base-red:[0-9a-f]{8}" on=1 notice=calibration stopped problem=BASE_RED .*owner="ana"\}/,
      ),
    ]);
    expect(scene({ budgetUsd: { epic: 5 } })).toEqual([
      expect.stringMatching(/^say \{key="budget-spent:[0-9a-f]{8}" on=1 .*EPIC_BUDGET_SPENT spentUsd=6 budgetUsd=5/),
    ]);
    expect(scene({})).toEqual([]);
  });
});

describe('a person is reminded', () => {
  const reminders = (facts: Parameters<typeof decide>[0]) =>
    decide(facts, remindPeople).draft.decisions.flatMap((each) =>
      each.kind === 'say' && each.notice.kind === 'reminder' ? [{ ...each.notice, on: each.on, key: each.key }] : [],
    );
  const times = (ms: number, choices: Partial<Config> = {}, facts: Partial<Pull> = {}) =>
    reminders(held({ reviews: [], ...facts }, ms, {}, choices)).map(({ time }) => time);

  test('after each period, a few times', () => {
    expect([DAY - 1, DAY, 2 * DAY - 1, 2 * DAY, 3 * DAY, 30 * DAY].map((ms) => times(ms))).toEqual([
      [],
      [1],
      [1],
      [2],
      [MOST_REMINDERS],
      [MOST_REMINDERS],
    ]);
  });

  test('in the periods that the config sets, or never', () => {
    expect(times(3 * HOUR, { remindMinutes: 120 })).toEqual([1]);
    expect(times(3 * DAY, { remindMinutes: undefined as never })).toEqual([]);
  });

  test('again from what was said or done last, and with a key of its own', () => {
    expect(times(DAY, {}, { readyAt: later(1) })).toEqual([]);
    const [first] = reminders(held({ reviews: [] }, DAY));
    const [second] = reminders(held({ reviews: [], readyAt: later(1) }, DAY + 1));
    expect(second?.key).not.toBe(first?.key);
  });

  test('on the pull request that waits, by its owner’s name, with the owners of the code', () => {
    const [plain] = reminders(held({ reviews: [] }, DAY));
    expect(plain).toMatchObject({ on: 102, to: ['ana'], need: { kind: 'decide pull' }, afterMs: DAY });
    const reviewMissing = { of: 'code owners', from: ['olga', 'octo/pay'] } as const;
    const [owned] = reminders(held({ mergeState: 'blocked', reviewMissing }, DAY));
    expect(owned).toMatchObject({ on: 102, to: ['ana', 'olga', 'octo/pay'] });
  });

  const act = (ms = 0): Act => ({ at: later(ms), by: 'me', state: 'done' });
  const stopped = round(1, { verdict: { kind: 'failed', at: NOW, findings: [] }, covers: [issueNumber(2)] });
  test.each<[string, number, Parameters<typeof factsOf>[1]]>([
    [
      'on the segment that is blocked',
      2,
      { segments: { 2: recordWith(2, [{ outcome: failed({ kind: 'NO_TESTS', command: 'x' }) }]) } },
    ],
    ['on the epic that is held', 1, { snapshot: { preflight: [{ level: 'error', problem: { kind: 'DISABLED' } }] } }],
    ['on the epic that is paused', 1, { journal: { phase: 'paused', pausedAt: NOW } }],
    [
      'on the epic, of a wave that needs an approval',
      1,
      { config: { mode: 'collaborative' }, journal: { acts: { 'approve-wave:1': act() } } },
    ],
    [
      'on the epic, of a calibration that stopped',
      1,
      {
        segments: { 2: recordWith(2, [{ outcome: published(2, 'a1') }]) },
        journal: { calibrations: { 1: [stopped] }, acts: { 'calibration-stopped:1:1': act() } },
        config: { calibrationRounds: 1 },
      },
    ],
  ])('%s', (_, on, facts) => {
    const pulls = [pull(102, 'feat/segment-2', HEAD, { state: 'merged' })];
    const look = (ms: number) =>
      reminders(
        factsOf([issue(2)], {
          ...facts,
          journal: { startedAt: NOW, ...facts?.journal },
          snapshot: { now: later(ms), pulls, ...facts?.snapshot },
        }),
      ).map((each) => each.on);
    expect(look(DAY)).toEqual([on]);
    expect(look(DAY - 1)).toEqual([]);
  });

  test('of nothing else while the epic is paused, and of nothing once it is cancelled', () => {
    const segments = { 2: recordWith(2, [{ outcome: failed({ kind: 'NO_TESTS', command: 'x' }) }]) };
    const look = (phase: 'paused' | 'cancelled') =>
      reminders(factsOf([issue(2)], { segments, journal: { phase, pausedAt: NOW }, snapshot: { now: later(DAY) } }));
    expect(look('paused').map(({ need }) => need.kind)).toEqual(['resume']);
    expect(look('cancelled')).toEqual([]);
  });

  test('by one comment a period, however often swarm looks, until the wait ends', () => {
    const scene = Scene.started([issue(2)]);
    scene.publishes(2);
    scene.settles();
    const reminded = () => Object.keys(scene.github.said).filter((each) => each.startsWith('remind:'));
    for (let hour = 0; hour < 4 * 24; hour += 6) {
      scene.passes(6 * HOUR);
      scene.settles();
    }
    expect(reminded()).toHaveLength(MOST_REMINDERS);
    scene.approves(2);
    scene.settles();
    scene.passes(DAY);
    scene.settles();
    expect(reminded()).toHaveLength(MOST_REMINDERS);
  });
});
