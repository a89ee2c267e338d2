/**
 * Reads `.github/swarm.yml` into a Config, or into problems with line and column.
 *
 * The file is untrusted: its size and its depth are limited before it is parsed (`yaml/read.ts`), aliases and tags are
 * rejected, and its keys never become properties of a prototype. Reading never throws. An unknown key is a warning. An
 * invalid value is an error, and its default is used for everything that still has to run.
 */
import { z } from 'zod';
import { type AgentKind, type Config, PRESETS, UNNAMED_AGENT } from '#core/model/config';
import type { Diagnostic, Place } from '#core/model/problem';
import { nearest } from '#core/text/nearest';
import { isMap, isScalar, isSeq, type Node, oncePerText, readYaml } from '#yaml/read';
import { type ConfigFile, configSchema, expectations, toConfig } from './schema.ts';

export interface ReadConfig {
  readonly config: Config;
  readonly diagnostics: readonly Diagnostic[];
}

/** The config as it takes effect, by the keys of the file. */
export interface WrittenConfig {
  readonly written: ConfigFile;
  readonly diagnostics: readonly Diagnostic[];
}

interface WholeConfig {
  /** The same value for the same text. */
  readonly read: ReadConfig;
  readonly written: ConfigFile;
}

const MAX_BYTES = 64 * 1024;
const MAX_DEPTH = 12;
const MAX_DIAGNOSTICS = 20;

type Path = readonly (string | number)[];
type Values = Record<string, unknown>;

/**
 * The config of a repository, with defaults filled in.
 *
 * @param text the file's content; undefined if there is no file, which is fine.
 * @param file its name, for the positions in problems.
 */
export const readConfig = (text: string | undefined, file: string): ReadConfig => readWhole(text, file).read;

/** The same, with every default written out, as a person could put it into the file. */
export const readWritten = (text: string | undefined, file: string): WrittenConfig => {
  const { written, read } = readWhole(text, file);
  return { written, diagnostics: read.diagnostics };
};

const readWhole = (text: string | undefined, file: string): WholeConfig => {
  if (text === undefined) return refused([]);
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BYTES) return refused([{ kind: 'CONFIG_SIZE', at: { file }, bytes, limit: MAX_BYTES }]);

  return readOnce(`${file}\n${text}`);
};

/** A look reads the config again each time, and it rarely changes. */
const readOnce = oncePerText((named: string): WholeConfig => {
  const end = named.indexOf('\n');
  const file = named.slice(0, end);
  const yaml = readValues(named.slice(end + 1), file);
  return yaml.kind === 'problems' ? refused(yaml.problems) : validate(yaml, file);
});

type Problems = readonly Diagnostic['problem'][];

/** Nothing of the file applies. */
const refused = (problems: Problems): WholeConfig => {
  const written = configSchema.parse({});
  const diagnostics = problems.slice(0, MAX_DIAGNOSTICS).map((problem): Diagnostic => ({ level: 'error', problem }));
  return { read: { config: toConfig(written), diagnostics }, written };
};

// --- YAML → plain values with their positions ------------------------------------------------------------------------

interface YamlValues {
  readonly kind: 'values';
  readonly values: Values;
  /** The position of the value at a path, and its source text. */
  readonly locate: (path: Path) => { readonly position: Place; readonly source: string | undefined };
}

