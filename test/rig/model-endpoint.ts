/**
 * A model whose answers a test scripts, for agents that were made for real models.
 *
 * It speaks the four wire formats that coding agents use (Anthropic messages, OpenAI responses, OpenAI chat completions,
 * Gemini content) on 127.0.0.1. It keeps no state between requests: the number of tool results in a request
 * says how far the conversation has come, so that retries, restarts and resumed conversations get the right answer.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The model's next act. */
export type Reply =
  | { readonly kind: 'says'; readonly text: string }
  /** A structured answer: by the agent's own tool for it, or else as its last message. */
  | { readonly kind: 'answers'; readonly value: Json }
  /** By the tool that the agent has for it. */
  | { readonly kind: 'writes'; readonly file: string; readonly content: string }
  | { readonly kind: 'runs'; readonly command: string }
  | { readonly kind: 'fails'; readonly status: number; readonly message: string; readonly retryAfter?: number }
  /** Takes the request and never answers. */
  | { readonly kind: 'hangs' };

/** A request, in one form for all providers. */
export interface Request {
  readonly api: 'messages' | 'responses' | 'chat' | 'gemini';
  readonly model: string;
  /** The number of tool results in the conversation. */
  readonly results: number;
  /** Everything sent to the model, tool results included. */
  readonly text: string;
  readonly tools: readonly string[];
  /** The credential of the request. */
  readonly key: string;
}

export interface ModelEndpoint {
  readonly url: string;
  readonly requests: readonly Request[];
  /** Answers from now on. Calls without tools (a title, a summary) get plain text and are not scripted. */
  script: (request: Request) => Reply;
  close(): Promise<void>;
}

export const says = (text: string): Reply => ({ kind: 'says', text });
export const answers = (value: Json): Reply => ({ kind: 'answers', value });
export const writes = (file: string, content: string): Reply => ({ kind: 'writes', file, content });
export const runs = (command: string): Reply => ({ kind: 'runs', command });
export const fails = (status: number, message: string, retryAfter?: number): Reply => ({
  kind: 'fails',
  status,
  message,
  ...(retryAfter === undefined ? {} : { retryAfter }),
});

/** The tokens of each answer, for tests that add them up. */
export const TOKENS = { input: 1_000, output: 50 } as const;

export async function startModel(): Promise<ModelEndpoint> {
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  const endpoint = {
    url: '',
    requests,
    script: (_: Request): Reply => says('Nothing is scripted.'),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return endpoint;

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(incoming.url ?? '/', 'http://model').pathname;
    const wire = WIRES.find(({ path: theirs }) => theirs.test(path));
    const body = await readBody(incoming);
    if (!wire || incoming.method !== 'POST') {
      // Lists of models, token counts, telemetry: agents work without them.
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"not here"}}');
      return;
    }
    const request: Request = { ...wire.read(body, path), api: wire.api, key: keyOf(incoming) };
    const reply = request.tools.length === 0 ? says('A small change') : endpoint.script(request);
    requests.push(request);
    if (reply.kind === 'hangs') return;
    if (reply.kind === 'fails') {
      const headers = reply.retryAfter === undefined ? {} : { 'retry-after': String(reply.retryAfter) };
      response.writeHead(reply.status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(wire.error(reply.status, reply.message)));
      return;
    }
    const [text, call] = saidBy(reply, request);
    const events = wire.events(text, call, request);
    if (path.endsWith(':generateContent') || (wire.api === 'chat' && body.stream !== true)) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(wire.api === 'chat' ? whole(events) : events[0]?.data));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const { event, data } of events) {
      if (event !== undefined) response.write(`event: ${event}\n`);
      response.write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
    }
    response.end();
  }
}

type Json = Readonly<Record<string, unknown>>;

interface Call {
  readonly id: string;
  readonly tool: string;
  readonly input: Json;
}

interface Sent {
  readonly event?: string;
  readonly data: unknown;
}

interface Wire {
  readonly api: Request['api'];
  readonly path: RegExp;
  read(body: Json, path: string): Pick<Request, 'model' | 'results' | 'text' | 'tools'>;
  events(text: string, call: Call | undefined, request: Request): readonly Sent[];
  error(status: number, message: string): Json;
}

async function readBody(incoming: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Json);
}

function keyOf({ headers }: IncomingMessage): string {
  const bearer = headers.authorization?.replace(/^Bearer /, '');
  return String(headers['x-api-key'] ?? headers['x-goog-api-key'] ?? bearer ?? '');
}

