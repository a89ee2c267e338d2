/**
 * Facts for tables: a snapshot said in a few words, and a GitHub that does on paper what the decisions say, so that a
 * property can follow an epic from its label to its end without a server.
 */

import { defaultConfig } from '../../src/config/schema.ts';
import { type Decided, decide } from '../../src/core/decide/decide.ts';
import { withConflicts } from '../../src/core/epic/block.ts';
import { readAttemptId, segmentOf } from '../../src/core/model/attempt.ts';
import type { Config } from '../../src/core/model/config.ts';
import type { Decision } from '../../src/core/model/decision.ts';
import {
  headSha,
  type Instant,
  type IssueNumber,
  instant,
  issueId,
  issueNumber,
  pullNumber,
} from '../../src/core/model/epic.ts';
import { findAttempt, type Journal } from '../../src/core/model/journal.ts';
import type { Person } from '../../src/core/model/people.ts';
import type { BaselineReport, Report } from '../../src/core/model/report.ts';
import type { Issue, Pull, Request, Run, Said, Snapshot } from '../../src/core/model/snapshot.ts';

export const ana: Person = { id: 1, login: 'ana', kind: 'person', permission: 'admin' };
export const rita: Person = { id: 2, login: 'rita', kind: 'person', permission: 'read' };
export const robot: Person = { id: 3, login: 'robot[bot]', kind: 'bot', permission: 'write' };

export const config = (changes: Partial<Config> = {}): Config => ({
  ...defaultConfig(),
  agent: 'claude',
  // The check of the base has scenes of its own.
  baseline: 'off',
  ...changes,
});

export const sha = (seed: string | number): ReturnType<typeof headSha> =>
  headSha(
    String(seed)
      .replace(/[^0-9a-f]/g, '')
      .padStart(40, '0')
      .slice(-40),
  );

export interface IssueFacts {
  readonly title?: string;
  readonly body?: string;
  readonly blockedBy?: readonly number[];
  readonly labels?: readonly string[];
  readonly state?: Issue['state'];
  readonly author?: Person;
  readonly madeFor?: string;
}

export const issue = (number: number, facts: IssueFacts = {}): Issue => {
  const body = facts.body ?? `---\nfiles: [src/s${number}/**]\n---\nDo the work of ${number}.`;
  return {
    id: issueId(`I_${number}`),
    number: issueNumber(number),
    title: facts.title ?? `Segment ${number}`,
    body,
    url: `https://github.com/octo/shop/issues/${number}`,
    state: facts.state ?? 'open',
    author: facts.author ?? ana,
    labels: facts.labels ?? [],
    parent: issueNumber(1),
    children: [],
    blockedBy: (facts.blockedBy ?? []).map((each) => ({ number: issueNumber(each), state: 'open' })),
    digest: `${facts.title ?? number}:${body}`,
    kind: 'issue',
    ...(facts.madeFor ? { madeFor: facts.madeFor } : {}),
  };
};

export const asks = (id: string, command: string, facts: Partial<Request> = {}): Request => ({
  id,
  at: instant(0),
  by: ana,
  asked: { kind: 'command', command: { kind: command } as never },
  from: { kind: 'comment', issue: issueNumber(1), node: `IC_${id}` },
  ...facts,
});

export const snapshot = (issues: readonly Issue[], changes: Partial<Snapshot> = {}): Snapshot => ({
  now: instant(1_000_000),
  orchestrator: 'me',
  repository: { owner: 'octo', name: 'shop', id: 'R_1', url: 'https://github.com/octo/shop', defaultBranch: 'main' },
  base: { branch: 'main', head: sha('ba5e'), checks: 'none', failing: [] },
  epic: { ...issue(1, { title: 'Checkout', body: 'The epic.' }), children: issues.map((each) => each.number) },
  issues,
  others: [],
  pulls: [],
  runs: [],
  reports: [],
  calibrationReports: [],
  requests: [],
  acknowledged: [],
  said: {},
  made: {},
  branches: {},
  journal: undefined,
  speakers: [ana],
  performed: {},
  mergeMethods: ['squash', 'merge', 'rebase'],
  preflight: [],
  configDigest: 'c',
  ...changes,
});

