/** Creates the epic of a plan file as a person would: issues, sub-issues and links, one REST call at a time. */

import { issueBody, type PlanFile } from '#plans/plan-file';
import { type Api, ApiError, inRepo, type Repo } from './api.ts';

interface CreatedIssue {
  readonly number: number;
  /** Database id, which the routes for sub-issues and dependencies need. */
  readonly id: number;
}

export interface CreatedEpic {
  readonly number: number;
  /** Issue numbers by the segment's name in the plan file. */
  readonly segments: ReadonlyMap<string, number>;
}

/**
 * Creates the epic with its sub-issues and "blocked by" links. If GitHub refuses a link (a segment that blocks itself), the
 * issue's text gets a line `Blocked by #7` instead, so that swarm sees the dependency and reports it.
 */
export async function createEpic(api: Api, repo: Repo, plan: PlanFile): Promise<CreatedEpic> {
  const issues = `${inRepo(repo)}/issues`;
  const epic = await api.post<CreatedIssue>(issues, {
    title: plan.epic.title,
    body: plan.epic.body,
    labels: plan.epic.labels,
  });
  const created = new Map<string, CreatedIssue>();
  const numberOf = (name: string): number | undefined => created.get(name)?.number;
  for (const segment of plan.segments) {
    const issue = await api.post<CreatedIssue>(issues, {
      title: segment.title,
      body: issueBody(segment, numberOf),
      labels: segment.labels,
    });
    created.set(segment.name, issue);
    await api.post(`${issues}/${epic.number}/sub_issues`, { sub_issue_id: issue.id });
  }
  for (const segment of plan.segments) {
    const issue = created.get(segment.name);
    if (!issue) continue;
    const refused: number[] = [];
    for (const name of segment.blockedBy) {
      const blocker = created.get(name);
      if (!blocker) continue;
      await api.post(`${issues}/${issue.number}/dependencies/blocked_by`, { issue_id: blocker.id }).catch((error) => {
        if (!(error instanceof ApiError) || error.status !== 422) throw error;
        refused.push(blocker.number);
      });
    }
    // Segments later in the file got their numbers only now.
    const body = issueBody(segment, numberOf) + refused.map((number) => `\nBlocked by #${number}\n`).join('');
    if (refused.length > 0 || segment.conflictsWith.length > 0) await api.patch(`${issues}/${issue.number}`, { body });
  }
  return { number: epic.number, segments: new Map([...created].map(([name, { number }]) => [name, number])) };
}
