/**
 * Door 2: the GitHub App. It answers a webhook at once and uses it only to learn where to look. It then looks in the
 * background, at one epic at a time, and a periodic sweep finds changes for which no webhook came (SPEC R4.5).
 */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Probot } from 'probot';
import { readConfig } from '#config/read';
import { type Instant, type IssueNumber, instant, type RepositoryName } from '#core/model/epic';
import { type AppCredentials, type Client, makeAppClient, makeInstallationClient } from '#github/client';
import { type Hint, hintsOf } from '#github/hints';
import { epicsInFlight, epicsOf, type WakeOptions } from '#github/wake';
import { type Orchestrator, reconcile } from '#reconcile';
import { oneLine } from '#words/safe';
import { Bodies } from './body.ts';
import { type Clock, makeQueue, type Queue, realClock } from './queue.ts';
import { makeRedelivery } from './redeliver.ts';
import { makeStrangers } from './strangers.ts';

export interface AppOptions extends Omit<AppCredentials, 'now'> {
  readonly webhookSecret: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly clock?: Clock;
  /** How often to look at every epic in flight without a webhook; 0 leaves this to `sweep()`. */
  readonly sweepMs: number;
  readonly log: (line: string) => void;
}

export interface App {
  readonly url: string;
  /** Looks at every epic in flight in every repository, as the periodic sweep does. */
  sweep(): Promise<void>;
  /** Resolves when no look is running or ready to run. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export const WEBHOOK_PATH = '/api/github/webhooks';

/** With a short or missing secret, anyone could send webhooks in GitHub's name. Probot silently defaults to "development". */
export function checkSecret(secret: string | undefined): asserts secret is string {
  if (!secret || secret === 'development' || secret.length < 16) {
    throw new Error(
      'WEBHOOK_SECRET is missing, "development" or shorter than 16 characters. Set it to the secret of the app\'s webhook (a long random text, the same on GitHub and here) and start again.',
    );
  }
}

/** Checks what the library does not: the event's name must be a word, and the payload an object. */
const isWebhook = (event: unknown, body: string): boolean =>
  (event === undefined || /^[a-z][a-z_]*$/.test(String(event))) && (body === '' || /^\s*\{/.test(body));

/** True for what a machine does later: its login may be that of whoever started it, and that may be swarm's own. */
const isOfMachine = (event: string, payload: unknown): boolean =>
  event === 'workflow_run' ||
  event === 'check_run' ||
  (event === 'pull_request' && (payload as { action?: unknown }).action === 'dequeued');

/** The first sweep of a process looks back so far. */
const FIRST_SWEEP_MS = 7 * 24 * 60 * 60_000;
/** A sweep looks at the time of the one before a second time, because GitHub's answers can lag behind its writes. */
const SWEEP_OVERLAP_MS = 10 * 60_000;

const placeOf = ({ client, repository }: Orchestrator): WakeOptions => ({
  client,
  repository,
  parseConfig: ({ file, text }) => readConfig(text, file),
});

/** A repository under the name that GitHub last gave it. */
interface Known extends Orchestrator {
  repository: RepositoryName;
  /** Its first name, which a look goes by even if it gets another one meanwhile. */
  readonly key: string;
}

interface Installation {
  readonly client: Client;
  /** By the repository's id: it keeps that when it is renamed or moved. */
  readonly orchestrators: Map<number, Known>;
}

interface NamedRepository extends RepositoryName {
  readonly id: number;
}

export async function startApp(options: AppOptions): Promise<App> {
  checkSecret(options.webhookSecret);
  const clock = options.clock ?? realClock;
  const credentials: AppCredentials = { ...options, now: clock.now };
  const queue: Queue = makeQueue(clock, options.log);
  const name = `app-${randomUUID().slice(0, 8)}`;
  const installations = new Map<number, Installation>();

  const installationOf = (id: number): Installation => {
    const known = installations.get(id) ?? {
      client: makeInstallationClient({ ...credentials, installationId: id }),
      orchestrators: new Map<number, Known>(),
    };
    installations.set(id, known);
    return known;
  };

  const orchestratorOf = (installation: number, { id, ...repository }: NamedRepository): Known => {
    const { client, orchestrators } = installationOf(installation);
    const known = orchestrators.get(id) ?? {
      client,
      repository,
      key: `${repository.owner}/${repository.name}`,
      name,
      performed: new Map(),
      sights: new Map(),
      runsIn: 'process',
      log: options.log,
    };
    orchestrators.set(id, known);
    known.repository = repository;
    return known;
  };

  const wakeEpic = (orchestrator: Known, epic: IssueNumber): void => {
    const { client, key } = orchestrator;
    queue.wake(`${key}#${epic}`, async () => {
      const { lookAgainAt } = await reconcile(orchestrator, epic);
      return { now: client.now(), ...(lookAgainAt === undefined ? {} : { lookAgainAt }) };
    });
  };

  /** Wakes the epics that the latest looks saw there. @returns false if they cannot tell */
  const wakeKnown = (orchestrator: Known, hint: Hint): boolean => {
    const sights = [...orchestrator.sights];
    switch (hint.kind) {
      case 'epic':
        wakeEpic(orchestrator, hint.number);
        return true;
      case 'commit':
        // Of a commit that no epic knows, nothing waits for the checks. The sweep finds what is newer than the looks.
        for (const [epic, { commits }] of sights) if (commits.has(hint.sha)) wakeEpic(orchestrator, epic);
        return true;
      case 'comment': {
        const epics = sights.filter(([, { issues }]) => issues.has(hint.number));
        for (const [epic] of epics) wakeEpic(orchestrator, epic);
        return epics.length > 0;
      }
      case 'gone issue':
        for (const [epic, { issues }] of sights) if (issues.has(hint.number)) wakeEpic(orchestrator, epic);
        return true;
      case 'issue':
        // It may be part of an epic since the latest look, or hold up another epic.
        return false;
    }
  };

  const findEpics = (orchestrator: Known, hints: readonly Hint[]): void => {
    const numbers = hints.flatMap((hint) => ('number' in hint ? [hint.number] : [])).join(',');
    queue.wake(`find ${orchestrator.key}#${numbers}`, async () => {
      for (const epic of await epicsOf(placeOf(orchestrator), hints)) wakeEpic(orchestrator, epic);
      return undefined;
    });
  };

  const strangers = makeStrangers<Known>(clock, queue, async (orchestrator, hints) => {
    for (const epic of await epicsOf(placeOf(orchestrator), hints)) wakeEpic(orchestrator, epic);
  });

  /** When each repository was last swept. */
  const swept = new WeakMap<Known, Instant>();
  const sweepRepository = (orchestrator: Known): void => {
    const { client, key, log } = orchestrator;
    queue.wake(`sweep ${key}`, async () => {
      const now = client.now();
      const last = swept.get(orchestrator);
      const since = instant((last ?? now - FIRST_SWEEP_MS) - SWEEP_OVERLAP_MS);
      const labels = last === undefined ? 'all' : 'on changed issues';
      for (const epic of await epicsInFlight({ ...placeOf(orchestrator), since, labels, log })) {
        wakeEpic(orchestrator, epic);
      }
      swept.set(orchestrator, now);
      return undefined;
    });
  };

  const redelivery = makeRedelivery();
  const sweepEverything = (): void => {
    queue.wake('failed deliveries', async () => {
      await redelivery.run(makeAppClient(credentials));
      return undefined;
    });
    queue.wake('sweep', async () => {
      const app = makeAppClient(credentials);
      for (const installation of await app.paginate('GET /app/installations')) {
        if (installation.suspended_at) continue;
        const { client } = installationOf(installation.id);
        const repositories = await client.paginate('GET /installation/repositories');
        for (const repository of repositories as unknown as {
          id: number;
          owner: { login: string };
          name: string;
          archived: boolean;
        }[]) {
          if (repository.archived) continue;
          const { id, owner, name } = repository;
          sweepRepository(orchestratorOf(installation.id, { id, owner: owner.login, name }));
        }
      }
      return undefined;
    });
  };

  /** Swarm's own login. Its own acts need no wake-up: `reconcile` keeps looking as long as they change something. */
  let self: string | undefined;
  queue.wake('own login', async () => {
    const { data } = await makeAppClient(credentials).request('GET /app');
    self = data?.slug ? `${data.slug}[bot]` : undefined;
    return undefined;
  });

  const receive = (event: string, payload: unknown): void => {
    const { installation, repository, sender } = (payload ?? {}) as {
      installation?: { id?: unknown };
      sender?: { login?: unknown };
      repository?: { id?: unknown; name?: unknown; owner?: { login?: unknown } };
    };
    if (typeof installation?.id !== 'number') return;
    if (self !== undefined && sender?.login === self && !isOfMachine(event, payload)) return;
    const { id, name: repositoryName, owner } = repository ?? {};
    if (typeof id !== 'number' || typeof repositoryName !== 'string' || typeof owner?.login !== 'string') return;
    const orchestrator = orchestratorOf(installation.id, { id, owner: owner.login, name: repositoryName });
    const hints = hintsOf(event, payload);
    if (hints === 'everywhere') {
      sweepRepository(orchestrator);
      return;
    }
    const unknown = hints.filter((hint) => !wakeKnown(orchestrator, hint));
    const byStrangers = unknown.filter((hint) => hint.kind === 'comment' && hint.by === 'stranger');
    if (byStrangers.length > 0) strangers.comment(orchestrator, byStrangers);
    const others = unknown.filter((hint) => !byStrangers.includes(hint));
    if (others.length > 0) findEpics(orchestrator, others);
  };

  const probot = new Probot({
    appId: options.appId,
    privateKey: options.privateKey,
    secret: options.webhookSecret,
    baseUrl: options.apiUrl,
    // Probot would log the payload of a request with a bad signature, and so let its sender write into the log.
    logLevel: 'fatal',
  });
  await probot.load((app) => {
    app.onAny(({ name: event, payload }) => receive(event, payload));
  });
  const middleware = await probot.getNodeMiddleware({ path: WEBHOOK_PATH });

  const bodies = new Bodies(options.webhookSecret);
  const server: Server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    if (request.url === '/healthz') {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n');
      return;
    }
    void answer(request).then((status) => {
      if (status === undefined || response.headersSent || response.destroyed) return;
      // A body that was not read to its end must not be taken for the next request.
      response.writeHead(status, { 'content-length': '0', ...(request.complete ? {} : { connection: 'close' }) }).end();
    });

    /** @returns the status, unless the middleware has answered. */
    async function answer(from: Parameters<typeof middleware>[0]): Promise<number | undefined> {
      if (from.method !== 'POST' || from.url?.split('?')[0] !== WEBHOOK_PATH) return 404;
      try {
        const body = await bodies.read(from);
        if (body.kind === 'refused') return body.status;
        try {
          if (!isWebhook(from.headers['x-github-event'], body.text)) return 400;
          from.body = body.text;
          return (await middleware(from, response)) === false ? 404 : undefined;
        } finally {
          body.release();
        }
      } catch (error) {
        // The sender disconnected, or sent something signed that is not a webhook.
        options.log(`A request could not be read: ${oneLine(String((error as Error).message)).slice(0, 200)}`);
        return 400;
      }
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });

  let cancelSweep: (() => void) | undefined;
  const tick = (): void => {
    sweepEverything();
    cancelSweep = clock.after(options.sweepMs, tick);
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
      cancelSweep?.();
      server.close();
      server.closeAllConnections();
      await queue.close();
    },
  };
}
