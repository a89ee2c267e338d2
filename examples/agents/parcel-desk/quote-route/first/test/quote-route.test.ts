import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { answer } from '../src/routes.ts';
import { Store } from '../src/store.ts';
import { AT } from './sample.ts';

const quote = (body: unknown) => answer(new Store(), { method: 'POST', path: '/quotes', body }, AT);

test('a customer learns the postage before handing a parcel in', () => {
  deepEqual(quote({ weightGrams: 750, zone: 'europe' }), {
    status: 200,
    body: { weightGrams: 750, zone: 'europe', postageCents: 1_105 },
  });
});

test('a quote for nowhere, or for nothing, is refused with what is possible', () => {
  for (const body of [{ weightGrams: 750, zone: 'moon' }, { weightGrams: 0, zone: 'world' }, undefined]) {
    equal(quote(body).status, 422);
  }
  deepEqual(quote({ weightGrams: 30_001, zone: 'moon' }).body, {
    faults: ['weightGrams must be at most 30000', 'zone must be one of: domestic, europe, world'],
  });
});
