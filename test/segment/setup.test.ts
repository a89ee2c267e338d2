/** Versions that repositories ask for, and the steps of workflows that set them up, from texts. */
import { describe, expect, it } from 'vitest';
import { asksForVersions, fits, readAsked } from '../../src/gates/setup/versions.ts';
import { compareSetup, isWorkflow } from '../../src/gates/setup/workflows.ts';
import { read } from '../house/sources.ts';

type Files = Readonly<Record<string, string>>;

const SEGMENT = '.github/workflows/segment.yml';
const SWARM = '.github/workflows/swarm.yml';
const COPILOT = '.github/workflows/copilot-setup-steps.yml';

/** Only the files that would be read. */
const textsOf = (files: Files): ReadonlyMap<string, string> =>
  new Map(Object.entries(files).filter(([path]) => asksForVersions(path) || isWorkflow(path)));

const asked = (files: Files, directories: readonly string[] = []) =>
  readAsked(textsOf(files), directories).asked.map(({ tool, version, file }) => `${tool} ${version} (${file})`);

describe('a repository asks for versions', () => {
  it.each<[string, Files, readonly string[]]>([
    ['of node', { '.nvmrc': 'v18.19.0\n' }, ['node 18.19.0 (.nvmrc)']],
    ['of node, by a name', { '.nvmrc': '# the oldest\nlts/hydrogen # 18\n' }, ['node lts/hydrogen (.nvmrc)']],
    [
      'of node, in several files',
      { '.node-version': '20', 'package.json': '{"engines": {"node": ">=18"}}' },
      ['node 20 (.node-version)', 'node >=18 (package.json)'],
    ],
    [
      'by Volta, which comes before engines',
      { 'package.json': '{"volta": {"node": "20.1.0"}, "engines": {"node": ">=18"}}' },
      ['node 20.1.0 (package.json)'],
    ],
    [
      'of a package manager',
      { 'package.json': '{"packageManager": "pnpm@9.1.0+sha512.ab"}' },
      ['pnpm 9.1.0 (package.json)'],
    ],
    ['of Python', { '.python-version': '3.11\n3.10\n' }, ['python 3.11 (.python-version)']],
    ['of Go, as the oldest that will do', { 'go.mod': 'module x\n\ngo 1.22\n' }, ['go >=1.22 (go.mod)']],
    ['of Go’s toolchain', { 'go.mod': 'module x\ngo 1.22\ntoolchain go1.23.4\n' }, ['go >=1.23.4 (go.mod)']],
    ['of Rust', { 'rust-toolchain.toml': '[toolchain]\nchannel = "1.75"\n' }, ['rust 1.75 (rust-toolchain.toml)']],
    [
      'of Rust, in one word',
      { 'rust-toolchain': 'nightly-2024-01-01\n' },
      ['rust nightly-2024-01-01 (rust-toolchain)'],
    ],
    ['of .NET', { 'global.json': '{ // fixed\n "sdk": {"version": "8.0.100"} }' }, ['dotnet 8.0.100 (global.json)']],
    [
      'of Ruby and Java',
      { '.ruby-version': 'ruby-3.2.2\n', '.java-version': '17\n' },
      ['ruby ruby-3.2.2 (.ruby-version)', 'java 17 (.java-version)'],
    ],
    [
      'for asdf',
      { '.tool-versions': 'nodejs 20.1.0 18.0.0\n# golang 1.0\ngolang 1.22.1 # new\n\nterraform 1.5' },
      ['node 20.1.0 (.tool-versions)', 'go 1.22.1 (.tool-versions)', 'terraform 1.5 (.tool-versions)'],
    ],
    [
      'for mise',
      { 'mise.toml': '[tools]\nnode = "20"\npython = ["3.11", "3.10"]\njava = {version = "21"}\n' },
      ['node 20 (mise.toml)', 'python 3.11 (mise.toml)', 'java 21 (mise.toml)'],
    ],
    [
      'for a development container',
      {
        '.devcontainer/devcontainer.json':
          '{"features": {"example.test/devcontainers/features/go:1": {"version": "1.22"}, "example.test/x/docker-in-docker:2": {}}}',
      },
      ['go 1.22 (.devcontainer/devcontainer.json)'],
    ],
    [
      'for Copilot',
      {
        [COPILOT]:
          'jobs:\n  copilot-setup-steps:\n    steps:\n      - uses: actions/checkout@v5\n      - uses: actions/setup-node@v6\n        with: {node-version: 22}\n',
      },
      [`node 22 (${COPILOT})`],
    ],
    [
      'in nothing that can be read',
      { 'mise.toml': '[tools\n', 'global.json': '{', [COPILOT]: 'a: [', '.nvmrc': '\n' },
      [],
    ],
    ['in material of tests, which does not count', { 'test/fixtures/a/.nvmrc': '4', 'web/.nvmrc': '20' }, []],
  ])('%s', (_, files, expected) => {
    expect(asked(files)).toEqual(expected);
  });

  it('in the directories of its projects', () => {
    expect(asked({ 'web/.nvmrc': '20', 'other/.nvmrc': '4', '.nvmrc': '18' }, ['web'])).toEqual([
      'node 18 (.nvmrc)',
      'node 20 (web/.nvmrc)',
    ]);
  });

  it('and has other set-up, which is named', () => {
    const steps =
      '- uses: actions/checkout@v5\n      - name: Protoc\n        run: apt-get install protoc\n      - run: |\n          # x\n          make tools\n';
    const files = {
      [COPILOT]: `jobs:\n  copilot-setup-steps:\n    steps:\n      ${steps}`,
      '.devcontainer.json': '{"features": {"example.test/x/docker-in-docker:2": {}}}',
    };
    expect(readAsked(textsOf(files), []).others).toEqual([
      { file: COPILOT, names: ['Protoc', 'make tools'] },
      { file: '.devcontainer.json', names: ['docker-in-docker'] },
    ]);
  });

  it.each<[string, string, boolean | undefined]>([
    ['18', '18.19.0', true],
    ['18.19', '18.x', true],
    ['18.19', 'v18.20', false],
    ['20', '18', false],
    ['>=18', '20', true],
    ['>=18.2', '18.1', false],
    ['>=18.2', '18', true],
    ['lts/*', '20', undefined],
    ['20', 'lts/*', undefined],
    ['^18', '18', undefined],
  ])('%s and %s fit: %s', (wanted, given, expected) => {
    expect(fits(wanted, given)).toBe(expected);
  });
});

