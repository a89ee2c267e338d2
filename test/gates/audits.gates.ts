/**
 * Audits in earnest: the package managers' own programs ask a registry of ours, on this machine, which knows of two faulty
 * versions. What a change brings fails it; what was there before does not; a registry that gives no answer is said.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bring, clear, type Edits, has, projectOf } from './bench.ts';

/** Versions below `fixed` are faulty. */
const FAULTS = [
  { id: 1, name: 'tiny-tar', fixed: '2.0.0', severity: 'high', title: 'Writes anywhere', ghsa: 'GHSA-aaaa-bbbb-cccc' },
  { id: 2, name: 'tiny-log', fixed: '3.0.0', severity: 'low', title: 'Logs too much', ghsa: 'GHSA-dddd-eeee-ffff' },
] as const;
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  'tiny-tar': ['1.0.0', '1.1.0', '2.0.0'],
  'tiny-log': ['2.0.0', '3.0.0'],
  'tiny-ok': ['1.0.0'],
};

/** Of a registry what audits ask for, in the forms of npm's: advisories in bulk, the older audits, a package's versions. */
class Registry {
  readonly asked: string[] = [];
  isOut = false;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage): Promise<{ readonly status: number; readonly body: unknown }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    const text = String(request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw);
    const path = (request.url ?? '').split('?')[0] ?? '';
    this.asked.push(`${request.method} ${path}`);
    if (this.isOut) return { status: 503, body: { error: 'closed for today' } };
    if (path === '/-/npm/v1/security/advisories/bulk') return { status: 200, body: bulk(JSON.parse(text)) };
    if (path.startsWith('/-/npm/v1/security/audits')) return { status: 200, body: audits(text) };
    const name = path.slice(1);
    const versions = VERSIONS[name];
    if (!versions) return { status: 404, body: { error: 'not found' } };
    return {
      status: 200,
      body: {
        name,
        'dist-tags': { latest: versions.at(-1) },
        versions: Object.fromEntries(versions.map((version) => [version, { name, version, dist: { tarball: '' } }])),
      },
    };
  }
}

const isBelow = (version: string, fixed: string): boolean => version.localeCompare(fixed, 'en', { numeric: true }) < 0;

const bulk = (asked: Readonly<Record<string, readonly string[]>>): unknown =>
  Object.fromEntries(
    FAULTS.filter(({ name, fixed }) => asked[name]?.some((version) => isBelow(version, fixed))).map((fault) => [
      fault.name,
      [
        {
          id: fault.id,
          url: `https://github.com/advisories/${fault.ghsa}`,
          title: fault.title,
          severity: fault.severity,
          vulnerable_versions: `<${fault.fixed}`,
          cwe: ['CWE-22'],
          cvss: { score: 0, vectorString: null },
        },
      ],
    ]),
  );

/** The older endpoint is told the whole tree; names and versions are found in it wherever they stand. */
function audits(text: string): unknown {
  const found = FAULTS.flatMap((fault) => {
    const version = new RegExp(`"${fault.name}":\\{[^{}]*"version":"([^"]+)"`).exec(text)?.[1];
    return version && isBelow(version, fault.fixed) ? [{ fault, version }] : [];
  });
  const count = (severity: string): number => found.filter(({ fault }) => fault.severity === severity).length;
  return {
    actions: found.map(({ fault }) => ({
      action: 'review',
      module: fault.name,
      resolves: [{ id: fault.id, path: fault.name, dev: false, optional: false, bundled: false }],
    })),
    advisories: Object.fromEntries(
      found.map(({ fault, version }) => [
        fault.id,
        {
          id: fault.id,
          module_name: fault.name,
          severity: fault.severity,
          title: fault.title,
          url: `https://github.com/advisories/${fault.ghsa}`,
          github_advisory_id: fault.ghsa,
          vulnerable_versions: `<${fault.fixed}`,
          patched_versions: `>=${fault.fixed}`,
          cves: [],
          cwe: 'CWE-22',
          findings: [{ version, paths: [fault.name], dev: false, optional: false, bundled: false }],
        },
      ]),
    ),
    muted: [],
    metadata: {
      vulnerabilities: { info: 0, low: count('low'), moderate: 0, high: count('high'), critical: 0 },
      dependencies: 1,
      devDependencies: 0,
      optionalDependencies: 0,
      totalDependencies: 1,
    },
  };
}

type Dependencies = Readonly<Record<string, string>>;

const manifest = (dependencies: Dependencies, more: object = {}): string =>
  `${JSON.stringify({ name: 'shop', version: '1.0.0', private: true, dependencies, ...more }, null, 2)}\n`;
