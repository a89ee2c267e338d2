/** What a program reaches from inside, with each kind of walls that this machine has. */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server as HttpServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Isolation } from '../../src/core/model/config.ts';
import { Egress } from '../../src/sandbox/egress.ts';
import { forwarding } from '../../src/sandbox/inside.ts';
import { Policy, placesNamedIn } from '../../src/sandbox/policy.ts';
import type { ProgramEnd } from '../../src/sandbox/process.ts';
import { registriesIn } from '../../src/sandbox/registries.ts';
import type { CallNetwork, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { kill, withArgument } from '../rig/processes.ts';
import { until } from '../rig/wait.ts';
import { kindsHere, sandboxFor } from '../rig/walls.ts';

const probes = await mkdtemp(join(tmpdir(), 'swarm-walls-'));
const kinds = await kindsHere(probes);
const walls = kinds.filter((kind) => kind !== 'none');
afterAll(() => rm(probes, { recursive: true, force: true }));

const made: string[] = [];
afterEach(async () => {
  for (const directory of made.splice(0)) await rm(directory, { recursive: true, force: true });
});

interface Given {
  readonly network?: SandboxOptions['network'];
  readonly call?: CallNetwork | 'none';
  readonly variables?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Variables of the call. */
  readonly also?: Readonly<Record<string, string>>;
}

type Ran = ProgramEnd & { readonly all: readonly string[] };

async function run(isolation: Isolation, command: readonly string[], given: Given = {}): Promise<Ran> {
  const scratch = await mkdtemp(join(tmpdir(), 'swarm-network-'));
  made.push(scratch);
  const tree = join(scratch, 'tree');
  await mkdir(tree);
  for (const [file, text] of Object.entries(given.files ?? {})) await writeFile(join(tree, file), text);
  const variables = { ...process.env, ...given.variables };
  const sandbox = await sandboxFor(scratch, { isolation, variables, network: given.network ?? [] });
  const room = { home: join(scratch, 'home'), temporaryDirectory: join(scratch, 'tmp'), writes: [tree], reads: [] };
  const ended = await sandbox.run({
    command,
    directory: tree,
    environment: sandbox.environmentFor({ names: [], ...room, also: given.also ?? {} }),
    room,
    network: given.call ?? { by: 'tests', tree },
    timeoutMs: 60_000,
  });
  return {
    ...ended,
    all: sandbox.refused.map(({ by, host, port, why, times }) => `${by} ${host}:${port} ${why} ${times}`),
  };
}

/** A program in JavaScript that prints what comes of it. */
const node = (code: string): readonly string[] => [
  'node',
  '-e',
  `const net = require('net'); (async () => {${code}})().then((text) => console.log(text), (error) => console.log('failed', error.cause?.code ?? error.code ?? error.message));`,
];
const fetching = (url: string): readonly string[] =>
  node(`const got = await fetch('${url}'); return got.status + ' ' + (await got.text()).trim();`);

let server: HttpServer;
let origin: string;
let port: number;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.host}`);
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => response.end(`hello ${Buffer.concat(parts).length}`));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  origin = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
});

it('without walls, a program gets the job’s proxy, and Node’s own fetch uses it in agents', async () => {
  const variables = { HTTPS_PROXY: 'http://ana:secret@proxy.example:3128' };
  const said = ['sh', '-c', 'echo "$HTTPS_PROXY, fetch: $NODE_USE_ENV_PROXY"'];
  expect((await run('none', said, { variables })).output).toBe('http://proxy.example:3128/, fetch: \n');
  const agent = await run('none', said, { variables, call: { by: 'author', fetchOfNode: true } });
  expect(agent.output).toBe('http://proxy.example:3128/, fetch: 1\n');
});

describe.each(walls)('%s', (isolation) => {
  it('reaches no port of this machine that nobody named, neither directly nor through the proxy', async () => {
    const direct = await run(isolation, fetching(origin));
    expect(direct.output).toBe('failed ECONNREFUSED\n');
    const proxied = await run(isolation, ['curl', '-sS', '--noproxy', '', '-w', '%{http_code}', origin]);
    expect(proxied.output).toContain('403');
    expect(proxied.all).toEqual([`tests 127.0.0.1:${port} not named 1`]);
    const tunnel = await run(isolation, ['curl', '-sS', '--noproxy', '', '--proxytunnel', origin]);
    expect(tunnel.output).toContain('403');
    expect(asked).toEqual([]);
  });

  it.each<[string, Given]>([
    ['the config', { network: ['127.0.0.1:PORT'] }],
    ['the config, as localhost', { network: ['localhost:PORT'] }],
    ['a variable of its agent', { call: { by: 'implementer', places: placesNamedIn('http://127.0.0.1:PORT/v1') } }],
  ])('reaches a port of this machine, under the same address, if %s names it', async (_, given) => {
    const named = JSON.parse(JSON.stringify(given).replaceAll('PORT', String(port))) as Given;
    const places = given.call ? placesNamedIn(`${origin}/v1`) : [];
    const call = { by: 'tests', ...(given.call as CallNetwork | undefined), places };
    const { output, all } = await run(isolation, fetching(`${origin}/v1`), { ...named, call });
    expect([output, all]).toEqual(['200 hello 0\n', []]);
    expect((await run(isolation, fetching(`http://localhost:${port}/v1`), { ...named, call })).output).toBe(
      '200 hello 0\n',
    );
    asked.length = 0;
  });

  it('reaches nothing in a call that needs nothing, and what everybody may reach neither', async () => {
    const named = { network: [`127.0.0.1:${port}`], call: 'none' } as const;
    const { output, all } = await run(isolation, fetching(origin), named);
    expect([output, all]).toEqual(['failed ECONNREFUSED\n', []]);
    expect((await run(isolation, ['env'], named)).output).not.toMatch(/proxy/i);
    expect(asked).toEqual([]);
  });

  it('takes no host from the variables of a call: an agent chooses those of the programs that it has Swarm start', async () => {
    const also = { OPENAI_BASE_URL: origin, npm_config_registry: origin };
    expect((await run(isolation, fetching(origin), { also })).output).toBe('failed ECONNREFUSED\n');
  });

  it('has a loopback of its own', async () => {
    const own = node(`
      const server = require('http').createServer((_, answer) => answer.end('own')).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.on('listening', resolve));
      const got = await fetch('http://localhost:' + server.address().port);
      const text = await got.text();
      server.close();
      return text;`);
    expect((await run(isolation, own)).output).toBe('own\n');
  });

  it('passes large bodies on in both directions, and the end of each', async () => {
    const echo = createTcpServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket));
    echo.listen(0, '127.0.0.1');
    await once(echo, 'listening');
    const { port: echoPort } = echo.address() as AddressInfo;
    const send = node(`
      const socket = net.connect({ port: ${echoPort}, host: '127.0.0.1', allowHalfOpen: true });
      let got = 0;
      socket.on('data', (part) => { got += part.length; });
      socket.end(Buffer.alloc(20e6, 7));
      await new Promise((resolve, reject) => socket.on('end', resolve).on('error', reject));
      return got;`);
    expect((await run(isolation, send, { network: [`127.0.0.1:${echoPort}`] })).output).toBe('20000000\n');
    echo.close();
  });

  it('passes on the exit code and the signal of the program, and its standard streams', async () => {
    expect((await run(isolation, ['sh', '-c', 'echo out; echo err >&2; exit 7'])).how).toEqual({
      kind: 'exited',
      code: 7,
    });
    expect((await run(isolation, ['sh', '-c', 'kill -SEGV $$'])).how).toEqual({ kind: 'killed', signal: 'SIGSEGV' });
    expect((await run(isolation, ['sh', '-c', 'kill 0; sleep 60'])).how).toEqual({ kind: 'killed', signal: 'SIGTERM' });
    expect((await run(isolation, ['no-such-program'])).how).toMatchObject({ kind: 'not started', why: 'not found' });
    const children = 'cat /proc/$$/task/$$/children; echo none';
    expect((await run(isolation, ['sh', '-c', children])).output).toMatch(/^\d+ none\n$/);
  });

  it('gives a program its own devices, if its command names one', async () => {
    expect((await run(isolation, ['sh', '-c', 'echo x > /dev/null && echo written', '/dev/null'])).output).toBe(
      'written\n',
    );
  });

  it('has Node’s own fetch use the proxy in agents alone, because it slows down every start of Node', async () => {
    const said = ['sh', '-c', 'echo "fetch: $NODE_USE_ENV_PROXY"'];
    expect((await run(isolation, said, { call: { by: 'author', fetchOfNode: true } })).output).toBe('fetch: 1\n');
    expect((await run(isolation, said)).output).toBe('fetch: \n');
  });

  it('gets the job’s proxy as it is where the network is open, without the name and the password', async () => {
    const variables = { HTTPS_PROXY: 'http://ana:secret@proxy.example:3128' };
    const said = ['sh', '-c', 'echo "$HTTPS_PROXY"'];
    const open = await run(isolation, said, { network: 'open', variables });
    expect(open.output).toBe('http://proxy.example:3128/\n');
    const limited = await run(isolation, said, { variables });
    expect(limited.output).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
  });

  it('reads the certificates of the machine, wherever they lie', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'certificates-'));
    made.push(directory);
    const file = join(directory, 'own.pem');
    await writeFile(file, 'trusted');
    const variables = { REQUESTS_CA_BUNDLE: file };
    expect((await run(isolation, ['sh', '-c', 'cat "$REQUESTS_CA_BUNDLE"'], { variables })).output).toBe('trusted');
  });

  it('leaves no socket behind', async () => {
    // Calls of other tests have theirs in the usual place.
    const { TMPDIR } = process.env;
    const own = await mkdtemp(join(tmpdir(), 'own-'));
    process.env.TMPDIR = own;
    try {
      await run(isolation, ['true']);
      expect((await readdir(own)).filter((name) => name.startsWith('swarm-net-'))).toEqual([]);
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
      await rm(own, { recursive: true, force: true });
    }
  });

  it('counts what was refused, once for each place, and no more than fifty of them', async () => {
    const many = node(`
      const ask = (host) => new Promise((resolve) => {
        const proxy = new URL(process.env.HTTPS_PROXY);
        require('http').request({ host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: host }).on('connect', (answer) => resolve(answer.statusCode)).end();
      });
      const seen = new Set();
      for (let i = 0; i < 80; i++) seen.add(await ask('host' + i + '.evil.test:443'));
      for (let i = 0; i < 4; i++) seen.add(await ask('host0.evil.test:443'));
      return [...seen].join();`);
    const { output, all, refused } = await run(isolation, many);
    expect(output).toBe('403\n');
    expect([all.length, all[0]]).toEqual([50, 'tests host0.evil.test:443 not named 5']);
    expect(refused?.length).toBe(50);
  });

  it('shows nothing of a name that is none', async () => {
    const strange = node(`
      const proxy = new URL(process.env.HTTPS_PROXY);
      const socket = net.connect(proxy.port, proxy.hostname);
      socket.write('CONNECT a$(everyone)!:443 HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n');
      return new Promise((resolve) => socket.on('data', (data) => resolve(String(data).split('\\r\\n')[0])));`);
    const { output, all } = await run(isolation, strange);
    expect(output).toMatch(/^HTTP\/1\.1 403 /);
    expect(all).toEqual(['tests ?:443 not named 1']);
  });

  it('reaches the registries of the ecosystems in the tree, and of no others', async () => {
    const ask = (host: string): readonly string[] => [
      'curl',
      '-s',
      '-o',
      '/dev/null',
      '-w',
      '%{http_connect}',
      `https://${host}`,
    ];
    const given = { files: { 'package.json': '{}' }, variables: await upstream() };
    expect((await run(isolation, ask('one.npmjs.org'), given)).output).toBe('200');
    expect((await run(isolation, ask('static.crates.io'), given)).output).toBe('403');
    expect(tunnelled.splice(0)).toEqual(['one.npmjs.org:443 Basic dXNlcjpwYXNz']);
  });

  it('installs a package from a registry that the settings of the repository name', async () => {
    const registry = await startRegistry();
    const npmrc = `registry=${registry.url}/\n`;
    const install = ['npm', 'install', '--no-audit', '--no-fund', '--no-update-notifier'];
    const files = { '.npmrc': npmrc, 'package.json': '{"dependencies": {"left-parcel": "1.0.0"}}' };
    const command = ['sh', '-c', `${install.join(' ')} && node -p "require('left-parcel')"`];
    const named = await run(isolation, command, {
      files,
      call: { by: 'install', places: registriesIn('.npmrc', npmrc) },
    });
    expect(named.output).toContain('from the registry');
    expect(named.how).toEqual({ kind: 'exited', code: 0 });
    const unnamed = await run(isolation, ['npm', 'view', 'left-parcel', '--fetch-retries=0'], { files });
    expect(unnamed.how).toMatchObject({ kind: 'exited', code: 1 });
    registry.close();
  });

  it('goes through the proxy of the job, also for plain HTTP, and not to places that it exempts', async () => {
    const variables = await upstream();
    const network = ['plain.example.test'];
    const ask = ['curl', '-sS', '-w', ' %{http_code}', 'http://plain.example.test/a?b'];
    expect((await run(isolation, ask, { network, variables })).output).toBe('from the proxy 200');
    expect(tunnelled.splice(0)).toEqual(['GET http://plain.example.test/a?b plain.example.test Basic dXNlcjpwYXNz']);
    // Directly, and so not at all: nobody has such a name.
    const exempt = { ...variables, NO_PROXY: '.example.test' };
    expect((await run(isolation, ask, { network, variables: exempt })).output).toMatch(/ 502$/);
    expect(tunnelled).toEqual([]);
  });

  it('takes the host of the line, whatever `Host` says, and passes no header of a connection on', async () => {
    const lying = ['curl', '-sS', '--noproxy', '', '-H', 'Host: other.test', '-d', 'abc', `${origin}/x`];
    const { output } = await run(isolation, lying, { network: [`127.0.0.1:${port}`] });
    expect(output).toBe('hello 3');
    expect(asked.splice(0)).toEqual([`POST /x 127.0.0.1:${port}`]);
  });

  it('with an open network reaches everything', async () => {
    expect((await run(isolation, fetching(origin), { network: 'open' })).output).toBe('200 hello 0\n');
    asked.length = 0;
  });
});

