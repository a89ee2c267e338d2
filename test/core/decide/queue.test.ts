/** Merge queues: approved pull requests go in, are followed to their end, and those that come out are reported. */
import { describe, expect, test } from 'vitest';
import { issueNumber } from '../../../src/core/model/epic.ts';
import type { Queue } from '../../../src/core/model/snapshot.ts';
import { issue } from '../facts.ts';
import { MINUTE, Scene } from './scene.ts';

/** Segments in review and approved, whose base has a merge queue. */
const approved = (...segments: readonly number[]): Scene => {
  const scene = Scene.started(segments.map((number) => issue(number)));
  for (const segment of segments) scene.publishes(segment, {}, { queue: {} });
  scene.settles();
  for (const segment of segments) scene.approves(segment);
  return scene;
};
const acts = (told: readonly string[]): readonly string[] =>
  told.flatMap(
    (line) => /^(?:enqueue|dequeue|merge|update branch) .*pull=\d+/.exec(line)?.[0].replace(/ .*pull/s, ' pull') ?? [],
  );
const said = (told: readonly string[]): readonly string[] => told.filter((line) => line.startsWith('say '));
const progress = (scene: Scene) => scene.board().waves[0]?.segments[0]?.progress;
const removed = (scene: Scene, agoMs = 0): Queue => ({
  removed: { at: scene.snapshot().now - agoMs, reason: 'CI_FAILURE' } as NonNullable<Queue['removed']>,
});

describe('an approved pull request whose base has a merge queue', () => {
  test('goes into the queue, in the plan’s order, and is never merged directly', () => {
    const scene = approved(2, 3);

    expect(scene.looks()[0]).toBe(
      'enqueue {key="enqueue:102:000000000000" pull=102 pullId="PR_102" head=…000021 base="main"} — may merge segment=2 head=…000021 approvedBy=["ana"]',
    );
    expect(acts(scene.settles())).toEqual(['enqueue pull=103']);
    expect(scene.github.merges).toEqual([]);
  });

  test('waits at its place in the queue, and is looked at each minute', () => {
    const scene = approved(2);
    scene.settles();
    expect(progress(scene)).toMatchObject({ kind: 'in review', waits: [{ kind: 'queue', position: 1 }] });
    expect(scene.looks()).toContain('look again in 60 s');
  });

  test('is not updated from its base, which the queue does', () => {
    const scene = approved(2);
    scene.changesPull(2, { mergeState: 'behind' });
    expect(acts(scene.settles())).toEqual(['enqueue pull=102']);
  });

  test('is done once the queue has merged it', () => {
    const scene = approved(2);
    scene.settles();
    scene.changesPull(2, { state: 'merged', queue: {}, mergedAt: scene.snapshot().now });
    scene.settles();
    expect(progress(scene)).toMatchObject({ kind: 'merged' });
  });

  test('goes in again if the queue accepted it and does not show it for a minute', () => {
    const scene = approved(2);
    scene.settles();
    scene.changesPull(2, { queue: {} });
    scene.passes(MINUTE - 1);
    expect(acts(scene.looks())).toEqual([]);
    scene.passes(1);
    expect(acts(scene.looks())).toEqual(['enqueue pull=102']);
  });

  test('is reported if GitHub refuses to put it in, and tried again', () => {
    const scene = approved(2);
    scene.looks();
    scene.changesPull(2, { queue: {} });
    scene.performed = { 'enqueue:102:000000000000': { kind: 'refused', status: 422, message: 'Not yet' } };
    expect(said(scene.settles())).toEqual([expect.stringMatching(/MERGE_REFUSED.*Not yet/)]);
    scene.passes(MINUTE);
    expect(acts(scene.looks())).toEqual(['enqueue pull=102']);
  });
});

describe('a pull request that the queue removes', () => {
  test('is a person’s, told once with the reason, and a retry puts it in again', () => {
    const scene = approved(2);
    scene.settles();
    scene.passes(MINUTE);
    scene.changesPull(2, { queue: removed(scene) });

    const told = scene.settles();
    expect(said(told)).toEqual([expect.stringMatching(/QUEUE_REMOVED.*CI_FAILURE/)]);
    expect(acts(told)).toEqual([]);
    expect(progress(scene)).toMatchObject({ kind: 'blocked', problem: { kind: 'QUEUE_REMOVED', base: 'main' } });

    scene.passes(MINUTE);
    scene.asks({ kind: 'retry', segment: issueNumber(2) });
    expect(acts(scene.looks())).toEqual(['enqueue pull=102']);
    expect(said(scene.settles())).toEqual([]);
  });

  test('counts from the second in which it was put in', () => {
    const scene = approved(2);
    scene.passes(900);
    scene.looks();
    scene.changesPull(2, { queue: removed(scene, 900) });
    expect(progress(scene)).toMatchObject({ kind: 'blocked' });
  });

  test('before Swarm put it in does not count', () => {
    const scene = approved(2);
    scene.changesPull(2, { queue: removed(scene, 1_000) });
    expect(acts(scene.settles())).toEqual(['enqueue pull=102']);
    scene.changesPull(2, { queue: removed(scene, 1_000) });
    expect(progress(scene)).toMatchObject({ kind: 'to merge' });
  });
});

describe('a pull request in the queue', () => {
  const left = 'dequeue pull=102';
  const queued = (): Scene => {
    const scene = approved(2);
    scene.settles();
    return scene;
  };

  test('is taken out when a person rejects it, and reworked', () => {
    const scene = queued();
    scene.rejects(2, 'Not yet');
    expect(acts(scene.settles())).toEqual([left]);
    expect(scene.attempt(2).why).toBe('rework');
  });

  test('is taken out when its approval is withdrawn, and put in again when another one is given', () => {
    const scene = queued();
    const { reviews } = scene.changesPull(2, {});
    scene.changesPull(2, { reviews: reviews.map((review) => ({ ...review, state: 'dismissed' })) });
    expect(acts(scene.settles())).toEqual([left]);
    scene.approves(2);
    expect(acts(scene.settles())).toEqual(['enqueue pull=102']);
  });

  test('is taken out when the epic is cancelled', () => {
    const scene = queued();
    scene.asks('cancel');
    expect(acts(scene.settles())).toEqual([left]);
  });

  test('is taken out when the kill switch is set', () => {
    const scene = queued();
    scene.extra = { preflight: [{ level: 'error', problem: { kind: 'DISABLED' } }] };
    expect(acts(scene.settles())).toEqual([left]);
  });

  test('stays where only checks changed, and where a person put it in', () => {
    const scene = queued();
    scene.changesPull(2, { checks: [{ name: 'ci', conclusion: 'pending' }] });
    expect(acts(scene.settles())).toEqual([]);

    const other = approved(2);
    other.changesPull(2, { queue: { position: 1 }, reviews: [] });
    expect(acts(other.settles())).toEqual([]);
  });
});
