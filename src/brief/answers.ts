/**
 * The JSON that agents are asked to answer with (SPEC R5.9, R5.10). Each form is written once: the schema that is sent
 * with the brief is made from the one that reads the answer.
 *
 * Reading is lenient: too long texts are cut, missing ones are empty, further keys are ignored. A slip in the form should
 * not cost a paid answer.
 */
import { z } from 'zod';

/** The most findings of one verdict, and of a council as a whole. */
export const MAX_COUNCIL_FINDINGS = 20;
export const MAX_SECURITY_FINDINGS = 50;

const text = (max: number) => z.string().transform((value) => value.slice(0, max).toWellFormed());

/** A fault at a line of the repository, as a reviewer, a lead or a security segment reports it. */
export const findingShape = {
  file: z.string().min(1).max(600),
  line: z.number().int().positive(),
  severity: z.enum(['critical', 'major', 'minor']),
  why: text(3_000),
};
const findings = z.array(z.object(findingShape));

export interface AnswerKind<Reader extends z.ZodType> {
  readonly name: string;
  /** A JSON Schema. Objects are closed and every key is required, because the strictest provider demands it. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly reader: Reader;
}

/** Providers that hold an agent to a schema refuse one with limits or defaults in it. */
const PLAIN_KEYS: ReadonlySet<string> = new Set(['type', 'properties', 'items', 'enum']);

/** The answer of a reviewer or a lead. */
export const VERDICT = answerKind(
  'verdict',
  z.object({
    verdict: z.enum(['approved', 'rejected']),
    summary: text(6_000).default(''),
    findings: findings.default([]).transform((all) => all.slice(0, MAX_COUNCIL_FINDINGS)),
  }),
);

/** An implementer's answer to a council's findings, which are numbered from 1. */
export const ANSWERS = answerKind(
  'answers',
  z.object({
    answers: z
      .array(
        z.object({
          finding: z.number().int().positive(),
          did: z.enum(['fixed', 'disputed']),
          why: text(3_000).default(''),
        }),
      )
      .transform((all) => all.slice(0, MAX_COUNCIL_FINDINGS)),
  }),
);

/** The answer of a security segment. */
export const FINDINGS = answerKind(
  'findings',
  z.object({
    summary: text(8_000).default(''),
    findings: findings.transform((all) => all.slice(0, MAX_SECURITY_FINDINGS)),
  }),
);

function answerKind<Reader extends z.ZodType>(name: string, reader: Reader): AnswerKind<Reader> {
  const { $schema: _, ...schema } = z.toJSONSchema(reader, {
    io: 'input',
    override: ({ jsonSchema }) => {
      for (const key of Object.keys(jsonSchema)) if (!PLAIN_KEYS.has(key)) Reflect.deleteProperty(jsonSchema, key);
      if (!jsonSchema.properties) return;
      jsonSchema.required = Object.keys(jsonSchema.properties);
      jsonSchema.additionalProperties = false;
    },
  });
  return { name, schema, reader };
}
