/** Claims and dispatches: what starts, from which work, and when a run that does not show is sent again. */
import { describe, expect, test } from 'vitest';
import {
  cancelAbandoned,
  cancelRuns,
  nextDispatchId,
  releaseSegments,
  repeatLostDispatches,
} from '../../../src/core/decide/dispatch.ts';
import { startWork } from '../../../src/core/decide/start.ts';
import type { AgentChoice } from '../../../src/core/model/config.ts';
import { issueNumber } from '../../../src/core/model/epic.ts';
import type { Act, Attempt, Dispatch, Outcome, SegmentRecord } from '../../../src/core/model/journal.ts';
import type { Issue, Pull, Run, Snapshot } from '../../../src/core/model/snapshot.ts';
import { approval, issue, pull, sha } from '../facts.ts';
import {
  attempt,
  cutShort,
  decide,
  factsOf,
  failed,
  later,
  lost,
  NOW,
  passed,
  published,
  recordWith,
  reportOf,
  round,
  tryLater,
} from './records.ts';

const MINUTE = 60_000;
const HEAD = sha('a1');
type World = NonNullable<Parameters<typeof factsOf>[1]>;
const dispatchOf = (id: string, ...attempts: readonly string[]): Dispatch => ({
  id,
  at: NOW,
  work: { kind: 'segments', attempts: attempts as Attempt['id'][] },
});

/** The attempts that are claimed, without what every claim has. */
const claimed = (world: World, issues = [issue(2)]) => {
  const facts = factsOf(issues, {
    ...world,
    snapshot: { base: { branch: 'main', head: sha('ba5e'), checks: 'none', failing: [] }, ...world.snapshot },
  });
  const { draft } = decide(facts, startWork);
  return issues.flatMap(({ number }) => {
    const before = facts.journal.segments[number]?.attempts ?? [];
    return (draft.journal.segments[number]?.attempts ?? []).slice(before.length);
  });
};
/** Without the names of their keys, which have a test of their own. */
const claims = (world: World, issues = [issue(2)]) => claimed(world, issues).map(({ keys: _, ...rest }) => rest);
const claim = (number: number, facts: Partial<Attempt> = {}, segment = 2): Attempt => ({
  ...attempt(segment, number),
  name: expect.any(String) as never,
  into: 'main',
  ...facts,
});
const opened = (facts: Partial<Pull> = {}): Partial<Snapshot> => ({
  pulls: [pull(102, 'feat/segment-2', HEAD, { startedFrom: sha('5a'), ...facts })],
});
const no = { ...approval(HEAD), state: 'changes requested', body: 'No.' } as const;
const rejection = { by: 'ana', byId: 1, at: no.at, head: HEAD, pull: 102, reason: 'No.', comments: [] };

