/** REST: repositories, their labels, branches and collaborators. */

import type { GitRepository } from '#emulator/git/repository';
import type { Label, Role, User } from '#emulator/model/records';
import { roleIn, rulesFor } from '#emulator/model/repository';
import { created, nothing, ok } from '#emulator/model/response';
import { repoUrl, showFullRepository, showLabel, showRepository, showRole, showUser } from '#emulator/shapes/objects';
import { showCommit } from './git.ts';
import { type ApiCall, found, invalid, type Route, read, write } from './route.ts';

const REPO = '/repos/{owner}/{repo}';
const METADATA = read('metadata');

export const repoRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: REPO,
    needs: METADATA,
    handle: (call) => ok(showFullRepository(call.world, call.repository, roleOf(call))),
  },
  {
    method: 'PATCH',
    path: REPO,
    needs: write('administration'),
    handle: async (call) => {
      const { repository } = call;
      const role = roleOf(call);
      await changeRepository(call);
      return ok(showFullRepository(call.world, repository, role));
    },
  },
  // The published checkout asks before it runs `git init`. All repositories here are of the older kind.
  {
    method: 'GET',
    path: `${REPO}/hash-algorithm`,
    needs: METADATA,
    handle: ({ repository: _ }) => ok({ hash_algorithm: 'sha1' }),
  },
  {
    method: 'GET',
    path: '/users/{username}/repos',
    needs: 'anyone',
    handle: (call) => {
      const owner = found(call.world.user(call.param('username')));
      const repositories = [...call.world.repositories.values()].filter(
        (repository) => repository.owner === owner && call.world.tokens.sees(call.credential, repository),
      );
      return call.page(repositories, (repository) => showRepository(call.world, repository));
    },
  },

  // ── people ──────────────────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${REPO}/collaborators`,
    needs: METADATA,
    handle: (call) => {
      const { world, repository } = call;
      const people: [User, Role][] = repository.owner.type === 'User' ? [[repository.owner, 'admin']] : [];
      for (const [id, role] of repository.collaborators) {
        const user = world.usersById.get(id);
        if (user) people.push([user, role]);
      }
      return call.page(people, ([user, role]) => ({
        ...showUser(world, user),
        permissions: showRole(role),
        role_name: role,
      }));
    },
  },
  {
    method: 'GET',
    path: `${REPO}/collaborators/{username}`,
    needs: METADATA,
    handle: (call) => {
      const user = found(call.world.user(call.param('username')));
      found(user.id === call.repository.owner.id ? 'admin' : call.repository.collaborators.get(user.id));
      return nothing();
    },
  },
  {
    method: 'GET',
    path: `${REPO}/collaborators/{username}/permission`,
    needs: METADATA,
    handle: (call) => {
      const { world, repository } = call;
      const user = found(world.user(call.param('username')));
      const role = roleIn(repository, user);
      // The older field has only four values (docs: "Get repository permissions for a user").
      const permission = role === 'maintain' ? 'write' : role === 'triage' ? 'read' : (role ?? 'none');
      const shown = role
        ? { ...showUser(world, user), permissions: showRole(role), role_name: role }
        : {
            ...showUser(world, user),
            permissions: { admin: false, maintain: false, push: false, triage: false, pull: false },
            role_name: 'none',
          };
      return ok({ permission, role_name: role ?? 'none', user: shown });
    },
  },

  // ── branches ────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${REPO}/branches`,
    needs: read('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      const refs = await git.listRefs('refs/heads/');
      const branches = refs.map((ref) => ({ name: ref.name.slice('refs/heads/'.length), oid: ref.oid }));
      return call.page(branches, ({ name, oid }) => ({
        name,
        commit: { sha: oid, url: `${repoUrl(call.world, call.repository)}/commits/${oid}` },
        protected: rulesFor(call.repository, name).length > 0,
      }));
    },
  },
  {
    method: 'GET',
    path: `${REPO}/branches/{branch}`,
    needs: read('contents'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      return ok(await showBranch(call, git, call.param('branch')));
    },
  },
  {
    method: 'GET',
    path: `${REPO}/activity`,
    needs: read('contents'),
    handle: (call) => {
      const asked = (name: string): string | undefined => call.query.get(name) ?? undefined;
      const ref = asked('ref')?.replace(/^(?!refs\/)/, 'refs/heads/');
      const found = call.repository.activities.filter(
        (activity) =>
          (ref === undefined || activity.ref === ref) &&
          activity.actor.login === (asked('actor') ?? activity.actor.login) &&
          activity.kind === (asked('activity_type') ?? activity.kind),
      );
      const listed = asked('direction') === 'asc' ? found : found.reverse();
      return call.page(listed, ({ id, nodeId, before, after, ref: of, at, kind, actor }) => ({
        id,
        node_id: nodeId,
        before,
        after,
        ref: of,
        timestamp: at,
        activity_type: kind,
        actor: showUser(call.world, actor),
      }));
    },
  },

  // ── labels ──────────────────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${REPO}/labels`,
    needs: [...read('issues'), ...read('pull_requests')],
    handle: (call) =>
      call.page([...call.repository.labels.values()], (label) => showLabel(call.world, call.repository, label)),
  },
  {
    method: 'POST',
    path: `${REPO}/labels`,
    needs: [...write('issues'), ...write('pull_requests')],
    handle: (call) => {
      const label = call.world.issues.createLabel(call.actor, call.repository, {
        ...wantedLabel(call),
        name: call.requireString('name'),
      });
      const shown = showLabel(call.world, call.repository, label);
      return created(shown, String(shown.url));
    },
  },
  {
    method: 'GET',
    path: `${REPO}/labels/{name}`,
    needs: [...read('issues'), ...read('pull_requests')],
    handle: (call) => ok(showLabel(call.world, call.repository, labelOf(call))),
  },
  {
    method: 'PATCH',
    path: `${REPO}/labels/{name}`,
    needs: [...write('issues'), ...write('pull_requests')],
    handle: (call) => {
      const name = call.string('new_name');
      const wanted = { ...wantedLabel(call), ...(name !== undefined && { name }) };
      const label = call.world.issues.updateLabel(call.actor, call.repository, labelOf(call), wanted);
      return ok(showLabel(call.world, call.repository, label));
    },
  },
  {
    method: 'DELETE',
    path: `${REPO}/labels/{name}`,
    needs: [...write('issues'), ...write('pull_requests')],
    handle: (call) => {
      call.world.issues.deleteLabel(call.actor, call.repository, labelOf(call));
      return nothing();
    },
  },

  // ── repository_dispatch ─────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'POST',
    path: `${REPO}/dispatches`,
    needs: write('contents'),
    handle: (call) => {
      const action = call.requireString('event_type');
      const clientPayload = call.object('client_payload') ?? {};
      if ([...action].length > 100)
        throw invalid('Invalid request.\n\nevent_type is too long (maximum is 100 characters)');
      if (Object.keys(clientPayload).length > 10) {
        const count = Object.keys(clientPayload).length;
        throw invalid(`Invalid request.\n\nNo more than 10 properties are allowed; ${count} were supplied.`);
      }
      if (JSON.stringify(clientPayload).length > 65_535) throw invalid('client_payload is too large.');
      const branch = call.repository.defaultBranch;
      const details = { kind: 'repository_dispatch', action, branch, clientPayload } as const;
      call.world.emit(call.actor, call.repository, details);
      return nothing();
    },
  },
];

