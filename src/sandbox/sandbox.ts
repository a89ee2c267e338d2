/**
 * The walls around every program that Swarm starts for somebody else: agents, gates, installs.
 *
 * A sandbox holds the job's variables, and hands each call the few that it may have. What a kind of walls guarantees stands in
 * `isolation.ts`.
 */
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import type { Isolation } from '#core/model/config';
import { type Place, readPlace } from '#core/model/config/network';
import type { RefusedPlace } from '#core/model/report';
import { bubblewrap, bubblewrapWithSudo, type Enclosure, placesIn, TOOLS, type Tools } from './bubblewrap.ts';
import { Egress, type Refused } from './egress.ts';
import { type EnvironmentOptions, environmentFor, proxyVariables, type Variables } from './environment.ts';
import { FETCH_OF_NODE, networkVariables } from './inside.ts';
import { Policy, placesNamedIn } from './policy.ts';
import { type ProgramEnd, type ProgramOptions, runProgram } from './process.ts';
import { registriesFor } from './registries.ts';
import { contains, pathsOf, type View, viewOf } from './view.ts';

/** Things that a program may use, in addition to the system and the tools on PATH. */
export interface Room {
  /** Its home, which no other call of another role uses. */
  readonly home: string;
  readonly temporaryDirectory: string;
  /** Directories that it can write to, in addition to these two. */
  readonly writes: readonly string[];
  /** Paths that it can read. */
  readonly reads: readonly string[];
  /** Files and directories among these that are empty for it. */
  readonly hides?: readonly string[];
}

/** Things on the network that a call may reach, in addition to those that every call may. A call with `none` reaches nothing. */
export interface CallNetwork {
  /** The role or the gate, for the record of what was refused. */
  readonly by: string;
  /** Such as the endpoint of an agent's model. */
  readonly places?: readonly Place[];
  /** The working tree: its ecosystems have registries. */
  readonly tree?: string;
  /** Set for agents: Node's own `fetch` uses the proxy. */
  readonly fetchOfNode?: true;
}

export type Call = Omit<ProgramOptions, 'namespace'> & { readonly room: Room; readonly network: CallNetwork | 'none' };

export interface SandboxOptions {
  readonly variables: Variables;
  /** Directories that no program may see, but for the parts that its room names. */
  readonly secluded: readonly string[];
  /** From the config: everything, or these hosts in addition to what each call needs. */
  readonly network: 'open' | readonly string[];
  /** Told once of each place that a call may not reach. */
  readonly onRefused?: (refused: RefusedPlace) => void;
}

/** A machine does not change while a process lives. */
const tried = new Map<string, Promise<boolean>>();

export class Sandbox {
  readonly isolation: Isolation;
  readonly variables: Variables;
  readonly #tools: Tools;
  readonly #secluded: readonly string[];
  readonly #refused: Refusals;
  /** Undefined where the network is not limited. */
  readonly #places: Place[] | undefined;
  #view: View | undefined;

  private constructor(isolation: Isolation, tools: Tools, { variables, secluded, network, onRefused }: SandboxOptions) {
    this.isolation = isolation;
    this.variables = variables;
    this.#tools = tools;
    this.#secluded = secluded;
    this.#refused = new Refusals(onRefused);
    if (isolation !== 'none' && network !== 'open')
      this.#places = network.flatMap((written) => readPlace(written) ?? []);
  }

  /**
   * The strongest walls that this machine has, or those that are asked for.
   *
   * @returns undefined if the machine has none, or not those.
   */
  static async open(wanted: 'auto' | Isolation, options: SandboxOptions): Promise<Sandbox | undefined> {
    if (wanted === 'none') return new Sandbox('none', {}, options);
    for (const isolation of ['bubblewrap', 'bubblewrap-sudo'] as const) {
      if (wanted !== 'auto' && wanted !== isolation) continue;
      // Root needs no sudo, and would keep its rights if it ran programs as the user who asked.
      if (isolation === 'bubblewrap-sudo' && process.getuid?.() === 0) continue;
      const tools = await findTools(TOOLS[isolation], options.variables.PATH);
      if (tools === undefined) continue;
      const sandbox = new Sandbox(isolation, tools, options);
      const kind = `${isolation}, ${options.network === 'open' ? 'open' : 'limited'}`;
      const works = tried.get(kind) ?? sandbox.#works();
      tried.set(kind, works);
      if (await works) return sandbox;
    }
    return undefined;
  }

