/**
 * The licences of bundled code. A bundle copies other people's code, and their licences require their texts with each copy.
 * A package is found by the path of its modules, by the source map of a module that was itself bundled from others, or, for
 * the few helpers that the bundler adds, by a table. Code without a text stops the build.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';

/** Helpers of the bundler's own, by the start of the module's name. They have the licence of the package named here. */
const HELPERS: Readonly<Record<string, string>> = {
  '\0rolldown/': 'rolldown',
  '\0@oxc-project+runtime@': '@oxc-project/types',
};

/** Texts for packages that name their licence and publish no file with it. The holder is the author in the manifest. */
const PLAIN_TEXTS: Readonly<Record<string, string>> = {
  ISC: `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`,
};

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** The licence that its manifest names. */
  readonly license: string;
  /** All texts that it publishes: licences and notices. */
  readonly text: string;
}

/** The packages with code in these modules, in order. Throws if one of them has no text, or a copyright would be lost. */
export function packagesIn(root: string, modules: Iterable<string>): readonly BundledPackage[] {
  const folders = new Set<string>();
  const files: string[] = [];
  for (const id of modules) {
    if (id.startsWith('\0')) {
      const helper = Object.entries(HELPERS).find(([start]) => id.startsWith(start))?.[1];
      if (helper === undefined) throw new Error(`The bundler added ${id.slice(1)}, whose licence is not known.`);
      folders.add(join(root, 'node_modules', helper));
      continue;
    }
    const folder = folderOf(id);
    if (folder === undefined) continue;
    folders.add(folder);
    files.push(id);
    for (const source of vendoredBy(id)) folders.add(installed(root, folder, source));
  }
  const found = new Map<string, BundledPackage>();
  for (const folder of [...folders].sort()) {
    const about = readPackage(folder);
    found.set(`${about.name} ${about.version}`, about);
  }
  const packages = [...found.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, about]) => about);
  const lost = lostNotices(files, packages);
  if (lost.length > 0) throw new Error(`No licence text names ${lost.join(', ')}.`);
  return packages;
}

/** The file that goes next to a bundle. */
export const licensesFile = (packages: readonly BundledPackage[]): string =>
  packages
    .map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n`);

const folderOf = (id: string): string | undefined => {
  const path = id.split(sep);
  const at = path.lastIndexOf('node_modules');
  const name = path[at + 1];
  return at < 0 || name === undefined ? undefined : path.slice(0, at + (name.startsWith('@') ? 3 : 2)).join(sep);
};

/** Names of packages that a module was itself bundled from, by its source map. */
const vendoredBy = (id: string): readonly string[] => {
  if (!existsSync(`${id}.map`)) return [];
  const { sources } = JSON.parse(readFileSync(`${id}.map`, 'utf8')) as { sources: readonly string[] };
  return sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []);
};

/** The folder of a vendored package. It is installed too, because the package that vendors it still depends on it. */
const installed = (root: string, from: string, name: string): string => {
  for (const base of [from, normalize(root)]) {
    const folder = join(base, 'node_modules', name);
    if (existsSync(folder)) return folder;
  }
  throw new Error(`${from} contains code of ${name}, which is not installed, so its licence is not known.`);
};

const readPackage = (folder: string): BundledPackage => {
  const manifest: { name: string; version: string; license?: string; author?: string | { name: string } } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const { name, version, license = 'see below' } = manifest;
  const texts = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(?:licen[cs]e|copying|notice)/i.test(entry.name))
    .map((entry) => readFileSync(join(folder, entry.name), 'utf8').replaceAll('\r\n', '\n').trim())
    .filter((text) => text !== '');
  const author = typeof manifest.author === 'string' ? manifest.author : manifest.author?.name;
  const plain = PLAIN_TEXTS[license];
  if (texts.length === 0 && plain !== undefined && author !== undefined) {
    texts.push(`Copyright (c) ${author}\n\n${plain}`);
  }
  if (texts.length === 0) throw new Error(`${name} ${version} (${license}) is bundled and has no licence text.`);
  return { name, version, license, text: texts.join('\n\n') };
};

/** Holders of copyrights in comments of bundled files that no text names: code copied into a package from elsewhere. */
const lostNotices = (files: readonly string[], packages: readonly BundledPackage[]): readonly string[] => {
  const named = packages.map(({ text }) => words(text)).join('\n');
  const lost = new Map<string, string>();
  for (const file of files) {
    for (const [, holder = ''] of readFileSync(file, 'utf8').matchAll(
      /^[ \t]*(?:\/?\*+!?|\/\/)[ \t]*@?copyright\b(?! (?:notice|holder))(.*)$/gim,
    )) {
      const key = words(holder);
      if (key !== '' && !named.includes(key)) lost.set(key, `${holder.trim()} (${dirname(file)})`);
    }
  }
  return [...lost.values()];
};

/** The words of a name, without years, addresses and punctuation. */
const words = (text: string): string =>
  text
    .replaceAll(/<[^>]*>|\((?:c)\)|\b\d{4}\b/gi, ' ')
    .toLowerCase()
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim();
