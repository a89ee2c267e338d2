import { equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { advance, mayBecome, statusOf } from '../src/parcel.ts';
import { AT, parcel } from './sample.ts';

const outForDelivery = () => advance(advance(parcel(), 'in transit', AT), 'out for delivery', AT);

test('a parcel nobody takes goes back to its sender', () => {
  equal(statusOf(advance(outForDelivery(), 'returned', AT)), 'returned');
});

test('a parcel that never left the desk is not returned', () => {
  equal(mayBecome(parcel(), 'returned'), false);
});

test('a returned parcel takes no further step', () => {
  const returned = advance(outForDelivery(), 'returned', AT);
  throws(() => advance(returned, 'in transit', AT), /is returned and cannot become in transit/);
});
