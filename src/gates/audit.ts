/**
 * Known vulnerabilities of dependencies, as the ecosystems' own audits report them, and those that a change adds.
 *
 * Vulnerabilities that were there before are not this change's to fix. An audit that cannot run (no program, no network)
 * is `not applicable`, with the reason; it never passes.
 */
import { type AuditForm, tableOf } from './workspace.ts';

export interface Fault {
  /** The same fault of the same package has the same key in any tree. */
  readonly id: string;
  readonly package: string;
  readonly severity: 'critical' | 'high' | 'moderate' | 'low' | 'unknown';
  readonly title: string;
}

export type AuditRead =
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Faults that no change may add. If an audit reports no severity, every fault counts. */
export const isGrave = ({ severity }: Fault): boolean => severity !== 'moderate' && severity !== 'low';

/** Faults that are not in `before`. */
export const newFaults = (now: readonly Fault[], before: readonly Fault[]): readonly Fault[] => {
  const known = new Set(before.map(keyOf));
  return now.filter((fault) => !known.has(keyOf(fault)));
};

const keyOf = ({ id, package: name }: Fault): string => `${name}\0${id}`;

export const sayFault = ({ package: name, severity, title, id }: Fault): string =>
  `${name}: ${severity === 'unknown' ? '' : `${severity}, `}${title} (${id})`;

/**
 * @param output everything that the program wrote, errors included. Its JSON is searched for in it.
 */
export function readAudit(form: Exclude<AuditForm, 'exit code'>, output: string, exit: number | undefined): AuditRead {
  const values = jsonIn(output);
  const faults = READERS[form](values);
  // A failed audit that reports no fault did not work.
  if (faults && (faults.length > 0 || exit === 0)) return { kind: 'faults', faults: unique(faults) };
  return { kind: 'unreadable', why: reasonIn(values, output) };
}

const unique = (faults: readonly Fault[]): readonly Fault[] => [
  ...new Map(faults.map((fault) => [keyOf(fault), fault])).values(),
];

type Table = Readonly<Record<string, unknown>>;
/** @returns undefined if the program never answers like this. */
type Reader = (values: readonly unknown[]) => readonly Fault[] | undefined;

const text = (value: unknown, otherwise = ''): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : otherwise;
const tables = (value: unknown): readonly Table[] => (Array.isArray(value) ? value.map(tableOf) : []);

function severityOf(value: unknown): Fault['severity'] {
  switch (text(value).toLowerCase()) {
    case 'critical':
      return 'critical';
    case 'high':
    case 'important':
      return 'high';
    case 'moderate':
    case 'medium':
      return 'moderate';
    case 'low':
    case 'info':
    case 'none':
      return 'low';
    default:
      return 'unknown';
  }
}

/** The last part of `https://github.com/advisories/GHSA-…`. */
const idIn = (url: unknown): string => text(url).replace(/\/+$/, '').split('/').at(-1) ?? '';

