/**
 * A segment's pull request in words: title, body, commit message, merge message.
 *
 * Commit and merge messages are not Markdown, and land on the base branch: nothing quotes there, so nobody's text goes
 * in but the issue's title, and that without anything GitHub or a CI would act on. An agent's words appear in the body
 * alone, in code, marked as its own (threats T31, T32).
 */
import { COMMIT_TYPES, type Segment } from '#core/model/epic';
import type { AgentSays, Course, GateResult, GateVerdict } from '#core/model/report';
import { courseSection } from './course.ts';
import { writeMarker } from './marker.ts';
import { block, cell, clip, fitting, inline, oneLine } from './safe.ts';
import { count, duration, enumerate, money, named } from './voice.ts';

/** Longest first line of a commit message that GitHub shows whole. */
const SUBJECT_MAX = 72;
const CONVENTIONAL = new RegExp(`^(?:${COMMIT_TYPES.join('|')})(?:\\([^()]{0,60}\\))?!?:\\s*`, 'i');
const SKIP_TOKENS =
  /\[\s*(?:skip|no)[\s-]+(?:ci|actions|build)\s*\]|\[\s*(?:ci|actions|build)[\s-]+skip\s*\]|\*{3}\s*no_ci\s*\*{3}/gi;

/**
 * Somebody's words for a commit message: one line in which no reference closes an issue, no name is mentioned, no token
 * keeps a CI from running and no trailer begins. Words stay readable; what is dropped is only what acts.
 */
