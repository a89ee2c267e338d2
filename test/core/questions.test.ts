/** A run that stopped to ask: what waits, who may answer, and with what the next attempt goes on (SPEC R5.11). */
import { expect, test } from 'vitest';
import type { Config } from '#core/config';
import { type Decided, decide } from '#core/decide';
import { type Instant, instant, issueNumber } from '#core/epic';
import { findAttempt } from '#core/journal';
import type { Request } from '#core/snapshot';
import { asks, config, issue, PaperGitHub, report, rita, sha } from './facts.ts';

const HOUR = 60 * 60_000;
const question = { id: 'q1', text: 'Cents or euros?', options: ['cents', 'euros'], blocking: true };

/** Looks until nothing more is decided, performing everything, as `reconcile` does. */
function settle(github: PaperGitHub, chosen: Config): Decided {
  for (let round = 0; round < 20; round++) {
    const before = JSON.stringify(github.journal);
    const decided = decide(github.look(), chosen);
    github.journal = decided.journal;
    const acting = decided.decisions.filter((each) => each.kind !== 'show panel' || each.comment === undefined);
    github.perform(acting);
    if (acting.length === 0 && before === JSON.stringify(github.journal)) return decided;
  }
  throw new Error('it never settled');
}

function asked(chosen: Config): { readonly github: PaperGitHub; readonly decided: Decided } {
  const github = new PaperGitHub([issue(2), issue(3)]);
  github.requests = [asks('comment:1', 'execute')];
  settle(github, chosen);
  if (!github.journal) throw new Error('nothing was started');
  const result = { kind: 'needs-input', question, kept: 'swarm/wip/2-1', keptHead: sha('cafe') } as const;
  github.reports.push(report(github.journal, '2-1', { result, finishedAt: github.now }));
  return { github, decided: settle(github, chosen) };
}

const answers = (text: string, facts: Partial<Request> = {}): Request =>
  asks('comment:2', 'answer', {
    asked: { kind: 'command', command: { kind: 'answer', id: 'q1', text } },
    from: { kind: 'comment', issue: issueNumber(2), node: 'IC_2' },
    ...facts,
  });

const patient = config({ questions: { timeoutMinutes: 5, unanswered: 'wait' } });

test('the question is told where it is asked, and waits for a person', () => {
  const { github, decided } = asked(patient);
  expect(decided.board.waves[0]?.segments[0]?.progress).toMatchObject({
    kind: 'blocked',
    problem: { kind: 'QUESTION_ASKED', id: 'q1', options: ['cents', 'euros'] },
  });
  expect(github.issues[0]?.labels).toEqual(['swarm:needs-input']);
  expect(Object.keys(github.said)).toContain('blocked:2:1:QUESTION_ASKED');
  github.now = instant(github.now + 48 * HOUR);
  settle(github, patient);
  expect(github.journal?.segments[2]?.attempts).toHaveLength(1);
});

test('an answer lets it go on from its kept work, with the words of who answered', () => {
  const { github } = asked(patient);
  github.requests.push(answers('Always cents.'));
  settle(github, patient);
  expect(github.journal && findAttempt(github.journal, '2-2')).toMatchObject({
    why: 'retry',
    kept: sha('cafe'),
    answers: [{ id: 'q1', question: 'Cents or euros?', answer: 'Always cents.', by: 'ana' }],
  });
  expect(github.issues[0]?.labels).not.toContain('swarm:needs-input');
});

test.each<[string, Partial<Request>, string]>([
  ['by somebody who may only read', { by: rita }, 'FORBIDDEN'],
  [
    'to a question that nobody asked',
    { asked: { kind: 'command', command: { kind: 'answer', id: 'q2', text: 'x' } } },
    'NOT_NOW',
  ],
  ['on another segment', { from: { kind: 'comment', issue: issueNumber(3), node: 'IC_2' } }, 'NOT_NOW'],
])('an answer %s is refused', (_, facts, why) => {
  const { github } = asked(patient);
  github.requests.push(answers('Always cents.', facts));
  settle(github, patient);
  expect(github.journal?.taken['comment:2']).toEqual({ refused: why });
  expect(github.journal?.segments[2]?.attempts).toHaveLength(1);
});

test('on the epic it is answered, too, where only one run asks by that id', () => {
  const { github } = asked(patient);
  github.requests.push(answers('Cents.', { from: { kind: 'comment', issue: issueNumber(1), node: 'IC_2' } }));
  settle(github, patient);
  expect(github.journal?.segments[2]?.attempts).toHaveLength(2);
});

test('without an answer in time it goes on by itself, and is told that nobody answered', () => {
  const { github, decided } = asked(config());
  expect(decided.lookAgainAt).toBeLessThanOrEqual(github.now + 5 * 60_000);
  github.now = (github.now + 5 * 60_000) as Instant;
  settle(github, config());
  expect(github.journal && findAttempt(github.journal, '2-2')).toMatchObject({
    kept: sha('cafe'),
    answers: [{ id: 'q1', question: 'Cents or euros?', answer: '' }],
  });
  expect(github.journal && findAttempt(github.journal, '2-2')?.answers?.[0]?.by).toBeUndefined();
});
