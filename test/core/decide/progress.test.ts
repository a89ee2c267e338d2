/** The progress of a segment, from the issue, the journal, and what GitHub shows of its pull request and its run. */
import { describe, expect, test } from 'vitest';
import { limitsOf, notBefore } from '../../../src/core/decide/agents/limits.ts';
import { deriveProgress, isChanged, sameEdges } from '../../../src/core/decide/progress.ts';
import type { Config } from '../../../src/core/model/config.ts';
import { issueNumber, pullNumber } from '../../../src/core/model/epic.ts';
import type { Attempt, Journal, SegmentRecord } from '../../../src/core/model/journal.ts';
import type { Progress } from '../../../src/core/model/progress.ts';
import type { Job, Pull, Snapshot } from '../../../src/core/model/snapshot.ts';
import { ana, approval, issue, pull, rita, robot, sha } from '../facts.ts';
import {
  authorisation,
  cutShort,
  factsOf,
  failed,
  later,
  lost,
  NOW,
  published,
  recordWith,
  reportOf,
  tryLater,
} from './records.ts';

const MINUTE = 60_000;
const two = issue(2);

interface World {
  readonly issue?: Partial<typeof two>;
  readonly attempts?: readonly Partial<Attempt>[];
  readonly record?: Partial<SegmentRecord>;
  readonly pull?: Partial<Pull>;
  readonly snapshot?: Partial<Snapshot>;
  readonly journal?: Partial<Journal>;
  readonly config?: Partial<Config>;
}

/** The progress of segment #2. It has a pull request if one is given. */
function progressOf(world: World): Progress | undefined {
  const given = issue(2);
  const facts = factsOf([given], {
    segments: { 2: recordWith(2, world.attempts ?? [], world.record) },
    snapshot: {
      pulls: [
        pull(900, 'other', sha('900')),
        ...(world.pull ? [pull(102, 'feat/segment-2', sha('a1'), world.pull)] : []),
      ],
      ...world.snapshot,
      issues: [{ ...given, ...world.issue }],
    },
    ...(world.journal ? { journal: world.journal } : {}),
    config: { attempts: 2, reworks: 2, approvals: 1, ...world.config },
  });
  return deriveProgress(facts).get(issueNumber(2));
}

const first = { outcome: published(2, 'a1') } as const;
const NO_TESTS = { kind: 'NO_TESTS', command: 'npm test' } as const;
const broken = { outcome: failed(NO_TESTS) } as const;
const noChange = { outcome: { kind: 'no-change', at: NOW, report: reportOf(2) } } as const;
const no = { ...approval(sha('a1')), state: 'changes requested', body: 'No.' } as const;
const blocked = (problem: Extract<Progress, { kind: 'blocked' }>['problem']): Progress => ({
  kind: 'blocked',
  problem,
});
const PULL_CLOSED = blocked({ kind: 'PULL_CLOSED', at: { pull: pullNumber(102) } });
const inReview = (...waits: Extract<Progress, { kind: 'in review' }>['waits']): Progress => ({
  kind: 'in review',
  pull: pullNumber(102),
  head: sha('a1'),
  waits,
});
const unknown = { kind: 'mergeable', state: 'unknown' } as const;
const missing = { kind: 'approval', missing: 1 } as const;
const rework = (why: Extract<Progress, { kind: 'to rework' }>['why']): Progress => ({
  kind: 'to rework',
  pull: pullNumber(102),
  why,
});
const question = { id: 'q1', text: 'Cents?', options: [], blocking: true } as const;
const asked = {
  outcome: { kind: 'asked', at: NOW, report: reportOf(2, { result: { kind: 'needs-input', question } }) },
} as const;

function table(title: string, rows: readonly (readonly [string, Progress, World])[]): void {
  describe(title, () => {
    test.each(rows)('%s', (_, expected, world) => {
      expect(progressOf(world)).toStrictEqual(expected);
    });
  });
}

