import { describe, expect, test } from 'vitest';
import type { Config } from '../../../src/core/model/config.ts';
import { issueNumber } from '../../../src/core/model/epic.ts';
import type { Plan, Track } from '../../../src/core/model/plan.ts';
import type { Issue } from '../../../src/core/model/snapshot.ts';
import { planEpic, planSegments } from '../../../src/core/plan/planner.ts';
import { tracksOf } from '../../../src/core/plan/tracks.ts';
import { config, issue } from '../facts.ts';
import { apart, type Facts, number, planOf, segment, segmentsOf } from '../schedule/segments.ts';

const epicOf = (issues: readonly Issue[], settings: Config = config(), body = 'The shop.'): Plan => {
  const { parent: _, ...epic } = issue(1, { body });
  return planEpic({ epic, issues, others: [], config: settings, fixes: {} });
};

/** `2 3 conflicts-with` for each overlap, with the globs that meet. */
const overlapsOf = ({ overlaps }: Pick<Plan, 'overlaps'>): readonly string[] =>
  overlaps.map(({ a, b, why }) => `${a} ${b} ${why.kind === 'files' ? `${why.a} ~ ${why.b}` : why.kind}`);

/** `A src/auth: 2 3` for each track. */
const told = (tracks: readonly Track[] = []): readonly string[] =>
  tracks.map(({ letter, name, segments }) => `${letter} ${name}: ${segments.join(' ')}`);

describe('overlaps', () => {
  const none: Facts = { files: [] };
  const alone: Facts = { parallel: false };

  test.each<[string, readonly Facts[], readonly string[], readonly string[]]>([
    ['no segments have none', [], [], []],
    ['segments with files of their own have none', [{}, {}, {}], [], []],
    ['two that share a file', [{ files: ['a'] }, { files: ['a'] }], [], ['2 3 a ~ a']],
    ['a stated conflict, whichever of the two states it', [{}, {}, {}], ['4 2'], ['2 4 conflicts-with']],
    ['a conflict that both state is one overlap', [{}, {}], ['2 3', '3 2'], ['2 3 conflicts-with']],
    ['a segment that conflicts with itself has none', [{}, {}], ['3 3'], []],
    [
      'a stated conflict is a stronger reason than files',
      [{ files: ['a'] }, { files: ['a'] }],
      ['3 2'],
      ['2 3 conflicts-with'],
    ],
    ['a segment without files overlaps all others', [{}, none, {}], [], ['2 3 scope unknown', '3 4 scope unknown']],
    ['a stated conflict is a stronger reason than no files', [{}, none], ['2 3'], ['2 3 conflicts-with']],
    ['a segment that runs alone overlaps all others', [{}, alone, {}], [], ['2 3 not parallel', '3 4 not parallel']],
    [
      'running alone is the strongest reason',
      [none, alone, { files: ['src/s3/**'] }],
      ['3 4'],
      ['2 3 not parallel', '2 4 scope unknown', '3 4 not parallel'],
    ],
    [
      'they are sorted by both numbers, whatever their reasons',
      [{ files: ['a'] }, {}, none, {}, { files: ['a'] }],
      ['5 2', '3 2'],
      [
        '2 3 conflicts-with',
        '2 4 scope unknown',
        '2 5 conflicts-with',
        '2 6 a ~ a',
        '3 4 scope unknown',
        '4 5 scope unknown',
        '4 6 scope unknown',
      ],
    ],
  ])('%s', (_, facts, conflicts, overlaps) => {
    expect(overlapsOf(planOf(segmentsOf(...facts), config(), { conflicts }))).toEqual(overlaps);
  });

  test('a proved overlap says nothing of doubt; a possible one says why it is possible', () => {
    const sure = planSegments(segmentsOf({ files: ['src/**'] }, { files: ['src/a/**'] }), config());
    expect(sure.overlaps).toStrictEqual([{ a: 2, b: 3, why: { kind: 'files', a: 'src/**', b: 'src/a/**' } }]);
    const possible = planSegments(segmentsOf({ files: ['src/**', '!src/a/x/**'] }, { files: ['src/a/**'] }), config());
    expect(possible.overlaps).toStrictEqual([
      { a: 2, b: 3, why: { kind: 'files', a: 'src/**', b: 'src/a/**', doubt: 'negation' } },
    ]);
  });
});

