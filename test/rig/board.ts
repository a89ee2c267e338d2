/**
 * One epic as a small board, read only from the emulator's records: the state that a person would gather from issues,
 * pull requests, labels, runs, checks and comments. Swarm's own view of its progress is never used.
 */

import type { Issue, Job, Pull, Repository, Run } from '../../src/emulator/model/records.ts';
import { pullsOf, roleIn } from '../../src/emulator/model/repository.ts';
import type { World } from '../../src/emulator/world/world.ts';

export interface BoardView {
  readonly world: World;
  readonly repository: Repository;
  readonly epic: Issue;
  /** The name of an issue in the story: the one it was opened with, or `fix 1` for an issue that swarm made. */
  readonly nameOf: (issue: Issue) => string;
  readonly isSwarm: (login: string) => boolean;
}

/** One line for each segment, `wave 1  cart     merged   #5 gates green, approved by ana`, and a last one for the epic. */
export function drawBoard(view: BoardView): string {
  const waves = wavesOf(view);
  const rows = waves.flatMap((issues, index) =>
    issues.map((issue, place) => ({
      wave: place === 0 ? `wave ${index + 1}` : '',
      name: view.nameOf(issue),
      ...standing(view, issue),
    })),
  );
  const width = (of: (row: (typeof rows)[number]) => string): number =>
    Math.max(0, ...rows.map((row) => of(row).length));
  const widths = { name: width((row) => row.name), state: width((row) => row.state) };
  const lines = rows.map(({ wave, name, state, detail }) =>
    [wave.padEnd(6), name.padEnd(widths.name), state.padEnd(widths.state), detail].join('  ').trimEnd(),
  );
  const end = epicLine(view);
  return [...lines, ...(end ? [`epic    ${end}`] : [])].join('\n');
}

/** Levels by native links: one more than the deepest blocker. A fix segment is in the wave that its text names. */
export function wavesOf({ epic }: Pick<BoardView, 'epic'>): readonly (readonly Issue[])[] {
  const segments = epic.subIssues.flatMap(leavesOf);
  const inside = segments.length > 0 ? segments : [epic];
  const levels = new Map<Issue, number>();
  const level = (issue: Issue, path: readonly Issue[]): number => {
    const known = levels.get(issue);
    if (known !== undefined) return known;
    if (path.includes(issue)) return 0;
    const blockers = issue.blockedBy.flatMap(leavesOf).filter((blocker) => inside.includes(blocker));
    const made = /^The calibration of wave (\d+) of epic/m.exec(issue.body ?? '');
    const found = made
      ? Number(made[1])
      : 1 + Math.max(0, ...blockers.map((blocker) => level(blocker, [...path, issue])));
    levels.set(issue, found);
    return found;
  };
  const waves: Issue[][] = [];
  for (const issue of inside) {
    const at = level(issue, []) - 1;
    const wave = waves[at] ?? [];
    wave.push(issue);
    waves[at] = wave;
  }
  return Array.from(waves, (wave) => wave ?? []);
}

const leavesOf = (issue: Issue): readonly Issue[] =>
  issue.subIssues.length === 0 ? [issue] : issue.subIssues.flatMap(leavesOf);

interface Standing {
  readonly state: string;
  readonly detail: string;
}

function standing(view: BoardView, issue: Issue): Standing {
  const pull = pullOf(view, issue);
  const running = jobsOf(view, issue).filter((job) => job.status !== 'completed');
  const labels = issue.labels.map((label) => label.name);
  const why = () => whyBlocked(view, issue, pull);
  const waiting = labels.includes('swarm:blocked')
    ? { state: 'blocked', detail: why() }
    : labels.includes('swarm:needs-input')
      ? { state: 'asks', detail: why() }
      : undefined;
  if (pull?.merged)
    return { state: issue.state === 'closed' ? 'merged' : 'merged, still open', detail: proof(view, pull) };
  if (issue.state === 'closed') {
    return { state: issue.stateReason === 'not_planned' ? 'skipped' : 'closed', detail: '' };
  }
  if (running.length > 0)
    return { state: 'running', detail: pull ? `#${pull.issue.number} ${pull.headRef}` : branchOf(view, issue) };
  if (waiting) return waiting;
  if (pull?.issue.state === 'open') return { state: 'review', detail: proof(view, pull) };
  return { state: 'waiting', detail: '' };
}

/** The latest pull request that says it closes the issue. */
export function pullOf({ repository }: Pick<BoardView, 'repository'>, issue: Issue): Pull | undefined {
  return pullsOf(repository).find((pull) => closes(pull, issue));
}

const closes = (pull: Pull, issue: Issue): boolean =>
  new RegExp(`\\b(?:closes|for|segment) #${issue.number}\\b`, 'i').test(pull.issue.body ?? '');