export const report = (journal: Journal, attempt: string, facts: Partial<Report> = {}): Report => {
  const found = findAttempt(journal, attempt);
  const segment = readAttemptId(attempt)?.segment ?? 0;
  return {
    version: 1,
    attempt,
    segment,
    runId: 1,
    result: { kind: 'ready', branch: found?.branch ?? '', head: sha(`${segment}${found?.number}`) },
    tries: 1,
    validation: [{ gate: 'tests', verdict: 'pass', command: 'npm test', durationMs: 1, output: '' }],
    files: [],
    attention: [],
    agent: { summary: 'done', assumptions: [], criteria: [] },
    durationMs: 1,
    finishedAt: instant(1_000_000),
    ...facts,
  };
};

export const pull = (
  number: number,
  branch: string,
  head: ReturnType<typeof headSha>,
  facts: Partial<Pull> = {},
): Pull => ({
  number: pullNumber(number),
  id: `PR_${number}`,
  url: `https://github.com/octo/shop/pull/${number}`,
  branch,
  base: 'main',
  head,
  state: 'open',
  draft: false,
  mergeable: 'clean',
  mergeState: 'clean',
  author: { id: 99, login: 'swarm[bot]' },
  reviews: [],
  checks: [],
  ...facts,
});

export const approval = (head: ReturnType<typeof headSha>, by: Person = ana): Pull['reviews'][number] => ({
  id: `R_${by.id}_${head.slice(-6)}`,
  by,
  state: 'approved',
  head,
  at: instant(1_000_000),
  body: '',
  comments: [],
});

export const kinds = (decided: Decided): readonly Decision['kind'][] => decided.decisions.map((each) => each.kind);

export const dispatched = (decided: Decided): readonly number[] =>
  decided.decisions.flatMap((each) =>
    each.kind === 'dispatch' && each.dispatch.work.kind === 'segments'
      ? each.dispatch.work.attempts.map((id) => Number(segmentOf(id)))
      : [],
  );

/**
 * A GitHub on paper: takes decisions, keeps their effects, and shows them in the next snapshot. What a run does is the
 * test's to say.
 */
export class PaperGitHub {
  issues: Issue[];
  epic: Issue;
  block: Snapshot['block'];
  journal: Journal | undefined;
  readonly pulls = new Map<number, Pull>();
  readonly runs = new Map<string, Run>();
  readonly said: Record<string, Said> = {};
  readonly made: Record<string, IssueNumber> = {};
  readonly branches: Record<string, ReturnType<typeof headSha>> = {};
  reports: Report[] = [];
  calibrationReports: Snapshot['calibrationReports'][number][] = [];
  baselineReports: BaselineReport[] = [];
  requests: Request[] = [];
  now: Instant = instant(1_000_000);
  /** Every dispatch that reached GitHub, doubles included. */
  readonly dispatches: string[] = [];
  readonly merges: number[] = [];
  /** Comments that were rewritten, with their new text. */
  readonly revised: string[] = [];
  private next = 500;

  constructor(issues: readonly Issue[]) {
    this.issues = [...issues];
    this.epic = snapshot(issues).epic;
  }

  look(orchestrator = 'me', performed: Snapshot['performed'] = {}): Snapshot {
    return snapshot(this.issues, {
      now: this.now,
      orchestrator,
      epic: {
        ...this.epic,
        children: this.issues.filter((each) => each.parent === this.epic.number).map((each) => each.number),
      },
      ...(this.block ? { block: this.block } : {}),
      pulls: [...this.pulls.values()],
      runs: [...this.runs.values()],
      reports: this.reports,
      calibrationReports: this.calibrationReports,
      ...(this.baselineReports.length > 0 ? { baselineReports: this.baselineReports } : {}),
      requests: this.requests,
      said: { ...this.said },
      made: { ...this.made },
      branches: { ...this.branches },
      journal: this.journal,
      performed,
    });
  }

