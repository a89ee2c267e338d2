/** Problems of the config file. */
import { enumerate } from '../voice.ts';
import { didYouMean, type ProblemEntries } from './entry.ts';

export const config = {
  CONFIG_YAML: {
    says: ({ at, message }, say) => ({
      what: `${say.place(at)} cannot be read: ${say.quote(message)}.`,
      why: 'The config has to be plain YAML: one document, no aliases, no tags.',
      next: 'Correct that line on the default branch.',
    }),
    after: 'checks again',
    example: { at: { file: '.github/swarm.yml', line: 7, column: 1 }, message: 'Map keys must be unique' },
    more: 'The config is read by the core schema of YAML 1.2: `no` is text, not false.',
  },
  CONFIG_SIZE: {
    says: ({ at, bytes, limit }, say) => ({
      what: `${say.place(at)} is too large: ${bytes.toLocaleString('en-US')} bytes; the limit is ${limit.toLocaleString('en-US')}.`,
      why: 'Reading very large YAML takes minutes, and a config has a few lines.',
      next: 'Shorten it on the default branch.',
    }),
    after: 'checks again',
    example: { at: { file: '.github/swarm.yml' }, bytes: 650_000, limit: 65_536 },
    more: 'It is refused before it is parsed.',
  },
  CONFIG_VALUE: {
    says: ({ at, key, value, expected, nearest }, say) => ({
      what: `${say.place(at)}: ${say.code(key)} cannot be ${say.quote(value)}.${didYouMean(nearest, say)}`,
      why: `It takes ${say.own(expected)}.`,
      next: 'Correct it on the default branch.',
    }),
    after: 'checks again',
    example: {
      at: { file: '.github/swarm.yml', line: 3, column: 1 },
      key: 'max-parallel',
      value: '"10"',
      expected: 'a whole number from 1 to 256, or auto',
    },
    more: 'All keys are on [the reference page](config.md).',
  },
  CONFIG_KEY: {
    says: ({ at, key, known, nearest }, say) => ({
      what: `${say.place(at)} has an unknown key: ${say.quote(key)}.${didYouMean(nearest, say)}`,
      why: `Known keys here are ${enumerate(known.map(say.code), 40)}.`,
      next: 'Correct or remove it on the default branch. It is ignored for now.',
    }),
    after: 'continues',
    example: {
      at: { file: '.github/swarm.yml', line: 2, column: 1 },
      key: 'max_parallel',
      known: ['agent', 'approvals', 'max-parallel', 'merge', 'mode'],
      nearest: 'max-parallel',
    },
    more: 'A warning. All keys are on [the reference page](config.md).',
  },
  CONFIG_AMBIGUOUS: {
    says: ({ files }, say) => ({
      what: `There is more than one config: ${say.files(files)}.`,
      why: 'Swarm would have to guess which one applies.',
      next: 'Keep one of them on the default branch.',
    }),
    after: 'checks again',
    example: { files: ['.github/swarm.yml', '.github/swarm.yaml'] },
    more: 'Either spelling of the file name extension works, but only one at a time.',
  },
} satisfies Partial<ProblemEntries>;
