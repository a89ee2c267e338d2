/** Numbers, people, names and words that come from outside. */
import { describe, expect, test } from 'vitest';
import {
  AGENT_KINDS,
  agentFor,
  COMMAND_LABELS,
  CONFIG_FILES,
  type LabelKey,
  labelName,
  modelFor,
  PRESETS,
  ROLES,
  type Role,
  STATE_LABELS,
  UNNAMED_AGENT,
} from '../../../src/core/model/config.ts';
import {
  COMMIT_TYPES,
  EFFORTS,
  GATES,
  headSha,
  instant,
  issueId,
  issueNumber,
  LARGEST_NUMBER,
  numberIn,
  pullNumber,
  WORKERS,
} from '../../../src/core/model/epic.ts';
import {
  foldersFor,
  isInstructionName,
  pathsFor,
  personaIn,
  SHIPPED_PERSONAS,
} from '../../../src/core/model/instructions.ts';
import {
  isNamedBot,
  isTrusted,
  mayTriage,
  mayWrite,
  type Permission,
  type Person,
} from '../../../src/core/model/people.ts';
import { segmentsInWave, segmentsOf, type Wave } from '../../../src/core/model/plan.ts';
import { isDone, isLeftOut, type Progress } from '../../../src/core/model/progress.ts';
import { config } from '../facts.ts';
import { HEAD } from './records.ts';

describe('the number of an issue', () => {
  test.each<[unknown, number | undefined]>([
    [1, 1],
    ['14', 14],
    [2_147_483_647, 2_147_483_647],
    [2_147_483_648, undefined],
    [0, undefined],
    [-1, undefined],
    [1.5, undefined],
    ['x', undefined],
    ['', undefined],
    [undefined, undefined],
    [null, undefined],
    [Number.POSITIVE_INFINITY, undefined],
  ])('%j is read as %j', (value, number) => {
    expect(numberIn(value)).toBe(number);
  });

  test('is at most what GitHub takes', () => {
    expect(LARGEST_NUMBER).toBe(2_147_483_647);
  });

  test('and other brands keep the value', () => {
    expect([issueNumber(1), pullNumber(2), instant(3), issueId('I_1'), headSha('abc')]).toStrictEqual([
      1,
      2,
      3,
      'I_1',
      'abc',
    ]);
  });
});

describe('words that people write in issues and configs stay what they are', () => {
  test.each<[string, readonly string[], string]>([
    ['commit types', COMMIT_TYPES, 'feat fix refactor docs test chore perf build ci'],
    ['workers', WORKERS, 'implementation tests research security refactor'],
    ['efforts', EFFORTS, 'low medium high max'],
    ['gates', GATES, 'lint types tests build security scope'],
    ['presets', PRESETS, 'claude codex copilot gemini opencode'],
    ['agents', AGENT_KINDS, 'claude codex copilot gemini opencode acp command'],
    ['roles', ROLES, 'tester implementer reviewer lead researcher security resolver'],
    ['command labels', COMMAND_LABELS, 'execute dry-run pause resume cancel retry'],
    ['state labels', STATE_LABELS, 'queued running review needs-input blocked done paused'],
    ['config files', CONFIG_FILES, '.github/swarm.yml .github/swarm.yaml'],
    ['the agent without a name', [UNNAMED_AGENT], 'command'],
    [
      'shipped personas',
      SHIPPED_PERSONAS,
      'implementer product-manager researcher resolver reviewer security tech-lead tester',
    ],
  ])('%s', (_, words, expected) => {
    expect(words.join(' ')).toBe(expected);
  });

  test('a label has our prefix, unless the config names another', () => {
    const keys = [...COMMAND_LABELS, ...STATE_LABELS] as readonly LabelKey[];
    expect(keys.map((key) => labelName(config(), key))).toStrictEqual(keys.map((key) => `swarm:${key}`));
    const renamed = config({ labels: { execute: 'go' } });
    expect([labelName(renamed, 'execute'), labelName(renamed, 'pause')]).toStrictEqual(['go', 'swarm:pause']);
  });
});

