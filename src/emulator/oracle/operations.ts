/**
 * Every operation of GitHub's REST API, implemented here or not. The router needs all of them: it may not hand a path
 * that GitHub has for itself to the handler of another one.
 *
 * The list is made by tools/oracle.ts from the package that GitHub publishes.
 */
import { readFileSync } from 'node:fs';

export interface Operation {
  readonly method: string;
  /** GitHub's template of the path, for example `/repos/{owner}/{repo}/branches/{branch}`. */
  readonly path: string;
  /** The parameters whose values may contain slashes (`x-multi-segment` in GitHub's description). */
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
