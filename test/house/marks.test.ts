/**
 * What must not stand in our files: marks of unfinished work, ways around the compiler, mocks, places of one machine.
 */
import { describe, expect, it } from 'vitest';
import { codeOf, lineAt, type Source, sourcesIn } from './sources.ts';

// Put together from halves, so that this file does not find itself.
const word = (...halves: string[]): string => halves.join('');

interface Ban {
  readonly what: string;
  readonly pattern: RegExp;
  readonly in: 'code' | 'text';
  readonly planted: string;
}

const BANS: readonly Ban[] = [
  {
    what: 'a mock of a module',
    pattern: /\bvi\s*\.\s*(?:mock|doMock|hoisted)\s*\(/,
    in: 'code',
    planted: word('vi', ".mock('x')"),
  },
  {
    what: 'a test by itself, or left out without a reason',
    pattern: /\b(?:it|test|describe|story|suite)\s*\.\s*(?:only|skip|todo|fails)\b/,
    in: 'code',
    planted: word('it', ".skip('x', f)"),
  },
  {
    what: 'a way around the types',
    pattern: /\bas\s+any\b|:\s*any\b(?!\s*\()|<any>/,
    in: 'code',
    planted: word('x as', ' any'),
  },
  {
    what: 'a way around the compiler',
    pattern: /@ts-(?:ignore|expect-error|nocheck)/,
    in: 'text',
    planted: word('// @ts-', 'ignore'),
  },
  {
    what: 'a way around the linter',
    pattern: /biome-ignore(?:-all|-start|-end)?(?![-\w]|\s+\S+:\s*\S.{10,})/,
    in: 'text',
    planted: word('// biome-', 'ignore lint'),
  },
  {
    what: 'unfinished work',
    pattern: /(?<![-\w])(?:TODO|FIXME|XXX|HACK)\b/,
    in: 'text',
    planted: word('// TO', 'DO later'),
  },
  {
    what: 'call counting',
    pattern: /\.toHaveBeenCalled|\.mock\.calls/,
    in: 'code',
    planted: word('expect(f).toHaveBeen', 'Called()'),
  },
  {
    what: 'a fake date, which every test of its process shares',
    pattern: /\buseFakeTimers\b|\bsetSystemTime\b/,
    in: 'code',
    planted: word('vi.useFake', 'Timers()'),
  },
  {
    what: 'a wait of one second, which a busy machine does not keep (test/rig/wait.ts)',
    pattern: /\bexpect\s*\.\s*poll\b|\bvi\s*\.\s*wait(?:For|Until)\b/,
    in: 'code',
    planted: word('await expect', '.poll(f)'),
  },
  {
    what: 'a test with a limit of its own (test/limits.ts)',
    pattern: /[`'"]\s*,\s*\{\s*timeout:/,
    in: 'code',
    planted: word("it('x', { time", 'out: 5 }, f)'),
  },
  {
    what: 'a place of one machine',
    pattern: /["'`(=\s](?:\/work\/|\/tmp\/|\/home\/[a-z]+\/|\/Users\/[A-Za-z]+\/|[A-Z]:\\Users\\)/,
    in: 'text',
    planted: word("const a = '/wo", "rk/main'"),
  },
  {
    what: 'the host of a package registry',
    pattern: /\bregistry\.(?:npmjs|yarnpkg)\.|npm\.pkg\.github\.com|\bpypi\.org\/simple/,
    in: 'text',
    planted: word('https://registry.', 'npmjs.org/x'),
  },
];

const marks = ({ path, text }: Source, ban: Ban): string[] => {
  const read = ban.in === 'code' ? codeOf(text) : text;
  return [...read.matchAll(new RegExp(ban.pattern, 'g'))].map(
    ({ index }) => `${path}:${lineAt(read, index)} has ${ban.what}`,
  );
};

describe.each(BANS)('$what', (ban) => {
  const places = ['src', 'test', 'tools', ...(ban.in === 'text' ? ['docs', '.github', 'examples'] : [])];
  const endings = ban.in === 'text' ? ['.ts', '.mjs', '.md', '.yml', '.yaml', '.json'] : ['.ts'];
  // The scripted cheats hold such marks on purpose.
  const isData = (path: string): boolean => /^test\/cheats\/\w+\.yml$/.test(path);
  const sources = sourcesIn(places, endings).filter(({ path }) => path !== 'test/house/marks.test.ts' && !isData(path));

  it('stands nowhere', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap((source) => marks(source, ban))).toEqual([]);
  });

  it('would be found', () => {
    expect(marks({ path: 'x.ts', text: `const a = 1;\n${ban.planted}\n` }, ban)).toEqual([`x.ts:2 has ${ban.what}`]);
  });
});
