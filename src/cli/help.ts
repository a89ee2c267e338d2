/** The commands of `swarm`, once: what they are called, take and do. Parsing and help are both made of this table. */

interface Option {
  /** How its value is called in the help; undefined: it has none. */
  readonly value?: string;
  readonly says: string;
}

export interface CommandTable {
  readonly says: string;
  /** The one argument, if it takes one. */
  readonly takes?: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly string[];
}

export const COMMANDS = {
  dev: {
    says: 'Runs a whole epic on this machine: a GitHub in one process, real jobs, pages to watch.',
    options: {
      repo: { value: 'PATH', says: 'your git repository; without it, the example project' },
      plan: { value: 'FILE', says: 'the epic as a plan file (docs/plan-file.md); needed with --repo' },
      agent: { value: 'CMD', says: 'the agent: an executable with its arguments, quoted as one' },
      manual: { says: 'you approve and accept at the page; otherwise green pull requests are approved' },
      'app-less': { says: 'swarm runs in the workflow alone, without the app' },
      port: { value: 'N', says: 'port of the pages on 127.0.0.1 (any free one)' },
      keep: { says: 'pages and repository stay until Ctrl-C' },
      json: { value: 'FILE', says: 'writes the outcome for programs' },
      kills: { value: 'N', says: 'kills the app N times at random moments, and starts it again' },
      seed: { value: 'S', says: 'makes those moments repeatable (1)' },
      limit: { value: 'MINUTES', says: 'stops after that long (30; with --manual no limit)' },
      verbose: { says: 'also prints what the app logs' },
    },
    examples: ['swarm dev', 'swarm dev --manual --port 4000', 'swarm dev --repo . --plan epic.yml --agent claude'],
  },
  plan: {
    says: 'Shows waves and tracks of an epic, and what is wrong with it. Starts nothing.',
    takes: 'FILE',
    options: {
      repo: { value: 'OWNER/NAME', says: 'instead of a file: an epic on GitHub (token in GITHUB_TOKEN)' },
      epic: { value: 'N', says: 'its number, with --repo' },
      json: { says: 'prints the plan for programs' },
    },
    examples: ['swarm plan epic.yml', 'swarm plan --repo octo/shop --epic 12 --json'],
  },
  brief: {
    says: 'Shows what the agent of a segment would be told. Starts nothing.',
    takes: 'SEGMENT',
    options: {
      plan: { value: 'FILE', says: 'of a plan file, by the segment’s name or number, in the repository you are in' },
      repo: { value: 'OWNER/NAME', says: 'of an epic on GitHub (token in GITHUB_TOKEN)' },
      epic: { value: 'N', says: 'its number, with --repo' },
      tester: { says: 'what the tester would be told, who goes first' },
    },
    examples: ['swarm brief cart --plan epic.yml', "swarm brief '#14' --repo octo/shop --epic 12"],
  },
  help: { says: 'Shows this, or one command in full.', takes: 'COMMAND', options: {}, examples: ['swarm help dev'] },
  version: { says: 'Prints the version.', options: {}, examples: ['swarm version'] },
} as const satisfies Record<string, CommandTable>;

export type CommandName = keyof typeof COMMANDS;

export const helpForAll = (): string =>
  [
    'swarm executes an epic: waves of segments, each by a coding agent, held to gates, reviewed, merged in order.',
    '',
    ...Object.entries(COMMANDS).map(([name, { says }]) => `  swarm ${name.padEnd(8)} ${says}`),
    '',
    '`swarm help COMMAND` shows its options.',
  ].join('\n');

export function helpFor(name: CommandName): string {
  const command: CommandTable = COMMANDS[name];
  const options = Object.entries(command.options).map(([option, { value, says }]) => {
    const shown = `--${option}${value ? ` ${value}` : ''}`;
    return `  ${shown.padEnd(20)} ${says}`;
  });
  return [
    `swarm ${name}${command.takes ? ` [${command.takes}]` : ''}${options.length > 0 ? ' [options]' : ''}`,
    command.says,
    ...(options.length > 0 ? ['', ...options] : []),
    '',
    ...command.examples.map((example) => `  ${example}`),
  ].join('\n');
}

/** A command's options and arguments as they were given. */
export interface Parsed {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}
