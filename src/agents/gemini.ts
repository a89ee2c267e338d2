/**
 * Gemini CLI: `gemini -o stream-json`.
 *
 * Without a login, or with wrong arguments, it fails with an exit code and a message on standard error. Its result has the
 * provider's errors. It has no flag that limits turns, reports no cost, and sends its messages in pieces.
 */
import { toolTarget } from './invocation.ts';
import { numberAt, type Preset, textAt } from './preset.ts';

export const gemini: Preset = {
  program: ['gemini'],
  // `--skip-trust`: the commit dba9b9a0ff of google-gemini/gemini-cli, first in v0.41.0. `stream-json` came with v0.11.0,
  // `--resume` with v0.15.0.
  oldest: '0.41.0',
  settings: [
    'GOOGLE_GEMINI_BASE_URL',
    'GOOGLE_GENAI_USE_VERTEXAI',
    'GOOGLE_GENAI_USE_GCA',
    'GOOGLE_CLOUD_PROJECT',
    'GOOGLE_CLOUD_LOCATION',
    'GOOGLE_APPLICATION_CREDENTIALS',
  ],
  hosts: [
    ...['generativelanguage.googleapis.com', 'aiplatform.googleapis.com', 'cloudcode-pa.googleapis.com'],
    ...['oauth2.googleapis.com', 'accounts.google.com'],
  ],
  homeFiles: ['.gemini/settings.json', '.gemini/oauth_creds.json', '.gemini/google_accounts.json'],
  isCumulative: { cost: false, usage: false },

  start(invocation) {
    const { model, effort, resumed, task } = invocation;
    if (effort !== undefined) invocation.state.warnings.push('gemini has no setting for effort');
    return {
      args: [
        ...['-o', 'stream-json', '--skip-trust'],
        ...['--approval-mode', task.access === 'write' ? 'yolo' : 'plan'],
        ...(task.access === 'write' ? ['--include-directories', invocation.desk] : []),
        ...(model === undefined ? [] : ['-m', model]),
        ...(resumed ? ['-r', resumed.session] : []),
        ...['-p', ''],
      ],
    };
  },

  read(message, invocation) {
    const { state } = invocation;
    switch (message.type) {
      case 'init': {
        const id = textAt(message, 'session_id');
        if (id !== undefined) state.session = id;
        invocation.noteActivity(id === undefined ? undefined : { kind: 'session', id });
        return;
      }
      case 'message': {
        if (message.role !== 'assistant') return;
        const text = textAt(message, 'content') ?? '';
        const isMore = message.delta === true && answering.has(invocation);
        if (!isMore) state.turns = (state.turns ?? 0) + 1;
        state.text = isMore ? state.text + text : text;
        answering.add(invocation);
        invocation.noteActivity({ kind: 'says', text });
        return;
      }
      case 'tool_use':
        // Several tool calls of one answer count as several turns: nothing marks the end of an answer.
        if (!answering.delete(invocation)) state.turns = (state.turns ?? 0) + 1;
        invocation.noteActivity({
          kind: 'does',
          tool: textAt(message, 'tool_name') ?? 'tool',
          what: toolTarget(message.parameters),
        });
        return;
      case 'tool_result':
        answering.delete(invocation);
        if (textAt(message, 'error', 'type') === 'policy_violation') {
          state.denied.push(textAt(message, 'error', 'message') ?? 'a tool');
        }
        invocation.noteActivity();
        return;
      case 'error':
        invocation.noteTrouble({ message: textAt(message, 'message') ?? 'an error' });
        return;
      case 'result': {
        state.isOver = true;
        const inputTokens = numberAt(message, 'stats', 'input_tokens') ?? 0;
        const outputTokens = numberAt(message, 'stats', 'output_tokens') ?? 0;
        const cachedTokens = numberAt(message, 'stats', 'cached') ?? 0;
        state.usage = { inputTokens, outputTokens, cachedTokens };
        if (message.status === 'error') {
          state.failure = { message: textAt(message, 'error', 'message') ?? 'its result is an error' };
        }
        invocation.noteActivity({ kind: 'spends', tokens: inputTokens + outputTokens });
        return;
      }
      default:
        return;
    }
  },

  readStderr(line, invocation) {
    if (/^Attempt \d+ failed/.test(line)) invocation.noteTrouble({ message: line });
  },
};

/** Invocations in the middle of a message: the next piece continues it. */
const answering = new WeakSet<object>();
