/**
 * The council: an independent reviewer looks at the finished change, the implementer answers, and where they disagree a
 * tech lead decides (SPEC R5.10).
 *
 * It fails closed: a reviewer that gives no verdict that can be read, even when asked again, has not approved. Its
 * findings have to name a line of the change; one that does not is dropped, and that is said. Reviewer and lead each work
 * in a throw-away checkout, and know nothing but what stands in their brief.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Persona } from '#brief/instructions';
import {
  type Dispute,
  findingText,
  type ReviewFacts,
  VERDICT_SCHEMA,
  writeDecision,
  writeFindings,
  writeReview,
} from '#brief/review';
import { type AgentChoice, agentFor } from '#core/model/config';
import type { Council, CouncilFinding, JudgedFinding } from '#core/model/report';
import { WorkTree } from '#git/work-tree';
import type { Bench, Called } from './bench.ts';

const ROUNDS = 3;
const FINDINGS = 20;
/** A change of so few lines is not worth a reader's hour. */
const TRIVIAL_LINES = 3;

/** How the implementer goes on: its next brief, and the fix loop behind it. */
export type Mend = (brief: string) => Promise<Called | undefined>;

/** Holds the council, and leaves its verdict at the bench; a rejection that stands ends the run. */
export async function holdCouncil(bench: Bench, mend: Mend): Promise<void> {
  const sitting = await convene(bench);
  if (typeof sitting === 'string') {
    bench.council = { kind: 'skipped', why: sitting };
    bench.fittings.site.log(`No council: ${sitting}.`);
    return;
  }
  if (sitting === undefined) return;
  const course = new Sitting(bench, sitting);
  bench.council = await course.run(mend);
  if (bench.council.kind === 'rejected' && !bench.isOver) {
    const standing = bench.council.findings.filter(({ state }) => state === 'stands');
    const findings = standing.slice(0, 10).map((each) => findingText(each).slice(0, 500));
    bench.problem = { kind: 'COUNCIL_REJECTED', findings, rounds: bench.council.rounds };
  }
}

interface Members {
  readonly reviewer: AgentChoice;
  readonly lead: AgentChoice;
  readonly reviewerPersona: Persona;
  readonly leadPersona: Persona;
}

/** @returns the members; a reason to go without; or nothing, where the bench's problem says why. */
async function convene(bench: Bench): Promise<Members | string | undefined> {
  const { assignment, agent, library } = bench.fittings;
  const { config, segment } = assignment;
  const { review } = segment.spec;
  if (review === false) return 'the issue says review: false';
  if (review === undefined && config.council === 'off') return 'the config says council: off';
  const files = bench.judgement?.files ?? [];
  if (review === undefined && files.every(isDocument)) return 'only documentation changed';
  const lines = await changedLines(bench);
  if (review === undefined && lines <= TRIVIAL_LINES && (bench.judgement?.attention.length ?? 0) === 0) {
    return `the change is trivial (${lines === 1 ? '1 line' : `${lines} lines`})`;
  }
  const reviewer = agentFor(config, 'reviewer') ?? agent;
  const isAsked = review === true || config.council === 'on' || config.roles.reviewer !== undefined;
  if (reviewer.kind === 'command' && !isAsked) return 'the agent is a plain command, and no reviewer is set';
  const [reviewerPersona, leadPersona] = [
    await library.persona('reviewer', segment.number),
    await library.persona('tech-lead', segment.number),
  ];
  for (const found of [reviewerPersona, leadPersona]) if (found.kind === 'wrong') bench.problem = found.problem;
  if (reviewerPersona.kind === 'wrong' || leadPersona.kind === 'wrong') return undefined;
  return {
    reviewer,
    lead: agentFor(config, 'lead') ?? reviewer,
    reviewerPersona: reviewerPersona.value,
    leadPersona: leadPersona.value,
  };
}

const isDocument = (file: string): boolean => /\.(?:md|mdx|markdown|rst|adoc)$|(?:^|\/)docs?\/.*\.txt$/i.test(file);

async function changedLines({ fittings, tree }: Bench): Promise<number> {
  const { store, assignment } = fittings;
  const told = await store.text(['diff-tree', '-r', '--numstat', '--no-renames', assignment.attempt.base, tree ?? '']);
  return told
    .split('\n')
    .map((line) => line.split('\t'))
    .reduce((sum, [added, removed]) => sum + (Number(added) || 0) + (Number(removed) || 0), 0);
}

interface Verdict {
  readonly kind: 'approved' | 'rejected';
  readonly summary: string;
  readonly findings: readonly CouncilFinding[];
}

