/** The table of `swarm`'s commands. Parsing and help are both made from it. */
import { PRESETS } from '#core/model/config';
import { wrapped } from './terminal.ts';

interface Option {
  /** The name of its value in the help; undefined for an option without a value. */
  readonly value?: string;
  readonly says: string;
  /** For completion, where its values are a small set. */
  readonly choices?: readonly string[];
}

export interface CommandTable {
  readonly says: string;
  /** The names of its arguments, if it has any. All of them can be left out. */
  readonly takes?: string | readonly string[];
  /** For completion, where the values of its argument are a small set. */
  readonly choices?: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly string[];
}

export const COMMANDS = {
  init: {
    says: 'Writes the workflows, the config and the issue form into the checkout of a repository.',
    takes: 'DIRECTORY',
    options: {
      agent: { value: 'NAME', says: `${PRESETS.join(', ')}, or a command, quoted as one`, choices: PRESETS },
      approvals: { value: 'N', says: 'how many people approve each pull request, 0 to 6 (default: 1)' },
      app: { says: 'for repositories with the GitHub App: two workflows in place of four' },
      'no-app': { says: 'without the app (default)' },
      action: { value: 'REF', says: 'OWNER/NAME@COMMIT of the action; only a release knows its own' },
      yes: { says: 'asks nothing and writes' },
      remove: { says: 'removes the files that it wrote and nobody changed' },
      json: { says: 'prints everything as JSON; writes only with --yes' },
    },
    examples: ['swarm init', 'swarm init --agent codex --approvals 2 --yes', 'swarm init ../shop --remove'],
  },
  doctor: {
    says: 'Checks a repository on GitHub and its checkout for everything that can keep Swarm from working. Changes nothing.',
    takes: 'OWNER/NAME',
    options: {
      json: { says: 'prints all checks as JSON' },
    },
    examples: ['swarm doctor', 'swarm doctor octo/shop --json'],
  },
  dev: {
    says: 'Runs a whole epic on this machine, with an emulated GitHub, real jobs and pages to watch.',
    options: {
      repo: { value: 'PATH', says: 'your git repository (default: the example project)' },
      plan: { value: 'FILE', says: 'the epic as a plan file (docs/plan-file.md); required with --repo' },
      agent: { value: 'CMD', says: 'the agent: a program with its arguments, quoted as one' },
      manual: { says: 'you approve and accept on the page (default: green pull requests are approved automatically)' },
      'app-less': { says: 'runs swarm only in the workflow, without the app' },
      port: { value: 'N', says: 'port of the pages on 127.0.0.1 (default: any free port)' },
      keep: { says: 'keeps the pages and the repository until Ctrl-C' },
      json: { value: 'FILE', says: 'writes the outcome as JSON' },
      kills: { value: 'N', says: 'kills the app N times at random moments and restarts it' },
      seed: { value: 'S', says: 'makes those moments repeatable (default: 1)' },
      limit: { value: 'MINUTES', says: 'stops after this time (default: 30; with --manual no limit)' },
      verbose: { says: 'also prints the log of the app' },
    },
    examples: ['swarm dev', 'swarm dev --manual --port 4000', 'swarm dev --repo . --plan epic.yml --agent claude'],
  },
  status: {
    says: 'Shows the state of an epic on GitHub: what it needs from you, and where each segment is.',
    takes: 'OWNER/NAME#N',
    options: { json: { says: 'prints it as JSON' } },
    examples: ['swarm status octo/shop#12', "swarm status '#12' --json"],
  },
  why: {
    says: 'Shows what was decided about an epic, or about one of its segments, and the reasons.',
    takes: ['OWNER/NAME#N', '#SEGMENT'],
    options: { json: { says: 'prints it as JSON' } },
    examples: ['swarm why octo/shop#12', "swarm why octo/shop#12 '#14'"],
  },
  plan: {
    says: 'Shows the waves and tracks of an epic, and its problems. Starts nothing. FILE is a plan file, or a text with a block.',
    takes: 'FILE',
    options: {
      repo: { value: 'OWNER/NAME', says: 'an epic on GitHub instead of a file (token in GITHUB_TOKEN)' },
      epic: { value: 'N', says: 'number of the epic, with --repo' },
      explain: { says: 'also prints what was read from which line of each issue' },
      json: { says: 'prints the plan as JSON' },
    },
    examples: ['swarm plan epic.yml', 'swarm plan epic.yml --explain', 'swarm plan --repo octo/shop --epic 12 --json'],
  },
  brief: {
    says: 'Shows the brief that the agent of a segment would get. Starts nothing.',
    takes: 'SEGMENT',
    options: {
      plan: { value: 'FILE', says: 'a plan file for the repository you are in; SEGMENT is a name or number from it' },
      repo: { value: 'OWNER/NAME', says: 'an epic on GitHub (token in GITHUB_TOKEN)' },
      epic: { value: 'N', says: 'number of the epic, with --repo' },
      tester: { says: 'shows the brief of the tester, which runs first' },
    },
    examples: ['swarm brief cart --plan epic.yml', "swarm brief '#14' --repo octo/shop --epic 12"],
  },
  gates: {
    says: 'Shows the gates of a repository at its last commit. With --run it runs them, before anything is changed.',
    takes: 'DIRECTORY',
    options: {
      run: { says: 'runs all gates once, behind walls, and those that fail once more; exit code 1 if one is red' },
      gate: { value: 'NAME', says: 'only this gate' },
      json: { says: 'prints everything as JSON' },
      verbose: { says: 'also prints the output of all programs while they run' },
    },
    examples: ['swarm gates', 'swarm gates ../shop --run', 'swarm gates --run --gate tests'],
  },
  import: {
    says: 'Turns tasks of Spec Kit, OpenSpec, Task Master or Beads, or a checklist, into a plan file.',
    takes: 'PATH',
    options: {
      out: { value: 'FILE', says: 'writes the plan there (default: to stdout)' },
      title: { value: 'TEXT', says: 'the title of the epic' },
      epic: { value: 'ID', says: 'Beads: the epic, if several are open' },
      tag: { value: 'NAME', says: 'Task Master: the tag, if several have open tasks' },
    },
    examples: ['swarm import specs/001-cart --out epic.yml', 'swarm import .beads/issues.jsonl --epic bd-12'],
  },
  export: {
    says: 'Writes a plan file for Beads or as JSON, and the outcome of its epic into a file of Beads.',
    takes: 'FILE',
    options: {
      to: { value: 'FORMAT', says: '`beads` or `json`; required', choices: ['beads', 'json'] },
      outcome: { value: 'FILE', says: 'Beads: closes what is done, by the file of `swarm dev --json FILE`' },
      from: { value: 'FILE', says: 'Beads: the file that the plan came from; all else in it stays' },
      out: { value: 'FILE', says: 'writes there (default: to stdout)' },
    },
    examples: [
      'swarm export epic.yml --to json',
      'swarm export epic.yml --to beads --from .beads/issues.jsonl --outcome run.json',
    ],
  },
  config: {
    says: 'Prints the config as it takes effect, with every default, and what is wrong with the file.',
    takes: 'DIRECTORY',
    options: {
      repo: { value: 'OWNER/NAME', says: 'the config on GitHub, from the default branch (token in GITHUB_TOKEN)' },
      json: { says: 'prints it as JSON, with the problems' },
    },
    examples: ['swarm config', 'swarm config --repo octo/shop'],
  },
  schema: {
    says: 'Prints the JSON Schema of the config, or of the plan file, for editors.',
    takes: 'FILE',
    choices: ['config', 'plan'],
    options: {},
    examples: ['swarm schema config', 'swarm schema plan'],
  },
  completion: {
    says: 'Prints the completion of these commands for a shell.',
    takes: 'SHELL',
    choices: ['bash', 'zsh', 'fish'],
    options: {},
    examples: ['source <(swarm completion bash)', 'swarm completion fish | source'],
  },
  help: {
    says: 'Shows this list, or one command in full.',
    takes: 'COMMAND',
    options: {},
    examples: ['swarm help dev'],
  },
  version: { says: 'Prints the version.', options: {}, examples: ['swarm version'] },
} as const satisfies Record<string, CommandTable>;

