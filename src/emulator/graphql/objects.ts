/** What can be asked at the top, and all types' tables together. */

import { Refusal } from '#emulator/model/state';
import type { Asking } from './asking.ts';
import { ISSUE_TABLES } from './issues.ts';
import { readNode } from './nodes.ts';
import { PULL_TABLES } from './pulls.ts';
import { REPOSITORY_TABLES } from './repository.ts';
import { search } from './search.ts';
import { type Args, actorFields, actorThing, personFields, type Table, thing, viewer } from './things.ts';

const viewerThing = (asking: Asking) => {
  const user = viewer(asking);
  // GitHub answers an installation's `viewer` with its bot in the clothes of a User.
  return user && thing('User', user);
};

const Query: Table<unknown> = {
  viewer: (_, __, asking) => viewerThing(asking),
  rateLimit: (_, __, asking) => ({
    ...asking.limit,
    cost: asking.cost,
    nodeCount: asking.nodeCount,
    used: asking.limit.limit - asking.limit.remaining,
  }),
  repository: (_, args, asking) => {
    const found = asking.world.repository(String(args.owner), String(args.name));
    if (!found || !asking.sees(found)) {
      throw new Refusal(404, `Could not resolve to a Repository with the name '${args.owner}/${args.name}'.`);
    }
    return thing('Repository', found);
  },
  node: (_, args, asking) => readNode(args.id, asking),
  nodes: (_, args, asking) =>
    (args.ids as string[]).map((id) => {
      try {
        return readNode(id, asking);
      } catch (error) {
        return error;
      }
    }),
  user: (_, args, { world }) => {
    const user = world.user(String(args.login));
    if (user?.type !== 'User') throw new Refusal(404, `Could not resolve to a User with the login of '${args.login}'.`);
    return thing('User', user);
  },
  organization: (_, args, { world }) => {
    const user = world.user(String(args.login));
    if (user?.type !== 'Organization') {
      throw new Refusal(404, `Could not resolve to an Organization with the login of '${args.login}'.`);
    }
    return thing('Organization', user);
  },
  search: (_, args, asking) => search(args, asking),
  repositoryOwner: (_, args, { world }) => actorThing(world.user(String(args.login)) ?? null),
};

const TABLES = {
  Query,
  User: personFields,
  Organization: personFields,
  Bot: actorFields,
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

// Each table takes the record its `thing` was made with; the resolver hands it on without knowing which.
export const OBJECTS = TABLES as unknown as Readonly<
  Record<string, Readonly<Record<string, (it: unknown, args: Args, asking: Asking) => unknown>>>
>;