describe('the agent for a role', () => {
  const agent = (name: string) => ({ name, kind: 'acp', command: [], environment: [] }) as const;
  const agents = { mine: agent('mine'), role: agent('role'), all: agent('all') };
  const works: readonly Role[] = ['tester', 'implementer', 'researcher', 'security'];
  const judges: readonly Role[] = ['reviewer', 'lead', 'resolver'];

  test.each([...works, ...judges])('%s: that of the segment only for work, else of the role, else of all', (role) => {
    const named = config({ agents, agent: 'all', roles: { [role]: 'role' } });
    expect(agentFor(named, role, { agent: 'mine' })?.name).toBe(works.includes(role) ? 'mine' : 'role');
    expect(agentFor(named, role)?.name).toBe('role');
    expect(agentFor(config({ agents, agent: 'all' }), role)?.name).toBe('all');
    const other = config({ agents, agent: 'all', roles: { implementer: 'role' } });
    expect(agentFor(other, 'lead', { agent: 'mine' })?.name).toBe('all');
  });

  test('is nobody without a name, or with one that the config does not have', () => {
    const { agent: _, ...none } = config({ agents });
    expect(agentFor(none, 'implementer')).toBeUndefined();
    expect(agentFor(none, 'implementer', { agent: 'other' })).toBeUndefined();
    expect(agentFor(config({ agents, agent: 'constructor' }), 'implementer')).toBeUndefined();
    expect(agentFor({ ...none, agents: { undefined: agent('x') } }, 'lead')).toBeUndefined();
  });

  test.each<[string, Role, Parameters<typeof agentFor>[2], string]>([
    ['works in place of that of the segment', 'implementer', { agent: 'role', by: { agent: 'mine' } }, 'mine'],
    ['tests, too, where the same one did both', 'tester', { agent: 'role', by: { agent: 'mine' } }, 'mine'],
    ['leaves a tester of its own', 'tester', { by: { agent: 'mine' } }, 'role'],
    ['leaves the tester to a researcher', 'tester', { worker: 'research', by: { agent: 'mine' } }, 'role'],
    ['researches', 'researcher', { worker: 'research', by: { agent: 'mine' } }, 'mine'],
    ['looks for holes', 'security', { worker: 'security', by: { agent: 'mine' } }, 'mine'],
    ['does not judge', 'reviewer', { by: { agent: 'mine' } }, 'all'],
    ['does not decide', 'lead', { by: { agent: 'mine' } }, 'all'],
    ['does not resolve conflicts', 'resolver', { by: { agent: 'mine' } }, 'all'],
    ['that is gone leaves the usual one', 'implementer', { by: { agent: 'gone' } }, 'all'],
    ['of a model alone leaves the usual one', 'implementer', { by: { model: 'opus' } }, 'all'],
  ])('the pick of an attempt %s', (_, role, wish, expected) => {
    const chosen = config({ agents, agent: 'all', roles: { tester: 'role' } });
    expect(agentFor(chosen, role, wish)?.name).toBe(expected);
  });

  test.each<[string, Role, Parameters<typeof agentFor>[2], string]>([
    ['works', 'implementer', { instead: { all: { agent: 'mine' } } }, 'mine'],
    ['judges', 'reviewer', { instead: { all: { agent: 'mine' } } }, 'mine'],
    ['resolves', 'resolver', { instead: { all: { agent: 'mine' } } }, 'mine'],
    ['does not work for others', 'tester', { instead: { all: { agent: 'mine' } } }, 'role'],
    ['works for the pick', 'implementer', { by: { agent: 'role' }, instead: { role: { agent: 'mine' } } }, 'mine'],
    ['that is gone leaves the usual one', 'implementer', { instead: { all: { agent: 'gone' } } }, 'all'],
  ])('one that stands in %s', (_, role, wish, expected) => {
    const chosen = config({ agents, agent: 'all', roles: { tester: 'role' } });
    expect(agentFor(chosen, role, wish)?.name).toBe(expected);
  });

  test('one that stands in has the model of its entry, or its own', () => {
    const chosen = config({ agents: { ...agents, mine: { ...agents.mine, model: 'own' } }, agent: 'all' });
    expect(agentFor(chosen, 'lead', { instead: { all: { agent: 'mine', model: 'x' } } })?.model).toBe('x');
    expect(agentFor(chosen, 'lead', { instead: { all: { agent: 'mine' } } })?.model).toBe('own');
  });

  test.each<[string, Parameters<typeof modelFor>[2], string | undefined]>([
    ['that of the segment', { model: 'opus' }, 'opus'],
    ['its own', {}, undefined],
    ['that of the pick', { model: 'opus', by: { agent: 'mine', model: 'sonnet' } }, 'sonnet'],
    ['its own, if the pick names only the agent', { model: 'opus', by: { agent: 'mine' } }, undefined],
    ['that of a pick without an agent', { model: 'opus', by: { model: 'sonnet' } }, 'sonnet'],
    ['its own, if it stands in for another', { model: 'opus', instead: { all: { agent: 'mine' } } }, undefined],
    ['that of the segment, if another stands in', { model: 'opus', instead: { all: { agent: 'role' } } }, 'opus'],
    ['that of the segment, if the pick is another agent', { model: 'opus', by: { agent: 'all', model: 'x' } }, 'opus'],
  ])('has %s as its model', (_, wish, expected) => {
    expect(modelFor(config({ agents }), agents.mine, wish)).toBe(expected);
  });

  describe('of a worker', () => {
    const own = { agent: 'mine', model: 'opus', roles: { reviewer: 'other' } };
    const all = { ...agents, other: agent('other') };
    const chosen = config({ agents: all, agent: 'all', roles: { reviewer: 'role' }, byWorker: { refactor: own } });
    const refactor = { worker: 'refactor' } as const;

    test.each<[string, Role, Parameters<typeof agentFor>[2], string]>([
      ['does its work', 'implementer', refactor, 'mine'],
      ['writes its tests first', 'tester', refactor, 'mine'],
      ['does not work where the segment names another', 'implementer', { ...refactor, agent: 'role' }, 'role'],
      ['judges, if it is named for that', 'reviewer', refactor, 'other'],
      ['does not judge otherwise', 'lead', refactor, 'all'],
      ['does not resolve conflicts', 'resolver', refactor, 'all'],
      ['does not work for other workers', 'implementer', { worker: 'tests' }, 'all'],
      ['does not judge for other workers', 'reviewer', { worker: 'tests' }, 'role'],
      ['does not work where no worker is known', 'implementer', {}, 'all'],
    ])('%s', (_, role, wish, expected) => {
      expect(agentFor(chosen, role, wish)?.name).toBe(expected);
    });

    test('leaves the tests to the role that is named for them', () => {
      expect(agentFor({ ...chosen, roles: { tester: 'role' } }, 'tester', refactor)?.name).toBe('role');
    });

    test('has the model of the worker, which no other agent has', () => {
      expect(modelFor(chosen, all.mine, refactor)).toBe('opus');
      expect(modelFor(chosen, all.mine, { ...refactor, model: 'haiku' })).toBe('haiku');
      expect(modelFor(chosen, all.role, { ...refactor, agent: 'role' })).toBeUndefined();
      expect(modelFor(chosen, all.mine, { worker: 'tests' })).toBeUndefined();
    });

    test('is the usual one with another model, if the worker names only that', () => {
      const model = config({ agents: all, agent: 'all', byWorker: { refactor: { model: 'opus' } } });
      expect(agentFor(model, 'implementer', refactor)?.name).toBe('all');
      expect(modelFor(model, all.all, refactor)).toBe('opus');
    });
  });
});

