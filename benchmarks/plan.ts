/**
 * `npm run bench:plan`: the time of a whole process that plans, its start included, over node's own start.
 *
 * The full plan reads an epic and its issues from JSON, and makes everything that a dry run shows: specs, links, waves,
 * overlaps, tracks, forecast. Once from the issues as people wrote them, front matter and prose, and once from segments whose
 * texts somebody has read already. Nobody else does either, so they stand alone. Graph only (names and edges in, waves out) stands
 * beside `ninja -n` on the same graph, where ninja is there: below some thousand nodes ninja wins, it starts faster.
 *
 *     npm run bench:plan -- --json
 */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { type EpicFacts, readSegments } from '../src/core/epic/segments.ts';
import {
  answer,
  dice,
  inScratch,
  interleave,
  processMs,
  programOf,
  readAsked,
  root,
  type Side,
  say,
  sayTable,
  shown,
  shuffled,
  timed,
} from './frame.ts';

const GRAPH = `import { readFileSync } from 'node:fs';
import { orderWaves } from ${JSON.stringify(join(root, 'src/core/graph/graph.ts'))};
const { ids, edges } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const order = orderWaves(ids, edges);
process.stdout.write(JSON.stringify(order));
`;

const PLAN = `import { readFileSync } from 'node:fs';
import { planEpic } from ${JSON.stringify(join(root, 'src/core/plan/planner.ts'))};
const before = performance.now();
const facts = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const plan = planEpic(facts);
process.stdout.write(process.argv[3] === 'whole' ? JSON.stringify(plan) : JSON.stringify([plan.segments.length, plan.waves.length, plan.overlaps.length, performance.now() - before]));
`;

const OF_SEGMENTS = `import { readFileSync } from 'node:fs';
import { planSegments } from ${JSON.stringify(join(root, 'src/core/plan/planner.ts'))};
const { segments, config } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const plan = planSegments(segments, config);
process.stdout.write(JSON.stringify([segments.length, plan.waves.length, plan.overlaps.length]));
`;

/** A config with all its defaults and room for this many segments; of the sources, so that it is never an old one. */
async function configFor(count: number): Promise<unknown> {
  const { defaultConfig } = await import('../src/config/schema.ts');
  const config = defaultConfig();
  return { ...config, limits: { ...config.limits, segments: count, waves: count } };
}

/** An epic as GitHub would show it: three blockers a segment at most, one to three globs, an estimate. */
async function makeFacts(count: number, roll: () => number): Promise<Record<string, unknown>> {
  const areas = Math.max(4, Math.floor(count / 4));
  const glob = (): string => {
    const kind = roll();
    const area = `src/area${Math.floor(roll() * areas)}`;
    const module = `${area}/m${Math.floor(roll() * 8)}`;
    if (kind < 0.5) return `${module}/**`;
    if (kind < 0.8) return `${module}/file${Math.floor(roll() * 20)}.ts`;
    if (kind < 0.9) return `${area}/**/*.test.ts`;
    return `${module}/*.ts`;
  };
  const about = {
    url: '',
    state: 'open',
    author: { id: 1, login: 'ana', kind: 'person', permission: 'write' },
    labels: [],
    digest: '',
    kind: 'issue',
  };
  const issues = Array.from({ length: count }, (_, at) => {
    const number = at + 2;
    const blockers = new Set(Array.from({ length: at === 0 ? 0 : 3 }, () => 2 + Math.floor(roll() * at)));
    const files = Array.from({ length: 1 + Math.floor(roll() * 3) }, glob);
    return {
      ...about,
      id: `I_${number}`,
      number,
      title: `Segment ${number}`,
      body: `---\nfiles: [${files.map((each) => JSON.stringify(each)).join(', ')}]\nestimate: ${10 + Math.floor(roll() * 50)}m\n---\nDo it.\n`,
      parent: 1,
      children: [],
      blockedBy: [...blockers].map((each) => ({ number: each, state: 'open' })),
    };
  });
  const epic = {
    ...about,
    id: 'I_1',
    number: 1,
    title: 'The epic',
    body: 'All of it.',
    children: issues.map(({ number }) => number),
    blockedBy: [],
  };
  return { epic, issues, others: [], config: await configFor(count), fixes: {} };
}

/** One bundle, as `dist/` is one: what is measured is the plan, not how many files it is in. */
async function bundle(directory: string, name: string, code: string): Promise<string> {
  const entry = join(directory, `${name}.entry.mjs`);
  await writeFile(entry, code);
  const build = await rolldown({ input: entry, cwd: root, platform: 'node', logLevel: 'silent' });
  const { output } = await build.generate({ format: 'esm', codeSplitting: false });
  await build.close();
  const path = join(directory, `${name}.mjs`);
  await writeFile(path, output[0].code);
  return path;
}

