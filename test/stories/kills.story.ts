/**
 * Swarm's process is killed between any two of its acts, and the next one continues from the state of GitHub: the epic
 * ends the same, and nothing happens twice.
 */
import { type Cast, expect, TELLINGS, tellOnce, test } from '../rig/story.ts';

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

/** The shortest epic with every kind of act. An app that was killed is replaced. */
async function whole({ github, agents, app, ana }: Cast): Promise<string> {
  const epic = await github.opensEpic('Checkout', { cart: { criteria: ['A cart has a total'] } });
  await ana.labels(epic, 'swarm:execute');
  await app.comesBack();
  await agents.at('cart').finishes(code('cart'));
  await app.comesBack();
  await ana.approves('cart');
  await app.comesBack();
  github.says(epic, /swarm accept/);
  await ana.comments(epic, '/swarm accept');
  await app.comesBack();
  github.says(epic, /Accepted by/);
  expect(github.labels('cart')).toEqual(['swarm:done']);
  expect(await github.branches()).toEqual(['main']);
  return github.board(epic);
}

const END = `wave 1  cart  merged  #3 gates green, approved by ana
epic    closed as completed by swarm`;

/** More writes than the whole epic takes. */
const MOST_WRITES = 80;

// The app dies at every second write, alternately before the write arrives and after it is performed. Tellings alternate, too.
for (const share of [0, 1]) {
  test(`an app killed at any of its writes loses nothing (${share + 1} of 2)`, async () => {
    let deaths = 0;
    for (let write = share * 2 + 1, reached = true; reached; write += 4) {
      expect(write).toBeLessThan(MOST_WRITES);
      const cut = Math.floor(write / 4) % 2 === 0 ? 'before' : 'after';
      await tellOnce(TELLINGS[write % TELLINGS.length] ?? 'on time', async (cast) => {
        await cast.app.diesAt(write, cut);
        expect(`write ${write}, cut ${cut}\n${await whole(cast)}`).toBe(`write ${write}, cut ${cut}\n${END}`);
        reached = cast.app.deaths > 0;
        deaths += cast.app.deaths;
      });
    }
    expect(deaths).toBeGreaterThan(5);
  });
}
