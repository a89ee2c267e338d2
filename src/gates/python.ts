/**
 * Python: uv, poetry and pip; ruff, flake8 and black; mypy and pyright; pytest and unittest.
 *
 * A tool runs if the repository configures it or depends on it. Packages are installed into `.venv` beside the manifest,
 * where agents and people look for it, and never into the machine's own Python.
 */
import { parse as parseToml } from 'smol-toml';
import {
  type Audit,
  directoriesWith,
  directoryOf,
  type FoundGate,
  filesBelow,
  globbed,
  type Held,
  heldMembers,
  type Install,
  isWithin,
  type Listing,
  listOf,
  type Member,
  nameOf,
  relativeTo,
  resolved,
  type Step,
  tableOf,
  under,
  type Workspace,
} from './workspace.ts';

export const MANIFESTS =
  /(?:^|\/)(?:pyproject\.toml|setup\.cfg|tox\.ini|(?:[\w-]+-)?requirements[\w.-]*\.txt|requirements\/[\w.-]+\.txt|\.pre-commit-config\.yaml)$/;
const PROJECT = /^(?:pyproject\.toml|setup\.py|setup\.cfg|requirements(?:[-_.]\w+)?\.txt|Pipfile)$/;

type Program = 'uv' | 'poetry' | 'pip';

interface Package {
  readonly directory: string;
  readonly name: string;
  readonly toml: Readonly<Record<string, unknown>>;
  readonly tool: Readonly<Record<string, unknown>>;
  readonly ini: string;
  /** Names of its development dependencies, in lower case. */
  readonly needs: ReadonlySet<string>;
  readonly paths: readonly string[];
  readonly files: readonly string[];
}

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

/** A setup.cfg or requirements.txt without any Python beside it (in a JavaScript project, say) does not count. */
const isProject = (listing: Listing, place: string): boolean =>
  ['pyproject.toml', 'setup.py', 'Pipfile'].some((name) => listing.files.has(under(place, name))) ||
  filesBelow(listing, place).some((file) => file.endsWith('.py'));

function readToml(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined) return {};
  try {
    return parseToml(text);
  } catch {
    // The tools that read it will report the error.
    return {};
  }
}

/** The name of `requests[socks] >= 2; python_version < "4"`, as the index compares names. */
const nameIn = (requirement: string): string =>
  (/^\s*([A-Za-z0-9][\w.-]*)/.exec(requirement)?.[1] ?? '').toLowerCase().replace(/[._]/g, '-');

