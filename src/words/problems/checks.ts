/** Problems that checks find in a segment's run: tests first, the council, the gates. */
import { count, enumerate } from '../voice.ts';
import { gateNames, gateOutputs, KEPT, type ProblemEntries, plural } from './entry.ts';

export const checks = {
  TESTS_NOT_RED: {
    says: ({ command, why, output }, say) => ({
      what: `The tester's tests do not show what is missing: ${say.own(why)}.`,
      why: `Before the implementation starts, ${say.code(command)} must collect the new tests, and they must fail because the work is not done yet. ${KEPT}`,
      next: `Make the acceptance criteria of the issue testable, or set ${say.code('tdd: false')} in it.`,
      output: output === '' ? [] : [{ title: command, text: output }],
    }),
    after: 'retry',
    example: { command: 'npm test', why: 'they already pass', output: 'Tests  2 passed (2)' },
    more: 'A tester gets as many tries as an implementer. A missing module is a valid reason to fail; a syntax error in the test is not.',
  },
  TEST_CHANGED: {
    says: ({ files }, say) => ({
      what: `The implementer changed ${plural(files, 'a test', 'tests')} that the tester wrote: ${say.files(files, 6)}.`,
      why: `The tests are the contract between tester and implementer; the implementer may not change them. ${KEPT}`,
      next: `If a test is wrong, make its criterion clearer in the issue, or set ${say.code('tdd: false')} there.`,
    }),
    after: 'retry',
    example: { files: ['test/cart.test.ts'] },
    more: 'Swarm compares the files; it does not rely on a request. The implementer gets its tries, and Swarm compares the tests again.',
  },
  COUNCIL_REJECTED: {
    says: ({ findings, rounds }, say) => ({
      what: `The council rejected the change after ${count(rounds, 'round')}.`,
      why: `${
        findings.length === 0
          ? 'It named no finding at a line of the change.'
          : `It found: ${enumerate(
              findings.map((finding) => say.quote(finding, 300)),
              6,
            )}.`
      } ${KEPT}`,
      next: `Read the kept branch. If the council is right, make the task clearer. If not, set ${say.code('review: false')} in the issue.`,
    }),
    after: 'retry',
    example: { findings: ['src/cart.ts:12 (major): an empty cart throws'], rounds: 3 },
    more: 'Reviewer and implementer had at most three rounds, and the tech lead decided where they disagreed.',
  },
  GATES_FAILED: {
    says: ({ gates, tries }, say) => ({
      what: `The ${plural(gates, 'gate', 'gates')} ${gateNames(gates, say)} still ${plural(gates, 'fails', 'fail')} after ${count(tries, 'try', 'tries')}.`,
      why: `The agent got the failures each time. ${KEPT}`,
      next: 'Read the output below. Make the task clearer, or fix what it depends on.',
      output: gateOutputs(gates),
    }),
    after: 'retry',
    example: {
      gates: [{ gate: 'tests', output: 'not ok 3 - an empty cart costs nothing\n  expected 0, got NaN' }],
      tries: 3,
    },
    more: "Gates use the base branch's definitions, so changing a gate has no effect on the checks of that same change.",
  },
  GATE_MISSING: {
    says: ({ gate, command }, say) => ({
      what: `The gate ${say.code(gate)} could not run: ${say.quote(command)} is not installed.`,
      why: 'A gate that cannot run has not passed.',
      next: `Install its tool in ${say.code('segment.yml')}, or correct ${say.code(`gates.${gate}.run`)} in the config.`,
    }),
    after: 'retry',
    example: { gate: 'lint', command: 'ruff check' },
    more: 'Exit codes 126 and 127 mean the same.',
  },
  GATE_NOT_EXECUTABLE: {
    says: ({ gate, file }, say) => ({
      what: `The gate ${say.code(gate)} could not run: ${say.quote(file)} is not executable.`,
      why: 'A gate that cannot run has not passed.',
      next: `Run ${say.code(`git update-index --chmod=+x ${file}`)}, commit that to the base branch, and try again.`,
    }),
    after: 'retry',
    example: { gate: 'tests', file: 'scripts/test.sh' },
    more: 'Git keeps one bit for each file that says if it can be started. Some systems and web pages do not set it.',
  },
  INSTALL_FAILED: {
    says: ({ command, output }, say) => ({
      what: `The dependencies of the base could not be installed: ${say.quote(command, 300)} failed.`,
      why: 'No file in the scope of the segment can change that, so no agent was started.',
      next: 'Read the output below. Fix the installation on the base branch. If only the registry did not answer, try again.',
      output: [{ title: command, text: output }],
    }),
    after: 'retry',
    example: {
      command: 'npm ci --ignore-scripts',
      output: 'npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.',
    },
    more: 'If the segment may change the manifest or the lock file, or names no files, its agent starts all the same.',
  },
  MUTATION_TOOL: {
    says: ({ tool, manifest }, say) => ({
      what: `The gate ${say.code('mutation')} is on, but ${say.code(manifest)} does not name ${say.code(tool)}.`,
      why: 'Without it no mutant can be made, so no agent was started.',
      next: `Add it to the development dependencies on the base branch, or take ${say.code('gates.mutation')} out of the config.`,
    }),
    after: 'retry',
    example: { tool: '@stryker-mutator/core', manifest: 'package.json' },
    more: 'Swarm looks for it before the first agent of a segment starts. With `gates.mutation.directory`, only the projects below that directory need it.',
  },
  GATE_DIRTY: {
    says: ({ gate, files }, say) => ({
      what: `The gate ${say.code(gate)} changed files: ${say.files(files)}.`,
      why: 'Swarm publishes exactly what was checked, so a gate may only check.',
      next: `Make it check without writing (${say.code('--check')} instead of ${say.code('--fix')}).`,
    }),
    after: 'retry',
    example: { gate: 'lint', files: ['src/cart.ts'] },
    more: 'Only files that the repository has count. Files that a gate makes are removed, and its output says so.',
  },
  NO_TESTS: {
    says: ({ command }, say) => ({
      what: `No tests ran: ${say.quote(command)} found none.`,
      why: 'A green run without tests proves nothing.',
      next: `Correct the command, or turn the gate off with ${say.code('gates.tests.off: true')}.`,
    }),
    after: 'retry',
    example: { command: 'npm test' },
    more: 'Swarm knows this from test runners that report it: node, vitest, jest, mocha, pytest.',
  },
  VERIFY_FAILED: {
    says: ({ gates }, say) => ({
      what: `On a clean checkout, the ${plural(gates, 'gate', 'gates')} ${gateNames(gates, say)} ${plural(gates, 'fails', 'fail')}.`,
      why: `The same commands passed where the agent worked, so the change depends on something that is not in it. ${KEPT}`,
      next: 'Read the output below. The usual cause is a file that is ignored or was never added.',
      output: gateOutputs(gates),
    }),
    after: 'retry',
    example: {
      gates: [{ gate: 'build', output: "src/cart.ts(1,22): error TS2307: Cannot find module './price.ts'" }],
    },
    more: 'The second run has no agent, no secrets and no leftover files.',
  },
} satisfies Partial<ProblemEntries>;