describe('waves', () => {
  const wavesOf = (facts: readonly Facts[], conflicts: readonly string[] = []): readonly string[] =>
    planOf(segmentsOf(...facts), config(), { conflicts }).waves.map(
      ({ number, tracks }) => `${number}: ${tracks.map(({ segments }) => `[${segments.join(' ')}]`).join(' ')}`,
    );

  test.each<[string, readonly Facts[], readonly string[]]>([
    ['no segments make no waves', [], []],
    [
      'a segment comes after the last of its blockers',
      [{}, { after: [2] }, { after: [2, 3] }],
      ['1: [2]', '2: [3]', '3: [4]'],
    ],
    [
      'segments on a cycle, and behind one, share the last wave',
      [{ after: [3] }, { after: [2] }, { after: [3] }, {}, { after: [5] }],
      ['1: [5]', '2: [6]', '3: [2] [3] [4]'],
    ],
    ['a cycle alone is the first wave', [{ after: [3] }, { after: [2] }], ['1: [2] [3]']],
    [
      'the longest remaining path stands first',
      [{ minutes: 5 }, { minutes: 9 }, { minutes: 6, after: [2] }],
      ['1: [2] [3]', '2: [4]'],
    ],
    ['of equal paths the more urgent stands first', [{}, { priority: 1 }, {}], ['1: [3] [2] [4]']],
    [
      'a fix segment stands in the wave that it repairs',
      [{}, { after: [2] }, { after: [3] }, { fixes: 2 }],
      ['1: [2]', '2: [3] [5]', '3: [4]'],
    ],
    [
      'a fix segment waits for its blocker in one wave with it',
      [{}, { after: [2] }, { fixes: 1, after: [3] }],
      ['1: [2]', '2: [3] [4]'],
    ],
    [
      'a segment waits for a fix segment in one wave with it',
      [{}, { after: [4] }, { fixes: 3 }],
      ['1: [2]', '3: [4] [3]'],
    ],
  ])('%s', (_, facts, waves) => {
    expect(wavesOf(facts)).toEqual(waves);
  });

  test('an overlap across waves makes no track, and hides none', () => {
    const files = ['src/a/**'];
    const facts = [{ files }, { files, after: [2] }, { files, after: [2] }, { after: [2] }];
    expect(wavesOf(facts, ['5 2'])).toEqual(['1: [2]', '2: [3 4] [5]']);
  });
});

describe('the forecast of a plan', () => {
  test('leaves fix segments out, even the longest', () => {
    const epic = segmentsOf({ minutes: 10 }, { minutes: 20, after: [2] });
    const fixes = [segment(4, { minutes: 90, fixes: 1 }), segment(5, { minutes: 90, fixes: 2, after: [4] })];
    expect(planSegments([...epic, ...fixes], config()).forecast).toEqual(planSegments(epic, config()).forecast);
  });

  test('learns from earlier epics', () => {
    const { forecast } = planOf(segmentsOf({}, {}), config(), {
      earlier: [50, 60, 70].map((minutes) => ({ worker: 'implementation', minutes })),
    });
    expect([forecast.criticalPathMinutes, forecast.basis]).toEqual([60, { kind: 'learned', segments: 3 }]);
  });
});

describe('the limit of waves', () => {
  const chain = (count: number): readonly Issue[] =>
    Array.from({ length: count }, (_, at) => issue(at + 2, at > 0 ? { blockedBy: [at + 1] } : {}));
  const limited = config({ limits: { ...config().limits, waves: 3 } });

  test('an epic may have as many waves as the limit, and not one more', () => {
    expect(epicOf(chain(3), limited).diagnostics).toEqual([]);
    expect(epicOf(chain(4), limited).diagnostics).toEqual([
      {
        level: 'error',
        problem: {
          kind: 'LIMIT_EXCEEDED',
          at: { issue: 1 },
          what: 'waves',
          found: 4,
          limit: 3,
          configKey: 'limits.waves',
        },
      },
    ]);
  });

  test('an epic that has only a pull request below it has no segments and no waves', () => {
    const { waves, segments, diagnostics } = epicOf([{ ...issue(2), kind: 'pull request' }]);
    expect([waves, segments]).toEqual([[], []]);
    expect(diagnostics).toEqual([
      { level: 'error', problem: { kind: 'NOT_AN_ISSUE', at: { issue: 1 }, ref: { number: 2 } } },
    ]);
  });
});

describe('diagnostics', () => {
  const body = (...lines: string[]): string => `---\n${lines.join('\n')}\n---\nDo it.`;
  const placesOf = ({ diagnostics }: Plan): readonly string[] =>
    diagnostics.map(({ level, problem }) => {
      const { issue: of, line } = 'at' in problem ? problem.at : {};
      const facts = 'key' in problem ? `${problem.key} ${'value' in problem ? problem.value : ''}` : '';
      return `${level} #${of} line ${line}: ${problem.kind} ${facts}`.trim();
    });

  test('stand in order: errors before warnings, then by issue, by line, and by their text, each once', () => {
    const plan = epicOf([
      issue(2, { body: body('files: [a]', 'nonsense: 1') }),
      issue(3, { body: body('files: [b]', 'type: x', 'nonsense: 1', 'priority: 9') }),
      issue(4, { body: body('estimate: x', 'files: [c]', 'conflicts-with: [99, 98, 99]') }),
      issue(5, { blockedBy: [6] }),
      issue(6, { blockedBy: [5] }),
    ]);
    expect(placesOf(plan)).toEqual([
      'error #undefined line undefined: EPIC_CYCLE',
      'error #3 line 3: SPEC_VALUE type x',
      'error #3 line 5: SPEC_VALUE priority 9',
      'error #4 line undefined: SPEC_VALUE conflicts-with #98',
      'error #4 line undefined: SPEC_VALUE conflicts-with #99',
      'error #4 line 2: SPEC_VALUE estimate x',
      'warning #2 line 3: SPEC_KEY nonsense',
      'warning #3 line 4: SPEC_KEY nonsense',
    ]);
  });
});

