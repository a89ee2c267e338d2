/**
 * Copilot CLI: `copilot --output-format json`.
 *
 * Its result line has an exit code, and `session.error` before it has the reason. A file reports the tokens of the whole
 * conversation. Cost is reported in premium requests, which have no price here.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Invocation, toolTarget } from './invocation.ts';
import { numberAt, type Preset, textAt, valueAt } from './preset.ts';

const EFFORTS: Readonly<Record<string, string>> = { max: 'xhigh' };

export const copilot: Preset = {
  program: ['copilot'],
  // `--trust-folder`: refused by 1.0.92, taken by 1.0.102; npm has none between them. `--usage-output-file`: absent in 1.0.79,
  // present in 1.0.92. Seen with the packages of @github/copilot on npm.
  oldest: '1.0.102',
  settings: ['COPILOT_PROVIDER_BASE_URL', 'COPILOT_PROVIDER_TYPE', 'COPILOT_MODEL', 'COPILOT_OFFLINE'],
  hosts: ['api.github.com', 'github.com', '*.githubcopilot.com'],
  homeFiles: ['.copilot/config.json'],
  isCumulative: { cost: false, usage: true },

  start(invocation) {
    const { model, effort, resumed, task } = invocation;
    return {
      args: [
        ...['--output-format', 'json', '--stream', 'off'],
        ...['--no-ask-user', '--no-auto-update', '--disable-builtin-mcps'],
        ...['--usage-output-file', usageFile(invocation)],
        ...(task.access === 'write'
          ? ['--allow-all-tools', '--add-dir', invocation.desk]
          : ['--deny-tool', 'write', '--deny-tool', 'shell']),
        ...(model === undefined ? [] : ['--model', model]),
        ...(effort === undefined ? [] : ['--reasoning-effort', EFFORTS[effort] ?? effort]),
        ...(resumed ? [`--resume=${resumed.session}`] : ['--trust-folder']),
      ],
    };
  },

  read(message, invocation) {
    const { state } = invocation;
    switch (message.type) {
      case 'assistant.turn_start':
        state.turns = (state.turns ?? 0) + 1;
        invocation.noteActivity();
        return;
      case 'assistant.message': {
        const text = textAt(message, 'data', 'content') ?? '';
        if (text !== '') state.text = text;
        invocation.noteActivity(text === '' ? undefined : { kind: 'says', text });
        return;
      }
      case 'tool.execution_start':
        invocation.noteActivity({
          kind: 'does',
          tool: textAt(message, 'data', 'toolName') ?? 'tool',
          what: toolTarget(valueAt(message, ['data', 'arguments'])),
        });
        return;
      case 'tool.execution_complete':
        if (textAt(message, 'data', 'error', 'code') === 'denied') {
          state.denied.push(textAt(message, 'data', 'error', 'message') ?? 'a tool');
        }
        invocation.noteActivity();
        return;
      case 'model.call_failure': {
        const status = numberAt(message, 'data', 'statusCode');
        const words = textAt(message, 'data', 'errorMessage') ?? textAt(message, 'data', 'failureKind') ?? 'failure';
        invocation.noteTrouble({
          ...(status === undefined ? {} : { status }),
          message: `the model's answer: ${words}`,
        });
        return;
      }
      case 'session.error': {
        const status = numberAt(message, 'data', 'statusCode');
        state.failure = {
          ...(status === undefined ? {} : { status }),
          message: textAt(message, 'data', 'message') ?? textAt(message, 'data', 'errorType') ?? 'an error',
        };
        invocation.noteActivity();
        return;
      }
      case 'result': {
        state.isOver = true;
        const id = textAt(message, 'sessionId');
        if (id !== undefined) state.session = id;
        const code = numberAt(message, 'exitCode') ?? 0;
        // It recovered from the failure that it had reported.
        if (code === 0) delete state.failure;
        else state.failure ??= { message: `it ended with ${code}` };
        invocation.noteActivity(id === undefined ? undefined : { kind: 'session', id });
        return;
      }
      default:
        return;
    }
  },

  async finish(invocation) {
    const text = await readFile(usageFile(invocation), 'utf8').catch(() => undefined);
    if (text === undefined) return;
    let used: unknown;
    try {
      used = JSON.parse(text);
    } catch {
      invocation.state.warnings.push('its usage file is not JSON');
      return;
    }
    const models = valueAt(used, ['modelMetrics']);
    const totals = { inputTokens: 0, outputTokens: 0, cachedTokens: 0 };
    for (const model of typeof models === 'object' && models !== null ? Object.values(models) : []) {
      totals.inputTokens += numberAt(model, 'usage', 'inputTokens') ?? 0;
      totals.outputTokens += numberAt(model, 'usage', 'outputTokens') ?? 0;
      totals.cachedTokens += numberAt(model, 'usage', 'cacheReadTokens') ?? 0;
    }
    if (totals.inputTokens + totals.outputTokens > 0) invocation.state.usage = totals;
  },
};

const usageFile = (invocation: Invocation): string => join(invocation.desk, 'usage.json');
