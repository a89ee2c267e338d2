/**
 * The agent and the model of a segment's next attempt (SPEC R8.1): the usual ones, and after each attempt that was not good
 * enough, the next of the config's list `escalate`.
 *
 * Only the work itself counts. A run that was lost, a provider's limit, a missing key or a conflict with the base says nothing
 * about the agent, and a stronger one would fail at it in the same way.
 */
import {
  type AgentPick,
  agentFor,
  type Config,
  escalateOf,
  mainRole,
  modelFor,
  type StandIns,
} from '#core/model/config';
import type { SegmentSpec } from '#core/model/epic';
import type { Attempt, SegmentRecord } from '#core/model/journal';
import type { ProblemKind } from '#core/model/problem';

/** Problems that another agent or a stronger model may not have with the same segment. */
const OF_THE_WORK: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  // It did not come to an end.
  'AGENT_TIMED_OUT',
  'AGENT_SILENT',
  'AGENT_TURNS',
  'AGENT_CONTEXT',
  'AGENT_DECLINED',
  // Its change was looked at, and refused.
  'TESTS_NOT_RED',
  'TEST_CHANGED',
  'COUNCIL_REJECTED',
  'GATES_FAILED',
  'VERIFY_FAILED',
  'NO_TESTS',
  'OUT_OF_SCOPE',
  'PROTECTED_PATH',
  'BAD_PATH',
  'PATH_COLLISION',
  'FILE_MODE',
  'BINARY_FILE',
  'PATCH_LIMIT',
  'LFS_POINTER',
]);

/** Answers whether an attempt came to nothing by the work of its own agent. */
export function isPoorWork({ why, outcome }: Pick<Attempt, 'why' | 'outcome'>): boolean {
  // A proof has no agent. A conflict has its own order: the resolver, the tech lead, a person.
  if (why === 'prove' || why === 'conflict') return false;
  return outcome?.kind === 'no-change' || (outcome?.kind === 'failed' && OF_THE_WORK.has(outcome.problem.kind));
}

/** How often the work of a segment was not good enough: for Swarm's checks, or for the person who rejected it. */
const poorTries = ({ attempts }: SegmentRecord): number =>
  attempts.filter(isPoorWork).length + attempts.filter(({ why }) => why === 'rework').length;

/** Answers whether the latest attempt failed by its own work and the list names an agent that has not tried yet. */
export function mayEscalate(record: SegmentRecord, config: Config): boolean {
  const last = record.attempts.at(-1);
  return last !== undefined && isPoorWork(last) && poorTries(record) <= escalateOf(config, last.worker).length;
}

/**
 * The agent and the model of the next attempt. Attempts after the end of the list, which a person asked for, have its last
 * entry.
 *
 * @param why of the next attempt: a rework means that a person did not want the work as it is.
 * @returns undefined if the config leaves no choice between attempts.
 */
export function nextPick(
  config: Config,
  spec: SegmentSpec,
  record: SegmentRecord,
  why: Attempt['why'],
): AgentPick | undefined {
  const escalate = escalateOf(config, spec.worker);
  if (escalate.length + config.fallback.length === 0 || why === 'prove' || why === 'conflict') return undefined;
  const tries = poorTries(record) + (why === 'rework' ? 1 : 0);
  const entry = tries === 0 ? undefined : escalate[Math.min(tries, escalate.length) - 1];
  return pickOf(config, spec, entry);
}

/** The agent that does the work, and its model, with everything that is known about them, for people to read. */
export function pickOf(config: Config, spec: SegmentSpec, by?: AgentPick, instead?: StandIns): AgentPick {
  const wish = { ...spec, by, instead };
  const agent = agentFor(config, mainRole(spec.worker), wish);
  const model = (agent ? modelFor(config, agent, wish) : by?.model) ?? agent?.model;
  return { ...(agent ? { agent: agent.name } : {}), ...(model === undefined ? {} : { model }) };
}