const readValues = (text: string, file: string): YamlValues | { kind: 'problems'; problems: Problems } => {
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const line = text.slice(0, nul).split('\n').length;
    const at = { file, line, column: nul - text.lastIndexOf('\n', nul) };
    return { kind: 'problems', problems: [{ kind: 'CONFIG_YAML', at, message: 'it contains a NUL character' }] };
  }

  const parsed = readYaml(text, { maxBytes: MAX_BYTES });
  if (parsed.kind === 'refused') {
    // Later errors are mostly consequences of the first few.
    const problems = parsed.faults
      .slice(0, parsed.faults.some(({ kind }) => kind === 'syntax') ? 3 : MAX_DIAGNOSTICS)
      .map(({ line, column, message }) => ({ kind: 'CONFIG_YAML' as const, at: { file, line, column }, message }));
    return { kind: 'problems', problems };
  }
  const positionOf = (offset: number): Place => ({ file, ...parsed.lineOf(offset) });
  const problem = (offset: number, message: string) =>
    ({ kind: 'CONFIG_YAML', at: positionOf(offset), message }) satisfies Diagnostic['problem'];

  const found: Diagnostic['problem'][] = [];
  const positions = new Map<string, { offset: number; source: string | undefined }>();
  const remember = (path: Path, offset: number, node: Node | null) => {
    const range = node?.range;
    const source = range ? text.slice(range[0], range[1]) : undefined;
    positions.set(JSON.stringify(path), { offset, source });
  };

  const plain = (node: unknown, path: Path): unknown => {
    const offset = (node as Node | null)?.range?.[0] ?? 0;
    if (path.length > MAX_DEPTH) {
      found.push(problem(offset, 'it is nested too deeply'));
      return undefined;
    }
    if (isMap(node)) {
      const values: Values = Object.create(null);
      for (const { key, value } of node.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        const keyPath = [...path, name];
        if (name === '__proto__' && path.length > 0) {
          // The schema's maps with free names silently ignore it.
          found.push(problem(key.range?.[0] ?? offset, '`__proto__` is not allowed as a name'));
          continue;
        }
        const valueNode = value as Node | null;
        remember(keyPath, key.range?.[0] ?? offset, valueNode);
        values[name] = plain(valueNode, keyPath);
      }
      return values;
    }
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        const itemPath = [...path, index];
        remember(itemPath, (item as Node | null)?.range?.[0] ?? offset, item as Node | null);
        return plain(item, itemPath);
      });
    }
    if (!isScalar(node)) return node ?? null;
    if (typeof node.value === 'number' && /^[-+]?0[0-9]/.test(node.source ?? '')) {
      found.push(problem(offset, `${node.source} is ambiguous; write the number without a leading zero`));
      return undefined;
    }
    return node.value;
  };

  const values = plain(parsed.contents, []);
  if (found.length > 0) return { kind: 'problems', problems: found };
  if (values !== null && !isMap(parsed.contents)) {
    return { kind: 'problems', problems: [problem(0, 'it has to consist of `key: value` lines')] };
  }
  return {
    kind: 'values',
    values: (values ?? Object.create(null)) as Values,
    locate: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const found = positions.get(JSON.stringify(path.slice(0, length)));
        if (found)
          return { position: positionOf(found.offset), source: length === path.length ? found.source : undefined };
      }
      return { position: { file }, source: undefined };
    },
  };
};

// --- values → Config, or problems ---------------------------------------------------------------------------------

const MAX_PASSES = 40;

/**
 * Removes each invalid value and reads the rest again, so that one invalid value is one problem and all valid values
 * apply.
 */
const validate = ({ values, locate }: YamlValues, file: string): WholeConfig => {
  const diagnostics = new Map<string, Diagnostic>();
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const result = configSchema.safeParse(values);
    if (result.success) {
      const config = toConfig(result.data);
      for (const diagnostic of labelClashes(result.data.labels, locate)) diagnostics.set('labels', diagnostic);
      for (const [name, diagnostic] of survivorErrors(result.data.gates, locate)) diagnostics.set(name, diagnostic);
      for (const [name, diagnostic] of agentErrors(config, result.data, locate)) diagnostics.set(name, diagnostic);
      const found = [...diagnostics.values()].slice(0, MAX_DIAGNOSTICS);
      return { read: { config, diagnostics: found }, written: result.data };
    }
    for (const issue of result.error.issues) {
      for (const { path, diagnostic } of diagnosticsOf(issue, locate)) {
        const name = JSON.stringify(path);
        // A known key without a value, for example because its lines are commented out, counts as not set.
        const unset = diagnostic.problem.kind === 'CONFIG_VALUE' && isUnset(values, path);
        if (!unset && !diagnostics.has(name)) diagnostics.set(name, diagnostic);
        removeAt(values, path);
      }
    }
  }
  const at = { file };
  return refused([{ kind: 'CONFIG_YAML', at, message: 'it has too many errors to read the rest' }]);
};

const diagnosticsOf = (
  issue: z.core.$ZodIssue,
  locate: YamlValues['locate'],
): { path: Path; diagnostic: Diagnostic }[] => {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => unknownKey([...path, name], knownKeysAt(path), locate));
  }
  if (issue.code === 'invalid_union') {
    // If a key has several forms, the intended one is the one in which validation got furthest.
    const intended = issue.errors.find((errors) =>
      errors.every((error) => error.path.length > 0 || error.code === 'unrecognized_keys'),
    );
    if (intended) {
      return intended.flatMap((error) => diagnosticsOf({ ...error, path: [...path, ...error.path] }, locate));
    }
  }
  if (issue.code === 'invalid_key') {
    const known = knownKeysAt(path.slice(0, -1));
    if (known.length > 0) return [unknownKey(path, known, locate)];
    return [invalidValue(path, String(path.at(-1)), locate)];
  }
  return [invalidValue(path, undefined, locate)];
};

