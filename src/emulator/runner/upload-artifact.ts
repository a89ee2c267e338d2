/**
 * A built-in `actions/upload-artifact`, because the emulator cannot download the real one. It has the inputs, outputs and
 * errors of version 7 (README and `action.yml`), and uploads to the results service as that does. If the world has a
 * repository of that name, the runner uses that instead.
 */
import { createHash } from 'node:crypto';
import { globSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type ZipEntry, zip } from '#emulator/world/zip';
import { ActionError, type RemoteAction } from './action-store.ts';
import { type Action, readAction } from './workflow.ts';

/** The artifact that a step uploads. */
export type Upload = {
  readonly name: string;
  readonly entries: readonly ZipEntry[];
  /** 0 means the repository's setting. */
  readonly retentionDays: number;
  readonly existing: 'refuse' | 'overwrite';
};

export type Uploaded = { readonly id: number; readonly digest: string };

/** The services of a job's runner. */
export type Services = {
  readonly url: string;
  readonly runtimeToken: string;
  readonly serverUrl: string;
  readonly now: Date;
};

export const isUploadArtifact = ({ owner, repository, path }: RemoteAction): boolean =>
  owner.toLowerCase() === 'actions' && repository.toLowerCase() === 'upload-artifact' && path === '';

const METADATA = `
name: Upload a Build Artifact
description: Keeps files with the run
inputs:
  name: { default: artifact }
  path: { required: true }
  if-no-files-found: { default: warn }
  retention-days: {}
  compression-level: { default: '6' }
  overwrite: { default: 'false' }
  include-hidden-files: { default: 'false' }
  archive: { default: 'true' }
outputs:
  artifact-id: {}
  artifact-url: {}
  artifact-digest: {}
runs: { using: node24, main: index.js }
`;

export function uploadArtifactAction(): Action {
  const { value, problems } = readAction('action.yml', METADATA);
  if (!value) throw new Error(problems.join('\n'));
  return { ...value, runs: { kind: 'upload-artifact' } };
}

