/** Makes the epic of a plan file by hand, so to speak: issues, sub-issues and links, one REST call at a time. */
import { type Api, ApiError, inRepo, type Repo } from './api.ts';
import { issueBody, type PlanFile } from './plan-file.ts';

interface Made {
  readonly number: number;
  /** Database id: what the sub-issue and dependency routes take. */
  readonly id: number;
}

export interface MadeEpic {
  readonly number: number;
  /** Issue number by the segment's name in the plan file. */
  readonly segments: ReadonlyMap<string, number>;
}

/**
 * The epic with its sub-issues and "blocked by" links. A link that GitHub refuses (a segment blocked by itself) is left
 * to the texts: `Blocked by #7` at the end of the issue says the same, and swarm judges it.
 */
export async function makeEpic(api: Api, repo: Repo, plan: PlanFile): Promise<MadeEpic> {
  const issues = `${inRepo(repo)}/issues`;
  const epic = await api.post<Made>(issues, { title: plan.epic.title, body: plan.epic.body, labels: plan.epic.labels });
  const made = new Map<string, Made>();
  const numberOf = (name: string): number | undefined => made.get(name)?.number;
  for (const segment of plan.segments) {
    const issue = await api.post<Made>(issues, {
      title: segment.title,
      body: issueBody(segment, numberOf),
      labels: segment.labels,
    });
    made.set(segment.name, issue);
    await api.post(`${issues}/${epic.number}/sub_issues`, { sub_issue_id: issue.id });
  }
  for (const segment of plan.segments) {
    const issue = made.get(segment.name);
    if (!issue) continue;
    const refused: number[] = [];
    for (const name of segment.blockedBy) {
      const blocker = made.get(name);
      if (!blocker) continue;
      await api.post(`${issues}/${issue.number}/dependencies/blocked_by`, { issue_id: blocker.id }).catch((error) => {
        if (!(error instanceof ApiError) || error.status !== 422) throw error;
        refused.push(blocker.number);
      });
    }
    // Names that come later in the file have their numbers only now.
    const body = issueBody(segment, numberOf) + refused.map((number) => `\nBlocked by #${number}\n`).join('');
    if (refused.length > 0 || segment.conflictsWith.length > 0) await api.patch(`${issues}/${issue.number}`, { body });
  }
  return { number: epic.number, segments: new Map([...made].map(([name, { number }]) => [name, number])) };
}
