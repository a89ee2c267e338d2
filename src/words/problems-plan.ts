/**
 * The sentences of what is wrong before anything runs: the graph, an issue's text, the config, consent, preflight.
 */
import type { Link, NotNow, Place, Problem } from '#core/model/problem';
import { commandTakes } from './commands.ts';
import { COUNTABLES, sayBranchFault, sayFrontMatterFault, sayGlobFault, saySpecExpected } from './faults.ts';
import { count, enumerate, type Sentences, type Voice } from './voice.ts';

const AGAIN = 'Swarm looks again by itself.';

const told = (link: Link, say: Voice): string => {
  switch (link.said.kind) {
    case 'native':
      return 'its "Blocked by" link';
    case 'text':
      return `its text, line ${link.said.line}: ${say.quote(link.said.text)}`;
    case 'group':
      return `being part of the group ${say.issue(link.said.group)}, which is linked`;
  }
};

const closeTo = (nearest: string | undefined, say: Voice): string =>
  nearest === undefined ? '' : ` Did you mean ${say.code(nearest)}?`;

const include = (at: Place, say: Voice): string =>
  say.code(at.issue === undefined ? '/swarm execute' : `/swarm run #${at.issue}`);

/** A command as one types it there: on a pull request the judging ones stand alone. */
const typed = (at: Place, command: string, say: Voice): string =>
  say.code(
    at.pull !== undefined && (command === 'approve' || command === 'reject') ? `/${command}` : `/swarm ${command}`,
  );

/** A clause for each reason why a command cannot be obeyed now. */
const notNow = (why: NotNow, say: Voice): string => {
  switch (why.kind) {
    case 'not started':
      return 'the epic is not being executed';
    case 'wrong phase':
      return `the epic is ${why.phase}`;
    case 'already accepted':
      return 'it is already accepted';
    case 'not complete':
      return 'some segments are not merged and calibrated yet';
    case 'segment of an epic':
      return `${say.issue(why.segment)} is a segment of ${say.issue(why.epic)}; execute that epic, or comment ${say.code(`/swarm run #${why.segment}`)}`;
    case 'only people decide':
      return 'only people approve and accept; a bot that the config names may give the other commands';
    case 'not on a pull request':
      return 'a rejection belongs on the pull request that it is about';
    case 'pull request not open for review':
      return 'this pull request is not waiting for a decision';
    case 'waves start automatically':
      return 'waves start automatically in this mode; approve the pull requests instead';
    case 'no such wave':
      return 'there is no such wave';
    case 'no such question':
      return `no run is waiting for an answer to ${say.quote(why.id)} here`;
    case 'several such questions':
      return `several segments are waiting for an answer to ${say.quote(why.id)}; answer on the segment itself`;
  }
};

/** What does not work without a permission. */
const LOST: Readonly<Record<Extract<Problem, { kind: 'PERMISSION_MISSING' }>['lost'], (say: Voice) => string>> = {
  'kill switch': (say) =>
    `Without it the variable ${say.code('SWARM_DISABLED')} stops nothing; the label ${say.code('swarm:cancel')} on an epic still does.`,
};

