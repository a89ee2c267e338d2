/**
 * Acts that GitHub performs together, in one call: labels, comments, reactions, closed issues, deleted branches.
 *
 * REST takes a call for each of them, and the token of a job has a thousand calls an hour. GraphQL takes many mutations in
 * one call. It performs them in their order and answers each separately, so one that is refused stops none of the others.
 * @see https://spec.graphql.org/October2021/#sec-Normal-and-Serial-Execution
 */
import type { Decision } from '#core/model/decision';
import type { IssueNumber, PullNumber } from '#core/model/epic';
import type { Performed, Snapshot } from '#core/model/snapshot';
import { sayNotice } from '#words/notices';
import { sayPanel, withoutSteps } from '#words/panel';
import type { Client, GitHubRefused, Mutation } from './client.ts';
import { checkMutations, isNewWork } from './pulls/publication.ts';
import { ABSENT } from './refs.ts';

interface Shared {
  readonly decision: Decision;
  /** None if there is nothing to do. */
  readonly mutations: readonly Mutation[];
}

/** Decisions that are never performed alone. */
type AlwaysShared = 'delete branch' | 'close issue' | 'close epic' | 'react';
export type Alone = Exclude<Decision, { readonly kind: AlwaysShared }>;

type Publish = Extract<Decision, { readonly kind: 'publish' }>;

export type Step =
  | { readonly kind: 'together'; readonly acts: readonly Shared[] }
  /** New work, which takes a call for all branches and one for all pull requests. */
  | { readonly kind: 'publish'; readonly works: readonly Publish[] }
  | { readonly kind: 'alone'; readonly decision: Alone };

/** Mutations in one call. GitHub has ten seconds for them. */
const MOST_TOGETHER = 30;
/** Runs and the clock do not depend on what issues and comments show. */
const INDEPENDENT: readonly Decision['kind'][] = ['dispatch', 'cancel run', 'start clock'];
/** A pull request takes GitHub longer than a label does. */
const MOST_PUBLISHED = 10;

export const decisionsIn = (step: Step): readonly Decision[] => {
  switch (step.kind) {
    case 'together':
      return step.acts.map(({ decision }) => decision);
    case 'publish':
      return step.works;
    case 'alone':
      return [step.decision];
  }
};

/** Decisions in their order. Neighbours that can share a call do. */
export function stepsOf(snapshot: Snapshot, decisions: readonly Decision[]): readonly Step[] {
  const steps: Writable[] = [];
  for (const decision of decisions) {
    const last = steps.at(-1);
    if (decision.kind === 'publish' && isNewWork(decision)) {
      if (last?.kind === 'publish' && last.works.length < MOST_PUBLISHED) last.works.push(decision);
      else steps.push({ kind: 'publish', works: [decision] });
      continue;
    }
    const { alone, mutations } = routeOf(snapshot, decision);
    if (alone) {
      const step = { kind: 'alone', decision: alone } as const;
      // Acts on both sides of one that concerns none of them share a call.
      if (last?.kind === 'together' && INDEPENDENT.includes(alone.kind)) steps.splice(-1, 0, step);
      else steps.push(step);
      continue;
    }
    const shared = { decision, mutations };
    if (last?.kind === 'together' && sizeOf([...last.acts, shared]) <= MOST_TOGETHER) last.acts.push(shared);
    else steps.push({ kind: 'together', acts: [shared] });
  }
  return steps;
}

type Writable =
  | { readonly kind: 'together'; readonly acts: Shared[] }
  | { readonly kind: 'publish'; readonly works: Publish[] }
  | Extract<Step, { readonly kind: 'alone' }>;

const sizeOf = (acts: readonly Shared[]): number => acts.reduce((sum, { mutations }) => sum + mutations.length, 0);

type Route =
  | { readonly alone: Alone; readonly mutations?: undefined }
  | { readonly alone?: undefined; readonly mutations: readonly Mutation[] };

const by = (field: string, input: Mutation['input'], select?: string): Route => ({
  mutations: [{ field, input, ...(select === undefined ? {} : { select }) }],
});

