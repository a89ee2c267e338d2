/**
 * Matches a request to one of GitHub's operations, including those that the emulator doesn't implement.
 *
 * There is one tree of path segments for each method. At each segment, a literal is tried before a parameter, and a
 * one-segment parameter before one that may contain slashes, which takes as few segments as possible. So
 * `/commits/main/check-suites` never means the commit "main/check-suites".
 */
import { githubOperations, type Operation } from '#emulator/oracle/operations';
import type { Route } from './route.ts';

export interface Match {
  /** GitHub's template of the path. */
  readonly path: string;
  /** Null if the emulator doesn't implement the operation. */
  readonly route: Route | null;
  /** The values in the path, still encoded. */
  readonly params: Readonly<Record<string, string>>;
}

interface Node {
  readonly literals: Map<string, Node>;
  /** The subtree after a one-segment parameter. */
  single: Node | null;
  /** The subtree after a parameter that may contain slashes. */
  multi: Node | null;
  end: { readonly path: string; readonly route: Route | null; readonly names: readonly string[] } | null;
}

const newNode = (): Node => ({ literals: new Map(), single: null, multi: null, end: null });

export class Router {
  readonly #roots = new Map<string, Node>();

  constructor(routes: readonly Route[], operations: readonly Operation[] = githubOperations()) {
    const left = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
    for (const operation of operations) {
      const name = `${operation.method} ${operation.path}`;
      this.#add(operation, left.get(name) ?? null);
      left.delete(name);
    }
    if (left.size > 0) throw new Error(`GitHub describes no ${[...left.keys()].join(', no ')}`);
  }

  find(method: string, path: string): Match | null {
    const root = this.#roots.get(method);
    const clean = path.length > 1 ? path.replace(/\/+$/, '') : path;
    return root ? matchFrom(root, segmentsOf(clean), 0, []) : null;
  }

  #add({ method, path, multiSegment }: Operation, route: Route | null): void {
    const names: string[] = [];
    let node = this.#roots.get(method) ?? newNode();
    this.#roots.set(method, node);
    for (const segment of segmentsOf(path)) {
      const name = /^\{(.+)\}$/.exec(segment)?.[1];
      // GitHub lists the root of a repository at `/contents`, with an empty {path}.
      if (path.endsWith('/contents/{path}') && name === 'path') node.end = { path, route, names: [...names, name] };
      if (name !== undefined) names.push(name);
      node = name === undefined ? literalBelow(node, segment) : parameterBelow(node, multiSegment.includes(name));
    }
    node.end = { path, route, names };
  }
}

function literalBelow(node: Node, segment: string): Node {
  const child = node.literals.get(segment) ?? newNode();
  node.literals.set(segment, child);
  return child;
}

function parameterBelow(node: Node, mayHaveSlashes: boolean): Node {
  if (mayHaveSlashes) {
    node.multi ??= newNode();
    return node.multi;
  }
  node.single ??= newNode();
  return node.single;
}

function matchFrom(node: Node, segments: readonly string[], start: number, values: readonly string[]): Match | null {
  const segment = segments[start];
  if (segment === undefined) {
    if (!node.end) return null;
    const { path, route, names } = node.end;
    return { path, route, params: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])) };
  }
  const literal = node.literals.get(segment);
  const single = segment === '' ? null : node.single;
  const match =
    (literal && matchFrom(literal, segments, start + 1, values)) ??
    (single && matchFrom(single, segments, start + 1, [...values, segment]));
  if (match) return match;
  if (!node.multi) return null;
  for (let end = start + 1; end <= segments.length; end++) {
    const value = segments.slice(start, end).join('/');
    const longer = value === '' ? null : matchFrom(node.multi, segments, end, [...values, value]);
    if (longer) return longer;
  }
  return null;
}

function segmentsOf(path: string): string[] {
  return path.split('/').slice(1);
}
