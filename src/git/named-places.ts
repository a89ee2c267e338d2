/**
 * The places that a repository's config names: folders of personas and skills, and the files in the commands of agents and
 * gates.
 *
 * A script that a gate runs judges the change, and a script that starts an agent judges the next one. So a segment may change
 * neither. Other files that a gate's command names are shown, and need a person: `tsc -p tsconfig.build.json` must not stop
 * every segment that has to edit that file.
 */
import { posix } from 'node:path';
import type { Config } from '#core/model/config';
import { isTestFile } from '#core/scope/test-file';

export type Naming = Pick<Config, 'agents' | 'gates' | 'instructions'>;

export interface NamedPlaces {
  /** Folders whose files are protected. */
  readonly folders: ReadonlySet<string>;
  /** Protected files. */
  readonly files: ReadonlySet<string>;
  /** Files that a person has to look at. */
  readonly shown: ReadonlySet<string>;
}

/** @param fold the one form for all spellings of a path. */
export function namedPlaces({ agents, gates, instructions }: Naming, fold: (path: string) => string): NamedPlaces {
  const folders = new Set<string>();
  const files = new Set<string>();
  const shown = new Set<string>();
  const placeOf = (word: string, directory = ''): string | undefined => {
    const place = placeIn(word, directory);
    return place === undefined ? undefined : fold(place);
  };
  for (const folder of [...instructions.personas, ...instructions.skills]) add(folders, placeOf(folder));
  for (const { command } of Object.values(agents)) {
    for (const { text, option } of command.flatMap(wordsIn)) {
      add(files, placeOf(text));
      if (NAMES_FOLDER.test(option)) add(folders, placeOf(text));
    }
    // The value of an option is often the next word: `--plugin-dir tools/plugin`.
    command.forEach((word, at) => {
      if (NAMES_FOLDER.test(command[at - 1] ?? '')) add(folders, placeOf(word));
    });
  }
  for (const { run = [], directory } of Object.values(gates)) {
    for (const { text, isProgram } of commandsIn(run).flatMap(readCommand)) {
      const place = placeOf(text, directory);
      const holdsTests = isTestFile(place ?? '');
      if (isProgram && !(holdsTests && !SHELL_SCRIPT.test(text))) add(files, place);
      else if (isProgram || !holdsTests) add(shown, place);
    }
  }
  return { folders, files, shown };
}

function add(places: Set<string>, place: string | undefined): void {
  if (place !== undefined) places.add(place);
}

/** Options of agents with a folder that holds instructions or code for them. */
const NAMES_FOLDER = /^--?[\w-]*(?:plugin|skill|config|setting|mcp|hook|rule|persona|extension|prompt|agent)[\w-]*$/i;
/** Programs that run the file after them. `make` and test runners are not among them: they only check the files that they get. */
const RUNS_FILE =
  /^(?:(?:ba|da|z|k|fi)?sh|source|\.|node|nodejs|bun|deno|tsx|ts-node|uv|python[\d.]*|pypy[\d.]*|ruby|perl|php|pwsh|powershell|lua[\d.]*|rscript|java|groovy|elixir|julia|swift)(?:\.exe)?$/i;
/** Programs that run the program after them, which is found on PATH unless it is a path. */
const RUNS_PROGRAM =
  /^(?:env|sudo|time|timeout|nice|xvfb-run|npx|bunx|pnpx|npm|pnpm|yarn|pipx|uvx|poetry|bundle|exec|dlx)(?:\.(?:exe|cmd))?$/i;
/** Options whose value is the next word, which is not a script. */
const TAKES_VALUE = /^(?:-[IPWXrk]|-[a-z]*o|--(?:import|require|loader|experimental-loader|preload|env-file|project))$/;
/** With these, an interpreter reads no script of its own: `python -m pytest tests`, `node --test`. */
const RUNS_NO_FILE = /^(?:-[a-z]*[mc]|--(?:test|eval|command|check)\b.*)$/i;
const IS_LINE = /^(?:-[a-z]*c|--command)$/i;
const SHELL_SCRIPT = /(?:^|\/)[^./]+$|\.(?:sh|bash|zsh|fish|ps1|bat|cmd)$/i;

interface Word {
  readonly text: string;
  /** For `--option=text`. */
  readonly option: string;
}

function wordsIn(word: string): readonly Word[] {
  const [, option = '', value = ''] = /^([\w-]+)=(.+)$/s.exec(word) ?? [];
  return [{ text: word, option: '' }, ...(value === '' ? [] : [{ text: value, option }])];
}

/** A command, and those in its words that are a line for a shell: `bash -c "ci/check.sh && npm test"`. */
function commandsIn(run: readonly string[]): readonly (readonly string[])[] {
  const lines = run.filter((word, at) => /\s/.test(word) || IS_LINE.test(run[at - 1] ?? ''));
  const inner = lines.flatMap((line) => line.split(/&&|\|\||[;|&\n()]/));
  return [run, ...inner.map((line) => line.split(/\s+/).map(withoutQuotes).filter(Boolean))];
}

const withoutQuotes = (word: string): string => word.replace(/^["'`]+|["'`]+$/g, '');

interface CommandWord {
  readonly text: string;
  readonly isProgram: boolean;
}

/** The words of a command that can be paths. */
function readCommand(run: readonly string[]): readonly CommandWord[] {
  let next: 'program' | 'file' | 'argument' = 'program';
  return run.flatMap((word, at) => {
    const text = word;
    if (TAKES_VALUE.test(run[at - 1] ?? '')) return /[/.]/.test(word) ? [{ text, isProgram: next !== 'argument' }] : [];
    if (word.startsWith('-') || /^\w+=/.test(word)) {
      if (RUNS_NO_FILE.test(word)) next = 'argument';
      return wordsIn(word)
        .slice(1)
        .map((each) => ({ text: each.text, isProgram: false }));
    }
    const as = next;
    // `deno run`, `timeout 60s`.
    if (next !== 'argument' && !/^(?:run|\d+[smhd]?)$/.test(word)) next = followerOf(word);
    if (as === 'program' && !/[/\\]/.test(word)) return [];
    return [{ text, isProgram: as !== 'argument' }];
  });
}

function followerOf(program: string): 'program' | 'file' | 'argument' {
  const name = posix.basename(program);
  return RUNS_FILE.test(name) ? 'file' : RUNS_PROGRAM.test(name) ? 'program' : 'argument';
}

/** The path in the repository that a word can name. */
function placeIn(word: string, directory: string): string | undefined {
  const path = word.replaceAll('\\', '/');
  if (path.startsWith('/') || path.includes('://') || /\s/.test(path)) return undefined;
  const place = posix.join(directory, path).replace(/\/+$/, '');
  return place === '.' || place === '' || place.startsWith('..') ? undefined : place;
}
