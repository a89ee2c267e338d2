/** The local pages as HTML, made from values that `pages.ts` reads. */

import type { EpicView, SegmentView } from './epic-view.ts';
import { graph } from './graph.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { markdown, preformatted } from './markdown.ts';

export interface PageContext {
  readonly repo: string;
  readonly epic: number;
  /** The person that the buttons act as. */
  readonly person: string;
  /** Part of every form; see `pages.ts`. */
  readonly token: string;
  readonly path: string;
}

/** A whole page. `still` pages contain a form, so a browser without scripts does not reload them. */
export function page(context: PageContext, title: string, main: Html, kind: 'live' | 'still' = 'live'): string {
  const entry = (href: string, name: string): Html =>
    html`<a href="${href}"${context.path === href && html` aria-current="page"`}>${name}</a>`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${context.repo}</title><link rel="stylesheet" href="/style.css"><link rel="icon" href="data:,">
${kind === 'live' && html`<noscript><meta http-equiv="refresh" content="5"></noscript>`}<script src="/live.js" defer></script></head>
<body><a class="skip" href="#main">Skip to content</a>
<header><div><nav aria-label="Pages"><b>Swarm on this machine: ${context.repo}</b>${entry('/', `Epic #${context.epic}`)}${entry('/timeline', 'Timeline')}${entry('/runs', 'Runs')}</nav></div></header>
<main id="main">${main}</main>
<footer>Served on this machine only. The buttons act as ${context.person}, through the same API that swarm uses.</footer>
</body></html>`.text;
}

function partition<Item>(items: readonly Item[], belongs: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))];
}

export const chip = (word: string): Html =>
  html`<span class="chip ${word.toLowerCase().replaceAll(/[^a-z]+/g, '-')}">${word}</span>`;

const clock = (time: string | number): Html => {
  const iso = new Date(time).toISOString();
  return html`<time datetime="${iso}">${iso.slice(11, 19)}</time>`;
};

const comment = (by: string, at: string, body: string, action: HtmlValue = 'commented'): Html =>
  html`<article class="card"><p class="by">${clock(at)}<strong>${by}</strong> ${action}</p>${markdown(body)}</article>`;

const commentForm = (context: PageContext, issue: number, hint: string): Html =>
  html`<form class="decide" method="post" action="/issues/${issue}/comment"><input type="hidden" name="token" value="${context.token}">
<label for="comment">Comment as ${context.person}</label><textarea id="comment" name="body" required maxlength="20000" aria-describedby="hint"></textarea>
<p class="under" id="hint">${hint}</p><button type="submit">Comment</button></form>`;

// --- the epic -----------------------------------------------------------------------------------------------------

export function epicPage(
  context: PageContext,
  view: EpicView,
  panel: string | undefined,
  isAcceptanceAsked: boolean,
): string {
  const { epic } = view;
  const accept = html`<form class="decide" method="post" action="/issues/${epic.number}/comment"><input type="hidden" name="token" value="${context.token}">
<input type="hidden" name="body" value="/swarm accept"><strong>Every segment is done.</strong> Accepting closes the epic.<br><button class="good" type="submit">Accept the epic</button></form>`;
  const others = epic.comments.filter(({ body }) => body !== panel);
  return page(
    context,
    epic.title,
    html`<h1>${epic.title}</h1><p class="under">#${epic.number} ${chip(epic.state === 'open' ? 'open' : 'completed')} ${epic.labels.map((label) => html`<span class="chip label">${label}</span> `)}</p>
${isAcceptanceAsked && epic.state === 'open' && accept}
<h2>Graph</h2>${graph(view)}
<h2>Segments</h2>${segmentTable(view)}
${panel !== undefined && html`<h2>Panel</h2><article class="card">${markdown(panel)}</article>`}
<h2>Conversation</h2>${epic.body !== '' && html`<article class="card">${markdown(epic.body)}</article>`}${others.map(({ by, at, body }) => comment(by, at, body))}
${commentForm(context, epic.number, 'To give a command, start the comment with it: /swarm pause, /swarm resume, /swarm status, /swarm help.')}`,
    'still',
  );
}

function segmentTable(view: EpicView): Html {
  const row = (
    segment: SegmentView,
  ): Html => html`<tr><td>${segment.wave}</td><td><a href="/issues/${segment.issue}">#${segment.issue}</a> ${segment.title}${segment.fix && html` ${chip('fix')}`}</td>
<td>${chip(segment.state)}</td><td>${segment.pull && html`<a href="/pulls/${segment.pull.number}">PR ${segment.pull.number}</a>`}</td>
<td>${segment.attempts > 0 && segment.attempts}</td><td>${segment.tries > 0 && segment.tries}</td><td>${segment.agent}</td><td>${gates(segment)}</td></tr>`;
  return html`<div class="wide" tabindex="0"><table><thead><tr><th>Wave</th><th>Segment</th><th>State</th><th>Pull request</th><th>Attempts</th><th>Tries</th><th>Agent</th><th>Gates</th></tr></thead>
<tbody>${view.segments.map(row)}</tbody></table></div>`;
}

const gates = (segment: SegmentView): Html =>
  html`${Object.entries(segment.validation).map(
    ([gate, verdict]) =>
      html`<span class="${verdict.replaceAll(' ', '-')}" title="${gate}: ${verdict}">${SIGN[verdict]} ${gate}</span> `,
  )}`;

const SIGN = { pass: '✓', fail: '✗', 'failed before': '!', 'not applicable': '–', 'timed out': '⏱' } as const;

export function timelinePage(context: PageContext, view: EpicView): string {
  const steps = view.history.toReversed().map(({ at, message }) => {
    const { events, reasons } = readStep(message);
    return html`<li>${clock(at)}${events.map((event) => html`<strong>${event}</strong> `)}${reasons.length === 1 && events.length === 0 ? reasons[0] : reasons.length > 0 && html`<ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`}</li>`;
  });
  return page(
    context,
    'Timeline',
    html`<h1>Timeline</h1><p class="under">The journal, newest first: <code>git log refs/swarm/epics/${view.epic.number}</code></p>
${steps.length > 0 ? html`<ol class="time">${steps}</ol>` : html`<p>Nothing has happened yet.</p>`}`,
  );
}

/** Parses a journal commit's message: one event per line, then the reasons. Without events, the subject is a reason. */
export function readStep(message: string): { readonly events: readonly string[]; readonly reasons: readonly string[] } {
  const [subject = '', ...body] = message
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '');
  const reasons = body.filter((line) => line.startsWith('- ')).map((line) => line.slice(2));
  const events = body.filter((line) => !line.startsWith('- '));
  const first = subject.replace(/ \(\+\d+\)$/, '');
  const isEvent = /^[A-Z]{2,}/.test(first);
  return {
    events: isEvent ? [first, ...events] : events,
    reasons: isEvent ? reasons : [...new Set([first.replace(/^#\d+: /, ''), ...reasons])],
  };
}

// --- an issue, a pull request -------------------------------------------------------------------------------------

export interface ShownComment {
  readonly by: string;
  readonly at: string;
  readonly body: string;
  /** "approved this" or "requested changes", if it is more than a comment. */
  readonly action?: string;
  /** File and line, for a comment on a line. */
  readonly location?: string;
}

export interface ShownIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly labels: readonly string[];
  readonly conversation: readonly ShownComment[];
}

const conversation = (issue: ShownIssue): readonly Html[] =>
  issue.conversation
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .map(({ by, at, body, action = 'commented', location }) =>
      comment(by, at, body, html`${action}${location && html` on <code>${location}</code>`}`),
    );

export function issuePage(context: PageContext, issue: ShownIssue, segment: SegmentView | undefined): string {
  const { front, rest } = splitFrontMatter(issue.body);
  return page(
    context,
    `#${issue.number} ${issue.title}`,
    html`<h1>${issue.title}</h1><p class="under">#${issue.number} ${chip(issue.state)} ${issue.labels.map((label) => html`<span class="chip label">${label}</span> `)}
${segment?.pull && html`· <a href="/pulls/${segment.pull.number}">PR ${segment.pull.number}</a> `}${segment && segment.blockedBy.length > 0 && html`· waits for ${segment.blockedBy.map((number) => html`<a href="/issues/${number}">#${number}</a> `)}`}</p>
<article class="card">${markdown(rest)}</article>${front && html`<details><summary>Settings in its text</summary>${preformatted(front)}</details>`}
${conversation(issue)}${commentForm(context, issue.number, 'On an epic or a segment, a comment that starts with /swarm is a command.')}`,
    'still',
  );
}