/** The agents' tools for writing a new or an existing file, and for running a command. */
const WRITERS: Readonly<Record<string, (file: string, content: string) => Json>> = {
  Write: (file_path, content) => ({ file_path, content }),
  write: (filePath, content) => ({ filePath, content }),
  write_file: (file_path, content) => ({ file_path, content }),
};
const RUNNERS: Readonly<Record<string, (command: string) => Json>> = {
  Bash: (command) => ({ command, description: 'Runs a command' }),
  bash: (command) => ({ command, description: 'Runs a command', mode: 'sync', initial_wait: 30 }),
  exec_command: (cmd) => ({ cmd }),
  shell: (command) => ({ command: ['sh', '-c', command] }),
  run_shell_command: (command) => ({ command, description: 'Runs a command' }),
};

const ANSWER_TOOL = 'StructuredOutput';

function saidBy(
  reply: Exclude<Reply, { kind: 'fails' | 'hangs' }>,
  request: Request,
): readonly [text: string, call: Call | undefined] {
  if (reply.kind === 'says') return [reply.text, undefined];
  if (reply.kind !== 'answers') return ['', callOf(reply, request)];
  const isAsked = request.tools.includes(ANSWER_TOOL) && !request.text.includes('call_answer');
  return isAsked
    ? ['', { id: 'call_answer', tool: ANSWER_TOOL, input: reply.value }]
    : [JSON.stringify(reply.value), undefined];
}

function callOf(reply: Extract<Reply, { kind: 'writes' | 'runs' }>, { tools, results }: Request): Call {
  const id = `call_${results + 1}`;
  if (reply.kind === 'writes') {
    const tool = Object.keys(WRITERS).find((name) => tools.includes(name));
    if (tool !== undefined) return { id, tool, input: WRITERS[tool]?.(reply.file, reply.content) ?? {} };
  }
  const command =
    reply.kind === 'runs' ? reply.command : `cat > '${reply.file}' <<'END_OF_FILE'\n${reply.content}END_OF_FILE`;
  const tool = Object.keys(RUNNERS).find((name) => tools.includes(name));
  if (tool === undefined) throw new Error(`No tool to run a command among ${tools.join(', ')}`);
  return { id, tool, input: RUNNERS[tool]?.(command) ?? {} };
}

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const names = (tools: readonly Json[]): string[] => tools.map(({ name }) => String(name));

const messages: Wire = {
  api: 'messages',
  path: /\/v1\/messages$/,
  read: (body) => {
    const content = list(body.messages).flatMap((message) =>
      typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : list(message.content),
    );
    return {
      model: String(body.model),
      results: content.filter(({ type }) => type === 'tool_result').length,
      text: JSON.stringify([body.system, content]),
      tools: names(list(body.tools)),
    };
  },
  events: (text, call, { model, results }) => {
    const block = call
      ? {
          start: { type: 'tool_use', id: call.id, name: call.tool, input: {} },
          delta: { type: 'input_json_delta', partial_json: JSON.stringify(call.input) },
        }
      : { start: { type: 'text', text: '' }, delta: { type: 'text_delta', text } };
    const usage = { input_tokens: TOKENS.input, output_tokens: TOKENS.output };
    const sent = (data: { readonly type: string } & Json): Sent => ({ event: data.type, data });
    return [
      sent({
        type: 'message_start',
        message: { id: `msg_${results}`, type: 'message', role: 'assistant', model, content: [], usage },
      }),
      sent({ type: 'content_block_start', index: 0, content_block: block.start }),
      sent({ type: 'content_block_delta', index: 0, delta: block.delta }),
      sent({ type: 'content_block_stop', index: 0 }),
      sent({ type: 'message_delta', delta: { stop_reason: call ? 'tool_use' : 'end_turn' }, usage }),
      sent({ type: 'message_stop' }),
    ];
  },
  error: (status, message) => ({
    type: 'error',
    error: { type: { 401: 'authentication_error', 429: 'rate_limit_error', 529: 'overloaded_error' }[status], message },
  }),
};