describe('the next attempt', () => {
  const first = { outcome: published(2, 'a1') };
  const record = (attempts: readonly Partial<Attempt>[], facts: Partial<SegmentRecord> = {}) => ({
    segments: { 2: recordWith(2, attempts, facts) },
  });
  const retry: Partial<Attempt> = { why: 'retry' };
  const onBranch = { branches: { 'feat/old': sha('b2'), 'feat/segment-2': sha('c3') } };

  test.each<[string, readonly Attempt[], World]>([
    ['is the first', [claim(1)], {}],
    ['is the first, although somebody made a branch of that name', [claim(1)], { snapshot: onBranch }],
    [
      'starts over where nothing was published',
      [claim(2, retry)],
      { ...record([{ outcome: lost() }]), snapshot: onBranch },
    ],
    [
      'starts over where an attempt before never ended',
      [claim(3, retry)],
      { ...record([{}, { outcome: lost() }]), snapshot: onBranch },
    ],
    [
      'goes on from the branch that was published last, and keeps its name',
      [claim(4, { ...retry, from: sha('c3'), branch: 'feat/old' })],
      {
        ...record([{ branch: 'feat/old', outcome: published(2, 'a0') }, first, { outcome: lost() }]),
        snapshot: onBranch,
      },
    ],
    [
      'starts over where that branch is gone',
      [claim(3, { ...retry, branch: 'feat/gone' })],
      { ...record([{ branch: 'feat/gone', outcome: published(2, 'a0') }, { outcome: lost() }]), snapshot: onBranch },
    ],
    [
      'answers a rejection, from the head',
      [claim(2, { why: 'rework', from: HEAD })],
      { ...record([first]), snapshot: opened({ reviews: [no] }) },
    ],
    [
      'answers a rejection before a conflict',
      [claim(2, { why: 'rework', from: HEAD })],
      { ...record([first]), snapshot: opened({ reviews: [no], mergeable: 'conflicting' }) },
    ],
    [
      'solves a conflict, from the head',
      [claim(2, { why: 'conflict', from: HEAD })],
      { ...record([first]), snapshot: opened({ mergeable: 'conflicting' }) },
    ],
    [
      'has the tech lead solve a conflict that its agent did not',
      [claim(3, { why: 'conflict', from: HEAD, lead: true })],
      {
        ...record([first, { why: 'conflict', outcome: failed({ kind: 'NO_TESTS', command: 'x' }) }]),
        snapshot: opened({ mergeable: 'conflicting' }),
      },
    ],
    [
      'solves a conflict once more, by the same, where the run died',
      [claim(3, { why: 'conflict', from: sha('c3'), lead: true })],
      {
        ...record([first, { why: 'conflict', lead: true, outcome: lost() }]),
        snapshot: { ...opened({ mergeable: 'conflicting' }), ...onBranch },
      },
    ],
    [
      'repairs red gates after a retry, from the head',
      [claim(2, { why: 'retry', from: HEAD })],
      {
        ...record(
          [
            {
              outcome: published(2, 'a1', {
                validation: [{ gate: 'tests', verdict: 'fail', command: '', durationMs: 1, output: '' }],
              }),
            },
          ],
          { forgiven: 1 },
        ),
        snapshot: opened(),
      },
    ],
    [
      'proves a head that somebody pushed, against the commit that it started from',
      [claim(2, { why: 'prove', from: HEAD, base: sha('5a') })],
      { ...record([{ outcome: published(2, 'b1') }]), snapshot: { ...opened(), now: later(MINUTE + 1) } },
    ],
    [
      'proves a head that waits for nothing else',
      [claim(2, { why: 'prove', from: HEAD, base: sha('5a') })],
      {
        ...record([{ outcome: published(2, 'b1') }]),
        snapshot: { ...opened(), now: later(MINUTE + 1) },
        config: { approvals: 0 },
      },
    ],
    [
      'does not prove a head that GitHub shows late',
      [],
      { ...record([{ from: HEAD, outcome: published(2, 'b1') }]), snapshot: opened() },
    ],
    [
      'does not answer a rejection while the epic is paused',
      [],
      { journal: { phase: 'paused', ...record([first]) }, snapshot: opened({ reviews: [no] }) },
    ],
    [
      'does not answer a rejection while an error holds the epic',
      [],
      {
        ...record([first]),
        snapshot: { ...opened({ reviews: [no] }), preflight: [{ level: 'error', problem: { kind: 'DISABLED' } }] },
      },
    ],
    [
      'goes on from the first branch that was published, behind others',
      [claim(4, { ...retry, branch: 'feat/old', from: sha('b2') })],
      {
        ...record(
          [
            { branch: 'feat/older', outcome: lost() },
            { branch: 'feat/old', outcome: published(2, 'a0') },
            { outcome: lost() },
          ],
          { forgiven: 2 },
        ),
        snapshot: onBranch,
      },
    ],
    [
      'does not prove a head of unknown start',
      [],
      {
        ...record([{ outcome: published(2, 'b1') }]),
        snapshot: { ...opened({ startedFrom: undefined as never }), now: later(MINUTE + 1) },
      },
    ],
    ['does not prove a head that has its gates', [], { ...record([first]), snapshot: opened() }],
    [
      'does not prove a head without gates',
      [],
      { ...record([{ outcome: published(2, 'a1', { validation: [] }) }]), snapshot: opened() },
    ],
    ['does not start while one is under way', [], record([{}])],
    ['does not start before its agent may be tried again', [], record([{ outcome: tryLater() }])],
    ['does not start while the epic is paused', [], { journal: { phase: 'paused' } }],
    [
      'does not start while an error holds the epic',
      [],
      { snapshot: { preflight: [{ level: 'error', problem: { kind: 'DISABLED' } }] } },
    ],
    [
      'does not start beyond the limit of dispatches',
      [],
      { config: { limits: { segments: 9, waves: 9, dispatches: 0 } } },
    ],
  ])('%s', (_, expected, world) => {
    const at = world.snapshot?.now ?? NOW;
    expect(claims(world)).toStrictEqual(expected.map((each) => ({ ...each, claimedAt: at })));
  });

  describe('names the keys', () => {
    const key = (name: string): AgentChoice => ({
      name,
      kind: 'command',
      command: ['x'],
      environment: [`${name}_KEY`],
    });
    const agents = { maker: key('MAKER'), judge: key('JUDGE'), other: key('OTHER') };
    const config = { agent: 'maker', agents, roles: { reviewer: 'judge' }, environment: ['DATABASE_URL'] };
    test.each<[string, World, readonly string[] | undefined]>([
      [
        'of the agents that work and judge, and the variables of the gates',
        { config },
        ['DATABASE_URL', 'JUDGE_KEY', 'MAKER_KEY'],
      ],
      [
        'of a preset, each that it may have',
        { config: { agent: 'gemini', agents: { gemini: { ...key('x'), kind: 'gemini', environment: [] } } } },
        ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
      ],
      ['of none, if no agent is set', { config: { agent: undefined, agents: {} } as never }, undefined],
    ])('%s', (_, world, keys) => {
      expect(claimed(world).map((attempt) => attempt.keys)).toStrictEqual([keys]);
    });

    test('of the agent that the segment names, and not of the one that it replaces', () => {
      const body = '---\nfiles: [a/**]\nagent: other\n---\nWork.';
      expect(claimed({ config }, [issue(2, { body })]).map(({ keys }) => keys)).toStrictEqual([
        // The one of the repository still acts as lead and resolver.
        ['DATABASE_URL', 'JUDGE_KEY', 'MAKER_KEY', 'OTHER_KEY'],
      ]);
    });

    test('of none for a proof, which runs no agent', () => {
      const facts = claimed({
        config,
        ...record([{ outcome: published(2, 'b1') }]),
        snapshot: { ...opened(), now: later(MINUTE + 1) },
      });
      expect(facts.map(({ why, keys }) => [why, keys])).toStrictEqual([['prove', undefined]]);
    });
  });

  test('knows its persona and its estimate', () => {
    const given = issue(2, { body: '---\nfiles: [a/**]\npersona: api\nestimate: 30m\nworker: tests\n---\nWork.' });
    expect(claims({}, [given])).toStrictEqual([claim(1, { persona: 'api', estimateMinutes: 30, worker: 'tests' })]);
  });

  const question = { id: 'q', text: 'Cents?', options: [], blocking: true };
  const answered = [{ id: 'q', question: 'Cents?', answer: 'Yes', by: 'ana' }];
  const asked: Outcome = {
    kind: 'asked',
    at: NOW,
    report: reportOf(2, { result: { kind: 'needs-input', question, kept: 'wip', keptHead: sha('d4') } }),
  };
  const ended = (problem: Extract<Outcome, { kind: 'failed' }>['problem'], keptHead?: string): Outcome => ({
    ...failed(problem),
    report: reportOf(2, {
      result: { kind: 'failed', problem, ...(keptHead ? { kept: 'wip', keptHead: sha(keptHead) } : {}) },
    }),
  });
  const OVERLOADED = { kind: 'AGENT_LATER', message: '' } as const;
  const NO_TESTS = { kind: 'NO_TESTS', command: '' } as const;
  const inherits: Partial<Attempt> = { kept: sha('d4'), answers: answered };
  const yes = { answers: [{ attempt: '1.2-1', text: 'Yes', by: 'ana', at: NOW }] };

  test.each<[string, Pick<Attempt, 'kept' | 'answers'>, readonly Partial<Attempt>[], Partial<SegmentRecord>?]>([
    ['nothing of the first', {}, []],
    [
      'the answer, and the work of the run that asked',
      { kept: sha('d4'), answers: answered },
      [{ outcome: asked }],
      yes,
    ],
    [
      'all answers',
      { kept: sha('d4'), answers: [...answered, { id: 'q', question: 'Cents?', answer: 'No', by: 'bob' }] },
      [{ outcome: lost() }, { outcome: asked, answers: answered }],
      { answers: [{ attempt: '1.2-2', text: 'No', by: 'bob', at: NOW }] },
    ],
    [
      'the work that a run left when it was cut short',
      { kept: sha('e5') },
      [{ outcome: ended({ kind: 'RUN_CUT_SHORT' }, 'e5') }],
    ],
    [
      'that work rather than the work that it started from',
      { kept: sha('e5'), answers: answered },
      [{ ...inherits, outcome: ended({ kind: 'RUN_CUT_SHORT' }, 'e5') }],
    ],
    ['the work that a run started from when it was cut short', inherits, [{ ...inherits, outcome: cutShort }]],
    ['the work that a run started from when it died', inherits, [{ ...inherits, outcome: lost() }]],
    [
      'the work of a run that ended by its provider’s limit',
      { kept: sha('e5') },
      [{ outcome: ended(OVERLOADED, 'e5') }],
    ],
    ['nothing of a run that failed', {}, [{ ...inherits, outcome: ended(NO_TESTS, 'e5') }], { forgiven: 1 }],
    [
      'nothing of a run before one that failed',
      {},
      [{ outcome: asked }, { ...inherits, outcome: failed(NO_TESTS) }],
      { forgiven: 2, ...yes },
    ],
    ['nothing where the run that died had nothing', {}, [{ outcome: lost() }]],
  ])('inherits %s', (_, expected, attempts, facts) => {
    const made = claims({ ...record(attempts, facts), snapshot: { now: later(10 * MINUTE) } });
    expect(made).toHaveLength(1);
    expect({ kept: made[0]?.kept, answers: made[0]?.answers }).toStrictEqual({
      kept: expected.kept,
      answers: expected.answers,
    });
    expect(Object.keys(made[0] ?? {}).filter((key) => key === 'kept' || key === 'answers')).toStrictEqual(
      Object.keys(expected),
    );
  });
});

