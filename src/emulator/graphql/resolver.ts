/**
 * How a field is answered, whatever its type: by its table, with its page bounds checked and its arguments watched.
 *
 * GitHub's schema promises far more than the emulator models. A field without an entry and an argument that nobody
 * looked at are errors and are noted, never a silent null or a filter that does not filter.
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

/** One resolver for every field: a mutation, the type's table, or the property of what a table answered. */
export function resolverOf(unimplemented: (what: string) => void): GraphQLFieldResolver<unknown, QueryContext> {
  const missing = (what: string): never => {
    unimplemented(`graphql ${what}`);
    throw new GraphQLError(`The emulator does not model ${what}.`);
  };
  return (source, given, context, info) => {
    const type = info.parentType.name;
    const field = info.fieldName;
    const answer = answerTo(source, type, field);
    if (!answer) return missing(`${type}.${field}`);
    boundsOf(info, given as Args);
    const { args, unread } = watched(given as Args, argumentsOf(info));
    const settled = (value: unknown): unknown => {
      const forgotten = unread();
      return forgotten.length === 0 ? value : missing(`${type}.${field}(${forgotten.join(', ')})`);
    };
    const broken = (error: unknown): unknown => {
      if (error instanceof NotImplemented) return missing(`${type}.${field}: ${error.message}`);
      throw error;
    };
    try {
      const value = answer(args, context);
      return value instanceof Promise ? value.then(settled, broken) : settled(value);
    } catch (error) {
      return broken(error);
    }
  };
}

type Answer = (args: Args, context: QueryContext) => unknown;

function answerTo(source: unknown, type: string, field: string): Answer | undefined {
  if (type === 'Mutation') {
    const mutation = MUTATIONS[field];
    return mutation && (async ({ input }, context) => perform(mutation, input as Args, context));
  }
  const table = OBJECTS[type];
  const entry = table?.[field];
  if (entry) return (args, context) => entry((source as { it?: unknown }).it ?? source, args, context);
  if (!table && typeof source === 'object' && source !== null && field in source) {
    // What a page is made of was cut by the field above; its own fields take no arguments.
    return () => (source as Record<string, unknown>)[field];
  }
  return undefined;
}

async function perform(mutation: NonNullable<(typeof MUTATIONS)[string]>, input: Args, context: QueryContext) {
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
 * The arguments, and the names of those that were given and not read. What is null, empty or the schema's own default
 * asks for nothing, so it may go unread.
 */
function watched(given: Args, types: Types): { readonly args: Args; readonly unread: () => string[] } {
  const read = new Set<string>();
  const inner: (() => string[])[] = [];
  const wrap = (value: unknown, name: string): unknown => {
    const type = getNamedType(types.get(name)?.type);
    if (!isInputObjectType(type)) return value;
    const fields: Types = new Map(Object.values(type.getFields()).map((field) => [field.name, field]));
    const one = (item: unknown): unknown => {
      if (typeof item !== 'object' || item === null) return item;
      const { args, unread } = watched(item as Args, fields);
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
  const asksNothing = (name: string, value: unknown): boolean =>
    value === null ||
    value === undefined ||
    (Array.isArray(value) && value.length === 0) ||
    JSON.stringify(value) === JSON.stringify(types.get(name)?.defaultValue);
  return {
    args,
    unread: () => [
      ...Object.entries(given).flatMap(([name, value]) => (read.has(name) || asksNothing(name, value) ? [] : [name])),
      ...inner.flatMap((each) => each()),
    ],
  };
}

// ── Pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * A connection whose nodes are wanted must say how many: `first` or `last`, at most 100.
 * @see https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
function boundsOf(info: GraphQLResolveInfo, args: Args): void {
  if (!getNamedType(info.returnType).name.endsWith('Connection')) return;
  const { first, last } = args;
  const name = info.fieldName;
  const refused = (type: string, message: string) => new GraphQLError(message, { extensions: { type } });
  if (first === undefined && last === undefined) {
    const counts = info.fieldNodes.every((node) => !wants(info, node, ['nodes', 'edges']));
    if (counts) return;
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

function wants(info: GraphQLResolveInfo, node: FieldNode, fields: readonly string[]): boolean {
  const within = (set: SelectionSetNode | undefined): boolean =>
    (set?.selections ?? []).some((selection) => {
      if (selection.kind === Kind.FIELD) return fields.includes(selection.name.value);
      if (selection.kind === Kind.INLINE_FRAGMENT) return within(selection.selectionSet);
      return within(info.fragments[selection.name.value]?.selectionSet);
    });
  return within(node.selectionSet);
}
