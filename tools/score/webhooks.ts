/**
 * Every kind of webhook that the emulator sends, beside the examples that Octokit has collected from GitHub. A kind is right
 * if it has each key that all of its examples have, at any depth, and no key that GitHub's description of it lacks.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Check, Checks, type Judge } from './judge.ts';
import { judgeByPackage } from './programs.ts';
import { NAME, OWNER, openShop, type Shop } from './shop.ts';

const PACKAGE = {
  name: '@octokit/webhooks-examples',
  version: '7.6.1',
  integrity: 'sha512-De6U3XB6O3DtCa7bKgCMzTHdeopqqZ6SNivMYJnK65ierKL1AnNIA0tkRYCRS7lwGT792d+Ps1WbfHlso6MynQ==',
};
const EVENTS = [
  ...['check_run', 'create', 'delete', 'issue_comment', 'issues', 'label', 'pull_request', 'pull_request_review'],
  ...['pull_request_review_comment', 'push', 'repository_dispatch', 'status', 'workflow_dispatch', 'workflow_job'],
  'workflow_run',
];
const REPO = `/repos/${OWNER}/${NAME}`;

interface Examples {
  readonly name: string;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

export const webhooks: Judge = {
  name: 'webhooks',
  about: 'kinds of webhooks beside collected examples: no key is missing, none is of our own',
  run: () =>
    judgeByPackage(PACKAGE, (dir) => {
      const file = join(dir, 'api.github.com', 'index.json');
      return judge(JSON.parse(readFileSync(file, 'utf8')) as readonly Examples[]);
    }),
};

async function judge(collected: readonly Examples[]): Promise<readonly Check[]> {
  const receiver = createServer((request, response) => {
    request.resume();
    response.writeHead(202).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const shop = await openShop();
  const checks = new Checks();
  try {
    const { app, installation, emulator, runner } = shop;
    app.webhook = { url, secret: 'secret' };
    installation.events = EVENTS;
    await causeAll(shop);
    await runner?.idle();
    await emulator.deliveries.idle();
    const kinds = Map.groupBy(emulator.deliveries.all, ({ event, action }) => (action ? `${event}.${action}` : event));
    for (const [kind, [delivery]] of [...kinds].sort(([one], [other]) => (one < other ? -1 : 1))) {
      const examples = collected.find(({ name }) => name === delivery?.event)?.examples ?? [];
      const same = examples.filter(({ action }) => !delivery?.action || action === delivery.action);
      // Nobody has collected an example of this kind, so there is nothing to judge by.
      if (!delivery || same.length === 0) continue;
      const lacking = missingIn(same, JSON.parse(delivery.body), '');
      const own = emulator.findings.filter(({ where }) => where === kind).flatMap(({ problems }) => problems);
      const seen = [lacking.length > 0 ? `lacks ${lacking.join(', ')}` : '', ...own].filter(Boolean).join('; ');
      checks.note(kind, seen === '', seen);
    }
    return checks.all;
  } finally {
    await shop.close();
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  }
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Objects whose keys are names of the sender's choice. */
const MAPS: ReadonlySet<string> = new Set(['permissions', 'inputs', 'client_payload']);

/** The paths of keys that all examples have and a payload lacks. What is null or empty on one side is not compared. */
function missingIn(examples: readonly unknown[], payload: unknown, path: string): string[] {
  const lists = examples.filter(Array.isArray);
  if (lists.length === examples.length && Array.isArray(payload)) {
    const items = lists.flat();
    return items.length === 0 || payload.length === 0 ? [] : missingIn(items, payload[0], `${path}[]`);
  }
  const objects = examples.filter(isObject);
  if (objects.length === 0 || objects.length < examples.length || !isObject(payload)) return [];
  const common = Object.keys(objects[0] ?? {}).filter((key) => objects.every((one) => key in one));
  return common.flatMap((key) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (!(key in payload)) return [at];
    if (MAPS.has(key)) return [];
    return missingIn(
      objects.map((one) => one[key]),
      payload[key],
      at,
    );
  });
}

