/** A budget that cannot be enforced is told before anything runs (SPEC R5.13). */
import { describe, expect, test } from 'vitest';
import type { AgentChoice, Config, Role } from '../../../src/core/model/config.ts';
import type { Diagnostic } from '../../../src/core/model/problem.ts';
import { config } from '../facts.ts';
import { at, below, front, read } from './shop.ts';

const PRICE = { inputUsd: 1, outputUsd: 2, cachedUsd: 1 };
const codex = (facts: Partial<AgentChoice> = {}): AgentChoice => ({
  name: 'codex',
  kind: 'codex',
  command: [],
  environment: [],
  ...facts,
});

/** A segment for each of these lines of front matter, in a repository that codex works in for 60 minutes at most. */
const told = (segments: readonly string[], facts: Partial<Config> = {}): readonly Diagnostic[] =>
  read(
    segments.map((keys, index) => below(index + 2, { body: front(`files: [src/${index}]`, ...keys.split('\n')) })),
    {
      config: config({
        council: 'off',
        tdd: 'off',
        agent: 'codex',
        agents: { ...config().agents, codex: codex() },
        timeoutMinutes: 60,
        ...facts,
      }),
    },
  ).diagnostics;

const unbound = (budgetUsd: number, facts: object = {}): Diagnostic => ({
  level: 'warning',
  problem: { kind: 'BUDGET_UNBOUND', at: at(1), agent: 'codex', budgetUsd, minutes: 60, ...facts },
});

describe('which budget is told', () => {
  test.each<[string, readonly string[], Partial<Config>, readonly Diagnostic[]]>([
    ['none without a budget', ['type: feat'], {}, []],
    ['that of each segment', ['type: feat'], { budgetUsd: { segment: 5 } }, [unbound(5)]],
    ['that of the epic', ['type: feat'], { budgetUsd: { epic: 50 } }, [unbound(50)]],
    ['that of the issue', ['budget: 3'], {}, [unbound(3)]],
    ['that of the issue before that of each segment', ['budget: 7'], { budgetUsd: { segment: 5 } }, [unbound(7)]],
    ['the smallest of the issue and the epic', ['budget: 7'], { budgetUsd: { epic: 6 } }, [unbound(6)]],
    ['the smallest of the epic and the issue', ['budget: 5'], { budgetUsd: { epic: 6 } }, [unbound(5)]],
    [
      'that of the agent, if it is the smallest',
      ['type: feat'],
      { budgetUsd: { segment: 5 }, agents: { codex: codex({ budgetUsd: 4 }) } },
      [unbound(4)],
    ],
    ['that of the agent alone', ['type: feat'], { agents: { codex: codex({ budgetUsd: 4 }) } }, [unbound(4)]],
    ['of several segments the smallest, once', ['budget: 5', 'budget: 3', 'budget: 4'], {}, [unbound(3)]],
    ['of several segments the smallest, when it comes first', ['budget: 3', 'budget: 5'], {}, [unbound(3)]],
    ['of some segments without any', ['type: feat', 'budget: 3', 'type: fix'], {}, [unbound(3)]],
    ['a budget of nothing', ['type: feat'], { budgetUsd: { segment: 0 } }, [unbound(0)]],
  ])('%s', (_, segments, facts, diagnostics) => {
    expect(told(segments, facts)).toStrictEqual(diagnostics);
  });

  test.each<[string, Partial<AgentChoice>, object]>([
    ['the time of a segment', {}, {}],
    ['the time of a call, if it is shorter', { timeoutMinutes: 20 }, { minutes: 20 }],
    ['the time of a segment, if a call may take longer', { timeoutMinutes: 90 }, {}],
    ['its turns, too', { maxTurns: 80 }, { turns: 80 }],
  ])('the agent is limited by %s', (_, facts, limits) => {
    const agents = { codex: codex(facts) };
    expect(told(['type: feat'], { budgetUsd: { segment: 5 }, agents })).toStrictEqual([unbound(5, limits)]);
  });
});

