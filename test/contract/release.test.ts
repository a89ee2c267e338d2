/**
 * The workflow of a release, run by the emulator's runner. GitHub's actions cannot be downloaded here, so small ones with
 * their names stand in for them; `gh` and `npm publish` only write down what they were asked to do. The project that is
 * released is small too: `test/house/release.test.ts` has Swarm's own.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import type { Repository, Run } from '../../src/emulator/model/records.ts';
import { type Runner, startRunner } from '../../src/emulator/runner/runner.ts';
import { read } from '../house/sources.ts';

const dir = mkdtempSync(join(tmpdir(), 'release-run-'));
const store = join(dir, 'store');
const log = join(dir, 'log');
let emulator: Emulator;
let runner: Runner;
const oids = new Map<string, string>();
let count = 0;

const composite = (script: string, inputs: readonly string[] = []): string =>
  JSON.stringify({
    name: 'a stand-in',
    description: 'a stand-in',
    inputs: Object.fromEntries(inputs.map((name) => [name, { description: name, default: '' }])),
    runs: {
      using: 'composite',
      steps: [
        {
          shell: 'bash',
          run: script,
          env: Object.fromEntries(
            inputs.map((name) => [name.replaceAll('-', '_').toUpperCase(), `\${{ inputs.${name} }}`]),
          ),
        },
      ],
    },
  });

const ACTIONS: Readonly<Record<string, string>> = {
  checkout: composite(
    [
      'git init --quiet .',
      'git fetch --quiet "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" "+refs/heads/*:refs/remotes/origin/*" "+refs/tags/*:refs/tags/*"',
      'git checkout --quiet --detach "$GITHUB_SHA"',
    ].join('\n'),
    ['fetch-depth', 'persist-credentials'],
  ),
  'setup-node': composite('true', ['node-version', 'package-manager-cache']),
  'upload-artifact': composite(`cp -r "$FROM" '${store}'`.replace('$FROM', '$PATH_'), ['name', 'path_']),
  'download-artifact': composite(`cp -r '${store}' "$PATH_"`, ['name', 'path_']),
  attest: composite(
    `for file in $SUBJECT_CHECKSUMS $SUBJECT_PATH $SBOM_PATH; do test -s $file; echo "attest $file" >> '${log}'; done`,
    ['subject-checksums', 'subject-path', 'sbom-path'],
  ),
};

/** A project with a release of three files. */
const PROJECT: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'p',
    version: '1.0.0',
    scripts: { release: 'sh build.sh', reproduce: 'sh build.sh again' },
  }),
  'package-lock.json': JSON.stringify({
    name: 'p',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: { '': { name: 'p', version: '1.0.0' } },
  }),
  'build.sh': [
    'if [ "$1" = again ]; then test "$2" = --with && test -s "$3/assets/SHA256SUMS"; exit; fi',
    'test "$1 $2 $4" = "build --to --tag"',
    'mkdir -p "$3/assets" && cd "$3/assets"',
    'echo "Notes of $5" > ../notes.md; echo "on: push" > swarm.yml; echo package > p-1.0.0.tgz; echo "{}" > swarm.cdx.json',
    'sha256sum * > ../sums && mv ../sums SHA256SUMS',
    '',
  ].join('\n'),
};

