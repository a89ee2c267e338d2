/** Commands, consent and acts: what people ask for, what they authorised, and what is done once. */
import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/core/model/command.ts';
import { instant, issueNumber, pullNumber } from '../../../src/core/model/epic.ts';
import type { Person } from '../../../src/core/model/people.ts';
import type { Request } from '../../../src/core/model/snapshot.ts';
import { ana, asks, issue, rita, robot, sha } from '../facts.ts';
import { MINUTE, Scene } from './scene.ts';

const two = [issue(2), issue(3, { blockedBy: [2] })];
const second = issueNumber(2);
const tim: Person = { id: 8, login: 'tim', kind: 'person', permission: 'triage' };
const acts = (told: readonly string[]) => told.filter((line) => /^(say|react|set labels|cancel run)/.test(line));

describe('a command', () => {
  test.each<[string, Command, Partial<Request>?]>([
    ['to run an issue that is no segment', { kind: 'run', segment: issueNumber(77) }],
    ['to skip an issue that is no segment', { kind: 'skip', segment: issueNumber(77), reason: 'x' }],
    ['to retry an issue that is no segment', { kind: 'retry', segment: issueNumber(77) }],
    ['to execute a segment of the epic', { kind: 'execute' }, { from: { kind: 'comment', issue: second, node: 'n' } }],
    ['to approve a wave where waves start automatically', { kind: 'approve' }],
    ['to reject, on an issue', { kind: 'reject', reason: 'x' }],
    ['to resume what runs', { kind: 'resume' }],
    ['to accept what is not complete', { kind: 'accept' }],
    ['to add work to what is not complete', { kind: 'needs-work', what: 'x' }],
    ['to answer what nobody asked', { kind: 'answer', id: 'q1', text: 'x' }],
    ['to accept, by a bot', { kind: 'accept' }, { by: robot }],
    ['to approve, by a bot', { kind: 'approve' }, { by: robot }],
    ['without write access', { kind: 'pause' }, { by: tim }],
    [
      'on a pull request that is not ours',
      { kind: 'approve' },
      { from: { kind: 'pull comment', pull: pullNumber(7), node: 'n' } },
    ],
    [
      'to reject a pull request that is not ours',
      { kind: 'reject', reason: 'x' },
      { from: { kind: 'review comment', pull: pullNumber(7) } as never },
    ],
  ])('%s is refused, with the reason, once', (title, command, facts = {}) => {
    const scene = Scene.started(two, { allowedBots: ['robot'] });
    scene.asks(command, facts);
    expect(acts(scene.looks())).toEqual(EXPECTED[`a command > ${title} is refused, with the reason, once 1`]);
    expect(acts(scene.looks())).toEqual([]);
  });

  test.each<[string, Command]>([
    ['run', { kind: 'run', segment: second }],
    ['retry', { kind: 'retry' }],
    ['pause', { kind: 'pause' }],
  ])('%s before anything was started is refused', (title, command) => {
    const scene = new Scene(two);
    scene.asks(command);
    expect(acts(scene.looks())).toEqual(EXPECTED[`a command > ${title} before anything was started is refused 1`]);
  });

  test('that is not read as one is answered with what was meant or expected', () => {
    const scene = Scene.started(two);
    const add = (id: string, asked: Request['asked'], by = ana) =>
      scene.github.requests.push({ ...asks(id, 'help'), asked, by });
    add('comment:u', { kind: 'unknown', text: 'exicute', nearest: 'execute' });
    add('comment:v', { kind: 'unknown', text: 'xyz' });
    add('comment:w', { kind: 'unknown', text: 'exicute', nearest: 'execute' }, rita);
    add('comment:x', { kind: 'nothing' });
    add('comment:y', { kind: 'ticks', key: 'question:1.2-1', boxes: [0] } as never);
    expect(acts(scene.looks())).toEqual([
      'say {key="refused:comment:u" on=1 notice=refused request to="ana" problem=UNKNOWN_COMMAND at={issue=1} text="exicute" nearest="execute"} — request refused by="ana" problem="UNKNOWN_COMMAND"',
      'react {node="IC_comment:u" with="confused"} — request refused by="ana" problem="UNKNOWN_COMMAND"',
      'say {key="refused:comment:v" on=1 notice=refused request to="ana" problem=UNKNOWN_COMMAND at={issue=1} text="xyz"} — request refused by="ana" problem="UNKNOWN_COMMAND"',
      'react {node="IC_comment:v" with="confused"} — request refused by="ana" problem="UNKNOWN_COMMAND"',
    ]);
    expect(scene.journal.taken).toEqual({
      'comment:1': 'accepted',
      'comment:u': {
        refused: 'UNKNOWN_COMMAND',
      },
      'comment:v': {
        refused: 'UNKNOWN_COMMAND',
      },
      'comment:w': {
        refused: 'no command, no rights',
      },
      'comment:x': {
        refused: 'nothing asked',
      },
      'comment:y': {
        refused: 'no longer waiting',
      },
    });
  });

  test('by somebody without rights is answered once per epic, however often they ask', () => {
    const scene = Scene.started(two);
    for (const kind of ['pause', 'cancel'] as const) scene.asks(kind, { by: rita });
    expect(acts(scene.looks())).toEqual([
      'say {key="forbidden:2" on=1 notice=refused request to="rita" problem=FORBIDDEN at={issue=1} login="rita" permission="read" needs="write"} — request refused by="rita" problem="FORBIDDEN"',
      'react {node="IC_comment:2" with="confused"} — request refused by="rita" problem="FORBIDDEN"',
      'react {node="IC_comment:3" with="confused"} — request refused by="rita" problem="FORBIDDEN"',
    ]);
  });

  test('by triage shows help, plan and status; a dry run starts nothing', () => {
    const scene = new Scene(two);
    for (const kind of ['help', 'plan', 'status'] as const) scene.asks(kind, { by: tim });
    scene.asks({ kind: 'execute', dryRun: true });
    expect(scene.looks()).toEqual([
      'say {key="answer:comment:1" on=1 notice=help to="tim"} — asked by="tim"',
      'react {node="IC_comment:1" with="eyes"} — request taken by="tim"',
      'say {key="answer:comment:2" on=1 notice=plan plan=… dryRun=true advice={schedule="waves" wavesMinutes=40 eagerMinutes=40 dependency={from=3 on=2 savesMinutes=20}}} — asked by="tim"',
      'react {node="IC_comment:2" with="eyes"} — request taken by="tim"',
      'react {node="IC_comment:3" with="eyes"} — request taken by="tim"',
      'say {key="answer:comment:4" on=1 notice=plan plan=… dryRun=true advice={schedule="waves" wavesMinutes=40 eagerMinutes=40 dependency={from=3 on=2 savesMinutes=20}}} — asked by="ana"',
      'react {node="IC_comment:4" with="eyes"} — request taken by="ana"',
      'react {node="IC_comment:1" with="rocket"} — request done',
      'react {node="IC_comment:2" with="rocket"} — request done',
      'react {node="IC_comment:3" with="rocket"} — request done',
      'react {node="IC_comment:4" with="rocket"} — request done',
      'journal version: 1',
      'journal epic: 1',
      'journal phase: "planned"',
      'journal options: ',
      'journal approvedWaves: []',
      'journal followUps: []',
      'journal forgivenRounds: ',
      'board planned open ',
      '  wave 1: passed round=0',
      '    A #2 "Segment 2" feat/segment-2: not in this execution problem=SEGMENT_NEW at={issue=2} {attempts=0 fix=false gates=""}',
      '  wave 2: passed round=0',
      '    A #3 "Segment 3" feat/segment-3: not in this execution problem=SEGMENT_NEW at={issue=3} {attempts=0 fix=false gates=""}',
    ]);
    expect(scene.github.journal?.authorisation).toBeUndefined();
  });

  test('by a bot that the config does not name is ignored', () => {
    const scene = Scene.started(two);
    scene.asks('pause', { by: robot });
    expect(acts(scene.looks())).toEqual([]);
    expect(scene.journal.phase).toBe('running');
  });

  test('from a label or the dispatch form needs no reaction, and its label is taken off', () => {
    const scene = new Scene(two);
    scene.github.epic = { ...scene.github.epic, labels: ['swarm:execute', 'bug'] };
    scene.asks(
      { kind: 'execute', agents: 1, sequential: true },
      { from: { kind: 'label', issue: issueNumber(1) } as never },
    );
    expect(acts(scene.looks())).toEqual([
      'set labels {issue=1 add=[] remove=["swarm:execute"]} — command label read',
      'set labels {issue=2 add=["swarm:queued"] remove=[]} — state changed issue=2 state="queued"',
      'set labels {issue=1 add=["swarm:running"] remove=[]} — state changed issue=1 state="running"',
    ]);
    expect(scene.journal.options).toEqual({ agents: 1, sequential: true });
    scene.asks('help', { from: { kind: 'dispatch' } as never });
    expect(acts(scene.looks())).toEqual(['say {key="answer:comment:2" on=1 notice=help to="ana"} — asked by="ana"']);
  });

  test('to pause lets runs finish and starts nothing; to resume goes on', () => {
    const scene = Scene.started(two);
    scene.asks('pause');
    expect(scene.looks()).toEqual([
      'react {node="IC_comment:2" with="eyes"} — request taken by="ana"',
      'set labels {issue=1 add=["swarm:paused"] remove=["swarm:running"]} — state changed issue=1 state="paused"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'react {node="IC_comment:2" with="rocket"} — request done',
      'journal phase: "paused"',
      'journal taken comment:2: "accepted"',
      'journal pausedAt: 1000000',
      'look again in 300 s',
      'board paused open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=1 agent="GoldenFox" fix=false gates=""}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[segment number=2, wave number=1, paused] {attempts=0 fix=false gates=""}',
      '  need resume',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
    ]);
    scene.merges(2);
    scene.asks('resume');
    expect(scene.settles()).toEqual([
      'react {node="IC_comment:3" with="eyes"} — request taken by="ana"',
      'dispatch {key="dispatch:1.2" dispatch={id="1.2" at=0s work=calibration wave=1 round=1} ref="main" epic=1} — wave merged wave=1 round=1',
      'set labels {issue=1 add=["swarm:running"] remove=["swarm:paused"]} — state changed issue=1 state="running"',
      'react {node="IC_comment:3" with="rocket"} — request done',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: running round=1',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[calibration wave=1] {attempts=0 fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
    ]);
  });

  test('to execute one wave runs that wave alone', () => {
    const scene = new Scene(two);
    scene.asks({ kind: 'execute', wave: 2 });
    expect(scene.settles()).toEqual([
      'react {node="IC_comment:1" with="eyes"} — request taken by="ana"',
      'set labels {issue=1 add=["swarm:running"] remove=[]} — state changed issue=1 state="running"',
      'show panel {key="panel" on=1 board=…} — panel current',
      'react {node="IC_comment:1" with="rocket"} — request done',
      '+ STARTED at=0s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: waiting for=[only wave wave=2] {attempts=0 fix=false gates=""}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[segment number=2, wave number=1] {attempts=0 fix=false gates=""}',
      '  need resolve problem=ONLY_WAVE wave=2',
      '  event STARTED at=0s',
    ]);
  });
});

