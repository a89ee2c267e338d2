/**
 * The licences of everything in a bundle. They require that their texts go with each copy of the code, and that includes
 * code which a package had copied into its own files before we bundled it.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ACTION, bundled, RELEASED } from '../../tools/dist.ts';
import { licensesFile, packagesIn } from '../../tools/licenses.ts';

describe.each([
  ['dist/', [ACTION], ['zod', 'lodash.uniqwith', 'rolldown']],
  ['build/', RELEASED, ['probot', 'npx-import-light', '@oxc-project/types']],
] as const)('%s', (_, doors, some) => {
  it('has the text of the licence of every package that it contains (R11.1)', async () => {
    const { files, modules, packages } = await bundled(doors);
    const inside = [...modules].flatMap(
      (id) => /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id)?.[1] ?? [],
    );
    expect(new Set(inside).size).toBeGreaterThan(15);
    const names = packages.map(({ name }) => name);
    for (const name of [...inside, ...some]) expect(names).toContain(name);
    const texts = files.get('licenses.txt') ?? '';
    for (const { name, version, text } of packages) {
      expect(texts).toContain(`${name} ${version} (`);
      expect(texts, name).toContain(text);
      expect(text, name).toMatch(
        /permission is hereby granted|permission to use, copy|redistribution and use|apache license/i,
      );
    }
  });
});

describe('a bundle is not built', () => {
  const root = mkdtempSync(join(tmpdir(), 'licenses-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const put = (path: string, text: string): string => {
    const file = join(root, 'node_modules', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const install = (name: string, more: object = {}): void =>
    void put(`${name}/package.json`, JSON.stringify({ name, version: '1.0.0', license: 'MIT', ...more }));

  it('with a package without a text', () => {
    install('bare');
    const code = put('bare/index.js', 'export {};\n');
    expect(() => packagesIn(root, [code])).toThrow('bare 1.0.0 (MIT) is bundled and has no licence text.');
    put('bare/LICENCE.md', 'Permission is hereby granted …\r\n');
    put('bare/NOTICE', 'Made by Ana.\n');
    expect(licensesFile(packagesIn(root, [code]))).toBe(
      'bare 1.0.0 (MIT)\n\nPermission is hereby granted …\n\nMade by Ana.\n',
    );
  });

  it('with a package that copied from one that is not installed', () => {
    install('copier');
    put('copier/LICENSE', 'MIT');
    const code = put('copier/index.js', 'export {};\n');
    put('copier/index.js.map', JSON.stringify({ sources: ['../src/a.ts', '../node_modules/@old/copied/index.js'] }));
    expect(() => packagesIn(root, [code])).toThrow(/contains code of @old\/copied, which is not installed/);
    install('@old/copied');
    put('@old/copied/LICENSE', 'The old one.');
    expect(packagesIn(root, [code]).map(({ text }) => text)).toEqual(['The old one.', 'MIT']);
  });

  it.each([
    '/*! Copyright (c) 2014 Utah Tea <utah@tea.example> */',
    '/**\n * @license\n * Copyright 2014 Utah Tea\n */',
    '// copyright Utah Tea',
  ])('with %j that no text repeats', (comment) => {
    install('pasted');
    put('pasted/LICENSE', 'Copyright (c) 2020 Bob');
    const code = put('pasted/index.js', `${comment}\nexport {};\n`);
    expect(() => packagesIn(root, [code])).toThrow(/No licence text names .*Utah Tea/);
    put('pasted/LICENSE', 'Copyright (c) 2020 Bob\nCopyright (C) 2014, 2016 Utah Tea');
    expect(packagesIn(root, [code])).toHaveLength(1);
  });

  it('with a helper of the bundler that has no known licence', () => {
    expect(() => packagesIn(root, ['\0somebody/runtime.js'])).toThrow(
      'The bundler added somebody/runtime.js, whose licence is not known.',
    );
  });

  it('but is, where a licence that consists of its text alone is named with its author', () => {
    install('plain', { license: 'ISC', author: 'Kim <kim@harbour.example>' });
    const [plain] = packagesIn(root, [put('plain/index.js', 'export {};\n')]);
    expect(plain?.text).toMatch(/^Copyright \(c\) Kim <kim@harbour\.example>\n\nPermission to use, copy/);
  });
});
