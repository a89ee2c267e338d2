/**
 * Lists of GitHub are read to their end, or the caller is told: every list that a query of swarm names, against a GitHub
 * that answers in pages.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import { instant, issueNumber } from '../../src/core/model/epic.ts';
import { emptyJournal } from '../../src/core/model/journal.ts';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import { virtualClock } from '../../src/emulator/model/clock.ts';
import type { Comment, Issue, Pull, Repository, Review } from '../../src/emulator/model/records.ts';
import { type Client, MAX_REST_PAGES, makeClient } from '../../src/github/client.ts';
import { type CutList, listShapes, MAX_FURTHER_QUERIES, pageText } from '../../src/github/lists.ts';
import { observeRuns, runTitle } from '../../src/github/looks/runs.ts';
import { perform } from '../../src/github/perform.ts';
import { epicsInFlight } from '../../src/github/wake.ts';
import { Api } from '../../src/local/api.ts';
// The lists that the pages of `swarm dev` read.
import '../../src/local/epic-view.ts';
import { reconcile } from '../../src/reconcile.ts';
import { snapshot } from '../core/facts.ts';

const HERE = { owner: 'ana', name: 'shop' };
const AT = { owner: HERE.owner, repo: HERE.name };
/** More than two pages of any size. */
const MANY = 205;
const clock = virtualClock();

let directory: string;
let emulator: Emulator;
let client: Client;
let repository: Repository;
let head: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'swarm-lists-'));
  emulator = await startEmulator({ dir: join(directory, 'github'), clock });
  const { world } = emulator;
  const ana = world.addUser('ana');
  repository = await world.addRepository(ana, 'shop');
  const git = await world.git(repository);
  const author = { name: 'ana', email: 'ana@example.com', date: world.now() };
  await git.seed({ 'README.md': '# Shop\n' }, { branch: 'main', message: 'chore: begin', author });
  for (let at = 1; at <= MANY; at++) {
    head = await git.seed({ 'cart.ts': `${at}\n` }, { branch: 'cart', message: `feat: step ${at}`, author });
  }
  client = makeClient({ apiUrl: `${emulator.url}/api/v3`, token: world.tokens.forUser(ana) });
});

afterAll(async () => {
  await emulator.close();
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
});

const quietly = <Result>(act: () => Result): Result => emulator.world.quietly(act);
const ana = () => emulator.world.as('ana');
const opened = (title: string, body = ''): Issue =>
  quietly(() => emulator.world.issues.create(ana(), repository, { title, body }));
const times = (act: (at: number) => unknown, count = MANY): void =>
  quietly(() => {
    for (let at = 1; at <= count; at++) act(at);
  });

let shared: Promise<{ pull: Pull; review: Review }> | undefined;
/** One pull request with a long conversation, long reviews and many checks. */
const flooded = (): Promise<{ pull: Pull; review: Review }> => {
  shared ??= quietly(async () => {
    const { world } = emulator;
    const git = await world.git(repository);
    const main = await git.readRef('refs/heads/main');
    const author = { name: 'ana', email: 'ana@example.com', date: world.now() };
    const lines = Array.from({ length: MANY }, (_, at) => `line ${at}`);
    await git.updateRefs([{ name: 'refs/heads/feat/cart', before: null, after: main ?? '' }]);
    await git.seed({ 'lines.txt': `${lines.join('\n')}\n` }, { branch: 'feat/cart', message: 'feat: cart', author });
    const pull = await world.pulls.create(ana(), repository, { title: 'Cart', head: 'feat/cart', base: 'main' });
    const bob = world.addUser('bob');
    repository.collaborators.set(bob.id, 'write');
    const comments = lines.map((_, at) => ({ path: 'lines.txt', body: `Note ${at}.`, line: at + 1 }));
    const review = await world.reviews.write(world.as('bob'), pull, { event: 'COMMENT', body: 'See below.', comments });
    for (let at = 0; at < MANY; at++) {
      await world.reviews.write(world.as('bob'), pull, { event: 'APPROVE' });
      world.issues.comment(ana(), pull.issue, `Comment ${at}.`);
      const status = { state: 'success', context: `shard ${at}`, description: null, targetUrl: null } as const;
      await world.checks.setStatus(ana(), repository, pull.headSha, status);
      await world.checks.setStatus(ana(), repository, head, status);
    }
    return { pull, review };
  });
  return shared;
};

