/** The set-up steps that the files of a working tree ask for. `swarm gates` finds the same ones missing in a commit. */
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ALL_WORKFLOWS, WORKFLOWS_FOLDER } from '#core/text/pin';
import { findGates, isManifest, MANIFEST_BYTES } from '#gates/find';
import { asksForVersions, readAsked } from '#gates/setup/versions';
import { compareSetup, isWorkflow } from '#gates/setup/workflows';
import { git } from '#local/git';

export interface Toolchain {
  /** Each a step as YAML, without indentation. */
  readonly steps: readonly string[];
  /** Tools that Swarm knows no step for: `zig 0.13.0 (mise.toml)`. */
  readonly unknown: readonly string[];
}

/** The files are those that git knows or would add. The repository may have no commit yet. */
export async function readToolchain(directory: string): Promise<Toolchain> {
  const listed = await git(directory, 'ls-files', '-z', '--cached', '--others', '--exclude-standard');
  const files = listed.split('\0').filter(Boolean);
  const texts = new Map<string, string>();
  for (const path of files) {
    if (!asksForVersions(path) && !isManifest(path) && !isWorkflow(path)) continue;
    const text = await textOf(join(directory, path));
    if (text !== undefined) texts.set(path, text);
  }
  const { projects } = findGates({ files: new Set(files), text: (path) => texts.get(path) }, {});
  const asked = readAsked(
    texts,
    projects.map((project) => project.directory),
  );
  // Swarm's own workflows are about to be written, so what they have now does not count.
  const own = new Set(ALL_WORKFLOWS.map((name) => `${WORKFLOWS_FOLDER}/${name}`));
  const others = new Map([...texts].filter(([path]) => !own.has(path)));
  const tools = compareSetup(asked, others).filter(({ isLacking }) => isLacking);
  return {
    steps: tools.flatMap(({ step }) => step ?? []),
    unknown: tools.flatMap(({ tool, version, file, step }) => (step ? [] : [`${tool} ${version} (${file})`])),
  };
}

/** The text of a file of a usual size; undefined for links, directories, and files that are gone. */
async function textOf(path: string): Promise<string | undefined> {
  const found = await lstat(path).catch(() => undefined);
  return found?.isFile() && found.size <= MANIFEST_BYTES ? readFile(path, 'utf8') : undefined;
}
