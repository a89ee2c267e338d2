/** A run that stopped to ask: what waits, who may answer, and with what the next attempt goes on (SPEC R5.11). */
import { expect, test } from 'vitest';
import { type Decided, decide } from '../../src/core/decide/decide.ts';
import type { Config } from '../../src/core/model/config.ts';
import { type Instant, instant, issueNumber } from '../../src/core/model/epic.ts';
import { findAttempt } from '../../src/core/model/journal.ts';
import type { Request, Snapshot } from '../../src/core/model/snapshot.ts';
import { asks, config, issue, PaperGitHub, report, rita, robot, sha } from './facts.ts';

const HOUR = 60 * 60_000;
const question = { id: 'q1', text: 'Cents or euros?', options: ['cents', 'euros'], blocking: true };

/** Looks until nothing more is decided, performing everything, as `reconcile` does. */
function settle(github: PaperGitHub, chosen: Config): Decided {
  let performed: Snapshot['performed'] = {};
  for (let round = 0; round < 20; round++) {
    const before = JSON.stringify(github.journal);
    const decided = decide(github.look('me', performed), chosen);
    github.journal = decided.journal;
    const acting = decided.decisions.filter((each) => each.kind !== 'show panel' || each.comment === undefined);
    performed = github.perform(acting);
    if (acting.length === 0 && before === JSON.stringify(github.journal)) return decided;
  }
  throw new Error('it never settled');
}

function asked(chosen: Config): { readonly github: PaperGitHub; readonly decided: Decided } {
  const github = new PaperGitHub([issue(2), issue(3)]);
  github.requests = [asks('comment:1', 'execute')];
  settle(github, chosen);
  if (!github.journal) throw new Error('nothing was started');
  const result = { kind: 'needs-input', question, kept: 'swarm/wip/1.2-1', keptHead: sha('cafe') } as const;
  github.reports.push(report(github.journal, '1.2-1', { result, finishedAt: github.now }));
  return { github, decided: settle(github, chosen) };
}

const answers = (text: string, facts: Partial<Request> = {}): Request =>
  asks('comment:2', 'answer', {
    asked: { kind: 'command', command: { kind: 'answer', id: 'q1', text } },
    from: { kind: 'comment', issue: issueNumber(2), node: 'IC_2' },
    ...facts,
  });

const patient = config({ questions: { timeoutMinutes: 5, unanswered: 'wait' } });

test('a question is posted on its segment and waits for a person', () => {
  const { github, decided } = asked(patient);
  expect(decided.board.waves[0]?.segments[0]?.progress).toMatchObject({
    kind: 'blocked',
    problem: { kind: 'QUESTION_ASKED', id: 'q1', options: ['cents', 'euros'] },
  });
  expect(github.issues[0]?.labels).toEqual(['swarm:needs-input']);
  expect(Object.keys(github.said)).toContain('question:1.2-1');
  github.now = instant(github.now + 48 * HOUR);
  settle(github, patient);
  expect(github.journal?.segments[2]?.attempts).toHaveLength(1);
});

test('an answer starts the next attempt from the kept work, with the words of the answer (R5.11)', () => {
  const { github } = asked(patient);
  github.requests.push(answers('Always cents.'));
  settle(github, patient);
  expect(github.journal && findAttempt(github.journal, '1.2-2')).toMatchObject({
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
  expect(github.journal && findAttempt(github.journal, '1.2-2')).toMatchObject({
    kept: sha('cafe'),
    answers: [{ id: 'q1', question: 'Cents or euros?', answer: '' }],
  });
  expect(github.journal && findAttempt(github.journal, '1.2-2')?.answers?.[0]?.by).toBeUndefined();
});

const KEY = 'question:1.2-1';

/** Somebody leaves these boxes of the question's comment ticked. */
function ticks(github: PaperGitHub, boxes: readonly number[], facts: Partial<Request> = {}): void {
  github.said[KEY] = { id: github.said[KEY]?.id ?? 0, body: 'ticked', ticked: boxes };
  github.requests.push(
    asks(`ticks:${github.requests.length}`, 'answer', {
      asked: { kind: 'ticks', key: KEY, boxes },
      from: { kind: 'boxes', issue: issueNumber(2) },
      ...facts,
    }),
  );
}

test('a ticked option is the answer, and the comment is written again with it', () => {
  const { github } = asked(patient);
  ticks(github, [1]);
  settle(github, patient);
  expect(github.journal && findAttempt(github.journal, '1.2-2')).toMatchObject({
    kept: sha('cafe'),
    answers: [{ id: 'q1', answer: 'euros', by: 'ana' }],
  });
  expect(github.revised).toEqual([`${KEY}: answered`]);
});

test.each<[string, readonly number[], Partial<Request>, string]>([
  ['of a bot', [0], { by: robot }, 'bot'],
  ['of somebody who may only read', [0], { by: rita }, 'no command, no rights'],
  ['beside another one', [0, 1], {}, 'several ticked'],
  ['that is no option', [7], {}, 'not an option'],
])('a tick %s is taken out again, and is no answer', (_, boxes, facts, why) => {
  const { github } = asked(patient);
  ticks(github, boxes, facts);
  settle(github, patient);
  expect(Object.values(github.journal?.taken ?? {})).toContainEqual({ refused: why });
  expect(github.journal?.segments[2]?.attempts).toHaveLength(1);
  expect(github.said[KEY]?.ticked).toBeUndefined();
  ticks(github, [0]);
  settle(github, patient);
  expect(github.journal?.segments[2]?.attempts).toHaveLength(2);
});

test('an answer that comes when the time is over, and before it went on, counts', () => {
  const { github } = asked(config());
  github.requests.push(asks('comment:3', 'pause'));
  settle(github, config());
  github.now = (github.now + HOUR) as Instant;
  ticks(github, [0], { at: github.now });
  settle(github, config());
  github.requests.push(asks('comment:4', 'resume'));
  settle(github, config());
  expect(github.journal && findAttempt(github.journal, '1.2-2')).toMatchObject({ answers: [{ answer: 'cents' }] });
});

test.each<[string, (github: PaperGitHub) => void, string]>([
  [
    'nobody answered in time',
    (github) => {
      github.now = (github.now + HOUR) as Instant;
    },
    'gone on',
  ],
  [
    'its segment is left out',
    (github) =>
      void github.requests.push(
        asks('comment:5', 'skip', {
          asked: { kind: 'command', command: { kind: 'skip', segment: issueNumber(2), reason: 'We buy it.' } },
        }),
      ),
    'over',
  ],
])('a question is closed once where %s', (_, happens, end) => {
  const { github } = asked(config());
  happens(github);
  settle(github, config());
  settle(github, config());
  expect(github.revised).toEqual([`${KEY}: ${end}`]);
  expect(github.journal?.acts[`${KEY}:ended`]?.state).toBe('done');
});