describe('which agents are told', () => {
  const kinds: readonly (readonly [AgentChoice['kind'], boolean])[] = [
    ['claude', false],
    ['codex', true],
    ['copilot', true],
    ['gemini', true],
    ['opencode', false],
    ['acp', false],
    ['command', false],
  ];
  test.each(kinds)('%s without a price: %j', (kind, isTold) => {
    const agents = { codex: codex({ kind }) };
    expect(told(['type: feat'], { budgetUsd: { segment: 5 }, agents })).toStrictEqual(isTold ? [unbound(5)] : []);
    const priced = { codex: codex({ kind, price: PRICE }) };
    expect(told(['type: feat'], { budgetUsd: { segment: 5 }, agents: priced })).toStrictEqual([]);
  });

  test('one that tries only after another failed is told, too', () => {
    const facts = { budgetUsd: { segment: 5 }, agent: 'claude' };
    expect(told(['type: feat'], facts)).toStrictEqual([]);
    expect(told(['type: feat'], { ...facts, escalate: [{ model: 'opus' }, { agent: 'codex' }] })).toStrictEqual([
      unbound(5),
    ]);
  });

  /** Each role has an agent of its own, so the names of those that are told are the roles that may be called. */
  const ROLES: readonly Role[] = ['tester', 'implementer', 'reviewer', 'lead', 'researcher', 'security', 'resolver'];
  const called = (keys: string, facts: Partial<Config>): readonly string[] => {
    const agents = Object.fromEntries(ROLES.map((role) => [role, codex({ name: role })]));
    const roles = Object.fromEntries(ROLES.map((role) => [role, role]));
    return told([keys], { budgetUsd: { segment: 5 }, agents, roles, ...facts }).map(({ problem }) =>
      problem.kind === 'BUDGET_UNBOUND' ? problem.agent : problem.kind,
    );
  };

  test.each<[string, Partial<Config>, readonly string[]]>([
    ['worker: implementation', {}, ['implementer']],
    ['worker: implementation', { tdd: 'auto' }, ['implementer', 'tester']],
    ['worker: implementation', { tdd: 'on' }, ['implementer', 'tester']],
    ['worker: implementation\ntdd: false', { tdd: 'on' }, ['implementer']],
    ['worker: implementation\ntdd: true', { tdd: 'on' }, ['implementer', 'tester']],
    ['worker: refactor', { tdd: 'auto' }, ['implementer', 'tester']],
    ['worker: refactor', {}, ['implementer']],
    ['worker: tests', { tdd: 'on' }, ['implementer']],
    ['worker: security', { tdd: 'on' }, ['security']],
    ['worker: research', { tdd: 'on', council: 'on' }, ['researcher']],
    ['worker: implementation', { council: 'auto' }, ['implementer', 'reviewer', 'lead']],
    ['worker: implementation', { council: 'on', tdd: 'on' }, ['implementer', 'tester', 'reviewer', 'lead']],
    ['worker: security', { council: 'on' }, ['security', 'reviewer', 'lead']],
    ['worker: tests\nreview: false', { council: 'on' }, ['implementer']],
    ['worker: tests\nreview: council', { council: 'on' }, ['implementer', 'reviewer', 'lead']],
    ['worker: tests\nreview: council', {}, ['implementer', 'reviewer', 'lead']],
  ])('with %j and %j: %j', (keys, facts, roles) => {
    expect(called(keys, facts)).toStrictEqual(roles);
  });

  test('the agent of the segment is told for its work, and that of the role for the review', () => {
    const agents = Object.fromEntries(['mine', 'judge', 'boss'].map((name) => [name, codex({ name })]));
    const roles = { implementer: 'boss', reviewer: 'judge', lead: 'boss' };
    expect(told(['agent: mine'], { budgetUsd: { segment: 5 }, council: 'on', agents, roles })).toStrictEqual([
      unbound(5, { agent: 'mine' }),
      unbound(5, { agent: 'judge' }),
      unbound(5, { agent: 'boss' }),
    ]);
  });

  test('the agent of the repository is not told if every role that may be called has another', () => {
    const facts = { budgetUsd: { segment: 5 }, roles: { implementer: 'claude' } };
    expect(told(['worker: implementation'], facts)).toStrictEqual([]);
  });

  test('a role without an agent is not told', () => {
    const { agent: _, ...none } = config({ agents: {}, budgetUsd: { segment: 5 } });
    expect(read([below(2)], { config: none }).diagnostics).toStrictEqual([]);
  });

  test('of a segment that is done no agent is told', () => {
    const made = read([below(2, { state: 'completed' })], {
      config: config({ agent: 'codex', budgetUsd: { segment: 5 } }),
    });
    expect(made.diagnostics).toStrictEqual([]);
  });
});
