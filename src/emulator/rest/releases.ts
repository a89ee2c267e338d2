/** REST: releases. The emulator has no files of releases. */
import type { Release } from '#emulator/model/records';
import { created, nothing, ok } from '#emulator/model/response';
import { htmlUrl, repoUrl, showUser } from '#emulator/shapes/objects';
import { type ApiCall, found, type Route, read, write } from './route.ts';

const RELEASES = '/repos/{owner}/{repo}/releases';
const RELEASE = `${RELEASES}/{release_id}`;

export const releaseRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: RELEASES,
    needs: read('contents'),
    handle: (call) => call.page(shownTo(call).reverse(), (release) => showRelease(call, release)),
  },
  {
    method: 'POST',
    path: RELEASES,
    needs: write('contents'),
    handle: async (call) => {
      const { world, actor, repository } = call;
      const release = await world.releases.create(actor, repository, {
        ...wanted(call),
        tag: call.requireString('tag_name'),
      });
      return created(showRelease(call, release), `${repoUrl(world, repository)}/releases/${release.id}`);
    },
  },
  {
    method: 'GET',
    path: `${RELEASES}/latest`,
    needs: read('contents'),
    handle: (call) => ok(showRelease(call, found(call.world.releases.latest(call.repository)))),
  },
  {
    method: 'GET',
    path: `${RELEASES}/tags/{tag}`,
    needs: read('contents'),
    handle: (call) => {
      const release = call.repository.releases.find(({ tag, draft }) => tag === call.param('tag') && !draft);
      return ok(showRelease(call, found(release)));
    },
  },
  {
    method: 'GET',
    path: RELEASE,
    needs: read('contents'),
    handle: (call) => ok(showRelease(call, releaseOf(call))),
  },
  {
    method: 'PATCH',
    path: RELEASE,
    needs: write('contents'),
    handle: async (call) => {
      const tag = call.string('tag_name');
      await call.world.releases.update(call.actor, releaseOf(call), {
        ...wanted(call),
        ...(tag !== undefined && { tag }),
      });
      return ok(showRelease(call, releaseOf(call)));
    },
  },
  {
    method: 'DELETE',
    path: RELEASE,
    needs: write('contents'),
    handle: (call) => {
      call.world.releases.delete(releaseOf(call));
      return nothing();
    },
  },
];

/** The releases that the caller may see: drafts only with push access. */
function shownTo(call: ApiCall): Release[] {
  const mayWrite = call.world.tokens.may(call.credential, call.repository, ...write('contents'));
  return call.repository.releases.filter(({ draft }) => mayWrite || !draft);
}

function releaseOf(call: ApiCall): Release {
  const id = Number(call.param('release_id'));
  return found(shownTo(call).find((release) => release.id === id));
}

function wanted(call: ApiCall) {
  const [target, draft, prerelease] = [
    call.string('target_commitish'),
    call.boolean('draft'),
    call.boolean('prerelease'),
  ];
  const [name, body] = [call.stringOrNull('name'), call.stringOrNull('body')];
  return {
    ...(target !== undefined && { target }),
    ...(draft !== undefined && { draft }),
    ...(prerelease !== undefined && { prerelease }),
    ...(name !== undefined && { name }),
    ...(body !== undefined && { body }),
  };
}

function showRelease({ world }: ApiCall, release: Release): unknown {
  const { id, repository, tag } = release;
  const url = `${repoUrl(world, repository)}/releases/${id}`;
  const html = htmlUrl(world, repository);
  const archive = (kind: string) => (release.draft ? null : `${repoUrl(world, repository)}/${kind}/${tag}`);
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    html_url: `${html}/releases/tag/${tag}`,
    id,
    node_id: release.nodeId,
    tag_name: tag,
    target_commitish: release.target,
    name: release.name,
    body: release.body,
    draft: release.draft,
    immutable: false,
    prerelease: release.prerelease,
    author: showUser(world, release.author),
    created_at: release.createdAt,
    updated_at: release.updatedAt,
    published_at: release.publishedAt,
    tarball_url: archive('tarball'),
    zipball_url: archive('zipball'),
    assets: [],
  };
}
