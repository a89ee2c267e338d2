/**
 * One call of an agent, as far as it is the same for each of them: a folder, an environment, limits, a transcript, and
 * what the end means.
 *
 * The way of an agent (a preset, the Agent Client Protocol) only starts it, reads what it prints into the `Account`, and
 * says what it has seen; who is stopped for what is decided here.
 */
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Problem } from '#core/model/problem';
import { environmentFor, type ProgramEnd, runProgram } from '#sandbox/process';
import { type Failure, kindOf, problemOf } from './failure.ts';
import { lastJson, readWords } from './report.ts';
import type { After, AgentEnd, AgentEvent, AgentQuestion, AgentTask, AgentUsage } from './task.ts';

/** What an agent has told of itself so far. */
export interface Account {
  /** Its latest message; the last one is its final words. */
  text: string;
  structured?: unknown;
  costUsd?: number;
  usage?: AgentUsage;
  turns?: number;
  /** The name of its conversation. */
  session?: string;
  question?: AgentQuestion;
  readonly denied: string[];
  /** Why it gave up, by its own account. */
  failure?: Failure;
  /** What it is trying to get over by itself: a limit, an outage. Cleared by whatever works again. */
  trouble?: Failure;
  /** Messages of its own format that were understood. */
  heard: number;
  /** It said that it is done, be it well or badly. */
  isOver: boolean;
  readonly warnings: string[];
}

/** What one way of running an agent has to say about itself. */
export interface Way {
  /** Its program, where the config names none. */
  readonly program: readonly string[];
  /** Variables of the job that are its keys. */
  readonly keys: readonly string[];
  /** Variables of the job that say where its provider is and are no secrets. */
  readonly places: readonly string[];
  /** Whether what it tells of costs includes the calls that it goes on from. */
  readonly isCumulative: { readonly cost: boolean; readonly usage: boolean };
}

/** Long enough for a slow build in its shell; a hang is found out all the same. */
const IDLE_MS = 20 * 60_000;
/** Agents wait out limits and outages by themselves; what lasts longer than this share is better waited for outside of a job. */
const TROUBLE_SHARE = 5;
/** Some agents do not leave after they are done. */
const LEAVE_MS = 3_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const realAfter: After = (ms, act) => {
  const timer = setTimeout(act, Math.min(ms, LONGEST_TIMER_MS));
  return () => clearTimeout(timer);
};

/** One event can hold a whole file that was written. */
const EVENT_CHARS = 16_000_000;
const TRANSCRIPT_BYTES = 64 * 1024 * 1024;
const SHOWN_CHARS = 400;
const LAST_CHARS = 4_000;

/** What an earlier call of the same conversation had come to: some agents go on counting. */
interface Before {
  readonly session: string;
  readonly costUsd: number;
  readonly usage: AgentUsage;
}

const NO_USAGE: AgentUsage = { inputTokens: 0, outputTokens: 0, cachedTokens: 0 };

interface Budget {
  readonly usd: number;
  readonly of: 'segment' | 'agent';
}

/** What a call may cost at most: what is left of the segment's budget, or its own, whichever is less. */
function budgetOf({ budgetUsd: left, agent }: AgentTask): Budget | undefined {
  const { budgetUsd: own } = agent;
  if (own !== undefined && (left === undefined || own < left)) return { usd: own, of: 'agent' };
  return left === undefined ? undefined : { usd: left, of: 'segment' };
}

/** US dollars by the price that the config gives for this agent's tokens; undefined where it gives none. */
export function costOf({ agent }: AgentTask, usage: AgentUsage): number | undefined {
  if (!agent.price) return undefined;
  const { inputUsd, outputUsd, cachedUsd } = agent.price;
  const cached = Math.min(usage.cachedTokens, usage.inputTokens);
  const fresh = usage.inputTokens - cached;
  return (fresh * inputUsd + cached * cachedUsd + usage.outputTokens * outputUsd) / 1_000_000;
}

/** Whether a call kept its budget, once it is known what it came to; or that nobody can know. */
export function judgeSpending(
  task: AgentTask,
  spentUsd: number | undefined,
): { readonly problem?: Problem; readonly warnings: readonly string[] } {
  const budget = budgetOf(task);
  if (!budget) return { warnings: [] };
  if (spentUsd === undefined) {
    const why = `${task.agent.name} tells no money and the config no price for its tokens`;
    return { warnings: [`${why}, so its budget could not be kept`] };
  }
  return spentUsd > budget.usd
    ? { problem: { kind: 'BUDGET_SPENT', spentUsd, budgetUsd: budget.usd, of: budget.of }, warnings: [] }
    : { warnings: [] };
}

type Stop = 'silent' | 'troubled' | 'time' | 'money' | 'turns' | 'asked' | 'over';

