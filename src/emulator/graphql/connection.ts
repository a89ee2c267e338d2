/** Connections: the pages of a list, their cursors and their order. */
import { Refusal } from '#emulator/model/refusal';
import { type Args, NotImplemented } from './tables.ts';

const cursorOf = (index: number): string => Buffer.from(`cursor:v2:${index}`).toString('base64');

/** The index that a cursor stands for. Throws GitHub's error for any other text. */
function indexOf(cursor: string): number {
  const index = /^cursor:v2:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  if (index === undefined) throw new Refusal(422, `\`${cursor}\` does not appear to be a valid cursor.`);
  return Number(index);
}

/** A page of a list: the `first` or `last` items between the cursors. The resolver has checked the arguments. */
export function page(
  nodes: readonly unknown[],
  args: Args,
  extra: Readonly<Record<string, unknown>> = {},
  edge: (index: number) => Readonly<Record<string, unknown>> = () => ({}),
): Record<string, unknown> {
  const { first, last, after, before } = args;
  let start = typeof after === 'string' ? indexOf(after) + 1 : 0;
  let end = typeof before === 'string' ? indexOf(before) : nodes.length;
  if (typeof first === 'number') end = Math.min(end, start + first);
  if (typeof last === 'number') start = Math.max(start, end - last);
  const cut = nodes.slice(start, Math.max(start, end));
  return {
    totalCount: nodes.length,
    nodes: cut,
    edges: cut.map((node, at) => ({ node, cursor: cursorOf(start + at), ...edge(start + at) })),
    pageInfo: {
      hasNextPage: end < nodes.length,
      hasPreviousPage: start > 0,
      startCursor: cut.length > 0 ? cursorOf(start) : null,
      endCursor: cut.length > 0 ? cursorOf(start + cut.length - 1) : null,
    },
    ...extra,
  };
}

/** Sorts a list by `orderBy`. Throws NotImplemented for a field without a key. */
export function ordered<Item>(
  items: readonly Item[],
  args: Args,
  keys: Readonly<Record<string, (item: Item) => string | number>>,
): readonly Item[] {
  const order = args.orderBy as { field: string; direction: 'ASC' | 'DESC' } | null | undefined;
  if (!order) return items;
  const key = keys[order.field];
  if (!key) throw new NotImplemented(`the order ${order.field}`);
  const sign = order.direction === 'DESC' ? -1 : 1;
  // Items with equal keys are sorted by their position in the list, also in the direction of `orderBy`.
  const indexed = items.map((item, at) => ({ item, at }));
  return indexed.sort((a, b) => sign * (compare(key(a.item), key(b.item)) || a.at - b.at)).map(({ item }) => item);
}
export const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);
