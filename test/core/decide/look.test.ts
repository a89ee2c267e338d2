/** One whole look: the plan that it rests on, the order of its parts, and the facts that they share. */
import { describe, expect, test } from 'vitest';
import { decide as decideLook } from '../../../src/core/decide/decide.ts';
import { Situation } from '../../../src/core/decide/situation.ts';
import { issueNumber } from '../../../src/core/model/epic.ts';
import { emptyJournal, type Journal } from '../../../src/core/model/journal.ts';
import type { Diagnostic } from '../../../src/core/model/problem.ts';
import type { Issue, Snapshot } from '../../../src/core/model/snapshot.ts';
import { asks, config, issue, pull, rita, sha, snapshot } from '../facts.ts';
import { authorisation, factsOf, later, NOW, passed, published, recordWith, reportOf, round } from './records.ts';
import { leavesOutWhatIsUnknown, sayDecision } from './scene.ts';

const MINUTE = 60_000;
type World = NonNullable<Parameters<typeof factsOf>[1]>;
const two = issueNumber(2);
const chain = [issue(2), issue(3, { blockedBy: [2] })];
const merged = (segment: number, at = NOW) =>
  pull(100 + segment, `feat/segment-${segment}`, sha('a1'), { state: 'merged', mergedAt: at });
const done = (segment: number) => recordWith(segment, [{ outcome: published(segment, 'a1') }]);
const disabled: Diagnostic = { level: 'error', problem: { kind: 'DISABLED' } };

/** One look at an epic that was started. */
const looks = (issues: readonly Issue[], world: World = {}) => {
  const facts = factsOf(issues, world);
  const decided = decideLook({ ...facts.snapshot, journal: facts.journal }, facts.config);
  leavesOutWhatIsUnknown(decided);
  const acts = decided.decisions.map(sayDecision).filter((line) => !/^(set labels|show panel)/.test(line));
  return { ...decided, acts };
};
const starts = (segments: string, attempts: string, id = 1) =>
  `dispatch {key="dispatch:1.${id}" dispatch={id="1.${id}" at=0s work=segments attempts=[${attempts}]} ref="main" epic=1} — may start segments=[${segments}]`;

describe('before an epic is started', () => {
  const first = (facts: Partial<Snapshot>) => decideLook(snapshot(chain, facts), config());
  const command = (kind: string, more: object = {}) =>
    asks('r1', kind, { asked: { kind: 'command', command: { kind, ...more } as never } });

  test('a question is answered and leaves no journal', () => {
    expect(first({ requests: [command('help')] }).journal).toEqual(emptyJournal(issueNumber(1)));
    expect(first({ requests: [asks('r1', 'execute', { by: rita })] }).journal).toEqual(emptyJournal(issueNumber(1)));
  });

  test('a decision about a segment is kept, with what was taken', () => {
    const { journal } = first({ requests: [command('skip', { segment: 2, reason: 'bought' })] });
    expect(journal).toEqual({
      ...emptyJournal(issueNumber(1)),
      taken: { r1: 'accepted' },
      segments: {
        2: {
          attempts: [],
          rejections: [],
          approvals: [],
          forgiven: 0,
          skipped: { by: 'ana', byId: 1, reason: 'bought', at: 0 },
        },
      },
    });
  });

  test('a journal that is there is not changed by a question', () => {
    const before = { ...emptyJournal(issueNumber(1)), segments: { 2: recordWith(2, []) } };
    expect(first({ journal: before, requests: [command('help')] }).journal).toBe(before);
  });

  test('nothing is done without a word', () => {
    const { decisions, board } = first({});
    expect([decisions, board.phase]).toEqual([[], 'planned']);
  });
});

