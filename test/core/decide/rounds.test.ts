/** The rules of a calibration: where a wave stands, what is to be fixed, and which criteria are met (SPEC R7.1). */
import { describe, expect, test } from 'vitest';
import {
  coverageFindings,
  fixedCriteria,
  fixesFor,
  metCriteria,
  roundToFix,
  securityFindings,
  standingOf,
  tick,
  waveProgress,
} from '../../../src/core/decide/calibration.ts';
import type { Facts } from '../../../src/core/decide/progress.ts';
import { type Criterion, issueNumber, pullNumber, type Segment } from '../../../src/core/model/epic.ts';
import type { Calibration, Outcome } from '../../../src/core/model/journal.ts';
import type { Wave } from '../../../src/core/model/plan.ts';
import type { Progress, WaveStanding } from '../../../src/core/model/progress.ts';
import type { AgentSays, CouncilFinding, Finding, Report } from '../../../src/core/model/report.ts';
import { planEpic } from '../../../src/core/plan/planner.ts';
import { config, issue, snapshot } from '../facts.ts';
import { failed as failedRun, journal, lost, NOW, passed, published, recordWith, reportOf, round } from './records.ts';

const gate = (subject: string, check: Finding['check'] = 'gate'): Finding => ({
  check,
  subject,
  detail: `${subject} failed`,
});
const red = (...subjects: readonly string[]) =>
  ({ kind: 'failed', at: NOW, findings: subjects.map((subject) => gate(subject)) }) as const;
/** Rounds 1, 2, 3 … with these ends. */
const rounds = (...ends: readonly Partial<Calibration>[]): readonly Calibration[] =>
  ends.map((end, at) => round(at + 1, { covers: [issueNumber(2)], ...end }));

const died = { lost: lost('failure') } as const;
const open = {};
const bad = { verdict: red('tests') } as const;
const good = { verdict: passed } as const;

const wave: Wave = {
  number: 3,
  tracks: [
    { letter: 'A', name: 'a', segments: [issueNumber(2)] },
    { letter: 'B', name: 'b', segments: [issueNumber(4), issueNumber(5)] },
  ],
};
const merged: Progress = { kind: 'merged', pull: pullNumber(102) };
const over = { kind: 'closed before' } as const;
const running = { kind: 'running' } as const;
const added: Progress = {
  kind: 'not in this execution',
  problem: { kind: 'SEGMENT_NEW', at: { issue: issueNumber(5) } },
};
const changed: Progress = {
  kind: 'not in this execution',
  problem: { kind: 'SEGMENT_CHANGED', at: { issue: issueNumber(5) } },
};

/** The facts of a wave with these rounds. A segment of another wave never counts. */
const factsOf = (of: readonly Calibration[], forgiven = 0, choices: Partial<Facts['config']> = {}): Facts => ({
  snapshot: snapshot([]),
  plan: planEpic({ ...snapshot([]), config: config(), fixes: {}, skipped: new Set() }),
  config: config({ attempts: 2, calibrationRounds: 2, ...choices }),
  journal: journal({
    calibrations: { 1: rounds(bad, bad, bad), 3: of },
    forgivenRounds: { 1: 3, ...(forgiven === 0 ? {} : { 3: forgiven }) },
  }),
});
const standing = (
  of: readonly Calibration[],
  progress: readonly [Progress, Progress, Progress] = [merged, over, over],
  forgiven = 0,
): WaveStanding =>
  standingOf(
    wave,
    factsOf(of, forgiven),
    new Map(([2, 4, 5] as const).map((number, at) => [issueNumber(number), progress[at] ?? over])),
  );

const limitOf = (number: number, ...findings: readonly string[]) =>
  ({ kind: 'stopped', problem: { kind: 'CALIBRATION_LIMIT', wave: 3, rounds: number, findings } }) as const;
const lostProblem = (conclusion: string, attempts: number) =>
  ({ kind: 'stopped', problem: { kind: 'RUN_LOST', conclusion, attempts } }) as const;

