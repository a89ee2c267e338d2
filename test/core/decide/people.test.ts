/**
 * The right to speak, asked again when it is acted on; and facts that somebody without write access changed in between
 * (SPEC R11.2, R11.6).
 */
import { describe, expect, test } from 'vitest';
import { issueNumber, pullNumber } from '../../../src/core/model/epic.ts';
import { mayStillSpeak, speakersOf, withoutLost } from '../../../src/core/model/journal/say-so.ts';
import type { Calibration, Journal, SegmentRecord } from '../../../src/core/model/journal.ts';
import { actKeys } from '../../../src/core/model/journal-lenses.ts';
import type { Person } from '../../../src/core/model/people.ts';
import type { Hands, Issue, Pull } from '../../../src/core/model/snapshot.ts';
import { ana, approval, config, issue, rita, robot, sha } from '../facts.ts';
import { authorisation, journal, later, NOW, published, recordWith, reportOf, round } from './records.ts';
import { MINUTE, Scene } from './scene.ts';

const bob: Person = { id: 7, login: 'bob', kind: 'person', permission: 'write' };
const gone: Person = { ...bob, permission: 'read' };
const byBob = { by: 'bob', byId: 7 };
const HEAD = sha('a1');
const lines = (told: readonly string[], form: RegExp) => told.filter((line) => form.test(line));

