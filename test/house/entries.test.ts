/**
 * Limits how much the action loads before it can do anything. It starts at every event of a repository, so one import too
 * many makes all of those starts slower. `npm run bench:start` measures the times.
 */
import { expect, it } from 'vitest';
import { committedFiles, loadedBy } from '../../tools/dist.ts';

const files = await committedFiles();

const chunk = (part: string): string => {
  const found = [...files.keys()].find((name) => name.startsWith(`action/${part}-`));
  if (found === undefined) throw new Error(`dist/ has no chunk of the action called ${part}`);
  return found;
};

it('dist/ holds the action only', () => {
  expect([...files.keys()].filter((name) => !/^(?:action\.js|action\/|licenses\.txt$)/.test(name))).toEqual([]);
});

it.each([
  ['without inputs', [], 33],
  ['orchestrate, at an event that concerns no epic', ['orchestrate'], 46],
  ['orchestrate, asking whether an epic is concerned', ['orchestrate', 'client', 'wake'], 198],
  ['the plan job', ['plan'], 187],
] as const)('%s', (_, parts, mostKb) => {
  const loaded = new Set(['action.js', ...parts.map(chunk)].flatMap((name) => [...loadedBy(files, name)]));
  const kb = [...loaded].reduce((sum, name) => sum + Buffer.byteLength(files.get(name) ?? ''), 0) / 1_000;
  expect(loaded.size).toBeGreaterThan(parts.length);
  expect(kb, `${[...loaded].join(', ')} are ${kb} kB`).toBeLessThanOrEqual(mostKb);
});
