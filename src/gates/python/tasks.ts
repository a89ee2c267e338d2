/** The names under which a Python project runs its own gates: scripts of PDM, Pipenv, Poe and Hatch; tox and nox. */
import { doesNothing, NAMES as TASK_NAMES } from '../tasks.ts';
import { type FoundGate, type Listing, tableOf, under } from '../workspace.ts';
import { type Ini, type Package, readToml } from './project.ts';

/** A task with an environment of its own. */
export interface OwnTask {
  readonly run: readonly string[];
  /** Makes its environment, and installs what it needs. */
  readonly install?: readonly string[];
  /** Files that define it. While gates run, they are those of the base. */
  readonly files: readonly string[];
}

const NAMES: Readonly<Record<FoundGate, readonly string[]>> = {
  ...TASK_NAMES,
  types: [...TASK_NAMES.types, 'typing', 'mypy'],
  tests: ['test', 'tests'],
};
/** Names of environments and sessions that are not names of tasks. */
const ENVIRONMENTS: Readonly<Record<FoundGate, readonly string[]>> = {
  lint: [...NAMES.lint, 'linters', 'linting', 'style', 'ruff', 'flake8', 'pep8', 'codestyle'],
  types: [...NAMES.types, 'type_check', 'type', 'pyright'],
  tests: [...NAMES.tests, 'unit', 'unittest', 'unittests', 'unit-tests', 'pytest'],
  build: [],
};

/** @returns the program that runs named scripts in the project's own environment, and the name. */
export function scriptOf(
  { tool, pipfile }: Package,
  gate: FoundGate,
): readonly [program: string, name: string] | undefined {
  const runners: readonly (readonly [string, unknown])[] = [
    ['pdm', tableOf(tool.pdm).scripts],
    ['pipenv', pipfile?.scripts],
    ['poe', tableOf(tool.poe).tasks],
    ['task', tableOf(tool.taskipy).tasks],
  ];
  for (const [program, scripts] of runners) {
    const own = tableOf(scripts);
    const name = NAMES[gate].find((each) => own[each] !== undefined && !isNothing(own[each]));
    if (name !== undefined) return [program, name];
  }
  return undefined;
}

const isNothing = (script: unknown): boolean => typeof script === 'string' && doesNothing(script);

/** Scripts of Hatch: its users name their gates there. */
export function hatchTask(listing: Listing, { directory, tool }: Package, gate: FoundGate): OwnTask | undefined {
  const file = under(directory, 'hatch.toml');
  const settings = listing.files.has(file) ? readToml(listing.text(file)) : tableOf(tool.hatch);
  const environments = tableOf(settings.envs);
  const files = listing.files.has(file) ? [file] : [];
  for (const name of ['default', ...ENVIRONMENTS[gate]]) {
    const scripts = tableOf(tableOf(environments[name]).scripts);
    const wanted = name === 'default' ? NAMES[gate] : [...NAMES[gate], 'check', 'all', 'run'];
    const script = wanted.find((each) => scripts[each] !== undefined && !isNothing(scripts[each]));
    if (script === undefined) continue;
    const run = ['hatch', 'run', name === 'default' ? script : `${name}:${script}`];
    return { run, install: ['hatch', 'env', 'create', name], files };
  }
  const isBuiltIn = gate === 'tests' && environments['hatch-test'] !== undefined;
  return isBuiltIn ? { run: ['hatch', 'test'], install: ['hatch', 'env', 'create', 'hatch-test'], files } : undefined;
}

/** An environment of tox or a session of nox. They fetch tools of their own, so they can run what nothing else installs. */
export function environmentTask(listing: Listing, each: Package, gate: FoundGate): OwnTask | undefined {
  const { directory } = each;
  const session = sessionOf(listing.text(under(directory, 'noxfile.py')) ?? '', gate);
  if (session !== undefined) {
    // The versions of Python that a session lists are not all on one machine.
    const nox = ['nox', '--non-interactive', '--reuse-existing-virtualenvs', '--force-python', 'python3'];
    return {
      run: [...nox, '--session', session],
      install: [...nox, '--install-only', '--session', session],
      files: [under(directory, 'noxfile.py')],
    };
  }
  const environment = toxEnvironment(listing, each, gate);
  if (environment === undefined) return undefined;
  const tox = ['tox', 'run', '-e', environment];
  const files = ['tox.ini', 'tox.toml'].map((file) => under(directory, file)).filter((file) => listing.files.has(file));
  return { run: tox, install: [...tox, '--notest'], files };
}

function sessionOf(noxfile: string, gate: FoundGate): string | undefined {
  const sessions = new Map<string, string>();
  for (const part of noxfile.split(/^@(?:nox\.)?session\b/m).slice(1)) {
    const [, own] = /^def (\w{1,100})\(/m.exec(part) ?? [];
    const head = own === undefined ? '' : part.slice(0, part.indexOf(`def ${own}(`));
    const [, given] = /\bname\s*=\s*['"]([\w.-]{1,100})['"]/.exec(head) ?? [];
    const name = given ?? own;
    if (name !== undefined) sessions.set(name, part);
  }
  return ENVIRONMENTS[gate].find((name) => runsHere(sessions.get(name)));
}

/** Pre-commit fetches its hooks from other repositories, which gates cannot reach. */
const runsHere = (commands: string | undefined): boolean =>
  commands !== undefined && commands.trim() !== '' && !/\bpre-?commit\b/.test(commands);

function toxEnvironment(
  listing: Listing,
  { directory, tool, toxIni, setupCfg }: Package,
  gate: FoundGate,
): string | undefined {
  const file = under(directory, 'tox.toml');
  const settings = listing.files.has(file) ? readToml(listing.text(file)) : tableOf(tool.tox);
  const inToml = tableOf(settings.env);
  const ini: Ini = setupCfg['tox:tox'] ? setupCfg : toxIni;
  const commandsOf = (name: string): string | undefined =>
    ini[`testenv:${name}`]?.commands ?? textOf(tableOf(inToml[name]).commands);
  const own = ENVIRONMENTS[gate].find((name) => runsHere(commandsOf(name)));
  if (own !== undefined || gate !== 'tests') return own;
  // `py`: the base of all environments, with the Python that tox itself runs on.
  const common = ini.testenv?.commands ?? textOf(tableOf(settings.env_run_base).commands);
  return runsHere(common) ? 'py' : undefined;
}

const textOf = (commands: unknown): string | undefined =>
  commands === undefined ? undefined : JSON.stringify(commands);
