/**
 * Templates (values of a workflow file that may contain `${{ … }}`) and their evaluation with GitHub's own expression
 * language.
 *
 * Contexts are converted lazily, because `github.event` is large and rarely read as a whole.
 */
import type { Expr } from '@actions/expressions/ast';
import type { ExpressionData } from '@actions/expressions/data/expressiondata';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';
import { expressionLanguage, expressionResult } from './github-parser.ts';

const { data, Evaluator, Lexer, Parser } = expressionLanguage;

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A value of a workflow file before its expressions are evaluated. */
export type Template =
  | { readonly kind: 'literal'; readonly value: null | boolean | number | string }
  /** `source` is the text in the file, including `${{ … }}`. */
  | { readonly kind: 'expression'; readonly text: string; readonly source: string }
  | { readonly kind: 'list'; readonly items: readonly Template[] }
  | { readonly kind: 'map'; readonly entries: readonly TemplateEntry[] };

/** `insert` merges a mapping into its parent, as `${{ insert }}: …` does. */
export type TemplateEntry = { readonly key: Template | 'insert'; readonly value: Template };

export type ExpressionFunction = {
  readonly name: string;
  readonly minArgs: number;
  readonly maxArgs: number;
  readonly call: (...args: string[]) => Json;
};

/** The values and functions that an expression may use. `env` is case-sensitive, as on a Linux runner. */
export type Scope = {
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly functions?: readonly ExpressionFunction[];
};

/** An expression that cannot be evaluated, because of a mistake in the workflow. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

const CONTEXTS = 'github env vars job jobs steps runner secrets strategy matrix needs inputs'.split(' ');

class LazyDictionary extends data.Dictionary {
  readonly #source: ReadonlyMap<string, { key: string; value: unknown }>;
  readonly #exact: boolean;

  constructor(source: object, exact: boolean) {
    super();
    this.#exact = exact;
    const entries = new Map<string, { key: string; value: unknown }>();
    for (const [key, value] of Object.entries(source)) {
      if (value === undefined) continue;
      const name = exact ? key : key.toLowerCase();
      if (!entries.has(name)) entries.set(name, { key, value });
    }
    this.#source = entries;
  }

  override get(key: string): ExpressionData | undefined {
    const entry = this.#source.get(this.#exact ? key : key.toLowerCase());
    return entry && toExpressionData(entry.value);
  }

  override values(): ExpressionData[] {
    return [...this.#source.values()].map(({ value }) => toExpressionData(value));
  }

  override pairs(): { key: string; value: ExpressionData }[] {
    return [...this.#source.values()].map(({ key, value }) => ({ key, value: toExpressionData(value) }));
  }
}

class ContextDictionary extends LazyDictionary {
  readonly #env: object;

  constructor(contexts: Readonly<Record<string, unknown>>) {
    super(contexts, false);
    this.#env = typeof contexts.env === 'object' && contexts.env !== null ? contexts.env : {};
  }

  override get(key: string): ExpressionData {
    if (key.toLowerCase() === 'env') return new LazyDictionary(this.#env, true);
    return super.get(key) ?? new data.Null();
  }
}

function toExpressionData(value: unknown): ExpressionData {
  switch (typeof value) {
    case 'string':
      return new data.StringData(value);
    case 'number':
      return new data.NumberData(value);
    case 'boolean':
      return new data.BooleanData(value);
    case 'object':
      if (value === null) return new data.Null();
      if (Array.isArray(value)) return new data.Array(...value.map(toExpressionData));
      return new LazyDictionary(value, false);
    default:
      return new data.Null();
  }
}

function fromExpressionData(value: ExpressionData): Json {
  switch (value.kind) {
    case data.Kind.String:
    case data.Kind.Number:
    case data.Kind.Boolean:
      return value.value;
    case data.Kind.Array:
      return value.values().map(fromExpressionData);
    case data.Kind.Dictionary:
      return Object.fromEntries(value.pairs().map((pair) => [pair.key, fromExpressionData(pair.value)]));
    default:
      return null;
  }
}

const parsed = new Map<string, Expr>();

function parseExpression(text: string, functions: readonly ExpressionFunction[]): Expr {
  const key = `${functions.map(({ name }) => name).join()}|${text}`;
  const known = parsed.get(key);
  if (known) return known;
  const signatures = functions.map(({ name, minArgs, maxArgs }) => ({ name, minArgs, maxArgs }));
  const { tokens } = new Lexer(text).lex();
  for (const token of tokens) {
    // The published lexer unescapes only the first doubled quote in a string; GitHub unescapes all of them.
    if (token.lexeme.startsWith("'")) token.value = token.lexeme.slice(1, -1).replaceAll("''", "'");
  }
  const expression = new Parser(tokens, CONTEXTS, signatures).parse();
  parsed.set(key, expression);
  return expression;
}

function evaluateExpression(text: string, scope: Scope): ExpressionData {
  const functions = scope.functions ?? [];
  const definitions = new Map<string, FunctionDefinition>(
    functions.map(({ name, minArgs, maxArgs, call }) => [
      name.toLowerCase(),
      {
        name,
        minArgs,
        maxArgs,
        call: (...args: ExpressionData[]) => toExpressionData(call(...args.map((arg) => arg.coerceString()))),
      },
    ]),
  );
  try {
    return new Evaluator(
      parseExpression(text, functions),
      new ContextDictionary(scope.contexts),
      definitions,
    ).evaluate();
  } catch (error) {
    if (error instanceof TemplateError) throw error;
    throw new TemplateError(`${error instanceof Error ? error.message : String(error)} (in \`${text}\`)`, {
      cause: error,
    });
  }
}

/** Evaluates a whole template to plain JSON. Throws TemplateError. */
export function evaluate(template: Template, scope: Scope): Json {
  switch (template.kind) {
    case 'literal':
      return template.value;
    case 'expression':
      return fromExpressionData(evaluateExpression(template.text, scope));
    case 'list':
      return template.items.map((item) => evaluate(item, scope));
    case 'map': {
      const result: { [key: string]: Json } = {};
      for (const { key, value } of template.entries) {
        if (key !== 'insert') {
          result[evaluateString(key, scope)] = evaluate(value, scope);
          continue;
        }
        const inserted = evaluate(value, scope);
        if (typeof inserted !== 'object' || inserted === null || Array.isArray(inserted)) {
          throw new TemplateError('`insert` expects a mapping');
        }
        Object.assign(result, inserted);
      }
      return result;
    }
  }
}

