/** Landing proof: what a base shows of a merge, and when a segment counts as merged. */
import { describe, expect, test } from 'vitest';
import { mergeNext } from '../../../src/core/decide/merge.ts';
import { expectLanding, landingFault, rememberLandings } from '../../../src/core/decide/merging/landing.ts';
import { deriveProgress } from '../../../src/core/decide/progress.ts';
import { issueNumber } from '../../../src/core/model/epic.ts';
import type { Landing } from '../../../src/core/model/journal/merging.ts';
import type { SegmentRecord } from '../../../src/core/model/journal.ts';
import { recordOf } from '../../../src/core/model/journal-lenses.ts';
import type { Landed, Pull } from '../../../src/core/model/snapshot.ts';
import { approval, issue, pull, sha } from '../facts.ts';
import { decide, factsOf, later, NOW, published, recordWith } from './records.ts';
import { MINUTE, Scene } from './scene.ts';

const HEAD = sha('a1');
const BASE = sha('ba5e');
const testMerge = { base: BASE, head: HEAD, tree: 'T' };
const expected = { ...testMerge, method: 'squash' } as const;
const landed = (facts: Partial<Landed> = {}): Landed => ({
  ...{ tree: 'T', onto: BASE, isOnBase: true, keepsBase: true, foreign: [] },
  ...facts,
});

interface World {
  readonly landing?: Partial<Landing>;
  readonly pull?: Partial<Pull>;
}
const merged = { state: 'merged', mergeCommit: sha('c0'), mergedAt: NOW } as const;
const looks = ({ landing, pull: change }: World, passedMs = 0) => {
  const before: SegmentRecord = recordWith(
    2,
    [{ outcome: published(2, 'a1') }],
    landing ? { landing: { pull: pull(102, 'b', HEAD).number, ...landing } } : {},
  );
  const facts = factsOf([issue(2)], {
    segments: { 2: before },
    snapshot: { now: later(passedMs), pulls: [pull(102, 'b', HEAD, { ...merged, ...change })] },
  });
  const journal = rememberLandings(facts.snapshot, facts.journal);
  const progress = deriveProgress({ ...facts, journal }).get(issueNumber(2));
  return { verdict: recordOf(journal, 2).landing?.verdict, progress };
};
const differs = (why: string, files: readonly string[] = []) => ({ kind: 'differs', at: NOW, why, files });

describe('a merge', () => {
  test.each<[string, unknown, World]>([
    [
      'with the tree that was expected is proven',
      { kind: 'proven' },
      { landing: { expected }, pull: { landed: landed() } },
    ],
    [
      'onto the same base with another tree differs',
      differs('other content', ['src/x.ts']),
      { landing: { expected }, pull: { landed: landed({ tree: 'U', foreign: ['src/x.ts'] }) } },
    ],
    [
      'onto the same base with another tree differs, even if no other file does',
      differs('other content'),
      { landing: { expected }, pull: { landed: landed({ tree: 'U' }) } },
    ],
    [
      'onto a base that moved in between is proven by its files',
      { kind: 'proven' },
      { landing: { expected }, pull: { landed: landed({ tree: 'U', onto: sha('bb') }) } },
    ],
    [
      'onto a base that moved in between differs by its files',
      differs('other content', ['src/x.ts']),
      { landing: { expected }, pull: { landed: landed({ tree: 'U', onto: sha('bb'), foreign: ['src/x.ts'] }) } },
    ],
    [
      'of another head than the one that was decided is judged by its files',
      { kind: 'proven' },
      { landing: { expected: { ...expected, head: sha('b2') } }, pull: { landed: landed({ tree: 'U' }) } },
    ],
    ['by a person is judged by its files', { kind: 'proven' }, { pull: { landed: landed({ tree: 'U' }) } }],
    [
      'that no list of files shows differs',
      differs('too many files'),
      { pull: { landed: landed({ foreign: 'too many to compare' }) } },
    ],
    [
      'that loses commits of the base differs, whatever its tree is',
      differs('base lost'),
      { landing: { expected }, pull: { landed: landed({ keepsBase: false }) } },
    ],
    [
      'that the base does not show yet has no verdict',
      undefined,
      { landing: { expected }, pull: { landed: landed({ isOnBase: false }) } },
    ],
    ['that GitHub has no commit of yet has no verdict', undefined, { landing: { expected } }],
    ['that nothing is known of has no verdict', undefined, {}],
  ])('%s', (_, verdict, world) => {
    expect(looks(world).verdict).toEqual(verdict);
  });

  test('that the base does not show for five minutes differs', () => {
    const world = { landing: { expected }, pull: { landed: landed({ isOnBase: false }) } };
    expect(looks(world, 5 * MINUTE - 1).verdict).toBeUndefined();
    expect(looks(world, 5 * MINUTE).verdict).toMatchObject({ kind: 'differs', why: 'not on the base' });
  });

  test('keeps the verdict that it has', () => {
    const landing = { verdict: { kind: 'proven' } } as const;
    expect(looks({ landing, pull: { landed: landed({ foreign: ['x'] }) } }).verdict).toEqual({ kind: 'proven' });
  });
});

