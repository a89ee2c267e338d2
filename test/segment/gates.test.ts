import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/schema.ts';
import type { GateChoice } from '../../src/core/model/config.ts';
import type { GateResult } from '../../src/core/model/report.ts';
import { readDefinition } from '../../src/gates/definition.ts';
import { type GateRound, GateRunner } from '../../src/gates/run.ts';
import { judgeTree } from '../../src/git/patch.ts';
import { WorkTree } from '../../src/git/work-tree.ts';
import { sandboxFor } from '../rig/walls.ts';
import { commitOf, type Files, makeStore, scratch } from './rig.ts';

const manifest = (value: object) => ({ 'package.json': JSON.stringify(value) });

interface Trial {
  readonly round: GateRound;
  readonly tests: GateResult | undefined;
  readonly log: string;
  readonly tree: WorkTree;
}

/** Runs one gate, `tests`, as a shell script, in a repository of these files. */
async function attempt(
  script: string,
  options: { files?: Files; gate?: GateChoice; graceMs?: number } = {},
): Promise<Trial> {
  const gates = {
    tests: { run: ['sh', '-c', script], ...options.gate },
    security: { off: true },
    scope: { off: true },
  };
  return runAll(options.files ?? { 'a.txt': 'a\n' }, gates, options.graceMs);
}

async function runAll(
  files: Files,
  gates: Record<string, GateChoice>,
  graceMs = 200,
  changed: Files = files,
): Promise<Trial> {
  const store = await makeStore();
  const base = await commitOf(store, files);
  const commit = await commitOf(store, changed, [base]);
  const directory = await scratch();
  const tree = await WorkTree.make(store, join(directory, 'tree'), commit);
  const lines: string[] = [];
  const runner = new GateRunner(await readDefinition(store, { commit: base }, gates), {
    tree,
    sandbox: await sandboxFor(directory),
    scratch: join(directory, 'gates'),
    environment: ['ALLOWED_HERE'],
    secrets: new Set(['hunter2-hunter2']),
    log: (line) => lines.push(line),
    graceMs,
  });
  const config = { ...defaultConfig(), gates };
  const treeId = await store.text(['rev-parse', `${commit}^{tree}`]);
  const round = await runner.run(await judgeTree(store, base, treeId, { scope: [], config }), treeId);
  return { round, tests: round.results.find(({ gate }) => gate === 'tests'), log: lines.join('\n'), tree };
}

