/**
 * One start of an agent, the same for all of them: a folder, an environment, limits, a transcript, and the meaning of its
 * end.
 *
 * An adapter (a preset, the Agent Client Protocol) only starts the agent, reads its output into `AgentState`, and notes
 * each sign of life. Limits are enforced here.
 */
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { keysOf } from '#core/model/config';
import type { WorkProblem } from '#core/model/problem';
import type { ProgramEnd, ProgramOptions } from '#sandbox/process';
import type { Room } from '#sandbox/sandbox';
import { endpointsOf, type Given } from './endpoints.ts';
import { type Failure, kindOf, problemOf } from './failure.ts';
import { lastJson, readReport } from './report.ts';
import type { After, AgentEnd, AgentEvent, AgentQuestion, AgentTask, AgentUsage } from './task.ts';

/** An agent's progress and result so far, by its own output. */
export interface AgentState {
  /** Its latest message. The last one is its answer. */
  text: string;
  structured?: unknown;
  costUsd?: number;
  usage?: AgentUsage;
  turns?: number;
  /** The name of its conversation. */
  session?: string;
  question?: AgentQuestion;
  readonly denied: string[];
  /** The reason that it gave for giving up. */
  failure?: Failure;
  /** A limit or an outage that the agent is waiting out. Cleared when it makes progress again. */
  trouble?: Failure;
  /** The number of its messages that were understood. */
  messages: number;
  /** It reported its end, successful or not. */
  isOver: boolean;
  readonly warnings: string[];
}

/** The facts that differ from agent to agent. */
export interface AgentAdapter {
  /** Used if the config names no program. */
  readonly program: readonly string[];
  /** Names of variables that configure it, such as its provider's address. Their values are not secret. */
  readonly settings: readonly string[];
  /** Hosts that its program needs, whatever its keys and settings are. */
  readonly hosts: readonly string[];
  /** Files below the home of the job's user with its login and settings. Each home that an agent gets has copies of them. */
  readonly homeFiles: readonly string[];
  /** True if its figures include earlier invocations of the same conversation. */
  readonly isCumulative: { readonly cost: boolean; readonly usage: boolean };
}

/** Long enough for a slow build in the agent's shell, and short enough to notice a hang. */
const IDLE_MS = 20 * 60_000;
/** Agents wait out limits and outages. One that lasts longer than this fraction is better waited out without a job. */
const TROUBLE_SHARE = 5;
/** Some agents do not exit when they are done. */
const LEAVE_MS = 3_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const realAfter: After = (ms, act) => {
  const timer = setTimeout(act, Math.min(ms, LONGEST_TIMER_MS));
  return () => clearTimeout(timer);
};

/** One event can hold a whole file. */
const EVENT_CHARS = 16_000_000;
const TRANSCRIPT_BYTES = 64 * 1024 * 1024;
const SHOWN_CHARS = 400;
const LAST_CHARS = 4_000;

/** The totals of the conversation before this invocation: some agents continue to count from there. */
interface ResumedSession {
  readonly session: string;
  readonly costUsd: number;
  readonly usage: AgentUsage;
}

const NO_USAGE: AgentUsage = { inputTokens: 0, outputTokens: 0, cachedTokens: 0 };

interface Budget {
  readonly usd: number;
  readonly of: 'segment' | 'agent';
}

/** The limit of this invocation: the rest of the segment's budget or the agent's own, whichever is less. */
function budgetOf({ budgetUsd: left, agent }: AgentTask): Budget | undefined {
  const { budgetUsd: own } = agent;
  if (own !== undefined && (left === undefined || own < left)) return { usd: own, of: 'agent' };
  return left === undefined ? undefined : { usd: left, of: 'segment' };
}

/** US dollars, by the config's price for this agent's tokens; undefined if it has none. */
export function costOf({ agent }: AgentTask, usage: AgentUsage): number | undefined {
  if (!agent.price) return undefined;
  const { inputUsd, outputUsd, cachedUsd } = agent.price;
  const cached = Math.min(usage.cachedTokens, usage.inputTokens);
  const fresh = usage.inputTokens - cached;
  return (fresh * inputUsd + cached * cachedUsd + usage.outputTokens * outputUsd) / 1_000_000;
}

