/**
 * A project of test/fixtures in a repository of its own, with its gates: green as it is, and red for what is planted.
 *
 * Programs that come from a registry (pnpm, yarn, uv) are installed once, into a temporary directory that is gone
 * afterwards.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultConfig } from '../../src/config/schema.ts';
import type { GateChoice } from '../../src/core/model/config.ts';
import type { GateResult } from '../../src/core/model/report.ts';
import { readDefinition } from '../../src/gates/definition.ts';
import { type GateRound, GateRunner } from '../../src/gates/run.ts';
import { judgeTree } from '../../src/git/patch.ts';
import { Store } from '../../src/git/store.ts';
import { WorkTree } from '../../src/git/work-tree.ts';
import { registriesOfMachine } from '../../src/sandbox/registries.ts';
import { sandboxFor } from '../rig/walls.ts';
import { commitOf } from '../segment/rig.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** Whether a program is there and starts. */
export function has(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args.length > 0 ? args : ['--version'], { stdio: 'ignore', timeout: 60_000 });
    return true;
  } catch {
    return false;
  }
}

const made: string[] = [];

export async function place(name: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), `swarm-gates-${name}-`));
  made.push(directory);
  return directory;
}

/** Everything that was made here; what a language's cache made read-only is made writable first by its own setting. */
export async function clear(): Promise<void> {
  for (const directory of made.splice(0)) await rm(directory, { recursive: true, force: true, maxRetries: 3 });
}

/** Programs by the registry that has them. */
export interface Brought {
  readonly npm?: string;
  readonly python?: string;
  /** The path of a command of a Go module, with its version. */
  readonly go?: string;
}

/** Puts programs of registries first on PATH. @returns whether they could be had. */
export async function bring(packages: Brought): Promise<boolean> {
  const directory = await place('tools');
  const quiet = { stdio: 'ignore' as const, timeout: 300_000 };
  try {
    if (packages.npm)
      execFileSync('npm', ['install', '--prefix', directory, '--no-audit', '--no-fund', packages.npm], quiet);
    if (packages.python) {
      execFileSync('python3', ['-m', 'venv', directory], quiet);
      execFileSync(join(directory, 'bin', 'pip'), ['install', '--quiet', packages.python], quiet);
    }
    if (packages.go) {
      const GOBIN = join(directory, 'bin');
      execFileSync('go', ['install', packages.go], { ...quiet, env: { ...process.env, GOBIN } });
    }
  } catch {
    return false;
  }
  const bin = packages.npm ? join(directory, 'node_modules', '.bin') : join(directory, 'bin');
  process.env.PATH = `${bin}${delimiter}${process.env.PATH}`;
  return true;
}

export type Edits = Readonly<Record<string, string | ((before: string) => string)>>;

export interface Project {
  /** Holds the project with these edits to its gates; afterwards it is as it was. */
  holds(edits?: Edits): Promise<Held>;
}

export interface Held {
  readonly round: GateRound;
  /** Gate → verdict. */
  readonly verdicts: Readonly<Record<string, string>>;
  result(gate: string): GateResult;
}

async function readAll(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files: Record<string, string> = {};
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(directory.length + 1);
    if (!/(?:^|\/)(?:node_modules|target|\.venv|dist)\//.test(name)) files[name] = await readFile(path, 'utf8');
  }
  return files;
}

export interface Ask {
  /** Files besides those of the fixture; a function gets the directory it has to write them to. */
  readonly prepare?: (directory: string) => void;
  readonly gates?: Record<string, GateChoice>;
}

/** @param name of a directory of test/fixtures. */
export async function project(name: string, { prepare, ...ask }: Ask = {}): Promise<Project> {
  const directory = await place(name);
  const files = await readAll(join(FIXTURES, name));
  if (prepare) {
    const copy = join(directory, 'copy');
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(copy, path)), { recursive: true });
      await writeFile(join(copy, path), text);
    }
    prepare(copy);
    Object.assign(files, await readAll(copy));
  }
  return inRepository(directory, files, ask);
}

export const projectOf = async (
  files: Readonly<Record<string, string>>,
  ask: Omit<Ask, 'prepare'> = {},
): Promise<Project> => inRepository(await place('project'), files, ask);

async function inRepository(
  directory: string,
  files: Readonly<Record<string, string>>,
  { gates = {} }: Omit<Ask, 'prepare'>,
): Promise<Project> {
  const store = await Store.make(directory);
  const base = await commitOf(store, files);
  const before = await store.text(['rev-parse', `${base}^{tree}`]);
  const tree = await WorkTree.make(store, join(directory, 'tree', 'shop'), base);
  const definition = await readDefinition(store, { commit: base }, gates);
  const sandbox = await sandboxFor(directory);
  sandbox.admit([...definition.registries, ...(await registriesOfMachine())]);
  const runner = new GateRunner(definition, {
    tree,
    sandbox,
    scratch: join(directory, 'scratch'),
    environment: [],
    secrets: new Set(),
    log: (line) => {
      if (process.env.SHOW_GATES) console.log(line);
    },
  });
  return {
    async holds(edits = {}) {
      for (const [path, edit] of Object.entries(edits)) {
        const file = join(tree.directory, path);
        await mkdir(dirname(file), { recursive: true });
        const text = typeof edit === 'string' ? edit : edit(await readFile(file, 'utf8'));
        if (text === files[path]) throw new Error(`the edit of ${path} changes nothing`);
        await writeFile(file, text);
      }
      const taken = await tree.take();
      if (taken.kind !== 'tree') throw new Error('the tree could not be taken');
      const config = { ...defaultConfig(), gates };
      // Without a change, the whole is held to its gates.
      const judgement =
        taken.tree === before ? undefined : await judgeTree(store, base, taken.tree, { scope: [], config });
      const round = await runner.run(judgement, taken.tree);
      await tree.put(before);
      return {
        round,
        verdicts: Object.fromEntries(round.results.map(({ gate, verdict }) => [gate, verdict])),
        result(gate) {
          const found = round.results.find((each) => each.gate === gate);
          if (!found) throw new Error(`there is no gate ${gate}: ${JSON.stringify(round.results)}`);
          return found;
        },
      };
    },
  };
}
