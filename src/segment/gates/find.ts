/**
 * Which gates a repository has, from its files and its config.
 *
 * Pure: the names of all files, the texts of a few, and what the config says. They are those of the base commit: a
 * change cannot define the gates it is held to (R11.5). What is not found is not silently passed; it does not apply, and
 * the reason says what was looked for.
 */
import type { Config, GateChoice, GateName } from '#core/config';
import { GATES } from '#core/epic';

export type Gate =
  | {
      readonly kind: 'command';
      readonly gate: GateName;
      readonly run: readonly string[];
      /** Relative to the repository; empty is its root. */
      readonly directory: string;
      readonly timeoutMs: number;
      readonly environment: Readonly<Record<string, string>>;
    }
  /** Swarm's own look at the change: secrets, and the dependencies' known faults where there is a lock file. */
  | { readonly kind: 'security'; readonly gate: 'security'; readonly audit: Audit; readonly timeoutMs: number }
  | { readonly kind: 'scope'; readonly gate: 'scope' }
  | { readonly kind: 'not applicable'; readonly gate: GateName; readonly why: string };

export type Audit =
  | {
      readonly kind: 'audit';
      readonly run: readonly string[];
      /** Whether its exit code decides, or its JSON: npm's exit code does not tell findings from an outage. */
      readonly read: 'npm json' | 'exit code';
    }
  | { readonly kind: 'not applicable'; readonly why: string };

export interface Install {
  readonly run: readonly string[];
  /** When one of these changes, it has to be done again. */
  readonly after: readonly string[];
}

export interface Gates {
  readonly gates: readonly Gate[];
  readonly install: Install | undefined;
  /** `scripts` of the base's package.json: what the gates' names mean, whatever a change writes there. */
  readonly scripts: Readonly<Record<string, string>> | undefined;
}

/** Files whose texts `findGates` wants to see, where they are there. */
export const FILES_READ = ['package.json'] as const;

const DEFAULT_MINUTES = 20;
const CONFIG_FILE = '.github/swarm.yml';

export function findGates(
  files: ReadonlySet<string>,
  texts: Readonly<Partial<Record<(typeof FILES_READ)[number], string>>>,
  choices: Config['gates'],
): Gates {
  const npm = readPackage(files, texts);
  const found = GATES.map((gate) => {
    const choice = choices[gate] ?? {};
    if (choice.off) return notApplicable(gate, `switched off in ${CONFIG_FILE}`);
    if (gate === 'scope') return { kind: 'scope', gate } as const;
    if (gate === 'security') return security(choice, npm);
    if (choice.run) return command(gate, choice.run, choice);
    const inPackage = npm === undefined ? undefined : npm.gate(gate);
    if (inPackage?.run) return command(gate, inPackage.run, choice);
    const why = inPackage?.why ?? 'there is no package.json at the root';
    return notApplicable(gate, `${why}; set gates.${gate}.run in ${CONFIG_FILE}`);
  });
  const named = Object.entries(choices)
    .filter(([gate]) => !(GATES as readonly string[]).includes(gate))
    .map(([gate, choice]) =>
      choice.off
        ? notApplicable(gate, `switched off in ${CONFIG_FILE}`)
        : choice.run
          ? command(gate, choice.run, choice)
          : notApplicable(gate, `${CONFIG_FILE} gives it no \`run\``),
    );
  return { gates: [...found, ...named], install: npm?.install, scripts: npm?.scripts };
}

const notApplicable = (gate: GateName, why: string): Gate => ({ kind: 'not applicable', gate, why });

const timeoutMs = (choice: GateChoice): number => (choice.timeoutMinutes ?? DEFAULT_MINUTES) * 60_000;

const command = (gate: GateName, run: readonly string[], choice: GateChoice): Gate => ({
  kind: 'command',
  gate,
  run,
  directory: choice.directory ?? '',
  timeoutMs: timeoutMs(choice),
  environment: choice.environment ?? {},
});

function security(choice: GateChoice, npm: NpmPackage | undefined): Gate {
  const audit: Audit = choice.run
    ? { kind: 'audit', run: choice.run, read: 'exit code' }
    : (npm?.audit ?? { kind: 'not applicable', why: 'there is no lock file with dependencies at the root' });
  return { kind: 'security', gate: 'security', audit, timeoutMs: timeoutMs(choice) };
}

// --- JavaScript and TypeScript --------------------------------------------------------------------------------------

interface NpmPackage {
  readonly scripts: Readonly<Record<string, string>>;
  readonly install: Install | undefined;
  readonly audit: Audit;
  /** argv, or why there is none. */
  gate(gate: 'lint' | 'types' | 'tests' | 'build'): { readonly run?: readonly string[]; readonly why: string };
}

