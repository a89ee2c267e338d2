/** Pull requests as GitHub answers about them: whose review is missing, and which rules hold them. */
import { describe, expect, test } from 'vitest';
import type { Pull } from '../../src/core/model/snapshot.ts';
import { People } from '../../src/github/people.ts';
import { pullOf, withMissingChecks } from '../../src/github/pulls/pulls.ts';
import { BranchRules } from '../../src/github/pulls/rules.ts';
import type { PullAnswer, ReviewAnswer, ReviewRequestAnswer } from '../../src/github/queries.ts';

const HERE = { owner: 'octo', name: 'shop' };
const HEAD = 'a'.repeat(40);
const user = (login: string) => ({ __typename: 'User', login, databaseId: 7 });

const answer = (facts: Partial<PullAnswer> = {}): PullAnswer => ({
  number: 4,
  id: 'PR_4',
  url: 'https://github.com/octo/shop/pull/4',
  state: 'OPEN',
  isDraft: false,
  merged: false,
  mergedAt: null,
  mergeable: 'MERGEABLE',
  mergeStateStatus: 'BLOCKED',
  headRefName: 'feat/cart',
  headRefOid: HEAD,
  baseRefName: 'main',
  author: user('swarm'),
  mergeCommit: null,
  reviews: { nodes: [] },
  commits: { nodes: [{ commit: { oid: HEAD, tree: { oid: HEAD }, parents: { nodes: [] }, statusCheckRollup: null } }] },
  ...facts,
});
const review = (login: string, state: string): ReviewAnswer => ({
  id: `R_${login}_${state}`,
  state,
  submittedAt: '2026-01-01T00:00:00Z',
  lastEditedAt: null,
  body: '',
  author: user(login),
  commit: { oid: HEAD },
});
const permission = { data: { permission: 'write', role_name: 'write', user: { id: 7 } } };
const people = new People({ request: async () => permission } as never, HERE);

describe('the review that is missing', () => {
  const request = (name: string, asCodeOwner = false): ReviewRequestAnswer => ({
    asCodeOwner,
    requestedReviewer: name.includes('/')
      ? { __typename: 'Team', combinedSlug: name }
      : { __typename: 'User', login: name },
  });

  test.each<[string, Pull['reviewMissing'], Partial<PullAnswer>]>([
    ['is none where the rules ask for none', undefined, { reviewDecision: null }],
    ['is none where it was given', undefined, { reviewDecision: 'APPROVED' }],
    ['is nobody’s where nobody is asked', { of: 'reviewers', from: [] }, { reviewDecision: 'REVIEW_REQUIRED' }],
    [
      'is that of the people who are asked',
      { of: 'reviewers', from: ['bob', 'octo/pay'] },
      { reviewDecision: 'REVIEW_REQUIRED', reviewRequests: { nodes: [request('bob'), request('octo/pay')] } },
    ],
    [
      'is that of the code owners, where some of them are asked',
      { of: 'code owners', from: ['olga', 'octo/pay'] },
      {
        reviewDecision: 'REVIEW_REQUIRED',
        reviewRequests: { nodes: [request('bob'), request('olga', true), request('octo/pay', true)] },
      },
    ],
    [
      'is that of owners who cannot be seen',
      { of: 'code owners', from: [] },
      {
        reviewDecision: 'REVIEW_REQUIRED',
        reviewRequests: { nodes: [{ asCodeOwner: true, requestedReviewer: null }] },
      },
    ],
    [
      'is that of the people whose request for changes stands',
      { of: 'objectors', from: ['ana'] },
      {
        reviewDecision: 'CHANGES_REQUESTED',
        reviews: {
          nodes: [
            review('ana', 'CHANGES_REQUESTED'),
            review('bob', 'CHANGES_REQUESTED'),
            review('bob', 'APPROVED'),
            review('ana', 'COMMENTED'),
          ],
        },
      },
    ],
  ])('%s', async (_, expected, facts) => {
    expect((await pullOf(people, answer(facts))).reviewMissing).toEqual(expected);
  });
});

test('it is known when a pull request was marked as ready', async () => {
  const ready = { __typename: 'ReadyForReviewEvent', createdAt: '1970-01-01T00:01:00Z', actor: user('swarm') };
  const drafted = { nodes: [ready] };
  expect((await pullOf(people, answer({ drafted }))).readyAt).toBe(60_000);
  expect(await pullOf(people, answer({ drafted, isDraft: true }))).not.toHaveProperty('readyAt');
  const turned = { nodes: [{ ...ready, __typename: 'ConvertToDraftEvent', actor: user('bob') }] };
  expect(await pullOf(people, answer({ drafted: turned, isDraft: true }))).toMatchObject({ draftBy: 'bob' });
});

describe('the rules of a branch', () => {
  const rules = [{ type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'e2e' }] } }];
  const client = { paginate: async () => rules, request: async () => ({ data: {} }) } as never;
  const missing = async (facts: Partial<PullAnswer>) => {
    const given = answer(facts);
    return (await withMissingChecks(new BranchRules(client, HERE), await pullOf(people, given), given)).missingChecks;
  };

  test('are read where they hold an open pull request', async () => {
    expect(await missing({})).toEqual(['e2e']);
  });

  test.each<[string, Partial<PullAnswer>]>([
    ['it is a draft', { isDraft: true }],
    ['it is merged', { state: 'MERGED' }],
    ['nothing holds it', { mergeStateStatus: 'CLEAN' }],
    ['its segment is over', { commits: undefined as never }],
  ])('are not read where %s', async (_, facts) => {
    expect(await missing(facts)).toBeUndefined();
  });
});
