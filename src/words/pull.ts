/**
 * A segment's pull request in words: title, body, commit message, merge message.
 *
 * Commit and merge messages are not Markdown, so nothing can be quoted in them, and they land on the base branch. The only
 * foreign text in them is the issue's title, without anything that GitHub or a CI would act on. An agent's words appear
 * only in the body, in code, marked as the agent's own (threats T31, T32).
 */
import type { AgentPick, Isolation } from '#core/model/config';
import type { ReadyWork } from '#core/model/decision';
import { COMMIT_TYPES, type Segment } from '#core/model/epic';
import type {
  AgentSays,
  Course,
  GateResult,
  GateVerdict,
  PullConflict,
  RefusedPlace,
  TestCounts,
} from '#core/model/report';
import { courseSection, networkSection, refusedIn, under } from './course.ts';
import { writeMarker } from './marker.ts';
import { block, cell, clip, fitting, inline, oneLine } from './safe.ts';
import { gatesSeen, numbersSeen, TREE_SEEN, testNamesSeen } from './sight.ts';
import { count, duration, enumerate, mention, money, named, sayPick } from './voice.ts';

/** The longest subject of a commit that GitHub shows in full. */
const SUBJECT_MAX = 72;
const CONVENTIONAL = new RegExp(`^(?:${COMMIT_TYPES.join('|')})(?:\\([^()]{0,60}\\))?!?:\\s*`, 'i');
const SKIP_TOKENS =
  /\[\s*(?:skip|no)[\s-]+(?:ci|actions|build)\s*\]|\[\s*(?:ci|actions|build)[\s-]+skip\s*\]|\*{3}\s*no_ci\s*\*{3}/gi;

/**
 * Other people's text for a commit message: one line in which no reference closes an issue, no name is mentioned, no token
 * skips CI and no trailer begins. The words stay readable; only what would act is removed.
 */
export const commitText = (text: string): string => {
  let words = oneLine(text);
  // Removing one token can create another one. Each round makes the text shorter.
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

/** An epic without sub-issues is its own segment, and stays open until a person accepts it, so it is not closed here. */
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

/** The trailer that says which attempt made a commit. */
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

/** The message of the commit that keeps unpublished work, with the reason in one sentence. */
export const keptMessage = (facts: CommitFacts, reason: { readonly what: string; readonly code: string }): string => {
  const [subject = '', ...rest] = commitMessage(facts).split('\n');
  const why = clip(commitText(reason.what), 300);
  // If a person merged it by hand, it would close an issue that is not done.
  const trailers = rest.filter((line) => line !== closing(facts.segment, facts.epic));
  return [subject, '', `Kept, not published: ${why} (${reason.code})`, ...trailers].join('\n');
};

/** @param url the repository's */
export const pullFactsOf = (
  { attempt, report, segment, epic, wave, base, approvals, owner }: ReadyWork,
  url: string,
): PullFacts => ({
  ...report,
  segment,
  epic: epic.number,
  epicTitle: epic.title,
  wave,
  attempt: attempt.id,
  agentName: attempt.name,
  attemptNumber: attempt.number,
  ...(attempt.by ? { by: attempt.by } : {}),
  base,
  approvals,
  owner,
  runUrl: `${url}/actions/runs/${report.runId}`,
});

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
  /** Its wave in the plan, if known. */
  readonly wave?: { readonly number: number; readonly of: number };
  /** The attempt's readable name, such as BlueLake. */
  readonly agentName: string;
  readonly attemptNumber: number;
  /** The agent and the model that worked, if the config leaves a choice between attempts. */
  readonly by?: AgentPick;
  readonly tries: number;
  readonly base: string;
  readonly validation: readonly GateResult[];
  readonly refused?: readonly RefusedPlace[];
  /** Changed files that affect how gates run; a person has to review them (R11.5). */
  readonly attention: readonly string[];
  /** Lines that do not look like what they are. */
  readonly suspicious?: readonly string[];
  readonly conflicts?: readonly PullConflict[];
  readonly agent: AgentSays;
  readonly course?: Course;
  /** The walls around its agents and gates. */
  readonly isolation?: Isolation;
  readonly costUsd?: number;
  readonly durationMs: number;
  /** How many people have to approve; 0 means that it merges when green. */
  readonly approvals: number;
  /** The login of the person to mention. */
  readonly owner: string;
  readonly runUrl?: string;
}

/** The body of a segment's pull request (SPEC R6.1), always below `BODY_MAX`: long lists show fewer rows. */
export const pullBody = (facts: PullFacts): string => fitting((share) => renderPull({ ...facts, share }));

