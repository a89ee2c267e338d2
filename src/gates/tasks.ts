/**
 * The repository's own names for its gates outside of package.json: targets of make, recipes of just, tasks of Task and
 * mise. They come before any tool that Swarm would choose: their authors know how to run the gates.
 */
import { parse as parseToml } from 'smol-toml';
import { oncePerText, readYaml, type YamlFault } from '#yaml/read';
import { directoriesWith, type FoundGate, type Listing, tableOf, under, YAML_BYTES } from './workspace.ts';

export const MANIFESTS =
  /(?:^|\/)(?:GNUmakefile|[Mm]akefile|\.?[Jj]ustfile|Taskfile\.ya?ml|Taskfile\.dist\.ya?ml|\.?mise\.toml)$/;

export const NAMES: Readonly<Record<FoundGate, readonly string[]>> = {
  lint: ['lint'],
  types: ['typecheck', 'type-check', 'types', 'check-types'],
  // `check` is the usual target of make.
  tests: ['test', 'tests', 'check'],
  build: ['build'],
};

/** True for a script that only prints, and passes: `echo "no tests yet" && exit 0`. It checks nothing. */
export function doesNothing(script: string): boolean {
  if (script.length > 1_000) return false;
  const plain = script.replaceAll(/'[^']*'|"[^"`$]*"/g, '').replaceAll(/&&|\|\|/g, ';');
  const isSimple = (part: string): boolean => /^\s*(?:(?:echo|printf)(?:\s.*)?|true|:|exit(?:\s+0)?)?\s*$/.test(part);
  return !/[`<>&|]|\$\(/.test(plain) && plain.split(/[;\n]/).every(isSimple);
}

export interface Tasks {
  readonly directory: string;
  /** `Makefile`, under its name here. Its text defines the gates. */
  readonly file: string;
  /** argv of the task for a gate, if there is one. */
  task(gate: FoundGate): readonly string[] | undefined;
  /** The reason why its tasks are not known, as a clause. */
  readonly unreadable?: string;
}

interface Kind {
  readonly file: RegExp;
  readonly program: readonly string[];
  /** The names of tasks that check something; or the reason why the file cannot be read. */
  names(text: string): ReadonlySet<string> | string;
}

const KINDS: readonly Kind[] = [
  { file: /^(?:GNUmakefile|[Mm]akefile)$/, program: ['make'], names: makeTargets },
  { file: /^\.?[Jj]ustfile$/, program: ['just'], names: justRecipes },
  { file: /^Taskfile(?:\.dist)?\.ya?ml$/, program: ['task'], names: oncePerText(tasksOfTaskfile) },
  { file: /^\.?mise\.toml$/, program: ['mise', 'run'], names: tasksOfMise },
];

/** By directory, at most one of each kind: the first kind with a task for a gate is taken. */
export function findTasks(listing: Listing): ReadonlyMap<string, readonly Tasks[]> {
  const found = new Map<string, Tasks[]>();
  for (const kind of KINDS) {
    for (const directory of directoriesWith(listing, kind.file)) {
      const file = [...listing.files].find((each) => isIn(each, directory, kind.file));
      const text = file === undefined ? undefined : listing.text(file);
      if (file === undefined || text === undefined) continue;
      const names = kind.names(text);
      const tasks: Tasks = {
        directory,
        file,
        task(gate) {
          const name = typeof names === 'string' ? undefined : NAMES[gate].find((each) => names.has(each));
          return name === undefined ? undefined : [...kind.program, name];
        },
        ...(typeof names === 'string' ? { unreadable: `${file} cannot be read: ${names}` } : {}),
      };
      found.set(directory, [...(found.get(directory) ?? []), tasks]);
    }
  }
  return found;
}

/** The first fault of a YAML file, with its line. */
export const sayFault = ([first]: readonly YamlFault[]): string =>
  first === undefined ? 'it is no YAML' : `${first.message} (line ${first.line})`;

const isIn = (path: string, directory: string, name: RegExp): boolean => {
  const own = directory === '' ? path : path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : '/';
  return name.test(own) && under(directory, own) === path;
};

/** Longer lines name no task, and are not worth the time of a pattern. */
const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line.length <= 500);

/** Targets with a plain name; no variables (`:=`) and no patterns. One without prerequisites has to do something. */
function makeTargets(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  const lines = linesOf(text);
  for (const [at, line] of lines.entries()) {
    const [, targets, rest = ''] = /^([A-Za-z0-9][\w. -]*?)\s*::?(?![:=])(.*)$/.exec(line) ?? [];
    if (targets === undefined || (isBlank(rest) && onlyPrints(lines, at + 1))) continue;
    for (const name of targets.split(/\s+/)) names.add(name);
  }
  return names;
}

const isBlank = (text: string): boolean => /^\s*(?:#.*)?$/.test(text);

/** The recipe that starts at a line has commands, and none of them does anything. */
function onlyPrints(lines: readonly string[], from: number): boolean {
  const recipe: string[] = [];
  for (let at = from; /^\s+\S/.test(lines[at] ?? ''); at++) recipe.push((lines[at] ?? '').trim());
  return recipe.length > 0 && recipe.every((line) => doesNothing(line.replace(/^[@+-]+/, '')));
}

/** Recipes that can be run as they are: without parameters, or with a default for each. */
function justRecipes(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  const lines = linesOf(text);
  for (const [at, line] of lines.entries()) {
    const [, name, parameters = '', rest = ''] = /^@?([A-Za-z_][\w-]*)((?:\s[^:]*)?):(?!=)(.*)$/.exec(line) ?? [];
    if (name === undefined || name === 'set' || name === 'alias' || name === 'export') continue;
    const needsOne = parameters
      .trim()
      .split(/\s+/)
      .some((each) => each !== '' && !each.includes('=') && !each.startsWith('*'));
    if (!needsOne && !(isBlank(rest) && onlyPrints(lines, at + 1))) names.add(name);
  }
  return names;
}

/** Tasks by name. One that only prints has no other key than its commands. */
const namesIn = (tasks: unknown, commandsOf: (task: unknown) => unknown): ReadonlySet<string> =>
  new Set(
    Object.entries(tableOf(tasks)).flatMap(([name, task]) => {
      const commands = [commandsOf(task)].flat();
      const isNothing = commands.length > 0 && commands.every((each) => typeof each === 'string' && doesNothing(each));
      return isNothing ? [] : [name];
    }),
  );

/** Only the tasks are read. They may share parts by anchors. */
function tasksOfTaskfile(text: string): ReadonlySet<string> | string {
  const yaml = readYaml(text, { maxBytes: YAML_BYTES, aliases: 'share' });
  if (yaml.kind !== 'read') return sayFault(yaml.faults);
  return namesIn(tableOf(yaml.value).tasks, (task) => {
    const { cmds, cmd, deps } = tableOf(task);
    return deps === undefined ? (cmds ?? cmd ?? task) : undefined;
  });
}

function tasksOfMise(text: string): ReadonlySet<string> | string {
  try {
    return namesIn(tableOf(parseToml(text)).tasks, (task) => {
      const { run, depends } = tableOf(task);
      return depends === undefined ? (run ?? task) : undefined;
    });
  } catch (error) {
    return (error as Error).message.split('\n', 1).join();
  }
}
