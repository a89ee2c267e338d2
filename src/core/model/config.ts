/**
 * The settings of a repository's `.github/swarm.yml`, with defaults. `config/schema.ts` explains each key to people; this is
 * the value that `decide` gets.
 */
import type { BuiltInGate, Worker } from './epic.ts';
import type { InstructionFolders } from './instructions.ts';

/** How pull requests are merged. The first one that the repository allows is taken if the config names none. */
export const METHODS = ['squash', 'merge', 'rebase'] as const;
export type MergeMethod = (typeof METHODS)[number];

export interface Config {
  readonly mode: 'agentic' | 'collaborative';
  readonly schedule: 'waves' | 'eager';
  readonly maxParallel: number | 'auto';
  /** While this many pull requests wait for people, no segment starts that may open another one. */
  readonly maxInReview: number;
  readonly workers: Readonly<Record<Worker, number>>;
  /** The agents of the workers that have some of their own. */
  readonly byWorker: Readonly<Partial<Record<Worker, WorkerAgents>>>;
  /** The branch that segments start from and merge into; undefined is the default branch. */
  readonly base?: string;
  /** A template with `{type}`, `{slug}`, `{number}` and `{epic}`. */
  readonly branch: string;
  readonly merge: 'automatic' | 'manual';
  readonly mergeMethod?: MergeMethod;
  /** How many people must approve a pull request; with 0, green ones merge automatically. */
  readonly approvals: number;
  readonly acceptance: 'person' | 'automatic';
  readonly adopt: 'ask' | 'automatic';
  /** How often one segment may be dispatched when runs die or fail, the first time included. */
  readonly attempts: number;
  /** How often one segment may be rejected and reworked. */
  readonly reworks: number;
  /** How often the gates may run within one run. */
  readonly tries: number;
  readonly calibrationRounds: number;
  /** `on`: all gates run on the base before the first agent. */
  readonly baseline: 'on' | 'off';
  /** A tester writes failing tests before the implementer starts; `auto`: if the agent is more than a plain command. */
  readonly tdd: 'auto' | 'on' | 'off';
  /** How long a run that stopped to ask waits for a person. Then it continues with its best judgement, if it may. */
  readonly questions: { readonly timeoutMinutes: number; readonly unanswered: 'go on' | 'wait' };
  /** How long after its mention a person is reminded of what only they can do. Undefined: never. */
  readonly remindMinutes?: number;
  /** The independent review inside a run; `auto`: if an agent can act as a reviewer. */
  readonly council: 'auto' | 'on' | 'off';
  /** The walls around agents and gates; `auto`: the strongest that the machine has, and without any the run is refused. */
  readonly isolation: 'auto' | Isolation;
  /** What agents and gates can reach: everything, or their own endpoints, registries, and these hosts (`readPlace`). */
  readonly network: 'open' | readonly string[];
  /** The repository's own settings of agents (hooks, servers of tools): hidden from them, or obeyed. */
  readonly agentSettings: 'hidden' | 'repository';
  /** Folders with personas and skills, in addition to the usual ones. */
  readonly instructions: InstructionFolders;
  /** How long the agent of one segment may take. */
  readonly timeoutMinutes: number;
  readonly budgetUsd?: { readonly segment?: number; readonly epic?: number };
  /** The name of the agent that works unless a segment or a role names another. */
  readonly agent?: string;
  /** Agents by name: the presets with the repository's changes, and the agents that it adds. */
  readonly agents: Readonly<Record<string, AgentChoice>>;
  /** Names of agents by role. */
  readonly roles: Readonly<Partial<Record<Role, string>>>;
  /** The agents and models that try next when the work of the usual agent failed, in this order. */
  readonly escalate: readonly AgentPick[];
  /** The agents that stand in for limited ones; the first that is free is taken. Each names an agent. */
  readonly fallback: readonly AgentPick[];
  readonly gates: Readonly<Record<string, GateChoice>>;
  /** Variables that gates and command agents may inherit, in addition to the built-in list. */
  readonly environment: readonly string[];
  /** Globs that no segment may change, in addition to the built-in ones. */
  readonly protect: readonly string[];
  /** Globs of protected files that segments of this repository may change. */
  readonly unprotect: readonly string[];
  /** Values that the secret scan would report although they are not secrets. */
  readonly allowedSecrets: readonly AllowedSecret[];
  readonly allowedBots: readonly string[];
  /** Our label's name → the repository's name for it. */
  readonly labels: Readonly<Record<string, string>>;
  readonly limits: { readonly segments: number; readonly waves: number; readonly dispatches: number };
}

/** Kinds of walls around a program, from the strongest to the weakest. `sandbox/isolation.ts` says what each guarantees. */
export const ISOLATIONS = ['bubblewrap', 'bubblewrap-sudo', 'none'] as const;
export type Isolation = (typeof ISOLATIONS)[number];

