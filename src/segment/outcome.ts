/**
 * What the work job says of itself, on its way to the publish job.
 *
 * An agent ran where it was written, so anything may stand in it. It is read by a closed schema, shown as what was said,
 * and decides one thing only: that nothing is published.
 */
import { z } from 'zod';
import { findingShape } from '#brief/answers';
import { issueNumber } from '#core/model/epic';
import { PATCH_COUNTABLES, type Problem } from '#core/model/problem';
import type { AgentSays, Course, GateResult, Question } from '#core/model/report';
import { shorten } from '#words/safe';

export interface WorkOutcome {
  readonly version: 1;
  readonly attempt: string;
  readonly tries: number;
  readonly validation: readonly GateResult[];
  readonly agent: AgentSays;
  /** How it went about it; missing where no agent was called. */
  readonly course?: Course;
  /** What it stopped for. */
  readonly question?: Question;
  /** Why there is nothing to publish, though there may be work to keep. */
  readonly problem?: Problem;
  readonly costUsd?: number;
  readonly durationMs: number;
  readonly warnings: readonly string[];
}

/** One environment variable holds at most 128 KiB on Linux, its name included. */
const MAX_BYTES = 120_000;

const words = (max: number) => z.string().max(max);
const gateSchema = z.strictObject({
  gate: words(60),
  verdict: z.enum(['pass', 'fail', 'not applicable', 'timed out']),
  command: words(400),
  durationMs: z.number().nonnegative(),
  output: words(10_000),
  annotations: z
    .array(z.strictObject({ file: words(600), line: z.number().int().positive(), message: words(2_000) }))
    .max(200)
    .exactOptional(),
});
const validationSchema = z.array(gateSchema).max(60);
const files = z.array(words(600)).max(200);

const missingName = {
  at: z.strictObject({ issue: z.number().int().positive().transform(issueNumber) }),
  name: words(100),
  known: z.array(words(100)).max(30),
  nearest: words(100).exactOptional(),
};

/** The problems that a work job may have, each with the form it must have to be shown. */
const problemSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('AGENT_NOT_SET') }),
  z.strictObject({ kind: z.literal('RUN_CUT_SHORT') }),
  z.strictObject({ kind: z.literal('AGENT_NOT_FOUND'), command: words(500) }),
  z.strictObject({ kind: z.literal('AGENT_CRASHED'), command: words(500), exit: words(60), output: words(5_000) }),
  z.strictObject({ kind: z.literal('AGENT_TIMED_OUT'), minutes: z.number() }),
  z.strictObject({ kind: z.literal('AGENT_SILENT'), agent: words(100), minutes: z.number() }),
  z.strictObject({ kind: z.literal('AGENT_STOPPED'), agent: words(100) }),
  z.strictObject({
    kind: z.literal('AGENT_NO_CREDENTIALS'),
    agent: words(100),
    keys: z.array(words(200)).max(120),
    message: words(2_000),
  }),
  z.strictObject({ kind: z.literal('AGENT_NO_CREDIT'), agent: words(100), message: words(2_000) }),
  z.strictObject({
    kind: z.literal('AGENT_MODEL_REFUSED'),
    agent: words(100),
    model: words(200).exactOptional(),
    message: words(2_000),
  }),
  z.strictObject({ kind: z.literal('AGENT_CONTEXT'), agent: words(100), message: words(2_000) }),
  z.strictObject({ kind: z.literal('AGENT_DECLINED'), agent: words(100), message: words(2_000) }),
  z.strictObject({ kind: z.literal('AGENT_TURNS'), agent: words(100), turns: z.number() }),
  z.strictObject({ kind: z.literal('AGENT_UNREADABLE'), agent: words(100), output: words(5_000) }),
  z.strictObject({
    kind: z.literal('AGENT_LATER'),
    message: words(2_000),
    waitMs: z.number().nonnegative().exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('INSTRUCTIONS_UNREADABLE'),
    what: z.enum(['persona', 'skill']),
    name: words(100),
    file: words(600),
    why: words(300),
  }),
  z.strictObject({ kind: z.literal('PERSONA_NOT_FOUND'), ...missingName }),
  z.strictObject({ kind: z.literal('SKILL_NOT_FOUND'), ...missingName }),
  z.strictObject({
    kind: z.literal('TESTS_NOT_RED'),
    command: words(500),
    why: words(2_000),
    output: words(10_000),
  }),
  z.strictObject({ kind: z.literal('TEST_CHANGED'), files }),
  z.strictObject({
    kind: z.literal('COUNCIL_REJECTED'),
    findings: z.array(words(600)).max(10),
    rounds: z.number(),
  }),
  z.strictObject({ kind: z.literal('WORKTREE_BROKEN'), message: words(2_000) }),
  z.strictObject({
    kind: z.literal('GATES_FAILED'),
    gates: z.array(z.strictObject({ gate: words(60), output: words(10_000) })).max(20),
    tries: z.number(),
  }),
  z.strictObject({ kind: z.literal('GATE_MISSING'), gate: words(60), command: words(500) }),
  z.strictObject({ kind: z.literal('GATE_DIRTY'), gate: words(60), files }),
  z.strictObject({ kind: z.literal('NO_TESTS'), command: words(500) }),
  z.strictObject({ kind: z.literal('OUT_OF_SCOPE'), files, scope: z.array(words(600)).max(200) }),
  z.strictObject({ kind: z.literal('PROTECTED_PATH'), files }),
  z.strictObject({ kind: z.literal('BAD_PATH'), file: words(600), why: words(300) }),
  z.strictObject({ kind: z.literal('PATH_COLLISION'), file: words(600), with: words(600) }),
  z.strictObject({ kind: z.literal('FILE_MODE'), file: words(600), mode: words(10) }),
  z.strictObject({ kind: z.literal('BINARY_FILE'), file: words(600) }),
  z.strictObject({
    kind: z.literal('PATCH_LIMIT'),
    what: z.enum(PATCH_COUNTABLES),
    found: z.number(),
    limit: z.number(),
  }),
  z.strictObject({
    kind: z.literal('SECRET_IN_PATCH'),
    file: words(600),
    line: z.number().exactOptional(),
    rule: words(100),
    sha256: words(64).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('LFS_POINTER'), file: words(600) }),
  z.strictObject({
    kind: z.literal('BUDGET_SPENT'),
    spentUsd: z.number(),
    budgetUsd: z.number(),
    of: z.enum(['segment', 'epic', 'agent']),
  }),
]);

