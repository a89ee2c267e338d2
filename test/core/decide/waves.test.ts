/** Wave boundaries: calibrations are dispatched and judged, and issues are made of what they find (SPEC R7.1). */
import { describe, expect, test } from 'vitest';
import { calibrate, judgeCoverage, makeFollowUps } from '../../../src/core/decide/fix.ts';
import { issueNumber } from '../../../src/core/model/epic.ts';
import type { Act, Calibration, Journal, Outcome } from '../../../src/core/model/journal.ts';
import type { Finding, Report } from '../../../src/core/model/report.ts';
import type { Issue, Pull } from '../../../src/core/model/snapshot.ts';
import { issue, pull, sha } from '../facts.ts';
import { decide, factsOf, later, lost, NOW, passed, published, recordWith, reportOf, round } from './records.ts';

const AC = '\n\n## Acceptance criteria\n\n- [ ] AC-1: It adds up\n- [x] AC-2: It is fast\n- [ ] It is round\n';
const bodied = (number: number, more = '', front = ''): Issue =>
  issue(number, { body: `---\nfiles: [src/s${number}/**]\n${front}---\nWork.${more}` });
const merged = (segment: number): Pull =>
  pull(100 + segment, `feat/segment-${segment}`, sha('a1'), { state: 'merged', mergedAt: NOW });
const done = (segment: number, facts: Partial<Report> = {}) =>
  recordWith(segment, [{ outcome: published(segment, 'a1', facts) }]);
const gate = (subject: string): Finding => ({ check: 'gate', subject, detail: `${subject} failed` });
const red = (...findings: readonly Finding[]) => ({ verdict: { kind: 'failed', at: NOW, findings } }) as const;
type World = NonNullable<Parameters<typeof factsOf>[1]>;
const plain = (told: readonly string[]) => told.filter((line) => !/^(journal acts|look)/.test(line));

