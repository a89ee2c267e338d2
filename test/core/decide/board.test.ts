/** The board: what people are shown, from facts to every field. */
import { describe, expect, test } from 'vitest';
import { type BoardFacts, makeBoard } from '../../../src/core/decide/board.ts';
import { issueNumber, pullNumber } from '../../../src/core/model/epic.ts';
import type { Outcome } from '../../../src/core/model/journal.ts';
import type { Diagnostic, Problem } from '../../../src/core/model/problem.ts';
import type { Progress, WaitReason, WaveStanding } from '../../../src/core/model/progress.ts';
import type { Issue, Pull } from '../../../src/core/model/snapshot.ts';
import { issue, pull, sha } from '../facts.ts';
import {
  cutShort,
  factsOf,
  failed,
  later,
  lost,
  NOW,
  passed,
  published,
  recordWith,
  reportOf,
  round,
  tryLater,
} from './records.ts';

type Given = Parameters<typeof factsOf>[1];
interface World extends NonNullable<Given> {
  readonly issues?: readonly Issue[];
  readonly progress?: Readonly<Record<number, Progress>>;
  /** The segments in the order in which their progress is known. */
  readonly order?: readonly number[];
  readonly standings?: readonly WaveStanding[];
  readonly errors?: readonly Diagnostic[];
  readonly spentUsd?: number;
  readonly waveToApprove?: number;
  readonly isComplete?: boolean;
  readonly pulls?: readonly Pull[];
}

function boardOf(world: World = {}) {
  const facts = factsOf(world.issues ?? [issue(2)], world);
  const board: BoardFacts = {
    ...facts,
    progress: new Map(
      (world.order ?? Object.keys(world.progress ?? {}).map(Number)).flatMap((number) => {
        const progress = world.progress?.[number];
        return progress ? [[issueNumber(number), progress] as const] : [];
      }),
    ),
    standings: new Map((world.standings ?? []).map((each, at) => [at + 1, each])),
    errors: world.errors ?? [],
    budget: { spentUsd: world.spentUsd, isSpent: false },
    waveToApprove: world.waveToApprove,
    isComplete: world.isComplete ?? false,
    segments: new Map(facts.plan.segments.map((segment) => [segment.number, segment])),
    pulls: new Map((world.pulls ?? []).map((each) => [each.number, each])),
  };
  return makeBoard(board);
}

const NO_TESTS = { kind: 'NO_TESTS', command: 'x' } as const;
const error: Diagnostic = { level: 'error', problem: { kind: 'DISABLED' } };
const merged = (segment: number, ms?: number): Progress => ({
  kind: 'merged',
  pull: pullNumber(100 + segment),
  ...(ms === undefined ? {} : { at: later(ms) }),
});

describe('an epic', () => {
  test('of which nothing is known yet shows its plan and no more', () => {
    const { plan } = factsOf([issue(2), issue(3, { blockedBy: [2] })]);
    const unknown = (number: number) => ({
      number,
      title: `Segment ${number}`,
      track: 'A',
      progress: { kind: 'ready' },
      branch: `feat/segment-${number}`,
      attempts: 0,
      validation: [],
      fix: false,
    });
    expect(boardOf({ issues: [issue(2), issue(3, { blockedBy: [2] })] })).toStrictEqual({
      epic: { number: 1, title: 'Checkout', state: 'open' },
      phase: 'running',
      plan,
      waves: [
        { number: 1, segments: [unknown(2)], calibration: { kind: 'not yet' } },
        { number: 2, segments: [unknown(3)], calibration: { kind: 'not yet' } },
      ],
      needs: [],
      events: [],
    });
  });

  test('shows when it began and ended, what it cost, and when anything changed last', () => {
    const board = boardOf({
      journal: { startedAt: later(1), finishedAt: later(9), phase: 'finished' },
      spentUsd: 0,
    });
    const { startedAt, endedAt, asOf, costUsd, epic } = board;
    expect({ startedAt, endedAt, asOf, costUsd, state: epic.state }).toStrictEqual({
      startedAt: later(1),
      endedAt: later(9),
      asOf: later(9),
      costUsd: 0,
      state: 'closed',
    });
  });

  test('that people closed is closed', () => {
    const epic = { ...issue(1), state: 'completed' } as const;
    expect(boardOf({ snapshot: { epic } }).epic.state).toBe('closed');
  });

  test.each<[string, World]>([
    ['finished', { journal: { phase: 'finished' }, errors: [error], isComplete: true }],
    ['paused', { journal: { phase: 'paused' }, errors: [error], isComplete: true }],
    ['cancelled', { journal: { phase: 'cancelled' }, errors: [error] }],
    ['planned', { journal: { authorisation: undefined as never }, errors: [error], isComplete: true }],
    ['refused', { errors: [error], isComplete: true }],
    ['accepting', { isComplete: true }],
    ['running', {}],
  ])('is %s', (phase, world) => {
    expect(boardOf(world).phase).toBe(phase);
  });
});