describe('a say-so of a person who may no longer write', () => {
  const two = issueNumber(2);
  const asked = { kind: 'asked', at: NOW, report: reportOf(2) } as const;
  const rejection = { ...byBob, at: NOW, head: HEAD, pull: pullNumber(102), reason: 'no', comments: [] };
  const answer = { attempt: '1.2-1', text: 'Cents.', ...byBob, at: NOW };
  const followUp = { request: 'r1', ...byBob, what: 'more', at: NOW, wave: 1 };
  const done = { at: NOW, by: 'me', state: 'done' } as const;
  const of = (attempts: Parameters<typeof recordWith>[1], facts: Partial<SegmentRecord> = {}): Partial<Journal> => ({
    segments: { 2: recordWith(2, attempts, facts) },
  });
  const withRounds = (count: number, facts: Partial<Calibration> = {}): Partial<Journal> => ({
    calibrations: { 1: Array.from({ length: count }, (_, at) => round(at + 1, facts)) },
  });
  const runs = [{ outcome: published(2, 'a1') }];
  const reviewed = (head = HEAD) => of(runs, { approvals: [{ ...byBob, at: NOW, head }] });
  const lostOf = (facts: Partial<Journal>, isOpen = true) =>
    withoutLost(
      journal({ phase: 'running', ...facts }),
      () => isOpen,
      ({ byId }) => byId === bob.id,
    );

  test.each<[string, readonly unknown[], Partial<Journal>, boolean?]>([
    ['an approval of the head that is published', [{ kind: 'approval', pull: 102 }], reviewed()],
    ['no approval of an older head', [], reviewed(sha('b2'))],
    ['no approval of work that is done', [], reviewed(), false],
    ['a rejection', [{ kind: 'rejection', pull: 102 }], of(runs, { rejections: [rejection] })],
    ['no rejection that was answered', [], of([...runs, { why: 'rework' }], { rejections: [rejection] })],
    ['an answer', [{ kind: 'answer', segment: two }], of([{ outcome: asked }], { answers: [answer] })],
    ['no answer that a run has', [], of([{ outcome: asked }, {}], { answers: [answer] })],
    ['a skip', [{ kind: 'skip', segment: two }], of([], { skipped: { ...byBob, reason: '', at: NOW } })],
    ['no skip of an issue that is closed', [], of([], { skipped: { ...byBob, reason: '', at: NOW } }), false],
    ['a retry', [{ kind: 'retry', segment: two }], of(runs, { forgiven: 1, forgivenBy: byBob })],
    ['no retry that was made', [], of([...runs, {}], { forgiven: 1, forgivenBy: byBob })],
    [
      'the approval of a wave',
      [{ kind: 'wave approval', wave: 1 }],
      { approvedWaves: [1], wavesApprovedBy: { 1: byBob } },
    ],
    [
      'no approval of a wave that is over',
      [],
      { approvedWaves: [1], wavesApprovedBy: { 1: byBob }, ...withRounds(1, { verdict: { kind: 'passed', at: NOW } }) },
    ],
    [
      'the retry of a calibration',
      [{ kind: 'retry of a calibration' }],
      { forgivenRounds: { 1: 3 }, roundsForgivenBy: byBob, ...withRounds(3) },
    ],
    [
      'no retry of a calibration that was made',
      [],
      { forgivenRounds: { 1: 3 }, roundsForgivenBy: byBob, ...withRounds(4) },
    ],
    ['something to add', [{ kind: 'needs-work' }], { followUps: [followUp] }],
    ['nothing that has its issue', [], { followUps: [followUp], acts: { [actKeys.followUp(1, 1, 0)]: done } }],
    ['nothing twice', [], { followUps: [{ ...followUp, withdrawn: true }] }],
    ['a higher budget', [{ kind: 'budget' }], { budget: { ...byBob, usd: 60, at: NOW } }],
    ['a resumption', [{ kind: 'resume' }], { resumedBy: byBob }],
    ['no resumption of what is paused again', [], { resumedBy: byBob, phase: 'paused' }],
    [
      'the acceptance',
      [{ kind: 'acceptance' }],
      { phase: 'finished', acceptedBy: 'bob', acceptedById: 7, finishedAt: NOW },
    ],
    [
      'no acceptance of an epic that is closed',
      [],
      { phase: 'finished', acceptedBy: 'bob', acceptedById: 7, finishedAt: NOW, acts: { [actKeys.close(NOW)]: done } },
    ],
    ['nothing that others said', [], { resumedBy: { by: 'ana', byId: 1 } }],
    ['nothing of which the journal does not know who said it', [], { resumedBy: { by: 'bob' } }],
  ])('does not count, if it is not done yet: %s', (_, expected, facts, isOpen) => {
    const { journal: after, lost } = lostOf(facts, isOpen);
    expect(lost.map(({ what }) => what)).toEqual(expected);
    expect(lost.every(({ by, byId }) => by === 'bob' && byId === 7)).toBe(true);
    // It is not there any more: nothing is withdrawn twice.
    expect(lostOf(after, isOpen).lost).toEqual([]);
    if (expected.length === 0) expect(after).toEqual(journal({ phase: 'running', ...facts }));
  });

  test('leaves a journal as if it had never been said', () => {
    const before = { attempts: [], answers: [] } as const;
    expect(
      lostOf(of([{ outcome: asked }], { answers: [answer], skipped: { ...byBob, reason: '', at: NOW } })).journal
        .segments,
    ).toEqual(of([{ outcome: asked }], { answers: before.answers }).segments);
    expect(lostOf({ phase: 'finished', acceptedBy: 'bob', acceptedById: 7, finishedAt: NOW }).journal).toEqual(
      journal({ phase: 'running' }),
    );
    expect(lostOf({ resumedBy: byBob }).journal).toEqual(journal({ phase: 'paused' }));
    expect(lostOf({ forgivenRounds: { 1: 3 }, roundsForgivenBy: byBob, ...withRounds(3) }).journal).toEqual(
      journal({ phase: 'running', ...withRounds(3) }),
    );
    expect(lostOf({ approvedWaves: [1, 2], wavesApprovedBy: { 1: byBob, 2: { by: 'ana', byId: 1 } } }).journal).toEqual(
      journal({ phase: 'running', approvedWaves: [2], wavesApprovedBy: { 2: { by: 'ana', byId: 1 } } }),
    );
  });

  test.each<[string, boolean, Parameters<typeof mayStillSpeak>[0], readonly Person[]]>([
    ['who may write', true, byBob, [bob]],
    ['who may only read', false, byBob, [gone]],
    ['who is gone', false, byBob, []],
    ['of the same name with another id', false, byBob, [{ ...bob, id: 8 }]],
    ['with the id of a bot', false, { ...byBob, byBot: true }, [bob]],
    ['that is a bot that the config names', true, { by: 'robot', byId: 3, byBot: true }, [robot]],
    [
      'that is a bot that the config does not name',
      false,
      { by: 'other', byId: 4, byBot: true },
      [{ ...robot, id: 4, login: 'other' }],
    ],
  ])('is about a person %s', (_, expected, speaker, people) => {
    expect(mayStillSpeak(speaker, people, config({ allowedBots: ['robot[bot]'] }))).toBe(expected);
  });

  test('is asked about once for each person, and not for what is done', () => {
    const facts = journal({
      phase: 'running',
      authorisation: authorisation({
        segments: { 2: { digest: '', blockedBy: [], external: [], at: NOW, by: 'zoe', byId: 9 } },
      }),
      segments: {
        2: recordWith(2, [], { included: { by: 'eva', byId: 8, at: NOW } }),
        3: recordWith(3, runs, { forgiven: 1, forgivenBy: byBob }),
      },
      resumedBy: byBob,
    });
    expect(speakersOf(facts, () => true).map(({ by, byId }) => [by, byId])).toEqual([
      ['ana', 1],
      ['zoe', 9],
      ['eva', 8],
      ['bob', 7],
    ]);
    expect(speakersOf({ ...facts, resumedBy: { by: 'ana', byId: 1 } }, () => false).map(({ by }) => by)).toEqual([
      'ana',
    ]);
  });
});

