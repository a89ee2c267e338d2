/**
 * Java and other JVM languages: Maven and Gradle, through the repository's own wrapper if it has one. The compiler is the
 * gate for types. A linter runs if the build configures its plugin.
 */
import {
  type Audit,
  directoriesWith,
  directoryOf,
  type Found,
  type FoundGate,
  type Held,
  heldMembers,
  isWithin,
  type Listing,
  type Member,
  relativeTo,
  resolved,
  type Step,
  under,
  type Workspace,
} from './workspace.ts';

export const MANIFESTS = /(?:^|\/)(?:pom\.xml|(?:settings|build)\.gradle(?:\.kts)?)$/;

const COMPILED = 'the compiler checks types in the build';
const NO_AUDIT: Audit = {
  kind: 'not applicable',
  why: 'Java’s build tools include no audit of dependencies; set gates.security.run in .github/swarm.yml',
};

/** The wrapper of a project is a shell script. Some systems lose the bit that lets it be started. */
function wrapperOr(listing: Listing, directory: string, wrapper: string, program: string): readonly string[] {
  const file = under(directory, wrapper);
  if (!listing.files.has(file)) return [program];
  return listing.executable?.has(file) === false ? ['sh', `./${wrapper}`] : [`./${wrapper}`];
}

// --- Maven --------------------------------------------------------------------------------------------------------------

interface Pom {
  readonly directory: string;
  readonly name: string;
  readonly modules: readonly string[];
  readonly needs: readonly string[];
  readonly text: string;
}

export function findMaven(listing: Listing): readonly Workspace[] {
  const places = directoriesWith(listing, 'pom.xml');
  const poms = new Map(places.map((place) => [place, readPom(listing, place)]));
  const taken = new Set<string>();
  const found: Workspace[] = [];
  for (const place of places) {
    if (taken.has(place)) continue;
    const all = withModules(place, poms, taken);
    found.push(mavenWorkspace(listing, all));
  }
  return found;
}

/** The pom of a directory and, recursively, of the modules it names. */
function withModules(place: string, poms: ReadonlyMap<string, Pom>, taken: Set<string>): readonly Pom[] {
  const pom = poms.get(place);
  if (!pom || taken.has(place)) return [];
  taken.add(place);
  return [pom, ...pom.modules.flatMap((module) => withModules(resolved(place, module) ?? place, poms, taken))];
}

function readPom(listing: Listing, directory: string): Pom {
  const text = without(listing.text(under(directory, 'pom.xml')) ?? '', '<!--', '-->');
  let own = text;
  for (const part of ['parent', 'dependencies', 'dependencyManagement', 'build', 'profiles', 'reporting']) {
    own = without(own, `<${part}>`, `</${part}>`);
  }
  const [name = ''] = valuesOf(own, 'artifactId');
  return {
    directory,
    text,
    name,
    modules: valuesOf(text, 'module').map((module) => (module.endsWith('pom.xml') ? directoryOf(module) : module)),
    // Its parent and plugins too: a change there changes this module.
    needs: valuesOf(text, 'artifactId').filter((each) => each !== name),
  };
}

/** The text without everything between two marks. */
function without(text: string, from: string, to: string): string {
  let left = '';
  let at = 0;
  for (;;) {
    const start = text.indexOf(from, at);
    const end = start < 0 ? -1 : text.indexOf(to, start);
    if (end < 0) return left + text.slice(at);
    left += text.slice(at, start);
    at = end + to.length;
  }
}

const valuesOf = (text: string, element: string): readonly string[] =>
  text
    .split(`<${element}>`)
    .slice(1)
    .map((rest) => rest.slice(0, rest.indexOf('<')).trim())
    .filter((value) => value !== '');

function mavenWorkspace(listing: Listing, poms: readonly Pom[]): Workspace {
  const [root] = poms;
  const directory = root?.directory ?? '';
  const program = wrapperOr(listing, directory, 'mvnw', 'mvn');
  const maven = (...run: string[]): Step => ({ run: [...program, '-B', '-ntp', ...run], directory });
  const members: readonly Member[] = poms.map(({ directory: place, name, needs }) => ({
    directory: place,
    name,
    needs,
  }));
  const which = (held: Held): readonly string[] | undefined => {
    if (held === 'all' || poms.length === 1) return [];
    const places = heldMembers({ members }, held).map((each) => relativeTo(directory, each.directory));
    // A member in the root's own directory is not a module; it is built with the others' parents.
    const modules = places.filter((place) => place !== '' && place !== directory);
    return modules.length > 0 ? ['--projects', modules.join(','), '--also-make'] : undefined;
  };
  const configures = (plugin: string): boolean =>
    poms.some(({ text }) => text.includes(`<artifactId>${plugin}</artifactId>`));
  const linters = [
    ...(configures('spotless-maven-plugin') ? ['spotless:check'] : []),
    ...(configures('maven-checkstyle-plugin') ? ['checkstyle:check'] : []),
    ...(configures('maven-pmd-plugin') ? ['pmd:check'] : []),
    ...(configures('detekt-maven-plugin') ? ['detekt:check'] : []),
  ];
  return {
    ecosystem: 'Maven',
    directory,
    members,
    audit: NO_AUDIT,
    find(gate, held) {
      const modules = which(held);
      if (!modules) return { steps: [], without: [] };
      switch (gate) {
        case 'lint':
          return linters.length > 0
            ? { steps: [maven(...linters, ...modules)], without: [] }
            : none(`neither spotless, checkstyle, pmd nor detekt is in ${under(directory, 'pom.xml')}`);
        case 'types':
          return none(COMPILED);
        case 'tests':
          return { steps: [maven('test', ...modules)], without: [] };
        case 'build':
          return { steps: [maven('package', '-DskipTests', ...modules)], without: [] };
      }
    },
  };
}

