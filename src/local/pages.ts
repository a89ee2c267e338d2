/**
 * The local pages' server: what `views.ts` shows, looked up through the API, and the few things a person can do, done
 * through the API as that person.
 *
 * It listens on the loopback only, but a browser on this machine also runs other sites' pages. So a request must name
 * this server in `Host` (a foreign name that resolves to 127.0.0.1 does not get in), and a change must come from its own
 * pages: by `Origin`, and by a token that only they contain.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Api, ApiError, inRepo, type Repo } from './api.ts';
import { Fault, messageOf } from './fault.ts';
import type { Look } from './look.ts';
import { SCRIPT, STYLE } from './style.ts';
import * as views from './views.ts';

export interface PagesOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly repo: Repo;
  readonly epic: number;
  readonly person: string;
  readonly api: Api;
  /** The latest look. */
  readonly seen: () => Look;
  /** The text of the epic's panel among its comments. */
  readonly panelOf: (seen: Look) => string | undefined;
  /** Whether swarm asks for the epic's acceptance. */
  readonly isAsked: (seen: Look) => boolean;
}

export interface Pages {
  readonly url: string;
  /** Tells the open pages to look again. */
  changed(): void;
  close(): Promise<void>;
}

const MOST_BYTES = 64 * 1024;
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** What a request gets when it may not have what it asks for. */
class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Opens the pages. Throws a `Fault` where the port is taken. */
export async function openPages(options: PagesOptions): Promise<Pages> {
  const token = randomBytes(24).toString('base64url');
  const watchers = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => refuse(request, response, error));
  });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];

  const frameFor = (path: string): views.Frame => ({
    repo: `${options.repo.owner}/${options.repo.name}`,
    epic: options.epic,
    person: options.person,
    token,
    path,
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!hosts.includes(request.headers.host ?? '')) throw new Refused(421, 'This server has another name.');
    const path = new URL(request.url ?? '/', 'http://here').pathname;
    if (request.method === 'POST') {
      const to = await act(path, await readForm(request));
      response.writeHead(303, { ...HEADERS, location: to }).end();
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new Refused(405, 'Pages are read with GET.');
    } else if (path === '/style.css') send(response, 'text/css', STYLE);
    else if (path === '/live.js') send(response, 'text/javascript', SCRIPT);
    else if (path === '/events') watch(response);
    else send(response, 'text/html', await pageAt(path));
  }

  async function pageAt(path: string): Promise<string> {
    const frame = frameFor(path);
    const seen = options.seen();
    if (path === '/') return views.epicPage(frame, seen, options.panelOf(seen), options.isAsked(seen));
    if (path === '/timeline') return views.timelinePage(frame, seen);
    if (path === '/runs') return views.runsPage(frame, await readRuns(options.api, options.repo));
    const [, kind, number] = /^\/(issues|pulls|runs)\/(\d{1,12})$/.exec(path) ?? [];
    if (kind === 'issues') {
      const issue = await readIssue(options.api, options.repo, Number(number));
      const segment = seen.segments.find((each) => each.issue === issue.number);
      return views.issuePage(frame, issue, segment);
    }
    if (kind === 'pulls') return views.pullPage(frame, await readPull(options.api, options.repo, Number(number)));
    if (kind === 'runs') {
      const { run, jobs } = await readRun(options.api, options.repo, Number(number));
      return views.runPage(frame, run, jobs);
    }
    throw new Refused(404, 'There is no such page.');
  }

  /** Does what a form asks for. @returns where to go then. */
  async function act(path: string, form: URLSearchParams): Promise<string> {
    const [, kind, number, what] = /^\/(issues|pulls)\/(\d{1,12})\/(comment|review)$/.exec(path) ?? [];
    const body = form.get('body')?.trim() ?? '';
    if (what === 'comment') {
      if (body === '') throw new Refused(422, 'A comment needs words.');
      await options.api.post(`${inRepo(options.repo)}/issues/${number}/comments`, { body });
      return Number(number) === options.epic ? '/' : `/${kind}/${number}`;
    }
    if (kind === 'pulls' && what === 'review') {
      const event = form.get('event');
      if (event !== 'APPROVE' && event !== 'REQUEST_CHANGES') throw new Refused(422, 'Approve, or request changes.');
      if (event === 'REQUEST_CHANGES' && body === '') {
        throw new Refused(422, 'Say what has to change: the agent gets your words.');
      }
      const review = { event, body, commit_id: form.get('head') ?? '' };
      await options.api.post(`${inRepo(options.repo)}/pulls/${number}/reviews`, review);
      return `/pulls/${number}`;
    }
    throw new Refused(404, 'There is no such form.');
  }

  async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
    const { origin, 'sec-fetch-site': site } = request.headers;
    if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) {
      throw new Refused(403, 'This form was sent by another site.');
    }
    if (site !== undefined && site !== 'same-origin') throw new Refused(403, 'This form was sent by another site.');
    if (!/^application\/x-www-form-urlencoded\b/.test(request.headers['content-type'] ?? '')) {
      throw new Refused(415, 'Only forms are taken here.');
    }
    let bytes = 0;
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) throw new Refused(413, `A form has at most ${MOST_BYTES} bytes.`);
      chunks.push(chunk);
    }
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    if (!isSame(form.get('token') ?? '', token)) {
      throw new Refused(
        403,
        'This form is not from these pages, or from before they were restarted. Open the page again.',
      );
    }
    return form;
  }

  function watch(response: ServerResponse): void {
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
    response.write('retry: 1000\n\n');
    watchers.add(response);
    response.on('close', () => watchers.delete(response));
  }

  function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    if (response.headersSent) return void response.destroy();
    const status = error instanceof Refused ? error.status : error instanceof ApiError ? statusOf(error) : 500;
    const host = request.headers.host ?? '';
    // A stranger gets no page: it would carry the token.
    if (!hosts.includes(host)) return void response.writeHead(status, { 'content-type': 'text/plain' }).end();
    const next =
      error instanceof ApiError ? 'This is what the API answered. Go back and look again.' : 'Go back and try again.';
    const page = views.faultPage(frameFor('/'), messageOf(error), next);
    response
      .writeHead(status, { ...HEADERS, 'content-type': 'text/html; charset=utf-8', connection: 'close' })
      .end(page);
  }

  return {
    url: `http://127.0.0.1:${port}/`,
    changed: () => {
      for (const watcher of watchers) watcher.write('event: change\ndata: now\n\n');
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const watcher of watchers) watcher.end();
        server.closeAllConnections();
      }),
  };
}

