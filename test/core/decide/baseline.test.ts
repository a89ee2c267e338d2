/** The check of the base before the first agent: when it runs, what it lets start, and what it stops. */
import { describe, expect, test } from 'vitest';
import type { Config } from '../../../src/core/model/config.ts';
import { instant, issueNumber } from '../../../src/core/model/epic.ts';
import type { Dispatch } from '../../../src/core/model/journal.ts';
import type { GateResult } from '../../../src/core/model/report.ts';
import { issue, sha } from '../facts.ts';
import { MINUTE, Scene } from './scene.ts';

const segments = [issue(2), issue(3, { blockedBy: [2] })];

const result = (gate: string, verdict: GateResult['verdict'] = 'pass', output = ''): GateResult => ({
  ...{ gate, verdict, command: `run ${gate}`, durationMs: 1, output },
});
const uninstalled = {
  validation: [result('install', 'fail', 'npm error')],
  failures: [{ gate: 'install', state: 'red' }],
} as const;

const started = (choices: Partial<Config> = {}): Scene => Scene.started(segments, { baseline: 'on', ...choices });

/** The work of each dispatch, in order. */
const dispatched = ({ journal }: Scene): readonly Dispatch['work']['kind'][] =>
  Object.values(journal.dispatches).map(({ work }) => work.kind);
const said = (lines: readonly string[]): readonly string[] => lines.filter((line) => line.startsWith('say'));
const needs = (scene: Scene): readonly string[] =>
  scene.board().needs.map((need) => ('problem' in need ? need.problem.kind : need.kind));

describe('the base of an epic', () => {
  test('is checked before the first agent, and only then (R5.15)', () => {
    const scene = started();
    expect(dispatched(scene)).toEqual(['baseline']);
    expect(scene.journal.segments).toEqual({});
    expect(scene.journal.baselines).toEqual([
      { round: 1, base: sha('ba5e'), dispatch: '1.1', at: scene.journal.startedAt },
    ]);
    expect(scene.board().waves[0]?.segments[0]?.progress).toEqual({ kind: 'waiting', for: [{ kind: 'baseline' }] });
    expect(needs(scene)).toEqual([]);

    scene.checksBase();
    scene.settles();
    expect(dispatched(scene)).toEqual(['baseline', 'segments']);
    expect(scene.attempt(2).dispatch).toBe('1.2');

    scene.merges(2);
    scene.calibrates(1, 'passed');
    scene.extra = { base: { branch: 'main', head: sha('beef'), checks: 'none', failing: [] } };
    scene.settles();
    expect(dispatched(scene)).toEqual(['baseline', 'segments', 'calibration', 'segments']);
  });

  test('is not checked where the config says so, nor for an epic whose agents have started without it', () => {
    expect(dispatched(started({ baseline: 'off' }))).toEqual(['segments']);
    const before = started({ baseline: 'off' });
    before.fails(2);
    before.settles();
    before.asks('retry');
    const { config } = started();
    const after = Object.assign(before, { config });
    after.settles();
    expect(dispatched(after)).toEqual(['segments', 'segments']);
  });

  test('is not checked while something else holds every segment', () => {
    for (const hold of ['red', 'error', 'pause', 'approval'] as const) {
      const scene = new Scene(segments, { baseline: 'on', ...(hold === 'approval' ? { mode: 'collaborative' } : {}) });
      const red = { branch: 'main', head: sha('ba5e'), checks: 'failing', failing: ['ci'] } as const;
      if (hold === 'red') scene.extra = { base: red };
      if (hold === 'error') scene.extra = { preflight: [{ level: 'error', problem: { kind: 'DISABLED' } }] };
      scene.asks('execute');
      if (hold === 'pause') scene.asks('pause');
      scene.settles();
      expect([hold, dispatched(scene)]).toEqual([hold, []]);
      scene.extra = {};
      if (hold === 'pause') scene.asks('resume');
      if (hold === 'approval') scene.asks({ kind: 'approve', wave: 1 });
      scene.settles();
      expect([hold, dispatched(scene)]).toEqual([hold, ['baseline']]);
    }
  });

  test('names the limit of dispatches where it cannot be checked', () => {
    const scene = started({ limits: { segments: 9, waves: 9, dispatches: 1 } });
    scene.checksBase(uninstalled);
    scene.settles();
    scene.asks('retry');
    scene.settles();
    expect(dispatched(scene)).toEqual(['baseline']);
    expect(needs(scene)).toEqual(['LIMIT_EXCEEDED']);
  });
});