  /** @returns how each act ended, as `perform` tells it. */
  perform(decisions: readonly Decision[]): Snapshot['performed'] {
    const acts: Record<string, Snapshot['performed'][string]> = {};
    for (const decision of decisions) {
      const result = this.act(decision);
      if ('key' in decision) acts[decision.key] = { kind: 'done', ...(result === undefined ? {} : { result }) };
    }
    return acts;
  }

  private act(decision: Decision): number | undefined {
    switch (decision.kind) {
      case 'dispatch': {
        this.dispatches.push(decision.dispatch.id);
        const id = this.next++;
        if (!this.runs.has(decision.dispatch.id)) {
          this.runs.set(decision.dispatch.id, {
            id,
            dispatch: decision.dispatch.id,
            url: '',
            state: 'running',
            jobs: [],
          });
        }
        return id;
      }
      case 'publish': {
        const { attempt, approvals, base } = decision.work;
        const number = decision.pull ?? 100 + (readAttemptId(attempt.id)?.segment ?? 0);
        if (decision.put) {
          if (this.branches[attempt.branch] !== decision.put.from) throw new Error(`cannot push ${attempt.branch}`);
          this.branches[attempt.branch] = decision.put.head;
        }
        const head = this.branches[attempt.branch];
        if (!this.pulls.has(number) && head) {
          this.pulls.set(number, pull(number, attempt.branch, head, { draft: approvals > 0, base }));
        }
        return number;
      }
      case 'report checks':
        return undefined;
      case 'merge': {
        const merged = this.pulls.get(decision.pull);
        if (!merged || merged.head !== decision.head || merged.state !== 'open')
          throw new Error(`cannot merge #${decision.pull}`);
        this.merges.push(decision.pull);
        this.pulls.set(decision.pull, {
          ...merged,
          state: 'merged',
          mergedAt: this.now,
          mergeCommit: sha(decision.pull),
        });
        return undefined;
      }
      case 'enqueue': {
        const queued = this.pulls.get(decision.pull);
        if (!queued || queued.head !== decision.head) throw new Error(`cannot enqueue #${decision.pull}`);
        this.pulls.set(decision.pull, { ...queued, queue: { ...queued.queue, position: 1 } });
        return undefined;
      }
      case 'dequeue': {
        const queued = this.pulls.get(decision.pull);
        if (queued)
          this.pulls.set(decision.pull, { ...queued, queue: { removed: { at: this.now, reason: 'MANUAL' } } });
        return undefined;
      }
      case 'update branch': {
        const behind = this.pulls.get(decision.pull);
        if (!behind || behind.head !== decision.head) throw new Error(`cannot update #${decision.pull}`);
        const base = sha('ba5e');
        const tree = behind.testMerge?.tree ?? '';
        const head = headSha(String(this.next++).padEnd(40, '0'));
        const tip = { tree, parents: [decision.head, base] };
        this.branches[behind.branch] = head;
        const testMerge = { base, head, tree };
        const after = { ...behind, head, tip, testMerge, mergeState: 'clean', startedFrom: base };
        this.pulls.set(decision.pull, after);
        return undefined;
      }
      case 'mark ready': {
        const draft = this.pulls.get(decision.pull);
        if (draft) this.pulls.set(decision.pull, { ...draft, draft: false });
        return undefined;
      }
      case 'delete branch':
        delete this.branches[decision.branch];
        return undefined;
      case 'close epic':
        this.epic = { ...this.epic, state: 'completed' };
        return undefined;
      case 'close issue':
        if (decision.issue === this.epic.number) this.epic = { ...this.epic, state: decision.as };
        this.issues = this.issues.map((each) =>
          each.number === decision.issue ? { ...each, state: decision.as } : each,
        );
        return undefined;
      case 'tick criteria':
        this.issues = this.issues.map((each) =>
          each.number === decision.issue ? { ...each, body: decision.body } : each,
        );
        return undefined;
      case 'make issue': {
        const number = issueNumber(this.next++);
        const { notice, labels = [] } = decision;
        const author = { ...robot, login: 'swarm[bot]' };
        if (notice.kind === 'block segment') {
          const body = withConflicts(notice.text, notice.conflicts);
          this.issues.push(issue(number, { title: notice.title, body, labels, author }));
        } else this.issues.push(issue(number, { madeFor: decision.key, author }));
        this.made[decision.key] = number;
        return number;
      }
      case 'add blocker': {
        const link = { number: decision.blocker, state: 'open' } as const;
        this.issues = this.issues.map((each) =>
          each.number === decision.issue ? { ...each, blockedBy: [...each.blockedBy, link] } : each,
        );
        return undefined;
      }
      case 'add sub-issue':
        this.issues = this.issues.map((each) =>
          each.number === decision.issue ? { ...each, parent: this.epic.number } : each,
        );
        return undefined;
      case 'say':
        if (this.said[decision.key]) throw new Error(`said twice: ${decision.key}`);
        this.said[decision.key] = { id: this.next++, body: '' };
        return this.said[decision.key]?.id;
      case 'revise':
        this.revised.push(`${decision.says}: ${'end' in decision.notice ? decision.notice.end?.kind : ''}`);
        return undefined;
      case 'untick':
        this.said[decision.says] = { id: decision.comment, body: '' };
        return undefined;
      case 'show panel':
        if (decision.comment === undefined) this.said.panel = { id: this.next++, body: '' };
        return this.said.panel?.id;
      case 'cancel run':
        for (const [key, run] of this.runs) {
          if (run.id === decision.runId) this.runs.set(key, { ...run, state: 'completed', conclusion: 'cancelled' });
        }
        return undefined;
      case 'set labels': {
        const label = (each: Issue): Issue =>
          each.number === decision.issue
            ? { ...each, labels: [...each.labels.filter((name) => !decision.remove.includes(name)), ...decision.add] }
            : each;
        this.epic = label(this.epic);
        this.issues = this.issues.map(label);
        return undefined;
      }
      case 'react':
      case 'close pull':
      case 'start clock':
      case 'release claims':
        return undefined;
    }
  }
}

