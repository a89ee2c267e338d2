/**
 * An agent that is any executable (docs/agents.md).
 *
 *   in    the brief on standard input and in $SWARM_BRIEF_FILE; the working tree as current directory;
 *         $SWARM_EPIC, $SWARM_SEGMENT, $SWARM_ATTEMPT, $SWARM_TRY, $SWARM_ROLE, $SWARM_MODEL, $SWARM_EFFORT
 *   out   changed files; optionally a report at $SWARM_REPORT_FILE
 *   exit  0 finished · 75 try again later (EX_TEMPFAIL) · 126, 127 not found · anything else failed
 *
 * Its report is shown and decides nothing (SPEC R5.9).
 */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkProblem } from '#core/model/problem';
import { endpointsOf } from './endpoints.ts';
import {
  type AgentAdapter,
  checkBudget,
  costOf,
  furnish,
  givenTo,
  makeDesk,
  renamedKeys,
  roomFor,
  taskVariables,
} from './invocation.ts';
import { lastJson, readReport } from './report.ts';
import type { AgentEnd, AgentTask } from './task.ts';
import { waitIn } from './wait.ts';

/** `sysexits.h`: a temporary failure, try again later. */
const EX_TEMPFAIL = 75;
const LAST_OUTPUT_CHARS = 4_000;

/** @param maker the preset that brings the program's login and endpoints, if there is one. */
export async function runCommand(
  task: AgentTask,
  { hosts = [], homeFiles = [] }: Partial<Pick<AgentAdapter, 'hosts' | 'homeFiles'>> = {},
): Promise<AgentEnd> {
  const { folder, desk } = await makeDesk(task);
  const briefFile = join(desk, 'brief.md');
  const reportFile = join(desk, 'report.json');
  const transcript = join(folder, 'transcript.txt');
  const room = roomFor(task, desk);
  await rm(reportFile, { force: true });
  await furnish(room.home, task.sandbox.variables.HOME, homeFiles);
  await writeFile(briefFile, task.brief);
  const { timeoutMinutes } = task.agent;
  const timeoutMs = Math.min(task.timeoutMs, timeoutMinutes === undefined ? Infinity : timeoutMinutes * 60_000);
  const names = [...task.environment, ...task.agent.environment];
  const places = await endpointsOf({ ...givenTo(task, names), hosts, homeFiles });
  const ended = await task.sandbox.run({
    room,
    network: { by: task.role, places, tree: task.directory, fetchOfNode: true },
    command: task.agent.command,
    directory: task.directory,
    input: task.brief,
    timeoutMs,
    ...(task.signal ? { signal: task.signal } : {}),
    ...(task.graceMs === undefined ? {} : { graceMs: task.graceMs }),
    onLine: (line) => task.onLine(line),
    environment: task.sandbox.environmentFor({
      names,
      ...room,
      also: { ...renamedKeys(task), ...taskVariables(task, briefFile, reportFile) },
    }),
  });
  await writeFile(transcript, ended.output);
  const program = task.agent.command[0] ?? '';
  const last = ended.output.trim().slice(-LAST_OUTPUT_CHARS);
  // Standard output may hold anything. An answer that was asked for is in the report, or else at the end of the output.
  const { value, ...report } = await readReport(reportFile, undefined);
  const structured = task.answer ? (value ?? lastJson(ended.output)) : undefined;
  const costUsd = (report.usage && costOf(task, report.usage)) ?? report.costUsd;
  const judged = checkBudget(task, costUsd);
  const problem = problemOf() ?? judged.problem;
  return {
    ...report,
    ...(costUsd === undefined ? {} : { costUsd }),
    warnings: [...report.warnings.map((why) => `its report: ${why}`), ...judged.warnings],
    text: last,
    ...(structured === undefined ? {} : { structured }),
    durationMs: ended.durationMs,
    transcript,
    ...(problem ? { problem } : {}),
  };

  function problemOf(): WorkProblem | undefined {
    switch (ended.how.kind) {
      case 'not started':
        return { kind: 'AGENT_NOT_FOUND', command: program };
      case 'timed out':
        return { kind: 'AGENT_TIMED_OUT', minutes: Math.max(1, Math.round(timeoutMs / 60_000)) };
      case 'stopped':
        return { kind: 'AGENT_STOPPED', agent: task.agent.name };
      case 'killed':
        return { kind: 'AGENT_CRASHED', command: program, exit: ended.how.signal, output: last };
      case 'exited':
        if (ended.how.code === 0) return undefined;
        if (ended.how.code === EX_TEMPFAIL) {
          const message = last.split('\n').at(-1) || 'exit code 75';
          const waitMs = waitIn(message, Date.now());
          return { kind: 'AGENT_LATER', agent: task.agent.name, message, ...(waitMs === undefined ? {} : { waitMs }) };
        }
        if (ended.how.code === 126 || ended.how.code === 127) return { kind: 'AGENT_NOT_FOUND', command: program };
        return { kind: 'AGENT_CRASHED', command: program, exit: `exit code ${ended.how.code}`, output: last };
    }
  }
}
