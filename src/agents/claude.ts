/**
 * Claude Code: `claude -p --output-format stream-json`.
 *
 * Its result line decides, and of that `is_error`: `subtype` says "success" for a failed login, too. Limits of turns and
 * money are its own flags. After a resume it counts money for the whole conversation, tokens for the call alone.
 */
import { type Call, whatOf } from './call.ts';
import { listAt, type Message, numberAt, type Preset, textAt } from './preset.ts';

export const claude: Preset = {
  program: ['claude'],
  keys: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'CLAUDE_CODE_OAUTH_TOKEN'],
  places: ['ANTHROPIC_BASE_URL'],
  isCumulative: { cost: true, usage: false },

  start(call) {
    const { model, effort, maxTurns, budget, before, task } = call;
    return {
      args: [
        '-p',
        ...['--output-format', 'stream-json', '--verbose'],
        ...(task.access === 'write'
          ? ['--permission-mode', 'bypassPermissions']
          : ['--permission-mode', 'dontAsk', '--tools', 'Read,Grep,Glob']),
        ...(model === undefined ? [] : ['--model', model]),
        ...(effort === undefined ? [] : ['--effort', effort]),
        ...(maxTurns === undefined ? [] : ['--max-turns', String(maxTurns)]),
        // It compares with what the whole conversation has cost.
        ...(budget === undefined ? [] : ['--max-budget-usd', String(budget.usd + (before?.costUsd ?? 0))]),
        ...(task.answer ? ['--json-schema', JSON.stringify(task.answer.schema)] : []),
        ...(before ? ['--resume', before.session] : []),
      ],
      environment: {
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        CLAUDE_CODE_MAX_RETRIES: '4',
        DISABLE_AUTOUPDATER: '1',
        // It refuses to work without questions as root, which is who a container job is; the job is the sandbox.
        ...(process.getuid?.() === 0 ? { IS_SANDBOX: '1' } : {}),
      },
    };
  },

  read(message, call) {
    const { account } = call;
    switch (message.type) {
      case 'system':
        if (message.subtype === 'init') {
          const id = textAt(message, 'session_id');
          if (id !== undefined) account.session = id;
          call.sees(id === undefined ? undefined : { kind: 'session', id });
        } else if (message.subtype === 'api_retry') {
          const status = numberAt(message, 'error_status');
          const words = textAt(message, 'error') ?? 'the request failed';
          call.meets({ ...(status ? { status } : {}), message: status ? `${words} (HTTP ${status})` : words });
        }
        return;
      case 'assistant':
        // What a subagent says is its own affair.
        if (typeof message.parent_tool_use_id !== 'string') readAnswer(message, call);
        return;
      case 'user':
        call.sees();
        return;
      case 'result':
        readResult(message, call);
        return;
      default:
        return;
    }
  },
};

function readAnswer(message: Message, call: Call): void {
  for (const block of listAt(message, 'message', 'content')) {
    const text = textAt(block, 'text');
    if (block.type === 'text' && text !== undefined) {
      call.account.text = text;
      call.sees({ kind: 'says', text });
    } else if (block.type === 'tool_use') {
      call.sees({ kind: 'does', tool: textAt(block, 'name') ?? 'tool', what: whatOf(block.input) });
    }
  }
}

function readResult(message: Message, call: Call): void {
  const { account } = call;
  account.isOver = true;
  const costUsd = numberAt(message, 'total_cost_usd');
  if (costUsd !== undefined) account.costUsd = costUsd;
  const turns = numberAt(message, 'num_turns');
  if (turns !== undefined) account.turns = turns;
  const cached = numberAt(message, 'usage', 'cache_read_input_tokens') ?? 0;
  const written = numberAt(message, 'usage', 'cache_creation_input_tokens') ?? 0;
  account.usage = {
    inputTokens: (numberAt(message, 'usage', 'input_tokens') ?? 0) + cached + written,
    outputTokens: numberAt(message, 'usage', 'output_tokens') ?? 0,
    cachedTokens: cached,
  };
  const text = textAt(message, 'result');
  if (text !== undefined) account.text = text;
  if (typeof message.structured_output === 'object') account.structured = message.structured_output ?? undefined;
  for (const denial of listAt(message, 'permission_denials')) {
    account.denied.push(`${textAt(denial, 'tool_name') ?? 'tool'}: ${whatOf(denial.tool_input)}`);
  }
  const subtype = textAt(message, 'subtype') ?? '';
  if (message.is_error === true || subtype.startsWith('error')) {
    const status = numberAt(message, 'api_error_status');
    const errors = Array.isArray(message.errors) ? message.errors.map(String) : [];
    account.failure = {
      ...(subtype === 'error_max_turns' ? { kind: 'turns' as const } : {}),
      ...(subtype === 'error_max_budget_usd' ? { kind: 'money' as const } : {}),
      ...(status ? { status } : {}),
      message: text ?? errors.join('; '),
    };
  }
  const spends = { ...(costUsd === undefined ? {} : { costUsd }), ...(turns === undefined ? {} : { turns }) };
  call.sees({ kind: 'spends', ...spends });
}
