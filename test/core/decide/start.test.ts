/** Starting an epic, its runs, and every way in which a run can end. */
import { describe, expect, test } from 'vitest';
import { issue, sha } from '../facts.ts';
import { MINUTE, Scene } from './scene.ts';

const one = [issue(2)];
const chain = [issue(2), issue(3, { blockedBy: [2] })];
const CRITERIA = '\n\n## Acceptance criteria\n\n- [ ] AC-1: It adds up\n- [x] AC-2: It is fast\n- [ ] It is round\n';
const kept = { kept: 'swarm/wip/1.2-1', keptHead: sha('caf1') } as const;

describe('an epic that is started', () => {
  test('claims what nothing blocks, shows the panel, and remembers who authorised what', () => {
    const scene = new Scene([
      ...chain,
      issue(4, { body: '---\nfiles: [src/s2/a.ts]\npersona: api\nestimate: 30m\n---\nMore.' }),
    ]);
    scene.asks('execute');
    expect(scene.looks()).toEqual([
      'react {node="IC_comment:1" with="eyes"} — request taken by="ana"',
      'dispatch {key="dispatch:1.1" dispatch={id="1.1" at=0s work=segments attempts=["1.2-1"]} ref="main" epic=1} — may start segments=[2]',
      'set labels {issue=2 add=["swarm:queued"] remove=[]} — state changed issue=2 state="queued"',
      'set labels {issue=1 add=["swarm:running"] remove=[]} — state changed issue=1 state="running"',
      'show panel {key="panel" on=1 board=…} — panel current',
      'react {node="IC_comment:1" with="rocket"} — request done',
      '+ STARTED at=0s',
      '+ CLAIMED at=0s segment=2 agent="GoldenFox"',
      'journal version: 1',
      'journal epic: 1',
      'journal phase: "running"',
      'journal options: ',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s}] rejections=[] approvals=[] forgiven=0}',
      'journal dispatches 1.1: {id="1.1" at=0s work=segments attempts=["1.2-1"]}',
      'journal taken comment:1: "accepted"',
      'journal acts dispatch:1.1: {at=0s by="me" state="intended"}',
      'journal acts panel: {at=0s by="me" state="intended"}',
      'journal approvedWaves: []',
      'journal followUps: []',
      'journal forgivenRounds: ',
      'journal authorisation: {at=0s by="ana" byId=1 configDigest="c" base=…00ba5e baseBranch="main" epicDigest="Checkout:The epic." segments={2={digest="2:---\\nfiles: [src/s2/**]\\n---\\nDo the work of 2." blockedBy=[] external=[]} 3={digest="3:---\\nfiles: [src/s3/**]\\n---\\nDo the work of 3." blockedBy=[2] external=[]} 4={digest="4:---\\nfiles: [src/s2/a.ts]\\npersona: api\\nestimate: 30m\\n---\\nMore." blockedBy=[] external=[]}}}',
      'journal startedAt: 1000000',
      'texts kept: 1 2 3 4',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=1 agent="GoldenFox" fix=false gates=""}',
      '    A #4 "Segment 4" feat/segment-4: waiting for=[overlap number=2] {attempts=0 fix=false gates=""}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[segment number=2, wave number=1] {attempts=0 fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
    ]);
    expect(scene.looks()).toEqual([
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal acts dispatch:1.1: {at=0s by="me" state="done" result=500}',
      'journal acts panel: {at=0s by="me" state="done" result=501}',
      'look again in 300 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=1 agent="GoldenFox" fix=false gates=""}',
      '    A #4 "Segment 4" feat/segment-4: waiting for=[overlap number=2] {attempts=0 fix=false gates=""}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[segment number=2, wave number=1] {attempts=0 fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
    ]);
  });

  test('marks its segments while they run, with the step that runs', () => {
    const scene = Scene.started(one);
    const work = {
      name: 'segment 2 / work',
      state: 'running',
      step: 'Agent',
      since: scene.github.now,
      url: 'https://log',
    } as const;
    scene.changesRun(2, { jobs: [{ name: 'segment 3 / work', state: 'running' }, work] });
    scene.takesRun('1.1', scene.run(2).id);
    expect(scene.looks()).toEqual([
      'set labels {issue=2 add=["swarm:running"] remove=["swarm:queued"]} — state changed issue=2 state="running"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'look again in 300 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: running step="work: Agent" since=1000000 log="https://log" {attempts=1 agent="GoldenFox" fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
    ]);
    scene.changesRun(2, { jobs: [{ name: 'segment 2 / work', state: 'running' }] });
    expect(scene.board().waves[0]?.segments[0]?.progress).toEqual({ kind: 'running', step: 'work' });
  });

  test('of one segment shows that segment’s trouble on the epic itself, and leaves it open until it is accepted', () => {
    const scene = new Scene([]);
    scene.github.epic = { ...scene.github.epic, body: '---\nfiles: [src/**]\n---\nDo it.' };
    scene.asks('execute');
    expect(scene.settles()).toEqual([
      'react {node="IC_comment:1" with="eyes"} — request taken by="ana"',
      'dispatch {key="dispatch:1.1" dispatch={id="1.1" at=0s work=segments attempts=["1.1-1"]} ref="main" epic=1} — may start segments=[1]',
      'set labels {issue=1 add=["swarm:running"] remove=[]} — state changed issue=1 state="running"',
      'show panel {key="panel" on=1 board=…} — panel current',
      'react {node="IC_comment:1" with="rocket"} — request done',
      '+ STARTED at=0s',
      '+ CLAIMED at=0s segment=1 agent="GoldenFox"',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #1 "Checkout" feat/checkout: queued {attempts=1 agent="GoldenFox" fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=1 agent="GoldenFox"',
    ]);
    scene.fails(1);
    expect(scene.settles()).toEqual([
      'say {key="blocked:1:1:NO_TESTS" on=1 notice=segment blocked segment=1 problem=NO_TESTS command="npm test" owner="ana"} — segment blocked segment=1 problem="NO_TESTS"',
      'set labels {issue=1 add=["swarm:blocked"] remove=["swarm:running"]} — state changed issue=1 state="blocked"',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #1 "Checkout" feat/checkout: blocked problem=NO_TESTS command="npm test" {attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.1-1"}',
      '  need unblock segment=1 problem=NO_TESTS command="npm test"',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=1 agent="GoldenFox"',
      '  event BLOCKED at=0s segment=1 agent="GoldenFox"',
    ]);
    scene.asks('retry');
    scene.settles();
    scene.merges(1);
    expect(scene.settles()).toEqual([
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: running round=1',
      '    A #1 "Checkout" feat/checkout: merged pull=101 at=0s {pull=101 attempts=2 tries=1 agent="OliveStone" fix=false gates="tests pass" from="1.1-2"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=1 agent="GoldenFox"',
      '  event CLAIMED at=0s segment=1 agent="OliveStone"',
      '  event PUBLISHED at=0s segment=1 agent="OliveStone" pull=101',
      '  event BLOCKED at=0s segment=1 agent="GoldenFox"',
      '  event CLOSED at=0s segment=1 pull=101',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
    ]);
  });
});

