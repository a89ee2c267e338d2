/** Which agent and model each attempt gets, and which ends of an attempt make the next one start by itself. */
import { describe, expect, test } from 'vitest';
import { isPoorWork } from '../../../src/core/decide/agents/escalation.ts';
import type { Config } from '../../../src/core/model/config.ts';
import { instant, issueNumber } from '../../../src/core/model/epic.ts';
import type { Attempt, Journal } from '../../../src/core/model/journal.ts';
import type { Problem, ProblemKind } from '../../../src/core/model/problem.ts';
import type { Report } from '../../../src/core/model/report.ts';
import { asks, config, type IssueFacts, issue, PaperGitHub, publishes, report, settle } from '../facts.ts';

const GATES: Problem = { kind: 'GATES_FAILED', gates: [{ gate: 'tests', output: 'red' }], tries: 3 };
const failedBy = (problem: Problem): Report['result'] => ({ kind: 'failed', problem });

/** An epic of one segment, with a config in which others try after Claude. */
function started(changes: Partial<Config> = {}, facts: IssueFacts = {}) {
  const github = new PaperGitHub([issue(2, facts)]);
  github.requests = [asks('comment:1', 'execute')];
  const { agents } = config();
  const chosen = config({
    escalate: [{ model: 'opus' }, { agent: 'codex' }],
    agents: { ...agents, claude: { ...agents.claude, model: 'sonnet' } as never },
    ...changes,
  });
  const look = () => settle(github, chosen);
  look();
  const attempts = () => github.journal?.segments[2]?.attempts ?? [];
  return {
    github,
    look,
    attempts,
    tried: () => attempts().map(({ by }) => by),
    progress: () => look().board.waves[0]?.segments[0]?.progress,
    ends: (result: Report['result']) => {
      github.reports.push(report(github.journal as Journal, `1.2-${attempts().length}`, { result }));
      look();
    },
  };
}

const USUAL = { agent: 'claude', model: 'sonnet' };
const OPUS = { agent: 'claude', model: 'opus' };
const CODEX = { agent: 'codex' };

describe('an attempt whose work failed', () => {
  test('is followed by the next of the list, until nobody is left and a person has to look', () => {
    const { tried, ends, progress, attempts } = started();
    expect(tried()).toEqual([USUAL]);
    ends(failedBy(GATES));
    expect(tried()).toEqual([USUAL, OPUS]);
    expect(attempts()[1]).toMatchObject({ why: 'retry', keys: expect.arrayContaining(['ANTHROPIC_API_KEY']) });
    ends({ kind: 'no-change' });
    expect(tried()).toEqual([USUAL, OPUS, CODEX]);
    expect(attempts()[2]?.keys).toContain('OPENAI_API_KEY');
    expect(attempts()[0]?.keys).not.toContain('OPENAI_API_KEY');
    ends(failedBy({ kind: 'COUNCIL_REJECTED', findings: [], rounds: 2 }));
    expect(tried()).toHaveLength(3);
    expect(progress()).toMatchObject({ kind: 'blocked', problem: { kind: 'COUNCIL_REJECTED' } });
  });

  test('is tried again by the last of the list where a person says so after that, and only once', () => {
    const { tried, ends, github, look } = started({ escalate: [{ model: 'opus' }] });
    ends(failedBy(GATES));
    ends(failedBy(GATES));
    github.requests.push(asks('comment:2', 'retry'));
    look();
    expect(tried()).toEqual([USUAL, OPUS, OPUS]);
    ends(failedBy(GATES));
    expect(tried()).toHaveLength(3);
  });

  test('waits for a person where the config has no list, and then names no agent', () => {
    const { tried, ends, progress } = started({ escalate: [] });
    ends(failedBy(GATES));
    expect(tried()).toEqual([undefined]);
    expect(progress()).toMatchObject({ kind: 'blocked', problem: { kind: 'GATES_FAILED' } });
  });

  test.each<[string, Report['result'], readonly unknown[]]>([
    ['red gates', failedBy(GATES), [USUAL, OPUS]],
    ['gates that are red in the verify job', failedBy({ kind: 'VERIFY_FAILED', gates: [] }), [USUAL, OPUS]],
    ['no change', { kind: 'no-change' }, [USUAL, OPUS]],
    ['a council that rejects', failedBy({ kind: 'COUNCIL_REJECTED', findings: [], rounds: 3 }), [USUAL, OPUS]],
    ['a change outside of its scope', failedBy({ kind: 'OUT_OF_SCOPE', files: [], scope: [] }), [USUAL, OPUS]],
    ['its time', failedBy({ kind: 'AGENT_TIMED_OUT', minutes: 60 }), [USUAL, OPUS]],
    ['its context', failedBy({ kind: 'AGENT_CONTEXT', agent: 'claude', message: '' }), [USUAL, OPUS]],
    ['a lost key', failedBy({ kind: 'AGENT_NO_CREDENTIALS', agent: 'claude', keys: [], message: '' }), [USUAL]],
    ['a model that is not there', failedBy({ kind: 'AGENT_MODEL_REFUSED', agent: 'claude', message: '' }), [USUAL]],
    ['a crash', failedBy({ kind: 'AGENT_CRASHED', command: 'claude', exit: '1', output: '' }), [USUAL]],
    ['its budget', failedBy({ kind: 'BUDGET_SPENT', spentUsd: 2, budgetUsd: 1, of: 'segment' }), [USUAL]],
    ['a secret', failedBy({ kind: 'SECRET_IN_PATCH', file: 'a', rule: 'b' }), [USUAL]],
    ['an install that does not work', failedBy({ kind: 'INSTALL_FAILED', command: 'npm', output: '' }), [USUAL]],
    ['a run that was cut short', failedBy({ kind: 'RUN_CUT_SHORT' }), [USUAL, USUAL]],
  ])('by %s', (_, result, expected) => {
    const { tried, ends } = started();
    ends(result);
    expect(tried()).toEqual(expected);
  });

  test('may have been lost or limited in between, and these do not count', () => {
    const { tried, ends, github, look } = started();
    ends(failedBy({ kind: 'RUN_CUT_SHORT' }));
    ends(failedBy(GATES));
    ends(failedBy({ kind: 'AGENT_LATER', message: 'Overloaded' }));
    github.now = (github.now + 10 * 60_000) as never;
    look();
    expect(tried()).toEqual([USUAL, USUAL, OPUS, OPUS]);
  });
});

