/** The demo by the other door: no app is there, and the workflow alone orchestrates. */
import { afterAll, expect, test } from 'vitest';
import { boardOf, FINISHED } from './board.ts';
import { Demos } from './run.ts';

const demos = new Demos();
afterAll(() => demos.close());

test('the demo ends the same without the app, by the workflow alone (R4.6)', async () => {
  const demo = await demos.run('app-less', ['demo'], '--app-less');
  expect(demo.summary.door).toBe('app-less');
  expect(boardOf(demo.summary)).toEqual(FINISHED);
  expect(await demo.ends()).toBe(0);
});