const linked = (link: (issue: Issue, other: Issue) => void, count = MANY): string => {
  const issue = opened('One');
  times((at) => link(issue, opened(`Other ${at}`)), count);
  return issue.nodeId;
};
/** GitHub has limits of its own. */
const MOST: Readonly<Record<string, number>> = {
  labels: 100,
  labeled: 100,
  blockedBy: 50,
  blocking: 50,
  subIssues: 100,
  shownBlockers: 50,
  shownSegments: 100,
};
const blocked = () => linked((issue, other) => emulator.world.issues.addBlockedBy(ana(), issue, other), 50);
const divided = () => linked((issue, other) => emulator.world.issues.addSubIssue(ana(), issue, other), 100);
const commentsOf = (): string => {
  const issue = opened('Talk');
  times((at) => emulator.world.issues.comment(ana(), issue, `Comment ${at}.`));
  return issue.nodeId;
};
const labelsOf = (): string => {
  const issue = opened('Labels');
  times((at) => emulator.world.issues.addLabels(ana(), issue, [`label ${at}`]), 100);
  return issue.nodeId;
};
const unlabeled = (): string => {
  const issue = opened('Labels');
  times(() => {
    emulator.world.issues.addLabels(ana(), issue, ['swarm:blocked']);
    emulator.world.issues.removeLabel(ana(), issue, 'swarm:blocked');
  });
  return issue.nodeId;
};
const edited = (): string => {
  const comment: Comment = quietly(() => emulator.world.issues.comment(ana(), opened('Edits'), 'Begin.'));
  times((at) => emulator.world.issues.editComment(ana(), comment, `Edit ${at}.`));
  return comment.nodeId;
};
const pullId = async () => (await flooded()).pull.nodeId;
const requested = async (): Promise<string> => {
  const { pull } = await flooded();
  times((at) => {
    const reviewer = emulator.world.addUser(`reviewer-${at}`);
    repository.collaborators.set(reviewer.id, 'write');
    emulator.world.reviews.request(ana(), pull, [reviewer.login]);
  });
  return pull.nodeId;
};
const commitId = (sha: string) =>
  client
    .query<{ repository: { object: { id: string } } }>(
      'query Id($owner: String!, $name: String!, $sha: String!) { repository(owner: $owner, name: $name) { object(expression: $sha) { id } } }',
      { ...HERE, sha },
    )
    .then(({ repository: { object } }) => object.id);

const ran = async (): Promise<string> => {
  const { runs } = emulator.world;
  const at = { headSha: head, workflowSha: head, headBranch: 'cart', ref: 'refs/heads/cart' };
  await quietly(async () => {
    for (let run = 1; run <= MANY; run++) {
      const workflow = runs.workflow(repository, `.github/workflows/ci-${run}.yml`, `ci ${run}`);
      await runs.create(ana(), { ...at, workflow, event: 'push', displayTitle: 'feat', payload: {} });
    }
  });
  return commitId(head);
};

/** For each list: the id of an object where it has at least `MANY` items, or as many as GitHub allows. */
const FLOODS: Readonly<Record<string, () => string | Promise<string>>> = {
  labels: labelsOf,
  labeled: labelsOf,
  changes: unlabeled,
  blockedBy: blocked,
  blocking: () => linked((issue, other) => emulator.world.issues.addBlockedBy(ana(), other, issue), 50),
  subIssues: divided,
  issueComments: commentsOf,
  recentComments: commentsOf,
  edits: edited,
  checks: () => commitId(head).then(async (id) => (await flooded()) && id),
  checkSuites: ran,
  pullComments: pullId,
  reviews: pullId,
  approvals: pullId,
  reviewRequests: requested,
  reviewComments: async () => (await flooded()).review.nodeId,
  recentIssues: () => linked(() => undefined) && repository.nodeId,
  newIssues: () => linked(() => undefined) && repository.nodeId,
  shownBlockers: blocked,
  shownComments: commentsOf,
  shownSegments: divided,
  shownReviews: pullId,
  shownChecks: pullId,
  steps: () => commitId(head),
};

interface Listed {
  readonly nodes: readonly unknown[];
  readonly totalCount: number;
}

/** Reads a list that begins with a page of three, as swarm's own queries do. */
async function read(name: string, id: string): Promise<Listed> {
  const shape = listShapes().get(name);
  if (!shape) throw new Error(`There is no list ${name}`);
  const page = pageText(name, shape, 3).replace('nodes {', 'totalCount nodes {');
  const inside = (shape.path ?? []).reduceRight((inner, field) => `${field} { ${inner} }`, page);
  const text = `query Flood($id: ID!) { node(id: $id) { id ... on ${shape.on} { ${inside} } } } ${shape.fragment ?? ''}`;
  const { node } = await client.queryWithNulls<{ node: Record<string, unknown> }>(text, { id });
  const place = [...(shape.path ?? []), shape.as ?? shape.field];
  return place.reduce<unknown>((at, field) => (at as Record<string, unknown>)[field], node) as Listed;
}

