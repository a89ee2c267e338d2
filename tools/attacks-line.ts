/** A vitest reporter for one line at the end of `npm run test:walls`: `N attacks, N succeeded`. */
import type { Reporter, TestModule } from 'vitest/node';

export default class AttacksLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const results = modules
      .flatMap((module) => [...module.children.allTests()])
      .filter(({ fullName }) => fullName.startsWith('behind ') && fullName.endsWith('wins nothing'))
      .map((test) => test.result().state);
    const fought = results.filter((state) => state === 'passed' || state === 'failed').length;
    const succeeded = results.filter((state) => state === 'failed').length;
    process.once('exit', () => console.log(`${fought} attacks, ${succeeded} succeeded`));
  }
}
