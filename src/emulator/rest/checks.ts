/** REST: check runs and commit statuses. */

import type { CheckAnnotation, CheckRun } from '#emulator/model/records';
import { created, ok } from '#emulator/model/response';
import { repoUrl, showSimpleRepository, showUser } from '#emulator/shapes/objects';
import { showCheckRun, showStatus } from '#emulator/shapes/runs-and-checks';
import type { CheckRunChange } from '#emulator/world/checks';
import { type ApiCall, found, invalid, type Route, read, write } from './route.ts';

const REPO = '/repos/{owner}/{repo}';
const STATUSES = ['queued', 'in_progress', 'completed', 'waiting', 'requested', 'pending'] as const;
const CONCLUSIONS = [
  'action_required',
  'cancelled',
  'failure',
  'neutral',
  'success',
  'skipped',
  'stale',
  'timed_out',
] as const;

export const checkRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: `${REPO}/check-runs`,
    needs: write('checks'),
    handle: async (call) => {
      const headSha = call.requireString('head_sha');
      const git = await call.world.git(call.repository);
      if ((await git.kindOf(headSha)) !== 'commit') throw invalid(`No commit found for SHA: ${headSha}`);
      const wanted = { ...changeOf(call), name: call.requireString('name') };
      const checkRun = call.world.checks.create(call.actor, call.repository, headSha, wanted);
      await call.world.queues.settle(call.repository);
      return created(showCheckRun(call.world, checkRun));
    },
  },
  {
    method: 'GET',
    path: `${REPO}/check-runs/{check_run_id}`,
    needs: read('checks'),
    handle: (call) => ok(showCheckRun(call.world, checkRunOf(call))),
  },
  {
    method: 'PATCH',
    path: `${REPO}/check-runs/{check_run_id}`,
    needs: write('checks'),
    handle: async (call) => {
      const checkRun = call.world.checks.update(call.actor, ownCheckRun(call), changeOf(call));
      await call.world.queues.settle(call.repository);
      return ok(showCheckRun(call.world, checkRun));
    },
  },
  {
    method: 'GET',
    path: `${REPO}/check-runs/{check_run_id}/annotations`,
    needs: read('checks'),
    handle: (call) => {
      const checkRun = checkRunOf(call);
      return call.page(checkRun.annotations, (annotation) => ({
        path: annotation.path,
        start_line: annotation.startLine,
        end_line: annotation.endLine,
        start_column: null,
        end_column: null,
        annotation_level: annotation.level,
        title: annotation.title,
        message: annotation.message,
        raw_details: null,
        blob_href: `${repoUrl(call.world, call.repository)}/contents/${annotation.path}?ref=${checkRun.headSha}`,
      }));
    },
  },
  {
    method: 'GET',
    path: `${REPO}/commits/{ref}/check-runs`,
    needs: read('checks'),
    handle: async (call) => {
      const { query, world, repository } = call;
      const sha = await shaOf(call);
      const filter = query.get('filter') === 'all' ? 'all' : 'latest';
      const [name, status, app] = [query.get('check_name'), query.get('status'), query.get('app_id')];
      const runs = world.checks
        .runsOn(repository, sha, filter)
        .filter(
          (run) =>
            (!name || run.name === name) && (!status || run.status === status) && (!app || String(run.app.id) === app),
        );
      const total_count = runs.length;
      return call.page(
        runs,
        (run) => showCheckRun(world, run),
        (check_runs) => ({ total_count, check_runs }),
      );
    },
  },

  // ── statuses ────────────────────────────────────────────────────────────────────────────────────────────────────
  {
    method: 'POST',
    path: `${REPO}/statuses/{sha}`,
    needs: write('statuses'),
    handle: async (call) => {
      const state = call.oneOf('state', ['error', 'failure', 'pending', 'success']);
      if (!state) throw invalid('Invalid request.\n\n"state" wasn\'t supplied.');
      const status = await call.world.checks.setStatus(call.actor, call.repository, call.param('sha'), {
        state,
        context: call.string('context') ?? 'default',
        description: call.string('description') ?? null,
        targetUrl: call.string('target_url') ?? null,
      });
      await call.world.queues.settle(call.repository);
      return created({ ...showStatus(call.world, status), creator: showUser(call.world, status.creator) });
    },
  },
  {
    method: 'GET',
    path: `${REPO}/commits/{ref}/statuses`,
    needs: read('statuses'),
    handle: async (call) => {
      const statuses = call.world.checks.statusesOn(call.repository, await shaOf(call));
      return call.page(statuses, (status) => ({
        ...showStatus(call.world, status),
        creator: showUser(call.world, status.creator),
      }));
    },
  },
  {
    method: 'GET',
    path: `${REPO}/commits/{ref}/status`,
    needs: read('statuses'),
    handle: async (call) => {
      const { world, repository } = call;
      const sha = await shaOf(call);
      const statuses = world.checks.latestStatuses(repository, sha);
      const states = statuses.map((status) => status.state);
      const failed = states.includes('failure') || states.includes('error');
      const state = failed ? 'failure' : states.length === 0 || states.includes('pending') ? 'pending' : 'success';
      const url = `${repoUrl(world, repository)}/commits/${sha}`;
      return ok({
        state,
        statuses: statuses.map((status) => showStatus(world, status)),
        sha,
        total_count: statuses.length,
        repository: showSimpleRepository(world, repository),
        commit_url: url,
        url: `${url}/status`,
      });
    },
  },
];

