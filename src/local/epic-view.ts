/**
 * The public view of an epic on GitHub: its issues and links, its pull requests with reviews and checks, its comments, and the
 * journal at `refs/swarm/epics/<n>`. It is one query, after a look at where that ref is. The terminal, the pages, the summary and the automatic reviewer all
 * use it; none of them reads swarm's memory.
 */

import { orderWaves } from '#core/graph/graph';
import { issueNumber } from '#core/model/epic';
import type { Calibration, Journal, SegmentRecord } from '#core/model/journal';
import type { GateVerdict } from '#core/model/report';
import { overlappingScopes } from '#core/scope/scope';
import { readSpec } from '#core/text/spec';
import { defineList } from '#github/lists';
import { type List, labels } from '#github/queries';
import { ABSENT, journalRef, STATE_FILE } from '#github/refs';
import type { Api, Repo } from './api.ts';

export type SegmentState =
  | 'waiting'
  | 'queued'
  | 'running'
  | 'in review'
  | 'merged'
  | 'answered'
  | 'skipped'
  | 'blocked'
  | 'closed';

export interface SegmentView {
  readonly issue: number;
  readonly title: string;
  readonly wave: number;
  readonly blockedBy: readonly number[];
  readonly state: SegmentState;
  readonly branch: string | undefined;
  /** Its file scope, from its issue. */
  readonly files: readonly string[];
  readonly pull: PullView | undefined;
  /** Dispatches. */
  readonly attempts: number;
  /** Rounds of gates, in the run that needed the most. */
  readonly tries: number;
  readonly agent: string | undefined;
  /** Swarm created it to fix something that a calibration or a person found. */
  readonly fix: boolean;
  /** From the latest report, by gate. */
  readonly validation: Readonly<Record<string, GateVerdict>>;
  readonly labels: readonly string[];
}

export interface PullView {
  readonly number: number;
  readonly title: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly branch: string;
  readonly head: string;
  readonly reviews: readonly { readonly by: string; readonly state: string; readonly head: string }[];
  readonly checks: readonly { readonly name: string; readonly conclusion: string }[];
  readonly mergeable: 'MERGEABLE' | 'CONFLICTING' | 'UNKNOWN';
}

export interface WaveView {
  readonly number: number;
  readonly segments: readonly SegmentView[];
  /** Segments that share files run one after the other, in one track. Any other segment is a track of its own. */
  readonly tracks: readonly (readonly SegmentView[])[];
  readonly calibrations: readonly Calibration[];
}

export interface CommentView {
  readonly id: number;
  readonly by: string;
  readonly byApp: boolean;
  readonly body: string;
  readonly at: string;
}

/** One commit of the journal: the events of that step, in swarm's words. */
export interface HistoryStep {
  readonly oid: string;
  readonly at: string;
  readonly message: string;
}

export interface EpicView {
  readonly epic: {
    readonly number: number;
    readonly title: string;
    readonly body: string;
    readonly state: 'open' | 'closed';
    readonly labels: readonly string[];
    readonly comments: readonly CommentView[];
  };
  readonly waves: readonly WaveView[];
  readonly segments: readonly SegmentView[];
  readonly journal: Journal | undefined;
  /** Oldest first. */
  readonly history: readonly HistoryStep[];
}

const shownComments = defineList('shownComments', {
  ...{ kind: 'comments', on: 'Issue', field: 'comments', end: 'last', size: 60, most: 3_000 },
  select: 'databaseId body createdAt author { login __typename }',
});
const shownBlockers = defineList('shownBlockers', {
  ...{ kind: 'blockers', on: 'Issue', field: 'blockedBy', end: 'first', size: 50, most: 500, select: 'number' },
});
const shownSegments = defineList('shownSegments', {
  ...{ kind: 'sub-issues', on: 'Issue', field: 'subIssues', end: 'first', size: 100, most: 2_000 },
  select: `id number title body state stateReason ${labels()} ${shownBlockers()}`,
});
const shownReviews = defineList('shownReviews', {
  ...{ kind: 'reviews', on: 'PullRequest', field: 'reviews', end: 'last', size: 20, most: 3_000 },
  select: 'state author { login } commit { oid }',
});
const shownChecks = defineList('shownChecks', {
  ...{
    kind: 'checks',
    on: 'PullRequest',
    path: ['statusCheckRollup'],
    field: 'contexts',
    end: 'first',
    size: 60,
    most: 2_000,
  },
  select: '__typename ... on CheckRun { name conclusion } ... on StatusContext { context state }',
});
const shownPulls = defineList('shownPulls', {
  ...{ kind: 'pull requests', on: 'Repository', field: 'pullRequests', end: 'first', size: 100, most: 2_000 },
  filter: 'orderBy: { field: CREATED_AT, direction: DESC }',
  select: `
    id number title state headRefName headRefOid mergeable
    ${shownReviews()}
    statusCheckRollup { ${shownChecks()} }`,
});
const steps = defineList('steps', {
  ...{ kind: 'commits', on: 'Commit', field: 'history', end: 'first', size: 100, most: 5_000 },
  select: 'oid message committedDate',
});

