/** .NET, Ruby, PHP and Elixir: found by their manifests, and always checked as a whole. */
import { doesNothing } from './tasks.ts';
import {
  type Audit,
  directoriesWith,
  directoryOf,
  type Ecosystem,
  type Found,
  type FoundGate,
  filesBelow,
  type Install,
  isWithin,
  type Listing,
  nameOf,
  type Step,
  tableOf,
  textsOf,
  under,
  type Workspace,
} from './workspace.ts';

export const MANIFESTS =
  /(?:^|\/)(?:[^/]+\.(?:cs|fs|vb)proj|Directory\.(?:Build|Packages)\.(?:props|targets)|Gemfile|Gemfile\.lock|gems\.(?:rb|locked)|[^/]+\.gemspec|composer\.(?:json|lock)|mix\.exs)$/;

interface Said {
  readonly scripts?: NonNullable<Workspace['scripts']>;
  readonly install?: Install;
  readonly audit: Audit;
  readonly gates: Readonly<Record<FoundGate, Found>>;
}

const some = (...steps: readonly Step[]): Found => ({ steps, without: [] });
const none = (why: string): Found => ({ steps: [], without: [why] });
const orNone = (steps: readonly Step[], why: string): Found => (steps.length > 0 ? some(...steps) : none(why));

const whole = (ecosystem: Ecosystem, directory: string, { gates, ...rest }: Said): Workspace => ({
  ecosystem,
  directory,
  members: [{ directory, name: '', needs: [] }],
  ...rest,
  find: (gate) => gates[gate],
});

/** The outermost of nested directories. */
const outermost = (places: readonly string[]): readonly string[] =>
  places.filter((place) => !places.some((other) => other !== place && isWithin(place, other)));

// --- .NET ---------------------------------------------------------------------------------------------------------------

export function findDotnet(listing: Listing): readonly Workspace[] {
  const solutions = directoriesWith(listing, /\.slnx?$/);
  const projects = directoriesWith(listing, /\.(?:cs|fs|vb)proj$/);
  // A project that is in no solution is built separately.
  const alone = projects.filter((place) => !solutions.some((root) => isWithin(place, root)));
  return outermost([...solutions, ...alone]).map((directory) => {
    // With several in one directory, dotnet asks for one of them.
    const here = [...listing.files].filter((file) => directoryOf(file) === directory);
    const solved = here.filter((file) => /\.slnx?$/.test(file)).map(nameOf);
    const built = here.filter((file) => /\.(?:slnx?|(?:cs|fs|vb)proj)$/.test(file)).map(nameOf);
    const targets = built.length > 1 ? (solved.length > 0 ? solved : built).sort().map((name) => [name]) : [[]];
    const step = (...run: string[]): Step => ({ run, directory, environment: DOTNET });
    /** A command for each solution. */
    const each = (run: readonly string[], ...options: string[]): readonly Step[] =>
      targets.map((target) => step('dotnet', ...run, ...target, ...options));
    const below = filesBelow(listing, directory);
    const lock = below.filter((file) => file.endsWith('packages.lock.json')).map((file) => under(directory, file));
    const sources = below.filter((file) => /\.(?:cs|fs|vb)proj$/.test(file)).map((file) => under(directory, file));
    const shared = below.filter((file) => /(?:^|\/)Directory\.Build\.(?:props|targets)$/.test(file));
    const hasTests = [...sources, ...shared.map((file) => under(directory, file))].some((file) =>
      /(?:Include|Sdk|Update)="(?:Microsoft\.NET\.Test\.Sdk|TUnit|MSTest\.Sdk|xunit\.v3|MSTest)\b|<IsTestProject>\s*true/i.test(
        listing.text(file) ?? '',
      ),
    );
    const after = [...sources, ...lock];
    const isSet = ['', directory].some((place) => listing.files.has(under(place, '.editorconfig')));
    return whole('.NET', directory, {
      install: { steps: each(['restore'], ...(lock.length > 0 ? ['--locked-mode'] : [])), after },
      audit: {
        kind: 'audit',
        form: 'dotnet',
        step: step(
          ...['dotnet', 'list', ...(targets[0] ?? []), 'package'],
          ...['--vulnerable', '--include-transitive', '--format', 'json'],
        ),
        prepare: each(['restore']),
        after,
      },
      gates: {
        lint: isSet
          ? some(...each(['format'], '--verify-no-changes', '--no-restore'))
          : none('no .editorconfig configures dotnet format'),
        types: none('the compiler checks types in the build'),
        tests: hasTests
          ? some(...each(['test'], '--no-restore', '--nologo'))
          : none('no project refers to Microsoft.NET.Test.Sdk'),
        build: some(...each(['build'], '--no-restore', '--nologo')),
      },
    });
  });
}

