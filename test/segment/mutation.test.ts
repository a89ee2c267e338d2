/** The gate `mutation` around its tools: what they are given, and what they cannot decide. Stand-ins take the tools' places. */
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/schema.ts';
import type { GateChoice } from '../../src/core/model/config.ts';
import type { WorkProblem } from '../../src/core/model/problem.ts';
import type { GateResult } from '../../src/core/model/report.ts';
import { readDefinition } from '../../src/gates/definition.ts';
import { type GateRound, GateRunner } from '../../src/gates/run.ts';
import { judgeTree } from '../../src/git/patch.ts';
import { WorkTree } from '../../src/git/work-tree.ts';
import { sandboxFor } from '../rig/walls.ts';
import { commitOf, type Files, makeStore, scratch } from './rig.ts';
import { Stand, useGitHub } from './stand.ts';

useGitHub();

interface Ask {
  readonly before: Files;
  readonly now: Files;
  readonly mutation?: GateChoice;
  readonly tests?: string;
  readonly install?: readonly string[];
  /** Stand-ins that are first on PATH, as shell scripts. */
  readonly programs?: Readonly<Record<string, string>>;
  /** The only directory on PATH has these and no other programs. */
  readonly path?: 'nothing else';
  readonly part?: 'no change';
}

interface Ended {
  readonly round: GateRound;
  readonly mutation: GateResult;
  readonly lacking: WorkProblem | undefined;
  readonly directory: string;
}

