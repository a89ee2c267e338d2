/**
 * Reads objects through one long-lived `git cat-file --batch-command`: a lookup starts no process, and lookups made
 * together are answered together.
 */
import { type LaunchedProcess, launch } from './launcher.ts';
import { GitError, type ObjectKind } from './types.ts';

/** The time that git has to exit after its input was closed. In real time. */
const EXIT_MS = 10_000;

export interface ObjectInfo {
  readonly oid: string;
  readonly kind: ObjectKind;
  readonly size: number;
}

/** One `git cat-file --batch-command`. It replies to requests in order. */
export class ObjectReader {
  ended = false;
  readonly #child: LaunchedProcess;
  readonly #waiting: {
    wants: 'info' | 'contents';
    settle: (found: (ObjectInfo & { bytes: Buffer }) | null) => void;
    fail: (error: Error) => void;
  }[] = [];
  #chunks: Buffer[] = [];
  #length = 0;
  #head: ObjectInfo | undefined;

  constructor(dir: string, env: Readonly<Record<string, string>>) {
    this.#child = launch('git', ['cat-file', '--batch-command'], { cwd: dir, env });
    this.#child.stdin.on('error', () => this.#end());
    this.#child.stdout.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#length += chunk.length;
      this.#read();
    });
    this.#child.once('error', () => this.#end());
    this.#child.once('exit', () => this.#end());
  }

  info(revision: string): Promise<ObjectInfo | null> {
    return this.#ask('info', revision);
  }

  contents(revision: string): Promise<(ObjectInfo & { readonly bytes: Buffer }) | null> {
    return this.#ask('contents', revision);
  }

  async close(): Promise<void> {
    if (this.ended) return;
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), EXIT_MS);
    await new Promise<void>((resolve) => {
      this.#child.once('exit', () => resolve());
      this.#child.stdin.end();
    });
    clearTimeout(kill);
  }

  #ask(wants: 'info' | 'contents', revision: string): Promise<(ObjectInfo & { bytes: Buffer }) | null> {
    return new Promise((settle, fail) => {
      this.#waiting.push({ wants, settle, fail });
      this.#child.stdin.write(`${wants} ${revision}\n`);
    });
  }

  #end(): void {
    this.ended = true;
    for (const { fail } of this.#waiting.splice(0)) fail(new GitError('git cat-file ended'));
  }

  #read(): void {
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      if (!this.#head) {
        const all = this.#joined();
        const end = all.indexOf(10);
        if (end < 0) return;
        const line = all.subarray(0, end).toString('utf8');
        this.#keep(all.subarray(end + 1));
        const found = /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)$/.exec(line);
        if (!found?.[1]) {
          // `… missing` or `… ambiguous`: the object doesn't exist.
          this.#waiting.shift()?.settle(null);
          continue;
        }
        this.#head = { oid: found[1], kind: found[2] as ObjectKind, size: Number(found[3]) };
      }
      if (first.wants === 'info') {
        first.settle({ ...this.#head, bytes: Buffer.alloc(0) });
      } else {
        // A line feed follows the content.
        if (this.#length < this.#head.size + 1) return;
        const all = this.#joined();
        first.settle({ ...this.#head, bytes: all.subarray(0, this.#head.size) });
        this.#keep(all.subarray(this.#head.size + 1));
      }
      this.#head = undefined;
      this.#waiting.shift();
    }
  }

  #joined(): Buffer {
    if (this.#chunks.length !== 1) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0] ?? Buffer.alloc(0);
  }

  #keep(rest: Buffer): void {
    this.#chunks = [rest];
    this.#length = rest.length;
  }
}
