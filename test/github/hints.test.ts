/** What an event says is only where to look; whatever else stands in it, a look must stay possible. */
import { describe, expect, test } from 'vitest';
import { hintsOf } from '../../src/github/hints.ts';
import { writeMarker } from '../../src/words/marker.ts';

const issue = (number: number) => [{ kind: 'issue', number }];
const SHA = '1f'.repeat(20);
const commentBy = (author_association: string, body: string, type = 'User', action = 'created') => ({
  ...{ action, issue: { number: 14 } },
  comment: { body, author_association, user: { type } },
});
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
    [
      'one that was deleted',
      'issues',
      { action: 'deleted', issue: { number: 14 } },
      [{ kind: 'gone issue', number: 14 }],
    ],
    [
      'one that was moved to another repository',
      'issues',
      { action: 'transferred', issue: { number: 14 } },
      [{ kind: 'gone issue', number: 14 }],
    ],
    ['the largest number there can be', 'issues', { issue: { number: 2147483647 } }, issue(2147483647)],
    ['a number GitHub’s API cannot take', 'issues', { issue: { number: 2147483648 } }, []],
    ['no whole number', 'issues', { issue: { number: 1.5 } }, []],
    ['a negative number', 'issues', { issue: { number: -1 } }, []],
    ['words instead of a number', 'issues', { issue: { number: 'fourteen' } }, []],
    ['no issue', 'issues', {}, []],
    ['no object', 'issues', null, []],
    ['one of our pull requests', 'pull_request', pullOf('1.14-2'), [{ kind: 'epic', number: 1 }]],
    [
      'one that left its merge queue',
      'pull_request',
      { action: 'dequeued', ...pullOf('1.14-2') },
      [{ kind: 'epic', number: 1 }],
    ],
    ['one from before attempts named their epic', 'pull_request', pullOf('14-2'), issue(14)],
    ['one with a number that is none', 'pull_request', pullOf('99999999999.14-1'), []],
    ['one with other words in its marker', 'pull_request', pullOf('14-2; drop'), []],
    [
      'a comment on one of our pull requests',
      'issue_comment',
      { issue: { number: 31, pull_request: {}, body: pullOf('1.14-2').pull_request.body } },
      [{ kind: 'epic', number: 1 }],
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
    [
      'a command by a member',
      'issue_comment',
      commentBy('MEMBER', '/swarm retry'),
      [{ kind: 'comment', number: 14, by: 'member' }],
    ],
    [
      'a command by somebody who may be a stranger',
      'issue_comment',
      commentBy('CONTRIBUTOR', '/swarm retry'),
      [{ kind: 'comment', number: 14, by: 'stranger' }],
    ],
    ['a comment that is no command', 'issue_comment', commentBy('OWNER', 'Please `/swarm retry` it.'), []],
    ['a person’s comment that was edited', 'issue_comment', commentBy('OWNER', '/swarm retry', 'User', 'edited'), []],
    [
      'a question of swarm’s with a box that was ticked',
      'issue_comment',
      commentBy('NONE', '<!-- swarm:say key=question -->', 'Bot', 'edited'),
      [{ kind: 'comment', number: 14, by: 'member' }],
    ],
    ['a status', 'status', { sha: SHA, state: 'success' }, [{ kind: 'commit', sha: SHA }]],
    ['a status of something that is no commit', 'status', { sha: 'main' }, 'everywhere'],
    [
      'a check by another app',
      'check_run',
      { action: 'completed', check_run: { name: 'lint', head_sha: SHA, app: { slug: 'linter' } } },
      [{ kind: 'commit', sha: SHA }],
    ],
    [
      'the end of the repository’s own CI',
      'workflow_run',
      { action: 'completed', workflow_run: { display_title: 'Add the cart', head_sha: SHA } },
      [{ kind: 'commit', sha: SHA }],
    ],
    ['an event nobody asked for', 'star', { issue: { number: 14 } }, []],
  ])('%s', (_, event, payload, hints) => {
    expect(hintsOf(event, payload)).toEqual(hints);
  });
});
