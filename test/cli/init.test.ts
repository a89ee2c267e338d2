/** `swarm init` as a program, in repositories of its own: what it writes, what it leaves alone, and what it says. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PACKAGES, readAgent } from '../../src/cli/init/agent.ts';
import { readConfig } from '../../src/config/read.ts';
import { PRESETS } from '../../src/core/model/config.ts';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import { REAL_AGENTS } from '../rig/real-agents.ts';
import { lintErrors, parserErrors } from '../rig/workflow-judges.ts';
import { commit, environment, filesIn, git, PROGRAM, type Ran, Repositories, run, write } from './bench.ts';

const repositories = new Repositories();
afterAll(() => repositories.close());

const COMMIT = 'c'.repeat(40);
const ACTION = ['--action', `swarm-engineering/swarm@${COMMIT}`];
const FOLDER = '.github/workflows';
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

const init = (root: string, ...args: string[]): Promise<Ran> => run(['init', root, ...ACTION, ...args]);

interface Told {
  readonly files: readonly { readonly path: string; readonly state: string }[];
  readonly written: boolean;
  readonly agent: string;
  readonly steps: {
    readonly all: readonly string[];
    readonly work: readonly string[];
    readonly unknown: readonly string[];
  };
  readonly labels: { readonly created: readonly string[]; readonly missing: readonly string[] | null };
  readonly next: readonly { readonly says: string; readonly run?: string }[];
}
const told = ({ out }: Ran): Told => JSON.parse(out) as Told;
const statesOf = (ran: Ran): Record<string, string> =>
  Object.fromEntries(told(ran).files.map(({ path, state }) => [path.split('/').slice(-2).join('/'), state]));

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly name?: string;
}
const stepsOf = (root: string, file: string, job: string): readonly Step[] => {
  const text = readFileSync(join(root, FOLDER, file), 'utf8');
  return (parse(text) as { jobs: Record<string, { steps: Step[] }> }).jobs[job]?.steps ?? [];
};

describe('swarm init (R9.3)', () => {
  it('writes everything that a repository without the app needs, and says what is left for a person', async () => {
    const root = repositories.make({ 'README.md': '# Shop\n' });
    const { status, out, err } = await init(root, '--yes');
    expect([status, err]).toEqual([0, '']);
    const files = filesIn(root);
    expect(Object.keys(files)).toEqual([
      '.github/ISSUE_TEMPLATE/segment.yml',
      '.github/swarm.yml',
      `${FOLDER}/segment.yml`,
      `${FOLDER}/swarm-clock.yml`,
      `${FOLDER}/swarm-events.yml`,
      `${FOLDER}/swarm.yml`,
    ]);
    for (const [path, text] of Object.entries(files)) {
      if (!path.startsWith(FOLDER)) continue;
      expect(text, path).toContain(`swarm-engineering/swarm@${COMMIT} # v${version}`);
      expect(text, path).not.toContain('0'.repeat(40));
    }
    expect(files['.github/swarm.yml']).toMatch(
      new RegExp(
        `^# yaml-language-server: \\$schema=https://\\S+/swarm-engineering/swarm/${COMMIT}/swarm\\.schema\\.json\n`,
      ),
    );
    const { config, diagnostics } = readConfig(files['.github/swarm.yml'], '.github/swarm.yml');
    expect(diagnostics).toEqual([]);
    expect([config.agent, config.approvals]).toEqual(['claude', 1]);
    expect(out).toMatch(/new +\S*\.github\/workflows\/swarm\.yml\n/);
    expect(out).toContain('Done. Wrote 6 files.');
    for (const left of ['gh secret set ANTHROPIC_API_KEY', 'create and approve', 'gh label create swarm:execute']) {
      expect(out.replaceAll(/\n +/g, ' ')).toContain(left);
    }
    for (const line of out.split('\n').filter((each) => !each.startsWith('  '))) {
      expect(line.length, line).toBeLessThanOrEqual(80);
    }
  });

  it('writes workflows that GitHub’s parser and actionlint accept, whatever is put into them', async () => {
    const root = repositories.make({
      '.nvmrc': '20.11.0\n',
      '.python-version': '3.12\n',
      'rust-toolchain': '1.83.0\n',
      '.tool-versions': 'elixir 1.17.3-otp-27\nzig 0.13.0\n',
      'Cargo.toml': '[package]\nname = "x"\n',
    });
    await init(root, '--yes', '--agent', 'opencode', '--action', `octo/fork.of-swarm@${'d'.repeat(40)}`);
    const files = Object.entries(filesIn(root, FOLDER)).map(([path, text]) => ({ path, text }));
    expect(files).toHaveLength(4);
    for (const file of files) {
      expect(file.text).not.toContain('swarm-engineering/swarm@');
      expect(await parserErrors(file, root), file.path).toEqual([]);
      expect(await lintErrors(file), file.path).toEqual([]);
    }
  });

  it('puts the steps of the toolchain into the jobs that run gates, and the agent’s program only where agents run', async () => {
    const root = repositories.make({
      '.nvmrc': '20.11.0\n',
      'package.json': '{"engines": {"node": ">=18"}}',
      'api/go.mod': 'module api\n\ngo 1.23\n',
      '.github/workflows/ci.yml': `on: push\njobs:\n  a:\n    steps:\n      - uses: actions/setup-node@${'e'.repeat(40)} # v6.1.0\n`,
    });
    const { out } = await init(root, '--yes', '--agent', 'codex');
    expect(out).toContain(
      `\n  - uses: actions/setup-node@${'e'.repeat(40)} # v6.1.0\n    with:\n      node-version: '20.11.0'\n`,
    );
    const node = { uses: `actions/setup-node@${'e'.repeat(40)}`, with: { 'node-version': '20.11.0' } };
    const agent = {
      name: 'codex',
      run: expect.stringMatching(/^npm install --global .*@openai\/codex@\d+\.\d+\.\d+$/),
    };
    const walls = expect.objectContaining({ name: 'bubblewrap' });
    expect(stepsOf(root, 'segment.yml', 'work').slice(0, 3)).toEqual([node, agent, walls]);
    expect(stepsOf(root, 'segment.yml', 'verify').slice(0, 2)).toEqual([node, walls]);
    expect(stepsOf(root, 'swarm.yml', 'calibrate').slice(0, 2)).toEqual([node, walls]);
    for (const job of ['publish']) expect(stepsOf(root, 'segment.yml', job)).toHaveLength(1);
    for (const job of ['orchestrate', 'plan', 'record', 'continue'])
      expect(stepsOf(root, 'swarm.yml', job)).toHaveLength(1);
  });

  it('names tools that it knows no step for', async () => {
    const root = repositories.make({ 'mise.toml': '[tools]\nzig = "0.13.0"\n' });
    const { out } = await init(root, '--yes', '--json');
    expect(told({ out } as Ran).steps.unknown).toEqual(['zig 0.13.0 (mise.toml)']);
  });

  it('passes the key of an agent on that the workflows do not know', async () => {
    const root = repositories.make({});
    await init(root, '--yes', '--agent', 'opencode');
    const segment = readFileSync(join(root, FOLDER, 'segment.yml'), 'utf8');
    expect(segment).toContain('      OPENCODE_API_KEY:\n        required: false\n');
    expect(segment).toContain(
      `OPENCODE_API_KEY: \${{ contains(fromJSON(inputs.keys), 'OPENCODE_API_KEY') && secrets.OPENCODE_API_KEY || '' }}\n`,
    );
    expect(readFileSync(join(root, FOLDER, 'swarm.yml'), 'utf8')).toContain(
      `      OPENCODE_API_KEY: \${{ secrets.OPENCODE_API_KEY }}\n`,
    );
  });

  it('writes two workflows for a repository with the app', async () => {
    const root = repositories.make({});
    const { out } = await init(root, '--yes', '--app');
    expect(Object.keys(filesIn(root, FOLDER))).toEqual([`${FOLDER}/segment.yml`, `${FOLDER}/swarm.yml`]);
    expect(out).toContain('gh variable set SWARM_APP --body true');
  });

  it('takes the two others away when the app comes, unless a person changed one', async () => {
    const root = repositories.make({});
    await init(root, '--yes');
    const clock = join(root, FOLDER, 'swarm-clock.yml');
    writeFileSync(clock, readFileSync(clock, 'utf8').replace('7,22,37,52', '0'));
    const ran = await init(root, '--yes', '--app', '--json');
    expect(statesOf(ran)).toMatchObject({
      'workflows/swarm-events.yml': 'removed',
      'workflows/swarm-clock.yml': 'kept',
    });
    expect(Object.keys(filesIn(root, FOLDER)).map((path) => path.split('/').pop())).toEqual([
      ...['segment.yml', 'swarm-clock.yml', 'swarm.yml'],
    ]);
  });

  it.each([['claude'], ['./agent.sh --fast']])('takes %s as the agent', async (agent) => {
    const root = repositories.make({});
    await init(root, '--yes', '--agent', agent, '--approvals', '0');
    const { config, diagnostics } = readConfig(readFileSync(join(root, '.github/swarm.yml'), 'utf8'), 'x');
    expect([diagnostics, config.approvals]).toEqual([[], 0]);
    const choice = config.agents[config.agent ?? ''];
    expect(choice?.command).toEqual(agent === 'claude' ? [] : ['./agent.sh', '--fast']);
  });

  it('installs agents at the versions that Swarm’s own tests run with', () => {
    expect(PACKAGES).toEqual(Object.fromEntries(REAL_AGENTS.map(({ name, from }) => [name, from.join('@')])));
    expect(PRESETS.map(readAgent)).toEqual(PRESETS.map((preset) => ({ kind: 'preset', preset })));
  });
});

describe('a second swarm init', () => {
  it('changes nothing, comes to the same answers by itself, and says that nothing is to do', async () => {
    const root = repositories.make({ '.nvmrc': '20\n' });
    await init(root, '--yes', '--agent', 'gemini', '--approvals', '2', '--app');
    commit(root);
    const again = await init(root, '--yes');
    expect([again.status, again.out]).toEqual([0, expect.stringContaining('Nothing to do.')]);
    expect(git(root, 'status', '--porcelain')).toBe('');
    expect(Object.values(statesOf(await init(root, '--json')))).toEqual(Array(4).fill('unchanged'));
  });

  it('replaces what nobody changed, of whatever version, and keeps what a person changed', async () => {
    const root = repositories.make({});
    await init(root, '--yes', '--action', `swarm-engineering/swarm@${'a'.repeat(40)}`);
    const edited = { '.github/swarm.yml': 'agent: codex\nmode: collaborative\n' };
    write(root, edited);
    const segment = join(root, FOLDER, 'segment.yml');
    const own = `${readFileSync(segment, 'utf8')}# ours\n`;
    writeFileSync(segment, own);
    const ran = await init(root, '--yes', '--json');
    expect(statesOf(ran)).toEqual({
      'workflows/swarm.yml': 'updated',
      'workflows/segment.yml': 'kept',
      'workflows/swarm-events.yml': 'updated',
      'workflows/swarm-clock.yml': 'updated',
      '.github/swarm.yml': 'kept',
      'ISSUE_TEMPLATE/segment.yml': 'unchanged',
    });
    expect(readFileSync(segment, 'utf8')).toBe(own);
    expect(filesIn(root)).toMatchObject(edited);
    expect(readFileSync(join(root, FOLDER, 'swarm.yml'), 'utf8')).toContain(COMMIT);
    expect(told(ran).agent).toBe('codex');
  });

  it('counts other line ends as no change, and every other difference as one', async () => {
    const root = repositories.make({});
    await init(root, '--yes');
    const file = join(root, '.github/swarm.yml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll('\n', '\r\n'));
    expect(statesOf(await init(root, '--json'))['.github/swarm.yml']).toBe('unchanged');
    writeFileSync(file, text.replace('approvals: 1', 'approvals: 2'));
    expect(statesOf(await init(root, '--json'))['.github/swarm.yml']).toBe('kept');
    writeFileSync(file, text.slice(0, text.lastIndexOf('# Written by')));
    expect(statesOf(await init(root, '--json'))['.github/swarm.yml']).toBe('kept');
  });

  it('takes over the workflows of a release that somebody downloaded and nobody changed', async () => {
    const root = repositories.make({});
    const released = readFileSync(`${FOLDER}/swarm-clock.yml`, 'utf8').replaceAll(
      /swarm@0{40} # .*/g,
      `swarm@${'9'.repeat(40)} # v0.0.9`,
    );
    write(root, { [`${FOLDER}/swarm-clock.yml`]: released, [`${FOLDER}/swarm-events.yml`]: `${released}# ours\n` });
    expect(statesOf(await init(root, '--json'))).toMatchObject({
      'workflows/swarm-clock.yml': 'updated',
      'workflows/swarm-events.yml': 'kept',
    });
  });

  it('writes no second config beside one with the other spelling', async () => {
    const root = repositories.make({ '.github/swarm.yaml': 'agent: codex\n' });
    const ran = await init(root, '--yes', '--json');
    expect(told(ran).files).toContainEqual({ path: '.github/swarm.yaml', state: 'kept' });
    expect(Object.keys(filesIn(root))).not.toContain('.github/swarm.yml');
    expect(told(ran).agent).toBe('codex');
  });
});

