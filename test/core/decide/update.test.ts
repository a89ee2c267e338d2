/** Updating pull requests from their base, one at a time, and the approvals that stay valid. */
import { describe, expect, test } from 'vitest';
import { approvers, rejection } from '../../../src/core/decide/verdict.ts';
import { issueNumber, pullNumber } from '../../../src/core/model/epic.ts';
import type { Update } from '../../../src/core/model/journal/merging.ts';
import { headsOf } from '../../../src/core/model/journal/merging.ts';
import { isOwnHead } from '../../../src/core/model/proof.ts';
import type { Pull } from '../../../src/core/model/snapshot.ts';
import { approval, issue, pull, sha } from '../facts.ts';
import { NOW, published, recordWith } from './records.ts';
import { MINUTE, Scene } from './scene.ts';

const BASE = sha('ba5e');

/** Segments #2 and #3, in review and approved, and both behind their base. */
const behind = (segments: readonly number[] = [2, 3]): Scene => {
  const scene = Scene.started(segments.map((number) => issue(number)));
  for (const segment of segments) scene.publishes(segment);
  scene.settles();
  for (const segment of segments) {
    fallsBehind(scene, segment);
    scene.approves(segment);
  }
  return scene;
};
const fallsBehind = (scene: Scene, segment: number): Pull => {
  const { head } = scene.changesPull(segment, {});
  return scene.changesPull(segment, { mergeState: 'behind', testMerge: { base: BASE, head, tree: `tree of ${head}` } });
};
const acts = (told: readonly string[]): readonly string[] =>
  told.filter((line) => /^(?:update branch|merge|dispatch|say) /.test(line)).map((line) => line.replace(/ \{.*/s, ''));
const updated = (told: readonly string[]): readonly string[] =>
  told.flatMap((line) => /^update branch .* pull=(\d+)/.exec(line)?.[1] ?? []);
/** The proof of the updated head ends. */
const proves = (scene: Scene, segment: number): void => {
  const { head, branch, tip, testMerge } = scene.changesPull(segment, {});
  expect(scene.attempt(segment)).toMatchObject({ why: 'prove', from: head });
  const more = { ...(tip ? { tip } : {}), ...(testMerge ? { testMerge } : {}) };
  scene.publishes(segment, { result: { kind: 'ready', branch, head } }, more);
};

describe('approved pull requests that are behind their base', () => {
  test('are updated one at a time, in the plan’s order, proven again, and merged', () => {
    const scene = behind();

    expect(updated(scene.looks())).toEqual(['102']);
    const told = scene.settles();
    expect(updated(told)).toEqual([]);
    expect(acts(told)).toEqual(['dispatch']);

    proves(scene, 2);
    const merged = scene.settles();
    expect(acts(merged)).toEqual(['merge', 'update branch', 'dispatch']);
    expect(updated(merged)).toEqual(['103']);

    proves(scene, 3);
    scene.settles();
    expect(scene.github.merges).toEqual([102, 103]);
  });

  test('wait for one whose checks still run, and not for one that needs a person', () => {
    const scene = behind();
    scene.looks();
    scene.settles();
    proves(scene, 2);
    scene.changesPull(2, { checks: [{ name: 'ci', conclusion: 'pending' }] });
    expect(updated(scene.settles())).toEqual([]);

    scene.changesPull(2, { checks: [{ name: 'ci', conclusion: 'failure' }] });
    expect(updated(scene.settles())).toEqual(['103']);
  });

  test('are updated again if GitHub accepted it and nothing came, after a minute', () => {
    const scene = behind([2]);
    const before = scene.changesPull(2, {});
    scene.looks();
    scene.github.pulls.set(102, before);
    expect(updated(scene.settles())).toEqual([]);
    scene.passes(MINUTE - 1);
    expect(updated(scene.looks())).toEqual([]);
    scene.passes(1);
    expect(updated(scene.looks())).toEqual(['102']);
    expect(scene.journal.segments[2]?.updates).toHaveLength(2);
  });

  test('are given up after five updates, and a person is told; a retry starts over', () => {
    const scene = behind([2]);
    let told = scene.settles();
    for (let round = 1; round <= 5; round++) {
      expect(updated(told)).toEqual(['102']);
      proves(scene, 2);
      fallsBehind(scene, 2);
      told = scene.settles();
    }
    expect(told.filter((line) => /^say /.test(line))).toEqual([expect.stringContaining('BRANCH_BEHIND')]);
    expect(updated(scene.settles())).toEqual([]);

    scene.asks({ kind: 'retry', segment: issueNumber(2) });
    expect(updated(scene.looks())).toEqual(['102']);
  });

  test('are a person’s if GitHub refuses to update them, and a retry asks again', () => {
    const scene = behind([2]);
    const before = scene.changesPull(2, {});
    scene.looks();
    scene.github.pulls.set(102, before);
    const key = Object.keys(scene.performed).find((each) => each.startsWith('update:')) ?? '';
    scene.performed = { [key]: { kind: 'refused', status: 403, message: 'Not by you' } };
    expect(acts(scene.looks())).toEqual([]);
    scene.passes(20_000);
    const told = scene.settles();
    expect(told.filter((line) => /^say /.test(line))).toEqual([expect.stringMatching(/UPDATE_REFUSED.*Not by you/)]);
    expect(updated(told)).toEqual([]);

    scene.asks({ kind: 'retry', segment: issueNumber(2) });
    expect(updated(scene.looks())).toEqual(['102']);
  });
});

describe('an updated head', () => {
  const heads = (change: Partial<Pull>): Update | undefined => {
    const scene = behind([2]);
    scene.looks();
    scene.changesPull(2, change);
    scene.looks();
    return scene.journal.segments[2]?.updates?.[0];
  };
  const { head: from } = behind([2]).changesPull(2, {});
  const tree = `tree of ${from}`;

  test.each<[string, Partial<Pull>, boolean]>([
    ['is Swarm’s if it is the merge that GitHub had tried', {}, true],
    ['is not if its tree is another one', { tip: { tree: 'other', parents: [from, BASE] } }, false],
    ['is not if another commit of the base was merged', { tip: { tree, parents: [from, sha('bb')] } }, false],
    ['is not if it is not made from the old head', { tip: { tree, parents: [sha('bb'), BASE] } }, false],
    ['is not if more was merged', { tip: { tree, parents: [from, BASE, sha('bb')] } }, false],
    ['is not if it is a commit of somebody else', { tip: { tree, parents: [from] } }, false],
  ])('%s', (_, change, isSwarms) => {
    expect(heads(change)?.head !== undefined).toBe(isSwarms);
  });

  const updates = [
    { pull: pullNumber(102), from: sha('a1'), at: NOW, head: sha('a2') },
    { pull: pullNumber(102), from: sha('a2'), at: NOW, head: sha('a3') },
    { pull: pullNumber(102), from: sha('a4'), at: NOW },
  ];
  const record = recordWith(2, [{ outcome: published(2, 'a1') }], { updates });
  const at = (head: string, reviews: Pull['reviews']) => pull(102, 'b', sha(head), { reviews });

  test('keeps the approvals of the heads that it was made from, and no others', () => {
    expect(headsOf(updates, sha('a3'))).toEqual([sha('a3'), sha('a2'), sha('a1')]);
    expect(approvers(at('a3', [approval(sha('a1'))]), record)).toEqual(['ana']);
    expect(approvers(at('a3', [approval(sha('a4'))]), record)).toEqual([]);
    expect(approvers(at('a5', [approval(sha('a1'))]), record)).toEqual([]);
    const spoken = { ...record, approvals: [{ by: 'bob', byId: 7, at: NOW, head: sha('a2') }] };
    expect(approvers(at('a3', []), spoken)).toEqual(['bob']);
  });

  test('keeps a rejection of the heads that it was made from', () => {
    const no = { ...approval(sha('a1')), state: 'changes requested', body: 'No' } as const;
    expect(rejection(at('a3', [no]), record)).toMatchObject({ by: 'ana', reason: 'No' });
    expect(rejection(at('a5', [no]), record)).toBeUndefined();
  });

  test('is somebody else’s if the head that it was made from is', () => {
    expect(isOwnHead(record, sha('a3'))).toBe(true);
    expect(isOwnHead(recordWith(2, [{ outcome: published(2, 'b1') }], { updates }), sha('a3'))).toBe(false);
  });
});
