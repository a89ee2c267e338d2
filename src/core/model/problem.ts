/**
 * The closed list of problems that a person must know about.
 *
 * Each problem is one row of facts. Its type comes from the row, and so does the validator of what a work job reports.
 * Its words are one entry in `words/problems/`: a problem without words does not compile.
 *
 * `at` is the place: an issue (and its line), the config (line and column), or a pull request.
 */
import type { CommandArguments, CommandKind } from './command.ts';
import type { HeadSha, Instant, IssueNumber, IssueRef, PullNumber } from './epic.ts';
import type { LandingFault } from './journal/merging.ts';
import type { MissingReview } from './people.ts';
import type {
  BranchFault,
  Countable,
  CriteriaUnread,
  DependencyUnread,
  FrontMatterFault,
  GlobFault,
  ListKind,
  NotNow,
  ScopeFault,
  SpecExpected,
  TaskUnread,
} from './problem/faults.ts';
import {
  type Fields,
  fact,
  issueNumber,
  list,
  number,
  oneOf,
  optional,
  output,
  type ReadableFields,
  type RecordOf,
  record,
  text,
} from './problem/shape.ts';

export interface Place {
  readonly issue?: IssueNumber;
  readonly pull?: PullNumber;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  readonly column?: number;
}

/** Why one issue waits for another: GitHub's own link, or a line of text. */
export interface Link {
  readonly from: IssueNumber;
  readonly to: IssueNumber;
  readonly said:
    | { readonly kind: 'native' }
    /** `of`: the issue with the text, if it is not `from` itself but the task list of a group. */
    | { readonly kind: 'text'; readonly line: number; readonly text: string; readonly of?: IssueNumber }
    | { readonly kind: 'group'; readonly group: IssueNumber };
}

// Facts that only the orchestrator finds.
const at = fact<Place>();
const link = fact<Link>();
const issues = fact<readonly IssueNumber[]>();
const ref = fact<IssueRef>();
const head = fact<HeadSha>();
const instant = fact<Instant>();
const count = fact<number>();
const words = fact<string>();
const lines = fact<readonly string[]>();

// Facts that a work job reports. An agent ran there, so every one has a limit.
const agent = text(100);
const gate = text(60);
const command = text(500);
const message = text(2_000);
const file = text(600);
const files = list(file, 200);
const printed = output(5_000, 'end');
const gates = list(record({ gate, output: output(10_000, 'both ends') }), 20);
const missing = {
  at: record({ issue: issueNumber, line: optional(number) }),
  name: text(100),
  known: list(text(100), 30),
  nearest: optional(text(100)),
};

