/**
 * How the packages of a Python project are installed, and how its tools are started then.
 *
 * A tool that is configured is not always installed: many projects leave that to tox, to pre-commit, or to each developer.
 * So the requirements that an install brings are known here. For a tool that is not among them there is a version that
 * pre-commit pins, or the machine's own; without either the gate is not applicable, and says so.
 */
import { type Install, listOf, nameOf, type Step, tableOf, under } from '../workspace.ts';
import { forWork, nameIn, type Package } from './project.ts';

export type Program = 'uv' | 'poetry' | 'pdm' | 'pipenv' | 'pip';

/** A project, and what is installed for it. */
export interface Bench {
  readonly program: Program;
  readonly root: Package;
  /** The root and the members of its workspace. */
  readonly packages: readonly Package[];
  /** Names of the requirements that are installed. */
  readonly installed: ReadonlySet<string>;
  /** Tools that no requirement names, at the version that is installed for them. */
  readonly beside: ReadonlyMap<string, string>;
  readonly install?: Install;
}

/** For projects that are tested with pytest, and leave it to each developer to install it. */
const PYTEST = '8.4.2';

/** @param testsElsewhere a tool with environments of its own runs the tests, so pytest is not needed here. */
export function benchOf(
  has: (file: string) => boolean,
  root: Package,
  packages: readonly Package[],
  testsElsewhere: boolean,
): Bench {
  const program = programOf(has, root);
  const plan = PLANS[program](has, root, packages);
  const installed = new Set([...plan.brings.map(nameIn), ...root.locked]);
  const beside = new Map<string, string>();
  if (program === 'pip' || program === 'uv') {
    if (!testsElsewhere && packages.some(testsWithPytest) && !carries(installed, 'pytest') && !needsPlugin(root)) {
      beside.set('pytest', PYTEST);
    }
    for (const [tool, { version }] of root.hooks) if (!carries(installed, tool)) beside.set(tool, version);
  }
  const bench = { program, root, packages, installed, beside };
  const steps = program === 'pip' ? byPip(plan.steps, beside) : plan.steps;
  if (steps.length === 0) return bench;
  const { directory } = root;
  const environment = ENVIRONMENTS[program];
  return {
    ...bench,
    install: {
      steps: steps.map((run): Step => ({ run, directory, ...(environment ? { environment } : {}) })),
      after: [...new Set([...plan.manifests, ...plan.after.map((file) => under(directory, file))])],
    },
  };
}

/** Pip installs into an environment of its own. If it has nothing to install but tools, packages of the machine are visible. */
function byPip(
  steps: readonly (readonly string[])[],
  beside: ReadonlyMap<string, string>,
): readonly (readonly string[])[] {
  if (steps.length === 0 && beside.size === 0) return [];
  const tools = [...beside].map(([tool, version]) => `${tool}==${version}`);
  return [
    ['python3', '-m', 'venv', ...(steps.length === 0 ? ['--system-site-packages'] : []), '.venv'],
    ...steps,
    ...(tools.length > 0 ? [[...PIP, ...tools]] : []),
  ];
}

/** Requirements that bring another one with them: plugins. */
const carries = (installed: ReadonlySet<string>, tool: string): boolean =>
  installed.has(tool) ||
  ((tool === 'pytest' || tool === 'flake8') && [...installed].some((name) => name.startsWith(`${tool}-`)));

/** The settings name an option of a plugin, and nothing installs the plugin. */
const needsPlugin = (each: Package): boolean =>
  /--(?:cov|numprocesses|asyncio|ds|benchmark|doctest-plus|mypy|flake8|timeout)\b|(?:^|\s)-n[\s=\d]/.test(
    pytestOptions(each),
  );

function pytestOptions({ tool, setupCfg, toxIni, pytestIni }: Package): string {
  const { addopts } = tableOf(tableOf(tool.pytest).ini_options);
  const ini = [pytestIni.pytest, toxIni.pytest, setupCfg['tool:pytest']].map((section) => section?.addopts ?? '');
  return [...(Array.isArray(addopts) ? addopts : [addopts ?? '']), ...ini].join(' ');
}

