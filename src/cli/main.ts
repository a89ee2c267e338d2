#!/usr/bin/env node
/**
 * Door 3: `swarm …` at a terminal. The file of a command is loaded only when that command runs.
 */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { nearest } from '#core/text/nearest';
import { type Fault, formatFault } from '#words/fault';
import {
  argumentsOf,
  COMMANDS,
  type CommandName,
  type CommandTable,
  helpFor,
  helpForAll,
  type Parsed,
} from './help.ts';

/** Exit codes: 0 done, 1 failed with a reason, 2 invalid usage, 130 interrupted. */
async function main(argv: readonly string[]): Promise<number> {
  const [command = 'help', ...rest] = argv;
  if (command === '--help' || command === '-h') return say(helpForAll());
  if (command === '--version' || command === '-v') return version();
  if (!isCommand(command)) return complain(unknownCommand(command));
  const parsed = parse(command, rest);
  if (typeof parsed === 'string') return complain(parsed);
  if (parsed.values.help === true) return say(helpFor(command));
  switch (command) {
    case 'help': {
      const [about] = parsed.positionals;
      if (about === undefined) return say(helpForAll());
      return isCommand(about) ? say(helpFor(about)) : complain(unknownCommand(about));
    }
    case 'version':
      return version();
    case 'init':
      return (await import('./init/command.ts')).initCommand(parsed);
    case 'doctor':
      return (await import('./doctor/command.ts')).doctorCommand(parsed);
    case 'status':
      return (await import('./epic/status.ts')).statusCommand(parsed);
    case 'why':
      return (await import('./epic/why.ts')).whyCommand(parsed);
    case 'plan':
      return (await import('./plan.ts')).planCommand(parsed);
    case 'config':
      return (await import('./config.ts')).configCommand(parsed);
    case 'schema':
      return (await import('./schema.ts')).schemaCommand(parsed);
    case 'completion':
      return (await import('./completion.ts')).completionCommand(parsed);
    case 'brief':
      return (await import('./brief.ts')).briefCommand(parsed);
    case 'gates':
      return (await import('./gates.ts')).gatesCommand(parsed);
    case 'import':
      return (await import('./import.ts')).importCommand(parsed);
    case 'export':
      return (await import('./export.ts')).exportCommand(parsed);
    case 'dev':
      return (await import('./dev.ts')).devCommand(parsed);
  }
}

function unknownCommand(word: string): string {
  const like = nearest(word, Object.keys(COMMANDS));
  return `Unknown command "${word}". ${like ? `Did you mean "${like}"? ` : ''}\`swarm help\` lists all commands.`;
}

const isCommand = (word: string): word is CommandName => Object.hasOwn(COMMANDS, word);

/** The options and arguments, or one sentence that says what is invalid. */
function parse(command: CommandName, args: readonly string[]): Parsed | string {
  const table: CommandTable = COMMANDS[command];
  const known: ParseArgsOptionsConfig = {
    help: { type: 'boolean', short: 'h' },
    ...Object.fromEntries(
      Object.entries(table.options).map(([name, { value }]) => [name, { type: value ? 'string' : 'boolean' }]),
    ),
  };
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: known, allowPositionals: true });
    const extra = positionals[argumentsOf(table).length];
    if (extra !== undefined) return `Unexpected argument for \`swarm ${command}\`: "${extra}".`;
    return { values: values as Parsed['values'], positionals };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
    const name = /'(-{1,2}[^\s'=<]+)/.exec(message)?.[1] ?? '';
    if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `${message.split('\n')[0]?.split('. ')[0]}.`;
    const like = nearest(name.replace(/^-+/, ''), Object.keys(known));
    return `\`swarm ${command}\` has no option ${name}. ${like ? `Did you mean --${like}?` : `\`swarm help ${command}\` lists all options.`}`;
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
  // A `Fault` is meant for the user. Anything else is a bug, and needs its stack.
  if (!(error instanceof Error) || error.name !== 'Fault') throw error;
  process.stderr.write(`${formatFault(error as Fault)}\n`);
  process.exitCode = 1;
}
