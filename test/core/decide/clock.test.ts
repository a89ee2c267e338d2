/** The workflow that is Swarm's clock: enabled when an epic starts, once, and again when it could be off by then. */
import { describe, expect, test } from 'vitest';
import { issue } from '../facts.ts';
import { MINUTE, Scene } from './scene.ts';

const DAY = 24 * 60 * MINUTE;
const CLOCK = { clockWorkflow: 'swarm-clock.yml' };

/** An epic without the app, before its start. */
const planned = (extra: Scene['extra'] = CLOCK): Scene => {
  const scene = new Scene([issue(2)]);
  scene.extra = extra;
  return scene;
};
const started = (): Scene => {
  const scene = planned();
  scene.asks('execute');
  scene.settles();
  return scene;
};
/** How often the clock is started until the epic comes to rest. */
const starts = (scene: Scene): number => scene.settles().filter((line) => line.startsWith('start clock')).length;

describe('the clock (R4.6)', () => {
  test('is started before the first run, and not again by later looks', () => {
    const scene = planned();
    scene.asks('execute');
    const acts = scene.looks().filter((line) => /^(?:start clock|dispatch)/.test(line));
    expect(acts).toEqual([
      'start clock {key="clock" workflow="swarm-clock.yml"} — clock needed',
      expect.stringContaining('dispatch'),
    ]);
    expect(starts(scene)).toBe(0);
    scene.merges(2);
    expect(starts(scene)).toBe(0);
  });

  test('is not started for a plan, or where Swarm has a clock of its own', () => {
    const plan = planned();
    plan.asks({ kind: 'execute', dryRun: true });
    expect(plan.looks().join('\n')).not.toContain('start clock');
    const withApp = planned({});
    withApp.asks('execute');
    expect(starts(withApp)).toBe(0);
  });

  test('is started for each start: a person who disabled it in between wants it again', () => {
    const scene = started();
    scene.passes(MINUTE);
    expect(starts(scene)).toBe(0);
    scene.asks('execute');
    expect(starts(scene)).toBe(1);
  });

  test('is started again after a cancellation is taken back, because it may have stopped', () => {
    const scene = started();
    scene.asks('cancel');
    expect(starts(scene)).toBe(0);
    scene.passes(MINUTE);
    scene.asks('resume');
    expect(starts(scene)).toBe(1);
  });

  test('is started again each month, because GitHub disables a schedule where nothing happens', () => {
    const scene = started();
    scene.passes(29 * DAY);
    expect(starts(scene)).toBe(0);
    scene.passes(2 * DAY);
    expect(starts(scene)).toBe(1);
    scene.passes(DAY);
    expect(starts(scene)).toBe(0);
  });

  test('is left alone if GitHub refuses, until a person resumes the epic', () => {
    const scene = planned();
    scene.asks('execute');
    scene.looks();
    scene.performed = {
      ...scene.performed,
      clock: { kind: 'refused', status: 403, message: 'Resource not accessible' },
    };
    expect(starts(scene)).toBe(0);
    scene.asks('pause');
    scene.settles();
    scene.asks('resume');
    expect(starts(scene)).toBe(1);
  });
});
