/**
 * Finds budgets that Swarm cannot enforce, because an agent reports tokens but not its cost, and the config sets no price
 * (SPEC R5.13). They are reported when an epic is planned, before anyone learns it from a bill.
 */
import { type AgentChoice, type AgentKind, agentFor, type Config, escalateOf, type Role } from '#core/model/config';
import type { IssueNumber, Segment } from '#core/model/epic';
import type { Diagnostic } from '#core/model/problem';

/** Presets that report tokens only. For other programs it is unknown until they report. */
const REPORT_NO_COST: ReadonlySet<AgentKind> = new Set(['codex', 'copilot', 'gemini']);

/** One warning for each agent that works on one of these segments under a budget that cannot be enforced. */
export function unboundBudgets(epic: IssueNumber, segments: readonly Segment[], config: Config): readonly Diagnostic[] {
  const unbound = new Map<string, { readonly agent: AgentChoice; budgetUsd: number }>();
  for (const segment of segments) {
    for (const agent of agentsOf(segment, config)) {
      if (!reportsNoCost(agent)) continue;
      const budgets = [segment.spec.budgetUsd ?? config.budgetUsd?.segment, config.budgetUsd?.epic, agent.budgetUsd];
      const budgetUsd = Math.min(...budgets.filter((budget) => budget !== undefined));
      // Without a budget it is infinite.
      if (!Number.isFinite(budgetUsd)) continue;
      const known = unbound.get(agent.name);
      unbound.set(agent.name, { agent, budgetUsd: Math.min(budgetUsd, known?.budgetUsd ?? budgetUsd) });
    }
  }
  return [...unbound.values()].map(({ agent, budgetUsd }) => ({
    level: 'warning',
    problem: {
      kind: 'BUDGET_UNBOUND',
      at: { issue: epic },
      agent: agent.name,
      budgetUsd,
      minutes: Math.min(config.timeoutMinutes, agent.timeoutMinutes ?? config.timeoutMinutes),
      ...(agent.maxTurns === undefined ? {} : { turns: agent.maxTurns }),
    },
  }));
}

/** The agents that may be called for a segment, those that try after others or stand in for them included. */
const agentsOf = (segment: Segment, config: Config): readonly AgentChoice[] =>
  [undefined, ...escalateOf(config, segment.spec.worker), ...config.fallback].flatMap((by) =>
    rolesOf(segment, config).flatMap((role) => agentFor(config, role, { ...segment.spec, by }) ?? []),
  );

const reportsNoCost = ({ kind, price }: AgentChoice): boolean => !price && REPORT_NO_COST.has(kind);

/** The roles that may be called for a segment. Only its run can tell whether a council or a tester is left out. */
function rolesOf({ spec }: Segment, config: Config): readonly Role[] {
  const { worker } = spec;
  if (worker === 'research') return ['researcher'];
  const isPaired = (worker === 'implementation' || worker === 'refactor') && spec.tdd !== false && config.tdd !== 'off';
  const isReviewed = spec.review !== false && (spec.review === true || config.council !== 'off');
  return [
    worker === 'security' ? 'security' : 'implementer',
    ...(isPaired ? (['tester'] as const) : []),
    ...(isReviewed ? (['reviewer', 'lead'] as const) : []),
  ];
}