const responses: Wire = {
  api: 'responses',
  path: /\/responses$/,
  read: (body) => {
    const input = list(body.input);
    return {
      model: String(body.model),
      results: input.filter(({ type }) => String(type).endsWith('_output')).length,
      text: JSON.stringify([body.instructions, input]),
      tools: list(body.tools).map(({ name, type }) => String(name ?? type)),
    };
  },
  events: (text, call, { model, results }) => {
    const item = call
      ? {
          type: 'function_call',
          id: `fc_${results}`,
          call_id: call.id,
          name: call.tool,
          arguments: JSON.stringify(call.input),
        }
      : {
          type: 'message',
          id: `m_${results}`,
          role: 'assistant',
          content: [{ type: 'output_text', text, annotations: [] }],
        };
    const response = { id: `resp_${results}`, object: 'response', model, status: 'completed', output: [item] };
    const usage = {
      input_tokens: TOKENS.input,
      output_tokens: TOKENS.output,
      total_tokens: TOKENS.input + TOKENS.output,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens_details: { reasoning_tokens: 0 },
    };
    const sent = (data: { readonly type: string } & Json): Sent => ({ event: data.type, data });
    return [
      sent({ type: 'response.created', response: { ...response, status: 'in_progress', output: [] } }),
      sent({ type: 'response.output_item.added', output_index: 0, item }),
      sent({ type: 'response.output_item.done', output_index: 0, item }),
      sent({ type: 'response.completed', response: { ...response, usage } }),
    ];
  },
  error: (status, message) => ({ error: { message, type: 'error', code: String(status) } }),
};

const chat: Wire = {
  api: 'chat',
  path: /\/chat\/completions$/,
  read: (body) => {
    const said = list(body.messages);
    return {
      model: String(body.model),
      results: said.filter(({ role }) => role === 'tool').length,
      text: JSON.stringify(said),
      tools: list(body.tools).map((tool) => String((tool.function as Json | undefined)?.name)),
    };
  },
  events: (text, call, { model, results }) => {
    const chunk = (choice: Json, usage?: Json): Sent => ({
      data: {
        id: `chat_${results}`,
        object: 'chat.completion.chunk',
        created: 1_700_000_000,
        model,
        choices: [{ index: 0, ...choice }],
        ...(usage ? { usage } : {}),
      },
    });
    const delta = call
      ? {
          tool_calls: [
            {
              index: 0,
              id: call.id,
              type: 'function',
              function: { name: call.tool, arguments: JSON.stringify(call.input) },
            },
          ],
        }
      : { content: text };
    const usage = {
      prompt_tokens: TOKENS.input,
      completion_tokens: TOKENS.output,
      total_tokens: TOKENS.input + TOKENS.output,
    };
    return [
      chunk({ delta: { role: 'assistant', ...delta }, finish_reason: null }),
      chunk({ delta: {}, finish_reason: call ? 'tool_calls' : 'stop' }, usage),
      { data: '[DONE]' },
    ];
  },
  error: (status, message) => ({ error: { message, type: 'error', code: status } }),
};

/** A chat answer in one piece, for agents that ask for no stream. */
function whole(events: readonly Sent[]): Json {
  const [first, last] = events.map(({ data }) => data as Json);
  const [said] = list(first?.choices);
  const [end] = list(last?.choices);
  const message = { content: null, ...(said?.delta as Json) };
  return { ...last, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: end?.finish_reason }] };
}

const gemini: Wire = {
  api: 'gemini',
  path: /\/models\/[^/]+:(?:streamGenerateContent|generateContent)$/,
  read: (body, path) => {
    const parts = list(body.contents).flatMap(({ parts }) => list(parts));
    return {
      model: /\/models\/([^/:]+):/.exec(path)?.[1] ?? '',
      results: parts.filter(({ functionResponse }) => functionResponse !== undefined).length,
      text: JSON.stringify([body.systemInstruction, parts]),
      tools: list(body.tools).flatMap(({ functionDeclarations }) => names(list(functionDeclarations))),
    };
  },
  events: (text, call, { model }) => [
    {
      data: {
        candidates: [
          {
            index: 0,
            content: {
              role: 'model',
              parts: [call ? { functionCall: { name: call.tool, args: call.input } } : { text }],
            },
            finishReason: 'STOP',
          },
        ],
        modelVersion: model,
        usageMetadata: {
          promptTokenCount: TOKENS.input,
          candidatesTokenCount: TOKENS.output,
          totalTokenCount: TOKENS.input + TOKENS.output,
        },
      },
    },
  ],
  error: (status, message) => ({
    error: { code: status, message, status: status === 401 ? 'UNAUTHENTICATED' : 'UNAVAILABLE' },
  }),
};

const WIRES: readonly Wire[] = [messages, responses, chat, gemini];
