/**
 * Any agent that speaks the Agent Client Protocol (https://agentclientprotocol.com, version 1, over standard streams).
 *
 * Swarm is the client: it opens a session in the working tree, hands over the brief, answers what the agent asks for by
 * a fixed policy, and listens. How the agent's turn ended says little: agents answer `end_turn` with the provider's error
 * in words. So an end without a single act is looked at as a possible failure, and everything else is for git and gates.
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
import { AcpGround } from './acp-ground.ts';
import { Call, whatOf } from './call.ts';
import { type FailureKind, kindOf } from './failure.ts';
import { at, type Message, numberAt } from './preset.ts';
import type { AgentEnd, AgentTask } from './task.ts';

/** The protocol counts a session's money, and the tokens of one prompt. */
const WAY = { program: [], keys: [], places: [], isCumulative: { cost: true, usage: false } } as const;
/** The protocol's own: authentication is required. */
const AUTH_REQUIRED = -32000;

export async function runAcp(task: AgentTask): Promise<AgentEnd> {
  const call = await Call.open(task, WAY);
  const ground = new AcpGround(call);
  const talk = new Talk(call, ground);
  const ended = await call.run({
    args: [],
    input: (input) => talk.open(input),
    environment: call.environment(),
    onMessage: (message) => talk.hear(message),
  });
  await talk.close();
  await ground.close();
  return call.conclude(ended);
}

class Talk {
  readonly #call: Call;
  readonly #ground: AcpGround;
  #incoming: ReadableStreamDefaultController<AnyMessage> | undefined;
  #conversation: Promise<void> | undefined;
  #isAnswering = false;
  /** An earlier conversation is told again while it is loaded. */
  #isReplay = false;
  #acts = 0;

