/**
 * Guards that must not go without a test: each is removed here by hand, and the test that it names must fail then.
 * `npm run mutate -- --planted` removes them one by one.
 */
import type { Planted } from '../../tools/mutate/planted.ts';

export const PLANTED: readonly Planted[] = [
  {
    name: 'a text that changed after it was authorised runs',
    file: 'src/core/decide/progress.ts',
    find: 'journal.authorisation?.segments[issue.number]?.digest !== issue.digest',
    replace: 'issue === undefined',
    test: 'test/core/decide.test.ts',
    title: 'a text changed after it was authorised is not run',
  },
  {
    name: 'an approval counts from a person who may only read',
    file: 'src/core/model/people.ts',
    find: "person.permission === 'admin' ||",
    replace: "person.permission === 'admin' || person.permission === 'read' ||",
    test: 'test/core/verdict.test.ts',
    title: 'who approved > somebody who may only read',
  },
  {
    name: 'an answer counts from a person who may only read',
    file: 'src/core/model/people.ts',
    find: "person.permission === 'admin' ||",
    replace: "person.permission === 'admin' || person.permission === 'read' ||",
    test: 'test/core/questions.test.ts',
    title: 'an answer by somebody who may only read is refused',
  },
];
