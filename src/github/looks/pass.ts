/**
 * What stays valid for a few looks in a row at one epic: answers of GitHub that were read a moment ago.
 *
 * A look follows each step, until nothing is left to do. Within these seconds only Swarm's own acts change much, and it knows
 * which issues they touch. So a later look reads the epic itself, the issues that were acted on, and the open pull requests,
 * and takes the rest from the look before. A change by somebody else is seen in the next pass, as if it had come a moment
 * later.
 */
import { type Config, METHODS, type MergeMethod } from '#core/model/config';
import type { Decision } from '#core/model/decision';
import type { Instant, RepositoryName } from '#core/model/epic';
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

/** All issues are read again after this long, and the refs of reports. */
const ISSUES_MS = 10_000;
const REFS_MS = 10_000;

/** Issues as an earlier look read them, and the GraphQL ids of those that Swarm has acted on since. */
export interface EarlierIssues {
  readonly raw: RawIssues;
  readonly touched: readonly string[];
}

/** Answers that stay valid for a few looks in a row. */
export class PassAnswers {
  /** The config of the look before. */
  config: Config | undefined;
  /** GitHub signs the commits of this epic's journal, so it signs those of its jobs as well. */
  signs = false;
  /** Merged pull requests, by number. Nothing changes of them that matters here. */
  readonly merged = new Map<number, PullAnswer>();
  #issues: { readonly at: Instant; readonly raw: RawIssues } | undefined;
  #touched: ReadonlySet<number> = new Set();
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

  /** The issues of the look before. Undefined: all of them have to be read. */
  get issues(): EarlierIssues | undefined {
    if (!this.#issues || this.#client.now() - this.#issues.at >= ISSUES_MS) return undefined;
    const { raw } = this.#issues;
    return { raw, touched: raw.issues.flatMap(({ id, number }) => (this.#touched.has(number) ? [id] : [])) };
  }

  /** @param as `whole`: all of them were read just now. */
  keepIssues(raw: RawIssues, as: 'whole' | 'in part'): void {
    this.#issues = { at: as === 'whole' || !this.#issues ? this.#client.now() : this.#issues.at, raw };
    this.#touched = new Set();
  }

  forgetIssues(): void {
    this.#issues = undefined;
  }

  /** Notes what these acts change. @param acts how they ended, by key */
  acted(decisions: readonly Decision[], acts: Readonly<Record<string, Performed>>): void {
    for (const decision of decisions) {
      const ended = decision.kind === 'dispatch' ? acts[decision.key] : undefined;
      if (decision.kind !== 'dispatch' || ended?.kind !== 'done' || ended.result === undefined) continue;
      // GitHub answers a dispatch with its run, which shows a moment later.
      const { id } = decision.dispatch;
      const run: Run = { id: ended.result, dispatch: id, url: '', state: 'queued', jobs: [] };
      this.runs.set(id, { at: this.#client.now(), run });
    }
    const touched = decisions.map(touchedBy);
    if (touched.includes('all')) this.forgetIssues();
    this.#touched = new Set([...this.#touched, ...touched.flatMap((numbers) => (numbers === 'all' ? [] : numbers))]);
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

/** The issues that an act changes, or that GitHub changes because of it. `all`: the decision does not tell. */
function touchedBy(decision: Decision): readonly number[] | 'all' {
  switch (decision.kind) {
    case 'set labels':
    case 'close issue':
    case 'tick criteria':
      return [decision.issue];
    case 'say':
      return [decision.on];
    case 'merge':
      // GitHub closes the issue that the pull request names.
      return [decision.segment.number];
    case 'react':
    case 'revise':
    case 'untick':
    case 'make issue':
      return 'all';
    default:
      return [];
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