describe('a calibration that passed its gates', () => {
  const judges = (
    issues: readonly Issue[],
    of: readonly Calibration[],
    world: World = {},
    seen: readonly Issue[] = issues,
  ) => {
    const facts = factsOf(issues, { ...world, journal: { calibrations: { 1: of }, ...world.journal } });
    const { draft } = decide({ ...facts, snapshot: { ...facts.snapshot, issues: seen } }, judgeCoverage);
    return { rounds: draft.journal.calibrations[1], history: draft.history };
  };
  const complete = [{ at: NOW, kind: 'WAVE COMPLETE', wave: 1 }];
  const coverage = (number: number): Finding => ({
    check: 'coverage',
    subject: `#${number}`,
    detail: 'AC-1: It adds up\nC3: It is round',
    mends: {
      issue: issueNumber(number),
      criteria: [
        { id: 'AC-1', text: 'It adds up' },
        { id: 'C3', text: 'It is round' },
      ],
    },
  });
  const open = bodied(2, AC);
  const world = { segments: { 2: done(2) }, snapshot: { pulls: [merged(2)] } };
  const good = [round(1, red(gate('x'))), round(2, { verdict: passed })];
  const judged = (...findings: readonly Finding[]) => [
    good[0],
    { ...good[1], judged: true, verdict: { kind: 'failed', at: NOW, findings } },
  ];
  const fine = { rounds: [good[0], { ...good[1], judged: true }], history: complete };

  test('fails where criteria of merged segments are open', () => {
    expect(judges([open], good, world)).toEqual({ rounds: judged(coverage(2)), history: [] });
  });

  test.each<[string, readonly Issue[], World, (readonly Issue[])?]>([
    ['without any criteria', [bodied(2)], world],
    ['where all criteria are ticked', [bodied(2, AC.replaceAll('[ ]', '[x]'))], world],
    [
      'where the segment with open criteria was skipped',
      [open],
      { segments: { 2: recordWith(2, [], { skipped: { by: 'ana', reason: '', at: NOW } }) } },
    ],
    [
      'where the segment with open criteria is of another wave',
      [bodied(2), { ...bodied(3, AC), blockedBy: [{ number: issueNumber(2), state: 'open' }] }],
      { segments: { 2: done(2), 3: done(3) }, snapshot: { pulls: [merged(2), merged(3)] } },
    ],
    [
      'where the text with open criteria changed since the authorisation',
      [open],
      world,
      [{ ...open, digest: 'other' }],
    ],
    ['where the issue with open criteria is gone', [open], world, []],
  ])('completes its wave %s', (_, issues, given, seen) => {
    expect(judges(issues, good, given, seen)).toEqual(fine);
  });

  test.each<[string, readonly Calibration[]]>([
    ['once', [round(1, { verdict: passed, judged: true })]],
    ['not when it failed', [round(1, red(gate('x')))]],
    ['not while it runs', [round(1, { verdict: passed }), round(2)]],
    ['not before there is one', []],
  ])('is judged %s', (_, of) => {
    expect(judges([open], of, world)).toEqual({ rounds: of, history: [] });
  });

  const findings = [
    { file: 'a.ts', line: 1, severity: 'critical', why: 'weak' },
    { file: 'a.ts', line: 2, severity: 'minor', why: 'odd' },
  ] as const;
  const course = {
    pair: { kind: 'skipped', why: '' },
    council: { kind: 'skipped', why: '' },
    questions: [],
    findings,
  } as const;
  const security: Finding = { check: 'security', subject: '#3', detail: 'a.ts:1 (critical): weak' };
  const answer: Outcome = {
    kind: 'no-change',
    at: NOW,
    report: reportOf(3, { course, agent: { summary: 'x', assumptions: [], criteria: [] } }),
  };
  const looks = bodied(3, '', 'worker: security\n');
  const answered = recordWith(3, [{ worker: 'security', outcome: answer }]);

  test.each<[string, readonly Finding[], readonly Issue[], World]>([
    [
      'that was merged',
      [security],
      [looks],
      { segments: { 3: done(3, { course }) }, snapshot: { pulls: [merged(3)] } },
    ],
    ['that answered', [security], [looks], { segments: { 3: answered } }],
    [
      'that answered, after open criteria',
      [coverage(2), security],
      [open, looks],
      { segments: { 2: done(2), 3: answered }, snapshot: { pulls: [merged(2)] } },
    ],
  ])('fails by serious findings of a security segment %s', (_, expected, issues, given) => {
    expect(judges(issues, good, given)).toEqual({ rounds: judged(...expected), history: [] });
  });

  test.each<[string, readonly Issue[], World]>([
    ['of another worker', [bodied(3)], { segments: { 3: done(3, { course }) }, snapshot: { pulls: [merged(3)] } }],
    [
      'of a security segment that is not done',
      [looks],
      { segments: { 3: recordWith(3, [{ ...answered.attempts[0], worker: 'implementation' }]) } },
    ],
  ])('does not fail by findings %s', (_, issues, given) => {
    expect(judges(issues, good, given)).toEqual(fine);
  });

  test('is judged wave by wave', () => {
    const calibrations = { 1: good, 2: [round(1, { verdict: passed })], 3: [round(1)] };
    const facts = factsOf([open, issue(3, { blockedBy: [2] })], { ...world, journal: { calibrations } });
    const { draft } = decide(facts, judgeCoverage);
    expect(draft.journal.calibrations).toEqual({
      1: judged(coverage(2)),
      2: [round(1, { verdict: passed, judged: true })],
      3: [round(1)],
    });
    expect(draft.history).toEqual([{ at: NOW, kind: 'WAVE COMPLETE', wave: 2 }]);
  });
});

