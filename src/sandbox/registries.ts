/**
 * Package registries: those that everybody knows, by ecosystem, and those that settings name.
 *
 * An ecosystem counts if the working tree holds one of its files. That opens nothing that an author of a package of that
 * ecosystem could not use anyway. Settings are another matter: they can name any host, so they are read before an agent works.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Place, readPlace, standsFor } from '#core/model/config/network';
import { placesNamedIn } from './policy.ts';

interface Ecosystem {
  readonly name: string;
  /** Names of files that show that a tree uses it, in lower case. */
  readonly files: RegExp;
  readonly hosts: readonly string[];
}

/** Some registries only list packages, and the files come from GitHub. */
const GITHUB_FILES = ['github.com', 'api.github.com', 'codeload.github.com', '*.githubusercontent.com'];

export const ECOSYSTEMS: readonly Ecosystem[] = [
  {
    name: 'npm',
    files: /^(?:package\.json|deno\.jsonc?|bunfig\.toml)$/,
    // Modules in C++ are built with the headers of Node.
    hosts: ['*.npmjs.org', '*.yarnpkg.com', 'nodejs.org', '*.jsr.io', 'jsr.io', 'deno.land'],
  },
  {
    name: 'Python',
    files:
      /^(?:pyproject\.toml|setup\.(?:py|cfg)|(?:dev-|test-)?requirements.*\.(?:txt|in)|pipfile|tox\.ini|uv\.lock)$/,
    hosts: ['pypi.org', '*.pythonhosted.org'],
  },
  { name: 'Conda', files: /^(?:environment\.ya?ml|pixi\.toml)$/, hosts: ['*.anaconda.org', '*.anaconda.com'] },
  { name: 'Go', files: /^go\.(?:mod|work)$/, hosts: ['*.golang.org', 'vuln.go.dev'] },
  {
    name: 'Rust',
    files: /^cargo\.toml$/,
    // Toolchains, and the database of known faults, which is a repository.
    hosts: ['crates.io', '*.crates.io', '*.rust-lang.org', 'github.com'],
  },
  { name: 'Maven', files: /^pom\.xml$/, hosts: ['*.maven.org', '*.maven.apache.org'] },
  {
    name: 'Gradle',
    files: /^(?:settings|build)\.gradle(?:\.kts)?$/,
    // Gradle itself comes from its services, which send to GitHub, and Android from Google.
    hosts: [
      ...['*.maven.org', '*.maven.apache.org', '*.gradle.org', '*.gradle-enterprise.cloud'],
      ...['github.com', '*.githubusercontent.com', 'dl.google.com', 'maven.google.com'],
    ],
  },
  { name: 'Scala', files: /^build\.sbt$/, hosts: ['*.maven.org', '*.maven.apache.org', '*.scala-sbt.org'] },
  {
    name: '.NET',
    files: /^(?:.*\.(?:csproj|fsproj|vbproj|slnx?)|directory\.packages\.props|nuget\.config)$/,
    hosts: ['nuget.org', '*.nuget.org'],
  },
  { name: 'Ruby', files: /^(?:gemfile|gems\.rb|.*\.gemspec)$/, hosts: ['rubygems.org', '*.rubygems.org'] },
  {
    name: 'PHP',
    files: /^composer\.json$/,
    hosts: ['packagist.org', '*.packagist.org', 'getcomposer.org', ...GITHUB_FILES],
  },
  { name: 'Elixir', files: /^(?:mix\.exs|rebar\.config)$/, hosts: ['hex.pm', '*.hex.pm'] },
  { name: 'Dart', files: /^pubspec\.yaml$/, hosts: ['pub.dev', '*.pub.dev'] },
  { name: 'Haskell', files: /^(?:.*\.cabal|stack\.yaml)$/, hosts: ['*.haskell.org', '*.stackage.org'] },
  { name: 'Swift', files: /^package\.swift$/, hosts: GITHUB_FILES },
];

const placesOf = ({ hosts }: Ecosystem): readonly Place[] => hosts.flatMap((host) => readPlace(host) ?? []);

/** How long a tree without an ecosystem counts as one: a program may ask for many hosts at once. */
const LOOK_AGAIN_MS = 2_000;

/** @returns a function that answers whether a host is a registry of an ecosystem that the tree uses now. */
export function registriesFor(tree: string): (host: string) => Promise<boolean> {
  const found = new Set<Ecosystem>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let look: Promise<void> = Promise.resolve();
  return async (host) => {
    const wanted = ECOSYSTEMS.filter((each) => placesOf(each).some((place) => standsFor(place, host)));
    if (wanted.length === 0) return false;
    if (wanted.some((each) => found.has(each))) return true;
    if (performance.now() - lookedAt > LOOK_AGAIN_MS) {
      lookedAt = performance.now();
      look = ecosystemsIn(tree).then((now) => {
        for (const each of now) found.add(each);
      });
    }
    await look;
    return wanted.some((each) => found.has(each));
  };
}

