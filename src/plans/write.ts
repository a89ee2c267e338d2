/** Writes a plan file. What it writes, `readPlanFile` reads as the same plan. */
import { writeYaml } from '#yaml/write';
import type { PlanFile, PlannedSegment } from './plan-file.ts';

export const writePlanFile = (plan: PlanFile): string => writeYaml(planValue(plan));

/** JSON is YAML, so this is a plan file, too. */
export const writePlanJson = (plan: PlanFile): string => `${JSON.stringify(planValue(plan), null, 2)}\n`;

/** The keys and values of the file, in the order in which people read them. Empty ones are left out. */
export function planValue({ epic, segments, rejections }: PlanFile): Readonly<Record<string, unknown>> {
  const { title, from, labels, body } = epic;
  const reviewer = Object.fromEntries(Object.entries(rejections).map(([name, reject]) => [name, { reject }]));
  return {
    epic: withoutEmpty({ title, from, labels, body }),
    segments: Object.fromEntries(segments.map((segment) => [segment.name, segmentValue(segment)])),
    ...(Object.keys(reviewer).length > 0 ? { reviewer } : {}),
  };
}

function segmentValue(segment: PlannedSegment): Readonly<Record<string, unknown>> {
  const { name, title, from, blockedBy, conflictsWith, labels, criteria, body } = segment;
  const { slug, ...spec } = segment.spec;
  return withoutEmpty({
    title,
    from,
    ...(slug === name ? {} : { slug }),
    ...spec,
    'blocked-by': blockedBy,
    'conflicts-with': conflictsWith,
    labels,
    criteria: criteria.map(({ id, text }) => (id === undefined ? text : { [id]: text })),
    body,
  });
}

/** Without what the reader fills in: undefined, empty texts and empty lists. */
const withoutEmpty = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