describe('one dispatch', () => {
  const files = (number: number) => issue(number, { body: `---\nfiles: [src/s${number}/**]\n---\nWork.` });

  test('takes proofs first, then reworks, then starts; each attempt has a name of its own', () => {
    const issues = [2, 3, 4, 5].map((number) => files(number));
    const segments = {
      3: recordWith(3, [{ outcome: published(3, 'a1') }]),
      4: recordWith(4, [{ outcome: published(4, 'b1') }]),
      5: recordWith(5, [{ outcome: lost() }]),
    };
    const pulls = [3, 4].map((number) =>
      pull(100 + number, `feat/segment-${number}`, HEAD, {
        startedFrom: sha('5a'),
        reviews: number === 3 ? [no] : [],
      }),
    );
    const facts = factsOf(issues, {
      segments,
      journal: { segments, dispatches: { '1.1': dispatchOf('1.1') } },
      snapshot: {
        pulls,
        now: later(MINUTE + 1),
        repository: { owner: 'octo', name: 'shop', id: 'R', url: '', defaultBranch: 'trunk' },
      },
    });
    const { told, draft } = decide(facts, startWork);
    expect(told.filter((line) => !line.startsWith('journal segments'))).toStrictEqual([
      'dispatch {key="dispatch:1.2" dispatch={id="1.2" at=60.001s work=segments attempts=["1.4-2", "1.3-2", "1.2-1", "1.5-2"]} ref="trunk" epic=1} — may start segments=[4, 3, 2, 5]',
      '+ CLAIMED at=60.001s segment=4 agent="CoralMountain"',
      '+ REJECTED at=60.001s segment=3 pull=103',
      '+ CLAIMED at=60.001s segment=3 agent="LilacCastle"',
      '+ CLAIMED at=60.001s segment=2 agent="RubyIsland"',
      '+ CLAIMED at=60.001s segment=5 agent="BronzeBridge"',
      'journal dispatches 1.2: {id="1.2" at=60.001s work=segments attempts=["1.4-2", "1.3-2", "1.2-1", "1.5-2"]}',
      'journal acts dispatch:1.2: {at=60.001s by="me" state="intended"}',
      'look again in 20 s',
    ]);
    expect(draft.journal.segments[3]?.rejections).toStrictEqual([{ ...rejection, pull: 103 }]);
    expect([2, 3, 4, 5].map((number) => draft.journal.segments[number]?.attempts.at(-1)?.dispatch)).toStrictEqual([
      '1.2',
      '1.2',
      '1.2',
      '1.2',
    ]);
  });

  test('writes the review that an attempt answers into the journal, but no command, which is there already', () => {
    const command = { ...rejection, pull: 102 as never };
    const facts = factsOf([issue(2)], {
      segments: { 2: recordWith(2, [{ outcome: published(2, 'a1') }], { rejections: [command] }) },
      snapshot: opened(),
    });
    const { draft } = decide(facts, startWork);
    expect(draft.journal.segments[2]?.rejections).toStrictEqual([command]);
    expect(draft.history.map(({ kind }) => kind)).toStrictEqual(['CLAIMED']);
  });
});