function readPackage(listing: Listing, directory: string, places: readonly string[]): Package {
  const toml = readToml(listing.text(under(directory, 'pyproject.toml')));
  const project = tableOf(toml.project);
  const tool = tableOf(toml.tool);
  const poetry = tableOf(tool.poetry);
  const groups = Object.values(tableOf(toml['dependency-groups'])).flatMap(listOf);
  const extras = Object.values(tableOf(project['optional-dependencies'])).flatMap(listOf);
  const poetryGroups = Object.values(tableOf(poetry.group)).flatMap((group) =>
    Object.keys(tableOf(tableOf(group).dependencies)),
  );
  const required = requirementFiles(listing, directory).flatMap((file) =>
    (listing.text(under(directory, file)) ?? '').split('\n').filter((line) => !/^\s*(?:#|-|$)/.test(line)),
  );
  const named = [
    ...listOf(project.dependencies),
    ...groups,
    ...extras,
    ...listOf(tableOf(tool.uv)['dev-dependencies']),
    ...Object.keys(tableOf(poetry.dependencies)),
    ...Object.keys(tableOf(poetry['dev-dependencies'])),
    ...poetryGroups,
    ...required,
  ];
  const paths = [
    ...Object.values(tableOf(tableOf(tool.uv).sources)),
    ...Object.values(tableOf(poetry.dependencies)),
  ].flatMap((source) => {
    const { path } = tableOf(source);
    const place = typeof path === 'string' ? resolved(directory, path) : undefined;
    return place === undefined ? [] : [`dir:${place}`];
  });
  const inner = places
    .filter((place) => place !== directory && isWithin(place, directory))
    .map((place) => relativeTo(directory, place));
  const name = [project.name, poetry.name].find((each) => typeof each === 'string');
  return {
    directory,
    name: typeof name === 'string' ? nameIn(name) : '',
    toml,
    tool,
    ini: ['setup.cfg', 'tox.ini'].map((file) => listing.text(under(directory, file)) ?? '').join('\n'),
    needs: new Set(named.map(nameIn)),
    paths,
    files: filesBelow(listing, directory).filter((file) => !inner.some((place) => isWithin(file, place))),
  };
}

/** Requirements for running and for developing it, relative to the project, in the order they are installed. */
function requirementFiles(listing: Listing, directory: string): readonly string[] {
  const wanted = [
    ...['requirements.txt', 'requirements/base.txt', 'requirements/main.txt'],
    ...['dev', 'test', 'tests', 'lint', 'ci'].flatMap((kind) => [
      `requirements-${kind}.txt`,
      `requirements_${kind}.txt`,
      `requirements.${kind}.txt`,
      `${kind}-requirements.txt`,
      `requirements/${kind}.txt`,
    ]),
  ];
  return wanted.filter((file) => listing.files.has(under(directory, file)));
}

function workspaceOf(listing: Listing, root: Package, packages: readonly Package[]): Workspace {
  const has = (name: string): boolean => listing.files.has(under(root.directory, name));
  const program: Program = has('uv.lock')
    ? 'uv'
    : has('poetry.lock') || (tableOf(root.tool.poetry).name !== undefined && root.toml['build-system'] !== undefined)
      ? 'poetry'
      : 'pip';
  const install = installOf(listing, program, root, packages);
  // A root that only lists members and holds settings for them is not a project of its own.
  const projects = packages.filter((each) => each !== root || packages.length === 1 || root.toml.project !== undefined);
  const members: readonly Member[] = projects.map(({ directory, name, needs, paths }) => ({
    directory,
    name,
    needs: [...needs, ...paths],
  }));
  const bench: Bench = { program, root, members, isInstalled: install !== undefined };
  return {
    ecosystem: 'Python',
    directory: root.directory,
    members,
    ...(install ? { install } : {}),
    audit: auditOf(listing, program, root),
    mutators: [
      {
        kind: 'mutator',
        tool: 'cosmic-ray',
        directory: root.directory,
        run: packages.some(({ needs }) => needs.has('cosmic-ray')) ? ofProject(bench, 'cosmic-ray') : ['cosmic-ray'],
      },
    ],
    find(gate, held) {
      if (packages.length > 1 && gate !== 'build') {
        const steps = stepsFor(bench, root, gate, held === 'all' ? ['.'] : targetsOf(bench, held));
        // The root's settings apply to all members.
        if (steps.length > 0) return { steps, without: [] };
      }
      const places = new Set(heldMembers({ members }, held).map(({ directory }) => directory));
      const mine = projects.filter(({ directory }) => places.has(directory));
      const steps = mine.flatMap((each) => stepsFor(bench, each, gate, ['.']));
      return { steps, without: steps.length > 0 ? [] : [withoutOf(gate, root.directory)] };
    },
  };
}

interface Bench {
  readonly program: Program;
  readonly root: Package;
  readonly members: readonly Member[];
  readonly isInstalled: boolean;
}

/** Directories of the held members, relative to the root; for the root itself, the usual source directories. */
function targetsOf({ root, members }: Bench, held: Held): readonly string[] {
  return heldMembers({ members }, held).flatMap(({ directory }) =>
    directory === root.directory
      ? ['src', 'tests', 'test'].filter((name) => root.files.some((file) => file.startsWith(`${name}/`)))
      : [relativeTo(root.directory, directory)],
  );
}

// --- installing -------------------------------------------------------------------------------------------------------

const WORK = /^(?:dev|develop|development|test|tests|testing|lint|linting|types|typing|check|ci)$/i;

function installOf(
  listing: Listing,
  program: Program,
  root: Package,
  packages: readonly Package[],
): Install | undefined {
  const { directory } = root;
  const step = (...run: string[]): Step => ({ run, directory });
  const extras = Object.keys(tableOf(tableOf(root.toml.project)['optional-dependencies'])).filter((name) =>
    WORK.test(name),
  );
  const groups = Object.keys(tableOf(root.toml['dependency-groups'])).filter((name) => WORK.test(name));
  const manifests = packages.map((each) => under(each.directory, 'pyproject.toml'));
  switch (program) {
    case 'uv': {
      const more = [
        ...(packages.length > 1 ? ['--all-packages'] : []),
        ...extras.flatMap((name) => ['--extra', name]),
        ...groups.filter((name) => name !== 'dev').flatMap((name) => ['--group', name]),
      ];
      return { steps: [step('uv', 'sync', '--locked', ...more)], after: [...manifests, under(directory, 'uv.lock')] };
    }
    case 'poetry': {
      const more = extras.flatMap((name) => ['--extras', name]);
      const environment = { POETRY_VIRTUALENVS_IN_PROJECT: 'true' };
      return {
        steps: [{ run: ['poetry', 'install', '--no-interaction', ...more], directory, environment }],
        after: [...manifests, under(directory, 'poetry.lock')],
      };
    }
    case 'pip':
      return installByPip(listing, root, extras, groups);
  }
}

function installByPip(
  listing: Listing,
  { directory, toml, needs }: Package,
  extras: readonly string[],
  groups: readonly string[],
): Install | undefined {
  const files = requirementFiles(listing, directory);
  const isPackage = toml['build-system'] !== undefined || listing.files.has(under(directory, 'setup.py'));
  const ofGroups = groups.flatMap((name) => requirementsOf(tableOf(toml['dependency-groups']), name, new Set()));
  const loose = isPackage ? [] : listOf(tableOf(toml.project).dependencies);
  if (files.length === 0 && !isPackage && ofGroups.length + loose.length === 0) return undefined;
  if (needs.size === 0 && files.length === 0 && !isPackage) return undefined;
  const pip = ['.venv/bin/python', '-m', 'pip', 'install', '--disable-pip-version-check', '--quiet'];
  const isHashed =
    files.length > 0 && files.every((file) => /--hash=/.test(listing.text(under(directory, file)) ?? ''));
  const own = isPackage ? ['--editable', extras.length > 0 ? `.[${extras.join(',')}]` : '.'] : [];
  const rest = [...own, ...ofGroups, ...loose];
  const steps: readonly (readonly string[])[] = [
    ['python3', '-m', 'venv', '.venv'],
    ...(files.length > 0
      ? [[...pip, ...(isHashed ? ['--require-hashes'] : []), ...files.flatMap((file) => ['--requirement', file])]]
      : []),
    ...(rest.length > 0 ? [[...pip, ...rest]] : []),
  ];
  return {
    steps: steps.map((run) => ({ run, directory })),
    after: [...files, 'pyproject.toml', 'setup.py', 'setup.cfg'].map((file) => under(directory, file)),
  };
}

/** The requirements of a PEP 735 group, with those of groups that it includes. */
function requirementsOf(groups: Readonly<Record<string, unknown>>, name: string, seen: Set<string>): readonly string[] {
  const entries = groups[name];
  if (!Array.isArray(entries) || seen.has(name)) return [];
  seen.add(name);
  return entries.flatMap((entry) => {
    if (typeof entry === 'string') return [entry];
    const other = tableOf(entry)['include-group'];
    return typeof other === 'string' ? requirementsOf(groups, other, seen) : [];
  });
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

/** Starts a program that is installed for the project. */
function ofProject({ program, isInstalled }: Bench, name: string, rest: readonly string[] = []): readonly string[] {
  if (program === 'uv') return ['uv', 'run', '--no-sync', name, ...rest];
  if (program === 'poetry') return ['poetry', 'run', name, ...rest];
  return [isInstalled ? `.venv/bin/${name}` : name === 'python' ? 'python3' : name, ...rest];
}

/** @param targets the directories that are checked, relative to the package. */
function stepsFor(bench: Bench, each: Package, gate: FoundGate, targets: readonly string[]): readonly Step[] {
  const { program } = bench;
  const { directory, tool, toml } = each;
  const step = (name: string, ...rest: string[]): Step => ({ run: ofProject(bench, name, rest), directory });
  switch (gate) {
    case 'lint':
      return targets.length === 0 ? [] : lintersOf(each, targets).map(([name = '', ...rest]) => step(name, ...rest));
    case 'types': {
      const [name, ...rest] = typesOf(each, targets) ?? [];
      return name === undefined ? [] : [step(name, ...rest)];
    }
    case 'tests': {
      const some = targets.includes('.') ? [] : targets;
      if (hasPytest(each)) return targets.length === 0 ? [] : [step('pytest', '-q', ...some)];
      const unittest = each === bench.root && bench.members.length > 1 ? undefined : unittestOf(each);
      return unittest ? [step('python', '-m', 'unittest', 'discover', ...unittest)] : [];
    }
    case 'build': {
      const isPackage = toml['build-system'] !== undefined && tableOf(tool.uv).package !== false;
      if (!isPackage) return [];
      if (program === 'uv') return [{ run: ['uv', 'build'], directory }];
      if (program === 'poetry' && tableOf(tool.poetry)['package-mode'] !== false)
        return [{ run: ['poetry', 'build'], directory }];
      return each.needs.has('build') ? [step('python', '-m', 'build')] : [];
    }
  }
}

const hasSection = ({ ini }: Package, name: string): boolean => ini.includes(`[${name}]`);

function lintersOf(each: Package, targets: readonly string[]): readonly (readonly string[])[] {
  const { tool, files, needs } = each;
  const runs: (readonly string[])[] = [];
  const ruff = tool.ruff !== undefined || files.includes('ruff.toml') || files.includes('.ruff.toml');
  if (ruff || needs.has('ruff')) {
    runs.push(['ruff', 'check', ...targets]);
    // A project that lints with ruff may format with another tool, or not at all.
    if (tableOf(tool.ruff).format !== undefined) runs.push(['ruff', 'format', '--check', ...targets]);
  }
  if (files.includes('.flake8') || hasSection(each, 'flake8') || (needs.has('flake8') && runs.length === 0)) {
    runs.push(['flake8', '--extend-exclude', '.venv', ...targets]);
  }
  if (tool.black !== undefined || (needs.has('black') && !ruff)) runs.push(['black', '--check', ...targets]);
  return runs;
}

function typesOf(each: Package, targets: readonly string[]): readonly string[] | undefined {
  const { tool, files, needs } = each;
  const mypy = tableOf(tool.mypy);
  const isMypy = tool.mypy !== undefined || files.includes('mypy.ini') || files.includes('.mypy.ini');
  if (isMypy || hasSection(each, 'mypy')) {
    const saysWhat = ['files', 'packages', 'modules'].some((key) => mypy[key] !== undefined);
    const saysAll = saysWhat || /^[ \t]*files[ \t]*=/m.test(each.ini);
    return saysAll && targets.includes('.') ? ['mypy'] : withTargets('mypy', targets);
  }
  // Pyright checks everything that its settings name; files on its command line would be checked without them.
  if (tool.pyright !== undefined || files.includes('pyrightconfig.json')) return ['pyright'];
  if (tool.basedpyright !== undefined) return ['basedpyright'];
  if (needs.has('mypy')) return withTargets('mypy', targets);
  return needs.has('pyright') ? ['pyright'] : undefined;
}

const withTargets = (program: string, targets: readonly string[]): readonly string[] | undefined =>
  targets.length === 0 ? undefined : [program, ...targets];

const hasPytest = (each: Package): boolean =>
  each.tool.pytest !== undefined ||
  each.needs.has('pytest') ||
  hasSection(each, 'tool:pytest') ||
  hasSection(each, 'pytest') ||
  each.files.some((file) => nameOf(file) === 'pytest.ini' || nameOf(file) === 'conftest.py');

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

function auditOf(listing: Listing, program: Program, { directory }: Package): Audit {
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
  if (program === 'uv' && listing.files.has(under(directory, 'uv.lock'))) {
    const run = ['uv', 'export', '--frozen', '--no-dev', '--no-emit-workspace', '--no-hashes', '--quiet'];
    return audit([...pipAudit, ...exact], ['uv.lock'], [{ run: [...run, '--output-file', list], directory }]);
  }
  const files = requirementFiles(listing, directory);
  if (files.length > 0) return audit([...pipAudit, ...files.flatMap((file) => ['--requirement', file])], files);
  const shown = under(directory, 'pyproject.toml');
  return {
    kind: 'not applicable',
    why: `nothing says exactly what ${shown} installs (no uv.lock, no requirements.txt)`,
  };
}
