/** YAML that other people wrote is read in one place, which bounds it. */
import { expect, it } from 'vitest';
import { importsOf, sourcesIn } from './sources.ts';

/** The emulator is the other side: GitHub reads workflows as it likes. */
const sources = sourcesIn(['src'], ['.ts']).filter(({ path }) => !path.startsWith('src/emulator/'));
const importing = (name: string): string[] =>
  sources.filter(({ text }) => importsOf(text).some(({ of }) => of === name)).map(({ path }) => path);

it('no file but the reader and the writer imports the library for YAML', () => {
  expect(importing('yaml')).toEqual(['src/yaml/read.ts', 'src/yaml/write.ts']);
});

it('only files of swarm’s own, and a config that is edited in place, are read without bounds', () => {
  const unbounded = sources.filter(({ text }) => /\bparseOwn(?:Document)?\b/.test(text)).map(({ path }) => path);
  expect(unbounded).toEqual(['src/local/setup.ts', 'src/yaml/read.ts']);
});
