/**
 * GraphQL over GitHub's own schema, executed by graphql-js on the world.
 *
 * The schema says what may be asked; `graphql-objects.ts` and `graphql-mutations.ts` say what the world answers, and
 * `graphql-fields.ts` how one gets from a field to its answer.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  buildSchema,
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  NoDeprecatedCustomRule,
  OverlappingFieldsCanBeMergedRule,
  parse,
  type SelectionSetNode,
  specifiedRules,
  validate,
} from 'graphql';
import { Refusal } from '#emulator/model/refusal';
import type { Credential } from '#emulator/world/auth';
import type { World } from '#emulator/world/world';
import { QueryContext } from './context.ts';
import { OBJECTS } from './objects.ts';
import { resolverOf } from './resolver.ts';

export interface GraphqlAnswer {
  readonly status: number;
  readonly body: unknown;
  /** Points by GitHub's formula: what this call costs its token. */
  readonly cost: number;
}

let known: GraphQLSchema | undefined;

/** Built once per process: a million and a half characters of schema. */
function schemaOfGitHub(): GraphQLSchema {
  if (!known) {
    const file = join(dirname(createRequire(import.meta.url).resolve('github-schema')), '..', 'github-schema.graphql');
    known = buildSchema(readFileSync(file, 'utf8'), { assumeValid: true, noLocation: true });
  }
  return known;
}

/** GitHub takes queries whose fields conflict only in nullability, which `gh` sends. */
const RULES = specifiedRules.filter(
  (rule) => rule !== OverlappingFieldsCanBeMergedRule && rule !== NoDeprecatedCustomRule,
);

/** The latest documents by their text: clients ask the same again and again. */
const parsed = new Map<string, { readonly document: DocumentNode; readonly errors: readonly GraphQLError[] }>();

function understand(text: string): { readonly document: DocumentNode; readonly errors: readonly GraphQLError[] } {
  const again = parsed.get(text);
  if (again) return again;
  const document = parse(text);
  const understood = { document, errors: validate(schemaOfGitHub(), document, RULES) };
  if (parsed.size > 200) parsed.clear();
  parsed.set(text, understood);
  return understood;
}

export interface GraphqlCall {
  readonly world: World;
  readonly credential: Credential;
  readonly body: { readonly query?: unknown; readonly variables?: unknown; readonly operationName?: unknown };
  readonly limit: QueryContext['limit'];
  /** Told of fields and arguments that the emulator does not model, and of what broke in it. */
  readonly unimplemented: (what: string) => void;
}

export async function answerGraphql(call: GraphqlCall): Promise<GraphqlAnswer> {
  const { world, credential, body } = call;
  if (credential.kind === 'anonymous') {
    return { status: 401, body: { message: 'This endpoint requires you to be authenticated.' }, cost: 0 };
  }
  if (typeof body.query !== 'string') {
    return {
      status: 200,
      body: { errors: [{ message: 'A query attribute must be specified and must be a string.' }] },
      cost: 1,
    };
  }
  let understood: ReturnType<typeof understand>;
  try {
    understood = understand(body.query);
  } catch (error) {
    const { message, locations } = error as GraphQLError;
    return { status: 200, body: { errors: [{ message, locations }] }, cost: 1 };
  }
  const { document, errors } = understood;
  if (errors.length > 0) return { status: 200, body: { errors: errors.map((error) => invalid(error)) }, cost: 1 };
  const variables = (body.variables ?? {}) as Record<string, unknown>;
  const { points, nodes } = costOf(document, variables);
  if (nodes > NODE_LIMIT) {
    const message = `This query requests up to ${nodes.toLocaleString('en')} possible nodes which exceeds the maximum limit of ${NODE_LIMIT.toLocaleString('en')}.`;
    return { status: 200, body: { errors: [{ type: 'MAX_NODE_LIMIT_EXCEEDED', message }] }, cost: 1 };
  }
  const context = new QueryContext({ world, credential, cost: points, nodeCount: nodes, limit: call.limit });
  const result = await run(document, variables, body.operationName, context, call.unimplemented);
  for (const { originalError } of result.errors ?? []) {
    // Neither GitHub's refusal nor graphql's own: the emulator itself is broken there.
    if (originalError && !(originalError instanceof Refusal) && !(originalError instanceof GraphQLError)) {
      call.unimplemented(`graphql ${originalError.stack ?? originalError.message}`);
    }
  }
  return {
    status: 200,
    body: {
      ...(result.data === undefined ? {} : { data: result.data }),
      ...(result.errors ? { errors: result.errors.map((error) => shown(error)) } : {}),
    },
    cost: points,
  };
}