const questionSchema = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][\w.-]{0,39}$/),
  text: words(2_100),
  options: z.array(words(220)).max(10),
  context: words(2_100).exactOptional(),
  blocking: z.boolean(),
});
const skipped = z.strictObject({ kind: z.literal('skipped'), why: words(300) });
const courseSchema = z.strictObject({
  pair: z.discriminatedUnion('kind', [
    skipped,
    z.strictObject({
      kind: z.literal('written'),
      tester: words(500),
      implementer: words(500),
      files,
      red: words(1_000),
      criteria: z.array(z.strictObject({ id: words(60), tests: z.array(words(700)).max(3) })).max(220),
    }),
  ]),
  council: z.discriminatedUnion('kind', [
    skipped,
    z.strictObject({
      kind: z.enum(['approved', 'rejected']),
      rounds: z.number().int().positive().max(10),
      reviewer: words(500),
      lead: words(500).exactOptional(),
      summary: words(3_100),
      findings: z
        .array(z.strictObject({ ...findingShape, state: z.enum(['stands', 'settled', 'overruled', 'noted']) }))
        .max(20),
      dropped: z.number().int().nonnegative(),
    }),
  ]),
  tokens: z.number().nonnegative().exactOptional(),
  turns: z.number().nonnegative().exactOptional(),
  questions: z.array(questionSchema).max(20),
  findings: z.array(z.strictObject(findingShape)).max(50),
  checkpoints: z
    .array(z.strictObject({ afterMs: z.number().nonnegative(), text: words(400) }))
    .max(30)
    .exactOptional(),
  lastLines: z.array(words(400)).max(5).exactOptional(),
});

const outcomeSchema = z.strictObject({
  version: z.literal(1),
  attempt: words(60),
  tries: z.number().int().nonnegative().max(100),
  validation: validationSchema,
  agent: z.strictObject({
    summary: words(10_000),
    handoff: words(10_000).exactOptional(),
    assumptions: z.array(words(1_200)).max(60),
    criteria: z.array(z.strictObject({ id: words(60), evidence: words(1_200) })).max(220),
  }),
  problem: problemSchema.exactOptional(),
  course: courseSchema.exactOptional(),
  question: questionSchema.exactOptional(),
  costUsd: z.number().nonnegative().exactOptional(),
  durationMs: z.number().nonnegative(),
  warnings: z.array(words(1_000)).max(20),
});

/** @returns undefined where it is no such outcome: then the job has said nothing. */
export function readOutcome(text: string, attempt: string): WorkOutcome | undefined {
  const read = outcomeSchema.safeParse(parseJson(text));
  return read.success && read.data.attempt === attempt ? read.data : undefined;
}

/** @returns nothing where it is no such list: it is only shown. */
export function readValidation(text: string): readonly GateResult[] {
  const read = validationSchema.safeParse(parseJson(text));
  return read.success ? read.data : [];
}

/** As text that fits one output; long outputs of gates are cut further until it does. */
export function writeOutcome(outcome: WorkOutcome): string {
  for (const share of [8_000, 3_000, 1_000, 200]) {
    const text = JSON.stringify({
      ...outcome,
      validation: cut(outcome.validation, share),
      ...(outcome.problem === undefined ? {} : { problem: cutProblem(outcome.problem, share) }),
    });
    if (Buffer.byteLength(text) <= MAX_BYTES) return text;
  }
  return JSON.stringify({ ...outcome, validation: [], agent: { summary: '', assumptions: [], criteria: [] } });
}

export function writeValidation(validation: readonly GateResult[]): string {
  for (const share of [8_000, 3_000, 1_000, 200]) {
    const text = JSON.stringify(cut(validation, share));
    if (Buffer.byteLength(text) <= MAX_BYTES) return text;
  }
  return '[]';
}

const cut = (validation: readonly GateResult[], max: number): readonly GateResult[] =>
  validation.map(({ annotations, ...each }) => ({
    ...each,
    output: cutText(each.output, max),
    ...(annotations ? { annotations: annotations.slice(0, Math.ceil(max / 160)) } : {}),
  }));

/** Beginning and end: what matters stands first, and the last words say how it ended. */
const cutText = (text: string, max: number): string => shorten(text, max).toWellFormed();

const cutProblem = (problem: Problem, max: number): Problem => {
  if (problem.kind === 'AGENT_CRASHED' || problem.kind === 'AGENT_UNREADABLE' || problem.kind === 'TESTS_NOT_RED')
    return { ...problem, output: problem.output.slice(-max).toWellFormed() };
  if (problem.kind !== 'GATES_FAILED') return problem;
  const gates = problem.gates.map((each) => ({ ...each, output: cutText(each.output, max) }));
  return { ...problem, gates };
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
