/** Pull requests: verdicts, pushes, merges, and everything that is settled after them. */
import { describe, expect, test } from 'vitest';
import { instant } from '../../../src/core/model/epic.ts';
import type { Person } from '../../../src/core/model/people.ts';
import type { Check } from '../../../src/core/model/snapshot.ts';
import { ana, approval, issue, report, rita, robot, sha } from '../facts.ts';
import { MINUTE, Scene } from './scene.ts';

const one = [issue(2)];
const bob: Person = { id: 7, login: 'bob', kind: 'person', permission: 'write' };
const AC =
  '---\nfiles: [src/a/**]\n---\nWork.\n\n## Acceptance criteria\n\n- [ ] AC-1: It adds up\n- [x] AC-2: It is fast\n- [ ] It is round\n';

/** In review, with its pull request open. */
const reviewed = (choices: Parameters<typeof Scene.started>[1] = {}, issues = one): Scene => {
  const scene = Scene.started(issues, choices);
  scene.publishes(2);
  scene.settles();
  return scene;
};
const progress = (scene: Scene) => scene.board().waves[0]?.segments[0]?.progress;

describe('an approved pull request', () => {
  test('is merged, its criteria ticked, its issue closed, and its branch deleted', () => {
    const scene = Scene.started([issue(2, { body: AC })]);
    const criteria = ['AC-1', 'C3'].map((id) => ({ id, evidence: 'a.test.ts' }));
    scene.publishes(2, { agent: { summary: 'done', assumptions: [], criteria } }, { draft: true });
    scene.settles();
    scene.passes(MINUTE);
    scene.approves(2);
    expect(scene.looks()).toEqual([
      'mark ready {pull=102 pullId="PR_102"} — may merge segment=2 head=…000021 approvedBy=["ana"]',
      'set labels {issue=1 add=["swarm:running"] remove=["swarm:review"]} — state changed issue=1 state="running"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: to merge pull=102 head=…000021 approvedBy=["ana"] {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
    ]);
    expect(scene.looks()).toEqual([
      'merge {key="merge:102:000000000000" pull=102 head=…000021 base="main" method="squash" segment=… epic=1 approvedBy=["ana"]} — may merge segment=2 head=…000021 approvedBy=["ana"]',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal acts merge:102:000000000000: {at=60s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: to merge pull=102 head=…000021 approvedBy=["ana"] {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
    ]);
    expect(scene.looks()).toEqual([
      'tick criteria {issue=2 was="---\\nfiles: [src/a/**]\\n---\\nWork.\\n\\n## Acceptance criteria\\n\\n- [ ] AC-1: It adds up\\n- [x] AC-2: It is fast\\n- [ ] It is round\\n" body="---\\nfiles: [src/a/**]\\n---\\nWork.\\n\\n## Acceptance criteria\\n\\n- [x] AC-1: It adds up\\n- [x] AC-2: It is fast\\n- [x] It is round\\n"} — criteria met segment=2 pull=102',
      'delete branch {branch="feat/segment-2" head=…000021} — pull merged pull=102',
      'close issue {issue=2 issueId="I_2" as="completed"} — pull merged pull=102',
      'dispatch {key="dispatch:1.2" dispatch={id="1.2" at=60s work=calibration wave=1 round=1} ref="main" epic=1} — wave merged wave=1 round=1',
      'set labels {issue=2 add=["swarm:done"] remove=["swarm:review"]} — state changed issue=2 state="done"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal dispatches 1.2: {id="1.2" at=60s work=calibration wave=1 round=1}',
      'journal calibrations 1: [{round=1 base=…00ba5e dispatch="1.2" at=60s covers=[2]}]',
      'journal acts merge:102:000000000000: {at=60s by="me" state="done"}',
      'journal acts dispatch:1.2: {at=60s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=60s}',
      '  wave 1: running round=1',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=60s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=60s segment=2 pull=102',
      '  event TRACK COMPLETE at=60s wave=1 track="A"',
    ]);
    expect(scene.github.issues[0]?.body).toContain('- [x] AC-1: It adds up\n- [x] AC-2: It is fast\n- [x] It is round');
  });

  test('of which there are two is merged in the plan’s order, one at a time', () => {
    const scene = Scene.started([issue(2), issue(3)]);
    for (const segment of [3, 2]) scene.publishes(segment);
    scene.settles();
    for (const segment of [3, 2]) scene.approves(segment);
    const merged = scene.looks().filter((line) => line.startsWith('merge '));
    expect(merged).toEqual([expect.stringContaining('pull=102')]);
  });

  test('needs no approval where the config asks for none, and says so', () => {
    const scene = Scene.started(one, { approvals: 0, mergeMethod: 'squash' });
    scene.publishes(2);
    expect(scene.looks()[0]).toMatch(/^publish /);
    expect(scene.looks()).toEqual([
      'merge {key="merge:102:000000000000" pull=102 head=…000021 base="main" method="squash" segment=… epic=1 approvedBy=[]} — may merge segment=2 head=…000021 approvedBy=[]',
      'set labels {issue=2 add=["swarm:review"] remove=["swarm:queued"]} — state changed issue=2 state="review"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=published at=0s pull=102 head=…000021 report=1.2-1}] rejections=[] approvals=[] forgiven=0}',
      'journal acts publish:1.2-1: {at=0s by="me" state="done" result=102}',
      'journal acts checks:1.2-1: {at=0s by="me" state="done"}',
      'journal acts merge:102:000000000000: {at=0s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: to merge pull=102 head=…000021 approvedBy=[] {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
    ]);
  });

  test('that needs two approvals waits for the second', () => {
    const scene = reviewed({ approvals: 2 });
    scene.approves(2);
    expect(progress(scene)).toMatchObject({ kind: 'in review', waits: [{ kind: 'approval', missing: 1 }] });
    scene.approves(2, bob);
    expect(progress(scene)).toMatchObject({ kind: 'to merge', approvedBy: ['ana', 'bob'] });
  });

  test.each([
    ['without write access', rita],
    ['of the author', { ...ana, id: 99 }],
    ['of a bot', robot],
  ])('%s does not count', (_, by) => {
    const scene = reviewed();
    scene.approves(2, by);
    expect(progress(scene)?.kind).toBe('in review');
  });

  test('that is taken back by a later review is not approved; a comment takes nothing back', () => {
    const scene = reviewed();
    scene.approves(2);
    const { reviews, head } = scene.changesPull(2, {});
    scene.changesPull(2, { reviews: [...reviews, { ...approval(head), state: 'commented' }] });
    expect(progress(scene)?.kind).toBe('to merge');
    scene.changesPull(2, { reviews: [...reviews, { ...approval(head), state: 'dismissed' } as never] });
    expect(progress(scene)?.kind).toBe('in review');
  });

  test('that GitHub refuses to merge is told with GitHub’s words, and tried again after a minute', () => {
    const scene = reviewed();
    scene.approves(2);
    scene.looks();
    scene.changesPull(2, { state: 'open' });
    scene.performed = { 'merge:102:000000000000': { kind: 'refused', status: 405, message: 'Required review' } };
    const { head } = scene.changesPull(2, {});
    scene.performed = {
      [`merge:102:${head.slice(0, 12)}`]: { kind: 'refused', status: 405, message: 'Required review' },
    };
    expect(scene.looks()).toEqual([
      'say {key="merge-refused:102:000000000000" on=102 notice=merge refused pull=102 problem=MERGE_REFUSED at={pull=102} message="Required review" owner="ana"} — merge refused pull=102',
      'set labels {issue=1 add=["swarm:review"] remove=["swarm:running"]} — state changed issue=1 state="review"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=published at=0s pull=102 head=…000021 report=1.2-1}] rejections=[] approvals=[] forgiven=0 mergeRefusal={head=…000021 at=0s message="Required review"}}',
      'journal acts merge:102:000000000000: {at=0s by="me" state="refused" refusal={status=405 message="Required review"}}',
      'journal acts merge-refused:102:000000000000: {at=0s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: in review pull=102 head=…000021 waits=[merge refused message="Required review"] {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  need merge pull segment=2 pull=102',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
    ]);
    scene.passes(59_000);
    expect(progress(scene)?.kind).toBe('in review');
    scene.passes(1_000);
    expect(scene.looks().filter((line) => line.startsWith('merge '))).toHaveLength(1);
  });

  test('is kept from merging by what GitHub and other checks say', () => {
    const scene = reviewed();
    scene.approves(2);
    scene.changesPull(2, { mergeable: 'unknown' });
    expect(scene.looks()).toEqual([
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'look again in 5 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: in review pull=102 head=…000021 waits=[mergeable state="unknown"] {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
    ]);
    scene.changesPull(2, { mergeable: 'clean', mergeState: 'blocked' });
    expect(progress(scene)).toMatchObject({ waits: [{ kind: 'mergeable', state: 'blocked' }] });
    scene.changesPull(2, { draft: true });
    expect(progress(scene)?.kind).toBe('to merge');
    const check = (name: string, conclusion: Check['conclusion']): Check => ({ name, conclusion });
    scene.changesPull(2, {
      draft: false,
      mergeState: 'clean',
      checks: [check('ci', 'failure'), check('slow', 'pending'), check('ok', 'success')],
    });
    expect(progress(scene)).toMatchObject({
      waits: [
        { kind: 'check', name: 'ci', state: 'failure' },
        { kind: 'check', name: 'slow', state: 'pending' },
      ],
    });
  });

  test('is left to people where merging is manual: they are asked to merge it', () => {
    const scene = reviewed({ merge: 'manual' });
    scene.approves(2);
    expect(scene.looks()).toEqual([
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: in review pull=102 head=…000021 waits=[merge by hand] {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  need merge pull segment=2 pull=102',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
    ]);
  });

  test('with a red gate or without any gate does not merge', () => {
    const scene = Scene.started(one, { approvals: 0 });
    const gate = (name: string, verdict: 'pass' | 'fail' | 'timed out' | 'not applicable') => ({
      gate: name,
      verdict,
      command: '',
      durationMs: 1,
      output: 'o',
    });
    scene.publishes(2, {
      validation: [gate('lint', 'timed out'), gate('types', 'not applicable'), gate('tests', 'fail')],
    });
    scene.looks();
    expect(progress(scene)).toMatchObject({
      waits: [
        { kind: 'gate', gate: 'lint' },
        { kind: 'gate', gate: 'tests' },
      ],
    });
    const other = Scene.started(one, { approvals: 0 });
    other.publishes(2, { validation: [] });
    other.looks();
    expect(progress(other)).toMatchObject({ waits: [{ kind: 'unproven' }] });
  });
});

describe('a rejected pull request', () => {
  test('by a review goes back to the same branch, with the words and comments of that person alone', () => {
    const scene = reviewed();
    scene.passes(MINUTE);
    const { reviews, head } = scene.changesPull(2, {});
    scene.changesPull(2, {
      reviews: [...reviews, { ...approval(head, bob), state: 'commented', comments: [{ path: 'b', body: 'no' }] }],
    });
    scene.rejects(2, 'The total is wrong.', [{ path: 'src/a.ts', line: 3, body: 'Here.' }]);
    expect(scene.looks()).toEqual([
      'dispatch {key="dispatch:1.2" dispatch={id="1.2" at=60s work=segments attempts=["1.2-2"]} ref="main" epic=1} — may start segments=[2]',
      'set labels {issue=2 add=["swarm:queued"] remove=["swarm:review"]} — state changed issue=2 state="queued"',
      'set labels {issue=1 add=["swarm:running"] remove=["swarm:review"]} — state changed issue=1 state="running"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      '+ REJECTED at=60s segment=2 pull=102',
      '+ CLAIMED at=60s segment=2 agent="OliveStone"',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=published at=0s pull=102 head=…000021 report=1.2-1}, {id="1.2-2" number=2 name="OliveStone" worker="implementation" why="rework" branch="feat/segment-2" base=…00ba5e from=…000021 dispatch="1.2" claimedAt=60s}] rejections=[{by="ana" byId=1 at=0s head=…000021 pull=102 reason="The total is wrong." comments=[{path="src/a.ts" line=3 body="Here."}]}] approvals=[] forgiven=0}',
      'journal dispatches 1.2: {id="1.2" at=60s work=segments attempts=["1.2-2"]}',
      'journal acts dispatch:1.2: {at=60s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=60s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {pull=102 attempts=2 tries=1 agent="OliveStone" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event REJECTED at=0s segment=2 pull=102',
      '  event CLAIMED at=60s segment=2 agent="OliveStone"',
    ]);
    scene.publishes(2, { result: { ...report(scene.journal, '1.2-2').result, head: sha('22') } as never });
    expect(scene.settles()).toEqual([
      'set labels {issue=2 add=["swarm:review"] remove=["swarm:queued"]} — state changed issue=2 state="review"',
      'set labels {issue=1 add=["swarm:review"] remove=["swarm:running"]} — state changed issue=1 state="review"',
      'board running open {startedAt=0s asOf=60s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: in review pull=102 head=…000022 waits=[approval missing=1] {pull=102 attempts=2 tries=1 agent="OliveStone" fix=false gates="tests pass" from="1.2-2"}',
      '  need decide pull segment=2 pull=102',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event REJECTED at=0s segment=2 pull=102',
      '  event CLAIMED at=60s segment=2 agent="OliveStone"',
      '  event PUBLISHED at=60s segment=2 agent="OliveStone" pull=102',
    ]);
  });

  test('by a command goes back as well; a rejection of an older commit does not count', () => {
    const scene = reviewed();
    scene.asksOnPull(2, { kind: 'reject', reason: 'Name it better.' });
    expect(scene.looks()).toEqual([
      'react {node="IC_pull_2" with="eyes"} — request taken by="ana"',
      'dispatch {key="dispatch:1.2" dispatch={id="1.2" at=0s work=segments attempts=["1.2-2"]} ref="main" epic=1} — may start segments=[2]',
      'set labels {issue=2 add=["swarm:queued"] remove=["swarm:review"]} — state changed issue=2 state="queued"',
      'set labels {issue=1 add=["swarm:running"] remove=["swarm:review"]} — state changed issue=1 state="running"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'react {node="IC_pull_2" with="rocket"} — request done',
      '+ REJECTED at=0s segment=2 pull=102',
      '+ CLAIMED at=0s segment=2 agent="OliveStone"',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=published at=0s pull=102 head=…000021 report=1.2-1}, {id="1.2-2" number=2 name="OliveStone" worker="implementation" why="rework" branch="feat/segment-2" base=…00ba5e from=…000021 dispatch="1.2" claimedAt=0s}] rejections=[{by="ana" byId=1 at=0s head=…000021 pull=102 reason="Name it better." comments=[]}] approvals=[] forgiven=0}',
      'journal dispatches 1.2: {id="1.2" at=0s work=segments attempts=["1.2-2"]}',
      'journal taken comment:2: "accepted"',
      'journal acts dispatch:1.2: {at=0s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {pull=102 attempts=2 tries=1 agent="OliveStone" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event CLAIMED at=0s segment=2 agent="OliveStone"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event REJECTED at=0s segment=2 pull=102',
    ]);
    const other = reviewed();
    other.rejects(2, 'no');
    other.pushes(2, 'beef');
    other.settles();
    expect(other.attempt(2).why).toBe('prove');
  });

  test('too often is blocked, with the last words', () => {
    const scene = Scene.started(one, { reworks: 1 });
    for (const round of [1, 2]) {
      scene.publishes(2);
      scene.settles();
      scene.rejects(2, `No ${round}.`);
      scene.settles();
    }
    expect(progress(scene)).toEqual({ kind: 'blocked', problem: { kind: 'REWORK_LIMIT', rounds: 1, last: 'No 2.' } });
    scene.asks('retry');
    scene.looks();
    expect(progress(scene)?.kind).toBe('queued');
  });

  test('by a person without rights, or by a bot, stays in review', () => {
    for (const by of [rita, robot]) {
      const scene = reviewed();
      const { head } = scene.changesPull(2, {});
      scene.changesPull(2, { reviews: [{ ...approval(head, by), state: 'changes requested' }] });
      expect(progress(scene)?.kind).toBe('in review');
    }
  });
});