export class Call {
  readonly task: AgentTask;
  readonly folder: string;
  readonly briefFile: string;
  readonly reportFile: string;
  readonly account: Account = { text: '', denied: [], heard: 0, isOver: false, warnings: [] };
  /** Of the conversation that is gone on with. */
  readonly before: Before | undefined;
  readonly #way: Way;
  readonly #transcript: Transcript;
  readonly #stopping = new AbortController();
  #stop: Stop | undefined;
  /** What it had failed with when it was stopped: what it says while it is ended is only about that. */
  #failedBefore: Failure | undefined;
  readonly #after: After;
  /** Each cancels a timer. */
  #silence: (() => void) | undefined;
  #trouble: (() => void) | undefined;
  #hasTranscript = false;
  #stderr = '';
  #stray = '';

  private constructor(task: AgentTask, way: Way, folder: string) {
    this.task = task;
    this.#way = way;
    this.#after = task.after ?? realAfter;
    this.folder = folder;
    this.briefFile = join(folder, 'brief.md');
    this.reportFile = join(folder, 'report.json');
    this.before = task.resume === undefined ? undefined : readSession(task.resume);
    this.#transcript = new Transcript(join(folder, 'transcript.jsonl'));
  }

  static async open(task: AgentTask, way: Way): Promise<Call> {
    const folder = await makeFolder(task);
    const call = new Call(task, way, folder);
    await mkdir(call.temporaryDirectory, { recursive: true });
    await writeFile(call.briefFile, task.brief);
    await rm(call.reportFile, { force: true });
    return call;
  }

  get temporaryDirectory(): string {
    return join(this.folder, 'tmp');
  }

  get model(): string | undefined {
    return this.task.model ?? this.task.agent.model;
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
    return this.task.agent.command.length > 0 ? this.task.agent.command : this.#way.program;
  }

