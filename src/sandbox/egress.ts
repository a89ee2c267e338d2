/**
 * The way out of a network namespace, for one call: sockets in a directory of their own, with what the call may reach behind
 * them.
 *
 * One socket is a proxy (`CONNECT`, and requests in absolute form). It judges the name, resolves it once, judges the address,
 * and connects to that address, so a name cannot lead elsewhere between the two. The other sockets lead to ports of this
 * machine's own loopback that somebody named. If the job itself has a proxy, connections go through that one.
 */
import { lookup } from 'node:dns/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  request as requestHttp,
  type ServerResponse,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect, createServer, isIP, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { type Duplex, pipeline } from 'node:stream';
import { readPlace } from '#core/model/config/network';
import type { RefusedPlace } from '#core/model/report';
import type { Variables } from './environment.ts';
import { canonical, isLoopback, mayConnect, type Policy, type Verdict } from './policy.ts';

/** The port of the proxy inside. It is neither a usual port of a server nor one that the kernel gives out. */
const PROXY_PORT = 61_080;
const MOST_CONNECTIONS = 512;
const CONNECT_MS = 20_000;
/** One address of a name that has several. */
const ATTEMPT_MS = 5_000;
const HEADERS_MS = 30_000;
/** A model may think for a long time before it says anything. */
const IDLE_MS = 60 * 60_000;
/** The longest path of a socket that the kernel takes, less the name of the socket. */
const MOST_PATH = 90;

export type Refused = Pick<RefusedPlace, 'host' | 'port' | 'why'>;

export interface EgressOptions {
  readonly policy: Policy;
  /** The job's, for its proxy. */
  readonly variables: Variables;
  readonly onRefused: (refused: Refused) => void;
  /** Default: as this machine resolves names. */
  readonly resolve?: (name: string) => Promise<Address[]>;
}

export class Egress {
  /** Holds one socket for each port, named like the port inside. */
  readonly directory: string;
  readonly proxyPort: number;
  readonly ports: readonly number[];
  readonly #options: EgressOptions;
  readonly #servers: Server[] = [];
  readonly #open = new Set<Duplex>();

  private constructor(directory: string, options: EgressOptions) {
    this.directory = directory;
    this.#options = options;
    const local = options.policy.localPorts;
    this.proxyPort = local.includes(PROXY_PORT) ? PROXY_PORT + 1 : PROXY_PORT;
    this.ports = [this.proxyPort, ...local.filter((port) => port !== this.proxyPort)];
  }

