/**
 * A Markdown checklist: `- [ ] …`. Each item at the top is a segment, and the items below it are its criteria. A list has no
 * order, so nothing waits.
 */
import { criterionOf, type DraftSegment, finishDraft, type Imported, Notes, paragraphs, titleOf } from './draft.ts';
import { type Item, itemsBelow, lineOfItem, outlineOf, textBelow } from './outline.ts';

/** @param title the epic's, where the file has no heading of the first level. */
export function readChecklist(source: string, file: string, title: string): Imported {
  const notes = new Notes();
  const sections = outlineOf(source);
  const heading = sections.find(({ level }) => level === 1);
  const segments: DraftSegment[] = [];
  for (const section of sections) {
    for (const item of section.items) {
      const place = { name: item.text, line: item.line };
      if (item.box === undefined) notes.add('left out, because it has no box', place);
      else if (item.box === 'done') notes.add('left out, because it is ticked', place);
      else if (item.text === '') notes.add('left out, because it is empty', { name: '- [ ]', line: item.line });
      else segments.push(segmentOf(item, section.level > 1 ? section.title : '', notes));
    }
    const isIntroduction = section.level === 0 || section === heading;
    if (!isIntroduction && section.text.some((line) => /[\p{L}\p{N}]/u.test(line))) {
      notes.add('has text beside its items that is not in the plan', { name: section.title, line: section.line });
    }
  }
  const introduction = [...new Set([sections[0], heading])].flatMap((section) => section?.text ?? []).join('\n');
  const epic = { title: titleOf(heading?.title || title).title, body: paragraphs(introduction), labels: [] };
  return finishDraft({ format: 'a checklist', file, epic, segments, notes });
}

function segmentOf(item: Item, heading: string, notes: Notes): DraftSegment {
  const { title, whole } = titleOf(item.text);
  const below = itemsBelow(item);
  for (const { text, line } of below.filter(({ box }) => box === 'done')) {
    notes.add('left out, because it is ticked', { name: text, line });
  }
  return {
    ...{ id: undefined, key: `line ${item.line}`, name: item.text, line: item.line, title, waitsFor: [] },
    body: paragraphs(
      whole,
      textBelow(item, () => false),
      heading === '' ? '' : `Part of: ${heading}`,
    ),
    criteria: below
      .filter(({ box, text }) => box !== 'done' && text !== '')
      .map((each) => criterionOf(lineOfItem(each))),
  };
}
