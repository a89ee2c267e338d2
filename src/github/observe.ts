/**
 * Reads all that `decide` may know of one epic. Nothing is trusted but what GitHub answers now.
 *
 * Three looks: the epic with its issues, journal and config; then, by what the journal names, the runs; then pull
 * requests, reports and outside blockers. Runs are read *before* reports, so that a run seen as over has had its
 * last chance to leave one.
 */
import { createHash } from 'node:crypto';
import { readCommand } from '#core/command';
import { COMMAND_LABELS, type Config, labelName } from '#core/config';
import { isEnded } from '#core/dispatch';
import {
  headSha,
  type IssueNumber,
  type IssueRef,
  instant,
  issueId,
  issueNumber,
  mayWrite,
  type Permission,
  type Person,
  pullNumber,
  type RepositoryName,
} from '#core/epic';
import { foldersFor, isSkillName, type KnownInstructions, personaIn, SHIPPED_PERSONAS } from '#core/instructions';
import { type Attempt, type Journal, keptOf } from '#core/journal';
import type { Diagnostic } from '#core/problem';
import { isQuestionKey } from '#core/question';
import { actKeys, recordOf, segmentOfPull } from '#core/remember';
import type { CalibrationReport, Report } from '#core/report';
import type {
  Base,
  Check,
  Issue,
  OtherIssue,
  Performed,
  Pull,
  Request,
  Review,
  Run,
  Said,
  Snapshot,
} from '#core/snapshot';
import { readSpec, readTaskList } from '#core/spec';
import { countsAsPerson, wantsProof } from '#core/verdict';
import { readMarker } from '#words/marker';
import { ticksIn } from '#words/question';
import { type Client, GitHubRefused, inRepository } from './client.ts';
import { calibrationRef, journalRef, parseJournal, readEarlier, reportRef, wholeText } from './journal.ts';
import * as ask from './questions.ts';

/** A config's text as it stands on the default branch, before anybody understood it. */
export interface ConfigText {
  readonly file: string;
  readonly text: string | undefined;
  /** Both spellings are there. */
  readonly ambiguous: boolean;
}

export const CONFIG_FILES = ['.github/swarm.yml', '.github/swarm.yaml'] as const;
export const WORKFLOW_FILE = '.github/workflows/swarm.yml';
export const SEGMENT_WORKFLOW_FILE = '.github/workflows/segment.yml';

export interface Observed {
  readonly snapshot: Snapshot;
  readonly config: Config;
  /** The journal's commit: what the next step must follow. */
  readonly journalOid: string | undefined;
}

/** A request whose person is known by login alone: whoever started a run by hand. */
export type AskedByHand = Omit<Request, 'by' | 'at'> & { readonly login: string };

export interface Looking {
  readonly client: Client;
  readonly repository: RepositoryName;
  readonly epic: IssueNumber;
  /** This orchestrator's name. */
  readonly orchestrator: string;
  readonly performed: Readonly<Record<string, Performed>>;
  /** Who watches `SWARM_DISABLED`: swarm itself, or the workflow that it runs in. */
  readonly killSwitch: 'variable' | 'workflow';
  /** Requests made through a door GitHub does not keep: inputs of a `workflow_dispatch`. */
  readonly requests: readonly AskedByHand[];
  /** Answers that hold for one go of looking and acting: who may what, whether swarm is switched off. */
  readonly answers: Answers;
  readonly understand: (config: ConfigText) => Understood | Promise<Understood>;
}

interface Understood {
  readonly config: Config;
  readonly diagnostics: readonly Diagnostic[];
}

