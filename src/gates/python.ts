/**
 * Python: uv, Poetry, PDM, Pipenv, Hatch, tox, nox and pip; ruff, flake8 and black; mypy and pyright; pytest, Django's
 * own runner and unittest.
 *
 * A tool runs if the repository configures it or depends on it. Packages are installed into `.venv` beside the manifest,
 * where agents and people look for it, and never into the machine's own Python.
 */
import { type Bench, benchOf, ofProject, startTool, testsWithPytest } from './python/install.ts';
import { isProject, MANIFESTS, type Package, PROJECT, readPackage } from './python/project.ts';
import { environmentTask, hatchTask, type OwnTask, scriptOf } from './python/tasks.ts';
import {
  type Audit,
  directoriesWith,
  directoryOf,
  type Found,
  type FoundGate,
  globbed,
  type Held,
  heldMembers,
  type Install,
  type Listing,
  listOf,
  type Member,
  nameOf,
  relativeTo,
  type Step,
  tableOf,
  under,
  type Workspace,
} from './workspace.ts';

export { MANIFESTS };

export function findPython(listing: Listing): readonly Workspace[] {
  const places = directoriesWith(listing, PROJECT).filter((place) => isProject(listing, place));
  const taken = new Set<string>();
  const found: Workspace[] = [];
  for (const place of places) {
    if (taken.has(place)) continue;
    const root = readPackage(listing, place, places);
    const workspace = tableOf(tableOf(root.tool.uv).workspace);
    const globs = [...listOf(workspace.members), ...listOf(workspace.exclude).map((glob) => `!${glob}`)];
    const members = globbed(place, globs, places).filter((each) => !taken.has(each));
    for (const each of [place, ...members]) taken.add(each);
    found.push(workspaceOf(listing, root, [root, ...members.map((each) => readPackage(listing, each, places))]));
  }
  return found;
}

function workspaceOf(listing: Listing, root: Package, packages: readonly Package[]): Workspace {
  const has = (name: string): boolean => listing.files.has(under(root.directory, name));
  const tasks = ownTasks(listing, root, packages);
  const bench = benchOf(has, root, packages, tasks.tests !== undefined);
  // A root that only lists members and holds settings for them is not a project of its own.
  const projects = packages.filter((each) => each !== root || packages.length === 1 || root.toml.project !== undefined);
  const members: readonly Member[] = projects.map(({ directory, name, needs, paths }) => ({
    directory,
    name,
    needs: [...needs, ...paths],
  }));
  const place: Place = { listing, bench, projects, members, tasks };
  const install = installOf(place);
  const definitions = Object.values(tasks).flatMap(({ files }) => files);
  return {
    ecosystem: 'Python',
    directory: root.directory,
    members,
    ...(install ? { install } : {}),
    ...(definitions.length > 0 ? { definitions: [...new Set(definitions)] } : {}),
    audit: auditOf(listing, bench),
    mutators: [
      {
        kind: 'mutator',
        tool: 'cosmic-ray',
        directory: root.directory,
        run: bench.installed.has('cosmic-ray') ? ofProject(bench, 'cosmic-ray') : ['cosmic-ray'],
      },
    ],
    find: (gate, held) => findIn(place, gate, held),
  };
}

interface Place {
  readonly listing: Listing;
  readonly bench: Bench;
  readonly projects: readonly Package[];
  readonly members: readonly Member[];
  readonly tasks: Readonly<Partial<Record<FoundGate, OwnTask>>>;
}

