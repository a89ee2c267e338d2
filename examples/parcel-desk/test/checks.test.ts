import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { checkParcel, checkStatus } from '../src/checks.ts';
import { newParcel } from './sample.ts';

test('a whole parcel passes as it is', () => {
  deepEqual(checkParcel(newParcel), { kind: 'good', value: newParcel });
});

test('everything that is wrong with a parcel is said at once', () => {
  const checked = checkParcel({ sender: newParcel.sender, recipient: { name: 'Omar', street: ' ' }, weightGrams: 0.5 });
  deepEqual(checked, {
    kind: 'bad',
    faults: [
      'recipient.street must be a text',
      'recipient.city must be a text',
      'weightGrams must be a whole number of grams, at least 1',
    ],
  });
});

test('a parcel over 30 kg is refused', () => {
  equal(checkParcel({ ...newParcel, weightGrams: 30_001 }).kind, 'bad');
});

test('a status that is not one is refused with those that are', () => {
  equal(checkStatus({ status: 'delivered' }).kind, 'good');
  equal(checkStatus({ status: 'constructor' }).kind, 'bad');
  equal(checkStatus(null).kind, 'bad');
});
