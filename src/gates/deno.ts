/** Deno: its tasks first, then the checks that it brings itself. */
import { doesNothing } from './tasks.ts';
import {
  directoriesWith,
  type Found,
  type FoundGate,
  isWithin,
  type Listing,
  parseJsonc,
  type Step,
  tableOf,
  under,
  type Workspace,
} from './workspace.ts';

export const MANIFESTS = /(?:^|\/)deno\.jsonc?$/;

const TASKS: Readonly<Record<FoundGate, readonly string[]>> = {
  lint: ['lint', 'lint:check', 'check:lint'],
  types: ['check', 'typecheck', 'type-check', 'types', 'check:types'],
  tests: ['test', 'tests', 'test:unit'],
  build: ['build'],
};
const TEST_FILE = /(?:^|[/._])test\.(?:[cm]?[jt]s|[jt]sx)$/;

export function findDeno(listing: Listing): readonly Workspace[] {
  const places = directoriesWith(listing, MANIFESTS);
  const found: Workspace[] = [];
  for (const place of places) {
    // Members of a workspace are checked from its root.
    if (found.some(({ directory }) => isWithin(place, directory))) continue;
    found.push(workspaceOf(listing, place));
  }
  return found;
}

function workspaceOf(listing: Listing, directory: string): Workspace {
  const jsonc = under(directory, 'deno.jsonc');
  const file = listing.files.has(jsonc) ? jsonc : under(directory, 'deno.json');
  const settings = tableOf(parseJsonc(listing.text(file) ?? ''));
  const tasks = tableOf(settings.tasks);
  const step = (...run: string[]): Step => ({ run: ['deno', ...run], directory });
  const lock = under(directory, 'deno.lock');
  const isLocked = listing.files.has(lock) && settings.lock !== false;
  const hasTests = [...listing.files].some((each) => isWithin(each, directory) && TEST_FILE.test(each));
  const taskOf = (gate: FoundGate): string | undefined =>
    TASKS[gate].find((name) => {
      const { command } = tableOf(tasks[name]);
      const text = typeof tasks[name] === 'string' ? tasks[name] : command;
      return typeof text === 'string' && text.trim() !== '' && !doesNothing(text);
    });
  const usual = (gate: FoundGate): Found => {
    switch (gate) {
      case 'lint':
        // Deno formats by default, but a project that never says so may not.
        return some(step('lint'), ...(settings.fmt === undefined ? [] : [step('fmt', '--check')]));
      case 'types':
        return some(step('check', '.'));
      case 'tests':
        return hasTests ? some(step('test', '--allow-all')) : none('there is no *_test or *.test file');
      case 'build':
        return none(`${file} has no task \`build\``);
    }
  };
  return {
    ecosystem: 'Deno',
    directory,
    members: [{ directory, name: typeof settings.name === 'string' ? settings.name : '', needs: [] }],
    ...(isLocked ? { install: { steps: [step('install', '--frozen')], after: [file, lock] } } : {}),
    audit: { kind: 'not applicable', why: 'swarm has no audit for deno.lock' },
    scripts: { [file]: tasks },
    find(gate) {
      const task = taskOf(gate);
      return task === undefined ? usual(gate) : { ...some(step('task', task)), by: 'its own script' };
    },
  };
}

const some = (...steps: readonly Step[]): Found => ({ steps, without: [] });
const none = (why: string): Found => ({ steps: [], without: [why] });
