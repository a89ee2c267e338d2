/**
 * Reads the bodies of webhooks within a bound of memory, whatever is sent and by how many at once (threats T43, T44).
 *
 * A request without a signature is refused before its body is read. The signature is checked on the bytes as they arrive, so
 * nothing is made of a body that nobody signed. All bodies that are being read or handled share a budget. Large ones leave a
 * part of it free, so that a flood of them cannot keep out GitHub's own webhooks, which are seldom larger than 100 kB.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** GitHub never sends more. @see https://docs.github.com/en/webhooks/webhook-events-and-payloads */
const MAX_BYTES = 25 * 1024 * 1024;
/** The budget of all bodies together. */
const MAX_BYTES_IN_FLIGHT = 64 * 1024 * 1024;
/** Bodies above this size leave `SPARE_BYTES` of the budget to others. */
const LARGE_BYTES = 1024 * 1024;
const SPARE_BYTES = 16 * 1024 * 1024;

export type Body =
  | { readonly kind: 'read'; readonly text: string; readonly release: () => void }
  /** 400: not signed. 413: more than GitHub sends. 503: too many at once. */
  | { readonly kind: 'refused'; readonly status: 400 | 413 | 503 };

export class Bodies {
  readonly #secret: string;
  #bytesInFlight = 0;

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** @throws the stream's error if the sender breaks off. */
  async read(request: IncomingMessage): Promise<Body> {
    const signature = /^sha256=([0-9a-f]{64})$/.exec(String(request.headers['x-hub-signature-256']))?.[1];
    if (signature === undefined) return { kind: 'refused', status: 400 };
    if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES) return { kind: 'refused', status: 413 };
    const hmac = createHmac('sha256', this.#secret);
    const chunks: Buffer[] = [];
    let bytes = 0;
    let isKept = false;
    const release = (): void => {
      this.#bytesInFlight -= bytes;
      bytes = 0;
    };
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        const total = bytes + chunk.length;
        if (total > MAX_BYTES) return { kind: 'refused', status: 413 };
        const room = MAX_BYTES_IN_FLIGHT - (total > LARGE_BYTES ? SPARE_BYTES : 0);
        if (this.#bytesInFlight + chunk.length > room) return { kind: 'refused', status: 503 };
        this.#bytesInFlight += chunk.length;
        bytes = total;
        hmac.update(chunk);
        chunks.push(chunk);
      }
      if (!timingSafeEqual(hmac.digest(), Buffer.from(signature, 'hex'))) return { kind: 'refused', status: 400 };
      isKept = true;
      return { kind: 'read', text: Buffer.concat(chunks).toString('utf8'), release };
    } finally {
      if (!isKept) release();
    }
  }
}