/** Tasks of Hatch; and of tox and nox where no requirement brings the tool of the gate. */
function ownTasks(listing: Listing, root: Package, packages: readonly Package[]): Place['tasks'] {
  if (packages.length > 1) return {};
  const has = (name: string): boolean => listing.files.has(under(root.directory, name));
  // What would be installed if nothing else ran the tests.
  const { installed, program, beside } = benchOf(has, root, packages, true);
  const tasks: Partial<Record<FoundGate, OwnTask>> = {};
  for (const gate of ['lint', 'types', 'tests'] as const) {
    if (scriptOf(root, gate)) continue;
    const task = hatchTask(listing, root, gate);
    if (task) tasks[gate] = task;
    if (task || program === 'uv') continue;
    const tools = TOOLS_OF[gate];
    const isInstalled = tools.some((tool) => installed.has(tool) || beside.has(tool));
    const other = isInstalled ? undefined : environmentTask(listing, root, gate);
    if (other) tasks[gate] = other;
  }
  return tasks;
}

const TOOLS_OF = {
  lint: ['ruff', 'flake8', 'black', 'pylint'],
  types: ['mypy', 'pyright', 'basedpyright'],
  tests: ['pytest'],
} as const;

function installOf({ bench, tasks, projects, members, listing }: Place): Install | undefined {
  const { directory } = bench.root;
  const own = Object.values(tasks);
  const steps = own.flatMap(({ install }): Step[] => (install ? [{ run: install, directory }] : []));
  if (steps.length === 0) return bench.install;
  const after = ['pyproject.toml', 'setup.py', 'setup.cfg', 'hatch.toml', 'tox.ini', 'tox.toml', 'noxfile.py'];
  const wanted = { listing, bench, projects, members, tasks };
  // Nothing is installed twice: an environment that no gate uses is not made.
  const isUsed = (['lint', 'types', 'tests', 'build'] as const).some((gate) =>
    findIn(wanted, gate, 'all').steps.some(({ run, ifThere }) => ifThere === undefined && isOfBench(bench, run)),
  );
  const others = isUsed ? bench.install : undefined;
  return {
    steps: [...(others?.steps ?? []), ...steps],
    after: [...new Set([...(others?.after ?? []), ...after.map((file) => under(directory, file))])],
  };
}

const isOfBench = ({ program }: Bench, run: readonly string[]): boolean =>
  program === 'pip' ? run[0]?.startsWith('.venv/') === true : run[0] === program;

/** Directories of the held members, relative to the root; for the root itself, the usual source directories. */
function targetsOf({ bench: { root }, members }: Place, held: Held): readonly string[] {
  return heldMembers({ members }, held).flatMap(({ directory }) =>
    directory === root.directory
      ? ['src', 'tests', 'test'].filter((name) => root.files.some((file) => file.startsWith(`${name}/`)))
      : [relativeTo(root.directory, directory)],
  );
}

// --- gates ------------------------------------------------------------------------------------------------------------

const WITHOUT: Readonly<Record<FoundGate, string>> = {
  lint: 'neither ruff, flake8 nor black is configured',
  types: 'neither mypy nor pyright is configured',
  tests: 'there is neither pytest nor a test*.py file',
  build: 'Python has nothing to build',
};
const withoutOf = (gate: FoundGate, directory: string): string =>
  directory === '' ? WITHOUT[gate] : `${WITHOUT[gate]} in ${directory}`;

function findIn(place: Place, gate: FoundGate, held: Held): Found {
  const { bench, projects, members, tasks } = place;
  const { root, packages } = bench;
  const { directory } = root;
  const heldPlaces = new Set(heldMembers({ members }, held).map((each) => each.directory));
  const isRootHeld = held === 'all' || heldPlaces.size > 0;
  const script = isRootHeld ? scriptOf(root, gate) : undefined;
  if (script) {
    const [program, name] = script;
    const run = program === 'pdm' || program === 'pipenv' ? [program, 'run', name] : ofProject(bench, program, [name]);
    return { steps: [{ run, directory }], without: [], by: 'its own script' };
  }
  const task = isRootHeld ? tasks[gate] : undefined;
  if (task) return { steps: [{ run: task.run, directory }], without: [] };
  if (packages.length > 1 && gate !== 'build') {
    const steps = stepsFor(place, root, gate, held === 'all' ? ['.'] : targetsOf(place, held));
    // The root's settings apply to all members.
    if (typeof steps === 'object' && steps.length > 0) return { steps, without: [] };
  }
  const mine = projects.filter((each) => heldPlaces.has(each.directory));
  const found = mine.map((each) => stepsFor(place, each, gate, ['.']));
  const steps = found.flatMap((each) => (typeof each === 'string' ? [] : each));
  const without = found.filter((each) => typeof each === 'string');
  return { steps, without: steps.length + without.length > 0 ? without : [withoutOf(gate, directory)] };
}

