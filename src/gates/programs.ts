/**
 * Starts the programs of gates, and reports how they ended.
 *
 * A program gets an allow-listed environment with a home of its own, and variables that say where the machine keeps its
 * tools: with another home, rustup and similar tools would not find their installation. A missing package manager is
 * fetched by one that is there, if possible.
 */
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Config } from '#core/model/config';
import type { KnownGate } from '#core/model/journal/baseline';
import type { GateVerdict } from '#core/model/report';
import type { WorkTree } from '#git/work-tree';
import { toolVariables } from '#sandbox/environment';
import { placesNamedIn } from '#sandbox/policy';
import type { ProgramEnd } from '#sandbox/process';
import type { Sandbox } from '#sandbox/sandbox';
import type { Step } from './workspace.ts';

/** A text for the artefact of a job's run: everything that one program printed. Untrusted. */
export interface ArtefactText {
  /** People find it by this. */
  readonly title: string;
  readonly text: string;
}

export interface Ground {
  readonly tree: WorkTree;
  readonly sandbox: Sandbox;
  /** For the gates' home, temporary files and logs. Only Swarm uses it. */
  readonly scratch: string;
  /** Names of variables that the config lets through. */
  readonly environment: readonly string[];
  /** What the config says of single gates: some get variables of their own. */
  readonly choices?: Config['gates'];
  /** Gates that failed on the base before any agent worked on it. */
  readonly known?: readonly KnownGate[];
  /** Values that must not be shown. */
  readonly secrets: ReadonlySet<string>;
  /** Gets untrusted lines too, and has to make them safe. */
  readonly log: (line: string) => void;
  /** From SIGTERM to SIGKILL. */
  readonly graceMs?: number;
}

/** Tool directories below the user's own home, which a gate does not have. */
const BELOW_HOME = { RUSTUP_HOME: '.rustup', PYENV_ROOT: '.pyenv', RBENV_ROOT: '.rbenv' } as const;

/** Settings that make programs quiet and repeatable, and keep them from leaving files in the tree. */
const MANNERS = {
  COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
  YARN_ENABLE_TELEMETRY: '0',
  PYTHONDONTWRITEBYTECODE: '1',
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
  CARGO_TERM_PROGRESS_WHEN: 'never',
};

/** Set last: nothing else may set these names (see `mayBeHandedOn`). */
const OWN_MANNERS = {
  // Stamping reads the repository's git, which an agent may have broken; a read-only cache could never be removed.
  GOFLAGS: '-buildvcs=false -modcacherw',
  npm_config_update_notifier: 'false',
  npm_config_fund: 'false',
};

/**
 * Behind walls no file of the home can be linked into the tree, and then pnpm keeps its store of packages in the tree, where
 * linters find it. The two names are those of older and of newer versions.
 */
const pnpmStore = (place: string): Record<string, string> => ({
  npm_config_store_dir: join(place, 'pnpm-store'),
  pnpm_config_store_dir: join(place, 'pnpm-store'),
});

/** Ways to get a program that is not on the machine. The first one that is available is taken. */
const PROVIDED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  pnpm: [
    ['corepack', 'pnpm'],
    ['npx', '--yes', 'pnpm@10'],
  ],
  yarn: [
    ['corepack', 'yarn'],
    ['npx', '--yes', 'yarn@1'],
  ],
  bun: [['npx', '--yes', 'bun@1']],
  deno: [['npx', '--yes', 'deno@2']],
  ...Object.fromEntries(
    ['poetry', 'pdm', 'pipenv', 'hatch', 'tox', 'nox', 'pip-audit'].map((name) => [
      name,
      [
        ['uvx', name],
        ['pipx', 'run', name],
      ],
    ]),
  ),
  uv: [['pipx', 'run', 'uv']],
  'cosmic-ray': [
    ['uvx', '--from', 'cosmic-ray==8.7.0', 'cosmic-ray'],
    ['pipx', 'run', '--spec', 'cosmic-ray==8.7.0', 'cosmic-ray'],
  ],
  gremlins: [['go', 'run', 'github.com/go-gremlins/gremlins/cmd/gremlins@v0.6.0']],
  govulncheck: [['go', 'run', 'golang.org/x/vuln/cmd/govulncheck@v1.1.4']],
};

/** An old Corepack does not know the keys or the files of newer package managers. */
const COREPACK_FAILED = /Cannot find matching keyid|nodejs\/corepack#troubleshooting|[/\\]corepack[/\\]/;

