/**
 * Reads the JSON that agents answer with: a reviewer's verdict, an implementer's answers to findings, and the findings of
 * a security segment (SPEC R5.9, R5.10).
 */
import type { z } from 'zod';
import { ANSWERS, FINDINGS, VERDICT } from '#brief/answers';
import type { CouncilFinding } from '#core/model/report';
import type { RunLog } from './run-log.ts';
import type { AgentReply } from './step.ts';

export interface Verdict {
  readonly kind: 'approved' | 'rejected';
  readonly summary: string;
  /** Those that name a line of the change. */
  readonly findings: readonly CouncilFinding[];
  /** The number of findings that name none, and were left out. */
  readonly dropped: number;
}

export type ReadVerdict =
  | Verdict
  /** `why` is a sentence for the agent that answered. */
  | { readonly kind: 'unusable'; readonly why: string; readonly dropped: number };

/** @param diff the change, with the lines around it that a finding may name. */
export function readVerdict(reply: Reply, diff: string, log: Pick<RunLog, 'safe' | 'warn'>): ReadVerdict {
  const unusable = (why: string, dropped = 0): ReadVerdict => ({ kind: 'unusable', why, dropped });
  const value = objectIn(reply);
  if (value === undefined) return unusable('There was no JSON object in it.');
  const read = VERDICT.reader.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return unusable(`\`${issue?.path.join('.') || 'It'}\`: ${issue?.message ?? 'it does not match the form'}.`);
  }
  const { verdict, summary, findings } = read.data;
  const lines = hunksIn(diff);
  const inChange = findings
    .map((each) => ({ ...each, file: each.file.replace(/^\.\//, ''), why: log.safe(each.why) }))
    .filter(({ file, line }) => lines.get(file)?.some(([from, to]) => line >= from && line <= to));
  const dropped = findings.length - inChange.length;
  if (dropped > 0) log.warn(`${dropped} of ${findings.length} findings name no line of the change and were dropped.`);
  if (verdict === 'rejected' && inChange.length === 0) {
    const why = 'It rejects the change but names no line of it. Each finding needs a file and a line of the change.';
    return unusable(why, dropped);
  }
  // A serious finding is a rejection, even if the verdict says `approved`.
  const isSerious = inChange.some(({ severity }) => severity !== 'minor');
  const kind = verdict === 'rejected' || isSerious ? 'rejected' : 'approved';
  return { kind, summary: log.safe(summary), findings: inChange, dropped };
}

/** An implementer's answer to the finding of this number, counted from 1. */
export type FindingAnswer = z.output<typeof ANSWERS.reader>['answers'][number];

/** @returns no answers if they cannot be read. */
export function readAnswers(reply: Reply): readonly FindingAnswer[] {
  const read = ANSWERS.reader.safeParse(objectIn(reply));
  return read.success ? read.data.answers : [];
}

/** The findings of a security segment, at most 50. @returns undefined if the answer holds none that can be read. */
export function readFindings(
  reply: Reply,
  log: Pick<RunLog, 'safe' | 'warn'>,
): { readonly summary: string; readonly findings: readonly CouncilFinding[] } | undefined {
  const value = objectIn(reply);
  if (value === undefined) return undefined;
  const read = FINDINGS.reader.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    log.warn(`The findings could not be read: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
    return undefined;
  }
  return {
    summary: log.safe(read.data.summary),
    findings: read.data.findings.map((each) => ({
      ...each,
      file: log.safe(each.file),
      why: log.safe(each.why).slice(0, 1_000),
    })),
  };
}

type Reply = Pick<AgentReply, 'structured' | 'text'>;

/** The structured answer if there is one; else the last JSON block of the text, or the object that its words contain. */
export function objectIn({ structured, text: words }: Reply): unknown {
  if (typeof structured === 'object' && structured !== null) return structured;
  const blocks = [...words.matchAll(/```(?:json)?[ \t]*\n([\s\S]*?)\n[ \t]*```/g)].map(([, block]) => block ?? '');
  for (const candidate of [...blocks.reverse(), words.slice(words.indexOf('{'), words.lastIndexOf('}') + 1)]) {
    try {
      const value: unknown = JSON.parse(candidate);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    } catch {
      // Not JSON; the next candidate may be.
    }
  }
  return undefined;
}

/** Lines of each file that a diff shows. Only used to check where a finding points: a change is never read from a diff's text. */
export function hunksIn(diff: string): ReadonlyMap<string, readonly (readonly [number, number])[]> {
  const found = new Map<string, [number, number][]>();
  let file = '';
  let gone = '';
  let [oldLeft, newLeft] = [0, 0];
  for (const line of diff.split('\n')) {
    if (oldLeft + newLeft > 0 && /^[ +-]/.test(line)) {
      if (!line.startsWith('+')) oldLeft -= 1;
      if (!line.startsWith('-')) newLeft -= 1;
      continue;
    }
    if (line.startsWith('--- a/')) gone = line.slice(6);
    else if (line.startsWith('+++ ')) file = line === '+++ /dev/null' ? gone : line.slice(6);
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (!hunk) continue;
    const from = Number(hunk[2]);
    [oldLeft, newLeft] = [Number(hunk[1] ?? 1), Number(hunk[3] ?? 1)];
    found.set(file, [...(found.get(file) ?? []), [Math.max(1, from), Math.max(1, from + newLeft - 1)]]);
  }
  return found;
}
