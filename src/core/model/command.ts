/**
 * Commands that people can give in a comment, and the permission that each one needs (SPEC R3.4, R3.5).
 *
 * `core/text/command.ts` reads them from comments.
 */
import type { IssueNumber } from './epic.ts';

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'plan' }
  | {
      readonly kind: 'execute';
      readonly wave?: number;
      readonly agents?: number;
      readonly sequential?: boolean;
      readonly dryRun?: boolean;
    }
  | { readonly kind: 'status' }
  | { readonly kind: 'run'; readonly segment: IssueNumber }
  | { readonly kind: 'approve'; readonly wave?: number; readonly head?: string }
  | { readonly kind: 'reject'; readonly reason: string }
  | { readonly kind: 'answer'; readonly id: string; readonly text: string }
  | { readonly kind: 'retry'; readonly segment?: IssueNumber }
  | { readonly kind: 'skip'; readonly segment: IssueNumber; readonly reason: string }
  | { readonly kind: 'pause' }
  /** `budgetUsd`: what the epic may cost in all from now on. */
  | { readonly kind: 'resume'; readonly budgetUsd?: number }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'accept' }
  | { readonly kind: 'needs-work'; readonly what: string }
  /** Without `confirmed`, it only shows what it would do. */
  | { readonly kind: 'import'; readonly confirmed?: true };

export type CommandKind = Command['kind'];

/** The arguments that a command would have taken. */
export type CommandArguments =
  | 'nothing'
  /** `approve!` is not the command. */
  | 'space or nothing'
  /** It begins a later line. */
  | 'first line'
  | 'reason'
  | 'shorter reason'
  | 'issue'
  | 'issue or nothing'
  | 'issue and reason'
  | 'question and answer'
  | 'execute options'
  | 'wave or nothing'
  | 'yes or nothing'
  | 'budget or nothing'
  | 'commit or nothing';

/** Characters that a reason or an answer may have. */
export const MAX_REASON_CHARS = 4_000;

/** The command that a comment asks for, if any. Text that only resembles a command is `unknown` or `malformed`. */
export type Asked =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'unknown'; readonly text: string; readonly nearest?: string }
  | { readonly kind: 'malformed'; readonly command: CommandKind; readonly expected: CommandArguments };

/** The permission that each command needs. `core/decide` enforces it; help and docs show it. */
export const COMMANDS: Readonly<Record<CommandKind, { readonly needs: 'write' | 'triage' }>> = {
  help: { needs: 'triage' },
  plan: { needs: 'triage' },
  execute: { needs: 'write' },
  status: { needs: 'triage' },
  run: { needs: 'write' },
  approve: { needs: 'write' },
  reject: { needs: 'write' },
  answer: { needs: 'write' },
  retry: { needs: 'write' },
  skip: { needs: 'write' },
  pause: { needs: 'write' },
  resume: { needs: 'write' },
  cancel: { needs: 'write' },
  accept: { needs: 'write' },
  'needs-work': { needs: 'write' },
  import: { needs: 'write' },
};
