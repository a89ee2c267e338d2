/**
 * The lines of Beads' `issues.jsonl`, as `bd export` writes them and `bd import` reads them: one issue each.
 *
 * @see https://github.com/gastownhall/beads (formerly steveyegge/beads), `internal/types/types.go`
 */
import { z } from 'zod';
import { type Place, refuseFile, show } from './draft.ts';

const prose = z
  .string()
  .nullish()
  .transform((text) => text ?? '');

const dependencySchema = z.looseObject({
  issue_id: z.string().nullish(),
  depends_on_id: z.string().min(1),
  type: z
    .string()
    .min(1)
    .nullish()
    .transform((type) => type ?? 'blocks'),
});

const issueSchema = z.looseObject({
  id: z.string().regex(/^[^\s`\p{C}]{1,200}$/u, 'an id has at most 200 characters, without spaces and backticks'),
  title: z.string().trim().min(1, 'expected text that is not empty'),
  description: prose,
  design: prose,
  acceptance_criteria: prose,
  notes: prose,
  status: z
    .string()
    .nullish()
    .transform((status) => status || 'open'),
  priority: z
    .int('expected a number from 0 to 4')
    .min(0, 'expected a number from 0 to 4')
    .max(4, 'expected a number from 0 to 4')
    .nullish(),
  issue_type: z
    .string()
    .nullish()
    .transform((type) => type || 'task'),
  estimated_minutes: z.int().min(0).nullish(),
  labels: z
    .array(z.string())
    .nullish()
    .transform((labels) => labels ?? []),
  dependencies: z
    .array(dependencySchema)
    .nullish()
    .transform((dependencies) => dependencies ?? []),
  metadata: z.unknown().optional(),
});

export type BeadsIssue = z.infer<typeof issueSchema>;

export interface BeadsLine {
  /** From 1. */
  readonly line: number;
  /** As it was parsed: also what the schema does not know, and in its order. */
  readonly record: Readonly<Record<string, unknown>>;
  /** Undefined for a line that is not an issue: a header, a memory, a deleted issue. */
  readonly issue: BeadsIssue | undefined;
  /** What it is instead. */
  readonly kind: 'issue' | 'header' | 'memory' | 'deleted';
}

/** Whether a first line of JSON is one of this format. */
export const isBeads = (value: unknown): boolean =>
  value !== null &&
  typeof value === 'object' &&
  ('_schema' in value || '_type' in value || ('id' in value && 'title' in value && !('tasks' in value)));

/** The version of the header that some exports begin with. */
const KNOWN_SCHEMA = /^beads-jsonl\/1(?:\.\d+)?$/;

/** Throws a `Fault` with all errors, each with its line. */
export function readBeadsLines(source: string, file: string): readonly BeadsLine[] {
  const errors: string[] = [];
  const lines = source
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((text, index): BeadsLine[] => {
      if (text.trim() === '') return [];
      const line = index + 1;
      const value = parsed(text);
      if (value === undefined) {
        errors.push(
          `line ${line}: it is not valid JSON${/^[<=>|]{7}/.test(text) ? ', but a mark of a merge conflict' : ''}.`,
        );
        return [];
      }
      if (value === null || typeof value !== 'object' || Array.isArray(value)) {
        errors.push(`line ${line}: expected an issue as a JSON object.`);
        return [];
      }
      const record = value as Readonly<Record<string, unknown>>;
      if ('_schema' in record) {
        if (!KNOWN_SCHEMA.test(String(record._schema)))
          errors.push(
            `line ${line}: the file has the version ${show(String(record._schema))}; known is beads-jsonl/1.`,
          );
        return [{ line, record, issue: undefined, kind: 'header' }];
      }
      if (record._type === 'memory') return [{ line, record, issue: undefined, kind: 'memory' }];
      if (record.status === 'tombstone') return [{ line, record, issue: undefined, kind: 'deleted' }];
      const read = issueSchema.safeParse(record);
      if (read.success) return [{ line, record, issue: read.data, kind: 'issue' }];
      for (const issue of read.error.issues)
        errors.push(
          `line ${line}: \`${issue.path.join('.') || 'the issue'}\`: ${issue.message.replace(/^Invalid input: /, '')}.`,
        );
      return [];
    });
  const first = new Map<string, number>();
  for (const { line, issue } of lines) {
    if (!issue) continue;
    const before = first.get(issue.id);
    if (before !== undefined) errors.push(`line ${line}: the id ${show(issue.id)} is already used on line ${before}.`);
    else first.set(issue.id, line);
  }
  if (errors.length > 0) refuseFile(file, errors, 'Repair the file, or write it again with `bd export`.');
  return lines;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const placeOf = ({ issue, line, kind }: BeadsLine): Place => ({ name: issue?.id ?? kind, line });

/** Kinds of dependencies that hold an issue back. All others only link. */
export const BLOCKING: ReadonlySet<string> = new Set(['blocks', 'conditional-blocks', 'waits-for']);

/** Types of issues that are a kind of commit; the rest of `type` is in the metadata. */
export const COMMIT_TYPES: ReadonlyMap<string, string> = new Map([
  ['bug', 'fix'],
  ['feature', 'feat'],
  ['chore', 'chore'],
]);

/** `2h`, or `90m`. */
export const minutesText = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`);
