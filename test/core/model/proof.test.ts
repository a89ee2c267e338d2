/** What is proved about the head of a pull request, and what a run asks people. */
import { describe, expect, test } from 'vitest';
import type { AttemptId } from '../../../src/core/model/attempt.ts';
import { type Instant, instant } from '../../../src/core/model/epic.ts';
import type { Outcome, PersonsAnswer, SegmentRecord } from '../../../src/core/model/journal.ts';
import { proofOf, redHead, wantsProof } from '../../../src/core/model/proof.ts';
import {
  answerable,
  askedBy,
  askingOf,
  attemptOfQuestion,
  carriedOn,
  endOf,
  isQuestionKey,
  questionKey,
  questionOpen,
} from '../../../src/core/model/question.ts';
import type { GateResult } from '../../../src/core/model/report.ts';
import type { Pull } from '../../../src/core/model/snapshot.ts';
import { config, pull as pullOf } from '../facts.ts';
import {
  AT,
  answered,
  asked,
  attempt,
  failed,
  HEAD,
  lost,
  OTHER_HEAD,
  published,
  QUESTION,
  record,
} from './records.ts';

const pull = (facts: Partial<Pull> = {}): Pull => pullOf(31, 'feat/segment-2', HEAD, facts);
const segment = (...outcomes: readonly (Outcome | undefined)[]): SegmentRecord =>
  record(outcomes.map((outcome, index) => attempt(2, index + 1, outcome)));

describe('the proof of a head', () => {
  const [first, again, other] = [published(31), published(31), published(31, OTHER_HEAD)];
  test.each<[string, SegmentRecord, Outcome | undefined]>([
    ['is the outcome that published it', segment(first), first],
    ['is the latest of several', segment(first, again), again],
    ['is not that of another head', segment(first, other), first],
    ['is nothing without an outcome for it', segment(other, answered(), lost, undefined), undefined],
    ['is nothing without an attempt', segment(), undefined],
    ['is not an outcome of another kind', segment({ ...first, kind: 'failed' } as never), undefined],
  ])('%s', (_, held, proof) => {
    expect(proofOf(held, HEAD)).toBe(proof);
  });

  const gate = (name: string, verdict: GateResult['verdict']): GateResult => ({
    gate: name,
    verdict,
    command: `run ${name}`,
    durationMs: 1,
    output: `output of ${name}`,
  });

  test('is red with every gate that failed or took too long', () => {
    const validation = [
      gate('lint', 'pass'),
      gate('types', 'fail'),
      gate('tests', 'timed out'),
      gate('build', 'not applicable'),
    ];
    expect(redHead(pull(), segment(published(31, HEAD, { validation })))).toStrictEqual({
      kind: 'HEAD_RED',
      at: { pull: 31 },
      head: HEAD,
      gates: [
        { gate: 'types', output: 'output of types' },
        { gate: 'tests', output: 'output of tests' },
      ],
    });
  });

  test('is not red if no gate failed, or nothing ran on it', () => {
    const green = published(31, HEAD, { validation: [gate('lint', 'pass'), gate('build', 'not applicable')] });
    const elsewhere = published(31, OTHER_HEAD, { validation: [gate('lint', 'fail')] });
    for (const held of [segment(green), segment(elsewhere), segment(), segment(undefined)])
      expect(redHead(pull(), held)).toBeUndefined();
  });

  test.each<[string, Pull, SegmentRecord, boolean]>([
    ['wanted after a push by someone else', pull(), segment(other), true],
    ['wanted when the attempt to prove it failed', pull(), segment(other, failed()), true],
    ['not wanted when it is there', pull(), segment(first), false],
    ['not wanted when it is there from before', pull(), segment(first, other), false],
    ['not wanted while an attempt is in progress', pull(), segment(other, undefined), false],
    ['not wanted when the pull request is merged', pull({ state: 'merged' }), segment(other), false],
    ['not wanted when the pull request is closed', pull({ state: 'closed' }), segment(other), false],
    ['not wanted when nothing was ever published', pull(), segment(failed(), lost), false],
    ['not wanted without an attempt', pull(), segment(), false],
    ['not wanted after one in progress and nothing published', pull(), segment(undefined, lost), false],
  ])('%s', (_, about, held, is) => {
    expect(wantsProof(about, held)).toBe(is);
  });
});

describe('the key of a question', () => {
  test('names the attempt that asked', () => {
    const key = questionKey('12.14-2' as AttemptId);
    expect(key).toBe('question:12.14-2');
    expect(attemptOfQuestion(key)).toStrictEqual({ epic: 12, segment: 14, number: 2 });
  });

  test.each([
    'question:',
    'question:two',
    '12.14-2',
    'panel',
    '12.14-2question:',
    'questions:12.14-2',
    'dispatch:12.14-2',
    'xquestion:1-1',
  ])('is not %j', (key) => {
    expect([attemptOfQuestion(key), isQuestionKey(key)]).toStrictEqual([undefined, false]);
  });

  test('is known as one', () => {
    expect(isQuestionKey('question:14-2')).toBe(true);
  });
});

