/**
 * Check runs and commit statuses, and the overall state of a commit.
 */
import { pushedCommit } from '#emulator/git/commits';
import { nodeIdOf } from '#emulator/model/ids';
import type {
  Actor,
  App,
  BranchRule,
  CheckAnnotation,
  CheckRun,
  CheckState,
  CheckSuite,
  CommitStatus,
  Conclusion,
  Repository,
} from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import type { GitHubBase } from './base.ts';

export interface CheckRunChange {
  readonly name?: string;
  readonly status?: CheckState;
  readonly conclusion?: Conclusion;
  readonly startedAt?: string;
  readonly completedAt?: string;
  readonly detailsUrl?: string;
  readonly externalId?: string;
  readonly output?: {
    readonly title?: string | null;
    readonly summary?: string | null;
    readonly text?: string | null;
    readonly annotations?: readonly CheckAnnotation[];
  };
  readonly actions?: CheckRun['actions'];
}

/** The overall state of a commit, as GraphQL's `StatusCheckRollup.state` shows it. */
export type Rollup = 'EXPECTED' | 'ERROR' | 'FAILURE' | 'PENDING' | 'SUCCESS';

const GOOD: ReadonlySet<Conclusion> = new Set(['success', 'neutral', 'skipped']);

export class Checks {
  readonly #base: GitHubBase;

  constructor(base: GitHubBase) {
    this.#base = base;
  }

  /** The suite of an app's check runs on a commit. Each workflow run has a suite of its own. */
  suite(
    repository: Repository,
    app: App,
    headSha: string,
    more: { readonly headBranch?: string | null; readonly runId?: number } = {},
  ): CheckSuite {
    const runId = more.runId ?? null;
    const known = repository.checkSuites.find(
      (suite) => suite.app === app && suite.headSha === headSha && suite.runId === runId,
    );
    if (known) return known;
    const id = this.#base.nextId('suite');
    const at = this.#base.now();
    const pull = [...repository.issues.values()].find((issue) => issue.pull?.headSha === headSha)?.pull;
    const suite: CheckSuite = {
      id,
      nodeId: nodeIdOf('suite', id),
      repository,
      app,
      headSha,
      headBranch: more.headBranch ?? pull?.headRef ?? null,
      runId,
      createdAt: at,
      updatedAt: at,
    };
    repository.checkSuites.push(suite);
    this.#base.remember(suite.nodeId, { kind: 'CheckSuite', suite });
    return suite;
  }

  /**
   * Creates a check run. Only apps may do so; a job token acts as the app GitHub Actions.
   *
   * GitHub files it under the app's first suite of the commit. For a job token that is the suite of the first workflow run
   * on the commit, of whichever workflow, and not the suite of the run that the token belongs to.
   */
  create(
    actor: Actor,
    repository: Repository,
    headSha: string,
    wanted: CheckRunChange & { readonly name: string },
  ): CheckRun {
    if (actor.kind === 'user') {
      throw new Refusal(403, 'You must authenticate via a GitHub App.');
    }
    const first = repository.checkSuites.find((suite) => suite.app === actor.app && suite.headSha === headSha);
    return this.createFor(actor, repository, first ?? this.suite(repository, actor.app, headSha), wanted);
  }

  /** Creates a check run in a given suite. The runner uses it, because each job is a check run. */
  createFor(
    actor: Actor,
    repository: Repository,
    suite: CheckSuite,
    wanted: CheckRunChange & { readonly name: string },
  ): CheckRun {
    const id = this.#base.nextId('checkRun');
    const at = this.#base.now();
    const checkRun: CheckRun = {
      id,
      nodeId: nodeIdOf('checkRun', id),
      repository,
      suite,
      app: suite.app,
      name: wanted.name,
      headSha: suite.headSha,
      status: 'queued',
      conclusion: null,
      detailsUrl: null,
      externalId: '',
      createdAt: at,
      startedAt: at,
      completedAt: null,
      output: { title: null, summary: null, text: null },
      annotations: [],
      actions: [],
    };
    repository.checkRuns.push(checkRun);
    this.#base.remember(checkRun.nodeId, { kind: 'CheckRun', checkRun });
    this.#change(checkRun, wanted);
    this.#base.emit(actor, repository, { kind: 'check_run', action: 'created', checkRun });
    if (checkRun.status === 'completed') {
      this.#base.emit(actor, repository, { kind: 'check_run', action: 'completed', checkRun });
    }
    return checkRun;
  }

  update(actor: Actor, checkRun: CheckRun, wanted: CheckRunChange): CheckRun {
    const was = checkRun.status;
    this.#change(checkRun, wanted);
    if (checkRun.status === 'completed' && was !== 'completed') {
      this.#base.emit(actor, checkRun.repository, { kind: 'check_run', action: 'completed', checkRun });
    }
    return checkRun;
  }

  byId(repository: Repository, id: number): CheckRun | undefined {
    return repository.checkRuns.find((run) => run.id === id);
  }

