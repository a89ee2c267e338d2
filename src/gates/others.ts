/** .NET, Ruby, PHP and Elixir: found by their manifests, and always checked as a whole. */
import {
  type Audit,
  directoriesWith,
  type Ecosystem,
  type Found,
  type FoundGate,
  filesBelow,
  type Install,
  isWithin,
  type Listing,
  type Step,
  tableOf,
  textsOf,
  under,
  type Workspace,
} from './workspace.ts';

export const MANIFESTS = /(?:^|\/)(?:[^/]+\.(?:cs|fs|vb)proj|Gemfile|Gemfile\.lock|composer\.json|mix\.exs)$/;

interface Said {
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
    const step = (...run: string[]): Step => ({ run, directory, environment: DOTNET });
    const below = filesBelow(listing, directory);
    const lock = below.filter((file) => file.endsWith('packages.lock.json')).map((file) => under(directory, file));
    const sources = below.filter((file) => /\.(?:cs|fs|vb)proj$/.test(file)).map((file) => under(directory, file));
    const hasTests = sources.some((file) =>
      /Microsoft\.NET\.Test\.Sdk|TUnit|MSTest\.Sdk/.test(listing.text(file) ?? ''),
    );
    const after = [...sources, ...lock];
    const isSet = ['', directory].some((place) => listing.files.has(under(place, '.editorconfig')));
    return whole('.NET', directory, {
      install: { steps: [step('dotnet', 'restore', ...(lock.length > 0 ? ['--locked-mode'] : []))], after },
      audit: {
        kind: 'audit',
        form: 'dotnet',
        step: step('dotnet', 'list', 'package', '--vulnerable', '--include-transitive', '--format', 'json'),
        prepare: [step('dotnet', 'restore')],
        after,
      },
      gates: {
        lint: isSet
          ? some(step('dotnet', 'format', '--verify-no-changes', '--no-restore'))
          : none('no .editorconfig configures dotnet format'),
        types: none('the compiler checks types in the build'),
        tests: hasTests
          ? some(step('dotnet', 'test', '--no-restore', '--nologo'))
          : none('no project refers to Microsoft.NET.Test.Sdk'),
        build: some(step('dotnet', 'build', '--no-restore', '--nologo')),
      },
    });
  });
}

