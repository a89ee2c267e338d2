import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blockersOf,
  chainsOf,
  countDependents,
  dependentsOf,
  type Edge,
  findCycle,
  findCycles,
  makeGraph,
  neighboursOf,
  orderWaves,
  sortTopologically,
} from '../../src/core/graph/graph.ts';

/** `2>1` says that 2 waits for 1. */
const edges = (text: string): Edge<number>[] =>
  text
    .split(' ')
    .filter((each) => each !== '')
    .map((each) => {
      const [from = 0, on = 0] = each.split('>').map(Number);
      return { from, on };
    });

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

/** Any edges between up to 12 nodes, or only ones that lead from larger to smaller and can have no cycle. */
const anyEdges = fc.array(fc.record({ from: fc.integer({ min: 1, max: 12 }), on: fc.integer({ min: 1, max: 12 }) }), {
  maxLength: 30,
});
const forwardEdges = anyEdges.map((all) => all.filter(({ from, on }) => from > on));

/** Is there a way back from a node to itself? Asked of every pair, the slow and plain way. */
function hasCycle(nodes: readonly number[], all: readonly Edge<number>[]): boolean {
  const reach = new Set(all.map(({ from, on }) => `${from} ${on}`));
  for (const via of nodes) {
    for (const a of nodes) {
      for (const b of nodes) if (reach.has(`${a} ${via}`) && reach.has(`${via} ${b}`)) reach.add(`${a} ${b}`);
    }
  }
  return nodes.some((node) => reach.has(`${node} ${node}`));
}

describe('waves', () => {
  test.each<[string, number, string, number[][]]>([
    ['nothing', 0, '', []],
    ['no edges', 3, '', [[1, 2, 3]]],
    ['a chain', 3, '2>1 3>2', [[1], [2], [3]]],
    ['a chain against the numbers', 3, '1>2 2>3', [[3], [2], [1]]],
    ['a diamond', 4, '2>1 3>1 4>2 4>3', [[1], [2, 3], [4]]],
    ['the longest path counts', 4, '4>1 2>1 3>2 4>3', [[1], [2], [3], [4]]],
    ['doubled edges (B057)', 2, '2>1 2>1', [[1], [2]]],
    ['edges to what is no node', 2, '2>1 2>9 9>1', [[1], [2]]],
  ])('%s', (_, count, text, waves) => {
    expect(orderWaves(upTo(count), edges(text))).toEqual({ kind: 'waves', waves });
  });

  test.each<[string, number, string, number[]]>([
    ['itself (B047)', 2, '1>1', [1, 1]],
    ['two', 3, '3>2 2>3 1>2', [2, 3, 2]],
    ['it starts at its smallest number', 5, '5>3 3>4 4>5', [3, 4, 5, 3]],
    ['the shortest through the smallest', 5, '1>2 2>3 3>1 2>1', [1, 2, 1]],
    ['not what leads to one', 4, '1>2 2>3 3>4 4>3', [3, 4, 3]],
    ['between two cycles', 5, '1>2 2>1 2>3 3>4 4>5 5>4', [1, 2, 1]],
    ['of two equally short ways, through the smaller number', 4, '1>2 1>3 2>4 3>4 4>1', [1, 2, 4, 1]],
    ['found from a root that leads to it', 4, '1>2 2>3 3>4 4>2', [2, 3, 4, 2]],
    ['not through what it waits for besides', 5, '1>4 1>2 4>5 2>1', [1, 2, 1]],
    ['a ring that a smaller ring is tied into', 5, '1>2 2>3 3>4 4>1 3>2 5>1', [1, 2, 3, 4, 1]],
  ])('a cycle: %s', (_, count, text, path) => {
    expect(orderWaves(upTo(count), edges(text))).toEqual({ kind: 'cycle', path });
  });

  test('of ids that come from a set or a generator', () => {
    function* ids() {
      yield* [2, 1];
    }
    const waves = [[1], [2]];
    expect(orderWaves(new Set([2, 1]), edges('2>1'))).toEqual({ kind: 'waves', waves });
    expect(orderWaves(ids(), edges('2>1'))).toEqual({ kind: 'waves', waves });
  });

  test('names instead of numbers', () => {
    expect(orderWaves(['cart', 'receipt', 'payment'], [{ from: 'receipt', on: 'cart' }])).toEqual({
      kind: 'waves',
      waves: [['cart', 'payment'], ['receipt']],
    });
  });

  test('names stand sorted in their wave, however they are given', () => {
    const given = ['receipt', 'payment', 'cart', 'address'];
    const links = [
      { from: 'receipt', on: 'payment' },
      { from: 'address', on: 'payment' },
    ];
    expect(orderWaves(given, links)).toEqual({
      kind: 'waves',
      waves: [
        ['cart', 'payment'],
        ['address', 'receipt'],
      ],
    });
  });

  test('every node is in one wave, directly after the latest wave it waits for', () => {
    fc.assert(
      fc.property(forwardEdges, (all) => {
        const order = orderWaves(upTo(12), all);
        if (order.kind === 'cycle') throw new Error('a cycle where none can be');
        const level = new Map(order.waves.flatMap((wave, at) => wave.map((node) => [node, at])));
        expect(order.waves.flat().sort((a, b) => a - b)).toEqual(upTo(12));
        for (const node of upTo(12)) {
          const before = all.filter(({ from }) => from === node).map(({ on }) => level.get(on) ?? 0);
          expect(level.get(node)).toBe(before.length === 0 ? 0 : Math.max(...before) + 1);
        }
      }),
    );
  });

  test('a cycle is told exactly when there is one, is one, and does not depend on the order of the input', () => {
    fc.assert(
      fc.property(
        anyEdges.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const order = orderWaves(upTo(12), all);
          expect(orderWaves(upTo(12).reverse(), shuffled)).toEqual(order);
          expect(order.kind).toBe(hasCycle(upTo(12), all) ? 'cycle' : 'waves');
          if (order.kind === 'waves') return;
          expect(order.path[0]).toBe(order.path.at(-1));
          expect(order.path[0]).toBe(Math.min(...order.path));
          order.path.slice(1).forEach((on, at) => {
            expect(all).toContainEqual({ from: order.path[at], on });
          });
        },
      ),
    );
  });

  test('a chain, a star and a ring of 20,000', () => {
    const many = upTo(20_000);
    const chain = many.slice(1).map((from) => ({ from, on: from - 1 }));
    const waves = orderWaves(many, chain);
    expect(waves.kind === 'waves' && waves.waves.length).toBe(20_000);
    const star = orderWaves(
      many,
      many.slice(1).map((from) => ({ from, on: 1 })),
    );
    expect(star.kind === 'waves' && star.waves.map((wave) => wave.length)).toEqual([1, 19_999]);
    const ring = orderWaves(many, [...chain, { from: 1, on: 20_000 }]);
    expect(ring.kind === 'cycle' && ring.path.length).toBe(20_001);
    expect(blockersOf(makeGraph(many, chain), 20_000).size).toBe(19_999);
    expect(chainsOf(makeGraph(many, chain), () => 1).length).toBe(20_000);
  });

  test("a node's edges need not come together, nor before those that wait for it", () => {
    const all = edges('4>1 5>4 4>2 3>1 5>3 4>3 2>1');
    expect(orderWaves(upTo(5), all)).toEqual({ kind: 'waves', waves: [[1], [2, 3], [4], [5]] });
    expect(orderWaves(upTo(5), all.toReversed())).toEqual({ kind: 'waves', waves: [[1], [2, 3], [4], [5]] });
    expect(orderWaves(upTo(5), [...all, ...edges('1>5')])).toMatchObject({ kind: 'cycle' });
  });
});

