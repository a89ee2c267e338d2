/**
 * Who saw what a pull request says about a run (SPEC R11.11).
 *
 * Three jobs look at a change. The work job runs agents, so its word is as good as its walls. The verify job runs the
 * gates on a clean checkout, without an agent. The publish job runs nothing of the repository, and judges git's own tree.
 */
import type { Isolation } from '#core/model/config';
import { type Course, type GateResult, TESTS_FIRST } from '#core/model/report';

export interface Sight {
  /** The walls of the work job; undefined if it started nothing. */
  readonly isolation?: Isolation | undefined;
  readonly validation: readonly GateResult[];
}

const small = (words: string): string => `<sub>${words}</sub>`;

const hasNoWalls = ({ isolation }: Sight): boolean => isolation === 'none';

/** Gates of the repository, and gates that are Swarm's own. */
export const gatesSeen = (sight: Sight): string =>
  sight.validation.length === 0
    ? ''
    : small(
        [
          'Seen by the verify job, on a clean checkout and without an agent.',
          'The publish job judged the scope and looked for secrets itself, in the commit itself.',
          ...(hasNoWalls(sight)
            ? ['Without walls, the code under test could have changed what the verify job saw.']
            : []),
        ].join(' '),
      );

export function testsFirstSeen(pair: Course['pair'], sight: Sight): string {
  if (pair.kind === 'skipped') return '';
  const isProven = sight.validation.some(({ gate, verdict }) => gate === TESTS_FIRST && verdict === 'pass');
  return small(
    isProven
      ? `The verify job saw these tests fail without the rest of the change. Only the work job saw who wrote them.${doubt(sight)}`
      : `Seen by the work job alone; the verify job did not repeat it.${doubt(sight)}`,
  );
}

export const councilSeen = (council: Course['council'], sight: Sight): string =>
  council.kind === 'skipped'
    ? ''
    : small(
        hasNoWalls(sight)
          ? `Seen by the work job alone.${doubt(sight)} It does not count as a review.`
          : 'Seen by the work job alone: it started the reviewer and read the verdict. No other job repeats this.',
      );

/** The criteria's column of tests. */
export const testNamesSeen = (sight: Sight): string =>
  small(`The work job found these tests by the ids in them.${doubt(sight)}`);

/** The numbers of a run. */
export const numbersSeen = (sight: Sight, hasCost: boolean): string => {
  const cost = hasCost ? ', the cost by what the agents reported' : '';
  return `Rounds and time were counted by the work job${cost}.${doubt(sight)}`;
};

/** Lists of files and lines. */
export const TREE_SEEN = small('Seen by the publish job, in the commit itself.');

/** Without walls, the author can reach whatever the work job says. */
const doubt = (sight: Sight): string =>
  hasNoWalls(sight) ? ' It had no walls, so the author could have written this.' : '';
