/** Sealed boxes that libsodium made, by PyNaCl, are opened; others are not. */
import { expect, test } from 'vitest';
import { newSealingKeys, openSealedBox } from '../../src/emulator/model/sealed-box.ts';

const keys = {
  privateKey: Buffer.from(Array.from({ length: 32 }, (_, at) => at)),
  publicKey: Buffer.from('j0DFrbaPJWJK5bIU6nZ6bslNgp09e14a0bpvPiE4KF8=', 'base64'),
};
const BOXES = [
  ['', 'Nut1OMtXMflNH69rwzn1xXGsQCHZkclizO3xCkdH+COwXOX/g2RSXO9d1SayMl7O'],
  ['hidden', '8zXUEIXzeVstIGCcQ5StZm5WWqyfBfr4ANtkB52/iFYXjGrrURIZv2svneqPjMfUiOjzQtx/'],
  [
    'é'.repeat(100),
    'iMjQ/1xveEM47/tCWfcrLIFcCZMhJwnKdUM4ydYOGQvFu+1ftcDXDGFVG5fcoO8tT0xh6gd/RpbR1vEsAW64reV74JgwX5jqUZQbspzjFVi3RQ8q85ow1P/qRkYxkjX50uDVRzwRfFfzpXMuAKfSoQXT13y/5IHQSdehQgd3C28smGac2q+uekBYs9/saBeusWViVb864qWW5t5YDFd3e1KN6YVkIMR16+4eylg8nnBxsw16Nbzh1FrXKUF3Jt09c4bMAApTKL/cSxSG6Z8HMUcFanPLGyZdnkzLCfI9KZhkXjtZdVGu06IxEyJWMzlWYhqCfbIs6pY=',
  ],
] as const;

test.each(BOXES)('a box with %j is opened', (message, box) => {
  expect(openSealedBox(Buffer.from(box, 'base64'), keys)?.toString()).toBe(message);
});

test('a box for others, a changed one and a short one are not', () => {
  const box = Buffer.from(BOXES[1][1], 'base64');
  expect(openSealedBox(box, newSealingKeys())).toBeNull();
  for (const at of [0, 40, box.length - 1]) {
    const changed = Buffer.from(box);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(openSealedBox(changed, keys)).toBeNull();
  }
  expect(openSealedBox(box.subarray(0, 47), keys)).toBeNull();
  expect(openSealedBox(Buffer.alloc(60), keys)).toBeNull();
});
