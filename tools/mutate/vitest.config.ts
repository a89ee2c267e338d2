import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { instrument } from './mutants.ts';
import type { Wanted } from './workers.ts';

const root = process.env.MUTATE_ROOT ?? '';
const wanted = JSON.parse(readFileSync(process.env.MUTATE_WANTED ?? '', 'utf8')) as Wanted;
const byFile = Map.groupBy(wanted.mutants, ([, { file }]) => file);

/** A property test finds nearly every mutant in a tenth of its runs, and without this the survivors take hours. */
const withFewerRuns = (code: string): string =>
  code.replace(/\bnumRuns: ([\d_]+)/g, (_, runs: string) => {
    const fewer = Math.max(5, Math.round(Number(runs.replaceAll('_', '')) / 10));
    return `numRuns: ${fewer}`;
  });

// It ends with the process that asked for it, whichever way that one ends.
process.stdin.resume().on('end', () => process.kill(process.pid, 'SIGKILL'));

export default defineConfig({
  root,
  plugins: [
    {
      name: 'mutants',
      enforce: 'pre',
      transform(code, id) {
        const file = relative(root, id);
        if (file.startsWith('test/') && process.env.MUTATE_SLOW !== '1')
          return { code: withFewerRuns(code), map: null };
        if (!file.startsWith('src/') || !file.endsWith('.ts')) return null;
        if (code !== (wanted.sources[file] ?? code)) throw new Error(`${file} changed during the run`);
        return { code: instrument(file, code, new Map(byFile.get(file) ?? [])), map: null };
      },
    },
  ],
  test: {
    include: [process.env.MUTATE_HOSTS ?? ''],
    exclude: [],
    runner: fileURLToPath(new URL('runner.ts', import.meta.url)),
    // GitHub's workflow parser imports JSON without an attribute, which plain Node refuses.
    server: { deps: { inline: [/@actions\/(workflow-parser|expressions)/] } },
    // The cache knows a file by its text, and the mutants in it differ from run to run.
    fsModuleCache: false,
    pool: 'threads',
    maxWorkers: 1,
    isolate: true,
    update: false,
    reporters: [{}],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
