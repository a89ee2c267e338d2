/** Reports the gates of a commit as check runs, with annotations at the lines of its files. */
import type { HeadSha } from '#core/model/epic';
import type { GateResult } from '#core/model/report';
import { inRepository } from '#github/client';
import { artefactLink, VERDICT_MARKS } from '#words/pull';
import { block, clean, clip, inline, oneLine } from '#words/safe';
import { duration } from '#words/voice';
import type { Site } from './assignment.ts';

const CONCLUSIONS = {
  pass: 'success',
  fail: 'failure',
  'timed out': 'failure',
  'not applicable': 'neutral',
} as const;

/** GitHub's limit for one request. Further ones follow in more requests. */
const ANNOTATIONS_AT_ONCE = 50;
const MOST_ANNOTATIONS = 200;

/** One check run per gate, on the pushed commit. Branch rules can require them, and people see them first. */
export async function reportChecks(
  site: Pick<Site, 'client' | 'repository'> & { readonly runUrl: string },
  head: HeadSha,
  validation: readonly GateResult[],
  artefact?: string,
): Promise<void> {
  const here = inRepository(site.repository);
  const runs = await site.client.paginate('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', { ...here, ref: head });
  const there = new Map(runs.map((each) => [each.name, each]));
  for (const result of validation) {
    const name = `swarm / ${result.gate}`;
    const annotations = annotationsOf(result);
    const said = outputOf(result, artefact);
    // A new result replaces an older one of the same gate.
    const conclusion = CONCLUSIONS[result.verdict];
    const earlier = there.get(name);
    const before = earlier?.conclusion === conclusion ? earlier : undefined;
    let done = before ? (before.output?.annotations_count ?? annotations.length) : 0;
    let id = before && Number(before.id);
    if (id === undefined) {
      const first = annotations.slice(0, ANNOTATIONS_AT_ONCE);
      const { data: made } = await site.client.request('POST /repos/{owner}/{repo}/check-runs', {
        ...here,
        name,
        head_sha: head,
        status: 'completed',
        conclusion,
        details_url: site.runUrl,
        output: { ...said, annotations: first },
      });
      id = Number(made.id);
      done = first.length;
    }
    // A job that died between two requests may have left some out.
    for (; done < annotations.length; done += ANNOTATIONS_AT_ONCE) {
      await site.client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
        ...here,
        check_run_id: id,
        output: { ...said, annotations: annotations.slice(done, done + ANNOTATIONS_AT_ONCE) },
      });
    }
  }
}

/** People see the summary at once; the output is below it. */
function outputOf({ verdict, command, output, durationMs }: GateResult, artefact: string | undefined) {
  const title = verdict === 'not applicable' ? `not applicable: ${command}` : `${verdict}: ${command}`;
  const took = verdict === 'not applicable' ? '' : ` It took ${duration(durationMs)}.`;
  const whole =
    artefact === undefined || verdict === 'not applicable' ? '' : ` All of its output: ${artefactLink(artefact)}.`;
  return {
    title: clip(oneLine(title), 200),
    summary: `${VERDICT_MARKS[verdict]}: ${inline(command, 200)}.${took}${whole}`,
    text: output === '' ? 'No output.' : block(output, { max: 20_000 }),
  };
}

const annotationsOf = ({ verdict, annotations = [] }: GateResult) =>
  annotations.slice(0, MOST_ANNOTATIONS).map(({ file, line, message }) => ({
    path: file,
    start_line: line,
    end_line: line,
    annotation_level: verdict === 'fail' || verdict === 'timed out' ? ('failure' as const) : ('warning' as const),
    message: clip(clean(message), 2_000) || 'See the output of the gate.',
  }));
