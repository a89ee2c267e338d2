/** The end of an epic: when people are asked to accept it, and its last acts. */
import { describe, expect, test } from 'vitest';
import { askAcceptance, closeEpic, tellSummary } from '../../../src/core/decide/accept.ts';
import type { Act } from '../../../src/core/model/journal.ts';
import type { Issue } from '../../../src/core/model/snapshot.ts';
import { issue, pull, sha } from '../facts.ts';
import { authorisation, decide, factsOf, later, NOW, passed, published, recordWith, round } from './records.ts';

type World = NonNullable<Parameters<typeof factsOf>[1]>;
const act = (state: Act['state']): Act => ({ at: NOW, by: 'me', state });
const closed = issue(2, { state: 'completed' });

describe('people are asked to accept', () => {
  /** Segment #2 is merged and closed, and its wave has passed. */
  const complete: World = {
    segments: { 2: recordWith(2, [{ outcome: published(2, 'a1') }]) },
    journal: {
      segments: { 2: recordWith(2, [{ outcome: published(2, 'a1') }]) },
      calibrations: { 1: [round(1, { verdict: passed, judged: true, covers: [closed.number] })] },
    },
    snapshot: { pulls: [pull(102, 'feat/segment-2', sha('a1'), { state: 'merged' })] },
  };
  const asks = (more: World = {}, issues: readonly Issue[] = [closed], seen = issues) => {
    const facts = factsOf(issues, {
      ...complete,
      ...more,
      journal: { ...complete.journal, ...more.journal },
      snapshot: { ...complete.snapshot, ...more.snapshot },
    });
    return decide({ ...facts, snapshot: { ...facts.snapshot, issues: seen } }, askAcceptance).told;
  };
  const asked = (number = 1, dispatches = 0) => [
    `say {key="accept:${number}:${dispatches}" on=1 notice=ask acceptance owner="ana" board=…} — everything merged`,
    `journal acts accept:${number}:${dispatches}: {at=0s by="me" state="intended"}`,
    'look again in 20 s',
  ];
  const followUp = (what: string) => ({ request: what, by: 'ana', what, at: NOW, wave: 1 });
  const two = { followUps: [followUp('a'), followUp('b')] };
  const made = { 'fix:1:1:1000:1': act('done') };
  const authorised = { 2: { digest: closed.digest, blockedBy: [], external: [] } };
  const dispatches = { '1.1': { id: '1.1', at: NOW, work: { kind: 'segments', attempts: [] } } } as const;

  test.each<[string, readonly string[], World?, (readonly Issue[])?]>([
    ['once everything is merged, calibrated and closed', asked()],
    ['again after each dispatch', asked(1, 1), { journal: { dispatches } }],
    ['once for each state', [], { journal: { acts: { 'accept:1:0': act('done') } } }],
    [
      'again once what they found is made and merged',
      asked(3),
      { journal: { ...two, acts: { ...made, 'fix:1:1:1001:1': act('done') } } },
    ],
    ['not before all that they found is made', [], { journal: { ...two, acts: made } }],
    [
      'not while GitHub refuses to make what they found',
      [],
      { journal: { ...two, acts: { ...made, 'fix:1:1:1001:1': act('refused') } } },
    ],
    ['not while an issue is open', [], {}, [issue(2)]],
    ['not while a wave is open', [], { journal: { calibrations: {} } }],
    ['not while the epic is paused', [], { journal: { phase: 'paused' } }],
    ['not while the epic is cancelled', [], { journal: { phase: 'cancelled' } }],
    [
      'not while Swarm is stopped',
      [],
      { snapshot: { preflight: [{ level: 'error', problem: { kind: 'DISABLED' } }] } },
    ],
    [
      'also beside a warning',
      asked(),
      { snapshot: { preflight: [{ level: 'warning', problem: { kind: 'DISABLED' } }] } },
    ],
    [
      'also beside a segment that was added since',
      asked(),
      { journal: { authorisation: authorisation({ segments: authorised }) } },
      [closed, issue(3)],
    ],
    ['not where the plan has no wave', [], { plan: { waves: [], segments: [] } }],
  ])('%s', (_, expected, more, issues) => {
    expect(asks(more, issues)).toEqual(expected);
  });

  test('of an epic that is its own segment, although it is open', () => {
    const own = { 1: recordWith(1, [{ outcome: published(1, 'a1') }]) };
    const calibrations = { 1: [round(1, { verdict: passed, covers: [issue(1).number] })] };
    const pulls = [pull(101, 'feat/checkout', sha('a1'), { state: 'merged' })];
    expect(asks({ journal: { segments: own, calibrations }, snapshot: { pulls } }, [])).toEqual(asked());
  });

  test('where the acceptance is automatic, nobody is: the epic is finished', () => {
    expect(asks({ config: { acceptance: 'automatic' } })).toEqual([
      '+ EXECUTION COMPLETE at=0s',
      'journal phase: "finished"',
      'journal finishedAt: 1000000',
    ]);
  });
});

describe('a finished epic', () => {
  const ends = (journal: World['journal'], decider: typeof tellSummary) =>
    decide(factsOf([closed], { journal: { phase: 'finished', ...journal } }), decider).told;

  test.each<[string, string, string, World['journal']]>([
    ['by the person who accepted it', 'by="ana"', 'epic accepted by="ana"', { acceptedBy: 'ana' }],
    ['by Swarm, where nobody had to', 'by="swarm"', 'epic accepted', {}],
  ])('is summed up once, %s', (_, by, reason, journal) => {
    expect(ends(journal, tellSummary)).toEqual([
      `say {key="summary" on=1 notice=summary board=… ${by}} — ${reason}`,
      'journal acts summary: {at=0s by="me" state="intended"}',
      'look again in 20 s',
    ]);
    expect(ends({ ...journal, acts: { summary: act('done') } }, tellSummary)).toEqual([]);
  });

  const closing = [
    'close epic {key="close:1000009" issue=1} — epic accepted',
    'journal acts close:1000009: {at=0s by="me" state="intended"}',
    'look again in 20 s',
  ];
  test.each<[string, readonly string[], Record<string, Act>]>([
    ['after its summary is there', closing, { summary: act('done') }],
    ['after GitHub refused its summary', closing, { summary: act('refused') }],
    ['not while its summary is on its way', [], { summary: act('intended') }],
    ['not before its summary', [], {}],
    ['once, even if people open it again', [], { summary: act('done'), 'close:1000009': act('done') }],
  ])('is closed %s', (_, expected, acts) => {
    expect(ends({ finishedAt: later(9), acts }, closeEpic)).toEqual(expected);
  });
});
