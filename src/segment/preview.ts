/**
 * Shows a segment's brief before it runs: the first try's, from the same commit, gates and personas as in the run.
 */
import { writeBrief } from '#brief/brief';
import { attemptId, attemptName } from '#core/model/attempt';
import type { Config } from '#core/model/config';
import { enforcedScope, type IssueNumber, type Segment } from '#core/model/epic';
import type { Problem } from '#core/model/problem';
import { commandsOf, survivorsOf } from '#gates/find';
import type { Store } from '#git/store';
import { gatesOf } from './assignment.ts';
import { documentsAt } from './facts.ts';
import { Library, personaFor, roleOf, skillsFor } from './library.ts';

export interface PreviewFacts {
  readonly store: Store;
  /** The commit in the store that the segment would start from. */
  readonly base: string;
  readonly config: Config;
  readonly repository: string;
  readonly baseBranch: string;
  readonly segment: Segment;
  readonly text: { readonly title: string; readonly body: string };
  readonly epic: { readonly number: IssueNumber; readonly title: string; readonly body: string };
  /** Shows the tester's brief instead of the implementer's. */
  readonly as?: 'tester';
}

/** A fixed value, in place of the random one of a real brief. */
export const PREVIEW_BOUNDARY = '0'.repeat(32);

export async function previewBrief(
  facts: PreviewFacts,
): Promise<
  { readonly kind: 'brief'; readonly text: string } | { readonly kind: 'problem'; readonly problem: Problem }
> {
  const { store, base, config, segment } = facts;
  const library = await Library.at(store, base, config);
  const role = facts.as ?? roleOf(segment.spec.worker, 'first');
  const persona = await personaFor(library, role, segment);
  if (persona.kind === 'wrong') return { kind: 'problem', problem: persona.problem };
  const skills = await skillsFor(library, persona.value, segment);
  if (skills.kind === 'wrong') return { kind: 'problem', problem: skills.problem };
  const { gates } = await gatesOf(store, base, config);
  const commands = commandsOf(gates);
  const text = writeBrief({
    role,
    persona: persona.value,
    skills: skills.value,
    ...(library.agentsFile === undefined ? {} : { instructions: library.agentsFile }),
    boundary: PREVIEW_BOUNDARY,
    repository: facts.repository,
    baseBranch: facts.baseBranch,
    segment: { number: segment.number, ...facts.text },
    epic: facts.epic,
    worker: segment.spec.worker,
    criteria: segment.spec.criteria,
    scope: enforcedScope(segment.spec),
    guess: segment.spec.filesFrom === 'inferred' ? segment.spec.files : [],
    context: (await documentsAt(store, base, segment.spec.context)).found,
    predecessors: [],
    gates: role === 'tester' ? commands.filter(({ gate }) => gate === 'tests') : commands,
    ...survivorsOf(gates),
    attempt: {
      id: attemptId({ epic: facts.epic.number, segment: segment.number, number: 1 }),
      number: 1,
      name: attemptName(facts.epic.number),
      why: 'first',
    },
    try: { number: 1, of: config.tries },
    rejections: [],
    answers: [],
    failed: [],
    refused: [],
  });
  return { kind: 'brief', text };
}
