// src/core/model/instructions.ts
/** Shipped with Swarm (`personas/`). A repository's persona of the same name replaces it. */
const SHIPPED_PERSONAS = [
	"implementer",
	"product-manager",
	"researcher",
	"resolver",
	"reviewer",
	"security",
	"tech-lead",
	"tester"
];
const PERSONA_FOLDERS = [
	".agents",
	".agents/agents",
	".claude/agents",
	".github/agents"
];
const SKILL_FOLDERS = [
	".agents/skills",
	".claude/skills",
	".github/skills"
];
/** The longer one first: `api.agent.md` is the persona `api`, not `api.agent`. */
const PERSONA_ENDINGS = [".agent.md", ".md"];
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
const bare = (folder) => folder.replace(/\/+$/, "");
/** Folders in the order in which they are searched. */
const foldersFor = (kind, added) => [...new Set(kind === "persona" ? [...added.personas.map(bare), ...PERSONA_FOLDERS] : [...added.skills.map(bare), ...SKILL_FOLDERS])];
/** Every file that could hold this name, in the order in which they are searched. */
const pathsFor = (kind, name, added) => foldersFor(kind, added).flatMap((folder) => kind === "skill" ? [`${folder}/${name}/SKILL.md`] : PERSONA_ENDINGS.map((ending) => `${folder}/${name}${ending}`));
/** The name of the persona in a file: `api.agent.md` → `api`. @returns undefined for any other file. */
function personaIn(file) {
	const ending = PERSONA_ENDINGS.find((each) => file.endsWith(each));
	const name = ending === void 0 ? "" : file.slice(0, -ending.length);
	return NAME.test(name) ? name : void 0;
}
/** Answers whether a folder can be a skill, by its name. */
const isSkillName = (folder) => NAME.test(folder);

export { personaIn as a, pathsFor as i, foldersFor as n, isSkillName as r, SHIPPED_PERSONAS as t };