describe('an epic whose starter may no longer write', () => {
  const one = [issue(2), issue(3, { blockedBy: [2] })];
  const lost = { speakers: [{ ...ana, permission: 'read' } as Person] };

  test('merges and starts nothing, says so once, and goes on when another person says so', () => {
    const scene = Scene.started(one);
    scene.publishes(2);
    scene.settles();
    scene.approves(2, bob);
    scene.extra = lost;

    const held = scene.settles();
    expect(scene.github.merges).toEqual([]);
    expect(lines(held, /^say/)).toHaveLength(1);
    expect(held.join('\n')).toContain('need resolve problem=RIGHT_LOST at={issue=1} login="ana"');

    scene.asks('execute', { by: bob });
    scene.settles();
    scene.extra = { speakers: [bob] };
    scene.settles();
    expect(scene.github.merges).toEqual([102]);
  });

  test('is not accepted by the config either', () => {
    const scene = Scene.started([issue(2)], { acceptance: 'automatic' });
    scene.merges(2);
    scene.calibrates(1, 'passed');
    scene.extra = lost;
    scene.settles();
    expect(scene.journal.phase).toBe('running');

    scene.extra = { speakers: [ana] };
    scene.settles();
    expect(scene.journal.phase).toBe('finished');
  });

  test('holds a segment alone, if only that rests on the person', () => {
    const scene = Scene.started([issue(2), issue(3)], { maxParallel: 1 });
    scene.github.issues.push(issue(4));
    scene.asks({ kind: 'run', segment: issueNumber(4) }, { by: bob });
    scene.settles();
    scene.extra = { speakers: [ana, gone] };
    scene.merges(2);
    scene.merges(3);
    expect(scene.github.merges).toEqual([102, 103]);
    expect(scene.journal.segments[4]?.attempts).toEqual([]);
    expect(scene.settles().join('\n')).toContain('need unblock segment=4 problem=RIGHT_LOST at={issue=4} login="bob"');
  });

  test('still counts the word of a person who asks in this very look', () => {
    const scene = new Scene([issue(2)]);
    scene.extra = { speakers: [] };
    scene.asks('execute', { by: bob });
    scene.looks();
    expect(scene.github.dispatches).toEqual(['1.1']);
  });
});

