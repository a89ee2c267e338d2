/** What of an issue's text is authorised: all of it but the ticks, whatever the text is made of. */
import { describe, expect, test } from 'vitest';
import { issueNumber } from '../../src/core/model/epic.ts';
import { type Client, GitHubRefused } from '../../src/github/client.ts';
import { goneOf, issueOf } from '../../src/github/issues.ts';
import { People } from '../../src/github/people.ts';
import type { IssueAnswer } from '../../src/github/queries.ts';
import { saidIn } from '../../src/github/requests.ts';
import { marked } from '../../src/words/marker.ts';

const here = { owner: 'octo', name: 'shop' };
/** Nobody is asked for: the issue's author has deleted their account. */
const people = new People({} as Client, here);

const answerOf = (body: string, more: Partial<IssueAnswer> = {}): IssueAnswer => ({
  __typename: 'Issue',
  id: 'I_2',
  number: 2,
  title: 'Cart',
  body,
  url: 'https://github.com/octo/shop/issues/2',
  state: 'OPEN',
  stateReason: null,
  updatedAt: '2026-11-21T10:00:00Z',
  lastEditedAt: null,
  viewerDidAuthor: false,
  author: null,
  editor: null,
  labels: { nodes: [] },
  repository: { nameWithOwner: 'octo/shop' },
  subIssuesSummary: { total: 0 },
  blockedBy: { totalCount: 0, nodes: [] },
  ...more,
});

const digestOf = async (body: string): Promise<string> => (await issueOf(people, here, answerOf(body), 1)).digest;

describe('a text is the same', () => {
  test.each([
    ['with a box ticked', '- [ ] a', '- [x] a'],
    ['with a capital X', '* [ ] a', '* [X] a'],
    ['with an indented box ticked', 'a\n\n\t + [ ] a', 'a\n\n\t + [x] a'],
    ['with boxes ticked behind empty lines', '\n \n\n- [ ] a\n\n- [ ] b', '\n \n\n- [x] a\n\n- [x] b'],
    ['with a box ticked behind a line separator', 'a\u2028- [ ] a', 'a\u2028- [x] a'],
    ['with other line ends', 'a\n- [ ] b', 'a\r\n- [ ] b'],
    [
      'with a box ticked behind a million empty lines',
      `${'\n'.repeat(1_000_000)}- [ ] a`,
      `${'\n'.repeat(1_000_000)}- [x] a`,
    ],
    [
      'with a box ticked behind a million separators',
      `${'\u2028'.repeat(1_000_000)}- [ ] a`,
      `${'\u2028'.repeat(1_000_000)}- [x] a`,
    ],
  ])('%s', async (_, one, other) => {
    expect(await digestOf(other)).toBe(await digestOf(one));
  });

  test.each([
    ['with another word', '- [ ] a', '- [ ] b'],
    ['with a box that is none', 'a - [ ] b', 'a - [x] b'],
    ['with one blank more', '- [ ] a', '-  [ ] a'],
  ])('but not %s', async (_, one, other) => {
    expect(await digestOf(other)).not.toBe(await digestOf(one));
  });
});

describe('an issue under a marker of swarm', () => {
  const body = marked({ kind: 'fix', key: 'fix:1:1:1:1' }, 'Mend it.');
  const person = (login: string) => ({ __typename: 'User', login, databaseId: 7 }) as const;

  test.each<[string, Partial<IssueAnswer>, string | undefined]>([
    ['is its own where swarm wrote it', { viewerDidAuthor: true }, 'fix:1:1:1:1'],
    ['is not, where somebody else wrote it', { viewerDidAuthor: false }, undefined],
    ['is not any more, where somebody edited it', { viewerDidAuthor: true, editor: person('eve') }, undefined],
  ])('%s', async (_, facts, madeFor) => {
    const asked = new People(
      { request: async () => ({ data: { permission: 'read', role_name: 'read' } }) } as never,
      here,
    );
    expect((await issueOf(asked, here, answerOf(body, facts), 1)).madeFor).toBe(madeFor);
  });
});

describe('a comment under a marker of swarm', () => {
  type Spoken = Parameters<typeof saidIn>[0][number];
  const spoken = (viewerDidAuthor: boolean, body: string): Spoken => ({
    comment: {
      id: 'IC_1',
      fullDatabaseId: '5',
      body,
      createdAt: '2026-11-21T10:00:00Z',
      viewerDidAuthor,
    } as never,
    where: 'issue',
    from: { kind: 'comment', issue: issueNumber(1), node: 'IC_1' },
  });
  const panel = marked({ kind: 'panel', key: '1' }, 'All is well.');
  const said = (comment: Spoken) => Object.keys(saidIn([comment], issueNumber(1)));

  test('is its own where swarm wrote it', () => {
    expect(said(spoken(true, panel))).toEqual(['panel']);
    expect(said(spoken(true, marked({ kind: 'say', key: 'blocked:2:1' }, 'No.')))).toEqual(['blocked:2:1']);
  });

  test('is only text where somebody else wrote it, or where it belongs to another epic', () => {
    expect(said(spoken(false, panel))).toEqual([]);
    expect(said(spoken(true, marked({ kind: 'panel', key: '9' }, 'Elsewhere.')))).toEqual([]);
  });
});

describe('an issue that is not in its epic any more', () => {
  const at = (name: string, number: number) => ({ repository_url: `https://api.github.com/repos/${name}`, number });
  const found = (answer: object | GitHubRefused) =>
    goneOf(
      {
        request: async () => {
          if (answer instanceof GitHubRefused) throw answer;
          return { data: answer };
        },
      } as never,
      here,
      14,
    );

  test.each([
    ['is here', undefined, at('octo/shop', 14)],
    ['is here, whatever the case of its name', undefined, at('Octo/Shop', 14)],
    ['was moved', { how: 'moved', to: 'octo/docs#3' }, at('octo/docs', 3)],
    ['was moved, and has the same number there', { how: 'moved', to: 'octo/docs#14' }, at('octo/docs', 14)],
    ['was deleted', { how: 'deleted' }, new GitHubRefused('This issue was deleted', 410)],
    ['was moved to where Swarm may not look', { how: 'out of sight' }, new GitHubRefused('Not Found', 404)],
  ])('%s', async (_, gone, answer) => {
    expect(await found(answer)).toEqual(gone);
  });

  test('is not known during an outage', async () => {
    await expect(found(new GitHubRefused('No', 403))).rejects.toThrow('No');
  });
});