async function held(ask: Ask): Promise<Ended> {
  const store = await makeStore();
  const base = await commitOf(store, ask.before);
  const commit = await commitOf(store, ask.now, [base]);
  const directory = await scratch();
  const bin = join(await scratch(), 'bin');
  await mkdir(bin);
  for (const [name, script] of Object.entries(ask.programs ?? {})) {
    await writeFile(join(bin, name), name.endsWith('.py') ? script : `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  await writeFile(join(directory, 'secret.json'), '{"files":[]}');
  const PATH = ask.path ? bin : `${bin}${delimiter}${process.env.PATH}`;
  const gates: Record<string, GateChoice> = {
    ...{
      lint: { off: true },
      types: { off: true },
      build: { off: true },
      security: { off: true },
      scope: { off: true },
    },
    tests: { run: ['/bin/sh', '-c', ask.tests ?? 'true'] },
    install: ask.install ? { run: ask.install } : { off: true },
    mutation: { survivors: 0, ...ask.mutation },
  };
  const tree = await WorkTree.make(store, join(directory, 'tree'), commit);
  const runner = new GateRunner(await readDefinition(store, { commit: base }, gates), {
    tree,
    sandbox: await sandboxFor(directory, { variables: { ...process.env, PATH } }),
    scratch: join(directory, 'gates'),
    environment: [],
    secrets: new Set(['hunter2-hunter2']),
    log: () => {},
    graceMs: 200,
  });
  const config = { ...defaultConfig(), gates };
  const treeId = await store.text(['rev-parse', `${commit}^{tree}`]);
  const judgement = ask.part ? undefined : await judgeTree(store, base, treeId, { scope: [], config });
  const round = await runner.run(judgement, treeId);
  const mutation = round.results.find(({ gate }) => gate === 'mutation');
  if (!mutation) throw new Error(JSON.stringify(round.results));
  return { round, mutation, lacking: await runner.lacking(base), directory: tree.directory };
}

const BEFORE: Files = {
  'api/go.mod': 'module example.com/api\n',
  'api/cart.go': 'package api\n\nvar a = 1 > 2\nvar b = 1 > 2\n',
  'web/till.go.txt': 'x\n',
};
/** One line is added; another moves down. */
const NOW: Files = { ...BEFORE, 'api/cart.go': 'package api\n\nvar a = 1 > 2\nvar hunter = 3 > 2\nvar b = 1 > 2\n' };

/** Reports a survivor for each line that git calls changed, and one for every other line of the file too. */
const GREMLINS = `
while [ $# -gt 0 ]; do
  case "$1" in --output) out="$2" ;; --diff) before="$2" ;; --config) config="$2" ;; esac
  shift
done
status="$(cat "$config")"
lines=
for line in 1 2 3 4 5; do
  lines="$lines{\\"type\\":\\"CONDITIONALS_BOUNDARY\\",\\"status\\":\\"\${status:-LIVED}\\",\\"line\\":$line,\\"column\\":9},"
done
git diff --unified=0 "$before" -- cart.go >&2
printf '{"files":[{"file_name":"cart.go","mutations":[%s{}]}]}' "$lines" > "$out"
`;

describe('a change of code', () => {
  it('fails where a mutant of a changed line survives, and is told no other', async () => {
    const { mutation, round } = await held({ before: BEFORE, now: NOW, programs: { gremlins: GREMLINS } });
    expect(mutation).toMatchObject({
      verdict: 'fail',
      command: 'gremlins on 1 changed line: 1 of 1 mutants survived, at most 0 % may',
      annotations: [{ file: 'api/cart.go', line: 4 }],
    });
    expect(mutation.output.split('\n').filter((line) => line.includes('cart.go'))).toHaveLength(1);
    expect(round.verdict).toBe('fail');
    expect(round.results.map(({ gate }) => gate)).toEqual([
      'lint',
      'types',
      'tests',
      'mutation',
      'build',
      'security',
      'scope',
    ]);
  });

  it('passes where as many may survive', async () => {
    const ask = { before: BEFORE, now: NOW, programs: { gremlins: GREMLINS }, mutation: { survivors: 100 } };
    expect((await held(ask)).mutation).toMatchObject({ verdict: 'pass', annotations: [{ line: 4 }] });
  });

  it('gets its lines from a repository with the part before and after, in which the module is the whole', async () => {
    const gremlins = `${GREMLINS}\ngit diff --unified=0 "$before" HEAD -- . > "$out"; git status --porcelain >> "$out"; ls >> "$out"; mv "$out" said; cat said; exit 1`;
    const { mutation } = await held({ before: BEFORE, now: NOW, programs: { gremlins } });
    expect(mutation.output).toContain('+var hunter = 3 > 2');
    expect(mutation.output).toContain('cart.go\ngo.mod');
    expect(mutation.output).not.toContain('-var');
    expect(mutation.verdict).toBe('fail');
  });

  it('is held to the settings of the base, whatever the change makes of them', async () => {
    const settings = {
      before: { ...BEFORE, 'api/.gremlins.yaml': 'LIVED' },
      now: { ...NOW, 'api/.gremlins.yaml': 'KILLED' },
    };
    expect((await held({ ...settings, programs: { gremlins: GREMLINS } })).mutation.verdict).toBe('fail');
    const added = { before: BEFORE, now: { ...NOW, 'api/.gremlins.yaml': 'KILLED' } };
    expect((await held({ ...added, programs: { gremlins: GREMLINS } })).mutation.verdict).toBe('fail');
    const killed = { ...settings.before, 'api/.gremlins.yaml': 'KILLED' };
    expect(
      (
        await held({
          before: killed,
          now: { ...NOW, 'api/.gremlins.yaml': 'KILLED' },
          programs: { gremlins: GREMLINS },
        })
      ).mutation,
    ).toMatchObject({ verdict: 'pass' });
  });

  it.each([
    [
      'a link to a file that only swarm may read',
      'ln -s "$(dirname "$(dirname "$(dirname "$PWD")")")/secret.json" "$out"',
    ],
    ['a named pipe', 'mkfifo "$out"'],
    ['no report', 'true'],
    ['something else', 'echo Done. > "$out"'],
  ])('whose tool leaves %s has not passed', async (_, script) => {
    const gremlins = `while [ "$1" != --output ]; do shift; done; out="$2"; ${script}`;
    const { mutation } = await held({ before: BEFORE, now: NOW, programs: { gremlins } });
    expect(mutation).toMatchObject({ verdict: 'fail', command: 'gremlins on 1 changed line: the tool failed' });
    expect(mutation.output).toMatch(/^gremlins gave no report\./);
  });

  it('may leave anything in the place of what swarm writes, and nothing is written through it', async () => {
    const tests = 'for name in swarm-gremlins.yaml swarm-mutants.json; do ln -sf "$PWD/victim" "$TMPDIR/$name"; done';
    const now = { ...NOW, victim: 'untouched\n' };
    const { mutation, directory } = await held({ before: BEFORE, now, tests, programs: { gremlins: GREMLINS } });
    expect(mutation).toMatchObject({ verdict: 'fail', annotations: [{ line: 4 }] });
    expect(await readFile(join(directory, 'victim'), 'utf8')).toBe('untouched\n');
  });

  it('is not mutated as long as its tests fail', async () => {
    const { mutation } = await held({ before: BEFORE, now: NOW, tests: 'exit 1', programs: { gremlins: GREMLINS } });
    expect(mutation).toMatchObject({
      verdict: 'not applicable',
      command: expect.stringMatching(/^the tests do not pass/),
    });
  });

  it('is stopped when its time is up, and the output says so', async () => {
    const ask = { before: BEFORE, now: NOW, programs: { gremlins: 'sleep 60' }, mutation: { timeoutMinutes: 1 / 60 } };
    const { mutation, round } = await held(ask);
    expect(mutation).toMatchObject({ verdict: 'timed out', output: expect.stringContaining('A longer `timeout`') });
    expect(round.verdict).toBe('fail');
  });

  it('is shown without secrets', async () => {
    const now = {
      ...NOW,
      'api/cart.go': 'package api\n\nvar a = 1 > 2\nvar h = 3 > len("hunter2-hunter2")\nvar b = 1 > 2\n',
    };
    const { mutation } = await held({ before: BEFORE, now, programs: { gremlins: GREMLINS } });
    expect(mutation.annotations).toMatchObject([{ line: 4, message: expect.stringContaining('***') }]);
    expect(JSON.stringify(mutation)).not.toContain('hunter2');
  });
});

describe('the changed lines', () => {
  const changed = async (before: Files, now: Files): Promise<readonly (readonly (string | number)[])[]> => {
    const store = await makeStore();
    const base = await commitOf(store, before);
    const tree = await store.text(['rev-parse', `${await commitOf(store, now, [base])}^{tree}`]);
    const definition = await readDefinition(store, { commit: base }, {});
    const files = await definition.changedLines(tree, (path) => path.endsWith('.js'));
    return [...files].map(([path, file]) => [path, ...file.changed]);
  };

  it('are those that git calls new, however often the file has them', async () => {
    const plain = { 'b/same.js': 'x\n', 'other.txt': 'x\n', '.gitattributes': '* -diff' };
    const before = { ...plain, 'a.js': 'x\ny\nz\n', 'gone.js': 'x\n' };
    const now = { ...plain, 'other.txt': 'y\n', 'a.js': 'x\nx\ny\nz\nnew\n', 'b/new[1].js': 'x\n\u0000\n' };
    expect(await changed(before, now)).toEqual([
      ['a.js', 2, 5],
      ['b/new[1].js', 1, 2],
    ]);
  });

  it('are no more than the change has, whatever a line that goes away looks like', async () => {
    const before = { 'a.js': 'x\nz\r@@ -1 +1,900 @@\n' };
    expect(await changed(before, { 'a.js': 'x\nz\n' })).toEqual([['a.js', 2]]);
  });

  it.each(['\r', '\u2028', '\u2029', '\f', '\v', '\x85'])(
    'are all lines where %j makes a line to a tool that it does not make to git',
    async (odd) => {
      expect(await changed({ 'a.js': 'x\ny\n' }, { 'a.js': `x //${odd}//\ny\nnew\n` })).toEqual([
        ['a.js', 1, 2, 3, 4, 5],
      ]);
    },
  );
});

