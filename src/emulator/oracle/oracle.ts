/**
 * Checks all requests, responses and webhooks against GitHub's own descriptions of its REST API and webhooks.
 *
 * Responses and webhooks are checked strictly: an extra field is as wrong as a missing one. Unknown fields and parameters
 * of requests are findings too. tools/oracle.ts extracts the descriptions from the packages that GitHub publishes.
 */
import { readFileSync } from 'node:fs';
import { Ajv2019 as Ajv, type ValidateFunction } from 'ajv/dist/2019.js';
import type { Flavour } from '#emulator/model/flavour';
import type { RestResponse } from '#emulator/model/response';

export interface Finding {
  readonly kind: 'response' | 'request' | 'webhook';
  /** `GET /repos/{owner}/{repo} 200`, or `issues.opened`. */
  readonly where: string;
  readonly problems: readonly string[];
}

type Schema = { readonly [key: string]: unknown };

interface Operation {
  readonly parameters?: readonly Schema[];
  readonly requestBody?: Schema;
  readonly responses: Readonly<Record<string, Schema>>;
}

interface Description {
  readonly package: string;
  readonly version: string;
  readonly sha256: string;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly parameters: Readonly<Record<string, Schema>>;
  readonly responses: Readonly<Record<string, Schema>>;
}

/** What a GHES describes otherwise than github.com. */
interface Difference extends Description {
  /** The operations that it lacks. */
  readonly without: readonly string[];
}

/** Statuses that any route can have, even if its description omits them: a former name, bad body, bad token, no permission, and so on. */
const ALWAYS: ReadonlySet<number> = new Set([301, 304, 307, 400, 401, 403, 404, 422]);

/** Fields that GitHub sends but doesn't describe, with the reason to send them. `*` stands for every item of a list. */
const UNDESCRIBED: readonly { readonly where: RegExp; readonly paths: readonly string[]; readonly because: string }[] =
  [
    {
      where: /^(GET|POST) \/(app\/installations|repos\/\{owner\}\/\{repo\}\/installation)|^installation\./,
      paths: ['', '*/', 'installation/'].map((at) => `${at}permissions/actions_variables`),
      because: 'the permission "Variables" (docs: "Permissions required for GitHub Apps") is missing in the list',
    },
    {
      where: /^GET \/app\/installations 200$/,
      paths: ['*/client_id'],
      because: 'described for a single installation',
    },
    {
      where: /^issues\.edited$/,
      paths: ['issue/assignees/*/user_view_type'],
      because: 'described for the assignees of the other actions',
    },
    {
      where: /^issues\.reopened$/,
      paths: ['issue/assignee/user_view_type', 'issue/assignees/*/user_view_type'],
      because: 'described for the other actions',
    },
    {
      where: /^pull_request(_review(_comment)?)?\./,
      paths: ['head', 'base'].map((side) => `pull_request/${side}/repo/custom_properties`),
      because: 'described for some of the actions of the event',
    },
    {
      where: /^pull_request_review(_comment)?\./,
      paths: ['pull_request/assignees/*/user_view_type'],
      because: 'described for the author of the pull request',
    },
    {
      where: /^(issues|issue_comment)\./,
      paths: ['client_id', 'events', 'permissions'].map((name) => `issue/performed_via_github_app/${name}`),
      because: 'its lists of events and permissions are out of date; `comment.performed_via_github_app` has them all',
    },
    {
      where: /^pull_request/,
      paths: ['type', 'organization_id'].map((name) => `pull_request/requested_teams/*/${name}`),
      because: 'described for the teams of REST',
    },
    {
      where: /^pull_request_review\.edited$/,
      paths: ['head', 'base'].flatMap((side) => [
        `pull_request/${side}/repo/has_discussions`,
        `pull_request/${side}/repo/web_commit_signoff_required`,
      ]),
      because: 'described for the other actions of the event',
    },
    {
      where: /^workflow_run\.in_progress$/,
      paths: [
        'workflow_run/display_title',
        'workflow_run/actor/user_view_type',
        'workflow_run/triggering_actor/user_view_type',
        'workflow_run/repository/owner/user_view_type',
        'workflow_run/head_repository/owner/user_view_type',
      ],
      because: 'described for the other actions of the event',
    },
  ];

