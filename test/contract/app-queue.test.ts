/** Each epic has one run at a time, wake-ups during a run are coalesced, and lasting failures are left to the sweep. */
import { expect, test } from 'vitest';
import { makeQueue } from '../../src/app/queue.ts';
import { instant } from '../../src/core/model/epic.ts';
import { virtualClock } from '../../src/emulator/model/clock.ts';
import { until } from '../rig/wait.ts';

const MINUTE = 60_000;

test('wake-ups during a run are coalesced into one, and runs of one epic never overlap (R4.5)', async () => {
  const queue = makeQueue(virtualClock(), () => undefined);
  let running = 0;
  let runs = 0;
  const finishers: (() => void)[] = [];
  const run = async (): Promise<undefined> => {
    running += 1;
    runs += 1;
    expect(running).toBe(1);
    await new Promise<void>((resolve) => finishers.push(resolve));
    running -= 1;
    return undefined;
  };
  for (let count = 0; count < 5; count++) queue.wake('#1', run);
  finishers.shift()?.();
  await until('the second run', () => runs === 2);
  for (let count = 0; count < 5; count++) queue.wake('#1', run);
  finishers.shift()?.();
  await until('the third run', () => runs === 3);
  finishers.shift()?.();
  await queue.idle();
  expect(runs).toBe(3);
});

test('a run can schedule the next one, by the clock of the queue', async () => {
  const clock = virtualClock();
  const queue = makeQueue(clock, () => undefined);
  const starts: number[] = [];
  queue.wake('#1', async () => {
    starts.push(clock.now());
    return starts.length > 1 ? undefined : { now: instant(1_000), lookAgainAt: instant(1_000 + MINUTE) };
  });
  await queue.idle();
  const [first = 0] = starts;
  await clock.advance(MINUTE);
  await queue.idle();
  expect(starts).toEqual([first, first + MINUTE]);
  await clock.advance(60 * MINUTE);
  expect(starts).toHaveLength(2);
});

test('a failed run is retried for over half an hour, at growing intervals, and then left to the sweep', async () => {
  const clock = virtualClock();
  const log: string[] = [];
  const queue = makeQueue(clock, (line) => log.push(line.split('\n')[0] ?? ''));
  const starts: number[] = [];
  const run = async (): Promise<undefined> => {
    starts.push(clock.now());
    throw new Error('Not Found');
  };
  queue.wake('#1', run);
  for (let minute = 0; minute < 120; minute++) {
    await queue.idle();
    await clock.advance(MINUTE);
  }
  const waits = starts.slice(1).map((startMs, previous) => startMs - (starts[previous] ?? 0));
  expect(waits).toHaveLength(12);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(20 * MINUTE);
  expect(log.at(-1)).toContain('Not Found');
  queue.wake('#1', run);
  await queue.idle();
  expect(starts).toHaveLength(14);
  await queue.close();
});
