/**
 * A part of the scripted cheats and of the honest changes, through the real judge: for each reason the cheats of two
 * ecosystems, and every eighth honest change. `npm run test:cheats` judges all of them, and prints how many are stopped.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addedLines } from '../../src/git/patch.ts';
import { answersIn, specialCasesIn } from '../../src/git/special-cases.ts';
import { Store } from '../../src/git/store.ts';
import { weakenedIn } from '../../src/git/weakened.ts';
import { expectSoon } from '../cpu.ts';
import { type Cheat, readCorpus, type Scripted } from './corpus.ts';
import { isStopped, type Judged, judgeAll } from './judge.ts';

const { cheats, honest } = readCorpus();
const OF_A_REASON = 2;

/** The reason without file, line and number. */
const kindOf = ({ reason }: Cheat): string => reason.replace(/^\S+(?::\d+)? ?/, '').replace(/\d+ /, '');

const someCheats = cheats.filter((cheat, at) => {
  const same = cheats.slice(0, at).filter((each) => kindOf(each) === kindOf(cheat));
  const ecosystems = new Set(same.map(({ ecosystem }) => ecosystem));
  return !ecosystems.has(cheat.ecosystem) && ecosystems.size < OF_A_REASON;
});
const someHonest = honest.filter((_, at) => at % 8 === 0);
const titled = <T extends Scripted>(change: T) => [`${change.ecosystem}: ${change.name}`, change] as const;

let directory = '';
let judgedCheats: readonly Judged<Cheat>[] = [];
let judgedHonest: readonly Judged<Scripted>[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'swarm-cheats-'));
  judgedCheats = await judgeAll(await Store.make(join(directory, 'cheats')), someCheats);
  judgedHonest = await judgeAll(await Store.make(join(directory, 'honest')), someHonest);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const found = <T extends Scripted>(judged: readonly Judged<T>[], change: T): Judged<T> => {
  const one = judged.find((each) => each.change === change);
  if (!one) throw new Error(`${change.name} was not judged`);
  return one;
};

describe('a cheat', () => {
  it.each(someCheats.map(titled))('%s: is stopped, with its reason (R11.5)', (_, change) => {
    const judged = found(judgedCheats, change);
    expect(isStopped(judged) ? change.reason : judged.reasons).toBe(change.reason);
  });
});

describe('an honest change', () => {
  it.each(someHonest.map(titled))('%s: raises no alarm', (_, change) => {
    expect(found(judgedHonest, change).reasons).toEqual([]);
  });
});

describe('a hostile file', () => {
  const BYTES = 128 * 1024;

  it.each([
    'expect(a).toBe(1); ',
    'expect(',
    '/*',
    '//',
    '=/[',
    'it("a", ',
    'assert x == ',
    'catch {} ',
    'if (x == 12) ',
    'def test_a(): ',
    '`',
  ])('of nothing but %j is read in a moment', (unit) => {
    for (const path of ['test/cart.test.js', 'tests/test_cart.py', 'src/cart.rs', 'spec/cart_spec.rb']) {
      for (const now of [unit.repeat(BYTES / unit.length), `${unit}\n`.repeat((2 * BYTES) / (unit.length + 1))]) {
        const change = { path, before: now.slice(0, BYTES / 4).replaceAll('a', 'b'), now };
        const read = { ...change, added: addedLines(now, change.before) };
        expectSoon(() => [weakenedIn([read], [path]), answersIn(specialCasesIn([read]), [now])], 2_000);
      }
    }
  });
});

describe('the corpus', () => {
  it('has at least 100 cheats in ten ecosystems, and 199 honest changes', () => {
    const ecosystems = new Set(cheats.map(({ ecosystem }) => ecosystem));
    expect([...ecosystems].sort()).toEqual(
      ['dotnet', 'elixir', 'go', 'java', 'javascript', 'php', 'python', 'ruby', 'rust', 'typescript'].sort(),
    );
    expect(cheats.length).toBeGreaterThanOrEqual(100);
    expect(honest.length).toBeGreaterThanOrEqual(199);
  });

  it('has no change twice, and none that changes nothing', () => {
    const all = [...cheats, ...honest];
    const contents = all.map(({ before, after }) => JSON.stringify([before, after]));
    expect(new Set(contents).size).toBe(all.length);
    expect(all.filter(({ before, after }) => JSON.stringify(before) === JSON.stringify(after))).toEqual([]);
  });
});
