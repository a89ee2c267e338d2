/**
 * `npm run bench:graph`: a graph from ids and "waits for" edges, and its waves, beside the libraries that people use.
 *
 * Every side gets the same ids and the same edges as a plain list (in the shape it takes without a graph being built: an
 * object or a pair for each edge); what builds its graph and what orders it are both on the clock. Libraries that only give
 * an order are compared as they are, although waves say more. Where they take numbers as ids they get numbers.
 *
 *     npm run bench:graph -- --json
 *     npm run bench:graph -- --all      the slow libraries at 100,000, and all of them at 1,000,000 (about 20 minutes)
 */
import { orderWaves } from '../src/core/graph/graph.ts';
import {
  answer,
  dice,
  installPeers,
  interleave,
  processMs,
  readAsked,
  type Side,
  say,
  sayTable,
  shown,
  shuffled,
} from './frame.ts';

type Id = number | string;

const PEERS = {
  toposort: '2.0.2',
  '@n1ru4l/toposort': '0.0.1',
  'batching-toposort': '1.2.0',
  'dependency-graph': '1.0.0',
  graphology: '0.26.0',
  'graphology-dag': '0.4.1',
  '@dagrejs/graphlib': '4.0.6',
};

interface Instance {
  readonly ids: readonly Id[];
  /** `from[i]` waits for `on[i]`. */
  readonly from: readonly Id[];
  readonly on: readonly Id[];
}

// ── Instances ───────────────────────────────────────────────────────────────────────────────────────────────────────

type Shape = 'random' | 'chain' | 'star';

/** Random: three edges a node, each to an earlier one; ids in no order. */
function makeInstance(shape: Shape, count: number, kind: 'numbers' | 'names'): Instance {
  const roll = dice(count);
  const numbers = shuffled(
    Array.from({ length: count }, (_, at) => at + 1),
    roll,
  );
  const ids: readonly Id[] = kind === 'numbers' ? numbers : numbers.map((number) => `task-${number}`);
  // As long as they will be: growing them would leave more memory behind than swarm takes.
  const edges = (count - 1) * (shape === 'random' ? 3 : 1);
  const from = new Array<Id>(edges);
  const on = new Array<Id>(edges);
  let end = 0;
  const add = (a: number, b: number): void => {
    from[end] = ids[a] ?? 0;
    on[end++] = ids[b] ?? 0;
  };
  for (let node = 1; node < count; node++) {
    if (shape === 'chain') add(node, node - 1);
    else if (shape === 'star') add(node, 0);
    else for (let edge = 0; edge < 3; edge++) add(node, Math.floor(roll() * node));
  }
  return { ids, from, on };
}

// ── Sides ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Waves where the library gives them; else one order, in which each stands after what it waits for. */
type Ordered = { readonly waves: readonly (readonly Id[])[] } | { readonly order: readonly Id[] };

interface Contender {
  readonly takes: 'any id' | 'names';
  /** Shapes the plain list, then returns what is timed. */
  prepare(instance: Instance): () => Ordered;
}

const swarm: Contender = {
  takes: 'any id',
  prepare: ({ ids, from, on }) => {
    const edges = from.map((id, at) => ({ from: id, on: on[at] ?? 0 }));
    return () => {
      const order = orderWaves(ids, edges);
      if (order.kind === 'cycle') throw new Error('a cycle where there is none');
      return { waves: order.waves };
    };
  },
};

/** Links come issue by issue, and issues mostly wait for earlier ones; swarm makes use of that, and this takes it away. */
const IN_NO_ORDER = 'swarm, edges in no order';
const inNoOrder: Contender = {
  takes: 'any id',
  prepare: ({ ids, from, on }) => {
    const places = shuffled([...from.keys()], dice(from.length));
    const at = (list: readonly Id[]): readonly Id[] => places.map((place) => list[place] ?? 0);
    return swarm.prepare({ ids, from: at(from), on: at(on) });
  },
};

/**
 * No contender: what nobody can do without who is given names. Each name goes into a map once, and both ends of each edge
 * are looked up in it.
 */