interface Program {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun';
  readonly lockFiles: readonly string[];
  readonly install: readonly string[];
  readonly audit: Audit;
}

const NPM: Program = {
  name: 'npm',
  lockFiles: ['package-lock.json', 'npm-shrinkwrap.json'],
  install: ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'],
  audit: {
    kind: 'audit',
    run: ['npm', 'audit', '--audit-level=high', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=20000'],
    read: 'npm json',
  },
};
const later: Audit = { kind: 'not applicable', why: 'only npm’s audit is known here; set gates.security.run' };
const PROGRAMS: readonly Program[] = [
  {
    name: 'pnpm',
    lockFiles: ['pnpm-lock.yaml'],
    install: ['pnpm', 'install', '--frozen-lockfile', '--ignore-scripts'],
    audit: later,
  },
  {
    name: 'yarn',
    lockFiles: ['yarn.lock'],
    install: ['yarn', 'install', '--frozen-lockfile', '--ignore-scripts'],
    audit: later,
  },
  {
    name: 'bun',
    lockFiles: ['bun.lock', 'bun.lockb'],
    install: ['bun', 'install', '--frozen-lockfile', '--ignore-scripts'],
    audit: later,
  },
  NPM,
];

const SCRIPTS = {
  lint: ['lint'],
  types: ['types', 'typecheck', 'type-check', 'check-types', 'tsc'],
  tests: ['test'],
  build: ['build'],
} as const;
/** What `npm init` writes: it fails, and tests nothing. */
const NO_TEST_SCRIPT = /no test specified/i;

function readPackage(
  files: ReadonlySet<string>,
  texts: Readonly<Partial<Record<(typeof FILES_READ)[number], string>>>,
): NpmPackage | undefined {
  const text = files.has('package.json') ? texts['package.json'] : undefined;
  if (text === undefined) return undefined;
  const manifest = readJson(text);
  if (manifest === undefined) {
    const why = 'package.json is not JSON';
    return { scripts: {}, install: undefined, audit: { kind: 'not applicable', why }, gate: () => ({ why }) };
  }
  const scripts = textsOf(manifest.scripts);
  const dependencies = { ...textsOf(manifest.dependencies), ...textsOf(manifest.devDependencies) };
  const needs = Object.keys({ ...dependencies, ...textsOf(manifest.optionalDependencies) });
  const program = programOf(files, manifest.packageManager);
  const lock = program.lockFiles.find((file) => files.has(file));
  const hasDependencies = needs.length > 0 || lists(manifest.workspaces);
  const locked = lock !== undefined && hasDependencies;

  return {
    scripts,
    install: locked ? { run: installOf(program, files), after: ['package.json', lock] } : undefined,
    audit: locked
      ? program.audit
      : { kind: 'not applicable', why: hasDependencies ? 'there is no lock file' : 'package.json has no dependencies' },
    gate(gate) {
      const script = SCRIPTS[gate].find((name) => scripts[name]?.trim());
      if (script !== undefined && !(gate === 'tests' && NO_TEST_SCRIPT.test(scripts[script] ?? ''))) {
        return { run: [program.name, 'run', script], why: '' };
      }
      if (gate === 'types' && files.has('tsconfig.json') && 'typescript' in dependencies && locked) {
        return { run: ['node_modules/.bin/tsc', '--noEmit', '-p', '.'], why: '' };
      }
      return { why: `package.json has no script \`${SCRIPTS[gate].join('` or `')}\`` };
    },
  };
}

function programOf(files: ReadonlySet<string>, declared: unknown): Program {
  const name = typeof declared === 'string' ? declared.split('@')[0] : undefined;
  return (
    PROGRAMS.find((program) => program.name === name) ??
    PROGRAMS.find((program) => program.lockFiles.some((file) => files.has(file))) ??
    NPM
  );
}

/** Yarn since version 2 has other words for it; it keeps its settings in `.yarnrc.yml`. */
const installOf = (program: Program, files: ReadonlySet<string>): readonly string[] =>
  program.name === 'yarn' && files.has('.yarnrc.yml')
    ? ['yarn', 'install', '--immutable', '--mode=skip-build']
    : program.install;

function readJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The entries whose values are texts, without a prototype: a script may be called `constructor`. */
function textsOf(value: unknown): Readonly<Record<string, string>> {
  const texts: Record<string, string> = Object.create(null);
  if (typeof value !== 'object' || value === null) return texts;
  for (const [name, text] of Object.entries(value)) if (typeof text === 'string') texts[name] = text;
  return texts;
}

const lists = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : typeof value === 'object' && value !== null;
