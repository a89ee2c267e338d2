/**
 * Runs any agent that speaks the Agent Client Protocol (https://agentclientprotocol.com, version 1, over standard
 * streams).
 *
 * Swarm is the client. It opens a session in the working tree, sends the brief, answers the agent's requests by a fixed
 * policy, and listens. The reason for the end of a turn says little: some agents send a provider's error as text and then
 * `end_turn`. So an end without a single act may be a failure; everything else is for git and the gates to judge.
 */
import type { Writable } from 'node:stream';
import {
  type AnyMessage,
  type ClientContext,
  client,
  type InitializeResponse,
  methods,
  PROTOCOL_VERSION,
  RequestError,
  type SessionConfigOption,
  type SessionModeState,
  type SessionUpdate,
  type StopReason,
} from '@agentclientprotocol/sdk';
import { AcpHost } from './acp-host.ts';
import { type FailureKind, kindOf } from './failure.ts';
import { type AgentAdapter, Invocation, toolTarget } from './invocation.ts';
import { type Message, numberAt, valueAt } from './preset.ts';
import type { AgentEnd, AgentTask } from './task.ts';

/** The protocol reports the cost of a session and the tokens of one prompt. */
const isCumulative = { cost: true, usage: false };
/** The protocol's error code for missing authentication. */
const AUTH_REQUIRED = -32000;

/** @param maker the preset that brings the program's login and endpoints, if there is one. */
export async function runAcp(
  task: AgentTask,
  { hosts = [], homeFiles = [] }: Partial<Pick<AgentAdapter, 'hosts' | 'homeFiles'>> = {},
): Promise<AgentEnd> {
  const invocation = await Invocation.open(task, { program: [], settings: [], hosts, homeFiles, isCumulative });
  const host = new AcpHost(invocation);
  const session = new AcpSession(invocation, host);
  const ended = await invocation.run({
    args: [],
    input: (input) => session.open(input),
    environment: invocation.environment(),
    onMessage: (message) => session.hear(message),
  });
  await session.close();
  await host.close();
  return invocation.conclude(ended);
}

class AcpSession {
  readonly #invocation: Invocation;
  readonly #host: AcpHost;
  #incoming: ReadableStreamDefaultController<AnyMessage> | undefined;
  #conversation: Promise<void> | undefined;
  #isAnswering = false;
  /** While an earlier conversation is loaded, its messages are sent again. */
  #isReplay = false;
  #acts = 0;

  constructor(invocation: Invocation, host: AcpHost) {
    this.#invocation = invocation;
    this.#host = host;
  }