/** Problems that a segment's work job reports, in addition to the orchestrator and the other jobs. */
export const WORK_PROBLEMS = {
  // The agent
  AGENT_NOT_SET: {},
  AGENT_NOT_FOUND: { command },
  AGENT_TOO_OLD: { agent, command, found: text(40), needs: text(40) },
  AGENT_CRASHED: { command, exit: text(60), output: printed },
  AGENT_TIMED_OUT: { minutes: number },
  AGENT_SILENT: { agent, minutes: number },
  AGENT_STOPPED: { agent },
  /** `keys`: the variables that can hold its key. */
  AGENT_NO_CREDENTIALS: { agent, keys: list(text(200), 120), message },
  AGENT_NO_CREDIT: { agent, message },
  AGENT_MODEL_REFUSED: { agent, model: optional(text(200)), message },
  AGENT_CONTEXT: { agent, message },
  AGENT_DECLINED: { agent, message },
  AGENT_TURNS: { agent, turns: number },
  AGENT_UNREADABLE: { agent, output: printed },
  /** `agent`: its name in the config. `waitMs`: how long its provider asks to wait, counted from the end of the run. */
  AGENT_LATER: { agent: optional(agent), message, waitMs: optional(number) },
  WORKTREE_BROKEN: { message },
  // Its instructions
  PERSONA_NOT_FOUND: missing,
  SKILL_NOT_FOUND: missing,
  INSTRUCTIONS_UNREADABLE: { what: oneOf('persona', 'skill'), name: text(100), file, why: text(300) },
  // Tests first, and the council
  TESTS_NOT_RED: { command, why: text(2_000), output: output(10_000, 'end') },
  TEST_CHANGED: { files },
  COUNCIL_REJECTED: { findings: list(text(600), 10), rounds: number },
  // Gates
  GATES_FAILED: { gates, tries: number },
  GATE_MISSING: { gate, command },
  GATE_NOT_EXECUTABLE: { gate, file },
  INSTALL_FAILED: { command, output: output(10_000, 'both ends') },
  MUTATION_TOOL: { tool: text(100), manifest: file },
  GATE_DIRTY: { gate, files },
  NO_TESTS: { command },
  // The change
  OUT_OF_SCOPE: { files, scope: list(file, 200) },
  PROTECTED_PATH: { files },
  BAD_PATH: { file, why: text(300) },
  PATH_COLLISION: { file, with: file },
  FILE_MODE: { file, mode: text(10) },
  BINARY_FILE: { file },
  PATCH_LIMIT: {
    what: oneOf(
      'bytes in the patch',
      'characters in the compressed patch',
      'changed files',
      'deleted files',
      'all files',
      'bytes in one file',
      'bytes in all changed files',
      'added lines',
    ),
    found: number,
    limit: number,
  },
  LFS_POINTER: { file },
  /** `sha256` of the value, in hex: `secrets.allow` in the config takes it, if the value may be allowed at all. */
  SECRET_IN_PATCH: { file, line: optional(number), rule: text(100), sha256: optional(text(64)) },
  // The run
  /** `wanted`: the value of `isolation` in the config. */
  ISOLATION_MISSING: { wanted: text(40) },
  RUN_CUT_SHORT: {},
  /** `of: 'agent'`: the limit that the config sets for one call of the agent. */
  BUDGET_SPENT: { spentUsd: number, budgetUsd: number, of: oneOf('segment', 'epic', 'agent') },
} as const satisfies Readonly<Record<string, ReadableFields>>;

