/**
 * A relay between swarm's app and GitHub. It can be cut, so that an app dies at its n-th write, before the write arrives or
 * after; and it can fail calls of this app alone. Nothing passes a relay that is cut.
 */
import {
  Agent,
  createServer,
  request as forward,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export type Cut =
  /** The write never arrives. */
  | 'before'
  /** The write is performed, and its answer is lost. */
  | 'after';

export class Relay {
  readonly #server: Server;
  readonly #target: URL;
  readonly #agent = new Agent({ keepAlive: true });
  #state: 'open' | 'cut' = 'open';
  #cutAt: { readonly write: number; readonly cut: Cut } | undefined;
  readonly #answered = new Set<string>();
  #failsFirst: number | undefined;
  /** Writes so far, including the one that was cut. */
  writes = 0;

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((incoming, response) => void this.#pass(incoming, response));
  }

  static async open(target: string): Promise<Relay> {
    const relay = new Relay(target);
    await new Promise<void>((resolve) => relay.#server.listen(0, '127.0.0.1', resolve));
    return relay;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get isCut(): boolean {
    return this.#state === 'cut';
  }

  /** Cuts at the n-th write from now. */
  cutsAt(write: number, cut: Cut): void {
    this.#cutAt = { write: this.writes + write, cut };
  }

  cut(): void {
    this.#state = 'cut';
    this.#server.closeAllConnections();
  }

  /** The first time that a call is made, it is answered with this status and not passed on. */
  failsFirst(status: number): void {
    this.#failsFirst = status;
  }

  async close(): Promise<void> {
    this.cut();
    this.#agent.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    if (this.#state === 'cut') return void response.destroy();
    const isWrite = writes(incoming, body);
    if (isWrite) this.writes += 1;
    const isLast = isWrite && this.#cutAt?.write === this.writes;
    if (isLast && this.#cutAt?.cut === 'before') return this.cut();
    if (this.#failsFirst !== undefined && !this.#isKnown(incoming, body)) {
      response.writeHead(this.#failsFirst, { 'content-type': 'application/json' }).end('{"message":"Bad gateway"}');
      return;
    }
    const passed = forward(
      {
        host: this.#target.hostname,
        port: this.#target.port,
        agent: this.#agent,
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers, host: this.#target.host },
      },
      (answer) => {
        const back: Buffer[] = [];
        answer.on('data', (part: Buffer) => back.push(part));
        answer.on('end', () => {
          if (isLast) this.cut();
          if (this.#state === 'cut') return void response.destroy();
          response.writeHead(answer.statusCode ?? 502, answer.headers).end(Buffer.concat(back));
        });
      },
    );
    passed.on('error', () => response.destroy());
    passed.end(body);
  }

  /** Was the same call made before? A call with another time or id is not the same. */
  #isKnown(incoming: IncomingMessage, body: Buffer): boolean {
    const call = `${incoming.method} ${incoming.url} ${body.toString().slice(0, 120)}`;
    const known = this.#answered.has(call);
    this.#answered.add(call);
    return known;
  }
}

/** Asking for a token is not a write: an app that dies then has changed nothing. */
function writes(incoming: IncomingMessage, body: Buffer): boolean {
  const { method = 'GET', url = '' } = incoming;
  if (method === 'GET' || method === 'HEAD' || url.endsWith('/access_tokens')) return false;
  return !url.endsWith('/graphql') || /"query"\s*:\s*"\s*mutation\b/.test(body.toString());
}
