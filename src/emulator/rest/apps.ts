/** REST: apps, installations, webhook deliveries, users, and facts about the API itself. */

import type { App, Delivery, Installation, Permissions, Repository, User } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { created, ok } from '#emulator/model/response';
import { apiUrl, showApp, showInstallation, showRepository, showUser } from '#emulator/shapes/objects';
import { expiryOf } from '#emulator/world/auth';
import type { Resource } from '#emulator/world/rate-limits';
import { type ApiCall, found, invalid, notFound, type Route } from './route.ts';

const LEVELS = ['read', 'write', 'admin'] as const;

export const appRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/app',
    needs: 'app',
    handle: (call) => {
      const app = appOf(call);
      const count = installationsOf(call, app).length;
      return ok({ ...showApp(call.world, app), installations_count: count });
    },
  },
  {
    method: 'GET',
    path: '/app/installations',
    needs: 'app',
    handle: (call) =>
      call.page(installationsOf(call, appOf(call)), (installation) => showInstallation(call.world, installation)),
  },
  {
    method: 'GET',
    path: '/app/installations/{installation_id}',
    needs: 'app',
    handle: (call) => ok(showInstallation(call.world, installationOf(call))),
  },
  {
    method: 'POST',
    path: '/app/installations/{installation_id}/access_tokens',
    needs: 'app',
    handle: (call) => {
      const installation = installationOf(call);
      const repositories = wantedRepositories(call, installation);
      const permissions = wantedPermissions(call);
      const token = call.world.tokens.forInstallation(installation, {
        ...(repositories && { repositories }),
        ...(permissions && { permissions }),
      });
      return created({
        token: token.token,
        expires_at: expiryOf(token),
        permissions: token.permissions,
        repository_selection: token.repositories === 'all' ? 'all' : 'selected',
        ...(repositories && { repositories: repositories.map((one) => showRepository(call.world, one)) }),
      });
    },
  },
  {
    method: 'DELETE',
    path: '/installation/token',
    needs: 'installation',
    handle: (call) => {
      if (call.credential.kind === 'installation') call.world.tokens.revoke(call.credential.token);
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/installation',
    needs: 'app',
    handle: (call) => {
      const repository = found(call.world.repository(call.param('owner'), call.param('repo')));
      const installation = found(call.world.installationOn(appOf(call), repository));
      return ok(showInstallation(call.world, installation));
    },
  },
  {
    method: 'GET',
    path: '/installation/repositories',
    needs: 'installation',
    handle: (call) => {
      const { credential, world } = call;
      const repositories = [...world.repositories.values()].filter((repository) =>
        credential.kind === 'installation'
          ? credential.repositories === 'all'
            ? world.installationOn(credential.installation.app, repository) === credential.installation
            : credential.repositories.has(repository.id)
          : credential.kind === 'job' && credential.repository === repository,
      );
      return call.page(
        repositories,
        (repository) => showRepository(world, repository),
        (page) => ({ total_count: repositories.length, repositories: page }),
      );
    },
  },

  // ── deliveries ──────────────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: '/app/hook/deliveries',
    needs: 'app',
    handle: (call) => {
      const app = appOf(call);
      const status = call.query.get('status');
      const cursor = Number(call.query.get('cursor') ?? Number.POSITIVE_INFINITY);
      const size = Math.min(100, Number(call.query.get('per_page') ?? 30));
      const all = call.deliveries.all
        .filter((delivery) => delivery.app === app && delivery.status !== 'dropped' && delivery.id < cursor)
        .filter((delivery) => !status || (status === 'success') === isSuccess(delivery))
        .reverse();
      const page = all.slice(0, size);
      const last = page.at(-1);
      const query = new URLSearchParams(call.query);
      if (last) query.set('cursor', String(last.id));
      return {
        status: 200,
        body: page.map(showDelivery),
        ...(all.length > size && { headers: { link: `<${call.world.url}${call.path}?${query}>; rel="next"` } }),
      };
    },
  },
  {
    method: 'GET',
    path: '/app/hook/deliveries/{delivery_id}',
    needs: 'app',
    handle: (call) => {
      const delivery = deliveryOf(call);
      return ok({
        ...showDelivery(delivery),
        url: delivery.app.webhook?.url ?? '',
        request: { headers: null, payload: JSON.parse(delivery.body) },
        response: { headers: null, payload: delivery.responseBody },
      });
    },
  },
  {
    method: 'POST',
    path: '/app/hook/deliveries/{delivery_id}/attempts',
    needs: 'app',
    handle: (call) => {
      call.deliveries.redeliver(deliveryOf(call));
      return { status: 202, body: {} };
    },
  },

  // ── people ──────────────────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: '/user',
    needs: 'signed in',
    handle: (call) => {
      // Installations and jobs are not users.
      if (call.credential.kind !== 'user') throw new Refusal(403, 'Resource not accessible by integration');
      return ok(showProfile(call, call.credential.user));
    },
  },
  {
    method: 'GET',
    path: '/user/{account_id}',
    needs: 'anyone',
    handle: (call) => ok(showProfile(call, found(call.world.usersById.get(Number(call.param('account_id')))))),
  },
  {
    method: 'GET',
    path: '/users/{username}',
    needs: 'anyone',
    handle: (call) => ok(showProfile(call, found(call.world.user(call.param('username'))))),
  },

  {
    method: 'GET',
    path: '/rate_limit',
    needs: 'anyone',
    handle: (call) => {
      const { credential, limits } = call;
      if (call.world.traits.limits === 'off') throw new Refusal(404, 'Rate limiting is not enabled.');
      const left = (resource: Resource) => {
        const { limit, used, remaining, resetSeconds } = limits.left(call.account, credential.kind, resource);
        return { limit, used, remaining, reset: resetSeconds };
      };
      const search = { ...left('core'), limit: 30, used: 0, remaining: 30 };
      return ok({ resources: { core: left('core'), graphql: left('graphql'), search }, rate: left('core') });
    },
  },

  // ── the API itself ──────────────────────────────────────────────────────────────────────────────────────────────
  { method: 'GET', path: '/', needs: 'anyone', handle: (call) => ok(showRoot(call)) },
  {
    method: 'GET',
    path: '/meta',
    needs: 'anyone',
    handle: ({ world: { traits } }) =>
      ok({
        verifiable_password_authentication: false,
        ...(traits.version !== undefined && { installed_version: traits.version }),
      }),
  },
  {
    method: 'GET',
    path: '/zen',
    needs: 'anyone',
    handle: () => ({ status: 200, body: 'Approachable is better than simple.', type: 'text/plain;charset=utf-8' }),
  },
];

