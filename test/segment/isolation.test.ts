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
    expect(await stand.run()).toMatchObject({ result: { kind: 'ready' }, isolation: 'none' });
  });

  it('runs with `isolation: none`, says so, and has a person approve it', async () => {
    const stand = await Stand.open({
      agent: AGENT,
      config: { isolation: 'none', approvals: 0 },
    });
    const report = await stand.run();
    if (report.result.kind !== 'ready') throw new Error(JSON.stringify(report.result));
    expect(report.isolation).toBe('none');
    const body = await bodyOf(stand, stand.pull);
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
    if (report.result.kind !== 'ready') throw new Error(JSON.stringify(report.result));
    expect(report.isolation).toBe(walls[0]);
    expect(await bodyOf(stand, stand.pull)).toContain(`isolated by ${walls[0]}`);
  });

  it('has the report, the log and the pull request name what an agent and a gate may not reach', async () => {
    const ask = (host: string): string => `curl -s -m 20 -o sent https://${host}; rm -f sent`;
    const gate = `${ask('gate.example.test')}; grep -q ok test/cart.test.ts`;
    const stand = await Stand.open({
      agent: `${ask('agent.example.test')}; ${ask('agent.example.test')}; ${AGENT}`,
      config: { approvals: 0, gates: { tests: { run: ['sh', '-c', gate] } } },
    });
    const report = await stand.run();
    if (report.result.kind !== 'ready') throw new Error(JSON.stringify(report.result));
    const { network } = report.course ?? {};
    expect(network).toEqual({
      kind: 'limited',
      refused: [
        { host: 'agent.example.test', port: 443, why: 'not named', by: 'implementer', times: 2 },
        { host: 'gate.example.test', port: 443, why: 'not named', by: 'tests', times: 1 },
      ],
    });
    // The verify job runs the gate again, on a machine of its own.
    expect(report.refused).toEqual([{ host: 'gate.example.test', port: 443, why: 'not named', by: 'tests', times: 1 }]);
    expect(stand.log.join('\n')).toContain('network: tests may not reach gate.example.test:443');
    const body = await bodyOf(stand, stand.pull);
    expect(body).toContain('| `agent.example.test` | `implementer` | 2 |');
    expect(body).toContain('| `gate.example.test` | `tests` | 1 |');
  });

  it('says so if the config opens the network', async () => {
    const stand = await Stand.open({ agent: AGENT, config: { approvals: 0, network: 'open' } });
    const report = await stand.run();
    if (report.result.kind !== 'ready') throw new Error(JSON.stringify(report.result));
    expect(report.course?.network).toEqual({ kind: 'open' });
    expect(await bodyOf(stand, stand.pull)).toContain('**open network**');
  });

  it('reaches a registry that the base names, and none that the change names', async () => {
    // Nobody has such names: what is not refused ends with 502.
    const ask = (host: string): string => `curl -s -o /dev/null -w '${host} %{http_connect}\\n' https://${host}`;
    const stand = await Stand.open({
      agent: `printf 'index-url = https://py.change.test/' > pip.conf; ${ask('py.base.test')}; ${ask('py.change.test')}`,
      files: { 'pip.conf': 'index-url = https://py.base.test/' },
    });
    const { outcome } = await stand.work();
    expect(outcome.course?.lastLines).toEqual(['py.base.test 502', 'py.change.test 403']);
  });

  it('tells the agent why a gate failed that was refused something', async () => {
    const gate = 'curl -sS https://gate.example.test';
    const stand = await Stand.open({
      agent: AGENT,
      config: { tries: 1, gates: { tests: { run: ['sh', '-c', gate] } } },
    });
    const { outcome } = await stand.work();
    const said = outcome.validation.find((each) => each.gate === 'tests')?.output;
    expect(said).toContain('It may not reach gate.example.test:443: see `network` in the config.');
  });
});
