/**
 * What the files of a Python project say: its requirements, by the place that lists them, its development tools, and the
 * tasks that tox, nox, hatch, PDM, Pipenv and Poe define.
 *
 * Nothing is executed. A `setup.py` and a `noxfile.py` are read only as far as they are written out.
 */
import { parse as parseToml } from 'smol-toml';
import { oncePerText, readYaml } from '#yaml/read';
import {
  directoryOf,
  filesBelow,
  isWithin,
  type Listing,
  listOf,
  nameOf,
  relativeTo,
  resolved,
  tableOf,
  under,
  YAML_BYTES,
} from '../workspace.ts';

type Table = Readonly<Record<string, unknown>>;
/** Requirements by the name of their extra or group. */
export type Groups = Readonly<Record<string, readonly string[]>>;
/** The values of an ini file, by section and key. Lines of a value are separated by line breaks. */
export type Ini = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Package {
  readonly directory: string;
  readonly name: string;
  readonly toml: Table;
  readonly tool: Table;
  readonly setupCfg: Ini;
  readonly toxIni: Ini;
  readonly pytestIni: Ini;
  /** A package that pip can install. */
  readonly isPackage: boolean;
  /** Requirements that are installed with the project itself. */
  readonly own: readonly string[];
  readonly extras: Groups;
  /** Of PEP 735, with those that they include. */
  readonly groups: Groups;
  /** Of Poetry and PDM. `optional`: installed only if somebody asks for it. */
  readonly toolGroups: readonly {
    readonly name: string;
    readonly requirements: readonly string[];
    readonly optional: boolean;
  }[];
  /** Files with requirements, relative to the project, in the order they are installed. */
  readonly requirementFiles: readonly string[];
  /** These, and the files that they include. */
  readonly requirementSources: readonly string[];
  /** Each of these files says by hashes what may be installed. */
  readonly isHashed: boolean;
  /** The requirements in these files and in those that they include. */
  readonly required: readonly string[];
  readonly pipfile: Table | undefined;
  /** Names in the lock file: requirements of requirements, too. */
  readonly locked: readonly string[];
  /** Names of all of its dependencies, as the index compares names. */
  readonly needs: ReadonlySet<string>;
  /** Directories of dependencies, as `dir:libs/a`. */
  readonly paths: readonly string[];
  /** Without those of projects below it. */
  readonly files: readonly string[];
  /** Versions of linters that pre-commit runs on all files, with their arguments. */
  readonly hooks: ReadonlyMap<string, Hook>;
}

export interface Hook {
  readonly version: string;
  readonly args: readonly string[];
  /** Ids of the hooks: `ruff-format`. */
  readonly ids: ReadonlySet<string>;
}

export const MANIFESTS =
  /(?:^|\/)(?:pyproject\.toml|hatch\.toml|setup\.(?:cfg|py)|manage\.py|noxfile\.py|tox\.(?:ini|toml)|(?:uv|poetry|pdm)\.lock|pytest\.ini|Pipfile|[\w.-]*(?:requirements|reqs)[\w.-]*\.txt|(?:requirements|reqs)\/[\w.-]+\.txt)$|^\.pre-commit-config\.yaml$/;
/** A file with one of these names makes a directory a project. */
export const PROJECT = /^(?:pyproject\.toml|setup\.py|setup\.cfg|requirements(?:[-_.]\w+)?\.txt|Pipfile)$/;

/** Names of extras, groups and files for work on a project. */
export const WORK =
  /^(?:dev|develop|development|devel|test|tests|testing|unittests?|lint|linting|style|types|typing|typecheck|check|checks|ci|qa|quality)$/i;

/** Programs that a gate can start. A group that holds one is for work on the project, whatever its name is. */
const TOOLS = new Set(['ruff', 'flake8', 'black', 'mypy', 'pyright', 'basedpyright', 'coverage', 'poethepoet']);
const isTool = (name: string): boolean => TOOLS.has(name) || name === 'pytest' || name.startsWith('pytest-');

/** Names of groups or extras that have to be installed for work on the project. */
export const forWork = (groups: Groups): readonly string[] =>
  Object.keys(groups).filter((name) => WORK.test(name) || groups[name]?.some((each) => isTool(nameIn(each))));

