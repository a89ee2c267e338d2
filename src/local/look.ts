/**
 * What anyone could see of an epic on GitHub, in one query: its issues and links, its pull requests with reviews and
 * checks, its comments, and the journal at `refs/swarm/epics/<n>`. The terminal, the pages, the summary and the stand-in
 * reviewer all look through this; nothing is asked of swarm's own memory.
 */

import { orderWaves } from '#core/graph/graph';
import { issueNumber } from '#core/model/epic';
import type { Calibration, Journal, SegmentRecord } from '#core/model/journal';
import type { GateVerdict } from '#core/model/report';
import { overlappingScopes } from '#core/scope/scope';
import { readSpec } from '#core/text/spec';
import type { Api, Repo } from './api.ts';

export type Standing =
  | 'waiting'
  | 'queued'
  | 'running'
  | 'in review'
  | 'merged'
  | 'answered'
  | 'skipped'
  | 'blocked'
  | 'closed';

export interface SeenSegment {
  readonly issue: number;
  readonly title: string;
  readonly wave: number;
  readonly blockedBy: readonly number[];
  readonly standing: Standing;
  readonly branch: string | undefined;
  /** Its file scope, as its issue says it. */
  readonly files: readonly string[];
  readonly pull: SeenPull | undefined;
  /** Dispatches. */
  readonly attempts: number;
  /** Rounds of gates: of the run that needed the most. */
  readonly tries: number;
  readonly agent: string | undefined;
  /** Swarm made it, to mend what a calibration or a person found. */
  readonly fix: boolean;
  /** Of the latest report, by gate. */
  readonly validation: Readonly<Record<string, GateVerdict>>;
  readonly labels: readonly string[];
}

export interface SeenPull {
  readonly number: number;
  readonly title: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly branch: string;
  readonly head: string;
  readonly reviews: readonly { readonly by: string; readonly state: string; readonly head: string }[];
  readonly checks: readonly { readonly name: string; readonly conclusion: string }[];
  readonly mergeable: 'MERGEABLE' | 'CONFLICTING' | 'UNKNOWN';
}

export interface SeenWave {
  readonly number: number;
  readonly segments: readonly SeenSegment[];
  /** Segments that share files, and so run one after the other; those that share none are a track of their own. */
  readonly tracks: readonly (readonly SeenSegment[])[];
  readonly calibrations: readonly Calibration[];
}

export interface SeenComment {
  readonly id: number;
  readonly by: string;
  readonly byApp: boolean;
  readonly body: string;
  readonly at: string;
}

/** One commit of the journal: what happened, in swarm's own words. */
export interface Step {
  readonly oid: string;
  readonly at: string;
  readonly message: string;
}

export interface Look {
  readonly epic: {
    readonly number: number;
    readonly title: string;
    readonly body: string;
    readonly state: 'open' | 'closed';
    readonly labels: readonly string[];
    readonly comments: readonly SeenComment[];
  };
  readonly waves: readonly SeenWave[];
  readonly segments: readonly SeenSegment[];
  readonly journal: Journal | undefined;
  /** Oldest first. */
  readonly history: readonly Step[];
}

const QUERY = `query Look($owner: String!, $name: String!, $epic: Int!, $journal: String!, $state: String!) {
  repository(owner: $owner, name: $name) {
    issue(number: $epic) {
      number title body state
      labels(first: 50) { nodes { name } }
      comments(last: 60) { nodes { databaseId body createdAt author { login __typename } } }
      subIssues(first: 100) {
        nodes {
          number title body state stateReason
          labels(first: 50) { nodes { name } }
          blockedBy(first: 50) { nodes { number } }
        }
      }
    }
    pullRequests(first: 100, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes {
        number title state headRefName headRefOid mergeable
        reviews(last: 20) { nodes { state author { login } commit { oid } } }
        statusCheckRollup { contexts(first: 60) { nodes { __typename ... on CheckRun { name conclusion } ... on StatusContext { context state } } } }
      }
    }
    history: object(expression: $journal) {
      ... on Commit { history(first: 100) { nodes { oid message committedDate } } }
    }
    state: object(expression: $state) { ... on Blob { text } }
  }
}`;

interface Nodes<Node> {
  readonly nodes: readonly Node[];
}

interface Answer {
  readonly repository: {
    readonly issue: {
      readonly number: number;
      readonly title: string;
      readonly body: string;
      readonly state: 'OPEN' | 'CLOSED';
      readonly labels: Nodes<{ readonly name: string }>;
      readonly comments: Nodes<{
        readonly databaseId: number;
        readonly body: string;
        readonly createdAt: string;
        readonly author: { readonly login: string; readonly __typename: string } | null;
      }>;
      readonly subIssues: Nodes<SubIssueAnswer>;
    } | null;
    readonly pullRequests: Nodes<PullAnswer>;
    readonly history: { readonly history: Nodes<{ oid: string; message: string; committedDate: string }> } | null;
    readonly state: { readonly text: string | null } | null;
  };
}

