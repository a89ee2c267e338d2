/**
 * Door 2: the GitHub App. A webhook is answered at once and only says where to look; the looking happens in the
 * background, one epic at a time, and a sweep by the clock finds whatever no webhook told of (SPEC R4.5).
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Probot } from 'probot';
import type { IssueNumber, RepositoryName } from '#core/model/epic';
import { type AppCredentials, type Client, makeAppClient, makeInstallationClient } from '#github/client';
import { hintsOf } from '#github/hints';
import { epicsInFlight, epicsOf } from '#github/wake';
import { type Orchestrator, reconcile } from '#reconcile';
import { oneLine } from '#words/safe';
import { type Clock, makeQueue, type Queue, realClock } from './queue.ts';

export interface AppOptions extends Omit<AppCredentials, 'now'> {
  readonly webhookSecret: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly clock?: Clock;
  /** How often every epic in flight is looked at without being told; 0 leaves it to `sweep()`. */
  readonly sweepMs: number;
  readonly log: (line: string) => void;
}

export interface App {
  readonly url: string;
  /** Looks at every epic in flight of every repository, as the clock does. */
  sweep(): Promise<void>;
  /** Resolves when nothing is being looked at. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export const WEBHOOK_PATH = '/api/github/webhooks';
/** GitHub sends no more. @see https://docs.github.com/en/webhooks/webhook-events-and-payloads */
const MAX_BODY_BYTES = 25 * 1024 * 1024;

/** A short or missing secret would let anybody wake swarm in GitHub's name; Probot silently takes "development" for it. */
export function checkSecret(secret: string | undefined): asserts secret is string {
  if (!secret || secret === 'development' || secret.length < 16) {
    throw new Error(
      'WEBHOOK_SECRET is missing, "development" or shorter than 16 characters. Set it to the secret of the app\'s webhook (a long random text, the same on GitHub and here), then start again.',
    );
  }
}

/** The body as it was sent; undefined where it is more than GitHub sends, whatever its headers say of its length. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What nobody verifies first, since the library cannot: an event's name is a word, and a payload is an object. */
const isWebhook = (event: unknown, body: string): boolean =>
  (event === undefined || /^[a-z][a-z_]*$/.test(String(event))) && (body === '' || /^\s*\{/.test(body));

interface Installed {
  readonly client: Client;
  readonly orchestrators: Map<string, Orchestrator>;
}

export async function startApp(options: AppOptions): Promise<App> {
  checkSecret(options.webhookSecret);
  const clock = options.clock ?? realClock;
  const credentials: AppCredentials = { ...options, now: clock.now };
  const queue: Queue = makeQueue(clock, options.log);
  const name = `app-${randomUUID().slice(0, 8)}`;
  const installations = new Map<number, Installed>();

  const installed = (id: number): Installed => {
    const known = installations.get(id) ?? {
      client: makeInstallationClient({ ...credentials, installationId: id }),
      orchestrators: new Map<string, Orchestrator>(),
    };
    installations.set(id, known);
    return known;
  };

  const orchestrator = (installation: number, repository: RepositoryName): Orchestrator => {
    const { client, orchestrators } = installed(installation);
    const key = `${repository.owner}/${repository.name}`.toLowerCase();
    const known = orchestrators.get(key) ?? {
      client,
      repository,
      name,
      performed: new Map(),
      killSwitch: 'variable',
      log: options.log,
    };
    orchestrators.set(key, known);
    return known;
  };

  const wakeEpic = (at: Orchestrator, epic: IssueNumber): void => {
    queue.wake(`${at.repository.owner}/${at.repository.name}#${epic}`, async () => {
      const { lookAgainAt } = await reconcile(at, epic);
      return { at: at.client.now(), ...(lookAgainAt === undefined ? {} : { lookAgainAt }) };
    });
  };

  const sweepRepository = (at: Orchestrator): void => {
    queue.wake(`sweep ${at.repository.owner}/${at.repository.name}`, async () => {
      for (const epic of await epicsInFlight(at.client, at.repository)) wakeEpic(at, epic);
      return undefined;
    });
  };

  const sweepEverything = (): void => {
    queue.wake('sweep', async () => {
      const app = makeAppClient(credentials);
      for (const installation of await app.paginate('GET /app/installations', { per_page: 100 })) {
        if (installation.suspended_at) continue;
        const { client } = installed(installation.id);
        const repositories = await client.paginate('GET /installation/repositories', { per_page: 100 });
        for (const repository of repositories as unknown as {
          owner: { login: string };
          name: string;
          archived: boolean;
        }[]) {
          if (repository.archived) continue;
          sweepRepository(orchestrator(installation.id, { owner: repository.owner.login, name: repository.name }));
        }
      }
      return undefined;
    });
  };

  /** Who swarm is in events. What it did itself it looks at again anyway, as long as that changes something. */
  let self: string | undefined;
  queue.wake('who am I', async () => {
    const { data } = await makeAppClient(credentials).request('GET /app');
    self = data?.slug ? `${data.slug}[bot]` : undefined;
    return undefined;
  });

  const receive = (event: string, payload: unknown): void => {
    const { installation, repository, sender } = (payload ?? {}) as {
      installation?: { id?: unknown };
      sender?: { login?: unknown };
      repository?: { name?: unknown; owner?: { login?: unknown } };
    };
    if (typeof installation?.id !== 'number') return;
    // A run ends in the name of whoever started it, and that is news all the same.
    if (self !== undefined && sender?.login === self && event !== 'workflow_run' && event !== 'check_run') return;
    if (typeof repository?.name !== 'string' || typeof repository.owner?.login !== 'string') return;
    const at = orchestrator(installation.id, { owner: repository.owner.login, name: repository.name });
    const hints = hintsOf(event, payload);
    if (hints === 'everywhere') {
      sweepRepository(at);
      return;
    }
    if (hints.length === 0) return;
    const known = hints.filter((hint) => hint.kind === 'epic');
    for (const hint of known) wakeEpic(at, hint.number);
    const unknown = hints.filter((hint) => hint.kind === 'issue');
    if (unknown.length === 0) return;
    const numbers = unknown.map((hint) => hint.number).join(',');
    queue.wake(`find ${at.repository.owner}/${at.repository.name}#${numbers}`, async () => {
      for (const epic of await epicsOf(at.client, at.repository, unknown)) wakeEpic(at, epic);
      return undefined;
    });
  };

  const probot = new Probot({
    appId: options.appId,
    privateKey: options.privateKey,
    secret: options.webhookSecret,
    baseUrl: options.apiUrl,
    // Probot logs the payload of a bad signature; whoever sends one does not choose what stands in the log.
    logLevel: 'fatal',
  });
  await probot.load((app) => {
    app.onAny(({ name: event, payload }) => receive(event, payload));
  });
  const middleware = await probot.getNodeMiddleware({ path: WEBHOOK_PATH });

  const server: Server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    if (request.url === '/healthz') {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n');
      return;
    }
    void answer(request).then((status) => {
      if (status === undefined || response.headersSent || response.destroyed) return;
      response.writeHead(status, { 'content-length': '0', ...(status === 413 ? { connection: 'close' } : {}) }).end();
    });

    /** @returns the status where the middleware has not answered itself. */
    async function answer(from: Parameters<typeof middleware>[0]): Promise<number | undefined> {
      try {
        const body = await readBody(from);
        if (body === undefined) return 413;
        if (!isWebhook(from.headers['x-github-event'], body)) return 400;
        from.body = body;
        return (await middleware(from, response)) === false ? 404 : undefined;
      } catch (error) {
        // A sender that went away, or what was signed and is still no webhook.
        options.log(`A request was not understood: ${oneLine(String((error as Error).message)).slice(0, 200)}`);
        return 400;
      }
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });

  let callOff: (() => void) | undefined;
  const tick = (): void => {
    sweepEverything();
    callOff = clock.after(options.sweepMs, tick);
  };
  if (options.sweepMs > 0) tick();

  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host}:${port}`,
    async sweep() {
      sweepEverything();
      await queue.idle();
    },
    idle: () => queue.idle(),
    async close() {
      callOff?.();
      server.close();
      server.closeAllConnections();
      await queue.close();
    },
  };
}
