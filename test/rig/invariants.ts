/**
 * Rules that hold in every story. They are checked after each step and at the end, and a broken one fails the story even
 * when its board is right.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import type { Issue, Pull } from '../../src/emulator/model/records.ts';
import { pullsOf } from '../../src/emulator/model/repository.ts';
import { approversOf, gatesOn, pullOf } from './board.ts';
import type { GitHub } from './cast.ts';
import type { Stage } from './stage.ts';

const exec = promisify(execFile);

const RULES_MS = 10 * 60_000;
const REPORT_MS = 60_000;

export class Invariants {
  readonly #stage: Stage;
  readonly #github: GitHub;
  /** The heads of each journal so far, oldest first. */
  readonly #heads = new Map<string, string[]>();
  readonly #judged = new Set<Pull>();
  readonly broken = new Set<string>();

  constructor(stage: Stage, github: GitHub) {
    this.#stage = stage;
    this.#github = github;
    stage.afterEachStep.push(() => this.look());
  }

  async look(): Promise<void> {
    await this.#noteJournals();
    this.#noneOverlap();
    this.#oneAgentForEach();
    this.#mergesAreProven();
    // In this telling swarm has swept at the end of each step, so its panel shows all that happened.
    if (this.#stage.telling === 'only the clock') this.#nobodyIsStuckInSilence();
  }

  async end(): Promise<readonly string[]> {
    await this.look();
    this.#nobodyIsStuckInSilence();
    this.#noAttemptTwice();
    this.#noCommentTwice();
    await this.#journalsOnlyGrow();
    return [...this.broken];
  }

  async #noteJournals(): Promise<void> {
    const git = await this.#stage.world.git(this.#stage.repository);
    for (const { name, oid } of await git.listRefs('refs/swarm/epics/')) {
      const heads = this.#heads.get(name) ?? [];
      if (heads.at(-1) !== oid) heads.push(oid);
      this.#heads.set(name, heads);
    }
  }

  /** Reservations, seen from outside: a scope is held from the run's start until its pull request is merged or closed. */
  #noneOverlap(): void {
    const inFlight = this.#github.epics.flatMap((epic) => epic.subIssues).filter((issue) => this.#isInFlight(issue));
    for (const [at, one] of inFlight.entries()) {
      for (const other of inFlight.slice(at + 1)) {
        if (!scopesOverlap(scopeOf(one), scopeOf(other))) continue;
        this.broken.add(`#${one.number} and #${other.number} share files and are in flight at once`);
      }
    }
  }

  /** Of all epics that have a segment, at most one has an agent at work on it (SPEC R3.8). Those that a story left do not count. */
  #oneAgentForEach(): void {
    const atWork = this.#stage.played.held.filter(({ state }) => state !== 'over' && state !== 'left');
    for (const [segment, agents] of Map.groupBy(atWork, (held) => held.segment)) {
      const epics = agents.map(({ epic }) => `#${epic}`).join(' and ');
      if (agents.length > 1) this.broken.add(`${agents.length} agents are at work on #${segment}, of ${epics}`);
    }
  }

  #isInFlight(issue: Issue): boolean {
    const atWork = this.#stage.played.held.some((held) => held.segment === issue.number && held.state === 'at work');
    return atWork || pullOf(this.#stage, issue)?.issue.state === 'open';
  }

  /** Swarm merges only a head commit with green gates and enough approvals. */
  #mergesAreProven(): void {
    for (const pull of pullsOf(this.#stage.repository)) {
      if (!pull.merged || this.#judged.has(pull)) continue;
      this.#judged.add(pull);
      if (!pull.mergedBy || !this.#stage.isSwarm(pull.mergedBy.login)) continue;
      const gates = gatesOn(this.#stage, pull.headSha);
      if (gates !== 'gates green') this.broken.add(`#${pull.issue.number} was merged with ${gates}`);
      const by = approversOf(this.#stage, pull);
      const { approvals } = this.#github;
      if (by.length < approvals) {
        this.broken.add(`#${pull.issue.number} was merged with ${by.length} of ${approvals} approvals of its head`);
      }
    }
  }

  /** Whenever nothing can move without a person, the panel names that person's act (SPEC R9.6). */
  #nobodyIsStuckInSilence(): void {
    for (const epic of this.#github.epics) {
      const panel = epic.comments.find(
        ({ user, body }) => this.#stage.isSwarm(user.login) && body.startsWith('<!-- swarm:panel '),
      );
      const isGone = this.#stage.repository.issues.get(epic.number) !== epic;
      if (!panel || isGone || epic.state === 'closed' || this.#isUnderWay(epic, panel.body)) continue;
      const [, outcome = '', todo = ''] = /^<!-- .* -->\n+(.*)\n\n(.*)/.exec(panel.body) ?? [];
      if (outcome.startsWith('**📋 Planned')) continue;
      if (!todo.startsWith('**To do:** ')) {
        this.broken.add(`#${epic.number} stands still, and its panel says “${todo}” after “${outcome}”`);
      }
    }
  }

  /** Something moves without a person: an agent, a run, a check, the merge queue, or the clock. */
  #isUnderWay(epic: Issue, panel: string): boolean {
    const { repository, played, apps, emulator, world } = this.#stage;
    if (apps.length === 0 || emulator.faults.set > 0) return true;
    const open = pullsOf(repository).filter(({ issue }) => issue.state === 'open');
    const heads = open.map(({ headSha }) => headSha);
    const isAtWork = played.held.some((held) => held.epic === epic.number && held.state !== 'over');
    const sinceMs = (time: string): number => Date.parse(world.now()) - Date.parse(time);
    // The report of a run may show a while after its end.
    const isRunning = repository.runs.some(
      (run) =>
        run.displayTitle.startsWith(`swarm #${epic.number} `) &&
        (run.status !== 'completed' || sinceMs(run.updatedAt) < REPORT_MS),
    );
    const isChecked = repository.checkRuns.some((run) => run.status !== 'completed' && heads.includes(run.headSha));
    const isTimed = panel.includes('the time when its agent asked to be retried');
    // GitHub gets a while to report a required check, and to look at the rules of the branch.
    const isLooking =
      /which nobody has reported|the branch rules to be met/.test(panel) &&
      open.some(({ issue }) => sinceMs(issue.updatedAt) < RULES_MS);
    // The checks of a merge group are on a commit of its own.
    const isQueued = open.some((pull) => world.queues.entryOf(pull));
    return isAtWork || isRunning || isChecked || isQueued || isTimed || isLooking;
  }

  #noAttemptTwice(): void {
    const seen = new Map<string, number>();
    for (const { epic, attempt, run } of this.#stage.played.begun) {
      const key = `attempt ${attempt} of #${epic}`;
      if (seen.has(key)) this.broken.add(`${key} was worked on in two runs, ${seen.get(key)} and ${run}`);
      seen.set(key, run);
    }
  }

  #noCommentTwice(): void {
    for (const issue of this.#stage.repository.issues.values()) {
      const seen = new Set<string>();
      for (const comment of issue.comments) {
        if (!this.#stage.isSwarm(comment.user.login)) continue;
        const [marker = ''] = comment.body.split('\n', 1);
        if (seen.has(marker)) this.broken.add(`#${issue.number} has a comment twice: ${marker}`);
        seen.add(marker);
      }
    }
    const titles = new Set<string>();
    for (const issue of this.#stage.repository.issues.values()) {
      if (issue.pull || !this.#stage.isSwarm(issue.user.login)) continue;
      const [marker = ''] = (issue.body ?? '').split('\n', 1);
      if (titles.has(marker)) this.broken.add(`An issue was made twice: ${marker}`);
      titles.add(marker);
    }
  }

  /** Every earlier head of a journal is in its history, and `git fsck` finds no fault. */
  async #journalsOnlyGrow(): Promise<void> {
    const git = await this.#stage.world.git(this.#stage.repository);
    const run = async (...args: readonly string[]): Promise<string> =>
      (await exec('git', ['--git-dir', git.dir, ...args], { maxBuffer: 16 * 1024 * 1024 })).stdout;
    for (const [name, heads] of this.#heads) {
      const last = await git.readRef(name);
      if (!last) {
        this.broken.add(`${name} is gone`);
        continue;
      }
      const history = new Set((await run('rev-list', last)).split('\n'));
      if (heads.some((head) => !history.has(head))) this.broken.add(`${name} was moved to where it had not come from`);
    }
    const complaints = await run('fsck', '--strict', '--no-dangling', '--no-progress').catch(
      (error: Error & { stdout?: string; stderr?: string }) => `${error.stdout ?? ''}${error.stderr ?? error.message}`,
    );
    if (complaints.trim() !== '') this.broken.add(`git fsck: ${complaints.trim().split('\n')[0]}`);
  }
}

/** The globs in an issue's front matter or form; or the folders of the files that its text names; or undefined. */
function scopeOf(issue: Issue): readonly string[] | undefined {
  const body = issue.body ?? '';
  const front = /^(?:<!-- swarm:segment .*-->\n)?---\n([\s\S]*?)\n---\n/.exec(body)?.[1];
  const { files } = (front ? parse(front) : {}) as { files?: readonly string[] };
  const listed = /^### Files\n\s*\n((?:- .+\n?)+)/m.exec(body)?.[1];
  const named = [...body.matchAll(/`([\w./-]+)\/[\w.-]+`/g)].map(([, folder = '']) => `${folder}/**`);
  return (
    files ??
    listed?.split('\n').flatMap((line) => /^- `(.+?)`\s*$/.exec(line)?.[1] ?? []) ??
    (named.length > 0 ? named : undefined)
  );
}

/** Compares the parts before the first wildcard. Coarser than swarm's own judgement, never finer. */
function scopesOverlap(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  if (!one || !other) return true;
  const beginning = (glob: string): string => glob.replace(/[*?[{].*$/, '');
  return one.some((a) =>
    other.some((b) => beginning(a).startsWith(beginning(b)) || beginning(b).startsWith(beginning(a))),
  );
}