/** One segment's council, from its first round to its end. */
class Sitting {
  readonly #bench: Bench;
  readonly #members: Members;
  readonly #judged = new Map<string, JudgedFinding>();
  #dropped = 0;
  #lead: string | undefined;
  #summary = '';

  constructor(bench: Bench, members: Members) {
    this.#bench = bench;
    this.#members = members;
  }

  async run(mend: Mend): Promise<Council> {
    let disputes: readonly Dispute[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const verdict = await this.#ask('reviewer', round, disputes);
      if (this.#bench.isOver) return this.#end('rejected', round);
      let standing: readonly CouncilFinding[];
      if (verdict === undefined) {
        // Nobody has said that it is good; the one who may decide is asked, and without a word from there it is not.
        const decision = await this.#ask('lead', round, disputes);
        if (decision?.kind === 'approved') return this.#end('approved', round);
        if (decision === undefined || decision.findings.length === 0) return this.#end('rejected', round);
        standing = decision.findings;
      } else {
        if (verdict.kind === 'approved') {
          this.#settle(
            disputes.map(({ finding }) => finding),
            'settled',
          );
          for (const finding of verdict.findings) this.#judge(finding, 'noted');
          return this.#end('approved', round);
        }
        standing = verdict.findings.filter(({ severity }) => severity !== 'minor');
        if (standing.length === 0) standing = verdict.findings;
        this.#settle(
          disputes
            .map(({ finding }) => finding)
            .filter((each) => !verdict.findings.some((other) => isSame(each, other))),
          'settled',
        );
        for (const finding of verdict.findings) this.#judge(finding, 'stands');
      }
      const persistent = disputes.some(
        ({ answer, finding }) => answer === 'disputed' && standing.some((each) => isSame(each, finding)),
      );
      let from: 'reviewer' | 'lead' = verdict === undefined ? 'lead' : 'reviewer';
      if (persistent) {
        const decided = await this.#decide(round, disputes, standing);
        if (decided === undefined || this.#bench.isOver) return this.#end('rejected', round);
        if (decided.length === 0) return this.#end('approved', round);
        standing = decided;
        from = 'lead';
      }
      if (round === ROUNDS) return this.#end('rejected', round);
      const answered = await this.#answer(mend, standing, from, round);
      if (answered === undefined || this.#bench.isOver) return this.#end('rejected', round);
      disputes = answered.disputes;
      if (answered.disputes.every(({ answer }) => answer === 'disputed') && !answered.changed) {
        // Asking the reviewer the same of the same files again would only cost.
        const decided = await this.#decide(round, disputes, standing);
        if (decided === undefined || this.#bench.isOver) return this.#end('rejected', round);
        if (decided.length === 0) return this.#end('approved', round);
        const again = await this.#answer(mend, decided, 'lead', round);
        if (again === undefined || this.#bench.isOver || !again.changed) return this.#end('rejected', round);
        disputes = again.disputes;
      }
    }
    return this.#end('rejected', ROUNDS);
  }

  /** @returns the disputed findings that stand; undefined where the lead gives no word that can be used. */
  async #decide(
    round: number,
    disputes: readonly Dispute[],
    standing: readonly CouncilFinding[],
  ): Promise<readonly CouncilFinding[] | undefined> {
    const decision = await this.#ask('lead', round, disputes);
    if (decision === undefined) return undefined;
    const fallen = (finding: CouncilFinding): boolean =>
      decision.kind === 'approved' || !decision.findings.some((each) => isSame(each, finding));
    this.#settle(standing.filter(fallen), 'overruled');
    return standing.filter((finding) => !fallen(finding));
  }

  async #answer(
    mend: Mend,
    findings: readonly CouncilFinding[],
    from: 'reviewer' | 'lead',
    round: number,
  ): Promise<{ readonly disputes: readonly Dispute[]; readonly changed: boolean } | undefined> {
    const before = this.#bench.tree;
    const brief = writeFindings({
      boundary: this.#bench.boundary(),
      findings,
      summary: this.#summary,
      from,
      round: { number: round, of: ROUNDS },
    });
    const ended = await mend(brief);
    if (!ended) return undefined;
    const changed = this.#bench.tree !== before;
    const said = answersSchema.safeParse(objectIn(ended));
    const answers = said.success ? said.data.answers : [];
    return {
      changed,
      disputes: findings.map((finding, index) => {
        const answer = answers.find((each) => each.finding === index + 1);
        // Whoever changed nothing has mended nothing, whatever it says.
        const did = answer?.did === 'fixed' && !changed ? 'not answered' : (answer?.did ?? 'not answered');
        return { finding, answer: did, why: this.#bench.safe(answer?.why ?? '').slice(0, 2_000) };
      }),
    };
  }

  /** @returns undefined where the answer cannot be used, also when asked again. */
  async #ask(role: 'reviewer' | 'lead', round: number, disputes: readonly Dispute[]): Promise<Verdict | undefined> {
    const agent = this.#members[role];
    const persona = role === 'reviewer' ? this.#members.reviewerPersona : this.#members.leadPersona;
    if (role === 'lead') this.#lead = agent.name;
    const facts = await this.#facts(persona, round, disputes);
    let malformed: string | undefined;
    for (const number of [1, 2]) {
      const told = { ...facts, boundary: this.#bench.boundary(), ...(malformed === undefined ? {} : { malformed }) };
      const ended = await this.#inCheckout(`${round}-${role}-${number}`, (directory) =>
        this.#bench.call({
          agent,
          role,
          access: 'read',
          brief: role === 'reviewer' ? writeReview(told) : writeDecision(told),
          directory,
          try: number,
          persona,
          answer: { name: 'verdict', schema: VERDICT_SCHEMA },
        }),
      );
      if (this.#bench.isOver) return undefined;
      if (ended.problem) {
        // An outage of its provider is waited out by whoever starts the next attempt.
        if (ended.problem.kind === 'AGENT_LATER') this.#bench.problem = ended.problem;
        this.#bench.warn(`The ${role} gave no verdict (${ended.problem.kind}).`);
        if (this.#bench.isOver) return undefined;
        malformed = 'You ended without a verdict.';
        continue;
      }
      const read = await this.#read(ended);
      if (typeof read !== 'string') {
        this.#summary = read.summary;
        return read;
      }
      malformed = read;
      this.#bench.warn(`The ${role}'s answer could not be used: ${read}`);
    }
    return undefined;
  }

  /** The verdict, or in a sentence why it is none. */
  async #read(ended: Called): Promise<Verdict | string> {
    const value = objectIn(ended);
    if (value === undefined) return 'There was no JSON object in it.';
    const read = verdictSchema.safeParse(value);
    if (!read.success) {
      const [issue] = read.error.issues;
      return `\`${issue?.path.join('.') || 'It'}\`: ${issue?.message ?? 'not as asked for'}.`;
    }
    const { verdict, summary, findings } = read.data;
    const lines = await this.#linesOfChange();
    const inChange = findings
      .map(({ file, line, severity, why }) => ({
        file: file.replace(/^\.\//, ''),
        line,
        severity,
        why: this.#bench.safe(why),
      }))
      .filter(({ file, line }) => lines.get(file)?.some(([from, to]) => line >= from && line <= to));
    const dropped = findings.length - inChange.length;
    this.#dropped += dropped;
    if (dropped > 0)
      this.#bench.warn(`${dropped} of ${findings.length} findings name no line of the change, and were dropped.`);
    const isGrave = inChange.some(({ severity }) => severity !== 'minor');
    if (verdict === 'rejected' && inChange.length === 0) {
      return 'It rejects the change and names no line of it; each finding needs a file and a line of the change.';
    }
    // A grave finding is a rejection, whatever the word above it says.
    return {
      kind: verdict === 'rejected' || isGrave ? 'rejected' : 'approved',
      summary: this.#bench.safe(summary),
      findings: inChange,
    };
  }

  async #facts(
    persona: Persona,
    round: number,
    disputes: readonly Dispute[],
  ): Promise<Omit<ReviewFacts, 'boundary' | 'malformed'>> {
    const { site, assignment, store, library } = this.#bench.fittings;
    const { segment, text, attempt } = assignment;
    const { judgement, tree, says } = this.#bench;
    return {
      persona,
      ...(library.agentsFile === undefined ? {} : { instructions: library.agentsFile }),
      repository: `${site.repository.owner}/${site.repository.name}`,
      segment: { number: segment.number, title: text.title, body: text.body },
      criteria: segment.spec.criteria,
      files: judgement?.files ?? [],
      diff: (await store.run(diffOf(attempt.base, tree ?? '', 8))).toString('utf8'),
      gates: this.#bench.round?.results ?? [],
      summary: says.summary,
      evidence: says.criteria,
      round: { number: round, of: ROUNDS },
      disputes,
    };
  }