const each = (dependencies: Dependencies, say: (name: string, version: string) => string): string =>
  Object.entries(dependencies)
    .map(([name, version]) => say(name, version))
    .join('');
/** The digest of nothing: nothing of it is ever fetched. */
const INTEGRITY = `sha512-${Buffer.alloc(64).toString('base64')}`;

interface Manager {
  readonly name: string;
  readonly brings?: string;
  /** Its files, for a project with these dependencies. */
  readonly files: (dependencies: Dependencies) => Readonly<Record<string, string>>;
}

const MANAGERS: readonly Manager[] = [
  {
    name: 'npm audit',
    files: (dependencies) => ({
      'package.json': manifest(dependencies),
      'package-lock.json': `${JSON.stringify(
        {
          name: 'shop',
          version: '1.0.0',
          lockfileVersion: 3,
          requires: true,
          packages: {
            '': { name: 'shop', version: '1.0.0', dependencies },
            ...Object.fromEntries(
              Object.entries(dependencies).map(([name, version]) => [
                `node_modules/${name}`,
                { version, integrity: INTEGRITY },
              ]),
            ),
          },
        },
        null,
        2,
      )}\n`,
    }),
  },
  {
    name: 'pnpm audit',
    brings: 'pnpm@10.12.1',
    files: (dependencies) => ({
      'package.json': manifest(dependencies, { packageManager: 'pnpm@10.12.1' }),
      'pnpm-lock.yaml': `lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n${each(
        dependencies,
        (name, version) => `      ${name}:\n        specifier: ${version}\n        version: ${version}\n`,
      )}\npackages:\n\n${each(
        dependencies,
        (name, version) => `  ${name}@${version}:\n    resolution: {integrity: ${INTEGRITY}}\n\n`,
      )}snapshots:\n\n${each(dependencies, (name, version) => `  ${name}@${version}: {}\n\n`)}`,
    }),
  },
];

const OFF = Object.fromEntries(['install', 'lint', 'types', 'tests', 'build'].map((gate) => [gate, { off: true }]));
const registry = new Registry();
let url = '';
const before = { ...process.env };

beforeAll(async () => {
  url = await registry.open();
});
afterEach(() => {
  registry.isOut = false;
  registry.asked.length = 0;
});
afterAll(async () => {
  registry.close();
  process.env = before;
  await clear();
});

describe.skipIf(!has('npm')).each(MANAGERS)('$name', ({ name, brings, files }) => {
  beforeAll(async () => {
    // By the machine's own registry, not by ours.
    process.env = { ...before };
    if (brings) expect(await bring({ npm: brings })).toBe(true);
  });

  const held = async (had: Dependencies, has: Dependencies) => {
    const shop = await projectOf({ ...files(had), '.npmrc': `registry=${url}\n` }, { gates: OFF });
    return (await shop.holds(files(has) as Edits)).result('security');
  };

  it('fails a change that brings a fault, and names it', async () => {
    const { verdict, output } = await held({ 'tiny-ok': '1.0.0' }, { 'tiny-ok': '1.0.0', 'tiny-tar': '1.0.0' });
    expect({ verdict, output }).toEqual({
      verdict: 'fail',
      output: `${name} found 1 fault that this change adds:\ntiny-tar: high, Writes anywhere (GHSA-aaaa-bbbb-cccc)`,
    });
    expect(registry.asked.filter((each) => each.startsWith('POST /-/npm/v1/security/')).length).toBeGreaterThan(0);
  });

  it('does not fail it for a fault that was there', async () => {
    const { verdict, command } = await held({ 'tiny-tar': '1.0.0' }, { 'tiny-tar': '1.0.0', 'tiny-ok': '1.0.0' });
    expect(verdict).toBe('pass');
    expect(command).toContain(`${name}: no new faults, 1 known already`);
  });

  it('does not fail it for a lesser one', async () => {
    const { verdict, command } = await held({ 'tiny-ok': '1.0.0' }, { 'tiny-ok': '1.0.0', 'tiny-log': '2.0.0' });
    expect(verdict).toBe('pass');
    expect(command).toContain(`${name}: 1 minor fault`);
  });

  it('passes what is without fault', async () => {
    const { verdict, command } = await held({ 'tiny-tar': '1.0.0' }, { 'tiny-tar': '2.0.0' });
    expect(verdict).toBe('pass');
    expect(command).toContain(`${name}: no minor faults`);
  });

  it('says that there was no audit where the registry gives no answer', async () => {
    registry.isOut = true;
    const { command } = await held({ 'tiny-ok': '1.0.0' }, { 'tiny-ok': '1.0.0', 'tiny-tar': '1.0.0' });
    expect(command).toMatch(new RegExp(`no audit: ${name}: .+`));
  });
});
