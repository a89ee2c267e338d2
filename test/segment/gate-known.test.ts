/** Files that were not formatted before a change are not held against it. Cargo is a script here; BAD is not formatted. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/schema.ts';
import { readDefinition } from '../../src/gates/definition.ts';
import { GateRunner } from '../../src/gates/run.ts';
import { judgeTree } from '../../src/git/patch.ts';
import { WorkTree } from '../../src/git/work-tree.ts';
import { sandboxFor } from '../rig/walls.ts';
import { commitOf, type Files, makeStore, scratch } from './rig.ts';

const CARGO = `#!/bin/sh
[ "$1" = fmt ] || exit 0
bad=$(grep -rl BAD "$PWD" --include='*.rs' | sort)
case "$*" in
  *--files-with-diff*) for file in $bad; do echo "$file"; done ;;
  *) for file in $bad; do printf 'Diff in %s:1:\\n-BAD\\n+good\\n' "$file"; done ;;
esac
[ -z "$bad" ]
`;
const CRATE = { 'Cargo.toml': '[package]\nname = "shop"\n' };

/** The gate `lint` on a change from one set of files to another. */
async function lint(before: Files, after: Files) {
  const directory = await scratch();
  const bin = await scratch();
  await writeFile(join(bin, 'cargo'), CARGO, { mode: 0o755 });
  const store = await makeStore();
  const base = await commitOf(store, before);
  const head = await commitOf(store, after, [base]);
  const gates = { security: { off: true }, tests: { off: true }, build: { off: true } };
  const runner = new GateRunner(await readDefinition(store, { commit: base }, gates), {
    tree: await WorkTree.make(store, join(directory, 'shop'), head),
    sandbox: await sandboxFor(directory, { variables: { PATH: `${bin}:/usr/bin:/bin` } }),
    scratch: join(directory, 'gates'),
    environment: [],
    secrets: new Set(),
    log: () => {},
    graceMs: 200,
  });
  const tree = await store.text(['rev-parse', `${head}^{tree}`]);
  const config = { ...defaultConfig(), gates };
  const { results } = await runner.run(await judgeTree(store, base, tree, { scope: [], config }), tree);
  const found = results.find(({ gate }) => gate === 'lint');
  if (!found) throw new Error('lint did not run');
  return found;
}

describe('the format of Rust', () => {
  it('does not count in files that were not formatted before, nor in new ones beside them', async () => {
    const before = { ...CRATE, 'src/a.rs': 'BAD 1\n', 'src/b.rs': 'good\n' };
    const found = await lint(before, { ...before, 'src/a.rs': 'BAD 2\n', 'src/new.rs': 'BAD\n' });
    expect(found.verdict).toBe('pass');
    expect(found.output).toContain('before the change, this was at fault already and so does not count: src/a.rs)');
  });

  it('stays where it was: a file that was formatted is named, and no other', async () => {
    const before = { ...CRATE, 'src/a.rs': 'BAD\n', 'src/b.rs': 'good\n' };
    const { verdict, output, annotations } = await lint(before, { ...before, 'src/b.rs': 'BAD\n' });
    expect(verdict).toBe('fail');
    expect(output).toMatch(/^src\/b\.rs:1: it is not formatted\n/);
    expect(annotations?.map(({ file }) => file)).toEqual(['src/b.rs']);
  });

  it('counts in all files where everything was formatted', async () => {
    const before = { ...CRATE, 'src/a.rs': 'good\n' };
    const found = await lint(before, { ...before, 'src/new.rs': 'BAD\n' });
    expect([found.verdict, found.annotations?.map(({ file }) => file)]).toEqual(['fail', ['src/new.rs']]);
  });

  it('counts in a repository that had no Rust before', async () => {
    const found = await lint({ 'README.md': 'x\n' }, { ...CRATE, 'README.md': 'x\n', 'src/a.rs': 'BAD\n' });
    expect(found.verdict).toBe('fail');
  });
});
