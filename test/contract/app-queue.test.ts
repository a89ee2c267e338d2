/** One look at a time per epic, wishes in between are one wish, and what fails for good is left to the sweep. */
import { expect, test } from 'vitest';
import { makeQueue } from '../../src/app/queue.ts';
import { instant } from '../../src/core/model/epic.ts';
import { virtualClock } from '../../src/emulator/model/clock.ts';
import { until } from '../rig/wait.ts';

const MINUTE = 60_000;

test('wishes that come while it looks are one wish, and no two looks of one epic are at once (R4.5)', async () => {
  const queue = makeQueue(virtualClock(), () => undefined);
  let looking = 0;
  let looks = 0;
  const doors: (() => void)[] = [];
  const look = async (): Promise<undefined> => {
    looking += 1;
    looks += 1;
    expect(looking).toBe(1);
    await new Promise<void>((resolve) => doors.push(resolve));
    looking -= 1;
    return undefined;
  };
  for (let at = 0; at < 5; at++) queue.wake('#1', look);
  doors.shift()?.();
  await until('the second look', () => looks === 2);
  for (let at = 0; at < 5; at++) queue.wake('#1', look);
  doors.shift()?.();
  await until('the third look', () => looks === 3);
  doors.shift()?.();
  await queue.idle();
  expect(looks).toBe(3);
});

test('what is to be looked at again is, by the clock of whoever said when', async () => {
  const clock = virtualClock();
  const queue = makeQueue(clock, () => undefined);
  const looks: number[] = [];
  queue.wake('#1', async () => {
    looks.push(clock.now());
    return looks.length > 1 ? undefined : { at: instant(1_000), lookAgainAt: instant(1_000 + MINUTE) };
  });
  await queue.idle();
  const [first = 0] = looks;
  await clock.advance(MINUTE);
  await queue.idle();
  expect(looks).toEqual([first, first + MINUTE]);
  await clock.advance(60 * MINUTE);
  expect(looks).toHaveLength(2);
});

test('what fails is tried for half an hour and more, ever more rarely, and then left to the sweep', async () => {
  const clock = virtualClock();
  const log: string[] = [];
  const queue = makeQueue(clock, (line) => log.push(line.split('\n')[0] ?? ''));
  const looks: number[] = [];
  const look = async (): Promise<undefined> => {
    looks.push(clock.now());
    throw new Error('Not Found');
  };
  queue.wake('#1', look);
  for (let minute = 0; minute < 120; minute++) {
    await queue.idle();
    await clock.advance(MINUTE);
  }
  const waits = looks.slice(1).map((at, before) => at - (looks[before] ?? 0));
  expect(waits).toHaveLength(12);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(20 * MINUTE);
  expect(log.at(-1)).toContain('Not Found');
  queue.wake('#1', look);
  await queue.idle();
  expect(looks).toHaveLength(14);
  await queue.close();
});