const none = (why: string): Found => ({ steps: [], without: [why] });

// --- Gradle -------------------------------------------------------------------------------------------------------------

const SETTINGS_CHARS = 64 * 1024;
const SETTINGS = ['settings.gradle', 'settings.gradle.kts'];
const BUILDS = ['build.gradle', 'build.gradle.kts'];

export function findGradle(listing: Listing): readonly Workspace[] {
  const places = directoriesWith(listing, /^(?:settings|build)\.gradle(?:\.kts)?$/);
  const found: Workspace[] = [];
  const taken: string[] = [];
  for (const place of places) {
    // A build below another build's settings is part of that build.
    if (taken.some((root) => isWithin(place, root))) continue;
    const isRoot = SETTINGS.some((name) => listing.files.has(under(place, name)));
    if (isRoot) taken.push(place);
    found.push(gradleWorkspace(listing, place));
  }
  return found;
}

const textOf = (listing: Listing, directory: string, names: readonly string[]): string =>
  names.map((name) => listing.text(under(directory, name)) ?? '').join('\n');

interface Part extends Member {
  /** `:core`; empty for the root. */
  readonly path: string;
  readonly text: string;
}

function gradleWorkspace(listing: Listing, directory: string): Workspace {
  const settings = textOf(listing, directory, SETTINGS);
  const parts = partsOf(listing, directory, settings);
  const program = wrapperOr(listing, directory, 'gradlew', 'gradle');
  const all = `${settings}\n${parts.map(({ text }) => text).join('\n')}`;
  const gradle = (tasks: readonly string[], held: Held): Step | undefined => {
    const places = heldMembers({ members: parts }, held);
    const names =
      held === 'all' || parts.length === 1
        ? tasks
        : places.flatMap(({ directory: place }) => {
            const part = parts.find((each) => each.directory === place);
            return part === undefined || part.path === '' ? [] : tasks.map((task) => `${part.path}:${task}`);
          });
    const run = [...program, '--console=plain', '--no-daemon', ...names];
    return names.length > 0 ? { run, directory } : undefined;
  };
  const linters = [
    ...(/com\.diffplug\.(?:gradle\.)?spotless|\bspotless\s*\{/.test(all) ? ['spotlessCheck'] : []),
    ...(/\bcheckstyle\b/.test(all) ? ['checkstyleMain'] : []),
    ...(/\bdetekt\b/.test(all) ? ['detekt'] : []),
    ...(/org\.jlleitschuh\.gradle\.ktlint/.test(all) ? ['ktlintCheck'] : []),
  ];
  const steps = (step: Step | undefined): Found => ({ steps: step ? [step] : [], without: [] });
  return {
    ecosystem: 'Gradle',
    directory,
    members: parts,
    audit: NO_AUDIT,
    find(gate: FoundGate, held) {
      switch (gate) {
        case 'lint':
          // Not every part may have the linter, so its tasks are not called on single parts.
          return linters.length > 0
            ? steps(gradle(linters, 'all'))
            : none(`neither spotless, checkstyle, detekt nor ktlint is in ${under(directory, 'the Gradle build')}`);
        case 'types':
          return none(COMPILED);
        case 'tests':
          return steps(gradle(['test'], held));
        case 'build':
          return steps(gradle(['assemble'], held));
      }
    },
  };
}

/** The builds that the settings include, as far as they are written out. If code computes them, there is one part. */
function partsOf(listing: Listing, directory: string, settings: string): readonly Part[] {
  // Runs of spaces mean nothing, and would make the patterns below quadratic.
  const lines = settings
    .replace(/\/\/.*$/gm, '')
    .replace(/\s+/g, ' ')
    .slice(0, SETTINGS_CHARS);
  const places = new Map<string, string>();
  for (const call of lines.matchAll(/\binclude\b\s*\(?((?:\s*,?\s*['"][^'"\n]+['"])+)/g)) {
    for (const [, name = ''] of (call[1] ?? '').matchAll(/['"]([^'"\n]+)['"]/g)) {
      const path = name.startsWith(':') ? name : `:${name}`;
      places.set(path, under(directory, path.slice(1).replaceAll(':', '/')));
    }
  }
  for (const [, path = '', place = ''] of lines.matchAll(
    /project\(\s*['"]([^'"\n]+)['"]\s*\)\.projectDir\s*=\s*(?:new\s+File|file)\([^'"\n]*['"]([^'"\n]+)['"]/g,
  )) {
    places.set(path, resolved(directory, place) ?? directory);
  }
  const inner = [...places].map(([path, place]): Part => {
    const text = textOf(listing, place, BUILDS);
    return { path, directory: place, name: path, needs: projectsIn(text), text };
  });
  const text = textOf(listing, directory, BUILDS);
  return [{ path: '', directory, name: ':', needs: [], text }, ...inner];
}

/** `project(":core")`, and `projects.core.api` of the type-safe accessors. */
function projectsIn(text: string): readonly string[] {
  const named = [...text.matchAll(/\bproject\(\s*(?:path\s*[:=]\s*)?['"](:[^'"\n]+)['"]/g)].map(
    ([, path = '']) => path,
  );
  const typed = [...text.matchAll(/\bprojects\.([\w.]+)/g)].map(
    ([, path = '']) => `:${path.replaceAll('.', ':').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  );
  return [...named, ...typed];
}
