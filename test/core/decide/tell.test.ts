/** Everything that people see beside the board: comments, labels, and the panel. */
import { describe, expect, test } from 'vitest';
import { labelSegments, showPanel, tellProblems } from '../../../src/core/decide/tell.ts';
import type { StateLabel } from '../../../src/core/model/config.ts';
import { pullNumber } from '../../../src/core/model/epic.ts';
import type { Journal, Outcome } from '../../../src/core/model/journal.ts';
import type { Course, Report } from '../../../src/core/model/report.ts';
import type { Pull, Said } from '../../../src/core/model/snapshot.ts';
import { approval, issue, pull, sha, snapshot } from '../facts.ts';
import {
  authorisation,
  decide,
  factsOf,
  failed,
  later,
  lost,
  NOW,
  published,
  recordWith,
  reportOf,
} from './records.ts';

const NO_TESTS = { kind: 'NO_TESTS', command: 'x' } as const;
const course: Course = {
  pair: { kind: 'skipped', why: 'x' },
  council: { kind: 'skipped', why: 'y' },
  questions: [],
  findings: [
    { file: 'a.ts', line: 3, severity: 'minor', why: 'odd' },
    { file: 'b.ts', line: 4, severity: 'critical', why: 'weak' },
  ],
};
const problems = (facts: Parameters<typeof factsOf>[1], issues = [issue(2)]): readonly string[] =>
  decide(factsOf(issues, facts), tellProblems).told.filter((line) => line.startsWith('say'));

const epicWith = (labels: readonly string[]) => ({ ...snapshot([issue(2)]).epic, labels });

