/**
 * Finds the gates of a repository from its files and its config.
 *
 * Pure: it sees the names of all files, the texts of manifests, and the config. The order of authority is: the config;
 * the repository's own tasks (scripts of package.json, targets of make and similar tools); a tool's default, if the
 * repository configures the tool. A gate that is not found is not silently passed: it is `not applicable`, and the reason
 * says what was searched for.
 *
 * The files are those of the base commit: a change cannot loosen the gates it is held to (R11.5). It can add gates: code
 * for which the base has no gate is held to the gate that the change itself adds, so that the first code of an empty
 * repository is tested too.
 */
import { CONFIG_FILES, type Config, type GateChoice, type GateName } from '#core/model/config';
import { type BuiltInGate, GATES } from '#core/model/epic';
import { MANIFESTS as DENO, findDeno } from './deno.ts';
import { type Hint, hintsOf, notFetched, otherBuilds } from './hints.ts';
import { findJavaScript, MANIFESTS as JAVASCRIPT } from './javascript.ts';
import { findGradle, findMaven, MANIFESTS as JVM } from './jvm.ts';
import type { Meanings } from './meanings.ts';
import { findGo, findRust, MANIFESTS as NATIVE } from './native.ts';
import { findDotnet, findElixir, findPhp, findRuby, MANIFESTS as OTHERS } from './others.ts';
import { findPython, MANIFESTS as PYTHON } from './python.ts';
import { findTasks, MANIFESTS as TASKS, type Tasks } from './tasks.ts';
import {
  type Audit,
  directoryOf,
  ECOSYSTEMS,
  type Ecosystem,
  FOUND_GATES,
  type Found,
  type FoundGate,
  type Held,
  holdTo,
  type Install,
  isProjectDirectory,
  isWithin,
  type Listing,
  type MutationPlace,
  type Mutator,
  markOf,
  type Step,
  type Workspace,
} from './workspace.ts';

export type { Audit, Install, Listing, Step } from './workspace.ts';

export type Gate =
  | {
      readonly kind: 'commands';
      readonly gate: GateName;
      /** All of them run, one after the other; the gate passes if all of them pass. */
      readonly steps: readonly Step[];
      /** For all steps together. */
      readonly timeoutMs: number;
      /** Parts of the repository that this gate does not check, and the reasons. */
      readonly without: readonly string[];
    }
  /** Swarm's own scan of the change for secrets, and the ecosystems' audits of dependencies. */
  | {
      readonly kind: 'security';
      readonly gate: 'security';
      readonly audits: readonly Audit[];
      readonly timeoutMs: number;
    }
  /** Off unless the config names it: a test has to notice small changes of the lines that the change adds. */
  | {
      readonly kind: 'mutation';
      readonly gate: typeof MUTATION;
      readonly places: readonly MutationPlace[];
      /** The largest share of mutants that may survive, in percent. */
      readonly survivors: number;
      readonly timeoutMs: number;
      readonly without: readonly string[];
    }
  | { readonly kind: 'scope'; readonly gate: 'scope' }
  | { readonly kind: 'not applicable'; readonly gate: GateName; readonly why: string };

/** Code that belongs together: it is installed as one, and its gates are found together. */
export interface FoundProject {
  readonly ecosystem: Ecosystem;
  /** Relative to the repository; empty means its root. */
  readonly directory: string;
  /** The directories of its packages or modules. */
  readonly members: readonly string[];
  /** The file by which it is recognised, if that is in its directory. */
  readonly mark: string | undefined;
}

export interface Gates {
  readonly gates: readonly Gate[];
  readonly projects: readonly FoundProject[];
  readonly installs: readonly Install[];
  readonly meanings: Meanings;
  readonly hints: readonly Hint[];
  /** The files of the tree that is held to them. */
  readonly files: ReadonlySet<string>;
  /** Those with the executable bit; undefined if that is not known. */
  readonly executable: ReadonlySet<string> | undefined;
}

