/** `swarm gates` as a program, on small repositories of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { kindsHere } from '../rig/walls.ts';

const dir = mkdtempSync(join(tmpdir(), 'swarm-gates-command-'));
afterAll(() => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }));

type Ran = { readonly status: number | null; readonly out: string; readonly err: string };

const swarm = (...args: string[]): Ran => swarmWith({}, ...args);

const environment = { PATH: process.env.PATH, HOME: process.env.HOME };

function swarmWith(variables: Readonly<Record<string, string>>, ...args: string[]): Ran {
  const env = { ...environment, TMPDIR: scratch, ...variables };
  const ran = spawnSync(process.execPath, ['src/cli/main.ts', 'gates', ...args], { encoding: 'utf8', env });
  return { status: ran.status, out: ran.stdout, err: ran.stderr };
}

const scratch = join(dir, 'scratch');
mkdirSync(scratch);

let made = 0;
type Files = Readonly<Record<string, string>>;

/** A repository with one commit of these files. */
function repository(files: Files): string {
  made += 1;
  const root = join(dir, `shop-${made}`);
  mkdirSync(root);
  write(root, files);
  git(root, 'init', '--quiet', '--initial-branch=main');
  commit(root);
  return root;
}

function write(root: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(root, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (text.startsWith('#!')) chmodSync(file, 0o755);
  }
}

function commit(root: string): void {
  git(root, 'add', '--all');
  git(root, '-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', 'commit', '--quiet', '--message', 'x');
}

function git(root: string, ...args: string[]): string {
  const ran = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return ran.stdout;
}

/** The gate `tests` as a shell script, and no other command. */
const config = (script: string): Files => ({
  '.github/swarm.yml': `gates:\n  tests: { run: [sh, -c, ${JSON.stringify(script)}] }\n`,
});

const resultsOf = ({ out }: Ran) =>
  (JSON.parse(out) as { results: { verdict: string; result: { gate: string; output: string } }[] }).results;

