/** Problems of an issue's text: its front matter, its file scope, the persona and skills that it names. */
import { sayFrontMatterFault, sayGlobFault, saySpecExpected } from '../faults.ts';
import { count, enumerate } from '../voice.ts';
import { didYouMean, type ProblemEntries } from './entry.ts';

export const issue = {
  EMPTY_TASK: {
    says: ({ at }, say) => ({
      what: `${say.place(at)} has no task: its description is empty.`,
      why: 'The description is what the agent works from. Text in HTML comments does not count.',
      next: 'Describe the task in the issue.',
    }),
    after: 'checks again',
    example: { at: { issue: 14 } },
    more: 'An issue whose whole text is an HTML comment, such as an unfilled template, is empty too.',
  },
  FRONT_MATTER: {
    says: ({ at, why }, say) => ({
      what: `The front matter of ${say.place(at)} cannot be read: ${sayFrontMatterFault(why, say)}.`,
      why: `Front matter is lines of ${say.code('key: value')} between two lines of ${say.code('---')} at the very top.`,
      next: 'Correct that line.',
    }),
    after: 'checks again',
    example: { at: { issue: 14, line: 1 }, why: { kind: 'not closed' } },
    more: 'Values can be scalars, quoted text, lists in brackets and lists with dashes. Anchors, tags and nested maps are not supported.',
  },
  SPEC_VALUE: {
    says: ({ at, key, value, expected, nearest }, say) => ({
      what: `${say.place(at)}: ${say.code(key)} cannot be ${say.quote(value)}.${didYouMean(nearest, say)}`,
      why: `It takes ${saySpecExpected(expected, say)}.`,
      next: 'Correct it in the issue (or its label).',
    }),
    after: 'checks again',
    example: {
      at: { issue: 14, line: 3 },
      key: 'worker',
      value: 'implementer',
      expected: { kind: 'one of', values: ['implementation', 'tests', 'research', 'security', 'refactor'] },
      nearest: 'implementation',
    },
    more: 'Labels can set the same values (`worker:tests`, `model:…`, `effort:high`). The text of the issue wins.',
  },
  SPEC_KEY: {
    says: ({ at, key, known, nearest }, say) => ({
      what: `${say.place(at)} has an unknown key: ${say.quote(key)}.${didYouMean(nearest, say)}`,
      why: `Known keys are ${enumerate(known.map(say.code), 40)}.`,
      next: 'Correct or remove it. It is ignored for now.',
    }),
    after: 'continues',
    example: {
      at: { issue: 14, line: 2 },
      key: 'fils',
      known: ['depends-on', 'files', 'type', 'worker'],
      nearest: 'files',
    },
    more: 'A warning: an unknown key holds nothing up.',
  },
  BAD_GLOB: {
    says: ({ at, glob, why }, say) => ({
      what: `${say.place(at)}: ${say.quote(glob)} is not a valid file scope.`,
      why: sayGlobFault(why, say),
      next: `Write it relative to the repository, such as ${say.code('src/cart/**')}.`,
    }),
    after: 'checks again',
    example: { at: { issue: 14, line: 2 }, glob: '../secrets/**', why: 'dot part' },
    more: 'File scopes support `*`, `?`, `**`, braces and character classes. Absolute paths, `..`, `~`, drives, backslashes and exclusions alone are refused.',
  },
  SCOPE_UNKNOWN: {
    says: ({ at }, say) => ({
      what: `${say.place(at)} does not say which files it changes, so it runs alone.`,
      why: 'Without a file scope, a segment may change any file, so it overlaps every other segment.',
      next: `To let it run in parallel, add ${say.code('files: [src/cart/**]')} to its front matter.`,
    }),
    after: 'continues',
    example: { at: { issue: 14 } },
    more: 'A warning. If the text names paths, Swarm infers the scope from them, and the plan says so.',
  },
  SCOPE_EVERYTHING: {
    says: ({ at }, say) => ({
      what: `${say.place(at)} may change every file, so it runs alone.`,
      why: `Its file scope is ${say.code('**')}, which overlaps every other scope.`,
      next: 'To let it run in parallel, narrow its scope.',
    }),
    after: 'continues',
    example: { at: { issue: 14 } },
    more: 'A warning. This is right for a segment that reformats everything, and slow for any other.',
  },
  HIDDEN_TEXT: {
    says: ({ at, count: found }, say) => ({
      what: `${say.place(at)} contains ${count(found, 'invisible character')}.`,
      why: 'Invisible or direction-changing characters can hide instructions from people. The agent gets the text without them.',
      next: 'Check the issue, and remove them if you did not put them there.',
    }),
    after: 'continues',
    example: { at: { issue: 14 }, count: 42 },
    more: 'A warning. Tag characters, zero-width characters and direction overrides count; emoji do not.',
  },
  PERSONA_NOT_FOUND: {
    says: ({ at, name, known, nearest }, say) => ({
      what: `${say.place(at)} names the persona ${say.quote(name)}, which does not exist.${didYouMean(nearest, say)}`,
      why: `A persona is a file such as ${say.code('.github/agents/NAME.agent.md')}, ${say.code('.claude/agents/NAME.md')} or ${say.code('.agents/NAME.md')} on the base branch or in a folder listed under ${say.code('personas')} in the config, or it comes with Swarm. Available: ${enumerate(known.map(say.code), 30)}.`,
      next: 'Correct the name in the issue (or its label), or merge the file.',
    }),
    after: 'checks again',
    example: {
      at: { issue: 14 },
      name: 'backend-devs',
      known: ['backend-dev', 'implementer', 'reviewer', 'tester'],
      nearest: 'backend-dev',
    },
    more: 'Swarm looks for it when it plans the epic, before any money is spent. Names are lower-case letters, digits and hyphens.',
  },
  SKILL_NOT_FOUND: {
    says: ({ at, name, known, nearest }, say) => ({
      what: `${say.place(at)} names the skill ${say.quote(name)}, which does not exist.${didYouMean(nearest, say)}`,
      why: `A skill is a file such as ${say.code('.agents/skills/NAME/SKILL.md')} on the base branch, also below ${say.code('.claude/skills')} and ${say.code('.github/skills')}, or in a folder listed under ${say.code('skills')} in the config. ${known.length === 0 ? 'There are none.' : `Available: ${enumerate(known.map(say.code), 30)}.`}`,
      next: 'Correct the name in the issue, or merge the skill.',
    }),
    after: 'checks again',
    example: {
      at: { issue: 14 },
      name: 'api-patern',
      known: ['api-patterns', 'migrations'],
      nearest: 'api-patterns',
    },
    more: 'A folder of that name without a `SKILL.md` in it is not a skill.',
  },
  INSTRUCTIONS_UNREADABLE: {
    says: ({ what, name, file, why }, say) => ({
      what: `The ${what} ${say.quote(name)} cannot be used: ${say.own(why)}.`,
      why: `Swarm reads it from ${say.quote(file)} in the base commit, and an agent must not work without the instructions that its segment asks for.`,
      next: 'Fix the file on the base branch, or name another in the issue.',
    }),
    after: 'retry',
    example: {
      what: 'persona',
      name: 'backend-dev',
      file: '.claude/agents/backend-dev.md',
      why: 'it is a symbolic link',
    },
    more: 'Links, binary files, files over 64 KiB and front matter that is not valid YAML are refused. Swarm reads the file of the base commit, never the one in the change.',
  },
} satisfies Partial<ProblemEntries>;
