/** Taking requests: the answer to each, and everything that it changes in the journal. */
import { describe, expect, test } from 'vitest';
import { finishRequests, takeRequests } from '../../../src/core/decide/take.ts';
import type { Command } from '../../../src/core/model/command.ts';
import { issueNumber, pullNumber } from '../../../src/core/model/epic.ts';
import type { Attempt } from '../../../src/core/model/journal.ts';
import type { Person } from '../../../src/core/model/people.ts';
import type { Pull, Request } from '../../../src/core/model/snapshot.ts';
import { ana, asks, issue, pull, rita, robot, sha } from '../facts.ts';
import { decide, factsOf, later, lost, NOW, passed, published, recordWith, reportOf, round } from './records.ts';

const two = issueNumber(2);
const tim: Person = { id: 8, login: 'tim', kind: 'person', permission: 'triage' };
type World = NonNullable<Parameters<typeof factsOf>[1]>;
const issues = [issue(2), issue(3, { blockedBy: [2] })];

const command = (given: Command, facts: Partial<Request> = {}, id = 'r1'): Request =>
  asks(id, given.kind, { asked: { kind: 'command', command: given }, at: NOW, ...facts });
const says = (asked: Request['asked'], facts: Partial<Request> = {}, id = 'r1'): Request =>
  asks(id, 'help', { asked, ...facts });
const onPull = (number: number): Request['from'] => ({ kind: 'pull comment', pull: pullNumber(number), node: 'IC_p' });
const onIssue = (number: number): Request['from'] => ({ kind: 'comment', issue: issueNumber(number), node: 'IC_r1' });

/** Everything that taking these requests leaves on the draft. */
const take = (requests: readonly Request[], world: World = {}): readonly string[] =>
  decide(factsOf(issues, { ...world, snapshot: { ...world.snapshot, requests } }), takeRequests).told;

const unstarted: World = { journal: { authorisation: undefined as never, phase: 'planned' } };
const named: World = { config: { allowedBots: ['robot'] } };
const together: World = { config: { mode: 'collaborative' } };
const act = { at: NOW, by: 'me', state: 'done' } as const;
const refusedAct = { ...act, state: 'refused' } as const;

const question = { id: 'q', text: 'Cents?', options: ['yes', 'no'], blocking: true };
const asking: World = {
  segments: {
    2: recordWith(2, [
      { outcome: { kind: 'asked', at: NOW, report: reportOf(2, { result: { kind: 'needs-input', question } }) } },
    ]),
  },
};
const over: World = { snapshot: { epic: { ...issue(1), state: 'not planned' } } };

/** In review with the head `a1`, which was published 10 ms after the start. */
const reviewed = (facts: Partial<Pull> = {}): World => ({
  segments: { 2: recordWith(2, [{ outcome: { ...published(2, 'a1'), at: later(10) } }]) },
  snapshot: { pulls: [pull(102, 'feat/segment-2', sha('a1'), facts)] },
});
/** Its head `a1` is being proven since 20 ms after the start. */
const proving: World = {
  segments: {
    2: recordWith(2, [
      { outcome: published(2, 'b1') },
      { why: 'prove', from: sha('a1'), claimedAt: later(20) },
      { why: 'prove', from: sha('c1'), claimedAt: later(5) },
    ]),
  },
  snapshot: { pulls: [pull(102, 'feat/segment-2', sha('a1'))] },
};
const approve = (ms: number, more: Partial<Extract<Command, { kind: 'approve' }>> = {}, by = ana): Request =>
  command({ kind: 'approve', ...more }, { from: onPull(102), at: later(ms), by });
const reject: Request = command({ kind: 'reject', reason: 'no' }, { from: onPull(102), at: later(4) });
const pause = { kind: 'pause' } as const;

