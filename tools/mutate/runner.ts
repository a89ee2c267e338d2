/** A vitest runner that, once the tests are loaded, runs those it is asked for with the mutant it is asked for. */
import type { RunnerTestCase, RunnerTestSuite } from 'vitest';
import { TestRunner } from 'vitest';
import type { Killer, Request, Turn } from './switch.ts';

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 2_000);

const testsOf = (suite: RunnerTestSuite): RunnerTestCase[] =>
  suite.tasks.flatMap((task) =>
    task.type === 'suite' ? testsOf(task) : task.mode === 'run' || task.mode === 'queued' ? [task] : [],
  );

const suitesOf = (suite: RunnerTestSuite): RunnerTestSuite[] => [
  suite,
  ...suite.tasks.flatMap((task) => (task.type === 'suite' ? suitesOf(task) : [])),
];

/** The suites around it, outermost first: that of its file is the first. */
const above = (task: RunnerTestCase | RunnerTestSuite): RunnerTestSuite[] =>
  task.suite ? [...above(task.suite), task.suite] : [];

export default class MutationRunner extends TestRunner {
  override async onBeforeRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onBeforeRunSuite(suite);
    if (suite.result?.state !== 'fail') return;
    const error = suite.result.errors?.[0]?.message ?? 'the tests could not be loaded';
    globalThis.__mutants.connection?.send({ kind: 'not loaded', error, overran: globalThis.__mutants.overran });
  }

  async runSuite(file: RunnerTestSuite): Promise<void> {
    const switches = globalThis.__mutants;
    const { connection } = switches;
    if (!connection) throw new Error('host.ts makes the connection first');
    try {
      for (const suite of suitesOf(file).slice(1))
        for (const hook of TestRunner.getSuiteHooks(suite).beforeAll) await hook(suite);
    } catch (error) {
      connection.send({ kind: 'not loaded', error: message(error), overran: switches.overran });
      return;
    }
    const tests = testsOf(file);
    connection.send({
      kind: 'loaded',
      tests: tests.map((test) => ({ file: above(test)[0]?.name ?? '', name: nameOf(test) })),
      hits: this.#takeHits(),
      ticks: switches.ticks,
    });
    for (;;) {
      const request = await connection.next<Request>();
      if (request.kind === 'done') break;
      if (request.kind === 'dry') {
        const test = pick(tests, request.test);
        switches.turn(0, Number.POSITIVE_INFINITY);
        const before = performance.now();
        const error = await this.#run(test);
        const { ticks } = switches;
        connection.send({ kind: 'dry', ms: performance.now() - before, ticks, hits: this.#takeHits(), error });
      } else {
        const { killer, reached } = await this.#hunt(tests, request.id, request.tests);
        let stained = false;
        if (killer && request.control) {
          switches.turn(0, Number.POSITIVE_INFINITY);
          stained = (await this.#run(pick(tests, killer.test))) !== undefined;
        }
        connection.send({ kind: 'mutant', killer, reached, stained });
      }
    }
    for (const suite of suitesOf(file).slice(1))
      for (const hook of TestRunner.getSuiteHooks(suite).afterAll) await hook(suite);
  }

  /** Runs tests until one fails. */
  async #hunt(
    tests: readonly RunnerTestCase[],
    id: number,
    turns: readonly Turn[],
  ): Promise<{ readonly killer: Killer | undefined; readonly reached: boolean }> {
    const switches = globalThis.__mutants;
    let reached = false;
    for (const { test, limit } of turns) {
      switches.connection?.send({ kind: 'at', test });
      switches.turn(id, limit);
      const before = performance.now();
      const error = await this.#run(pick(tests, test));
      reached ||= switches.reached;
      if (error === undefined) continue;
      const { overran } = switches;
      return { killer: { test, error, overran, ms: performance.now() - before }, reached };
    }
    return { killer: undefined, reached };
  }

  /** Runs one test with its hooks, and says why it failed. */
  async #run(task: RunnerTestCase): Promise<string | undefined> {
    const suites = above(task);
    const cleanups: (() => unknown)[] = [];
    let failure: string | undefined;
    task.result = { state: 'run', startTime: Date.now(), retryCount: 0, repeatCount: 0 };
    try {
      this.onBeforeTryTask(task, { retry: 0, repeats: 0 });
      for (const suite of suites)
        for (const hook of TestRunner.getSuiteHooks(suite).beforeEach) {
          const cleanup: unknown = await hook(task.context, suite);
          if (typeof cleanup === 'function') cleanups.unshift(() => cleanup() as unknown);
        }
      await TestRunner.getTestFn(task)();
      this.onAfterTryTask(task);
      if (task.result.errors?.length) failure = task.result.errors[0]?.message ?? 'failed';
    } catch (error) {
      failure = message(error);
    }
    try {
      for (const suite of suites.toReversed())
        for (const hook of TestRunner.getSuiteHooks(suite).afterEach.toReversed()) await hook(task.context, suite);
      for (const cleanup of cleanups) await cleanup();
    } catch (error) {
      failure ??= message(error);
    }
    task.result = { state: 'pass', startTime: Date.now(), duration: 0, retryCount: 0, repeatCount: 0 };
    if (task.fails) return failure === undefined ? 'it was to fail' : undefined;
    return failure;
  }

  #takeHits(): readonly number[] {
    const { hits } = globalThis.__mutants;
    const all: number[] = [];
    for (let id = 1; id < hits.length; id++) if (hits[id] === 1) all.push(id);
    hits.fill(0);
    return all;
  }
}

const pick = (tests: readonly RunnerTestCase[], index: number): RunnerTestCase => {
  const test = tests[index];
  if (!test) throw new Error(`there is no test ${index}`);
  return test;
};

const nameOf = (test: RunnerTestCase): string =>
  [
    ...above(test)
      .slice(1)
      .map(({ name }) => name),
    test.name,
  ].join(' > ');