describe('a base that another epic has proven', () => {
  const DAY = 24 * 60 * MINUTE;
  const provenFor = (ms: number): Scene => {
    const scene = new Scene(segments, { baseline: 'on' });
    const { now } = scene.github;
    scene.extra = {
      base: { branch: 'main', head: sha('ba5e'), proof: 'p', checks: 'none', failing: [] },
      provenBase: {
        ...{ version: 1, epic: issueNumber(9), at: instant(now - ms) },
        gates: [{ gate: 'tests', state: 'flaky', command: 'npm test', output: 'not ok' }],
      },
    };
    scene.asks('execute');
    scene.settles();
    return scene;
  };

  test('is not checked once more, and what is known of it is known here', () => {
    const scene = provenFor(6 * DAY);
    expect(dispatched(scene)).toEqual(['segments']);
    expect(scene.journal.baselines).toMatchObject([
      { round: 1, base: sha('ba5e'), proof: 'p', verdict: { kind: 'sound', gates: [{ gate: 'tests' }] } },
    ]);
    expect(scene.board().notes).toEqual([{ kind: 'BASE_FLAKY', branch: 'main', gates: ['tests'] }]);
  });

  test('is checked once more after a week', () => {
    const scene = provenFor(7 * DAY);
    expect(dispatched(scene)).toEqual(['baseline']);
    expect(scene.journal.baselines).toMatchObject([{ round: 1, proof: 'p', dispatch: '1.1' }]);
  });

  test('lets an epic start that its own check had stopped', () => {
    const scene = started();
    scene.checksBase(uninstalled);
    scene.settles();
    scene.extra = { provenBase: { version: 1, epic: issueNumber(9), at: scene.github.now, gates: [] } };
    scene.settles();
    expect(dispatched(scene)).toEqual(['baseline', 'segments']);
  });
});

