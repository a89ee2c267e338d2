/** GraphQL's `search` for issues and pull requests. `gh` uses it for every list with a filter. */
import { searchIssues, UnknownQualifier } from '#emulator/world/search';
import { page } from './connection.ts';
import type { QueryContext } from './context.ts';
import { type Args, NotImplemented, typedIssue } from './tables.ts';

export function search(args: Args, context: QueryContext): Record<string, unknown> {
  const { query, type } = args as { query: string; type: string };
  if (type !== 'ISSUE' && type !== 'ISSUE_ADVANCED') throw new NotImplemented(`the search for ${type}`);
  try {
    const searcher = { user: context.actor.user, sees: context.sees.bind(context) };
    const found = searchIssues(context.world, query, searcher);
    return page(found.map(typedIssue), args, { issueCount: found.length });
  } catch (error) {
    if (error instanceof UnknownQualifier) throw new NotImplemented(error.message);
    throw error;
  }
}
