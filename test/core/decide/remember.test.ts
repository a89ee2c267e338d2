/** Everything that an observation adds to the journal for good: acts, reports, dead runs, refusals, merges. */
import { describe, expect, test } from 'vitest';
import { isNews, remember } from '../../../src/core/decide/remember.ts';
import { issueNumber, pullNumber } from '../../../src/core/model/epic.ts';
import type { LandingVerdict } from '../../../src/core/model/journal/merging.ts';
import type { Act, Attempt, Calibration, Dispatch, Journal, Outcome } from '../../../src/core/model/journal.ts';
import type { CalibrationReport, GateVerdict, Report } from '../../../src/core/model/report.ts';
import type { Job, Performed, Run, Snapshot } from '../../../src/core/model/snapshot.ts';
import { pull, sha, snapshot } from '../facts.ts';
import {
  authorisation,
  failed,
  journal,
  later,
  lost,
  NOW,
  passed,
  published,
  record,
  recordWith,
  reportOf,
  round,
} from './records.ts';

const dispatch = (id: string, attempts: readonly string[], runId?: number): Dispatch => ({
  id,
  at: NOW,
  work: { kind: 'segments', attempts: attempts as Attempt['id'][] },
  ...(runId === undefined ? {} : { runId }),
});
const calibrationOf = (id: string, wave: number, round: number): Dispatch => ({
  id,
  at: NOW,
  work: { kind: 'calibration', wave, round },
});
const run = (id: number, dispatch: string, facts: Partial<Run> = {}): Run => ({
  id,
  dispatch,
  url: '',
  state: 'running',
  jobs: [],
  ...facts,
});
const over = { state: 'completed', conclusion: 'failure' } as const;
const seen = (facts: Partial<Snapshot>) => snapshot([], { now: later(7), ...facts });
const done = (result?: number): Performed => ({ kind: 'done', ...(result === undefined ? {} : { result }) });
const refusedWith = (message: string): Performed => ({ kind: 'refused', status: 403, message });

describe('an act that was intended', () => {
  const intended: Act = { at: NOW, by: 'me', state: 'intended' };
  const act = (facts: Partial<Snapshot>, before: Act = intended, key = 'hello'): Act | undefined => {
    const other = { at: NOW, by: 'me', state: 'intended' } as const;
    const { acts } = remember(seen(facts), journal({ acts: { [key]: before, other } }));
    expect(acts.other).toBe(other);
    return acts[key];
  };
  const said = { hello: { id: 7, body: '' } };
  const made = { hello: issueNumber(8) };

  test.each<[string, Act, Partial<Snapshot>]>([
    ['stays so while nothing shows it', intended, { performed: { other: { kind: 'unsure', message: '' } } }],
    ['stays so while nobody knows how it went', intended, { performed: { hello: { kind: 'unsure', message: '502' } } }],
    ['is done when this process did it', { ...intended, state: 'done' }, { performed: { hello: done() } }],
    ['is done with what it made', { ...intended, state: 'done', result: 5 }, { performed: { hello: done(5) } }],
    ['is done when its comment shows', { ...intended, state: 'done', result: 7 }, { said }],
    ['is done when its issue shows', { ...intended, state: 'done', result: 8 }, { made }],
    ['is done with its comment, rather than with an issue', { ...intended, state: 'done', result: 7 }, { said, made }],
    [
      'is done with what it made, rather than with what shows',
      { ...intended, state: 'done', result: 5 },
      { said, performed: { hello: done(5) } },
    ],
    [
      'is done with what shows, where it does not know what it made',
      { ...intended, state: 'done', result: 7 },
      { said, performed: { hello: done() } },
    ],
    [
      'is done when it shows, whatever its answer was',
      { ...intended, state: 'done', result: 7 },
      { said, performed: { hello: refusedWith('No') } },
    ],
    [
      'is refused with the first 500 characters of GitHub’s words',
      { ...intended, state: 'refused', refusal: { status: 403, message: 'x'.repeat(500) } },
      { performed: { hello: refusedWith('x'.repeat(501)) } },
    ],
  ])('%s', (_, expected, facts) => {
    expect(act(facts)).toStrictEqual(expected);
  });

  test.each<Act['state']>(['done', 'refused'])('stays %s, whatever shows later', (state) => {
    const before = { ...intended, state };
    expect(act({ said, performed: { hello: refusedWith('No') } }, before)).toStrictEqual(before);
  });

  test('to dispatch is done when any run of that dispatch shows', () => {
    const runs = [run(31, '1.2'), run(32, '1.3')];
    expect(act({ runs }, intended, 'dispatch:1.3')).toStrictEqual({ ...intended, state: 'done', result: 32 });
    const refused = { ...intended, state: 'refused' } as const;
    expect(act({ runs }, refused, 'dispatch:1.3')).toStrictEqual(refused);
  });
});