/** Directories that hold other people's packages, or none of a repository's own files. */
const SKIPPED: ReadonlySet<string> = new Set([
  ...['.git', 'node_modules', '.venv', 'venv', 'vendor', 'target', 'dist', '__pycache__'],
]);
const DEPTH = 5;
/** A tree can hold a million directories, and an agent can make them. */
const MOST_DIRECTORIES = 5_000;

/** Goes down level by level: most manifests are near the root. */
async function ecosystemsIn(tree: string): Promise<readonly Ecosystem[]> {
  const found = new Set<Ecosystem>();
  let level = [tree];
  let left = MOST_DIRECTORIES;
  for (let depth = 0; depth <= DEPTH && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level.slice(0, left)) {
      for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
        if (entry.isDirectory() && !SKIPPED.has(entry.name)) next.push(join(folder, entry.name));
        if (!entry.isFile()) continue;
        const name = entry.name.toLowerCase();
        for (const each of ECOSYSTEMS) if (each.files.test(name)) found.add(each);
      }
    }
    left -= level.length;
    if (left <= 0) break;
    level = next;
  }
  return [...found];
}

// --- settings -----------------------------------------------------------------------------------------------------------

/** In a repository, where package managers read the addresses of registries: the parts of these files that name one. */
const SETTINGS: readonly { readonly file: RegExp; readonly part: RegExp }[] = [
  { file: /^\.npmrc$/, part: /^\s*(?:@[^:=\s]+:)?registry\s*=.*$/gim },
  {
    file: /^\.yarnrc(?:\.yml)?$/,
    part: /^\s*(?:npmRegistryServer|npmAuditRegistry|"?(?:@[^:=\s]+:)?registry"?)\b.*$/gim,
  },
  { file: /^bunfig\.toml$/, part: /^.*(?:registry|url).*$/gim },
  {
    file: /^(?:\.?pip\.(?:conf|ini)|.*requirements.*\.(?:txt|in))$/,
    part: /(?:index-url|find-links|--index-url|-i)[\s=:].*$/gim,
  },
  { file: /^(?:pyproject|uv|poetry|pixi)\.toml$/, part: /^\s*(?:index-url|extra-index-url|url|find-links)\s*=.*$/gim },
  { file: /^pipfile$/, part: /^\s*url\s*=.*$/gim },
  { file: /^\.cargo\/config(?:\.toml)?$/, part: /^\s*(?:index|registry|replace-with)\s*=.*$/gim },
  { file: /^nuget\.config$/, part: /<add\b[^>]*>/gi },
  { file: /^(?:gemfile|gems\.rb|\.bundle\/config)$/, part: /^.*\b(?:source\b|mirror).*$/gim },
  { file: /^composer\.json$/, part: /"url"\s*:\s*"[^"]*"/gi },
  {
    file: /^pom\.xml$|^\.mvn\/settings\.xml$/,
    part: /<(?:repository|pluginRepository|mirror)>[\s\S]*?<\/(?:repository|pluginRepository|mirror)>/g,
  },
  { file: /^(?:settings|build)\.gradle(?:\.kts)?$/, part: /\b(?:url|setUrl|uri)\b.*$/gim },
  {
    file: /^gradle-wrapper\.properties$|^maven-wrapper\.properties$/,
    part: /^\s*(?:distributionUrl|wrapperUrl)\s*=.*$/gim,
  },
  { file: /^mix\.exs$/, part: /\b(?:repo|url):.*$/gim },
];
const SETTINGS_BYTES = 256 * 1024;

/** True if a file of a repository may name registries. */
export const namesRegistries = (path: string): boolean => SETTINGS.some(({ file }) => file.test(nameOf(path)));

/** The hosts that such a file names. */
export function registriesIn(path: string, text: string): readonly Place[] {
  const parts = SETTINGS.filter(({ file }) => file.test(nameOf(path)));
  const read = text.slice(0, SETTINGS_BYTES);
  return placesNamedIn(
    parts
      .flatMap(({ part }) => read.match(part) ?? [])
      .join('\n')
      .replaceAll('\\:', ':'),
  );
}

/** Settings of the machine itself, which every program on it reads. */
const OF_MACHINE = ['/etc/pip.conf', '/etc/npmrc', '/usr/etc/npmrc', '/etc/gemrc'];

export async function registriesOfMachine(): Promise<readonly Place[]> {
  const texts = await Promise.all(OF_MACHINE.map((file) => readFile(file, 'utf8').catch(notThere)));
  return texts.flatMap((text) => placesNamedIn(text));
}

function notThere(error: NodeJS.ErrnoException): string {
  if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(error.code ?? '')) return '';
  throw error;
}

/** The last part of a path, and of a file in a hidden directory that one, too. */
function nameOf(path: string): string {
  const parts = path.toLowerCase().split('/');
  return parts.slice(parts.at(-2)?.startsWith('.') ? -2 : -1).join('/');
}