/** True for a directory with a project, not for a directory of a project in which requirements are kept. */
export function isProject(listing: Listing, place: string): boolean {
  const has = (name: string): boolean => listing.files.has(under(place, name));
  if (['pyproject.toml', 'setup.py', 'Pipfile'].some(has)) return true;
  // `tests/requirements.txt` lists what the tests of the project around it need.
  if (place !== '' && !has('setup.cfg') && /^(?:tests?|testing|requirements|reqs|ci)$/.test(nameOf(place))) {
    const parent = directoryOf(place);
    for (const file of listing.files) if (directoryOf(file) === parent && PROJECT.test(nameOf(file))) return false;
  }
  // A setup.cfg or requirements.txt without any Python beside it (in a JavaScript project, say) does not count.
  return filesBelow(listing, place).some((file) => file.endsWith('.py'));
}

/** The name of `requests[socks] >= 2; python_version < "4"`, as the index compares names. */
export const nameIn = (requirement: string): string =>
  (/^\s*([A-Za-z0-9][\w.-]*)/.exec(requirement)?.[1] ?? '').toLowerCase().replace(/[._]/g, '-');

export function readPackage(listing: Listing, directory: string, places: readonly string[]): Package {
  const read = (file: string): string | undefined => listing.text(under(directory, file));
  const toml = readToml(read('pyproject.toml'));
  const project = tableOf(toml.project);
  const tool = tableOf(toml.tool);
  const poetry = tableOf(tool.poetry);
  const setupCfg = readIni(read('setup.cfg') ?? '');
  const setupPy = read('setup.py') ?? '';
  const legacyTox = tableOf(tool.tox).legacy_tox_ini;
  const pipfile = listing.files.has(under(directory, 'Pipfile')) ? readToml(read('Pipfile')) : undefined;
  const groups = Object.fromEntries(
    Object.keys(tableOf(toml['dependency-groups'])).map((name) => [
      name,
      requirementsOf(tableOf(toml['dependency-groups']), name, new Set()),
    ]),
  );
  const extras: Groups = {
    ...literalLists(setupPy, 'extras_require'),
    ...linesBySection(setupCfg['options.extras_require']),
    ...Object.fromEntries(Object.entries(tableOf(poetry.extras)).map(([name, list]) => [name, listOf(list)])),
    ...Object.fromEntries(
      Object.entries(tableOf(project['optional-dependencies'])).map(([name, list]) => [name, listOf(list)]),
    ),
  };
  const own = [
    ...listOf(project.dependencies),
    ...Object.keys(tableOf(poetry.dependencies)),
    ...linesOf(setupCfg.options?.install_requires ?? ''),
    ...literalList(setupPy, 'install_requires'),
  ];
  const toolGroups = [
    ...Object.entries(tableOf(poetry.group)).map(([name, group]) => ({
      name,
      requirements: Object.keys(tableOf(tableOf(group).dependencies)),
      optional: tableOf(group).optional === true,
    })),
    { name: 'dev', requirements: Object.keys(tableOf(poetry['dev-dependencies'])), optional: false },
    ...Object.entries(tableOf(tableOf(tool.pdm)['dev-dependencies'])).map(([name, list]) => ({
      name,
      requirements: listOf(list),
      optional: false,
    })),
    { name: 'dev', requirements: listOf(tableOf(tool.uv)['dev-dependencies']), optional: false },
  ];
  const inner = places
    .filter((place) => place !== directory && isWithin(place, directory))
    .map((place) => relativeTo(directory, place));
  const files = filesBelow(listing, directory).filter((file) => !inner.some((place) => isWithin(file, place)));
  const { chosen, read: sources, required } = requirementsIn(files, read);
  const ofPipfile = ['packages', 'dev-packages'].flatMap((key) => Object.keys(tableOf(pipfile?.[key])));
  const named = [
    ...[own, required, ofPipfile, ...Object.values(groups), ...Object.values(extras)],
    ...toolGroups.map(({ requirements }) => requirements),
  ].flat();
  const paths = [
    ...Object.values(tableOf(tableOf(tool.uv).sources)),
    ...Object.values(tableOf(poetry.dependencies)),
  ].flatMap((source) => {
    const { path } = tableOf(source);
    const place = typeof path === 'string' ? resolved(directory, path) : undefined;
    return place === undefined ? [] : [`dir:${place}`];
  });
  const name = [project.name, poetry.name].find((each) => typeof each === 'string');
  return {
    ...{ directory, toml, tool, setupCfg, own, extras, groups, toolGroups, pipfile, paths, files, required },
    name: typeof name === 'string' ? nameIn(name) : '',
    toxIni: readIni(read('tox.ini') ?? (typeof legacyTox === 'string' ? legacyTox : '')),
    pytestIni: readIni(read('pytest.ini') ?? ''),
    isHashed: chosen.length > 0 && chosen.every((file) => (read(file) ?? '').includes('--hash=')),
    isPackage: toml['build-system'] !== undefined || listing.files.has(under(directory, 'setup.py')),
    requirementFiles: chosen,
    requirementSources: sources,
    locked: ['uv.lock', 'poetry.lock', 'pdm.lock'].flatMap((file) =>
      [...(read(file) ?? '').matchAll(/^name = "([\w.-]{1,100})"/gm)].map(([, each = '']) => nameIn(each)),
    ),
    needs: new Set(named.map(nameIn)),
    hooks: hooksIn(listing.text('.pre-commit-config.yaml') ?? ''),
  };
}