describe('the plan of a look', () => {
  test('is made again when an issue is skipped in the same look', () => {
    const requests = [
      asks('r1', 'skip', { asked: { kind: 'command', command: { kind: 'skip', segment: two, reason: 'x' } } }),
    ];
    const issues = [issue(2, { state: 'not planned' }), issue(3, { blockedBy: [2] })];
    const { plan } = looks(issues, { snapshot: { requests } }).board;
    expect(plan.diagnostics.filter(({ level }) => level === 'error')).toEqual([]);
    for (const segments of [{}, { 2: recordWith(2, [{}]) }]) {
      const other = looks(issues, { segments }).board.plan;
      expect(other.diagnostics.filter(({ level }) => level === 'error')).toHaveLength(1);
    }
  });

  test('is made again when its epic is authorised in the same look', () => {
    const changed = { journal: { authorisation: authorisation({ epicDigest: 'old' }) } };
    const stranger = { editor: rita, editedAt: NOW };
    const epic = { ...snapshot(chain).epic, ...stranger };
    const requests = [asks('r1', 'execute', { at: NOW })];
    const kinds = (world: World) => looks(chain, world).board.plan.diagnostics.map(({ problem }) => problem.kind);
    expect(kinds({ ...changed, snapshot: { epic } })).toEqual(['EPIC_CHANGED']);
    expect(kinds({ ...changed, snapshot: { epic, requests } })).toEqual([]);
  });

  test('says nothing of a changed text where the epic is its own segment', () => {
    const { plan } = looks([], {
      journal: { authorisation: authorisation({ epicDigest: 'old' }) },
      snapshot: { epic: { ...snapshot([]).epic, editor: rita } },
    }).board;
    expect(plan.diagnostics.map(({ problem }) => problem.kind)).toEqual(['SCOPE_UNKNOWN']);
  });

  test('puts a fix segment into the wave that it fixes', () => {
    const fix = { key: 'fix:1:2:1:1', wave: 2, round: 1 };
    const issues = [...chain, issue(50)];
    const waves = (facts: object) =>
      looks(issues, { segments: { 50: recordWith(50, [], facts) } }).board.plan.waves.map(({ tracks }) =>
        tracks.flatMap(({ segments }) => segments),
      );
    expect(waves({})).toEqual([[2, 50], [3]]);
    expect(waves({ fix })).toEqual([[2], [3, 50]]);
  });

  test('knows the personas of the base, where any segment names one', () => {
    const issues = [issue(2, { body: '---\nfiles: [a/**]\npersona: api\n---\nWork.' })];
    const problems = (facts: Partial<Snapshot>) =>
      looks(issues, { snapshot: facts }).board.plan.diagnostics.map(({ problem }) => problem.kind);
    const known = { personas: [], skills: [] };
    expect(problems({})).toEqual([]);
    expect(problems({ instructions: known })).toEqual(['PERSONA_NOT_FOUND']);
  });

  const history = { worker: 'implementation', minutes: 500 } as const;
  const slow = [history, history, history, history];
  const minutes = (journal: Partial<Journal>, earlier: Snapshot['earlier']) =>
    looks([issue(2)], { journal, snapshot: earlier ? { earlier } : {} }).board.plan.forecast;

  test('of an epic that runs learns from the histories that it started with, and from no later ones', () => {
    const usual = minutes({}, undefined);
    const learned = minutes({ earlier: slow }, undefined);
    expect(learned).not.toEqual(usual);
    expect(minutes({}, slow)).toEqual(usual);
    expect(minutes({ earlier: slow }, [])).toEqual(learned);
  });

  test('of an epic that nobody started learns from all that there are', () => {
    const unstarted = { authorisation: undefined as never };
    const usual = minutes(unstarted, undefined);
    expect(minutes(unstarted, slow)).not.toEqual(usual);
    expect(minutes({ ...unstarted, earlier: slow }, undefined)).toEqual(usual);
  });
});