describe('waves in mode collaborative', () => {
  test('start one by one, each after an approval of its own', () => {
    const scene = new Scene(two, { mode: 'collaborative' });
    scene.asks('execute');
    expect(scene.settles()).toEqual([
      'react {node="IC_comment:1" with="eyes"} — request taken by="ana"',
      'say {key="approve-wave:1" on=1 notice=approve wave wave=1 owner="ana" plan=…} — wave to approve wave=1',
      'set labels {issue=1 add=["swarm:running"] remove=[]} — state changed issue=1 state="running"',
      'show panel {key="panel" on=1 board=…} — panel current',
      'react {node="IC_comment:1" with="rocket"} — request done',
      '+ STARTED at=0s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: waiting for=[wave approval wave=1] {attempts=0 fix=false gates=""}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[segment number=2, wave number=1, wave approval wave=1] {attempts=0 fix=false gates=""}',
      '  need approve wave wave=1',
      '  event STARTED at=0s',
    ]);
    scene.asks('approve');
    scene.asks({ kind: 'approve', wave: 9 });
    scene.asks('approve');
    expect(scene.settles()).toEqual([
      'react {node="IC_comment:2" with="eyes"} — request taken by="ana"',
      'say {key="refused:comment:3" on=1 notice=refused request to="ana" problem=NOT_NOW at={issue=1} command="approve" why=no such wave} — request refused by="ana" problem="NOT_NOW"',
      'react {node="IC_comment:3" with="confused"} — request refused by="ana" problem="NOT_NOW"',
      'say {key="refused:comment:4" on=1 notice=refused request to="ana" problem=NOT_NOW at={issue=1} command="approve" why=no such wave} — request refused by="ana" problem="NOT_NOW"',
      'react {node="IC_comment:4" with="confused"} — request refused by="ana" problem="NOT_NOW"',
      'dispatch {key="dispatch:1.1" dispatch={id="1.1" at=0s work=segments attempts=["1.2-1"]} ref="main" epic=1} — may start segments=[2]',
      'set labels {issue=2 add=["swarm:queued"] remove=[]} — state changed issue=2 state="queued"',
      'react {node="IC_comment:2" with="rocket"} — request done',
      '+ CLAIMED at=0s segment=2 agent="GoldenFox"',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=1 agent="GoldenFox" fix=false gates=""}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[segment number=2, wave number=1] {attempts=0 fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
    ]);
    scene.merges(2);
    scene.calibrates(1, 'passed');
    scene.settles();
    scene.asks({ kind: 'approve', wave: 2 });
    expect(scene.settles().filter((line) => /^(dispatch|react|say)/.test(line))).toEqual([
      'react {node="IC_comment:5" with="eyes"} — request taken by="ana"',
      'dispatch {key="dispatch:1.3" dispatch={id="1.3" at=0s work=segments attempts=["1.3-1"]} ref="main" epic=1} — may start segments=[3]',
      'react {node="IC_comment:5" with="rocket"} — request done',
    ]);
    expect(scene.journal.approvedWaves).toEqual([1, 2]);
  });

  test('are not asked about while an error holds the epic', () => {
    const scene = new Scene(two, { mode: 'collaborative' });
    scene.extra = { preflight: [{ level: 'error', problem: { kind: 'DISABLED' } }] };
    scene.asks('execute');
    expect(scene.settles()).toEqual([
      'react {node="IC_comment:1" with="eyes"} — request taken by="ana"',
      'say {key="held:936c1afc" on=1 notice=epic held diagnostics=[{level="error" problem=DISABLED}] owner="ana"} — epic held',
      'set labels {issue=1 add=["swarm:blocked"] remove=[]} — state changed issue=1 state="blocked"',
      'show panel {key="panel" on=1 board=…} — panel current',
      'react {node="IC_comment:1" with="rocket"} — request done',
      '+ STARTED at=0s',
      'board refused open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: waiting for=[plan errors, wave approval wave=1] {attempts=0 fix=false gates=""}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[segment number=2, wave number=1, plan errors, wave approval wave=1] {attempts=0 fix=false gates=""}',
      '  need resolve problem=DISABLED',
      '  need approve wave wave=1',
      '  event STARTED at=0s',
    ]);
  });
});