const DOTNET = { DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1', DOTNET_SKIP_FIRST_TIME_EXPERIENCE: '1' };

// --- Ruby ---------------------------------------------------------------------------------------------------------------

export function findRuby(listing: Listing): readonly Workspace[] {
  return directoriesWith(listing, 'Gemfile').map((directory) => {
    const has = (name: string): boolean => listing.files.has(under(directory, name));
    const gems = `${listing.text(under(directory, 'Gemfile')) ?? ''}\n${listing.text(under(directory, 'Gemfile.lock')) ?? ''}`;
    const needs = (name: string): boolean => new RegExp(`(?:^[ \\t]*gem[ \\t]+['"]|^ {2,6})${name}\\b`, 'm').test(gems);
    const isLocked = has('Gemfile.lock');
    const environment = { BUNDLE_PATH: 'vendor/bundle', ...(isLocked ? { BUNDLE_FROZEN: 'true' } : {}) };
    const bundle = (...run: string[]): Step => ({ run: ['bundle', ...run], directory, environment });
    const below = filesBelow(listing, directory);
    const after = ['Gemfile', 'Gemfile.lock'].map((file) => under(directory, file));
    const gemspec = below.find((file) => /^[^/]+\.gemspec$/.test(file));
    const rspec = has('.rspec') || (needs('rspec') && below.some((file) => /_spec\.rb$/.test(file)));
    const rails = has('bin/rails') && below.some((file) => file.startsWith('test/'));
    const types = [
      ...(has('sorbet/config') ? [bundle('exec', 'srb', 'tc')] : []),
      ...(has('Steepfile') ? [bundle('exec', 'steep', 'check')] : []),
    ];
    const tests = rspec
      ? [bundle('exec', 'rspec')]
      : rails
        ? [bundle('exec', 'rails', 'test')]
        : has('Rakefile') && below.some((file) => /(?:^|\/)(?:test_[^/]+|[^/]+_test)\.rb$/.test(file))
          ? [bundle('exec', 'rake', 'test')]
          : [];
    return whole('Ruby', directory, {
      install: { steps: [bundle('install')], after },
      audit: isLocked
        ? {
            kind: 'audit',
            form: 'bundler-audit',
            step: { run: ['bundle-audit', 'check', '--update', '--format', 'json'], directory },
            after,
          }
        : { kind: 'not applicable', why: `no Gemfile.lock next to ${under(directory, 'Gemfile')}` },
      gates: {
        lint: orNone(
          has('.rubocop.yml') || needs('rubocop')
            ? [bundle('exec', 'rubocop')]
            : has('.standard.yml') || needs('standard')
              ? [bundle('exec', 'standardrb')]
              : [],
          'neither rubocop nor standard is configured',
        ),
        types: orNone(types, 'neither sorbet nor steep is configured'),
        tests: orNone(tests, 'there is neither rspec nor a Rakefile with tests'),
        build: orNone(
          gemspec === undefined ? [] : [{ run: ['gem', 'build', gemspec, '--output', '/dev/null'], directory }],
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
    const step = (...run: string[]): Step => ({ run, directory });
    const script = (...names: string[]): Step[] => {
      const name = names.find((each) => scripts[each] !== undefined);
      return name === undefined ? [] : [step('composer', 'run-script', '--no-interaction', name)];
    };
    const after = ['composer.json', 'composer.lock'].map((file) => under(directory, file));
    const isLocked = has('composer.lock');
    const lint = [
      ...(has('pint.json') || 'laravel/pint' in needs ? [step('vendor/bin/pint', '--test')] : []),
      ...(has('.php-cs-fixer.php', '.php-cs-fixer.dist.php') ? [step('vendor/bin/php-cs-fixer', 'check')] : []),
      ...(has('phpcs.xml', 'phpcs.xml.dist', '.phpcs.xml', '.phpcs.xml.dist') ? [step('vendor/bin/phpcs')] : []),
    ];
    const types = [
      ...(has('phpstan.neon', 'phpstan.neon.dist', 'phpstan.dist.neon')
        ? [step('vendor/bin/phpstan', 'analyse', '--no-progress', '--error-format=raw')]
        : []),
      ...(has('psalm.xml', 'psalm.xml.dist') ? [step('vendor/bin/psalm', '--no-progress')] : []),
    ];
    const tests =
      'pestphp/pest' in needs
        ? [step('vendor/bin/pest', '--colors=never')]
        : has('phpunit.xml', 'phpunit.xml.dist', 'phpunit.dist.xml') || 'phpunit/phpunit' in needs
          ? [step('vendor/bin/phpunit', '--colors=never')]
          : [];
    const first = (...choices: readonly (readonly Step[])[]): readonly Step[] =>
      choices.find((each) => each.length > 0) ?? [];
    return whole('PHP', directory, {
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
        lint: orNone(first(script('lint', 'cs'), lint), 'neither pint, php-cs-fixer nor phpcs is configured'),
        types: orNone(
          first(script('types', 'phpstan', 'analyse', 'psalm'), types),
          'neither phpstan nor psalm is configured',
        ),
        tests: orNone(first(script('test', 'tests'), tests), 'neither phpunit nor pest is configured'),
        build: none('PHP has nothing to build'),
      },
    });
  });
}

function readJson(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return tableOf(JSON.parse(text ?? '{}'));
  } catch {
    // Composer will report the error.
    return {};
  }
}

// --- Elixir ---------------------------------------------------------------------------------------------------------------

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
    const after = ['mix.exs', 'mix.lock'].map((file) => under(directory, file));
    const lint = [
      ...(has('.formatter.exs') ? [mix('format', '--check-formatted')] : []),
      ...(needs('credo') ? [mix('credo')] : []),
    ];
    return whole('Elixir', directory, {
      ...(isLocked ? { install: { steps: [mix('deps.get', '--check-locked')], after } } : {}),
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
