/**
 * Codex: `codex exec --json`.
 *
 * It reports tokens, but neither cost nor turns, so each of its items (commands, changes, messages) counts as a turn. An
 * `error` event is usually a retry, and an item of type error is a remark; only `turn.failed` is the end. Tokens are those
 * of the whole conversation. Its sandbox makes `.git` read-only, which does no harm: swarm takes the files as they are.
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toolTarget } from './invocation.ts';
import { numberAt, type Preset, textAt, valueAt } from './preset.ts';

/** Its scale has one step more than the scale of issues. */
const EFFORTS: Readonly<Record<string, string>> = { max: 'xhigh' };

export const codex: Preset = {
  program: ['codex'],
  // `exec resume --output-schema`: absent in 0.131.0, present in 0.132.0, by `--help` of the packages of @openai/codex on npm.
  oldest: '0.132.0',
  settings: ['CODEX_HOME', 'OPENAI_BASE_URL'],
  hosts: ['api.openai.com', 'auth.openai.com', 'chatgpt.com'],
  homeFiles: ['.codex/auth.json', '.codex/config.toml'],
  isCumulative: { cost: false, usage: true },

  async start(invocation) {
    const { model, effort, resumed, task } = invocation;
    const set = (key: string, value: unknown) => ['-c', `${key}=${JSON.stringify(value)}`];
    const answerFile = join(invocation.desk, 'answer.schema.json');
    if (task.answer) await writeFile(answerFile, JSON.stringify(task.answer.schema));
    const { OPENAI_BASE_URL } = task.sandbox.variables;
    const openaiKey = invocation.key('OPENAI_API_KEY');
    return {
      args: [
        'exec',
        ...(resumed ? ['resume', resumed.session] : []),
        '--json',
        '--skip-git-repo-check',
        // Tests fetch packages and open ports. The repository is protected by the checks before publishing, not by the network.
        ...(task.access === 'write'
          ? [
              ...set('sandbox_mode', 'workspace-write'),
              ...set('sandbox_workspace_write.network_access', true),
              ...set('sandbox_workspace_write.writable_roots', [invocation.desk]),
            ]
          : set('sandbox_mode', 'read-only')),
        ...set('approval_policy', 'never'),
        ...(OPENAI_BASE_URL ? set('openai_base_url', OPENAI_BASE_URL) : []),
        ...(model === undefined ? [] : ['-m', model]),
        ...(effort === undefined ? [] : set('model_reasoning_effort', EFFORTS[effort] ?? effort)),
        ...(task.answer ? ['--output-schema', answerFile] : []),
        '-',
      ],
      // `exec` does not read the variable that other programs use.
      environment: openaiKey && !invocation.key('CODEX_API_KEY') ? { CODEX_API_KEY: openaiKey } : {},
    };
  },

  read(message, invocation) {
    const { state } = invocation;
    switch (message.type) {
      case 'thread.started': {
        const id = textAt(message, 'thread_id');
        if (id !== undefined) state.session = id;
        invocation.noteActivity(id === undefined ? undefined : { kind: 'session', id });
        return;
      }
      case 'turn.started':
        invocation.noteActivity();
        return;
      case 'error':
        invocation.noteTrouble({ message: wordsOf(textAt(message, 'message') ?? '') });
        return;
      case 'item.started':
      case 'item.completed': {
        const type = textAt(message, 'item', 'type');
        if (type === 'error') return;
        const isStart = message.type === 'item.started';
        if (!isStart && type !== 'reasoning' && type !== 'todo_list') state.turns = (state.turns ?? 0) + 1;
        const text = textAt(message, 'item', 'text');
        if (type === 'agent_message' && text !== undefined) {
          state.text = text;
          invocation.noteActivity({ kind: 'says', text });
        } else if (type === 'command_execution' || type === 'file_change' || type === 'mcp_tool_call') {
          const changes = valueAt(message, ['item', 'changes']);
          const [first] = Array.isArray(changes) ? changes : [];
          const what = toolTarget(first ?? message.item);
          // Commands are announced when they start, file changes only when they are done.
          const isNews = isStart || type === 'file_change';
          invocation.noteActivity(isNews ? { kind: 'does', tool: type, what } : undefined);
        } else invocation.noteActivity();
        return;
      }
      case 'turn.completed': {
        state.isOver = true;
        const inputTokens = numberAt(message, 'usage', 'input_tokens') ?? 0;
        const outputTokens = numberAt(message, 'usage', 'output_tokens') ?? 0;
        const cachedTokens = numberAt(message, 'usage', 'cached_input_tokens') ?? 0;
        state.usage = { inputTokens, outputTokens, cachedTokens };
        invocation.noteActivity({ kind: 'spends', tokens: inputTokens + outputTokens });
        return;
      }
      case 'turn.failed':
        state.isOver = true;
        state.failure = { message: wordsOf(textAt(message, 'error', 'message') ?? 'the turn failed') };
        invocation.noteActivity();
        return;
      default:
        return;
    }
  },
};

/** Codex passes a provider's error on as JSON text. */
function wordsOf(message: string): string {
  if (!message.startsWith('{')) return message;
  try {
    return textAt(JSON.parse(message), 'error', 'message') ?? message;
  } catch {
    return message;
  }
}
