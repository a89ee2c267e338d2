/**
 * Runs the gates on a tree of files.
 *
 * Each gate is one or more programs, each with its own environment, process group, time limit and output. The exit code
 * decides, never the output, with one exception: a test run that collected no test is a failure (R11.5). Scripts and
 * Makefiles are those of the base while gates run. A gate that changes files fails, so that only verified files are
 * published.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { GateName } from '#core/model/config';
import type { WorkProblem } from '#core/model/problem';
import type { Annotation, GateResult, GateVerdict } from '#core/model/report';
import type { Judgement } from '#git/patch';
import type { ProgramEnd } from '#sandbox/process';
import { sayProblem } from '#words/problems';
import { clean, clip, redact, shorten } from '#words/safe';
import type { Definition } from './definition.ts';
import { type Gate, type Gates, type Install, lacksOf, type Meanings, type Step, sayGate, sayStep } from './find.ts';
import { mutate } from './mutation.ts';
import { ANNOTATIONS, collectedNone, readOutput } from './output.ts';
import { type ArtefactText, exitOf, type Ground, isMissing, Programs, told, verdictOf } from './programs.ts';
import { auditAll } from './security.ts';
import { isProjectDirectory } from './workspace.ts';

export type { Ground } from './programs.ts';

export interface GateRound {
  readonly verdict: 'pass' | 'fail';
  /** In the order of the gates. */
  readonly results: readonly GateResult[];
  /** A reason why a further try is useless: something is missing that an agent cannot provide. */
  readonly hopeless?: WorkProblem;
  /** One for each gate with a failure that has its own code, such as `NO_TESTS`. */
  readonly problems: readonly WorkProblem[];
  /** Files with the redacted output of each gate; of longer outputs the last megabyte. */
  readonly outputs: readonly { readonly gate: string; readonly file: string }[];
}

interface Ended {
  readonly result: GateResult;
  readonly problem?: WorkProblem;
  /** The program is not on the machine. */
  readonly missing?: true;
}

const SHOWN_CHARS = 8_000;
/** A gate that passed keeps only this much output: people rarely read it, but every report carries it. */
const SHOWN_OF_PASS_CHARS = 400;
const COMMAND_CHARS = 300;
const WHOLE_CHARS = 1_000_000;
const INSTALL_MS = 20 * 60_000;

/** Remembers what was installed, so that it is installed again only if the files that define it changed. */
export class GateRunner {
  readonly #ground: Ground;
  readonly #definition: Definition;
  readonly #programs: Programs;
  readonly #installed = new Map<string, string>();
  #round = 0;
  #outputs: { gate: string; file: string }[] = [];
  readonly #said: { readonly title: string; readonly file: string }[] = [];

  constructor(definition: Definition, ground: Ground) {
    this.#definition = definition;
    this.#ground = ground;
    this.#programs = new Programs(ground);
  }

