/** The switches of the mutants while tests run: `instrument` in `mutants.ts` writes calls of `is` and `tick` into the code. */
import type { Socket } from 'node:net';

export class Switches {
  /** The number of the mutant that is on; 0 for none. */
  active = 0;
  /** Which mutants the code came by while none was on. */
  hits: Uint8Array = new Uint8Array(0);
  /** Whether the code came by the one that is on. */
  reached = false;
  ticks = 0;
  limit = Number.POSITIVE_INFINITY;
  overran = false;
  connection: Connection | undefined;

  is(id: number): boolean {
    if (this.active === 0) {
      this.hits[id] = 1;
      return false;
    }
    if (id !== this.active) return false;
    this.reached = true;
    this.tick();
    return true;
  }

  /** Ends what goes round far more often than without a mutant: the same on every machine, unlike a clock. */
  tick(): void {
    this.ticks += 1;
    if (this.ticks <= this.limit) return;
    this.overran = true;
    throw new Error('endless: far more turns than without the mutant');
  }

  turn(active: number, limit: number): void {
    this.active = active;
    this.limit = limit;
    this.ticks = 0;
    this.reached = false;
    this.overran = false;
  }
}

declare global {
  var __mutants: Switches;
}

export interface TestId {
  readonly file: string;
  readonly name: string;
}

/** The first answer to `ready`: what to load, and which mutant is on from the start. */
export interface Load {
  readonly active: number;
  readonly limit: number;
  /** How many mutants there are. */
  readonly count: number;
  readonly files: readonly string[];
}

export type Request =
  | { readonly kind: 'dry'; readonly test: number }
  | { readonly kind: 'mutant'; readonly id: number; readonly tests: readonly Turn[]; readonly control: boolean }
  | { readonly kind: 'done' };

export interface Turn {
  readonly test: number;
  /** The most ticks that it may take. */
  readonly limit: number;
}

export type Reply =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'loaded';
      readonly tests: readonly TestId[];
      readonly hits: readonly number[];
      readonly ticks: number;
    }
  | { readonly kind: 'not loaded'; readonly error: string; readonly overran: boolean }
  | { readonly kind: 'at'; readonly test: number }
  | {
      readonly kind: 'dry';
      readonly ms: number;
      readonly ticks: number;
      readonly hits: readonly number[];
      readonly error: string | undefined;
    }
  | {
      readonly kind: 'mutant';
      readonly reached: boolean;
      readonly killer: Killer | undefined;
      /** The killing test fails without the mutant now, too: it left something behind. */
      readonly stained: boolean;
    };

export interface Killer {
  readonly test: number;
  readonly error: string;
  readonly overran: boolean;
  readonly ms: number;
}

/** One JSON value a line, in both directions. */
export class Connection {
  readonly #waiting: ((line: string) => void)[] = [];
  readonly #lines: string[] = [];
  readonly #socket: Socket;
  #rest = '';

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      const lines = (this.#rest + text).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) {
        const waiting = this.#waiting.shift();
        if (waiting) waiting(line);
        else this.#lines.push(line);
      }
    });
  }

  send(value: Request | Reply | Load): void {
    this.#socket.write(`${JSON.stringify(value)}\n`);
  }

  /** The other side is this same program: what it sends has the asked-for form. */
  async next<Value extends Request | Reply | Load>(): Promise<Value> {
    const line = this.#lines.shift() ?? (await new Promise<string>((resolve) => this.#waiting.push(resolve)));
    return JSON.parse(line) as Value;
  }
}
