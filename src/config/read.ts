/**
 * `.github/swarm.yml` → Config, and what is wrong with it at line and column.
 *
 * The file is anyone's text: it is capped before it is parsed (YAML parsing is quadratic in keys), aliases and tags are
 * refused, and its keys never become properties of a prototype. Reading never throws; a wrong value is an error and its
 * default holds for whatever has to go on, an unknown key is a warning.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { type AgentKind, type Config, PRESETS, UNNAMED_AGENT } from '#core/model/config';
import type { Diagnostic, Place } from '#core/model/problem';
import { nearest } from '#core/text/nearest';
import { configSchema, defaultConfig, expectations, toConfig } from './schema.ts';

export interface ReadConfig {
  readonly config: Config;
  readonly diagnostics: readonly Diagnostic[];
}

const MAX_BYTES = 64 * 1024;
const MAX_DEPTH = 12;
const MAX_DIAGNOSTICS = 20;

type Path = readonly (string | number)[];
type Values = Record<string, unknown>;

/**
 * The config of a repository, defaults filled in.
 *
 * @param text what the file holds; undefined where there is none, which is fine.
 * @param file its name, for the problems' places.
 */
export const readConfig = (text: string | undefined, file: string): ReadConfig => {
  if (text === undefined) return { config: defaultConfig(), diagnostics: [] };
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BYTES) return refused([{ kind: 'CONFIG_SIZE', at: { file }, bytes, limit: MAX_BYTES }]);

  const written = readYaml(text, file);
  if (written.kind === 'problems') return refused(written.problems);
  return judge(written, file);
};

type Problems = readonly Diagnostic['problem'][];

const refused = (problems: Problems): ReadConfig => ({
  config: defaultConfig(),
  diagnostics: problems.slice(0, MAX_DIAGNOSTICS).map((problem) => ({ level: 'error', problem })),
});

// --- YAML → plain values with their places ------------------------------------------------------------------------

interface Written {
  readonly kind: 'values';
  readonly values: Values;
  /** Where the value at a path stands, and how it is written there. */
  readonly placeOf: (path: Path) => { readonly place: Place; readonly source: string | undefined };
}

const readYaml = (text: string, file: string): Written | { kind: 'problems'; problems: Problems } => {
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const problem = (offset: number, message: string) =>
    ({ kind: 'CONFIG_YAML', at: place(offset), message }) satisfies Diagnostic['problem'];

  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const line = text.slice(0, nul).split('\n').length;
    const at = { file, line, column: nul - text.lastIndexOf('\n', nul) };
    return { kind: 'problems', problems: [{ kind: 'CONFIG_YAML', at, message: 'a NUL character is not text' }] };
  }

  const parsed = parse(text, lines);
  if (parsed === 'too deep') return { kind: 'problems', problems: [problem(0, 'it is nested too deeply')] };
  const faults = [...parsed.errors, ...parsed.warnings];
  if (faults.length > 0) {
    // What follows the first few is mostly their echo.
    const first = faults.slice(0, 3);
    return { kind: 'problems', problems: first.map((fault) => problem(fault.pos[0], faultText(fault))) };
  }

  const found: Diagnostic['problem'][] = [];
  const places = new Map<string, { offset: number; source: string | undefined }>();
  const remember = (path: Path, offset: number, node: Node | null) => {
    const range = node?.range;
    const source = range ? text.slice(range[0], range[1]) : undefined;
    places.set(JSON.stringify(path), { offset, source });
  };

  const plain = (node: unknown, path: Path): unknown => {
    const offset = (node as Node | null)?.range?.[0] ?? 0;
    if (path.length > MAX_DEPTH) {
      found.push(problem(offset, 'it is nested too deeply'));
      return undefined;
    }
    if (isAlias(node)) {
      found.push(problem(offset, 'aliases (`*name`) are not taken; write the value out'));
      return undefined;
    }
    if (isMap(node)) {
      const values: Values = Object.create(null);
      for (const { key, value } of node.items) {
        if (!isScalar(key)) {
          found.push(problem((key as Node | null)?.range?.[0] ?? offset, 'a key has to be one plain word'));
          continue;
        }
        const name = String(key.value);
        const at = [...path, name];
        if (name === '__proto__' && path.length > 0) {
          // The schema's free-named maps pass over it in silence.
          found.push(problem(key.range?.[0] ?? offset, '`__proto__` is not taken as a name'));
          continue;
        }
        const valueNode = value as Node | null;
        remember(at, key.range?.[0] ?? offset, valueNode);
        values[name] = plain(valueNode, at);
      }
      return values;
    }
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        const at = [...path, index];
        remember(at, (item as Node | null)?.range?.[0] ?? offset, item as Node | null);
        return plain(item, at);
      });
    }
    if (!isScalar(node)) return node ?? null;
    if (typeof node.value === 'number' && /^[-+]?0[0-9]/.test(node.source ?? '')) {
      found.push(problem(offset, `${node.source} can be read in two ways; write the number without a leading zero`));
      return undefined;
    }
    return node.value;
  };

  const values = plain(parsed.contents, []);
  if (found.length > 0) return { kind: 'problems', problems: found };
  if (values !== null && !isMap(parsed.contents)) {
    return { kind: 'problems', problems: [problem(0, 'it has to be a list of `key: value` lines')] };
  }
  return {
    kind: 'values',
    values: (values ?? Object.create(null)) as Values,
    placeOf: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const here = places.get(JSON.stringify(path.slice(0, length)));
        if (here) return { place: place(here.offset), source: length === path.length ? here.source : undefined };
      }
      return { place: { file }, source: undefined };
    },
  };
};