/** A change, and the repository after it. */
export interface Change {
  /** Paths that differ from the base. */
  readonly changed: readonly string[];
  readonly after: Listing;
}

/** The gate that runs only if the config names it. With a command of its own, it is a gate like those that users add. */
export const MUTATION = 'mutation';

const DEFAULT_MINUTES = 20;
/** Some mutants cannot be noticed, because they change nothing. Without room for them, an agent would try for ever. */
const DEFAULT_SURVIVORS = 20;
const [CONFIG_FILE] = CONFIG_FILES;
const MANIFESTS = [JAVASCRIPT, DENO, PYTHON, NATIVE, JVM, OTHERS, TASKS];

/** True for files that `findGates` needs the text of. */
export const isManifest = (path: string): boolean =>
  MANIFESTS.some((each) => each.test(path)) && isProjectDirectory(directoryOf(path));

/** The largest manifest that is read: people do not write larger ones. */
export const MANIFEST_BYTES = 512 * 1024;

/** @param change if given, only code that it touches, and all dependents of that code, are held to the gates. */
export function findGates(base: Listing, choices: Config['gates'], change?: Change): Gates {
  const projects = projectsOf(base, change);
  const found = GATES.flatMap((gate): readonly Gate[] => {
    const own = builtIn(gate);
    const wanted = choices[MUTATION];
    if (gate !== 'tests' || !wanted || wanted.off || wanted.run) return [own];
    return [own, mutation(wanted, projects, own)];
  });
  function builtIn(gate: BuiltInGate): Gate {
    const choice = choices[gate] ?? {};
    if (choice.off) return notApplicable(gate, `switched off in ${CONFIG_FILE}`);
    if (gate === 'scope') return { kind: 'scope', gate };
    if (gate === 'security') return security(choice, projects);
    if (choice.run) return configured(gate, choice.run, choice);
    return detected(gate, choice, projects);
  }
  const named = Object.entries(choices)
    .filter(([gate]) => !found.some((each) => each.gate === gate) && gate !== 'install')
    .map(([gate, choice]) =>
      choice.off
        ? notApplicable(gate, `switched off in ${CONFIG_FILE}`)
        : choice.run
          ? configured(gate, choice.run, choice)
          : notApplicable(gate, `${CONFIG_FILE} sets no \`run\` for it`),
    );
  return {
    gates: [...found, ...named],
    projects: projects.held.map(({ workspace: { ecosystem, directory, members }, mark }) => ({
      ...{ ecosystem, directory, members: members.map((each) => each.directory), mark },
    })),
    installs: installsOf(projects, choices, [...found, ...named]),
    meanings: meaningsOf(base, projects, found),
    // With a command of its own, the config decides what an installation does.
    hints: [...(choices.install ? [] : hintsOf(projects.held.map(({ workspace }) => workspace))), ...notFetched(base)],
    executable: (change?.after ?? base).executable,
    files: (change?.after ?? base).files,
  };
}

const notApplicable = (gate: GateName, why: string): Gate => ({ kind: 'not applicable', gate, why });

const timeoutMs = (choice: GateChoice): number => (choice.timeoutMinutes ?? DEFAULT_MINUTES) * 60_000;

/** A command that the config names. */
const ownStep = (gate: string, run: readonly string[], { directory = '', environment = {} }: GateChoice): Step => ({
  ...{ run, directory, environment },
  from: `\`gates.${gate}.run\` in ${CONFIG_FILE}`,
});

const configured = (gate: GateName, run: readonly string[], choice: GateChoice): Gate => ({
  kind: 'commands',
  gate,
  steps: [ownStep(gate, run, choice)],
  timeoutMs: timeoutMs(choice),
  without: [],
});

// --- projects ---------------------------------------------------------------------------------------------------------