describe('swarm init writes nothing', () => {
  it('without a yes', async () => {
    const root = repositories.make({});
    const { status, out, err } = await init(root);
    expect([status, err]).toEqual([1, 'Nothing was written. Add --yes to write.\n']);
    expect(out).toMatch(/new +\S+swarm\.yml/);
    expect(filesIn(root)).toEqual({});
    expect(told(await init(root, '--json'))).toMatchObject({ written: false });
    expect(filesIn(root)).toEqual({});
  });

  it('through a symbolic link, which may lead out of the repository', async () => {
    const root = repositories.make({});
    const outside = repositories.make({});
    symlinkSync(outside, join(root, '.github'));
    const { status, err } = await init(root, '--yes');
    expect([status, err]).toEqual([1, expect.stringContaining('.github is a symbolic link.')]);
    expect(filesIn(outside, '.')).not.toHaveProperty('swarm.yml');
    rmSync(join(root, '.github'));
    write(root, { '.github': 'a file\n' });
    expect((await init(root, '--yes')).err).toContain('.github is not a folder.');
  });

  it.each([
    [['--action', 'swarm-engineering/swarm@v1'], '--action cannot be "swarm-engineering/swarm@v1".'],
    [['--action', `swarm-engineering/swarm@${'0'.repeat(40)}`], '--action cannot be'],
    [['--approvals', '7'], '--approvals cannot be "7".'],
    [['--agent', 'cluade'], 'did you mean "claude"?'],
    [['--agent', 'a "b'], '--agent is not valid'],
    [['--app', '--no-app'], '--app and --no-app cannot be combined.'],
  ])('for %j, and says what, why and what next', async (args, says) => {
    const root = repositories.make({});
    const { status, err } = await init(root, '--yes', ...args);
    expect(status).toBe(1);
    expect(err).toMatch(/^\S.*\nWhy {3}\S.*\nNext {2}\S.*\n$/);
    expect(err).toContain(says);
    expect(filesIn(root)).toEqual({});
  });

  it('outside of a repository, and where no release names an action', async () => {
    expect((await init(repositories.folder, '--yes')).err).toContain('is not a git repository.');
    const root = repositories.make({});
    const { status, err } = await run(['init', root, '--yes']);
    expect(status).toBe(1);
    expect(err).toMatch(/does not know the commit of its action\.\nWhy .*\nNext .*--action OWNER\/NAME@COMMIT/);
    expect(filesIn(root)).toEqual({});
  });
});

