/**
 * Gemini CLI: `gemini -o stream-json`.
 *
 * What it cannot do at all (no login, bad arguments) it says on standard error and by its exit code; what its provider
 * refuses, in its result. It has no limit of turns on the command line and tells no money; its messages come in pieces.
 */
import { whatOf } from './call.ts';
import { numberAt, type Preset, textAt } from './preset.ts';

export const gemini: Preset = {
  program: ['gemini'],
  keys: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  places: [
    'GOOGLE_GEMINI_BASE_URL',
    'GOOGLE_GENAI_USE_VERTEXAI',
    'GOOGLE_GENAI_USE_GCA',
    'GOOGLE_CLOUD_PROJECT',
    'GOOGLE_CLOUD_LOCATION',
    'GOOGLE_APPLICATION_CREDENTIALS',
  ],
  isCumulative: { cost: false, usage: false },

  start(call) {
    const { model, effort, before, task } = call;
    if (effort !== undefined) call.account.warnings.push('gemini cannot be told an effort');
    return {
      args: [
        ...['-o', 'stream-json', '--skip-trust'],
        ...['--approval-mode', task.access === 'write' ? 'yolo' : 'plan'],
        ...(task.access === 'write' ? ['--include-directories', call.folder] : []),
        ...(model === undefined ? [] : ['-m', model]),
        ...(before ? ['-r', before.session] : []),
        ...['-p', ''],
      ],
    };
  },

  read(message, call) {
    const { account } = call;
    switch (message.type) {
      case 'init': {
        const id = textAt(message, 'session_id');
        if (id !== undefined) account.session = id;
        call.sees(id === undefined ? undefined : { kind: 'session', id });
        return;
      }
      case 'message': {
        if (message.role !== 'assistant') return;
        const text = textAt(message, 'content') ?? '';
        const isMore = message.delta === true && answering.has(call);
        if (!isMore) account.turns = (account.turns ?? 0) + 1;
        account.text = isMore ? account.text + text : text;
        answering.add(call);
        call.sees({ kind: 'says', text });
        return;
      }
      case 'tool_use':
        // Several calls of one answer count as several turns: it does not say where an answer ends.
        if (!answering.delete(call)) account.turns = (account.turns ?? 0) + 1;
        call.sees({
          kind: 'does',
          tool: textAt(message, 'tool_name') ?? 'tool',
          what: whatOf(message.parameters),
        });
        return;
      case 'tool_result':
        answering.delete(call);
        if (textAt(message, 'error', 'type') === 'policy_violation') {
          account.denied.push(textAt(message, 'error', 'message') ?? 'a tool');
        }
        call.sees();
        return;
      case 'error':
        call.meets({ message: textAt(message, 'message') ?? 'an error' });
        return;
      case 'result': {
        account.isOver = true;
        const inputTokens = numberAt(message, 'stats', 'input_tokens') ?? 0;
        const outputTokens = numberAt(message, 'stats', 'output_tokens') ?? 0;
        const cachedTokens = numberAt(message, 'stats', 'cached') ?? 0;
        account.usage = { inputTokens, outputTokens, cachedTokens };
        if (message.status === 'error') {
          account.failure = { message: textAt(message, 'error', 'message') ?? 'its result is an error' };
        }
        call.sees({ kind: 'spends', tokens: inputTokens + outputTokens });
        return;
      }
      default:
        return;
    }
  },

  readStderr(line, call) {
    if (/^Attempt \d+ failed/.test(line)) call.meets({ message: line });
  },
};

/** Calls whose latest message goes on with the next piece. */
const answering = new WeakSet<object>();
