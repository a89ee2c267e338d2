/** A place for agents to work in: a small repository, a scratch directory, a job's environment. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentEvent, AgentTask } from '../../src/agents/task.ts';
import type { AgentChoice } from '../../src/core/model/config.ts';

export class Bench {
  readonly root = mkdtempSync(join(tmpdir(), 'swarm-bench-'));
  readonly tree = join(this.root, 'tree');
  readonly home = join(this.root, 'home');
  readonly lines: string[] = [];
  readonly events: AgentEvent[] = [];
  readonly #before = new Map<string, string | undefined>();

  constructor() {
    for (const directory of [this.tree, this.home]) execFileSync('mkdir', ['-p', directory]);
    writeFileSync(join(this.tree, 'add.mjs'), 'export const add = (a, b) => a - b;\n');
    const git = (...args: string[]) => execFileSync('git', args, { cwd: this.tree, stdio: 'pipe' });
    git('init', '-q');
    git('add', '.');
    git('-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', 'commit', '-qm', 'a start');
  }

  /** What the job's environment holds while this bench is in use. */
  set(variables: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(variables)) {
      if (!this.#before.has(name)) this.#before.set(name, process.env[name]);
      process.env[name] = value;
    }
  }

  task(agent: AgentChoice, more: Partial<AgentTask> = {}): AgentTask {
    return {
      agent,
      role: 'implementer',
      access: 'write',
      brief: 'Mend add.mjs.',
      directory: this.tree,
      scratch: join(this.root, 'scratch'),
      epic: 1,
      segment: 14,
      attempt: '1.14-1',
      try: 1,
      environment: [],
      timeoutMs: 60_000,
      graceMs: 500,
      onLine: (line) => this.lines.push(line),
      onEvent: (event) => this.events.push(event),
      ...more,
    };
  }

  file(path: string): string {
    return readFileSync(join(this.tree, path), 'utf8');
  }

  get status(): string {
    return execFileSync('git', ['status', '--porcelain'], { cwd: this.tree, encoding: 'utf8' }).trim();
  }

  close(): void {
    for (const [name, value] of this.#before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }
}
