/** The page about the emulator says what was measured: its table is that of the floors, and each judge has one. */
import { describe, expect, it } from 'vitest';
import { type Floors, scoreOf, shortfall, withTable } from '../../tools/score/table.ts';
import { read, sourcesIn } from './sources.ts';

const floors = JSON.parse(read('tools/score/floors.json')) as Floors;
const page = read('docs/emulator.md');
const names = sourcesIn(['tools/score'], ['.ts']).flatMap(({ text }) =>
  [...text.matchAll(/^ {2}name: '([a-z-]+)',$/gm), ...text.matchAll(/judgeAs\(\s*'([a-z-]+)'/g)].map(
    ([, name]) => name ?? '',
  ),
);

describe('the scores of the emulator', () => {
  it('stand on the page as the floors have them', () => {
    expect(withTable(page, floors)).toBe(page);
  });

  it('are there for every judge that can run in CI', () => {
    expect(names.length).toBeGreaterThan(6);
    expect(names.filter((name) => floors[name] === undefined)).toEqual([]);
  });

  it('fail below a floor, and not at it', () => {
    const floor = { about: 'calls', right: 2, wrong: 1, of: 4, by: 'a client' };
    const judged = (outcomes: readonly ('right' | 'wrong' | 'not modelled')[]) =>
      scoreOf('rest', 'calls', { kind: 'judged', checks: outcomes.map((outcome) => ({ name: outcome, outcome })) });
    expect(shortfall(judged(['right', 'right', 'wrong', 'not modelled']), floor)).toEqual([]);
    expect(shortfall(judged(['right', 'wrong', 'not modelled', 'not modelled']), floor)).toEqual([
      'rest: 1 right, below the floor of 2.',
    ]);
    expect(shortfall(judged(['right', 'right', 'wrong', 'wrong']), floor)).toEqual([
      'rest: 2 wrong, above the 1 that are known.',
    ]);
    expect(shortfall(judged(['right', 'right', 'wrong']), floor)).toEqual(['rest: 3 checks instead of 4.']);
    expect(shortfall(scoreOf('rest', 'calls', { kind: 'skipped', reason: 'it is not here' }), floor)).toEqual([]);
  });
});