  /** Lines of the change and a few around them, by file, as they read now. */
  async #linesOfChange(): Promise<ReadonlyMap<string, readonly (readonly [number, number])[]>> {
    const { store, assignment } = this.#bench.fittings;
    const diff = await store.run(diffOf(assignment.attempt.base, this.#bench.tree ?? '', 3));
    return hunksIn(diff.toString('utf8'));
  }

  /** A checkout of the change for one reader; nothing that is done there is kept. */
  async #inCheckout<Answer>(name: string, act: (directory: string) => Promise<Answer>): Promise<Answer> {
    const { site, store, assignment } = this.#bench.fittings;
    const place = join(site.scratch, 'council', name);
    const tree = await WorkTree.make(store, join(place, site.repository.name), assignment.attempt.base);
    try {
      await tree.put(this.#bench.tree ?? '');
      // So that `git diff HEAD` shows new files, too.
      const git = { GIT_DIR: join(tree.directory, '.git') };
      await store.run(['add', '--all', '--', '.'], { environment: git, tree: tree.directory });
      return await act(tree.directory);
    } finally {
      await rm(place, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  #judge(finding: CouncilFinding, state: JudgedFinding['state']): void {
    for (const [key, known] of this.#judged) if (isSame(known, finding)) this.#judged.delete(key);
    this.#judged.set(findingText(finding), { ...finding, why: finding.why.slice(0, 1_000), state });
  }

  #settle(findings: readonly CouncilFinding[], state: 'settled' | 'overruled'): void {
    for (const finding of findings) this.#judge(finding, state);
  }

  #end(kind: 'approved' | 'rejected', rounds: number): Council {
    const findings = [...this.#judged.values()].map(
      (each): JudgedFinding => (kind === 'approved' && each.state === 'stands' ? { ...each, state: 'settled' } : each),
    );
    this.#bench.mark(`council: ${kind} after round ${rounds}`);
    return {
      kind,
      rounds,
      reviewer: this.#members.reviewer.name,
      ...(this.#lead === undefined ? {} : { lead: this.#lead }),
      summary: this.#summary.slice(0, 3_000),
      findings: findings.slice(0, FINDINGS),
      dropped: this.#dropped,
    };
  }
}

/** The same finding a round later: its line may have moved, its words may be others. */
const isSame = (a: CouncilFinding, b: CouncilFinding): boolean =>
  a.file === b.file && (Math.abs(a.line - b.line) <= 5 || a.why === b.why);

const diffOf = (base: string, tree: string, context: number): readonly string[] => [
  ...['diff-tree', '-r', '-p', '--no-renames', '--no-ext-diff', '--no-textconv', '--no-color', `-U${context}`],
  ...['--src-prefix=a/', '--dst-prefix=b/', base, tree],
];

/** Only to say where a finding may stand: what a change is, is never read from a diff's text. */
export function hunksIn(diff: string): ReadonlyMap<string, readonly (readonly [number, number])[]> {
  const found = new Map<string, [number, number][]>();
  let file = '';
  let gone = '';
  let [oldLeft, newLeft] = [0, 0];
  for (const line of diff.split('\n')) {
    if (oldLeft + newLeft > 0 && /^[ +-]/.test(line)) {
      if (!line.startsWith('+')) oldLeft -= 1;
      if (!line.startsWith('-')) newLeft -= 1;
      continue;
    }
    if (line.startsWith('--- a/')) gone = line.slice(6);
    else if (line.startsWith('+++ ')) file = line === '+++ /dev/null' ? gone : line.slice(6);
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (!hunk) continue;
    const from = Number(hunk[2]);
    [oldLeft, newLeft] = [Number(hunk[1] ?? 1), Number(hunk[3] ?? 1)];
    found.set(file, [...(found.get(file) ?? []), [Math.max(1, from), Math.max(1, from + newLeft - 1)]]);
  }
  return found;
}

const text = (max: number) => z.string().transform((value) => value.slice(0, max).toWellFormed());

const verdictSchema = z.object({
  verdict: z.enum(['approved', 'rejected']),
  summary: text(6_000).default(''),
  findings: z
    .array(
      z.object({
        file: z.string().min(1).max(600),
        line: z.number().int().positive(),
        severity: z.enum(['critical', 'major', 'minor']),
        why: text(3_000),
      }),
    )
    .default([])
    .transform((all) => all.slice(0, FINDINGS)),
});

const answersSchema = z.object({
  answers: z
    .array(
      z.object({
        finding: z.number().int().positive(),
        did: z.enum(['fixed', 'disputed']),
        why: text(3_000).default(''),
      }),
    )
    .transform((all) => all.slice(0, FINDINGS)),
});

/** The answer in its form; else the last JSON block, or the last words as a whole. */
export function objectIn({ structured, text: words }: Pick<Called, 'structured' | 'text'>): unknown {
  if (typeof structured === 'object' && structured !== null) return structured;
  const blocks = [...words.matchAll(/```(?:json)?[ \t]*\n([\s\S]*?)\n[ \t]*```/g)].map(([, block]) => block ?? '');
  for (const candidate of [...blocks.reverse(), words.slice(words.indexOf('{'), words.lastIndexOf('}') + 1)]) {
    try {
      const value: unknown = JSON.parse(candidate);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    } catch {
      // The next one may be it.
    }
  }
  return undefined;
}
