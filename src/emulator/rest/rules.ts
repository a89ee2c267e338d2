/** REST: rulesets, and the rules of branches that come from them. */

import { nodeIdOf } from '#emulator/model/ids';
import type { BranchRule } from '#emulator/model/records';
import { rulesFor } from '#emulator/model/repository';
import { ok } from '#emulator/model/response';
import { repoUrl } from '#emulator/shapes/objects';
import { showRules } from '#emulator/shapes/rulesets';
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
    path: `${REPO}/rulesets`,
    needs: METADATA,
    handle: (call) =>
      call.page(call.repository.rules, (rule) => {
        const { conditions: _, rules: __, current_user_can_bypass: ___, ...listed } = showRuleset(call, rule);
        return listed;
      }),
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

function showRuleset(call: ApiCall, rule: BranchRule): Readonly<Record<string, unknown>> {
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
