/** What swarm itself reads and writes on an agent's request, while the agent swaps directories and files for links. */
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AcpHost } from '../../src/agents/acp-host.ts';
import { openInside } from '../../src/agents/inside.ts';
import { Invocation } from '../../src/agents/invocation.ts';
import { Bench } from './bench.ts';

/** Swaps each name for a link and back, as fast as the system can, until its flag is set. It counts its rounds. */
const SWAPPER = `
const { renameSync, rmSync, symlinkSync } = require('node:fs');
const { workerData: { swaps, shared } } = require('node:worker_threads');
const flags = new Int32Array(shared);
/** While its name is free, the host may make a new file or directory there. */
const force = (act, path) => {
  for (;;) {
    try { return act(); } catch { rmSync(path, { recursive: true, force: true, maxRetries: 100, retryDelay: 1 }); }
  }
};
while (Atomics.load(flags, 0) === 0) {
  for (const { path, target } of swaps) {
    renameSync(path, path + '.real');
    force(() => symlinkSync(target, path), path);
    rmSync(path);
    force(() => renameSync(path + '.real', path), path);
  }
  Atomics.add(flags, 1, 1);
}
`;
/** Many more than it takes to catch a host that checks a path before it opens it. */
const REQUESTS = 1_000;

let bench: Bench;
let outside: string;
let host: AcpHost;
beforeEach(async () => {
  bench = new Bench();
  outside = join(bench.root, 'outside');
  mkdirSync(join(bench.tree, 'src/deep'), { recursive: true });
  mkdirSync(outside);
  for (const path of [join(bench.tree, 'src/deep/a.txt'), join(bench.tree, 'b.txt')]) writeFileSync(path, 'inside');
  for (const name of ['a.txt', 'b.txt']) writeFileSync(join(outside, name), 'outside');
  const agent = { name: 'rig', kind: 'acp', command: ['true'], environment: [] } as const;
  const adapter = { program: [], settings: [], homeFiles: [], hosts: [], isCumulative: { cost: true, usage: false } };
  host = new AcpHost(await Invocation.open(await bench.task(agent), adapter));
});
afterEach(() => bench.close());

async function whileSwapped(swaps: readonly { path: string; target: string }[], act: () => Promise<void>) {
  const shared = new SharedArrayBuffer(8);
  const flags = new Int32Array(shared);
  const worker = new Worker(SWAPPER, { eval: true, workerData: { swaps, shared } });
  const ended = new Promise((resolve, reject) => {
    worker.on('exit', resolve);
    worker.on('error', reject);
  });
  try {
    while (Atomics.load(flags, 1) === 0) await Promise.race([ended, new Promise((resolve) => setImmediate(resolve))]);
    await act();
  } finally {
    Atomics.store(flags, 0, 1);
    await ended;
  }
  expect(Atomics.load(flags, 1)).toBeGreaterThan(10);
}

it('neither reads nor writes outside of the tree, however a path is swapped meanwhile (R11.10)', async () => {
  const deep = { path: join(bench.tree, 'src/deep'), target: outside };
  const file = { path: join(bench.tree, 'b.txt'), target: join(outside, 'b.txt') };
  const seen = new Map<string, number>();
  const note = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  await whileSwapped([deep, file], async () => {
    for (let request = 0; request < REQUESTS; request++) {
      const path = join(bench.tree, request % 2 === 0 ? 'src/deep/a.txt' : 'b.txt');
      const isWritten = request % 4 > 1;
      const act = isWritten
        ? host.write({ sessionId: 's', path, content: 'inside' }).then(() => 'written')
        : host.read({ sessionId: 's', path }).then(({ content }) => content);
      note(await act.catch(() => 'refused'));
    }
  });
  expect(seen.has('outside')).toBe(false);
  expect(['a.txt', 'b.txt'].map((name) => readFileSync(join(outside, name), 'utf8'))).toEqual(['outside', 'outside']);
  // It is also no host that refuses everything.
  expect(seen.get('inside') ?? 0).toBeGreaterThan(10);
  expect(seen.get('written') ?? 0).toBeGreaterThan(10);
}, 60_000);

it('makes no file and no directory behind a link that was swapped in', async () => {
  symlinkSync(outside, join(bench.tree, 'link'));
  for (const path of ['link/new.txt', 'link/new/deep.txt', 'link/a.txt']) {
    for (const purpose of ['read', 'write'] as const) {
      await expect(openInside(bench.tree, path, purpose)).rejects.toThrow(/ENOTDIR|ELOOP/);
    }
  }
  symlinkSync(join(outside, 'a.txt'), join(bench.tree, 'last.txt'));
  await expect(openInside(bench.tree, 'last.txt', 'write')).rejects.toThrow('ELOOP');
  await expect(openInside(bench.tree, 'src/../../outside/a.txt', 'read')).rejects.toThrow('leads out of its directory');
  expect(['new', 'new.txt'].map((name) => existsSync(join(outside, name)))).toEqual([false, false]);
  expect(readFileSync(join(outside, 'a.txt'), 'utf8')).toBe('outside');
});

it('a file keeps nothing of what it held before, and a link inside the tree is followed', async () => {
  symlinkSync(join(bench.tree, 'src/deep'), join(bench.tree, 'short'));
  await host.write({ sessionId: 's', path: join(bench.tree, 'short/a.txt'), content: 'in' });
  await host.write({ sessionId: 's', path: join(bench.tree, 'short/new/c.txt'), content: 'new' });

  expect(bench.file('src/deep/a.txt')).toBe('in');
  expect(bench.file('src/deep/new/c.txt')).toBe('new');
  expect(await host.read({ sessionId: 's', path: join(bench.tree, 'short/a.txt') })).toEqual({ content: 'in' });
});