describe('nothing is mutated', () => {
  const none = async (now: Files): Promise<GateResult> =>
    (await held({ before: BEFORE, now: { ...BEFORE, ...now }, programs: { gremlins: GREMLINS } })).mutation;

  it.each([
    ['only tests change', { 'api/cart_test.go': 'package api\n\nvar c = 3 > 2\n' }],
    ['only prose changes', { 'web/till.go.txt': 'y\n' }],
    ['lines only go away', { 'api/cart.go': 'package api\n\nvar a = 1 > 2\n' }],
  ])('where %s', async (_, now) => {
    expect(await none(now)).toMatchObject({
      verdict: 'not applicable',
      command: expect.stringMatching(/^the change adds no line of code/),
    });
  });

  it('at the end of a wave, where there is no single change', async () => {
    const ask = { before: BEFORE, now: NOW, part: 'no change', programs: { gremlins: GREMLINS } } as const;
    expect((await held(ask)).mutation).toMatchObject({ verdict: 'not applicable', command: 'no change to judge' });
  });
});

describe('a tool that is not there', () => {
  it('is missed before anything runs, and not passed over', async () => {
    const { lacking, mutation, round } = await held({ before: BEFORE, now: NOW, path: 'nothing else' });
    const problem = { kind: 'GATE_MISSING', gate: 'mutation', command: 'gremlins' };
    expect(lacking).toEqual(problem);
    expect(mutation.verdict).toBe('fail');
    expect(round.hopeless).toEqual(problem);
  });

  it('is not missed where it is there', async () => {
    const { lacking } = await held({ before: BEFORE, now: NOW, programs: { gremlins: GREMLINS } });
    expect(lacking).toBeUndefined();
  });

  it('is asked of the manifest where a project has to bring it', async () => {
    const manifest = (more: object) => ({
      'package.json': JSON.stringify({ scripts: { test: 'node --version' }, ...more }),
      'a.js': '',
    });
    const { lacking } = await held({ before: manifest({}), now: manifest({}) });
    expect(lacking).toEqual({ kind: 'MUTATION_TOOL', tool: '@stryker-mutator/core', manifest: 'package.json' });
  });

  it('ends a run before its agent starts, with what to add', async () => {
    const files = { 'package.json': JSON.stringify({ scripts: { test: 'node --version' } }) };
    const gates = { tests: { run: ['true'] }, mutation: {} };
    const agent = "echo 'export const cart = 2;' > src/cart.ts";
    const stand = await Stand.open({ agent, files, config: { gates } });
    const done = await stand.work();
    const problem = { kind: 'MUTATION_TOOL', tool: '@stryker-mutator/core', manifest: 'package.json' };
    expect(done.outcome).toMatchObject({ tries: 0, problem });
    expect(done.patch).toBeUndefined();
    expect(await stand.publish(done)).toMatchObject({ result: { kind: 'failed', problem } });
  });

  it('is no matter where it is there, and the agent reads what its tests have to notice', async () => {
    const manifest = { scripts: { test: 'node --version' }, devDependencies: { '@stryker-mutator/core': '10.1.1' } };
    const gates = { tests: { run: ['true'] }, install: { off: true }, mutation: { survivors: 10 } };
    const agent = 'cat > src/brief.md';
    const files = { 'package.json': JSON.stringify(manifest) };
    const stand = await Stand.open({ agent, files, config: { gates } });
    const done = await stand.work();
    expect(done.outcome.problem).toBeUndefined();
    const said = done.artefact.map(({ text }) => text).join('\n');
    expect(said).toContain('They must fail for at least 90 % of these changes');
    const { validation } = await stand.verify(done);
    const report = await stand.publish(done, { validation });
    const why = 'the change adds no line of code that a mutation tool knows, outside of tests';
    expect(report.validation).toContainEqual(
      expect.objectContaining({ gate: 'mutation', verdict: 'not applicable', command: why }),
    );
  });

  it('is asked of the agent where the change itself adds the project', async () => {
    const now = {
      'README.md': '',
      'package.json': JSON.stringify({ scripts: { test: 'node --version' } }),
      'a.js': 'let a = 1;\n',
    };
    const { lacking, mutation, round } = await held({ before: { 'README.md': '' }, now });
    expect(lacking).toBeUndefined();
    expect(mutation.output).toContain('package.json does not name @stryker-mutator/core');
    expect(round).toMatchObject({ verdict: 'fail' });
    expect(round.hopeless).toBeUndefined();
  });
});

