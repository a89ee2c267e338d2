/**
 * Finds out which format a file or a folder has, and reads it.
 *
 * A folder can be the one of a feature or a change, the hidden folder of a tool, or the repository around it. It must lead
 * to exactly one file.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { Fault, messageOf } from '#words/fault';
import { enumerate } from '#words/voice';
import { readBeads } from './beads-import.ts';
import { isBeads } from './beads-issue.ts';
import { readChecklist } from './checklist.ts';
import { type Imported, Notes, refuseFile, show } from './draft.ts';
import { readJson } from './json.ts';
import { isOpenSpec, readOpenSpec } from './open-spec.ts';
import { readPlanFile } from './plan-file.ts';
import { isSpecKit, readSpecKit } from './spec-kit.ts';
import { isTaskMaster, readTaskMaster } from './task-master.ts';
import { writePlanFile } from './write.ts';

export interface ImportOptions {
  /** An epic's id in Beads. */
  readonly epic: string | undefined;
  /** A tag of Task Master. */
  readonly tag: string | undefined;
  /** The epic's title, instead of the one in the source. */
  readonly title: string | undefined;
}

const MEGABYTE = 1024 * 1024;
/** Files of Beads can hold the history of years. */
const MAX_BYTES = { jsonl: 64 * MEGABYTE, json: 16 * MEGABYTE, text: 2 * MEGABYTE } as const;

/** The plan in a file or folder. Throws a `Fault`. */
export async function importPlan(
  source: string,
  options: ImportOptions,
): Promise<Imported & { readonly file: string }> {
  const file = await fileOf(source);
  const imported = await readSource(file, options);
  const { plan } = imported;
  const titled = options.title === undefined ? plan : { ...plan, epic: { ...plan.epic, title: options.title } };
  // The reader of plan files has to accept it, or it is not a plan.
  readPlanFile(writePlanFile(titled), `made from ${file}`);
  return { ...imported, plan: titled, file };
}

async function readSource(file: string, { epic, tag }: ImportOptions): Promise<Imported> {
  const text = await textOf(file);
  const folder = dirname(resolve(file));
  const refuseOption = (option: string, given: string | undefined, of: string): void => {
    if (given !== undefined)
      throw new Fault(`--${option} has no meaning here.`, `${file} is not a file of ${of}.`, `Leave --${option} out.`);
  };
  if (/\.jsonl$/i.test(file) || (!/\.(?:json|md|markdown|ya?ml)$/i.test(file) && isBeads(firstValue(text)))) {
    refuseOption('tag', tag, 'Task Master');
    if (text.trim() === '') refuseFile(file, ['it is empty.'], 'Write it with `bd export` first.');
    if (!isBeads(firstValue(text)) && firstValue(text) !== undefined)
      refuseFile(file, ['line 1: it is not an issue of Beads.'], 'Give a file that `bd export` wrote.');
    return readBeads(text, file, titleFrom(projectOf(folder)), epic);
  }
  refuseOption('epic', epic, 'Beads');
  if (/\.json$/i.test(file)) {
    const { value } = readJson(text, file);
    if (isTaskMaster(value)) return readTaskMaster(text, file, titleFrom(projectOf(folder)), tag);
    refuseOption('tag', tag, 'Task Master');
    if (value !== null && typeof value === 'object' && 'epic' in value && 'segments' in value) {
      return { format: 'a plan file', plan: readPlanFile(text, file), notes: new Notes().list() };
    }
    refuseFile(
      file,
      ['it has neither tasks of Task Master nor a plan.'],
      'Give a `tasks.json` of Task Master, or a plan that `swarm export` wrote.',
    );
  }
  refuseOption('tag', tag, 'Task Master');
  if (/\.ya?ml$/i.test(file)) {
    throw new Fault(`${file} is a YAML file.`, 'A plan file need not be imported.', `Run \`swarm plan ${file}\`.`);
  }
  const documents = await documentsBeside(file);
  const name = basename(folder);
  const isChange = existsSync(join(folder, 'proposal.md'));
  if (isSpecKit(text)) return readSpecKit(text, file, titleFrom(name.replace(/^\d+-/, '')), documents);
  if ((isOpenSpec(text) || isChange) && basename(file) === 'tasks.md') {
    const proposal = isChange ? await textOf(join(folder, 'proposal.md')) : '';
    return readOpenSpec(text, file, name, proposal, documents);
  }
  return readChecklist(text, file, titleFrom(basename(file).replace(/\.\w+$/, '')));
}