/** @returns undefined where there is no such issue. */
export async function observe(looking: Looking): Promise<Observed | undefined> {
  const { client, repository, epic: number } = looking;
  const first = await client.queryWhatIsThere<ask.EpicAnswer>(ask.EPIC, {
    ...repository,
    epic: number,
    journal: journalRef(number),
    state: `${journalRef(number)}:state.json`,
  });
  const answer = first.repository;
  if (!answer?.issue) return undefined;
  const journal = answer.state ? parseJournal(await wholeText(client, repository, answer.state), number) : undefined;
  const configText: ConfigText = {
    file: answer.yml || !answer.yaml ? CONFIG_FILES[0] : CONFIG_FILES[1],
    text: (answer.yml ?? answer.yaml)?.text ?? undefined,
    ambiguous: answer.yml !== null && answer.yaml !== null,
  };
  const { config, diagnostics } = await looking.understand(configText);

  const earlier = journal?.authorisation ? undefined : await readEarlier(client, repository, number);

  const { people } = looking.answers;
  const raw = await issuesBelow(looking, answer.issue);
  const runs = journal ? await observeRuns(client, repository, journal) : [];
  const outside = outsideRefs(raw, looking.repository);
  const detail = await observeDetail(looking, config, journal, raw, outside);
  const base = baseOf(detail.repository?.base ?? null, config.base ?? answer.defaultBranchRef?.name ?? 'main');

  const issues = withChildren(await Promise.all(raw.issues.map((issue) => people.issue(issue, raw.epic.number))));
  const top = await people.issue(raw.epic, raw.epic.number);
  const epic = { ...top, children: issues.filter((issue) => issue.parent === top.number).map((issue) => issue.number) };
  const pulls = await Promise.all(
    pullsOf(detail).map(async (pull) => withStart(looking, journal, base, await people.pull(pull))),
  );
  const comments = commentsOf(raw, detail);
  const requests = await requestsOf(looking, config, journal, raw, detail, comments, people);

  return {
    config,
    journalOid: answer.head?.oid,
    snapshot: {
      now: client.now(),
      orchestrator: looking.orchestrator,
      repository: {
        ...repository,
        id: answer.id,
        url: answer.url,
        defaultBranch: answer.defaultBranchRef?.name ?? base.branch,
      },
      base,
      epic,
      issues,
      others: othersOf(detail, outside),
      pulls,
      runs,
      reports: reportsOf(detail, journal),
      calibrationReports: calibrationReportsOf(detail, journal),
      ...(earlier ? { earlier } : {}),
      requests,
      acknowledged: comments
        .filter(({ comment }) => ask.hasReacted(comment, 'EYES') && !ask.hasReacted(comment, 'ROCKET'))
        .map(({ comment }) => ({ id: `comment:${comment.id}`, node: comment.id })),
      said: saidIn(comments, number),
      made: Object.fromEntries(issues.filter((issue) => issue.madeFor).map((issue) => [issue.madeFor, issue.number])),
      branches: branchesOf(detail),
      journal,
      performed: looking.performed,
      ...(namesInstructions(raw) ? { instructions: instructionsOf(detail) } : {}),
      preflight: [
        ...diagnostics,
        ...foreignIssues(raw),
        ...(await preflight(looking, answer, configText, detail, base.branch)),
      ],
      configDigest: sha256(configText.text ?? ''),
    },
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

// ── Issues ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface RawIssues {
  readonly epic: ask.EpicIssueAnswer;
  readonly issues: readonly ask.IssueAnswer[];
  /** Sub-issues that live in another repository: their numbers mean nothing here, and swarm has no hold on them. */
  readonly foreign: readonly ask.IssueAnswer[];
}

/** How deep groups may nest. @see https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/adding-sub-issues */
const MAX_DEPTH = 8;
/** Pages stop here; the plan then says which limit was passed. */
const MAX_ISSUES = 1_000;

/** Everything below the epic, level by level; without sub-issues, what its task list names. */
async function issuesBelow(looking: Looking, epic: ask.EpicIssueAnswer): Promise<RawIssues> {
  const found = new Map<string, ask.IssueAnswer>();
  let level = await childrenOf(looking, epic);
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0 && found.size < MAX_ISSUES; depth++) {
    const fresh = level.filter((issue) => !found.has(issue.id));
    for (const issue of fresh) found.set(issue.id, issue);
    const groups = fresh.filter((issue) => issue.subIssuesSummary.total > 0);
    level = (await Promise.all(groups.map((group) => childrenOf(looking, group)))).flat();
  }
  // A segment that swarm made does not turn a task list's epic into one with sub-issues.
  if ([...found.values()].every((issue) => readMarker(issue.body)?.kind === 'fix' && issue.viewerDidAuthor)) {
    for (const issue of await taskListIssues(looking, epic)) found.set(issue.id, issue);
  }
  const here = `${looking.repository.owner}/${looking.repository.name}`.toLowerCase();
  const isHere = (issue: ask.IssueAnswer) => issue.repository.nameWithOwner.toLowerCase() === here;
  const all = [...found.values()];
  return { epic, issues: all.filter(isHere), foreign: all.filter((issue) => !isHere(issue)) };
}

async function childrenOf(
  { client }: Looking,
  parent: ask.IssueAnswer & { readonly subIssues?: ask.Page<ask.IssueAnswer> },
): Promise<readonly ask.IssueAnswer[]> {
  const children = [...(parent.subIssues?.nodes ?? [])];
  let page = parent.subIssues?.pageInfo ?? { hasNextPage: parent.subIssuesSummary.total > 0, endCursor: null };
  while (page.hasNextPage && children.length < MAX_ISSUES) {
    const answer = await client.queryWhatIsThere<{ node: { subIssues: ask.Page<ask.IssueAnswer> } | null }>(
      ask.CHILDREN,
      { id: parent.id, after: page.endCursor },
    );
    if (!answer.node) break;
    children.push(...answer.node.subIssues.nodes);
    page = answer.node.subIssues.pageInfo;
  }
  // What lies in a repository that swarm may not see is null, and no part of the epic.
  return children.filter((child) => child !== null).map((child) => ({ ...child, parent: { number: parent.number } }));
}

async function taskListIssues(looking: Looking, epic: ask.IssueAnswer): Promise<readonly ask.IssueAnswer[]> {
  const named = readTaskList(epic.body, looking.repository).slice(0, 200);
  if (named.length === 0) return [];
  const answer = await looking.client.queryWhatIsThere<{ repository: Record<string, ask.IssueAnswer | null> }>(
    ask.issuesByNumber(named.map((item) => item.number)),
    { ...looking.repository },
  );
  return Object.values(answer.repository).filter((issue): issue is ask.IssueAnswer => issue?.__typename === 'Issue');
}

const stateOf = (issue: { readonly state: string; readonly stateReason: string | null }): Issue['state'] =>
  issue.state === 'OPEN'
    ? 'open'
    : issue.stateReason === 'NOT_PLANNED' || issue.stateReason === 'DUPLICATE'
      ? 'not planned'
      : 'completed';