describe('swarm init --remove', () => {
  it('takes away what it wrote and nobody changed, and nothing else', async () => {
    const root = repositories.make({ '.github/workflows/ci.yml': 'on: push\n' });
    await init(root, '--yes');
    const config = '.github/swarm.yml';
    write(root, { [config]: 'agent: codex\n' });
    const asked = await run(['init', root, '--remove']);
    expect([asked.status, asked.out]).toEqual([1, expect.stringMatching(/kept +\S+swarm\.yml \(changed by you\)/)]);
    expect(Object.keys(filesIn(root))).toHaveLength(7);
    const { status, out } = await run(['init', root, '--remove', '--yes']);
    expect([status, out]).toEqual([0, expect.stringContaining('Removed 5 files.')]);
    expect(Object.keys(filesIn(root))).toEqual([config, '.github/workflows/ci.yml']);
    expect((await run(['init', root, '--remove', '--yes'])).status).toBe(0);
  });

  it('leaves no folder behind that was not there', async () => {
    const root = repositories.make({ 'README.md': 'x\n' });
    await init(root, '--yes');
    await run(['init', root, '--remove', '--yes']);
    expect(git(root, 'status', '--porcelain')).toBe('');
    expect(filesIn(root)).toEqual({});
    expect((await run(['init', root, '--remove'])).out).toBe('There is no file of Swarm here.\n');
  });
});

