/**
 * The folders in which a repository keeps personas and skills, and the names of the files there (SPEC R5.5).
 *
 * Planning asks for the names, a run reads the files. Both look in these folders, in this order, and the first one that has the
 * name counts. Each of them is a folder that an agent in use reads automatically.
 */

export type InstructionKind = 'persona' | 'skill';

/** The names of a repository's personas and skills. */
export interface KnownInstructions {
  readonly personas: readonly string[];
  readonly skills: readonly string[];
}

/** Folders that a repository adds in its config. They come first. */
export interface InstructionFolders {
  readonly personas: readonly string[];
  readonly skills: readonly string[];
}

/** The files of a commit that steer agents: instructions, skills, personas and settings. Git's digests by path. */
export type AgentFiles = Readonly<Record<string, string>>;

/** The files that tell agents how to work in a repository. A brief names the first that is there. */
export const GUIDES = ['AGENTS.md', 'CLAUDE.md', '.github/copilot-instructions.md', 'GEMINI.md'] as const;

/** Shipped with Swarm (`personas/`). A repository's persona of the same name replaces it. */
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
/** People name personas in every style: `CSharpExpert`, `api_v2`, `gpt-5.beast-mode`. */
const NAME = /^[A-Za-z0-9][\w.-]{0,62}$/;
/** Pages that stand beside personas, as in any folder. */
const PAGES: ReadonlySet<string> = new Set([
  ...['README', 'AGENTS', 'CLAUDE', 'GEMINI', 'SKILL', 'LICENSE', 'CHANGELOG', 'CONTRIBUTING'],
]);

const bare = (folder: string): string => folder.replace(/\/+$/, '');

/** Folders in the order in which they are searched. */
export const foldersFor = (kind: InstructionKind, added: InstructionFolders): readonly string[] => [
  ...new Set(
    kind === 'persona'
      ? [...added.personas.map(bare), ...PERSONA_FOLDERS]
      : [...added.skills.map(bare), ...SKILL_FOLDERS],
  ),
];

/** Every file that could hold this name, in the order in which they are searched. */
export const pathsFor = (kind: InstructionKind, name: string, added: InstructionFolders): readonly string[] =>
  foldersFor(kind, added).flatMap((folder) =>
    kind === 'skill' ? [`${folder}/${name}/SKILL.md`] : PERSONA_ENDINGS.map((ending) => `${folder}/${name}${ending}`),
  );

/** The name of the persona in a file: `api.agent.md` → `api`. @returns undefined for any other file. */
export function personaIn(file: string): string | undefined {
  const ending = PERSONA_ENDINGS.find((each) => file.endsWith(each));
  const name = ending === undefined ? '' : file.slice(0, -ending.length);
  return NAME.test(name) && !PAGES.has(name) ? name : undefined;
}

/** Answers whether a text can be the name of a persona or a skill. */
export const isInstructionName = (text: string): boolean => NAME.test(text);
