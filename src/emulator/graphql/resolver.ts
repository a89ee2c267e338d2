/**
 * Resolves a field of any type: finds its entry in a table, checks its page bounds, and tracks which arguments are read.
 *
 * GitHub's schema has far more than the emulator implements. A field without an entry, or an argument that was not read,
 * is reported as an error. It must not become a silent null, or a filter without effect.
 */
import {
  type FieldNode,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLInputType,
  type GraphQLResolveInfo,
  getNamedType,
  isInputObjectType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { QueryContext } from './context.ts';
import { MUTATIONS } from './mutations.ts';
import { OBJECTS } from './objects.ts';
import { type Args, NotImplemented } from './tables.ts';
import { TRIAGE_MUTATIONS } from './triage.ts';

const ALL_MUTATIONS = { ...MUTATIONS, ...TRIAGE_MUTATIONS };

/** The resolver for all fields: a mutation, an entry of a table, or a property of a result. */
export function resolverOf(unimplemented: (what: string) => void): GraphQLFieldResolver<unknown, QueryContext> {
  const missing = (what: string): never => {
    unimplemented(`graphql ${what}`);
    throw new GraphQLError(`The emulator does not implement ${what}.`);
  };
  return (source, given, context, info) => {
    const type = info.parentType.name;
    const field = info.fieldName;
    const answer = answerTo(source, type, field);
    if (!answer) return missing(`${type}.${field}`);
    checkBounds(info, given as Args);
    const { args, unread } = tracked(given as Args, argumentsOf(info));
    const resolved = (value: unknown): unknown => {
      const ignored = unread();
      return ignored.length === 0 ? value : missing(`${type}.${field}(${ignored.join(', ')})`);
    };
    const failed = (error: unknown): unknown => {
      if (error instanceof NotImplemented) return missing(`${type}.${field}: ${error.message}`);
      throw error;
    };
    try {
      const value = answer(args, context);
      return value instanceof Promise ? value.then(resolved, failed) : resolved(value);
    } catch (error) {
      return failed(error);
    }
  };
}

type Answer = (args: Args, context: QueryContext) => unknown;

function answerTo(source: unknown, type: string, field: string): Answer | undefined {
  if (type === 'Mutation') {
    const mutation = ALL_MUTATIONS[field];
    return mutation && (async ({ input }, context) => perform(mutation, input as Args, context));
  }
  const table = OBJECTS[type];
  const entry = table?.[field];
  if (entry) return (args, context) => entry((source as { record?: unknown }).record ?? source, args, context);
  if (!table && typeof source === 'object' && source !== null && field in source) {
    // The fields of a page have no arguments; the field above has used them.
    return () => (source as Record<string, unknown>)[field];
  }
  return undefined;
}

async function perform(mutation: NonNullable<(typeof ALL_MUTATIONS)[string]>, input: Args, context: QueryContext) {
  const { clientMutationId = null } = input;
  return { clientMutationId, ...(await mutation(input, context)) };
}

// ── Arguments ───────────────────────────────────────────────────────────────────────────────────────────────────────

type Types = ReadonlyMap<string, { readonly type: GraphQLInputType; readonly defaultValue: unknown }>;

function argumentsOf(info: GraphQLResolveInfo): Types {
  const field = isObjectType(info.parentType) ? info.parentType.getFields()[info.fieldName] : undefined;
  return new Map((field?.args ?? []).map(({ name, type, defaultValue }) => [name, { type, defaultValue }]));
}

/**
 * Wraps the arguments so that reads are recorded. `unread` returns the given arguments that were not read, except those
 * that are null, empty or the schema's default, which have no effect.
 */
function tracked(given: Args, types: Types): { readonly args: Args; readonly unread: () => string[] } {
  const read = new Set<string>();
  const inner: (() => string[])[] = [];
  const wrap = (value: unknown, name: string): unknown => {
    const type = getNamedType(types.get(name)?.type);
    if (!isInputObjectType(type)) return value;
    const fields: Types = new Map(Object.values(type.getFields()).map((field) => [field.name, field]));
    const one = (item: unknown): unknown => {
      if (typeof item !== 'object' || item === null) return item;
      const { args, unread } = tracked(item as Args, fields);
      inner.push(() => unread().map((each) => `${name}.${each}`));
      return args;
    };
    return Array.isArray(value) ? value.map(one) : one(value);
  };
  const wrapped = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, wrap(value, name)]));
  const args = new Proxy(wrapped, {
    get: (target, name) => {
      if (typeof name === 'string') read.add(name);
      return Reflect.get(target, name);
    },
  });
  const hasNoEffect = (name: string, value: unknown): boolean =>
    value === null ||
    value === undefined ||
    (Array.isArray(value) && value.length === 0) ||
    JSON.stringify(value) === JSON.stringify(types.get(name)?.defaultValue);
  return {
    args,
    unread: () => [
      ...Object.entries(given).flatMap(([name, value]) => (read.has(name) || hasNoEffect(name, value) ? [] : [name])),
      ...inner.flatMap((each) => each()),
    ],
  };
}

// ── Pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Checks a connection's page size: if nodes are selected, it needs `first` or `last`, of at most 100.
 * @see https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
function checkBounds(info: GraphQLResolveInfo, args: Args): void {
  if (!getNamedType(info.returnType).name.endsWith('Connection')) return;
  const { first, last } = args;
  const name = info.fieldName;
  const refused = (type: string, message: string) => new GraphQLError(message, { extensions: { type } });
  if (first === undefined && last === undefined) {
    const countsOnly = info.fieldNodes.every((node) => !selects(info, node, ['nodes', 'edges']));
    if (countsOnly) return;
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
    throw refused('MISSING_PAGINATION_BOUNDARIES', message);
  }
  for (const [bound, value] of Object.entries({ first, last })) {
    if (typeof value !== 'number') continue;
    if (value < 0) {
      throw refused('INVALID_PAGINATION', `\`${bound}\` on the \`${name}\` connection cannot be less than zero.`);
    }
    if (value > 100) {
      const limit = `exceeds the \`${bound}\` limit of 100 records.`;
      throw refused('EXCESSIVE_PAGINATION', `Requesting ${value} records on the \`${name}\` connection ${limit}`);
    }
  }
}

function selects(info: GraphQLResolveInfo, node: FieldNode, fields: readonly string[]): boolean {
  const within = (set: SelectionSetNode | undefined): boolean =>
    (set?.selections ?? []).some((selection) => {
      if (selection.kind === Kind.FIELD) return fields.includes(selection.name.value);
      if (selection.kind === Kind.INLINE_FRAGMENT) return within(selection.selectionSet);
      return within(info.fragments[selection.name.value]?.selectionSet);
    });
  return within(node.selectionSet);
}
