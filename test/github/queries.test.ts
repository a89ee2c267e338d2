/** The questions of a look are ones that GitHub takes, however much an epic's journal names. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buildSchema, parse, specifiedRules, validate } from 'graphql';
import { expect, test } from 'vitest';
import { issueNumber } from '../../src/core/model/epic.ts';
import { branchQuestions } from '../../src/github/branch-names.ts';
import { detailQueries, handsQuery, placesQuery } from '../../src/github/queries.ts';

const file = join(dirname(createRequire(import.meta.url).resolve('github-schema')), '..', 'github-schema.graphql');
const schema = buildSchema(readFileSync(file, 'utf8'), { assumeValid: true, noLocation: true });

const nothing = { base: 'HEAD', branches: [], labels: [], files: [], others: [] };
const folders = { personaFolders: [], skillFolders: [] };
const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

test.each([
  ['nothing', 0, 0, 1],
  ['a few of each', 10, 20, 1],
  ['as many as fit', 50, 0, 1],
  ['as many as can be in flight', 256, 0, 6],
  ['a large epic near its end', 20, 1_980, 11],
])('pull requests are asked for each once: %s', (_, whole, state, questions) => {
  const pulls = [
    ...upTo(whole).map((number) => ({ number, detail: 'whole' as const })),
    ...upTo(state).map((at) => ({ number: whole + at, detail: 'state' as const })),
  ];
  const all = detailQueries({ ...nothing, ...folders, pulls });
  expect(all).toHaveLength(questions);
  const named = all.flatMap(({ text }) => [...text.matchAll(/pull(\d+): pullRequest\(number: (\d+)\)/g)]);
  expect(named.map(([, alias]) => Number(alias))).toEqual(upTo(whole + state));
  expect(named.every(([, alias, number]) => alias === number)).toBe(true);
  for (const { text } of all) expect(validate(schema, parse(text), specifiedRules)).toEqual([]);
});

test('all else is asked for once, in the first of them', () => {
  const [first, ...more] = detailQueries({
    base: 'main',
    pulls: upTo(120).map((number) => ({ number, detail: 'whole' })),
    branches: ['feat/a', 'feat/b'],
    labels: ['swarm:done'],
    files: [
      { alias: 'report0', commit: '1'.repeat(40), path: 'report.json' },
      { alias: 'text2', commit: '2'.repeat(40), path: 'issues/2.json' },
    ],
    others: [{ number: issueNumber(7) }, { number: issueNumber(8), repository: { owner: 'octo', name: 'other' } }],
    personaFolders: ['.github/agents'],
    skillFolders: ['.github/skills'],
  });
  expect(first && validate(schema, parse(first.text), specifiedRules)).toEqual([]);
  expect(Object.values(first?.variables ?? {})).toEqual([
    ...['refs/heads/main^{commit}', 'refs/heads/feat/a', 'refs/heads/feat/b', 'swarm:done'],
    'refs/heads/main:.github/agents',
    ...['refs/heads/main:.github/skills', 'octo', 'other'],
  ]);
  expect(first?.text).toContain(`report0: object(oid: "${'1'.repeat(40)}") { ... on Commit {`);
  expect(more.map(({ variables }) => variables)).toEqual([{}, {}]);
});

test('branches that may be in the way are asked for in terms of GitHub’s schema', () => {
  const { text, variables } = branchQuestions([
    { is: 'above', name: 'feat' },
    { is: 'below', name: 'feat/cart' },
  ]);
  expect(validate(schema, parse(text), specifiedRules)).toEqual([]);
  expect(variables).toEqual({ branch0: 'refs/heads/feat', branch1: 'refs/heads/feat/cart/' });
});

test('changes of issues are asked for in terms of GitHub’s schema', () => {
  const { text, variables } = handsQuery(['I_1', 'I_2'], '2026-01-01T00:00:00Z');
  expect(validate(schema, parse(text), specifiedRules)).toEqual([]);
  expect(variables).toEqual({ id0: 'I_1', id1: 'I_2', since: '2026-01-01T00:00:00Z' });
});

test('a folder is asked for by its path, without the slash that GitHub does not take', () => {
  const { text, variables } = placesQuery('c0ffee', ['.github/agents/', '.vscode/mcp.json']);
  expect(validate(schema, parse(text), specifiedRules)).toEqual([]);
  expect(variables).toEqual({
    root: 'c0ffee:',
    place0: 'c0ffee:.github/agents',
    place1: 'c0ffee:.vscode/mcp.json',
  });
});
