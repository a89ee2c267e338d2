/**
 * GitHub merges onto a wrong base and says that all is well, as it did on 23 April 2026, somewhere in an epic of random shape.
 * The next look finds each such merge, what depends on it waits, and no other merge is called wrong (R6.9).
 *
 *     npm run test:landing                        400 epics
 *     SEEDS=20 SEED=7 npm run test:landing        20 epics from the seed 7
 */
import { afterAll, describe, expect, inject, test } from 'vitest';
import { randomFrom } from '../../src/emulator/model/faults.ts';
import { pullOf } from '../rig/board.ts';
import { type Cast, tellOnce } from '../rig/story.ts';

const METHODS = ['merge', 'squash', 'rebase', 'queue'] as const;
const NAMES = ['cart', 'till', 'receipt', 'stock', 'label', 'refund'] as const;

interface Shape {
  readonly method: (typeof METHODS)[number];
  readonly segments: Readonly<Record<string, { readonly blockedBy: readonly string[] }>>;
  /** The merge with the fault, counted from 0; undefined: none has one. */
  readonly fault: number | undefined;
  readonly random: () => number;
}

function shapeOf(seed: number): Shape {
  const random = randomFrom(seed);
  const names = NAMES.slice(0, 3 + Math.floor(random() * (NAMES.length - 2)));
  const segments = Object.fromEntries(
    names.map((name, at) => [name, { blockedBy: names.slice(0, at).filter(() => random() < 0.25) }]),
  );
  const fault = random() < 0.8 ? Math.floor(random() * names.length) : undefined;
  return { method: METHODS[seed % METHODS.length] ?? 'squash', segments, fault, random };
}

const code = (name: string) => ({ [`src/${name}/index.ts`]: `export const name = '${name}';\n` });

const total = { merges: 0, found: 0 };

async function playEpic({ github, agents, ana, bob, time }: Cast, shape: Shape): Promise<void> {
  const { method, segments, fault, random } = shape;
  if (method === 'queue') github.protects({ checks: ['ci'], queue: 'squash' });
  else await github.config({ 'merge-method': method });
  const epic = await github.opensEpic('Checkout', segments);
  await ana.labels(epic, 'swarm:execute');

  const merged: string[] = [];
  /** Everything that people and merges put on the base. */
  const files: Record<string, string> = {};
  const isInReview = (name: string): boolean => {
    return pullOf(github.stage, github.segment(name))?.issue.state === 'open' && !merged.includes(name);
  };
  /** By git alone: the files that the base does not show. */
  const lost = async (): Promise<readonly string[]> => {
    const paths = Object.keys(files);
    const there = await Promise.all(paths.map((path) => github.file(path)));
    return paths.filter((_, at) => there[at] === undefined);
  };
  const accusations = () => github.unread().filter(({ comment }) => comment.body.includes('LANDING_DIFFERS'));

  let found = 0;
  for (let merge = 0; ; merge++) {
    for (const name of agents.working) await agents.at(name).finishes(code(name));
    const ready = Object.keys(segments).filter(isInReview);
    if (ready.length === 0) break;
    const name = ready[Math.floor(random() * ready.length)] ?? '';
    if (random() < 0.3) {
      const note = { [`docs/${name}.md`]: `# ${name}\n` };
      await bob.pushesTo('main', note);
      Object.assign(files, note);
    }
    if (merge === fault) github.misplacesNextMerge();
    if (method === 'queue') {
      await github.reports(name, 'ci', 'success');
      await ana.approves(name);
      await github.queueReports(name, 'ci', 'success');
      await time.passes('5 min');
    } else if (random() < 0.2) await bob.merges(name);
    else await ana.approves(name);
    merged.push(name);
    total.merges += 1;
    Object.assign(files, code(name));
    expect(github.pull(name).merged, name).toBe(true);

    const gone = await lost();
    expect(accusations().length, `${name} took ${gone.join(', ') || 'nothing'} away`).toBe(gone.length === 0 ? 0 : 1);
    if (gone.length === 0) continue;
    found += 1;
    total.found += 1;
    github.says(name, /LANDING_DIFFERS/);
    const waiting = Object.keys(segments).filter((each) => segments[each]?.blockedBy.includes(name));
    for (const each of waiting) expect(agents.working, `${each} waits for ${name}`).not.toContain(each);
    await bob.pushesTo('main', Object.fromEntries(gone.map((path) => [path, files[path] ?? ''])));
    await ana.comments(epic, `/swarm retry #${github.segment(name).number}`);
  }
  expect(merged.length).toBe(Object.keys(segments).length);
  expect(found).toBeLessThanOrEqual(1);
  github.says(epic, /swarm accept/);
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly seeds?: { readonly first: number; readonly count: number };
  }
}

const { first, count } = inject('seeds') ?? { first: 1, count: 1 };

describe('a merge onto a wrong base is found, and no other', () => {
  test.each(Array.from({ length: count }, (_, at) => first + at))('seed %i', (seed) =>
    tellOnce('on time', (cast) => playEpic(cast, shapeOf(seed))),
  );

  test.runIf(count >= 8)('and there were some to be found', () => {
    expect(total.found).toBeGreaterThan(count / 8);
  });

  afterAll(() => console.log(`${count} epics, ${total.merges} merges, ${total.found} onto a wrong base and all found`));
});