/** Checks the final cost against the budget, or warns that the cost is unknown. */
export function checkBudget(
  task: AgentTask,
  spentUsd: number | undefined,
): { readonly problem?: WorkProblem; readonly warnings: readonly string[] } {
  const budget = budgetOf(task);
  if (!budget) return { warnings: [] };
  if (spentUsd === undefined) {
    const why = `${task.agent.name} reports no cost and the config sets no price for its tokens`;
    return { warnings: [`${why}, so its budget could not be enforced`] };
  }
  return spentUsd > budget.usd
    ? { problem: { kind: 'BUDGET_SPENT', spentUsd, budgetUsd: budget.usd, of: budget.of }, warnings: [] }
    : { warnings: [] };
}

/** `asked`: by the task's signal. `over`: the agent is done and only has to exit. */
type StopReason = 'silent' | 'troubled' | 'time' | 'money' | 'turns' | 'asked' | 'over';

export class Invocation {
  readonly task: AgentTask;
  /** The only folder beside the working tree that the agent can write to. */
  readonly desk: string;
  readonly room: Room;
  readonly briefFile: string;
  readonly reportFile: string;
  readonly state: AgentState = { text: '', denied: [], messages: 0, isOver: false, warnings: [] };
  /** The conversation that is continued. */
  readonly resumed: ResumedSession | undefined;
  readonly #adapter: AgentAdapter;
  readonly #transcript: Transcript;
  readonly #stopping = new AbortController();
  #stop: StopReason | undefined;
  /** The failure at the moment it was stopped. Anything it reports while shutting down is ignored. */
  #failedBefore: Failure | undefined;
  readonly #after: After;
  /** This and the next one each cancel a timer. */
  #silence: (() => void) | undefined;
  #trouble: (() => void) | undefined;
  #hasTranscript = false;
  #stderr = '';
  #stray = '';

  private constructor(task: AgentTask, adapter: AgentAdapter, { folder, desk }: Desk) {
    this.task = task;
    this.#adapter = adapter;
    this.#after = task.after ?? realAfter;
    this.desk = desk;
    this.room = roomFor(task, desk);
    this.briefFile = join(desk, 'brief.md');
    this.reportFile = join(desk, 'report.json');
    this.resumed = task.resume === undefined ? undefined : readSession(task.resume);
    this.#transcript = new Transcript(join(folder, 'transcript.jsonl'));
  }

  static async open(task: AgentTask, adapter: AgentAdapter): Promise<Invocation> {
    const invocation = new Invocation(task, adapter, await makeDesk(task));
    await furnish(invocation.room.home, task.sandbox.variables.HOME, adapter.homeFiles);
    await writeFile(invocation.briefFile, task.brief);
    await rm(invocation.reportFile, { force: true });
    return invocation;
  }

  get model(): string | undefined {
    return this.task.model ?? this.task.agent.model;
  }