const lookUps: Contender = {
  takes: 'any id',
  prepare: ({ ids, from, on }) => {
    const edges = from.map((id, at) => ({ from: id, on: on[at] ?? 0 }));
    return () => {
      const places = new Map<Id, number>();
      for (let at = 0; at < ids.length; at++) places.set(ids[at] ?? 0, at);
      const placed = new Int32Array(2 * edges.length);
      let end = 0;
      for (const edge of edges) {
        placed[end++] = places.get(edge.from) ?? -1;
        placed[end++] = places.get(edge.on) ?? -1;
      }
      return { order: ids };
    };
  },
};
const LOOK_UPS = 'a Map and its look-ups alone';

/** Levels from a valid order, for the libraries that stop there; on their clock it stays off. */
const levelsOf = ({ ids, from, on }: Instance, ordered: Ordered): ReadonlyMap<Id, number> => {
  if ('waves' in ordered)
    return new Map(ordered.waves.flatMap((wave, level) => wave.map((id) => [id, level] as const)));
  const place = new Map(ordered.order.map((id, at) => [id, at]));
  const blockers = Map.groupBy(from.keys(), (at) => from[at] ?? 0);
  const levels = new Map<Id, number>();
  for (const id of ordered.order) {
    let level = 0;
    for (const at of blockers.get(id) ?? []) {
      const blocker = on[at] ?? 0;
      if ((place.get(blocker) ?? 0) > (place.get(id) ?? 0)) throw new Error(`${id} stands before ${blocker}`);
      level = Math.max(level, (levels.get(blocker) ?? 0) + 1);
    }
    levels.set(id, level);
  }
  if (levels.size !== ids.length) throw new Error(`${ids.length - levels.size} ids are missing`);
  return levels;
};

async function contenders(): Promise<Readonly<Record<string, Contender>>> {
  const peers = await installPeers(PEERS);
  const load = async <Loaded>(name: string): Promise<Loaded> => (await peers.load(name)) as Loaded;
  const { default: toposort } = await load<{
    default: { array(nodes: readonly Id[], edges: readonly (readonly [Id, Id])[]): Id[] };
  }>('toposort');
  const n1ru4l = await load<{ toposortReverse(dag: ReadonlyMap<Id, readonly Id[]>): readonly Set<Id>[] }>(
    '@n1ru4l/toposort',
  );
  const { default: batching } = await load<{ default(dag: Record<string, readonly string[]>): string[][] }>(
    'batching-toposort',
  );
  const { DepGraph } = await load<{
    DepGraph: new () => {
      addNode(id: string): void;
      addDependency(from: string, on: string): void;
      overallOrder(): string[];
    };
  }>('dependency-graph');
  const { DirectedGraph } = (
    await load<{ default: { DirectedGraph: new () => { addNode(id: Id): void; mergeEdge(a: Id, b: Id): void } } }>(
      'graphology',
    )
  ).default;
  const dag = (await load<{ default: { topologicalGenerations(graph: unknown): string[][] } }>('graphology-dag'))
    .default;
  const graphlib = await load<{
    Graph: new () => { setNode(id: string): void; setEdge(a: string, b: string): void };
    alg: { topsort(graph: unknown): string[] };
  }>('@dagrejs/graphlib');
  return {
    swarm,
    [IN_NO_ORDER]: inNoOrder,
    toposort: {
      takes: 'any id',
      prepare: ({ ids, from, on }) => {
        // An edge's first stands before its second.
        const edges = from.map((id, at) => [on[at] ?? 0, id] as const);
        return () => ({ order: toposort.array(ids, edges) });
      },
    },
    '@n1ru4l/toposort': {
      takes: 'any id',
      prepare:
        ({ ids, from, on }) =>
        () => {
          const graph = new Map<Id, Id[]>(ids.map((id) => [id, []]));
          from.forEach((id, at) => {
            graph.get(id)?.push(on[at] ?? 0);
          });
          return { waves: n1ru4l.toposortReverse(graph).map((wave) => [...wave]) };
        },
    },
    'batching-toposort': {
      takes: 'names',
      prepare:
        ({ ids, from, on }) =>
        () => {
          const graph: Record<string, string[]> = {};
          for (const id of ids) graph[id] = [];
          from.forEach((id, at) => {
            graph[on[at] ?? 0]?.push(String(id));
          });
          return { waves: batching(graph) };
        },
    },
    'dependency-graph': {
      takes: 'names',
      prepare:
        ({ ids, from, on }) =>
        () => {
          const graph = new DepGraph();
          for (const id of ids) graph.addNode(String(id));
          from.forEach((id, at) => {
            graph.addDependency(String(id), String(on[at]));
          });
          return { order: graph.overallOrder() };
        },
    },
    'graphology-dag': {
      takes: 'names',
      prepare:
        ({ ids, from, on }) =>
        () => {
          const graph = new DirectedGraph();
          for (const id of ids) graph.addNode(id);
          from.forEach((id, at) => {
            graph.mergeEdge(on[at] ?? 0, id);
          });
          return { waves: dag.topologicalGenerations(graph) };
        },
    },
    '@dagrejs/graphlib': {
      takes: 'names',
      prepare:
        ({ ids, from, on }) =>
        () => {
          const graph = new graphlib.Graph();
          for (const id of ids) graph.setNode(String(id));
          from.forEach((id, at) => {
            graph.setEdge(String(on[at]), String(id));
          });
          return { order: graphlib.alg.topsort(graph) };
        },
    },
  };
}

