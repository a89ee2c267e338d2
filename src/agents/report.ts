/**
 * Reads an agent's report: the file it was asked to write, or else the JSON block at the end of its last message, or else
 * that message.
 *
 * The report is only shown and decides nothing, so reading is lenient: long texts are cut, surplus items dropped, unknown
 * keys ignored.
 */
import { lstat, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { AgentSays } from '#core/model/report';
import type { AgentQuestion, AgentUsage } from './task.ts';

export interface AgentReport {
  readonly says: AgentSays;
  readonly question?: AgentQuestion;
  readonly costUsd?: number;
  readonly tokens?: number;
  /** Only if it reports input and output separately. */
  readonly usage?: AgentUsage;
  readonly warnings: readonly string[];
  /** The file's whole JSON: it may also be an answer in the form that was asked for. */
  readonly value?: unknown;
}

const REPORT_BYTES = 256 * 1024;
const SUMMARY_CHARS = 8_000;

const text = (max: number) => z.string().transform((value) => value.slice(0, max).toWellFormed());
const texts = (chars: number, max: number) =>
  z
    .array(text(chars))
    .default([])
    .transform((all) => all.slice(0, max));

const questionKeys = {
  id: text(40).optional(),
  text: text(2_000),
  options: texts(300, 10),
  context: text(4_000).optional(),
};
const questionSchema = z.union([
  text(2_000).transform((asked) => ({ text: asked, options: [] as string[], blocking: true })),
  z.object({ ...questionKeys, blocking: z.boolean().default(true) }),
]);

const amount = z.number().int().nonnegative().max(1e12);

const reportSchema = z.object({
  summary: text(SUMMARY_CHARS).default(''),
  handoff: text(8_000).optional(),
  assumptions: texts(1_000, 50),
  criteria: z
    .array(z.object({ id: text(40), evidence: text(1_000) }))
    .default([])
    .transform((all) => all.slice(0, 200)),
  question: questionSchema.optional(),
  questions: z.array(z.object({ ...questionKeys, blocking: z.boolean().default(false) })).default([]),
  costUsd: z.number().nonnegative().max(1_000_000).optional(),
  tokens: z.union([amount, z.object({ input: amount, output: amount, cached: amount.default(0) })]).optional(),
});

const EMPTY_REPORT: AgentSays = { summary: '', assumptions: [], criteria: [] };

/**
 * @param file the path that it was asked to write to.
 * @param lastMessage its final message; undefined if its output cannot be told apart from other programs' output.
 */
export async function readReport(file: string, lastMessage: string | undefined): Promise<AgentReport> {
  const written = await readReportFile(file);
  if (written !== 'none') return written;
  const block = lastMessage === undefined ? undefined : lastJson(lastMessage);
  if (block !== undefined && reportSchema.safeParse(block).success) return reportFrom(block);
  return { says: { ...EMPTY_REPORT, summary: cut(lastMessage ?? '') }, warnings: [] };
}

async function readReportFile(file: string): Promise<AgentReport | 'none'> {
  const found = await lstat(file).catch(() => undefined);
  if (!found) return 'none';
  const unused = (why: string): AgentReport => ({ says: EMPTY_REPORT, warnings: [why] });
  if (!found.isFile()) return unused('it is not a regular file');
  if (found.size > REPORT_BYTES) return unused(`it has ${found.size} bytes; the limit is ${REPORT_BYTES}`);
  const value = parse(await readFile(file, 'utf8'));
  return value === undefined ? unused('it is not JSON') : { ...reportFrom(value), value };
}

function reportFrom(value: unknown): AgentReport {
  const read = reportSchema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    const why = `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not as described'}`;
    return { says: EMPTY_REPORT, warnings: [why] };
  }
  const { costUsd, tokens, handoff, question: only, questions, ...says } = read.data;
  // A question that it stopped for comes first.
  const asked = only === undefined ? questions : [only, ...questions];
  const question = asked.find(({ blocking }) => blocking) ?? asked[0];
  return {
    says: { ...says, ...(handoff === undefined ? {} : { handoff }) },
    ...(question === undefined ? {} : { question: questionFrom(question) }),
    warnings: [],
    ...(costUsd === undefined ? {} : { costUsd }),
    ...tokensOf(tokens),
  };
}

function tokensOf(tokens: z.output<typeof reportSchema>['tokens']): Pick<AgentReport, 'tokens' | 'usage'> {
  if (tokens === undefined) return {};
  if (typeof tokens === 'number') return { tokens };
  const { input, output, cached } = tokens;
  return { tokens: input + output, usage: { inputTokens: input, outputTokens: output, cachedTokens: cached } };
}

const questionFrom = ({
  id,
  context,
  ...question
}: z.output<typeof questionSchema> & { id?: unknown; context?: unknown }) => ({
  ...question,
  ...(typeof id === 'string' ? { id } : {}),
  ...(typeof context === 'string' ? { context } : {}),
});

const MAX_FENCES = 200;

/** The last fenced block of a text that is JSON, or the whole text if it is JSON. */
export function lastJson(message: string): unknown {
  const whole = message.trim();
  if (whole.startsWith('{')) {
    const value = parse(whole);
    if (value !== undefined) return value;
  }
  const lines = message.split('\n');
  const fences = lines.flatMap((line, index) => (/^\s{0,3}```/.test(line) ? [index] : [])).slice(-MAX_FENCES);
  for (let last = fences.length - 1; last > 0; last--) {
    const body = lines.slice((fences[last - 1] ?? 0) + 1, fences[last]).join('\n');
    const value = parse(body);
    if (typeof value === 'object' && value !== null) return value;
  }
  return undefined;
}

const cut = (words: string): string => words.trim().slice(0, SUMMARY_CHARS).toWellFormed();

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
