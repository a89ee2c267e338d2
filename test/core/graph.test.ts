import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blockersOf,
  chainsOf,
  countDependents,
  dependentsOf,
  type Edge,
  findCycle,
  makeGraph,
  orderWaves,
} from '../../src/core/graph/graph.ts';
import { internSorted } from '../../src/core/graph/interning.ts';

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
  ])('a cycle: %s', (_, count, text, path) => {
    expect(orderWaves(upTo(count), edges(text))).toEqual({ kind: 'cycle', path });
  });

  test('names instead of numbers', () => {
    expect(orderWaves(['cart', 'receipt', 'payment'], [{ from: 'receipt', on: 'cart' }])).toEqual({
      kind: 'waves',
      waves: [['cart', 'payment'], ['receipt']],
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

  test('100,000 in a chain, in a star and in a ring', () => {
    const many = upTo(100_000);
    const chain = many.slice(1).map((from) => ({ from, on: from - 1 }));
    const waves = orderWaves(many, chain);
    expect(waves.kind === 'waves' && waves.waves.length).toBe(100_000);
    const star = orderWaves(
      many,
      many.slice(1).map((from) => ({ from, on: 1 })),
    );
    expect(star.kind === 'waves' && star.waves.map((wave) => wave.length)).toEqual([1, 99_999]);
    const ring = orderWaves(many, [...chain, { from: 1, on: 100_000 }]);
    expect(ring.kind === 'cycle' && ring.path.length).toBe(100_001);
    expect(blockersOf(makeGraph(many, chain), 100_000).size).toBe(99_999);
    expect(chainsOf(makeGraph(many, chain), () => 1).length).toBe(100_000);
  });

  test("a node's edges need not come together, nor before those that wait for it", () => {
    const all = edges('4>1 5>4 4>2 3>1 5>3 4>3 2>1');
    expect(orderWaves(upTo(5), all)).toEqual({ kind: 'waves', waves: [[1], [2, 3], [4], [5]] });
    expect(orderWaves(upTo(5), all.toReversed())).toEqual({ kind: 'waves', waves: [[1], [2, 3], [4], [5]] });
    expect(orderWaves(upTo(5), [...all, ...edges('1>5')])).toMatchObject({ kind: 'cycle' });
  });
});

describe('places', () => {
  const letters = fc.constantFrom('a', 'b', '-', '1', '9', 'z', '~', '\u007f', 'é', '日', '\ud83d\ude00');
  const named = fc.string({ unit: letters, maxLength: 12 });

  test('names stand sorted by code unit, each once, and are found there', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'segment-', 'é'),
        fc.array(named, { minLength: 60, maxLength: 300 }),
        named,
        (start, ends, other) => {
          const names = ends.map((end) => start + end);
          const { ids, indexOf: placeOf } = internSorted(names);
          expect(ids).toEqual([...new Set(names)].sort());
          expect(names.map((name) => ids[placeOf(name)])).toEqual(names);
          expect(placeOf(`${other}?`)).toBe(-1);
        },
      ),
    );
  });

  test.each([6_000, 70_000])('%i names are found like few, repeated ones too', (count) => {
    const names = Array.from(
      { length: count },
      (_, at) => `${at % 7 === 0 ? 'é' : 'task-'}${(at * 7_919) % (count - 999)}`,
    );
    const { ids, indexOf: placeOf } = internSorted(names);
    expect(ids).toEqual([...new Set(names)].sort());
    expect(ids.length).toBeLessThan(names.length);
    expect(names.map((name) => ids[placeOf(name)])).toEqual(names);
    expect([placeOf(`task-${count}`), placeOf('task-'), placeOf('')]).toEqual([-1, -1, -1]);
    // The same waves, however they are found.
    const waits = names.slice(1).map((from, at) => ({ from, on: names[at >> 1] ?? '' }));
    const acyclic = waits.filter(({ from, on }) => from > on);
    const order = orderWaves(names, acyclic);
    const few = orderWaves(
      names.map((name) => placeOf(name) + 1),
      acyclic.map(({ from, on }) => ({ from: placeOf(from) + 1, on: placeOf(on) + 1 })),
    );
    expect(order).toEqual(
      few.kind === 'waves' ? { kind: 'waves', waves: few.waves.map((wave) => wave.map((at) => ids[at - 1])) } : few,
    );
  });

  test.each<[string, number[]]>([
    ['close together', [7, 3, 3, 12, 0]],
    ['far apart', [7, 3, 9_007_199_254_740_991, 12]],
    ['below nothing', [7, -3, 12, -3]],
    ['in parts', [7, 3.5, 3, 12]],
  ])('numbers %s stand by size', (_, numbers) => {
    const { ids, indexOf: placeOf } = internSorted(numbers);
    expect(ids).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(numbers.map((number) => ids[placeOf(number)])).toEqual(numbers);
    expect([5, -1, 2.5, 1e12].map((other) => placeOf(other))).toEqual([-1, -1, -1, -1]);
  });
});

describe('chains', () => {
  const diamond = makeGraph(upTo(5), edges('2>1 3>1 4>2 4>3'));

  test('all nodes that a node waits for, and all that it unblocks', () => {
    expect([...blockersOf(diamond, 4)].sort()).toEqual([1, 2, 3]);
    expect([...dependentsOf(diamond, 1)].sort()).toEqual([2, 3, 4]);
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
});