  static async open(options: EgressOptions): Promise<Egress> {
    const egress = new Egress(await makeDirectory(), options);
    try {
      await Promise.all(egress.ports.map((port) => egress.#listen(port)));
    } catch (error) {
      await egress.close();
      throw error;
    }
    return egress;
  }

  async close(): Promise<void> {
    for (const each of this.#open) each.destroy();
    await Promise.all(this.#servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
    await rm(this.directory, { recursive: true, force: true });
  }

  async #listen(port: number): Promise<void> {
    const server =
      port === this.proxyPort
        ? this.#proxy()
        : createServer({ allowHalfOpen: true }, (near) => this.#toLoopback(near, port));
    server.maxConnections = MOST_CONNECTIONS;
    server.on('connection', (socket: Socket) => this.#keep(socket));
    this.#servers.push(server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(join(this.directory, String(port)), resolve);
    });
  }

  /** Ended with the call, whatever its state. */
  #keep<Stream extends Duplex>(stream: Stream): Stream {
    this.#open.add(stream);
    stream.on('close', () => this.#open.delete(stream));
    // Each end of a connection may go at any time. The other end learns of it.
    stream.on('error', () => stream.destroy());
    return stream;
  }

  #toLoopback(near: Socket, port: number): void {
    this.#join(near, this.#keep(connect({ host: 'localhost', port, allowHalfOpen: true })));
  }

  #join(near: Duplex, far: Duplex): void {
    for (const each of [near, far])
      if ('setTimeout' in each) (each as Socket).setTimeout(IDLE_MS, () => each.destroy());
    pipeline(near, far, () => {});
    pipeline(far, near, () => {});
  }

  // --- the proxy ----------------------------------------------------------------------------------------------------------

  #proxy(): Server {
    const server = createHttpServer({ requestTimeout: 0, headersTimeout: HEADERS_MS }, (request, response) => {
      this.#pass(request, response).catch((error: unknown) => {
        if (response.headersSent) response.destroy();
        else answer(response, error);
      });
    });
    server.on('connect', (request, near, head) => {
      this.#tunnel(request, near, head).catch((error: unknown) => near.end(answerLine(error)));
    });
    return server;
  }

  async #tunnel({ url = '' }: IncomingMessage, near: Duplex, head: Buffer): Promise<void> {
    const [, host, port] = /^(\[[^\]]*\]|[^:/?#@\s]+):(\d{1,5})$/.exec(url) ?? [];
    if (host === undefined) throw new Answer(400, 'CONNECT needs a host and a port');
    const far = this.#keep(await this.#dial(canonical(host), Number(port), 'https'));
    near.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) far.write(head);
    this.#join(near, far);
  }

  /** A request in absolute form. The host in its line counts, whatever its `Host` says. */
  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(request.url ?? '');
    if (url?.protocol !== 'http:') throw new Answer(400, 'this is a proxy; it takes CONNECT and http:// URLs');
    const host = canonical(url.hostname);
    const upstream = upstreamFor(this.#options.variables, 'http', host);
    const port = url.port === '' ? 80 : Number(url.port);
    const far = upstream
      ? await this.#named(host, port).then(() => dialUpstream(upstream))
      : await this.#dial(host, port, 'http');
    const forwarded = requestHttp({
      createConnection: () => this.#keep(far),
      method: request.method ?? 'GET',
      path: upstream ? `http://${url.host}${url.pathname}${url.search}` : `${url.pathname}${url.search}`,
      headers: [
        ...['host', url.host, 'connection', 'close'],
        ...(upstream?.authorization === undefined ? [] : ['proxy-authorization', upstream.authorization]),
        ...passedOn(request.rawHeaders),
      ],
    });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      forwarded.on('response', resolve);
      forwarded.on('error', (error) => reject(new Answer(502, error.message)));
      forwarded.on('upgrade', (_, socket) => socket.destroy(new Error('an upgrade needs CONNECT')));
    });
    pipeline(request, forwarded, () => {});
    const from = await answered;
    response.writeHead(from.statusCode ?? 502, from.statusMessage, [...passedOn(from.rawHeaders)]);
    pipeline(from, response, () => {});
  }

  /** @throws Answer if the call may not reach it. */
  async #named(host: string, port: number): Promise<Verdict> {
    const verdict = await this.#options.policy.judge(host, port);
    if (verdict === 'refused') throw this.#refused({ host, port, why: 'not named' });
    return verdict;
  }

  #refused(refused: Refused): Answer {
    // A name of any length and form may stand in a request.
    const host = readPlace(refused.host) ? refused.host : '?';
    this.#options.onRefused({ ...refused, host });
    return new Answer(403, `swarm does not let this program reach ${host}:${refused.port} (${refused.why})`);
  }

  async #dial(host: string, port: number, scheme: 'http' | 'https'): Promise<Socket> {
    const verdict = await this.#named(host, port);
    const upstream = upstreamFor(this.#options.variables, scheme, host);
    if (upstream) return tunnelThrough(upstream, host, port);
    const found = await addressesOf(host, this.#options.resolve);
    const addresses = isIP(host) === 0 ? found.filter(({ address }) => mayConnect(address, verdict)) : found;
    if (addresses.length === 0) throw this.#refused({ host, port, why: 'private address' });
    return connected(
      connect({
        ...{ host, port, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: ATTEMPT_MS },
        allowHalfOpen: true,
        // It was resolved and judged already. Another answer of the name server would be another address.
        lookup: (_, { all }, give) => (all ? give(null, addresses) : give(null, addresses[0]?.address ?? '', 4)),
      }),
    );
  }
}

/** A directory that only this user can enter, with a path that a socket can have. */
async function makeDirectory(): Promise<string> {
  const usual = join(tmpdir(), 'swarm-net-');
  return mkdtemp(usual.length < MOST_PATH ? usual : join(sep, 'tmp', 'swarm-net-'));
}

interface Address {
  readonly address: string;
  readonly family: number;
}

const resolveHere = (name: string): Promise<Address[]> => lookup(name, { all: true });