  /** A commit's check runs, oldest first. `latest` returns only the newest of each name in each suite. */
  runsOn(repository: Repository, sha: string, filter: 'latest' | 'all' = 'latest'): CheckRun[] {
    const all = repository.checkRuns.filter((run) => run.headSha === sha);
    if (filter === 'all') return all;
    const newest = new Map(all.map((run) => [`${run.suite.id} ${run.name}`, run]));
    return all.filter((run) => newest.get(`${run.suite.id} ${run.name}`) === run);
  }

  /** Sets a status on a commit, which must exist. */
  async setStatus(
    actor: Actor,
    repository: Repository,
    sha: string,
    wanted: Pick<CommitStatus, 'state' | 'context' | 'description' | 'targetUrl'>,
  ): Promise<CommitStatus> {
    const git = await this.#base.git(repository);
    const commit = await pushedCommit(git, sha);
    const id = this.#base.nextId('status');
    const nodeId = nodeIdOf('status', id);
    const createdAt = this.#base.now();
    const status: CommitStatus = { ...wanted, id, nodeId, repository, sha, creator: actor.user, createdAt };
    const heads = await git.listRefs('refs/heads/');
    const branches = heads.filter((ref) => ref.oid === sha).map((ref) => ref.name.slice('refs/heads/'.length));
    repository.statuses.push(status);
    this.#base.remember(nodeId, { kind: 'StatusContext', status });
    this.#base.emit(actor, repository, { kind: 'status', status, commit, branches });
    return status;
  }

  /** A commit's statuses, newest first. */
  statusesOn(repository: Repository, sha: string): CommitStatus[] {
    return repository.statuses.filter((status) => status.sha === sha).reverse();
  }

  /** The newest status of each context. */
  latestStatuses(repository: Repository, sha: string): CommitStatus[] {
    const newest = new Map<string, CommitStatus>();
    for (const status of repository.statuses) if (status.sha === sha) newest.set(status.context, status);
    return [...newest.values()];
  }

  /** The overall state of a commit's statuses and check runs, or null if there are none. */
  rollup(repository: Repository, sha: string): Rollup | null {
    const runs = this.runsOn(repository, sha);
    const statuses = this.latestStatuses(repository, sha);
    if (runs.length + statuses.length === 0) return null;
    if (statuses.some((status) => status.state === 'error')) return 'ERROR';
    if (
      statuses.some((status) => status.state === 'failure') ||
      runs.some((run) => run.conclusion !== null && !GOOD.has(run.conclusion))
    ) {
      return 'FAILURE';
    }
    if (statuses.some((status) => status.state === 'pending') || runs.some((run) => run.status !== 'completed')) {
      return 'PENDING';
    }
    return 'SUCCESS';
  }

  /** The required checks that have not passed on this commit. A check that was not reported has not passed. */
  missing(repository: Repository, sha: string, rules: readonly BranchRule[]): string[] {
    const runs = this.runsOn(repository, sha);
    const statuses = this.latestStatuses(repository, sha);
    return rules
      .flatMap((rule) => rule.requiredChecks)
      .filter(({ context, appId }) => {
        const run = runs.filter((one) => one.name === context && (appId === null || one.app.id === appId)).at(-1);
        if (run) return run.conclusion === null || !GOOD.has(run.conclusion);
        return statuses.find((status) => status.context === context)?.state !== 'success';
      })
      .map(({ context }) => context);
  }

  #change(checkRun: CheckRun, wanted: CheckRunChange): void {
    const { output } = wanted;
    for (const [field, text] of Object.entries({ summary: output?.summary, text: output?.text })) {
      if (text && [...text].length > 65_535) {
        const message = `${field} exceeds a maximum bytesize of 65535`;
        throw new Refusal(422, 'Validation Failed', [{ resource: 'CheckRun', code: 'custom', field, message }]);
      }
    }
    if (wanted.name !== undefined) checkRun.name = wanted.name;
    if (wanted.status) checkRun.status = wanted.status;
    if (wanted.startedAt) checkRun.startedAt = wanted.startedAt;
    if (wanted.detailsUrl !== undefined) checkRun.detailsUrl = wanted.detailsUrl;
    if (wanted.externalId !== undefined) checkRun.externalId = wanted.externalId;
    if (wanted.actions) checkRun.actions = wanted.actions;
    if (output) {
      const { title = checkRun.output.title, summary = checkRun.output.summary, text = checkRun.output.text } = output;
      checkRun.output = { title, summary, text };
      checkRun.annotations.push(...(output.annotations ?? []));
    }
    if (wanted.conclusion) {
      // Setting a conclusion completes the run (docs: "Update a check run").
      checkRun.conclusion = wanted.conclusion;
      checkRun.status = 'completed';
    }
    if (checkRun.status === 'completed') {
      if (!checkRun.conclusion) {
        throw new Refusal(422, 'Validation Failed', [
          { resource: 'CheckRun', code: 'missing_field', field: 'conclusion' },
        ]);
      }
      checkRun.completedAt = wanted.completedAt ?? checkRun.completedAt ?? this.#base.now();
    } else {
      checkRun.conclusion = null;
      checkRun.completedAt = null;
    }
    checkRun.suite.updatedAt = this.#base.now();
  }
}