  constructor(call: Call, ground: AcpGround) {
    this.#call = call;
    this.#ground = ground;
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
    const connection = this.#client().connect({ readable, writable });
    this.#conversation = this.#converse(connection.agent)
      .catch((error: unknown) => this.#fails(error))
      .finally(() => {
        connection.close();
        input.end();
      });
  }

  hear(message: Message): void {
    this.#readUsage(message);
    if (message.jsonrpc === '2.0') this.#incoming?.enqueue(message as unknown as AnyMessage);
  }

  /** Its process has ended: whoever waits for an answer hears of it. */
  async close(): Promise<void> {
    try {
      this.#incoming?.close();
    } catch (error) {
      // The connection had closed it.
      if (!(error instanceof TypeError)) throw error;
    }
    this.#incoming = undefined;
    await this.#conversation;
  }

  #client() {
    const ground = this.#ground;
    return client({ name: 'swarm' })
      .onNotification(methods.client.session.update, ({ params }) => this.#update(params.update))
      .onRequest(methods.client.session.requestPermission, ({ params }) => ground.permit(params))
      .onRequest(methods.client.fs.readTextFile, ({ params }) => this.#act(() => ground.read(params)))
      .onRequest(methods.client.fs.writeTextFile, ({ params }) => this.#act(() => ground.write(params)))
      .onRequest(methods.client.terminal.create, ({ params }) => this.#act(() => ground.start(params)))
      .onRequest(methods.client.terminal.output, ({ params }) => ground.output(params))
      .onRequest(methods.client.terminal.waitForExit, ({ params }) => ground.wait(params))
      .onRequest(methods.client.terminal.kill, ({ params }) => ground.kill(params))
      .onRequest(methods.client.terminal.release, ({ params }) => ground.kill(params))
      .onRequest(methods.client.elicitation.create, ({ params }) => {
        this.#call.account.question ??= questionOf(params);
        this.#call.sees();
        // Nobody is there to answer now; it goes on by its best judgement, or stops and is answered later.
        return { action: 'cancel' as const };
      });
  }

  async #converse(agent: ClientContext): Promise<void> {
    const { task, before, account } = this.#call;
    const hello = await agent.request(methods.agent.initialize, {
      protocolVersion: PROTOCOL_VERSION,
      clientInfo: { name: 'swarm', version: '1' },
      clientCapabilities: {
        fs: { readTextFile: true, writeTextFile: task.access === 'write' },
        terminal: task.access === 'write',
        elicitation: { form: {} },
      },
    });
    this.#call.sees();
    if (hello.protocolVersion !== PROTOCOL_VERSION) {
      throw new Error(`it speaks version ${hello.protocolVersion} of the protocol; swarm speaks ${PROTOCOL_VERSION}`);
    }
    const session = await this.#session(agent, hello, before?.session);
    account.session = session.sessionId;
    this.#call.sees({ kind: 'session', id: session.sessionId });
    await this.#choose(agent, session);
    const { stopReason } = await agent.request(methods.agent.session.prompt, {
      sessionId: session.sessionId,
      prompt: [{ type: 'text', text: task.brief }],
    });
    this.#ends(stopReason);
  }

  async #session(agent: ClientContext, hello: InitializeResponse, earlier: string | undefined): Promise<Session> {
    const place = { cwd: this.#call.task.directory, mcpServers: [] };
    const { loadSession, sessionCapabilities } = hello.agentCapabilities ?? {};
    if (earlier !== undefined && (loadSession || sessionCapabilities?.resume)) {
      const known = { ...place, sessionId: earlier };
      this.#isReplay = true;
      try {
        const loaded = sessionCapabilities?.resume
          ? await agent.request(methods.agent.session.resume, known)
          : await agent.request(methods.agent.session.load, known);
        return { ...(loaded ?? {}), sessionId: earlier };
      } catch (error) {
        if (!(error instanceof RequestError) || error.code === AUTH_REQUIRED) throw error;
        this.#call.account.warnings.push(`its conversation could not be gone on with: ${sayError(error)}`);
      } finally {
        this.#isReplay = false;
      }
    }
    try {
      return await agent.request(methods.agent.session.new, place);
    } catch (error) {
      // The key is in its environment; some agents want to be told to look there.
      const method = hello.authMethods?.find(({ id }) => /api[-_]?key/i.test(id));
      if (!(error instanceof RequestError) || error.code !== AUTH_REQUIRED || !method) throw error;
      await agent.request(methods.agent.authenticate, { methodId: method.id });
      return await agent.request(methods.agent.session.new, place);
    }
  }

  /** Model, effort and mode, as far as it can be told them. */
  async #choose(agent: ClientContext, { sessionId, modes, configOptions }: Session): Promise<void> {
    const { model, effort, task, account } = this.#call;
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
        throw new Told('model refused', `unknown model; it offers ${offered.join(', ')}`);
      } else
        account.warnings.push(`${task.agent.name} cannot be told its ${category === 'model' ? 'model' : 'effort'}`);
    }
    const mode = modes && modeFor(task.access, modes);
    if (mode !== undefined && mode !== null) {
      await agent.request(methods.agent.session.setMode, { sessionId, modeId: mode });
    }
  }

  #update(update: SessionUpdate): void {
    if (this.#isReplay) return;
    const { account } = this.#call;
    switch (update.sessionUpdate) {
      case 'agent_message_chunk': {
        const text = update.content.type === 'text' ? update.content.text : '';
        if (!this.#isAnswering) account.turns = (account.turns ?? 0) + 1;
        account.text = this.#isAnswering ? account.text + text : text;
        this.#isAnswering = true;
        this.#call.sees({ kind: 'says', text });
        return;
      }
      case 'tool_call':
        if (!this.#isAnswering) account.turns = (account.turns ?? 0) + 1;
        this.#isAnswering = false;
        this.#acts += 1;
        this.#call.sees({ kind: 'does', tool: update.kind ?? 'tool', what: whatOf(update.rawInput) || update.title });
        return;
      case 'tool_call_update':
        this.#isAnswering = false;
        this.#call.sees();
        return;
      case 'usage_update':
        if (update.cost?.currency === 'USD') {
          account.costUsd = update.cost.amount;
          this.#call.sees({ kind: 'spends', costUsd: update.cost.amount });
        } else this.#call.sees();
        return;
      case 'agent_thought_chunk':
      case 'plan':
        this.#call.sees();
        return;
      default:
        return;
    }
  }

  async #act<Result>(act: () => Promise<Result>): Promise<Result> {
    this.#acts += 1;
    this.#call.sees();
    return act();
  }

  /** Tokens are not in the protocol's stable part; agents tell them all the same. */
  #readUsage(message: Message): void {
    const result = at(message, ['result']);
    const told = at(result, ['stopReason']) === undefined ? undefined : result;
    const inputTokens =
      numberAt(told, 'usage', 'inputTokens') ?? numberAt(told, '_meta', 'quota', 'token_count', 'input_tokens');
    const outputTokens =
      numberAt(told, 'usage', 'outputTokens') ?? numberAt(told, '_meta', 'quota', 'token_count', 'output_tokens');
    if (inputTokens === undefined || outputTokens === undefined) return;
    const cachedTokens = numberAt(told, 'usage', 'cachedReadTokens') ?? 0;
    this.#call.account.usage = { inputTokens: inputTokens + cachedTokens, outputTokens, cachedTokens };
  }

