/** A place for agents to work in: a small repository, a scratch directory, a job's environment. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runAgent as runTask } from '../../src/agents/agent.ts';
import type { AgentEnd, AgentEvent, AgentTask } from '../../src/agents/task.ts';
import type { AgentChoice } from '../../src/core/model/config.ts';
import { sandboxFor } from '../rig/walls.ts';

export class Bench {
  readonly root = mkdtempSync(join(tmpdir(), 'swarm-bench-'));
  readonly tree = join(this.root, 'tree');
  readonly home = join(this.root, 'home');
  /** The home that its agents get: what they leave there, the test can read. */
  readonly shared = join(this.root, 'agent-home');
  readonly lines: string[] = [];
  readonly events: AgentEvent[] = [];
  readonly variables: Record<string, string | undefined> = { ...process.env };

  constructor() {
    for (const directory of [this.tree, this.home, this.shared]) execFileSync('mkdir', ['-p', directory]);
    writeFileSync(join(this.tree, 'add.mjs'), 'export const add = (a, b) => a - b;\n');
    const git = (...args: string[]) => execFileSync('git', args, { cwd: this.tree, stdio: 'pipe' });
    git('init', '-q');
    git('add', '.');
    git('-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', 'commit', '-qm', 'a start');
  }

  /** What the job's environment holds while this bench is in use. */
  set(variables: Readonly<Record<string, string>>): void {
    Object.assign(this.variables, variables);
  }

  async task(agent: AgentChoice, more: Partial<AgentTask> = {}): Promise<AgentTask> {
    return {
      sandbox: await sandboxFor(this.root, { variables: this.variables }),
      // The scripted agents lie among the tests.
      reads: [dirname(import.meta.dirname)],
      home: this.shared,
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
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs an agent to its end. */
export const runAgent = async (task: Promise<AgentTask>): Promise<AgentEnd> => runTask(await task);