describe('a wave that is merged', () => {
  const chain = [issue(2), issue(3, { blockedBy: [2] }), issue(4, { blockedBy: [3] })];
  const base = { branch: 'main', head: sha('beef'), checks: 'none', failing: [] } as const;
  const all: World = {
    segments: { 2: done(2), 3: done(3), 4: done(4) },
    snapshot: { pulls: [merged(2), merged(3), merged(4)], base },
  };
  const starts = (wave: number, id: number, round = 1) =>
    `dispatch {key="dispatch:1.${id}" dispatch={id="1.${id}" at=0s work=calibration wave=${wave} round=${round}} ref="main" epic=1} — wave merged wave=${wave} round=${round}`;
  const started = (facts: readonly Issue[], world: World) => plain(decide(factsOf(facts, world), calibrate).told);
  const known = (covers: string) => `{round=1 base=…00beef dispatch="1.1" at=0s covers=[${covers}]}`;

  test('is calibrated on the base as it is, with the segments that were merged by then', () => {
    const skipped = { skipped: { by: 'ana', reason: '', at: NOW } };
    const segments = { 2: done(2), 3: recordWith(3, [], skipped), 4: done(4) };
    const world = { segments, snapshot: { pulls: [merged(2), merged(4)], base } };
    expect(started([issue(2), issue(3), issue(4)], world)).toEqual([
      starts(1, 1),
      'journal dispatches 1.1: {id="1.1" at=0s work=calibration wave=1 round=1}',
      `journal calibrations 1: [${known('2, 4')}]`,
    ]);
  });

  test('is calibrated before the next one in schedule `waves`', () => {
    const first = started(chain, all);
    expect(first).toEqual([
      starts(1, 1),
      expect.stringContaining('journal dispatches 1.1'),
      `journal calibrations 1: [${known('2')}]`,
    ]);
    const calibrations = { 1: [round(1, { verdict: passed, covers: [issueNumber(2)] })] };
    expect(
      started(chain, { ...all, journal: { ...(all.segments ? { segments: all.segments } : {}), calibrations } })[0],
    ).toBe(starts(2, 1));
  });

  test('waits for the wave right before it, and not for the first one alone', () => {
    const calibrations: Journal['calibrations'] = {
      1: [round(1, { verdict: passed, covers: [issueNumber(2)] })],
      2: [round(1)],
    };
    const journal = { calibrations, ...(all.segments ? { segments: all.segments } : {}) };
    expect(started(chain, { ...all, journal })).toEqual([]);
  });

  test('is calibrated at once in schedule `eager`', () => {
    expect(
      started(chain, { ...all, config: { schedule: 'eager' } }).filter((line) => line.startsWith('dispatch')),
    ).toEqual([starts(1, 1), starts(2, 2), starts(3, 3)]);
  });

  test('is calibrated again beside its earlier rounds', () => {
    const before = round(1, { lost: lost() });
    const journal = { calibrations: { 1: [before] }, ...(all.segments ? { segments: all.segments } : {}) };
    const { draft } = decide(factsOf(chain, { ...all, journal }), calibrate);
    expect(draft.journal.calibrations[1]).toEqual([
      before,
      { round: 2, base: base.head, dispatch: '1.1', at: NOW, covers: [2] },
    ]);
  });

  test.each<[string, World]>([
    ['is paused', { journal: { phase: 'paused' } }],
    ['is held by an error', { snapshot: { preflight: [{ level: 'error', problem: { kind: 'DISABLED' } }] } }],
  ])('is not calibrated while the epic %s', (_, world) => {
    const journal = { ...(all.segments ? { segments: all.segments } : {}), ...world.journal };
    expect(started(chain, { ...all, journal, snapshot: { ...all.snapshot, ...world.snapshot } })).toEqual([]);
  });

  test('is not calibrated beyond the limit of dispatches', () => {
    const world = { ...all, config: { limits: { segments: 9, waves: 9, dispatches: 0 } } };
    expect(started(chain, world).filter((line) => !line.startsWith('say'))).toEqual([]);
  });

  test('and failed too often is told once for each number of rounds', () => {
    const journal = {
      ...(all.segments ? { segments: all.segments } : {}),
      calibrations: { 1: [round(1, { ...red(gate('tests')), covers: [issueNumber(2)] })] },
    };
    expect(started(chain, { ...all, journal, config: { calibrationRounds: 1 } })).toEqual([
      'say {key="calibration-stopped:1:1" on=1 notice=calibration stopped problem=CALIBRATION_LIMIT wave=1 rounds=1 findings=["tests: tests failed"] owner="ana"} — calibration failed wave=1 tooOften=true',
    ]);
  });
});

