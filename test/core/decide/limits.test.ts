/** Providers that are limited: when each segment goes on, and which agents stand in. */
import { describe, expect, test } from 'vitest';
import type { AgentChoice, Config } from '../../../src/core/model/config.ts';
import { instant } from '../../../src/core/model/epic.ts';
import type { Journal } from '../../../src/core/model/journal.ts';
import type { Problem } from '../../../src/core/model/problem.ts';
import { asks, config, issue, PaperGitHub, publishes, report, settle } from '../facts.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = 1_000_000;

const agent = (name: string, facts: Partial<AgentChoice> = {}): AgentChoice => ({
  ...{ name, kind: 'claude', command: [], environment: [] },
  ...facts,
});
const AGENTS = {
  claude: agent('claude', { model: 'opus' }),
  haiku: agent('haiku', { model: 'haiku' }),
  codex: agent('codex', { kind: 'codex' }),
  gemini: agent('gemini', { kind: 'gemini' }),
  mine: agent('mine', { kind: 'command', command: ['mine'] }),
};
const FALLBACK = [{ agent: 'haiku' }, { agent: 'codex', model: 'gpt-5' }, { agent: 'gemini' }];

function started(changes: Partial<Config> = {}, segments: readonly number[] = [2]) {
  const github = new PaperGitHub(segments.map((number) => issue(number)));
  github.requests = [asks('comment:1', 'execute')];
  const chosen = config({ agents: AGENTS, fallback: FALLBACK, ...changes });
  const look = () => settle(github, chosen);
  look();
  const attempts = (segment = 2) => github.journal?.segments[segment]?.attempts ?? [];
  const ends = (problem: Problem, segment = 2) => {
    const id = `1.${segment}-${attempts(segment).length}`;
    const result = { kind: 'failed', problem } as const;
    github.reports.push(report(github.journal as Journal, id, { result, finishedAt: github.now }));
    look();
  };
  return {
    github,
    look,
    attempts,
    ends,
    limited: (name: string, waitMs?: number, segment = 2) =>
      ends(
        { kind: 'AGENT_LATER', agent: name, message: 'Limit', ...(waitMs === undefined ? {} : { waitMs }) },
        segment,
      ),
    tried: (segment = 2) => attempts(segment).map(({ by }) => by?.agent),
    waits: () => {
      const progress = look().board.waves[0]?.segments[0]?.progress;
      return progress?.kind === 'waiting' ? progress.for : progress?.kind;
    },
    at: (ms: number) => {
      github.now = instant(START + ms);
      return look();
    },
  };
}

describe('without agents that could stand in', () => {
  const alone = { fallback: [] };

  test('a segment starts again when its provider says so and not earlier, days later, too', () => {
    const { limited, attempts, at, waits } = started(alone);
    limited('claude', 3 * DAY);
    expect(waits()).toEqual([{ kind: 'later', until: START + 3 * DAY }]);
    expect(at(3 * DAY - 1).lookAgainAt).toBe(START + 3 * DAY);
    expect(attempts()).toHaveLength(1);
    at(3 * DAY);
    expect(attempts()).toHaveLength(2);
    expect(attempts()[1]).not.toHaveProperty('instead');
  });

  test('a person who retries does not wait', () => {
    const { limited, github, look, attempts } = started(alone);
    limited('claude', 3 * DAY);
    github.requests.push(asks('comment:2', 'retry'));
    look();
    expect(attempts()).toHaveLength(2);
  });
});

