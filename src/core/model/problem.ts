/**
 * The closed list of what can go wrong and a person must know. Facts only: the sentences are `words/problems.ts`,
 * an exhaustive switch, so that a new problem does not compile until it has words and a page.
 *
 * `at` says where: an issue (and its line), the config (line and column), or a pull request.
 */
import type { CommandArguments, CommandKind } from './command.ts';
import type { HeadSha, Instant, IssueNumber, IssueRef, PullNumber } from './epic.ts';
import type {
  BranchFault,
  Countable,
  FrontMatterFault,
  GlobFault,
  ScopeFault,
  SpecExpected,
} from './problem/faults.ts';

export interface Place {
  readonly issue?: IssueNumber;
  readonly pull?: PullNumber;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  readonly column?: number;
}

export type Problem =
  // The graph
  | { readonly kind: 'EPIC_CYCLE'; readonly path: readonly IssueNumber[]; readonly links: readonly Link[] }
  | { readonly kind: 'SELF_DEPENDENCY'; readonly at: Place; readonly link: Link }
  | { readonly kind: 'UNKNOWN_ISSUE'; readonly at: Place; readonly ref: IssueRef }
  | { readonly kind: 'NOT_AN_ISSUE'; readonly at: Place; readonly ref: IssueRef }
  | { readonly kind: 'BLOCKER_HIDDEN'; readonly at: Place; readonly count: number }
  | { readonly kind: 'BLOCKER_NOT_PLANNED'; readonly at: Place; readonly ref: IssueRef }
  | { readonly kind: 'NO_SEGMENTS'; readonly at: Place }
  | { readonly kind: 'BRANCH_TAKEN'; readonly branch: string; readonly segments: readonly IssueNumber[] }
  | { readonly kind: 'BRANCH_NAME'; readonly at: Place; readonly branch: string; readonly why: BranchFault }
  | {
      readonly kind: 'LIMIT_EXCEEDED';
      readonly at: Place;
      readonly what: Countable;
      readonly found: number;
      readonly limit: number;
      readonly configKey?: string;
    }
  // An issue's text
  | { readonly kind: 'EMPTY_TASK'; readonly at: Place }
  | { readonly kind: 'FRONT_MATTER'; readonly at: Place; readonly why: FrontMatterFault }
  | {
      readonly kind: 'SPEC_VALUE';
      readonly at: Place;
      readonly key: string;
      readonly value: string;
      readonly expected: SpecExpected;
      readonly nearest?: string;
    }
  | {
      readonly kind: 'SPEC_KEY';
      readonly at: Place;
      readonly key: string;
      readonly known: readonly string[];
      readonly nearest?: string;
    }
  | { readonly kind: 'BAD_GLOB'; readonly at: Place; readonly glob: string; readonly why: GlobFault | ScopeFault }
  | { readonly kind: 'SCOPE_UNKNOWN'; readonly at: Place }
  | { readonly kind: 'SCOPE_EVERYTHING'; readonly at: Place }
  | { readonly kind: 'HIDDEN_TEXT'; readonly at: Place; readonly count: number }
  | {
      readonly kind: 'PERSONA_NOT_FOUND';
      readonly at: Place;
      readonly name: string;
      readonly known: readonly string[];
      readonly nearest?: string;
    }
  | {
      readonly kind: 'SKILL_NOT_FOUND';
      readonly at: Place;
      readonly name: string;
      readonly known: readonly string[];
      readonly nearest?: string;
    }
  // The config
  | { readonly kind: 'CONFIG_YAML'; readonly at: Place; readonly message: string }
  | { readonly kind: 'CONFIG_SIZE'; readonly at: Place; readonly bytes: number; readonly limit: number }
  | {
      readonly kind: 'CONFIG_VALUE';
      readonly at: Place;
      readonly key: string;
      readonly value: string;
      readonly expected: string;
      readonly nearest?: string;
    }
  | {
      readonly kind: 'CONFIG_KEY';
      readonly at: Place;
      readonly key: string;
      readonly known: readonly string[];
      readonly nearest?: string;
    }
  | { readonly kind: 'CONFIG_AMBIGUOUS'; readonly files: readonly string[] }
  // Consent
  | { readonly kind: 'SEGMENT_CHANGED'; readonly at: Place }
  | { readonly kind: 'SEGMENT_NEW'; readonly at: Place }
  | { readonly kind: 'EDGES_CHANGED'; readonly at: Place }
  | { readonly kind: 'EPIC_CHANGED'; readonly at: Place }
  | { readonly kind: 'UNTRUSTED_AUTHOR'; readonly at: Place; readonly login: string }
  | {
      readonly kind: 'FORBIDDEN';
      readonly at: Place;
      readonly login: string;
      readonly permission: string;
      readonly needs: 'write' | 'triage';
    }
  | { readonly kind: 'UNKNOWN_COMMAND'; readonly at: Place; readonly text: string; readonly nearest?: string }
  | {
      readonly kind: 'BAD_ARGUMENT';
      readonly at: Place;
      readonly command: CommandKind;
      readonly expected: CommandArguments;
    }
  | { readonly kind: 'UNKNOWN_SEGMENT'; readonly at: Place; readonly number: number }
  | { readonly kind: 'NOT_NOW'; readonly at: Place; readonly command: CommandKind; readonly why: NotNow }
  | { readonly kind: 'HEAD_MOVED'; readonly at: Place; readonly said?: string; readonly head: HeadSha }
  | { readonly kind: 'SELF_APPROVAL'; readonly at: Place; readonly login: string }
  // Before anything starts
  | { readonly kind: 'DISABLED' }
  | { readonly kind: 'WORKFLOW_MISSING'; readonly file: string }
  | { readonly kind: 'AGENT_NOT_SET' }
  | { readonly kind: 'PERMISSION_MISSING'; readonly permission: string; readonly lost: 'kill switch' }
  | { readonly kind: 'BASE_RED'; readonly branch: string; readonly checks: readonly string[] }
  | { readonly kind: 'BASE_MISSING'; readonly branch: string }
  // A segment's run
  | { readonly kind: 'DISPATCH_FAILED'; readonly message: string; readonly status?: number }
  | { readonly kind: 'AGENT_NOT_FOUND'; readonly command: string }
  | { readonly kind: 'AGENT_CRASHED'; readonly command: string; readonly exit: string; readonly output: string }
  | { readonly kind: 'AGENT_TIMED_OUT'; readonly minutes: number }
  | { readonly kind: 'AGENT_SILENT'; readonly agent: string; readonly minutes: number }
  | { readonly kind: 'AGENT_STOPPED'; readonly agent: string }
  | {
      readonly kind: 'AGENT_NO_CREDENTIALS';
      readonly agent: string;
      /** Names of variables that can hold its key. */
      readonly keys: readonly string[];
      readonly message: string;
    }
  | { readonly kind: 'AGENT_NO_CREDIT'; readonly agent: string; readonly message: string }
  | { readonly kind: 'AGENT_MODEL_REFUSED'; readonly agent: string; readonly model?: string; readonly message: string }
  | { readonly kind: 'AGENT_CONTEXT'; readonly agent: string; readonly message: string }
  | { readonly kind: 'AGENT_DECLINED'; readonly agent: string; readonly message: string }
  | { readonly kind: 'AGENT_TURNS'; readonly agent: string; readonly turns: number }
  | { readonly kind: 'AGENT_UNREADABLE'; readonly agent: string; readonly output: string }
  /** `waitMs`: how long its provider asks to wait, counted from the end of the run. */
  | { readonly kind: 'AGENT_LATER'; readonly message: string; readonly waitMs?: number }
  | { readonly kind: 'NO_CHANGE' }
  | {
      readonly kind: 'INSTRUCTIONS_UNREADABLE';
      readonly what: 'persona' | 'skill';
      readonly name: string;
      readonly file: string;
      readonly why: string;
    }
  | { readonly kind: 'TESTS_NOT_RED'; readonly command: string; readonly why: string; readonly output: string }
  | {
      readonly kind: 'QUESTION_ASKED';
      readonly id: string;
      readonly question: string;
      readonly options: readonly string[];
      readonly context?: string;
      /** When it goes on without an answer; undefined: it waits. */
      readonly until?: Instant;
    }
  | { readonly kind: 'TEST_CHANGED'; readonly files: readonly string[] }
  | { readonly kind: 'COUNCIL_REJECTED'; readonly findings: readonly string[]; readonly rounds: number }
  | { readonly kind: 'WORKTREE_BROKEN'; readonly message: string }
  | {
      readonly kind: 'GATES_FAILED';
      readonly gates: readonly { readonly gate: string; readonly output: string }[];
      readonly tries: number;
    }
  | { readonly kind: 'GATE_MISSING'; readonly gate: string; readonly command: string }
  | { readonly kind: 'GATE_DIRTY'; readonly gate: string; readonly files: readonly string[] }
  | { readonly kind: 'NO_TESTS'; readonly command: string }
  | { readonly kind: 'VERIFY_FAILED'; readonly gates: readonly { readonly gate: string; readonly output: string }[] }
  | { readonly kind: 'OUT_OF_SCOPE'; readonly files: readonly string[]; readonly scope: readonly string[] }
  | { readonly kind: 'PROTECTED_PATH'; readonly files: readonly string[] }
  | { readonly kind: 'BAD_PATH'; readonly file: string; readonly why: string }
  | { readonly kind: 'PATH_COLLISION'; readonly file: string; readonly with: string }
  | { readonly kind: 'FILE_MODE'; readonly file: string; readonly mode: string }
  | { readonly kind: 'BINARY_FILE'; readonly file: string }
  | { readonly kind: 'PATCH_LIMIT'; readonly what: PatchCountable; readonly found: number; readonly limit: number }
  | { readonly kind: 'PATCH_TAMPERED'; readonly said: string; readonly found: string }
  | { readonly kind: 'PATCH_CONFLICT'; readonly message: string }
  | { readonly kind: 'LFS_POINTER'; readonly file: string }
  | {
      readonly kind: 'SECRET_IN_PATCH';
      readonly file: string;
      readonly line?: number;
      readonly rule: string;
      /** Of the value, hex: what `secrets.allow` in the config takes, where it may be allowed at all. */
      readonly sha256?: string;
    }
  | { readonly kind: 'PUSH_REFUSED'; readonly branch: string; readonly message: string }
  | { readonly kind: 'PULL_REFUSED'; readonly branch: string; readonly message: string }
  | { readonly kind: 'RUN_CUT_SHORT' }
  | { readonly kind: 'RUN_LOST'; readonly conclusion: string; readonly attempts: number }
  | {
      readonly kind: 'BUDGET_SPENT';
      readonly spentUsd: number;
      readonly budgetUsd: number;
      /** `agent`: the limit that the config sets for one call of it. */
      readonly of: 'segment' | 'epic' | 'agent';
    }
  /** A budget that cannot be counted against: `agent` tells no money, and there is no price for its tokens. */
  | {
      readonly kind: 'BUDGET_UNBOUND';
      readonly at: Place;
      readonly agent: string;
      readonly budgetUsd: number;
      /** What binds it instead. */
      readonly minutes: number;
      readonly turns?: number;
    }
  | { readonly kind: 'REWORK_LIMIT'; readonly rounds: number; readonly last: string }
  // Merging and the wave's end
  | { readonly kind: 'MERGE_REFUSED'; readonly at: Place; readonly message: string }
  | { readonly kind: 'MERGE_CONFLICT'; readonly at: Place; readonly base: string }
  /** Gates that fail on a commit which somebody else pushed to a segment's branch. */
  | {
      readonly kind: 'HEAD_RED';
      readonly at: Place;
      readonly head: HeadSha;
      readonly gates: readonly { readonly gate: string; readonly output: string }[];
    }
  | { readonly kind: 'PULL_CLOSED'; readonly at: Place }
  /** A fix segment or a follow-up that GitHub would not let swarm make. */
  | { readonly kind: 'ISSUE_REFUSED'; readonly status: number; readonly message: string }
  | {
      readonly kind: 'CALIBRATION_LIMIT';
      readonly wave: number;
      readonly rounds: number;
      readonly findings: readonly string[];
    };

