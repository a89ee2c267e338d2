/** Who a login belongs to, and what they may do: the login can be taken over, the id cannot. */
import { expect, test } from 'vitest';
import { GitHubRefused } from '../../src/github/client.ts';
import { People } from '../../src/github/people.ts';

const HERE = { owner: 'octo', name: 'shop' };

test.each([
  ['a person with another login has the permission of the account', { bob: 9, 'ana-ng': 7 }, 'ana-ng', 'write'],
  ['so has one whose old login somebody else took', { ana: 8, 'ana-ng': 7 }, 'ana-ng', 'write'],
  ['a person whose account is gone has none', { ana: 8 }, 'ana', 'none'],
])('a speaker is an account: %s', async (_, accounts: Readonly<Record<string, number>>, login, permission) => {
  const request = async (route: string, { username = '', account_id }: { username?: string; account_id?: number }) => {
    const found = Object.entries(accounts).find(([name, id]) => name === username || id === account_id);
    if (!found) throw new GitHubRefused('Not Found', 404);
    const [name, id] = found;
    return { data: route.startsWith('GET /user/') ? { login: name } : { role_name: 'write', user: { id } } };
  };
  const people = new People({ request } as never, HERE);
  expect(await people.speaker({ by: 'ana', byId: 7 })).toEqual({ id: 7, login, kind: 'person', permission });
});

test.each([
  ['the account that wrote it has its permission', 7, 'admin'],
  ['another account under the same login has none', 8, 'none'],
])('%s', async (_, id, permission) => {
  const answer = { data: { permission: 'admin', role_name: 'admin', user: { id } } };
  const people = new People({ request: async () => answer } as never, HERE);
  const author = { __typename: 'User', login: 'ana', databaseId: 7 } as const;
  expect(await people.person(author)).toEqual({ id: 7, login: 'ana', kind: 'person', permission });
});
