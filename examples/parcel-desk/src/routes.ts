/** What the desk answers to which request. No sockets here: a request is a value, and so is its answer. */
import { checkParcel, checkStatus } from './checks.ts';
import { advance, mayBecome, statusOf } from './parcel.ts';
import type { Store } from './store.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  /** The parsed JSON body. */
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

interface Route {
  readonly method: string;
  /** `:id` stands for one path segment. */
  readonly path: string;
  readonly answer: (store: Store, asked: Asked, part: string, at: string) => Answer;
}

const notFound = (what: string): Answer => ({ status: 404, body: { fault: `There is no ${what}.` } });

const routes: readonly Route[] = [
  {
    method: 'POST',
    path: '/parcels',
    answer: (store, asked, _part, at) => {
      const checked = checkParcel(asked.body);
      if (checked.kind === 'bad') return { status: 422, body: { faults: checked.faults } };
      return { status: 201, body: store.add(checked.value, at) };
    },
  },
  {
    method: 'GET',
    path: '/parcels/:id',
    answer: (store, _asked, id) => {
      const parcel = store.find(Number(id));
      return parcel ? { status: 200, body: parcel } : notFound(`parcel ${id}`);
    },
  },
  {
    method: 'POST',
    path: '/parcels/:id/steps',
    answer: (store, asked, id, at) => {
      const parcel = store.find(Number(id));
      if (!parcel) return notFound(`parcel ${id}`);
      const checked = checkStatus(asked.body);
      if (checked.kind === 'bad') return { status: 422, body: { faults: checked.faults } };
      if (!mayBecome(parcel, checked.value)) {
        return { status: 409, body: { fault: `Parcel ${id} is ${statusOf(parcel)}.` } };
      }
      const moved = advance(parcel, checked.value, at);
      store.replace(moved);
      return { status: 200, body: moved };
    },
  },
];

/** The answer to one request, made at the given time. */
export function answer(store: Store, asked: Asked, at: string): Answer {
  for (const route of routes) {
    const part = route.method === asked.method ? partOf(route.path, asked.path) : undefined;
    if (part !== undefined) return route.answer(store, asked, part, at);
  }
  return notFound(`${asked.method} ${asked.path}`);
}

/** The text that stands where the pattern has its `:` segment, '' where it has none, undefined where they differ. */
function partOf(pattern: string, path: string): string | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  let part = '';
  for (const [index, segment] of wanted.entries()) {
    const said = given[index] ?? '';
    if (segment.startsWith(':')) part = said;
    else if (segment !== said) return undefined;
  }
  return part;
}