describe('every list of a query is read to its end, each item once, in GitHub’s order (R4.7)', () => {
  test('and each of them is tried here', () => {
    const tried = [...Object.keys(FLOODS), 'shownPulls'];
    expect([...listShapes().keys()].sort()).toEqual(tried.sort());
  });

  test.each(Object.keys(FLOODS))('%s', async (name) => {
    const id = await FLOODS[name]?.();
    const { nodes, totalCount } = await read(name, id ?? '');
    expect(nodes.length).toBeGreaterThanOrEqual(MOST[name] ?? MANY);
    expect(nodes).toHaveLength(totalCount);
    // What these read of their items is the same for all of them.
    if (name === 'edits' || name === 'shownReviews') return;
    expect(new Set(nodes.map((node) => JSON.stringify(node))).size).toBe(totalCount);
  });

  test('lists inside of a list, too: all comments of all blocked issues', async () => {
    const issue = opened('Root');
    times((at) => {
      const other = opened(`Child ${at}`);
      emulator.world.issues.addSubIssue(ana(), issue, other);
      for (let more = 1; more <= 25; more++) emulator.world.issues.comment(ana(), other, `Comment ${more}.`);
    }, 60);
    const { nodes } = await read('subIssues', issue.nodeId);
    const comments = (nodes as { comments: { nodes: { body: string }[] } }[]).map((child) => child.comments.nodes);
    const all = Array.from({ length: 25 }, (_, at) => `Comment ${at + 1}.`);
    expect(comments).toHaveLength(60);
    expect(comments.map((each) => each.map(({ body }) => body))).toEqual(comments.map(() => all));
  });
});

describe('a list that is longer than its bound', () => {
  test('makes the query fail, or is named to the caller, after a bounded number of reads', async () => {
    const issue = opened('Flood');
    times((at) => emulator.world.issues.comment(ana(), issue, `Comment ${at}.`), 3_050);
    await expect(read('recentComments', issue.nodeId)).rejects.toMatchObject({
      name: 'ListTooLong',
      list: { kind: 'comments' },
    });

    const cut: CutList[] = [];
    const page = pageText('recentComments', listShapes().get('recentComments') as never, 10);
    const before = emulator.calls.reads;
    await client.query(
      `query Flood($id: ID!) { node(id: $id) { id ... on Issue { number ${page} } } }`,
      { id: issue.nodeId },
      { onCut: (list) => cut.push(list) },
    );
    expect(cut).toEqual([{ kind: 'comments', of: issue.number, read: 3_010 }]);
    expect(emulator.calls.reads - before).toBeLessThanOrEqual(MAX_FURTHER_QUERIES + 1);
  });
});

describe('the sweep', () => {
  const place = {
    repository: HERE,
    parseConfig: ({ text, file }: { text: string | undefined; file: string }) => readConfig(text, file),
  };
  const sweep = (since: number, lines: string[] = []) =>
    epicsInFlight({ ...place, client, since: instant(since), log: (line) => lines.push(line) });

  test('finds a label and a command behind 120 issues that changed later, and behind 30 comments', async () => {
    await clock.advance(60_000);
    const since = clock.now();
    const [labelled, asked] = [opened('Labelled'), opened('Asked')];
    quietly(() => {
      emulator.world.issues.addLabels(ana(), labelled, ['swarm:execute']);
      emulator.world.issues.comment(ana(), asked, '/swarm execute');
    });
    times((at) => emulator.world.issues.comment(ana(), asked, `Noise ${at}.`), 30);
    await clock.advance(60_000);
    times((at) => opened(`Noise ${at}`), 120);
    const lines: string[] = [];
    expect(await sweep(since, lines)).toEqual([labelled.number, asked.number].map(issueNumber));
    expect(lines).toEqual([]);
    // What was swept before is not read again.
    const before = emulator.calls.reads;
    await sweep(clock.now() + 1);
    expect(emulator.calls.reads - before).toBeLessThanOrEqual(4);
  });

  test('finds a label from before the time that it looks through, if it is the first of its process', async () => {
    const labelled = opened('Labelled long ago');
    quietly(() => emulator.world.issues.addLabels(ana(), labelled, ['swarm:execute']));
    await clock.advance(60_000);
    times((at) => opened(`Noise ${at}`), 120);
    const first = { ...place, client, since: clock.now() + 1, labels: 'all' as const };
    const log = (line: string) => expect.unreachable(line);
    const found = await epicsInFlight({ ...first, since: instant(first.since), log });

    expect(found).toContain(labelled.number);
    expect(await sweep(clock.now() + 1)).not.toContain(labelled.number);
  });
});

