/**
 * An agent that really speaks the Agent Client Protocol (the SDK's agent side, in its own process) and follows a script,
 * step by step:
 *
 *     node acp-agent.ts '[{"does":"write","path":"/tree/a.txt","content":"x"},{"does":"say","text":"Done."}]'
 *
 * It reports the result of each step as a line of its message, so that a test can read how the client answered.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { Readable, Writable } from 'node:stream';
import { type AgentContext, agent, methods, ndJsonStream, RequestError } from '@agentclientprotocol/sdk';
import { until } from './wait.ts';

export type Step =
  | { readonly does: 'say'; readonly text: string }
  /** The agent writes the file itself. */
  | { readonly does: 'edit'; readonly path: string; readonly content: string }
  /** The agent asks the client to write the file. */
  | { readonly does: 'write'; readonly path: string; readonly content: string }
  | { readonly does: 'read'; readonly path: string; readonly line?: number; readonly limit?: number }
  | { readonly does: 'run'; readonly command: string }
  /** Starts the command in a terminal and leaves it running. */
  | { readonly does: 'leave'; readonly command: string }
  | { readonly does: 'permission'; readonly kind: 'edit' | 'execute' | 'read'; readonly path?: string }
  | { readonly does: 'question'; readonly text: string; readonly options: readonly string[] }
  | { readonly does: 'spend'; readonly usd: number }
  | { readonly does: 'environment'; readonly names: readonly string[] }
  | { readonly does: 'print'; readonly text: string }
  | { readonly does: 'flood'; readonly lines: number }
  /** Starts a child in its own session that listens on a port, and writes the port to the file. */
  | { readonly does: 'daemon'; readonly file: string }
  | { readonly does: 'fail'; readonly code: number; readonly message: string }
  | { readonly does: 'stop'; readonly reason: 'max_tokens' | 'max_turn_requests' | 'refusal' | 'cancelled' }
  | { readonly does: 'exit'; readonly code: number }
  | { readonly does: 'hang' };

/** Capabilities of the agent, and what it offers. */
interface Gifts {
  /** The file for its conversations. Without one it cannot resume any. */
  readonly memory?: string;
  readonly modes?: readonly string[];
  readonly models?: readonly string[];
  readonly version?: number;
  readonly needsLogin?: boolean;
  readonly tokens?: number;
}

const steps = JSON.parse(process.argv[2] ?? '[]') as Step[];
const gifts = JSON.parse(process.argv[3] ?? '{}') as Gifts;

const remembered = (): Record<string, string[]> =>
  gifts.memory && existsSync(gifts.memory) ? JSON.parse(readFileSync(gifts.memory, 'utf8')) : {};
const remember = (session: string, prompt: string): void => {
  if (!gifts.memory) return;
  const all = remembered();
  all[session] = [...(all[session] ?? []), prompt];
  writeFileSync(gifts.memory, JSON.stringify(all));
};

let mode = gifts.modes?.[0];
let model = gifts.models?.[0];
const offers = () => ({
  ...(gifts.modes
    ? { modes: { currentModeId: mode ?? '', availableModes: gifts.modes.map((id) => ({ id, name: id })) } }
    : {}),
  ...(gifts.models
    ? {
        configOptions: [
          {
            type: 'select' as const,
            id: 'model',
            name: 'Model',
            category: 'model' as const,
            currentValue: model ?? '',
            options: gifts.models.map((value) => ({ value, name: value })),
          },
        ],
      }
    : {}),
});

agent({ name: 'rig' })
  .onRequest(methods.agent.initialize, () => ({
    protocolVersion: gifts.version ?? 1,
    agentCapabilities: { loadSession: gifts.memory !== undefined },
    authMethods: [],
  }))
  .onRequest(methods.agent.session.new, () => {
    if (gifts.needsLogin) throw new RequestError(-32000, 'Authentication required');
    return { sessionId: 'conversation-1', ...offers() };
  })
  .onRequest(methods.agent.session.load, async ({ params, client }) => {
    const before = remembered()[params.sessionId];
    if (!before) throw new RequestError(-32002, 'Resource not found');
    for (const text of before) await say(client, params.sessionId, `${text}\n`);
    return offers();
  })
  .onRequest(methods.agent.session.setMode, ({ params }) => {
    mode = params.modeId;
    return {};
  })
  .onRequest(methods.agent.session.setConfigOption, ({ params }) => {
    model = String(params.value);
    return { configOptions: offers().configOptions ?? [] };
  })
  .onRequest(methods.agent.session.prompt, async ({ params, client }) => {
    const { sessionId } = params;
    const [block] = params.prompt;
    const prompt = block?.type === 'text' ? block.text : '';
    const before = remembered()[sessionId] ?? [];
    remember(sessionId, prompt);
    await say(client, sessionId, `prompt ${before.length + 1}, mode ${mode ?? 'none'}, model ${model ?? 'none'}\n`);
    for (const step of steps) {
      if (step.does === 'stop') return { stopReason: step.reason };
      if (step.does === 'fail') throw new RequestError(step.code, step.message);
      try {
        const came = await take(step, client, sessionId);
        if (came !== undefined) await say(client, sessionId, `${came}\n`);
      } catch (error) {
        await say(
          client,
          sessionId,
          `${step.does} refused: ${error instanceof Error ? error.message : String(error)}\n`,
        );
      }
    }
    const usage =
      gifts.tokens === undefined ? {} : { usage: { inputTokens: gifts.tokens, outputTokens: 10, totalTokens: 0 } };
    return { stopReason: 'end_turn' as const, ...usage };
  })
  .connect(
    ndJsonStream(
      Writable.toWeb(process.stdout) as WritableStream<Uint8Array>,
      Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>,
    ),
  );

