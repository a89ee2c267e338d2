/** The implementer works until the gates pass, its tries are used up, or the run ends. */
import { ANSWERS, FINDINGS } from '#brief/answers';
import { type BriefFacts, type WritingRole, writeBrief, writeFollowUp } from '#brief/brief';
import type { Persona } from '#brief/instructions';
import type { AgentChoice } from '#core/model/config';
import type { WorkProblem } from '#core/model/problem';
import type { GateResult } from '#core/model/report';
import type { GateRound } from '#gates/run';
import { sayProblem } from '#words/problems';
import { type CommonFacts, newBoundary } from './facts.ts';
import {
  type AgentReply,
  type AgentRequest,
  type Contract,
  continueWith,
  type Ending,
  endWith,
  firstEnding,
  problemEnding,
  type Step,
  type StepDeps,
  type Work,
} from './step.ts';
import { readFindings } from './verdict.ts';
import type { Workspace } from './workspace.ts';

export interface ImplementDeps extends StepDeps {
  readonly workspace: Pick<Workspace, 'directory' | 'unchanged' | 'take' | 'runGates'>;
  /** Keeps a brief in a file, for a conversation that lost it. @returns the file. */
  readonly keepBrief: (name: string, brief: string) => Promise<string>;
  /** Hands on the work so far, in case the job dies. @returns an ending if it cannot be handed on at all. */
  readonly save: (work: Work) => Promise<Ending | undefined>;
  readonly agent: AgentChoice;
  readonly role: WritingRole;
  readonly persona: Persona;
  readonly facts: CommonFacts;
  readonly contract: Contract | undefined;
  /** The most times that the agent works until the gates pass. */
  readonly tries: number;
}

export interface Implemented {
  readonly work: Work;
  /** The reply to the first call, which contains the agent's answers to findings. */
  readonly firstReply: AgentReply | undefined;
}

/** @param findings the council's, if the agent has to fix them; then it starts with them. */
export async function implement(deps: ImplementDeps, before: Work, findings?: string): Promise<Step<Implemented>> {
  const { workspace, log } = deps;
  let work = before;
  let firstReply: AgentReply | undefined;
  for (let number = 1; number <= deps.tries; number++) {
    const fix = number === 1 ? findings : undefined;
    work = { ...work, tries: work.tries + 1 };
    const reply = await deps.runAgent(await requestFor(deps, work, number, fix));
    firstReply ??= reply;
    work = withReply(deps, work, reply);
    const taken = await workspace.take(deps.contract);
    if (taken.kind === 'broken') {
      return endWith({ work, firstReply }, firstEnding(deps, reply.ending) ?? taken.ending);
    }
    const { change } = taken;
    const isNew = change.tree !== work.change?.tree;
    work = { ...work, change };
    const ending = firstEnding(deps, reply.ending, taken.ending, isNew ? await deps.save(work) : undefined);
    if (ending) return endWith({ work, firstReply }, ending);
    if (change.tree === workspace.unchanged) return continueWith({ work, firstReply });
    if (fix !== undefined && change.tree === before.change?.tree) return continueWith({ work, firstReply });

    // Names and modes that are not allowed, and secrets, are kept from programs of the repository.
    const isShowable = change.judgement.keep !== 'must not leave here';
    work = { ...work, round: isShowable ? await workspace.runGates(change) : undefined };
    const isGreen = work.round?.verdict === 'pass' && change.judgement.problems.length === 0;
    log.checkpoint(`gates, round ${work.tries}: ${isGreen ? 'all pass' : `${redIn(work).join(', ')} red`}`);
    if (isGreen) return continueWith({ work, firstReply });
    if (deps.isCancelled()) return endWith({ work, firstReply }, { kind: 'cancelled' });
    if (work.round?.hopeless) return endWith({ work, firstReply }, problemEnding(work.round.hopeless));
    if (deps.isTimeUp()) break;
  }
  return endWith({ work, firstReply }, problemEnding(failureOf(work)));
}

async function requestFor(
  deps: ImplementDeps,
  work: Work,
  number: number,
  findings: string | undefined,
): Promise<AgentRequest> {
  const { agent, role, persona, facts, contract, workspace } = deps;
  const told: BriefFacts = {
    ...facts,
    role,
    persona,
    ...(contract ? { contract: { files: contract.files, criteria: contract.criteria } } : {}),
    boundary: newBoundary(),
    try: { number, of: deps.tries },
    failed: failedIn(work.round),
    refused: (work.change?.judgement.problems ?? []).map((each) => sayProblem(each, { form: 'plain' }).what),
  };
  const whole = writeBrief(told);
  const briefFile = await deps.keepBrief('brief', whole);
  const resume = work.session;
  const answer = findings !== undefined ? ANSWERS : facts.worker === 'security' ? FINDINGS : undefined;
  return {
    agent,
    role,
    access: role === 'researcher' ? persona.access : 'write',
    brief: briefFor(),
    directory: workspace.directory,
    try: work.tries,
    persona,
    resume,
    ...(answer ? { answer } : {}),
  };

  /** An agent that continues its conversation knows its brief already. */
  function briefFor(): string {
    if (findings !== undefined) return resume === undefined ? `${whole}\n${findings}` : findings;
    return resume === undefined || number === 1 ? whole : writeFollowUp(told, briefFile);
  }
}

function withReply({ facts, log }: ImplementDeps, work: Work, reply: AgentReply): Work {
  // An agent that only fixes something need not repeat its whole report.
  const says = reply.says.summary !== '' || work.says.summary === '' ? reply.says : work.says;
  const next = { ...work, session: reply.session, says };
  if (facts.worker !== 'security') return next;
  const read = readFindings(reply, log);
  if (!read) return next;
  const summary = next.says.summary === '' ? read.summary : next.says.summary;
  return { ...next, findings: read.findings, says: { ...next.says, summary } };
}

/** Names of what the next try has to fix. */
const redIn = ({ round, change }: Work): readonly string[] => [
  ...new Set([
    ...failedIn(round).map(({ gate }) => gate),
    ...(change?.judgement.problems.length ? ['the change itself'] : []),
  ]),
];

const failedIn = (round: GateRound | undefined): readonly GateResult[] =>
  (round?.results ?? []).filter(({ verdict }) => verdict === 'fail' || verdict === 'timed out');

/**
 * The problem that people should read first: a fault of the change itself, or else a gate's failure that has its own code,
 * or else all failed gates.
 */
function failureOf({ change, round, tries }: Work): WorkProblem {
  const [wrong] = change?.judgement.problems ?? [];
  const gates = failedIn(round).filter(({ gate }) => gate !== 'scope');
  if (wrong && (wrong.kind !== 'OUT_OF_SCOPE' || gates.length === 0)) return wrong;
  const [own, ...others] = round?.problems ?? [];
  if (own && others.length === 0 && gates.length === 1) return own;
  return { kind: 'GATES_FAILED', gates: gates.map(({ gate, output }) => ({ gate, output })), tries };
}