export class Programs {
  readonly #ground: Ground;
  /** Programs that Corepack cannot start. */
  readonly #refused = new Set<string>();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** The programs can write here. */
  get temporaryDirectory(): string {
    return join(this.#ground.scratch, 'tmp');
  }

  /** True if a program is on the machine, or one that can fetch it. Programs of the tree itself may still be installed. */
  async has(program: string, otherwise?: readonly string[]): Promise<boolean> {
    if (program.includes('/')) return true;
    const { sandbox, scratch, environment: names } = this.#ground;
    const { temporaryDirectory } = this;
    const { PATH = '' } = sandbox.environmentFor({ names, home: join(scratch, 'home'), temporaryDirectory, also: {} });
    const provided = Object.hasOwn(PROVIDED, program) ? (PROVIDED[program] ?? []) : [];
    const ways = [[program], ...(otherwise ? [otherwise] : []), ...provided];
    for (const [first = ''] of ways) if (await isOnPath(first, PATH)) return true;
    return false;
  }

  /**
   * @param by the gate that it belongs to.
   * @param root the directory of the files; by default that of the working tree.
   */
  async start(by: string, step: Step, timeoutMs: number, root?: string): Promise<ProgramEnd> {
    const [program = '', ...rest] = step.run;
    const { otherwise } = step;
    if (otherwise && this.#refused.has(program))
      return this.#start(by, { ...step, run: [...otherwise, ...rest] }, timeoutMs, root);
    const ended = await this.#start(by, step, timeoutMs, root);
    // Only an installation is sure to have changed nothing when the package manager itself does not start.
    const isRefused = by === 'install' && exitOf(ended) !== 0 && COREPACK_FAILED.test(ended.output);
    if (!otherwise || !isRefused || timeoutMs <= ended.durationMs) return ended;
    this.#ground.log(`Corepack cannot start ${program}. It is started by ${otherwise.join(' ')}.`);
    this.#refused.add(program);
    return this.#start(by, { ...step, run: [...otherwise, ...rest] }, timeoutMs - ended.durationMs, root);
  }

  async #start(
    by: string,
    { run, directory, environment, path = [], otherwise }: Step,
    timeoutMs: number,
    root: string | undefined,
  ): Promise<ProgramEnd> {
    const { sandbox, scratch, tree, log, graceMs, choices = {} } = this.#ground;
    const names = [...this.#ground.environment, ...(choices[by]?.variables ?? [])];
    const home = join(scratch, 'home');
    const { temporaryDirectory } = this;
    const files = root ?? tree.directory;
    const also = { ...(await toolPlaces(sandbox)), ...MANNERS, ...environment };
    const made = sandbox.environmentFor({ names, home, temporaryDirectory, also });
    const PATH = [...path.map((each) => join(files, each)), made.PATH ?? ''].join(delimiter);
    const command = run.map((word) => word.replaceAll('{scratch}', temporaryDirectory));
    return sandbox.run({
      command: await provided(command, PATH, otherwise),
      directory: join(files, directory),
      environment: { ...made, ...OWN_MANNERS, ...(run.some(isPnpm) ? pnpmStore(home) : {}), PATH },
      room: { home, temporaryDirectory, writes: [files], reads: tree.borrows },
      network: {
        ...{ by, tree: files },
        places: [
          ...sandbox.placesGiven(names),
          ...Object.values(environment ?? {}).flatMap((value) => placesNamedIn(value)),
        ],
      },
      timeoutMs,
      onLine: (line) => log(`  ${line}`),
      ...(graceMs === undefined ? {} : { graceMs }),
    });
  }
}

const isPnpm = (word: string): boolean => /^pnpm(?:@|$)/.test(word);

async function toolPlaces({ variables }: Sandbox): Promise<Record<string, string>> {
  const places = toolVariables(variables);
  const { HOME } = variables;
  if (!HOME) return places;
  for (const [name, below] of Object.entries(BELOW_HOME)) {
    const directory = join(HOME, below);
    if (places[name] === undefined && (await isThere(directory, constants.R_OK))) places[name] = directory;
  }
  return places;
}

async function provided(
  command: readonly string[],
  path: string,
  otherwise: readonly string[] | undefined,
): Promise<readonly string[]> {
  const [program = '', ...rest] = command;
  const usual = Object.hasOwn(PROVIDED, program) ? (PROVIDED[program] ?? []) : [];
  const ways = otherwise ? [otherwise, ...usual] : usual;
  if (ways.length === 0 || (await isOnPath(program, path))) return command;
  for (const way of ways) if (await isOnPath(way[0] ?? '', path)) return [...way, ...rest];
  return command;
}

async function isOnPath(program: string, path: string): Promise<boolean> {
  for (const directory of path.split(delimiter)) {
    if (directory !== '' && (await isThere(join(directory, program), constants.X_OK))) return true;
  }
  return false;
}

const isThere = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );

// --- how it ended -------------------------------------------------------------------------------------------------------

export const exitOf = ({ how }: ProgramEnd): number | undefined => (how.kind === 'exited' ? how.code : undefined);

/** Messages of launchers that exit with a code of their own if the program they start is missing. */
const MISSING =
  /^(?:error: no such command: `|error: Failed to spawn: `|Command not found: |make: \*\*\* .* Error 127$|npm (?:error|ERR!) could not determine executable)/m;

/** True if the program, or the one it starts, is not on the machine. An agent cannot fix that. */
export const isMissing = (ended: ProgramEnd): boolean =>
  ended.how.kind === 'not started' ||
  exitOf(ended) === 126 ||
  exitOf(ended) === 127 ||
  (ended.how.kind === 'exited' && ended.how.code !== 0 && MISSING.test(ended.output));

export const verdictOf = (ended: ProgramEnd): GateVerdict =>
  ended.how.kind === 'timed out' ? 'timed out' : exitOf(ended) === 0 ? 'pass' : 'fail';

/** Its output, after a sentence about how it ended if it did not simply succeed. */
export function told({ how, output, durationMs, refused = [] }: ProgramEnd): string {
  const names = [...new Set(refused.map(({ host, port }) => `${host}:${port}`))];
  const reached = names.length === 0 ? '' : `It may not reach ${names.join(', ')}: see \`network\` in the config.\n`;
  const text = `${reached}${output.trim()}`;
  switch (how.kind) {
    case 'not started':
      return `It could not be started: ${how.message}`;
    case 'timed out':
    case 'stopped':
      return `It did not end within ${Math.round(durationMs / 1000)} seconds and was stopped.\n${text}`;
    case 'killed':
      return `It was killed by ${how.signal}.\n${text}`;
    case 'exited':
      if (how.code !== 0) return text === '' ? `It ended with exit code ${how.code} and printed nothing.` : text;
      return /\b[1-9]\d* (?:failed|failing|failures?)\b/i.test(text)
        ? `${text}\n(swarm: the output mentions failures, but the exit code is 0, and the exit code decides)`
        : text;
  }
}
