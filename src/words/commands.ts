/**
 * The words of commands: the answer to `/swarm help`, the commands' page, and the answer to a malformed command.
 *
 * The permission that each command needs is in `core/model/command.ts`, where it is enforced from.
 */
import { COMMANDS, type CommandArguments, type CommandKind, MAX_REASON_CHARS } from '#core/model/command';
import type { Voice } from './voice.ts';

export interface CommandWords {
  readonly usage: string;
  readonly says: string;
  readonly example: string;
}

export const COMMAND_WORDS: Readonly<Record<CommandKind, CommandWords>> = {
  help: { usage: '/swarm help', says: 'Lists these commands.', example: '/swarm help' },
  plan: {
    usage: '/swarm plan',
    says: 'Shows the waves and tracks as they would run now. Starts nothing.',
    example: '/swarm plan',
  },
  execute: {
    usage: '/swarm execute [wave N] [agents N] [sequential] [dry-run]',
    says: 'Starts the epic with its current texts: all of it, or one wave, with at most this many agents at once.',
    example: '/swarm execute agents 3',
  },
  status: { usage: '/swarm status', says: 'Updates the panel.', example: '/swarm status' },
  run: {
    usage: '/swarm run #N',
    says: 'Lets this segment run with its current text, even if its author has no write access.',
    example: '/swarm run #14',
  },
  approve: {
    usage: '/swarm approve [wave N]; on a pull request /approve [commit]',
    says: 'Lets the next wave start. On a pull request, approves its head commit.',
    example: '/approve 1f3c9ab',
  },
  reject: {
    usage: '/reject REASON',
    says: "Sends a pull request back to its agent with this reason and the review's comments.",
    example: '/reject The total must include shipping.',
  },
  answer: {
    usage: '/swarm answer ID TEXT',
    says: 'Answers the question that stopped a run. The run continues from where it stopped.',
    example: '/swarm answer q1 Prices are in cents.',
  },
  retry: {
    usage: '/swarm retry [#N]',
    says: 'Retries a blocked segment, or all of them, with fresh limits.',
    example: '/swarm retry #14',
  },
  skip: {
    usage: '/swarm skip #N REASON',
    says: 'Leaves a segment out. Segments that waited for it continue.',
    example: '/swarm skip #14 We buy this instead.',
  },
  pause: {
    usage: '/swarm pause',
    says: 'Lets current runs finish and starts nothing new.',
    example: '/swarm pause',
  },
  resume: {
    usage: '/swarm resume [budget=AMOUNT]',
    says: 'Continues after a pause or a cancel, from what GitHub shows. With an amount in US dollars, raises what the epic may cost in all.',
    example: '/swarm resume budget=60',
  },
  cancel: {
    usage: '/swarm cancel',
    says: 'Cancels current runs and starts nothing new. Branches and pull requests stay.',
    example: '/swarm cancel',
  },
  accept: { usage: '/swarm accept', says: 'Accepts the finished epic and closes it.', example: '/swarm accept' },
  'needs-work': {
    usage: '/swarm needs-work WHAT',
    says: 'Creates a follow-up segment for what is missing, instead of accepting.',
    example: '/swarm needs-work The empty cart shows an error page.',
  },
  import: {
    usage: '/swarm import [yes]',
    says: 'Shows which tasks and dependencies in texts can become sub-issues and "Blocked by" links. With `yes`, creates them.',
    example: '/swarm import yes',
  },
};

/** Rows `command | does | needs | example` of a Markdown table. */
export const commandRows = (): string[] =>
  (Object.keys(COMMANDS) as CommandKind[]).map((kind) => {
    const { usage, says, example } = COMMAND_WORDS[kind];
    return `| ${code(usage)} | ${says} | ${COMMANDS[kind].needs} | ${code(example)} |`;
  });

/** The commands as a table, with the permission that each one needs. */
export const helpText = (): string =>
  [
    'A command has to be at the very start of a new comment. Edited comments are not read again.',
    ['| command | does | needs | example |', '|---|---|---|---|', ...commandRows()].join('\n'),
  ].join('\n\n');

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

/** The arguments that a command takes, to complete "It takes …". */
export const commandTakes = (expected: CommandArguments, command: CommandKind, say: Voice): string => {
  switch (expected) {
    case 'nothing':
      return 'nothing after it';
    case 'space or nothing':
      return `nothing, or a space, after ${say.code(command)}`;
    case 'first line':
      return `the first line of a new comment: nothing may be above ${say.code(command)}`;
    case 'reason':
      return 'a reason in your own words';
    case 'shorter reason':
      return `a reason of at most ${MAX_REASON_CHARS.toLocaleString('en-US')} characters`;
    case 'issue':
      return `one issue number, such as ${say.code('#14')}`;
    case 'issue or nothing':
      return `nothing, or one issue number such as ${say.code('#14')}`;
    case 'issue and reason':
      return 'an issue number and a reason';
    case 'question and answer':
      return "the question's id and your answer";
    case 'execute options':
      return `any of ${['wave N', 'agents N', 'sequential'].map(say.code).join(', ')} and ${say.code('dry-run')}, each at most once`;
    case 'wave or nothing':
      return `nothing, or ${say.code('wave N')}; approve a pull request on its own page`;
    case 'yes or nothing':
      return `nothing, to see what it would do, or ${say.code('yes')}, to do it`;
    case 'budget or nothing':
      return `nothing, or ${say.code('budget=60')}, an amount in US dollars up to 1,000,000`;
    case 'commit or nothing':
      return 'nothing, or the first 7 to 40 digits of the commit that you approve';
  }
};