function appOf(call: ApiCall): App {
  if (call.credential.kind !== 'app') throw new Refusal(401, 'A JSON web token could not be decoded');
  return call.credential.app;
}

function installationsOf(call: ApiCall, app: App): Installation[] {
  return [...call.world.installations.values()].filter((installation) => installation.app === app);
}

function installationOf(call: ApiCall): Installation {
  const installation = call.world.installations.get(Number(call.param('installation_id')));
  if (installation?.app !== appOf(call)) throw notFound();
  return installation;
}

function wantedRepositories(call: ApiCall, installation: Installation): Repository[] | undefined {
  const names = call.strings('repositories');
  const ids = call.body.repository_ids;
  if (!names && !Array.isArray(ids)) return undefined;
  const message =
    'There is at least one repository that does not exist or is not accessible to the parent installation.';
  const known = (repository: Repository | undefined) => {
    if (!repository) throw invalid(message);
    return repository;
  };
  return [
    ...(names ?? []).map((name) => known(call.world.repository(installation.account.login, name))),
    ...(Array.isArray(ids) ? ids : []).map((id) => known(call.world.repositoryById(Number(id)))),
  ];
}

function wantedPermissions(call: ApiCall): Permissions | undefined {
  const given = call.object('permissions');
  if (!given) return undefined;
  const wanted: Record<string, (typeof LEVELS)[number]> = {};
  for (const [name, level] of Object.entries(given)) {
    const known = LEVELS.find((one) => one === level);
    if (!known) throw invalid(`Invalid request.\n\n${String(level)} is not a level of the permission ${name}.`);
    wanted[name] = known;
  }
  return wanted;
}

function deliveryOf(call: ApiCall): Delivery {
  const app = appOf(call);
  const id = Number(call.param('delivery_id'));
  return found(call.deliveries.all.find((delivery) => delivery.id === id && delivery.app === app));
}

function isSuccess(delivery: Delivery): boolean {
  return delivery.status === 'answered' && delivery.statusCode < 400;
}

function showDelivery(delivery: Delivery): Record<string, unknown> {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.durationSeconds,
    status:
      delivery.status === 'unreachable'
        ? 'failed to connect to host'
        : isSuccess(delivery)
          ? 'OK'
          : 'Invalid HTTP Response',
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installation.id,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

function showProfile(call: ApiCall, user: User): Record<string, unknown> {
  const { world } = call;
  const own = [...world.repositories.values()].filter((repository) => repository.owner === user);
  return {
    ...showUser(world, user),
    name: user.name,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: own.filter((repository) => repository.visibility === 'public').length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: user.createdAt,
    updated_at: user.createdAt,
  };
}

const ROOT = {
  current_user_url: '/user',
  authorizations_url: '/authorizations',
  code_search_url: '/search/code?q={query}{&page,per_page,sort,order}',
  commit_search_url: '/search/commits?q={query}{&page,per_page,sort,order}',
  emails_url: '/user/emails',
  emojis_url: '/emojis',
  events_url: '/events',
  feeds_url: '/feeds',
  followers_url: '/user/followers',
  following_url: '/user/following{/target}',
  gists_url: '/gists{/gist_id}',
  hub_url: '/hub',
  issue_search_url: '/search/issues?q={query}{&page,per_page,sort,order}',
  issues_url: '/issues',
  keys_url: '/user/keys',
  label_search_url: '/search/labels?q={query}&repository_id={repository_id}{&page,per_page}',
  notifications_url: '/notifications',
  organization_url: '/orgs/{org}',
  organization_repositories_url: '/orgs/{org}/repos{?type,page,per_page,sort}',
  organization_teams_url: '/orgs/{org}/teams',
  public_gists_url: '/gists/public',
  rate_limit_url: '/rate_limit',
  repository_url: '/repos/{owner}/{repo}',
  repository_search_url: '/search/repositories?q={query}{&page,per_page,sort,order}',
  current_user_repositories_url: '/user/repos{?type,page,per_page,sort}',
  starred_url: '/user/starred{/owner}{/repo}',
  starred_gists_url: '/gists/starred',
  topic_search_url: '/search/topics?q={query}{&page,per_page}',
  user_url: '/users/{user}',
  user_organizations_url: '/user/orgs',
  user_repositories_url: '/users/{user}/repos{?type,page,per_page,sort}',
  user_search_url: '/search/users?q={query}{&page,per_page,sort,order}',
} as const;

function showRoot(call: ApiCall): Record<string, string> {
  const links = Object.entries(ROOT).map(([name, path]) => [name, apiUrl(call.world) + path]);
  return {
    ...Object.fromEntries(links),
    current_user_authorizations_html_url: `${call.world.url}/settings/connections/applications{/client_id}`,
  };
}