function splitFrontMatter(body: string): { readonly front: string | undefined; readonly rest: string } {
  const found = /^---\r?\n([\s\S]{0,8000}?)\r?\n---\r?\n/.exec(body);
  return found ? { front: found[1], rest: body.slice(found[0].length) } : { front: undefined, rest: body };
}

export interface ShownPull extends ShownIssue {
  readonly head: string;
  readonly branch: string;
  readonly base: string;
  readonly draft: boolean;
  readonly checks: readonly { readonly name: string; readonly conclusion: string; readonly summary: string }[];
  readonly files: readonly ShownFile[];
}

export interface ShownFile {
  readonly name: string;
  readonly status: string;
  readonly additions: number;
  readonly deletions: number;
  readonly patch: string | undefined;
}

export function pullPage(context: PageContext, pull: ShownPull): string {
  const decide = html`<form class="decide" method="post" action="/pulls/${pull.number}/review"><input type="hidden" name="token" value="${context.token}"><input type="hidden" name="head" value="${pull.head}">
<label for="review">Your review, as ${context.person}</label><textarea id="review" name="body" maxlength="20000" aria-describedby="about"></textarea>
<p class="under" id="about">You review commit <code>${pull.head.slice(0, 7)}</code>. To request changes, describe them here: the agent gets your words.</p>
<button class="good" type="submit" name="event" value="APPROVE">Approve</button><button class="bad" type="submit" name="event" value="REQUEST_CHANGES">Request changes</button></form>`;
  const [skipped, reported] = partition(pull.checks, (check) => check.conclusion === 'skipped');
  const row = (check: (typeof pull.checks)[number]): Html =>
    html`<tr><td>${check.name}</td><td>${chip(check.conclusion)}</td><td>${check.summary}</td></tr>`;
  return page(
    context,
    `PR ${pull.number} ${pull.title}`,
    html`<h1>${pull.title}</h1><p class="under">PR ${pull.number} ${chip(pull.state)}${pull.draft && html` ${chip('draft')}`} · <code>${pull.branch}</code> into <code>${pull.base}</code></p>
${pull.state === 'open' && decide}
<article class="card">${markdown(pull.body)}</article>
<h2>Gates and checks</h2>${reported.length > 0 ? html`<table><thead><tr><th>Check</th><th>Result</th><th>Summary</th></tr></thead><tbody>${reported.map(row)}</tbody></table>` : html`<p>None reported for this commit.</p>`}
${skipped.length > 0 && html`<details><summary>${skipped.length} skipped</summary><table><tbody>${skipped.map(row)}</tbody></table></details>`}
<h2>Changes</h2>${pull.files.map(diff)}
<h2>Conversation</h2>${conversation(pull)}${commentForm(context, pull.number, '/approve and /reject REASON also work here.')}`,
    'still',
  );
}

