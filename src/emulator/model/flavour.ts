/**
 * The GitHubs that the emulator can be: github.com, or a GitHub Enterprise Server (GHES), which is years behind it.
 *
 * What a GHES does not describe is in `oracle/ghes-3.19.json`. Here is the rest.
 */
export const FLAVOURS = ['github.com', 'ghes-3.19'] as const;
export type Flavour = (typeof FLAVOURS)[number];

export interface Traits {
  /** The version that a GHES names in `X-GitHub-Enterprise-Version`; undefined on github.com. */
  readonly version: string | undefined;
  /** A GHES limits calls only if its administrators switch that on (docs: "Configuring rate limits"). */
  readonly limits: 'on' | 'off';
  /** The time that a webhook's receiver has (docs: "Best practices for using webhooks"). */
  readonly webhookTimeoutMs: number;
  /** The most inputs of a `workflow_dispatch` (GitHub's description of its REST API). */
  readonly dispatchInputs: number;
  /** Where artifacts go: to the results service, or nowhere, because their action refuses to run on a GHES. */
  readonly artifacts: 'results service' | 'none';
  /** What a job's token causes by opening a pull request: runs that wait for an approval, or none. */
  readonly jobPulls: 'wait' | 'start nothing';
}

export const TRAITS: Readonly<Record<Flavour, Traits>> = {
  'github.com': {
    version: undefined,
    limits: 'on',
    webhookTimeoutMs: 10_000,
    dispatchInputs: 25,
    artifacts: 'results service',
    jobPulls: 'wait',
  },
  'ghes-3.19': {
    version: '3.19.0',
    limits: 'off',
    webhookTimeoutMs: 30_000,
    dispatchInputs: 10,
    artifacts: 'none',
    jobPulls: 'start nothing',
  },
};
