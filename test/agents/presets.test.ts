/**
 * The five agents by what they print: their events as they are documented and were seen, told by a shell in their place.
 * The programs themselves are run by `npm run test:agents`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentEnd, AgentTask } from '../../src/agents/task.ts';
import type { AgentChoice, Preset } from '../../src/core/model/config.ts';
import { keysOf } from '../../src/core/model/config.ts';
import { virtualClock } from '../../src/emulator/model/clock.ts';
import { until } from '../rig/wait.ts';
import { Bench, runAgent } from './bench.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.close());

interface Told {
  readonly events?: readonly unknown[];
  readonly stderr?: string;
  readonly exit?: number;
  /** After the events, instead of an end. */
  readonly last?: string;
}

const args = () => readFileSync(join(bench.shared, 'args'), 'utf8').split('\0').slice(0, -1);

/** The agent `kind`, whose program says this. */
function teller(
  kind: Preset,
  { events = [], stderr = '', exit = 0, last = '' }: Told,
  more: Partial<AgentChoice> = {},
): AgentChoice {
  const lines = events.map((event) => (typeof event === 'string' ? event : JSON.stringify(event))).join('\n');
  writeFileSync(join(bench.shared, 'events'), lines === '' ? '' : `${lines}\n`);
  writeFileSync(join(bench.shared, 'stderr'), stderr);
  const script = [
    `cat > '${bench.shared}/stdin'`,
    `printf '%s\\0' "$@" > '${bench.shared}/args'`,
    `env > '${bench.shared}/env'`,
    `cat '${bench.shared}/events'`,
    `cat '${bench.shared}/stderr' >&2`,
    last,
    `exit ${exit}`,
  ].join('\n');
  return { name: kind, kind, command: ['sh', '-c', script, kind], environment: [], ...more };
}

const run = (
  kind: Preset,
  told: Told,
  task: Partial<AgentTask> = {},
  more: Partial<AgentChoice> = {},
): Promise<AgentEnd> => runAgent(bench.task(teller(kind, told, more), task));

const REPORT = 'Mended.\n\n```json\n{"summary": "add() adds"}\n```';

const CLAUDE = {
  init: { type: 'system', subtype: 'init', session_id: 'ses-1', tools: ['Bash'], model: 'sonnet' },
  tool: {
    type: 'assistant',
    message: { id: 'm1', content: [{ type: 'tool_use', name: 'Edit', input: { file_path: '/tree/add.mjs' } }] },
    parent_tool_use_id: null,
  },
  result: {
    type: 'result',
    subtype: 'success',
    is_error: false,
    num_turns: 3,
    total_cost_usd: 0.015,
    usage: { input_tokens: 900, cache_read_input_tokens: 100, cache_creation_input_tokens: 50, output_tokens: 40 },
    permission_denials: [{ tool_name: 'Bash', tool_input: { command: 'git push' } }],
    result: REPORT,
    session_id: 'ses-1',
  },
};
const CODEX = {
  begin: [{ type: 'thread.started', thread_id: 'th-1' }, { type: 'turn.started' }],
  remark: { type: 'item.completed', item: { type: 'error', message: 'Model metadata for `x` not found.' } },
  command: { type: 'item.completed', item: { type: 'command_execution', command: 'npm test', exit_code: 0 } },
  says: { type: 'item.completed', item: { type: 'agent_message', text: REPORT } },
  done: { type: 'turn.completed', usage: { input_tokens: 900, cached_input_tokens: 100, output_tokens: 40 } },
};
const COPILOT = {
  turn: { type: 'assistant.turn_start', data: { turnId: '0' } },
  tool: { type: 'tool.execution_start', data: { toolName: 'bash', arguments: { command: 'npm test' } } },
  denied: { type: 'tool.execution_complete', data: { success: false, error: { code: 'denied', message: 'write' } } },
  says: { type: 'assistant.message', data: { content: REPORT, toolRequests: [] } },
  result: (exitCode: number) => ({ type: 'result', sessionId: 'co-1', exitCode, usage: { premiumRequests: 1 } }),
};
const GEMINI = {
  init: { type: 'init', session_id: 'ge-1', model: 'gemini-2.5-flash' },
  tool: { type: 'tool_use', tool_name: 'write_file', parameters: { file_path: '/tree/add.mjs' } },
  came: { type: 'tool_result', status: 'success' },
  piece: (content: string) => ({ type: 'message', role: 'assistant', content, delta: true }),
  result: { type: 'result', status: 'success', stats: { input_tokens: 900, output_tokens: 40, cached: 100 } },
};
const step = (reason: string, cost = 0.01) => ({
  type: 'step_finish',
  sessionID: 'op_1',
  part: { reason, cost, tokens: { input: 400, output: 20, reasoning: 0, cache: { read: 50, write: 0 } } },
});
const OPENCODE = {
  start: { type: 'step_start', sessionID: 'op_1', part: {} },
  tool: {
    type: 'tool_use',
    sessionID: 'op_1',
    part: { tool: 'write', state: { status: 'completed', input: { filePath: 'add.mjs' } } },
  },
  says: { type: 'text', sessionID: 'op_1', part: { text: REPORT } },
};

