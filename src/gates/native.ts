/**
 * Go and Rust: the toolchain's own checks are gates of every project; golangci-lint only where it is configured.
 * The compiler is the gate for types.
 */
import { parse as parseToml } from 'smol-toml';
import {
  directoriesWith,
  globbed,
  type Held,
  heldMembers,
  type Listing,
  listOf,
  type Member,
  type Mutator,
  type NoMutator,
  resolved,
  type Step,
  tableOf,
  under,
  type Workspace,
} from './workspace.ts';

export const MANIFESTS = /(?:^|\/)(?:go\.mod|Cargo\.toml|\.gremlins\.yaml)$/;

const COMPILED = 'the compiler checks types in the build';

// --- Go ---------------------------------------------------------------------------------------------------------------

export function findGo(listing: Listing): readonly Workspace[] {
  return directoriesWith(listing, 'go.mod').map((directory) => {
    const mod = readMod(listing.text(under(directory, 'go.mod')) ?? '', directory);
    const step = (...run: string[]): Step => ({ run, directory });
    const isSet = ['', directory].some((place) =>
      ['.golangci.yml', '.golangci.yaml', '.golangci.toml', '.golangci.json'].some((name) =>
        listing.files.has(under(place, name)),
      ),
    );
    const sums = ['go.mod', 'go.sum'].map((name) => under(directory, name));
    return {
      ecosystem: 'Go',
      directory,
      members: [{ directory, name: mod.name, needs: mod.needs }],
      mutators: [mutatorOf(listing, directory, mod)],
      ...(mod.isAlone ? {} : { install: { steps: [step('go', 'mod', 'download')], after: sums } }),
      audit: {
        kind: 'audit',
        form: 'govulncheck',
        step: step('govulncheck', '-format', 'json', './...'),
        after: sums,
      },
      find(gate) {
        switch (gate) {
          case 'lint': {
            const more = isSet ? [step('golangci-lint', 'run')] : [];
            // It always exits with 0; its output is the list of findings.
            const format: Step = { ...step('gofmt', '-l', '.'), fails: 'when it names files' };
            return { steps: [format, step('go', 'vet', './...'), ...more], without: [] };
          }
          case 'types':
            return { steps: [], without: [COMPILED] };
          case 'tests':
            return { steps: [step('go', 'test', './...')], without: [] };
          case 'build':
            // Without an output path, a single program would be left in the tree.
            return { steps: [step('go', 'build', '-o', '/dev/null', './...')], without: [] };
        }
      },
    };
  });
}

const GREMLINS = 'github.com/go-gremlins/gremlins/cmd/gremlins';

/** Gremlins tests a copy of one module. It finds nothing outside of it. */
function mutatorOf(listing: Listing, directory: string, mod: Mod): Mutator | NoMutator {
  const shown = under(directory, 'go.mod');
  if (listing.files.has('go.work')) {
    return { kind: 'none', directory, why: 'gremlins cannot test a module that needs go.work' };
  }
  if (mod.needs.some((name) => name.startsWith('dir:'))) {
    return { kind: 'none', directory, why: `gremlins cannot test a module with a local \`replace\` (${shown})` };
  }
  const path = under(directory, '.gremlins.yaml');
  const text = listing.text(path);
  return {
    kind: 'mutator',
    tool: 'gremlins',
    directory,
    run: mod.tools.includes(GREMLINS) ? ['go', 'tool', 'gremlins'] : ['gremlins'],
    ...(text === undefined ? {} : { settings: { path, text } }),
  };
}

interface Mod {
  readonly name: string;
  readonly needs: readonly string[];
  /** Programs that `go tool` starts. */
  readonly tools: readonly string[];
  /** It needs no dependency that has to be fetched. */
  readonly isAlone: boolean;
}

/** @see https://go.dev/ref/mod#go-mod-file */
function readMod(text: string, directory: string): Mod {
  let name = '';
  let block = '';
  const needs: string[] = [];
  const tools: string[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.replace(/\/\/.*$/, '').trim();
    if (line === ')') block = '';
    else if (line.endsWith('(')) block = line.slice(0, -1).trim();
    else if (line !== '') {
      const words = (block === '' ? line : `${block} ${line}`).split(/\s+/);
      if (words[0] === 'module') name = (words[1] ?? '').replace(/^"|"$/g, '');
      if (words[0] === 'require' && words[1] !== undefined) needs.push(words[1]);
      if (words[0] === 'tool' && words[1] !== undefined) tools.push(words[1]);
      const target = words[0] === 'replace' ? words[words.indexOf('=>') + 1] : undefined;
      const place = target?.startsWith('.') ? resolved(directory, target) : undefined;
      if (place !== undefined) needs.push(`dir:${place}`);
    }
  }
  return { name, needs, tools, isAlone: needs.length === 0 };
}