/** Agents that Swarm can start, limit and read without an entry in the config. */
export const PRESETS = ['claude', 'codex', 'copilot', 'gemini', 'opencode'] as const;
export type Preset = (typeof PRESETS)[number];

/** The variables with the keys of each preset, in the order in which it looks for them. */
export const PRESET_KEYS: Readonly<Record<Preset, readonly string[]>> = {
  claude: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'CLAUDE_CODE_OAUTH_TOKEN'],
  codex: ['CODEX_API_KEY', 'OPENAI_API_KEY', 'CODEX_ACCESS_TOKEN'],
  copilot: ['COPILOT_GITHUB_TOKEN', 'COPILOT_PROVIDER_API_KEY', 'COPILOT_PROVIDER_BEARER_TOKEN'],
  gemini: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  opencode: ['OPENCODE_API_KEY', 'OPENROUTER_API_KEY'],
};

/**
 * opencode works with every provider. It gets the key of the one that its model names, `anthropic/claude-sonnet`, and no other:
 * that may be the key of its judge.
 */
const PROVIDER_KEYS: Readonly<Record<string, string>> = {
  anthropic: 'ANTHROPIC_API_KEY',
  openai: 'OPENAI_API_KEY',
  google: 'GEMINI_API_KEY',
};

/** The ways to run an agent: as a preset, by the Agent Client Protocol, or by the contract for any program. */
export const AGENT_KINDS = [...PRESETS, 'acp', 'command'] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

/** The tasks that an agent can be called for. */
export const ROLES = ['tester', 'implementer', 'reviewer', 'lead', 'researcher', 'security', 'resolver'] as const;
export type Role = (typeof ROLES)[number];

export interface AgentChoice {
  /** Its name in the config. */
  readonly name: string;
  readonly kind: AgentKind;
  /** An executable and its arguments, never a shell line; empty for the program of the preset. */
  readonly command: readonly string[];
  readonly model?: string;
  readonly effort?: string;
  /** How many turns with its model one call may take. */
  readonly maxTurns?: number;
  /** The limit of one call. */
  readonly budgetUsd?: number;
  /** The price of its tokens; undefined if it reports its cost itself, or its cost is unknown. */
  readonly price?: Price;
  /** The limit of one call, in addition to the limit of the segment. */
  readonly timeoutMinutes?: number;
  /** Its own keys: the variable that it reads → the variable of the job with the value. They replace those of its preset. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Variables that only its process may inherit: usually its key. */
  readonly environment: readonly string[];
}

/** In US dollars for a million tokens. */
export interface Price {
  readonly inputUsd: number;
  readonly outputUsd: number;
  /** Input tokens that the provider had in its cache. */
  readonly cachedUsd: number;
}

/** The name of the agent in `agent: {command: …}`. */
export const UNNAMED_AGENT = 'command';

/** An agent of the config, a model, or both. A model alone is one of the agent that does the work anyway. */
export interface AgentPick {
  readonly agent?: string;
  readonly model?: string;
}

/** The agents of one worker, where they are not those of the repository. */
export interface WorkerAgents extends AgentPick {
  readonly roles?: Readonly<Partial<Record<Role, string>>>;
  readonly escalate?: readonly AgentPick[];
}

/** What a segment and its attempt say about the agents that work on it. */
export interface AgentWish extends AgentPick {
  readonly worker?: Worker;
  /** The pick of the attempt, which counts before that of the segment. */
  readonly by?: AgentPick | undefined;
  /** The agents that stand in for others in this attempt. */
  readonly instead?: StandIns | undefined;
}

/** By the name of a limited agent: the one that does its work in every role. */
export type StandIns = Readonly<Record<string, AgentPick>>;

/** The role that does the work of a segment. */
export const mainRole = (worker: Worker | undefined): 'implementer' | 'researcher' | 'security' =>
  worker === 'research' ? 'researcher' : worker === 'security' ? 'security' : 'implementer';

/**
 * The agent for a role: the one that the attempt picked, else the one that the segment names, else the one of its worker,
 * else the one of the role, else the one of the repository. Segments and attempts name the agent that works, not the ones that judge the work, so their
 * choice does not count for reviewers, leads and resolvers. A tester that is another agent than the implementer stays when an
 * attempt picks another implementer. In any role, another agent may stand in for a limited one.
 *
 * @returns undefined if no agent is named, or the name is not in the config.
 */
export function agentFor(config: Config, role: Role, wish: AgentWish = {}): AgentChoice | undefined {
  const agent = pickedAgent(config, role, wish);
  const other = agent && wish.instead && Object.hasOwn(wish.instead, agent.name) ? wish.instead[agent.name] : undefined;
  const standIn = agentNamed(config, other?.agent);
  if (!standIn) return agent;
  return other?.model === undefined ? standIn : { ...standIn, model: other.model };
}

