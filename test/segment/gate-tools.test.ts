/** The tools of gates: those that the machine may have, those that it lacks, and package managers that do not start. */
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/schema.ts';
import type { GateChoice } from '../../src/core/model/config.ts';
import { readDefinition } from '../../src/gates/definition.ts';
import { GateRunner } from '../../src/gates/run.ts';
import { judgeTree } from '../../src/git/patch.ts';
import { WorkTree } from '../../src/git/work-tree.ts';
import { sandboxFor } from '../rig/walls.ts';
import { commitOf, type Files, makeStore, scratch } from './rig.ts';

/** A machine with the system's programs and these, each a shell script. */
async function machine(
  files: Files,
  programs: Readonly<Record<string, string>> = {},
  gates: Record<string, GateChoice> = {},
  variables: Readonly<Record<string, string>> = {},
) {
  const bin = await scratch();
  for (const [name, script] of Object.entries({ ...programs })) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  const store = await makeStore();
  const base = await commitOf(store, files);
  const directory = await scratch();
  const tree = await WorkTree.make(store, join(directory, 'tree'), base);
  const lines: string[] = [];
  const runner = new GateRunner(await readDefinition(store, { commit: base }, { security: { off: true }, ...gates }), {
    tree,
    sandbox: await sandboxFor(directory, { variables: { ...variables, PATH: `${bin}:/usr/bin:/bin` } }),
    scratch: join(directory, 'gates'),
    environment: [],
    choices: gates,
    secrets: new Set(),
    log: (line) => lines.push(line),
    graceMs: 200,
  });
  const run = async () => {
    const treeId = await store.text(['rev-parse', `${base}^{tree}`]);
    const judgement = await judgeTree(store, base, treeId, { scope: [], config: defaultConfig() });
    return runner.run(judgement, treeId);
  };
  return { base, bin, lines, run, lacking: (...places: string[]) => runner.lacking(base, places) };
}

describe('a tool that nothing installs', () => {
  const files = { 'pyproject.toml': '[project]\nname = "a"\n[tool.ruff]\n[tool.black]\n' };

  it('runs if the machine has it', async () => {
    const { run, lacking } = await machine(files, { ruff: 'echo "a.py:1: E1"; exit 1', black: 'exit 0' });
    const { results } = await run();
    expect(results.find(({ gate }) => gate === 'lint')).toMatchObject({
      verdict: 'fail',
      command: 'ruff check .; black --check .',
    });
    expect(await lacking()).toBeUndefined();
  });

  it('is said if the machine does not have it, also beside one that it has', async () => {
    const { run } = await machine(files, { black: 'exit 0' });
    const { results } = await run();
    expect(results.find(({ gate }) => gate === 'lint')).toMatchObject({
      verdict: 'pass',
      command: 'black --check . (but ruff is configured, but nothing installs it)',
    });
  });

  it('makes a gate not applicable, and nothing hopeless', async () => {
    const { run, lacking } = await machine(files);
    const { results, hopeless } = await run();
    expect(results.find(({ gate }) => gate === 'lint')).toMatchObject({
      verdict: 'not applicable',
      command:
        'ruff is configured, but nothing installs it; black is configured, but nothing installs it; install it, or set gates.lint.run in .github/swarm.yml',
    });
    expect(hopeless).toBeUndefined();
    expect(await lacking()).toBeUndefined();
  });
});

it('does not get the setting of Node’s fetch, which doubles the time that Node takes to start', async () => {
  const gates = { tests: { run: ['sh', '-c', 'echo "fetch: $NODE_USE_ENV_PROXY."; exit 1'] } };
  const { run } = await machine({ 'a.md': 'x\n' }, {}, gates);
  const { results } = await run();
  expect(results.find(({ gate }) => gate === 'tests')?.output).toMatch(/^fetch: \.$/m);
});

it('gets a variable of the job that the config names for it, and no other gate does', async () => {
  const gates = {
    install: { run: ['sh', '-c', 'test "$NPM_TOKEN" = sesame'], variables: ['NPM_TOKEN'] },
    tests: { run: ['sh', '-c', 'test -z "$NPM_TOKEN"'] },
  };
  const { run } = await machine({ 'a.md': 'x\n' }, {}, gates, { NPM_TOKEN: 'sesame' });
  const { results } = await run();
  expect(results.find(({ gate }) => gate === 'tests')).toMatchObject({ verdict: 'pass' });
});

