/**
 * Artifacts, and the blobs that hold them.
 *
 * A job's steps have a runtime token, which opens the results service and nothing else. An upload has three parts: the
 * service gives a signed URL for a blob, the blob is written block by block, and the service makes an artifact of it. On
 * GitHub the blobs are Azure's block blobs, which only a signed URL opens.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/storageservices/understanding-block-blobs--append-blobs--and-page-blobs
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { timestamp } from '#emulator/model/clock';
import { nodeIdOf } from '#emulator/model/ids';
import type { Artifact, Job, Run } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import type { GitHubBase } from './base.ts';

/** A repository's default (GitHub, "Artifact and log retention policy"). */
const DEFAULT_RETENTION_DAYS = 90;
const DAY_MS = 86_400_000;
/** A URL for a download is valid for one minute (docs: "Download an artifact"). */
const DOWNLOAD_MS = 60_000;
const UPLOAD_MS = 3_600_000;
/** Characters that no name has, because file systems such as NTFS do not allow them. */
const BAD_NAME = /["<>|:*?\r\n\\/]/;

/** `r` reads a blob, `cw` creates and writes it. */
type BlobPermission = 'r' | 'cw';

/** A blob that is being written, or is whole. */
export interface Blob {
  /** Blocks that are written and not yet part of it. */
  readonly blocks: Map<string, Buffer>;
  content: Buffer;
  type: string;
}

interface Draft {
  readonly blob: string;
  readonly name: string;
  readonly expiresAtMs: number | undefined;
}

/** How the results service names a run and a job. */
export interface BackendIds {
  readonly run: string;
  readonly job: string;
}

export class Artifacts {
  readonly #base: GitHubBase;
  readonly #key = randomBytes(32);
  readonly #jobs = new Map<string, Job>();
  readonly #blobs = new Map<string, Blob>();
  readonly #blobOf = new WeakMap<Artifact, string>();
  readonly #drafts = new WeakMap<Run, Map<string, Draft>>();

  constructor(base: GitHubBase) {
    this.#base = base;
  }

  // ── runtime tokens ────────────────────────────────────────────────────────────────────────────────────────────

  /** A job's token for the results service. The action reads the names of the run and the job from it. */
  tokenFor(job: Job): string {
    const ids = idsOf(job);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const seconds = Math.floor(this.#base.clock.now() / 1000);
    const claims = { scp: `Actions.Results:${ids.run}:${ids.job}`, iat: seconds, exp: seconds + 6 * 3600 };
    const text = `${part({ typ: 'JWT', alg: 'HS256' })}.${part(claims)}`;
    const token = `${text}.${createHmac('sha256', this.#key).update(text).digest('base64url')}`;
    this.#jobs.set(token, job);
    return token;
  }

  revoke(token: string): void {
    this.#jobs.delete(token);
  }

  /** The job that a token belongs to, while it runs. */
  jobOf(token: string): Job | undefined {
    return this.#jobs.get(token);
  }

  // ── artifacts ─────────────────────────────────────────────────────────────────────────────────────────────────

  /** Starts an upload. @returns the URL to write the blob to. Throws Refusal if the name is taken or not valid. */
  create(run: Run, wanted: { readonly name: string; readonly type: string; readonly expiresAtMs?: number }): string {
    const { name, type, expiresAtMs } = wanted;
    if (name === '' || BAD_NAME.test(name)) throw new Refusal(400, `artifact name is not valid: ${name}`);
    const drafts = this.#drafts.get(run) ?? new Map<string, Draft>();
    this.#drafts.set(run, drafts);
    if (this.find(run, name) || drafts.has(name)) {
      throw new Refusal(409, 'an artifact with this name already exists on the workflow run');
    }
    const blob = `${run.id}-${randomBytes(8).toString('hex')}`;
    this.#blobs.set(blob, { blocks: new Map(), content: Buffer.alloc(0), type });
    drafts.set(name, { blob, name, expiresAtMs });
    return this.#signed(blob, 'cw', UPLOAD_MS);
  }

  /** Makes an artifact of what was uploaded. Throws Refusal if that is not what the caller says. */
  finalize(run: Run, { name, size, digest }: { name: string; size: number; digest: string | undefined }): Artifact {
    const drafts = this.#drafts.get(run);
    const draft = drafts?.get(name);
    const blob = draft && this.#blobs.get(draft.blob);
    if (!drafts || !draft || !blob) throw new Refusal(404, 'artifact not found');
    const { content, type } = blob;
    const actual = `sha256:${createHash('sha256').update(content).digest('hex')}`;
    if (content.length !== size) throw new Refusal(400, `the artifact has ${content.length} bytes, not ${size}`);
    if (digest !== undefined && digest !== actual) throw new Refusal(400, 'the digest of the artifact is another one');
    drafts.delete(name);
    const id = this.#base.nextId('artifact');
    const artifact: Artifact = {
      ...{ id, nodeId: nodeIdOf('artifact', id), run, name, content, type, createdAt: this.#base.now() },
      expiresAt: timestamp(draft.expiresAtMs ?? this.#base.clock.now() + DEFAULT_RETENTION_DAYS * DAY_MS),
    };
    run.artifacts.push(artifact);
    this.#blobOf.set(artifact, draft.blob);
    return artifact;
  }

  find(run: Run, name: string): Artifact | undefined {
    return run.artifacts.find((each) => each.name === name);
  }

  remove(artifact: Artifact): void {
    const { artifacts } = artifact.run;
    artifacts.splice(artifacts.indexOf(artifact), 1);
    this.#blobs.delete(this.#blobOf.get(artifact) ?? '');
  }

  /** A URL that anybody can download the artifact from, for one minute. */
  downloadUrl(artifact: Artifact): string {
    return this.#signed(this.#blobOf.get(artifact) ?? '', 'r', DOWNLOAD_MS);
  }

  // ── blobs ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The blob that a signed URL opens; undefined if the URL does not allow this, not any more, or is somebody's guess. */
  blob(id: string, query: URLSearchParams, needs: 'read' | 'write'): Blob | undefined {
    const [permission, until, given] = [query.get('sp'), query.get('se'), query.get('sig')].map((each) => each ?? '');
    const wanted: BlobPermission = needs === 'read' ? 'r' : 'cw';
    if (permission !== wanted || !(Date.parse(until ?? '') >= this.#base.clock.now())) return undefined;
    const expected = Buffer.from(this.#signature(id, wanted, until ?? ''));
    const actual = Buffer.from(given ?? '');
    return actual.length === expected.length && timingSafeEqual(actual, expected) ? this.#blobs.get(id) : undefined;
  }

  #signed(blob: string, permission: BlobPermission, validMs: number): string {
    const until = new Date(this.#base.clock.now() + validMs).toISOString();
    const query = new URLSearchParams({ sv: '2025-11-05', sr: 'b', sp: permission, se: until });
    query.set('sig', this.#signature(blob, permission, until));
    return `${this.#base.url}${BLOBS}${blob}?${query}`;
  }

  #signature(blob: string, permission: BlobPermission, until: string): string {
    return createHmac('sha256', this.#key).update(`${blob}\n${permission}\n${until}`).digest('base64');
  }
}

/** The path of blobs: an account, a container, and the blob. Clients take the account from the path of an IP address. */
export const BLOBS = '/blobs/actions-results/';

export const idsOf = ({ id, run }: Job): BackendIds => ({ run: uuidOf(`run ${run.id}`), job: uuidOf(`job ${id}`) });

/** The same for the same text. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [8, 12, 16, 20, 32].map((end, index, all) => hex.slice(all[index - 1] ?? 0, end)).join('-');
}