describe('people are told', () => {
  test('nothing while all goes well', () => {
    expect(problems({ segments: { 2: recordWith(2, [{}]) } })).toEqual([]);
  });

  const disabled = { level: 'error', problem: { kind: 'DISABLED' } } as const;
  test('of all errors and warnings at once, on the epic; and again once the errors are others', () => {
    const warning = { level: 'warning', problem: { kind: 'PERMISSION_MISSING' } } as never;
    const late = { level: 'warning', problem: NO_TESTS } as const;
    const [first, ...more] = problems({ snapshot: { preflight: [disabled, warning] }, plan: { diagnostics: [late] } });
    expect(more).toEqual([]);
    expect(first).toBe(
      'say {key="held:936c1afc" on=1 notice=epic held diagnostics=[{level="error" problem=DISABLED}, {level="warning" problem=PERMISSION_MISSING}, {level="warning" problem=NO_TESTS command="x"}] owner="ana"} — epic held',
    );
    const error = { level: 'error', problem: { ...NO_TESTS, command: 'o' } } as const;
    expect(problems({ snapshot: { preflight: [error] } })).toEqual([
      'say {key="held:0acb68bb" on=1 notice=epic held diagnostics=[{level="error" problem=NO_TESTS command="o"}] owner="ana"} — epic held',
    ]);
  });

  test('of each issue that GitHub refused to make, once for each refusal', () => {
    const refused = (at: number) =>
      ({ at: later(at), by: 'me', state: 'refused', refusal: { status: 410, message: 'Off' } }) as const;
    const acts = { 'fix:1:1:1:1': refused(1), 'fix:1:1:1:2': refused(2), other: refused(3) };
    expect(problems({ journal: { acts } })).toEqual([
      'say {key="refused:fix:1:1:1:1:1000001" on=1 notice=calibration stopped problem=ISSUE_REFUSED status=410 message="Off" owner="ana"} — issue refused',
      'say {key="refused:fix:1:1:1:2:1000002" on=1 notice=calibration stopped problem=ISSUE_REFUSED status=410 message="Off" owner="ana"} — issue refused',
    ]);
  });

  const failure = (
    facts: Partial<Report>,
    result: Partial<Extract<Report['result'], { kind: 'failed' }>> = {},
  ): Outcome => ({
    ...failed(NO_TESTS),
    report: reportOf(2, { result: { kind: 'failed', problem: NO_TESTS, ...result }, ...facts }),
  });
  test.each<[string, string, readonly Outcome[]]>([
    [
      'what blocks a segment',
      'say {key="blocked:2:1:NO_TESTS" on=2 notice=segment blocked segment=2 problem=NO_TESTS command="x" owner="ana"} — segment blocked segment=2 problem="NO_TESTS"',
      [failed(NO_TESTS)],
    ],
    [
      'where its work is, what it printed, and how it went',
      'say {key="blocked:2:3:NO_TESTS" on=2 notice=segment blocked segment=2 problem=NO_TESTS command="x" owner="ana" kept="swarm/wip" artefact="https://a" course={pair=skipped why="x" council=skipped why="y" questions=[] findings=[{file="a.ts" line=3 severity="minor" why="odd"}, {file="b.ts" line=4 severity="critical" why="weak"}]}} — segment blocked segment=2 problem="NO_TESTS"',
      [lost(), lost(), failure({ artefact: 'https://a', course }, { kept: 'swarm/wip' })],
    ],
    [
      'where the work of the attempt before is',
      'say {key="blocked:2:2:NO_TESTS" on=2 notice=segment blocked segment=2 problem=NO_TESTS command="x" owner="ana" kept="swarm/wip"} — segment blocked segment=2 problem="NO_TESTS"',
      [failure({ course }, { kept: 'swarm/wip' }), failed(NO_TESTS)],
    ],
    [
      'how many runs died, without the course of an earlier one',
      'say {key="blocked:2:2:RUN_LOST" on=2 notice=segment blocked segment=2 problem=RUN_LOST conclusion="failure" attempts=2 owner="ana"} — segment blocked segment=2 problem="RUN_LOST"',
      [lost(), lost()],
    ],
    [
      'that nothing changed',
      'say {key="blocked:2:1:NO_CHANGE" on=2 notice=segment blocked segment=2 problem=NO_CHANGE owner="ana" artefact="https://a"} — segment blocked segment=2 problem="NO_CHANGE"',
      [{ kind: 'no-change', at: NOW, report: reportOf(2, { artefact: 'https://a', course }) }],
    ],
  ])('%s', (_, expected, outcomes) => {
    const segments = {
      2: recordWith(
        2,
        outcomes.map((outcome) => ({ outcome })),
      ),
    };
    expect(problems({ segments, config: { attempts: 2 } })).toEqual([expected]);
  });

  test('of a question in a comment of its own alone', () => {
    const question = { id: 'q', text: '?', options: [], blocking: true };
    const outcome = {
      kind: 'asked',
      at: NOW,
      report: reportOf(2, { result: { kind: 'needs-input', question } }),
    } as const;
    expect(problems({ segments: { 2: recordWith(2, [{ outcome }]) } })).toEqual([]);
  });

  test('of a missing consent, once for each authorisation', () => {
    expect(problems({ journal: { authorisation: authorisation({ at: later(4) }) } })).toEqual([
      'say {key="consent:2:SEGMENT_NEW:1000004" on=2 notice=segment blocked segment=2 problem=SEGMENT_NEW at={issue=2} owner="ana"} — consent missing segment=2 problem="SEGMENT_NEW"',
    ]);
  });

  test.each<[string, string, Partial<Report>]>([
    ['in its own words', 'It is fine.', {}],
    ['with what it found', 'It is fine.\\na.ts:3 (minor): odd\\nb.ts:4 (critical): weak', { course }],
  ])('the answer of research %s', (_, summary, facts) => {
    const agent = { summary: 'It is fine.', assumptions: [], criteria: [] };
    const outcome = { kind: 'no-change', at: NOW, report: reportOf(2, { agent, ...facts }) } as const;
    expect(problems({ segments: { 2: recordWith(2, [{ worker: 'research', outcome }]) } })).toEqual([
      `say {key="answered:2" on=2 notice=segment answered segment=2 summary="${summary}"} — question researched`,
    ]);
  });

  const head = sha('abcdef0123456789abcdef0123456789abcdef01');
  const red = { validation: [{ gate: 'tests', verdict: 'fail', command: '', durationMs: 1, output: 'no' }] } as const;
  const reviewed = (facts: Partial<Report>, refused = false): readonly string[] =>
    problems({
      segments: {
        2: recordWith(
          2,
          [{ outcome: published(2, head, facts) }],
          refused ? { mergeRefusal: { head, at: NOW, message: 'Locked' } } : {},
        ),
      },
      snapshot: { pulls: [pull(102, 'feat/segment-2', head)] },
    });
  const headRed =
    'say {key="head-red:102:abcdef012345" on=102 notice=segment blocked segment=2 problem=HEAD_RED at={pull=102} head=…cdef01 gates=[{gate="tests" output="no"}] owner="ana"} — head red pull=102';
  const mergeRefused =
    'say {key="merge-refused:102:abcdef012345" on=102 notice=merge refused pull=102 problem=MERGE_REFUSED at={pull=102} message="Locked" owner="ana"} — merge refused pull=102';
  test.each<[string, readonly string[], Partial<Report>, boolean]>([
    ['nothing of a green pull request', [], {}, false],
    ['of a red head, on its pull request', [headRed], red, false],
    ['of a refused merge, on its pull request', [mergeRefused], {}, true],
    ['of both', [headRed, mergeRefused], red, true],
  ])('%s', (_, expected, facts, refused) => {
    expect(reviewed(facts, refused)).toEqual(expected);
  });

  test('nothing of a refused merge once the segment is in work again, or merged', () => {
    const mergeRefusal = { head, at: NOW, message: 'Locked' };
    const first = { outcome: published(2, head, red) };
    const pulls = [pull(102, 'feat/segment-2', head, { state: 'merged' })];
    expect(problems({ segments: { 2: recordWith(2, [first, {}], { mergeRefusal }) } })).toEqual([]);
    expect(problems({ segments: { 2: recordWith(2, [first], { mergeRefusal }) }, snapshot: { pulls } })).toEqual([]);
  });

  test('of a wave that waits for their approval, on the epic, and not while an error holds it', () => {
    const wave = [
      'say {key="approve-wave:1" on=1 notice=approve wave wave=1 owner="ana" plan=…} — wave to approve wave=1',
    ];
    expect(problems({ config: { mode: 'collaborative' } })).toEqual(wave);
    const held = problems({ config: { mode: 'collaborative' }, snapshot: { preflight: [disabled] } });
    expect(held.filter((line) => line.includes('approve-wave'))).toEqual([]);
    expect(problems({ config: { mode: 'collaborative' }, journal: { approvedWaves: [1] } })).toEqual([]);
  });
});

