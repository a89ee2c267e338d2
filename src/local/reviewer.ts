/**
 * The automatic reviewer, for runs without a person: approves pull requests with green gates, rejects each segment
 * once that the plan file says to reject, and accepts the epic. It uses the API, as a person with write permission.
 *
 * It keeps no state: reviews and comments show what it has already done.
 */
import { readMarker } from '#words/marker';
import { type Api, inRepo, type Repo } from './api.ts';
import type { EpicView, PullView, SegmentView } from './epic-view.ts';

export interface Reviewer {
  readonly api: Api;
  readonly repo: Repo;
  readonly login: string;
  /** Reasons for one rejection each, by issue number. */
  readonly rejections: ReadonlyMap<number, string>;
}

/** Does everything there is to do now. @returns the number of reviews and comments it wrote. */
export async function review(reviewer: Reviewer, view: EpicView): Promise<number> {
  let done = 0;
  for (const segment of view.segments) {
    if (segment.pull?.state !== 'open' || segment.state !== 'in review' || !isGreen(segment.pull)) continue;
    const verdict = verdictOn(reviewer, segment, segment.pull);
    if (!verdict) continue;
    await reviewer.api.post(`${inRepo(reviewer.repo)}/pulls/${segment.pull.number}/reviews`, {
      ...verdict,
      commit_id: segment.pull.head,
    });
    done += 1;
  }
  if (isAcceptanceAsked(view, reviewer.login)) {
    const body = '/swarm accept';
    await reviewer.api.post(`${inRepo(reviewer.repo)}/issues/${view.epic.number}/comments`, { body });
    done += 1;
  }
  return done;
}

function verdictOn(
  reviewer: Reviewer,
  segment: SegmentView,
  pull: PullView,
): { event: string; body: string } | undefined {
  const own = pull.reviews.filter((written) => written.by === reviewer.login);
  if (own.some((written) => written.head === pull.head && written.state !== 'DISMISSED')) return undefined;
  const reason = reviewer.rejections.get(segment.issue);
  if (reason !== undefined && own.length === 0) return { event: 'REQUEST_CHANGES', body: reason };
  return { event: 'APPROVE', body: '' };
}

const GOOD: readonly string[] = ['SUCCESS', 'NEUTRAL', 'SKIPPED'];

/** Swarm's gates have reported on this commit, and no check on it is red or pending. */
const isGreen = (pull: PullView): boolean =>
  pull.checks.some((check) => check.name.startsWith('swarm / ')) &&
  pull.checks.every((check) => GOOD.includes(check.conclusion));

/** True if swarm asked on the epic for its acceptance, and this person has not answered yet. */
export function isAcceptanceAsked(view: EpicView, login: string): boolean {
  if (view.epic.state === 'closed') return false;
  const { comments } = view.epic;
  const asked = comments.findLastIndex(({ byApp, body }) => {
    const marker = byApp ? readMarker(body) : undefined;
    return marker?.kind === 'say' && marker.key.startsWith('accept:');
  });
  const isAnswer = (body: string): boolean => /^\/swarm (accept|needs-work)\b/.test(body);
  return asked >= 0 && !comments.slice(asked + 1).some(({ by, body }) => by === login && isAnswer(body));
}

/** The text of the epic's panel, which is one of its comments. */
export const panelOf = (view: EpicView): string | undefined =>
  view.epic.comments.find(({ byApp, body }) => byApp && readMarker(body)?.kind === 'panel')?.body;
