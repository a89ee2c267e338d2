/**
 * Codex: `codex exec --json`.
 *
 * It tells tokens and no money, and no turns: its items (commands, changes, messages) are counted as such. An `error`
 * event is mostly a retry, and an item of type error a remark; only `turn.failed` is the end. Tokens are counted for the
 * whole conversation. Its sandbox makes `.git` read-only, which suits: swarm takes the files as they are.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { whatOf } from './call.ts';
import { at, numberAt, type Preset, textAt } from './preset.ts';

/** Its own scale ends higher than the one that issues use. */
const EFFORTS: Readonly<Record<string, string>> = { max: 'xhigh' };

export const codex: Preset = {
  program: ['codex'],
  keys: ['CODEX_API_KEY', 'OPENAI_API_KEY', 'CODEX_ACCESS_TOKEN'],
  places: ['CODEX_HOME', 'OPENAI_BASE_URL'],
  isCumulative: { cost: false, usage: true },

  async start(call) {
    const { model, effort, before, task } = call;
    const set = (key: string, value: unknown) => ['-c', `${key}=${JSON.stringify(value)}`];
    const answerFile = join(call.folder, 'answer.schema.json');
    if (task.answer) await writeFile(answerFile, JSON.stringify(task.answer.schema));
    const { OPENAI_API_KEY, CODEX_API_KEY, OPENAI_BASE_URL } = process.env;
    return {
      args: [
        'exec',
        ...(before ? ['resume', before.session] : []),
        '--json',
        '--skip-git-repo-check',
        // Tests fetch packages and open ports; what guards the repository is what is published, not the network.
        ...(task.access === 'write'
          ? [
              ...set('sandbox_mode', 'workspace-write'),
              ...set('sandbox_workspace_write.network_access', true),
              ...set('sandbox_workspace_write.writable_roots', [call.folder]),
            ]
          : set('sandbox_mode', 'read-only')),
        ...set('approval_policy', 'never'),
        ...(OPENAI_BASE_URL ? set('openai_base_url', OPENAI_BASE_URL) : []),
        ...(model === undefined ? [] : ['-m', model]),
        ...(effort === undefined ? [] : set('model_reasoning_effort', EFFORTS[effort] ?? effort)),
        ...(task.answer ? ['--output-schema', answerFile] : []),
        '-',
      ],
      // `exec` does not read the name that everybody else uses.
      environment: !CODEX_API_KEY && OPENAI_API_KEY ? { CODEX_API_KEY: OPENAI_API_KEY } : {},
    };
  },

  read(message, call) {
    const { account } = call;
    switch (message.type) {
      case 'thread.started': {
        const id = textAt(message, 'thread_id');
        if (id !== undefined) account.session = id;
        call.sees(id === undefined ? undefined : { kind: 'session', id });
        return;
      }
      case 'turn.started':
        call.sees();
        return;
      case 'error':
        call.meets({ message: wordsOf(textAt(message, 'message') ?? '') });
        return;
      case 'item.started':
      case 'item.completed': {
        const type = textAt(message, 'item', 'type');
        if (type === 'error') return;
        const isStart = message.type === 'item.started';
        if (!isStart && type !== 'reasoning' && type !== 'todo_list') account.turns = (account.turns ?? 0) + 1;
        const text = textAt(message, 'item', 'text');
        if (type === 'agent_message' && text !== undefined) {
          account.text = text;
          call.sees({ kind: 'says', text });
        } else if (type === 'command_execution' || type === 'file_change' || type === 'mcp_tool_call') {
          const changes = at(message, ['item', 'changes']);
          const [first] = Array.isArray(changes) ? changes : [];
          const what = whatOf(first ?? message.item);
          // A change comes without a beginning, a command with one.
          const isNews = isStart || type === 'file_change';
          call.sees(isNews ? { kind: 'does', tool: type, what } : undefined);
        } else call.sees();
        return;
      }
      case 'turn.completed': {
        account.isOver = true;
        const inputTokens = numberAt(message, 'usage', 'input_tokens') ?? 0;
        const outputTokens = numberAt(message, 'usage', 'output_tokens') ?? 0;
        const cachedTokens = numberAt(message, 'usage', 'cached_input_tokens') ?? 0;
        account.usage = { inputTokens, outputTokens, cachedTokens };
        call.sees({ kind: 'spends', tokens: inputTokens + outputTokens });
        return;
      }
      case 'turn.failed':
        account.isOver = true;
        account.failure = { message: wordsOf(textAt(message, 'error', 'message') ?? 'the turn failed') };
        call.sees();
        return;
      default:
        return;
    }
  },
};

/** A provider's answer is handed on as it came: the JSON of an error. */
function wordsOf(message: string): string {
  if (!message.startsWith('{')) return message;
  try {
    return textAt(JSON.parse(message), 'error', 'message') ?? message;
  } catch {
    return message;
  }
}
