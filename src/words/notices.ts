/**
 * Comments, and the texts of issues that swarm creates. A comment is written only when a person asked or is needed;
 * everything else is on the panel (SPEC R9.1).
 *
 * The switch is exhaustive: a new notice does not compile until it has words. Only the person who is needed, or who
 * asked, is mentioned.
 */
import { withConflicts } from '#core/epic/block';
import type { SayingKind } from '#core/model/journal';
import type { Notice } from '#core/model/notice';
import type { Plan } from '#core/model/plan';
import type { Finding, Mends } from '#core/model/report';
import { helpText } from './commands.ts';
import { checkpointsSection, networkSection, refusedIn } from './course.ts';
import { importedText, importText } from './issues/import.ts';
import { type MarkerKind, marked } from './marker.ts';
import { sayNeed } from './panel.ts';
import { planText } from './plan.ts';
import { diagnosticsList, problemComment } from './problems.ts';
import { artefactLink } from './pull.ts';
import { questionText } from './question.ts';
import { block, clip, htmlCode, inline, oneLine } from './safe.ts';
import { saySummary } from './summary.ts';
import { count, enumerate, keptAt, mention, mentions, withNames } from './voice.ts';

export interface NoticeContext {
  /** The act's key, for the marker by which swarm finds the comment or issue again. */
  readonly key: string;
  /** The repository's page. */
  readonly url: string;
}

/** The text of a comment, or of an issue that swarm creates, with its marker on the first line. */
export const sayNotice = (notice: Notice, context: NoticeContext): string => {
  const names = notice.kind === 'reminder' ? notice.board.plan.names : 'names' in notice ? notice.names : undefined;
  return marked({ kind: markerOf(notice), key: context.key }, withNames(bodyOf(notice, context.url), names));
};

const markerOf = ({ kind }: Notice): MarkerKind => {
  switch (kind) {
    case 'fix segment':
    case 'follow-up segment':
      return 'fix';
    case 'block segment':
      return 'segment';
    default:
      return 'say';
  }
};