describe('people and bots', () => {
  const person = (permission: Permission): Person => ({ id: 1, login: 'ana', kind: 'person', permission });
  const bot = (login: string, permission: Permission = 'none'): Person => ({ id: 2, login, kind: 'bot', permission });

  test.each<[Permission, boolean, boolean]>([
    ['admin', true, true],
    ['maintain', true, true],
    ['write', true, true],
    ['triage', false, true],
    ['read', false, false],
    ['none', false, false],
  ])('with %s may write %j, may triage %j', (permission, write, triage) => {
    expect([mayWrite(person(permission)), mayTriage(person(permission))]).toStrictEqual([write, triage]);
    expect(isTrusted(person(permission), config())).toBe(write);
    expect(isTrusted(bot('renovate', permission), config())).toBe(false);
  });

  test.each<[string, string, boolean]>([
    ['renovate', 'renovate', true],
    ['Renovate[bot]', 'renovate', true],
    ['renovate', 'RENOVATE[bot]', true],
    ['renovate[bot]', 'other', false],
    ['[bot]renovate', 'renovate', false],
    ['renovate[bot]x', 'renovatex', false],
    ['', 'mutated', false],
  ])('the config names %j: the bot %j is trusted %j', (named, login, is) => {
    const chosen = config({ allowedBots: ['first', named, 'last'] });
    expect(isNamedBot(bot(login), chosen)).toBe(is);
    expect(isTrusted(bot(login), chosen)).toBe(is);
    expect(isNamedBot({ ...bot(login), kind: 'person' }, chosen)).toBe(false);
  });

  test('a bot is not named by an empty list, and a person not trusted by being named', () => {
    expect(isNamedBot(bot('renovate'), config({ allowedBots: [] }))).toBe(false);
    expect(isTrusted(person('read'), config({ allowedBots: ['ana'] }))).toBe(false);
  });
});

