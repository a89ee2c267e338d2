/** What a later look of a pass takes from the look before, and what it has to read again. */
import { describe, expect, test } from 'vitest';
import type { Decision } from '../../src/core/model/decision.ts';
import { instant, issueId, issueNumber } from '../../src/core/model/epic.ts';
import { type Client, GitHubRefused } from '../../src/github/client.ts';
import { issuesAgain, type RawIssues } from '../../src/github/issues.ts';
import { PassAnswers } from '../../src/github/looks/pass.ts';
import { publishNew } from '../../src/github/pulls/publication.ts';
import type { IssueAnswer } from '../../src/github/queries.ts';
import { attempt } from '../core/model/records.ts';
import { reportOf, segmentOf } from '../words/board.ts';

const HERE = { owner: 'octo', name: 'shop' };

const answer = (number: number, more: Partial<IssueAnswer> = {}): IssueAnswer => ({
  ...{ __typename: 'Issue', id: `I_${number}`, number, title: `Part ${number}`, body: '', url: '', state: 'OPEN' },
  ...{ stateReason: null, updatedAt: '2026-11-21T10:00:00Z', lastEditedAt: null, viewerDidAuthor: false },
  ...{ author: null, editor: null, labels: { nodes: [] }, repository: { nameWithOwner: 'octo/shop' } },
  ...{ parent: { number: 1 }, subIssuesSummary: { total: 0 }, blockedBy: { totalCount: 0, nodes: [] } },
  ...more,
});
const epic = (more: Partial<IssueAnswer> = {}) => answer(1, { parent: null, subIssuesSummary: { total: 2 }, ...more });
const before: RawIssues = { epic: epic(), issues: [answer(2), answer(3)], foreign: [] };

describe('the issues of the look before', () => {
  test('stay as they were, except for those that were read again', () => {
    const closed = answer(3, { state: 'CLOSED' });
    const now = epic({ title: 'Renamed' });
    expect(issuesAgain(before, now, [closed])).toEqual({ epic: now, issues: [answer(2), closed], foreign: [] });
  });

  test.each<[string, IssueAnswer, readonly (IssueAnswer | null)[]]>([
    ['an issue was added to the epic or taken out', epic({ subIssuesSummary: { total: 3 } }), []],
    ['the text of the epic changed, which may have the list of its issues', epic({ body: '- [ ] #9' }), []],
    ['one of them is gone', epic(), [null]],
    ['one of them has another parent', epic(), [answer(3, { parent: { number: 7 } })]],
    ['one of them became a group', epic(), [answer(3, { subIssuesSummary: { total: 1 } })]],
  ])('are read again as a whole where %s', (_, now, again) => {
    expect(issuesAgain(before, now, again)).toBeUndefined();
  });
});

describe('a pass', () => {
  const reason = { kind: 'panel current' } as const;
  const labels = (number: number): Decision => ({
    ...{ kind: 'set labels', issue: issueNumber(number), add: [], remove: [], reason },
  });
  const clocked = () => {
    let now = instant(1_000);
    const answers = new PassAnswers({ now: () => now } as Client, HERE);
    answers.keepIssues(before, 'whole');
    return { answers, waits: (ms: number) => (now = instant(now + ms)) };
  };

  test('reads those again that Swarm has acted on, once', () => {
    const { answers } = clocked();
    expect(answers.issues?.touched).toEqual([]);
    answers.acted([labels(3)], {});
    answers.acted(
      [{ kind: 'close issue', issue: issueNumber(2), issueId: issueId('I_2'), as: 'completed', reason }],
      {},
    );
    expect(answers.issues?.touched).toEqual(['I_2', 'I_3']);
    answers.keepIssues(before, 'in part');
    expect(answers.issues?.touched).toEqual([]);
  });

  test('reads all of them again after an act that does not tell which it changes', () => {
    const { answers } = clocked();
    answers.acted([labels(3), { kind: 'react', node: 'IC_1', with: 'rocket', reason }], {});
    expect(answers.issues).toBeUndefined();
  });

  test('reads all of them again after ten seconds, however often a part was read', () => {
    const { answers, waits } = clocked();
    waits(9_000);
    answers.keepIssues(before, 'in part');
    expect(answers.issues).toBeDefined();
    waits(1_000);
    expect(answers.issues).toBeUndefined();
  });
});

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
