/**
 * Where a repository keeps personas and skills, and what they are called there (SPEC R5.5).
 *
 * Planning asks which names there are, a run reads the files; both look in these places, in this order, and the first one
 * that has the name counts. Each place is one that an agent in use reads by itself.
 */

export type InstructionKind = 'persona' | 'skill';

/** The names a repository's personas and skills go by. */
export interface KnownInstructions {
  readonly personas: readonly string[];
  readonly skills: readonly string[];
}

/** Folders a repository adds in its config; they come first. */
export interface InstructionFolders {
  readonly personas: readonly string[];
  readonly skills: readonly string[];
}

/** Shipped with swarm (`personas/`); a repository's persona of the same name takes its place. */
export const SHIPPED_PERSONAS = [
  'implementer',
  'product-manager',
  'researcher',
  'resolver',
  'reviewer',
  'security',
  'tech-lead',
  'tester',
] as const;
export type ShippedPersona = (typeof SHIPPED_PERSONAS)[number];

const PERSONA_FOLDERS = ['.agents', '.agents/agents', '.claude/agents', '.github/agents'] as const;
const SKILL_FOLDERS = ['.agents/skills', '.claude/skills', '.github/skills'] as const;
/** The longer one first: `api.agent.md` is the persona `api`, not `api.agent`. */
const PERSONA_ENDINGS = ['.agent.md', '.md'] as const;
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

const bare = (folder: string): string => folder.replace(/\/+$/, '');

/** Folders in the order they are looked at. */
export const foldersFor = (kind: InstructionKind, added: InstructionFolders): readonly string[] => [
  ...new Set(
    kind === 'persona'
      ? [...added.personas.map(bare), ...PERSONA_FOLDERS]
      : [...added.skills.map(bare), ...SKILL_FOLDERS],
  ),
];

/** Every file that could hold this name, in the order they are looked at. */
export const pathsFor = (kind: InstructionKind, name: string, added: InstructionFolders): readonly string[] =>
  foldersFor(kind, added).flatMap((folder) =>
    kind === 'skill' ? [`${folder}/${name}/SKILL.md`] : PERSONA_ENDINGS.map((ending) => `${folder}/${name}${ending}`),
  );

/** The name a file of such a folder holds: `api.agent.md` → `api`. @returns undefined where it holds none. */
export function personaIn(file: string): string | undefined {
  const ending = PERSONA_ENDINGS.find((each) => file.endsWith(each));
  const name = ending === undefined ? '' : file.slice(0, -ending.length);
  return NAME.test(name) ? name : undefined;
}

/** Whether a folder of a skills' folder is named as a skill has to be. */
export const isSkillName = (folder: string): boolean => NAME.test(folder);
