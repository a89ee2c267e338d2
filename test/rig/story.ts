/**
 * `story(name, tell)`: a sentence about a person, told three times. In the first telling GitHub's news arrives on time;
 * in the second each arrives twice and out of order; in the third none arrives, and swarm has only its clock. The story's
 * expectations are the same in all three, or swarm reacts to events instead of to the world.
 */
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Actor } from '../../src/emulator/model/records.ts';
import { Agents } from './agents.ts';
import { App } from './app.ts';
import { GitHub, Somebody, Time } from './cast.ts';
import { Invariants } from './invariants.ts';
import { type Login, Stage, type StageOptions, TELLINGS, type Telling } from './stage.ts';

export interface Cast extends Record<Login, Somebody> {
  readonly github: GitHub;
  readonly agents: Agents;
  readonly app: App;
  readonly time: Time;
  /** Somebody else's app, with write permission. */
  readonly robot: Somebody;
  readonly telling: Telling;
}

export interface StoryOptions {
  /** A story about webhooks or about time may only make sense in some tellings; it says why in a comment. */
  readonly told?: readonly Telling[];
  readonly stage?: StageOptions;
}

export function story(name: string, tell: (cast: Cast) => Promise<void>, options: StoryOptions = {}): void {
  describe(name, () => {
    for (const telling of options.told ?? TELLINGS) {
      test(`told ${telling}`, () => tellOnce(telling, tell, options.stage));
    }
  });
}

/** One telling, on a stage of its own. */
export async function tellOnce(
  telling: Telling,
  tell: (cast: Cast) => Promise<void>,
  options: StageOptions = {},
): Promise<void> {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  const opening = Stage.open(telling, options);
  const close = async (): Promise<void> => {
    process.off('unhandledRejection', note);
    await (await opening).close();
  };
  // A story that runs out of time never comes to its own end. The test runner waits for this before it starts the next one.
  onTestFinished(close);
  const stage = await opening;
  const app = new App(stage);
  try {
    const github = new GitHub(stage);
    const invariants = new Invariants(stage, github);
    const agents = new Agents(stage, github);
    await app.starts();
    const person = (login: Login): Somebody => new Somebody(github, login);
    await tell({
      github,
      agents,
      app,
      time: new Time(stage),
      telling,
      ana: person('ana'),
      bob: person('bob'),
      tim: person('tim'),
      rita: person('rita'),
      eve: person('eve'),
      get robot() {
        return robot(stage, github);
      },
    });
    expect(await leftovers(stage, github, invariants, unhandled), 'what no story may leave behind').toEqual([]);
  } catch (error) {
    if (error instanceof Error && stage.log.length > 0) {
      error.message += `\n\nThe app logged last:\n${stage.log.slice(-8).join('\n')}`;
    }
    throw error;
  } finally {
    await close();
  }
}

async function leftovers(
  stage: Stage,
  github: GitHub,
  invariants: Invariants,
  unhandled: readonly unknown[],
): Promise<readonly string[]> {
  const { emulator, floor } = stage;
  return [
    ...(await invariants.end()),
    ...github.unread().map(({ issue, comment }) => `unread on #${issue.number}: ${comment.body.slice(0, 400)}`),
    ...floor.held
      .filter((held) => held.state === 'at work')
      .map((held) => `still at work: ${github.nameOf(github.stage.repository.issues.get(held.segment) ?? never())}`),
    ...unhandled.map((reason) => `unhandled rejection: ${String((reason as Error)?.stack ?? reason)}`),
    ...unique(emulator.findings.map((finding) => `unlike GitHub: ${JSON.stringify(finding).slice(0, 600)}`)),
    ...unique(emulator.unimplemented.map((what) => `not in the emulator: ${what.slice(0, 600)}`)),
    // What GitHub does to swarm is logged in its own words; a stack is a mistake of swarm's.
    ...stage.log.filter((line) => /\n\s+at |giving way/.test(line)).map((line) => `the app logged a mistake: ${line}`),
  ];
}

const unique = (lines: readonly string[]): readonly string[] => [...new Set(lines)];

function never(): never {
  throw new Error('An agent is at work on an issue that is not there');
}

function robot(stage: Stage, github: GitHub): Somebody {
  const { world, repository } = stage;
  const app = world.addApp({
    slug: 'eager-robot',
    owner: repository.owner,
    permissions: { issues: 'write', pull_requests: 'write', contents: 'write' },
    events: [],
  });
  const installation = world.install(app, repository.owner, [repository]);
  const actor: Actor = { kind: 'app', user: app.bot, app, installation };
  return new Somebody(github, app.bot.login, () => actor);
}

export { expect, TELLINGS, test };