test.each<[string, number | undefined, Partial<Attempt>[], number, Issue['state']?]>([
  ['is looked at then', 1_000, [{ outcome: tryLater() }], 5 * MINUTE - 1_000],
  ['needs no look where it may be tried now', undefined, [{ outcome: tryLater() }], 5 * MINUTE],
  ['needs no look once its issue is closed', undefined, [{ outcome: tryLater() }], 0, 'completed'],
  ['needs no look once its last run died', undefined, [{ outcome: tryLater() }, { outcome: lost() }], 0],
])('an agent that asked to be tried later %s', (_, lookMs, attempts, ms, state = 'open') => {
  const facts = factsOf([issue(2, { state })], {
    segments: { 2: recordWith(2, attempts) },
    journal: { phase: 'paused', segments: { 2: recordWith(2, attempts) } },
    snapshot: { now: later(ms) },
  });
  const { draft } = decide(facts, startWork);
  expect(draft.lookAgainAt).toBe(lookMs === undefined ? undefined : later(ms + lookMs));
});

describe('the id of the next dispatch', () => {
  const next = (count: number, limit: number) => {
    const dispatches = Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`1.${at + 1}`, dispatchOf(`1.${at + 1}`)]),
    );
    let id: string | undefined;
    const facts = factsOf([issue(2)], {
      journal: { dispatches },
      config: { limits: { segments: 9, waves: 9, dispatches: limit } },
    });
    const { told } = decide(facts, (situation, draft) => {
      id = nextDispatchId(situation, draft);
    });
    return { id, told };
  };

  test('counts on, up to the limit', () => {
    expect(next(0, 3)).toStrictEqual({ id: '1.1', told: [] });
    expect(next(2, 3)).toStrictEqual({ id: '1.3', told: [] });
  });

  test('is none beyond the limit, and people are told', () => {
    expect(next(3, 3)).toStrictEqual({
      id: undefined,
      told: [
        'say {key="limit:dispatches:3" on=1 notice=epic held diagnostics=[{level="error" problem=LIMIT_EXCEEDED at={issue=1} what="dispatches" found=4 limit=3 configKey="limits.dispatches"}] owner="ana"} — dispatch limit',
        'journal acts limit:dispatches:3: {at=0s by="me" state="intended"}',
        'look again in 20 s',
      ],
    });
  });
});

