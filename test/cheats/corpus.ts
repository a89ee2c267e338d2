/**
 * The scripted cheats and the honest changes, from one file of data for each ecosystem.
 *
 * Each change is made to the files of `base` (and of `with`, if it needs more of them). A cheat is stopped if swarm refuses
 * it, or shows it so that a person has to approve: `reason` is the kind of the problem, or the line of the list that a person
 * sees.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const texts = z.record(z.string(), z.string());
const change = z.strictObject({
  name: z.string(),
  with: texts.optional(),
  /** Old names and new ones; done first. */
  move: texts.optional(),
  delete: z.array(z.string()).optional(),
  write: texts.optional(),
  /** Each text occurs once in the file, and is replaced. */
  edit: z.record(z.string(), z.array(z.tuple([z.string(), z.string()]))).optional(),
  scope: z.array(z.string()).optional(),
});
const file = z.strictObject({
  base: texts,
  cheats: z.array(change.extend({ reason: z.string() }).strict()),
  honest: z.array(change),
});

export interface Scripted {
  readonly ecosystem: string;
  readonly name: string;
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  readonly scope: readonly string[];
}

export interface Cheat extends Scripted {
  readonly reason: string;
}

export interface Corpus {
  readonly cheats: readonly Cheat[];
  readonly honest: readonly Scripted[];
}

export function readCorpus(): Corpus {
  const directory = import.meta.dirname;
  const files = readdirSync(directory)
    .filter((name) => name.endsWith('.yml'))
    .sort();
  const cheats: Cheat[] = [];
  const honest: Scripted[] = [];
  for (const name of files) {
    const read = file.parse(parse(readFileSync(join(directory, name), 'utf8')));
    const ecosystem = basename(name, '.yml');
    cheats.push(...read.cheats.map(({ reason, ...each }) => ({ ...scripted(ecosystem, read.base, each), reason })));
    honest.push(...read.honest.map((each) => scripted(ecosystem, read.base, each)));
  }
  return { cheats, honest: [...honest, ...demoChanges(), ...fixtureChanges()] };
}

const root = fileURLToPath(new URL('../..', import.meta.url));

function filesBelow(directory: string): Readonly<Record<string, string>> {
  const entries = readdirSync(directory, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(directory, path).split(sep).join('/'), readFileSync(path, 'utf8')];
    }),
  );
}

type Files = Readonly<Record<string, string>>;
type Step = z.infer<typeof edits>['steps'][number];

const edits = z.object({
  steps: z.array(
    z.object({
      files: z.string().optional(),
      edits: z.array(z.object({ file: z.string(), find: z.string(), replace: z.string() })).optional(),
    }),
  ),
});

/** The changes that the agent of the demo makes, one on top of the other, in an order in which they fit. */
function demoChanges(): readonly Scripted[] {
  const prepared = join(root, 'examples', 'agents', 'parcel-desk');
  let before = filesBelow(join(root, 'examples', 'parcel-desk'));
  const left = new Map(
    readdirSync(prepared).map((folder) => [
      folder,
      [...edits.parse(JSON.parse(readFileSync(join(prepared, folder, 'edits.json'), 'utf8'))).steps],
    ]),
  );
  const changes: Scripted[] = [];
  const fits = ({ edits: all = [] }: Step, files: Files): boolean =>
    all.every(({ file, find }) => files[file]?.split(find).length === 2);
  while (left.size > 0) {
    const next = [...left].find(([folder, [step]]) => {
      const files = step?.files === undefined ? {} : filesBelow(join(prepared, folder, step.files));
      return step !== undefined && fits(step, { ...before, ...files });
    });
    const step = next?.[1].shift();
    if (!next || !step) throw new Error(`these changes of the demo do not fit: ${[...left.keys()].join(', ')}`);
    const [folder, steps] = next;
    if (steps.length === 0) left.delete(folder);
    const files = step.files === undefined ? {} : filesBelow(join(prepared, folder, step.files));
    const after: Record<string, string> = { ...before, ...files };
    for (const { file, find, replace } of step.edits ?? []) after[file] = (after[file] ?? '').split(find).join(replace);
    changes.push({ ecosystem: 'demo', name: folder, before, after, scope: [] });
    before = after;
  }
  return changes;
}

const IS_CODE = /\.(?:[jt]s|py|go|rs|java)$/;
const IS_SETTING = /(?:^|\/)(?:eslint\.config\.js|conftest\.py)$/;

/** The projects of the gates' own tests: all of their code, added to an empty project. */
function fixtureChanges(): readonly Scripted[] {
  const fixtures = join(root, 'test', 'fixtures');
  return readdirSync(fixtures).map((project) => {
    const after = filesBelow(join(fixtures, project));
    const before = Object.fromEntries(
      Object.entries(after).filter(([path]) => !IS_CODE.test(path) || IS_SETTING.test(path)),
    );
    return { ecosystem: 'fixtures', name: project, before, after, scope: [] };
  });
}

function scripted(ecosystem: string, base: Readonly<Record<string, string>>, each: z.infer<typeof change>): Scripted {
  const before = { ...base, ...each.with };
  const after: Record<string, string> = { ...before };
  const textOf = (path: string): string => {
    const text = after[path];
    if (text === undefined) throw new Error(`${ecosystem}, ${each.name}: there is no file ${path}`);
    return text;
  };
  for (const [from, to] of Object.entries(each.move ?? {})) {
    after[to] = textOf(from);
    delete after[from];
  }
  for (const path of each.delete ?? []) {
    textOf(path);
    delete after[path];
  }
  for (const [path, text] of Object.entries(each.write ?? {})) after[path] = text;
  for (const [path, edits] of Object.entries(each.edit ?? {})) {
    for (const [find, put] of edits) {
      const parts = textOf(path).split(find);
      if (parts.length !== 2)
        throw new Error(`${ecosystem}, ${each.name}: ${path} has ${parts.length - 1} times: ${find}`);
      after[path] = parts.join(put);
    }
  }
  return { ecosystem, name: each.name, before, after, scope: each.scope ?? [] };
}