describe('a pull request with a conflict', () => {
  test('goes back to its agent three times, and then to a person', () => {
    const scene = Scene.started(one);
    for (let round = 1; round <= 3; round++) {
      scene.publishes(2, {}, { mergeable: 'conflicting' });
      scene.settles();
      expect(scene.attempt(2).why).toBe('conflict');
    }
    scene.publishes(2, {}, { mergeable: 'conflicting' });
    expect(scene.settles()).toEqual([
      'say {key="blocked:2:4:MERGE_CONFLICT" on=2 notice=segment blocked segment=2 problem=MERGE_CONFLICT at={pull=102} base="main" owner="ana"} — segment blocked segment=2 problem="MERGE_CONFLICT"',
      'set labels {issue=2 add=["swarm:blocked"] remove=["swarm:queued"]} — state changed issue=2 state="blocked"',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: blocked problem=MERGE_CONFLICT at={pull=102} base="main" {pull=102 attempts=4 tries=1 agent="CoralMountain" fix=false gates="tests pass" from="1.2-4"}',
      '  need unblock segment=2 problem=MERGE_CONFLICT at={pull=102} base="main"',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event CLAIMED at=0s segment=2 agent="OliveStone"',
      '  event CLAIMED at=0s segment=2 agent="TealFalcon"',
      '  event CLAIMED at=0s segment=2 agent="CoralMountain"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event PUBLISHED at=0s segment=2 agent="OliveStone" pull=102',
      '  event PUBLISHED at=0s segment=2 agent="TealFalcon" pull=102',
      '  event PUBLISHED at=0s segment=2 agent="CoralMountain" pull=102',
    ]);
  });
});