interface Project {
  /** As the base defines it, or as the change does if the base has none. */
  readonly workspace: Workspace;
  readonly held: Held;
  /** The same as the change defines it, for code for which the base has no gate. */
  readonly after?: Workspace;
  /** Members that only the change has. */
  readonly brought: ReadonlySet<string>;
  /** The file by which it is recognised, if that is in its directory. */
  readonly mark: string | undefined;
}

interface Projects {
  readonly held: readonly Project[];
  readonly tasks: ReadonlyMap<string, readonly Tasks[]>;
  /** True if the root is a project of its own, to which tasks at the root belong. */
  readonly isAtRoot: boolean;
  /** Clauses about builds that are not checked. */
  readonly others: readonly string[];
}

const FINDERS = [
  findJavaScript,
  findDeno,
  findPython,
  findGo,
  findRust,
  findMaven,
  findGradle,
  findDotnet,
  findRuby,
  findPhp,
  findElixir,
];

const workspacesOf = (listing: Listing, tasks: Projects['tasks']): readonly Workspace[] =>
  FINDERS.flatMap((find) => find(listing)).filter((each) => isWorthIt(each, tasks));

/** Many repositories hold manifests for documentation or tools. Nothing is installed where nothing can be checked. */
const isWorthIt = (workspace: Workspace, tasks: Projects['tasks']): boolean =>
  workspace.directory === '' ||
  FOUND_GATES.some(
    (gate) =>
      workspace.find(gate, 'all').steps.length > 0 ||
      tasks.get(workspace.directory)?.some((each) => each.task(gate) !== undefined),
  );

function projectsOf(base: Listing, change: Change | undefined): Projects {
  const tasks = findTasks(base);
  const before = workspacesOf(base, tasks);
  if (!change) {
    return {
      held: before.map((workspace) => ({ workspace, held: 'all', brought: new Set(), mark: markIn(base, workspace) })),
      tasks,
      isAtRoot: before.some(({ directory }) => directory === ''),
      others: before.some(({ directory }) => directory === '') ? [] : otherBuilds(base),
    };
  }
  const tasksAfter = findTasks(change.after);
  const after = workspacesOf(change.after, tasksAfter);
  const same = (a: Workspace, b: Workspace): boolean => a.ecosystem === b.ecosystem && a.directory === b.directory;
  // A project that was removed as a whole has no gates. Removing only its manifest does not free its files from them.
  const left = before.filter(({ directory }) => hasFiles(change.after, directory));
  const own = left.map((workspace) => livingPart(workspace, change.after));
  const brought = after.filter((each) => !before.some((other) => same(each, other)));
  const all = [...own, ...brought];
  const holds = holdTo(all, change.changed);
  // Tasks that the change adds count only for projects that it adds.
  const tasksBrought = [...tasksAfter].filter(([directory]) =>
    before.length === 0 && tasks.size === 0
      ? true
      : directory !== '' && brought.some((each) => each.directory === directory),
  );
  return {
    held: all.flatMap((workspace): Project[] => {
      const now = after.find((each) => same(each, workspace));
      const known = new Set(workspace.members.map(({ directory }) => directory));
      const added = new Set((now?.members ?? []).map(({ directory }) => directory).filter((each) => !known.has(each)));
      const held = holds.get(workspace) ?? 'all';
      if (held !== 'all' && held.size === 0 && added.size === 0) return [];
      const mark = markIn(base, workspace) ?? markIn(change.after, workspace);
      return [{ workspace, held, brought: added, mark, ...(now && now !== workspace ? { after: now } : {}) }];
    }),
    tasks: new Map([...tasksBrought, ...tasks]),
    isAtRoot: all.some(({ directory }) => directory === ''),
    others: all.some(({ directory }) => directory === '') ? [] : otherBuilds(base),
  };
}

const markIn = (listing: Listing, { ecosystem, directory }: Workspace): string | undefined =>
  markOf(listing, ecosystem, directory);

