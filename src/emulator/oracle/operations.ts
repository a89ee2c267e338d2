/**
 * Every operation of GitHub's REST API, including those that the emulator doesn't implement. The router needs them all, so
 * that it never routes the path of one operation to the handler of another.
 *
 * tools/oracle.ts extracts the list from the package that GitHub publishes.
 */
import { readFileSync } from 'node:fs';

export interface Operation {
  readonly method: string;
  /** GitHub's template of the path, for example `/repos/{owner}/{repo}/branches/{branch}`. */
  readonly path: string;
  /** The parameters that may contain slashes (`x-multi-segment` in GitHub's description). */
  readonly multiSegment: readonly string[];
}

let loaded: readonly Operation[] | undefined;

export function githubOperations(): readonly Operation[] {
  loaded ??= load();
  return loaded;
}

function load(): readonly Operation[] {
  const text = readFileSync(new URL('./operations.json', import.meta.url), 'utf8');
  const { operations } = JSON.parse(text) as { readonly operations: Readonly<Record<string, readonly string[]>> };
  return Object.entries(operations).map(([name, multiSegment]) => {
    const [method = '', path = ''] = name.split(' ');
    return { method, path, multiSegment };
  });
}
