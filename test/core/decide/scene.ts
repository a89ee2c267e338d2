/**
 * Scenes: one look of Swarm after another at a GitHub on paper, each told in lines: what was decided and why, what the
 * history gained, what the journal remembers, and what the board shows. Nothing of a look is left out, so a scene fails
 * when any of it changes.
 */
import { type Decided, decide } from '../../../src/core/decide/decide.ts';
import { type AttemptId, readAttemptId } from '../../../src/core/model/attempt.ts';
import type { Board } from '../../../src/core/model/board.ts';
import type { Command } from '../../../src/core/model/command.ts';
import type { Config } from '../../../src/core/model/config.ts';
import type { Decision } from '../../../src/core/model/decision.ts';
import { headSha, instant, issueNumber, pullNumber } from '../../../src/core/model/epic.ts';
import type { Attempt, Calibration, Journal } from '../../../src/core/model/journal.ts';
import type { BaselineReport, Report } from '../../../src/core/model/report.ts';
import type { Issue, Pull, Request, Run, Snapshot } from '../../../src/core/model/snapshot.ts';
import { ana, approval, asks, config, PaperGitHub, pull, report, sha } from '../facts.ts';

export const MINUTE = 60_000;
const START = 1_000_000;

type Told = readonly string[];

/** Every scene publishes in the same way, which has tests of its own. */
const PUBLISHING: readonly Decision['kind'][] = ['publish', 'report checks'];

export class Scene {
  readonly github: PaperGitHub;
  readonly config: Config;
  /** Facts that the paper GitHub has no word for: a red base, the preflight, another config. */
  extra: Partial<Snapshot> = {};
  performed: Snapshot['performed'] = {};
  #requests = 0;

  constructor(issues: readonly Issue[], choices: Partial<Config> = {}) {
    this.github = new PaperGitHub(issues);
    this.config = config(choices);
  }

  /** Started, and settled. */
  static started(issues: readonly Issue[], choices: Partial<Config> = {}): Scene {
    const scene = new Scene(issues, choices);
    scene.asks('execute');
    scene.settles();
    return scene;
  }

  get journal(): Journal {
    if (!this.github.journal) throw new Error('nothing was started');
    return this.github.journal;
  }

  /** The issue that was added last: mostly a fix segment. */
  get lastIssue(): Issue {
    return this.issueAt(this.github.issues.length - 1);
  }

  issueAt(index: number): Issue {
    const issue = this.github.issues[index];
    if (!issue) throw new Error(`there is no issue ${index}`);
    return issue;
  }

  /** The plan job of a run writes into the journal that it took the dispatch. */
  takesRun(dispatch: string, runId: number): void {
    const taken = this.journal.dispatches[dispatch];
    if (!taken) throw new Error(`there is no dispatch ${dispatch}`);
    this.github.journal = {
      ...this.journal,
      dispatches: { ...this.journal.dispatches, [dispatch]: { ...taken, runId } },
    };
  }

  calibration(wave: number): Calibration {
    const latest = this.journal.calibrations[wave]?.at(-1);
    if (!latest) throw new Error(`wave ${wave} was never calibrated`);
    return latest;
  }

  snapshot(orchestrator = 'me'): Snapshot {
    return { ...this.github.look(orchestrator, this.performed), ...this.extra };
  }

  decides(orchestrator = 'me'): Decided {
    const decided = decide(this.snapshot(orchestrator), this.config);
    leavesOutWhatIsUnknown(decided);
    return decided;
  }

  /** One look, told and then performed. */
  looks(orchestrator = 'me'): Told {
    const before = this.github.journal;
    const decided = this.decides(orchestrator);
    this.github.journal = decided.journal;
    this.performed = this.github.perform(decided.decisions);
    return tell(decided, before, this.github.now);
  }

  /** Looks until nothing more is decided; only the last board is told. */
  settles(): Told {
    const told: string[] = [];
    for (let round = 0; round < 30; round++) {
      const before = this.github.journal;
      const decided = this.decides();
      const acts = decided.decisions.filter((each) => each.kind !== 'show panel' || each.comment === undefined);
      this.github.journal = decided.journal;
      this.performed = this.github.perform(acts);
      told.push(
        ...acts.filter(({ kind }) => !PUBLISHING.includes(kind)).map(sayDecision),
        ...decided.history.map((event) => `+ ${sayFacts(event)}`),
      );
      if (acts.length === 0 && JSON.stringify(before) === JSON.stringify(decided.journal)) {
        return [...told, ...sayBoard(decided.board)];
      }
    }
    throw new Error('it never settled');
  }

  board(): Board {
    return this.decides().board;
  }

  passes(ms: number): void {
    this.github.now = instant(this.github.now + ms);
  }

  asks(command: Command | Command['kind'], facts: Partial<Request> = {}): void {
    const given = typeof command === 'string' ? ({ kind: command } as Command) : command;
    const id = `comment:${++this.#requests}`;
    const asked = { kind: 'command', command: given } as const;
    this.github.requests.push(asks(id, given.kind, { at: this.github.now, asked, ...facts }));
  }