const bodyOf = (notice: Notice, url: string): string => {
  switch (notice.kind) {
    case 'help':
      return helpText();
    case 'plan':
      return planText(notice.plan, {
        url,
        heading: planHeading(notice.plan, notice.dryRun),
        ...(notice.advice ? { advice: notice.advice } : {}),
      });
    case 'import':
      return importText(notice, url);
    case 'imported':
      return importedText(notice);
    case 'refused request':
      return `${mention(notice.to)}${problemComment(notice.problem, { url })}`;
    case 'setup warnings': {
      const things = count(notice.diagnostics.length, 'thing');
      return [
        `⚠️ Segments start, but ${things} in the setup may make them fail. No action is needed if this is what you want.`,
        diagnosticsList(notice.diagnostics, { url }),
      ].join('\n\n');
    }
    case 'epic held': {
      const errors = notice.diagnostics.filter(({ level }) => level === 'error').length;
      return [
        `${mention(notice.owner)}⛔ Nothing starts until ${count(errors, 'error')} ${errors === 1 ? 'is' : 'are'} fixed.`,
        diagnosticsList(notice.diagnostics, { url }),
        'Swarm re-checks automatically; no need to restart anything.',
      ].join('\n\n');
    }
    case 'segment blocked': {
      const work = notice.kept === undefined ? '' : `\n\n**Kept** ${keptAt(notice.kept)}`;
      const output =
        notice.artefact === undefined
          ? ''
          : `\n\n**Output** Everything it printed is in ${artefactLink(notice.artefact)}.`;
      const telling = { url, segment: notice.segment };
      const sections = [networkSection(refusedIn(notice)), notice.course ? checkpointsSection(notice.course) : ''];
      const text = `${mention(notice.owner)}⛔ ${problemComment(notice.problem, telling)}${work}${output}`;
      return [text, ...sections.filter((section) => section !== '')].join('\n\n');
    }
    case 'question':
      return questionText(notice);
    case 'segment answered':
      return [
        `✅ #${notice.segment} is answered. No action needed: this was a research segment, so no file changes are expected.`,
        "In the agent's words (not checked by swarm):",
        block(notice.summary, { max: 20_000 }),
      ].join('\n\n');
    case 'approve wave':
      return [
        `${mention(notice.owner)}📋 Wave ${notice.wave} needs your approval: comment \`/swarm approve wave ${notice.wave}\` to start it.`,
        planText(notice.plan, { url, wave: notice.wave }),
      ].join('\n\n');
    case 'calibration failed':
      return [
        `❌ The calibration of wave ${notice.wave} failed in round ${notice.round}. No action needed: swarm ${
          notice.fixes.length === 0
            ? 'creates fix segments'
            : `runs the fix ${notice.fixes.length === 1 ? 'segment' : 'segments'} ${enumerate(
                notice.fixes.map((number) => `#${number}`),
                20,
              )}`
        } and then calibrates again.`,
        findingsList(notice.findings),
      ].join('\n\n');
    case 'calibration stopped':
      return `${mention(notice.owner)}⛔ ${problemComment(notice.problem, { url })}`;
    case 'ask acceptance':
      return [
        `${mention(notice.owner)}🎯 Every segment is done. Comment \`/swarm accept\`, or \`/swarm needs-work\` followed by what is missing.`,
        [
          'Before you accept, check that',
          '- the requirements are met as the epic states them,',
          '- it works well in use, not only in its tests,',
          '- edge cases are handled,',
          '- the acceptance criteria are ticked, with evidence that convinces you.',
        ].join('\n'),
        saySummary(notice.board),
      ].join('\n\n');
    case 'summary':
      return [`Accepted by ${inline(notice.by, 60)}. The epic is closed.`, saySummary(notice.board)].join('\n\n');
    case 'cancelled':
      return [
        `⛔ Cancelled by ${inline(notice.by, 60)}. Its runs are being stopped and its reservations are released.`,
        'Open pull requests and branches stay as they are. `/swarm resume` continues from the state that GitHub shows then.',
      ].join('\n\n');
    case 'withdrawn':
      return [
        `${mention(notice.owner)}⚠️ ${inline(notice.by, 60)} may no longer write to this repository, so what is not done yet does not count any more. Someone with write access has to say it again:`,
        notice.what.map((each) => `- ${sayAgain(each)}`).join('\n'),
      ].join('\n\n');
    case 'merge refused':
      return `${mention(notice.owner)}⚠️ ${problemComment(notice.problem, { url })}`;
    case 'reminder':
      return [
        `${mentions(notice.to)}⏳ This has been waiting for you for ${count(Math.round(notice.afterMs / 3_600_000), 'hour')}: ${sayNeed(notice.need, notice.board, url)}`,
        notice.time < notice.of
          ? `Reminder ${notice.time} of ${notice.of}. \`remind\` in the config sets the time between them.`
          : 'This is the last reminder. It stays on the panel until it is done.',
      ].join('\n\n');
    case 'fix segment':
      return fixText(notice);
    case 'follow-up segment':
      return [
        `${inline(notice.by, 60)} asked for this before accepting epic #${notice.epic}:`,
        block(notice.what, { max: 8_000 }),
        '## Acceptance criteria\n\n- [ ] The request above is met, with a test that shows it',
      ].join('\n\n');
    case 'block segment':
      // The author's own words, which a person with write access has authorised.
      return withConflicts(notice.text, notice.conflicts);
  }
};

/** Something that no longer counts, and how to say it again. */
const sayAgain = (what: SayingKind): string => {
  switch (what.kind) {
    case 'approval':
      return `the approval of #${what.pull}: approve it, or comment \`/approve\` there`;
    case 'rejection':
      return `the rejection of #${what.pull}: request changes, or comment \`/reject\` with a reason there`;
    case 'answer':
      return `the answer on #${what.segment}: answer the question there`;
    case 'skip':
      return `skipping #${what.segment}: comment \`/swarm skip #${what.segment}\` with a reason`;
    case 'retry':
      return `retrying #${what.segment}: comment \`/swarm retry #${what.segment}\``;
    case 'wave approval':
      return `the approval of wave ${what.wave}: comment \`/swarm approve wave ${what.wave}\``;
    case 'retry of a calibration':
      return 'another calibration: comment `/swarm retry`';
    case 'needs-work':
      return 'something that is missing: comment `/swarm needs-work` with what it is, or `/swarm accept`';
    case 'resume':
      return 'resuming the epic, which is paused again: comment `/swarm resume`';
    case 'budget':
      return 'a higher budget: comment `/swarm resume budget=AMOUNT`';
    case 'acceptance':
      return 'accepting the epic: comment `/swarm accept`';
  }
};