interface SharedFacts extends PullFacts {
  /** The part of the rows and characters to show, from 1 down. */
  readonly share: number;
}

const renderPull = (facts: SharedFacts): string => {
  const sections = [
    lead(facts),
    howToDecide(facts),
    conflictsSection(facts),
    criteriaSection(facts),
    under(gatesTable(facts.validation), gatesSeen(facts)),
    facts.course ? courseSection(facts.course, facts.share, facts) : '',
    networkSection(refusedIn(facts), facts.share),
    attentionSection(facts),
    suspiciousSection(facts),
    assumptionsSection(facts),
    agentSection(facts),
    footer(facts),
  ];
  return `${writeMarker({ kind: 'pull', key: facts.attempt })}\n${sections.filter((section) => section !== '').join('\n\n')}\n`;
};

const lead = ({ segment, epic, epicTitle, wave, files }: PullFacts): string => {
  const waveText = wave === undefined ? '' : `, wave ${wave.number} of ${wave.of}`;
  return [
    closing(segment, epic),
    `**What** ${named(segment.number, segment.title, 120)}, in ${count(files.length, 'file')}.`,
    `**Why** It is a segment of epic ${named(epic, epicTitle, 120)}${waveText}.`,
  ].join('\n\n');
};

const howToDecide = ({ approvals, owner }: PullFacts): string =>
  approvals === 0
    ? '**To decide** Nothing: it merges when its checks are green. **Request changes** or `/reject REASON` stops it and sends it back to the agent.'
    : [
        `**To decide** ${mention(owner)}The latest commit needs ${count(approvals, 'approval')} from people with write access:`,
        '- **Approve** in a review, or comment `/approve`: it merges when its checks are green.',
        '- **Request changes** in a review, or comment `/reject REASON`: your words and your line comments go back to the agent, which continues on this branch.',
      ].join('\n');

const conflictsSection = ({ conflicts = [], share }: SharedFacts): string =>
  conflicts.length === 0
    ? ''
    : [
        '### ⚠️ Conflicts with open pull requests',
        '',
        'They change the same lines. Whichever of the two is merged second goes back to its agent first.',
        '',
        ...conflicts.slice(0, Math.ceil(20 * share)).map(
          ({ pull, files }) =>
            `- PR #${pull}: ${enumerate(
              files.map((file) => inline(file, 120)),
              5,
            )}`,
        ),
      ].join('\n');

const CRITERIA_SHOWN = 40;

const criteriaSection = (facts: SharedFacts): string => {
  const { segment, agent, course, share } = facts;
  const criteria = segment.spec.criteria;
  if (criteria.length === 0) return '### Acceptance criteria\n\nThe issue lists none.';
  const evidence = new Map(agent.criteria.map(({ id, evidence: words }) => [id, words]));
  const shown = Math.ceil(CRITERIA_SHOWN * share);
  const pair = course?.pair.kind === 'written' ? course.pair.criteria : [];
  const tests = new Map(pair.map(({ id, tests: names }) => [id, names.join(', ')]));
  const rows = criteria.slice(0, shown).map(({ id, text, state }) => {
    const words = evidence.get(id);
    const proof = words?.trim() ? cell(words, 200) : state === 'met' ? 'ticked in the issue' : '⚠️ none given';
    const test = pair.length === 0 ? '' : ` ${cell(tests.get(id) || 'no test names it', 160)} |`;
    return `| ${cell(id, 20)} | ${cell(text, 160)} |${test} ${proof} |`;
  });
  const left = criteria.length - shown;
  return [
    '### Acceptance criteria',
    '',
    pair.length === 0
      ? "| id | criterion | evidence, in the agent's words |"
      : "| id | criterion | test that names it | evidence, in the agent's words |",
    pair.length === 0 ? '|---|---|---|' : '|---|---|---|---|',
    ...rows,
    ...(left > 0 ? ['', `… and ${count(left, 'more', 'more')} in the issue.`] : []),
    ...(criteria.every(({ id, state }) => state === 'met' || evidence.get(id)?.trim())
      ? []
      : [
          '',
          `A criterion without evidence stays open after the merge, and the calibration of the wave asks for it. If you have seen that it is met, tick it in #${segment.number}.`,
        ]),
    ...(pair.length === 0 ? [] : ['', testNamesSeen(facts)]),
  ].join('\n');
};

export const VERDICT_MARKS: Readonly<Record<GateVerdict, string>> = {
  pass: '✅ pass',
  fail: '❌ fail',
  'failed before': '⚠️ fails as before',
  'timed out': '⏳ timed out',
  'not applicable': 'not applicable',
};