const withChildren = (issues: readonly Issue[]): readonly Issue[] =>
  issues.map((issue) => ({
    ...issue,
    children: issues.filter((each) => each.parent === issue.number).map((each) => each.number),
  }));

/** What an agent would be told. Ticking a box changes no meaning: people and swarm tick what is done. */
function digestOf(issue: ask.IssueAnswer): string {
  const options = issue.labels.nodes
    .map((label) => label.name)
    .filter((name) => /^(model|effort|worker|persona|base|priority):|^P[0-3]$/.test(name))
    .sort();
  const body = issue.body.replace(/\r\n?/g, '\n').replace(/^(\s*[-*+]\s+)\[[xX]\]/gm, '$1[ ]');
  return sha256(JSON.stringify([issue.title, body, options]));
}

/** What is asked of GitHub once per go; a go lasts seconds. */
export class Answers {
  readonly people: People;
  #disabled: Promise<'yes' | 'no' | 'cannot tell'> | undefined;
  readonly #client: Client;
  readonly #repository: RepositoryName;

  constructor(client: Client, repository: RepositoryName) {
    this.#client = client;
    this.#repository = repository;
    this.people = new People(client, repository);
  }

  /** Whether the repository's variable switches swarm off; `cannot tell` without the permission to read it. */
  isDisabled(): Promise<'yes' | 'no' | 'cannot tell'> {
    this.#disabled ??= isDisabled(this.#client, this.#repository);
    return this.#disabled;
  }
}

/** Looks each person up once, at the moment it matters. */
class People {
  readonly #client: Client;
  readonly #repository: RepositoryName;
  readonly #known = new Map<string, Promise<{ readonly id: number; readonly permission: Permission }>>();

  constructor(client: Client, repository: RepositoryName) {
    this.#client = client;
    this.#repository = repository;
  }

  /** @param own swarm itself, known by `viewerDidAuthor`: it needs no permission to be asked for. */
  async person(author: ask.ActorAnswer | null, own = false): Promise<Person> {
    // GitHub shows people who deleted their account as nobody.
    if (!author) return { id: 0, login: 'ghost', kind: 'person', permission: 'none' };
    const kind = author.__typename === 'User' ? 'person' : 'bot';
    const id = author.databaseId ?? 0;
    if (own) return { id, login: author.login, kind, permission: 'write' };
    if (kind === 'bot') return { id, login: author.login, kind, permission: 'none' };
    const known = await this.#permission(author.login);
    // A login can change hands between two answers; the numeric id cannot.
    return { id, login: author.login, kind, permission: known.id === id ? known.permission : 'none' };
  }

  async byLogin(login: string): Promise<Person> {
    const known = await this.#permission(login);
    return { id: known.id, login, kind: login.endsWith('[bot]') ? 'bot' : 'person', permission: known.permission };
  }

  #permission(login: string): Promise<{ readonly id: number; readonly permission: Permission }> {
    const known = this.#known.get(login) ?? this.#ask(login);
    this.#known.set(login, known);
    return known;
  }

  async #ask(login: string): Promise<{ readonly id: number; readonly permission: Permission }> {
    try {
      const { data } = await this.#client.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', {
        ...inRepository(this.#repository),
        username: login,
      });
      const roles: readonly string[] = ['admin', 'maintain', 'write', 'triage', 'read'];
      // `permission` folds maintain into write and triage into read; custom roles are only known by it.
      const role = roles.includes(data.role_name) ? data.role_name : data.permission;
      return { id: Number(data.user?.id ?? 0), permission: (roles.includes(role) ? role : 'none') as Permission };
    } catch (error) {
      if (error instanceof GitHubRefused && error.status === 404) return { id: 0, permission: 'none' };
      throw error;
    }
  }

  async issue(issue: ask.IssueAnswer, epic: number): Promise<Issue> {
    const own = issue.viewerDidAuthor;
    const edited = issue.editor && issue.editor.login !== issue.author?.login;
    const marker = own ? readMarker(issue.body) : undefined;
    const blockers = issue.blockedBy.nodes.filter((blocker) => blocker !== null);
    const hidden = issue.blockedBy.totalCount - blockers.length;
    return {
      id: issueId(issue.id),
      number: issueNumber(issue.number),
      title: issue.title,
      body: issue.body,
      url: issue.url,
      state: stateOf(issue),
      author: await this.person(issue.author, own),
      ...(edited ? { editor: await this.person(issue.editor) } : {}),
      ...(issue.lastEditedAt ? { editedAt: instant(Date.parse(issue.lastEditedAt)) } : {}),
      labels: issue.labels.nodes.map((label) => label.name),
      ...(issue.number !== epic && issue.parent ? { parent: issueNumber(issue.parent.number) } : {}),
      children: [],
      ...(hidden > 0 ? { hiddenBlockers: hidden } : {}),
      blockedBy: blockers.map((blocker) => ({
        number: issueNumber(blocker.number),
        ...this.#foreign(blocker.repository.nameWithOwner),
        state: stateOf(blocker),
      })),
      digest: digestOf(issue),
      // Text under our marker that somebody else edited is no longer ours.
      ...(marker?.kind === 'fix' && !edited ? { madeFor: marker.key } : {}),
      kind: 'issue',
    };
  }

  #foreign(nameWithOwner: string): { readonly repository?: RepositoryName } {
    const [owner = '', name = ''] = nameWithOwner.split('/');
    const same =
      owner.toLowerCase() === this.#repository.owner.toLowerCase() &&
      name.toLowerCase() === this.#repository.name.toLowerCase();
    return same ? {} : { repository: { owner, name } };
  }

  async pull(pull: ask.PullAnswer): Promise<Pull> {
    return {
      number: pullNumber(pull.number),
      id: pull.id,
      url: pull.url,
      branch: pull.headRefName,
      base: pull.baseRefName,
      head: headSha(pull.headRefOid),
      state: pull.merged ? 'merged' : pull.state === 'OPEN' ? 'open' : 'closed',
      draft: pull.isDraft,
      mergeable:
        pull.mergeable === 'MERGEABLE' ? 'clean' : pull.mergeable === 'CONFLICTING' ? 'conflicting' : 'unknown',
      mergeState: pull.mergeStateStatus.toLowerCase(),
      author: { id: pull.author?.databaseId ?? 0, login: pull.author?.login ?? 'ghost' },
      reviews: await Promise.all(
        pull.reviews.nodes.filter((review) => review.state !== 'PENDING').map((review) => this.review(review)),
      ),
      checks: checksOf(pull.commits?.nodes[0]?.commit.statusCheckRollup ?? null),
      ...(pull.mergeCommit ? { mergeCommit: headSha(pull.mergeCommit.oid) } : {}),
      ...(pull.mergedAt ? { mergedAt: instant(Date.parse(pull.mergedAt)) } : {}),
    };
  }

  async review(review: ask.ReviewAnswer): Promise<Review> {
    const states: Record<string, Review['state']> = {
      APPROVED: 'approved',
      CHANGES_REQUESTED: 'changes requested',
      DISMISSED: 'dismissed',
    };
    const state = states[review.state] ?? 'commented';
    return {
      id: review.id,
      // Only an opinion needs its giver's rights.
      by: await this.person(review.author, state === 'commented'),
      state,
      head: headSha(review.commit?.oid ?? ''),
      at: instant(Date.parse(review.submittedAt ?? '') || 0),
      body: review.body,
      comments: (review.comments?.nodes ?? []).map((comment) => ({
        path: comment.path,
        ...(comment.line === null ? {} : { line: comment.line }),
        body: comment.body,
      })),
    };
  }
}

