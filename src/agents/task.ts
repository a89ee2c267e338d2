/** What an agent is called with, what is seen of it, and how it ends: the words that all of them share. */
import type { AgentChoice, Role } from '#core/model/config';
import type { Problem } from '#core/model/problem';
import type { AgentSays } from '#core/model/report';

export interface AgentTask {
  /** Who, as the config says: see `agentFor`. */
  readonly agent: AgentChoice;
  readonly role: Role;
  /** `read`: whoever only judges is kept from writing, as far as the agent has a mode for it. */
  readonly access: 'write' | 'read';
  /** The whole of what it is told. */
  readonly brief: string;
  /** The working tree. */
  readonly directory: string;
  /** For the brief, the report, transcripts and temporary files; outside of the tree. Its files stay for the caller to remove. */
  readonly scratch: string;
  readonly epic: number;
  readonly segment: number;
  readonly attempt: string;
  readonly try: number;
  /** These stand above the agent's own in the config. */
  readonly model?: string;
  readonly effort?: string;
  readonly maxTurns?: number;
  /** What may still be spent; the smaller of this and the agent's own holds. */
  readonly budgetUsd?: number;
  /** Names of variables that gates see too: handed to an agent of kind `command` besides its own. */
  readonly environment: readonly string[];
  readonly timeoutMs: number;
  /** How long it may be silent before it counts as hanging. */
  readonly idleMs?: number;
  /** Times the limits. Default: this machine's timers. */
  readonly after?: After;
  /** From SIGTERM to SIGKILL. */
  readonly graceMs?: number;
  /** A conversation to go on with: `session` of an earlier end of the same agent. One that cannot starts anew. */
  readonly resume?: string;
  /** The form its final answer is to have. Agents that cannot be held to it are asked by the brief alone; check the result. */
  readonly answer?: AnswerForm;
  /** Each line worth showing of what it prints or does; untrusted. */
  readonly onLine: (line: string) => void;
  readonly onEvent?: (event: AgentEvent) => void;
  /** Ends it as a time limit would; the problem is `AGENT_STOPPED`. */
  readonly signal?: AbortSignal;
}

/** Calls `act` once, `ms` from now. @returns a function that cancels it. */
export type After = (ms: number, act: () => void) => () => void;

export interface AnswerForm {
  readonly name: string;
  /** A JSON Schema; objects closed and every key required, which is what the strictest provider takes. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** What is seen of an agent while it works; texts are untrusted. */
export type AgentEvent =
  | { readonly kind: 'session'; readonly id: string }
  | { readonly kind: 'says'; readonly text: string }
  /** `what`: the file or the command, in short. */
  | { readonly kind: 'does'; readonly tool: string; readonly what: string }
  | { readonly kind: 'spends'; readonly costUsd?: number; readonly tokens?: number; readonly turns?: number };

export interface AgentEnd {
  /** Why it did not stop by itself; undefined where it did, which is not success. */
  readonly problem?: Problem;
  /** From its report file, or from the JSON block that ends its last words. */
  readonly says: AgentSays;
  /** Its last words. */
  readonly text: string;
  /** Its answer, where a form was asked for; JSON, not checked against it. */
  readonly structured?: unknown;
  /** What it cannot go on without, or would rather be told. */
  readonly question?: AgentQuestion;
  /** Costs by its own account, of this call alone; undefined where it tells none: unknown, not nothing. */
  readonly costUsd?: number;
  readonly tokens?: number;
  readonly usage?: AgentUsage;
  readonly turns?: number;
  /** Names the conversation, where it can be gone on with. */
  readonly session?: string;
  /** What it was not allowed to do, one line each. */
  readonly denied?: readonly string[];
  readonly durationMs: number;
  /** What of its words could not be used. */
  readonly warnings: readonly string[];
  /** File with everything it printed, raw; empty where there is none. */
  readonly transcript: string;
}

export interface AgentUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of the input, what was read from the provider's cache. */
  readonly cachedTokens: number;
}

export interface AgentQuestion {
  readonly id?: string;
  readonly text: string;
  readonly options: readonly string[];
  readonly context?: string;
  /** Whether it stopped for it; otherwise it went on by its best judgement. */
  readonly blocking: boolean;
}
