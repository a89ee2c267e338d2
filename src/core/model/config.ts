/**
 * What a repository's `.github/swarm.yml` chose, after defaults. `config/schema.ts` says each key once for
 * people; this is the value that `decide` gets.
 */
import type { BuiltInGate, Worker } from './epic.ts';
import type { InstructionFolders } from './instructions.ts';

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
  /** A tester writes failing tests before the implementer starts; `auto`: where it is more than a plain command. */
  readonly tdd: 'auto' | 'on' | 'off';
  /** How long a run that stopped to ask waits for a person; then it goes on by its best judgement, if it may. */
  readonly questions: { readonly timeoutMinutes: number; readonly unanswered: 'go on' | 'wait' };
  /** The independent review inside a run; `auto`: where an agent is there that knows what a reviewer is. */
  readonly council: 'auto' | 'on' | 'off';
  /** Folders with personas and skills, besides the usual ones. */
  readonly instructions: InstructionFolders;
  /** Minutes one segment's agent may take. */
  readonly timeoutMinutes: number;
  readonly budgetUsd?: { readonly segment?: number; readonly epic?: number };
  /** The name of the agent that works where nothing else is chosen; undefined where none is. */
  readonly agent?: string;
  /** Agents by name: the presets, and what the repository says of them or adds. */
  readonly agents: Readonly<Record<string, AgentChoice>>;
  /** Names of agents by what they are to do. */
  readonly roles: Readonly<Partial<Record<Role, string>>>;
  readonly gates: Readonly<Record<string, GateChoice>>;
  /** Names of variables that the gates' and a command agent's environments may inherit besides the built-in list. */
  readonly environment: readonly string[];
  /** Globs no segment may change, besides the built-in ones. */
  readonly protect: readonly string[];
  /** Globs of protected files this repository lets segments change. */
  readonly unprotect: readonly string[];
  /** What the secret scan would take for a secret, and is none. */
  readonly allowedSecrets: readonly AllowedSecret[];
  readonly allowedBots: readonly string[];
  /** Our label's name → the repository's name for it. */
  readonly labels: Readonly<Record<string, string>>;
  readonly limits: { readonly segments: number; readonly waves: number; readonly dispatches: number };
}

/** Agents that swarm knows how to start, limit and read: their names need no entry in the config. */
export const PRESETS = ['claude', 'codex', 'copilot', 'gemini', 'opencode'] as const;
export type Preset = (typeof PRESETS)[number];

/** The ways to run an agent: a preset's own, the Agent Client Protocol, or the contract for any program. */
export const AGENT_KINDS = [...PRESETS, 'acp', 'command'] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

/** What an agent can be called for. */
export const ROLES = ['tester', 'implementer', 'reviewer', 'lead', 'researcher', 'security', 'resolver'] as const;
export type Role = (typeof ROLES)[number];

export interface AgentChoice {
  /** As the config calls it. */
  readonly name: string;
  readonly kind: AgentKind;
  /** An executable and its arguments, never a shell line; empty where the preset's own program is meant. */
  readonly command: readonly string[];
  readonly model?: string;
  readonly effort?: string;
  /** Rounds with its model in one call. */
  readonly maxTurns?: number;
  /** For one call. */
  readonly budgetUsd?: number;
  /** What its tokens cost; undefined where it tells money itself, or nothing can be counted. */
  readonly price?: Price;
  /** For one call; the segment's own limit holds besides. */
  readonly timeoutMinutes?: number;
  /** Names of variables that its process alone may inherit: its key, mostly. */
  readonly environment: readonly string[];
}

/** US dollars for a million tokens. */
export interface Price {
  readonly inputUsd: number;
  readonly outputUsd: number;
  /** Of the input, what the provider had in its cache. */
  readonly cachedUsd: number;
}

/** What the config's `agent: {command: …}` is called. */
export const UNNAMED_AGENT = 'command';

/**
 * Who does something: the one the segment names, else the role's, else the repository's. A segment names who works on
 * it, not who judges the work, so its choice does not count for reviewers, leads and resolvers.
 *
 * @returns undefined where nobody is named, or a name that the config does not have.
 */
export function agentFor(config: Config, role: Role, ofSegment?: string): AgentChoice | undefined {
  const works = role === 'tester' || role === 'implementer' || role === 'researcher' || role === 'security';
  const name = (works ? ofSegment : undefined) ?? config.roles[role] ?? config.agent;
  return name !== undefined && Object.hasOwn(config.agents, name) ? config.agents[name] : undefined;
}

export interface AllowedSecret {
  /** Glob of the files it may stand in. */
  readonly path: string;
  /** Of the value, hex; the refusal names it. */
  readonly sha256: string;
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
export const STATE_LABELS = ['queued', 'running', 'review', 'needs-input', 'blocked', 'done', 'paused'] as const;
export type StateLabel = (typeof STATE_LABELS)[number];

export const labelName = (config: Config, key: LabelKey): string => config.labels[key] ?? DEFAULT_LABELS[key];

/** The config's file: the first is the usual one, and both together are a mistake. */
export const CONFIG_FILES = ['.github/swarm.yml', '.github/swarm.yaml'] as const;

const NEVER_HANDED_ON =
  /^(?:ACTIONS_.*|INPUT_.*|RUNNER_.*|GIT_.*|LD_.*|DYLD_.*|NPM_CONFIG_.*|GITHUB_(?:TOKEN|ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)|GH_TOKEN|GH_ENTERPRISE_TOKEN|NODE_OPTIONS|BASH_ENV|ENV|PYTHONSTARTUP)$/i;

/**
 * Whether a variable never reaches an agent or a gate, whatever the config says: the runner's own channels, GitHub's
 * tokens, and variables that make a program load code (threats §6.3). The config refuses these names, and the sandbox
 * drops them even if one gets that far.
 */
export const isNeverHandedOn = (variable: string): boolean => NEVER_HANDED_ON.test(variable);