describe('a look at an epic that runs', () => {
  test('goes on after a calibration that it judges itself', () => {
    const world: World = {
      segments: { 2: done(2) },
      journal: {
        segments: { 2: done(2) },
        calibrations: { 1: [round(1, { dispatch: '1.1', covers: [two] })] },
        dispatches: { '1.1': { id: '1.1', at: NOW, work: { kind: 'calibration', wave: 1, round: 1 } } },
      },
      snapshot: {
        pulls: [merged(2)],
        calibrationReports: [
          {
            version: 1,
            wave: 1,
            round: 1,
            base: sha('ba5e'),
            result: 'passed',
            validation: [],
            findings: [],
            durationMs: 1,
          },
        ],
      },
    };
    const closed = [issue(2, { state: 'completed' }), issue(3, { blockedBy: [2] })];
    expect(looks(closed, world).acts).toEqual([starts('3', '"1.3-1"', 2)]);
    const open = issue(2, {
      state: 'completed',
      body: '---\nfiles: [a/**]\n---\nWork.\n\n## Acceptance criteria\n\n- [ ] AC-1: It adds up\n',
    });
    expect(looks([open, issue(3, { blockedBy: [2] })], world).acts).toEqual([expect.stringMatching(/^make issue/)]);
  });

  const approved = (world: World = {}) =>
    looks([issue(2)], {
      config: { approvals: 0 },
      ...world,
      journal: { segments: { 2: done(2) }, ...world.journal },
      snapshot: { pulls: [pull(102, 'feat/segment-2', sha('a1'))], ...world.snapshot },
    }).acts.map((line) => line.split(' ')[0]);

  test('merges what may merge, and not once the epic is cancelled or finished, or while Swarm is stopped', () => {
    expect(approved()).toEqual(['merge']);
    expect(approved({ journal: { phase: 'paused' } })).toEqual(['merge']);
    expect(approved({ journal: { phase: 'cancelled' } })).toEqual(['release']);
    expect(approved({ journal: { phase: 'finished' } })).toEqual(['say']);
    expect(approved({ snapshot: { preflight: [disabled] } })).toEqual(['say']);
    expect(approved({ snapshot: { preflight: [{ ...disabled, level: 'warning' }] } })).toEqual(['merge']);
  });

  test('cancels its runs once it is cancelled', () => {
    const runs = [{ id: 5, dispatch: '1.1', url: '', state: 'running', jobs: [] }] as const;
    expect(looks([issue(2)], { journal: { phase: 'cancelled' }, snapshot: { runs } }).acts).toEqual([
      'cancel run {runId=5} — epic cancelled',
    ]);
  });

  test('shows the attempts that it claims as queued, and ends no panel before the end', () => {
    const { decisions, board } = looks(chain);
    expect(decisions.map(({ kind }) => kind)).toEqual(['dispatch', 'set labels', 'set labels', 'show panel']);
    expect(board.waves.map(({ segments }) => segments.map(({ progress }) => progress))).toEqual([
      [{ kind: 'queued' }],
      [
        {
          kind: 'waiting',
          for: [
            { kind: 'segment', number: 2 },
            { kind: 'wave', number: 1 },
          ],
        },
      ],
    ]);
  });

  test('is the last one when the epic is accepted', () => {
    const world: World = {
      journal: { phase: 'finished', finishedAt: NOW, acts: { summary: { at: NOW, by: 'me', state: 'done' } } },
    };
    const kinds = (facts: World) => looks([issue(2)], facts).decisions.map(({ kind }) => kind);
    expect(kinds(world)).toEqual(['set labels', 'show panel', 'close epic']);
    expect(kinds({ ...world, snapshot: { epic: { ...snapshot([issue(2)]).epic, state: 'completed' } } })).toEqual([]);
  });

  test('refuses every request once people closed the epic, and still remembers what ended', () => {
    const requests = [asks('r1', 'pause')];
    const epic = { ...snapshot([issue(2)]).epic, state: 'completed', labels: ['swarm:pause', 'swarm:done'] } as const;
    const world = { segments: { 2: recordWith(2, [{}]) }, snapshot: { epic, requests, reports: [reportOf(2)] } };
    const { decisions, journal } = looks([issue(2)], world);
    expect(decisions).toMatchObject([
      { kind: 'say', notice: { problem: { kind: 'NOT_NOW', why: { kind: 'epic closed', epic: 1 } } } },
      { kind: 'react', with: 'confused' },
      { kind: 'set labels', issue: 1, add: [], remove: ['swarm:pause'] },
    ]);
    expect([journal.phase, journal.taken, journal.segments[2]?.attempts[0]?.outcome?.kind]).toEqual([
      'running',
      { r1: { refused: 'NOT_NOW' } },
      'no-change',
    ]);
  });
});