const parse = (text: string, lines: LineCounter) => {
  try {
    const parsed = parseDocument(text, {
      schema: 'core',
      version: '1.2',
      strict: true,
      uniqueKeys: true,
      merge: false,
      prettyErrors: false,
      // 'silent' would also keep quiet about a second document, and read the first alone.
      logLevel: 'error',
      lineCounter: lines,
    });
    return parsed.errors.some((fault) => fault.message.includes('call stack')) ? 'too deep' : parsed;
  } catch (error) {
    // The parser descends by recursion: tens of thousands of brackets end its stack.
    if (error instanceof RangeError) return 'too deep';
    throw error;
  }
};

const faultText = ({ code, message }: { readonly code: string; readonly message: string }): string =>
  code === 'MULTIPLE_DOCS'
    ? 'a second document begins here (`---`); one file is one document'
    : message.split('\n', 1).join();

// --- values → Config, or problems ---------------------------------------------------------------------------------

const MAX_PASSES = 40;

/**
 * What is wrong is taken out and the rest is read again, so that one wrong value is one problem, and everything that
 * is right holds.
 */
const judge = ({ values, placeOf }: Written, file: string): ReadConfig => {
  const diagnostics = new Map<string, Diagnostic>();
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const result = configSchema.safeParse(values);
    if (result.success) {
      const config = toConfig(result.data);
      for (const diagnostic of labelClashes(result.data.labels, placeOf)) diagnostics.set('labels', diagnostic);
      for (const [name, diagnostic] of agentFaults(config, placeOf)) diagnostics.set(name, diagnostic);
      return { config, diagnostics: [...diagnostics.values()].slice(0, MAX_DIAGNOSTICS) };
    }
    for (const issue of result.error.issues) {
      for (const { path, diagnostic } of tell(issue, placeOf)) {
        const name = JSON.stringify(path);
        // A known key with nothing behind it (its lines are commented out) is a key that is not set.
        const unset = diagnostic.problem.kind === 'CONFIG_VALUE' && isUnset(values, path);
        if (!unset && !diagnostics.has(name)) diagnostics.set(name, diagnostic);
        takeOut(values, path);
      }
    }
  }
  const at = { file };
  return refused([{ kind: 'CONFIG_YAML', at, message: 'too much in it is wrong to read the rest' }]);
};

const tell = (issue: z.core.$ZodIssue, placeOf: Written['placeOf']): { path: Path; diagnostic: Diagnostic }[] => {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => unknownKey([...path, name], knownAt(path), placeOf));
  }
  if (issue.code === 'invalid_union') {
    // Of the forms that a key can have, the one that was meant is the one that got furthest.
    const meant = issue.errors.find((each) =>
      each.every((one) => one.path.length > 0 || one.code === 'unrecognized_keys'),
    );
    if (meant) return meant.flatMap((one) => tell({ ...one, path: [...path, ...one.path] }, placeOf));
  }
  if (issue.code === 'invalid_key') {
    const known = knownAt(path.slice(0, -1));
    if (known.length > 0) return [unknownKey(path, known, placeOf)];
    return [wrongValue(path, String(path.at(-1)), placeOf)];
  }
  return [wrongValue(path, undefined, placeOf)];
};

const unknownKey = (path: Path, known: readonly string[], placeOf: Written['placeOf']) => {
  const key = dotted(path);
  const close = nearest(String(path.at(-1)), known);
  const at = placeOf(path).place;
  const problem = { kind: 'CONFIG_KEY', at, key, known, ...(close === undefined ? {} : { nearest: close }) } as const;
  return { path, diagnostic: { level: 'warning', problem } satisfies Diagnostic };
};

const wrongValue = (path: Path, shown: string | undefined, placeOf: Written['placeOf']) => {
  const { schema, expects } = schemaAt(path);
  const { place, source } = placeOf(path);
  const value = shown ?? source ?? '(nothing)';
  const close = nearest(value, schema instanceof z.ZodEnum ? schema.options.map(String) : []);
  const problem = {
    kind: 'CONFIG_VALUE',
    at: place,
    key: dotted(path),
    value,
    expected: expects,
    ...(close === undefined ? {} : { nearest: close }),
  } as const;
  return { path, diagnostic: { level: 'error', problem } satisfies Diagnostic };
};