  open(input: Writable): void {
    const readable = new ReadableStream<AnyMessage>({
      start: (controller) => {
        this.#incoming = controller;
      },
    });
    const writable = new WritableStream<AnyMessage>({
      write: (message) => {
        if (input.writable) input.write(`${JSON.stringify(message)}\n`);
      },
    });
    const connection = this.#makeClient().connect({ readable, writable });
    this.#conversation = this.#converse(connection.agent)
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        connection.close();
        input.end();
      });
  }

  hear(message: Message): void {
    this.#readUsage(message);
    if (message.jsonrpc === '2.0') this.#incoming?.enqueue(message as unknown as AnyMessage);
  }

  /** The agent's process has ended, so pending requests fail. */
  async close(): Promise<void> {
    try {
      this.#incoming?.close();
    } catch (error) {
      // Already closed by the connection.
      if (!(error instanceof TypeError)) throw error;
    }
    this.#incoming = undefined;
    await this.#conversation;
  }

  #makeClient() {
    const host = this.#host;
    return client({ name: 'swarm' })
      .onNotification(methods.client.session.update, ({ params }) => this.#onUpdate(params.update))
      .onRequest(methods.client.session.requestPermission, ({ params }) => host.permit(params))
      .onRequest(methods.client.fs.readTextFile, ({ params }) => this.#serve(() => host.read(params)))
      .onRequest(methods.client.fs.writeTextFile, ({ params }) => this.#serve(() => host.write(params)))
      .onRequest(methods.client.terminal.create, ({ params }) => this.#serve(() => host.start(params)))
      .onRequest(methods.client.terminal.output, ({ params }) => host.output(params))
      .onRequest(methods.client.terminal.waitForExit, ({ params }) => host.wait(params))
      .onRequest(methods.client.terminal.kill, ({ params }) => host.kill(params))
      .onRequest(methods.client.terminal.release, ({ params }) => host.kill(params))
      .onRequest(methods.client.elicitation.create, ({ params }) => {
        this.#invocation.state.question ??= questionOf(params);
        this.#invocation.noteActivity();
        // No one can answer now. The agent continues on an assumption, or stops and gets its answer later.
        return { action: 'cancel' as const };
      });
  }

  async #converse(agent: ClientContext): Promise<void> {
    const { task, resumed, state } = this.#invocation;
    const hello = await agent.request(methods.agent.initialize, {
      protocolVersion: PROTOCOL_VERSION,
      clientInfo: { name: 'swarm', version: '1' },
      clientCapabilities: {
        fs: { readTextFile: true, writeTextFile: task.access === 'write' },
        terminal: task.access === 'write',
        elicitation: { form: {} },
      },
    });
    this.#invocation.noteActivity();
    if (hello.protocolVersion !== PROTOCOL_VERSION) {
      throw new Error(`it speaks version ${hello.protocolVersion} of the protocol; swarm speaks ${PROTOCOL_VERSION}`);
    }
    const session = await this.#openSession(agent, hello, resumed?.session);
    state.session = session.sessionId;
    this.#invocation.noteActivity({ kind: 'session', id: session.sessionId });
    await this.#configure(agent, session);
    const { stopReason } = await agent.request(methods.agent.session.prompt, {
      sessionId: session.sessionId,
      prompt: [{ type: 'text', text: task.brief }],
    });
    this.#end(stopReason);
  }

  async #openSession(
    agent: ClientContext,
    hello: InitializeResponse,
    earlier: string | undefined,
  ): Promise<OpenSession> {
    const parameters = { cwd: this.#invocation.task.directory, mcpServers: [] };
    const { loadSession, sessionCapabilities } = hello.agentCapabilities ?? {};
    if (earlier !== undefined && (loadSession || sessionCapabilities?.resume)) {
      const known = { ...parameters, sessionId: earlier };
      this.#isReplay = true;
      try {
        const loaded = sessionCapabilities?.resume
          ? await agent.request(methods.agent.session.resume, known)
          : await agent.request(methods.agent.session.load, known);
        return { ...(loaded ?? {}), sessionId: earlier };
      } catch (error) {
        if (!(error instanceof RequestError) || error.code === AUTH_REQUIRED) throw error;
        this.#invocation.state.warnings.push(`its conversation could not be resumed: ${sayError(error)}`);
      } finally {
        this.#isReplay = false;
      }
    }
    try {
      return await agent.request(methods.agent.session.new, parameters);
    } catch (error) {
      // The key is in the environment, but some agents look there only on request.
      const method = hello.authMethods?.find(({ id }) => /api[-_]?key/i.test(id));
      if (!(error instanceof RequestError) || error.code !== AUTH_REQUIRED || !method) throw error;
      await agent.request(methods.agent.authenticate, { methodId: method.id });
      return await agent.request(methods.agent.session.new, parameters);
    }
  }

  /** Sets model, effort and mode, if the agent offers them. */
  async #configure(agent: ClientContext, { sessionId, modes, configOptions }: OpenSession): Promise<void> {
    const { model, effort, task, state } = this.#invocation;
    for (const [category, wanted] of [
      ['model', model],
      ['thought_level', effort],
    ] as const) {
      if (wanted === undefined) continue;
      const option = configOptions?.find((each) => each.category === category || each.id === category);
      const values = option ? valuesOf(option) : [];
      const value = values.find(({ value, name }) => value === wanted || name.toLowerCase() === wanted.toLowerCase());
      if (option && value) {
        await agent.request(methods.agent.session.setConfigOption, {
          sessionId,
          configId: option.id,
          value: value.value,
        });
      } else if (category === 'model' && values.length > 0) {
        const offered = values.map(({ value }) => value).slice(0, 20);
        throw new KnownFailure('model refused', `unknown model; it offers ${offered.join(', ')}`);
      } else
        state.warnings.push(`${task.agent.name} has no setting for ${category === 'model' ? 'its model' : 'effort'}`);
    }
    const mode = modes && modeFor(task.access, modes);
    if (mode !== undefined && mode !== null) {
      await agent.request(methods.agent.session.setMode, { sessionId, modeId: mode });
    }
  }

  #onUpdate(update: SessionUpdate): void {
    if (this.#isReplay) return;
    const { state } = this.#invocation;
    switch (update.sessionUpdate) {
      case 'agent_message_chunk': {
        const text = update.content.type === 'text' ? update.content.text : '';
        if (!this.#isAnswering) state.turns = (state.turns ?? 0) + 1;
        state.text = this.#isAnswering ? state.text + text : text;
        this.#isAnswering = true;
        this.#invocation.noteActivity({ kind: 'says', text });
        return;
      }
      case 'tool_call':
        if (!this.#isAnswering) state.turns = (state.turns ?? 0) + 1;
        this.#isAnswering = false;
        this.#acts += 1;
        this.#invocation.noteActivity({
          kind: 'does',
          tool: update.kind ?? 'tool',
          what: toolTarget(update.rawInput) || update.title,
        });
        return;
      case 'tool_call_update':
        this.#isAnswering = false;
        this.#invocation.noteActivity();
        return;
      case 'usage_update':
        if (update.cost?.currency === 'USD') {
          state.costUsd = update.cost.amount;
          this.#invocation.noteActivity({ kind: 'spends', costUsd: update.cost.amount });
        } else this.#invocation.noteActivity();
        return;
      case 'agent_thought_chunk':
      case 'plan':
        this.#invocation.noteActivity();
        return;
      default:
        return;
    }
  }

  async #serve<Result>(act: () => Promise<Result>): Promise<Result> {
    this.#acts += 1;
    this.#invocation.noteActivity();
    return act();
  }

  /** Tokens are not in the protocol's stable part, but agents report them. */
  #readUsage(message: Message): void {
    const result = valueAt(message, ['result']);
    const told = valueAt(result, ['stopReason']) === undefined ? undefined : result;
    const inputTokens =
      numberAt(told, 'usage', 'inputTokens') ?? numberAt(told, '_meta', 'quota', 'token_count', 'input_tokens');
    const outputTokens =
      numberAt(told, 'usage', 'outputTokens') ?? numberAt(told, '_meta', 'quota', 'token_count', 'output_tokens');
    if (inputTokens === undefined || outputTokens === undefined) return;
    const cachedTokens = numberAt(told, 'usage', 'cachedReadTokens') ?? 0;
    this.#invocation.state.usage = { inputTokens: inputTokens + cachedTokens, outputTokens, cachedTokens };
  }

  #end(reason: StopReason): void {
    const { state } = this.#invocation;
    state.isOver = true;
    const kind = ({ max_tokens: 'context', max_turn_requests: 'turns', refusal: 'declined' } as const)[
      reason as 'max_tokens' | 'max_turn_requests' | 'refusal'
    ] as FailureKind | undefined;
    if (kind) state.failure = { kind, message: state.text || `it stopped with: ${reason}` };
    else if (reason === 'cancelled') state.failure = { message: state.text || 'it stopped with: cancelled' };
    else if (this.#acts === 0 && isError(state.text)) state.failure = { message: state.text };
    this.#invocation.noteActivity();
  }

  #fail(error: unknown): void {
    const { state } = this.#invocation;
    // The process is gone, and its exit says more than the failed request.
    if (this.#incoming === undefined) return;
    state.isOver = true;
    if (error instanceof KnownFailure) state.failure = { kind: error.kind, message: error.message };
    else if (error instanceof RequestError) {
      const message = sayError(error);
      state.failure = error.code === AUTH_REQUIRED ? { kind: 'no credentials', message } : { message };
    } else state.failure = { message: error instanceof Error ? error.message : String(error) };
    this.#invocation.noteActivity();
  }
}

