/** `swarm` as a program, on small repositories of its own. */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export type Files = Readonly<Record<string, string>>;
export type Variables = Readonly<Record<string, string>>;

export const PROGRAM = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

/** Nobody's. Programs such as `gh` write there. */
const HOME = mkdtempSync(join(tmpdir(), 'swarm-home-'));
afterAll(() => rmSync(HOME, { recursive: true, force: true }));

/** Without a token, and without the login of anybody's `gh`. */
export const environment = (variables: Variables = {}): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME,
  ...variables,
});

/** The program at work, while this process goes on: it may be the GitHub that the program talks to. */
export async function run(
  args: readonly string[],
  { cwd = process.cwd(), variables = {} }: { readonly cwd?: string; readonly variables?: Variables } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd,
    env: environment(variables),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    texts.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    texts.err += text;
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { status, ...texts };
}

export function git(root: string, ...args: string[]): string {
  const ran = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return ran.stdout;
}

/** Repositories in a folder that goes when the test file ends. */
export class Repositories {
  readonly folder = mkdtempSync(join(tmpdir(), 'swarm-command-'));
  #made = 0;

  /** A repository with one commit of these files. */
  make(files: Files): string {
    const root = this.empty();
    write(root, files);
    commit(root);
    return root;
  }

  empty(): string {
    this.#made += 1;
    const root = join(this.folder, `shop-${this.#made}`);
    mkdirSync(root);
    git(root, 'init', '--quiet', '--initial-branch=main');
    return root;
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

export function write(root: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(root, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (text.startsWith('#!')) chmodSync(file, 0o755);
  }
}

export function commit(root: string): void {
  git(root, 'add', '--all');
  git(
    root,
    '-c',
    'user.name=Ana',
    '-c',
    'user.email=ana@example.com',
    'commit',
    '--quiet',
    '--allow-empty',
    '--message',
    'x',
  );
}

/** All files below a folder, without those of git. */
export function filesIn(root: string, folder = '.github'): Files {
  if (!existsSync(join(root, folder))) return {};
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.sort().map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]));
}