describe('a run that ends', () => {
  test('with a pull request is in review: people are asked, and the label says so', () => {
    const scene = Scene.started([issue(2, { body: `---\nfiles: [src/a/**]\n---\nWork.${CRITERIA}` })]);
    scene.publishes(2, { costUsd: 0.5, tries: 2, files: ['src/a/x.ts'] }, { draft: true });
    expect(scene.looks()[0]).toMatch(/^publish /);
    expect(scene.looks()).toEqual([
      'set labels {issue=2 add=["swarm:review"] remove=["swarm:queued"]} — state changed issue=2 state="review"',
      'set labels {issue=1 add=["swarm:review"] remove=["swarm:running"]} — state changed issue=1 state="review"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=published at=0s pull=102 head=…000021 report=1.2-1}] rejections=[] approvals=[] forgiven=0}',
      'journal acts publish:1.2-1: {at=0s by="me" state="done" result=102}',
      'journal acts checks:1.2-1: {at=0s by="me" state="done"}',
      'board running open {startedAt=0s asOf=0s costUsd=0.5}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: in review pull=102 head=…000021 waits=[approval missing=1] {pull=102 attempts=1 tries=2 agent="GoldenFox" fix=false costUsd=0.5 gates="tests pass" from="1.2-1"}',
      '  need decide pull segment=2 pull=102',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
    ]);
    expect(scene.settles()).toEqual([
      'board running open {startedAt=0s asOf=0s costUsd=0.5}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: in review pull=102 head=…000021 waits=[approval missing=1] {pull=102 attempts=1 tries=2 agent="GoldenFox" fix=false costUsd=0.5 gates="tests pass" from="1.2-1"}',
      '  need decide pull segment=2 pull=102',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
    ]);
  });

  test('with a pull request that GitHub does not show yet waits for it', () => {
    const scene = Scene.started(one);
    scene.publishes(2);
    scene.looks();
    scene.github.pulls.clear();
    expect(scene.looks()).toEqual([
      'set labels {issue=2 add=["swarm:review"] remove=["swarm:queued"]} — state changed issue=2 state="review"',
      'set labels {issue=1 add=["swarm:review"] remove=["swarm:running"]} — state changed issue=1 state="review"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=published at=0s pull=102 head=…000021 report=1.2-1}] rejections=[] approvals=[] forgiven=0}',
      'journal acts publish:1.2-1: {at=0s by="me" state="done" result=102}',
      'journal acts checks:1.2-1: {at=0s by="me" state="done"}',
      'look again in 5 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: in review pull=102 head=…000021 waits=[mergeable state="unknown"] {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
    ]);
  });

  test('without any change is blocked, and a person is told once, with the work that was kept', () => {
    const scene = Scene.started(chain);
    scene.ends(2, { kind: 'no-change' });
    expect(scene.settles()).toEqual([
      'say {key="blocked:2:1:NO_CHANGE" on=2 notice=segment blocked segment=2 problem=NO_CHANGE owner="ana"} — segment blocked segment=2 problem="NO_CHANGE"',
      'set labels {issue=2 add=["swarm:blocked"] remove=["swarm:queued"]} — state changed issue=2 state="blocked"',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: blocked problem=NO_CHANGE {attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[segment number=2, wave number=1] {attempts=0 fix=false gates=""}',
      '  need unblock segment=2 problem=NO_CHANGE unblocks=1',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
    ]);
  });

  test('in failure says what failed, where its work is, and how it went; a retry starts over from it', () => {
    const scene = Scene.started(chain);
    const course = {
      pair: { kind: 'skipped', why: 'x' },
      council: { kind: 'skipped', why: 'y' },
      questions: [],
      findings: [],
    } as const;
    scene.fails(2, {
      course,
      artefact: 'https://artefact',
      result: { kind: 'failed', problem: { kind: 'NO_TESTS', command: 'npm test' }, ...kept },
    });
    expect(scene.looks()).toEqual([
      'say {key="blocked:2:1:NO_TESTS" on=2 notice=segment blocked segment=2 problem=NO_TESTS command="npm test" owner="ana" kept="swarm/wip/1.2-1" artefact="https://artefact" course={pair=skipped why="x" council=skipped why="y" questions=[] findings=[]}} — segment blocked segment=2 problem="NO_TESTS"',
      'set labels {issue=2 add=["swarm:blocked"] remove=["swarm:queued"]} — state changed issue=2 state="blocked"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=failed at=0s problem=NO_TESTS command="npm test" report=1.2-1}] rejections=[] approvals=[] forgiven=0}',
      'journal acts blocked:2:1:NO_TESTS: {at=0s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: blocked problem=NO_TESTS command="npm test" {attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[segment number=2, wave number=1] {attempts=0 fix=false gates=""}',
      '  need unblock segment=2 problem=NO_TESTS command="npm test" unblocks=1',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event BLOCKED at=0s segment=2 agent="GoldenFox"',
    ]);
    scene.asks({ kind: 'retry', segment: scene.issueAt(0).number });
    expect(scene.looks()).toEqual([
      'react {node="IC_comment:2" with="eyes"} — request taken by="ana"',
      'dispatch {key="dispatch:1.2" dispatch={id="1.2" at=0s work=segments attempts=["1.2-2"]} ref="main" epic=1} — may start segments=[2]',
      'set labels {issue=2 add=["swarm:queued"] remove=["swarm:blocked"]} — state changed issue=2 state="queued"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'react {node="IC_comment:2" with="rocket"} — request done',
      '+ CLAIMED at=0s segment=2 agent="OliveStone"',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=failed at=0s problem=NO_TESTS command="npm test" report=1.2-1}, {id="1.2-2" number=2 name="OliveStone" worker="implementation" why="retry" branch="feat/segment-2" base=…00ba5e dispatch="1.2" claimedAt=0s}] rejections=[] approvals=[] forgiven=1 forgivenBy={by="ana" byId=1}}',
      'journal dispatches 1.2: {id="1.2" at=0s work=segments attempts=["1.2-2"]}',
      'journal taken comment:2: "accepted"',
      'journal acts blocked:2:1:NO_TESTS: {at=0s by="me" state="done" result=502}',
      'journal acts dispatch:1.2: {at=0s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=2 tries=1 agent="OliveStone" fix=false gates="tests pass" from="1.2-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: waiting for=[segment number=2, wave number=1] {attempts=0 fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event CLAIMED at=0s segment=2 agent="OliveStone"',
      '  event BLOCKED at=0s segment=2 agent="GoldenFox"',
    ]);
  });

  test.each([
    ['research', 'The answer.', 'answered'],
    ['security', 'Nothing found.', 'answered'],
    ['security', '', 'blocked'],
    ['implementation', 'Nothing to do.', 'blocked'],
  ])('without a change by the worker %s that says %j is %s', (worker, summary, kind) => {
    const scene = Scene.started([issue(2, { body: `---\nfiles: [src/**]\nworker: ${worker}\n---\nLook.` })]);
    const finding = { file: 'src/a.ts', line: 3, severity: 'minor', why: 'old' } as const;
    const course = {
      pair: { kind: 'skipped', why: 'x' },
      council: { kind: 'skipped', why: 'y' },
      questions: [],
      findings: [finding],
    } as const;
    scene.ends(2, { kind: 'no-change' }, { agent: { summary, assumptions: [], criteria: [] }, course });
    const told = scene.settles();
    expect(scene.board().waves[0]?.segments[0]?.progress.kind).toBe(kind);
    expect(told.filter((line) => /^(say|close)/.test(line))).toEqual(
      EXPECTED[
        `a run that ends > without a change by the worker ${worker} that says ${JSON.stringify(summary)} is ${kind} 1`
      ],
    );
  });

  test('by dying is tried again, as often as the config says', () => {
    const scene = Scene.started(one, { attempts: 2 });
    scene.changesRun(2, { state: 'completed', conclusion: 'timed_out' });
    expect(scene.looks()).toEqual([
      'dispatch {key="dispatch:1.2" dispatch={id="1.2" at=0s work=segments attempts=["1.2-2"]} ref="main" epic=1} — may start segments=[2]',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      '+ CLAIMED at=0s segment=2 agent="OliveStone"',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=lost at=0s conclusion="timed_out"}, {id="1.2-2" number=2 name="OliveStone" worker="implementation" why="retry" branch="feat/segment-2" base=…00ba5e dispatch="1.2" claimedAt=0s}] rejections=[] approvals=[] forgiven=0}',
      'journal dispatches 1.2: {id="1.2" at=0s work=segments attempts=["1.2-2"]}',
      'journal acts dispatch:1.2: {at=0s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=2 agent="OliveStone" fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event CLAIMED at=0s segment=2 agent="OliveStone"',
      '  event LOST at=0s segment=2 agent="GoldenFox"',
    ]);
    scene.settles();
    scene.changesRun(2, { state: 'completed' });
    expect(scene.settles()).toEqual([
      'say {key="blocked:2:2:RUN_LOST" on=2 notice=segment blocked segment=2 problem=RUN_LOST conclusion="unknown" attempts=2 owner="ana"} — segment blocked segment=2 problem="RUN_LOST"',
      'set labels {issue=2 add=["swarm:blocked"] remove=["swarm:queued"]} — state changed issue=2 state="blocked"',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: blocked problem=RUN_LOST conclusion="unknown" attempts=2 {attempts=2 agent="OliveStone" fix=false gates=""}',
      '  need unblock segment=2 problem=RUN_LOST conclusion="unknown" attempts=2',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event CLAIMED at=0s segment=2 agent="OliveStone"',
      '  event LOST at=0s segment=2 agent="GoldenFox"',
      '  event LOST at=0s segment=2 agent="OliveStone"',
    ]);
  });

  test('by dying in one job of its matrix is seen while the others run', () => {
    const scene = Scene.started([issue(2), issue(3)]);
    const jobs = [
      { name: 'segment 2 / publish', state: 'completed', conclusion: 'failure' },
      { name: 'segment 3 / work', state: 'completed', conclusion: 'failure' },
      { name: 'segment 3 / publish', state: 'running' },
    ] as const;
    scene.changesRun(2, { jobs });
    expect(scene.looks()).toEqual([
      'dispatch {key="dispatch:1.2" dispatch={id="1.2" at=0s work=segments attempts=["1.2-2"]} ref="main" epic=1} — may start segments=[2]',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      '+ CLAIMED at=0s segment=2 agent="TealFalcon"',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=lost at=0s conclusion="failure"}, {id="1.2-2" number=2 name="TealFalcon" worker="implementation" why="retry" branch="feat/segment-2" base=…00ba5e dispatch="1.2" claimedAt=0s}] rejections=[] approvals=[] forgiven=0}',
      'journal dispatches 1.2: {id="1.2" at=0s work=segments attempts=["1.2-2"]}',
      'journal acts dispatch:1.2: {at=0s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=2 agent="TealFalcon" fix=false gates=""}',
      '    B #3 "Segment 3" feat/segment-3: queued {attempts=1 agent="OliveStone" fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event CLAIMED at=0s segment=2 agent="TealFalcon"',
      '  event CLAIMED at=0s segment=3 agent="OliveStone"',
      '  event LOST at=0s segment=2 agent="GoldenFox"',
    ]);
  });

  test('cut short goes on from the work it left, with the answers it had', () => {
    const scene = Scene.started(one, { attempts: 3 });
    scene.ends(2, { kind: 'failed', problem: { kind: 'RUN_CUT_SHORT' }, ...kept });
    expect(scene.looks()).toEqual([
      'dispatch {key="dispatch:1.2" dispatch={id="1.2" at=0s work=segments attempts=["1.2-2"]} ref="main" epic=1} — may start segments=[2]',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      '+ CLAIMED at=0s segment=2 agent="OliveStone"',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=failed at=0s problem=RUN_CUT_SHORT report=1.2-1}, {id="1.2-2" number=2 name="OliveStone" worker="implementation" why="retry" branch="feat/segment-2" base=…00ba5e kept=…00caf1 dispatch="1.2" claimedAt=0s}] rejections=[] approvals=[] forgiven=0}',
      'journal dispatches 1.2: {id="1.2" at=0s work=segments attempts=["1.2-2"]}',
      'journal acts dispatch:1.2: {at=0s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=2 tries=1 agent="OliveStone" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event CLAIMED at=0s segment=2 agent="OliveStone"',
      '  event LOST at=0s segment=2 agent="GoldenFox"',
    ]);
  });

  test('by its provider’s limit waits as long as the provider asks, and at least five minutes', () => {
    const scene = Scene.started(one);
    scene.ends(2, { kind: 'failed', problem: { kind: 'AGENT_LATER', message: 'busy', waitMs: 10 * MINUTE } });
    expect(scene.looks()).toEqual([
      'set labels {issue=2 add=[] remove=["swarm:queued"]} — state changed issue=2 state="waiting"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=failed at=0s problem=AGENT_LATER message="busy" waitMs=600000 report=1.2-1}] rejections=[] approvals=[] forgiven=0}',
      'look again in 600 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: waiting for=[later until=600s] {attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event FAILED at=0s segment=2 agent="GoldenFox"',
    ]);
    scene.passes(9 * MINUTE);
    expect(scene.board().waves[0]?.segments[0]?.progress).toEqual({
      kind: 'waiting',
      for: [{ kind: 'later', until: scene.github.now + MINUTE }],
    });
    scene.passes(MINUTE);
    expect(scene.looks()).toEqual([
      'dispatch {key="dispatch:1.2" dispatch={id="1.2" at=600s work=segments attempts=["1.2-2"]} ref="main" epic=1} — may start segments=[2]',
      'set labels {issue=2 add=["swarm:queued"] remove=[]} — state changed issue=2 state="queued"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      '+ CLAIMED at=600s segment=2 agent="OliveStone"',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=failed at=0s problem=AGENT_LATER message="busy" waitMs=600000 report=1.2-1}, {id="1.2-2" number=2 name="OliveStone" worker="implementation" why="retry" branch="feat/segment-2" base=…00ba5e dispatch="1.2" claimedAt=600s}] rejections=[] approvals=[] forgiven=0}',
      'journal dispatches 1.2: {id="1.2" at=600s work=segments attempts=["1.2-2"]}',
      'journal acts dispatch:1.2: {at=600s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=600s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=2 tries=1 agent="OliveStone" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event FAILED at=0s segment=2 agent="GoldenFox"',
      '  event CLAIMED at=600s segment=2 agent="OliveStone"',
    ]);
    scene.ends(2, { kind: 'failed', problem: { kind: 'AGENT_LATER', message: 'busy' } });
    expect(scene.decides().lookAgainAt).toBe(scene.github.now + 5 * MINUTE);
  });

  test('after twelve such waits is blocked', () => {
    const scene = Scene.started(one);
    for (let time = 1; time <= 12; time++) {
      scene.ends(2, { kind: 'failed', problem: { kind: 'AGENT_LATER', message: 'busy' } });
      scene.settles();
      scene.passes(5 * MINUTE);
      scene.settles();
    }
    expect(scene.journal.segments[2]?.attempts).toHaveLength(12);
    expect(scene.board().waves[0]?.segments[0]?.progress).toMatchObject({
      kind: 'blocked',
      problem: { kind: 'AGENT_LATER' },
    });
  });

  test('after the epic was cancelled is cancelled, and not lost', () => {
    const scene = Scene.started(one);
    scene.asks('cancel');
    expect(scene.looks()).toEqual([
      'say {key="cancelled:comment:2" on=1 notice=cancelled by="ana"} — cancelled by="ana"',
      'react {node="IC_comment:2" with="eyes"} — request taken by="ana"',
      'cancel run {runId=500} — epic cancelled',
      'set labels {issue=1 add=["swarm:paused"] remove=["swarm:running"]} — state changed issue=1 state="paused"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'react {node="IC_comment:2" with="rocket"} — request done',
      'journal phase: "cancelled"',
      'journal taken comment:2: "accepted"',
      'journal acts cancelled:comment:2: {at=0s by="me" state="intended"}',
      'look again in 20 s',
      'board cancelled open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=1 agent="GoldenFox" fix=false gates=""}',
      '  need resume',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
    ]);
    expect(scene.looks()).toEqual([
      'release claims {key="release:all:1" epic=1 segments=[2]} — segments released segments=[2]',
      'set labels {issue=2 add=[] remove=["swarm:queued"]} — state changed issue=2 state="waiting"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=cancelled at=0s}] rejections=[] approvals=[] forgiven=0}',
      'journal acts cancelled:comment:2: {at=0s by="me" state="done" result=502}',
      'journal acts release:all:1: {at=0s by="me" state="intended"}',
      'look again in 20 s',
      'board cancelled open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: waiting for=[paused] {attempts=1 agent="GoldenFox" fix=false gates=""}',
      '  need resume',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
    ]);
    scene.asks('resume');
    expect(scene.looks()).toEqual([
      'react {node="IC_comment:3" with="eyes"} — request taken by="ana"',
      'dispatch {key="dispatch:1.2" dispatch={id="1.2" at=0s work=segments attempts=["1.2-2"]} ref="main" epic=1} — may start segments=[2]',
      'set labels {issue=2 add=["swarm:queued"] remove=[]} — state changed issue=2 state="queued"',
      'set labels {issue=1 add=["swarm:running"] remove=["swarm:paused"]} — state changed issue=1 state="running"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'react {node="IC_comment:3" with="rocket"} — request done',
      '+ CLAIMED at=0s segment=2 agent="OliveStone"',
      'journal phase: "running"',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=cancelled at=0s}, {id="1.2-2" number=2 name="OliveStone" worker="implementation" why="retry" branch="feat/segment-2" base=…00ba5e dispatch="1.2" claimedAt=0s}] rejections=[] approvals=[] forgiven=0}',
      'journal dispatches 1.2: {id="1.2" at=0s work=segments attempts=["1.2-2"]}',
      'journal taken comment:3: "accepted"',
      'journal acts release:all:1: {at=0s by="me" state="done"}',
      'journal acts dispatch:1.2: {at=0s by="me" state="intended"}',
      'journal resumedBy: {by="ana" byId=1}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=2 agent="OliveStone" fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event CLAIMED at=0s segment=2 agent="OliveStone"',
    ]);
  });
});

