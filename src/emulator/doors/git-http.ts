/**
 * Git over HTTP: `git http-backend` behind the emulator's tokens and rules.
 *
 * A push is checked before any ref moves: its commands are read from the first packets, and its objects are stored
 * first, because rules depend on the commits. The changed refs are found by comparing the refs before and after the
 * push, not from its packets: git sends a probing POST before a large push, and git itself may refuse some of the refs.
 */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGunzip } from 'node:zlib';
import { type LaunchedProcess, launch } from '#emulator/git/launcher';
import { gitEnv } from '#emulator/git/process';
import type { GitRepository } from '#emulator/git/repository';
import type { RefMove } from '#emulator/git/types';
import { type Actor, type Repository, ZERO_OID } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import type { Credential } from '#emulator/world/auth';
import type { World } from '#emulator/world/world';

const PATH = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/** The time that git has to perform a push, in real time. Other pushes to the repository wait for it. */
const PUSH_MS = 120_000;

/** True for git's requests: `/owner/name.git/info/refs` and the two services. */
export const isGitPath = (pathname: string): boolean => PATH.test(pathname);

export async function serveGit(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const found = PATH.exec(url.pathname);
  const [, owner = '', name = '', what = ''] = found ?? [];
  const service = what === 'info/refs' ? url.searchParams.get('service') : what;
  const pushes = service === 'git-receive-pack';
  if (!pushes && service !== 'git-upload-pack') {
    return refuse(response, 403, 'Please upgrade your git client. GitHub no longer supports git over dumb-http.');
  }
  let credential: Credential;
  try {
    credential = world.tokens.credential(request.headers.authorization);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refuse(response, 401, 'Invalid username or token.');
  }
  const moved = world.formerly(owner, name);
  if (moved && world.tokens.sees(credential, moved)) {
    const location = `${world.url}/${moved.owner.login}/${moved.name}.git/${what}${url.search}`;
    response.writeHead(301, { location }).end();
    return;
  }
  const repository = world.repository(owner, name);
  if (!repository || !world.tokens.sees(credential, repository)) {
    return refuse(response, credential.kind === 'anonymous' ? 401 : 404, 'Repository not found.');
  }
  const may = world.tokens.may(credential, repository, { permission: 'contents', level: pushes ? 'write' : 'read' });
  if (!may) {
    if (credential.kind === 'anonymous') return refuse(response, 401, 'Authentication required.');
    return refuse(response, 403, `Permission to ${owner}/${name}.git denied.`);
  }
  if (repository.archived && pushes) return refuse(response, 403, 'This repository was archived so it is read-only.');
  const call = { world, credential, repository, url, what, request, response };
  if (what === 'git-receive-pack') return receive(call);
  const length = Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY);
  if (what !== 'git-upload-pack' || length > REF_LIST_BYTES) return serve(call, request);
  const body = await readAll(request);
  await makeMergeCommits(world, repository, body);
  return serve(call, body);
}

/** A request for refs is no longer: it names only the prefixes of those that are wanted. */
const REF_LIST_BYTES = 4_096;

/** Makes the merge commits of the pull requests that a client asks for. GitHub has made them before. */
async function makeMergeCommits(world: World, repository: Repository, body: Buffer): Promise<void> {
  for (const [, number] of body.toString('latin1').matchAll(/\brefs\/pull\/(\d+)\/merge\b/g)) {
    const pull = world.pulls.pull(repository, Number(number));
    if (pull?.issue.state === 'open') await world.merges.testCommit(pull);
  }
}

interface GitRequest {
  readonly world: World;
  readonly credential: Credential;
  readonly repository: Repository;
  readonly url: URL;
  readonly what: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain',
    ...(status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {}),
  });
  response.end(`${message}\n`);
}

/** Handles a push: checks it, lets git perform it, and reports the changed refs to the world. One per repository at a time. */
async function receive(call: GitRequest): Promise<void> {
  const { world, credential, repository, request } = call;
  const body = await readAll(request);
  const actor = world.tokens.actor(credential);
  await world.inTurn(repository, async () => {
    const git = await world.git(repository);
    const { commands, pack } = readPush(body);
    const refusals = new Map<string, PushRefusal>();
    if (pack.length > 0 && !(await git.unpack(pack))) {
      for (const { name } of commands) refusals.set(name, { status: 'unpacker error' });
    } else if (pack.length > SMALLEST_LARGE_PACK_BYTES) {
      const large = await largeFiles(git, commands);
      if (large !== null) for (const { name } of commands) refusals.set(name, large);
    }
    for (const command of refusals.size > 0 ? [] : commands) {
      const why = await refusalOf(call, actor, command);
      if (why !== null) refusals.set(command.name, why);
    }
    if (refusals.size > 0) return sendRefused(call, commands, refusals);
    const before = await refsOf(git);
    const { head, rest } = splitHead(await wholeOutput(backendOf(call, body)));
    // Before git responds: the client may ask for its pull request right after.
    await world.refs.changed(actor, repository, changesBetween(before, await refsOf(git)));
    writeHead(call.response, head, rest.length);
    call.response.end(rest);
  });
}

