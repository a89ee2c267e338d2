import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { advance, mayBecome, type ParcelStatus, statusOf } from '../src/parcel.ts';
import { AT, parcel } from './sample.ts';

const after = (...statuses: ParcelStatus[]) => statuses.reduce((each, status) => advance(each, status, AT), parcel());

test('a parcel that was handed in is accepted', () => {
  equal(statusOf(parcel()), 'accepted');
});

test('a parcel that goes all the way is delivered, and remembers each step', () => {
  const delivered = after('in transit', 'out for delivery', 'delivered');
  deepEqual(
    delivered.steps.map((step) => step.status),
    ['accepted', 'in transit', 'out for delivery', 'delivered'],
  );
});

test('a parcel nobody was at home for goes back in transit', () => {
  equal(mayBecome(after('in transit', 'out for delivery'), 'in transit'), true);
});

test('a delivered parcel takes no further step', () => {
  const delivered = after('in transit', 'out for delivery', 'delivered');
  throws(() => advance(delivered, 'in transit', AT), /is delivered and cannot become in transit/);
});