const hasFiles = (listing: Listing, directory: string): boolean => {
  for (const file of listing.files) if (isWithin(file, directory)) return true;
  return false;
};

/** Without members that have lost their directory: nothing can run there. */
function livingPart(workspace: Workspace, after: Listing): Workspace {
  const gone = workspace.members.filter(({ directory }) => !hasFiles(after, directory));
  if (gone.length === 0) return workspace;
  const members = workspace.members.filter((each) => !gone.includes(each));
  const living = new Set(members.map(({ directory }) => directory));
  return {
    ...workspace,
    members,
    find(gate, held) {
      const found = workspace.find(gate, held === 'all' ? living : held);
      return { ...found, steps: found.steps.filter(({ directory }) => hasFiles(after, directory)) };
    },
  };
}

// --- gates ------------------------------------------------------------------------------------------------------------

function detected(gate: FoundGate, choice: GateChoice, { held, tasks, isAtRoot, others }: Projects): Gate {
  const isWanted = ({ directory }: { readonly directory: string }): boolean =>
    choice.directory === undefined || isWithin(directory, choice.directory.replace(/\/+$/, ''));
  const taskAt = (directory: string): Step | undefined => {
    for (const { file, task } of tasks.get(directory) ?? []) {
      const run = task(gate);
      const from = `task \`${run?.at(-1) ?? ''}\` in ${file}`;
      if (run) return { run, directory, from, ...pathOf(held, directory) };
    }
    return undefined;
  };
  const steps: Step[] = [];
  const without: string[] = [...others];
  const addUnreadable = (directory: string): void => {
    for (const { unreadable } of tasks.get(directory) ?? []) if (unreadable !== undefined) without.push(unreadable);
  };
  const forAll = isAtRoot || choice.directory !== undefined ? undefined : taskAt('');
  if (forAll) {
    // Nothing else is at the root, so its tasks cover everything below.
    steps.push(forAll);
    without.length = 0;
  } else {
    if (!isAtRoot) addUnreadable('');
    const wanted = held.filter(({ workspace }) => isWanted(workspace));
    for (const project of wanted) {
      const found = foundIn(project, gate);
      const by = found.by ?? 'usual';
      addUnreadable(project.workspace.directory);
      const task = found.by === undefined ? taskAt(project.workspace.directory) : undefined;
      if (!task) {
        steps.push(...found.steps.map((step) => ({ ...step, from: step.from ?? reasonFor(project, by) })));
        without.push(...found.without);
      } else if (!steps.some((each) => sayStep(each) === sayStep(task))) steps.push(task);
    }
  }
  const timeout = timeoutMs(choice);
  const { environment } = choice;
  if (steps.length > 0) {
    const changed = environment ? steps.map((step) => withVariables(step, environment)) : steps;
    return { kind: 'commands', gate, steps: changed, timeoutMs: timeout, without: [...new Set(without)] };
  }
  const why = without.length > 0 ? shortList([...new Set(without)]) : reasonForNothing(held, choice);
  return notApplicable(gate, `${why}; set gates.${gate}.run in ${CONFIG_FILE}`);
}

/** A gate whose steps were left out where they were run; without any step it does not apply. */
export function isNeeded(
  gate: Extract<Gate, { kind: 'commands' }>,
): typeof gate | Extract<Gate, { kind: 'not applicable' }> {
  if (gate.steps.length > 0) return gate;
  const why = `${shortList([...new Set(gate.without)])}; install it, or set gates.${gate.gate}.run in ${CONFIG_FILE}`;
  return { kind: 'not applicable', gate: gate.gate, why };
}

const withVariables = (step: Step, more: Readonly<Record<string, string>>): Step => ({
  ...step,
  environment: { ...step.environment, ...more },
});

