/**
 * The report of a run that ended: `report.json` at `refs/swarm/runs/<epic>/<attempt>`, written by the publish job alone. Facts
 * that Swarm observed (commits, gates, files) are kept apart from the words of the agent.
 */
import type { GateName, Isolation } from './config.ts';
import type { HeadSha, Instant, IssueNumber, PullNumber } from './epic.ts';
import type { Problem } from './problem.ts';

/** `failed before`: nothing fails that did not fail on the base before any agent worked on it. A person has to agree. */
export type GateVerdict = 'pass' | 'fail' | 'failed before' | 'not applicable' | 'timed out';

export interface GateResult {
  readonly gate: GateName;
  readonly verdict: GateVerdict;
  /** argv as text, or why the gate does not apply. */
  readonly command: string;
  readonly durationMs: number;
  /** The most important part of the output; redacted, at most 8,000 characters. */
  readonly output: string;
  /** Its messages about lines of the repository's files, for check runs; at most 50. Shown, but never trusted. */
  readonly annotations?: readonly Annotation[];
  /** The tests that its runners counted. Shown, but never trusted. */
  readonly tests?: TestCounts;
}

export interface TestCounts {
  /** Without those that were skipped. */
  readonly run: number;
  readonly failed: number;
}

/** The gate of Swarm's own by which verify proves that a tester's tests fail without the rest of the change. */
export const TESTS_FIRST = 'tests-first';

/** A message about a line, as a check run shows it. */
export interface Annotation {
  /** A file of the repository, relative to its root. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** One line; redacted, at most 300 characters. */
  readonly message: string;
}

/** An ended attempt (SPEC R5.14). */
export interface Report {
  readonly version: 1;
  readonly attempt: string;
  readonly segment: number;
  /** The run that wrote this: the one that the journal gave the dispatch to. */
  readonly runId: number;
  readonly result: /**
   * Proven work. The orchestrator puts it on its branch and opens the pull request, so that the repository's own CI
   * runs on it. `head` is the commit; for a proof of somebody's push, it is the head that was proven.
   */
    | { readonly kind: 'ready'; readonly branch: string; readonly head: HeadSha }
    | { readonly kind: 'no-change' }
    | {
        readonly kind: 'failed';
        readonly problem: Problem;
        /** The branch with the work, for people to look at. */
        readonly kept?: string;
        /** Its commit. Once the segment is merged, the branch is deleted if it still has this commit. */
        readonly keptHead?: HeadSha;
      }
    /** It stopped to ask. The work so far is kept, and the next run continues from its head. */
    | {
        readonly kind: 'needs-input';
        readonly question: Question;
        readonly kept?: string;
        readonly keptHead?: HeadSha;
      };
  /** How often the gates ran. */
  readonly tries: number;
  /** The gates of the verify job, on a clean checkout; those of the work job if verify never ran. */
  readonly validation: readonly GateResult[];
  /** Places that the gates of the verify job asked for and may not reach. Those of the work job are in `course`. */
  readonly refused?: readonly RefusedPlace[];
  readonly files: readonly string[];
  /** Files that change how gates run (scripts, lock files, test config): shown, and need a person (R11.5). */
  readonly attention: readonly string[];
  /** Lines that do not look like what they are. */
  readonly suspicious?: readonly string[];
  /** Pull requests of the epic that were open when this was written, and that change the same lines. */
  readonly conflicts?: readonly PullConflict[];
  readonly agent: AgentSays;
  /** How the run went; undefined for runs without work. */
  readonly course?: Course;
  /** The walls around its agents and gates; undefined if none were started. */
  readonly isolation?: Isolation;
  readonly costUsd?: number;
  /** The artefact with everything that its agents and gates printed, for as long as GitHub keeps it. */
  readonly artefact?: string;
  readonly durationMs: number;
  /** When the publish job wrote this, by GitHub's clock. Earlier comments of people are about an earlier commit. */
  readonly finishedAt: Instant;
}

/** A pull request of another segment that cannot be merged together with this work. */
export interface PullConflict {
  readonly pull: PullNumber;
  /** Its head that was compared. */
  readonly head: HeadSha;
  readonly files: readonly string[];
}

/** The report of work that can be published. */
export type ReadyReport = Report & { readonly result: Extract<Report['result'], { readonly kind: 'ready' }> };
export const isReady = (report: Report): report is ReadyReport => report.result.kind === 'ready';

/** `open`: every program reached everything, because there were no walls, or the config says so. */
export type NetworkUse =
  | { readonly kind: 'open' }
  /** With the places that programs asked for and may not reach, at most 50. */
  | { readonly kind: 'limited'; readonly refused: readonly RefusedPlace[] };

/** A program can ask for any name, so the name is untrusted. */
export interface RefusedPlace {
  /** `?` if it was no name. */
  readonly host: string;
  readonly port: number;
  /** `private address`: the name is fine, but leads into a network that only an exact name opens. */
  readonly why: 'not named' | 'private address';
  /** The role or the gate that asked. */
  readonly by: string;
  readonly times: number;
}