table('a segment that never ran', [
  ['is ready', { kind: 'ready' }, {}],
  [
    'is skipped with the reason that a person gave',
    { kind: 'skipped', reason: 'bought' },
    { record: { skipped: { by: 'ana', reason: 'bought', at: NOW } } },
  ],
  ['and is closed as completed was closed before', { kind: 'closed before' }, { issue: { state: 'completed' } }],
  ['and is closed as not planned is skipped', { kind: 'skipped' }, { issue: { state: 'not planned' } }],
]);

table('a segment that is merged', [
  [
    'is merged at the time that GitHub says',
    { kind: 'merged', pull: pullNumber(102), at: later(5) },
    { attempts: [first], pull: { state: 'merged', mergedAt: later(5) } },
  ],
  [
    'is merged where GitHub says no time',
    { kind: 'merged', pull: pullNumber(102) },
    { attempts: [first], pull: { state: 'merged' } },
  ],
  [
    'is merged although a person skips it',
    { kind: 'merged', pull: pullNumber(102) },
    { attempts: [first], pull: { state: 'merged' }, record: { skipped: { by: 'ana', reason: 'x', at: NOW } } },
  ],
  [
    'is merged although a later attempt died',
    { kind: 'merged', pull: pullNumber(102) },
    { attempts: [first, { outcome: lost() }], pull: { state: 'merged' } },
  ],
]);

const jobs = (...of: readonly Partial<Job>[]): Partial<Snapshot> => ({
  runs: [
    { id: 6, dispatch: '1.0', url: '', state: 'running', jobs: [{ name: 'segment 2 / old', state: 'running' }] },
    { id: 7, dispatch: '1.1', url: '', state: 'running', jobs: [{ name: 'segment 2 / other', state: 'running' }] },
    {
      id: 8,
      dispatch: '1.1',
      url: '',
      state: 'running',
      jobs: of.map((job) => ({ name: 'segment 2 / work', state: 'running', ...job })),
    },
  ],
});
const taken: Partial<Journal> = {
  dispatches: { '1.1': { id: '1.1', at: NOW, work: { kind: 'segments', attempts: [] }, runId: 8 } },
};
const untaken: Partial<Journal> = {
  dispatches: { '1.1': { id: '1.1', at: NOW, work: { kind: 'segments', attempts: [] } } },
};
table('a segment with an attempt under way', [
  ['is queued before its run shows', { kind: 'queued' }, { attempts: [{}] }],
  [
    'is queued where the journal does not know its dispatch',
    { kind: 'queued' },
    { attempts: [{}], snapshot: jobs({}) },
  ],
  [
    'is queued before a run took its dispatch',
    { kind: 'queued' },
    { attempts: [{}], snapshot: jobs({}), journal: { ...untaken, authorisation: authorisation() } },
  ],
  [
    'is queued while the run that took it has no job that runs',
    { kind: 'queued' },
    { attempts: [{}], snapshot: jobs({ state: 'queued' }), journal: taken },
  ],
  [
    'is queued while only jobs of other segments run',
    { kind: 'queued' },
    { attempts: [{}], snapshot: jobs({ name: 'segment 22 / work' }), journal: taken },
  ],
  [
    'runs the job of the run that took it',
    { kind: 'running', step: 'work' },
    { attempts: [{}], snapshot: jobs({ state: 'completed' }, {}), journal: taken },
  ],
  [
    'shows the step, its start, and the log',
    { kind: 'running', step: 'verify: Gates', since: later(3), log: 'https://log' },
    {
      attempts: [{}],
      snapshot: jobs({ name: 'segment 2 / verify', step: 'Gates', since: later(3), url: 'https://log' }),
      journal: taken,
    },
  ],
  [
    'shows the first of several jobs that run',
    { kind: 'running', step: 'verify' },
    { attempts: [{}], snapshot: jobs({ name: 'segment 2 / verify' }, {}), journal: taken },
  ],
  [
    'shows the last part of a longer name',
    { kind: 'running', step: 'agent' },
    { attempts: [{}], snapshot: jobs({ name: 'segment 2 / work / agent' }), journal: taken },
  ],
  ['runs although its issue was closed', { kind: 'queued' }, { attempts: [{}], issue: { state: 'completed' } }],
  [
    'is skipped when a person says so',
    { kind: 'skipped', reason: 'x' },
    { attempts: [{}], record: { skipped: { by: 'ana', reason: 'x', at: NOW } } },
  ],
]);

