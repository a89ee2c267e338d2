/** Where to look → which epics: those above an issue, those that wait for it, those in flight. */
import { type IssueNumber, issueNumber, numberIn, type RepositoryName } from '#core/model/epic';
import type { Client } from './client.ts';
import type { Hint } from './hints.ts';
import { hasReacted, type ReactionsAnswer } from './questions.ts';

interface Ancestry {
  readonly number: number;
  readonly labels?: { readonly nodes: readonly { readonly name: string }[] };
  readonly parent?: Ancestry | null;
}

interface Blocker extends Ancestry {
  readonly blocking: {
    readonly nodes: readonly (Ancestry & { readonly repository: { readonly nameWithOwner: string } })[];
  };
}

const nested = (depth: number): string => (depth === 0 ? '' : `parent { number ${nested(depth - 1)} }`);
const LABELS = 'labels(first: 50) { nodes { name } }';

/** The epics behind the hints, each once. */
export async function epicsOf(
  client: Client,
  repository: RepositoryName,
  hints: readonly Hint[],
): Promise<readonly IssueNumber[]> {
  const found = new Set(hints.filter((hint) => hint.kind === 'epic').map((hint) => hint.number));
  const issues = [...new Set(hints.filter((hint) => hint.kind === 'issue').map((hint) => hint.number))];
  if (issues.length > 0) {
    // Whoever waits for an issue is concerned as well; those of other repositories are found by the sweep.
    const waiting = `blocking(first: 20) { nodes { number ${LABELS} repository { nameWithOwner } ${nested(8)} } }`;
    const parts = issues.map(
      (number) => `issue${number}: issue(number: ${number}) { number ${LABELS} ${nested(8)} ${waiting} }`,
    );
    const answer = await client.queryWhatIsThere<{ repository: Record<string, Blocker | null> | null }>(
      `query Roots($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${parts.join(' ')} } }`,
      { ...repository },
    );
    const here = `${repository.owner}/${repository.name}`.toLowerCase();
    const there = Object.values(answer.repository ?? {})
      .filter((issue) => issue !== null)
      .flatMap((issue) => [
        issue,
        ...issue.blocking.nodes.filter((each) => each.repository.nameWithOwner.toLowerCase() === here),
      ]);
    const journals = there.some((issue) => issue.parent) ? await journalNumbers(client, repository) : [];
    for (const issue of there)
      for (const number of epicsAmong(issue, new Set(journals))) found.add(issueNumber(number));
  }
  return [...found];
}

/**
 * Of an issue and all above it, the epics: whatever is being executed. Where nothing is, the topmost issue, or the issue
 * itself where somebody put a label of ours on it: a group can be executed by itself.
 */
function epicsAmong(issue: Ancestry, journals: ReadonlySet<number>): readonly number[] {
  const chain: Ancestry[] = [];
  for (let at: Ancestry | null = issue; at; at = at.parent ?? null) chain.push(at);
  const started = chain.filter((each) => journals.has(each.number));
  if (started.length > 0) return started.map((each) => each.number);
  const labelled = issue.labels?.nodes.some((label) => label.name.startsWith('swarm:'));
  return [(labelled ? issue : (chain.at(-1) ?? issue)).number];
}

async function journalNumbers(client: Client, repository: RepositoryName): Promise<readonly number[]> {
  const refs = await client.request('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', {
    owner: repository.owner,
    repo: repository.name,
    ref: 'swarm/epics/',
  });
  return refs.data
    .map((ref) => Number(ref.ref.replace('refs/swarm/epics/', '')))
    .filter((number) => numberIn(number) !== undefined);
}

/**
 * Every epic that may need a look, found without any event: open epics with a journal, and issues that somebody put a
 * command on lately. This is what the clock's sweep looks at.
 */
export async function epicsInFlight(client: Client, repository: RepositoryName): Promise<readonly IssueNumber[]> {
  const numbers = await journalNumbers(client, repository);
  const answer = await client.query<{
    repository: {
      issues: {
        nodes: readonly (Ancestry & {
          labels: { nodes: readonly { name: string }[] };
          comments: { nodes: readonly { body: string; reactionGroups: readonly ReactionsAnswer[] | null }[] };
        })[];
      };
    };
  }>(
    `query Recent($owner: String!, $name: String!) {
      repository(owner: $owner, name: $name) {
        issues(first: 50, states: [OPEN], orderBy: { field: UPDATED_AT, direction: DESC }) {
          nodes { number ${nested(2)} ${LABELS} comments(last: 10) { nodes { body reactionGroups { content viewerHasReacted } } } }
        }
      }
    }`,
    { ...repository },
  );
  const asked = answer.repository.issues.nodes.filter(
    (issue) =>
      issue.labels.nodes.some((label) => label.name.startsWith('swarm:')) ||
      // What was answered already needs no look.
      issue.comments.nodes.some(
        (comment) => comment.body.startsWith('/swarm') && !hasReacted(comment, 'ROCKET', 'CONFUSED'),
      ),
  );
  const journals = new Set(numbers);
  const roots = asked.flatMap((issue) => epicsAmong(issue, journals)).filter((number) => !journals.has(number));
  return [...new Set([...(await stillOpen(client, repository, numbers)), ...roots])]
    .map(issueNumber)
    .sort((a, b) => a - b);
}

async function stillOpen(
  client: Client,
  repository: RepositoryName,
  numbers: readonly number[],
): Promise<readonly number[]> {
  const open: number[] = [];
  for (let start = 0; start < numbers.length; start += 100) {
    const parts = numbers
      .slice(start, start + 100)
      .map((number) => `issue${number}: issue(number: ${number}) { number state }`);
    const answer = await client.queryWhatIsThere<{
      repository: Record<string, { number: number; state: string } | null> | null;
    }>(
      `query Open($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${parts.join(' ')} } }`,
      { ...repository },
    );
    open.push(
      ...Object.values(answer.repository ?? {})
        .filter((issue) => issue?.state === 'OPEN')
        .map((issue) => issue?.number ?? 0),
    );
  }
  return open;
}