describe('swarm gates', () => {
  it('says what was found, from where, and what is not applicable', () => {
    const root = repository({
      'package.json': JSON.stringify({
        scripts: { lint: 'true x', test: 'node --test' },
        dependencies: { left: '1.0.0' },
      }),
      'package-lock.json': '{}',
      'api/go.mod': 'module api\n',
      'tools/Makefile': 'lint:\n\ttrue\n',
      '.github/swarm.yml': 'gates:\n  docs: { run: [make, docs] }\n  build: { off: true }\n',
    });
    const { status, out } = swarm(root);
    expect(status).toBe(0);
    expect(out).toMatch(/^shop-\d+ at [0-9a-f]{12} \(main\)\n/);
    expect(out).toMatch(/JavaScript +\. +package\.json\n +Go +api +api\/go\.mod\n/);
    expect(out).toMatch(/Installed by\n {2}npm ci .*usual for JavaScript, by package-lock\.json\n/);
    expect(out).toMatch(/lint +npm run lint +script `lint` in package\.json\n/);
    expect(out).toMatch(/api: go vet \.\/\.\.\. +usual for Go, by api\/go\.mod\n/);
    expect(out).toMatch(/types +not applicable: package\.json has no script/);
    expect(out).toMatch(/build +not applicable: switched off in \.github\/swarm\.yml\n/);
    expect(out).toMatch(/docs +make docs +`gates\.docs\.run` in \.github\/swarm\.yml\n/);
  });

  it('takes the last commit, says what it leaves out, and changes nothing', () => {
    const root = repository(config('exit 0'));
    write(root, config('exit 1'));
    write(root, { 'new.txt': 'x' });
    const before = git(root, 'status', '--porcelain');
    const { status, out } = swarm(root, '--run');
    expect([status, out]).toEqual([0, expect.stringContaining('tests     green')]);
    expect(out).toContain('Not committed, and so left out: .github/swarm.yml, new.txt');
    expect(git(root, 'status', '--porcelain')).toBe(before);
    expect(git(root, 'for-each-ref')).toMatch(/^\S+ commit\trefs\/heads\/main\n$/);
  });

  it('names submodules, files without the executable bit and missing programs, each with its fix', () => {
    const root = repository({
      'run.sh': 'exit 0\n',
      '.github/swarm.yml': 'gates:\n  tests: { run: [./run.sh] }\n  docs: { run: [no-such-program] }\n',
    });
    git(root, 'update-index', '--add', '--cacheinfo', `160000,${git(root, 'rev-parse', 'HEAD').trim()},lib`);
    git(root, '-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', 'commit', '--quiet', '--message', 'lib');
    const { status, out, err } = swarm(root);
    expect(status).toBe(1);
    expect(out).toContain('Submodules are not fetched, so these directories are empty: lib.');
    expect(out).toContain('turn off the gates that do');
    expect(err).toMatch(
      /"run\.sh" is not executable.*\[GATE_NOT_EXECUTABLE\]\nWhy .*\nNext {2}Run `?git update-index --chmod=\+x run\.sh/,
    );
    expect(err).toMatch(/"no-such-program" is not installed.*\[GATE_MISSING\]\nWhy .*\nNext .*segment\.yml/);
  });

  it('says which versions the repository asks for, and prints the steps that its workflows lack', () => {
    const root = repository({
      '.nvmrc': '18\n',
      '.tool-versions': 'golang 1.22.1\nterraform 1.5\n',
      '.github/workflows/segment.yml': readFileSync('.github/workflows/segment.yml', 'utf8'),
      '.github/workflows/swarm.yml':
        'jobs: {calibrate: {steps: [{uses: actions/setup-go@v6, with: {go-version: 1.22.x}}]}}\n',
    });
    const { status, out } = swarm(root);
    expect(status).toBe(0);
    expect(out).toMatch(/node 18 +\.nvmrc +not set up in work, verify, calibrate\n/);
    expect(out).toMatch(/go 1\.22\.1 +\.tool-versions +not set up in work, verify; set up in calibrate\n/);
    expect(out).toContain("- uses: actions/setup-node@v6\n          with:\n            node-version: '18'\n");
    expect(out).toContain('Swarm knows no step for terraform.');
    const { tools } = JSON.parse(swarm(root, '--json').out) as { tools: { tool: string; isLacking: boolean }[] };
    expect(tools.map(({ tool, isLacking }) => [tool, isLacking])).toEqual([
      ['node', true],
      ['go', true],
      ['terraform', true],
    ]);
  });

  it('says that nothing is proved where no gate has a command', () => {
    const root = repository({ 'README.md': 'x\n' });
    expect(swarm(root)).toMatchObject({ status: 0, out: expect.stringContaining('none that Swarm knows') });
    expect(swarm(root).out).toContain('No gate runs a command here');
    expect(swarm(root, '--run')).toMatchObject({ status: 0, out: expect.stringContaining('so nothing is proved') });
  });

  it('looks at a folder of the repository as at the whole', () => {
    const root = repository({ ...config('exit 0'), 'src/a.txt': 'a\n' });
    expect(swarm(join(root, 'src')).out).toContain('sh -c exit 0');
  });

  it.each<readonly [string, (root: string) => string[], string]>([
    ['a folder that is not there', () => ['/nowhere'], 'There is no folder /nowhere.'],
    ['a folder without git', () => [scratch], 'is not a git repository.'],
    ['a gate that is not there', (root) => [root, '--gate', 'test'], 'There is no gate "test"; did you mean "tests"?'],
  ])('refuses %s: what, why and what next', (_, args, says) => {
    const { status, out, err } = swarm(...args(repository(config('exit 0'))));
    expect([status, out]).toEqual([1, '']);
    expect(err).toMatch(/^\S.*\nWhy {3}\S.*\nNext {2}\S.*\n$/);
    expect(err).toContain(says);
  });

  it('refuses a repository without a commit', () => {
    const root = join(dir, 'empty');
    mkdirSync(root);
    git(root, 'init', '--quiet');
    expect(swarm(root)).toMatchObject({ status: 1, err: expect.stringContaining('has no commit yet.\nWhy') });
  });

  it('refuses a broken config with its line, and runs nothing', () => {
    const root = repository({ '.github/swarm.yml': 'gates:\n  tests: npm test\n', 'a.txt': 'a\n' });
    const { status, out, err } = swarm(root, '--run');
    expect([status, out]).toEqual([1, '']);
    expect(err).toMatch(/\.github\/swarm\.yml:2:3: .*\[CONFIG_VALUE\]\nWhy .*\nNext /);
  });
});

describe('swarm gates --run', () => {
  it('is green where the gates are, and leaves nothing behind', () => {
    const { status, out } = swarm(repository(config('echo "Tests:  3 passed, 3 total"')), '--run');
    expect(status).toBe(0);
    expect(out).toMatch(/tests {5}green +\d+\.\d s {2}sh -c .* {2}3 tests, 0 failed\n/);
    expect(out).toContain('All gates are green.');
    expect(readdirSync(scratch)).toEqual([]);
  });

  it('names the first failure of a red gate by file and line, and ends with 1', () => {
    const root = repository({
      ...config('echo "src/cart.ts:7:3 - error TS2322: no number"; exit 2'),
      'src/cart.ts': 'x\n',
    });
    const { status, out } = swarm(root, '--run');
    expect(status).toBe(1);
    expect(out).toMatch(/tests {5}RED .*\n {4}src\/cart\.ts:7: .*no number/);
    expect(out).toContain(
      'Red before anything is changed: tests.\nAn epic starts no agent until tests is fixed on the base',
    );
  });

  it('runs a red gate again: one that then passes is flaky, is named with its failure, and is not red (R5.15)', () => {
    const flaky = 'if [ -e "$TMPDIR/ran" ]; then exit 0; fi; : > "$TMPDIR/ran"; echo "not ok 1 - pays once"; exit 1';
    const ran = swarm(repository(config(flaky)), '--run');
    expect(ran.status).toBe(0);
    expect(ran.out).toMatch(/tests {5}FLAKY /);
    expect(ran.out).toMatch(/^Flaky: tests \(.*pays once.*\) failed, and then passed on the same files\./m);
  });

  it('gives all of it to programs, and only one gate if asked', () => {
    const root = repository({
      '.github/swarm.yml': 'gates:\n  tests: { run: [sh, -c, exit 1] }\n  docs: { run: [sh, -c, exit 0] }\n',
    });
    const all = swarm(root, '--run', '--json');
    expect(all.status).toBe(1);
    expect(resultsOf(all).map(({ verdict, result }) => `${result.gate} ${verdict}`)).toEqual([
      ...['lint not applicable', 'types not applicable', 'tests red', 'build not applicable'],
      ...['security not applicable', 'scope not applicable', 'docs green'],
    ]);
    const one = swarm(root, '--run', '--json', '--gate', 'docs');
    expect(one.status).toBe(0);
    expect(resultsOf(one).map(({ result }) => result.gate)).toEqual(['docs']);
  });

  it('stops at an installation that fails twice, with the words of the tool', () => {
    const root = repository({
      '.github/swarm.yml':
        'gates:\n  install: { run: [sh, -c, "echo no such version; exit 3"] }\n  tests: { run: [touch, "ran.txt"] }\n',
    });
    const { status, out } = swarm(root, '--run');
    expect(status).toBe(1);
    expect(out).toMatch(/install {2}RED .*\n {4}no such version\n/);
    expect(out).not.toContain('tests');
  });

  it('runs on a clean copy behind walls: ignored files and the repository itself are not to be seen', async () => {
    const root = repository({ '.gitignore': 'secret.txt\n', 'a.txt': 'a\n' });
    write(root, { 'secret.txt': 'x', ...config(`ls; git rev-list --count HEAD; cat ${root}/secret.txt`) });
    commit(root);
    const [tests] = resultsOf(swarm(root, '--run', '--json', '--gate', 'tests'));
    expect(tests?.result.output).toMatch(/a\.txt\n1\n/);
    const [strongest] = await kindsHere(dir);
    expect(tests?.result.output).toMatch(strongest === 'none' ? /1\nx$/ : /No such file/);
  });

  it('does not find programs that only Swarm or the repository has on the PATH', () => {
    const root = repository({
      'bin/lender': '#!/bin/sh\necho lent\n',
      ...config('command -v biome; command -v lender; exit 1'),
    });
    const PATH = `${join(root, 'bin')}:${join(process.cwd(), 'node_modules/.bin')}:${process.env.PATH}`;
    const [tests] = resultsOf(swarmWith({ PATH }, root, '--run', '--json', '--gate', 'tests'));
    expect(tests?.result.output).toBe('It ended with exit code 1 and printed nothing.');
  });

  it('needs the walls that the config names, and says so where there are none', () => {
    const bin = join(dir, 'bin');
    mkdirSync(bin);
    for (const program of ['git', 'sh']) {
      symlinkSync(spawnSync('which', [program], { encoding: 'utf8' }).stdout.trim(), join(bin, program));
    }
    const root = repository(config('exit 0'));
    expect(swarmWith({ PATH: bin }, root, '--run')).toMatchObject({
      status: 0,
      out: expect.stringContaining('There were no walls around the gates'),
    });
    write(root, { '.github/swarm.yml': 'isolation: bubblewrap\n' });
    commit(root);
    const { status, err } = swarmWith({ PATH: bin }, root, '--run');
    expect([status, err]).toEqual([1, expect.stringContaining('[ISOLATION_MISSING]\nWhy')]);
  });

  it('ends all programs and removes its files when it is interrupted', async () => {
    const root = repository(config('echo started; sleep 1000'));
    const args = ['src/cli/main.ts', 'gates', root, '--run', '--verbose'];
    const child = spawn(process.execPath, args, { env: { ...environment, TMPDIR: scratch }, stdio: 'pipe' });
    const ended = once(child, 'exit');
    await new Promise<void>((resolve) => {
      child.stderr.on('data', (text: Buffer) => {
        if (text.toString('utf8').includes('  started')) resolve();
      });
    });
    expect(readdirSync(scratch)).not.toEqual([]);
    child.kill('SIGINT');
    expect(await ended).toEqual([null, 'SIGINT']);
    expect(readdirSync(scratch)).toEqual([]);
  });
});
