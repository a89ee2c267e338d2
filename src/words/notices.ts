/**
 * Comments, and the texts of issues that swarm makes. A comment is written only when a person asked or is needed;
 * everything else is on the panel (SPEC R9.1).
 *
 * The switch is exhaustive: a new notice does not compile until it has words. Nobody is mentioned but the person who is
 * needed or who asked.
 */
import type { Notice } from '#core/model/notice';
import type { Plan } from '#core/model/plan';
import type { Finding, Mends } from '#core/model/report';
import { helpText } from './commands.ts';
import { checkpointsSection } from './course.ts';
import { marked } from './marker.ts';
import { planText } from './plan.ts';
import { diagnosticsList, problemComment } from './problems.ts';
import { artefactLink } from './pull.ts';
import { questionText } from './question.ts';
import { block, clip, htmlCode, inline, oneLine } from './safe.ts';
import { saySummary } from './summary.ts';
import { count, enumerate, mention } from './voice.ts';

export interface NoticeContext {
  /** The key of the act, for the marker by which the comment or issue is found again. */
  readonly key: string;
  /** The repository's page. */
  readonly url: string;
}

/** The text of a comment, or of an issue that swarm makes, with its marker on the first line. */
export const sayNotice = (notice: Notice, context: NoticeContext): string => {
  const kind = notice.kind === 'fix segment' || notice.kind === 'follow-up segment' ? 'fix' : 'say';
  return marked({ kind, key: context.key }, bodyOf(notice, context.url));
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
    case 'refused request':
      return `${mention(notice.to)}${problemComment(notice.problem, { url })}`;
    case 'epic held': {
      const errors = notice.diagnostics.filter(({ level }) => level === 'error').length;
      return [
        `${mention(notice.owner)}⛔ Nothing is started: ${count(errors, 'error')} to mend first.`,
        diagnosticsList(notice.diagnostics, { url }),
        'Swarm looks again by itself; nothing has to be started anew.',
      ].join('\n\n');
    }
    case 'segment blocked': {
      const work = notice.kept === undefined ? '' : `\n\n**Kept** The work is on the branch ${inline(notice.kept)}.`;
      const output =
        notice.artefact === undefined ? '' : `\n\n**Output** All that was printed: ${artefactLink(notice.artefact)}.`;
      const telling = { url, segment: notice.segment };
      const steps = notice.course ? checkpointsSection(notice.course) : '';
      const text = `${mention(notice.owner)}⛔ ${problemComment(notice.problem, telling)}${work}${output}`;
      return steps === '' ? text : `${text}\n\n${steps}`;
    }
    case 'question':
      return questionText(notice);
    case 'segment answered':
      return [
        `✅ #${notice.segment} is answered. No action needed; this segment was to find out, not to change files.`,
        'In the words of the agent (not checked by swarm):',
        block(notice.summary, { max: 20_000 }),
      ].join('\n\n');
    case 'approve wave':
      return [
        `${mention(notice.owner)}📋 Wave ${notice.wave} waits for you: \`/swarm approve wave ${notice.wave}\` lets it start.`,
        planText(notice.plan, { url, wave: notice.wave }),
      ].join('\n\n');
    case 'calibration failed':
      return [
        `❌ The calibration of wave ${notice.wave} failed in round ${notice.round}. No action needed: swarm mends it by ${
          notice.fixes.length === 0
            ? 'fix segments'
            : `the fix ${notice.fixes.length === 1 ? 'segment' : 'segments'} ${enumerate(
                notice.fixes.map((number) => `#${number}`),
                20,
              )}`
        } and calibrates again.`,
        findingsList(notice.findings),
      ].join('\n\n');
    case 'calibration stopped':
      return `${mention(notice.owner)}⛔ ${problemComment(notice.problem, { url })}`;
    case 'ask acceptance':
      return [
        `${mention(notice.owner)}🎯 Every segment is done; the epic waits for you: \`/swarm accept\`, or \`/swarm needs-work\` and what is missing.`,
        [
          'Before you accept, look whether',
          '- the requirements are met as the epic says them,',
          '- it is right in use, not only in its tests,',
          '- the edge cases are handled,',
          '- the acceptance criteria are ticked with evidence that convinces you.',
        ].join('\n'),
        saySummary(notice.board),
      ].join('\n\n');
    case 'summary':
      return [`Accepted by ${inline(notice.by, 60)}. The epic is closed.`, saySummary(notice.board)].join('\n\n');
    case 'cancelled':
      return [
        `⛔ Cancelled by ${inline(notice.by, 60)}. Its runs are being stopped and its reservations are released.`,
        'Open pull requests and branches stay as they are. `/swarm resume` carries on from what GitHub shows then.',
      ].join('\n\n');
    case 'merge refused':
      return `${mention(notice.owner)}⚠️ ${problemComment(notice.problem, { url })}`;
    case 'fix segment':
      return fixText(notice);
    case 'follow-up segment':
      return [
        `${inline(notice.by, 60)} asked for this before accepting epic #${notice.epic}:`,
        block(notice.what, { max: 8_000 }),
        '## Acceptance criteria\n\n- [ ] What is asked for above is there, with a test that shows it',
      ].join('\n\n');
  }
};

type FixSegment = Extract<Notice, { readonly kind: 'fix segment' }>;

const fixText = ({ wave, round, finding, files, epic }: FixSegment): string => {
  // Front matter has to be the first thing in a body, and the marker stands there: the scope is an issue form's heading.
  // A name that code cannot hold as it is leaves the scope open, which is slower but never too narrow.
  const plain = files.length > 0 && files.every((file) => SCOPE.test(file));
  const where = `The calibration of wave ${wave} of epic #${epic} (round ${round})`;
  const scope = plain ? [`### Files\n\n${files.map((file) => `- \`${file}\``).join('\n')}`] : [];
  return [
    ...(finding.mends ? leftText(where, finding.mends) : foundText(where, finding)),
    ...scope,
    `### Type\n\nfix`,
    `## Acceptance criteria\n\n${criteriaOf(finding)}`,
  ].join('\n\n');
};

const foundText = (where: string, { check, subject, detail }: Finding): readonly string[] => [
  `${where} found that the merged whole is not right: ${inline(check, 20)} ${inline(subject, 80)}.`,
  'Each segment was green by itself. Mend the cause where it is; do not weaken the check.',
  'What the check said:',
  block(detail, { max: 8_000 }),
];

const leftText = (where: string, { issue }: Mends): readonly string[] => [
  `${where} found criteria of #${issue} that are open and without evidence.`,
  `Meet each of them, or show the test that proves that it is met already. With its evidence here, swarm ticks it in #${issue}.`,
];

/** One for each that is open elsewhere, in their order: by that swarm knows which is which. */
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

/** The title of an issue that swarm makes. */
export const titleOf = (notice: Notice): string => {
  switch (notice.kind) {
    case 'fix segment':
      // Wave and round first: the branch is named after the beginning of this, and two fixes must not share one.
      return `Fix: wave ${notice.wave}${notice.round > 1 ? ` round ${notice.round}` : ''}, ${clip(oneLine(notice.finding.subject), 80)}`;
    case 'follow-up segment':
      return clip(oneLine(notice.what.trim().split('\n', 1).join('')), 100) || 'Follow-up';
    default:
      return clip(oneLine(notice.kind), 100);
  }
};