const statusOf = (error: ApiError): number => (error.status === 404 ? 404 : error.status < 500 ? 422 : 502);

function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      const why = taken ? 'Another program has it, or it needs special rights.' : error.message;
      reject(
        new Fault(`The pages cannot be opened on port ${port}.`, why, 'Choose another with --port, or leave it out.'),
      );
    });
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { ...HEADERS, 'content-type': `${type}; charset=utf-8` }).end(body);
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

// --- what the pages show, read as GitHub's REST tells it -----------------------------------------------------------

interface UserAnswer {
  readonly login: string;
}

interface CommentAnswer {
  readonly user: UserAnswer | null;
  readonly created_at: string;
  readonly body: string;
}

interface IssueAnswer {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: string;
  readonly state_reason?: string | null;
  readonly labels: readonly { readonly name: string }[];
}

async function readIssue(api: Api, repo: Repo, number: number): Promise<views.ShownIssue> {
  const [issue, comments] = await Promise.all([
    api.get<IssueAnswer>(`${inRepo(repo)}/issues/${number}`),
    api.get<readonly CommentAnswer[]>(`${inRepo(repo)}/issues/${number}/comments?per_page=100`),
  ]);
  return {
    number,
    title: issue.title,
    body: issue.body ?? '',
    state: issue.state === 'closed' ? (issue.state_reason ?? 'closed').replaceAll('_', ' ') : 'open',
    labels: issue.labels.map((label) => label.name),
    conversation: comments.map(({ user, created_at: at, body }) => ({ by: user?.login ?? 'ghost', at, body })),
  };
}

interface PullAnswer extends IssueAnswer {
  readonly merged: boolean;
  readonly draft: boolean;
  readonly head: { readonly sha: string; readonly ref: string };
  readonly base: { readonly ref: string };
}

interface ReviewAnswer {
  readonly user: UserAnswer | null;
  readonly body: string;
  readonly state: string;
  readonly submitted_at?: string;
}

const VERDICTS: Readonly<Record<string, string>> = {
  APPROVED: 'approved this',
  CHANGES_REQUESTED: 'asked for changes',
  DISMISSED: 'reviewed this (dismissed)',
};