describe.each(['perl', 'node'] as const)('the forwarder in %s', (language) => {
  it('passes large bodies on in both directions, the end of each, and what breaks off', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'swarm-forward-'));
    made.push(directory);
    const free = createTcpServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const inner = (free.address() as AddressInfo).port;
    await new Promise((resolve) => free.close(resolve));
    const gone: string[] = [];
    const echo = createTcpServer({ allowHalfOpen: true }, (socket) => {
      socket.on('error', () => {}).on('close', () => gone.push('closed'));
      socket.pipe(socket);
    }).listen(join(directory, String(inner)));
    // Once the program runs, the way is open. It has nothing of the forwarder: no child, no open file, no signal ignored.
    const seen =
      'ls -l /proc/$$/fd | awk "\\$9 > 2" | grep -c socket: ; cat /proc/$$/task/$$/children; grep SigIgn /proc/$$/status';
    const [file = '', ...args] = forwarding(
      { sh: '/bin/sh', setsid: '/usr/bin/setsid' },
      [inner],
      ['sh', '-c', `${seen}; cat`],
      {
        ...{ by: language, sockets: directory, node: process.execPath },
      },
    );
    const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (part) => {
      said += String(part);
    });
    await until('the program to run', async () => said.includes('SigIgn'));
    expect(said).toMatch(/^0\n(?:\d+ )?SigIgn:\s+0{16}\n$/);
    for (const host of ['127.0.0.1', '::1']) {
      const socket = connect({ host, port: inner, allowHalfOpen: true });
      let bytes = 0;
      socket.on('data', (part) => {
        bytes += part.length;
      });
      socket.end(Buffer.alloc(20e6, 7));
      await once(socket, 'end');
      expect(bytes).toBe(20e6);
    }
    await until('the connections that ended', async () => gone.length === 2);
    const broken = connect({ host: '127.0.0.1', port: inner });
    await once(broken, 'connect');
    broken.write('x');
    await once(broken, 'data');
    broken.resetAndDestroy();
    await until('the connection that broke off', async () => gone.length === 3);
    child.kill('SIGKILL');
    for (const pid of withArgument(directory)) kill(pid);
    echo.close();
  });
});

