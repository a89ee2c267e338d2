/**
 * The rooms of ARCHITECTURE.md: who may import whom, and what core must not know at all.
 */
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCycle, makeGraph } from '../../src/core/graph/graph.ts';
import { codeOf, importsOf, lineAt, read, type Source, sourcesIn } from './sources.ts';

const sources = sourcesIn(['src'], ['.ts']);

// --- who may import whom ---------------------------------------------------------------------------------------------

/** The table, row by row: `| config, brief, words | core |`. */
const roomsOf = (page: string): ReadonlyMap<string, ReadonlySet<string>> => {
  const rows = page.slice(page.indexOf('| room | may import |')).split('\n');
  const rooms = new Map<string, ReadonlySet<string>>();
  for (const row of rows.slice(2)) {
    const [, names, allowed] = row.split('|').map((part) => part.trim());
    if (names === undefined || allowed === undefined) break;
    const may = new Set(allowed.startsWith('nothing') ? [] : allowed.split(', '));
    for (const name of names.split(', ')) rooms.set(name, may);
  }
  return rooms;
};

/** `src/core/model/epic.ts` → `core/model`, `src/words/safe.ts` → `words`: the longest name in the table that fits. */
const roomOf = (path: string, rooms: ReadonlyMap<string, unknown>): string => {
  const parts = path
    .replace(/^src\//, '')
    .replace(/\.ts$/, '')
    .split('/');
  const nested = parts.slice(0, 2).join('/');
  return rooms.has(nested) ? nested : (parts[0] ?? '');
};

/** `core` in a row stands for all rooms of core but `core/decide`; `emulator` stands for all of its rooms. */
const mayImport = (may: ReadonlySet<string>, other: string): boolean => {
  const house = other.split('/')[0] ?? '';
  return may.has(other) || (other !== 'core/decide' && may.has(house));
};

const crossings = ({ path, text }: Source, rooms: ReadonlyMap<string, ReadonlySet<string>>): string[] => {
  const room = roomOf(path, rooms);
  const may = rooms.get(room);
  if (may === undefined) return [`${path}: ARCHITECTURE.md has no room \`${room}\``];
  return importsOf(text).flatMap(({ of, line }) => {
    const where = `${path}:${line}`;
    if (of === undefined) return [`${where} imports what cannot be read here; name the module`];
    if (of.startsWith('.') || of.startsWith('/')) {
      const inRoom = posix.join(posix.dirname(path), of).startsWith(`src/${room}/`);
      return inRoom ? [] : [`${where} leaves its room by \`${of}\`; write \`#room/file\``];
    }
    if (of.startsWith('#')) {
      const other = roomOf(`src/${of.slice(1)}.ts`, rooms);
      if (other === room) return [`${where}: the same room is \`./\`, not \`${of}\``];
      return mayImport(may, other) ? [] : [`${where}: ${room} may not import ${other}`];
    }
    return room.startsWith('core/') ? [`${where}: core imports no package, and so not \`${of}\``] : [];
  });
};

/** A circle among the rows of the table; empty where there is none. */
const circleOf = (rooms: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] => {
  const edges = [...rooms].flatMap(([from, may]) =>
    [...rooms.keys()].filter((on) => on !== from && mayImport(may, on)).map((on) => ({ from, on })),
  );
  return findCycle(makeGraph([...rooms.keys()], edges)) ?? [];
};

describe('rooms', () => {
  const rooms = roomsOf(read('ARCHITECTURE.md'));

  it('the table names every room there is, and no other', () => {
    const found = new Set(sources.map(({ path }) => roomOf(path, rooms)));
    expect([...rooms.keys()].sort()).toEqual([...found].sort());
  });

  it('the rows run one way: no room needs one that needs it', () => {
    expect(circleOf(rooms)).toEqual([]);
    expect(circleOf(new Map([...rooms, ['core/model', new Set(['core/plan'])]]))).not.toEqual([]);
  });

  it('no folder holds more than 20 source files', () => {
    const files = Map.groupBy(sources, ({ path }) => posix.dirname(path));
    const crowded = [...files].filter(([, inside]) => inside.length > 20).map(([folder]) => folder);
    expect(crowded).toEqual([]);
  });

  it('every import keeps to the table', () => {
    expect(sources.flatMap((source) => crossings(source, rooms))).toEqual([]);
  });

  it.each([
    ['src/core/model/x.ts', "import { z } from 'zod';", /core imports no package/],
    ['src/core/decide/x.ts', "import { readFile } from 'node:fs';", /core imports no package/],
    ['src/core/x.ts', '', /no room `core`/],
    ['src/core/model/x.ts', "import { a } from '#core/graph/graph';", /core\/model may not import core\/graph/],
    ['src/core/graph/x.ts', "import { a } from '#core/scope/glob';", /core\/graph may not import core\/scope/],
    ['src/core/scope/x.ts', "import { a } from '#core/text/prose';", /core\/scope may not import core\/text/],
    ['src/core/text/x.ts', "import { a } from '#core/epic/tree';", /core\/text may not import core\/epic/],
    ['src/core/epic/x.ts', "import { a } from '#core/schedule/search';", /core\/epic may not import core\/schedule/],
    ['src/core/schedule/x.ts', "import { a } from '#core/plan/tracks';", /core\/schedule may not import core\/plan/],
    ['src/core/plan/x.ts', "import { a } from '#core/decide/start';", /core\/plan may not import core\/decide/],
    ['src/core/decide/x.ts', "import { a } from '../plan/tracks.ts';", /leaves its room/],
    ['src/github/x.ts', "import { a } from '#core/decide/verdict';", /github may not import core\/decide/],
    ['src/words/x.ts', "import type { A } from '#core/decide/progress';", /words may not import core\/decide/],
    ['src/gates/x.ts', "import { a } from '#segment/work';", /gates may not import segment/],
    ['src/sandbox/x.ts', "import { a } from '#agents/invocation';", /sandbox may not import agents/],
    ['src/emulator/model/x.ts', "import { a } from '#emulator/world/world';", /model may not import emulator\/world/],
    ['src/emulator/git/x.ts', "import { a } from '#emulator/shapes/objects';", /git may not import emulator\/shapes/],
    ['src/emulator/shapes/x.ts', "import { a } from '#emulator/world/base';", /shapes may not import emulator\/world/],
    ['src/emulator/oracle/x.ts', "import { a } from '#emulator/rest/route';", /oracle may not import emulator\/rest/],
    [
      'src/emulator/world/x.ts',
      "import { a } from '#emulator/runner/runner';",
      /world may not import emulator\/runner/,
    ],
    ['src/emulator/runner/x.ts', "import { a } from '#emulator/rest/rest';", /runner may not import emulator\/rest/],
    ['src/emulator/rest/x.ts', "import { a } from '#emulator/doors/server';", /rest may not import emulator\/doors/],
    ['src/emulator/graphql/x.ts', "import { a } from '#emulator/rest/rest';", /graphql may not import emulator\/rest/],
    ['src/words/x.ts', "import type { A } from '#github/client';", /words may not import github/],
    ['src/words/x.ts', "import {\n  a,\n  b,\n} from '#config/read';", /words may not import config/],
    ['src/words/x.ts', "const a = await import('#reconcile');", /words may not import reconcile/],
    ['src/words/x.ts', 'const a = await import(name);', /cannot be read/],
    ['src/words/x.ts', "export * from '../github/client.ts';", /leaves its room/],
    ['src/words/x.ts', "import './../github/client.ts';", /leaves its room/],
    ['src/words/x.ts', "import { a } from '#words/safe';", /the same room/],
    ['src/emulator/world/x.ts', "import { a } from '#core/model/epic';", /world may not import core\/model/],
    ['src/helpers/x.ts', '', /no room/],
  ])('in %s, %j is found', (path, text, told) => {
    expect(crossings({ path, text }, rooms).join('\n')).toMatch(told);
  });

  it('what only looks like an import is none', () => {
    const text =
      "// import { a } from '#github/client';\nconst b = \"import x from '#github/client'\";\nconst c = `from '#app/x'`;";
    expect(crossings({ path: 'src/words/x.ts', text }, rooms)).toEqual([]);
  });
});

// --- imports run one way ---------------------------------------------------------------------------------------------------

/** The files of one room that import one another in a circle, types too: one such circle, from its first file round. */
const circleIn = (room: readonly Source[]): readonly string[] => {
  const edges = room.flatMap(({ path, text }) =>
    importsOf(text)
      .filter(({ of }) => of?.startsWith('.'))
      .map(({ of }) => ({ from: path, on: posix.join(posix.dirname(path), of ?? '') })),
  );
  const paths = room.map(({ path }) => path);
  return findCycle(makeGraph(paths, edges)) ?? [];
};

describe('imports within a room', () => {
  const table = roomsOf(read('ARCHITECTURE.md'));
  const rooms = [...table.keys()];
  it.each(rooms)('of %s run one way: a noun never asks for what is made of it', (room) => {
    expect(circleIn(sources.filter(({ path }) => roomOf(path, table) === room))).toEqual([]);
  });

  it('a circle is found', () => {
    const room = [
      { path: 'src/core/a.ts', text: "import type { B } from './b.ts';" },
      { path: 'src/core/b.ts', text: "import { c } from './deep/c.ts';" },
      { path: 'src/core/deep/c.ts', text: "import { a } from '../a.ts';" },
    ];
    expect(circleIn(room)).toEqual(['src/core/a.ts', 'src/core/b.ts', 'src/core/deep/c.ts', 'src/core/a.ts']);
  });
});

// --- core is pure ------------------------------------------------------------------------------------------------------

const IMPURE =
  /\b(?:Date|Promise|async|await|process|fetch|setTimeout|setInterval|setImmediate|queueMicrotask|globalThis|console|crypto|performance|Buffer|document|window)\b(?!\s*[:?]|['"])|\bMath\s*\.\s*random\b/g;

const impurities = ({ path, text }: Source): string[] => {
  const code = codeOf(text);
  return [...code.matchAll(IMPURE)]
    .filter(({ index }) => code[index - 1] !== '.')
    .map(({ 0: word, index }) => `${path}:${lineAt(code, index)} says ${word}`);
};

describe('core', () => {
  it('knows no clock, no dice, no promise and no world (R4.1)', () => {
    const core = sources.filter(({ path }) => path.startsWith('src/core/'));
    expect(core.length).toBeGreaterThan(10);
    expect(core.flatMap(impurities)).toEqual([]);
  });

  it.each([
    'const now = Date.now();',
    'const a = new Date(0);',
    'Math.random()',
    'export async function f() {}',
    'process.env.X',
    'await x;',
    '`$\u007bfetch(x)}`',
    'console.log(1)',
  ])('%j is found', (text) => {
    expect(impurities({ path: 'src/core/x.ts', text })).toHaveLength(1);
  });

  it('may speak of them in words', () => {
    expect(impurities({ path: 'x', text: "// the Date header\nconst a = 'fetch';\nconst b = /process/;" })).toEqual([]);
  });
});

// --- who knows what ------------------------------------------------------------------------------------------------------

const knowsOctokit = ({ path, text }: Source): string[] =>
  importsOf(text)
    .filter(({ of }) => of !== undefined && /^(?:@octokit\/|octokit$|@actions\/github$)/.test(of))
    .filter(() => path !== 'src/github/client.ts')
    .map(({ of, line }) => `${path}:${line} knows ${of}; only src/github/client.ts does`);

describe('GitHub', () => {
  it('is reached through one client', () => {
    // The emulator is the other side of the wire.
    expect(sources.filter(({ path }) => !path.startsWith('src/emulator/')).flatMap(knowsOctokit)).toEqual([]);
  });

  it('another Octokit is found', () => {
    expect(knowsOctokit({ path: 'src/app/x.ts', text: "import { Octokit } from '@octokit/core';" })).toHaveLength(1);
  });
});

const asksForTests = ({ path, text }: Source): string[] => {
  const code = codeOf(text);
  return [...code.matchAll(/\b(?:NODE_ENV|VITEST|isTest|inTest|IS_TEST|underTest)\b/g)].map(
    ({ 0: word, index }) => `${path}:${lineAt(code, index)} asks whether it is tested: ${word}`,
  );
};

describe('no code', () => {
  it('asks whether it is being tested (R10.1)', () => {
    expect(sources.flatMap(asksForTests)).toEqual([]);
    expect(asksForTests({ path: 'src/x.ts', text: 'if (process.env.VITEST) return;' })).toHaveLength(1);
  });
});
