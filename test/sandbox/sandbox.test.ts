/** What a program finds inside the walls, with each kind of them that this machine has. */
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Isolation } from '../../src/core/model/config.ts';
import { TOOLS } from '../../src/sandbox/bubblewrap.ts';
import type { ProgramEnd } from '../../src/sandbox/process.ts';
import { pathsOf } from '../../src/sandbox/view.ts';
import { kindsHere, sandboxFor } from '../rig/walls.ts';

/** Where programs inside find the temporary directory of the system. */
const TMP = join('/', 'tmp');

const probes = await mkdtemp(join(tmpdir(), 'swarm-walls-'));
const walls = (await kindsHere(probes)).filter((kind) => kind !== 'none');
afterAll(() => rm(probes, { recursive: true, force: true }));

const made: string[] = [];
afterEach(async () => {
  for (const directory of made.splice(0)) await rm(directory, { recursive: true, force: true });
});

interface Place {
  readonly scratch: string;
  /** A directory that the program can write to. */
  readonly tree: string;
}

async function makePlace(base: string): Promise<Place> {
  const scratch = await mkdtemp(join(base, '.swarm-sandbox-'));
  made.push(scratch);
  const tree = join(scratch, 'job', 'tree');
  await mkdir(tree, { recursive: true });
  return { scratch, tree };
}

async function run(
  isolation: Isolation,
  { scratch, tree }: Place,
  script: string,
  options: {
    readonly path?: string;
    readonly timeoutMs?: number;
    readonly graceMs?: number;
    readonly memoryBytes?: number;
  } = {},
): Promise<ProgramEnd> {
  const { path, ...limits } = options;
  const sandbox = await sandboxFor(scratch, { isolation });
  const room = { home: join(scratch, 'home'), temporaryDirectory: join(scratch, 'tmp'), writes: [tree], reads: [] };
  const environment = sandbox.environmentFor({ names: [], ...room });
  return sandbox.run({
    command: ['sh', '-c', script],
    directory: tree,
    environment: { ...environment, PATH: [...(path ? [path] : []), environment.PATH ?? ''].join(delimiter) },
    room,
    network: { by: 'test' },
    timeoutMs: 60_000,
    ...limits,
  });
}

describe.each(walls)('%s', (isolation) => {
  it('is put up by the programs of the machine, whatever stands first on the PATH of what it encloses', async () => {
    const place = await makePlace(tmpdir());
    const bin = join(place.tree, 'node_modules', '.bin');
    await mkdir(bin, { recursive: true });
    for (const tool of TOOLS[isolation].filter((each) => each !== 'sh')) {
      const file = join(bin, tool);
      await writeFile(file, '#!/bin/sh\necho "$0 was started by $(/usr/bin/id -un)"\n');
      await chmod(file, 0o755);
    }
    expect((await run(isolation, place, 'echo inside', { path: bin })).output).toBe('inside\n');
  });

  it.each([
    ['below /tmp', tmpdir()],
    ['below a home', homedir()],
  ])('lets a program write to its tree, home and temporary files %s, and nowhere else', async (_, base) => {
    const place = await makePlace(base);
    const places = '. "$HOME" "$TMPDIR" /tmp .. ../.. "$HOME/.."';
    const { output } = await run(
      isolation,
      place,
      `for each in ${places}; do (echo x > "$each/written") 2>/dev/null && echo "$each"; done`,
    );
    expect(output.replaceAll(place.scratch, '')).toMatch(/^\.\n\/home\n\/tmp\n\/tmp\n/);
    // Directories above these are the call's own, and end with it.
    const there = await readdir(place.scratch, { recursive: true });
    expect(there.filter((name) => name.endsWith('written')).sort()).toEqual([
      'home/written',
      'job/tree/written',
      'tmp/written',
    ]);
  });

  it('leaves nothing that its user cannot remove', async () => {
    const place = await makePlace(tmpdir());
    await run(isolation, place, `mkdir -p ${TMP}/some/where "$TMPDIR/some/where"`);
    expect(await readdir(place.scratch)).toEqual(['home', 'job', 'tmp', 'tmp.empty', 'tmp.empty.json']);
    await rm(place.scratch, { recursive: true });
  });

  it('shows the next call nothing of what this one left in /tmp', async () => {
    const place = await makePlace(tmpdir());
    const first = await run(isolation, place, `echo x > ${TMP}/left; ls ${TMP}/left`);
    const next = await run(isolation, place, `ls ${TMP}/left 2>/dev/null || echo nothing`);
    expect([first.output, next.output]).toEqual([`${TMP}/left\n`, 'nothing\n']);
  });

  it('stops a program whose processes together use more memory than they may', async () => {
    const place = await makePlace(tmpdir());
    const hog = `node -e 'const kept = []; setInterval(() => kept.push(Buffer.alloc(10e6, 1)), 20)'`;
    const { how, output } = await run(isolation, place, `${hog} & ${hog} & wait`, {
      memoryBytes: 400e6,
      timeoutMs: 60_000,
    });
    expect(how).toEqual({ kind: 'killed', signal: 'SIGKILL' });
    expect(output).toContain('swarm: it used more than 381 MiB of memory and was stopped.');
  });

  it('passes on that a program is asked to end', async () => {
    const place = await makePlace(tmpdir());
    const script = `trap 'echo asked; exit 0' TERM; while :; do sleep 0.1; done`;
    const { how, output } = await run(isolation, place, script, { timeoutMs: 3_000, graceMs: 60_000 });
    expect([how.kind, output.includes('asked\n')]).toEqual(['timed out', true]);
  });
});

describe('what a command names', () => {
  it('is shown: of a file its directory, of a program what lies around its bin, and never the home of the job’s user', async () => {
    const home = await mkdtemp(join(tmpdir(), 'swarm-home-'));
    for (const folder of ['tool/bin', 'agent', 'pack/node_modules/.bin', 'pack/node_modules/made/bin']) {
      await mkdir(join(home, folder), { recursive: true });
    }
    const files = ['run.mjs', 'agent/run.mjs', 'tool/bin/tool', 'pack/node_modules/made/bin/cli.js'];
    for (const file of files) await writeFile(join(home, file), '');
    await symlink('../made/bin/cli.js', join(home, 'pack/node_modules/.bin/cli'));
    const shown = (command: readonly string[], program = '/usr/bin/env') =>
      [...new Set(pathsOf(command, program, [home]))].map((path) => relative(home, path)).sort();
    expect(shown(['node', join(home, 'run.mjs')])).toEqual(['run.mjs']);
    expect(shown(['node', join(home, 'agent/run.mjs')])).toEqual(['agent']);
    expect(shown(['node', join(home, 'agent')])).toEqual(['agent']);
    expect(shown(['node', home])).toEqual([]);
    expect(shown(['tool'], join(home, 'tool/bin/tool'))).toEqual(['tool', 'tool/bin']);
    expect(shown(['cli'], join(home, 'pack/node_modules/.bin/cli'))).toContain('pack/node_modules');
    expect(shown(['sh', '/usr/bin/env', '/nonexistent', 'agent'])).toEqual([]);
    await rm(home, { recursive: true });
  });
});
