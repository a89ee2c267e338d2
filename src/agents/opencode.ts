/**
 * opencode: `opencode run --format json`.
 *
 * It tells tokens and money step by step, so that swarm can stop it in the middle. An outage it waits out for ever and in
 * silence, unless it prints its log. Its mode for planning lets a shell write, so reading is a matter of permissions.
 */
import { whatOf } from './call.ts';
import { at, numberAt, type Preset, textAt } from './preset.ts';

const READ_ONLY = { '*': 'deny', read: 'allow', grep: 'allow', glob: 'allow', list: 'allow' };

export const opencode: Preset = {
  program: ['opencode'],
  keys: ['OPENCODE_API_KEY', 'ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'GEMINI_API_KEY', 'OPENROUTER_API_KEY'],
  places: ['OPENCODE_CONFIG', 'OPENCODE_CONFIG_CONTENT'],
  isCumulative: { cost: false, usage: false },

  start(call) {
    const { model, effort, before, task } = call;
    const { GEMINI_API_KEY } = process.env;
    return {
      args: [
        'run',
        ...['--format', 'json', '--print-logs', '--log-level', 'ERROR'],
        ...(task.access === 'write' ? ['--auto'] : []),
        ...(model === undefined ? [] : ['-m', model]),
        ...(effort === undefined ? [] : ['--variant', effort]),
        ...(before ? ['-s', before.session] : []),
      ],
      environment: {
        OPENCODE_DISABLE_AUTOUPDATE: '1',
        ...(task.access === 'read' ? { OPENCODE_PERMISSION: JSON.stringify(READ_ONLY) } : {}),
        // The same key by the name that its provider's library knows.
        ...(GEMINI_API_KEY ? { GOOGLE_GENERATIVE_AI_API_KEY: GEMINI_API_KEY } : {}),
      },
    };
  },

  read(message, call) {
    const { account } = call;
    const id = textAt(message, 'sessionID');
    if (id !== undefined && account.session === undefined) {
      account.session = id;
      call.sees({ kind: 'session', id });
    }
    // Whatever comes after the end of a step shows that it was not the last one.
    account.isOver = false;
    switch (message.type) {
      case 'step_start':
        call.sees();
        return;
      case 'text': {
        const text = textAt(message, 'part', 'text') ?? '';
        if (text !== '') account.text = text;
        call.sees({ kind: 'says', text });
        return;
      }
      case 'tool_use': {
        const state = at(message, ['part', 'state']);
        const error = textAt(state, 'error');
        if (error !== undefined && /reject|denied|not allowed/i.test(error)) account.denied.push(error);
        call.sees({
          kind: 'does',
          tool: textAt(message, 'part', 'tool') ?? 'tool',
          what: whatOf(at(state, ['input'])),
        });
        return;
      }
      case 'step_finish': {
        account.turns = (account.turns ?? 0) + 1;
        account.costUsd = (account.costUsd ?? 0) + (numberAt(message, 'part', 'cost') ?? 0);
        const cached = numberAt(message, 'part', 'tokens', 'cache', 'read') ?? 0;
        const written = numberAt(message, 'part', 'tokens', 'cache', 'write') ?? 0;
        const { inputTokens = 0, outputTokens = 0, cachedTokens = 0 } = account.usage ?? {};
        account.usage = {
          inputTokens: inputTokens + (numberAt(message, 'part', 'tokens', 'input') ?? 0) + cached + written,
          outputTokens:
            outputTokens +
            (numberAt(message, 'part', 'tokens', 'output') ?? 0) +
            (numberAt(message, 'part', 'tokens', 'reasoning') ?? 0),
          cachedTokens: cachedTokens + cached,
        };
        call.sees({ kind: 'spends', costUsd: account.costUsd, turns: account.turns });
        account.isOver = textAt(message, 'part', 'reason') !== 'tool-calls';
        return;
      }
      case 'error': {
        const status = numberAt(message, 'error', 'data', 'statusCode');
        account.failure = {
          ...(status === undefined ? {} : { status }),
          message: textAt(message, 'error', 'data', 'message') ?? textAt(message, 'error', 'name') ?? 'an error',
        };
        call.sees();
        return;
      }
      default:
        return;
    }
  },

  readStderr(line, call) {
    const words = /level=ERROR .*?error(?:\.error)?="([^"]{1,2000})"/.exec(line)?.[1];
    if (words !== undefined) call.meets({ message: words });
  },
};
