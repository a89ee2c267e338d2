/**
 * Claude Code: `claude -p --output-format stream-json`.
 *
 * The field `is_error` of its result line decides: `subtype` says "success" even after a failed login. It has flags for
 * limits of turns and money. After a resume it reports the cost of the whole conversation, but only the new tokens.
 */
import { type Invocation, toolTarget } from './invocation.ts';
import { listAt, type Message, numberAt, type Preset, textAt } from './preset.ts';

export const claude: Preset = {
  program: ['claude'],
  // `--effort`: absent in 2.1.30, present in 2.1.40. `--json-schema` and `--permission-mode dontAsk` came by 2.0.45, `--tools`
  // by 2.0.36, `--max-budget-usd` with 2.0.28 (CHANGELOG.md). Read in the packages of @anthropic-ai/claude-code on npm.
  oldest: '2.1.40',
  settings: ['ANTHROPIC_BASE_URL'],
  // Also where a login is renewed.
  hosts: ['api.anthropic.com', 'console.anthropic.com', 'platform.claude.com', 'claude.ai'],
  homeFiles: ['.claude/.credentials.json', '.claude/settings.json'],
  isCumulative: { cost: true, usage: false },

  start(invocation) {
    const { model, effort, maxTurns, budget, resumed, task } = invocation;
    return {
      args: [
        '-p',
        ...['--output-format', 'stream-json', '--verbose'],
        ...(task.hides === undefined ? [] : ['--setting-sources', 'user', '--strict-mcp-config']),
        ...(task.access === 'write'
          ? ['--permission-mode', 'bypassPermissions']
          : ['--permission-mode', 'dontAsk', '--tools', 'Read,Grep,Glob']),
        ...(model === undefined ? [] : ['--model', model]),
        ...(effort === undefined ? [] : ['--effort', effort]),
        ...(maxTurns === undefined ? [] : ['--max-turns', String(maxTurns)]),
        // It compares this limit with the cost of the whole conversation.
        ...(budget === undefined ? [] : ['--max-budget-usd', String(budget.usd + (resumed?.costUsd ?? 0))]),
        ...(task.answer ? ['--json-schema', JSON.stringify(task.answer.schema)] : []),
        ...(resumed ? ['--resume', resumed.session] : []),
      ],
      environment: {
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        CLAUDE_CODE_MAX_RETRIES: '4',
        DISABLE_AUTOUPDATER: '1',
        // Container jobs run as root, and as root it skips permission prompts only inside a sandbox.
        // The job counts as one.
        ...(process.getuid?.() === 0 ? { IS_SANDBOX: '1' } : {}),
      },
    };
  },

  read(message, invocation) {
    const { state } = invocation;
    switch (message.type) {
      case 'system':
        if (message.subtype === 'init') {
          const id = textAt(message, 'session_id');
          if (id !== undefined) state.session = id;
          invocation.noteActivity(id === undefined ? undefined : { kind: 'session', id });
        } else if (message.subtype === 'api_retry') {
          const status = numberAt(message, 'error_status');
          const words = textAt(message, 'error') ?? 'the request failed';
          invocation.noteTrouble({
            ...(status ? { status } : {}),
            message: status ? `${words} (HTTP ${status})` : words,
          });
        }
        return;
      case 'assistant':
        // A subagent's messages are not the agent's.
        if (typeof message.parent_tool_use_id !== 'string') readAnswer(message, invocation);
        return;
      case 'user':
        invocation.noteActivity();
        return;
      case 'result':
        readResult(message, invocation);
        return;
      default:
        return;
    }
  },
};

function readAnswer(message: Message, invocation: Invocation): void {
  for (const block of listAt(message, 'message', 'content')) {
    const text = textAt(block, 'text');
    if (block.type === 'text' && text !== undefined) {
      invocation.state.text = text;
      invocation.noteActivity({ kind: 'says', text });
    } else if (block.type === 'tool_use') {
      invocation.noteActivity({ kind: 'does', tool: textAt(block, 'name') ?? 'tool', what: toolTarget(block.input) });
    }
  }
}

function readResult(message: Message, invocation: Invocation): void {
  const { state } = invocation;
  state.isOver = true;
  const costUsd = numberAt(message, 'total_cost_usd');
  if (costUsd !== undefined) state.costUsd = costUsd;
  const turns = numberAt(message, 'num_turns');
  if (turns !== undefined) state.turns = turns;
  const cached = numberAt(message, 'usage', 'cache_read_input_tokens') ?? 0;
  const written = numberAt(message, 'usage', 'cache_creation_input_tokens') ?? 0;
  state.usage = {
    inputTokens: (numberAt(message, 'usage', 'input_tokens') ?? 0) + cached + written,
    outputTokens: numberAt(message, 'usage', 'output_tokens') ?? 0,
    cachedTokens: cached,
  };
  const text = textAt(message, 'result');
  if (text !== undefined) state.text = text;
  if (typeof message.structured_output === 'object') state.structured = message.structured_output ?? undefined;
  for (const denial of listAt(message, 'permission_denials')) {
    state.denied.push(`${textAt(denial, 'tool_name') ?? 'tool'}: ${toolTarget(denial.tool_input)}`);
  }
  const subtype = textAt(message, 'subtype') ?? '';
  if (message.is_error === true || subtype.startsWith('error')) {
    const status = numberAt(message, 'api_error_status');
    const errors = Array.isArray(message.errors) ? message.errors.map(String) : [];
    state.failure = {
      ...(subtype === 'error_max_turns' ? { kind: 'turns' as const } : {}),
      ...(subtype === 'error_max_budget_usd' ? { kind: 'money' as const } : {}),
      ...(status ? { status } : {}),
      message: text ?? errors.join('; '),
    };
  }
  const spends = { ...(costUsd === undefined ? {} : { costUsd }), ...(turns === undefined ? {} : { turns }) };
  invocation.noteActivity({ kind: 'spends', ...spends });
}
