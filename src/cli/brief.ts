/** `swarm brief`: the brief that a segment's agent would get, from a plan file or an epic on GitHub. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { decide } from '#core/decide/decide';
import type { IssueNumber } from '#core/model/epic';
import type { Plan } from '#core/model/plan';
import type { Issue } from '#core/model/snapshot';
import { nearest } from '#core/text/nearest';
import { Store } from '#git/store';
import { PREVIEW_BOUNDARY, type PreviewFacts, previewBrief } from '#segment/preview';
import { Fault } from '#words/fault';
import { formatProblem } from '#words/problems';
import { observeEpic } from './epic/look.ts';
import type { Parsed } from './help.ts';
import { readConfigAt } from './here.ts';
import { readPlanOf } from './plan.ts';

export async function briefCommand({ values, positionals }: Parsed): Promise<number> {
  const [segment] = positionals;
  if (segment === undefined) {
    throw new Fault(
      'No segment is given.',
      '`swarm brief` shows the brief of one segment.',
      "Run `swarm brief NAME --plan FILE` or `swarm brief '#N' --repo OWNER/NAME --epic N`.",
    );
  }
  const { plan, repo, epic } = values;
  if ((typeof plan === 'string') === (typeof repo === 'string')) {
    throw new Fault(
      'Exactly one of --plan and --repo is required.',
      'The segment is from a plan file, or from an epic on GitHub.',
      'Use either --plan FILE, or --repo OWNER/NAME --epic N.',
    );
  }
  const scratch = await mkdtemp(join(tmpdir(), 'swarm-brief-'));
  try {
    const store = await Store.make(scratch);
    const facts =
      typeof plan === 'string'
        ? await factsFromFile(store, plan, segment)
        : await factsFromGitHub(store, String(repo), epic, segment);
    const preview = await previewBrief({ ...facts, ...(values.tester === true ? { as: 'tester' } : {}) });
    if (preview.kind === 'problem') {
      process.stderr.write(`${formatProblem(preview.problem)}\n`);
      return 1;
    }
    process.stdout.write(preview.text);
    process.stderr.write(
      `\n(In a real brief, ${PREVIEW_BOUNDARY} is a random word, and the handoffs of earlier segments are added once they are merged.)\n`,
    );
    return 0;
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function factsFromGitHub(
  store: Store,
  repo: string,
  epic: string | boolean | undefined,
  segment: string,
): Promise<PreviewFacts> {
  const { snapshot, config, token } = await observeEpic(repo, epic);
  const { plan } = decide(snapshot, config).board;
  const base = snapshot.base.head;
  await store.fetch({ url: `${snapshot.repository.url}.git`, token }, [base]);
  const issues = [...snapshot.issues, snapshot.epic];
  return {
    ...factsOf(plan, issues, snapshot.epic, numberOf(segment, new Map())),
    ...{ store, base, config, repository: repo, baseBranch: snapshot.base.branch },
  };
}

/** Uses the current repository at its last commit; outside of a repository, an empty one. */
async function factsFromFile(store: Store, file: string, segment: string): Promise<PreviewFacts> {
  const git = (...args: string[]): string | undefined => {
    const ran = spawnSync('git', args, { encoding: 'utf8' });
    return ran.status === 0 ? ran.stdout.trim() : undefined;
  };
  const objects = git('rev-parse', '--git-path', 'objects');
  const head = git('rev-parse', '--verify', '--quiet', 'HEAD^{commit}');
  if (objects && head) await store.borrow(resolve(objects));
  const base = objects && head ? head : await store.text(['mktree'], { input: '' });
  const { config } = await readConfigAt(store, base);
  const { epic, issues, names, plan } = await readPlanOf(file, config);
  const name = basename(git('rev-parse', '--show-toplevel') ?? process.cwd());
  return {
    ...factsOf(plan, issues, epic, numberOf(segment, names)),
    ...{
      store,
      base,
      config,
      repository: `you/${name}`,
      baseBranch: config.base ?? git('branch', '--show-current') ?? 'main',
    },
  };
}

function numberOf(segment: string, names: ReadonlyMap<string, IssueNumber>): number {
  const named = names.get(segment);
  if (named !== undefined) return named;
  const [, digits] = /^#?(\d{1,9})$/.exec(segment) ?? [];
  if (digits !== undefined) return Number(digits);
  const like = nearest(segment, [...names.keys()]);
  throw new Fault(
    `There is no segment "${segment}"${like ? `; did you mean "${like}"?` : '.'}`,
    'A segment is given by its number or by its name in the plan file.',
    'Run `swarm plan` to see all segments.',
  );
}

function factsOf(
  plan: Plan,
  issues: readonly Issue[],
  epic: Issue,
  number: number,
): Pick<PreviewFacts, 'segment' | 'text' | 'epic'> {
  const segment = plan.segments.find((candidate) => candidate.number === number);
  const issue = issues.find((candidate) => candidate.number === number);
  if (!segment || !issue) {
    throw new Fault(
      `#${number} is not a segment of this epic.`,
      `Its segments are ${plan.segments.map((other) => `#${other.number}`).join(', ') || 'none'}.`,
      'Choose one of them.',
    );
  }
  return { segment, text: { title: issue.title, body: issue.body }, epic };
}
