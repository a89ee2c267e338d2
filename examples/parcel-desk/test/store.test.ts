import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { advance, statusOf } from '../src/parcel.ts';
import { Store } from '../src/store.ts';
import { AT, newParcel, parcel } from './sample.ts';

test('parcels are numbered in the order of acceptance', () => {
  const store = new Store();
  deepEqual([store.add(newParcel, AT).id, store.add(newParcel, AT).id], [1, 2]);
});

test('a replaced parcel is found in its new state', () => {
  const store = new Store();
  const accepted = store.add(newParcel, AT);
  store.replace(advance(accepted, 'in transit', AT));
  const found = store.find(accepted.id);
  equal(found && statusOf(found), 'in transit');
});

test('a parcel that was never accepted cannot be replaced', () => {
  throws(() => new Store().replace(parcel(7)), /no parcel 7/);
});
