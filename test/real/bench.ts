/**
 * Brings what authors published to a registry, as a git repository of its own, and runs Swarm's command line on it as a person
 * would.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { stringify } from 'yaml';
import { ENVIRONMENT, git } from '../demo/run.ts';
import { LIMITS_MS } from '../limits.ts';

/** Files to write: a whole text, or the text that the present one becomes. */
export type Edits = Readonly<Record<string, string | ((before: string) => string)>>;

export interface Segment {
  /** Title, type, files and the like, as in a plan file. */
  readonly plan: { readonly title: string; readonly [key: string]: unknown };
  readonly edits: Edits;
  /** What a tester writes of it before the rest is there. */
  readonly tests?: readonly string[];
}

/** Programs by the registry that has them. */
export interface Brought {
  readonly npm?: readonly string[];
  readonly python?: readonly string[];
}

export const has = (program: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v "$0"`, program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

export class Bench {
  readonly directory = mkdtempSync(join(tmpdir(), 'swarm-real-'));
  /** What a person's shell has, with the programs that were brought first on PATH. */
  #environment: NodeJS.ProcessEnv = ENVIRONMENT;

  /** Runs a program. @throws with all of its output if it fails. */
  run(cwd: string, program: string, ...args: string[]): string {
    return execFileSync(program, args, {
      ...{ cwd, encoding: 'utf8', env: this.#environment, timeout: LIMITS_MS.install, maxBuffer: 2 ** 28 },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  bring({ npm = [], python = [] }: Brought): void {
    const directory = join(this.directory, 'tools');
    if (npm.length > 0) {
      mkdirSync(directory, { recursive: true });
      this.run(this.directory, 'npm', 'install', '--prefix', directory, '--no-audit', '--no-fund', ...npm);
      this.#addPath(join(directory, 'node_modules', '.bin'));
    }
    if (python.length > 0) {
      this.run(this.directory, 'python3', '-m', 'venv', directory);
      this.run(this.directory, join(directory, 'bin', 'pip'), 'install', '--quiet', ...python);
      this.#addPath(join(directory, 'bin'));
    }
  }

  #addPath(bin: string): void {
    this.#environment = { ...this.#environment, PATH: `${bin}${delimiter}${this.#environment.PATH}` };
  }

  // ── Fetching ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Each answers with the directory of the package's files. */
  readonly npm = (spec: string): string => {
    const into = this.#empty();
    const packed = this.run(into, 'npm', 'pack', '--silent', spec).trim();
    return this.#unpack(join(into, packed), into);
  };

  readonly python = (spec: string): string => {
    const into = this.#empty();
    const options = ['--no-deps', '--no-binary', ':all:', '--quiet', '--dest', into];
    this.run(into, 'python3', '-m', 'pip', 'download', ...options, spec);
    const [packed = ''] = readdirSync(into);
    const files = this.#unpack(join(into, packed), into);
    // Made for the package, and not part of its repository.
    this.run(files, 'sh', '-c', 'rm -rf PKG-INFO *.egg-info src/*.egg-info');
    return files;
  };

  readonly go = (spec: string): string => {
    const into = this.#empty();
    const found = JSON.parse(this.run(into, 'go', 'mod', 'download', '-json', spec)) as { Dir: string };
    const files = join(into, 'files');
    cpSync(found.Dir, files, { recursive: true });
    // Go keeps what it downloads read-only.
    this.run(into, 'chmod', '-R', 'u+w', files);
    return files;
  };

  #empty(): string {
    return mkdtempSync(join(this.directory, 'fetched-'));
  }

  #unpack(packed: string, into: string): string {
    const files = join(into, 'files');
    mkdirSync(files);
    this.run(into, 'tar', '-xzf', packed, '-C', files, '--strip-components=1');
    return files;
  }

  // ── Repositories ──────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Makes these files a repository with one commit. @returns its directory. */
  commit(files: string, edits: Edits = {}): string {
    write(files, edits);
    git(files, 'init', '--quiet', '--initial-branch=main');
    git(files, 'config', 'user.name', 'Kim');
    git(files, 'config', 'user.email', 'kim@harbour.example');
    git(files, 'add', '--all');
    git(files, 'commit', '--quiet', '--message', 'feat: as it was published');
    return files;
  }

  /** A copy of a repository with one more commit. */
  copy(repository: string, edits: Edits): string {
    const copy = mkdtempSync(join(this.directory, 'copy-'));
    git(this.directory, 'clone', '--quiet', repository, copy);
    git(copy, 'config', 'user.name', 'Kim');
    git(copy, 'config', 'user.email', 'kim@harbour.example');
    write(copy, edits);
    git(copy, 'commit', '--quiet', '--all', '--message', 'fix: a fault');
    return copy;
  }

  /** `swarm …` at a terminal. */
  async swarm(
    ...args: readonly string[]
  ): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
    const child = spawn(process.execPath, [resolve('src/cli/main.ts'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: this.#environment,
    });
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { code: Number(code), out, err };
  }

  /** A plan file, and the command of an agent with exactly these changes. */
  prepare(
    repository: string,
    title: string,
    segments: Readonly<Record<string, Segment>>,
  ): { plan: string; agent: string } {
    const directory = mkdtempSync(join(this.directory, 'epic-'));
    const prepared = join(directory, 'prepared');
    for (const [name, { plan, edits, tests }] of Object.entries(segments)) {
      for (const [path, edit] of Object.entries(edits)) {
        const file = join(prepared, name, 'files', path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, edited(repository, path, edit));
      }
      const step = {
        summary: plan.title,
        files: 'files',
        ...(tests ? { tests } : {}),
        criteria: { 'REAL-1': 'its test' },
      };
      writeFileSync(join(prepared, name, 'edits.json'), JSON.stringify({ title: plan.title, steps: [step] }));
    }
    const plan = join(directory, 'epic.yml');
    const plans = Object.entries(segments).map(([name, segment]) => [name, segment.plan]);
    writeFileSync(plan, stringify({ epic: { title }, segments: Object.fromEntries(plans) }));
    return { plan, agent: `node ${resolve('examples/agents/prepared.mjs')} ${prepared}` };
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

function write(directory: string, edits: Edits): void {
  for (const [path, edit] of Object.entries(edits)) {
    const file = join(directory, path);
    const after = edited(directory, path, edit);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, after);
  }
}

function edited(directory: string, path: string, edit: string | ((before: string) => string)): string {
  if (typeof edit === 'string') return edit;
  const file = join(directory, path);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const after = edit(before);
  if (after === before) throw new Error(`The edit of ${path} changes nothing.`);
  return after;
}
