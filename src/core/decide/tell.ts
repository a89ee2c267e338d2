/** What people get to see: a comment where one of them is needed, labels, and everything on the panel. */

import { type Config, labelName, STATE_LABELS, type StateLabel } from '#core/model/config';
import { actKeys, recordOf, refusedIssues } from '#core/model/journal-lenses';
import type { Plan } from '#core/model/plan';
import type { Progress, Progresses } from '#core/model/progress';
import { redHead } from '#core/model/proof';
import type { Issue } from '#core/model/snapshot';
import { errorsOf, latestReport, makeBoard, nextWave } from './board.ts';
import { sayFinding, standingOf } from './calibration.ts';
import { type Draft, leafOf, ownerOf } from './draft.ts';
import { publishedPull } from './progress.ts';

/** What a person must know gets a comment of its own, once; everything else is on the panel (SPEC R8.1, R9.1). */
export function tellProblems(draft: Draft, plan: Plan, progresses: Progresses, config: Config): void {
  const { snapshot, journal } = draft;
  const errors = errorsOf(snapshot, plan, journal);
  if (errors.length > 0) {
    draft.once({
      kind: 'say',
      key: `held:${fingerprint(JSON.stringify(errors))}`,
      on: snapshot.epic.number,
      notice: { kind: 'epic held', diagnostics: [...snapshot.preflight, ...plan.diagnostics], owner: ownerOf(draft) },
      reason: 'the epic cannot go on as it is',
    });
  }
  for (const { key, problem } of refusedIssues(journal)) {
    draft.once({
      kind: 'say',
      key: `refused:${key}:${journal.acts[key]?.at ?? 0}`,
      on: snapshot.epic.number,
      notice: { kind: 'calibration stopped', problem, owner: ownerOf(draft) },
      reason: 'GitHub does not let swarm make an issue',
    });
  }
  for (const [number, progress] of progresses) {
    const record = recordOf(journal, number);
    if (progress.kind === 'blocked' && progress.problem.kind !== 'QUESTION_ASKED') {
      const report = latestReport(record);
      const outcome = record.attempts.at(-1)?.outcome;
      const failed = outcome?.kind === 'failed' ? outcome.report : undefined;
      const kept = report?.result.kind === 'failed' ? report.result.kept : undefined;
      draft.once({
        kind: 'say',
        key: `blocked:${number}:${record.attempts.length}:${progress.problem.kind}`,
        on: number,
        notice: {
          kind: 'segment blocked',
          segment: number,
          problem: progress.problem,
          owner: ownerOf(draft),
          ...(kept ? { kept } : {}),
          ...(report?.artefact ? { artefact: report.artefact } : {}),
          ...(failed?.course ? { course: failed.course } : {}),
        },
        reason: `#${number} is blocked: ${progress.problem.kind}`,
      });
    }
    if (progress.kind === 'not in this execution') {
      draft.once({
        kind: 'say',
        key: `consent:${number}:${progress.problem.kind}:${journal.authorisation?.at ?? 0}`,
        on: number,
        notice: { kind: 'segment blocked', segment: number, problem: progress.problem, owner: ownerOf(draft) },
        reason: `#${number} waits for a person's word: ${progress.problem.kind}`,
      });
    }
    if (progress.kind === 'answered') {
      const report = latestReport(record);
      const findings = (report?.course?.findings ?? []).map(sayFinding);
      const summary = [report?.agent.summary ?? '', ...findings].join('\n');
      draft.once({
        kind: 'say',
        key: `answered:${number}`,
        on: number,
        notice: { kind: 'segment answered', segment: number, summary },
        reason: `#${number}'s research is done`,
      });
    }
    const pull = progress.kind === 'in review' ? publishedPull(snapshot, record) : undefined;
    const red = pull && redHead(pull, record);
    if (pull && red) {
      draft.once({
        kind: 'say',
        key: `head-red:${pull.number}:${pull.head.slice(0, 12)}`,
        on: pull.number,
        notice: { kind: 'segment blocked', segment: number, problem: red, owner: ownerOf(draft) },
        reason: `#${pull.number}: what was pushed to it does not pass its gates`,
      });
    }
    if (record.mergeRefusal && progress.kind === 'in review') {
      const at = { pull: progress.pull };
      draft.once({
        kind: 'say',
        key: `merge-refused:${progress.pull}:${record.mergeRefusal.head.slice(0, 12)}`,
        on: progress.pull,
        notice: {
          kind: 'merge refused',
          pull: progress.pull,
          problem: { kind: 'MERGE_REFUSED', at, message: record.mergeRefusal.message },
          owner: ownerOf(draft),
        },
        reason: `GitHub refused to merge #${progress.pull}`,
      });
    }
  }
  const wave =
    config.mode === 'collaborative' && errors.length === 0 ? waveToApprove(draft, plan, progresses, config) : undefined;
  if (wave !== undefined) {
    draft.once({
      kind: 'say',
      key: `approve-wave:${wave}`,
      on: snapshot.epic.number,
      notice: { kind: 'approve wave', wave, owner: ownerOf(draft), plan },
      reason: `wave ${wave} waits for an approval`,
    });
  }
}