describe('an approval by command', () => {
  const reviewed = (): Scene => {
    const scene = Scene.started(two);
    scene.passes(MINUTE);
    scene.publishes(2);
    scene.settles();
    scene.passes(MINUTE);
    return scene;
  };
  const approve = (head?: string): Command => ({ kind: 'approve', ...(head ? { head } : {}) });

  test('counts for the head that was there when it was written, and the pull request merges', () => {
    const scene = reviewed();
    scene.asksOnPull(2, approve());
    expect(scene.looks()).toEqual([
      'react {node="IC_pull_2" with="eyes"} — request taken by="ana"',
      'merge {key="merge:102:000000000000" pull=102 head=…000021 base="main" method="squash" segment=… epic=1 approvedBy=["ana"]} — may merge segment=2 head=…000021 approvedBy=["ana"]',
      'set labels {issue=1 add=["swarm:running"] remove=["swarm:review"]} — state changed issue=1 state="running"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'react {node="IC_pull_2" with="rocket"} — request done',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=published at=60s pull=102 head=…000021 report=1.2-1}] rejections=[] approvals=[{by="ana" byId=1 at=120s head=…000021}] forgiven=0}',
      'journal taken comment:2: "accepted"',
      'journal acts merge:102:000000000000: {at=120s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=60s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: to merge pull=102 head=…000021 approvedBy=["ana"] {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[segment number=2, wave number=1] {attempts=0 fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=60s segment=2 agent="GoldenFox" pull=102',
    ]);
  });

  test.each<[string, string | undefined, Partial<Request>]>([
    ['written before the head was published', undefined, { at: instant(1_000_000) }],
    ['of another commit', 'abcdef1', {}],
    ['of the author', undefined, { by: { ...ana, id: 99 } }],
  ])('%s is refused', (title, head, facts) => {
    const scene = reviewed();
    scene.asksOnPull(2, approve(head), facts);
    expect(acts(scene.looks())).toEqual(EXPECTED[`an approval by command > ${title} is refused 1`]);
  });

  test('that names the commit counts, also from before; after a push it counts no more', () => {
    const scene = reviewed();
    scene.asksOnPull(2, approve(scene.changesPull(2, {}).head.slice(0, 40)), { at: instant(1) });
    scene.decides();
    scene.pushes(2, 'beef');
    scene.settles();
    expect(scene.board().waves[0]?.segments[0]?.progress.kind).not.toBe('merged');
  });

  test('of a head that is being proven counts once the proof has begun', () => {
    const scene = reviewed();
    scene.pushes(2, 'beef');
    scene.passes(2 * MINUTE);
    scene.settles();
    scene.asksOnPull(2, approve(), { at: instant(scene.github.now - 1) });
    expect(acts(scene.looks())[0]).toContain('HEAD_MOVED');
    scene.passes(1);
    scene.asksOnPull(2, approve());
    expect(acts(scene.looks())[0]).toContain('request taken');
  });
});