export function readToml(text: string | undefined): Table {
  if (text === undefined) return {};
  try {
    return parseToml(text);
  } catch {
    // The tools that read it will report the error.
    return {};
  }
}

function readIni(text: string): Ini {
  const sections: Record<string, Record<string, string>> = Object.create(null);
  let section: Record<string, string> | undefined;
  let key: string | undefined;
  for (const line of text.split('\n')) {
    if (line.length > 2_000 || /^\s*(?:[#;]|$)/.test(line)) continue;
    const [, name] = /^\[([^\]]+)\]/.exec(line) ?? [];
    const at = line.search(/[=:]/);
    if (name !== undefined) {
      section = sections[name.trim()] ??= Object.create(null) as Record<string, string>;
      key = undefined;
    } else if (section && /^\s/.test(line)) {
      if (key !== undefined) section[key] += `\n${line.trim()}`;
    } else if (section && at > 0) {
      key = line.slice(0, at).trim();
      section[key] = line.slice(at + 1).trim();
    }
  }
  return sections;
}

const linesOf = (value: string): readonly string[] =>
  value
    .split('\n')
    .map((line) => line.replace(/\s#.*$/, '').trim())
    .filter((line) => line !== '');

const linesBySection = (section: Readonly<Record<string, string>> = {}): Groups =>
  Object.fromEntries(Object.entries(section).map(([name, value]) => [name, value.split(/[\n;]/).flatMap(linesOf)]));

/** The requirements of a PEP 735 group, with those of groups that it includes. */
function requirementsOf(groups: Table, name: string, seen: Set<string>): readonly string[] {
  const entries = groups[name];
  if (!Array.isArray(entries) || seen.has(name)) return [];
  seen.add(name);
  return entries.flatMap((entry) => {
    if (typeof entry === 'string') return [entry];
    const other = tableOf(entry)['include-group'];
    return typeof other === 'string' ? requirementsOf(groups, other, seen) : [];
  });
}

/** No setup.py that people write lists more. */
const LITERAL_CHARS = 10_000;

/** `install_requires=['a', "b"]` in Python, as far as it is written out. */
function literalList(text: string, keyword: string): readonly string[] {
  const [, list = ''] = text.slice(0, LITERAL_CHARS * 10).split(new RegExp(`\\b${keyword}\\s*=\\s*\\[`), 2);
  return stringsIn(list.slice(0, Math.max(0, list.search(/\]\s*(?:,|\)|$)/m))));
}

/** `extras_require={'test': ['pytest', "mypy"]}` in Python, as far as it is written out. */
function literalLists(text: string, keyword: string): Groups {
  const [, table = ''] = text.slice(0, LITERAL_CHARS * 10).split(new RegExp(`\\b${keyword}\\s*=\\s*\\{`), 2);
  const lists: Record<string, readonly string[]> = Object.create(null);
  let rest = table.slice(0, LITERAL_CHARS);
  for (;;) {
    const [all, name = ''] = /^[\s,]*['"]([\w.-]{1,100})['"]\s*:\s*[[(]/.exec(rest) ?? [];
    const end = all === undefined ? -1 : rest.search(/[\])]\s*(?:,|\}|$)/);
    if (all === undefined || end < 0) return lists;
    lists[name] = stringsIn(rest.slice(all.length, end));
    rest = rest.slice(end + 1);
  }
}