describe('what was said and is not done', () => {
  test('is withdrawn with one comment, and shown in the history', () => {
    const scene = Scene.started([issue(2), issue(3, { blockedBy: [2] })], { mode: 'collaborative' });
    scene.extra = { speakers: [ana, bob] };
    scene.asks('pause');
    scene.settles();
    scene.asks({ kind: 'approve', wave: 1 }, { by: bob });
    scene.asks({ kind: 'approve', wave: 2 }, { by: bob });
    scene.settles();
    scene.asks('resume');
    scene.extra = { speakers: [ana, gone] };

    const told = scene.settles();
    expect(scene.github.dispatches).toEqual([]);
    expect(lines(told, /notice=withdrawn/)).toEqual([
      'say {key="withdrawn:1000000:7" on=1 notice=withdrawn by="bob" what=[wave approval wave=1, wave approval wave=2] owner="ana"} — right lost by="bob"',
    ]);
    expect(lines(told, /^\+ WITHDRAWN/)).toHaveLength(1);
    expect(told.join('\n')).toContain('need approve wave wave=1');
    scene.asks('approve');
    scene.settles();
    expect(scene.github.dispatches).toEqual(['1.1']);
  });

  test('is asked again: the comment of a question opens once more', () => {
    const scene = Scene.started([issue(2)], { questions: { timeoutMinutes: 5, unanswered: 'wait' } });
    scene.extra = { speakers: [ana, bob] };
    const question = { id: 'q1', text: 'Cents?', options: ['yes'], blocking: true } as const;
    scene.ends(2, { kind: 'needs-input', question });
    scene.settles();
    scene.asks('pause');
    scene.settles();
    scene.asks({ kind: 'answer', id: 'q1', text: 'Yes.' }, { by: bob });
    scene.settles();
    expect(scene.github.revised).toEqual(['question:1.2-1: answered']);
    scene.asks('resume');
    scene.extra = { speakers: [ana, gone] };
    scene.settles();

    expect(scene.github.revised).toEqual(['question:1.2-1: answered', 'question:1.2-1: ']);
    expect(scene.journal.segments[2]?.attempts).toHaveLength(1);

    scene.asks({ kind: 'answer', id: 'q1', text: 'No.' });
    scene.settles();
    expect(scene.github.revised.at(-1)).toBe('question:1.2-1: answered');
    expect(scene.attempt(2).answers).toMatchObject([{ answer: 'No.', by: 'ana' }]);
  });
});