describe('a wave', () => {
  test.each<[string, WaveStanding, readonly [Progress, Progress, Progress]]>([
    ['with a segment that runs is open', { kind: 'open' }, [merged, over, running]],
    ['in which nothing started is open', { kind: 'open' }, [running, running, running]],
    ['with a segment that changed since the authorisation is open', { kind: 'open' }, [merged, over, changed]],
    ['does not wait for a segment that was added since', { kind: 'to calibrate', round: 1 }, [merged, over, added]],
    ['with one merged segment is to be calibrated', { kind: 'to calibrate', round: 1 }, [over, over, merged]],
    [
      'in which this execution merged nothing has passed',
      { kind: 'passed', round: 0 },
      [over, { kind: 'skipped' }, added],
    ],
    ['of which all segments were added since has passed', { kind: 'passed', round: 0 }, [added, added, added]],
  ])('%s', (_, expected, progress) => {
    expect(standing([], progress)).toStrictEqual(expected);
  });

  test('with a segment of unknown progress is open', () => {
    expect(standingOf(wave, factsOf([]), new Map([[issueNumber(2), merged]]))).toStrictEqual({ kind: 'open' });
  });

  test.each<[string, readonly Calibration[], WaveStanding]>([
    ['has no verdict is calibrating', rounds(open), { kind: 'calibrating', round: 1 }],
    [
      'comes after a failed one and has no verdict is calibrating',
      rounds(bad, open),
      { kind: 'calibrating', round: 2 },
    ],
    ['passed has passed', rounds(good), { kind: 'passed', round: 1 }],
    ['passed after one that failed has passed', rounds(bad, good), { kind: 'passed', round: 2 }],
    ['failed once has failed', rounds(bad), { kind: 'failed', round: 1, findings: [gate('tests')] }],
    [
      'failed as often as allowed is stopped',
      rounds(bad, { verdict: red('lint', 'types') }),
      limitOf(2, 'lint: lint failed', 'types: types failed'),
    ],
    [
      'failed before one that passed counts against nothing',
      rounds(bad, good, bad),
      { kind: 'failed', round: 3, findings: [gate('tests')] },
    ],
    ['failed twice after one that passed is stopped', rounds(good, bad, bad), limitOf(3, 'tests: tests failed')],
    ['failed and then died counts once', rounds(bad, died, bad), limitOf(3, 'tests: tests failed')],
    ['died once is repeated', rounds(died), { kind: 'to calibrate', round: 2 }],
    [
      'died as often as runs are tried is stopped',
      rounds(died, { lost: lost('timed out') }),
      lostProblem('timed out', 2),
    ],
    [
      'failed after one that died has failed',
      rounds(died, bad),
      { kind: 'failed', round: 2, findings: [gate('tests')] },
    ],
    [
      'died after others that died and failed is repeated',
      rounds(bad, died, bad, died),
      { kind: 'to calibrate', round: 5 },
    ],
    [
      'failed after two that passed has failed',
      rounds(good, bad, good, bad),
      { kind: 'failed', round: 4, findings: [gate('tests')] },
    ],
    ['died after one that failed is repeated', rounds(bad, died), { kind: 'to calibrate', round: 3 }],
    ['died twice after one that failed is stopped', rounds(bad, died, died), lostProblem('failure', 2)],
    ['died before and after one that failed is repeated', rounds(died, bad, died), { kind: 'to calibrate', round: 4 }],
    [
      'died before one that passed and once after is repeated',
      rounds(died, good, died),
      { kind: 'to calibrate', round: 4 },
    ],
    [
      'was cancelled twice is stopped',
      rounds(died, { lost: { kind: 'cancelled', at: NOW } }),
      lostProblem('cancelled', 2),
    ],
    [
      'could not start twice is stopped with that reason',
      rounds(died, { lost: failedRun({ kind: 'DISPATCH_FAILED', status: 404, message: 'Gone' }) }),
      { kind: 'stopped', problem: { kind: 'DISPATCH_FAILED', status: 404, message: 'Gone' } },
    ],
  ])('with a last round that %s', (_, of, expected) => {
    expect(standing(of)).toStrictEqual(expected);
  });

  test.each<[string, readonly Calibration[], number, WaveStanding]>([
    ['a round that failed is repeated', rounds(bad), 1, { kind: 'to calibrate', round: 2 }],
    ['rounds that failed too often are repeated', rounds(bad, bad), 2, { kind: 'to calibrate', round: 3 }],
    [
      'a round that failed after it counts as the first',
      rounds(bad, bad),
      1,
      { kind: 'failed', round: 2, findings: [gate('tests')] },
    ],
    [
      'rounds that failed too often after it stop the wave',
      rounds(bad, bad, bad),
      1,
      limitOf(3, 'tests: tests failed'),
    ],
    ['rounds that died too often are repeated', rounds(died, died), 2, { kind: 'to calibrate', round: 3 }],
    ['a round that died after it counts as the first', rounds(died, died), 1, { kind: 'to calibrate', round: 3 }],
    ['rounds that died too often after it stop the wave', rounds(died, died, died), 1, lostProblem('failure', 2)],
    [
      'rounds up to a later one that passed are settled',
      rounds(bad, bad, good, bad),
      1,
      { kind: 'failed', round: 4, findings: [gate('tests')] },
    ],
    ['rounds before it stay settled', rounds(good, bad, bad), 3, { kind: 'to calibrate', round: 4 }],
  ])('after a retry: %s', (_, of, forgiven, expected) => {
    expect(standing(of, undefined, forgiven)).toStrictEqual(expected);
  });

  test.each<[string, readonly Calibration[], WaveStanding]>([
    ['that passed is calibrated again', rounds(good), { kind: 'to calibrate', round: 2 }],
    ['that failed is calibrated again', rounds(bad), { kind: 'to calibrate', round: 2 }],
    ['that failed too often stays stopped', rounds(bad, bad), limitOf(2, 'tests: tests failed')],
    ['that is being calibrated is calibrated to the end', rounds(open), { kind: 'calibrating', round: 1 }],
  ])('%s after a merge that its last round does not cover', (_, of, expected) => {
    expect(standing(of, [merged, over, merged])).toStrictEqual(expected);
  });

  test('in which nothing was merged since its last round is not calibrated again', () => {
    expect(standing(rounds(good), [merged, { kind: 'answered' }, { kind: 'skipped' }])).toStrictEqual({
      kind: 'passed',
      round: 1,
    });
  });
});