test('a run of a dispatch that has no act adds none', () => {
  expect(remember(seen({ runs: [run(31, '1.1')] }), journal()).acts).toStrictEqual({});
});

/** How the first attempt at segment #2 ended, when this was seen. Segment #3 is in the same run. */
const outcomeOf = (facts: Partial<Snapshot>, before: Partial<Journal> = {}): Outcome | undefined =>
  remember(seen(facts), startedWith(before)).segments[2]?.attempts[0]?.outcome;
const startedWith = (facts: Partial<Journal> = {}): Journal =>
  journal({
    phase: 'running',
    dispatches: { '1.1': dispatch('1.1', ['1.2-1', '1.3-1']) },
    segments: { 2: recordWith(2, [{}]), 3: recordWith(3, [{}]) },
    ...facts,
  });

describe('a report ends its attempt', () => {
  const result = (of: Report['result'], facts: Partial<Report> = {}) =>
    reportOf(2, { result: of, finishedAt: later(3), ...facts });
  const question = { id: 'q', text: '?', options: [], blocking: true };
  const problem = { kind: 'NO_TESTS', command: 'x' } as const;
  const clean = (report: Report): Report => ({
    ...report,
    validation: [{ gate: 'tests', verdict: 'pass', command: 'npm test', durationMs: 1, output: '' }],
  });

  test.each<[string, Report, (report: Report) => Outcome]>([
    ['without a change', result({ kind: 'no-change' }), (report) => ({ kind: 'no-change', at: later(3), report })],
    [
      'with a question',
      result({ kind: 'needs-input', question }),
      (report) => ({ kind: 'asked', at: later(3), report }),
    ],
    [
      'with its problem',
      result({ kind: 'failed', problem }),
      (report) => ({ kind: 'failed', at: later(3), problem, report }),
    ],
  ])('%s, at its own time', (_, report, expected) => {
    expect(outcomeOf({ reports: [report] })).toStrictEqual(expected(clean(report)));
  });

  test('as published, once its pull request is there', () => {
    const ready = result({ kind: 'ready', branch: 'b', head: sha('a1') });
    const act = { at: NOW, by: 'me', state: 'done', result: 102 } as const;
    const acts = (change: Partial<Act>) => ({ acts: { 'publish:1.2-1': { ...act, ...change } } });
    expect(outcomeOf({ reports: [ready] })).toBeUndefined();
    expect(outcomeOf({ reports: [ready] }, acts({ state: 'intended' }))).toBeUndefined();
    expect(outcomeOf({ reports: [ready] }, acts({}))).toStrictEqual({
      ...{ kind: 'published', at: later(3), pull: pullNumber(102), head: sha('a1'), report: clean(ready) },
    });
  });

  test('not as lost while its work waits for its pull request, unless the epic is cancelled', () => {
    const ready = result({ kind: 'ready', branch: 'b', head: sha('a1') });
    const seen = { reports: [ready], runs: [run(5, '1.1', over)] };
    expect(outcomeOf(seen)).toBeUndefined();
    expect(outcomeOf(seen, { phase: 'cancelled' })?.kind).toBe('cancelled');
    const acts = { 'publish:1.2-1': { at: NOW, by: 'me', state: 'intended' } } as const;
    expect(outcomeOf({ runs: seen.runs }, { acts })).toBeUndefined();
    expect(outcomeOf({ runs: seen.runs })?.kind).toBe('lost');
    // Its own jobs are over, and others of the matrix still run.
    const jobs = [{ name: 'segment 2 / publish', state: 'completed', conclusion: 'success' } as const];
    const going = [run(5, '1.1', { state: 'running', jobs })];
    expect(outcomeOf({ reports: [ready], runs: going })).toBeUndefined();
    expect(outcomeOf({ runs: going })?.kind).toBe('lost');
  });

  test('as a problem if somebody else wrote it, unless the attempt is over', () => {
    const forged = [{ attempt: '1.2-1', author: 'eve' }];
    expect(outcomeOf({ forged })).toStrictEqual({
      ...{ kind: 'failed', at: later(7) },
      problem: { kind: 'REPORT_FORGED', ref: 'refs/swarm/runs/1/1.2-1', author: 'eve' },
    });
    const before = { segments: { 2: recordWith(2, [{ outcome: lost() }]) } };
    expect(outcomeOf({ forged }, before)).toStrictEqual(lost());
  });

  test('once: a second report changes nothing', () => {
    const first = result({ kind: 'no-change' });
    const second = result({ kind: 'failed', problem });
    expect(outcomeOf({ reports: [first, second] })?.kind).toBe('no-change');
    const before = { segments: { 2: recordWith(2, [{ outcome: lost() }]) } };
    expect(outcomeOf({ reports: [first] }, before)).toStrictEqual(lost());
  });

  test('and no other attempt', () => {
    const journalBefore = startedWith();
    const unknown = reportOf(9, { attempt: '1.9-1' });
    expect(remember(seen({ reports: [unknown] }), journalBefore)).toStrictEqual(journalBefore);
  });

  test('before its run is said to be dead', () => {
    expect(outcomeOf({ reports: [result({ kind: 'no-change' })], runs: [run(5, '1.1', over)] })?.kind).toBe(
      'no-change',
    );
  });

  test('without the output of gates that passed, and without any annotations', () => {
    const gate = (verdict: GateVerdict) =>
      ({ gate: 'tests', verdict, command: 'c', durationMs: 4, output: `it is ${verdict}` }) as const;
    const annotations = [{ file: 'a.ts', line: 1, message: 'odd' }];
    const verdicts = ['pass', 'fail', 'not applicable', 'timed out'] as const;
    const report = result(
      { kind: 'no-change' },
      { validation: verdicts.map((each) => ({ ...gate(each), annotations })) },
    );
    const outcome = outcomeOf({ reports: [report] });
    expect(outcome && 'report' in outcome ? outcome.report?.validation : undefined).toStrictEqual([
      { ...gate('pass'), output: '' },
      gate('fail'),
      { ...gate('not applicable'), output: '' },
      gate('timed out'),
    ]);
  });
});