/** Applies the settings in the body. The path's repository may have another name afterwards. */
async function changeRepository(call: ApiCall): Promise<void> {
  const { world, repository } = call;
  const [name, branch, description] = [
    call.string('name'),
    call.string('default_branch'),
    call.stringOrNull('description'),
  ];
  const visibility = call.oneOf('visibility', ['public', 'private']);
  const isPrivate = call.boolean('private');
  if (name !== undefined && name !== repository.name) {
    const isTaken = world.repository(repository.owner.login, name) !== undefined;
    if (isTaken || !/^[\w.-]{1,100}$/.test(name)) {
      const message = isTaken ? 'name already exists on this account' : 'name is not valid';
      throw invalid('Validation Failed', [{ resource: 'Repository', code: 'custom', field: 'name', message }]);
    }
  }
  if (branch !== undefined && branch !== repository.defaultBranch) {
    const git = await world.git(repository);
    if ((await git.readRef(`refs/heads/${branch}`)) === null) {
      const message = `The branch ${branch} was not found. Please push that ref first or create it via the Git Data API.`;
      throw invalid('Validation Failed', [
        { resource: 'Repository', field: 'default_branch', code: 'invalid', message },
      ]);
    }
    await git.setDefaultBranch(branch);
    repository.defaultBranch = branch;
  }
  const merges = { ...repository.merges };
  for (const [setting, field] of Object.entries(MERGE_SETTINGS)) {
    merges[setting as keyof typeof merges] = call.boolean(field) ?? merges[setting as keyof typeof merges];
  }
  if (!merges.merge && !merges.squash && !merges.rebase) {
    throw invalid('Sorry, you need to allow at least one merge strategy. (no_merge_method)');
  }
  repository.merges = merges;
  if (description !== undefined) repository.description = description;
  repository.visibility =
    visibility ?? (isPrivate === undefined ? repository.visibility : isPrivate ? 'private' : 'public');
  repository.hasIssues = call.boolean('has_issues') ?? repository.hasIssues;
  repository.archived = call.boolean('archived') ?? repository.archived;
  repository.updatedAt = world.now();
  if (name !== undefined && name !== repository.name) world.renameRepository(repository, name);
}

