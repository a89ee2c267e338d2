// src/core/model/report.ts
/** The gate of Swarm's own by which verify proves that a tester's tests fail without the rest of the change. */
const TESTS_FIRST = "tests-first";

export { TESTS_FIRST as t };