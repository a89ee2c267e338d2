/**
 * Converts the world's events to the events that trigger workflows, with their refs, commits and facts for filters
 * (GitHub, "Events that trigger workflows").
 */
import type { WorldEvent } from '#emulator/model/events';
import type { Repository, Run } from '#emulator/model/records';
import type { World } from '#emulator/world/world';
import type { RepositoryWorkflows } from './repository-workflows.ts';
import { asksToSkip, type TriggerFacts } from './triggers.ts';

/** An event that may trigger workflows. */
export type WorkflowEvent = {
  readonly event: string;
  readonly action: string | undefined;
  /** The value of `github.ref`. */
  readonly ref: string;
  /** The commit that the workflow files are read from. */
  readonly sha: string;
  readonly headBranch: string | null;
  readonly headSha: string;
  /** The ref that branch filters check, if the event has one. */
  readonly filterRef: string | undefined;
  readonly title: string | undefined;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly pulls: Run['pulls'];
  readonly changedFiles: () => Promise<readonly string[]>;
  readonly workflowName: string | undefined;
  readonly skip: boolean;
};

/** The events that workflows see for an event of the world, each with its ref and commit. */
export async function workflowEventsOf(
  world: World,
  files: RepositoryWorkflows,
  event: WorldEvent,
): Promise<WorkflowEvent[]> {
  const { repository } = event;
  const { installation: _, ...payload } = event.payload;
  const base = {
    event: event.kind as string,
    action: 'action' in event ? event.action : undefined,
    payload,
    pulls: [],
    filterRef: undefined,
    title: undefined,
    changedFiles: async () => [],
    workflowName: undefined,
    skip: false,
  };
  switch (event.kind) {
    case 'push': {
      if (/^0+$/.test(event.after)) return [];
      return [
        {
          ...base,
          ref: event.ref,
          sha: event.after,
          headSha: event.after,
          headBranch: event.ref.replace(/^refs\/(heads|tags)\//, ''),
          filterRef: event.ref,
          title: event.head?.message.split('\n')[0],
          skip: asksToSkip(event.head?.message ?? ''),
          changedFiles: async () =>
            event.commits.flatMap(({ added, removed, modified }) => [...added, ...removed, ...modified]),
        },
      ];
    }
    case 'create': {
      const ref = `refs/${event.refType === 'tag' ? 'tags' : 'heads'}/${event.name}`;
      const sha = await files.resolve(repository, ref);
      return sha === null ? [] : [{ ...base, ref, sha, headSha: sha, headBranch: event.name }];
    }
    case 'pull_request':
    case 'pull_request_review':
    case 'pull_request_review_comment': {
      const { pull } = event;
      const sha = pull.merged ? pull.mergeSha : await world.merges.testCommit(pull);
      const common = {
        ...base,
        headBranch: pull.headRef,
        headSha: pull.headSha,
        filterRef: `refs/heads/${pull.baseRef}`,
        title: pull.issue.title,
        pulls: [pull],
        changedFiles: () => files.changed(repository, pull.baseSha, pull.headSha),
      };
      const workflowEvents: WorkflowEvent[] = [];
      // Branches that conflict have no merge commit, and GitHub starts no run for them.
      if (sha !== null) {
        const ref = pull.merged ? `refs/heads/${pull.baseRef}` : `refs/pull/${pull.issue.number}/merge`;
        workflowEvents.push({ ...common, ref, sha });
      }
      const tip = event.kind === 'pull_request' ? await defaultSha(files, repository) : null;
      if (tip !== null) {
        const ref = `refs/heads/${repository.defaultBranch}`;
        workflowEvents.push({ ...common, event: 'pull_request_target', ref, sha: tip });
      }
      return workflowEvents;
    }
    case 'check_run':
      // Check runs of GitHub Actions start no workflows; otherwise each job could start another one.
      if (event.checkRun.app === world.actionsApp) return [];
      break;
    case 'workflow_run': {
      const workflowEvents = await onDefaultBranch(files, repository, base, undefined);
      const filterRef = event.run.headBranch === null ? undefined : `refs/heads/${event.run.headBranch}`;
      return workflowEvents.map((workflowEvent) => ({
        ...workflowEvent,
        filterRef,
        workflowName: event.run.workflow.name,
      }));
    }
    case 'issues':
    case 'issue_comment':
      return onDefaultBranch(files, repository, base, event.issue.title);
    case 'repository_dispatch':
      return onDefaultBranch(files, repository, base, event.action);
    case 'status':
    case 'label':
    case 'delete':
      break;
    default:
      // `sub_issues`, `issue_dependencies` and `workflow_job` only exist as webhooks.
      return [];
  }
  return onDefaultBranch(files, repository, base, undefined);
}

/** An event that uses the workflows of the default branch. */
export async function onDefaultBranch(
  files: RepositoryWorkflows,
  repository: Repository,
  base: Omit<WorkflowEvent, 'ref' | 'sha' | 'headSha' | 'headBranch'>,
  title: string | undefined,
): Promise<WorkflowEvent[]> {
  const sha = await defaultSha(files, repository);
  if (sha === null) return [];
  const { defaultBranch } = repository;
  return [{ ...base, title, ref: `refs/heads/${defaultBranch}`, sha, headSha: sha, headBranch: defaultBranch }];
}

function defaultSha(files: RepositoryWorkflows, repository: Repository): Promise<string | null> {
  return files.resolve(repository, `refs/heads/${repository.defaultBranch}`);
}

/** The facts that the filters of a trigger check. */
export function factsOf(workflowEvent: WorkflowEvent): TriggerFacts {
  const { event, action, changedFiles, workflowName } = workflowEvent;
  return { event, action, ref: workflowEvent.filterRef, changedFiles, workflowName };
}