describe('a report of a calibration', () => {
  const findings = [{ check: 'gate', subject: 'tests', detail: 'x' }] as const;
  const reported = (facts: Partial<CalibrationReport> = {}): CalibrationReport => ({
    version: 1,
    wave: 1,
    round: 2,
    base: sha('ba5e'),
    result: 'passed',
    validation: [],
    findings,
    durationMs: 1,
    ...facts,
  });
  const rounds = (report: CalibrationReport, second: Partial<Calibration> = {}) =>
    remember(
      seen({ calibrationReports: [report] }),
      journal({ calibrations: { 1: [round(1), round(2, second)], 2: [round(2)] } }),
    ).calibrations;

  test.each<[string, Partial<CalibrationReport>, Partial<Calibration>, Partial<Calibration>]>([
    ['that passed is its verdict, at the time of the look', {}, {}, { verdict: { kind: 'passed', at: later(7) } }],
    [
      'that failed is its verdict, with the findings',
      { result: 'failed' },
      {},
      { verdict: { kind: 'failed', at: later(7), findings } },
    ],
    ['does not change a verdict', { result: 'failed' }, { verdict: passed }, { verdict: passed }],
    ['of another commit says nothing', { base: sha('beef') }, {}, {}],
    ['of an unknown round says nothing', { round: 3 }, {}, {}],
  ])('%s', (_, report, before, after) => {
    expect(rounds(reported(report), before)).toStrictEqual({
      1: [round(1), round(2, { ...before, ...after })],
      2: [round(2)],
    });
  });
});

