/** Wave boundaries, fix segments, and the end of an epic. */
import { describe, expect, test } from 'vitest';
import { issue, sha } from '../facts.ts';
import { MINUTE, Scene } from './scene.ts';

const AC = (more = '') =>
  `---\nfiles: [src/a/**]\n---\nWork.\n\n## Acceptance criteria\n\n- [ ] AC-1: It adds up\n- [ ] It is round\n${more}`;
const chain = [issue(2), issue(3, { blockedBy: [2] })];

/** The first wave merged, and its calibration under way. */
const merged = (choices: Parameters<typeof Scene.started>[1] = {}, issues = chain): Scene => {
  const scene = Scene.started(issues, choices);
  scene.merges(2);
  scene.settles();
  return scene;
};
const wave = (scene: Scene) => scene.board().waves[0]?.calibration;

describe('a wave that is merged', () => {
  test('is calibrated on the base as it is, and holds the next wave until it passes', () => {
    const scene = Scene.started(chain);
    scene.publishes(2);
    scene.settles();
    scene.approves(2);
    scene.looks();
    expect(scene.looks()).toEqual([
      'delete branch {branch="feat/segment-2" head=…000021} — pull merged pull=102',
      'close issue {issue=2 issueId="I_2" as="completed"} — pull merged pull=102',
      'dispatch {key="dispatch:1.2" dispatch={id="1.2" at=0s work=calibration wave=1 round=1} ref="main" epic=1} — wave merged wave=1 round=1',
      'set labels {issue=2 add=["swarm:done"] remove=["swarm:review"]} — state changed issue=2 state="done"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal dispatches 1.2: {id="1.2" at=0s work=calibration wave=1 round=1}',
      'journal calibrations 1: [{round=1 base=…00ba5e dispatch="1.2" at=0s covers=[2]}]',
      'journal acts merge:102:000000000000: {at=0s by="me" state="done"}',
      'journal acts dispatch:1.2: {at=0s by="me" state="intended"}',
      'look again in 20 s',
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
    expect(wave(scene)).toEqual({ kind: 'running', round: 1 });
    scene.settles();
    scene.calibrates(1, 'passed');
    expect(scene.looks()).toEqual([
      'dispatch {key="dispatch:1.3" dispatch={id="1.3" at=0s work=segments attempts=["1.3-1"]} ref="main" epic=1} — may start segments=[3]',
      'set labels {issue=3 add=["swarm:queued"] remove=[]} — state changed issue=3 state="queued"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      '+ WAVE COMPLETE at=0s wave=1',
      '+ CLAIMED at=0s segment=3 agent="OliveStone"',
      'journal segments 3: {attempts=[{id="1.3-1" number=1 name="OliveStone" worker="implementation" why="first" branch="feat/segment-3" base=…00ba5e dispatch="1.3" claimedAt=0s}] rejections=[] approvals=[] forgiven=0}',
      'journal dispatches 1.3: {id="1.3" at=0s work=segments attempts=["1.3-1"]}',
      'journal calibrations 1: [{round=1 base=…00ba5e dispatch="1.2" at=0s covers=[2] verdict=passed at=0s judged=true}]',
      'journal acts dispatch:1.3: {at=0s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: passed round=1',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: queued {attempts=1 agent="OliveStone" fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event CLAIMED at=0s segment=3 agent="OliveStone"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event WAVE COMPLETE at=0s wave=1',
    ]);
  });

  test('does not hold the next wave where the schedule is eager, nor its calibration', () => {
    const scene = Scene.started([issue(2), issue(3), issue(4, { blockedBy: [2] })], { schedule: 'eager' });
    scene.merges(2);
    expect(scene.attempt(4).why).toBe('first');
    scene.merges(4);
    expect(Object.keys(scene.journal.calibrations)).toEqual(['2']);
  });

  test('is not calibrated while the epic is paused, held by an error, or at its limit of dispatches', () => {
    for (const [hold, said] of [
      ['pause', []],
      [
        'error',
        [
          'say {key="held:936c1afc" on=1 notice=epic held diagnostics=[{level="error" problem=DISABLED}] owner="ana"} — epic held',
        ],
      ],
      [
        'limit',
        [
          'say {key="limit:dispatches:1" on=1 notice=epic held diagnostics=[{level="error" problem=LIMIT_EXCEEDED at={issue=1} what="dispatches" found=2 limit=1 configKey="limits.dispatches"}] owner="ana"} — dispatch limit',
        ],
      ],
    ] as const) {
      const scene = Scene.started(chain, hold === 'limit' ? { limits: { segments: 9, waves: 9, dispatches: 1 } } : {});
      scene.publishes(2);
      scene.settles();
      if (hold === 'pause') scene.asks('pause');
      if (hold === 'error') scene.extra = { preflight: [{ level: 'error', problem: { kind: 'DISABLED' } }] };
      scene.changesPull(2, { state: 'merged', mergedAt: scene.github.now });
      const told = scene.settles();
      expect(scene.journal.calibrations).toEqual({});
      expect(told.filter((line) => line.startsWith('say'))).toEqual(said);
    }
  });

  test('of segments that were all done before or skipped has nothing to calibrate', () => {
    const scene = Scene.started([issue(2, { state: 'completed' }), issue(3, { blockedBy: [2] })]);
    expect(scene.settles()).toEqual([
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: passed round=0',
      '    A #2 "Segment 2" feat/segment-2: closed before {attempts=0 fix=false gates=""}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: queued {attempts=1 agent="GoldenFox" fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=3 agent="GoldenFox"',
      '  event CLOSED at=0s segment=2',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event WAVE COMPLETE at=0s wave=1',
    ]);
    scene.asks({ kind: 'skip', segment: scene.issueAt(1).number, reason: 'no' });
    expect(scene.settles()).toEqual([
      'react {node="IC_comment:2" with="eyes"} — request taken by="ana"',
      'close issue {issue=3 issueId="I_3" as="not planned"} — skipped by by="ana" why="no"',
      'set labels {issue=3 add=["swarm:done"] remove=["swarm:queued"]} — state changed issue=3 state="done"',
      'react {node="IC_comment:2" with="rocket"} — request done',
      '+ SKIPPED at=0s segment=3',
      'say {key="accept:1:1" on=1 notice=ask acceptance owner="ana" board=…} — everything merged',
      'board accepting open {startedAt=0s asOf=0s}',
      '  wave 1: passed round=0',
      '    A #2 "Segment 2" feat/segment-2: closed before {attempts=0 fix=false gates=""}',
      '  wave 2: passed round=0',
      '    A #3 "Segment 3" feat/segment-3: skipped reason="no" {attempts=1 agent="GoldenFox" fix=false gates=""}',
      '  need accept',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=3 agent="GoldenFox"',
      '  event CLOSED at=0s segment=2',
      '  event SKIPPED at=0s segment=3',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event TRACK COMPLETE at=0s wave=2 track="A"',
      '  event WAVE COMPLETE at=0s wave=1',
      '  event WAVE COMPLETE at=0s wave=2',
    ]);
  });
});

describe('a calibration that fails', () => {
  test('has one fix segment made for all of its gates, in the same wave, and is repeated after it', () => {
    const scene = merged();
    scene.calibrates(1, 'failed', ['types', 'tests']);
    expect(scene.looks()).toEqual([
      'make issue {key="fix:1:1:1:1" notice=fix segment wave=1 round=1 finding={check="gate" subject="types, tests" detail="types failed\\n\\ntests failed"} files=["src/s2/**"] epic=1 parent=1 parentId="I_1"} — calibration found wave=1 subject="types, tests"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal calibrations 1: [{round=1 base=…00ba5e dispatch="1.2" at=0s covers=[2] verdict=failed at=0s findings=[{check="gate" subject="types" detail="types failed"}, {check="gate" subject="tests" detail="tests failed"}]}]',
      'journal acts fix:1:1:1:1: {at=0s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: failed round=1 findings=[{check="gate" subject="types" detail="types failed"}, {check="gate" subject="tests" detail="tests failed"}]',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[calibration wave=1] {attempts=0 fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event CALIBRATION FAILED at=0s wave=1',
    ]);
    expect(scene.looks()).toEqual([
      'say {key="calibration-failed:1:1" on=1 notice=calibration failed wave=1 round=1 findings=[{check="gate" subject="types" detail="types failed"}, {check="gate" subject="tests" detail="tests failed"}] fixes=[503]} — calibration failed wave=1 tooOften=false',
      'dispatch {key="dispatch:1.3" dispatch={id="1.3" at=0s work=segments attempts=["1.503-1"]} ref="main" epic=1} — may start segments=[503]',
      'set labels {issue=503 add=["swarm:queued"] remove=[]} — state changed issue=503 state="queued"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      '+ CALIBRATION FAILED at=0s wave=1',
      '+ CLAIMED at=0s segment=503 agent="OliveStone"',
      'journal segments 503: {attempts=[{id="1.503-1" number=1 name="OliveStone" worker="implementation" why="first" branch="feat/segment-503" base=…00ba5e dispatch="1.3" claimedAt=0s}] rejections=[] approvals=[] forgiven=0 fix={key="fix:1:1:1:1" wave=1 round=1}}',
      'journal dispatches 1.3: {id="1.3" at=0s work=segments attempts=["1.503-1"]}',
      'journal acts fix:1:1:1:1: {at=0s by="me" state="done" result=503}',
      'journal acts calibration-failed:1:1: {at=0s by="me" state="intended"}',
      'journal acts dispatch:1.3: {at=0s by="me" state="intended"}',
      'journal authorisation: {at=0s by="ana" byId=1 configDigest="c" base=…00ba5e baseBranch="main" epicDigest="Checkout:The epic." segments={2={digest="2:---\\nfiles: [src/s2/**]\\n---\\nDo the work of 2." blockedBy=[] external=[]} 3={digest="3:---\\nfiles: [src/s3/**]\\n---\\nDo the work of 3." blockedBy=[2] external=[]} 503={digest="503:---\\nfiles: [src/s503/**]\\n---\\nDo the work of 503." blockedBy=[] external=[]}}}',
      'texts kept: 503',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '    B #503 "Segment 503" feat/segment-503: queued {attempts=1 agent="OliveStone" fix=true gates=""}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[wave number=1] {attempts=0 fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event CLAIMED at=0s segment=503 agent="OliveStone"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event CALIBRATION FAILED at=0s wave=1',
    ]);
    expect(scene.settles()).toEqual([
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '    B #503 "Segment 503" feat/segment-503: queued {attempts=1 agent="OliveStone" fix=true gates=""}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[wave number=1] {attempts=0 fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event CLAIMED at=0s segment=503 agent="OliveStone"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event CALIBRATION FAILED at=0s wave=1',
    ]);
    const fix = scene.lastIssue.number;
    expect(scene.attempt(fix).branch).toBe(`feat/segment-${fix}`);
    scene.merges(fix);
    expect(scene.settles()).toEqual([
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: running round=2',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '    B #503 "Segment 503" feat/segment-503: merged pull=603 at=0s {pull=603 attempts=1 tries=1 agent="OliveStone" fix=true gates="tests pass" from="1.503-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[calibration wave=1] {attempts=0 fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event CLAIMED at=0s segment=503 agent="OliveStone"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event PUBLISHED at=0s segment=503 agent="OliveStone" pull=603',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event CLOSED at=0s segment=503 pull=603',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event TRACK COMPLETE at=0s wave=1 track="B"',
      '  event CALIBRATION FAILED at=0s wave=1',
    ]);
  });

  test('three times stops the wave: a person is told once, and a retry starts the count again', () => {
    const scene = merged({ calibrationRounds: 1 });
    scene.calibrates(1, 'failed');
    expect(scene.settles()).toEqual([
      'say {key="calibration-stopped:1:1" on=1 notice=calibration stopped problem=CALIBRATION_LIMIT wave=1 rounds=1 findings=["tests: tests failed"] owner="ana"} — calibration failed wave=1 tooOften=true',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: failed round=1 findings=[]',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[calibration wave=1] {attempts=0 fix=false gates=""}',
      '  need calibration wave=1 problem=CALIBRATION_LIMIT wave=1 rounds=1 findings=["tests: tests failed"]',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event CALIBRATION FAILED at=0s wave=1',
    ]);
    scene.asks('retry');
    expect(scene.looks().filter((line) => /^(dispatch|say|journal (forgiven|calib))/.test(line))).toEqual([
      'dispatch {key="dispatch:1.3" dispatch={id="1.3" at=0s work=calibration wave=1 round=2} ref="main" epic=1} — wave merged wave=1 round=2',
      'journal calibrations 1: [{round=1 base=…00ba5e dispatch="1.2" at=0s covers=[2] verdict=failed at=0s findings=[{check="gate" subject="tests" detail="tests failed"}]}, {round=2 base=…00ba5e dispatch="1.3" at=0s covers=[2]}]',
      'journal forgivenRounds: {1=1}',
    ]);
  });

  test('is stopped as well when its fix segments are there and it fails again too often', () => {
    const scene = merged({ calibrationRounds: 2 });
    scene.calibrates(1, 'failed');
    scene.settles();
    scene.merges(scene.lastIssue.number);
    scene.calibrates(1, 'failed');
    scene.settles();
    expect(wave(scene)).toEqual({ kind: 'failed', round: 2, findings: [] });
    expect(scene.board().needs).toMatchObject([
      {
        kind: 'calibration',
        wave: 1,
        problem: { kind: 'CALIBRATION_LIMIT', rounds: 2, findings: ['tests: tests failed'] },
      },
    ]);
  });

  test('and whose fix GitHub refuses to make is told with GitHub’s words, until a person retries', () => {
    const scene = merged();
    scene.calibrates(1, 'failed');
    scene.looks();
    scene.github.issues = scene.github.issues.filter(({ madeFor }) => madeFor === undefined);
    for (const key of Object.keys(scene.github.made)) delete scene.github.made[key];
    scene.performed = { 'fix:1:1:1:1': { kind: 'refused', status: 410, message: 'Issues are disabled' } };
    expect(scene.looks()).toEqual([
      'say {key="refused:fix:1:1:1:1:1000000" on=1 notice=calibration stopped problem=ISSUE_REFUSED status=410 message="Issues are disabled" owner="ana"} — issue refused',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal acts fix:1:1:1:1: {at=0s by="me" state="refused" refusal={status=410 message="Issues are disabled"}}',
      'journal acts refused:fix:1:1:1:1:1000000: {at=0s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: failed round=1 findings=[{check="gate" subject="tests" detail="tests failed"}]',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[calibration wave=1] {attempts=0 fix=false gates=""}',
      '  need resolve problem=ISSUE_REFUSED status=410 message="Issues are disabled"',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event CALIBRATION FAILED at=0s wave=1',
    ]);
    scene.asks('retry');
    expect(scene.looks().filter((line) => /^(make|journal (acts fix|forgiven))/.test(line))).toEqual([
      'make issue {key="fix:1:1:1:1" notice=fix segment wave=1 round=1 finding={check="gate" subject="tests" detail="tests failed"} files=["src/s2/**"] epic=1 parent=1 parentId="I_1"} — calibration found wave=1 subject="tests"',
      'journal acts fix:1:1:1:1: {at=0s by="me" state="intended"}',
    ]);
  });
});

describe('a calibration whose run dies', () => {
  test('is made again, as often as runs are tried, and then a person is told why', () => {
    const scene = merged({ attempts: 2 });
    const dies = () => {
      const { dispatch } = scene.calibration(1);
      const run = scene.github.runs.get(dispatch);
      if (run) scene.github.runs.set(dispatch, { ...run, state: 'completed', conclusion: 'cancelled' });
    };
    dies();
    expect(scene.settles()).toEqual([
      'dispatch {key="dispatch:1.3" dispatch={id="1.3" at=0s work=calibration wave=1 round=2} ref="main" epic=1} — wave merged wave=1 round=2',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: running round=2',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[calibration wave=1] {attempts=0 fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
    ]);
    dies();
    expect(scene.settles()).toEqual([
      'say {key="calibration-stopped:1:2" on=1 notice=calibration stopped problem=RUN_LOST conclusion="cancelled" attempts=2 owner="ana"} — calibration failed wave=1 tooOften=true',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: failed round=0 findings=[]',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[calibration wave=1] {attempts=0 fix=false gates=""}',
      '  need calibration wave=1 problem=RUN_LOST conclusion="cancelled" attempts=2',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
    ]);
  });

  test('because GitHub refused it says so', () => {
    const scene = merged({ attempts: 1 });
    const { dispatch } = scene.calibration(1);
    scene.github.journal = {
      ...scene.journal,
      acts: { ...scene.journal.acts, [`dispatch:${dispatch}`]: { at: scene.github.now, by: 'me', state: 'intended' } },
    };
    scene.github.runs.delete(dispatch);
    scene.performed = { [`dispatch:${dispatch}`]: { kind: 'refused', status: 404, message: 'Gone' } };
    scene.looks();
    expect(scene.board().needs).toMatchObject([
      { kind: 'calibration', problem: { kind: 'DISPATCH_FAILED', status: 404, message: 'Gone' } },
    ]);
  });
});

describe('criteria', () => {
  test('without evidence and without an approval fail the calibration; the fix segment meets them', () => {
    const scene = Scene.started([issue(2, { body: AC() })], { approvals: 0 });
    scene.publishes(2, {
      agent: {
        summary: 'ok',
        assumptions: [],
        criteria: [
          { id: 'AC-1', evidence: 'test/a' },
          { id: 'C2', evidence: ' ' },
        ],
      },
    });
    scene.settles();
    expect(scene.github.issues[0]?.body).toContain('- [x] AC-1: It adds up\n- [ ] It is round');
    scene.calibrates(1, 'passed');
    expect(scene.looks()).toEqual([
      'make issue {key="fix:1:1:1:1" notice=fix segment wave=1 round=1 finding={check="coverage" subject="#2" detail="C2: It is round" mends={issue=2 criteria=[{id="C2" text="It is round"}]}} files=["src/a/**"] epic=1 parent=1 parentId="I_1"} — calibration found wave=1 subject="#2"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal calibrations 1: [{round=1 base=…00ba5e dispatch="1.2" at=0s covers=[2] verdict=failed at=0s findings=[{check="coverage" subject="#2" detail="C2: It is round" mends={issue=2 criteria=[{id="C2" text="It is round"}]}}] judged=true}]',
      'journal acts fix:1:1:1:1: {at=0s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: failed round=1 findings=[{check="coverage" subject="#2" detail="C2: It is round" mends={issue=2 criteria=[{id="C2" text="It is round"}]}}]',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event CALIBRATION FAILED at=0s wave=1',
    ]);
    scene.settles();
    const fix = scene.lastIssue;
    scene.changesIssue(fix.number, {
      body: '---\nfiles: [src/a/**]\n---\nFix.\n\n## Acceptance criteria\n\n- [ ] It is round\n',
    });
    scene.publishes(fix.number, {
      agent: { summary: 'ok', assumptions: [], criteria: [{ id: 'C1', evidence: 'test/b' }] },
    });
    expect(scene.settles().filter((line) => line.startsWith('tick'))).toEqual([
      'tick criteria {issue=503 was="---\\nfiles: [src/a/**]\\n---\\nFix.\\n\\n## Acceptance criteria\\n\\n- [ ] It is round\\n" body="---\\nfiles: [src/a/**]\\n---\\nFix.\\n\\n## Acceptance criteria\\n\\n- [x] It is round\\n"} — criteria met segment=503 pull=603',
      'tick criteria {issue=2 was="---\\nfiles: [src/a/**]\\n---\\nWork.\\n\\n## Acceptance criteria\\n\\n- [x] AC-1: It adds up\\n- [ ] It is round\\n" body="---\\nfiles: [src/a/**]\\n---\\nWork.\\n\\n## Acceptance criteria\\n\\n- [x] AC-1: It adds up\\n- [x] It is round\\n"} — criteria met segment=2 pull=603',
    ]);
  });

  test('of an issue that changed since it was authorised are neither ticked nor judged', () => {
    const scene = Scene.started([issue(2, { body: AC() })], { approvals: 0 });
    scene.publishes(2);
    scene.settles();
    scene.changesIssue(2, { digest: 'changed' });
    scene.calibrates(1, 'passed');
    const told = scene.settles();
    expect(told.filter((line) => /^(tick|make|say)/.test(line))).toEqual([expect.stringContaining('ask acceptance')]);
  });
});

describe('security findings', () => {
  test('of a segment that looked for them become a fix segment, once; minor ones do not', () => {
    const scene = Scene.started([issue(2), issue(3, { body: '---\nfiles: [src/s/**]\nworker: security\n---\nLook.' })]);
    const finding = (severity: 'critical' | 'minor', line: number) =>
      ({ file: 'src/login.ts', line, severity, why: 'weak' }) as const;
    const course = {
      pair: { kind: 'skipped', why: 'x' },
      council: { kind: 'skipped', why: 'y' },
      questions: [],
      findings: [finding('critical', 7), finding('minor', 9)],
    } as const;
    scene.ends(3, { kind: 'no-change' }, { course, agent: { summary: 'Look.', assumptions: [], criteria: [] } });
    scene.merges(2);
    scene.calibrates(1, 'passed');
    scene.settles();
    const fix = scene.lastIssue.number;
    scene.merges(fix);
    scene.calibrates(1, 'passed');
    const told = scene.settles();
    expect(scene.github.issues.filter(({ madeFor }) => madeFor)).toHaveLength(1);
    expect(told).toEqual([
      'say {key="accept:1:4" on=1 notice=ask acceptance owner="ana" board=…} — everything merged',
      '+ WAVE COMPLETE at=0s wave=1',
      'board accepting open {startedAt=0s asOf=0s}',
      '  wave 1: passed round=2',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '    B #3 "Segment 3" feat/segment-3: answered {attempts=1 tries=1 agent="OliveStone" fix=false gates="tests pass" from="1.3-1"}',
      '    C #504 "Segment 504" feat/segment-504: merged pull=604 at=0s {pull=604 attempts=1 tries=1 agent="TealFalcon" fix=true gates="tests pass" from="1.504-1"}',
      '  need accept',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event CLAIMED at=0s segment=3 agent="OliveStone"',
      '  event CLAIMED at=0s segment=504 agent="TealFalcon"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event PUBLISHED at=0s segment=504 agent="TealFalcon" pull=604',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event CLOSED at=0s segment=3',
      '  event CLOSED at=0s segment=504 pull=604',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event TRACK COMPLETE at=0s wave=1 track="B"',
      '  event TRACK COMPLETE at=0s wave=1 track="C"',
      '  event CALIBRATION FAILED at=0s wave=1',
      '  event WAVE COMPLETE at=0s wave=1',
    ]);
  });
});

describe('the end', () => {
  const complete = (choices: Parameters<typeof Scene.started>[1] = {}): Scene => {
    const scene = Scene.started([issue(2)], choices);
    scene.merges(2);
    scene.calibrates(1, 'passed');
    return scene;
  };

  test('is a person’s to accept: they are asked once, and then the epic is summed up and closed', () => {
    const scene = complete();
    expect(scene.settles()).toEqual([
      'say {key="accept:1:2" on=1 notice=ask acceptance owner="ana" board=…} — everything merged',
      '+ WAVE COMPLETE at=0s wave=1',
      'board accepting open {startedAt=0s asOf=0s}',
      '  wave 1: passed round=1',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  need accept',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event WAVE COMPLETE at=0s wave=1',
    ]);
    scene.passes(MINUTE);
    scene.asks('accept');
    expect(scene.looks()).toEqual([
      'react {node="IC_comment:2" with="eyes"} — request taken by="ana"',
      'say {key="summary" on=1 notice=summary board=… by="ana"} — epic accepted by="ana"',
      'set labels {issue=1 add=["swarm:done"] remove=["swarm:running"]} — state changed issue=1 state="done"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'react {node="IC_comment:2" with="rocket"} — request done',
      '+ EXECUTION COMPLETE at=60s',
      'journal phase: "finished"',
      'journal taken comment:2: "accepted"',
      'journal acts summary: {at=60s by="me" state="intended"}',
      'journal finishedAt: 1060000',
      'journal acceptedBy: "ana"',
      'journal acceptedById: 1',
      'look again in 20 s',
      'board finished closed {startedAt=0s endedAt=60s asOf=60s}',
      '  wave 1: passed round=1',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event WAVE COMPLETE at=0s wave=1',
      '  event EXECUTION COMPLETE at=60s',
    ]);
    expect(scene.looks()).toEqual([
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'close epic {key="close:1060000" issue=1} — epic accepted by="ana"',
      'release claims {key="release:all:1" epic=1 segments=[2]} — segments released segments=[2]',
      'journal acts summary: {at=60s by="me" state="done" result=504}',
      'journal acts close:1060000: {at=60s by="me" state="intended"}',
      'journal acts release:all:1: {at=60s by="me" state="intended"}',
      'look again in 20 s',
      'board finished closed {startedAt=0s endedAt=60s asOf=60s}',
      '  wave 1: passed round=1',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event WAVE COMPLETE at=0s wave=1',
      '  event EXECUTION COMPLETE at=60s',
    ]);
    expect(scene.looks()).toEqual([
      'journal acts close:1060000: {at=60s by="me" state="done"}',
      'journal acts release:all:1: {at=60s by="me" state="done"}',
      'board finished closed {startedAt=0s endedAt=60s asOf=60s}',
      '  wave 1: passed round=1',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event WAVE COMPLETE at=0s wave=1',
      '  event EXECUTION COMPLETE at=60s',
    ]);
    scene.asks('pause');
    const [refusal, ...told] = scene.looks();
    expect(refusal).toMatch(/^say .*problem=NOT_NOW .*why=epic closed/);
    expect(told.slice(4)).toEqual([
      'board finished closed {startedAt=0s endedAt=60s asOf=60s}',
      '  wave 1: passed round=1',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event WAVE COMPLETE at=0s wave=1',
      '  event EXECUTION COMPLETE at=60s',
    ]);
  });

  test('comes by itself where acceptance is automatic', () => {
    const scene = complete({ acceptance: 'automatic' });
    expect(scene.looks()).toEqual([
      'say {key="summary" on=1 notice=summary board=… by="swarm"} — epic accepted',
      'set labels {issue=1 add=["swarm:done"] remove=["swarm:running"]} — state changed issue=1 state="done"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      '+ WAVE COMPLETE at=0s wave=1',
      '+ EXECUTION COMPLETE at=0s',
      'journal phase: "finished"',
      'journal calibrations 1: [{round=1 base=…00ba5e dispatch="1.2" at=0s covers=[2] verdict=passed at=0s judged=true}]',
      'journal acts summary: {at=0s by="me" state="intended"}',
      'journal finishedAt: 1000000',
      'look again in 20 s',
      'board finished closed {startedAt=0s endedAt=0s asOf=0s}',
      '  wave 1: passed round=1',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event WAVE COMPLETE at=0s wave=1',
      '  event EXECUTION COMPLETE at=0s',
    ]);
    expect(scene.settles()).toEqual([
      'close epic {key="close:1000000" issue=1} — epic accepted',
      'release claims {key="release:all:1" epic=1 segments=[2]} — segments released segments=[2]',
      'board finished closed {startedAt=0s endedAt=0s asOf=0s}',
      '  wave 1: passed round=1',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event WAVE COMPLETE at=0s wave=1',
      '  event EXECUTION COMPLETE at=0s',
    ]);
  });

  test('is put off by what people find: it becomes a segment of the last wave, and they are asked again', () => {
    const scene = complete();
    scene.settles();
    scene.asks({ kind: 'needs-work', what: 'The empty cart.' });
    expect(scene.looks()).toEqual([
      'react {node="IC_comment:2" with="eyes"} — request taken by="ana"',
      'make issue {key="fix:1:1:1000:1" notice=follow-up segment by="ana" what="The empty cart." epic=1 parent=1 parentId="I_1"} — found at acceptance by="ana" what="The empty cart."',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'react {node="IC_comment:2" with="rocket"} — request done',
      'journal taken comment:2: "accepted"',
      'journal acts fix:1:1:1000:1: {at=0s by="me" state="intended"}',
      'journal followUps: [{request="comment:2" by="ana" byId=1 what="The empty cart." at=0s wave=1}]',
      'look again in 20 s',
      'board accepting open {startedAt=0s asOf=0s}',
      '  wave 1: passed round=1',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  need accept',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event WAVE COMPLETE at=0s wave=1',
    ]);
    scene.settles();
    const followUp = scene.lastIssue.number;
    scene.merges(followUp);
    scene.calibrates(1, 'passed');
    expect(scene.settles().filter((line) => line.startsWith('say'))).toEqual([
      'say {key="accept:2:4" on=1 notice=ask acceptance owner="ana" board=…} — everything merged',
    ]);
  });

  test('waits for issues that are still open, and for no segment that was added since', () => {
    const scene = complete();
    scene.github.issues.push(issue(9));
    scene.changesIssue(2, { state: 'open' });
    scene.settles();
    expect(scene.journal.acts).toHaveProperty(['accept:1:2']);
    const held = complete();
    held.extra = { preflight: [{ level: 'error', problem: { kind: 'DISABLED' } }] };
    held.settles();
    expect(held.journal.acts).not.toHaveProperty(['accept:1:2']);
  });

  test('of an epic that people open again and execute again is not its end', () => {
    const scene = complete({ acceptance: 'automatic' });
    scene.settles();
    scene.github.epic = { ...scene.github.epic, state: 'open' };
    expect(scene.settles()).toEqual([
      'board finished closed {startedAt=0s endedAt=0s asOf=0s}',
      '  wave 1: passed round=1',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=0s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=0s segment=2 pull=102',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event WAVE COMPLETE at=0s wave=1',
      '  event EXECUTION COMPLETE at=0s',
    ]);
    scene.asks('execute');
    expect(scene.looks().filter((line) => /^journal|^board/.test(line))).toEqual([
      'journal taken comment:2: "accepted"',
      'board finished closed {startedAt=0s endedAt=0s asOf=0s}',
    ]);
  });
});

test('work that an attempt kept is deleted after the merge, unless somebody went on with it', () => {
  const branch = 'delete branch {branch="feat/segment-2" head=…000022} — pull merged pull=102';
  const work = 'delete branch {branch="swarm/wip/1.2-1" head=…00caf1} — kept work obsolete pull=102';
  for (const [head, deleted] of [
    [sha('caf1'), [branch, work]],
    [sha('caf2'), [branch]],
  ] as const) {
    const scene = Scene.started([issue(2)]);
    scene.fails(2, {
      result: {
        kind: 'failed',
        problem: { kind: 'NO_TESTS', command: 'x' },
        kept: 'swarm/wip/1.2-1',
        keptHead: sha('caf1'),
      },
    });
    scene.settles();
    scene.github.branches['swarm/wip/1.2-1'] = head;
    scene.asks('retry');
    scene.settles();
    scene.publishes(2);
    scene.settles();
    scene.approves(2);
    expect(scene.settles().filter((line) => line.startsWith('delete'))).toEqual(deleted);
  }
});
