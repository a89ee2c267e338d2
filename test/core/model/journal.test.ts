/** What the journal says, read and changed one part at a time. */
import { describe, expect, test } from 'vitest';
import { type Instant, instant, issueNumber } from '../../../src/core/model/epic.ts';
import { costOf, historyOf, spentUsd } from '../../../src/core/model/history.ts';
import {
  type Act,
  type Attempt,
  type Calibration,
  type Dispatch,
  emptyJournal,
  emptyRecord,
  findAttempt,
  isCutShort,
  keptOf,
  type Outcome,
} from '../../../src/core/model/journal.ts';
import {
  actKeys,
  isEnded,
  jobsOf,
  laterOf,
  latestReport,
  publication,
  recordOf,
  refusedIssues,
  segmentOfPull,
  withAct,
  withCalibration,
  withOutcome,
  withoutAct,
  withoutRefusals,
  withRecord,
} from '../../../src/core/model/journal-lenses.ts';
import type { Job, Run } from '../../../src/core/model/snapshot.ts';
import {
  AT,
  answered,
  asked,
  attempt,
  cancelled,
  crashed,
  failed,
  HEAD,
  journal,
  lost,
  OTHER_HEAD,
  published,
  record,
} from './records.ts';

const act = (state: Act['state'], facts: Partial<Act> = {}): Act => ({ at: AT, by: 'me', state, ...facts });

describe('a journal', () => {
  test('begins with nothing', () => {
    expect(emptyJournal(issueNumber(12))).toStrictEqual({
      version: 1,
      epic: 12,
      phase: 'planned',
      options: {},
      segments: {},
      dispatches: {},
      calibrations: {},
      taken: {},
      acts: {},
      approvedWaves: [],
      followUps: [],
      forgivenRounds: {},
    });
    expect(emptyRecord).toStrictEqual({ attempts: [], rejections: [], approvals: [], forgiven: 0 });
  });

  test('has an empty record for a segment that it does not know', () => {
    const known = record([attempt(2, 1)]);
    expect(recordOf(journal({ 2: known }), 2)).toBe(known);
    expect(recordOf(journal({ 2: known }), 3)).toBe(emptyRecord);
  });

  test('with a change to one record keeps everything else', () => {
    const before = journal({ 2: record([attempt(2, 1)], { forgiven: 1 }), 3: record([]) });
    expect(withRecord(before, 2, { forgiven: 2 })).toStrictEqual({
      ...before,
      segments: { 2: record([attempt(2, 1)], { forgiven: 2 }), 3: record([]) },
    });
    expect(withRecord(before, 4, { forgiven: 2 })).toStrictEqual({
      ...before,
      segments: { ...before.segments, 4: { ...emptyRecord, forgiven: 2 } },
    });
    expect(before.segments[2]?.forgiven).toBe(1);
  });

  test('finds an attempt by its id', () => {
    const [first, second] = [attempt(2, 1, lost), attempt(2, 2)];
    const held = journal({ 2: record([first, second]), 3: record([]) });
    expect(findAttempt(held, '1.2-1')).toBe(first);
    expect(findAttempt(held, '1.2-2')).toBe(second);
    expect(['1.2-3', '9.2-1', '1.3-1', '1.4-1', 'two', ''].map((id) => findAttempt(held, id))).toStrictEqual(
      Array.from({ length: 6 }),
    );
  });

  test('takes the outcome of one attempt', () => {
    const [first, second] = [attempt(2, 1, lost), attempt(2, 2)];
    const before = journal({ 2: record([first, second], { forgiven: 1 }), 3: record([]) });
    expect(withOutcome(before, second, cancelled)).toStrictEqual({
      ...before,
      segments: { 2: record([first, { ...second, outcome: cancelled }], { forgiven: 1 }), 3: record([]) },
    });
  });
});