export type ProblemKind = Problem['kind'];

export const PATCH_COUNTABLES = [
  'bytes in the patch',
  'characters in the compressed patch',
  'changed files',
  'deleted files',
  'all files',
  'bytes in one file',
  'bytes in all changed files',
  'added lines',
] as const;
export type PatchCountable = (typeof PATCH_COUNTABLES)[number];

/** Reasons why a command cannot be obeyed at the moment it is given. */
export type NotNow =
  | { readonly kind: 'not started' }
  | { readonly kind: 'wrong phase'; readonly phase: 'planned' | 'running' | 'paused' | 'cancelled' | 'finished' }
  | { readonly kind: 'already accepted' }
  | { readonly kind: 'not complete' }
  /** `execute` on an issue that is a segment. */
  | { readonly kind: 'segment of an epic'; readonly segment: IssueNumber; readonly epic: IssueNumber }
  /** A bot's commands may count; its opinion of a change never does (SPEC R11.6). */
  | { readonly kind: 'only people decide' }
  /** `reject` on an issue. */
  | { readonly kind: 'not on a pull request' }
  | { readonly kind: 'pull request not open for review' }
  | { readonly kind: 'waves start automatically' }
  | { readonly kind: 'no such wave' }
  | { readonly kind: 'no such question'; readonly id: string }
  | { readonly kind: 'several such questions'; readonly id: string };

/** Why one issue waits for another: GitHub's own link, or a line of text. */
export interface Link {
  readonly from: IssueNumber;
  readonly to: IssueNumber;
  readonly said:
    | { readonly kind: 'native' }
    | { readonly kind: 'text'; readonly line: number; readonly text: string }
    | { readonly kind: 'group'; readonly group: IssueNumber };
}

/** A warning lets the plan go on; an error holds everything that is not yet dispatched. */
export interface Diagnostic {
  readonly level: 'error' | 'warning';
  readonly problem: Problem;
}
