/** What the parts of a segment's run have in common: their place on the runner, and the patch they hand on. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArtefactText } from '#gates/programs';
import { PARTS, type PackedPatch } from '#git/patch';
import type { Site } from '#segment/assignment';
import { writeArtefact } from '#segment/transcript';
import { epicOf, type Job } from './job.ts';

export const patchOf = (job: Job): PackedPatch => ({
  parts: Array.from({ length: PARTS }, (_, at) => job.input(`patch-${at + 1}`)),
  digest: job.input('patch-digest'),
});

/** Puts texts where the workflow's next step finds them, and says where. That nobody can read them later fails nothing. */
export async function keepArtefact(job: Job, texts: readonly ArtefactText[]): Promise<void> {
  try {
    const folder = await writeArtefact(process.env.RUNNER_TEMP || tmpdir(), texts, job.secrets);
    if (folder !== undefined) job.answer('artefact', folder);
  } catch (error) {
    job.log(`There is no artefact: ${(error as Error).message}`);
  }
}

/** The id that GitHub gave to what a job kept; undefined where it kept nothing, or its server keeps nothing. */
export function artefactOf(job: Job, input: 'work-artefact' | 'verify-artefact'): string | undefined {
  const id = job.input(input);
  return /^[1-9]\d{0,15}$/.test(id) ? `${job.runUrl}/artifacts/${id}` : undefined;
}

/** Gives the part of a segment's run its place, and cleans up after it. */
export async function atSite<Answer>(job: Job, act: (site: Site) => Promise<Answer>): Promise<Answer> {
  const scratch = join(process.env.RUNNER_TEMP || tmpdir(), `swarm-${randomUUID().slice(0, 8)}`);
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  const { owner, name } = job.repository;
  try {
    return await act({
      client: await job.connect(),
      repository: job.repository,
      epic: epicOf(job),
      remote: { url: `${job.serverUrl}/${owner}/${name}.git`, token: job.token },
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
