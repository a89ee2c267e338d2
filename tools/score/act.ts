/**
 * `act`, another runner of GitHub's workflows, runs the shipped workflows against the emulator with the compiled action: an
 * epic of two segments has to end in two pull requests.
 *
 * act runs the jobs on this machine (`-self-hosted`), so it needs no containers. Nothing here answers for act: the emulator
 * only remembers what was dispatched, and each dispatch is handed to act again.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pinned } from '../../src/core/text/pin.ts';
import type { ActionsService } from '../../src/emulator/model/actions-service.ts';
import type { WorldEvent } from '../../src/emulator/model/events.ts';
import type { Run } from '../../src/emulator/model/records.ts';
import { Checks, type Judge, type Verdict } from './judge.ts';
import { type Ended, run, versionOf, withFolder } from './programs.ts';
import { filesOf, PUBLISHED } from './published.ts';
import { NAME, OWNER, openShop, type Shop } from './shop.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LIMIT_MS = 600_000;
/** An epic of one wave needs one dispatch for its segments and one for the calibration. More would never end. */
const MOST_DISPATCHES = 6;
const { version: VERSION } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly version: string;
};
const RELEASE = { commit: '1'.repeat(40), version: VERSION };
const SWARM = '.github/workflows/swarm.yml';
const EVENTS = '.github/workflows/swarm-events.yml';
const OTHERS = ['.github/workflows/swarm-clock.yml', '.github/workflows/segment.yml'];

/** Writes one file with its test into its segment's own folder. */
const AGENT = `import fs from 'node:fs';
const number = process.env.SWARM_SEGMENT;
fs.mkdirSync('src/s' + number, { recursive: true });
fs.writeFileSync('src/s' + number + '/x.js', 'export const x = ' + number + ';\\n');
fs.writeFileSync('src/s' + number + '/x.test.js', "import test from 'node:test';\\nimport { x } from './x.js';\\ntest('AC-1', () => { if (x !== " + number + ') throw 1; });\\n');
if (process.env.SWARM_REPORT_FILE) fs.writeFileSync(process.env.SWARM_REPORT_FILE, JSON.stringify({ summary: 'Wrote x.' }));
`;
const CONFIG = `agent:
  command: [node, agent.mjs]
gates:
  tests:
    run: [node, --test]
`;
const body = (number: number): string => `---
type: feat
files: [src/s${number}/**]
tdd: false
review: false
---
Write it.

## Acceptance criteria

- [ ] AC-1 x is there
`;

export const act: Judge = {
  name: 'act',
  about: 'act runs the shipped workflows with the compiled action: two segments, two pull requests',
  async run(): Promise<Verdict> {
    const version = versionOf('act');
    if (version === undefined) return { kind: 'skipped', reason: 'act is not installed here' };
    if (versionOf('bwrap') === undefined) return { kind: 'skipped', reason: 'bubblewrap is not installed here' };
    return withFolder(async (dir) => {
      const shop = await openShop({ runner: 'none', files: repositoryFiles() });
      try {
        const session = new Session(shop, dir);
        const left = await session.begin();
        await session.runEpic();
        return { kind: 'judged', checks: session.checks.all, by: `act ${version}${left}` };
      } finally {
        await shop.close();
      }
    });
  },
};

function repositoryFiles(): Record<string, string> {
  const workflow = (path: string): string => {
    const text = pinned(readFileSync(join(ROOT, path), 'utf8'), RELEASE);
    if (text === undefined) throw new Error(`${path} cannot be pinned to a release`);
    // act refuses keys that GitHub got after act's release. This one only takes the caches of other workflows away.
    return text.replaceAll(/^ *cache-mode:.*\n/gm, '');
  };
  return {
    ...Object.fromEntries([SWARM, EVENTS, ...OTHERS].map((path) => [path, workflow(path)])),
    '.github/swarm.yml': CONFIG,
    'agent.mjs': AGENT,
    'package.json': '{"name":"shop","type":"module","scripts":{"test":"node --test"}}\n',
    '.gitignore': 'node_modules\n',
  };
}

interface Dispatched {
  readonly run: Run;
  readonly inputs: Readonly<Record<string, unknown>>;
}