/** A link to everything that a job's agents and gates printed. */
export const artefactLink = (url: string): string =>
  isPlainUrl(url) ? `[the run's artefact](${url})` : "the run's artefact";

/** URLs of runs and artefacts look like this: without encoded characters, query or fragment. */
const isPlainUrl = (url: string): boolean => /^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w.-]+)*$/.test(url);

const sayTests = ({ run, failed }: TestCounts): string =>
  failed === 0 ? count(run, 'test') : `${failed} of ${count(run, 'test')}`;

/** The gates' results on a clean checkout. If a gate does not apply, the command's column says why. */
export const gatesTable = (validation: readonly GateResult[], heading = '### Gates'): string => {
  if (validation.length === 0) return `${heading}\n\n⚠️ No gate ran.`;
  const rows = validation
    .slice(0, 40)
    .map(
      ({ gate, verdict, command, durationMs, tests }) =>
        `| ${cell(gate, 40)} | ${VERDICT_MARKS[verdict]}${tests ? `, ${sayTests(tests)}` : ''} | ${cell(command, 120)} | ${verdict === 'not applicable' ? '' : duration(durationMs)} |`,
    );
  const old = validation.filter(({ verdict }) => verdict === 'failed before').map(({ gate }) => cell(gate, 40));
  const told =
    old.length === 0
      ? []
      : [
          '',
          `⚠️ ${enumerate(old, 6)} failed on the base before this epic started, and ${old.length === 1 ? 'fails' : 'fail'} in the same way here. By the output, nothing else fails there. That does not count against this change, but somebody has to approve it.`,
        ];
  return [heading, '', '| gate | verdict | command | took |', '|---|---|---|---|', ...rows, ...told].join('\n');
};

const attentionSection = ({ attention, share }: SharedFacts): string =>
  attention.length === 0
    ? ''
    : [
        '### ⚠️ Review these yourself',
        '',
        "These change how the gates run, or weaken what they check. The gates above ran by the base branch's definitions.",
        '',
        ...listed(attention, Math.ceil(20 * share), 160),
        '',
        TREE_SEEN,
      ].join('\n');

const suspiciousSection = ({ suspicious = [], share }: SharedFacts): string =>
  suspicious.length === 0
    ? ''
    : ['### ⚠️ Easy to overlook', '', ...listed(suspicious, Math.ceil(20 * share), 200), '', TREE_SEEN].join('\n');

const assumptionsSection = ({ agent, share }: SharedFacts): string =>
  agent.assumptions.length === 0
    ? ''
    : ["### The agent's assumptions", '', ...listed(agent.assumptions, Math.ceil(20 * share), 400)].join('\n');

const listed = (items: readonly string[], max: number, itemMax: number): string[] => {
  const left = items.length - max;
  return [
    ...items.slice(0, max).map((item) => `- ${inline(item, itemMax)}`),
    ...(left > 0 ? [`- … and ${count(left, 'more', 'more')}`] : []),
  ];
};

const agentSection = ({ agent, files, share }: SharedFacts): string => {
  const names =
    files.length === 0
      ? ''
      : `\nFiles: ${enumerate(
          files.map((file) => inline(file, 120)),
          30,
        )}.`;
  return [
    "<details><summary>In the agent's words (not checked by swarm)</summary>",
    '',
    block(agent.summary, { max: 4_000 * share }),
    ...(agent.handoff === undefined
      ? []
      : ['', 'Handoff to the next segments:', '', block(agent.handoff, { max: 4_000 * share })]),
    names,
    '',
    '</details>',
  ].join('\n');
};

const footer = (facts: PullFacts): string => {
  const { agentName, attempt, attemptNumber, by, tries, base, isolation, course, costUsd, durationMs, runUrl } = facts;
  const parts = [
    `${inline(agentName, 40)}${by ? ` (${inline(sayPick(by), 140)})` : ''}, attempt ${attemptNumber} (${inline(attempt, 60)})`,
    `${count(tries, 'round')} of gates`,
    duration(durationMs),
    costUsd === undefined ? 'cost unknown' : money(costUsd),
    ...(isolation === undefined ? [] : [isolation === 'none' ? '**no isolation**' : `isolated by ${isolation}`]),
    ...(course?.network === undefined ? [] : [course.network.kind === 'open' ? '**open network**' : 'limited network']),
    `base ${inline(base, 120)}`,
    ...(runUrl !== undefined && isPlainUrl(runUrl) ? [`[run](${runUrl})`] : []),
  ];
  return `<sub>Swarm · ${parts.join(' · ')}. ${numbersSeen(facts, costUsd !== undefined)}</sub>`;
};
