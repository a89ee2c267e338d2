/**
 * The demo, whole: what the README promises, run as the README says, and looked at from outside: the summary it writes,
 * the repository it serves, the history it leaves.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { boardOf, FINISHED } from './board.ts';
import { Demos, ENVIRONMENT, git } from './run.ts';

const demos = new Demos();
const runDemo = (name: string, ...options: string[]) => demos.run(name, ['demo'], ...options);

afterAll(() => demos.close());

describe('the demo', () => {
  test('takes a real epic through its waves (R10.3)', async () => {
    const demo = await runDemo('plain', '--keep');
    const { summary } = demo;
    expect(boardOf(summary)).toEqual(FINISHED);
    expect(summary.findings, 'answers unlike GitHub').toBe(0);
    const merged = summary.waves.flatMap((wave) => wave.segments);
    for (const { validation } of merged) {
      expect(validation).toMatchObject({ lint: 'pass', types: 'pass', tests: 'pass', build: 'pass', scope: 'pass' });
    }

    // The repository as anyone can clone it while it is served: it passes its own tests, and its history is told.
    const clone = join(demos.dir, 'clone');
    git(demos.dir, 'clone', '--quiet', summary.clone, clone);
    const tests = execFileSync('npm', ['test', '--silent'], { cwd: clone, encoding: 'utf8', env: ENVIRONMENT });
    expect(tests).toContain('the answer contains no name or address');
    expect(git(clone, 'log', '--format=%s', '--first-parent').split('\n').length).toBeGreaterThan(9);
    git(clone, 'fetch', '--quiet', 'origin', `refs/swarm/epics/${summary.epic.number}:refs/swarm/epic`);
    const history = git(clone, 'log', '--reverse', '--format=%B', 'refs/swarm/epic');
    for (const told of [
      'STARTED',
      'CLAIMED #2',
      'CALIBRATION FAILED wave 1',
      'WAVE COMPLETE wave 3',
      'EXECUTION COMPLETE',
    ]) {
      expect(history).toContain(told);
    }

    const page = await (await fetch(summary.page)).text();
    expect(page).toContain('Customers can follow their parcels');
    expect(demo.output()).toMatch(/Wave 1 {2}calibration failed, then passed/);
    await demo.stops();
    await expect(fetch(summary.page)).rejects.toThrow();
    await expect(fetch(summary.clone)).rejects.toThrow();
  });

  test('ends the same when the app is killed five times', async () => {
    const demo = await runDemo('kills', '--kills', '5', '--seed', '7');
    expect(demo.summary.kills).toBe(5);
    expect(boardOf(demo.summary)).toEqual(FINISHED);
    expect(await demo.ends()).toBe(0);
  });
});