const DOTNET = { DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1', DOTNET_SKIP_FIRST_TIME_EXPERIENCE: '1' };

// --- Ruby ---------------------------------------------------------------------------------------------------------------

export function findRuby(listing: Listing): readonly Workspace[] {
  return directoriesWith(listing, /^(?:Gemfile|gems\.rb)$/).map((directory) => {
    const has = (name: string): boolean => listing.files.has(under(directory, name));
    const below = filesBelow(listing, directory);
    const [manifest, lock] = has('Gemfile') ? ['Gemfile', 'Gemfile.lock'] : ['gems.rb', 'gems.locked'];
    const gemspecs = below.filter((file) => /^[^/]+\.gemspec$/.test(file));
    const gems = [manifest, lock, ...gemspecs].map((file) => listing.text(under(directory, file)) ?? '').join('\n');
    // `gem 'x'` of a Gemfile, `    x (1.0)` of a lock file, `add_development_dependency 'x'` of a gemspec.
    const needs = (name: string): boolean =>
      new RegExp(`(?:^[ \\t]*gem[ \\t(]+['"]|^ {2,6}|_dependency[ \\t(]+['"])${name}(?=['"\\s-]|$)`, 'm').test(gems);
    const isLocked = has(lock);
    const environment = { BUNDLE_PATH: 'vendor/bundle', ...(isLocked ? { BUNDLE_FROZEN: 'true' } : {}) };
    const bundle = (...run: string[]): Step => ({ run: ['bundle', ...run], directory, environment });
    const after = [manifest, lock, ...gemspecs].map((file) => under(directory, file));
    const lacks = (tool: string): string => `${tool} is configured, but ${under(directory, manifest)} does not name it`;
    /** The first of these tools that is installed; otherwise the first that is only configured. */
    const first = (
      why: string,
      ...tools: readonly (readonly [gem: string, isSet: boolean, ...run: string[]])[]
    ): Found => {
      const found =
        tools.find(([gem, isSet]) => isSet && needs(gem)) ?? tools.find(([gem]) => needs(gem) && gem !== 'rake');
      if (found) return some(bundle('exec', ...found.slice(2).map(String)));
      const [only] = tools.find(([, isSet]) => isSet) ?? [];
      return none(only === undefined ? why : lacks(only));
    };
    const specs = below.some((file) => /_spec\.rb$/.test(file));
    const hasTests = below.some((file) => /(?:^|\/)(?:(?:test|spec)_[^/]+|[^/]+_(?:test|spec))\.rb$/.test(file));
    const isRails = has('bin/rails') && below.some((file) => file.startsWith('test/'));
    const types = [
      ...(has('sorbet/config') && needs('sorbet') ? [bundle('exec', 'srb', 'tc')] : []),
      ...(has('Steepfile') && needs('steep') ? [bundle('exec', 'steep', 'check')] : []),
    ];
    const onlySet = has('sorbet/config') ? lacks('sorbet') : has('Steepfile') ? lacks('steep') : undefined;
    const tests =
      needs('rspec') && (has('.rspec') || specs)
        ? some(bundle('exec', 'rspec'))
        : isRails
          ? some(bundle('exec', 'rails', 'test'))
          : has('Rakefile') && hasTests
            ? some(bundle('exec', 'rake', 'test'))
            : none(has('.rspec') || specs ? lacks('rspec') : 'there is neither rspec nor a Rakefile with tests');
    return whole('Ruby', directory, {
      install: { steps: [bundle('install')], after },
      audit: isLocked
        ? {
            kind: 'audit',
            form: 'bundler-audit',
            step: { run: ['bundle-audit', 'check', '--update', '--format', 'json'], directory },
            after,
          }
        : { kind: 'not applicable', why: `no ${lock} next to ${under(directory, manifest)}` },
      gates: {
        lint: first(
          'neither rubocop nor standard is configured',
          ['rubocop', has('.rubocop.yml'), 'rubocop'],
          ['standard', has('.standard.yml'), 'standardrb'],
        ),
        types: orNone(types, onlySet ?? 'neither sorbet nor steep is configured'),
        tests,
        build: orNone(
          gemspecs.map((gemspec) => ({ run: ['gem', 'build', gemspec, '--output', '/dev/null'], directory })),
          'Ruby has nothing to build without a gemspec',
        ),
      },
    });
  });
}

// --- PHP ----------------------------------------------------------------------------------------------------------------

export function findPhp(listing: Listing): readonly Workspace[] {
  return directoriesWith(listing, 'composer.json').map((directory) => {
    const has = (...names: string[]): boolean => names.some((name) => listing.files.has(under(directory, name)));
    const manifest = readJson(listing.text(under(directory, 'composer.json')));
    const needs = { ...textsOf(manifest.require), ...textsOf(manifest['require-dev']) };
    const scripts = tableOf(manifest.scripts);
    // Packages of packages count: a coding standard brings its checker.
    const locked = new Set(
      [...(listing.text(under(directory, 'composer.lock')) ?? '').matchAll(/"name": "([\w./-]+)"/g)].map(
        ([, name]) => name,
      ),
    );
    const standards = Object.keys(needs).some((name) => /coding-standard|codesniffer|php-codesniffer/i.test(name));
    const installs = (name: string): boolean =>
      name in needs || locked.has(name) || (name === 'squizlabs/php_codesniffer' && standards);
    const lacking: Record<'lint' | 'types' | 'tests', string[]> = { lint: [], types: [], tests: [] };
    /** A tool that is configured runs if something installs it. */
    const tool = (gate: keyof typeof lacking, name: string, isSet: boolean, ...run: string[]): readonly Step[] => {
      if (!isSet) return [];
      if (installs(name)) return [step(`${bin}/${run[0]}`, ...run.slice(1))];
      lacking[gate].push(`${run[0]} is configured, but ${under(directory, 'composer.json')} does not require ${name}`);
      return [];
    };
    const place = tableOf(manifest.config)['bin-dir'];
    const bin = typeof place === 'string' ? place.replace(/\/+$/, '') : 'vendor/bin';
    const step = (...run: string[]): Step => ({ run, directory });
    const script = (...names: string[]): Step[] => {
      const name = names.find((each) => scripts[each] !== undefined && !onlyPrints(scripts[each]));
      return name === undefined ? [] : [step('composer', 'run-script', '--no-interaction', name)];
    };
    const after = ['composer.json', 'composer.lock'].map((file) => under(directory, file));
    const isLocked = has('composer.lock');
    const lint = [
      ...tool('lint', 'laravel/pint', has('pint.json') || 'laravel/pint' in needs, 'pint', '--test'),
      ...tool(
        'lint',
        'friendsofphp/php-cs-fixer',
        has('.php-cs-fixer.php', '.php-cs-fixer.dist.php'),
        ...['php-cs-fixer', 'check'],
      ),
      ...tool(
        'lint',
        'squizlabs/php_codesniffer',
        has('phpcs.xml', 'phpcs.xml.dist', '.phpcs.xml', '.phpcs.xml.dist'),
        'phpcs',
      ),
    ];
    const types = [
      ...tool(
        'types',
        'phpstan/phpstan',
        has('phpstan.neon', 'phpstan.neon.dist', 'phpstan.dist.neon'),
        ...['phpstan', 'analyse', '--no-progress', '--error-format=raw'],
      ),
      ...tool('types', 'vimeo/psalm', has('psalm.xml', 'psalm.xml.dist'), 'psalm', '--no-progress'),
    ];
    const isPhpunit = has('phpunit.xml', 'phpunit.xml.dist', 'phpunit.dist.xml') || 'phpunit/phpunit' in needs;
    const isBridge = 'symfony/phpunit-bridge' in needs && !installs('phpunit/phpunit');
    const tests =
      'pestphp/pest' in needs
        ? [step(`${bin}/pest`, '--colors=never')]
        : isBridge && isPhpunit
          ? [step(`${bin}/simple-phpunit`, '--colors=never')]
          : 'orchestra/testbench' in needs && isPhpunit
            ? [step(`${bin}/phpunit`, '--colors=never')]
            : tool('tests', 'phpunit/phpunit', isPhpunit, 'phpunit', '--colors=never');
    const why = (gate: keyof typeof lacking, usual: string): string => lacking[gate].join('; ') || usual;
    const first = (...choices: readonly (readonly Step[])[]): readonly Step[] =>
      choices.find((each) => each.length > 0) ?? [];
    return whole('PHP', directory, {
      scripts: { [under(directory, 'composer.json')]: scripts },
      install: { steps: [step('composer', 'install', '--no-interaction', '--no-scripts', '--no-progress')], after },
      audit: isLocked
        ? {
            kind: 'audit',
            form: 'composer',
            step: step('composer', 'audit', '--locked', '--no-dev', '--abandoned=ignore', '--format=json'),
            after,
          }
        : { kind: 'not applicable', why: `no composer.lock next to ${under(directory, 'composer.json')}` },
      gates: {
        lint: orNone(
          first(script('lint', 'cs', 'cs:check', 'check-style', 'cs-check', 'check:cs'), lint),
          why('lint', 'neither pint, php-cs-fixer nor phpcs is configured'),
        ),
        types: orNone(
          first(script('types', 'phpstan', 'analyse', 'analyze', 'stan', 'psalm', 'static-analysis'), types),
          why('types', 'neither phpstan nor psalm is configured'),
        ),
        tests: orNone(
          first(script('test', 'tests', 'test:unit', 'phpunit'), tests),
          why('tests', 'neither phpunit nor pest is configured'),
        ),
        build: none('PHP has nothing to build'),
      },
    });
  });
}

/** A script of Composer is a command or a list of them. */
const onlyPrints = (script: unknown): boolean =>
  [script].flat().every((each) => typeof each === 'string' && doesNothing(each));

function readJson(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return tableOf(JSON.parse(text ?? '{}'));
  } catch {
    // Composer will report the error.
    return {};
  }
}

