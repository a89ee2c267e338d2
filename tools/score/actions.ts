/**
 * Actions as published, on the emulator's runner. Each is a judge of its own, so that one that is not to be had here does
 * not hide the others.
 */
import type { Run } from '../../src/emulator/model/records.ts';
import { Checks, type Judge, type Verdict } from './judge.ts';
import { withFolder } from './programs.ts';
import { filesOf, PUBLISHED, type PublishedAction } from './published.ts';
import { AUTHOR, NAME, OWNER, openShop, type Shop } from './shop.ts';

const BEGIN =
  'name: real\non: workflow_dispatch\npermissions: { contents: write, issues: write }\njobs:\n  real:\n    runs-on: ubuntu-latest\n    steps:\n';

/** A sign in the job's log, or in the world. */
interface Sign {
  readonly name: string;
  readonly holds: (seen: {
    readonly log: string;
    readonly run: Run;
    readonly shop: Shop;
  }) => boolean | Promise<boolean>;
}

function judgeOf(action: PublishedAction, steps: string, signs: readonly Sign[]): Judge {
  const { name, tag, commit } = action;
  return {
    name,
    about: `actions/${name} as published, on the emulator’s runner`,
    run: (): Promise<Verdict> =>
      withFolder(async (dir) => {
        const files = await filesOf(action, dir);
        if ('missing' in files && typeof files.missing === 'string') return { kind: 'skipped', reason: files.missing };
        const shop = await openShop({ files: { '.github/workflows/real.yml': BEGIN + steps } });
        try {
          await publish(shop, action, files as Readonly<Record<string, Buffer>>);
          const checks = new Checks();
          await judge(shop, signs, checks);
          return { kind: 'judged', checks: checks.all, by: `actions/${name} ${tag} (${commit.slice(0, 7)})` };
        } finally {
          await shop.close();
        }
      }),
  };
}

/** Puts the action's files where workflows look for them: at its tag, in its makers' repository. */
async function publish(
  { emulator }: Shop,
  { name, tag }: PublishedAction,
  files: Readonly<Record<string, Buffer>>,
): Promise<void> {
  const { world } = emulator;
  const makers = world.user('actions') ?? world.addUser('actions', 'Organization');
  const git = await world.git(await world.addRepository(makers, name, { visibility: 'public' }));
  const after = await git.seed(files, { branch: 'main', message: tag, author: AUTHOR });
  await git.updateRefs([{ name: `refs/tags/${tag}`, before: null, after }]);
}

async function judge(shop: Shop, signs: readonly Sign[], checks: Checks): Promise<void> {
  const { emulator, runner, repository, tokens } = shop;
  const answer = await fetch(`${emulator.url}/repos/${OWNER}/${NAME}/actions/workflows/real.yml/dispatches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.ana}`, 'user-agent': 'judge' },
    body: JSON.stringify({ ref: 'main' }),
  });
  if (!answer.ok) throw new Error(`the workflow does not start: ${await answer.text()}`);
  await runner?.idle();
  const run = repository.runs.at(-1);
  const [job] = run?.jobs ?? [];
  if (!run || !job) throw new Error(`the run has no job: ${run?.problems.join('; ')}`);
  const end = job.log.slice(-1_500);
  for (const { name, conclusion } of job.steps)
    checks.note(`step: ${name}`, conclusion === 'success', `${conclusion}: ${end}`);
  for (const { name, holds } of signs)
    await checks.try(name, async () => [await holds({ log: job.log, run, shop }), end]);
  const { unimplemented, findings } = emulator;
  checks.note('nothing was asked for that is not modelled', unimplemented.length === 0, unimplemented);
  checks.note('every answer fits GitHub’s descriptions', findings.length === 0, findings);
}

