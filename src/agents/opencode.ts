/**
 * opencode: `opencode run --format json`.
 *
 * It reports tokens and cost after each step, so swarm can stop it in time. It waits out an outage forever and silently,
 * except in its log, which is printed for that reason. Its planning mode allows shells to write, so permissions make it
 * read-only instead.
 */
import { toolTarget } from './invocation.ts';
import { numberAt, type Preset, textAt, valueAt } from './preset.ts';

const READ_ONLY = { '*': 'deny', read: 'allow', grep: 'allow', glob: 'allow', list: 'allow' };

export const opencode: Preset = {
  program: ['opencode'],
  // `run --auto`: absent in 1.17.11, present in 1.17.18, by `--help` of the packages of opencode-ai on npm.
  oldest: '1.17.18',
  settings: ['OPENCODE_CONFIG', 'OPENCODE_CONFIG_CONTENT'],
  // It reads the list of models at its start.
  hosts: ['opencode.ai', 'models.dev'],
  homeFiles: ['.local/share/opencode/auth.json', '.config/opencode/opencode.json'],
  isCumulative: { cost: false, usage: false },

  start(invocation) {
    const { model, effort, resumed, task } = invocation;
    const geminiKey = invocation.key('GEMINI_API_KEY');
    return {
      args: [
        'run',
        ...['--format', 'json', '--print-logs', '--log-level', 'ERROR'],
        ...(task.access === 'write' ? ['--auto'] : []),
        ...(model === undefined ? [] : ['-m', model]),
        ...(effort === undefined ? [] : ['--variant', effort]),
        ...(resumed ? ['-s', resumed.session] : []),
      ],
      environment: {
        OPENCODE_DISABLE_AUTOUPDATE: '1',
        ...(task.access === 'read' ? { OPENCODE_PERMISSION: JSON.stringify(READ_ONLY) } : {}),
        // The name that its provider library reads the same key from.
        ...(geminiKey ? { GOOGLE_GENERATIVE_AI_API_KEY: geminiKey } : {}),
      },
    };
  },

  read(message, invocation) {
    const { state } = invocation;
    const id = textAt(message, 'sessionID');
    if (id !== undefined && state.session === undefined) {
      state.session = id;
      invocation.noteActivity({ kind: 'session', id });
    }
    // A further message shows that the step before it was not the last.
    state.isOver = false;
    switch (message.type) {
      case 'step_start':
        invocation.noteActivity();
        return;
      case 'text': {
        const text = textAt(message, 'part', 'text') ?? '';
        if (text !== '') state.text = text;
        invocation.noteActivity({ kind: 'says', text });
        return;
      }
      case 'tool_use': {
        const tool = valueAt(message, ['part', 'state']);
        const error = textAt(tool, 'error');
        if (error !== undefined && /reject|denied|not allowed/i.test(error)) state.denied.push(error);
        invocation.noteActivity({
          kind: 'does',
          tool: textAt(message, 'part', 'tool') ?? 'tool',
          what: toolTarget(valueAt(tool, ['input'])),
        });
        return;
      }
      case 'step_finish': {
        state.turns = (state.turns ?? 0) + 1;
        state.costUsd = (state.costUsd ?? 0) + (numberAt(message, 'part', 'cost') ?? 0);
        const cached = numberAt(message, 'part', 'tokens', 'cache', 'read') ?? 0;
        const written = numberAt(message, 'part', 'tokens', 'cache', 'write') ?? 0;
        const { inputTokens = 0, outputTokens = 0, cachedTokens = 0 } = state.usage ?? {};
        state.usage = {
          inputTokens: inputTokens + (numberAt(message, 'part', 'tokens', 'input') ?? 0) + cached + written,
          outputTokens:
            outputTokens +
            (numberAt(message, 'part', 'tokens', 'output') ?? 0) +
            (numberAt(message, 'part', 'tokens', 'reasoning') ?? 0),
          cachedTokens: cachedTokens + cached,
        };
        invocation.noteActivity({ kind: 'spends', costUsd: state.costUsd, turns: state.turns });
        state.isOver = textAt(message, 'part', 'reason') !== 'tool-calls';
        return;
      }
      case 'error': {
        const status = numberAt(message, 'error', 'data', 'statusCode');
        state.failure = {
          ...(status === undefined ? {} : { status }),
          message: textAt(message, 'error', 'data', 'message') ?? textAt(message, 'error', 'name') ?? 'an error',
        };
        invocation.noteActivity();
        return;
      }
      default:
        return;
    }
  },

  readStderr(line, invocation) {
    const words = /level=ERROR .*?error(?:\.error)?="([^"]{1,2000})"/.exec(line)?.[1];
    if (words !== undefined) invocation.noteTrouble({ message: words });
  },
};
