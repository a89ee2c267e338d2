/**
 * Promises of the config and the panel that would break without a sound: each test fails when the rule behind its title
 * is removed.
 */
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/core/decide/decide.ts';
import { attemptId } from '../../src/core/model/attempt.ts';
import type { Board } from '../../src/core/model/board.ts';
import type { Command } from '../../src/core/model/command.ts';
import type { Config } from '../../src/core/model/config.ts';
import type { Decision } from '../../src/core/model/decision.ts';
import { instant, issueNumber, pullNumber, type SegmentSpec } from '../../src/core/model/epic.ts';
import { segmentBudget } from '../../src/core/model/journal/budgets.ts';
import { emptyRecord, type Journal } from '../../src/core/model/journal.ts';
import type { Problem } from '../../src/core/model/problem.ts';
import type { Progress } from '../../src/core/model/progress.ts';
import type { Report } from '../../src/core/model/report.ts';
import type { Snapshot } from '../../src/core/model/snapshot.ts';
import { sayPanel } from '../../src/words/panel.ts';
import { sayProblem } from '../../src/words/problems.ts';
import {
  approval,
  approveAll,
  asks,
  calibrates,
  config,
  dispatched,
  issue,
  PaperGitHub,
  publishes,
  pull,
  report,
  rita,
  settle,
  sha,
  snapshot,
  unfinished,
} from './facts.ts';

const execute = asks('comment:1', 'execute');

const started = (issues: readonly ReturnType<typeof issue>[], chosen = config()): PaperGitHub => {
  const github = new PaperGitHub(issues);
  github.requests = [execute];
  settle(github, chosen);
  return github;
};

const progressOf = ({ waves }: Board, segment: number): Progress | undefined =>
  waves.flatMap(({ segments }) => segments).find(({ number }) => number === segment)?.progress;

const of = <Kind extends Decision['kind']>(
  decisions: readonly Decision[],
  kind: Kind,
): readonly Extract<Decision, { readonly kind: Kind }>[] =>
  decisions.filter((each): each is Extract<Decision, { readonly kind: Kind }> => each.kind === kind);

describe('`adopt`', () => {
  /** Segment 2 runs; then somebody adds segment 3. */
  const withLateSegment = (adopt: 'automatic' | 'ask', late = issue(3)) => {
    const github = started([issue(2)], config({ adopt }));
    github.issues = [...github.issues, late];
    return settle(github, config({ adopt })).board;
  };

  test('automatic: a segment that somebody with write access adds later runs', () => {
    expect(progressOf(withLateSegment('automatic'), 3)).toEqual({ kind: 'queued' });
  });

  test.each([
    ['ask: a segment that is added later waits for a person', 'ask', issue(3), 'SEGMENT_NEW'],
    ['automatic: a segment that an outsider adds waits', 'automatic', issue(3, { author: rita }), 'SEGMENT_NEW'],
    ['automatic: a segment that an outsider edited waits', 'automatic', { ...issue(3), editor: rita }, 'SEGMENT_NEW'],
  ] as const)('%s', (_, adopt, late, kind) => {
    expect(progressOf(withLateSegment(adopt, late), 3)).toMatchObject({
      kind: 'not in this execution',
      problem: { kind },
    });
  });

  test.each([
    ['automatic', { kind: 'queued' }],
    ['ask', { kind: 'not in this execution', problem: { kind: 'SEGMENT_CHANGED', at: { issue: 3 } } }],
  ] as const)('%s: a segment whose text changes before it starts', (adopt, progress) => {
    const chosen = config({ adopt, maxParallel: 1 });
    const github = started([issue(2), issue(3)], chosen);
    github.issues = [issue(2), issue(3, { body: '---\nfiles: [src/s3/**]\n---\nDo more.' })];
    publishes(github, '1.2-1');
    settle(github, chosen);
    approveAll(github);

    expect(progressOf(settle(github, chosen).board, 3)).toEqual(progress);
  });
});

