/**
 * GraphQL's `search` for issues and pull requests, which `gh` uses for every list with a filter.
 * @see https://docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests
 */

import type { Issue, User } from '#emulator/model/state';
import type { Asking } from './asking.ts';
import { type Args, compare, issueThing, loginOf, NotModelled, page } from './things.ts';

type Is = (issue: Issue) => boolean;

const isBy = (user: User, login: string, asking: Asking): boolean =>
  loginOf(user).toLowerCase() === (login === '@me' ? loginOf(asking.actor.user) : login).toLowerCase();

/** What a qualifier asks of an issue. Throws for a qualifier that is not known here, which must not pass for a match. */
function qualifier(name: string, value: string, asking: Asking): Is {
  const lower = value.toLowerCase();
  switch (name) {
    case 'repo':
      return ({ repository }) => `${repository.owner.login}/${repository.name}`.toLowerCase() === lower;
    case 'user':
    case 'org':
      return ({ repository }) => repository.owner.login.toLowerCase() === lower;
    case 'is':
    case 'type':
    case 'state':
      return state(lower);
    case 'label':
      return ({ labels }) =>
        lower.split(',').some((wanted) => labels.some((label) => label.name.toLowerCase() === wanted));
    case 'author':
      return ({ user }) => isBy(user, value, asking);
    case 'assignee':
      return ({ assignees }) => assignees.some((user) => isBy(user, value, asking));
    case 'review-requested':
      return ({ pull }) => pull?.requestedReviewers.some((user) => isBy(user, value, asking)) === true;
    case 'head':
      return ({ pull }) => pull?.headRef === value;
    case 'base':
      return ({ pull }) => pull?.baseRef === value;
    case 'draft':
      return ({ pull }) => pull !== null && pull.draft === (lower === 'true');
    default:
      throw new NotModelled(`the qualifier ${name}:`);
  }
}

function state(value: string): Is {
  switch (value) {
    case 'issue':
      return (issue) => issue.pull === null;
    case 'pr':
    case 'pull-request':
      return (issue) => issue.pull !== null;
    case 'open':
    case 'closed':
      return (issue) => issue.state === value;
    case 'merged':
      return (issue) => issue.pull?.merged === true;
    case 'unmerged':
      return (issue) => issue.pull?.merged === false;
    case 'draft':
      return (issue) => issue.pull?.draft === true;
    default:
      throw new NotModelled(`is:${value}`);
  }
}

const ORDERS: Readonly<Record<string, (issue: Issue) => string | number>> = {
  created: (issue) => issue.createdAt,
  updated: (issue) => issue.updatedAt,
  comments: (issue) => issue.comments.length,
};

export function search(args: Args, asking: Asking): Record<string, unknown> {
  const { query, type } = args as { query: string; type: string };
  if (type !== 'ISSUE') throw new NotModelled(`the search for ${type}`);
  const conditions: Is[] = [];
  let [by, direction] = ['created', 'desc'];
  for (const [word, minus, name, quoted, plain] of query.matchAll(/(-?)([a-z-]+):(?:"([^"]*)"|(\S+))|"[^"]*"|\S+/g)) {
    const value = quoted ?? plain;
    if (name === undefined || value === undefined) {
      const wanted = word.replaceAll('"', '').toLowerCase();
      conditions.push(({ title, body }) => `${title}\n${body ?? ''}`.toLowerCase().includes(wanted));
    } else if (name === 'sort') {
      [by = 'created', direction = 'desc'] = value.split('-');
    } else {
      const is = qualifier(name, value, asking);
      conditions.push(minus === '-' ? (issue) => !is(issue) : is);
    }
  }
  const key = ORDERS[by];
  if (!key) throw new NotModelled(`sort:${by}`);
  const seen = [...asking.world.repositories.values()].filter((repository) => asking.sees(repository));
  const found = seen
    .flatMap((repository) => [...repository.issues.values()])
    .filter((issue) => conditions.every((is) => is(issue)))
    .sort((a, b) => (direction === 'asc' ? 1 : -1) * (compare(key(a), key(b)) || a.id - b.id));
  return page(found.map(issueThing), args, { issueCount: found.length });
}
