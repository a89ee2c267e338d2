/** Questions of runs: who answered what, and the one comment that shows each from start to end (SPEC R5.11). */
import { describe, expect, test } from 'vitest';
import { answerByTick, answerInWords, tellQuestions } from '../../../src/core/decide/questions.ts';
import { issueNumber } from '../../../src/core/model/epic.ts';
import type { Attempt, Journal, Outcome, SegmentRecord } from '../../../src/core/model/journal.ts';
import type { Question } from '../../../src/core/model/report.ts';
import type { Said } from '../../../src/core/model/snapshot.ts';
import { ana, asks, issue, sha } from '../facts.ts';
import { decide, factsOf, failed, later, lost, NOW, published, recordWith, reportOf } from './records.ts';

const MINUTE = 60_000;
const asking = (id: string, facts: Partial<Question> = {}, kept?: string): Outcome => ({
  kind: 'asked',
  at: NOW,
  report: reportOf(2, {
    result: {
      kind: 'needs-input',
      question: { id, text: 'Cents?', options: ['cents', 'euros'], blocking: true, ...facts },
      ...(kept === undefined ? {} : { kept, keptHead: sha('d4') }),
    },
  }),
});
const asked = (id = 'q', facts: Partial<Question> = {}): Partial<Attempt> => ({ outcome: asking(id, facts) });
const answer = (attempt: string, text = 'Yes') => ({ attempt, text, by: 'bob', at: NOW });
const skipped = { skipped: { by: 'ana', reason: '', at: NOW } };
const request = asks('r1', 'answer', { at: later(5), by: ana });
const issues = [issue(2), issue(3)];
type Segments = Journal['segments'];

describe('an answer in words', () => {
  const says = (segments: Segments, on: number | undefined, id = 'q') => {
    let why: unknown;
    const { draft } = decide(factsOf(issues, { segments }), (_, draft) => {
      why = answerInWords(draft, request, { id, text: 'Cents.' }, on === undefined ? undefined : issueNumber(on));
    });
    return { why, answers: [2, 3].map((number) => draft.journal.segments[number]?.answers), history: draft.history };
  };
  const given = (segment: number, attempt = `1.${segment}-1`) => ({
    attempt,
    text: 'Cents.',
    by: 'ana',
    byId: 1,
    at: later(5),
  });
  const answered = (segment: number) => [{ at: NOW, kind: 'ANSWERED' as const, segment: issueNumber(segment) }];
  const none = { why: { kind: 'no such question', id: 'q' }, answers: [undefined, undefined], history: [] };
  const two = { 2: recordWith(2, [asked()]) };
  const both = { ...two, 3: recordWith(3, [asked()]) };

  test.each<[string, ReturnType<typeof says>, Segments, number | undefined]>([
    ['on its segment is taken', { why: undefined, answers: [[given(2)], undefined], history: answered(2) }, two, 2],
    ['on the epic is taken', { why: undefined, answers: [[given(2)], undefined], history: answered(2) }, two, 1],
    [
      'on the epic, for one of two questions, is taken',
      { why: undefined, answers: [undefined, [given(3)]], history: answered(3) },
      { 2: recordWith(2, [asked('p')]), 3: recordWith(3, [asked()]) },
      1,
    ],
    [
      'on one of two segments that ask the same is taken for that one',
      { why: undefined, answers: [undefined, [given(3)]], history: answered(3) },
      both,
      3,
    ],
    [
      'on the epic, where two segments ask the same, is not taken',
      { ...none, why: { kind: 'several such questions', id: 'q' } },
      both,
      1,
    ],
    ['on another segment is not taken', none, two, 3],
    ['on a pull request is not taken', none, two, undefined],
    ['to another question is not taken', none, { 2: recordWith(2, [asked('p')]) }, 2],
    ['to a run that did not ask is not taken', none, { 2: recordWith(2, [{ outcome: lost() }, {}]) }, 2],
    ['to a question before the last attempt is not taken', none, { 2: recordWith(2, [asked(), {}]) }, 2],
    [
      'to the question of the last attempt is taken, beside earlier answers',
      { why: undefined, answers: [[answer('1.2-1'), given(2, '1.2-2')], undefined], history: answered(2) },
      { 2: recordWith(2, [asked(), asked()], { answers: [answer('1.2-1')] }) },
      2,
    ],
  ])('%s', (_, expected, segments, on) => {
    expect(says(segments, on)).toEqual(expected);
  });

  test.each<[string, Partial<SegmentRecord>]>([
    ['that is answered', { answers: [answer('1.2-1')] }],
    ['of a segment that is skipped', skipped],
  ])('to a question %s is not taken', (_, facts) => {
    expect(says({ 2: recordWith(2, [asked()], facts) }, 2)).toMatchObject({
      why: { kind: 'no such question' },
      history: [],
    });
  });
});

