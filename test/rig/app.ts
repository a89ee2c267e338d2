/**
 * Swarm's app as something that can be started, killed, cut off from GitHub and doubled.
 */
import { type Cut, Gate } from './gate.ts';
import type { Stage } from './stage.ts';

export class App {
  readonly #stage: Stage;
  #gate: Gate | undefined;
  /** How often it died behind a gate, and another one came in its place. */
  deaths = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** One app more: the first one, or another beside it. Webhooks go to the latest. */
  async starts(): Promise<void> {
    await this.#stage.startApp();
  }

  /** Killed where it stands: whatever it was about to send never arrives, and the next one remembers nothing. */
  async dies(): Promise<void> {
    this.#gate?.cut();
    await this.#stage.stopApps();
    await this.#gate?.close();
    this.#gate = undefined;
  }

  /** Starts one, in place of what runs, that dies at its n-th write: before that arrives, or after it is done. */
  async diesAt(write: number, cut: Cut): Promise<void> {
    const gate = await this.#behindGate();
    gate.cutsAt(write, cut);
  }

  /** Starts one, in place of what runs, to which GitHub answers each call with this status once before it obeys. */
  async meets(status: number): Promise<void> {
    const gate = await this.#behindGate();
    gate.failsFirst(status);
  }

  /** Where it died, another one starts in its place, and finds what is to be done by the clock. */
  async comesBack(): Promise<void> {
    if (!this.#gate?.isCut) return;
    this.deaths += 1;
    await this.dies();
    await this.starts();
    await this.#stage.timePasses(30_000);
  }

  async #behindGate(): Promise<Gate> {
    await this.dies();
    const gate = await Gate.open(this.#stage.emulator.url);
    this.#gate = gate;
    this.#stage.whenClosed(() => gate.close());
    await this.#stage.startApp(gate.url);
    return gate;
  }
}