describe('the budget of an epic (R5.13)', () => {
  /** Segment 2 has cost five dollars and is merged; segment 3 is next. */
  const afterFiveDollars = (epic: number) => {
    const chosen = config({ budgetUsd: { epic }, maxParallel: 1 });
    const github = started([issue(2), issue(3)], chosen);
    publishes(github, '1.2-1', { costUsd: 5 });
    settle(github, chosen);
    approveAll(github);
    return settle(github, chosen).board;
  };

  test.each([
    ['spent', 5],
    ['overspent', 4],
  ])('%s: nothing more starts, and the panel says why', (_, epic) => {
    expect(progressOf(afterFiveDollars(epic), 3)).toEqual({ kind: 'waiting', for: [{ kind: 'budget spent' }] });
  });

  test('not spent: the next segment starts', () => {
    expect(progressOf(afterFiveDollars(5.01), 3)).toEqual({ kind: 'queued' });
  });

  /** Segment 2 has cost five dollars and is in review. */
  const inReview = (budgetUsd: NonNullable<Config['budgetUsd']>, ends: Partial<Report> = {}): PaperGitHub => {
    const github = started([issue(2)], config({ budgetUsd }));
    publishes(github, '1.2-1', { costUsd: 5, ...ends });
    settle(github, config({ budgetUsd }));
    return github;
  };
  const rejects = (github: PaperGitHub): void => {
    for (const [number, each] of github.pulls) {
      const no = { ...approval(each.head), state: 'changes requested', body: 'The total is missing.' } as const;
      github.pulls.set(number, { ...each, reviews: [no] });
    }
  };
  const asksFor = (github: PaperGitHub, command: Command): void => {
    const asked = { kind: 'command', command } as const;
    github.requests = [...github.requests, asks(`comment:${github.requests.length + 1}`, command.kind, { asked })];
  };

  test('spent: a rework does not start, and the panel says how to raise it; it starts once somebody does', () => {
    const chosen = { epic: 5 };
    const github = inReview(chosen);
    rejects(github);
    const { board } = settle(github, config({ budgetUsd: chosen }));
    expect(unfinished(github)).toEqual([]);
    const problem: Problem = { kind: 'EPIC_BUDGET_SPENT', spentUsd: 5, budgetUsd: 5 };
    expect(board.needs).toEqual([{ kind: 'resolve', problem }]);
    expect(sayProblem(problem).next).toContain('/swarm resume budget=10');
    expect(Object.keys(github.said).filter((key) => key.startsWith('budget-spent:'))).toHaveLength(1);

    asksFor(github, { kind: 'resume', budgetUsd: 10 });
    expect(settle(github, config({ budgetUsd: chosen })).board.needs).toEqual([]);
    expect(unfinished(github)).toEqual(['1.2-2']);
    expect(github.journal?.budget).toMatchObject({ usd: 10, by: 'ana' });
  });

  test('spent: a head that somebody pushed is still proven, because that needs no agent', () => {
    const github = inReview({ epic: 5 });
    for (const [number, each] of github.pulls) {
      github.pulls.set(number, { ...each, head: sha('d1'), startedFrom: sha('ba5e') });
    }
    settle(github, config({ budgetUsd: { epic: 5 } }));
    expect(unfinished(github)).toEqual(['1.2-2']);
  });

  test('spent by a run: the segment is not blocked, but waits until somebody raises the budget', () => {
    const budgetUsd = { epic: 5 };
    const chosen = config({ budgetUsd });
    const github = started([issue(2)], chosen);
    const problem = { kind: 'BUDGET_SPENT', spentUsd: 4.99, budgetUsd: 5, of: 'epic' } as const;
    github.reports.push(
      report(github.journal as Journal, '1.2-1', { result: { kind: 'failed', problem }, costUsd: 4.99 }),
    );
    const { board } = settle(github, chosen);
    // A cent is left, and a run would be stopped as soon as it has cost that.
    expect(progressOf(board, 2)).toEqual({ kind: 'waiting', for: [{ kind: 'budget spent' }] });
    expect(board.needs).toMatchObject([{ kind: 'resolve', problem: { kind: 'EPIC_BUDGET_SPENT' } }]);

    expect(progressOf(settle(github, config({ budgetUsd: { epic: 6 } })).board, 2)).toEqual({ kind: 'queued' });
  });
});