describe('a question', () => {
  const goOn = config({ questions: { timeoutMinutes: 5, unanswered: 'go on' } });
  const wait = config({ questions: { timeoutMinutes: 5, unanswered: 'wait' } });
  const until = (AT + 5 * 60_000) as Instant;
  const problem = { kind: 'QUESTION_ASKED', id: 'q1', question: 'Cents or euros?', options: ['cents', 'euros'] };
  const answer = (attemptNumber: number, text: string, by = 'ana'): PersonsAnswer => ({
    attempt: `1.2-${attemptNumber}`,
    text,
    by,
    at: AT,
  });

  test('is asked by an attempt that stopped for it', () => {
    const result = { kind: 'needs-input', question: QUESTION };
    expect(askingOf(attempt(2, 1, asked()))).toStrictEqual(result);
    const others = [undefined, published(31), failed(), lost, answered(), { ...answered(), kind: 'asked' } as never];
    for (const outcome of others) {
      expect(askingOf(attempt(2, 1, outcome))).toBeUndefined();
      expect(askedBy(attempt(2, 1, outcome), goOn)).toBeUndefined();
    }
    expect(askingOf(attempt(2, 1, { ...asked(), kind: 'failed' } as never))).toBeUndefined();
  });

  test('is told with its context, and until when it waits', () => {
    expect(askedBy(attempt(2, 1, asked()), goOn)).toStrictEqual({ ...problem, until });
    expect(askedBy(attempt(2, 1, asked()), wait)).toStrictEqual(problem);
    const context = { ...QUESTION, context: 'In the cart.' };
    expect(askedBy(attempt(2, 1, asked({ question: context })), wait)).toStrictEqual({
      ...problem,
      context: 'In the cart.',
    });
  });

  const open = { ...problem, until };
  test.each<[string, SegmentRecord, number, object | undefined]>([
    ['open until its time is over', segment(asked()), until - 1, open],
    ['over when its time is', segment(asked()), until, undefined],
    ['over after its time', segment(asked()), until + 1, undefined],
    ['over when it is answered', record([attempt(2, 1, asked())], { answers: [answer(1, 'Cents')] }), AT, undefined],
    ['open if another was answered', record([attempt(2, 2, asked())], { answers: [answer(1, 'Cents')] }), AT, open],
    ['over when the next attempt starts', segment(asked(), undefined), AT, undefined],
    ['the latest one', segment(lost, asked()), AT, open],
    ['none without an attempt', segment(), AT, undefined],
    ['none if the attempt did not ask', segment(failed()), AT, undefined],
  ])('%s', (_, held, now, expected) => {
    expect(questionOpen(held, goOn, instant(now))).toStrictEqual(expected);
  });

  test('that waits for a person is open for as long as it takes', () => {
    expect(questionOpen(segment(asked()), wait, instant(until + 1e9))).toStrictEqual(problem);
  });

  test.each<[string, SegmentRecord, boolean]>([
    ['the latest attempt asked', segment(lost, asked()), true],
    ['it is answered', record([attempt(2, 1, asked())], { answers: [answer(1, 'Cents')] }), false],
    ['another was answered', record([attempt(2, 2, asked())], { answers: [answer(1, 'Cents')] }), true],
    ['the next attempt started', segment(asked(), undefined), false],
    [
      'the segment was skipped',
      record([attempt(2, 1, asked())], { skipped: { by: 'ana', reason: 'x', at: AT } }),
      false,
    ],
    ['nobody asked', segment(failed()), false],
    ['nothing ran', segment(), false],
  ])('can be answered, if %s: %j', (_, held, can) => {
    expect(answerable(held)).toBe(can ? held.attempts.at(-1) : undefined);
  });

  test('ends by an answer, by the next attempt, or with its segment', () => {
    const skipped = { by: 'ana', reason: 'x', at: AT };
    const one = record([attempt(2, 1, asked())]);
    const first = one.attempts[0] as never;
    expect(endOf(one, first, false)).toBeUndefined();
    expect(endOf(one, first, true)).toStrictEqual({ kind: 'over' });
    expect(endOf({ ...one, skipped }, first, false)).toStrictEqual({ kind: 'over' });
    const gone = record([first, attempt(2, 2)]);
    expect(endOf(gone, first, true)).toStrictEqual({ kind: 'gone on' });
    const answers = [answer(1, 'Cents'), answer(2, 'Other'), answer(1, 'Euros', 'rita')];
    expect(endOf({ ...gone, answers }, first, true)).toStrictEqual({ kind: 'answered', by: 'rita', text: 'Euros' });
  });

  test.each<[string, SegmentRecord, object]>([
    ['nothing, if nothing ran', segment(), {}],
    ['nothing, if nobody asked', segment(failed({ kept: 'x', keptHead: HEAD })), {}],
    [
      'an answer, and no work',
      record([attempt(2, 1, asked())], { answers: [answer(1, 'Cents')] }),
      { answers: [{ id: 'q1', question: 'Cents or euros?', answer: 'Cents', by: 'ana' }] },
    ],
    [
      'the kept work, and that no one answered',
      segment(asked({ kept: 'swarm/wip/1.2-1', keptHead: OTHER_HEAD })),
      { kept: OTHER_HEAD, answers: [{ id: 'q1', question: 'Cents or euros?', answer: '' }] },
    ],
    [
      'the answers to earlier questions, too',
      record([
        attempt(2, 1, lost),
        attempt(2, 2, asked(), { answers: [{ id: 'q0', question: 'Which?', answer: 'That', by: 'ana' }] }),
      ]),
      {
        answers: [
          { id: 'q0', question: 'Which?', answer: 'That', by: 'ana' },
          { id: 'q1', question: 'Cents or euros?', answer: '' },
        ],
      },
    ],
  ])('the next attempt gets %s', (_, held, expected) => {
    expect(carriedOn(held)).toStrictEqual(expected);
  });
});