describe('a wave', () => {
  test('shows its calibration by its number', () => {
    const { waves } = boardOf({
      issues: [issue(2), issue(3, { blockedBy: [2] })],
      standings: [
        { kind: 'passed', round: 2 },
        { kind: 'calibrating', round: 1 },
      ],
    });
    expect(waves.map(({ calibration }) => calibration)).toStrictEqual([
      { kind: 'passed', round: 2 },
      { kind: 'running', round: 1 },
    ]);
  });
});

describe('a segment', () => {
  const shown = (world: World) => boardOf(world).waves[0]?.segments[0];
  const base = {
    number: 2,
    title: 'Segment 2',
    track: 'A',
    progress: { kind: 'ready' },
    branch: 'feat/segment-2',
    attempts: 0,
    validation: [],
    fix: false,
  };

  test('shows its last agent, the most tries of its attempts, its last report, and all costs', () => {
    const slow = published(2, 'a1', { tries: 3, costUsd: 1 });
    const quick = { ...failed(NO_TESTS), report: reportOf(2, { tries: 1, costUsd: 0.5 }) };
    const attempts = [{ outcome: slow }, { outcome: lost() }, { outcome: quick }, { outcome: failed(NO_TESTS) }, {}];
    expect(shown({ segments: { 2: recordWith(2, attempts) }, progress: { 2: { kind: 'queued' } } })).toStrictEqual({
      ...base,
      progress: { kind: 'queued' },
      pull: 102,
      attempts: 5,
      tries: 3,
      report: quick.report,
      agent: 'Agent25',
      validation: quick.report.validation,
      costUsd: 1.5,
    });
  });

  test('shows the pull request of its progress, or else the one that it published last', () => {
    const segments = { 2: recordWith(2, [{ outcome: published(2, 'a1') }]) };
    expect(shown({ segments, progress: { 2: merged(7) } })?.pull).toBe(107);
    expect(shown({ segments, progress: { 2: { kind: 'queued' } } })?.pull).toBe(102);
    expect(shown({ progress: { 2: { kind: 'queued' } } })).not.toHaveProperty('pull');
  });

  test('that fixes something says so', () => {
    const fix = { key: 'fix:1:1:1:1', wave: 1, round: 1 };
    expect(shown({ segments: { 2: recordWith(2, [], { fix }) } })).toStrictEqual({ ...base, fix: true });
  });

  test('that the plan lost shows its number alone', () => {
    const facts = factsOf([issue(2)]);
    const { waves } = boardOf({ plan: { ...facts.plan, segments: [] } });
    expect(waves[0]?.segments).toStrictEqual([{ ...base, title: '', branch: '' }]);
  });
});

