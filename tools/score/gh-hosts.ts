/**
 * The two hosts that `gh` takes the emulator for. `github.localhost` is GitHub's own name for a github.com on one's machine:
 * gh speaks to it as to github.com, but over HTTP, so a proxy can lead it here. Any other host is an Enterprise Server,
 * which needs TLS.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface Host {
  readonly name: string;
  /** The variables by which gh and git find it. */
  readonly env: Readonly<Record<string, string>>;
  /** The variable that gh reads a token for this host from. */
  readonly tokenVariable: string;
  /** The address of its repositories. */
  readonly gitUrl: string;
  close(): Promise<void>;
}

/** github.com, by way of a proxy. */
export async function openGitHubCom(emulatorUrl: string): Promise<Host> {
  const proxy = createServer((request, response) => pass(emulatorUrl, request, response));
  const address = `http://127.0.0.1:${await listen(proxy)}`;
  return {
    name: 'github.localhost',
    env: { HTTP_PROXY: address, http_proxy: address },
    tokenVariable: 'GH_TOKEN',
    gitUrl: 'http://github.localhost/',
    close: () => close(proxy),
  };
}

/** An Enterprise Server, with a certificate of its own. */
export async function openEnterpriseServer(emulatorUrl: string, dir: string): Promise<Host> {
  const [key, certificate] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const files = ['-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', ...kind, ...files, ...subject], { stdio: 'ignore' });
  const secrets = { key: readFileSync(key), cert: readFileSync(certificate) };
  const server = createTlsServer(secrets, (request, response) => pass(emulatorUrl, request, response));
  const name = `localhost:${await listen(server)}`;
  return {
    name,
    env: { SSL_CERT_FILE: certificate, GIT_SSL_CAINFO: certificate },
    tokenVariable: 'GH_ENTERPRISE_TOKEN',
    gitUrl: `https://${name}/`,
    close: () => close(server),
  };
}

/** Passes a request on. To a proxy, a request names a whole URL. */
function pass(emulatorUrl: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const { 'proxy-connection': _, ...headers } = request.headers;
  const onward = forward(`${emulatorUrl}${pathname}${search}`, { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', (error) => response.destroy(error));
  request.pipe(onward);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
