/**
 * What the work job and the verify job say, on its way to the publish job.
 *
 * An agent ran in the job that wrote it, so it may contain anything. It is read with a closed schema and only shown. All it
 * can decide is that nothing is published.
 */
import { z } from 'zod';
import { findingShape } from '#brief/answers';
import { ISOLATIONS, type Isolation } from '#core/model/config';
import type { WorkProblem } from '#core/model/problem';
import type { AgentSays, BaseFailure, Course, GateResult, Question, RefusedPlace } from '#core/model/report';
import { shorten } from '#words/safe';
import { cutProblem, problemSchema } from './problem-schema.ts';

export interface WorkOutcome {
  readonly version: 1;
  readonly attempt: string;
  readonly tries: number;
  readonly validation: readonly GateResult[];
  readonly agent: AgentSays;
  /** The course of the run; missing if no agent was started. */
  readonly course?: Course;
  /** The question that the run stopped for. */
  readonly question?: Question;
  /** The reason why nothing can be published. There may still be work to keep. */
  readonly problem?: WorkProblem;
  /** The walls around its agents and gates. */
  readonly isolation?: Isolation;
  readonly costUsd?: number;
  readonly durationMs: number;
  readonly warnings: readonly string[];
}

/** What the verify job says about its gates. Only shown: the runner says if the job succeeded. */
export interface VerifyOutcome {
  readonly validation: readonly GateResult[];
  readonly refused: readonly RefusedPlace[];
  /** Only of a check of the base: the gates that failed. */
  readonly failures?: readonly BaseFailure[];
  /** Only of a check of the base: the reason why nothing ran at all. */
  readonly problem?: WorkProblem;
}

/** On Linux, an environment variable has at most 128 KiB, including its name. */
const MAX_BYTES = 120_000;

const words = (max: number) => z.string().max(max);
/** More are not counted by anybody. */
const MOST_TESTS = 1_000_000_000;
const gateSchema = z.strictObject({
  gate: words(60),
  verdict: z.enum(['pass', 'fail', 'failed before', 'not applicable', 'timed out']),
  command: words(400),
  durationMs: z.number().nonnegative(),
  output: words(10_000),
  annotations: z
    .array(z.strictObject({ file: words(600), line: z.number().int().positive(), message: words(2_000) }))
    .max(200)
    .exactOptional(),
  tests: z
    .strictObject({
      run: z.number().int().positive().max(MOST_TESTS),
      failed: z.number().int().nonnegative().max(MOST_TESTS),
    })
    .exactOptional(),
});
const validationSchema = z.array(gateSchema).max(60);
const refusedSchema = z
  .array(
    z.strictObject({
      host: words(260),
      port: z.number().int().nonnegative().max(99_999),
      why: z.enum(['not named', 'private address']),
      by: words(120),
      times: z.number().int().positive(),
    }),
  )
  .max(50);
const verifySchema = z.strictObject({
  validation: validationSchema,
  refused: refusedSchema,
  failures: z
    .array(
      z.strictObject({
        gate: words(60),
        state: z.enum(['red', 'flaky', 'empty']),
        failures: z.array(words(1_000)).max(200).exactOptional(),
      }),
    )
    .max(60)
    .exactOptional(),
  problem: problemSchema.exactOptional(),
});
const files = z.array(words(600)).max(200);

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
      digest: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .exactOptional(),
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
  network: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('open') }),
      z.strictObject({ kind: z.literal('limited'), refused: refusedSchema }),
    ])
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
  isolation: z.enum(ISOLATIONS).exactOptional(),
  costUsd: z.number().nonnegative().exactOptional(),
  durationMs: z.number().nonnegative(),
  warnings: z.array(words(1_000)).max(20),
});

/** @returns undefined if the text is not an outcome of this attempt: then the job has reported nothing. */
export function readOutcome(text: string, attempt: string): WorkOutcome | undefined {
  const read = outcomeSchema.safeParse(parseJson(text));
  return read.success && read.data.attempt === attempt ? read.data : undefined;
}

/** @returns nothing found and nothing refused if the text cannot be read, because it is only shown. */
export function readVerifyOutcome(text: string): VerifyOutcome {
  const read = verifySchema.safeParse(parseJson(text));
  return read.success ? read.data : { validation: [], refused: [] };
}

/** The outcome as text for one job output. Long outputs of gates are cut until it fits. */
export function writeOutcome(outcome: WorkOutcome): string {
  const within = (share: number): WorkOutcome => ({
    ...outcome,
    validation: cut(outcome.validation, share),
    ...(outcome.problem === undefined ? {} : { problem: cutProblem(outcome.problem, share) }),
  });
  for (const share of [8_000, 3_000, 1_000, 200]) {
    const text = JSON.stringify(within(share));
    if (Buffer.byteLength(text) <= MAX_BYTES) return text;
  }
  return JSON.stringify({ ...within(200), validation: [], agent: { summary: '', assumptions: [], criteria: [] } });
}

export function writeVerifyOutcome({ validation, refused, failures, problem }: VerifyOutcome): string {
  for (const share of [8_000, 3_000, 1_000, 200]) {
    const text = JSON.stringify({
      validation: cut(validation, share),
      refused,
      ...(failures === undefined ? {} : { failures }),
      ...(problem === undefined ? {} : { problem: cutProblem(problem, share) }),
    });
    if (Buffer.byteLength(text) <= MAX_BYTES) return text;
  }
  return JSON.stringify({ validation: [], refused: [] });
}

const cut = (validation: readonly GateResult[], max: number): readonly GateResult[] =>
  validation.map(({ annotations, ...each }) => ({
    ...each,
    output: cutText(each.output, max),
    ...(annotations ? { annotations: annotations.slice(0, Math.ceil(max / 160)) } : {}),
  }));

/** Keeps the beginning, with the important lines, and the end, with the result. */
const cutText = (text: string, max: number): string => shorten(text, max).toWellFormed();

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