describe('fix segments are made of the last round', () => {
  const findings = [gate('tests')];
  test.each<[string, readonly Calibration[], number, ReturnType<typeof roundToFix>]>([
    ['not before there is one', [], 0, undefined],
    ['not while it runs', rounds(bad, open), 0, undefined],
    ['not when it passed', rounds(bad, good), 0, undefined],
    ['not when its run died', rounds(bad, died), 0, undefined],
    ['when it failed', rounds(bad), 0, { round: 1, findings }],
    ['when it failed again after one that passed', rounds(bad, good, bad), 0, { round: 3, findings }],
    ['when it failed after one that died', rounds(died, bad), 0, { round: 2, findings }],
    ['not when it failed as often as allowed', rounds(bad, bad), 0, undefined],
    ['not when it failed as often as allowed, with a death between', rounds(bad, died, bad), 0, undefined],
    ['when a retry forgave the ones before it', rounds(bad, bad), 1, { round: 2, findings }],
    ['when a retry forgave it, too', rounds(bad, bad), 2, { round: 2, findings }],
    ['not when it failed as often as allowed since the retry', rounds(bad, bad, bad), 1, undefined],
  ])('%s', (_, of, forgiven, expected) => {
    expect(roundToFix(wave, factsOf(of, forgiven))).toStrictEqual(expected);
  });
});

test.each<[WaveStanding, unknown]>([
  [{ kind: 'open' }, { kind: 'not yet' }],
  [{ kind: 'to calibrate', round: 2 }, { kind: 'not yet' }],
  [
    { kind: 'calibrating', round: 2 },
    { kind: 'running', round: 2 },
  ],
  [
    { kind: 'passed', round: 3 },
    { kind: 'passed', round: 3 },
  ],
  [
    { kind: 'failed', round: 4, findings: [gate('lint')] },
    { kind: 'failed', round: 4, findings: [gate('lint')] },
  ],
  [limitOf(5, 'x'), { kind: 'failed', round: 5, findings: [] }],
  [lostProblem('failure', 2), { kind: 'failed', round: 0, findings: [] }],
])('a wave that stands at %o is shown so', (of, shown) => {
  expect(waveProgress(of)).toStrictEqual(shown);
});

const criterion = (id: string, line: number, state: Criterion['state'] = 'open'): Criterion => ({
  id,
  text: `${id} holds`,
  line,
  state,
});
const segmentWith = (number: number, criteria: readonly Criterion[]): Segment => {
  const { segments } = planEpic({ ...snapshot([issue(number)]), config: config(), fixes: {}, skipped: new Set() });
  const [segment] = segments;
  if (!segment) throw new Error('there is no segment');
  return { ...segment, spec: { ...segment.spec, criteria } };
};