/**
 * Where a head that is to be proven left the base: what it is judged against. GraphQL does not tell it.
 * @see https://docs.github.com/en/rest/commits/commits#compare-two-commits
 */
async function withStart(
  { client, repository }: Looking,
  journal: Journal | undefined,
  base: Base,
  pull: Pull,
): Promise<Pull> {
  const segment = journal?.phase === 'running' ? segmentOfPull(journal, pull.number) : undefined;
  if (!journal || segment === undefined || pull.base !== base.branch) return pull;
  if (!wantsProof(pull, recordOf(journal, segment))) return pull;
  try {
    const { data } = await client.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
      ...inRepository(repository),
      basehead: `${base.head}...${pull.head}`,
      per_page: 1,
    });
    return { ...pull, startedFrom: headSha(data.merge_base_commit.sha) };
  } catch (error) {
    // Without a common history, or gone again by a force-push: there is nothing to prove.
    if (error instanceof GitHubRefused && error.status === 404) return pull;
    throw error;
  }
}

// ── Checks ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const OURS = /^swarm \/ /;

/**
 * The checks people's own CI reported. Swarm's jobs run on the base's head too: a segment that failed there says
 * nothing about the base, so whatever its own workflow reported is left out.
 */
function checksOf(rollup: ask.RollupAnswer | null): readonly Check[] {
  return (rollup?.contexts.nodes ?? []).flatMap((context): readonly Check[] => {
    if (context.__typename === 'StatusContext') {
      const states: Record<string, Check['conclusion']> = { SUCCESS: 'success', FAILURE: 'failure', ERROR: 'failure' };
      return [{ name: context.context, ours: false, conclusion: states[context.state] ?? 'pending' }];
    }
    if (context.checkSuite?.workflowRun?.workflow.resourcePath.endsWith('/swarm.yml')) return [];
    return [{ name: context.name, ours: OURS.test(context.name), conclusion: conclusionOf(context) }];
  });
}

function conclusionOf(run: ask.CheckRunAnswer): Check['conclusion'] {
  if (run.status !== 'COMPLETED') return 'pending';
  switch (run.conclusion) {
    case 'SUCCESS':
      return 'success';
    case 'NEUTRAL':
    case 'SKIPPED':
    case 'STALE':
      return 'neutral';
    default:
      return 'failure';
  }
}

function baseOf(base: ask.BaseAnswer | null, branch: string): Base {
  const checks = checksOf(base?.statusCheckRollup ?? null).filter((check) => !check.ours);
  const failing = checks.filter((check) => check.conclusion === 'failure').map((check) => check.name);
  return {
    branch,
    head: headSha(base?.oid ?? ''),
    checks:
      failing.length > 0
        ? 'failing'
        : checks.some((check) => check.conclusion === 'pending')
          ? 'pending'
          : checks.length > 0
            ? 'passing'
            : 'none',
    failing,
  };
}

