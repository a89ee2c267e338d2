/**
 * A repository that none of us wrote: a small package as its author published it, its own test suite as the gate, an epic
 * of four segments in a plan file, and an agent that applies prepared changes. Needs the package registry.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { Demos, ENVIRONMENT, git } from './run.ts';

const PACKAGE = 'concat-map@0.0.1';
const demos = new Demos();
afterAll(() => demos.close());

/** A registry that is slow now and then is asked again, rather than waited for: npm itself would wait five minutes. */
const npm = (cwd: string, ...args: string[]): string =>
  execFileSync('npm', [...args, '--fetch-timeout=15000', '--fetch-retries=6', '--fetch-retry-mintimeout=500'], {
    cwd,
    encoding: 'utf8',
    env: ENVIRONMENT,
  });

/** The package's files as a git repository, with a lock file for what its tests need. */
function makeRepository(): string {
  const folder = join(demos.dir, 'concat-map');
  mkdirSync(folder);
  const packed = npm(demos.dir, 'pack', PACKAGE, '--silent').trim();
  execFileSync('tar', ['-xzf', join(demos.dir, packed), '-C', folder, '--strip-components=1']);
  npm(folder, 'install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--silent');
  writeFileSync(join(folder, '.gitignore'), 'node_modules\n');
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'config', 'user.name', 'Kim');
  git(folder, 'config', 'user.email', 'kim@harbour.example');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', `feat: ${PACKAGE}`);
  return folder;
}

const testOf = (name: string, body: string): string =>
  `var concatMap = require('../');\nvar test = require('tape');\n\ntest('${name}', function (t) {\n${body}\n    t.end();\n});\n`;

interface Work {
  readonly segment: { readonly title: string; readonly [key: string]: unknown };
  readonly files?: Readonly<Record<string, string>>;
  readonly edits?: readonly { readonly file: string; readonly find: string; readonly replace: string }[];
}

const WORK: Readonly<Record<string, Work>> = {
  'third-argument': {
    segment: {
      title: 'Hand the list to the callback',
      type: 'feat',
      files: ['index.js', 'test/third.js'],
      body: 'Array.prototype.map hands the whole list as a third argument.',
      criteria: ['MAP-1: the third argument is the list itself'],
    },
    edits: [{ file: 'index.js', find: 'fn(xs[i], i)', replace: 'fn(xs[i], i, xs)' }],
    files: {
      'test/third.js': testOf(
        'the list itself',
        "    var xs = ['a'];\n    concatMap(xs, function (x, i, all) { t.equal(all, xs); return x; });",
      ),
    },
  },
  empty: {
    segment: { title: 'Test an empty list', type: 'test', files: ['test/empty.js'], body: 'It gives an empty list.' },
    files: {
      'test/empty.js': testOf('an empty list', "    t.same(concatMap([], function () { return ['never']; }), []);"),
    },
  },
  example: {
    segment: {
      title: 'Show how words are split',
      type: 'docs',
      files: ['example/words.js'],
      body: 'The examples show numbers only.',
    },
    files: {
      'example/words.js':
        "var concatMap = require('../');\nconsole.log(concatMap(['a b', 'c'], function (line) { return line.split(' '); }));\n",
    },
  },
  document: {
    segment: {
      title: 'Document the third argument',
      type: 'docs',
      files: ['README.markdown'],
      body: 'The readme does not say what the callback gets.',
      'blocked-by': ['third-argument'],
    },
    edits: [
      {
        file: 'README.markdown',
        find: 'install\n=',
        replace: 'The callback is called as `fn(x, i, xs)`.\n\ninstall\n=',
      },
    ],
  },
};

/** A folder for `examples/agents/prepared.mjs`, and the plan file that its titles come from. */
function writePlan(): { readonly plan: string; readonly prepared: string } {
  const prepared = join(demos.dir, 'prepared');
  for (const [name, { segment, files = {}, edits = [] }] of Object.entries(WORK)) {
    mkdirSync(join(prepared, name, 'files'), { recursive: true });
    for (const [path, content] of Object.entries(files)) {
      const file = join(prepared, name, 'files', path);
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, content);
    }
    const criteria = segment.criteria ? { 'MAP-1': 'test/third.js: the list itself' } : {};
    const step = { summary: segment.title, files: 'files', edits, criteria };
    writeFileSync(join(prepared, name, 'edits.json'), JSON.stringify({ title: segment.title, steps: [step] }));
  }
  const plan = join(demos.dir, 'epic.yml');
  const segments = Object.fromEntries(Object.entries(WORK).map(([name, { segment }]) => [name, segment]));
  writeFileSync(plan, stringify({ epic: { title: 'Map like the platform does' }, segments }));
  return { plan, prepared };
}

test('an epic on a repository of other people ends in a branch of theirs', async () => {
  const repository = makeRepository();
  const { plan, prepared } = writePlan();
  const agent = `node ${resolve('examples/agents/prepared.mjs')} ${prepared}`;
  const before = git(repository, 'rev-parse', 'HEAD');
  const options = ['--repo', repository, '--plan', plan, '--agent', agent];
  const demo = await demos.run('foreign', ['swarm', 'dev'], ...options);
  expect(await demo.ends(), demo.output()).toBe(0);

  const { epic, waves, findings } = demo.summary;
  expect(epic.state).toBe('closed');
  expect(findings, 'answers unlike GitHub').toBe(0);
  expect(waves.map((wave) => wave.segments.map(({ title, status }) => `${title}: ${status}`).toSorted())).toEqual([
    ['Hand the list to the callback: merged', 'Show how words are split: merged', 'Test an empty list: merged'],
    ['Document the third argument: merged'],
  ]);
  for (const { validation } of waves.flatMap((wave) => wave.segments)) expect(validation.tests).toBe('pass');

  // Theirs is as it was, but for the branch.
  expect(git(repository, 'rev-parse', 'HEAD')).toBe(before);
  expect(git(repository, 'status', '--porcelain')).toBe('');
  expect(git(repository, 'branch', '--format=%(refname:short)').trim().split('\n')).toEqual([
    'main',
    `swarm/${epic.number}`,
  ]);
  const result = join(demos.dir, 'result');
  git(demos.dir, 'clone', '--quiet', '--branch', `swarm/${epic.number}`, repository, result);
  expect(readFileSync(join(result, 'index.js'), 'utf8')).toContain('fn(xs[i], i, xs)');
  npm(result, 'ci', '--no-audit', '--silent');
  expect(npm(result, 'test')).toMatch(/the list itself[\s\S]*# ok/);
});