const stringsIn = (text: string): readonly string[] =>
  [...text.matchAll(/(['"])([^'"\n]{1,200})\1/g)].map(([, , each = '']) => each);

// --- requirements files -------------------------------------------------------------------------------------------------

const REQUIREMENTS = /(?:^|[-_.])(?:requirements|reqs)(?=[-_.]|$)/i;
const BASE = new Set(['', 'base', 'main', 'common', 'prod', 'production']);

/** Files with requirements for running and for working on a project: by their names, or by the tools in them. */
function requirementsIn(
  files: readonly string[],
  read: (file: string) => string | undefined,
): { readonly chosen: readonly string[]; readonly read: readonly string[]; readonly required: readonly string[] } {
  const purposeOf = (file: string): string | undefined => {
    if (!file.endsWith('.txt')) return undefined;
    const place = directoryOf(file);
    const name = nameOf(file).slice(0, -'.txt'.length);
    if (/^(?:requirements|reqs)$/.test(place)) return name.replace(REQUIREMENTS, '').replace(/^[-_.]/, '');
    const isHere = place === '' || /^(?:tests?|testing|ci)$/.test(place);
    if (!isHere || !REQUIREMENTS.test(name)) return undefined;
    const rest = name.replace(REQUIREMENTS, '').replace(/^[-_.]|[-_.]$/g, '');
    return rest === '' && place !== '' ? place : rest;
  };
  const found = new Map<string, string>();
  for (const file of files) {
    const purpose = purposeOf(file);
    if (purpose !== undefined) found.set(file, purpose);
  }
  const wanted = [...found].filter(
    ([file, purpose]) =>
      BASE.has(purpose) ||
      purpose.split(/[-_.]/).some((word) => WORK.test(word)) ||
      namesIn(file, read, new Set()).some((each) => isTool(nameIn(each))),
  );
  const included = new Set(wanted.flatMap(([file]) => includesOf(file, read(file) ?? '')));
  const rank = (purpose: string): number => (BASE.has(purpose) ? 0 : 1);
  const chosen = wanted
    .filter(([file]) => !included.has(file))
    .sort(([a, one], [b, other]) => rank(one) - rank(other) || (a < b ? -1 : 1))
    .map(([file]) => file);
  const seen = new Set<string>();
  const required = chosen.flatMap((file) => namesIn(file, read, seen));
  return { chosen, read: [...seen], required };
}

/** Files that `-r other.txt` names, relative to the project. */
const includesOf = (file: string, text: string): readonly string[] =>
  text.split('\n').flatMap((line) => {
    const [, name] = /^\s*(?:-r|--requirement)[\s=]+(\S+)/.exec(line) ?? [];
    return name === undefined ? [] : (resolved(directoryOf(file), name) ?? []);
  });

function namesIn(file: string, read: (file: string) => string | undefined, seen: Set<string>): readonly string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const text = read(file) ?? '';
  return [
    ...text.split('\n').filter((line) => !/^\s*(?:#|-|$)/.test(line)),
    ...includesOf(file, text).flatMap((each) => namesIn(each, read, seen)),
  ];
}

// --- pre-commit -----------------------------------------------------------------------------------------------------------

const HOOKS: Readonly<Record<string, RegExp>> = {
  ruff: /\/ruff-pre-commit(?:\.git)?$/,
  black: /\/black(?:-pre-commit-mirror)?(?:\.git)?$/,
  flake8: /\/flake8(?:\.git)?$/,
};
/** Arguments that let a hook change files, or hide what it says. */
const NOT_FOR_GATES = /^(?:--fix|--unsafe-fixes|--show-fixes|--exit-\S+|--diff|--quiet|-q|--safe)(?:=.*)?$/;

/** Hooks that run on a part of the files, or with more packages, cannot be run without pre-commit. */
const hooksIn = oncePerText((text): ReadonlyMap<string, Hook> => {
  const found = new Map<string, Hook>();
  const yaml = readYaml(text, { maxBytes: YAML_BYTES, aliases: 'share' });
  if (yaml.kind !== 'read') return found;
  const config = tableOf(yaml.value);
  if (config.exclude !== undefined || config.files !== undefined) return found;
  for (const each of Array.isArray(config.repos) ? config.repos.map(tableOf) : []) {
    const { repo, rev } = each;
    const tool = Object.keys(HOOKS).find((name) => typeof repo === 'string' && HOOKS[name]?.test(repo));
    const [, version] = /^v?(\d[\w.]*)$/.exec(typeof rev === 'string' ? rev : '') ?? [];
    const hooks = Array.isArray(each.hooks) ? each.hooks.map(tableOf) : [];
    const isPartial = hooks.some((hook) =>
      ['files', 'exclude', 'types', 'types_or', 'additional_dependencies', 'stages'].some(
        (key) => hook[key] !== undefined,
      ),
    );
    if (tool === undefined || version === undefined || isPartial || hooks.length === 0) continue;
    const args = listOf(hooks[0]?.args).filter((arg) => !NOT_FOR_GATES.test(arg));
    found.set(tool, { version, args, ids: new Set(hooks.map(({ id }) => String(id))) });
  }
  return found;
});
