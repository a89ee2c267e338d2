/**
 * What a repository's `.github/swarm.yml` chose, after defaults. `config/schema.ts` says each key once for
 * people; this is the value that `decide` gets.
 */
import type { BuiltInGate, Worker } from './epic.ts';

export interface Config {
  readonly mode: 'agentic' | 'collaborative';
  readonly schedule: 'waves' | 'eager';
  readonly maxParallel: number | 'auto';
  readonly workers: Readonly<Record<Worker, number>>;
  /** The branch segments start from and merge into; undefined is the default branch. */
  readonly base?: string;
  /** Template with `{type}`, `{slug}`, `{number}`, `{epic}`. */
  readonly branch: string;
  readonly merge: 'automatic' | 'manual';
  readonly mergeMethod: 'merge' | 'squash' | 'rebase';
  /** Approvals by people a PR needs; 0 lets green PRs merge by themselves. */
  readonly approvals: number;
  readonly acceptance: 'person' | 'automatic';
  readonly adopt: 'ask' | 'automatic';
  /** Dispatches of one segment after runs that died or failed, the first included. */
  readonly attempts: number;
  /** Rounds of reject and rework. */
  readonly reworks: number;
  /** Rounds of gates within one run. */
  readonly tries: number;
  readonly calibrationRounds: number;
  /** Minutes one segment's agent may take. */
  readonly timeoutMinutes: number;
  readonly budgetUsd?: { readonly segment?: number; readonly epic?: number };
  readonly agent: AgentChoice;
  readonly gates: Readonly<Record<string, GateChoice>>;
  /** Names of variables that the agent's and gates' environments may inherit besides the built-in list. */
  readonly environment: readonly string[];
  /** Globs no segment may change, besides the built-in ones. */
  readonly protect: readonly string[];
  /** Globs of protected files this repository lets segments change. */
  readonly unprotect: readonly string[];
  readonly allowedBots: readonly string[];
  /** Our label's name → the repository's name for it. */
  readonly labels: Readonly<Record<string, string>>;
  readonly limits: { readonly segments: number; readonly waves: number; readonly dispatches: number };
}

export interface AgentChoice {
  /** An executable and its arguments; never a shell line. */
  readonly command: readonly string[];
}

export type GateName = BuiltInGate | (string & {});

export interface GateChoice {
  /** argv; undefined means: found from the repository's files. */
  readonly run?: readonly string[];
  readonly off?: boolean;
  readonly timeoutMinutes?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly directory?: string;
}

export const DEFAULT_LABELS = {
  execute: 'swarm:execute',
  'dry-run': 'swarm:dry-run',
  pause: 'swarm:pause',
  resume: 'swarm:resume',
  cancel: 'swarm:cancel',
  retry: 'swarm:retry',
  queued: 'swarm:queued',
  running: 'swarm:running',
  review: 'swarm:review',
  'needs-input': 'swarm:needs-input',
  blocked: 'swarm:blocked',
  done: 'swarm:done',
  paused: 'swarm:paused',
} as const;

export type LabelKey = keyof typeof DEFAULT_LABELS;
export const COMMAND_LABELS = ['execute', 'dry-run', 'pause', 'resume', 'cancel', 'retry'] as const;
export type CommandLabel = (typeof COMMAND_LABELS)[number];
export const STATE_LABELS = ['queued', 'running', 'review', 'needs-input', 'blocked', 'done', 'paused'] as const;
export type StateLabel = (typeof STATE_LABELS)[number];

export const labelName = (config: Config, key: LabelKey): string => config.labels[key] ?? DEFAULT_LABELS[key];
