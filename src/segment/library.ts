/**
 * Reads a repository's personas and skills through git, from the commit that an attempt starts from. They never come from
 * the change, or an agent could write the instructions of its own reviewer (threats T10).
 */
import type { WritingRole } from '#brief/brief';
import {
  FILE_BYTES,
  type Persona,
  type Read,
  readPersona,
  readSkill,
  type Skill,
  shippedPersona,
} from '#brief/instructions';
import type { Config } from '#core/model/config';
import { type IssueNumber, issueNumber, type Segment, type Worker } from '#core/model/epic';
import {
  foldersFor,
  GUIDES,
  type InstructionKind,
  pathsFor,
  personaIn,
  SHIPPED_PERSONAS,
} from '#core/model/instructions';
import type { Attempt } from '#core/model/journal';
import type { WorkProblem } from '#core/model/problem';
import { nearest } from '#core/text/nearest';
import type { Store } from '#git/store';

export type Lookup<Value> =
  | { readonly kind: 'found'; readonly value: Value }
  | { readonly kind: 'wrong'; readonly problem: WorkProblem };

interface Entry {
  readonly mode: string;
  readonly blob: string;
  readonly bytes: number;
}

export class Library {
  readonly #store: Store;
  readonly #config: Config;
  readonly #files: ReadonlyMap<string, Entry>;
  /** The repository's own instructions for agents, if it has any. */
  readonly agentsFile: string | undefined;

  private constructor(store: Store, config: Config, files: ReadonlyMap<string, Entry>) {
    this.#store = store;
    this.#config = config;
    this.#files = files;
    this.agentsFile = GUIDES.find((file) => files.has(file));
  }

  static async at(store: Store, commit: string, config: Config): Promise<Library> {
    const folders = [
      ...foldersFor('persona', config.instructions),
      ...foldersFor('skill', config.instructions),
      ...GUIDES,
    ];
    const listed = await store.run([...['ls-tree', '-r', '-z', '--long', '--full-tree', commit, '--'], ...folders]);
    const files = new Map<string, Entry>();
    for (const line of listed.toString('utf8').split('\0').filter(Boolean)) {
      const [, mode = '', , blob = '', bytes = ''] = /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t/.exec(line) ?? [];
      files.set(line.slice(line.indexOf('\t') + 1), { mode, blob, bytes: Number(bytes) });
    }
    return new Library(store, config, files);
  }

  /** The repository's persona of this name, or else the shipped one. */
  async persona(name: string, issue: IssueNumber): Promise<Lookup<Persona>> {
    const file = this.#fileOf('persona', name);
    if (file !== undefined) {
      return this.#read('persona', name, file, (bytes) => readPersona(name, file, bytes));
    }
    const shipped = SHIPPED_PERSONAS.find((each) => each === name);
    if (shipped) return { kind: 'found', value: shippedPersona(shipped) };
    return { kind: 'wrong', problem: this.#missing('persona', name, issue) };
  }

  async skill(name: string, issue: IssueNumber): Promise<Lookup<Skill>> {
    const file = this.#fileOf('skill', name);
    return file === undefined
      ? { kind: 'wrong', problem: this.#missing('skill', name, issue) }
      : this.#read('skill', name, file, (bytes) => readSkill(name, file, bytes));
  }

  /** Everything that is wrong with the personas and skills that the repository has. */
  async faults(): Promise<readonly WorkProblem[]> {
    const nowhere = issueNumber(1);
    const own = this.#personas().filter((name) => this.#fileOf('persona', name) !== undefined);
    const looked = await Promise.all([
      ...own.map((name) => this.persona(name, nowhere)),
      ...this.#skills().map((name) => this.skill(name, nowhere)),
    ]);
    return looked.flatMap((each) => (each.kind === 'wrong' ? [each.problem] : []));
  }

  #fileOf(kind: InstructionKind, name: string): string | undefined {
    return pathsFor(kind, name, this.#config.instructions).find((path) => this.#files.has(path));
  }

  async #read<Value>(
    what: InstructionKind,
    name: string,
    file: string,
    read: (bytes: Uint8Array) => Read<Value>,
  ): Promise<Lookup<Value>> {
    const entry = this.#files.get(file);
    const wrong = (why: string) =>
      ({ kind: 'wrong', problem: { kind: 'INSTRUCTIONS_UNREADABLE', what, name, file, why } }) as const;
    if (!entry) return wrong('it is not there');
    if (entry.mode === '120000') return wrong('it is a symbolic link');
    if (entry.bytes > FILE_BYTES) return wrong(`it has ${entry.bytes} bytes; the limit is ${FILE_BYTES}`);
    const result = read(await this.#store.run(['cat-file', 'blob', entry.blob]));
    return result.kind === 'read' ? { kind: 'found', value: result.value } : wrong(result.why);
  }

  /** Planning checks the names, but a file can disappear after that. */
  #missing(what: InstructionKind, name: string, issue: IssueNumber): WorkProblem {
    const names = what === 'persona' ? this.#personas() : this.#skills();
    const close = nearest(name, names);
    return {
      kind: what === 'persona' ? 'PERSONA_NOT_FOUND' : 'SKILL_NOT_FOUND',
      at: { issue },
      name,
      known: names.slice(0, 30),
      ...(close === undefined ? {} : { nearest: close }),
    };
  }

  #personas(): readonly string[] {
    const own = foldersFor('persona', this.#config.instructions).flatMap((folder) =>
      [...this.#files.keys()].flatMap((path) => {
        const inside = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : '';
        return inside === '' || inside.includes('/') ? [] : (personaIn(inside) ?? []);
      }),
    );
    return [...new Set([...own, ...SHIPPED_PERSONAS])].sort();
  }

  #skills(): readonly string[] {
    const own = foldersFor('skill', this.#config.instructions).flatMap((folder) =>
      [...this.#files.keys()].flatMap((path) => {
        const [name = '', file, ...more] = path.startsWith(`${folder}/`)
          ? path.slice(folder.length + 1).split('/')
          : [];
        return file === 'SKILL.md' && more.length === 0 ? [name] : [];
      }),
    );
    return [...new Set(own)].sort();
  }
}

const ROLES: Readonly<Record<Worker, WritingRole>> = {
  implementation: 'implementer',
  refactor: 'implementer',
  // It tests existing code, so its tests must pass. A tester's must fail.
  tests: 'implementer',
  research: 'researcher',
  security: 'security',
};

export const roleOf = (worker: Worker, why: Attempt['why']): WritingRole =>
  why === 'conflict' ? 'resolver' : ROLES[worker];

/** The segment's own persona is for the agent that does its work, not for the tester. */
export const personaFor = (library: Library, role: WritingRole, { number, spec }: Segment): Promise<Lookup<Persona>> =>
  library.persona((role === 'tester' ? undefined : spec.persona) ?? role, number);

/** The skills of the persona and of the segment. The segment's must exist; a persona's may belong to another program. */
export async function skillsFor(
  library: Library,
  persona: Persona,
  { number, spec }: Segment,
  warn: (text: string) => void = () => {},
): Promise<Lookup<readonly Skill[]>> {
  const skills: Skill[] = [];
  for (const name of new Set([...persona.skills, ...spec.skills])) {
    const skill = await library.skill(name, number);
    if (skill.kind === 'found') skills.push(skill.value);
    else if (spec.skills.includes(name)) return skill;
    else warn(`The persona ${persona.name} names the skill ${name}, which cannot be read.`);
  }
  return { kind: 'found', value: skills };
}