describe('personas and skills', () => {
  const none = { personas: [], skills: [] };
  const added = { personas: ['team/agents/', '.claude/agents//', 'x'], skills: ['team//skills/', '.github/skills'] };

  test('are looked for in the folders of the config, then in the usual ones, each once', () => {
    expect(foldersFor('persona', none)).toStrictEqual([
      '.agents',
      '.agents/agents',
      '.claude/agents',
      '.github/agents',
    ]);
    expect(foldersFor('skill', none)).toStrictEqual(['.agents/skills', '.claude/skills', '.github/skills']);
    expect(foldersFor('persona', added)).toStrictEqual([
      'team/agents',
      '.claude/agents',
      'x',
      '.agents',
      '.agents/agents',
      '.github/agents',
    ]);
    expect(foldersFor('skill', added)).toStrictEqual([
      'team//skills',
      '.github/skills',
      '.agents/skills',
      '.claude/skills',
    ]);
  });

  test('a persona is a file with either ending, a skill a folder with its file', () => {
    expect(pathsFor('persona', 'api', { personas: ['x'], skills: ['y'] }).slice(0, 4)).toStrictEqual([
      'x/api.agent.md',
      'x/api.md',
      '.agents/api.agent.md',
      '.agents/api.md',
    ]);
    expect(pathsFor('skill', 'tdd', { personas: ['x'], skills: ['y'] })).toStrictEqual([
      'y/tdd/SKILL.md',
      '.agents/skills/tdd/SKILL.md',
      '.claude/skills/tdd/SKILL.md',
      '.github/skills/tdd/SKILL.md',
    ]);
  });

  test.each<[string, string | undefined]>([
    ['api.md', 'api'],
    ['api.agent.md', 'api'],
    ['tech-lead.md', 'tech-lead'],
    ['9.md', '9'],
    ['a.md', 'a'],
    [`${'a'.repeat(63)}.md`, 'a'.repeat(63)],
    [`${'a'.repeat(64)}.md`, undefined],
    ['api.txt', undefined],
    ['api', undefined],
    ['mutated', undefined],
    ['api.md.bak', undefined],
    ['.md', undefined],
    ['.agent.md', undefined],
    ['-api.md', undefined],
    ['API.md', 'API'],
    ['api_2.md', 'api_2'],
    ['CSharpExpert.agent.md', 'CSharpExpert'],
    ['gpt-5.beast-mode.md', 'gpt-5.beast-mode'],
    ['README.md', undefined],
    ['AGENTS.md', undefined],
    ['_api.md', undefined],
    ['..md', undefined],
    ['xé.md', undefined],
    ['', undefined],
  ])('the file %j holds the persona %j', (file, name) => {
    expect(personaIn(file)).toBe(name);
  });

  test.each<[string, boolean]>([
    ['tdd', true],
    ['a-1', true],
    ['-a', false],
    ['A', true],
    ['a_b.c', true],
    ['a b', false],
    ['a/b', false],
    ['..', false],
    ['', false],
  ])('the folder %j may be a skill: %j', (folder, may) => {
    expect(isInstructionName(folder)).toBe(may);
  });
});

describe('waves and progress', () => {
  const wave = (number: number, ...tracks: readonly (readonly number[])[]): Wave => ({
    number,
    tracks: tracks.map((segments) => ({ letter: 'A', name: 'x', segments: segments.map(issueNumber) })),
  });

  test('the segments of a wave stand track by track', () => {
    expect(segmentsOf(wave(1, [4, 2], [3]))).toStrictEqual([4, 2, 3]);
    const plan = { waves: [wave(1, [2]), wave(2, [4], [3]), wave(2, [9])] } as never;
    expect([1, 2, 3].map((number) => segmentsInWave(plan, number))).toStrictEqual([[2], [4, 3], []]);
  });

  const NEW: Progress = { kind: 'not in this execution', problem: { kind: 'SEGMENT_NEW', at: {} } };
  test.each<[string, Progress | undefined, boolean, boolean]>([
    ['merged', { kind: 'merged', pull: 31 as never }, true, false],
    ['answered', { kind: 'answered' }, true, false],
    ['skipped', { kind: 'skipped' }, true, false],
    ['closed before', { kind: 'closed before' }, true, false],
    ['ready', { kind: 'ready' }, false, false],
    ['in review', { kind: 'in review', pull: 31 as never, head: HEAD, waits: [] }, false, false],
    ['blocked', { kind: 'blocked', problem: { kind: 'SEGMENT_NEW', at: {} } }, false, false],
    ['new', NEW, false, true],
    ['changed', { kind: 'not in this execution', problem: { kind: 'SEGMENT_CHANGED', at: {} } }, false, false],
    ['unknown', undefined, false, false],
  ])('%s: done %j, left out %j', (_, progress, done, leftOut) => {
    expect([isDone(progress), isLeftOut(progress)]).toStrictEqual([done, leftOut]);
  });
});
