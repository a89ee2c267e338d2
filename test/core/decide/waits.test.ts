/** Everything that keeps a segment from starting: holds of the schedule, and errors that hold the epic. */
import { describe, expect, test } from 'vitest';
import { errorsOf } from '../../../src/core/decide/errors.ts';
import { type StartFacts, segmentState, startHolds } from '../../../src/core/decide/waits.ts';
import type { Config } from '../../../src/core/model/config.ts';
import { issueNumber, pullNumber } from '../../../src/core/model/epic.ts';
import type { Journal } from '../../../src/core/model/journal.ts';
import type { Diagnostic, Problem } from '../../../src/core/model/problem.ts';
import type { Progress, WaitReason, WaveStanding } from '../../../src/core/model/progress.ts';
import type { Snapshot } from '../../../src/core/model/snapshot.ts';
import { issue, pull, sha, snapshot } from '../facts.ts';
import { authorisation, factsOf, later, NOW, published, recordWith, tryLater } from './records.ts';

const chain = [issue(2), issue(3, { blockedBy: [2] }), issue(4, { blockedBy: [3] })];
const ready = { kind: 'ready' } as const;
const merged: Progress = { kind: 'merged', pull: pullNumber(102) };
const passed: WaveStanding = { kind: 'passed', round: 1 };
const open: WaveStanding = { kind: 'open' };
const base = snapshot([]).base;
const disabled: Diagnostic = { level: 'error', problem: { kind: 'DISABLED' } };

interface World {
  readonly journal?: Partial<Journal>;
  readonly snapshot?: Partial<Snapshot>;
  readonly config?: Partial<Config>;
  readonly standings?: readonly WaveStanding[];
  readonly errors?: readonly Diagnostic[];
  readonly isSpent?: boolean;
  readonly waveToApprove?: number;
  readonly progress?: readonly Progress[];
}

/** Segments #2, #3 and #4, one after the other: each has a wave of its own. All are ready. */
const startFacts = (world: World = {}): StartFacts => ({
  ...factsOf(chain, {
    ...(world.journal ? { journal: world.journal } : {}),
    ...(world.snapshot ? { snapshot: world.snapshot } : {}),
    config: { schedule: 'eager', ...world.config },
  }),
  derived: new Map((world.progress ?? [ready, ready, ready]).map((each, at) => [issueNumber(at + 2), each])),
  standings: new Map((world.standings ?? [passed, passed, passed]).map((each, at) => [at + 1, each])),
  errors: world.errors ?? [],
  budget: { isSpent: world.isSpent ?? false },
  waveToApprove: world.waveToApprove,
  waveOf: new Map([2, 3, 4].map((number) => [issueNumber(number), number - 1])),
});
const holds = (world: World) => Object.fromEntries(startHolds(startFacts(world)));
const all = (...reasons: readonly WaitReason[]) => ({ 2: reasons, 3: reasons, 4: reasons });