/** `workers.tests`; a list's item is told by its list. */
const dotted = (path: Path): string => path.filter((step) => typeof step === 'string').join('.');

const isUnset = (values: Values, path: Path): boolean => {
  let here: unknown = values;
  for (const step of path) {
    if (here === null || typeof here !== 'object' || !(step in here)) return false;
    here = (here as Values)[step];
  }
  return here === null;
};

/** Takes out the key at the path, or the nearest one above that is there. A list goes whole. */
const takeOut = (values: Values, path: Path): void => {
  let holder: Values | undefined;
  let name = '';
  let here: unknown = values;
  for (const step of path) {
    if (typeof step !== 'string' || here === null || typeof here !== 'object' || !(step in here)) break;
    holder = here as Values;
    name = step;
    here = holder[step];
  }
  if (holder) delete holder[name];
};

const labelClashes = (labels: Record<string, string | undefined>, placeOf: Written['placeOf']): Diagnostic[] => {
  const seen = new Map<string, string>();
  for (const [label, theirs] of Object.entries(labels)) {
    const name = (theirs ?? '').toLowerCase();
    const other = seen.get(name);
    if (other !== undefined) {
      const at = placeOf(['labels', label]).place;
      const expected = `a name of its own; ${other} has this one`;
      return [
        {
          level: 'error',
          problem: { kind: 'CONFIG_VALUE', at, key: `labels.${label}`, value: theirs ?? '', expected },
        },
      ];
    }
    seen.set(name, label);
  }
  return [];
};

const NEEDS_COMMAND: readonly AgentKind[] = ['acp', 'command'];

/** Names of agents that nobody has, and agents without a program: each would be found out when money is to be spent. */
const agentFaults = ({ agent, agents, roles }: Config, placeOf: Written['placeOf']): [string, Diagnostic][] => {
  const wrong = (path: Path, value: string, expected: string, close?: string): [string, Diagnostic] => {
    const at = placeOf(path).place;
    const near = close === undefined ? {} : { nearest: close };
    const problem = { kind: 'CONFIG_VALUE', at, key: dotted(path), value, expected, ...near } as const;
    return [JSON.stringify(path), { level: 'error', problem }];
  };
  const known = Object.keys(agents).filter((name) => name !== UNNAMED_AGENT);
  const others = known.filter((name) => !PRESETS.some((preset) => preset === name));
  const expected = `${PRESETS.join(', ')}, or one under agents${others.length > 0 ? ` (${others.join(', ')})` : ''}`;
  const named = [
    ...(agent === undefined ? [] : [{ path: ['agent'], name: agent }]),
    ...Object.entries(roles).map(([role, name]) => ({ path: ['roles', role], name })),
  ];
  return [
    ...named
      .filter(({ name }) => agents[name] === undefined)
      .map(({ path, name }) => wrong(path, name, expected, nearest(name, known))),
    ...Object.values(agents)
      .filter(({ kind, command }) => NEEDS_COMMAND.includes(kind) && command.length === 0)
      .map(({ name, kind }) => wrong(['agents', name], `kind: ${kind}`, `kind ${kind} only together with a command`)),
  ];
};

// --- looking into the schema ----------------------------------------------------------------------------------------

/** The schema at a path, out of its wrappers, and the words for what the nearest described key around it takes. */
const schemaAt = (path: Path): { schema: z.core.$ZodType; expects: string } => {
  let { schema, expects } = unwrap(configSchema, 'a key with its value');
  for (const step of path) {
    const next = childOf(schema, step);
    if (next === undefined) break;
    ({ schema, expects } = unwrap(next, expects));
  }
  return { schema, expects };
};

const childOf = (schema: z.core.$ZodType, step: string | number): z.core.$ZodType | undefined => {
  if (schema instanceof z.ZodObject) return Object.hasOwn(schema.shape, step) ? schema.shape[step] : undefined;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodUnion) {
    return schema.options
      .map((option) => childOf(unwrap(option, '').schema, step))
      .find((child) => child !== undefined);
  }
  return undefined;
};

const unwrap = (outer: z.core.$ZodType, otherwise: string): { schema: z.core.$ZodType; expects: string } => {
  let schema = outer;
  let expects = otherwise;
  for (;;) {
    expects = expectations.get(schema as z.ZodType)?.expects ?? expects;
    if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
      schema = schema.unwrap();
    } else return { schema, expects };
  }
};

const knownAt = (path: Path): string[] => {
  const found = schemaAt(path).schema;
  const options = found instanceof z.ZodUnion ? found.options : [found];
  const schema = options.find((option) => option instanceof z.ZodObject) ?? found;
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) return schema.keyType.options.map(String);
  return [];
};
