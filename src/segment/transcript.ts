/**
 * Collects the input and output of a run's agents for people: redacted line by line, and short enough for a job's summary.
 * If a text is too long, its middle is dropped, because the start shows the task and the end shows the result.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtefactText } from '#gates/programs';
import { block, clean, htmlCode, redact, shorten } from '#words/safe';

/** A step's summary has 1 MiB, most of which other texts need. */
const ALL_CHARS = 240_000;
const ONE_CHARS = 40_000;
const READ_BYTES = 4 * 1024 * 1024;

export class Transcript {
  readonly #secrets: ReadonlySet<string>;
  readonly #parts: { readonly title: string; readonly text: string }[] = [];

  /** @param secrets values that must not be shown; the set may still grow. */
  constructor(secrets: ReadonlySet<string>) {
    this.#secrets = secrets;
  }

  /** @param file the agent's transcript; empty or missing if it never started. */
  async add(title: string, file: string): Promise<void> {
    if (file === '') return;
    this.#parts.push({ title, text: await readStart(file) });
  }

  /** Keeps a text of swarm's own. A later one with the same title replaces it. */
  note(title: string, text: string): void {
    const at = this.#parts.findIndex((each) => each.title === title);
    if (at < 0) this.#parts.push({ title, text });
    else this.#parts[at] = { title, text };
  }

  /** All texts, not redacted. */
  get parts(): readonly ArtefactText[] {
    return this.#parts;
  }

  /** Folded Markdown; empty if nothing was printed. */
  markdown(): string {
    let left = ALL_CHARS;
    const shown: string[] = [];
    for (const { title, text } of this.#parts) {
      const safe = shorten(redact(clean(text), this.#secrets).trim(), Math.min(ONE_CHARS, left));
      if (safe === '' || left <= 0) continue;
      left -= safe.length;
      shown.push(`<details><summary>${htmlCode(title)}</summary>\n\n${block(safe, { max: ONE_CHARS })}\n\n</details>`);
    }
    return shown.join('\n\n');
  }
}

async function readStart(file: string): Promise<string> {
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      const buffer = Buffer.alloc(Math.min(size, READ_BYTES));
      await handle.read(buffer, 0, buffer.length, 0);
      const text = buffer.toString('utf8');
      // Half of a secret would not be recognised, so a text that is cut loses its whole last line.
      return size > READ_BYTES ? text.slice(0, text.lastIndexOf('\n') + 1) : text;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/**
 * Writes everything that agents received and printed, and everything that gates printed, for the artefact of a run.
 *
 * The folder is made when no program of an agent or a gate is running. None of them can know its name, and only redacted
 * texts are written there.
 *
 * @returns the folder; undefined if there is nothing to keep.
 */
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

/** Titles contain names that people chose for their agents and gates. */
const fileName = (title: string, secrets: ReadonlySet<string>): string =>
  redact(clean(title), secrets)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80) || 'text';
