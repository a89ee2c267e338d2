/**
 * Whom a budget in money cannot bind: agents that tell tokens and no money, where the config gives no price for them
 * (SPEC R5.13). Said when an epic is planned, so that nobody learns it from a bill.
 */
import { type AgentChoice, type AgentKind, agentFor, type Config, type Role } from '#core/model/config';
import type { IssueNumber, Segment } from '#core/model/epic';
import type { Diagnostic } from '#core/model/problem';

/** Presets whose own mode tells tokens alone. Other programs tell in their report what they like, and nobody knows before. */
const TELL_NO_MONEY: ReadonlySet<AgentKind> = new Set(['codex', 'copilot', 'gemini']);

/** One warning for each agent that works on one of these segments and that a budget of theirs cannot bind. */
export function unboundBudgets(epic: IssueNumber, segments: readonly Segment[], config: Config): readonly Diagnostic[] {
  if (!Object.values(config.agents).some(tellsNoMoney)) return [];
  const unbound = new Map<string, { readonly agent: AgentChoice; budgetUsd: number }>();
  for (const segment of segments) {
    for (const role of rolesOf(segment, config)) {
      const agent = agentFor(config, role, segment.spec.agent);
      if (!agent || !tellsNoMoney(agent)) continue;
      const budgets = [segment.spec.budgetUsd ?? config.budgetUsd?.segment, config.budgetUsd?.epic, agent.budgetUsd];
      const budgetUsd = Math.min(...budgets.filter((each) => each !== undefined));
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

const tellsNoMoney = ({ kind, price }: AgentChoice): boolean => !price && TELL_NO_MONEY.has(kind);

/** Who may be called for a segment; whether a council or a tester is left out in the end is known in the run. */
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