const report = (summary: string) => reportOf(2, { agent: { summary, assumptions: [], criteria: [] } });
const words = (worker: Attempt['worker'], summary = 'It is fine.') =>
  ({ worker, outcome: { kind: 'no-change', at: NOW, report: report(summary) } }) as const;
table('a segment that changed nothing', [
  ['is answered where it was research', { kind: 'answered' }, { attempts: [words('research')] }],
  ['is answered where it looked for weaknesses', { kind: 'answered' }, { attempts: [words('security')] }],
  [
    'stays answered after its issue is closed',
    { kind: 'answered' },
    { attempts: [words('research')], issue: { state: 'completed' } },
  ],
  [
    'is blocked where its worker should change something',
    blocked({ kind: 'NO_CHANGE' }),
    { attempts: [words('refactor')] },
  ],
  ['is blocked where it found no words, either', blocked({ kind: 'NO_CHANGE' }), { attempts: [words('research', '')] }],
  ['is ready after a retry', { kind: 'ready' }, { attempts: [noChange], record: { forgiven: 1 } }],
]);

table('a segment that failed', [
  ['is blocked by the reason', blocked(NO_TESTS), { attempts: [broken] }],
  ['is ready after a retry', { kind: 'ready' }, { attempts: [broken], record: { forgiven: 1 } }],
  [
    'is blocked again when it fails after a retry',
    blocked(NO_TESTS),
    { attempts: [broken, broken], record: { forgiven: 1 } },
  ],
  ['and was cancelled is ready', { kind: 'ready' }, { attempts: [{ outcome: { kind: 'cancelled', at: NOW } }] }],
  ['by dying once is ready', { kind: 'ready' }, { attempts: [{ outcome: lost() }] }],
  [
    'by dying too often is blocked, with the last conclusion',
    blocked({ kind: 'RUN_LOST', conclusion: 'timed out', attempts: 2 }),
    { attempts: [{ outcome: lost() }, { outcome: lost('timed out') }] },
  ],
  [
    'by dying after it was cut short is blocked',
    blocked({ kind: 'RUN_LOST', conclusion: 'failure', attempts: 2 }),
    { attempts: [{ outcome: cutShort }, { outcome: lost() }] },
  ],
  ['by dying counts no attempt that never ended', { kind: 'ready' }, { attempts: [{}, { outcome: lost() }] }],
  ['by being cut short once is ready', { kind: 'ready' }, { attempts: [{ outcome: cutShort }] }],
  [
    'by being cut short too often is blocked',
    blocked({ kind: 'RUN_CUT_SHORT' }),
    { attempts: [{ outcome: lost() }, { outcome: cutShort }] },
  ],
  [
    'by dying too often is ready where a retry forgave the first',
    { kind: 'ready' },
    { attempts: [{ outcome: lost() }, { outcome: lost() }], record: { forgiven: 1 } },
  ],
  [
    'once and died once is ready',
    { kind: 'ready' },
    { attempts: [broken, { outcome: lost() }], record: { forgiven: 1 } },
  ],
  ['by its provider’s limit is ready', { kind: 'ready' }, { attempts: [{ outcome: tryLater() }] }],
  [
    'by its provider’s limit after others that died or never ended is ready',
    { kind: 'ready' },
    { attempts: [{}, { outcome: lost() }, { outcome: tryLater() }] },
  ],
  [
    'by its provider’s limit eleven times is ready',
    { kind: 'ready' },
    { attempts: Array.from({ length: 11 }, () => ({ outcome: tryLater() })) },
  ],
  [
    'by its provider’s limit twelve times is blocked',
    blocked({ kind: 'AGENT_LATER', message: 'Overloaded' }),
    { attempts: Array.from({ length: 12 }, () => ({ outcome: tryLater() })) },
  ],
  [
    'by its provider’s limit twelve times is ready where one is forgiven',
    { kind: 'ready' },
    { attempts: Array.from({ length: 12 }, () => ({ outcome: tryLater() })), record: { forgiven: 1 } },
  ],
  [
    'by its provider’s limit after eleven other ends is ready',
    { kind: 'ready' },
    { attempts: [...Array.from({ length: 11 }, () => broken), { outcome: tryLater() }] },
  ],
]);

