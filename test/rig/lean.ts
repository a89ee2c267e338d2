/**
 * The played jobs of a story run swarm's own code in the process of the tests, which is twenty times the size of a job's.
 * Their git is started by the emulator's launcher, as the emulator's own is: the same programs with the same arguments,
 * at the price that a job pays.
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