async function readPull(api: Api, repo: Repo, number: number): Promise<views.ShownPull> {
  const path = `${inRepo(repo)}/pulls/${number}`;
  const [issue, pull, files, reviews, lines] = await Promise.all([
    readIssue(api, repo, number),
    api.get<PullAnswer>(path),
    api.get<readonly { filename: string; status: string; additions: number; deletions: number; patch?: string }[]>(
      `${path}/files?per_page=100`,
    ),
    api.get<readonly ReviewAnswer[]>(`${path}/reviews?per_page=100`),
    api.get<readonly (CommentAnswer & { path: string; line?: number | null })[]>(`${path}/comments?per_page=100`),
  ]);
  const checks = await api.get<{
    check_runs: readonly {
      name: string;
      status: string;
      conclusion: string | null;
      output: { title: string | null };
    }[];
  }>(`${inRepo(repo)}/commits/${pull.head.sha}/check-runs?per_page=100`);
  return {
    ...issue,
    state: pull.merged ? 'merged' : pull.state,
    head: pull.head.sha,
    branch: pull.head.ref,
    base: pull.base.ref,
    draft: pull.draft,
    files: files.map(({ filename, patch, ...file }) => ({ ...file, name: filename, patch })),
    checks: checks.check_runs.map((check) => ({
      name: check.name,
      conclusion: check.conclusion ?? check.status.replaceAll('_', ' '),
      summary: check.output.title ?? '',
    })),
    conversation: [
      ...issue.conversation,
      ...reviews.map(({ user, body, state, submitted_at: at }) => ({
        by: user?.login ?? 'ghost',
        at: at ?? '',
        body,
        what: VERDICTS[state] ?? 'commented',
      })),
      ...lines.map(({ user, body, created_at: at, path: file, line }) => ({
        by: user?.login ?? 'ghost',
        at,
        body,
        what: 'said',
        place: line ? `${file}:${line}` : file,
      })),
    ].filter((each) => each.at !== ''),
  };
}

interface RunAnswer {
  readonly id: number;
  readonly display_title: string;
  readonly event: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly created_at: string;
}

const runOf = (run: RunAnswer): views.ShownRun => ({
  id: run.id,
  title: run.display_title,
  event: run.event,
  state: (run.conclusion ?? run.status).replaceAll('_', ' '),
  at: run.created_at,
});

/** The latest runs, and besides all that swarm dispatched: most others are skipped, and push these off the first page. */
async function readRuns(api: Api, repo: Repo): Promise<readonly views.ShownRun[]> {
  const path = `${inRepo(repo)}/actions/runs?per_page=100`;
  const lists = await Promise.all(
    [path, `${path}&event=workflow_dispatch`].map((each) =>
      api.get<{ workflow_runs: readonly RunAnswer[] }>(each).then((answer) => answer.workflow_runs),
    ),
  );
  const runs = new Map(lists.flat().map((run) => [run.id, run]));
  return [...runs.values()].sort((a, b) => b.id - a.id).map(runOf);
}

interface JobAnswer {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly steps?: readonly { readonly name: string; readonly status: string; readonly conclusion: string | null }[];
}

async function readRun(api: Api, repo: Repo, id: number) {
  const [run, { jobs }] = await Promise.all([
    api.get<RunAnswer>(`${inRepo(repo)}/actions/runs/${id}`),
    api.get<{ jobs: readonly JobAnswer[] }>(`${inRepo(repo)}/actions/runs/${id}/jobs?per_page=100`),
  ]);
  const shown = jobs.map(
    async (job): Promise<views.ShownJob> => ({
      id: job.id,
      name: job.name,
      state: (job.conclusion ?? job.status).replaceAll('_', ' '),
      steps: (job.steps ?? []).map((step) => ({
        name: step.name,
        state: (step.conclusion ?? step.status).replaceAll('_', ' '),
      })),
      log: job.status === 'completed' && job.conclusion !== 'skipped' ? await readLog(api, repo, job.id) : undefined,
    }),
  );
  return { run: runOf(run), jobs: await Promise.all(shown) };
}

/** A job that never got a runner has no log, as on GitHub. */
async function readLog(api: Api, repo: Repo, job: number): Promise<string | undefined> {
  try {
    return await api.text(`${inRepo(repo)}/actions/jobs/${job}/logs`, '*/*');
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
