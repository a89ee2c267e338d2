/**
 * The calls that bots make, by GitHub's own client. Each has to have the status that GitHub documents, and each answer
 * has to fit GitHub's description as a closed one.
 */
import { Octokit } from '@octokit/rest';
import { Description } from './description.ts';
import { Checks, type Judge, type Verdict } from './judge.ts';
import { NAME, OWNER, openShop, type Shop } from './shop.ts';

const R = { owner: OWNER, repo: NAME } as const;

export const rest: Judge = {
  name: 'rest',
  about: 'calls by Octokit: the status, and the answer by GitHub’s OpenAPI description, closed',
  async run(): Promise<Verdict> {
    const shop = await openShop();
    try {
      const calls = new Calls(shop);
      await callAll(calls, shop);
      return { kind: 'judged', checks: calls.checks.all, by: calls.description.source };
    } finally {
      await shop.close();
    }
  },
};

interface Answer {
  readonly operation: string;
  readonly status: number;
  readonly body: unknown;
}

/** Makes calls one after another and judges each by the last answer that came. */
class Calls {
  readonly checks = new Checks();
  readonly description = new Description();
  readonly #shop: Shop;
  #last: Answer | undefined;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  client(auth?: string): Octokit {
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const octokit = new Octokit({ baseUrl: this.#shop.emulator.url, log, ...(auth && { auth }) });
    octokit.hook.wrap('request', async (request, options) => {
      const operation = `${options.method} ${options.url.replace(this.#shop.emulator.url, '')}`;
      try {
        const response = await request(options);
        this.#last = { operation, status: response.status, body: response.data };
        return response;
      } catch (error) {
        const status = Number((error as { status?: unknown }).status);
        const body = (error as { response?: { data?: unknown } }).response?.data;
        this.#last = { operation, status, body };
        throw error;
      }
    });
    return octokit;
  }

  /** Makes a call and judges it. Undefined if it was refused. */
  async expect<Data>(
    name: string,
    status: number,
    call: () => Promise<{ readonly data: Data }>,
  ): Promise<Data | undefined> {
    this.#last = undefined;
    const { unimplemented } = this.#shop.emulator;
    const before = unimplemented.length;
    let data: Data | undefined;
    try {
      ({ data } = await call());
    } catch (error) {
      if (this.#last === undefined) this.checks.note(name, false, error);
    }
    const answer = this.#last as Answer | undefined;
    if (answer === undefined) return undefined;
    if (unimplemented.length > before) {
      this.checks.notModelled(name, unimplemented.slice(before).join('; '));
      return undefined;
    }
    const isRight = answer.status === status;
    const problems = status < 300 && isRight && isJson(answer.body) ? this.#problems(answer) : [];
    const seen = isRight ? problems.join('; ') : `${answer.status} ${JSON.stringify(answer.body)}`;
    this.checks.note(name, isRight && problems.length === 0, seen);
    return data;
  }

  #problems({ operation, status, body }: Answer): readonly string[] {
    return this.description.problemsOf(operation, status, body) ?? [`${operation} is not described`];
  }
}

/** Archives and logs are bytes, which no schema describes. */
const isJson = (body: unknown): boolean => !(body instanceof ArrayBuffer) && typeof body !== 'string';

async function callAll(calls: Calls, shop: Shop): Promise<void> {
  const { tokens, runner } = shop;
  const [ana, bob, rita] = [calls.client(tokens.ana), calls.client(tokens.bob), calls.client(tokens.rita)];
  const [app, anybody] = [calls.client(tokens.app), calls.client()];
  const check = calls.expect.bind(calls);
  const main = (await ana.git.getRef({ ...R, ref: 'heads/main' })).data.object.sha;

  await check('repos.get', 200, () => ana.repos.get(R));

  // ── issues ──────────────────────────────────────────────────────────────────────────────────────────────────────
  const epic = await check('issues.create', 201, () =>
    ana.issues.create({ ...R, title: 'Epic', body: 'x', labels: ['epic'], assignees: ['bob'] }),
  );
  const part = await check('issues.create without more', 201, () => ana.issues.create({ ...R, title: 'Part' }));
  const [first, second] = [
    { ...R, issue_number: epic?.number ?? 0 },
    { ...R, issue_number: part?.number ?? 0 },
  ];
  await check('issues.get', 200, () => ana.issues.get(first));
  await check('issues.listForRepo', 200, () => ana.issues.listForRepo({ ...R, labels: 'epic', state: 'all' }));
  await check('issues.update', 200, () => ana.issues.update({ ...second, title: 'Part two', body: 'b' }));
  await check('issues.lock', 204, () => ana.issues.lock({ ...second, lock_reason: 'resolved' }));
  await check('issues.unlock', 204, () => ana.issues.unlock(second));
  await check('issues.addLabels', 200, () => ana.issues.addLabels({ ...first, labels: ['ready'] }));
  await check('issues.removeLabel', 200, () => ana.issues.removeLabel({ ...first, name: 'ready' }));
  await check('issues.listLabelsForRepo', 200, () => ana.issues.listLabelsForRepo(R));
  await check('issues.createLabel', 201, () => ana.issues.createLabel({ ...R, name: 'z', color: 'ff0000' }));
  const comment = await check('issues.createComment', 201, () => ana.issues.createComment({ ...first, body: 'hi' }));
  await check('issues.listComments', 200, () => ana.issues.listComments(first));
  await check('issues.updateComment', 200, () =>
    ana.issues.updateComment({ ...R, comment_id: comment?.id ?? 0, body: 'ho' }),
  );
  await check('issues.listEvents', 200, () => ana.issues.listEvents(first));
  await check('issues.listEventsForTimeline', 200, () => ana.issues.listEventsForTimeline(first));
  await check('issues.listAssignees', 200, () => ana.issues.listAssignees(R));
  await check('issues.listMilestones', 200, () => ana.issues.listMilestones(R));
  await check('issues.createMilestone', 201, () => ana.issues.createMilestone({ ...R, title: 'm' }));
  await check('issues.addSubIssue', 201, () => ana.issues.addSubIssue({ ...first, sub_issue_id: part?.id ?? 0 }));
  await check('issues.listSubIssues', 200, () => ana.issues.listSubIssues(first));
  await check('issues.getParent', 200, () => ana.issues.getParent(second));
  await check('issues.addBlockedByDependency', 201, () =>
    ana.issues.addBlockedByDependency({ ...second, issue_id: epic?.id ?? 0 }),
  );
  await check('issues.listDependenciesBlockedBy', 200, () => ana.issues.listDependenciesBlockedBy(second));
  await check('reactions.createForIssue', 201, () => ana.reactions.createForIssue({ ...first, content: 'eyes' }));

  // ── git and files ───────────────────────────────────────────────────────────────────────────────────────────────
  await check('git.createRef', 201, () => ana.git.createRef({ ...R, ref: 'refs/heads/b', sha: main }));
  const blob = await check('git.createBlob', 201, () => ana.git.createBlob({ ...R, content: 'hello' }));
  const file = { path: 'n.txt', mode: '100644', type: 'blob', content: 'n' } as const;
  const tree = await check('git.createTree', 201, () => ana.git.createTree({ ...R, base_tree: main, tree: [file] }));
  const commit = await check('git.createCommit', 201, () =>
    ana.git.createCommit({ ...R, message: 'm', tree: tree?.sha ?? '', parents: [main] }),
  );
  await check('git.updateRef', 200, () => ana.git.updateRef({ ...R, ref: 'heads/b', sha: commit?.sha ?? '' }));
  await check('git.getTree', 200, () => ana.git.getTree({ ...R, tree_sha: main, recursive: '1' }));
  await check('git.getCommit', 200, () => ana.git.getCommit({ ...R, commit_sha: main }));
  await check('git.getBlob', 200, () => ana.git.getBlob({ ...R, file_sha: blob?.sha ?? '' }));
  await check('git.createTag', 201, () =>
    ana.git.createTag({ ...R, tag: 'v1', message: 'm', object: main, type: 'commit' }),
  );
  await check('repos.getContent', 200, () => ana.repos.getContent({ ...R, path: 'README.md' }));
  await check('repos.getContent of a folder', 200, () => ana.repos.getContent({ ...R, path: 'src' }));
  await check('repos.createOrUpdateFileContents', 201, () =>
    ana.repos.createOrUpdateFileContents({ ...R, path: 'a.txt', message: 'm', content: 'YQ==', branch: 'b' }),
  );
  await check('repos.compareCommitsWithBasehead', 200, () =>
    ana.repos.compareCommitsWithBasehead({ ...R, basehead: 'main...b' }),
  );
  await check('repos.listCommits', 200, () => ana.repos.listCommits(R));
  await check('repos.getCommit', 200, () => ana.repos.getCommit({ ...R, ref: 'main' }));
  await check('repos.getBranch', 200, () => ana.repos.getBranch({ ...R, branch: 'main' }));
  await check('repos.getBranchProtection, of a branch without', 404, () =>
    ana.repos.getBranchProtection({ ...R, branch: 'main' }),
  );
  await check('repos.getBranchRules', 200, () => ana.repos.getBranchRules({ ...R, branch: 'main' }));
  await check('repos.getRepoRulesets', 200, () => ana.repos.getRepoRulesets(R));
  await check('repos.getCollaboratorPermissionLevel', 200, () =>
    ana.repos.getCollaboratorPermissionLevel({ ...R, username: 'bob' }),
  );
  await check('repos.listTags', 200, () => ana.repos.listTags(R));
  await check('repos.getLatestRelease, of a repository without', 404, () => ana.repos.getLatestRelease(R));
  await check('repos.createRelease', 201, () => ana.repos.createRelease({ ...R, tag_name: 'v9' }));

  // ── pull requests and checks ────────────────────────────────────────────────────────────────────────────────────
  const pull = await check('pulls.create', 201, () =>
    ana.pulls.create({ ...R, head: 'b', base: 'main', title: 'PR', body: 'Closes #2' }),
  );
  const [on, head] = [{ ...R, pull_number: pull?.number ?? 0 }, pull?.head.sha ?? ''];
  await check('pulls.get', 200, () => ana.pulls.get(on));
  await check('pulls.list', 200, () => ana.pulls.list(R));
  await check('pulls.listFiles', 200, () => ana.pulls.listFiles(on));
  await check('pulls.listCommits', 200, () => ana.pulls.listCommits(on));
  await check('pulls.createReview', 200, () => bob.pulls.createReview({ ...on, event: 'APPROVE', body: 'ok' }));
  await check('pulls.listReviews', 200, () => ana.pulls.listReviews(on));
  await check('pulls.createReviewComment', 201, () =>
    ana.pulls.createReviewComment({ ...on, body: 'c', path: 'n.txt', line: 1, commit_id: head }),
  );
  await check('pulls.requestReviewers', 201, () => ana.pulls.requestReviewers({ ...on, reviewers: ['rita'] }));
  const gate = await check('checks.create', 201, () =>
    app.checks.create({
      ...R,
      name: 'c',
      head_sha: head,
      status: 'completed',
      conclusion: 'success',
      output: { title: 't', summary: 's' },
    }),
  );
  await check('checks.listForRef', 200, () => ana.checks.listForRef({ ...R, ref: 'b' }));
  await check('checks.listSuitesForRef', 200, () => ana.checks.listSuitesForRef({ ...R, ref: 'b' }));
  await check('checks.rerequestRun', 201, () => app.checks.rerequestRun({ ...R, check_run_id: gate?.id ?? 0 }));
  await check('repos.createCommitStatus', 201, () =>
    ana.repos.createCommitStatus({ ...R, sha: main, state: 'success', context: 'ci/x' }),
  );
  await check('repos.getCombinedStatusForRef', 200, () => ana.repos.getCombinedStatusForRef({ ...R, ref: 'main' }));
  await check('pulls.merge', 200, () => ana.pulls.merge({ ...on, merge_method: 'squash' }));
  await check('git.deleteRef', 204, () => ana.git.deleteRef({ ...R, ref: 'heads/b' }));

  // ── actions ─────────────────────────────────────────────────────────────────────────────────────────────────────
  await check('actions.createWorkflowDispatch', 204, () =>
    ana.actions.createWorkflowDispatch({ ...R, workflow_id: 'ci.yml', ref: 'main' }),
  );
  await runner?.idle();
  const runs = await check('actions.listWorkflowRunsForRepo', 200, () => ana.actions.listWorkflowRunsForRepo(R));
  const run = { ...R, run_id: runs?.workflow_runs[0]?.id ?? 0 };
  await check('actions.getWorkflowRun', 200, () => ana.actions.getWorkflowRun(run));
  const jobs = await check('actions.listJobsForWorkflowRun', 200, () => ana.actions.listJobsForWorkflowRun(run));
  const job = { ...R, job_id: jobs?.jobs[0]?.id ?? 0 };
  await check('actions.downloadJobLogsForWorkflowRun', 200, () => ana.actions.downloadJobLogsForWorkflowRun(job));
  await check('actions.downloadWorkflowRunLogs', 200, () => ana.actions.downloadWorkflowRunLogs(run));
  await check('actions.reRunWorkflow', 201, () => ana.actions.reRunWorkflow(run));
  await runner?.idle();
  await check('actions.reRunJobForWorkflowRun', 201, () => ana.actions.reRunJobForWorkflowRun(job));
  await runner?.idle();
  await check('actions.cancelWorkflowRun, of one that is over', 409, () => ana.actions.cancelWorkflowRun(run));
  await check('actions.getWorkflowRunUsage', 200, () => ana.actions.getWorkflowRunUsage(run));
  await check('actions.listWorkflowRunArtifacts', 200, () => ana.actions.listWorkflowRunArtifacts(run));
  await check('actions.deleteWorkflowRun', 204, () => ana.actions.deleteWorkflowRun(run));
  await check('actions.listRepoWorkflows', 200, () => ana.actions.listRepoWorkflows(R));
  await check('actions.createRepoVariable', 201, () => ana.actions.createRepoVariable({ ...R, name: 'V', value: '1' }));
  await check('actions.getRepoVariable', 200, () => ana.actions.getRepoVariable({ ...R, name: 'V' }));
  await check('actions.listRepoSecrets', 200, () => ana.actions.listRepoSecrets(R));
  const key = await check('actions.getRepoPublicKey', 200, () => ana.actions.getRepoPublicKey(R));
  await check('actions.createOrUpdateRepoSecret, of a value that is not sealed', 422, () =>
    ana.actions.createOrUpdateRepoSecret({
      ...R,
      secret_name: 'S',
      encrypted_value: 'YQ==',
      key_id: key?.key_id ?? '1',
    }),
  );
  await check('repos.createDispatchEvent', 204, () =>
    ana.repos.createDispatchEvent({ ...R, event_type: 'x', client_payload: { a: 1 } }),
  );

  // ── the rest ────────────────────────────────────────────────────────────────────────────────────────────────────
  await check('search.issuesAndPullRequests', 200, () =>
    ana.search.issuesAndPullRequests({ q: `repo:${OWNER}/${NAME} is:issue` }),
  );
  await check('search.code', 200, () => ana.search.code({ q: `a repo:${OWNER}/${NAME}` }));
  await check('users.getAuthenticated', 200, () => ana.users.getAuthenticated());
  await check('users.getByUsername', 200, () => ana.users.getByUsername({ username: 'bob' }));
  await check('repos.listForAuthenticatedUser', 200, () => ana.repos.listForAuthenticatedUser());
  await check('orgs.get', 200, () => ana.orgs.get({ org: OWNER }));
  await check('orgs.listMembers', 200, () => ana.orgs.listMembers({ org: OWNER }));
  await check('teams.list', 200, () => ana.teams.list({ org: OWNER }));
  await check('apps.listReposAccessibleToInstallation', 200, () => app.apps.listReposAccessibleToInstallation());
  await check('rateLimit.get', 200, () => ana.rateLimit.get());
  await check('meta.get', 200, () => ana.meta.get());
  await check('repos.listWebhooks', 200, () => ana.repos.listWebhooks(R));
  await check('repos.merge, of what is there already', 204, () => ana.repos.merge({ ...R, base: 'main', head: main }));
  await check('repos.getReadme', 200, () => ana.repos.getReadme(R));
  await check('repos.downloadTarballArchive', 200, () => ana.repos.downloadTarballArchive({ ...R, ref: 'main' }));
  await check('repos.createFork', 202, () => ana.repos.createFork(R));
  await check('repos.update', 200, () => ana.repos.update({ ...R, description: 'd' }));
  await check(
    'repos.createDeployment',
    201,
    (): Promise<{ data: unknown }> =>
      ana.repos.createDeployment({ ...R, ref: 'main', auto_merge: false, required_contexts: [] }),
  );
  await check('orgs.listIssueTypes', 200, () => ana.orgs.listIssueTypes({ org: OWNER }));

  // ── refusals ────────────────────────────────────────────────────────────────────────────────────────────────────
  await check('issues.get, of none', 404, () => ana.issues.get({ ...R, issue_number: 999 }));
  await check('pulls.create, without a commit', 422, () =>
    ana.pulls.create({ ...R, head: 'main', base: 'main', title: 't' }),
  );
  await check('git.createRef, of one that is there', 422, () =>
    ana.git.createRef({ ...R, ref: 'refs/heads/main', sha: main }),
  );
  await check('repos.createOrUpdateFileContents, of an old file', 409, () =>
    ana.repos.createOrUpdateFileContents({
      ...R,
      path: 'README.md',
      message: 'm',
      content: 'YQ==',
      sha: main,
      branch: 'main',
    }),
  );
  await check('issues.addLabels, with read access', 403, () => rita.issues.addLabels({ ...first, labels: ['x'] }));
  await check('issues.createComment, signed out', 401, () => anybody.issues.createComment({ ...first, body: 'x' }));
}
