/** New work on a repository where drafts are not to be had. */
import { expect, test } from 'vitest';
import type { Decision } from '../../src/core/model/decision.ts';
import { issueNumber } from '../../src/core/model/epic.ts';
import { type Client, GitHubRefused } from '../../src/github/client.ts';
import { publishNew } from '../../src/github/pulls/publication.ts';
import { attempt } from '../core/model/records.ts';
import { reportOf, segmentOf } from '../words/board.ts';

const HERE = { owner: 'octo', name: 'shop' };

test('where a repository has no draft pull requests, new work gets one that is ready', async () => {
  const drafts: unknown[] = [];
  const client = {
    mutateEach: async (mutations: readonly { readonly field: string }[]) =>
      mutations.map(({ field }) =>
        field === 'updateRefs'
          ? { kind: 'done', answer: {} }
          : {
              kind: 'refused',
              error: new GitHubRefused('Draft pull requests are not supported in this repository.', 422),
            },
      ),
    request: async (_: string, { draft }: { readonly draft: boolean }) => {
      drafts.push(draft);
      return { data: { number: 31 } };
    },
  } as unknown as Client;
  const work = {
    ...{ attempt: attempt(14, 1, undefined, {}), report: reportOf(14), segment: segmentOf(14, 'Add the cart') },
    ...{ base: 'main', approvals: 1, owner: 'ana', epic: { number: issueNumber(1), title: 'Shop' } },
    wave: { number: 1, of: 1 },
  } as unknown as Extract<Decision, { readonly kind: 'publish' }>['work'];
  const put = { head: 'a'.repeat(40), as: 'forward' } as never;
  const reason = { kind: 'work ready', segment: issueNumber(14), attempt: '1.14-1' } as const;
  const here = { ...HERE, id: 'R_1', url: 'https://github.com/octo/shop' };
  expect(await publishNew(client, here, [{ kind: 'publish', key: 'p', work, put, reason }])).toEqual([31]);
  expect(drafts).toEqual([false]);
});