function waveToApprove(draft: Draft, plan: Plan, progresses: Progresses, config: Config): number | undefined {
  const standings = new Map(
    plan.waves.map((wave) => [wave.number, standingOf(wave, progresses, draft.journal, config)]),
  );
  return nextWave(plan, standings, draft.journal);
}

/** FNV-1a: tells two lists of errors apart in a comment's key; nothing rests on it being hard to forge. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

export function labelSegments(draft: Draft, plan: Plan, progresses: Progresses, config: Config): void {
  for (const segment of plan.segments) {
    const issue = leafOf(draft.snapshot, segment.number);
    const progress = progresses.get(segment.number);
    if (issue && progress && issue.number !== draft.snapshot.epic.number) {
      label(draft, issue, segmentLabel(progress), config);
    }
  }
  label(draft, draft.snapshot.epic, epicLabel(draft, plan, progresses), config);
}

function label(draft: Draft, issue: Issue, wanted: StateLabel | undefined, config: Config): void {
  const ours = STATE_LABELS.map((each) => labelName(config, each));
  const name = wanted && labelName(config, wanted);
  const add = name !== undefined && !issue.labels.includes(name) ? [name] : [];
  const remove = issue.labels.filter((each) => ours.includes(each) && each !== name);
  if (add.length + remove.length === 0) return;
  draft.decide({
    kind: 'set labels',
    issue: issue.number,
    add,
    remove,
    reason: `#${issue.number} is ${wanted ?? 'waiting'}`,
  });
}

function segmentLabel(progress: Progress): StateLabel | undefined {
  switch (progress.kind) {
    case 'queued':
      return 'queued';
    case 'running':
    case 'to rework':
      return 'running';
    case 'in review':
    case 'to merge':
      return 'review';
    case 'blocked':
      return progress.problem.kind === 'QUESTION_ASKED' ? 'needs-input' : 'blocked';
    case 'not in this execution':
      return 'blocked';
    case 'merged':
    case 'answered':
    case 'skipped':
      return 'done';
    case 'closed before':
    case 'waiting':
    case 'ready':
      return undefined;
  }
}

function epicLabel(draft: Draft, plan: Plan, progresses: Progresses): StateLabel {
  if (draft.journal.phase === 'finished') return 'done';
  if (draft.journal.phase === 'paused' || draft.journal.phase === 'cancelled') return 'paused';
  if (errorsOf(draft.snapshot, plan, draft.journal).length > 0) return 'blocked';
  // An epic that is its own segment shows that one's trouble; taking the label off tries it again.
  if (progresses.get(draft.snapshot.epic.number)?.kind === 'blocked') return 'blocked';
  return [...progresses.values()].some((progress) => progress.kind === 'queued' || progress.kind === 'running')
    ? 'running'
    : [...progresses.values()].some((progress) => progress.kind === 'in review')
      ? 'review'
      : 'running';
}

/** How often the panel is written at most where nothing but the steps of jobs went on; the next look writes it. */
const STEPS_MS = 60_000;

export function showPanel(draft: Draft, plan: Plan, progresses: Progresses, config: Config): void {
  const board = makeBoard(draft.snapshot, draft.journal, plan, progresses, config);
  const comment = draft.snapshot.said[actKeys.panel]?.id ?? draft.journal.acts[actKeys.panel]?.result;
  const panel = {
    kind: 'show panel',
    key: actKeys.panel,
    on: draft.snapshot.epic.number,
    board,
    reason: 'the panel shows the epic as it is',
  } as const;
  if (comment === undefined) {
    draft.once(panel);
    return;
  }
  const { at } = draft.snapshot.said[actKeys.panel] ?? {};
  const isFresh = at !== undefined && draft.now - at < STEPS_MS;
  draft.decide({ ...panel, comment, ...(isFresh ? { steps: 'can wait' } : {}) });
}
