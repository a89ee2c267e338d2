/**
 * A vitest reporter for one line at the end, `N passed, N failed`, which whatever started the tests can read.
 * A file that could not be loaded and an error outside of any test count as failed: nothing red is silent.
 */
import type { Reporter, TestModule } from 'vitest/node';

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandled.length;
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        if (state === 'failed') failed += 1;
      }
      failed += module.errors().length;
    }
    // After the summary of the other reporters, which write when the run ends, too.
    process.once('exit', () => console.log(`${passed} passed, ${failed} failed`));
  }
}