table('a segment that asked', [
  [
    'is blocked by its question, which waits some minutes',
    blocked({ kind: 'QUESTION_ASKED', id: 'q1', question: 'Cents?', options: [], until: later(5 * MINUTE) }),
    { attempts: [asked], config: { questions: { timeoutMinutes: 5, unanswered: 'go on' } } },
  ],
  [
    'is ready when the time is over',
    { kind: 'ready' },
    {
      attempts: [asked],
      snapshot: { now: later(5 * MINUTE) },
      config: { questions: { timeoutMinutes: 5, unanswered: 'go on' } },
    },
  ],
  [
    'is ready when it is answered',
    { kind: 'ready' },
    { attempts: [asked], record: { answers: [{ attempt: '1.2-1', text: 'Yes', by: 'ana', at: NOW }] } },
  ],
]);

table('a segment that published', [
  ['waits for the pull request to show', inReview(unknown), { attempts: [first] }],
  [
    'waits for the pull request although its issue was never authorised',
    inReview(unknown),
    { attempts: [first], journal: { authorisation: authorisation() } },
  ],
  ['waits for approval', inReview(missing), { attempts: [first], pull: {} }],
  [
    'is to be merged when it is approved',
    { kind: 'to merge', pull: pullNumber(102), head: sha('a1'), approvedBy: ['ana'] },
    { attempts: [first], pull: { reviews: [approval(sha('a1'))] } },
  ],
  ['is blocked when its pull request is closed', PULL_CLOSED, { attempts: [first], pull: { state: 'closed' } }],
  [
    'is ready when its pull request is closed and a person retries',
    { kind: 'ready' },
    { attempts: [first], pull: { state: 'closed' }, record: { forgiven: 1 } },
  ],
  [
    'and then failed is blocked, with its pull request open',
    blocked(NO_TESTS),
    { attempts: [first, broken], pull: {} },
  ],
  [
    'and then failed is blocked by that, also when its pull request is closed',
    blocked(NO_TESTS),
    { attempts: [first, broken], pull: { state: 'closed' } },
  ],
  [
    'twice is where its last pull request is',
    inReview(missing),
    { attempts: [{ outcome: { ...published(2, 'b1'), pull: pullNumber(900) } }, first], pull: {} },
  ],
  [
    'and then failed is ready after a retry',
    { kind: 'ready' },
    { attempts: [first, broken], pull: {}, record: { forgiven: 2 } },
  ],
  ['and then died is ready', { kind: 'ready' }, { attempts: [first, { outcome: lost() }], pull: {} }],
  [
    'is over when its issue is closed by hand',
    { kind: 'closed before' },
    { attempts: [first], pull: {}, issue: { state: 'completed' } },
  ],
]);

table('a proof', [
  [
    'that died leaves the work in review',
    inReview(missing),
    { attempts: [first, { why: 'prove', outcome: lost() }], pull: {} },
  ],
  [
    'that died too often blocks',
    blocked({ kind: 'RUN_LOST', conclusion: 'failure', attempts: 2 }),
    { attempts: [first, { why: 'prove', outcome: lost() }, { why: 'prove', outcome: lost() }], pull: {} },
  ],
  [
    'that died does not hide that people closed the pull request',
    PULL_CLOSED,
    { attempts: [first, { why: 'prove', outcome: lost() }], pull: { state: 'closed' } },
  ],
  [
    'that failed does not hide that people closed the pull request',
    PULL_CLOSED,
    { attempts: [first, { why: 'prove', outcome: failed(NO_TESTS) }], pull: { state: 'closed' } },
  ],
  [
    'that died, of a pull request that GitHub does not show, starts over',
    { kind: 'ready' },
    { attempts: [first, { why: 'prove', outcome: lost() }] },
  ],
]);