const unknownKey = (path: Path, known: readonly string[], locate: YamlValues['locate']) => {
  const key = dotted(path);
  const close = nearest(String(path.at(-1)), known);
  const { position } = locate(path);
  const problem = {
    kind: 'CONFIG_KEY',
    at: position,
    key,
    known,
    ...(close === undefined ? {} : { nearest: close }),
  } as const;
  return { path, diagnostic: { level: 'warning', problem } satisfies Diagnostic };
};

const invalidValue = (path: Path, shown: string | undefined, locate: YamlValues['locate']) => {
  const { schema, expects } = schemaAt(path);
  const { position, source } = locate(path);
  const value = shown ?? source ?? '(empty)';
  const close = nearest(value, schema instanceof z.ZodEnum ? schema.options.map(String) : []);
  const problem = {
    kind: 'CONFIG_VALUE',
    at: position,
    key: dotted(path),
    value,
    expected: path[0] === 'gates' && shown === undefined ? gateExpects(path, expects, value) : expects,
    ...(close === undefined ? {} : { nearest: close }),
  } as const;
  return { path, diagnostic: { level: 'error', problem } satisfies Diagnostic };
};

/** People write a gate as its command. The command is shown as it has to be written, unless only a shell can read it. */
const gateExpects = (path: Path, expects: string, source: string): string => {
  const [, , key] = path;
  if (path.length > 3 || (key !== undefined && key !== 'run')) return expects;
  const words = source.replace(/^(["'])(.*)\1$/, '$2').split(/\s+/);
  const isPlain = words.length <= 20 && words.every((word) => /^[\w@%+=:./-]{1,100}$/.test(word));
  const run = `run: [${isPlain ? words.map((word) => (/^[\w./-]+$/.test(word) ? word : `"${word}"`)).join(', ') : 'npm, test'}]`;
  return key === 'run' ? `${expects}: ${run}` : `its settings, such as {${run}} or {off: true}`;
};

/** `workers.tests`; an item of a list is named by its list. */
const dotted = (path: Path): string => path.filter((step) => typeof step === 'string').join('.');

const isUnset = (values: Values, path: Path): boolean => {
  let current: unknown = values;
  for (const step of path) {
    if (current === null || typeof current !== 'object' || !(step in current)) return false;
    current = (current as Values)[step];
  }
  return current === null;
};

/** Removes the key at the path, or its nearest existing parent. A list is removed as a whole. */
const removeAt = (values: Values, path: Path): void => {
  let holder: Values | undefined;
  let name = '';
  let current: unknown = values;
  for (const step of path) {
    if (typeof step !== 'string' || current === null || typeof current !== 'object' || !(step in current)) break;
    holder = current as Values;
    name = step;
    current = holder[step];
  }
  if (holder) delete holder[name];
};

const labelClashes = (labels: Record<string, string | undefined>, locate: YamlValues['locate']): Diagnostic[] => {
  const seen = new Map<string, string>();
  for (const [label, mapped = ''] of Object.entries(labels)) {
    const name = mapped.toLowerCase();
    const other = seen.get(name);
    if (other !== undefined) {
      const at = locate(['labels', label]).position;
      const expected = `a name that no other label has; ${other} already has this one`;
      return [
        {
          level: 'error',
          problem: { kind: 'CONFIG_VALUE', at, key: `labels.${label}`, value: mapped, expected },
        },
      ];
    }
    seen.set(name, label);
  }
  return [];
};

/** A key that has no effect where it stands would leave people believing in a check that does not exist. */
const survivorErrors = (
  gates: Readonly<Record<string, { readonly run?: unknown; readonly survivors?: number | undefined }>>,
  locate: YamlValues['locate'],
): [string, Diagnostic][] =>
  Object.entries(gates).flatMap(([name, { run, survivors }]): [string, Diagnostic][] => {
    if (survivors === undefined || (name === 'mutation' && run === undefined)) return [];
    const path = ['gates', name, 'survivors'];
    const at = locate(path).position;
    const expected = 'no such key here: only the gate mutation has it, without a command of its own';
    const problem = { kind: 'CONFIG_VALUE', at, key: dotted(path), value: String(survivors), expected } as const;
    return [[JSON.stringify(path), { level: 'error', problem }]];
  });

const NEEDS_COMMAND: readonly AgentKind[] = ['acp', 'command'];

/** Unknown agent names and agents without a program. Found later, each would cost a paid run. */
const agentErrors = (
  { agent, agents, roles, byWorker, escalate, fallback }: Config,
  written: { readonly escalate: readonly unknown[] },
  locate: YamlValues['locate'],
): [string, Diagnostic][] => {
  const invalid = (path: Path, value: string, expected: string, close?: string): [string, Diagnostic] => {
    const at = locate(path).position;
    const near = close === undefined ? {} : { nearest: close };
    const problem = { kind: 'CONFIG_VALUE', at, key: dotted(path), value, expected, ...near } as const;
    return [JSON.stringify(path), { level: 'error', problem }];
  };
  const known = Object.keys(agents).filter((name) => name !== UNNAMED_AGENT);
  const others = known.filter((name) => !PRESETS.some((preset) => preset === name));
  const expected = `${PRESETS.join(', ')}, or one under agents${others.length > 0 ? ` (${others.join(', ')})` : ''}`;
  const workers = Object.entries(byWorker);
  const picks = [
    ...escalate.map((pick, index) => ({ ...pick, path: ['escalate', index] })),
    ...workers.flatMap(([worker, own]) =>
      (own.escalate ?? []).map((pick, index) => ({ ...pick, path: ['workers', worker, 'escalate', index] })),
    ),
    ...fallback.map((pick, index) => ({ ...pick, agent: pick.agent ?? pick.model, path: ['fallback', index] })),
  ];
  const named = [
    ...(agent === undefined ? [] : [{ path: ['agent'], name: agent }]),
    ...Object.entries(roles).map(([role, name]) => ({ path: ['roles', role], name })),
    ...workers.flatMap(([worker, { agent: name, roles: own = {} }]) => [
      ...(name === undefined ? [] : [{ path: ['workers', worker, 'agent'], name }]),
      ...Object.entries(own).map(([role, each]) => ({ path: ['workers', worker, 'roles', role], name: each })),
    ]),
    ...picks.flatMap(({ path, agent: name }) => (name === undefined ? [] : [{ path, name }])),
  ];
  // A word alone may be the name of a model. `{model: …}` is.
  const mistyped = written.escalate.flatMap((model, index) => {
    const meant = typeof model === 'string' ? known.find((each) => isMistyped(model, each)) : undefined;
    return meant === undefined ? [] : [{ path: ['escalate', index], model: String(model), meant }];
  });
  return [
    ...named
      .filter(({ name }) => agents[name] === undefined)
      .map(({ path, name }) => invalid(path, name, expected, nearest(name, known))),
    ...mistyped.map(({ path, model, meant }) =>
      invalid(
        path,
        model,
        `an agent (${expected}) or a model; a model of this name is written {model: ${model}}`,
        meant,
      ),
    ),
    ...Object.values(agents)
      .filter(({ kind, command }) => NEEDS_COMMAND.includes(kind) && command.length === 0)
      .map(({ name, kind }) => invalid(['agents', name], `kind: ${kind}`, `kind ${kind} together with a command`)),
  ];
};

/** A word that was most likely meant as the name of an agent. Models are often longer words with that name in front. */
const isMistyped = (word: string, agent: string): boolean =>
  /^[a-z-]+$/.test(word) &&
  Math.abs(word.length - agent.length) <= 1 &&
  !word.startsWith(agent) &&
  !agent.startsWith(word) &&
  nearest(word, [agent]) !== undefined;

// --- looking into the schema ----------------------------------------------------------------------------------------

/** The schema at a path, without its wrappers, and the expected values of the nearest key that describes them. */
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

const unwrap = (outer: z.core.$ZodType, inherited: string): { schema: z.core.$ZodType; expects: string } => {
  let schema = outer;
  let expects = inherited;
  for (;;) {
    expects = expectations.get(schema as z.ZodType)?.expects ?? expects;
    if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
      schema = schema.unwrap();
    } else return { schema, expects };
  }
};

const knownKeysAt = (path: Path): string[] => {
  const found = schemaAt(path).schema;
  const options = found instanceof z.ZodUnion ? found.options : [found];
  const schema = options.find((option) => option instanceof z.ZodObject) ?? found;
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) return schema.keyType.options.map(String);
  return [];
};
