/** REST: rulesets, and the rules of branches that come from them. */

import { nodeIdOf } from '#emulator/model/ids';
import type { BranchRule } from '#emulator/model/records';
import { rulesFor } from '#emulator/model/repository';
import { ok } from '#emulator/model/response';
import { repoUrl } from '#emulator/shapes/objects';
import { type ApiCall, found, type Route, read } from './route.ts';

const REPO = '/repos/{owner}/{repo}';
const METADATA = read('metadata');

export const ruleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `${REPO}/rules/branches/{branch}`,
    needs: METADATA,
    handle: (call) => {
      const { owner, name } = call.repository;
      const rules = rulesFor(call.repository, call.param('branch')).flatMap((rule) =>
        showRules(rule).map((shown) => ({
          ...shown,
          ruleset_source_type: 'Repository',
          ruleset_source: `${owner.login}/${name}`,
          ruleset_id: rule.id,
        })),
      );
      return call.page(rules, (rule) => rule);
    },
  },
  {
    method: 'GET',
    path: `${REPO}/rulesets/{ruleset_id}`,
    needs: METADATA,
    handle: (call) => {
      const id = Number(call.param('ruleset_id'));
      return ok(showRuleset(call, found(call.repository.rules.find((rule) => rule.id === id))));
    },
  },
];

function showRuleset(call: ApiCall, rule: BranchRule): unknown {
  const { world, repository } = call;
  const { owner, name } = repository;
  const full = (target: string): string => (/^(?:~|refs\/)/.test(target) ? target : `refs/heads/${target}`);
  return {
    id: rule.id,
    name: rule.name,
    target: 'branch',
    source_type: 'Repository',
    source: `${owner.login}/${name}`,
    enforcement: 'active',
    conditions: { ref_name: { include: [full(rule.branch)], exclude: rule.except.map(full) } },
    rules: showRules(rule),
    node_id: nodeIdOf('rule', rule.id),
    created_at: rule.createdAt,
    updated_at: rule.createdAt,
    current_user_can_bypass: rule.bypass.includes(call.actor.user.id) ? 'always' : 'never',
    _links: {
      self: { href: `${repoUrl(world, repository)}/rulesets/${rule.id}` },
      html: { href: `${world.url}/${owner.login}/${name}/rules/${rule.id}` },
    },
  };
}

/** A ruleset as the list of its rules. */
function showRules(rule: BranchRule): Readonly<Record<string, unknown>>[] {
  const { pullRequest, requiredChecks, namePattern, mergeQueue } = rule;
  return [
    ...(rule.noCreation ? [{ type: 'creation' }] : []),
    ...(rule.noDeletion ? [{ type: 'deletion' }] : []),
    ...(rule.noForcePush ? [{ type: 'non_fast_forward' }] : []),
    ...(rule.linearHistory ? [{ type: 'required_linear_history' }] : []),
    ...(mergeQueue
      ? [
          {
            type: 'merge_queue',
            parameters: {
              check_response_timeout_minutes: 60,
              grouping_strategy: 'ALLGREEN',
              max_entries_to_build: 5,
              max_entries_to_merge: 5,
              merge_method: mergeQueue.method.toUpperCase(),
              min_entries_to_merge: 1,
              min_entries_to_merge_wait_minutes: 5,
            },
          },
        ]
      : []),
    ...(pullRequest
      ? [
          {
            type: 'pull_request',
            parameters: {
              allowed_merge_methods: pullRequest.methods,
              dismiss_stale_reviews_on_push: pullRequest.dismissStaleReviews,
              require_code_owner_review: pullRequest.codeOwners,
              require_last_push_approval: pullRequest.lastPushApproval,
              required_approving_review_count: pullRequest.approvals,
              required_review_thread_resolution: pullRequest.resolvedThreads,
            },
          },
        ]
      : []),
    ...(requiredChecks.length > 0
      ? [
          {
            type: 'required_status_checks',
            parameters: {
              required_status_checks: requiredChecks.map(({ context, appId }) => ({
                context,
                ...(appId !== null && { integration_id: appId }),
              })),
              strict_required_status_checks_policy: rule.strictChecks,
            },
          },
        ]
      : []),
    ...(rule.signatures ? [{ type: 'required_signatures' }] : []),
    ...(rule.deployments.length > 0
      ? [{ type: 'required_deployments', parameters: { required_deployment_environments: rule.deployments } }]
      : []),
    ...(namePattern ? [{ type: 'branch_name_pattern', parameters: namePattern }] : []),
  ];
}