describe('people are needed', () => {
  const head = sha('a1');
  const review = (...waits: Extract<Progress, { kind: 'in review' }>['waits']): Progress => ({
    kind: 'in review',
    pull: pullNumber(102),
    head,
    waits,
  });
  const resolve = (problem: Problem) => ({ kind: 'resolve', problem });
  const waiting = (...reasons: readonly WaitReason[]): Progress => ({ kind: 'waiting', for: reasons });
  const refused = { at: NOW, by: 'me', state: 'refused', refusal: { status: 410, message: 'Off' } } as const;
  const limit: Problem = { kind: 'CALIBRATION_LIMIT', wave: 2, rounds: 3, findings: [] };
  const red = { validation: [{ gate: 'tests', verdict: 'fail', command: '', durationMs: 1, output: 'no' }] } as const;
  const redWorld = {
    segments: { 2: recordWith(2, [{ outcome: published(2, 'a1', red) }]) },
    pulls: [pull(102, 'feat/segment-2', head)],
  };
  const headRed = {
    kind: 'unblock',
    segment: 2,
    problem: { kind: 'HEAD_RED', at: { pull: 102 }, head, gates: [{ gate: 'tests', output: 'no' }] },
  };
  const everything: World = {
    errors: [error],
    isComplete: true,
    waveToApprove: 1,
    standings: [{ kind: 'stopped', problem: limit }],
    progress: { 2: { kind: 'blocked', problem: NO_TESTS } },
    journal: { phase: 'paused' },
  };

  test.each<[string, readonly unknown[], World]>([
    ['for nothing while all goes well', [], { progress: { 2: { kind: 'queued' } } }],
    ['for nothing before the start', [], { ...everything, journal: { authorisation: undefined as never } }],
    ['for nothing after the end', [], { ...everything, journal: { phase: 'finished' } }],
    [
      'for each error',
      [resolve(error.problem), resolve(NO_TESTS)],
      { errors: [error, { level: 'error', problem: NO_TESTS }] },
    ],
    [
      'for an issue that GitHub refused to make',
      [resolve({ kind: 'ISSUE_REFUSED', status: 410, message: 'Off' })],
      { journal: { acts: { 'fix:1:1:1:1': refused } } },
    ],
    [
      'for a red base once a segment waits for it, among other things',
      [resolve({ kind: 'BASE_RED', branch: 'main', checks: ['ci'], commit: head })],
      {
        progress: { 2: waiting({ kind: 'cap' }, { kind: 'base red' }) },
        snapshot: { base: { branch: 'main', head, checks: 'failing', failing: ['ci'] } },
      },
    ],
    [
      'for no red base while segments wait for other things',
      [],
      {
        progress: { 2: waiting({ kind: 'cap' }) },
        snapshot: { base: { branch: 'main', head, checks: 'failing', failing: ['ci'] } },
      },
    ],
    ['to resume a paused epic', [{ kind: 'resume' }], { journal: { phase: 'paused' } }],
    ['to resume a cancelled epic', [{ kind: 'resume' }], { journal: { phase: 'cancelled' } }],
    [
      'to unblock a segment',
      [{ kind: 'unblock', segment: 2, problem: NO_TESTS }],
      { progress: { 2: { kind: 'blocked', problem: NO_TESTS } } },
    ],
    [
      'to consent to a segment',
      [{ kind: 'unblock', segment: 2, problem: NO_TESTS }],
      { progress: { 2: { kind: 'not in this execution', problem: NO_TESTS } } },
    ],
    [
      'to decide on a pull request',
      [{ kind: 'decide pull', segment: 2, pull: 102 }],
      { progress: { 2: review({ kind: 'unproven' }, { kind: 'approval', missing: 1 }, { kind: 'merge by hand' }) } },
    ],
    [
      'to merge a pull request by hand',
      [{ kind: 'merge pull', segment: 2, pull: 102 }],
      { progress: { 2: review({ kind: 'merge by hand' }) } },
    ],
    [
      'to merge a pull request that GitHub refused to merge, among other things',
      [{ kind: 'merge pull', segment: 2, pull: 102 }],
      { progress: { 2: review({ kind: 'unproven' }, { kind: 'merge refused', message: 'No' }) } },
    ],
    [
      'to merge a pull request that GitHub refused to merge',
      [{ kind: 'merge pull', segment: 2, pull: 102 }],
      { progress: { 2: review({ kind: 'merge refused', message: 'No' }) } },
    ],
    [
      'for no pull request that waits for machines',
      [],
      { progress: { 2: review({ kind: 'unproven' }, { kind: 'mergeable', state: 'unknown' }) } },
    ],
    [
      'for a red head and its verdict',
      [headRed, { kind: 'decide pull', segment: 2, pull: 102 }],
      { ...redWorld, progress: { 2: review({ kind: 'approval', missing: 1 }) } },
    ],
    [
      'for no red head of a pull request that GitHub does not show',
      [],
      { ...redWorld, pulls: [], progress: { 2: review({ kind: 'unproven' }) } },
    ],
    ['for no red head that is merged', [], { ...redWorld, progress: { 2: merged(2) } }],
    [
      'for a wave that is stopped',
      [{ kind: 'calibration', wave: 2, problem: limit }],
      {
        standings: [
          { kind: 'passed', round: 1 },
          { kind: 'stopped', problem: limit },
        ],
      },
    ],
    ['to approve a wave', [{ kind: 'approve wave', wave: 2 }], { waveToApprove: 2 }],
    ['to accept', [{ kind: 'accept' }], { isComplete: true }],
    ['for no acceptance that is automatic', [], { isComplete: true, config: { acceptance: 'automatic' } }],
    [
      'for many things, in one order',
      [
        resolve(error.problem),
        { kind: 'resume' },
        { kind: 'unblock', segment: 2, problem: NO_TESTS },
        { kind: 'calibration', wave: 1, problem: limit },
        { kind: 'approve wave', wave: 1 },
        { kind: 'accept' },
      ],
      everything,
    ],
  ])('%s', (_, expected, world) => {
    expect(boardOf(world).needs).toStrictEqual(expected);
  });

  test('first for what most others wait for; equals stay in the order of the segments', () => {
    const issues = [
      issue(2),
      issue(3),
      issue(4, { blockedBy: [3] }),
      issue(5, { blockedBy: [4] }),
      issue(6),
      issue(7, { blockedBy: [6, 3] }),
      issue(8, { blockedBy: [2] }),
    ];
    const problem = { kind: 'blocked', problem: NO_TESTS } as const;
    const progress: Record<number, Progress> = {
      2: problem,
      3: problem,
      4: { kind: 'ready' },
      5: problem,
      6: problem,
      8: merged(8),
    };
    const needs = boardOf({ issues, progress }).needs.map((need) =>
      'segment' in need ? [need.segment, need.unblocks] : [],
    );
    expect(needs).toStrictEqual([
      [3, 3],
      [6, 1],
      [2, undefined],
      [5, undefined],
    ]);
  });
});