function reasonForNothing(held: readonly Project[], { directory }: GateChoice): string {
  if (directory !== undefined) return `${directory} contains no project that swarm knows`;
  return held.length > 0
    ? 'the change touches no project that has this gate'
    : `there is no manifest of ${ECOSYSTEMS.slice(0, -1).join(', ')} or ${ECOSYSTEMS.at(-1) ?? ''}`;
}

const reasonFor = ({ workspace: { ecosystem }, mark }: Project, what: string, by = mark): string =>
  `${what} for ${ecosystem}${by === undefined ? '' : `, by ${by}`}`;

/** The base's steps, and the change's own for projects that it adds or that have none at the base. */
function foundIn({ workspace, held, after, brought }: Project, gate: FoundGate): Found {
  const isHeld = held === 'all' || held.size > 0;
  const found: Found = isHeld ? workspace.find(gate, held) : { steps: [], without: [] };
  if (!after) return found;
  if (found.steps.length === 0 && isHeld) {
    const own = after.find(gate, held === 'all' ? 'all' : new Set([...held, ...brought]));
    return own.steps.length > 0 ? own : found;
  }
  if (brought.size === 0) return found;
  const more = after
    .find(gate, brought)
    .steps.filter((step) => !found.steps.some((each) => sayStep(each) === sayStep(step)));
  return { ...found, steps: [...found.steps, ...more] };
}

/** Programs that a task in a directory can call by their bare name. */
function pathOf(held: readonly Project[], directory: string): { readonly path?: readonly string[] } {
  const python = held.some(({ workspace }) => workspace.ecosystem === 'Python' && workspace.directory === directory);
  return python ? { path: [directory === '' ? '.venv/bin' : `${directory}/.venv/bin`] } : {};
}

function security(choice: GateChoice, { held }: Projects): Gate {
  const audits: readonly Audit[] = choice.run
    ? [
        {
          kind: 'audit',
          form: 'exit code',
          step: ownStep('security', choice.run, choice),
          after: [],
        },
      ]
    : held.length === 0
      ? [{ kind: 'not applicable', why: 'there is no lock file with dependencies' }]
      : held.map(({ workspace, after }) =>
          workspace.audit.kind === 'not applicable' && after ? after.audit : workspace.audit,
        );
  return { kind: 'security', gate: 'security', audits, timeoutMs: timeoutMs(choice) };
}

/** The tests of a place are those steps of the gate `tests` that run in its workspace, or in a directory above it. */
function mutation(choice: GateChoice, { held }: Projects, tests: Gate): Gate {
  if (tests.kind !== 'commands') return notApplicable(MUTATION, 'no gate runs tests');
  const places: MutationPlace[] = [];
  const without: string[] = [];
  const { environment } = choice;
  for (const { workspace } of held) {
    if (!isWithin(workspace.directory, (choice.directory ?? '').replace(/\/+$/, ''))) continue;
    const steps = tests.steps.filter(
      ({ directory }) => isWithin(directory, workspace.directory) || isWithin(workspace.directory, directory),
    );
    if (!workspace.mutators) without.push(`swarm knows no mutation tool for ${workspace.ecosystem}`);
    else if (steps.length === 0) without.push(`no test runs in ${workspace.directory || 'the root'}`);
    else {
      for (const mutator of workspace.mutators) {
        if (mutator.kind === 'none') without.push(mutator.why);
        else
          places.push({ mutator, tests: environment ? steps.map((step) => withVariables(step, environment)) : steps });
      }
    }
  }
  const reasons = [...new Set(without)];
  if (places.length === 0) return notApplicable(MUTATION, shortList(reasons) || reasonForNothing(held, choice));
  return {
    kind: 'mutation',
    gate: MUTATION,
    places,
    survivors: choice.survivors ?? DEFAULT_SURVIVORS,
    timeoutMs: timeoutMs(choice),
    without: reasons,
  };
}

/** What a project has to add before a gate can run at all. */
export const lacksOf = (gates: readonly Gate[]): readonly NonNullable<Mutator['lacks']>[] =>
  gates.flatMap((gate) => (gate.kind === 'mutation' ? gate.places.flatMap(({ mutator }) => mutator.lacks ?? []) : []));