/** Other known differences between GitHub and its descriptions. */
const ALLOWED: readonly { readonly where: RegExp; readonly problem: RegExp; readonly because: string }[] = [
  {
    where: /^issue_dependencies\./,
    problem: /required property 'organization'/,
    because: 'a repository that belongs to a person has no organization',
  },
  {
    where: /^GET \/app\/installations 200$/,
    problem: /^\/\d+\/account /,
    because: 'described as a person and an enterprise at once; elsewhere as one of them',
  },
  {
    where: /^GET \/search\/issues 200$/,
    problem: /^\/items\/\d+\/body must be string/,
    because: 'an issue without a text has null here as everywhere',
  },
  {
    where: /^POST \/repos\/\{owner\}\/\{repo\}\/actions\/variables 409$/,
    problem: /status/,
    because: 'GitHub responds with 409 if the name is taken, but describes only 201',
  },
];

export class Oracle {
  readonly findings: Finding[] = [];
  readonly #rest: DescriptionValidator;
  readonly #hooks: DescriptionValidator;
  #later: (() => void)[] = [];

  constructor(flavour: Flavour = 'github.com') {
    this.#rest = new DescriptionValidator('rest', flavour);
    this.#hooks = new DescriptionValidator('webhooks', flavour);
  }

  /** True for an operation of github.com that this GitHub does not describe. */
  lacks({ method, path }: { readonly method: string; readonly path: string }): boolean {
    return this.#rest.lacks(`${method} ${path}`);
  }

  /** True for a webhook of github.com that this GitHub does not describe. */
  lacksWebhook(event: string, action: string | null): boolean {
    return this.#hooks.lacks(hookName(event, action));
  }

  /** The fields of a body that this GitHub does not describe. */
  unknownFields(
    { method, path }: { readonly method: string; readonly path: string },
    body: Readonly<Record<string, unknown>>,
  ): readonly string[] {
    return this.#rest.unknownFields(`${method} ${path}`, Object.keys(body));
  }

  /** Checks a call and its response, once the event loop is idle. */
  checkCall(
    route: { readonly method: string; readonly path: string },
    call: {
      readonly query: URLSearchParams;
      readonly body: Readonly<Record<string, unknown>>;
      readonly response: RestResponse;
    },
  ): void {
    const { response, body } = call;
    const query = [...call.query.keys()];
    // Serialized now, because the body may refer to records that change before the check runs.
    const text = response.type === undefined && response.body !== undefined ? JSON.stringify(response.body) : null;
    this.#postpone(() => {
      const where = `${route.method} ${route.path}`;
      this.#note('request', where, this.#rest.requestProblems(where, query, body, response.status));
      this.#note('response', `${where} ${response.status}`, this.#rest.responseProblems(where, response.status, text));
    });
  }

  checkWebhook(event: string, action: string | null, body: unknown): void {
    const text = JSON.stringify(body);
    this.#postpone(() => {
      const name = hookName(event, action);
      this.#note(
        'webhook',
        where(event, action),
        this.#hooks.bodyProblems(name, withoutUndescribed(where(event, action), JSON.parse(text))),
      );
    });
  }

  checkWebhookHeaders(event: string, action: string | null, headers: Readonly<Record<string, string>>): void {
    this.#postpone(() => {
      const known = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
      const missing = this.#hooks.headersOf(hookName(event, action)).filter((name) => !known.has(name.toLowerCase()));
      this.#note(
        'webhook',
        where(event, action),
        missing.map((name) => `header ${name} is missing`),
      );
    });
  }

  /** Runs the postponed checks. Must be called before `findings` is read. */
  settle(): void {
    const later = this.#later;
    this.#later = [];
    for (const check of later) check();
  }

  /** Postpones a check until the event loop is idle, so that checks don't slow responses down. */
  #postpone(check: () => void): void {
    if (this.#later.length === 0) setImmediate(() => this.settle());
    this.#later.push(check);
  }

  #note(kind: Finding['kind'], at: string, problems: readonly string[]): void {
    const left = problems.filter((problem) => !ALLOWED.some((one) => one.where.test(at) && one.problem.test(problem)));
    if (left.length > 0) this.findings.push({ kind, where: at, problems: left });
  }
}

