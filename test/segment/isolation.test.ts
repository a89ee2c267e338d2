/** A run says which walls it had, and is refused without the walls that the config asks for (R11.10). */
import { mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindsHere } from '../rig/walls.ts';
import { Stand, useGitHub } from './stand.ts';

useGitHub();

const AGENT = 'printf "one\\ntwo\\n" > src/cart.ts';
/** A machine without bubblewrap. Its owner did not allow runs without walls. */
const BARE = { PATH: '/nonexistent', SWARM_ISOLATION: '' };

const bodyOf = async (stand: Stand, pull: number): Promise<string> =>
  (await stand.read<{ body: string }>(`/pulls/${pull}`)).body;

describe('a machine without walls', () => {
  it.each(['auto', 'bubblewrap'])('starts no agent and no gate for `isolation: %s` (R11.10)', async (isolation) => {
    const stand = await Stand.open({ agent: `touch started; ${AGENT}`, config: { isolation }, variables: BARE });
    const done = await stand.work();
    expect(done.outcome).toMatchObject({ tries: 0, problem: { kind: 'ISOLATION_MISSING', wanted: isolation } });
    expect(done).toMatchObject({ patch: undefined, ready: false });
    const report = await stand.publish(done);
    expect(report.result).toMatchObject({ kind: 'failed', problem: { kind: 'ISOLATION_MISSING' } });
  });

  it('verifies nothing', async () => {
    const stand = await Stand.open({ agent: AGENT });
    const done = await stand.work();
    const bare = await Stand.open({ agent: AGENT, variables: BARE });
    expect(await bare.verify(done)).toMatchObject({
      verdict: 'fail',
      validation: [],
      problem: { kind: 'ISOLATION_MISSING', wanted: 'auto' },
    });
  });

  it('runs if the owner of the runner allows it, and the report says that there were no walls', async () => {
    const tools = await mkdtemp(join(tmpdir(), 'swarm-tools-'));
    for (const name of ['sh', 'grep']) await symlink(`/bin/${name}`, join(tools, name));
    const variables = { PATH: tools, SWARM_ISOLATION: 'best' };
    const stand = await Stand.open({ agent: AGENT, config: { approvals: 0 }, variables });
    expect(await stand.run()).toMatchObject({ result: { kind: 'published' }, isolation: 'none' });
  });

  it('runs with `isolation: none`, says so, and has a person approve it', async () => {
    const stand = await Stand.open({
      agent: AGENT,
      config: { isolation: 'none', approvals: 0 },
    });
    const report = await stand.run();
    if (report.result.kind !== 'published') throw new Error(JSON.stringify(report.result));
    expect(report.isolation).toBe('none');
    const body = await bodyOf(stand, report.result.pull);
    expect(body).toContain('**no isolation**');
    // The config asks for no approval, and this needs one.
    expect(body).toContain('needs 1 approval');
  });
});

const walls = (await kindsHere(await mkdtemp(join(tmpdir(), 'swarm-walls-')))).filter((kind) => kind !== 'none');

describe.skipIf(walls.length === 0)('a machine with walls', () => {
  it('takes the strongest, and the report and the pull request name them', async () => {
    const stand = await Stand.open({ agent: AGENT, config: { approvals: 0 } });
    const report = await stand.run();
    if (report.result.kind !== 'published') throw new Error(JSON.stringify(report.result));
    expect(report.isolation).toBe(walls[0]);
    expect(await bodyOf(stand, report.result.pull)).toContain(`isolated by ${walls[0]}`);
  });
});