/**
 * @param targets the directories that are checked, relative to the package.
 * @returns the reason if a tool is configured that cannot run.
 */
function stepsFor(place: Place, each: Package, gate: FoundGate, targets: readonly string[]): readonly Step[] | string {
  const { bench } = place;
  const { program } = bench;
  const { directory, tool, toml } = each;
  const start = ([name = '', ...rest]: readonly string[]): Step => startTool(bench, each, name, rest);
  switch (gate) {
    case 'lint':
      return targets.length === 0 ? [] : lintersOf(each, targets).map(start);
    case 'types': {
      const run = typesOf(each, targets);
      return run ? [start(run)] : [];
    }
    case 'tests': {
      const some = targets.includes('.') ? [] : targets;
      const python = (directory: string, ...rest: string[]): Step => ({
        run: ofProject(bench, 'python', rest),
        directory,
      });
      if (testsWithPytest(each)) {
        const run = start(['pytest', '-q', ...some]);
        // A pytest of the machine does not see what is installed for the project.
        if (run.ifThere !== undefined && bench.install) return `${run.ifThere}, or a plugin that its settings need`;
        return targets.length === 0 ? [] : [run];
      }
      const isMember = each === bench.root && place.members.length > 1;
      const django = isMember ? undefined : djangoOf(place.listing, each);
      if (django !== undefined) return [python(directory, django, 'test', '--noinput')];
      const unittest = isMember ? undefined : unittestOf(each);
      return unittest ? [python(directory, '-m', 'unittest', 'discover', ...unittest)] : [];
    }
    case 'build': {
      if (toml['build-system'] === undefined || tableOf(tool.uv).package === false) return [];
      if (program === 'uv') return [{ run: ['uv', 'build'], directory }];
      if (program === 'poetry' && tableOf(tool.poetry)['package-mode'] !== false)
        return [{ run: ['poetry', 'build'], directory }];
      if (program === 'pdm' && tableOf(tool.pdm).distribution !== false) return [{ run: ['pdm', 'build'], directory }];
      return bench.installed.has('build') ? [{ run: ofProject(bench, 'python', ['-m', 'build']), directory }] : [];
    }
  }
}

function lintersOf(each: Package, targets: readonly string[]): readonly (readonly string[])[] {
  const { tool, files, needs, hooks, setupCfg, toxIni } = each;
  const runs: (readonly string[])[] = [];
  const hook = (name: string): readonly string[] => hooks.get(name)?.args ?? [];
  const ruff = tool.ruff !== undefined || files.includes('ruff.toml') || files.includes('.ruff.toml');
  if (ruff || needs.has('ruff') || hooks.has('ruff')) {
    runs.push(['ruff', 'check', ...hook('ruff'), ...targets]);
    // A project that lints with ruff may format with another tool, or not at all.
    if (tableOf(tool.ruff).format !== undefined || hooks.get('ruff')?.ids.has('ruff-format'))
      runs.push(['ruff', 'format', '--check', ...targets]);
  }
  const isFlake8 = files.includes('.flake8') || setupCfg.flake8 !== undefined || toxIni.flake8 !== undefined;
  if (isFlake8 || hooks.has('flake8') || (needs.has('flake8') && runs.length === 0)) {
    runs.push(['flake8', '--extend-exclude', '.venv', ...hook('flake8'), ...targets]);
  }
  if (tool.black !== undefined || hooks.has('black') || (needs.has('black') && !ruff))
    runs.push(['black', '--check', ...hook('black'), ...targets]);
  return runs;
}

