/** One program of a gate: how it ended, what is wrong with that, and what people read of it. */
import { dirname } from 'node:path';
import type { WorkProblem } from '#core/model/problem';
import type { Annotation, GateVerdict, TestCounts } from '#core/model/report';
import { sayProblem } from '#words/problems';
import { shorten } from '#words/safe';
import type { Step } from './find.ts';
import { isMaterial, resolved } from './workspace.ts';

/** One program of a gate, and its result. */
export interface Part {
  readonly step: Step;
  readonly verdict: GateVerdict;
  /** Its whole output, made safe. */
  readonly said: string;
  readonly headlines: readonly string[];
  readonly annotations: readonly Annotation[];
  /** A name for each of its failures, if it failed. */
  readonly failures?: readonly string[];
  readonly tests?: TestCounts | undefined;
}

export interface Fault {
  readonly problem: WorkProblem;
  readonly said: string;
  /** The program's own output does not matter here. */
  readonly isAll: boolean;
  /** An agent cannot fix it. */
  readonly isHopeless?: true;
}

export interface Tried {
  readonly part: Part;
  readonly fault?: Fault;
}

/** Lines that npm and similar tools print before the script starts. */
const PREAMBLE = /^(?:\s*>\s.*|\s*\$ .*|yarn run v.*|npm (?:warn|notice).*|\s*)\n/;

export function sayPart({ said, headlines }: Part, room: number): string {
  let text = said;
  for (let at = 0; at < 8 && PREAMBLE.test(text); at++) text = text.replace(PREAMBLE, '');
  if (text === '') return said;
  // If no line is known to be important, start and end are shown; otherwise those lines stand above, and the end is enough.
  if (headlines.length === 0 || text.length <= room) return shorten(text, room);
  const end = text.slice(text.length - room + 50);
  const tail = end.slice(end.indexOf('\n') + 1);
  return `… ${text.length - tail.length} characters left out …\n${tail}`;
}

/**
 * Lines that consist only of a file of the repository. Material of tests does not count.
 *
 * @returns `isClean`: there are other lines, and all of them are about such material.
 */
export function filesNamed(
  output: string,
  { directory }: Step,
  files: ReadonlySet<string>,
): { readonly named: readonly string[]; readonly isClean: boolean } {
  // Go ignores directories that start with an underscore, too.
  const isOther = (file: string): boolean => isMaterial(dirname(file)) || /(?:^|\/)_[^/]*\//.test(file);
  const named: string[] = [];
  let others = 0;
  let unknown = 0;
  for (const line of output.split('\n')) {
    const text = line.trim().replace(/^\.\//, '');
    if (text === '') continue;
    const [, name = text] = /^(\S.*?):\d+:\d+: /.exec(text) ?? [];
    const file = directory === '' ? name : `${directory}/${name}`;
    if (isOther(file)) others += 1;
    else if (files.has(file) && name === text) named.push(file);
    else unknown += 1;
  }
  return { named, isClean: others > 0 && unknown === 0 };
}

/** The file that a step starts, if it cannot be started because it has no executable bit. */
export function notExecutable(
  { run: [program = ''], directory }: Step,
  files: ReadonlySet<string>,
  executable: ReadonlySet<string> | undefined,
): string | undefined {
  if (!program.includes('/') || executable === undefined) return undefined;
  const file = resolved(directory, program);
  return file !== undefined && files.has(file) && !executable.has(file) ? file : undefined;
}

/** New directories stand for what is in them: people ignore `coverage/`, not each file of it. */
export function sayMade(made: readonly string[], files: ReadonlySet<string>): string {
  const known = new Set<string>();
  for (const file of files)
    for (let at = file.indexOf('/'); at > 0; at = file.indexOf('/', at + 1)) known.add(file.slice(0, at));
  const names = made.map((file) => {
    for (let at = file.indexOf('/'); at > 0; at = file.indexOf('/', at + 1)) {
      if (!known.has(file.slice(0, at))) return file.slice(0, at + 1);
    }
    return file;
  });
  const shown = listed([...new Set(names)]);
  return `it wrote ${shown}, which the repository does not ignore; this is not part of the change. Add ${shown} to .gitignore`;
}

export const listed = (files: readonly string[]): string => files.slice(0, 20).join(', ');

export const sayShort = (problem: WorkProblem): string => {
  const { what, code } = sayProblem(problem, { form: 'plain' });
  return `${what} [${code}]`;
};