/** Removes the fields that GitHub sends but doesn't describe. Changes the body in place. */
function withoutUndescribed(at: string, body: unknown): unknown {
  for (const { where: place, paths } of UNDESCRIBED) {
    if (place.test(at)) for (const path of paths) removeAt(body, path.split('/'));
  }
  return body;
}

function removeAt(value: unknown, [name = '', ...rest]: readonly string[]): void {
  if (typeof value !== 'object' || value === null) return;
  const inside = value as Record<string, unknown>;
  if (rest.length === 0) delete inside[name];
  else for (const part of name === '*' ? Object.values(inside) : [inside[name]]) removeAt(part, rest);
}

const where = (event: string, action: string | null) => (action === null ? event : `${event}.${action}`);

/** `sub_issues` and `sub_issue_added` are described as `sub-issues-sub-issue-added`. */
export function hookName(event: string, action: string | null): string {
  if (event === 'repository_dispatch') return 'repository-dispatch-sample.collected';
  return where(event, action).replaceAll(/[_.]/g, '-');
}

const FILES = { rest: 'openapi.json', webhooks: 'webhooks.json' } as const;

function readJson<Kind>(file: string): Kind {
  return JSON.parse(readFileSync(new URL(`./${file}`, import.meta.url), 'utf8')) as Kind;
}

/** The description of one of the GitHubs: that of github.com, and over it what a GHES describes otherwise. */
function descriptionOf(subject: keyof typeof FILES, flavour: Flavour): Description {
  const known = readJson<Description>(FILES[subject]);
  if (flavour === 'github.com') return known;
  const differs = readJson<Record<keyof typeof FILES, Difference>>(`${flavour}.json`)[subject];
  const operations = { ...known.operations, ...differs.operations };
  return {
    ...differs,
    operations: Object.fromEntries(Object.entries(operations).filter(([name]) => !differs.without.includes(name))),
    schemas: { ...known.schemas, ...differs.schemas },
    parameters: { ...known.parameters, ...differs.parameters },
    responses: { ...known.responses, ...differs.responses },
  };
}

/** Validates against one of the two descriptions. Its schemas are compiled on first use. */
class DescriptionValidator {
  readonly #subject: keyof typeof FILES;
  readonly #flavour: Flavour;
  #loaded: { readonly description: Description; readonly ajv: Ajv } | undefined;
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(subject: keyof typeof FILES, flavour: Flavour) {
    this.#subject = subject;
    this.#flavour = flavour;
  }

