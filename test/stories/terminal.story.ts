/** What a person learns at a terminal about an epic on GitHub, with a token that may only read. */
import { run } from '../cli/bench.ts';
import type { GitHub } from '../rig/cast.ts';
import { expect, story } from '../rig/story.ts';

/** As rita, who has read access. */
const swarm = (github: GitHub, ...args: string[]) => {
  const { emulator, world } = github.stage;
  const variables = {
    GITHUB_API_URL: `${emulator.url}/api/v3`,
    GITHUB_TOKEN: world.tokens.forUser(world.as('rita').user),
  };
  return run(args, { variables });
};

/** Lines that were broken are whole again. */
const joined = (text: string): string => text.replaceAll(/\n {4,}/g, ' ');

story(
  'a person asks at a terminal how an epic stands and why (R9.3)',
  async ({ github, agents, ana }) => {
    const epic = await github.opensEpic('Checkout', {
      cart: {},
      payment: {},
      receipt: { blockedBy: ['cart', 'payment'] },
    });
    const name = `harbour/shop#${epic.number}`;
    const [cart, payment, receipt] = ['cart', 'payment', 'receipt'].map((each) => github.segment(each).number);

    const before = await swarm(github, 'why', name);
    expect([before.status, before.out]).toEqual([0, expect.stringContaining('It was never started')]);

    await ana.labels(epic, 'swarm:execute');
    await agents.at('cart').finishes({ 'src/cart/index.ts': 'export const cart = 1;\n' });
    const pull = github.pull('cart').issue.number;

    const { status, out, err } = await swarm(github, 'status', name);
    expect([status, err]).toEqual([0, '']);
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(joined(out)).toMatch(
      new RegExp(
        [
          `^${name} Checkout\n.*Wave 1 of 2 is under way: 0 of 3 segments done\\.\n`,
          `To do: Review PR #${pull} for #${cart} Cart: Approve, or Request changes[\\s\\S]*`,
          `Wave 1\n[\\s\\S]*#${cart} +Cart +in review: PR #${pull} waits for 1 approval +\\w+\n[\\s\\S]*`,
          `#${payment} +Payment +running[\\s\\S]*Wave 2\n +A +#${receipt} +Receipt +waiting: `,
        ].join(''),
      ),
    );
    const json = JSON.parse((await swarm(github, 'status', name, '--json')).out);
    expect(json).toMatchObject({
      ...{ repository: 'harbour/shop', phase: 'running', epic: { number: epic.number, state: 'open' }, endedAt: null },
      needs: [{ kind: 'decide pull', segment: cart }],
    });
    expect(json.waves[0].segments.find(({ number }: { number: number }) => number === cart)).toMatchObject({
      ...{ title: 'Cart', state: 'in review', pull, attempts: 1 },
    });

    const why = await swarm(github, 'why', name, `#${cart}`);
    expect([why.status, why.err]).toEqual([0, '']);
    expect(why.out).toMatch(
      new RegExp(`^harbour/shop#${cart} Cart\nNow in review: PR #${pull} waits for 1 approval\n`),
    );
    expect(why.out).toMatch(new RegExp(`\n {2}- #${cart}: the work of attempt 1\\.${cart}-1 is proven\n`));
    expect(why.out).toMatch(
      new RegExp(`\n {2}CLAIMED #${cart} by \\w+\n[\\s\\S]* {2}- may start now: #${cart}, #${payment}\n`),
    );
    expect(why.out).not.toMatch(new RegExp(`CLAIMED #${payment} `));
    const all = JSON.parse((await swarm(github, 'why', name, '--json')).out);
    expect(all.steps.flatMap(({ events }: { events: string[] }) => events).join()).toContain(`CLAIMED #${payment} `);
    expect(all.steps.length).toBeGreaterThan(
      JSON.parse((await swarm(github, 'why', name, `${cart}`, '--json')).out).steps.length,
    );

    expect((await swarm(github, 'why', name, '#999')).err).toContain('#999 is not a segment of this epic.');
    expect((await swarm(github, 'status', 'harbour/shop#999')).err).toContain('There is no issue harbour/shop#999.');
    agents.leaves('payment');
  },
  // The terminal reads what is there, whatever told Swarm of it. A late read shows what was.
  { told: ['on time'], needs: ['fresh reads'] },
);