function pickedAgent(config: Config, role: Role, wish: AgentWish): AgentChoice | undefined {
  const usual = usualAgent(config, role, wish);
  const picked = wish.by?.agent;
  if (picked === undefined || !isWorking(role)) return usual;
  const main = mainRole(wish.worker);
  if (role !== main && usual?.name !== usualAgent(config, main, wish)?.name) return usual;
  return agentNamed(config, picked) ?? usual;
}

function usualAgent(config: Config, role: Role, { agent, worker }: AgentWish): AgentChoice | undefined {
  const own = worker === undefined ? undefined : config.byWorker[worker];
  // The agent of a worker does its work. It writes the tests first only if no other is named for that.
  const name =
    (isWorking(role) ? agent : undefined) ??
    own?.roles?.[role] ??
    (role === mainRole(worker) ? own?.agent : undefined) ??
    config.roles[role] ??
    (isWorking(role) ? own?.agent : undefined) ??
    config.agent;
  return agentNamed(config, name);
}

/** Answers whether the config names an agent for this role, and not only one for everything. */
export const isRoleNamed = ({ roles, byWorker }: Config, role: Role, worker: Worker): boolean =>
  (byWorker[worker]?.roles?.[role] ?? roles[role]) !== undefined;

/** The agents and models that try next when the work of a segment with this worker failed. */
export const escalateOf = ({ escalate, byWorker }: Config, worker: Worker): readonly AgentPick[] =>
  byWorker[worker]?.escalate ?? escalate;

const isWorking = (role: Role): boolean =>
  role === 'tester' || role === 'implementer' || role === 'researcher' || role === 'security';

const agentNamed = ({ agents }: Config, name: string | undefined): AgentChoice | undefined =>
  name !== undefined && Object.hasOwn(agents, name) ? agents[name] : undefined;

/**
 * The model that an attempt, its segment or its worker names for an agent; undefined if they leave it to the agent's own
 * settings. The model of a pick or a worker is for its own agent alone, and the segment's model not for one that stands in:
 * another agent may not know that model.
 */
export function modelFor(config: Config, { name }: Pick<AgentChoice, 'name'>, wish: AgentWish): string | undefined {
  const { worker, model, by, instead } = wish;
  if (by !== undefined && (by.agent === undefined || by.agent === name)) return by.model;
  if (Object.values(instead ?? {}).some(({ agent }) => agent === name)) return undefined;
  if (model !== undefined || worker === undefined) return model;
  const isOwn = usualAgent(config, mainRole(worker), { worker })?.name === name;
  return isOwn ? config.byWorker[worker]?.model : undefined;
}

/** Names of the job's variables with an agent's keys. Their values are never shown, and no other agent gets them. */
export function keysOf({
  kind,
  model = '',
  keys,
  environment,
}: Pick<AgentChoice, 'kind' | 'model' | 'keys' | 'environment'>): readonly string[] {
  if (keys) return [...Object.values(keys), ...environment];
  const provider = kind === 'opencode' ? PROVIDER_KEYS[model.split('/')[0] ?? ''] : undefined;
  return [
    ...(kind === 'acp' || kind === 'command' ? [] : PRESET_KEYS[kind]),
    ...(provider === undefined ? [] : [provider]),
    ...environment,
  ];
}

/**
 * Names of the variables that the agents of one attempt may need: those that work on the segment, and those that judge it.
 *
 * @param wish of the segment and of the attempt.
 */
export function keysFor(config: Config, wish: AgentWish = {}): readonly string[] {
  const agents = ROLES.flatMap((role) => agentFor(config, role, wish) ?? []);
  const keys = agents.flatMap((agent) => {
    const model = modelFor(config, agent, wish);
    return [...keysOf(agent), ...(model === undefined ? [] : keysOf({ ...agent, model }))];
  });
  return [...new Set([...keys, ...config.environment])].sort();
}

export interface AllowedSecret {
  /** A glob of the files that may contain it. */
  readonly path: string;
  /** Of the value, in hex. The refusal shows it. */
  readonly sha256: string;
}

export type GateName = BuiltInGate | (string & {});

export interface GateChoice {
  /** argv; undefined: found from the repository's files. */
  readonly run?: readonly string[];
  readonly off?: boolean;
  readonly timeoutMinutes?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Names of variables of the job that only this gate gets. */
  readonly variables?: readonly string[];
  readonly directory?: string;
  /** Only for the gate `mutation`: the largest share of mutants that may survive, in percent. */
  readonly survivors?: number;
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

/** GitHub keeps one spelling of a label, the first, and takes every other case of its letters for the same label. */
export const isLabel = (name: string, config: Config, key: LabelKey): boolean =>
  name.toLowerCase() === labelName(config, key).toLowerCase();

/** The names of the config file, the usual one first. A repository with both has made a mistake. */
export const CONFIG_FILES = ['.github/swarm.yml', '.github/swarm.yaml'] as const;
