/**
 * The results service of GitHub Actions, as far as artifacts need it: Twirp calls in JSON, and the block blobs that its
 * signed URLs lead to. `actions/upload-artifact` and `actions/download-artifact` of version 4 and later are its clients.
 *
 * The names of methods and fields are those of the clients (`@actions/artifact`, generated from GitHub's protocol buffers).
 *
 * @see https://twitchtv.github.io/twirp/docs/spec_v7.html
 * @see https://learn.microsoft.com/en-us/rest/api/storageservices/put-block-list
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Artifact, Job } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { BLOBS, idsOf } from '#emulator/world/artifacts';
import type { World } from '#emulator/world/world';

const SERVICE = '/twirp/github.actions.results.api.v1.ArtifactService/';

export const isResultsPath = (pathname: string): boolean =>
  pathname.startsWith('/twirp/') || pathname.startsWith(BLOBS);

/** Twirp's error codes, by the status that belongs to them. */
const CODES: Readonly<Record<number, string>> = {
  400: 'invalid_argument',
  401: 'unauthenticated',
  403: 'permission_denied',
  404: 'not_found',
  409: 'already_exists',
};

export async function serveResults(
  world: World,
  {
    request,
    response,
    url,
    body,
  }: Readonly<{ request: IncomingMessage; response: ServerResponse; url: URL; body: Buffer }>,
): Promise<void> {
  if (url.pathname.startsWith(BLOBS)) return serveBlob(world, request, response, url, body);
  const send = (status: number, value: object) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
  const method = METHODS[url.pathname.slice(SERVICE.length)];
  // A GHES has no such service, and an older server not all of its methods.
  if (world.traits.artifacts === 'none' || !url.pathname.startsWith(SERVICE) || !method || request.method !== 'POST') {
    return send(404, { code: 'bad_route', msg: `no handler for path ${JSON.stringify(url.pathname)}` });
  }
  try {
    const input = JSON.parse(body.toString()) as Input;
    const token = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const job = token === undefined ? undefined : world.artifacts.jobOf(token);
    if (!job) throw new Refusal(401, 'the runtime token is not valid');
    const ids = idsOf(job);
    if (input.workflow_run_backend_id !== ids.run || input.workflow_job_run_backend_id !== ids.job) {
      throw new Refusal(403, 'the runtime token is for another run');
    }
    send(200, method(world, job, input));
  } catch (error) {
    if (error instanceof SyntaxError)
      return send(400, { code: 'malformed', msg: 'the json request could not be decoded' });
    if (!(error instanceof Refusal)) throw error;
    send(error.status, { code: CODES[error.status] ?? 'internal', msg: error.message });
  }
}

type Input = Readonly<Record<string, unknown>>;

const textIn = (input: Input, name: string): string | undefined =>
  typeof input[name] === 'string' ? input[name] : undefined;

const named = (world: World, job: Job, input: Input): Artifact => {
  const found = world.artifacts.find(job.run, textIn(input, 'name') ?? '');
  if (!found) throw new Refusal(404, 'artifact not found');
  return found;
};

const METHODS: Readonly<Record<string, (world: World, job: Job, input: Input) => object>> = {
  CreateArtifact: (world, { run }, input) => {
    const expires = textIn(input, 'expires_at');
    const url = world.artifacts.create(run, {
      name: textIn(input, 'name') ?? '',
      type: textIn(input, 'mime_type') ?? 'application/zip',
      ...(expires !== undefined && { expiresAtMs: Date.parse(expires) }),
    });
    return { ok: true, signed_upload_url: url };
  },
  FinalizeArtifact: (world, { run }, input) => {
    const { id } = world.artifacts.finalize(run, {
      ...{ name: textIn(input, 'name') ?? '', digest: textIn(input, 'hash') },
      size: Number(textIn(input, 'size') ?? 0),
    });
    return { ok: true, artifact_id: String(id) };
  },
  ListArtifacts: (_, job, input) => {
    const [name, id] = [textIn(input, 'name_filter'), textIn(input, 'id_filter')];
    const ids = idsOf(job);
    const artifacts = job.run.artifacts
      .filter((each) => (name === undefined || each.name === name) && (id === undefined || String(each.id) === id))
      .map((each) => ({
        workflow_run_backend_id: ids.run,
        workflow_job_run_backend_id: ids.job,
        database_id: String(each.id),
        name: each.name,
        size: String(each.content.length),
        created_at: each.createdAt,
      }));
    return { artifacts };
  },
  GetSignedArtifactURL: (world, job, input) => ({ signed_url: world.artifacts.downloadUrl(named(world, job, input)) }),
  DeleteArtifact: (world, job, input) => {
    const artifact = named(world, job, input);
    world.artifacts.remove(artifact);
    return { ok: true, artifact_id: String(artifact.id) };
  },
};

// ── blobs ───────────────────────────────────────────────────────────────────────────────────────────────────────────

interface BlobAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

function serveBlob(world: World, request: IncomingMessage, response: ServerResponse, url: URL, body: Buffer): void {
  const answer = answerBlob(world, request, url, body);
  const common = { 'x-ms-request-id': randomUUID(), 'x-ms-version': '2025-11-05' };
  response.writeHead(answer.status, { ...common, ...answer.headers });
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}

function refusal(status: number, code: string): BlobAnswer {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml', 'x-ms-error-code': code }, body };
}

function answerBlob(world: World, { method, headers }: IncomingMessage, url: URL, body: Buffer): BlobAnswer {
  const reads = method === 'GET' || method === 'HEAD';
  const { searchParams: query } = url;
  const blob = world.artifacts.blob(
    decodeURIComponent(url.pathname.slice(BLOBS.length)),
    query,
    reads ? 'read' : 'write',
  );
  if (!blob) return refusal(403, 'AuthenticationFailed');
  if (reads) {
    const { type, content } = blob;
    return { status: 200, headers: { 'content-type': type, 'content-length': String(content.length) }, body: content };
  }
  if (method !== 'PUT') return refusal(405, 'UnsupportedHttpVerb');
  const whole = (content: Buffer): BlobAnswer => {
    const type = headers['x-ms-blob-content-type'];
    blob.content = content;
    if (typeof type === 'string') blob.type = type;
    blob.blocks.clear();
    const changed = new Date(world.clock.now()).toUTCString();
    return { status: 201, headers: { etag: `"0x${content.length.toString(16)}"`, 'last-modified': changed } };
  };
  switch (query.get('comp')) {
    case 'block': {
      const block = query.get('blockid');
      if (!block) return refusal(400, 'InvalidQueryParameterValue');
      blob.blocks.set(block, body);
      return { status: 201 };
    }
    case 'blocklist': {
      const names = [...body.toString().matchAll(/<(?:Latest|Uncommitted)>([^<]+)</g)].map(([, name = '']) => name);
      const blocks = names.flatMap((name) => blob.blocks.get(name) ?? []);
      return blocks.length === names.length ? whole(Buffer.concat(blocks)) : refusal(400, 'InvalidBlockList');
    }
    case null:
      return headers['x-ms-blob-type'] === 'BlockBlob' ? whole(body) : refusal(400, 'MissingRequiredHeader');
    default:
      return refusal(400, 'InvalidQueryParameterValue');
  }
}