test.each<readonly [Attempt['why'], ProblemKind, boolean]>([
  ...(
    [
      'AGENT_TIMED_OUT',
      'AGENT_SILENT',
      'AGENT_TURNS',
      'AGENT_CONTEXT',
      'AGENT_DECLINED',
      'TESTS_NOT_RED',
      'TEST_CHANGED',
      'COUNCIL_REJECTED',
      'GATES_FAILED',
      'VERIFY_FAILED',
      'NO_TESTS',
      'OUT_OF_SCOPE',
      'PROTECTED_PATH',
      'BAD_PATH',
      'PATH_COLLISION',
      'FILE_MODE',
      'BINARY_FILE',
      'PATCH_LIMIT',
      'LFS_POINTER',
    ] as const
  ).map((kind) => ['first', kind, true] as const),
  ['rework', 'GATES_FAILED', true],
  ['retry', 'GATES_FAILED', true],
  ['conflict', 'GATES_FAILED', false],
  ['prove', 'GATES_FAILED', false],
  ['first', 'AGENT_CRASHED', false],
  ['first', 'SECRET_IN_PATCH', false],
  ['first', 'DISPATCH_FAILED', false],
])('an attempt (%s) that ends with %s is poor work: %j', (why, kind, expected) => {
  const outcome = { kind: 'failed', at: instant(0), problem: { kind } as Problem } as const;
  expect(isPoorWork({ why, outcome })).toBe(expected);
});

test('an attempt that is under way is no poor work', () => {
  expect(isPoorWork({ why: 'first' })).toBe(false);
});

describe('work that a person rejects', () => {
  test('goes to the next of the list', () => {
    const { github, tried, look, attempts, ends } = started();
    publishes(github, '1.2-1');
    look();
    const pull = github.pulls.get(102);
    if (!pull) throw new Error('no pull request');
    github.requests.push(
      asks('comment:3', 'reject', {
        asked: { kind: 'command', command: { kind: 'reject', reason: 'No.' } as never },
        from: { kind: 'pull comment', pull: pull.number, node: 'IC_3' },
      }),
    );
    look();
    expect(attempts()[1]).toMatchObject({ why: 'rework', by: OPUS });
    ends(failedBy(GATES));
    expect(tried()).toEqual([USUAL, OPUS, CODEX]);
  });
});

describe('the segment', () => {
  const body = (front: string) => ({ body: `---\nfiles: [src/**]\n${front}\n---\nDo it.` });

  test('names the first agent and model, and the list the later ones', () => {
    const { tried, ends } = started({}, body('agent: codex\nmodel: gpt-5'));
    ends(failedBy(GATES));
    // A model alone is one of the agent that did the work so far.
    ends(failedBy(GATES));
    expect(tried()).toEqual([{ agent: 'codex', model: 'gpt-5' }, { agent: 'codex', model: 'opus' }, CODEX]);
  });

  test('has the agent, the model and the list of its worker', () => {
    const byWorker = { refactor: { agent: 'codex', model: 'gpt-5', escalate: [{ agent: 'claude', model: 'opus' }] } };
    const { tried, ends } = started({ byWorker }, body('worker: refactor'));
    ends(failedBy(GATES));
    ends(failedBy(GATES));
    expect(tried()).toEqual([{ agent: 'codex', model: 'gpt-5' }, OPUS]);
  });

  test('has no list, if its worker has an empty one', () => {
    const { tried, ends } = started({ byWorker: { refactor: { escalate: [] } } }, body('worker: refactor'));
    ends(failedBy(GATES));
    expect(tried()).toEqual([undefined]);
  });

  test('of research that found nothing is tried by the next of the list, too', () => {
    const { tried, ends } = started({}, body('worker: research'));
    ends(failedBy({ kind: 'AGENT_TURNS', agent: 'claude', turns: 9 }));
    expect(tried()).toEqual([USUAL, OPUS]);
  });
});

test('a person sees on the board who tried what, and how it ended', () => {
  const { ends, look } = started();
  ends(failedBy(GATES));
  expect(look().board.waves[0]?.segments.find(({ number }) => number === issueNumber(2))?.tried).toEqual([
    { number: 1, name: expect.any(String), by: USUAL, ended: 'failed', problem: 'GATES_FAILED' },
    { number: 2, name: expect.any(String), by: OPUS },
  ]);
});