describe('a request is ignored', () => {
  test.each<[string, string, Request, World?]>([
    ['that asks for nothing', 'nothing asked', says({ kind: 'nothing' })],
    ['of a bot', 'bot', command({ kind: 'help' }, { by: robot })],
    [
      'that is no command, of a person without rights',
      'no command, no rights',
      says({ kind: 'unknown', text: 'x' }, { by: rita }),
    ],
    [
      'that is no command, of a person who may triage',
      'no command, no rights',
      says({ kind: 'malformed', command: 'run', expected: 'x' } as never, { by: tim }),
    ],
    [
      'that ticks a box, of a person who may triage',
      'no command, no rights',
      says({ kind: 'ticks', key: 'question:1.2-1', boxes: [0] }, { by: tim }),
    ],
    [
      'that ticks a box on a closed epic',
      'no longer waiting',
      says({ kind: 'ticks', key: 'question:1.2-1', boxes: [0] }),
      { ...over, ...asking },
    ],
    [
      'that ticks a box of no question',
      'no longer waiting',
      says({ kind: 'ticks', key: 'question:1.2-1', boxes: [0] }),
    ],
  ])('%s', (_, why, request, world) => {
    expect(take([request], world)).toEqual([`journal taken r1: {refused="${why}"}`]);
  });

  test('that was taken before, in another look or in this one', () => {
    expect(take([command(pause)], { journal: { taken: { r1: 'accepted' } } })).toEqual([]);
    expect(take([command(pause)], { journal: { taken: { r1: { refused: 'bot' } } } })).toEqual([]);
    expect(take([command(pause), command(pause)])).toEqual(take([command(pause)]));
  });
});

