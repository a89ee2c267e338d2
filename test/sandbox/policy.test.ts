/** What a call may reach: names, ports and addresses. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, test } from 'vitest';
import { readPlace } from '../../src/core/model/config/network.ts';
import { mayConnect, Policy, placesNamedIn, type Verdict } from '../../src/sandbox/policy.ts';
import { ECOSYSTEMS, registriesFor, registriesIn } from '../../src/sandbox/registries.ts';

const policyOf = (...entries: readonly string[]): Policy =>
  new Policy(
    entries.flatMap((entry) => readPlace(entry) ?? []),
    (host) => host.endsWith('.packages.test'),
  );

describe('a name and a port', () => {
  const policy = policyOf(
    'api.example.com',
    '*.wild.test',
    'db.example.com:5432',
    '10.1.2.3',
    '[fd00::1]:8080',
    'localhost:4000',
  );

  test.each<[string, number, Verdict]>([
    ['api.example.com', 443, 'given'],
    ['api.example.com', 80, 'given'],
    ['API.Example.Com', 443, 'given'],
    ['api.example.com.', 443, 'given'],
    ['api.example.com', 8443, 'refused'],
    ['api.example.com', 22, 'refused'],
    ['example.com', 443, 'refused'],
    ['evil-api.example.com', 443, 'refused'],
    ['api.example.com.evil.test', 443, 'refused'],
    ['a.wild.test', 443, 'allowed'],
    ['wild.test', 443, 'refused'],
    ['notwild.test', 443, 'refused'],
    ['db.example.com', 5432, 'given'],
    ['db.example.com', 443, 'refused'],
    ['a.packages.test', 443, 'allowed'],
    ['a.packages.test', 8080, 'refused'],
    ['localhost', 4000, 'given'],
    ['localhost', 4001, 'refused'],
    ['127.0.0.1', 4000, 'refused'],
    ['10.1.2.3', 443, 'given'],
    ['10.1.2.4', 443, 'refused'],
    ['[fd00:0::1]', 8080, 'given'],
    ['fd00::1', 443, 'refused'],
    // Other ways to write an address are no names.
    ['0x0a010203', 443, 'refused'],
    ['167838211', 443, 'refused'],
    ['10.1.515', 443, 'refused'],
    ['1.packages.test', 443, 'allowed'],
    ['', 443, 'refused'],
    ['*.wild.test', 443, 'refused'],
    ['a b.wild.test', 443, 'refused'],
    ['a@b.wild.test', 443, 'refused'],
    ['a\u0000.wild.test', 443, 'refused'],
    ['169.254.169.254', 80, 'refused'],
    ['8.8.8.8', 443, 'refused'],
  ])('%s, port %i: %s', async (host, port, verdict) => {
    expect(await policy.judge(host, port)).toBe(verdict);
  });

  it('opens ports of this machine only if they are named', () => {
    expect(policy.localPorts).toEqual([4000]);
    expect(policyOf('localhost', 'localhost:80', '127.0.0.1:9000', '[::1]:9001', 'a.test:9002').localPorts).toEqual([
      9000, 9001,
    ]);
    expect(policyOf('api.example.com').localPorts).toEqual([]);
  });
});

describe('an address that a name leads to', () => {
  const PRIVATE = [
    ...['127.0.0.1', '127.8.8.8', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1'],
    ...['198.18.0.1', '224.0.0.1', '255.255.255.255', '240.0.0.1'],
    ...['::1', '::', 'fc00::1', 'fd12:3456::1', 'ff02::1', 'fec0::1', '2002:a00:1::', '2001::a00:1'],
    ...['::ffff:10.0.0.1', '::ffff:a00:1', '::ffff:7f00:1', '64:ff9b::10.0.0.1', '64:ff9b::a00:1', '::10.0.0.1'],
  ];
  const NEVER = [
    '169.254.169.254',
    '169.254.0.1',
    'fe80::1',
    'fe80::1%eth0',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    'fd00:ec2::254',
  ];
  const PUBLIC = [
    '1.1.1.1',
    '203.0.113.80',
    '172.32.0.1',
    '192.169.0.1',
    '100.128.0.1',
    '223.255.255.255',
    '2606:4700::1111',
    '::ffff:1.1.1.1',
    '64:ff9b::101:101',
  ];

  test.each(PRIVATE)('%s: only if somebody named the host', (address) => {
    expect([mayConnect(address, 'allowed'), mayConnect(address, 'given')]).toEqual([false, true]);
  });

  test.each(NEVER)('%s: never', (address) => {
    expect([mayConnect(address, 'allowed'), mayConnect(address, 'given')]).toEqual([false, false]);
  });

  test.each(PUBLIC)('%s: yes', (address) => {
    expect([mayConnect(address, 'allowed'), mayConnect(address, 'refused')]).toEqual([true, false]);
  });
});

describe('the places that a text names', () => {
  test.each<[string, readonly string[]]>([
    ['https://api.example.com/v1', ['api.example.com:443']],
    ['http://127.0.0.1:11434', ['127.0.0.1:11434']],
    ['postgres://user:secret@localhost/db', ['localhost:5432']],
    ['sparse+https://crates.example.com/index/', ['crates.example.com:443']],
    ['https://one.test,https://two.test:8443|direct', ['one.test:443', 'two.test:8443']],
    ['{"baseURL": "http://[::1]:8080/v1"}', ['::1:8080']],
    ['https://user@evil.test@good.test/', ['good.test:443']],
    ['https://*.example.com', []],
    ['sk-ant-0123456789', []],
    ['file:///etc/passwd', []],
  ])('%s', (text, places) => {
    expect(placesNamedIn(text).map(({ host, port }) => `${host}:${port}`)).toEqual(places);
  });
});

describe('registries', () => {
  const made: string[] = [];
  afterEach(async () => {
    for (const directory of made.splice(0)) await rm(directory, { recursive: true, force: true });
  });

  const treeWith = async (...files: readonly string[]): Promise<string> => {
    const tree = await mkdtemp(join(tmpdir(), 'swarm-tree-'));
    made.push(tree);
    for (const file of files) {
      await mkdir(join(tree, dirname(file)), { recursive: true });
      await writeFile(join(tree, file), '');
    }
    return tree;
  };

  it('are those of the ecosystems in the tree, at any level, and no others', async () => {
    const isRegistry = registriesFor(await treeWith('src/a.ts', 'packages/api/Cargo.toml', 'node_modules/x/go.mod'));
    expect(await isRegistry('static.crates.io')).toBe(true);
    expect(await isRegistry('proxy.golang.org')).toBe(false);
    expect(await isRegistry('pypi.org')).toBe(false);
    expect(await isRegistry('example.com')).toBe(false);
  });

  it.each(ECOSYSTEMS.map(({ name, hosts }) => [name, hosts] as const))('%s: every host is a place', (_, hosts) => {
    expect(hosts.filter((host) => readPlace(host) === undefined)).toEqual([]);
  });

  it.each([
    ['.npmrc', 'registry=https://npm.corp.test/\n//npm.corp.test/:_authToken=x', 'npm.corp.test'],
    ['packages/a/.npmrc', '@corp:registry = http://npm.corp.test', 'npm.corp.test'],
    ['.yarnrc.yml', 'npmRegistryServer: "https://yarn.corp.test"', 'yarn.corp.test'],
    ['requirements.txt', '--index-url https://py.corp.test/simple\nflask', 'py.corp.test'],
    [
      'pyproject.toml',
      '[project.urls]\nHome = "https://home.test"\n[[tool.uv.index]]\nurl = "https://uv.corp.test"',
      'uv.corp.test',
    ],
    ['.cargo/config.toml', '[registries.corp]\nindex = "sparse+https://crates.corp.test/"', 'crates.corp.test'],
    ['NuGet.config', '<add key="corp" value="https://nuget.corp.test/v3/index.json" />', 'nuget.corp.test'],
    ['Gemfile', 'source "https://gems.corp.test"', 'gems.corp.test'],
    ['composer.json', '{"repositories": [{"type": "composer", "url": "https://php.corp.test"}]}', 'php.corp.test'],
    [
      'pom.xml',
      '<url>https://home.test</url><repository><id>a</id><url>https://mvn.corp.test</url></repository>',
      'mvn.corp.test',
    ],
    ['settings.gradle.kts', 'maven { url = uri("https://gradle.corp.test/maven") }', 'gradle.corp.test'],
    [
      'gradle/wrapper/gradle-wrapper.properties',
      'distributionUrl=https\\://dist.corp.test/gradle.zip',
      'dist.corp.test',
    ],
  ])('%s names one', (path, text, host) => {
    expect(registriesIn(path, text).map((place) => place.host)).toEqual([host]);
  });

  it('are not named by other files', () => {
    expect(registriesIn('README.md', 'registry=https://npm.corp.test/')).toEqual([]);
    expect(registriesIn('src/config/config.toml', 'index = "https://crates.corp.test/"')).toEqual([]);
  });
});