describe('the budget of a segment (R5.13)', () => {
  const chosen = config({ budgetUsd: { segment: 5 } });
  const afterRejection = (costUsd: number): PaperGitHub => {
    const github = started([issue(2)], chosen);
    publishes(github, '1.2-1', { costUsd });
    settle(github, chosen);
    for (const [number, each] of github.pulls) {
      const no = { ...approval(each.head), state: 'changes requested', body: 'No.' } as const;
      github.pulls.set(number, { ...each, reviews: [no] });
    }
    settle(github, chosen);
    return github;
  };

  test('is for all of its attempts: what is left is the limit of the next one', () => {
    const github = afterRejection(4);
    expect(unfinished(github)).toEqual(['1.2-2']);
    const record = github.journal?.segments[2] ?? emptyRecord;
    expect(segmentBudget({} as SegmentSpec, record, chosen)).toEqual({ of: 'segment', budgetUsd: 5, spentUsd: 4 });
  });

  test('spent: another attempt does not start until a person raises it or retries', () => {
    const github = afterRejection(5);
    expect(unfinished(github)).toEqual([]);
    expect(progressOf(settle(github, chosen).board, 2)).toEqual({
      kind: 'blocked',
      problem: { kind: 'BUDGET_SPENT', of: 'segment', budgetUsd: 5, spentUsd: 5 },
    });
    const other = afterRejection(5);
    settle(other, config({ budgetUsd: { segment: 9 } }));
    expect(unfinished(other)).toEqual(['1.2-2']);

    github.requests = [...github.requests, asks('comment:2', 'retry')];
    settle(github, chosen);
    expect(unfinished(github)).toEqual(['1.2-2']);
  });
});

describe('`labels`', () => {
  const chosen = config({ labels: { execute: 'go', queued: 'bot: next', running: 'bot: busy', review: 'bot: look' } });
  const labelsOf = (decisions: readonly Decision[], number: number) =>
    of(decisions, 'set labels')
      .filter((each) => each.issue === number)
      .map(({ add, remove }) => ({ add, remove }));

  test('a segment and its epic get the state labels under the names that the repository chose', () => {
    const { decisions } = decide(snapshot([issue(2)], { requests: [execute] }), chosen);

    expect(labelsOf(decisions, 2)).toEqual([{ add: ['bot: next'], remove: [] }]);
    expect(labelsOf(decisions, 1)).toEqual([{ add: ['bot: busy'], remove: [] }]);
  });

  test('the next state takes the label of the last one off by its mapped name, and leaves the usual name alone', () => {
    const github = started([issue(2, { labels: ['swarm:queued', 'mine'] })], chosen);
    publishes(github, '1.2-1');
    settle(github, chosen);

    expect(github.issues[0]?.labels).toEqual(['swarm:queued', 'mine', 'bot: look']);
  });

  test('a command label is taken off by its mapped name; one by the usual name is no command', () => {
    const asked = snapshot([issue(2)], { requests: [execute] });
    const epic = { ...asked.epic, labels: ['go', 'swarm:execute'] };
    const { decisions } = decide({ ...asked, epic }, chosen);

    expect(labelsOf(decisions, 1)).toContainEqual({ add: [], remove: ['go'] });
  });
});

describe('a red base (R6.5)', () => {
  const withBase = (checks: Snapshot['base']['checks']) => {
    const base = { branch: 'main', head: sha('ba5e'), checks, failing: checks === 'failing' ? ['build'] : [] };
    return decide(snapshot([issue(2)], { requests: [execute], base }), config());
  };

  test('starts nothing, and a need and a comment to the owner name the check and the commit (R9.6)', () => {
    const { board, decisions } = withBase('failing');
    const problem: Problem = { kind: 'BASE_RED', branch: 'main', checks: ['build'], commit: sha('ba5e') };
    expect(board.needs).toEqual([{ kind: 'resolve', problem }]);
    expect(sayProblem(problem, { form: 'plain' }).what).toMatch(/build.*0000000/);
    expect(of(decisions, 'say').map(({ notice }) => notice)).toEqual([
      { kind: 'calibration stopped', problem, owner: 'ana' },
    ]);
  });

  test('starts nothing, and the panel says why', () => {
    const decided = withBase('failing');

    expect(dispatched(decided)).toEqual([]);
    expect(progressOf(decided.board, 2)).toEqual({ kind: 'waiting', for: [{ kind: 'base red' }] });
  });

  test.each(['passing', 'pending', 'none'] as const)('is not one whose checks are %s', (checks) => {
    expect(dispatched(withBase(checks))).toEqual([2]);
  });
});

