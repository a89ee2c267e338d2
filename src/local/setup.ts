/**
 * Sets up the emulated GitHub for `swarm dev`: two people, the action's repository, the repository to work on, and the app,
 * installed with the permissions of its manifest. Contents are pushed with git over HTTP, as on GitHub.
 */
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PRESETS } from '#core/model/config';
import { ALL_WORKFLOWS, pinned, type Release, WORKFLOWS } from '#core/text/pin';
import type { Emulator } from '#emulator/doors/server';
import { Fault, messageOf } from '#words/fault';
import { isSeq, parseOwn, parseOwnDocument } from '#yaml/read';
import type { Repo } from './api.ts';
import { git } from './git.ts';
import type { UserRepository } from './user-repository.ts';

/** The location of swarm's own files. */
export interface Home {
  /** The folder with action.yml, app.yml, package.json, dist and .github/workflows. */
  readonly root: string;
}

export interface SetupOptions {
  readonly home: Home;
  readonly emulator: Emulator;
  /** An existing folder for working copies. */
  readonly scratch: string;
  readonly source:
    | { readonly kind: 'example'; readonly path: string }
    | { readonly kind: 'repository'; readonly repository: UserRepository };
  /** argv of the agent; undefined means the agent of the repository's config. */
  readonly agent: readonly string[] | undefined;
  /** The app's webhook; undefined without the app. */
  readonly app: { readonly url: string; readonly secret: string } | undefined;
}

export interface Setup {
  readonly repo: Repo;
  readonly branch: string;
  /** Clone URL without a token; anyone on this machine may read the repository. */
  readonly cloneUrl: string;
  readonly person: { readonly login: string; readonly token: string };
  /** The app's credentials. */
  readonly app: { readonly id: string; readonly privateKey: string } | undefined;
  /** Workflows of the user's repository, which do not run here. */
  readonly disabledWorkflows: readonly string[];
  /** Names of the agent's API keys, which are secrets of the repository. */
  readonly apiKeys: readonly string[];
}

const OWNER = 'harbour';
const ACTION = { owner: 'swarm-engineering', name: 'swarm' } as const;
/** The secrets that swarm.yml passes to the agent's job. */
const API_KEYS = [
  'ANTHROPIC_API_KEY',
  'CLAUDE_CODE_OAUTH_TOKEN',
  'OPENAI_API_KEY',
  'GEMINI_API_KEY',
  'COPILOT_GITHUB_TOKEN',
] as const;
const AUTHOR = ['-c', 'user.name=Ana', '-c', 'user.email=ana@harbour.example'] as const;

/** Sets everything up. Throws a `Fault` if one of the necessary files is missing. */
export async function setUp(options: SetupOptions): Promise<Setup> {
  const { emulator, home } = options;
  const { world } = emulator;
  const owner = world.addUser(OWNER, 'Organization', 'Harbour');
  const ana = world.addUser('ana', 'User', 'Ana');
  const bob = world.addUser('bob', 'User', 'Bob');
  owner.members.add(ana.id);
  const token = world.tokens.forUser(ana);

  const publisher = world.addUser(ACTION.owner, 'Organization', 'Swarm');
  const action = await world.addRepository(publisher, ACTION.name, { visibility: 'public' });
  action.collaborators.set(ana.id, 'maintain');
  const release = await pushAction(options, token);

  const { source } = options;
  const from = source.kind === 'example' ? source.path : source.repository.path;
  const branch = source.kind === 'example' ? 'main' : source.repository.branch;
  const name = repositoryName(from);
  const repository = await world.addRepository(owner, name, { visibility: 'public', defaultBranch: branch });
  repository.collaborators.set(ana.id, 'admin');
  repository.collaborators.set(bob.id, 'write');
  if (options.app) world.setVariable(repository, 'SWARM_APP', 'true');
  const apiKeys = apiKeysFor(options);
  for (const key of apiKeys) repository.secrets.set(key, process.env[key] ?? '');
  const disabledWorkflows = await pushSource(options, release, token, { owner: OWNER, name }, branch);
  for (const file of disabledWorkflows) world.runs.workflow(repository, file, file).state = 'disabled_manually';

  let app: Setup['app'];
  if (options.app) {
    const manifest = await readManifest(home);
    const registered = world.addApp({
      slug: manifest.name,
      owner: publisher,
      permissions: manifest.permissions,
      events: manifest.events,
      webhook: { url: options.app.url, secret: options.app.secret },
    });
    world.install(registered, owner, [repository]);
    app = { id: String(registered.id), privateKey: registered.privateKey };
  }
  return {
    repo: { owner: OWNER, name },
    branch,
    cloneUrl: `${emulator.url}/${OWNER}/${name}.git`,
    person: { login: 'ana', token },
    app,
    disabledWorkflows,
    apiKeys,
  };
}

/** GitHub allows letters, digits, `.`, `_` and `-` in a repository's name. */
const repositoryName = (path: string): string =>
  basename(path)
    .replaceAll(/[^\w.-]+/g, '-')
    .replace(/^\.+/, '')
    .slice(0, 80) || 'repository';

interface Manifest {
  readonly name: string;
  readonly permissions: Record<string, 'read' | 'write'>;
  readonly events: readonly string[];
}

