/**
 * What all of GraphQL's tables are made of: a record under its type's name, a page of a list, and people.
 *
 * A table says for each field of one of GitHub's object types what the world answers.
 */

import type { Issue, Pull, Repository } from '#emulator/model/records';
import type { World } from '#emulator/world/world';
import type { QueryContext } from './context.ts';

export type Args = Record<string, unknown>;
export type Table<Record_> = Record<string, (it: Record_, args: Args, context: QueryContext) => unknown>;

/** `__typename` lets graphql-js tell which type of an interface or union it has before it. */
export interface TypedRecord<Record_ = unknown> {
  readonly __typename: string;
  readonly it: Record_;
}

export const typed = <Record_>(typename: string, it: Record_): TypedRecord<Record_> => ({ __typename: typename, it });
export const typedOrNull = <Record_>(typename: string, it: Record_ | null | undefined) =>
  it ? typed(typename, it) : null;

/** What GitHub has and the emulator has not: told to the tests, never answered with a guess. */
export class NotImplemented extends Error {
  override readonly name = 'NotImplemented';
}

export const urlOf = (world: World, repository: Repository) =>
  `${world.url}/${repository.owner.login}/${repository.name}`;
export const typedIssue = (issue: Issue) => (issue.pull ? typed('PullRequest', issue.pull) : typed('Issue', issue));
export const pullState = (pull: Pull): 'OPEN' | 'CLOSED' | 'MERGED' =>
  pull.merged ? 'MERGED' : pull.issue.state === 'open' ? 'OPEN' : 'CLOSED';
