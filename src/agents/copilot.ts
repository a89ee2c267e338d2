/**
 * Copilot CLI: `copilot --output-format json`.
 *
 * Its result line has an exit code; why it failed is in `session.error` before it. Tokens are in a file of their own and
 * count the whole conversation; money is told in premium requests, which have no price here.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Call, whatOf } from './call.ts';
import { at, numberAt, type Preset, textAt } from './preset.ts';

const EFFORTS: Readonly<Record<string, string>> = { max: 'xhigh' };

export const copilot: Preset = {
  program: ['copilot'],
  keys: ['COPILOT_GITHUB_TOKEN', 'COPILOT_PROVIDER_API_KEY', 'COPILOT_PROVIDER_BEARER_TOKEN'],
  places: ['COPILOT_PROVIDER_BASE_URL', 'COPILOT_PROVIDER_TYPE', 'COPILOT_MODEL', 'COPILOT_OFFLINE'],
  isCumulative: { cost: false, usage: true },

  start(call) {
    const { model, effort, before, task } = call;
    return {
      args: [
        ...['--output-format', 'json', '--stream', 'off'],
        ...['--no-ask-user', '--no-auto-update', '--disable-builtin-mcps'],
        ...['--usage-output-file', usageFile(call)],
        ...(task.access === 'write'
          ? ['--allow-all-tools', '--add-dir', call.folder]
          : ['--deny-tool', 'write', '--deny-tool', 'shell']),
        ...(model === undefined ? [] : ['--model', model]),
        ...(effort === undefined ? [] : ['--reasoning-effort', EFFORTS[effort] ?? effort]),
        ...(before ? [`--resume=${before.session}`] : ['--trust-folder']),
      ],
    };
  },

  read(message, call) {
    const { account } = call;
    switch (message.type) {
      case 'assistant.turn_start':
        account.turns = (account.turns ?? 0) + 1;
        call.sees();
        return;
      case 'assistant.message': {
        const text = textAt(message, 'data', 'content') ?? '';
        if (text !== '') account.text = text;
        call.sees(text === '' ? undefined : { kind: 'says', text });
        return;
      }
      case 'tool.execution_start':
        call.sees({
          kind: 'does',
          tool: textAt(message, 'data', 'toolName') ?? 'tool',
          what: whatOf(at(message, ['data', 'arguments'])),
        });
        return;
      case 'tool.execution_complete':
        if (textAt(message, 'data', 'error', 'code') === 'denied') {
          account.denied.push(textAt(message, 'data', 'error', 'message') ?? 'a tool');
        }
        call.sees();
        return;
      case 'model.call_failure': {
        const status = numberAt(message, 'data', 'statusCode');
        const words = textAt(message, 'data', 'errorMessage') ?? textAt(message, 'data', 'failureKind') ?? 'failure';
        call.meets({ ...(status === undefined ? {} : { status }), message: `the model's answer: ${words}` });
        return;
      }
      case 'session.error': {
        const status = numberAt(message, 'data', 'statusCode');
        account.failure = {
          ...(status === undefined ? {} : { status }),
          message: textAt(message, 'data', 'message') ?? textAt(message, 'data', 'errorType') ?? 'an error',
        };
        call.sees();
        return;
      }
      case 'result': {
        account.isOver = true;
        const id = textAt(message, 'sessionId');
        if (id !== undefined) account.session = id;
        const code = numberAt(message, 'exitCode') ?? 0;
        // It got over what it told of before.
        if (code === 0) delete account.failure;
        else account.failure ??= { message: `it ended with ${code}` };
        call.sees(id === undefined ? undefined : { kind: 'session', id });
        return;
      }
      default:
        return;
    }
  },

  async finish(call) {
    const text = await readFile(usageFile(call), 'utf8').catch(() => undefined);
    if (text === undefined) return;
    let used: unknown;
    try {
      used = JSON.parse(text);
    } catch {
      call.account.warnings.push('its file of usage is not JSON');
      return;
    }
    const models = at(used, ['modelMetrics']);
    const totals = { inputTokens: 0, outputTokens: 0, cachedTokens: 0 };
    for (const model of typeof models === 'object' && models !== null ? Object.values(models) : []) {
      totals.inputTokens += numberAt(model, 'usage', 'inputTokens') ?? 0;
      totals.outputTokens += numberAt(model, 'usage', 'outputTokens') ?? 0;
      totals.cachedTokens += numberAt(model, 'usage', 'cacheReadTokens') ?? 0;
    }
    if (totals.inputTokens + totals.outputTokens > 0) call.account.usage = totals;
  },
};

const usageFile = (call: Call): string => join(call.folder, 'usage.json');