describe('running a gate', () => {
  it.each([
    ['exits 0', 'echo fine', { verdict: 'pass', output: 'fine' }],
    ['exits 1 and says why', 'echo "1 failed"; exit 1', { verdict: 'fail', output: '1 failed' }],
    [
      'exits 1 and prints nothing',
      'exit 1',
      { verdict: 'fail', output: 'It ended with exit code 1 and printed nothing.' },
    ],
    ['speaks of failures and exits 0', 'echo "3 failed"', { verdict: 'pass' }],
    ['kills itself', 'kill -9 $$', { verdict: 'fail', output: 'It was killed by SIGKILL.' }],
    ['reads its standard input', 'cat; echo end', { verdict: 'pass', output: 'end' }],
    ['deletes its log', 'rm -rf "$TMPDIR" "$HOME" 2>/dev/null; echo kept; exit 1', { verdict: 'fail', output: 'kept' }],
    ['prints colours', "printf '\\033[31mred\\033[0m\\n'", { verdict: 'pass', output: 'red' }],
    ['prints a secret', 'echo hunter2-hunter2; exit 1', { verdict: 'fail', output: '***' }],
    [
      'prints a secret in base64',
      'printf hunter2-hunter2 | base64; exit 1',
      { verdict: 'fail', output: expect.stringMatching(/^\*\*\*.{0,4}$/) },
    ],
  ])('that %s', async (_, script, expected) => {
    expect((await attempt(script)).tests).toMatchObject(expected);
  });

  it('says that the exit code decides where words and code differ', async () => {
    expect((await attempt('echo "3 failed"')).tests?.output).toContain('the exit code is 0, and the exit code decides');
  });

  it.each([
    ['is not there', { run: ['no-such-program'] }],
    ['is not there, says the shell', { run: ['sh', '-c', 'no-such-program'] }],
  ])('that %s is missing, which no agent can mend', async (_, gate) => {
    const { round } = await attempt('', { gate });
    expect(round).toMatchObject({ verdict: 'fail', hopeless: { kind: 'GATE_MISSING', gate: 'tests' } });
  });

  it.each([
    ['a command', { run: ['./a.txt'] }, 'a.txt'],
    ['a command in its directory', { run: ['./run.sh'], directory: 'ci' }, 'ci/run.sh'],
  ])('that is not executable is told from one that is missing: %s', async (_, gate, file) => {
    const { round } = await attempt('', { files: { 'a.txt': 'a\n', 'ci/run.sh': 'true\n' }, gate });
    expect(round).toMatchObject({ verdict: 'fail', hopeless: { kind: 'GATE_NOT_EXECUTABLE', gate: 'tests', file } });
  });

  it('that hangs is stopped, though it ignores SIGTERM', async () => {
    const gate = { timeoutMinutes: 0.5 / 60 };
    const { tests } = await attempt("trap '' TERM; echo on; while :; do sleep 0.05; done", { gate });
    expect(tests).toMatchObject({ verdict: 'timed out' });
    expect(tests?.output).toContain('on');
  });

  it('that leaves a daemon behind, in a session of its own, leaves none', async () => {
    const script =
      'setsid sh -c \'echo $$ > "$TMPDIR/pid"; exec sleep 300\' & while [ ! -s "$TMPDIR/pid" ]; do sleep 0.01; done; cat "$TMPDIR/pid"';
    const { tests } = await attempt(script);
    expect(tests?.verdict).toBe('pass');
    const pid = Number(tests?.output);
    expect(pid).toBeGreaterThan(1);
    await expect(readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).resolves.not.toContain('sleep');
  });

  it('that changes files fails, and its changes are undone', async () => {
    const { round, tree } = await attempt('echo changed > a.txt; echo new > b.txt; rm c.txt', {
      files: { 'a.txt': 'a\n', 'c.txt': 'c\n' },
    });
    expect(round.problems).toEqual([{ kind: 'GATE_DIRTY', gate: 'tests', files: ['a.txt', 'c.txt'] }]);
    expect(await readFile(join(tree.directory, 'a.txt'), 'utf8')).toBe('a\n');
    expect(await readFile(join(tree.directory, 'c.txt'), 'utf8')).toBe('c\n');
    await expect(readFile(join(tree.directory, 'b.txt'))).rejects.toThrow('ENOENT');
  });

  it('that only makes files is not red for it: they are put away, and it is said what to ignore', async () => {
    const { round, tests, tree } = await attempt(
      'mkdir -p coverage/html src/made && echo x | tee coverage/a coverage/html/b src/made/c src/d.log >/dev/null; echo fine',
      { files: { 'src/a.txt': 'a\n' } },
    );
    expect(round).toMatchObject({ verdict: 'pass', problems: [] });
    expect(tests?.output).toMatch(
      /^fine\n\(swarm: it wrote coverage\/, src\/d\.log, src\/made\/, which the repository/,
    );
    expect(tests?.output).toContain('Add coverage/, src/d.log, src/made/ to .gitignore');
    await expect(readFile(join(tree.directory, 'coverage/a'))).rejects.toThrow('ENOENT');
  });

  it('may make files that the repository ignores, and node_modules', async () => {
    const { tests } = await attempt('mkdir -p dist node_modules/x && echo x > dist/x && echo y > node_modules/x/y', {
      files: { '.gitignore': 'dist/\n' },
    });
    expect(tests?.verdict).toBe('pass');
  });

  it.each([
    ['node --test', "printf 'ℹ tests 0\\nℹ pass 0\\n'", 'NO_TESTS'],
    ['TAP', "printf '1..0\\n# tests 0\\n# pass 0\\n'", 'NO_TESTS'],
    ['vitest with passWithNoTests', 'echo "No test files found, exiting with code 0"', 'NO_TESTS'],
    ['jest with passWithNoTests', 'echo "No tests found, exiting with code 0"', 'NO_TESTS'],
    ['mocha', 'echo "  0 passing (1ms)"', 'NO_TESTS'],
    ['two runners of which one found some', "printf 'ℹ tests 0\\nℹ tests 4\\n'", undefined],
    ['tests that speak of none', "printf 'says: no tests found\\nℹ tests 1\\n'", undefined],
  ])('without a test fails: %s', async (_, script, problem) => {
    const { round } = await attempt(script);
    expect(round.problems[0]?.kind).toBe(problem);
    expect(round.verdict).toBe(problem ? 'fail' : 'pass');
  });

  it.each([
    ['vitest', 'No test files found, exiting with code 1'],
    ['jest', 'No tests found, exiting with code 1'],
    ['mocha', 'Error: No test files found: "test"'],
    ['unittest', 'NO TESTS RAN'],
  ])('without a test is named so if the runner fails for it: %s', async (_, line) => {
    const { round } = await attempt(`echo '${line}'; exit 1`);
    expect(round).toMatchObject({ verdict: 'fail', problems: [{ kind: 'NO_TESTS' }] });
  });

  it('without a test fails for a real runner too', async () => {
    const { round } = await attempt('', { gate: { run: [process.execPath, '--test', 'nothing/**/*.test.js'] } });
    expect(round.problems).toMatchObject([{ kind: 'NO_TESTS' }]);
  });

  it('gets none of what the runner, tokens and loaders put into the environment', async () => {
    const planted = {
      ACTIONS_RUNTIME_TOKEN: 'planted',
      ACTIONS_ID_TOKEN_REQUEST_URL: 'planted',
      INPUT_TOKEN: 'planted',
      GITHUB_TOKEN: 'planted',
      GH_TOKEN: 'planted',
      GITHUB_ENV: 'planted',
      GITHUB_OUTPUT: 'planted',
      RUNNER_TEMP: 'planted',
      GIT_DIR: 'planted',
      LD_LIBRARY_PATH: '/planted',
      BASH_ENV: 'planted',
      npm_config_registry: 'planted',
      SOMETHING_ELSE: 'planted',
      ALLOWED_HERE: 'let through',
    };
    const before = { ...process.env };
    Object.assign(process.env, planted);
    try {
      const { tests, tree } = await attempt('env; exit 1');
      const names = (tests?.output ?? '').split('\n').map((line) => line.split('=', 1)[0]);
      expect(tests?.output).not.toContain('planted');
      expect(tests?.output).toContain('ALLOWED_HERE=let through');
      expect(names).toEqual(expect.arrayContaining(['PATH', 'HOME', 'TMPDIR', 'CI', 'NO_COLOR', 'TERM']));
      const home = /^HOME=(.*)$/m.exec(tests?.output ?? '')?.[1] ?? '';
      expect(home).not.toBe(before.HOME);
      expect(tree.directory.startsWith(home)).toBe(false);
    } finally {
      for (const name of Object.keys(planted)) delete process.env[name];
      Object.assign(process.env, before);
    }
  });

  it('gets the PATH of the job and swarm’s own flags, whatever a value for them says', async () => {
    const environment = { PATH: '/planted', GOFLAGS: '-toolexec=planted', RUBYOPT: '-rplanted', TZ: 'UTC' };
    const { tests } = await attempt('env; exit 1', { gate: { environment } });
    expect(tests?.output).not.toContain('planted');
    expect(tests?.output).toMatch(/^GOFLAGS=-buildvcs=false -modcacherw$/m);
    expect(tests?.output).toMatch(/^TZ=UTC$/m);
  });

  it('shows the beginning and the end of what is too long', async () => {
    const { tests } = await attempt('echo first; seq 1 100000; echo last; exit 1');
    expect(tests?.output.length).toBeLessThan(8_200);
    expect(tests?.output).toMatch(/^first\n/);
    expect(tests?.output).toMatch(/last$/);
  });

  it('runs in the directory the config names', async () => {
    const files = { 'api/x.txt': 'x\n' };
    expect((await attempt('ls', { files, gate: { directory: 'api' } })).tests?.output).toBe('x.txt');
  });
});

describe('all gates', () => {
  const scripts = { lint: 'exit 1', test: 'echo "ℹ tests 1" | cat', build: 'exit 2' };

  it('run in order, even after one failed (R5.7)', async () => {
    const { round } = await runAll(manifest({ scripts }), {});
    expect(round.results.map(({ gate, verdict }) => `${gate} ${verdict}`)).toEqual([
      'lint fail',
      'types not applicable',
      'tests pass',
      'build fail',
      'security pass',
      'scope pass',
    ]);
    expect(round.verdict).toBe('fail');
  });

  it('run by the scripts of the base, whatever the change makes of them', async () => {
    const weak = manifest({ scripts: { lint: 'true', test: 'true', build: 'true' }, version: '2' });
    const { round, tree } = await runAll(manifest({ scripts }), {}, 200, weak);
    expect(round.results.filter(({ verdict }) => verdict === 'fail').map(({ gate }) => gate)).toEqual([
      'lint',
      'build',
    ]);
    expect(await readFile(join(tree.directory, 'package.json'), 'utf8')).toBe(weak['package.json']);
  });

  it('are not run where dependencies cannot be installed', async () => {
    const files = {
      // Not installed here, so nothing is asked of the network.
      ...manifest({ scripts: { test: 'node --test' }, dependencies: { a: '1.0.0' }, packageManager: 'bun@1' }),
      'bun.lock': '',
    };
    const { round } = await runAll(files, { security: { off: true } });
    expect(round.results).toMatchObject([{ gate: 'install', verdict: 'fail' }]);
  });

  it('name what is wrong with the change itself', async () => {
    const { round } = await runAll({ 'a.txt': 'a\n' }, {}, 200, { 'a.txt': 'a\n', 'src/CON': 'x\n' });
    expect(round.results.find(({ gate }) => gate === 'scope')).toMatchObject({ verdict: 'fail' });
    expect(round.verdict).toBe('fail');
  });
});

describe('several projects', () => {
  const files: Files = Object.fromEntries(
    ['web', 'api', 'jobs'].map((name) => [
      `${name}/package.json`,
      JSON.stringify({ scripts: { test: `echo "ran ${name}" && echo "ℹ tests 1" | cat` } }),
    ]),
  );

  it('are each held to the gate that they share', async () => {
    const broken = {
      ...files,
      'api/package.json': JSON.stringify({ scripts: { test: 'echo "src/a.js:3: error: no"; exit 3' } }),
    };
    const base = { ...broken, 'api/src/a.js': 'x\n' };
    const { tests } = await runAll(base, {}, 200, { ...base, 'compose.yml': 'x\n' });
    expect(tests).toMatchObject({
      verdict: 'fail',
      command: 'api: npm run test; jobs: npm run test; web: npm run test',
      annotations: [{ file: 'api/src/a.js', line: 3, message: 'no' }],
    });
    // What failed is shown, and the rest is not.
    expect(tests?.output).toMatch(/^api\/src\/a\.js:3: no\n/);
    expect(tests?.output).not.toContain('ran web');
  });

  it('are left alone by a change that does not touch them', async () => {
    const { tests, log } = await runAll(files, {}, 200, { ...files, 'web/a.js': 'x\n' });
    expect(tests).toMatchObject({ verdict: 'pass', command: 'web: npm run test' });
    expect(log).not.toContain('ran api');
  });

  it('may be without tests, if not all of them are', async () => {
    const none = JSON.stringify({ scripts: { test: 'echo "ℹ tests 0" | cat' } });
    // A file of no project has all of them checked.
    const some = { ...files, 'api/package.json': none };
    const { tests, round } = await runAll(some, {}, 200, { ...some, 'a.txt': 'a\n' });
    expect(tests).toMatchObject({ verdict: 'pass', tests: { run: 2, failed: 0 } });
    expect(tests?.output).toContain('No test ran, so nothing is proved.');
    expect(round.problems).toEqual([]);
    const all = Object.fromEntries(Object.keys(files).map((path) => [path, none]));
    expect((await runAll(all, {}, 200, { ...all, 'a.txt': 'a\n' })).round).toMatchObject({
      verdict: 'fail',
      problems: [{ kind: 'NO_TESTS' }],
    });
  });

  it('keep all that their gates printed', async () => {
    const noisy = JSON.stringify({ scripts: { test: 'seq 1 5000; echo hunter2-hunter2; exit 1' } });
    const { round, tests } = await runAll({ 'package.json': noisy }, {});
    const file = round.outputs.find(({ gate }) => gate === 'tests')?.file ?? '';
    const whole = await readFile(file, 'utf8');
    expect(tests?.output).not.toMatch(/^2500$/m);
    expect(whole).toMatch(/^2500$/m);
    expect(whole).not.toContain('hunter2');
  });

  it('get the time of the gate together', async () => {
    const slow = { ...files, 'api/package.json': JSON.stringify({ scripts: { test: 'sleep 60' } }) };
    const { tests } = await runAll(slow, { tests: { timeoutMinutes: 1 / 60 } }, 50, { ...slow, 'compose.yml': '' });
    expect(tests?.verdict).toBe('timed out');
    expect(tests?.output).toContain('There was no time left to run it.');
  });
});

describe('a Makefile', () => {
  const files = { Makefile: 'test:\n\t@echo "ℹ tests 1"; exit 1\n' };

  it('means what it meant in the base', async () => {
    const weak = { Makefile: 'test:\n\t@echo "ℹ tests 1"\n' };
    const { tests, tree } = await runAll(files, {}, 200, weak);
    expect(tests).toMatchObject({ verdict: 'fail', command: 'make test' });
    expect(await readFile(join(tree.directory, 'Makefile'), 'utf8')).toBe(weak.Makefile);
  });

  it('does so though the change takes it away', async () => {
    const { tests, tree } = await runAll(files, {}, 200, { 'a.txt': 'x\n' });
    expect(tests).toMatchObject({ verdict: 'fail', command: 'make test' });
    await expect(readFile(join(tree.directory, 'Makefile'))).rejects.toThrow('ENOENT');
  });

  it('whose program is missing is nothing an agent can mend', async () => {
    const { round } = await runAll({ Makefile: 'test:\n\tno-such-program\n' }, {});
    expect(round.hopeless).toEqual({ kind: 'GATE_MISSING', gate: 'tests', command: 'make' });
  });
});

describe('the audit of dependencies', () => {
  // A program with the name and the answers of the real one: each `bad` line of go.sum is a fault that is called.
  const SCANNER = `#!/bin/sh
echo '{"config":{"scanner_name":"govulncheck"}}'
[ -f go.sum ] || exit 0
grep '^outage' go.sum && { echo 'govulncheck: connection refused' >&2; exit 1; }
sed -n 's/^bad \\(.*\\)/{"finding":{"osv":"\\1","trace":[{"module":"m","function":"f"}]}}/p' go.sum
`;
  const go = (sum: string): Files => ({ 'go.mod': 'module a\n', 'go.sum': sum });
  const off = { lint: { off: true }, tests: { off: true }, build: { off: true } };

  const audit = async (before: Files, after: Files): Promise<GateResult | undefined> => {
    const bin = await scratch();
    await writeFile(join(bin, 'govulncheck'), SCANNER, { mode: 0o755 });
    const { PATH } = process.env;
    process.env.PATH = `${bin}:${PATH}`;
    try {
      const { round } = await runAll(before, off, 200, after);
      return round.results.find(({ gate }) => gate === 'security');
    } finally {
      process.env.PATH = PATH;
    }
  };

  it.each<[string, string, string, object]>([
    [
      'a new fault fails',
      'ok\n',
      'bad GO-1\n',
      { verdict: 'fail', output: expect.stringMatching(/this change adds:\nm: high, a known fault \(GO-1\)/) },
    ],
    [
      'a known one does not',
      'bad GO-1\n',
      'bad GO-1\nmore\n',
      { verdict: 'pass', command: expect.stringContaining('no new faults, 1 known already') },
    ],
    [
      'a new one beside a known one fails',
      'bad GO-1\n',
      'bad GO-1\nbad GO-2\n',
      { verdict: 'fail', output: expect.not.stringContaining('GO-1') },
    ],
    [
      'an outage is said',
      'ok\n',
      'outage\n',
      { verdict: 'pass', command: expect.stringContaining('no audit: govulncheck: ') },
    ],
    [
      'what cannot be compared counts as new',
      'outage\n',
      'bad GO-1\n',
      { verdict: 'fail', output: expect.stringContaining('could not be audited') },
    ],
    [
      'dependencies that stay are not asked about',
      'bad GO-1\n',
      'bad GO-1\n',
      { verdict: 'pass', command: expect.stringContaining('no audit: the change does not touch go.sum') },
    ],
  ])('%s', async (_, before, after, expected) => {
    expect(await audit(go(before), go(after))).toMatchObject(expected);
  });

  it('of a project that is new finds all of its faults new', async () => {
    const after = { 'README.md': 'x\n', ...go('bad GO-1\n') };
    expect(await audit({ 'README.md': 'x\n' }, after)).toMatchObject({ verdict: 'fail' });
  });

  it('whose program is missing is said, and is no pass where there is no change to scan', async () => {
    const store = await makeStore();
    const base = await commitOf(store, { 'Gemfile.lock': '', Gemfile: '' });
    const directory = await scratch();
    const runner = new GateRunner(await readDefinition(store, { commit: base }, { install: { off: true } }), {
      tree: await WorkTree.make(store, join(directory, 'tree'), base),
      sandbox: await sandboxFor(directory),
      scratch: join(directory, 'gates'),
      environment: [],
      secrets: new Set(),
      log: () => {},
    });
    const { results } = await runner.run(undefined, await store.text(['rev-parse', `${base}^{tree}`]));
    expect(results.find(({ gate }) => gate === 'security')).toMatchObject({
      verdict: 'not applicable',
      command: 'no audit: bundle-audit: bundle-audit is not installed',
    });
  });
});

describe('installing', () => {
  it('may leave files that the repository does not ignore: gates have them, and the change has not', async () => {
    const gates = {
      install: { run: ['sh', '-c', 'mkdir gen; echo x > gen/a; echo y > "[b] !#"'] },
      tests: { run: ['test', '-f', 'gen/a'] },
    };
    const { round, tree, log } = await runAll({ 'a.txt': 'a\n' }, gates);
    expect(round).toMatchObject({ verdict: 'pass', problems: [] });
    expect(log).toContain('install: it wrote [b] !#, gen/, which the repository does not ignore');
    expect(await tree.isTouched()).toBe(false);
    const taken = await tree.take();
    expect(taken).toEqual({ kind: 'tree', tree: expect.any(String) });
    // Another tree of the same store, as audits make one, forgets nothing.
    expect(await readFile(join(tree.directory, 'gen/a'), 'utf8')).toBe('x\n');
    // It may be the very file that an agent is asked for.
    await writeFile(join(tree.directory, '[b] !#'), 'edited\n');
    const edited = await tree.take();
    if (taken.kind !== 'tree' || edited.kind !== 'tree') throw new Error('broken');
    expect(await tree.changes(taken.tree, edited.tree)).toEqual(['[b] !#']);
  });

  it('that changes files of the repository fails', async () => {
    const gates = { install: { run: ['sh', '-c', 'echo x >> a.txt; echo y > b.txt'] }, tests: { run: ['true'] } };
    const { round, tree } = await runAll({ 'a.txt': 'a\n' }, gates);
    expect(round.problems).toEqual([{ kind: 'GATE_DIRTY', gate: 'install', files: ['a.txt'] }]);
    expect(round.results[0]?.output).toMatch(/changed files that are in git: a\.txt\n.*\.gitignore/);
    expect(await readFile(join(tree.directory, 'a.txt'), 'utf8')).toBe('a\n');
    await expect(readFile(join(tree.directory, 'b.txt'))).rejects.toThrow('ENOENT');
  });
});

describe('a working tree', () => {
  it('is read from its files, whatever an agent did to git', async () => {
    const store = await makeStore();
    const base = await commitOf(store, { 'a.txt': 'a\n', 'run.sh': { mode: '100755', content: 'true\n' } });
    const directory = join(await scratch(), 'tree');
    const tree = await WorkTree.make(store, directory, base);
    const git = (...args: string[]) =>
      store.run(args, { environment: { GIT_DIR: join(directory, '.git') }, tree: directory });
    await writeFile(join(directory, 'b.txt'), 'b\n');
    await git('checkout', '-b', 'elsewhere');
    await git('add', '.');
    await git('commit', '-m', 'mine');
    await git('config', 'core.fsmonitor', 'touch /nowhere');
    await git('config', 'filter.evil.clean', 'false');
    await mkdir(join(directory, '.git', 'info'), { recursive: true });
    await writeFile(join(directory, '.git', 'info', 'attributes'), '* filter=evil\n');
    const taken = await tree.take();
    if (taken.kind !== 'tree') throw new Error(taken.problem.kind);
    expect(taken.broken).toBeUndefined();
    const listed = await store.text(['ls-tree', '-r', '--format=%(objectmode) %(path)', taken.tree]);
    expect(listed.split('\n')).toEqual(['100644 a.txt', '100644 b.txt', '100755 run.sh']);
  });

  it('has no packages that were installed, but those among fixtures', async () => {
    const store = await makeStore();
    const directory = join(await scratch(), 'tree');
    const tree = await WorkTree.make(store, directory, await commitOf(store, { 'a.txt': 'a\n' }));
    const made = [
      'node_modules/x/a',
      'web/node_modules/x/a',
      'tests/fixtures/b/node_modules/x/a',
      'testdata/c.egg-info/d',
    ];
    for (const file of [...made, 'src/c.egg-info/d']) {
      await mkdir(join(directory, dirname(file)), { recursive: true });
      await writeFile(join(directory, file), 'x\n');
    }
    const taken = await tree.take();
    if (taken.kind !== 'tree') throw new Error(taken.problem.kind);
    const listed = await store.text(['ls-tree', '-r', '--name-only', taken.tree]);
    expect(listed.split('\n')).toEqual(['a.txt', 'testdata/c.egg-info/d', 'tests/fixtures/b/node_modules/x/a']);
  });

  it('whose .git is gone is broken, and its files are there all the same', async () => {
    const store = await makeStore();
    const directory = join(await scratch(), 'tree');
    const tree = await WorkTree.make(store, directory, await commitOf(store, { 'a.txt': 'a\n' }));
    const { rm } = await import('node:fs/promises');
    await rm(join(directory, '.git'), { recursive: true });
    await writeFile(join(directory, 'a.txt'), 'b\n');
    expect(await tree.take()).toMatchObject({ kind: 'tree', broken: { kind: 'WORKTREE_BROKEN' } });
  });

  it.each([
    ['with a commit', true],
    ['without one', false],
  ])('with a repository inside, %s, is broken', async (_, commits) => {
    const store = await makeStore();
    const directory = join(await scratch(), 'tree');
    const tree = await WorkTree.make(store, directory, await commitOf(store, { 'a.txt': 'a\n' }));
    const sub = join(directory, 'sub');
    await mkdir(sub);
    const call = { environment: { GIT_DIR: join(sub, '.git') }, tree: sub };
    await store.run(['init', '--quiet', sub], { environment: { GIT_DIR: join(sub, '.git') } });
    await writeFile(join(sub, 'x.txt'), 'x\n');
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.c'];
    if (commits) await store.run(['add', '.'], call);
    if (commits) await store.run([...who, 'commit', '-m', 'x'], call);
    expect(await tree.take()).toMatchObject({ kind: 'broken', problem: { kind: 'WORKTREE_BROKEN' } });
  });

  it('that was deleted is broken', async () => {
    const store = await makeStore();
    const directory = join(await scratch(), 'tree');
    const tree = await WorkTree.make(store, directory, await commitOf(store, { 'a.txt': 'a\n' }));
    await tree.remove();
    expect(await tree.take()).toMatchObject({ kind: 'broken', problem: { kind: 'WORKTREE_BROKEN' } });
  });
});
