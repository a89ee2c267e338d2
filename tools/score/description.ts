/**
 * Holds answers against GitHub's OpenAPI description as a closed one: a key that it does not know is as wrong as one that
 * is missing. On purpose it shares no code with the emulator's own oracle, only GitHub's description of the operations
 * that the emulator has (`tools/oracle.ts` extracts it).
 *
 * Types, formats and required keys are ajv's work. Unknown keys are found by a walk of our own along value and schema:
 * where a schema has alternatives, a key is known if one of them knows it.
 */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

type Schema = { readonly [key: string]: unknown };

interface Document {
  readonly package: string;
  readonly version: string;
  readonly operations: Readonly<Record<string, { readonly responses: Readonly<Record<string, Schema>> }>>;
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly responses: Readonly<Record<string, Schema>>;
}

const FILE = new URL('../../src/emulator/oracle/openapi.json', import.meta.url);
/** Formats of GitHub's own, and those that say nothing about a text. */
const OWN_FORMATS = ['repo.nwo', 'timestamp', 'binary', 'int32', 'int64', 'float', 'double', 'password', 'byte'];
const MOST_PROBLEMS = 4;

export class Description {
  readonly #document = JSON.parse(readFileSync(FILE, 'utf8')) as Document;
  readonly #ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, logger: false });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor() {
    addFormats.default(this.#ajv);
    for (const format of OWN_FORMATS) this.#ajv.addFormat(format, true);
    // GitHub sends an empty text for a homepage that is not set.
    this.#ajv.addFormat('uri', (text: string) => text === '' || URL.canParse(text));
    for (const [name, schema] of Object.entries(this.#document.schemas)) {
      this.#ajv.addSchema(jsonSchemaOf(schema) as Schema, `github:${name}`);
    }
  }

  get source(): string {
    return `${this.#document.package} ${this.#document.version}`;
  }

  /** What is wrong with an answer; undefined if the operation is not among those that the emulator has. */
  problemsOf(operation: string, status: number, body: unknown): readonly string[] | undefined {
    const responses = this.#document.operations[operation]?.responses;
    if (!responses) return undefined;
    const described = responses[String(status)];
    if (!described) return [`status ${status} is not described`];
    const schema = contentOf(this.#follow(described, 'responses'));
    if (!schema) return body === undefined || body === '' ? [] : ['a body where none is described'];
    const validate = this.#validator(`${operation} ${status}`, schema);
    const problems = validate(body)
      ? []
      : (validate.errors ?? [])
          .filter(isTelling)
          .map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
    const unknown = this.#unknownKeys([schema], body, '');
    return [...new Set([...problems, ...unknown])].slice(0, MOST_PROBLEMS);
  }

  #validator(key: string, schema: Schema): ValidateFunction {
    const known = this.#validators.get(key);
    if (known) return known;
    const validate = this.#ajv.compile(jsonSchemaOf(schema) as Schema);
    this.#validators.set(key, validate);
    return validate;
  }

  #unknownKeys(schemas: readonly Schema[], value: unknown, path: string): string[] {
    if (typeof value !== 'object' || value === null) return [];
    const all = schemas.flatMap((schema) => this.#alternatives(schema));
    if (Array.isArray(value)) {
      const items = all.flatMap(({ items: inside }) => (isSchema(inside) ? [inside] : []));
      return items.length === 0 ? [] : value.flatMap((item, at) => this.#unknownKeys(items, item, `${path}/${at}`));
    }
    const described = all.filter(({ properties }) => properties !== undefined);
    const rest = all.flatMap(({ additionalProperties }) =>
      isSchema(additionalProperties) ? [additionalProperties] : [],
    );
    const isOpen = described.length === 0 || all.some(({ additionalProperties }) => additionalProperties === true);
    return Object.entries(value).flatMap(([key, part]) => {
      const inside = described.flatMap(({ properties }) => {
        const schema = Object.hasOwn(properties as Schema, key) ? (properties as Schema)[key] : undefined;
        return isSchema(schema) ? [schema] : [];
      });
      if (inside.length > 0) return this.#unknownKeys(inside, part, `${path}/${key}`);
      if (rest.length > 0) return this.#unknownKeys(rest, part, `${path}/${key}`);
      return isOpen ? [] : [`${path}/${key} is not described`];
    });
  }

  /** A schema and everything that it is composed of. */
  #alternatives(schema: Schema): Schema[] {
    const whole = this.#follow(schema, 'schemas');
    const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((name) => (whole[name] ?? []) as Schema[]);
    return [whole, ...parts.flatMap((part) => this.#alternatives(part))];
  }

  #follow(thing: Schema, kind: 'schemas' | 'responses'): Schema {
    const name = typeof thing.$ref === 'string' ? thing.$ref.split('/').at(-1) : undefined;
    return name === undefined ? thing : (this.#document[kind][name] ?? {});
  }
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A failed alternative says little. What failed inside of it says what is wrong. */
const isTelling = ({ keyword }: { readonly keyword: string }): boolean => !['anyOf', 'oneOf', 'if'].includes(keyword);

function contentOf(response: Schema): Schema | undefined {
  const content = response.content as Readonly<Record<string, { readonly schema?: Schema }>> | undefined;
  return content?.['application/json']?.schema;
}

/** OpenAPI 3.0 as JSON Schema: `nullable` becomes an alternative. Alternatives may overlap, as GitHub's do. */
function jsonSchemaOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(jsonSchemaOf);
  if (!isSchema(value)) return value;
  if (typeof value.$ref === 'string') {
    const reference = { $ref: `github:${value.$ref.split('/').at(-1)}` };
    return value.nullable === true ? { anyOf: [reference, { type: 'null' }] } : reference;
  }
  const schema: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    if (key === 'nullable' || key === 'discriminator') continue;
    if (key === 'properties' && isSchema(part)) {
      schema[key] = Object.fromEntries(Object.entries(part).map(([name, one]) => [name, jsonSchemaOf(one)]));
    } else if (['enum', 'required', 'const'].includes(key)) schema[key] = part;
    else if (key === 'oneOf' && value.anyOf === undefined) schema.anyOf = jsonSchemaOf(part);
    else schema[key] = jsonSchemaOf(part);
  }
  return value.nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}
