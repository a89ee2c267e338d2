/** The desk's one socket: HTTP in, `routes.ts` in the middle, JSON (or plain text) out. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type Answer, answer } from './routes.ts';
import { Store } from './store.ts';

const MOST_BYTES = 64 * 1024;

export function openDesk(now: () => string = () => new Date().toISOString()): Server {
  const store = new Store();
  return createServer((request, response) => {
    respond(request, store, now).then(
      (given) => {
        const text = typeof given.body === 'string';
        response
          .writeHead(given.status, { 'content-type': text ? 'text/plain; charset=utf-8' : 'application/json' })
          .end(typeof given.body === 'string' ? given.body : JSON.stringify(given.body));
      },
      (fault: unknown) => {
        console.error(String(fault));
        response.writeHead(500, { 'content-type': 'application/json' }).end('{"fault":"The desk is at fault."}');
      },
    );
  });
}

async function respond(request: IncomingMessage, store: Store, now: () => string): Promise<Answer> {
  const method = request.method ?? 'GET';
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const text = await readText(request);
  if (text === undefined) return { status: 413, body: { fault: `At most ${MOST_BYTES} bytes.` } };
  try {
    return answer(store, { method, path, body: text === '' ? undefined : JSON.parse(text) }, now());
  } catch (fault) {
    if (fault instanceof SyntaxError) return { status: 400, body: { fault: 'The body is not JSON.' } };
    throw fault;
  }
}

async function readText(request: IncomingMessage): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