describe('a dispatch', () => {
  test('that GitHub refuses blocks its segments with GitHub’s words', () => {
    const scene = new Scene(one);
    scene.asks('execute');
    scene.looks();
    scene.github.runs.clear();
    scene.performed = { 'dispatch:1.1': { kind: 'refused', status: 422, message: 'No such workflow' } };
    expect(scene.looks()).toEqual([
      'say {key="blocked:2:1:DISPATCH_FAILED" on=2 notice=segment blocked segment=2 problem=DISPATCH_FAILED message="No such workflow" status=422 owner="ana"} — segment blocked segment=2 problem="DISPATCH_FAILED"',
      'set labels {issue=2 add=["swarm:blocked"] remove=["swarm:queued"]} — state changed issue=2 state="blocked"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=failed at=0s problem=DISPATCH_FAILED message="No such workflow" status=422}] rejections=[] approvals=[] forgiven=0}',
      'journal acts dispatch:1.1: {at=0s by="me" state="refused" refusal={status=422 message="No such workflow"}}',
      'journal acts panel: {at=0s by="me" state="done" result=501}',
      'journal acts blocked:2:1:DISPATCH_FAILED: {at=0s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: blocked problem=DISPATCH_FAILED message="No such workflow" status=422 {attempts=1 agent="GoldenFox" fix=false gates=""}',
      '  need unblock segment=2 problem=DISPATCH_FAILED message="No such workflow" status=422',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event BLOCKED at=0s segment=2 agent="GoldenFox"',
    ]);
  });

  test('whose run does not appear is sent again after two minutes, and not before', () => {
    const scene = new Scene(one);
    scene.asks('execute');
    scene.looks();
    scene.github.runs.clear();
    expect(scene.looks()).toEqual([
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal acts dispatch:1.1: {at=0s by="me" state="done" result=500}',
      'journal acts panel: {at=0s by="me" state="done" result=501}',
      'look again in 120 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=1 agent="GoldenFox" fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
    ]);
    scene.passes(119_000);
    expect(scene.decides().decisions.filter(({ kind }) => kind === 'dispatch')).toEqual([]);
    scene.passes(1_000);
    expect(scene.looks()).toEqual([
      'dispatch {key="dispatch:1.1" dispatch={id="1.1" at=0s work=segments attempts=["1.2-1"]} ref="main" epic=1} — run not visible dispatch="1.1"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal acts dispatch:1.1: {at=120s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=1 agent="GoldenFox" fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
    ]);
  });

  test('that two runs took belongs to the one that the journal names: the end of the other means nothing', () => {
    const scene = Scene.started(one);
    const { id } = scene.run(2);
    scene.takesRun('1.1', id + 1);
    scene.changesRun(2, { state: 'completed', conclusion: 'success' });
    expect(scene.settles()).toEqual([
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {attempts=1 agent="GoldenFox" fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
    ]);
  });
});

/** The right value of each case, by the name of its test. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'a run that ends > without a change by the worker implementation that says "Nothing to do." is blocked 1': [
    'say {key="blocked:2:1:NO_CHANGE" on=2 notice=segment blocked segment=2 problem=NO_CHANGE owner="ana"} — segment blocked segment=2 problem="NO_CHANGE"',
  ],
  'a run that ends > without a change by the worker research that says "The answer." is answered 1': [
    'close issue {issue=2 issueId="I_2" as="completed"} — question researched',
    'say {key="answered:2" on=2 notice=segment answered segment=2 summary="The answer.\\nsrc/a.ts:3 (minor): old"} — question researched',
    'say {key="accept:1:1" on=1 notice=ask acceptance owner="ana" board=…} — everything merged',
  ],
  'a run that ends > without a change by the worker security that says "" is blocked 1': [
    'say {key="blocked:2:1:NO_CHANGE" on=2 notice=segment blocked segment=2 problem=NO_CHANGE owner="ana"} — segment blocked segment=2 problem="NO_CHANGE"',
  ],
  'a run that ends > without a change by the worker security that says "Nothing found." is answered 1': [
    'close issue {issue=2 issueId="I_2" as="completed"} — question researched',
    'say {key="answered:2" on=2 notice=segment answered segment=2 summary="Nothing found.\\nsrc/a.ts:3 (minor): old"} — question researched',
    'say {key="accept:1:1" on=1 notice=ask acceptance owner="ana" board=…} — everything merged',
  ],
};