describe('neighbours', () => {
  const positions = (neighbours: Int32Array): number[] => Array.from(neighbours);

  test('are sorted, each once, in both directions', () => {
    const graph = makeGraph(upTo(4), edges('4>3 4>1 3>1 4>2 4>1 2>1'));
    expect(upTo(4).map((at) => positions(neighboursOf(graph.blockers, at - 1)))).toEqual([[], [0], [0], [0, 1, 2]]);
    expect(upTo(4).map((at) => positions(neighboursOf(graph.dependents, at - 1)))).toEqual([[1, 2, 3], [3], [3], []]);
  });

  const unknown = [
    ['b', 'a'],
    ['b', 'x'],
    ['x', 'a'],
    ['x', 'x'],
    ['a', 'x'],
    ['c', 'b'],
  ].map(([from = '', on = '']) => ({ from, on }));

  test.each<[string, string[]]>([
    ['few names', ['a', 'b', 'c']],
    ['many names', ['a', 'b', 'c', ...upTo(100).map((at) => `d${at}`)]],
  ])('with %s, edges to and from unknown ids are left out', (_, names) => {
    const graph = makeGraph(names, unknown);
    expect(['a', 'b', 'c', 'x'].map((id) => [...blockersOf(graph, id)])).toEqual([[], ['a'], ['b', 'a'], []]);
    expect(['a', 'b', 'c', 'x'].map((id) => [...dependentsOf(graph, id)])).toEqual([['b', 'c'], ['c'], [], []]);
  });

  test('with numbers, edges to and from unknown ids are left out', () => {
    const graph = makeGraph(upTo(3), edges('2>1 2>9 9>1 9>9 1>9 3>2 0>1 1>0 2>5000'));
    expect([1, 2, 3, 9].map((id) => [...blockersOf(graph, id)])).toEqual([[], [1], [2, 1], []]);
    expect([1, 2, 3, 9].map((id) => [...dependentsOf(graph, id)])).toEqual([[2, 3], [3], [], []]);
  });
});