async function addressesOf(host: string, resolve = resolveHere): Promise<Address[]> {
  if (isIP(host) !== 0) return [{ address: host, family: isIP(host) }];
  try {
    return await resolve(host);
  } catch (error) {
    throw new Answer(502, error instanceof Error ? error.message : String(error));
  }
}

function connected(socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(new Error('it did not answer in time')), CONNECT_MS);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(new Answer(502, error.message));
    });
  });
}

// --- what the proxy answers itself -----------------------------------------------------------------------------------------

class Answer extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const STATUS_TEXTS: Readonly<Record<number, string>> = { 400: 'Bad Request', 403: 'Forbidden', 502: 'Bad Gateway' };

/** A request can be such that node refuses to pass it on. */
const asAnswer = (error: unknown): Answer =>
  error instanceof Answer ? error : new Answer(502, error instanceof Error ? error.message : String(error));

function answer(response: ServerResponse, error: unknown): void {
  const { status, message } = asAnswer(error);
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end(`${message}\n`);
}

function answerLine(error: unknown): string {
  const { status, message } = asAnswer(error);
  const head = ['content-type: text/plain', `content-length: ${Buffer.byteLength(message) + 1}`, 'connection: close'];
  return `HTTP/1.1 ${status} ${STATUS_TEXTS[status]}\r\n${head.join('\r\n')}\r\n\r\n${message}\n`;
}

/** Headers that concern one connection and not the request. The proxy writes those of its own connections itself. */
const OF_A_CONNECTION: ReadonlySet<string> = new Set([
  ...[
    'host',
    'connection',
    'proxy-connection',
    'proxy-authorization',
    'proxy-authenticate',
    'keep-alive',
    'te',
    'upgrade',
  ],
]);

function passedOn(raw: readonly string[]): readonly string[] {
  const passed: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = '', value = ''] = raw.slice(index, index + 2);
    if (!OF_A_CONNECTION.has(name.toLowerCase())) passed.push(name, value);
  }
  return passed;
}

// --- the job's own proxy ------------------------------------------------------------------------------------------------

interface Upstream {
  readonly url: URL;
  readonly authorization?: string;
}

function upstreamFor(variables: Variables, scheme: 'http' | 'https', host: string): Upstream | undefined {
  const of = (name: string): string => variables[name.toLowerCase()] || variables[name] || '';
  const url = URL.parse(of(`${scheme.toUpperCase()}_PROXY`) || of('ALL_PROXY'));
  if (!url || !/^https?:$/.test(url.protocol) || isLoopback(host) || isExempt(of('NO_PROXY'), host)) return undefined;
  const { username, password } = url;
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url, ...(username === '' ? {} : { authorization: `Basic ${Buffer.from(login).toString('base64')}` }) };
}

const isExempt = (list: string, host: string): boolean =>
  list
    .split(/[\s,]+/)
    .map((entry) =>
      entry
        .toLowerCase()
        .replace(/^\*?\./, '')
        .replace(/:\d+$/, ''),
    )
    .some((entry) => entry === '*' || (entry !== '' && (host === canonical(entry) || host.endsWith(`.${entry}`))));

const portOf = ({ port, protocol }: URL): number => Number(port) || (protocol === 'https:' ? 443 : 80);

const dialUpstream = ({ url }: Upstream): Promise<Socket> =>
  connected(connect({ host: canonical(url.hostname), port: portOf(url) }));

/** Through the job's proxy, which resolves the name itself. */
function tunnelThrough({ url, authorization }: Upstream, host: string, port: number): Promise<Socket> {
  const target = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)({
      ...{ host: canonical(url.hostname), port: portOf(url), method: 'CONNECT', path: target, agent: false },
      headers: { host: target, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) },
      timeout: CONNECT_MS,
    });
    request.on('connect', (response, socket, head) => {
      if (response.statusCode !== 200) {
        socket.destroy();
        reject(new Answer(502, `the proxy of the job answered ${response.statusCode}`));
        return;
      }
      socket.setTimeout(0);
      if (head.length > 0) socket.unshift(head);
      resolve(socket as Socket);
    });
    request.on('response', (response) => {
      response.destroy();
      reject(new Answer(502, `the proxy of the job answered ${response.statusCode}`));
    });
    request.on('timeout', () => request.destroy(new Error('the proxy of the job did not answer in time')));
    request.on('error', (error) => reject(new Answer(502, error.message)));
    request.end();
  });
}