  /** The agent's environment: nothing of the job's but the list that everybody gets and its own names. */
  environment(also: Readonly<Record<string, string>> = {}): Record<string, string> {
    return environmentFor(process.env, {
      names: [...this.#way.keys, ...this.#way.places, ...this.task.agent.environment],
      temporaryDirectory: this.temporaryDirectory,
      also: { ...taskVariables(this.task, this.briefFile, this.reportFile), ...also },
    });
  }

  /**
   * Runs its program to the end, with all limits in force.
   *
   * @param onMessage gets each line of its standard output that is JSON.
   */
  async run(start: {
    readonly args: readonly string[];
    readonly input: NonNullable<Parameters<typeof runProgram>[0]['input']>;
    readonly environment: Readonly<Record<string, string>>;
    readonly onMessage: (message: Readonly<Record<string, unknown>>) => void;
    readonly onStderr?: (line: string) => void;
  }): Promise<ProgramEnd> {
    const { task } = this;
    const asked = () => this.stop('asked');
    if (task.signal?.aborted) asked();
    else task.signal?.addEventListener('abort', asked, { once: true });
    this.#expectWord();
    const time = this.#after(this.#timeoutMs, () => this.stop('time'));
    try {
      return await runProgram({
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

  /** It shows signs of life: an answer of its model, a tool at work. */
  sees(event?: AgentEvent): void {
    this.account.heard += 1;
    this.#expectWord();
    if (event && event.kind !== 'session') {
      this.#trouble?.();
      this.#trouble = undefined;
      delete this.account.trouble;
    }
    if (event) this.#show(event);
    const { turns } = this.account;
    const spent = this.#spentUsd;
    if (this.account.isOver) this.stop('over');
    else if (this.budget && spent !== undefined && spent > this.budget.usd) this.stop('money');
    else if (this.maxTurns !== undefined && turns !== undefined && turns > this.maxTurns) this.stop('turns');
  }

  /** It meets something that it tries to get over by itself. */
  meets(trouble: Failure): void {
    this.account.trouble = trouble;
    this.#trouble ??= this.#after((this.task.idleMs ?? IDLE_MS) / TROUBLE_SHARE, () => this.stop('troubled'));
  }

  stop(why: Stop): void {
    // An agent that is done and does not leave may still run out of time; that is no news.
    if (this.#stop !== undefined) return;
    this.#stop = why;
    this.#failedBefore = this.account.failure;
    if (why === 'over') this.#silence = this.#after(LEAVE_MS, () => this.#stopping.abort());
    else this.#stopping.abort();
  }

  /** Of this call alone. */
  get #usage(): AgentUsage | undefined {
    const { usage } = this.account;
    return this.#way.isCumulative.usage && this.before ? lessUsage(usage, this.before.usage) : usage;
  }

  /** Of this call alone: by the price that the config gives, else as it tells it. */
  get #spentUsd(): number | undefined {
    const usage = this.#usage;
    const priced = usage && costOf(this.task, usage);
    if (priced !== undefined) return priced;
    return this.#way.isCumulative.cost ? less(this.account.costUsd, this.before?.costUsd) : this.account.costUsd;
  }

  /** What the call came to. */
  async conclude(ended: ProgramEnd): Promise<AgentEnd> {
    const { account, task } = this;
    const costUsd = this.#spentUsd;
    const words = await readWords(this.reportFile, task.answer ? undefined : account.text);
    const usage = this.#usage ?? words.usage;
    // Whoever may write is asked for a file first; whoever may not ends with the answer.
    const structured = account.structured ?? (task.answer ? (words.value ?? lastJson(account.text)) : undefined);
    const question = account.question ?? words.question;
    const tokens = usage ? usage.inputTokens + usage.outputTokens : words.tokens;
    const spent = costUsd ?? (usage ? costOf(task, usage) : undefined) ?? words.costUsd;
    const judged = judgeSpending(task, spent);
    // Most agents tell their tokens when they are done: nobody could stop them before, and the limit holds all the same.
    const problem = this.#problemOf(ended, spent) ?? (task.agent.price ? judged.problem : undefined);
    if (ended.how.kind === 'exited') account.warnings.push(...judged.warnings);
    return {
      ...(problem ? { problem } : {}),
      says: words.says,
      text: account.text,
      ...(structured === undefined ? {} : { structured }),
      ...(question === undefined ? {} : { question }),
      ...(spent === undefined ? {} : { costUsd: spent }),
      ...(tokens === undefined ? {} : { tokens }),
      ...(usage === undefined ? {} : { usage }),
      ...(account.turns === undefined ? {} : { turns: account.turns }),
      ...(account.session === undefined ? {} : { session: this.#writeSession() }),
      ...(account.denied.length === 0 ? {} : { denied: account.denied.slice(0, 50) }),
      durationMs: ended.durationMs,
      warnings: [...words.warnings.map((why) => `its report: ${why}`), ...account.warnings],
      transcript: this.#hasTranscript ? this.#transcript.file : '',
    };
  }

  #problemOf({ how, durationMs }: ProgramEnd, spentUsd: number | undefined): Problem | undefined {
    const { account, task } = this;
    const agent = task.agent.name;
    const program = this.#program[0] ?? '';
    const minutes = (ms: number): number => Math.max(1, Math.round(ms / 60_000));
    const failed = (failure: Failure, exit = sayExit(how)): Problem =>
      problemOf(
        failure,
        {
          agent,
          program,
          keys: [...this.#way.keys, ...task.agent.environment],
          model: this.model,
          maxTurns: this.maxTurns,
          turns: account.turns,
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
        if (account.isOver) return undefined;
        const { trouble = { message: this.#stderr } } = account;
        if (this.#stop === 'troubled') return failed({ kind: kindWhenTroubled(trouble), message: trouble.message });
        if (kindOf(trouble) !== 'unknown') return failed(trouble);
        return this.#stop === 'time'
          ? { kind: 'AGENT_TIMED_OUT', minutes: minutes(this.#timeoutMs) }
          : { kind: 'AGENT_SILENT', agent, minutes: minutes(durationMs) };
      }
      default:
        break;
    }
    // What it said of its end counts more than how it went: some end with 0 all the same.
    if (account.failure) return failed(account.failure);
    if (account.isOver) return undefined;
    const code = how.kind === 'exited' ? how.code : undefined;
    if (code === 126 || code === 127) return { kind: 'AGENT_NOT_FOUND', command: program };
    const last = [this.#stderr.trim(), this.#stray.trim()].filter((each) => each !== '').join('\n');
    if (account.heard === 0 && code === 0) return { kind: 'AGENT_UNREADABLE', agent, output: last.slice(-LAST_CHARS) };
    const exit = code === 0 ? 'exit code 0 before it was done' : sayExit(how);
    return failed({ ...account.trouble, message: last || account.trouble?.message || '' }, exit);
  }

  #expectWord(): void {
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
    const { session = '', costUsd = 0, usage = NO_USAGE } = this.account;
    return JSON.stringify([session, costUsd, usage.inputTokens, usage.outputTokens, usage.cachedTokens]);
  }
}

/** What the contract tells every agent in variables (docs/agents.md). */
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

/** A folder of this call alone: a role may be called several times in one try. */
export async function makeFolder(task: AgentTask): Promise<string> {
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

/** A name that can stand in an argument list; anything else is no conversation of ours. */
const SESSION_NAME = /^[A-Za-z0-9][\w.:-]{0,199}$/;

function readSession(resume: string): Before | undefined {
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

/** What it retried for minutes, it took for something that passes. */
const kindWhenTroubled = (trouble: Failure) => {
  const kind = kindOf(trouble);
  return kind === 'unknown' ? 'later' : kind;
};

/** Where it counts anew after all, its figure is smaller than before, and stands for itself. */
const less = (now: number | undefined, before: number | undefined): number | undefined =>
  now === undefined || before === undefined || now < before ? now : now - before;

function lessUsage(now: AgentUsage | undefined, before: AgentUsage): AgentUsage | undefined {
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

/** What a tool does, from its arguments: the file or the command. */
export function whatOf(input: unknown): string {
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
    // A full disk ends the transcript and not the work.
    this.#stream ??= createWriteStream(this.file).on('error', () => {});
    if (this.#bytes > TRANSCRIPT_BYTES) return;
    this.#bytes += line.length + 1;
    this.#stream.write(this.#bytes > TRANSCRIPT_BYTES ? '… what follows was dropped …\n' : `${line}\n`);
  }

  /** @returns whether all of it is there. */
  async close(): Promise<boolean> {
    if (!this.#stream) return false;
    const closed = once(this.#stream, 'close');
    this.#stream.end();
    await closed;
    return this.#stream.errored === null;
  }
}
