/** What is reported about commits, as REST and webhooks show it: check runs, statuses, workflow runs, jobs, artifacts. */
import { createHash } from 'node:crypto';
import { htmlUrl, type Json, repoUrl, showApp, showPullMinimal, showSimpleRepository, showUser } from './shapes.ts';
import type { Artifact, CheckRun, CommitStatus, Job, PushedCommit, Run, Workflow } from './state.ts';
import type { World } from './world.ts';

export function showCheckRun(world: World, checkRun: CheckRun): Json {
  const { repository } = checkRun;
  const url = `${repoUrl(world, repository)}/check-runs/${checkRun.id}`;
  const pulls = world.pulls.all(repository).filter((pull) => pull.headSha === checkRun.headSha);
  return {
    id: checkRun.id,
    name: checkRun.name,
    node_id: checkRun.nodeId,
    head_sha: checkRun.headSha,
    external_id: checkRun.externalId,
    url,
    html_url: `${htmlUrl(world, repository)}/runs/${checkRun.id}`,
    details_url: checkRun.detailsUrl ?? `${htmlUrl(world, repository)}/runs/${checkRun.id}`,
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
    app: showApp(world, checkRun.app),
    pull_requests: pulls.map((pull) => showPullMinimal(world, pull)),
  };
}

export function showStatus(world: World, status: CommitStatus): Json {
  return {
    url: `${repoUrl(world, status.repository)}/statuses/${status.sha}`,
    avatar_url: `${world.url}/avatars/u/${status.creator.id}?v=4`,
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

export function showWorkflow(world: World, workflow: Workflow): Json {
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
    url: `${repoUrl(world, repository)}/actions/workflows/${workflow.id}`,
    html_url: `${htmlUrl(world, repository)}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${htmlUrl(world, repository)}/actions/workflows/${file}/badge.svg`,
  };
}

export function showCommitInRun(commit: PushedCommit): Json {
  const { id, treeId, message, timestamp, author, committer } = commit;
  return { id, tree_id: treeId, message, timestamp, author, committer };
}

export function showRun(world: World, run: Run): Json {
  const { repository, workflow } = run;
  const url = `${repoUrl(world, repository)}/actions/runs/${run.id}`;
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
    html_url: `${htmlUrl(world, repository)}/actions/runs/${run.id}`,
    pull_requests: run.pulls.map((pull) => showPullMinimal(world, pull)),
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    actor: showUser(world, run.actor),
    run_attempt: run.attempt,
    referenced_workflows: [],
    run_started_at: run.startedAt,
    triggering_actor: showUser(world, run.triggeringActor),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repoUrl(world, repository)}/check-suites/${run.suite.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: previous,
    workflow_url: `${repoUrl(world, repository)}/actions/workflows/${workflow.id}`,
    head_commit: showCommitInRun(run.headCommit),
    repository: showSimpleRepository(world, repository),
    head_repository: showSimpleRepository(world, repository),
  };
}

export const isExpired = (world: World, { expiresAt }: Artifact): boolean => Date.parse(expiresAt) <= world.clock.now();

export function showArtifact(world: World, artifact: Artifact): Json {
  const { id, run, archive } = artifact;
  const { repository } = run;
  const url = `${repoUrl(world, repository)}/actions/artifacts/${id}`;
  return {
    id,
    node_id: artifact.nodeId,
    name: artifact.name,
    size_in_bytes: archive.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: isExpired(world, artifact),
    digest: `sha256:${createHash('sha256').update(archive).digest('hex')}`,
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

export function showJob(world: World, job: Job): Json {
  const { run } = job;
  const { repository } = run;
  const api = repoUrl(world, repository);
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
    html_url: `${htmlUrl(world, repository)}/actions/runs/${run.id}/job/${job.id}`,
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