/** All problems. Those of a work job are above. */
export const PROBLEMS = {
  ...WORK_PROBLEMS,
  // The graph
  EPIC_CYCLE: { path: issues, links: fact<readonly Link[]>() },
  SELF_DEPENDENCY: { at, link },
  UNKNOWN_ISSUE: { at, ref },
  NOT_AN_ISSUE: { at, ref },
  BLOCKER_HIDDEN: { at, count },
  BLOCKER_NOT_PLANNED: { at, ref },
  NO_SEGMENTS: { at },
  /** A sub-issue of another repository. */
  SEGMENT_ELSEWHERE: { at, ref },
  /** No gate that could show a fault is on. `approvals`: how many people have to approve each pull request. */
  NOTHING_PROVES: { at, approvals: count },
  BRANCH_TAKEN: { branch: words, segments: issues },
  BRANCH_NAME: { at, branch: words, why: fact<BranchFault>() },
  /** A block that is not a plan. */
  BLOCK_INVALID: { at, message: words },
  LIMIT_EXCEEDED: { at, what: fact<Countable>(), found: count, limit: count, configKey: optional(words) },
  // An issue's text
  EMPTY_TASK: { at },
  DEPENDENCY_UNREAD: { at, text: words, why: fact<DependencyUnread>() },
  TASK_UNREAD: { at, text: words, why: fact<TaskUnread>() },
  CRITERIA_UNREAD: { at, text: words, why: fact<CriteriaUnread>() },
  FRONT_MATTER: { at, why: fact<FrontMatterFault>() },
  SPEC_VALUE: { at, key: words, value: words, expected: fact<SpecExpected>(), nearest: optional(words) },
  /** The answer of a form, or a label, that is none to Swarm's question. */
  ANSWER_UNREAD: { at, key: words, value: words, expected: fact<SpecExpected>() },
  SPEC_KEY: { at, key: words, known: lines, nearest: optional(words) },
  BAD_GLOB: { at, glob: words, why: fact<GlobFault | ScopeFault>() },
  SCOPE_UNKNOWN: { at },
  SCOPE_EVERYTHING: { at },
  HIDDEN_TEXT: { at, count },
  /** Segments with HTML comments that have words in them. */
  HIDDEN_COMMENTS: { at, segments: issues },
  /** A comment that does not end. Agents get nothing that is below its start. */
  COMMENT_OPEN: { at },
  // The config
  CONFIG_YAML: { at, message: words },
  CONFIG_SIZE: { at, bytes: count, limit: count },
  CONFIG_VALUE: { at, key: words, value: words, expected: words, nearest: optional(words) },
  CONFIG_KEY: { at, key: words, known: lines, nearest: optional(words) },
  CONFIG_AMBIGUOUS: { files: lines },
  // Consent
  SEGMENT_CHANGED: { at },
  SEGMENT_NEW: { at },
  EDGES_CHANGED: { at },
  EPIC_CHANGED: { at },
  AGENT_FILES_CHANGED: { files: lines },
  /** `login`: the author or last editor of the epic's text, who has no write access. Undefined: it changed after the start. */
  BLOCK_NOT_AUTHORISED: { at, login: optional(words) },
  /** A block, or a part of it, that does not count. `key`: of a plan file. */
  BLOCK_UNUSED: { at, why: oneOf('sub-issues', 'issues made', 'started without', 'key'), key: optional(words) },
  UNTRUSTED_AUTHOR: { at, login: words },
  /** An issue that was authorised and is not a segment of the epic any more. */
  SEGMENT_GONE: {
    at,
    segment: fact<IssueNumber>(),
    how: oneOf('taken out', 'deleted', 'moved', 'out of sight', 'discussion'),
    /** The issue that it is now: `octo/docs#3`. */
    to: optional(words),
  },
  /** Closed or reopened by somebody without write access. */
  ISSUE_TURNED: { at, login: words, to: fact<'open' | 'closed'>() },
  /** The person who started it may no longer write. */
  RIGHT_LOST: { at, login: words },
  // Requests
  FORBIDDEN: { at, login: words, permission: words, needs: fact<'write' | 'triage'>() },
  UNKNOWN_COMMAND: { at, text: words, nearest: optional(words) },
  BAD_ARGUMENT: { at, command: fact<CommandKind>(), expected: fact<CommandArguments>() },
  UNKNOWN_SEGMENT: { at, number: count },
  NOT_NOW: { at, command: fact<CommandKind>(), why: fact<NotNow>() },
  /** `said`: the commit that was named, if one was. */
  HEAD_MOVED: { at, said: optional(words), head },
  SELF_APPROVAL: { at, login: words },
  // Before anything starts
  DISABLED: {},
  WORKFLOW_MISSING: { file: words },
  /** Without the app: a workflow that starts Swarm is missing. `starts`: when it does. */
  TRIGGER_MISSING: { file: words, starts: oneOf('by events', 'by the clock') },
  /** `lost`: the feature that needs the permission. */
  PERMISSION_MISSING: {
    permission: words,
    lost: fact<'kill switch' | 'actions' | 'checks' | 'contents' | 'issues' | 'pull_requests' | 'statuses'>(),
  },
  /** `versions`: those of Swarm's action that these workflows name. */
  WORKFLOWS_DIFFER: { files: lines, versions: lines },
  /** GitHub switches workflows off in forks, and those with a schedule in repositories that nobody works in. */
  WORKFLOW_OFF: { file: words, by: oneOf('person', 'GitHub') },
  /** A variable that an agent needs is not named in the workflow that starts it. */
  KEY_NOT_PASSED: { agent: words, variable: words, file: words },
  NOT_FETCHED: { what: oneOf('submodules', 'LFS files') },
  BASE_RED: { branch: words, checks: lines, commit: head },
  // The check of the base before the first agent
  BASE_NOT_INSTALLED: { branch: words, command: words, output: words },
  /** Gates that fail on the base, with failures that nobody could tell from new ones. */
  BASE_GATES_RED: { branch: words, gates: fact<readonly { readonly gate: string; readonly output: string }[]>() },
  /** Its runs ended without a report. */
  BASE_CHECK_LOST: { conclusion: words, runs: count },
  /** Gates that fail on the base, with failures that are known. */
  BASE_FAILED_BEFORE: { branch: words, gates: lines },
  BASE_FLAKY: { branch: words, gates: lines },
  BASE_MISSING: { branch: words },
  /** It has no commits, so there is no place for a journal. */
  REPOSITORY_EMPTY: {},
  /** Branches of segments that cannot be made beside the branch `there`, because git keeps both as one path. */
  BRANCH_IN_WAY: { there: words, branches: lines },
  /** Branches of segments that a rule of the repository does not let Swarm make. `name`: the rule asks for other names. */
  BRANCH_FORBIDDEN: { rule: words, why: oneOf('creation', 'name'), branches: lines },
  /** The base does not allow this way to merge. `taken`: the one that Swarm uses instead, since the config names none. */
  MERGE_METHOD: { branch: words, method: words, allowed: lines, taken: optional(words) },
  /** The repository is archived. */
  REPOSITORY_ARCHIVED: {},
  ISSUES_OFF: {},
  /** Actions is switched off for the repository. */
  ACTIONS_OFF: {},
  /** Actions that the settings of the repository do not let its workflows use. */
  ACTION_REFUSED: { actions: lines, policy: oneOf('own only', 'selected', 'full commits') },
  /** A workflow that is not one. `message`: without a full stop. */
  WORKFLOW_INVALID: { at, message: words },
  /** It names the action by a tag or a branch, or by no commit at all. */
  WORKFLOW_UNPINNED: { file: words, versions: lines },
  /** Workflows of another version than this program. */
  WORKFLOWS_OLD: { versions: lines, own: words },
  /** Rights of a job, such as `contents: write`, that it lacks, and that it has and should not have. */
  JOB_PERMISSIONS: { file: words, job: words, lacks: lines, extra: lines },
  /** A job that may write runs more than Swarm's action. */
  JOB_STEPS: { file: words, job: words },
  /** The token of a job may not open pull requests. */
  PULLS_NOT_ALLOWED: {},
  /** No secret holds a key for an agent. One of `names` is enough. */
  SECRET_MISSING: { agent: words, names: lines },
  /** Labels that people put on an epic. */
  LABELS_MISSING: { labels: lines },
  /** Jobs wait for a runner with labels that no runner of the repository has. */
  RUNNER_MISSING: { file: words, labels: lines },
  /** No gate of the repository has a command. */
  NO_GATES: {},
  /** Versions that the repository asks for, and that the jobs with gates do not set up: `node 20 (.nvmrc)`. */
  TOOLCHAIN_MISSING: { tools: lines },
  /** The repository has none of the files that tell agents how to work. */
  GUIDE_MISSING: { files: lines },
  /** Checks that the base requires, on pull requests of a job's token: their workflows wait for a person. */
  REQUIRED_CHECKS_WAIT: { branch: words, checks: lines },
  /** The rules of the base want more approvals than the config. */
  APPROVALS_DIFFER: { branch: words, required: count, configured: count },
  /** Rules of the base that Swarm cannot meet by itself. `of`: the environments, for `deployments`. */
  BASE_RULE: { branch: words, rule: oneOf('deployments', 'updates'), of: lines },
  /** A list that was not read to its end. `of`: its issue or pull request. */
  LIST_TOO_LONG: { list: fact<ListKind>(), of: optional(count), read: count },
  // Waits that only a person ends
  OUTSIDE_OPEN: { at, ref: words },
  /** `epic`: the one that has it. */
  SEGMENT_OWNED: { at, epic: fact<IssueNumber>() },
  ONLY_WAVE: { wave: count },
  /** Segments that have not started wait for a higher budget. */
  EPIC_BUDGET_SPENT: { spentUsd: count, budgetUsd: count },
  /** `message`: what is wrong with it. */
  JOURNAL_BROKEN: { at, ref: words, message: words },
  // A segment's run
  NO_CHANGE: {},
  DISPATCH_FAILED: { message: words, status: optional(count) },
  /** `until`: when the segment continues without an answer; undefined: it waits. */
  QUESTION_ASKED: {
    id: words,
    question: words,
    options: lines,
    context: optional(words),
    until: optional(instant),
  },
  VERIFY_FAILED: { gates: fact<readonly { readonly gate: string; readonly output: string }[]>() },
  PATCH_TAMPERED: { said: words, found: words },
  PATCH_CONFLICT: { message: words },
  PUSH_REFUSED: { branch: words, message: words },
  /** Its branch holds a commit that is not Swarm's, or is the one that segments merge into. */
  BRANCH_OCCUPIED: { branch: words, by: oneOf('others', 'base') },
  PULL_REFUSED: { branch: words, message: words },
  RUN_LOST: { conclusion: words, attempts: count },
  /** A report that the run's own job did not write. `ref`: where it is. */
  REPORT_FORGED: { ref: words, author: words },
  /** The agent reports no cost, and there is no price for its tokens. `minutes` and `turns` limit it instead. */
  BUDGET_UNBOUND: { at, agent: words, budgetUsd: count, minutes: count, turns: optional(count) },
  REWORK_LIMIT: { rounds: count, last: words },
  /** The agent that got a rejection changed nothing. `by`: who rejected it. `said`: the agent's own words. */
  REWORK_UNCHANGED: { at, by: words, said: words },
  // Merging and the end of a wave
  MERGE_REFUSED: { at, message: words },
  /** `ended`: the problem that the last try to resolve it ended with. */
  MERGE_CONFLICT: { at, base: words, ended: optional(words) },
  /** Two open pull requests that change the same lines. */
  PULLS_CONFLICT: { at, other: fact<PullNumber>(), files: lines },
  /** It was updated that often, and the base moved on each time before it could be merged. */
  BRANCH_BEHIND: { at, base: words, updates: count },
  UPDATE_REFUSED: { at, base: words, message: words },
  /** `reason`: GitHub's own word for it. */
  QUEUE_REMOVED: { at, base: words, reason: words },
  /** The base does not show what was to come of its merge. `files`: those that only the merge changes. */
  LANDING_DIFFERS: { at, base: words, commit: optional(head), why: fact<LandingFault>(), files: lines },
  CHECKS_FAILED: { at, checks: lines },
  /** Checks that the base requires and nobody reported. */
  CHECKS_MISSING: { at, checks: lines, base: words },
  /** Checks that have been running for this long. */
  CHECKS_SLOW: { at, checks: lines, hours: count },
  /** Workflows with runs that wait until a person lets them start. */
  RUNS_HELD: { at, workflows: lines },
  REVIEW_MISSING: { at, of: fact<MissingReview['of']>(), from: lines },
  /** Rules of the base that keep it from merging. GitHub does not say which. */
  RULES_UNMET: { at, base: words },
  /** Gates that fail on a commit that someone else pushed to a segment's branch. */
  HEAD_RED: { at, head, gates: fact<readonly { readonly gate: string; readonly output: string }[]>() },
  /** A head without a common commit with its base: there is no change that gates could be run on. */
  HEAD_UNRELATED: { at, head, base: words },
  PULL_CLOSED: { at },
  /** Its base is not the branch that it was made for. */
  PULL_RETARGETED: { at, base: words, wanted: words, isMerged: fact<boolean>() },
  /** Somebody turned it into a draft. */
  PULL_DRAFT: { at, login: words },
  /** A fix segment or a follow-up that GitHub did not let Swarm create; or a segment of a block, or a link between two. */
  ISSUE_REFUSED: { status: count, message: words, what: optional(oneOf('segment', 'link')) },
  CALIBRATION_LIMIT: { wave: count, rounds: count, findings: lines },
} as const satisfies Readonly<Record<string, Fields>>;

type OneOf<Table extends Readonly<Record<string, Fields>>> = {
  [Kind in keyof Table]: { readonly kind: Kind } & RecordOf<Table[Kind]>;
}[keyof Table];

export type Problem = OneOf<typeof PROBLEMS>;
export type ProblemKind = Problem['kind'];
/** The problems that a work job can report. Its outcome takes no others. */
export type WorkProblem = OneOf<typeof WORK_PROBLEMS>;

/** A warning lets the plan continue; an error holds everything that is not yet dispatched. */
export interface Diagnostic {
  readonly level: 'error' | 'warning';
  readonly problem: Problem;
}