describe('swarm init in a folder below', () => {
  it('writes at the root, and shows paths from where the person stands', async () => {
    const root = repositories.make({ 'web/package.json': '{}' });
    const { out } = await run(['init', '.', ...ACTION, '--yes'], { cwd: join(root, 'web') });
    expect(out).toMatch(/new +\.\.\/\.github\/swarm\.yml\n/);
    expect(Object.keys(filesIn(root))).toHaveLength(6);
  });

  it('works before the first commit', async () => {
    const root = repositories.empty();
    write(root, { '.nvmrc': '22\n' });
    const { status, out } = await init(root, '--yes');
    expect([status, out]).toEqual([0, expect.stringContaining("node-version: '22'")]);
  });
});

describe('labels', () => {
  let emulator: Emulator;
  const github = async () => {
    emulator ??= await startEmulator();
    const { world } = emulator;
    const ana = world.user('ana') ?? world.addUser('ana');
    const repository =
      world.repository('ana', 'shop') ?? (await world.addRepository(ana, 'shop', { visibility: 'private' }));
    const rita = world.user('rita') ?? world.addUser('rita');
    repository.collaborators.set(rita.id, 'read');
    const variables = (token: string) => ({ GITHUB_API_URL: `${emulator.url}/api/v3`, GH_TOKEN: token });
    return { repository, ana: variables(world.tokens.forUser(ana)), rita: variables(world.tokens.forUser(rita)) };
  };
  afterAll(async () => emulator?.close());
  const cloned = (): string => {
    const root = repositories.make({});
    git(root, 'remote', 'add', 'origin', 'git@127.0.0.1:ana/shop.git');
    return root;
  };

  it('that are missing are created with a token, and only after a yes', async () => {
    const { repository, ana } = await github();
    const root = cloned();
    const asked = await run(['init', root, ...ACTION], { variables: ana });
    expect(asked.out.replaceAll(/\n +/g, ' ')).toMatch(
      /Labels that ana\/shop does not have: swarm:execute, swarm:dry-run, /,
    );
    expect([...repository.labels.keys()].filter((name) => name.startsWith('swarm:'))).toEqual([]);
    const { status, out } = await run(['init', root, ...ACTION, '--yes'], { variables: ana });
    expect([status, out]).toEqual([0, expect.stringContaining('Wrote 6 files and created 13 labels.')]);
    expect(repository.labels.get('swarm:execute')).toMatchObject({
      color: '0969da',
      description: expect.stringMatching(/^Starts/),
    });
    const again = await run(['init', root, ...ACTION, '--json'], { variables: ana });
    expect(told(again)).toMatchObject({ labels: { created: [], missing: [] } });
    expect(again.status).toBe(0);
  });

  it('that GitHub refuses are named, and the files are written', async () => {
    const { repository, rita } = await github();
    repository.labels.delete('swarm:pause');
    const root = cloned();
    const { status, out, err } = await run(['init', root, ...ACTION, '--yes'], { variables: rita });
    expect([status, err]).toEqual([0, expect.stringContaining('Labels cannot be created:')]);
    expect(out).toContain('Create the labels that are missing: swarm:pause.');
    expect(Object.keys(filesIn(root))).toHaveLength(6);
  });

  it('are not asked for on a host that only the checkout names', async () => {
    const root = cloned();
    const { out } = await run(['init', root, ...ACTION, '--yes', '--json'], { variables: { GH_TOKEN: 'ghp_secret' } });
    const { labels, next } = told({ out } as Ran);
    expect(labels.missing).toBeNull();
    expect(next.map(({ says }) => says).join()).toContain('leads to no repository on GitHub');
  });
});

