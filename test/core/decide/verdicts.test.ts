/** Verdicts on a pull request, and everything that still keeps it from merging. */
import { describe, expect, test } from 'vitest';
import { rejection, reviewWaits } from '../../../src/core/decide/verdict.ts';
import type { Config } from '../../../src/core/model/config.ts';
import { type Instant, pullNumber } from '../../../src/core/model/epic.ts';
import type { Rejection } from '../../../src/core/model/journal.ts';
import type { Person } from '../../../src/core/model/people.ts';
import type { ReviewWait } from '../../../src/core/model/progress.ts';
import type { GateVerdict, Report } from '../../../src/core/model/report.ts';
import type { Check, Pull, Review } from '../../../src/core/model/snapshot.ts';
import { ana, approval, config, pull, sha } from '../facts.ts';
import { later, NOW, published, recordWith } from './records.ts';

const HEAD = sha('a1');
const bob: Person = { id: 7, login: 'bob', kind: 'person', permission: 'write' };
const gates = (...verdicts: readonly GateVerdict[]): Pick<Report, 'validation'> => ({
  validation: verdicts.map((verdict, at) => ({
    gate: (['lint', 'types', 'tests', 'build'] as const)[at] ?? 'scope',
    verdict,
    command: '',
    durationMs: 1,
    output: '',
  })),
});

interface World {
  readonly report?: Partial<Report>;
  readonly pull?: Partial<Pull>;
  readonly config?: Partial<Config>;
  readonly refusedAt?: Instant;
  readonly refusedHead?: string;
}

const waits = (world: World): readonly ReviewWait[] =>
  reviewWaits(
    pull(102, 'b', HEAD, world.pull),
    recordWith(
      2,
      [{ outcome: published(2, 'a1', world.report) }, { outcome: published(2, 'b2', gates('fail')) }],
      world.refusedAt === undefined
        ? {}
        : { mergeRefusal: { head: sha(world.refusedHead ?? 'a1'), at: world.refusedAt, message: 'Locked' } },
    ),
    config({ approvals: 0, ...world.config }),
    later(60_000),
  );
const check = (name: string, conclusion: Check['conclusion'], since?: Instant): Check => ({
  name,
  conclusion,
  ...(since === undefined ? {} : { since }),
});
const approvedBy = (...people: readonly Person[]) => ({ reviews: people.map((by) => approval(HEAD, by)) });
const missing = (count: number) => [{ kind: 'approval', missing: count }] as const;
const byHand = [{ kind: 'merge by hand' }] as const;
const attention = { attention: ['package.json'] };
const refused = { kind: 'merge refused', message: 'Locked' } as const;