/** Characters that the action forbids in names, because file systems such as NTFS don't allow them. */
const BAD_NAME = /["<>|:*?\r\n\\/]/;
const MAX_RETENTION_DAYS = 90;

/**
 * Reads the inputs. Throws ActionError in the cases in which the action fails.
 *
 * @returns a warning if no files were found and the action doesn't fail; '' if it doesn't warn either.
 */
export function readUpload(inputs: Readonly<Record<string, string>>, workspace: string): Upload | string {
  const { name = '', path = '', overwrite, archive, 'include-hidden-files': hidden } = inputs;
  if (name === '' || BAD_NAME.test(name)) throw new ActionError(`The artifact name is not valid: ${name}`);
  if (path.trim() === '') throw new ActionError('Input required and not supplied: path');
  if (archive === 'false') throw new ActionError('The emulator uploads archives only: `archive: false`');
  const retentionDays = Number(inputs['retention-days'] || 0);
  if (!Number.isInteger(retentionDays) || retentionDays < 0 || retentionDays > MAX_RETENTION_DAYS) {
    throw new ActionError(`Invalid retention-days: ${inputs['retention-days']}`);
  }
  const { root, files } = search(path, workspace, hidden === 'true' ? 'all' : 'visible');
  if (files.length === 0) {
    const sentence = `No files were found with the provided path: ${path}. No artifacts will be uploaded.`;
    const otherwise = inputs['if-no-files-found'];
    if (otherwise === 'error') throw new ActionError(sentence);
    return otherwise === 'ignore' ? '' : sentence;
  }
  const entries = files.map((file) => ({
    name: relative(root, file).split(sep).join('/'),
    content: readFileSync(file),
  }));
  return { name, entries, retentionDays, existing: overwrite === 'true' ? 'overwrite' : 'refuse' };
}

const DAY_MS = 86_400_000;
/** Hosts on which the action finds the results service. Elsewhere it takes the server for a GHES. */
const HOSTS = /^(?:github\.com|.+\.ghe\.com|.+\.localhost)$/i;
const NO_SERVICE =
  '@actions/artifact v2.0.0+, upload-artifact@v4+ and download-artifact@v4+ are not currently supported on GHES.';

/** Uploads an archive of the files. Throws ActionError in the cases in which the action fails. */
export async function upload(wanted: Upload, services: Services): Promise<Uploaded> {
  if (!HOSTS.test(new URL(services.serverUrl).hostname)) throw new ActionError(NO_SERVICE);
  const { name } = wanted;
  if (wanted.existing === 'overwrite') {
    const { artifacts } = await call(services, 'ListArtifacts', { name_filter: name });
    if (Array.isArray(artifacts) && artifacts.length > 0) await call(services, 'DeleteArtifact', { name });
  }
  const { retentionDays, entries } = wanted;
  const expires = new Date(services.now.getTime() + retentionDays * DAY_MS).toISOString();
  const created = await call(services, 'CreateArtifact', {
    ...{ name, version: 7, mime_type: 'application/zip' },
    ...(retentionDays > 0 && { expires_at: expires }),
  });
  const content = zip(entries, services.now);
  const block = Buffer.from(name.padEnd(48, '0').slice(0, 48)).toString('base64');
  const to = String(created.signed_upload_url);
  await put(`${to}&comp=block&blockid=${encodeURIComponent(block)}`, content);
  await put(`${to}&comp=blocklist`, `<BlockList><Latest>${block}</Latest></BlockList>`);
  const digest = createHash('sha256').update(content).digest('hex');
  const size = String(content.length);
  const { artifact_id: id } = await call(services, 'FinalizeArtifact', { name, size, hash: `sha256:${digest}` });
  return { id: Number(id), digest };
}

async function call(
  { url, runtimeToken }: Services,
  method: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`${url}/twirp/github.actions.results.api.v1.ArtifactService/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${runtimeToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...backendIds(runtimeToken), ...input }),
  });
  const answer = (await response.json()) as Readonly<Record<string, unknown>>;
  if (response.ok) return answer;
  const why = `Failed request: (${response.status}) ${response.statusText}: ${String(answer.msg)}`;
  throw new ActionError(`Failed to ${method}: Received non-retryable error: ${why}`);
}

/** The names of the run and the job, which the token tells. */
function backendIds(token: string): Readonly<Record<string, string>> {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { scp: string };
  const [, run = '', job = ''] =
    claims.scp
      .split(' ')
      .find((each) => each.startsWith('Actions.Results:'))
      ?.split(':') ?? [];
  return { workflow_run_backend_id: run, workflow_job_run_backend_id: job };
}

async function put(url: string, body: Buffer | string): Promise<void> {
  const headers = { 'x-ms-blob-content-type': 'application/zip' };
  const response = await fetch(url, {
    method: 'PUT',
    headers,
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  if (!response.ok) throw new ActionError(`Failed to upload the artifact: ${response.status} ${await response.text()}`);
}

/** The files that match the patterns, and the directory that their names in the archive are relative to. */
function search(
  path: string,
  workspace: string,
  which: 'all' | 'visible',
): { readonly root: string; readonly files: readonly string[] } {
  const lines = path.split('\n').map((line) => line.trim());
  const wanted = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const found = new Set<string>();
  const starts: string[] = [];
  for (const line of wanted) {
    const leaves = line.startsWith('!');
    const pattern = leaves ? line.slice(1).trim() : line;
    const absolute = isAbsolute(pattern) ? pattern : join(workspace, pattern);
    const matched = globSync(absolute);
    const files = matched.flatMap((each) => {
      const whole = resolve(each);
      return statSync(whole).isDirectory()
        ? readdirSync(whole, { recursive: true, encoding: 'utf8' }).map((one) => join(whole, one))
        : [whole];
    });
    for (const file of files) {
      if (leaves) found.delete(file);
      else if (lstatSync(file).isFile() && (which === 'all' || !isHidden(file, absolute))) found.add(file);
    }
    if (!leaves) starts.push(startOf(absolute));
  }
  const files = [...found].sort();
  const [only] = files;
  // A single file is at the top of the archive. Otherwise names are relative to the patterns' common directory.
  if (files.length === 1 && only !== undefined && starts.includes(only)) return { root: dirname(only), files };
  return { root: starts.reduce(common, starts[0] ?? workspace), files };
}

/** A pattern's directories before its first wildcard. */
function startOf(pattern: string): string {
  const parts = pattern.split(sep);
  const wild = parts.findIndex((part) => /[*?[{]/.test(part));
  return resolve(wild < 0 ? pattern : parts.slice(0, wild).join(sep) || sep);
}

function common(one: string, other: string): string {
  let shared = one;
  while (shared !== dirname(shared) && other !== shared && !other.startsWith(shared + sep)) shared = dirname(shared);
  return shared;
}

/** True if the file is hidden. A hidden directory that the pattern names explicitly doesn't count. */
const isHidden = (file: string, pattern: string): boolean => {
  const start = startOf(pattern);
  const below = file === start ? basename(file) : relative(start, file);
  return below.split(sep).some((part) => part.startsWith('.'));
};