describe('acts', () => {
  test('have keys that say what they are about', () => {
    expect(actKeys.dispatch('12.3')).toBe('dispatch:12.3');
    expect(actKeys.merge(31, '0123456789abcdef')).toBe('merge:31:0123456789ab');
    expect(actKeys.panel).toBe('panel');
    expect(actKeys.fix(12, 2, 3, 4)).toBe('fix:12:2:3:4');
  });

  test('are added, replaced and taken out one by one', () => {
    const before = journal({}, { acts: { panel: act('intended'), 'merge:1:a': act('done') } });
    expect(withAct(before, 'panel', act('done', { result: 7 }))).toStrictEqual({
      ...before,
      acts: { panel: act('done', { result: 7 }), 'merge:1:a': act('done') },
    });
    expect(withAct(before, 'new', act('intended')).acts).toStrictEqual({ ...before.acts, new: act('intended') });
    expect(withoutAct(before, 'panel')).toStrictEqual({ ...before, acts: { 'merge:1:a': act('done') } });
    expect(withoutAct(before, 'none')).toStrictEqual(before);
  });

  test('that were refused are forgotten when a person says so, and no others', () => {
    const acts = { a: act('intended'), b: act('refused'), c: act('done'), d: act('refused') };
    const before = journal({}, { acts });
    expect(withoutRefusals(before)).toStrictEqual({ ...before, acts: { a: acts.a, c: acts.c } });
  });

  test('that GitHub refused are issues not made only if they were to make one', () => {
    const refusal = { status: 403, message: 'Forbidden' };
    const acts = {
      'fix:1:1:1:0': act('refused', { refusal }),
      'fix:1:1:1:1': act('done'),
      'fix:1:1:1:2': act('intended'),
      'fix:1:1:1:3': act('refused'),
      'merge:1:fix:': act('refused', { refusal }),
      panel: act('refused', { refusal }),
    };
    expect(refusedIssues(journal({}, { acts }))).toStrictEqual([
      { key: 'fix:1:1:1:0', problem: { kind: 'ISSUE_REFUSED', ...refusal } },
      { key: 'fix:1:1:1:3', problem: { kind: 'ISSUE_REFUSED', status: 0, message: '' } },
    ]);
    expect(refusedIssues(journal({}))).toStrictEqual([]);
  });
});

describe('calibrations', () => {
  const round = (number: number, facts: Partial<Calibration> = {}): Calibration => ({
    round: number,
    base: HEAD,
    dispatch: `1.${number}`,
    at: AT,
    covers: [],
    ...facts,
  });
  const judge = (calibration: Calibration): Calibration => ({ ...calibration, judged: true });

  test('are changed by wave and round', () => {
    const before = journal({}, { calibrations: { 1: [round(1), round(2)], 2: [round(1)] } });
    expect(withCalibration(before, 1, 2, judge)).toStrictEqual({
      ...before,
      calibrations: { 1: [round(1), round(2, { judged: true })], 2: [round(1)] },
    });
    expect(withCalibration(before, 2, 9, judge)).toStrictEqual(before);
    expect(withCalibration(before, 3, 1, judge)).toStrictEqual({
      ...before,
      calibrations: { ...before.calibrations, 3: [] },
    });
  });

  const dispatch = (id: string, wave: number): Dispatch => ({
    id,
    at: AT,
    work: { kind: 'calibration', wave, round: 1 },
  });

  test.each<[string, string, number, boolean]>([
    ['with a verdict', '1.1', 1, true],
    ['without a verdict', '1.2', 1, false],
    ['that another dispatch took over', '1.9', 1, true],
    ['of a wave that no longer has any', '1.1', 7, true],
  ])('a run of one %s', (_, id, wave, ended) => {
    const calibrations = { 1: [round(1, { verdict: { kind: 'passed', at: AT } }), round(2)] };
    expect(isEnded(journal({}, { calibrations }), dispatch(id, wave))).toBe(ended);
  });
});

describe('a run of segments has ended', () => {
  const dispatch = (...ids: readonly string[]): Dispatch => ({
    id: '1.1',
    at: AT,
    work: { kind: 'segments', attempts: ids as never },
  });
  const held = journal({
    2: record([attempt(2, 1, lost), attempt(2, 2)]),
    3: record([attempt(3, 1, cancelled)]),
  });

  test.each<[string, readonly string[], boolean]>([
    ['if its attempt has', ['1.2-1'], true],
    ['if all its attempts have', ['1.2-1', '1.3-1'], true],
    ['not while one attempt has not', ['1.3-1', '1.2-2'], false],
    ['not while no attempt has', ['1.2-2'], false],
    ['not if an attempt is unknown', ['1.2-1', '1.4-1'], false],
    ['if it had none', [], true],
  ])('%s', (_, ids, ended) => {
    expect(isEnded(held, dispatch(...ids))).toBe(ended);
  });
});

