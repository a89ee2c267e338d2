/** REST: the search for issues and pull requests. */
import { showIssue } from '#emulator/shapes/objects';
import { searchIssues } from '#emulator/world/search';
import { invalid, type Route } from './route.ts';

export const searchRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/search/issues',
    needs: 'signed in',
    handle: (call) => {
      const { world, credential, query } = call;
      const asked = query.get('q')?.trim() ?? '';
      if (asked === '') {
        throw invalid('Validation Failed', [{ resource: 'Search', field: 'q', code: 'missing' }]);
      }
      const by = query.get('sort');
      const direction = query.get('order') === 'asc' ? 'asc' : 'desc';
      const searcher = { user: call.actor.user, sees: world.tokens.sees.bind(world.tokens, credential) };
      const issues = searchIssues(world, asked, searcher, by === null ? undefined : { by, direction });
      return call.page(
        issues.slice(0, 1000),
        // Everything found fits equally well.
        (issue) => {
          const { parent_issue_url: _, ...shown } = showIssue(world, issue);
          return { ...shown, score: 1 };
        },
        (items) => ({ total_count: issues.length, incomplete_results: false, search_type: 'lexical', items }),
      );
    },
  },
];