function installsOf({ held }: Projects, { install }: Config['gates'], gates: readonly Gate[]): readonly Install[] {
  if (install?.off) return [];
  if (install?.run) {
    return [
      {
        steps: [ownStep('install', install.run, install)],
        after: held.flatMap(({ workspace }) => workspace.install?.after ?? []),
        isOwn: true,
      },
    ];
  }
  if (!gates.some(({ kind }) => kind === 'commands')) return [];
  return held.flatMap((project) => {
    const found = project.workspace.install ?? project.after?.install;
    if (!found) return [];
    const from = reasonFor(project, 'usual', found.after.at(-1));
    return [{ ...found, steps: found.steps.map((step) => ({ ...step, from: step.from ?? from })) }];
  });
}

function meaningsOf(base: Listing, { held, tasks }: Projects, gates: readonly Gate[]): Meanings {
  const scripts = Object.assign({}, ...held.map(({ workspace }) => workspace.scripts ?? {}));
  const texts: Record<string, string> = {};
  const definitions = held.flatMap(({ workspace }) => workspace.definitions ?? []);
  for (const file of [...[...tasks.values()].flat().map((each) => each.file), ...definitions]) {
    const text = base.text(file);
    if (text !== undefined) texts[file] = text;
  }
  for (const { mutator } of gates.flatMap((gate) => (gate.kind === 'mutation' ? gate.places : []))) {
    if (mutator.settings) texts[mutator.settings.path] = mutator.settings.text;
  }
  return { scripts, texts };
}

// --- words ------------------------------------------------------------------------------------------------------------

/** `npm run lint`, or `web: npm run lint` if it does not run at the root. */
export const sayStep = ({ run, directory }: Step): string =>
  directory === '' ? run.join(' ') : `${directory}: ${run.join(' ')}`;

/** A gate in one line, for people, with everything that it leaves out. */
export function sayGate(gate: Gate): string {
  switch (gate.kind) {
    case 'commands': {
      const steps = gate.steps.map(sayStep).join('; ');
      return gate.without.length === 0 ? steps : `${steps} (but ${shortList(gate.without)})`;
    }
    case 'not applicable':
      return gate.why;
    case 'mutation': {
      const tools = [...new Set(gate.places.map(({ mutator: { tool, directory } }) => sayTool(tool, directory)))];
      const all = `${tools.join(', ')} on the changed lines; at most ${gate.survivors} % of the mutants may survive`;
      return gate.without.length === 0 ? all : `${all} (but ${shortList(gate.without)})`;
    }
    case 'scope':
      return 'file scope, protected files, names, modes and sizes';
    case 'security':
      return 'secret scan of the change';
  }
}

const sayTool = (tool: string, directory: string): string => (directory === '' ? tool : `${tool} in ${directory}`);

const shortList = (reasons: readonly string[]): string => {
  const shown = reasons.slice(0, 3).join('; ');
  return reasons.length > 3 ? `${shown}; and ${reasons.length - 3} more` : shown;
};

/** Each command that an agent can run, with its gate. */
export const commandsOf = (gates: readonly Gate[]): readonly { readonly gate: string; readonly command: string }[] =>
  gates.flatMap((gate) =>
    gate.kind === 'commands' ? gate.steps.map((step) => ({ gate: gate.gate, command: sayForShell(step) })) : [],
  );

/** How many percent of the mutants may survive, if the gate for them runs. */
export const survivorsOf = (gates: readonly Gate[]): { readonly survivors?: number } => {
  const gate = gates.find((each) => each.kind === 'mutation');
  return gate ? { survivors: gate.survivors } : {};
};

const sayForShell = ({ run, directory }: Step): string => {
  const command = run.join(' ');
  return directory === '' ? command : `cd ${directory} && ${command}`;
};
