/**
 * No list is believed that was cut off: page sizes are written in `src/github/lists.ts` only, which reads on, or next to the
 * reason for wanting no more. Lists of REST are read by `paginate`.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buildSchema, isObjectType, parse, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql';
import { describe, expect, it } from 'vitest';
import { issueNumber } from '../../src/core/model/epic.ts';
import { listShapes, pageText } from '../../src/github/lists.ts';
import * as queries from '../../src/github/queries.ts';
import '../../src/github/looks/history.ts';
import '../../src/github/perform.ts';
import '../../src/github/wake.ts';
import '../../src/local/epic-view.ts';
import { lineAt, read, sourcesIn } from './sources.ts';

/** The emulator is the other side: it answers in pages. */
const sources = sourcesIn(['src'], ['.ts']).filter(({ path }) => !path.startsWith('src/emulator/'));

/** Calls of REST with a page size of their own, and why no more is wanted. */
const BOUNDED: Readonly<Record<string, string>> = {
  'src/github/pulls/pulls.ts': 'the comparison is read for its merge base, which is not in the list',
  'src/github/pulls/landing.ts':
    'all files of a comparison are on its first page, and more commits than that are too many',
  'src/github/looks/runs.ts': 'a run that is not among the latest is read alone',
  'src/github/client.ts': 'the pages of `paginate`',
  'src/app/redeliver.ts': 'what is older than a hundred failures is found by the sweep',
  'src/local/api.ts': 'the pages of `Api.list`',
};

const found = (pattern: RegExp, except: readonly string[]): string[] =>
  sources
    .filter(({ path }) => !except.includes(path))
    .flatMap(({ path, text }) => [...text.matchAll(pattern)].map(({ index }) => `${path}:${lineAt(text, index)}`));

describe('a page size', () => {
  it('is in no query but by `defineList` or `onlyThe`', () => {
    // A page's size is an argument: `first: 10`, `first: $size` or `first: ${size}`, in a bracket or after a comma.
    expect(found(/[(,]\s*(?:first|last):\s*(?:\d|\$)/g, ['src/github/lists.ts'])).toEqual([]);
  });

  it('of a part comes with a reason', () => {
    const calls = sources.flatMap(({ text }) => [...text.matchAll(/\bonlyThe\('(?:first|last)', \w+, ('[^']*')?/g)]);
    expect(calls.length).toBeGreaterThan(1);
    for (const [call, reason = ''] of calls) expect(reason.split(' ').length, call).toBeGreaterThan(4);
  });

  it('is in no call of REST but the bounded ones', () => {
    expect(found(/per_page/g, Object.keys(BOUNDED))).toEqual([]);
    for (const path of Object.keys(BOUNDED)) expect(read(path)).toContain('per_page');
  });
});

interface Operation {
  readonly parameters?: readonly { readonly $ref?: string; readonly name?: string }[];
}
const { operations } = JSON.parse(read('src/emulator/oracle/openapi.json')) as {
  operations: Readonly<Record<string, Operation>>;
};

describe('a call of REST', () => {
  const calls = sources.flatMap(({ path, text }) =>
    [...text.matchAll(/\.(request|paginate)\(\s*'(GET [^']+)'/g)].map(([, how = '', route = '']) => ({
      path,
      how,
      route,
    })),
  );

  it.each(calls)('$route in $path', ({ path, how, route }) => {
    const operation = Object.entries(operations).find(
      ([name]) => name.replaceAll(/\{\w+\}/g, '{}') === route.replaceAll(/\{\w+\}/g, '{}'),
    )?.[1];
    expect(operation, 'the emulator does not know it').toBeDefined();
    const isPaged = (operation?.parameters ?? []).some(
      (each) => /per-page$/.test(each.$ref ?? '') || each.name === 'per_page',
    );
    if (isPaged && BOUNDED[path] === undefined) expect(how).toBe('paginate');
  });

  it('of `swarm dev` reads no list by `get`', () => {
    const local = found(/\bapi\s*\.get<(?:readonly )?[^>]*\[\]>/g, []);
    expect(local).toEqual([]);
  });
});

describe('a list of GraphQL', () => {
  const file = join(dirname(createRequire(import.meta.url).resolve('github-schema')), '..', 'github-schema.graphql');
  const schema = buildSchema(readFileSync(file, 'utf8'), { assumeValid: true, noLocation: true });

  it.each([...listShapes()])('%s belongs to the type that it names, and has a bound', (name, shape) => {
    const inside = (shape.path ?? []).reduceRight((inner, field) => `${field} { ${inner} }`, pageText(name, shape, 1));
    const text = `query One($id: ID!) { node(id: $id) { id ... on ${shape.on} { ${inside} } } } ${shape.fragment ?? ''}`;
    expect(validate(schema, parse(text))).toEqual([]);
    expect(shape.most).toBeLessThanOrEqual(5_000);
    // Reading it to its bound fits into one look.
    expect(shape.most / (shape.pageSize ?? 100)).toBeLessThanOrEqual(60);
  });

  const base = {
    base: 'main',
    branches: [],
    labels: [],
    files: [],
    personaFolders: [],
    skillFolders: [],
  };
  const issue = { id: 'I_1', subIssuesSummary: { total: 3 } } as queries.IssueAnswer;
  it.each([
    ['the epic', queries.epicQuery()],
    ['groups', queries.childrenOfGroups([issue]).text],
    ['issues by number', queries.issuesByNumber([1])],
    ['edits', queries.EDITS],
    ...queries
      .detailQueries({
        ...base,
        others: [{ number: issueNumber(3) }],
        pulls: [
          { number: 1, detail: 'whole' },
          { number: 2, detail: 'state' },
        ],
      })
      .map(({ text }, at) => [`details ${at}`, text]),
  ])('in a query is one of them: %s', (_, text = '') => {
    const document = parse(text);
    const info = new TypeInfo(schema);
    const wrong: string[] = [];
    visit(
      document,
      visitWithTypeInfo(info, {
        Field(node) {
          const alias = node.alias?.value ?? '';
          if (!alias.startsWith('more_')) return;
          const shape = listShapes().get(alias.slice('more_'.length));
          if (!shape) wrong.push(`${alias} is no list`);
          const connection = info.getParentType();
          if (!isObjectType(connection) || !connection.name.endsWith('Connection'))
            wrong.push(`${alias} is in no list`);
        },
      }),
    );
    expect(wrong).toEqual([]);
    expect(text).toContain('more_');
  });
});