export const planSentences = {
  EPIC_CYCLE: ({ path, links }, say) => ({
    what: `The epic cannot be ordered: ${say.issues(path, ' → ')} wait for each other.`,
    why: `${links.map((link) => `${say.issue(link.from)} is blocked by ${say.issue(link.to)} (${told(link, say)})`).join('; ')}.`,
    next: `Remove one of these. ${AGAIN}`,
  }),
  SELF_DEPENDENCY: ({ link }, say) => ({
    what: `${say.issue(link.from)} waits for itself.`,
    why: `It is blocked by itself (${told(link, say)}).`,
    next: `Remove that. ${AGAIN}`,
  }),
  UNKNOWN_ISSUE: ({ at, ref }, say) => ({
    what: `${say.place(at)} waits for ${say.ref(ref)}, which cannot be found.`,
    why: 'There is no such issue, it was deleted or transferred, or swarm may not see it.',
    next: `${ref.repository ? 'Let swarm see that repository, correct the reference' : 'Correct the number'}, or remove the dependency. ${AGAIN}`,
  }),
  BLOCKER_HIDDEN: ({ at, count: hidden }, say) => ({
    what: `${say.place(at)} is blocked by ${count(hidden, 'issue')} that swarm may not see.`,
    why: 'Its "Blocked by" links lead into a repository to which swarm has no access, or there are more than 50 of them.',
    next: `Let swarm see that repository, or remove the links. ${AGAIN}`,
  }),
  NOT_AN_ISSUE: ({ at, ref }, say) => ({
    what: `${say.place(at)} names ${say.ref(ref)}, which is a pull request.`,
    why: 'Epics, segments and what they wait for are issues; a pull request has no end that swarm can wait for.',
    next: `Name the issue behind it instead. ${AGAIN}`,
  }),
  BLOCKER_NOT_PLANNED: ({ at, ref }, say) => ({
    what: `${say.place(at)} waits for ${say.ref(ref)}, which was closed as not planned.`,
    why: 'Only an issue closed as completed lets go what waits for it.',
    next: `Remove the dependency, or reopen ${say.ref(ref)} and complete it. ${AGAIN}`,
  }),
  NO_SEGMENTS: ({ at }, say) => ({
    what: `${say.place(at)} has nothing to execute.`,
    why: 'It has no open sub-issue, its text has no task list of issues, and it describes no task of its own.',
    next: `Add sub-issues, or say in its text what is to be done. ${AGAIN}`,
  }),
  BRANCH_TAKEN: ({ branch, segments }, say) => ({
    what: `Segments ${enumerate(segments.map(say.issue))} would share the branch ${say.quote(branch)}.`,
    why: 'Each segment works on a branch of its own.',
    next: `Give one of them another ${say.code('slug')} or ${say.code('branch')} in its front matter. ${AGAIN}`,
  }),
  BRANCH_NAME: ({ at, branch, why }, say) => ({
    what: `${say.place(at)}: ${say.quote(branch)} is not a valid branch name.`,
    why: sayBranchFault(why, say),
    next: `Change ${say.code('slug')} or ${say.code('branch')} there, or the template ${say.code('branch')} in the config. ${AGAIN}`,
  }),
  LIMIT_EXCEEDED: ({ at, what, found, limit, configKey }, say) => ({
    what: `${say.place(at)} has ${found.toLocaleString('en-US')} ${COUNTABLES[what]}; at most ${limit.toLocaleString('en-US')} are taken.`,
    why: 'A limit keeps one mistake from starting work, and spending money, without end.',
    next:
      configKey === undefined
        ? `Make it smaller, or split it. ${AGAIN}`
        : `Split it, or raise ${say.code(configKey)} in the config. ${AGAIN}`,
  }),
  EMPTY_TASK: ({ at }, say) => ({
    what: `${say.place(at)} says nothing to do: its text is empty.`,
    why: 'An agent is told what the issue says; text in HTML comments does not count.',
    next: `Describe the task in the issue. ${AGAIN}`,
  }),
  FRONT_MATTER: ({ at, why }, say) => ({
    what: `The front matter of ${say.place(at)} cannot be read: ${sayFrontMatterFault(why, say)}.`,
    why: 'Front matter is simple lines of `key: value` between two lines of `---` at the very top.',
    next: `Correct that line. ${AGAIN}`,
  }),
  SPEC_VALUE: ({ at, key, value, expected, nearest }, say) => ({
    what: `${say.place(at)}: ${say.code(key)} cannot be ${say.quote(value)}.${closeTo(nearest, say)}`,
    why: `It takes ${saySpecExpected(expected, say)}.`,
    next: `Correct it in the issue (or its label). ${AGAIN}`,
  }),
  PERSONA_NOT_FOUND: ({ at, name, known, nearest }, say) => ({
    what: `${say.place(at)} names the persona ${say.quote(name)}, which is not there.${closeTo(nearest, say)}`,
    why: `A persona is a file such as ${say.code('.github/agents/NAME.agent.md')}, ${say.code('.claude/agents/NAME.md')} or ${say.code('.agents/NAME.md')} on the base branch, in a folder of ${say.code('personas')} in the config, or comes with swarm. There are: ${enumerate(known.map(say.code), 30)}.`,
    next: `Correct the name in the issue (or its label), or merge the file. ${AGAIN}`,
  }),
  SKILL_NOT_FOUND: ({ at, name, known, nearest }, say) => ({
    what: `${say.place(at)} names the skill ${say.quote(name)}, which is not there.${closeTo(nearest, say)}`,
    why: `A skill is a file such as ${say.code('.agents/skills/NAME/SKILL.md')}, also below ${say.code('.claude/skills')} and ${say.code('.github/skills')} on the base branch, or in a folder of ${say.code('skills')} in the config. ${known.length === 0 ? 'There is none.' : `There are: ${enumerate(known.map(say.code), 30)}.`}`,
    next: `Correct the name in the issue, or merge the skill. ${AGAIN}`,
  }),
  SPEC_KEY: ({ at, key, known, nearest }, say) => ({
    what: `${say.place(at)} has a key that swarm does not know: ${say.quote(key)}.${closeTo(nearest, say)}`,
    why: `Known keys are ${enumerate(known.map(say.code), 40)}.`,
    next: 'Correct or remove it. It is passed over for now; swarm goes on.',
  }),
  BAD_GLOB: ({ at, glob, why }, say) => ({
    what: `${say.place(at)}: ${say.quote(glob)} is not a valid file scope.`,
    why: sayGlobFault(why, say),
    next: `Write it relative to the repository, such as ${say.code('src/cart/**')}. ${AGAIN}`,
  }),
  SCOPE_UNKNOWN: ({ at }, say) => ({
    what: `${say.place(at)} does not say which files it changes, so it runs beside nothing else.`,
    why: 'Without a file scope a segment may change anything, and overlaps every other one.',
    next: `To let it run in parallel, add ${say.code('files: [src/cart/**]')} to its front matter. Swarm goes on.`,
  }),
  SCOPE_EVERYTHING: ({ at }, say) => ({
    what: `${say.place(at)} may change every file, so it runs beside nothing else.`,
    why: `Its file scope is ${say.code('**')}, which overlaps every other one.`,
    next: 'Narrow it to let it run in parallel. Swarm goes on.',
  }),
  HIDDEN_TEXT: ({ at, count: found }, say) => ({
    what: `${say.place(at)} holds ${count(found, 'character')} that cannot be seen.`,
    why: 'Invisible or direction-changing characters can hide instructions from people. The agent is told the text without them.',
    next: 'Look at the issue, and remove them if you did not put them there. Swarm goes on.',
  }),
  CONFIG_YAML: ({ at, message }, say) => ({
    what: `${say.place(at)} cannot be read: ${say.quote(message)}.`,
    why: 'The config has to be plain YAML: one document, no aliases, no tags.',
    next: `Correct that line on the default branch. ${AGAIN}`,
  }),
  CONFIG_SIZE: ({ at, bytes, limit }, say) => ({
    what: `${say.place(at)} is too large: ${bytes.toLocaleString('en-US')} bytes, at most ${limit.toLocaleString('en-US')}.`,
    why: 'Reading very large YAML takes minutes; a config has a few lines.',
    next: `Shorten it on the default branch. ${AGAIN}`,
  }),
  CONFIG_VALUE: ({ at, key, value, expected, nearest }, say) => ({
    what: `${say.place(at)}: ${say.code(key)} cannot be ${say.quote(value)}.${closeTo(nearest, say)}`,
    why: `It takes ${say.own(expected)}.`,
    next: `Correct it on the default branch. ${AGAIN}`,
  }),
  CONFIG_KEY: ({ at, key, known, nearest }, say) => ({
    what: `${say.place(at)} has a key that swarm does not know: ${say.quote(key)}.${closeTo(nearest, say)}`,
    why: `Known keys here are ${enumerate(known.map(say.code), 40)}.`,
    next: 'Correct or remove it on the default branch. It is passed over for now; swarm goes on.',
  }),
  CONFIG_AMBIGUOUS: ({ files }, say) => ({
    what: `There is more than one config: ${say.files(files)}.`,
    why: 'Swarm would have to guess which one holds.',
    next: `Keep one of them on the default branch. ${AGAIN}`,
  }),
  SEGMENT_CHANGED: ({ at }, say) => ({
    what: `${say.place(at)} was changed after the epic was started, so it does not run.`,
    why: 'What runs is the text that was authorised; a later text needs the word of somebody with write access.',
    next: `Read the change; if it is right, comment ${say.code('/swarm execute')} on the epic. The other segments go on.`,
  }),
  SEGMENT_NEW: ({ at }, say) => ({
    what: `${say.place(at)} came to the epic after it was started, so it does not run.`,
    why: 'Only the issues that were in the epic when it was started are authorised.',
    next: `To take it in, comment ${include(at, say)} on the epic. The other segments go on.`,
  }),
  EDGES_CHANGED: ({ at }, say) => ({
    what: `What ${say.place(at)} waits for was changed after the epic was started, so it does not run.`,
    why: 'The order of the work is a part of what was authorised.',
    next: `If the new order is right, comment ${say.code('/swarm execute')} on the epic. The other segments go on.`,
  }),
  EPIC_CHANGED: ({ at }, say) => ({
    what: `The text of the epic ${say.place(at)} was changed after it was started; agents are told the earlier one.`,
    why: 'Every agent is told the epic; what it is told is what was authorised.',
    next: `Nothing has to be done. If agents are to go by the new text, comment ${say.code('/swarm execute')} on the epic.`,
  }),
  UNTRUSTED_AUTHOR: ({ at, login }, say) => ({
    what: `${say.place(at)} was written or last edited by ${say.quote(login)}, who has no write access, so it does not run.`,
    why: 'Its text would reach an agent as an instruction.',
    next: `Somebody with write access reads it and, if it is harmless, comments ${include(at, say)} on the epic. The other segments go on.`,
  }),
  FORBIDDEN: ({ login, permission, needs }, say) => ({
    what: `${say.quote(login)} may not do that here: it needs ${needs} permission, and GitHub says ${say.quote(permission)}.`,
    why: 'Permission is asked of GitHub at the moment of acting.',
    next: `Somebody with ${needs} permission can give the same command. Nothing was changed.`,
  }),
  UNKNOWN_COMMAND: ({ text, nearest }, say) => ({
    what: `There is no command ${say.quote(text, 80)}.${closeTo(nearest, say)}`,
    why: 'A command stands alone at the start of a comment and is written as the list says.',
    next: `${say.code('/swarm help')} lists them. Nothing was changed.`,
  }),
  BAD_ARGUMENT: ({ at, command, expected }, say) => ({
    what: `${typed(at, command, say)} was not understood.`,
    why: `It takes ${commandTakes(expected, command, say)}.`,
    next: `Write a new comment; edited ones are not read. ${say.code('/swarm help')} has examples. Nothing was changed.`,
  }),
  UNKNOWN_SEGMENT: ({ number }, say) => ({
    what: `${say.issue(number)} is no segment of this epic.`,
    why: 'Segments are the open sub-issues that the plan shows.',
    next: `${say.code('/swarm plan')} shows them. Nothing was changed.`,
  }),
  NOT_NOW: ({ at, command, why }, say) => ({
    what: `${typed(at, command, say)} cannot be done now: ${notNow(why, say)}.`,
    why: "The epic's current state does not allow it.",
    next: `${say.code('/swarm status')} shows where it stands. Nothing was changed.`,
  }),
  HEAD_MOVED: ({ at, said, head }, say) => ({
    what: `${say.place(at)} has moved on: ${said === undefined ? 'the commit you saw' : say.commit(said)} is no longer its head, ${say.commit(head)} is.`,
    why: 'An approval is for one commit, the one that was read.',
    next: `Read the new commit and approve it: ${say.code(`/approve ${head.slice(0, 10)}`)}.`,
  }),
  SELF_APPROVAL: ({ at, login }, say) => ({
    what: `${say.quote(login)} cannot approve ${say.place(at)} alone.`,
    why: "The rules of this branch want somebody other than the change's author.",
    next: 'Another person with write access approves it. Nothing was changed.',
  }),
  DISABLED: (_, say) => ({
    what: `Swarm is switched off here: the variable ${say.code('SWARM_DISABLED')} is set.`,
    why: 'Somebody turned the kill switch. Nothing starts and nothing merges while it is set.',
    next: `Remove the variable in the repository's (or organisation's) settings. ${AGAIN}`,
  }),
  WORKFLOW_MISSING: ({ file }, say) => ({
    what: `The workflow ${say.quote(file)} is not on the default branch.`,
    why: "Segments run in this workflow's jobs.",
    next: `Add it as the README's "Install" says, and merge it. ${AGAIN}`,
  }),
  AGENT_NOT_SET: (_, say) => ({
    what: 'No agent is chosen for this repository.',
    why: `Neither ${say.code('agent')} in the config nor the workflow says what does the work.`,
    next: `Add ${say.code('agent: claude')}, another agent that swarm knows, or ${say.code('agent: {command: [...]}')} to ${say.code('.github/swarm.yml')} on the default branch. ${AGAIN}`,
  }),
  PERMISSION_MISSING: ({ permission, lost }, say) => ({
    what: `Swarm lacks the permission ${say.code(permission)}.`,
    why: LOST[lost](say),
    next: `Grant it to the app (or the workflow's ${say.code('permissions')}). ${AGAIN}`,
  }),
  BASE_RED: ({ branch, checks }, say) => ({
    what: `The base ${say.quote(branch)} is red: ${enumerate(
      checks.map((check) => say.quote(check, 60)),
      5,
    )}.`,
    why: 'Work that starts from a broken base fails its gates for reasons that are not its own.',
    next: `Mend ${say.quote(branch)}. Swarm goes on by itself when its checks pass.`,
  }),
  BASE_MISSING: ({ branch }, say) => ({
    what: `The base branch ${say.quote(branch)} does not exist.`,
    why: `It is named by ${say.code('base')} in the config, the issue or a label.`,
    next: `Create the branch, or correct the name. ${AGAIN}`,
  }),
} satisfies Partial<Sentences>;
