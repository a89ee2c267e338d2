/** An agent's task, the events while it works, and its end: the same for every agent. */
import type { AgentChoice, Role } from '#core/model/config';
import type { WorkProblem } from '#core/model/problem';
import type { AgentSays } from '#core/model/report';
import type { Sandbox } from '#sandbox/sandbox';

export interface AgentTask {
  /** From the config: see `agentFor`. */
  readonly agent: AgentChoice;
  readonly role: Role;
  /** `read` is for agents that only judge. They are kept from writing if the agent has a mode for that. */
  readonly access: 'write' | 'read';
  /** Its only input. */
  readonly brief: string;
  readonly sandbox: Sandbox;
  /** The working tree. */
  readonly directory: string;
  /** Paths outside of the working tree that it needs, such as git's objects. */
  readonly reads: readonly string[];
  /** The repository's own settings of agents, which are empty for it. Undefined if it may obey them. */
  readonly hides?: readonly string[];
  /** Its home. By default each start has a new one, and one that continues a conversation needs the one before. */
  readonly home?: string;
  /** For the brief, the report, transcripts and temporary files. It is outside the tree, and the caller removes it. */
  readonly scratch: string;
  readonly epic: number;
  readonly segment: number;
  readonly attempt: string;
  readonly try: number;
  /** This and the next two override the agent's own settings in the config. */
  readonly model?: string;
  readonly effort?: string;
  readonly maxTurns?: number;
  /** The rest of the segment's budget. The agent's own budget applies if it is smaller. */
  readonly budgetUsd?: number;
  /** Names of the variables that gates get. An agent of kind `command` gets them in addition to its own. */
  readonly environment: readonly string[];
  readonly timeoutMs: number;
  /** An agent that is silent for longer counts as hanging. */
  readonly idleMs?: number;
  /** Times the limits. Default: this machine's timers. */
  readonly after?: After;
  /** From SIGTERM to SIGKILL. */
  readonly graceMs?: number;
  /** The conversation to continue: `session` of an earlier end of the same agent. If it cannot, it starts a new one. */
  readonly resume?: string;
  /** The form of its final answer. Some agents know it only from the brief, so the answer has to be checked. */
  readonly answer?: AnswerForm;
  /** Gets each line about what it says or does; untrusted. */
  readonly onLine: (line: string) => void;
  readonly onEvent?: (event: AgentEvent) => void;
  /** Stops it like a time limit; the problem is `AGENT_STOPPED`. */
  readonly signal?: AbortSignal;
}

/** Calls `act` once, `ms` from now. @returns a function that cancels it. */
export type After = (ms: number, act: () => void) => () => void;

export interface AnswerForm {
  readonly name: string;
  /** A JSON Schema with closed objects and every key required, as the strictest provider demands. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** A sign of life from an agent; texts are untrusted. */
export type AgentEvent =
  | { readonly kind: 'session'; readonly id: string }
  | { readonly kind: 'says'; readonly text: string }
  /** `what` is the file or the command, shortened. */
  | { readonly kind: 'does'; readonly tool: string; readonly what: string }
  | { readonly kind: 'spends'; readonly costUsd?: number; readonly tokens?: number; readonly turns?: number };

export interface AgentEnd {
  /** The reason if it failed or was stopped. Undefined means that it finished, which is not success. */
  readonly problem?: WorkProblem;
  /** From its report file, or from the JSON block that ends its last words. */
  readonly says: AgentSays;
  /** Its last words. */
  readonly text: string;
  /** Its answer if a form was asked for: JSON, not checked against the form. */
  readonly structured?: unknown;
  /** A question that it stopped for, or that it answered for itself. */
  readonly question?: AgentQuestion;
  /** The cost of this invocation, by the agent's own account or the config's price. Undefined means unknown, not free. */
  readonly costUsd?: number;
  readonly tokens?: number;
  readonly usage?: AgentUsage;
  readonly turns?: number;
  /** Names the conversation, if it can be continued. */
  readonly session?: string;
  /** The acts that it was not allowed, one line each. */
  readonly denied?: readonly string[];
  readonly durationMs: number;
  /** The parts of its output that could not be used. */
  readonly warnings: readonly string[];
  /** The file with everything it printed, unredacted; empty if there is none. */
  readonly transcript: string;
}

export interface AgentUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** The part of the input that came from the provider's cache. */
  readonly cachedTokens: number;
}

export interface AgentQuestion {
  readonly id?: string;
  readonly text: string;
  readonly options: readonly string[];
  readonly context?: string;
  /** True if it stopped for this question; otherwise it continued on an assumption. */
  readonly blocking: boolean;
}