const headOld = { head: sha('0a') } as const;
const second = { from: sha('0a'), outcome: published(2, 'a1') } as const;
const oldNo = { ...approval(sha('0a')), state: 'changes requested', body: 'No.' } as const;
const old = (waits: Extract<Progress, { kind: 'in review' }>['waits']): Progress => ({
  kind: 'in review',
  pull: pullNumber(102),
  head: sha('0a'),
  waits,
});
table('a head that is older than the last publication', [
  [
    'is a late answer when the last attempt started from it',
    old([unknown]),
    { attempts: [second], pull: { ...headOld, reviews: [oldNo] } },
  ],
  [
    'is a late answer when an earlier attempt published it',
    old([unknown]),
    {
      attempts: [{ outcome: published(2, '0a') }, { outcome: published(2, 'a1') }],
      pull: { ...headOld, reviews: [oldNo] },
    },
  ],
  [
    'is a late answer when an earlier attempt started from it',
    old([unknown]),
    { attempts: [{ outcome: published(2, 'b1') }, second], pull: { ...headOld, reviews: [oldNo] } },
  ],
  [
    'is a late answer, although a proof died since',
    old([unknown]),
    { attempts: [second, { why: 'prove', outcome: lost() }], pull: { ...headOld, reviews: [oldNo] } },
  ],
  [
    'is a late answer, although an attempt since never ended',
    old([unknown]),
    { attempts: [second, {}, { why: 'prove', outcome: lost() }], pull: { ...headOld, reviews: [oldNo] } },
  ],
  [
    'is a late answer for a minute',
    old([unknown]),
    { attempts: [second], pull: { ...headOld, reviews: [oldNo] }, snapshot: { now: later(MINUTE) } },
  ],
  [
    'is what it is after a minute',
    rework({ kind: 'rejected', reason: 'No.' }),
    { attempts: [second], pull: { ...headOld, reviews: [oldNo] }, snapshot: { now: later(MINUTE + 1) } },
  ],
  [
    'was pushed by somebody where no attempt knows it',
    rework({ kind: 'rejected', reason: 'No.' }),
    { attempts: [{ outcome: published(2, 'a1') }], pull: { ...headOld, reviews: [oldNo] } },
  ],
  [
    'was pushed by somebody where only a later proof started from it',
    rework({ kind: 'rejected', reason: 'No.' }),
    {
      attempts: [{ outcome: published(2, 'a1') }, { why: 'prove', from: sha('0a'), outcome: lost() }],
      pull: { ...headOld, reviews: [oldNo] },
    },
  ],
]);

table('a pull request that people rejected', [
  [
    'goes back to its agent',
    rework({ kind: 'rejected', reason: 'No.' }),
    { attempts: [first], pull: { reviews: [no] } },
  ],
  [
    'goes back to its agent before its conflict does',
    rework({ kind: 'rejected', reason: 'No.' }),
    { attempts: [first], pull: { reviews: [no], mergeable: 'conflicting' } },
  ],
  [
    'goes back a second time',
    rework({ kind: 'rejected', reason: 'No.' }),
    { attempts: [first, { ...first, why: 'rework' }], pull: { reviews: [no] } },
  ],
  [
    'too often is blocked, with the last words',
    blocked({ kind: 'REWORK_LIMIT', rounds: 2, last: 'No.' }),
    { attempts: [first, { ...first, why: 'rework' }, { ...first, why: 'rework' }], pull: { reviews: [no] } },
  ],
  [
    'goes back where other rounds were no reworks',
    rework({ kind: 'rejected', reason: 'No.' }),
    { attempts: [first, { ...first, why: 'conflict' }, { ...first, why: 'rework' }], pull: { reviews: [no] } },
  ],
  [
    'goes back where a retry forgave some rounds',
    rework({ kind: 'rejected', reason: 'No.' }),
    {
      attempts: [first, { ...first, why: 'rework' }, { ...first, why: 'rework' }],
      pull: { reviews: [no] },
      record: { forgiven: 2 },
    },
  ],
]);

