/** Swarm's own notes about a run: lines for the job's log, and the checkpoints and warnings of its report. */
import type { Checkpoint } from '#core/model/report';
import { clean, redact } from '#words/safe';

const MAX_CHECKPOINTS = 30;
const MAX_WARNINGS = 20;

export class RunLog {
  readonly #print: (line: string) => void;
  readonly #secrets: ReadonlySet<string>;
  readonly #startedAt = performance.now();
  readonly #checkpoints: Checkpoint[] = [];
  readonly #warnings: string[] = [];

  /** @param secrets values that must not be shown; the set may still grow. */
  constructor(print: (line: string) => void, secrets: ReadonlySet<string>) {
    this.#print = print;
    this.#secrets = secrets;
  }

  /** How far the run came, at most 30. */
  get checkpoints(): readonly Checkpoint[] {
    return this.#checkpoints;
  }

  /** At most 20. */
  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /** For the job's log only. */
  print(line: string): void {
    this.#print(line);
  }

  /** Notes how far the run came: printed as it happens, and kept for the report. */
  checkpoint(text: string): void {
    const safe = this.safe(text).slice(0, 300);
    this.#print(safe);
    const afterMs = Math.round(performance.now() - this.#startedAt);
    if (this.#checkpoints.length < MAX_CHECKPOINTS) this.#checkpoints.push({ afterMs, text: safe });
  }

  warn(text: string): void {
    const safe = this.safe(text).slice(0, 900);
    this.#print(safe);
    if (this.#warnings.length < MAX_WARNINGS) this.#warnings.push(safe);
  }

  /** Text of agents and gates, fit to be shown: without control characters and without known secrets. */
  safe(text: string): string {
    return redact(clean(text), this.#secrets);
  }
}