describe('a request is refused', () => {
  const wrongPhase = (name: string, phase: string) =>
    `NOT_NOW at={issue=1} command="${name}" why=wrong phase phase="${phase}"`;
  const notNow = (name: string, why: string, at = 'issue=1') => `NOT_NOW at={${at}} command="${name}" why=${why}`;
  const closed = 'pull request not open for review';
  const moved = 'HEAD_MOVED at={pull=102} head=…0000a1';
  const no: Command = { kind: 'reject', reason: 'no' };

  test.each<[string, string, Request, World?]>([
    ['that is no command', 'UNKNOWN_COMMAND at={issue=1} text="zzz"', says({ kind: 'unknown', text: 'zzz' })],
    [
      'that is almost a command',
      'UNKNOWN_COMMAND at={issue=1} text="ren" nearest="run"',
      says({ kind: 'unknown', text: 'ren', nearest: 'run' }),
    ],
    [
      'that is no command, of a bot that the config names',
      'UNKNOWN_COMMAND at={issue=1} text="zzz"',
      says({ kind: 'unknown', text: 'zzz' }, { by: robot }),
      named,
    ],
    [
      'without its argument',
      'BAD_ARGUMENT at={issue=1} command="run" expected="a number"',
      says({ kind: 'malformed', command: 'run', expected: 'a number' } as never),
    ],
    [
      'to execute a segment',
      notNow('execute', 'segment of an epic segment=2 epic=1', 'issue=2'),
      command({ kind: 'execute' }, { from: onIssue(2) }),
    ],
    ['to run the epic', 'UNKNOWN_SEGMENT at={issue=1} number=1', command({ kind: 'run', segment: issueNumber(1) })],
    [
      'to skip the epic',
      'UNKNOWN_SEGMENT at={issue=1} number=1',
      command({ kind: 'skip', segment: issueNumber(1), reason: 'x' }),
    ],
    ['to retry on a closed epic', notNow('retry', 'epic closed epic=1'), command({ kind: 'retry' }), over],
    ['to show the plan of a closed epic', notNow('plan', 'epic closed epic=1'), command({ kind: 'plan' }), over],
    ['to accept a closed epic', notNow('accept', 'epic closed epic=1'), command({ kind: 'accept' }), over],
    ['to pause twice', wrongPhase('pause', 'paused'), command(pause), { journal: { phase: 'paused' } }],
    ['to resume what runs', wrongPhase('resume', 'running'), command({ kind: 'resume' })],
    [
      'to raise the budget of what is over',
      wrongPhase('resume', 'finished'),
      command({ kind: 'resume', budgetUsd: 60 }),
      { journal: { phase: 'finished' } },
    ],
    [
      'to raise the budget to what it is',
      notNow('resume', 'budget not higher budgetUsd=50'),
      command({ kind: 'resume', budgetUsd: 50 }),
      { config: { budgetUsd: { epic: 50 } } },
    ],
    [
      'to lower a budget that was raised',
      notNow('resume', 'budget not higher budgetUsd=60'),
      command({ kind: 'resume', budgetUsd: 55 }),
      { config: { budgetUsd: { epic: 50 } }, journal: { budget: { by: 'ana', byId: 1, usd: 60, at: NOW } } },
    ],
    ['to accept before anybody was asked', notNow('accept', 'not complete'), command({ kind: 'accept' })],
    [
      'to accept more than anybody was asked for',
      notNow('accept', 'not complete'),
      command({ kind: 'accept' }),
      { journal: { acts: { 'accept:1:1': act, 'accept:2:0': act } } },
    ],
    [
      'to accept twice',
      notNow('accept', 'already accepted'),
      command({ kind: 'accept' }),
      { journal: { phase: 'finished', acts: { 'accept:1:0': act } } },
    ],
    [
      'to accept a paused epic',
      wrongPhase('accept', 'paused'),
      command({ kind: 'accept' }),
      { journal: { phase: 'paused', acts: { 'accept:1:0': act } } },
    ],
    [
      'to accept, by a bot',
      notNow('accept', 'only people decide'),
      command({ kind: 'accept' }, { by: robot }),
      { ...named, journal: { acts: { 'accept:1:0': act } } },
    ],
    [
      'to add work before anybody was asked',
      notNow('needs-work', 'not complete'),
      command({ kind: 'needs-work', what: 'x' }),
    ],
    [
      'to add work to a paused epic',
      wrongPhase('needs-work', 'paused'),
      command({ kind: 'needs-work', what: 'x' }),
      { journal: { phase: 'paused', acts: { 'accept:1:0': act } } },
    ],
    [
      'to approve, by a bot',
      notNow('approve', 'only people decide'),
      command({ kind: 'approve' }, { by: robot }),
      { config: { ...named.config, ...together.config } },
    ],
    [
      'to approve a wave where waves start automatically',
      notNow('approve', 'waves start automatically'),
      command({ kind: 'approve', wave: 1 }),
    ],
    [
      'to approve a wave that does not exist',
      notNow('approve', 'no such wave'),
      command({ kind: 'approve', wave: 9 }),
      together,
    ],
    [
      'to approve a wave that nobody asked about',
      notNow('approve', 'no such wave'),
      command({ kind: 'approve' }),
      together,
    ],
    [
      'to approve a wave that was asked about and is approved',
      notNow('approve', 'no such wave'),
      command({ kind: 'approve' }),
      { ...together, journal: { approvedWaves: [1], acts: { 'approve-wave:1': act } } },
    ],
    ['to reject on an issue', notNow('reject', 'not on a pull request'), command(no)],
    ['to reject a merged pull request', notNow('reject', closed, 'pull=102'), reject, reviewed({ state: 'merged' })],
    [
      'to reject a pull request that GitHub does not show',
      notNow('reject', closed, 'pull=102'),
      reject,
      { ...reviewed(), snapshot: { pulls: [] } },
    ],
    [
      'to reject a pull request of others',
      notNow('reject', closed, 'pull=102'),
      reject,
      { ...reviewed(), segments: {} },
    ],
    [
      'to approve a closed pull request',
      notNow('approve', closed, 'pull=102'),
      approve(10),
      reviewed({ state: 'closed' }),
    ],
    [
      'to approve a pull request that GitHub does not show',
      notNow('approve', closed, 'pull=102'),
      approve(10),
      { ...reviewed(), snapshot: { pulls: [] } },
    ],
    [
      'to approve a pull request of others',
      notNow('approve', closed, 'pull=102'),
      approve(10),
      { ...reviewed(), segments: {} },
    ],
    [
      'to approve one’s own pull request',
      'SELF_APPROVAL at={pull=102} login="ana"',
      approve(10, {}, { ...ana, id: 99 }),
      reviewed(),
    ],
    ['to approve before the head was published', moved, approve(9), reviewed()],
    ['to approve before the proof of the head began', moved, approve(19), proving],
    [
      'to approve another commit than the head',
      'HEAD_MOVED at={pull=102} said="0a1" head=…0000a1',
      approve(10, { head: '0a1' }),
      reviewed(),
    ],
    [
      'to answer a question that nobody asked',
      notNow('answer', 'no such question id="q"', 'issue=2'),
      command({ kind: 'answer', id: 'q', text: 'x' }, { from: onIssue(2) }),
    ],
    [
      'to retry what is no segment',
      'UNKNOWN_SEGMENT at={issue=1} number=9',
      command({ kind: 'retry', segment: issueNumber(9) }),
    ],
  ])('%s', (_, problem, request, world) => {
    const on = 'pull' in request.from ? request.from.pull : 'issue' in request.from ? request.from.issue : 1;
    const by = request.by.login;
    const kind = problem.split(' ')[0];
    expect(take([request], world)).toEqual([
      `say {key="refused:r1" on=${on} notice=refused request to="${by}" problem=${problem}} — request refused by="${by}" problem="${kind}"`,
      `react {node="${'node' in request.from ? request.from.node : ''}" with="confused"} — request refused by="${by}" problem="${kind}"`,
      `journal taken r1: {refused="${kind}"}`,
      'journal acts refused:r1: {at=0s by="me" state="intended"}',
      'look again in 20 s',
    ]);
  });

  test.each<Command>([{ kind: 'retry' }, { kind: 'run', segment: two }])(
    'to $kind before anything was started',
    (given) => {
      const because = `request refused by="ana" problem="NOT_NOW"`;
      expect(take([command(given)], unstarted)).toEqual([
        `say {key="refused:r1" on=1 notice=refused request to="ana" problem=NOT_NOW at={issue=1} command="${given.kind}" why=not started} — ${because}`,
        `react {node="IC_r1" with="confused"} — ${because}`,
        'journal taken r1: {refused="NOT_NOW"}',
      ]);
    },
  );

  test('without the rights that it needs, in words once for each person, however often they ask', () => {
    const forbidden = (person: string, id: number, needs: string) =>
      `say {key="forbidden:${id}" on=1 notice=refused request to="${person}" problem=FORBIDDEN at={issue=1} login="${person}" permission="${person === 'rita' ? 'read' : 'triage'}" needs="${needs}"} — request refused by="${person}" problem="FORBIDDEN"`;
    const confused = (id: string, person: string) =>
      `react {node="IC_${id}" with="confused"} — request refused by="${person}" problem="FORBIDDEN"`;
    const requests = [
      command({ kind: 'help' }, { by: rita }, 'r1'),
      command(pause, { by: rita }, 'r2'),
      command(pause, { by: tim }, 'r3'),
    ];
    expect(take(requests)).toEqual([
      forbidden('rita', 2, 'triage'),
      confused('r1', 'rita'),
      confused('r2', 'rita'),
      forbidden('tim', 8, 'write'),
      confused('r3', 'tim'),
      ...['r1', 'r2', 'r3'].map((id) => `journal taken ${id}: {refused="FORBIDDEN"}`),
      'journal acts forbidden:2: {at=0s by="me" state="intended"}',
      'journal acts forbidden:8: {at=0s by="me" state="intended"}',
      'look again in 20 s',
    ]);
  });

  test('in words alone where it came from the dispatch form', () => {
    expect(take([command({ kind: 'resume' }, { from: { kind: 'dispatch' } })])).toEqual([
      'say {key="refused:r1" on=1 notice=refused request to="ana" problem=NOT_NOW at={issue=1} command="resume" why=wrong phase phase="running"} — request refused by="ana" problem="NOT_NOW"',
      'journal taken r1: {refused="NOT_NOW"}',
      'journal acts refused:r1: {at=0s by="me" state="intended"}',
      'look again in 20 s',
    ]);
  });

  test('to run a group, which is no segment', () => {
    const group = { ...issue(5), children: [two] };
    const requests = [command({ kind: 'run', segment: group.number })];
    const { draft } = decide(factsOf([...issues, group], { snapshot: { requests } }), takeRequests);
    expect(draft.journal.taken).toEqual({ r1: { refused: 'UNKNOWN_SEGMENT' } });
  });
});