describe('what was authorised', () => {
  test('runs as it was: a text that changes before its start waits for a word, and `run` gives it', () => {
    const scene = Scene.started(two);
    scene.changesIssue(3, { digest: 'changed' });
    scene.extra = { configDigest: 'd' };
    expect(scene.looks()).toEqual([
      'say {key="consent:3:SEGMENT_CHANGED:1000000" on=3 notice=segment blocked segment=3 problem=SEGMENT_CHANGED at={issue=3} owner="ana"} — consent missing segment=3 problem="SEGMENT_CHANGED"',
      'set labels {issue=3 add=["swarm:blocked"] remove=[]} — state changed issue=3 state="blocked"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      '+ CONFIG CHANGED at=0s',
      'journal acts consent:3:SEGMENT_CHANGED:1000000: {at=0s by="me" state="intended"}',
      'journal configs: [{at=0s digest="d"}]',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=1 agent="GoldenFox" fix=false gates=""}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: not in this execution problem=SEGMENT_CHANGED at={issue=3} {attempts=0 fix=false gates=""}',
      '  need unblock segment=3 problem=SEGMENT_CHANGED at={issue=3}',
      '  event STARTED at=0s',
      '  event CONFIG CHANGED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
    ]);
    scene.asks({ kind: 'run', segment: issueNumber(3) });
    expect(scene.looks()).toEqual([
      'react {node="IC_comment:2" with="eyes"} — request taken by="ana"',
      'set labels {issue=3 add=[] remove=["swarm:blocked"]} — state changed issue=3 state="waiting"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'react {node="IC_comment:2" with="rocket"} — request done',
      'journal segments 3: {attempts=[] rejections=[] approvals=[] forgiven=0 included={by="ana" byId=1 at=0s}}',
      'journal taken comment:2: "accepted"',
      'journal acts consent:3:SEGMENT_CHANGED:1000000: {at=0s by="me" state="done" result=502}',
      'journal authorisation: {at=0s by="ana" byId=1 configDigest="c" base=…00ba5e baseBranch="main" epicDigest="Checkout:The epic." segments={2={digest="2:---\\nfiles: [src/s2/**]\\n---\\nDo the work of 2." blockedBy=[] external=[]} 3={digest="changed" blockedBy=[2] external=[] at=0s by="ana" byId=1}}}',
      'texts kept: 3',
      'look again in 300 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=1 agent="GoldenFox" fix=false gates=""}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[segment number=2, wave number=1] {attempts=0 fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CONFIG CHANGED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
    ]);
  });

  test('does not grow by itself: a new link, a new segment and a stranger’s text each wait', () => {
    const scene = Scene.started([issue(2), issue(3, { blockedBy: [2] }), issue(4, { blockedBy: [2] })]);
    scene.changesIssue(3, { blockedBy: [] });
    scene.changesIssue(4, { editor: rita });
    scene.github.issues.push(issue(5));
    expect(scene.settles()).toEqual([
      'say {key="consent:3:EDGES_CHANGED:1000000" on=3 notice=segment blocked segment=3 problem=EDGES_CHANGED at={issue=3} owner="ana"} — consent missing segment=3 problem="EDGES_CHANGED"',
      'say {key="consent:4:UNTRUSTED_AUTHOR:1000000" on=4 notice=segment blocked segment=4 problem=UNTRUSTED_AUTHOR at={issue=4} login="rita" owner="ana"} — consent missing segment=4 problem="UNTRUSTED_AUTHOR"',
      'say {key="consent:5:SEGMENT_NEW:1000000" on=5 notice=segment blocked segment=5 problem=SEGMENT_NEW at={issue=5} owner="ana"} — consent missing segment=5 problem="SEGMENT_NEW"',
      'set labels {issue=3 add=["swarm:blocked"] remove=[]} — state changed issue=3 state="blocked"',
      'set labels {issue=4 add=["swarm:blocked"] remove=[]} — state changed issue=4 state="blocked"',
      'set labels {issue=5 add=["swarm:blocked"] remove=[]} — state changed issue=5 state="blocked"',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=1 agent="GoldenFox" fix=false gates=""}',
      '    B #3 "Segment 3" feat/segment-3: not in this execution problem=EDGES_CHANGED at={issue=3} {attempts=0 fix=false gates=""}',
      '    C #5 "Segment 5" feat/segment-5: not in this execution problem=SEGMENT_NEW at={issue=5} {attempts=0 fix=false gates=""}',
      '  wave 2: not yet',
      '    A #4 "Segment 4" feat/segment-4: not in this execution problem=UNTRUSTED_AUTHOR at={issue=4} login="rita" {attempts=0 fix=false gates=""}',
      '  need unblock segment=3 problem=EDGES_CHANGED at={issue=3}',
      '  need unblock segment=4 problem=UNTRUSTED_AUTHOR at={issue=4} login="rita"',
      '  need unblock segment=5 problem=SEGMENT_NEW at={issue=5}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
    ]);
  });

  test('is what stood there when the word was given, of the epic, too', () => {
    const scene = new Scene(two);
    scene.github.epic = { ...scene.github.epic, editedAt: instant(5), editor: rita };
    scene.changesIssue(3, { editedAt: instant(5), editor: rita });
    scene.asks('execute', { at: instant(4) });
    scene.looks();
    expect(scene.journal.authorisation?.epicDigest).toBe('');
    expect(Object.keys(scene.journal.authorisation?.segments ?? {})).toEqual(['2']);
    scene.asks('execute', { at: instant(5) });
    scene.looks();
    expect(scene.journal.authorisation?.epicDigest).toBe('Checkout:The epic.');
    expect(Object.keys(scene.journal.authorisation?.segments ?? {})).toEqual(['2', '3']);
  });

  test('is adopted where nothing started yet and a trusted person changed it', () => {
    const scene = new Scene(two);
    scene.extra = { base: { branch: 'main', head: sha('ba5e'), checks: 'failing', failing: ['ci'] } };
    scene.asks('execute');
    scene.settles();
    scene.changesIssue(3, { digest: 'better' });
    scene.github.epic = { ...scene.github.epic, digest: 'better epic' };
    scene.settles();
    expect(scene.journal.authorisation?.segments[3]?.digest).toBe('better');
    expect(scene.journal.authorisation?.epicDigest).toBe('better epic');
    scene.changesIssue(2, { digest: 'worse', editor: rita });
    scene.settles();
    expect(scene.journal.authorisation?.segments[2]?.digest).not.toBe('worse');
  });

  test('of an epic whose text changed is said beside the plan', () => {
    const scene = Scene.started(two);
    scene.github.epic = { ...scene.github.epic, digest: 'changed' };
    expect(scene.board().notes).toEqual([{ kind: 'EPIC_CHANGED', at: { issue: 1 } }]);
  });
});

