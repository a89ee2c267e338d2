/**
 * Runs the gates on a tree of files.
 *
 * Each gate is one or more programs, each with its own environment, process group, time limit and output. The exit code
 * decides, never the output, with one exception: a test run that collected no test is a failure (R11.5). Scripts and
 * Makefiles are those of the base while gates run. A gate that changes files fails, so that only verified files are
 * published.
 */
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GateName } from '#core/model/config';
import type { KnownGate } from '#core/model/journal/baseline';
import type { WorkProblem } from '#core/model/problem';
import type { Annotation, GateResult, GateVerdict, TestCounts } from '#core/model/report';
import type { Judgement } from '#git/patch';
import type { Dirt } from '#git/work-tree';
import type { ProgramEnd } from '#sandbox/process';
import { sayProblem } from '#words/problems';
import { clean, clip, redact, shorten } from '#words/safe';
import type { Definition } from './definition.ts';
import { type Gate, type Gates, type Install, isNeeded, lacksOf, type Step, sayGate, sayStep } from './find.ts';
import { hintsFor } from './hints.ts';
import { withMeanings } from './meanings.ts';
import { mutate } from './mutation.ts';
import { countsIn, countsOf } from './output/counts.ts';
import { filesListed, withoutKnown } from './output/known.ts';
import { failureNames, passedAgain, withoutOld } from './output/old.ts';
import { ANNOTATIONS, collectedNone, endedWithoutTests, readOutput } from './output.ts';
import {
  type Fault,
  filesNamed,
  listed,
  notExecutable,
  type Part,
  sayMade,
  sayPart,
  sayShort,
  type Tried,
} from './part.ts';
import { type ArtefactText, exitOf, type Ground, isMissing, Programs, told, verdictOf } from './programs.ts';
import { auditAll } from './security.ts';

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
  /** By gate: the names of its failures, where each has one. */
  readonly failures?: ReadonlyMap<GateName, readonly string[]>;
}

interface Ended {
  readonly result: GateResult;
  readonly problem?: WorkProblem;
  /** The names of its failures, if each has one. */
  readonly failures?: readonly string[];
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