function routeOf(snapshot: Snapshot, decision: Decision): Route {
  const { repository, said } = snapshot;
  switch (decision.kind) {
    case 'delete branch': {
      // Compare-and-swap protects newer commits.
      const update = { name: `refs/heads/${decision.branch}`, beforeOid: decision.head, afterOid: ABSENT, force: true };
      return by('updateRefs', { repositoryId: repository.id, refUpdates: [update] });
    }

    case 'close issue':
      return by('closeIssue', {
        issueId: decision.issueId,
        stateReason: decision.as === 'not planned' ? 'NOT_PLANNED' : 'COMPLETED',
      });

    case 'close epic':
      return by('closeIssue', { issueId: snapshot.epic.id, stateReason: 'COMPLETED' });

    case 'add blocker': {
      const { issueId, blockerId } = decision;
      return issueId === undefined || blockerId === undefined
        ? { alone: decision }
        : by('addBlockedBy', { issueId, blockingIssueId: blockerId });
    }

    case 'add sub-issue': {
      const { parentId, issueId } = decision;
      return issueId === undefined
        ? { alone: decision }
        : by('addSubIssue', { issueId: parentId, subIssueId: issueId, replaceParent: false });
    }

    case 'react':
      return by('addReaction', { subjectId: decision.node, content: decision.with.toUpperCase() });

    case 'set labels': {
      const labelableId = nodeOf(snapshot, decision.issue);
      const add = idsOf(snapshot, decision.add);
      const remove = idsOf(snapshot, decision.remove);
      // REST makes a label that the repository does not have.
      if (labelableId === undefined || !add || !remove) return { alone: decision };
      return {
        mutations: [
          ...(add.length > 0 ? [{ field: 'addLabelsToLabelable', input: { labelableId, labelIds: add } }] : []),
          ...(remove.length > 0
            ? [{ field: 'removeLabelsFromLabelable', input: { labelableId, labelIds: remove } }]
            : []),
        ],
      };
    }

    case 'say': {
      const subjectId = nodeOf(snapshot, decision.on);
      if (subjectId === undefined) return { alone: decision };
      const body = sayNotice(decision.notice, { key: decision.key, url: repository.url });
      return by('addComment', { subjectId, body }, 'commentEdge { node { fullDatabaseId } }');
    }

    case 'show panel': {
      const shown = said[decision.key];
      if (decision.comment === undefined || shown?.id !== decision.comment || shown.node === undefined)
        return { alone: decision };
      const body = sayPanel(decision.board, { key: String(decision.on), url: repository.url });
      const canWait = decision.steps === 'can wait' && withoutSteps(shown.body) === withoutSteps(body);
      return shown.body === body || canWait ? { mutations: [] } : by('updateIssueComment', { id: shown.node, body });
    }

    case 'report checks': {
      // What was tried before may be there in part.
      if (snapshot.journal?.acts[decision.key] !== undefined) return { alone: decision };
      const mutations = checkMutations(repository, decision);
      return mutations ? { mutations } : { alone: decision };
    }

    default:
      return { alone: decision };
  }
}

const nodeOf = ({ epic, issues, pulls }: Snapshot, number: IssueNumber | PullNumber): string | undefined =>
  [epic, ...issues, ...pulls].find((each) => each.number === number)?.id;

/** @returns undefined if one of them has no id. */
function idsOf({ labelIds = {} }: Snapshot, names: readonly string[]): readonly string[] | undefined {
  const ids = names.flatMap((name) => labelIds[name.toLowerCase()] ?? []);
  return ids.length === names.length ? ids : undefined;
}

export type Answered = Exclude<Performed, { readonly kind: 'unsure' }> | { readonly kind: 'nothing to do' };

/** Performs acts in one call. @returns how each of them ended. @throws GitHubUnavailable if that is not known. */
export async function performTogether(client: Client, acts: readonly Shared[]): Promise<readonly Answered[]> {
  const mutations = acts.flatMap((act) => act.mutations);
  const ended = mutations.length === 0 ? [] : [...(await client.mutateEach(mutations))];
  return acts.map(({ decision, mutations: { length } }) => {
    if (length === 0) return { kind: 'nothing to do' };
    const own = ended.splice(0, length);
    const refused = own.find((each) => each.kind === 'refused');
    if (refused) return ofRefusal(decision, refused.error);
    const [id] = own.flatMap((each) => (each.kind === 'done' ? (commentIn(each.answer) ?? []) : []));
    return id === undefined ? { kind: 'done' } : { kind: 'done', result: id };
  });
}

/** If a branch cannot be deleted, it is gone or somebody has pushed to it. A link that is there is refused as a second one. */
function ofRefusal(decision: Decision, { status, message }: GitHubRefused): Answered {
  const isGone = decision.kind === 'delete branch' && (status === 404 || status === 422);
  if (decision.kind === 'add blocker' && /\balready\b/i.test(message)) return { kind: 'done' };
  return isGone ? { kind: 'nothing to do' } : { kind: 'refused', status, message };
}

function commentIn(answer: unknown): number | undefined {
  const { commentEdge } = (answer ?? {}) as { commentEdge?: { node?: { fullDatabaseId?: string } } };
  const id = Number(commentEdge?.node?.fullDatabaseId);
  return Number.isFinite(id) ? id : undefined;
}