describe('a dispatch that is not over', () => {
  const done: Act = { at: NOW, by: 'me', state: 'done', result: 5 };
  const run = (dispatch: string): Run => ({ id: 5, dispatch, url: '', state: 'running', jobs: [] });
  const repeats = (world: {
    ms?: number;
    act?: Act;
    acts?: Readonly<Record<string, Act>>;
    runs?: readonly Run[];
    runId?: number;
    world?: World;
    outcome?: Outcome;
  }) =>
    decide(
      factsOf([issue(2)], {
        ...world.world,
        journal: {
          segments: { 2: recordWith(2, [world.outcome ? { outcome: world.outcome } : {}]) },
          dispatches: {
            '1.1': { ...dispatchOf('1.1', '1.2-1'), ...(world.runId === undefined ? {} : { runId: world.runId }) },
          },
          acts: world.acts ?? { 'dispatch:1.1': world.act ?? done },
          ...world.world?.journal,
        },
        snapshot: { now: later(world.ms ?? 0), runs: world.runs ?? [], ...world.world?.snapshot },
      }),
      repeatLostDispatches,
    ).told;
  const sent = (ms: number): readonly string[] => [
    'dispatch {key="dispatch:1.1" dispatch={id="1.1" at=0s work=segments attempts=["1.2-1"]} ref="main" epic=1} — run not visible dispatch="1.1"',
    `journal acts dispatch:1.1: {at=${ms / 1_000}s by="me" state="intended"}`,
    'look again in 20 s',
  ];

  test.each<[string, readonly string[], Parameters<typeof repeats>[0]]>([
    ['is looked at every five minutes', ['look again in 300 s'], { runs: [run('1.1')] }],
    ['is looked at every five minutes once a run took it', ['look again in 300 s'], { runId: 5, ms: 500_000 }],
    [
      'is looked at soon once its run is over, because its report may not be visible yet',
      ['look again in 30 s'],
      { runs: [run('1.2'), { ...run('1.1'), state: 'completed' }] },
    ],
    [
      'is looked at soon once a publish job is over',
      ['look again in 30 s'],
      { runs: [{ ...run('1.1'), jobs: [{ name: 'segment 2 / publish', state: 'completed' }] }] },
    ],
    [
      'is looked at every five minutes while other jobs are over',
      ['look again in 300 s'],
      {
        runs: [
          { ...run('1.2'), state: 'completed' },
          {
            ...run('1.1'),
            jobs: [
              { name: 'segment 2 / work', state: 'completed' },
              { name: 'segment 2 / publish', state: 'running' },
            ],
          },
        ],
      },
    ],
    ['gets two minutes to show its run', ['look again in 1 s'], { ms: 119_000 }],
    ['is sent again after two minutes', sent(120_000), { ms: 120_000 }],
    ['is sent again although another run shows', sent(120_000), { ms: 120_000, runs: [run('1.2')] }],
    ['is not sent again while its run shows', ['look again in 300 s'], { ms: 120_000, runs: [run('1.2'), run('1.1')] }],
    ['without an act is sent', sent(1_000), { ms: 1_000, acts: {} }],
    [
      'that a run took is not sent again, although its act is not known to be done',
      ['look again in 300 s'],
      { act: { at: NOW, by: 'me', state: 'intended' }, runId: 5 },
    ],
    [
      'that another orchestrator intends is left to it',
      ['look again in 20 s'],
      { act: { at: NOW, by: 'you', state: 'intended' } },
    ],
    [
      'that GitHub refused is not sent again',
      ['look again in 300 s'],
      { act: { at: NOW, by: 'me', state: 'refused' } },
    ],
    ['is left alone while the epic is cancelled', [], { ms: 120_000, world: { journal: { phase: 'cancelled' } } }],
    ['is sent again while the epic is paused', sent(120_000), { ms: 120_000, world: { journal: { phase: 'paused' } } }],
    [
      'is left alone while an error holds the epic',
      [],
      { ms: 120_000, world: { snapshot: { preflight: [{ level: 'error', problem: { kind: 'DISABLED' } }] } } },
    ],
    ['is left alone once its attempts ended', [], { ms: 120_000, outcome: lost() }],
  ])('%s', (_, expected, world) => {
    expect(repeats(world)).toStrictEqual(expected);
  });

  test('does not keep a later one from being sent again, whichever of them shows', () => {
    const calibration: Dispatch = { id: '1.3', at: NOW, work: { kind: 'calibration', wave: 1, round: 1 } };
    const journal = {
      dispatches: { '1.1': dispatchOf('1.1', '1.2-1'), '1.2': dispatchOf('1.2', '1.3-1'), '1.3': calibration },
      segments: { 2: recordWith(2, [{ outcome: lost() }]), 3: recordWith(3, [{}]) },
      calibrations: { 1: [round(1, { dispatch: '1.3', verdict: passed })] },
      acts: { 'dispatch:1.1': done, 'dispatch:1.2': done, 'dispatch:1.3': done },
    };
    const facts = factsOf([issue(2), issue(3)], { journal, snapshot: { now: later(120_000) } });
    expect(decide(facts, repeatLostDispatches).draft.decisions.map((each) => 'key' in each && each.key)).toStrictEqual([
      'dispatch:1.2',
    ]);
    const young = {
      ...journal,
      acts: { 'dispatch:1.2': { ...done, at: later(60_000) }, 'dispatch:1.4': done },
      dispatches: { ...journal.dispatches, '1.4': dispatchOf('1.4', '1.4-1') },
    };
    const two = factsOf([issue(2), issue(3)], { journal: young, snapshot: { now: later(120_000) } });
    const { draft } = decide(two, repeatLostDispatches);
    expect(draft.decisions.map((each) => 'key' in each && each.key)).toStrictEqual(['dispatch:1.4']);
  });
});

