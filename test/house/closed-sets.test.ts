/**
 * Closed sets are closed: every variant is made somewhere in `src`, and has words or is performed. A variant that nothing
 * makes is a promise that nobody keeps, with a page in the docs.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../src/core/model/problem.ts';
import { type ClosedSet, examine, type Findings } from './kinds.ts';
import { read } from './sources.ts';

const model = 'src/core/model';
const words = 'src/words/';

const SETS: readonly ClosedSet[] = [
  { name: 'Problem', file: `${model}/problem.ts`, words: 'src/words/problems/' },
  { name: 'Notice', file: `${model}/notice.ts`, words },
  { name: 'Progress', file: `${model}/progress.ts`, words },
  { name: 'WaitReason', file: `${model}/progress.ts`, words },
  { name: 'ReviewWait', file: `${model}/progress.ts`, words },
  { name: 'Need', file: `${model}/board.ts`, words },
  // The log of events shows the kind as it is.
  { name: 'Event', file: `${model}/board.ts`, words: undefined },
  { name: 'Decision', file: `${model}/decision.ts`, words: 'src/github/' },
  { name: 'Reason', file: `${model}/decision.ts`, words },
  { name: 'NotNow', file: `${model}/problem/faults.ts`, words },
  { name: 'BranchFault', file: `${model}/problem/faults.ts`, words },
  { name: 'FrontMatterFault', file: `${model}/problem/faults.ts`, words },
  { name: 'SpecExpected', file: `${model}/problem/faults.ts`, words },
];

describe('every variant', () => {
  let found: ReadonlyMap<string, Findings>;
  beforeAll(() => {
    found = examine(SETS);
  });

  it.each(SETS)('of $name is made, and has words', ({ name }) => {
    const { variants, unmade, wordless } = found.get(name) ?? { variants: [], unmade: undefined, wordless: undefined };
    expect(variants.length).toBeGreaterThan(4);
    expect({ unmade, wordless }).toEqual({ unmade: [], wordless: [] });
  });

  it('of the problems is a row of their table', () => {
    expect(found.get('Problem')?.variants).toEqual(Object.keys(PROBLEMS).sort());
  });
});

describe('planted', () => {
  let found: ReadonlyMap<string, Findings>;
  const appended = (path: string, text: string) => ({ [path]: `${read(path)}\n${text}\n` });
  beforeAll(() => {
    found = examine(SETS, {
      [`${model}/progress.ts`]: read(`${model}/progress.ts`).replace(
        'export type WaitReason =',
        "export type WaitReason = | { readonly kind: 'full moon' }",
      ),
      [`${model}/notice.ts`]: read(`${model}/notice.ts`).replace(
        'export type Notice =',
        "export type Notice = | { readonly kind: 'good morning'; readonly to: string }",
      ),
      [`${model}/problem.ts`]: read(`${model}/problem.ts`).replace(
        'export const PROBLEMS = {',
        'export const PROBLEMS = { TOO_LATE: {},',
      ),
      ...appended('src/words/panel.ts', "export const planted: WaitReason = { kind: 'full moon' };"),
      ...appended(
        'src/core/decide/accept.ts',
        "export const planted = (kind: 'good morning'): Notice => ({ kind, to: 'ana' });",
      ),
      ...appended('src/github/perform.ts', "const planted = (kind: string) => kind === 'TOO_LATE';"),
    });
  });

  it('a reason to wait that only the words make is found, and has no words', () => {
    expect(found.get('WaitReason')).toMatchObject({ unmade: ['full moon'], wordless: ['full moon'] });
  });

  it('a notice that is made, by a variable too, has no words', () => {
    expect(found.get('Notice')).toMatchObject({ unmade: [], wordless: ['good morning'] });
  });

  it('a problem that is only compared with is not made', () => {
    expect(found.get('Problem')).toMatchObject({ unmade: ['TOO_LATE'], wordless: ['TOO_LATE'] });
  });

  it('the other sets are as they were', () => {
    expect(found.get('Reason')).toMatchObject({ unmade: [], wordless: [] });
  });
});