/** Looks until nothing more is decided, performing everything, as `reconcile` does. */
export function settle(
  github: PaperGitHub,
  chosen: Config = config(),
  orchestrator = 'me',
  performed: Snapshot['performed'] = {},
): Decided {
  for (let round = 0; round < 50; round++) {
    const before = JSON.stringify(github.journal);
    const decided = decide(github.look(orchestrator, performed), chosen);
    github.journal = decided.journal;
    const acting = decided.decisions.filter((each) => each.kind !== 'show panel' || each.comment === undefined);
    performed = github.perform(acting);
    if (acting.length === 0 && before === JSON.stringify(github.journal)) return decided;
  }
  throw new Error('it never settled');
}

export const unfinished = (github: PaperGitHub): string[] =>
  Object.values(github.journal?.segments ?? {}).flatMap((record) =>
    record.attempts
      .filter((attempt) => !attempt.outcome && github.journal?.acts[`dispatch:${attempt.dispatch}`]?.state === 'done')
      .map((attempt) => attempt.id),
  );

/** The attempt's run ends with a pull request. */
export function publishes(github: PaperGitHub, attempt: string, facts: Partial<Report> = {}): void {
  const made = report(github.journal as Journal, attempt, facts);
  if (made.result.kind !== 'ready') return;
  const { branch, head } = made.result;
  const number = 100 + made.segment;
  github.reports.push(made);
  github.branches[branch] = head;
  github.pulls.set(number, pull(number, branch, head, { draft: true }));
}

export function calibrates(github: PaperGitHub, result: 'passed' | 'failed'): boolean {
  for (const [wave, rounds] of Object.entries((github.journal as Journal).calibrations)) {
    const open = rounds.find((each) => !each.verdict);
    if (!open) continue;
    github.calibrationReports.push({
      version: 1,
      wave: Number(wave),
      round: open.round,
      base: open.base,
      result,
      validation: [],
      findings: result === 'passed' ? [] : [{ check: 'gate', subject: 'tests', detail: 'one failed' }],
      durationMs: 1,
    });
    return true;
  }
  return false;
}

export const approveAll = (github: PaperGitHub): void => {
  for (const [number, each] of github.pulls) {
    if (each.state === 'open') github.pulls.set(number, { ...each, reviews: [...each.reviews, approval(each.head)] });
  }
};