test('a cancelled epic has each run cancelled that is not over', () => {
  const run = (id: number, state: Run['state']): Run => ({ id, dispatch: `1.${id}`, url: '', state, jobs: [] });
  const runs = [run(1, 'completed'), run(2, 'running'), run(3, 'queued')];
  expect(decide(factsOf([issue(2)], { snapshot: { runs } }), cancelRuns).told).toStrictEqual([
    'cancel run {runId=2} — epic cancelled',
    'cancel run {runId=3} — epic cancelled',
  ]);
});

test.each<[string, readonly number[], readonly string[]]>([
  ['all that is still at work', [3], ['cancel run {runId=5} — segments gone segments=[3]']],
  ['nothing of it', [], []],
  ['only a part of what is at work', [2], []],
])('a run is cancelled if its segments are gone for good: %s', (_, gone, told) => {
  const run = (id: number, dispatch: string): Run => ({ id, dispatch, url: '', state: 'running', jobs: [] });
  const world = (): World => ({
    snapshot: {
      runs: [run(5, '1.1'), run(6, '1.2')],
      gone: Object.fromEntries(gone.map((number) => [number, { how: 'deleted' as const }])),
    },
    journal: {
      dispatches: { '1.1': dispatchOf('1.1', '1.2-1', '1.3-1'), '1.2': dispatchOf('1.2', '1.4-1') },
      segments: {
        // The run of #2 is over, unless the segment itself is the one that is gone.
        2: recordWith(2, [gone.includes(2) ? {} : { outcome: lost() }]),
        3: recordWith(3, [{}]),
        4: recordWith(4, [{}]),
      },
    },
  });
  expect(decide(factsOf([issue(4)], world()), cancelAbandoned).told).toStrictEqual(told);
});

