/**
 * The project as the compiler sees it, for the house tests that need more than text. TypeScript's own server answers.
 */
import type { Node, SourceFile } from 'typescript/unstable/ast';
import { API, type Project } from 'typescript/unstable/sync';
import { root } from './sources.ts';

const CONFIG = 'tsconfig.house.json';

/**
 * Opens the source files of a folder and everything that they import.
 *
 * @param planted texts of files by their paths from the root, instead of those on disk.
 */
export const withProject = <Answer>(
  folder: string,
  planted: Readonly<Record<string, string>>,
  ask: (project: Project) => Answer,
): Answer => {
  const config = JSON.stringify({ extends: './tsconfig.json', include: [folder] });
  const files = new Map(Object.entries({ [CONFIG]: config, ...planted }).map(([path, text]) => [root + path, text]));
  const api = new API({
    cwd: root,
    fs: {
      readFile: (path) => files.get(path),
      fileExists: (path) => (files.has(path) ? true : undefined),
    },
  });
  try {
    const [project] = api.updateSnapshot({ openProjects: [root + CONFIG] }).getProjects();
    if (!project) throw new Error('The compiler has opened no project');
    return ask(project);
  } finally {
    api.close();
  }
};

/** The files of a project below a folder, by their paths from the root. */
export function* filesOf(
  { program }: Project,
  folder: string,
): Generator<{ readonly path: string; readonly file: SourceFile }> {
  for (const name of program.getSourceFileNames()) {
    const path = name.startsWith(root) ? name.slice(root.length) : '';
    const file = path.startsWith(folder) ? program.getSourceFile(name) : undefined;
    if (file) yield { path, file };
  }
}

/** All nodes below one, in the order of the text. */
export function* nodesOf(node: Node): Generator<Node> {
  const below: Node[] = [];
  node.forEachChild((child) => {
    below.push(child);
  });
  for (const child of below) {
    yield child;
    yield* nodesOf(child);
  }
}
