/** Problems of an issue's text: its front matter, its file scope, the persona and skills that it names. */
import type { DependencyUnread, TaskUnread } from '#core/model/problem/faults';
import { sayFrontMatterFault, sayGlobFault, saySpecExpected } from '../faults.ts';
import { count, enumerate } from '../voice.ts';
import { didYouMean, type ProblemEntries } from './entry.ts';

const WAITS_UNREAD: Readonly<Record<DependencyUnread, string>> = {
  'no issue': 'says that it waits, and names no issue that Swarm can read',
  unclear: 'may say that it waits for an issue',
  'other direction': 'says that another issue waits for it, which Swarm does not read here',
  'in a sentence': 'may say in a sentence that something waits for an issue',
  'in a table': 'has dependencies in a table, which Swarm does not read',
};

const TASKS_UNREAD: Readonly<Record<TaskUnread, string>> = {
  unclear: 'mentions an issue in an item that may stand for something else',
  'dependency unclear': 'has an item with a dependency that Swarm cannot read',
  'broken box': 'has a box that GitHub does not show as one',
  'no issue': 'has a box that names no issue, so nobody works on it',
  'no box': 'names an issue in an item without a box, so it is no segment',
};

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
  DEPENDENCY_UNREAD: {
    says: ({ at, text, why }, say) => ({
      what: `${say.place(at)} ${WAITS_UNREAD[why]}: ${say.quote(text)}.`,
      why: 'A dependency that Swarm does not read lets a segment start too early.',
      next:
        why === 'other direction'
          ? `Write ${say.code('Depends on #N')} in the issue that waits, or link the two with "Blocked by". Remove the line if none of them waits.`
          : `If it is a dependency, write ${say.code('Depends on #N')} on a line of its own, or link the issue with "Blocked by".`,
    }),
    after: 'continues',
    example: { at: { issue: 14, line: 4 }, text: 'Depends on the cart API', why: 'no issue' },
    more: 'A warning. Write `Depends on: none` if nothing is meant. Swarm reads `#12`, `GH-12`, `octo/shop#12` and addresses of issues, after `Depends on`, `Blocked by`, `Requires` or `After` at the start of a line, or in a list below such a line.',
  },
  TASK_UNREAD: {
    says: ({ at, text, why }, say) => ({
      what: `${say.place(at)} ${TASKS_UNREAD[why]}: ${say.quote(text)}.`,
      why: "Without sub-issues, an epic's segments are the issues of its task list.",
      next: `Write ${say.code('- [ ] #N')}, one issue for each box${why === 'no issue' ? ', or make it an item without a box' : ''}.`,
    }),
    after: 'checks again',
    example: { at: { issue: 12, line: 5 }, text: '- [ ] Follow up on #14', why: 'unclear' },
    more: 'An error if Swarm reads other items of the same epic as tasks, because this one would be left out. The issue may be at the start of an item or at its end: `- [ ] #14`, `- [ ] The cart (#14)`, `- [ ] **Cart**: #14`.',
  },
  CRITERIA_UNREAD: {
    says: ({ at, text, why }, say) => ({
      what:
        why.kind === 'no items'
          ? `${say.place(at)} has acceptance criteria without items: ${say.quote(text)}.`
          : `${say.place(at)} has ${count(why.count, 'item')} without a box beside acceptance criteria with one: ${say.quote(text)}.`,
      why: 'Swarm reads criteria from the items of a list. Tests are written from them, and each one needs evidence.',
      next: `Write each criterion as ${say.code('- [ ] …')} below the heading.`,
    }),
    after: 'continues',
    example: { at: { issue: 14, line: 7 }, text: '## Acceptance criteria', why: { kind: 'no items' } },
    more: 'A warning. Items without boxes count if no item of the section has one. Headings such as "Definition of done" and bold lines count as well.',
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
  ANSWER_UNREAD: {
    says: ({ at, key, value, expected }, say) => ({
      what: `${say.place(at)}: the answer ${say.quote(value)} to ${say.quote(key)} means nothing to Swarm.`,
      why: `${say.code(key)} takes ${saySpecExpected(expected, say)}.`,
      next: 'Correct it in the issue (or its label) if it was meant for Swarm. It is ignored for now.',
    }),
    after: 'continues',
    example: {
      at: { issue: 14, line: 3 },
      key: 'worker',
      value: 'backend',
      expected: { kind: 'one of', values: ['implementation', 'tests', 'research', 'security', 'refactor'] },
    },
    more: 'A warning. Answers of issue forms and labels are taken where their meaning is plain: `Bug` for the type, `🔴 High`, `Must have` or `P1` for the priority, `2 days` for the estimate. A wrong value in front matter is an error, because front matter is written for Swarm.',
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
  HIDDEN_COMMENTS: {
    says: ({ segments }, say) => ({
      what: `${enumerate(segments.map(say.issue), 12)} ${segments.length === 1 ? 'has' : 'have'} HTML comments with words in them.`,
      why: 'Readers do not see such text, and agents do not get it. Swarm reads no dependency or criterion from it.',
      next: 'Move what the task needs out of the comments.',
    }),
    after: 'continues',
    example: { at: { issue: 12 }, segments: [14, 15] },
    more: 'A warning. The hints of an issue template are such comments, too.',
  },
  COMMENT_OPEN: {
    says: ({ at }, say) => ({
      what: `${say.place(at)} opens an HTML comment that does not end.`,
      why: 'The agent gets nothing of what is below it, and readers may not see it either.',
      next: `End it with ${say.code('-->')}, or write ${say.code('&lt;!--')} if it is no comment.`,
    }),
    after: 'continues',
    example: { at: { issue: 14, line: 9 } },
    more: 'A warning. It is also one inside code, because the text that an agent gets is cut there.',
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
    more: 'Swarm looks for it when it plans the epic, before any money is spent. Names are letters, digits, `.`, `_` and `-`.',
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
