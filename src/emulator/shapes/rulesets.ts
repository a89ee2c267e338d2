/** The rules of a ruleset, as REST and GraphQL name them. */
import type { BranchRule } from '#emulator/model/records';

/** A ruleset as the list of its rules. */
export function showRules(rule: BranchRule): Readonly<Record<string, unknown>>[] {
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