async function main(): Promise<void> {
  const asked = readAsked();
  const ninja = await programOf('ninja');
  const results: Record<string, unknown> = {};
  await inScratch(async (directory) => {
    const [graph, plan] = [await bundle(directory, 'graph', GRAPH), await bundle(directory, 'plan', PLAN)];
    const ofSegments = await bundle(directory, 'of-segments', OF_SEGMENTS);
    const bare = join(directory, 'bare.mjs');
    await writeFile(bare, '');
    const node =
      (...args: readonly string[]): Side =>
      async () =>
        (await processMs(process.execPath, args)).ms;

    for (const count of asked.all ? [1_000, 10_000, 100_000] : [1_000, 100_000]) {
      const roll = dice(count);
      const edges: { from: number; on: number }[] = [];
      const lines = ['rule r', '  command = true'];
      for (let at = 0; at < count; at++) {
        const blockers = at === 0 ? [] : [...new Set(Array.from({ length: 3 }, () => Math.floor(roll() * at)))];
        for (const on of blockers) edges.push({ from: at, on });
        lines.push(`build n${at}: r ${blockers.map((on) => `n${on}`).join(' ')}`);
      }
      const file = join(directory, `graph-${count}.json`);
      const ids = shuffled(
        Array.from({ length: count }, (_, at) => at),
        roll,
      );
      await writeFile(file, JSON.stringify({ ids, edges }));
      await writeFile(join(directory, 'build.ninja'), `${lines.join('\n')}\n`);
      const rounds = await interleave(
        {
          'bare node': node(bare),
          'swarm, graph only': node(graph, file),
          ...(ninja ? { 'ninja -n': async () => (await processMs(ninja, ['-n'], { cwd: directory })).ms } : {}),
        },
        { least: 3, most: 9, budgetMs: 40_000 },
      );
      say(`\nGraph only, ${count.toLocaleString('en')} nodes (best of ${rounds.times['bare node']?.length} processes)`);
      sayTable(
        ['', 'ms', '× swarm'],
        Object.keys(rounds.times).map((name) => [
          name,
          shown(rounds.ms(name)),
          shown(rounds.ratio(name, 'swarm, graph only')),
        ]),
      );
      results[`graph${count}`] = {
        swarmMs: rounds.ms('swarm, graph only'),
        ...(ninja ? { ninjaMs: rounds.ms('ninja -n'), timesNinja: rounds.ratio('ninja -n', 'swarm, graph only') } : {}),
      };
    }
    if (!ninja) say('There is no ninja on the PATH to stand beside; `apt install ninja-build` brings one.');

    const counts = asked.all ? [100, 1_000, 10_000] : [100, 1_000];
    for (const count of asked.words.includes('10000') ? [10_000] : counts) {
      const file = join(directory, `plan-${count}.json`);
      const facts = await makeFacts(count, dice(count));
      await writeFile(file, JSON.stringify(facts));
      const read = join(directory, `segments-${count}.json`);
      const { segments: known } = readSegments(facts as unknown as EpicFacts);
      await writeFile(read, JSON.stringify({ segments: known, config: facts.config }));
      const rounds = await interleave(
        { 'bare node': node(bare), 'from texts': node(plan, file), 'from segments': node(ofSegments, read) },
        { least: 3, most: 9, budgetMs: 30_000 },
      );
      const over = (side: string): number => rounds.ms(side) - rounds.ms('bare node');
      const numbers = async (...args: readonly string[]): Promise<readonly number[]> =>
        (JSON.parse((await processMs(process.execPath, args)).output) as number[]).slice(0, 3);
      const [segments, waves, overlaps] = await numbers(plan, file);
      if (String(await numbers(ofSegments, read)) !== String([segments, waves, overlaps])) {
        throw new Error('the segments that were read are planned otherwise than their texts');
      }
      say(
        `\nFull plan of ${count.toLocaleString('en')} segments (${waves} waves, ${overlaps} overlaps), over bare node’s ${shown(rounds.ms('bare node'))} ms: ${shown(over('from texts'))} ms from the issues’ texts, ${shown(over('from segments'))} ms from segments that were read before`,
      );
      results[`plan${count}`] = {
        overBareMs: over('from texts'),
        ofSegmentsOverBareMs: over('from segments'),
        bareMs: rounds.ms('bare node'),
        segments,
        waves,
        overlaps,
      };
    }
    results.noScopes = await withoutScopes(directory);
    results.differentPlans = await shuffles(directory);
    say(`1,000 shuffles of one epic: ${results.differentPlans} different plan`);
  });
  answer(asked, results);
}

/**
 * Issues as most people write them: nothing says which files they change, and so each excludes all others. It is the most that
 * an epic can have to be compared, and what a reconcile asks at each event is asked here.
 */
async function withoutScopes(directory: string): Promise<unknown> {
  const file = join(directory, 'no-scopes.json');
  const facts = await makeFacts(300, dice(300));
  const plain = (facts.issues as { body: string }[]).map((issue) => ({ ...issue, body: 'Do it.' }));
  await writeFile(file, JSON.stringify({ ...facts, issues: plain }));
  const { planEpic } = await import('../src/core/plan/planner.ts');
  const { startable } = await import('../src/core/schedule/startable.ts');
  const read = JSON.parse(readFileSync(file, 'utf8')) as EpicFacts;
  const { config } = read;
  const plan = planEpic(read);
  const asked = { plan, states: new Map(), config, options: {} };
  const rounds = await interleave({
    'the plan': timed(() => planEpic(read)),
    'what may start': timed(() => startable(asked)),
  });
  const [planMs, startMs] = [rounds.ms('the plan'), rounds.ms('what may start')];
  say(
    `\n300 segments that do not say what they change, ${plan.overlaps.length.toLocaleString('en')} pairs: ${shown(planMs)} ms for the plan, ${shown(startMs)} ms for what may start`,
  );
  return { pairs: plan.overlaps.length, planMs, startMs };
}

/** How many different plans, byte for byte, 1,000 orders of the same issues give. */
async function shuffles(directory: string): Promise<number> {
  const { planEpic } = await import('../src/core/plan/planner.ts');
  const file = join(directory, 'shuffled.json');
  await writeFile(file, JSON.stringify(await makeFacts(20, dice(20))));
  const facts = JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof planEpic>[0];
  const roll = dice(5);
  const plans = new Set<string>();
  for (let time = 0; time < 1_000; time++) {
    plans.add(JSON.stringify(planEpic({ ...facts, issues: shuffled(facts.issues, roll) })));
  }
  return plans.size;
}

await main();
