/**
 * The search for issues and pull requests, which REST and GraphQL have in common.
 *
 * @see https://docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests
 */
import type { Issue, Repository, User } from '#emulator/model/records';
import type { GitHubBase } from './base.ts';

/** A part of a query that the emulator does not know. Ignoring it would give wrong results. */
export class UnknownQualifier extends Error {
  override readonly name = 'UnknownQualifier';
}

/** The person that searches, and what that person may see. */
export interface Searcher {
  readonly user: User;
  readonly sees: (repository: Repository) => boolean;
}

type Is = (issue: Issue) => boolean;

/** Searches know a bot by its login without `[bot]`. */
const plain = (user: User): string => user.login.replace(/\[bot\]$/, '').toLowerCase();
const nameOf = (login: string, searcher: Searcher): string =>
  login === '@me' ? plain(searcher.user) : login.replace(/\[bot\]$|^@/g, '').toLowerCase();

/** True if somebody names this login in the issue, with an `@`. */
export function mentions(issue: Issue, login: string): boolean {
  const wanted = new RegExp(`(?:^|[^\\w@/])@${login.replaceAll(/[^\w-]/g, '\\$&')}(?![\\w-])`, 'i');
  return [issue.body, ...issue.comments.map(({ body }) => body)].some((text) => wanted.test(text ?? ''));
}

/** The condition of a qualifier. */
function qualifier(name: string, value: string, searcher: Searcher): Is {
  const lower = value.toLowerCase();
  const login = nameOf(value, searcher);
  const isNamed = (user: User) => plain(user) === login;
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
    case 'archived':
      return ({ repository }) => repository.archived === (lower === 'true');
    case 'label':
      return ({ labels }) =>
        lower.split(',').some((wanted) => labels.some((label) => label.name.toLowerCase() === wanted));
    case 'author':
      return ({ user }) => isNamed(user);
    case 'assignee':
      return ({ assignees }) => assignees.some(isNamed);
    case 'mentions':
      return (issue) => mentions(issue, login);
    case 'commenter':
      return ({ comments }) => comments.some(({ user }) => isNamed(user));
    case 'involves':
      return (issue) =>
        isNamed(issue.user) ||
        issue.assignees.some(isNamed) ||
        issue.comments.some(({ user }) => isNamed(user)) ||
        mentions(issue, login);
    case 'review-requested':
    case 'user-review-requested':
      return ({ pull }) => pull?.requestedReviewers.some((each) => each.type !== 'Team' && isNamed(each)) === true;
    case 'head':
      return ({ pull }) => pull?.headRef === value;
    case 'base':
      return ({ pull }) => pull?.baseRef === value;
    case 'draft':
      return ({ pull }) => pull !== null && pull.draft === (lower === 'true');
    default:
      throw new UnknownQualifier(`the qualifier ${name}:`);
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
    case 'public':
    case 'private':
      return (issue) => issue.repository.visibility === value;
    default:
      throw new UnknownQualifier(`is:${value}`);
  }
}

const ORDERS: Readonly<Record<string, (issue: Issue) => string | number>> = {
  created: (issue) => issue.createdAt,
  updated: (issue) => issue.updatedAt,
  comments: (issue) => issue.comments.length,
};

export interface SearchOrder {
  readonly by: string;
  readonly direction: 'asc' | 'desc';
}

const TOKEN = /[()]|(-?)([a-z-]+):(?:"([^"]*)"|([^\s()]+))|"[^"]*"|[^\s()]+/g;

/** Reads a query: words and qualifiers that all have to fit, groups in parentheses, and the operators `AND` and `OR`. */
class Query {
  /** The order that the query asks for. */
  order: SearchOrder | undefined;
  readonly condition: Is;
  readonly #tokens: readonly RegExpMatchArray[];
  readonly #searcher: Searcher;
  #at = 0;

  constructor(text: string, searcher: Searcher) {
    this.#tokens = [...text.matchAll(TOKEN)];
    this.#searcher = searcher;
    this.condition = this.#either();
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at]?.[0];
  }

  /** Takes the next token if it is this one. */
  #takes(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#at += 1;
    return true;
  }

  #either(): Is {
    const choices = [this.#all()];
    while (this.#takes('OR')) choices.push(this.#all());
    return (issue) => choices.some((is) => is(issue));
  }

  #all(): Is {
    const parts: Is[] = [];
    for (let next = this.#peek(); next !== undefined && next !== ')' && next !== 'OR'; next = this.#peek()) {
      if (!this.#takes('AND')) parts.push(this.#part());
    }
    return (issue) => parts.every((is) => is(issue));
  }

  #part(): Is {
    if (this.#takes('(')) {
      const inside = this.#either();
      this.#takes(')');
      return inside;
    }
    const [word = '', minus, name, quoted, rest] = this.#tokens[this.#at] ?? [];
    this.#at += 1;
    const value = quoted ?? rest;
    if (name === undefined || value === undefined) {
      const wanted = word.replaceAll('"', '').toLowerCase();
      return ({ title, body }) => `${title}\n${body ?? ''}`.toLowerCase().includes(wanted);
    }
    if (name === 'sort') {
      const [by = 'created', direction] = value.split('-');
      this.order = { by, direction: direction === 'asc' ? 'asc' : 'desc' };
      return () => true;
    }
    const is = qualifier(name, value, this.#searcher);
    return minus === '-' ? (issue) => !is(issue) : is;
  }
}

/** The issues and pull requests that fit a query, which may say the order too. Throws `UnknownQualifier`. */
export function searchIssues(base: GitHubBase, text: string, searcher: Searcher, order?: SearchOrder): Issue[] {
  const query = new Query(text, searcher);
  const { by, direction } = query.order ?? order ?? { by: 'created', direction: 'desc' };
  const key = ORDERS[by];
  if (!key) throw new UnknownQualifier(`sort:${by}`);
  const sign = direction === 'asc' ? 1 : -1;
  return [...base.repositories.values()]
    .filter(searcher.sees)
    .flatMap((repository) => [...repository.issues.values()])
    .filter(query.condition)
    .sort((a, b) => sign * (compare(key(a), key(b)) || a.id - b.id));
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);