describe('an issue that somebody without write access touches after the word', () => {
  const turned = (to: 'open' | 'closed', by: Person = rita, ms = 1) => ({ turned: { to, by, at: later(ms) } });

  test.each<[string, boolean, Partial<Issue>]>([
    ['closed by a stranger', false, { state: 'completed', ...turned('closed') }],
    ['closed by a bot that nobody named', false, { state: 'completed', ...turned('closed', robot) }],
    ['closed as not planned by a stranger', false, { state: 'not planned', ...turned('closed') }],
    ['closed by a person who may write', true, { state: 'completed', ...turned('closed', bob) }],
    ['closed before the epic was started', true, { state: 'completed', ...turned('closed', rita, 0) }],
  ])('is done or not: %s', (_, isDone, change) => {
    const scene = Scene.started([issue(2)]);
    scene.fails(2);
    scene.settles();
    scene.changesIssue(2, change);
    const told = scene.settles();
    expect(lines(told, /need unblock segment=2 problem=ISSUE_TURNED/)).toHaveLength(isDone ? 0 : 1);
    expect(lines(told, /#2 .*(closed before|skipped)/)).toHaveLength(isDone ? 1 : 0);
  });

  test('and reopens does not run, until a person says so', () => {
    const scene = Scene.started([issue(2), issue(3, { blockedBy: [2] })]);
    scene.changesIssue(3, turned('open'));
    scene.merges(2);
    scene.calibrates(1, 'passed');
    expect(scene.settles().join('\n')).toContain('problem=ISSUE_TURNED at={issue=3} login="rita" to="open"');
    expect(scene.journal.segments[3]?.attempts ?? []).toEqual([]);

    scene.passes(MINUTE);
    scene.asks('execute');
    scene.settles();
    expect(scene.journal.segments[3]?.attempts).toHaveLength(1);
  });

  test('holds everything, if it is the epic that was reopened', () => {
    const scene = Scene.started([issue(2)]);
    scene.publishes(2);
    scene.settles();
    scene.approves(2);
    scene.github.epic = { ...scene.github.epic, ...turned('open') };
    expect(scene.settles().join('\n')).toContain('need resolve problem=ISSUE_TURNED at={issue=1}');
    expect(scene.github.merges).toEqual([]);
  });

  test('and takes out of the epic is missed: nothing new starts, and the epic is not complete', () => {
    const scene = Scene.started([issue(2), issue(3)], { maxParallel: 1, acceptance: 'automatic' });
    scene.github.issues = scene.github.issues.filter(({ number }) => number !== 3);
    scene.merges(2);
    expect(scene.settles().join('\n')).toContain('need resolve problem=SEGMENT_GONE at={issue=1} segment=3');
    expect(scene.github.dispatches).toEqual(['1.1']);
    expect(scene.journal.phase).toBe('running');

    scene.asks('execute');
    scene.settles();
    scene.calibrates(1, 'passed');
    scene.settles();
    expect(scene.journal.phase).toBe('finished');
  });

  test.each([
    ['taken out', 'how="taken out"', {}],
    ['moved', 'how="moved" to="octo/docs#1"', { gone: { 3: { how: 'moved', to: 'octo/docs#1' } as const } }],
    ['deleted', 'how="deleted"', { gone: { 3: { how: 'deleted' } as const } }],
  ])('and what became of it is said: it was %s', (_, said, extra) => {
    const scene = Scene.started([issue(2), issue(3)]);
    scene.extra = extra;
    scene.github.issues = scene.github.issues.filter(({ number }) => number !== 3);
    expect(scene.settles().join('\n')).toContain(`problem=SEGMENT_GONE at={issue=1} segment=3 ${said}`);
  });

  test('is missed at the end, too: the epic is not accepted without it', () => {
    const scene = Scene.started([issue(2), issue(3, { blockedBy: [2] })], { acceptance: 'automatic' });
    scene.merges(2);
    scene.github.issues = scene.github.issues.filter(({ number }) => number !== 3);
    scene.calibrates(1, 'passed');
    scene.settles();
    expect(scene.journal.phase).toBe('running');
  });

  test('is missed, too, if it becomes a group', () => {
    const scene = Scene.started([issue(2), issue(3, { blockedBy: [2] })]);
    scene.changesIssue(3, { children: [issueNumber(4)] });
    scene.github.issues.push({ ...issue(4), parent: issueNumber(3) });
    expect(scene.settles().join('\n')).toContain('SEGMENT_GONE at={issue=1} segment=3');
  });

  test('may be taken out once it is merged, answered or skipped', () => {
    const scene = Scene.started([issue(2), issue(3)]);
    scene.merges(2);
    scene.asks({ kind: 'skip', segment: issueNumber(3), reason: 'no' });
    scene.settles();
    scene.github.issues = [issue(4)];
    expect(scene.settles().join('\n')).not.toContain('SEGMENT_GONE');
  });

  const hand = (by: Person, ms: number, removed?: number): Hands => ({
    cut: false,
    changes: [{ by, at: later(ms), ...(removed === undefined ? {} : { removed: issueNumber(removed) }) }],
  });

  test.each<[string, boolean, Hands]>([
    ['by a stranger, later', false, hand(rita, 6)],
    ['by a stranger, in the same second', false, hand(rita, 5)],
    ['by a stranger, before', true, hand(rita, 4)],
    ['by a person who may write', true, hand(bob, 6)],
    ['by more people than GitHub shows', false, { cut: true, changes: [] }],
  ])('is part of the word or not: links or labels were changed %s', (_, counts, hands) => {
    const scene = new Scene([issue(2), { ...issue(3), hands }]);
    scene.asks('execute', { at: later(5) });
    scene.settles();
    expect(Object.keys(scene.journal.authorisation?.segments ?? {})).toEqual(counts ? ['2', '3'] : ['2']);
    expect(scene.journal.segments[3]?.attempts.length ?? 0).toBe(counts ? 1 : 0);
  });

  test('is not part of the word, if it is in a group that a stranger touched', () => {
    const group = { ...issue(5), children: [issueNumber(3)], hands: hand(rita, 6) };
    const scene = new Scene([issue(2), group, { ...issue(3), parent: issueNumber(5) }]);
    scene.asks('execute', { at: later(5) });
    scene.settles();
    expect(scene.journal.segments[3]?.attempts ?? []).toEqual([]);
  });

  test('and takes out of the epic between the word and the look is missed', () => {
    const scene = new Scene([issue(2)]);
    scene.github.epic = { ...scene.github.epic, hands: hand(rita, 6, 3) };
    scene.asks('execute', { at: later(5) });
    expect(scene.settles().join('\n')).toContain('SEGMENT_GONE at={issue=1} segment=3');
    expect(scene.github.dispatches).toEqual([]);
  });

  test.each<[string, number, Hands]>([
    ['with a stranger’s hand in it', 0, hand(rita, 6)],
    ['with the hand of a person who may write', 1, hand(bob, 6)],
  ])('is adopted or not, where the config adopts: a segment %s', (_, attempts, hands) => {
    const scene = Scene.started([issue(2)], { adopt: 'automatic' });
    scene.passes(MINUTE);
    scene.github.issues.push({ ...issue(3), hands });
    scene.settles();
    expect(scene.journal.segments[3]?.attempts.length ?? 0).toBe(attempts);
  });
});

test('a segment that ran keeps the text that it was given, whatever its author makes of it', () => {
  const scene = Scene.started([issue(2)], { maxParallel: 1 });
  const { title, body, labels } = scene.issueAt(0);
  scene.fails(2);
  scene.settles();
  scene.changesIssue(2, { title: 'Take over', labels: ['worker:security', 'model:other'], digest: 'other' });
  scene.extra = { authorised: { 2: { title, body, labels } } };
  scene.asks({ kind: 'retry', segment: issueNumber(2) });
  const told = scene.settles();

  expect(scene.attempt(2)).toMatchObject({ number: 2, worker: 'implementation' });
  expect(lines(told, /#2 "Segment 2"/)).toHaveLength(1);
});

describe('a pull request that somebody changes before the merge', () => {
  const merged = (change: Partial<Pull>, choices: Parameters<typeof Scene.started>[1] = {}) => {
    const scene = Scene.started([issue(2)], choices);
    scene.publishes(2, {}, { draft: true, ...change });
    scene.settles();
    scene.changesPull(2, { reviews: [approval(scene.changesPull(2, {}).head)] });
    const told = scene.settles();
    return { scene, told: told.join('\n'), merges: scene.github.merges };
  };

  test('goes where it was made for, and nowhere else', () => {
    expect(merged({}).merges).toEqual([102]);
    const { scene, told, merges } = merged({ base: 'release' });
    expect(merges).toEqual([]);
    expect(told).toContain('PULL_RETARGETED at={pull=102} base="release" wanted="main" isMerged=false');
    scene.changesPull(2, { base: 'main' });
    scene.settles();
    expect(scene.github.merges).toEqual([102]);
  });

  test('and merges into another branch is not merged for what waits for it', () => {
    const { scene, told } = merged({ base: 'release', state: 'merged' });
    expect(told).toContain('PULL_RETARGETED at={pull=102} base="release" wanted="main" isMerged=true');
    expect(told).toContain('wave 1: not yet');
    scene.asks({ kind: 'retry', segment: issueNumber(2) });
    scene.settles();
    expect(scene.journal.segments[2]?.attempts).toHaveLength(2);
  });

  test('stays a draft, if a person made it one', () => {
    const { scene, told, merges } = merged({ draftBy: 'bob' });
    expect(merges).toEqual([]);
    expect(told).toContain('PULL_DRAFT at={pull=102} login="bob"');
    scene.changesPull(2, { draft: false });
    scene.settles();
    expect(scene.github.merges).toEqual([102]);
  });

  test.each<[string, readonly number[], Pull['reopened'], Partial<Parameters<typeof Scene.started>[1]>?]>([
    ['by a stranger after the approval', [], { by: rita, at: later(1) }],
    ['by a bot after the approval', [], { by: robot, at: later(1) }],
    ['by a stranger before the approval', [102], { by: rita, at: later(-1) }],
    ['by a person who may write', [102], { by: bob, at: later(1) }],
    ['by a stranger, where no approval is asked for', [], { by: rita, at: later(1) }, { approvals: 0 }],
  ])('merges or not, reopened %s', (_, expected, reopened, choices) => {
    const { told, merges } = merged({ reopened: reopened as NonNullable<Pull['reopened']> }, choices);
    expect(merges).toEqual(expected);
    if (expected.length === 0) expect(told).toMatch(/waits=\[approval missing=1 despite=reopened by="\w+/);
  });
});

describe('a head that a person pushed', () => {
  const pushed = sha('beef');
  const merges = (by: readonly Person[], pushedBy: Pull['pushedBy'], choices = {}, change: Partial<Pull> = {}) => {
    const scene = Scene.started([issue(2)], choices);
    scene.publishes(2, {}, { mergeable: 'unknown' });
    scene.settles();
    scene.changesPull(2, { mergeable: 'clean' });
    scene.pushes(2, 'beef');
    scene.passes(2 * MINUTE);
    scene.settles();
    scene.changesPull(2, { pushedBy: pushedBy as NonNullable<Pull['pushedBy']>, ...change });
    scene.ends(2, { kind: 'ready', branch: 'feat/segment-2', head: pushed });
    scene.settles();
    for (const each of by) scene.approves(2, each);
    const told = scene.settles().join('\n');
    return { merges: scene.github.merges, told };
  };
  const { id, login } = bob;

  test.each<[string, readonly number[], readonly Person[], Pull['pushedBy'], object?, Partial<Pull>?]>([
    ['by nobody but the pusher', [], [bob], { id, login }],
    ['by another person', [102], [ana], { id, login }],
    ['by the pusher and another person', [102], [ana, bob], { id, login }],
    ['by one person, where GitHub does not say who pushed', [], [ana], undefined],
    ['by two people, where GitHub does not say who pushed', [102], [ana, bob], undefined],
    ['by nobody, where no approval is asked for', [102], [], { id, login }, { approvals: 0 }],
    [
      'by the pusher alone, where only the rules of the branch ask',
      [],
      [bob],
      { id, login },
      { approvals: 0 },
      { asksReview: true },
    ],
  ])('merges or not, approved %s (R3.5)', (_, expected, by, pushedBy, choices, change) => {
    const found = merges(by, pushedBy, choices, change);
    expect(found.merges).toEqual(expected);
    if (expected.length === 0) expect(found.told).toMatch(/waits=\[approval missing=1 despite=pushed/);
  });

  test('is another matter if Swarm made it', () => {
    const scene = Scene.started([issue(2)]);
    scene.publishes(2);
    scene.settles();
    scene.approves(2, bob);
    scene.settles();
    expect(scene.github.merges).toEqual([102]);
  });
});

test('an epic that is accepted is over: it cannot be cancelled and then resumed', () => {
  const scene = Scene.started([issue(2)]);
  scene.merges(2);
  scene.calibrates(1, 'passed');
  scene.settles();
  scene.asks('accept');
  scene.settles();
  expect(scene.journal.phase).toBe('finished');
  scene.github.epic = { ...scene.github.epic, state: 'open' };
  scene.asks('cancel');
  scene.settles();
  scene.asks('resume');
  scene.settles();
  expect(scene.journal.phase).toBe('finished');
});
