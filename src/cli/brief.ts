/** `swarm brief`: what the agent of a segment would be told, from a plan file or an epic on GitHub. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { readConfig } from '#config/read';
import { decide } from '#core/decide/decide';
import { CONFIG_FILES, type Config } from '#core/model/config';
import type { IssueNumber } from '#core/model/epic';
import type { Plan } from '#core/model/plan';
import type { Issue } from '#core/model/snapshot';
import { nearest } from '#core/text/nearest';
import { Store } from '#git/store';
import { Fault } from '#local/fault';
import { PREVIEW_BOUNDARY, type PreviewFacts, previewBrief } from '#segment/preview';
import { formatProblem } from '#words/problems';
import type { Parsed } from './help.ts';
import { observeEpic, readPlanOf } from './plan.ts';

export async function briefCommand({ values, positionals }: Parsed): Promise<number> {
  const [asked] = positionals;
  if (asked === undefined) {
    throw new Fault(
      'No segment is named.',
      '`swarm brief` shows the brief of one segment.',
      'swarm brief NAME --plan FILE, or swarm brief #N --repo OWNER/NAME --epic N.',
    );
  }
  const { plan, repo, epic } = values;
  if ((typeof plan === 'string') === (typeof repo === 'string')) {
    throw new Fault(
      'It is not said whose segment that is.',
      'A segment is one of a plan file, or of an epic on GitHub.',
      'Add --plan FILE, or --repo OWNER/NAME --epic N.',
    );
  }
  const scratch = await mkdtemp(join(tmpdir(), 'swarm-brief-'));
  try {
    const store = await Store.make(scratch);
    const facts =
      typeof plan === 'string' ? await ofFile(store, plan, asked) : await onGitHub(store, String(repo), epic, asked);
    const told = await previewBrief({ ...facts, ...(values.tester === true ? { as: 'tester' } : {}) });
    if (told.kind === 'problem') {
      process.stderr.write(`${formatProblem(told.problem)}\n`);
      return 1;
    }
    process.stdout.write(told.text);
    process.stderr.write(
      `\n(${PREVIEW_BOUNDARY} is a random word in a real brief; what the segments before it leave comes in when they are merged.)\n`,
    );
    return 0;
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function onGitHub(
  store: Store,
  repo: string,
  epic: string | boolean | undefined,
  asked: string,
): Promise<PreviewFacts> {
  const { snapshot, config, token } = await observeEpic(repo, epic);
  const { plan } = decide(snapshot, config).board;
  const base = snapshot.base.head;
  await store.fetch({ url: `${snapshot.repository.url}.git`, token }, [base]);
  const issues = [...snapshot.issues, snapshot.epic];
  return {
    ...factsOf(plan, issues, snapshot.epic, numberIn(asked, new Map())),
    ...{ store, base, config, repository: repo, baseBranch: snapshot.base.branch },
  };
}

/** The repository is the one you are in, at its last commit; outside of any, an empty one. */
async function ofFile(store: Store, file: string, asked: string): Promise<PreviewFacts> {
  const git = (...args: string[]): string | undefined => {
    const ran = spawnSync('git', args, { encoding: 'utf8' });
    return ran.status === 0 ? ran.stdout.trim() : undefined;
  };
  const objects = git('rev-parse', '--git-path', 'objects');
  const head = git('rev-parse', '--verify', '--quiet', 'HEAD^{commit}');
  if (objects && head) await store.borrow(resolve(objects));
  const base = objects && head ? head : await store.text(['mktree'], { input: '' });
  const config = await configAt(store, base);
  const { epic, issues, names, plan } = await readPlanOf(file, config);
  const name = basename(git('rev-parse', '--show-toplevel') ?? process.cwd());
  return {
    ...factsOf(plan, issues, epic, numberIn(asked, names)),
    ...{
      store,
      base,
      config,
      repository: `you/${name}`,
      baseBranch: config.base ?? git('branch', '--show-current') ?? 'main',
    },
  };
}

async function configAt(store: Store, commit: string): Promise<Config> {
  for (const file of CONFIG_FILES) {
    const { output, exit } = await store.answer(['cat-file', 'blob', `${commit}:${file}`], { allow: [0, 128] });
    if (exit === 0) return readConfig(output.toString('utf8'), file).config;
  }
  return readConfig(undefined, CONFIG_FILES[0]).config;
}

function numberIn(asked: string, names: ReadonlyMap<string, IssueNumber>): number {
  const named = names.get(asked);
  if (named !== undefined) return named;
  const [, digits] = /^#?(\d{1,9})$/.exec(asked) ?? [];
  if (digits !== undefined) return Number(digits);
  const like = nearest(asked, [...names.keys()]);
  throw new Fault(
    `There is no segment "${asked}"${like ? `; did you mean "${like}"?` : '.'}`,
    'A segment is named by its number, or as the plan file names it.',
    'swarm plan lists them.',
  );
}

function factsOf(
  plan: Plan,
  issues: readonly Issue[],
  epic: Issue,
  number: number,
): Pick<PreviewFacts, 'segment' | 'text' | 'epic'> {
  const segment = plan.segments.find((each) => each.number === number);
  const issue = issues.find((each) => each.number === number);
  if (!segment || !issue) {
    throw new Fault(
      `#${number} is no segment of this epic.`,
      `Its segments are ${plan.segments.map((each) => `#${each.number}`).join(', ') || 'none'}.`,
      'Name one of them.',
    );
  }
  return { segment, text: { title: issue.title, body: issue.body }, epic };
}
