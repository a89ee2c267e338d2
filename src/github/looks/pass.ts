/**
 * What stays valid for a few looks in a row at one epic: answers of GitHub that were read a moment ago.
 *
 * A look follows each step, until nothing is left to do. The epic, its issues and its open pull requests are read by each of
 * them: GitHub's reads can lag behind its writes, and nothing may be decided twice on a read that was too early. What a look
 * asks for is mostly what the look before has asked for, so it is asked for in one query.
 */
import { type Config, METHODS, type MergeMethod } from '#core/model/config';
import type { Decision } from '#core/model/decision';
import type { Instant, IssueNumber, RepositoryName } from '#core/model/epic';
import type { Gone, Performed, Run } from '#core/model/snapshot';
import { type Client, GitHubRefused, inRepository } from '../client.ts';
import { goneOf, type RawIssues } from '../issues.ts';
import { People } from '../people.ts';
import { BranchRules, methodsIn } from '../pulls/rules.ts';
import type { PullAnswer } from '../queries.ts';
import { readRefs } from '../refs.ts';
import type { RecentRuns } from './runs.ts';

/** Permissions are asked again after this long: a pass with many acts can take minutes. */
const PEOPLE_MS = 10_000;

/** The refs of reports are read again after this long. */
const REFS_MS = 10_000;

/** Answers that stay valid for a few looks in a row. */
export class PassAnswers {
  /** The issues of the look before: mostly the next look asks for what they named. */
  issues: RawIssues | undefined;
  /** The config of the look before. */
  config: Config | undefined;
  /** GitHub signs the commits of this epic's journal, so it signs those of its jobs as well. */
  signs = false;
  /** Segments that another epic was found to have. */
  readonly contested = new Set<IssueNumber>();
  /** Merged pull requests, by number. Nothing changes of them that matters here. */
  readonly merged = new Map<number, PullAnswer>();
  #refs: { readonly at: Instant; readonly prefix: string; readonly found: ReadonlyMap<string, string> } | undefined;
  /** Runs as they were a moment ago, by dispatch. */
  readonly runs: RecentRuns = new Map();
  #people: { readonly at: Instant; readonly people: People } | undefined;
  #disabled: Promise<'yes' | 'no' | 'cannot tell'> | undefined;
  readonly rules: BranchRules;
  readonly #gone = new Map<number, Promise<Gone | undefined>>();
  readonly #client: Client;
  readonly #repository: RepositoryName;

  constructor(client: Client, repository: RepositoryName) {
    this.#client = client;
    this.#repository = repository;
    this.rules = new BranchRules(client, repository);
  }

  /** The refs with this prefix. Reports are read after their runs, and these no earlier than those of the pass. */
  async refs(prefix: string): Promise<ReadonlyMap<string, string>> {
    const now = this.#client.now();
    if (this.#refs?.prefix === prefix && now - this.#refs.at < REFS_MS) return this.#refs.found;
    const found = await readRefs(this.#client, this.#repository, prefix);
    this.#refs = { at: now, prefix, found };
    return found;
  }

  /** Notes the runs that these acts started. @param acts how they ended, by key */
  acted(decisions: readonly Decision[], acts: Readonly<Record<string, Performed>>): void {
    for (const decision of decisions) {
      const ended = decision.kind === 'dispatch' ? acts[decision.key] : undefined;
      if (decision.kind !== 'dispatch' || ended?.kind !== 'done' || ended.result === undefined) continue;
      // GitHub answers a dispatch with its run, which shows a moment later.
      const { id } = decision.dispatch;
      const run: Run = { id: ended.result, dispatch: id, url: '', state: 'queued', jobs: [] };
      this.runs.set(id, { at: this.#client.now(), run });
    }
  }

  /** For one look: each person is asked about once. */
  get people(): People {
    const at = this.#client.now();
    if (!this.#people || at - this.#people.at >= PEOPLE_MS) {
      this.#people = { at, people: new People(this.#client, this.#repository) };
    }
    return this.#people.people;
  }

  /**
   * The methods by which pull requests can be merged, by the settings of the repository and the rules of the branch.
   * @param rules says if the rules have to be read.
   */
  async methods(
    branch: string,
    rules: boolean,
    settings: Parameters<typeof methodsIn>[0],
  ): Promise<readonly MergeMethod[]> {
    const inRepository = methodsIn(settings);
    if (!rules) return inRepository;
    const onBranch = await this.rules.methods(branch);
    if (onBranch === 'queue') return METHODS;
    return inRepository.filter((method) => onBranch.includes(method));
  }

  /** @returns undefined for an issue that is still in this repository */
  gone(repository: RepositoryName, issue: number): Promise<Gone | undefined> {
    const known = this.#gone.get(issue) ?? goneOf(this.#client, repository, issue);
    this.#gone.set(issue, known);
    return known;
  }

  /** Reads the kill switch, a variable of the repository; `cannot tell` without permission to read it. */
  isDisabled(): Promise<'yes' | 'no' | 'cannot tell'> {
    this.#disabled ??= isDisabled(this.#client, this.#repository);
    return this.#disabled;
  }
}

/** The kill switch: the repository variable `SWARM_DISABLED`. */
async function isDisabled(client: Client, repository: RepositoryName): Promise<'yes' | 'no' | 'cannot tell'> {
  try {
    const { data } = await client.request('GET /repos/{owner}/{repo}/actions/variables/{name}', {
      ...inRepository(repository),
      name: 'SWARM_DISABLED',
    });
    return data.value !== '' && data.value !== 'false' ? 'yes' : 'no';
  } catch (error) {
    if (error instanceof GitHubRefused && error.status === 404) return 'no';
    if (error instanceof GitHubRefused && error.status === 403) return 'cannot tell';
    throw error;
  }
}
