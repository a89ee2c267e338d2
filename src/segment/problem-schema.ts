/**
 * The validator of problems that a work job reports, made from the table in `core/model/problem.ts`: a problem that is in
 * the table can be read, so that none loses its run for the want of a schema.
 */
import { z } from 'zod';
import { issueNumber, LARGEST_NUMBER } from '#core/model/epic';
import { WORK_PROBLEMS, type WorkProblem } from '#core/model/problem';
import type { Readable, ReadableFields } from '#core/model/problem/shape';
import { shorten } from '#words/safe';

const TABLE: Readonly<Record<string, ReadableFields>> = WORK_PROBLEMS;

const schemaOf = (shape: Readable): z.ZodType => {
  switch (shape.form) {
    case 'text':
      return z.string().max(shape.max);
    case 'number':
      return z.number().nonnegative();
    case 'issue number':
      return z.number().int().positive().max(LARGEST_NUMBER).transform(issueNumber);
    case 'one of':
      return z.enum(shape.words);
    case 'list':
      return z.array(schemaOf(shape.of)).max(shape.max);
    case 'record':
      return z.strictObject(fieldsOf(shape.fields));
    case 'optional':
      return z.exactOptional(schemaOf(shape.of));
  }
};

const fieldsOf = (fields: ReadableFields): Record<string, z.ZodType> =>
  Object.fromEntries(Object.entries(fields).map(([key, shape]) => [key, schemaOf(shape)]));

const SCHEMAS = Object.entries(TABLE).map(([kind, fields]) =>
  z.strictObject({ kind: z.literal(kind), ...fieldsOf(fields) }),
);

// The type and the schemas come from the same table, which TypeScript cannot see here.
export const problemSchema = z.discriminatedUnion('kind', SCHEMAS as never) as unknown as z.ZodType<WorkProblem>;

/**
 * The problem with every text and list cut to what the schema accepts, so that a long one loses words and not its run.
 *
 * @param maxOutput characters for each output of a program. A list is cut to a twentieth as many items.
 */
export const cutProblem = (problem: WorkProblem, maxOutput: number): WorkProblem => {
  const { kind, ...facts } = problem;
  return { kind, ...(cutRecord(facts, TABLE[kind] ?? {}, maxOutput) as object) } as WorkProblem;
};

const cutRecord = (value: unknown, fields: ReadableFields, maxOutput: number): unknown =>
  Object.fromEntries(
    Object.entries(value as Readonly<Record<string, unknown>>).map(([key, held]) => {
      const shape = fields[key];
      return [key, shape ? cutValue(held, shape, maxOutput) : held];
    }),
  );

const cutValue = (value: unknown, shape: Readable, maxOutput: number): unknown => {
  switch (shape.form) {
    case 'text':
      return cutText(value as string, shape, maxOutput);
    case 'list':
      return (value as readonly unknown[])
        .slice(0, Math.min(shape.max, Math.ceil(maxOutput / 20)))
        .map((item) => cutValue(item, shape.of, maxOutput));
    case 'record':
      return cutRecord(value, shape.fields, maxOutput);
    case 'optional':
      return cutValue(value, shape.of, maxOutput);
    case 'number':
    case 'issue number':
    case 'one of':
      return value;
  }
};

const cutText = (
  value: string,
  { max, keep }: Extract<Readable, { readonly form: 'text' }>,
  maxOutput: number,
): string => {
  switch (keep) {
    case 'start':
      return value.slice(0, max).toWellFormed();
    case 'end':
      return value.slice(-Math.min(max, maxOutput)).toWellFormed();
    case 'both ends':
      return shorten(value, Math.min(max, maxOutput)).toWellFormed();
  }
};