describe('an issue that was made and not linked', () => {
  test('is found behind 120 newer ones, and not made a second time', async () => {
    const { world } = emulator;
    const epic = opened('Checkout');
    const decision = {
      kind: 'make issue',
      key: 'follow-up:1',
      parentId: epic.nodeId,
      notice: { kind: 'follow-up segment', epic: issueNumber(epic.number), what: 'More.', by: 'ana' },
      reason: { kind: 'panel current' },
    } as never;
    const journal = {
      ...emptyJournal(issueNumber(epic.number)),
      acts: { 'follow-up:1': { at: instant(clock.now()), by: 'me', state: 'intended' as const } },
    };
    const state = {
      ...snapshot([], { journal }),
      repository: { ...HERE, id: repository.nodeId, url: 'u', defaultBranch: 'main' },
    };
    const remove = emulator.faults.add({ body: 'addSubIssue', effect: { kind: 'fails', status: 502 } });
    await perform({ client, publisher: client }, state, [decision]);
    remove();
    times((at) => world.issues.create(ana(), repository, { title: `Noise ${at}`, body: '' }), 120);
    const { acts } = await perform({ client, publisher: client }, state, [decision]);

    const made = [...repository.issues.values()].filter(({ body }) => body?.includes('follow-up%3A1'));
    expect(made).toHaveLength(1);
    expect(acts['follow-up:1']).toEqual({ kind: 'done', result: made[0]?.number });
    expect(epic.subIssues).toEqual(made);
  });
});

describe('the run of a dispatch', () => {
  test('is found behind 120 newer runs', async () => {
    const { world } = emulator;
    const workflow = world.runs.workflow(repository, '.github/workflows/swarm.yml', 'swarm');
    const startRun = (displayTitle: string) =>
      quietly(() =>
        world.runs.create(ana(), {
          ...{ workflow, event: 'workflow_dispatch', headBranch: 'main', headSha: head, workflowSha: head },
          ...{ ref: 'refs/heads/main', displayTitle, payload: {} },
        }),
      );
    const epic = issueNumber(7);
    const dispatch = { id: 'd1', at: instant(clock.now()), work: { kind: 'calibration', wave: 1, round: 1 } };
    const run = await startRun(runTitle(epic, 'd1'));
    for (let at = 1; at <= 120; at++) await startRun(`swarm #9 other ${at}`);

    const cut: CutList[] = [];
    const seen = await observeRuns({ client, repository: HERE, onCut: (list) => cut.push(list) }, {
      ...emptyJournal(epic),
      dispatches: { d1: dispatch },
      calibrations: { 1: [{ round: 1, dispatch: 'd1' }] },
    } as never);
    expect(seen.map(({ id, dispatch: of }) => [id, of])).toEqual([[run.id, 'd1']]);
    expect(cut).toEqual([]);
  });
});

describe('lists of REST', () => {
  test('are read to their end, by swarm and by `swarm dev`', async () => {
    const issue = opened('Talk');
    times((at) => emulator.world.issues.comment(ana(), issue, `Comment ${at}.`));
    const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
    const api = new Api(`${emulator.url}/api/v3`, emulator.world.tokens.forUser(repository.owner));

    expect(await client.paginate(route, { ...AT, issue_number: issue.number })).toHaveLength(MANY);
    expect(await api.list(`/repos/ana/shop/issues/${issue.number}/comments`)).toHaveLength(MANY);
    expect(MAX_REST_PAGES).toBe(100);
  });
});

describe('an epic with a list that is longer than its bound', () => {
  test('waits, and its panel says so, once', async () => {
    const epic = opened('Checkout');
    quietly(() =>
      emulator.world.issues.addSubIssue(ana(), epic, opened('Cart', '---\nfiles: [src/**]\n---\nMake it.')),
    );
    quietly(() => emulator.world.issues.addLabels(ana(), epic, ['swarm:execute']));
    const look = () =>
      reconcile(
        {
          ...{ client, repository: HERE, name: 'me', performed: new Map(), sights: new Map() },
          ...{ runsIn: 'job', log: () => undefined },
        },
        issueNumber(epic.number),
      );
    const panels = () => epic.comments.filter(({ body }) => body.startsWith('<!-- swarm:panel'));
    await look();
    expect(panels().map(({ body }) => body.includes('LIST_TOO_LONG'))).toEqual([false]);

    times((at) => emulator.world.issues.comment(ana(), epic, `Noise ${at}.`), 3_150);
    const before = emulator.calls.reads;
    await look();
    expect(panels().map(({ body }) => body.includes('LIST_TOO_LONG'))).toEqual([true]);
    expect(panels()[0]?.body).toContain(`There are too many comments of #${epic.number}`);
    // Three rounds of a look, each with a bounded number of reads.
    expect(emulator.calls.reads - before).toBeLessThanOrEqual(3 * (MAX_FURTHER_QUERIES + 10));
  });
});
