import { equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { parcelIdOf, trackingNumber } from '../src/tracking.ts';

test('the check digit is the one of the S10 rule', () => {
  equal(trackingNumber(47_312_482), 'PD473124829NL');
});

test('TRK-1: the number on the outside of a parcel leads back to the parcel', () => {
  for (const id of [1, 9, 10, 4_711, 99_999_999]) equal(parcelIdOf(trackingNumber(id)), id);
  equal(parcelIdOf('pd 4731 2482 9 nl'), 47_312_482);
});

test('TRK-2: one digit mistyped, or two swapped, is detected', () => {
  equal(parcelIdOf('PD473124839NL'), undefined);
  equal(parcelIdOf('PD473214829NL'), undefined);
  equal(parcelIdOf('a parcel'), undefined);
});

test('a parcel without a proper id has no tracking number', () => {
  throws(() => trackingNumber(0), /no tracking number for parcel 0/);
  throws(() => trackingNumber(100_000_000), /no tracking number/);
});