describe('the label of a segment', () => {
  const result = { kind: 'published', pull: pullNumber(102), branch: 'feat/segment-2', head: sha('a1') } as const;
  const first = { outcome: published(2, 'a1') };
  const question = { id: 'q', text: '?', options: [], blocking: true };
  const asked: Outcome = { kind: 'asked', at: NOW, report: reportOf(2, { result: { kind: 'needs-input', question } }) };
  const opened = pull(102, 'feat/segment-2', sha('a1'));
  const no = { ...approval(result.head), state: 'changes requested', body: 'No' } as const;
  const jobs = [{ name: 'segment 2 / work', state: 'running' }] as const;
  const taken: Partial<Journal> = {
    dispatches: { '1.1': { id: '1.1', at: NOW, work: { kind: 'segments', attempts: [] }, runId: 5 } },
  };
  const runs = [{ id: 5, dispatch: '1.1', url: '', state: 'running', jobs }] as const;
  const answer: Outcome = {
    kind: 'no-change',
    at: NOW,
    report: reportOf(2, { agent: { summary: 'x', assumptions: [], criteria: [] } }),
  };
  const withPull = (facts: Partial<Pull>) => ({
    segments: { 2: recordWith(2, [first]) },
    snapshot: { pulls: [{ ...opened, ...facts }] },
  });

  test.each<[string, StateLabel | undefined, Parameters<typeof factsOf>[1], ReturnType<typeof issue>?]>([
    ['that waits is none', undefined, { journal: { phase: 'paused' } }],
    ['that is ready is none', undefined, {}],
    ['that was closed before is none', undefined, {}, issue(2, { state: 'completed' })],
    ['that is queued says so', 'queued', { segments: { 2: recordWith(2, [{}]) } }],
    [
      'that runs says so',
      'running',
      { journal: { ...taken, segments: { 2: recordWith(2, [{}]) } }, snapshot: { runs } },
    ],
    ['that goes back to its agent is running', 'running', withPull({ reviews: [no] })],
    ['in review says so', 'review', withPull({})],
    ['that is to be merged is in review', 'review', withPull({ reviews: [approval(result.head)] })],
    ['that failed is blocked', 'blocked', { segments: { 2: recordWith(2, [{ outcome: failed(NO_TESTS) }]) } }],
    ['that asked needs input', 'needs-input', { segments: { 2: recordWith(2, [{ outcome: asked }]) } }],
    ['without consent is blocked', 'blocked', { journal: { authorisation: authorisation() } }],
    ['that is merged is done', 'done', withPull({ state: 'merged' })],
    [
      'that is skipped is done',
      'done',
      { segments: { 2: recordWith(2, [], { skipped: { by: 'ana', reason: '', at: NOW } }) } },
    ],
    ['that is answered is done', 'done', { segments: { 2: recordWith(2, [{ worker: 'research', outcome: answer }]) } }],
  ])('%s', (_, label, facts, given = issue(2)) => {
    const labels = (issues: Parameters<typeof factsOf>[0]) =>
      decide(factsOf(issues, facts), labelSegments).told.filter((line) => line.includes('issue=2'));
    const name = label === undefined ? '' : `"swarm:${label}"`;
    const state = label ?? 'waiting';
    expect(labels([given])).toEqual(
      label === undefined
        ? []
        : [`set labels {issue=2 add=[${name}] remove=[]} — state changed issue=2 state="${state}"`],
    );
    const others = ['bug', 'swarm:paused', 'swarm:execute', `swarm:${label ?? 'running'}`];
    const stale = label === undefined ? '"swarm:paused", "swarm:running"' : '"swarm:paused"';
    expect(labels([{ ...given, labels: others }])).toEqual([
      `set labels {issue=2 add=[] remove=[${stale}]} — state changed issue=2 state="${state}"`,
    ]);
  });

  test('stays as it is where it is right, and follows the names of the config', () => {
    const facts = { segments: { 2: recordWith(2, [{}]) } };
    const mapped = { ...facts, config: { labels: { queued: 'bot: queued', running: 'bot: running' } } };
    const labels = (issues: Parameters<typeof factsOf>[0], given: Parameters<typeof factsOf>[1]) =>
      decide(factsOf(issues, given), labelSegments).told;
    expect(labels([issue(2, { labels: ['swarm:queued'] })], facts)).toEqual([
      'set labels {issue=1 add=["swarm:running"] remove=[]} — state changed issue=1 state="running"',
    ]);
    expect(labels([issue(2, { labels: ['swarm:queued', 'bot: running'] })], mapped)).toEqual([
      'set labels {issue=2 add=["bot: queued"] remove=["bot: running"]} — state changed issue=2 state="queued"',
      'set labels {issue=1 add=["bot: running"] remove=[]} — state changed issue=1 state="running"',
    ]);
  });

  test('is the same label in every case of its letters, because GitHub keeps the first spelling', () => {
    const facts = { segments: { 2: recordWith(2, [{}]) }, snapshot: { epic: epicWith(['SWARM:running']) } };
    const labels = (...names: readonly string[]) =>
      decide(factsOf([issue(2, { labels: names })], facts), labelSegments).told;
    expect(labels('Swarm:Queued')).toEqual([]);
    expect(labels('Swarm:Queued', 'Swarm:Running')).toEqual([
      'set labels {issue=2 add=[] remove=["Swarm:Running"]} — state changed issue=2 state="queued"',
    ]);
  });

  test('is left alone where the issue is gone', () => {
    const facts = factsOf([issue(2)], { segments: { 2: recordWith(2, [{}]) } });
    const { told } = decide({ ...facts, snapshot: { ...facts.snapshot, issues: [] } }, labelSegments);
    expect(told.filter((line) => line.includes('issue=2'))).toEqual([]);
  });

  test('of the epic says most of all that it ended or is held, and then that anything runs', () => {
    const blockedEpic = { segments: { 1: recordWith(1, [{ outcome: failed(NO_TESTS) }]) } };
    const disabled = { level: 'error', problem: { kind: 'DISABLED' } } as const;
    const both = {
      segments: { 2: recordWith(2, [first]), 3: recordWith(3, [{}]) },
      snapshot: { pulls: [opened] },
    };
    const runsBeside = {
      journal: { ...taken, segments: { 2: recordWith(2, [{}]), 3: recordWith(3, [{ outcome: published(3, 'a1') }]) } },
      snapshot: { runs },
    };
    const table: readonly (readonly [StateLabel, readonly number[], Parameters<typeof factsOf>[1]])[] = [
      ['done', [2], { journal: { phase: 'finished' }, snapshot: { preflight: [disabled] } }],
      ['paused', [2], { journal: { phase: 'paused' }, snapshot: { preflight: [disabled] } }],
      ['paused', [2], { journal: { phase: 'cancelled' } }],
      ['blocked', [2], { snapshot: { preflight: [disabled] } }],
      ['blocked', [], blockedEpic],
      ['running', [2], { segments: { 2: recordWith(2, [{ outcome: failed(NO_TESTS) }]) } }],
      ['running', [2], {}],
      ['running', [2, 3], both],
      ['running', [2, 3], runsBeside],
      ['review', [2, 3], { ...both, segments: { 2: recordWith(2, [first]) } }],
    ];
    const shown = table.map(([, numbers, facts]) => {
      const { told } = decide(
        factsOf(
          numbers.map((number) => issue(number)),
          facts,
        ),
        labelSegments,
      );
      return told.filter((line) => line.includes('issue=1 '));
    });
    expect(shown).toEqual(
      table.map(([label]) => [
        `set labels {issue=1 add=["swarm:${label}"] remove=[]} — state changed issue=1 state="${label}"`,
      ]),
    );
  });
});

describe('the panel', () => {
  const panel = (said?: Said, result?: number): readonly string[] => {
    const acts = result === undefined ? {} : { panel: { at: NOW, by: 'me', state: 'done', result } as const };
    const snapshot = { now: later(60_000), said: said ? { panel: said } : {} };
    const { told } = decide(factsOf([issue(2)], { journal: { acts }, snapshot }), showPanel);
    return told.filter((line) => !line.startsWith('journal'));
  };
  const shown = (more: string) => [`show panel {key="panel" on=1 board=…${more}} — panel current`];

  test('is a new comment, which is made once', () => {
    expect(panel()).toEqual([...shown(''), 'look again in 20 s']);
  });

  test.each<[string, string, Said | undefined, number?]>([
    ['that shows', ' comment=7', { id: 7, body: '' }, 8],
    ['that does not show yet', ' comment=8', undefined, 8],
    ['that was written a minute ago', ' comment=7', { id: 7, body: '', at: NOW }],
    [
      'that was written less than a minute ago, where steps can wait',
      ' comment=7 steps="can wait"',
      { id: 7, body: '', at: later(1) },
    ],
  ])('is the comment %s', (_, more, said, result) => {
    expect(panel(said, result)).toEqual(shown(more));
  });
});
