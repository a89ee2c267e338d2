/**
 * What all of GraphQL's tables are made of: a record under its type's name, a page of a list, and people.
 *
 * A table says for each field of one of GitHub's object types what the world answers.
 */

import { type Issue, type Pull, Refusal, type Repository, type User } from '#emulator/model/state';
import type { World } from '#emulator/world/world';
import type { Asking } from './asking.ts';

export type Args = Record<string, unknown>;
export type Table<Record_> = Record<string, (it: Record_, args: Args, asking: Asking) => unknown>;

/** `__typename` lets graphql-js tell which type of an interface or union it has before it. */
export interface Thing<Record_ = unknown> {
  readonly __typename: string;
  readonly it: Record_;
}

export const thing = <Record_>(typename: string, it: Record_): Thing<Record_> => ({ __typename: typename, it });
export const maybe = <Record_>(typename: string, it: Record_ | null | undefined) => (it ? thing(typename, it) : null);

// ── Pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const cursorOf = (index: number): string => Buffer.from(`cursor:v2:${index}`).toString('base64');

/** Throws what GitHub says of a cursor that it did not make. */
function indexOf(cursor: string): number {
  const index = /^cursor:v2:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  if (index === undefined) throw new Refusal(422, `\`${cursor}\` does not appear to be a valid cursor.`);
  return Number(index);
}

/** A page of a list: `first` or `last` of what lies between the cursors. Their limits are the resolver's to check. */
export function page(
  nodes: readonly unknown[],
  args: Args,
  extra: Readonly<Record<string, unknown>> = {},
  edge: (index: number) => Readonly<Record<string, unknown>> = () => ({}),
): Record<string, unknown> {
  const { first, last, after, before } = args;
  let start = typeof after === 'string' ? indexOf(after) + 1 : 0;
  let end = typeof before === 'string' ? indexOf(before) : nodes.length;
  if (typeof first === 'number') end = Math.min(end, start + first);
  if (typeof last === 'number') start = Math.max(start, end - last);
  const cut = nodes.slice(start, Math.max(start, end));
  return {
    totalCount: nodes.length,
    nodes: cut,
    edges: cut.map((node, at) => ({ node, cursor: cursorOf(start + at), ...edge(start + at) })),
    pageInfo: {
      hasNextPage: end < nodes.length,
      hasPreviousPage: start > 0,
      startCursor: cut.length > 0 ? cursorOf(start) : null,
      endCursor: cut.length > 0 ? cursorOf(start + cut.length - 1) : null,
    },
    ...extra,
  };
}

/** The list in the order of `orderBy`. Throws where the world has nothing to order by. */
export function ordered<Item>(
  items: readonly Item[],
  args: Args,
  keys: Readonly<Record<string, (item: Item) => string | number>>,
): readonly Item[] {
  const order = args.orderBy as { field: string; direction: 'ASC' | 'DESC' } | null | undefined;
  if (!order) return items;
  const key = keys[order.field];
  if (!key) throw new NotModelled(`the order ${order.field}`);
  const sign = order.direction === 'DESC' ? -1 : 1;
  // Equal keys keep their order as far as the direction allows: the newest last, or first.
  const indexed = items.map((item, at) => ({ item, at }));
  return indexed.sort((a, b) => sign * (compare(key(a.item), key(b.item)) || a.at - b.at)).map(({ item }) => item);
}
export const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/** What GitHub has and the emulator has not: told to the tests, never answered with a guess. */
export class NotModelled extends Error {
  override readonly name = 'NotModelled';
}

// ── People ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** GraphQL shows a bot's login without the `[bot]` that REST writes behind it. */
export const loginOf = (user: User): string => (user.type === 'Bot' ? user.login.replace(/\[bot\]$/, '') : user.login);
export const actorThing = (user: User | null): Thing<User> | null => (user ? thing(user.type, user) : null);
const urlOfUser = (user: User, { world }: Asking) =>
  `${world.url}/${user.type === 'Bot' ? 'apps/' : ''}${loginOf(user)}`;

export const actorFields: Table<User> = {
  id: (user) => user.nodeId,
  login: (user) => loginOf(user),
  databaseId: (user) => user.id,
  url: (user, _, asking) => urlOfUser(user, asking),
  resourcePath: (user) => `/${loginOf(user)}`,
  avatarUrl: (user, _, { world }) => `${world.url}/avatars/u/${user.id}`,
  createdAt: (user) => user.createdAt,
  updatedAt: (user) => user.createdAt,
};
export const personFields: Table<User> = {
  ...actorFields,
  login: (user) => user.login,
  name: (user) => user.name,
  email: () => '',
};

// ── Names and addresses ─────────────────────────────────────────────────────────────────────────────────────────────

export const urlOf = (world: World, repository: Repository) =>
  `${world.url}/${repository.owner.login}/${repository.name}`;
export const issueThing = (issue: Issue) => (issue.pull ? thing('PullRequest', issue.pull) : thing('Issue', issue));
export const pullState = (pull: Pull): 'OPEN' | 'CLOSED' | 'MERGED' =>
  pull.merged ? 'MERGED' : pull.issue.state === 'open' ? 'OPEN' : 'CLOSED';

/** The account in whose name is asked; null for an app as itself. */
export const viewer = (asking: Asking): User | null =>
  asking.credential.kind === 'app' || asking.credential.kind === 'anonymous' ? null : asking.actor.user;
