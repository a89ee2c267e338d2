import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import { defaultConfig } from '../../src/config/schema.ts';
import { formatProblem } from '../../src/words/problems.ts';
import { expectSoon } from '../cpu.ts';

const FILE = '.github/swarm.yml';
const read = (text: string | undefined) => readConfig(text, FILE);
/** First lines as people read them, with their level. */
const told = (text: string): string[] =>
  read(text).diagnostics.map(({ level, problem }) => `${level}: ${formatProblem(problem).split('\n')[0]}`);

describe('a config that is right', () => {
  it('need not be there, and may be empty or only comments', () => {
    for (const text of [
      undefined,
      '',
      '\n',
      '# nothing yet\n',
      '\ufeff# with a byte order mark\r\n',
      'gates:\n  # tests: later\n',
    ]) {
      expect(read(text)).toEqual({ config: defaultConfig(), diagnostics: [] });
    }
  });

  it('gives every key its value (R9.4)', () => {
    const { config, diagnostics } = read(
      [
        'mode: collaborative',
        'schedule: eager',
        'max-parallel: auto',
        'max-in-review: 6',
        'workers: {tests: 1, refactor: {agent: codex, model: gpt-5, roles: {reviewer: goose}, escalate: [opus]}, security: {max: 3}}',
        'base: develop',
        "branch: 'swarm/{epic}/{number}-{slug}'",
        'merge: manual',
        'merge-method: rebase',
        'approvals: 2',
        'acceptance: automatic',
        'adopt: automatic',
        'attempts: 1',
        'reworks: 2',
        'tries: 4',
        'calibration-rounds: 1',
        'baseline: off',
        'tdd: false',
        'council: on',
        'isolation: bubblewrap',
        'network: [api.example.com, "*.example.org", localhost:5432]',
        'agent-settings: repository',
        'personas: [docs/personas]',
        'skills: [docs/skills]',
        'question-timeout: 2h',
        'question-auto-resume: false',
        'remind: 3d',
        'timeout: 2h',
        'budget: {segment: 1.5, epic: 20}',
        'agent: {command: [node, agent.mjs, "two words"]}',
        'agents:',
        '  claude: {model: sonnet, effort: high, max-turns: 80, budget: 5, timeout: 30m, environment: [MY_KEY]}',
        '  codex: {price: {input: 1.25, output: 10}}',
        '  goose: {kind: acp, command: [goose, acp], price: {input: 1, output: 2, cached: 0}}',
        '  judge: {kind: claude, keys: {ANTHROPIC_API_KEY: JUDGE_KEY}}',
        'roles: {reviewer: goose}',
        'fallback: [codex, goose/qwen]',
        'escalate: [opus, codex, goose/qwen, anthropic/claude, {model: judge}, {agent: codex, model: gpt-5}]',
        'gates:',
        '  tests: {run: [npm, test], timeout: 20m, env: {TZ: UTC}, directory: packages/api}',
        '  docs: {run: [make, docs]}',
        '  security: {off: true}',
        '  mutation: {survivors: 0}',
        'environment: [ANTHROPIC_API_KEY]',
        'protect: [migrations/**]',
        'unprotect: [.vscode/**]',
        `secrets: {allow: [{path: test/fixtures/**, sha256: ${'0a'.repeat(32)}}]}`,
        'allowed-bots: ["release-bot[bot]"]',
        'labels: {execute: ship-it}',
        'limits: {segments: 20}',
      ].join('\n'),
    );
    expect(diagnostics).toEqual([]);
    expect(config).toEqual({
      mode: 'collaborative',
      schedule: 'eager',
      maxParallel: 'auto',
      maxInReview: 6,
      workers: { implementation: 4, tests: 1, research: 8, security: 3, refactor: 4 },
      byWorker: {
        refactor: { agent: 'codex', model: 'gpt-5', roles: { reviewer: 'goose' }, escalate: [{ model: 'opus' }] },
        security: {},
      },
      base: 'develop',
      branch: 'swarm/{epic}/{number}-{slug}',
      merge: 'manual',
      mergeMethod: 'rebase',
      approvals: 2,
      acceptance: 'automatic',
      adopt: 'automatic',
      attempts: 1,
      reworks: 2,
      tries: 4,
      calibrationRounds: 1,
      baseline: 'off',
      tdd: 'off',
      council: 'on',
      isolation: 'bubblewrap',
      network: ['api.example.com', '*.example.org', 'localhost:5432'],
      agentSettings: 'repository',
      instructions: { personas: ['docs/personas'], skills: ['docs/skills'] },
      questions: { timeoutMinutes: 120, unanswered: 'wait' },
      remindMinutes: 4_320,
      timeoutMinutes: 120,
      budgetUsd: { segment: 1.5, epic: 20 },
      agent: 'command',
      agents: {
        ...defaultConfig().agents,
        claude: {
          name: 'claude',
          kind: 'claude',
          command: [],
          model: 'sonnet',
          effort: 'high',
          maxTurns: 80,
          budgetUsd: 5,
          timeoutMinutes: 30,
          environment: ['MY_KEY'],
        },
        codex: {
          name: 'codex',
          kind: 'codex',
          command: [],
          price: { inputUsd: 1.25, outputUsd: 10, cachedUsd: 1.25 },
          environment: [],
        },
        goose: {
          name: 'goose',
          kind: 'acp',
          command: ['goose', 'acp'],
          price: { inputUsd: 1, outputUsd: 2, cachedUsd: 0 },
          environment: [],
        },
        judge: {
          name: 'judge',
          kind: 'claude',
          command: [],
          keys: { ANTHROPIC_API_KEY: 'JUDGE_KEY' },
          environment: [],
        },
        command: { name: 'command', kind: 'command', command: ['node', 'agent.mjs', 'two words'], environment: [] },
      },
      roles: { reviewer: 'goose' },
      gates: {
        tests: { run: ['npm', 'test'], timeoutMinutes: 20, environment: { TZ: 'UTC' }, directory: 'packages/api' },
        docs: { run: ['make', 'docs'] },
        security: { off: true },
        mutation: { survivors: 0 },
      },
      environment: ['ANTHROPIC_API_KEY'],
      fallback: [{ agent: 'codex' }, { agent: 'goose', model: 'qwen' }],
      escalate: [
        { model: 'opus' },
        { agent: 'codex' },
        { agent: 'goose', model: 'qwen' },
        { model: 'anthropic/claude' },
        { model: 'judge' },
        { agent: 'codex', model: 'gpt-5' },
      ],
      protect: ['migrations/**'],
      unprotect: ['.vscode/**'],
      allowedSecrets: [{ path: 'test/fixtures/**', sha256: '0a'.repeat(32) }],
      allowedBots: ['release-bot[bot]'],
      labels: { execute: 'ship-it' },
      limits: { segments: 20, waves: 50, dispatches: 300 },
    });
  });
});

