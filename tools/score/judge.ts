/** A judge: a program, a library or a description that this project did not write, set on the emulator. */

export type Outcome = 'right' | 'wrong' | 'not modelled';

export interface Check {
  readonly name: string;
  readonly outcome: Outcome;
  /** For a check that is not right: the answer or output instead. */
  readonly seen?: string;
}

/** The result of a judge. One that cannot run here says why, and never counts as passed. */
export type Verdict =
  | { readonly kind: 'judged'; readonly checks: readonly Check[]; readonly by?: string }
  | { readonly kind: 'skipped'; readonly reason: string };

export interface Judge {
  readonly name: string;
  /** Its subject and its means, for the table. */
  readonly about: string;
  readonly run: () => Promise<Verdict>;
}

/** Collects checks. A check that throws is wrong; the judge goes on with the next one. */
export class Checks {
  readonly all: Check[] = [];

  /** Notes a check. `seen` is shown if it is not right. */
  note(name: string, isRight: boolean, seen: unknown = ''): void {
    this.all.push(isRight ? { name, outcome: 'right' } : { name, outcome: 'wrong', seen: brief(seen) });
  }

  notModelled(name: string, seen: unknown = ''): void {
    this.all.push({ name, outcome: 'not modelled', seen: brief(seen) });
  }

  async try(name: string, check: () => Promise<readonly [isRight: boolean, seen?: unknown]>): Promise<void> {
    try {
      const [isRight, seen] = await check();
      this.note(name, isRight, seen);
    } catch (error) {
      this.note(name, false, error instanceof Error ? error.message : error);
    }
  }
}

const LONGEST = 400;

function brief(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  const line = text.replaceAll(/\s*\n\s*/g, ' ⏎ ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
