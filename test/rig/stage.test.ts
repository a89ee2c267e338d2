/** Stories share a process and nothing else. A story that runs out of time, at any moment, leaves the next one alone. */
import { expect, test } from 'vitest';
import { Stage } from './stage.ts';
import { type Cast, tellOnce } from './story.ts';
import { within } from './wait.ts';

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });
const never = new Promise<never>(() => {});

async function startsEpic({ github, ana }: Cast) {
  const epic = await github.opensEpic('Checkout', { cart: {} });
  await ana.labels(epic, 'swarm:execute');
  return epic;
}

async function wholeEpic(cast: Cast): Promise<void> {
  const { github, agents, ana } = cast;
  const epic = await startsEpic(cast);
  await agents.at('cart').finishes(code('cart'));
  await ana.approves('cart');
  github.says(epic, /swarm accept/);
  expect(github.board(epic)).toBe(
    'wave 1  cart  merged  #3 gates green, approved by ana\nepic    waits to be accepted',
  );
}

/** Each calls `reached` at the moment when its time is over. */
const LATE: readonly (readonly [string, (cast: Cast, reached: () => void) => Promise<void>])[] = [
  [
    'while a person acts',
    async (cast, reached) => {
      cast.github.stage.world.on(reached);
      await startsEpic(cast);
    },
  ],
  [
    'while its agent’s work is published',
    async (cast, reached) => {
      await startsEpic(cast);
      cast.github.stage.world.on((event) => {
        if (event.kind === 'workflow_job' && event.job.name.endsWith('/ publish')) reached();
      });
      await cast.agents.at('cart').finishes(code('cart'));
    },
  ],
  [
    'hours later by its own clock, between two steps',
    async (cast, reached) => {
      await startsEpic(cast);
      await cast.time.passes('2 hours');
      reached();
    },
  ],
];

test.each(LATE)('a story that runs out of time %s leaves the next one alone', async (_, tell) => {
  const startedAt = Date.now();
  const listeners = process.listenerCount('unhandledRejection');
  let close = async (): Promise<void> => {};
  const stage = await new Promise<Stage>((resolve, reject) => {
    const story = async (cast: Cast): Promise<void> => {
      await tell(cast, () => resolve(cast.github.stage));
      await never;
    };
    tellOnce('twice and shuffled', story, {}, (end) => {
      close = end;
    }).catch(reject);
  });
  await within('the stage to close', close());

  await expect(fetch(stage.emulator.url)).rejects.toThrow('fetch failed');
  await expect(stage.step(() => {})).rejects.toThrow('The story is over');
  expect(Date.now() - startedAt, 'the date is the real one').toBeLessThan(3_600_000);
  expect(process.listenerCount('unhandledRejection')).toBe(listeners);
  await tellOnce('on time', wholeEpic);
});

test('a story that runs out of time before its stage is built leaves no stage behind', async () => {
  let close = async (): Promise<void> => {};
  let stage: Stage | undefined;
  const story = async (cast: Cast): Promise<void> => {
    stage = cast.github.stage;
    await never;
  };
  const late = tellOnce('on time', story, {}, (end) => {
    close = end;
  });
  await within('the stage to close', close());

  await expect(late).rejects.toThrow('The story is over');
  expect(stage).toBeUndefined();
});

test('a stage that is closed in the middle of a step ends whatever was under way there', async () => {
  const stage = await Stage.open('on time');
  await stage.startApp();
  stage.emulator.faults.add({ effect: { kind: 'slow', waitMs: 60_000 } });
  const sweep = stage.sweep();

  await stage.close();

  await sweep;
  expect(stage.apps).toEqual([]);
  await expect(stage.startApp()).rejects.toThrow('The story is over');
});