  /**
   * A program that a gate needs and no agent can provide. Known before anything runs, and so before an agent is paid.
   *
   * @param base the commit or tree that the work starts from.
   * @param places directories in which the work will change files, if they are known. A gate that not every one of them
   * needs may never run.
   */
  async lacking(base: string, places: readonly string[] = []): Promise<WorkProblem | undefined> {
    const [ofMutation] = await this.#mutationLacks();
    if (ofMutation) return ofMutation;
    const found: (WorkProblem | undefined)[] = [];
    // Without a place, only the gates of a project at the root are sure to run.
    for (const changed of places.length > 0 ? places.map((place) => [place]) : [[]]) {
      found.push((await this.#lacksOf(await this.#definition.heldTo(base, changed)))[0]);
    }
    return found.includes(undefined) ? undefined : found[0];
  }

  /** Every program that a gate of the whole repository needs and that cannot be started here. */
  async lacks(): Promise<readonly WorkProblem[]> {
    const ofMutation = await this.#mutationLacks();
    return [...ofMutation, ...(await this.#lacksOf(this.#definition))];
  }

  async #mutationLacks(): Promise<readonly WorkProblem[]> {
    const { gates } = this.#definition;
    const lacks = lacksOf(gates).map(
      ({ name, manifest }): WorkProblem => ({ kind: 'MUTATION_TOOL', tool: name, manifest }),
    );
    for (const gate of gates) {
      for (const { mutator } of gate.kind === 'mutation' ? gate.places : []) {
        const [command = ''] = mutator.run;
        if (!(await this.#programs.has(command))) lacks.push({ kind: 'GATE_MISSING', gate: gate.gate, command });
      }
    }
    return lacks;
  }

  async #lacksOf({ gates, installs, files, executable }: Gates): Promise<readonly WorkProblem[]> {
    const lacks = new Map<string, WorkProblem>();
    const needed = [
      ...installs.map(({ steps }) => ({ gate: 'install', steps })),
      ...gates.flatMap((gate) => (gate.kind === 'commands' ? [{ gate: gate.gate, steps: gate.steps }] : [])),
    ];
    for (const { gate, steps } of needed) {
      for (const step of steps) {
        const [command = ''] = step.run;
        const file = notExecutable(step, files, executable);
        if (file !== undefined) {
          lacks.set(`${gate} ${file}`, { kind: 'GATE_NOT_EXECUTABLE', gate, file });
          continue;
        }
        // A directory of the tree is filled by the installation.
        const mayCome = step.ifThere !== undefined || (step.path?.length ?? 0) > 0;
        if (!mayCome && !(await this.#programs.has(command, step.otherwise)))
          lacks.set(`${gate} ${command}`, { kind: 'GATE_MISSING', gate, command });
      }
    }
    return [...lacks.values()];
  }

  /** Clauses about content of the base that is not in the tree. */
  get notFetched(): readonly string[] {
    return this.#definition.hints.flatMap(({ text, absent }) => (absent ? [text] : []));
  }

  /**
   * Installs all dependencies, by the lock files if there are any.
   *
   * @returns the failure, if it failed, and the files that decide what is installed; without them, a command of the config
   * decides.
   */
  async install(): Promise<
    { readonly result: GateResult; readonly madeFrom: readonly string[] | undefined } | undefined
  > {
    const failed = await this.#install(this.#definition);
    if (!failed) return undefined;
    const { installs } = this.#definition;
    const isOwn = installs.some((each) => each.isOwn);
    return { result: failed.result, madeFrom: isOwn ? undefined : installs.flatMap(({ after }) => after) };
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
    const restore = await withMeanings(this.#ground.tree.directory, gates.meanings, this.#ground.log);
    try {
      const failed = await this.#install(gates);
      if (failed) return this.#roundOf([failed]);
      const before = restore ? await this.#ground.tree.take() : ({ kind: 'tree', tree: held } as const);
      if (before.kind === 'broken') throw new Error(sayProblem(before.problem, { form: 'plain' }).what);
      const ended: Ended[] = [];
      for (const gate of gates.gates) {
        if (only !== undefined && gate.gate !== only) continue;
        const tests = ended.find((each) => each.result.gate === 'tests')?.result;
        const round: Round = { gates, judgement, tree: before.tree, tests };
        const one = await this.#withoutOld(await this.#runOne(gate, round), () => this.#runOne(gate, round));
        const { verdict, command, gate: name } = one.result;
        this.#ground.log(`${name}: ${verdict}${verdict === 'not applicable' ? `, ${command}` : ''}`);
        ended.push(one);
      }
      return this.#roundOf(ended);
    } finally {
      await restore?.();
    }
  }

  /** A gate that was flaky on the base runs once more, and one that was red there is not red for its old failures. */
  async #withoutOld(ended: Ended, again: () => Promise<Ended>): Promise<Ended> {
    const known = this.#knownOf(ended.result.gate);
    if (!known || ended.result.verdict !== 'fail' || ended.problem) return ended;
    if (known.state !== 'flaky') return { ...ended, result: withoutOld(ended.result, ended.failures, known) };
    this.#ground.log(`${ended.result.gate}: fail; it was flaky before the change, so it runs once more`);
    const second = await again();
    return second.result.verdict === 'pass' ? { ...second, result: passedAgain(second.result) } : second;
  }

  #knownOf(gate: GateName): KnownGate | undefined {
    return this.#ground.known?.find((each) => each.gate === gate);
  }

  #roundOf(ended: readonly Ended[]): GateRound {
    const isRed = ended.some(({ result }) => result.verdict === 'fail' || result.verdict === 'timed out');
    const hopeless = ended.find(({ missing }) => missing)?.problem;
    return {
      verdict: isRed ? 'fail' : 'pass',
      results: ended.map(({ result }) => result),
      problems: ended.flatMap(({ problem }) => problem ?? []),
      outputs: this.#outputs,
      failures: new Map(ended.flatMap(({ result, failures }) => (failures ? [[result.gate, failures] as const] : []))),
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
      case 'commands': {
        const there = await this.#withoutAbsent(gate);
        return there.kind === 'commands'
          ? this.#commands(there, gates, tree)
          : { result: await this.#result(there.gate, there.why, 'not applicable', 0, '') };
      }
      case 'mutation':
        return this.#mutation(gate, { judgement, tree, tests });
    }
  }

  /** Without steps whose program may be missing, and is. */
  async #withoutAbsent(gate: Commands): Promise<Commands | Extract<Gate, { kind: 'not applicable' }>> {
    const steps: Step[] = [];
    const without = [...gate.without];
    for (const step of gate.steps) {
      const [program = ''] = step.run;
      if (step.ifThere === undefined || (await this.#programs.has(program))) steps.push(step);
      else without.push(step.ifThere);
    }
    return isNeeded({ ...gate, steps, without });
  }

  // --- installing -------------------------------------------------------------------------------------------------------

  /** Like a gate, an installation that was flaky on the base is tried once more. */
  async #install(gates: Gates): Promise<Ended | undefined> {
    const failed = await this.#installAll(gates);
    return failed && this.#knownOf('install')?.state === 'flaky' ? this.#installAll(gates) : failed;
  }

  async #installAll(gates: Gates): Promise<Ended | undefined> {
    for (const install of gates.installs) {
      const key = install.steps.map(sayStep).join('\n');
      const made = await this.#madeFrom(install);
      if (this.#installed.get(key) === made) continue;
      const failed = await this.#installOne(install, gates);
      if (failed) return failed;
      this.#installed.set(key, made);
    }
    return undefined;
  }

  async #installOne({ steps }: Install, gates: Gates): Promise<Ended | undefined> {
    const endsAt = performance.now() + INSTALL_MS;
    const before = (await this.#ground.tree.isTouched()) ? undefined : await this.#ground.tree.take();
    for (const step of steps) {
      this.#ground.log(`$ ${sayStep(step)}`);
      const ended = await this.#programs.start('install', step, Math.max(1_000, endsAt - performance.now()));
      if (exitOf(ended) === 0) continue;
      const part = this.#partOf(step, ended, gates.files);
      const result = await this.#resultOf('install', sayStep(step), [part], verdictOf(ended), ended.durationMs, [
        ...hintsFor(gates.hints, [step]),
      ]);
      const problem = this.#missing('install', step, gates);
      return isMissing(ended) ? { result, problem, missing: true } : { result };
    }
    if (before?.kind !== 'tree') return undefined;
    const { changed, made } = await this.#dirtied(before.tree, 'keep what is new');
    // They stay, because what was installed may need them. They are not part of the agent's change.
    if (made.length > 0) this.#ground.log(`install: ${sayMade(made, gates.files)}`);
    if (changed.length === 0) return undefined;
    const said = `It changed files that are in git: ${listed(changed)}\nTake them out of git and into .gitignore, or have the installation leave them as they are.`;
    const result = await this.#result('install', steps.map(sayStep).join('; '), 'fail', 0, said);
    return { result, problem: { kind: 'GATE_DIRTY', gate: 'install', files: changed } };
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

  async #commands(gate: Commands, gates: Gates, tree: string): Promise<Ended> {
    const startedAt = performance.now();
    const tried: Tried[] = [];
    for (const step of gate.steps) {
      this.#ground.log(`$ ${sayStep(step)}`);
      const leftMs = gate.timeoutMs - (performance.now() - startedAt);
      if (leftMs <= 0) {
        const said = 'There was no time left to run it.';
        tried.push({ part: { step, verdict: 'timed out', said, headlines: [], annotations: [] } });
        continue;
      }
      const ended = await this.#programs.start(gate.gate, step, leftMs);
      const part = await this.#withoutKnown(gate, this.#partOf(step, ended, gates.files));
      const { changed, made } = await this.#dirtied(tree);
      const fault = this.#faultOf(gate, step, ended, gates) ?? this.#dirtOf(gate, ended, changed);
      const note = made.length > 0 ? `\n(swarm: ${sayMade(made, gates.files)})` : '';
      const tests = gate.gate === 'tests' ? countsIn(clean(ended.output)) : undefined;
      tried.push({ part: { ...part, tests, said: `${part.said}${note}` }, ...(fault ? { fault } : {}) });
    }
    // One of several projects may have no tests. All of them together may not.
    const hasTests = tried.some(({ part, fault }) => part.verdict === 'pass' && !fault);
    const judged = tried.map(({ part, fault }): Tried => {
      if (!fault) return { part };
      if (fault.problem.kind === 'NO_TESTS' && hasTests)
        return { part: { ...part, verdict: 'pass', said: fault.said, headlines: [], annotations: [] } };
      return {
        part: { ...part, verdict: 'fail', said: fault.said, headlines: fault.isAll ? [] : part.headlines },
        fault,
      };
    });
    const parts = judged.map(({ part }) => part);
    const problem = judged.flatMap(({ fault }) => fault?.problem ?? [])[0];
    const isMissed = judged.some(({ fault }) => fault?.isHopeless);
    const verdict = parts.some((each) => each.verdict === 'fail')
      ? 'fail'
      : parts.some((each) => each.verdict === 'timed out')
        ? 'timed out'
        : 'pass';
    const failed = parts.filter((each) => each.verdict === 'fail').map(({ step }) => step);
    const ms = Math.round(performance.now() - startedAt);
    const hints = hintsFor(gates.hints, failed);
    const result = await this.#resultOf(gate.gate, sayGate(gate), parts, verdict, ms, hints);
    const failures = verdict === 'fail' && !problem ? failureNames(gate.gate, parts) : undefined;
    return {
      result,
      ...(problem ? { problem } : {}),
      ...(failures ? { failures } : {}),
      ...(isMissed ? { missing: true } : {}),
    };
  }

  #partOf(step: Step, ended: ProgramEnd, files: ReadonlySet<string>): Part {
    const safe = redact(clean(ended.output), this.#ground.secrets);
    const place = { root: this.#ground.tree.directory, directory: step.directory, files };
    if (step.fails !== undefined) {
      const { named, isClean } = filesNamed(safe, step, files);
      const headlines = named.map((file) => `${file}: it is not formatted`);
      const annotations = named.map((file) => ({ file, line: 1, message: 'it is not formatted' }));
      const exit = exitOf(ended);
      // It also complains about files that are material of tests, and ends with an error.
      const isSound = exit === 0 || (exit !== undefined && isClean);
      if (named.length > 0 && isSound)
        return { step, verdict: 'fail', said: safe.trim(), headlines, annotations, failures: headlines };
      if (isSound) return { step, verdict: 'pass', said: safe.trim(), headlines: [], annotations: [] };
    }
    const verdict = verdictOf(ended);
    const said = redact(clean(told(ended)), this.#ground.secrets).trim();
    if (verdict === 'pass') return { step, verdict, said, headlines: [], annotations: [] };
    return { step, verdict, said, ...readOutput(safe, place) };
  }

  /** Lists the files at fault now and before the change, if the step can, and leaves out those that were at fault before. */
  async #withoutKnown({ gate, timeoutMs }: Commands, part: Part): Promise<Part> {
    const { lists, directory } = part.step;
    if (part.verdict !== 'fail' || lists === undefined || part.annotations.length === 0) return part;
    const step = { ...part.step, run: lists };
    const listed = async (root: string): Promise<ReadonlySet<string>> =>
      filesListed((await this.#programs.start(gate, step, timeoutMs, root)).output, root);
    const before = join(this.#ground.scratch, 'before');
    try {
      await this.#definition.checkOutBefore(before);
      const isThere = (path: string): Promise<boolean> =>
        access(path).then(
          () => true,
          () => false,
        );
      if (!(await isThere(join(before, directory)))) return part;
      const now = await listed(this.#ground.tree.directory);
      const old = new Set<string>();
      for (const file of now) if (await isThere(join(before, file))) old.add(file);
      return withoutKnown(part, now, await listed(before), (file) => old.has(file));
    } finally {
      await rm(before, { recursive: true, force: true, maxRetries: 3 });
      await rm(`${before}.index`, { force: true });
    }
  }

  /** A fault in how it ran, independent of its exit code. */
  #faultOf({ gate }: { readonly gate: string }, step: Step, ended: ProgramEnd, gates: Gates): Fault | undefined {
    const output = redact(clean(told(ended)), this.#ground.secrets);
    if (isMissing(ended)) {
      return { problem: this.#missing(gate, step, gates), said: output, isAll: false, isHopeless: true };
    }
    if (gate !== 'tests') return undefined;
    const isPytest = step.run.some((word) => /(?:^|\/)(?:pytest|py\.test)$/.test(word));
    const exit = exitOf(ended);
    const text = clean(ended.output);
    const isNone = (exit === 0 && collectedNone(text)) || (exit !== undefined && exit !== 0 && endedWithoutTests(text));
    if (!isNone && !(isPytest && exit === 5)) return undefined;
    const said = `No test ran, so nothing is proved.\n${output}`;
    return { problem: { kind: 'NO_TESTS', command: sayStep(step) }, said, isAll: true };
  }

  #missing(gate: string, step: Step, { files, executable }: Gates): WorkProblem {
    const file = notExecutable(step, files, executable);
    return file === undefined
      ? { kind: 'GATE_MISSING', gate, command: step.run[0] ?? '' }
      : { kind: 'GATE_NOT_EXECUTABLE', gate, file };
  }

  #dirtOf({ gate }: { readonly gate: string }, ended: ProgramEnd, changed: readonly string[]): Fault | undefined {
    if (changed.length === 0) return undefined;
    const output = redact(clean(ended.output), this.#ground.secrets);
    const said = `It changed files, and a gate may not do that (let it only check): ${listed(changed)}\n${output}`;
    return { problem: { kind: 'GATE_DIRTY', gate, files: changed }, said, isAll: true };
  }

  /** Files of the tree that a program changed; they are put back. Files that it made are removed, unless they are kept. */
  async #dirtied(tree: string, how?: 'keep what is new'): Promise<Dirt> {
    const clean: Dirt = { changed: [], made: [] };
    if (!(await this.#ground.tree.isTouched())) return clean;
    const after = await this.#ground.tree.take();
    if (after.kind === 'broken') {
      await this.#ground.tree.put(tree);
      return { ...clean, changed: [sayProblem(after.problem, { form: 'plain' }).what] };
    }
    const dirt = await this.#ground.tree.differences(tree, after.tree);
    if (dirt.changed.length + dirt.made.length === 0) return clean;
    if (how === 'keep what is new' && dirt.changed.length === 0) await this.#ground.tree.leaveOut(tree, after.tree);
    else await this.#ground.tree.put(tree);
    return dirt;
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
    const { changed, made } = await this.#dirtied(tree);
    const dirty = [...changed, ...made];
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
    hints: readonly string[] = [],
  ): Promise<GateResult> {
    const failed = parts.filter((each) => each.verdict !== 'pass');
    const shown = failed.length > 0 ? failed : parts;
    const first = [...new Set(shown.flatMap(({ headlines }) => headlines))].join('\n').slice(0, SHOWN_CHARS / 2);
    const room = Math.floor((SHOWN_CHARS - first.length - hints.join('\n').length - 4) / Math.max(1, shown.length));
    const text = shown.map((part) => {
      const title = parts.length > 1 ? `$ ${sayStep(part.step)} (${part.verdict})\n` : '';
      return `${title}${sayPart(part, room - title.length - 2)}`;
    });
    if (first !== '') text.unshift(first);
    if (hints.length > 0) text.push(hints.join('\n'));
    const whole = parts.map(({ step, said }) => `$ ${sayStep(step)}\n${said}`).join('\n\n');
    const annotations = failed.flatMap((part) => part.annotations).slice(0, ANNOTATIONS);
    const tests = countsOf(parts.map((part) => part.tests));
    return this.#result(gate, command, verdict, durationMs, text.join('\n\n'), { whole, annotations, tests });
  }

  async #result(
    gate: string,
    command: string,
    verdict: GateVerdict,
    durationMs: number,
    output: string,
    more: {
      readonly whole?: string;
      readonly annotations?: readonly Annotation[];
      readonly tests?: TestCounts | undefined;
    } = {},
  ): Promise<GateResult> {
    const safe = redact(clean(output), this.#ground.secrets).trim();
    const shown = verdict === 'pass' ? safe.slice(-SHOWN_OF_PASS_CHARS) : shorten(safe, SHOWN_CHARS);
    const { whole = safe, annotations = [], tests } = more;
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
      ...(tests ? { tests } : {}),
    };
  }
}

type Commands = Extract<Gate, { kind: 'commands' }>;

/** What a gate needs to know of its round. */
interface Round {
  readonly gates: Gates;
  readonly judgement: Judgement | undefined;
  readonly tree: string;
  /** Of the gate `tests`, if it ran before. */
  readonly tests: GateResult | undefined;
}