describe('merging (R6.3)', () => {
  /** Segment 2 is in review. */
  const reviewed = (chosen = config(), attention: readonly string[] = []): PaperGitHub => {
    const github = started([issue(2)], chosen);
    publishes(github, '1.2-1', { attention });
    settle(github, chosen);
    return github;
  };

  test.each(['merge', 'squash', 'rebase'] as const)('`merge-method: %s` is how GitHub is asked to merge', (method) => {
    const chosen = config({ mergeMethod: method });
    const github = reviewed(chosen);
    const open = [...github.pulls.values()].map((each) => ({
      ...each,
      draft: false,
      reviews: [approval(each.head)],
    }));
    const { decisions } = decide({ ...github.look(), pulls: open }, chosen);

    expect(of(decisions, 'merge').map((each) => each.method)).toEqual([method]);
  });

  test('without `merge-method` the first one is taken that the repository allows', () => {
    const chosen = config();
    const github = reviewed(chosen);
    const pulls = [...github.pulls.values()].map((each) => ({ ...each, draft: false, reviews: [approval(each.head)] }));
    const { decisions } = decide({ ...github.look(), pulls, mergeMethods: ['merge', 'rebase'] }, chosen);

    expect(of(decisions, 'merge').map((each) => each.method)).toEqual(['merge']);
  });

  test('`merge: manual`: an approved and green pull request is left to people, and the panel asks them to merge it', () => {
    const chosen = config({ merge: 'manual' });
    const github = reviewed(chosen);
    approveAll(github);
    const { board } = settle(github, chosen);

    expect(github.merges).toEqual([]);
    expect(progressOf(board, 2)).toMatchObject({ kind: 'in review', waits: [{ kind: 'merge by hand' }] });
    expect(board.needs).toEqual([{ kind: 'merge pull', segment: issueNumber(2), pull: pullNumber(102) }]);
  });

  test.each([
    ['has not reported', 'pending', []],
    ['failed', 'failure', []],
    ['passed', 'success', [102]],
    ['has no opinion', 'neutral', [102]],
  ] as const)('an approved pull request with a check that %s', (_, conclusion, merges) => {
    const github = reviewed();
    for (const [number, each] of github.pulls) {
      github.pulls.set(number, { ...each, checks: [{ name: 'ci', conclusion }] });
    }
    approveAll(github);
    settle(github);

    expect(github.merges).toEqual(merges);
  });

  describe('with `approvals: 0`', () => {
    const chosen = config({ approvals: 0 });

    test('a green pull request merges without a person', () => {
      expect(reviewed(chosen).merges).toEqual([102]);
    });

    test('a change of how gates run still needs a person (R11.5)', () => {
      const github = reviewed(chosen, ['package.json']);
      expect(github.merges).toEqual([]);
      expect(progressOf(settle(github, chosen).board, 2)).toMatchObject({ waits: [{ kind: 'approval', missing: 1 }] });

      approveAll(github);
      settle(github, chosen);
      expect(github.merges).toEqual([102]);
    });
  });
});

