/** Shared by the parts of a segment's run: their setup on the runner, and the patch that they pass on. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArtefactText } from '#gates/programs';
import { PARTS, type PackedPatch } from '#git/patch';
import type { Site } from '#segment/assignment';
import { writeArtefact } from '#segment/transcript';
import { epicOf, type Job } from './job.ts';

export const readPatch = (job: Job): PackedPatch => ({
  parts: Array.from({ length: PARTS }, (_, index) => job.input(`patch-${index + 1}`)),
  digest: job.input('patch-digest'),
});

/** Writes texts to a folder that the workflow's next step uploads. Without the artefact the job still succeeds. */
export async function saveArtefact(job: Job, texts: readonly ArtefactText[]): Promise<void> {
  try {
    const folder = await writeArtefact(job.variables.RUNNER_TEMP || tmpdir(), texts, job.secrets);
    if (folder !== undefined) job.setOutput('artefact', folder);
  } catch (error) {
    job.log(`The artefact could not be written: ${(error as Error).message}`);
  }
}

/** The URL of a job's artefact; undefined if the job, or its server, stored none. */
export function artefactUrl(job: Job, input: 'work-artefact' | 'verify-artefact'): string | undefined {
  const id = job.input(input);
  return /^[1-9]\d{0,15}$/.test(id) ? `${job.runUrl}/artifacts/${id}` : undefined;
}

/** Sets up a part of a segment's run, and cleans up after it. */
export async function withSite<Answer>(job: Job, act: (site: Site) => Promise<Answer>): Promise<Answer> {
  const scratch = join(job.variables.RUNNER_TEMP || tmpdir(), `swarm-${randomUUID().slice(0, 8)}`);
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  const { owner, name } = job.repository;
  try {
    return await act({
      client: await job.connect(),
      repository: job.repository,
      epic: epicOf(job),
      remote: { url: `${job.serverUrl}/${owner}/${name}.git`, token: job.token },
      variables: job.variables,
      scratch,
      secrets: job.secrets,
      log: job.log,
    });
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 }).catch((error: Error) =>
      job.log(`Could not remove ${scratch}: ${error.message}`),
    );
  }
}
