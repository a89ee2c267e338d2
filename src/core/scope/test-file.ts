/** Folders for tests and for what tests need: fixtures, mocks, snapshots. */
const FOLDER =
  /(?:^|\/)(?:tests?|specs?|__tests__|__mocks__|__snapshots__|e2e|testdata|fixtures|testing|integration-tests)\//i;
/** `cart.test.ts`, `cart_spec.rb`, `test_cart.py`, `conftest.py`, `cart.feature`. */
const NAME = /(?:^|[._-])(?:tests?|specs?)\.[\w.]+$|^(?:test|spec)_[^/]*$|^conftest\.py$|\.feature$/i;
/** `CartTest.java`: only the capital letter tells it from `Latest.java`. */
const CLASS_NAME = /(?:Tests?|Spec|IT)\.(?:java|kt|kts|scala|groovy|cs|fs|vb|php|swift)$/;

/**
 * Whether a file holds tests, or belongs to some: by the names that the test runners of common ecosystems look for.
 *
 * One answer for everybody who asks: the files that a tester may change, the deletions that a person has to see, and the
 * tests that a summary counts.
 */
export function isTestFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return FOLDER.test(path) || NAME.test(name) || CLASS_NAME.test(name);
}
