/**
 * Webhook delivery: each event is signed and sent over HTTP to every app that is installed and subscribed.
 *
 * GitHub doesn't guarantee that a delivery arrives, arrives only once, or arrives in order. The mode and the rules here
 * lose, repeat, delay and reorder deliveries on purpose.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { EventDetails, WorldEvent } from '#emulator/model/events';
import { randomFrom } from '#emulator/model/faults';
import type { Delivery, Installation } from '#emulator/model/records';
import type { Oracle } from '#emulator/oracle/oracle';
import { type Json, showInstallation, showUser } from '#emulator/shapes/objects';
import type { World } from './world.ts';

export type DeliveryMode = 'on time' | 'twice and shuffled' | 'none';

export interface DeliveryRule {
  readonly event?: string;
  readonly action?: string;
  /** `delayMs` is by the emulator's clock. */
  readonly does: 'drop' | 'double' | { readonly delayMs: number };
  /** The maximum number of deliveries it affects; by default, all of them. */
  readonly times?: number;
}

/** The events that the emulator can emit, with their actions; `[]` for events without actions. */
export const EVENTS: Readonly<Record<EventDetails['kind'] | 'installation', readonly string[]>> = {
  issues: [
    ...['opened', 'edited', 'deleted', 'closed', 'reopened', 'labeled', 'unlabeled', 'assigned', 'unassigned'],
    ...['transferred', 'locked', 'unlocked', 'pinned', 'unpinned'],
  ],
  issue_comment: ['created', 'edited', 'deleted'],
  sub_issues: ['sub_issue_added', 'sub_issue_removed', 'parent_issue_added', 'parent_issue_removed'],
  issue_dependencies: ['blocked_by_added', 'blocked_by_removed', 'blocking_added', 'blocking_removed'],
  pull_request: [
    'opened',
    'edited',
    'closed',
    'reopened',
    'synchronize',
    'labeled',
    'unlabeled',
    'assigned',
    'unassigned',
    'ready_for_review',
    'converted_to_draft',
    'review_requested',
    'review_request_removed',
    'enqueued',
    'dequeued',
    'locked',
    'unlocked',
  ],
  pull_request_review: ['submitted', 'edited', 'dismissed'],
  pull_request_review_comment: ['created', 'edited', 'deleted'],
  check_run: ['created', 'completed', 'rerequested'],
  status: [],
  push: [],
  create: [],
  delete: [],
  label: ['created', 'edited', 'deleted'],
  workflow_run: ['requested', 'in_progress', 'completed'],
  workflow_job: ['queued', 'waiting', 'in_progress', 'completed'],
  workflow_dispatch: [],
  repository_dispatch: [],
  installation: ['created'],
};

/** The limit for webhooks that cause webhooks. Beyond it, they are considered endless. */
const MAX_ROUNDS = 200;
/** The time during which deliveries are collected to be shuffled, in real time. */
const GATHER_MS = 15;

const FRESH = { durationSeconds: 0, status: 'pending', statusCode: 0, responseBody: null } as const;

export class Deliveries {
  /** All deliveries in the order of their events, including dropped ones. */
  readonly all: Delivery[] = [];
  /** The sent deliveries, in the order in which they were sent. */
  readonly sent: Delivery[] = [];
  readonly rules: DeliveryRule[] = [];
  #mode: DeliveryMode = 'on time';
  readonly #world: World;
  readonly #oracle: Oracle;
  readonly #random: () => number;
  readonly #applied = new Map<DeliveryRule, number>();
  readonly #outstanding = new Set<Promise<void>>();
  readonly #stop: (() => void)[];
  #gathered: Delivery[] = [];
  #gathering: NodeJS.Timeout | undefined;
  readonly #closing = new AbortController();