describe('a topological order', () => {
  test.each<[string, number, string, number[], number[], boolean]>([
    ['nothing', 0, '', [], [], true],
    ['a diamond', 4, '2>1 3>1 4>2 4>3', [0, 1, 2, 3], [0, 1, 1, 2], true],
    ['the longest path gives the level', 4, '2>1 3>2 4>1 4>3', [0, 1, 2, 3], [0, 1, 2, 3], true],
    ['a cycle, and what is behind it', 5, '2>3 3>2 4>3 5>1', [0, 4], [0, -1, -1, -1, 1], false],
    ['a node that waits for itself', 2, '1>1', [1], [-1, 0], false],
    ['what a cycle waits for', 4, '1>2 2>1 2>3 3>4', [3, 2], [-1, -1, 1, 0], false],
  ])('%s', (_, count, text, order, levels, isComplete) => {
    const sorted = sortTopologically(makeGraph(upTo(count), edges(text)));
    expect(Array.from(sorted.order)).toEqual(order);
    expect(Array.from(sorted.levels)).toEqual(levels);
    expect(sorted.isComplete).toBe(isComplete);
  });
});

describe('chains', () => {
  const diamond = makeGraph(upTo(5), edges('2>1 3>1 4>2 4>3'));

  test('all nodes that a node waits for, and all that it unblocks, the nearest first', () => {
    expect([...blockersOf(diamond, 4)]).toEqual([2, 3, 1]);
    expect([...dependentsOf(diamond, 1)]).toEqual([2, 3, 4]);
    const uneven = makeGraph(upTo(5), edges('5>4 4>3 3>2 5>1 2>1'));
    expect([...blockersOf(uneven, 5)]).toEqual([1, 4, 3, 2]);
    expect([...dependentsOf(uneven, 1)]).toEqual([2, 5, 3, 4]);
    const ring = makeGraph(upTo(3), edges('1>2 2>3 3>1'));
    expect([...blockersOf(ring, 1)]).toEqual([2, 3, 1]);
    expect([...blockersOf(diamond, 5)]).toEqual([]);
    expect([...dependentsOf(diamond, 99)]).toEqual([]);
  });

  test('how many of those that count wait for a node: as many as are found from it', () => {
    fc.assert(
      fc.property(fc.oneof(anyEdges, forwardEdges), fc.integer({ min: 2, max: 5 }), (all, step) => {
        // More nodes than are counted at once, joined to those that have edges.
        const graph = makeGraph(upTo(100), [...all, ...upTo(88).map((at) => ({ from: 12 + at, on: 1 + (at % 12) }))]);
        const counts = (node: number): boolean => node % step !== 0;
        const count = countDependents(graph, counts);
        for (const node of upTo(101)) expect(count(node)).toBe([...dependentsOf(graph, node)].filter(counts).length);
      }),
    );
  });

  test('the critical path, and what is left from each node on', () => {
    const chains = chainsOf(diamond, (node) => (node === 3 ? 30 : 10));
    expect(chains.criticalPath).toEqual([1, 3, 4]);
    expect(chains.length).toBe(50);
    expect(upTo(5).map(chains.remaining)).toEqual([50, 20, 40, 10, 10]);
  });

  test('of equally long chains the one of the smallest numbers', () => {
    expect(chainsOf(diamond, () => 1).criticalPath).toEqual([1, 2, 4]);
    expect(chainsOf(diamond, () => 0).criticalPath).toEqual([1, 2, 4]);
  });

  test('a long chain of short nodes is as good as a short chain of a long one', () => {
    const minutes = [10, 10, 20, 10];
    const chains = chainsOf(makeGraph(upTo(4), edges('2>1 3>1 4>2')), (node) => minutes[node - 1] ?? 0);
    expect(chains.criticalPath).toEqual([1, 2, 4]);
    expect(upTo(4).map(chains.remaining)).toEqual([30, 20, 20, 10]);
  });

  test('no chain is longer than the critical path, and it is one', () => {
    fc.assert(
      fc.property(forwardEdges, fc.array(fc.nat(50), { minLength: 12, maxLength: 12 }), (all, minutes) => {
        const graph = makeGraph(upTo(12), all);
        const { criticalPath, length, remaining } = chainsOf(graph, (node) => minutes[node - 1] ?? 0);
        expect(Math.max(...upTo(12).map(remaining))).toBe(length);
        expect(criticalPath.reduce((sum, node) => sum + (minutes[node - 1] ?? 0), 0)).toBe(length);
        criticalPath.slice(1).forEach((from, at) => {
          expect(all).toContainEqual({ from, on: criticalPath[at] });
        });
      }),
    );
  });

  test('a graph without a cycle has none to find', () => {
    expect(findCycle(diamond)).toBeUndefined();
  });

  test('every set of nodes that wait for each other has a cycle of its own', () => {
    const cyclesOf = (text: string, most = 9) => findCycles(makeGraph(upTo(8), edges(text)), most);
    expect(cyclesOf('2>1 1>2 3>2 5>4 4>5 6>6 8>7')).toEqual([
      [1, 2, 1],
      [4, 5, 4],
      [6, 6],
    ]);
    expect(cyclesOf('1>2 2>1 2>3 3>2 3>1')).toEqual([[1, 2, 1]]);
    expect(cyclesOf('2>1 1>2 5>4 4>5', 1)).toEqual([[1, 2, 1]]);
    expect(cyclesOf('2>1')).toEqual([]);
  });

  test('nodes on a cycle, and behind one, count for themselves alone', () => {
    const graph = makeGraph(upTo(6), edges('2>1 3>2 2>3 4>3 5>4 6>1'));
    const { criticalPath, length, remaining } = chainsOf(graph, (node) => 10 * node);
    expect(upTo(7).map(remaining)).toEqual([70, 20, 30, 40, 50, 60, 0]);
    expect([criticalPath, length]).toEqual([[1, 6], 70]);
  });

  test('an empty graph has no chain', () => {
    const { criticalPath, length, remaining } = chainsOf(makeGraph<number>([], []), () => 1);
    expect([criticalPath, length, remaining(1)]).toEqual([[], 0, 0]);
  });

  test('more than 32 nodes that count, on a graph without and with a cycle', () => {
    const star = upTo(80)
      .slice(1)
      .map((from) => ({ from, on: 1 }));
    const isEven = (node: number): boolean => node % 2 === 0;
    const count = countDependents(makeGraph(upTo(80), star), isEven);
    expect([1, 2, 80, 99].map(count)).toEqual([40, 0, 0, 0]);
    const cyclic = countDependents(makeGraph(upTo(80), [...star, ...edges('2>3 3>2')]), isEven);
    expect([1, 2, 3, 80, 99].map(cyclic)).toEqual([40, 1, 1, 0, 0]);
    const chain = upTo(70)
      .slice(1)
      .map((from) => ({ from, on: from - 1 }));
    expect(upTo(70).map(countDependents(makeGraph(upTo(70), chain), () => true))).toEqual(
      upTo(70).map((at) => 70 - at),
    );
  });
});