export const checkout = judgeOf(
  PUBLISHED.checkout,
  `      - uses: actions/checkout@v7.0.1
      - run: cat README.md && git fetch --unshallow && echo "commits $(git rev-list --count HEAD)"
      - run: git config user.name x && git config user.email x@example.com && git checkout -b by-job && echo 1 > z && git add z && git commit -qm z && git push origin by-job
      - uses: actions/checkout@v7.0.1
        with: { path: sub, sparse-checkout: src, fetch-depth: 0, persist-credentials: false, ref: main }
      - run: ls sub/src
`,
  [
    { name: 'the files are there', holds: ({ log }) => log.includes('# Shop') },
    { name: 'the history comes when it is asked for', holds: ({ log }) => log.includes('commits 1') },
    {
      name: 'the job pushes with its token',
      holds: async ({ shop }) => (await shop.git.readRef('refs/heads/by-job')) !== null,
    },
    { name: 'a sparse checkout has its folder', holds: ({ log }) => /\ba\.js\b/.test(log) },
  ],
);

export const githubScript = judgeOf(
  PUBLISHED['github-script'],
  `      - id: script
        uses: actions/github-script@v8.0.0
        with:
          script: |
            const { data } = await github.rest.issues.create({ ...context.repo, title: 'by script' });
            await core.summary.addHeading('hello').write();
            const all = await github.paginate(github.rest.issues.listForRepo, context.repo);
            const asked = await github.graphql('query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { issues(first: 1) { totalCount } } }', { owner: context.repo.owner, name: context.repo.repo });
            core.setOutput('count', all.length);
            core.notice('noticed', { title: 'T' });
            return { number: data.number, asked };
      - run: echo 'result \${{ steps.script.outputs.result }} count \${{ steps.script.outputs.count }}'
`,
  [
    { name: 'REST writes', holds: ({ shop }) => shop.repository.issues.get(1)?.title === 'by script' },
    { name: 'outputs come back', holds: ({ log }) => log.includes('count 1') },
    { name: 'GraphQL reads', holds: ({ log }) => log.includes('"totalCount":1') },
    {
      name: 'a notice becomes an annotation',
      holds: ({ run }) => run.jobs[0]?.checkRun.annotations.some(({ message }) => message === 'noticed') === true,
    },
  ],
);

export const setupNode = judgeOf(
  PUBLISHED['setup-node'],
  `      # As hosted runners have it: a version that is in the cache of tools already.
      - run: |
          tools="$RUNNER_TOOL_CACHE/node/$(node -p process.versions.node)/$(node -p process.arch)"
          mkdir -p "$tools/bin" && cp "$(command -v node)" "$tools/bin/node" && touch "$tools.complete"
      - uses: actions/setup-node@v7.0.0
        with: { node-version: 24, registry-url: 'https://registry.example', package-manager-cache: false }
      - run: echo "node $(command -v node)" && cat "$NPM_CONFIG_USERCONFIG"
`,
  [
    {
      name: 'the version of the cache is on the path',
      holds: ({ log }) => /node \S*\/node\/24\.\S+\/bin\/node/.test(log),
    },
    { name: 'npm gets its registry', holds: ({ log }) => log.includes('registry=https://registry.example') },
  ],
);

export const uploadArtifact = judgeOf(
  PUBLISHED['upload-artifact'],
  `      - run: mkdir out && echo 1 > out/a && echo 2 > out/b
      - uses: actions/upload-artifact@v7.0.0
        with: { name: kept, path: out, retention-days: 3 }
`,
  [
    { name: 'the run has the artifact', holds: ({ run }) => run.artifacts.some(({ name }) => name === 'kept') },
    {
      name: 'it can be downloaded',
      holds: async ({ run, shop }) => {
        const path = `/repos/${OWNER}/${NAME}/actions/artifacts/${run.artifacts[0]?.id}/zip`;
        const headers = { authorization: `Bearer ${shop.tokens.ana}`, 'user-agent': 'judge' };
        const answer = await fetch(shop.emulator.url + path, { headers });
        return (
          Buffer.from(await answer.arrayBuffer())
            .subarray(0, 2)
            .toString() === 'PK'
        );
      },
    },
  ],
);
