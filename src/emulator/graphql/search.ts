/**
 * GraphQL's `search` for issues and pull requests. `gh` uses it for every list with a filter.
 * @see https://docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests
 */

import type { Issue, User } from '#emulator/model/records';
import { loginOf } from './actors.ts';
import { compare, page } from './connection.ts';
import type { QueryContext } from './context.ts';
import { type Args, NotImplemented, typedIssue } from './tables.ts';

type Is = (issue: Issue) => boolean;

const isBy = (user: User, login: string, context: QueryContext): boolean =>
  loginOf(user).toLowerCase() === (login === '@me' ? loginOf(context.actor.user) : login).toLowerCase();

/** The condition of a qualifier. Throws for an unknown one, because ignoring it would give wrong results. */
function qualifier(name: string, value: string, context: QueryContext): Is {
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
      return ({ user }) => isBy(user, value, context);
    case 'assignee':
      return ({ assignees }) => assignees.some((user) => isBy(user, value, context));
    case 'review-requested':
      return ({ pull }) =>
        pull?.requestedReviewers.some((each) => each.type !== 'Team' && isBy(each, value, context)) === true;
    case 'head':
      return ({ pull }) => pull?.headRef === value;
    case 'base':
      return ({ pull }) => pull?.baseRef === value;
    case 'draft':
      return ({ pull }) => pull !== null && pull.draft === (lower === 'true');
    default:
      throw new NotImplemented(`the qualifier ${name}:`);
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
      throw new NotImplemented(`is:${value}`);
  }
}

const ORDERS: Readonly<Record<string, (issue: Issue) => string | number>> = {
  created: (issue) => issue.createdAt,
  updated: (issue) => issue.updatedAt,
  comments: (issue) => issue.comments.length,
};

export function search(args: Args, context: QueryContext): Record<string, unknown> {
  const { query, type } = args as { query: string; type: string };
  if (type !== 'ISSUE') throw new NotImplemented(`the search for ${type}`);
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
      const is = qualifier(name, value, context);
      conditions.push(minus === '-' ? (issue) => !is(issue) : is);
    }
  }
  const key = ORDERS[by];
  if (!key) throw new NotImplemented(`sort:${by}`);
  const seen = [...context.world.repositories.values()].filter((repository) => context.sees(repository));
  const found = seen
    .flatMap((repository) => [...repository.issues.values()])
    .filter((issue) => conditions.every((is) => is(issue)))
    .sort((a, b) => (direction === 'asc' ? 1 : -1) * (compare(key(a), key(b)) || a.id - b.id));
  return page(found.map(typedIssue), args, { issueCount: found.length });
}
