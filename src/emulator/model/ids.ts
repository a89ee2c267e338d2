/** Ids in GitHub's format: database ids, and global node ids with the kinds of object they can identify. */
import type {
  App,
  CheckRun,
  CheckSuite,
  Comment,
  CommitStatus,
  Issue,
  Job,
  Label,
  Pull,
  Reaction,
  Release,
  Repository,
  Review,
  ReviewComment,
  Run,
  Team,
  TimelineEvent,
  User,
  Workflow,
} from './records.ts';

/** Everything with a global node id. Git objects and refs are not records; `readGitNodeId` reads their ids. */
export type Node =
  | { readonly kind: 'User'; readonly user: User }
  | { readonly kind: 'Team'; readonly team: Team }
  | { readonly kind: 'App'; readonly app: App }
  | { readonly kind: 'Repository'; readonly repository: Repository }
  | { readonly kind: 'Label'; readonly label: Label; readonly repository: Repository }
  | { readonly kind: 'Issue'; readonly issue: Issue }
  | { readonly kind: 'PullRequest'; readonly pull: Pull }
  | { readonly kind: 'IssueComment'; readonly comment: Comment }
  | { readonly kind: 'TimelineEvent'; readonly event: TimelineEvent }
  | { readonly kind: 'Reaction'; readonly reaction: Reaction }
  | { readonly kind: 'PullRequestReview'; readonly review: Review }
  | { readonly kind: 'PullRequestReviewComment'; readonly comment: ReviewComment }
  | { readonly kind: 'CheckSuite'; readonly suite: CheckSuite }
  | { readonly kind: 'CheckRun'; readonly checkRun: CheckRun }
  | { readonly kind: 'StatusContext'; readonly status: CommitStatus }
  | { readonly kind: 'Workflow'; readonly workflow: Workflow }
  | { readonly kind: 'WorkflowRun'; readonly run: Run }
  | { readonly kind: 'Job'; readonly job: Job }
  | { readonly kind: 'Release'; readonly release: Release }
  | { readonly kind: 'Commit' | 'Tree' | 'Blob' | 'Tag'; readonly repository: Repository; readonly oid: string }
  | { readonly kind: 'Ref'; readonly repository: Repository; readonly name: string };

/**
 * The prefix of each kind's node ids, and its first database id. The ranges are far apart, so that code that mixes up
 * two kinds of id, or an id and a number, fails.
 */
const KINDS = {
  user: ['U', 1001],
  bot: ['BOT', 1001],
  organization: ['O', 1001],
  team: ['T', 46001],
  app: ['A', 501],
  installation: ['', 70001],
  repository: ['R', 800001],
  label: ['LA', 300001],
  issue: ['I', 2000001],
  pull: ['PR', 3000001],
  comment: ['IC', 4000001],
  event: ['EV', 9000001],
  edit: ['UCE', 9500001],
  reaction: ['REA', 600001],
  review: ['PRR', 5000001],
  reviewComment: ['PRRC', 5500001],
  suite: ['CS', 6000001],
  checkRun: ['CR', 7000001],
  status: ['SC', 7500001],
  workflow: ['W', 100001],
  run: ['WFR', 8000001],
  job: ['CR', 7000001],
  artifact: ['ART', 900001],
  delivery: ['', 90001],
  rule: ['RRS', 40001],
  release: ['RE', 48001],
  queueEntry: ['MQE', 45001],
  hook: ['', 450001],
  activity: ['PSH', 650001],
} as const satisfies Record<string, readonly [string, number]>;

export type IdKind = keyof typeof KINDS;

/** The first database id of a kind. */
export const firstIdOf = (kind: IdKind): number => KINDS[kind][1];

/** A node id in GitHub's form. */
export function nodeIdOf(kind: IdKind, id: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(id, 4);
  return `${KINDS[kind][0]}_kwDO${bytes.subarray(2).toString('base64url')}`;
}

const GIT_KINDS = { C: 'Commit', T: 'Tree', B: 'Blob', TA: 'Tag', REF: 'Ref' } as const;
const GIT_PREFIXES = { Commit: 'C', Tree: 'T', Blob: 'B', Tag: 'TA', Ref: 'REF' } as const;

/** The node id of a git object or ref, which is not in any table. */
export function gitNodeId(kind: keyof typeof GIT_PREFIXES, repository: Repository, name: string): string {
  return `${GIT_PREFIXES[kind]}_kwDO${Buffer.from(`${repository.id}:${name}`).toString('base64url')}`;
}

/** The git object that a node id names, or undefined. */
export function readGitNodeId(
  nodeId: string,
  repositoryById: (id: number) => Repository | undefined,
): Node | undefined {
  const match = /^(C|T|B|TA|REF)_kwDO([\w-]+)$/.exec(nodeId);
  if (!match) return undefined;
  const text = Buffer.from(match[2] ?? '', 'base64url').toString();
  const colon = text.indexOf(':');
  const repository = repositoryById(Number(text.slice(0, colon)));
  const name = text.slice(colon + 1);
  if (!repository) return undefined;
  const kind = GIT_KINDS[match[1] as keyof typeof GIT_KINDS];
  return kind === 'Ref' ? { kind, repository, name } : { kind, repository, oid: name };
}