const MERGE_SETTINGS = {
  merge: 'allow_merge_commit',
  squash: 'allow_squash_merge',
  rebase: 'allow_rebase_merge',
  autoMerge: 'allow_auto_merge',
  deleteBranch: 'delete_branch_on_merge',
} as const;

function roleOf(call: ApiCall): Role | null {
  const { credential, world, repository } = call;
  if (credential.kind === 'user') return roleIn(repository, credential.user);
  const has = (level: 'read' | 'write') => world.tokens.may(credential, repository, { permission: 'contents', level });
  return has('write') ? 'write' : has('read') ? 'read' : null;
}

function labelOf(call: ApiCall): Label {
  return found(call.world.issues.label(call.repository, call.param('name')));
}

function wantedLabel(call: ApiCall): { readonly color?: string; readonly description?: string | null } {
  const [color, description] = [call.string('color'), call.stringOrNull('description')];
  return { ...(color !== undefined && { color }), ...(description !== undefined && { description }) };
}

async function showBranch(call: ApiCall, git: GitRepository, name: string): Promise<unknown> {
  const { world, repository } = call;
  const oid = found(await git.readRef(`refs/heads/${name}`));
  const commit = found(await git.readCommit(oid));
  const self = `${repoUrl(world, repository)}/branches/${encodeURIComponent(name)}`;
  const rules = rulesFor(repository, name);
  const contexts = rules.flatMap((rule) => rule.requiredChecks.map((check) => check.context));
  return {
    name,
    commit: showCommit(world, repository, commit),
    _links: { self, html: `${world.url}/${repository.owner.login}/${repository.name}/tree/${name}` },
    protected: rules.length > 0,
    protection: {
      enabled: rules.length > 0,
      required_status_checks: {
        enforcement_level: contexts.length > 0 ? 'everyone' : 'off',
        contexts,
        checks: rules.flatMap((rule) => rule.requiredChecks.map(({ context, appId }) => ({ context, app_id: appId }))),
      },
    },
    protection_url: `${self}/protection`,
  };
}