const QUERY = `query EpicView($owner: String!, $name: String!, $epic: Int!, $journal: GitObjectID!, $isStarted: Boolean!) {
  repository(owner: $owner, name: $name) {
    id
    issue(number: $epic) {
      id number title body state
      ${labels()}
      ${shownComments()}
      ${shownSegments()}
    }
    ${shownPulls()}
    journal: object(oid: $journal) @include(if: $isStarted) {
      ... on Commit { id file(path: "${STATE_FILE}") { object { oid ... on Blob { text isTruncated } } } ${steps()} }
    }
  }
}`;

interface Answer {
  readonly repository: {
    readonly issue: {
      readonly number: number;
      readonly title: string;
      readonly body: string;
      readonly state: 'OPEN' | 'CLOSED';
      readonly labels: List<{ readonly name: string }>;
      readonly comments: List<{
        readonly databaseId: number;
        readonly body: string;
        readonly createdAt: string;
        readonly author: { readonly login: string; readonly __typename: string } | null;
      }>;
      readonly subIssues: List<SubIssueAnswer>;
    } | null;
    readonly pullRequests: List<PullAnswer>;
    /** Only if the epic has a journal. */
    readonly journal?: {
      readonly file: { readonly object: BlobAnswer | null } | null;
      readonly history: List<{ oid: string; message: string; committedDate: string }>;
    } | null;
  };
}

interface BlobAnswer {
  readonly oid: string;
  readonly text: string | null;
  readonly isTruncated: boolean;
}

interface SubIssueAnswer {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'OPEN' | 'CLOSED';
  readonly stateReason: string | null;
  readonly labels: List<{ readonly name: string }>;
  readonly blockedBy: List<{ readonly number: number }>;
}

interface PullAnswer {
  readonly number: number;
  readonly title: string;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly headRefName: string;
  readonly headRefOid: string;
  readonly mergeable: PullView['mergeable'];
  readonly reviews: List<{
    readonly state: string;
    readonly author: { readonly login: string } | null;
    readonly commit: { readonly oid: string } | null;
  }>;
  readonly statusCheckRollup: {
    readonly contexts: List<
      | { readonly __typename: 'CheckRun'; readonly name: string; readonly conclusion: string | null }
      | { readonly __typename: 'StatusContext'; readonly context: string; readonly state: string }
    >;
  } | null;
}

/** The current state of the epic. Throws if the issue does not exist. */
export async function viewEpic(api: Api, repo: Repo, epic: number): Promise<EpicView> {
  const head = await api.head(repo, journalRef(issueNumber(epic)));
  const { repository } = await api.query<Answer>(QUERY, {
    ...repo,
    ...{ epic, journal: head ?? ABSENT, isStarted: head !== undefined },
  });
  if (!repository.issue) throw new Error(`There is no issue #${epic} in ${repo.owner}/${repo.name}.`);
  const { issue } = repository;
  const state = repository.journal?.file?.object;
  const journal = state ? readJournal(await textOf(api, repo, state)) : undefined;
  const subIssues = issue.subIssues.nodes;
  const waveOf = wavesOf(subIssues, journal);
  const segments = subIssues
    .map((subIssue) => {
      const { number } = subIssue;
      return segmentOf(subIssue, waveOf(number), journal?.segments[number], repository.pullRequests.nodes);
    })
    .sort((a, b) => a.wave - b.wave || a.issue - b.issue);
  const numbers = [...new Set(segments.map((segment) => segment.wave))];
  return {
    epic: {
      number: issue.number,
      title: issue.title,
      body: issue.body,
      state: issue.state === 'OPEN' ? 'open' : 'closed',
      labels: issue.labels.nodes.map((label) => label.name),
      comments: issue.comments.nodes.map(({ databaseId, body, createdAt, author }) => ({
        id: databaseId,
        body,
        at: createdAt,
        by: author?.login ?? 'ghost',
        byApp: author?.__typename === 'Bot',
      })),
    },
    segments,
    waves: numbers.map((number) => {
      const members = segments.filter((segment) => segment.wave === number);
      return {
        number,
        segments: members,
        tracks: tracksOf(members),
        calibrations: journal?.calibrations[number] ?? [],
      };
    }),
    journal,
    history: (repository.journal?.history.nodes ?? [])
      .map(({ oid, message, committedDate }) => ({ oid, message, at: committedDate }))
      .reverse(),
  };
}

/** GraphQL cuts off a long text and says so. */
const textOf = async (api: Api, { owner, name }: Repo, { oid, text, isTruncated }: BlobAnswer): Promise<string> =>
  text !== null && !isTruncated
    ? text
    : api.text(`/repos/${owner}/${name}/git/blobs/${oid}`, 'application/vnd.github.raw+json');

