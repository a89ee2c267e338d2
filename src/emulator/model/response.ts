/** A response as a route handler returns it, and how it is sent over HTTP. */
import { createHash } from 'node:crypto';
import type { Refusal } from './refusal.ts';

export interface RestResponse {
  readonly status: number;
  /** Sent as JSON unless `type` names another content type. Undefined sends no body. */
  readonly body?: unknown;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const ok = (body: unknown): RestResponse => ({ status: 200, body });
export const created = (body: unknown, location?: string): RestResponse => ({
  status: 201,
  body,
  ...(location && { headers: { location } }),
});
export const nothing = (status = 204): RestResponse => ({ status });

export function refusalResponse(refusal: Refusal): RestResponse {
  return {
    status: refusal.status,
    body: {
      message: refusal.message,
      ...(refusal.errors && { errors: refusal.errors }),
      ...(refusal.headers.location && { url: refusal.headers.location }),
      documentation_url: 'https://docs.github.com/rest',
      status: String(refusal.status),
    },
    headers: refusal.headers,
  };
}

/** A response ready to be sent. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
}

/** The parts of a request that affect how its response is sent. */
interface RequestHead {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * Turns a response into bytes and headers: JSON, an ETag and the time of the last change on reads, and 304 if the client
 * already has it.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
 */
export function serialize(answer: RestResponse, request: RequestHead): HttpResponse {
  const headers: Record<string, string> = { ...answer.headers };
  if (answer.body === undefined) return { status: answer.status, headers, body: null };
  headers['content-type'] = answer.type ?? 'application/json; charset=utf-8';
  const body = answer.type ? (answer.body as string | Buffer) : JSON.stringify(answer.body);
  if ((request.method === 'GET' || request.method === 'HEAD') && answer.status === 200) {
    const etag = `W/"${createHash('sha256').update(body).digest('hex')}"`;
    headers.etag = etag;
    headers['cache-control'] = 'private, max-age=60, s-maxage=60';
    const changed = timeOfChange(answer.body);
    if (changed !== null) headers['last-modified'] = new Date(changed).toUTCString();
    const { 'if-none-match': tags, 'if-modified-since': since } = request.headers;
    // A tag says more than a time, so the time counts only where there is none (RFC 9110, 13.1.3).
    const isKnown =
      tags === undefined
        ? changed !== null && since !== undefined && changed <= Date.parse(String(since))
        : String(tags)
            .split(/\s*,\s*/)
            .some((one) => one.replace(/^W\//, '') === etag.replace(/^W\//, ''));
    if (isKnown) return { status: 304, headers, body: null };
  }
  return { status: answer.status, headers, body };
}

/** The time in milliseconds at which a single object was last changed, or null for lists and all that has no such time. */
function timeOfChange(body: unknown): number | null {
  if (typeof body !== 'object' || body === null || !('updated_at' in body)) return null;
  const time = Date.parse(String(body.updated_at));
  return Number.isNaN(time) ? null : time;
}