describe('open criteria', () => {
  test('are one finding for each segment that has some, in the order of the segments', () => {
    const segment = (number: number) => segmentWith(number, []);
    expect(
      coverageFindings([
        { segment: segment(4), left: [criterion('AC-1', 3), criterion('C2', 4)] },
        { segment: segment(5), left: [] },
        { segment: segment(3), left: [criterion('AC-9', 3)] },
      ]),
    ).toStrictEqual([
      {
        check: 'coverage',
        subject: '#4',
        detail: 'AC-1: AC-1 holds\nC2: C2 holds',
        mends: {
          issue: 4,
          criteria: [
            { id: 'AC-1', text: 'AC-1 holds' },
            { id: 'C2', text: 'C2 holds' },
          ],
        },
      },
      {
        check: 'coverage',
        subject: '#3',
        detail: 'AC-9: AC-9 holds',
        mends: { issue: 3, criteria: [{ id: 'AC-9', text: 'AC-9 holds' }] },
      },
    ]);
  });
});

describe('the findings of security segments', () => {
  const weak = (severity: CouncilFinding['severity'], line: number): CouncilFinding => ({
    file: 'src/login.ts',
    line,
    severity,
    why: 'weak',
  });
  const reportWith = (...findings: readonly CouncilFinding[]): Report =>
    reportOf(5, {
      course: { pair: { kind: 'skipped', why: 'x' }, council: { kind: 'skipped', why: 'y' }, questions: [], findings },
    });
  const five = { number: issueNumber(5), report: reportWith(weak('critical', 1), weak('minor', 2), weak('major', 3)) };
  const finding = {
    check: 'security',
    subject: '#5',
    detail: 'src/login.ts:1 (critical): weak\nsrc/login.ts:3 (major): weak',
  };

  test.each<[string, Parameters<typeof securityFindings>, readonly unknown[]]>([
    ['are the serious ones', [[five], []], [finding]],
    ['are none without a report', [[{ number: issueNumber(5), report: undefined }], []], []],
    [
      'are none in a report that says nothing of how it went',
      [[{ number: issueNumber(5), report: reportOf(5) }], []],
      [],
    ],
    ['are none where all are minor', [[{ number: issueNumber(5), report: reportWith(weak('minor', 2)) }], []], []],
    [
      'count once',
      [
        [five],
        rounds(open, { verdict: { kind: 'failed', at: NOW, findings: [gate('tests'), gate('#5', 'security')] } }),
      ],
      [],
    ],
    [
      'count although a gate of the same name failed',
      [[five], rounds({ verdict: { kind: 'failed', at: NOW, findings: [gate('#5')] } })],
      [finding],
    ],
    [
      'count although those of another segment were found',
      [[five], rounds({ verdict: { kind: 'failed', at: NOW, findings: [gate('#6', 'security')] } }, good)],
      [finding],
    ],
  ])('%s', (_, given, expected) => {
    expect(securityFindings(...given)).toStrictEqual(expected);
  });
});

describe('a merged segment has met', () => {
  const segment = segmentWith(2, [criterion('AC-1', 3), criterion('AC-2', 4, 'met'), criterion('AC-3', 5)]);
  const says = (...criteria: AgentSays['criteria']) => ({
    summary: '',
    assumptions: [],
    criteria,
  });

  const named = (...criteria: AgentSays['criteria']) => published(2, 'a1', { agent: says(...criteria) });
  test.each<[string, readonly string[], readonly Outcome[]]>([
    ['what is ticked, where nobody said anything', ['AC-2'], []],
    ['no more, where its agent named nothing, whoever approved that', ['AC-2'], [named()]],
    [
      'the criteria that its agent gave evidence for',
      ['AC-2', 'AC-3', 'AC-8'],
      [named({ id: 'AC-3', evidence: 'a.test.ts' }, { id: 'AC-1', evidence: ' \n' }, { id: 'AC-8', evidence: ' x ' })],
    ],
    [
      'those of all work that was published: a proof of it has no agent that could name them again',
      ['AC-2', 'AC-1', 'AC-3'],
      [named({ id: 'AC-1', evidence: 'x' }), named({ id: 'AC-3', evidence: 'y' }), named()],
    ],
    ['none of work that failed', ['AC-2'], [failedRun({ kind: 'NO_CHANGE' })]],
  ])('%s', (_, expected, outcomes) => {
    const record = recordWith(
      2,
      outcomes.map((outcome) => ({ outcome })),
    );
    expect([...metCriteria(segment, record)]).toStrictEqual(expected);
  });
});