  /** The output of gates and installs so far, in every round; of each the last megabyte. */
  async said(): Promise<readonly ArtefactText[]> {
    return Promise.all(this.#said.map(async ({ title, file }) => ({ title, text: await readFile(file, 'utf8') })));
  }

  /** A tool that a gate needs and no agent can provide. Known before anything runs, and so before an agent is paid. */
  async lacking(): Promise<WorkProblem | undefined> {
    const { gates } = this.#definition;
    const [lack] = lacksOf(gates);
    if (lack) return { kind: 'MUTATION_TOOL', tool: lack.name, manifest: lack.manifest };
    for (const gate of gates) {
      for (const { mutator } of gate.kind === 'mutation' ? gate.places : []) {
        const [command = ''] = mutator.run;
        if (!(await this.#programs.has(command))) return { kind: 'GATE_MISSING', gate: gate.gate, command };
      }
    }
    return undefined;
  }

  /** Installs all dependencies, by the lock files if there are any. @returns the failure, if it failed. */
  async install(): Promise<GateResult | undefined> {
    return (await this.#install(this.#definition))?.result;
  }

  /**
   * Runs every gate that the change is held to, even after one failed, so that the agent sees all failures at once.
   *
   * @param judgement of the change; without one, the whole repository is held to all gates.
   * @param held the tree as it was last taken or put.
   * @param only the single gate to run; by default all of them.
   */
  async run(judgement: Judgement | undefined, held: string, only?: GateName): Promise<GateRound> {
    this.#round += 1;
    this.#outputs = [];
    const gates = judgement ? await this.#definition.heldTo(held, judgement.files) : this.#definition;
    const restore = await this.#withMeaningsOfBase(gates.meanings);
    try {
      const failed = await this.#install(gates);
      if (failed) return this.#roundOf([failed]);
      const before = restore ? await this.#ground.tree.take() : ({ kind: 'tree', tree: held } as const);
      if (before.kind === 'broken') throw new Error(sayProblem(before.problem, { form: 'plain' }).what);
      const ended: Ended[] = [];
      for (const gate of gates.gates) {
        if (only !== undefined && gate.gate !== only) continue;
        const tests = ended.find((each) => each.result.gate === 'tests')?.result;
        const one = await this.#runOne(gate, { gates, judgement, tree: before.tree, tests });
        const { verdict, command, gate: name } = one.result;
        this.#ground.log(`${name}: ${verdict}${verdict === 'not applicable' ? `, ${command}` : ''}`);
        ended.push(one);
      }
      return this.#roundOf(ended);
    } finally {
      await restore?.();
    }
  }

  #roundOf(ended: readonly Ended[]): GateRound {
    const isRed = ended.some(({ result }) => result.verdict === 'fail' || result.verdict === 'timed out');
    const hopeless = ended.find(({ missing }) => missing)?.problem;
    return {
      verdict: isRed ? 'fail' : 'pass',
      results: ended.map(({ result }) => result),
      problems: ended.flatMap(({ problem }) => problem ?? []),
      outputs: this.#outputs,
      ...(hopeless ? { hopeless } : {}),
    };
  }

  async #runOne(gate: Gate, { gates, judgement, tree, tests }: Round): Promise<Ended> {
    switch (gate.kind) {
      case 'not applicable':
        return { result: await this.#result(gate.gate, gate.why, 'not applicable', 0, '') };
      case 'scope':
        return { result: await this.#scope(gate, judgement) };
      case 'security':
        return { result: await this.#security(gate, judgement) };
      case 'commands':
        return this.#commands(gate, gates, tree);
      case 'mutation':
        return this.#mutation(gate, { judgement, tree, tests });
    }
  }

  // --- installing -------------------------------------------------------------------------------------------------------

  async #install({ installs, files }: Gates): Promise<Ended | undefined> {
    for (const install of installs) {
      const key = install.steps.map(sayStep).join('\n');
      const made = await this.#madeFrom(install);
      if (this.#installed.get(key) === made) continue;
      const failed = await this.#installOne(install, files);
      if (failed) return failed;
      this.#installed.set(key, made);
    }
    return undefined;
  }

  async #installOne({ steps }: Install, files: ReadonlySet<string>): Promise<Ended | undefined> {
    const endsAt = performance.now() + INSTALL_MS;
    const before = (await this.#ground.tree.isTouched()) ? undefined : await this.#ground.tree.take();
    for (const step of steps) {
      this.#ground.log(`$ ${sayStep(step)}`);
      const ended = await this.#programs.start('install', step, Math.max(1_000, endsAt - performance.now()));
      if (exitOf(ended) === 0) continue;
      const part = this.#partOf(step, ended, files);
      const result = await this.#resultOf('install', sayStep(step), [part], verdictOf(ended), ended.durationMs);
      const problem: WorkProblem = { kind: 'GATE_MISSING', gate: 'install', command: step.run[0] ?? '' };
      return isMissing(ended) ? { result, problem, missing: true } : { result };
    }
    // Files that an install made are not part of the agent's change.
    const dirty = before?.kind === 'tree' ? await this.#dirtied(before.tree) : [];
    if (dirty.length === 0) return undefined;
    const said = `It changed files that the repository does not ignore: ${listed(dirty)}`;
    const result = await this.#result('install', steps.map(sayStep).join('; '), 'fail', 0, said);
    return { result, problem: { kind: 'GATE_DIRTY', gate: 'install', files: dirty } };
  }

  async #madeFrom(install: Install): Promise<string> {
    const hash = createHash('sha256');
    for (const file of install.after) {
      hash.update(await readFile(join(this.#ground.tree.directory, file)).catch(() => Buffer.alloc(0)));
      hash.update('\0');
    }
    return hash.digest('hex');
  }

  // --- programs ---------------------------------------------------------------------------------------------------------

  async #commands(gate: Extract<Gate, { kind: 'commands' }>, { files }: Gates, tree: string): Promise<Ended> {
    const startedAt = performance.now();
    const parts: Part[] = [];
    let problem: WorkProblem | undefined;
    let isMissed = false;
    for (const step of gate.steps) {
      this.#ground.log(`$ ${sayStep(step)}`);
      const leftMs = gate.timeoutMs - (performance.now() - startedAt);
      if (leftMs <= 0) {
        parts.push({
          step,
          verdict: 'timed out',
          said: 'There was no time left to run it.',
          headlines: [],
          annotations: [],
        });
        continue;
      }
      const ended = await this.#programs.start(gate.gate, step, leftMs);
      const part = this.#partOf(step, ended, files);
      const faulty = this.#faultOf(gate, step, ended) ?? (await this.#dirtOf(gate, ended, tree));
      if (faulty) {
        problem ??= faulty.problem;
        isMissed ||= faulty.problem.kind === 'GATE_MISSING';
        parts.push({ ...part, verdict: 'fail', said: faulty.said, headlines: faulty.isAll ? [] : part.headlines });
      } else parts.push(part);
    }
    const verdict = parts.some((each) => each.verdict === 'fail')
      ? 'fail'
      : parts.some((each) => each.verdict === 'timed out')
        ? 'timed out'
        : 'pass';
    const result = await this.#resultOf(
      gate.gate,
      sayGate(gate),
      parts,
      verdict,
      Math.round(performance.now() - startedAt),
    );
    return { result, ...(problem ? { problem } : {}), ...(isMissed ? { missing: true } : {}) };
  }

  #partOf(step: Step, ended: ProgramEnd, files: ReadonlySet<string>): Part {
    const safe = redact(clean(ended.output), this.#ground.secrets);
    const place = { root: this.#ground.tree.directory, directory: step.directory, files };
    const named = step.fails === undefined ? [] : filesNamed(safe, step, files);
    if (named.length > 0 && exitOf(ended) === 0) {
      const headlines = named.map((file) => `${file}: it is not formatted`);
      const annotations = named.map((file) => ({ file, line: 1, message: 'it is not formatted' }));
      return { step, verdict: 'fail', said: safe.trim(), headlines, annotations };
    }
    const verdict = verdictOf(ended);
    const said = redact(clean(told(ended)), this.#ground.secrets).trim();
    if (verdict === 'pass') return { step, verdict, said, headlines: [], annotations: [] };
    return { step, verdict, said, ...readOutput(safe, place) };
  }

  /** A fault in how it ran, independent of its exit code. */
  #faultOf({ gate }: { readonly gate: string }, step: Step, ended: ProgramEnd): Fault | undefined {
    const output = redact(clean(told(ended)), this.#ground.secrets);
    if (isMissing(ended)) {
      return { problem: { kind: 'GATE_MISSING', gate, command: step.run[0] ?? '' }, said: output, isAll: false };
    }
    if (gate !== 'tests') return undefined;
    const isPytest = step.run.some((word) => /(?:^|\/)(?:pytest|py\.test)$/.test(word));
    const isNone = exitOf(ended) === 0 && collectedNone(clean(ended.output));
    if (!isNone && !(isPytest && exitOf(ended) === 5)) return undefined;
    const said = `No test ran, so nothing is proved.\n${output}`;
    return { problem: { kind: 'NO_TESTS', command: sayStep(step) }, said, isAll: true };
  }

  async #dirtOf({ gate }: { readonly gate: string }, ended: ProgramEnd, tree: string): Promise<Fault | undefined> {
    const dirty = await this.#dirtied(tree);
    if (dirty.length === 0) return undefined;
    const output = redact(clean(ended.output), this.#ground.secrets);
    const said = `It changed files, and a gate may not do that (add its output to .gitignore, or let it only check): ${listed(dirty)}\n${output}`;
    return { problem: { kind: 'GATE_DIRTY', gate, files: dirty }, said, isAll: true };
  }

  /** Files that a gate changed; they are put back. */
  async #dirtied(tree: string): Promise<readonly string[]> {
    if (!(await this.#ground.tree.isTouched())) return [];
    const after = await this.#ground.tree.take();
    if (after.kind === 'broken') {
      await this.#ground.tree.put(tree);
      return [sayProblem(after.problem, { form: 'plain' }).what];
    }
    const changed = await this.#ground.tree.changes(tree, after.tree);
    if (changed.length > 0) await this.#ground.tree.put(tree);
    return changed;
  }

  // --- swarm's own checks -------------------------------------------------------------------------------------------------

  async #scope(gate: Gate, judgement: Judgement | undefined): Promise<GateResult> {
    if (!judgement) return this.#result('scope', 'no change to judge', 'not applicable', 0, '');
    const broken = judgement.problems.filter(({ kind }) => kind !== 'SECRET_IN_PATCH');
    return this.#result(
      'scope',
      sayGate(gate),
      broken.length > 0 ? 'fail' : 'pass',
      0,
      broken.map(sayShort).join('\n'),
    );
  }

  async #security(gate: Extract<Gate, { kind: 'security' }>, judgement: Judgement | undefined): Promise<GateResult> {
    const startedAt = performance.now();
    const found = judgement?.problems.filter(({ kind }) => kind === 'SECRET_IN_PATCH') ?? [];
    const audits = await auditAll(gate.audits, {
      programs: this.#programs,
      definition: this.#definition,
      scratch: join(this.#ground.scratch, 'audit'),
      judgement,
      timeoutMs: gate.timeoutMs,
    });
    const verdicts = [
      ...(judgement ? [found.length > 0 ? 'fail' : 'pass'] : []),
      ...audits.map(({ verdict }) => verdict),
    ];
    const verdict =
      (['fail', 'timed out', 'pass'] as const).find((each) => verdicts.includes(each)) ?? 'not applicable';
    const looked = [...(judgement ? [sayGate(gate)] : []), ...new Set(audits.map((each) => each.looked))].join('; ');
    const said = [...found.map(sayShort), ...(judgement?.suspicious ?? []), ...audits.map((each) => each.said)];
    const ms = Math.round(performance.now() - startedAt);
    return this.#result('security', looked, verdict, ms, said.filter((each) => each !== '').join('\n'));
  }

  async #mutation(
    gate: Extract<Gate, { kind: 'mutation' }>,
    { judgement, tree, tests }: Omit<Round, 'gates'>,
  ): Promise<Ended> {
    const notRun = async (why: string): Promise<Ended> => ({
      result: await this.#result(gate.gate, why, 'not applicable', 0, ''),
    });
    if (!judgement) return notRun('no change to judge');
    if (tests?.verdict !== 'pass') return notRun('the tests do not pass, so mutants would say nothing about them');
    const startedAt = performance.now();
    const { directory } = this.#ground.tree;
    const scratch = join(this.#ground.scratch, 'mutation');
    await mkdir(scratch, { recursive: true });
    const { verdict, looked, said, annotations, problem } = await mutate(gate.places, {
      ...{ programs: this.#programs, definition: this.#definition, directory, held: tree, scratch },
      temporary: this.#programs.temporaryDirectory,
      survivors: gate.survivors,
      testsMs: tests.durationMs,
      timeoutMs: gate.timeoutMs,
      log: this.#ground.log,
    });
    // A tool that was stopped leaves a mutant in the files.
    const dirty = await this.#dirtied(tree);
    if (dirty.length > 0) this.#ground.log(`${gate.gate}: put back ${listed(dirty)}`);
    const safe = (text: string): string => redact(clean(text), this.#ground.secrets);
    const ms = Math.round(performance.now() - startedAt);
    const looks = [looked, ...gate.without].join('; ');
    const result = await this.#result(gate.gate, looks, verdict, ms, said, {
      annotations: annotations.map((each) => ({ ...each, message: safe(each.message) })),
    });
    return { result, ...(problem ? { problem, missing: true as const } : {}) };
  }

  // --- results ------------------------------------------------------------------------------------------------------------

  /** The important part first: the parts that failed, and for each the lines that say why. */
  async #resultOf(
    gate: string,
    command: string,
    parts: readonly Part[],
    verdict: GateVerdict,
    durationMs: number,
  ): Promise<GateResult> {
    const failed = parts.filter((each) => each.verdict !== 'pass');
    const shown = failed.length > 0 ? failed : parts;
    const first = [...new Set(shown.flatMap(({ headlines }) => headlines))].join('\n').slice(0, SHOWN_CHARS / 2);
    const room = Math.floor((SHOWN_CHARS - first.length - 2) / Math.max(1, shown.length));
    const text = shown.map((part) => {
      const title = parts.length > 1 ? `$ ${sayStep(part.step)} (${part.verdict})\n` : '';
      return `${title}${sayPart(part, room - title.length - 2)}`;
    });
    if (first !== '') text.unshift(first);
    const whole = parts.map(({ step, said }) => `$ ${sayStep(step)}\n${said}`).join('\n\n');
    const annotations = failed.flatMap((part) => part.annotations).slice(0, ANNOTATIONS);
    return this.#result(gate, command, verdict, durationMs, text.join('\n\n'), { whole, annotations });
  }

  async #result(
    gate: string,
    command: string,
    verdict: GateVerdict,
    durationMs: number,
    output: string,
    more: { readonly whole?: string; readonly annotations?: readonly Annotation[] } = {},
  ): Promise<GateResult> {
    const safe = redact(clean(output), this.#ground.secrets).trim();
    const shown = verdict === 'pass' ? safe.slice(-SHOWN_OF_PASS_CHARS) : shorten(safe, SHOWN_CHARS);
    const { whole = safe, annotations = [] } = more;
    if (whole !== '') {
      const directory = join(this.#ground.scratch, 'outputs');
      const file = join(directory, `${this.#round}-${gate}.txt`);
      await mkdir(directory, { recursive: true });
      await writeFile(file, `${whole.slice(-WHOLE_CHARS).toWellFormed()}\n`);
      this.#outputs.push({ gate, file });
      this.#said.push({ title: `gates ${this.#round} ${gate} ${verdict}`, file });
    }
    return {
      gate,
      verdict,
      command: clip(redact(clean(command), this.#ground.secrets), COMMAND_CHARS),
      durationMs,
      output: shown,
      ...(annotations.length > 0 ? { annotations } : {}),
    };
  }

  // --- what the gates mean --------------------------------------------------------------------------------------------------

  /** @returns a function that restores the change's own files; undefined if nothing had to be replaced. */
  async #withMeaningsOfBase({ scripts, texts }: Meanings): Promise<(() => Promise<void>) | undefined> {
    const undo: (() => Promise<void>)[] = [];
    const put = async (name: string, was: string | undefined, text: string): Promise<void> => {
      const file = join(this.#ground.tree.directory, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      undo.push(() => (was === undefined ? rm(file, { force: true }) : writeFile(file, was)));
      this.#ground.log(`The change edits what gates run in ${name}. They run as the base defines them.`);
    };
    for (const [name, own] of Object.entries(scripts)) {
      const text = await this.#read(name);
      const changed = text === undefined ? undefined : withScripts(text, own);
      if (changed !== undefined) await put(name, text, changed);
    }
    for (const [name, own] of Object.entries(texts)) {
      const text = await this.#read(name);
      if (text !== own) await put(name, text, own);
    }
    if (undo.length === 0) return undefined;
    return async () => {
      for (const each of undo) await each();
    };
  }

  #read(name: string): Promise<string | undefined> {
    return readFile(join(this.#ground.tree.directory, name), 'utf8').catch(() => undefined);
  }
}

/** What a gate needs to know of its round. */
interface Round {
  readonly gates: Gates;
  readonly judgement: Judgement | undefined;
  readonly tree: string;
  /** Of the gate `tests`, if it ran before. */
  readonly tests: GateResult | undefined;
}

/** One program of a gate, and its result. */
interface Part {
  readonly step: Step;
  readonly verdict: GateVerdict;
  /** Its whole output, made safe. */
  readonly said: string;
  readonly headlines: readonly string[];
  readonly annotations: readonly Annotation[];
}

interface Fault {
  readonly problem: WorkProblem;
  readonly said: string;
  /** The program's own output does not matter here. */
  readonly isAll: boolean;
}

/** Lines that npm and similar tools print before the script starts. */
const PREAMBLE = /^(?:\s*>\s.*|\s*\$ .*|yarn run v.*|npm (?:warn|notice).*|\s*)\n/;

function sayPart({ said, headlines }: Part, room: number): string {
  let text = said;
  for (let at = 0; at < 8 && PREAMBLE.test(text); at++) text = text.replace(PREAMBLE, '');
  if (text === '') return said;
  // If no line is known to be important, start and end are shown; otherwise those lines stand above, and the end is enough.
  if (headlines.length === 0 || text.length <= room) return shorten(text, room);
  const end = text.slice(text.length - room + 50);
  const tail = end.slice(end.indexOf('\n') + 1);
  return `… ${text.length - tail.length} characters left out …\n${tail}`;
}

/** Lines that consist only of a file of the repository. */
const filesNamed = (output: string, { directory }: Step, files: ReadonlySet<string>): readonly string[] =>
  output
    .split('\n')
    .map((line) => line.trim().replace(/^\.\//, ''))
    .map((name) => (directory === '' ? name : `${directory}/${name}`))
    .filter((file) => files.has(file) && isProjectDirectory(dirname(file) === '.' ? '' : dirname(file)));

/** The manifest with the base's scripts, and its other parts unchanged; undefined if it has them already or is unreadable. */
function withScripts(text: string, own: Readonly<Record<string, string>>): string | undefined {
  let manifest: Record<string, unknown>;
  try {
    manifest = JSON.parse(text.replace(/^\ufeff/, '')) as Record<string, unknown>;
  } catch {
    // The gates will report it.
    return undefined;
  }
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) return undefined;
  const now = typeof manifest.scripts === 'object' && manifest.scripts !== null ? manifest.scripts : {};
  const scripts = now as Record<string, unknown>;
  if (Object.entries(own).every(([name, script]) => scripts[name] === script)) return undefined;
  const indent = /^[{[]\r?\n([ \t]+)/.exec(text)?.[1] ?? '  ';
  return `${JSON.stringify({ ...manifest, scripts: { ...scripts, ...own } }, null, indent)}\n`;
}

const listed = (files: readonly string[]): string => files.slice(0, 20).join(', ');

const sayShort = (problem: WorkProblem): string => {
  const { what, code } = sayProblem(problem, { form: 'plain' });
  return `${what} [${code}]`;
};