const READERS: Readonly<Record<Exclude<AuditForm, 'exit code'>, Reader>> = {
  // https://docs.npmjs.com/cli/commands/npm-audit: version 2 of the report; `via` names other packages by text.
  npm: (values) =>
    inFirst(values, 'vulnerabilities', (found) =>
      Object.entries(tableOf(found)).flatMap(([name, each]) =>
        tables(tableOf(each).via)
          .filter((via) => via.title !== undefined)
          .map((via) => fault(via.name ?? name, via.severity, via.title, idIn(via.url) || text(via.source))),
      ),
    ),
  pnpm: (values) =>
    inFirst(values, 'advisories', (found) =>
      Object.values(tableOf(found)).map((each) => {
        const { module_name, severity, title, github_advisory_id, url, id } = tableOf(each);
        return fault(module_name, severity, title, text(github_advisory_id) || idIn(url) || text(id));
      }),
    ),
  'yarn 1': (values) => {
    const lines = values.map(tableOf);
    if (!lines.some(({ type }) => type === 'auditSummary')) return undefined;
    return lines
      .filter(({ type }) => type === 'auditAdvisory')
      .map(({ data }) => {
        const { module_name, severity, title, github_advisory_id, url, id } = tableOf(tableOf(data).advisory);
        return fault(module_name, severity, title, text(github_advisory_id) || idIn(url) || text(id));
      });
  },
  // One line per fault, and no output if there is none.
  yarn: (values) => {
    const lines = values.map(tableOf);
    if (lines.some(({ type }) => type === 'error')) return undefined;
    return lines
      .filter(({ children }) => children !== undefined)
      .map(({ value, children }) => {
        const { ID, Issue, URL: url, Severity } = tableOf(children);
        return fault(value, Severity, Issue, idIn(url) || text(ID));
      });
  },
  bun: (values) => {
    const [first] = values;
    if (first === undefined) return undefined;
    return Object.entries(tableOf(first)).flatMap(([name, each]) =>
      tables(each).map(({ severity, title, url, id }) => fault(name, severity, title, idIn(url) || text(id))),
    );
  },
  'pip-audit': (values) => {
    const [first] = values;
    const list = Array.isArray(first) ? first : tableOf(first).dependencies;
    if (!Array.isArray(list)) return undefined;
    return tables(list).flatMap(({ name, vulns }) =>
      tables(vulns).map(({ id, description }) => fault(name, undefined, firstLine(description), text(id))),
    );
  },
  'cargo-audit': (values) =>
    inFirst(values, 'vulnerabilities', (found) =>
      tables(tableOf(found).list).map(({ advisory, package: crate }) => {
        const { id, title } = tableOf(advisory);
        return fault(tableOf(crate).name, undefined, title, text(id));
      }),
    ),
  // A stream: known faults (`osv`), then where they are found. Only those that the code calls are serious.
  govulncheck: (values) => {
    const lines = values.map(tableOf);
    if (!lines.some(({ config }) => config !== undefined)) return undefined;
    const titles = new Map(
      lines.flatMap(({ osv }) => {
        const { id, summary } = tableOf(osv);
        return id === undefined ? [] : [[text(id), text(summary)] as const];
      }),
    );
    const found = lines.flatMap(({ finding }) => {
      const { osv, trace } = tableOf(finding);
      const [first] = tables(trace);
      if (osv === undefined || !first) return [];
      const severity = first.function === undefined ? 'low' : 'high';
      return [fault(first.module, severity, titles.get(text(osv)) ?? 'a known fault', text(osv))];
    });
    // The same fault is reported for the module, the package and the function.
    return [...found].sort((a, b) => Number(isGrave(a)) - Number(isGrave(b)));
  },
  composer: (values) =>
    inFirst(values, 'advisories', (found) =>
      Object.entries(tableOf(found)).flatMap(([name, each]) =>
        // A list, or an object by index if some were left out.
        tables(Array.isArray(each) ? each : Object.values(tableOf(each))).map(({ advisoryId, title, cve, severity }) =>
          fault(name, severity, title, text(cve) || text(advisoryId)),
        ),
      ),
    ),
  'bundler-audit': (values) =>
    inFirst(values, 'results', (found) =>
      tables(found).map(({ gem, advisory }) => {
        const { id, title, criticality } = tableOf(advisory);
        return fault(tableOf(gem).name, criticality, title, text(id));
      }),
    ),
  dotnet: (values) =>
    inFirst(values, 'projects', (found) =>
      tables(found)
        .flatMap(({ frameworks }) => tables(frameworks))
        .flatMap(({ topLevelPackages, transitivePackages }) => [
          ...tables(topLevelPackages),
          ...tables(transitivePackages),
        ])
        .flatMap(({ id, vulnerabilities }) =>
          tables(vulnerabilities).map(({ severity, advisoryurl }) =>
            fault(id, severity, 'a known fault', idIn(advisoryurl)),
          ),
        ),
    ),
  mix_audit: (values) =>
    inFirst(values, 'vulnerabilities', (found) =>
      tables(found).map(({ advisory, dependency }) => {
        const { id, title, severity } = tableOf(advisory);
        return fault(tableOf(dependency).package, severity, title, text(id));
      }),
    ),
};

const fault = (name: unknown, severity: unknown, title: unknown, id: string): Fault => ({
  id: id || 'no number',
  package: text(name, 'a package'),
  severity: severityOf(severity),
  title: firstLine(title) || 'a known fault',
});

const firstLine = (value: unknown): string => (text(value).split('\n')[0] ?? '').slice(0, 300);

function inFirst(
  values: readonly unknown[],
  key: string,
  read: (value: unknown) => readonly Fault[],
): readonly Fault[] | undefined {
  const holder = values.map(tableOf).find((value) => value[key] !== undefined);
  return holder && read(holder[key]);
}

/** The reason for a missing answer, in the program's own words if it has any. */
function reasonIn(values: readonly unknown[], output: string): string {
  for (const value of values.map(tableOf)) {
    const { error, message, data } = value;
    const said =
      text(tableOf(error).summary) || text(tableOf(error).message) || text(error) || text(message) || text(data);
    if (said !== '') return firstLine(said);
  }
  const line = output
    .split('\n')
    .map((each) => each.trim())
    .find((each) => /err(?:or|_)|fail|cannot|could not|unable|refused/i.test(each));
  return line === undefined ? 'it gave no answer' : firstLine(line);
}

/** JSON values in a program's output: the whole output, one value per line, or one after another. */
export function jsonIn(output: string): readonly unknown[] {
  const whole = parsed(output);
  if (whole !== undefined) return [whole];
  const lines = output.split('\n').map((line) => line.trim());
  const byLine = lines.filter((line) => /^[{[]/.test(line)).map(parsed);
  if (byLine.length > 0 && !byLine.includes(undefined)) return byLine;
  // Objects that start and end in the first column, with other lines between them.
  const values: unknown[] = [];
  let start: number | undefined;
  const raw = output.split('\n');
  for (const [at, line] of raw.entries()) {
    if (start === undefined && /^\s{0,1}[{[]\s*/.test(line)) start = at;
    if (start === undefined || !/^[}\]]\s*$/.test(line)) continue;
    const value = parsed(raw.slice(start, at + 1).join('\n'));
    if (value !== undefined) values.push(value);
    start = undefined;
  }
  if (values.length > 0) return values;
  const value = parsed(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
  return value === undefined ? byLine.filter((each) => each !== undefined) : [value];
}

function parsed(source: string): unknown {
  if (source.trim() === '') return undefined;
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