describe('a name', () => {
  it('leads to the addresses that were judged, and to a private one only if it was named exactly', async () => {
    const refused: string[] = [];
    const egress = await Egress.open({
      policy: new Policy([
        { host: 'given.test', port },
        { host: '*.wild.test', port },
      ]),
      variables: {},
      onRefused: ({ host, why }) => refused.push(`${host} ${why}`),
      // No name server knows these names, so only this answer leads anywhere.
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    });
    const ask = (host: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const socket = connect(join(egress.directory, String(egress.proxyPort)));
        let got = '';
        socket.on('data', (part) => {
          got += String(part);
        });
        socket.on('end', () => resolve(got.split('\r\n')[0] ?? '')).on('error', reject);
        socket.write(`GET http://${host}:${port}/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      });
    expect(await ask('given.test')).toBe('HTTP/1.1 200 OK');
    expect(asked.splice(0)).toEqual([`GET / given.test:${port}`]);
    expect(await ask('a.wild.test')).toBe('HTTP/1.1 403 Forbidden');
    expect([asked, refused]).toEqual([[], ['a.wild.test private address']]);
    await egress.close();
  });
});

// --- a registry ----------------------------------------------------------------------------------------------------------

/** A registry on loopback with one package. */
async function startRegistry(): Promise<{ readonly url: string; readonly close: () => void }> {
  const directory = await mkdtemp(join(tmpdir(), 'swarm-registry-'));
  made.push(directory);
  await mkdir(join(directory, 'package'));
  const version = { name: 'left-parcel', version: '1.0.0', main: 'index.js' };
  await writeFile(join(directory, 'package', 'package.json'), JSON.stringify(version));
  await writeFile(join(directory, 'package', 'index.js'), "module.exports = 'from the registry';");
  const tarball = execFileSync('tar', ['-cz', '-C', directory, 'package'], { maxBuffer: 10e6 });
  const registry = createServer((request, response) => {
    if (request.url?.endsWith('.tgz')) return response.end(tarball);
    const dist = { tarball: `${url}/left-parcel-1.0.0.tgz`, shasum: createHash('sha1').update(tarball).digest('hex') };
    const about = { name: version.name, 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': { ...version, dist } } };
    return response.setHeader('content-type', 'application/json').end(JSON.stringify(about));
  });
  registry.listen(0, '127.0.0.1');
  await once(registry, 'listening');
  const url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
  return { url, close: () => registry.close() };
}

// --- a proxy of the job -------------------------------------------------------------------------------------------------

const tunnelled: string[] = [];
const jobProxies: Server[] = [];
afterEach(() => {
  for (const each of jobProxies.splice(0)) each.close();
});

/** Starts a proxy, and returns the variables of a job that has to use it. */
async function upstream(): Promise<Readonly<Record<string, string>>> {
  const proxy = createServer((request, response) => {
    const { host, 'proxy-authorization': login } = request.headers;
    tunnelled.push(`${request.method} ${request.url} ${host} ${login}`);
    response.end('from the proxy');
  });
  proxy.on('connect', ({ url, headers }: IncomingMessage, socket: Socket) => {
    tunnelled.push(`${url} ${headers['proxy-authorization']}`);
    socket.end('HTTP/1.1 200 OK\r\n\r\n');
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  jobProxies.push(proxy);
  const url = `http://user:pass@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return { HTTPS_PROXY: url, HTTP_PROXY: url, NO_PROXY: 'localhost', https_proxy: '', http_proxy: '', no_proxy: '' };
}

describe.runIf(kinds.includes('none'))('without walls', () => {
  it('reaches everything, and the sandbox says so', async () => {
    expect((await run('none', fetching(origin))).output).toBe('200 hello 0\n');
    const sandbox = await sandboxFor(probes, { isolation: 'none', network: [] });
    expect(sandbox.limitsNetwork).toBe(false);
    asked.length = 0;
    connect({ port }).destroy();
  });
});