/** Does everything of which the emulator tells. */
async function causeAll({ emulator, git, tokens }: Shop): Promise<void> {
  const call = async (method: string, path: string, body?: unknown, token = tokens.ana): Promise<Json> => {
    const response = await fetch(`${emulator.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'user-agent': 'judge' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Json);
  };
  const mutate = (field: string, input: string) =>
    call('POST', '/graphql', { query: `mutation { ${field}(input: { ${input} }) { clientMutationId } }` });

  // Issues.
  await call('POST', `${REPO}/issues`, { title: 'a', body: 'b', labels: ['bug'], assignees: ['bob'] });
  await call('PATCH', `${REPO}/issues/1`, { title: 'c' });
  const { id: comment } = await call('POST', `${REPO}/issues/1/comments`, { body: 'x' });
  await call('PATCH', `${REPO}/issues/comments/${comment}`, { body: 'y' });
  await call('DELETE', `${REPO}/issues/comments/${comment}`);
  await call('DELETE', `${REPO}/issues/1/labels/bug`);
  await call('PATCH', `${REPO}/issues/1`, { state: 'closed' });
  await call('PATCH', `${REPO}/issues/1`, { state: 'open' });
  await call('DELETE', `${REPO}/issues/1/assignees`, { assignees: ['bob'] });
  await call('PUT', `${REPO}/issues/1/lock`, { lock_reason: 'spam' });
  await call('DELETE', `${REPO}/issues/1/lock`);
  const { node_id: issue } = await call('GET', `${REPO}/issues/1`);
  await mutate('pinIssue', `issueId: "${issue}"`);
  await mutate('unpinIssue', `issueId: "${issue}"`);
  // Branches and pull requests.
  const main = await git.readRef('refs/heads/main');
  await call('POST', `${REPO}/git/refs`, { ref: 'refs/heads/f', sha: main });
  await call('PUT', `${REPO}/contents/n.txt`, { message: 'm', content: 'YQ==', branch: 'f' });
  const pull = await call('POST', `${REPO}/pulls`, { head: 'f', base: 'main', title: 'p', draft: true });
  const on = `${REPO}/pulls/${pull.number}`;
  await call('PUT', `${REPO}/contents/n2.txt`, { message: 'm', content: 'YQ==', branch: 'f' });
  await mutate('markPullRequestReadyForReview', `pullRequestId: "${pull.node_id}"`);
  await mutate('convertPullRequestToDraft', `pullRequestId: "${pull.node_id}"`);
  await mutate('markPullRequestReadyForReview', `pullRequestId: "${pull.node_id}"`);
  await call('POST', `${REPO}/issues/${pull.number}/labels`, { labels: ['bug'] });
  await call('POST', `${REPO}/issues/${pull.number}/assignees`, { assignees: ['ana'] });
  await call('POST', `${on}/requested_reviewers`, { reviewers: ['bob'] });
  const comments = [{ path: 'n.txt', line: 1, body: 'c' }];
  const review = await call('POST', `${on}/reviews`, { event: 'REQUEST_CHANGES', body: 'x', comments }, tokens.bob);
  await call('PUT', `${on}/reviews/${review.id}/dismissals`, { message: 'm', event: 'DISMISS' });
  const head = await git.readRef('refs/heads/f');
  const output = { title: 't', summary: 's' };
  const asked = { name: 'c', head_sha: head, conclusion: 'success', output };
  await call('POST', `${REPO}/check-runs`, asked, tokens.app);
  await call('POST', `${REPO}/statuses/${head}`, { state: 'success', context: 'x' });
  await call('PATCH', on, { state: 'closed' });
  await call('PATCH', on, { state: 'open' });
  await call('PUT', `${on}/merge`, {});
  await call('DELETE', `${REPO}/git/refs/heads/f`);
  // The rest.
  await call('POST', `${REPO}/labels`, { name: 'q', color: 'ffffff' });
  await call('PATCH', `${REPO}/labels/q`, { color: 'eeeeee' });
  await call('DELETE', `${REPO}/labels/q`);
  await call('POST', `${REPO}/actions/workflows/ci.yml/dispatches`, { ref: 'main' });
  await call('POST', `${REPO}/dispatches`, { event_type: 'on-demand-test', client_payload: { a: 1 } });
}
