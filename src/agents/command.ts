/**
 * The agent that is any executable (docs/agents.md).
 *
 *   in    the brief on standard input and in $SWARM_BRIEF_FILE; the working tree as current directory;
 *         $SWARM_EPIC, $SWARM_SEGMENT, $SWARM_ATTEMPT, $SWARM_TRY, $SWARM_ROLE, $SWARM_MODEL, $SWARM_EFFORT
 *   out   changed files; if it likes, a report at $SWARM_REPORT_FILE
 *   exit  0 finished · 75 try again later (EX_TEMPFAIL) · 126, 127 not there · anything else failed
 *
 * What it says of itself is kept as its words and decides nothing (SPEC R5.9).
 */
import { lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Problem } from '#core/problem';
import type { AgentSays } from '#core/report';
import type { AgentEnd, AgentTask } from './agent.ts';
import { environmentFor, runProgram } from './process.ts';

/** `sysexits.h`: a temporary failure, try again later. */
const EX_TEMPFAIL = 75;
const REPORT_BYTES = 256 * 1024;
const LAST_OUTPUT_CHARS = 4_000;

export async function runCommand(task: AgentTask): Promise<AgentEnd> {
  const folder = join(task.scratch, `agent-${task.try}`);
  const briefFile = join(folder, 'brief.md');
  const reportFile = join(folder, 'report.json');
  const transcript = join(folder, 'transcript.txt');
  const temporaryDirectory = join(folder, 'tmp');
  await mkdir(temporaryDirectory, { recursive: true });
  await rm(reportFile, { force: true });
  await writeFile(briefFile, task.brief);
  const ended = await runProgram({
    command: task.agent.command,
    directory: task.directory,
    input: task.brief,
    timeoutMs: task.timeoutMs,
    ...(task.graceMs === undefined ? {} : { graceMs: task.graceMs }),
    onLine: task.onLine,
    environment: environmentFor(process.env, {
      names: [...task.environment, ...task.agent.environment],
      temporaryDirectory,
      also: {
        SWARM_BRIEF_FILE: briefFile,
        SWARM_REPORT_FILE: reportFile,
        SWARM_EPIC: String(task.epic),
        SWARM_SEGMENT: String(task.segment),
        SWARM_ATTEMPT: task.attempt,
        SWARM_TRY: String(task.try),
        SWARM_ROLE: task.role,
        SWARM_MODEL: task.model ?? task.agent.model ?? '',
        SWARM_EFFORT: task.effort ?? task.agent.effort ?? '',
      },
    }),
  });
  await writeFile(transcript, ended.output);
  const program = task.agent.command[0] ?? '';
  const last = ended.output.trim().slice(-LAST_OUTPUT_CHARS);
  const { value: structured, ...report } = await readReport(reportFile);
  const problem = problemOf();
  return {
    ...report,
    ...(task.answer && structured !== undefined ? { structured } : {}),
    text: last,
    durationMs: ended.durationMs,
    transcript,
    ...(problem ? { problem } : {}),
  };

  function problemOf(): Problem | undefined {
    switch (ended.how.kind) {
      case 'not started':
        return { kind: 'AGENT_NOT_FOUND', command: program };
      case 'timed out':
        return { kind: 'AGENT_TIMED_OUT', minutes: Math.max(1, Math.round(task.timeoutMs / 60_000)) };
      case 'killed':
        return { kind: 'AGENT_CRASHED', command: program, exit: ended.how.signal, output: last };
      case 'exited':
        if (ended.how.code === 0) return undefined;
        if (ended.how.code === EX_TEMPFAIL) {
          return { kind: 'AGENT_LATER', message: last.split('\n').at(-1) || 'exit code 75' };
        }
        if (ended.how.code === 126 || ended.how.code === 127) return { kind: 'AGENT_NOT_FOUND', command: program };
        return { kind: 'AGENT_CRASHED', command: program, exit: `exit code ${ended.how.code}`, output: last };
    }
  }
}

const text = (max: number) => z.string().transform((value) => value.slice(0, max).toWellFormed());

/** Longer texts are cut, further items dropped, further keys passed over: an agent's slip costs it no work. */
const reportSchema = z.object({
  summary: text(8_000).default(''),
  handoff: text(8_000).optional(),
  assumptions: z
    .array(text(1_000))
    .default([])
    .transform((all) => all.slice(0, 50)),
  criteria: z
    .array(z.object({ id: text(40), evidence: text(1_000) }))
    .default([])
    .transform((all) => all.slice(0, 200)),
  questions: z
    .array(
      z.object({
        id: text(40).exactOptional(),
        text: text(2_000),
        options: z
          .array(text(200))
          .default([])
          .transform((all) => all.slice(0, 10)),
        context: text(2_000).exactOptional(),
        blocking: z.boolean().default(false),
      }),
    )
    .default([]),
  costUsd: z.number().nonnegative().max(1_000_000).optional(),
  tokens: z.number().int().nonnegative().max(1e12).optional(),
});

const NO_WORDS: AgentSays = { summary: '', assumptions: [], criteria: [] };

async function readReport(
  file: string,
): Promise<Pick<AgentEnd, 'says' | 'costUsd' | 'tokens' | 'warnings' | 'question'> & { readonly value?: unknown }> {
  const unused = (why: string) => ({ says: NO_WORDS, warnings: [why] });
  const found = await lstat(file).catch(() => undefined);
  if (!found) return { says: NO_WORDS, warnings: [] };
  if (!found.isFile()) return unused('it is no regular file');
  if (found.size > REPORT_BYTES) return unused(`it has ${found.size} bytes, ${REPORT_BYTES} are taken`);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return unused('it is not JSON');
  }
  const read = reportSchema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return unused(`${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not as described'}`);
  }
  const { costUsd, tokens, handoff, questions, ...says } = read.data;
  // What it stopped for comes before what it would have liked to know.
  const question = questions.find(({ blocking }) => blocking) ?? questions[0];
  return {
    value,
    ...(question === undefined ? {} : { question }),
    says: { ...says, ...(handoff === undefined ? {} : { handoff }) },
    warnings: [],
    ...(costUsd === undefined ? {} : { costUsd }),
    ...(tokens === undefined ? {} : { tokens }),
  };
}
