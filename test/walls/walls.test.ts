/**
 * Every attack on a segment's run, with each kind of walls that this machine has, and without walls. An attack that does not
 * succeed without walls would prove nothing.
 *
 * As root, the jobs also run as ordinary users: one that has no account and so no sudo, and `swarm-walls`, if there is such a
 * user, who may use sudo without a password (`.ci/run` makes it).
 */
import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Isolation } from '../../src/core/model/config.ts';
import { kindsHere } from '../rig/walls.ts';
import { Arena, type Someone } from './arena.ts';
import { ATTACKS, type Attack } from './attacks.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await Arena.open();
});
afterAll(() => arena.close());

interface Wall {
  readonly isolation: Isolation;
  readonly as?: Someone;
}

const isRoot = process.getuid?.() === 0;
const [, uid, gid] = /^swarm-walls:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
const ORDINARY: Someone = { name: 'a user without sudo', uid: 61_001, gid: 61_001 };
const WITH_SUDO: readonly Someone[] =
  uid === undefined ? [] : [{ name: 'a user with sudo', uid: Number(uid), gid: Number(gid) }];

const here = (await kindsHere(await mkdtemp(join(tmpdir(), 'swarm-walls-')))).filter(
  (isolation) => isolation !== 'none',
);
const walls: readonly (Wall & { readonly title: string })[] = [
  ...here.map((isolation) => ({ isolation })),
  ...(isRoot && here.length > 0
    ? [
        { isolation: 'bubblewrap' as const, as: ORDINARY },
        ...WITH_SUDO.map((as) => ({ isolation: 'bubblewrap-sudo' as const, as })),
      ]
    : []),
].map((wall: Wall) => ({ ...wall, title: `behind ${wall.isolation}${wall.as ? `, as ${wall.as.name}` : ''}` }));

describe.each(walls)('$title', ({ isolation, as }) => {
  it.each(ATTACKS.filter((attack) => fits(attack, as)))('$row: $title: wins nothing', async (attack) => {
    const evidence = await arena.fight(attack, isolation, as);
    const won = attack.won(evidence);
    expect({ won, ...(won ? evidence : {}) }).toEqual({ won: false });
  });

  it('lets an honest change through, which the judge rejects on its merits', async () => {
    const evidence = await arena.fight(
      { row: '-', title: 'none', by: 'agent', code: '', won: () => false },
      isolation,
      as,
    );
    expect(evidence.council).toBe('rejected');
  });
});

describe('without walls', () => {
  const real = ATTACKS.filter(({ holdsAnyway }) => holdsAnyway === undefined);
  it.each(real.filter((attack) => fits(attack)))('$row: $title: succeeds', async (attack) => {
    const evidence = await arena.fight(attack, 'none');
    const won = attack.won(evidence);
    expect({ won, log: won ? '' : evidence.handedOn }).toEqual({ won: true, log: '' });
  });
});

/** Root needs no sudo to be root, and a user without an account has none. */
const fits = ({ needsSudo }: Attack, as?: Someone): boolean => needsSudo !== true || as?.name === 'a user with sudo';
