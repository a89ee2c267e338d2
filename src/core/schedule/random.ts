/** Seeded random numbers, the same on every machine: xorshift32 (Marsaglia 2003). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x5bd1e995) | 0 || 1;
  }

  #next(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return state >>> 0;
  }

  /** From 0, below 1. */
  real(): number {
    return this.#next() / 0x1_0000_0000;
  }

  /** Normally distributed around 0, with standard deviation 1 (Box & Muller 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.real())) * Math.cos(2 * Math.PI * this.real());
  }

  /** A whole number from 0, below `end`. */
  below(end: number): number {
    return Math.floor(this.real() * end);
  }
}