describe('a call that ends well (R5.4)', () => {
  it.each<[Preset, Told, object]>([
    [
      'claude',
      { events: [CLAUDE.init, CLAUDE.tool, CLAUDE.result] },
      {
        costUsd: 0.015,
        turns: 3,
        usage: { inputTokens: 1_050, outputTokens: 40, cachedTokens: 100 },
        denied: ['Bash: git push'],
      },
    ],
    [
      'codex',
      { events: [...CODEX.begin, CODEX.remark, CODEX.command, CODEX.says, CODEX.done] },
      { turns: 2, usage: { inputTokens: 900, outputTokens: 40, cachedTokens: 100 } },
    ],
    [
      'copilot',
      { events: [COPILOT.turn, COPILOT.tool, COPILOT.denied, COPILOT.turn, COPILOT.says, COPILOT.result(0)] },
      { turns: 2, denied: ['write'] },
    ],
    [
      'gemini',
      {
        events: [
          GEMINI.init,
          GEMINI.tool,
          GEMINI.came,
          GEMINI.piece(REPORT.slice(0, 9)),
          GEMINI.piece(REPORT.slice(9)),
          GEMINI.result,
        ],
      },
      { turns: 2, usage: { inputTokens: 900, outputTokens: 40, cachedTokens: 100 } },
    ],
    [
      'opencode',
      { events: [OPENCODE.start, OPENCODE.tool, step('tool-calls'), OPENCODE.start, OPENCODE.says, step('stop')] },
      { costUsd: 0.02, turns: 2, usage: { inputTokens: 900, outputTokens: 40, cachedTokens: 100 } },
    ],
  ])('of %s', async (kind, told, expected) => {
    const clock = virtualClock();
    const ended = await run(kind, { ...told, stderr: 'a warning\n' }, { after: clock.after });
    expect(ended).toMatchObject({ text: REPORT, says: { summary: 'add() adds' }, ...expected });
    expect(ended.problem).toBeUndefined();
    expect(ended.session).toBeDefined();
    // A timer that goes on keeps the job alive, and the runner is paid for that.
    expect(clock.waiting()).toBe(0);
    expect(readFileSync(join(bench.shared, 'stdin'), 'utf8')).toBe('Mend add.mjs.');
  });
});