describe('what a machine lacks is known before an agent is paid', () => {
  const files: Files = {
    'web/package.json': JSON.stringify({ scripts: { test: 'node --test' } }),
    'api/Taskfile.yml': 'version: "3"\ntasks:\n  test: x\n',
    'api/composer.json': '{}',
    'docs/a.md': 'x\n',
  };
  const programs = { npm: 'exit 0', composer: 'exit 0' };

  it('for the project at the root', async () => {
    const { lacking } = await machine({ 'composer.json': '{"scripts":{"test":"phpunit"}}' });
    expect(await lacking()).toEqual({ kind: 'GATE_MISSING', gate: 'install', command: 'composer' });
  });

  it.each<[string, readonly string[], string | undefined]>([
    ['nothing is known of the change', [], undefined],
    ['the change is where it is needed', ['api/a.php'], 'task'],
    ['the change is elsewhere', ['web/a.js'], undefined],
    ['the change may be elsewhere', ['api/a.php', 'web/a.js'], undefined],
    ['the change is in no project, so all of them are checked', ['docs/a.md'], 'task'],
  ])('where %s', async (_, places, command) => {
    const { lacking } = await machine(files, programs);
    const found = await lacking(...places);
    expect(found && 'command' in found ? found.command : found).toBe(command);
  });

  it('and so is a script that is not executable', async () => {
    const gates = { lint: { run: ['./lint.sh'] } };
    const script = { mode: '100755', content: '#!/bin/sh\n' };
    const { lacking } = await machine({ 'lint.sh': 'x\n', 'go.mod': 'module a\n' }, { go: '', gofmt: '' }, gates);
    expect(await lacking()).toEqual({ kind: 'GATE_NOT_EXECUTABLE', gate: 'lint', file: 'lint.sh' });
    const other = await machine({ 'lint.sh': script, 'go.mod': 'module a\n' }, { go: '', gofmt: '' }, gates);
    expect(await other.lacking()).toBeUndefined();
  });
});

describe('a package manager that Corepack cannot start', () => {
  const manifest = { packageManager: 'pnpm@9.1.0', scripts: { test: 'x' }, dependencies: { a: '1.0.0' } };
  const files = { 'package.json': JSON.stringify(manifest), 'pnpm-lock.yaml': '', '.gitignore': 'said\n' };
  const npx = 'echo "$*" >> said; echo "ℹ tests 1"';

  it('is fetched at the version that is pinned, then and for the gates', async () => {
    const pnpm = 'echo "Error: Cannot find matching keyid: {}" >&2; exit 1';
    const { run, lines } = await machine(files, { pnpm, npx });
    const { verdict, results } = await run();
    expect(results.find(({ gate }) => gate === 'tests')).toMatchObject({ verdict: 'pass' });
    expect(verdict).toBe('pass');
    expect(lines).toContain('Corepack cannot start pnpm. It is started by npx --yes pnpm@9.1.0.');
  });

  it('is fetched where there is none', async () => {
    const { run } = await machine(files, { npx });
    expect(await run()).toMatchObject({ verdict: 'pass' });
  });

  it('keeps its store outside of the tree, where no linter reads it', async () => {
    const pnpm = 'case "$npm_config_store_dir$pnpm_config_store_dir" in "$PWD"*|"") exit 1;; esac; echo "ℹ tests 1"';
    const { run } = await machine(files, { pnpm });
    expect(await run()).toMatchObject({ verdict: 'pass' });
  });

  it('that fails for another reason has failed', async () => {
    const { run } = await machine(files, { pnpm: 'echo "ERR_PNPM_OUTDATED_LOCKFILE"; exit 1', npx });
    expect((await run()).results).toMatchObject([{ gate: 'install', verdict: 'fail' }]);
  });
});

describe('what a failing gate cannot know', () => {
  it('install scripts that did not run, at the end of its output', async () => {
    const manifest = { scripts: { test: 'echo "Error: no client" | cat; exit 1', postinstall: 'prisma generate' } };
    const { run } = await machine(
      { 'package.json': JSON.stringify(manifest) },
      { npm: 'shift; echo no client; exit 1' },
    );
    const { results } = await run();
    expect(results.find(({ gate }) => gate === 'tests')?.output).toMatch(
      /\n\(swarm: dependencies were installed without install scripts, so these did not run: `postinstall` of package\.json\. To run one, /,
    );
  });

  it('submodules and files in Git LFS', async () => {
    const store = await makeStore();
    const first = await commitOf(store, {
      '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
      'a.bin': `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`,
      'go.mod': 'module a\n',
    });
    const index = join(await scratch(), 'index');
    const environment = { GIT_INDEX_FILE: index, GIT_DIR: store.directory };
    const git = (...args: string[]) =>
      execFileSync('git', args, { env: { ...process.env, ...environment }, encoding: 'utf8' }).trim();
    git('read-tree', first);
    git('update-index', '--add', '--cacheinfo', `160000,${first},lib/x`);
    const base = await store.text(['commit-tree', git('write-tree'), '-m', 'x'], {
      environment: {
        GIT_AUTHOR_NAME: 'a',
        GIT_AUTHOR_EMAIL: 'a@b.c',
        GIT_COMMITTER_NAME: 'a',
        GIT_COMMITTER_EMAIL: 'a@b.c',
      },
    });
    const { hints } = await readDefinition(store, { commit: base }, {});
    expect(hints.map(({ text }) => text)).toEqual([
      'submodules are not fetched, so these directories are empty: lib/x',
      'files in Git LFS are not fetched, so these are only pointers: a.bin',
    ]);
  });
});
