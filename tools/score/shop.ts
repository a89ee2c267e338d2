/** The GitHub that every judge meets: an organization with one repository, its people, an app, and a runner. */
import { dirname } from 'node:path';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import type { GitRepository } from '../../src/emulator/git/repository.ts';
import { realClock, virtualClock } from '../../src/emulator/model/clock.ts';
import type { App, Installation, Repository, Role, User } from '../../src/emulator/model/records.ts';
import { type Runner, startRunner } from '../../src/emulator/runner/runner.ts';

/** People with a role, and one that has none. */
const PEOPLE = { ana: 'admin', bob: 'write', rita: 'read', eve: null } as const satisfies Record<string, Role | null>;
export type Person = keyof typeof PEOPLE;

export const OWNER = 'harbour';
export const NAME = 'shop';
export const AUTHOR = { name: 'Ana', email: 'ana@example.com', date: '2026-01-05T09:00:00Z' };

const CI = `name: ci
on: [push, pull_request, workflow_dispatch]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo hi && echo "x=1" >> "$GITHUB_OUTPUT"
`;

export interface ShopOptions {
  /** `still`: the clock stands still, so that no limit is renewed. */
  readonly clock?: 'real' | 'still';
  readonly runner?: 'real' | 'none';
  readonly files?: Readonly<Record<string, string>>;
}

export interface Shop {
  readonly emulator: Emulator;
  readonly repository: Repository;
  readonly git: GitRepository;
  readonly owner: User;
  readonly app: App;
  readonly installation: Installation;
  /** Null if the judge wanted none. */
  readonly runner: Runner | null;
  /** A token of each person, and one of the app's installation. */
  readonly tokens: Readonly<Record<Person | 'app', string>>;
  close(): Promise<void>;
}

export async function openShop(options: ShopOptions = {}): Promise<Shop> {
  const emulator = await startEmulator({ clock: options.clock === 'still' ? virtualClock() : realClock() });
  const { world } = emulator;
  const owner = world.addUser(OWNER, 'Organization', 'Harbour');
  const repository = await world.addRepository(owner, NAME, { visibility: 'public' });
  const tokens: Record<string, string> = {};
  for (const [login, role] of Object.entries(PEOPLE)) {
    const user = world.addUser(login);
    if (role) repository.collaborators.set(user.id, role);
    tokens[login] = world.tokens.forUser(user);
  }
  owner.members.add(world.as('ana').user.id);
  const git = await world.git(repository);
  const files = { 'README.md': '# Shop\n', 'src/a.js': 'export const a = 1;\n', '.github/workflows/ci.yml': CI };
  await git.seed({ ...files, ...options.files }, { branch: 'main', message: 'First', author: AUTHOR });
  const app = world.addApp({
    slug: 'checker',
    owner,
    permissions: {
      ...{ actions: 'write', actions_variables: 'write', checks: 'write', contents: 'write', issues: 'write' },
      ...{ pull_requests: 'write', statuses: 'write' },
    },
    events: ['issues', 'pull_request', 'push', 'check_run', 'workflow_run', 'issue_comment', 'sub_issues'],
  });
  const installation = world.install(app, owner, [repository]);
  tokens.app = world.tokens.forInstallation(installation).token;
  const runner = options.runner === 'none' ? null : startRunner({ world }, { slots: 2, environment: runnerEnv() });
  await runner?.refresh(repository);
  return {
    ...{ emulator, repository, git, owner, app, installation, runner },
    tokens: tokens as Shop['tokens'],
    async close() {
      await runner?.close();
      await emulator.close();
    },
  };
}

/** The environment of the runner's jobs: nothing of the caller's but where programs are. */
function runnerEnv(): Record<string, string> {
  return { PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`, HOME: process.env.HOME ?? '/' };
}