describe('a base that is not sound', () => {
  test('starts no agent, is said once, and names what to do', () => {
    const scene = started();
    scene.checksBase(uninstalled);
    expect(said(scene.settles())).toEqual([
      'say {key="baseline:0:BASE_NOT_INSTALLED" on=1 notice=calibration stopped problem=BASE_NOT_INSTALLED branch="main" command="run install" output="npm error" owner="ana"} — person needed problem="BASE_NOT_INSTALLED"',
    ]);
    expect(needs(scene)).toEqual(['BASE_NOT_INSTALLED']);
    scene.passes(60 * MINUTE);
    expect(said(scene.settles())).toEqual([]);
    expect(dispatched(scene)).toEqual(['baseline']);
    expect(scene.journal.segments).toEqual({});
  });

  test('is checked again when it has moved on, but not more often than every ten minutes', () => {
    const scene = started();
    scene.checksBase(uninstalled);
    scene.settles();
    scene.extra = { base: { branch: 'main', head: sha('beef'), checks: 'none', failing: [] } };
    scene.passes(9 * MINUTE);
    const early = scene.decides();
    expect(early.lookAgainAt).toBe((scene.journal.baselines?.[0]?.at ?? 0) + 10 * MINUTE);
    scene.settles();
    expect(dispatched(scene)).toEqual(['baseline']);
    scene.passes(MINUTE);
    scene.settles();
    expect(dispatched(scene)).toEqual(['baseline', 'baseline']);
    scene.checksBase(uninstalled);
    // The same problem mentions nobody a second time.
    expect(said(scene.settles())).toEqual([]);
    expect(needs(scene)).toEqual(['BASE_NOT_INSTALLED']);
  });

  test('is checked again when the config has changed its gates', () => {
    const scene = new Scene(segments, { baseline: 'on' });
    const base = { branch: 'main', head: sha('ba5e'), checks: 'none', failing: [] } as const;
    scene.extra = { base: { ...base, proof: 'one' } };
    scene.asks('execute');
    scene.settles();
    scene.checksBase(uninstalled);
    scene.settles();
    scene.passes(10 * MINUTE);
    scene.settles();
    expect(dispatched(scene)).toEqual(['baseline']);
    scene.extra = { base: { ...base, proof: 'two' } };
    scene.settles();
    expect(dispatched(scene)).toEqual(['baseline', 'baseline']);
  });

  test.each(['retry', 'execute'] as const)(
    'is checked again at once after /swarm %s, and then said again',
    (command) => {
      const scene = started();
      scene.checksBase(uninstalled);
      scene.settles();
      scene.asks(command);
      scene.settles();
      expect(dispatched(scene)).toEqual(['baseline', 'baseline']);
      scene.checksBase(uninstalled);
      expect(said(scene.settles())).toHaveLength(1);
      scene.asks(command);
      scene.settles();
      scene.checksBase();
      scene.settles();
      expect(dispatched(scene)).toEqual(['baseline', 'baseline', 'baseline', 'segments']);
      expect(needs(scene)).toEqual([]);
    },
  );

  test('lets agents start once the config turns the check off', () => {
    const scene = started();
    scene.checksBase(uninstalled);
    scene.settles();
    Object.assign(scene, { config: { ...scene.config, baseline: 'off' } });
    scene.settles();
    expect(dispatched(scene)).toEqual(['baseline', 'segments']);
  });
});

describe('a check of the base', () => {
  const ends = (scene: Scene): void => {
    const { dispatch = '' } = scene.journal.baselines?.at(-1) ?? {};
    const run = scene.github.runs.get(dispatch);
    if (!run) throw new Error('it has no run');
    scene.github.runs.set(dispatch, {
      ...run,
      ...{ state: 'completed', conclusion: 'cancelled', endedAt: scene.github.now },
    });
    scene.passes(MINUTE);
    scene.settles();
  };

  test('whose run is lost is repeated as often as the config allows, and then a person has to act', () => {
    const scene = started({ attempts: 2 });
    ends(scene);
    expect(dispatched(scene)).toEqual(['baseline', 'baseline']);
    expect(needs(scene)).toEqual([]);
    ends(scene);
    expect(dispatched(scene)).toEqual(['baseline', 'baseline']);
    expect(needs(scene)).toEqual(['BASE_CHECK_LOST']);
    scene.asks('retry');
    scene.settles();
    ends(scene);
    expect(dispatched(scene)).toEqual(['baseline', 'baseline', 'baseline', 'baseline']);
    scene.checksBase();
    scene.settles();
    expect(scene.attempt(2).why).toBe('first');
  });

  test('that speaks of another commit than it was asked for says nothing', () => {
    const scene = started();
    scene.checksBase();
    scene.github.baselineReports = scene.github.baselineReports.map((each) => ({ ...each, base: sha('beef') }));
    scene.settles();
    expect(dispatched(scene)).toEqual(['baseline']);
    expect(scene.journal.baselines?.[0]?.verdict).toBeUndefined();
  });

  test('that GitHub does not start is repeated, and then tells why', () => {
    const scene = new Scene(segments, { baseline: 'on', attempts: 1 });
    scene.asks('execute');
    scene.looks();
    scene.performed = { 'dispatch:1.1': { kind: 'refused', status: 422, message: 'Actions is disabled.' } };
    scene.settles();
    expect(needs(scene)).toEqual(['DISPATCH_FAILED']);
    expect(dispatched(scene)).toEqual(['baseline']);
  });
});
