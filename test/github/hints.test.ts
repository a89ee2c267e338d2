/** What an event says is only where to look; whatever else stands in it, a look must stay possible. */
import { describe, expect, test } from 'vitest';
import { hintsOf } from '../../src/github/hints.ts';
import { writeMarker } from '../../src/words/marker.ts';

const issue = (number: number) => [{ kind: 'issue', number }];
const pullOf = (key: string) => ({ pull_request: { body: `${writeMarker({ kind: 'pull', key })}\n` } });

describe('where an event says to look (R4.4)', () => {
  test.each<[string, string, unknown, unknown]>([
    ['an issue', 'issues', { issue: { number: 14 } }, issue(14)],
    [
      'an issue, whatever else is said of it',
      'issues',
      { action: 'closed', issue: { number: 14, state: 'closed', labels: [{ name: 'swarm:execute' }] } },
      issue(14),
    ],
    ['the largest number there can be', 'issues', { issue: { number: 2147483647 } }, issue(2147483647)],
    ['a number GitHub’s API cannot take', 'issues', { issue: { number: 2147483648 } }, []],
    ['no whole number', 'issues', { issue: { number: 1.5 } }, []],
    ['a negative number', 'issues', { issue: { number: -1 } }, []],
    ['words instead of a number', 'issues', { issue: { number: 'fourteen' } }, []],
    ['no issue', 'issues', {}, []],
    ['no object', 'issues', null, []],
    ['one of our pull requests', 'pull_request', pullOf('1.14-2'), issue(14)],
    ['one with a number that is none', 'pull_request', pullOf('1.99999999999-1'), []],
    ['one with other words in its marker', 'pull_request', pullOf('14-2; drop'), []],
    [
      'a comment on one of our pull requests',
      'issue_comment',
      { issue: { number: 31, pull_request: {}, body: pullOf('1.14-2').pull_request.body } },
      issue(14),
    ],
    ['somebody else’s pull request', 'pull_request', { pull_request: { body: 'Hello' } }, []],
    [
      'both ends of a link',
      'issue_dependencies',
      { blocked_issue: { number: 14 }, blocking_issue: { number: 15 } },
      [...issue(14), ...issue(15)],
    ],
    [
      'the end of a run of ours',
      'workflow_run',
      { action: 'completed', workflow_run: { display_title: 'swarm #12 12.1' } },
      [{ kind: 'epic', number: 12 }],
    ],
    [
      'a run with a number that is none',
      'workflow_run',
      { action: 'completed', workflow_run: { display_title: 'swarm #9999999999 1.1' } },
      'everywhere',
    ],
    [
      'the end of a publish job',
      'check_run',
      { action: 'completed', check_run: { name: 'segment 14 / publish', app: { slug: 'github-actions' } } },
      issue(14),
    ],
    [
      'a publish job with a number that is none',
      'check_run',
      { action: 'completed', check_run: { name: 'segment 99999999999 / publish', app: { slug: 'github-actions' } } },
      [],
    ],
    ['a push to the base', 'push', { ref: 'refs/heads/main', repository: { default_branch: 'main' } }, 'everywhere'],
    ['a push elsewhere', 'push', { ref: 'refs/heads/feat/cart', repository: { default_branch: 'main' } }, []],
    ['an event nobody asked for', 'star', { issue: { number: 14 } }, []],
  ])('%s', (_, event, payload, hints) => {
    expect(hintsOf(event, payload)).toEqual(hints);
  });
});
