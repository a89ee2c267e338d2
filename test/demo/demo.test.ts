/**
 * The demo, whole: what the README promises, run as the README says, and looked at from outside: the summary it writes,
 * the repository it serves, the history it leaves.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { DevSummary } from '../../src/local/summary.ts';
import { Demos, ENVIRONMENT, git, MINUTES_MS } from './run.ts';

const demos = new Demos();
const runDemo = (name: string, ...options: string[]) => demos.run(name, ['demo'], ...options);

afterAll(() => demos.close());

/** The finished epic without what differs from run to run: numbers of pull requests, names of agents, times. */
const boardOf = ({ epic, waves }: DevSummary) => ({
  epic: epic.state,
  waves: waves.map((wave) => ({
    calibrations: wave.calibrations.map((each) => each.verdict).join(', '),
    segments: wave.segments
      .map(({ title, status, tries, attempts, fix }) => `${fix ? 'fix' : title}: ${status}, ${tries}, ${attempts}`)
      .toSorted(),
  })),
});

const FINISHED = {
  epic: 'closed',
  waves: [
    {
      calibrations: 'failed, passed',
      segments: [
        'Give every parcel a tracking number: merged, 1, 1',
        'Let a parcel go back to its sender: merged, 1, 1',
        "Say a parcel's status in plain words: merged, 1, 1",
        'Say what a parcel costs: merged, 2, 1',
        'fix: merged, 1, 1',
      ],
    },
    {
      calibrations: 'passed',
      segments: [
        'Let customers follow a parcel: merged, 1, 1',
        'Print a label for a parcel: merged, 1, 2',
        'Quote the postage over HTTP: merged, 1, 1',
      ],
    },
    { calibrations: 'passed', segments: ["Fetch a parcel's label over HTTP: merged, 1, 1"] },
  ],
};

describe('the demo', () => {
  test('takes a real epic through its waves', { timeout: 4 * MINUTES_MS }, async () => {
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
    expect(tests).toContain("the number tells nobody's name or address");
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

  test('ends the same when the app is killed five times', { timeout: 5 * MINUTES_MS }, async () => {
    const demo = await runDemo('kills', '--kills', '5', '--seed', '7');
    expect(demo.summary.kills).toBe(5);
    expect(boardOf(demo.summary)).toEqual(FINISHED);
    expect(await demo.ends()).toBe(0);
  });

  test('ends the same without the app, by the workflow alone', { timeout: 5 * MINUTES_MS }, async () => {
    const demo = await runDemo('app-less', '--app-less');
    expect(demo.summary.door).toBe('app-less');
    expect(boardOf(demo.summary)).toEqual(FINISHED);
    expect(await demo.ends()).toBe(0);
  });
});