/** Evaluates to text: numbers in GitHub's format, null as an empty string. Throws TemplateError. */
export function evaluateString(template: Template, scope: Scope): string {
  if (template.kind === 'literal') return template.value === null ? '' : String(template.value);
  if (template.kind !== 'expression') throw new TemplateError('Expected a scalar value');
  const value = evaluateExpression(template.text, scope);
  if (value.kind === data.Kind.Array) throw new TemplateError(`A sequence was not expected (in \`${template.text}\`)`);
  if (value.kind === data.Kind.Dictionary) {
    throw new TemplateError(`A mapping was not expected (in \`${template.text}\`)`);
  }
  return value.coerceString();
}

/** Evaluates a condition by the truthiness rules of the expression language. Throws TemplateError. */
export function holds(condition: string, scope: Scope): boolean {
  return expressionResult.truthy(evaluateExpression(condition, scope));
}

/** Evaluates a mapping of strings (`env`, `with`, `outputs`). Throws TemplateError. */
export function evaluateStrings(template: Template | undefined, scope: Scope): Record<string, string> {
  if (!template) return {};
  const result: Record<string, string> = {};
  if (template.kind === 'map') {
    for (const { key, value } of template.entries) {
      if (key === 'insert') Object.assign(result, toStrings(evaluate(value, scope)));
      else result[evaluateString(key, scope)] = evaluateString(value, scope);
    }
    return result;
  }
  return toStrings(evaluate(template, scope));
}

function toStrings(value: Json): Record<string, string> {
  if (value === null || value === '') return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new TemplateError('Expected a mapping');
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toText(item)]));
}

/** Converts a value to text as an expression does. */
export function toText(value: Json): string {
  return toExpressionData(value).coerceString();
}

/** The value of a mapping's key, if present. */
export function entry(template: Template | undefined, key: string): Template | undefined {
  if (template?.kind !== 'map') return undefined;
  return template.entries.find((item) => item.key !== 'insert' && isLiteral(item.key, key))?.value;
}

/** The entries of a mapping that have literal keys, in the order of the file. */
export function entries(template: Template | undefined): [key: string, value: Template][] {
  if (template?.kind !== 'map') return [];
  return template.entries.flatMap(({ key, value }): [string, Template][] =>
    key !== 'insert' && key.kind === 'literal' ? [[String(key.value ?? ''), value]] : [],
  );
}

/** The text of a literal, or undefined if the value is missing or not a literal. */
export function literalText(template: Template | undefined): string | undefined {
  return template?.kind === 'literal' && template.value !== null ? String(template.value) : undefined;
}

/** A string or a list of strings, because `branches: main` and `branches: [main]` mean the same. */
export function literalList(template: Template | undefined): string[] | undefined {
  if (template === undefined) return undefined;
  if (template.kind === 'list') return template.items.flatMap((item) => literalText(item) ?? []);
  const text = literalText(template);
  return text === undefined ? undefined : [text];
}

function isLiteral(template: Template, text: string): boolean {
  return template.kind === 'literal' && String(template.value) === text;
}