describe('a segment that is ready', () => {
  test.each<[string, Record<number, readonly WaitReason[]>, World]>([
    ['starts where nothing holds it', {}, {}],
    ['waits while the epic is paused', all({ kind: 'paused' }), { journal: { phase: 'paused' } }],
    ['waits while the epic is cancelled', all({ kind: 'paused' }), { journal: { phase: 'cancelled' } }],
    ['waits while an error holds the epic', all({ kind: 'plan errors' }), { errors: [disabled] }],
    ['waits while the base is red', all({ kind: 'base red' }), { snapshot: { base: { ...base, checks: 'failing' } } }],
    ['does not wait for checks of the base', {}, { snapshot: { base: { ...base, checks: 'pending' } } }],
    [
      'waits where the execution is for another wave',
      { 2: [{ kind: 'only wave', wave: 2 }], 4: [{ kind: 'only wave', wave: 2 }] },
      { journal: { options: { wave: 2 } } },
    ],
    [
      'waits while another epic has it',
      { 3: [{ kind: 'owned', by: issueNumber(9) }] },
      { snapshot: { owners: { 3: issueNumber(9) } } },
    ],
    ['waits when the budget is spent', all({ kind: 'budget spent' }), { isSpent: true }],
    [
      'waits for the approval of its wave or of one before it',
      { 3: [{ kind: 'wave approval', wave: 2 }], 4: [{ kind: 'wave approval', wave: 2 }] },
      { waveToApprove: 2 },
    ],
    [
      'waits until its agent may be tried again',
      { 3: [{ kind: 'later', until: later(5 * 60_000) }] },
      {
        journal: { segments: { 3: recordWith(3, [{ outcome: tryLater() }]) } },
        snapshot: { now: later(5 * 60_000 - 1) },
      },
    ],
    [
      'starts at the time at which its agent may be tried again',
      {},
      { journal: { segments: { 3: recordWith(3, [{ outcome: tryLater() }]) } }, snapshot: { now: later(5 * 60_000) } },
    ],
    ['does not wait for waves where the schedule is eager', {}, { standings: [open, open, open] }],
    [
      'waits for the first wave before its own that has not passed',
      { 3: [{ kind: 'wave', number: 1 }], 4: [{ kind: 'wave', number: 1 }] },
      { config: { schedule: 'waves' }, standings: [open, open, open] },
    ],
    [
      'waits for the calibration of a wave that is merged',
      { 4: [{ kind: 'calibration', wave: 2 }] },
      { config: { schedule: 'waves' }, standings: [passed, { kind: 'calibrating', round: 1 }, open] },
    ],
    [
      'waits for the calibration of a wave that nobody knows',
      { 3: [{ kind: 'calibration', wave: 1 }], 4: [{ kind: 'calibration', wave: 1 }] },
      { config: { schedule: 'waves' }, standings: [] },
    ],
    [
      'waits for everything at once, in one order',
      {
        4: [
          { kind: 'paused' },
          { kind: 'plan errors' },
          { kind: 'base red' },
          { kind: 'only wave', wave: 1 },
          { kind: 'budget spent' },
          { kind: 'wave approval', wave: 3 },
          { kind: 'later', until: later(5 * 60_000) },
          { kind: 'wave', number: 2 },
        ],
      },
      {
        journal: {
          phase: 'paused',
          options: { wave: 1 },
          segments: { 4: recordWith(4, [{ outcome: tryLater() }]) },
        },
        snapshot: { base: { ...base, checks: 'failing' } },
        errors: [disabled],
        isSpent: true,
        waveToApprove: 3,
        config: { schedule: 'waves' },
        standings: [passed, open, open],
        progress: [merged, merged, ready],
      },
    ],
  ])('%s', (_, expected, world) => {
    expect(holds(world)).toStrictEqual(expected);
  });

  test('and belongs to no wave counts as one of the first', () => {
    const facts = { ...startFacts({ waveToApprove: 1, config: { schedule: 'waves' } }), waveOf: new Map() };
    expect(Object.fromEntries(startHolds(facts))).toStrictEqual(all({ kind: 'wave approval', wave: 1 }));
    expect(startHolds({ ...facts, waveToApprove: 2 }).size).toBe(0);
  });
});

test('a segment that is neither ready nor done is held without a reason; others are not held', () => {
  expect(holds({ progress: [merged, { kind: 'queued' }] })).toStrictEqual({ 3: [] });
});

describe('for the schedule', () => {
  const stateOf = (progress: Progress, state?: 'open' | 'closed' | 'merged') => {
    const facts = factsOf([issue(2)], {
      segments: { 2: recordWith(2, state ? [{ outcome: published(2, 'a1') }] : []) },
      snapshot: { pulls: state ? [pull(102, 'feat/segment-2', sha('a1'), { state })] : [] },
    });
    return segmentState(facts, issueNumber(2), progress);
  };
  const head = sha('a1');
  const of = pullNumber(102);
  const blocked: Progress = { kind: 'blocked', problem: { kind: 'NO_CHANGE' } };
  test.each<[string, Progress, 'open' | 'closed' | undefined]>([
    ['done', merged, undefined],
    ['done', { kind: 'answered' }, undefined],
    ['done', { kind: 'skipped' }, 'open'],
    ['done', { kind: 'closed before' }, undefined],
    ['in flight', { kind: 'queued' }, undefined],
    ['in flight', { kind: 'running' }, undefined],
    ['in review', { kind: 'in review', pull: of, head, waits: [] }, 'open'],
    ['in review', { kind: 'to merge', pull: of, head, approvedBy: [] }, 'open'],
    ['in flight', { kind: 'to rework', pull: of, why: { kind: 'conflict' } }, 'open'],
    ['in review', blocked, 'open'],
    ['open', blocked, 'closed'],
    ['open', blocked, undefined],
    ['open', ready, 'open'],
    ['open', { kind: 'waiting', for: [] }, 'open'],
    ['open', { kind: 'not in this execution', problem: { kind: 'NO_CHANGE' } }, 'open'],
  ])('is %s a segment that is %o, with a pull request that is %s', (state, progress, of) => {
    expect(stateOf(progress, of)).toBe(state);
  });
});