async function run(
  document: DocumentNode,
  variables: Record<string, unknown>,
  operationName: unknown,
  context: QueryContext,
  unimplemented: (what: string) => void,
): Promise<ExecutionResult> {
  return execute({
    schema: schemaOfGitHub(),
    document,
    variableValues: variables,
    ...(typeof operationName === 'string' ? { operationName } : {}),
    contextValue: context,
    rootValue: {},
    fieldResolver: resolverOf(unimplemented),
    typeResolver: (value) => (value as { __typename?: string }).__typename,
  });
}

/** The most nodes that one query may ask for (docs: "Rate limits and query limits for the GraphQL API"). */
const NODE_LIMIT = 500_000;

const TYPES: Readonly<Record<number, string>> = {
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  422: 'UNPROCESSABLE',
  409: 'STALE_DATA',
};

/** What the schema refuses, in the words that clients know GitHub by when they ask an older one for a newer field. */
function invalid(error: GraphQLError): Record<string, unknown> {
  const field = /^Cannot query field "(\w+)" on type "(\w+)"/.exec(error.message);
  if (!field) return shown(error);
  const [, fieldName = '', typeName = ''] = field;
  return {
    ...shown(error),
    extensions: { code: 'undefinedField', typeName, fieldName },
    message: `Field '${fieldName}' doesn't exist on type '${typeName}'`,
  };
}

/** An error in GitHub's shape: the type beside the message, the path of the field. */
function shown(error: GraphQLError): Record<string, unknown> {
  const { originalError, message, path, locations } = error;
  const refusal = originalError instanceof Refusal ? originalError : undefined;
  const details = refusal?.errors?.map((each) => (typeof each === 'string' ? each : each.message)).filter(Boolean);
  return {
    ...(refusal ? { type: TYPES[refusal.status] ?? 'UNPROCESSABLE' } : {}),
    ...(error.extensions.type ? { type: error.extensions.type } : {}),
    ...(path ? { path } : {}),
    ...(locations ? { locations } : {}),
    message: details && details.length > 0 ? `${message}: ${details.join(', ')}` : message,
  };
}

/**
 * GitHub's formula: the requests needed to fulfil each connection, at its limit, added up and divided by 100.
 * @see https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
function costOf(document: DocumentNode, variables: Record<string, unknown>): { points: number; nodes: number } {
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  let requests = 0;
  let nodes = 0;
  const walk = (set: SelectionSetNode, times: number, depth: number): void => {
    if (depth > 40) return;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment) walk(fragment.selectionSet, times, depth + 1);
        continue;
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        walk(selection.selectionSet, times, depth + 1);
        continue;
      }
      const page = selection.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last');
      let inside = times;
      if (page) {
        const { value } = page;
        const size =
          value.kind === Kind.VARIABLE
            ? Number(variables[value.name.value] ?? 0)
            : value.kind === Kind.INT
              ? Number(value.value)
              : 0;
        requests += times;
        nodes += times * size;
        inside = times * size;
      }
      if (selection.selectionSet) walk(selection.selectionSet, inside, depth + 1);
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) walk(definition.selectionSet, 1, 0);
  }
  return { points: Math.max(1, Math.round(requests / 100)), nodes };
}

/** Whether every object type named in the tables is one of GitHub's, with those fields; for the emulator's own tests. */
export function tablesAgainstSchema(): readonly string[] {
  const schema = schemaOfGitHub();
  return Object.entries(OBJECTS).flatMap(([name, table]) => {
    const type = schema.getType(name);
    if (!type || !isObjectType(getNamedType(type))) return [`${name} is no object type of GitHub's`];
    const fields = isObjectType(type) ? type.getFields() : {};
    return Object.keys(table)
      .filter((field) => !fields[field])
      .map((field) => `${name}.${field} is not in GitHub's schema`);
  });
}
