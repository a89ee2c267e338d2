/** What a security segment found: read from its answer, shown, and made into segments by whoever decides (SPEC R5.9). */
import { z } from 'zod';
import type { Bench, Called } from './bench.ts';
import { objectIn } from './council.ts';

const MOST = 50;

/** Every key required, as the strictest provider wants. */
export const FINDINGS_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['summary', 'findings'],
  properties: {
    summary: { type: 'string' },
    findings: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['file', 'line', 'severity', 'why'],
        properties: {
          file: { type: 'string' },
          line: { type: 'integer' },
          severity: { type: 'string', enum: ['critical', 'major', 'minor'] },
          why: { type: 'string' },
        },
      },
    },
  },
} as const;

const schema = z.object({
  summary: z.string().default(''),
  findings: z.array(
    z.object({
      file: z.string().min(1).max(600),
      line: z.number().int().positive(),
      severity: z.enum(['critical', 'major', 'minor']),
      why: z.string().max(3_000),
    }),
  ),
});

export function findingsIn(bench: Bench, ended: Called): void {
  const value = objectIn(ended);
  if (value === undefined) return;
  const read = schema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    bench.warn(`The findings could not be read: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
    return;
  }
  bench.findings.splice(0);
  for (const each of read.data.findings.slice(0, MOST)) {
    bench.findings.push({ ...each, file: bench.safe(each.file), why: bench.safe(each.why).slice(0, 1_000) });
  }
  if (bench.says.summary === '') bench.says = { ...bench.says, summary: bench.safe(read.data.summary).slice(0, 8_000) };
}
