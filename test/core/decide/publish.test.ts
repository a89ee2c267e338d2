/** Work that a run left proven: its branch, its pull request, its checks. */
import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../src/core/model/decision.ts';
import type { Performed, Pull } from '../../../src/core/model/snapshot.ts';
import { issue, sha } from '../facts.ts';
import { Scene } from './scene.ts';

type Publish = Extract<Decision, { readonly kind: 'publish' }>;

/** An epic with one segment whose run left work at `work`. */
function ready(changes: { readonly attention?: readonly string[]; readonly config?: object } = {}): Scene {
  const scene = Scene.started([issue(2)], changes.config ?? {});
  const { branch } = scene.attempt(2);
  scene.ends(2, { kind: 'ready', branch, head: work }, { attention: changes.attention ?? [] });
  return scene;
}

const work = sha('a0');
const BRANCH = 'feat/segment-2';
const KEY = 'publish:1.2-1';
const decided = <Kind extends Decision['kind']>(scene: Scene, kind: Kind) =>
  scene.decides().decisions.filter((each): each is Extract<Decision, { kind: Kind }> => each.kind === kind);
const refused: Performed = { kind: 'refused', status: 403, message: 'Not here.' };
const problemOf = (scene: Scene) => {
  const outcome = scene.attempt(2).outcome;
  return outcome?.kind === 'failed' ? outcome.problem : undefined;
};

describe('work that is ready', () => {
  test('gets its branch, its pull request and its checks, and only then its review', () => {
    const scene = ready();
    const [decision] = decided(scene, 'publish') as Publish[];
    expect(decision).toMatchObject({
      put: { head: work, as: 'forward' },
      work: { base: 'main', approvals: 1, epic: { number: 1, title: 'Checkout' }, wave: { number: 1, of: 1 } },
      reason: { kind: 'work ready', segment: 2, attempt: '1.2-1' },
    });
    expect(decision).not.toHaveProperty('pull');
    expect(decided(scene, 'report checks')).toMatchObject([
      { head: work, runId: 1, results: [{ gate: 'tests' }], reason: { kind: 'gates ran', attempt: '1.2-1' } },
    ]);
    scene.settles();
    expect(scene.github.branches[BRANCH]).toBe(work);
    expect(scene.attempt(2).outcome).toMatchObject({ kind: 'published', pull: 102, head: work });
  });

  test('keeps its segment at work until its pull request is there', () => {
    const scene = ready();
    const decisions = scene.decides();
    expect(decisions.board.waves[0]?.segments[0]?.progress).toEqual({ kind: 'running', step: 'publish' });
    // The next look shows the pull request, so panel and labels are written once.
    expect(decisions.decisions.map(({ kind }) => kind)).toEqual(['publish', 'report checks']);
  });

  test.each<[string, object, readonly string[], number]>([
    ['as many approvals as the config asks for', { approvals: 2 }, [], 2],
    ['no approval where the config asks for none', { approvals: 0 }, [], 0],
    ['one where it touches what the gates are', { approvals: 0 }, ['package.json'], 1],
  ])('says that it needs %s', (_, config, attention, approvals) => {
    expect((decided(ready({ config, attention }), 'publish') as Publish[])[0]?.work.approvals).toBe(approvals);
  });

  test('is published once, whatever happens between the steps', () => {
    const scene = ready();
    scene.looks();
    // The process died before it could write down what it did; another one looks later.
    scene.performed = {};
    scene.passes(60_000);
    const [again] = decided(scene, 'publish') as Publish[];
    expect(again).toBeDefined();
    // The branch is there, so only the pull request is looked for.
    expect(again).not.toHaveProperty('put');
    scene.settles();
    expect(scene.attempt(2).outcome).toMatchObject({ kind: 'published', pull: 102 });
    expect(scene.github.pulls.size).toBe(1);
  });

  test.each([
    ['as it was authorised', { 1: { title: 'Old', body: '', labels: [] } }, 'Old'],
    ['as it reads now, where only other texts were kept', { 9: { title: 'x', body: '', labels: [] } }, 'Checkout'],
  ])('names the epic %s', (_, authorised, title) => {
    const scene = ready();
    scene.extra = { authorised };
    expect(decided(scene, 'publish')[0]?.work.epic.title).toBe(title);
  });

  test('goes into the branch that its attempt was made for, whatever the base is by now', () => {
    const scene = ready();
    const attempt = { ...scene.attempt(2), into: 'main' };
    const record = { ...scene.journal.segments[2], attempts: [attempt] } as never;
    scene.github.journal = { ...scene.journal, segments: { 2: record } };
    scene.extra = { base: { ...scene.snapshot().base, branch: 'next' } };
    expect(decided(scene, 'publish')[0]?.work.base).toBe('main');
  });

  test('is not published once its segment was taken out of the epic', () => {
    const scene = ready();
    scene.github.issues = [issue(3)];
    expect(decided(scene, 'publish')).toEqual([]);
  });

  test('of an attempt that nobody knows is nothing', () => {
    const scene = Scene.started([issue(2)]);
    scene.publishes(2, { attempt: '1.2-7' });
    expect(decided(scene, 'publish')).toEqual([]);
    expect(decided(scene, 'report checks')).toEqual([]);
  });

  test('is not published while the epic is cancelled', () => {
    const scene = ready();
    scene.asks('cancel');
    scene.settles();
    expect(scene.github.branches[BRANCH]).toBeUndefined();
    expect(scene.github.pulls.size).toBe(0);
  });

  test('is published while the epic is paused: its agent was paid', () => {
    const scene = ready();
    scene.asks('pause');
    scene.settles();
    expect(scene.attempt(2).outcome?.kind).toBe('published');
  });
});

