/**
 * Holds a tree of files to its gates.
 *
 * Each gate is a program with an environment, a process group, a time limit and an output of its own; its exit code
 * decides and nothing it prints, with one exception: a test run that collected no test is a failure (R11.5). The scripts
 * of package.json are those of the base while gates run. A gate that changes files fails: what was verified is what is
 * published.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentFor, type ProgramEnd, runProgram } from '#agents/process';
import type { GateName } from '#core/config';
import type { Problem } from '#core/problem';
import type { GateResult, GateVerdict } from '#core/report';
import { sayProblem } from '#words/problems';
import { clean, redact, shorten } from '#words/safe';
import type { Judgement } from '../patch.ts';
import type { WorkTree } from '../tree.ts';
import type { Gate, Gates, Install } from './find.ts';

export interface Ground {
  readonly tree: WorkTree;
  /** For the gates' home, temporary files and logs; swarm's alone. */
  readonly scratch: string;
  /** Names of variables the config lets through. */
  readonly environment: readonly string[];
  /** Values that must not be shown. */
  readonly secrets: ReadonlySet<string>;
  /** Gets untrusted lines too, and makes them safe. */
  readonly log: (line: string) => void;
  /** From SIGTERM to SIGKILL. */
  readonly graceMs?: number;
}

export interface GateRound {
  readonly verdict: 'pass' | 'fail';
  /** In the gates' order. */
  readonly results: readonly GateResult[];
  /** Why it is no use to let an agent try again: what is missing is not in its hands. */
  readonly hopeless?: Problem;
  /** For a gate that failed in a way that has its own name. */
  readonly problems: readonly Problem[];
}

const SHOWN_CHARS = 8_000;
/** Nobody reads what a gate that passed has printed; the journal keeps it all the same. */
const SHOWN_OF_PASS_CHARS = 400;
const INSTALL_MS = 20 * 60_000;

/** Remembers what was installed, so that it is done again only when what it is made from changed. */
export class GateRunner {
  readonly #ground: Ground;
  readonly #gates: Gates;
  #installed: string | undefined;

  constructor(gates: Gates, ground: Ground) {
    this.#gates = gates;
    this.#ground = ground;
  }

  /** Installs dependencies where the base's lock file says how. @returns the failure, if it failed. */
  async install(): Promise<GateResult | undefined> {
    const { install } = this.#gates;
    if (!install) return undefined;
    const made = await this.#madeFrom(install);
    if (made === this.#installed) return undefined;
    this.#ground.log(`$ ${install.run.join(' ')}`);
    const ended = await this.#start(install.run, '', {}, INSTALL_MS);
    if (ended.how.kind === 'exited' && ended.how.code === 0) {
      this.#installed = made;
      return undefined;
    }
    return this.#result({ gate: 'install' }, install.run.join(' '), verdictOf(ended), ended.durationMs, told(ended));
  }

  /**
   * Runs every gate, also after one failed: the agent gets to know all of it at once.
   *
   * @param held the tree as it was last taken or put.
   * @param only the one gate that is wanted; without it, all of them.
   */
  async run(judgement: Judgement | undefined, held: string, only?: GateName): Promise<GateRound> {
    const restore = await this.#withScriptsOfBase();
    try {
      const failed = await this.install();
      if (failed) return { verdict: 'fail', results: [failed], problems: [] };
      const before = restore ? await this.#ground.tree.take() : ({ kind: 'tree', tree: held } as const);
      if (before.kind === 'broken') throw new Error(sayProblem(before.problem, { form: 'plain' }).what);
      const results: GateResult[] = [];
      const problems: Problem[] = [];
      let hopeless: Problem | undefined;
      for (const gate of this.#gates.gates) {
        if (only !== undefined && gate.gate !== only) continue;
        const { result, problem, missing } = await this.#runOne(gate, judgement, before.tree);
        this.#ground.log(
          `${result.gate}: ${result.verdict}${result.verdict === 'not applicable' ? `, ${result.command}` : ''}`,
        );
        results.push(result);
        if (problem) problems.push(problem);
        if (missing) hopeless ??= problem;
      }
      const verdict = results.some((each) => each.verdict === 'fail' || each.verdict === 'timed out') ? 'fail' : 'pass';
      return { verdict, results, problems, ...(hopeless ? { hopeless } : {}) };
    } finally {
      await restore?.();
    }
  }

