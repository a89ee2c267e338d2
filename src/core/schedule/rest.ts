/**
 * The forecast of what is left of an epic that is under way: how long its agents still need. As with the forecast of the whole,
 * reviews and other waits for people are not in it.
 */
import type { IssueNumber } from '#core/model/epic';
import type { RunOptions } from '#core/model/journal';
import type { Plan } from '#core/model/plan';
import { USUAL_MINUTES } from './expectations.ts';
import { makespanOf, solve } from './forecast.ts';
import { type Caps, capOf, minutesLeft } from './startable.ts';

export interface Rest {
  readonly plan: Plan;
  readonly config: Caps;
  readonly options: RunOptions;
  /** Segments that need no agent any more. */
  readonly over: ReadonlySet<IssueNumber>;
  /** Segments with an agent at work: minutes since it was claimed. */
  readonly elapsedMinutes: ReadonlyMap<IssueNumber, number>;
}

/** Of the search for the plan's own forecast: this one is made at each look. */
const SHARE = 0.05;

/** In minutes, by the best schedule that a short search finds. */
export function minutesOfRest({ plan, config, options, over, elapsedMinutes }: Rest): number {
  const segments = plan.segments.filter(({ number }) => !over.has(number));
  const minutesOf = (number: IssueNumber): number => plan.forecast.timetable[number]?.takes ?? USUAL_MINUTES;
  const running = new Map(
    [...elapsedMinutes].map(([number, elapsed]) => [number, minutesLeft(minutesOf(number), elapsed)] as const),
  );
  const { schedule, workers } = config;
  const cap = capOf(plan.waves, config, options);
  return makespanOf(solve({ segments, minutesOf, overlaps: plan.overlaps, schedule, cap, workers, running }, SHARE));
}
