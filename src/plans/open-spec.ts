/**
 * The `tasks.md` of a change in OpenSpec: numbered sections with items such as `- [ ] 1.2 Add the route`. A section is what
 * one would review at once, so it is a segment, and its items are the criteria.
 *
 * @see https://github.com/Fission-AI/OpenSpec
 */
import {
  contextFront,
  criterionOf,
  type DraftSegment,
  finishDraft,
  type Imported,
  Notes,
  paragraphs,
  titleOf,
} from './draft.ts';
import { type Item, outlineOf, type Section, textBelow } from './outline.ts';

const NUMBERED = /^\d{1,3}(?:\.\d{1,3})+[.:)]?\s+\S/;
const SECTION = /^(\d{1,3})[.:)]?\s+(\S.*)$/;

export const isOpenSpec = (source: string): boolean =>
  outlineOf(source).some(({ items }) => items.some(({ box, text }) => box !== undefined && NUMBERED.test(text)));

/**
 * @param change the change's name, that of its folder.
 * @param proposal the text of `proposal.md`; empty if there is none.
 */
export function readOpenSpec(
  source: string,
  file: string,
  change: string,
  proposal: string,
  documents: readonly string[],
): Imported {
  const notes = new Notes();
  const segments: DraftSegment[] = [];
  const taken = new Set<string>();
  for (const section of outlineOf(source)) {
    const boxes = section.items.filter(({ box }) => box !== undefined);
    for (const { text, line } of section.items.filter(({ box }) => box === undefined)) {
      notes.add('left out, because it has no box', { name: text, line });
    }
    if (boxes.length === 0 && section.text.some((line) => /[\p{L}\p{N}]/u.test(line))) {
      const name = section.title || 'the first lines';
      notes.add('has no boxes, so its text is not in the plan', { name, line: section.line });
    }
    const done = boxes.filter(({ box }) => box === 'done');
    for (const item of done) notes.add('left out, because it is ticked', { name: nameOf(item), line: item.line });
    const open = boxes.filter(({ box, text }) => box === 'open' && text !== '');
    if (open.length === 0) continue;
    segments.push(segmentOf(section, open, done, change, segments.at(-1), taken));
  }
  if (segments.length > 1) {
    notes.add(
      'OpenSpec does not say what can run at the same time, so each section waits for the one before. Remove `blocked-by` where it need not',
    );
  }
  const why = outlineOf(proposal);
  const heading = why
    .find(({ level }) => level === 1)
    ?.title.replace(/^(?:change|proposal)(?: proposal)?\s*[:–—-]\s*/i, '');
  const reason = why.find(({ title }) => /^why\b/i.test(title))?.all.join('\n') ?? '';
  const epic = {
    title: titleOf(heading || sentenceOf(change)).title,
    body: paragraphs(contextFront(documents), reason, `The change \`${change}\`.`),
    labels: [],
  };
  return finishDraft({ format: 'OpenSpec', file, epic, segments, notes });
}

function segmentOf(
  section: Section,
  open: readonly Item[],
  done: readonly Item[],
  change: string,
  before: DraftSegment | undefined,
  taken: Set<string>,
): DraftSegment {
  const [, number, words] = SECTION.exec(section.title) ?? [];
  const { title, whole } = titleOf(words ?? (section.level > 1 ? section.title : sentenceOf(change)));
  // Sections may have the same number, or none.
  const id = number !== undefined && !taken.has(number) ? number : undefined;
  if (id !== undefined) taken.add(id);
  const details = open.flatMap((item) => {
    const below = textBelow(item);
    return below === '' ? [] : [`${nameOf(item)}:\n\n${below}`];
  });
  return {
    ...{ id, key: `line ${section.line}`, name: section.title || 'the first section', line: section.line, title },
    waitsFor: before ? [before.key] : [],
    body: paragraphs(
      whole,
      section.text.join('\n'),
      ...details,
      done.length > 0 ? `Already done: ${done.map(({ text }) => text).join('; ')}` : '',
    ),
    criteria: open.map(({ text }) => criterionOf(text)),
  };
}

const nameOf = ({ text }: Item): string => /^\d{1,3}(?:\.\d{1,3})+/.exec(text)?.[0] ?? text;

/** `add-cart-totals` → `Add cart totals`. */
const sentenceOf = (name: string): string => {
  const words = name.replaceAll(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