describe('a tick', () => {
  const ticks = (
    boxes: readonly number[],
    key = 'question:1.2-1',
    segments: Segments = { 2: recordWith(2, [asked()]) },
  ) => {
    let why: unknown;
    const { draft } = decide(factsOf(issues, { segments }), (_, draft) => {
      why = answerByTick(draft, request, { kind: 'ticks', key, boxes });
    });
    return why ?? draft.journal.segments[2]?.answers?.at(-1)?.text;
  };
  test.each<[string, string, Parameters<typeof ticks>]>([
    ['of the first box is its option', 'cents', [[0]]],
    ['of the last box is its option', 'euros', [[1]]],
    ['of two boxes is no answer', 'several ticked', [[0, 1]]],
    ['of no box is no answer', 'not an option', [[]]],
    ['of a box too many is no answer', 'not an option', [[2]]],
    [
      'of the question of an earlier attempt is no answer',
      'no longer waiting',
      [[0], 'question:1.2-1', { 2: recordWith(2, [asked(), asked()]) }],
    ],
    [
      'of the question of the last attempt is its option',
      'euros',
      [[1], 'question:1.2-2', { 2: recordWith(2, [asked(), asked()]) }],
    ],
    ['of a question of another epic is no answer', 'no longer waiting', [[0], 'question:9.2-1']],
    ['of a segment that did not ask is no answer', 'no longer waiting', [[0], 'question:1.3-1']],
    ['of a comment that is no question is no answer', 'no longer waiting', [[0], 'panel']],
  ])('%s', (_, expected, given) => {
    expect(ticks(...given)).toBe(expected);
  });
});

