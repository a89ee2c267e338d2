import { equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { postageCents } from '../src/postage.ts';

test('a heavier band costs more', () => {
  equal(postageCents(499, 'domestic'), 450);
  equal(postageCents(501, 'domestic'), 690);
  equal(postageCents(9_999, 'domestic'), 1_290);
});

test('a parcel of exactly 500 g pays for the first band', () => {
  equal(postageCents(500, 'domestic'), 450);
  equal(postageCents(30_000, 'domestic'), 2_150);
});

test('farther costs more, rounded up to five cents', () => {
  equal(postageCents(100, 'europe'), 720);
  equal(postageCents(600, 'europe'), 1_105);
  equal(postageCents(100, 'world'), 1_080);
});

test('there is no postage for what the desk does not take', () => {
  throws(() => postageCents(30_001, 'domestic'), /No postage for 30001 g/);
});