describe('an error', () => {
  const at = (number: number): Diagnostic => ({
    level: 'error',
    problem: { kind: 'SEGMENT_NEW', at: { issue: issueNumber(number) } },
  });
  const error = (problem: Problem): Diagnostic => ({ level: 'error', problem });
  const cycle = (...path: readonly number[]) =>
    error({ kind: 'EPIC_CYCLE', path: path.map((number) => issueNumber(number)) } as never);
  const taken = (...segments: readonly number[]) =>
    error({ kind: 'BRANCH_TAKEN', segments: segments.map((number) => issueNumber(number)) } as never);
  const nowhere = error({ kind: 'NO_CHANGE' });
  const inFile = error({ kind: 'SEGMENT_NEW', at: {} } as never);
  const warning = { ...at(1), level: 'warning' } as const;

  /** Segment #2 ran, #3 did not yet, and #4 was added since. */
  const errors = (found: readonly Diagnostic[], started = true, preflight: readonly Diagnostic[] = []) =>
    errorsOf(
      factsOf([issue(2), issue(3), issue(4)], {
        plan: { diagnostics: found },
        snapshot: { preflight },
        journal: {
          authorisation: authorisation({
            segments: Object.fromEntries([2, 3].map((number) => [number, { digest: '', blockedBy: [], external: [] }])),
          }),
          segments: { 2: recordWith(2, [{}]) },
          dispatches: started ? { '1.1': { id: '1.1', at: NOW, work: { kind: 'segments', attempts: [] } } } : {},
        },
      }),
    );

  test.each<[string, readonly Diagnostic[]]>([
    ['of the epic itself', [at(1)]],
    ['of a segment that has not run', [at(3)]],
    ['that names no place', [nowhere]],
    ['that names no issue', [inFile]],
    ['of a cycle of segments that have not run', [cycle(3, 1, 3)]],
    ['of a branch that a segment which has not run shares with others', [taken(2, 3)]],
  ])('%s holds an epic that runs', (_, found) => {
    expect(errors(found)).toStrictEqual(found);
  });

  test.each<[string, readonly Diagnostic[]]>([
    ['of a segment that ran', [at(2)]],
    ['of a segment that was added since', [at(4)]],
    ['of a cycle with a segment that ran', [cycle(3, 2, 3)]],
    ['of a cycle with a segment that was added since', [cycle(3, 4, 3)]],
    ['of a branch that a segment which ran shares with one that was added', [taken(2, 4)]],
  ])('%s holds an epic before its first dispatch, and not later', (_, found) => {
    expect(errors(found, false)).toStrictEqual(found);
    expect(errors(found)).toStrictEqual([]);
  });

  test('of the preflight always holds, and stands first; a warning never holds', () => {
    const preflight = [warning, disabled, at(2)];
    expect(errors([warning, at(2), at(3)], true, preflight)).toStrictEqual([disabled, at(2), at(3)]);
    expect(errors([warning], false, [warning])).toStrictEqual([]);
  });

  test('of a segment that nobody authorised does not hold an epic that runs', () => {
    const facts = factsOf([issue(2)], {
      plan: { diagnostics: [at(2), at(1)] },
      journal: {
        authorisation: undefined as never,
        dispatches: { '1.1': { id: '1.1', at: NOW, work: { kind: 'segments', attempts: [] } } },
      },
    });
    expect(errorsOf(facts)).toStrictEqual([at(1)]);
  });
});