describe('an answer is written', () => {
  test.each<[string, number, Request['from'], string?]>([
    ['on the issue with the comment', 2, onIssue(2), 'IC_r1'],
    ['on the issue with the label', 2, { kind: 'label', name: 'x', issue: two }],
    ['on the pull request with the comment', 7, onPull(7), 'IC_p'],
    [
      'on the pull request with the review',
      7,
      { kind: 'review comment', pull: pullNumber(7), node: 'IC_v', head: sha('a1') },
      'IC_v',
    ],
    ['on the epic, for the dispatch form', 1, { kind: 'dispatch' }],
  ])('%s', (_, on, from, node) => {
    expect(take([command({ kind: 'help' }, { from, by: tim })])).toEqual([
      `say {key="answer:r1" on=${on} notice=help to="tim"} — asked by="tim"`,
      ...(node ? [`react {node="${node}" with="eyes"} — request taken by="tim"`] : []),
      'journal taken r1: "accepted"',
      'journal acts answer:r1: {at=0s by="me" state="intended"}',
      'look again in 20 s',
    ]);
  });
});

const paused = ['journal phase: "paused"', 'journal pausedAt: 1000000'];

describe('a command is obeyed', () => {
  const consent = (at: number, by = 'by="ana" byId=1') =>
    `journal authorisation: {at=${at / 1_000}s ${by} configDigest="c" base=…00ba5e baseBranch="main" epicDigest="Checkout:The epic." segments={2={digest="2:---\\nfiles: [src/s2/**]\\n---\\nDo the work of 2." blockedBy=[] external=[]} 3={digest="3:---\\nfiles: [src/s3/**]\\n---\\nDo the work of 3." blockedBy=[2] external=[]}}}`;
  const plan =
    'say {key="answer:r1" on=1 notice=plan plan=… dryRun=true advice={schedule="waves" wavesMinutes=40 eagerMinutes=40 dependency={from=3 on=2 savesMinutes=20}}} — asked by="ana"';
  const said = ['journal acts answer:r1: {at=0s by="me" state="intended"}', 'look again in 20 s'];
  const bob = { ...ana, id: 5, login: 'bob' };

  test.each<[string, readonly string[], Request, World?]>([
    ['for the status, which the panel shows', [], command({ kind: 'status' })],
    ['for the plan, with advice', [plan, ...said], command({ kind: 'plan' })],
    ['for a dry run, which is the plan', [plan, ...said], command({ kind: 'execute', dryRun: true })],
    [
      'to execute a new epic',
      ['+ STARTED at=0s', 'journal phase: "running"', consent(0), 'journal startedAt: 1000000'],
      command({ kind: 'execute' }),
      { ...unstarted, snapshot: { earlier: [] } },
    ],
    [
      'to execute a new epic, which learns from earlier ones',
      [
        '+ STARTED at=0s',
        'journal phase: "running"',

        'journal earlier: [{worker="tests" minutes=3}]',
        consent(0),
        'journal startedAt: 1000000',
      ],
      command({ kind: 'execute' }),
      { ...unstarted, snapshot: { earlier: [{ worker: 'tests', minutes: 3 }] } },
    ],
    [
      'to execute again, which learns nothing new',
      [],
      command({ kind: 'execute' }),
      { snapshot: { earlier: [{ worker: 'tests', minutes: 3 }] }, journal: { startedAt: later(1) } },
    ],
    [
      'to execute, written on a pull request',
      [],
      command({ kind: 'execute' }, { from: onPull(102) }),
      { journal: { startedAt: later(1) } },
    ],
    [
      'to execute an epic that was accepted and opened again, by another person and with other options',
      [
        'journal phase: "running"',
        'journal options: {wave=2}',
        'journal acts a: gone',
        consent(4, 'by="bob" byId=5'),
        'journal finishedAt: gone',
        'journal acceptedBy: gone',
      ],
      command({ kind: 'execute', wave: 2 }, { by: bob, at: later(4) }),
      {
        journal: {
          phase: 'finished',
          startedAt: later(1),
          finishedAt: later(2),
          acceptedBy: 'eva',
          options: { agents: 3 },
          acts: { a: refusedAct, b: act },
        },
      },
    ],
    [
      'to run a segment',
      [
        'journal segments 2: {attempts=[] rejections=[] approvals=[] forgiven=0 included={by="ana" byId=1 at=0.003s}}',
        consent(0).replace('external=[]}', 'external=[] at=0.003s by="ana" byId=1}'),
      ],
      command({ kind: 'run', segment: two }, { at: later(3) }),
    ],
    [
      'to skip a segment',
      [
        '+ SKIPPED at=0s segment=2',
        'journal segments 2: {attempts=[] rejections=[] approvals=[] forgiven=0 skipped={by="ana" byId=1 reason="bought" at=0.003s}}',
      ],
      command({ kind: 'skip', segment: two, reason: 'bought' }, { at: later(3) }),
    ],
    ['to pause', paused, command(pause)],
    ['to pause, by a bot that the config names', paused, command(pause, { by: robot }), named],
    [
      'to resume, which tries again what was refused',
      ['journal phase: "running"', 'journal acts a: gone', 'journal resumedBy: {by="ana" byId=1}'],
      command({ kind: 'resume' }),
      { journal: { phase: 'paused', acts: { a: refusedAct, b: act } } },
    ],
    [
      'to raise the budget, by a name and at a time that are kept',
      ['journal budget: {by="ana" byId=1 usd=60 at=0.003s}'],
      command({ kind: 'resume', budgetUsd: 60 }, { at: later(3) }),
      { config: { budgetUsd: { epic: 50 } } },
    ],
    [
      'to raise the budget, and to resume what is paused',
      [
        'journal phase: "running"',
        'journal resumedBy: {by="ana" byId=1}',
        'journal budget: {by="ana" byId=1 usd=60 at=0s}',
      ],
      command({ kind: 'resume', budgetUsd: 60 }),
      { journal: { phase: 'paused' } },
    ],
    [
      'to resume what was cancelled',
      ['journal phase: "running"', 'journal resumedBy: {by="ana" byId=1}'],
      command({ kind: 'resume' }),
      { journal: { phase: 'cancelled' } },
    ],
    [
      'to cancel, at any time and from anywhere',
      [
        'say {key="cancelled:r1" on=1 notice=cancelled by="ana"} — cancelled by="ana"',
        'journal phase: "cancelled"',
        'journal acts cancelled:r1: {at=0s by="me" state="intended"}',
        'look again in 20 s',
      ],
      command({ kind: 'cancel' }, { from: onIssue(2) }),
      { journal: { phase: 'paused' } },
    ],
    [
      'to accept',
      [
        '+ EXECUTION COMPLETE at=0s',
        'journal phase: "finished"',
        'journal finishedAt: 1000000',
        'journal acceptedBy: "ana"',
        'journal acceptedById: 1',
      ],
      command({ kind: 'accept' }, { at: later(-5) }),
      { journal: { acts: { 'accept:1:0': act } } },
    ],
    [
      'to add work, which goes into the last wave',
      [
        'journal followUps: [{request="r0" by="eva" what="x" at=0s wave=1}, {request="r1" by="ana" byId=1 what="more" at=0.005s wave=2}]',
      ],
      command({ kind: 'needs-work', what: 'more' }, { at: later(5) }),
      {
        journal: {
          acts: { 'accept:2:0': act },
          followUps: [{ request: 'r0', by: 'eva', what: 'x', at: NOW, wave: 1 }],
        },
      },
    ],
    [
      'to approve the wave that was asked about',
      ['journal approvedWaves: [1, 2]', 'journal wavesApprovedBy: {2={by="ana" byId=1}}'],
      command({ kind: 'approve' }),
      { ...together, journal: { approvedWaves: [1], acts: { 'approve-wave:2': act, 'approve-wave:1': act } } },
    ],
    [
      'to approve the first of two waves that were asked about',
      ['journal approvedWaves: [1]', 'journal wavesApprovedBy: {1={by="ana" byId=1}}'],
      command({ kind: 'approve' }),
      { ...together, journal: { acts: { 'approve-wave:2': act, 'approve-wave:1': act } } },
    ],
    [
      'to approve a wave by its number',
      ['journal approvedWaves: [1, 2, 10]', 'journal wavesApprovedBy: {1={by="ana" byId=1}}'],
      command({ kind: 'approve', wave: 1 }),
      { ...together, journal: { approvedWaves: [10, 2], acts: { 'approve-wave:2': act } } },
    ],
    [
      'to approve a wave again, which then rests on that person',
      ['journal wavesApprovedBy: {2={by="ana" byId=1}}'],
      command({ kind: 'approve', wave: 2 }),
      { ...together, journal: { approvedWaves: [2] } },
    ],
  ])('%s', (_, expected, request, world) => {
    const node = 'node' in request.from ? request.from.node : '';
    const reaction = `react {node="${node}" with="eyes"} — request taken by="${request.by.login}"`;
    const told = take([request], world);
    expect(told).toContain(reaction);
    expect(told).toContain('journal taken r1: "accepted"');
    expect(told.filter((line) => line !== reaction && line !== 'journal taken r1: "accepted"')).toEqual(expected);
  });

  test('to run a segment, which authorises the text of that segment alone', () => {
    const requests = [command({ kind: 'run', segment: issueNumber(3) })];
    const changed = issues.map((each) => ({ ...each, digest: `new ${each.number}` }));
    const facts = factsOf(issues);
    const seen = { ...facts, snapshot: { ...facts.snapshot, issues: changed, requests } };
    const { draft } = decide(seen, takeRequests);
    expect(Object.keys(draft.texts)).toEqual(['3']);
    expect(draft.journal.authorisation?.segments).toEqual({
      ...facts.journal.authorisation?.segments,
      3: { digest: 'new 3', blockedBy: [2], external: [], at: NOW, by: 'ana', byId: 1 },
    });
  });

  test('for the plan of one segment, of which there is no advice', () => {
    const requests = [command({ kind: 'plan' })];
    expect(decide(factsOf([issue(2)], { snapshot: { requests } }), takeRequests).told[0]).toBe(
      'say {key="answer:r1" on=1 notice=plan plan=… dryRun=true} — asked by="ana"',
    );
  });

  test('to add work, which goes into the last of three waves', () => {
    const requests = [command({ kind: 'needs-work', what: 'more' })];
    const three = [...issues, issue(4, { blockedBy: [3] })];
    const { draft } = decide(
      factsOf(three, { journal: { acts: { 'accept:1:0': act } }, snapshot: { requests } }),
      takeRequests,
    );
    expect(draft.journal.followUps).toEqual([{ request: 'r1', by: 'ana', byId: 1, what: 'more', at: NOW, wave: 3 }]);
  });

  const record = (request: Request, world: World) => {
    const { draft } = decide(
      factsOf(issues, { ...world, snapshot: { ...world.snapshot, requests: [request] } }),
      takeRequests,
    );
    return { segments: draft.journal.segments, history: draft.history };
  };
  const known = { by: 'ana', byId: 1, at: NOW, head: sha('b1'), pull: pullNumber(102), reason: 'old', comments: [] };

  test('to reject a pull request at its head, beside earlier rejections', () => {
    const world = reviewed();
    const before = { ...world.segments?.[2], rejections: [known] } as NonNullable<World['segments']>[number];
    expect(record(reject, { ...world, segments: { 2: before } })).toEqual({
      segments: { 2: { ...before, rejections: [known, { ...known, at: later(4), head: sha('a1'), reason: 'no' }] } },
      history: [{ at: NOW, kind: 'REJECTED', segment: 2, pull: 102 }],
    });
  });

  test.each<[string, Request, World]>([
    ['written when the head was published', approve(10), reviewed()],
    ['written when the proof of the head began', approve(20), proving],
    ['of the head by its first digits, whenever it was written', approve(0, { head: '000' }), reviewed()],
  ])('to approve a pull request: an approval %s', (_, request, world) => {
    const before = world.segments?.[2];
    const approval = { by: 'ana', byId: 1, at: request.at, head: sha('a1') };
    const old = { ...approval, head: sha('b1') };
    const segments = { 2: { ...before, approvals: [old] } } as NonNullable<World['segments']>;
    expect(record(request, { ...world, segments })).toEqual({
      segments: { 2: { ...before, approvals: [old, approval] } },
      history: [],
    });
  });
});

