// src/core/scope/test-file.ts
/** Folders for tests and for what tests need: fixtures, mocks, snapshots. */
const FOLDER = /(?:^|\/)(?:tests?|specs?|__tests__|__mocks__|__snapshots__|e2e|testdata|fixtures|testing|integration-tests)\//i;
/** `cart.test.ts`, `cart_spec.rb`, `test_cart.py`, `conftest.py`, `cart.feature`. */
const NAME = /(?:^|[._-])(?:tests?|specs?)\.[\w.]+$|^(?:test|spec)_|^conftest\.py$|\.feature$/i;
/** `CartTest.java`: only the capital letter distinguishes it from `Latest.java`. */
const CLASS_NAME = /(?:Tests?|Spec|IT)\.(?:java|kt|kts|scala|groovy|cs|fs|vb|php|swift)$/;
/**
* Answers whether a file contains tests or belongs to them, by the names that the test runners of common ecosystems look for.
*
* The same answer decides which files a tester may change, which deletions a person must see, and which tests a summary counts.
*/
function isTestFile(path) {
	const name = path.slice(path.lastIndexOf("/") + 1);
	return FOLDER.test(path) || NAME.test(name) || CLASS_NAME.test(name);
}

export { isTestFile as t };