/** Check runs, commit statuses, workflow runs, jobs and artifacts as REST and webhooks show them. */
import { createHash } from 'node:crypto';
import type { Artifact, CheckRun, CommitStatus, Job, PushedCommit, Run, Workflow } from '#emulator/model/records';
import { pullsOf } from '#emulator/model/repository';
import {
  htmlUrl,
  type Json,
  repoUrl,
  type Site,
  showApp,
  showPullMinimal,
  showSimpleRepository,
  showUser,
} from './objects.ts';

export function showCheckRun(site: Site, checkRun: CheckRun): Json {
  const { repository } = checkRun;
  const url = `${repoUrl(site, repository)}/check-runs/${checkRun.id}`;
  const pulls = pullsOf(repository).filter((pull) => pull.headSha === checkRun.headSha);
  return {
    id: checkRun.id,
    name: checkRun.name,
    node_id: checkRun.nodeId,
    head_sha: checkRun.headSha,
    external_id: checkRun.externalId,
    url,
    html_url: `${htmlUrl(site, repository)}/runs/${checkRun.id}`,
    details_url: checkRun.detailsUrl ?? `${htmlUrl(site, repository)}/runs/${checkRun.id}`,
    status: checkRun.status,
    conclusion: checkRun.conclusion,
    started_at: checkRun.startedAt,
    completed_at: checkRun.completedAt,
    output: {
      ...checkRun.output,
      annotations_count: checkRun.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: checkRun.suite.id },
    app: showApp(site, checkRun.app),
    pull_requests: pulls.map((pull) => showPullMinimal(site, pull)),
  };
}

export function showStatus(site: Site, status: CommitStatus): Json {
  return {
    url: `${repoUrl(site, status.repository)}/statuses/${status.sha}`,
    avatar_url: `${site.url}/avatars/u/${status.creator.id}?v=4`,
    id: status.id,
    node_id: status.nodeId,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}

export function showWorkflow(site: Site, workflow: Workflow): Json {
  const { repository } = workflow;
  const file = workflow.path.slice(workflow.path.lastIndexOf('/') + 1);
  return {
    id: workflow.id,
    node_id: workflow.nodeId,
    name: workflow.name,
    path: workflow.path,
    state: workflow.state,
    created_at: workflow.createdAt,
    updated_at: workflow.updatedAt,
    url: `${repoUrl(site, repository)}/actions/workflows/${workflow.id}`,
    html_url: `${htmlUrl(site, repository)}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${htmlUrl(site, repository)}/actions/workflows/${file}/badge.svg`,
  };
}

export function showCommitInRun(commit: PushedCommit): Json {
  const { id, treeId, message, timestamp, author, committer } = commit;
  return { id, tree_id: treeId, message, timestamp, author, committer };
}

export function showRun(site: Site, run: Run): Json {
  const { repository, workflow } = run;
  const url = `${repoUrl(site, repository)}/actions/runs/${run.id}`;
  const previous = run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null;
  return {
    id: run.id,
    name: workflow.name,
    node_id: run.nodeId,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: workflow.path,
    display_title: run.displayTitle,
    run_number: run.number,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: workflow.id,
    check_suite_id: run.suite.id,
    check_suite_node_id: run.suite.nodeId,
    url,
    html_url: `${htmlUrl(site, repository)}/actions/runs/${run.id}`,
    pull_requests: run.pulls.map((pull) => showPullMinimal(site, pull)),
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    actor: showUser(site, run.actor),
    run_attempt: run.attempt,
    referenced_workflows: [],
    run_started_at: run.startedAt,
    triggering_actor: showUser(site, run.triggeringActor),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repoUrl(site, repository)}/check-suites/${run.suite.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: previous,
    workflow_url: `${repoUrl(site, repository)}/actions/workflows/${workflow.id}`,
    head_commit: showCommitInRun(run.headCommit),
    repository: showSimpleRepository(site, repository),
    head_repository: showSimpleRepository(site, repository),
  };
}

export const isExpired = ({ expiresAt }: Artifact, nowMs: number): boolean => Date.parse(expiresAt) <= nowMs;

export function showArtifact(site: Site, artifact: Artifact, nowMs: number): Json {
  const { id, run, content } = artifact;
  const { repository } = run;
  const url = `${repoUrl(site, repository)}/actions/artifacts/${id}`;
  return {
    id,
    node_id: artifact.nodeId,
    name: artifact.name,
    size_in_bytes: content.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: isExpired(artifact, nowMs),
    digest: `sha256:${createHash('sha256').update(content).digest('hex')}`,
    created_at: artifact.createdAt,
    updated_at: artifact.createdAt,
    expires_at: artifact.expiresAt,
    workflow_run: {
      id: run.id,
      repository_id: repository.id,
      head_repository_id: repository.id,
      head_branch: run.headBranch,
      head_sha: run.headSha,
    },
  };
}

export function showJob(site: Site, job: Job): Json {
  const { run } = job;
  const { repository } = run;
  const api = repoUrl(site, repository);
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: run.workflow.name,
    head_branch: run.headBranch,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: job.attempt,
    node_id: job.nodeId,
    head_sha: run.headSha,
    url: `${api}/actions/jobs/${job.id}`,
    html_url: `${htmlUrl(site, repository)}/actions/runs/${run.id}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: job.createdAt,
    started_at: job.startedAt,
    completed_at: job.completedAt,
    name: job.name,
    steps: job.steps.map((step) => ({
      name: step.name,
      status: step.status === 'pending' ? 'queued' : step.status,
      conclusion: step.conclusion,
      number: step.number,
      started_at: step.startedAt,
      completed_at: step.completedAt,
    })),
    check_run_url: `${api}/check-runs/${job.checkRun.id}`,
    labels: job.labels,
    runner_id: job.runnerName === null ? null : 1,
    runner_name: job.runnerName,
    runner_group_id: job.runnerName === null ? null : 1,
    runner_group_name: job.runnerName === null ? null : 'GitHub Actions',
  };
}