describe('a retry forgives', () => {
  const dead: Partial<Attempt> = { outcome: lost() };
  const refusal = { mergeRefusal: { head: sha('a1'), at: NOW, message: 'No' } };
  const segments = {
    2: recordWith(2, [{ outcome: published(2, 'a1') }, dead], refusal),
    3: recordWith(3, [dead], { forgiven: 0 }),
    9: recordWith(9, [dead]),
  };
  const calibrations = { 1: [round(1, { verdict: passed }), round(2)], 2: [round(1)] };
  /** How many attempts and rounds are forgiven after it, and which acts are left. */
  const retries = (request: Request, world: World = {}) => {
    const given = factsOf(issues, {
      ...world,
      journal: { segments, calibrations, acts: { a: refusedAct, b: act }, ...world.journal },
      snapshot: { requests: [request] },
    });
    const { journal } = decide(given, takeRequests).draft;
    return {
      attempts: Object.values(journal.segments).map(({ forgiven }) => forgiven),
      isRefusalKept: journal.segments[2]?.mergeRefusal !== undefined,
      rounds: journal.forgivenRounds,
      acts: Object.keys(journal.acts),
    };
  };
  const nothing = { attempts: [0, 0, 0], isRefusalKept: true, rounds: {}, acts: ['b'] };

  test.each<[string, ReturnType<typeof retries>, Request, World?]>([
    [
      'every attempt and round, where it names no segment',
      { attempts: [2, 1, 0], isRefusalKept: false, rounds: { 1: 2, 2: 1 }, acts: ['b'] },
      command({ kind: 'retry' }),
    ],
    [
      'the attempts of the segment that it names',
      { ...nothing, attempts: [0, 1, 0] },
      command({ kind: 'retry', segment: issueNumber(3) }),
    ],
    [
      'the attempts of the segment that it names, wherever it is written',
      { ...nothing, attempts: [0, 1, 0] },
      command({ kind: 'retry', segment: issueNumber(3) }, { from: onPull(102) }),
    ],
    [
      'the attempts of the segment that it is written on',
      { ...nothing, attempts: [0, 1, 0] },
      command({ kind: 'retry' }, { from: onIssue(3) }),
    ],
    [
      'the attempts of the segment of its pull request',
      { ...nothing, attempts: [2, 0, 0], isRefusalKept: false },
      command({ kind: 'retry' }, { from: onPull(102) }),
    ],
    [
      'everything, on a pull request of others',
      { attempts: [2, 1, 0], isRefusalKept: false, rounds: { 1: 2, 2: 1 }, acts: ['b'] },
      command({ kind: 'retry' }, { from: onPull(109) }),
    ],
    [
      'no round, where GitHub refused to make an issue',
      { ...nothing, attempts: [2, 1, 0], isRefusalKept: false },
      command({ kind: 'retry' }),
      { journal: { acts: { 'fix:1:1:1:1': refusedAct, b: act } } },
    ],
    [
      'no attempt that is under way',
      { ...nothing, attempts: [0, 1], rounds: { 1: 2, 2: 1 } },
      command({ kind: 'retry' }),
      { journal: { segments: { 2: recordWith(2, [dead, {}], refusal), 3: segments[3] } } },
    ],
    [
      'nothing of a segment that never ran',
      { ...nothing, attempts: [0] },
      command({ kind: 'retry', segment: two }),
      { journal: { segments: { 2: recordWith(2, [], refusal) } } },
    ],
  ])('%s', (_, expected, request, world) => {
    expect(retries(request, world)).toEqual(expected);
  });
});