describe('after a merge', () => {
  const body = [
    '---',
    'files: [src/s2/**]',
    '---',
    'Keep  this as it is.',
    '',
    '## Acceptance criteria',
    '- [ ] AC-1: An empty cart costs nothing',
    '- [ ] AC-2: Prices are cents',
    '',
  ].join('\n');
  /** Nobody approves: a criterion counts as met only with the evidence that the agent named. */
  const chosen = config({ approvals: 0 });
  const says = (evidence: string) => ({
    summary: 'Done.',
    assumptions: [],
    criteria: [
      { id: 'AC-1', evidence: 'cart.test.ts:3' },
      { id: 'AC-2', evidence },
    ],
  });
  const merged = (evidence: string): PaperGitHub => {
    const github = started([issue(2, { body }), issue(3, { blockedBy: [2] })], chosen);
    publishes(github, '1.2-1', { agent: says(evidence) });
    settle(github, chosen);
    return github;
  };

  test('its issue is closed as completed, its branch is deleted, and what waited for it starts (R6.5)', () => {
    const github = merged('cart.test.ts:9');
    expect(github.merges).toEqual([102]);
    expect(github.issues.map(({ state }) => state)).toEqual(['completed', 'open']);
    expect(github.branches).toEqual({});

    calibrates(github, 'passed');
    settle(github, chosen);
    expect(unfinished(github)).toEqual(['1.3-1']);
  });

  test('a criterion with evidence is ticked, and nothing else of the text changes (R6.6)', () => {
    expect(merged('  ').issues[0]?.body).toBe(body.replace('[ ] AC-1', '[x] AC-1'));
  });

  test('a criterion without evidence fails the wave, although its gates passed, and gets a fix segment (R7.1)', () => {
    const github = merged('');
    calibrates(github, 'passed');
    const { decisions } = decide(github.look(), chosen);

    expect(of(decisions, 'make issue').map(({ notice }) => notice)).toMatchObject([
      { kind: 'fix segment', wave: 1, finding: { check: 'coverage', subject: '#2', detail: 'AC-2: Prices are cents' } },
    ]);
    expect(dispatched(decide(github.look(), chosen))).toEqual([]);
  });
});

describe('the preflight', () => {
  const missing = (file: string) => ({ level: 'error', problem: { kind: 'WORKFLOW_MISSING', file } }) as const;
  const preflight = [missing('.github/workflows/swarm.yml'), missing('.github/workflows/segment.yml')];

  test('an error holds the epic, and one comment lists all of them (R3.7)', () => {
    const held = decide(snapshot([issue(2)], { requests: [execute], preflight }), config());
    expect(dispatched(held)).toEqual([]);
    expect(held.board.phase).toBe('refused');
    expect(held.board.needs).toEqual(preflight.map(({ problem }) => ({ kind: 'resolve', problem })));
    expect(of(held.decisions, 'say').map(({ notice }) => notice)).toEqual([
      { kind: 'epic held', diagnostics: preflight, owner: 'ana' },
    ]);

    expect(dispatched(decide(snapshot([issue(2)], { journal: held.journal }), config()))).toEqual([2]);
  });
});

describe('the limit on dispatches (R11.8)', () => {
  const limited = (dispatches: number) => config({ maxParallel: 1, limits: { ...config().limits, dispatches } });
  const held = (github: PaperGitHub) => Object.keys(github.said).filter((key) => key.startsWith('limit:'));

  test('stops an epic that keeps starting runs, and says so once', () => {
    const github = started([issue(2), issue(3), issue(4)], limited(2));
    for (const attempt of ['1.2-1', '1.3-1']) {
      expect(held(github)).toEqual([]);
      publishes(github, attempt);
      settle(github, limited(2));
      approveAll(github);
      settle(github, limited(2));
    }
    expect(github.dispatches).toEqual(['1.1', '1.2']);
    expect(unfinished(github)).toEqual([]);
    expect(held(github)).toEqual(['limit:dispatches:2']);

    settle(github, limited(3));
    expect(github.dispatches).toEqual(['1.1', '1.2', '1.3']);
  });

  test('holds calibrations too', () => {
    const github = started([issue(2)], limited(1));
    publishes(github, '1.2-1');
    settle(github, limited(1));
    approveAll(github);
    settle(github, limited(1));
    expect(github.merges).toEqual([102]);
    expect(github.dispatches).toEqual(['1.1']);

    settle(github, limited(2));
    expect(calibrates(github, 'passed')).toBe(true);
  });
});