describe('a head that somebody pushed', () => {
  test('is proven as it is, without an agent; red gates are told once', () => {
    const scene = reviewed();
    scene.pushes(2, 'beef');
    scene.passes(2 * MINUTE);
    expect(scene.looks()).toEqual([
      'dispatch {key="dispatch:1.2" dispatch={id="1.2" at=120s work=segments attempts=["1.2-2"]} ref="main" epic=1} — may start segments=[2]',
      'set labels {issue=2 add=["swarm:queued"] remove=["swarm:review"]} — state changed issue=2 state="queued"',
      'set labels {issue=1 add=["swarm:running"] remove=["swarm:review"]} — state changed issue=1 state="running"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      '+ CLAIMED at=120s segment=2 agent="OliveStone"',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=published at=0s pull=102 head=…000021 report=1.2-1}, {id="1.2-2" number=2 name="OliveStone" worker="implementation" why="prove" branch="feat/segment-2" base=…00ba5e from=…00beef dispatch="1.2" claimedAt=120s}] rejections=[] approvals=[] forgiven=0}',
      'journal dispatches 1.2: {id="1.2" at=120s work=segments attempts=["1.2-2"]}',
      'journal acts dispatch:1.2: {at=120s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=120s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: queued {pull=102 attempts=2 tries=1 agent="OliveStone" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLAIMED at=120s segment=2 agent="OliveStone"',
    ]);
    const validation = [
      { gate: 'tests', verdict: 'fail', command: 'npm test', durationMs: 1, output: 'one failed' },
    ] as const;
    const result = { kind: 'ready', branch: 'feat/segment-2', head: sha('beef') } as const;
    scene.ends(2, result, { validation });
    expect(scene.settles()).toEqual([
      'say {key="head-red:102:000000000000" on=102 notice=segment blocked segment=2 problem=HEAD_RED at={pull=102} head=…00beef gates=[{gate="tests" output="one failed"}] owner="ana"} — head red pull=102',
      'set labels {issue=2 add=["swarm:review"] remove=["swarm:queued"]} — state changed issue=2 state="review"',
      'set labels {issue=1 add=["swarm:review"] remove=["swarm:running"]} — state changed issue=1 state="review"',
      'board running open {startedAt=0s asOf=120s}',
      '  wave 1: not yet',
      '    A #2 "Segment 2" feat/segment-2: in review pull=102 head=…00beef waits=[approval missing=1, gate gate="tests"] {pull=102 attempts=2 tries=1 agent="OliveStone" fix=false gates="tests fail" from="1.2-2"}',
      '  need unblock segment=2 problem=HEAD_RED at={pull=102} head=…00beef gates=[{gate="tests" output="one failed"}]',
      '  need decide pull segment=2 pull=102',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLAIMED at=120s segment=2 agent="OliveStone"',
      '  event PUBLISHED at=120s segment=2 agent="OliveStone" pull=102',
    ]);
    scene.asks('retry');
    expect(scene.looks().filter((line) => /^(dispatch|journal segments)/.test(line))).toEqual([
      'dispatch {key="dispatch:1.3" dispatch={id="1.3" at=120s work=segments attempts=["1.2-3"]} ref="main" epic=1} — may start segments=[2]',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=published at=0s pull=102 head=…000021 report=1.2-1}, {id="1.2-2" number=2 name="OliveStone" worker="implementation" why="prove" branch="feat/segment-2" base=…00ba5e from=…00beef dispatch="1.2" claimedAt=120s outcome=published at=120s pull=102 head=…00beef report=1.2-2}, {id="1.2-3" number=3 name="TealFalcon" worker="implementation" why="retry" branch="feat/segment-2" base=…00ba5e from=…00beef dispatch="1.3" claimedAt=120s}] rejections=[] approvals=[] forgiven=2 forgivenBy={by="ana" byId=1}}',
    ]);
  });

  test('is not proven where the commit that it left the base at is unknown', () => {
    const scene = Scene.started(one);
    scene.publishes(2);
    scene.changesPull(2, { startedFrom: undefined as never });
    scene.settles();
    scene.pushes(2, 'beef');
    scene.passes(2 * MINUTE);
    expect(scene.looks().filter((line) => line.startsWith('dispatch'))).toEqual([]);
  });

  test('and is older than the last publication is a late answer of GitHub, for a minute', () => {
    const scene = reviewed();
    const first = scene.changesPull(2, {}).head;
    scene.rejects(2, 'Again.');
    scene.settles();
    scene.publishes(2);
    scene.settles();
    scene.pushes(2, '1');
    scene.changesPull(2, { head: first, reviews: [] });
    expect(progress(scene)).toMatchObject({ kind: 'in review', waits: [{ kind: 'mergeable', state: 'unknown' }] });
    scene.passes(61_000);
    expect(progress(scene)).not.toMatchObject({ waits: [{ kind: 'mergeable', state: 'unknown' }] });
  });

  test('whose proof dies is proven again, and the work stays in review', () => {
    const scene = reviewed();
    scene.pushes(2, 'beef');
    scene.passes(2 * MINUTE);
    scene.settles();
    scene.changesRun(2, { state: 'completed', conclusion: 'failure' });
    expect(scene.looks().filter((line) => /^dispatch|^ {4}A/.test(line))).toEqual([
      'dispatch {key="dispatch:1.3" dispatch={id="1.3" at=120s work=segments attempts=["1.2-3"]} ref="main" epic=1} — may start segments=[2]',
      '    A #2 "Segment 2" feat/segment-2: queued {pull=102 attempts=3 tries=1 agent="TealFalcon" fix=false gates="tests pass" from="1.2-1"}',
    ]);
  });
});