function typesOf(each: Package, targets: readonly string[]): readonly string[] | undefined {
  const { tool, files, needs, setupCfg, toxIni } = each;
  const mypy = tableOf(tool.mypy);
  const isMypy = tool.mypy !== undefined || files.includes('mypy.ini') || files.includes('.mypy.ini');
  const section = setupCfg.mypy ?? toxIni.mypy;
  if (isMypy || section) {
    const saysWhat = ['files', 'packages', 'modules'].some((key) => mypy[key] !== undefined || section?.[key]);
    return saysWhat && targets.includes('.') ? ['mypy'] : withTargets('mypy', targets);
  }
  // Pyright checks everything that its settings name; files on its command line would be checked without them.
  if (tool.pyright !== undefined || files.includes('pyrightconfig.json')) return ['pyright'];
  if (tool.basedpyright !== undefined) return ['basedpyright'];
  if (needs.has('mypy')) return withTargets('mypy', targets);
  return needs.has('pyright') ? ['pyright'] : undefined;
}

const withTargets = (program: string, targets: readonly string[]): readonly string[] | undefined =>
  targets.length === 0 ? undefined : [program, ...targets];

/** The program that Django makes for each project, relative to the package. It knows the settings that its tests need. */
function djangoOf(listing: Listing, { directory, files }: Package): string | undefined {
  const found = files.filter((file) => nameOf(file) === 'manage.py').sort((a, b) => a.length - b.length);
  return found.find((file) => /\bdjango\b/.test(listing.text(under(directory, file)) ?? ''));
}

/** The directories that unittest starts in; undefined without any. A directory without `__init__.py` needs its own start. */
function unittestOf({ files }: Package): readonly string[] | undefined {
  const tests = files.filter((file) => /^test[^/]*\.py$/.test(nameOf(file)));
  if (tests.length === 0) return undefined;
  const places = [...new Set(tests.map(directoryOf))];
  const [place = ''] = places;
  const isPackage = place === '' || files.includes(`${place}/__init__.py`);
  return places.length === 1 && !isPackage ? ['-s', place] : [];
}

// --- audit ------------------------------------------------------------------------------------------------------------

function auditOf(listing: Listing, { program, root: { directory, requirementFiles: files } }: Bench): Audit {
  const pipAudit = ['pip-audit', '--format', 'json', '--progress-spinner', 'off'];
  const audit = (run: readonly string[], after: readonly string[], prepare: readonly Step[] = []): Audit => ({
    kind: 'audit',
    form: 'pip-audit',
    step: { run, directory },
    after: after.map((file) => under(directory, file)),
    ...(prepare.length > 0 ? { prepare } : {}),
  });
  const list = '{scratch}/requirements.txt';
  const exact = ['--no-deps', '--disable-pip', '--requirement', list];
  const exports: Partial<Record<string, readonly [lock: string, run: readonly string[]]>> = {
    uv: [
      'uv.lock',
      ['uv', 'export', '--frozen', '--no-dev', '--no-emit-workspace', '--no-hashes', '--quiet', '--output-file', list],
    ],
    pdm: ['pdm.lock', ['pdm', 'export', '--prod', '--without-hashes', '--output', list]],
  };
  const [lock, run] = exports[program] ?? [];
  if (lock !== undefined && run && listing.files.has(under(directory, lock)))
    return audit([...pipAudit, ...exact], [lock], [{ run, directory }]);
  if (files.length > 0) return audit([...pipAudit, ...files.flatMap((file) => ['--requirement', file])], files);
  const shown = under(directory, 'pyproject.toml');
  return {
    kind: 'not applicable',
    why: `nothing says exactly what ${shown} installs (no uv.lock, no requirements.txt)`,
  };
}