describe('StrykerJS', () => {
  /** A stand-in that obeys the settings it is given, and leaves a mutant in the code. */
  const STRYKER = `
import { appendFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
const { default: settings } = await import(pathToFileURL(process.argv[3]).href);
const files = {};
for (const pattern of settings.mutate) {
  const [name, line] = pattern.split(/[:-]/);
  if (name.startsWith('!') || settings.mutate.includes('!' + name)) continue;
  const location = { start: { line: Number(line), column: 1 }, end: { line: Number(line), column: 6 } };
  (files[name] ??= { mutants: [] }).mutants.push({ status: settings.status ?? 'Survived', location, replacement: '' });
}
writeFileSync(settings.jsonReporter.fileName, JSON.stringify({ files }));
console.log(JSON.stringify(settings));
appendFileSync('src/cart.js', '// a mutant');
`;
  const before: Files = {
    'package.json': JSON.stringify({
      type: 'module',
      scripts: { test: 'node --version' },
      devDependencies: { '@stryker-mutator/core': '10' },
    }),
    'tools/stryker.mjs': STRYKER,
    'src/cart.js': 'let a = 1;\n',
  };
  const script =
    'mkdir -p node_modules/.bin; printf "#!/bin/sh\\nexec node tools/stryker.mjs \\"\\$@\\"" > node_modules/.bin/stryker; chmod +x node_modules/.bin/stryker';
  const install = ['sh', '-c', script];
  const change = { 'src/cart.js': 'let a = 1;\nlet b = 2;\nlet c = 3;\n' };

  it('is given the changed lines, and what it leaves in the code is put back', async () => {
    const { mutation, directory } = await held({ before, now: { ...before, ...change }, install });
    expect(mutation).toMatchObject({ verdict: 'fail', annotations: [{ file: 'src/cart.js', line: 2 }] });
    expect(await readFile(join(directory, 'src/cart.js'), 'utf8')).toBe(change['src/cart.js']);
  });

  it('obeys the settings of the base, and none that the change makes of them', async () => {
    const settings = (status: string) => ({ 'stryker.conf.json': JSON.stringify({ status, mutate: ['nothing'] }) });
    const now = { ...before, ...change };
    const kept = await held({
      before: { ...before, ...settings('Killed') },
      now: { ...now, ...settings('Killed') },
      install,
    });
    expect(kept.mutation.verdict).toBe('pass');
    const loosened = {
      before: { ...before, ...settings('Survived') },
      now: { ...now, ...settings('Killed') },
      install,
    };
    expect((await held(loosened)).mutation.verdict).toBe('fail');
    const added = await held({ before, now: { ...now, ...settings('Killed') }, install });
    expect(added.mutation.verdict).toBe('fail');
  });

  it('leaves out what the settings of the base exclude', async () => {
    const settings = { 'stryker.conf.json': '{"mutate":["src/**","!src/cart.js"]}' };
    const { mutation } = await held({
      before: { ...before, ...settings },
      now: { ...before, ...settings, ...change },
      install,
    });
    expect(mutation).toMatchObject({
      verdict: 'not applicable',
      command: 'stryker on 2 changed lines: they have no mutant',
    });
  });
});

