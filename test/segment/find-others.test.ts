/** JVM, .NET, Ruby, PHP, Elixir and Go: tools that nothing installs, several projects in one place, lost file modes. */
import { describe, expect, it } from 'vitest';
import { findGates } from '../../src/gates/find.ts';
import { expectGates, type Files, find, listing, pkg, type Row, told } from './tables.ts';

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  '.NET': [
    [
      'several solutions in one directory are each named',
      { 'a.sln': '', 'b.slnx': '', 'src/a.csproj': '<PackageReference Include="xunit.v3" />', '.editorconfig': '' },
      {
        install: 'dotnet restore a.sln; dotnet restore b.slnx',
        tests: 'dotnet test a.sln --no-restore --nologo; dotnet test b.slnx --no-restore --nologo',
        build: /^dotnet build a\.sln .*; dotnet build b\.slnx /,
        lint: 'dotnet format a.sln --verify-no-changes --no-restore; dotnet format b.slnx --verify-no-changes --no-restore',
      },
    ],
    [
      'a solution beside a project is the one',
      { 'a.sln': '', 'a.csproj': '<IsTestProject>true</IsTestProject>' },
      { tests: 'dotnet test a.sln --no-restore --nologo' },
    ],
    [
      'tests by shared settings',
      {
        'a.sln': '',
        'Directory.Build.props': '<PackageReference Include="Microsoft.NET.Test.Sdk" />',
        'src/a.csproj': '',
      },
      { tests: 'dotnet test --no-restore --nologo' },
    ],
    [
      'a version alone is no test project',
      {
        'a.sln': '',
        'Directory.Packages.props': '<PackageVersion Include="Microsoft.NET.Test.Sdk" />',
        'a/a.csproj': '',
      },
      { tests: /^– no project refers to/ },
    ],
  ],
  Ruby: [
    [
      'gems.rb',
      { 'gems.rb': "gem 'rspec'\n", 'gems.locked': '', 'spec/a_spec.rb': '' },
      { tests: 'bundle exec rspec', install: 'bundle install', audit: /^bundle-audit/ },
    ],
    [
      'development dependencies in a gemspec',
      {
        Gemfile: "source 'x'\ngemspec\n",
        'a.gemspec': "spec.add_development_dependency 'rubocop', '~> 1'\nspec.add_development_dependency(\"rspec\")\n",
        '.rubocop.yml': '',
        'spec/a_spec.rb': '',
      },
      { lint: 'bundle exec rubocop', tests: 'bundle exec rspec' },
    ],
    [
      'linters that nothing installs',
      { Gemfile: "gem 'rake'\n", '.rubocop.yml': '', Steepfile: '', 'spec/a_spec.rb': '' },
      {
        lint: /^– rubocop is configured, but Gemfile does not name it/,
        types: /^– steep is configured/,
        tests: /^– rspec is configured/,
      },
    ],
    [
      'tests named as specs, run by rake',
      { Gemfile: "gem 'minitest'\n", Rakefile: '', 'test/spec_request.rb': '' },
      { tests: 'bundle exec rake test' },
    ],
  ],
  PHP: [
    [
      'checkers that nothing installs',
      { 'composer.json': pkg({}), 'phpcs.xml': '', 'phpstan.neon': '', 'phpunit.xml': '' },
      {
        lint: /^– phpcs is configured, but composer\.json does not require squizlabs\/php_codesniffer/,
        types: /^– phpstan is configured/,
        tests: /^– phpunit is configured/,
      },
    ],
    [
      'a checker that a coding standard brings',
      { 'composer.json': pkg({ 'require-dev': { 'doctrine/coding-standard': '^12' } }), 'phpcs.xml.dist': '' },
      { lint: 'vendor/bin/phpcs' },
    ],
    [
      'what the lock file names',
      {
        'composer.json': pkg({ 'require-dev': { 'our/tools': '^1' }, config: { 'bin-dir': 'bin/' } }),
        'composer.lock': '{\n  "packages-dev": [{ "name": "phpstan/phpstan", "version": "2" }]\n}',
        'phpstan.neon': '',
      },
      { types: /^bin\/phpstan analyse/ },
    ],
    [
      'the bridge of Symfony',
      { 'composer.json': pkg({ 'require-dev': { 'symfony/phpunit-bridge': '^7' } }), 'phpunit.xml.dist': '' },
      { tests: 'vendor/bin/simple-phpunit --colors=never' },
    ],
  ],
  Elixir: [
    [
      'dependencies without a lock file, and the programs that fetch them',
      { 'mix.exs': 'defp deps do [{:jason, "~> 1.4"}] end' },
      { install: 'mix local.hex --force --if-missing; mix local.rebar --force --if-missing; mix deps.get' },
    ],
    ['nothing to fetch', { 'mix.exs': 'defp deps do [] end' }, { install: '–' }],
  ],
  'Java and its kin': [
    [
      'no audit, and it is said',
      { 'build.gradle': '' },
      { audit: /^– Java’s build tools include no audit of dependencies; set gates/ },
    ],
  ],
};

describe('other ecosystems', () => {
  for (const [kind, rows] of Object.entries(TABLE)) {
    describe(kind, () => {
      it.each(rows)('%s', (_, files, expected) => {
        expectGates(told(find(files)), expected);
      });
    });
  }

  const JAVA: Files = {
    'pom.xml': '<project><artifactId>a</artifactId></project>',
    mvnw: '',
    'b/build.gradle': '',
    'b/gradlew': '',
  };

  it.each<[string, readonly string[], string]>([
    [
      'with the executable bit',
      ['mvnw', 'b/gradlew'],
      './mvnw -B -ntp test; b: ./gradlew --console=plain --no-daemon test',
    ],
    ['without it: by the shell', [], 'sh ./mvnw -B -ntp test; b: sh ./gradlew --console=plain --no-daemon test'],
  ])('wrappers %s', (_, executable, expected) => {
    expect(told(findGates({ ...listing(JAVA), executable: new Set(executable) }, {})).tests).toBe(expected);
  });

  it('content that is not fetched is known', () => {
    const files = {
      ...listing({ 'go.mod': 'module a\n' }),
      submodules: ['lib/x', 'lib/y'],
      large: ['a.bin', 'b', 'c', 'd'],
    };
    expect(findGates(files, {}).hints.map(({ text }) => text)).toEqual([
      'submodules are not fetched, so these directories are empty: lib/x, lib/y',
      'files in Git LFS are not fetched, so these are only pointers: a.bin, b, c and 1 more',
    ]);
  });
});
