/** The variables that never reach an agent or a gate: one list, which the config and the sandbox both hold to. */
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import { certificatePaths, environmentFor, proxyVariables } from '../../src/sandbox/environment.ts';

const from = (job: Readonly<Record<string, string>>, names: readonly string[], also = {}): Record<string, string> =>
  environmentFor(job, { names, home: '/scratch/home', temporaryDirectory: '/scratch/x', also });

const isAccepted = (yaml: string): boolean =>
  readConfig(yaml, '.github/swarm.yml').diagnostics.every(({ level }) => level !== 'error');

const NEVER = [
  'ACTIONS_RUNTIME_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_URL',
  'INPUT_TOKEN',
  'RUNNER_TEMP',
  'GITHUB_TOKEN',
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_OUTPUT',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
  'GH_TOKEN',
  'GH_ENTERPRISE_TOKEN',
  'GIT_DIR',
  'GIT_CONFIG_COUNT',
  'NODE_OPTIONS',
  'LD_PRELOAD',
  'DYLD_INSERT_LIBRARIES',
  'BASH_ENV',
  'ENV',
  'PYTHONSTARTUP',
  'npm_config_script_shell',
  'NPM_CONFIG_NODE_OPTIONS',
  'github_token',
  'PYTHONPATH',
  'JAVA_TOOL_OPTIONS',
  'RUBYOPT',
  'PERL5OPT',
  'NODE_PATH',
  'GOFLAGS',
];

describe.each(NEVER)('%s', (name) => {
  it('is refused by the config, for all, for one agent and for one gate', () => {
    expect(isAccepted(`environment: [${name}]`)).toBe(false);
    expect(isAccepted(`agents: {claude: {environment: [${name}]}}`)).toBe(false);
    expect(isAccepted(`gates: {tests: {env: {${name}: x}}}`)).toBe(false);
  });

  it('is dropped by the sandbox, even if a config names it or a value is given for it', () => {
    expect(from({ [name]: 'planted' }, [name])).not.toHaveProperty(name);
    expect(from({}, [], { [name]: 'planted' })).not.toHaveProperty(name);
  });
});

describe.each(['ANTHROPIC_API_KEY', 'GITHUB_ACTOR', 'ENVIRONMENT', 'GHOST_TOKEN', 'MY_NODE_OPTIONS', 'DIGIT_X'])(
  '%s',
  (name) => {
    it('is accepted and handed on', () => {
      expect(isAccepted(`environment: [${name}]`)).toBe(true);
      expect(from({ [name]: 'value' }, [name])).toMatchObject({ [name]: 'value' });
    });
  },
);

it.each([
  ['PATH', '/bin'],
  ['SHELL', '/bin/sh'],
])('%s is refused by the config, and every program has that of the job', (name, value) => {
  expect(isAccepted(`environment: [${name}]`)).toBe(false);
  expect(isAccepted(`agents: {claude: {environment: [${name}]}}`)).toBe(false);
  expect(isAccepted(`gates: {tests: {env: {${name}: x}}}`)).toBe(false);
  expect(from({ [name]: value }, [], { [name]: 'planted' })).toMatchObject({ [name]: value });
});

it.each(['JAVA_HOME', 'CC'])('%s is handed on as the job has it, and not set by the config', (name) => {
  expect(isAccepted(`environment: [${name}]`)).toBe(true);
  expect(isAccepted(`gates: {tests: {env: {${name}: x}}}`)).toBe(false);
  expect(from({ [name]: '/opt/x' }, [name])).toMatchObject({ [name]: '/opt/x' });
});

it('lets the config set what only looks like such a name', () => {
  expect(isAccepted('gates: {tests: {env: {PATH_PREFIX: x, PYTHONHASHSEED: "0", CGO_ENABLED: "0"}}}')).toBe(true);
});

it('hands on the tracking id, by which the runner ends what outlives its job', () => {
  expect(from({ RUNNER_TRACKING_ID: 'github_1' }, [])).toMatchObject({ RUNNER_TRACKING_ID: 'github_1' });
});

it('hands on nothing that nobody named (R11.7)', () => {
  expect(from({ PATH: '/bin', SECRET: 'x' }, [])).toEqual({
    PATH: '/bin',
    CI: 'true',
    HOME: '/scratch/home',
    NO_COLOR: '1',
    TERM: 'dumb',
    TMPDIR: '/scratch/x',
  });
});

it('hands on the certificates that the machine trusts, under every name that tools read', () => {
  const trusted = {
    NODE_EXTRA_CA_CERTS: '/a.pem',
    REQUESTS_CA_BUNDLE: '/b.pem',
    CURL_CA_BUNDLE: '/c.pem',
    PIP_CERT: '/d.pem',
    GIT_SSL_CAINFO: '/e.pem',
  };
  expect(from({ ...trusted, GIT_DIR: '/x' }, [])).toMatchObject(trusted);
  expect(certificatePaths({ ...trusted, PATH: '/bin' }).toSorted()).toEqual(Object.values(trusted));
});

it('hands on the proxies of the job, without a name or a password', () => {
  expect(
    proxyVariables({
      HTTPS_PROXY: 'http://ana:secret@proxy.example:3128',
      http_proxy: 'proxy.example:3128',
      ALL_PROXY: 'socks5h://ana:secret@socks.example:1080',
      NO_PROXY: 'intranet.example',
    }),
  ).toEqual({
    HTTPS_PROXY: 'http://proxy.example:3128/',
    http_proxy: 'http://proxy.example:3128/',
    ALL_PROXY: 'socks5h://socks.example:1080',
    NO_PROXY: 'intranet.example',
  });
  expect(proxyVariables({ NO_PROXY: 'x', PATH: '/bin' })).toEqual({});
});
