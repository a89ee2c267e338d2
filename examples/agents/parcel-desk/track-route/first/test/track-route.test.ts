import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { answer } from '../src/routes.ts';
import { Store } from '../src/store.ts';
import { trackingNumber } from '../src/tracking.ts';
import { AT, newParcel } from './sample.ts';

function track(number: string) {
  const store = new Store();
  store.add(newParcel, AT);
  return answer(store, { method: 'GET', path: `/track/${number}` }, AT);
}

test('whoever has the number reads where the parcel is', () => {
  deepEqual(track(trackingNumber(1)), {
    status: 200,
    body: { says: 'We have your parcel.', steps: [{ status: 'accepted', at: AT }] },
  });
});

test('the answer contains no name or address', () => {
  const told = JSON.stringify(track(trackingNumber(1)).body);
  for (const secret of [newParcel.sender.name, newParcel.recipient.name, newParcel.recipient.street]) {
    equal(told.includes(secret), false);
  }
});

test('a number that was mistyped, or never given, leads nowhere', () => {
  equal(track('PD000000010NL').status, 404);
  equal(track(trackingNumber(2)).status, 404);
});
