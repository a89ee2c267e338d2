/**
 * Asks GitHub again for what it has answered before, and pays nothing if it is the same.
 *
 * GitHub marks an answer with an `ETag`. A call that sends it back gets 304 without a body while nothing has changed, and a
 * 304 does not count against the rate limit. So every answer is GitHub's own, as fresh as without this.
 * @see https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
 */

/** Answers that are kept, the ones that were used last. */
const MAX_KEPT = 200;
/** Longer answers are not kept. */
const MAX_CHARS = 32 * 1024;

export interface Response {
  readonly status: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
}

interface Kept {
  readonly etag: string;
  readonly response: Response;
  /** As text, because a caller may change what it was given. */
  readonly text: string;
}

export class Revalidation {
  readonly #kept = new Map<string, Kept>();

  /**
   * @param url the whole URL of a read, which has one answer for one client
   * @param read makes the call, with the mark of the kept answer if there is one
   */
  async run(
    url: string,
    read: (
      etag: string | undefined,
    ) => Promise<Response | { readonly unchanged: true; readonly headers: Response['headers'] }>,
  ): Promise<Response> {
    const known = this.#kept.get(url);
    const answer = await read(known?.etag);
    if ('unchanged' in answer) {
      if (!known) throw new Error(`GitHub says that ${url} has not changed, but no answer is known.`);
      this.#keep(url, known);
      // The time is the new answer's.
      return { ...known.response, headers: { ...known.response.headers, ...answer.headers }, data: parse(known.text) };
    }
    const text = JSON.stringify(answer.data) ?? '';
    const { etag } = answer.headers;
    if (typeof etag === 'string' && text.length <= MAX_CHARS) this.#keep(url, { etag, response: answer, text });
    else this.#kept.delete(url);
    return answer;
  }

  #keep(url: string, kept: Kept): void {
    this.#kept.delete(url);
    this.#kept.set(url, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}

const parse = (text: string): unknown => (text === '' ? undefined : JSON.parse(text));
