/** Gathers the facts for every brief of a run: the task, the repository, and the segments that this one builds on. */
import { randomBytes } from 'node:crypto';
import type { BriefFacts, Handoff } from '#brief/brief';
import type { Skill } from '#brief/instructions';
import { blockersOf, makeGraph } from '#core/graph/graph';
import { enforcedScope, type IssueNumber } from '#core/model/epic';
import { knownGates } from '#core/model/journal/baseline';
import { asScope, scopeMatcher } from '#core/scope/scope';
import { readSpec } from '#core/text/spec';
import { commandsOf, type Gate, survivorsOf } from '#gates/find';
import type { RebasedWork } from '#git/rebase-work';
import type { Store } from '#git/store';
import { readAuthorisedTexts } from '#github/journal';
import { sayProblem } from '#words/problems';
import type { Assignment, Site } from './assignment.ts';
import { readOtherSides } from './others.ts';

/** The facts that all briefs of a run share. */
export type CommonFacts = Omit<BriefFacts, 'boundary' | 'try' | 'failed' | 'refused' | 'role' | 'persona' | 'contract'>;

/** How many documents a brief names. An agent that needs more can look for them. */
const MAX_DOCUMENTS = 50;

/**
 * The files of a commit that an issue names as documents, in its order. Whatever else it says there, such as a sentence, is
 * no file, and reaches no brief.
 */
export async function documentsAt(
  store: Store,
  commit: string,
  named: readonly string[],
): Promise<{ readonly found: readonly string[]; readonly missing: readonly string[] }> {
  if (named.length === 0) return { found: [], missing: [] };
  const listed = await store.run(['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit]);
  const files = listed.toString('utf8').split('\0').filter(Boolean);
  const each = named.map((glob) => ({ glob, files: files.filter(scopeMatcher([asScope(glob)])) }));
  return {
    found: [...new Set(each.flatMap(({ files }) => files))].slice(0, MAX_DOCUMENTS),
    missing: each.filter(({ files }) => files.length === 0).map(({ glob }) => glob),
  };
}

/** A new one for every brief, so that no text that stands in it can contain it. */
export const newBoundary = (): string => randomBytes(16).toString('hex');

const MAX_HANDOFFS = 20;

export async function gatherFacts(
  site: Site,
  assignment: Assignment,
  run: {
    readonly skills: readonly Skill[];
    readonly gates: readonly Gate[];
    readonly agentsFile: string | undefined;
    readonly earlierWork: RebasedWork | undefined;
    readonly store: Store;
  },
): Promise<CommonFacts> {
  const { segment, text, epicText, baseBranch, attempt, record } = assignment;
  const { skills, gates, agentsFile, earlierWork, store } = run;
  const { context } = readSpec({ number: site.epic, ...epicText }).spec;
  const documents = await documentsAt(store, attempt.base, [...context, ...segment.spec.context]);
  for (const glob of documents.missing)
    site.log(`No file of the base is ${glob}, which the issue names as a document.`);
  return {
    skills,
    ...(agentsFile === undefined ? {} : { instructions: agentsFile }),
    repository: `${site.repository.owner}/${site.repository.name}`,
    baseBranch,
    segment: { number: segment.number, title: text.title, body: text.body },
    epic: { number: site.epic, title: epicText.title, body: epicText.body },
    worker: segment.spec.worker,
    criteria: segment.spec.criteria,
    scope: enforcedScope(segment.spec),
    guess: segment.spec.filesFrom === 'inferred' ? segment.spec.files : [],
    context: documents.found,
    predecessors: await readHandoffs(site, assignment),
    gates: commandsOf(gates),
    ...failedBefore(assignment),
    ...survivorsOf(gates),
    attempt,
    rejections: record.rejections,
    answers: (attempt.answers ?? []).map(({ question, answer, by }) => ({
      question,
      answer,
      ...(by === undefined ? {} : { by }),
    })),
    ...(earlierWork ? { earlierWork } : {}),
    ...(attempt.why === 'conflict' ? await conflictFacts(site, assignment, earlierWork) : {}),
  };
}

function failedBefore({ journal }: Assignment): Pick<CommonFacts, 'failedBefore'> {
  const red = knownGates(journal.baselines).flatMap(({ gate, failures }) => (failures ? [{ gate, failures }] : []));
  return red.length === 0 ? {} : { failedBefore: red };
}

async function conflictFacts(
  site: Site,
  assignment: Assignment,
  earlierWork: RebasedWork | undefined,
): Promise<Pick<CommonFacts, 'otherSides' | 'unresolved'>> {
  const files = earlierWork?.conflicts.map(({ file }) => file) ?? [];
  const otherSides = await readOtherSides(site, assignment, files, waitedFor(assignment));
  const last = assignment.record.attempts.findLast(({ number }) => number < assignment.attempt.number);
  const ended = last?.why === 'conflict' && last.outcome?.kind === 'failed' ? last.outcome.problem : undefined;
  return { otherSides, ...(ended ? { unresolved: sayProblem(ended, { form: 'plain' }).what } : {}) };
}

/** The segments that this one waited for, directly or not, nearest first. */
function waitedFor({ journal: { authorisation }, segment }: Assignment): ReadonlySet<IssueNumber> {
  const authorised = Object.entries(authorisation?.segments ?? {});
  const graph = makeGraph(
    authorised.flatMap(([number, { blockedBy }]) => [Number(number) as IssueNumber, ...blockedBy]),
    authorised.flatMap(([number, { blockedBy }]) =>
      blockedBy.map((on) => ({ from: Number(number) as IssueNumber, on })),
    ),
  );
  return blockersOf(graph, segment.number);
}

/**
 * The words of the segments that this one waited for, directly or not, nearest first: a contract that was agreed two
 * segments ago is still in force.
 */
async function readHandoffs({ client, repository }: Site, assignment: Assignment): Promise<readonly Handoff[]> {
  const { journal, journalOid } = assignment;
  const reports = [...waitedFor(assignment)].flatMap((number) => {
    const record = journal.segments[number];
    const outcome = record?.attempts.findLast((each) => each.outcome?.kind === 'published')?.outcome;
    return outcome?.kind === 'published' && !record?.skipped ? [{ number, report: outcome.report }] : [];
  });
  const nearest = reports.slice(0, MAX_HANDOFFS);
  const numbers = nearest.map(({ number }) => number);
  const texts = await readAuthorisedTexts(client, repository, journalOid, numbers);
  return nearest.map(({ number, report: { agent, files } }) => ({
    ...{ number, title: texts[number]?.title ?? '', summary: agent.summary, handoff: agent.handoff ?? '', files },
  }));
}
