/** The words of `/swarm import`: what it would do, and what it did. */
import type { Source } from '#core/model/epic';
import type { ImportLink, Left } from '#core/model/journal/import';
import type { Notice } from '#core/model/notice';
import { refText } from '#core/text/markdown';
import { diagnosticsList } from '../problems.ts';
import { saySource } from '../readings.ts';
import { inline } from '../safe.ts';
import { count, enumerate } from '../voice.ts';

type Of<Kind extends Notice['kind']> = Extract<Notice, { readonly kind: Kind }>;

/** How many lines of each kind are shown. */
const SHOWN = 100;

export const importText = ({ epic, found, errors }: Of<'import'>, url: string): string => {
  const { children, links, left } = found;
  const tasks = children.map(({ issue, line }) => `#${issue} (line ${line})`);
  return [
    children.length + links.length === 0
      ? '📥 There is nothing to import: no text says more than the links on GitHub do, as far as Swarm can read it and GitHub takes it.'
      : `📥 \`/swarm import\` would create ${amount(children.length, links.length)}. Nothing is changed yet; comment \`/swarm import yes\` to create them.`,
    children.length === 0 ? '' : `**Sub-issues of #${epic}**, from its task list: ${enumerate(tasks, SHOWN)}.`,
    section('"Blocked by" links', links.map(sayLink)),
    section('Left as they are', left.map(sayLeft)),
    errors.length === 0 ? '' : `**First** fix what is wrong with the plan:\n${diagnosticsList(errors, { url })}`,
    'Texts stay as they are. A dependency that is said twice counts once, and sub-issues count instead of a task list.',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
};

export const importedText = ({ by, children, links, refused }: Of<'imported'>): string =>
  [
    `✅ Imported, as ${inline(by, 60)} asked: ${amount(children.length, links.length)}.`,
    section(
      'Not imported',
      refused.map(
        ({ from, on, says }) =>
          `${on === undefined ? `#${from} as a sub-issue` : `#${from} blocked by #${on}`}: ${says === '' ? 'GitHub does not show it' : inline(says, 300)}`,
      ),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n');

const amount = (children: number, links: number): string =>
  enumerate([
    ...(children > 0 || links === 0 ? [count(children, 'sub-issue')] : []),
    ...(links > 0 ? [count(links, '"Blocked by" link')] : []),
  ]);

const section = (heading: string, lines: readonly string[]): string => {
  if (lines.length === 0) return '';
  const more = lines.length - SHOWN;
  return [
    `**${heading}**`,
    ...lines.slice(0, SHOWN).map((line) => `- ${line}`),
    ...(more > 0 ? [`- … and ${count(more, 'more', 'more')}`] : []),
  ].join('\n');
};

const place = (source: Source | undefined): string => (source ? ` (${saySource(source)})` : '');

const sayLink = ({ from, on, source }: ImportLink): string => `#${from} blocked by #${on}${place(source)}`;

const LINK_LEFT = {
  'another repository': 'it is in another repository',
  'no issue': 'Swarm finds no such issue',
  'pull request': 'it is a pull request',
} as const;

const TASK_LEFT = {
  'no issue': 'Swarm finds no such issue here',
  'other parent': 'it is a sub-issue of another issue',
  'too many': 'GitHub allows 100 sub-issues of one issue',
  others: 'others in the list cannot become sub-issues, and would not be in the epic any more',
} as const;

const sayLeft = (left: Left): string =>
  left.kind === 'task'
    ? `#${left.issue} (line ${left.line}): ${TASK_LEFT[left.why]}`
    : `#${left.from} blocked by ${left.on.repository ? inline(refText(left.on)) : refText(left.on)}${place(left.source)}: ${LINK_LEFT[left.why]}`;
