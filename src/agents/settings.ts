/**
 * The settings that agents find in a repository and obey at their start: hooks, servers of tools, endpoints, permissions. Known
 * worms leave them in a default branch, where they run with the key of the next agent (threats §9).
 *
 * Swarm hides them from every agent, unless the config says `agent-settings: repository`. Instructions, such as AGENTS.md and
 * skills, are not hidden: they are read, not run.
 */
import { readdir, realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isAgentSetting } from '#core/scope/agent-files';

/** Directories that hold other people's packages, or none of a repository's own files. */
const SKIPPED: ReadonlySet<string> = new Set([
  '.git',
  'node_modules',
  '.venv',
  'vendor',
  'target',
  'dist',
  '__pycache__',
]);
/** Agents look in their own directory and above it. Below that, few repositories go deeper. */
const DEPTH = 6;
/** A tree can hold a million directories, and an agent can make them. */
const MOST_DIRECTORIES = 20_000;

/**
 * The settings of agents in a working tree, as real paths inside it: a link to a settings file is as good as the file.
 *
 * @param directory the working tree.
 */
export async function settingsIn(directory: string): Promise<readonly string[]> {
  const root = await realpath(directory);
  const found = new Set<string>();
  let left = MOST_DIRECTORIES;
  const look = async (folder: string, depth: number): Promise<void> => {
    left -= 1;
    if (left < 0) return;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (isAgentSetting(relative(root, path), entry.isDirectory())) {
        const real = await realpath(path).catch(() => undefined);
        if (real !== undefined && !relative(root, real).startsWith('..')) found.add(real);
      } else if (entry.isDirectory() && depth < DEPTH && !SKIPPED.has(entry.name)) await look(path, depth + 1);
    }
  };
  await look(root, 0);
  return [...found].sort();
}