type FixSegment = Extract<Notice, { readonly kind: 'fix segment' }>;

const fixText = ({ wave, round, finding, files, epic }: FixSegment): string => {
  // Front matter would have to come first, where the marker is, so the scope is written as an issue form's heading.
  // If a name does not fit in a code span unchanged, the scope is left out: slower, but never too narrow.
  const isWritable = files.length > 0 && files.every((file) => SCOPE.test(file));
  const where = `The calibration of wave ${wave} of epic #${epic} (round ${round})`;
  const scope = isWritable ? [`### Files\n\n${files.map((file) => `- \`${file}\``).join('\n')}`] : [];
  return [
    ...(finding.mends ? leftText(where, finding.mends) : foundText(where, finding)),
    ...scope,
    `### Type\n\nfix`,
    `## Acceptance criteria\n\n${criteriaOf(finding)}`,
  ].join('\n\n');
};

const foundText = (where: string, { check, subject, detail }: Finding): readonly string[] => [
  `${where} found a problem in the merged result: ${inline(check, 20)} ${inline(subject, 80)}.`,
  'Each segment was green on its own. Fix the root cause; do not weaken the check.',
  'Output of the check:',
  block(detail, { max: 8_000 }),
];

const leftText = (where: string, { issue }: Mends): readonly string[] => [
  `${where} found open criteria of #${issue} that have no evidence.`,
  `Meet each one, or name the test that proves it is already met. Once a criterion has evidence here, swarm ticks it in #${issue}.`,
];

/** One for each criterion that is open in the other issue, in the same order; swarm matches them by position. */
const criteriaOf = ({ subject, mends }: Finding): string => {
  if (!mends) return `- [ ] ${inline(subject, 80)} passes on the merged base`;
  const named = (id: string) => (/^[A-Z][A-Z0-9]{0,15}-\d{1,6}$/.test(id) ? `${id}: ` : '');
  return mends.criteria.map(({ id, text }) => `- [ ] ${named(id)}${inline(text, 400)}`).join('\n');
};

const SCOPE = /^[\w+][\w+./*-]{0,400}$/;

const planHeading = (plan: Plan, dryRun: boolean): string => {
  const size = `${count(plan.segments.length, 'segment')} in ${count(plan.waves.length, 'wave')}`;
  return dryRun ? `📋 The plan: ${size}. Nothing was started; \`/swarm execute\` starts it.` : `📋 The plan: ${size}.`;
};

const findingsList = (findings: readonly Finding[]): string =>
  findings
    .slice(0, 10)
    .map(
      ({ check, subject, detail }) =>
        `<details open><summary>${check} ${htmlCode(subject)}</summary>\n\n${block(detail, { max: 4_000 })}\n\n</details>`,
    )
    .join('\n\n');

/** The title of an issue that swarm creates. */
export const titleOf = (notice: Notice): string => {
  switch (notice.kind) {
    case 'fix segment':
      // Wave and round come first: the branch name is made from the beginning, and two fixes must not share a branch.
      return `Fix: wave ${notice.wave}${notice.round > 1 ? ` round ${notice.round}` : ''}, ${clip(oneLine(notice.finding.subject), 80)}`;
    case 'follow-up segment':
      return clip(oneLine(notice.what.trim().split('\n', 1).join('')), 100) || 'Follow-up';
    case 'block segment':
      return notice.title;
    default:
      return clip(oneLine(notice.kind), 100);
  }
};