describe('jobs and pull requests', () => {
  test('the jobs of an attempt are those of its segment in the run', () => {
    const job = (name: string): Job => ({ name, state: 'queued' });
    const jobs = ['plan', 'segment 2 / work', 'segment 22 / work', 'segment 2 / publish', 'not segment 2 /'].map(job);
    const run: Run = { id: 1, dispatch: '1.1', url: '', state: 'running', jobs };
    expect(jobsOf(run, attempt(2, 1).id).map(({ name }) => name)).toStrictEqual([
      'segment 2 / work',
      'segment 2 / publish',
    ]);
    expect(jobsOf(run, attempt(3, 1).id)).toStrictEqual([]);
  });

  test('the segment of a pull request is the one with an attempt that published it', () => {
    const held = journal({
      2: record([attempt(2, 1), attempt(2, 2, lost)]),
      3: record([attempt(3, 1, lost), attempt(3, 2, published(31)), attempt(3, 3, published(32))]),
      4: record([attempt(4, 1, published(41))]),
    });
    expect([31, 32, 41, 99].map((pull) => segmentOfPull(held, pull))).toStrictEqual([3, 3, 4, undefined]);
  });

  test('the later of two times, of which either may be unknown', () => {
    const [early, late] = [instant(1), instant(2)];
    const pairs: [Instant | undefined, Instant | undefined][] = [
      [early, late],
      [late, early],
      [early, undefined],
      [undefined, late],
      [undefined, undefined],
    ];
    expect(pairs.map(([a, b]) => laterOf(a, b))).toStrictEqual([2, 2, 1, 2, undefined]);
  });
});

describe('what a segment left', () => {
  test('the report is that of the latest attempt that has one', () => {
    const [first, second] = [published(31), answered()];
    const reports = (...outcomes: readonly (Outcome | undefined)[]) =>
      latestReport(record(outcomes.map((outcome, index) => attempt(2, index + 1, outcome))));
    expect(reports(first, second)).toBe('report' in second ? second.report : undefined);
    expect(reports(second, first, lost, cancelled, undefined)).toBe(first.report);
    expect(reports(lost, undefined)).toBeUndefined();
    expect(reports()).toBeUndefined();
    expect(reports(first, crashed)).toBe(first.report);
  });

  test('the publication is the latest outcome that published', () => {
    const [first, second] = [published(31), published(32)];
    const latest = (...outcomes: readonly (Outcome | undefined)[]) =>
      publication(record(outcomes.map((outcome, index) => attempt(2, index + 1, outcome))));
    expect(latest(first, second)).toBe(second);
    expect(latest(first, answered(), undefined)).toBe(first);
    expect([latest(answered(), lost), latest()]).toStrictEqual([undefined, undefined]);
  });

  const kept = { kept: 'swarm/wip/1.2-1', keptHead: OTHER_HEAD };
  const branch = [{ branch: 'swarm/wip/1.2-1', head: OTHER_HEAD }];
  test.each<[string, Outcome | undefined, ReturnType<typeof keptOf>]>([
    ['failed and kept its work', failed(kept), branch],
    ['asked and kept its work', asked(kept), branch],
    ['failed and kept nothing', failed(), []],
    ['asked and kept nothing', asked(), []],
    ['kept a branch without a commit', failed({ kept: kept.kept }), []],
    ['kept a commit without a branch', asked({ keptHead: kept.keptHead }), []],
    ['failed before it could report', crashed, []],
    ['published', published(31), []],
    ['was lost', lost, []],
    ['has not ended', undefined, []],
    [
      'failed with a report of something else',
      { ...published(31), kind: 'failed', problem: { kind: 'RUN_CUT_SHORT' } } as never,
      [],
    ],
    ['is lost, though its report kept something', { ...failed(kept), kind: 'lost' } as never, []],
  ])('the work of an attempt that %s', (_, outcome, expected) => {
    expect(keptOf(attempt(2, 1, outcome))).toStrictEqual(expected);
  });

  test.each<[string, Outcome | undefined, boolean]>([
    ['a run that was cut short', crashed, true],
    ['a run that failed otherwise', failed(), false],
    ['a run that was lost', lost, false],
    ['a run that has not ended', undefined, false],
  ])('%s: cut short %j', (_, outcome, is) => {
    expect(isCutShort(outcome)).toBe(is);
  });
});