describe('a question', () => {
  const question = {
    id: 'q1',
    text: 'Cents?',
    options: ['cents', 'euros'],
    blocking: true,
    context: 'the total',
  } as const;
  const asked = (choices: Parameters<typeof Scene.started>[1] = {}): Scene => {
    const scene = Scene.started(two, choices);
    scene.ends(2, { kind: 'needs-input', question, kept: 'swarm/wip/1.2-1', keptHead: sha('caf1') });
    return scene;
  };

  test('is shown with its options until its time is over, and then the run goes on by itself', () => {
    const scene = asked();
    expect(scene.looks()).toEqual([
      'say {key="question:1.2-1" on=2 notice=question segment=2 owner="ana" question=QUESTION_ASKED id="q1" question="Cents?" options=["cents", "euros"] context="the total" until=300s kept="swarm/wip/1.2-1"} — question open segment=2',
      'set labels {issue=2 add=["swarm:needs-input"] remove=["swarm:queued"]} — state changed issue=2 state="needs-input"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=asked at=0s report=1.2-1}] rejections=[] approvals=[] forgiven=0}',
      'journal acts question:1.2-1: {at=0s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: blocked problem=QUESTION_ASKED id="q1" question="Cents?" options=["cents", "euros"] context="the total" until=300s {attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[segment number=2, wave number=1] {attempts=0 fix=false gates=""}',
      '  need unblock segment=2 problem=QUESTION_ASKED id="q1" question="Cents?" options=["cents", "euros"] context="the total" until=300s unblocks=1',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event ASKED at=0s segment=2 agent="GoldenFox"',
    ]);
    scene.looks();
    scene.passes(5 * MINUTE);
    expect(scene.settles()).toEqual([
      'dispatch {key="dispatch:1.2" dispatch={id="1.2" at=300s work=segments attempts=["1.2-2"]} ref="main" epic=1} — may start segments=[2]',
      'revise {key="question:1.2-1:ended" says="question:1.2-1" comment=502 notice=question segment=2 owner="ana" question=QUESTION_ASKED id="q1" question="Cents?" options=["cents", "euros"] context="the total" until=300s kept="swarm/wip/1.2-1" end=gone on} — question closed segment=2 end="gone on"',
      'set labels {issue=2 add=["swarm:queued"] remove=["swarm:needs-input"]} — state changed issue=2 state="queued"',
      '+ CLAIMED at=300s segment=2 agent="OliveStone"',
      'board running open {startedAt=0s asOf=300s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=2 tries=1 agent="OliveStone" fix=false gates="tests pass" from="1.2-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[segment number=2, wave number=1] {attempts=0 fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event ASKED at=0s segment=2 agent="GoldenFox"',
      '  event CLAIMED at=300s segment=2 agent="OliveStone"',
    ]);
  });

  test('that has to be answered waits; a tick answers it, two ticks or a stranger’s do not', () => {
    const scene = asked({ questions: { timeoutMinutes: 5, unanswered: 'wait' } });
    scene.settles();
    scene.github.said['question:1.2-1'] = { id: 502, ticked: [0, 1], body: 'b' };
    expect(scene.looks().filter((line) => /^untick/.test(line))).toEqual([
      'untick {says="question:1.2-1" comment=502 was="b" notice=question segment=2 owner="ana" question=QUESTION_ASKED id="q1" question="Cents?" options=["cents", "euros"] context="the total" kept="swarm/wip/1.2-1" unticked="several"} — tick is no answer segment=2',
    ]);
    const tick = (boxes: number[]) =>
      scene.github.requests.push({
        ...asks(`boxes:${boxes.join()}`, 'help'),
        asked: { kind: 'ticks', key: 'question:1.2-1', boxes } as never,
        from: { kind: 'boxes', issue: second, node: 'n' } as never,
      });
    tick([0, 1]);
    tick([5]);
    scene.looks();
    expect(scene.journal.taken).toMatchObject({
      'boxes:0,1': { refused: 'several ticked' },
      'boxes:5': { refused: 'not an option' },
    });
    tick([1]);
    expect(scene.settles()).toEqual([
      'react {node="n" with="eyes"} — request taken by="ana"',
      'dispatch {key="dispatch:1.2" dispatch={id="1.2" at=0s work=segments attempts=["1.2-2"]} ref="main" epic=1} — may start segments=[2]',
      'revise {key="question:1.2-1:ended" says="question:1.2-1" comment=502 notice=question segment=2 owner="ana" question=QUESTION_ASKED id="q1" question="Cents?" options=["cents", "euros"] context="the total" kept="swarm/wip/1.2-1" end=answered by="ana" text="euros"} — question closed segment=2 end="answered"',
      'set labels {issue=2 add=["swarm:queued"] remove=["swarm:needs-input"]} — state changed issue=2 state="queued"',
      'react {node="n" with="rocket"} — request done',
      '+ ANSWERED at=0s segment=2',
      '+ CLAIMED at=0s segment=2 agent="OliveStone"',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=2 tries=1 agent="OliveStone" fix=false gates="tests pass" from="1.2-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[segment number=2, wave number=1] {attempts=0 fix=false gates=""}',
      '  event ANSWERED at=-1000s segment=2',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event CLAIMED at=0s segment=2 agent="OliveStone"',
      '  event ASKED at=0s segment=2 agent="GoldenFox"',
    ]);
  });

  test('that two segments ask by one id is answered on the segment itself', () => {
    const scene = Scene.started([issue(2), issue(3)]);
    for (const segment of [2, 3]) scene.ends(segment, { kind: 'needs-input', question });
    scene.settles();
    scene.asks({ kind: 'answer', id: 'q1', text: 'cents' });
    scene.asks({ kind: 'answer', id: 'q1', text: 'euros' }, { from: { kind: 'comment', issue: second, node: 'n' } });
    expect(acts(scene.looks())).toEqual([
      'say {key="refused:comment:2" on=1 notice=refused request to="ana" problem=NOT_NOW at={issue=1} command="answer" why=several such questions id="q1"} — request refused by="ana" problem="NOT_NOW"',
      'react {node="IC_comment:2" with="confused"} — request refused by="ana" problem="NOT_NOW"',
      'react {node="n" with="eyes"} — request taken by="ana"',
      'set labels {issue=2 add=["swarm:queued"] remove=["swarm:needs-input"]} — state changed issue=2 state="queued"',
      'react {node="n" with="rocket"} — request done',
    ]);
    expect(scene.journal.segments[2]?.answers).toMatchObject([{ text: 'euros', by: 'ana', attempt: '1.2-1' }]);
  });

  test('of a segment that is skipped is over', () => {
    const scene = asked();
    scene.settles();
    scene.asks({ kind: 'skip', segment: second, reason: 'no' });
    expect(scene.settles().filter((line) => /^(revise|\+)/.test(line))).toEqual([
      'revise {key="question:1.2-1:ended" says="question:1.2-1" comment=502 notice=question segment=2 owner="ana" question=QUESTION_ASKED id="q1" question="Cents?" options=["cents", "euros"] context="the total" until=300s kept="swarm/wip/1.2-1" end=over} — question closed segment=2 end="over"',
      '+ SKIPPED at=0s segment=2',
      '+ CLAIMED at=0s segment=3 agent="OliveStone"',
    ]);
  });
});

