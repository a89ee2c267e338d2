/**
 * What a run says about itself when it ends: `report.json` at `refs/swarm/runs/<epic>/<attempt>`, written by the
 * publish job alone. Facts that swarm saw (commits, gates, files) stand apart from what the agent says.
 */
import type { GateName } from './config.ts';
import type { HeadSha, Instant, PullNumber } from './epic.ts';
import type { Finding } from './journal.ts';
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
  /** What the gate says of single lines; shown there, and trusted for nothing. */
  readonly annotations?: readonly Annotation[];
}

/** A gate's word on one line of one file. */
export interface Annotation {
  /** Path from the root of the repository. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
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
      };
  /** Rounds of gates within the run. */
  readonly tries: number;
  /** What the verify job saw on a clean checkout; what the work job saw where verify never ran. */
  readonly validation: readonly GateResult[];
  readonly files: readonly string[];
  /** Files that change how gates run (scripts, lock files, test config): shown, and need a person (R11.5). */
  readonly attention: readonly string[];
  readonly agent: AgentSays;
  readonly costUsd?: number;
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
