import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/core/schedule/random.ts';

const draw = <Value>(count: number, roll: () => Value): readonly Value[] => Array.from({ length: count }, roll);
const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

/** The seed that the constructor turns into 0, from which the generator would never move. */
const STUCK = 2_436_121_380;

describe('random numbers', () => {
  test('are those of xorshift32, which from state 1 are known', () => {
    const random = new Random(STUCK);
    const known = [270_369, 67_634_689, 2_647_435_461, 307_599_695];
    expect(draw(4, () => random.real() * 2 ** 32)).toEqual(known);
  });

  test.each([
    [0, [3_953_222_005, 914_093_298, 1_415_020_672]],
    [1, [416_720_999, 1_990_197_194, 2_780_402_777]],
    [42, [2_936_253_308, 2_548_338_442, 3_334_229_256]],
  ])('of seed %i are the same on every machine', (seed, known) => {
    const random = new Random(seed);
    expect(draw(3, () => random.real() * 2 ** 32)).toEqual(known);
  });

  test('lie from 0 to below 1, evenly', () => {
    const random = new Random(7);
    const counts = Array<number>(10).fill(0);
    for (const value of draw(20_000, () => random.real())) {
      const tenth = Math.floor(value * 10);
      counts[tenth] = (counts[tenth] ?? 0) + 1;
    }
    expect(counts).toHaveLength(10);
    for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(150);
  });

  test('below an end are whole, and each of them comes', () => {
    const random = new Random(7);
    expect([...new Set(draw(200, () => random.below(5)))].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(draw(20, () => random.below(1))).toEqual(Array<number>(20).fill(0));
  });

  test('that are normal have mean 0, deviation 1 and the usual shares within one and two deviations', () => {
    const random = new Random(7);
    const values = draw(20_000, () => random.normal());
    const share = (limit: number): number => values.filter((value) => Math.abs(value) < limit).length / values.length;
    expect(mean(values)).toBeCloseTo(0, 1);
    expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1, 1);
    expect(share(1)).toBeCloseTo(0.683, 1);
    expect(share(2)).toBeCloseTo(0.954, 2);
  });
});