/** Why `git push` fails for a ref: in the line of the ref, and in what the server says before it. */
interface PushRefusal {
  readonly status: string;
  readonly says?: string;
}

const MIB = 1024 * 1024;
/** GitHub refuses larger files (docs: "About large files on GitHub"). */
const LARGEST_FILE_BYTES = 100 * MIB;
/** No smaller pack can hold a larger file: deflate makes at most a thousandth of it. */
const SMALLEST_LARGE_PACK_BYTES = LARGEST_FILE_BYTES / 1_100;

/** The refusal of a push with files that are too large, or null. */
async function largeFiles(git: GitRepository, commands: readonly RefMove[]): Promise<PushRefusal | null> {
  const tips = commands.flatMap(({ after }) => after ?? []);
  const files = await git.newFilesAbove(tips, LARGEST_FILE_BYTES);
  if (files.length === 0) return null;
  const limit = `this exceeds GitHub's file size limit of ${(LARGEST_FILE_BYTES / MIB).toFixed(2)} MB`;
  const lines = files.map(({ path, size }) => `error: File ${path} is ${(size / MIB).toFixed(2)} MB; ${limit}`);
  const advice =
    'error: GH001: Large files detected. You may want to try Git Large File Storage - https://git-lfs.github.com.';
  return { status: 'pre-receive hook declined', says: [...lines, advice, ''].join('\n') };
}

/** The refusal of a push that may not move this ref like this, or null. */
async function refusalOf(call: GitRequest, actor: Actor, { name, ...move }: RefMove): Promise<PushRefusal | null> {
  const { world, credential, repository } = call;
  const command = { name, ...move };
  // GitHub's own refs. Git has the same message for hidden refs.
  if (name.startsWith('refs/pull/')) return { status: 'deny updating a hidden ref' };
  if (move.after === null && name === `refs/heads/${repository.defaultBranch}`) {
    return { status: `refusing to delete the current branch: ${name}` };
  }
  try {
    await world.refs.refuseByRule(actor, repository, command);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [first = '', ...violations] = error.message.trim().split('\n\n');
    const list = violations.map((violation) => `- ${violation}\n`).join('\n');
    const says = `error: GH013: ${first} for ${name}.\n\n${list}\n`;
    return { status: 'push declined due to repository rule violations', says };
  }
  if (world.tokens.may(credential, repository, { permission: 'workflows', level: 'write' })) return null;
  const file = await world.refs.workflowBroughtIn(repository, command);
  if (file === null) return null;
  const status = `refusing to allow a GitHub App to create or update workflow \`${file}\` without \`workflows\` permission`;
  return { status };
}

const refsOf = async (git: GitRepository): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (await git.listRefs('refs/')).filter((ref) => !ref.name.startsWith('refs/pull/')).map((ref) => [ref.name, ref.oid]),
  );

