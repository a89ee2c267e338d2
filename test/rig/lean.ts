/**
 * Played jobs run swarm's own code in the process of the tests, which is twenty times as large as a job's, and starting a
 * child takes time in proportion. So the emulator's launcher starts their git: the same program with the same arguments.
 */
import childProcess, { type ChildProcess, type SpawnOptions } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { launch } from '../../src/emulator/git/launcher.ts';

const { spawn } = childProcess;

function spawnLean(file: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  if (file !== 'git' || String(options.stdio) !== 'pipe,pipe,pipe') return spawn(file, args, options);
  const child = launch(file, args, { cwd: String(options.cwd ?? process.cwd()), env: options.env ?? process.env });
  const timer = setTimeout(() => child.kill(), options.timeout ?? 15 * 60_000);
  child.once('exit', () => clearTimeout(timer));
  return child as unknown as ChildProcess;
}

Object.assign(childProcess, { spawn: spawnLean });
syncBuiltinESMExports();
