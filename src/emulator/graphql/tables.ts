/**
 * The basis of the tables that resolve GraphQL's fields: one table for each of GitHub's object types, with one function
 * for each field.
 */

import type { Issue, Pull, Repository } from '#emulator/model/records';
import type { World } from '#emulator/world/world';
import type { QueryContext } from './context.ts';

export type Args = Record<string, unknown>;
export type Table<Record_> = Record<string, (it: Record_, args: Args, context: QueryContext) => unknown>;

/** A record with the name of its GraphQL type, from which graphql-js resolves interfaces and unions. */
export interface TypedRecord<Record_ = unknown> {
  readonly __typename: string;
  readonly record: Record_;
}

export const typed = <Record_>(typename: string, record: Record_): TypedRecord<Record_> => ({
  __typename: typename,
  record,
});
export const typedOrNull = <Record_>(typename: string, record: Record_ | null | undefined) =>
  record ? typed(typename, record) : null;

/** A feature of GitHub that the emulator lacks. It is reported to the tests instead of guessing a result. */
export class NotImplemented extends Error {
  override readonly name = 'NotImplemented';
}

export const urlOf = (world: World, repository: Repository) =>
  `${world.url}/${repository.owner.login}/${repository.name}`;
export const typedIssue = (issue: Issue) => (issue.pull ? typed('PullRequest', issue.pull) : typed('Issue', issue));
export const pullState = (pull: Pull): 'OPEN' | 'CLOSED' | 'MERGED' =>
  pull.merged ? 'MERGED' : pull.issue.state === 'open' ? 'OPEN' : 'CLOSED';
