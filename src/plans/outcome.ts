/** The outcome of an epic, from the file that `swarm dev --json FILE` writes. */
import { z } from 'zod';
import { Fault } from '#words/fault';
import { readJson } from './json.ts';
import type { PlanFile } from './plan-file.ts';

const schema = z.object({
  epic: z.object({ state: z.enum(['open', 'closed']) }),
  waves: z.array(
    z.object({
      segments: z.array(
        z.object({
          name: z.string().nullish(),
          issue: z.int(),
          title: z.string(),
          status: z.string(),
          branch: z.string().nullish(),
          pr: z.int().nullish(),
        }),
      ),
    }),
  ),
});

export interface Outcome {
  readonly epic: 'open' | 'closed';
  /** By the segment's name in the plan. */
  readonly segments: ReadonlyMap<string, SegmentOutcome>;
}

export interface SegmentOutcome {
  readonly status: string;
  /** Why an issue is closed. Undefined if the segment is not done. */
  readonly closed: string | undefined;
}

/** Throws a `Fault` if the file is not such an outcome, or not of this plan. */
export function readOutcome(source: string, file: string, plan: PlanFile): Outcome {
  const read = schema.safeParse(readJson(source, file).value);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Fault(
      `${file} is not the outcome of an epic.`,
      `\`${issue?.path.join('.') || 'the file'}\`: ${issue?.message.replace(/^Invalid input: /, '')}.`,
      'Give the file that `swarm dev --json FILE` wrote.',
    );
  }
  const names = new Set(plan.segments.map(({ name }) => name));
  const segments = read.data.waves.flatMap((wave) => wave.segments);
  const known = segments.flatMap(({ name, ...segment }) =>
    name && names.has(name) ? [[name, outcomeOf(segment)] as const] : [],
  );
  if (known.length === 0) {
    throw new Fault(
      `${file} is the outcome of another plan.`,
      'None of its segments is in this one.',
      'Give the plan file that `swarm dev` ran.',
    );
  }
  return { epic: read.data.epic.state, segments: new Map(known) };
}

type SegmentResult = Omit<z.infer<typeof schema>['waves'][number]['segments'][number], 'name'>;

function outcomeOf({ status, pr, branch, issue }: SegmentResult): SegmentOutcome {
  const where = pr ? `pull request #${pr}${branch ? `, ${branch}` : ''}` : `issue #${issue}`;
  const closed: Readonly<Record<string, string>> = {
    merged: `Merged by Swarm (${where})`,
    answered: `Answered by Swarm (issue #${issue})`,
    skipped: `Skipped by a person (issue #${issue})`,
    closed: `Closed by a person (issue #${issue})`,
  };
  return { status, closed: Object.hasOwn(closed, status) ? closed[status] : undefined };
}