  constructor(world: World, oracle: Oracle, seed: number) {
    this.#world = world;
    this.#oracle = oracle;
    this.#random = randomFrom(seed ^ 0x5eed);
    this.#stop = [
      world.on((event) => this.#onEvent(event)),
      world.onInstalled((installation) => this.#onInstalled(installation)),
    ];
  }

  get mode(): DeliveryMode {
    return this.#mode;
  }

  set mode(mode: DeliveryMode) {
    this.#mode = mode;
  }

  /**
   * Resolves when all sent deliveries have got a response or failed. Deliveries that a rule delays are not awaited. Throws
   * if webhooks keep causing more webhooks.
   */
  async idle(): Promise<void> {
    for (let round = 1; this.#outstanding.size > 0 || this.#gathered.length > 0; round += 1) {
      if (round > MAX_ROUNDS) {
        throw new Error(
          `Webhooks caused more webhooks ${MAX_ROUNDS} times in a row; the last event is "${this.all.at(-1)?.event}".`,
        );
      }
      if (this.#gathered.length > 0) this.#flush();
      await Promise.all(this.#outstanding);
    }
  }

  /** Sends a delivery again, with the same body and the same X-GitHub-Delivery. */
  redeliver(delivery: Delivery): void {
    this.#send(this.#keep({ ...delivery, ...FRESH, redelivery: true, deliveredAt: this.#world.now() }));
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('the emulator has closed'));
    for (const stop of this.#stop) stop();
    clearTimeout(this.#gathering);
    this.#gathered = [];
    await Promise.all(this.#outstanding);
  }

  #onEvent(event: WorldEvent): void {
    const action = 'action' in event ? event.action : null;
    for (const installation of this.#world.installations.values()) {
      const { app } = installation;
      if (!app.webhook || installation.suspendedAt || !installation.events.includes(event.kind)) continue;
      if (this.#world.installationOn(app, event.repository) !== installation) continue;
      const body = { ...event.payload, installation: { id: installation.id, node_id: nodeIdOf(installation) } };
      this.#deliver(installation, event.kind, action, event.repository.id, body);
    }
  }

  #onInstalled(installation: Installation): void {
    if (!installation.app.webhook) return;
    const { account } = installation;
    const repositories = [...this.#world.repositories.values()].filter(
      (repository) => this.#world.installationOn(installation.app, repository) === installation,
    );
    this.#deliver(installation, 'installation', 'created', null, {
      action: 'created',
      installation: showInstallation(this.#world, installation),
      repositories: repositories.map((repository) => ({
        id: repository.id,
        node_id: repository.nodeId,
        name: repository.name,
        full_name: `${repository.owner.login}/${repository.name}`,
        private: repository.visibility === 'private',
      })),
      sender: showUser(this.#world, account),
    });
  }

  #deliver(
    installation: Installation,
    event: string,
    action: string | null,
    repositoryId: number | null,
    body: Json,
  ): void {
    const { app } = installation;
    if (this.#oracle.lacksWebhook(event, action)) return;
    this.#oracle.checkWebhook(event, action, body);
    const delivery = this.#keep({
      id: 0,
      guid: randomUUID(),
      app,
      installation,
      repositoryId,
      event,
      action,
      body: JSON.stringify(body),
      redelivery: false,
      deliveredAt: this.#world.now(),
      ...FRESH,
    });
    const rule = this.#ruleFor(event, action);
    if (this.#mode === 'none' || rule?.does === 'drop') {
      delivery.status = 'dropped';
    } else if (typeof rule?.does === 'object') {
      this.#world.clock.after(rule.does.delayMs, () => this.#send(delivery));
    } else if (this.#mode === 'twice and shuffled') {
      this.#gathered.push(delivery, this.#keep({ ...delivery }));
      this.#gathering ??= setTimeout(() => this.#flush(), GATHER_MS);
    } else {
      this.#send(delivery);
      if (rule?.does === 'double') this.#send(this.#keep({ ...delivery }));
    }
  }

  #keep(delivery: Delivery): Delivery {
    const kept: Delivery = { ...delivery, id: this.#world.nextId('delivery') };
    this.all.push(kept);
    return kept;
  }

  #ruleFor(event: string, action: string | null): DeliveryRule | undefined {
    const rule = this.rules.find(
      (one) =>
        (one.event === undefined || one.event === event) &&
        (one.action === undefined || one.action === action) &&
        (one.times === undefined || (this.#applied.get(one) ?? 0) < one.times),
    );
    if (rule) this.#applied.set(rule, (this.#applied.get(rule) ?? 0) + 1);
    return rule;
  }

  #flush(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    const gathered = this.#gathered;
    this.#gathered = [];
    for (let at = gathered.length - 1; at > 0; at -= 1) {
      const other = Math.floor(this.#random() * (at + 1));
      const [one, two] = [gathered[at], gathered[other]];
      if (one && two) [gathered[at], gathered[other]] = [two, one];
    }
    for (const delivery of gathered) this.#send(delivery);
  }

  #send(delivery: Delivery): void {
    const { webhook } = delivery.app;
    if (this.#closing.signal.aborted || !webhook) return;
    this.sent.push(delivery);
    const headers = { ...headersOf(delivery, webhook.secret), ...serverHeaders(this.#world) };
    this.#oracle.checkWebhookHeaders(delivery.event, delivery.action, headers);
    const started = performance.now();
    const timeout = new AbortController();
    // By the emulator's clock, so that a busy machine causes no timeouts while that clock stands still.
    const { webhookTimeoutMs } = this.#world.traits;
    const cancelTimeout = this.#world.clock.after(webhookTimeoutMs, () => timeout.abort(new Error('timed out')));
    const signal = AbortSignal.any([this.#closing.signal, timeout.signal]);
    const sent = post(webhook.url, headers, delivery.body, signal).then(
      ({ status, body }) => {
        delivery.status = 'answered';
        delivery.statusCode = status;
        delivery.responseBody = body;
      },
      (error: Error) => {
        // As on GitHub, the delivery's record shows that the receiver could not be reached.
        delivery.status = 'unreachable';
        delivery.responseBody = timeout.signal.aborted ? 'timed out' : error.message;
      },
    );
    const whole = sent.finally(() => {
      cancelTimeout();
      delivery.durationSeconds = Math.round(performance.now() - started) / 1000;
      this.#outstanding.delete(whole);
    });
    this.#outstanding.add(whole);
  }
}

function headersOf(delivery: Delivery, secret: string): Record<string, string> {
  const { app } = delivery;
  const signature = createHmac('sha256', secret).update(delivery.body).digest('hex');
  return {
    'Content-Type': 'application/json',
    Accept: '*/*',
    'User-Agent': 'GitHub-Hookshot/e5c1f3a',
    'X-GitHub-Delivery': delivery.guid,
    'X-GitHub-Event': delivery.event,
    'X-GitHub-Hook-ID': String(app.hookId),
    'X-GitHub-Hook-Installation-Target-ID': String(app.id),
    'X-GitHub-Hook-Installation-Target-Type': 'integration',
    'X-Hub-Signature-256': `sha256=${signature}`,
  };
}

/** A GHES names itself in each webhook. */
function serverHeaders({ traits: { version }, url }: World): Record<string, string> {
  if (version === undefined) return {};
  return { 'X-GitHub-Enterprise-Host': new URL(url).host, 'X-GitHub-Enterprise-Version': version };
}

function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const make = url.startsWith('https:') ? httpsRequest : httpRequest;
    const length = String(Buffer.byteLength(body));
    const request = make(url, {
      method: 'POST',
      headers: { ...headers, 'Content-Length': length },
      agent: false,
      signal,
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }));
    });
    request.end(body);
  });
}

function nodeIdOf(installation: Installation): string {
  return Buffer.from(`023:IntegrationInstallation${installation.id}`).toString('base64');
}
