/** Rush: one lock file and one installation for many projects, which no other package manager may touch. */
import {
  directoriesWith,
  type Held,
  heldMembers,
  type Listing,
  type Member,
  parseJsonc,
  type Step,
  tableOf,
  under,
  type Workspace,
} from '../workspace.ts';
import { type Package, readPackage } from './programs.ts';
import { SCRIPTS, scriptOf } from './scripts.ts';

export const MANIFESTS = /(?:^|\/)(?:rush\.json|common\/config\/rush\/command-line\.json)$/;

/** A script that is in every such repository. It fetches the version of Rush that `rush.json` names. */
const RUSH = 'common/scripts/install-run-rush.js';

export function findRush(listing: Listing): readonly Workspace[] {
  return directoriesWith(listing, 'rush.json').flatMap((directory) => {
    const settings = tableOf(parseJsonc(listing.text(under(directory, 'rush.json')) ?? ''));
    const folders = (Array.isArray(settings.projects) ? settings.projects : []).flatMap((each) => {
      const { projectFolder } = tableOf(each);
      return typeof projectFolder === 'string' ? [under(directory, projectFolder.replace(/\/+$/, ''))] : [];
    });
    const packages = folders.flatMap((folder) => readPackage(listing, folder) ?? []);
    return [workspaceOf(listing, directory, packages)];
  });
}

function workspaceOf(listing: Listing, directory: string, packages: readonly Package[]): Workspace {
  const why = `${under(directory, 'rush.json')} names no project that has a package.json`;
  const has = (name: string): boolean => listing.files.has(under(directory, name));
  const program = has(RUSH) ? ['node', RUSH] : ['rush'];
  const rush = (...run: string[]): Step => ({ run: [...program, ...run], directory });
  const members: readonly Member[] = packages.map(({ directory: place, dependencies, manifest }) => ({
    directory: place,
    name: typeof manifest.name === 'string' ? manifest.name : '',
    needs: Object.keys(dependencies),
  }));
  const commandLine = tableOf(parseJsonc(listing.text(under(directory, 'common/config/rush/command-line.json')) ?? ''));
  const bulk = new Set(
    (Array.isArray(commandLine.commands) ? commandLine.commands.map(tableOf) : []).flatMap(({ name, commandKind }) =>
      commandKind === 'bulk' || commandKind === 'phased' ? [String(name)] : [],
    ),
  );
  const selection = (held: Held): readonly string[] =>
    held === 'all' ? [] : heldMembers({ members }, held).flatMap(({ name }) => ['--to', name]);
  const locks = ['pnpm-lock.yaml', 'npm-shrinkwrap.json', 'yarn.lock'].map((file) =>
    under(directory, `common/config/rush/${file}`),
  );
  const manifests = packages.map((each) => under(each.directory, 'package.json'));
  return {
    ecosystem: 'JavaScript',
    directory,
    members: members.length > 0 ? members : [{ directory, name: '', needs: [] }],
    install: {
      steps: [{ ...rush('install'), environment: { npm_config_ignore_scripts: 'true' } }],
      after: [under(directory, 'rush.json'), ...manifests, ...locks.filter((file) => listing.files.has(file))],
    },
    audit: { kind: 'not applicable', why: 'swarm has no audit for the lock file of Rush' },
    scripts: Object.fromEntries(packages.map((each) => [under(each.directory, 'package.json'), each.scripts])),
    find(gate, held) {
      if (packages.length === 0) return { steps: [], without: [why] };
      const name = gate === 'build' ? 'build' : SCRIPTS[gate].find((each) => bulk.has(each));
      if (name !== undefined) return { steps: [rush(name, ...selection(held))], without: [], by: 'its own script' };
      const places = new Set(heldMembers({ members }, held).map((each) => each.directory));
      const steps = packages.flatMap((each): Step[] => {
        const script = places.has(each.directory) ? scriptOf(each, gate) : undefined;
        return script === undefined ? [] : [{ run: ['npm', 'run', script], directory: each.directory }];
      });
      if (steps.length === 0) return { steps, without: [`no project of Rush has a script for ${gate}`] };
      // A project is checked with what it needs, and that has to be built first.
      return { steps: [rush('build', ...selection(held)), ...steps], without: [], by: 'its own script' };
    },
  };
}
