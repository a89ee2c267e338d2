/** What of an issue's text is authorised: all of it but the ticks, whatever the text is made of. */
import { describe, expect, test } from 'vitest';
import type { Client } from '../../src/github/client.ts';
import { issueOf } from '../../src/github/issues.ts';
import { People } from '../../src/github/people.ts';
import type { IssueAnswer } from '../../src/github/queries.ts';

const here = { owner: 'octo', name: 'shop' };
/** Nobody is asked for: the issue's author has deleted their account. */
const people = new People({} as Client, here);

async function digestOf(body: string): Promise<string> {
  const answer: IssueAnswer = {
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
  };
  return (await issueOf(people, here, answer, 1)).digest;
}

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
