/**
 * `swarm doctor`: everything that can keep Swarm from working in a repository, each line with its fix. It only reads, with the
 * token of the person at the terminal.
 */
import { styleText } from 'node:util';
import { readConfig } from '#config/read';
import type { RepositoryName } from '#core/model/epic';
import { type Check, examine } from '#github/setup/checks';
import type { ParseWorkflow } from '#github/setup/workflows';
import { Fault, messageOf } from '#words/fault';
import { sayProblem } from '#words/problems';
import { oneLine } from '#words/safe';
import { CHECKS, sayHidden } from '#words/terminal/checks';
import { count } from '#words/voice';
import { readYaml } from '#yaml/read';
import type { Parsed } from '../help.ts';
import { openTree } from '../here.ts';
import { readOwnVersion } from '../home.ts';
import { clientHere, readRepository, repositoryOf } from '../remote.ts';
import { wrapped } from '../terminal.ts';

export async function doctorCommand({ values, positionals: [named] }: Parsed): Promise<number> {
  const { repository, directory } = await patientOf(named);
  const { client } = clientHere();
  const name = `${repository.owner}/${repository.name}`;
  const found = await examine({
    client,
    repository,
    parseConfig: ({ file, text }) => readConfig(text, file),
    parseWorkflow,
    version: await readOwnVersion(),
  }).catch((error: unknown) => {
    const next = 'Check the name, the token and its permissions.';
    throw new Fault(`${name} cannot be read.`, oneLine(messageOf(error)), next);
  });
  if (!found) {
    throw new Fault(
      `There is no repository ${name}.`,
      'It does not exist, or GitHub does not show it to this token.',
      'Check the name and the token.',
    );
  }
  // Loaded late because it includes everything that runs gates.
  const local = directory === undefined ? [] : await (await import('./local.ts')).examineHere(directory);
  const checks = [...found.checks, ...local];
  const counts = countsOf(checks);
  if (values.json === true) {
    const { owner, name: current } = found.repository;
    const shown = {
      repository: `${owner}/${current}`,
      checkout: directory ?? null,
      checks: checks.map(asJson),
      ...counts,
    };
    process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
  } else {
    const lines = [name, '', ...checks.flatMap(checkLines), '', sumText(counts)];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  return counts.failed > 0 ? 1 : 0;
}

interface Patient {
  readonly repository: RepositoryName;
  /** Its checkout, if the person stands in it. */
  readonly directory: string | undefined;
}

async function patientOf(named: string | undefined): Promise<Patient> {
  const directory = await openTree('.').catch(() => undefined);
  const origin = directory === undefined ? undefined : await repositoryOf(directory);
  if (named === undefined) {
    if (origin) return { repository: origin, directory };
    throw new Fault(
      'No repository is given.',
      directory === undefined
        ? 'This folder is in no git repository.'
        : 'The remote `origin` of this checkout leads to no repository on GitHub.',
      'Run `swarm doctor OWNER/NAME`.',
    );
  }
  const repository = readRepository(named);
  const isHere = origin !== undefined && isSame(origin, repository);
  return { repository, directory: isHere ? directory : undefined };
}

const isSame = (one: RepositoryName, other: RepositoryName): boolean =>
  `${one.owner}/${one.name}`.toLowerCase() === `${other.owner}/${other.name}`.toLowerCase();

/** The largest workflow that is read: Swarm's own are a tenth of it. */
const WORKFLOW_BYTES = 256 * 1024;

/** Workflows may use anchors, which GitHub takes. */
export const parseWorkflow: ParseWorkflow = (text) => {
  const yaml = readYaml(text, { maxBytes: WORKFLOW_BYTES, aliases: 'share' });
  if (yaml.kind === 'read') return yaml;
  const [fault] = yaml.faults;
  return { kind: 'refused', line: fault?.line ?? 1, column: fault?.column ?? 1, message: fault?.message ?? '' };
};

// ── what is shown ───────────────────────────────────────────────────────────────────────────────────────────────────

type Result = 'pass' | 'warn' | 'fail' | 'unknown';

function resultOf(check: Check): Result {
  if (check.kind === 'passed') return 'pass';
  if (check.kind === 'hidden') return 'unknown';
  return check.level === 'error' ? 'fail' : 'warn';
}

/** Without colours the words alone have to be enough. */
const MARKS: Readonly<Record<Result, { readonly mark: string; readonly colour: 'green' | 'yellow' | 'red' | 'dim' }>> =
  {
    pass: { mark: 'pass', colour: 'green' },
    warn: { mark: 'warn', colour: 'yellow' },
    fail: { mark: 'FAIL', colour: 'red' },
    unknown: { mark: '?', colour: 'dim' },
  };

/** Columns for the mark and for the name of the check. */
const MARK_COLUMNS = 6;
const NAME_COLUMNS = 14;

function checkLines(check: Check): readonly string[] {
  const { mark, colour } = MARKS[resultOf(check)];
  const start = `${mark.padEnd(MARK_COLUMNS)}${check.check.padEnd(NAME_COLUMNS)}`;
  const [first = '', ...more] = bodyLines(start, check);
  // `styleText` knows NO_COLOR, and leaves out colours where no terminal is.
  return [styleText(colour, mark, { stream: process.stdout }) + first.slice(mark.length), ...more];
}

function bodyLines(start: string, check: Check): readonly string[] {
  const hanging = MARK_COLUMNS + NAME_COLUMNS;
  if (check.kind === 'passed') return wrapped(`${start}${CHECKS[check.check]}`, hanging);
  if (check.kind === 'hidden') return wrapped(`${start}${sayHidden(check.needs)}`, hanging);
  const { what, why, next, docs, code } = sayProblem(check.problem, { form: 'plain' });
  const parts = [`Why   ${why}`, `Next  ${next}`, `Docs  ${docs}`];
  return [
    ...wrapped(`${start}${what}  [${code}]`, hanging),
    ...parts.flatMap((part) => wrapped(`${' '.repeat(MARK_COLUMNS)}${part}`, 6)),
  ];
}

/** The documented shape of one check. */
function asJson(check: Check) {
  const result = resultOf(check);
  if (check.kind === 'passed') return { check: check.check, result, what: CHECKS[check.check] };
  if (check.kind === 'hidden') {
    return { check: check.check, result, what: sayHidden(check.needs), needs: check.needs };
  }
  const { code, what, why, next, docs } = sayProblem(check.problem, { form: 'plain' });
  return { check: check.check, result, code, what, why, next, docs };
}

interface Counts {
  readonly passed: number;
  readonly warned: number;
  readonly failed: number;
  readonly unknown: number;
}

function countsOf(checks: readonly Check[]): Counts {
  const of = (result: Result): number => checks.filter((check) => resultOf(check) === result).length;
  return { passed: of('pass'), warned: of('warn'), failed: of('fail'), unknown: of('unknown') };
}

function sumText({ passed, warned, failed, unknown }: Counts): string {
  const others = [
    ...(warned > 0 ? [count(warned, 'warning')] : []),
    ...(unknown > 0 ? [`${unknown} not known`] : []),
    `${passed} passed`,
  ];
  return `${failed === 0 ? 'Nothing is in the way' : `${count(failed, 'thing')} to fix first`}: ${others.join(', ')}.`;
}