const conflict = { ...first, why: 'conflict' } as const;
const unresolved = { ...broken, why: 'conflict' } as const;
const inConflict = { mergeable: 'conflicting' } as const;
const toLead = rework({ kind: 'conflict', lead: true });
const leftToPeople = (ended?: string) =>
  blocked({ kind: 'MERGE_CONFLICT', at: { pull: pullNumber(102) }, base: 'main', ...(ended ? { ended } : {}) });
table('a pull request with a conflict', [
  ['goes back to its agent', rework({ kind: 'conflict' }), { attempts: [first], pull: inConflict }],
  ['goes back a second time', rework({ kind: 'conflict' }), { attempts: [first, conflict], pull: inConflict }],
  ['goes to the tech lead the third time', toLead, { attempts: [first, conflict, conflict], pull: inConflict }],
  [
    'is a person’s after three rounds',
    leftToPeople(),
    { attempts: [first, conflict, conflict, conflict], pull: inConflict },
  ],
  [
    'goes back where a retry forgave two of three rounds',
    rework({ kind: 'conflict' }),
    { attempts: [first, conflict, conflict, conflict], pull: inConflict, record: { forgiven: 3 } },
  ],
  [
    'goes back where reworks came between',
    rework({ kind: 'conflict' }),
    { attempts: [first, conflict, { ...first, why: 'rework' }, { ...first, why: 'rework' }], pull: inConflict },
  ],
  ['goes to the tech lead where its agent failed', toLead, { attempts: [first, unresolved], pull: inConflict }],
  [
    'goes to the tech lead where its agent changed nothing',
    toLead,
    { attempts: [first, { ...noChange, why: 'conflict' }], pull: inConflict },
  ],
  [
    'is a person’s where the tech lead failed, with the end of that',
    leftToPeople('NO_TESTS'),
    { attempts: [first, unresolved, { ...unresolved, lead: true }], pull: inConflict },
  ],
  [
    'is a person’s where the tech lead changed nothing',
    leftToPeople('NO_CHANGE'),
    { attempts: [first, unresolved, { ...noChange, why: 'conflict', lead: true }], pull: inConflict },
  ],
  [
    'goes back to its agent where a retry forgave the tech lead',
    rework({ kind: 'conflict' }),
    { attempts: [first, { ...unresolved, lead: true }], pull: inConflict, record: { forgiven: 2 } },
  ],
  [
    'that is gone leaves the pull request as it was, whatever became of the attempt at it',
    inReview(missing),
    { attempts: [first, { ...unresolved, lead: true }], pull: {} },
  ],
  [
    'is no failed try where the run was cut short',
    { kind: 'ready' },
    { attempts: [first, { outcome: cutShort, why: 'conflict' }], pull: inConflict },
  ],
  [
    'is no failed try where the agent asks to be called later',
    { kind: 'ready' },
    { attempts: [first, { outcome: tryLater(), why: 'conflict' }], pull: inConflict },
  ],
]);

const redGate = { validation: [{ gate: 'tests', verdict: 'fail', command: '', durationMs: 1, output: 'x' }] } as const;
const redFirst = { outcome: published(2, 'a1', redGate) } as const;
table('a head with a red gate', [
  ['waits for a person', inReview(missing, { kind: 'gate', gate: 'tests' }), { attempts: [redFirst], pull: {} }],
  [
    'goes back to its agent after a retry',
    rework({ kind: 'red gates' }),
    { attempts: [redFirst], pull: {}, record: { forgiven: 1 } },
  ],
  [
    'waits for a person again after the next attempt',
    inReview(missing, { kind: 'gate', gate: 'tests' }),
    { attempts: [redFirst, redFirst], pull: {}, record: { forgiven: 1 } },
  ],
]);
test('a head with green gates stays in review after a retry', () => {
  expect(progressOf({ attempts: [first], pull: {}, record: { forgiven: 1 } })).toStrictEqual(inReview(missing));
});

