// The few corners of Node that the desk uses. With them it needs nothing installed to be type-checked.

declare module 'node:http' {
  export interface IncomingMessage extends AsyncIterable<Uint8Array> {
    readonly method?: string;
    readonly url?: string;
  }
  export interface ServerResponse {
    writeHead(status: number, headers: Record<string, string>): ServerResponse;
    end(body: string): void;
  }
  export interface Server {
    listen(port: number, host: string, listening: () => void): Server;
    close(closed?: () => void): void;
    address(): { readonly port: number } | null;
  }
  export function createServer(answer: (request: IncomingMessage, response: ServerResponse) => void): Server;
}

declare module 'node:test' {
  export function test(name: string, body: () => void | Promise<void>): void;
}

declare module 'node:assert/strict' {
  export function equal(found: unknown, expected: unknown): void;
  export function deepEqual(found: unknown, expected: unknown): void;
  export function throws(body: () => unknown, expected?: RegExp): void;
  export function match(found: string, expected: RegExp): void;
}

declare module 'node:process' {
  export const env: Readonly<Record<string, string | undefined>>;
}

declare const console: { log(line: string): void; error(line: string): void };

declare class TextDecoder {
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}

declare function fetch(
  url: string,
  options?: { method?: string; body?: string },
): Promise<{ readonly status: number; json(): Promise<unknown>; text(): Promise<string> }>;
