/**
 * The server of the local pages. It reads everything that `views.ts` shows through the API, and performs the few actions
 * of a person through the API, as that person.
 *
 * It listens only on the loopback interface, but a browser on this machine also runs the pages of other sites. So `Host`
 * must name this server, which rejects a foreign name that resolves to 127.0.0.1, and a form must come from its own pages,
 * which is checked by `Origin` and by a token that only these pages contain.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Fault, messageOf } from '#words/fault';
import { type Api, ApiError, inRepo, type Repo } from './api.ts';
import type { EpicView } from './epic-view.ts';
import { SCRIPT, STYLE } from './style.ts';
import * as views from './views.ts';

export interface PagesOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly repo: Repo;
  readonly epic: number;
  readonly person: string;
  readonly api: Api;
  /** The latest view. */
  readonly view: () => EpicView;
  /** The text of the epic's panel, which is one of its comments. */
  readonly panelOf: (view: EpicView) => string | undefined;
  /** True if swarm asks for the epic's acceptance. */
  readonly isAcceptanceAsked: (view: EpicView) => boolean;
}

export interface Pages {
  readonly url: string;
  /** Tells the open pages to reload. */
  changed(): void;
  close(): Promise<void>;
}

const MAX_BYTES = 64 * 1024;
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** A request that is rejected, with the status of the answer. */
class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Opens the pages. Throws a `Fault` if the port is taken. */
export async function openPages(options: PagesOptions): Promise<Pages> {
  const token = randomBytes(24).toString('base64url');
  const watchers = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => refuse(request, response, error));
  });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];

  const contextFor = (path: string): views.PageContext => ({
    repo: `${options.repo.owner}/${options.repo.name}`,
    epic: options.epic,
    person: options.person,
    token,
    path,
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!hosts.includes(request.headers.host ?? '')) throw new Refused(421, 'Unknown host name.');
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (request.method === 'POST') {
      const location = await act(path, await readForm(request));
      response.writeHead(303, { ...HEADERS, location }).end();
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new Refused(405, 'Only GET is supported here.');
    } else if (path === '/style.css') send(response, 'text/css', STYLE);
    else if (path === '/live.js') send(response, 'text/javascript', SCRIPT);
    else if (path === '/events') watch(response);
    else send(response, 'text/html', await pageAt(path));
  }

  async function pageAt(path: string): Promise<string> {
    const context = contextFor(path);
    const view = options.view();
    if (path === '/') return views.epicPage(context, view, options.panelOf(view), options.isAcceptanceAsked(view));
    if (path === '/timeline') return views.timelinePage(context, view);
    if (path === '/runs') return views.runsPage(context, await readRuns(options.api, options.repo));
    const [, kind, number] = /^\/(issues|pulls|runs)\/(\d{1,12})$/.exec(path) ?? [];
    if (kind === 'issues') {
      const issue = await readIssue(options.api, options.repo, Number(number));
      const segment = view.segments.find((candidate) => candidate.issue === issue.number);
      return views.issuePage(context, issue, segment);
    }
    if (kind === 'pulls') return views.pullPage(context, await readPull(options.api, options.repo, Number(number)));
    if (kind === 'runs') {
      const { run, jobs } = await readRun(options.api, options.repo, Number(number));
      return views.runPage(context, run, jobs);
    }
    throw new Refused(404, 'There is no such page.');
  }

  /** Performs a form's action. @returns the page to show next. */
  async function act(path: string, form: URLSearchParams): Promise<string> {
    const [, kind, number, action] = /^\/(issues|pulls)\/(\d{1,12})\/(comment|review)$/.exec(path) ?? [];
    const body = form.get('body')?.trim() ?? '';
    if (action === 'comment') {
      if (body === '') throw new Refused(422, 'The comment is empty.');
      await options.api.post(`${inRepo(options.repo)}/issues/${number}/comments`, { body });
      return Number(number) === options.epic ? '/' : `/${kind}/${number}`;
    }
    if (kind === 'pulls' && action === 'review') {
      const event = form.get('event');
      if (event !== 'APPROVE' && event !== 'REQUEST_CHANGES')
        throw new Refused(422, 'Choose between Approve and Request changes.');
      if (event === 'REQUEST_CHANGES' && body === '') {
        throw new Refused(422, 'Describe what has to change. The agent gets your words.');
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
      throw new Refused(403, 'This form came from another site.');
    }
    if (site !== undefined && site !== 'same-origin') throw new Refused(403, 'This form came from another site.');
    if (!/^application\/x-www-form-urlencoded\b/.test(request.headers['content-type'] ?? '')) {
      throw new Refused(415, 'Only HTML forms are accepted here.');
    }
    let bytes = 0;
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MAX_BYTES) throw new Refused(413, `The form is larger than ${MAX_BYTES} bytes.`);
      chunks.push(chunk);
    }
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    if (!isSame(form.get('token') ?? '', token)) {
      throw new Refused(
        403,
        'This form did not come from these pages, or is from before a restart. Open the page again.',
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
    // A foreign host gets no page, because the page would contain the token.
    if (!hosts.includes(host)) return void response.writeHead(status, { 'content-type': 'text/plain' }).end();
    const next =
      error instanceof ApiError
        ? 'This is the answer of the API. Go back and reload the page.'
        : 'Go back and try again.';
    const page = views.errorPage(contextFor('/'), messageOf(error), next);
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
      const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      const why = isTaken ? 'Another program uses it, or it needs special permissions.' : error.message;
      reject(
        new Fault(
          `The pages cannot be opened on port ${port}.`,
          why,
          'Choose another with --port, or leave --port out.',
        ),
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

// --- the data of the pages, from GitHub's REST API -----------------------------------------------------------

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
    api.list<CommentAnswer>(`${inRepo(repo)}/issues/${number}/comments`),
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
  CHANGES_REQUESTED: 'requested changes',
  DISMISSED: 'reviewed this (dismissed)',
};

async function readPull(api: Api, repo: Repo, number: number): Promise<views.ShownPull> {
  const path = `${inRepo(repo)}/pulls/${number}`;
  const [issue, pull, files, reviews, lines] = await Promise.all([
    readIssue(api, repo, number),
    api.get<PullAnswer>(path),
    api.list<{ filename: string; status: string; additions: number; deletions: number; patch?: string }>(
      `${path}/files`,
    ),
    api.list<ReviewAnswer>(`${path}/reviews`),
    api.list<CommentAnswer & { path: string; line?: number | null }>(`${path}/comments`),
  ]);
  const checks = await api.list<{
    name: string;
    status: string;
    conclusion: string | null;
    output: { title: string | null };
  }>(`${inRepo(repo)}/commits/${pull.head.sha}/check-runs`, 'check_runs');
  return {
    ...issue,
    state: pull.merged ? 'merged' : pull.state,
    head: pull.head.sha,
    branch: pull.head.ref,
    base: pull.base.ref,
    draft: pull.draft,
    files: files.map(({ filename, patch, ...file }) => ({ ...file, name: filename, patch })),
    checks: checks.map((check) => ({
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
        action: VERDICTS[state] ?? 'commented',
      })),
      ...lines.map(({ user, body, created_at: at, path: file, line }) => ({
        by: user?.login ?? 'ghost',
        at,
        body,
        action: 'commented',
        location: line ? `${file}:${line}` : file,
      })),
    ].filter(({ at }) => at !== ''),
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

/** The latest runs, plus those that swarm dispatched: GitHub lists only the first 1,000 of each. */
async function readRuns(api: Api, repo: Repo): Promise<readonly views.ShownRun[]> {
  const path = `${inRepo(repo)}/actions/runs`;
  const lists = await Promise.all(
    [path, `${path}?event=workflow_dispatch`].map((listPath) => api.list<RunAnswer>(listPath, 'workflow_runs')),
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
  const [run, jobs] = await Promise.all([
    api.get<RunAnswer>(`${inRepo(repo)}/actions/runs/${id}`),
    api.list<JobAnswer>(`${inRepo(repo)}/actions/runs/${id}/jobs`, 'jobs'),
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

/** The log of a job; undefined for a job that never got a runner, as on GitHub. */
async function readLog(api: Api, repo: Repo, job: number): Promise<string | undefined> {
  try {
    return await api.text(`${inRepo(repo)}/actions/jobs/${job}/logs`, '*/*');
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