export const testsWithPytest = ({ tool, needs, setupCfg, toxIni, files }: Package): boolean =>
  tool.pytest !== undefined ||
  needs.has('pytest') ||
  setupCfg['tool:pytest'] !== undefined ||
  toxIni.pytest !== undefined ||
  files.some((file) => /^\.?pytest\.(?:ini|toml)$|^conftest\.py$/.test(nameOf(file)));

// --- starting a tool ------------------------------------------------------------------------------------------------------

/** Starts a program that is installed for the project. */
export function ofProject(
  { program, install, beside }: Bench,
  name: string,
  rest: readonly string[] = [],
): readonly string[] {
  const version = beside.get(name);
  switch (program) {
    case 'uv':
      return [
        'uv',
        'run',
        '--no-sync',
        ...(version === undefined ? [] : ['--with', `${name}==${version}`]),
        name,
        ...rest,
      ];
    case 'poetry':
    case 'pdm':
    case 'pipenv':
      return [program, 'run', name, ...rest];
    case 'pip':
      return [install ? `.venv/bin/${name}` : name === 'python' ? 'python3' : name, ...rest];
  }
}

/**
 * Starts a tool that the project configures. If nothing installs it, it may be on the machine, and the step says so.
 *
 * @param tool a program that has the name of its package.
 */
export function startTool(bench: Bench, each: Package, tool: string, rest: readonly string[]): Step {
  const { directory } = each;
  if (carries(bench.installed, tool) || bench.beside.has(tool)) return { run: ofProject(bench, tool, rest), directory };
  const sees = each === bench.root && bench.install ? (SEES_PROJECT[tool] ?? []) : [];
  return {
    run: [tool, ...sees, ...rest],
    directory,
    ifThere: `${tool} is configured${directory === '' ? '' : ` in ${directory}`}, but nothing installs it`,
  };
}

/** Arguments with which a tool of the machine sees the packages of the project. */
const SEES_PROJECT: Readonly<Record<string, readonly string[]>> = {
  mypy: ['--python-executable', '.venv/bin/python'],
  pyright: ['--pythonpath', '.venv/bin/python'],
};

function programOf(has: (file: string) => boolean, { tool, toml, pipfile }: Package): Program {
  const backend = String(tableOf(toml['build-system'])['build-backend'] ?? '');
  if (has('uv.lock')) return 'uv';
  if (has('poetry.lock')) return 'poetry';
  if (has('pdm.lock')) return 'pdm';
  if (pipfile) return 'pipenv';
  if (toml['build-system'] !== undefined && (tableOf(tool.poetry).name !== undefined || backend.startsWith('poetry')))
    return 'poetry';
  return tableOf(tool.pdm)['dev-dependencies'] !== undefined || tableOf(tool.pdm).scripts !== undefined ? 'pdm' : 'pip';
}

// --- installing -----------------------------------------------------------------------------------------------------------

interface Plan {
  readonly steps: readonly (readonly string[])[];
  /** The requirements that they bring. */
  readonly brings: readonly string[];
  /** Files of the root. */
  readonly after: readonly string[];
  /** Files of members, from the repository's root. */
  readonly manifests: readonly string[];
}

const ENVIRONMENTS: Readonly<Partial<Record<Program, Readonly<Record<string, string>>>>> = {
  poetry: { POETRY_VIRTUALENVS_IN_PROJECT: 'true' },
  pdm: { PDM_CHECK_UPDATE: 'false', PDM_VENV_IN_PROJECT: 'true' },
  pipenv: { PIPENV_VENV_IN_PROJECT: '1', PIPENV_NOSPIN: '1', PIPENV_YES: '1' },
};
const PIP = ['.venv/bin/python', '-m', 'pip', 'install', '--disable-pip-version-check', '--quiet'];

const of = (groups: Readonly<Record<string, readonly string[]>>, names: readonly string[]): readonly string[] =>
  names.flatMap((name) => groups[name] ?? []);

type Planner = (has: (file: string) => boolean, root: Package, packages: readonly Package[]) => Plan;