describe('a fix segment has met, of the segment that it fixes,', () => {
  const mends = {
    issue: issueNumber(2),
    criteria: [
      { id: 'AC-4', text: 'four' },
      { id: 'AC-7', text: 'seven' },
    ],
  };
  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['those in the places of its own that it met', ['C1', 'C2'], ['C2'], ['AC-7']],
    ['all, when it met all of its own', ['C1', 'C2'], ['C1', 'C2'], ['AC-4', 'AC-7']],
    ['none, when it met none of its own', ['C1', 'C2'], [], []],
    ['none, when it has fewer', ['C1'], ['C1'], []],
    ['none, when it has more', ['C1', 'C2', 'C3'], ['C1', 'C2', 'C3'], []],
  ])('%s', (_, own, met, expected) => {
    const fix = segmentWith(
      9,
      own.map((id, at) => criterion(id, at + 1)),
    );
    expect([...fixedCriteria(fix, mends, new Set(met))]).toStrictEqual(expected);
  });
});

describe('ticking', () => {
  const all = (...ids: readonly string[]): ReadonlySet<string> => new Set(ids);
  test.each<[string, string, readonly Criterion[], ReadonlySet<string>, string]>([
    [
      'ticks the box of each criterion that is met',
      '- [ ] a\n- [ ] b',
      [criterion('A', 1), criterion('B', 2)],
      all('A', 'B'),
      '- [x] a\n- [x] b',
    ],
    [
      'leaves a criterion alone that is not met',
      '- [ ] a\n- [ ] b',
      [criterion('A', 1), criterion('B', 2)],
      all('B'),
      '- [ ] a\n- [x] b',
    ],
    ['leaves a criterion alone that was ticked before', '- [ ] a', [criterion('A', 1, 'met')], all('A'), '- [ ] a'],
    [
      'keeps every kind of line break',
      'x\r\n- [ ] a\r- [ ] b\n\n',
      [criterion('A', 2), criterion('B', 3)],
      all('A', 'B'),
      'x\r\n- [x] a\r- [x] b\n\n',
    ],
    [
      'knows every mark of a list, indented or not',
      '*   [ ] a\n  + [ ] b\n10. [ ] c\n2)\t[ ] d',
      [criterion('A', 1), criterion('B', 2), criterion('C', 3), criterion('D', 4)],
      all('A', 'B', 'C', 'D'),
      '*   [x] a\n  + [x] b\n10. [x] c\n2)\t[x] d',
    ],
    ['ticks the first box of a line alone', '- [ ] a [ ] b', [criterion('A', 1)], all('A'), '- [x] a [ ] b'],
    [
      'changes no line without a box at its start',
      'a - [ ] b\n-[ ] c\n- [x] d',
      [criterion('A', 1), criterion('B', 2), criterion('C', 3)],
      all('A', 'B', 'C'),
      'a - [ ] b\n-[ ] c\n- [x] d',
    ],
    ['changes nothing where the text has no such line', '- [ ] a', [criterion('A', 2)], all('A'), '- [ ] a'],
  ])('%s', (_, body, criteria, met, expected) => {
    expect(tick(body, criteria, met)).toBe(expected);
  });
});

test.each<[string, readonly Finding[], readonly Finding[]]>([
  ['no finding needs no fix', [], []],
  ['one gate gets one fix', [gate('lint')], [gate('lint')]],
  [
    'everything but open criteria shares one fix, which comes first',
    [gate('#2', 'coverage'), gate('#5', 'security'), gate('lint'), gate('#3', 'coverage')],
    [
      { check: 'security', subject: '#5, lint', detail: '#5 failed\n\nlint failed' },
      gate('#2', 'coverage'),
      gate('#3', 'coverage'),
    ],
  ],
  [
    'open criteria of two segments get a fix each',
    [gate('#2', 'coverage'), gate('#3', 'coverage')],
    [gate('#2', 'coverage'), gate('#3', 'coverage')],
  ],
])('%s', (_, found, expected) => {
  expect(fixesFor(found)).toStrictEqual(expected);
});