const at = { issue: issueNumber(2) };
const without = (problem: Extract<Progress, { kind: 'not in this execution' }>['problem']): Progress => ({
  kind: 'not in this execution',
  problem,
});
const stranger = (login: string) => without({ kind: 'UNTRUSTED_AUTHOR', at, login });
table('consent', [
  [
    'is missing for a segment that is new',
    without({ kind: 'SEGMENT_NEW', at }),
    { journal: { authorisation: authorisation() } },
  ],
  [
    'is missing where nothing was authorised',
    without({ kind: 'SEGMENT_NEW', at }),
    { journal: { authorisation: undefined as never } },
  ],
  ['is missing for a text that changed', without({ kind: 'SEGMENT_CHANGED', at }), { issue: { digest: 'other' } }],
  [
    'is not asked for again when a text changes after its first run',
    { kind: 'ready' },
    { issue: { digest: 'other' }, attempts: [{ outcome: lost() }] },
  ],
  [
    'is missing for links that changed',
    without({ kind: 'EDGES_CHANGED', at }),
    {
      journal: {
        authorisation: authorisation({
          segments: { 2: { digest: two.digest, blockedBy: [issueNumber(9)], external: [] } },
        }),
      },
    },
  ],
  [
    'is not asked for again when links change after the first run',
    { kind: 'ready' },
    {
      attempts: [{ outcome: lost() }],
      journal: {
        authorisation: authorisation({
          segments: { 2: { digest: two.digest, blockedBy: [issueNumber(9)], external: [] } },
        }),
      },
    },
  ],
  ['is missing for the text of a stranger', stranger('rita'), { issue: { author: rita } }],
  ['is missing for a text that a stranger edited', stranger('rita'), { issue: { editor: rita } }],
  [
    'is missing for a text of a bot that the config does not name',
    stranger('robot[bot]'),
    { issue: { author: robot } },
  ],
  ['names the author before the editor', stranger('rita'), { issue: { author: rita, editor: robot } }],
  [
    'is there for a bot that the config names',
    { kind: 'ready' },
    { issue: { author: robot }, config: { allowedBots: ['robot'] } },
  ],
  ['is there for an editor with rights', { kind: 'ready' }, { issue: { editor: ana } }],
  [
    'is missing for a stranger’s text that a trusted person edited',
    stranger('rita'),
    { issue: { author: rita, editor: ana } },
  ],
  [
    'is there for a stranger’s text that a person included',
    { kind: 'ready' },
    { issue: { author: rita }, record: { included: { by: 'ana', at: NOW } } },
  ],
  [
    'is there for a fix segment, which Swarm wrote',
    { kind: 'ready' },
    { issue: { author: robot }, record: { fix: { key: 'fix:1:1:1:1', wave: 1, round: 1 } } },
  ],
]);

describe('an epic without sub-issues', () => {
  const epic = { ...issue(1, { body: 'Do it.' }), state: 'completed' } as const;
  test('is its own segment, and ends by its acceptance and not by its state', () => {
    const facts = factsOf([], { snapshot: { epic } });
    expect([...deriveProgress(facts)]).toStrictEqual([[1, { kind: 'ready' }]]);
  });

  test('of which nothing was authorised waits for consent', () => {
    const facts = factsOf([], { snapshot: { epic }, journal: { authorisation: authorisation() } });
    expect([...deriveProgress(facts)]).toStrictEqual([
      [1, without({ kind: 'SEGMENT_NEW', at: { issue: issueNumber(1) } })],
    ]);
  });
});

