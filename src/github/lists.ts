/**
 * Lists in GraphQL answers, read to their end.
 *
 * GitHub answers a list with one page, and the first page of a flood looks like a whole list. A list that is defined here
 * says in each answer if there is more (under an alias that begins with `more_`), and `readOn` reads the rest. The client
 * does this for every query, so no caller can forget it. Each list has a bound. Nothing reads beyond it, and no one takes the
 * part for the whole: the caller learns of it, or the query fails.
 *
 * A house test checks that no other file writes a page size into a query.
 * @see https://docs.github.com/en/graphql/guides/using-pagination-in-the-graphql-api
 */
import type { ListKind } from '#core/model/problem/faults';

/** A list's definition: the object that it belongs to, what is read of its items, and where reading stops. */
export interface ListShape {
  readonly kind: ListKind;
  /** The type of the nearest object above that is asked for its `id`, which has the list. */
  readonly on: string;
  /** Fields between that object and the list. */
  readonly path?: readonly string[];
  readonly field: string;
  /** The name in the answer. Default: the field. */
  readonly as?: string;
  /** Arguments in addition to those of the page. */
  readonly filter?: string;
  /** Where reading begins: `first` for lists that are read whole, `last` where the newest items matter most. */
  readonly end: 'first' | 'last';
  /** The size of the page that comes with the query. */
  readonly size: number;
  /** The size of further pages. Default: 100, which is GitHub's limit. */
  readonly pageSize?: number;
  /** How many objects a further page may hold, with what is nested in its items. Default: its size. */
  readonly weight?: number;
  readonly select: string;
  /** Definition of the fragment that `select` uses. */
  readonly fragment?: string;
  /** Other fields of the list itself. */
  readonly also?: string;
  /** Reading stops at this number of items. */
  readonly most: number;
}

/** A list that was not read to its end. */
export interface CutList {
  readonly kind: ListKind;
  /** The issue or pull request that it belongs to. */
  readonly of: number | undefined;
  /** The number of items that were read. */
  readonly read: number;
}

export class ListTooLong extends Error {
  override readonly name = 'ListTooLong';
  readonly list: CutList;

  constructor(list: CutList) {
    const where = list.of === undefined ? '' : ` of #${list.of}`;
    super(`The list of ${list.kind}${where} is too long: reading stopped after ${list.read} items.`);
    this.list = list;
  }
}

export interface ReadOptions {
  /** Told of each list that is longer than its bound. Without it, such a list makes the query fail. */
  readonly onCut?: (list: CutList) => void;
  /** By name of a list: true if no further item can matter. */
  readonly enough?: Readonly<Record<string, (nodes: readonly unknown[]) => boolean>>;
}

/** One call may read so often beyond its first answer. A look at an epic makes a few calls. */
export const MAX_FURTHER_QUERIES = 60;
/** How many objects one further query may ask for. GitHub allows 500,000, and ten seconds. */
const MAX_WEIGHT = 1_000;

const shapes = new Map<string, ListShape>();

/** All lists, by name. */
export const listShapes = (): ReadonlyMap<string, ListShape> => shapes;

/**
 * Defines a list.
 * @param name unique; part of an alias in the query
 * @returns the part of a query that reads its first page; `size` changes that page's size.
 */
export function defineList(name: string, shape: ListShape): (size?: number) => string {
  if (shapes.has(name)) throw new Error(`There are two lists with the name ${name}.`);
  shapes.set(name, shape);
  return (size = shape.size) => pageText(name, shape, size);
}

/** A page of a list where the other items are not wanted, with the reason. */
export const onlyThe = (end: 'first' | 'last', size: number, _reason: string): string => `${end}: ${size}`;

/** The page of a list in a query. */
export function pageText(name: string, shape: ListShape, size: number, cursor?: string): string {
  const { field, as = field, filter, end, also, select } = shape;
  const edge = end === 'first' ? 'after' : 'before';
  const args = [`${end}: ${size}`, ...(cursor ? [`${edge}: $${cursor}`] : []), ...(filter ? [filter] : [])];
  const info = end === 'first' ? 'hasNextPage endCursor' : 'hasPreviousPage startCursor';
  const alias = as === field ? field : `${as}: ${field}`;
  return `${alias}(${args.join(', ')}) { more_${name}: pageInfo { ${info} } ${also ? `${also} ` : ''}nodes { ${select} } }`;
}

interface PageInfo {
  readonly hasNextPage?: boolean;
  readonly hasPreviousPage?: boolean;
  readonly endCursor?: string | null;
  readonly startCursor?: string | null;
}

interface Open {
  readonly name: string;
  readonly shape: ListShape;
  /** GraphQL id of the object that has the list. */
  readonly id: string;
  readonly of: number | undefined;
  /** The list in the answer; further items are added to it. */
  readonly list: { nodes: unknown[] };
  readonly cursor: string | null | undefined;
}

type Ask = (text: string, variables: Record<string, unknown>) => Promise<Record<string, unknown>>;

