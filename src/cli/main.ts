#!/usr/bin/env node
/**
 * Door 3: `swarm …` at a terminal. A command's own file is loaded only when it is the one that is asked for.
 */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { nearest } from '#core/text/nearest';
import { type Fault, formatFault } from '#local/fault';
import { COMMANDS, type CommandName, type CommandTable, helpFor, helpForAll, type Parsed } from './help.ts';

/** Exit codes: 0 done, 1 not done (and said why), 2 not understood, 130 interrupted. */
async function main(argv: readonly string[]): Promise<number> {
  const [asked = 'help', ...rest] = argv;
  if (asked === '--help' || asked === '-h') return say(helpForAll());
  if (asked === '--version' || asked === '-v') return version();
  if (!isCommand(asked)) {
    const like = nearest(asked, Object.keys(COMMANDS));
    return complain(
      `There is no command "${asked}"${like ? `; did you mean "${like}"?` : '.'} \`swarm help\` lists them.`,
    );
  }
  const parsed = parse(asked, rest);
  if (typeof parsed === 'string') return complain(parsed);
  if (parsed.values.help === true) return say(helpFor(asked));
  switch (asked) {
    case 'help': {
      const [about] = parsed.positionals;
      if (about === undefined) return say(helpForAll());
      return isCommand(about)
        ? say(helpFor(about))
        : complain(`There is no command "${about}". \`swarm help\` lists them.`);
    }
    case 'version':
      return version();
    case 'plan':
      return (await import('./plan.ts')).planCommand(parsed);
    case 'brief':
      return (await import('./brief.ts')).briefCommand(parsed);
    case 'dev':
      return (await import('./dev.ts')).devCommand(parsed);
  }
}

const isCommand = (word: string): word is CommandName => Object.hasOwn(COMMANDS, word);

/** The options and arguments, or one sentence about what is not understood. */
function parse(command: CommandName, args: readonly string[]): Parsed | string {
  const { options, takes }: CommandTable = COMMANDS[command];
  const known: ParseArgsOptionsConfig = {
    help: { type: 'boolean', short: 'h' },
    ...Object.fromEntries(
      Object.entries(options).map(([name, { value }]) => [name, { type: value ? 'string' : 'boolean' }]),
    ),
  };
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: known, allowPositionals: true });
    const extra = positionals[takes === undefined ? 0 : 1];
    if (extra !== undefined) return `\`swarm ${command}\` does not know what to do with "${extra}".`;
    return { values: values as Parsed['values'], positionals };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
    const name = /'(-{1,2}[^\s'=<]+)/.exec(message)?.[1] ?? '';
    if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `${message.split('\n')[0]?.split('. ')[0]}.`;
    const like = nearest(name.replace(/^-+/, ''), Object.keys(known));
    return `\`swarm ${command}\` has no option ${name}${like ? `; did you mean --${like}?` : `. \`swarm help ${command}\` lists them.`}`;
  }
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function complain(text: string): number {
  process.stderr.write(`${text}\n`);
  return 2;
}

async function version(): Promise<number> {
  const { readOwnVersion } = await import('./home.ts');
  return say(await readOwnVersion());
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // A fault is for the person; anything else is a bug, and its stack says where.
  if (!(error instanceof Error) || error.name !== 'Fault') throw error;
  process.stderr.write(`${formatFault(error as Fault)}\n`);
  process.exitCode = 1;
}