// ── Runs ────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function observeRuns(client: Client, repository: RepositoryName, journal: Journal): Promise<readonly Run[]> {
  const open = Object.values(journal.dispatches).filter((dispatch) => !isEnded(journal, dispatch));
  const unseen = open.filter((dispatch) => dispatch.runId === undefined);
  const found: ask.RunAnswer[] = [];
  if (unseen.length > 0) {
    const { data } = await client.request('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', {
      ...inRepository(repository),
      workflow_id: 'swarm.yml',
      event: 'workflow_dispatch',
      per_page: 50,
    });
    found.push(...data.workflow_runs.map(runAnswer));
  }
  const runs: Run[] = [];
  for (const dispatch of open) {
    const run =
      dispatch.runId === undefined
        ? found.find((each) => each.display_title === runTitle(journal.epic, dispatch.id))
        : await runById(client, repository, dispatch.runId);
    if (run) runs.push(await withJobs(client, repository, dispatch.id, run));
  }
  return runs;
}

/** The `run-name` of `swarm.yml`: how a run says which dispatch it is of. */
export const runTitle = (epic: IssueNumber, dispatch: string): string => `swarm #${epic} ${dispatch}`;

async function runById(client: Client, repository: RepositoryName, id: number): Promise<ask.RunAnswer | undefined> {
  try {
    const { data } = await client.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', {
      ...inRepository(repository),
      run_id: id,
    });
    return runAnswer(data);
  } catch (error) {
    // A deleted run will never report: it is over.
    if (error instanceof GitHubRefused && error.status === 404) {
      return { id, display_title: '', html_url: '', status: 'completed', conclusion: 'deleted' };
    }
    throw error;
  }
}

const runAnswer = (run: Omit<ask.RunAnswer, 'id'> & { readonly id: number | bigint }): ask.RunAnswer => ({
  ...run,
  id: Number(run.id),
});

async function withJobs(
  client: Client,
  repository: RepositoryName,
  dispatch: string,
  run: ask.RunAnswer,
): Promise<Run> {
  const state = run.status === 'completed' ? 'completed' : run.status === 'in_progress' ? 'running' : 'queued';
  const jobs =
    state === 'running'
      ? await client.paginate('GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs', {
          ...inRepository(repository),
          run_id: run.id,
          per_page: 100,
        })
      : [];
  return {
    id: run.id,
    dispatch,
    url: run.html_url,
    state,
    ...(run.conclusion ? { conclusion: run.conclusion } : {}),
    jobs: jobs.map((job) => {
      const step = job.steps?.find((each) => each.status === 'in_progress');
      const since = Date.parse(step?.started_at ?? job.started_at);
      return {
        name: job.name,
        state: job.status === 'completed' ? 'completed' : job.status === 'in_progress' ? 'running' : 'queued',
        ...(job.conclusion ? { conclusion: job.conclusion } : {}),
        ...(step ? { step: step.name } : {}),
        ...(Number.isFinite(since) ? { since: instant(since) } : {}),
        ...(job.html_url ? { url: job.html_url } : {}),
      };
    }),
  };
}

// ── What the journal names: pull requests, reports, branches, outside blockers ─────────────────────────────────────

async function observeDetail(
  looking: Looking,
  config: Config,
  journal: Journal | undefined,
  raw: RawIssues,
  others: readonly IssueRef[],
): Promise<ask.DetailAnswer> {
  const open = new Set(raw.issues.filter((issue) => issue.state === 'OPEN').map((issue) => issue.number));
  const records = Object.entries(journal?.segments ?? {}).map(([segment, record]) => ({
    segment: Number(segment),
    record,
  }));
  const attempts = records.flatMap(({ record }) => record.attempts);
  const pulls = records.flatMap(({ segment, record }) => {
    const outcome = record.attempts.findLast((attempt) => attempt.outcome?.kind === 'published')?.outcome;
    if (outcome?.kind !== 'published') return [];
    return [
      {
        number: outcome.pull,
        detail: open.has(segment) || segment === raw.epic.number ? ('whole' as const) : ('state' as const),
      },
    ];
  });
  const calibrations = Object.entries(journal?.calibrations ?? {}).flatMap(([wave, rounds]) =>
    rounds.filter((round) => !round.verdict).map((round) => calibrationRef(looking.epic, Number(wave), round.round)),
  );
  const question = ask.detail({
    base: config.base ?? 'HEAD',
    pulls,
    branches: [
      ...new Set(attempts.flatMap((attempt) => [attempt.branch, ...keptOf(attempt).map(({ branch }) => branch)])),
    ],
    reports: attempts.filter((attempt) => !attempt.outcome).map((attempt) => reportRef(looking.epic, attempt.id)),
    calibrations,
    others,
    personaFolders: namesInstructions(raw) ? foldersFor('persona', config.instructions) : [],
    skillFolders: namesInstructions(raw) ? foldersFor('skill', config.instructions) : [],
  });
  return looking.client.queryWhatIsThere<ask.DetailAnswer>(question.text, {
    ...looking.repository,
    ...question.variables,
  });
}

/** Whether any open issue may name a persona or a skill; asking for what nobody names would only cost. */
const namesInstructions = (raw: RawIssues): boolean =>
  [raw.epic, ...raw.issues].some(
    ({ state, body, labels }) =>
      state === 'OPEN' && (/persona|skill/i.test(body) || labels.nodes.some(({ name }) => name.startsWith('persona:'))),
  );

