/** People, bots and organizations as GraphQL shows them. */
import type { Reviewer, Team, User } from '#emulator/model/records';
import type { QueryContext } from './context.ts';
import { type Table, type TypedRecord, typed } from './tables.ts';

/** GraphQL shows a bot's login without the `[bot]` that REST appends. */
export const loginOf = (user: User): string => (user.type === 'Bot' ? user.login.replace(/\[bot\]$/, '') : user.login);
export const typedActor = (user: User | null): TypedRecord<User> | null => (user ? typed(user.type, user) : null);
export const typedReviewer = (reviewer: Reviewer): TypedRecord => typed(reviewer.type, reviewer);
const urlOfUser = (user: User, { world }: QueryContext) =>
  `${world.url}/${user.type === 'Bot' ? 'apps/' : ''}${loginOf(user)}`;

export const actorFields: Table<User> = {
  id: (user) => user.nodeId,
  login: (user) => loginOf(user),
  databaseId: (user) => user.id,
  url: (user, _, context) => urlOfUser(user, context),
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

export const teamFields: Table<Team> = {
  id: (team) => team.nodeId,
  databaseId: (team) => team.id,
  slug: (team) => team.slug,
  name: (team) => team.slug,
  combinedSlug: (team) => `${team.organization.login}/${team.slug}`,
  organization: (team) => typed('Organization', team.organization),
};

/** The account that makes the call, or null for an app that acts as itself. */
export const viewer = (context: QueryContext): User | null =>
  context.credential.kind === 'app' || context.credential.kind === 'anonymous' ? null : context.actor.user;