describe('a dispatch that GitHub refused', () => {
  const performed = { 'dispatch:1.1': refusedWith('Workflow disabled'), 'dispatch:1.2': done(3) };
  const problem = { kind: 'DISPATCH_FAILED', message: 'Workflow disabled', status: 403 } as const;
  const failure = { kind: 'failed', at: later(7), problem } as const;

  test('ends its attempts with that reason, and no others', () => {
    const before = startedWith({
      dispatches: { '1.1': dispatch('1.1', ['1.2-1', '1.3-1']), '1.2': dispatch('1.2', ['1.4-1']) },
      segments: { 2: recordWith(2, [{}]), 3: recordWith(3, [{ outcome: lost() }]), 4: recordWith(4, [{}]) },
    });
    const { segments } = remember(seen({ performed }), before);
    expect([2, 3, 4].map((number) => segments[number]?.attempts[0]?.outcome)).toStrictEqual([
      failure,
      lost(),
      undefined,
    ]);
  });

  test('ends its calibration with that reason', () => {
    const before = journal({
      dispatches: { '1.1': calibrationOf('1.1', 1, 2) },
      calibrations: { 1: [round(1, { dispatch: '1.0' }), round(2, { dispatch: '1.1' })] },
    });
    expect(remember(seen({ performed }), before).calibrations[1]).toStrictEqual([
      round(1, { dispatch: '1.0' }),
      round(2, { dispatch: '1.1', lost: failure }),
    ]);
  });
});

describe('a run that is over', () => {
  const died = { kind: 'lost', at: later(7), conclusion: 'failure' } as const;
  const takenBy = (runId: number) => ({ dispatches: { '1.1': dispatch('1.1', ['1.2-1', '1.3-1'], runId) } });

  test.each<[string, Outcome | undefined, readonly Run[], Partial<Journal>]>([
    ['ends the attempts without a report', died, [run(5, '1.1', over)], {}],
    [
      'ends them with an unknown conclusion where GitHub gives none',
      { ...died, conclusion: 'unknown' },
      [run(5, '1.1', { state: 'completed' })],
      {},
    ],
    [
      'ends them as cancelled where the epic was',
      { kind: 'cancelled', at: later(7) },
      [run(5, '1.1', over)],
      { phase: 'cancelled' },
    ],
    ['ends them where it took the dispatch', died, [run(5, '1.1', over)], takenBy(5)],
    ['ends nothing where another run took the dispatch', undefined, [run(6, '1.1', over)], takenBy(5)],
    ['ends them although a second run goes on', died, [run(5, '1.1', over), run(6, '1.1')], takenBy(5)],
    ['ends nothing of another dispatch', undefined, [run(5, '1.2', over)], {}],
    ['ends nothing for half a minute', undefined, [run(5, '1.1', { ...over, endedAt: later(7 - 29_999) })], {}],
    ['ends them after half a minute', died, [run(5, '1.1', { ...over, endedAt: later(7 - 30_000) })], {}],
    [
      'changes no end',
      lost('early'),
      [run(5, '1.1', over)],
      { segments: { 2: recordWith(2, [{ outcome: lost('early') }]) } },
    ],
  ])('%s', (_, expected, runs, before) => {
    expect(outcomeOf({ runs }, before)).toStrictEqual(expected);
  });

  test('ends every attempt of its matrix', () => {
    const { segments } = remember(seen({ runs: [run(5, '1.1', over)] }), startedWith());
    expect([2, 3].map((number) => segments[number]?.attempts[0]?.outcome)).toStrictEqual([died, died]);
  });

  test.each<[string, Partial<Calibration>, Partial<Calibration>, Journal['phase']?]>([
    ['without a verdict, is lost', {}, { lost: died }],
    [
      'without a verdict, is cancelled where the epic was',
      {},
      { lost: { kind: 'cancelled', at: later(7) } },
      'cancelled',
    ],
    ['with a verdict, keeps it', { verdict: passed }, { verdict: passed }],
    [
      'that was lost before, keeps that',
      { lost: failed({ kind: 'NO_CHANGE' }) },
      { lost: failed({ kind: 'NO_CHANGE' }) },
    ],
    ['of another run, goes on', { dispatch: '1.9' }, { dispatch: '1.9' }],
  ])('of a calibration %s', (_, before, after, phase = 'running') => {
    const known = journal({
      phase,
      dispatches: { '1.1': calibrationOf('1.1', 1, 2) },
      calibrations: { 1: [round(1, { dispatch: '1.1' }), round(2, { dispatch: '1.1', ...before })] },
    });
    expect(remember(seen({ runs: [run(5, '1.1', over)] }), known).calibrations[1]).toStrictEqual([
      round(1, { dispatch: '1.1' }),
      round(2, { dispatch: '1.1', ...after }),
    ]);
  });
});

