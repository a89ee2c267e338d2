/**
 * What an agent gets from swarm over the Agent Client Protocol: files of the working tree, commands in a terminal,
 * permissions. All of it ends where the tree ends, and for who may only read it ends before writing.
 *
 * It is no sandbox: an agent has its own hands besides. It is what swarm itself does on an agent's word, and that has to
 * stay inside.
 */
import { constants } from 'node:fs';
import { lstat, mkdir, open, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import {
  type CreateTerminalRequest,
  type CreateTerminalResponse,
  type ReadTextFileRequest,
  type ReadTextFileResponse,
  RequestError,
  type RequestPermissionRequest,
  type RequestPermissionResponse,
  type TerminalOutputResponse,
  type WaitForTerminalExitResponse,
  type WriteTextFileRequest,
} from '@agentclientprotocol/sdk';
import { environmentFor, type ProgramEnd, runProgram } from '#sandbox/process';
import type { Call } from './call.ts';

const FILE_BYTES = 10 * 1024 * 1024;
const OUTPUT_CHARS = 200_000;
const MOST_TERMINALS = 64;
/** What may be done without leave to write. */
const HARMLESS: readonly string[] = ['read', 'search', 'think', 'fetch', 'switch_mode'];

interface Terminal {
  readonly stop: AbortController;
  readonly ended: Promise<ProgramEnd>;
  readonly most: number;
  output: string;
  isCut: boolean;
  exit: WaitForTerminalExitResponse | undefined;
}

export class AcpGround {
  readonly #call: Call;
  readonly #terminals = new Map<string, Terminal>();

  constructor(call: Call) {
    this.#call = call;
  }

  async permit({ toolCall, options }: RequestPermissionRequest): Promise<RequestPermissionResponse> {
    this.#call.sees();
    const kind = toolCall.kind ?? 'other';
    const paths = (toolCall.locations ?? []).map(({ path }) => path);
    const isInside = (await Promise.all(paths.map((path) => this.#place(path).catch(() => undefined)))).every(
      (place) => place !== undefined,
    );
    const isFine = HARMLESS.includes(kind) || (this.#call.task.access === 'write' && isInside);
    const wanted = isFine ? ['allow_once', 'allow_always'] : ['reject_once', 'reject_always'];
    if (!isFine) this.#call.account.denied.push(`${kind}: ${toolCall.title ?? paths.join(', ')}`);
    const option = wanted.flatMap((each) => options.filter((offered) => offered.kind === each)).at(0);
    return option
      ? { outcome: { outcome: 'selected', optionId: option.optionId } }
      : { outcome: { outcome: 'cancelled' } };
  }

  async read({ path, line, limit }: ReadTextFileRequest): Promise<ReadTextFileResponse> {
    const { file } = await this.#place(path);
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(notThere);
    try {
      const found = await handle.stat();
      if (!found.isFile()) throw refused(`${path} is no regular file`);
      if (found.size > FILE_BYTES) throw refused(`${path} has ${found.size} bytes, ${FILE_BYTES} are read`);
      const content = await handle.readFile('utf8');
      if (line === undefined && limit === undefined) return { content };
      const from = Math.max(0, (line ?? 1) - 1);
      const lines = content.split('\n');
      return {
        content: lines.slice(from, limit === undefined || limit === null ? undefined : from + limit).join('\n'),
      };
    } finally {
      await handle.close();
    }
  }

  async write({ path, content }: WriteTextFileRequest): Promise<Record<string, never>> {
    if (this.#call.task.access !== 'write') {
      this.#call.account.denied.push(`write: ${path}`);
      throw refused('this agent may only read');
    }
    if (Buffer.byteLength(content) > FILE_BYTES) throw refused(`more than ${FILE_BYTES} bytes are not written`);
    const { file, inside } = await this.#place(path);
    if (inside.split(sep).some((part) => part.toLowerCase() === '.git')) throw refused('.git is not written');
    await mkdir(dirname(file), { recursive: true });
    const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW, O_NONBLOCK } = constants;
    const handle = await open(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_NONBLOCK, 0o644).catch(notThere);
    try {
      await handle.writeFile(content);
    } finally {
      await handle.close();
    }
    return {};
  }

  async start({
    command,
    args = [],
    env = [],
    cwd,
    outputByteLimit,
  }: CreateTerminalRequest): Promise<CreateTerminalResponse> {
    if (this.#call.task.access !== 'write') throw refused('this agent may only read');
    if (this.#terminals.size >= MOST_TERMINALS) throw refused(`more than ${MOST_TERMINALS} terminals are not opened`);
    const { file: directory } = await this.#place(cwd ?? this.#call.task.directory);
    const { task, temporaryDirectory } = this.#call;
    const stop = new AbortController();
    const terminal: Terminal = {
      stop,
      most: Math.min(outputByteLimit ?? OUTPUT_CHARS, OUTPUT_CHARS),
      output: '',
      isCut: false,
      exit: undefined,
      ended: runProgram({
        // Some agents hand over a line for a shell, some a program with its arguments.
        command: args.length === 0 && /\s/.test(command) ? ['sh', '-c', command] : [command, ...args],
        directory,
        environment: environmentFor(process.env, {
          // The agent's own key is not for what it starts.
          names: task.environment,
          temporaryDirectory,
          also: Object.fromEntries(env.map(({ name, value }) => [name, value])),
        }),
        timeoutMs: task.timeoutMs,
        signal: stop.signal,
        ...(task.graceMs === undefined ? {} : { graceMs: task.graceMs }),
        onLine: (line) => {
          this.#call.sees();
          const output = `${terminal.output}${line}\n`;
          terminal.isCut ||= output.length > terminal.most;
          terminal.output = output.slice(-terminal.most).toWellFormed();
        },
      }),
    };
    terminal.ended.then(({ how }) => {
      if (how.kind === 'not started') terminal.output += how.message;
      terminal.exit = {
        exitCode: how.kind === 'exited' ? how.code : how.kind === 'not started' ? 127 : null,
        signal: how.kind === 'killed' ? how.signal : how.kind === 'exited' ? null : 'SIGTERM',
      };
    });
    const terminalId = `terminal-${this.#terminals.size + 1}`;
    this.#terminals.set(terminalId, terminal);
    return { terminalId };
  }

  output({ terminalId }: { readonly terminalId: string }): TerminalOutputResponse {
    const { output, isCut, exit } = this.#terminal(terminalId);
    return { output, truncated: isCut, ...(exit ? { exitStatus: exit } : {}) };
  }

  async wait({ terminalId }: { readonly terminalId: string }): Promise<WaitForTerminalExitResponse> {
    const terminal = this.#terminal(terminalId);
    await terminal.ended;
    return terminal.exit ?? {};
  }

  async kill({ terminalId }: { readonly terminalId: string }): Promise<Record<string, never>> {
    this.#terminal(terminalId).stop.abort();
    return {};
  }

  /** Ends what still runs. */
  async close(): Promise<void> {
    for (const { stop } of this.#terminals.values()) stop.abort();
    await Promise.all([...this.#terminals.values()].map(({ ended }) => ended));
  }

  #terminal(id: string): Terminal {
    const terminal = this.#terminals.get(id);
    if (!terminal) throw refused(`there is no terminal ${id}`);
    return terminal;
  }

  /** Where a path really leads, if that is in the tree or in the call's own folder. Links are followed, to be judged. */
  async #place(path: string): Promise<{ readonly file: string; readonly inside: string }> {
    if (!isAbsolute(path)) throw refused(`${path} is no absolute path`);
    const real = await realPathOf(resolve(path));
    for (const root of [this.#call.task.directory, this.#call.folder]) {
      const inside = relative(await realpath(root), real);
      if (inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)) return { file: real, inside };
    }
    throw refused(`${path} is outside of the working tree`);
  }
}

/** As far as a path is there, where it leads; the rest as it is named. A link to nowhere leads nowhere. */
async function realPathOf(path: string): Promise<string> {
  const known = await realpath(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw refused(`${path} cannot be followed`);
  });
  if (known !== undefined) return known;
  if ((await lstat(path).catch(() => undefined))?.isSymbolicLink()) throw refused(`${path} is a link to nowhere`);
  const parent = dirname(path);
  return parent === path ? path : join(await realPathOf(parent), basename(path));
}

const refused = (why: string): RequestError => RequestError.invalidParams(undefined, why);

function notThere(error: NodeJS.ErrnoException): never {
  if (error.code === 'ENOENT') throw RequestError.resourceNotFound(error.path);
  throw refused(error.message);
}