  /** The environment of one call. Only this and `run` hand out variables of the job. */
  environmentFor(options: EnvironmentOptions): Record<string, string> {
    return environmentFor(this.variables, options);
  }

  /** True if programs reach only what somebody named. */
  get limitsNetwork(): boolean {
    return this.#places !== undefined;
  }

  /** Lets every call reach further places: registries that the settings of the base and of the job name. */
  admit(places: readonly Place[]): void {
    this.#places?.push(...places);
  }

  /** The places that URLs in variables of the job name. */
  placesGiven(names: readonly string[]): readonly Place[] {
    return names.flatMap((name) => placesNamedIn(this.variables[name] ?? ''));
  }

  /** What calls asked for and may not reach, so far. */
  get refused(): readonly RefusedPlace[] {
    return this.#refused.list();
  }

  async run({ room, network, ...call }: Call): Promise<ProgramEnd> {
    await mkdir(room.home, { recursive: true, mode: 0o700 });
    await mkdir(room.temporaryDirectory, { recursive: true, mode: 0o700 });
    if (this.isolation === 'none')
      return runProgram({ ...call, environment: { ...this.#openNetwork(network), ...call.environment } });
    const [name = ''] = call.command;
    const program = await findProgram(name, call.environment.PATH, call.directory);
    if (program === undefined) {
      return notStarted('not found', `spawn ${name} ENOENT`);
    }
    // New for each call: a link that an earlier one left there would lead the makers of places astray, and some are root.
    const empty = emptyFilesOf(room);
    await Promise.all([writeFile(empty.json, '{}\n'), writeFile(empty.text, '')]);
    const temporary = await mkdtemp(`${room.temporaryDirectory}.system-`);
    const refusals = new Refusals();
    const egress = await this.#openEgress(network, refusals);
    try {
      const environment = {
        ...(this.limitsNetwork ? {} : this.#openNetwork(network)),
        ...call.environment,
        ...(egress && networkVariables(egress.proxyPort)),
        ...(egress && network !== 'none' && network.fetchOfNode ? FETCH_OF_NODE : {}),
      };
      const isClosed = network === 'none' && this.limitsNetwork;
      const enclosure = {
        ...this.#enclosureFor(call, program, room, temporary),
        egress: isClosed ? ('none' as const) : egress,
      };
      for (const { place, isDirectory } of placesIn(enclosure)) await makePlace(place, isDirectory);
      const memoryBytes = call.memoryBytes ?? memoryLimit();
      const ended = await runProgram({ ...call, memoryBytes, environment, ...this.#enclose(enclosure, environment) });
      if (isExecFailure(ended)) return notStarted('not executable', ended.output.trim());
      const refused = refusals.list();
      return refused.length === 0 ? ended : { ...ended, refused };
    } finally {
      await egress?.close();
      // What cannot be removed, such as a directory that nobody may write to, is left to the end of the job.
      await rm(temporary, { recursive: true, force: true }).catch(() => {});
    }
  }

  /** Where nothing limits the network, programs use the proxies of the job. */
  #openNetwork(network: CallNetwork | 'none'): Record<string, string> {
    const proxies = proxyVariables(this.variables);
    const isAgent = network !== 'none' && network.fetchOfNode === true;
    return { ...proxies, ...(isAgent && Object.keys(proxies).length > 0 ? FETCH_OF_NODE : {}) };
  }

  async #openEgress(network: CallNetwork | 'none', ofCall: Refusals): Promise<Egress | undefined> {
    if (this.#places === undefined || network === 'none') return undefined;
    const { by, places = [], tree } = network;
    const isRegistry = tree === undefined ? undefined : registriesFor(tree);
    return Egress.open({
      policy: new Policy([...this.#places, ...places], isRegistry),
      variables: this.variables,
      onRefused: (refused) => {
        for (const each of [this.#refused, ofCall]) each.add(refused, by);
      },
    });
  }

  #enclosureFor(
    call: Omit<Call, 'room' | 'network'>,
    program: string,
    room: Room,
    temporaryDirectory: string,
  ): Omit<Enclosure, 'egress'> {
    this.#view ??= viewOf(this.variables, this.#secluded);
    const { HOME } = this.variables;
    const closed = [...this.#secluded, ...(HOME ? [HOME] : [])];
    return {
      view: this.#view,
      command: call.command,
      directory: call.directory,
      writes: [room.home, room.temporaryDirectory, ...room.writes],
      reads: [...pathsOf(call.command, program, closed).filter((path) => !this.#isSecluded(path)), ...room.reads],
      hides: room.hides ?? [],
      empty: emptyFilesOf(room),
      temporaryDirectory,
    };
  }

  #enclose(
    enclosure: Enclosure,
    environment: Readonly<Record<string, string>>,
  ): Pick<ProgramOptions, 'command' | 'namespace' | 'directory'> {
    return this.isolation === 'bubblewrap-sudo'
      ? { command: bubblewrapWithSudo(this.#tools, enclosure, environment), namespace: 'outlives', directory: '/' }
      : { command: withReport(bubblewrap(this.#tools, enclosure)), namespace: 'reports', directory: '/' };
  }

  /** True for what lies in a secluded directory. Only a call's room shows parts of those. */
  #isSecluded(path: string): boolean {
    return this.#secluded.some((each) => contains(each, path));
  }

  /** Tries it on a program that does nothing: kernels and runners restrict namespaces in many ways. */
  async #works(): Promise<boolean> {
    const scratch = await mkdtemp(join(tmpdir(), 'swarm-probe-'));
    const room = { home: join(scratch, 'home'), temporaryDirectory: join(scratch, 'tmp'), writes: [], reads: [] };
    const environment = this.environmentFor({ names: [], ...room });
    const ended = await this.run({
      ...{ command: ['true'], directory: '/', environment, room, network: 'none' },
      timeoutMs: PROBE_MS,
      graceMs: 0,
    });
    await rm(scratch, { recursive: true, force: true });
    return ended.how.kind === 'exited' && ended.how.code === 0;
  }
}

/** What was refused, each once. A program can ask for any number of names. */
class Refusals {
  readonly #found = new Map<string, RefusedPlace>();
  readonly #onNew: (refused: RefusedPlace) => void;

  constructor(onNew: (refused: RefusedPlace) => void = () => {}) {
    this.#onNew = onNew;
  }

  add(refused: Refused, by: string): void {
    const key = `${by} ${refused.host}:${refused.port}`;
    const known = this.#found.get(key);
    if (known === undefined && this.#found.size >= MOST_REFUSALS) return;
    const counted = { ...refused, by, times: (known?.times ?? 0) + 1 };
    this.#found.set(key, counted);
    if (known === undefined) this.#onNew(counted);
  }

  list(): readonly RefusedPlace[] {
    return [...this.#found.values()];
  }
}

const MOST_REFUSALS = 50;

/** Beside the temporary directory. */
const emptyFilesOf = ({ temporaryDirectory }: Room): Enclosure['empty'] => ({
  text: `${temporaryDirectory}.empty`,
  json: `${temporaryDirectory}.empty.json`,
});

const PROBE_MS = 30_000;

/** Nine tenths of what this machine or this container has: a program that takes more would take the job with it. */
function memoryLimit(): number {
  const found = process.constrainedMemory();
  const most = found > 0 && found < totalmem() ? found : totalmem();
  return Math.floor(most * 0.9);
}

/** bubblewrap's own words, and prlimit's, if the program inside cannot be executed. */
const isExecFailure = ({ how, output }: ProgramEnd): boolean =>
  how.kind === 'exited' && /^(?:bwrap: execvp |prlimit: failed to execute )/.test(output);

const notStarted = (why: 'not found' | 'not executable', message: string): ProgramEnd => ({
  how: { kind: 'not started', why, message },
  output: '',
  durationMs: 0,
});

function withReport([program = '', ...rest]: readonly string[]): readonly string[] {
  return [program, '--info-fd', '3', ...rest];
}

/** @returns undefined if one of them is missing. */
async function findTools(names: readonly string[], path = ''): Promise<Tools | undefined> {
  const absolute = path.split(delimiter).filter(isAbsolute).join(delimiter);
  const found: Record<string, string> = {};
  for (const name of names) {
    const file = await findProgram(name, absolute);
    if (file === undefined) return undefined;
    found[name] = file;
  }
  return found;
}

async function makePlace(place: string, isDirectory: boolean): Promise<void> {
  await mkdir(isDirectory ? place : dirname(place), { recursive: true });
  if (!isDirectory) await writeFile(place, '', { flag: 'a' });
}

/** As `execvp` looks for a program: on the path, or where a name with a slash says. */
async function findProgram(name: string, path = '', directory = '/'): Promise<string | undefined> {
  const places = name.includes('/') ? [directory] : path.split(delimiter).filter(Boolean);
  for (const place of places) {
    const file = name.startsWith('/') ? name : join(place, name);
    if (
      await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  return undefined;
}
