/** The context of a GraphQL call, which graphql-js passes to every resolver. */

import type { Actor, Repository } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import type { Credential, RequiredPermission } from '#emulator/world/auth';
import type { World } from '#emulator/world/world';

export class QueryContext {
  readonly world: World;
  readonly credential: Credential;
  readonly cost: number;
  readonly nodeCount: number;
  readonly limit: { readonly limit: number; readonly remaining: number; readonly resetAt: string };

  constructor(given: Pick<QueryContext, 'world' | 'credential' | 'cost' | 'nodeCount' | 'limit'>) {
    this.world = given.world;
    this.credential = given.credential;
    this.cost = given.cost;
    this.nodeCount = given.nodeCount;
    this.limit = given.limit;
  }

  get actor(): Actor {
    return this.world.tokens.actor(this.credential);
  }

  /** Throws FORBIDDEN or NOT_FOUND if the credential lacks the permission. */
  require(
    repository: Repository,
    permission: string,
    level: RequiredPermission['level'],
    participate?: 'readers',
  ): void {
    if (level !== 'read' && repository.archived) throw new Refusal(403, 'Repository was archived so is read-only.');
    this.world.tokens.require(this.credential, repository, {
      permission,
      level,
      ...(participate ? { participate } : {}),
    });
  }

  sees(repository: Repository): boolean {
    return this.world.tokens.sees(this.credential, repository);
  }
}
