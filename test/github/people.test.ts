/** Who a login belongs to, and what they may do: the login can be taken over, the id cannot. */
import { expect, test } from 'vitest';
import { People } from '../../src/github/people.ts';

const HERE = { owner: 'octo', name: 'shop' };

test.each([
  ['the account that wrote it has its permission', 7, 'admin'],
  ['another account under the same login has none', 8, 'none'],
])('%s', async (_, id, permission) => {
  const answer = { data: { permission: 'admin', role_name: 'admin', user: { id } } };
  const people = new People({ request: async () => answer } as never, HERE);
  const author = { __typename: 'User', login: 'ana', databaseId: 7 } as const;
  expect(await people.person(author)).toEqual({ id: 7, login: 'ana', kind: 'person', permission });
});