describe('acts', () => {
  test('of another orchestrator get twenty seconds; its own are repeated at once, unless they may have happened', () => {
    const scene = new Scene(two);
    scene.asks('execute');
    const first = scene.decides('other');
    scene.github.journal = first.journal;
    const dispatches = () => scene.decides().decisions.filter(({ kind }) => kind === 'dispatch').length;
    expect(dispatches()).toBe(0);
    scene.passes(19_999);
    expect([dispatches(), scene.decides().lookAgainAt]).toEqual([0, scene.github.now + 1]);
    scene.passes(1);
    expect(dispatches()).toBe(1);
    const mine = new Scene(two);
    mine.asks('execute');
    mine.github.journal = mine.decides().journal;
    expect(mine.decides().decisions.map(({ kind }) => kind)).toContain('dispatch');
    mine.performed = { 'dispatch:1.1': { kind: 'unsure' } as never };
    expect(mine.decides().decisions.map(({ kind }) => kind)).not.toContain('dispatch');
  });

  test('that are seen are remembered with what they made; refused ones with GitHub’s words', () => {
    const scene = new Scene(two);
    scene.asks('execute');
    scene.github.journal = scene.decides().journal;
    scene.github.said.panel = { id: 77, body: '' };
    scene.performed = { 'dispatch:1.1': { kind: 'done', result: 5 } };
    expect(scene.looks().filter((line) => line.startsWith('journal acts'))).toEqual([
      'journal acts dispatch:1.1: {at=0s by="me" state="done" result=5}',
      'journal acts panel: {at=0s by="me" state="done" result=77}',
    ]);
  });

  test('before the start are remembered by nobody, and a refused word is not said again', () => {
    const scene = new Scene(two);
    scene.asks('help');
    scene.performed = { 'answer:comment:1': { kind: 'refused', status: 403, message: 'no' } };
    expect(scene.decides().decisions.map(({ kind }) => kind)).not.toContain('say');
    scene.performed = { 'answer:comment:1': { kind: 'done', result: 3 } };
    expect(scene.decides().decisions.map(({ kind }) => kind)).not.toContain('say');
  });
});