const MAX_LINES = 2_000;

function diff(file: ShownFile): Html {
  const lines = (file.patch ?? '').split('\n');
  const shown = lines.slice(0, MAX_LINES).map((line) => {
    const kind = line.startsWith('@@') ? 'hunk' : line.startsWith('+') ? 'add' : line.startsWith('-') ? 'del' : 'same';
    return html`<span class="${kind}">${line}</span>`;
  });
  return html`<details class="diff" open><summary>${file.name} · ${file.status} <span class="pass">+${file.additions}</span> <span class="fail">−${file.deletions}</span></summary>
<pre tabindex="0">${file.patch === undefined ? html`<span>No text to show.</span>` : shown}${lines.length > MAX_LINES && html`<span class="hunk">… ${lines.length - MAX_LINES} more lines</span>`}</pre></details>`;
}

// --- runs ---------------------------------------------------------------------------------------------------------

export interface ShownRun {
  readonly id: number;
  readonly title: string;
  readonly event: string;
  readonly state: string;
  readonly at: string;
}

export interface ShownJob {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly steps: readonly { readonly name: string; readonly state: string }[];
  readonly log: string | undefined;
}

export function runsPage(context: PageContext, runs: readonly ShownRun[]): string {
  const table = (shown: readonly ShownRun[]): Html =>
    html`<div class="wide" tabindex="0"><table><thead><tr><th>Started</th><th>Run</th><th>Event</th><th>State</th></tr></thead><tbody>${shown.map(
      (run) =>
        html`<tr><td>${clock(run.at)}</td><td><a href="/runs/${run.id}">${run.title}</a></td><td>${run.event}</td><td>${chip(run.state)}</td></tr>`,
    )}</tbody></table></div>`;
  const [skipped, others] = partition(runs, (run) => run.state === 'skipped');
  return page(
    context,
    'Runs',
    html`<h1>Workflow runs</h1>${others.length > 0 ? table(others) : html`<p>None yet.</p>`}
${skipped.length > 0 && html`<details><summary>${skipped.length} of the latest runs had nothing to do</summary>${table(skipped)}</details>`}`,
  );
}

export function runPage(context: PageContext, run: ShownRun, jobs: readonly ShownJob[]): string {
  const shown = jobs.map(
    (job) => html`<section class="card"><h2>${job.name} ${chip(job.state)}</h2>
<ol>${job.steps.map((step) => html`<li>${step.name} ${chip(step.state)}</li>`)}</ol>
${job.log !== undefined && html`<details><summary>Log</summary>${preformatted(job.log)}</details>`}</section>`,
  );
  return page(
    context,
    run.title,
    html`<h1>${run.title}</h1><p class="under">Run ${run.id}, started by ${run.event} ${chip(run.state)}</p>${shown}`,
  );
}

export const errorPage = (context: PageContext, what: string, next: string): string =>
  page(
    context,
    'That did not work',
    html`<h1>That did not work</h1><p class="note bad">${what}</p><p>${next}</p>`,
    'still',
  );
