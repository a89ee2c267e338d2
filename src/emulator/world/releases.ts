/** Releases: texts that belong to a tag. A published release makes its tag; a draft does not. */
import { nodeIdOf } from '#emulator/model/ids';
import type { Actor, Release, Repository } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import type { GitHubBase } from './base.ts';
import type { Refs } from './refs.ts';

export interface WantedRelease {
  readonly tag: string;
  readonly target?: string;
  readonly name?: string | null;
  readonly body?: string | null;
  readonly draft?: boolean;
  readonly prerelease?: boolean;
}

export class Releases {
  readonly #base: GitHubBase;
  readonly #refs: Refs;

  constructor(base: GitHubBase, refs: Refs) {
    this.#base = base;
    this.#refs = refs;
  }

  async create(actor: Actor, repository: Repository, wanted: WantedRelease): Promise<Release> {
    const { tag, target = repository.defaultBranch, draft = false } = wanted;
    const isTaken = repository.releases.some((one) => one.tag === tag && !one.draft);
    if (isTaken && !draft) {
      throw new Refusal(422, 'Validation Failed', [{ resource: 'Release', code: 'already_exists', field: 'tag_name' }]);
    }
    const id = this.#base.nextId('release');
    const at = this.#base.now();
    const release: Release = {
      id,
      nodeId: nodeIdOf('release', id),
      repository,
      tag,
      target,
      name: wanted.name ?? null,
      body: wanted.body ?? null,
      draft: true,
      prerelease: wanted.prerelease ?? false,
      author: actor.user,
      createdAt: at,
      updatedAt: at,
      publishedAt: null,
    };
    if (!draft) await this.#publish(actor, release);
    repository.releases.push(release);
    this.#base.remember(release.nodeId, { kind: 'Release', release });
    return release;
  }

  async update(actor: Actor, release: Release, wanted: Partial<WantedRelease>): Promise<void> {
    if (wanted.tag !== undefined) release.tag = wanted.tag;
    if (wanted.target !== undefined) release.target = wanted.target;
    if (wanted.name !== undefined) release.name = wanted.name;
    if (wanted.body !== undefined) release.body = wanted.body;
    if (wanted.prerelease !== undefined) release.prerelease = wanted.prerelease;
    if (wanted.draft === false && release.draft) await this.#publish(actor, release);
    release.updatedAt = this.#base.now();
  }

  /** Deletes a release. As on GitHub, its tag stays. */
  delete(release: Release): void {
    const { repository } = release;
    repository.releases = repository.releases.filter((one) => one !== release);
    this.#base.forget(release.nodeId);
  }

  /** The newest release that is neither a draft nor a prerelease. */
  latest(repository: Repository): Release | undefined {
    return repository.releases.findLast((one) => !one.draft && !one.prerelease);
  }

  /** Makes the tag, if it is not there, at the target. */
  async #publish(actor: Actor, release: Release): Promise<void> {
    const { repository, tag, target } = release;
    const git = await this.#base.git(repository);
    const name = `refs/tags/${tag}`;
    if (!(await git.isRefName(name))) {
      throw new Refusal(422, 'Validation Failed', [
        { resource: 'Release', code: 'custom', field: 'tag_name', message: 'tag_name is not a valid tag' },
      ]);
    }
    if ((await git.readRef(name)) === null) {
      const commit = (await git.readRef(`refs/heads/${target}`)) ?? (await git.resolve(`${target}^{commit}`));
      if (!commit) {
        throw new Refusal(422, 'Validation Failed', [
          { resource: 'Release', code: 'invalid', field: 'target_commitish' },
        ]);
      }
      await this.#refs.update(actor, repository, [{ name, before: null, after: commit }]);
    }
    release.draft = false;
    release.publishedAt = this.#base.now();
  }
}