  #ends(reason: StopReason): void {
    const { account } = this.#call;
    account.isOver = true;
    const kind = ({ max_tokens: 'context', max_turn_requests: 'turns', refusal: 'declined' } as const)[
      reason as 'max_tokens' | 'max_turn_requests' | 'refusal'
    ] as FailureKind | undefined;
    if (kind) account.failure = { kind, message: account.text || `it stopped with: ${reason}` };
    else if (reason === 'cancelled') account.failure = { message: account.text || 'it stopped with: cancelled' };
    else if (this.#acts === 0 && isError(account.text)) account.failure = { message: account.text };
    this.#call.sees();
  }

  #fails(error: unknown): void {
    const { account } = this.#call;
    // A request that fails because its process is gone says less than how the process went.
    if (this.#incoming === undefined) return;
    account.isOver = true;
    if (error instanceof Told) account.failure = { kind: error.kind, message: error.message };
    else if (error instanceof RequestError) {
      const message = sayError(error);
      account.failure = error.code === AUTH_REQUIRED ? { kind: 'no credentials', message } : { message };
    } else account.failure = { message: error instanceof Error ? error.message : String(error) };
    this.#call.sees();
  }
}

const sayError = ({ message, data }: RequestError): string =>
  data === undefined ? message : `${message} ${JSON.stringify(data)}`;

interface Session {
  readonly sessionId: string;
  readonly modes?: SessionModeState | null;
  readonly configOptions?: readonly SessionConfigOption[] | null;
}

/** A failure whose kind swarm knows because it found it. */
class Told extends Error {
  override readonly name = 'Told';
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

/** The mode to go into: one that only reads for who judges, and out of such a one for who works. */
function modeFor(access: AgentTask['access'], { currentModeId, availableModes }: SessionModeState): string | undefined {
  const short = (id: string) => id.split(/[#/]/).at(-1) ?? id;
  const first = (wanted: readonly string[]) =>
    wanted.flatMap((name) => availableModes.filter(({ id }) => short(id) === name)).at(0)?.id;
  const readsOnly = READ_MODES.includes(short(currentModeId));
  if (access === 'read') return readsOnly ? undefined : first(READ_MODES);
  return readsOnly ? first(WRITE_MODES) : undefined;
}

const ERROR_CHARS = 1_000;

/** Words that are a provider's error and no answer: short, begun like one, and of a kind that is known. */
const isError = (text: string): boolean =>
  text.length <= ERROR_CHARS &&
  /^\W{0,4}(?:api |request |execution |stream |internal |unexpected )?(?:error|failed|failure|status)\b|\b[45]\d\d\b/i.test(
    text,
  ) &&
  kindOf({ message: text }) !== 'unknown';

function questionOf(params: { readonly message: string; readonly [key: string]: unknown }) {
  const properties = at(params, ['requestedSchema', 'properties']);
  const [first] = typeof properties === 'object' && properties !== null ? Object.values(properties) : [];
  const listed = [...(listIn(first, 'oneOf') ?? listIn(first, 'enum') ?? [])];
  const options = listed.map((each) =>
    typeof each === 'string' ? each : String(at(each, ['title']) ?? at(each, ['const'])),
  );
  return { text: params.message, options: options.slice(0, 10), blocking: true };
}

const listIn = (holder: unknown, key: string): readonly unknown[] | undefined => {
  const value = at(holder, [key]);
  return Array.isArray(value) ? value : undefined;
};