describe('the epic', () => {
  test('that is closed is left alone, and a request is answered', () => {
    const scene = Scene.started(two);
    scene.github.epic = { ...scene.github.epic, state: 'completed' };
    scene.asks('cancel');
    scene.fails(2);
    const told = scene.looks();
    expect(told[0]).toMatch(/^say .*problem=NOT_NOW .*why=epic closed/);
    expect(told.filter((line) => !/^(?:say|react|journal taken|journal acts|look again) /.test(line))).toEqual([
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=failed at=0s problem=NO_TESTS command="npm test" report=1.2-1}] rejections=[] approvals=[] forgiven=0}',
      'board running closed {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: blocked problem=NO_TESTS command="npm test" {attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: ready {attempts=0 fix=false gates=""}',
      '  need unblock segment=2 problem=NO_TESTS command="npm test" unblocks=1',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event BLOCKED at=0s segment=2 agent="GoldenFox"',
    ]);
  });

  test('with a red base holds what has not started, names the checks, and goes on with what runs', () => {
    const scene = Scene.started([issue(2), issue(3, { blockedBy: [2] })], { schedule: 'eager' });
    scene.extra = { base: { branch: 'main', head: sha('ba5e'), checks: 'failing', failing: ['ci', 'e2e'] } };
    scene.merges(2);
    expect(scene.settles()).toEqual([
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: running round=1',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[base red] {attempts=0 fix=false gates=""}',
      '  need resolve problem=BASE_RED branch="main" checks=["ci", "e2e"] commit=…00ba5e',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
    ]);
  });

  test('whose plan has errors says so once, and once more when they change', () => {
    const scene = new Scene([issue(2, { blockedBy: [3] }), issue(3, { blockedBy: [2] })]);
    scene.asks('execute');
    const said = scene.settles().filter((line) => line.startsWith('say'));
    expect(said).toEqual([
      'say {key="held:b4f0ae63" on=1 notice=epic held diagnostics=[{level="error" problem=EPIC_CYCLE path=[2, 3, 2] links=[{from=2 to=3 said=native}, {from=3 to=2 said=native}]}] owner="ana"} — epic held',
    ]);
    scene.changesIssue(2, { blockedBy: [] });
    scene.changesIssue(3, { body: '---\nfiles: [src/b/**]\npriority: 9\n---\nx' });
    expect(scene.settles().filter((line) => line.startsWith('say'))).toHaveLength(1);
  });

  test('asks first for what most others wait for', () => {
    const scene = Scene.started([issue(2), issue(3), issue(4, { blockedBy: [3] }), issue(5, { blockedBy: [4] })]);
    for (const segment of [2, 3]) scene.fails(segment);
    scene.settles();
    expect(scene.board().needs).toMatchObject([{ segment: 3, unblocks: 2 }, { segment: 2 }]);
    expect(scene.board().needs[1]).not.toHaveProperty('unblocks');
  });

  test('closes a group with the last of its leaves', () => {
    const group = { ...issue(10, { body: 'A group.' }), children: [issueNumber(2), issueNumber(3)] };
    const leaf = (number: number) => ({ ...issue(number), parent: issueNumber(10) });
    const scene = Scene.started([group, leaf(2), leaf(3)]);
    scene.merges(2);
    scene.changesIssue(2, { state: 'completed' });
    scene.asks({ kind: 'skip', segment: issueNumber(3), reason: 'no' });
    expect(scene.settles().filter((line) => line.startsWith('close'))).toEqual([
      'close issue {issue=3 issueId="I_3" as="not planned"} — skipped by by="ana" why="no"',
      'close issue {issue=10 issueId="I_10" as="completed"} — group over group=10 as="done"',
    ]);
  });
});