const hasPython = spawnSync('python3', ['-c', 'import sqlite3']).status === 0;
if (!hasPython) console.log('Left out: cosmic-ray, because there is no python3 with sqlite3 on this machine.');

describe.skipIf(!hasPython)('cosmic-ray', () => {
  /** A stand-in with the session of cosmic-ray 8.7: a mutant for each of three operators on each line, and all survive. */
  const SESSION = `
import os, sqlite3, sys, time
act, config, session = sys.argv[1:]
db = sqlite3.connect(session)
if act == 'init':
    db.execute('create table work_items (job_id varchar primary key)')
    db.execute('create table mutation_specs (module_path varchar, operator_name varchar, start_pos_row integer, job_id varchar)')
    db.execute('create table work_results (test_outcome varchar, diff text, job_id varchar)')
    for row in range(1, 6):
        for operator in ('Gt_GtE', 'Gt_Is', 'Gt_LtE'):
            job = f'{row}-{operator}'
            db.execute('insert into work_items values (?)', (job,))
            spec = ('shop/cart.py', f'core/ReplaceComparisonOperator_{operator}', row, job)
            db.execute('insert into mutation_specs values (?, ?, ?, ?)', spec)
else:
    for (job,) in db.execute('select job_id from work_items order by job_id').fetchall():
        diff = '--- mutation diff ---\\n--- a/x\\n+++ b/x\\n@@ -1 +1 @@\\n-    was ' + job + '\\n+    is ' + job + '\\n'
        db.execute('insert into work_results values (?, ?, ?)', ('SURVIVED', diff, job))
        db.commit()
        with open('shop/cart.py', 'a') as code:
            code.write('# a mutant')
        if os.path.exists('slow'):
            time.sleep(60)
        if os.path.exists('killed'):
            os.kill(os.getpid(), 9)
db.commit()
`;
  const program = `exec python3 "$(dirname "$0")/session.py" "$@"`;
  const files = { 'api/setup.py': '', 'api/test_cart.py': '', 'api/shop/cart.py': 'a = 1\nb = 2\n' };
  const now = { ...files, 'api/shop/cart.py': 'a = 1\nc = 3\nb = 2\nd = 4\n' };
  const programs = { 'cosmic-ray': program, 'session.py': SESSION };

  it('gets only the changed lines, and of the operators those that tell something', async () => {
    const { mutation, directory } = await held({ before: files, now, programs });
    expect(mutation.verdict, mutation.output).toBe('fail');
    expect(mutation.output.split('\n').slice(0, 4)).toEqual([
      'api/shop/cart.py:2: no test fails when `was 2-Gt_GtE` becomes `is 2-Gt_GtE`',
      'api/shop/cart.py:2: no test fails when `was 2-Gt_LtE` becomes `is 2-Gt_LtE`',
      'api/shop/cart.py:4: no test fails when `was 4-Gt_GtE` becomes `is 4-Gt_GtE`',
      'api/shop/cart.py:4: no test fails when `was 4-Gt_LtE` becomes `is 4-Gt_LtE`',
    ]);
    expect(await readFile(join(directory, 'api/shop/cart.py'), 'utf8')).toBe(now['api/shop/cart.py']);
  });

  it('has not passed if a test ended it before it was done', async () => {
    const killed = { before: { ...files, 'api/killed': '' }, now: { ...now, 'api/killed': '' }, programs };
    const { mutation } = await held({ ...killed, mutation: { survivors: 100 } });
    expect(mutation).toMatchObject({ verdict: 'fail', output: expect.stringMatching(/^cosmic-ray gave no report/) });
  });

  it('tells what it found before its time was up', async () => {
    const slow = { before: { ...files, 'api/slow': '' }, now: { ...now, 'api/slow': '' }, programs };
    const { mutation, directory } = await held({ ...slow, mutation: { survivors: 100, timeoutMinutes: 5 / 60 } });
    expect(mutation).toMatchObject({ verdict: 'timed out', annotations: [{ file: 'api/shop/cart.py', line: 2 }] });
    expect(mutation.output).toContain('no test fails when `was 2-Gt_GtE`');
    expect(await readFile(join(directory, 'api/shop/cart.py'), 'utf8')).toBe(now['api/shop/cart.py']);
  });
});
