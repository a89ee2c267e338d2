/**
 * The workflow files of a repository at a commit, parsed once for each state of `.github/workflows`.
 */
import { parseDocument } from 'yaml';
import type { Repository } from '#emulator/model/records';
import type { World } from '#emulator/world/world';
import { type FileReference, parseUses, readWorkflow, type Workflow, type WorkflowFiles } from './workflow.ts';

export type WorkflowAt = {
  readonly path: string;
  /** Undefined if the file has problems. */
  readonly workflow: Workflow | undefined;
  readonly problems: readonly string[];
  /** The events that the file names, if its YAML can be read. */
  readonly names: readonly string[];
};

const DIRECTORY = '.github/workflows';
/** The maximum number of cached directory states. */
const MAX_REMEMBERED = 64;

export class RepositoryWorkflows {
  readonly #world: World;
  readonly #parsed = new Map<string, Promise<WorkflowAt[]>>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The workflows of a commit, in the order of their paths. */
  async workflows(repository: Repository, sha: string): Promise<WorkflowAt[]> {
    const git = await this.#world.git(repository);
    const tree = await git.resolve(`${sha}:${DIRECTORY}`);
    if (tree === null) return [];
    const key = `${repository.id} ${tree}`;
    const known = this.#parsed.get(key);
    if (known) return known;
    const parsing = this.#parseAll(repository, sha, tree);
    if (this.#parsed.size >= MAX_REMEMBERED) this.#parsed.delete(this.#parsed.keys().next().value ?? '');
    this.#parsed.set(key, parsing);
    const workflows = await parsing;
    // Workflows in other repositories can change while this tree stays the same.
    if (workflows.some(({ workflow }) => workflow && callsRemote(workflow))) this.#parsed.delete(key);
    return workflows;
  }

  async workflow(repository: Repository, sha: string, path: string): Promise<WorkflowAt> {
    const found = (await this.workflows(repository, sha)).find((workflow) => workflow.path === path);
    return found ?? { path, workflow: undefined, problems: [`${path} is not there`], names: [] };
  }

  /** The commit that a revision names, or null. */
  async resolve(repository: Repository, revision: string): Promise<string | null> {
    const git = await this.#world.git(repository);
    return revision.startsWith('refs/') ? git.readRef(revision) : git.resolve(revision);
  }

  /** The commit that `@version` means: a tag, or else a branch, or else a full commit id. */
  async version(repository: Repository, version: string): Promise<string | null> {
    const git = await this.#world.git(repository);
    for (const name of [`refs/tags/${version}`, `refs/heads/${version}`]) {
      // An annotated tag points at a tag object, so it is resolved to its commit.
      if ((await git.readRef(name)) !== null) return git.resolve(`${name}^{commit}`);
    }
    return /^[0-9a-f]{40}$/.test(version) ? git.resolve(`${version}^{commit}`) : null;
  }

  /** The files that differ between a pull request's base and head. */
  async changed(repository: Repository, base: string, head: string): Promise<string[]> {
    const git = await this.#world.git(repository);
    return (await git.changedFiles(base, head)).map(({ path }) => path);
  }

  async #parseAll(repository: Repository, sha: string, tree: string): Promise<WorkflowAt[]> {
    const git = await this.#world.git(repository);
    const files = this.#filesAt(repository, sha);
    const workflows: WorkflowAt[] = [];
    for (const item of await git.readTree(tree)) {
      if (item.kind !== 'blob' || !/\.ya?ml$/.test(item.path)) continue;
      const path = `${DIRECTORY}/${item.path}`;
      const text = String((await git.readBlob(item.oid)) ?? '');
      const { value, problems } = await readWorkflow(path, text, files);
      workflows.push({ path, workflow: value, problems, names: value ? [...value.on.keys()] : namesIn(text) });
    }
    return workflows.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  #filesAt(repository: Repository, sha: string): WorkflowFiles {
    return {
      read: async (reference: FileReference) => {
        const there = reference.kind === 'local' ? { repository, sha } : await this.#remote(reference);
        if (!there) return undefined;
        const git = await this.#world.git(there.repository);
        const blob = await git.readBlob(`${there.sha}:${reference.path}`);
        return blob ? { text: String(blob), files: this.#filesAt(there.repository, there.sha) } : undefined;
      },
    };
  }

  async #remote(reference: Extract<FileReference, { kind: 'remote' }>) {
    const repository = this.#world.repository(reference.owner, reference.repository);
    const sha = repository && (await this.version(repository, reference.version));
    return repository && sha ? { repository, sha } : undefined;
  }
}

function callsRemote(workflow: Workflow): boolean {
  return workflow.jobs.some(
    (job) => job.kind === 'call' && (parseUses(job.uses).kind === 'remote' || callsRemote(job.called)),
  );
}

/** The event names in a file that GitHub's parser refuses, or none if it is not valid YAML. */
function namesIn(text: string): string[] {
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0) return [];
  const on: unknown = (document.toJS({ maxAliasCount: 0 }) as { on?: unknown } | null)?.on;
  if (typeof on === 'string') return [on];
  if (Array.isArray(on)) return on.map(String);
  return typeof on === 'object' && on !== null ? Object.keys(on) : [];
}