it.each(['claude-opus-4-1', 'codex-mini', 'gemini2', 'gpt-5', 'o3', 'claude', 'sonnet', '{model: cluade}'])(
  'a list of agents and models may have %s',
  (entry) => {
    expect(readConfig(`escalate: [${entry}]`, '.github/swarm.yml').diagnostics).toEqual([]);
  },
);

describe('a config that is wrong', () => {
  it.each<[string, string, string]>([
    [
      'a value not in the list',
      'mode: agentik',
      'error: .github/swarm.yml:1:1: `mode` cannot be "agentik". Did you mean `agentic`?  [CONFIG_VALUE]',
    ],
    [
      'a price without its other half',
      'agents: {codex: {price: {input: 1.25}}}',
      'error: .github/swarm.yml:1:18: `agents.codex.price.output` cannot be "(empty)".  [CONFIG_VALUE]',
    ],
    [
      'a price below nothing',
      'agents: {codex: {price: {input: -1, output: 2}}}',
      'error: .github/swarm.yml:1:26: `agents.codex.price.input` cannot be "-1".  [CONFIG_VALUE]',
    ],
    [
      'an agent that nobody has',
      'agent: clade',
      'error: .github/swarm.yml:1:1: `agent` cannot be "clade". Did you mean `claude`?  [CONFIG_VALUE]',
    ],
    [
      'a role of an agent that nobody has',
      'agents: {mine: {command: [a]}}\nroles: {lead: mien}',
      'error: .github/swarm.yml:2:9: `roles.lead` cannot be "mien". Did you mean `mine`?  [CONFIG_VALUE]',
    ],
    [
      'an escalation to an agent that nobody has',
      'escalate:\n  - opus\n  - {agent: codx}',
      'error: .github/swarm.yml:3:5: `escalate` cannot be "codx". Did you mean `codex`?  [CONFIG_VALUE]',
    ],
    [
      'an escalation to what is almost an agent',
      'escalate: [opus, cluade]',
      'error: .github/swarm.yml:1:18: `escalate` cannot be "cluade". Did you mean `claude`?  [CONFIG_VALUE]',
    ],
    [
      'an escalation to nobody',
      'escalate: [{}]',
      'error: .github/swarm.yml:1:12: `escalate` cannot be "{}".  [CONFIG_VALUE]',
    ],
    [
      'a fallback to a model',
      'fallback: [opus]',
      'error: .github/swarm.yml:1:12: `fallback` cannot be "opus".  [CONFIG_VALUE]',
    ],
    [
      'a fallback to an agent that nobody has',
      'fallback: [codex, gemni]',
      'error: .github/swarm.yml:1:19: `fallback` cannot be "gemni". Did you mean `gemini`?  [CONFIG_VALUE]',
    ],
    [
      'a worker with an agent that nobody has',
      'workers: {tests: {agent: codx}}',
      'error: .github/swarm.yml:1:19: `workers.tests.agent` cannot be "codx". Did you mean `codex`?  [CONFIG_VALUE]',
    ],
    [
      'a worker with a role of an agent that nobody has',
      'workers: {tests: {roles: {reviewer: codx}}}',
      'error: .github/swarm.yml:1:27: `workers.tests.roles.reviewer` cannot be "codx". Did you mean `codex`?  [CONFIG_VALUE]',
    ],
    [
      'a worker with a key that workers do not have',
      'workers: {tests: {modell: opus}}',
      'warning: .github/swarm.yml:1:19 has an unknown key: "workers.tests.modell". Did you mean `model`?  [CONFIG_KEY]',
    ],
    [
      'a worker with a cap out of range',
      'workers: {tests: {max: 0}}',
      'error: .github/swarm.yml:1:19: `workers.tests.max` cannot be "0".  [CONFIG_VALUE]',
    ],
    [
      'an agent without a program',
      'agents: {goose: {kind: acp}}',
      'error: .github/swarm.yml:1:10: `agents.goose` cannot be "kind: acp".  [CONFIG_VALUE]',
    ],
    [
      'a key that an agent does not have',
      'agents: {claude: {modell: opus}}',
      'warning: .github/swarm.yml:1:19 has an unknown key: "agents.claude.modell". Did you mean `model`?  [CONFIG_KEY]',
    ],
    [
      'an agent’s key for the runner',
      'agents: {claude: {environment: [GITHUB_TOKEN]}}',
      'error: .github/swarm.yml:1:33: `agents.claude.environment` cannot be "GITHUB_TOKEN".  [CONFIG_VALUE]',
    ],
    [
      'a token as an agent’s own key',
      'agents: {claude: {keys: {ANTHROPIC_API_KEY: GITHUB_TOKEN}}}',
      'error: .github/swarm.yml:1:26: `agents.claude.keys.ANTHROPIC_API_KEY` cannot be "GITHUB_TOKEN".  [CONFIG_VALUE]',
    ],
    [
      'a number as a text',
      'max-parallel: "10"',
      'error: .github/swarm.yml:1:1: `max-parallel` cannot be \'"10"\'.  [CONFIG_VALUE]',
    ],
    [
      'a number out of range',
      'approvals: 1\nmax-parallel: 1e9',
      'error: .github/swarm.yml:2:1: `max-parallel` cannot be "1e9".  [CONFIG_VALUE]',
    ],
    [
      'a number below',
      'max-parallel: -1',
      'error: .github/swarm.yml:1:1: `max-parallel` cannot be "-1".  [CONFIG_VALUE]',
    ],
    [
      'infinity',
      'max-parallel: .inf',
      'error: .github/swarm.yml:1:1: `max-parallel` cannot be ".inf".  [CONFIG_VALUE]',
    ],
    [
      'a word for a number',
      'max-parallel: no',
      'error: .github/swarm.yml:1:1: `max-parallel` cannot be "no".  [CONFIG_VALUE]',
    ],
    [
      'an octal-looking number',
      'max-parallel: 010',
      'error: .github/swarm.yml:1:15 cannot be read: "010 is ambiguous; write the number without a leading zero".  [CONFIG_YAML]',
    ],
    [
      'a duration beyond the limit',
      'timeout: 9h',
      'error: .github/swarm.yml:1:1: `timeout` cannot be "9h".  [CONFIG_VALUE]',
    ],
    [
      'a command as a shell line',
      'agent:\n  command: "a; $(b)"',
      'error: .github/swarm.yml:2:3: `agent.command` cannot be \'"a; $(b)"\'.  [CONFIG_VALUE]',
    ],
    [
      'a gate as a shell line',
      'gates: {tests: npm test}',
      'error: .github/swarm.yml:1:9: `gates.tests` cannot be "npm test".  [CONFIG_VALUE]',
    ],
    [
      'every bot',
      'allowed-bots: ["*"]',
      'error: .github/swarm.yml:1:16: `allowed-bots` cannot be \'"*"\'.  [CONFIG_VALUE]',
    ],
    [
      'a token for gates',
      'environment: [GITHUB_TOKEN]',
      'error: .github/swarm.yml:1:15: `environment` cannot be "GITHUB_TOKEN".  [CONFIG_VALUE]',
    ],
    [
      'a loader hook for a gate',
      'gates: {tests: {env: {NODE_OPTIONS: x}}}',
      'error: .github/swarm.yml:1:23: `gates.tests.env.NODE_OPTIONS` cannot be "NODE_OPTIONS".  [CONFIG_VALUE]',
    ],
    [
      'a path of modules for a gate',
      'gates: {tests: {env: {PYTHONPATH: tools}}}',
      'error: .github/swarm.yml:1:23: `gates.tests.env.PYTHONPATH` cannot be "PYTHONPATH".  [CONFIG_VALUE]',
    ],
    [
      'a path of programs for gates',
      'environment: [PATH]',
      'error: .github/swarm.yml:1:15: `environment` cannot be "PATH".  [CONFIG_VALUE]',
    ],
    [
      'a URL for a host',
      'network: [example.com, "https://example.com"]',
      'error: .github/swarm.yml:1:24: `network` cannot be \'"https://example.com"\'.  [CONFIG_VALUE]',
    ],
    ['every host', 'network: ["*"]', 'error: .github/swarm.yml:1:11: `network` cannot be \'"*"\'.  [CONFIG_VALUE]'],
    [
      'a network that nobody has',
      'network: opne',
      'error: .github/swarm.yml:1:1: `network` cannot be "opne".  [CONFIG_VALUE]',
    ],
    [
      "a gate's name with marks",
      'gates: {"a|b": {run: [x]}}',
      'error: .github/swarm.yml:1:9: `gates.a|b` cannot be "a|b".  [CONFIG_VALUE]',
    ],
    [
      'survivors of a gate that has none',
      'gates: {tests: {survivors: 10}}',
      'error: .github/swarm.yml:1:17: `gates.tests.survivors` cannot be "10".  [CONFIG_VALUE]',
    ],
    [
      'survivors of a command',
      'gates: {mutation: {run: [make, mutants], survivors: 10}}',
      'error: .github/swarm.yml:1:42: `gates.mutation.survivors` cannot be "10".  [CONFIG_VALUE]',
    ],
    [
      'more survivors than all',
      'gates: {mutation: {survivors: 101}}',
      'error: .github/swarm.yml:1:20: `gates.mutation.survivors` cannot be "101".  [CONFIG_VALUE]',
    ],
    [
      'a path that leaves',
      'protect: [../x]',
      'error: .github/swarm.yml:1:11: `protect` cannot be "../x".  [CONFIG_VALUE]',
    ],
    [
      'two labels of one name',
      'labels: {execute: go, done: Go}',
      'error: .github/swarm.yml:1:23: `labels.done` cannot be "Go".  [CONFIG_VALUE]',
    ],
    [
      'a branch that all would share',
      'branch: work',
      'error: .github/swarm.yml:1:1: `branch` cannot be "work".  [CONFIG_VALUE]',
    ],
    [
      'an alias',
      'protect: &a [x]\nunprotect: *a',
      'error: .github/swarm.yml:2:12 cannot be read: "aliases (`*name`) are not supported; write the value out".  [CONFIG_YAML]',
    ],
    [
      'a tag',
      'mode: !!js/function x',
      'error: .github/swarm.yml:1:7 cannot be read: "Unresolved tag: tag:yaml.org,2002:js/function".  [CONFIG_YAML]',
    ],
    [
      'a key twice',
      'mode: agentic\nmode: agentic',
      'error: .github/swarm.yml:2:1 cannot be read: "Map keys must be unique".  [CONFIG_YAML]',
    ],
    [
      'a second document',
      'mode: agentic\n---\nmode: agentic',
      'error: .github/swarm.yml:2:1 cannot be read: "a second document starts here (`---`), but only one is allowed".  [CONFIG_YAML]',
    ],
    [
      'a tab',
      'workers:\n\ttests: 1',
      'error: .github/swarm.yml:2:1 cannot be read: "Tabs are not allowed as indentation".  [CONFIG_YAML]',
    ],
    [
      'a NUL',
      'mode: "a\0"',
      'error: .github/swarm.yml:1:9 cannot be read: "it contains a NUL character".  [CONFIG_YAML]',
    ],
    [
      'a list',
      '- mode',
      'error: .github/swarm.yml:1:1 cannot be read: "it has to consist of `key: value` lines".  [CONFIG_YAML]',
    ],
    [
      'an unknown key',
      'max_parallel: 3',
      'warning: .github/swarm.yml:1:1 has an unknown key: "max_parallel". Did you mean `max-parallel`?  [CONFIG_KEY]',
    ],
    [
      'an unknown key with nothing behind it',
      'moed:',
      'warning: .github/swarm.yml:1:1 has an unknown key: "moed". Did you mean `mode`?  [CONFIG_KEY]',
    ],
    [
      'an unknown key further in',
      'gates: {tests: {tiemout: 3}}',
      'warning: .github/swarm.yml:1:17 has an unknown key: "gates.tests.tiemout". Did you mean `timeout`?  [CONFIG_KEY]',
    ],
    [
      'an unknown label',
      'labels: {exeute: a}',
      'warning: .github/swarm.yml:1:10 has an unknown key: "labels.exeute". Did you mean `execute`?  [CONFIG_KEY]',
    ],
    [
      'another file',
      'extends: https://example.com/x.yml',
      'warning: .github/swarm.yml:1:1 has an unknown key: "extends".  [CONFIG_KEY]',
    ],
  ])('%s', (_, text, line) => {
    expect(told(text)).toContain(line);
  });

  it('is too large before it is parsed', () => {
    expect(expectSoon(() => told('a: b\n'.repeat(130_000)))).toEqual([
      'error: .github/swarm.yml is too large: 650,000 bytes; the limit is 65,536.  [CONFIG_SIZE]',
    ]);
  });

  it('is nested too deeply', () => {
    expect(told('['.repeat(20_000))).toEqual([
      'error: .github/swarm.yml:1:33 cannot be read: "it is nested too deeply".  [CONFIG_YAML]',
    ]);
    expect(told(`${'a: {'.repeat(20)}${'}'.repeat(20)}`)).toEqual([
      expect.stringMatching(/cannot be read: "it is nested too deeply"/),
    ]);
  });

  it('keeps what is right beside what is wrong', () => {
    const { config, diagnostics } = read(
      'approvals: many\nmax-parallel: 3\nworkers: {tests: 0, research: 2}\nfoo: 1\n',
    );
    expect(diagnostics.map(({ level }) => level).sort()).toEqual(['error', 'error', 'warning']);
    expect(config.approvals).toBe(1);
    expect(config.maxParallel).toBe(3);
    expect(config.workers).toEqual({ implementation: 4, tests: 4, research: 2, security: 2, refactor: 4 });
  });
});