async function readManifest(home: Home): Promise<Manifest> {
  const read = parseOwn(await readFile(join(home.root, 'app.yml'), 'utf8')) as {
    name: string;
    default_permissions: Manifest['permissions'];
    default_events: string[];
  };
  return { name: read.name, permissions: read.default_permissions, events: read.default_events };
}

async function pushAction(options: SetupOptions, token: string): Promise<Release> {
  const { home, scratch } = options;
  const copy = join(scratch, 'action');
  await mkdir(copy, { recursive: true });
  for (const file of ['action.yml', 'package.json', 'dist']) {
    await cp(join(home.root, file), join(copy, file), { recursive: true }).catch((error: unknown) => {
      throw new Fault(`Swarm's own ${file} is missing.`, messageOf(error), 'In a checkout, run `npm run dist`.');
    });
  }
  await git(copy, 'init', '--quiet', '--initial-branch', 'main');
  await git(copy, 'add', '--all', '--force');
  const { version } = JSON.parse(await readFile(join(home.root, 'package.json'), 'utf8')) as { version: string };
  await git(copy, ...AUTHOR, 'commit', '--quiet', '--message', `chore: release ${version}`);
  await git(copy, 'tag', `v${version}`);
  await push(options, copy, token, ACTION, ['HEAD:refs/heads/main', `refs/tags/v${version}`]);
  return { commit: (await git(copy, 'rev-parse', 'HEAD')).trim(), version };
}

/** Pushes the source with swarm installed on top. @returns the paths of workflows that are not swarm's. */
async function pushSource(
  options: SetupOptions,
  release: Release,
  token: string,
  repo: Repo,
  branch: string,
): Promise<string[]> {
  const { source, scratch } = options;
  const copy = join(scratch, 'source');
  if (source.kind === 'example') {
    await cp(source.path, copy, { recursive: true, filter: (path) => !/^(dist|node_modules)$/.test(basename(path)) });
    await git(copy, 'init', '--quiet', '--initial-branch', branch);
    await git(copy, 'add', '--all');
    await git(copy, ...AUTHOR, 'commit', '--quiet', '--message', 'feat: open the desk');
  } else {
    const { path } = source.repository;
    await git(scratch, 'clone', '--quiet', '--no-hardlinks', '--single-branch', '--branch', branch, path, copy);
  }
  const others = await install(options, release, copy);
  await git(copy, 'add', '--force', '.github');
  if ((await git(copy, 'status', '--porcelain', '.github')) !== '') {
    await git(copy, ...AUTHOR, 'commit', '--quiet', '--message', 'ci: install swarm');
  }
  await push(options, copy, token, repo, [`HEAD:refs/heads/${branch}`]);
  return others;
}

/** API keys in the environment that the user's own agent may need. The example's agent needs none. */
const apiKeysFor = ({ source, agent }: SetupOptions): readonly string[] =>
  source.kind === 'repository' && agent ? API_KEYS.filter((key) => process.env[key]) : [];

/** Installs swarm as a person would: a config, and the workflows for the app or without it. */
async function install(options: SetupOptions, release: Release, copy: string): Promise<string[]> {
  const { home, agent, source } = options;
  const folder = join(copy, '.github', 'workflows');
  await mkdir(folder, { recursive: true });
  const others = (await readdir(folder)).filter(
    (file) => /\.ya?ml$/.test(file) && !(ALL_WORKFLOWS as readonly string[]).includes(file),
  );
  for (const file of options.app ? WORKFLOWS : ALL_WORKFLOWS) {
    const text = pinned(await readFile(join(home.root, '.github', 'workflows', file), 'utf8'), release);
    if (text === undefined) throw new Error(`Swarm's own version, ${release.version}, is not one of a release.`);
    await writeFile(join(folder, file), text);
  }

  const config = join(copy, '.github', 'swarm.yml');
  const before = await readFile(config, 'utf8').catch(() => undefined);
  if (agent) {
    const document = parseOwnDocument(before ?? '');
    if (document.errors.length > 0) {
      throw new Fault(
        "The repository's .github/swarm.yml is not valid YAML, so --agent cannot be added to it.",
        messageOf(document.errors[0]),
        'Fix the file, or leave --agent out to see what swarm reports about it.',
      );
    }
    const [program, ...more] = agent;
    const known = more.length === 0 ? PRESETS.find((name) => name === program) : undefined;
    if (known) document.set('agent', known);
    else document.set('agent', { command: [...agent] });
    // A preset knows its own keys; a command sees only variables that the config names.
    for (const key of known ? [] : apiKeysFor(options)) {
      const names = document.get('environment');
      if (names === undefined) document.set('environment', [key]);
      else if (isSeq(names)) names.add(key);
    }
    await mkdir(dirname(config), { recursive: true });
    await writeFile(config, document.toString());
  } else if (before === undefined && source.kind === 'repository') {
    throw new Fault(
      'No agent is given.',
      'The repository has no .github/swarm.yml, and there is no --agent.',
      'Give a program that reads the brief on stdin: --agent "my-agent --some-option".',
    );
  }
  return others.map((file) => `.github/workflows/${file}`);
}

async function push(
  { emulator }: SetupOptions,
  copy: string,
  token: string,
  repo: Repo,
  refs: readonly string[],
): Promise<void> {
  const url = new URL(`/${repo.owner}/${repo.name}.git`, emulator.url);
  url.username = 'x-access-token';
  url.password = token;
  await git(copy, 'push', '--quiet', '--no-verify', url.href, ...refs);
}
