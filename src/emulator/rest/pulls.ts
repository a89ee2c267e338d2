/** REST: pull requests, their reviews and comments, and merging them. */

import type { Pull } from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { pullsOf } from '#emulator/model/repository';
import { created, nothing, ok } from '#emulator/model/response';
import {
  repoUrl,
  showPull,
  showPullInList,
  showReview,
  showReviewComment,
  showReviewers,
} from '#emulator/shapes/objects';
import type { IssueChange } from '#emulator/world/issues';
import type { LineComment } from '#emulator/world/reviews';
import { showCommit, showFile } from './git.ts';
import { type ApiCall, found, invalid, participate, type Route, read, write } from './route.ts';

const PULL = '/repos/{owner}/{repo}/pulls/{pull_number}';
const REVIEW = `${PULL}/reviews/{review_id}`;
const COMMENT = '/repos/{owner}/{repo}/pulls/comments/{comment_id}';
const EVENTS = ['APPROVE', 'REQUEST_CHANGES', 'COMMENT'] as const;

export const pullRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls',
    needs: read('pull_requests'),
    handle: (call) => call.page(listed(call), (pull) => showPullInList(call.world, pull)),
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/pulls',
    needs: participate('pull_requests'),
    handle: async (call) => {
      const pull = await call.world.pulls.create(call.actor, call.repository, {
        title: call.requireString('title'),
        body: call.string('body') ?? null,
        head: call.requireString('head'),
        base: call.requireString('base'),
        draft: call.boolean('draft') ?? false,
        maintainerCanModify: call.boolean('maintainer_can_modify') ?? false,
      });
      return created(showPull(call.world, pull), `${repoUrl(call.world, call.repository)}/pulls/${pull.issue.number}`);
    },
  },
  {
    method: 'GET',
    path: PULL,
    needs: read('pull_requests'),
    handle: async (call) => {
      // Docs: "Media types that return the pull request as a diff or a patch".
      const form = /vnd\.github(?:\.v3)?\.(diff|patch)\b/.exec(call.accept)?.[1];
      if (form === undefined) return ok(await judged(call, call.pull));
      const git = await call.world.git(call.repository);
      const { baseSha, headSha } = call.pull;
      const body = form === 'diff' ? await git.diffText(baseSha, headSha) : await git.patchText(baseSha, headSha);
      return { status: 200, body, type: `application/vnd.github.${form}; charset=utf-8` };
    },
  },
  {
    method: 'PATCH',
    path: PULL,
    needs: (call) => (call.pull.issue.user === call.actor.user ? participate : write)('pull_requests'),
    handle: async (call) => {
      const [title, base] = [call.string('title'), call.string('base')];
      const body = call.stringOrNull('body');
      const state = call.oneOf('state', ['open', 'closed']);
      const change: IssueChange & { readonly base?: string } = {
        ...(title !== undefined && { title }),
        ...(body !== undefined && { body }),
        ...(state && { state }),
        ...(base !== undefined && { base }),
      };
      await call.world.pulls.update(call.actor, call.pull, change);
      return ok(await judged(call, call.pull));
    },
  },
  {
    method: 'GET',
    path: `${PULL}/commits`,
    needs: read('pull_requests'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      const commits = (await git.log(call.pull.headSha, { since: call.pull.baseSha, limit: 250 })).reverse();
      return call.page(commits, (commit) => showCommit(call.world, call.repository, commit));
    },
  },
  {
    method: 'GET',
    path: `${PULL}/files`,
    needs: read('pull_requests'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      const files = await git.changedFiles(call.pull.baseSha, call.pull.headSha);
      return call.page(files.slice(0, 3000), (file) => showFile(call.world, call.repository, call.pull.headSha, file));
    },
  },

  // ── merging ─────────────────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${PULL}/merge`,
    needs: read('pull_requests'),
    handle: (call) => {
      if (!call.pull.merged) throw new Refusal(404, 'Not Found');
      return nothing();
    },
  },
  {
    method: 'PUT',
    path: `${PULL}/merge`,
    needs: write('contents'),
    handle: async (call) => {
      const sha = await call.world.merges.merge(call.actor, call.pull, {
        sha: call.string('sha'),
        method: call.oneOf('merge_method', ['merge', 'squash', 'rebase']),
        title: call.string('commit_title'),
        message: call.string('commit_message'),
      });
      return ok({ sha, merged: true, message: 'Pull Request successfully merged' });
    },
  },
  {
    method: 'PUT',
    path: `${PULL}/update-branch`,
    needs: write('pull_requests'),
    handle: async (call) => {
      call.world.tokens.require(call.credential, call.repository, ...write('contents'));
      await call.world.merges.updateBranch(call.actor, call.pull, call.string('expected_head_sha'));
      const url = `${repoUrl(call.world, call.repository)}/pulls/${call.pull.issue.number}`;
      return { status: 202, body: { message: 'Updating pull request branch.', url } };
    },
  },

  // ── reviewers ───────────────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${PULL}/requested_reviewers`,
    needs: read('pull_requests'),
    handle: (call) => {
      const { requested_reviewers: users, requested_teams: teams } = showReviewers(call.world, call.pull);
      return ok({ users, teams: teams.map((team) => ({ ...team, parent: null })) });
    },
  },
  {
    method: 'POST',
    path: `${PULL}/requested_reviewers`,
    needs: write('pull_requests'),
    handle: (call) => {
      call.world.reviews.request(call.actor, call.pull, call.strings('reviewers') ?? []);
      return created(showPullInList(call.world, call.pull));
    },
  },
  {
    method: 'DELETE',
    path: `${PULL}/requested_reviewers`,
    needs: write('pull_requests'),
    handle: (call) => {
      call.world.reviews.unrequest(call.actor, call.pull, call.strings('reviewers') ?? []);
      return ok(showPullInList(call.world, call.pull));
    },
  },

  // ── reviews ─────────────────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${PULL}/reviews`,
    needs: read('pull_requests'),
    handle: (call) => {
      // A pending review is visible only to its author.
      const mine = call.credential.kind === 'anonymous' ? null : call.actor.user;
      const reviews = call.pull.reviews.filter((review) => review.state !== 'PENDING' || review.user === mine);
      return call.page(reviews, (review) => showReview(call.world, review));
    },
  },
  {
    method: 'POST',
    path: `${PULL}/reviews`,
    needs: participate('pull_requests'),
    handle: async (call) => {
      const commitId = call.string('commit_id');
      const review = await call.world.reviews.write(call.actor, call.pull, {
        event: call.oneOf('event', EVENTS),
        body: call.string('body') ?? '',
        ...(commitId && { commitId }),
        comments: (call.objects('comments') ?? []).map(lineComment),
      });
      return ok(showReview(call.world, review));
    },
  },
  {
    method: 'GET',
    path: REVIEW,
    needs: read('pull_requests'),
    handle: (call) => ok(showReview(call.world, call.review)),
  },
  {
    method: 'PUT',
    path: REVIEW,
    needs: participate('pull_requests'),
    handle: (call) => {
      if (call.review.user !== call.actor.user) throw new Refusal(422, 'Unprocessable Entity');
      call.world.reviews.editReview(call.actor, call.review, call.requireString('body'));
      return ok(showReview(call.world, call.review));
    },
  },
  {
    method: 'GET',
    path: `${REVIEW}/comments`,
    needs: read('pull_requests'),
    handle: (call) => {
      const { review } = call;
      const comments = call.pull.comments.filter((comment) => comment.review === review);
      return call.page(comments, (comment) => showReviewComment(call.world, comment));
    },
  },
  {
    method: 'PUT',
    path: `${REVIEW}/dismissals`,
    needs: write('pull_requests'),
    handle: (call) => {
      call.world.reviews.dismiss(call.actor, call.review, call.requireString('message'));
      return ok(showReview(call.world, call.review));
    },
  },
  {
    method: 'POST',
    path: `${REVIEW}/events`,
    needs: participate('pull_requests'),
    handle: (call) => {
      const event = call.oneOf('event', EVENTS);
      if (!event) throw invalid('Invalid request.\n\n"event" wasn\'t supplied.');
      if (call.review.user !== call.actor.user) throw new Refusal(422, 'Unprocessable Entity');
      const body = call.string('body');
      if (body !== undefined) call.world.reviews.editReview(call.actor, call.review, body);
      call.world.reviews.submit(call.actor, call.review, event);
      return ok(showReview(call.world, call.review));
    },
  },

  // ── comments on lines ───────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'GET',
    path: `${PULL}/comments`,
    needs: read('pull_requests'),
    handle: (call) => call.page(call.pull.comments, (comment) => showReviewComment(call.world, comment)),
  },
  {
    method: 'POST',
    path: `${PULL}/comments`,
    needs: participate('pull_requests'),
    handle: async (call) => {
      const serialize = call.number('in_reply_to');
      const comment =
        serialize === undefined
          ? await call.world.reviews.comment(call.actor, call.pull, {
              ...lineComment(call.body),
              commitId: call.requireString('commit_id'),
            })
          : await call.world.reviews.reply(
              call.actor,
              found(call.pull.comments.find((one) => one.id === serialize)),
              call.requireString('body'),
            );
      return created(showReviewComment(call.world, comment));
    },
  },
  {
    method: 'POST',
    path: `${PULL}/comments/{comment_id}/replies`,
    needs: participate('pull_requests'),
    handle: async (call) => {
      const comment = await call.world.reviews.reply(call.actor, call.reviewComment, call.requireString('body'));
      return created(showReviewComment(call.world, comment));
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls/comments',
    needs: read('pull_requests'),
    handle: (call) => {
      const comments = [...call.repository.reviewComments.values()];
      return call.page(comments, (comment) => showReviewComment(call.world, comment));
    },
  },
  {
    method: 'GET',
    path: COMMENT,
    needs: read('pull_requests'),
    handle: (call) => ok(showReviewComment(call.world, call.reviewComment)),
  },
  {
    method: 'PATCH',
    path: COMMENT,
    needs: (call) => (call.reviewComment.user === call.actor.user ? participate : write)('pull_requests'),
    handle: (call) => {
      call.world.reviews.editComment(call.actor, call.reviewComment, call.requireString('body'));
      return ok(showReviewComment(call.world, call.reviewComment));
    },
  },
  {
    method: 'DELETE',
    path: COMMENT,
    needs: (call) => (call.reviewComment.user === call.actor.user ? participate : write)('pull_requests'),
    handle: (call) => {
      call.world.reviews.deleteComment(call.actor, call.reviewComment);
      return nothing();
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits/{commit_sha}/pulls',
    needs: read('pull_requests'),
    handle: async (call) => {
      const git = await call.world.git(call.repository);
      const oid = found(await git.resolve(`${call.param('commit_sha')}^{commit}`));
      const pulls: Pull[] = [];
      for (const pull of pullsOf(call.repository)) {
        const inHead = await git.isAncestor(oid, pull.headSha);
        if (pull.mergeSha === oid || (inHead && !(await git.isAncestor(oid, pull.baseSha)))) pulls.push(pull);
      }
      return call.page(pulls, (pull) => showPullInList(call.world, pull));
    },
  },
];

/** A pull request with its mergeability. */
async function judged(call: ApiCall, pull: Pull): Promise<unknown> {
  if (pull.issue.state === 'closed') return showPull(call.world, pull);
  const shown = await call.world.merges.shown(pull, call);
  return showPull(call.world, pull, shown === 'unknown' ? undefined : shown);
}

function listed(call: ApiCall): Pull[] {
  const { query } = call;
  const state = query.get('state') ?? 'open';
  const base = query.get('base');
  const [owner, head] = splitHead(query.get('head'));
  if (owner !== null && owner.toLowerCase() !== call.repository.owner.login.toLowerCase()) return [];
  const pulls = pullsOf(call.repository).filter(
    (pull) =>
      (state === 'all' || pull.issue.state === state) &&
      (base === null || pull.baseRef === base) &&
      (head === null || pull.headRef === head),
  );
  const byUpdate = query.get('sort') === 'updated';
  const key = (pull: Pull) => (byUpdate ? pull.issue.updatedAt : pull.issue.createdAt);
  const order = (one: Pull, other: Pull) => key(one).localeCompare(key(other)) || one.issue.number - other.issue.number;
  // The default is newest first, but oldest first if `sort` is set without a direction.
  const falling =
    (query.get('direction') ?? (query.has('sort') && query.get('sort') !== 'created' ? 'asc' : 'desc')) === 'desc';
  return pulls.sort((one, other) => (falling ? order(other, one) : order(one, other)));
}

/** Parses `owner:branch`. GitHub ignores a `head` without an owner. */
function splitHead(head: string | null): [string | null, string | null] {
  const colon = head?.indexOf(':') ?? -1;
  if (head === null || colon < 0) return [null, null];
  return [head.slice(0, colon), head.slice(colon + 1)];
}

function lineComment(given: Readonly<Record<string, unknown>>): LineComment {
  const { path, body, line, start_line, side, subject_type } = given;
  if (typeof path !== 'string' || typeof body !== 'string') {
    throw invalid('Invalid request.\n\n"path" and "body" must be supplied.');
  }
  const position = typeof given.position === 'number' ? given.position : null;
  return {
    path,
    body,
    line: typeof line === 'number' ? line : position,
    startLine: typeof start_line === 'number' ? start_line : null,
    side: side === 'LEFT' ? 'LEFT' : 'RIGHT',
    subject: subject_type === 'file' ? 'file' : 'line',
  };
}