/** The agent's own words and numbers: shown as such, but never trusted. */
export interface AgentSays {
  readonly summary: string;
  readonly handoff?: string;
  readonly assumptions: readonly string[];
  readonly criteria: readonly { readonly id: string; readonly evidence: string }[];
}

/**
 * How a run went, in the words of its work job: shown, but never trusted. The verify job and the tree decide what is published.
 */
export interface Course {
  readonly pair: TestPair;
  readonly council: Council;
  readonly tokens?: number;
  readonly turns?: number;
  /** Questions that the agent did not stop for. Its assumptions are in its own words. */
  readonly questions: readonly Question[];
  /** Findings of a security segment, at most 50. */
  readonly findings: readonly CouncilFinding[];
  /** Steps that it reached, at most 30. */
  readonly checkpoints?: readonly Checkpoint[];
  readonly network?: NetworkUse;
  /** The last lines that the working agent printed, at most 5. */
  readonly lastLines?: readonly string[];
}

/** A step of a run, in Swarm's words (SPEC R5.12). */
export interface Checkpoint {
  /** Since the start of the work. */
  readonly afterMs: number;
  readonly text: string;
}

/** The test-first pair (SPEC R5.6). */
export type TestPair =
  | { readonly kind: 'skipped'; readonly why: string }
  | {
      readonly kind: 'written';
      /** The name of the agent in the config. */
      readonly tester: string;
      readonly implementer: string;
      readonly files: readonly string[];
      /** How Swarm saw them fail. */
      readonly red: string;
      /** Of the files' modes and blobs, in hex. The verify job finds the same tests by it. */
      readonly digest?: string;
      /** For each criterion, `file:line` of the tests that name its id. */
      readonly criteria: readonly { readonly id: string; readonly tests: readonly string[] }[];
    };

/** The independent review inside a run (SPEC R5.10). */
export type Council =
  | { readonly kind: 'skipped'; readonly why: string }
  | {
      readonly kind: 'approved' | 'rejected';
      readonly rounds: number;
      readonly reviewer: string;
      /** The agent that decided when reviewer and implementer disagreed. */
      readonly lead?: string;
      readonly summary: string;
      /** Of all rounds, at most 20. */
      readonly findings: readonly JudgedFinding[];
      /** How many findings named no line of the change. */
      readonly dropped: number;
    };

export interface CouncilFinding {
  readonly file: string;
  /** From 1, in the change as it was then. */
  readonly line: number;
  readonly severity: 'critical' | 'major' | 'minor';
  readonly why: string;
}

export interface JudgedFinding extends CouncilFinding {
  readonly state: 'stands' | 'settled' | 'overruled' | 'noted';
}

/** A question that an agent cannot decide (SPEC R5.11). */
export interface Question {
  readonly id: string;
  readonly text: string;
  readonly options: readonly string[];
  readonly context?: string;
  /** True if the run stopped for it. */
  readonly blocking: boolean;
}

export interface Mends {
  readonly issue: IssueNumber;
  readonly criteria: readonly { readonly id: string; readonly text: string }[];
}

/** A fault that a calibration found in a wave. */
export interface Finding {
  readonly check: 'coverage' | 'drift' | 'security' | 'gate' | 'command';
  /** The name of the gate, or the number of the issue for coverage. */
  readonly subject: string;
  /** Short and redacted. Never trusted as instructions. */
  readonly detail: string;
  /** For coverage: the criteria that are open, and their issue. */
  readonly mends?: Mends;
}

/** A gate that failed on the base before any agent worked on it. */
export interface BaseFailure {
  readonly gate: GateName;
  /** `flaky`: it passed on the same files when it ran again. `empty`: it found no test to run. */
  readonly state: 'red' | 'flaky' | 'empty';
  /** A name for each of its failures, by which a later run tells them from new ones. Undefined: not all have one. */
  readonly failures?: readonly string[];
}

/** An ended check of the base before the first agent (SPEC R5.15). */
export interface BaselineReport {
  readonly version: 1;
  readonly round: number;
  readonly base: HeadSha;
  /** All gates. The installation is among them only if it failed; if it failed twice, no gate ran. */
  readonly validation: readonly GateResult[];
  readonly failures: readonly BaseFailure[];
  /** The reason why nothing ran at all. */
  readonly problem?: Problem;
  /** Places that its gates asked for and may not reach. */
  readonly refused?: readonly RefusedPlace[];
  readonly durationMs: number;
}

/** An ended calibration. */
export interface CalibrationReport {
  readonly version: 1;
  readonly wave: number;
  readonly round: number;
  readonly base: HeadSha;
  readonly result: 'passed' | 'failed';
  readonly validation: readonly GateResult[];
  /** Places that its gates asked for and may not reach. */
  readonly refused?: readonly RefusedPlace[];
  readonly findings: readonly Finding[];
  readonly durationMs: number;
}