describe('segments that another epic may have (R3.8)', () => {
  const released = (world: World, issues = [issue(2), issue(3)]) =>
    decide(factsOf(issues, world), releaseSegments).draft.decisions.flatMap((each) =>
      each.kind === 'release claims' ? [[each.key, ...each.segments]] : [],
    );
  const over = { outcome: lost() };
  const tried = (second: Partial<Attempt> = over, facts: Partial<SegmentRecord> = {}) => ({
    2: recordWith(2, [over, over]),
    3: recordWith(3, [second], facts),
    4: recordWith(4, []),
  });
  const skipped = { by: 'ana', reason: 'No.', at: NOW };

  test.each<[string, readonly unknown[], World]>([
    ['none while the epic is running', [], { segments: tried() }],
    ['none while it is paused', [], { segments: tried(), journal: { phase: 'paused' } }],
    ['all once it is cancelled', [['release:all:3', 2, 3]], { segments: tried(), journal: { phase: 'cancelled' } }],
    ['all once it is finished', [['release:all:3', 2, 3]], { segments: tried(), journal: { phase: 'finished' } }],
    ['none while an agent is at work', [], { segments: tried({}), journal: { phase: 'cancelled' } }],
    ['none where nothing was tried', [], { journal: { phase: 'finished' } }],
    ['one that is skipped', [['release:3:1', 3]], { segments: tried(over, { skipped }) }],
    ['none that is skipped while its agent is at work', [], { segments: tried({}, { skipped }) }],
  ])('are %s', (_, expected, world) => {
    expect(released(world)).toEqual(expected);
  });

  test('are those that were taken out of the epic', () => {
    expect(released({ segments: tried() }, [issue(2)])).toEqual([['release:3:1', 3]]);
  });

  test('are not started here, reworked or proven, and GitHub is asked again later', () => {
    const owners = { 2: issueNumber(9) };
    const change = { pulls: [pull(102, 'feat/segment-2', HEAD, { reviews: [no] })] };
    const facts = (snapshot: Partial<Snapshot>) =>
      factsOf([issue(2)], { segments: { 2: recordWith(2, [{ outcome: published(2, 'a1') }]) }, snapshot });
    expect(decide(facts(change), startWork).draft.decisions).toHaveLength(1);
    const { draft, situation } = decide(facts({ ...change, owners }), startWork);
    expect(draft.decisions).toEqual([]);
    expect(draft.lookAgainAt).toBe(later(5 * MINUTE));
    expect(situation.board.needs).toEqual([
      { kind: 'unblock', segment: 2, problem: { kind: 'SEGMENT_OWNED', at: { issue: 2 }, epic: 9 } },
    ]);
  });
});
