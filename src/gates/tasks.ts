/**
 * The repository's own names for its gates outside of package.json: targets of make, recipes of just, tasks of Task and
 * mise. They come before any tool that Swarm would choose: their authors know how to run the gates.
 */
import { parse as parseToml } from 'smol-toml';
import { oncePerText, readYaml } from '#yaml/read';
import { directoriesWith, type FoundGate, type Listing, tableOf, under, YAML_BYTES } from './workspace.ts';

export const MANIFESTS =
  /(?:^|\/)(?:GNUmakefile|[Mm]akefile|\.?[Jj]ustfile|Taskfile\.ya?ml|Taskfile\.dist\.ya?ml|\.?mise\.toml)$/;

const NAMES: Readonly<Record<FoundGate, readonly string[]>> = {
  lint: ['lint'],
  types: ['typecheck', 'type-check', 'types', 'check-types'],
  // `check` is the usual target of make.
  tests: ['test', 'tests', 'check'],
  build: ['build'],
};

export interface Tasks {
  readonly directory: string;
  /** `Makefile`, under its name here. Its text defines the gates. */
  readonly file: string;
  /** argv of the task for a gate, if there is one. */
  task(gate: FoundGate): readonly string[] | undefined;
}

interface Kind {
  readonly file: RegExp;
  readonly program: readonly string[];
  names(text: string): ReadonlySet<string>;
}

const KINDS: readonly Kind[] = [
  { file: /^(?:GNUmakefile|[Mm]akefile)$/, program: ['make'], names: makeTargets },
  { file: /^\.?[Jj]ustfile$/, program: ['just'], names: justRecipes },
  { file: /^Taskfile(?:\.dist)?\.ya?ml$/, program: ['task'], names: (text) => keysOf(taskfileOf(text).tasks) },
  { file: /^\.?mise\.toml$/, program: ['mise', 'run'], names: (text) => keysOf(readToml(text).tasks) },
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
          const name = NAMES[gate].find((each) => names.has(each));
          return name === undefined ? undefined : [...kind.program, name];
        },
      };
      found.set(directory, [...(found.get(directory) ?? []), tasks]);
    }
  }
  return found;
}

const isIn = (path: string, directory: string, name: RegExp): boolean => {
  const own = directory === '' ? path : path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : '/';
  return name.test(own) && under(directory, own) === path;
};

/** Longer lines name no task, and are not worth the time of a pattern. */
const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line.length <= 500);

/** Targets with a plain name; no variables (`:=`) and no patterns. */
function makeTargets(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const line of linesOf(text)) {
    const [, targets] = /^([A-Za-z0-9][\w. -]*?)\s*::?(?![:=])/.exec(line) ?? [];
    for (const name of targets?.split(/\s+/) ?? []) names.add(name);
  }
  return names;
}

/** Recipes that can be run as they are: without parameters, or with a default for each. */
function justRecipes(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const line of linesOf(text)) {
    const [, name, parameters = ''] = /^@?([A-Za-z_][\w-]*)((?:\s[^:]*)?):(?!=)/.exec(line) ?? [];
    if (name === undefined || name === 'set' || name === 'alias' || name === 'export') continue;
    const needsOne = parameters
      .trim()
      .split(/\s+/)
      .some((each) => each !== '' && !each.includes('=') && !each.startsWith('*'));
    if (!needsOne) names.add(name);
  }
  return names;
}

const keysOf = (value: unknown): ReadonlySet<string> => new Set(Object.keys(tableOf(value)));

/** Only the names of the tasks are read. Task itself reports a file that it cannot read. */
const taskfileOf = oncePerText((text): Readonly<Record<string, unknown>> => {
  const yaml = readYaml(text, { maxBytes: YAML_BYTES, aliases: 'share' });
  return yaml.kind === 'read' ? tableOf(yaml.value) : {};
});

function readToml(text: string): Readonly<Record<string, unknown>> {
  try {
    return parseToml(text);
  } catch {
    // Mise will report the error.
    return {};
  }
}