class Session {
  readonly checks = new Checks();
  readonly #shop: Shop;
  readonly #dir: string;
  readonly #dispatched: Dispatched[] = [];
  #count = 0;

  constructor(shop: Shop, dir: string) {
    this.#shop = shop;
    this.#dir = dir;
  }

  /** Lays out what act needs. Returns what is left out, as a remark for the table. */
  async begin(): Promise<string> {
    const { emulator, repository, tokens } = this.#shop;
    emulator.world.runs.workflow(repository, SWARM, 'swarm');
    emulator.world.actions = this.#service();
    for (const folder of ['home', 'cache']) mkdirSync(join(this.#dir, folder));
    const action = join(this.#dir, 'action');
    mkdirSync(action);
    for (const path of ['action.yml', 'package.json', 'dist'])
      cpSync(join(ROOT, path), join(action, path), { recursive: true });
    const files = await filesOf(PUBLISHED['upload-artifact'], this.#dir);
    const isPublished = !('missing' in files && typeof files.missing === 'string');
    const upload: Readonly<Record<string, string | Buffer>> = isPublished
      ? (files as Readonly<Record<string, Buffer>>)
      : { 'action.yml': 'name: left out\ndescription: Uploads nothing\nruns:\n  using: composite\n  steps: []\n' };
    for (const [path, content] of Object.entries(upload)) {
      const target = join(this.#dir, 'upload-artifact', path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
    const url = `${emulator.url.replace('://', `://x:${tokens.ana}@`)}/${OWNER}/${NAME}.git`;
    const cloned = await run('git', ['clone', '--quiet', url, 'work'], {
      cwd: this.#dir,
      env: this.#env(),
      limitMs: LIMIT_MS,
    });
    if (cloned.code !== 0) throw new Error(cloned.all);
    return isPublished ? '' : ', artifacts left out';
  }

  async runEpic(): Promise<void> {
    const { checks } = this;
    const { emulator, repository, git } = this.#shop;
    const { world } = emulator;
    const ana = world.as('ana');
    const epic = world.issues.create(ana, repository, { title: 'Epic', body: 'Do it' });
    for (const number of [epic.number + 1, epic.number + 2]) {
      const part = world.issues.create(ana, repository, { title: `Segment ${number}`, body: body(number) });
      world.issues.addSubIssue(ana, epic, part);
    }
    const events: WorldEvent[] = [];
    const stop = world.on((event) => events.push(event));
    world.issues.addLabels(ana, epic, ['swarm:execute']);
    stop();
    const labelled = events.find(({ kind }) => kind === 'issues');
    if (!labelled) throw new Error('the label caused no event');
    const first = await this.#act('issues', labelled.payload, null);
    checks.note('the label’s workflow ends well', first.code === 0, tail(first));
    checks.note('it dispatches a run', this.#dispatched.length > 0, tail(first));
    for (let next = 0; next < Math.min(this.#dispatched.length, MOST_DISPATCHES); next++) {
      const dispatched = this.#dispatched[next];
      if (!dispatched) break;
      world.runs.update(dispatched.run, { status: 'in_progress' });
      const ended = await this.#act(
        'workflow_dispatch',
        { ...dispatched.run.payload, inputs: dispatched.inputs },
        dispatched.run,
      );
      world.runs.update(dispatched.run, { conclusion: ended.code === 0 ? 'success' : 'failure' });
      checks.note(`the dispatched workflow ends well (${next + 1})`, ended.code === 0, tail(ended));
    }
    const pulls = [...repository.issues.values()].flatMap(({ pull }) => pull ?? []);
    checks.note(
      'two pull requests are open',
      pulls.filter(({ issue }) => issue.state === 'open').length === 2,
      pulls.map(({ issue }) => issue.title),
    );
    const passed = pulls.filter(({ headSha }) =>
      repository.checkRuns.some(
        (check) => check.headSha === headSha && check.name.includes('tests') && check.conclusion === 'success',
      ),
    );
    checks.note(
      'each has its gate',
      passed.length === 2,
      repository.checkRuns.map(({ name, conclusion }) => `${name}: ${conclusion}`),
    );
    const files = await Promise.all(
      pulls.map(async ({ headRef, issue: _ }) =>
        (await git.readTree(`refs/heads/${headRef}`, 'recursive')).map(({ path }) => path),
      ),
    );
    checks.note(
      'each holds its segment’s file',
      files.filter((paths) => paths.some((path) => /^src\/s\d+\/x\.js$/.test(path))).length === 2,
      files,
    );
    checks.note(
      'nothing was asked for that is not modelled',
      emulator.unimplemented.length === 0,
      emulator.unimplemented,
    );
    checks.note('every answer fits GitHub’s descriptions', emulator.findings.length === 0, emulator.findings);
  }

  /** Remembers dispatches; act runs them. */
  #service(): ActionsService {
    return {
      dispatch: async ({ actor, workflow, ref, inputs }) => {
        const head = await this.#shop.git.readRef(ref);
        if (!head) throw new Error(`a run was dispatched on ${ref}, which is not there`);
        const made = await this.#shop.emulator.world.runs.create(actor, {
          workflow,
          event: 'workflow_dispatch',
          headBranch: ref.replace('refs/heads/', ''),
          headSha: head,
          workflowSha: head,
          ref,
          displayTitle: `swarm #${inputs.epic} ${inputs.dispatch}`,
          payload: { inputs, ref, repository: { full_name: `${OWNER}/${NAME}` } },
          inputs,
        });
        this.#dispatched.push({ run: made, inputs });
        return made;
      },
      cancel: async () => {},
      rerun: async () => {},
      approve: async () => {},
    };
  }

  #act(event: string, payload: unknown, of: Run | null): Promise<Ended> {
    this.#count += 1;
    const { emulator, repository } = this.#shop;
    const { url, world } = emulator;
    const id = of?.id ?? 1;
    const token = world.tokens.forJob(repository, id, {
      ...{ actions: 'write', checks: 'write', contents: 'write', issues: 'write' },
      ...{ 'pull-requests': 'write', statuses: 'read' },
    });
    const file = join(this.#dir, `event-${this.#count}.json`);
    writeFileSync(file, JSON.stringify(payload));
    const local = (action: string, folder: string) => ['--local-repository', `${action}=${join(this.#dir, folder)}`];
    const variables = {
      ...{ GITHUB_API_URL: `${url}/api/v3`, GITHUB_GRAPHQL_URL: `${url}/api/graphql`, GITHUB_SERVER_URL: url },
      ...{ GITHUB_REPOSITORY: `${OWNER}/${NAME}`, GITHUB_REPOSITORY_OWNER: OWNER, GITHUB_ACTOR: 'ana' },
      ...{ GITHUB_RUN_ID: String(id), GITHUB_RUN_ATTEMPT: '1', GITHUB_REF: 'refs/heads/main', GITHUB_REF_NAME: 'main' },
    };
    const args = [
      ...[event, '-e', file, '-W', of ? SWARM : EVENTS, '-P', 'ubuntu-latest=-self-hosted', '--no-skip-checkout'],
      ...['-s', `GITHUB_TOKEN=${token}`],
      ...local(`swarm-engineering/swarm@${RELEASE.commit}`, 'action'),
      ...local(`actions/upload-artifact@${PUBLISHED['upload-artifact'].commit}`, 'upload-artifact'),
      ...['--artifact-server-path', join(this.#dir, 'artifacts'), '--artifact-server-addr', '127.0.0.1'],
      ...['--cache-server-addr', '127.0.0.1'],
      ...Object.entries(variables).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    ];
    return run('act', args, { cwd: join(this.#dir, 'work'), env: this.#env(), limitMs: LIMIT_MS });
  }

  #env(): Record<string, string> {
    return {
      PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
      HOME: join(this.#dir, 'home'),
      XDG_CACHE_HOME: join(this.#dir, 'cache'),
      GIT_TERMINAL_PROMPT: '0',
    };
  }
}

/** The lines of act's output that say what went wrong, or else its end. */
function tail({ all }: Ended): string {
  const lines = all.split('\n');
  const telling = lines.filter((line) => /❌|::error|level=error/.test(line));
  return (telling.length > 0 ? telling : lines.slice(-5)).join('\n');
}