function checkRunOf(call: ApiCall): CheckRun {
  return found(call.world.checks.byId(call.repository, Number(call.param('check_run_id'))));
}

/** Only the app that created a check run may change it. */
function ownCheckRun(call: ApiCall): CheckRun {
  const checkRun = checkRunOf(call);
  const { actor } = call;
  if (actor.kind === 'user' || actor.app !== checkRun.app) {
    throw invalid(
      `Invalid app_id \`${actor.kind === 'user' ? 'none' : actor.app.id}\` - check run can only be modified by the GitHub App that created it.`,
    );
  }
  return checkRun;
}

function changeOf(call: ApiCall): CheckRunChange {
  const [name, startedAt, completedAt] = [call.string('name'), call.string('started_at'), call.string('completed_at')];
  const [detailsUrl, externalId] = [call.string('details_url'), call.string('external_id')];
  const [status, conclusion] = [call.oneOf('status', STATUSES), call.oneOf('conclusion', CONCLUSIONS)];
  const output = call.object('output');
  const actions = call.objects('actions');
  if (actions && actions.length > 3) throw invalid('Invalid request.\n\nNo more than 3 actions are allowed.');
  return {
    ...(name !== undefined && { name }),
    ...(status && { status }),
    ...(conclusion && { conclusion }),
    ...(startedAt && { startedAt }),
    ...(completedAt && { completedAt }),
    ...(detailsUrl !== undefined && { detailsUrl }),
    ...(externalId !== undefined && { externalId }),
    ...(output && { output: outputOf(output) }),
    ...(actions && {
      actions: actions.map((action) => ({
        label: String(action.label),
        description: String(action.description),
        identifier: String(action.identifier),
      })),
    }),
  };
}

function outputOf(given: Record<string, unknown>): NonNullable<CheckRunChange['output']> {
  const annotations = Array.isArray(given.annotations) ? given.annotations : [];
  if (annotations.length > 50)
    throw invalid('Invalid request.\n\nNo more than 50 annotations are allowed per request.');
  return {
    ...(typeof given.title === 'string' && { title: given.title }),
    ...(typeof given.summary === 'string' && { summary: given.summary }),
    ...(typeof given.text === 'string' && { text: given.text }),
    annotations: annotations.map(annotationOf),
  };
}

function annotationOf(given: Record<string, unknown>): CheckAnnotation {
  const level = (['notice', 'warning', 'failure'] as const).find((one) => one === given.annotation_level);
  if (!level || typeof given.path !== 'string' || typeof given.message !== 'string') {
    throw invalid('Invalid request.\n\nAn annotation needs a path, a level and a message.');
  }
  return {
    path: given.path,
    startLine: Number(given.start_line),
    endLine: Number(given.end_line),
    level,
    message: given.message,
    title: typeof given.title === 'string' ? given.title : null,
  };
}

async function shaOf(call: ApiCall): Promise<string> {
  const git = await call.world.git(call.repository);
  const name = call.param('ref').replace(/^heads\//, '');
  const oid = (await git.readRef(`refs/heads/${name}`)) ?? (await git.resolve(`${name}^{commit}`));
  if (!oid) throw invalid(`No commit found for SHA: ${name}`);
  return oid;
}