const sayError = ({ message, data }: RequestError): string =>
  data === undefined ? message : `${message} ${JSON.stringify(data)}`;

interface OpenSession {
  readonly sessionId: string;
  readonly modes?: SessionModeState | null;
  readonly configOptions?: readonly SessionConfigOption[] | null;
}

/** A failure that swarm itself detected. */
class KnownFailure extends Error {
  override readonly name = 'KnownFailure';
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

const valuesOf = (option: SessionConfigOption): readonly { readonly value: string; readonly name: string }[] =>
  option.type !== 'select'
    ? []
    : option.options
        .flatMap((each) => ('options' in each ? each.options : [each]))
        .map(({ value, name }) => ({ value, name }));

const READ_MODES = ['plan', 'read-only', 'ask'];
const WRITE_MODES = ['agent', 'workspace-write', 'build', 'code', 'auto_edit', 'autoEdit', 'acceptEdits', 'default'];

/** The mode to switch to: a read-only one for agents that judge; any other for writers that start in a read-only one. */
function modeFor(access: AgentTask['access'], { currentModeId, availableModes }: SessionModeState): string | undefined {
  const short = (id: string) => id.split(/[#/]/).at(-1) ?? id;
  const first = (wanted: readonly string[]) =>
    wanted.flatMap((name) => availableModes.filter(({ id }) => short(id) === name)).at(0)?.id;
  const readsOnly = READ_MODES.includes(short(currentModeId));
  if (access === 'read') return readsOnly ? undefined : first(READ_MODES);
  return readsOnly ? first(WRITE_MODES) : undefined;
}

const ERROR_CHARS = 1_000;

/** True for a text that is a provider's error instead of an answer: it is short, starts like one, and its kind is known. */
const isError = (text: string): boolean =>
  text.length <= ERROR_CHARS &&
  /^\W{0,4}(?:api |request |execution |stream |internal |unexpected )?(?:error|failed|failure|status)\b|\b[45]\d\d\b/i.test(
    text,
  ) &&
  kindOf({ message: text }) !== 'unknown';

function questionOf(params: { readonly message: string; readonly [key: string]: unknown }) {
  const properties = valueAt(params, ['requestedSchema', 'properties']);
  const [first] = typeof properties === 'object' && properties !== null ? Object.values(properties) : [];
  const listed = [...(listIn(first, 'oneOf') ?? listIn(first, 'enum') ?? [])];
  const options = listed.map((each) =>
    typeof each === 'string' ? each : String(valueAt(each, ['title']) ?? valueAt(each, ['const'])),
  );
  return { text: params.message, options: options.slice(0, 10), blocking: true };
}

const listIn = (holder: unknown, key: string): readonly unknown[] | undefined => {
  const value = valueAt(holder, [key]);
  return Array.isArray(value) ? value : undefined;
};