/** Reads on in every list of an answer that has more, and adds the items to the answer. */
export async function readOn<Answer>(answer: Answer, ask: Ask, options: ReadOptions = {}): Promise<Answer> {
  const cut = (open: Open): void => {
    const list = { kind: open.shape.kind, of: open.of, read: open.list.nodes.length };
    if (!options.onCut) throw new ListTooLong(list);
    options.onCut(list);
  };
  const isEnough = ({ name, list }: Open): boolean => options.enough?.[name]?.(list.nodes) ?? false;
  let open = openLists(answer).filter((each) => !isEnough(each));
  for (let queries = 0; open.length > 0; ) {
    const readable = open.filter(({ shape, list, cursor }) => cursor && list.nodes.length < shape.most);
    for (const each of open) if (!readable.includes(each)) cut(each);
    const batches = packed(readable, ({ shape }) => shape.weight ?? pageSizeOf(shape), MAX_WEIGHT);
    const now = batches.slice(0, MAX_FURTHER_QUERIES - queries);
    for (const each of batches.slice(now.length).flat()) cut(each);
    queries += now.length;
    const further = await Promise.all(now.map((batch) => readPages(batch, ask, cut)));
    open = further.flat().filter((each) => !isEnough(each));
  }
  return answer;
}

const pageSizeOf = ({ pageSize = 100 }: ListShape): number => pageSize;

/** Reads one more page of each list. @returns the lists that then have more, those in the new items included. */
async function readPages(batch: readonly Open[], ask: Ask, cut: (open: Open) => void): Promise<readonly Open[]> {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const parts = batch.map(({ name, shape, id, cursor }, index) => {
    declared.push(`$id${index}: ID!`, `$cursor${index}: String!`);
    variables[`id${index}`] = id;
    variables[`cursor${index}`] = cursor;
    const page = pageText(name, shape, pageSizeOf(shape), `cursor${index}`);
    const inside = (shape.path ?? []).reduceRight((inner, field) => `${field} { ${inner} }`, page);
    return `list${index}: node(id: $id${index}) { id ... on ${shape.on} { ${inside} } }`;
  });
  const fragments = new Set(batch.map(({ shape }) => shape.fragment ?? ''));
  const text = `query SwarmMore(${declared.join(', ')}) {\n  ${parts.join('\n  ')}\n}\n${[...fragments].join('\n')}`;
  const answer = await ask(text, variables);
  return batch.flatMap((open, index) => {
    const { shape, list } = open;
    const place = [...(shape.path ?? []), shape.as ?? shape.field];
    const page = place.reduce<unknown>((at, field) => (isObject(at) ? at[field] : undefined), answer[`list${index}`]);
    if (!isList(page)) {
      // The object is gone, or is not visible any more: its list is a part of what it was.
      cut(open);
      return [];
    }
    const found = openLists(page, { id: open.id, of: open.of }).map((each) =>
      each.list === page ? { ...each, list } : each,
    );
    if (shape.end === 'first') list.nodes.push(...page.nodes);
    else list.nodes.unshift(...page.nodes);
    return found;
  });
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isList = (value: unknown): value is { nodes: unknown[] } => isObject(value) && Array.isArray(value.nodes);

/** All lists in an answer that have more items than it holds. */
function openLists(
  answer: unknown,
  above: { readonly id?: string | undefined; readonly of?: number | undefined } = {},
) {
  const found: Open[] = [];
  const walk = (value: unknown, id: string | undefined, of: number | undefined): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, id, of);
    if (!isObject(value) || Array.isArray(value)) return;
    const here = typeof value.id === 'string' ? value.id : id;
    const number = typeof value.number === 'number' ? value.number : of;
    for (const [key, inner] of Object.entries(value)) {
      const name = key.startsWith('more_') ? key.slice('more_'.length) : undefined;
      const shape = name === undefined ? undefined : shapes.get(name);
      if (name === undefined || !shape) walk(inner, here, number);
      else if (here === undefined) throw new Error(`The object with the list ${name} is not asked for its id.`);
      else if (isList(value) && hasMore(inner as PageInfo)) {
        const { endCursor, startCursor } = inner as PageInfo;
        found.push({ name, shape, id: here, of: number, list: value, cursor: endCursor ?? startCursor });
      }
    }
  };
  walk(answer, above.id, above.of);
  return found;
}

const hasMore = ({ hasNextPage, hasPreviousPage }: PageInfo): boolean =>
  hasNextPage === true || hasPreviousPage === true;

/** Splits items, in their order, into parts of at most this size. */
export function packed<Item>(
  items: readonly Item[],
  sizeOf: (item: Item) => number,
  maxSize: number,
): readonly (readonly Item[])[] {
  const all: Item[][] = [];
  let room = 0;
  for (const item of items) {
    const size = sizeOf(item);
    if (size > room) {
      all.push([]);
      room = maxSize;
    }
    all.at(-1)?.push(item);
    room -= size;
  }
  return all;
}