  /** On the pull request of a segment. */
  asksOnPull(segment: number, command: Command, facts: Partial<Request> = {}): void {
    const from = { kind: 'pull comment', pull: pullNumber(100 + segment), node: `IC_pull_${segment}` } as const;
    this.asks(command, { from, ...facts });
  }

  attempt(segment: number): Attempt {
    const attempt = this.journal.segments[segment]?.attempts.at(-1);
    if (!attempt) throw new Error(`#${segment} never started`);
    return attempt;
  }

  /** The latest attempt of a segment ends by a report. */
  ends(segment: number, result: Report['result'], facts: Partial<Report> = {}): void {
    const { id } = this.attempt(segment);
    this.github.reports.push(report(this.journal, id, { result, finishedAt: this.github.now, ...facts }));
  }

  fails(segment: number, facts: Partial<Report> = {}): void {
    this.ends(segment, { kind: 'failed', problem: { kind: 'NO_TESTS', command: 'npm test' } }, facts);
  }

  /** The latest attempt publishes its pull request, `100 + segment`. */
  publishes(segment: number, facts: Partial<Report> = {}, of: Partial<Pull> = {}): void {
    const { id, branch } = this.attempt(segment);
    const made = report(this.journal, id, { finishedAt: this.github.now, ...facts });
    if (made.result.kind !== 'ready') throw new Error('it does not publish');
    this.github.reports.push(made);
    this.github.branches[branch] = made.result.head;
    const startedFrom = sha('ba5e');
    const number = 100 + segment;
    const before = this.github.pulls.get(number);
    this.github.pulls.set(number, {
      ...pull(number, branch, made.result.head, { startedFrom, ...of }),
      ...(before ? { reviews: before.reviews } : {}),
      ...of,
    });
  }

  changesPull(segment: number, change: Partial<Pull>): Pull {
    const before = this.github.pulls.get(100 + segment);
    if (!before) throw new Error(`#${segment} has no pull request`);
    const after = { ...before, ...change };
    this.github.pulls.set(100 + segment, after);
    return after;
  }

  approves(segment: number, by = ana): void {
    const { reviews, head } = this.changesPull(segment, {});
    this.changesPull(segment, { reviews: [...reviews, approval(head, by)] });
  }

  rejects(segment: number, body: string, comments: Pull['reviews'][number]['comments'] = []): void {
    const { reviews, head } = this.changesPull(segment, {});
    const review = { ...approval(head), state: 'changes requested', body, comments } as const;
    this.changesPull(segment, { reviews: [...reviews, review] });
  }

  /** Somebody pushes to a segment's branch. */
  pushes(segment: number, seed: string): void {
    const { branch } = this.changesPull(segment, { head: sha(seed), pushedBy: { id: 50, login: 'zoe' } });
    this.github.branches[branch] = sha(seed);
  }

  /** Publishes, is approved and merges. */
  merges(segment: number, facts: Partial<Report> = {}): void {
    this.publishes(segment, facts);
    this.settles();
    this.approves(segment);
    this.settles();
  }

  run(segment: number): Run {
    const run = this.github.runs.get(this.attempt(segment).dispatch);
    if (!run) throw new Error(`#${segment} has no run`);
    return run;
  }

  changesRun(segment: number, change: Partial<Run>): void {
    const { dispatch } = this.attempt(segment);
    this.github.runs.set(dispatch, { ...this.run(segment), ...change });
  }

  /** The calibration of a wave that is under way ends. */
  calibrates(wave: number, result: 'passed' | 'failed', subjects: readonly string[] = ['tests']): void {
    const open = this.journal.calibrations[wave]?.findLast(({ verdict, lost }) => !verdict && !lost);
    if (!open) throw new Error(`wave ${wave} is not being calibrated`);
    const findings = subjects.map((subject) => ({ check: 'gate', subject, detail: `${subject} failed` }) as const);
    this.github.calibrationReports.push({
      version: 1,
      wave,
      round: open.round,
      base: open.base,
      result,
      validation: [],
      findings: result === 'passed' ? [] : findings,
      durationMs: 1,
    });
  }

  /** The check of the base that is under way ends. */
  checksBase(found: Partial<Pick<BaselineReport, 'validation' | 'failures' | 'problem'>> = {}): void {
    const open = this.journal.baselines?.findLast(({ verdict, lost }) => !verdict && !lost);
    if (!open) throw new Error('the base is not being checked');
    const { round, base } = open;
    this.github.baselineReports.push({
      ...{ version: 1, round, base, validation: [], failures: [], durationMs: 1 },
      ...found,
    });
  }

  changesIssue(number: number, change: Partial<Issue>): void {
    this.github.issues = this.github.issues.map((issue) => (issue.number === number ? { ...issue, ...change } : issue));
  }
}