describe('a segment whose pull request is merged', () => {
  test.each<[string, object, World]>([
    ['is merged when the merge is proven', { kind: 'merged' }, { landing: { expected }, pull: { landed: landed() } }],
    ['is merged when there is nothing to compare', { kind: 'merged' }, {}],
    [
      'waits until the base shows it',
      { kind: 'in review', waits: [{ kind: 'landing' }] },
      { landing: { expected }, pull: { landed: landed({ isOnBase: false }) } },
    ],
    [
      'is blocked when the base shows something else',
      {
        kind: 'blocked',
        problem: { kind: 'LANDING_DIFFERS', base: 'main', commit: sha('c0'), why: 'other content', files: ['x'] },
      },
      { pull: { landed: landed({ foreign: ['x'] }) } },
    ],
    [
      'is not blocked by the merge of an earlier pull request',
      { kind: 'merged' },
      {
        landing: {
          pull: pull(90, 'b', HEAD).number,
          verdict: { ...differs('other content'), kind: 'differs', at: NOW, why: 'other content' },
        },
      },
    ],
  ])('%s', (_, progress, world) => {
    expect(looks(world).progress).toMatchObject(progress);
  });

  test('and differs holds what depends on it until a person retries it by its number', () => {
    const scene = Scene.started([issue(2), issue(3, { blockedBy: [2] })], { schedule: 'eager' });
    scene.publishes(2);
    scene.settles();
    scene.changesPull(2, { landed: landed({ foreign: ['src/x.ts'] }) });
    scene.approves(2);
    const held = scene.settles();
    expect(held.filter((line) => /^say /.test(line))).toEqual([expect.stringContaining('LANDING_DIFFERS')]);
    expect(scene.journal.segments[3]).toBeUndefined();

    scene.asks('retry');
    scene.settles();
    expect(scene.journal.segments[3]).toBeUndefined();

    scene.asks({ kind: 'retry', segment: issueNumber(2) });
    scene.settles();
    expect(scene.journal.segments[2]?.landing?.accepted).toMatchObject({ by: 'ana' });
    expect(scene.journal.segments[3]?.attempts).toHaveLength(1);
    expect(scene.journal.segments[2]?.attempts).toHaveLength(1);
  });
});

describe('what is to come of a merge', () => {
  const decided = (change: Partial<Pull>) =>
    decide(
      factsOf([issue(2)], {
        segments: { 2: recordWith(2, [{ outcome: published(2, 'a1') }]) },
        snapshot: { pulls: [pull(102, 'b', HEAD, { reviews: [approval(HEAD)], ...change })] },
        config: { mergeMethod: 'rebase' },
      }),
      mergeNext,
    ).draft.journal.segments[2]?.landing;

  test('is kept as the merge is decided', () => {
    expect(decided({ testMerge })).toEqual({ pull: 102, expected: { ...testMerge, method: 'rebase' } });
  });

  test('is not known where GitHub tried another head', () => {
    expect(decided({ testMerge: { ...testMerge, head: sha('b2') } })).toBeUndefined();
    expect(decided({})).toBeUndefined();
  });

  test('of a pull request of nobody is not kept', () => {
    const { journal } = factsOf([issue(2)]);
    expect(expectLanding(journal, pull(102, 'b', HEAD, { testMerge }), 'merge')).toBe(journal);
    expect(landingFault(pull(102, 'b', HEAD), recordWith(2, []))).toBeUndefined();
  });

  test('is looked at again soon, until the base shows it', () => {
    const facts = factsOf([issue(2)], {
      segments: {
        2: recordWith(2, [{ outcome: published(2, 'a1') }], {
          landing: { pull: pull(102, 'b', HEAD).number, expected },
        }),
      },
      snapshot: { pulls: [pull(102, 'b', HEAD, { ...merged, landed: landed({ isOnBase: false }) })] },
    });
    expect(decide(facts, mergeNext).told).toEqual(['look again in 5 s']);
  });
});