describe('a calibration that failed', () => {
  const act = (state: Act['state'], result?: number): Act => ({
    at: later(-60_000),
    by: 'me',
    state,
    ...(result === undefined ? {} : { result }),
  });
  const coverage: Finding = { check: 'coverage', subject: '#2', detail: 'AC-1: It adds up' };
  const findings = [gate('types'), coverage, gate('tests')];
  const issues = [bodied(3), bodied(2), issue(4, { body: '---\nfiles: [src/z/**, src/s2/**, src/a/**]\n---\nWork.' })];
  const failing = (
    acts: Record<string, Act> = {},
    world: World = {},
    seen: readonly Issue[] = issues,
    of: readonly Finding[] = findings,
  ) => {
    const facts = factsOf(issues, {
      ...world,
      journal: {
        segments: { 2: done(2), 3: done(3), 4: done(4) },
        calibrations: { 1: [round(1, { ...red(...of), covers: [2, 3, 4].map((number) => issueNumber(number)) })] },
        acts,
        ...world.journal,
      },
      snapshot: { pulls: [merged(2), merged(3), merged(4)], ...world.snapshot },
    });
    return plain(decide({ ...facts, snapshot: { ...facts.snapshot, issues: seen } }, calibrate).told);
  };
  const making = (
    index: number,
    finding: string,
    subject: string,
    files = '"src/a/**", "src/s2/**", "src/s3/**", "src/z/**"',
  ) =>
    `make issue {key="fix:1:1:1:${index}" notice=fix segment wave=1 round=1 finding={${finding}} files=[${files}] epic=1 parent=1 parentId="I_1"} — calibration found wave=1 subject="${subject}"`;
  const gates = 'check="gate" subject="types, tests" detail="types failed\\n\\ntests failed"';
  const both = [
    making(1, gates, 'types, tests'),
    making(2, 'check="coverage" subject="#2" detail="AC-1: It adds up"', '#2'),
  ];
  const told =
    'say {key="calibration-failed:1:1" on=1 notice=calibration failed wave=1 round=1 findings=[{check="gate" subject="types" detail="types failed"}, {check="coverage" subject="#2" detail="AC-1: It adds up"}, {check="gate" subject="tests" detail="tests failed"}] fixes=[50, 51]} — calibration failed wave=1 tooOften=false';
  const history = '+ CALIBRATION FAILED at=0s wave=1';
  const made = { 'fix:1:1:1:1': act('done', 50), 'fix:1:1:1:2': act('done', 51) };

  test.each<[string, readonly string[], Parameters<typeof failing>]>([
    ['has a fix segment made for each finding, with the files of its wave', both, []],
    ['has the second fix segment made after the first', both.slice(1), [{ 'fix:1:1:1:1': act('done', 50) }]],
    ['is told with its fix segments once they are made', [told, history], [made]],
    ['is told once', [], [{ ...made, 'calibration-failed:1:1': act('done') }]],
    ['is not told before the numbers of all fix segments are known', [], [{ ...made, 'fix:1:1:1:2': act('done') }]],
    ['is not told while GitHub refuses to make one', [], [{ ...made, 'fix:1:1:1:2': act('refused') }]],
    [
      'does not count a fix segment before it is done',
      [both[1] ?? ''],
      [{ ...made, 'fix:1:1:1:2': act('intended', 51) }],
    ],
    [
      'has none made while Swarm is stopped',
      [],
      [{}, { snapshot: { preflight: [{ level: 'error', problem: { kind: 'DISABLED' } }] } }],
    ],
    ['has them made while the epic is paused', both, [{}, { journal: { phase: 'paused' } }]],
    [
      'names no files of an issue that changed or is gone',
      [making(1, 'check="gate" subject="tests" detail="tests failed"', 'tests', '"src/s3/**"')],
      [
        {},
        {},
        issues.slice(0, 2).map((each) => (each.number === 2 ? { ...each, digest: 'other' } : each)),
        [gate('tests')],
      ],
    ],
  ])('%s', (_, expected, given) => {
    expect(failing(...given)).toEqual(expected);
  });
});

test('everything that people found at acceptance becomes a segment of its wave, once', () => {
  const followUps = [
    { request: 'r1', by: 'ana', what: 'The empty cart.', at: NOW, wave: 2 },
    { request: 'r2', by: 'bob', what: 'The full cart.', at: NOW, wave: 3 },
    { request: 'r3', by: 'eva', what: 'No cart.', at: NOW, wave: 3 },
  ];
  const acts = { 'fix:1:3:1001:1': { at: NOW, by: 'me', state: 'done' } } as const;
  const making = (key: string, by: string, what: string) =>
    `make issue {key="${key}" notice=follow-up segment by="${by}" what="${what}" epic=1 parent=1 parentId="I_1"} — found at acceptance by="${by}" what="${what}"`;
  expect(plain(decide(factsOf([issue(2)], { journal: { followUps, acts } }), makeFollowUps).told)).toEqual([
    making('fix:1:2:1000:1', 'ana', 'The empty cart.'),
    making('fix:1:3:1002:1', 'eva', 'No cart.'),
  ]);
});