/** A fact that is not known is left out: the journal and the comments are compared as texts. */
export function leavesOutWhatIsUnknown({ decisions, history, journal, board }: Partial<Decided>): void {
  const check = (value: unknown, path: string): void => {
    if (value === undefined) throw new Error(`${path} is undefined, and not left out`);
    if (typeof value === 'object' && value !== null)
      for (const [key, part] of Object.entries(value)) if (key !== 'plan') check(part, `${path}.${key}`);
  };
  for (const [name, value] of Object.entries({ decisions, history, journal, board })) if (value) check(value, name);
}

// ── telling ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export function tell(decided: Decided, before: Journal | undefined, now: number): Told {
  const { decisions, history, lookAgainAt, journal, board, texts } = decided;
  const kept = Object.keys(texts);
  return [
    ...decisions.map(sayDecision),
    ...history.map((event) => `+ ${sayFacts(event)}`),
    ...sayChange(before, journal),
    ...(kept.length > 0 ? [`texts kept: ${kept.join(' ')}`] : []),
    ...(lookAgainAt === undefined ? [] : [`look again in ${(lookAgainAt - now) / 1_000} s`]),
    ...sayBoard(board),
  ];
}

export const sayDecision = (decision: Decision): string => {
  const { kind, reason, ...facts } = decision;
  return `${kind} ${sayFacts(facts)} — ${sayFacts(reason)}`;
};

/** Top-level parts of the journal that changed, and within segments and calibrations those that did. */
export function sayChange(before: Journal | undefined, after: Journal): Told {
  const lines: string[] = [];
  for (const [key, value] of Object.entries(after)) {
    const was = before?.[key as keyof Journal];
    if (JSON.stringify(was) === JSON.stringify(value)) continue;
    if (key === 'segments' || key === 'calibrations' || key === 'acts' || key === 'dispatches' || key === 'taken') {
      const parts = Object.entries(value as Record<string, unknown>);
      for (const [name, part] of parts) {
        const old = (was as Record<string, unknown> | undefined)?.[name];
        if (JSON.stringify(old) !== JSON.stringify(part)) lines.push(`journal ${key} ${name}: ${sayFacts(part)}`);
      }
      const gone = Object.keys((was as object | undefined) ?? {}).filter(
        (name) => !Object.hasOwn(value as object, name),
      );
      lines.push(...gone.map((name) => `journal ${key} ${name}: gone`));
    } else lines.push(`journal ${key}: ${sayFacts(value)}`);
  }
  return lines;
}

export function sayBoard(board: Board): Told {
  const { startedAt, endedAt, asOf, costUsd, notes } = board;
  return [
    `board ${board.phase} ${board.epic.state} ${sayFacts({ startedAt, endedAt, asOf, costUsd, notes })}`,
    ...board.waves.flatMap(({ number, segments, calibration }) => [
      `  wave ${number}: ${sayFacts(calibration)}`,
      ...segments.map(({ number: segment, track, progress, validation, report: latest, title, branch, ...more }) => {
        const gates = validation.map(({ gate, verdict }) => `${gate} ${verdict}`).join(', ');
        return `    ${track} #${segment} "${title}" ${branch}: ${sayFacts(progress)} ${sayFacts({ ...more, gates, from: latest?.attempt })}`;
      }),
    ]),
    ...board.needs.map((need) => `  need ${sayFacts(need)}`),
    ...board.events.map((event) => `  event ${sayFacts(event)}`),
  ];
}

/** Facts in one line: short commits, no boards and plans, times in seconds since the start. */
export function sayFacts(value: unknown): string {
  if (value === undefined) return '';
  if (value === null || typeof value !== 'object') return say(value);
  if (Array.isArray(value)) return `[${value.map(sayFacts).join(', ')}]`;
  const { kind, ...facts } = value as Record<string, unknown>;
  const parts = Object.entries(facts).flatMap(([key, fact]) => {
    // The names of an attempt's keys and its base have tests of their own (dispatch.test).
    if (fact === undefined || key === 'keys' || key === 'into') return [];
    if (key === 'board' || key === 'plan' || (key === 'segment' && typeof fact === 'object')) return [`${key}=…`];
    if (key === 'report') return [`report=${(fact as Report).attempt}`];
    if (/(?:^at|At|asOf|until)$/.test(key) && typeof fact === 'number') return [`${key}=${(fact - START) / 1_000}s`];
    return [`${key}=${sayFacts(fact)}`];
  });
  const text = parts.join(' ');
  return kind === undefined ? (text === '' ? '' : `{${text}}`) : [String(kind), text].filter(Boolean).join(' ');
}

const say = (value: unknown): string =>
  typeof value === 'string'
    ? /^[0-9a-f]{40}$/.test(value)
      ? `…${value.slice(-6)}`
      : JSON.stringify(value)
    : String(value);

export const head = headSha;
export const of = issueNumber;
export const segmentOfId = (id: string): number => readAttemptId(id as AttemptId)?.segment ?? 0;
