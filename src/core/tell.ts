/** What people get to see: a comment where one of them is needed, labels, and everything on the panel. */
import { errorsOf, latestReport, makeBoard, nextWave } from './board.ts';
import { type Progresses, sayFinding, standingOf } from './calibration.ts';
import { type Config, labelName, STATE_LABELS, type StateLabel } from './config.ts';
import { leafOf, ownerOf, type Paper } from './paper.ts';
import type { Plan } from './plan.ts';
import { type Progress, publishedPull } from './progress.ts';
import { actKeys, recordOf, refusedIssues } from './remember.ts';
import type { Issue } from './snapshot.ts';
import { redHead } from './verdict.ts';

/** What a person must know gets a comment of its own, once; everything else is on the panel (SPEC R8.1, R9.1). */
export function tellProblems(paper: Paper, plan: Plan, progresses: Progresses, config: Config): void {
  const { snapshot, journal } = paper;
  const errors = errorsOf(snapshot, plan, journal);
  if (errors.length > 0) {
    paper.once({
      kind: 'say',
      key: `held:${fingerprint(JSON.stringify(errors))}`,
      on: snapshot.epic.number,
      notice: { kind: 'epic held', diagnostics: [...snapshot.preflight, ...plan.diagnostics], owner: ownerOf(paper) },
      reason: 'the epic cannot go on as it is',
    });
  }
  for (const { key, problem } of refusedIssues(journal)) {
    paper.once({
      kind: 'say',
      key: `refused:${key}:${journal.acts[key]?.at ?? 0}`,
      on: snapshot.epic.number,
      notice: { kind: 'calibration stopped', problem, owner: ownerOf(paper) },
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
      paper.once({
        kind: 'say',
        key: `blocked:${number}:${record.attempts.length}:${progress.problem.kind}`,
        on: number,
        notice: {
          kind: 'segment blocked',
          segment: number,
          problem: progress.problem,
          owner: ownerOf(paper),
          ...(kept ? { kept } : {}),
          ...(report?.artefact ? { artefact: report.artefact } : {}),
          ...(failed?.course ? { course: failed.course } : {}),
        },
        reason: `#${number} is blocked: ${progress.problem.kind}`,
      });
    }
    if (progress.kind === 'not in this execution') {
      paper.once({
        kind: 'say',
        key: `consent:${number}:${progress.problem.kind}:${journal.authorisation?.at ?? 0}`,
        on: number,
        notice: { kind: 'segment blocked', segment: number, problem: progress.problem, owner: ownerOf(paper) },
        reason: `#${number} waits for a person's word: ${progress.problem.kind}`,
      });
    }
    if (progress.kind === 'answered') {
      const report = latestReport(record);
      const findings = (report?.course?.findings ?? []).map(sayFinding);
      const summary = [report?.agent.summary ?? '', ...findings].join('\n');
      paper.once({
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
      paper.once({
        kind: 'say',
        key: `head-red:${pull.number}:${pull.head.slice(0, 12)}`,
        on: pull.number,
        notice: { kind: 'segment blocked', segment: number, problem: red, owner: ownerOf(paper) },
        reason: `#${pull.number}: what was pushed to it does not pass its gates`,
      });
    }
    if (record.mergeRefusal && progress.kind === 'in review') {
      const at = { pull: progress.pull };
      paper.once({
        kind: 'say',
        key: `merge-refused:${progress.pull}:${record.mergeRefusal.head.slice(0, 12)}`,
        on: progress.pull,
        notice: {
          kind: 'merge refused',
          pull: progress.pull,
          problem: { kind: 'MERGE_REFUSED', at, message: record.mergeRefusal.message },
          owner: ownerOf(paper),
        },
        reason: `GitHub refused to merge #${progress.pull}`,
      });
    }
  }
  const wave =
    config.mode === 'collaborative' && errors.length === 0 ? waveToApprove(paper, plan, progresses, config) : undefined;
  if (wave !== undefined) {
    paper.once({
      kind: 'say',
      key: `approve-wave:${wave}`,
      on: snapshot.epic.number,
      notice: { kind: 'approve wave', wave, owner: ownerOf(paper), plan },
      reason: `wave ${wave} waits for an approval`,
    });
  }
}

function waveToApprove(paper: Paper, plan: Plan, progresses: Progresses, config: Config): number | undefined {
  const standings = new Map(
    plan.waves.map((wave) => [wave.number, standingOf(wave, progresses, paper.journal, config)]),
  );
  return nextWave(plan, standings, paper.journal);
}

/** FNV-1a: tells two lists of errors apart in a comment's key; nothing rests on it being hard to forge. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

export function labelSegments(paper: Paper, plan: Plan, progresses: Progresses, config: Config): void {
  for (const segment of plan.segments) {
    const issue = leafOf(paper.snapshot, segment.number);
    const progress = progresses.get(segment.number);
    if (issue && progress && issue.number !== paper.snapshot.epic.number) {
      label(paper, issue, segmentLabel(progress), config);
    }
  }
  label(paper, paper.snapshot.epic, epicLabel(paper, plan, progresses), config);
}

function label(paper: Paper, issue: Issue, wanted: StateLabel | undefined, config: Config): void {
  const ours = STATE_LABELS.map((each) => labelName(config, each));
  const name = wanted && labelName(config, wanted);
  const add = name !== undefined && !issue.labels.includes(name) ? [name] : [];
  const remove = issue.labels.filter((each) => ours.includes(each) && each !== name);
  if (add.length + remove.length === 0) return;
  paper.decide({
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

function epicLabel(paper: Paper, plan: Plan, progresses: Progresses): StateLabel {
  if (paper.journal.phase === 'finished') return 'done';
  if (paper.journal.phase === 'paused' || paper.journal.phase === 'cancelled') return 'paused';
  if (errorsOf(paper.snapshot, plan, paper.journal).length > 0) return 'blocked';
  // An epic that is its own segment shows that one's trouble; taking the label off tries it again.
  if (progresses.get(paper.snapshot.epic.number)?.kind === 'blocked') return 'blocked';
  return [...progresses.values()].some((progress) => progress.kind === 'queued' || progress.kind === 'running')
    ? 'running'
    : [...progresses.values()].some((progress) => progress.kind === 'in review')
      ? 'review'
      : 'running';
}

/** How often the panel is written at most where nothing but the steps of jobs went on; the next look writes it. */
const STEPS_MS = 60_000;

export function showPanel(paper: Paper, plan: Plan, progresses: Progresses, config: Config): void {
  const board = makeBoard(paper.snapshot, paper.journal, plan, progresses, config);
  const comment = paper.snapshot.said[actKeys.panel]?.id ?? paper.journal.acts[actKeys.panel]?.result;
  const panel = {
    kind: 'show panel',
    key: actKeys.panel,
    on: paper.snapshot.epic.number,
    board,
    reason: 'the panel shows the epic as it is',
  } as const;
  if (comment === undefined) {
    paper.once(panel);
    return;
  }
  const { at } = paper.snapshot.said[actKeys.panel] ?? {};
  const isFresh = at !== undefined && paper.now - at < STEPS_MS;
  paper.decide({ ...panel, comment, ...(isFresh ? { steps: 'can wait' } : {}) });
}
