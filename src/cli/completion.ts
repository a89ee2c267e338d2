/** `swarm completion`: the table of commands as completion for bash, zsh and fish. */
import { nearest } from '#core/text/nearest';
import { Fault } from '#words/fault';
import { argumentsOf, COMMANDS, type CommandTable, type Parsed } from './help.ts';

const TABLES: readonly (readonly [name: string, table: CommandTable])[] = Object.entries(COMMANDS);
const NAMES = TABLES.map(([name]) => name);

/** `help` takes the name of a command. */
const choicesOf = (name: string, { choices = [] }: CommandTable): readonly string[] =>
  name === 'help' ? NAMES : choices;

export async function completionCommand({ positionals: [shell] }: Parsed): Promise<number> {
  const script = shell === undefined ? undefined : SHELLS.get(shell);
  if (!script) {
    const like = shell === undefined ? undefined : nearest(shell, [...SHELLS.keys()]);
    throw new Fault(
      shell === undefined
        ? 'No shell is given.'
        : `There is no completion for "${shell}"${like === undefined ? '.' : `; did you mean "${like}"?`}`,
      'There is one for bash, one for zsh and one for fish.',
      'Run `swarm completion bash`, for example.',
    );
  }
  process.stdout.write(script());
  return 0;
}

/** A word of a shell that it takes as it is. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const flagsOf = ({ options }: CommandTable): readonly string[] =>
  [...Object.keys(options), 'help'].map((name) => `--${name}`);

function bash(): string {
  const cases = TABLES.flatMap(([name, table]) => {
    const values = Object.entries(table.options).flatMap(([option, { choices }]) =>
      choices ? [`    ${name}:--${option}) words=${quoted(choices.join(' '))} ;;`] : [],
    );
    const words = [...flagsOf(table), ...choicesOf(name, table)];
    return [...values, `    ${name}:*) words=${quoted(words.join(' '))} ;;`];
  });
  return `${[
    '# bash completion for swarm: source <(swarm completion bash)',
    '_swarm() {',
    `  local word=\${COMP_WORDS[COMP_CWORD]} words=`,
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    words=${quoted(NAMES.join(' '))}`,
    `  else case "\${COMP_WORDS[1]}:\${COMP_WORDS[COMP_CWORD - 1]}" in`,
    ...cases,
    '  esac; fi',
    // The bash of macOS has no `mapfile`.
    '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
    '}',
    // Without a match, names of files.
    'complete -o default -F _swarm swarm',
  ].join('\n')}\n`;
}

/** In the descriptions of `_arguments`, brackets and colons have a meaning. */
const described = (text: string): string => text.replaceAll(/[[\]:\\]/g, (sign) => `\\${sign}`);

function zsh(): string {
  const commands = TABLES.map(([name, { says }]) => `    ${quoted(`${name}:${says}`)}`);
  const cases = TABLES.flatMap(([name, table]) => {
    const options = Object.entries(table.options).map(([option, { value, says, choices }]) => {
      const values = value === undefined ? '' : `:${value}:${choices ? `(${choices.join(' ')})` : '_files'}`;
      return quoted(`--${option}[${described(says)}]${values}`);
    });
    const choices = choicesOf(name, table);
    const rest =
      argumentsOf(table).length === 0
        ? []
        : [quoted(`*: :${choices.length > 0 ? `(${choices.join(' ')})` : '_files'}`)];
    return [`    ${name}) _arguments ${[...options, ...rest].join(' ')} ;;`];
  });
  return `${[
    '#compdef swarm',
    '# zsh completion for swarm: put this into a file _swarm in a folder of $fpath, or source it',
    '_swarm() {',
    '  local -a commands=(',
    ...commands,
    '  )',
    '  if (( CURRENT == 2 )); then _describe command commands; return; fi',
    '  local command=$words[2]',
    '  shift words; (( CURRENT-- ))',
    '  case $command in',
    ...cases,
    '  esac',
    '}',
    'if [ "$funcstack[1]" = _swarm ]; then _swarm "$@"; else compdef _swarm swarm; fi',
  ].join('\n')}\n`;
}

function fish(): string {
  const lines = TABLES.flatMap(([name, table]) => {
    const within = `-n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
    const options = Object.entries(table.options).map(([option, { value, says, choices }]) => {
      const values = value === undefined ? '' : choices ? ` -x -a ${quoted(choices.join(' '))}` : ' -r';
      return `complete -c swarm ${within} -l ${option}${values} -d ${quoted(says)}`;
    });
    const choices = choicesOf(name, table);
    return [
      `complete -c swarm -f -n __fish_use_subcommand -a ${name} -d ${quoted(table.says)}`,
      ...options,
      ...(choices.length > 0 ? [`complete -c swarm -f ${within} -a ${quoted(choices.join(' '))}`] : []),
    ];
  });
  return `${['# fish completion for swarm: swarm completion fish | source', ...lines].join('\n')}\n`;
}

const SHELLS: ReadonlyMap<string, () => string> = new Map([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
]);