describe('the comment of a question', () => {
  const patient = { questions: { timeoutMinutes: 5, unanswered: 'wait' } } as const;
  const hasty = { questions: { timeoutMinutes: 5, unanswered: 'go on' } } as const;
  type World = NonNullable<Parameters<typeof factsOf>[1]>;
  const KEY = 'question:1.2-1';
  const tells = (
    attempts: readonly Partial<Attempt>[],
    world: World = {},
    facts: Partial<SegmentRecord> = {},
    said?: Said,
  ) => {
    const segments = { 2: recordWith(2, attempts, facts) };
    const snapshot = { ...world.snapshot, said: said ? { [KEY]: said } : {} };
    const given = factsOf([issue(2)], { config: patient, ...world, segments, snapshot });
    return decide(given, tellQuestions).told.filter((line) => !line.startsWith('journal'));
  };
  const notice = (more = '', question = '') =>
    `notice=question segment=2 owner="ana" question=QUESTION_ASKED id="q" question="Cents?" options=["cents", "euros"]${question}${more}`;
  const say = (more = '', question = '') =>
    `say {key="${KEY}" on=2 ${notice(more, question)}} — question open segment=2`;
  const revise = (end: string, kind: string, comment = 7, more = '') =>
    `revise {key="${KEY}:ended" says="${KEY}" comment=${comment} ${notice(` end=${end}`, more)}} — question closed segment=2 end="${kind}"`;
  const said: Said = { id: 7, body: 'the comment' };
  const grace = 'look again in 20 s';

  test.each<[string, readonly string[], Parameters<typeof tells>]>([
    ['is not there where nobody asked', [], [[{ outcome: lost() }]]],
    ['is written once it is asked', [say(), grace], [[asked()]]],
    ['shows the context of the question', [say('', ' context="Money."'), grace], [[asked('q', { context: 'Money.' })]]],
    ['shows where the work is', [say(' kept="wip"'), grace], [[{ outcome: asking('q', {}, 'wip') }]]],
    [
      'says how long it waits, and is looked at then',
      [say('', ' until=300s'), 'look again in 20 s'],
      [[asked()], { config: hasty }],
    ],
    [
      'is looked at when its time is over',
      [say('', ' until=300s'), 'look again in 1 s'],
      [[asked()], { config: hasty, snapshot: { now: later(5 * MINUTE - 1_000) } }],
    ],
    ['is not written when its time is over', [], [[asked()], { config: hasty, snapshot: { now: later(5 * MINUTE) } }]],
    [
      'shows its answer',
      [revise('answered by="bob" text="Yes"', 'answered'), grace],
      [[asked()], {}, { answers: [answer('1.2-1')] }, said],
    ],
    ['shows that its run went on', [revise('gone on', 'gone on'), grace], [[asked(), {}], {}, {}, said]],
    ['shows that its segment is over', [revise('over', 'over'), grace], [[asked()], {}, skipped, said]],
    [
      'is closed by the id in the journal where GitHub does not show it',
      [revise('over', 'over', 8), grace],
      [[asked()], { journal: { acts: { [KEY]: { at: NOW, by: 'me', state: 'done', result: 8 } } } }, skipped],
    ],
    ['that was never written is not closed', [], [[asked()], {}, skipped]],
    [
      'is closed with the ticks that count for nothing',
      [revise('over', 'over'), grace],
      [[asked()], {}, skipped, { ...said, ticked: [0] }],
    ],
    [
      'has a tick taken out that is no answer',
      [
        say(),
        `untick {says="${KEY}" comment=7 was="the comment" ${notice(' unticked="not by a person who may"')}} — tick is no answer segment=2`,
        grace,
      ],
      [[asked()], {}, {}, { ...said, ticked: [0] }],
    ],
    [
      'has several ticks taken out',
      [
        say(),
        `untick {says="${KEY}" comment=7 was="the comment" ${notice(' unticked="several"')}} — tick is no answer segment=2`,
        grace,
      ],
      [[asked()], {}, {}, { ...said, ticked: [0, 1] }],
    ],
    ['is left alone where nobody reads its ticks', [say(), grace], [[asked()], {}, {}, said]],
    ['is left alone without a tick', [say(), grace], [[asked()], {}, {}, { ...said, ticked: [] }]],
  ])('%s', (_, expected, given) => {
    expect(tells(...given)).toEqual(expected);
  });

  test('of each attempt is its own', () => {
    const attempts = [asked(), { outcome: published(2, 'a1') }, asked('r'), { outcome: failed({ kind: 'NO_CHANGE' }) }];
    const segments = { 2: recordWith(2, attempts, { answers: [answer('1.2-1')] }) };
    const snapshot = { said: { [KEY]: said, 'question:1.2-3': { id: 9, body: '' } } };
    const { draft } = decide(factsOf([issue(2)], { segments, snapshot, config: patient }), tellQuestions);
    expect(draft.decisions.map((each) => ('says' in each ? [each.says, each.reason] : []))).toEqual([
      [KEY, { kind: 'question closed', segment: 2, end: 'answered' }],
      ['question:1.2-3', { kind: 'question closed', segment: 2, end: 'gone on' }],
    ]);
  });

  test('is not written for a segment that is blocked by something else', () => {
    // A person's answer arrived, and the run that used it failed.
    const segments = { 2: recordWith(2, [asked(), { outcome: failed({ kind: 'NO_CHANGE' }) }]) };
    expect(decide(factsOf([issue(2)], { segments, config: patient }), tellQuestions).told).toEqual([]);
  });
});
