/**
 * Limits of providers: until when each of them asks to be left alone, and the agents that stand in (SPEC R5.13).
 *
 * All of it follows from the ends of earlier attempts. A limit holds for every agent with the same keys, in every segment of
 * the epic. A person's retry forgets the limits of that segment's attempts: they may have bought more.
 */
import { type AgentWish, agentFor, type Config, keysOf, mainRole, type Role, type StandIns } from '#core/model/config';
import { type Instant, instant, type SegmentSpec } from '#core/model/epic';
import type { Attempt, Journal, SegmentRecord } from '#core/model/journal';
import { nextPick, pickOf } from './escalation.ts';

/** A provider that names no time is asked again after this long. */
const LATER_WAIT_MS = 5 * 60_000;

/** The end of the limit that an attempt ran into; undefined for any other end. */
function limitEnd({ outcome }: Pick<Attempt, 'outcome'>): Instant | undefined {
  if (outcome?.kind !== 'failed' || outcome.problem.kind !== 'AGENT_LATER') return undefined;
  // The provider may know better than we do when a retry is worth it.
  return instant(outcome.at + Math.max(LATER_WAIT_MS, outcome.problem.waitMs ?? 0));
}

/** By provider: the end of its latest limit. */
export type Limits = ReadonlyMap<string, Instant>;

export function limitsOf({ segments }: Journal, config: Config): Limits {
  const limits = new Map<string, Instant>();
  // Without agents that could stand in, each segment waits for its own limit.
  if (config.fallback.length === 0) return limits;
  for (const { attempts, forgiven } of Object.values(segments)) {
    for (const attempt of attempts.slice(forgiven)) {
      const end = limitEnd(attempt);
      const name = limitedAgent(attempt);
      if (end === undefined || name === undefined) continue;
      const provider = providerOf(config, name);
      limits.set(provider, instant(Math.max(end, limits.get(provider) ?? 0)));
    }
  }
  return limits;
}

const limitedAgent = (attempt: Pick<Attempt, 'outcome'> | undefined): string | undefined =>
  attempt?.outcome?.kind === 'failed' && attempt.outcome.problem.kind === 'AGENT_LATER'
    ? attempt.outcome.problem.agent
    : undefined;

/** Agents with the same keys have the same account. */
function providerOf({ agents }: Config, name: string): string {
  const agent = Object.hasOwn(agents, name) ? agents[name] : undefined;
  const keys = agent ? keysOf(agent) : [];
  return keys.length === 0 ? name : [...keys].sort().join(' ');
}

const isFree = (limits: Limits, config: Config, name: string, now: Instant): boolean =>
  (limits.get(providerOf(config, name)) ?? 0) <= now;

/** The agents of an attempt, as far as the config leaves a choice between attempts. */
export function nextAgents(
  config: Config,
  spec: SegmentSpec,
  record: SegmentRecord,
  why: Attempt['why'],
  limits: Limits,
  now: Instant,
): Pick<Attempt, 'by' | 'instead'> {
  const by = nextPick(config, spec, record, why);
  if (!by) return {};
  const instead = standIns(config, { ...spec, by }, limits, now);
  return instead ? { by: pickOf(config, spec, by, instead), instead } : { by };
}

/** By the name of every limited agent that may be called for a segment: the one that stands in for it. */
function standIns(config: Config, wish: AgentWish, limits: Limits, now: Instant): StandIns | undefined {
  const free = config.fallback.find(({ agent }) => agent !== undefined && isFree(limits, config, agent, now));
  if (!free) return undefined;
  const limited = rolesOf(config, wish)
    .flatMap((role) => agentFor(config, role, wish)?.name ?? [])
    .filter((name) => !isFree(limits, config, name, now));
  return limited.length === 0 ? undefined : Object.fromEntries(limited.map((name) => [name, free]));
}

/** The roles that an attempt at the work may call. */
const rolesOf = ({ council, tdd }: Config, { worker }: AgentWish): readonly Role[] => [
  mainRole(worker),
  ...(tdd === 'off' ? [] : (['tester'] as const)),
  ...(council === 'off' ? [] : (['reviewer', 'lead'] as const)),
];

/** The earliest time of a segment's next attempt; undefined if no limit holds it. */
export function notBefore(
  config: Config,
  spec: SegmentSpec,
  record: SegmentRecord,
  limits: Limits,
): Instant | undefined {
  const last = record.attempts.at(-1);
  const own = last && record.attempts.length > record.forgiven ? limitEnd(last) : undefined;
  const wish = { ...spec, by: nextPick(config, spec, record, 'retry') };
  const main = agentFor(config, mainRole(spec.worker), wish);
  if (config.fallback.length === 0 || last?.why === 'conflict' || !main) return own;
  // A limit of a judge counts only where it was met: another segment may need no judge.
  const roles = own === undefined ? [mainRole(spec.worker)] : rolesOf(config, wish);
  const agents = roles.flatMap((role) => agentFor(config, role, wish)?.name ?? []);
  const provider = providerOf(config, limitedAgent(last) ?? '');
  const known = [...agents, ...standInNames(config)].map((name) => providerOf(config, name));
  // A program that the config does not name, or no longer calls, tells us nothing about the agents that it does call.
  if (own !== undefined && !known.includes(provider)) return own;
  const latest = Math.max(...agents.map((name) => freeFrom(name, config, limits)));
  return latest === 0 ? undefined : instant(latest);
}

/** When the first of an agent and those that may stand in for it is free. */
const freeFrom = (name: string, config: Config, limits: Limits): number =>
  Math.min(...[name, ...standInNames(config)].map((each) => limits.get(providerOf(config, each)) ?? 0));

const standInNames = ({ fallback }: Config): readonly string[] => fallback.flatMap(({ agent }) => agent ?? []);