/** Files that tools keep their tasks in, below a folder. */
const KNOWN_FILES = [
  'tasks.md',
  '.beads/issues.jsonl',
  'issues.jsonl',
  '.taskmaster/tasks/tasks.json',
  'tasks/tasks.json',
  'tasks.json',
];
/** Folders that hold one folder for each feature or change. */
const COLLECTIONS = ['specs', '.specify/specs', 'openspec/changes', 'changes', '.'];

async function fileOf(source: string): Promise<string> {
  const found = await stat(source).catch((error: unknown) => {
    throw new Fault(
      `${source} cannot be opened.`,
      messageOf(error),
      'Give the path of a file, or of a folder that holds tasks.',
    );
  });
  if (!found.isDirectory()) return source;
  const direct = KNOWN_FILES.map((file) => join(source, file)).filter((file) => existsSync(file));
  const below =
    direct.length > 0 ? [] : (await Promise.all(COLLECTIONS.map((folder) => tasksBelow(join(source, folder))))).flat();
  const files = direct.length > 0 ? direct : [...new Set(below)];
  const [only, another] = files;
  if (only !== undefined && another === undefined) return only;
  throw new Fault(
    only === undefined ? `${source} holds no tasks that are known.` : `${source} holds several files with tasks.`,
    only === undefined
      ? `Known are ${enumerate(
          KNOWN_FILES.map((file) => `\`${file}\``),
          20,
        )}, and \`tasks.md\` in the folder of a feature or a change.`
      : `They are ${enumerate(files, 20)}; an epic comes from one.`,
    'Give the path of one file.',
  );
}

async function tasksBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'archive' && entry.name !== 'node_modules')
    .map((entry) => join(folder, entry.name, 'tasks.md'))
    .filter((file) => existsSync(file))
    .sort();
}

async function textOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined);
  const most = MAX_BYTES[/\.jsonl$/i.test(file) ? 'jsonl' : /\.json$/i.test(file) ? 'json' : 'text'];
  if (found && found.size > most) {
    throw new Fault(
      `${file} is too large.`,
      `It has ${found.size} bytes; the limit is ${most}.`,
      'Give a smaller file.',
    );
  }
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new Fault(`${file} cannot be read.`, messageOf(error), 'Give the path of a file.');
  });
}

/** The first line of JSONL, or undefined. */
function firstValue(text: string): unknown {
  try {
    return JSON.parse(
      text
        .replace(/^\ufeff/, '')
        .trimStart()
        .split('\n', 1)[0] ?? '',
    );
  } catch {
    return undefined;
  }
}

/** Documents that the tools write beside `tasks.md`, from the repository's root. */
async function documentsBeside(file: string): Promise<readonly string[]> {
  const folder = dirname(resolve(file));
  if (basename(file) !== 'tasks.md') return [];
  const root = rootOf(folder);
  if (root === undefined) return [];
  const named = ['spec.md', 'plan.md', 'research.md', 'data-model.md', 'quickstart.md', 'proposal.md', 'design.md'].map(
    (name) => join(folder, name),
  );
  const below = await Promise.all(['contracts', 'specs'].map((name) => filesBelow(join(folder, name))));
  return [...named.filter((path) => existsSync(path)), ...below.flat()].map((path) =>
    relative(root, path).split(sep).join('/'),
  );
}

const MAX_DOCUMENTS = 30;

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name));
  return files.sort().slice(0, MAX_DOCUMENTS);
}

/** The folder with `.git`; else the one around the tool's own folder. */
function rootOf(folder: string): string | undefined {
  let ofTool: string | undefined;
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (['specs', 'openspec', '.specify'].includes(basename(at))) ofTool = dirname(at);
    if (dirname(at) === at) return ofTool;
  }
}

/** The name of the project that the hidden folder of a tool is in. */
function projectOf(folder: string): string {
  const parts = folder.split(sep);
  const hidden = parts.findIndex((part) => part === '.beads' || part === '.taskmaster');
  return hidden > 0 ? (parts[hidden - 1] ?? '') : (parts.at(-1) ?? '');
}

function titleFrom(name: string): string {
  const words = show(name).replaceAll(/[-_]+/g, ' ').trim();
  return words === '' ? 'Imported tasks' : words.charAt(0).toUpperCase() + words.slice(1);
}
