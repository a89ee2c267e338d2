/**
 * What a re-run of the failed jobs keeps of the attempt before.
 */
import type { Ends } from './run.ts';
import type { JobSpec, Workflow } from './workflow.ts';

/** What of the last attempt stands when only failed jobs are run again: what succeeded and needs none of them. */
export function keptEnds(workflow: Workflow, ends: Ends, key: string): Ends {
  const kept: Ends = new Map();
  const again = new Map<string, boolean>();
  const endsOf = (spec: JobSpec) =>
    [...ends].filter(([place]) => place.startsWith(`${key}/${spec.id}[`) && !place.slice(key.length + 1).includes('/'));
  const runsAgain = (spec: JobSpec): boolean => {
    const known = again.get(spec.id);
    if (known !== undefined) return known;
    const parents = workflow.jobs.filter(({ id }) => spec.needs.includes(id));
    const own = endsOf(spec);
    const answer =
      parents.some(runsAgain) ||
      own.length === 0 ||
      own.some(([, { result }]) => result !== 'success' && result !== 'skipped');
    again.set(spec.id, answer);
    return answer;
  };
  for (const spec of workflow.jobs) {
    const parents = workflow.jobs.filter(({ id }) => spec.needs.includes(id));
    if (parents.some(runsAgain)) continue;
    runsAgain(spec);
    for (const [place, end] of endsOf(spec)) {
      if (end.result === 'success' || end.result === 'skipped') kept.set(place, end);
      else if (spec.kind === 'call') for (const [inner, of] of keptEnds(spec.called, ends, place)) kept.set(inner, of);
    }
  }
  return kept;
}
