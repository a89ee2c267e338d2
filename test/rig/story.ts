/**
 * `story(name, tell)`: a sentence about a person, told three times. In the first telling webhooks arrive on time; in the
 * second each arrives twice and out of order; in the third none arrives, and swarm has only its clock. All three must meet
 * the same expectations: swarm reacts to the state of GitHub, not to events.
 */
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import type { Flavour } from '../../src/emulator/model/flavour.ts';
import type { Actor } from '../../src/emulator/model/records.ts';
import { Agents } from './agents.ts';
import { App } from './app.ts';
import { GitHub, Person, Time } from './cast.ts';
import { Invariants } from './invariants.ts';
import { LATE, type Late, type Login, Stage, type StageOptions, TELLINGS, type Telling } from './stage.ts';

export interface Cast extends Record<Login, Person> {
  readonly github: GitHub;
  readonly agents: Agents;
  readonly app: App;
  readonly time: Time;
  /** Another app, with write permission. */
  readonly robot: Person;
  readonly telling: Telling;
}

export interface StoryOptions {
  /** Some stories only make sense in some tellings; a comment says why. */
  readonly told?: readonly Telling[];
  /** What a story cannot be told without; a comment says why. */
  readonly needs?: readonly ('fresh reads' | 'github.com')[];
  readonly stage?: StageOptions;
  /** For a story that is longer than others. */
  readonly limitMs?: number;
}

export function story(name: string, tell: (cast: Cast) => Promise<void>, options: StoryOptions = {}): void {
  const tellings = tellingsOf(options);
  describe.skipIf(tellings.length === 0)(name, () => {
    for (const telling of tellings) {
      const told = () => tellOnce(telling, tell, { flavour: inject('flavour'), ...options.stage });
      test(`told ${telling}`, told, options.limitMs);
    }
  });
}

/** `npm run test:late` tells each story once, with late reads, and `npm run test:ghes` once, on a GHES. */
function tellingsOf({ told = TELLINGS, needs = [] }: StoryOptions): readonly Telling[] {
  const late = inject('late');
  const flavour = inject('flavour');
  if (late) return needs.includes('fresh reads') ? [] : [LATE[late]];
  if (flavour) return needs.includes('github.com') ? [] : told.slice(0, 1);
  return told;
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly late?: Late;
    readonly flavour?: Flavour;
  }
}

/**
 * One telling, on its own stage.
 *
 * @param atEnd registers what closes the stage. A story that runs out of time never gets to its own end, so the test runner
 * does it, and starts the next story only after that.
 */
export async function tellOnce(
  telling: Telling,
  tell: (cast: Cast) => Promise<void>,
  options: StageOptions = {},
  atEnd: (close: () => Promise<void>) => void = onTestFinished,
): Promise<void> {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  const opening = Stage.open(telling, options);
  const close = async (): Promise<void> => {
    process.off('unhandledRejection', note);
    await (await opening).close();
  };
  atEnd(close);
  const stage = await opening;
  const app = new App(stage);
  try {
    const github = new GitHub(stage);
    const invariants = new Invariants(stage, github);
    const agents = new Agents(stage, github);
    if (options.door !== 'app-less') await app.starts();
    const person = (login: Login): Person => new Person(github, login);
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
    expect(await leftovers(stage, github, invariants, unhandled), 'left behind by the story').toEqual([]);
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
  const { emulator, played } = stage;
  return [
    ...(await invariants.end()),
    ...github.unread().map(({ issue, comment }) => `unread on #${issue.number}: ${comment.body.slice(0, 400)}`),
    ...played.held
      .filter((held) => held.state === 'at work')
      .map((held) => `still at work: ${github.nameOf(github.stage.repository.issues.get(held.segment) ?? never())}`),
    ...unhandled.map((reason) => `unhandled rejection: ${String((reason as Error)?.stack ?? reason)}`),
    ...unique(emulator.findings.map((finding) => `unlike GitHub: ${JSON.stringify(finding).slice(0, 600)}`)),
    ...unique(emulator.unimplemented.map((what) => `not in the emulator: ${what.slice(0, 600)}`)),
    // Failures of GitHub are logged in one line; a stack trace is a bug of swarm.
    ...stage.log.filter((line) => /\n\s+at |giving way/.test(line)).map((line) => `the app logged a mistake: ${line}`),
  ];
}

const unique = (lines: readonly string[]): readonly string[] => [...new Set(lines)];

function never(): never {
  throw new Error('An agent is at work on an issue that is not there');
}

function robot(stage: Stage, github: GitHub): Person {
  const { world, repository } = stage;
  const app = world.addApp({
    slug: 'eager-robot',
    owner: repository.owner,
    permissions: { issues: 'write', pull_requests: 'write', contents: 'write' },
    events: [],
  });
  const installation = world.install(app, repository.owner, [repository]);
  const actor: Actor = { kind: 'app', user: app.bot, app, installation };
  return new Person(github, app.bot.login, () => actor);
}

export { expect, TELLINGS, test };