function changesBetween(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): RefMove[] {
  const changes: RefMove[] = [];
  for (const [name, oid] of after) {
    if (before.get(name) !== oid) changes.push({ name, before: before.get(name) ?? null, after: oid });
  }
  for (const [name, oid] of before) {
    if (!after.has(name)) changes.push({ name, before: oid, after: null });
  }
  return changes;
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const source = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
  const chunks: Buffer[] = [];
  for await (const chunk of source) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Reads a push: packet lines `<old> <new> <name>` up to the flush packet, then the pack, if the push has one. */
function readPush(body: Buffer): { readonly commands: readonly RefMove[]; readonly pack: Buffer } {
  const commands: RefMove[] = [];
  let at = 0;
  while (at + 4 <= body.length) {
    const length = Number.parseInt(body.toString('latin1', at, at + 4), 16);
    // `0000` ends the commands. The probe before a large push contains nothing else.
    if (!(length > 4)) break;
    const line = body.toString('utf8', at + 4, at + length).split('\0')[0] ?? '';
    const found = /^([0-9a-f]{40}) ([0-9a-f]{40}) (refs\/.+)$/.exec(line.trimEnd());
    if (found) {
      const [, old = '', next = '', name = ''] = found;
      commands.push({ name, before: old === ZERO_OID ? null : old, after: next === ZERO_OID ? null : next });
    }
    at += length;
  }
  const start = body.indexOf('PACK', at);
  return { commands, pack: start < 0 ? Buffer.alloc(0) : body.subarray(start) };
}

const packet = (text: string | Buffer): Buffer => {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')), bytes]);
};

/** Sends the `report-status` of a push that was refused as a whole, in the side band that current git clients use. */
function sendRefused(call: GitRequest, commands: readonly RefMove[], refusals: ReadonlyMap<string, PushRefusal>): void {
  const lines = commands.map(({ name }) =>
    packet(`ng ${name} ${refusals.get(name)?.status ?? 'pre-receive hook declined'}\n`),
  );
  const said = new Set([...refusals.values()].flatMap(({ says }) => says ?? []));
  const progress = [...said].map((says) => sideBand(2, Buffer.from(says)));
  const report = Buffer.concat([packet('unpack ok\n'), ...lines, Buffer.from('0000')]);
  const body = Buffer.concat([...progress, sideBand(1, report), Buffer.from('0000')]);
  call.response.writeHead(200, {
    'content-type': 'application/x-git-receive-pack-result',
    'cache-control': 'no-cache',
  });
  call.response.end(body);
}

const sideBand = (band: 1 | 2, bytes: Buffer): Buffer => packet(Buffer.concat([Buffer.from([band]), bytes]));

/** Starts `git http-backend` as a CGI program with the request's body, either as a stream or already read. */
function backendOf(call: GitRequest, input: Buffer | IncomingMessage): LaunchedProcess {
  const { world, credential, repository, url, what, request } = call;
  const config: [string, string][] = [
    ['safe.directory', '*'],
    ['core.hooksPath', '/dev/null'],
    ['http.receivepack', 'true'],
    ['uploadpack.allowAnySHA1InWant', 'true'],
    ['uploadpack.allowFilter', 'true'],
    ['receive.autogc', 'false'],
    ['receive.fsckObjects', 'true'],
    ['receive.hideRefs', 'refs/pull'],
    ['core.fsync', 'none'],
  ];
  const env = gitEnv({
    GIT_PROJECT_ROOT: world.gitDir(repository),
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: `/${what}`,
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: request.headers['content-type'] ?? '',
    REMOTE_USER: credential.kind === 'anonymous' ? '' : world.tokens.account(credential),
    GIT_CONFIG_COUNT: String(config.length),
    ...Object.fromEntries(
      config.flatMap(([key, value], at) => [
        [`GIT_CONFIG_KEY_${at}`, key],
        [`GIT_CONFIG_VALUE_${at}`, value],
      ]),
    ),
  });
  const protocol = request.headers['git-protocol'];
  if (typeof protocol === 'string') env.GIT_PROTOCOL = protocol;
  if (Buffer.isBuffer(input)) env.CONTENT_LENGTH = String(input.length);
  else {
    if (request.headers['content-length']) env.CONTENT_LENGTH = request.headers['content-length'];
    if (request.headers['content-encoding']) env.HTTP_CONTENT_ENCODING = String(request.headers['content-encoding']);
  }
  const child = launch('git', ['http-backend'], { env });
  // If git cannot be started, reading its output fails with this error.
  child.once('error', (error: Error) => child.stdout.destroy(error));
  // If git exits before it has read all of its input, its output says why.
  child.stdin.on('error', () => undefined);
  if (Buffer.isBuffer(input)) child.stdin.end(input);
  else input.pipe(child.stdin);
  return child;
}

async function wholeOutput(child: LaunchedProcess): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const timeout = setTimeout(() => {
    child.stdout.destroy(new Error(`git http-backend did not finish within ${PUSH_MS / 1000} s`));
    child.kill();
  }, PUSH_MS);
  try {
    for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  } finally {
    clearTimeout(timeout);
  }
  return Buffer.concat(chunks);
}

/** Handles a fetch: streams git's output to the client. */
async function serve(call: GitRequest, input: Buffer | IncomingMessage): Promise<void> {
  const { response } = call;
  const child = backendOf(call, input);
  // If the client disconnects, git is stopped.
  const gone = new Promise<void>((resolve) => {
    response.once('close', () => {
      child.kill();
      resolve();
    });
  });
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of child.stdout) {
    if (head === undefined) {
      if (response.destroyed) break;
      // One `close` listener for the whole response: one for each chunk would add up in a large clone.
      if (!response.write(chunk)) await Promise.race([once(response, 'drain'), gone]);
      continue;
    }
    head = Buffer.concat([head, chunk as Buffer]);
    if (head.indexOf('\r\n\r\n') < 0) continue;
    const parts = splitHead(head);
    writeHead(response, parts.head);
    if (parts.rest.length > 0) response.write(parts.rest);
    head = undefined;
  }
  if (!response.headersSent) response.writeHead(500);
  response.end();
}

function splitHead(all: Buffer): { readonly head: string; readonly rest: Buffer } {
  const end = all.indexOf('\r\n\r\n');
  return end < 0
    ? { head: 'Status: 500', rest: Buffer.alloc(0) }
    : { head: all.toString('latin1', 0, end), rest: all.subarray(end + 4) };
}

function writeHead(response: ServerResponse, head: string, length?: number): void {
  let status = 200;
  const headers: Record<string, string> = {};
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'status') status = Number(value.split(' ')[0]);
    else if (colon > 0) headers[name] = value;
  }
  if (length !== undefined) headers['content-length'] = String(length);
  response.writeHead(status, headers);
}