interface SubIssueAnswer {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'OPEN' | 'CLOSED';
  readonly stateReason: string | null;
  readonly labels: Nodes<{ readonly name: string }>;
  readonly blockedBy: Nodes<{ readonly number: number }>;
}

interface PullAnswer {
  readonly number: number;
  readonly title: string;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly headRefName: string;
  readonly headRefOid: string;
  readonly mergeable: SeenPull['mergeable'];
  readonly reviews: Nodes<{
    readonly state: string;
    readonly author: { readonly login: string } | null;
    readonly commit: { readonly oid: string } | null;
  }>;
  readonly statusCheckRollup: {
    readonly contexts: Nodes<
      | { readonly __typename: 'CheckRun'; readonly name: string; readonly conclusion: string | null }
      | { readonly __typename: 'StatusContext'; readonly context: string; readonly state: string }
    >;
  } | null;
}

/** The epic as it stands now. Throws an `ApiError` where there is no such issue. */
export async function look(api: Api, repo: Repo, epic: number): Promise<Look> {
  const ref = `refs/swarm/epics/${epic}`;
  const { repository } = await api.query<Answer>(QUERY, { ...repo, epic, journal: ref, state: `${ref}:state.json` });
  if (!repository.issue) throw new Error(`There is no issue #${epic} in ${repo.owner}/${repo.name}.`);
  const { issue } = repository;
  const journal = repository.state?.text ? readJournal(repository.state.text) : undefined;
  const subIssues = issue.subIssues.nodes;
  const waveOf = wavesOf(subIssues, journal);
  const segments = subIssues
    .map((each) => segmentOf(each, waveOf(each.number), journal?.segments[each.number], repository.pullRequests.nodes))
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
    history: (repository.history?.history.nodes ?? [])
      .map(({ oid, message, committedDate }) => ({ oid, message, at: committedDate }))
      .reverse(),
  };
}

function readJournal(text: string): Journal {
  const journal = JSON.parse(text) as Journal;
  if (journal.version !== 1) throw new Error(`The journal is of version ${String(journal.version)}, not 1.`);
  return journal;
}

/**
 * A segment's wave: one after the latest of what it waits for; a fix segment's is the wave that it mends.
 * Counted anew from the links, so that what is shown does not rest on swarm's own plan.
 */
function wavesOf(subIssues: readonly SubIssueAnswer[], journal: Journal | undefined): (issue: number) => number {
  const planned = subIssues.filter(({ number }) => journal?.segments[number]?.fix === undefined);
  const order = orderWaves(
    planned.map(({ number }) => number),
    planned.flatMap(({ number, blockedBy }) =>
      blockedBy.nodes.map((blocker) => ({ from: number, on: blocker.number })),
    ),
  );
  // With a cycle nothing runs, and there are no waves to tell apart.
  const levels = order.kind === 'waves' ? order.waves : [];
  const waves = new Map(levels.flatMap((wave, level) => wave.map((number) => [number, level + 1] as const)));
  return (issue) => journal?.segments[issue]?.fix?.wave ?? waves.get(issue) ?? 1;
}

/** Connected by shared files. A fix segment shares files with its whole wave, and joins nothing: all else is merged. */
export function tracksOf(segments: readonly SeenSegment[]): SeenSegment[][] {
  const planned = segments.filter((segment) => !segment.fix);
  const trackOf = new Map(planned.map((segment, index) => [segment.issue, index]));
  const scopes = planned.map(({ files }) => (files.length > 0 ? files : ['**']));
  for (const { first, second } of overlappingScopes(scopes)) {
    const [into, from] = [first, second].map((index) => trackOf.get(planned[index]?.issue ?? 0));
    for (const [issue, track] of trackOf) if (track === from && into !== undefined) trackOf.set(issue, into);
  }
  const tracks = Map.groupBy(planned, (segment) => trackOf.get(segment.issue));
  return [...tracks.values(), ...segments.filter((segment) => segment.fix).map((segment) => [segment])];
}

function segmentOf(
  issue: SubIssueAnswer,
  wave: number,
  record: SegmentRecord | undefined,
  pulls: readonly PullAnswer[],
): SeenSegment {
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
    standing: standingOf(issue, labels, pull, record),
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

function standingOf(
  issue: SubIssueAnswer,
  labels: readonly string[],
  pull: SeenPull | undefined,
  record: SegmentRecord | undefined,
): Standing {
  if (record?.skipped) return 'skipped';
  // Merged is when both are done: the pull request is in, and the segment says so.
  if (pull?.state === 'merged' && issue.state === 'CLOSED') return 'merged';
  if (issue.state === 'CLOSED') return record && record.attempts.length > 0 ? 'answered' : 'closed';
  for (const [label, standing] of Object.entries(BY_LABEL)) if (labels.includes(label)) return standing;
  return 'waiting';
}

/** The state labels are swarm's own public word. */
const BY_LABEL: Readonly<Record<string, Standing>> = {
  'swarm:blocked': 'blocked',
  'swarm:needs-input': 'blocked',
  'swarm:review': 'in review',
  'swarm:running': 'running',
  'swarm:queued': 'queued',
};

const pullOf = (pull: PullAnswer): SeenPull => ({
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