describe('a pull request that people close', () => {
  test.each(['review', 'proof'])('blocks its segment, whether it was in %s', (when) => {
    const scene = reviewed();
    if (when === 'proof') {
      scene.pushes(2, 'beef');
      scene.passes(2 * MINUTE);
      scene.settles();
      scene.fails(2);
    }
    scene.changesPull(2, { state: 'closed' });
    scene.settles();
    expect(progress(scene)).toMatchObject({ kind: 'blocked', problem: { kind: 'PULL_CLOSED', at: { pull: 102 } } });
  });

  test('or merge by hand is settled all the same, at the time it was merged', () => {
    const scene = reviewed();
    scene.passes(MINUTE);
    scene.changesPull(2, { state: 'merged', mergedAt: instant(1_030_000) });
    expect(scene.settles()).toEqual([
      'delete branch {branch="feat/segment-2" head=…000021} — pull merged pull=102',
      'close issue {issue=2 issueId="I_2" as="completed"} — pull merged pull=102',
      'dispatch {key="dispatch:1.2" dispatch={id="1.2" at=60s work=calibration wave=1 round=1} ref="main" epic=1} — wave merged wave=1 round=1',
      'set labels {issue=2 add=["swarm:done"] remove=["swarm:review"]} — state changed issue=2 state="done"',
      'set labels {issue=1 add=["swarm:running"] remove=["swarm:review"]} — state changed issue=1 state="running"',
      'board running open {startedAt=0s asOf=30s}',
      '  wave 1: running round=1',
      '    A #2 "Segment 2" feat/segment-2: merged pull=102 at=30s {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event CLOSED at=30s segment=2 pull=102',
      '  event TRACK COMPLETE at=30s wave=1 track="A"',
    ]);
  });
});