describe('what an epic teaches', () => {
  const MINUTE = 60_000;
  const timed = (minutes: number, outcome: Outcome, facts: Partial<Attempt> = {}): Attempt =>
    attempt(2, 1, { ...outcome, at: instant(1e12 + minutes * MINUTE) }, { claimedAt: instant(1e12), ...facts });
  const history = (...attempts: readonly Attempt[]) => historyOf(journal({ 2: record(attempts) }));

  test.each<[string, readonly Attempt[], ReturnType<typeof historyOf>]>([
    ['a segment that published', [timed(30, published(31))], [{ worker: 'implementation', minutes: 30 }]],
    [
      'a segment that was answered',
      [timed(30, answered(), { worker: 'research' })],
      [{ worker: 'research', minutes: 30 }],
    ],
    ['a segment that failed', [timed(30, failed())], []],
    ['a segment that ended in failure', [timed(30, published(31)), timed(30, failed())], []],
    ['a segment that has not ended', [attempt(2, 1)], []],
    ['a segment that never started', [], []],
    [
      'the times of all attempts, without the waits between',
      [timed(10, lost), timed(20, failed()), timed(30, published(31))],
      [{ worker: 'implementation', minutes: 60 }],
    ],
    [
      'an attempt that has not ended, which takes no time',
      [attempt(2, 1), timed(30, published(31))],
      [{ worker: 'implementation', minutes: 30 }],
    ],
    ['less than a minute, which is one', [timed(0.2, published(31))], [{ worker: 'implementation', minutes: 1 }]],
    ['parts of minutes, which are rounded', [timed(2.5, published(31))], [{ worker: 'implementation', minutes: 3 }]],
    [
      'the persona, estimate and worker of the last attempt, and what all cost',
      [
        timed(1, failed({}, { costUsd: 0.5 }), { persona: 'web', estimateMinutes: 5, worker: 'tests' }),
        timed(1, published(31, HEAD, { costUsd: 1.25 }), { persona: 'api', estimateMinutes: 45 }),
      ],
      [{ worker: 'implementation', persona: 'api', estimateMinutes: 45, minutes: 2, costUsd: 1.75 }],
    ],
  ])('%s', (_, attempts, expected) => {
    expect(history(...attempts)).toStrictEqual(expected);
  });

  test('each segment counts, in the order of the numbers', () => {
    const held = journal({
      3: record([timed(3, published(31))]),
      2: record([timed(2, answered())]),
      4: record([timed(4, lost)]),
    });
    expect(historyOf(held).map(({ minutes }) => minutes)).toStrictEqual([2, 3]);
  });

  test.each<[string, readonly (Outcome | undefined)[], number | undefined]>([
    ['of attempts that report it, added up', [failed({}, { costUsd: 1 }), published(31, HEAD, { costUsd: 2 })], 3],
    ['of those among others that do not', [lost, crashed, published(31), answered({ costUsd: 2 }), undefined], 2],
    ['of none that report it', [lost, published(31), crashed, undefined], undefined],
    ['of no attempt', [], undefined],
    ['of nothing, if that is reported', [answered({ costUsd: 0 })], 0],
  ])('the cost %s', (_, outcomes, cost) => {
    const held = record(outcomes.map((outcome, index) => attempt(2, index + 1, outcome)));
    expect(costOf(held)).toBe(cost);
    expect(spentUsd(journal({ 2: held }))).toBe(cost);
    expect(spentUsd(journal({ 2: held, 3: record([]), 4: record([attempt(4, 1, answered({ costUsd: 4 }))]) }))).toBe(
      4 + (cost ?? 0),
    );
  });

  test('an epic without segments has cost nothing that is known', () => {
    expect(spentUsd(journal({}))).toBeUndefined();
  });
});