describe('the tracks of a wave', () => {
  const order = new Map([2, 3, 4, 5, 6, 7].map((each, rank) => [number(each), rank]));
  const tracks = (facts: readonly Facts[], ...overlaps: string[]) =>
    told(tracksOf(segmentsOf(...facts), apart(...overlaps), order));
  const named = (...files: string[]) => tracks([{ files }])[0];

  test.each<[string, readonly string[], string]>([
    ['one glob: the directory before its first wildcard', ['src/auth/**'], 'A src/auth: 2'],
    ['a glob that starts anywhere: the glob', ['**/*.md'], 'A **/*.md: 2'],
    ['files of one directory: the directory, however deep', ['src/a/b/x.ts', 'src/a/b/y.ts'], 'A src/a/b: 2'],
    ['a file in a directory beside it: the directory', ['src/a/**', 'src/a/x.ts'], 'A src/a: 2'],
    ['names that begin alike are not one directory', ['src/ab/x', 'src/a'], 'A src: 2'],
    ['two places: the first two names of both, sorted', ['src/b/c/d', 'lib/a/x/y'], 'A lib/a, src/b: 2'],
    ['three places: all of them', ['c', 'a', 'b'], 'A a, b, c: 2'],
    ['four places: two of them, and how many more', ['d', 'c', 'a', 'b'], 'A a, b, +2: 2'],
    ['the same place twice: once', ['a/x/**', 'b/y', 'a/x/z'], 'A a/x, b/y: 2'],
    ['no files: unknown', [], 'A unknown: 2'],
    ['nothing but exclusions: unknown', ['!src/gen/**'], 'A unknown: 2'],
    ['exclusions name nothing', ['src/**', '!lib/**'], 'A src: 2'],
    ['everything, and something else: everything', ['src/**', '**'], 'A everything: 2'],
  ])('a track of one segment is named after its files. %s', (_, files, name) => {
    expect(named(...files)).toBe(name);
  });

  test.each<[string, readonly Facts[], readonly string[], readonly string[]]>([
    ['segments that overlap nothing have tracks of their own', [{}, {}], [], ['A src/s2: 2', 'B src/s3: 3']],
    ['segments that overlap through others are one track', [{}, {}, {}, {}], ['2 4', '3 5', '4 5'], ['A src: 2 3 4 5']],
    [
      'wide segments share a track, and join no other',
      [{}, { files: [] }, {}, { parallel: false }],
      ['2 3', '3 4', '3 5'],
      ['A src/s2: 2', 'B everything: 3 5', 'C src/s4: 4'],
    ],
    [
      'a segment is wide if one of its globs is everything',
      [{ files: ['src/a', '**'] }, {}],
      ['2 3'],
      ['A everything: 2', 'B src/s3: 3'],
    ],
    ['wide segments of which none has files are unknown', [{ files: [] }, { files: [] }], ['2 3'], ['A unknown: 2 3']],
    [
      'wide segments that run alone are named after their files',
      [{ parallel: false }, { parallel: false }],
      ['2 3'],
      ['A src: 2 3'],
    ],
  ])('%s', (_, facts, overlaps, expected) => {
    expect(tracks(facts, ...overlaps)).toEqual(expected);
  });

  test('stand in the order of their first members, which stand in the start order', () => {
    const reversed = new Map([6, 5, 4, 3, 2].map((each, rank) => [number(each), rank]));
    expect(told(tracksOf(segmentsOf({}, {}, {}, {}, {}), apart('2 6', '3 5'), reversed))).toEqual([
      'A src: 6 2',
      'B src: 5 3',
      'C src/s4: 4',
    ]);
  });

  test('an overlap with a segment of another wave joins nothing and names nothing', () => {
    const why = { kind: 'files', a: 'lib/**', b: 'lib/x' } as const;
    const [two, three] = segmentsOf({ files: ['src/**', 'lib/**'] }, { files: ['lib/x'] });
    const overlaps = [{ a: issueNumber(2), b: issueNumber(3), why }];
    expect(told(tracksOf(two ? [two] : [], overlaps, order))).toEqual(['A lib, src: 2']);
    expect(told(tracksOf(three ? [three] : [], overlaps, order))).toEqual(['A lib/x: 3']);
  });
});