describe('notes', () => {
  const note = (problem: Problem['kind'], level: Diagnostic['level'] = 'warning'): Diagnostic =>
    ({ level, problem: { kind: problem } }) as never;
  test('are the warnings that no plan showed, those of the preflight first', () => {
    const board = boardOf({
      snapshot: {
        preflight: [
          ...[note('PERMISSION_MISSING'), note('TRIGGER_MISSING')],
          ...[note('UNKNOWN_ISSUE', 'error'), note('DISABLED')],
        ],
      },
      plan: { diagnostics: [note('EPIC_CHANGED'), note('SEGMENT_NEW'), note('UNKNOWN_ISSUE'), note('BUDGET_UNBOUND')] },
    });
    expect(board.notes).toStrictEqual(
      ['PERMISSION_MISSING', 'TRIGGER_MISSING', 'EPIC_CHANGED', 'UNKNOWN_ISSUE', 'BUDGET_UNBOUND'].map((kind) => ({
        kind,
      })),
    );
  });

  test('are left out where there are none', () => {
    expect(boardOf({ snapshot: { preflight: [note('DISABLED'), error] } })).not.toHaveProperty('notes');
  });
});

describe('events', () => {
  const ended = (outcome: Outcome) => ({ ...outcome, at: later(2) }) as Outcome;
  const claimed = { at: NOW, kind: 'CLAIMED', segment: 2, agent: 'Agent21' };
  const about = { at: later(2), segment: 2, agent: 'Agent21' };
  const question = { id: 'q', text: '?', options: [], blocking: true };

  test.each<[string, readonly unknown[], Outcome | undefined]>([
    ['is under way', [], undefined],
    ['published', [{ ...about, kind: 'PUBLISHED', pull: 102 }], published(2, 'a1')],
    ['died', [{ ...about, kind: 'LOST' }], lost()],
    ['was cut short', [{ ...about, kind: 'LOST' }], cutShort],
    ['failed', [{ ...about, kind: 'BLOCKED' }], failed(NO_TESTS)],
    ['has to wait for its provider', [{ ...about, kind: 'FAILED' }], tryLater()],
    [
      'asked',
      [{ ...about, kind: 'ASKED' }],
      { kind: 'asked', at: NOW, report: reportOf(2, { result: { kind: 'needs-input', question } }) },
    ],
    ['changed nothing', [], { kind: 'no-change', at: NOW, report: reportOf(2) }],
    ['was cancelled', [], { kind: 'cancelled', at: NOW }],
  ])('of an attempt that %s', (_, expected, outcome) => {
    const segments = { 2: recordWith(2, [outcome ? { outcome: ended(outcome) } : {}]) };
    expect(boardOf({ segments }).events).toStrictEqual([claimed, ...expected]);
  });

  test.each([
    ['is tried again by itself', 0, ['FAILED', 'BLOCKED']],
    ['a person had tried again', 1, ['BLOCKED', 'BLOCKED']],
  ])('of a failed attempt that %s', (_, forgiven, kinds) => {
    const attempts = [{ outcome: ended(failed(NO_TESTS)) }, { outcome: ended(failed(NO_TESTS)) }];
    const { events } = boardOf({ segments: { 2: { ...recordWith(2, attempts), forgiven } } });
    expect(events.flatMap(({ kind }) => (kind === 'CLAIMED' ? [] : [kind]))).toEqual(kinds);
  });

  test('of everything else that happened, in the order of time', () => {
    const { events, asOf } = boardOf({
      issues: [issue(2), issue(3), issue(4, { blockedBy: [2] })],
      segments: {
        2: recordWith(2, [], {
          rejections: [{ by: 'ana', at: later(3), head: sha('a1'), pull: pullNumber(102), reason: 'No', comments: [] }],
          answers: [{ attempt: '1.2-1', text: 'Yes', by: 'ana', at: later(4) }],
        }),
        3: recordWith(3, [], { skipped: { by: 'ana', reason: 'x', at: later(5) } }),
      },
      progress: { 2: merged(2, 6), 3: { kind: 'skipped' }, 4: merged(4) },
      journal: {
        startedAt: later(1),
        finishedAt: later(10),
        configs: [{ at: later(2), digest: 'd' }],
        calibrations: {
          1: [
            round(1, { verdict: { kind: 'failed', at: later(7), findings: [] } }),
            round(2, { verdict: { ...passed, at: later(8) } }),
            round(3),
          ],
          2: [round(1, { lost: lost() })],
        },
      },
    });
    expect(events).toStrictEqual([
      { at: later(1), kind: 'STARTED' },
      { at: later(2), kind: 'CONFIG CHANGED' },
      { at: later(3), kind: 'REJECTED', segment: 2, pull: 102 },
      { at: later(4), kind: 'ANSWERED', segment: 2 },
      { at: later(5), kind: 'SKIPPED', segment: 3 },
      { at: later(5), kind: 'TRACK COMPLETE', wave: 1, track: 'B' },
      { at: later(6), kind: 'CLOSED', segment: 2, pull: 102 },
      { at: later(6), kind: 'TRACK COMPLETE', wave: 1, track: 'A' },
      { at: later(7), kind: 'CALIBRATION FAILED', wave: 1 },
      { at: later(8), kind: 'WAVE COMPLETE', wave: 1 },
      { at: later(10), kind: 'EXECUTION COMPLETE' },
    ]);
    expect(asOf).toBe(later(10));
  });

  test('of one moment stand in the order in which they follow from each other, then by segment', () => {
    const rejection = { by: 'ana', at: NOW, head: sha('a1'), pull: pullNumber(102), reason: 'No', comments: [] };
    const answer = { attempt: '1.2-1', text: 'Yes', by: 'ana', at: NOW };
    const skipped = { by: 'ana', reason: 'x', at: NOW };
    const asked: Outcome = {
      kind: 'asked',
      at: NOW,
      report: reportOf(2, { result: { kind: 'needs-input', question } }),
    };
    const { events } = boardOf({
      issues: [issue(2), issue(3), issue(4)],
      order: [4, 2, 3],
      progress: { 2: merged(2, 0), 3: merged(3, 0), 4: merged(4, 0) },
      segments: {
        2: recordWith(
          2,
          [{ outcome: failed(NO_TESTS) }, { outcome: asked }, { outcome: lost() }, { outcome: published(2, 'a1') }],
          {
            rejections: [rejection],
            answers: [answer],
            skipped,
          },
        ),
        3: recordWith(3, [{}]),
      },
      journal: {
        startedAt: NOW,
        finishedAt: NOW,
        configs: [{ at: NOW, digest: 'd' }],
        calibrations: {
          1: [round(1, { verdict: passed }), round(2, { verdict: { kind: 'failed', at: NOW, findings: [] } })],
        },
      },
    });
    expect(
      events.map(({ kind, segment, agent, track }) => [kind, agent ?? segment ?? track].filter(Boolean).join(' ')),
    ).toStrictEqual([
      'STARTED',
      'CONFIG CHANGED',
      'CLAIMED Agent21',
      'CLAIMED Agent22',
      'CLAIMED Agent23',
      'CLAIMED Agent24',
      'CLAIMED Agent31',
      'PUBLISHED Agent24',
      'LOST Agent23',
      'ASKED Agent22',
      'ANSWERED 2',
      'REJECTED 2',
      'FAILED Agent21',
      'CLOSED 2',
      'CLOSED 3',
      'CLOSED 4',
      'SKIPPED 2',
      'TRACK COMPLETE A',
      'TRACK COMPLETE B',
      'TRACK COMPLETE C',
      'CALIBRATION FAILED',
      'WAVE COMPLETE',
      'EXECUTION COMPLETE',
    ]);
  });

  describe('of a track', () => {
    const shared = (number: number) => issue(number, { body: '---\nfiles: [src/shared/**]\n---\nWork.' });
    const complete = (progress: Readonly<Record<number, Progress>>) =>
      boardOf({ issues: [shared(2), shared(3)], progress }).events.filter(({ kind }) => kind === 'TRACK COMPLETE');
    const at = (ms: number) => [{ at: later(ms), kind: 'TRACK COMPLETE', wave: 1, track: 'A' }];
    test.each<[string, readonly unknown[], Readonly<Record<number, Progress>>]>([
      ['come with its last merge', at(5), { 2: merged(2, 5), 3: merged(3, 4) }],
      ['come with its last merge, if that is the last segment', at(6), { 2: merged(2, 5), 3: merged(3, 6) }],
      ['do not come before the last merge', [], { 2: merged(2, 5), 3: { kind: 'queued' } }],
      ['do not come for a merge of an unknown time', [], { 2: merged(2, 5), 3: merged(3) }],
      ['do not come where a segment was skipped', [], { 2: merged(2, 5), 3: { kind: 'skipped' } }],
      ['do not come for segments of unknown progress', [], {}],
    ])('%s', (_, expected, progress) => {
      expect(complete(progress)).toStrictEqual(expected);
    });

    test('do not come where it has no segment', () => {
      const waves = [{ number: 1, tracks: [{ letter: 'A', name: 'a', segments: [] }] }];
      expect(boardOf({ plan: { waves } }).events).toStrictEqual([]);
    });
  });
});

