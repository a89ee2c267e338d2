/**
 * The test file that vitest runs in place of the chosen ones: it loads all of them, with no mutant on or with one from the
 * start, so that one process can run any test of any of them, again and again.
 */
import { connect } from 'node:net';
import fc from 'fast-check';
import { describe } from 'vitest';
import { Connection, type Load, Switches } from './switch.ts';

const switches = new Switches();
globalThis.__mutants = switches;
const connection = new Connection(connect(process.env.MUTATE_SOCKET ?? ''));
switches.connection = connection;
connection.send({ kind: 'ready' });
const load = await connection.next<Load>();
switches.hits = new Uint8Array(load.count + 1);
switches.turn(load.active, load.limit);

// The same examples each time, or a score could not be had again; and one counterexample is enough.
fc.configureGlobal({ seed: 1, endOnFailure: true, numRuns: process.env.MUTATE_SLOW === '1' ? 100 : 10 });
// A test that holds a duration against a limit is about the work done, not about what else the machine does meanwhile.
performance.now = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

for (const file of load.files) {
  describe(file, async () => {
    await import(/* @vite-ignore */ file);
  });
}
