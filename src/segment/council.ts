/**
 * The council: an independent reviewer looks at the finished change, the implementer answers, and a tech lead decides
 * where they disagree (SPEC R5.10).
 *
 * It fails closed: without a readable verdict, even when asked again, a reviewer has not approved. A finding that names
 * no line of the change is dropped, and the report counts it. Reviewer and lead each work in a temporary checkout, and know
 * only their brief.
 */

import { MAX_COUNCIL_FINDINGS, VERDICT } from '#brief/answers';
import type { Persona } from '#brief/instructions';
import { type Dispute, findingText, type ReviewFacts, writeDecision, writeFindings, writeReview } from '#brief/review';
import { type AgentChoice, agentFor, isRoleNamed } from '#core/model/config';
import type { WorkProblem } from '#core/model/problem';
import type { Council, CouncilFinding, JudgedFinding } from '#core/model/report';
import { type Assignment, wishOf } from './assignment.ts';
import { newBoundary } from './facts.ts';
import type { Implemented } from './implement.ts';
import type { Lookup } from './library.ts';
import {
  type Change,
  continueWith,
  type Ending,
  endWith,
  firstEnding,
  problemEnding,
  type Step,
  type StepDeps,
  type Work,
} from './step.ts';
import { readAnswers, readVerdict, type Verdict } from './verdict.ts';
import type { Workspace } from './workspace.ts';

const ROUNDS = 3;
/** A change of so few lines is not worth a review. */
const TRIVIAL_LINES = 3;

export interface CouncilDeps extends StepDeps {
  readonly workspace: Pick<Workspace, 'diff' | 'countChangedLines' | 'inCheckout'>;
  readonly persona: (name: 'reviewer' | 'tech-lead') => Promise<Lookup<Persona>>;
  /** Lets the implementer answer findings, until the gates pass again. */
  readonly fix: (findings: string, work: Work) => Promise<Step<Implemented>>;
  readonly assignment: Pick<Assignment, 'config' | 'segment' | 'attempt'>;
  /** The implementer's agent. It reviews too if the config names no other. */
  readonly agent: AgentChoice;
  readonly facts: Pick<ReviewFacts, 'instructions' | 'repository' | 'segment' | 'worker' | 'criteria'>;
}

export interface Reviewed {
  readonly council: Council;
  /** With what the implementer fixed. */
  readonly work: Work;
}

export const NO_COUNCIL: Council = { kind: 'skipped', why: 'the run ended before that' };

/** A rejection that stands ends the run. */
export async function holdCouncil(deps: CouncilDeps, work: Work, change: Change): Promise<Step<Reviewed>> {
  const why = await reasonToSkip(deps, change);
  if (why !== undefined) {
    deps.log.print(`No council: ${why}.`);
    return continueWith({ council: { kind: 'skipped', why }, work });
  }
  const { config } = deps.assignment;
  const leadPersona = await deps.persona('tech-lead');
  if (leadPersona.kind === 'wrong') return endWith({ council: NO_COUNCIL, work }, problemEnding(leadPersona.problem));
  const persona = await deps.persona('reviewer');
  if (persona.kind === 'wrong') return endWith({ council: NO_COUNCIL, work }, problemEnding(persona.problem));
  const agent = reviewerIn(deps);
  const members: Members = {
    reviewer: { agent, persona: persona.value },
    lead: { agent: agentFor(config, 'lead', wishOf(deps.assignment)) ?? agent, persona: leadPersona.value },
  };
  return new CouncilSession(deps, members, { ...work, change }).run();
}

const reviewerIn = ({ assignment, agent }: CouncilDeps): AgentChoice =>
  agentFor(assignment.config, 'reviewer', wishOf(assignment)) ?? agent;