describe('names out of every object', () => {
  it('pollute nothing', () => {
    const { config, diagnostics } = read('__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\n');
    expect(diagnostics).toHaveLength(2);
    expect(config).toEqual(defaultConfig());
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(told('gates: {__proto__: {off: true}}')).toHaveLength(1);
  });

  it('are ordinary names of gates', () => {
    expect(read('').config.gates.constructor).toBeUndefined();
    expect(read('gates: {constructor: {off: true}}').config.gates.constructor).toEqual({ off: true });
  });
});

it('reading never throws, and always returns a complete config', () => {
  const piece = fc.constantFrom(
    'mode',
    'gates',
    'workers',
    'agent',
    'command',
    'labels',
    '__proto__',
    ':',
    ': ',
    '\n',
    '  ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '&a',
    '*a',
    '!!x',
    '|',
    '>',
    '#',
    '\t',
    '\0',
    '1',
    '.inf',
    'null',
    '~',
    '---',
    '...',
    '\ud800',
    'é',
    ',',
    '?',
    '<<',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(piece, { maxLength: 40 }).map((all) => all.join('')),
      ),
      (text) => {
        const { config, diagnostics } = read(text);
        expect(Object.keys(defaultConfig()).every((key) => key in config)).toBe(true);
        for (const { problem } of diagnostics) expect(formatProblem(problem)).toContain(problem.kind);
      },
    ),
    { numRuns: 500 },
  );
});

describe('a gate that is written as its command', () => {
  it.each([
    ['gates: {tests: npm test}', 'its settings, such as {run: [npm, test]} or {off: true}'],
    ['gates: {tests: "npm test -- --run"}', 'its settings, such as {run: [npm, test, --, --run]} or {off: true}'],
    ['gates: {tests: "a && b"}', 'its settings, such as {run: [npm, test]} or {off: true}'],
    ['gates: {tests: true}', 'its settings, such as {run: [true]} or {off: true}'],
    [
      'gates: {tests: {run: "TZ=UTC make test"}}',
      'a list of the program and its arguments; a shell command in one string is not accepted: run: ["TZ=UTC", make, test]',
    ],
  ])('is shown as it has to be written: %s', (text, expected) => {
    const { diagnostics } = readConfig(text, '.github/swarm.yml');
    expect(diagnostics).toMatchObject([{ level: 'error', problem: { kind: 'CONFIG_VALUE', expected } }]);
  });
});