function readJournal(text: string): Journal {
  const journal = JSON.parse(text) as Journal;
  if (journal.version !== 1) throw new Error(`The journal has version ${String(journal.version)}, not 1.`);
  return journal;
}

/**
 * A segment's wave: one after the latest of its blockers; for a fix segment, the wave that it fixes. Computed from the
 * links, so that the view does not depend on swarm's own plan.
 */
function wavesOf(subIssues: readonly SubIssueAnswer[], journal: Journal | undefined): (issue: number) => number {
  const planned = subIssues.filter(({ number }) => journal?.segments[number]?.fix === undefined);
  const order = orderWaves(
    planned.map(({ number }) => number),
    planned.flatMap(({ number, blockedBy }) =>
      blockedBy.nodes.map((blocker) => ({ from: number, on: blocker.number })),
    ),
  );
  // With a cycle nothing runs, so no waves exist.
  const levels = order.kind === 'waves' ? order.waves : [];
  const waves = new Map(levels.flatMap((wave, level) => wave.map((number) => [number, level + 1] as const)));
  return (issue) => journal?.segments[issue]?.fix?.wave ?? waves.get(issue) ?? 1;
}

/** Groups segments that share files. A fix segment stays alone: it shares files with its wave, but that is merged by then. */
export function tracksOf(segments: readonly SegmentView[]): SegmentView[][] {
  const planned = segments.filter((segment) => !segment.fix);
  const trackOf = new Map(planned.map((segment, index) => [segment.issue, index]));
  const scopes = planned.map(({ files }) => (files.length > 0 ? files : ['**']));
  for (const { first, second } of overlappingScopes(scopes)) {
    const [kept, absorbed] = [first, second].map((index) => trackOf.get(planned[index]?.issue ?? 0));
    for (const [issue, track] of trackOf) if (track === absorbed && kept !== undefined) trackOf.set(issue, kept);
  }
  const tracks = Map.groupBy(planned, (segment) => trackOf.get(segment.issue));
  return [...tracks.values(), ...segments.filter((segment) => segment.fix).map((segment) => [segment])];
}

function segmentOf(
  issue: SubIssueAnswer,
  wave: number,
  record: SegmentRecord | undefined,
  pulls: readonly PullAnswer[],
): SegmentView {
  const attempts = record?.attempts ?? [];
  const reports = attempts.flatMap(({ outcome }) => (outcome && 'report' in outcome ? (outcome.report ?? []) : []));
  const last = attempts.at(-1);
  const found = last && pulls.find((pull) => pull.headRefName === last.branch);
  const pull = found && pullOf(found);
  const labels = issue.labels.nodes.map((label) => label.name);
  return {
    issue: issue.number,
    title: issue.title,
    wave,
    blockedBy: issue.blockedBy.nodes.map((blocker) => blocker.number),
    state: stateOf(issue, labels, pull, record),
    branch: last?.branch,
    files: readSpec({ ...issue, number: issueNumber(issue.number), labels }).spec.files,
    pull,
    attempts: attempts.length,
    tries: Math.max(0, ...reports.map((report) => report.tries)),
    agent: last?.name,
    fix: record?.fix !== undefined,
    validation: Object.fromEntries((reports.at(-1)?.validation ?? []).map(({ gate, verdict }) => [gate, verdict])),
    labels,
  };
}

function stateOf(
  issue: SubIssueAnswer,
  labels: readonly string[],
  pull: PullView | undefined,
  record: SegmentRecord | undefined,
): SegmentState {
  if (record?.skipped) return 'skipped';
  // A segment is merged once its pull request is merged and its issue closed.
  if (pull?.state === 'merged' && issue.state === 'CLOSED') return 'merged';
  if (issue.state === 'CLOSED') return record && record.attempts.length > 0 ? 'answered' : 'closed';
  for (const [label, state] of Object.entries(BY_LABEL)) if (labels.includes(label)) return state;
  return 'waiting';
}

/** Swarm shows a segment's state by these labels. */
const BY_LABEL: Readonly<Record<string, SegmentState>> = {
  'swarm:blocked': 'blocked',
  'swarm:needs-input': 'blocked',
  'swarm:review': 'in review',
  'swarm:running': 'running',
  'swarm:queued': 'queued',
};

const pullOf = (pull: PullAnswer): PullView => ({
  number: pull.number,
  title: pull.title,
  state: pull.state === 'OPEN' ? 'open' : pull.state === 'MERGED' ? 'merged' : 'closed',
  branch: pull.headRefName,
  head: pull.headRefOid,
  mergeable: pull.mergeable,
  reviews: pull.reviews.nodes.map(({ state, author, commit }) => ({
    by: author?.login ?? 'ghost',
    state,
    head: commit?.oid ?? '',
  })),
  checks: (pull.statusCheckRollup?.contexts.nodes ?? []).map((check) =>
    check.__typename === 'CheckRun'
      ? { name: check.name, conclusion: check.conclusion ?? 'PENDING' }
      : { name: check.context, conclusion: check.state },
  ),
});