/** @returns undefined if a council is held. */
async function reasonToSkip(deps: CouncilDeps, { tree, judgement }: Change): Promise<string | undefined> {
  const { config, segment } = deps.assignment;
  const { review } = segment.spec;
  if (review === false) return 'the issue says review: false';
  if (review === undefined && config.council === 'off') return 'the config says council: off';
  if (review === undefined && judgement.files.every(isDocument)) return 'only documentation changed';
  const lines = await deps.workspace.countChangedLines(tree);
  if (review === undefined && lines <= TRIVIAL_LINES && judgement.attention.length === 0) {
    return `the change is trivial (${lines === 1 ? '1 line' : `${lines} lines`})`;
  }
  const isAsked = review === true || config.council === 'on' || isRoleNamed(config, 'reviewer', segment.spec.worker);
  return reviewerIn(deps).kind === 'command' && !isAsked
    ? 'the agent is a plain command, and no reviewer is set'
    : undefined;
}

const isDocument = (file: string): boolean => /\.(?:md|mdx|markdown|rst|adoc)$|(?:^|\/)docs?\/.*\.txt$/i.test(file);

type Judge = 'reviewer' | 'lead';
type Members = Readonly<Record<Judge, { readonly agent: AgentChoice; readonly persona: Persona }>>;

/** The implementer's work, with its change. */
type FinishedWork = Work & { readonly change: Change };

/** A judge's opinion of the change. */
type Opinion =
  | Verdict
  /** It could not be read, not even after asking again. */
  | { readonly kind: 'none' }
  | { readonly kind: 'ended'; readonly ending: Ending };

/** The consequence of one round's opinions. */
type Ruling =
  | { readonly kind: 'approved' | 'rejected' }
  | { readonly kind: 'fix'; readonly findings: readonly CouncilFinding[]; readonly from: Judge }
  | { readonly kind: 'ended'; readonly ending: Ending };

/** How the implementer answered findings. */
type Answered =
  | { readonly kind: 'answered'; readonly disputes: readonly Dispute[]; readonly hasChanged: boolean }
  | { readonly kind: 'ended'; readonly ending: Ending };

/** One segment's council, from its first round to its end. Its fields are its minutes, which no other code sees. */
class CouncilSession {
  readonly #deps: CouncilDeps;
  readonly #members: Members;
  readonly #judged = new Map<string, JudgedFinding>();
  #work: FinishedWork;
  #dropped = 0;
  #hasAskedLead = false;
  #summary = '';

  constructor(deps: CouncilDeps, members: Members, work: FinishedWork) {
    this.#deps = deps;
    this.#members = members;
    this.#work = work;
  }

  async run(): Promise<Step<Reviewed>> {
    let disputes: readonly Dispute[] = [];
    for (let round = 1; ; round++) {
      const ruling = await this.#review(round, disputes);
      if (ruling.kind !== 'fix') return this.#close(ruling, round);
      if (round === ROUNDS) return this.#close({ kind: 'rejected' }, round);
      const answered = await this.#answer(ruling, round);
      if (answered.kind === 'ended') return this.#close(answered, round);
      disputes = answered.disputes;
      if (answered.hasChanged || disputes.some(({ answer }) => answer !== 'disputed')) continue;

      // To ask the reviewer the same question about the same files again would only cost money.
      const final = await this.#askLead(round, disputes, ruling.findings);
      if (final.kind !== 'fix') return this.#close(final, round);
      const fixed = await this.#answer(final, round);
      if (fixed.kind === 'ended') return this.#close(fixed, round);
      if (!fixed.hasChanged) return this.#close({ kind: 'rejected' }, round);
      disputes = fixed.disputes;
    }
  }