describe('TRACK COMPLETE', () => {
  test('is an event once every segment of a track is merged, with the time of the last merge', () => {
    const shared = (number: number) => issue(number, { body: '---\nfiles: [src/cart/**]\n---\nWork.' });
    const github = started([shared(2), shared(3), issue(4)]);
    const completed = () =>
      settle(github)
        .board.events.filter(({ kind }) => kind === 'TRACK COMPLETE')
        .map(({ track, wave, at }) => ({ track, wave, at }));
    const merges = (attempt: string): number => {
      publishes(github, attempt);
      settle(github);
      github.now = instant(github.now + 60_000);
      approveAll(github);
      settle(github);
      return github.now;
    };
    merges('1.2-1');
    expect(completed()).toEqual([]);
    const first = merges('1.3-1');
    expect(completed()).toEqual([{ track: 'A', wave: 1, at: first }]);
    const second = merges('1.4-1');
    expect(completed()).toEqual([
      { track: 'A', wave: 1, at: first },
      { track: 'B', wave: 1, at: second },
    ]);
  });
});

describe('the event log', () => {
  const research = '---\nfiles: [src/q/**]\nworker: research\n---\nWhich one?';
  const told = (github: PaperGitHub, chosen = config()) =>
    settle(github, chosen).board.events.map(({ kind, segment, wave, track }) =>
      [kind, segment, wave, track].filter((part) => part !== undefined).join(' '),
    );

  test('of an epic of research tells its end, from the answer to the last wave', () => {
    const chosen = config({ acceptance: 'automatic' });
    const github = started([issue(2, { body: research })], chosen);
    const agent = { summary: 'The first one.', assumptions: [], criteria: [] };
    github.reports.push(report(github.journal as Journal, '1.2-1', { result: { kind: 'no-change' }, agent }));

    expect(told(github, chosen)).toEqual([
      'STARTED',
      'CLAIMED 2',
      'CLOSED 2',
      'TRACK COMPLETE 1 A',
      'WAVE COMPLETE 1',
      'EXECUTION COMPLETE',
    ]);
  });

  test('knows segments that were closed before, that were closed as not planned, and that a person skipped', () => {
    const issues = [issue(2, { state: 'completed' }), issue(3, { state: 'not planned' }), issue(4), issue(5)];
    const github = started(issues);
    const skip = { kind: 'command', command: { kind: 'skip', segment: issueNumber(4), reason: 'No.' } } as const;
    github.requests = [...github.requests, asks('comment:2', 'skip', { asked: skip, at: instant(1_000_000) })];
    const events = told(github);
    expect(events).toContain('CLOSED 2');
    expect(events.filter((event) => event.startsWith('SKIPPED'))).toEqual(['SKIPPED 3', 'SKIPPED 4']);
    expect(events.filter((event) => event.startsWith('TRACK'))).toHaveLength(3);
    expect(events).not.toContain('WAVE COMPLETE 1');
  });

  test('names the segments of a track that is complete', () => {
    const shared = (number: number) =>
      issue(number, { body: '---\nfiles: [src/cart/**]\n---\nWork.', state: 'completed' });
    const { board } = settle(started([shared(2), shared(3), issue(4)]));
    expect(sayPanel(board, { key: '1', url: 'https://github.com/octo/shop' })).toMatch(
      /TRACK COMPLETE wave 1 track A: #2 and #3\n/,
    );
  });
});

describe('a security segment that is alone in its wave and changes nothing (R7.1)', () => {
  const body = '---\nfiles: [src/s/**]\nworker: security\n---\nLook.';
  const looked = (severity: 'critical' | 'minor') => {
    const github = started([issue(2, { body }), issue(3, { blockedBy: [2] })]);
    const skipped = { kind: 'skipped', why: 'x' } as const;
    const findings = [{ file: 'src/login.ts', line: 7, severity, why: 'The password is in plain text.' }];
    github.reports.push(
      report(github.journal as Journal, '1.2-1', {
        result: { kind: 'no-change' },
        agent: { summary: 'One finding.', assumptions: [], criteria: [] },
        course: { pair: skipped, council: skipped, questions: [], findings },
      }),
    );
    settle(github);
    return github;
  };

  test('gets a fix segment for what is critical, before the next wave starts', () => {
    const github = looked('critical');
    expect(unfinished(github)).toEqual([]);
    calibrates(github, 'passed');
    const { decisions } = decide(github.look(), config());
    expect(of(decisions, 'make issue').map(({ notice }) => notice)).toMatchObject([
      { kind: 'fix segment', wave: 1, finding: { check: 'security', subject: '#2' } },
    ]);
  });

  test('holds nothing up for what is minor', () => {
    expect(unfinished(looked('minor'))).toEqual(['1.3-1']);
  });
});

