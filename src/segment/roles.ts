/** Who works on a segment, and with which instructions: the same for a run and for the look at its brief beforehand. */
import type { WritingRole } from '#brief/brief';
import type { Persona, Skill } from '#brief/instructions';
import type { Segment, Worker } from '#core/model/epic';
import type { Attempt } from '#core/model/journal';
import type { Found, Library } from './library.ts';

const ROLES: Readonly<Record<Worker, WritingRole>> = {
  implementation: 'implementer',
  refactor: 'implementer',
  // Its work is tests of what is there: they have to pass, and a tester's have to fail.
  tests: 'implementer',
  research: 'researcher',
  security: 'security',
};

export const roleOf = (worker: Worker, why: Attempt['why']): WritingRole =>
  why === 'conflict' ? 'resolver' : ROLES[worker];

/** The segment's own persona speaks to whoever does its work, not to the tester that goes before. */
export const personaFor = (library: Library, role: WritingRole, { number, spec }: Segment): Promise<Found<Persona>> =>
  library.persona((role === 'tester' ? undefined : spec.persona) ?? role, number);

/** Those of the persona and those of the segment. One that the segment names has to be there; a persona's may be of another program. */
export async function skillsFor(
  library: Library,
  persona: Persona,
  { number, spec }: Segment,
  warn: (text: string) => void = () => {},
): Promise<Found<readonly Skill[]>> {
  const skills: Skill[] = [];
  for (const name of new Set([...persona.skills, ...spec.skills])) {
    const skill = await library.skill(name, number);
    if (skill.kind === 'found') skills.push(skill.value);
    else if (spec.skills.includes(name)) return skill;
    else warn(`The persona ${persona.name} names the skill ${name}, which cannot be read.`);
  }
  return { kind: 'found', value: skills };
}