describe('the budget', () => {
  const spent = (costUsd?: number) => ({
    2: recordWith(2, [{ outcome: published(2, 'a1', costUsd === undefined ? {} : { costUsd }) }]),
  });
  const budget = (epic: number | undefined, costUsd?: number) =>
    new Situation(
      factsOf([issue(2)], { segments: spent(costUsd), config: epic === undefined ? {} : { budgetUsd: { epic } } }),
    ).budget;
  test.each<[string, ReturnType<typeof budget>, Parameters<typeof budget>]>([
    ['is without an end where the config has none', { spentUsd: 3, isSpent: false }, [undefined, 3]],
    ['is whole while no cost is known', { spentUsd: undefined, isSpent: false }, [5]],
    ['is not spent while something is left', { spentUsd: 3, isSpent: false }, [5, 3]],
    ['is spent when nothing is left', { spentUsd: 5, isSpent: true }, [5, 5]],
    ['is spent when too much was spent', { spentUsd: 7, isSpent: true }, [5, 7]],
  ])('%s', (_, expected, given) => {
    expect(budget(...given)).toEqual(expected);
  });
});

describe('in mode `collaborative`, a person approves', () => {
  const standing = (
    approvedWaves: readonly number[],
    ended: boolean,
    mode: 'collaborative' | 'autonomous' = 'collaborative',
  ) =>
    new Situation(
      factsOf(chain, {
        config: { mode } as never,
        journal: {
          approvedWaves,
          segments: { 2: done(2) },
          calibrations: ended ? { 1: [round(1, { verdict: passed, covers: [two] })] } : {},
        },
        snapshot: { pulls: [merged(2)] },
      }),
    ).waveToApprove;
  test.each<[string, number | undefined, Parameters<typeof standing>]>([
    ['the first wave', 1, [[], false]],
    ['no wave twice', undefined, [[1], false]],
    ['the next wave once the one before has passed', 2, [[1], true]],
    ['no wave before the one before it has passed', undefined, [[1, 2], false]],
    ['no wave in another mode', undefined, [[], false, 'autonomous']],
  ])('%s', (_, expected, given) => {
    expect(standing(...given)).toBe(expected);
  });
});

test('a segment is held back for one that comes soon, and not while what that one waits for is long past its time', () => {
  const body = (files: string, minutes: number) => `---\nfiles: [${files}]\nestimate: ${minutes}m\n---\nWork.`;
  const issues = [
    issue(2, { body: body('src/s2/**', 5) }),
    issue(3, { body: body('lib/**', 20), blockedBy: [2] }),
    issue(4, { body: body('src/s4/**', 90), blockedBy: [3] }),
    issue(5, { body: body('lib/a', 60) }),
  ];
  const cancelled = { outcome: { kind: 'cancelled', at: NOW } } as const;
  const old = { ...cancelled, claimedAt: NOW };
  const attempts = [old, old, { claimedAt: later(999 * MINUTE) }];
  const start = (minutes: number) =>
    new Situation(
      factsOf(issues, {
        segments: { 2: recordWith(2, attempts) },
        snapshot: { now: later((999 + minutes) * MINUTE) },
        config: { schedule: 'eager' },
      }),
    ).startable.start;
  expect(start(0)).toEqual([]);
  expect(start(1)).toEqual([]);
  expect(start(200)).toEqual([5]);
});
