/**
 * What a run says about itself when it ends: `report.json` at `refs/swarm/runs/<epic>/<attempt>`, written by the
 * publish job alone. Facts that swarm saw (commits, gates, files) stand apart from what the agent says.
 */
import type { GateName } from './config.ts';
import type { HeadSha, Instant, IssueNumber, PullNumber } from './epic.ts';
import type { Problem } from './problem.ts';

export type GateVerdict = 'pass' | 'fail' | 'not applicable' | 'timed out';

export interface GateResult {
  readonly gate: GateName;
  readonly verdict: GateVerdict;
  /** argv as text, or why the gate does not apply. */
  readonly command: string;
  readonly durationMs: number;
  /** The part of the output that matters first; redacted, at most 8,000 characters. */
  readonly output: string;
  /** What it says about places in the repository's files, for check runs; at most 50. Shown, and trusted for nothing. */
  readonly annotations?: readonly Annotation[];
}

/** A word about a line, as a check run shows it. */
export interface Annotation {
  /** Relative to the repository, and one of its files. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** On one line; redacted, at most 300 characters. */
  readonly message: string;
}

/** An ended attempt (SPEC R5.14). */
export interface Report {
  readonly version: 1;
  readonly attempt: string;
  readonly segment: number;
  readonly result:
    | { readonly kind: 'published'; readonly pull: PullNumber; readonly branch: string; readonly head: HeadSha }
    | { readonly kind: 'no-change' }
    | {
        readonly kind: 'failed';
        readonly problem: Problem;
        /** The branch on which the work lies for people to look at. */
        readonly kept?: string;
        /** Its commit: once the segment is merged, the branch is deleted if it is still there. */
        readonly keptHead?: HeadSha;
      }
    /** It stopped for a question; the work so far is kept, and its head is carried on from. */
    | {
        readonly kind: 'needs-input';
        readonly question: Question;
        readonly kept?: string;
        readonly keptHead?: HeadSha;
      };
  /** Rounds of gates within the run. */
  readonly tries: number;
  /** What the verify job saw on a clean checkout; what the work job saw where verify never ran. */
  readonly validation: readonly GateResult[];
  readonly files: readonly string[];
  /** Files that change how gates run (scripts, lock files, test config): shown, and need a person (R11.5). */
  readonly attention: readonly string[];
  readonly agent: AgentSays;
  /** How the run went about it; undefined in reports of runs that came to nothing. */
  readonly course?: Course;
  readonly costUsd?: number;
  /** Where all is that its agents and gates printed, for as long as GitHub keeps it. */
  readonly artefact?: string;
  readonly durationMs: number;
  /** When the publish job wrote this, by GitHub's clock: words of people from before it are about an earlier commit. */
  readonly finishedAt: Instant;
}

/** The agent's own words and numbers: shown as such, trusted for nothing. */
export interface AgentSays {
  readonly summary: string;
  readonly handoff?: string;
  readonly assumptions: readonly string[];
  readonly criteria: readonly { readonly id: string; readonly evidence: string }[];
}

/**
 * How the work job went about it, by that job's own account: shown, and believed for nothing. What is published is
 * decided by the verify job and the tree.
 */
export interface Course {
  readonly pair: TestPair;
  readonly council: Council;
  readonly tokens?: number;
  readonly turns?: number;
  /** What the agent would rather have been told, and what it assumed instead stands in its words. */
  readonly questions: readonly Question[];
  /** Of a security segment, at most 50. */
  readonly findings: readonly CouncilFinding[];
  /** How far it came, at most 30. */
  readonly checkpoints?: readonly Checkpoint[];
  /** The last lines that the agent who worked printed, at most 5. */
  readonly lastLines?: readonly string[];
}

/** A step of a run, in swarm's words (SPEC R5.12). */
export interface Checkpoint {
  /** Since the work began. */
  readonly afterMs: number;
  readonly text: string;
}

/** The test-first pair (SPEC R5.6). */
export type TestPair =
  | { readonly kind: 'skipped'; readonly why: string }
  | {
      readonly kind: 'written';
      /** Name of the agent, as the config calls it. */
      readonly tester: string;
      readonly implementer: string;
      readonly files: readonly string[];
      /** How swarm saw them fail. */
      readonly red: string;
      /** Criterion → `file:line` where a test names its id. */
      readonly criteria: readonly { readonly id: string; readonly tests: readonly string[] }[];
    };

/** The independent review inside a run (SPEC R5.10). */
export type Council =
  | { readonly kind: 'skipped'; readonly why: string }
  | {
      readonly kind: 'approved' | 'rejected';
      readonly rounds: number;
      readonly reviewer: string;
      /** Where reviewer and implementer disagreed. */
      readonly lead?: string;
      readonly summary: string;
      /** At most 20, of all rounds. */
      readonly findings: readonly JudgedFinding[];
      /** Findings that named no line of the change. */
      readonly dropped: number;
    };

export interface CouncilFinding {
  readonly file: string;
  /** 1-based, in the change as it read then. */
  readonly line: number;
  readonly severity: 'critical' | 'major' | 'minor';
  readonly why: string;
}

export interface JudgedFinding extends CouncilFinding {
  readonly state: 'stands' | 'settled' | 'overruled' | 'noted';
}

/** What an agent cannot decide (SPEC R5.11). */
export interface Question {
  readonly id: string;
  readonly text: string;
  readonly options: readonly string[];
  readonly context?: string;
  /** Whether the run stopped for it. */
  readonly blocking: boolean;
}

export interface Mends {
  readonly issue: IssueNumber;
  readonly criteria: readonly { readonly id: string; readonly text: string }[];
}

/** What a calibration found wrong with a wave. */
export interface Finding {
  readonly check: 'coverage' | 'drift' | 'security' | 'gate' | 'command';
  /** The gate's name, or the issue's number for coverage. */
  readonly subject: string;
  /** Short, redacted, and never trusted as instructions. */
  readonly detail: string;
  /** Of coverage: what is open, and whose. */
  readonly mends?: Mends;
}

/** An ended calibration. */
export interface CalibrationReport {
  readonly version: 1;
  readonly wave: number;
  readonly round: number;
  readonly base: HeadSha;
  readonly result: 'passed' | 'failed';
  readonly validation: readonly GateResult[];
  readonly findings: readonly Finding[];
  readonly durationMs: number;
}