const PLANS: Readonly<Record<Program, Planner>> = {
  uv(_, root, packages) {
    const settings = tableOf(root.tool.uv);
    // Groups that exclude each other cannot be installed together.
    const conflicts = new Set(
      (Array.isArray(settings.conflicts) ? settings.conflicts.flat() : []).flatMap((each) => {
        const { extra, group } = tableOf(each);
        return [extra, group];
      }),
    );
    const usual = settings['default-groups'] === 'all' ? Object.keys(root.groups) : listOf(settings['default-groups']);
    const standard = settings['default-groups'] === undefined ? ['dev'] : usual;
    const extras = forWork(root.extras).filter((name) => !conflicts.has(name));
    const groups = forWork(root.groups).filter((name) => !standard.includes(name) && !conflicts.has(name));
    const more = [
      ...(packages.length > 1 ? ['--all-packages'] : []),
      ...extras.flatMap((name) => ['--extra', name]),
      ...groups.flatMap((name) => ['--group', name]),
    ];
    return {
      steps: [['uv', 'sync', '--locked', ...more]],
      brings: [
        ...packages.flatMap((each) => [...each.own, ...of(each.groups, standard), ...developing(each)]),
        ...of(root.extras, extras),
        ...of(root.groups, groups),
      ],
      after: ['uv.lock'],
      manifests: packages.map((each) => under(each.directory, 'pyproject.toml')),
    };
  },
  poetry(_, root) {
    const extras = forWork(root.extras);
    const asked = root.toolGroups
      .filter(({ name, optional, requirements }) => optional && forWork({ [name]: requirements }).length > 0)
      .map(({ name }) => name);
    const more = [...extras.flatMap((name) => ['--extras', name]), ...asked.flatMap((name) => ['--with', name])];
    return {
      steps: [['poetry', 'install', '--no-interaction', ...more]],
      brings: [
        ...root.own,
        ...Object.values(root.groups).flat(),
        ...root.toolGroups.flatMap((each) => (!each.optional || asked.includes(each.name) ? each.requirements : [])),
        ...of(root.extras, extras),
      ],
      after: ['pyproject.toml', 'poetry.lock'],
      manifests: [],
    };
  },
  pdm(has, root) {
    const extras = forWork(root.extras);
    const frozen = has('pdm.lock') ? ['--check'] : ['--frozen-lockfile'];
    return {
      steps: [['pdm', 'install', ...frozen, ...extras.flatMap((name) => ['--group', name])]],
      brings: [...root.own, ...Object.values(root.groups).flat(), ...developing(root), ...of(root.extras, extras)],
      after: ['pyproject.toml', 'pdm.lock'],
      manifests: [],
    };
  },
  pipenv(has, { pipfile = {} }) {
    const isLocked = has('Pipfile.lock');
    return {
      // With a lock file, `--deploy` fails if it does not fit the Pipfile.
      steps: [['pipenv', 'install', '--dev', isLocked ? '--deploy' : '--skip-lock']],
      brings: ['packages', 'dev-packages'].flatMap((key) => Object.keys(tableOf(pipfile[key]))),
      after: ['Pipfile', 'Pipfile.lock'],
      manifests: [],
    };
  },
  pip(_, root) {
    const { requirementFiles: files, isPackage, toml, isHashed } = root;
    const extras = forWork(root.extras);
    const loose = [
      ...of(root.groups, forWork(root.groups)),
      ...developing(root),
      ...(isPackage ? [] : [...listOf(tableOf(toml.project).dependencies), ...of(root.extras, extras)]),
    ];
    const own = isPackage ? ['--editable', extras.length > 0 ? `.[${extras.join(',')}]` : '.'] : [];
    const rest = [...own, ...new Set(loose)];
    return {
      steps: [
        ...(files.length > 0
          ? [[...PIP, ...(isHashed ? ['--require-hashes'] : []), ...files.flatMap((file) => ['--requirement', file])]]
          : []),
        ...(rest.length > 0 ? [[...PIP, ...rest]] : []),
      ],
      brings: [...root.required, ...loose, ...(isPackage ? [...root.own, ...of(root.extras, extras)] : [])],
      after: [...root.requirementSources, 'pyproject.toml', 'setup.py', 'setup.cfg'],
      manifests: [],
    };
  },
};

/** Requirements for development in the settings of a tool. */
const developing = ({ toolGroups }: Package): readonly string[] =>
  toolGroups.flatMap(({ requirements, optional }) => (optional ? [] : requirements));