// ── One cell in a process of its own: memory, and what a long chain does to the stack ──────────────────────────────────

interface Cell {
  readonly ms?: number;
  /** Of all its threads, collecting garbage too: what a busy machine does not make longer. */
  readonly cpuMs?: number;
  /** The most that was in memory when the instance was there, and at the end. */
  readonly inputMb?: number;
  readonly rssMb?: number;
  readonly fault?: string;
}

async function inChild(name: string, shape: Shape, count: number, kind: 'numbers' | 'names'): Promise<Cell> {
  const { output } = await processMs(process.execPath, [
    '--max-old-space-size=12000',
    import.meta.filename,
    'cell',
    name,
    shape,
    String(count),
    kind,
  ]);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Cell;
}

async function cell(name: string, shape: Shape, count: number, kind: 'numbers' | 'names'): Promise<Cell> {
  const contender = name === 'swarm' ? swarm : name === LOOK_UPS ? lookUps : (await contenders())[name];
  if (!contender) throw new Error(`no contender is called ${name}`);
  const act = contender.prepare(makeInstance(shape, count, kind));
  const inputMb = process.resourceUsage().maxRSS / 1024;
  const before = performance.now();
  const spent = process.cpuUsage();
  try {
    act();
  } catch (error) {
    return { fault: error instanceof Error ? error.name : String(error) };
  }
  const { user, system } = process.cpuUsage(spent);
  return {
    ms: performance.now() - before,
    cpuMs: (user + system) / 1000,
    inputMb,
    rssMb: process.resourceUsage().maxRSS / 1024,
  };
}

// ── The run ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Minutes at 100,000 and more. */
const SLOW = new Set(['graphology-dag', '@dagrejs/graphlib', 'dependency-graph']);