export type CommandName = keyof typeof COMMANDS;

export const argumentsOf = ({ takes = [] }: CommandTable): readonly string[] => [takes].flat();

export const helpForAll = (): string =>
  [
    ...wrapped(
      'swarm executes an epic: waves of segments, each done by a coding agent, checked by gates, reviewed and merged in order.',
    ),
    '',
    ...Object.entries(COMMANDS).flatMap(([name, { says }]) => wrapped(`  swarm ${name.padEnd(10)} ${says}`, 17)),
    '',
    '`swarm help COMMAND` shows the options of a command.',
  ].join('\n');

export function helpFor(name: CommandName): string {
  const command: CommandTable = COMMANDS[name];
  const options = Object.entries(command.options).flatMap(([option, { value, says }]) => {
    const flag = `--${option}${value ? ` ${value}` : ''}`;
    return wrapped(`  ${flag.padEnd(20)} ${says}`, 21);
  });
  return [
    [
      `swarm ${name}`,
      ...argumentsOf(command).map((each) => `[${each}]`),
      ...(options.length > 0 ? ['[options]'] : []),
    ].join(' '),
    ...wrapped(command.says),
    ...(options.length > 0 ? ['', ...options] : []),
    '',
    ...command.examples.map((example) => `  ${example}`),
  ].join('\n');
}

/** The options and arguments of one call. */
export interface Parsed {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}