describe('ids of any kind', () => {
  /** The same graph with numbers, a few names, and names among many others. */
  const kinds: readonly [string, (at: number) => number | string, readonly string[]][] = [
    ['numbers far apart', (at) => at * 1_000_003, []],
    ['few names', (at) => `n${String(at).padStart(2, '0')}`, []],
    ['many names', (at) => `n${String(at).padStart(2, '0')}`, upTo(90).map((at) => `other ${at}`)],
  ];

  test.each(kinds)('%s are ordered like 1 to 12', (_, idOf, others) => {
    const back = new Map<number | string, number>(upTo(12).map((at) => [idOf(at), at]));
    const known = (ids: readonly (number | string)[]): number[] => ids.flatMap((id) => back.get(id) ?? []);
    fc.assert(
      fc.property(fc.oneof(anyEdges, forwardEdges), (all) => {
        const ids = [...upTo(12).map(idOf), ...others];
        const links = all.map(({ from, on }) => ({ from: idOf(from), on: idOf(on) }));
        const plain = orderWaves(upTo(12), all);
        const order = orderWaves(ids, links);
        if (plain.kind === 'cycle') expect(order.kind === 'cycle' && known(order.path)).toEqual(plain.path);
        else expect(order.kind === 'waves' && order.waves.map(known)).toEqual(plain.waves);
        const [graph, numbers] = [makeGraph(ids, links), makeGraph(upTo(12), all)];
        for (const at of upTo(12)) {
          expect(known([...blockersOf(graph, idOf(at))])).toEqual([...blockersOf(numbers, at)]);
          expect(known([...dependentsOf(graph, idOf(at))])).toEqual([...dependentsOf(numbers, at)]);
        }
        const takes = (id: number | string): number => back.get(id) ?? 0;
        expect(known(chainsOf(graph, takes).criticalPath)).toEqual(chainsOf(numbers, (at) => at).criticalPath);
      }),
      { numRuns: 40 },
    );
  });
});
