/**
 * Swarm's app as something that can be started, killed, cut off and doubled, and GitHub's answers to it as something
 * that can go wrong.
 */
import type { Stage } from './stage.ts';

export class App {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** One app more: the first one, or another beside it. */
  async starts(): Promise<void> {
    await this.#stage.startApp();
  }

  /** Killed where it stands: whatever it was about to send never arrives, and it remembers nothing. */
  async dies(): Promise<void> {
    await this.#stage.stopApps();
  }
}
