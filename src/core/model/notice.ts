/**
 * The closed list of notices: the facts of each comment or issue that Swarm writes. `words/` turns them into sentences, in an
 * exhaustive switch: a new notice does not compile until it has words.
 */

import type { Board, Need } from './board.ts';
import type { IssueNumber, PullNumber } from './epic.ts';
import type { Importable } from './journal/import.ts';
import type { SayingKind } from './journal.ts';
import type { Advice, Plan } from './plan.ts';
import type { Diagnostic, Problem } from './problem.ts';
import type { QuestionEnd } from './question.ts';
import type { Course, Finding, RefusedPlace } from './report.ts';

export type Notice =
  | { readonly kind: 'help'; readonly to: string }
  | { readonly kind: 'plan'; readonly plan: Plan; readonly dryRun: boolean; readonly advice?: Advice }
  | {
      readonly kind: 'import';
      readonly epic: IssueNumber;
      readonly found: Importable;
      /** Errors of the plan, which come first. */
      readonly errors: readonly Diagnostic[];
    }
  | {
      readonly kind: 'imported';
      readonly by: string;
      readonly children: readonly IssueNumber[];
      readonly links: readonly { readonly from: IssueNumber; readonly on: IssueNumber }[];
      /** With GitHub's words. Without `on`: it did not become a sub-issue. */
      readonly refused: readonly { readonly from: IssueNumber; readonly on?: IssueNumber; readonly says: string }[];
    }
  | { readonly kind: 'refused request'; readonly to: string; readonly problem: Problem }
  | { readonly kind: 'setup warnings'; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly kind: 'epic held';
      readonly diagnostics: readonly Diagnostic[];
      readonly owner: string;
      /** As in the plan. */
      readonly names?: Plan['names'];
    }
  | {
      readonly kind: 'segment blocked';
      readonly segment: IssueNumber;
      readonly problem: Problem;
      readonly owner: string;
      readonly kept?: string;
      readonly artefact?: string;
      /** How its run went about it, where it is a run that failed. */
      readonly course?: Course;
      /** Places that the verify job's gates asked for and may not reach. */
      readonly refused?: readonly RefusedPlace[];
    }
  | {
      readonly kind: 'question';
      readonly segment: IssueNumber;
      readonly owner: string;
      readonly question: Extract<Problem, { kind: 'QUESTION_ASKED' }>;
      /** The branch with the work so far. */
      readonly kept?: string;
      /** Why ticks were taken out again. */
      readonly unticked?: 'several' | 'not by a person who may';
      /** Undefined while it waits. */
      readonly end?: QuestionEnd;
    }
  | { readonly kind: 'segment answered'; readonly segment: IssueNumber; readonly summary: string }
  | { readonly kind: 'approve wave'; readonly wave: number; readonly owner: string; readonly plan: Plan }
  | {
      readonly kind: 'calibration failed';
      readonly wave: number;
      readonly round: number;
      readonly findings: readonly Finding[];
      readonly fixes: readonly IssueNumber[];
    }
  | { readonly kind: 'calibration stopped'; readonly problem: Problem; readonly owner: string }
  | { readonly kind: 'ask acceptance'; readonly owner: string; readonly board: Board }
  | { readonly kind: 'summary'; readonly board: Board; readonly by: string }
  | { readonly kind: 'cancelled'; readonly by: string }
  | { readonly kind: 'withdrawn'; readonly by: string; readonly what: readonly SayingKind[]; readonly owner: string }
  | { readonly kind: 'merge refused'; readonly pull: PullNumber; readonly problem: Problem; readonly owner: string }
  | {
      readonly kind: 'reminder';
      readonly need: Need;
      readonly board: Board;
      /** Logins, and teams as `octo/payments`. */
      readonly to: readonly string[];
      /** Which reminder of how many it is. */
      readonly time: number;
      readonly of: number;
      readonly afterMs: number;
    }
  /** The text of an issue that swarm makes. */
  | {
      readonly kind: 'fix segment';
      readonly wave: number;
      readonly round: number;
      readonly finding: Finding;
      readonly files: readonly string[];
      readonly epic: IssueNumber;
    }
  | { readonly kind: 'follow-up segment'; readonly by: string; readonly what: string; readonly epic: IssueNumber }
  | {
      readonly kind: 'block segment';
      readonly title: string;
      /** As the block says it. */
      readonly text: string;
      /** Segments with which it never runs at the same time. */
      readonly conflicts: readonly IssueNumber[];
    };