export const commitText = (text: string): string => {
  let words = oneLine(text);
  // Taking one token out can put another together; each round is shorter.
  for (let before = ''; before !== words; ) {
    before = words;
    words = words.replace(SKIP_TOKENS, ' ');
  }
  return words
    .replace(/\[(?=[^[\]]*\b(?:skip|no|ci)\b)([^[\]]*)\]/gi, '($1)')
    .replace(/\*{2,}/g, '*')
    .replace(/skip-checks\s*:/gi, 'skip-checks')
    .replace(/\b[a-z][a-z0-9+.-]{0,20}:\/\/\S*/gi, '(link)')
    .replace(/(\w?)#(?=\d)/g, (_, before: string) => (before === '' ? 'no. ' : `${before} no. `))
    .replace(/\bGH-(?=\d)/gi, 'GH ')
    .replace(/@+(?=[A-Za-z0-9])/g, '')
    .replace(/\b(signed-off-by|co-authored-by)\s*:/gi, '$1')
    .replace(/\s+/g, ' ')
    .trim();
};

/**
 * The title of a segment's pull request and the first line of its commits: `feat(cart): add the cart`
 * (Conventional Commits 1.0.0), composed from the issue alone.
 */
export const pullTitle = (segment: Segment): string => {
  const { type, commitScope, slug } = segment.spec;
  const scope = commitScope === undefined ? '' : commitText(commitScope).replace(/[()]/g, '').slice(0, 30);
  const prefix = `${type}${scope === '' ? '' : `(${scope})`}: `;
  const words = commitText(segment.title).replace(CONVENTIONAL, '').replace(/\.+$/, '');
  const subject = words === '' ? commitText(slug.replaceAll('-', ' ')) : words;
  // `Add` becomes `add`, `API` and `OAuth` stay.
  const lowered = /^\p{Lu}\p{Ll}/u.test(subject) ? subject.charAt(0).toLowerCase() + subject.slice(1) : subject;
  return `${prefix}${clip(lowered === '' ? `segment ${segment.number}` : lowered, SUBJECT_MAX - prefix.length)}`;
};

/** An epic without sub-issues is its own segment, and stays open until a person accepts it. */
const closing = (segment: Segment, epic: number): string =>
  `${segment.number === epic ? 'For' : 'Closes'} #${segment.number}`;

export interface CommitFacts {
  readonly segment: Segment;
  readonly epic: number;
  /** The attempt's id. */
  readonly attempt: string;
  readonly files: readonly string[];
}

const CHANGES_SHOWN = 20;

/** Says in a commit's message whose it is. */
export const attemptLine = (attempt: string): string => `Swarm-Attempt: ${commitText(attempt)}`;

/** The message of the commit that publish makes: subject, the files as a list, trailers (SPEC R5.2). */
export const commitMessage = ({ segment, epic, attempt, files }: CommitFacts): string => {
  const left = files.length - CHANGES_SHOWN;
  const changes = files.slice(0, CHANGES_SHOWN).map((file) => `- ${clip(commitText(file), 120)}`);
  if (left > 0) changes.push(`- and ${count(left, 'more file')}`);
  return [
    pullTitle(segment),
    ...(changes.length > 0 ? ['', ...changes] : []),
    '',
    `Swarm-Epic: ${epic}`,
    attemptLine(attempt),
    closing(segment, epic),
    '',
  ].join('\n');
};

/** The message of the commit on which work is kept that was not published, with the reason in one sentence. */
export const keptMessage = (facts: CommitFacts, reason: { readonly what: string; readonly code: string }): string => {
  const [subject = '', ...rest] = commitMessage(facts).split('\n');
  const why = clip(commitText(reason.what), 300);
  // Merged by hand one day, it would close an issue that it does not do.
  const trailers = rest.filter((line) => line !== closing(facts.segment, facts.epic));
  return [subject, '', `Kept, not published: ${why} (${reason.code})`, ...trailers].join('\n');
};

export interface MergeFacts {
  readonly segment: Segment;
  readonly epic: number;
  readonly pull: number;
  readonly approvedBy: readonly string[];
}

/** Title and message for the merge of a pull request, whichever method is used. */
export const mergeMessage = ({ segment, epic, pull, approvedBy }: MergeFacts): { title: string; message: string } => ({
  title: `${clip(pullTitle(segment), SUBJECT_MAX)} (#${pull})`,
  message: [
    ...(approvedBy.length === 0 ? [] : [`Approved-by: ${approvedBy.map(commitText).join(', ')}`]),
    `Swarm-Epic: ${epic}`,
    closing(segment, epic),
  ].join('\n'),
});

export interface PullFacts extends CommitFacts {
  readonly epicTitle: string;
  /** Where it stands in the plan, where that is known. */
  readonly wave?: { readonly number: number; readonly of: number };
  /** The attempt's name that people tell it apart by: BlueLake. */
  readonly agentName: string;
  readonly attemptNumber: number;
  readonly tries: number;
  readonly base: string;
  readonly validation: readonly GateResult[];
  /** Changed files that change how gates run; a person has to look (R11.5). */
  readonly attention: readonly string[];
  /** What eyes pass over: lines that do not look like what they are. */
  readonly suspicious?: readonly string[];
  readonly agent: AgentSays;
  readonly course?: Course;
  readonly costUsd?: number;
  readonly durationMs: number;
  /** Approvals by people that are needed; 0 merges when green. */
  readonly approvals: number;
  readonly runUrl?: string;
}

/** The body of a segment's pull request (SPEC R6.1), for any input below `BODY_MAX`: long lists show fewer rows. */
export const pullBody = (facts: PullFacts): string => fitting((share) => renderPull({ ...facts, share }));

interface Shared extends PullFacts {
  /** Of the rows and characters that are shown at most, from 1 down. */
  readonly share: number;
}

const renderPull = (facts: Shared): string => {
  const sections = [
    lead(facts),
    howToDecide(facts),
    criteriaSection(facts),
    gatesTable(facts.validation),
    facts.course ? courseSection(facts.course, facts.share) : '',
    attentionSection(facts),
    suspiciousSection(facts),
    assumptionsSection(facts),
    agentSection(facts),
    footer(facts),
  ];
  return `${writeMarker({ kind: 'pull', key: facts.attempt })}\n${sections.filter((section) => section !== '').join('\n\n')}\n`;
};

const lead = ({ segment, epic, epicTitle, wave, files }: PullFacts): string => {
  const place = wave === undefined ? '' : `, wave ${wave.number} of ${wave.of}`;
  return [
    closing(segment, epic),
    `**What** ${named(segment.number, segment.title, 120)}, in ${count(files.length, 'file')}.`,
    `**Why** It is a segment of epic ${named(epic, epicTitle, 120)}${place}.`,
  ].join('\n\n');
};

const howToDecide = ({ approvals }: PullFacts): string =>
  approvals === 0
    ? '**To decide** Nothing: it merges when its checks are green. **Request changes** or `/reject why` stops it and sends it back.'
    : [
        `**To decide** ${count(approvals, 'approval')} by people with write access, for the latest commit:`,
        '- **Approve** in a review, or comment `/approve`: it merges when its checks are green.',
        '- **Request changes** in a review, or comment `/reject why`: your words and the comments on lines go back to the agent, and it works on in this branch.',
      ].join('\n');

const CRITERIA_SHOWN = 40;

const criteriaSection = ({ segment, agent, course, share }: Shared): string => {
  const criteria = segment.spec.criteria;
  if (criteria.length === 0) return '### Acceptance criteria\n\nThe issue names none.';
  const evidence = new Map(agent.criteria.map(({ id, evidence: words }) => [id, words]));
  const shown = Math.ceil(CRITERIA_SHOWN * share);
  const pair = course?.pair.kind === 'written' ? course.pair.criteria : [];
  const tests = new Map(pair.map(({ id, tests: places }) => [id, places.join(', ')]));
  const rows = criteria.slice(0, shown).map(({ id, text }) => {
    const words = evidence.get(id);
    const said = words === undefined ? '⚠️ none given' : cell(words, 200);
    const place = pair.length === 0 ? '' : ` ${cell(tests.get(id) || 'no test names it', 160)} |`;
    return `| ${cell(id, 20)} | ${cell(text, 160)} |${place} ${said} |`;
  });
  const left = criteria.length - shown;
  return [
    '### Acceptance criteria',
    '',
    pair.length === 0
      ? '| id | criterion | evidence, in the words of the agent |'
      : '| id | criterion | test that names it | evidence, in the words of the agent |',
    pair.length === 0 ? '|---|---|---|' : '|---|---|---|---|',
    ...rows,
    ...(left > 0 ? ['', `… and ${count(left, 'more', 'more')} in the issue.`] : []),
  ].join('\n');
};

export const VERDICT_MARKS: Readonly<Record<GateVerdict, string>> = {
  pass: '✅ pass',
  fail: '❌ fail',
  'timed out': '⏳ timed out',
  'not applicable': 'not applicable',
};

/** Where all is that a job's agents and gates printed. */
export const artefactLink = (url: string): string =>
  isPlainUrl(url) ? `[the run's artefact](${url})` : "the run's artefact";

/** As the addresses of runs and of what they keep are: nothing in one is encoded, asked for or cut off. */
const isPlainUrl = (url: string): boolean => /^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w.-]+)*$/.test(url);