describe('a call that fails', () => {
  const error = (rest: object) => ({ ...CLAUDE.result, is_error: true, ...rest });
  it.each<[string, Preset, Told, object]>([
    [
      'claude is not logged in, and calls it success',
      'claude',
      { events: [CLAUDE.init, error({ result: 'Not logged in · Please run /login' })], exit: 1 },
      {
        kind: 'AGENT_NO_CREDENTIALS',
        agent: 'claude',
        keys: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'CLAUDE_CODE_OAUTH_TOKEN'],
      },
    ],
    [
      'claude’s provider is overloaded',
      'claude',
      { events: [CLAUDE.init, error({ api_error_status: 529, result: 'API Error: Overloaded' })], exit: 1 },
      { kind: 'AGENT_LATER' },
    ],
    [
      'claude has spent its money',
      'claude',
      {
        events: [
          CLAUDE.init,
          error({
            subtype: 'error_max_budget_usd',
            result: undefined,
            total_cost_usd: 0.0112,
            errors: ['Reached maximum budget ($0.01)'],
          }),
        ],
        exit: 1,
      },
      { kind: 'BUDGET_SPENT', spentUsd: 0.0112, budgetUsd: 0.01 },
    ],
    [
      'claude has had its turns',
      'claude',
      { events: [CLAUDE.init, error({ subtype: 'error_max_turns', result: undefined, num_turns: 4 })], exit: 1 },
      { kind: 'AGENT_TURNS', turns: 4 },
    ],
    [
      'claude dies in the middle',
      'claude',
      { events: [CLAUDE.init, CLAUDE.tool], stderr: 'Segmentation fault\n', last: 'kill -SEGV $$' },
      { kind: 'AGENT_CRASHED', exit: 'SIGSEGV', output: 'Segmentation fault' },
    ],
    [
      'claude ends without a result',
      'claude',
      { events: [CLAUDE.init, CLAUDE.tool] },
      { kind: 'AGENT_CRASHED', exit: 'exit code 0 before it was done' },
    ],
    [
      'codex retried, and gave up',
      'codex',
      {
        events: [
          ...CODEX.begin,
          { type: 'error', message: 'Reconnecting... 1/5 (unexpected status 401 Unauthorized)' },
          { type: 'turn.failed', error: { message: 'unexpected status 401 Unauthorized: no key' } },
        ],
        exit: 1,
      },
      { kind: 'AGENT_NO_CREDENTIALS', message: 'unexpected status 401 Unauthorized: no key' },
    ],
    [
      'codex hands on JSON',
      'codex',
      {
        events: [
          ...CODEX.begin,
          {
            type: 'turn.failed',
            error: { message: '{"error":{"message":"The model `x` does not exist","code":"400"}}' },
          },
        ],
        exit: 1,
      },
      { kind: 'AGENT_MODEL_REFUSED', message: 'The model `x` does not exist' },
    ],
    [
      'codex is an older one',
      'codex',
      { stderr: 'error: unexpected argument --json found\n', exit: 2 },
      { kind: 'AGENT_CRASHED', exit: 'exit code 2', output: 'error: unexpected argument --json found' },
    ],
    [
      'codex is another program',
      'codex',
      { events: ['Hello, this is codex.'] },
      { kind: 'AGENT_UNREADABLE', output: 'Hello, this is codex.' },
    ],
    [
      'copilot has no login',
      'copilot',
      { stderr: 'Error: No authentication information found.\n', exit: 1 },
      { kind: 'AGENT_NO_CREDENTIALS' },
    ],
    [
      'copilot’s provider is overloaded',
      'copilot',
      {
        events: [
          COPILOT.turn,
          {
            type: 'session.error',
            data: { errorType: 'query', statusCode: 529, message: 'retried 5 times. Last error: 529' },
          },
          COPILOT.result(1),
        ],
        exit: 1,
      },
      { kind: 'AGENT_LATER' },
    ],
    [
      'copilot got over an error',
      'copilot',
      { events: [COPILOT.turn, { type: 'session.error', data: { message: 'once' } }, COPILOT.says, COPILOT.result(0)] },
      {},
    ],
    [
      'gemini has no login',
      'gemini',
      { stderr: 'Please set an Auth method in settings.json\n', exit: 41 },
      { kind: 'AGENT_NO_CREDENTIALS' },
    ],
    [
      'gemini’s result is an error',
      'gemini',
      {
        events: [
          GEMINI.init,
          {
            type: 'result',
            status: 'error',
            error: {
              message: '[API Error: {"error":{"code":429,"message":"exhausted","status":"RESOURCE_EXHAUSTED"}}]',
            },
            stats: {},
          },
        ],
        exit: 173,
      },
      { kind: 'AGENT_LATER' },
    ],
    [
      'opencode’s provider refuses',
      'opencode',
      {
        events: [
          {
            type: 'error',
            sessionID: 'op_1',
            error: { name: 'APIError', data: { statusCode: 401, message: 'no', isRetryable: false } },
          },
        ],
        exit: 1,
      },
      { kind: 'AGENT_NO_CREDENTIALS' },
    ],
    [
      'opencode ends between two steps',
      'opencode',
      { events: [OPENCODE.start, OPENCODE.tool, step('tool-calls', 0)] },
      { kind: 'AGENT_CRASHED', exit: 'exit code 0 before it was done' },
    ],
    ['it is not there', 'gemini', { stderr: 'sh: gemini: not found\n', exit: 127 }, { kind: 'AGENT_NOT_FOUND' }],
    [
      'what it prints is half a line of JSON',
      'claude',
      { events: ['{"type":"result","is_err'], exit: 0 },
      { kind: 'AGENT_UNREADABLE' },
    ],
    [
      'its JSON has other types than expected',
      'claude',
      {
        events: [
          { type: 'system', subtype: 'init', session_id: 5 },
          { type: 'assistant', message: 'x' },
          { type: 'result', usage: [], total_cost_usd: -1, num_turns: 'many', result: {} },
        ],
      },
      {},
    ],
  ])('%s', async (_, kind, told, problem) => {
    const ended = await run(kind, told, { budgetUsd: 0.01 });
    if (Object.keys(problem).length === 0) expect(ended.problem).toBeUndefined();
    else expect(ended.problem).toMatchObject(problem);
  });

  it.each<[string, Preset, Told, number, object]>([
    [
      'tells of a limit over and over',
      'codex',
      { events: [...CODEX.begin, { type: 'error', message: 'Reconnecting... waiting for network' }] },
      3,
      { kind: 'AGENT_LATER', message: 'Reconnecting... waiting for network' },
    ],
    [
      'logs an outage and says nothing',
      'opencode',
      { stderr: 'timestamp=x level=ERROR message="stream error" error.error="AI_APICallError: Overloaded"\n' },
      3,
      { kind: 'AGENT_LATER', message: 'AI_APICallError: Overloaded' },
    ],
    ['waits for ever', 'claude', { events: [CLAUDE.init] }, 2, { kind: 'AGENT_SILENT', agent: 'claude' }],
  ])('that hangs, and %s', async (_, kind, told, timers, problem) => {
    const clock = virtualClock();
    const ended = run(kind, { ...told, last: 'sleep 300' }, { after: clock.after, idleMs: 1_000 });
    // Its time, its silence, and its trouble where it has said something of one.
    await until('its words to be heard', () => clock.waiting() === timers);
    await clock.advance(1_000);
    expect((await ended).problem).toMatchObject(problem);
  });

  it('when it does not leave after its result, it is shown out and has not failed', async () => {
    const ended = await run('claude', { events: [CLAUDE.init, CLAUDE.result], last: 'sleep 300' });
    expect(ended.problem).toBeUndefined();
    expect(ended.costUsd).toBe(0.015);
  });

  it('by money, in the middle of the work', async () => {
    const events = [OPENCODE.start, OPENCODE.tool, step('tool-calls', 0.02)];
    const ended = await run('opencode', { events, last: 'sleep 300' }, { budgetUsd: 0.01 });
    expect(ended.problem).toEqual({ kind: 'BUDGET_SPENT', spentUsd: 0.02, budgetUsd: 0.01, of: 'segment' });
  });

  it('by money of this call alone, where it goes on', async () => {
    const events = [OPENCODE.start, OPENCODE.tool, step('tool-calls', 0.02)];
    const { session = '' } = await run('opencode', {
      events: [...events, OPENCODE.start, OPENCODE.says, step('stop')],
    });
    const ended = await run('opencode', { events, last: 'sleep 300' }, { budgetUsd: 0.01, resume: session });
    expect(ended.problem).toMatchObject({ kind: 'BUDGET_SPENT', spentUsd: 0.02 });
  });

  it('by turns, where the agent has no limit of its own', async () => {
    const events = [...CODEX.begin, CODEX.command, CODEX.command, CODEX.command];
    const ended = await run('codex', { events, last: 'sleep 300' }, { maxTurns: 2 });
    expect(ended.problem).toEqual({ kind: 'AGENT_TURNS', agent: 'codex', turns: 2 });
  });
});