test('every segment has its progress, in the order of the plan; one without an issue is ready', () => {
  const facts = factsOf([issue(3), issue(2)], { segments: { 3: recordWith(3, [{}]) } });
  const gone = { ...facts, snapshot: { ...facts.snapshot, issues: [issue(3)] } };
  expect([...deriveProgress(gone)]).toStrictEqual([
    [2, { kind: 'ready' }],
    [3, { kind: 'queued' }],
  ]);
});

describe('an agent that asked to be retried later is retried', () => {
  test.each<[string, number | undefined, readonly Partial<Attempt>[]]>([
    ['at once where there was no attempt', undefined, []],
    ['at once where the attempt is under way', undefined, [{}]],
    ['at once where it failed for another reason', undefined, [broken]],
    ['at once where it died', undefined, [{ outcome: lost() }]],
    ['at once where only an earlier attempt asked', undefined, [{ outcome: tryLater() }, broken]],
    ['after five minutes', NOW + 5 * MINUTE, [{ outcome: tryLater() }]],
    ['after five minutes where it asked for less', NOW + 5 * MINUTE, [{ outcome: tryLater(5 * MINUTE - 1) }]],
    ['as late as it asked', NOW + 5 * MINUTE + 1, [broken, { outcome: tryLater(5 * MINUTE + 1) }]],
  ])('%s', (_, expected, attempts) => {
    const { config, plan, journal } = factsOf([two]);
    const spec = plan.segments[0]?.spec;
    if (!spec) throw new Error('no segment');
    expect(notBefore(config, spec, recordWith(2, attempts), limitsOf(journal, config))).toBe(expected);
  });
});

describe('links', () => {
  const mail = (number: number, name = 'mail') => ({
    number: issueNumber(number),
    repository: { owner: 'Octo', name },
  });
  const edges = (blockedBy: readonly number[], external: readonly ReturnType<typeof mail>[] = []) => ({
    blockedBy: blockedBy.map((number) => issueNumber(number)),
    external,
  });
  test.each<[string, boolean, ReturnType<typeof edges>, ReturnType<typeof edges>]>([
    ['none and none are the same', true, edges([]), edges([])],
    ['in another order are the same', true, edges([3, 10, 4]), edges([4, 3, 10])],
    ['in another order outside are the same', true, edges([], [mail(3), mail(1)]), edges([], [mail(1), mail(3)])],
    ['in other letters of their repository are the same', true, edges([], [mail(3, 'Mail')]), edges([], [mail(3)])],
    ['of another repository differ', false, edges([], [mail(3)]), edges([], [mail(3, 'post')])],
    ['with one more differ', false, edges([3]), edges([3, 4])],
    ['with another one differ', false, edges([3]), edges([4])],
    ['that moved outside differ', false, edges([3]), edges([], [mail(3)])],
    ['with one less outside differ', false, edges([], [mail(3), mail(4)]), edges([], [mail(3)])],
    [
      'with a number at the start of a repository’s owner differ',
      false,
      {
        blockedBy: [issueNumber(1)],
        external: [{ number: issueNumber(3), repository: { owner: '2octo', name: 'mail' } }],
      },
      {
        blockedBy: [issueNumber(12)],
        external: [{ number: issueNumber(3), repository: { owner: 'octo', name: 'mail' } }],
      },
    ],
    ['with two numbers are not one link with both', false, edges([1, 2]), edges([12])],
  ])('%s', (_, same, before, after) => {
    expect(sameEdges(before, after)).toBe(same);
    expect(sameEdges(after, before)).toBe(same);
  });
});

test.each<[string, boolean, Partial<Journal>]>([
  ['reads as it was authorised', false, {}],
  [
    'reads in another way',
    true,
    { authorisation: authorisation({ segments: { 2: { digest: 'other', blockedBy: [], external: [] } } }) },
  ],
  ['was never authorised', true, { authorisation: authorisation() }],
  ['was not authorised, like all of its epic', true, { authorisation: undefined as never }],
])('an issue that %s is changed: %o', (_, changed, known) => {
  expect(isChanged(factsOf([two], { journal: known }).journal, two)).toBe(changed);
});
