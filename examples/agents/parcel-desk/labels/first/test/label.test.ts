import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { label } from '../src/label.ts';
import { OMAR, parcel } from './sample.ts';

test('the label says where the parcel goes', () => {
  for (const line of Object.values(OMAR)) equal(label(parcel()).includes(line), true);
});

test('the label carries the tracking number', () => {
  equal(label(parcel(47_312_482)).includes('PD47 3124 829N L'), true);
});

test('a long name does not burst the frame', () => {
  const long = { ...parcel(), recipient: { ...OMAR, name: 'Omar '.repeat(20) } };
  const widths = new Set(
    label(long)
      .trimEnd()
      .split('\n')
      .map((line) => line.length),
  );
  equal(widths.size, 1);
});