describe('in a run that goes on, an attempt', () => {
  const job = (name: string, facts: Partial<Job> = {}): Job => ({
    name,
    state: 'completed',
    conclusion: 'failure',
    ...facts,
  });
  const died = { kind: 'lost', at: later(7), conclusion: 'failure' } as const;
  test.each<[string, Outcome | undefined, readonly Job[], Partial<Journal>?]>([
    [
      'is lost when its publish job is over without a report',
      died,
      [job('segment 2 / work'), job('segment 2 / publish')],
    ],
    [
      'is lost when its publish job was skipped',
      { ...died, conclusion: 'skipped' },
      [job('segment 2 / publish', { conclusion: 'skipped' })],
    ],
    [
      'is lost with an unknown conclusion',
      { ...died, conclusion: 'unknown' },
      [{ name: 'segment 2 / publish', state: 'completed' }],
    ],
    [
      'goes on while its publish job does',
      undefined,
      [job('segment 2 / work'), job('segment 2 / publish', { state: 'running' })],
    ],
    [
      'goes on for half a minute after its publish job',
      undefined,
      [job('segment 2 / publish', { endedAt: later(7 - 29_999) })],
    ],
    ['is lost half a minute after its publish job', died, [job('segment 2 / publish', { endedAt: later(7 - 30_000) })]],
    ['goes on before it has a publish job', undefined, [job('segment 2 / work')]],
    [
      'goes on when the publish job of another one is over',
      undefined,
      [job('segment 3 / publish'), job('segment 22 / publish')],
    ],
    [
      'keeps the end that it has',
      lost('early'),
      [job('segment 2 / publish')],
      { segments: { 2: recordWith(2, [{ outcome: lost('early') }]) } },
    ],
    [
      'is not known where the journal has no such dispatch',
      undefined,
      [job('segment 2 / publish')],
      { dispatches: {} },
    ],
    [
      'is not known where the journal has a calibration under that id',
      undefined,
      [job('segment 2 / publish')],
      { dispatches: { '1.1': calibrationOf('1.1', 1, 1) } },
    ],
  ])('%s', (_, expected, jobs, before) => {
    expect(outcomeOf({ runs: [run(5, '1.1', { jobs })] }, before)).toStrictEqual(expected);
  });

  test('that nobody knows changes nothing', () => {
    const before = startedWith({ segments: { 2: record() } });
    const runs = [run(5, '1.1', { jobs: [job('segment 2 / publish')] })];
    expect(remember(seen({ runs }), before)).toStrictEqual(before);
  });

  test('is lost beside others that go on', () => {
    const jobs = [job('segment 2 / publish', { state: 'running' }), job('segment 3 / publish')];
    const { segments } = remember(seen({ runs: [run(5, '1.1', { jobs }), run(6, '1.2', over)] }), startedWith());
    expect([2, 3].map((number) => segments[number]?.attempts[0]?.outcome)).toStrictEqual([undefined, died]);
  });
});

describe('a pull request', () => {
  const key = `merge:102:${sha('a1').slice(0, 12)}`;
  const intended = { at: NOW, by: 'me', state: 'intended' } as const;
  const knownWith = (act?: Act) =>
    journal({
      acts: act ? { [key]: act } : {},
      segments: { 2: recordWith(2, [{ outcome: published(2, 'a1') }]), 3: recordWith(3, [{}]) },
    });
  const merged = pull(102, 'feat/segment-2', sha('a1'), { state: 'merged' });
  const opened = { ...merged, state: 'open' } as const;

  test('that shows as merged ends the act that merged it', () => {
    expect(remember(seen({ pulls: [merged] }), knownWith(intended)).acts).toStrictEqual({
      [key]: { ...intended, state: 'done' },
    });
  });

  test('that shows in the queue ends the act that put it in, and no merge', () => {
    const enqueue = `enqueue:102:${sha('a1').slice(0, 12)}`;
    const known = journal({ acts: { [key]: intended, [enqueue]: intended } });
    const queued = { ...opened, queue: { position: 2 } };
    expect(remember(seen({ pulls: [queued] }), known).acts).toStrictEqual({
      [key]: intended,
      [enqueue]: { ...intended, state: 'done' },
    });
    expect(remember(seen({ pulls: [opened] }), known).acts).toStrictEqual(known.acts);
  });

  test.each<[string, Journal, Partial<Snapshot>]>([
    ['that is open ends no act', knownWith(intended), { pulls: [opened] }],
    ['that somebody else merged has no act', knownWith(), { pulls: [merged] }],
    ['with a refused merge keeps the refusal', knownWith({ ...intended, state: 'refused' }), { pulls: [merged] }],
    [
      'that was merged by this process is remembered by that alone',
      knownWith(),
      { pulls: [opened], performed: { [key]: done() } },
    ],
    [
      'that no attempt published is nobody’s',
      knownWith(),
      { pulls: [pull(900, 'x', sha('a1'))], performed: { [`merge:900:${sha('a1').slice(0, 12)}`]: refusedWith('No') } },
    ],
  ])('%s', (_, known, facts) => {
    expect(remember(seen(facts), known)).toStrictEqual(known);
  });

  test('that GitHub refused to merge remembers its words, also behind others', () => {
    const others = [pull(900, 'x', sha('9')), pull(901, 'y', sha('a1'))];
    const performed = { [key]: refusedWith('Locked'), [`merge:901:${sha('a1').slice(0, 12)}`]: refusedWith('No') };
    expect(remember(seen({ pulls: [...others, opened], performed }), knownWith()).segments).toStrictEqual({
      ...knownWith().segments,
      2: { ...knownWith().segments[2], mergeRefusal: { head: sha('a1'), at: later(7), message: 'Locked' } },
    });
  });
});