// --- Rust -------------------------------------------------------------------------------------------------------------

interface Crate {
  readonly directory: string;
  readonly toml: Readonly<Record<string, unknown>>;
  readonly name: string | undefined;
}

export function findRust(listing: Listing): readonly Workspace[] {
  const places = directoriesWith(listing, 'Cargo.toml');
  const crates = new Map(places.map((place) => [place, readCrate(listing, place)]));
  const taken = new Set<string>();
  const found: Workspace[] = [];
  for (const place of places) {
    const own = crates.get(place);
    if (taken.has(place) || !own) continue;
    const workspace = tableOf(own.toml.workspace);
    const globs = [...listOf(workspace.members), ...listOf(workspace.exclude).map((glob) => `!${glob}`)];
    const named = globbed(place, globs, places).filter((each) => !taken.has(each));
    const members = named.flatMap((each) => crates.get(each) ?? []);
    for (const each of [place, ...named]) taken.add(each);
    found.push(rustWorkspace(listing, own, members));
  }
  return found;
}

function readCrate(listing: Listing, directory: string): Crate {
  let toml: Readonly<Record<string, unknown>> = {};
  try {
    toml = parseToml(listing.text(under(directory, 'Cargo.toml')) ?? '');
  } catch {
    // Cargo will report the error.
  }
  const { name } = tableOf(toml.package);
  return { directory, toml, name: typeof name === 'string' ? name : undefined };
}

function rustWorkspace(listing: Listing, root: Crate, inner: readonly Crate[]): Workspace {
  const { directory } = root;
  const crates = [root, ...inner].filter(({ name }) => name !== undefined);
  const members: readonly Member[] = crates.map((each) => ({
    directory: each.directory,
    name: each.name ?? '',
    needs: cratesNeeded(each),
  }));
  const lock = under(directory, 'Cargo.lock');
  const isLocked = listing.files.has(lock);
  const locked = isLocked ? ['--locked'] : [];
  const manifests = [root, ...inner].map((each) => under(each.directory, 'Cargo.toml'));
  const step = (...run: string[]): Step => ({ run, directory });
  const which = (held: Held): readonly string[] | undefined => {
    if (inner.length === 0) return [];
    if (held === 'all') return ['--workspace'];
    const names = heldMembers({ members }, held).flatMap(({ name }) => ['--package', name]);
    return names.length > 0 ? names : undefined;
  };
  return {
    ecosystem: 'Rust',
    directory,
    members: members.length > 0 ? members : [{ directory, name: '', needs: [] }],
    ...(isLocked ? { install: { steps: [step('cargo', 'fetch', '--locked')], after: [...manifests, lock] } } : {}),
    audit: isLocked
      ? { kind: 'audit', form: 'cargo-audit', step: step('cargo', 'audit', '--json'), after: [lock] }
      : { kind: 'not applicable', why: `no Cargo.lock next to ${under(directory, 'Cargo.toml')}` },
    find(gate, held) {
      const packages = which(held);
      if (!packages) return { steps: [], without: [] };
      switch (gate) {
        case 'lint': {
          const format = held === 'all' || inner.length === 0 ? ['--all'] : packages;
          const fmt = ['cargo', 'fmt', ...format, '--check'];
          return {
            steps: [
              // Many repositories never format. There it would be red for any change.
              { ...step(...fmt), lists: [...fmt, '--', '--files-with-diff'] },
              step('cargo', 'clippy', ...packages, '--all-targets', ...locked, '--', '-D', 'warnings'),
            ],
            without: [],
          };
        }
        case 'types':
          return { steps: [], without: [COMPILED] };
        case 'tests':
          return { steps: [step('cargo', 'test', ...packages, ...locked)], without: [] };
        case 'build':
          return { steps: [step('cargo', 'build', ...packages, ...locked)], without: [] };
      }
    },
  };
}

/** By name, even if a dependency is renamed, and by path. */
function cratesNeeded({ directory, toml }: Crate): readonly string[] {
  const tables = [toml, ...Object.values(tableOf(toml.target)).map(tableOf)];
  return tables
    .flatMap((table) => ['dependencies', 'dev-dependencies', 'build-dependencies'].map((key) => tableOf(table[key])))
    .flatMap((needed) =>
      Object.entries(needed).flatMap(([name, how]) => {
        const { package: real, path } = tableOf(how);
        const place = typeof path === 'string' ? resolved(directory, path) : undefined;
        return [typeof real === 'string' ? real : name, ...(place === undefined ? [] : [`dir:${place}`])];
      }),
    );
}