async function say(client: AgentContext, sessionId: string, text: string): Promise<void> {
  await client.notify(methods.client.session.update, {
    sessionId,
    update: { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } },
  });
}

/** @returns a line for its message. */
async function take(step: Step, client: AgentContext, sessionId: string): Promise<string | undefined> {
  switch (step.does) {
    case 'say':
      return step.text;
    case 'edit':
      await client.notify(methods.client.session.update, {
        sessionId,
        update: {
          sessionUpdate: 'tool_call',
          toolCallId: 'edit',
          title: 'Edit',
          kind: 'edit',
          rawInput: { path: step.path },
        },
      });
      writeFileSync(step.path, step.content);
      return undefined;
    case 'write':
      await client.request(methods.client.fs.writeTextFile, { sessionId, path: step.path, content: step.content });
      return 'write done';
    case 'read': {
      const { path, line, limit } = step;
      const range = { ...(line === undefined ? {} : { line }), ...(limit === undefined ? {} : { limit }) };
      const { content } = await client.request(methods.client.fs.readTextFile, { sessionId, path, ...range });
      return `read: ${content}`;
    }
    case 'run': {
      const terminal = await client.createTerminal({ sessionId, command: step.command });
      const { exitCode } = await terminal.waitForExit();
      const { output } = await terminal.currentOutput();
      await terminal.release();
      return `run ended with ${exitCode}: ${output}`;
    }
    case 'leave':
      await client.createTerminal({ sessionId, command: step.command });
      return undefined;
    case 'permission': {
      const { outcome } = await client.request(methods.client.session.requestPermission, {
        sessionId,
        toolCall: {
          toolCallId: 'call',
          kind: step.kind,
          title: `${step.kind} it`,
          ...(step.path === undefined ? {} : { locations: [{ path: step.path }] }),
        },
        options: [
          { optionId: 'yes', name: 'Yes', kind: 'allow_once' },
          { optionId: 'no', name: 'No', kind: 'reject_once' },
        ],
      });
      return `permission: ${outcome.outcome === 'selected' ? outcome.optionId : outcome.outcome}`;
    }
    case 'question': {
      const { action } = await client.request(methods.client.elicitation.create, {
        sessionId,
        mode: 'form',
        message: step.text,
        requestedSchema: { type: 'object', properties: { answer: { type: 'string', enum: [...step.options] } } },
      });
      return `question: ${action}`;
    }
    case 'spend':
      await client.notify(methods.client.session.update, {
        sessionId,
        update: { sessionUpdate: 'usage_update', used: 1, size: 2, cost: { amount: step.usd, currency: 'USD' } },
      });
      return undefined;
    case 'environment':
      return step.names.map((name) => `${name}=${process.env[name] ?? ''}`).join(' ');
    case 'print':
      process.stdout.write(`${step.text}\n`);
      return undefined;
    case 'flood':
      for (let line = 0; line < step.lines; line++) {
        if (!process.stderr.write(`${'x'.repeat(1_000)}\n`))
          await new Promise((resolve) => process.stderr.once('drain', resolve));
      }
      return undefined;
    case 'daemon': {
      const listens = `const s = require('net').createServer().listen(0, '127.0.0.1', () => require('fs').writeFileSync(${JSON.stringify(
        step.file,
      )}, String(s.address().port)))`;
      spawn(process.execPath, ['-e', listens], { detached: true, stdio: 'ignore' }).unref();
      await until('the daemon to listen', () => existsSync(step.file) && readFileSync(step.file, 'utf8') !== '');
      return undefined;
    }
    case 'exit':
      process.exit(step.code);
      break;
    case 'hang':
      // An open port keeps the process alive even when its input ends.
      createServer().listen(0, '127.0.0.1');
      await new Promise(() => {});
      return undefined;
    case 'stop':
    case 'fail':
      return undefined;
  }
}