describe('open pull requests that change the same lines', () => {
  const conflicts = [{ pull: pullNumber(102), head: sha('a1'), files: ['src/routes.ts'] }];
  const notes = (own: Partial<Pull> = {}, other: Partial<Pull> = {}) =>
    boardOf({
      issues: [issue(2), issue(3)],
      segments: {
        2: recordWith(2, [{ outcome: published(2, 'a1') }]),
        3: recordWith(3, [{ outcome: published(3, 'b1', { conflicts }) }]),
      },
      snapshot: { pulls: [pull(102, 'a', sha('a1'), other), pull(103, 'b', sha('b1'), own)] },
    }).notes;

  test('are named', () => {
    const at = { pull: pullNumber(103) };
    expect(notes()).toEqual([{ kind: 'PULLS_CONFLICT', at, other: 102, files: ['src/routes.ts'] }]);
  });

  test.each<[string, Partial<Pull>, Partial<Pull>]>([
    ['it is merged', { state: 'merged' }, {}],
    ['the other is merged', {}, { state: 'merged' }],
    ['it has another head', { head: sha('c1') }, {}],
    ['the other has another head', {}, { head: sha('c1') }],
  ])('are not named once %s', (_, own, other) => {
    expect(notes(own, other)).toBeUndefined();
  });
});