describe('a segment that is skipped', () => {
  test('has its pull request closed and its issue closed as not planned, with the reason', () => {
    const scene = reviewed({}, [issue(2), issue(3, { blockedBy: [2] })]);
    scene.asks({ kind: 'skip', segment: scene.issueAt(0).number, reason: 'We buy it.' });
    expect(scene.looks()).toEqual([
      'react {node="IC_comment:2" with="eyes"} — request taken by="ana"',
      'close pull {pull=102} — segment skipped segment=2',
      'close issue {issue=2 issueId="I_2" as="not planned"} — skipped by by="ana" why="We buy it."',
      'dispatch {key="dispatch:1.2" dispatch={id="1.2" at=0s work=segments attempts=["1.3-1"]} ref="main" epic=1} — may start segments=[3]',
      'release claims {key="release:2:1" epic=1 segments=[2]} — segments released segments=[2]',
      'set labels {issue=2 add=["swarm:done"] remove=["swarm:review"]} — state changed issue=2 state="done"',
      'set labels {issue=3 add=["swarm:queued"] remove=[]} — state changed issue=3 state="queued"',
      'set labels {issue=1 add=["swarm:running"] remove=["swarm:review"]} — state changed issue=1 state="running"',
      'show panel {key="panel" on=1 board=… comment=501} — panel current',
      'react {node="IC_comment:2" with="rocket"} — request done',
      '+ SKIPPED at=0s segment=2',
      '+ CLAIMED at=0s segment=3 agent="OliveStone"',
      'journal segments 2: {attempts=[{id="1.2-1" number=1 name="GoldenFox" worker="implementation" why="first" branch="feat/segment-2" base=…00ba5e dispatch="1.1" claimedAt=0s outcome=published at=0s pull=102 head=…000021 report=1.2-1}] rejections=[] approvals=[] forgiven=0 skipped={by="ana" byId=1 reason="We buy it." at=0s}}',
      'journal segments 3: {attempts=[{id="1.3-1" number=1 name="OliveStone" worker="implementation" why="first" branch="feat/segment-3" base=…00ba5e dispatch="1.2" claimedAt=0s}] rejections=[] approvals=[] forgiven=0}',
      'journal dispatches 1.2: {id="1.2" at=0s work=segments attempts=["1.3-1"]}',
      'journal taken comment:2: "accepted"',
      'journal acts dispatch:1.2: {at=0s by="me" state="intended"}',
      'journal acts release:2:1: {at=0s by="me" state="intended"}',
      'look again in 20 s',
      'board running open {startedAt=0s asOf=0s}',
      '  wave 1: passed round=0',
      '    A #2 "Segment 2" feat/segment-2: skipped reason="We buy it." {pull=102 attempts=1 tries=1 agent="GoldenFox" fix=false gates="tests pass" from="1.2-1"}',
      '  wave 2: not yet',
      '    A #3 "Segment 3" feat/segment-3: queued {attempts=1 agent="OliveStone" fix=false gates=""}',
      '  event STARTED at=0s',
      '  event CLAIMED at=0s segment=2 agent="GoldenFox"',
      '  event CLAIMED at=0s segment=3 agent="OliveStone"',
      '  event PUBLISHED at=0s segment=2 agent="GoldenFox" pull=102',
      '  event SKIPPED at=0s segment=2',
      '  event TRACK COMPLETE at=0s wave=1 track="A"',
      '  event WAVE COMPLETE at=0s wave=1',
    ]);
  });
});