  /** One look at the change: the reviewer's, and the lead's if a finding is still disputed after it. */
  async #review(round: number, disputes: readonly Dispute[]): Promise<Ruling> {
    const verdict = await this.#ask('reviewer', round, disputes);
    if (verdict.kind === 'ended') return verdict;
    if (verdict.kind === 'approved') {
      this.#settle(
        disputes.map(({ finding }) => finding),
        'settled',
      );
      for (const finding of verdict.findings) this.#judge(finding, 'noted');
      return verdict;
    }
    const ruling: Ruling =
      verdict.kind === 'none'
        ? await this.#replaceReview(round, disputes)
        : this.#reject(verdict, disputes, 'reviewer');
    if (ruling.kind !== 'fix') return ruling;
    const isPersistent = disputes.some(
      ({ answer, finding }) => answer === 'disputed' && ruling.findings.some((each) => isSame(each, finding)),
    );
    return isPersistent ? this.#askLead(round, disputes, ruling.findings) : ruling;
  }

  #reject({ findings }: Verdict, disputes: readonly Dispute[], from: Judge): Ruling {
    this.#settle(
      disputes.map(({ finding }) => finding).filter((each) => !findings.some((other) => isSame(each, other))),
      'settled',
    );
    for (const finding of findings) this.#judge(finding, 'stands');
    const serious = findings.filter(({ severity }) => severity !== 'minor');
    return { kind: 'fix', findings: serious.length > 0 ? serious : findings, from };
  }

  /** The reviewer gave no verdict, so the lead looks at the change. If the lead gives none either, no one has approved. */
  async #replaceReview(round: number, disputes: readonly Dispute[]): Promise<Ruling> {
    const decision = await this.#ask('lead', round, disputes);
    if (decision.kind === 'ended' || decision.kind === 'approved') return decision;
    return decision.kind === 'none' ? { kind: 'rejected' } : this.#reject(decision, disputes, 'lead');
  }

  /** Lets the lead decide which of these findings stand. */
  async #askLead(round: number, disputes: readonly Dispute[], findings: readonly CouncilFinding[]): Promise<Ruling> {
    const decision = await this.#ask('lead', round, disputes);
    if (decision.kind === 'ended') return decision;
    if (decision.kind === 'none') return { kind: 'rejected' };
    const stands = (finding: CouncilFinding): boolean =>
      decision.kind === 'rejected' && decision.findings.some((each) => isSame(each, finding));
    this.#settle(
      findings.filter((each) => !stands(each)),
      'overruled',
    );
    const standing = findings.filter(stands);
    return standing.length === 0 ? { kind: 'approved' } : { kind: 'fix', findings: standing, from: 'lead' };
  }

  async #answer({ findings, from }: Extract<Ruling, { kind: 'fix' }>, round: number): Promise<Answered> {
    const before = this.#work.change.tree;
    const brief = writeFindings({
      boundary: newBoundary(),
      findings,
      summary: this.#summary,
      from,
      round: { number: round, of: ROUNDS },
    });
    const fixed = await this.#deps.fix(brief, this.#work);
    const { work, firstReply } = fixed.found;
    this.#work = { ...work, change: work.change ?? this.#work.change };
    if (fixed.kind === 'ended') return fixed;
    const hasChanged = this.#work.change.tree !== before;
    const answers = firstReply ? readAnswers(firstReply) : [];
    const disputes = findings.map((finding, index): Dispute => {
      const answer = answers.find((each) => each.finding === index + 1);
      // Without a change nothing was fixed, even if the answer says so.
      const isEmptyClaim = answer?.did === 'fixed' && !hasChanged;
      return {
        finding,
        answer: answer && !isEmptyClaim ? answer.did : 'not answered',
        why: this.#deps.log.safe(answer?.why ?? '').slice(0, 2_000),
      };
    });
    return { kind: 'answered', disputes, hasChanged };
  }

  /** Asks a judge, and once more if its answer cannot be used. */
  async #ask(role: Judge, round: number, disputes: readonly Dispute[]): Promise<Opinion> {
    const { workspace, log } = this.#deps;
    const { agent, persona } = this.#members[role];
    const { tree } = this.#work.change;
    if (role === 'lead') this.#hasAskedLead = true;
    const facts = await this.#factsFor(persona, round, disputes);
    let malformed: string | undefined;
    for (const number of [1, 2]) {
      const told = { ...facts, boundary: newBoundary(), ...(malformed === undefined ? {} : { malformed }) };
      const reply = await workspace.inCheckout(`${round}-${role}-${number}`, tree, (directory) =>
        this.#deps.runAgent({
          agent,
          role,
          access: 'read',
          brief: role === 'reviewer' ? writeReview(told) : writeDecision(told),
          directory,
          try: number,
          persona,
          answer: VERDICT,
        }),
      );
      const ending = firstEnding(this.#deps, reply.ending);
      if (ending) return { kind: 'ended', ending };
      if (reply.problem) {
        log.warn(`The ${role} gave no verdict (${reply.problem.kind}).`);
        // An outage of the provider is waited out before the next attempt starts.
        if (reply.problem.kind === 'AGENT_LATER') return { kind: 'ended', ending: problemEnding(reply.problem) };
        malformed = 'You ended without a verdict.';
        continue;
      }
      const read = readVerdict(reply, await workspace.diff(tree, LINES_AROUND), log);
      this.#dropped += read.dropped;
      if (read.kind !== 'unusable') {
        this.#summary = read.summary;
        return read;
      }
      malformed = read.why;
      log.warn(`The ${role}'s answer could not be used: ${read.why}`);
    }
    return { kind: 'none' };
  }

  async #factsFor(
    persona: Persona,
    round: number,
    disputes: readonly Dispute[],
  ): Promise<Omit<ReviewFacts, 'boundary' | 'malformed'>> {
    const { change, says, round: gates } = this.#work;
    return {
      ...this.#deps.facts,
      persona,
      files: change.judgement.files,
      diff: await this.#deps.workspace.diff(change.tree, SHOWN_CONTEXT),
      gates: gates?.results ?? [],
      summary: says.summary,
      evidence: says.criteria,
      round: { number: round, of: ROUNDS },
      disputes,
    };
  }

  #judge(finding: CouncilFinding, state: JudgedFinding['state']): void {
    for (const [key, known] of this.#judged) if (isSame(known, finding)) this.#judged.delete(key);
    this.#judged.set(findingText(finding), { ...finding, why: finding.why.slice(0, 1_000), state });
  }

  #settle(findings: readonly CouncilFinding[], state: 'settled' | 'overruled'): void {
    for (const finding of findings) this.#judge(finding, state);
  }

  #close(end: Exclude<Ruling, { kind: 'fix' }>, rounds: number): Step<Reviewed> {
    const kind = end.kind === 'approved' ? 'approved' : 'rejected';
    this.#deps.log.checkpoint(`council: ${kind} after round ${rounds}`);
    const findings = [...this.#judged.values()].map(
      (each): JudgedFinding => (kind === 'approved' && each.state === 'stands' ? { ...each, state: 'settled' } : each),
    );
    const council: Council = {
      kind,
      rounds,
      reviewer: this.#members.reviewer.agent.name,
      ...(this.#hasAskedLead ? { lead: this.#members.lead.agent.name } : {}),
      summary: this.#summary.slice(0, 3_000),
      findings: findings.slice(0, MAX_COUNCIL_FINDINGS),
      dropped: this.#dropped,
    };
    const found = { council, work: this.#work };
    if (end.kind === 'ended') return endWith(found, end.ending);
    return kind === 'approved'
      ? continueWith(found)
      : endWith(found, problemEnding(rejectionBy(council.findings, rounds)));
  }
}

/** A finding may point at a line that stands near the change. */
const LINES_AROUND = 3;
const SHOWN_CONTEXT = 8;

function rejectionBy(findings: readonly JudgedFinding[], rounds: number): WorkProblem {
  const standing = findings.filter(({ state }) => state === 'stands').slice(0, 10);
  return { kind: 'COUNCIL_REJECTED', findings: standing.map((each) => findingText(each).slice(0, 500)), rounds };
}

/** The same finding a round later: its line may have moved, and its words may be others. */
const isSame = (a: CouncilFinding, b: CouncilFinding): boolean =>
  a.file === b.file && (Math.abs(a.line - b.line) <= 5 || a.why === b.why);
