/**
 * GraphQL with GitHub's own schema, executed by graphql-js on the world.
 *
 * The tables in objects.ts and mutations.ts resolve the fields; resolver.ts connects them to graphql-js.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  buildASTSchema,
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
import type { Flavour } from '#emulator/model/flavour';
import { Refusal } from '#emulator/model/refusal';
import type { Credential } from '#emulator/world/auth';
import type { World } from '#emulator/world/world';
import { QueryContext } from './context.ts';
import { OBJECTS } from './objects.ts';
import { resolverOf } from './resolver.ts';

export interface GraphqlAnswer {
  readonly status: number;
  readonly body: unknown;
  /** The cost of the call in points, by GitHub's formula. */
  readonly cost: number;
}

const schemas = new Map<Flavour, GraphQLSchema>();

/** Built once per process, because the schema has a million and a half characters. */
function schemaOfGitHub(flavour: Flavour): GraphQLSchema {
  const known = schemas.get(flavour);
  if (known) return known;
  const file = join(dirname(createRequire(import.meta.url).resolve('github-schema')), '..', 'github-schema.graphql');
  const document = parse(readFileSync(file, 'utf8'), { noLocation: true });
  const schema = buildASTSchema(without(document, LACKING[flavour]), { assumeValid: true });
  schemas.set(flavour, schema);
  return schema;
}

/**
 * Fields of github.com that a GHES does not have, among the types that the emulator implements. GHES 3.19 has all that the
 * emulator itself implements: sub-issues, dependencies, issue types, merge queues, `updateRefs`.
 * @see https://docs.github.com/en/enterprise-server@3.19/graphql/reference
 */
const LACKING: Readonly<Record<Flavour, ReadonlySet<string>>> = {
  'github.com': new Set(),
  'ghes-3.19': new Set([
    'Issue.issueFieldValues',
    'Issue.pinnedIssueComment',
    'Issue.trackedInIssues',
    'Issue.trackedIssues',
    'Issue.trackedIssuesCount',
    'IssueType.pinnedFields',
    'PullRequest.suggestedReviewerActors',
  ]),
};

function without(document: DocumentNode, lacking: ReadonlySet<string>): DocumentNode {
  if (lacking.size === 0) return document;
  return {
    ...document,
    definitions: document.definitions.map((each) =>
      each.kind === Kind.OBJECT_TYPE_DEFINITION
        ? {
            ...each,
            fields: (each.fields ?? []).filter(({ name }) => !lacking.has(`${each.name.value}.${name.value}`)),
          }
        : each,
    ),
  };
}

/** GitHub accepts queries with fields that conflict only in nullability, and `gh` sends them. */
const RULES = specifiedRules.filter(
  (rule) => rule !== OverlappingFieldsCanBeMergedRule && rule !== NoDeprecatedCustomRule,
);

interface ParsedQuery {
  readonly document: DocumentNode;
  readonly errors: readonly GraphQLError[];
}

/** Parsed documents by their text, because clients repeat the same queries. */
const parsed = new Map<string, ParsedQuery>();

function parseQuery(text: string, flavour: Flavour): ParsedQuery {
  const key = `${flavour} ${text}`;
  const cached = parsed.get(key);
  if (cached) return cached;
  const document = parse(text);
  const query = { document, errors: validate(schemaOfGitHub(flavour), document, RULES) };
  if (parsed.size > 200) parsed.clear();
  parsed.set(key, query);
  return query;
}

export interface GraphqlCall {
  readonly world: World;
  readonly credential: Credential;
  readonly body: { readonly query?: unknown; readonly variables?: unknown; readonly operationName?: unknown };
  readonly limit: QueryContext['limit'];
  /** Called with fields and arguments that the emulator doesn't implement, and with its own errors. */
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
  let query: ParsedQuery;
  try {
    query = parseQuery(body.query, world.flavour);
  } catch (error) {
    const { message, locations } = error as GraphQLError;
    return { status: 200, body: { errors: [{ message, locations }] }, cost: 1 };
  }
  const { document, errors } = query;
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
    // Neither one of GitHub's refusals nor an error of graphql-js, so a bug in the emulator.
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
    schema: schemaOfGitHub(context.world.flavour),
    document,
    variableValues: variables,
    ...(typeof operationName === 'string' ? { operationName } : {}),
    contextValue: context,
    rootValue: {},
    fieldResolver: resolverOf(unimplemented),
    typeResolver: (value) => (value as { __typename?: string }).__typename,
  });
}

/** The maximum number of nodes in a query (docs: "Rate limits and query limits for the GraphQL API"). */
const NODE_LIMIT = 500_000;

const TYPES: Readonly<Record<number, string>> = {
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  422: 'UNPROCESSABLE',
  409: 'STALE_DATA',
};

/** A validation error. Clients match GitHub's message for an unknown field to detect older versions of GitHub. */
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

/** An error in GitHub's format: with its type, and the path of the field. */
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
 * GitHub's formula for the cost: the number of requests needed for all connections at their limits, divided by 100.
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

/** The types and fields of the tables that are not in GitHub's schema, for the emulator's own tests. */
export function unknownTableFields(): readonly string[] {
  const schema = schemaOfGitHub('github.com');
  return Object.entries(OBJECTS).flatMap(([name, table]) => {
    const type = schema.getType(name);
    if (!type || !isObjectType(getNamedType(type))) return [`${name} is not an object type in GitHub's schema`];
    const fields = isObjectType(type) ? type.getFields() : {};
    return Object.keys(table)
      .filter((field) => !fields[field])
      .map((field) => `${name}.${field} is not in GitHub's schema`);
  });
}