describe('at a terminal', () => {
  /** The program on a terminal of its own, with these answers, each given once its question is there. */
  async function answered(
    root: string,
    answers: readonly (readonly [question: RegExp, answer: string])[],
  ): Promise<string> {
    const command = [process.execPath, PROGRAM, 'init', root, ...ACTION].map((word) => `'${word}'`).join(' ');
    const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      env: environment({ TERM: 'dumb' }),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let seen = '';
    let from = 0;
    const left = [...answers];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      seen += text;
      const [question, reply] = left[0] ?? [];
      if (question?.test(seen.slice(from))) {
        left.shift();
        from = seen.length;
        child.stdin.write(`${reply}\n`);
      }
    });
    await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
    expect(left).toEqual([]);
    return seen;
  }

  it('it asks three questions, takes no invalid answer, shows everything, and asks before it writes', async () => {
    const root = repositories.make({});
    const seen = await answered(root, [
      [/Which agent .*\[claude\]/, 'gemni'],
      [/did you mean "gemini"[\s\S]*Which agent/, 'gemini'],
      [/How many people approve .*\[1\]/, '9'],
      [/from 0 to 6[\s\S]*How many/, ''],
      [/GitHub App.*\[no\]/, 'yes'],
      [/Write 4 files\? \[y\/N\]/, 'y'],
    ]);
    expect(seen).toMatch(/new +\S+swarm\.yml[\s\S]*Write 4 files\?[\s\S]*Done\. Wrote 4 files\./);
    const { config } = readConfig(readFileSync(join(root, '.github/swarm.yml'), 'utf8'), 'x');
    expect([config.agent, config.approvals]).toEqual(['gemini', 1]);
  });

  it('a no writes nothing', async () => {
    const root = repositories.make({});
    const seen = await answered(root, [
      [/Which agent/, ''],
      [/How many/, ''],
      [/GitHub App/, ''],
      [/Write 6 files\?/, ''],
    ]);
    expect(seen).toContain('Nothing was written.');
    expect(filesIn(root)).toEqual({});
  });
});