beforeAll(async () => {
  emulator = await startEmulator({ dir: join(dir, 'github') });
  const { world } = emulator;
  world.addUser('ana');
  const github = world.addUser('actions', 'Organization');
  const author = { name: 'makers', email: 'makers@swarm.example', date: world.now() };
  for (const [name, text] of Object.entries(ACTIONS)) {
    const git = await world.git(await world.addRepository(github, name, { visibility: 'public' }));
    oids.set(name, await git.seed({ 'action.yml': text }, { branch: 'main', message: 'feat: an action', author }));
  }
  const bin = join(dir, 'bin');
  mkdirSync(bin);
  const npm = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
  const program = (name: string, text: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  // The first change of a tag fails as on GitHub: there is none yet.
  program('gh', `echo "gh $*" >> '${log}'; case "$*" in *PATCH*) exit 1;; esac`);
  program('npm', `if [ "$1" = publish ]; then echo "npm $*" >> '${log}'; else exec '${npm}' "$@"; fi`);
  runner = startRunner(emulator, {
    slots: 4,
    environment: {
      HOME: dir,
      PATH: [bin, dirname(process.execPath), dirname(npm), '/usr/bin', '/bin'].join(delimiter),
    },
  });
});

afterAll(async () => {
  await runner.close();
  await emulator.close();
  rmSync(dir, { recursive: true, force: true });
});

beforeEach(() => {
  rmSync(log, { force: true });
  rmSync(store, { recursive: true, force: true });
});

const acts = (): readonly string[] =>
  existsSync(log)
    ? readFileSync(log, 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.replaceAll(/[0-9a-f]{40}/g, 'COMMIT'))
    : [];

interface Told {
  /** The branch of the tagged commit. */
  readonly branch?: string;
  readonly tag?: string;
  readonly earlier?: readonly string[];
  readonly change?: (workflow: string) => string;
}

async function release({
  branch = 'main',
  tag = 'v1.2.3',
  earlier = [],
  change = (text) => text,
}: Told = {}): Promise<Run> {
  count += 1;
  const { world } = emulator;
  const owner = world.user('ana');
  if (!owner) throw new Error('ana is missing');
  const repository: Repository = await world.addRepository(owner, `swarm-${count}`, { visibility: 'public' });
  const git = await world.git(repository);
  const workflow = read('.github/workflows/release.yml')
    .replaceAll(/actions\/([\w-]+)@[0-9a-f]{40}/g, (_, name: string) => `actions/${name}@${oids.get(name) ?? 'none'}`)
    // An input called `path` would hide the variable of this name from a script.
    .replaceAll(/^( {10})path: /gm, '$1path_: ');
  const files = { ...PROJECT, '.github/workflows/release.yml': change(workflow) };
  const author = { name: 'Ana', email: 'ana@example.com', date: world.now() };
  const main = await git.seed(files, { branch: 'main', message: 'feat: all', author });
  const more = { ...files, 'more.txt': 'more' };
  const tagged = branch === 'main' ? main : await git.seed(more, { branch, message: 'feat: more', author });
  const names = [...earlier, tag].map((each) => ({ name: `refs/tags/${each}`, before: null, after: tagged }));
  await git.updateRefs(names);
  await runner.refresh(repository);
  await world.refs.changed(world.as('ana'), repository, names.slice(-1));
  await runner.idle();
  const [run, ...others] = repository.runs;
  if (!run || others.length > 0) throw new Error(`${repository.runs.length} runs instead of one`);
  return run;
}

const board = (run: Run): Readonly<Record<string, unknown>> =>
  Object.fromEntries(run.jobs.map(({ name, conclusion }) => [name, conclusion]));

test('a tag on main is built, signed, and published (R11.1)', async () => {
  const run = await release();
  expect(board(run), run.jobs.map((job) => job.log).join('\n')).toEqual({
    build: 'success',
    attest: 'success',
    npm: 'success',
    github: 'success',
    major: 'success',
  });
  const done = acts();
  expect(done.slice(0, 3)).toEqual([
    'attest release/assets/SHA256SUMS',
    'attest release/assets/p-1.0.0.tgz',
    'attest release/assets/swarm.cdx.json',
  ]);
  expect(done.slice(3, 5).sort()).toEqual([
    'gh release create v1.2.3 release/assets/SHA256SUMS release/assets/p-1.0.0.tgz release/assets/swarm.cdx.json release/assets/swarm.yml --repo ana/swarm-1 --verify-tag --title v1.2.3 --notes-file release/notes.md',
    'npm publish --ignore-scripts --provenance --access public ./release/assets/p-1.0.0.tgz',
  ]);
  expect(done.slice(5)).toEqual([
    'gh api --method PATCH repos/ana/swarm-1/git/refs/tags/v1 -f sha=COMMIT -F force=true',
    'gh api --method POST repos/ana/swarm-1/git/refs -f ref=refs/tags/v1 -f sha=COMMIT',
  ]);
});

test('a tag of a commit that is not on main releases nothing', async () => {
  const run = await release({ branch: 'somewhere' });
  expect(board(run)).toMatchObject({ build: 'failure', attest: 'skipped', npm: 'skipped', github: 'skipped' });
  expect(acts()).toEqual([]);
});

test('files that were exchanged after the build are neither signed nor published', async () => {
  const run = await release({
    change: (text) =>
      text.replace(
        '      - name: the files are those that build made',
        '      - run: echo evil > release/assets/p-1.0.0.tgz && cd release/assets && sha256sum *.* > SHA256SUMS\n      - name: the files are those that build made',
      ),
  });
  expect(board(run)).toMatchObject({ build: 'success', attest: 'failure', npm: 'skipped', github: 'skipped' });
  expect(acts()).toEqual([]);
});

test('a fix for an older version leaves the tag of the major version where it is', async () => {
  const run = await release({ tag: 'v1.2.4', earlier: ['v1.10.0', 'v1.2.3', 'v2.0.0'] });
  expect(board(run)).toMatchObject({ github: 'success', npm: 'success', major: 'skipped' });
  expect(acts().filter((act) => act.startsWith('gh api'))).toEqual([]);
});
