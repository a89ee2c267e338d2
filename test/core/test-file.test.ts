import { describe, expect, it } from 'vitest';
import { isTestFile } from '../../src/core/scope/test-file.ts';

describe('isTestFile', () => {
  it.each([
    'test/cart.test.ts',
    'src/cart.spec.tsx',
    'src/Cart.Test.js',
    'src/__tests__/cart.ts',
    'src/__snapshots__/cart.snap',
    'src/__mocks__/fs.ts',
    'tests/fixtures/cart.json',
    'e2e/checkout.ts',
    'pkg/testdata/golden.txt',
    'cart_test.go',
    'test_cart.py',
    'shop/tests.py',
    'tests/conftest.py',
    'conftest.py',
    'src/test/java/CartTest.java',
    'src/CartIT.java',
    'Tests/CartTests.swift',
    'spec/cart_spec.rb',
    'test/cart_test.exs',
    'CartTests.cs',
    'features/checkout.feature',
    'test/cart.ts',
    'spec/cart.ts',
    'src/specs/cart.ts',
    'shop/cart/test_cart.py',
    'src/CartTest.java',
    'src/CartSpec.kt',
  ])('%s holds tests or belongs to some', (file) => {
    expect(isTestFile(file)).toBe(true);
  });

  it.each([
    'src/cart.ts',
    'src/latest.ts',
    'src/latest.java',
    'src/unit.java',
    'src/contest/winner.py',
    'src/Request.java',
    'src/Contest.cs',
    'attestation.ts',
    'src/testimonial.ts',
    'specification.md',
    'src/cart.test.ts~',
    'src/contest_winner.py',
    'src/myconftest.py',
    'src/conftest.pyc',
    'src/cart.feature.ts',
    'src/CartTest.cs.bak',
  ])('%s is product code', (file) => {
    expect(isTestFile(file)).toBe(false);
  });
});
