/**
 * Has GitHub deliver again what did not arrive, because GitHub does not retry: the app was down, or too slow.
 *
 * A webhook only says where to look, so one that comes late or twice does no harm. Each is asked for once in a process. The
 * sweep finds what is older than the list, or fails again.
 * @see https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries
 */
import { type Client, GitHubRefused } from '#github/client';

/** GitHub delivers again what is at most three days old. */
const OLDEST_MS = 3 * 24 * 60 * 60_000;
/** How many are asked for at once. */
const AT_ONCE = 50;
const MAX_KNOWN = 10_000;

export interface Redelivery {
  /** @param client acts as the app itself */
  run(client: Client): Promise<void>;
}

export function makeRedelivery(): Redelivery {
  /** The ids that all deliveries of one event share. */
  const asked = new Set<string>();
  return {
    async run(client) {
      const { data } = await client.request('GET /app/hook/deliveries', { per_page: 100, status: 'failure' });
      const oldestMs = client.now() - OLDEST_MS;
      const lost = data.filter(
        ({ guid, delivered_at: at, redelivery }) => !redelivery && !asked.has(guid) && Date.parse(at) >= oldestMs,
      );
      for (const { id, guid } of lost.slice(0, AT_ONCE)) {
        asked.add(guid);
        const [first] = asked;
        if (asked.size > MAX_KNOWN && first !== undefined) asked.delete(first);
        try {
          await client.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: Number(id) });
        } catch (error) {
          // GitHub has forgotten it.
          if (!(error instanceof GitHubRefused)) throw error;
        }
      }
    },
  };
}