  get #key(): string {
    return `${this.#subject} of ${this.#flavour}`;
  }

  lacks(operationName: string): boolean {
    return this.#flavour !== 'github.com' && !this.#load().description.operations[operationName];
  }

  unknownFields(operationName: string, names: readonly string[]): readonly string[] {
    const schema = jsonSchemaOf(this.#load().description.operations[operationName]?.requestBody);
    const described = schema && this.#propertiesOf(schema);
    return described ? names.filter((name) => !described.has(name)) : [];
  }

  requestProblems(
    operationName: string,
    query: readonly string[],
    body: Readonly<Record<string, unknown>>,
    status: number,
  ): string[] {
    const operation = this.#load().description.operations[operationName];
    if (!operation) return ['GitHub does not describe this operation'];
    const parameters = (operation.parameters ?? []).map((parameter) => this.#follow(parameter, 'parameters'));
    const known = new Set(parameters.filter((one) => one.in === 'query').map((one) => one.name));
    const problems = query.filter((name) => !known.has(name)).map((name) => `unknown query parameter ${name}`);
    const schema = jsonSchemaOf(operation.requestBody);
    const names = Object.keys(body);
    // The emulator has already refused this body.
    if (status === 422 || status === 400 || names.length === 0) return problems;
    if (!schema) return [...problems, `a body where none is described: ${names.join(', ')}`];
    const validate = this.#validator(`${operationName} request`, schema, 'open');
    if (!validate(body)) problems.push(...problemsOf(validate));
    return [...problems, ...this.unknownFields(operationName, names).map((name) => `unknown field ${name}`)];
  }

  responseProblems(operationName: string, status: number, text: string | null): string[] {
    const operation = this.#load().description.operations[operationName];
    if (!operation) return ['GitHub does not describe this operation'];
    const described = operation.responses[String(status)];
    if (!described) return ALWAYS.has(status) ? [] : ['GitHub does not describe this status'];
    const schema = jsonSchemaOf(this.#follow(described, 'responses'));
    if (!schema || status === 304) return text === null || status >= 300 ? [] : ['a body where none is described'];
    if (text === null) return [];
    const validate = this.#validator(`${operationName} ${status}`, schema, status < 300 ? 'closed' : 'open');
    return validate(withoutUndescribed(`${operationName} ${status}`, JSON.parse(text))) ? [] : problemsOf(validate);
  }

  bodyProblems(name: string, body: unknown): string[] {
    const operation = this.#load().description.operations[name];
    const schema = operation && jsonSchemaOf(operation.requestBody);
    if (!schema) return ['GitHub does not describe this webhook'];
    const validate = this.#validator(name, schema, 'closed');
    return validate(body) ? [] : problemsOf(validate);
  }

  headersOf(name: string): string[] {
    const parameters = this.#load().description.operations[name]?.parameters ?? [];
    return parameters.filter((one) => one.in === 'header' && one.required === true).map((one) => String(one.name));
  }

  #load(): { readonly description: Description; readonly ajv: Ajv } {
    if (this.#loaded) return this.#loaded;
    const known = LOADED.get(this.#key);
    if (known) {
      this.#loaded = known;
      return known;
    }
    const description = descriptionOf(this.#subject, this.#flavour);
    const ajv = new Ajv({
      strict: false,
      validateSchema: false,
      logger: false,
      allErrors: false,
      inlineRefs: false,
      formats: FORMATS,
    });
    for (const [name, schema] of Object.entries(description.schemas)) {
      ajv.addSchema({ $id: `closed:${name}`, ...convert(schema, 'closed') });
      ajv.addSchema({ $id: `open:${name}`, ...convert(schema, 'open') });
    }
    this.#loaded = { description, ajv };
    LOADED.set(this.#key, this.#loaded);
    return this.#loaded;
  }

  #validator(key: string, schema: Schema, mode: Mode): ValidateFunction {
    const whole = `${this.#key} ${key}`;
    const known = this.#validators.get(whole) ?? VALIDATORS.get(whole);
    if (known) return known;
    const validate = this.#load().ajv.compile(convert(schema, mode));
    VALIDATORS.set(whole, validate);
    return validate;
  }

  #follow(thing: Schema, kind: 'parameters' | 'responses'): Schema {
    const name = typeof thing.$ref === 'string' ? thing.$ref.split('/').at(-1) : undefined;
    return name === undefined ? thing : (this.#load().description[kind][name] ?? thing);
  }

  /** The names of a body's fields, or null if any field is allowed. */
  #propertiesOf(schema: Schema): Set<string> | null {
    const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;
    const own = name === undefined ? schema : (this.#load().description.schemas[name] ?? schema);
    if (own.oneOf || own.anyOf || own.allOf || own.additionalProperties || !own.properties) {
      const parts = [own, ...list(own.oneOf), ...list(own.anyOf)];
      if (own.allOf || own.additionalProperties || !parts.some((part) => part.properties)) return null;
      return new Set(parts.flatMap((part) => Object.keys((part.properties as Schema | undefined) ?? {})));
    }
    return new Set(Object.keys(own.properties as Schema));
  }
}

/** Shared by all emulators of a process, because loading and compiling the descriptions takes time. */
const LOADED = new Map<string, { readonly description: Description; readonly ajv: Ajv }>();
const VALIDATORS = new Map<string, ValidateFunction>();

const FORMATS = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  // GitHub does send `homepage: ""`.
  uri: (text: string) => text === '' || URL.canParse(text),
  date: true,
  time: true,
  email: true,
  'uri-template': true,
  int32: true,
  int64: true,
  float: true,
  double: true,
  timestamp: true,
  'repo.nwo': true,
  binary: true,
  hostname: true,
  ipv4: true,
  ipv6: true,
  uuid: true,
  byte: true,
  password: true,
} as const;

type Mode = 'closed' | 'open';

/**
 * Converts OpenAPI's dialect to JSON Schema. `nullable` becomes an alternative, because it also occurs without `type` and
 * with enums that don't list null. `oneOf` becomes `anyOf`, because GitHub's alternatives overlap. If several schemas
 * describe one object, each allows other fields and only their combination is strict.
 */
function convert(schema: Schema, mode: Mode): Schema {
  if (typeof schema.$ref === 'string') return { $ref: `${mode}:${schema.$ref.split('/').at(-1)}` };
  const { nullable, oneOf, anyOf, allOf, properties, items, additionalProperties, not, required, ...rest } = schema;
  const composed = allOf !== undefined || ((oneOf !== undefined || anyOf !== undefined) && properties !== undefined);
  const inner: Mode = composed ? 'open' : mode;
  const result: Record<string, unknown> = { ...rest };
  delete result.discriminator;
  if (required !== undefined) result.required = required;
  if (properties) {
    result.properties = Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, convert(property as Schema, mode)]),
    );
  }
  if (items) result.items = convert(items as Schema, mode);
  if (not) result.not = convert(not as Schema, 'open');
  const alternatives = [...list(oneOf), ...list(anyOf)];
  if (alternatives.length > 0) result.anyOf = alternatives.map((one) => convert(one, inner));
  if (allOf) result.allOf = list(allOf).map((one) => convert(one, 'open'));
  if (typeof additionalProperties === 'object' && additionalProperties !== null) {
    result.additionalProperties = convert(additionalProperties as Schema, mode);
  } else if (additionalProperties !== undefined) {
    result.additionalProperties = additionalProperties;
  } else if (mode === 'closed' && composed) {
    result.unevaluatedProperties = false;
  } else if (mode === 'closed' && properties) {
    result.additionalProperties = false;
  }
  return nullable === true ? { anyOf: [result, { type: 'null' }] } : result;
}

function list(value: unknown): Schema[] {
  return Array.isArray(value) ? (value as Schema[]) : [];
}

function jsonSchemaOf(thing: Schema | undefined): Schema | undefined {
  const content = thing?.content as Readonly<Record<string, { readonly schema?: Schema }>> | undefined;
  return content?.['application/json']?.schema;
}

function problemsOf(validate: ValidateFunction): string[] {
  return (validate.errors ?? []).slice(0, 8).map((error) => {
    const params = error.params as Readonly<Record<string, unknown>>;
    const extra = params.additionalProperty ?? params.unevaluatedProperty;
    const allowed = params.allowedValues ? ` (${JSON.stringify(params.allowedValues)})` : '';
    return `${error.instancePath || '/'} ${error.message}${extra === undefined ? '' : `: ${String(extra)}`}${allowed}`;
  });
}
