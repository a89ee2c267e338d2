/** Publishes as the orchestrator does once it has read a report: branch, pull request, checks. */
import { type HeadSha, headSha, issueNumber, pullNumber } from '../../src/core/model/epic.ts';
import { type Attempt, keptOf } from '../../src/core/model/journal.ts';
import { approvalsNeeded } from '../../src/core/model/proof.ts';
import type { Report } from '../../src/core/model/report.ts';
import { readSpec } from '../../src/core/text/spec.ts';
import type { Client } from '../../src/github/client.ts';
import { publish, reportChecks } from '../../src/github/pulls/publication.ts';
import { readRefs } from '../../src/github/refs.ts';

export interface Orchestrated {
  readonly client: Client;
  readonly repository: { readonly owner: string; readonly name: string };
  readonly attempt: Attempt;
  readonly report: Report;
  readonly title: string;
  readonly body: string;
  readonly config?: Record<string, unknown> | undefined;
  /** The pull request of an earlier attempt. */
  readonly pull?: number | undefined;
}

/** @returns the number of the pull request, if there is one. */
export async function orchestrate(given: Orchestrated): Promise<number | undefined> {
  const { client, repository, attempt, report, config } = given;
  const { data } = await client.request('GET /repos/{owner}/{repo}', {
    owner: repository.owner,
    repo: repository.name,
  });
  const here = { ...repository, id: data.node_id, url: data.html_url };
  const { result } = report;
  const ended = {
    ...attempt,
    outcome: { kind: 'failed', at: report.finishedAt, problem: { kind: 'NO_CHANGE' }, report },
  };
  const head = result.kind === 'ready' ? result.head : keptOf(ended as Attempt)[0]?.head;
  const isBad = ({ verdict }: Report['validation'][number]) => verdict === 'fail' || verdict === 'timed out';
  const results = result.kind === 'ready' ? report.validation : report.validation.filter(isBad);
  const pull = result.kind === 'ready' ? await opens(given, here, result.head) : given.pull;
  if (head !== undefined && results.length > 0) {
    await reportChecks(client, here, {
      ...{ kind: 'report checks', key: 'checks', head, results, runId: report.runId },
      ...(report.artefact === undefined ? {} : { artefact: report.artefact }),
      reason: { kind: 'gates ran', attempt: attempt.id },
    });
  }
  return pull;

  async function opens({ title, body }: Orchestrated, to: Parameters<typeof publish>[1], commit: HeadSha) {
    const number = issueNumber(report.segment);
    const { spec } = readSpec({ number, title, body, labels: [] });
    const ref = `refs/heads/${attempt.branch}`;
    const from = (await readRefs(client, repository, ref)).get(ref);
    const isThere = attempt.why === 'prove' || from === commit;
    return publish(client, to, {
      ...{ kind: 'publish', key: 'publish' },
      work: {
        ...{ attempt, report, base: 'main' },
        segment: { number, title, spec, blockedBy: [], branch: attempt.branch },
        epic: { number: issueNumber(1), title: 'Checkout' },
        wave: { number: 1, of: 1 },
        approvals: approvalsNeeded({ approvals: 1, isolation: 'auto', ...config }, report),
        owner: 'ana',
      },
      ...(isThere
        ? {}
        : { put: { head: commit, ...(from === undefined ? {} : { from: headSha(from) }), as: 'forward' as const } }),
      ...(given.pull === undefined ? {} : { pull: pullNumber(given.pull) }),
      reason: { kind: 'work ready', segment: number, attempt: attempt.id },
    });
  }
}