describe('a pull request', () => {
  test.each<[string, readonly ReviewWait[], World]>([
    ['waits for nothing where nobody has to approve it', [], {}],
    ['waits for each approval that the config asks for', missing(2), { config: { approvals: 2 } }],
    ['waits for the approvals that are still missing', missing(1), { config: { approvals: 2 }, pull: approvedBy(ana) }],
    ['waits for no more approvals than that', [], { config: { approvals: 1 }, pull: approvedBy(ana, bob) }],
    ['waits for one approval where it changes how gates run', missing(1), { report: attention }],
    ['waits for one approval alone where it does', [], { report: attention, pull: approvedBy(ana) }],
    [
      'needs a person for work that was done without walls, by the config',
      missing(1),
      { config: { isolation: 'none' } },
    ],
    [
      'needs a person for work that was done without walls, by its report',
      missing(1),
      { report: { isolation: 'none' } },
    ],
    ['needs no more for work behind walls', [], { report: { isolation: 'bubblewrap' } }],
    ['waits for all approvals where it does', missing(2), { report: attention, config: { approvals: 2 } }],
    ['waits for a proof of its head', [{ kind: 'unproven' }], { pull: { head: sha('c3') } }],
    ['waits for gates', [{ kind: 'unproven' }], { report: gates() }],
    ['does not wait for gates that passed or do not apply', [], { report: gates('pass', 'not applicable') }],
    [
      'waits for each gate that failed or ran too long',
      [
        { kind: 'gate', gate: 'lint' },
        { kind: 'gate', gate: 'tests' },
      ],
      { report: gates('fail', 'pass', 'timed out') },
    ],
    [
      'waits for checks that failed, and for all that run',
      [
        { kind: 'check', name: 'ci', state: 'failure' },
        { kind: 'check', name: 'slow', state: 'pending', since: NOW },
        { kind: 'check', name: 'swarm / tests', state: 'pending' },
      ],
      {
        pull: {
          checks: [
            check('ok', 'success'),
            check('ci', 'failure'),
            check('odd', 'neutral'),
            check('slow', 'pending', NOW),
            check('swarm / tests', 'pending'),
          ],
        },
      },
    ],
    [
      'names a red gate of its own once, and not as a check as well',
      [{ kind: 'gate', gate: 'lint' }],
      { report: gates('fail', 'pass'), pull: { checks: [check('swarm / lint', 'failure')] } },
    ],
    [
      'waits for a red check with the name of a gate that passed: it is somebody else’s',
      [{ kind: 'check', name: 'swarm / lint', state: 'failure' }],
      { report: gates('pass'), pull: { checks: [check('swarm / lint', 'failure')] } },
    ],
    [
      'waits for a red check that only looks like a gate',
      [{ kind: 'check', name: 'swarm / deploy', state: 'failure' }],
      { report: gates('pass'), pull: { checks: [check('swarm / deploy', 'failure')] } },
    ],
    [
      'waits until GitHub knows that it can be merged',
      [{ kind: 'mergeable', state: 'unknown' }],
      { pull: { mergeable: 'unknown' } },
    ],
    [
      'waits for its conflict',
      [{ kind: 'mergeable', state: 'conflicting' }],
      { pull: { mergeable: 'conflicting', mergeState: 'blocked' } },
    ],
    [
      'waits for the rules of GitHub, where nothing else explains it',
      [{ kind: 'mergeable', state: 'blocked' }],
      { pull: { mergeState: 'blocked' } },
    ],
    [
      'does not name the rules of GitHub beside another reason',
      missing(1),
      { pull: { mergeState: 'blocked' }, config: { approvals: 1 } },
    ],
    [
      'names the required checks that nobody reported, where the rules hold it',
      [{ kind: 'check', name: 'e2e', state: 'missing' }],
      { pull: { mergeState: 'blocked', missingChecks: ['e2e'] } },
    ],
    [
      'names the owners who have to review it, where the rules hold it',
      [{ kind: 'review', of: 'code owners', from: ['olga'] }],
      { pull: { mergeState: 'blocked', reviewMissing: { of: 'code owners', from: ['olga'] } } },
    ],
    [
      'waits for no review that holds nothing',
      [],
      { pull: { mergeState: 'clean', reviewMissing: { of: 'reviewers', from: [] } } },
    ],
    ['does not wait for the rules of GitHub while it is a draft', [], { pull: { mergeState: 'blocked', draft: true } }],
    [
      'waits to be updated where GitHub says that it is behind',
      [{ kind: 'behind' }],
      { pull: { mergeState: 'behind' } },
    ],
    ['is not updated while it is a draft', [], { pull: { mergeState: 'behind', draft: true } }],
    [
      'is not updated while anything else is open',
      missing(1),
      { pull: { mergeState: 'behind' }, config: { approvals: 1 } },
    ],
    ['is left to people who merge by hand', byHand, { pull: { mergeState: 'behind' }, config: { merge: 'manual' } }],
    ['waits a minute after GitHub refused to merge it', [refused], { refusedAt: later(1) }],
    ['is tried again after that minute', [], { refusedAt: NOW }],
    ['is tried at once where GitHub refused another head', [], { refusedAt: later(1), refusedHead: 'b2' }],
    ['waits for people to merge it', byHand, { config: { merge: 'manual' } }],
    [
      'does not ask people to merge it while anything else is open',
      missing(1),
      { config: { merge: 'manual', approvals: 1 } },
    ],
    ['names the refusal instead where people merge', [refused], { config: { merge: 'manual' }, refusedAt: later(1) }],
    [
      'waits for everything at once, in one order',
      [
        ...missing(1),
        { kind: 'gate', gate: 'lint' },
        { kind: 'check', name: 'ci', state: 'failure' },
        { kind: 'mergeable', state: 'unknown' },
        refused,
      ],
      {
        config: { approvals: 1, merge: 'manual' },
        report: gates('fail'),
        pull: { checks: [check('ci', 'failure')], mergeable: 'unknown' },
        refusedAt: later(1),
      },
    ],
  ])('%s', (_, expected, world) => {
    expect(waits(world)).toStrictEqual(expected);
  });
});

describe('the rejection that stands', () => {
  const said = (reason: string, head = 'a1', of = 102): Rejection => ({
    by: 'bob',
    at: NOW,
    head: sha(head),
    pull: pullNumber(of),
    reason,
    comments: [],
  });
  const no = (by: Person, facts: Partial<Review> = {}): Review => ({
    ...approval(HEAD, by),
    state: 'changes requested',
    body: `${by.login} says no`,
    ...facts,
  });
  const line = (path: string) => ({ path, body: 'Here.' });
  const stands = (reviews: readonly Review[], rejections: readonly Rejection[] = []) =>
    rejection(pull(102, 'b', HEAD, { reviews }), recordWith(2, [], { rejections }));
  const of = (by: string, comments: Rejection['comments'] = []): Rejection => ({
    ...said(`${by} says no`),
    by,
    byId: { ana: 1, bob: 2 }[by] ?? 0,
    comments,
  });

  test.each<[string, Rejection | undefined, readonly Review[], (readonly Rejection[])?]>([
    ['is none without a word', undefined, []],
    ['is the last command against this head', said('second'), [], [said('first'), said('second'), said('old', 'b2')]],
    ['is none against another head', undefined, [], [said('old', 'b2')]],
    ['is none against another pull request', undefined, [], [said('other', 'a1', 103)]],
    ['is a command before a review', said('first'), [no(ana)], [said('first')]],
    ['is the first review of several people', of('ana'), [no(ana), no(bob)]],
    ['is none where that person then approved', undefined, [no(ana), approval(HEAD, ana)]],
    ['is none of a review of another head', undefined, [no(ana, { head: sha('b2') })]],
    ['is none of a person without rights', undefined, [no({ ...ana, permission: 'triage' })]],
    [
      'has all comments of that person on this head',
      of('ana', [line('a'), line('b'), line('e')]),
      [
        no(ana, { state: 'commented', comments: [line('a'), line('b')] }),
        no(bob, { state: 'commented', comments: [line('c')] }),
        no(ana, { head: sha('b2'), state: 'commented', comments: [line('d')] }),
        no(ana, { comments: [line('e')] }),
      ],
    ],
  ])('%s', (_, expected, reviews, rejections) => {
    expect(stands(reviews, rejections)).toStrictEqual(expected);
  });
});
