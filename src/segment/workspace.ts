/**
 * The files of a run: the tree that agents work in, the trees that were taken from it, and the gates on them.
 *
 * The steps see the interface alone, so that they can be tested without git and without programs.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { enforcedScope } from '#core/model/epic';
import type { GateRound, GateRunner } from '#gates/run';
import { judgeTree } from '#git/patch';
import { distinctiveSecrets } from '#git/secrets';
import type { Store } from '#git/store';
import { WorkTree } from '#git/work-tree';
import { sayProblem } from '#words/problems';
import type { Assignment, Site } from './assignment.ts';
import { type Change, type Contract, type Ending, problemEnding } from './step.ts';

export interface Workspace {
  /** The directory that agents work in. */
  readonly directory: string;
  /** The tree that means that nothing was done: the base's, or on rework the branch's. */
  readonly unchanged: string;
  /** Takes the files as they are now and judges them, also against the tests that must stay as they are. */
  take(contract?: Contract): Promise<Taken>;
  /** Names of the files that differ between two trees. */
  changedFiles(before: string, after: string): Promise<readonly string[]>;
  /** The text of a file in a tree; undefined if it is not there. */
  read(tree: string, file: string): Promise<string | undefined>;
  /** File → mode and blob, for those of these files that the tree has. */
  blobsOf(tree: string, files: readonly string[]): Promise<ReadonlyMap<string, string>>;
  runGates(change: Change): Promise<GateRound>;
  runTests(change: Change): Promise<GateRound>;
  /** Runs the tests on another tree, then restores the files. */
  runTestsOn(tree: string, restore: string): Promise<GateRound>;
  /** The tree's change since the base, as a unified diff. */
  diff(tree: string, contextLines: number): Promise<string>;
  /** Lines added and removed since the base. */
  countChangedLines(tree: string): Promise<number>;
  /** Lets `act` use a checkout of its own. Changes to its files are dropped. */
  inCheckout<Answer>(name: string, tree: string, act: (directory: string) => Promise<Answer>): Promise<Answer>;
}

export type Taken =
  | {
      readonly kind: 'taken';
      readonly change: Change;
      /** The files could be taken, but the repository around them is broken. */
      readonly ending?: Ending;
    }
  | { readonly kind: 'broken'; readonly ending: Ending };

interface Deps {
  readonly site: Pick<Site, 'repository' | 'scratch' | 'secrets' | 'log'>;
  readonly assignment: Pick<Assignment, 'attempt' | 'config' | 'segment'>;
  readonly store: Store;
  readonly tree: WorkTree;
  readonly gates: GateRunner;
  readonly unchanged: string;
}

export class GitWorkspace implements Workspace {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  get directory(): string {
    return this.#deps.tree.directory;
  }

  get unchanged(): string {
    return this.#deps.unchanged;
  }

  async take(contract?: Contract): Promise<Taken> {
    const { tree, store, assignment, site } = this.#deps;
    const taken = await tree.take();
    if (taken.kind === 'broken') return { kind: 'broken', ending: problemEnding(taken.problem) };
    const { config, segment, attempt } = assignment;
    const judged = await judgeTree(store, attempt.base, taken.tree, {
      scope: enforcedScope(segment.spec),
      config,
      known: distinctiveSecrets(site.secrets),
    });
    const changed = contract ? await this.#changedTests(taken.tree, contract) : [];
    const judgement =
      changed.length === 0
        ? judged
        : { ...judged, problems: [...judged.problems, { kind: 'TEST_CHANGED', files: changed } as const] };
    for (const problem of judgement.problems) site.log(sayProblem(problem, { form: 'plain' }).what);
    const change = { tree: taken.tree, judgement };
    return { kind: 'taken', change, ...(taken.broken ? { ending: problemEnding(taken.broken) } : {}) };
  }

  changedFiles(before: string, after: string): Promise<readonly string[]> {
    return this.#deps.tree.changes(before, after);
  }

  async read(tree: string, file: string): Promise<string | undefined> {
    const { output, exit } = await this.#deps.store.answer(['cat-file', 'blob', `${tree}:${file}`], {
      allow: [0, 128],
    });
    return exit === 0 ? output.toString('utf8') : undefined;
  }

  async blobsOf(tree: string, files: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (files.length === 0) return new Map();
    const listed = await this.#deps.store.run(['ls-tree', '-r', '-z', '--full-tree', tree, '--', ...files]);
    return new Map(
      listed
        .toString('utf8')
        .split('\0')
        .filter(Boolean)
        .map((line) => [line.slice(line.indexOf('\t') + 1), line.slice(0, line.indexOf('\t'))]),
    );
  }

  runGates({ tree, judgement }: Change): Promise<GateRound> {
    return this.#deps.gates.run(judgement, tree);
  }

  runTests({ tree, judgement }: Change): Promise<GateRound> {
    return this.#deps.gates.run(judgement, tree, 'tests');
  }

  async runTestsOn(tree: string, restore: string): Promise<GateRound> {
    const { tree: files, gates } = this.#deps;
    await files.put(tree);
    try {
      return await gates.run(undefined, tree, 'tests');
    } finally {
      await files.put(restore);
    }
  }

  async diff(tree: string, contextLines: number): Promise<string> {
    const { store, assignment } = this.#deps;
    const diff = await store.run([
      ...['diff-tree', '-r', '-p', '--no-renames', '--no-ext-diff', '--no-textconv', '--no-color'],
      ...[`-U${contextLines}`, '--src-prefix=a/', '--dst-prefix=b/', assignment.attempt.base, tree],
    ]);
    return diff.toString('utf8');
  }

  async countChangedLines(tree: string): Promise<number> {
    const { store, assignment } = this.#deps;
    const listed = await store.text(['diff-tree', '-r', '--numstat', '--no-renames', assignment.attempt.base, tree]);
    return listed
      .split('\n')
      .map((line) => line.split('\t'))
      .reduce((sum, [added, removed]) => sum + (Number(added) || 0) + (Number(removed) || 0), 0);
  }

  async inCheckout<Answer>(name: string, tree: string, act: (directory: string) => Promise<Answer>): Promise<Answer> {
    const { site, store, assignment } = this.#deps;
    const folder = join(site.scratch, 'council', name);
    const checkout = await WorkTree.make(store, join(folder, site.repository.name), assignment.attempt.base);
    try {
      await checkout.put(tree);
      // So that `git diff HEAD` shows new files, too.
      const git = { GIT_DIR: join(checkout.directory, '.git') };
      await store.run(['add', '--all', '--', '.'], { environment: git, tree: checkout.directory });
      return await act(checkout.directory);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  async #changedTests(tree: string, { blobs }: Contract): Promise<readonly string[]> {
    const now = await this.blobsOf(tree, [...blobs.keys()]);
    return [...blobs].filter(([file, blob]) => now.get(file) !== blob).map(([file]) => file);
  }
}
