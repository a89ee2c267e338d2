/**
 * Serves an agent's requests over the Agent Client Protocol: files of the working tree, commands in a terminal,
 * permissions. Nothing outside the tree is served, and agents that may only read cannot write.
 *
 * This is not a sandbox, because the agent's own process can do what it likes. But swarm itself must not act outside the
 * tree on an agent's request.
 */
import { lstat, realpath } from 'node:fs/promises';
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
import type { ProgramEnd } from '#sandbox/process';
import { openInside } from './inside.ts';
import type { Invocation } from './invocation.ts';

const FILE_BYTES = 10 * 1024 * 1024;
const OUTPUT_CHARS = 200_000;
const MAX_TERMINALS = 64;
/** Kinds of acts that need no permission to write. */
const HARMLESS: readonly string[] = ['read', 'search', 'think', 'fetch', 'switch_mode'];

interface Terminal {
  readonly stop: AbortController;
  readonly ended: Promise<ProgramEnd>;
  readonly maxChars: number;
  output: string;
  isCut: boolean;
  exit: WaitForTerminalExitResponse | undefined;
}

export class AcpHost {
  readonly #invocation: Invocation;
  readonly #terminals = new Map<string, Terminal>();

  constructor(invocation: Invocation) {
    this.#invocation = invocation;
  }

  async permit({ toolCall, options }: RequestPermissionRequest): Promise<RequestPermissionResponse> {
    this.#invocation.noteActivity();
    const kind = toolCall.kind ?? 'other';
    const paths = (toolCall.locations ?? []).map(({ path }) => path);
    const isInside = (await Promise.all(paths.map((path) => this.#locate(path).catch(() => undefined)))).every(
      (file) => file !== undefined,
    );
    const isFine = HARMLESS.includes(kind) || (this.#invocation.task.access === 'write' && isInside);
    const wanted = isFine ? ['allow_once', 'allow_always'] : ['reject_once', 'reject_always'];
    if (!isFine) this.#invocation.state.denied.push(`${kind}: ${toolCall.title ?? paths.join(', ')}`);
    const option = wanted.flatMap((each) => options.filter((offered) => offered.kind === each)).at(0);
    return option
      ? { outcome: { outcome: 'selected', optionId: option.optionId } }
      : { outcome: { outcome: 'cancelled' } };
  }

  async read({ path, line, limit }: ReadTextFileRequest): Promise<ReadTextFileResponse> {
    const { root, inside } = await this.#locate(path);
    const handle = await openInside(root, inside, 'read').catch(asRefusal(path));
    try {
      const { size } = await handle.stat();
      if (size > FILE_BYTES) throw refused(`${path} has ${size} bytes; the limit is ${FILE_BYTES}`);
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
    if (this.#invocation.task.access !== 'write') {
      this.#invocation.state.denied.push(`write: ${path}`);
      throw refused('this agent may only read');
    }
    if (Buffer.byteLength(content) > FILE_BYTES) throw refused(`a file may have at most ${FILE_BYTES} bytes`);
    const { root, inside } = await this.#locate(path);
    if (inside.split(sep).some((part) => part.toLowerCase() === '.git')) throw refused('.git may not be changed');
    const handle = await openInside(root, inside, 'write').catch(asRefusal(path));
    try {
      await handle.truncate();
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
    if (this.#invocation.task.access !== 'write') throw refused('this agent may only read');
    if (this.#terminals.size >= MAX_TERMINALS) throw refused(`at most ${MAX_TERMINALS} terminals may be opened`);
    const { root, inside } = await this.#locate(cwd ?? this.#invocation.task.directory);
    const { task, room: ownRoom, desk } = this.#invocation;
    const room = { ...ownRoom, home: join(desk, 'terminal') };
    const stop = new AbortController();
    const terminal: Terminal = {
      stop,
      maxChars: Math.min(outputByteLimit ?? OUTPUT_CHARS, OUTPUT_CHARS),
      output: '',
      isCut: false,
      exit: undefined,
      ended: task.sandbox.run({
        room,
        // The agent chooses the program and its variables, so they open nothing.
        network: {
          by: task.role,
          places: task.sandbox.placesGiven(task.environment),
          tree: task.directory,
          fetchOfNode: true,
        },
        // Some agents send a shell line, others a program and its arguments.
        command: args.length === 0 && /\s/.test(command) ? ['sh', '-c', command] : [command, ...args],
        directory: join(root, inside),
        environment: task.sandbox.environmentFor({
          // Programs that the agent starts do not get its key.
          names: task.environment,
          ...room,
          also: Object.fromEntries(env.map(({ name, value }) => [name, value])),
        }),
        timeoutMs: task.timeoutMs,
        signal: stop.signal,
        ...(task.graceMs === undefined ? {} : { graceMs: task.graceMs }),
        onLine: (line) => {
          this.#invocation.noteActivity();
          const output = `${terminal.output}${line}\n`;
          terminal.isCut ||= output.length > terminal.maxChars;
          terminal.output = output.slice(-terminal.maxChars).toWellFormed();
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

  /** Stops all terminals. */
  async close(): Promise<void> {
    for (const { stop } of this.#terminals.values()) stop.abort();
    await Promise.all([...this.#terminals.values()].map(({ ended }) => ended));
  }

  #terminal(id: string): Terminal {
    const terminal = this.#terminals.get(id);
    if (!terminal) throw refused(`there is no terminal ${id}`);
    return terminal;
  }

  /**
   * The real place of a file in the tree or in the invocation's own folder: links that lead there are followed. The agent can
   * swap one at any time, so that what is opened is reached from the root, without links.
   */
  async #locate(path: string): Promise<{ readonly root: string; readonly inside: string }> {
    if (!isAbsolute(path)) throw refused(`${path} is not an absolute path`);
    const real = await realPathOf(resolve(path));
    for (const place of [this.#invocation.task.directory, this.#invocation.desk]) {
      const root = await realpath(place);
      const inside = relative(root, real);
      if (inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)) return { root, inside };
    }
    throw refused(`${path} is outside the working tree`);
  }
}

/** Resolves the part of a path that exists, and appends the rest. A dangling link is refused. */
async function realPathOf(path: string): Promise<string> {
  const known = await realpath(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw refused(`${path} cannot be followed`);
  });
  if (known !== undefined) return known;
  if ((await lstat(path).catch(() => undefined))?.isSymbolicLink()) throw refused(`${path} is a dangling link`);
  const parent = dirname(path);
  return parent === path ? path : join(await realPathOf(parent), basename(path));
}

const refused = (why: string): RequestError => RequestError.invalidParams(undefined, why);

const asRefusal =
  (path: string) =>
  (error: NodeJS.ErrnoException): never => {
    if (error.code === 'ENOENT') throw RequestError.resourceNotFound(path);
    throw refused(`${path}: ${error.message}`);
  };