describe('what it is told', () => {
  const DONE: Readonly<Record<Preset, Told>> = {
    claude: { events: [CLAUDE.init, CLAUDE.result] },
    codex: { events: [...CODEX.begin, CODEX.says, CODEX.done] },
    copilot: { events: [COPILOT.turn, COPILOT.says, COPILOT.result(0)] },
    gemini: { events: [GEMINI.init, GEMINI.piece('Done.'), GEMINI.result] },
    opencode: { events: [OPENCODE.start, OPENCODE.says, step('stop')] },
  };
  const ANSWER = { name: 'verdict', schema: { type: 'object' } };
  it.each<[string, Preset, Partial<AgentTask>, readonly string[]]>([
    ['to write', 'claude', {}, ['--permission-mode', 'bypassPermissions']],
    ['to read', 'claude', { access: 'read' }, ['--permission-mode', 'dontAsk', '--tools', 'Read,Grep,Glob']],
    ['model and effort', 'claude', { model: 'opus', effort: 'max' }, ['--model', 'opus', '--effort', 'max']],
    ['limits', 'claude', { maxTurns: 9, budgetUsd: 2 }, ['--max-turns', '9', '--max-budget-usd', '2']],
    ['a form', 'claude', { answer: ANSWER }, ['--json-schema', '{"type":"object"}']],
    [
      'to go on; its money counts from the start',
      'claude',
      { resume: '["ses-1",0.5,10,1,0]', budgetUsd: 2 },
      ['--max-budget-usd', '2.5', '--resume', 'ses-1'],
    ],
    ['to write', 'codex', {}, ['-c', 'sandbox_mode="workspace-write"']],
    ['to read', 'codex', { access: 'read' }, ['-c', 'sandbox_mode="read-only"', '-c', 'approval_policy="never"']],
    [
      'model and effort',
      'codex',
      { model: 'gpt-6', effort: 'max' },
      ['-m', 'gpt-6', '-c', 'model_reasoning_effort="xhigh"'],
    ],
    ['to go on', 'codex', { resume: '["th-1"]' }, ['exec', 'resume', 'th-1', '--json']],
    ['to read', 'copilot', { access: 'read' }, ['--deny-tool', 'write', '--deny-tool', 'shell']],
    [
      'model and effort',
      'copilot',
      { model: 'gpt-6', effort: 'max' },
      ['--model', 'gpt-6', '--reasoning-effort', 'xhigh'],
    ],
    ['to go on', 'copilot', { resume: '["co-1"]' }, ['--resume=co-1']],
    ['to write', 'gemini', {}, ['--approval-mode', 'yolo']],
    ['to read', 'gemini', { access: 'read' }, ['--approval-mode', 'plan']],
    ['its model, and to go on', 'gemini', { model: 'flash', resume: '["ge-1"]' }, ['-m', 'flash', '-r', 'ge-1']],
    ['to write', 'opencode', {}, ['--auto']],
    [
      'model and effort, and to go on',
      'opencode',
      { model: 'a/b', effort: 'high', resume: '["op_1"]' },
      ['-m', 'a/b', '--variant', 'high', '-s', 'op_1'],
    ],
    ['nothing of a conversation that is none of its own', 'claude', { resume: '--dangerously' }, []],
  ])('%s: %s', async (_, kind, task, expected) => {
    const ended = await run(kind, DONE[kind], task);
    expect(ended.problem).toBeUndefined();
    const given = `\n${args().join('\n')}\n`;
    expect(given).toContain(expected.length === 0 ? '\n' : `\n${expected.join('\n')}\n`);
    expect(given).not.toContain('dangerously');
  });

  it('no limit of money by gemini, which tells none: somebody has to know', async () => {
    const ended = await run('gemini', DONE.gemini, { budgetUsd: 1, effort: 'high' });
    expect(ended.warnings).toEqual([
      'gemini has no setting for effort',
      'gemini reports no cost and the config sets no price for its tokens, so its budget could not be enforced',
    ]);
  });

  it('its own keys, and nobody else’s', async () => {
    const keys = {
      ANTHROPIC_API_KEY: 'of-claude',
      CODEX_API_KEY: 'of-codex',
      GITHUB_TOKEN: 'of-the-job',
      DATABASE_URL: 'of-gates',
      MY_KEY: 'mine',
    };
    bench.set(keys);
    await run('claude', DONE.claude, { environment: ['DATABASE_URL'] }, { environment: ['MY_KEY'] });
    const seen = readFileSync(join(bench.shared, 'env'), 'utf8');
    expect(Object.values(keys).filter((value) => seen.includes(value))).toEqual(['of-claude', 'mine']);
    expect(keysOf({ kind: 'claude', environment: ['MY_KEY'] })).toEqual([
      'ANTHROPIC_API_KEY',
      'ANTHROPIC_AUTH_TOKEN',
      'CLAUDE_CODE_OAUTH_TOKEN',
      'MY_KEY',
    ]);
  });

  it('the keys that the config gives it under the names that it reads, and not those of its preset', async () => {
    const keys = { ANTHROPIC_API_KEY: 'of-the-author', CLAUDE_CODE_OAUTH_TOKEN: 'of-both', JUDGE_KEY: 'of-the-judge' };
    bench.set({ ...keys, MY_KEY: 'mine' });
    const judge = { keys: { ANTHROPIC_API_KEY: 'JUDGE_KEY' }, environment: ['MY_KEY'] };
    await run('claude', DONE.claude, {}, judge);
    const seen = readFileSync(join(bench.shared, 'env'), 'utf8').split('\n');
    expect(seen).toEqual(expect.arrayContaining(['ANTHROPIC_API_KEY=of-the-judge', 'MY_KEY=mine']));
    expect(seen.filter((line) => /of-the-author|of-both|JUDGE_KEY/.test(line))).toEqual([]);
    expect(keysOf({ kind: 'claude', ...judge })).toEqual(['JUDGE_KEY', 'MY_KEY']);
  });

  it('a plain command its keys under the names that it reads', async () => {
    bench.set({ ANTHROPIC_API_KEY: 'of-the-author', JUDGE_KEY: 'of-the-judge' });
    const command = ['sh', '-c', `env > '${bench.shared}/env'`];
    const keys = { ANTHROPIC_API_KEY: 'JUDGE_KEY' };
    await runAgent(bench.task({ name: 'judge', kind: 'command', command, keys, environment: [] }));
    const seen = readFileSync(join(bench.shared, 'env'), 'utf8').split('\n');
    expect(seen.filter((line) => /of-the-/.test(line))).toEqual(['ANTHROPIC_API_KEY=of-the-judge']);
  });

  it.each<[Preset, Partial<AgentChoice>, Told, readonly string[]]>([
    ['codex', { keys: { OPENAI_API_KEY: 'JUDGE_KEY' } }, DONE.codex, ['OPENAI', 'CODEX']],
    ['opencode', { keys: { GEMINI_API_KEY: 'JUDGE_KEY' } }, DONE.opencode, ['GEMINI', 'GOOGLE_GENERATIVE_AI']],
    ['opencode', { model: 'anthropic/opus' }, DONE.opencode, []],
    ['opencode', { model: 'google/pro' }, DONE.opencode, ['GEMINI', 'GOOGLE_GENERATIVE_AI']],
  ])('%s with %j: no key of others under another name', async (kind, more, told, names) => {
    const own = more.keys ? 'of-the-judge' : 'of-the-job';
    bench.set({ OPENAI_API_KEY: 'of-the-job', GEMINI_API_KEY: 'of-the-job', JUDGE_KEY: 'of-the-judge' });
    await run(kind, told, {}, more);
    const seen = readFileSync(join(bench.shared, 'env'), 'utf8').split('\n');
    expect(seen.filter((line) => /=of-the-(?:job|judge)$/.test(line)).sort()).toEqual(
      names.map((name) => `${name}_API_KEY=${own}`).sort(),
    );
  });

  it('codex its key by the name that it reads', async () => {
    bench.set({ OPENAI_API_KEY: 'the-usual-one', CODEX_API_KEY: '' });
    await run('codex', DONE.codex);
    expect(readFileSync(join(bench.shared, 'env'), 'utf8')).toContain('CODEX_API_KEY=the-usual-one');
  });
});

