/** The top-level queries, and the tables of all types. */

import type { User } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { actorFields, personFields, teamFields, typedActor, viewer } from './actors.ts';
import { ordered, page } from './connection.ts';
import type { QueryContext } from './context.ts';
import { ISSUE_TABLES } from './issues.ts';
import { readNode } from './nodes.ts';
import { PULL_TABLES } from './pulls.ts';
import { REPOSITORY_TABLES } from './repository.ts';
import { search } from './search.ts';
import { type Args, type Table, typed } from './tables.ts';

const typedViewer = (context: QueryContext) => {
  const user = viewer(context);
  // For an installation, GitHub shows its bot as a User.
  return user && typed('User', user);
};

const Query: Table<unknown> = {
  viewer: (_, __, context) => typedViewer(context),
  rateLimit: (_, __, context) => ({
    ...context.limit,
    cost: context.cost,
    nodeCount: context.nodeCount,
    used: context.limit.limit - context.limit.remaining,
  }),
  repository: (_, args, context) => {
    const [owner, name] = [String(args.owner), String(args.name)];
    const former = args.followRenames === false ? undefined : context.world.formerly(owner, name);
    const found = context.world.repository(owner, name) ?? former;
    if (!found || !context.sees(found)) {
      throw new Refusal(404, `Could not resolve to a Repository with the name '${args.owner}/${args.name}'.`);
    }
    return typed('Repository', found);
  },
  node: (_, args, context) => readNode(args.id, context),
  nodes: (_, args, context) =>
    (args.ids as string[]).map((id) => {
      try {
        return readNode(id, context);
      } catch (error) {
        return error;
      }
    }),
  user: (_, args, { world }) => {
    const user = world.user(String(args.login));
    if (user?.type !== 'User') throw new Refusal(404, `Could not resolve to a User with the login of '${args.login}'.`);
    return typed('User', user);
  },
  organization: (_, args, { world }) => {
    const user = world.user(String(args.login));
    if (user?.type !== 'Organization') {
      throw new Refusal(404, `Could not resolve to an Organization with the login of '${args.login}'.`);
    }
    return typed('Organization', user);
  },
  search: (_, args, context) => search(args, context),
  repositoryOwner: (_, args, { world }) => typedActor(world.user(String(args.login)) ?? null),
};

/** The repositories of an owner that the caller may see. */
const ownedRepositories: Table<User>[string] = (it, args, context) => {
  const {
    privacy,
    isFork,
    isArchived,
    ownerAffiliations: _,
  } = args as {
    privacy?: 'PUBLIC' | 'PRIVATE';
    isFork?: boolean;
    isArchived?: boolean;
    ownerAffiliations?: unknown;
  };
  const own = [...context.world.repositories.values()].filter(
    (repository) =>
      repository.owner === it &&
      context.sees(repository) &&
      // The emulator has no forks.
      isFork !== true &&
      (!privacy || repository.visibility.toUpperCase() === privacy) &&
      (isArchived === undefined || isArchived === null || repository.archived === isArchived),
  );
  const sorted = ordered(own, args, {
    NAME: (repository) => repository.name,
    CREATED_AT: (repository) => repository.createdAt,
    UPDATED_AT: (repository) => repository.updatedAt,
    PUSHED_AT: (repository) => repository.pushedAt,
  });
  return page(
    sorted.map((repository) => typed('Repository', repository)),
    args,
  );
};

const userFields: Table<User> = {
  ...personFields,
  repositories: ownedRepositories,
  organizations: (it, args, { world }) => {
    const joined = [...world.users.values()].filter(
      ({ type, members }) => type === 'Organization' && members.has(it.id),
    );
    return page(
      joined.map((organization) => typed('Organization', organization)),
      args,
    );
  },
};

const TABLES = {
  Query,
  User: userFields,
  Organization: { ...personFields, repositories: ownedRepositories },
  Bot: actorFields,
  Team: teamFields,
  App: {
    id: (it: { nodeId: string }) => it.nodeId,
    databaseId: (it: { id: number }) => it.id,
    slug: (it: { slug: string }) => it.slug,
    name: (it: { name: string }) => it.name,
  },
  ...REPOSITORY_TABLES,
  ...ISSUE_TABLES,
  ...PULL_TABLES,
};

// Each table takes the record of its own type; the resolver passes it on untyped.
export const OBJECTS = TABLES as unknown as Readonly<
  Record<string, Readonly<Record<string, (it: unknown, args: Args, context: QueryContext) => unknown>>>
>;