async function main(): Promise<void> {
  const asked = readAsked();
  const sides = await contenders();
  const names = Object.keys(sides);
  const results: Record<string, unknown> = {};

  for (const kind of ['names', 'numbers'] as const) {
    const taking = names.filter((name) => kind === 'names' || sides[name]?.takes === 'any id');
    for (const count of [1_000, 10_000, 100_000]) {
      const instance = makeInstance('random', count, kind);
      const here = taking.filter((name) => asked.all || count < 100_000 || !SLOW.has(name));
      const acts = new Map(here.map((name) => [name, sides[name]?.prepare(instance)]));
      const truth = levelsOf(instance, acts.get('swarm')?.() ?? { order: [] });
      for (const [name, act] of acts) {
        const levels = levelsOf(instance, act?.() ?? { order: [] });
        const wrong = instance.ids.find(
          (id) => levels.get(id) !== truth.get(id) && levels.get(String(id)) !== truth.get(id),
        );
        if (wrong !== undefined) throw new Error(`${name} puts ${wrong} into another wave than swarm`);
      }
      const clocks: Record<string, Side> = {};
      for (const [name, act] of acts) {
        clocks[name] = () => {
          const before = performance.now();
          act?.();
          return performance.now() - before;
        };
      }
      const rounds = await interleave(clocks, { warmUps: 3, least: 3, most: 41, budgetMs: asked.all ? 60_000 : 7_000 });
      const others = here.filter((name) => name !== 'swarm' && name !== IN_NO_ORDER);
      const fastest = others.reduce((best, name) => (rounds.ms(name) < rounds.ms(best) ? name : best));
      say(
        `\n${count.toLocaleString('en')} nodes, 3 edges each, ${kind} as ids (best of ${rounds.times.swarm?.length} rounds)`,
      );
      sayTable(
        ['', 'ms', '× swarm'],
        here.map((name) => [name, shown(rounds.ms(name)), name === 'swarm' ? '' : shown(rounds.ratio(name, 'swarm'))]),
      );
      results[`${kind}${count}`] = {
        ms: Object.fromEntries(here.map((name) => [name, rounds.ms(name)])),
        fastestPeer: fastest,
        timesFastest: rounds.ratio(fastest, 'swarm'),
      };
    }
  }

  say('\n1,000,000 nodes, 3 edges each; processes of their own, cold, turn about, the better of two');
  const million: Record<string, Cell> = {};
  const cells: readonly (readonly [string, 'numbers' | 'names'])[] = [
    ['swarm', 'numbers'],
    ['toposort', 'numbers'],
    ['swarm', 'names'],
    [LOOK_UPS, 'names'],
    ...(asked.all
      ? names.filter((name) => name !== 'swarm').map((name) => [name, 'names'] as const)
      : ([['toposort', 'names']] as const)),
  ];
  for (let round = 0; round < 2; round++) {
    for (const [name, kind] of cells) {
      const cell = await inChild(name, 'random', 1_000_000, kind);
      const before = million[`${name}, ${kind}`]?.ms ?? Number.POSITIVE_INFINITY;
      if ((cell.ms ?? 0) < before) million[`${name}, ${kind}`] = cell;
    }
  }
  sayTable(
    ['', 'ms', 'ms of all threads', 'MB of input', 'MB in all', ''],
    Object.entries(million).map(([name, { ms, cpuMs, inputMb, rssMb, fault }]) => [
      name,
      shown(ms),
      shown(cpuMs),
      shown(inputMb),
      shown(rssMb),
      fault ?? '',
    ]),
  );
  results.million = million;

  say('\nA chain and a star of 100,000, with the stack that node has');
  const shapes: Record<string, Cell> = {};
  for (const shape of ['chain', 'star'] as const) {
    for (const name of asked.all ? names : names.filter((each) => !SLOW.has(each))) {
      shapes[`${name}, ${shape}`] = await inChild(name, shape, 100_000, 'names');
    }
  }
  sayTable(
    ['', 'ms', ''],
    Object.entries(shapes).map(([name, { ms, fault }]) => [name, shown(ms), fault ?? '']),
  );
  results.shapes = shapes;
  results.determinism = determinism();
  say(`\n1,000 shuffles of one graph and of one with a cycle: ${results.determinism} different answers`);
  answer(asked, results);
}

/** How many different answers 1,000 shuffles of the input give; one each for waves and for a cycle is right. */
function determinism(): number {
  const answers = new Set<string>();
  for (const closed of [false, true]) {
    const { ids, from, on } = makeInstance('random', 200, 'numbers');
    const edges = from.map((id, at) => ({ from: id, on: on[at] ?? 0 }));
    if (closed) edges.push({ from: ids[3] ?? 0, on: ids[150] ?? 0 }, { from: ids[150] ?? 0, on: ids[3] ?? 0 });
    const roll = dice(7);
    for (let time = 0; time < 1_000; time++)
      answers.add(JSON.stringify(orderWaves(shuffled(ids, roll), shuffled(edges, roll))));
  }
  return answers.size;
}

const [word, name = '', shape = '', count = '', kind = ''] = process.argv.slice(2);
if (word === 'cell')
  console.log(JSON.stringify(await cell(name, shape as Shape, Number(count), kind as 'numbers' | 'names')));
else await main();