/** Gates as swarm saw them on a clean checkout. For a gate that does not apply, the second column says why. */
export const gatesTable = (validation: readonly GateResult[], heading = '### Gates'): string => {
  if (validation.length === 0) return `${heading}\n\n⚠️ No gate ran.`;
  const rows = validation
    .slice(0, 40)
    .map(
      ({ gate, verdict, command, durationMs }) =>
        `| ${cell(gate, 40)} | ${VERDICT_MARKS[verdict]} | ${cell(command, 120)} | ${verdict === 'not applicable' ? '' : duration(durationMs)} |`,
    );
  return [heading, '', '| gate | verdict | command | took |', '|---|---|---|---|', ...rows].join('\n');
};

const attentionSection = ({ attention, share }: Shared): string =>
  attention.length === 0
    ? ''
    : [
        '### ⚠️ Look at these yourself',
        '',
        'They change how the gates run, or what they see; the gates above ran by the definitions of the base branch.',
        '',
        ...listed(attention, Math.ceil(20 * share), 160),
      ].join('\n');

const suspiciousSection = ({ suspicious = [], share }: Shared): string =>
  suspicious.length === 0
    ? ''
    : ['### ⚠️ Easy to overlook', '', ...listed(suspicious, Math.ceil(20 * share), 200)].join('\n');

const assumptionsSection = ({ agent, share }: Shared): string =>
  agent.assumptions.length === 0
    ? ''
    : ['### Assumed by the agent', '', ...listed(agent.assumptions, Math.ceil(20 * share), 400)].join('\n');

const listed = (items: readonly string[], max: number, each: number): string[] => {
  const left = items.length - max;
  return [
    ...items.slice(0, max).map((item) => `- ${inline(item, each)}`),
    ...(left > 0 ? [`- … and ${count(left, 'more', 'more')}`] : []),
  ];
};

const agentSection = ({ agent, files, share }: Shared): string => {
  const names =
    files.length === 0
      ? ''
      : `\nFiles: ${enumerate(
          files.map((file) => inline(file, 120)),
          30,
        )}.`;
  return [
    '<details><summary>In the words of the agent (not checked by swarm)</summary>',
    '',
    block(agent.summary, { max: 4_000 * share }),
    ...(agent.handoff === undefined
      ? []
      : ['', 'Handoff to what comes next:', '', block(agent.handoff, { max: 4_000 * share })]),
    names,
    '',
    '</details>',
  ].join('\n');
};

const footer = ({ agentName, attempt, attemptNumber, tries, base, costUsd, durationMs, runUrl }: PullFacts): string => {
  const parts = [
    `${inline(agentName, 40)}, attempt ${attemptNumber} (${inline(attempt, 60)})`,
    `${count(tries, 'round')} of gates`,
    duration(durationMs),
    costUsd === undefined ? 'cost not told' : money(costUsd),
    `base ${inline(base, 120)}`,
    ...(runUrl !== undefined && isPlainUrl(runUrl) ? [`[run](${runUrl})`] : []),
  ];
  return `<sub>Swarm · ${parts.join(' · ')}</sub>`;
};
