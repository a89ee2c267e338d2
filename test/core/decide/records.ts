/** Journals on paper: attempts with their ends, and rounds of a calibration, each in a few words. */
import { Draft } from '../../../src/core/decide/draft.ts';
import { edgesOf, type Facts } from '../../../src/core/decide/progress.ts';
import { Situation } from '../../../src/core/decide/situation.ts';
import { attemptId } from '../../../src/core/model/attempt.ts';
import type { Config } from '../../../src/core/model/config.ts';
import { instant, issueNumber, pullNumber } from '../../../src/core/model/epic.ts';
import {
  type Attempt,
  type Authorisation,
  type Calibration,
  emptyJournal,
  emptyRecord,
  type Journal,
  type Outcome,
  type SegmentRecord,
} from '../../../src/core/model/journal.ts';
import type { Plan } from '../../../src/core/model/plan.ts';
import type { Report } from '../../../src/core/model/report.ts';
import type { Issue, Snapshot } from '../../../src/core/model/snapshot.ts';
import { planEpic } from '../../../src/core/plan/planner.ts';
import { config, sha, snapshot } from '../facts.ts';
import { leavesOutWhatIsUnknown, sayChange, sayDecision, sayFacts } from './scene.ts';

export const NOW = instant(1_000_000);
/** That many milliseconds after `NOW`. */
export const later = (ms: number) => instant(NOW + ms);

export const attempt = (segment: number, number: number, facts: Partial<Attempt> = {}): Attempt => ({
  id: attemptId({ epic: issueNumber(1), segment: issueNumber(segment), number }),
  number,
  name: `Agent${segment}${number}`,
  worker: 'implementation',
  why: number === 1 ? 'first' : 'retry',
  branch: `feat/segment-${segment}`,
  base: sha('ba5e'),
  dispatch: '1.1',
  claimedAt: NOW,
  ...facts,
});

export const reportOf = (segment: number, facts: Partial<Report> = {}): Report => ({
  version: 1,
  attempt: `1.${segment}-1`,
  segment,
  runId: 1,
  result: { kind: 'no-change' },
  tries: 1,
  validation: [{ gate: 'tests', verdict: 'pass', command: 'npm test', durationMs: 1, output: '' }],
  files: [],
  attention: [],
  agent: { summary: 'done', assumptions: [], criteria: [] },
  durationMs: 1,
  finishedAt: NOW,
  ...facts,
});

type Ended<Kind extends Outcome['kind']> = Extract<Outcome, { readonly kind: Kind }>;

/** Its pull request is `100 + segment`. */
export const published = (segment: number, head: string, facts: Partial<Report> = {}): Ended<'published'> => {
  const result = { kind: 'ready', branch: `feat/segment-${segment}`, head: sha(head) } as const;
  return {
    kind: 'published',
    at: NOW,
    pull: pullNumber(100 + segment),
    head: result.head,
    report: reportOf(segment, { result, ...facts }),
  };
};

export const lost = (conclusion = 'failure'): Ended<'lost'> => ({ kind: 'lost', at: NOW, conclusion });
export const failed = (problem: Ended<'failed'>['problem']): Ended<'failed'> => ({ kind: 'failed', at: NOW, problem });
export const cutShort = failed({ kind: 'RUN_CUT_SHORT' });
export const tryLater = (waitMs?: number): Ended<'failed'> =>
  failed({ kind: 'AGENT_LATER', message: 'Overloaded', ...(waitMs === undefined ? {} : { waitMs }) });

export const record = (facts: Partial<SegmentRecord> = {}): SegmentRecord => ({ ...emptyRecord, ...facts });

/** The record of a segment with these attempts, in this order. */
export const recordWith = (
  segment: number,
  attempts: readonly Partial<Attempt>[],
  facts: Partial<SegmentRecord> = {},
): SegmentRecord => record({ attempts: attempts.map((each, at) => attempt(segment, at + 1, each)), ...facts });

export const journal = (facts: Partial<Journal> = {}): Journal => ({ ...emptyJournal(issueNumber(1)), ...facts });

export const round = (number: number, facts: Partial<Calibration> = {}): Calibration => ({
  round: number,
  base: sha('ba5e'),
  dispatch: `1.${number}`,
  at: NOW,
  covers: [],
  ...facts,
});
export const passed = { kind: 'passed', at: NOW } as const;

/** Everything that a look at an epic rests on: these issues as ana authorised them, and a journal that remembers so. */
export function factsOf(
  issues: readonly Issue[],
  given: {
    readonly segments?: Journal['segments'];
    readonly journal?: Partial<Journal>;
    readonly snapshot?: Partial<Snapshot>;
    readonly config?: Partial<Config>;
    /** The plan differs from the one that these issues give. */
    readonly plan?: Partial<Plan>;
  } = {},
): Facts {
  const seen = snapshot(issues, given.snapshot);
  const chosen = config(given.config);
  const plan = planEpic({ ...seen, config: chosen, fixes: {}, skipped: new Set() });
  const digests = new Map([...issues, seen.epic].map(({ number, digest }) => [number, digest]));
  const authorised = plan.segments.map((segment) => [
    segment.number,
    { digest: digests.get(segment.number) ?? '', ...edgesOf(plan, segment) },
  ]);
  const known = journal({
    phase: 'running',
    authorisation: authorisation({ segments: Object.fromEntries(authorised) }),
    segments: given.segments ?? {},
    ...given.journal,
  });
  const { authorisation: authorisedBy, ...rest } = known;
  return {
    snapshot: seen,
    plan: { ...plan, ...given.plan },
    config: chosen,
    journal: authorisedBy ? known : rest,
  };
}

export const authorisation = (facts: Partial<Authorisation> = {}): Authorisation => ({
  at: NOW,
  by: 'ana',
  byId: 1,
  configDigest: 'c',
  base: sha('ba5e'),
  baseBranch: 'main',
  epicDigest: 'Checkout:The epic.',
  segments: {},
  ...facts,
});

/** Everything that these deciders write on a draft, told in lines, and the draft itself. */
export function decide(facts: Facts, ...deciders: readonly ((situation: Situation, draft: Draft) => void)[]) {
  const situation = new Situation(facts);
  const draft = new Draft(facts.snapshot, facts.journal);
  for (const decider of deciders) decider(situation, draft);
  leavesOutWhatIsUnknown(draft);
  const told = [
    ...draft.decisions.map(sayDecision),
    ...draft.history.map((event) => `+ ${sayFacts(event)}`),
    ...sayChange(facts.journal, draft.journal),
    ...Object.keys(facts.journal)
      .filter((key) => !(key in draft.journal))
      .map((key) => `journal ${key}: gone`),
    ...(draft.lookAgainAt === undefined ? [] : [`look again in ${(draft.lookAgainAt - draft.now) / 1_000} s`]),
  ];
  return { draft, situation, told };
}