describe('command labels', () => {
  test.each<[string, readonly string[], readonly string[], World['config']?]>([
    [
      'are taken off the epic, and no other labels',
      ['swarm:execute', 'swarm:retry'],
      ['swarm:execute', 'bug', 'swarm:retry', 'swarm:running'],
    ],
    ['are left alone where there are none', [], ['bug', 'swarm:done']],
    ['have the names of the config', ['go'], ['swarm:execute', 'go'], { labels: { execute: 'go' } }],
    ['are taken off in the spelling that GitHub keeps', ['Swarm:Execute'], ['Swarm:Execute', 'Swarm:Executed']],
  ])('%s', (_, removed, labels, chosen = {}) => {
    const list = removed.map((name) => `"${name}"`).join(', ');
    expect(take([], { snapshot: { epic: { ...issue(1), labels } }, config: chosen })).toEqual(
      removed.length === 0 ? [] : [`set labels {issue=1 add=[] remove=[${list}]} — command label read`],
    );
  });
});

describe('labels that are on at once', () => {
  const label = (kind: 'execute' | 'pause' | 'cancel' | 'resume', at: number): Request =>
    command({ kind }, { from: { kind: 'label', name: kind, issue: issueNumber(1) }, at: later(at) }, kind);
  const comment = (kind: 'cancel' | 'execute', at: number): Request => command({ kind }, { at: later(at) }, kind);

  test.each<[string, string, readonly Request[], World?]>([
    ['stop the epic, in either order', 'cancelled', [label('cancel', 1), label('execute', 2)], unstarted],
    ['stop the epic, in either order', 'cancelled', [label('execute', 1), label('cancel', 2)], unstarted],
    ['pause it, in either order', 'paused', [label('pause', 1), label('execute', 2)], unstarted],
    [
      'cancel it rather than resume it',
      'cancelled',
      [label('cancel', 1), label('resume', 2)],
      { journal: { phase: 'paused' } },
    ],
    ['keep the order of what people wrote', 'running', [comment('cancel', 1), label('execute', 2)]],
    ['keep the order of what people wrote', 'running', [label('cancel', 1), comment('execute', 2)]],
  ])('%s', (_, phase, requests, world = {}) => {
    const facts = factsOf(issues, { ...world, snapshot: { requests } });
    const { draft } = decide(facts, takeRequests);
    expect(draft.journal.phase).toBe(phase);
    expect(Object.values(draft.journal.taken)).toEqual(['accepted', 'accepted']);
  });
});

test('a request is marked as done once, if it was accepted in this look or in one that ended early', () => {
  const acknowledged = [
    { id: 'r7', node: 'IC_r7' },
    { id: 'r8', node: 'IC_r8' },
    { id: 'r1', node: 'IC_r1' },
    { id: 'r9', node: 'IC_r9' },
  ];
  const requests = [
    command(pause),
    command({ kind: 'help' }, {}, 'r2'),
    command({ kind: 'resume' }, { by: rita }, 'r3'),
  ];
  const taken = { r7: 'accepted', r8: { refused: 'bot' } } as const;
  const { told } = decide(
    factsOf(issues, { journal: { taken }, snapshot: { requests, acknowledged } }),
    takeRequests,
    (_, draft) => finishRequests(draft),
  );
  expect(told.filter((line) => line.includes('rocket'))).toEqual(
    ['IC_r7', 'IC_r1', 'IC_r2'].map((node) => `react {node="${node}" with="rocket"} — request done`),
  );
});
