import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { advance } from '../src/parcel.ts';
import { sayStatus } from '../src/wording.ts';
import { AT, parcel } from './sample.ts';

test('a customer reads a sentence, not a code', () => {
  equal(sayStatus(parcel()), 'We have your parcel.');
  equal(sayStatus(advance(parcel(), 'in transit', AT)), 'Your parcel is on its way.');
});
