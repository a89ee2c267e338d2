/** What a release consists of: the same bytes from the same commit, and nothing in it that is not named. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_WORKFLOWS } from '../../src/core/text/pin.ts';
import { ACTION, bundled, RELEASED } from '../../tools/dist.ts';
import { assemble, type Bundles, billOfMaterials, notesOf, releasedWorkflows } from '../../tools/release.ts';
import { differences } from '../../tools/reproduce.ts';
import { LIMITS_MS } from '../limits.ts';
import { read } from './sources.ts';

const dir = mkdtempSync(join(tmpdir(), 'release-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const commit = 'b'.repeat(40);
const date = '2026-11-30T10:00:00+00:00';
const { version } = JSON.parse(read('package.json')) as { version: string };

describe('a release', () => {
  let bundles: Bundles;
  const one = join(dir, 'one');
  const other = join(dir, 'another folder');
  const assets = join(one, 'assets');
  const tarball = `swarm-engineering-swarm-${version}.tgz`;

  beforeAll(async () => {
    bundles = { action: await bundled([ACTION]), programs: await bundled(RELEASED) };
    const umask = process.umask(0o022);
    try {
      assemble(one, bundles, { commit, date });
      process.umask(0o077);
      assemble(other, bundles, { commit, date });
    } finally {
      process.umask(umask);
    }
  }, LIMITS_MS.epic);

  it('has the same bytes whatever the folder and the umask (R11.1)', () => {
    expect(differences(one, other)).toEqual([]);
    expect(readdirSync(assets).sort()).toEqual(['SHA256SUMS', ...ALL_WORKFLOWS, tarball, 'swarm.cdx.json'].sort());
  });

  it('has checksums that its files pass, and other files do not', () => {
    const changed = join(dir, 'changed');
    const check = (): string =>
      execFileSync('sha256sum', ['--check', 'SHA256SUMS'], { cwd: changed, encoding: 'utf8', stdio: 'pipe' });
    cpSync(assets, changed, { recursive: true });
    expect(check().match(/: OK$/gm)).toHaveLength(ALL_WORKFLOWS.length + 2);
    writeFileSync(join(changed, 'swarm.yml'), 'on: push\n');
    expect(check).toThrow();
  });

  it('has workflows that name its own commit, in the package too', () => {
    const unpacked = join(dir, 'unpacked');
    mkdirSync(unpacked);
    execFileSync('tar', ['-xzf', join(assets, tarball), '-C', unpacked]);
    for (const [name, text] of releasedWorkflows({ commit, version })) {
      expect(text).toContain(`swarm-engineering/swarm@${commit} # v${version}`);
      expect(readFileSync(join(assets, name), 'utf8')).toBe(text);
      expect(readFileSync(join(unpacked, 'package/.github/workflows', name), 'utf8')).toBe(text);
    }
    const swarm = (...args: string[]): string =>
      execFileSync(process.execPath, [join(unpacked, 'package/build/cli.js'), ...args], { cwd: dir, encoding: 'utf8' });
    expect(swarm('version')).toBe(`${version}\n`);
    expect(swarm('plan', join(unpacked, 'package/examples/parcel-desk.epic.yml'))).toContain('Forecast');
    // The package knows its own commit, and has everything that it installs elsewhere.
    const shop = join(dir, 'shop');
    execFileSync('git', ['init', '--quiet', shop]);
    swarm('init', shop, '--yes');
    expect(readFileSync(join(shop, '.github/workflows/swarm.yml'), 'utf8')).toContain(`@${commit} # v${version}`);
    expect(readFileSync(join(shop, '.github/ISSUE_TEMPLATE/segment.yml'), 'utf8')).toContain('name: Segment');
    expect(JSON.parse(swarm('schema', 'config'))).toHaveProperty('properties.agent');
    // What a clone or an editor leaves behind is not passed on.
    const names = readdirSync(join(unpacked, 'package'), { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => /node_modules|\.env|\.npmrc|\.git\//.test(name))).toEqual([]);
    expect(names).toContain(join('dist', 'licenses.txt'));
    expect(names).toContain(join('build', 'licenses.txt'));
  });

  it('has a bill of materials with each package that it has code of, and no other', () => {
    const bom = JSON.parse(readFileSync(join(assets, 'swarm.cdx.json'), 'utf8')) as {
      serialNumber: string;
      metadata: { timestamp: string; component: { purl: string } };
      components: { name: string; version: string; purl: string; hashes: unknown[]; licenses: unknown[] }[];
      dependencies: { ref: string; dependsOn: string[] }[];
    };
    const inside = [...bundles.action.packages, ...bundles.programs.packages].map(
      (each) => `${each.name}@${each.version}`,
    );
    expect(bom.components.map((each) => `${each.name}@${each.version}`)).toEqual([...new Set(inside)].sort());
    for (const { purl, hashes, licenses } of bom.components) {
      expect(purl).toMatch(/^pkg:npm\/.+@\d/);
      expect(hashes.length + licenses.length, purl).toBeGreaterThan(1);
    }
    expect(bom.metadata.timestamp).toBe(date);
    expect(bom.metadata.component.purl).toBe(`pkg:npm/%40swarm-engineering/swarm@${version}`);
    expect(bom.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    const refs = new Set([`@swarm-engineering/swarm@${version}`, ...inside]);
    expect(
      bom.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]).filter((ref) => !refs.has(ref)),
    ).toEqual([]);
  });

  it('has no bill of materials with a package that the lock file does not list', () => {
    const component = { 'bom-ref': 'swarm@1.0.0', name: 'swarm', version: '1.0.0' };
    const bom = { metadata: { component }, components: [], dependencies: [] };
    const stranger = { name: 'stranger', version: '1.0.0', license: 'MIT', text: 'MIT' };
    expect(() => billOfMaterials(bom, [stranger], { commit, version, date })).toThrow(
      'The lock file does not list stranger@1.0.0.',
    );
  });
});

describe('the parts of a release', () => {
  it('are named where they differ from build to build', () => {
    const [left, right] = [join(dir, 'left'), join(dir, 'right')] as const;
    for (const folder of [left, right]) {
      mkdirSync(join(folder, 'in'), { recursive: true });
      writeFileSync(join(folder, 'same'), 'same');
      writeFileSync(join(folder, 'in', 'time'), folder);
    }
    writeFileSync(join(left, 'only here'), '');
    writeFileSync(join(right, 'only there'), 'x');
    expect(differences(left, right)).toEqual([join('in', 'time'), 'only here', 'only there']);
    mkdirSync(join(dir, 'empty'));
    expect(() => differences(join(dir, 'empty'), join(dir, 'empty'))).toThrow('Nothing was built.');
  });

  it('are notes from the changelog, which has to have some', () => {
    const changelog = '# Changelog\n\n## Unreleased\n\n- more\n\n## 1.2.3\n\n### Added\n\n- a\n\n## 1.2.30\n\n- b\n';
    expect(notesOf(changelog, '1.2.3')).toBe('### Added\n\n- a\n');
    expect(() => notesOf(changelog, '1.2')).toThrow('CHANGELOG.md says nothing about 1.2.');
    expect(notesOf(read('CHANGELOG.md'), version)).toContain('### Added');
  });

  it('are not built for a tag of another version, nor workflows for a tag', () => {
    const run = (...args: string[]): string =>
      execFileSync(process.execPath, [join(import.meta.dirname, '../../tools/release.ts'), ...args], {
        encoding: 'utf8',
        stdio: 'pipe',
      });
    const to = join(dir, 'never');
    expect(() => run('build', '--to', to, '--tag', 'v99.0.0')).toThrow(
      `The tag v99.0.0 is not that of version ${version}.`,
    );
    expect(() => run('workflows', '--to', to, '--commit', 'v1', '--version', '1.0.0')).toThrow('is not a full commit');
    run('workflows', '--to', to, '--commit', commit, '--version', '1.0.0');
    expect(readFileSync(join(to, 'segment.yml'), 'utf8')).toContain(`@${commit} # v1.0.0\n`);
  });
});