function instructionsOf(detail: ask.DetailAnswer): KnownInstructions {
  const entriesOf = (word: string) =>
    ask.answersWith<ask.FolderAnswer>(detail.repository, word).flatMap(({ entries }) => entries ?? []);
  const personas = entriesOf('personas').flatMap(({ name, type }) => (type === 'blob' ? (personaIn(name) ?? []) : []));
  const skills = entriesOf('skills').flatMap(({ name, object }) =>
    isSkillName(name) && object?.entries?.some((each) => each.name === 'SKILL.md') ? [name] : [],
  );
  return {
    personas: [...new Set([...personas, ...SHIPPED_PERSONAS])].sort(),
    skills: [...new Set(skills)].sort(),
  };
}

const pullsOf = (detail: ask.DetailAnswer): readonly ask.PullAnswer[] =>
  ask.answersWith<ask.PullAnswer>(detail.repository, 'pull');

function branchesOf(detail: ask.DetailAnswer): Snapshot['branches'] {
  const branches = ask.answersWith<{ name: string; target: { oid: string } }>(detail.repository, 'branch');
  return Object.fromEntries(branches.map((branch) => [branch.name, headSha(branch.target.oid)]));
}

/** Reports of attempts the journal waits for. A ref that holds no JSON is no report: the run counts as lost. */
function reportsOf(detail: ask.DetailAnswer, journal: Journal | undefined): readonly Report[] {
  const waited = new Set(
    Object.values(journal?.segments ?? {}).flatMap((record) => record.attempts.map((attempt: Attempt) => attempt.id)),
  );
  return parsed<Report>(detail, 'report').filter((report) => report.version === 1 && waited.has(report.attempt));
}

function calibrationReportsOf(detail: ask.DetailAnswer, journal: Journal | undefined): readonly CalibrationReport[] {
  return parsed<CalibrationReport>(detail, 'calibration').filter(
    (report) => report.version === 1 && journal?.calibrations[report.wave] !== undefined,
  );
}

function parsed<Kind>(detail: ask.DetailAnswer, prefix: string): readonly Kind[] {
  return ask.answersWith<{ text: string | null }>(detail.repository, prefix).flatMap((blob) => {
    try {
      return blob.text ? [JSON.parse(blob.text) as Kind] : [];
    } catch {
      return [];
    }
  });
}

/** Issues named in texts that are not below the epic, so that "open elsewhere" can be told from "not there". */
function outsideRefs(raw: RawIssues, repository: RepositoryName): readonly IssueRef[] {
  const inside = new Set([raw.epic.number, ...raw.issues.map((issue) => issue.number)]);
  const refs = new Map<string, IssueRef>();
  for (const issue of [raw.epic, ...raw.issues]) {
    const text = {
      number: issueNumber(issue.number),
      title: issue.title,
      body: issue.body,
      labels: issue.labels.nodes.map((label) => label.name),
    };
    const { spec } = readSpec(text);
    for (const ref of [...spec.dependsOn, ...spec.conflictsWith]) {
      if (ref.repository === undefined && inside.has(ref.number)) continue;
      const { owner, name } = ref.repository ?? repository;
      refs.set(`${owner}/${name}#${ref.number}`, ref);
    }
  }
  for (const item of readTaskList(raw.epic.body, repository)) {
    if (!inside.has(item.number)) refs.set(`#${item.number}`, { number: item.number });
  }
  return [...refs.values()].slice(0, 100);
}

const othersOf = (detail: ask.DetailAnswer, outside: readonly IssueRef[]): readonly OtherIssue[] =>
  ask.othersIn(detail, outside).map(({ ref, answer }) => {
    if (answer === null) return { ref, kind: 'missing' };
    return answer.__typename === 'PullRequest'
      ? { ref, kind: 'pull request' }
      : { ref, kind: 'issue', state: stateOf(answer) };
  });

// ── Requests ────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Spoken {
  readonly comment: ask.CommentAnswer;
  readonly where: 'issue' | 'pull';
  readonly from: Request['from'];
}

function commentsOf(raw: RawIssues, detail: ask.DetailAnswer): readonly Spoken[] {
  const onIssues = [raw.epic, ...raw.issues].flatMap((issue) =>
    (issue.comments?.nodes ?? []).map(
      (comment): Spoken => ({
        comment,
        where: 'issue',
        from: { kind: 'comment', issue: issueNumber(issue.number), node: comment.id },
      }),
    ),
  );
  const onPulls = pullsOf(detail).flatMap((pull) => [
    ...(pull.comments?.nodes ?? []).map(
      (comment): Spoken => ({
        comment,
        where: 'pull',
        from: { kind: 'pull comment', pull: pullNumber(pull.number), node: comment.id },
      }),
    ),
    ...pull.reviews.nodes.flatMap((review) =>
      (review.comments?.nodes ?? []).map(
        (comment): Spoken => ({
          comment,
          where: 'pull',
          from: {
            kind: 'review comment',
            pull: pullNumber(pull.number),
            node: comment.id,
            head: headSha(review.commit?.oid ?? ''),
          },
        }),
      ),
    ),
  ]);
  return [...onIssues, ...onPulls];
}