describe('a rework', () => {
  const again = (pull: Partial<Pull> = {}): Scene => {
    const scene = Scene.started([issue(2)]);
    scene.publishes(2);
    scene.settles();
    scene.rejects(2, 'No.');
    scene.settles();
    const { branch } = scene.attempt(2);
    scene.changesPull(2, pull);
    scene.ends(2, { kind: 'ready', branch, head: work });
    return scene;
  };

  test('moves the branch from the commit that it continues, and updates its pull request', () => {
    const scene = again();
    const { from } = scene.attempt(2);
    expect(decided(scene, 'publish')).toMatchObject([{ put: { head: work, from, as: 'forward' }, pull: 102 }]);
  });

  test('makes the branch again where somebody deleted it', () => {
    const scene = again();
    delete scene.github.branches[BRANCH];
    expect(decided(scene, 'publish')).toMatchObject([{ put: { head: work, as: 'forward' } }]);
    expect(decided(scene, 'publish')[0]?.put).not.toHaveProperty('from');
  });

  test('opens another pull request where the first one was closed', () => {
    expect(decided(again({ state: 'closed' }), 'publish')[0]).not.toHaveProperty('pull');
  });

  test('never replaces what somebody else pushed meanwhile', () => {
    const scene = again();
    scene.github.branches[BRANCH] = sha('f00');
    scene.settles();
    expect(problemOf(scene)).toEqual({ kind: 'BRANCH_OCCUPIED', branch: BRANCH, by: 'others' });
    expect(scene.github.branches[BRANCH]).toBe(sha('f00'));
  });
});

test('a proof of somebody’s push leaves the branch where it is, even if there are further pushes', () => {
  const scene = Scene.started([issue(2)]);
  scene.publishes(2);
  scene.settles();
  scene.pushes(2, 'beef');
  scene.passes(120_000);
  scene.settles();
  expect(scene.attempt(2).why).toBe('prove');
  scene.ends(2, { kind: 'ready', branch: BRANCH, head: sha('beef') });
  scene.github.branches[BRANCH] = sha('f00d');
  const [decision] = decided(scene, 'publish');
  expect(decision).toMatchObject({ pull: 102, work: { report: { result: { head: sha('beef') } } } });
  expect(decision).not.toHaveProperty('put');
});

describe('a branch', () => {
  test('that somebody else made is left alone', () => {
    const scene = ready();
    scene.github.branches[BRANCH] = sha('f00');
    scene.settles();
    expect(problemOf(scene)?.kind).toBe('BRANCH_OCCUPIED');
    expect(scene.github.branches[BRANCH]).toBe(sha('f00'));
    expect(scene.github.pulls.size).toBe(0);
  });

  test('with an earlier attempt that got no pull request is replaced by the next attempt', () => {
    const scene = ready();
    scene.github.branches[BRANCH] = work;
    scene.looks();
    scene.performed = { [KEY]: refused };
    scene.looks();
    scene.passes(30_000);
    scene.performed = {};
    scene.settles();
    expect(problemOf(scene)).toEqual({ kind: 'PULL_REFUSED', branch: BRANCH, message: 'Not here.' });
    scene.github.reports.length = 0;
    // The retry publishes what is there, and that is refused again; then its agent is asked for something else.
    scene.github.journal = { ...scene.journal, acts: {} };
    const before = scene.attempt(2);
    const next = { ...before, id: '1.2-2' as typeof before.id, number: 2, why: 'retry' as const };
    const { outcome: _, ...open } = next;
    const record = { ...scene.journal.segments[2], attempts: [before, open] } as never;
    scene.github.journal = { ...scene.journal, segments: { ...scene.journal.segments, 2: record } };
    scene.ends(2, { kind: 'ready', branch: BRANCH, head: sha('b0') });
    expect(decided(scene, 'publish')).toMatchObject([{ put: { from: work, head: sha('b0'), as: 'replace' } }]);
  });

  test.each(['main', 'trunk'])('that segments merge into, %s, is no segment’s own', (branch) => {
    const scene = Scene.started([issue(2)]);
    scene.extra = { repository: { ...scene.snapshot().repository, defaultBranch: 'trunk' } };
    scene.ends(2, { kind: 'ready', branch, head: work });
    scene.settles();
    expect(problemOf(scene)).toEqual({ kind: 'BRANCH_OCCUPIED', branch, by: 'base' });
  });
});