  async #runOne(
    gate: Gate,
    judgement: Judgement | undefined,
    tree: string,
  ): Promise<{ result: GateResult; problem?: Problem; missing?: true }> {
    switch (gate.kind) {
      case 'not applicable':
        return { result: this.#result(gate, gate.why, 'not applicable', 0, '') };
      case 'scope':
        return { result: this.#scope(judgement) };
      case 'security':
        return { result: await this.#security(gate, judgement) };
      case 'command':
        return this.#command(gate, tree);
    }
  }

  async #command(
    gate: Extract<Gate, { kind: 'command' }>,
    tree: string,
  ): Promise<{ result: GateResult; problem?: Problem; missing?: true }> {
    const command = gate.run.join(' ');
    this.#ground.log(`$ ${command}`);
    const ended = await this.#start(gate.run, gate.directory, gate.environment, gate.timeoutMs);
    const dirty = await this.#dirtied(tree);
    const verdict = verdictOf(ended);
    const failed = (problem: Problem, output: string) => ({
      result: this.#result(gate, command, 'fail', ended.durationMs, output),
      problem,
    });
    if (isMissing(ended)) {
      const problem: Problem = { kind: 'GATE_MISSING', gate: gate.gate, command: gate.run[0] ?? '' };
      return { ...failed(problem, told(ended)), missing: true };
    }
    if (verdict === 'pass' && gate.gate === 'tests' && collectedNone(ended.output)) {
      return failed({ kind: 'NO_TESTS', command }, `No test was run, so nothing is proved.\n${ended.output}`);
    }
    if (gate.gate === 'tests' && /(?:^|\/)(?:pytest|py\.test)$/.test(gate.run[0] ?? '') && exitOf(ended) === 5) {
      return failed({ kind: 'NO_TESTS', command }, ended.output);
    }
    if (dirty.length > 0) {
      const names = dirty.slice(0, 20).join(', ');
      const output = `It changed files, which a gate may not (ignore what it makes, or let it only check): ${names}\n${ended.output}`;
      return failed({ kind: 'GATE_DIRTY', gate: gate.gate, files: dirty }, output);
    }
    return { result: this.#result(gate, command, verdict, ended.durationMs, told(ended)) };
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

  #scope(judgement: Judgement | undefined): GateResult {
    const gate = { gate: 'scope' };
    if (!judgement) return this.#result(gate, 'no change to judge', 'not applicable', 0, '');
    const broken = judgement.problems.filter(({ kind }) => kind !== 'SECRET_IN_PATCH');
    const looked = 'file scope, protected files, names, modes and sizes';
    return this.#result(gate, looked, broken.length > 0 ? 'fail' : 'pass', 0, broken.map(sayShort).join('\n'));
  }

  async #security(gate: Extract<Gate, { kind: 'security' }>, judgement: Judgement | undefined): Promise<GateResult> {
    const found = judgement?.problems.filter(({ kind }) => kind === 'SECRET_IN_PATCH') ?? [];
    const said = [...found.map(sayShort), ...(judgement?.suspicious ?? [])];
    const scan = judgement ? 'secret scan of the change' : '';
    if (gate.audit.kind === 'not applicable') {
      const looked = [scan, `no audit: ${gate.audit.why}`].filter(Boolean).join('; ');
      const verdict = found.length > 0 ? 'fail' : judgement ? 'pass' : 'not applicable';
      return this.#result(gate, looked, verdict, 0, said.join('\n'));
    }
    const { run, read } = gate.audit;
    this.#ground.log(`$ ${run.join(' ')}`);
    const ended = await this.#start(run, '', {}, gate.timeoutMs);
    const audit = read === 'exit code' ? { verdict: verdictOf(ended), said: told(ended) } : readNpmAudit(ended);
    const looked = [
      scan,
      `${run.slice(0, 2).join(' ')}${audit.verdict === 'not applicable' ? ` (${audit.said})` : ''}`,
    ];
    const verdict =
      found.length > 0 ? 'fail' : audit.verdict === 'not applicable' && judgement ? 'pass' : audit.verdict;
    const command = looked.filter(Boolean).join('; ');
    return this.#result(gate, command, verdict, ended.durationMs, [...said, audit.said].join('\n'));
  }

  async #start(
    run: readonly string[],
    directory: string,
    also: Readonly<Record<string, string>>,
    timeoutMs: number,
  ): Promise<ProgramEnd> {
    const { scratch, environment, tree, log, graceMs } = this.#ground;
    const home = join(scratch, 'home');
    const temporaryDirectory = join(scratch, 'tmp');
    await mkdir(home, { recursive: true });
    await mkdir(temporaryDirectory, { recursive: true });
    const quiet = { npm_config_update_notifier: 'false', npm_config_fund: 'false' };
    return runProgram({
      command: run,
      directory: join(tree.directory, directory),
      environment: environmentFor(process.env, {
        names: environment,
        home,
        temporaryDirectory,
        also: { ...quiet, ...also },
      }),
      timeoutMs,
      onLine: (line) => log(`  ${line}`),
      ...(graceMs === undefined ? {} : { graceMs }),
    });
  }

  #result(
    { gate }: { readonly gate: string },
    command: string,
    verdict: GateVerdict,
    durationMs: number,
    output: string,
  ): GateResult {
    const safe = redact(clean(output), this.#ground.secrets).trim();
    const shown = verdict === 'pass' ? safe.slice(-SHOWN_OF_PASS_CHARS) : shorten(safe, SHOWN_CHARS);
    return { gate, verdict, command: command.slice(0, 300), durationMs, output: shown };
  }

  async #madeFrom(install: Install): Promise<string> {
    const hash = createHash('sha256');
    for (const file of install.after) {
      hash.update(await readFile(join(this.#ground.tree.directory, file)).catch(() => Buffer.alloc(0)));
      hash.update('\0');
    }
    return hash.digest('hex');
  }

  /** @returns what puts the change's own package.json back; undefined where nothing had to be done. */
  async #withScriptsOfBase(): Promise<(() => Promise<void>) | undefined> {
    const { scripts } = this.#gates;
    const file = join(this.#ground.tree.directory, 'package.json');
    const text = scripts === undefined ? undefined : await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    let manifest: Record<string, unknown>;
    try {
      manifest = JSON.parse(text) as Record<string, unknown>;
    } catch {
      // The gates will say so themselves.
      return undefined;
    }
    const now = typeof manifest?.scripts === 'object' ? manifest.scripts : {};
    if (JSON.stringify(sorted(now)) === JSON.stringify(sorted(scripts))) return undefined;
    const indent = /^[{[]\r?\n([ \t]+)/.exec(text)?.[1] ?? '  ';
    await writeFile(file, `${JSON.stringify({ ...manifest, scripts: { ...scripts } }, null, indent)}\n`);
    this.#ground.log('The change edits scripts of package.json; the gates run by those of the base.');
    return () => writeFile(file, text);
  }
}

const sorted = (value: unknown): unknown =>
  Object.entries((value ?? {}) as Record<string, unknown>).sort(([a], [b]) => (a < b ? -1 : 1));

const sayShort = (problem: Problem): string => {
  const { what, code } = sayProblem(problem, { form: 'plain' });
  return `${what} [${code}]`;
};

const exitOf = ({ how }: ProgramEnd): number | undefined => (how.kind === 'exited' ? how.code : undefined);

const isMissing = (ended: ProgramEnd): boolean =>
  ended.how.kind === 'not started' || exitOf(ended) === 126 || exitOf(ended) === 127;

const verdictOf = (ended: ProgramEnd): GateVerdict =>
  ended.how.kind === 'timed out' ? 'timed out' : exitOf(ended) === 0 ? 'pass' : 'fail';

function told({ how, output, durationMs }: ProgramEnd): string {
  const text = output.trim();
  switch (how.kind) {
    case 'not started':
      return `It could not be started: ${how.message}`;
    case 'timed out':
      return `It did not end within ${Math.round(durationMs / 1000)} seconds and was stopped.\n${text}`;
    case 'killed':
      return `It was ended by ${how.signal}.\n${text}`;
    case 'exited':
      if (how.code !== 0) return text === '' ? `It ended with ${how.code} and without a word.` : text;
      return /\b[1-9]\d* (?:failed|failing|failures?)\b/i.test(text)
        ? `${text}\n(swarm: this speaks of failures, but the program ended with 0, and that decides)`
        : text;
  }
}

/** Runners that end with 0 when they found nothing: node --test, jest and vitest told to, mocha, go, cargo. */
const NONE =
  /^(?:ℹ|#) tests 0$|^No tests? (?:files? )?(?:were )?found|^\s*0 passing\b|^Tests:\s+0 total|no test files\]?$/im;
const SOME =
  /^(?:ℹ|#) tests [1-9]|\b[1-9]\d* (?:passing|passed|tests? passed)\b|^Tests:\s.*\b[1-9]\d* total|^ok\s+\S+\s+[\d.(]|^running [1-9]\d* tests?/im;

const collectedNone = (output: string): boolean => {
  const plain = clean(output);
  return NONE.test(plain) && !SOME.test(plain);
};

/** npm ends with 1 for findings and for an outage alike; only its JSON tells them apart. */
function readNpmAudit({ output, how }: ProgramEnd): { readonly verdict: GateVerdict; readonly said: string } {
  if (how.kind === 'timed out') return { verdict: 'not applicable', said: 'the registry did not answer in time' };
  const start = output.indexOf('{');
  let said: { metadata?: { vulnerabilities?: Record<string, number> }; message?: string } | undefined;
  try {
    said = JSON.parse(output.slice(start, output.lastIndexOf('}') + 1));
  } catch {
    said = undefined;
  }
  const counts = said?.metadata?.vulnerabilities;
  if (!counts) return { verdict: 'not applicable', said: 'the registry gave no audit' };
  const grave = (counts.high ?? 0) + (counts.critical ?? 0);
  const text = `npm audit: ${counts.critical ?? 0} critical, ${counts.high ?? 0} high, ${counts.moderate ?? 0} moderate`;
  return { verdict: grave > 0 ? 'fail' : 'pass', said: text };
}
