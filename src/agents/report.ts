/**
 * What an agent says of its work, made small and plain: from the file it was asked to write, else from the JSON block
 * that ends its last words, else those words themselves.
 *
 * All of it is shown as what was said and decides nothing, so a slip costs no work: longer texts are cut, further items
 * dropped, further keys passed over.
 */
import { lstat, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { AgentSays } from '#core/model/report';
import type { AgentQuestion, AgentUsage } from './task.ts';

export interface AgentWords {
  readonly says: AgentSays;
  readonly question?: AgentQuestion;
  readonly costUsd?: number;
  readonly tokens?: number;
  /** Where it tells what it read and what it wrote apart. */
  readonly usage?: AgentUsage;
  readonly warnings: readonly string[];
  /** The whole of what the file holds, unread: an answer that was asked for in a form of its own. */
  readonly value?: unknown;
}

const REPORT_BYTES = 256 * 1024;
const SUMMARY_CHARS = 8_000;

const text = (max: number) => z.string().transform((value) => value.slice(0, max).toWellFormed());
const texts = (chars: number, most: number) =>
  z
    .array(text(chars))
    .default([])
    .transform((all) => all.slice(0, most));

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

const NO_WORDS: AgentSays = { summary: '', assumptions: [], criteria: [] };

/**
 * @param file where it was asked to write its report.
 * @param lastWords its final message; undefined where it has none that can be told from other output.
 */
export async function readWords(file: string, lastWords: string | undefined): Promise<AgentWords> {
  const written = await readReportFile(file);
  if (written !== 'none') return written;
  const block = lastWords === undefined ? undefined : lastJson(lastWords);
  if (block !== undefined && reportSchema.safeParse(block).success) return wordsOf(block);
  return { says: { ...NO_WORDS, summary: cut(lastWords ?? '') }, warnings: [] };
}

async function readReportFile(file: string): Promise<AgentWords | 'none'> {
  const found = await lstat(file).catch(() => undefined);
  if (!found) return 'none';
  const unused = (why: string): AgentWords => ({ says: NO_WORDS, warnings: [why] });
  if (!found.isFile()) return unused('it is no regular file');
  if (found.size > REPORT_BYTES) return unused(`it has ${found.size} bytes, ${REPORT_BYTES} are taken`);
  const value = parse(await readFile(file, 'utf8'));
  return value === undefined ? unused('it is not JSON') : { ...wordsOf(value), value };
}

function wordsOf(value: unknown): AgentWords {
  const read = reportSchema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    const why = `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not as described'}`;
    return { says: NO_WORDS, warnings: [why] };
  }
  const { costUsd, tokens, handoff, question: only, questions, ...says } = read.data;
  // What it stopped for comes before what it would have liked to know.
  const asked = only === undefined ? questions : [only, ...questions];
  const question = asked.find(({ blocking }) => blocking) ?? asked[0];
  return {
    says: { ...says, ...(handoff === undefined ? {} : { handoff }) },
    ...(question === undefined ? {} : { question: present(question) }),
    warnings: [],
    ...(costUsd === undefined ? {} : { costUsd }),
    ...tokensOf(tokens),
  };
}

function tokensOf(told: z.output<typeof reportSchema>['tokens']): Pick<AgentWords, 'tokens' | 'usage'> {
  if (told === undefined) return {};
  if (typeof told === 'number') return { tokens: told };
  const { input, output, cached } = told;
  return { tokens: input + output, usage: { inputTokens: input, outputTokens: output, cachedTokens: cached } };
}

const present = ({
  id,
  context,
  ...question
}: z.output<typeof questionSchema> & { id?: unknown; context?: unknown }) => ({
  ...question,
  ...(typeof id === 'string' ? { id } : {}),
  ...(typeof context === 'string' ? { context } : {}),
});

const FENCES_LOOKED_AT = 200;

/** The last fenced block of a text that is JSON, or the text itself where it is nothing but JSON. */
export function lastJson(words: string): unknown {
  const whole = words.trim();
  if (whole.startsWith('{')) {
    const value = parse(whole);
    if (value !== undefined) return value;
  }
  const lines = words.split('\n');
  const fences = lines.flatMap((line, at) => (/^\s{0,3}```/.test(line) ? [at] : [])).slice(-FENCES_LOOKED_AT);
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