/** Jobs like `segment 14 / work` of unfinished runs; the newest attempt of each name. */
function jobsOf({ world, repository }: BoardView, issue: Issue): readonly Job[] {
  return repository.runs
    .filter((run: Run) => run.status !== 'completed')
    .flatMap((run) => world.runs.latestJobs(run))
    .filter((job) => job.name.startsWith(`segment ${issue.number} /`));
}

/** The branch that a running job works on, from its log. */
function branchOf(view: BoardView, issue: Issue): string {
  const [job] = jobsOf(view, issue);
  return /^branch (.+)$/m.exec(job?.log ?? '')?.[1] ?? '';
}

function proof(view: BoardView, pull: Pull): string {
  const by = approversOf(view, pull);
  return [
    `#${pull.issue.number} ${gatesOn(view, pull.headSha)}`,
    by.length > 0 ? `approved by ${by.join(' and ')}` : pull.merged ? 'approved by nobody' : 'waits for a person',
  ].join(', ');
}

export function gatesOn({ world, repository }: Pick<BoardView, 'world' | 'repository'>, sha: string): string {
  const runs = world.checks.runsOn(repository, sha).filter((run) => run.name.startsWith('swarm / '));
  if (runs.length === 0) return 'no gates';
  const red = runs.filter((run) => !['success', 'neutral', 'skipped'].includes(run.conclusion ?? ''));
  return red.length === 0
    ? 'gates green'
    : `gates red: ${red.map((run) => run.name.slice('swarm / '.length)).join(', ')}`;
}

/** The head, and the heads before it that swarm only merged the base into. */
function headsOf(pull: Pull, isSwarm: BoardView['isSwarm']): readonly string[] {
  const heads = [pull.headSha];
  let update = pull.updates.get(pull.headSha);
  while (update && isSwarm(update.by.login)) {
    heads.push(update.from);
    update = pull.updates.get(update.from);
  }
  return heads;
}

const MAY_APPROVE: ReadonlySet<string> = new Set(['write', 'maintain', 'admin']);

/**
 * People whose approval counts for the head commit: reviews of it, or of the head that swarm merged the base into, and
 * commands that swarm finished with a rocket.
 */
export function approversOf({ world, isSwarm }: Pick<BoardView, 'world' | 'isSwarm'>, pull: Pull): readonly string[] {
  const heads = headsOf(pull, isSwarm);
  const reviews = world.reviews
    .latestOpinions(pull)
    .filter((review) => review.state === 'APPROVED' && heads.includes(review.commitId))
    .filter(({ user }) => user.type === 'User' && MAY_APPROVE.has(roleIn(pull.repository, user) ?? ''))
    .map((review) => review.user.login);
  const spoken = [...pull.issue.comments, ...pull.comments]
    .filter((comment) => /^\/approve\b/m.test(comment.body))
    .filter((comment) => comment.reactions.some((one) => one.content === 'rocket' && isSwarm(one.user.login)))
    .map((comment) => comment.user.login);
  return [...new Set([...reviews, ...spoken])].sort();
}

/** The problem code in swarm's latest comment on the issue that is no reminder of an earlier one. */
function whyBlocked({ isSwarm, repository }: BoardView, issue: Issue, pull: Pull | undefined): string {
  const said = issue.comments.findLast(({ user, body }) => isSwarm(user.login) && !body.includes('key=remind'));
  const code = /[[`(]([A-Z][A-Z_]{3,})[\]`)]/.exec(said?.body ?? '')?.[1] ?? 'no reason told';
  return [
    code,
    ...(pull && pull.issue.state === 'open' ? [`#${pull.issue.number}`] : []),
    keptOf(repository, said?.body),
  ]
    .filter(Boolean)
    .join(', ');
}

const keptOf = (_: Repository, said: string | undefined): string => {
  const kept = /swarm\/wip\/[\w.-]+/.exec(said ?? '')?.[0];
  return kept ? `kept on ${kept}` : '';
};

function epicLine({ epic, isSwarm }: BoardView): string {
  const labels = epic.labels.map((label) => label.name);
  if (epic.state === 'closed') {
    const by = epic.closedBy && isSwarm(epic.closedBy.login) ? 'swarm' : (epic.closedBy?.login ?? 'nobody');
    return `closed as ${(epic.stateReason ?? '').replace('_', ' ')} by ${by}`;
  }
  if (labels.includes('swarm:paused')) return 'paused';
  if (labels.includes('swarm:blocked')) return 'held';
  const asked = epic.comments.findLast(
    (comment) => isSwarm(comment.user.login) && comment.body.includes('/swarm accept`'),
  );
  return asked && !moreAfter(epic, asked.createdAt) ? 'waits to be accepted' : '';
}

const moreAfter = (epic: Issue, at: string): boolean =>
  epic.subIssues.some((issue) => issue.state === 'open' || issue.createdAt > at);