// --- workflows ------------------------------------------------------------------------------------------------------------

const tool = (files: Files) => {
  const texts = textsOf(files);
  const [first] = compareSetup(readAsked(texts, []), texts);
  if (!first) throw new Error('nothing is asked for');
  return first;
};
const job = (name: string, ...steps: readonly string[]): string =>
  `  ${name}:\n    steps:\n${['- run: bwrap', ...steps].map((step) => `      ${step}\n`).join('')}`;
const node = (version: string): string => `- { uses: actions/setup-node@v6, with: { node-version: ${version} } }`;

describe('the workflows', () => {
  it('as Swarm ships them set nothing up: the step names its version, for all three jobs', () => {
    const { jobs, isLacking, step } = tool({ '.nvmrc': '18', [SEGMENT]: read(SEGMENT), [SWARM]: read(SWARM) });
    expect(jobs.map(({ file, job, has }) => `${file} ${job} ${has}`)).toEqual([
      'segment.yml work nothing',
      'segment.yml verify nothing',
      'swarm.yml calibrate nothing',
    ]);
    expect(isLacking).toBe(true);
    expect(step).toBe("- uses: actions/setup-node@v6\n  with:\n    node-version: '18'");
  });

  it.each<[string, string, readonly string[], string, boolean]>([
    ['set up the version', '18', [node('18.x')], 'this version', false],
    ['set up another one', '18', [node('20')], 'another version', true],
    ['let the last step count', '18', [node('20'), node('18')], 'this version', false],
    ['take it from an expression', '18', [node(`"\${{ vars.NODE }}"`)], 'unclear', false],
    [
      'read it from a file, without a checkout',
      '18',
      ['- { uses: actions/setup-node@v6, with: { node-version-file: .nvmrc } }'],
      'no file',
      true,
    ],
    [
      'read it from a file of their checkout',
      '18',
      ['- uses: actions/checkout@v5', '- { uses: actions/setup-node@v6, with: { node-version-file: .nvmrc } }'],
      'unclear',
      false,
    ],
    ['install it by mise, without a checkout', '18', ['- uses: jdx/mise-action@v3'], 'no file', true],
    ['install it in a script', '18', ['- run: apt-get install node=18'], 'this version', false],
    ['speak of it in a script', '18', ['- run: install-node latest node'], 'unclear', false],
    [
      'only set up something else',
      '18',
      ['- run: npm install -g node-gyp', '- uses: actions/setup-go@v6'],
      'nothing',
      true,
    ],
  ])('%s', (_, version, steps, has, isLacking) => {
    const workflow = `jobs:\n${job('work', ...steps)}${job('verify', ...steps)}`;
    const files = { '.nvmrc': version, [SEGMENT]: workflow, [SWARM]: `jobs:\n${job('calibrate', ...steps)}` };
    const found = tool(files);
    expect(found.jobs.map((each) => each.has)).toEqual([has, has, has]);
    expect(found.isLacking).toBe(isLacking);
  });

  it('lack a step if one of the three jobs does', () => {
    const segment = `jobs:\n${job('work', node('18'))}${job('verify', node('18'))}`;
    const found = tool({ '.nvmrc': '18', [SEGMENT]: segment, [SWARM]: read(SWARM) });
    expect(found.jobs.map(({ has }) => has)).toEqual(['this version', 'this version', 'nothing']);
    expect(found.isLacking).toBe(true);
  });

  it('need no step for the oldest version that will do, nor for a package manager that Swarm fetches', () => {
    expect(tool({ 'go.mod': 'go 1.22\n', [SEGMENT]: read(SEGMENT) })).toMatchObject({ isLacking: false });
    const pnpm = tool({ 'package.json': '{"packageManager": "pnpm@9.1.0"}', [SEGMENT]: read(SEGMENT) });
    expect(pnpm).toMatchObject({ tool: 'pnpm', isHonoured: true, isLacking: false });
  });

  it('that are not installed lack it too', () => {
    expect(tool({ '.nvmrc': '18' })).toMatchObject({
      isLacking: true,
      jobs: [{ has: 'no job' }, { has: 'no job' }, { has: 'no job' }],
    });
  });

  it('say the version that other files ask for', () => {
    const { version, against } = tool({
      '.nvmrc': '18',
      '.tool-versions': 'nodejs 20\n',
      'package.json': '{"engines": {"node": ">=16"}}',
    });
    expect([version, against]).toEqual(['18', [{ tool: 'node', version: '20', file: '.tool-versions' }]]);
  });

  it('get the action as the repository’s own CI names it', () => {
    const ci =
      'jobs:\n  a:\n    steps:\n      - uses: actions/setup-node@a0853c24544627f65ddf259abe73b1d18a591444 # v5.0.0\n';
    const { step } = tool({ '.nvmrc': '18', '.github/workflows/ci.yml': ci });
    expect(step).toContain('- uses: actions/setup-node@a0853c24544627f65ddf259abe73b1d18a591444 # v5.0.0\n');
  });

  it.each<[string, Files, string | undefined]>([
    ['Java', { '.java-version': '17' }, "distribution: temurin\n    java-version: '17'"],
    [
      'a distribution of Java',
      { '.tool-versions': 'java zulu-21.0.1+12' },
      "distribution: zulu\n    java-version: '21.0.1+12'",
    ],
    [
      'Elixir',
      { '.tool-versions': 'elixir 1.16.0-otp-26\nerlang 26.2' },
      "elixir-version: '1.16.0'\n    otp-version: '26.2'",
    ],
    ['Elixir without Erlang', { '.tool-versions': 'elixir 1.16.0' }, undefined],
    ['Rust', { 'rust-toolchain': '1.75' }, 'rustup toolchain install 1.75 '],
    ['a tool that Swarm does not know', { '.tool-versions': 'terraform 1.5' }, undefined],
    ['a tool with a name that every object has', { '.tool-versions': 'constructor 1.5' }, undefined],
    ['a version that would break out of its quotes', { '.nvmrc': "18'\n" }, undefined],
    ['a command in place of a version', { 'rust-toolchain': '1.75; curl x | sh' }, undefined],
  ])('get a step for %s', (_, files, expected) => {
    const { step } = tool(files);
    if (expected === undefined) expect(step).toBeUndefined();
    else expect(step).toContain(expected);
  });
});
