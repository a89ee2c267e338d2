import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { label } from '../src/label.ts';
import { answer } from '../src/routes.ts';
import { Store } from '../src/store.ts';
import { AT, newParcel, parcel } from './sample.ts';

test('the label comes as plain text, ready for the printer', () => {
  const store = new Store();
  store.add(newParcel, AT);
  equal(answer(store, { method: 'GET', path: '/parcels/1/label' }, AT).body, label(parcel()));
});

test('there is no label for a parcel that is not there', () => {
  equal(answer(new Store(), { method: 'GET', path: '/parcels/1/label' }, AT).status, 404);
});
