/**
 * The verify job: a clean checkout of the base, the patch, the gates. It has no agent, no secret and no write access.
 *
 * Only its success counts (`needs.verify.result`); its output is for people. The same code checks the merged base at the
 * end of a wave, without a patch.
 */
import { join } from 'node:path';
import type { Problem } from '#core/model/problem';
import type { GateResult } from '#core/model/report';
import type { Definition } from '#gates/definition';
import type { ArtefactText } from '#gates/programs';
import { GateRunner } from '#gates/run';
import { type Judgement, judgeTree, type PackedPatch } from '#git/patch';
import { distinctiveSecrets } from '#git/secrets';
import { Store } from '#git/store';
import { WorkTree } from '#git/work-tree';
import { readJournal } from '#github/journal';
import { redactAll } from '#words/safe';
import {
  gatesOf,
  NoAssignment,
  openSandbox,
  readAssignment,
  readAttemptTree,
  readChecked,
  type Site,
} from './assignment.ts';

export interface Verified {
  readonly verdict: 'pass' | 'fail';
  readonly validation: readonly GateResult[];
  /** The reason why the gates did not run at all. */
  readonly problem?: Problem;
  /** Everything that the gates printed. */
  readonly artefact: readonly ArtefactText[];
}

export interface VerifySite extends Site {
  /** From SIGTERM to SIGKILL. */
  readonly graceMs?: number;
}

export async function verifyAttempt(site: VerifySite, attemptId: string, patch: PackedPatch): Promise<Verified> {
  const { attempt, config, segment } = await readAssignment(site, attemptId);
  const refused = (problem: Problem): Verified => ({
    verdict: 'fail',
    validation: [],
    artefact: [],
    problem: redactAll(problem, site.secrets),
  });
  const store = await Store.make(site.scratch);
  const applied = await readAttemptTree(store, site.remote, attempt, patch);
  if (applied.kind === 'refused') return refused(applied.problem);
  if (applied.kind === 'nothing') return refused({ kind: 'NO_CHANGE' });
  const judgement = await judgeTree(store, attempt.base, applied.tree, {
    scope: segment.spec.files,
    config,
    known: distinctiveSecrets(site.secrets),
  });
  const [wrong] = judgement.problems;
  if (wrong) return refused(wrong);

  const who = { GIT_AUTHOR_NAME: 'swarm', GIT_AUTHOR_EMAIL: 'swarm@swarm.invalid' };
  const commit = await store.text(['commit-tree', applied.tree, '-p', attempt.base, '-m', 'the change'], {
    environment: { ...who, GIT_COMMITTER_NAME: who.GIT_AUTHOR_NAME, GIT_COMMITTER_EMAIL: who.GIT_AUTHOR_EMAIL },
  });
  const tree = await WorkTree.make(store, join(site.scratch, 'tree', site.repository.name), commit);
  return runIn(site, tree, applied.tree, await gatesOf(store, attempt.base, config), judgement, config);
}

/** Runs the gates on the merged base, for a dispatched calibration. */
export async function verifyBase(site: VerifySite, dispatchId: string): Promise<Verified> {
  const stored = await readJournal(site.client, site.repository, site.epic);
  const dispatch = stored?.journal.dispatches[dispatchId];
  const work = dispatch?.work.kind === 'calibration' ? dispatch.work : undefined;
  const calibration = work && stored?.journal.calibrations[work.wave]?.find(({ round }) => round === work.round);
  if (!calibration) throw new NoAssignment(`The journal of #${site.epic} has no calibration for ${dispatchId}.`);
  const config = await readChecked(site);
  const store = await Store.make(site.scratch);
  // Dependencies may have had faults before the epic started. Those are not its fault.
  const before = stored?.journal.authorisation?.base ?? calibration.base;
  await store.fetch(site.remote, [calibration.base, before]);
  const tree = await WorkTree.make(store, join(site.scratch, 'tree', site.repository.name), calibration.base);
  const held = await store.text(['rev-parse', '--verify', `${calibration.base}^{tree}`]);
  const definition = await gatesOf(store, calibration.base, config, before);
  return runIn(site, tree, held, definition, undefined, config);
}

async function runIn(
  site: VerifySite,
  tree: WorkTree,
  held: string,
  definition: Definition,
  judgement: Judgement | undefined,
  config: Awaited<ReturnType<typeof readChecked>>,
): Promise<Verified> {
  const sandbox = await openSandbox(site, config);
  if (!sandbox) {
    const problem: Problem = { kind: 'ISOLATION_MISSING', wanted: config.isolation };
    return { verdict: 'fail', validation: [], artefact: [], problem };
  }
  const runner = new GateRunner(definition, {
    ...{ tree, sandbox },
    scratch: join(site.scratch, 'gates'),
    environment: config.environment,
    secrets: site.secrets,
    log: site.log,
    ...(site.graceMs === undefined ? {} : { graceMs: site.graceMs }),
  });
  const { verdict, results } = await runner.run(judgement, held);
  return { verdict, validation: redactAll(results, site.secrets), artefact: await runner.said() };
}