  /** Names of the variables with its keys. */
  get #keys(): readonly string[] {
    const { model = '' } = this;
    return keysOf({ ...this.task.agent, model });
  }

  get effort(): string | undefined {
    return this.task.effort ?? this.task.agent.effort;
  }

  get maxTurns(): number | undefined {
    return this.task.maxTurns ?? this.task.agent.maxTurns;
  }

  get budget(): Budget | undefined {
    return budgetOf(this.task);
  }

  get #timeoutMs(): number {
    const { timeoutMinutes } = this.task.agent;
    return Math.min(this.task.timeoutMs, timeoutMinutes === undefined ? Infinity : timeoutMinutes * 60_000);
  }

  get #program(): readonly string[] {
    return this.task.agent.command.length > 0 ? this.task.agent.command : this.#adapter.program;
  }

  /** The value of one of its own keys, by the name that the agent reads. Another agent's key is none of them. */
  key(name: string): string | undefined {
    const { agent, sandbox } = this.task;
    if (agent.keys && Object.hasOwn(agent.keys, name)) return sandbox.variables[agent.keys[name] ?? ''];
    return [...(agent.keys ? agent.environment : this.#keys)].includes(name) ? sandbox.variables[name] : undefined;
  }

  /** Of the job's variables that the agent gets under the same name. */
  get #names(): readonly string[] {
    const { agent } = this.task;
    return [...(agent.keys ? agent.environment : this.#keys), ...this.#adapter.settings];
  }

  /** The allow-listed variables that every program gets, the agent's own, and those of its task. */
  environment(also: Readonly<Record<string, string>> = {}): Record<string, string> {
    return this.task.sandbox.environmentFor({
      names: this.#names,
      ...this.room,
      also: {
        ...renamedKeys(this.task),
        ...taskVariables(this.task, this.briefFile, this.reportFile),
        ...also,
      },
    });
  }

  /**
   * Runs the program to its end and enforces all limits.
   *
   * @param start its `onMessage` gets each line of standard output that is JSON.
   */
  async run(start: {
    readonly args: readonly string[];
    readonly input: NonNullable<ProgramOptions['input']>;
    readonly environment: Readonly<Record<string, string>>;
    readonly onMessage: (message: Readonly<Record<string, unknown>>) => void;
    readonly onStderr?: (line: string) => void;
  }): Promise<ProgramEnd> {
    const { task } = this;
    const asked = () => this.stop('asked');
    if (task.signal?.aborted) asked();
    else task.signal?.addEventListener('abort', asked, { once: true });
    this.#restartSilenceTimer();
    const time = this.#after(this.#timeoutMs, () => this.stop('time'));
    try {
      const { hosts, homeFiles } = this.#adapter;
      const places = await endpointsOf({ ...givenTo(task, this.#names), hosts, homeFiles });
      return await task.sandbox.run({
        room: this.room,
        network: { by: task.role, places, tree: task.directory, fetchOfNode: true },
        command: [...this.#program, ...start.args],
        directory: task.directory,
        environment: start.environment,
        input: start.input,
        timeoutMs: LONGEST_TIMER_MS,
        lineChars: EVENT_CHARS,
        keepChars: LAST_CHARS * 4,
        signal: this.#stopping.signal,
        ...(task.graceMs === undefined ? {} : { graceMs: task.graceMs }),
        onLine: (line, from) => {
          this.#transcript.add(line);
          if (from === 'stderr') {
            this.#stderr = `${this.#stderr}${line}\n`.slice(-LAST_CHARS);
            start.onStderr?.(line);
            return;
          }
          const message = readMessage(line);
          if (message === undefined) this.#stray = `${this.#stray}${line}\n`.slice(-LAST_CHARS);
          else start.onMessage(message);
        },
      });
    } finally {
      task.signal?.removeEventListener('abort', asked);
      for (const cancel of [time, this.#silence, this.#trouble]) cancel?.();
      this.#hasTranscript = await this.#transcript.close();
    }
  }

  /** Notes a sign of life, such as an answer of its model or the use of a tool, and checks the limits. */
  noteActivity(event?: AgentEvent): void {
    this.state.messages += 1;
    this.#restartSilenceTimer();
    if (event && event.kind !== 'session') {
      this.#trouble?.();
      this.#trouble = undefined;
      delete this.state.trouble;
    }
    if (event) this.#show(event);
    const { turns } = this.state;
    const spent = this.#spentUsd;
    if (this.state.isOver) this.stop('over');
    else if (this.budget && spent !== undefined && spent > this.budget.usd) this.stop('money');
    else if (this.maxTurns !== undefined && turns !== undefined && turns > this.maxTurns) this.stop('turns');
  }

  /** Notes a limit or an outage that the agent is waiting out. */
  noteTrouble(trouble: Failure): void {
    this.state.trouble = trouble;
    this.#trouble ??= this.#after((this.task.idleMs ?? IDLE_MS) / TROUBLE_SHARE, () => this.stop('troubled'));
  }

  stop(why: StopReason): void {
    // Only the first reason counts: a done agent that does not exit may still run out of time.
    if (this.#stop !== undefined) return;
    this.#stop = why;
    this.#failedBefore = this.state.failure;
    // An agent that is done has nothing more to say. Its old timer would keep the job alive until it fires.
    this.#silence?.();
    if (why === 'over') this.#silence = this.#after(LEAVE_MS, () => this.#stopping.abort());
    else this.#stopping.abort();
  }

  /** Of this invocation alone. */
  get #usage(): AgentUsage | undefined {
    const { usage } = this.state;
    return this.#adapter.isCumulative.usage && this.resumed ? usageSince(usage, this.resumed.usage) : usage;
  }

  /** Of this invocation alone: by the config's price, or else as the agent reports it. */
  get #spentUsd(): number | undefined {
    const usage = this.#usage;
    const priced = usage && costOf(this.task, usage);
    if (priced !== undefined) return priced;
    return this.#adapter.isCumulative.cost ? since(this.state.costUsd, this.resumed?.costUsd) : this.state.costUsd;
  }

  /** The result of the whole invocation. */
  async conclude(ended: ProgramEnd): Promise<AgentEnd> {
    const { state, task } = this;
    const costUsd = this.#spentUsd;
    const words = await readReport(this.reportFile, task.answer ? undefined : state.text);
    const usage = this.#usage ?? words.usage;
    // An agent that may write is asked for a file first. One that may not can only end with its answer.
    const structured = state.structured ?? (task.answer ? (words.value ?? lastJson(state.text)) : undefined);
    const question = state.question ?? words.question;
    const tokens = usage ? usage.inputTokens + usage.outputTokens : words.tokens;
    const spent = costUsd ?? (usage ? costOf(task, usage) : undefined) ?? words.costUsd;
    const judged = checkBudget(task, spent);
    // Most agents report tokens only when they are done. They could not be stopped earlier, but the limit still applies.
    const problem = this.#problemOf(ended, spent) ?? (task.agent.price ? judged.problem : undefined);
    if (ended.how.kind === 'exited') state.warnings.push(...judged.warnings);
    return {
      ...(problem ? { problem } : {}),
      says: words.says,
      text: state.text,
      ...(structured === undefined ? {} : { structured }),
      ...(question === undefined ? {} : { question }),
      ...(spent === undefined ? {} : { costUsd: spent }),
      ...(tokens === undefined ? {} : { tokens }),
      ...(usage === undefined ? {} : { usage }),
      ...(state.turns === undefined ? {} : { turns: state.turns }),
      ...(state.session === undefined ? {} : { session: this.#writeSession() }),
      ...(state.denied.length === 0 ? {} : { denied: state.denied.slice(0, 50) }),
      durationMs: ended.durationMs,
      warnings: [...words.warnings.map((why) => `its report: ${why}`), ...state.warnings],
      transcript: this.#hasTranscript ? this.#transcript.file : '',
    };
  }

  #problemOf({ how, durationMs }: ProgramEnd, spentUsd: number | undefined): WorkProblem | undefined {
    const { state, task } = this;
    const agent = task.agent.name;
    const program = this.#program[0] ?? '';
    const minutes = (ms: number): number => Math.max(1, Math.round(ms / 60_000));
    const failed = (failure: Failure, exit = sayExit(how)): WorkProblem =>
      problemOf(
        failure,
        {
          agent,
          program,
          keys: this.#keys,
          model: this.model,
          maxTurns: this.maxTurns,
          turns: state.turns,
          budget: this.budget,
          spentUsd,
          exit,
        },
        Date.now(),
      );
    if (how.kind === 'not started') return { kind: 'AGENT_NOT_FOUND', command: program };
    switch (this.#stop) {
      case 'money':
        return failed({ kind: 'money', message: '' });
      case 'turns':
        return { kind: 'AGENT_TURNS', agent, turns: this.maxTurns ?? 0 };
      case 'asked':
        return { kind: 'AGENT_STOPPED', agent };
      case 'time':
      case 'troubled':
      case 'silent': {
        if (this.#failedBefore) return failed(this.#failedBefore);
        if (state.isOver) return undefined;
        const { trouble = { message: this.#stderr } } = state;
        if (this.#stop === 'troubled') return failed({ kind: kindWhenTroubled(trouble), message: trouble.message });
        if (kindOf(trouble) !== 'unknown') return failed(trouble);
        return this.#stop === 'time'
          ? { kind: 'AGENT_TIMED_OUT', minutes: minutes(this.#timeoutMs) }
          : { kind: 'AGENT_SILENT', agent, minutes: minutes(durationMs) };
      }
      default:
        break;
    }
    // The agent's own report counts more than its exit code: some fail with 0.
    if (state.failure) return failed(state.failure);
    if (state.isOver) return undefined;
    const code = how.kind === 'exited' ? how.code : undefined;
    if (code === 126 || code === 127) return { kind: 'AGENT_NOT_FOUND', command: program };
    const last = [this.#stderr.trim(), this.#stray.trim()].filter((each) => each !== '').join('\n');
    if (state.messages === 0 && code === 0) return { kind: 'AGENT_UNREADABLE', agent, output: last.slice(-LAST_CHARS) };
    const exit = code === 0 ? 'exit code 0 before it was done' : sayExit(how);
    return failed({ ...state.trouble, message: last || state.trouble?.message || '' }, exit);
  }

  #restartSilenceTimer(): void {
    if (this.#stop !== undefined) return;
    this.#silence?.();
    this.#silence = this.#after(this.task.idleMs ?? IDLE_MS, () => this.stop('silent'));
  }

  #show(event: AgentEvent): void {
    this.task.onEvent?.(event);
    if (event.kind === 'says' && event.text.trim() !== '') this.task.onLine(short(event.text));
    if (event.kind === 'does') this.task.onLine(short(`${event.tool}: ${event.what}`));
  }

  #writeSession(): string {
    const { session = '', costUsd = 0, usage = NO_USAGE } = this.state;
    return JSON.stringify([session, costUsd, usage.inputTokens, usage.outputTokens, usage.cachedTokens]);
  }
}

/** An agent's own keys, under the names that it reads. */
export function renamedKeys({ agent, sandbox }: AgentTask): Record<string, string> {
  const entries = Object.entries(agent.keys ?? {}).map(
    ([name, from]) => [name, sandbox.variables[from] ?? ''] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

/** The job's variables as an agent sees them, and the names of those that it gets. */
export const givenTo = (task: AgentTask, names: readonly string[]): Pick<Given, 'variables' | 'names'> => {
  const renamed = renamedKeys(task);
  return { variables: { ...task.sandbox.variables, ...renamed }, names: [...names, ...Object.keys(renamed)] };
};

/** The variables that every agent is promised (docs/agents.md). */
export const taskVariables = (task: AgentTask, briefFile: string, reportFile: string): Record<string, string> => ({
  SWARM_BRIEF_FILE: briefFile,
  SWARM_REPORT_FILE: reportFile,
  SWARM_EPIC: String(task.epic),
  SWARM_SEGMENT: String(task.segment),
  SWARM_ATTEMPT: task.attempt,
  SWARM_TRY: String(task.try),
  SWARM_ROLE: task.role,
  SWARM_MODEL: task.model ?? task.agent.model ?? '',
  SWARM_EFFORT: task.effort ?? task.agent.effort ?? '',
});

export interface Desk {
  /** Only swarm uses it. It contains the transcript. */
  readonly folder: string;
  /** A folder inside it that the agent can write to. */
  readonly desk: string;
}

/** Makes the folders for one invocation. A role may be started several times in one try. */
export async function makeDesk(task: AgentTask): Promise<Desk> {
  const folder = await makeFolder(task);
  const desk = join(folder, 'desk');
  await mkdir(desk);
  return { folder, desk };
}

/** The places that one invocation may use. An agent that only judges cannot write to the files that it judges. */
export const roomFor = (task: AgentTask, desk: string): Room => ({
  home: task.home ?? join(desk, 'home'),
  temporaryDirectory: join(desk, 'tmp'),
  writes: [desk, ...(task.access === 'write' ? [task.directory] : [])],
  reads: [task.directory, ...task.reads],
  ...(task.hides === undefined ? {} : { hides: task.hides }),
});

/** Copies the files that a new home gets. They are the machine's: no program that swarm starts can write to the originals. */
export async function furnish(home: string, from: string | undefined, files: readonly string[]): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  if (from === undefined) return;
  for (const file of files) {
    const target = join(home, file);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await cp(join(from, file), target, { force: false }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
}

async function makeFolder(task: AgentTask): Promise<string> {
  await mkdir(task.scratch, { recursive: true });
  for (let number = 1; ; number++) {
    const folder = join(task.scratch, `${task.role}-${task.try}${number === 1 ? '' : `-${number}`}`);
    try {
      await mkdir(folder, { mode: 0o700 });
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** A name that is safe in an argument list. Anything else did not come from us. */
const SESSION_NAME = /^[A-Za-z0-9][\w.:-]{0,199}$/;

function readSession(resume: string): ResumedSession | undefined {
  let value: unknown;
  try {
    value = JSON.parse(resume);
  } catch {
    value = [resume];
  }
  const [session, ...numbers] = Array.isArray(value) ? (value as unknown[]) : [];
  if (typeof session !== 'string' || !SESSION_NAME.test(session)) return undefined;
  const [costUsd = 0, inputTokens = 0, outputTokens = 0, cachedTokens = 0] = numbers.map((each) =>
    typeof each === 'number' && each >= 0 ? each : 0,
  );
  return { session, costUsd, usage: { inputTokens, outputTokens, cachedTokens } };
}

function readMessage(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The agent retried it for minutes, so it expected it to pass. */
const kindWhenTroubled = (trouble: Failure) => {
  const kind = kindOf(trouble);
  return kind === 'unknown' ? 'later' : kind;
};

/** If the agent started counting from zero after all, its figure is smaller than the earlier one and is used as it is. */
const since = (now: number | undefined, before: number | undefined): number | undefined =>
  now === undefined || before === undefined || now < before ? now : now - before;

function usageSince(now: AgentUsage | undefined, before: AgentUsage): AgentUsage | undefined {
  if (!now || now.inputTokens < before.inputTokens) return now;
  return {
    inputTokens: now.inputTokens - before.inputTokens,
    outputTokens: Math.max(0, now.outputTokens - before.outputTokens),
    cachedTokens: Math.max(0, now.cachedTokens - before.cachedTokens),
  };
}

const sayExit = (how: ProgramEnd['how']): string =>
  how.kind === 'exited' ? `exit code ${how.code}` : how.kind === 'killed' ? how.signal : how.kind;

const short = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, SHOWN_CHARS).toWellFormed();

/** The file or the command in a tool's arguments. */
export function toolTarget(input: unknown): string {
  const fields = typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
  for (const name of ['command', 'cmd', 'file_path', 'filePath', 'path', 'pattern', 'query', 'url', 'description']) {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') return name.startsWith('file') ? basename(value) : value;
    if (Array.isArray(value)) return value.join(' ');
  }
  return '';
}

class Transcript {
  readonly file: string;
  #stream: WriteStream | undefined;
  #bytes = 0;

  constructor(file: string) {
    this.file = file;
  }

  add(line: string): void {
    // A full disk ends the transcript, not the work.
    this.#stream ??= createWriteStream(this.file).on('error', () => {});
    if (this.#bytes > TRANSCRIPT_BYTES) return;
    this.#bytes += line.length + 1;
    this.#stream.write(this.#bytes > TRANSCRIPT_BYTES ? '… the rest was dropped …\n' : `${line}\n`);
  }

  /** @returns true if all of it was written. */
  async close(): Promise<boolean> {
    if (!this.#stream) return false;
    const closed = once(this.#stream, 'close');
    this.#stream.end();
    await closed;
    return this.#stream.errored === null;
  }
}