// --- Elixir ---------------------------------------------------------------------------------------------------------------

/** Mix fetches packages and builds Erlang with programs that it keeps in the home directory. A gate has its own. */
const BOOTSTRAP = [
  ['local.hex', '--force', '--if-missing'],
  ['local.rebar', '--force', '--if-missing'],
];

export function findElixir(listing: Listing): readonly Workspace[] {
  // The applications of an umbrella are checked from its root.
  return outermost(directoriesWith(listing, 'mix.exs')).map((directory) => {
    const has = (name: string): boolean => listing.files.has(under(directory, name));
    const mix = (...run: string[]): Step => ({ run: ['mix', ...run], directory });
    const test = (...run: string[]): Step => ({ ...mix(...run), environment: { MIX_ENV: 'test' } });
    const text = filesBelow(listing, directory)
      .filter((file) => file === 'mix.exs' || file.endsWith('/mix.exs'))
      .map((file) => listing.text(under(directory, file)) ?? '')
      .join('\n');
    const needs = (name: string): boolean => text.includes(`{:${name},`);
    const isLocked = has('mix.lock');
    const needsDependencies = isLocked || /\{:\w+,/.test(text);
    const after = ['mix.exs', 'mix.lock'].map((file) => under(directory, file));
    const lint = [
      ...(has('.formatter.exs') ? [mix('format', '--check-formatted')] : []),
      ...(needs('credo') ? [mix('credo')] : []),
    ];
    return whole('Elixir', directory, {
      ...(needsDependencies
        ? {
            install: {
              steps: [...BOOTSTRAP.map((run) => mix(...run)), mix('deps.get', ...(isLocked ? ['--check-locked'] : []))],
              after,
            },
          }
        : {}),
      audit:
        isLocked && needs('mix_audit')
          ? { kind: 'audit', form: 'mix_audit', step: mix('deps.audit', '--format', 'json'), after }
          : { kind: 'not applicable', why: 'mix_audit is not a dependency' },
      gates: {
        lint: orNone(lint, 'there is neither .formatter.exs nor credo'),
        types: needs('dialyxir') ? some(mix('dialyzer')) : none('dialyxir is not a dependency'),
        tests: some(test('test')),
        build: some(mix('compile', '--warnings-as-errors')),
      },
    });
  });
}
