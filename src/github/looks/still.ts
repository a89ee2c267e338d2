/**
 * Looks again at an epic that stood still, without looking at all of it.
 *
 * A look records its queries and a digest of their answers. The next one asks the same queries once more, the two large ones as
 * one. As long as the answers are the same, nothing has happened that a query shows. Only that is concluded from it: whatever
 * differs leads to a whole look, and nothing is ever decided from what was remembered.
 *
 * What REST alone shows is not asked again: permissions, the kill switch, the journal's head. So what was recorded holds for a
 * few minutes only, and not while a run is expected to do something.
 */
import { createHash } from 'node:crypto';
import type { Instant } from '#core/model/epic';
import type { Client } from '../client.ts';
import { asOne, isDetail, isLook } from '../queries.ts';

interface Asked {
  readonly text: string;
  readonly variables: Record<string, unknown>;
}

/** What a look at an epic saw, as queries that can be asked again. */
export interface Stillness {
  readonly queries: readonly Asked[];
  readonly digest: string;
}

type Answer = Record<string, unknown>;

/** Records the queries of one look. */
export interface Recorder {
  /** The client to look with. */
  readonly client: Client;
  stillness(): Stillness;
}

export function record(client: Client): Recorder {
  const asked: (Asked & { readonly answer: Answer })[] = [];
  const noting =
    (ask: Client['query']): Client['query'] =>
    async (text, variables, options) => {
      const answer = await ask<Answer>(text, variables, options);
      asked.push({ text, variables, answer });
      return answer as never;
    };
  return {
    client: { ...client, query: noting(client.query), queryWithNulls: noting(client.queryWithNulls) },
    stillness() {
      const [epic, ...more] = asked;
      const detail = more.find(({ text }) => isDetail(text));
      // A look that asked for both at once, and then had to ask again, is repeated as it was.
      if (!epic || !detail || isLook(epic.text))
        return { queries: asked, digest: digestOf(asked.map(({ answer }) => answer)) };
      const others = more.filter((each) => each !== detail);
      return {
        queries: [asOne(epic, detail), ...others.map(({ text, variables }) => ({ text, variables }))],
        digest: digestOf([merged(epic.answer, detail.answer), ...others.map(({ answer }) => answer)]),
      };
    },
  };
}

/** True if the queries have the same answers as before. */
export async function standsStill(client: Client, { queries, digest }: Stillness): Promise<boolean> {
  const answers = await Promise.all(
    queries.map(({ text, variables }) => client.queryWithNulls<Answer>(text, variables, { onCut: () => undefined })),
  );
  return digestOf(answers) === digest;
}

/** What a look remembers of an epic for the next one, and for webhooks. */
export interface Sight {
  /** Commits with checks that concern the epic. */
  readonly commits: ReadonlySet<string>;
  /** The epic's own number, and those of the issues below it. */
  readonly issues: ReadonlySet<number>;
  /** Set while the epic stands still. */
  readonly still?: Stillness & { readonly until: Instant; readonly lookAgainAt?: Instant };
}

const isObject = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The answer to two queries as GitHub gives it to their sum: the fields of both below the same object. */
function merged(first: Answer, second: Answer): Answer {
  const both = Object.entries(second).map(([key, value]) => {
    const known = first[key];
    return [key, isObject(known) && isObject(value) ? { ...known, ...value } : value] as const;
  });
  return { ...first, ...Object.fromEntries(both) };
}

/** Of the answers in their order. The order of an object's fields says nothing. */
function digestOf(answers: readonly Answer[]): string {
  const sorted = (_: string, value: unknown): unknown =>
    isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
  return createHash('sha256').update(JSON.stringify(answers, sorted)).digest('hex');
}