/** The right value of each case, by the name of its test. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'a command > on a pull request that is not ours is refused, with the reason, once 1': [
    'say {key="refused:comment:2" on=7 notice=refused request to="ana" problem=NOT_NOW at={pull=7} command="approve" why=pull request not open for review} — request refused by="ana" problem="NOT_NOW"',
    'react {node="n" with="confused"} — request refused by="ana" problem="NOT_NOW"',
  ],
  'a command > pause before anything was started is refused 1': [
    'say {key="refused:comment:1" on=1 notice=refused request to="ana" problem=NOT_NOW at={issue=1} command="pause" why=wrong phase phase="planned"} — request refused by="ana" problem="NOT_NOW"',
    'react {node="IC_comment:1" with="confused"} — request refused by="ana" problem="NOT_NOW"',
  ],
  'a command > retry before anything was started is refused 1': [
    'say {key="refused:comment:1" on=1 notice=refused request to="ana" problem=NOT_NOW at={issue=1} command="retry" why=not started} — request refused by="ana" problem="NOT_NOW"',
    'react {node="IC_comment:1" with="confused"} — request refused by="ana" problem="NOT_NOW"',
  ],
  'a command > run before anything was started is refused 1': [
    'say {key="refused:comment:1" on=1 notice=refused request to="ana" problem=NOT_NOW at={issue=1} command="run" why=not started} — request refused by="ana" problem="NOT_NOW"',
    'react {node="IC_comment:1" with="confused"} — request refused by="ana" problem="NOT_NOW"',
  ],
  'a command > to accept what is not complete is refused, with the reason, once 1': [
    'say {key="refused:comment:2" on=1 notice=refused request to="ana" problem=NOT_NOW at={issue=1} command="accept" why=not complete} — request refused by="ana" problem="NOT_NOW"',
    'react {node="IC_comment:2" with="confused"} — request refused by="ana" problem="NOT_NOW"',
  ],
  'a command > to accept, by a bot is refused, with the reason, once 1': [
    'say {key="refused:comment:2" on=1 notice=refused request to="robot[bot]" problem=NOT_NOW at={issue=1} command="accept" why=only people decide} — request refused by="robot[bot]" problem="NOT_NOW"',
    'react {node="IC_comment:2" with="confused"} — request refused by="robot[bot]" problem="NOT_NOW"',
  ],
  'a command > to add work to what is not complete is refused, with the reason, once 1': [
    'say {key="refused:comment:2" on=1 notice=refused request to="ana" problem=NOT_NOW at={issue=1} command="needs-work" why=not complete} — request refused by="ana" problem="NOT_NOW"',
    'react {node="IC_comment:2" with="confused"} — request refused by="ana" problem="NOT_NOW"',
  ],
  'a command > to answer what nobody asked is refused, with the reason, once 1': [
    'say {key="refused:comment:2" on=1 notice=refused request to="ana" problem=NOT_NOW at={issue=1} command="answer" why=no such question id="q1"} — request refused by="ana" problem="NOT_NOW"',
    'react {node="IC_comment:2" with="confused"} — request refused by="ana" problem="NOT_NOW"',
  ],
  'a command > to approve a wave where waves start automatically is refused, with the reason, once 1': [
    'say {key="refused:comment:2" on=1 notice=refused request to="ana" problem=NOT_NOW at={issue=1} command="approve" why=waves start automatically} — request refused by="ana" problem="NOT_NOW"',
    'react {node="IC_comment:2" with="confused"} — request refused by="ana" problem="NOT_NOW"',
  ],
  'a command > to approve, by a bot is refused, with the reason, once 1': [
    'say {key="refused:comment:2" on=1 notice=refused request to="robot[bot]" problem=NOT_NOW at={issue=1} command="approve" why=only people decide} — request refused by="robot[bot]" problem="NOT_NOW"',
    'react {node="IC_comment:2" with="confused"} — request refused by="robot[bot]" problem="NOT_NOW"',
  ],
  'a command > to execute a segment of the epic is refused, with the reason, once 1': [
    'say {key="refused:comment:2" on=2 notice=refused request to="ana" problem=NOT_NOW at={issue=2} command="execute" why=segment of an epic segment=2 epic=1} — request refused by="ana" problem="NOT_NOW"',
    'react {node="n" with="confused"} — request refused by="ana" problem="NOT_NOW"',
  ],
  'a command > to reject a pull request that is not ours is refused, with the reason, once 1': [
    'say {key="refused:comment:2" on=7 notice=refused request to="ana" problem=NOT_NOW at={pull=7} command="reject" why=pull request not open for review} — request refused by="ana" problem="NOT_NOW"',
  ],
  'a command > to reject, on an issue is refused, with the reason, once 1': [
    'say {key="refused:comment:2" on=1 notice=refused request to="ana" problem=NOT_NOW at={issue=1} command="reject" why=not on a pull request} — request refused by="ana" problem="NOT_NOW"',
    'react {node="IC_comment:2" with="confused"} — request refused by="ana" problem="NOT_NOW"',
  ],
  'a command > to resume what runs is refused, with the reason, once 1': [
    'say {key="refused:comment:2" on=1 notice=refused request to="ana" problem=NOT_NOW at={issue=1} command="resume" why=wrong phase phase="running"} — request refused by="ana" problem="NOT_NOW"',
    'react {node="IC_comment:2" with="confused"} — request refused by="ana" problem="NOT_NOW"',
  ],
  'a command > to retry an issue that is no segment is refused, with the reason, once 1': [
    'say {key="refused:comment:2" on=1 notice=refused request to="ana" problem=UNKNOWN_SEGMENT at={issue=1} number=77} — request refused by="ana" problem="UNKNOWN_SEGMENT"',
    'react {node="IC_comment:2" with="confused"} — request refused by="ana" problem="UNKNOWN_SEGMENT"',
  ],
  'a command > to run an issue that is no segment is refused, with the reason, once 1': [
    'say {key="refused:comment:2" on=1 notice=refused request to="ana" problem=UNKNOWN_SEGMENT at={issue=1} number=77} — request refused by="ana" problem="UNKNOWN_SEGMENT"',
    'react {node="IC_comment:2" with="confused"} — request refused by="ana" problem="UNKNOWN_SEGMENT"',
  ],
  'a command > to skip an issue that is no segment is refused, with the reason, once 1': [
    'say {key="refused:comment:2" on=1 notice=refused request to="ana" problem=UNKNOWN_SEGMENT at={issue=1} number=77} — request refused by="ana" problem="UNKNOWN_SEGMENT"',
    'react {node="IC_comment:2" with="confused"} — request refused by="ana" problem="UNKNOWN_SEGMENT"',
  ],
  'a command > without write access is refused, with the reason, once 1': [
    'say {key="forbidden:8" on=1 notice=refused request to="tim" problem=FORBIDDEN at={issue=1} login="tim" permission="triage" needs="write"} — request refused by="tim" problem="FORBIDDEN"',
    'react {node="IC_comment:2" with="confused"} — request refused by="tim" problem="FORBIDDEN"',
  ],
  'an approval by command > of another commit is refused 1': [
    'say {key="refused:comment:2" on=102 notice=refused request to="ana" problem=HEAD_MOVED at={pull=102} said="abcdef1" head=…000021} — request refused by="ana" problem="HEAD_MOVED"',
    'react {node="IC_pull_2" with="confused"} — request refused by="ana" problem="HEAD_MOVED"',
  ],
  'an approval by command > of the author is refused 1': [
    'say {key="refused:comment:2" on=102 notice=refused request to="ana" problem=SELF_APPROVAL at={pull=102} login="ana"} — request refused by="ana" problem="SELF_APPROVAL"',
    'react {node="IC_pull_2" with="confused"} — request refused by="ana" problem="SELF_APPROVAL"',
  ],
  'an approval by command > written before the head was published is refused 1': [
    'say {key="refused:comment:2" on=102 notice=refused request to="ana" problem=HEAD_MOVED at={pull=102} head=…000021} — request refused by="ana" problem="HEAD_MOVED"',
    'react {node="IC_pull_2" with="confused"} — request refused by="ana" problem="HEAD_MOVED"',
  ],
};
