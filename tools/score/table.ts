/** Scores, their floors, and the table that shows them. */
import type { Verdict } from './judge.ts';

export type Score =
  | ({ readonly kind: 'judged'; readonly name: string } & Floor)
  | { readonly kind: 'skipped'; readonly name: string; readonly about: string; readonly reason: string };

/** The least that a judge has to find. `docs/emulator.md` shows it as the score. */
export interface Floor {
  readonly about: string;
  readonly right: number;
  /** At most so many are wrong. The others are of what the emulator does not model. */
  readonly wrong: number;
  readonly of: number;
  /** The judge's program or package, with its version. */
  readonly by: string;
}

export type Floors = Record<string, Floor | undefined>;

export function scoreOf(name: string, about: string, verdict: Verdict): Score {
  if (verdict.kind === 'skipped') return { kind: 'skipped', name, about, reason: verdict.reason };
  const count = (wanted: string) => verdict.checks.filter(({ outcome }) => outcome === wanted).length;
  const [right, wrong] = [count('right'), count('wrong')];
  return { kind: 'judged', name, about, right, wrong, of: verdict.checks.length, by: verdict.by ?? '' };
}

/** The reasons why a score is worse than its floor. A judge that makes fewer checks is worse as well. */
export function shortfall(score: Score, floor: Floor | undefined): string[] {
  if (score.kind === 'skipped' || floor === undefined) return [];
  const { name, right, wrong, of } = score;
  return [
    ...(right < floor.right ? [`${name}: ${right} right, below the floor of ${floor.right}.`] : []),
    ...(wrong > floor.wrong ? [`${name}: ${wrong} wrong, above the ${floor.wrong} that are known.`] : []),
    ...(of < floor.of ? [`${name}: ${of} checks instead of ${floor.of}.`] : []),
  ];
}

const HEAD = ['judge', 'right', 'wrong', 'not modelled', 'by'] as const;

/** The table for a terminal: columns side by side, and a line for each judge that could not run. */
export function table(scores: readonly Score[]): string {
  const rows = scores.flatMap((score) => (score.kind === 'judged' ? [cells(score.name, score)] : []));
  const widths = HEAD.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  const skipped = scores.flatMap((score) =>
    score.kind === 'skipped' ? [`${score.name} is skipped: ${score.reason}.`] : [],
  );
  return [...(rows.length > 0 ? [line(HEAD), ...rows.map(line)] : []), ...skipped].join('\n');
}

const cells = (name: string, { right, wrong, of, by }: Floor): string[] => [
  name,
  `${right} of ${of}`,
  String(wrong),
  String(of - right - wrong),
  by,
];

const [BEGIN, END] = ['<!-- scores: npm run score:github -- --write -->', '<!-- /scores -->'];

/** The page with these scores in the place of those that it had. */
export function withTable(page: string, floors: Floors): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the page has no place for the scores: ${BEGIN} … ${END}`);
  return `${page.slice(0, from + BEGIN.length)}\n\n${markdown(floors)}\n\n${page.slice(to)}`;
}

function markdown(floors: Floors): string {
  const rows = Object.entries(floors).flatMap(([name, floor]) => {
    if (!floor) return [];
    const [judge = '', right = '', wrong = '', left = '', by = ''] = cells(`\`${name}\``, floor);
    return [[judge, floor.about, right, wrong, left, by]];
  });
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  return [
    line(['judge', 'what it judges', 'right', 'wrong', 'not modelled', 'by']),
    '|---|---|--:|--:|--:|---|',
    ...rows.map(line),
  ].join('\n');
}