describe('an agent that stands in', () => {
  test('is the first whose own provider is free, and starts at once', () => {
    const { limited, attempts, tried } = started();
    expect(attempts()[0]).toMatchObject({ by: { agent: 'claude', model: 'opus' } });
    limited('claude', 3 * DAY);
    // `haiku` has the key of `claude`, and so the same limit.
    expect(tried()).toEqual(['claude', 'codex']);
    expect(attempts()[1]).toMatchObject({
      why: 'retry',
      by: { agent: 'codex', model: 'gpt-5' },
      instead: { claude: { agent: 'codex', model: 'gpt-5' } },
      keys: expect.arrayContaining(['OPENAI_API_KEY']),
    });
    expect(attempts()[1]?.keys).not.toContain('ANTHROPIC_API_KEY');
    limited('codex', DAY);
    expect(tried()).toEqual(['claude', 'codex', 'gemini']);
  });

  test('works in other segments from the start, while the limit lasts', () => {
    const { limited, tried, at, github, look } = started({ maxParallel: 1 }, [2, 3]);
    limited('claude', DAY);
    github.reports.push(report(github.journal as Journal, '1.2-2', { result: { kind: 'no-change' } }));
    look();
    expect([tried(2), tried(3)]).toEqual([['claude', 'codex'], ['codex']]);
    at(DAY);
    limited('codex', DAY, 3);
    expect(tried(3)).toEqual(['codex', 'claude']);
  });

  test('is waited for where all are limited: the one that is free first', () => {
    const { limited, tried, at, waits, attempts } = started();
    limited('claude', 3 * DAY);
    limited('codex', DAY);
    limited('gemini', 2 * DAY);
    expect(waits()).toEqual([{ kind: 'later', until: START + DAY }]);
    at(DAY - 1);
    expect(attempts()).toHaveLength(3);
    at(DAY);
    expect(tried()).toEqual(['claude', 'codex', 'gemini', 'codex']);
  });

  test('is not needed any more when the limit is over', () => {
    const { limited, tried, at } = started();
    limited('claude');
    limited('codex', DAY);
    limited('gemini', DAY);
    at(5 * MINUTE);
    expect(tried().at(-1)).toBe('claude');
  });

  test('judges in place of a judge that is limited, and leaves the work to its agent', () => {
    const { limited, attempts } = started({ roles: { reviewer: 'gemini' } });
    limited('gemini', DAY);
    expect(attempts()[1]).toMatchObject({
      by: { agent: 'claude', model: 'opus' },
      instead: { gemini: { agent: 'haiku' } },
    });
  });

  test('is no way round a judge where nobody may stand in', () => {
    const { limited, attempts, waits } = started({ roles: { reviewer: 'gemini' }, fallback: [{ agent: 'gemini' }] });
    limited('gemini', DAY);
    expect(attempts()).toHaveLength(1);
    expect(waits()).toEqual([{ kind: 'later', until: START + DAY }]);
  });

  test('counts by its name where it has no keys', () => {
    const { limited, tried } = started({ agent: 'mine', fallback: [{ agent: 'codex' }] });
    limited('mine', DAY);
    expect(tried()).toEqual(['mine', 'codex']);
  });

  test('is not called for a program that the config does not name', () => {
    const { ends, attempts } = started();
    ends({ kind: 'AGENT_LATER', message: 'exit code 75' });
    expect(attempts()).toHaveLength(1);
  });

  test('follows the list of those that try after failed work', () => {
    const gates: Problem = { kind: 'GATES_FAILED', gates: [], tries: 3 };
    const { ends, limited, attempts } = started({ escalate: [{ agent: 'gemini' }] });
    ends(gates);
    expect(attempts()[1]?.by).toEqual({ agent: 'gemini' });
    limited('gemini', DAY);
    expect(attempts()[2]).toMatchObject({ by: { agent: 'haiku' }, instead: { gemini: { agent: 'haiku' } } });
    // It was no attempt of the list: that one is not used up.
    expect(attempts()).toHaveLength(3);
  });

  test.each<[string, Partial<Config>, string]>([
    ['the tester', { roles: { tester: 'gemini' } }, 'gemini'],
    ['the reviewer', { roles: { reviewer: 'gemini' } }, 'gemini'],
    ['the tech lead', { roles: { lead: 'gemini' } }, 'gemini'],
  ])('stands in for %s, who is waited for if nobody can', (_, facts, name) => {
    const someone = started(facts);
    someone.limited(name, DAY);
    expect(someone.attempts()[1]?.instead).toEqual({ gemini: { agent: 'haiku' } });
    const nobody = started({ ...facts, fallback: [{ agent: 'gemini' }] });
    nobody.limited(name, DAY);
    expect(nobody.attempts()).toHaveLength(1);
    // A role that nobody calls is not waited for.
    const off = started({ ...facts, fallback: [{ agent: 'gemini' }], tdd: 'off', council: 'off' });
    off.limited(name, DAY);
    expect(off.attempts()).toHaveLength(2);
    expect(off.attempts()[1]).not.toHaveProperty('instead');
  });

  test('is not waited for by a segment that has met no limit, if only a judge is limited', () => {
    const world = { roles: { reviewer: 'gemini' }, fallback: [{ agent: 'gemini' }], maxParallel: 1 };
    const { limited, attempts } = started(world, [2, 3]);
    expect([attempts(2).length, attempts(3).length]).toEqual([1, 0]);
    limited('gemini', DAY);
    expect([attempts(2).length, attempts(3).length]).toEqual([1, 1]);
  });

  test('keeps segments from starting, if all that could work on them are limited', () => {
    const world = { fallback: [{ agent: 'codex' }], maxParallel: 1 };
    const { limited, attempts, at } = started(world, [2, 3]);
    limited('claude', 2 * DAY);
    limited('codex', DAY);
    expect([attempts(2).length, attempts(3).length]).toEqual([2, 0]);
    at(DAY);
    expect(attempts(2).length + attempts(3).length).toBe(3);
  });

  test('is another one than a program that has no keys either', () => {
    const agents = { ...AGENTS, other: agent('other', { kind: 'command', command: ['other'] }) };
    const { limited, tried } = started({ agents, agent: 'mine', fallback: [{ agent: 'other' }] });
    limited('mine', DAY);
    expect(tried()).toEqual(['mine', 'other']);
  });

  test('does not end the wait for an agent that the config does not call any more', () => {
    const { limited, attempts } = started();
    limited('mine', DAY);
    expect(attempts()).toHaveLength(1);
  });
});

test('a conflict is resolved by its own agent, which is waited for', () => {
  const github = new PaperGitHub([issue(2)]);
  github.requests = [asks('comment:1', 'execute')];
  const chosen = config({ agents: AGENTS, fallback: FALLBACK });
  const look = () => settle(github, chosen);
  look();
  publishes(github, '1.2-1');
  look();
  const made = github.pulls.get(102);
  if (!made) throw new Error('no pull request');
  github.pulls.set(102, { ...made, mergeable: 'conflicting' });
  look();
  const attempts = () => github.journal?.segments[2]?.attempts ?? [];
  expect(attempts().map(({ why }) => why)).toEqual(['first', 'conflict']);
  expect(attempts()[1]).not.toHaveProperty('by');
  const result = { kind: 'failed', problem: { kind: 'AGENT_LATER', agent: 'claude', message: '' } } as const;
  github.reports.push(report(github.journal as Journal, '1.2-2', { result, finishedAt: github.now }));
  look();
  expect(attempts()).toHaveLength(2);
});
