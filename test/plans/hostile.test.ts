/** No file makes a reader throw anything but a fault, or takes forever, and every plan can be read back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBeads } from '../../src/plans/beads-import.ts';
import { readChecklist } from '../../src/plans/checklist.ts';
import type { Imported } from '../../src/plans/draft.ts';
import { readOpenSpec } from '../../src/plans/open-spec.ts';
import { readSpecKit } from '../../src/plans/spec-kit.ts';
import { readTaskMaster } from '../../src/plans/task-master.ts';
import { expectSoon, filled } from '../cpu.ts';
import { faultOf, fileOf, saidOf } from './reading.ts';

const READERS: Readonly<Record<string, (text: string) => Imported>> = {
  'Spec Kit': (text) => readSpecKit(text, 'tasks.md', 'x', []),
  OpenSpec: (text) => readOpenSpec(text, 'tasks.md', 'x', text, []),
  'a checklist': (text) => readChecklist(text, 'todo.md', 'x'),
  'Task Master': (text) => readTaskMaster(text, 'tasks.json', 'x', undefined),
  Beads: (text) => readBeads(text, 'issues.jsonl', 'x', undefined),
};

const pieces = fc.constantFrom(
  '- [ ] ',
  '- [x] ',
  '  ',
  '\n',
  '\n\n',
  '# ',
  '## 1. ',
  'T001 ',
  'T002 ',
  '1.1 ',
  '[P] ',
  '(depends on T001)',
  '```',
  '<!--',
  '-->',
  '> ',
  '`src/a.ts`',
  'AC-1: ',
  '\r\n',
  '\u2028',
  '\t',
  '---',
  'a: b',
  '**',
  '日本',
);
const markdown = fc
  .array(fc.oneof({ weight: 4, arbitrary: pieces }, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 40 })
  .map((all) => `- [ ] T009 a\n${all.join('')}`);

test.each(['Spec Kit', 'OpenSpec', 'a checklist'])('as %s, any Markdown is a plan or a fault', (format) => {
  fc.assert(
    fc.property(markdown, (text) => {
      faultOf(() => {
        const imported = (READERS[format] as (text: string) => Imported)(text);
        saidOf(imported);
        fileOf(imported);
      });
    }),
    { numRuns: 300 },
  );
});

const id = fc.constantFrom('a', 'b', 'a.1', '__proto__', 'constructor', 'T 1', '');
const anything = fc.oneof(fc.jsonValue(), id);
const link = fc.oneof(
  fc.record({ depends_on_id: id, type: fc.constantFrom('blocks', 'parent-child', 'related', 'x') }),
  fc.jsonValue(),
);
const bead = fc.record(
  {
    id,
    title: fc.string({ unit: 'binary', maxLength: 300 }),
    description: anything,
    acceptance_criteria: anything,
    dependencies: fc.oneof(fc.array(link), anything),
    priority: anything,
    status: anything,
    metadata: anything,
    labels: anything,
    issue_type: anything,
    estimated_minutes: anything,
    parent: anything,
  },
  { requiredKeys: ['id', 'title'] },
);
const good = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  title: fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
  description: fc.string({ unit: 'binary' }),
  acceptance_criteria: markdown,
  dependencies: fc.array(
    fc.record({
      depends_on_id: fc.constantFrom('a', 'b', 'c'),
      type: fc.constantFrom('blocks', 'parent-child', 'related'),
    }),
    { maxLength: 2 },
  ),
});

test('as Beads, any issues are a plan or a fault', () => {
  const jsonl = (all: readonly unknown[]): string => all.map((each) => JSON.stringify(each)).join('\n');
  const beads = READERS.Beads as (text: string) => Imported;
  const isPlanOrFault = (text: string): boolean => {
    let imported: Imported | undefined;
    const fault = faultOf(() => {
      imported = beads(text);
    });
    if (imported) fileOf(imported);
    return fault !== 'no fault' || imported !== undefined;
  };
  fc.assert(fc.property(fc.array(bead, { maxLength: 4 }), (all) => isPlanOrFault(jsonl(all))));
  fc.assert(
    fc.property(fc.uniqueArray(good, { selector: (each) => each.id, maxLength: 4 }), (all) =>
      isPlanOrFault(jsonl(all)),
    ),
  );
});

const task = fc.record(
  {
    id,
    title: fc.string({ unit: 'binary', maxLength: 300 }),
    status: anything,
    dependencies: fc.oneof(fc.array(id), anything),
    subtasks: anything,
    details: anything,
    priority: anything,
  },
  { requiredKeys: ['id', 'title'] },
);

test('as tasks of Task Master, any JSON is a plan or a fault', () => {
  const read = READERS['Task Master'] as (text: string) => Imported;
  fc.assert(
    fc.property(
      fc.oneof(
        fc.record({ tasks: fc.array(task) }),
        fc.dictionary(id, fc.record({ tasks: fc.array(anything) })),
        fc.jsonValue(),
      ),
      (value) => {
        faultOf(() => fileOf(read(JSON.stringify(value))));
      },
    ),
  );
});

test.each(
  Object.entries(READERS).flatMap(([format, read]) =>
    [
      '- [ ] T001 ',
      '- [ ] a\n',
      ' - [ ] a\n',
      '[',
      '[[[ ]',
      '`',
      '<!--',
      '**',
      '# a\n',
      '{"tasks":[',
      '{"id":"a","title":"a"}\n',
      '- [ ] T001 (depends on T001-T999)\n',
      '\t- a\n',
    ].map((piece) => [format, piece, read] as const),
  ),
)('as %s, a file made to take forever ends soon: %j', (_, piece, read) => {
  const text = filled(piece, 256 * 1024);
  expectSoon(() => faultOf(() => read(text)), 10_000);
  expect(text.length).toBeGreaterThan(1_000);
});
