/**
 * What a job says at length, for the artefact of its run: what agents were told and printed, and all that each gate printed.
 *
 * The folder is made when nothing that an agent or a gate started runs any more, under a name that none of them could have
 * known, and only texts that went through the redaction are written there.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtefactText } from '#gates/programs';
import { clean, redact } from '#words/safe';

/** @returns the folder; undefined where there is nothing to keep. */
export async function writeArtefact(
  below: string,
  texts: readonly ArtefactText[],
  secrets: ReadonlySet<string>,
): Promise<string | undefined> {
  const said = texts.filter(({ text }) => text.trim() !== '');
  if (said.length === 0) return undefined;
  const folder = join(below, `swarm-artefact-${randomUUID()}`);
  await mkdir(folder, { mode: 0o700 });
  for (const [at, { title, text }] of said.entries()) {
    const safe = redact(clean(text), secrets).trim();
    await writeFile(join(folder, `${String(at + 1).padStart(3, '0')}-${fileName(title, secrets)}.txt`), `${safe}\n`);
  }
  return folder;
}

/** Titles hold names that people give their agents and gates. */
const fileName = (title: string, secrets: ReadonlySet<string>): string =>
  redact(clean(title), secrets)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80) || 'text';