describe('a conversation that goes on', () => {
  it.each<[Preset, Told, Told, object]>([
    [
      'claude',
      { events: [CLAUDE.init, CLAUDE.result] },
      { events: [CLAUDE.init, { ...CLAUDE.result, total_cost_usd: 0.025 }] },
      { costUsd: expect.closeTo(0.01), tokens: 1_090 },
    ],
    [
      'codex',
      { events: [...CODEX.begin, CODEX.says, CODEX.done] },
      {
        events: [
          ...CODEX.begin,
          CODEX.says,
          { ...CODEX.done, usage: { input_tokens: 1_500, cached_input_tokens: 100, output_tokens: 60 } },
        ],
      },
      { usage: { inputTokens: 600, outputTokens: 20, cachedTokens: 0 } },
    ],
  ])('%s tells costs of all of it, and swarm those of the call', async (kind, first, second, expected) => {
    const { session = '' } = await run(kind, first);
    const ended = await run(kind, second, { resume: session });
    expect(ended).toMatchObject(expected);
    // A third call is counted from the second.
    const third = await run(kind, second, { resume: ended.session ?? '' });
    expect(third.costUsd ?? third.usage?.inputTokens).toBe(0);
  });
});

describe('a price for its tokens', () => {
  const price = { inputUsd: 2, outputUsd: 10, cachedUsd: 0.5 };
  const told: Told = { events: [...CODEX.begin, CODEX.says, CODEX.done] };
  // 800 fresh, 100 cached, 40 written.
  const costs = (800 * 2 + 100 * 0.5 + 40 * 10) / 1_000_000;

  it('makes money of what it tells', async () => {
    const ended = await run('codex', told, { budgetUsd: 1 }, { price });
    expect(ended.costUsd).toBeCloseTo(costs, 12);
    expect(ended.problem).toBeUndefined();
    expect(ended.warnings).toEqual([]);
  });

  it.each<[string, Partial<AgentTask>, Partial<AgentChoice>, object]>([
    ['what is left of the segment’s budget', { budgetUsd: 0.002 }, {}, { of: 'segment', budgetUsd: 0.002 }],
    ['its own budget', { budgetUsd: 1 }, { budgetUsd: 0.001 }, { of: 'agent', budgetUsd: 0.001 }],
  ])('makes %s a hard stop', async (_, task, more, problem) => {
    const ended = await run('codex', told, task, { price, ...more });
    expect(ended.problem).toMatchObject({ kind: 'BUDGET_SPENT', spentUsd: costs, ...problem });
  });

  it('counts instead of the money that it tells', async () => {
    const free = await run('opencode', { events: [OPENCODE.says, step('stop', 0.9)] }, {}, { price });
    expect(free.costUsd).toBeLessThan(0.01);
  });

  it('stops in the middle whoever tells its tokens as it goes', async () => {
    const steps = Array.from({ length: 5 }, () => step('tool-calls', 0));
    const ended = await run('opencode', { events: steps, last: 'sleep 60' }, { budgetUsd: 0.002 }, { price });
    expect(ended.problem).toMatchObject({ kind: 'BUDGET_SPENT', of: 'segment' });
  });

  it('is missed, and said to be', async () => {
    const ended = await run('codex', told, { budgetUsd: 1 });
    expect(ended.costUsd).toBeUndefined();
    expect(ended.warnings).toEqual([
      'codex reports no cost and the config sets no price for its tokens, so its budget could not be enforced',
    ]);
  });

  it('holds for a plain command that tells what it read and what it wrote', async () => {
    const report = '{"summary": "x", "tokens": {"input": 900, "cached": 100, "output": 40}}';
    const mine: AgentChoice = {
      name: 'mine',
      kind: 'command',
      command: ['sh', '-c', `echo '${report}' > "$SWARM_REPORT_FILE"`],
      environment: [],
      price,
    };
    const ended = await runAgent(bench.task(mine, { budgetUsd: 1 }));
    expect(ended).toMatchObject({ tokens: 940, costUsd: expect.closeTo(costs, 12) });
    const spent = await runAgent(bench.task({ ...mine, budgetUsd: 0.001 }));
    expect(spent.problem).toMatchObject({ kind: 'BUDGET_SPENT', of: 'agent' });
  });
});