/** Our own comments, by the key of the act they are. A marker in anybody else's comment is only text. */
function saidIn(comments: readonly Spoken[], epic: IssueNumber): Readonly<Record<string, Said>> {
  const said: Record<string, Said> = {};
  for (const { comment, from } of comments) {
    const marker = comment.viewerDidAuthor ? readMarker(comment.body) : undefined;
    if (!marker) continue;
    // An issue that ran by itself before keeps the panel of that; every epic has its own.
    if (marker.kind === 'panel' && (marker.key !== String(epic) || from.kind !== 'comment' || from.issue !== epic))
      continue;
    const key = marker.kind === 'panel' ? actKeys.panel : marker.key;
    const ticked = isQuestionKey(key) ? ticksIn(comment.body) : [];
    said[key] ??= {
      id: Number(comment.fullDatabaseId),
      body: comment.body,
      at: instant(Date.parse(comment.lastEditedAt ?? comment.createdAt)),
      ...(ticked.length > 0 ? { ticked } : {}),
    };
  }
  return said;
}

async function requestsOf(
  looking: Looking,
  config: Config,
  journal: Journal | undefined,
  raw: RawIssues,
  detail: ask.DetailAnswer,
  comments: readonly Spoken[],
  people: People,
): Promise<readonly Request[]> {
  const taken = journal?.taken ?? {};
  const requests: Request[] = [];
  for (const { comment, where, from } of comments) {
    const id = `comment:${comment.id}`;
    // An edited comment is no command: nobody knows what it said when others read it (SPEC R3.5).
    if (taken[id] || comment.viewerDidAuthor || comment.lastEditedAt !== null) continue;
    if (ask.hasReacted(comment, 'ROCKET', 'CONFUSED')) continue;
    const asked = readCommand(comment.body, where);
    if (asked.kind === 'nothing') continue;
    requests.push({
      id,
      at: instant(Date.parse(comment.createdAt)),
      by: await people.person(comment.author),
      asked,
      from,
    });
  }
  // A review's own text can carry a command too; its verdict is read from its state.
  for (const pull of pullsOf(detail)) {
    for (const review of pull.reviews.nodes) {
      const id = `review:${review.id}`;
      const asked =
        review.state === 'COMMENTED' && review.lastEditedAt === null
          ? readCommand(review.body, 'pull')
          : { kind: 'nothing' as const };
      if (taken[id] || asked.kind === 'nothing' || !review.submittedAt) continue;
      const from: Request['from'] = { kind: 'pull comment', pull: pullNumber(pull.number), node: review.id };
      requests.push({
        id,
        at: instant(Date.parse(review.submittedAt)),
        by: await people.person(review.author),
        asked,
        from,
      });
    }
  }
  requests.push(...(await tickRequests(looking, config, taken, comments, people)));
  requests.push(...(await labelRequests(raw.epic, config, taken, people)));
  if (journal) requests.push(...(await unblockRequests(raw, config, taken, people)));
  for (const { login, ...request } of looking.requests) {
    if (taken[request.id]) continue;
    requests.push({ ...request, at: looking.client.now(), by: await people.byLogin(login) });
  }
  return requests.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/**
 * Boxes that were ticked in questions of ours, in the name of whoever ticked them. GitHub lets everybody with write access
 * edit anybody's comment, and any app that may write issues; so all who edited it since we wrote it are asked for, and one
 * among them whose word does not count is enough for none of it to count.
 */
async function tickRequests(
  looking: Looking,
  config: Config,
  taken: Journal['taken'],
  comments: readonly Spoken[],
  people: People,
): Promise<readonly Request[]> {
  const requests: Request[] = [];
  for (const { comment, from } of comments) {
    const { key = '' } = (comment.viewerDidAuthor && from.kind === 'comment' && readMarker(comment.body)) || {};
    const id = `ticks:${comment.id}:${comment.lastEditedAt}`;
    if (!isQuestionKey(key) || comment.lastEditedAt === null || taken[id]) continue;
    const boxes = ticksIn(comment.body);
    if (boxes.length === 0 || from.kind !== 'comment') continue;
    const editors = await editorsOf(looking.client, comment, people);
    const [last] = editors;
    const by = editors.find((each) => !mayWrite(each) || !countsAsPerson(each, config)) ?? last;
    if (!by) continue;
    requests.push({
      id,
      at: instant(Date.parse(comment.lastEditedAt)),
      by,
      asked: { kind: 'ticks', key, boxes },
      from: { kind: 'boxes', issue: from.issue },
    });
  }
  return requests;
}

/** Times of one edit may differ by this much from answer to answer. */
const CLOCK_MS = 5_000;

/**
 * Who edited a comment of ours since we last wrote it, the latest first; nobody where the last edit is our own, or where
 * GitHub does not tell of it.
 */
async function editorsOf(client: Client, comment: ask.CommentAnswer, people: People): Promise<readonly Person[]> {
  const { node } = await client.queryWhatIsThere<ask.EditsAnswer>(ask.EDITS, { id: comment.id });
  const edits = [...(node?.userContentEdits?.nodes ?? [])].sort(
    (a, b) => Date.parse(b.editedAt) - Date.parse(a.editedAt),
  );
  const [latest] = edits;
  const lastEditMs = Date.parse(comment.lastEditedAt ?? '');
  if (!latest || Date.parse(latest.editedAt) < lastEditMs - CLOCK_MS) return [];
  const own = edits.findIndex(({ editor }) => editor !== null && editor.login === comment.author?.login);
  const others = own === -1 ? edits : edits.slice(0, own);
  return Promise.all(others.map(({ editor }) => people.person(editor)));
}

/**
 * A command label counts while it is on the epic, in the name of whoever put it there last. Who that was is read from
 * the timeline: an issue form can set labels in the name of somebody who may not (threats T01).
 */
async function labelRequests(
  epic: ask.IssueAnswer,
  config: Config,
  taken: Journal['taken'],
  people: People,
): Promise<readonly Request[]> {
  const requests: Request[] = [];
  for (const label of COMMAND_LABELS) {
    const name = labelName(config, label);
    if (!epic.labels.nodes.some((each) => each.name === name)) continue;
    const event = epic.timelineItems?.nodes.findLast((each) => each.label?.name === name);
    const id = `label:${event?.id ?? `${label}@${epic.updatedAt}`}`;
    if (taken[id]) continue;
    requests.push({
      id,
      at: instant(Date.parse(event?.createdAt ?? epic.updatedAt)),
      by: await people.person(event?.actor ?? null),
      asked: { kind: 'command', command: label === 'dry-run' ? { kind: 'execute', dryRun: true } : { kind: label } },
      from: { kind: 'label', name, issue: issueNumber(epic.number) },
    });
  }
  return requests;
}

/** Taking the blocked label off a segment by hand is a retry (SPEC R3.3). Swarm takes it off too; that asks for nothing. */
async function unblockRequests(
  { epic, issues }: RawIssues,
  config: Config,
  taken: Journal['taken'],
  people: People,
): Promise<readonly Request[]> {
  const name = labelName(config, 'blocked');
  const requests: Request[] = [];
  for (const issue of [epic, ...issues]) {
    const timeline = issue === epic ? epic.unlabeled : issue.timelineItems;
    const event = timeline?.nodes.findLast((each) => each.label?.name === name && each.actor?.__typename === 'User');
    if (!event || taken[`label:${event.id}`] || issue.labels.nodes.some((each) => each.name === name)) continue;
    const number = issueNumber(issue.number);
    requests.push({
      id: `label:${event.id}`,
      at: instant(Date.parse(event.createdAt)),
      by: await people.person(event.actor),
      asked: { kind: 'command', command: issue === epic ? { kind: 'retry' } : { kind: 'retry', segment: number } },
      from: { kind: 'label', name, issue: number },
    });
  }
  return requests;
}

// ── Before anything starts ──────────────────────────────────────────────────────────────────────────────────────────

async function preflight(
  looking: Looking,
  answer: NonNullable<ask.EpicAnswer['repository']>,
  configText: ConfigText,
  detail: ask.DetailAnswer,
  base: string,
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  const error = (problem: Diagnostic['problem']) => found.push({ level: 'error', problem });
  if (configText.ambiguous) error({ kind: 'CONFIG_AMBIGUOUS', files: CONFIG_FILES });
  if (!answer.workflow) error({ kind: 'WORKFLOW_MISSING', file: WORKFLOW_FILE });
  if (!answer.segmentWorkflow) error({ kind: 'WORKFLOW_MISSING', file: SEGMENT_WORKFLOW_FILE });
  if (!detail.repository?.base) error({ kind: 'BASE_MISSING', branch: base });
  const disabled = await looking.answers.isDisabled();
  if (disabled === 'yes') error({ kind: 'DISABLED' });
  // In a workflow the job's own condition reads it, and its token may not.
  if (disabled === 'cannot tell' && looking.killSwitch === 'variable') {
    const why = 'without it the variable SWARM_DISABLED stops nothing; swarm:cancel on an epic still does';
    found.push({
      level: 'warning',
      problem: { kind: 'PERMISSION_MISSING', permission: 'actions_variables: read', why },
    });
  }
  return found;
}

const foreignIssues = (raw: RawIssues): readonly Diagnostic[] =>
  raw.foreign.map((issue) => {
    const [owner = '', name = ''] = issue.repository.nameWithOwner.split('/');
    const ref: IssueRef = { number: issueNumber(issue.number), repository: { owner, name } };
    return { level: 'warning', problem: { kind: 'UNKNOWN_ISSUE', at: { issue: issueNumber(raw.epic.number) }, ref } };
  });

/** The kill switch: the repository variable `SWARM_DISABLED`. */
async function isDisabled(client: Client, repository: RepositoryName): Promise<'yes' | 'no' | 'cannot tell'> {
  try {
    const { data } = await client.request('GET /repos/{owner}/{repo}/actions/variables/{name}', {
      ...inRepository(repository),
      name: 'SWARM_DISABLED',
    });
    return data.value !== '' && data.value !== 'false' ? 'yes' : 'no';
  } catch (error) {
    if (error instanceof GitHubRefused && error.status === 404) return 'no';
    if (error instanceof GitHubRefused && error.status === 403) return 'cannot tell';
    throw error;
  }
}

/** The config's text on the default branch, for the jobs of a run. */
export async function readConfigText(client: Client, repository: RepositoryName): Promise<ConfigText> {
  const { repository: answer } = await client.queryWhatIsThere<{
    repository: { yml: { text: string | null } | null; yaml: { text: string | null } | null } | null;
  }>(ask.CONFIG, { ...repository });
  return {
    file: answer?.yml || !answer?.yaml ? CONFIG_FILES[0] : CONFIG_FILES[1],
    text: (answer?.yml ?? answer?.yaml)?.text ?? undefined,
    ambiguous: Boolean(answer?.yml && answer.yaml),
  };
}
