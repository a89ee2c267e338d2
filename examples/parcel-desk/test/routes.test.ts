import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { answer } from '../src/routes.ts';
import { Store } from '../src/store.ts';
import { AT, newParcel, parcel } from './sample.ts';

test('a parcel that is handed in can be looked up', () => {
  const store = new Store();
  equal(answer(store, { method: 'POST', path: '/parcels', body: newParcel }, AT).status, 201);
  deepEqual(answer(store, { method: 'GET', path: '/parcels/1' }, AT), { status: 200, body: parcel() });
});

test('a step that a parcel cannot take is a conflict', () => {
  const store = new Store();
  store.add(newParcel, AT);
  const asked = { method: 'POST', path: '/parcels/1/steps', body: { status: 'delivered' } };
  equal(answer(store, asked, AT).status, 409);
});

test('what is not there is not found', () => {
  equal(answer(new Store(), { method: 'GET', path: '/parcels/9' }, AT).status, 404);
  equal(answer(new Store(), { method: 'DELETE', path: '/parcels' }, AT).status, 404);
});
