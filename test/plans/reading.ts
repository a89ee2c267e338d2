/** What a test looks at in an import: the plan as its file has it, the notes as a person reads them, or the fault. */
import { expect } from 'vitest';
import { type Imported, importLines } from '../../src/plans/draft.ts';
import { readPlanFile } from '../../src/plans/plan-file.ts';
import { writePlanFile } from '../../src/plans/write.ts';
import { Fault, formatFault } from '../../src/words/fault.ts';

/** The plan file. It is read as the plan that was imported. */
export function fileOf({ plan }: Imported): string {
  const text = writePlanFile(plan);
  expect(readPlanFile(text, 'epic.yml')).toEqual(plan);
  return text;
}

export const saidOf = (imported: Imported): string => importLines(imported, 'tasks').join('\n');

/** By name, what each segment waits for. */
export const waitsOf = ({ plan }: Imported): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    plan.segments.map(({ name, from, blockedBy }) => [
      from ?? name,
      blockedBy.map((on) => plan.segments.find((each) => each.name === on)?.from ?? on),
    ]),
  );

export function faultOf(run: () => unknown): string {
  try {
    run();
  } catch (fault) {
    if (fault instanceof Fault) return formatFault(fault);
    throw fault;
  }
  return 'no fault';
}
