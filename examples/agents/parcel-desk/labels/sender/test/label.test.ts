import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { label } from '../src/label.ts';
import { INES, OMAR, parcel } from './sample.ts';

test('the label says where the parcel goes', () => {
  for (const line of Object.values(OMAR)) equal(label(parcel()).includes(line), true);
});

test('the label says where the parcel comes from, below where it goes', () => {
  for (const line of Object.values(INES)) equal(label(parcel()).includes(line), true);
  equal(label(parcel()).indexOf(INES.name) > label(parcel()).indexOf(OMAR.name), true);
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