describe('a step of the journal', () => {
  const intended: Act = { at: NOW, by: 'me', state: 'intended' };
  const doneAct: Act = { ...intended, state: 'done', result: 7 };
  const merged = pull(102, 'feat/a', sha('a1'), { state: 'merged' });
  const mergeKey = `merge:102:${sha('a1').slice(0, 12)}`;
  const news = (key: string, facts: Partial<Snapshot>, before: Act = intended): boolean =>
    isNews(seen(facts), journal({ acts: { [key]: before } }), journal({ acts: { [key]: doneAct } }));

  test.each<[string, boolean, string, Partial<Snapshot>]>([
    ['for a dispatch that shows its run', false, 'dispatch:1.1', { runs: [run(7, '1.1')] }],
    ['for a dispatch that shows none', true, 'dispatch:1.1', { runs: [run(7, '1.2')] }],
    ['for a merge that shows', false, mergeKey, { pulls: [merged] }],
    ['for a merge of another head', true, 'merge:102:000000000009', { pulls: [merged] }],
    ['for a merge that does not show', true, mergeKey, { pulls: [{ ...merged, state: 'open' }] }],
    ['for a comment, which people may delete', true, 'hello', { said: { hello: { id: 7, body: '' } } }],
  ])('is written or not, %s', (_, expected, key, facts) => {
    expect(news(key, facts)).toBe(expected);
  });

  test('is written for an act that is intended, and for one that was refused', () => {
    const runs = [run(7, '1.1')];
    const none = journal({ acts: {} });
    expect(isNews(seen({ runs }), none, journal({ acts: { 'dispatch:1.1': intended } }))).toBe(true);
    expect(news('dispatch:1.1', { runs }, { ...intended, state: 'refused' })).toBe(true);
  });

  const landing = (verdict?: LandingVerdict) =>
    journal({ segments: { 2: { ...record(), landing: { pull: pullNumber(102), ...(verdict ? { verdict } : {}) } } } });

  test('is not written for a merge that landed as it should, and for any other', () => {
    expect(isNews(seen({}), landing(), landing({ kind: 'proven' }))).toBe(false);
    expect(isNews(seen({}), landing(), landing({ kind: 'differs', at: NOW, why: 'base lost', files: [] }))).toBe(true);
    expect(isNews(seen({}), landing({ kind: 'proven' }), landing({ kind: 'proven' }))).toBe(false);
  });

  test('is not written for a base that moved on with the same files for agents', () => {
    const on = (base: string, digest: string) =>
      journal({ authorisation: authorisation({ agentFiles: { base: sha(base), digest } }) });
    expect(isNews(seen({}), on('a1', 'd'), on('a2', 'd'))).toBe(false);
    expect(isNews(seen({}), on('a1', 'd'), on('a2', 'e'))).toBe(true);
  });

  test('is written for anything else, and not if nothing changed', () => {
    expect(isNews(seen({}), journal(), journal())).toBe(false);
    expect(isNews(seen({}), journal(), { ...journal(), phase: 'paused' })).toBe(true);
    expect(isNews(seen({}), journal(), startedWith())).toBe(true);
  });
});