describe('its report', () => {
  const says = (text: string): Told => ({ events: [CLAUDE.init, { ...CLAUDE.result, result: text }] });
  it.each<[string, Told, Partial<AgentTask>, object]>([
    [
      'is the last block of its last words',
      says('First:\n```json\n{"summary":"old"}\n```\nThen:\n```json\n{"summary":"new"}\n```\nBye.'),
      {},
      { says: { summary: 'new' } },
    ],
    [
      'is its last words, where there is no block',
      says('I have mended it.'),
      {},
      { says: { summary: 'I have mended it.' } },
    ],
    [
      'is passed over where it is none',
      says('```json\n{"summary": 5}\n```'),
      {},
      { says: { summary: '```json\n{"summary": 5}\n```' } },
    ],
    [
      'holds a question',
      says('```json\n{"summary":"","question":{"text":"Red or blue?","options":["red","blue"]}}\n```'),
      {},
      { question: { text: 'Red or blue?', options: ['red', 'blue'], blocking: true } },
    ],
    [
      'is an answer, where one was asked for',
      says('It is fine.\n```json\n{"verdict":"approve"}\n```'),
      { answer: { name: 'v', schema: {} } },
      { structured: { verdict: 'approve' } },
    ],
    [
      'is an answer without words',
      says('{"verdict":"approve"}'),
      { answer: { name: 'v', schema: {} } },
      { structured: { verdict: 'approve' } },
    ],
  ])('%s', async (_, told, task, expected) => {
    expect(await run('claude', told, task)).toMatchObject(expected);
  });

  it('is the file, where it wrote one', async () => {
    const last = `echo '{"summary":"from the file"}' > "$SWARM_REPORT_FILE"`;
    const ended = await run('claude', { ...says('```json\n{"summary":"from the words"}\n```'), last });
    expect(ended.says.summary).toBe('from the file');
  });
});