describe('the forecast of an epic that is under way (R2.4)', () => {
  const hour = (number: number, blockedBy: readonly number[] = []) =>
    issue(number, { blockedBy, body: `---\nfiles: [src/s${number}/**]\nestimate: 1h\n---\nWork.` });

  test('is of what is left, with the time of its end, and without what only waits for people', () => {
    const github = started([hour(2), hour(3, [2])]);
    const from = github.now;
    const left = () => settle(github).board.left;
    expect(left()).toEqual({ minutes: 120, until: from + 120 * 60_000 });

    publishes(github, '1.2-1');
    expect(left()).toEqual({ minutes: 60, until: from + 60 * 60_000 });
    const { board } = settle(github);
    expect(sayPanel(board, { key: '1', url: '' })).toMatch(
      /about 1h more without reviews, until 1970-01-01 01:17 UTC · forecast of the whole/,
    );

    approveAll(github);
    settle(github);
    calibrates(github, 'passed');
    settle(github);
    publishes(github, '1.3-1');
    expect(left()).toBeUndefined();
  });
});

describe('a rejection after which the agent changes nothing (R6.2)', () => {
  const no = (github: PaperGitHub) => {
    for (const [number, each] of github.pulls) {
      const review = { ...approval(each.head), state: 'changes requested', body: 'Where is the total?' } as const;
      github.pulls.set(number, { ...each, reviews: [...each.reviews, { ...review, at: github.now }] });
    }
  };
  const unmoved = (): PaperGitHub => {
    const github = started([issue(2)]);
    publishes(github, '1.2-1');
    settle(github);
    no(github);
    settle(github);
    github.now = instant(github.now + 60_000);
    const agent = { summary: 'It is in src/cart.ts:12.', assumptions: [], criteria: [] };
    github.reports.push(
      report(github.journal as Journal, '1.2-2', { result: { kind: 'no-change' }, agent, finishedAt: github.now }),
    );
    return github;
  };
  const said = (github: PaperGitHub) => Object.keys(github.said).filter((key) => key.startsWith('unchanged:'));

  test('goes back to the person, with the agent’s reason, and starts no other attempt', () => {
    const github = unmoved();
    const { board } = settle(github);
    expect(unfinished(github)).toEqual([]);
    expect(progressOf(board, 2)).toMatchObject({
      kind: 'in review',
      waits: [{ kind: 'approval', missing: 1, despite: { kind: 'unchanged', by: 'ana' } }],
    });
    expect(board.needs).toEqual([{ kind: 'decide pull', segment: 2, pull: 102 }]);
    expect(said(github)).toEqual(['unchanged:1.2-2']);
    const problem: Problem = { kind: 'REWORK_UNCHANGED', at: {}, by: 'ana', said: 'It is in src/cart.ts:12.' };
    expect(sayProblem(problem)).toMatchObject({ why: expect.stringContaining('src/cart.ts:12') });
  });

  test('is merged once the person approves after all, and reworked once they reject it again', () => {
    const yes = unmoved();
    settle(yes);
    yes.now = instant(yes.now + 60_000);
    for (const [number, each] of yes.pulls) {
      yes.pulls.set(number, { ...each, reviews: [...each.reviews, { ...approval(each.head), at: yes.now }] });
    }
    settle(yes);
    expect(yes.merges).toEqual([102]);

    const again = unmoved();
    settle(again);
    again.now = instant(again.now + 60_000);
    no(again);
    settle(again);
    expect(unfinished(again)).toEqual(['1.2-3']);
  });
});

