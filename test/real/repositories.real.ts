/**
 * Swarm on repositories that nobody wrote for it: their gates are found, their baseline runs, a fault is caught with its
 * message first, and an epic of three segments is merged. Needs the registries of each ecosystem; a repository whose tools
 * are not on the machine is left out, and that is said.
 *
 * `npm run test:real`, or one of them: `npm run test:real -- -t gjson`. It takes minutes for each.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DevSummary } from '../../src/local/summary.ts';
import { git } from '../demo/run.ts';
import { Bench, has } from './bench.ts';
import { REPOSITORIES } from './repositories.ts';

interface Said {
  readonly gates: readonly { readonly gate: string; readonly kind: string }[];
  readonly results: readonly {
    readonly verdict: string;
    readonly result: { readonly gate: string; readonly output: string };
  }[];
}

describe.each(REPOSITORIES)('$ecosystem', ({ name, ecosystem, needs, brings = {}, make, gates, faults, segments }) => {
  const lacks = needs.filter((program) => !has(program));
  if (lacks.length > 0) console.log(`${ecosystem} is left out: this machine has no ${lacks.join(' and no ')}.`);
  describe.skipIf(lacks.length > 0)(name, () => {
    const bench = new Bench();
    let repository = '';
    beforeAll(() => {
      bench.bring(brings);
      repository = make(bench);
    });
    afterAll(() => bench.close());

    const baseline = async (directory: string, ...more: string[]): Promise<Said> => {
      const { out, err } = await bench.swarm('gates', directory, '--run', '--json', ...more);
      if (!out.startsWith('{')) throw new Error(`No answer:\n${err}`);
      return JSON.parse(out) as Said;
    };

    test('its gates are found, and its baseline runs', async () => {
      const { results } = await baseline(repository);
      const ran = Object.fromEntries(results.map(({ verdict, result }) => [result.gate, verdict]));
      expect(ran, JSON.stringify(results, null, 1)).toMatchObject(gates);
    });

    test.each(faults)('a fault is caught by $gate, with its message first', async ({ gate, edits, first }) => {
      const { results } = await baseline(bench.copy(repository, edits), '--gate', gate);
      const found = results.find(({ result }) => result.gate === gate);
      expect(found?.verdict, JSON.stringify(results, null, 1)).toBe('red');
      expect(found?.result.output.trimStart().split('\n')[0]).toMatch(first);
    });

    test('an epic of three segments is merged', async () => {
      const { plan, agent } = bench.prepare(repository, `Small things for ${name}`, segments);
      const file = join(bench.directory, 'outcome.json');
      const before = git(repository, 'rev-parse', 'HEAD').trim();
      const { code, out, err } = await bench.swarm(
        ...['dev', '--repo', repository, '--plan', plan, '--agent', agent, '--json', file],
      );
      expect(code, `${out}\n${err}`).toBe(0);
      const { epic, waves } = JSON.parse(readFileSync(file, 'utf8')) as DevSummary;
      expect(epic.state).toBe('closed');
      expect(waves.flatMap((wave) => wave.segments.map(({ status }) => status))).toEqual([
        'merged',
        'merged',
        'merged',
      ]);
      expect(git(repository, 'rev-parse', 'HEAD').trim()).toBe(before);
      const changed = git(repository, 'diff', '--name-only', before, `swarm/${epic.number}`).trim().split('\n');
      const wanted = Object.values(segments).flatMap(({ edits }) => Object.keys(edits));
      expect(changed).toEqual(expect.arrayContaining(wanted));
    });
  });
});
