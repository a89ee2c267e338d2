/**
 * Who decides when nobody sits at the page: approves a pull request whose gates are green, sends back once what the plan
 * says to send back, and accepts the epic. All of it by the API, as a person with write permission.
 *
 * It remembers nothing: what it has done already it sees in the reviews and comments.
 */
import { readMarker } from '#words/marker';
import { type Api, inRepo, type Repo } from './api.ts';
import type { Look, SeenPull, SeenSegment } from './look.ts';

export interface Reviewer {
  readonly api: Api;
  readonly repo: Repo;
  readonly login: string;
  /** By issue number: what to send back, once. */
  readonly rejections: ReadonlyMap<number, string>;
}

/** Does all there is to do now. @returns how many things that were. */
export async function review(reviewer: Reviewer, seen: Look): Promise<number> {
  let done = 0;
  for (const segment of seen.segments) {
    if (segment.pull?.state !== 'open' || segment.standing !== 'in review' || !isGreen(segment.pull)) continue;
    const verdict = verdictOn(reviewer, segment, segment.pull);
    if (!verdict) continue;
    await reviewer.api.post(`${inRepo(reviewer.repo)}/pulls/${segment.pull.number}/reviews`, {
      ...verdict,
      commit_id: segment.pull.head,
    });
    done += 1;
  }
  if (isAcceptanceAsked(seen, reviewer.login)) {
    const body = '/swarm accept';
    await reviewer.api.post(`${inRepo(reviewer.repo)}/issues/${seen.epic.number}/comments`, { body });
    done += 1;
  }
  return done;
}

function verdictOn(
  reviewer: Reviewer,
  segment: SeenSegment,
  pull: SeenPull,
): { event: string; body: string } | undefined {
  const own = pull.reviews.filter((each) => each.by === reviewer.login);
  if (own.some((each) => each.head === pull.head && each.state !== 'DISMISSED')) return undefined;
  const words = reviewer.rejections.get(segment.issue);
  if (words !== undefined && own.length === 0) return { event: 'REQUEST_CHANGES', body: words };
  return { event: 'APPROVE', body: '' };
}

const GOOD: readonly string[] = ['SUCCESS', 'NEUTRAL', 'SKIPPED'];

/** Swarm's gates have reported on this very commit, and nothing on it is red or still out. */
const isGreen = (pull: SeenPull): boolean =>
  pull.checks.some((check) => check.name.startsWith('swarm / ')) &&
  pull.checks.every((check) => GOOD.includes(check.conclusion));

/** Swarm asked on the epic, and this person has not answered since. */
export function isAcceptanceAsked(seen: Look, login: string): boolean {
  if (seen.epic.state === 'closed') return false;
  const { comments } = seen.epic;
  const asked = comments.findLastIndex(({ byApp, body }) => {
    const marker = byApp ? readMarker(body) : undefined;
    return marker?.kind === 'say' && marker.key.startsWith('accept:');
  });
  const answered = (body: string): boolean => /^\/swarm (accept|needs-work)\b/.test(body);
  return asked >= 0 && !comments.slice(asked + 1).some((each) => each.by === login && answered(each.body));
}

/** The panel's text among the epic's comments. */
export const panelOf = (seen: Look): string | undefined =>
  seen.epic.comments.find(({ byApp, body }) => byApp && readMarker(body)?.kind === 'panel')?.body;