describe('a refusal of GitHub', () => {
  const afterRefusal = (isThere: boolean): Scene => {
    const scene = ready();
    scene.looks();
    if (!isThere) delete scene.github.branches[BRANCH];
    scene.github.pulls.clear();
    scene.performed = { [KEY]: refused };
    scene.looks();
    scene.performed = {};
    return scene;
  };

  test.each<[string, boolean, 'PUSH_REFUSED' | 'PULL_REFUSED']>([
    ['of the branch', false, 'PUSH_REFUSED'],
    ['of the pull request', true, 'PULL_REFUSED'],
  ])('%s is believed after a while, when late reads are over', (_, isThere, kind) => {
    const scene = afterRefusal(isThere);
    expect(scene.attempt(2).outcome).toBeUndefined();
    const { at = scene.github.now } = scene.journal.acts[KEY] ?? {};
    expect(scene.decides().lookAgainAt).toBe(at + 20_000);
    expect(decided(scene, 'publish')).toEqual([]);
    scene.passes(20_000);
    scene.looks();
    expect(problemOf(scene)).toEqual({ kind, branch: BRANCH, message: 'Not here.' });
  });

  test('is answered by /retry, which publishes the same work and starts no agent', () => {
    const scene = afterRefusal(false);
    scene.passes(30_000);
    scene.looks();
    const dispatches = scene.github.dispatches.length;
    scene.asks({ kind: 'retry', segment: scene.github.issues[0]?.number } as never);
    scene.settles();
    expect(scene.attempt(2)).toMatchObject({ number: 1, outcome: { kind: 'published' } });
    expect(scene.github.dispatches).toHaveLength(dispatches);
    expect(scene.github.branches[BRANCH]).toBe(work);
  });
});

test('a refusal without words is one all the same', () => {
  const scene = ready();
  scene.looks();
  delete scene.github.branches[BRANCH];
  scene.performed = {};
  const act = { at: scene.github.now, by: 'me', state: 'refused' } as const;
  scene.github.journal = { ...scene.journal, acts: { ...scene.journal.acts, [KEY]: act } };
  scene.passes(30_000);
  scene.looks();
  expect(problemOf(scene)).toEqual({ kind: 'PUSH_REFUSED', branch: BRANCH, message: '' });
});

describe('checks', () => {
  const gate = (name: string, verdict: 'pass' | 'fail') =>
    ({ gate: name, verdict, command: 'c', durationMs: 1, output: '' }) as const;
  const validation = [gate('lint', 'pass'), gate('tests', 'fail')];

  test('of work that was kept say only what failed', () => {
    const scene = Scene.started([issue(2)]);
    const kept = { kept: 'swarm/wip/1.2-1', keptHead: work };
    scene.fails(2, {
      result: { kind: 'failed', problem: { kind: 'NO_CHANGE' }, ...kept },
      validation,
      artefact: 'url',
    });
    expect(decided(scene, 'report checks')).toMatchObject([
      { head: work, artefact: 'url', results: [{ gate: 'tests', verdict: 'fail' }] },
    ]);
  });

  test('of a gate that ran out of time count as failed; of a cancelled attempt there are none', () => {
    const scene = Scene.started([issue(2)]);
    const late = [{ ...gate('tests', 'fail'), verdict: 'timed out' as const }];
    const kept = { kept: 'swarm/wip/1.2-1', keptHead: work };
    const result = { kind: 'failed', problem: { kind: 'NO_CHANGE' }, ...kept } as const;
    scene.fails(2, { result, validation: late });
    expect(decided(scene, 'report checks')).toMatchObject([{ results: [{ gate: 'tests', verdict: 'timed out' }] }]);

    const cancelled = ready();
    const attempt = { ...cancelled.attempt(2), outcome: { kind: 'cancelled', at: cancelled.github.now } } as const;
    const record = { ...cancelled.journal.segments[2], attempts: [attempt] } as never;
    cancelled.github.journal = { ...cancelled.journal, segments: { 2: record } };
    expect(decided(cancelled, 'report checks')).toEqual([]);
  });

  test('of work that was not kept are nowhere', () => {
    const scene = Scene.started([issue(2)]);
    scene.fails(2, { validation });
    expect(decided(scene, 'report checks')).toEqual([]);
  });
});
