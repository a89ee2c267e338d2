/**
 * Swarm's app as stories see it. They can start it, start a second one, kill it, and cut it off from GitHub.
 */
import { type Cut, Relay } from './relay.ts';
import type { Stage } from './stage.ts';

export class App {
  readonly #stage: Stage;
  #relay: Relay | undefined;
  /** How often the app died at a write and was replaced. */
  deaths = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Starts the first app, or one more beside it. Webhooks go to the latest. */
  async starts(): Promise<void> {
    await this.#stage.startApp();
  }

  /** Killed on the spot: nothing that it was about to send arrives, and the next app remembers nothing. */
  async dies(): Promise<void> {
    this.#relay?.cut();
    await this.#stage.stopApps();
    await this.#relay?.close();
    this.#relay = undefined;
  }

  /** Replaces the app with one that dies at its n-th write: before the write arrives, or after it is performed. */
  async diesAt(write: number, cut: Cut): Promise<void> {
    const relay = await this.#behindRelay();
    relay.cutsAt(write, cut);
  }

  /** Replaces the app with one whose every call fails once with this status before GitHub performs it. */
  async failsEachCallOnce(status: number): Promise<void> {
    const relay = await this.#behindRelay();
    relay.failsFirst(status);
  }

  /** If the app died, starts another one, which finds its work by the clock. */
  async comesBack(): Promise<void> {
    if (!this.#relay?.isCut) return;
    this.deaths += 1;
    await this.dies();
    await this.starts();
    await this.#stage.timePasses(30_000);
  }

  async #behindRelay(): Promise<Relay> {
    await this.dies();
    const relay = await Relay.open(this.#stage.emulator.url);
    this.#relay = relay;
    this.#stage.whenClosed(() => relay.close());
    await this.#stage.startApp(this.#stage.apiUrl.replace(this.#stage.emulator.url, relay.url));
    return relay;
  }
}