describe('a segment that another epic has (R3.8)', () => {
  const owners = { 2: issueNumber(9) };
  const seen = (github: PaperGitHub): Snapshot => ({ ...github.look(), owners });
  const start = () => {
    const github = new PaperGitHub([issue(2, { labels: ['swarm:running'] }), issue(3)]);
    github.requests = [execute];
    return github;
  };

  test('is not started, the panel says who has it, and its labels are left to that epic', () => {
    const decided = decide(seen(start()), config());
    expect(dispatched(decided)).toEqual([3]);
    expect(progressOf(decided.board, 2)).toEqual({ kind: 'waiting', for: [{ kind: 'owned', by: 9 }] });
    const problem: Problem = { kind: 'SEGMENT_OWNED', at: { issue: issueNumber(2) }, epic: issueNumber(9) };
    expect(decided.board.needs).toEqual([{ kind: 'unblock', segment: 2, problem }]);
    expect(of(decided.decisions, 'say').map(({ key, on }) => [key, on])).toEqual([['owned:2:9', 1]]);
    expect(of(decided.decisions, 'set labels').filter((each) => each.issue === 2)).toEqual([]);
    expect(decided.journal.contested).toEqual([2]);
  });

  test('is started as soon as nobody has it any more', () => {
    const github = start();
    const first = decide(seen(github), config());
    github.journal = first.journal;
    const then = decide({ ...github.look(), owners: {} }, config());
    expect(then.journal.contested).toBeUndefined();
    // That epic may have closed it since its issue was read, so it is looked at once more.
    expect(dispatched(then)).not.toContain(2);
    github.journal = then.journal;
    expect(dispatched(decide(github.look(), config()))).toContain(2);
  });

  test('takes commands for that epic alone', () => {
    const github = start();
    const onSegment = { from: { kind: 'comment', issue: issueNumber(2), node: 'IC_2' } } as const;
    github.requests = [execute, asks('comment:2', 'accept', onSegment)];
    expect(decide(seen(github), config()).journal.taken).toEqual({ 'comment:1': 'accepted' });
    expect(decide(github.look(), config()).journal.taken).toHaveProperty('comment:2');
  });

  test('that is skipped here is not closed, and the epic can be accepted without it', () => {
    const github = start();
    github.issues = github.issues.slice(0, 1);
    const skip = { kind: 'command', command: { kind: 'skip', segment: issueNumber(2), reason: 'No.' } } as const;
    github.requests = [execute, asks('comment:2', 'skip', { asked: skip })];
    const { decisions } = decide(seen(github), config());
    expect(of(decisions, 'close issue')).toEqual([]);
    expect(of(decisions, 'say').map(({ notice }) => notice.kind)).toContain('ask acceptance');
  });
});

describe('a matrix has at most 256 jobs', () => {
  const many = 310;
  const chosen = config({
    maxParallel: 'auto',
    workers: { ...config().workers, implementation: many },
    limits: { ...config().limits, segments: many },
  });
  const issues = Array.from({ length: many }, (_, index) => issue(index + 2));
  const start = () => decide(snapshot(issues, { requests: [execute] }), chosen);

  test('so no more segments start at once, however many may', () => {
    const first = start();

    expect(dispatched(first)).toHaveLength(256);
    expect(first.board.waves[0]?.segments.filter(({ progress }) => progress.kind === 'waiting')).toHaveLength(54);
  });

  test('so no more reworks start at once, however many people send back', () => {
    const first = start();
    const attempt = first.journal.segments[2]?.attempts[0];
    if (!attempt) throw new Error('nothing was started');
    const segments = issues.map(({ number }) => {
      const mine = {
        ...attempt,
        id: attemptId({ epic: issueNumber(1), segment: number, number: 1 }),
        branch: `feat/segment-${number}`,
      };
      const journal = { ...first.journal, segments: { [number]: { ...emptyRecord, attempts: [mine] } } };
      const made = report(journal, mine.id);
      if (made.result.kind !== 'ready') throw new Error('nothing was published');
      const result = { ...made.result, pull: pullNumber(100 + number) };
      const outcome = { ...result, kind: 'published', at: made.finishedAt, report: made } as const;
      return { number, pull: result, record: { ...emptyRecord, attempts: [{ ...mine, outcome }] } };
    });
    const journal = {
      ...first.journal,
      segments: Object.fromEntries(segments.map(({ number, record }) => [number, record])),
    };
    const pulls = segments.map(({ pull: { pull: number, branch, head } }) =>
      pull(number, branch, head, { reviews: [{ ...approval(head), state: 'changes requested', body: 'No.' }] }),
    );

    expect(dispatched(decide(snapshot(issues, { journal, pulls }), chosen))).toHaveLength(256);
  });
});
